# Copyright (C) ngx_article authors
"""What befalls nginx itself: reloads, killed workers, herds, exhaustion."""

import asyncio
import os
import random
import resource
import signal
import socket

from scenario import PATIENCE, WARM, Result, new_names, scenario

HERD = 500
# of a herd every worker may fetch once while Redis is away: they still share
# the zone's lock, so one; a fetch in flight when it is told may be one more
HERD_FETCHES = 2
GROWN = 50 << 10                        # KB


@scenario('base', 'nothing fails', quick=True)
async def nothing_fails(lab, clients, seconds):
    await clients.learn(WARM)
    lab.fetches()
    result = Result(await clients.load(WARM, seconds))
    result.fetches = lab.fetches()
    result.demand(result.fetches == 0, 'the portal was asked')
    result.demand(not result.tally.failed and not result.tally.lost, 'failed')
    return result


async def herd(lab, clients, allowed):
    lab.portal('mode/late/300')
    lab.fetches()
    result = Result(await clients.load(new_names(1), clients=HERD, once=True))
    result.fetches = lab.fetches()
    lab.portal('mode/good')
    result.demand(result.fetches <= allowed, f'{result.fetches} fetches')
    result.demand(not result.tally.failed and not result.tally.lost, 'failed')
    return result


@scenario('nginx', f'{HERD} clients at once for a page that nobody has',
          quick=True)
async def nginx_herd(lab, clients, seconds):
    return await herd(lab, clients, 1)


@scenario('nginx', 'the same while Redis is away')
async def nginx_herd_without_redis(lab, clients, seconds):
    lab.proxy('closed')
    return await herd(lab, clients, HERD_FETCHES)


@scenario('nginx', 'one page is purged over and over while 200 read it')
async def nginx_purge_herd(lab, clients, seconds):
    await clients.learn(WARM)
    name, purges = WARM[0], 0
    lab.fetches()
    load = asyncio.create_task(clients.load([name], seconds, clients=200))
    while not load.done():
        await clients.ask(name, method='PURGE')
        purges += 1
        await asyncio.sleep(0.1)
    result = Result(await load)
    result.fetches = lab.fetches()
    result.note = f'{purges} purges'
    result.demand(result.fetches <= 2 * purges, f'{result.fetches} fetches')
    result.demand(not result.tally.failed and not result.tally.lost, 'failed')
    return result


@scenario('nginx', 'a reload every 300 ms', quick=True)
async def nginx_reloads(lab, clients, seconds):
    await clients.learn(WARM)
    lab.fetches()
    load = asyncio.create_task(clients.load(WARM, seconds + 1))
    reloads = 0
    while not load.done():
        lab.signal(signal.SIGHUP)
        reloads += 1
        await asyncio.sleep(0.3)
    result = Result(await load)
    result.fetches = lab.fetches()
    result.note = f'{reloads} reloads'
    result.demand(not result.tally.failed and not result.tally.lost,
                  'requests failed')
    await gone(lab, result)
    return result


async def gone(lab, result):
    """Old workers end within worker_shutdown_timeout, and a second."""
    wanted = lab.options['workers']
    for _ in range(10 * (int(lab.options['shutdown'].rstrip('s')) + 1)):
        if len(lab.workers()) <= wanted:
            return
        await asyncio.sleep(0.1)
    result.demand(False, f'{len(lab.workers())} workers are left')


@scenario('nginx', 'a worker is killed every 500 ms')
async def nginx_killed_workers(lab, clients, seconds):
    await clients.learn(WARM)
    lab.fetches()
    load = asyncio.create_task(clients.load(WARM, seconds))
    kills = 0
    while not load.done():
        workers = lab.workers()
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)
            kills += 1
        await asyncio.sleep(0.5)
    result = Result(await load)
    result.fetches, result.killed = lab.fetches(), kills
    lost = result.tally.lost + result.tally.failed
    result.note = f'{kills} killed, {lost} requests with them'
    result.demand(lost <= 32 * kills, 'more failed than were under way')
    again = await clients.load(WARM, 0.5)
    result.demand(not again.failed and not again.lost, 'it does not recover')
    fresh = await clients.load(new_names(50), 0.5)
    result.demand(not fresh.failed and not fresh.lost, 'a lock stayed')
    return result


def limit_descriptors(pid, more):
    """Soft limit: those open and so many more; None: back to the hard one.

    As the worker's own user, which needs no privilege.
    """
    owner = os.stat(f'/proc/{pid}/task')
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(*[owner.st_gid] * 3)
                os.setresuid(*[owner.st_uid] * 3)
            hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)[1]
            soft = hard
            if more is not None:
                soft = len(os.listdir(f'/proc/{pid}/fd')) + more
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@scenario('nginx', 'descriptors run out')
async def nginx_descriptors(lab, clients, seconds):
    await clients.learn(WARM)
    limited = [limit_descriptors(pid, 12) for pid in lab.workers()]
    result = Result(await clients.load(new_names(300), seconds, clients=300,
                                       timeout=3))
    for pid in lab.workers():
        limit_descriptors(pid, None)
    result.demand(all(limited), 'the limit could not be set')
    await asyncio.sleep(1)
    again = await clients.load(WARM, 0.5)
    result.demand(not again.failed and not again.lost, 'it does not recover')
    # nginx itself logs each accept() and socket() that fails so
    result.alerts_allowed = True
    return result


@scenario('nginx', 'clients that leave at any moment', quick=True)
async def nginx_leaving_clients(lab, clients, seconds):
    await clients.learn(WARM)
    lab.portal('mode/late/100')
    before, size = lab.descriptors(), lab.rss()

    async def leaves(name):
        try:
            _, out = await asyncio.open_connection('127.0.0.1', lab.port)
            out.write(clients.request(name))
            await asyncio.sleep(random.random() * 0.2)
            if random.random() < 0.5:
                out.get_extra_info('socket').setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0' + bytes(4))
            out.close()
        except OSError:
            pass

    for _ in range(4):
        await asyncio.gather(*map(leaves, new_names(200)))
    lab.portal('mode/good')
    await asyncio.sleep(1.5)
    after = lab.descriptors()
    result = Result(await clients.load(WARM, seconds / 2))
    result.note = f'descriptors {before} -> {after}'
    result.fetches = lab.fetches()
    # connections to the portal and Redis that are kept stay open
    result.demand(after <= before + 140, 'descriptors leak')
    result.demand(lab.rss() - size < GROWN, 'memory leaks')
    result.demand(not result.tally.failed and not result.tally.lost, 'failed')
    return result


@scenario('nginx', '200 clients ask much and read nothing')
async def nginx_slow_readers(lab, clients, seconds):
    await clients.learn(WARM)
    connections = []
    for _ in range(200):
        _, out = await asyncio.open_connection('127.0.0.1', lab.port)
        out.transport.pause_reading()
        out.write(clients.request(WARM[1]) * 40)
        connections.append(out)
    result = Result(await clients.load(WARM, seconds))
    for out in connections:
        out.transport.abort()
    tally = result.tally
    result.demand(not tally.failed and not tally.lost, 'others suffered')
    result.demand(tally.slowest * 1000 <= PATIENCE, 'others waited')
    return result


@scenario('nginx', 'the disk is full', quick=True)
async def nginx_disk_full(lab, clients, seconds):
    await clients.learn(WARM)
    filler = f'{lab.disk}/filler'
    if lab.disk == lab.dir:
        # no tmpfs to fill (it takes root): temp files cannot be made at all
        for name in ('body', 'proxy'):
            if os.path.isdir(f'{lab.dir}/{name}'):
                os.chmod(f'{lab.dir}/{name}', 0)
    else:
        try:
            with open(filler, 'wb', buffering=0) as out:
                while out.write(bytes(1 << 16)):
                    pass
        except OSError:
            pass
    result = Result(await clients.load(WARM, seconds))
    await asyncio.gather(*[clients.ask(name, timeout=15)
                           for name in new_names(3, 'large')])
    if lab.disk == lab.dir:
        for name in ('body', 'proxy'):
            if os.path.isdir(f'{lab.dir}/{name}'):
                os.chmod(f'{lab.dir}/{name}', 0o700)
    else:
        os.unlink(filler)
    again = await clients.load(new_names(20), 0.5)
    result.demand(not result.tally.failed and not result.tally.lost,
                  'what is cached was not served')
    result.demand(not again.failed, 'it does not recover')
    return result

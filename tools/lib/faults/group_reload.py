# Copyright (C) ngx_article authors
"""Reload and upgrade, each with an nginx of its own, and where requests may
be lost beside one without the module that is treated the same."""

import asyncio
import os
import signal

from client import Clients
from lab import Lab, wait_for
from scenario import WARM, Result, judge_log, new_names, scenario

FULL = 3000                     # articles: more than 1 MB holds


async def upgraded(lab):
    """A new binary takes over, the old one ends (nginx.org, Upgrading)."""
    old = lab.master()
    os.kill(old, signal.SIGUSR2)
    wait_for('the new master', lambda: lab.master() not in (0, old))
    await asyncio.sleep(0.3)
    os.kill(old, signal.SIGQUIT)
    for _ in range(100):
        if not lab.alive(old):
            return True
        await asyncio.sleep(0.1)
    return False


async def treated(lab, clients, seconds, treat):
    """Load while treat() happens over and over."""
    await clients.learn(WARM)
    load = asyncio.create_task(clients.load(WARM, seconds + 1))
    ended = True
    while not load.done():
        ended = await treat(lab) and ended
        await asyncio.sleep(0.3)
    result = Result(await load)
    result.demand(ended, 'the old one does not end')
    return result


async def beside(seconds, treat):
    """The same with the module and without: it may not lose more."""
    results = []
    for module in (False, True):
        lab = Lab(module=module, redis=module)
        try:
            lab.open()
            clients = Clients(lab.port, '/json/{}' if module else '/{}',
                              is_json=module)
            result = await treated(lab, clients, seconds, treat)
            judge_log(result, lab.log_since(0))
            results.append(result)
        finally:
            lab.close()
    bare, ours = results
    lost = [r.tally.lost + r.tally.failed for r in results]
    ours.note = f'lost {lost[1]}, without the module {lost[0]}'
    ours.demand(lost[1] <= lost[0], 'requests failed')
    return ours


@scenario('reload', 'the binary is upgraded, over and over', quick=True)
async def reload_upgrade(_lab, _clients, seconds):
    return await beside(seconds, upgraded)


async def reloaded(lab):
    lab.signal(signal.SIGHUP)
    return True


@scenario('reload', 'a reload every 300 ms, beside one without the module')
async def reload_beside(_lab, _clients, seconds):
    return await beside(seconds, reloaded)


@scenario('reload', 'the smallest zone, more articles than it holds',
          quick=True)
async def reload_small_zone(_lab, _clients, seconds):
    lab = Lab(zone='1m', redis=False)
    try:
        lab.open()
        clients = Clients(lab.port, '/json/{}')
        result = Result(await clients.load(new_names(FULL), 3 * seconds))
        again = await clients.load(WARM[:20], 0.5)
        result.fetches = lab.fetches()
        result.demand(not result.tally.failed and not result.tally.lost
                      and not again.failed, 'requests failed')
        judge_log(result, lab.log_since(0))
        return result
    finally:
        lab.close()


@scenario('reload', 'size and name of the zone change with reloads',
          quick=True)
async def reload_zone_changes(_lab, _clients, seconds):
    lab = Lab(zone='4m')
    sizes = [('main', '8m'), ('main', '1m'), ('other', '1m'), ('main', '4m')]
    turn = [0]

    async def change(lab):
        name, size = sizes[turn[0] % len(sizes)]
        turn[0] += 1
        lab.conf(name=name, zone=size)
        lab.signal(signal.SIGHUP)
        return True

    try:
        lab.open()
        clients = Clients(lab.port, '/json/{}')
        result = await treated(lab, clients, seconds + 1, change)
        result.note = f'{turn[0]} changes'
        result.demand(not result.tally.failed and not result.tally.lost,
                      'requests failed')
        judge_log(result, lab.log_since(0))
        return result
    finally:
        lab.close()

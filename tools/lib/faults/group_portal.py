# Copyright (C) ngx_article authors
"""The portal misbehaves: what is cached is served all the same, nobody waits
for long, and what it sent is not stored."""

import asyncio
import time

from client import Tally
from scenario import PATIENCE, SCENARIOS, WARM, Result, new_names, scenario

GOOD = {200}
BAD = {502, 504}
EITHER = GOOD | BAD | {404}
# a worker may grow so many KB by what a page needs: 4 MB of it, its DOM and
# its inflated form, in each of 8 requests
GROWTH = 300 << 10
# a fetch ends by article_fetch_timeout (6 s) at the latest
ENDED = 9
MODES = {
    'short': ('ends before Content-Length', BAD),
    'short-chunk': ('ends within a chunk', BAD),
    'no-end': ('ends without the last chunk', BAD),
    'bad-chunk': ('a chunk size that is none', BAD),
    'nothing': ('closes without a byte', BAD),
    'reset': ('resets the connection', BAD),
    'drip': ('a byte each 50 ms', BAD),
    'bytes': ('a byte a chunk', GOOD),
    'sevens': ('7 bytes a chunk', GOOD),
    'no-length': ('neither length nor chunks', GOOD),
    'gzip': ('gzip', GOOD),
    'deflate': ('deflate, which nobody asked for', EITHER),
    'gzip-short': ('gzip that is cut', BAD),
    'gzip-garbage': ('gzip that is none', BAD),
    'bomb': ('1 GB of gzip in 1 MB', BAD),
    'large': ('64 MB', BAD),
    'endless': ('never ends', BAD),
    'deep': ('200,000 elements in each other', EITHER),
    'attributes': ('100,000 attributes', EITHER),
    'long-word': ('a word of 3 MB', EITHER),
    'formatting': ('60,000 open formatting elements', EITHER),
    'in-a-tag': ('ends in a tag', EITHER),
    'bad-bytes': ('zero bytes, bytes that are no UTF-8', GOOD),
    'empty': ('an empty page', EITHER),
    'json': ('JSON', BAD),
    'image': ('an image that it calls HTML', EITHER),
    'tls': ('speaks TLS', BAD),
    'header-flood': ('500 KB of header', BAD),
    '404': ('404', {404}),
    '410': ('410', {410}),
    '500': ('500', {502}),
    '503': ('503', {502}),
    'elsewhere': ('redirects to an inner address', {502}),
}
QUICK = ('short', 'deep', 'long-word', 'bad-bytes', 'elsewhere')


async def watched(lab, peak):
    while True:
        peak[0] = max(peak[0], lab.rss())
        await asyncio.sleep(0.05)


def misbehaves(mode, says, allowed):
    async def run(lab, clients, seconds):
        await clients.learn(WARM)
        names, seen = new_names(8, mode), Tally()
        before = lab.rss()
        peak = [before]
        watch = asyncio.create_task(watched(lab, peak))
        load = asyncio.create_task(clients.load(WARM, seconds))
        begun = time.monotonic()

        async def one(name):
            try:
                status, _, body = await clients.ask(name, timeout=2 * ENDED)
                clients.judge(seen, name, status, body)
                return status
            except (OSError, EOFError, ValueError,
                    asyncio.TimeoutError) as error:
                return type(error).__name__

        statuses = set(await asyncio.gather(*map(one, names)))
        took = time.monotonic() - begun
        result = Result(await load)
        statuses.add(await one(names[0]))
        watch.cancel()

        result.fetches = lab.fetches()
        result.note = ' '.join(sorted(map(str, statuses)))
        result.demand(statuses <= allowed, f'answers {statuses}')
        result.demand(took <= ENDED, f'{took:.0f} s for a page')
        tally = result.tally
        result.demand(not tally.failed and not tally.lost, 'others suffered')
        result.demand(tally.slowest * 1000 <= PATIENCE,
                      f'others waited {tally.slowest * 1000:.0f} ms')
        result.demand(peak[0] - before <= GROWTH,
                      f'a worker grew by {(peak[0] - before) >> 10} MB')
        tally.wrong += seen.wrong
        tally.samples += seen.samples
        return result

    SCENARIOS['portal-' + mode] = dict(group='portal', says=says, run=run,
                                       quick=mode in QUICK)


for name, (meaning, statuses) in MODES.items():
    misbehaves(name, meaning, statuses)


@scenario('portal', 'is killed: what is cached is served, the rest is 502',
          quick=True)
async def portal_killed(lab, clients, seconds):
    await clients.learn(WARM)
    lab.stop('portal')
    result = Result(await clients.load(WARM, seconds))
    cold = await clients.load(new_names(20), 0.5)
    lab.start_portal()
    again = await clients.load(new_names(20), 0.5)
    result.fetches = 0
    result.demand(not result.tally.failed and not result.tally.lost,
                  'what is cached was not served')
    result.demand(set(cold.statuses) <= BAD and cold.slowest < 5,
                  f'others: {cold.statuses} within {cold.slowest:.1f} s')
    result.demand(not again.failed, 'it does not come back')
    return result


@scenario('portal', 'says nothing: what is cached is served meanwhile',
          quick=True)
async def portal_silent(lab, clients, seconds):
    await clients.learn(WARM)
    waiting = asyncio.gather(*[clients.ask(name, timeout=2 * ENDED)
                               for name in new_names(40, 'silent')],
                             return_exceptions=True)
    result = Result(await clients.load(WARM, seconds))
    tally = result.tally
    result.demand(not tally.failed and not tally.lost, 'others suffered')
    result.demand(tally.slowest * 1000 <= PATIENCE, 'others waited')
    statuses = {a[0] if isinstance(a, tuple) else type(a).__name__
                for a in await waiting}
    result.demand(statuses == {504}, f'answers {statuses}')
    result.note = ' '.join(map(str, statuses))
    return result

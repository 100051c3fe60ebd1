# Copyright (C) ngx_article authors
"""What the groups of scenarios share: their list, and how one is judged."""

import asyncio
import re
import time

# milliseconds that an answer may take while something fails: Redis' own
# deadline and connecting, on a machine that does other work as well
PATIENCE = 1500
WARM = [f'n{n}' for n in range(100)]

SCENARIOS = {}


class Result:
    def __init__(self, tally):
        self.tally, self.why, self.note = tally, [], ''
        self.fetches = None
        self.killed = 0             # workers that the scenario killed
        self.alerts_allowed = False

    def demand(self, holds, otherwise):
        if not holds:
            self.why.append(otherwise)


def scenario(group, says, quick=False):
    """The function is a scenario: run(lab, clients, seconds) -> Result."""
    def add(run):
        name = run.__name__.replace('_', '-')
        SCENARIOS[name] = dict(group=group, says=says, run=run, quick=quick)
        return run
    return add


_serial = [int(time.time()) % 10 ** 6 * 1000]


def new_names(count, mode=None):
    """Names that no earlier scenario has asked for."""
    first = _serial[0]
    _serial[0] += count
    start = f'x-{mode}-' if mode else 'c'
    return [f'{start}{n}' for n in range(first, first + count)]


async def during(lab, clients, seconds, do, undo=None, names=None,
                 before=False, patience=PATIENCE):
    """Load, a fault in the middle of it, and load again when it is over."""
    names = names or WARM
    if before:
        await started(do)
    await clients.learn(names)
    lab.fetches()
    load = asyncio.create_task(clients.load(names, seconds))
    await asyncio.sleep(min(0.3, seconds / 3))
    if not before:
        await started(do)
    result = Result(await load)
    result.fetches = lab.fetches()
    if undo:
        await started(undo)

    tally = result.tally
    result.demand(not tally.failed and not tally.lost, 'requests failed')
    result.demand(tally.slowest * 1000 <= patience,
                  f'one took {tally.slowest * 1000:.0f} ms')

    await asyncio.sleep(1.1)
    await clients.load(names, 0.5)
    lab.fetches()
    after = await clients.load(names, 0.5)
    again = lab.fetches()
    result.demand(not after.failed and not after.lost and not after.wrong,
                  'it does not come back')
    result.demand(again <= 5, f'not cached again: {again} fetches')
    return result


async def started(action):
    made = action()
    if asyncio.iscoroutine(made):
        await made


def judge_log(result, log):
    """Crashes and alerts of nginx are nobody's fault but ours."""
    ended = len(re.findall(r'exited on signal', log)) - result.killed
    result.demand(ended <= 0, f'{ended} workers crashed')
    alerts = [line for line in log.splitlines()
              if re.search(r'\[(alert|emerg)\]', line)
              and 'exited on signal' not in line]
    if alerts and not result.alerts_allowed:
        result.why.append(f'{len(alerts)} alerts: {alerts[0][:90]}')
    if result.tally.wrong:
        result.why.append(f'{result.tally.wrong} wrong: '
                          f'{result.tally.samples[:1]}')

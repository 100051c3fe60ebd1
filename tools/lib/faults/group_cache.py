# Copyright (C) ngx_article authors
"""What one client sends or gets never shows in the answer to another."""

import asyncio

from client import Tally
from scenario import WARM, Result, new_names, scenario, SCENARIOS

MODES = {
    'cookie': ('an answer with Set-Cookie', True),
    'private': ('Cache-Control: private', True),
    'no-store': ('Cache-Control: no-store', True),
    'no-cache': ('Cache-Control: no-cache', True),
    'expired': ('Cache-Control: max-age=0', True),
    'vary-all': ('Vary: *', True),
    'vary-cookie': ('Vary: Cookie, which is never passed on', False),
}
# headers that frameworks believe, and those that name somebody
UNKEYED = ['X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Scheme',
           'X-Original-URL', 'X-Rewrite-URL', 'X-Host', 'Forwarded',
           'Cookie', 'Authorization', 'Accept-Language', 'User-Agent',
           'Origin', 'Referer', 'X-HTTP-Method-Override', 'Range', 'Accept',
           'Accept-Encoding', 'Host']
NAMES = ['a%0d%0aFLUSHALL%0d%0a', 'a%20b', 'a%00b', '*', '[a-z]*',
         '%7B..%7D', 'a' * 6000, '..%2f..%2fetc%2fpasswd', '%e1%ba%bf',
         'a%0d%0aSet-Cookie:%20evil=1', '%', '%zz', 'a\'"\\', 'a%0a$3',
         'a?b=%0d%0a', '%2e%2e%2f']


def not_shared(mode, says, each_fetched):
    async def run(lab, clients, seconds):
        name, tally = new_names(1, mode)[0], Tally()
        lab.fetches()
        for who, other in (('anh', 'ba'), ('ba', 'anh'), ('anh', 'ba')):
            status, head, body = await clients.ask(
                name, f'Cookie: ten=ten-{who}\r\nAuthorization: Basic '
                      f'ten-{who}\r\n' if each_fetched and mode == 'cookie'
                else f'Cookie: ten=ten-{who}\r\n')
            clients.judge(tally, name, status, body)
            if f'ten-{other}'.encode() in body or 'set-cookie' in head:
                tally.wrong += 1
                tally.samples.append(f'{who} sees {other}')
        result = Result(tally)
        result.fetches = lab.fetches()
        if each_fetched:
            result.demand(result.fetches == 3,
                          f'{result.fetches} fetches: it was stored')
        return result

    SCENARIOS['cache-' + mode] = dict(group='cache', says=says, run=run,
                                      quick=True)


for key, (meaning, fetched) in MODES.items():
    not_shared(key, meaning, fetched)


@scenario('cache', 'headers that are not in the key', quick=True)
async def cache_poison(lab, clients, seconds):
    tally, poisoned = Tally(), []
    for number, field in enumerate(UNKEYED):
        name, evil = new_names(1, 'echo')[0], f'evil{number}z'
        await clients.ask(name, f'{field}: {evil}\r\n')
        status, head, body = await clients.ask(name)
        clients.judge(tally, name, status, body)
        if evil.encode() in body or evil in str(head):
            poisoned.append(field)
    result = Result(tally)
    result.demand(not poisoned, f'poisoned by {poisoned}')
    result.fetches = lab.fetches()
    return result


@scenario('cache', 'addresses that break a protocol out of their place',
          quick=True)
async def cache_injection(lab, clients, seconds):
    await clients.learn(WARM)
    lab.redis('SET', 'canary', '1')
    split, statuses = [], set()
    for name in NAMES:
        try:
            status, head, _ = await clients.ask(name)
            statuses.add(status)
            if 'set-cookie' in head:
                split.append(name)
        except (OSError, EOFError, ValueError, asyncio.TimeoutError) as error:
            statuses.add(type(error).__name__)
    result = Result(await clients.load(WARM, seconds / 3))
    result.demand(lab.redis('GET', 'canary') == b'1', 'a command got through')
    result.demand(not split, f'header split by {split}')
    result.demand(not result.tally.failed, 'others suffered')
    strange = [k for k in lab.redis.keys()
               if not k.startswith((b'article:1:{', b'article:1:plan:{'))
               and k != b'canary']
    result.demand(not strange, f'strange keys {strange[:3]}')
    result.note = ' '.join(sorted(map(str, statuses)))
    return result

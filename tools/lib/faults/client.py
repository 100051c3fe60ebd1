# Copyright (C) ngx_article authors
"""Clients that look at every answer they get."""

import asyncio
import json
import random
import re
import time

MARK = re.compile(rb'MARK\.([^.]*)\.MARK')
# what differs from fetch to fetch
FETCHED = re.compile(rb'"fetched_at":"[^"]*"')


class Tally:
    """What came of some requests."""

    def __init__(self):
        self.requests = self.failed = self.wrong = self.lost = 0
        self.slowest = 0.0
        self.statuses = {}
        self.samples = []

    def add(self, other):
        for name in ('requests', 'failed', 'wrong', 'lost'):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        self.samples += other.samples
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count
        return self

    def count(self, status):
        self.requests += 1
        self.statuses[status] = self.statuses.get(status, 0) + 1


async def read_answer(reader, head_only=False):
    line = await reader.readline()
    if not line:
        raise ConnectionError('closed')
    status, head = int(line.split()[1]), {}
    while (field := await reader.readline()).strip():
        key, _, value = field.decode('latin1').partition(':')
        head[key.strip().lower()] = value.strip()
    if head_only or status in (204, 304):
        return status, head, b''
    if head.get('transfer-encoding') == 'chunked':
        parts = []
        while size := int((await reader.readline()).split(b';')[0], 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        while (await reader.readline()).strip():
            pass
        return status, head, b''.join(parts)
    if 'content-length' in head:
        size = int(head['content-length'])
        return status, head, await reader.readexactly(size)
    return status, head, await reader.read()


class Clients:
    """All requests go to one port; url is a pattern with {} for the name."""

    def __init__(self, port, url, is_json=True):
        self.port, self.url, self.is_json = port, url, is_json
        self.known = {}

    def judge(self, tally, name, status, body):
        tally.count(status)
        if status != 200:
            tally.failed += 1
        marks = set(MARK.findall(body))
        right = marks <= {name.encode()}
        if status == 200:
            try:
                if self.is_json:
                    json.loads(body)
            except ValueError:
                right = False
            right = right and marks == {name.encode()} and \
                self.known.get(name) in (None, FETCHED.sub(b'', body))
        if not right:
            tally.wrong += 1
            tally.samples.append(f'{name}: {status} {body[:100]!r}')

    def request(self, name, fields='', method='GET', close=False):
        connection = 'Connection: close\r\n' if close else ''
        host = '' if 'Host:' in fields else 'Host: bao.example\r\n'
        return (f'{method} {self.url.format(name)} HTTP/1.1\r\n{host}'
                f'{connection}{fields}\r\n').encode()

    async def ask(self, name, fields='', timeout=15, method='GET'):
        """One answer over a connection of its own."""
        async def go():
            reader, out = await asyncio.open_connection(
                '127.0.0.1', self.port, limit=1 << 22)
            try:
                out.write(self.request(name, fields, method, close=True))
                return await read_answer(reader, method == 'HEAD')
            finally:
                out.close()
        return await asyncio.wait_for(go(), timeout)

    async def learn(self, names):
        """Fetches them once: later answers must be the same."""
        self.known.clear()
        for at in range(0, len(names), 40):
            part = names[at:at + 40]
            got = await asyncio.gather(*map(self.ask, part))
            for name, (status, _, body) in zip(part, got):
                assert status == 200, (name, status, body[:200])
                self.known[name] = FETCHED.sub(b'', body)

    async def one_client(self, tally, names, until, timeout, once):
        reader = out = None
        while once or time.monotonic() < until:
            name, begun = random.choice(names), time.monotonic()
            fresh = out is None

            async def go():
                nonlocal reader, out
                if out is None:
                    reader, out = await asyncio.open_connection(
                        '127.0.0.1', self.port, limit=1 << 22)
                out.write(self.request(name))
                return await read_answer(reader)

            try:
                status, head, body = await asyncio.wait_for(go(), timeout)
            except (OSError, EOFError, ValueError, IndexError,
                    asyncio.TimeoutError) as error:
                if out:
                    out.close()
                out = None
                # nginx may close a connection that is kept alive at any time
                if fresh or not isinstance(error, ConnectionError):
                    tally.count(type(error).__name__)
                    tally.lost += 1
                    await asyncio.sleep(0.01)
            else:
                self.judge(tally, name, status, body)
                tally.slowest = max(tally.slowest, time.monotonic() - begun)
                if head.get('connection') == 'close':
                    out.close()
                    out = None
            if once:
                break
        if out:
            out.close()

    async def load(self, names, seconds=0.0, clients=32, timeout=15,
                   once=False):
        """So many clients for so long, or each one request (once)."""
        tally, until = Tally(), time.monotonic() + seconds
        await asyncio.gather(*[
            self.one_client(tally, names, until, timeout, once)
            for _ in range(clients)])
        return tally

# Copyright (C) ngx_article authors
"""Stands between nginx and redis-server and spoils what passes.

redis_proxy.py LISTEN REDIS CONTROL (ports).  A line to CONTROL is answered
with "ok":

pass              nothing is spoiled
late MS, waves MS each reply so late, or up to so late
hold              nothing passes either way, connections stay
closed            nobody listens, what was open is cut
reset             connections are reset as they come, and on every command
half-reply        half of a reply, then a reset
shut              the server's side is shut, commands are still read
crumbs            replies in crumbs
flip              bits of replies are flipped
say TEXT          every command is answered TEXT (\\r\\n is put behind)
http              ... an HTTP error
bulk, array, nest ... a reply that announces 512 MB, 10^9 elements, or is
                  nested 4,000 deep
twice, lost       every 5th reply comes twice, every 7th never
cut               all connections are cut, once
"""

import asyncio
import random
import socket
import struct
import sys

SAID = {'http': b'HTTP/1.1 400 Bad Request\r\n\r\n',
        'bulk': b'$536870912\r\n' + b'z' * 2000,
        'array': b'*1000000000\r\n',
        'nest': b'*1\r\n' * 4000}
# of an end-to-end checked value only its head and length words are spared
SPARED = 12


def reset(out):
    try:
        out.get_extra_info('socket').setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    except OSError:
        pass                    # the other side was faster
    out.transport.abort()


def commands_in(data):
    return max(1, data.count(b'\r\n*') + data.startswith(b'*'))


def reply_end(data, at):
    """Where the reply that begins at ends; None: not all of it is there."""
    line = data.find(b'\r\n', at)
    if line < 0:
        return None
    kind, number, end = data[at:at + 1], data[at + 1:line], line + 2
    if kind == b'$' and int(number) >= 0:
        end += int(number) + 2
        return end if len(data) >= end else None
    if kind == b'*':
        for _ in range(max(0, int(number))):
            end = reply_end(data, end)
            if end is None:
                return None
    return end


class Proxy:
    def __init__(self, listen, redis):
        self.listen, self.redis = listen, redis
        self.mode, self.argument = 'pass', ''
        self.server, self.open, self.replies = None, set(), 0

    async def start(self):
        self.server = await asyncio.start_server(
            self.connection, '127.0.0.1', self.listen, backlog=1024)

    def cut_all(self):
        for out in list(self.open):
            reset(out)
        self.open.clear()

    async def held(self):
        while self.mode == 'hold':
            await asyncio.sleep(0.02)

    async def connection(self, reader, out):
        if self.mode == 'reset':
            return reset(out)
        self.open.add(out)
        try:
            await self.held()
            redis_reader, redis = await asyncio.open_connection(
                '127.0.0.1', self.redis)
            self.open.add(redis)
            await asyncio.gather(self.commands(reader, redis, out),
                                 self.answers(redis_reader, out),
                                 return_exceptions=True)
            redis.close()
            self.open.discard(redis)
        except OSError:
            reset(out)
        finally:
            self.open.discard(out)
            out.close()

    async def commands(self, reader, redis, out):
        while data := await reader.read(65536):
            await self.held()
            if self.mode == 'say':
                out.write((self.argument + '\r\n').encode()
                          * commands_in(data))
            elif self.mode in SAID:
                out.write(SAID[self.mode])
            elif self.mode == 'reset':
                return reset(out)
            elif self.mode == 'shut':
                if out.can_write_eof():
                    out.write_eof()
            else:
                redis.write(data)
                await redis.drain()
        redis.close()

    async def answers(self, reader, out):
        left = b''
        while data := await reader.read(65536):
            await self.held()
            mode = self.mode
            if mode in ('late', 'waves'):
                share = 1 if mode == 'late' else random.random()
                await asyncio.sleep(share * float(self.argument) / 1000)
            elif mode == 'half-reply':
                out.write(data[:len(data) // 2 + 1])
                await asyncio.sleep(0.005)
                return reset(out)
            elif mode == 'flip':
                data = self.flipped(data)
            elif mode in ('twice', 'lost'):
                data, left = self.miscounted(left + data)
            if mode == 'crumbs':
                size = max(1, len(data) // 100)
                for at in range(0, len(data), size):
                    out.write(data[at:at + size])
                    await out.drain()
                    await asyncio.sleep(0.0005)
            else:
                out.write(data)
                await out.drain()
        out.close()

    @staticmethod
    def flipped(data):
        if len(data) < 4 * SPARED:
            return data
        spoiled = bytearray(data)
        for _ in range(3):
            at = random.randrange(SPARED, len(data) - 2)
            spoiled[at] ^= 1 << random.randrange(8)
        return bytes(spoiled)

    def miscounted(self, data):
        sent, at = b'', 0
        while at < len(data):
            end = reply_end(data, at)
            if end is None:
                break
            self.replies += 1
            reply = data[at:end]
            if self.mode == 'twice' and self.replies % 5 == 0:
                reply += reply
            elif self.mode == 'lost' and self.replies % 7 == 0:
                reply = b''
            sent, at = sent + reply, end
        return sent, data[at:]

    async def control(self, reader, out):
        words = (await reader.readline()).decode().strip()
        mode, _, argument = words.partition(' ')
        if mode == 'cut':
            self.cut_all()
        else:
            self.mode, self.argument = mode, argument
            if mode == 'closed' and self.server:
                self.server.close()
                self.server = None
                self.cut_all()
            elif mode != 'closed' and self.server is None:
                await self.start()
        out.write(b'ok\n')
        await out.drain()
        out.close()


async def main(listen, redis, control):
    proxy = Proxy(listen, redis)
    await proxy.start()
    server = await asyncio.start_server(proxy.control, '127.0.0.1', control)
    async with server:
        await server.serve_forever()


if __name__ == '__main__':
    try:
        asyncio.run(main(*map(int, sys.argv[1:4])))
    except KeyboardInterrupt:
        pass

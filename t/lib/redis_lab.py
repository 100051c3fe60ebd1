#!/usr/bin/python3
# Copyright (C) ngx_article authors
#
# A redis-server of its own behind a proxy that can misbehave.
#
#   redis_lab.py DIR REDIS_SERVER [OPTION...]    options of redis-server
#
#   DIR/redis.sock      the server
#   DIR/proxy.sock      the proxy, and DIR/port has the number of its TCP port
#   DIR/control.sock    HTTP: GET /VERB[/ARGUMENT], answered "ok" or an error
#
# All ends when standard input does.  The verbs:
#
#   pass              nothing is changed (the state at start)
#   late/MS           replies come so much later
#   silent            commands are taken, no reply ever comes
#   twice/N           every N-th reply comes twice
#   lost/N            every N-th reply does not come
#   half              half of what is to be sent, then the connection closes
#   stall             half of what is to be sent, then nothing more
#   say/garbage       to every command: something that is not Redis' protocol
#   say/huge          ... a value of 512 MB is announced, and does not come
#   say/array         ... an array of 10^9 elements is announced
#   say/deep          ... 5,000 arrays one in another
#   say/integer       ... a number
#   error/TEXT        ... an error
#   surplus           now: a reply that nobody asked for, on all connections
#   cut               now: all connections are closed
#   refuse, accept    the sockets are gone; they are back
#   freeze, thaw      SIGSTOP, SIGCONT to redis-server
#   kill, start       redis-server itself; started again it is empty
#   restart           both
#   reset             all faults are undone, Redis is empty
#   do/WORD/WORD...   a command to redis-server; the answer is its reply
#   sleep/MS          only waits
#   log/TEXT          how many lines of the error log ($REDIS_LAB_LOG) have it
#   load/ORDER        40 articles are asked for by 16 clients for 1.2 s, and
#                     after 0.3 s ORDER is given.  "wrong=0 failed=0 max=97":
#                     bodies of another article, answers that are none, the
#                     longest wait in milliseconds
#   reload            SIGHUP to nginx (its pid is in $REDIS_LAB_PID)
#   left              after "reload": when the workers of before have gone
#   while/PATH        asks for an article, reloads meanwhile: its head
#   connections       how many the proxy has ever had
#   commands          how many it has seen, fences not counted

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from urllib.parse import unquote

SAY = {
    "garbage": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "huge": b"$536870912\r\n" + b"x" * 2000,
    "array": b"*1000000000\r\n",
    "deep": b"*1\r\n" * 5000,
    "integer": b":7\r\n",
}


def message_end(data, at):
    """Where the RESP2 message at `at` ends, or None if it is not whole."""
    line = data.find(b"\r\n", at)
    if line < 0:
        return None
    kind, end = data[at:at + 1], line + 2
    if kind == b"$":
        size = int(data[at + 1:line])
        end += size + 2 if size >= 0 else 0
        return end if len(data) >= end else None
    if kind == b"*":
        for _ in range(int(data[at + 1:line])):
            end = message_end(data, end)
            if end is None:
                return None
    return end


def messages(data):
    """The whole messages at the front of data, and the rest."""
    found, at = [], 0
    while at < len(data):
        end = message_end(data, at)
        if end is None:
            break
        found.append(data[at:end])
        at = end
    return found, data[at:]


class Server:
    def __init__(self, directory, program, options):
        self.socket = directory + "/redis.sock"
        self.command = [program, "--port", "0", "--unixsocket", self.socket,
                        "--unixsocketperm", "777", "--save", "",
                        "--appendonly", "no", "--dir", directory,
                        "--user", "lab", "on", "nopass", "~*", "+@all",
                        *options]
        self.process = None

    def running(self):
        return self.process is not None and self.process.poll() is None

    def start(self):
        if self.running():
            return
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for _ in range(100):
            time.sleep(0.05)
            if os.path.exists(self.socket):
                return
        raise RuntimeError("redis-server does not start")

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()
        if os.path.exists(self.socket):
            os.unlink(self.socket)

    async def do(self, words):
        reader, writer = await asyncio.open_unix_connection(self.socket)
        for command in (["AUTH", "lab", "-"], words):
            writer.write(b"*%d\r\n" % len(command))
            for word in command:
                word = word.encode()
                writer.write(b"$%d\r\n%s\r\n" % (len(word), word))
        data, found = b"", []
        while len(found) < 2:
            more = await reader.read(65536)
            if not more:
                raise RuntimeError("redis-server has closed the connection")
            data += more
            found, _ = messages(data)
        writer.close()
        return found[1]


class Proxy:
    def __init__(self, directory):
        self.directory = directory
        self.mode, self.argument = "pass", ""
        self.open = set()
        self.connections = self.commands = self.replies = 0
        self.listeners = []
        self.port = 0

    async def accept(self):
        if self.listeners:
            return
        path = self.directory + "/proxy.sock"
        self.listeners = [
            await asyncio.start_unix_server(self.connection, path),
            await asyncio.start_server(self.connection, "127.0.0.1",
                                       self.port)]
        os.chmod(path, 0o777)
        self.port = self.listeners[1].sockets[0].getsockname()[1]

    def refuse(self):
        for listener in self.listeners:
            listener.close()
        self.listeners = []
        with contextlib.suppress(FileNotFoundError):
            # Python 3.13 removes it with the listener
            os.unlink(self.directory + "/proxy.sock")
        self.cut()

    def cut(self):
        for writer in list(self.open):
            writer.transport.abort()

    def surplus(self):
        for writer in self.open:
            writer.write(b"+OK\r\n")

    async def connection(self, reader, writer):
        self.connections += 1
        self.open.add(writer)
        try:
            upstream = await asyncio.open_unix_connection(
                self.directory + "/redis.sock")
        except OSError:
            writer.transport.abort()
            self.open.discard(writer)
            return
        both = [asyncio.ensure_future(self.up(reader, writer, upstream[1])),
                asyncio.ensure_future(self.down(upstream[0], writer))]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        upstream[1].close()
        writer.close()
        self.open.discard(writer)

    async def up(self, reader, writer, upstream):
        rest = b""
        while True:
            data = await reader.read(65536)
            if not data:
                return
            found, rest = messages(rest + data)
            self.commands += sum(b"\r\nECHO\r\n" not in m for m in found)
            if self.mode == "say":
                writer.write(SAY[self.argument] * len(found))
            elif self.mode == "error":
                error = b"-%s\r\n" % self.argument.encode()
                writer.write(error * len(found))
            elif self.mode != "silent":
                upstream.write(data)

    async def down(self, upstream, writer):
        rest = b""
        while True:
            data = await upstream.read(65536)
            if not data:
                return
            if self.mode == "late":
                await asyncio.sleep(int(self.argument) / 1000)
            elif self.mode in ("half", "stall"):
                writer.write(data[:len(data) // 2])
                await writer.drain()
                if self.mode == "half":
                    return
                await asyncio.sleep(3600)
            elif self.mode in ("twice", "lost"):
                found, rest = messages(rest + data)
                data = b"".join(self.spoil(reply) for reply in found)
            writer.write(data)
            await writer.drain()

    def spoil(self, reply):
        self.replies += 1
        if self.replies % int(self.argument):
            return reply
        return reply * 2 if self.mode == "twice" else b""


class Load:
    """Clients of the gateway that look at every answer."""

    def __init__(self, port):
        self.port = port
        self.wrong = self.failed = self.slowest = 0

    async def run(self, seconds):
        end = time.monotonic() + seconds
        await asyncio.gather(*[self.client(n, end) for n in range(16)])

    async def client(self, number, end):
        turn = number
        while time.monotonic() < end:
            reader, writer = await asyncio.open_connection("127.0.0.1",
                                                           self.port)
            for used in range(50):
                turn += 7
                if time.monotonic() >= end:
                    break
                path = b"/tin/%d." % (turn % 40)
                if not await self.request(reader, writer, path):
                    # a server may close a connection that has been used
                    self.failed += used == 0
                    break
            writer.close()

    async def request(self, reader, writer, path):
        start = time.monotonic()
        writer.write(b"GET /api%s HTTP/1.1\r\nHost: x\r\n\r\n" % path)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, EOFError):
            return False
        size = head.lower().partition(b"content-length: ")[2].split()[0]
        body = await reader.readexactly(int(size))
        self.failed += head[9:12] != b"200"
        self.wrong += path not in body
        self.slowest = max(self.slowest, time.monotonic() - start)
        return True


class Reload:
    def __init__(self):
        self.old, self.start = [], 0

    async def begin(self):
        """Returns when no old worker takes a connection any more."""
        with open(os.environ["REDIS_LAB_PID"]) as f:
            master = f.read().strip()
        with open("/proc/%s/task/%s/children" % (master, master)) as f:
            self.old = f.read().split()
        self.start = time.monotonic()
        os.kill(int(master), signal.SIGHUP)
        return await self.wait("worker process\0")

    async def left(self):
        return await self.wait("")

    async def wait(self, title):
        """Until the titles of the old workers no longer end so."""
        while any(self.title(worker).endswith(title) for worker in self.old
                  if self.title(worker)):
            if time.monotonic() - self.start > 5:
                return b"still there after 5 s"
            await asyncio.sleep(0.01)
        return b"ok: %d ms" % ((time.monotonic() - self.start) * 1000)

    @staticmethod
    def title(pid):
        try:
            with open("/proc/%s/cmdline" % pid) as f:
                return f.read().rstrip("\0 ") + "\0"
        except OSError:
            return ""


class Lab:
    def __init__(self, directory, program, options):
        self.directory = directory
        self.server = Server(directory, program, options)
        self.proxy = Proxy(directory)
        self.reload = Reload()
        self.gateway = 0

    def stop(self):
        if self.server.running():
            self.server.kill()

    async def reset(self):
        self.proxy.mode = "pass"
        self.proxy.connections = self.proxy.commands = 0
        await self.proxy.accept()
        self.server.start()
        self.server.signal(signal.SIGCONT)
        await self.server.do(["FLUSHALL"])

    async def load(self, order):
        load = Load(self.gateway)
        running = asyncio.ensure_future(load.run(1.2))
        await asyncio.sleep(0.3)
        verb, _, argument = order.partition("/")
        await self.order(verb, argument)
        await running
        return b"wrong=%d failed=%d max=%d" % (load.wrong, load.failed,
                                               load.slowest * 1000)

    async def reload_while(self, path):
        reader, writer = await asyncio.open_connection("127.0.0.1",
                                                       self.gateway)
        writer.write(b"GET /api/%s HTTP/1.1\r\nHost: x\r\n\r\n"
                     % path.encode())
        await asyncio.sleep(0.1)
        await self.reload.begin()
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return head.replace(b"\r\n", b" ")

    async def order(self, verb, argument):
        proxy, server = self.proxy, self.server
        if verb in ("pass", "late", "silent", "twice", "lost", "half",
                    "stall", "say", "error"):
            proxy.mode, proxy.argument = verb, argument
            proxy.replies = 0
        elif verb in ("surplus", "cut", "refuse"):
            getattr(proxy, verb)()
        elif verb == "accept":
            await proxy.accept()
        elif verb == "reset":
            await self.reset()
        elif verb == "freeze":
            server.signal(signal.SIGSTOP)
        elif verb == "thaw":
            server.signal(signal.SIGCONT)
        elif verb == "restart":
            server.kill()
            server.start()
        elif verb in ("kill", "start"):
            getattr(server, verb)()
        elif verb == "do":
            return await server.do(argument.split("/"))
        elif verb == "load":
            return await self.load(argument)
        elif verb == "reload":
            return await self.reload.begin()
        elif verb == "left":
            return await self.reload.left()
        elif verb == "while":
            return await self.reload_while(argument)
        elif verb == "sleep":
            await asyncio.sleep(int(argument) / 1000)
        elif verb == "log":
            with open(os.environ["REDIS_LAB_LOG"], errors="replace") as log:
                return b"%d" % sum(argument in line and " [debug] " not in
                                   line for line in log)
        elif verb in ("connections", "commands"):
            return b"%d" % getattr(proxy, verb)
        else:
            return b"unknown verb"
        return b"ok"

    async def control(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        verb, _, argument = head.split()[1].decode()[1:].partition("/")
        port = head.lower().partition(b"x-port: ")[2].split()
        if port:
            self.gateway = int(port[0])
        try:
            body = (await self.order(verb, unquote(argument))).strip() + b"\n"
        except (OSError, ValueError, RuntimeError) as error:
            body = b"error: %s\n" % str(error).encode()
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n"
                     b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        writer.close()

    async def run(self):
        self.server.start()
        await self.proxy.accept()
        path = self.directory + "/control.sock"
        await asyncio.start_unix_server(self.control, path)
        os.chmod(path, 0o777)
        with open(self.directory + "/port", "w") as f:
            f.write("%d\n" % self.proxy.port)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, sys.stdin.read)


def main(kind=Lab):
    lab = kind(sys.argv[1], sys.argv[2], sys.argv[3:])
    try:
        asyncio.run(lab.run())
    except KeyboardInterrupt:
        pass
    finally:
        lab.stop()


if __name__ == "__main__":
    main()

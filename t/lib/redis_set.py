#!/usr/bin/python3
# Copyright (C) ngx_article authors
#
# Several redis-servers that are one Redis: as redis_lab.py, without a proxy.
#
#   redis_set.py DIR REDIS_SERVER cluster      three masters, three replicas
#   redis_set.py DIR REDIS_SERVER sentinel     a master, a replica, and three
#                                              sentinels of "chinh"
#   ... sentinel localhost                     which tell of it by that name
#
#   DIR/port has what article_redis takes: the addresses and the rest.
#
# The verbs, N being a server's number from 0:
#
#   kill/N, start/N      one of them; started again it is empty
#   freeze/N, thaw/N     SIGSTOP, SIGCONT
#   lose, hang, demote   the first master there is: it is killed, stopped,
#                        made a replica
#   fall                 all replicas are killed
#   do/N/WORD/WORD...    a command to a server; the answer is its reply
#   move/SLOTS           so many slots go from one master to another
#   ask/PATH             the slot of the one key there is begins to go to
#                        another master, and the key is gone there: ASK
#   healed               waits until every slot has a master: "ok: 1234 ms"
#   hits                 waits until all articles come from Redis again
#   load/SECONDS/ORDER   as redis_lab.py's load, for so long
#   reset                all run, and are empty
#   sleep, log, reload, left, while     as redis_lab.py's

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time

from redis_lab import Lab, Load, main, messages


def free_ports(number):
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Member:
    def __init__(self, directory, program, port, options):
        self.port = port
        self.directory = "%s/%d" % (directory, port)
        os.mkdir(self.directory)
        self.command = [program, "--port", str(port), "--bind", "127.0.0.1",
                        "--dir", self.directory, "--save", "",
                        "--appendonly", "no", "--logfile", "log", *options]
        self.process = None

    def start(self):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()

    def signal(self, number):
        self.process.send_signal(number)

    async def do(self, *words):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"*%d\r\n" % len(words))
        for word in words:
            word = str(word).encode()
            writer.write(b"$%d\r\n%s\r\n" % (len(word), word))
        data, found = b"", []
        while not found:
            more = await asyncio.wait_for(reader.read(65536), 1)
            if not more:
                raise OSError("redis-server has closed the connection")
            data += more
            found, _ = messages(data)
        writer.close()
        return found[0]

    async def is_master(self):
        try:
            return b"master" in await self.do("ROLE")
        except (OSError, asyncio.TimeoutError):
            return False

    async def replicates(self):
        try:
            return b"link_status:up" in await self.do("INFO", "replication")
        except (OSError, asyncio.TimeoutError):
            return False


class Set(Lab):
    def __init__(self, directory, program, options):
        super().__init__(directory, program, [])
        self.members, self.sentinels = [], []
        self.demoted = self.moving = None
        getattr(self, options[0])(directory, program, options[1:])

    def cluster(self, directory, program, options):
        ports = free_ports(12)
        self.takes = "cluster"
        for n in range(6):
            self.members.append(Member(
                directory, program, ports[n],
                ["--cluster-enabled", "yes", "--cluster-port",
                 str(ports[6 + n]), "--cluster-node-timeout", "2000",
                 "--repl-diskless-sync-delay", "0", *options]))

    def sentinel(self, directory, program, options):
        ports = free_ports(5)
        self.takes = "sentinel=chinh"
        host = options[0] if options else "127.0.0.1"
        names = "yes" if options else "no"
        for n in range(2):
            of = [] if n == 0 else ["--replicaof", "%s %d" % (host, ports[0])]
            self.members.append(Member(
                directory, program, ports[n],
                [*of, "--repl-diskless-sync-delay", "0",
                 "--replica-announce-ip", host]))
        for port in ports[2:]:
            path = "%s/sentinel-%d.conf" % (directory, port)
            with open(path, "w") as f:
                f.write("sentinel resolve-hostnames %s\n"
                        "sentinel announce-hostnames %s\n"
                        "sentinel monitor chinh %s %d 2\n"
                        "sentinel down-after-milliseconds chinh 500\n"
                        "sentinel failover-timeout chinh 2000\n"
                        % (names, names, host, ports[0]))
            member = Member(directory, program, port, [])
            member.command = [program, path, "--sentinel", "--port",
                              str(port), "--bind", "127.0.0.1", "--dir",
                              member.directory, "--logfile", "log"]
            self.sentinels.append(member)

    def addresses(self):
        told = self.sentinels or self.members
        return ["127.0.0.1:%d" % member.port for member in told]

    def stop(self):
        for member in self.members + self.sentinels:
            member.kill()

    async def begin(self):
        for member in self.members + self.sentinels:
            member.start()
        await asyncio.sleep(0.5)
        if not self.sentinels:
            await self.command("--cluster", "create", *self.addresses(),
                               "--cluster-replicas", "1", "--cluster-yes")
        await self.healed()

    async def command(self, *words):
        process = await asyncio.create_subprocess_exec(
            "redis-cli", *words, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await process.wait()

    async def masters(self):
        return [n for n, member in enumerate(self.members)
                if await member.is_master()]

    async def whole(self):
        """Are there masters for all, do those that run say so?"""
        masters = await self.masters()
        running = [m for m in self.members if m.process.poll() is None]
        for n, member in enumerate(self.members):
            if member in running and n not in masters \
                    and not await member.replicates():
                return False
        if self.sentinels:
            return len(masters) == 1 and await self.agreed(masters[0])
        for member in running:
            if b"cluster_state:ok" not in await member.do("CLUSTER", "INFO"):
                return False
        return len(masters) == 3

    async def agreed(self, master):
        port = b"%d\r\n" % self.members[master].port
        for sentinel in self.sentinels:
            answer = await sentinel.do("SENTINEL", "get-master-addr-by-name",
                                       "chinh")
            known = await sentinel.do("SENTINEL", "master", "chinh")
            replicas = await sentinel.do("SENTINEL", "replicas", "chinh")
            if port not in answer or b"num-other-sentinels\r\n$1\r\n2" \
                    not in known or b"master-link-status\r\n$2\r\nok" \
                    not in replicas:
                return False
        return True

    async def healed(self):
        start = time.monotonic()
        while time.monotonic() - start < 30:
            try:
                if await self.whole():
                    return b"ok: %d ms" % ((time.monotonic() - start) * 1000)
            except (OSError, asyncio.TimeoutError):
                pass
            await asyncio.sleep(0.05)
        return b"not within 30 s"

    async def reset(self):
        for member in self.members + self.sentinels:
            member.signal(signal.SIGCONT)
        if self.demoted:
            await self.demoted.do("REPLICAOF", "NO", "ONE")
            self.demoted = None
        for n, member in enumerate(self.members):
            if member.process.poll() is not None:
                await self.start(n)
        await self.healed()
        for n in await self.masters():
            if self.moving:
                await self.members[n].do("CLUSTER", "SETSLOT", self.moving,
                                         "STABLE")
            await self.members[n].do("FLUSHALL")
        self.moving = None

    async def level(self, number):
        reader, writer = await asyncio.open_connection("127.0.0.1",
                                                       self.gateway)
        writer.write(b"GET /api/tin/%d. HTTP/1.0\r\nHost: x\r\n\r\n" % number)
        answer = await reader.read()
        writer.close()
        return answer.partition(b"X-Level: ")[2].split(b"\r\n")[0]

    async def hits(self):
        start = time.monotonic()
        while time.monotonic() - start < 10:
            levels = [await self.level(n) for n in range(40)]
            if all(level == b"redis" for level in levels):
                return b"ok: %d ms" % ((time.monotonic() - start) * 1000)
            await asyncio.sleep(0.02)
        return b"not within 10 s"

    async def load(self, order):
        seconds, _, order = order.partition("/")
        verb, _, argument = order.partition("/")
        load = Load(self.gateway)
        running = asyncio.ensure_future(load.run(float(seconds)))
        await asyncio.sleep(0.3)
        await self.order(verb, argument)
        await running
        return b"wrong=%d failed=%d max=%d" % (load.wrong, load.failed,
                                               load.slowest * 1000)

    async def node_id(self, n):
        answer = await self.members[n].do("CLUSTER", "MYID")
        return answer.split(b"\r\n")[1].decode()

    async def move(self, slots):
        source, target = (await self.masters())[:2]
        await self.command(
            "--cluster", "reshard", self.addresses()[source],
            "--cluster-from", await self.node_id(source),
            "--cluster-to", await self.node_id(target),
            "--cluster-slots", slots, "--cluster-yes")
        return b"ok"

    async def ask(self):
        masters = await self.masters()
        for source in masters:
            key = await self.members[source].do("RANDOMKEY")
            if not key.startswith(b"$-1"):
                break
        key = key.split(b"\r\n")[1].decode()
        target = [n for n in masters if n != source][0]
        slot = (await self.members[source].do("CLUSTER", "KEYSLOT", key))
        slot = self.moving = slot[1:].strip().decode()
        await self.members[target].do("CLUSTER", "SETSLOT", slot,
                                      "IMPORTING", await self.node_id(source))
        await self.members[source].do("CLUSTER", "SETSLOT", slot,
                                      "MIGRATING", await self.node_id(target))
        return await self.members[source].do(
            "MIGRATE", "127.0.0.1", self.members[target].port, key, 0, 1000)

    async def start(self, n):
        """Sentinels leave one alone that says it is a master for long."""
        masters = await self.masters()
        self.members[n].start()
        if self.sentinels and masters and n not in masters:
            await asyncio.sleep(0.3)
            await self.members[n].do("REPLICAOF", "127.0.0.1",
                                     self.members[masters[0]].port)

    @staticmethod
    async def lose(member):
        member.kill()

    @staticmethod
    async def hang(member):
        member.signal(signal.SIGSTOP)

    async def demote(self, member):
        """A sentinel would close its connections; REPLICAOF does not."""
        other = [m for m in self.members if m is not member][0]
        await member.do("REPLICAOF", "127.0.0.1", other.port)
        self.demoted = member
        await asyncio.sleep(0.05)

    async def order(self, verb, argument):
        if verb == "kill":
            self.members[int(argument)].kill()
        elif verb == "start":
            await self.start(int(argument))
        elif verb in ("freeze", "thaw"):
            self.members[int(argument)].signal(
                signal.SIGSTOP if verb == "freeze" else signal.SIGCONT)
        elif verb == "do":
            n, *words = argument.split("/")
            return await self.members[int(n)].do(*words)
        elif verb in ("healed", "hits", "ask"):
            return await getattr(self, verb)()
        elif verb == "move":
            return await self.move(argument)
        elif verb == "fall":
            masters = await self.masters()
            for n, member in enumerate(self.members):
                if n not in masters:
                    member.kill()
        elif verb in ("lose", "hang", "demote"):
            await getattr(self, verb)(self.members[(await self.masters())[0]])
        else:
            return await super().order(verb, argument)
        return b"ok"

    async def run(self):
        path = self.directory + "/control.sock"
        await asyncio.start_unix_server(self.control, path)
        os.chmod(path, 0o777)
        await self.begin()
        with open(self.directory + "/port", "w") as f:
            f.write("%s %s\n" % (" ".join(self.addresses()), self.takes))
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, sys.stdin.read)


main(Set)

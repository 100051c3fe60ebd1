# Copyright (C) ngx_article authors
"""Redis fails: no request may.  Without L1, or nothing would be seen."""

import os
import random
import signal
import subprocess

from scenario import SCENARIOS, during, new_names

LIFE = ('EX', 60)
WIRE = {
    'late': ('late 50', 'replies 50 ms late'),
    'too-late': ('late 2000', 'replies 2 s late'),
    'waves': ('waves 300', 'replies 0 to 300 ms late'),
    'held': ('hold', 'connections stay, nothing passes'),
    'closed': ('closed', 'nobody listens'),
    'reset': ('reset', 'connections are reset'),
    'half-reply': ('half-reply', 'half a reply, then a reset'),
    'shut': ('shut', 'the server shuts its side'),
    'crumbs': ('crumbs', 'replies in crumbs'),
    'http': ('http', 'an HTTP server listens there'),
    'bulk': ('bulk', '512 MB are announced'),
    'array': ('array', '1,000,000,000 elements are announced'),
    'nest': ('nest', 'arrays in arrays, 4,000 deep'),
    'twice': ('twice', 'every 5th reply comes twice'),
    'lost': ('lost', 'every 7th reply never comes'),
    'flip': ('flip', 'bits are flipped on the way'),
}
ERRORS = {
    'loading': 'LOADING Redis is loading the dataset in memory',
    'no-auth': 'NOAUTH Authentication required.',
    'wrong-password': 'WRONGPASS invalid username-password pair',
    'out-of-memory': "OOM command not allowed when used memory > "
                     "'maxmemory'.",
    'read-only': "READONLY You can't write against a read only replica.",
    'master-down': 'MASTERDOWN Link with MASTER is down',
    'moved': 'MOVED 3999 127.0.0.1:9',
    'ask': 'ASK 3999 127.0.0.1:9',
    'cluster-down': 'CLUSTERDOWN The cluster is down',
    'try-again': 'TRYAGAIN Multiple keys request during rehashing of slot',
    'cannot-save': 'MISCONF Redis is configured to save RDB snapshots',
    'forbidden': 'NOPERM this user has no permissions',
    'unknown': 'ERR unknown command',
    'too-many': 'ERR max number of clients reached',
}


def add(name, says, do, undo=None, quick=False, **more):
    async def run(lab, clients, seconds):
        return await during(lab, clients, seconds, lambda: do(lab),
                            undo and (lambda: undo(lab)), **more)
    SCENARIOS['redis-' + name] = dict(group='redis', says=says, run=run,
                                      quick=quick)


def passes(lab):
    lab.proxy('pass')
    lab.proxy('cut')


for short, (order, meaning) in WIRE.items():
    add(short, meaning, lambda lab, order=order: lab.proxy(order), passes,
        quick=short in ('held', 'twice', 'flip'))

for short, text in ERRORS.items():
    add('says-' + short, f'every command: -{text[:40]}',
        lambda lab, text=text: lab.proxy(f'say -{text}'), passes,
        quick=short == 'loading')


# ---- redis-server itself

def restart(lab):
    lab.stop('redis')
    lab.start_redis()


add('killed', 'killed, started again later',
    lambda lab: lab.stop('redis'), lambda lab: lab.start_redis(), quick=True)
add('restarted', 'killed, started again at once, empty', restart)
add('stopped', 'stopped: it accepts and says nothing',
    lambda lab: lab.processes['redis'].send_signal(signal.SIGSTOP),
    lambda lab: lab.processes['redis'].send_signal(signal.SIGCONT))
add('busy', 'busy for 2 s', lambda lab: subprocess.Popen(
    ['redis-cli', '-p', str(lab.redis_port), 'DEBUG', 'SLEEP', '2'],
    stdout=subprocess.DEVNULL))
add('flushed', 'all keys are deleted', lambda lab: lab.redis('FLUSHALL'))
add('password', 'has a password all of a sudden',
    lambda lab: (lab.redis('CONFIG', 'SET', 'requirepass', 'x'),
                 lab.proxy('cut')), restart)
add('full', 'memory is full, nothing is evicted',
    lambda lab: (lab.redis('CONFIG', 'SET', 'maxmemory-policy', 'noeviction'),
                 lab.redis('CONFIG', 'SET', 'maxmemory', '1mb')),
    lambda lab: lab.redis('CONFIG', 'SET', 'maxmemory', '0'),
    names=new_names(60), before=True)
add('replica', 'becomes the replica of a dead master',
    lambda lab: lab.redis('REPLICAOF', '127.0.0.1', '9'),
    lambda lab: lab.redis('REPLICAOF', 'NO', 'ONE'),
    names=new_names(60), before=True)
add('one-client', 'maxclients 1', lambda lab: (
    lab.redis('CONFIG', 'SET', 'maxclients', '1'), lab.proxy('cut')),
    restart)


# ---- values that are none of ours

def each(lab, change):
    for key in lab.redis.keys():
        value = lab.redis('GET', key)
        if isinstance(value, bytes):
            change(lab, key, value)


def put(lab, key, value):
    lab.redis('SET', key, value, *LIFE)


def swap(lab):
    keys = lab.redis.keys()
    values = [lab.redis('GET', key) for key in keys]
    for key, value in zip(keys, values[1:] + values[:1]):
        if isinstance(value, bytes) and not value.startswith(b'-'):
            put(lab, key, value)


def flipped(value):
    middle = len(value) // 2
    return value[:middle] + bytes([value[middle] ^ 4]) + value[middle + 1:]


def as_list(lab, key, value):
    lab.redis('DEL', key)
    lab.redis('LPUSH', key, 'x')


def enormous(lab, key, value):
    if random.random() < 0.1:
        lab.redis('SETRANGE', key, 16 << 20, 'x')


def values(name, says, change, quick=False):
    add('value-' + name, says, lambda lab: each(lab, change),
        lambda lab: lab.redis('FLUSHALL'), quick=quick)


values('random', 'values are random bytes',
       lambda lab, k, v: put(lab, k, os.urandom(400)))
values('empty', 'values are empty', lambda lab, k, v: put(lab, k, b''))
values('half', 'values are cut in half',
       lambda lab, k, v: put(lab, k, v[:len(v) // 2]))
values('bit', 'one bit of each value is flipped',
       lambda lab, k, v: put(lab, k, flipped(v)), quick=True)
values('list', 'keys are lists', as_list)
values('enormous', 'values of 16 MB', enormous)
add('value-swapped', "keys hold other articles' values", swap,
    lambda lab: lab.redis('FLUSHALL'), quick=True)

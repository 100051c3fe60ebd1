# Copyright (C) ngx_article authors
"""An nginx with the module, a portal and a Redis that can be spoiled.

All of it listens on 127.0.0.1 and is gone when the Lab is closed.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
PYTHON = sys.executable
START = 10

CONF = '''
{modules}
worker_processes {workers};
{user}
pid {dir}/pid;
error_log {dir}/error.log {level};
worker_rlimit_nofile 8192;
worker_shutdown_timeout {shutdown};
events {{ worker_connections 4096; }}

http {{
    access_log {access};
    client_body_temp_path {disk}/body;
    proxy_temp_path {disk}/proxy;
    fastcgi_temp_path {dir}/fastcgi;
    uwsgi_temp_path {dir}/uwsgi;
    scgi_temp_path {dir}/scgi;
    keepalive_requests 100000;
    {http}

    upstream portal {{ server 127.0.0.1:{portal}; keepalive 32; }}

    server {{
        listen 127.0.0.1:{port} backlog=4096;
        server_name bao.example;
        {server}

        location / {{
            proxy_pass http://portal/bai/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Accept-Encoding "";
        }}
    }}
}}
'''

ARTICLE = '''
        location /json/ {
            article_json /-source/;
            article_base_url https://bao.example;
            article_cache_valid 200 60s;
            article_cache_valid 404 410 5s;
            article_fetch_timeout 6s;
            article_purge 1;
        }

        location /-source/ {
            internal;
            gunzip on;
            proxy_pass http://portal/bai/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host bao.example;
            proxy_connect_timeout 1s;
            proxy_read_timeout 3s;
            proxy_ignore_client_abort on;
            proxy_ignore_headers X-Accel-Redirect X-Accel-Expires
                                 X-Accel-Limit-Rate X-Accel-Buffering
                                 X-Accel-Charset;
        }

        location = /article-status { article_status; }
'''


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(('127.0.0.1', 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def wait_for(what, test, seconds=START):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return
        time.sleep(0.02)
    raise RuntimeError(f'{what}: not within {seconds} s')


def answers_at(port):
    try:
        socket.create_connection(('127.0.0.1', port), 0.3).close()
        return True
    except OSError:
        return False


class Redis:
    """Commands straight to redis-server, beside the proxy."""

    def __init__(self, port):
        self.port = port

    def __call__(self, *words, timeout=5):
        data = [w if isinstance(w, bytes) else str(w).encode() for w in words]
        with socket.create_connection(('127.0.0.1', self.port),
                                      timeout) as s:
            s.sendall(b'*%d\r\n' % len(data) + b''.join(
                b'$%d\r\n%s\r\n' % (len(w), w) for w in data))
            with s.makefile('rb') as stream:
                return self.reply(stream)

    def reply(self, stream):
        line = stream.readline()[:-2]
        kind, rest = line[:1], line[1:]
        if kind == b'$':
            size = int(rest)
            return None if size < 0 else stream.read(size + 2)[:-2]
        if kind == b'*':
            return [self.reply(stream) for _ in range(int(rest))]
        return line if kind == b'-' else rest

    def keys(self):
        return [k for k in self('KEYS', '*') or [] if b'{events}' not in k]


class Lab:
    def __init__(self, zone='8m', redis=True, module=True, workers=2,
                 disk=None, shutdown='5s', level='warn'):
        self.dir = tempfile.mkdtemp(prefix='article-faults-')
        os.chmod(self.dir, 0o755)
        self.disk = disk or self.dir
        (self.port, self.portal_port, self.proxy_port, self.redis_port,
         self.control_port) = free_ports(5)
        self.options = dict(zone=zone, redis=redis, module=module,
                            workers=workers, shutdown=shutdown, level=level)
        self.processes = {}
        self.redis = Redis(self.redis_port)

    # ---- processes

    def start(self, name, *command):
        log = open(f'{self.dir}/{name}.log', 'a')
        self.processes[name] = subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True)

    def stop(self, name, sign=signal.SIGKILL):
        process = self.processes.pop(name, None)
        if process and process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(sign)
            process.wait()

    def start_portal(self):
        self.start('portal', PYTHON, f'{HERE}/portal.py',
                   str(self.portal_port))
        wait_for('portal', lambda: answers_at(self.portal_port))

    def start_redis(self, *more):
        self.start('redis', os.environ.get('ARTICLE_REDIS_SERVER',
                                           'redis-server'),
                   '--port', str(self.redis_port), '--bind', '127.0.0.1',
                   '--save', '', '--dir', self.dir,
                   '--enable-debug-command', 'yes', *more)
        wait_for('redis', lambda: answers_at(self.redis_port))

    def conf(self, **changes):
        o = dict(self.options, **changes)
        http, server, modules = '', '', ''
        if o['module']:
            modules = f'load_module {os.environ["ARTICLE_MODULE"]};'
            http = 'article_strip on;'
            server = ARTICLE
            if o['zone']:
                http += f' article_zone {o.get("name", "main")}:{o["zone"]};'
            if o['redis']:
                http += f' article_redis 127.0.0.1:{self.proxy_port};'
        text = CONF.format(
            modules=modules, http=http, server=server, dir=self.dir,
            disk=self.disk, portal=self.portal_port, port=self.port,
            user='user nobody nogroup;' if os.geteuid() == 0 else '',
            workers=o['workers'], shutdown=o['shutdown'], level=o['level'],
            access=o.get('access', 'off'))
        with open(f'{self.dir}/nginx.conf', 'w') as out:
            out.write(text)

    def nginx(self, *more):
        # by its whole path: an upgrade (USR2) executes it as it was called
        binary = os.environ.get('TEST_NGINX_BINARY') or shutil.which(
            'nginx', path=os.environ['PATH'] + ':/usr/sbin')
        return [binary, '-p', self.dir, '-e', f'{self.dir}/error.log', '-c', f'{self.dir}/nginx.conf', *more]

    def open(self):
        if self.disk != self.dir:
            os.chmod(self.disk, 0o777)
        self.start_portal()
        if self.options['redis'] and self.options['module']:
            self.start_redis()
            self.start('proxy', PYTHON, f'{HERE}/redis_proxy.py',
                       *map(str, (self.proxy_port, self.redis_port,
                                  self.control_port)))
            wait_for('proxy', lambda: answers_at(self.control_port)
                     and answers_at(self.proxy_port))
        self.conf()
        subprocess.run(self.nginx(), check=True)
        wait_for('nginx', lambda: answers_at(self.port))
        return self

    def close(self, keep=False):
        master = self.master()
        if master:
            os.kill(master, signal.SIGTERM)
            wait_for('nginx ends', lambda: not self.alive(master))
        for name in list(self.processes):
            self.stop(name)
        if not keep:
            shutil.rmtree(self.dir, ignore_errors=True)

    # ---- orders

    def portal(self, order):
        with socket.create_connection(('127.0.0.1', self.portal_port),
                                      5) as s:
            s.sendall(f'GET /-/{order} HTTP/1.1\r\nConnection: close\r\n'
                      '\r\n'.encode())
            with s.makefile('rb') as stream:
                return json.loads(stream.read().split(b'\r\n\r\n', 1)[1])

    def fetches(self):
        return self.portal('stats')['total']

    def proxy(self, words):
        if 'proxy' in self.processes:
            with socket.create_connection(('127.0.0.1', self.control_port),
                                          5) as s:
                s.sendall(words.encode() + b'\n')
                s.makefile().readline()

    def reset(self):
        if 'portal' not in self.processes:
            self.start_portal()
        self.portal('mode/good')
        if 'proxy' in self.processes:
            if 'redis' not in self.processes:
                self.start_redis()
            self.proxy('pass')
            self.proxy('cut')
            self.redis('FLUSHALL')

    # ---- what nginx does

    @staticmethod
    def alive(pid):
        try:
            with open(f'/proc/{pid}/stat') as f:
                return f.read().rsplit(')', 1)[1].split()[0] != 'Z'
        except OSError:
            return False

    def master(self):
        try:
            with open(f'{self.dir}/pid') as f:
                pid = int(f.read())
            return pid if self.alive(pid) else 0
        except (OSError, ValueError):
            return 0

    def children(self, pid=None):
        pid = pid or self.master()
        try:
            with open(f'/proc/{pid}/task/{pid}/children') as f:
                return [int(p) for p in f.read().split()
                        if self.alive(p)]
        except OSError:
            return []

    workers = children

    def rss(self):
        """KB of the largest worker."""
        sizes = [0]
        for pid in self.workers():
            try:
                with open(f'/proc/{pid}/status') as f:
                    sizes += map(int, re.findall(r'VmRSS:\s+(\d+)', f.read()))
            except OSError:
                pass
        return max(sizes)

    def descriptors(self):
        count = 0
        for pid in self.workers():
            try:
                count += len(os.listdir(f'/proc/{pid}/fd'))
            except OSError:
                pass
        return count

    def log_size(self):
        return os.path.getsize(f'{self.dir}/error.log')

    def log_since(self, size):
        with open(f'{self.dir}/error.log', errors='replace') as f:
            f.seek(size)
            return f.read()

    def signal(self, sign):
        os.kill(self.master(), sign)

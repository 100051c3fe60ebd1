#!/usr/bin/python3
# Copyright (C) ngx_article authors
#
# The work of tools/monitoring: portal, gateway, Redis and Prometheus, and
# what must be true of the dashboard's queries and of the alerts.

import argparse
import http.client
import http.server
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

# A rule is stale after 100 pages; the shares of a day need some.
PAGES_OF_A_DAY = 120
PAGES_BEFORE_REDESIGN = 10
SCRAPE_SECONDS = 1

# Somebody asks for a page that is not there, so often.
MISSING_EVERY = 10
START_SECONDS = 20

PORTAL = '''{"portal": "bao", "hosts": ["bao.example"],
 "title": ["h1.tit"], "date": [".when"], "author": [".tac-gia"],
 "content": [".noidung"], "strip": ["div.lq"]}'''

TEXT = ('Sáng nay, đoàn công tác của tỉnh đã kiểm tra tiến độ thi công và '
        'thăm hỏi công nhân trên công trường, nơi ba tổ đang làm ba ca.')


def page(skin, number):
    links = ''.join(f'<li><a href="/tin/{n}">Tin nội bộ số {n} của huyện</a>'
                    for n in range(number, number + 6))
    text = ''.join(f'<p>{n}. {TEXT}</p>' for n in range(8))

    if skin == 'old':
        return (f'<!DOCTYPE html><title>Tin {number}</title><body>'
                f'<h1 class="tit">Tin số {number} trong ngày của tỉnh</h1>'
                f'<p class="when">16/05/2026 08:30</p>'
                f'<div class="noidung">{text}</div>'
                f'<p class="tac-gia">Nguyễn Văn An</p>'
                f'<div class="lq"><ul>{links}</ul></div>')

    return (f'<!DOCTYPE html><title>Tin {number}</title><body>'
            f'<h2>Tin số {number} trong ngày của tỉnh</h2>'
            f'<article>{text}</article>')


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    skin = 'old'

    def do_GET(self):
        number = int(self.path.rsplit('/', 1)[-1] or 0)
        body = page(Portal.skin, number)

        # behind the redesign every third address leads nowhere
        if Portal.skin == 'new' and number % 3 == 0:
            body = '<!DOCTYPE html><title>x</title><p>Không có.'

        body = body.encode()
        self.send_response(404 if 'missing' in self.path else 200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def free_ports(number):
    taken = [socket.create_server(('127.0.0.1', 0)) for _ in range(number)]
    ports = [s.getsockname()[1] for s in taken]
    for s in taken:
        s.close()
    return ports


def wait_for(what, check):
    end = time.time() + START_SECONDS
    while time.time() < end:
        try:
            if check():
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f'monitoring: error: {what} did not come within '
             f'{START_SECONDS} s')


class Lab:
    def __init__(self, args):
        self.args = args
        self.dir = tempfile.TemporaryDirectory(prefix='monitoring')
        self.children = []
        self.failures = 0
        self.number = 0
        os.chmod(self.dir.name, 0o755)
        self.gateway, self.redis, self.api = free_ports(3)

        self.portal = http.server.ThreadingHTTPServer(('127.0.0.1', 0),
                                                      Portal)
        threading.Thread(target=self.portal.serve_forever,
                         daemon=True).start()

    def path(self, name):
        return os.path.join(self.dir.name, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write(text)
        return self.path(name)

    def run(self, *command, **options):
        log = open(self.path(os.path.basename(command[0]) + '.log'), 'w',
                   encoding='utf-8')
        child = subprocess.Popen(command, stdout=log, stderr=log, **options)
        self.children.append(child)
        return child

    def start(self):
        self.redis_server = self.run(
            self.args.redis, '--port', str(self.redis), '--save', '',
            '--dir', self.dir.name)
        self.clock('-1d')
        self.write('bao.json', PORTAL)
        conf = self.write('nginx.conf', self.nginx_conf())
        self.run(self.args.nginx, '-p', self.dir.name, '-c', conf,
                 '-g', 'daemon off;',
                 env={**os.environ, 'LD_PRELOAD': self.args.faketime,
                      'FAKETIME_TIMESTAMP_FILE': self.path('clock'),
                      'FAKETIME_NO_CACHE': '1',
                      'DONT_FAKE_MONOTONIC': '1'})
        wait_for('the gateway', lambda: self.get('/article-status'))

        rules = os.path.abspath(os.path.join(self.args.conf, 'alerts.yml'))
        conf = self.write('prometheus.yml', f'''
global: {{scrape_interval: {SCRAPE_SECONDS}s}}
rule_files: ["{rules}"]
scrape_configs:
  - job_name: ngx_article
    metrics_path: /article-status
    static_configs: [{{targets: ["127.0.0.1:{self.gateway}"]}}]
''')
        self.run('prometheus', f'--config.file={conf}',
                 f'--storage.tsdb.path={self.path("data")}',
                 f'--web.listen-address=127.0.0.1:{self.api}')
        wait_for('Prometheus', lambda: self.query('up == 1'))

    def nginx_conf(self):
        user = 'user nobody nogroup;' if os.getuid() == 0 else ''
        return f'''
load_module {self.args.module};
{user}
env FAKETIME_TIMESTAMP_FILE;
env FAKETIME_NO_CACHE;
env DONT_FAKE_MONOTONIC;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path client_body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    access_log off;
    article_zone monitoring:4m;
    article_redis 127.0.0.1:{self.redis};
    article_portals bao.json;
    server {{
        listen 127.0.0.1:{self.gateway};
        server_name bao.example;
        location = /article-status {{ article_status; }}
        location /api/ {{
            article_json /-source/;
            article_base_url https://bao.example;
            article_cache_valid 5m;
        }}
        location /-source/ {{
            internal;
            proxy_pass http://127.0.0.1:{self.portal.server_port}/;
        }}
        location / {{
            article_strip on;
            proxy_pass http://127.0.0.1:{self.portal.server_port};
        }}
    }}
}}
'''

    def clock(self, offset):
        self.write('clock.new', offset + '\n')
        os.replace(self.path('clock.new'), self.path('clock'))

    def get(self, path, accept='*/*'):
        c = http.client.HTTPConnection('127.0.0.1', self.gateway, timeout=10)
        c.request('GET', path, headers={'Host': 'bao.example',
                                        'Accept': accept})
        answer = c.getresponse()
        body = answer.read()
        c.close()
        return body

    def pages(self, number):
        for _ in range(number):
            self.number += 1
            self.get(f'/api/tin/{self.number}')
            self.get(f'/api/tin/{self.number}')
            self.get(f'/tin/{self.number}')

            if self.number % MISSING_EVERY == 0:
                self.get(f'/api/missing/{self.number}')

    def ask(self, path):
        with urllib.request.urlopen(
                f'http://127.0.0.1:{self.api}{path}', timeout=10) as answer:
            return json.load(answer)['data']

    def query(self, expression):
        return self.ask('/api/v1/query?'
                        + urllib.parse.urlencode({'query': expression})
                        )['result']

    def scraped(self):
        time.sleep(3 * SCRAPE_SECONDS)

    def alerts(self):
        return {rule['name']: rule['query']
                for group in self.ask('/api/v1/rules')['groups']
                for rule in group['rules']}

    def firing(self):
        return {name for name, query in self.alerts().items()
                if self.query(query)}

    def check(self, good, what):
        print(f'{"ok" if good else "WRONG"}: {what}', flush=True)
        self.failures += not good

    def panels(self):
        with open(os.path.join(self.args.conf, 'dashboard.json'),
                  encoding='utf-8') as f:
            board = json.load(f)

        for panel in board['panels']:
            for target in panel['targets']:
                query = (target['expr'].replace('$portal', '.*')
                         .replace('$__rate_interval', '1m'))

                # a plan that waits is rare: that it would be seen, matters
                query = query.replace(' == 1', '')
                self.check(bool(self.query(query)),
                           f'panel "{panel["title"]}": {target["expr"]}')

    def promtool(self):
        metrics = self.get('/article-status', 'text/plain;version=0.0.4')
        rc = subprocess.run(['promtool', 'check', 'metrics'], input=metrics,
                            stdout=subprocess.DEVNULL, check=False).returncode
        self.check(rc == 0, 'promtool check metrics')
        rc = subprocess.run(['promtool', 'check', 'rules',
                             os.path.join(self.args.conf, 'alerts.yml')],
                            stdout=subprocess.DEVNULL, check=False).returncode
        self.check(rc == 0, 'promtool check rules')

    def story(self):
        self.promtool()

        # a day as days are, and a morning
        self.pages(PAGES_OF_A_DAY)
        self.clock('+0')
        self.pages(PAGES_BEFORE_REDESIGN)
        self.scraped()
        self.check(self.firing() == set(), 'no alert while all is well: '
                   + (', '.join(sorted(self.firing())) or 'none'))
        self.panels()

        Portal.skin = 'new'
        self.pages(PAGES_OF_A_DAY)
        self.scraped()
        self.expect('a redesign', {'ArticlePortalRefused',
                                   'ArticleDatesMissing',
                                   'ArticleAuthorsMissing',
                                   'ArticleRulesStale', 'ArticleCutsLess'})

        self.portal.shutdown()
        self.portal.server_close()
        self.redis_server.kill()

        end = time.time() + START_SECONDS
        while time.time() < end and not {'ArticlePortalAway',
                                         'ArticleRedisAway'} <= self.firing():
            self.pages(20)
            self.scraped()

        self.expect('portal and Redis away', {'ArticlePortalAway',
                                              'ArticleRedisAway'})

        known = {'ArticlePortalRefused', 'ArticleDatesMissing',
                 'ArticleAuthorsMissing', 'ArticleRulesStale',
                 'ArticleCutsLess', 'ArticlePortalAway', 'ArticleRedisAway',
                 'ArticlePlanWaits'}
        self.check(set(self.alerts()) == known, 'no alert without a proof')
        self.check(bool(self.query('article_plan_waiting == 0')),
                   'ArticlePlanWaits has its series')

    def expect(self, what, alerts):
        firing = self.firing()
        for name in sorted(alerts):
            self.check(name in firing, f'{what}: {name}')

    def stop(self):
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait()
        self.dir.cleanup()


def main():
    parser = argparse.ArgumentParser()
    for name in ('nginx', 'module', 'redis', 'faketime', 'conf'):
        parser.add_argument(f'--{name}', required=True)
    lab = Lab(parser.parse_args())

    try:
        lab.start()
        lab.story()
    finally:
        lab.stop()

    print(f'monitoring: {lab.failures} wrong')
    return lab.failures != 0


if __name__ == '__main__':
    sys.exit(main())

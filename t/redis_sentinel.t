# Copyright (C) ngx_article authors
#
# A master and a replica that three sentinels watch: the master is found, lost
# and found again, and no request fails.

use lib 't/lib';
use RedisLab;

redis_set('sentinel');
master();
run_blocks();

__DATA__

=== TEST 1: stored, found, purged
--- request eval
["GET /api/tin/1", "GET /api/tin/1", "PURGE /api/tin/1", "GET /api/tin/1",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis', '', 'origin', '')
--- response_body_like eval
['.', '.', '.', '.', '"redis":"ready","redis_nodes":\[\{"address":"127.0.0.1:'
 . '\d+","role":"server","state":"ready","pending":0[^}]*\},\{"address":'
 . '"127.0.0.1:\d+","role":"sentinel","state":"\w+","pending":0[^}]*\},']


=== TEST 2: a name that no sentinel knows
--- http_config eval
my ($first) = split / /, $ENV{TEST_NGINX_REDIS_SET};
"article_redis sentinel=khac $first;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'a sentinel of article_redis watches no master named '
                 . '"khac"'),
 RedisLab::order('log', 'article_redis "khac" is down: no sentinel tells '
                 . 'where it is')]
--- response_headers eval
RedisLab::header('X-Reason', 'redis_down', 'redis_down', '', '')
--- response_body_like eval
['.', '.', '^1$', '^1$']


=== TEST 3: sentinels that are away, but one
--- http_config eval
my ($last) = $ENV{TEST_NGINX_REDIS_SET} =~ /(\S+) sentinel=/;
"article_redis 127.0.0.1:1 127.0.0.1:2 $last sentinel=chinh;"
--- request eval
["GET /api/tin/1", "GET /lab/hits", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'redis')


=== TEST 4: the master dies under load, and comes back as a replica
--- request eval
["GET /lab/load/5/lose", "GET /lab/hits", "GET /lab/start/0",
 "GET /lab/start/1", "GET /lab/healed", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$', 'ok', 'ok',
 '^ok', '^ok: 1?\d?\d?\d ms$']
--- timeout: 40


=== TEST 5: the master hangs under load
--- request eval
["GET /lab/load/5/hang", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30


=== TEST 6: it becomes a replica with its connections open: READONLY
--- request eval
["GET /api/tin/1", "GET /lab/demote", "GET /api/tin/2", "GET /lab/sleep/50",
 RedisLab::order('log', 'is down: it is the master no more')]
--- response_body_like eval
['.', '.', '.', '.', '^1$']
--- timeout: 30


=== TEST 7: a reload; no old worker stays
--- request eval
["GET /api/tin/1", "GET /lab/reload", "GET /lab/left", "GET /api/tin/1"]
--- response_body_like eval
['.', 'ok', '^ok: \d?\d?\d ms$', '.']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', 'redis')

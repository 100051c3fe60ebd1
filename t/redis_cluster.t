# Copyright (C) ngx_article authors
#
# A Redis Cluster of three masters and three replicas: slots, redirects, a
# master that dies or hangs, slots that move; and no request that fails.

use lib 't/lib';
use RedisLab;

redis_set('cluster');
master();
run_blocks();

__DATA__

=== TEST 1: stored, found, purged, whatever its slot
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
[map { ("GET /api/tin/$_", "GET /api/tin/$_", "PURGE /api/tin/$_",
        "GET /api/tin/$_") } 1 .. 8]
--- response_headers eval
RedisLab::header('X-Level', ('origin', 'redis', '', 'origin') x 8)


=== TEST 2: one address is enough, a replica's
--- http_config eval
my ($last) = $ENV{TEST_NGINX_REDIS_SET} =~ /(\S+) cluster$/;
"article_redis $last cluster; article_redis_connect_timeout 1s;
 article_redis_timeout 1s;"
--- request eval
[map { ("GET /api/tin/$_", "GET /api/tin/$_") } 1 .. 8]
--- response_headers eval
RedisLab::header('X-Level', ('origin', 'redis') x 8)


=== TEST 3: the values are spread over the masters; status names them
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
[(map { "GET /api/tin/$_" } 1 .. 60), "GET /lab/do/0/DBSIZE",
 "GET /lab/do/1/DBSIZE", "GET /lab/do/2/DBSIZE", "GET /status"]
--- response_body_like eval
[('.') x 60, ('^:[1-9]\d?$') x 3,
 '"redis":"ready","redis_nodes":\[(\{"address":"127.0.0.1:\d+",'
 . '"role":"server","state":"(ready|idle)","pending":0[^}]*\},?){6}\]']


=== TEST 4: ASK: a key that is on its way to another master
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /api/tin/1", "GET /lab/sleep/50", "GET /lab/ask", "GET /api/tin/1",
 "PURGE /api/tin/1", "GET /api/tin/1", "GET /lab/sleep/50", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', 'redis', '', 'origin', '',
                 'redis')
--- response_body_like eval
['.', '.', 'OK', '.', '.', '.', '.', '.']


=== TEST 5: slots move under load
--- request eval
["GET /lab/load/4/move/300", "GET /lab/healed", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', 'ok', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30


=== TEST 6: a master dies under load; its replica takes its place
--- request eval
["GET /lab/load/7/lose", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30


=== TEST 7: a master hangs under load
--- request eval
["GET /lab/load/7/hang", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30


=== TEST 8: a reload; no old worker stays
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /api/tin/1", "GET /api/tin/2", "GET /lab/reload", "GET /lab/left",
 "GET /api/tin/1"]
--- response_body_like eval
['.', '.', 'ok', '^ok: \d?\d?\d ms$', '.']
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '', '', 'redis')


=== TEST 9: the newest articles: their three keys in one slot
--- http_config
    article_zone main:2m;
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 5s;
    article_redis_timeout 5s;
--- more
    location = /latest {
        article_latest;
        article_base_url  https://bao.example;
    }
--- request eval
[(map { "GET /api/tin/$_" } 1 .. 8), "GET /lab/sleep/1500", "GET /latest",
 "GET /status"]
--- response_body_like eval
[('.') x 9, '(?:"id":"/tin/\d".*){8}',
 '"redis_errors":0.*"latest":\[\{"portal":"bao.example","items":8,"unsent":0']

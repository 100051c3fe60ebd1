# Copyright (C) ngx_article authors
#
# A Redis Cluster whose nodes are told of by name: with nginx's resolver these
# are looked up, without one the addresses behind them are known all the same.

use lib 't/lib';
use Names;
use RedisLab;

RedisLab::more(names());
known('nut.test', '127.0.0.1');
redis_set('cluster', '--cluster-announce-hostname', 'nut.test',
          '--cluster-preferred-endpoint-type', 'hostname');
run_blocks();

__DATA__

=== TEST 1: by the resolver
--- http_config
    resolver 127.0.0.1:$TEST_NGINX_DNS ipv6=off;
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /name/nut.test/127.0.0.1",
 (map { ("GET /api/tin/$_", "GET /api/tin/$_", "PURGE /api/tin/$_",
         "GET /api/tin/$_") } 1 .. 8), "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', '', ('origin', 'redis', '', 'origin') x 8, '')
--- response_body_like eval
['ok', ('.') x 32, '"address":"nut.test:\d+","role":"server","state":"ready"']


=== TEST 2: without one
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /api/tin/0", "GET /lab/sleep/500",
 (map { ("GET /api/tin/$_", "GET /api/tin/$_", "PURGE /api/tin/$_",
         "GET /api/tin/$_") } 1 .. 8), "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '',
                 ('origin', 'redis', '', 'origin') x 8, '')
--- response_body_like eval
[('.') x 34, '"redis":"ready"']


=== TEST 3: a master dies under load
--- http_config
    resolver 127.0.0.1:$TEST_NGINX_DNS ipv6=off;
    article_redis $TEST_NGINX_REDIS_SET;
--- request eval
["GET /name/nut.test/127.0.0.1", "GET /lab/load/5/lose", "GET /lab/hits"]
--- response_body_like eval
['ok', '^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30

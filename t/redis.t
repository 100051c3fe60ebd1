# Copyright (C) ngx_article authors
#
# Articles are kept in Redis as the design says, and come from there.

use lib 't/lib';
use RedisLab;

redis();
run_blocks();

__DATA__

=== TEST 1: stored, and served from Redis: the same answer
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')
--- response_body_like eval
[('^\{.*/portal/tin/1.*\}$') x 2]
--- no_error_log
[error]
[alert]


=== TEST 2: the key, and the value's head
--- request eval
["GET /api/tin/1", "GET /lab/do/KEYS/*",
 RedisLab::order('do', 'EVAL', 'return redis.call("get", '
                 . 'redis.call("keys", "*")[1])', 0)]
--- response_body_like eval
['.', '^\*1\r\n\$44\r\narticle:1:\{[0-9a-f]{32}\}$',
 '^\$\d+\r\n\{"_cache":\{"v":1,"key":"https://bao.example/tin/1",'
 . '"status":200,.*"item":\{.*\}\}$']


=== TEST 3: it expires in Redis, not before it is stale
--- request eval
["GET /api/tin/1",
 RedisLab::order('do', 'EVAL', 'return redis.call("ttl", '
                 . 'redis.call("keys", "*")[1])', 0)]
--- response_body_like eval
['.', '^:(29[0-9]|[3-9][0-9][0-9]|[0-9]{4,6})$']


=== TEST 4: another prefix, another database
--- http_config
    article_redis         $TEST_NGINX_REDIS db=3;
    article_redis_prefix  bao-lam-dong;
--- request eval
["GET /api/tin/1", "GET /api/tin/1", "GET /lab/do/KEYS/*",
 RedisLab::order('do', 'EVAL', 'redis.call("select", 3) '
                 . 'return redis.call("keys", "*")', 0)]
--- response_body_like eval
[('/portal/tin/1') x 2, '^\*0$', 'bao-lam-dong:1:\{[0-9a-f]{32}\}$']


=== TEST 5: by TCP
--- http_config
    article_redis 127.0.0.1:$TEST_NGINX_REDIS_PORT;
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')


=== TEST 6: by a name with more than one address, of which one answers
--- http_config eval
# a bare chroot has no /etc/hosts
"article_redis " . (gethostbyname('localhost') ? 'localhost' : '127.0.0.1')
. ":\$TEST_NGINX_REDIS_PORT;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')
--- no_error_log
[error]
[alert]


=== TEST 7: connected by the first request that needs it, once
--- request eval
["GET /status", "GET /lab/connections", "GET /api/tin/1", "GET /api/tin/2",
 "GET /api/tin/1", "GET /lab/connections", "GET /status"]
--- response_body_like eval
['"redis":"idle"', '^0$', '.', '.', '.', '^1$', '"redis":"ready"']


=== TEST 8: purged: what is left is the log of purges
--- request eval
["GET /api/tin/1", "PURGE /api/tin/1", "GET /lab/do/DBSIZE",
 "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Status', 'MISS', 'PURGED', '', 'MISS')
--- response_body_like eval
['.', '"redis":true', '^:1$', '.']


=== TEST 9: a connection that Redis closed while nothing was asked
--- request eval
["GET /api/tin/1", "GET /lab/do/CLIENT/KILL/TYPE/normal/SKIPME/yes",
 "GET /lab/sleep/50", "GET /status", "GET /api/tin/1"]
--- response_body_like eval
['.', '^:[1-9]', 'ok', '"redis":"idle"', '.']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', '', 'redis')
--- no_error_log
[error]
[alert]


=== TEST 10: a value of another address is not taken
--- request eval
["GET /api/tin/1", "GET /api/tin/2",
 RedisLab::order('do', 'EVAL', 'local k = redis.call("keys", "*") '
                 . 'local a = redis.call("get", k[1]) '
                 . 'redis.call("set", k[1], redis.call("get", k[2])) '
                 . 'redis.call("set", k[2], a) return 1', 0),
 "GET /api/tin/1", "GET /api/tin/2"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '', 'origin', 'origin')
--- response_body_like eval
['tin/1', 'tin/2', '^:1$', 'tin/1', 'tin/2']


=== TEST 11: values that are damaged, empty, huge, of another type
--- request eval
my @change = ('"set", k, "x"', '"set", k, ""',
              '"setrange", k, 16000000, "x"', '"lpush", k, "x"');
[(map { ("GET /api/tin/$_",
        RedisLab::order('do', 'EVAL', 'local k = redis.call("keys", "*")[1] '
                        . 'redis.call("del", k) '
                        . "redis.call($change[$_]) return 1", 0),
        "GET /api/tin/$_", "GET /api/tin/$_",
        "GET /lab/do/FLUSHALL") } 0 .. 3),
 RedisLab::order('log', 'another program writes the same keys')]
--- response_headers eval
RedisLab::header('X-Level', ('origin', '', 'origin', 'redis', '') x 4, '')
--- response_body_like eval
[('.') x 20, '^1$']


=== TEST 12: without article_redis
--- http_config
--- request eval
["GET /status", "GET /api/tin/1", "GET /api/tin/1", "GET /lab/connections"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'origin', '')
--- no_error_log
[error]
[alert]


=== TEST 13: the connection has a name in CLIENT LIST
--- request eval
["GET /api/tin/1", RedisLab::order('do', 'CLIENT', 'LIST')]
--- response_body_like eval
['.', ' name=ngx_article:\d+ ']
--- no_error_log
[error]
[alert]

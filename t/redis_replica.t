# Copyright (C) ngx_article authors
#
# article_redis_read replica, of a Cluster.

use lib 't/lib';
use RedisLab;

redis_set('cluster');
master();
run_blocks();

__DATA__

=== TEST 1: values are read from replicas, and from nowhere else
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
[(map { "GET /api/tin/$_" } 1 .. 30), "GET /lab/sleep/2500",
 (map { "GET /api/tin/$_" } 1 .. 30), "GET /lab/sleep/500",
 (map { "GET /lab/do/$_/CONFIG/RESETSTAT" } 0 .. 5),
 (map { "GET /api/tin/$_" } 1 .. 30),
 (map { "GET /lab/do/$_/INFO/everything" } 0 .. 5), "GET /status"]
# replicas that were away a moment ago are known, and read, after a second
--- response_headers eval
RedisLab::header('X-Level', ('origin') x 30, '', ('redis') x 30, ('') x 7,
                 ('redis') x 30, ('') x 7)
--- response_body_like eval
[('.') x 98,
 ('^(?:(?=.*role:master)(?!.*cmdstat_getrange)'
  . '|(?=.*role:slave)(?=.*cmdstat_getrange))') x 6,
 '"role":"replica","state":"ready"']
--- no_error_log
[error]


=== TEST 2: master: none is
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read master;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
[(map { "GET /lab/do/$_/CONFIG/RESETSTAT" } 0 .. 5),
 (map { ("GET /api/tin/$_", "GET /api/tin/$_") } 1 .. 15),
 (map { "GET /lab/do/$_/INFO/everything" } 0 .. 5)]
--- response_body_like eval
[('.') x 36, ('^(?:(?=.*role:slave)(?!.*cmdstat_getrange)'
               . '|(?=.*role:master)(?=.*cmdstat_getrange))') x 6]


=== TEST 3: replicas that are away: the masters are read
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
[(map { "GET /api/tin/$_" } 1 .. 20), "GET /lab/sleep/300",
 "GET /lab/fall",
 (map { "GET /api/tin/$_" } 1 .. 20)]
--- response_headers eval
RedisLab::header('X-Level', ('origin') x 20, ('') x 2, ('redis') x 20)
--- response_headers_like eval
[('') x 22, ('X-Time: 0\.0..') x 20]


=== TEST 4: a replica dies, then a master: no request fails
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
--- request eval
["GET /lab/load/3/fall", "GET /lab/start/0", "GET /lab/start/1",
 "GET /lab/start/2", "GET /lab/start/3", "GET /lab/start/4",
 "GET /lab/start/5", "GET /lab/healed", "GET /lab/load/6/lose",
 "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', ('ok') x 7,
 '^wrong=0 failed=0 max=\d?\d?\d$', '^ok: \d?\d?\d?\d ms$']
--- timeout: 30

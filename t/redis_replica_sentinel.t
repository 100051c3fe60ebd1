# Copyright (C) ngx_article authors
#
# article_redis_read replica, where sentinels tell of replicas.

use lib 't/lib';
use RedisLab;

redis_set('sentinel');
run_blocks();

__DATA__

=== TEST 1: values are read from the replica, everything else is the master's
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /api/tin/0", "GET /lab/sleep/2500", "GET /api/tin/1",
 "GET /lab/sleep/200", "GET /api/tin/1", "GET /lab/sleep/200",
 "GET /lab/do/0/CONFIG/RESETSTAT", "GET /lab/do/1/CONFIG/RESETSTAT",
 "GET /api/tin/1", "GET /api/tin/0", "PURGE /api/tin/1",
 "GET /lab/sleep/100", "GET /api/tin/1",
 "GET /lab/do/0/INFO/everything", "GET /lab/do/1/INFO/everything",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', 'redis', '', '', '',
                 'redis', 'redis', '', '', 'origin', '', '', '')
--- response_body_like eval
[('.') x 13,
 ('role:master.*cmdstat_getrange:calls=1,'
  . '|role:slave.*cmdstat_getrange:calls=3,') x 2,
 '"role":"replica","state":"ready"']
--- timeout: 8
--- no_error_log
[error]


=== TEST 2: the replica is away: the master is read
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /api/tin/1", "GET /lab/sleep/2500", "GET /api/tin/1",
 "GET /lab/sleep/200", "GET /api/tin/1", "GET /lab/fall",
 "GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'of article_redis is down, its master is read')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'redis', '', 'redis', '', 'redis',
                 'redis', '')
--- response_body_like eval
[('.') x 8, '^1$']
--- timeout: 8


=== TEST 3: the master dies under load
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_read replica;
--- request eval
["GET /lab/load/6/lose", "GET /lab/hits"]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '^ok: \d?\d?\d?\d ms$']
--- timeout: 30


=== TEST 4: a single server has none
--- http_config
    article_redis 127.0.0.1:1;
    article_redis_read replica;
--- request
GET /status
--- response_body_like: "redis":"
--- error_log
does nothing without a Cluster or sentinels

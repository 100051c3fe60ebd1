# Copyright (C) ngx_article authors
#
# A reload: the old worker leaves, whatever Redis does, and what it has sent
# to Redis arrives.

use lib 't/lib';
use RedisLab;

redis();
master();
run_blocks();

__DATA__

=== TEST 1: an idle connection does not keep the old worker
--- request eval
["GET /api/tin/1", "GET /lab/reload", "GET /lab/left", "GET /api/tin/1",
 "GET /status"]
--- response_body_like eval
['.', 'ok', '^ok: \d?\d?\d ms$', '.', '"redis":"ready"']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', 'redis', '')


=== TEST 2: nor does a Redis that is away, paused, or gone after use
--- request eval
[map { my ($fault, $well) = @$_;
       ("GET /api/tin/1", "GET /lab/$fault", "GET /api/tin/1",
        "GET /lab/reload", "GET /lab/left", "GET /lab/$well",
        "GET /lab/reload", "GET /lab/left") }
 ['freeze', 'thaw'], ['silent', 'pass'], ['refuse', 'accept'],
 ['kill', 'start']]
--- response_body_like eval
[('.', 'ok', '.', 'ok', '^ok: \d?\d?\d ms$', 'ok', 'ok',
  '^ok: \d?\d?\d ms$') x 4]


=== TEST 3: what was to be stored is stored by the worker that leaves
--- request eval
["GET /api/tin/1", "GET /lab/late/60", "GET /api/tin/2", "GET /lab/reload",
 "GET /lab/left", "GET /lab/do/DBSIZE"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', '', '')
--- response_body_like eval
['.', 'ok', '.', 'ok', 'ok', '^:2$']


=== TEST 4: a request that waits for Redis is answered by the old worker
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_timeout 800ms;
--- request eval
["GET /api/tin/1", "GET /lab/late/300", "GET /lab/while/tin/1",
 "GET /api/tin/1"]
--- response_body_like eval
['.', 'ok', '^HTTP/1.1 200 OK.* X-Level: redis ', '.']


=== TEST 5: under load: no request fails
--- request eval
["GET /lab/load/reload", "GET /api/tin/1.", "GET /api/tin/1."]
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '.', '.']
--- response_headers_like eval
['', '', 'X-Level: redis']
--- timeout: 10

# Copyright (C) ngx_article authors
#
# Redis is down, slow, or says nonsense: a request loses no more than
# article_redis_timeout, nobody gets another article, and what is in Redis is
# used again when it is well.

use lib 't/lib';
use RedisLab;

redis();
run_blocks();

__DATA__

=== TEST 1: nobody listens: each page from the portal, at once, one line
--- http_config
    article_redis 127.0.0.1:1;
--- request eval
[("GET /api/tin/1") x 3, "GET /status", RedisLab::order('log', 'is down')]
--- response_headers eval
RedisLab::header('X-Level', ('origin') x 3, '', '')
--- response_headers_like eval
[('X-Time: 0\.0..') x 3, '', '']
--- response_body_like eval
['.', '.', '.', '"redis":"down"', '^1$']


=== TEST 2: down at start, then there
--- request eval
["GET /lab/refuse", "GET /api/tin/1", "GET /api/tin/1", "GET /lab/accept",
 "GET /lab/sleep/1800", "GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'is up again after')]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'origin', '', '', 'origin',
                 'redis', '')
--- response_body_like eval
['ok', '.', '.', 'ok', 'ok', '.', '.', '^1$']


=== TEST 3: why a page comes from the portal
--- request eval
["GET /lab/refuse", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Reason', '', 'redis_down')


=== TEST 4: silent: not longer than the timeout, and after two of them at once
--- request eval
["GET /api/tin/1", "GET /lab/silent", "GET /api/tin/1", "GET /api/tin/1",
 "GET /lab/sleep/50", "GET /api/tin/1", "GET /status",
 RedisLab::order('log', 'no answer within twice article_redis_timeout')]
--- response_headers_like eval
['', '', "X-Reason: redis_timeout\nX-Time: 0\\.(09[5-9]|1[0-4].)",
 "X-Reason: redis_timeout\nX-Time: 0\\.(0..|1[0-4].)", '',
 "X-Reason: redis_down\nX-Time: 0\\.0..", '', '']
--- response_body_like eval
[('.') x 6, '"redis":"down"', '^1$']


=== TEST 5: paused, and going on
--- request eval
["GET /api/tin/1", "GET /lab/freeze", "GET /api/tin/1", "GET /lab/thaw",
 "GET /lab/sleep/2200", "GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', '', 'redis', 'redis')
--- response_headers_like eval
['', '', 'X-Time: 0\.(09[5-9]|1[0-4].)', ('') x 4]


=== TEST 6: accepts, but never answers: article_redis_connect_timeout
--- request eval
["GET /lab/silent", "GET /api/tin/1",
 RedisLab::order('log', 'no answer within article_redis_connect_timeout')]
--- response_headers_like eval
['', 'X-Time: 0\.(09[5-9]|1[0-4].)', '']
--- response_body_like eval
['.', '.', '^1$']


=== TEST 7: another timeout
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_timeout 300ms;
--- request eval
["GET /api/tin/1", "GET /lab/late/200", "GET /api/tin/1", "GET /lab/silent",
 "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'redis', '', 'origin')
--- response_headers_like eval
['', '', 'X-Time: 0\.2..', '', 'X-Time: 0\.3[0-4].']


=== TEST 8: a late reply is nobody else's
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_timeout 400ms;
--- request eval
["GET /api/tin/1", "GET /api/tin/2", "GET /lab/late/600",
 "GET /api/tin/1", "GET /lab/pass", "GET /api/tin/2", "GET /api/tin/1",
 "GET /lab/connections"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '', 'origin', '', 'redis',
                 'redis', '')
--- response_body_like eval
['tin/1', 'tin/2', '.', 'tin/1', '.', 'tin/2', 'tin/1', '^1$']


=== TEST 9: nonsense instead of a reply
--- request eval
[map { ("GET /api/tin/1", "GET /lab/say/$_", "GET /api/tin/1",
        "GET /lab/pass", "GET /lab/sleep/400", "GET /api/tin/1") }
 'garbage', 'array', 'deep', 'integer']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', '', 'redis',
                 ('redis', '', 'origin', '', '', 'redis') x 3)
--- response_headers_like eval
[('', '', 'X-Time: 0\.0..', '', '', '') x 4]


=== TEST 10: a value that never comes: no memory is made for it
--- request eval
["GET /api/tin/1", "GET /lab/say/huge", "GET /api/tin/1", "GET /lab/pass",
 "GET /lab/sleep/2200", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', '', 'redis')
--- response_headers_like eval
['', '', 'X-Time: 0\.(09[5-9]|1[0-4].)', '', '', '']


=== TEST 11: half a reply, then the end; half a reply, then nothing
--- request eval
[map { ("GET /api/tin/1", "GET /lab/$_", "GET /api/tin/1", "GET /lab/pass",
        "GET /lab/sleep/2000", "GET /api/tin/1") } 'half', 'stall']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '', '', 'redis',
                 'redis', '', 'origin', '', '', 'redis')
--- response_headers_like eval
['', '', 'X-Time: 0\.0..', '', '', '', '', '', 'X-Time: 0\.(09[5-9]|1[0-4].)', '', '',
 '']


=== TEST 12: a reply nobody asked for
--- request eval
["GET /api/tin/1", "GET /lab/surplus", "GET /lab/sleep/50",
 RedisLab::order('log', 'a reply to no command'),
 "GET /lab/sleep/400", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', '', '', 'redis')
--- response_body_like eval
['.', 'ok', 'ok', '^1$', 'ok', '.']


=== TEST 13: a reply twice, between two requests
--- request eval
["GET /api/tin/1", "GET /api/tin/2", "GET /lab/twice/1", "GET /api/tin/1",
 "GET /lab/pass", "GET /lab/sleep/400", "GET /api/tin/2"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '', 'origin', '', '',
                 'redis')
--- response_body_like eval
['tin/1', 'tin/2', '.', 'tin/1', '.', '.', 'tin/2']


=== TEST 14: errors: each says what helps
--- request eval
my %remedy = (
    'LOADING Redis is loading' => 'it reads its data from disk',
    'NOAUTH Authentication required.' => 'see article_redis_auth',
    'READONLY You can not write' => 'name its master',
    'MOVED 3999 127.0.0.1:1' => 'it is a node of a Redis Cluster',
    'ERR max number of clients reached' => 'raise its "maxclients"',
    'ERR strange' => 'see its documentation',
);
[map { ("GET /api/tin/1", RedisLab::order('error', $_), "GET /api/tin/1",
        "GET /lab/pass", "GET /lab/sleep/400",
        RedisLab::order('log', $remedy{$_})) } sort keys %remedy]
--- response_headers_like eval
[('', '', 'X-Reason: redis_error', '', '', '') x 6]
--- response_body_like eval
[('.', 'ok', '.', 'ok', 'ok', '^1$') x 6]


=== TEST 15: full: stored nothing, one line, and reading goes on
--- request eval
["GET /api/tin/1",
 RedisLab::order('do', 'CONFIG', 'SET', 'maxmemory', '1'),
 "GET /api/tin/1", "GET /api/tin/2", "GET /api/tin/3",
 RedisLab::order('log', 'raise its "maxmemory"'),
 RedisLab::order('do', 'CONFIG', 'SET', 'maxmemory', '0'),
 "GET /api/tin/2", "GET /api/tin/2"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'redis', 'origin', 'origin', '',
                 '', 'origin', 'redis')
--- response_body_like eval
['.', 'OK', '.', '.', '.', '^1$', 'OK', '.', '.']


=== TEST 16: a replica
--- request eval
["GET /api/tin/1",
 RedisLab::order('do', 'REPLICAOF', '127.0.0.1', '1'),
 "GET /api/tin/1", "GET /api/tin/2", RedisLab::order('log', 'its master'),
 RedisLab::order('do', 'REPLICAOF', 'NO', 'ONE')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'redis', 'origin', '', '')
--- response_body_like eval
['.', 'OK', '.', '.', '^1$', 'OK']


=== TEST 17: under load: killed
--- request eval
["GET /lab/load/kill", "GET /lab/start", "GET /lab/sleep/2000",
 "GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', '', '', '', 'origin', 'redis')
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', ('.') x 4]
--- timeout: 10


=== TEST 18: under load: killed and started again at once
--- request eval
["GET /lab/load/restart", "GET /api/tin/1.", "GET /api/tin/1."]
--- response_headers_like eval
['', '', 'X-Level: redis']
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', '.', '.']
--- timeout: 10


=== TEST 19: under load: paused
--- request eval
["GET /lab/load/freeze", "GET /lab/thaw", "GET /lab/sleep/2000",
 "GET /api/tin/1.", "GET /api/tin/1."]
--- response_headers_like eval
['', '', '', '', 'X-Level: redis']
--- response_body_like eval
['^wrong=0 failed=0 max=\d?\d?\d$', ('.') x 4]
--- timeout: 10


=== TEST 20: under load: replies twice, or lost, or late, or cut off
--- request eval
[map { ("GET /lab/load/$_", "GET /lab/pass") }
 'twice/5', 'twice/99', 'lost/7', 'late/120', 'half', 'cut', 'surplus']
--- response_body_like eval
[('^wrong=0 failed=0 max=\d?\d?\d$', 'ok') x 7]
--- timeout: 10


=== TEST 21: one deadline for a page and its variant together
--- more
    location /other/ {
        article_json                 /-other/;
        article_base_url             https://bao.example;
        article_cache_valid          5m;
        article_pass_request_header  X-Edition;

        add_header  X-Level   $article_cache_level   always;
        add_header  X-Reason  $article_reason        always;
        add_header  X-Time    $request_time          always;
    }

    location /-other/ {
        internal;
        proxy_pass  http://127.0.0.1:$TEST_NGINX_SERVER_PORT/edition/;
    }

    location /edition/ {
        add_header  Vary  X-Edition;
        proxy_pass  http://127.0.0.1:$TEST_NGINX_SERVER_PORT/portal/;
    }
--- more_headers eval
[map { "X-Edition: $_" } 'bac', 'nam', 'bac', '', 'bac']
--- request eval
["GET /other/1", "GET /other/1", "GET /other/1", "GET /lab/late/70",
 "GET /other/1"]
--- response_headers_like eval
['X-Level: origin', 'X-Level: origin', 'X-Level: redis', '',
 "X-Reason: redis_timeout\nX-Time: 0\\.1[0-3]."]

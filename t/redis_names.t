# Copyright (C) ngx_article authors
#
# Redis by name: looked up by nginx's resolver while nginx runs, again by its
# TTL.

use lib 't/lib';
use Names;
use RedisLab;

RedisLab::more(names());

my $dir = redis();

# another server at another address, the same port
child(sub {
    open STDOUT, '>', '/dev/null';
    exec $ENV{ARTICLE_REDIS_SERVER} || 'redis-server', '--port',
        $ENV{TEST_NGINX_REDIS_PORT}, '--bind', '127.0.0.2', '--save', '',
        '--dir', $dir;
});

our $http = <<'_EOC_';
    resolver 127.0.0.1:$TEST_NGINX_DNS ipv6=off;
    article_redis redis.test:$TEST_NGINX_REDIS_PORT;
    article_redis_timeout 1s;
    article_redis_connect_timeout 1s;
_EOC_

master();
run_blocks();

__DATA__

=== TEST 1: a name is looked up
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/127.0.0.1", "GET /api/tin/1", "GET /api/tin/1",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'redis', '')
--- response_body_like eval
['ok', '.', '.', '"address":"redis\.test:\d+","role":"server","state":"ready"']
--- no_error_log
[error]


=== TEST 2: it gets another address: there after its TTL, without a failure
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/127.0.0.1", "GET /api/tin/1", "GET /api/tin/1",
 "GET /name/redis.test/127.0.0.2",
 "GET /lab/sleep/2600", "GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'has another address now'),
 "GET /name/redis.test/127.0.0.1", "GET /lab/sleep/2600", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'redis', '', '', 'origin', 'redis',
                 '', '', '', 'redis')
--- response_body_like eval
['ok', '.', '.', 'ok', 'ok', '.', '.', '^1$', 'ok', 'ok', '.']
--- timeout: 8
--- no_error_log
[error]


=== TEST 3: of two addresses the second, if the first is away
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/127.0.0.3/127.0.0.1", "GET /api/tin/1",
 "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'redis')


=== TEST 4: a name that nobody knows: nginx starts; found as soon as it is known
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/-", "GET /api/tin/1", "GET /api/tin/2", "GET /status",
 RedisLab::order('log', 'redis.test" of article_redis could not be resolved'),
 "GET /name/redis.test/127.0.0.1", "GET /lab/sleep/2500", "GET /api/tin/1",
 "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'origin', '', '', '', '', 'origin',
                 'redis')
--- response_body_like eval
['ok', '.', '.', '"redis":"down"', '^1$', 'ok', 'ok', '.', '.']
--- timeout: 8


=== TEST 5: the resolver is away: what is known goes on
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/127.0.0.1", "GET /api/tin/1",
 "GET /name/redis.test/-", "GET /lab/sleep/2500", "GET /api/tin/1",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', '', '', 'redis', '')
--- response_body_like eval
['ok', '.', 'ok', 'ok', '.', '"redis":"ready"']
--- timeout: 8


=== TEST 6: a reload, and a worker that leaves while it looks a name up
--- http_config eval
$::http
--- request eval
["GET /name/redis.test/127.0.0.1", "GET /api/tin/1", "GET /lab/reload",
 "GET /lab/left", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', '', '', 'redis')
--- response_body_like eval
['ok', '.', 'ok', '^ok: \d?\d?\d ms$', '.']

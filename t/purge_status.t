# Copyright (C) ngx_article authors
#
# PURGE, and article_status.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin('/500' => [answer('x', '500 Oops')]);
redis();

our $status_location = "location = /article-status { article_status; }\n";

run_article_tests();

__DATA__

=== TEST 1: stored, purged, gone
--- client
is(status(get('PURGE /api/p1')), 404, 'not there');
get('/api/p1');
my $a = get('PURGE /api/p1');
is(status($a), 200, 'purged');
is_deeply([@{json($a)}{qw(purged l1 redis)}],
          [JSON::PP::true, JSON::PP::true, JSON::PP::false], 'says what');
is(header($a, 'X-Cache'), 'PURGED', 'status word');
is(header(get('/api/p1'), 'X-Cache'), 'MISS', 'fetched again');
is(scalar seen(qr{^GET /p1 }), 2, 'two fetches');
is(scalar seen(qr{^PURGE}), 0, 'the portal knows nothing of it');



=== TEST 2: who may
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_key $uri;
    article_cache_valid 5m;
    article_purge $arg_may;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
location /none/ {
    article_json /-source/;
    article_base_url https://bao.example;
}
--- client
get('/api/p3');

for my $path ('/api/p3', '/api/p3?may=', '/api/p3?may=0', '/none/p3') {
    my $a = get("PURGE $path");
    is(status($a), 403, "$path: refused");
    is(json($a)->{reason}, 'purge_refused', "$path: reason");
}

is(header(get('/api/p3'), 'X-Cache'), 'HIT', 'still stored');
is(status(get('PURGE /api/p3?may=1')), 200, 'purged');
is(header(get('/api/p3'), 'X-Cache'), 'MISS', 'gone');



=== TEST 3: in Redis as well
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_timeout 2s;
--- client
get('/api/p4');
sleep 0.2;
my $a = get('PURGE /api/p4');
is(status($a), 200, 'purged');
ok(json($a)->{l1} && json($a)->{redis}, 'in both');
is(header(get('/api/p4'), 'X-Cache'), 'MISS', 'gone from both');
is(status(get('PURGE /api/p4-none')), 404, 'not there');



=== TEST 4: Redis out of reach: no success that is none
--- http_config
article_redis unix:/nowhere/redis.sock;
--- client
get('/api/p5');
my $a = get('PURGE /api/p5');
is(status($a), 503, 'refused');
like(json($a)->{reason}, qr/^redis_/, 'and why');
is(header(get('/api/p5'), 'X-Cache'), 'MISS', 'gone from L1');
--- no_error_log
[alert]



=== TEST 5: article_status
--- http_config eval
"article_portals $ENV{ARTICLE_ROOT}/conf/portals/*.json;"
--- config eval
$Article::gateway . $::status_location
--- client
my $z = status_json();

is($z->{counters}{requests}, 0, 'nothing asked');
is($z->{redis}, 'none', 'no Redis');
like($z->{zone}{name}, qr/^main\d*$/, 'zone');
is($z->{zone}{size}, 2097152, 'its size');
is(scalar @{$z->{portals}}, 5, 'portals');

get('/api/s1');
get('/api/s1');
get('/api/500');
get('/api/admin/');

$z = status_json();
is($z->{counters}{requests}, 4, 'requests');
is($z->{counters}{hit_l1}, 1, 'hit_l1');
is($z->{counters}{miss}, 2, 'miss');
is($z->{counters}{fetches}, 2, 'fetches');
is($z->{counters}{fetch_errors}, 1, 'fetch_errors');
is($z->{counters}{stores}, 1, 'stores');
is_deeply($z->{reasons}, { ok => 2, origin_error => 1, path_refused => 1 },
          'reasons');
is($z->{zone}{entries}, 1, 'entries');
cmp_ok($z->{zone}{bytes}, '>', 200, 'bytes');
is(header(get('/article-status'), 'Cache-Control'), 'no-store', 'not kept');
is(status(get('POST /article-status', 'Content-Length: 0')), 405, 'POST');



=== TEST 6: article_status with nothing configured
--- bare
--- config eval
$::status_location
--- client
my $z = status_json();
is($z->{zone}, undef, 'no zone');
is($z->{reasons}, undef, 'nothing is counted');
is($z->{redis}, 'none', 'no Redis');
is_deeply($z->{portals}, [], 'no portals');



=== TEST 7: the state of Redis
--- http_config
article_redis $TEST_NGINX_REDIS;
--- config eval
$Article::gateway . $::status_location
--- client
get('/api/s8');
sleep 0.1;
is(status_json()->{redis}, 'ready', 'ready');



=== TEST 8: reasons of pages for browsers; a client that leaves has none
--- config eval
$Article::gateway . $::status_location . q[
location /page/ {
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    article_strip on;
    article_strip_bypass $arg_whole;
}
]
--- client
get('/page/1');
get('/page/1?whole=1');
get('/page/1', 'Authorization: Basic eHg6eHg=');
get('/page/1', 'Authorization: Basic eHg6eHg=');

my $client = open_client();
ask($client, '/api/slow0.4');
sleep 0.1;
close $client;
sleep 0.6;

is_deeply(status_json()->{reasons},
          { strip_bypass => 1, strip_personal => 2 }, 'reasons');

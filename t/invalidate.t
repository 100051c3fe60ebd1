# Copyright (C) ngx_article authors
#
# A POST to a page through the gateway makes its article stale; never gone.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my %pages = map { ("/$_" => [answer(article("Trang $_"))]) }
            qw(bai khac toi noi);
origin(%pages);
redis();

our $portal = <<'_EOC_';
article_base_url https://bao.example;
article_cache_valid 5m;
location / {
    error_page 418 = @moved;
    error_page 419 = @failed;
    if ($arg_to) { return 418; }
    if ($arg_fail) { return 419; }
    proxy_pass http://$TEST_NGINX_PORTAL;
}
location @moved {
    add_header Location $arg_to;
    add_header Content-Location /noi;
    return 200 "moved";
}
location @failed { return 500; }
location /api/ {
    article_json /-source/;
    add_header X-Cache $article_cache_status always;
    add_header X-Level $article_cache_level always;
}
_EOC_

run_article_tests();

__DATA__

=== TEST 1: POST, PUT and DELETE, each with the page's own address
--- config eval
$::portal
--- error_code: 200
--- client
for my $method ('POST', 'PUT', 'DELETE') {
    get('/api/bai');
    is(header(get('/api/bai'), 'X-Cache'), 'HIT', 'stored');
    get('/api/khac');
    get("$method /bai");
    is(header(get('/api/bai'), 'X-Cache'), 'EXPIRED', "$method: stale");
    is(header(get('/api/bai'), 'X-Cache'), 'HIT', 'stored again');
    is(header(get('/api/khac'), 'X-Cache'), 'HIT', 'no other page is');
    sleep 1.1;
}



=== TEST 2: the old copy is there when the portal fails
--- config eval
$::portal
--- error_code: 200
--- client
get('/api/bai');
get('POST /bai');
change('/bai' => [answer('x', '500 Oops')]);
my $a = get('/api/bai');
is(status($a), 200, 'answered');
is(header($a, 'X-Cache'), 'STALE', 'by the old copy');
change('/bai' => [answer(article('Trang bai'))]);



=== TEST 3: what does not make it stale
--- config eval
$::portal
--- error_code: 200
--- client
get('/api/bai');
get($_) for '/bai', 'HEAD /bai', 'OPTIONS /bai', 'POST /bai?x=1',
            'POST /bai?fail=1', 'POST /khac', 'POST /api/bai';
is(header(get('/api/bai'), 'X-Cache'), 'HIT', 'nor a POST that failed');



=== TEST 4: the addresses in Location and Content-Location
--- config eval
$::portal
--- error_code: 200
--- client
get("/api/$_") for 'toi', 'noi', 'khac';
get('POST /bai?to=/toi');
is(header(get("/api/$_"), 'X-Cache'), 'EXPIRED', "$_: stale") for 'toi', 'noi';
sleep 1.1;
get('POST /bai?to=https://bao.example/toi');
is(header(get('/api/toi'), 'X-Cache'), 'EXPIRED', 'whole');
sleep 1.1;
get('POST /bai?to=https://other.example/toi');
is(header(get('/api/toi'), 'X-Cache'), 'HIT', 'of another site');
is(header(get('/api/khac'), 'X-Cache'), 'HIT', 'no other page');



=== TEST 5: once a second
--- config eval
$::portal
--- error_code: 200
--- client
get('/api/bai');
my $before = seen(qr{^GET /bai });

for (1 .. 10) {
    get('POST /bai');
    get('/api/bai');
}

my $fetches = seen(qr{^GET /bai }) - $before;
ok($fetches <= 3, 'ten of them at once') or diag($fetches);



=== TEST 6: for other hosts too: in Redis, also where this one has no copy
--- bare
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- config eval
$::portal . $Article::source
--- error_code: 200
--- client
get('/api/bai');
is(header(get('/api/bai'), 'X-Level'), 'redis', 'stored');
get('POST /bai');
sleep 0.2;
is(header(get('/api/bai'), 'X-Cache'), 'EXPIRED', 'stale');

# Copyright (C) ngx_article authors
#
# Age, Cache-Status and max-age: how old it is, where it came from, how long
# a client may keep it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $page = article('Trang');

origin(
    '/swr' => [answer($page, 'Cache-Control: max-age=1, '
                             . 'stale-while-revalidate=60')],
    '/private' => [answer($page, 'Cache-Control: private')],
    '/500' => [answer('x', '500 Oops')],
    '/404' => [answer('x', '404 Not Found', 'Cache-Control: max-age=60')],
    '/moved' => [answer('x', '301 Moved', 'Location: /new')],
);

our $gateway = sub {
    return 'location /api/ { article_json /-source/;'
        . 'article_base_url https://bao.example;'
        . 'article_cache_valid 200 100s;'
        . "article_cache_background_update on; $_[0] }";
};

our $says = sub { header($_[0], 'Cache-Status') };

run_article_tests();

__DATA__

=== TEST 1: fetched, then found
--- config eval
$::gateway->('')
--- client
my $a = get('/api/bai');
is($::says->($a), 'ngx_article; fwd=miss; stored', 'fetched');
is(header($a, 'Age'), '', 'not old');
is(header($a, 'Cache-Control'), 'public, max-age=100', 'its whole life');

sleep 2.1;
$a = get('/api/bai');
my $age = header($a, 'Age');
like($age, qr/^[23]$/, 'Age');
is($::says->($a), 'ngx_article; hit; ttl=' . (100 - $age), 'found');
is(header($a, 'Cache-Control'), 'public, max-age=100', 'Age is a part of it');

$a = get('/api/bai', 'If-None-Match: ' . header($a, 'ETag'));
is(status($a), 304, 'not modified');
like($::says->($a), qr/; hit; /, 'says so too');



=== TEST 2: old
--- config eval
$::gateway->('')
--- client
get('/api/swr');
change('/swr' => [\0.3, answer(article('Moi'))]);
sleep 2.1;
my $a = get('/api/swr');
like($::says->($a), qr/^ngx_article; hit; ttl=-[12]$/, 'while it is fetched');
like(header($a, 'Age'), qr/^[23]$/, 'Age');



=== TEST 3: old, and the portal fails; old, and fetched
--- config eval
$::gateway->('article_cache_valid 404 1s; article_cache_valid 200 1s;')
    =~ s/200 100s/410 1s/r
--- client
get('/api/fails');
get('/api/works');
change('/fails' => [answer('x', '500 Oops')]);
sleep 2.1;

my $a = get('/api/fails');
like($::says->($a),
     qr/^ngx_article; fwd=stale; ttl=-[0-2]; detail=origin_error$/, 'fails');
like(header($a, 'Age'), qr/^[23]$/, 'Age');

$a = get('/api/works');
is($::says->($a), 'ngx_article; fwd=stale; stored', 'fetched again');
is(header($a, 'Age'), '', 'new');



=== TEST 4: why it is never found
--- config eval
$::gateway->('')
--- client
is($::says->(get('/api/private')),
   'ngx_article; fwd=miss; detail=origin_private', 'not stored');
is($::says->(get('/api/500')),
   'ngx_article; fwd=miss; detail=origin_error', 'failed');
is($::says->(get('/api/moved')),
   'ngx_article; fwd=miss; detail=origin_redirect', 'moved');
is($::says->(get('/api/404')),
   'ngx_article; fwd=miss; stored; detail=origin_not_found', 'not there');
like($::says->(get('/api/404')), qr/^ngx_article; hit; ttl=\d+$/, 'still not');
is($::says->(get('/api/admin/')), '', 'refused: no cache was asked');



=== TEST 5: many wait for one fetch
--- config eval
$::gateway->('')
--- client
my @clients = map { open_client() } 1 .. 5;
ask($_, '/api/slow0.5') for @clients;
my @says = sort map { $::says->(answered($_)) } @clients;
is($says[0], 'ngx_article; fwd=miss; stored', 'one');
is($says[$_], 'ngx_article; fwd=miss; stored; collapsed', "others, $_")
    for 1 .. 4;



=== TEST 6: article_client_max_age: so long from now on
--- config eval
$::gateway->('article_client_max_age 10s;')
--- client
is(header(get('/api/client'), 'Cache-Control'), 'public, max-age=10', 'new');
sleep 2.1;
my $a = get('/api/client');
is(header($a, 'Cache-Control'),
   'public, max-age=' . (10 + header($a, 'Age')), 'and later');
is(header(get('/api/private'), 'Cache-Control'), 'private',
   'not where the portal forbids it');
get('/api/404');
is(header(get('/api/404'), 'Cache-Control'), 'public, max-age=60',
     'not for what is not there');

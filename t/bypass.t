# Copyright (C) ngx_article authors
#
# Who is not served from the cache, or does not fill it: credentials,
# article_cache_bypass, article_no_cache.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $bypass = $Article::gateway =~ s/(add_header X-Cache)/article_cache_bypass \$http_x_fresh \$arg_fresh;
        article_no_cache \$http_x_secret;
        $1/r;

run_article_tests();

__DATA__

=== TEST 1: credentials: neither served from the cache nor stored
--- client
my @alone = ('Authorization: Basic c2VjcmV0OnNlY3JldA==');

for (1, 2) {
    my $a = get('/api/alone', @alone);
    is(header($a, 'X-Cache'), 'BYPASS', 'fetched');
    like(header($a, 'Cache-Status'), qr/^ngx_article; fwd=bypass$/, 'told');
}

is(header(get('/api/alone'), 'X-Cache'), 'MISS', 'nothing was stored');
is(header(get('/api/alone'), 'X-Cache'), 'HIT', 'by others it is');
is(header(get('/api/alone', @alone), 'X-Cache'), 'BYPASS', 'not for him');
unlike(join('', seen(qr{^GET /alone})), qr/Authorization/i,
       'and the portal never sees them');



=== TEST 2: article_cache_bypass: fetched and stored
--- config eval
$::bypass
--- client
is(header(get('/api/fresh'), 'X-Cache'), 'MISS', 'fetched');
is(header(get('/api/fresh', 'X-Fresh: 0'), 'X-Cache'), 'HIT', '"0" is none');
is(header(get('/api/fresh', 'X-Fresh: 1'), 'X-Cache'), 'BYPASS', 'by header');
is(scalar seen(qr{^GET /fresh }), 2, 'two fetches');
change('/fresh' => [answer(article('Anew'))]);
get('/api/fresh', 'X-Fresh: 1');
my $a = get('/api/fresh');
is(header($a, 'X-Cache'), 'HIT', 'stored');
is(json($a)->{title}, 'Anew', 'the new one');



=== TEST 3: article_no_cache: not stored
--- config eval
$::bypass
--- client
is(header(get('/api/secret', 'X-Secret: 1'), 'X-Cache'), 'MISS', 'fetched')
    for 1, 2;
is(header(get('/api/secret'), 'X-Cache'), 'MISS', 'nothing was stored');
is(header(get('/api/secret', 'X-Secret: 1'), 'X-Cache'), 'HIT',
   'what others stored is served');

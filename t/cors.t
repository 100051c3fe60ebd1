# Copyright (C) ngx_article authors
#
# Which web pages may read the answers: article_cors, OPTIONS.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $any = $Article::gateway =~ s/(add_header X-Cache)/article_cors *;
        $1/r;
our $some = $Article::gateway =~ s{(add_header X-Cache)}
    {article_cors https://app.example http://localhost:3000;
        $1}r;

run_article_tests();

__DATA__

=== TEST 1: not without it
--- client
my $a = get('/api/bai', 'Origin: https://app.example');
unlike($a, qr/^Access-Control/mi, 'nothing');
$a = get('OPTIONS /api/bai', 'Origin: https://app.example',
         'Access-Control-Request-Method: GET');
is(status($a), 204, 'OPTIONS is answered');
is(header($a, 'Allow'), 'GET, HEAD, OPTIONS', 'with what there is');
unlike($a, qr/^Access-Control/mi, 'and no more');



=== TEST 2: everybody
--- config eval
$::any
--- client
for my $path ('/api/bai', '/api/login', 'OPTIONS /api/bai') {
    my $a = get($path, 'Origin: https://x.example');
    is(header($a, 'Access-Control-Allow-Origin'), '*', "$path: everybody");
    like(header($a, 'Access-Control-Expose-Headers'), qr/\bETag\b/, 'ETag');
    unlike($a, qr/Allow-Credentials/i, 'no credentials');
}
is(header(get('/api/bai'), 'Vary'), 'Accept-Encoding', 'the same for all');



=== TEST 3: some
--- config eval
$::some
--- client
for my $origin ('https://app.example', 'http://localhost:3000',
                'HTTPS://App.example')
{
    my $a = get('/api/bai', "Origin: $origin");
    is(header($a, 'Access-Control-Allow-Origin'), $origin, $origin);
    like(header($a, 'Vary'), qr/\bOrigin\b/, 'and it varies');
}

for my $origin ('https://app.example.evil', 'https://evil.example', 'null',
                'http://app.example', 'https://app.example:8443')
{
    my $a = get('/api/bai', "Origin: $origin");
    is(status($a), 200, "$origin: answered");
    is(header($a, 'Access-Control-Allow-Origin'), '', 'not for that page');
    like(header($a, 'Vary'), qr/\bOrigin\b/, 'and it varies');
}

like(header(get('/api/bai'), 'Vary'), qr/\bOrigin\b/, 'without one too');



=== TEST 4: a preflight
--- config eval
$::some
--- client
my @ask = ('Access-Control-Request-Method: GET',
           'Access-Control-Request-Headers: if-none-match');
my $a = get('OPTIONS /api/bai', 'Origin: https://app.example', @ask);
is(status($a), 204, 'answered');
is(header($a, 'Access-Control-Allow-Origin'), 'https://app.example', 'yes');
is(header($a, 'Access-Control-Allow-Methods'), 'GET, HEAD', 'to read');
like(header($a, 'Access-Control-Allow-Headers'), qr/If-None-Match/, 'asking');
is(scalar seen(qr{^OPTIONS}), 0, 'the portal is not asked');

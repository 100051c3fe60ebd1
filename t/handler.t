# Copyright (C) ngx_article authors
#
# An article: where it comes from, and the headers it has.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();
run_article_tests();

__DATA__

=== TEST 1: fetched, then from L1: the same bytes
--- client
my $a = get('/api/tin/bai-1.html');
my $b = get('/api/tin/bai-1.html');

is(status($a), 200, 'status');
is(header($a, 'X-Cache'), 'MISS', 'fetched');
is(header($a, 'X-Level'), 'origin', 'from the portal');
is(header($a, 'X-Reason'), 'ok', 'reason');
is(header($b, 'X-Cache'), 'HIT', 'then stored');
is(header($b, 'X-Level'), 'l1', 'in L1');
is(body($a), body($b), 'the same bytes');
is(json($a)->{url}, 'https://bao.example/tin/bai-1.html', 'url');
like(json($a)->{title}, qr/tin.bai-1/, 'title');
is(scalar seen(qr{^GET /tin/bai-1.html HTTP}), 1, 'one fetch');



=== TEST 2: headers
--- client
for (1, 2) {
    my $a = get('/api/tin/bai-2.html');

    is(header($a, 'Content-Type'), 'application/json; charset=utf-8',
       'type');
    like(header($a, 'ETag'), qr/^"[0-9a-f]{16,}"$/, 'strong ETag');
    like(header($a, 'Last-Modified'), qr/ GMT$/, 'Last-Modified');
    like(header($a, 'Cache-Control'), qr/^public, max-age=(300|29\d)$/,
         'Cache-Control');
    is(header($a, 'Vary'), 'Accept-Encoding', 'Vary');
    is(header($a, 'X-Robots-Tag'), 'noindex', 'X-Robots-Tag');
    is(header($a, 'Link'),
       '<https://bao.example/tin/bai-2.html>; rel="canonical"', 'Link');
    is(header($a, 'Set-Cookie'), '', 'no cookie');
}



=== TEST 3: conditions
--- client
my $a = get('/api/bai-3');
my $etag = header($a, 'ETag');

my $b = get('/api/bai-3', "If-None-Match: $etag");
is(status($b), 304, 'the same');
is(body($b), '', 'no body');
is(header($b, 'ETag'), $etag, 'ETag in a 304');

is(status(get('/api/bai-3', "If-None-Match: \"x\", W/$etag")), 304,
   'weakly the same, in a list');
is(status(get('/api/bai-3', 'If-None-Match: "other"',
              'If-Modified-Since: ' . header($a, 'Last-Modified'))), 200,
   'If-None-Match comes first');
is(status(get('/api/bai-3', 'If-Modified-Since: '
                            . header($a, 'Last-Modified'))), 304,
   'not modified since');



=== TEST 4: HEAD is GET without the body, also when it is first
--- client
my $s = open_client();

ask($s, 'HEAD /api/bai-4');
my $head = answered($s, 10, 1);
ask($s, 'GET /api/bai-4');
my $get = answered($s);

is(status($head), 200, 'status');
is(header($head, $_), header($get, $_), $_)
    for 'Content-Length', 'ETag', 'Content-Type', 'Link';
is(header($get, 'X-Cache'), 'HIT', 'HEAD has stored it');
is(length body($get), header($get, 'Content-Length'), 'whole');



=== TEST 5: ranges, one and several
--- client
my $whole = body(get('/api/bai-5'));
my $a = get('/api/bai-5', 'Range: bytes=10-19');
my $b = get('/api/bai-5', 'Range: bytes=0-4,20-29');

is(status($a), 206, 'one');
is(body($a), substr($whole, 10, 10), 'its bytes');
is(status($b), 206, 'two');
like(header($b, 'Content-Type'), qr{^multipart/byteranges}, 'type');
like(body($b), qr/\Q@{[substr $whole, 20, 10]}\E/, 'their bytes');



=== TEST 6: nginx compresses, and says Vary once
--- config eval
"gzip on; gzip_types application/json; gzip_min_length 10; gzip_vary on;\n"
. $Article::gateway
--- client
my $whole = get('/api/bai-6');
my $a = get('/api/bai-6', 'Accept-Encoding: gzip');

is(header($a, 'Content-Encoding'), 'gzip', 'compressed');
is(header($_, 'Vary'), 'Accept-Encoding', 'Vary') for $whole, $a;
is(header($a, 'ETag'), 'W/' . header($whole, 'ETag'), 'weak ETag');



=== TEST 7: without article_zone the page is fetched each time
--- bare
--- config eval
$Article::gateway . $Article::source
--- client
is(header(get('/api/bai-7'), 'X-Cache'), 'MISS', 'MISS') for 1, 2;
is(scalar seen(qr{^GET /bai-7 }), 2, 'two fetches');



=== TEST 8: in "if" and "limit_except"
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    limit_except GET { deny all; }
    if ($arg_x) { add_header X-Arg yes; }
}
--- client
is(status(get('/api/bai-8')), 200, 'GET');
my $a = get('/api/bai-8?x=1');
is(status($a) . header($a, 'X-Arg'), '200yes', 'in if');
is(status(get('POST /api/bai-8')), 403, 'denied by limit_except');



=== TEST 9: a request in the pipe is not lost
--- client
my $s = open_client();

ask($s, '/api/slow0.3-9');
ask($s, '/api/bai-1');
is(status(answered($s)), 200, 'first');
is(status(answered($s)), 200, 'second');



=== TEST 10: leading to itself is an error, not a loop
--- bare
--- config
location /api/ { article_json /b/; article_base_url https://bao.example; }
location /b/ { article_json /c/; article_base_url https://bao.example; }
--- request
GET /api/x
--- error_code: 502
--- error_log
article_json "/c/" leads to a location with article_json

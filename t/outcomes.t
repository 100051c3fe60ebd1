# Copyright (C) ngx_article authors
#
# The table of outcomes: what the portal answers, what the app gets.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

our $chrome = '<html><head><title>Portal</title></head><body><ul>'
    . join('', map { qq{<li><a href="/muc-$_">Muc $_</a></li>} } 1 .. 9)
    . '</ul></body></html>';

sub moved {
    my ($to, $status) = @_;

    return [answer('moved', ($status // 301) . ' Moved', "Location: $to")];
}

origin(
    '/404' => [answer($chrome, '404 Not Found')],
    '/410' => [answer($chrome, '410 Gone')],
    '/chrome' => [answer($chrome)],
    '/empty' => [answer('')],
    '/403' => [answer($chrome, '403 Forbidden')],
    '/429' => [answer($chrome, '429 Too Many')],
    '/500' => [answer(article('Error'), '500 Oops')],
    '/503' => [answer(article('Error'), '503 Busy')],
    '/206' => [answer(article('Part'), '206 Partial',
                      'Content-Range: bytes 0-99/200')],
    '/304' => ["HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n"],
    '/204' => ["HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"],
    '/pdf' => [answer('%PDF-1.4', 'Content-Type: application/pdf')],
    '/video' => [answer('x' x 100, 'Content-Type: video/mp4',
                        'Content-Length: 100000000'), \5],
    '/nothing' => ['', \0.1],
    '/garbage' => ["hello\r\n\r\n"],
    '/rel' => moved('/tin/moi.html'),
    '/abs' => moved('https://bao.example/tin/moi.html?a=1&b=2', 302),
    '/http' => moved('http://bao.example/tin/moi.html', 307),
    '/www' => moved('https://WWW.bao.example/tin/moi.html', 308),
    '/dots/a' => moved('../tin/./m%E1%BB%9Bi.html#x'),
    '/query?x=1' => moved('?x=2'),
    '/loop' => moved('http://bao.example/loop'),
    '/loop?a=b' => moved('//www.bao.example/loop?a=b'),
    '/self' => moved('/self'),
    '/else' => moved('https://other.example/tin'),
    '/else2' => moved('//other.example/tin'),
    '/else3' => moved('javascript:alert(1)'),
    '/else4' => moved('https://bao.example@other.example/'),
    '/none' => [answer('x', '302 Found')],
    '/inner' => moved("http://localhost/tin/moi.html"),
);

our $check = sub {
    my ($path, $status, $reason, $location) = @_;
    my $a = get("/api$path");

    is(status($a), $status, "$path: status");
    is(header($a, 'X-Reason'), $reason, "$path: \$article_reason");
    is(header($a, 'Location'), $location // '', "$path: Location");
    return if $location;

    is(header($a, 'Content-Type'), 'application/problem+json; charset=utf-8',
       "$path: type");
    my $p = json($a);
    is($p->{reason}, $reason, "$path: reason");
    is($p->{status}, $status, "$path: status in the problem");
    is($p->{instance}, "https://bao.example$path", "$path: instance");
    like($p->{detail}, qr/\.$/, "$path: a sentence");
    unlike($a, qr/Oops|Muc 1|nginx\/\d.*<\/center>/s,
           "$path: nothing of an error page");
};

run_article_tests();

__DATA__

=== TEST 1: problems
--- client
my $before = seen(qr{^GET /500 });
$::check->('/404', 404, 'origin_not_found');
$::check->('/410', 410, 'origin_gone');
$::check->('/chrome', 404, 'not_an_article');
$::check->('/403', 403, 'origin_refused');
$::check->('/429', 502, 'origin_refused');
$::check->('/500', 502, 'origin_error');
$::check->('/503', 502, 'origin_error');
$::check->('/206', 502, 'origin_partial');
$::check->('/304', 502, 'origin_unasked');
$::check->('/204', 502, 'origin_unasked');
$::check->('/pdf', 502, 'not_html');
$::check->('/video', 502, 'not_html');
$::check->('/nothing', 502, 'origin_truncated');
is(seen(qr{^GET /500 }) - $before, 1, 'asked once');



=== TEST 2: redirects inside
--- client
my $new = 'https://bao.example/api/tin/moi.html';
$::check->('/rel', 301, 'origin_redirect', $new);
$::check->('/abs', 302, 'origin_redirect', "$new?a=1&b=2");
$::check->('/http', 307, 'origin_redirect', $new);
$::check->('/www', 308, 'origin_redirect', $new);
$::check->('/dots/a', 301, 'origin_redirect',
           'https://bao.example/api/tin/m%E1%BB%9Bi.html');
$::check->('/query?x=1', 301, 'origin_redirect',
           'https://bao.example/api/query?x=2');



=== TEST 3: redirects that are not passed on
--- client
$::check->($_, 502, 'origin_redirect_loop')
    for '/loop', '/loop?a=b', '/self';
$::check->($_, 502, 'redirected')
    for '/else', '/else2', '/else3', '/else4', '/none', '/inner';



=== TEST 4: an address of the portal's own machines, known to proxy_redirect
--- bare
--- http_config
article_zone main:1m;
--- config eval
$Article::gateway . ($Article::source
                     =~ s{(proxy_pass)}{proxy_redirect http://localhost/ /-source/; $1}r)
--- client
$::check->('/inner', 301, 'origin_redirect',
           'https://bao.example/api/tin/moi.html');



=== TEST 5: the portal is down
--- bare
--- config eval
$Article::gateway . 'location /-source/ { internal; '
. 'proxy_pass http://unix:/nowhere/portal.sock:/; }'
--- client
$::check->('/x', 502, 'origin_down');
--- error_log
What to do: see the line of the upstream above



=== TEST 6: the portal is too slow
--- config
location /api/ {
    article_json /-slow/;
    article_base_url https://bao.example;
    add_header X-Reason $article_reason always;
}
location /-slow/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_read_timeout 200ms;
}
--- client
my $t = time;
$::check->('/slow1.0', 504, 'origin_timeout');
ok(time - $t < 0.9, 'in time');
is(status(get('/api/slow1.0-again')), 504, 'on the next connection');



=== TEST 7: error_page has no say, with or without proxy_intercept_errors
--- config
error_page 403 404 405 410 500 502 504 =200 /error.html;
location = /error.html { return 200 "<html>error page</html>"; }
location /api/ {
    article_json /-x/;
    article_base_url https://bao.example;
    add_header X-Reason $article_reason always;
}
location /-x/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_intercept_errors on;
}
--- client
$::check->('/404', 404, 'origin_not_found');
$::check->('/500', 502, 'origin_error');
$::check->('/chrome', 404, 'not_an_article');
is(status(get('POST /api/x', 'Content-Length: 3')), 405, 'method');
is(status(get('/api/admin/')), 403, 'path');
--- error_code: 200



=== TEST 8: methods
--- client
for my $method ('POST', 'PUT', 'DELETE', 'PATCH') {
    my $a = get("$method /api/bai", 'Content-Length: 0');

    is(status($a), 405, "$method: status");
    is(header($a, 'Allow'), 'GET, HEAD, OPTIONS', "$method: Allow");
    is(json($a)->{reason}, 'method_refused', "$method: reason");
}

my $s = open_client();
ask($s, 'POST /api/bai', 'Content-Length: 5');
$s->syswrite('hello');
is(status(answered($s)), 405, 'POST with a body');
ask($s, '/api/bai');
is(status(answered($s)), 200, 'the connection goes on');

is(scalar seen(qr{^(?!GET)}), 0, 'nothing of it reached the portal');



=== TEST 9: GET with a body: the body is dropped
--- client
my $s = open_client();
ask($s, '/api/bai-body', 'Content-Length: 5');
$s->syswrite('hello');
is(status(answered($s)), 200, 'status');
unlike(join('', seen(qr{^GET /bai-body })), qr/hello|Content-Length/,
       'the portal got none');



=== TEST 10: "return" in the source location
--- config
location /api/ {
    article_json /-r/;
    article_base_url https://bao.example;
    add_header X-Reason $article_reason always;
}
location /-r/ {
    internal;
    location /-r/moved { return 301 https://bao.example/tin/moi.html; }
    location /-r/gone { return 410; }
    location /-r/closed { return 403; }
    location /-r/broken { return 500; }
}
--- client
$::check->('/moved', 301, 'origin_redirect',
           'https://bao.example/api/tin/moi.html');
$::check->('/gone', 410, 'origin_gone');
$::check->('/closed', 403, 'origin_refused');
$::check->('/broken', 502, 'origin_error');



=== TEST 11: stored 404 and 410, where article_cache_valid says so
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 404 410 1m;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
--- client
for my $path ('/404', '/410') {
    my $before = seen(qr{^GET $path });
    my $a = get("/api$path");
    my $b = get("/api$path");

    is(header($a, 'X-Cache'), 'MISS', "$path: fetched");
    is(header($b, 'X-Cache'), 'NEGATIVE', "$path: stored");
    is(body($a), body($b), "$path: the same problem");
    is(header($b, 'Content-Type'),
       'application/problem+json; charset=utf-8', "$path: type");
    is(header($a, 'X-Reason'), header($b, 'X-Reason'), "$path: reason");
    is(seen(qr{^GET $path }) - $before, 1, "$path: one fetch");
}



=== TEST 12: article_json leads nowhere
--- config
location /nowhere/ {
    article_json /-nowhere/;
    article_base_url https://bao.example;
    article_cache_valid 404 1m;
    add_header X-Reason $article_reason always;
}
--- client
for (1 .. 2) {
    my $a = get('/nowhere/tin.html');
    is(status($a), 500, 'not taken for a page that is missing');
    is(header($a, 'X-Reason'), 'internal_error', 'nor stored');
}
--- error_log
article_json must lead to a location with "internal"



=== TEST 13: a source location that is not internal
--- config
location /open/ {
    article_json /-open/;
    article_base_url https://bao.example;
}
location /-open/ { return 410; }
--- client
is(status(get('/open/tin.html')), 410, 'it works');
--- error_log
leads to location "/-open/", which clients can reach as well: add "internal;"

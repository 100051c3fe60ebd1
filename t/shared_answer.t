# Copyright (C) ngx_article authors
#
# The stored answer was fetched by nobody in particular: whatever a client
# sends, the portal gets the same request and all get the same answer.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

# what twenty clients may send
our @clients = (
    [],
    ['Cookie: .ASPXAUTH=secret; session=1'],
    ['Authorization: Basic c2VjcmV0OnNlY3JldA=='],
    ['Range: bytes=0-9'],
    ['Range: bytes=5-', 'If-Range: "x"'],
    ['If-None-Match: "x"'],
    ['If-Modified-Since: Sat, 21 Nov 2036 00:00:00 GMT'],
    ['If-Match: "x"'],
    ['If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT'],
    ['Accept: application/json'],
    ['Accept-Encoding: br, deflate'],
    ['Accept-Language: en'],
    ['Accept-Charset: windows-1258'],
    ['User-Agent: Googlebot'],
    ['X-Forwarded-For: 10.0.0.1', 'X-Real-IP: 10.0.0.1'],
    ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: http'],
    ['Forwarded: for=10.0.0.1;host=evil.example'],
    ['X-Original-URL: /admin', 'X-Rewrite-URL: /admin'],
    ['Host: evil.example'],
    ['Cache-Control: no-cache', 'Pragma: no-cache', 'Referer: http://x/',
     'X-HTTP-Method-Override: POST', 'DNT: 1', 'Via: 1.1 x', 'TE: trailers',
     'Upgrade-Insecure-Requests: 1', 'Sec-Fetch-Mode: navigate'],
);

run_article_tests();

__DATA__

=== TEST 1: each of twenty clients, with nothing stored
--- client
my (%sent, %got);

for my $i (0 .. $#::clients) {
    my @headers = @{$::clients[$i]};

    next if "@headers" =~ /^Authorization/;      # t/bypass.t

    get("PURGE /api/bai-shared");
    # if it answers with a part or nothing, the whole is stored all the same
    get('/api/bai-shared', @headers);
    my $a = get('/api/bai-shared');

    is(header($a, 'X-Cache'), 'HIT', "@headers: stored")
        if status(get('/api/bai-shared')) == 200;
    $got{body($a) =~ s/"fetched_at":"[^"]*"//r . header($a, 'ETag')}++;
}

$sent{$_}++ for seen(qr{^GET /bai-shared });

is(scalar(@::clients), 20, 'twenty clients');
is(scalar keys %sent, 1, 'one form of request')
    or diag(join "\n", keys %sent);
is((values %sent)[0], 19, 'a fetch each');
is(scalar keys %got, 1, 'one answer');
is((keys %sent)[0], join("\r\n", 'GET /bai-shared HTTP/1.1',
                         'Host: bao.example', 'Accept: text/html',
                         'Accept-Encoding: gzip',
                         'User-Agent: ngx_article/0.1.0', '', ''),
   'nothing of the client in it');



=== TEST 2: what they get when it is stored
--- client
my $whole = get('/api/bai-shared-2');

for my $headers (@::clients) {
    my $a = get('/api/bai-shared-2', @$headers);
    my $want = "@$headers" =~ /^If-(Un|Ma)/ ? 412
        : "@$headers" =~ /^Range: bytes=0-9/ ? 206 : 200;

    is(status($a), $want, "@$headers: status");
    next if $want != 200;
    is(body($a), body($whole), "@$headers: body");
}

is(scalar seen(qr{^GET /bai-shared-2 }), 2, 'one fetch, and one for him alone');



=== TEST 3: a header that is passed on takes the place of our own
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_pass_request_header User-Agent;
}
--- client
get('/api/agent', 'User-Agent: Phone/1.0');
my ($seen) = seen(qr{^GET /agent });
like($seen, qr/\r\nUser-Agent: Phone\/1.0\r\n/, 'passed on');
unlike($seen, qr/ngx_article/, 'once');



=== TEST 4: article_cache_key
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_cache_key $uri;
    add_header X-Cache $article_cache_status always;
}
--- client
is(header(get('/api/keyed?utm=1'), 'X-Cache'), 'MISS', 'first');
is(header(get('/api/keyed?utm=2'), 'X-Cache'), 'HIT', 'the same key');



=== TEST 5: the portal's cookies stay with it
--- http_config
server {
    listen unix:$TEST_NGINX_HTML_DIR/cookie.sock;
    location / {
        proxy_pass http://$TEST_NGINX_PORTAL;
        add_header Set-Cookie "ASP.NET_SessionId=secret; path=/";
        add_header X-Powered-By ASP.NET;
    }
}
--- config
location /api/ {
    article_json /-c/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
location /legacy/ {
    article_json /-c/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_cache_ignore_headers Set-Cookie;
    add_header X-Cache $article_cache_status always;
}
location /-c/ {
    internal;
    proxy_pass http://unix:$TEST_NGINX_HTML_DIR/cookie.sock:/;
}
--- client
my $a = get('/api/cookie');
is(header($a, 'X-Reason'), 'origin_set_cookie', 'not stored, and why');
is(header($a, 'Cache-Control'), 'private, no-cache', 'nor by others');
is(header(get('/api/cookie'), 'X-Cache'), 'MISS', 'fetched again');
is(header(get('/legacy/cookie'), 'X-Cache'), 'MISS', 'ignored');
is(header(get('/legacy/cookie'), 'X-Cache'), 'HIT', 'stored');
unlike(get($_), qr/ASP\.NET/, "$_: nothing of its headers")
    for '/api/cookie', '/legacy/cookie';

# Copyright (C) ngx_article authors
#
# The request that a page is fetched with belongs to no client: what nginx
# and its modules see of it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $api = <<'_EOC_';
    location /api/ {
        article_json /-x/;
        article_base_url https://bao.example;
        article_cache_valid 5m;
        add_header X-Cache $article_cache_status always;
        add_header X-Reason $article_reason always;
    }
_EOC_

our $log = sub {
    my ($name) = @_;
    return `cat $ENV{TEST_NGINX_SERVROOT}/logs/$name`;
};

run_article_tests();

__DATA__

=== TEST 1: one line a client in the access log, also with log_subrequest
--- config eval
"access_log logs/fetch.log combined; log_subrequest on;\n" . $Article::gateway
--- client
get('/api/log-1');
get('/api/log-1');
my @lines = split /\n/, $::log->('fetch.log');
is(scalar(grep { m{/api/log-1} } @lines), 2, 'two lines for two clients');
is(scalar(grep { m{-source} } @lines), 0, 'none for the fetch');



=== TEST 2: variables
--- config eval
$::api . q[
location /-x/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_set_header X-Seen "$remote_addr|$remote_port|$server_addr|$scheme|$host|$http_host|$request_method|$server_protocol|$remote_user|$http_cookie|$proxy_add_x_forwarded_for|$is_args|$args|$uri|$request_uri|$binary_remote_addr|$connection|$request_completion|$https|$request_length|$tcpinfo_rtt|$ssl_protocol|$pipe|$realpath_root|$request_body|$content_length|$limit_rate|$bytes_sent";
}
]
--- client
is(status(get('/api/variables?a=1', 'Cookie: a=b', 'X-Forwarded-For: 1.2.3.4')),
   200, 'status');
my ($seen) = seen(qr{^GET /variables})
    ? (seen(qr{^GET /variables}))[0] =~ /X-Seen: ([^\r]*)/ : '';
my @seen = split /\|/, $seen;
is($seen[0], '127.0.0.1', 'remote_addr');
is($seen[2], '127.0.0.1', 'server_addr');
is($seen[3], 'http', 'scheme');
is($seen[4], 'localhost', 'host is the server name');
is($seen[5], '', 'http_host');
is($seen[6], 'GET', 'request_method');
is($seen[9], '', 'cookie');
is($seen[10], '127.0.0.1', 'proxy_add_x_forwarded_for');
is("$seen[11]$seen[12]", '?a=1', 'args');
is($seen[13], '/-x/variables', 'uri');



=== TEST 3: an upstream that is found at run time
--- config eval
$::api . q[
set $portal $TEST_NGINX_PORTAL;
location /-x/ {
    internal;
    rewrite ^/-x(/.*) $1 break;
    proxy_pass http://$portal;
}
]
--- client
is(status(get('/api/variable-upstream')), 200, 'status');
is(scalar seen(qr{^GET /variable-upstream HTTP}), 1, 'path');



=== TEST 4: a name that is looked up, and one that is not found
--- config eval
$::api . q[
resolver 127.0.0.1:9 valid=1s;
resolver_timeout 200ms;
location /-x/ {
    internal;
    set $name nowhere.invalid;
    proxy_pass http://$name$uri;
}
]
--- client
my $a = get('/api/unresolved');
is(status($a), 502, 'status');
is(header($a, 'X-Reason'), 'origin_down', 'reason');



=== TEST 5: limit_req delays and refuses
--- http_config
limit_req_zone $server_name zone=slow:1m rate=10r/s;
--- config eval
$::api . q[
location /-x/ {
    internal;
    limit_req zone=slow burst=3;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
}
]
--- client
my @clients = map { open_client() } 1 .. 6;
ask($clients[$_], "/api/limit-$_") for 0 .. 5;
my @status = sort map { status(answered($_)) } @clients;
is("@status", '200 200 200 200 502 502', 'four are let through');



=== TEST 6: the source location has a cache of its own
--- http_config
proxy_cache_path $TEST_NGINX_HTML_DIR/cache keys_zone=pages:1m;
--- config eval
$::api =~ s/5m/1s/r . q[
location /-x/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_cache pages;
    proxy_cache_valid 1h;
    proxy_cache_key $uri$is_args$args;
}
]
--- client
is(status(get('/api/proxy-cached')), 200, 'fetched');
sleep 2.1;
my $a = get('/api/proxy-cached');
is(status($a), 200, 'again');
is(header($a, 'X-Cache'), 'EXPIRED', 'by us');
is(scalar seen(qr{^GET /proxy-cached }), 1, 'the portal was asked once');



=== TEST 7: files, read by threads
--- config eval
$::api . q[
location /-x/ {
    internal;
    alias $TEST_NGINX_HTML_DIR/;
    aio threads;
    output_buffers 1 4k;
}
]
--- user_files eval
[['big.html', Article::article('Trang') . '<!-- ' . 'x' x 300000 . ' -->']]
--- client
for (1 .. 5) {
    is(json(get('/api/big.html'))->{title}, 'Trang', 'whole');
    get('PURGE /api/big.html');
}



=== TEST 8: asked for by a subrequest
--- config eval
$Article::gateway . q[
location /page { ssi on; ssi_types *; default_type text/html; alias $TEST_NGINX_HTML_DIR/; }
location /guarded { auth_request /api/guard; return 200 in; }
]
--- user_files
>>> ssi.html
a <!--#include virtual="/api/slow0.2-ssi" --> b <!--#include virtual="/api/ssi-2" --> c
--- client
for (1, 2) {
    my $a = body(get('/page/ssi.html'));
    like($a, qr/^a \{.*"title".*\} b \{.*"title".*\} c/s, 'included');
}



=== TEST 9: HTTP/2
--- bare
--- http_config
article_zone main:1m;
server {
    listen unix:$TEST_NGINX_HTML_DIR/h2.sock http2;
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
        article_cache_valid 5m;
    }
    location /-source/ { internal; proxy_pass http://$TEST_NGINX_PORTAL:/; }
}
--- client
my $curl = "curl -s --http2-prior-knowledge --unix-socket "
    . "$ENV{TEST_NGINX_HTML_DIR}/h2.sock";
for (1, 2) {
    like(`$curl -i http://x/api/slow0.1-h2`, qr{^HTTP/2 200.*"title"}s,
         'an article');
}
system("$curl -m 0.1 -o /dev/null http://x/api/slow0.4-h2");
sleep 0.6;
like(`$curl http://x/api/slow0.4-h2`, qr/"title"/, 'left, and again');
is(scalar seen(qr{^GET /slow0.4-h2 }), 1, 'one fetch');

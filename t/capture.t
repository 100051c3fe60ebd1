# Copyright (C) ngx_article authors
#
# The portal's answer is taken whole, inflated, and only if it is the page.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use IO::Compress::Gzip qw(gzip);
use Test::More;

my $page = article('Trang');
my $big = article('Trang') . '<!-- ' . 'x' x 300000 . " -->\n";
gzip \$page => \my $gz;
gzip \$big => \my $biggz;
my $bomb = article('Trang') . ' ' x 20_000_000;
gzip \$bomb => \my $bombgz;

sub chunked {
    my ($end, @parts) = @_;

    return ["HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            . "Transfer-Encoding: chunked\r\n"
            . ($end =~ /^0/ ? '' : "Connection: close\r\n") . "\r\n",
            (map { sprintf("%x\r\n%s\r\n", length, $_), \0.001 } @parts),
            $end];
}

my @bytes = map { substr $page, 7 * $_, 7 } 0 .. length($page) / 7;

origin(
    '/plain' => [answer($page)],
    '/gzip' => [answer($gz, 'Content-Encoding: gzip')],
    '/gzip-cut' => [answer(substr($gz, 0, 200), 'Content-Encoding: gzip')],
    '/gzip-bad' => [answer(substr($gz, 0, 100) . 'x' x 200,
                           'Content-Encoding: gzip')],
    '/gzip-not' => [answer($page, 'Content-Encoding: gzip')],
    '/br' => [answer('xxxx', 'Content-Encoding: br')],
    '/identity' => [answer($page, 'Content-Encoding: identity')],
    '/chunked' => chunked("0\r\n\r\n", @bytes),
    '/chunked-cut' => chunked('', @bytes),
    '/chunked-bad' => chunked("zz\r\n", @bytes),
    '/length-cut' => [answer($page, 'Content-Length: ' . (1 + length $page),
                             'Connection: close')],
    '/close' => ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                 . "Connection: close\r\n\r\n", $page],
    '/http10' => ["HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n$page"],
    '/no-type' => ["HTTP/1.0 200 OK\r\n\r\n$page"],
    '/xhtml' => [answer($page, 'Content-Type: application/xhtml+xml')],
    '/upper' => [answer($page, 'Content-Type: Text/HTML; Charset=UTF-8')],
    '/big' => [answer($big)],
    '/big-gzip' => [answer($biggz, 'Content-Encoding: gzip')],
    '/big-chunked' => chunked("0\r\n\r\n",
                              map { substr $big, 9000 * $_, 9000 } 0 .. 40),
    '/bomb' => [answer($bombgz, 'Content-Encoding: gzip')],
    '/accel' => [answer($page, 'X-Accel-Redirect: /inner/other.html')],
    '/limit' => [answer($page, 'X-Accel-Limit-Rate: 10',
                        'X-Accel-Buffering: no')],
    '/slow-body' => ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                     . 'Content-Length: ' . length($page) . "\r\n\r\n",
                     substr($page, 0, 1000), \0.3, substr($page, 1000)],
);

our $taken = sub {
    my ($path) = @_;
    my $a = get("/api$path");

    is(status($a), 200, "$path: status");
    is(json($a)->{title}, 'Trang', "$path: the page");
    is(header(get("/api$path"), 'X-Cache'), 'HIT', "$path: stored");
};

our $broken = sub {
    my ($path, $reason, $status) = @_;

    for (1, 2) {
        my $a = get("/api$path");

        is(status($a), $status // 502, "$path: status");
        is(header($a, 'X-Reason'), $reason, "$path: reason");
        is(header($a, 'X-Cache'), 'MISS', "$path: not stored");
    }
};

run_article_tests();

__DATA__

=== TEST 1: every form of a whole page
--- client
$::taken->("/$_")
    for qw(plain gzip identity chunked close http10 no-type xhtml upper
           slow-body big big-gzip big-chunked);



=== TEST 2: unbuffered, in tiny buffers, through temporary files
--- config eval
$Article::gateway . q{
location /api/u/ { article_json /-u/; article_base_url https://bao.example; }
location /-u/ { internal; gunzip on; proxy_pass http://$TEST_NGINX_PORTAL:/;
                proxy_buffering off; }
location /api/t/ { article_json /-t/; article_base_url https://bao.example; }
location /-t/ { internal; gunzip on; proxy_pass http://$TEST_NGINX_PORTAL:/;
                proxy_buffers 2 1k; proxy_buffer_size 1k;
                proxy_busy_buffers_size 1k; gunzip_buffers 2 1k; }
}
--- client
for my $how ('u', 't') {
    for my $path (qw(plain gzip chunked close big big-gzip slow-body)) {
        is(json(get("/api/$how/$path"))->{title}, 'Trang', "$how: $path");
    }
    for my $path (qw(gzip-cut chunked-cut length-cut)) {
        is(status(get("/api/$how/$path")), 502, "$how: $path");
    }
}



=== TEST 3: cut short: never a page, never stored
--- client
$::broken->('/length-cut', 'origin_truncated');
$::broken->('/chunked-cut', 'origin_truncated');
$::broken->('/chunked-bad', 'origin_truncated');
$::broken->('/gzip-cut', 'origin_truncated');
$::broken->('/gzip-bad', 'origin_truncated');
$::broken->('/gzip-not', 'origin_truncated');



=== TEST 4: too slow in the middle
--- config
location /api/ {
    article_json /-s/;
    article_base_url https://bao.example;
    add_header X-Reason $article_reason always;
    add_header X-Cache $article_cache_status always;
}
location /-s/ { internal; proxy_read_timeout 100ms;
                proxy_pass http://$TEST_NGINX_PORTAL:/; }
--- client
$::broken->('/slow-body', 'origin_truncated');



=== TEST 5: encoded as nobody asked, or nobody inflates
--- config eval
$Article::gateway . q{
location /api/n/ { article_json /-n/; article_base_url https://bao.example;
                   add_header X-Reason $article_reason always;
                   add_header X-Cache $article_cache_status always; }
location /-n/ { internal; proxy_pass http://$TEST_NGINX_PORTAL:/; }
}
--- client
$::broken->('/br', 'origin_encoded');
$::broken->('/n/gzip', 'origin_encoded');



=== TEST 6: larger than article_max_page, announced and not
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_max_page 100k;
    add_header X-Reason $article_reason always;
    add_header X-Cache $article_cache_status always;
}
--- client
$::broken->($_, 'page_too_large') for qw(/big /big-gzip /big-chunked /bomb);
$::taken->('/plain');



=== TEST 7: a bomb is not blown up
--- client
my ($before) = `cat /proc/@{[nginx_pid()]}/statm` =~ /^\d+ (\d+)/;
$::broken->('/bomb', 'page_too_large');
my ($after) = `cat /proc/@{[nginx_pid()]}/statm` =~ /^\d+ (\d+)/;
cmp_ok(($after - $before) * 4096, '<',
       $ENV{ARTICLE_SANITIZED} ? 64e6 : 16e6, 'memory');



=== TEST 8: X-Accel-Redirect is another page
--- config eval
$Article::gateway . q{
location /inner/ { internal; return 200 "<html><h1>secret</h1></html>"; }
}
--- client
$::broken->('/accel', 'origin_rewritten');
unlike(get('/api/accel'), qr/secret/, 'nothing of it');



=== TEST 9: and is the page where the source location ignores it
--- config
location /api/ {
    article_json /-i/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    add_header X-Cache $article_cache_status always;
}
location /-i/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_ignore_headers X-Accel-Redirect X-Accel-Limit-Rate
                         X-Accel-Buffering;
}
--- client
$::taken->('/accel');
$::taken->('/limit');



=== TEST 10: try_files and a named location
--- config
location /api/ {
    article_json /-f/;
    article_base_url https://bao.example;
    add_header X-Reason $article_reason always;
    add_header X-Cache $article_cache_status always;
}
location /-f/ { internal; try_files /none @named; }
location @named { proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
$::broken->('/plain', 'origin_rewritten');



=== TEST 11: pages in files
--- config
location /api/ {
    article_json /-d/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    add_header X-Reason $article_reason always;
    add_header X-Cache $article_cache_status always;
}
location /-d/ { internal; alias $TEST_NGINX_HTML_DIR/; sendfile on; }
--- user_files eval
[['page.html', Article::article('Trang') . '<!-- ' . 'x' x 200000 . ' -->'],
 ['x.css', 'x']]
--- client
$::taken->('/page.html');
$::broken->('/x.css', 'not_html');
$::broken->('/none.html', 'origin_not_found', 404);
--- no_error_log
[alert]
[crit]



=== TEST 12: what the source location cuts, adds and colours is not in it
--- config
article_strip on;
location /api/ {
    article_json /-z/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    add_header X-Cache $article_cache_status always;
}
location /-z/ {
    internal;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    sub_filter '<title>Trang' '<title>Khac';
    add_after_body /after;
    ssi on;
    gzip on;
}
location /after { return 200 after; }
--- client
$::taken->('/plain');



=== TEST 13: the portal's connections are kept
--- http_config
upstream portal { server $TEST_NGINX_PORTAL; keepalive 4; }
--- config
location /api/ { article_json /-k/; article_base_url https://bao.example; }
location /-k/ { internal; proxy_pass http://portal/; proxy_http_version 1.1;
                gunzip on;
                proxy_set_header Connection "";
                proxy_set_header X-Connections $connection; }
location = /connections { return 200 "$connections_active"; }
--- client
is(status(get('/api/plain')), 200, 'page') for 1 .. 50;
is(status(get('/api/big')), 200, 'big') for 1 .. 5;
is(status(get('/api/br')), 502, 'broken off') for 1 .. 5;
is(body(get('/connections')), 1, 'no connection is left but this one');

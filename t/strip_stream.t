# Copyright (C) ngx_article authors
#
# The page in whatever portions it comes and goes: borders anywhere, tiny
# buffers, flushes, pauses, a portal that breaks off.

use lib 't/lib';
use Strip;

our $page = Strip::page(9, 700);
our $kept = Strip::kept(9, 700);
our $large = Strip::page(60, 3000);
our $large_kept = Strip::kept(60, 3000);

our $head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    . "Connection: close\r\n\r\n";
our $chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    . "Transfer-Encoding: chunked\r\n\r\n";

our $begin = "<html><body><h1>a</h1>\n";
our $block = Strip::cut_block(1, 2000);
our $half = substr $block, 0, 1000;
our $rest = substr $block, 1000;

sub chunk {
    my ($s) = @_;

    return sprintf "%x\r\n%s\r\n", length $s, $s;
}

origin(
    (map { ("page-$_" => [$head, pieces($_, $_ < 5 ? 3 : 80 * $_, $page)],
            "large-$_" => [$head, pieces($_, 900 * $_, $large)]) } 1 .. 12),
    (map { ("slow-$_" => [$head, map { ($_, \0.005) }
                                 pieces($_, 300, $page)]) } 1 .. 3),
    'page-bytes' => [$head, split //, $page],
    large => [answer($large)],

    # what is decided goes out at once; the block waits for its end
    wait => [$chunked, chunk("$begin$half"), \0.5, chunk($rest),
             chunk("<p>z</p>"), "0\r\n\r\n"],
    # ... but not for longer than a second
    late => [$chunked, chunk("$begin$half"), \1.6, chunk($rest),
             chunk("<p>z</p>"), "0\r\n\r\n"],
    # the page ends in a block, or the portal breaks off in one
    open => [$chunked, chunk("$begin$half"), "0\r\n\r\n"],
    broken => [$chunked, chunk("$begin$half")],
    shortened => [answer("$begin$half$rest") =~ s/$rest//r],
    # a block larger than article_strip_buffer
    huge => [answer($begin . Strip::cut_block(1, 20000) . "<p>z</p>")],
);

our $huge = $begin . Strip::cut_block(1, 20000) . "<p>z</p>";

Test::Nginx::Socket::add_response_body_check(sub {
    my ($block) = @_;

    return if !defined $block->over_http2;

    my $sock = Test::Nginx::Util::html_dir() . '/h2.sock';
    my $curl = "curl -s --http2-prior-knowledge --limit-rate 400k"
        . " --unix-socket $sock";
    my $body = `$curl http://localhost@{[$block->over_http2]}`;

    Test::More::ok($body eq $block->over_http2_body, $block->name . ' - HTTP/2');
});

run_strip_tests();

__DATA__

=== TEST 1: random portions
--- request eval
[map { "GET /page-$_" } 1 .. 12, "bytes"]
--- response_body eval
[($::kept) x 13]



=== TEST 2: unbuffered
--- config
    location / {
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /page-$_" } 1 .. 12, "bytes"]
--- response_body eval
[($::kept) x 13]



=== TEST 3: slowly, unbuffered, everything sent at once
--- config
    location / {
        proxy_buffering off;
        postpone_output 0;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /slow-$_" } 1 .. 3]
--- response_body eval
[($::kept) x 3]
--- timeout: 10



=== TEST 4: tiny buffers
--- config
    location / {
        proxy_buffers 4 256;
        proxy_buffer_size 256;
        proxy_busy_buffers_size 512;
        postpone_output 1;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /$_" } map { ("page-$_", "large-$_") } 1 .. 12]
--- response_body eval
[($::kept, $::large_kept) x 12]



=== TEST 5: tiny buffers, no temporary file, a client that is slow
--- config
    location / {
        proxy_buffers 3 1k;
        proxy_buffer_size 1k;
        proxy_busy_buffers_size 1k;
        proxy_max_temp_file_size 0;
        limit_rate 300k;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /large
--- response_body eval
$::large_kept
--- timeout: 10



=== TEST 6: the smallest buffer of ours
--- config
    location / {
        article_strip_buffer 4k;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /large-$_" } 1 .. 12]
--- response_body eval
[($::large_kept) x 12]



=== TEST 7: portions, gzipped for the client
--- config
    location /gzip/ {
        gzip on;
        gzip_min_length 1;
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
    location / {
        gunzip on;
        article_strip off;
        proxy_set_header Accept-Encoding gzip;
        proxy_set_header Host localhost;
        proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/gzip/;
    }
--- request eval
[map { "GET /large-$_" } 1 .. 6]
--- response_body eval
[($::large_kept) x 6]



=== TEST 8: a block waits for its end
--- request
GET /wait
--- response_body eval
"$::begin<p>z</p>"



=== TEST 9: what stands before it does not wait
--- config
    location /early/ {
        article_strip off;
        proxy_buffering off;
        proxy_http_version 1.0;
        proxy_read_timeout 300ms;
        proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/;
    }
    location / {
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- raw_request eval
"GET /early/wait HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- response_body eval
$::begin
--- no_error_log
[alert]



=== TEST 10: a block waits for a second, and leaves uncut
--- config
    location / {
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /buffered/ {
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
--- request eval
["GET /late", "GET /buffered/late"]
--- response_body eval
[("$::begin$::half$::rest<p>z</p>") x 2]
--- error_log
http article strip: held for too long



=== TEST 11: a block that never ends
--- request
GET /open
--- response_body eval
"$::begin$::half"



=== TEST 12: a portal that breaks off: nothing is lost of what it sent
--- config
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- raw_request eval
"GET /broken HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- response_body eval
"$::begin$::half"
--- error_log
prematurely closed connection



=== TEST 13: ... unbuffered, by Content-Length
--- config
    location / {
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- raw_request eval
"GET /shortened HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- response_body eval
"$::begin$::half"
--- error_log
prematurely closed connection



=== TEST 14: a block larger than article_strip_buffer passes, and is told
--- config
    location / {
        article_strip_buffer 8k;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /huge
--- response_body eval
$::huge
--- access_log
GET /huge reason=strip_limit



=== TEST 15: a client that leaves while a block is held
--- request
GET /late
--- timeout: 0.3
--- abort
--- ignore_response
--- wait: 0.3
--- no_error_log
[error]
[alert]



=== TEST 16: HTTP/2, a client that is slow
--- config
    listen unix:$TEST_NGINX_HTML_DIR/h2.sock http2;
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page-7
--- over_http2: /large-3
--- over_http2_body eval
$::large_kept

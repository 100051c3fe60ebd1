# Copyright (C) ngx_article authors
#
# "article_strip on" at http level beside nginx' own modules: pages with
# nothing to cut, and all that is no page, are the same byte by byte as from
# an nginx without the module; of a page with something to cut the rest is.

# the portal's portions are compared, too
BEGIN { delete $ENV{ARTICLE_SPLIT} }

use lib 't/lib';
use Strip;
use Beside;
use IO::Compress::Gzip qw(gzip);

my $page = Strip::page(3, 600);
my $part = '<p>part</p>';
my $none = "<!DOCTYPE html>\n<html><head><title>a</title></head>\n"
    . "<body><h1>a</h1><p>text FOUND</p></body></html>\n";
my $style = "p { color: red }\n" x 99;
my @dated = ('Last-Modified: Mon, 06 May 2024 03:04:05 GMT', 'ETag: "5f-1"');

gzip \$none => \my $packed;

origin(
    page => [answer($page, @dated)],
    none => [answer($none, @dated, 'Accept-Ranges: bytes')],
    cached => [answer($none, 'Cache-Control: max-age=60')],
    once => [answer($none, 'Cache-Control: max-age=1')],
    keep => [answer($page, 'Cache-Control: max-age=60')],
    style => [answer($style, 'Content-Type: text/css', @dated)],
    packed => [answer($packed, 'Content-Encoding: gzip',
                      'Content-Type: text/css')],
    error => [answer($none) =~ s/200 OK/500 Error/r],
    moved => [answer('', 'X-Accel-Redirect: /inner/none')],
    frame => [answer('<p>a</p><!--#include virtual="/part" --><p>b</p>')],
    part => [answer($part)],
    short => [answer($none) =~ s/FOUND.*//sr],
    latin => [answer("<p>caf\xe9</p>",
                     'Content-Type: text/html; charset=windows-1252')],
    empty => [answer('')],
);

run_tests_beside();

__DATA__

=== TEST 1: ranges of a page, of a file, of what is no page
--- config
    location /f/ { alias $TEST_NGINX_HTML_DIR/; }
    location / { proxy_force_ranges on; proxy_pass http://$TEST_NGINX_ORIGIN; }
--- user_files eval
[["a.html", "<p>0123456789</p>\n" x 99], ["a.bin", "0123456789" x 99]]
--- same
/none | Range: bytes=5-20
/page | Range: bytes=5-20
/page | Range: bytes=0-9,50-59
/page | Range: bytes=-20
/page | Range: bytes=99999-
/style | Range: bytes=5-20
/f/a.html | Range: bytes=5-20
/f/a.html | Range: bytes=0-4,-4
/f/a.html | Range: bytes=0-20000,0-0
/f/a.bin | Range: bytes=5-20
/f/a.html | Range: bytes=9999-



=== TEST 2: If-Range
--- config
    location / { proxy_force_ranges on; proxy_pass http://$TEST_NGINX_ORIGIN; }
--- same
/none | Range: bytes=5-20 | If-Range: "5f-1"
/none | Range: bytes=5-20 | If-Range: "other"
/none | Range: bytes=5-20 | If-Range: Mon, 06 May 2024 03:04:05 GMT
/page | Range: bytes=5-20 | If-Range: "5f-1"
/page | Range: bytes=5-20 | If-Range: W/"5f-1"
/style | Range: bytes=5-20 | If-Range: "5f-1"



=== TEST 3: a small page, or one from a file: its header stays
--- http_config
    proxy_cache_path DIR/cache keys_zone=pages:1m;
    proxy_cache_valid 200 1m;
    server {
        listen unix:DIR/files;
        location /f/ { alias $TEST_NGINX_HTML_DIR/; }
    }
--- config
    location /f/ { alias $TEST_NGINX_HTML_DIR/; }
    location = /large {
        proxy_cache pages;
        proxy_pass http://unix:DIR/files:/f/large.html;
    }
    location /said { default_type text/html; return 200 "<p>a</p>"; }
    location / { proxy_pass http://$TEST_NGINX_ORIGIN; }
--- user_files eval
[["a.html", "<p>0123456789</p>\n" x 99], ["empty.html", ""],
 ["large.html", "<p>0123456789</p>\n" x 9999]]
--- same
/none
/error
/f/large.html
/large | Range: bytes=0-0
/large
/empty
/style
/f/a.html
/f/empty.html
/f/
/said
HEAD /none
HEAD /f/a.html
/f/a.html | If-None-Match: *
/f/a.html | If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT
/none HTTP/1.0 | Connection: keep-alive
POST /none << a=b
--- kept
/page



=== TEST 4: slices
--- http_config
    proxy_cache_path DIR/cache keys_zone=slices:1m;
    server {
        listen unix:DIR/files;
        location / { root $TEST_NGINX_HTML_DIR; }
    }
--- config
    location / {
        slice 1k;
        proxy_cache slices;
        proxy_cache_key $uri$is_args$args$slice_range;
        proxy_cache_valid 200 206 1m;
        proxy_set_header Range $slice_range;
        proxy_pass http://unix:DIR/files:;
    }
--- user_files eval
[["large.html", CORE::join '', map { "<div class=\"related\"><h3>Tin li\xc3\xaan quan"
                               . "</h3><ul><li><a href=\"/$_\">B</a></li></ul>"
                               . "</div><p>$_</p>\n" } 1 .. 200]]
--- same
/large.html
/large.html
/large.html | Range: bytes=1000-1100
/large.html?a | Range: bytes=2000-5000



=== TEST 5: SSI
--- config
    location / {
        ssi on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/frame
/none
--- kept
/page



=== TEST 6: before and behind
--- config
    location / {
        add_before_body /part;
        add_after_body /part;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/none
--- kept
/page



=== TEST 7: sub_filter
--- config
    location / {
        sub_filter FOUND LOST;
        sub_filter '</h1>' '</h1><hr>';
        sub_filter_once off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/none
/style
--- kept
/page



=== TEST 8: gzip and gunzip
--- config
    gzip on;
    gzip_min_length 20;
    gzip_types text/css;
    gzip_vary on;
    location / { gunzip on; proxy_pass http://$TEST_NGINX_ORIGIN; }
--- same
/none | Accept-Encoding: gzip
/style | Accept-Encoding: gzip
/packed | Accept-Encoding: gzip
/packed
/none
--- kept
/page | Accept-Encoding: gzip



=== TEST 9: charset
--- config
    location / {
        charset utf-8;
        override_charset on;
        charset_types text/css;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- http_config
    charset_map windows-1252 utf-8 { E9 C3A9; }
--- same
/none
/latin
/style
--- kept
/page



=== TEST 10: proxy_store keeps what the portal sent
--- config
    location / {
        proxy_store DIR/store$uri;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /store/ { root DIR; types { } default_type text/x-stored; }
--- kept
/page
/page | Range: bytes=0-9
--- same
/none
POST /page << a=b
/store/page
/store/none



=== TEST 11: proxy_cache, HIT, and stale when the portal fails
--- http_config
    proxy_cache_path DIR/cache keys_zone=pages:1m;
--- config
    location / {
        proxy_cache pages;
        proxy_cache_use_stale error http_404 http_500 updating;
        proxy_cache_lock on;
        proxy_cache_revalidate on;
        add_header X-Cached $upstream_cache_status always;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/cached
/cached
/cached | Range: bytes=5-20
/cached | Range: bytes=0-4,9-12
HEAD /cached
/once
/style
--- kept
/keep
/keep
/page



=== TEST 12: X-Accel-Redirect, error_page, a named location
--- config
    location / {
        proxy_intercept_errors on;
        error_page 500 = @other;
        error_page 404 /inner/none;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /no/ { return 404; }
    location @other { rewrite ^ /none break; proxy_pass http://$TEST_NGINX_ORIGIN; }
    location /inner/ { internal; proxy_pass http://$TEST_NGINX_ORIGIN:/; }
--- same
/moved
/error
/no/where



=== TEST 13: auth_request and mirror
--- config
    location / {
        auth_request /may;
        mirror /copy;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location = /may { internal; if ($arg_no) { return 403; } return 204; }
    location = /copy { internal; proxy_pass http://$TEST_NGINX_ORIGIN/page; }
--- same
/none
/none?no=1
POST /none << a=b
--- kept
/page



=== TEST 14: HTTP/2
--- h2: 1
--- config
    location / { proxy_force_ranges on; proxy_pass http://$TEST_NGINX_ORIGIN; }
--- same
/none
/style
/error
HEAD /none
/none | Range: bytes=5-20
POST /none << a=b
--- kept
/page
--- shows: ^HTTP/2 \d



=== TEST 15: without buffering, and everything sent at once
--- config
    location / {
        proxy_buffering off;
        postpone_output 0;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/none
/style
/error
/empty
--- kept
/page

# Copyright (C) ngx_article authors
#
# Strip among nginx' other modules: pages from files and from the cache, parts
# of pages, what stands before and behind them.

use lib 't/lib';
use Strip;

our $page = Strip::page(3, 600);
our $kept = Strip::kept(3, 600);
our $large = Strip::page(60, 3000);
our $large_kept = Strip::kept(60, 3000);
our $part = '<div>' . Strip::cut_block(7, 600) . '</div>';

origin(
    page => [answer($page, 'Cache-Control: max-age=60')],
    part => [answer($part)],
    frame => [answer('<p>a</p><!--#include virtual="/part" --><p>b</p>'
                     . Strip::cut_block(1, 600) . '<p>c</p>')],
    moved => [answer('', 'X-Accel-Redirect: /page')],
    large => [answer($large, 'Cache-Control: max-age=60')],
);

$ENV{TEST_NGINX_CACHE} = "$ENV{ARTICLE_TEST_DIR}/strip-among-cache";

run_strip_tests();

__DATA__

=== TEST 1: a part that SSI takes in is left alone, its page is not
--- config
    location / {
        ssi on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /frame
--- response_body eval
"<p>a</p>$::part<p>b</p><p>c</p>"
--- access_log
GET /frame reason=ok



=== TEST 2: what is added before and behind
--- config
    location / {
        add_before_body /part;
        add_after_body /part;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_body eval
"$::part$::kept$::part"



=== TEST 3: sub_filter comes after: it sees what is left
--- config
    location / {
        sub_filter_once off;
        sub_filter 'Tin li' 'FOUND';
        sub_filter '</h1>' '</h1><hr>';
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_body eval
$::kept =~ s{</h1>}{</h1><hr>}r



=== TEST 4: from a file, with sendfile, in pieces
--- config
    location / {
        types { }
        default_type text/html;
        sendfile on;
    }
    location /pieces/ {
        alias $TEST_NGINX_HTML_DIR/;
        types { }
        default_type text/html;
        output_buffers 2 777;
    }
--- user_files eval
[["page.html", $::page], ["large.html", $::large], ["empty.html", ""]]
--- request eval
["GET /page.html", "GET /large.html", "GET /pieces/large.html",
 "GET /empty.html"]
--- response_body eval
[$::kept, $::large_kept, $::large_kept, ""]



=== TEST 5: from nginx' cache: what is stored is whole
--- http_config
    proxy_cache_path $TEST_NGINX_CACHE keys_zone=pages:1m;
--- config
    location / {
        proxy_cache pages;
        proxy_cache_key $uri;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        add_header X-Cached $upstream_cache_status;
    }
    location /whole/ {
        article_strip off;
        proxy_cache pages;
        proxy_cache_key /large;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
        add_header X-Cached $upstream_cache_status;
    }
--- request eval
["GET /large", "GET /large", "GET /whole/large"]
--- response_headers eval
["X-Cached: MISS", "X-Cached: HIT", "X-Cached: HIT"]
--- response_body eval
[$::large_kept, $::large_kept, $::large]



=== TEST 6: through X-Accel-Redirect and error_page
--- config
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /missing {
        error_page 404 =200 /page;
        return 404;
    }
--- request eval
["GET /moved", "GET /missing"]
--- response_body eval
[$::kept, $::kept]



=== TEST 7: the charset filter recodes what is left
--- config
    location / {
        charset utf-8;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_headers
Content-Type: text/html; charset=utf-8
--- response_body eval
$::kept



=== TEST 8: nothing at all, a long way: empty buffers between
--- config
    location / {
        proxy_buffering off;
        ssi on;
        sub_filter zzzz y;
        gzip on;
        gunzip on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /large", "GET /page", "GET /frame"]
--- response_body eval
[$::large_kept, $::kept, "<p>a</p>$::part<p>b</p><p>c</p>"]



=== TEST 9: a part is stripped if its location says so
--- config
    location / {
        ssi on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
    location /part {
        article_strip on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /frame
--- response_body eval
'<p>a</p><div></div><p>b</p><p>c</p>'
--- access_log
GET /frame reason=ok



=== TEST 10: ... also in an unbuffered page, with what is sent behind it
--- config
    location / {
        ssi on;
        proxy_buffering off;
        add_before_body /part;
        add_after_body /large;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /part {
        article_strip on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /large {
        article_strip on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /frame
--- response_body eval
"<div></div><p>a</p><div></div><p>b</p><p>c</p>$::large_kept"

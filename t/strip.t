# Copyright (C) ngx_article authors
#
# What is cut is gone, and what is not cut is as the portal sent it.

use lib 't/lib';
use Strip;

our $page = Strip::page(3, 600);
our $kept = Strip::kept(3, 600);
our $large = Strip::page(120, 3000);
our $large_kept = Strip::kept(120, 3000);
our $plain = "<html><body><p>kh\xc3\xb4ng c\xc3\xb3 g\xc3\xac</p></body>\n";
our $odd = "\xef\xbb\xbf<HTML>\r\n<p>\x00\xff\xfe \xe1\xbb</p><!-- <div "
    . "class=\"related\">x</div> --><script>'<div class=\"related\">'</script>"
    . "<p title='<div class=\"related\">'>a < b</p></HTML>\r\n";

origin(
    page => [answer($page)],
    large => [answer($large)],
    plain => [answer($plain)],
    odd => [answer($odd)],
    types => [answer($page, 'Content-Type: application/xhtml+xml')],
    charset => [answer($page, 'Content-Type: text/html; charset=utf-8')],
    empty => [answer('')],
    chunked => ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                . "Transfer-Encoding: chunked\r\n\r\n",
                (map { sprintf "%x\r\n%s\r\n", length, $_ }
                     pieces(7, 500, $page)),
                "0\r\n\r\n"],
    close => ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
              . "Connection: close\r\n\r\n$page"],
    old => ["HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n$page"],
);

run_strip_tests();

__DATA__

=== TEST 1: blocks are cut, the rest is the same
--- request
GET /page
--- response_body eval
$::kept
--- access_log
GET /page reason=ok



=== TEST 2: a page of many buffers
--- request
GET /large
--- response_body eval
$::large_kept



=== TEST 3: nothing to cut
--- request
GET /plain
--- response_body eval
$::plain
--- access_log
GET /plain reason=ok



=== TEST 4: what looks like a block in comments, scripts, values; odd bytes
--- request
GET /odd
--- response_body eval
$::odd



=== TEST 5: chunked by the portal
--- request
GET /chunked
--- response_body eval
$::kept



=== TEST 6: ended by the portal's close
--- request
GET /close
--- response_body eval
$::kept



=== TEST 7: a portal of HTTP/1.0
--- request
GET /old
--- response_body eval
$::kept



=== TEST 8: a client of HTTP/1.0
--- raw_request eval
"GET /page HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- response_body eval
$::kept



=== TEST 9: an empty page
--- request
GET /empty
--- response_body eval
""
--- response_headers
Content-Length: 0



=== TEST 10: type with charset
--- request
GET /charset
--- response_body eval
$::kept



=== TEST 11: another type is not touched, unless it is named
--- config
    location = /types {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
    location /named/ {
        article_strip_types application/xhtml+xml;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
--- request eval
["GET /types", "GET /named/types", "GET /named/page"]
--- response_body eval
[$::page, $::kept, $::kept]



=== TEST 12: off is the default
--- config
    location / {
        article_strip off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_body eval
$::page



=== TEST 13: the master switch
--- config
    location / {
        article off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /page
--- response_body eval
$::page
--- no_access_log
reason=ok



=== TEST 14: a file of nginx' own, with sendfile
--- config
    location / {
        sendfile on;
        types { }
        default_type text/html;
    }
--- user_files eval
[["page.html", $::page], ["large.html", $::large]]
--- request eval
["GET /page.html", "GET /large.html"]
--- response_body eval
[$::kept, $::large_kept]



=== TEST 15: through nginx' own cache
--- http_config
    proxy_cache_path cache keys_zone=pages:1m;
--- config
    location / {
        proxy_cache pages;
        proxy_cache_valid 1m;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        add_header X-Cache $upstream_cache_status;
    }
--- request eval
["GET /large", "GET /large"]
--- response_headers eval
["X-Cache: MISS", "X-Cache: HIT"]
--- response_body eval
[$::large_kept, $::large_kept]



=== TEST 16: the page gzipped for the client is the stripped one
--- config
    location /gzip/ {
        gzip on;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
    location / {
        gunzip on;
        article_strip off;
        proxy_set_header Accept-Encoding gzip;
        proxy_set_header Host localhost;
        proxy_pass http://127.0.0.1:$TEST_NGINX_SERVER_PORT/gzip/;
    }
--- request
GET /large
--- response_body eval
$::large_kept



=== TEST 17: the parts of a page made with SSI pass, the page is stripped
--- config
    location = /ssi.html {
        ssi on;
    }
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- user_files eval
[["ssi.html", "<p>1</p>" . Strip::cut_block(1)
              . qq{<!--# include virtual="/page" --><p>2</p>}]]
--- request
GET /ssi.html
--- response_body eval
"<p>1</p>$::page<p>2</p>"



=== TEST 18: a limit of the rate
--- config
    location / {
        limit_rate 200k;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /large
--- timeout: 10
--- response_body eval
$::large_kept



=== TEST 19: what was cut is counted
--- config
    location = /article-status {
        article_status;
    }
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /page", "GET /plain", "GET /large", "GET /article-status"]
--- response_body_like eval
my $bytes = length($::page) - length($::kept)
    + length($::large) - length($::large_kept);

[("html") x 3,
 qr/"stripped_pages":2,"stripped_bytes":$bytes[,}]/]



=== TEST 20: an article is read from the whole page
--- config
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
    }
    location /-source/ {
        internal;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
    location = /article-status {
        article_status;
    }
--- request eval
["GET /api/page", "GET /article-status"]
--- error_code eval
[200, 200]
--- response_body_like eval
['^\{', qr/"fetches":1,.*"stripped_pages":0,/]

# Copyright (C) ngx_article authors
#
# The header of a stripped page: another page than the portal's, of a length
# that nobody knows yet.

use lib 't/lib';
use Strip;

our $page = Strip::page(3, 600);
our $kept = Strip::kept(3, 600);
our @headers = ('ETag: "5f-1"', 'Accept-Ranges: bytes', 'X-Portal: 1',
                'Last-Modified: Mon, 06 May 2024 03:04:05 GMT');

origin(
    page => [answer($page, @headers)],
    weak => [answer($page, 'ETag: W/"5f-1"')],
    other => [answer($page, @headers, 'Content-Type: text/plain')],
);

run_strip_tests();

__DATA__

=== TEST 1: stripped
--- request
GET /page
--- response_headers
! Content-Length
! Accept-Ranges
! Last-Modified
ETag: W/"5f-1"
Transfer-Encoding: chunked
X-Portal: 1
--- response_body eval
$::kept



=== TEST 2: not stripped
--- request
GET /other
--- response_headers eval
"Content-Length: " . length($::page) . "
Accept-Ranges: bytes
Last-Modified: Mon, 06 May 2024 03:04:05 GMT
ETag: \"5f-1\"
"
--- response_body eval
$::page



=== TEST 3: a weak ETag stays as it is
--- request
GET /weak
--- response_headers
ETag: W/"5f-1"



=== TEST 4: article_strip_last_modified
--- config
    location / {
        article_strip_last_modified on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_headers
Last-Modified: Mon, 06 May 2024 03:04:05 GMT
ETag: W/"5f-1"
! Content-Length



=== TEST 5: a Range is of the page as the portal sent it
--- config
    location / {
        proxy_set_header Range "";
        proxy_force_ranges on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- more_headers
Range: bytes=0-99
--- error_code: 206
--- response_headers eval
"Content-Range: bytes 0-99/" . length($::page)
--- response_body eval
substr $::page, 0, 100



=== TEST 6: If-None-Match, also of the page before it was stripped
--- config
    location / {
        types { }
        default_type text/html;
    }
--- user_files eval
[["page.html", $::page, "202405060304.05"]]
--- request eval
["GET /page.html", "GET /page.html"]
--- more_headers eval
["", "If-None-Match: *"]
--- error_code eval
[200, 304]



=== TEST 7: with gzip
--- config
    location / {
        gzip on;
        gzip_vary on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
Vary: Accept-Encoding
ETag: W/"5f-1"
! Content-Length

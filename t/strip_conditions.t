# Copyright (C) ngx_article authors
#
# Only whole, plain 200 pages to a GET of nobody in particular are stripped.

use lib 't/lib';
use Strip;

our $page = Strip::page(3, 600);
our $kept = Strip::kept(3, 600);

sub status {
    my ($status, @headers) = @_;

    return answer($page, @headers) =~ s/200 OK/$status/r;
}

origin(
    page => [answer($page)],
    error => [status('500 Error')],
    missing => [status('404 Not Found')],
    partial => [status('206 Partial Content',
                       'Content-Range: bytes 0-' . (length($page) - 1) . '/'
                       . length $page)],
    ranged => [answer($page, 'Content-Range: bytes 0-1/2')],
    encoded => [answer($page, 'Content-Encoding: br')],
    fixed => [answer($page, 'Cache-Control: public',
                     'cache-control: max-age=60, No-Transform')],
    private => [answer($page, 'Cache-Control: private')],
);

run_strip_tests();

__DATA__

=== TEST 1: HEAD
--- request
HEAD /page
--- response_body eval
""
--- access_log
HEAD /page reason=strip_not_plain



=== TEST 2: POST
--- request
POST /page
a=b
--- response_body eval
$::page
--- access_log
POST /page reason=strip_not_plain



=== TEST 3: 500
--- request
GET /error
--- error_code: 500
--- response_body eval
$::page
--- access_log
GET /error reason=strip_not_plain



=== TEST 4: 404
--- request
GET /missing
--- error_code: 404
--- response_body eval
$::page



=== TEST 5: 206
--- request
GET /partial
--- error_code: 206
--- response_body eval
$::page
--- access_log
GET /partial reason=strip_not_plain



=== TEST 6: 200 with Content-Range
--- request
GET /ranged
--- response_body eval
$::page



=== TEST 7: encoded by the portal
--- request
GET /encoded
--- response_body eval
$::page
--- response_headers
Content-Encoding: br
--- access_log
GET /encoded reason=strip_not_plain



=== TEST 8: no-transform, in the second of two headers
--- request
GET /fixed
--- response_body eval
$::page
--- access_log
GET /fixed reason=strip_not_plain



=== TEST 9: private is the portals' habit
--- request
GET /private
--- response_body eval
$::kept



=== TEST 10: Authorization
--- request
GET /page
--- more_headers
Authorization: Basic YTpi
--- response_body eval
$::page
--- access_log
GET /page reason=strip_personal



=== TEST 11: cookies of a login
--- request eval
[map { "GET /page?$_" } 1 .. 12]
--- more_headers eval
[map { "Cookie: $_" }
 (".ASPXAUTH=0A1B", "a=b; .aspxauth=1", "FedAuth=77u", "a=b;rtFa=x; c=d",
  "wordpress_logged_in_5d41402abc4b2a76=1", "SESS5d41402abc4b2a76b971=x",
  "SSESS5d41402abc4b2a76b971=x", "LtpaToken2=x", "nv4c_Ab3De_nvloginhash=1",
  "ASP.NET_SessionId=1; .ASPXAUTH", "SMSESSION=x",
  "_shibsession_64656661=1")]
--- response_body eval
[($::page) x 12]
--- access_log
GET /page reason=strip_personal



=== TEST 12: cookies that everyone gets
--- request eval
[map { "GET /page?$_" } 1 .. 9]
--- more_headers eval
[map { "Cookie: $_" }
 ("ASP.NET_SessionId=.ASPXAUTH", "JSESSIONID=FedAuth", "PHPSESSID=rtFa=1",
  "_ga=GA1.2; _gid=SESS0a", "SESSION=1", "SESS=1", "x.ASPXAUTH=1",
  "wordpress_test_cookie=1", "nv4c_Ab3De_u_lang=vi")]
--- response_body eval
[($::kept) x 9]
--- no_access_log
reason=strip_personal



=== TEST 13: two Cookie headers
--- request
GET /page
--- more_headers
Cookie: a=b
Cookie: FedAuth=c
--- response_body eval
$::page



=== TEST 14: cookies named by the operator replace the default
--- config
    location / {
        article_strip_cookie PHPSESSID portal_*_user;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /page?$_" } 1 .. 4]
--- more_headers eval
[map { "Cookie: $_" } ("PHPSESSID=1", "portal_17_user=1", "portal_17_x=1",
                       "FedAuth=1")]
--- response_body eval
[$::page, $::page, $::kept, $::kept]



=== TEST 15: ... unless they say default
--- config
    location / {
        article_strip_cookie PHPSESSID default;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
[map { "GET /page?$_" } 1 .. 3]
--- more_headers eval
[map { "Cookie: $_" } ("PHPSESSID=1", "FedAuth=1", "a=1")]
--- response_body eval
[$::page, $::page, $::kept]



=== TEST 16: bypass
--- config
    location / {
        article_strip_bypass $arg_whole $http_x_whole;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /page", "GET /page?whole=0", "GET /page?whole=1"]
--- response_body eval
[$::kept, $::kept, $::page]



=== TEST 17: the reason of a bypass
--- config
    location / {
        article_strip_bypass $arg_whole;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /page?whole=1
--- access_log
GET /page reason=strip_bypass



=== TEST 18: on, off and more by a variable
--- config
    location / {
        article_strip $arg_strip;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /page?strip=on", "GET /page?strip=1", "GET /page?strip=off",
 "GET /page?strip=0", "GET /page?strip="]
--- response_body eval
[$::kept, $::kept, $::page, $::page, $::page]



=== TEST 19: in an if
--- config
    location / {
        if ($arg_whole) {
            article_strip off;
        }
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /page?whole=1", "GET /page"]
--- response_body eval
[$::page, $::kept]



=== TEST 20: an UpdatePanel's request
--- request
GET /page
--- more_headers
X-MicrosoftAjax: Delta=true
--- response_body eval
$::page



=== TEST 21: neither on nor off
--- config
    article_strip maybe;
--- must_die
--- error_log
invalid value "maybe" in "article_strip" directive



=== TEST 22: twice
--- config
    location / {
        article_strip off;
        article_strip on;
    }
--- must_die
--- error_log
"article_strip" directive is duplicate



=== TEST 23: a cookie with two stars
--- config
    article_strip_cookie a*b*;
--- must_die
--- error_log
invalid cookie name "a*b*" in "article_strip_cookie"



=== TEST 24: a buffer that is too small
--- config
    article_strip_buffer 100;
--- must_die
--- error_log
"article_strip_buffer" must be 1k at least

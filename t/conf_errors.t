# Copyright (C) ngx_article authors
#
# nginx -t refuses what is wrong, with one line that says what to do.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

# "bad" is the configuration; "says" what must be in the one [emerg] line
Test::Nginx::Socket::add_block_preprocessor(sub {
    my ($block) = @_;

    return if !defined $block->says;

    $block->set_value(bare => 1);
    $block->set_value(http_config => $block->bad_http // '');
    $block->set_value(config => $block->bad // '');
    $block->set_value(must_die => '');
    $block->set_value(suppress_stderr => '');
    my $says = $block->says;
    chomp $says if !ref $says;
    $block->set_value(error_log => [$says, '[emerg]']);
    # one line: neither a second error nor a crash
    $block->set_value(grep_error_log => qr/\[emerg\]|\[alert\]|exited/);
    $block->set_value(grep_error_log_out => "[emerg]\n");
});

run_article_tests();

__DATA__

=== TEST 1: article_json without article_base_url
--- bad
location /api/ { article_json /-source/; }
--- says
article_json "/-source/" in location "/api/" needs article_base_url



=== TEST 2: article_base_url with a slash at the end
--- bad
article_base_url https://bao.example/;
--- says
article_base_url "https://bao.example/" must be "http://HOST[:PORT]"



=== TEST 3: article_base_url with a path
--- bad
article_base_url https://bao.example/vn;
--- says
article_base_url "https://bao.example/vn" must be



=== TEST 4: article_base_url without a scheme
--- bad
article_base_url bao.example;
--- says
article_base_url "bao.example" must be



=== TEST 5: article_base_url with a strange port
--- bad
article_base_url https://bao.example:70000;
--- says
article_base_url "https://bao.example:70000" must be



=== TEST 6: article_base_url with credentials
--- bad
article_base_url https://a:b@bao.example;
--- says
article_base_url "https://a:b@bao.example" must be



=== TEST 7: article_base_url without a host
--- bad
article_base_url https://:443;
--- says
article_base_url "https://:443" must be



=== TEST 8: article_base_url twice
--- bad
article_base_url https://a.example;
article_base_url https://b.example;
--- says
"article_base_url" directive is duplicate



=== TEST 9: article_json without a slash at the end
--- bad
location /api/ { article_json /-source; article_base_url https://a.example; }
--- says
article_json "/-source" must be the prefix of an internal location



=== TEST 10: article_json with an address
--- bad
location /api/ { article_json http://portal/; }
--- says
article_json "http://portal/" must be the prefix



=== TEST 11: in a location without a slash at the end
--- bad
location /api { article_json /-source/; article_base_url https://a.example; }
--- says
article_json is in location "/api", but must be in one given by a prefix



=== TEST 12: in a regular expression
--- bad
location ~ ^/api/ { article_json /-source/; }
--- says
article_json is in location "^/api/", but must be



=== TEST 13: in an exact location
--- bad
location = /api/ { article_json /-source/; }
--- says
article_json is in location "/api/", but must be



=== TEST 14: article_json leads to itself
--- bad
location /api/ { article_json /api/; article_base_url https://a.example; }
--- says
article_json "/api/" leads back to its own location



=== TEST 15: article_json twice
--- bad
location /api/ { article_json /a/; article_json /b/; }
--- says
"article_json" directive is duplicate



=== TEST 16: article_cache_valid with a strange time
--- bad
article_cache_valid 200 soon;
--- says
invalid time "soon" in article_cache_valid



=== TEST 17: article_cache_valid with a status that is never stored
--- bad
article_cache_valid 200 502 5m;
--- says
invalid status "502" in article_cache_valid, answers of 200, 404 and 410



=== TEST 18: article_cache_ignore_headers with a strange header
--- bad
article_cache_ignore_headers Cache-Control Pragma;
--- says
invalid value "Pragma"



=== TEST 19: article_max_page of nothing
--- bad
article_max_page 0;
--- says
article_max_page must be greater than 0



=== TEST 20: article_max_page with a strange size
--- bad
article_max_page 4mb;
--- says
"article_max_page" directive invalid value



=== TEST 21: article_pass_request_header that says who asks
--- bad
article_pass_request_header Accept-Language Cookie;
--- says
article_pass_request_header "Cookie" is refused



=== TEST 22: and one that asks for less
--- bad
article_pass_request_header if-none-match;
--- says
article_pass_request_header "if-none-match" is refused



=== TEST 23: and one that is no name
--- bad
article_pass_request_header "X-A: b";
--- says
article_pass_request_header "X-A: b" is not the name of a header



=== TEST 24: article on a misspelt flag
--- bad
article of;
--- says
invalid value "of" in "article" directive, it must be "on" or "off"



=== TEST 25: article_zone without a size
--- bad_http
article_zone main;
--- says
article_zone "main" must be "NAME:SIZE"



=== TEST 26: a portal file that is not there
--- bad_http eval
"article_portals $ENV{ARTICLE_ROOT}/t/none.json;"
--- says eval
qr{article_portals: open\(\) "\Q$ENV{ARTICLE_ROOT}\E/t/none.json" failed}



=== TEST 27: a broken portal file: file, line, column
--- user_files
>>> broken.json
{
    "portal": "bao",
    "hosts": ["bao.example"],
    "content" "div.detail"
}
--- bad_http
article_portals $TEST_NGINX_HTML_DIR/broken.json;
--- says eval
qr{article_portals: \S+/broken\.json:4:\d+: \w}



=== TEST 28: a selector that is none
--- user_files
>>> broken.json
{
    "portal": "bao",
    "hosts": ["bao.example"],
    "content": ["div.detail >> ["]
}
--- bad_http
article_portals $TEST_NGINX_HTML_DIR/*.json;
--- says eval
qr{article_portals: \S+/broken\.json:4:\d+: \w}



=== TEST 29: two files of one portal
--- user_files
>>> a.json
{ "portal": "bao", "hosts": ["bao.example"] }
>>> b.json
{ "portal": "bao", "hosts": ["bao2.example"] }
--- bad_http
article_portals $TEST_NGINX_HTML_DIR/*.json;
--- says eval
qr{article_portals: "\S+/b\.json" is a second file of the portal "bao"}



=== TEST 30: an address of Redis that is none
--- bad_http
article_redis redis.invalid:abc;
--- says
article_redis



=== TEST 31: a directory without portal files, and the shipped ones, are fine
--- bare
--- http_config eval
"article_portals nothing/*.json $ENV{ARTICLE_ROOT}/conf/portals/*.json;"
--- config
location = /s { article_status; }
--- client
is(scalar @{json(get('/s'))->{portals}}, 5, 'portals');
--- error_code: 404



=== TEST 32: article_status where it may be
--- bad_http
article_status;
--- says
"article_status" directive is not allowed here



=== TEST 33: two files that claim one host
--- user_files
>>> a.json
{ "portal": "bao", "hosts": ["bao.example"] }
>>> b.json
{ "portal": "moi", "hosts": ["moi.example"], "aliases": ["Bao.example"] }
--- bad_http
article_portals $TEST_NGINX_HTML_DIR/*.json;
--- says eval
qr{article_portals: "\S+/b\.json" names the host "bao.example", which is the portal "bao"'s}i



=== TEST 34: article_cors with a path
--- bad
article_cors https://app.example/;
--- says
article_cors "https://app.example/" is no origin



=== TEST 35: and everybody beside one
--- bad
article_cors * https://app.example;
--- says
article_cors "*" is no origin



=== TEST 36: a fetch that may take no time
--- bad
article_fetch_timeout 0;
--- says
article_fetch_timeout must be greater than 0

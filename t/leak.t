# Copyright (C) ngx_article authors
#
# Every way that a request can go, one a block, to be asked again and again:
# tools/test --mode=leak sends each for two seconds and fails where the worker
# grows.  As a plain test it shows that each block goes the way it names.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use IO::Compress::Gzip qw(gzip);
use Test::More;

our $page = article('Trang') =~ s{</div></div>}{</div><div class="related">
<h3>Tin c\xc3\xb9ng chuy\xc3\xaan m\xe1\xbb\xa5c</h3><ul>
<li><a href="/tin/1">B\xc3\xa0i m\xe1\xbb\x99t</a></li>
<li><a href="/tin/2">B\xc3\xa0i hai</a></li></ul></div></div>}r;
gzip \$page => \my $packed;

origin(
    '/page' => [answer($page)],
    '/packed' => [answer($packed, 'Content-Encoding: gzip')],
    '/gone' => [answer('no', '410 Gone')],
    '/broken' => [answer($page, 'Content-Length: 99999', 'Connection: close')],
    '/private' => [answer($page, 'Cache-Control: private')],
);
redis();

our $strip = <<'_EOC_';
    article_strip on;
    location / {
        proxy_pass http://$TEST_NGINX_PORTAL;
        add_header X-Reason $article_reason;
    }
_EOC_

our $articles = $Article::gateway =~ s/\}\s*$/article_gzip on; }/r;
our $lookups = $articles =~ s/article_cache_valid/article_cache_bypass
        \$arg_bypass; article_cache_valid/r;

$Article::http = 'article_redis $TEST_NGINX_REDIS;'
    . "article_portals $ENV{ARTICLE_ROOT}/t/strip/portal.json;";

run_article_tests();

__DATA__

=== TEST 1: strip
--- config eval: $::strip
--- request
GET /page
--- response_body_unlike: Tin c



=== TEST 2: strip, gzip from the portal
--- config eval: $::strip
--- request
GET /packed
--- response_body_unlike: Tin c



=== TEST 3: strip, a page that is broken off
--- config eval: $::strip
--- request
GET /broken
--- ignore_response
--- error_log
prematurely closed



=== TEST 4: an article from shared memory
--- config eval: $::articles
--- request eval
["GET /api/page", "GET /api/page"]
--- response_headers_like eval
["X-Cache: (MISS|HIT)", "X-Cache: HIT"]



=== TEST 5: its gzip form
--- config eval: $::articles
--- request
GET /api/page
--- more_headers
Accept-Encoding: gzip
--- response_headers_like
X-Cache: (MISS|HIT)



=== TEST 6: fetched, read, stored here and in Redis
--- config eval: $::lookups
--- request
GET /api/page?bypass=1
--- response_headers
X-Cache: BYPASS



=== TEST 7: from Redis
--- bare
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- config eval
$::articles . $Article::source
--- request eval
["GET /api/page", "GET /api/page"]
--- response_headers_like eval
["X-Level: (origin|redis)", "X-Level: (origin|redis)"]



=== TEST 8: not stored
--- config eval: $::articles
--- request
GET /api/private
--- response_headers
X-Reason: origin_private



=== TEST 9: 410
--- config eval: $::articles
--- request
GET /api/gone
--- error_code: 410



=== TEST 10: broken off
--- config eval: $::articles
--- request
GET /api/broken
--- error_code: 502
--- error_log
prematurely closed



=== TEST 11: refused
--- config eval: $::articles
--- request
GET /api/admin/
--- error_code: 403



=== TEST 12: 304
--- config eval: $::articles
--- request eval
["GET /api/page", "GET /api/page"]
--- more_headers eval
["", "If-None-Match: *"]
--- error_code eval
[200, 304]



=== TEST 13: the status
--- config
    location / { article_status; }
--- request
GET /
--- response_body_like: "counters"

# Copyright (C) ngx_article authors
#
# A page that varies by a header that is passed on: each variant is stored
# for itself, nobody gets another's, and a purge takes all of them.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin(map { ("/$_" => [answer(article("Trang $_"))]) }
       qw(page- page-vi page-en plain- plain-vi slow- slow-vi slow-en));

our $config = <<'_EOC_';
location /api/ {
    article_json /-v/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_pass_request_header Accept-Language X-Edition;
    article_purge 1;
    add_header X-Cache $article_cache_status always;
    add_header X-Level $article_cache_level always;
}
location /-v/ {
    internal;
    proxy_pass http://unix:$TEST_NGINX_HTML_DIR/vary.sock:/;
}
_EOC_

$Article::http = <<'_EOC_';
server {
    listen unix:$TEST_NGINX_HTML_DIR/vary.sock;
    location /page {
        add_header Vary "Cookie, accept-language";
        proxy_pass http://$TEST_NGINX_PORTAL:/page-$http_accept_language;
    }
    location /plain {
        proxy_pass http://$TEST_NGINX_PORTAL:/plain-$http_accept_language;
    }
    location /slow {
        add_header Vary Accept-Language;
        proxy_pass http://$TEST_NGINX_PORTAL:/slow-$http_accept_language;
    }
}
_EOC_

sub page {
    my ($path, $language, @more) = @_;

    return get($path, (length $language ? "Accept-Language: $language" : ()),
               @more);
}

redis();
run_article_tests();

__DATA__

=== TEST 1: each variant is its own
--- config eval
$::config
--- client
my $before = seen(qr{^GET /page-});

for my $language ('', 'vi', 'en') {
    my $a = page('/api/page', $language);
    is(header($a, 'X-Cache'), 'MISS', "'$language': fetched");
    is(json($a)->{title}, "Trang page-$language", 'its own');
    like(header($a, 'Vary'), qr/^Accept-Language\b/, 'and it says so');
}

for my $language ('en', '', 'vi', 'en') {
    my $a = page('/api/page', $language);
    is(header($a, 'X-Cache'), 'HIT', "'$language': stored");
    is(json($a)->{title}, "Trang page-$language", 'its own');
}

is(header(page('/api/page', 'vi', 'X-Edition: 2'), 'X-Cache'), 'HIT',
   'a header that the portal does not name');
is(seen(qr{^GET /page-}) - $before, 3, 'three fetches');



=== TEST 2: without a Vary of the portal there is one page
--- config eval
$::config
--- client
is(header(page('/api/plain', ''), 'X-Cache'), 'MISS', 'fetched');
is(header(page('/api/plain', 'vi'), 'X-Cache'), 'HIT', 'stored');
is(header(page('/api/plain', 'vi'), 'Vary'), 'Accept-Encoding', 'for all');



=== TEST 3: a purge takes all variants
--- config eval
$::config
--- client
page('/api/page', $_) for 'vi', 'en', '';
is(status(get('PURGE /api/page')), 200, 'purged');
is(header(page('/api/page', $_), 'X-Cache'), 'MISS', "'$_': fetched again")
    for 'en', 'vi', '';



=== TEST 4: a value that looks like two
--- config eval
$::config
--- client
page('/api/page', 'vi');
my $a = page('/api/page', 'vi X-Edition=1');
isnt(header($a, 'X-Cache'), 'HIT', 'is not the same as one');



=== TEST 5: who waited for another's variant gets his own
--- config eval
$::config
--- client
change('/slow-vi' => [answer(article('Trang slow-vi'))],
       '/slow-en' => [answer(article('Trang slow-en')), 0.6]);

my $vi = open_client();
my $en = open_client();
ask($vi, '/api/slow', 'Accept-Language: vi');
ask($en, '/api/slow', 'Accept-Language: en');

is(json(answered($vi))->{title}, 'Trang slow-vi', 'the first');
is(json(answered($en))->{title}, 'Trang slow-en', 'the second');



=== TEST 6: from Redis as well
--- bare
--- http_config eval
"article_redis \$TEST_NGINX_REDIS;" . $Article::http
--- config eval
$::config
--- client
page('/api/page', $_) for 'vi', 'en';

for my $language ('vi', 'en', 'vi') {
    my $a = page('/api/page', $language);
    is(header($a, 'X-Level'), 'redis', "$language: stored");
    is(json($a)->{title}, "Trang page-$language", 'its own');
}

get('PURGE /api/page');
is(header(page('/api/page', $_), 'X-Level'), 'origin', "$_: purged")
    for 'en', 'vi';

# Copyright (C) ngx_article authors
#
# article_read_status: portals that send their articles with another status.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $page = article('Bai');
my $none = '<html><head><title>Khong thay</title></head><body>'
    . '<p>Khong tim thay trang.</p></body></html>';
my @keep = ('Cache-Control: max-age=60', 'Last-Modified: Wed, 20 May 2026 01:02:03 GMT');

origin('/404' => [answer($page, '404 Not Found', @keep)],
       '/500' => [answer($page, '500 Oh', @keep)],
       '/203' => [answer($page, '203 Other', @keep)],
       '/503' => [answer($page, '503 Wait', @keep)],
       '/khong' => [answer($none, '404 Not Found')],
       '/loi' => [answer($none, '500 Oh', 'Cache-Control: max-age=60')],
       '/json' => [answer('{}', '404 Not Found', 'Content-Type: text/json')],
       '/302' => [answer($page, '302 Found', 'Location: /404')],
       '/cut' => [answer($page, '404 Not Found', 'Content-Length: 99999',
                         'Connection: close')],
       '/private' => [answer($page, '500 Oh', 'Cache-Control: private')],
       '/valid' => [answer($page, '404 Not Found')],
       '/tuoi' => [answer($page, 'Date: Sun, 22 Nov 2026 00:00:00 GMT',
                          'Last-Modified: Sun, 22 Nov 2026 00:00:00 GMT')],
       '/gia' => [answer($page, 'Date: Sun, 22 Nov 2026 00:00:00 GMT',
                         'Last-Modified: Sat, 21 Nov 2026 23:00:00 GMT')],
       '/xua' => [answer($page, 'Date: Sun, 22 Nov 2026 00:00:00 GMT',
                         'Last-Modified: Mon, 22 Nov 2010 00:00:00 GMT')],
       '/new' => [answer($page, '599 New', 'Cache-Control: max-age=60, must-understand')]);

sub location { return $Article::gateway =~ s/article_json/$_[0]\n    article_json/r }

our $same = location('article_read_status 203 302 404 500 599;');
our $ok = location('article_read_status 404 500 =200;');
our $percent = $Article::gateway =~ s/200 5m/200 10%/r;

run_article_tests();

__DATA__

=== TEST 1: an article is an article, and has its own status
--- config eval
$::same
--- client
for my $status (203, 404, 500) {
    my $a = get("/api/$status");
    is(status($a), $status, $status);
    is(json($a)->{title}, 'Bai', 'the article');
    is(header($a, 'X-Reason'), 'ok', 'read');
    like(header($a, 'ETag'), qr/^"[0-9a-f]{32}"$/, 'ETag');
    is(header($a, 'Last-Modified'), 'Wed, 20 May 2026 01:02:03 GMT', 'date');

    $a = get("/api/$status");
    is(status($a), $status, 'stored');
    is(header($a, 'X-Cache'), 'HIT', 'as the portal says');
    ok(!json(get("/api/$status?form=summary"))->{content_html}, 'summary');
}



=== TEST 2: or 200
--- config eval
$::ok
--- client
for my $status (404, 500) {
    my $a = get("/api/$status");
    is(status($a), 200, $status);
    is(status(get("/api/$status", 'If-None-Match: ' . header($a, 'ETag'))), 304,
       'with all that belongs to it');
}



=== TEST 3: what is no article is what its status says
--- config eval
$::same
--- client
my %meant = (khong => 'origin_not_found', loi => 'origin_error',
             json => 'origin_not_found', cut => 'origin_truncated',
             503 => 'origin_error');

for (sort keys %meant) {
    is(json(get("/api/$_"))->{reason}, $meant{$_}, "$_: $meant{$_}");
}

is(header(get('/api/loi'), 'X-Cache'), 'MISS', 'a 5xx is not stored');
is(header(get('/api/302'), 'Location'), 'https://bao.example/api/404',
   'a redirect is one');



=== TEST 4: not without the directive
--- client
for (404, 500, 203) {
    isnt(json(get("/api/$_"))->{title}, 'Bai', $_);
}



=== TEST 5: stored only where it may be
--- config eval
$::same
--- client
get("/api/$_") for 'private', 'valid', 'new';
is(header(get('/api/private'), 'X-Reason'), 'origin_private', 'private');
is(header(get('/api/valid'), 'X-Reason'), 'cache_off',
   'by article_cache_valid of its status alone');
is(header(get('/api/new'), 'X-Reason'), 'origin_private', 'must-understand');



=== TEST 6: what is stale is sent, whatever its status, and ends
--- config eval
$::same
--- client
change('/cu' => [answer(article('Cu'), '404 Not Found', 'Cache-Control: max-age=1')]);
get('/api/cu');
sleep 2.1;
change('/cu' => [answer('', '503 Wait')]);
my $a = get('/api/cu');
is(header($a, 'X-Cache'), 'STALE', 'the portal is down');
is(json($a)->{title}, 'Cu', 'the old one');
change('/cu' => [answer('', '404 Not Found')]);
is(json(get('/api/cu'))->{reason}, 'origin_not_found', 'it is gone');
is(json(get('/api/cu'))->{reason}, 'origin_not_found', 'for good');



=== TEST 7: fresh for a part of its age
--- config eval
$::percent
--- client
my %age = (tuoi => 0, gia => 360, xua => 86400);
for (sort keys %age) {
    my $a = get("/api/$_");
    is(header($a, 'Cache-Control'), $age{$_} ? "public, max-age=$age{$_}"
                                             : 'no-cache', $_);
    is(header(get("/api/$_"), 'X-Cache'), $age{$_} ? 'HIT' : 'MISS', 'so');
}



=== TEST 8: statuses without a page for everybody
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_read_status 401;
}
--- must_die
--- error_log
article_read_status "401" is not the status of a page

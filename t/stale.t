# Copyright (C) ngx_article authors
#
# What is old: fetched anew, kept if it is the same, served if the portal
# fails.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $control = sub {
    return [answer(article($_[0]), 'Cache-Control: ' . $_[1])];
};

our $gateway = <<'_EOC_';
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
        article_cache_valid 1s;
        add_header X-Cache $article_cache_status always;
        add_header X-Level $article_cache_level always;
        add_header X-Reason $article_reason always;
    }
_EOC_

run_article_tests();

__DATA__

=== TEST 1: expired, the same, still of the same time
--- config eval
$::gateway
--- client
my $a = get('/api/same');
sleep 2.1;
my $b = get('/api/same');

is(header($b, 'X-Cache'), 'EXPIRED', 'fetched again');
is(header($b, 'ETag'), header($a, 'ETag'), 'the same content');
is(header($b, 'Last-Modified'), header($a, 'Last-Modified'),
   'unchanged since');
is(body($b), body($a), 'the same bytes');
is(status(get('/api/same', 'If-Modified-Since: '
                           . header($a, 'Last-Modified'))), 304, 'so 304');



=== TEST 2: expired, and another
--- config eval
$::gateway
--- client
change('/other' => $::control->('Cu', 'max-age=1'));
my $a = get('/api/other');
change('/other' => $::control->('Moi', 'max-age=1'));
sleep 2.1;
my $b = get('/api/other');

is(json($b)->{title}, 'Moi', 'new');
isnt(header($b, 'ETag'), header($a, 'ETag'), 'ETag');
isnt(header($b, 'Last-Modified'), header($a, 'Last-Modified'),
     'Last-Modified');



=== TEST 3: the portal fails: the old one, and why
--- config eval
$::gateway
--- client
my $old = body(get('/api/fails'));
sleep 2.1;

my %failures = (
    'origin_error' => [answer('x', '500 Oops')],
    'origin_truncated' => [answer('<html>', 'Content-Length: 99',
                                  'Connection: close')],
    'not_html' => [answer('{}', 'Content-Type: application/json')],
    'origin_partial' => [answer('x', '206 Partial')],
    'page_too_large' => [answer('x', 'Content-Length: 99999999',
                                'Connection: close')],
);

for my $reason (sort keys %failures) {
    change('/fails' => $failures{$reason});
    my $a = get('/api/fails');

    is(status($a), 200, "$reason: status");
    is(header($a, 'X-Cache'), 'STALE', "$reason: stale");
    is(header($a, 'X-Reason'), $reason, "$reason: why");
    is(header($a, 'Cache-Control'), 'no-cache', "$reason: to be checked");
    is(body($a), $old, "$reason: the old one");
}



=== TEST 4: the portal says that it is gone: it is
--- config eval
$::gateway
--- client
for my $status (404, 410) {
    get("/api/gone-$status");
    change("/gone-$status" => [answer('x', "$status Gone")]);
}
get('/api/moved');
change('/moved' => [answer('x', '301 Moved', 'Location: /new')]);
sleep 2.1;

is(status(get("/api/gone-$_")), $_, "gone with $_") for 404, 410;
is(status(get('/api/moved')), 301, 'moved');



=== TEST 5: must-revalidate: never stale
--- config eval
$::gateway
--- client
change('/strict' => $::control->('Trang', 'max-age=1, must-revalidate'));
get('/api/strict');
change('/strict' => [answer('x', '500 Oops')]);
sleep 2.1;
is(status(get('/api/strict')), 502, 'no stale answer');



=== TEST 6: what the portal forbids to store
--- config eval
$::gateway
--- client
my %forbidden = (
    'private' => ['Cache-Control: private', 'origin_private'],
    'no-store' => ['Cache-Control: no-store', 'origin_private'],
    '1981' => ['Expires: Thu, 19 Nov 1981 08:52:00 GMT', 'origin_private'],
    'cookie' => ['Set-Cookie: a=b', 'origin_set_cookie'],
    'vary' => ['Vary: *', 'origin_vary'],
);

for my $name (sort keys %forbidden) {
    my ($header, $reason) = @{$forbidden{$name}};

    change("/$name" => [answer(article($name), $header)]);
    for (1, 2) {
        my $a = get("/api/$name");
        is(status($a), 200, "$name: answered");
        is(header($a, 'X-Cache'), 'MISS', "$name: not stored");
        is(header($a, 'X-Reason'), $reason, "$name: why");
        is(header($a, 'Cache-Control') || header($a, 'Expires'),
           $header =~ /^(Cache-Control|Expires): (.*)/ ? $2
                                                      : 'private, no-cache',
           "$name: nor by others");
    }
}



=== TEST 7: without article_cache_valid the portal alone says how long
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
--- client
change('/said' => $::control->('Trang', 'public, max-age=60'));
is(header(get('/api/said'), 'Cache-Control'), 'public, max-age=60', 'said');
is(header(get('/api/said'), 'X-Cache'), 'HIT', 'stored');

my $a = get('/api/unsaid');
is(header($a, 'X-Reason'), 'cache_off', 'not said');
is(header($a, 'Cache-Control'), 'no-cache', 'may be checked');
is(header(get('/api/unsaid'), 'X-Cache'), 'MISS', 'not stored');

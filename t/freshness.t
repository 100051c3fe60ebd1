# Copyright (C) ngx_article authors
#
# Which of a portal's answers are stored, and for how long they are fresh.
# "ttl" of Cache-Status is what is left of it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

use POSIX qw(strftime);

my $page = article("B\xc3\xa0i");
my %answers;
my $number = 0;


sub http_date {
    return strftime('%a, %d %b %Y %H:%M:%S GMT', gmtime time + $_[0]);
}


# The answers must be known before the portal starts.
sub prepare {
    my ($name, $status, @headers) = @_;

    $answers{"/$name"} = [answer($page, $status, @headers)];
}


# Asks twice: "-" if it was not stored, else its seconds.
sub life {
    my ($path) = @_;
    my $a = get($path);
    my $b = get($path);

    return '-' if header($b, 'X-Cache') eq 'MISS';
    return header($b, 'Cache-Status') =~ /hit; ttl=(\d+)/ ? $1 : '?';
}


sub reason {
    return header(get($_[0]), 'X-Reason');
}


# name => [seconds, reason or undef, header ...]; seconds with a valid of 5m
our %cases = (
    'nothing'     => [300],
    'max-age'     => [60, undef, 'Cache-Control: max-age=60'],
    'public'      => [60, undef, 'Cache-Control: public, max-age=60'],
    's-maxage'    => [90, undef, 'Cache-Control: max-age=60, s-maxage=90'],
    's-maxage-0'  => ['-', 'origin_private',
                      'Cache-Control: max-age=60, s-maxage=0'],
    'max-age-0'   => ['-', 'origin_private', 'Cache-Control: max-age=0'],
    'quoted'      => [60, undef, 'Cache-Control: max-age="60"'],
    'case'        => [60, undef, 'cache-control: Public,MAX-AGE=60'],
    'spaces'      => [60, undef, 'Cache-Control:  public ,  max-age=60 , x'],
    'twice'       => [60, undef, 'Cache-Control: max-age=60, max-age=90'],
    'lines'       => [60, undef, 'Cache-Control: public',
                      'Cache-Control: max-age=60'],
    'bad'         => ['-', 'origin_private', 'Cache-Control: max-age=abc'],
    'negative'    => ['-', 'origin_private', 'Cache-Control: max-age=-60'],
    'huge'        => [315360000, undef,
                      'Cache-Control: max-age=99999999999999999999'],
    'private'     => ['-', 'origin_private', 'Cache-Control: private'],
    'private-age' => ['-', 'origin_private',
                      'Cache-Control: max-age=60, private'],
    'private-of'  => ['-', 'origin_private',
                      'Cache-Control: private="X, max-age", max-age=60'],
    'no-store'    => ['-', 'origin_private', 'Cache-Control: no-store'],
    'no-cache'    => ['-', 'origin_private',
                      'Cache-Control: no-cache, must-revalidate'],
    'word-in'     => [60, undef, 'Cache-Control: max-age=60, x-private=1'],
    'word-quoted' => [60, undef, 'Cache-Control: x="a, no-store", max-age=60'],
    'empty'       => [300, undef, 'Cache-Control: '],

    'expires'     => [120, undef, 'Date: ' . http_date(0),
                      'Expires: ' . http_date(120)],
    'slow-clock'  => [120, undef, 'Date: ' . http_date(-7200),
                      'Expires: ' . http_date(-7080)],
    'no-date'     => [1200, undef, 'Date: x', 'Expires: ' . http_date(1200)],
    '1981'        => ['-', 'origin_private',
                      'Expires: Thu, 19 Nov 1981 08:52:00 GMT'],
    'zero'        => ['-', 'origin_private', 'Expires: 0'],
    'minus'       => ['-', 'origin_private', 'Expires: -1'],
    'both'        => [60, undef, 'Cache-Control: max-age=60',
                      'Expires: Thu, 19 Nov 1981 08:52:00 GMT'],
    'age'         => [40, undef, 'Cache-Control: max-age=60', 'Age: 20'],
    'too-old'     => ['-', 'origin_private',
                      'Cache-Control: max-age=60', 'Age: 60'],
    'age-valid'   => [300, undef, 'Age: 200'],

    'cookie'      => ['-', 'origin_set_cookie', 'Set-Cookie: a=b; path=/'],
    'cookie-age'  => ['-', 'origin_set_cookie', 'Set-Cookie: a=b',
                      'Cache-Control: max-age=60'],
    'vary'        => ['-', 'origin_vary', 'Vary: *'],
    'vary-list'   => ['-', 'origin_vary', 'Vary: Accept-Encoding, *'],
    'vary-ok'     => [300, undef, 'Vary: Accept-Encoding, Cookie'],
);

for my $name (keys %cases) {
    my ($seconds, $reason, @headers) = @{$cases{$name}};

    $answers{"/$name"} = [answer($page, '200 OK', @headers)];
}

my @asp = ('Cache-Control: private', 'Set-Cookie: ASP.NET_SessionId=x',
           'Expires: -1');

$answers{'/asp'} = [answer($page, '200 OK', @asp)];
$answers{'/asp-vary'} = [answer($page, '200 OK', @asp, 'Vary: *')];
$answers{'/short'} = [answer($page, '200 OK', 'Cache-Control: max-age=1')];
$answers{'/gone'} = [answer('', '410 Gone')];
$answers{'/missing'} = [answer('', '404 Not Found')];
$answers{'/missing-age'} = [answer('', '404 Not Found',
                                   'Cache-Control: max-age=20')];
$answers{'/stale'} = [answer($page, '200 OK', 'Cache-Control: max-age=1, '
                             . 'stale-while-revalidate=60')];
$answers{'/must'} = [answer($page, '200 OK', 'Cache-Control: max-age=1, '
                            . 'must-revalidate')];
$answers{'/swr-0'} = [answer($page, '200 OK', 'Cache-Control: max-age=1, '
                             . 'stale-if-error=0')];

origin(%answers);

$Article::source .= "    location = /article-status { article_status; }\n";

run_article_tests();

__DATA__

=== TEST 1: headers of the portal, each by itself
--- client
for my $name (sort keys %::cases) {
    my ($seconds, $reason) = @{$::cases{$name}};
    my $life = life("/api/$name");

    if ($seconds eq '-') {
        is($life, '-', "$name: not stored");
    } else {
        # a tenth: the test may be slow, and some dates are of its start
        ok($life =~ /^\d+$/ && $life <= $seconds && $life >= $seconds * 0.9,
           "$name: $seconds seconds") or diag("$life");
    }

    is(reason("/api/$name"), $reason, "$name: $reason") if $reason;
}



=== TEST 2: without article_cache_valid only the portal's word counts
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
--- client
is(life('/api/nothing'), '-', 'no word, not stored');
is(reason('/api/nothing'), 'cache_off', 'reason');
ok(life('/api/max-age') > 57, 'max-age');
ok(life('/api/missing-age') ne '-', '404 with max-age');
is(life('/api/missing'), '-', '404 without');



=== TEST 3: what an ASP.NET portal sends is ignored where the operator says so
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 200 2m;
    article_cache_ignore_headers Cache-Control Expires Set-Cookie;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
location /vary/ {
    article_json /-source/;
    article_base_url https://vary.example;
    article_cache_valid 200 2m;
    article_cache_ignore_headers Cache-Control Expires Set-Cookie Vary;
    add_header X-Cache $article_cache_status always;
}
--- client
ok(life('/api/asp') > 117, 'stored');
is(header(get('/api/asp'), 'Set-Cookie'), '', 'the cookie is not passed on');
ok(life('/api/max-age') > 117, 'max-age is ignored as well');
is(life('/api/asp-vary'), '-', 'Vary: * is not among them');
ok(life('/vary/asp-vary') > 117, '... unless it is');



=== TEST 4: one header ignored of three
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 200 2m;
    article_cache_ignore_headers Cache-Control;
    add_header X-Cache $article_cache_status always;
    add_header X-Reason $article_reason always;
}
--- client
is(life('/api/asp'), '-', 'Set-Cookie');
is(reason('/api/asp'), 'origin_set_cookie', 'reason');
is(life('/api/1981'), '-', 'Expires');
ok(life('/api/private') > 117, 'Cache-Control');



=== TEST 5: statuses
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 200 2m;
    article_cache_valid 404 10s;
    article_cache_valid any 1m;
    add_header X-Cache $article_cache_status always;
}
location /five/ {
    article_json /-source/;
    article_base_url https://five.example;
    article_cache_valid 5m;
    add_header X-Cache $article_cache_status always;
}
location /none/ {
    article_json /-source/;
    article_base_url https://none.example;
    article_cache_valid 200 0;
    add_header X-Cache $article_cache_status always;
}
--- client
ok(life('/api/nothing') > 117, 'status 200');
isnt(life('/api/missing'), '-', 'status 404');
isnt(life('/api/gone'), '-', '410, by any');
isnt(life('/api/missing-age'), '-', '404 with its own');
ok(life('/five/nothing') > 297, 'a time without codes is for 200');
is(life('/five/missing'), '-', '... alone');
is(life('/none/nothing'), '-', 'a time of 0');



=== TEST 6: how long it may be used when it is no longer fresh
--- bare
--- http_config
    article_zone main:2m;
--- config eval
$Article::gateway . q(
    location /-source/ {
        internal;
        if (-f $document_root/down) {
            return 503;
        }
        proxy_pass http://$TEST_NGINX_PORTAL:/;
    }
)
--- client
my @paths = qw(short stale must swr-0);

is(status(get("/api/$_")), 200, "$_: fetched") for @paths;

sleep 2.1;
open my $down, '>', Test::Nginx::Util::html_dir() . '/down';

is(status(get('/api/short')), 200, 'short: for a day');
is(status(get('/api/stale')), 200, 'stale-while-revalidate');
is(status(get('/api/must')), 502, 'must-revalidate');
is(status(get('/api/swr-0')), 502, 'stale-if-error=0');

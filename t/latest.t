# Copyright (C) ngx_article authors
#
# article_latest: a feed of the newest articles, kept as articles are stored.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

# an article of a day in May, of a section
our $dated = sub {
    my ($title, $day, $section, @headers) = @_;
    my $html = article($title);

    $html =~ s{16/05/2026 08:30}{$day};
    $html =~ s{</head>}{<meta property="article:section" content="$section">
        </head>} if $section;
    return [answer($html, @headers)];
};

our $listing = sub {
    my (@entries) = @_;
    my $entries = join '', map {
        my ($n, $title, $date, $teaser) = @$_;
        "<div class=tin><h3><a href=/tin/$n>$title</a></h3><i>$date</i>"
        . "<p>$teaser</p></div>";
    } @entries;

    return [answer("<!DOCTYPE html><html lang=vi><meta charset=utf-8>"
                   . "<title>X\xc3\xa3 h\xe1\xbb\x99i</title><ul class=menu>"
                   . "<li><a href=/kt>Kinh t\xe1\xba\xbf</a>"
                   . "<li><a href=/vh>V\xc4\x83n h\xc3\xb3a</a></ul>"
                   . "<h1>X\xc3\xa3 h\xe1\xbb\x99i</h1>$entries")];
};

our @entries = (
    [1, "Huy\xe1\xbb\x87n T\xc3\xa2n Ph\xc3\xba "
        . "m\xe1\xbb\x9f h\xe1\xbb\x99i xu\xc3\xa2n", '03/02/2020 | 08:15',
     "T\xe1\xbb\xab s\xc3\xa1ng s\xe1\xbb\x9bm, h\xc3\xa0ng "
     . "ngh\xc3\xacn ng\xc6\xb0\xe1\xbb\x9di \xc4\x91\xc3\xa3 "
     . "v\xe1\xbb\x81 s\xc3\xa2n \xc4\x91\xc3\xacnh d\xe1\xbb\xb1 "
     . "l\xe1\xbb\x85 r\xc6\xb0\xe1\xbb\x9bc "
     . "n\xc6\xb0\xe1\xbb\x9bc."],
    [2, "Khai gi\xe1\xba\xa3ng l\xe1\xbb\x9bp "
        . "d\xe1\xba\xa1y ngh\xe1\xbb\x81 cho ph\xe1\xbb\xa5 "
        . "n\xe1\xbb\xaf", '02/02/2020',
     "Ba m\xc6\xb0\xc6\xa1i ch\xe1\xbb\x8b em x\xc3\xa3 "
     . "H\xc3\xb2a An b\xe1\xba\xaft \xc4\x91\xe1\xba\xa7u "
     . "h\xe1\xbb\x8dc may c\xc3\xb4ng nghi\xe1\xbb\x87p "
     . "t\xe1\xbb\xab h\xc3\xb4m qua."],
    [3, "N\xc6\xb0\xe1\xbb\x9bc s\xe1\xba\xa1ch "
        . "v\xe1\xbb\x81 th\xc3\xb4n \xc4\x90\xc3\xb4ng", '01/02/2020',
     "Sau nhi\xe1\xbb\x81u n\xc4\x83m ch\xe1\xbb\x9d "
     . "\xc4\x91\xe1\xbb\xa3i, \xc4\x91\xc6\xb0\xe1\xbb\x9dng "
     . "\xe1\xbb\x91ng "
     . "n\xc6\xb0\xe1\xbb\x9bc \xc4\x91\xc3\xa3 t\xe1\xbb\x9bi "
     . "t\xe1\xbb\xabng nh\xc3\xa0 \xe1\xbb\x9f th\xc3\xb4n "
     . "\xc4\x90\xc3\xb4ng."]);

origin((map { ("/d$_" => $dated->("Tin ng\xc3\xa0y $_", "$_/05/2026 08:30")) }
        10 .. 25),
       '/k1' => $dated->('Tin k1', '01/06/2026 07:00',
                         "Kinh t\xe1\xba\xbf"),
       '/v1' => $dated->('Tin v1', '02/06/2026 07:00', 'V'),
       '/future' => $dated->("Tin mai sau", '01/01/2031 07:00'),
       '/day' => $dated->("Tin trong thang", '20/05/2026'),
       '/private' => $dated->('Tin kín', '10/05/2026 08:30', '',
                              'Cache-Control: private'),
       '/cookie' => $dated->('Tin bánh', '10/05/2026 08:30', '',
                             'Set-Cookie: a=b'),
       '/xh' => $listing->(@entries),
       '/tin/2' => $dated->("Khai gi\xe1\xba\xa3ng l\xe1\xbb\x9bp",
                            '02/02/2020 09:00'));
redis();

our $config = $Article::gateway . q{
    location = /latest {
        article_latest page=5;
        article_base_url https://bao.example;
        add_header X-Cache $article_cache_status always;
        add_header X-Reason $article_reason always;
    }
    location = /article-status { article_status; }
};

our $titles = sub {
    return join ' ', map { $_->{title} =~ /(\S+)$/ } @{json($_[0])->{items}};
};

our $next = sub {
    return json($_[0])->{next_url} =~ s{^https://bao.example}{}r;
};

run_article_tests();

__DATA__

=== TEST 1: empty; then by date, paged
--- config eval
$::config
--- client
my $a = get('/latest');
is(status($a), 200, 'empty: no error');
is_deeply(json($a)->{items}, [], 'no items');
is(json($a)->{feed_url}, 'https://bao.example/latest', 'feed_url');
is(json($a)->{title}, 'bao.example', 'title');
ok(!exists json($a)->{next_url}, 'no next page');

get("/api/d$_") for 12, 10, 15, 11, 14, 13;
$a = get('/latest');
is($::titles->($a), '15 14 13 12 11', 'the newest first');
my $item = json($a)->{items}[0];
is($item->{id}, '/d15', 'id');
is($item->{url}, 'https://bao.example/d15', 'url');
is($item->{_article}{json_url}, 'https://bao.example/api/d15', 'json_url');
like($item->{summary}, qr/\S/, 'summary');
ok(!exists $item->{_article}{partial}, 'it was read');
ok(!exists $item->{content_html}, 'in short');

my $b = get($::next->($a));
is($::titles->($b), '10', 'the next page');
ok(!exists json($b)->{next_url}, 'is the last');

get('/api/d20');
is($::titles->(get('/latest')), '20 15 14 13 12', 'a newer one');
is($::titles->(get($::next->($a))), '10', 'the pages behind stay as they were');



=== TEST 2: headers: ETag, 304, HEAD, gzip, CORS, cache
--- config eval
$::config =~ s/page=5;/page=20; article_cors *;/r
--- client
get("/api/d$_") for 10 .. 15;
my $a = get('/latest');
my $etag = header($a, 'ETag');
like($etag, qr/^"[0-9a-f]{32}"$/, 'a strong ETag');
is(json($a)->{_article}{version}, $etag =~ tr/"//dr, 'the version');
is(header($a, 'Cache-Control'), 'public, max-age=10', 'Cache-Control');
like(header($a, 'Cache-Status'), qr/^ngx_article; hit; ttl=/, 'Cache-Status');
is(header($a, 'X-Cache'), 'HIT', '$article_cache_status');
is(header($a, 'Access-Control-Allow-Origin'), '*', 'CORS');
is(header($a, 'X-Robots-Tag'), 'noindex', 'robots');
is(header($a, 'Link'), '', 'no page is its canonical one');
is(header(get('/latest'), 'ETag'), $etag, 'the same again');

is(status(get('/latest', "If-None-Match: $etag")), 304, 'not modified');
my $h = get('HEAD /latest');
is(header($h, 'ETag'), $etag, 'HEAD');
is(header($h, 'Content-Length'), length body($a), 'its length');

get('/latest', 'Accept-Encoding: gzip');
my $z = get('/latest', 'Accept-Encoding: gzip');
is(header($z, 'Content-Encoding'), 'gzip', 'gzip');
is(header($z, 'ETag'), $etag =~ s/"$/-gz"/r, 'of its own ETag');
is(status(get('/latest', 'Accept-Encoding: gzip',
              'If-None-Match: ' . header($z, 'ETag'))), 304, 'nor that');

get('/api/d16');
isnt(header(get('/latest'), 'ETag'), $etag, 'another one is in');
is(status(get('OPTIONS /latest', 'Origin: https://a.example',
              'Access-Control-Request-Method: GET')), 204, 'OPTIONS');
is(status(get('POST /latest')), 405, 'POST');



=== TEST 3: since
--- config eval
$::config
--- client
get("/api/d$_") for 10 .. 13;
get('/api/day');
my $since = sub { $::titles->(get("/latest?since=$_[0]")) };
is($since->('2026-05-12T08:30:00%2B07:00'), "thang 13 12", 'RFC 3339');
is($since->('2026-05-12T08:30:00+07:00'), "thang 13 12", 'a plain plus');
is($since->('2026-05-12T01:30:00Z'), "thang 13 12", 'UTC');
is($since->('2026-05-12T01:30:01.5Z'), "thang 13", 'a second later');
is($since->(1778549400), "thang 13 12", 'Unix seconds');
is($since->('2026-05-20T23:59:00+07:00'), "thang",
   'of which only the day is known: all of that day');
is($since->('2026-05-21T00:00:00+07:00'), '', 'and no longer');

my $a = get('/latest?since=2031-01-01T00:00:00Z');
is(status($a), 200, 'in the future: no error');
is_deeply(json($a)->{items}, [], 'nothing');

for my $bad ('yesterday', '2026-13-01T00:00:00Z', '2026-02-29T00:00:00Z',
             '2026-05-12T25:00:00Z', '2026-05-12', '2026-05-12T00:00:00',
             '2026-05-12T00:00:00Z1', '-5', '12e3', '999999999999999',
             '2026-05-12T00:00:00%00Z')
{
    my $a = get("/latest?since=$bad");
    is(status($a), 400, "$bad: 400");
    is(json($a)->{reason}, 'bad_argument', 'a problem');
    is(json($a)->{title}, 'Bad Request', 'its title');
    is(header($a, 'X-Reason'), 'bad_argument', '$article_reason');
}
is(status(get('/latest?before=1-2')), 400, 'a bad place');
is(status(get('/latest?before=1-2-' . 'g' x 32)), 400, 'no hexadecimal');
is(status(get('/latest?since=')), 200, 'empty: as if it was not there');



=== TEST 4: since and pages together; a section
--- config eval
$::config
--- client
get("/api/d$_") for 10 .. 18;
get("/api/$_") for qw(k1 v1);
my $a = get('/latest?since=2026-05-12T00:00:00Z');
is($::titles->($a), 'v1 k1 18 17 16', 'the first page');
my $b = get($::next->($a));
is($::titles->($b), '15 14 13 12', 'the second');
ok(!exists json($b)->{next_url}, 'the last');

$a = get('/latest?section=Kinh%20t%E1%BA%BF');
is($::titles->($a), 'k1', 'of the section');
is(json($a)->{title}, "Kinh t\x{1ebf} - bao.example", 'title');
is(json($a)->{_article}{section}, "Kinh t\x{1ebf}", 'section');
is(json($a)->{feed_url},
   'https://bao.example/latest?section=Kinh%20t%E1%BA%BF', 'feed_url');
is(json($a)->{items}[0]{_article}{section}, "Kinh t\x{1ebf}", 'of the item');
is($::titles->(get('/latest?section=None')), '', 'of no such one: empty');
is(status(get('/latest?section=%22%3Cb%3E%00%0A')), 200, 'any bytes');



=== TEST 5: of a listing: partial, until the article is read
--- config eval
$::config
--- client
get('/api/xh');
my $a = get('/latest');
is(scalar @{json($a)->{items}}, 3, 'those that it lists');
my ($one, $two) = @{json($a)->{items}};
is($one->{id}, '/tin/1', 'the newest');
is($one->{_article}{partial}, JSON::PP::true, 'partial');
is($one->{date_published}, '2020-02-03T08:15:00+07:00', 'what it gives');
like($one->{summary}, qr/ngh/, 'the teaser');
is($two->{_article}{date_precision}, 'day', 'to the day');
is($::titles->(get("/latest?section=X%C3%A3%20h%E1%BB%99i")),
   $::titles->($a), 'the listing is their section');

get('/api/tin/2');
$a = get('/latest');
is(scalar @{json($a)->{items}}, 3, 'no one twice');
($two) = grep { $_->{id} eq '/tin/2' } @{json($a)->{items}};
ok(!exists $two->{_article}{partial}, 'read');
is($two->{date_published}, '2020-02-02T09:00:00+07:00', 'as it says itself');
is(scalar @{json(get("/latest?section=X%C3%A3%20h%E1%BB%99i"))->{items}}, 3,
   'of the section still');

get('PURGE /api/xh');
get('/api/xh');
($two) = grep { $_->{id} eq '/tin/2' } @{json(get('/latest'))->{items}};
ok(!exists $two->{_article}{partial}, 'the listing does not undo it');



=== TEST 6: what is not for everybody never comes in; nor what bypasses
--- config eval
$::config
--- client
get("/api/$_") for qw(private cookie);
get('/api/d10', 'Authorization: Basic eDp5');
is($::titles->(get('/latest')), '', 'empty');
get('/api/turns');
is($::titles->(get('/latest')), '/turns', 'what is');
change('/turns' => $::dated->('Tin /turns', '11/05/2026 08:30', '',
                              'Cache-Control: private'));
get('PURGE /api/turns');
get('/api/turns');
is($::titles->(get('/latest')), '', 'it is no longer: it leaves');



=== TEST 7: withdrawn and ended articles leave
--- config eval
$::config =~ s/article_cache_valid 200 5m;/article_cache_valid 200 404 1s;/r
--- client
get("/api/d$_") for 18 .. 25;
is($::titles->(get('/latest')), '25 24 23 22 21', 'there');
get('PURGE /api/d25', 'X-Article-Purge: withdraw');
is($::titles->(get('/latest')), '24 23 22 21 20', 'withdrawn: gone at once');
get('PURGE /api/d25', 'X-Article-Purge: lift');
get('/api/d25');
is($::titles->(get('/latest')), '25 24 23 22 21', 'lifted, read: there');

change('/d24' => [answer('x', '404 Not Found')],
       '/d23' => [answer('', '302 Found', 'Location: /d22')]);
sleep 2.1;
get("/api/d$_") for 25, 24, 23, 22, 21, 20;
is($::titles->(get('/latest')), '25 22 21 20 19', '404, a redirect: gone');
get('PURGE /api/d22');
is($::titles->(get('/latest')), '25 22 21 20 19', 'a purge ends nothing');



=== TEST 8: two portals do not mix; dates to come; what is undated
--- config eval
$::config . q{
    location /other/ {
        article_json /-source/;
        article_base_url https://other.example;
        article_cache_valid 200 5m;
    }
    location = /other-latest {
        article_latest;
        article_base_url https://other.example;
    }
}
--- client
get("/api/d$_") for 10, 11;
get('/other/d12');
is($::titles->(get('/latest')), '11 10', 'one');
is($::titles->(get('/other-latest')), '12', 'the other');

get('/api/future');
is($::titles->(get('/latest')), 'sau 11 10', 'now, whatever its date');
sleep 1.1;
my $html = article('Tin 99');
$html =~ s{<p class="date">.*?</p>}{};
change('/u' => [answer($html)]);
get('/api/u');
is($::titles->(get('/latest')), '99 sau 11 10', 'when it was seen first');
ok(!exists json(get('/latest'))->{items}[0]{date_published}, 'no date made up');

my $status = status_json()->{latest};
is($status->[0]{portal}, 'bao.example', 'article_status');
is($status->[0]{items}, 4, 'items');



=== TEST 9: the list is bounded: the oldest go
--- config eval
$::config =~ s/page=5/page=100 length=20/r
--- client
get("/api/d$_") for 10 .. 25;
get('/api/' . $_) for map { "x$_" } 1 .. 10;
my $a = get('/latest');
is(scalar @{json($a)->{items}}, 20, 'twenty');
unlike($::titles->($a), qr/^10| 10\b/, 'not the oldest');
like($::titles->($a), qr/^25 /, 'the newest');



=== TEST 10: article off
--- config eval
"article off;" . $::config
--- client
is(status(get('/latest')), 404, 'as if the directive was not there');



=== TEST 11: a source: fetched by itself, and again; what it lists comes in
--- config eval
$::config =~ s/page=5;/page=5; article_latest_source \/api\/xh2 interval=1s;/r
--- client
change('/xh2' => $::listing->(@::entries));
ok(defined within(3, sub { @{json(get('/latest'))->{items}} == 3 }),
   'without a request for it');
my $n = () = seen(qr{^GET /xh2 });
is(header(get('/api/xh2'), 'X-Cache'), 'HIT', 'it is stored like any other');
my @more = ([4, $::entries[0][1] . ' 4', '04/02/2020 | 09:00',
             $::entries[0][3]], @::entries);
change('/xh2' => $::listing->(@more));
ok(defined within(3, sub { @{json(get('/latest'))->{items}} == 4 }),
   'a new one, within its interval');
sleep 1;
cmp_ok(scalar(my @a = seen(qr{^GET /xh2 })) - $n, '<=', 4, 'once in it');

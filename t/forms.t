# Copyright (C) ngx_article authors
#
# Two representations of an article: whole, and its summary.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Compress::Zlib;
use Test::More;

our $listing = "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\">"
    . "<title>Chuyen muc</title></head><body><h1>Chuyen muc</h1><ul>"
    . join('', map { "<li><h3><a href=\"/muc/tin-so-$_-dai-dong-1234$_.html\">"
                     . "Tin so $_ cua chuyen muc hom nay, mot dong dai</a></h3>"
                     . "<p>Tom tat cua tin so $_ trong chuyen muc nay.</p></li>"
                   } 10 .. 29)
    . '</ul><a href="/muc?page=2" rel="next">Trang sau</a></body></html>';

origin('/muc' => [answer($listing)],
       '/cu?a=1' => [answer('', '301 Moved', 'Location: /moi?b=2')],
       '/cu' => [answer('', '301 Moved', 'Location: /moi')],
       '/rieng' => [answer(article('Rieng'), 'Cache-Control: private')],
       '/mat' => [answer('', '404 Not Found')]);

our $directive = $Article::gateway =~ s/article_json/article_form summary;
    article_json/r;

sub etag { return header($_[0], 'ETag') }

run_article_tests();

__DATA__

=== TEST 1: the summary, from the portal and from the cache
--- client
for my $first (qw(/api/a?form=summary /api/b)) {
    my ($page) = $first =~ m{(/api/\w)};
    get($first);

    my $whole = get($page);
    my $brief = get("$page?form=summary");

    is_deeply([sort keys %{json($brief)}],
              [qw(_article date_published id summary title url)],
              "$first: members");
    is_deeply([sort keys %{json($brief)->{_article}}],
              [qw(date_precision json_url kind schema version)], 'and ours');

    for my $name (qw(id url title summary date_published)) {
        is(json($brief)->{$name}, json($whole)->{$name}, $name);
    }

    is(json($brief)->{_article}{version}, json($whole)->{_article}{version},
       'version');
    ok(length body($brief) < length(body($whole)) / 3, 'short');
    is(header($_, 'X-Cache'), 'HIT', 'from the cache') for $whole, $brief;
}

is(scalar seen(qr{^GET /[ab][ ?]}), 2, 'one fetch each');
is(scalar seen(qr{form=(?:summary|full)}), 0, 'the portal does not hear of it');



=== TEST 2: an ETag each, strong
--- client
get('/api/c');
my ($whole, $brief) = map { get($_) } qw(/api/c /api/c?form=summary);

like(etag($whole), qr/^"[0-9a-f]{32}"$/, 'of the whole');
like(etag($brief), qr/^"[0-9a-f]{32}-s"$/, 'of the summary');

for ([$whole, '/api/c'], [$brief, '/api/c?form=summary']) {
    my ($own, $path) = @$_;

    is(status(get($path, 'If-None-Match: ' . etag($own))), 304, "$path: not changed");
    is(status(get($path, 'If-None-Match: W/' . etag($own))), 304, 'weakly');
    is(status(get($path, 'If-Modified-Since: '
                  . header($own, 'Last-Modified'))), 304, 'by date');

    my $part = get($path, 'Range: bytes=5-14', 'If-Range: ' . etag($own));
    is(status($part), 206, 'Range');
    is(body($part), substr(body($own), 5, 10), 'the right bytes');

    my $head = get("HEAD $path");
    is(header($head, $_), header($own, $_), "HEAD: $_")
        for qw(ETag Content-Length Content-Type Cache-Control Last-Modified
               Link Vary);
}

is(status(get('/api/c', 'If-None-Match: ' . etag($brief))), 200,
   'not of the other');
is(status(get('/api/c?form=summary', 'If-None-Match: ' . etag($whole))), 200,
   'nor the other way round');
is(body(get('/api/c?form=summary', 'Range: bytes=0-4',
            'If-Range: ' . etag($whole))), body($brief), 'If-Range');



=== TEST 3: gzip forms
--- client
my %forms;

for my $path ('/api/muc', '/api/muc?form=summary') {
    get($path, 'Accept-Encoding: gzip') for 1 .. 2;
    sleep 0.1;

    my $plain = get($path);
    my $gzip = get($path, 'Accept-Encoding: gzip');

    is(header($gzip, 'Content-Encoding'), 'gzip', "$path: stored");
    is(Compress::Zlib::memGunzip(body($gzip)), body($plain), 'the same bytes');
    is(status(get($path, 'Accept-Encoding: gzip', 'If-None-Match: '
                  . etag($gzip))), 304,
       'not changed');
    $forms{etag($_)}++ for $plain, $gzip;
}

is(scalar keys %forms, 4, 'four forms, four ETags');



=== TEST 4: a listing
--- client
my ($whole, $brief) = map { json(get($_)) } qw(/api/muc /api/muc?form=summary);

is(@{$whole->{items}}, 20, 'a feed');
is_deeply($brief->{items}, $whole->{items}, 'with all its items');
is($brief->{feed_url}, 'https://bao.example/api/muc?form=summary',
   'leads to itself');
is($brief->{next_url}, 'https://bao.example/api/muc?page=2&form=summary',
   'and on, in its own form');
is($whole->{next_url}, 'https://bao.example/api/muc?page=2', 'the whole one not');



=== TEST 5: by directive
--- config eval
$::directive
--- client
ok(!json(get('/api/d'))->{content_html}, 'the summary');
ok(!json(get('/api/d?form=summary'))->{content_html}, 'asked for as well');
ok(json(get('/api/d?form=full'))->{content_html}, 'the whole, if asked for');
is(scalar seen(qr{^GET /d[ ?]}), 1, 'one fetch');



=== TEST 6: what has no summary
--- client
like(header(get('/api/cu?a=1&form=summary'), 'Location'),
     qr{/api/moi\?b=2&form=summary$}, 'redirects lead to one');
like(header(get('/api/cu?form=summary'), 'Location'),
     qr{/api/moi\?form=summary$}, 'without arguments');
is(header(get('/api/cu'), 'Location'), 'https://bao.example/api/moi', 'or not');
is(json(get('/api/mat?form=summary'))->{reason}, 'origin_not_found', 'problem');
is(json(get('/api/mat?form=summary'))->{reason}, 'origin_not_found', 'stored');

get('/api/e?form=tom');
is(scalar seen(qr{^GET /e\?form=tom }), 1, 'another form is the portal\'s');



=== TEST 7: what is not stored leaves no summary behind
--- client
for (1 .. 2) {
    my $a = get('/api/rieng?form=summary');
    is(header($a, 'X-Reason'), 'origin_private', 'not stored');
    ok(!json($a)->{content_html}, 'short');
}
is(scalar seen(qr{^GET /rieng }), 2, 'fetched twice');



=== TEST 8: a new text, a new summary
--- client
get('/api/f?form=summary');
my $old = get('/api/f?form=summary');
change('/f' => [answer(article('Khac han'))]);
get('PURGE /api/f');
get('/api/f');
my $new = get('/api/f?form=summary');
is(header($new, 'X-Cache'), 'HIT', 'stored');
is(json($new)->{title}, 'Khac han', 'the new one');
isnt(etag($new), etag($old), 'another ETag');



=== TEST 9: without shared memory
--- bare
--- config eval
$::directive . $Article::source
--- client
ok(!json(get('/api/g'))->{content_html}, 'the summary');
ok(json(get('/api/g?form=full'))->{content_html}, 'the whole');

# Copyright (C) ngx_article authors
#
# article_cache_revalidate: the portal is asked whether a page has changed.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $page = article('Bai');

# each is fresh for a second, and then a 304 says for how long
sub page { return [answer($page, 'Cache-Control: max-age=1', @_)] }
sub same {
    my $head = join "\r\n", 'HTTP/1.1 304 Not Modified', @_, '', '';
    return [$head];
}

our @lm = ('Last-Modified: Wed, 20 May 2026 01:02:03 GMT');
our @etag = ('ETag: "v1"');

origin('/etag' => page(@etag), '/weak' => page('ETag: W/"v\1"', 'ETag: W/"v1"'),
       '/w' => page('ETag: W/"v1"'), '/date' => page(@lm),
       '/both' => page(@etag, @lm), '/khong' => page(),
       '/odd' => page('ETag: v1'), '/must' => page(@etag),
       '/nocache' => [answer($page, 'Cache-Control: no-cache', @etag)],
       '/nostore' => [answer($page, 'Cache-Control: no-store', @etag)],
       '/must?r=1' => page(@etag),
       '/nocache2' => [answer($page, 'Cache-Control: no-cache', @etag)],
       '/silent' => [answer($page, @etag)],
       '/changed' => page(@etag), '/gone' => page(@etag),
       '/down' => page(@etag), '/cookie' => page(@etag),
       '/purged' => page(@etag), '/herd' => page(@etag),
       '/var' => [answer($page, 'Cache-Control: max-age=1', 'Vary: Foo', @etag)],
       '/off' => page(@etag), '/posted' => page(@etag),
       '/unasked' => same('ETag: "v1"'));

our $gateway = $Article::gateway =~ s/article_cache_valid[^;]*;/
        article_cache_revalidate on;
        article_pass_request_header Foo;/r;
our $redis = "article_redis @{[redis()]};";

sub asked {
    my ($path, $header) = @_;
    return map { /^\Q$header\E: ([^\r]*)/m ? $1 : '-' } seen(qr{^GET \Q$path\E });
}

sub state_of { return header($_[0], 'X-Cache') }

run_article_tests();

__DATA__

=== TEST 1: asked with what it has, and believed
--- config eval
$::gateway
--- client
my %asked = (etag => ['"v1"', '-'], w => ['W/"v1"', '-'],
             date => ['-', 'Wed, 20 May 2026 01:02:03 GMT'],
             both => ['"v1"', 'Wed, 20 May 2026 01:02:03 GMT']);
my %first = map { $_ => get("/api/$_") } keys %asked;

change(map { ("/$_" => main::same('Cache-Control: max-age=60')) } keys %asked);
sleep 2.1;

for my $name (sort keys %asked) {
    my $a = get("/api/$name");

    is(main::state_of($a), 'REVALIDATED', $name);
    like(header($a, 'Cache-Status'), qr/; fwd=stale; fwd-status=304; stored$/,
         'Cache-Status');
    is(header($a, $_), header($first{$name}, $_), $_)
        for qw(ETag Last-Modified Content-Length);
    is(body($a), body($first{$name}), 'the same bytes');
    is(header($a, 'Cache-Control'), 'max-age=60', 'as the 304 says');

    is(main::state_of(get("/api/$name")), 'HIT', 'fresh again');
    is((main::asked("/$name", 'If-None-Match'))[1], $asked{$name}[0], 'ETag');
    is((main::asked("/$name", 'If-Modified-Since'))[1], $asked{$name}[1],
       'date');
}



=== TEST 2: not asked
--- config eval
$::gateway
--- client
get("/api/$_") for qw(khong odd);
sleep 2.1;
for (qw(khong odd)) {
    is(main::state_of(get("/api/$_")), 'EXPIRED', "$_: fetched anew");
    is_deeply([main::asked("/$_", 'If-None-Match')], ['-', '-'], 'whole');
}



=== TEST 3: a page that has changed
--- config eval
$::gateway
--- client
my $old = get('/api/changed');
change('/changed' => [answer(article('Khac'), 'Cache-Control: max-age=60',
                             'ETag: "v2"')]);
sleep 2.1;
my $new = get('/api/changed');
is(main::state_of($new), 'EXPIRED', 'read again');
is(json($new)->{title}, 'Khac', 'the new one');
isnt(header($new, 'ETag'), header($old, 'ETag'), 'another ETag');



=== TEST 4: again and again, always the last validator
--- config eval
$::gateway
--- client
get('/api/must');
change('/must' => main::same('Cache-Control: max-age=1', 'ETag: "v2"'));
sleep 2.1;
is(main::state_of(get('/api/must')), 'REVALIDATED', 'once');
sleep 2.1;
is(main::state_of(get('/api/must')), 'REVALIDATED', 'twice');
is_deeply([main::asked('/must', 'If-None-Match')], ['-', '"v1"', '"v2"'],
          'by the new one');



=== TEST 5: no-cache is stored to be asked about, no-store is not
--- config eval
$::gateway
--- client
my $first = get('/api/nocache');
is(header($first, 'Cache-Control'), 'no-cache', 'handed on');
change('/nocache' => main::same());
for (1 .. 2) {
    my $a = get('/api/nocache');
    is(main::state_of($a), 'REVALIDATED', 'asked each time');
    is(header($a, 'Cache-Control'), 'no-cache', 'as before');
    is(body($a), body($first), 'the stored one');
}

get('/api/nostore');
is(main::state_of(get('/api/nostore')), 'MISS', 'no-store');
get('/api/silent');
is(main::state_of(get('/api/silent')), 'MISS',
   'what nobody said how long it is fresh');



=== TEST 6: no-cache and the portal down: the stored one is not sent
--- config eval
$::gateway
--- client
get('/api/nocache2');
change('/nocache2' => [answer('', '503 Down')]);
is(status(get('/api/nocache2')), 502, 'a problem');



=== TEST 7: the end of a page, and a failure
--- config eval
$::gateway
--- client
get("/api/$_") for qw(gone down);
change('/gone' => [answer('', '404 Not Found')],
       '/down' => [answer('', '500 Oh')]);
sleep 2.1;
is(status(get('/api/gone')), 404, 'gone');
is(main::state_of(get('/api/down')), 'STALE', 'down: the old one');
change('/down' => main::same('Cache-Control: max-age=60'));
is(main::state_of(get('/api/down')), 'REVALIDATED', 'up again');



=== TEST 8: a 304 that sets a cookie
--- config eval
$::gateway
--- client
get('/api/cookie');
change('/cookie' => main::same('Set-Cookie: a=b'));
sleep 2.1;
my $a = get('/api/cookie');
is(header($a, 'X-Reason'), 'origin_set_cookie', 'is not stored');
is(json($a)->{title}, 'Bai', 'but sent');
is(header($a, 'Set-Cookie'), '', 'without it');



=== TEST 9: a purged page is read, not asked about
--- config eval
$::gateway
--- client
get('/api/purged');
is(status(get('PURGE /api/purged', 'X-Article-Purge: soft')), 200, 'purged');
change('/purged' => [answer(article('Moi'), 'Cache-Control: max-age=60')]);
get('/api/purged');
sleep 0.3;
is_deeply([main::asked('/purged', 'If-None-Match')], ['-', '-'], 'whole');
is(json(get('/api/purged'))->{title}, 'Moi', 'the new one');



=== TEST 10: many who wait for one 304
--- config eval
$::gateway
--- client
get('/api/herd');
change('/herd' => [\0.3, @{main::same('Cache-Control: max-age=60')}]);
sleep 2.1;
my @clients = map { my $s = open_client(); ask($s, '/api/herd'); $s } 1 .. 20;
my %got;
$got{status($_) . json($_)->{title}}++ for map { answered($_) } @clients;
is_deeply(\%got, { '200Bai' => 20 }, 'all have it');
is(scalar main::asked('/herd', 'Host'), 2, 'one fetch');



=== TEST 11: variants
--- config eval
$::gateway
--- client
get('/api/var', "Foo: $_") for 1, 2;
change('/var' => main::same('Cache-Control: max-age=60'));
sleep 2.1;
for (1, 2) {
    my $a = get('/api/var', "Foo: $_");
    is(main::state_of($a), 'REVALIDATED', "variant $_");
    like(header($a, 'Vary'), qr/^Foo/, 'Vary');
}
is(main::state_of(get('/api/var', 'Foo: 1')), 'HIT', 'stored');
is(main::state_of(get('/api/var', 'Foo: 3')), 'MISS', 'a third one');



=== TEST 12: through Redis
--- bare
--- http_config eval
$::redis
--- config eval
$::gateway . $Article::source
--- client
my $first = get('/api/must?r=1');
change('/must?r=1' => main::same('Cache-Control: max-age=60'));
sleep 2.1;
my $a = get('/api/must?r=1');
is(main::state_of($a), 'REVALIDATED', 'asked');
is(body($a), body($first), 'the same bytes');
is(main::state_of(get('/api/must?r=1')), 'HIT', 'stored');



=== TEST 13: after a POST the page is read, not asked about
--- config eval
"article_base_url https://bao.example;
location / { proxy_pass http://\$TEST_NGINX_PORTAL:; }
$::gateway"
--- error_code: 200
--- client
get('/api/posted');
get('POST /posted', 'Content-Length: 0');
is(main::state_of(get('/api/posted')), 'EXPIRED', 'read');
is_deeply([main::asked('/posted', 'If-None-Match')], ['-', '-'], 'whole');



=== TEST 14: off by default; a 304 that nobody asked for
--- client
get('/api/off');
sleep 2.1;
get('/api/off');
is_deeply([main::asked('/off', 'If-None-Match')], ['-', '-'], 'off');
is(json(get('/api/unasked'))->{reason}, 'origin_unasked', 'unasked');

# Copyright (C) ngx_article authors
#
# The stored gzip form: made behind the first hit, sent as it is, with an
# ETag of its own.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use IO::Uncompress::Gunzip qw(gunzip);
use Test::More;

origin();

our @gzip = ('Accept-Encoding: gzip');
our $off = $Article::gateway =~ s/(add_header X-Cache)/article_gzip off;
        $1/r;
our $ours = $Article::gateway =~ s/(add_header X-Cache)/gzip on;
        gzip_types application\/json;
        $1/r;

sub plain {
    my $body = body($_[0]);
    my $out;

    gunzip(\$body => \$out) or return 'no gzip';
    return $out;
}

run_article_tests();

__DATA__

=== TEST 1: from the second hit on
--- client
my $plain = body(get('/api/bai'));
my $a = get('/api/bai', @::gzip);
is(header($a, 'X-Cache'), 'HIT', 'the first hit');
is(header($a, 'Content-Encoding'), '', 'is plain');

for (1, 2) {
    $a = get('/api/bai', @::gzip);
    is(header($a, 'Content-Encoding'), 'gzip', 'the next is not');
    is(plain($a), $plain, 'the same article');
    is(header($a, 'Content-Length'), length body($a), 'its length');
    like(header($a, 'Vary'), qr/Accept-Encoding/, 'told');
}

is(body(get('/api/bai')), $plain, 'others get the plain one');
is(header(get('/api/bai', 'Accept-Encoding: br, gzip;q=0'),
          'Content-Encoding'), '', 'and who refuses gzip');



=== TEST 2: each form has its own ETag, and a client's own is found
--- client
my $plain = header(get('/api/etag'), 'ETag');
get('/api/etag', @::gzip);
my $gzip = header(get('/api/etag', @::gzip), 'ETag');

like($plain, qr/^"[0-9a-f]+"$/, 'plain');
is($gzip, $plain =~ s/"$/-gz"/r, 'gzip');

is(status(get('/api/etag', @::gzip, "If-None-Match: $_")), 304, "$_: has it")
    for $gzip, $plain, "W/$plain", "W/$gzip", "\"x\", $gzip", '*';
is(status(get('/api/etag', @::gzip, 'If-None-Match: "x"')), 200, 'has not');
is(status(get('/api/etag', "If-None-Match: $plain")), 304, 'without gzip');
is(status(get('/api/etag', 'Range: bytes=0-9', "If-Range: $plain")), 206,
   'a range of the plain one');



=== TEST 3: a new version of the article has a new form
--- client
change('/new' => [answer(article('Cu'), 'Cache-Control: max-age=1')]);
get('/api/new', @::gzip) for 1 .. 3;
change('/new' => [answer(article('Moi'), 'Cache-Control: max-age=60')]);
sleep 2.1;
get('/api/new', @::gzip) for 1, 2;
my $a = get('/api/new', @::gzip);
is(header($a, 'Content-Encoding'), 'gzip', 'made again');
like(plain($a), qr/"title":"Moi"/, 'of the new one');



=== TEST 4: article_gzip off
--- config eval
$::off
--- client
get('/api/off', @::gzip) for 1, 2;
is(header(get('/api/off', @::gzip), 'Content-Encoding'), '', 'plain');



=== TEST 5: nginx's own gzip beside it: never twice
--- config eval
$::ours
--- client
my $plain = body(get('/api/both'));

for (1 .. 3) {
    my $a = get('/api/both', @::gzip);
    is(header($a, 'Content-Encoding'), 'gzip', 'compressed');
    is(plain($a), $plain, 'once') if header($a, 'Content-Length');
}

get('/api/weak');
my $weak = header(get('/api/weak', @::gzip), 'ETag');
like($weak, qr{^W/}, 'nginx compressed it');
is(status(get('/api/weak', @::gzip, "If-None-Match: $weak")), 304, 'known');



=== TEST 6: a purge takes it as well
--- client
get('/api/gone', @::gzip) for 1 .. 3;
get('PURGE /api/gone');
change('/gone' => [answer('', '404 Not Found')]);
is(status(get('/api/gone', @::gzip)), 404, 'gone');

# Copyright (C) ngx_article authors
#
# What was withdrawn is not listed either, in no stored feed on any host.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

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

origin('/xh' => $listing->(@entries),
       '/yh' => $listing->(@entries[0, 1], [$entries[2][0] . '?utm_source=a',
                                            @{$entries[2]}[1 .. 3]]));
redis();

our $ids = sub {
    return join ' ', map { $_->{id} =~ /(\d+)/ } @{json($_[0])->{items}};
};

run_article_tests();

__DATA__

=== TEST 1: a stored feed leaves it out, from one request to the next
--- client
my $before = seen(qr{^GET /xh });
my $etag = header(get('/api/xh'), 'ETag');
is($::ids->(get('/api/xh')), '1 2 3', 'stored');

get('PURGE /api/tin/2', 'X-Article-Purge: withdraw');
my $a = get('/api/xh');
is(header($a, 'X-Cache'), 'HIT', 'not fetched anew');
is($::ids->($a), '1 3', 'without it');
my $new = header($a, 'ETag');
isnt($new, $etag, 'another ETag');
is(json($a)->{_article}{version}, $new =~ tr/"//dr, 'which is the version');
is(header(get('/api/xh'), 'ETag'), $new, 'always the same');
is(status(get('/api/xh', "If-None-Match: $etag")), 200, 'who has it reads anew');
is(status(get('/api/xh', "If-None-Match: $new")), 304, 'once');
like(json($a)->{items}[1]{summary}, qr/\S/, 'the others are whole');

get('/api/xh', 'Accept-Encoding: gzip');
is(header(get('/api/xh', 'Accept-Encoding: gzip'), 'ETag'),
   $new =~ s/"$/-gz"/r, 'gzip too');

get('PURGE /api/tin/1', 'X-Article-Purge: withdraw');
get('PURGE /api/tin/3', 'X-Article-Purge: withdraw');
is($::ids->(get('/api/xh')), '', 'none is left');
get('PURGE /api/xh');
$a = get('/api/xh');
is(header($a, 'X-Cache'), 'MISS', 'fetched anew');
is($::ids->($a), '', 'nor then');

get("PURGE /api/tin/$_", 'X-Article-Purge: lift') for 1 .. 3;
$a = get('/api/xh');
is($::ids->($a), '1 2 3', 'lifted: listed');
is(header($a, 'ETag'), $etag, 'as before');
is(seen(qr{^GET /xh }) - $before, 2, 'no fetch for it');



=== TEST 2: by another of its addresses, and not by one that is no article's
--- client
is($::ids->(get('/api/yh')), '1 2 3', 'stored');
get('PURGE /api/tin/9', 'X-Article-Purge: withdraw');
is($::ids->(get('/api/yh')), '1 2 3', 'nothing of it is withdrawn');
get('PURGE /api/tin/3?utm_source=x', 'X-Article-Purge: withdraw');
is($::ids->(get('/api/yh')), '1 2', 'a tracking argument is no matter');



=== TEST 3: on the other host, within a second
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix w3;
article_redis_timeout 2s;
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix w3;'
       . 'article_redis_timeout 2s;');
sleep 0.7;
get('/api/xh');
is($::ids->(other('/api/xh')), '1 2 3', 'stored');
get('PURGE /api/tin/2', 'X-Article-Purge: withdraw');
my $t = within(3, sub { $::ids->(other('/api/xh')) eq '1 3' });
ok(defined $t && $t < 1, 'not listed there');
is(header(other('/api/xh'), 'ETag'), header(get('/api/xh'), 'ETag'),
   'the same ETag on both');

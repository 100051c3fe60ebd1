# Copyright (C) ngx_article authors
#
# The shared memory: full, reloaded, resized, after the death of a worker.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(3);

my $large = article("B\xc3\xa0i d\xc3\xa0i");
my $paragraph = "<p>S\xc3\xa1ng nay, \xc4\x91o\xc3\xa0n c\xc3\xb4ng "
    . "t\xc3\xa1c \xc4\x91\xc3\xa3 ki\xe1\xbb\x83m tra c\xc3\xb4ng "
    . "tr\xc6\xb0\xe1\xbb\x9dng s\xe1\xbb\x91 %d c\xe1\xbb\xa7a "
    . "t\xe1\xbb\x89nh.</p>\n";

$large =~ s{(?=</div></div>)}
           {join '', map { sprintf $paragraph, $_ } 1 .. 2500}e;

origin(
    '/large' => [answer($large)],
    '/brief' => [answer(article('B'), 'Cache-Control: max-age=1, '
                        . 'must-revalidate')],
);

$Article::source .= "    location = /article-status { article_status; }\n";


sub zone {
    return status_json()->{zone};
}


sub counter {
    return status_json()->{counters}{$_[0]};
}


# Until the old workers are gone.
sub reload {
    my $master = nginx_pid();
    my %old = map { $_ => 1 } workers_of($master);

    kill HUP => $master;

    for (1 .. 100) {
        my @now = workers_of($master);
        last if @now && !grep { $old{$_} } @now;
        sleep 0.05;
    }
}


sub change_configuration {
    my ($from, $to) = @_;
    my $file = Test::Nginx::Util::server_root() . '/conf/nginx.conf';

    open my $in, '<', $file or die "$file: $!";
    my $conf = do { local $/; <$in> };
    close $in;

    $conf =~ s/\Q$from\E/$to/ or die "$from is not in $file";
    open my $out, '>', $file or die "$file: $!";
    print $out $conf;
    close $out;
}


run_article_tests();

__DATA__

=== TEST 1: what it holds
--- client
is(zone()->{name}, 'main', 'name');
is(zone()->{size}, 2 * 1024 * 1024, 'size');
is(zone()->{entries}, 0, 'empty');

get("/api/bai-$_") for 1 .. 5;
get('/api/bai-3');

is(zone()->{entries}, 5, 'five');
cmp_ok(zone()->{bytes}, '>', 5 * 1000, 'bytes');
is(counter('stores'), 5, 'stored');
is(counter('hit_l1'), 1, 'hit');

is(status(get('PURGE /api/bai-2')), 200, 'purged');
is(zone()->{entries}, 4, 'four');



=== TEST 2: full: the least recently used go, nobody is refused
--- bare
--- http_config
    article_zone main:1m;
--- client
my ($bad, $first) = (0, 0);

for my $n (1 .. 400) {
    $bad++ if status(get("/api/bai-$n")) != 200;
    $first++ if $n % 20 == 0 && header(get('/api/bai-1'), 'X-Cache') eq 'HIT';
}

is($bad, 0, 'all are answered');
is($first, 20, 'one that is used stays');
cmp_ok(counter('evictions'), '>', 100, 'evictions');
cmp_ok(zone()->{entries}, '>', 50, 'entries');
cmp_ok(zone()->{bytes}, '>', 0.6 * 1024 * 1024, 'well filled');
is(header(get('/api/bai-399'), 'X-Cache'), 'HIT', 'a late one');
is(header(get('/api/bai-2'), 'X-Cache'), 'MISS', 'an early one');



=== TEST 3: one that is larger than a quarter of it is not kept
--- bare
--- http_config
    article_zone main:1m;
--- client
for (1, 2) {
    my $a = get('/api/large');

    is(status($a), 200, 'answered');
    cmp_ok(length body($a), '>', 300_000, 'whole');
    is(header($a, 'X-Cache'), 'MISS', 'not kept');
}

is(zone()->{entries}, 0, 'nothing is kept');



=== TEST 4: large ones among small ones
--- client
for my $n (1 .. 60) {
    get("/api/bai-$n");
    get("/api/large") if $n % 10 == 0;
}

is(header(get('/api/large'), 'X-Cache'), 'HIT', 'a large one');
is(body(get('/api/large')), body(get('/api/large')), 'the same');
is(header(get('/api/bai-60'), 'X-Cache'), 'HIT', 'a small one');



=== TEST 5: over, it is forgotten when it is asked for
--- client
get('/api/brief');
is(zone()->{entries}, 1, 'kept');
sleep 2.1;

my $purged = get('PURGE /api/brief');
is(status($purged), 404, 'there is none');
is(zone()->{entries}, 0, 'forgotten');



=== TEST 6: a reload keeps it
--- client
get("/api/bai-$_") for 1 .. 20;
reload();

is(zone()->{entries}, 20, 'entries');
is(counter('stores'), 20, 'counters');
is(header(get("/api/bai-$_"), 'X-Cache'), 'HIT', "bai-$_") for 1, 10, 20;



=== TEST 7: a reload with another size makes a new one
--- client
get("/api/bai-$_") for 1 .. 5;
change_configuration('main:2m', 'main:3m');
reload();

is(zone()->{size}, 3 * 1024 * 1024, 'size');
is(zone()->{entries}, 0, 'empty');
is(header(get('/api/bai-1'), 'X-Cache'), 'MISS', 'MISS');
is(header(get('/api/bai-1'), 'X-Cache'), 'HIT', 'HIT');



=== TEST 8: a reload with a broken size leaves the old one
--- error_log
article_zone "main:2k" is too small
--- client
get("/api/bai-$_") for 1 .. 5;
change_configuration('main:2m', 'main:2k');
kill HUP => nginx_pid();
sleep 0.5;

is(zone()->{entries}, 5, 'entries');
is(header(get('/api/bai-1'), 'X-Cache'), 'HIT', 'HIT');



=== TEST 9: killed workers
--- no_error_log
[crit]
--- client
my $master = nginx_pid();
my $bad = 0;

for my $n (1 .. 10) {
    get("/api/bai-$_") for 1 .. 10;
    kill KILL => (workers_of($master))[$n % 2];
    sleep 0.2;
}

for (1 .. 20) {
    $bad++ if status(get('/api/bai-1')) != 200;
}

is($bad, 0, 'all are answered');
is(header(get('/api/bai-1'), 'X-Cache'), 'HIT', 'HIT');
is(zone()->{entries}, 10, 'ten');



=== TEST 10: workers share it
--- client
get('/api/bai-1');
is(header(get('/api/bai-1'), 'X-Cache'), 'HIT', 'HIT') for 1 .. 12;



=== TEST 11: no name
--- bare
--- http_config
    article_zone :10m;
--- must_die
--- error_log
article_zone ":10m" must be "NAME:SIZE", as in "main:64m"



=== TEST 12: no size
--- bare
--- http_config
    article_zone main;
--- must_die
--- error_log
article_zone "main" must be "NAME:SIZE", as in "main:64m"



=== TEST 13: a size that is none
--- bare
--- http_config
    article_zone main:big;
--- must_die
--- error_log
invalid size "big" in article_zone "main:big"



=== TEST 14: a size that is too small
--- bare
--- http_config
    article_zone main:512k;
--- must_die
--- error_log
article_zone "main:512k" is too small, it must be 1m at least



=== TEST 15: twice
--- bare
--- http_config
    article_zone main:1m;
    article_zone other:1m;
--- must_die
--- error_log
"article_zone" directive is duplicate

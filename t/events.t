# Copyright (C) ngx_article authors
#
# What one host purges, withdraws or lifts holds on the others within a
# second, through Redis; and survives what befalls them.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

origin();
redis();

our $redis = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;

our $cli = sub {
    return `redis-cli -s $redis @_`;
};

our $log = sub {
    return $cli->('--raw', 'get', "$_[0]:1:{events}");
};

# the whole log is read, and nothing is missing
our $current = sub {
    my ($from) = @_;
    return within(5, sub {
        json($from->('/article-status'))->{events}{state} eq 'current'
    });
};

our $config = $Article::gateway
    . "location = /article-status { article_status; }\n";

run_article_tests();

__DATA__

=== TEST 1: a purge on one host: the other one has it no more, in a second
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e1;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e1;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');

my $longest = 0;
for my $n (1 .. 5) {
    other("/api/e1-$n");
    is(header(other("/api/e1-$n"), 'X-Level'), 'l1', 'in the L1 of the other');
    is(status(get("PURGE /api/e1-$n")), 200, 'purged');

    my $t = within(3, sub {
        header(other("/api/e1-$n"), 'X-Cache') eq 'MISS'
    });
    ok(defined $t && $t < 1, 'gone from there');
    $longest = $t if $t > $longest;
}
diag(sprintf 'a purge was seen by the other host after %.0f ms at most',
     1000 * $longest);

# ours is not undone by reading it back
get('/api/e1-1');
sleep 0.7;
is(header(get('/api/e1-1'), 'X-Level'), 'l1', 'what came after it stays');



=== TEST 2: withdrawn: 410 on both hosts, until lifted; one line each
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e2;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e2;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');
get('/api/w1');
other('/api/w1');

my $a = get('PURGE /api/w1', 'X-Article-Purge: withdraw');
is(status($a), 200, 'withdrawn');
is(json($a)->{withdrawn}, JSON::PP::true, 'says so');

$a = get('/api/w1');
is(status($a), 410, 'gone here');
is(json($a)->{reason}, 'withdrawn', 'reason');
is(header($a, 'X-Reason'), 'withdrawn', '$article_reason');
is(header($a, 'Cache-Control'), 'no-store', 'nobody keeps it');
is(status(get('HEAD /api/w1')), 410, 'HEAD');
is(status(get('/api/w1', 'Authorization: Basic eDp5')), 410, 'for everybody');

my $t = within(3, sub { status(other('/api/w1')) == 410 });
ok(defined $t && $t < 1, 'gone there within a second');
diag(sprintf 'a withdrawal was seen by the other host after %.0f ms',
     1000 * $t);
is(status_json()->{events}{withdrawn}, 1, 'counted');
is(json(other('/article-status'))->{events}{withdrawn}, 1, 'there too');

my $fetches = seen(qr{^GET /w1 });
get('/api/w1') for 1 .. 3;
is(scalar seen(qr{^GET /w1 }), $fetches, 'the portal is not asked');

is(status(other('PURGE /api/w1', 'X-Article-Purge: lift')), 200, 'lifted');
is(status(other('/api/w1')), 200, 'there again');
ok(defined within(1, sub { status(get('/api/w1')) == 200 }), 'and here');
is(status_json()->{events}{withdrawn}, 0, 'counted');
like(second_log(), qr/key [0-9a-f]{32} is withdrawn by another host/,
     'a line there');
--- error_log
article_purge: "https://bao.example/w1" was withdrawn



=== TEST 3: a withdrawal survives a restart with Redis
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e3;
article_redis_timeout 2s;
--- config eval
$::config
--- client
ok($::current->(\&get), 'reads the log');
get('PURGE /api/r1', 'X-Article-Purge: withdraw');
get('PURGE /api/r2', 'X-Article-Purge: withdraw');
get('PURGE /api/r2', 'X-Article-Purge: lift');

# a host that begins with an empty zone
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e3;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other), 'the new host has read it');
is(status(other('/api/r1')), 410, 'withdrawn');
is(status(other('/api/r2')), 200, 'lifted');



=== TEST 4: soft: the old copy is sent while the page is fetched anew
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e4;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e4;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');

get('/api/s1-slow0.3');
other('/api/s1-slow0.3');
change('/s1-slow0.3' => [\0.3, answer(article('New title'))]);

my $a = get('PURGE /api/s1-slow0.3', 'X-Article-Purge: soft');
is(status($a), 200, 'purged');
is(json($a)->{soft}, JSON::PP::true, 'softly');

my $t = time;
$a = get('/api/s1-slow0.3');
cmp_ok(time - $t, '<', 0.25, 'nobody waits');
is(header($a, 'X-Cache'), 'STALE', 'the old copy');
is(header(get('/api/s1-slow0.3'), 'X-Cache'), 'UPDATING', 'once');
sleep 0.5;
$a = get('/api/s1-slow0.3');
is(header($a, 'X-Cache'), 'HIT', 'and then the new one');
is(json($a)->{title}, 'New title', 'it is new');
ok(defined within(2, sub {
    json(other('/api/s1-slow0.3'))->{title} eq 'New title'
}), 'on the other host as well');
is(scalar seen(qr{^GET /s1}), 2, 'fetched once more over both hosts');



=== TEST 5: what is being fetched on another host when it is purged
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e5;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e5;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');

my $s = open_client();
ask($s, '/api/f1-slow0.9');
sleep 0.1;
other('PURGE /api/f1-slow0.9');
answered($s);
is(header(get('/api/f1-slow0.9'), 'X-Cache'), 'MISS', 'was not kept');



=== TEST 6: the log is bounded, and what is withdrawn goes on in the next one
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e6;
article_redis_timeout 2s;
--- config eval
$::config
--- client
ok($::current->(\&get), 'reads the log');
get('PURGE /api/t1', 'X-Article-Purge: withdraw');
my $record = sprintf "s %s %016x %08x\n", '0' x 32, 1e3 * time, 1;
my $bytes = length $record;

open my $pipe, '|-', "redis-cli -s $::redis -x append 'e6:1:{events}' > /dev/null";
print $pipe $record x 16384;
close $pipe;

my $size = sub { $::cli->('strlen', "'e6:1:{events}$_[0]'") + 0 };
ok(defined within(5, sub { $size->(':old') > 16384 * $bytes }), 'renamed');
ok(defined within(2, sub { $size->('') == 2 * $bytes }),
   'a mark and what is withdrawn');
ok($::current->(\&get), 'read on');
is(status_json()->{events}{doubts}, 0, 'nothing is missing');
is(status(get('/api/t1')), 410, 'still withdrawn');

$::cli->('del', "'e6:1:{events}:old'");
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e6;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other), 'a new host has read it');
is(status(other('/api/t1')), 410, 'withdrawn');



=== TEST 7: Redis loses the log: all is fetched anew, softly, none comes back
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e7;
article_redis_timeout 2s;
--- config eval
$::config
--- client
ok($::current->(\&get), 'reads the log');
get('PURGE /api/g1', 'X-Article-Purge: withdraw');
get('/api/g2');
sleep 0.7;
is(header(get('/api/g2'), 'X-Cache'), 'HIT', 'stored');

$::cli->('flushall');
ok(defined within(2, sub { header(get('/api/g2'), 'X-Cache') eq 'STALE' }),
   'is fetched anew, the old one sent');
is(status_json()->{events}{doubts}, 1, 'told');
ok(defined within(2, sub { header(get('/api/g2'), 'X-Cache') eq 'HIT' }),
   'and is as good as new');
is(status(get('/api/g1')), 410, 'withdrawn as ever');
ok(defined within(2, sub { $::log->('e7') =~ /^w /m }), 'in the log again');
--- error_log
events of other hosts are missing



=== TEST 8: Redis out of reach: this host obeys, says so, and is uncertain
--- http_config
article_redis unix:/nowhere/redis.sock;
--- config eval
$::config
--- client
is(status_json()->{events}{state}, 'uncertain', 'article_status');
my $a = get('PURGE /api/d1', 'X-Article-Purge: withdraw');
is(status($a), 503, 'others do not know');
like(json($a)->{reason}, qr/^redis_/, 'why');
is(status(get('/api/d1')), 410, 'withdrawn here');
--- no_error_log
[alert]



=== TEST 9: without Redis
--- config eval
$::config
--- client
is(status_json()->{events}{state}, 'alone', 'article_status');
is(status(get('PURGE /api/n1', 'X-Article-Purge: withdraw')), 200, 'done');
is(status(get('/api/n1')), 410, 'withdrawn');
is(status(get('PURGE /api/n1')), 404, 'a purge of it');
is(status(get('/api/n1')), 410, 'withdrawn as ever');
is(status(get('PURGE /api/n1', 'X-Article-Purge: lift')), 200, 'lifted');
is(status(get('/api/n1')), 200, 'there');

my $max = status_json()->{events}{withdrawn_max};
my $last;
$last = status(get("PURGE /api/many-$_", 'X-Article-Purge: withdraw'))
    for 1 .. $max + 1;
is($last, 503, 'more than there is room for: refused');
is(status_json()->{events}{withdrawn}, $max, 'up to it');
is(status(get('PURGE /api/many-1', 'X-Article-Purge: lift')), 200, 'room');
is(status(get("PURGE /api/many-x", 'X-Article-Purge: withdraw')), 200,
   'for another');
--- error_log
cannot be remembered: make article_zone larger



=== TEST 10: words
--- client
for my $word ('nonsense', 'soft hard', 'withdraw section:A', 'section:',
              'portal section:A')
{
    my $a = get('PURGE /api/x1', "X-Article-Purge: $word");
    is(status($a), 400, "$word: 400");
    is(json($a)->{reason}, 'purge_unknown', "$word: reason");
}
get('/api/x1');
is(status(get('PURGE /api/x1', 'X-Article-Purge:  HARD ')), 200, 'hard');



=== TEST 11: who may not purge may not withdraw
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
}
--- client
is(status(get('PURGE /api/y1', 'X-Article-Purge: withdraw')), 403, 'refused');
is(status(get('/api/y1')), 200, 'there');



=== TEST 12: without a zone only a page's own purge is possible
--- bare
--- config eval
$Article::gateway . $Article::source
--- client
is(status(get('PURGE /api/z1', 'X-Article-Purge: withdraw')), 503, 'refused');
is(status(get('/api/z1')), 200, 'there');
--- error_log
it needs article_zone



=== TEST 13: a POST to a page's own address: stale on the other host as well
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e13;
article_redis_timeout 2s;
--- config eval
$::config . q{
article_base_url https://bao.example;
location / { return 200 "posted"; }
}
--- error_code: 200
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e13;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');

get('/api/p1');
other('/api/p1');
is(header(other('/api/p1'), 'X-Level'), 'l1', 'in the L1 of the other');
my $lines = () = $::log->('e13') =~ /\n/g;

change('/p1' => [answer(article('After the post'))]);
is(status(get('POST /p1', 'Content-Length: 0')), 200, 'posted');

my $t = within(3, sub {
    json(other('/api/p1'))->{title} eq 'After the post'
});
ok(defined $t && $t < 1.3, 'the other host has the new one');

get('POST /p1', 'Content-Length: 0') for 1 .. 20;
get("POST /never-stored-$_", 'Content-Length: 0') for 1 .. 5;
sleep 0.2;
my $now = () = $::log->('e13') =~ /\n/g;
is($now - $lines, 1, 'one event, none of pages that are not stored');




=== TEST 14: purged while Redis cannot be written: told as soon as it can be
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix e14;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix e14;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');

other("/api/u$_") for 1 .. 3;
is(header(other('/api/u1'), 'X-Level'), 'l1', 'in the L1 of the other');

# a replica of nobody takes no writes
$::cli->('replicaof', '127.0.0.1', 1);

is(status(get("PURGE /api/u$_")), 503, 'others do not know') for 1, 2;
is(status(get('PURGE /api/u3', 'X-Article-Purge: withdraw')), 503, 'nor here');
is(status_json()->{events}{untold}, 3, 'status says how many');
is(status_json()->{events}{state}, 'uncertain', 'and is uncertain');
is(header(other('/api/u1'), 'X-Level'), 'l1', 'there still');

$::cli->('replicaof', 'no', 'one');

my $t = within(5, sub { header(other('/api/u1'), 'X-Cache') ne 'HIT' });
ok(defined $t && $t < 2, 'gone there');
ok(defined within(2, sub { header(other('/api/u2'), 'X-Cache') ne 'HIT'
                           || header(other('/api/u2'), 'X-Level') ne 'l1' }),
   'the second');
ok(defined within(2, sub { status(other('/api/u3')) == 410 }), 'withdrawn');
ok($::current->(\&get), 'certain again');
is(status_json()->{events}{untold}, 0, 'nothing is left to tell');
--- no_error_log
[alert]

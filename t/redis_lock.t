# Copyright (C) ngx_article authors
#
# One fetch of a page over all hosts that share Redis: who has no lock waits
# for the value, and is not held up by a lock that nobody gives back.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

origin('/500' => [\0.3, answer('x', '500 Oops')],
       '/private' => [\0.2, answer(article('Riêng'), 'Cache-Control: private')]);
redis('--user', 'noscript', 'on', '>geheim', '~*', '+@all', '-@scripting');

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(2);
Test::Nginx::Util::worker_connections(2048);

our $redis = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;

our $cli = sub {
    chomp(my $answer = `redis-cli -s $redis @_`);
    return $answer;
};

our $fetches = sub {
    my ($path) = @_;

    return scalar seen(qr{^GET \Q$path\E });
};

# the lock of a page that is stored under a prefix of its own
our $locks = sub {
    my ($prefix) = @_;

    return grep { /:lock$/ } split /\n/, $cli->('keys', "'$prefix:*'");
};

# n clients ask each of the hosts at once; their answers
our $crowd = sub {
    my ($path, $n) = @_;
    my @clients = map { (open_client(), other_client()) } 1 .. $n;

    ask($_, $path) for @clients;
    return @clients;
};

our $both = sub {
    my ($prefix, $more) = @_;

    return "article_redis \$TEST_NGINX_REDIS; article_redis_prefix $prefix;"
        . 'article_redis_timeout 1s; article_redis_connect_timeout 1s;'
        . ($more // '');
};

run_article_tests();

__DATA__

=== TEST 1: a herd on two hosts, a cold page: one fetch
--- http_config eval
$::both->('l1')
--- client
second($::both->('l1'));

for my $n (1 .. 3) {
    my @answers = map { answered($_) } $::crowd->("/api/slow0.4$n", 150);

    is(scalar(grep { status($_) == 200 } @answers), 300, 'all have it');
    is($::fetches->("/slow0.4$n"), 1, 'one fetch');
    my %bodies = map { body($_) => 1 } @answers;
    is(scalar keys %bodies, 1, 'the same');

    my %levels = map { header($_, 'X-Level') => 1 } @answers;
    ok($levels{redis} || $levels{l1}, 'one host has it from Redis');
}
is(scalar($::locks->('l1')), 0, 'the locks are given back');



=== TEST 2: the others have it soon after it is stored
--- http_config eval
$::both->('l2')
--- client
second($::both->('l2'));

my ($first) = open_client();
ask($first, '/api/slow0.50');
sleep 0.1;

my $t = time;
my $answer = other('/api/slow0.50');
my $took = time - $t;

is(header($answer, 'X-Cache'), 'HIT', 'from the other host');
is(header($answer, 'X-Level'), 'redis', 'by Redis');
cmp_ok($took, '>', 0.2, 'waited for');
cmp_ok($took, '<', 0.4 + 0.25, 'not for longer');
is(status(answered($first)), 200, 'the first one too');
is(header(other('/api/slow0.50'), 'X-Level'), 'l1', 'and it is in L1');
is($::fetches->('/slow0.50'), 1, 'one fetch');



=== TEST 3: the client that began leaves: the other host gets it all the same
--- http_config eval
$::both->('l3')
--- client
second($::both->('l3'));

my ($first) = open_client();
ask($first, '/api/slow0.51');
sleep 0.1;
close $first;

is(header(other('/api/slow0.51'), 'X-Level'), 'redis', 'by Redis');
is($::fetches->('/slow0.51'), 1, 'one fetch');



=== TEST 4: the fetch fails: one successor, at once
--- http_config eval
$::both->('l4')
--- client
second($::both->('l4'));

my $t = time;
my @answers = map { answered($_) } $::crowd->('/api/500', 20);

is(scalar(grep { status($_) == 502 } @answers), 40, 'all have an answer');
cmp_ok($::fetches->('/500'), '<=', 5, 'one fetch a worker at most');
cmp_ok(time - $t, '<', 4, 'before the lock ends by itself');
is(scalar($::locks->('l4')), 0, 'the locks are given back');



=== TEST 5: what is not stored is fetched by each
--- http_config eval
$::both->('l5')
--- client
second($::both->('l5'));

my $t = time;
my @answers = map { answered($_) } $::crowd->('/api/private', 1);

is(scalar(grep { status($_) == 200 } @answers), 2, 'both have it');
is($::fetches->('/private'), 2, 'two fetches');
cmp_ok(time - $t, '<', 2, 'in time');



=== TEST 6: a lock that nobody gives back ends by article_cache_lock_age
--- http_config eval
$::both->('l6', 'article_cache_lock_age 1s;')
--- client
my $answer = get('/api/bai-6');
my ($key) = split /\n/, $::cli->('keys', "'l6:1:{????*'");
like($key, qr/^l6:1:\{[0-9a-f]{32}\}$/, 'stored');
is(status(get('PURGE /api/bai-6')), 200, 'purged');

$::cli->('set', "'$key:lock'", 'dead', 'px', 800);
my $t = time;
is(header(get('/api/bai-6'), 'X-Cache'), 'MISS', 'fetched');
my $took = time - $t;
cmp_ok($took, '>', 0.5, 'after the wait');
cmp_ok($took, '<', 2, 'not for ever');

is($::cli->('get', "'$key:lock'"), '', 'the own lock is given back');



=== TEST 7: ... or by article_cache_lock_timeout; a lock of others stays
--- http_config eval
$::both->('l7', 'article_cache_lock_timeout 300ms;')
--- client
get('/api/bai-7');
my ($key) = split /\n/, $::cli->('keys', "'l7:1:{????*'");
get('PURGE /api/bai-7');

$::cli->('set', "'$key:lock'", 'dead', 'px', 20000);
my $t = time;
is(header(get('/api/bai-7'), 'X-Cache'), 'MISS', 'fetched');
cmp_ok(time - $t, '<', 1.5, 'soon');
is($::cli->('get', "'$key:lock'"), 'dead', 'not ours');



=== TEST 8: a value that appears is taken, though the lock stays
--- http_config eval
$::both->('l8')
--- client
get('/api/bai-8');
my ($key) = split /\n/, $::cli->('keys', "'l8:1:{????*'");
get('PURGE /api/bai-8');
# as another host would store it, fetched after the purge
$::cli->('set', "'$key:lock'", 'other', 'px', 20000);

my $s = open_client();
ask($s, '/api/bai-8');
sleep 0.2;
second($::both->('l8', 'article_cache_lock_timeout 1ms;'));
other('/api/bai-8');
my $t = time;
is(header(answered($s), 'X-Level'), 'redis', 'by Redis');
is($::fetches->('/bai-8'), 2, 'not fetched here');



=== TEST 9: Redis is away: one fetch a host
--- http_config eval
$::both->('l9') =~ s/\$TEST_NGINX_REDIS/127.0.0.1:1/r
--- client
second($::both->('l9') =~ s/\$TEST_NGINX_REDIS/127.0.0.1:1/r);

my @answers = map { answered($_) } $::crowd->('/api/slow0.49', 100);

is(scalar(grep { status($_) == 200 } @answers), 200, 'all have it');
is($::fetches->('/slow0.49'), 2, 'one fetch a host');
--- no_error_log
[alert]



=== TEST 10: without zones, workers and hosts share by Redis
--- http_config eval
$::both->('l10')
--- bare
--- config eval
$Article::gateway . $Article::source
--- client
my @clients = map { open_client() } 1 .. 60;
ask($_, '/api/slow0.48') for @clients;
is(scalar(grep { status(answered($_)) == 200 } @clients), 60, 'all have it');
is($::fetches->('/slow0.48'), 1, 'one fetch');



=== TEST 11: a user who may run no scripts: the lock is deleted while it is ours
--- user_files
>>> auth
noscript geheim
--- http_config eval
$::both->('l11', 'article_redis_auth $TEST_NGINX_HTML_DIR/auth;')
--- client
is(header(get("/api/bai-11-$_"), 'X-Cache'), 'MISS', 'fetched') for 1 .. 3;
sleep 0.1;
is(scalar($::locks->('l11')), 0, 'the locks are deleted, the first one too');
is(header(get('/api/bai-11-1'), 'X-Cache'), 'HIT', 'and hits are hits');

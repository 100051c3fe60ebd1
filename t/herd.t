# Copyright (C) ngx_article authors
#
# A fetch belongs to the page: many ask, one is sent, whoever leaves.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin('/500' => [\0.3, answer('x', '500 Oops')]);

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(3);
Test::Nginx::Util::worker_connections(1024);

# n clients ask at once
our $crowd = sub {
    my ($path, $n) = @_;
    my @clients = map { open_client() } 1 .. $n;

    ask($_, $path) for @clients;
    return @clients;
};

our $fetches = sub {
    my ($path) = @_;

    return scalar seen(qr{^GET \Q$path\E });
};

our $alerts = sub {
    return grep { /\[alert\]|\[emerg\]|exited on/ }
        split /\n/, `cat $ENV{TEST_NGINX_SERVROOT}/logs/error.log`;
};

run_article_tests();

__DATA__

=== TEST 1: 100 clients, one cold page, three workers
--- client
my @answers = map { answered($_) } $::crowd->('/api/slow0.50', 100);

is(scalar(grep { status($_) == 200 } @answers), 100, 'all have it');
is($::fetches->('/slow0.50'), 1, 'one fetch');
my %bodies = map { body($_) => 1 } @answers;
is(scalar keys %bodies, 1, 'the same');



=== TEST 2: the first of them leaves
--- client
my ($first) = $::crowd->('/api/slow0.51', 1);
sleep 0.1;
my @clients = $::crowd->('/api/slow0.51', 100);
sleep 0.1;
close $first;

is(scalar(grep { status(answered($_)) == 200 } @clients), 100,
   'all have it');
is($::fetches->('/slow0.51'), 1, 'one fetch');



=== TEST 3: all of them leave: the page is stored
--- client
my @clients = $::crowd->('/api/slow0.52', 20);
sleep 0.2;
close $_ for @clients;
sleep 0.6;

is(header(get('/api/slow0.52'), 'X-Cache'), 'HIT', 'stored');
is($::fetches->('/slow0.52'), 1, 'one fetch');



=== TEST 4: they leave at every moment, others come
--- client
for my $round (1 .. 20) {
    my @clients = $::crowd->("/api/slow0.1-$round", 15);

    for my $client (@clients[0 .. 9]) {
        sleep 0.01;
        close $client;
    }
    is(scalar(grep { status(answered($_)) == 200 } @clients[10 .. 14]), 5,
       "round $round");
    is($::fetches->("/slow0.1-$round"), 1, "round $round: one fetch");
}
is(scalar($::alerts->()), 0, 'no alert') or diag($::alerts->());



=== TEST 5: waiters of other workers are woken soon
--- client
my $t = time;
my @clients = $::crowd->('/api/slow0.53', 30);
answered($_) for @clients;
cmp_ok(time - $t, '<', 0.53 + 0.25, 'in time');



=== TEST 6: a failed fetch is everybody's answer
--- client
my @answers = map { answered($_) } $::crowd->('/api/500', 50);

is(scalar(grep { status($_) == 502 } @answers), 50, 'all have it');
cmp_ok($::fetches->('/500'), '<=', 3, 'one fetch a worker at most');
is(status(get('/api/bai-after')), 200, 'and then another');



=== TEST 7: not longer than article_cache_lock_timeout for another worker
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_cache_lock_timeout 100ms;
    article_cache_lock_age 10s;
    add_header X-Reason $article_reason;
}
--- client
my $t = time;
my @answers = map { answered($_) } $::crowd->('/api/slow0.60', 40);
is(scalar(grep { status($_) == 200 } @answers), 40, 'all have it');
my @again = grep { header($_, 'X-Reason') eq 'lock_timeout' } @answers;
is(scalar(grep { header($_, 'Cache-Status') =~ /; detail=lock_timeout$/ }
               @answers), scalar @again, 'why it was not stored, if it was not');
cmp_ok(scalar @again, '>', 0, 'some are of another worker');
cmp_ok(scalar @again, '<', 40, 'but not all');
my $n = $::fetches->('/slow0.60');
cmp_ok($n, '<=', 3, "at most one a worker ($n)");
cmp_ok(time - $t, '<', 1.1, 'in time');



=== TEST 8: different pages do not wait for each other
--- client
my $t = time;
my @clients = map { $::crowd->("/api/slow0.54-$_", 1) } 1 .. 50;
is(scalar(grep { status(answered($_)) == 200 } @clients), 50,
   'all have it');
cmp_ok(time - $t, '<', 1.5, 'at once');



=== TEST 9: no connection and no request is left
--- config eval
$Article::gateway . "location = /stub { stub_status; }"
--- client
$::crowd->("/api/slow0.1-left-$_", 3) for 1 .. 30;
sleep 0.5;
is(status(get("/api/left-$_")), 200, "fetch $_") for 1 .. 300;
sleep 0.3;

my ($active) = body(get('/stub')) =~ /Active connections: (\d+)/;
my ($reading, $writing, $waiting)
    = body(get('/stub')) =~ /Reading: (\d+) Writing: (\d+) Waiting: (\d+)/;

cmp_ok($active, '<=', 2, 'connections');
is("$reading $writing", '0 1', 'requests');
my @fds = map { scalar(() = glob "/proc/$_/fd/*") } workers_of(nginx_pid());
cmp_ok($_, '<', 40, "descriptors of a worker: $_") for @fds;
--- timeout: 20

# Copyright (C) ngx_article authors
#
# A reload, or the end, in the middle of fetches: nothing is lost, nothing
# stays.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use POSIX qw(_exit);
use Test::More;

origin();

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(2);
Test::Nginx::Util::worker_connections(1024);
Test::Nginx::Util::log_level('info');

our $log = sub {
    return `cat $ENV{TEST_NGINX_SERVROOT}/logs/error.log`;
};

our $gone = sub {
    my ($seconds, @pids) = @_;
    my $end = time + $seconds;

    while (time < $end) {
        return 1 if !grep { kill 0, $_ } @pids;
        sleep 0.05;
    }
    return 0;
};

# a client that asks one by one until told to end; returns how it went
our $load = sub {
    my ($name, $path) = @_;

    pipe my $in, my $out;
    my $pid = fork // die "fork: $!";

    if ($pid == 0) {
        my ($good, $bad, $n, $end) = (0, '', 0, 0);
        $SIG{TERM} = sub { $end = 1 };
        while (!$end) {
            my $p = sprintf $path, $n++;
            my $a = get($p);
            if (status($a) == 200) { $good++ } else { $bad .= "$p: $a\n" }
        }
        syswrite $out, "$good\n$bad";
        _exit(0);
    }
    close $out;

    return sub {
        kill TERM => $pid;
        local $/;
        my ($good, $bad) = split /\n/, <$in>, 2;
        waitpid $pid, 0;
        is($bad, '', "$name: none lost");
        cmp_ok($good, '>', 5, "$name: $good answered");
    };
};

run_article_tests();

__DATA__

=== TEST 1: five reloads under load
--- client
my @old = workers_of(nginx_pid());
my @loads = (
    $::load->('hits', '/api/hit'),
    $::load->('fetches', "/api/cold-$$-%d"),
    $::load->('slow fetches', "/api/slow0.20-$$-%d"),
    $::load->('slow herd', '/api/slow0.30-%d'),
    $::load->('slow herd too', '/api/slow0.30-%d'),
);

for (1 .. 5) {
    sleep 0.5;
    kill HUP => nginx_pid();
}
sleep 1.5;
$_->() for @loads;

ok($::gone->(5, @old), 'the first workers are gone');
is(scalar workers_of(nginx_pid()), 2, 'two workers');
my @bad = grep { /\[(alert|emerg|crit)\]|open socket|exited on/ }
          split /\n/, $::log->();
is(scalar(@bad), 0, 'a quiet log') or diag(@bad);



=== TEST 2: the client has left, the reload comes: the page is stored
--- client
my @old = workers_of(nginx_pid());
my $s = open_client();
ask($s, '/api/slow0.80');
sleep 0.2;
close $s;
kill HUP => nginx_pid();
sleep 0.3;
is(scalar(grep { kill 0, $_ } @old) >= 1, 1, 'an old worker waits for it');
ok($::gone->(5, @old), 'and ends');
is(header(get('/api/slow0.80'), 'X-Cache'), 'HIT', 'stored, and found');



=== TEST 3: waiters over a reload have their answer
--- client
my @clients = map { open_client() } 1 .. 20;
ask($_, '/api/slow0.81') for @clients;
sleep 0.2;
kill HUP => nginx_pid();
is(scalar(grep { status(answered($_)) == 200 } @clients), 20, 'all');
is(scalar seen(qr{^GET /slow0.81 }), 1, 'one fetch');



=== TEST 4: a worker is killed in the middle of a fetch
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
    article_cache_lock_age 300ms;
    add_header X-Cache $article_cache_status always;
}
--- client
my $s = open_client();
ask($s, '/api/slow0.90');
sleep 0.2;
kill KILL => $_ for workers_of(nginx_pid());
sleep 0.3;
my $t = time;
is(status(get('/api/slow0.90')), 200, 'another fetches it');
cmp_ok(time - $t, '<', 2, 'in time');
is(header(get('/api/slow0.90'), 'X-Cache'), 'HIT', 'stored');
--- no_error_log
[emerg]
[crit]



=== TEST 5: L1 is kept over a reload
--- client
is(header(get('/api/kept'), 'X-Cache'), 'MISS', 'fetched');
kill HUP => nginx_pid();
sleep 0.5;
is(header(get('/api/kept'), 'X-Cache'), 'HIT', 'kept');

# Copyright (C) ngx_article authors
#
# article_fetch_timeout: the whole time of one fetch, however the portal
# drips.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $page = answer(article('drips'), 'Connection: close');

# head bytes at once, then one more every 0.1 s: each read is in time
my $drip = sub {
    my ($head) = @_;

    return [substr($page, 0, $head),
            map { (\0.1, substr $page, $head + $_, 1) } 0 .. 60];
};

our %drips = (
    line => $drip->(5),
    headers => $drip->(30),
    body => $drip->(400),
    silent => [\6, $page],
);

origin(
    (map { ("/$_" => $drips{$_}) } keys %drips),
    '/tries' => $drips{silent},
    '/moment' => [substr($page, 0, 900), \0.3, substr $page, 900],
);

our $gateway = sub {
    my ($more) = @_;

    return $Article::gateway =~ s/(article_json .*)/$1 $more/r;
};

# descriptors of the workers: sockets that are left would stay
our $descriptors = sub {
    my $n = 0;

    $n += () = glob "/proc/$_/fd/*" for workers_of(nginx_pid());
    return $n;
};

our $timed = sub {
    my ($path) = @_;
    my $begun = time;
    my $a = get($path);

    return ($a, time - $begun);
};

run_article_tests();

__DATA__

=== TEST 1: broken off in time, wherever it drips; the connection is let go
--- config eval
$::gateway->('article_fetch_timeout 500ms;')
--- client
get('/api/warm');
my $before = $::descriptors->();

for my $name (sort keys %::drips) {
    my ($a, $seconds) = $::timed->("/api/$name");
    is(status($a), 504, "$name: status");
    is(json($a)->{reason}, 'origin_timeout', "$name: reason");
    cmp_ok($seconds, '>', 0.4, "$name: not before");
    cmp_ok($seconds, '<', 1.5, "$name: nor much later");
}

is($::descriptors->(), $before, 'nothing is left open');
is(status(get('/api/after')), 200, 'the next page');
--- error_log
origin_timeout
article_fetch_timeout for the whole page
--- no_error_log
[alert]
[crit]



=== TEST 2: in time, with pauses
--- config eval
$::gateway->('article_fetch_timeout 2s;')
--- client
is(status(get('/api/moment')), 200, 'status');
sleep 2.2;
is(header(get('/api/moment'), 'X-Cache'), 'HIT', 'and nothing comes later');



=== TEST 3: all who wait are told, and the old copy is sent
--- config eval
$::gateway->('article_fetch_timeout 500ms;') =~ s/200 5m/200 1s/r
--- client
get('/api/old');
sleep 2.1;
change('/old' => $::drips{body});

my @clients = map { open_client() } 1 .. 3;
ask($_, '/api/old') for @clients;
is(header(answered($_), 'X-Cache'), 'STALE', 'the old copy') for @clients;

change('/three' => $::drips{body});
@clients = map { open_client() } 1 .. 3;
ask($_, '/api/three') for @clients;
is(status(answered($_)), 504, 'no copy') for @clients;
is(scalar seen(qr{^GET /three }), 1, 'one fetch');
--- error_log
origin_timeout
--- no_error_log
[alert]



=== TEST 4: the client that began it has left
--- config eval
$::gateway->('article_fetch_timeout 500ms;')
--- client
my $client = open_client();
change('/left' => $::drips{body});
ask($client, '/api/left');
sleep 0.2;
close $client;
sleep 0.6;
change('/left' => [answer(article('whole'))]);
is(status(get('/api/left')), 200, 'fetched anew');
--- error_log
origin_timeout
--- no_error_log
[alert]



=== TEST 5: all the portal's servers, one after the other
--- http_config
upstream portals {
    server $TEST_NGINX_PORTAL max_fails=0;
    server $TEST_NGINX_PORTAL max_fails=0;
    server $TEST_NGINX_PORTAL max_fails=0;
}
--- config
location /api/ {
    article_json /-x/;
    article_base_url https://bao.example;
    article_fetch_timeout 900ms;
}
location /-x/ {
    internal;
    proxy_pass http://portals/;
    proxy_set_header Host bao.example;
    proxy_read_timeout 600ms;
}
--- client
my ($a, $seconds) = $::timed->('/api/tries');
is(status($a), 504, 'status');
cmp_ok($seconds, '<', 1.2, 'together, not each');
is(scalar seen(qr{^GET /tries }), 2, 'the third is not asked');
--- error_log
origin_timeout
--- no_error_log
[alert]



=== TEST 6: held up before the portal is asked
--- http_config
limit_req_zone $server_name zone=slow:1m rate=1r/s;
--- config
location /api/ {
    article_json /-x/;
    article_base_url https://bao.example;
    article_fetch_timeout 500ms;
}
location /-x/ {
    internal;
    limit_req zone=slow burst=5;
    proxy_pass http://$TEST_NGINX_PORTAL:/;
    proxy_set_header Host bao.example;
}
--- client
is(status(get('/api/first')), 200, 'the first');
my ($a, $seconds) = $::timed->('/api/second');
is(status($a), 504, 'the second is held up');
cmp_ok($seconds, '<', 0.9, 'not for longer than may be');
sleep 1.2;
is(scalar seen(qr{^GET /second}), 0, 'and never asks');
--- error_log
origin_timeout
--- no_error_log
[alert]

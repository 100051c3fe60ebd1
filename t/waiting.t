# Copyright (C) ngx_article authors
#
# The number of requests that wait for pages is bounded.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $gateway = $Article::gateway
    =~ s/(article_json .*)/$1 article_cache_max_waiting 3;/r;

run_article_tests();

__DATA__

=== TEST 1: three wait, the others are refused; then there is room again
--- config eval
$::gateway
--- client
get('/api/stored');

for my $round (1, 2) {
    my @clients = map { open_client() } 1 .. 3;
    ask($clients[$_], '/api/slow0.6-' . $round . $_ % 2) for 0 .. 2;
    sleep 0.2;

    for my $path ("/api/slow0.6-${round}0", "/api/other-$round") {
        my $a = get($path);
        is(status($a), 503, "$path: refused");
        is(json($a)->{reason}, 'overloaded', "$path: why");
        is(header($a, 'Retry-After'), 2, "$path: when again");
    }

    is(header(get('/api/stored'), 'X-Cache'), 'HIT', 'what is stored');
    is(status(answered($_)), 200, 'who waited') for @clients;
    is(status(get("/api/other-$round")), 200, 'room again');
}



=== TEST 2: who leaves makes room
--- config eval
$::gateway
--- client
for my $round (1 .. 4) {
    my @clients = map { open_client() } 1 .. 3;
    ask($_, "/api/slow0.5-left$round") for @clients;
    sleep 0.1;
    close $_ for @clients;
    sleep 0.1;
}
is(status(get('/api/after')), 200, 'room');

# Copyright (C) ngx_article authors
#
# PURGE while the page is being fetched: what the portal said before it is
# not stored after it, whoever fetches.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin(map { ("/edited-$_" => [\0.6, answer(article('Cu'))]) } 'a' .. 'e');
redis();

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(3);

our $title = sub { json($_[0])->{title} };

# one asks, and waits; the editor corrects the page, and purges
our $edit = sub {
    my ($path) = @_;
    my @early = map { open_client() } 1 .. 6;

    ask($_, "/api$path") for @early;
    sleep 0.2;
    change($path => [answer(article('Moi'))]);
    return @early;
};

run_article_tests();

__DATA__

=== TEST 1: not stored; who waited has an answer
--- client
my @early = $::edit->('/edited-a');
is(status(get('PURGE /api/edited-a')), 404, 'nothing was stored yet');
is(status(answered($_)), 200, 'asked before') for @early;

is($::title->(get('/api/edited-a')), 'Moi', 'the new page');
is(header(get('/api/edited-a'), 'X-Cache'), 'HIT', 'stored');



=== TEST 2: who asks after the purge does not wait for the old fetch
--- client
my @early = $::edit->('/edited-b');
get('PURGE /api/edited-b');

for (1 .. 12) {
    is($::title->(get('/api/edited-b')), 'Moi', "asked after, $_");
}
answered($_) for @early;
is($::title->(get('/api/edited-b')), 'Moi', 'stays');
is(header(get('/api/edited-b'), 'X-Cache'), 'HIT', 'stored');



=== TEST 3: nor is it in Redis
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_timeout 2s;
--- client
my @early = $::edit->('/edited-c');
is(status(get('PURGE /api/edited-c')), 404, 'nothing was stored yet');
answered($_) for @early;
is($::title->(get('/api/edited-c')), 'Moi', 'the new page');
sleep 0.2;

my ($socket) = $ENV{TEST_NGINX_REDIS} =~ /^unix:(.*)/;
my @keys = grep { !/events/ } split /\n/, `redis-cli -s $socket --scan`;
is(scalar @keys, 1, 'one value');
like(`redis-cli -s $socket get '$keys[0]'`, qr/"title":"Moi"/, 'the new one');



=== TEST 4: a purge of another page is none of this one
--- client
my @early = $::edit->('/edited-d');
get("PURGE /api/none-$_") for 1 .. 3;
answered($_) for @early;
is(header(get('/api/edited-d'), 'X-Cache'), 'HIT', 'stored');

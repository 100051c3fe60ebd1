# Copyright (C) ngx_article authors
#
# Latest over hosts that share a Redis: what one has stored the other lists,
# within a second; what befalls Redis befalls no request.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

our $dated = sub {
    my ($n) = @_;
    my $html = article("Tin $n");

    $html =~ s{16/05/2026 08:30}{sprintf '%02d/05/2026 08:30', $n}e;
    return [answer($html)];
};

origin(map { ("/d$_" => $dated->($_)) } 1 .. 25);
redis();

our $redis = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;

our $cli = sub {
    my $answer = `redis-cli -s $redis @_`;
    chomp $answer;
    return $answer;
};

our $config = $Article::gateway . q{
    location = /latest {
        article_latest page=5 length=20;
        article_base_url https://bao.example;
    }
    location = /article-status { article_status; }
};

# Hosts.pm has a status of its own
our $there = $config =~ s/location = .article-status.*//r;

our $http = sub {
    return "article_redis $ENV{TEST_NGINX_REDIS}; article_redis_prefix $_[0];"
        . 'article_redis_timeout 2s;';
};

our $titles = sub {
    return join ' ', map { $_->{title} =~ /(\S+)$/ } @{json($_[0])->{items}};
};


our $lists = sub {
    my ($from, $wanted) = @_;
    return within(4, sub { $::titles->($from->('/latest')) eq $wanted });
};

our $sent = sub {
    my $t = within(4, sub { !status_json()->{latest}[0]{unsent} });
    sleep 0.1;
    return $t;
};

run_article_tests();

__DATA__

=== TEST 1: what one host stores the other lists; what leaves, leaves there too
--- http_config eval
$::http->('l1')
--- config eval
$::config
--- client
second($::http->('l1'), $::there);
get("/api/d$_") for 1 .. 3;
my $t = $::lists->(\&other, '3 2 1');
ok(defined $t && $t < 1.5, 'there too');
diag(sprintf 'new articles were listed by the other host after %.0f ms',
     1000 * $t);
is(header(other('/latest'), 'ETag'), header(get('/latest'), 'ETag'),
   'the same bytes');
other('/api/d4');
ok(defined $::lists->(\&get, '4 3 2 1'), 'and the other way');

get('PURGE /api/d4', 'X-Article-Purge: withdraw');
$t = $::lists->(\&other, '3 2 1');
ok(defined $t && $t < 1, 'withdrawn: gone there within a second');

change('/d3' => [answer('x', '404 Not Found')]);
get('PURGE /api/d3');
is(status(get('/api/d3')), 404, 'ended');
change('/d3' => $::dated->(3));
$t = $::lists->(\&other, '2 1');
ok(defined $t && $t < 1.5, 'gone there as well');
is($::cli->(qw(zcard 'l1:1:latest:{bao.example}')), 2, 'and from the set');
like($::cli->(qw(zrange 'l1:1:latest:{bao.example}' 0 -1 withscores)),
     qr/^[0-9a-f]{32}\n1777\d{6}\n/, 'by date');
cmp_ok($::cli->(qw(ttl 'l1:1:latest:{bao.example}')), '>', 7e6, 'it expires');



=== TEST 2: a host that begins has what there is; a bounded set
--- http_config eval
$::http->('l2')
--- config eval
$::config
--- client
get("/api/d$_") for 1 .. 25;
$::sent->();
second($::http->('l2'), $::there);
ok(defined $::lists->(\&other, '25 24 23 22 21'), 'all of it');
my $key = "'l2:1:latest:{bao.example}";
is($::cli->("zcard $key'"), 20, 'the set');
is($::cli->("hlen $key:items'"), 22, 'its records');
is($::cli->("zcard $key:changes'"), 20, 'its changes');
get("PURGE /api/d$_", 'X-Article-Purge: withdraw') for 6 .. 25;
$::sent->();
is($::cli->("zcard $key'"), 0, 'all gone');
cmp_ok($::cli->("hlen $key:items'"), '<=', 42, 'what is gone is bounded');



=== TEST 3: Redis is away: the list is served, what is new is told later
--- http_config eval
$::http->('l3') =~ s/2s/100ms/r
--- config eval
$::config
--- client
second($::http->('l3'), $::there);
get("/api/d$_") for 1 .. 2;
ok(defined $::lists->(\&other, '2 1'), 'told');
$::cli->('client pause 1500 ALL');
my $t = time;
get('/api/d3');
is($::titles->(get('/latest')), '3 2 1', 'here');
is(status(other('/latest')), 200, 'no error there');
cmp_ok(time - $t, '<', 0.6, 'nobody waits');
ok(defined $::lists->(\&other, '3 2 1'), 'when it is back, there');



=== TEST 4: no Redis at all
--- http_config
article_redis unix:/nowhere/redis.sock;
--- config eval
$::config
--- client
get("/api/d$_") for 1 .. 2;
is($::titles->(get('/latest')), '2 1', 'the list of this host');
is(status_json()->{latest}[0]{unsent}, 2, 'that it was not told');
--- no_error_log
[alert]



=== TEST 5: Redis has lost all: it is told again
--- http_config eval
$::http->('l5')
--- config eval
$::config
--- client
get("/api/d$_") for 1 .. 3;
$::sent->();
$::cli->('flushall');
is($::titles->(get('/latest')), '3 2 1', 'the list stays');
ok(defined within(4, sub {
    $::cli->(qw(zcard 'l5:1:latest:{bao.example}')) eq '3'
}), 'in Redis again');



=== TEST 6: damaged, swapped and foreign records: counted, left out, mended
--- http_config eval
$::http->('l6')
--- config eval
$::config
--- client
get("/api/d$_") for 1 .. 4;
$::sent->();
my $key = "'l6:1:latest:{bao.example}";
my $damaged = sub { status_json()->{counters}{redis_damaged} };
my $before = $damaged->();
my $break = sub {
    my ($id, $record) = @_;
    my $q = $::cli->("hget $key:items' sequence") + 1;
    open my $pipe, '|-',
        "redis-cli -s $::redis -x hset $key:items' $id > /dev/null";
    print $pipe $record;
    close $pipe;
    $::cli->("zadd $key:changes' $q $id");
    $::cli->("hincrby $key:items' sequence 1");
};
my @ids = split /\n/, $::cli->("zrange $key' 0 -1");
my $good = `redis-cli -s $::redis --raw hget $key:items' $ids[0]`;
chomp $good;

$break->($ids[0], $good =~ s/Tin 1/Tin X/r);
$break->($ids[1], 'nonsense');
$break->($ids[2], '');
$break->('f' x 32, substr $good, 0, 200);
ok(defined within(3, sub { $damaged->() >= $before + 4 }), 'counted');
is($::titles->(get('/latest')), '4 3 2 1', 'the list is as it was');

second($::http->('l6'), $::there);
ok(defined $::lists->(\&other, '4'), 'another host has the rest');
get("PURGE /api/d$_") for 1 .. 3;
is(status(other("/api/d$_")), 200, 'read there') for 1 .. 3;
is($::titles->(other('/latest')), '4 3 2 1', 'whole again');

$::cli->("hset $key:items' epoch nonsense sequence -5");
get('/api/d5');
ok(defined $::lists->(\&other, '5 4 3 2 1'), 'mended by who comes next');

$::cli->("del $key'", "$key:items'", "$key:changes'");
$::cli->("set $key:items' text");
my $errors = sub { status_json()->{counters}{redis_errors} };
my $were = $errors->();
ok(defined within(4, sub { $errors->() > $were }), 'keys of another kind');
is($::titles->(get('/latest')), '5 4 3 2 1', 'the list is served');
--- error_log
another program writes the same keys



=== TEST 7: two portals and one Redis
--- http_config eval
$::http->('l7')
--- config eval
$::config . q{
    location /other/ {
        article_json /-source/;
        article_base_url https://other.example;
        article_cache_valid 200 5m;
    }
    location = /other-latest {
        article_latest;
        article_base_url https://other.example;
    }
}
--- client
get('/api/d1');
get('/other/d2');
$::sent->();
sleep 0.5;
is($::titles->(get('/latest')), '1', 'one');
is($::titles->(get('/other-latest')), '2', 'the other');



=== TEST 8: a source: one fetch an interval over both hosts
--- http_config eval
$::http->('l8')
--- config eval
$::config =~ s/length=20;/length=20; article_latest_source \/api\/xx8 interval=2s;/r
--- client
second($::http->('l8'), $::there
       =~ s/length=20;/length=20; article_latest_source \/api\/xx8 interval=2s;/r);
sleep 6;
my $n = () = seen(qr{^GET /xx8 });
cmp_ok($n, '>=', 2, 'again and again');
cmp_ok($n, '<=', 4, 'by one host at a time');

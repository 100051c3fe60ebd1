# Copyright (C) ngx_article authors
#
# The old copy at once, and one fetch of the new one behind it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(3);
Test::Nginx::Util::worker_connections(1024);

our $gateway = sub {
    return 'location /api/ { article_json /-source/;'
        . 'article_base_url https://bao.example;'
        . 'article_cache_valid 200 1s;'
        . 'article_purge 1;'
        . 'add_header X-Cache $article_cache_status always;'
        . 'add_header X-Level $article_cache_level always;'
        . "$_[0] }";
};

our $updating = 'article_cache_background_update on;'
    . 'article_cache_use_stale updating error http_500;';

# stored, expired, and slow from now on
our $expired = sub {
    my ($path, $title, @headers) = @_;

    change($path => [answer(article('Cu'), @headers)]);
    get("/api$path");
    @headers = 'Cache-Control: max-age=60' if !@headers;
    change($path => [\1, answer(article($title), @headers)]);
    sleep 2.1;
};

our $fetches = sub { return scalar seen(qr{^GET \Q$_[0]\E }) };

run_article_tests();

__DATA__

=== TEST 1: the old one at once, then the new one
--- config eval
$::gateway->($::updating)
--- client
$::expired->('/bg', 'Moi');

my $t = time;
my $a = get('/api/bg');
is(header($a, 'X-Cache'), 'STALE', 'the first');
is(header($a, 'X-Level'), 'l1', 'from L1');
is(header($a, 'Cache-Control'), 'no-cache', 'to be checked');
is(json($a)->{title}, 'Cu', 'the old one');

for (1 .. 10) {
    my $b = get('/api/bg');
    is(header($b, 'X-Cache'), 'UPDATING', "meanwhile, $_");
    is(json($b)->{title}, 'Cu', "the old one, $_");
}
cmp_ok(time - $t, '<', 0.9, 'nobody waited');

sleep 1.2;
$a = get('/api/bg');
is(header($a, 'X-Cache'), 'HIT', 'then');
is(json($a)->{title}, 'Moi', 'the new one');
is($::fetches->('/bg'), 2, 'two fetches');



=== TEST 2: a keep-alive connection goes on at once
--- config eval
$::gateway->($::updating)
--- client
$::expired->('/alive', 'Moi');

my $t = time;
my $s = open_client();
for my $path ('/api/alive', '/api/other', '/api/alive') {
    ask($s, $path);
    is(status(answered($s)), 200, $path);
}
close $s;
cmp_ok(time - $t, '<', 0.9, 'at once');
sleep 1.2;
is(header(get('/api/alive'), 'X-Cache'), 'HIT', 'though the client left');



=== TEST 3: a herd: one fetch
--- config eval
$::gateway->($::updating)
--- client
$::expired->('/herd', 'Moi');

my $t = time;
my @clients = map { open_client() } 1 .. 100;
ask($_, '/api/herd') for @clients;
my @answers = map { answered($_) } @clients;
cmp_ok(time - $t, '<', 0.9, 'nobody waited');
is(scalar(grep { json($_)->{title} eq 'Cu' } @answers), 100, 'the old one');
is(scalar(grep { header($_, 'X-Cache') eq 'STALE' } @answers), 1,
   'one began the fetch');
sleep 1.2;
is($::fetches->('/herd'), 2, 'one more fetch');



=== TEST 4: without background_update one waits, the others do not
--- config eval
$::gateway->('article_cache_use_stale updating error;')
--- client
$::expired->('/wait', 'Moi');

my $s = open_client();
ask($s, '/api/wait');
sleep 0.1;

my $t = time;
for (1 .. 10) {
    is(header(get('/api/wait'), 'X-Cache'), 'UPDATING', "meanwhile, $_");
}
cmp_ok(time - $t, '<', 0.8, 'at once');

my $a = answered($s);
is(header($a, 'X-Cache'), 'EXPIRED', 'the first waited');
is(json($a)->{title}, 'Moi', 'for the new one');



=== TEST 5: RFC 5861: the portal's window, without "updating"
--- config eval
$::gateway->('article_cache_background_update on;')
--- client
my $control = 'Cache-Control: max-age=1, stale-if-error=600, '
    . 'stale-while-revalidate=';

$::expired->('/window', 'Moi', $control . 60);
is(header(get('/api/window'), 'X-Cache'), 'STALE', 'within it');

$::expired->('/over', 'Moi', $control . 1);
is(header(get('/api/over'), 'X-Cache'), 'EXPIRED', 'after it: fetched');
change('/over' => [answer('x', '500 Oops')]);
sleep 2.1;
is(header(get('/api/over'), 'X-Cache'), 'STALE', 'stale-if-error goes on');

$::expired->('/none', 'Moi');
is(header(get('/api/none'), 'X-Cache'), 'EXPIRED', 'not said: fetched');



=== TEST 6: a window shorter than "updating" would have it; off
--- config eval
$::gateway->($::updating)
    . 'location /off/ { article_json /-source/;'
    . 'article_base_url https://bao.example; article_cache_use_stale off;'
    . 'add_header X-Cache $article_cache_status always; }'
--- client
$::expired->('/zero', 'Moi', 'Cache-Control: max-age=1, '
             . 'stale-if-error=60, stale-while-revalidate=0');
is(header(get('/api/zero'), 'X-Cache'), 'EXPIRED', 'none');

$::expired->('/strict', 'Moi', 'Cache-Control: max-age=1, must-revalidate');
is(header(get('/api/strict'), 'X-Cache'), 'MISS', 'must-revalidate');

$::expired->('/not', 'Moi', 'Cache-Control: max-age=1, '
             . 'stale-while-revalidate=60');
is(header(get('/off/not'), 'X-Cache'), 'EXPIRED', 'off');



=== TEST 7: the portal fails behind it: the old one stays
--- config eval
$::gateway->($::updating)
--- client
$::expired->('/fails', 'x');
change('/fails' => [answer('x', '500 Oops')]);

for (1 .. 3) {
    my $a = get('/api/fails');
    is(header($a, 'X-Cache'), 'STALE', 'stale');
    is(json($a)->{title}, 'Cu', 'the old one');
    sleep 0.2;
}



=== TEST 8: withdrawn: the one refresh ends it
--- config eval
$::gateway->($::updating)
--- client
for my $status (404, 410) {
    $::expired->("/gone-$status", 'x');
    change("/gone-$status" => [answer('x', "$status Gone")]);

    is(status(get("/api/gone-$status")), 200, 'the old one');
    sleep 0.2;
    is(status(get("/api/gone-$status")), $status, 'it is gone');
}



=== TEST 9: purged meanwhile
--- config eval
$::gateway->($::updating)
--- client
$::expired->('/purged', 'Moi');

is(header(get('/api/purged'), 'X-Cache'), 'STALE', 'stale');
change('/purged' => [answer(article('Moi nhat'))]);
get('PURGE /api/purged');
is(json(get('/api/purged'))->{title}, 'Moi nhat', 'the newest');
sleep 1.2;
is(json(get('/api/purged'))->{title}, 'Moi nhat', 'still');

# Copyright (C) ngx_article authors
#
# Large values are copied out of L1 without its lock: they may be forgotten,
# and workers killed, meanwhile; and the smallest zone there may be.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(3);

my $paragraph = "<p>S\xc3\xa1ng nay, \xc4\x91o\xc3\xa0n c\xc3\xb4ng "
    . "t\xc3\xa1c \xc4\x91\xc3\xa3 ki\xe1\xbb\x83m tra c\xc3\xb4ng "
    . "tr\xc6\xb0\xe1\xbb\x9dng s\xe1\xbb\x91 %d c\xe1\xbb\xa7a "
    . "t\xe1\xbb\x89nh.</p>\n";

sub large {
    my ($title) = @_;
    my $page = article($title);
    $page =~ s{(?=</div></div>)}
              {join '', map { sprintf $paragraph, $_ } 1 .. 400}e;
    return $page;
}

origin(map { ("/lon-$_" => [answer(large("Lon $_"))]) } 1 .. 12);

$Article::source .= "    location = /article-status { article_status; }\n";

our $smallest = "article_zone small:1m;";

sub entries { return status_json()->{zone}{entries} }

# The title of a whole answer; JSON::PP takes long for large ones, and their
# form is others' business.
sub title {
    my ($s) = @_;
    my $b = '';

    while ($s->sysread($b, 65536, length $b)) {
        next if $b !~ /^(.*?\r\n\r\n)/s;
        my $head = length $1;
        my ($size) = $1 =~ /\r\nContent-Length: (\d+)/i;
        last if length $b >= $head + ($size // 9e9);
    }

    return $b =~ m{^HTTP/1.1 200.*\r\n\r\n\{.*?"title":"([^"]*)".*\}$}s
           ? $1 : '';
}

# as many small ones as the zone takes
sub fill {
    my ($name) = @_;
    get("/api/$name-$_") for 1 .. 400;
    return entries();
}

run_article_tests();

__DATA__

=== TEST 1: large ones, forgotten while others read them
--- client
my $wrong = 0;
my @clients;

for my $round (1 .. 15) {
    for my $n (1 .. 12) {
        my $s = open_client();
        ask($s, "/api/lon-$n");
        push @clients, [$s, $n];
    }

    # some are replaced under them
    get("PURGE /api/lon-" . ($round % 12 + 1));

    while (@clients > 20) {
        my ($s, $n) = @{shift @clients};
        $wrong++ if main::title($s) ne "Lon $n";
    }
}

for (@clients) {
    $wrong++ if main::title($_->[0]) ne "Lon $_->[1]";
}

is($wrong, 0, 'each gets what it asked for');
cmp_ok(main::entries(), '>', 1, 'there is room for more than one');



=== TEST 2: killed workers pin nothing for ever
--- no_error_log
[crit]
--- client
my $before = main::fill('truoc');
my $master = nginx_pid();
my $served = 0;

for my $round (1 .. 12) {
    my @clients = map { my $s = open_client(); ask($s, "/api/lon-$round"); $s }
                      0 .. 6;

    main::title(shift @clients);     # it is in L1, and the others copy it

    select undef, undef, undef, 0.002 * ($round % 6);
    kill KILL => (workers_of($master))[$round % 3];

    for (@clients) {
        $served++ if main::title($_) eq "Lon $round";
    }
}

cmp_ok($served, '>', 20, 'the others were served');
my $after = main::fill('sau');
cmp_ok($after, '>=', $before - 10, "all of the zone is of use ($after of $before)");



=== TEST 3: the smallest zone
--- bare
--- http_config eval
$::smallest
--- config eval
$Article::gateway . $Article::source
--- client
my $wrong = 0;

for my $round (1, 2) {
    for my $n (1 .. 60) {
        $wrong++ if status(get("/api/nho-$n")) != 200;
    }
}

is($wrong, 0, 'serves');
cmp_ok(main::entries(), '>=', 10, 'and keeps what it has room for');
is(header(get('/api/nho-60'), 'X-Cache'), 'HIT', 'the last ones');
is(status(get('/api/lon-4')), 200, 'a large one is served');
is(header(get('/api/lon-4'), 'X-Cache'), 'HIT', 'and kept');

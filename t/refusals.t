# Copyright (C) ngx_article authors
#
# A portal that forbids to store any of its pages: one line says why.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $page = article('Bai');
my %kinds = (
    private => ['Cache-Control: private'],
    old => ['Expires: Thu, 01 Jan 1970 00:00:00 GMT'],
    cookie => ['Set-Cookie: ASP.NET_SessionId=secret; path=/'],
    star => ['Vary: *'],
    plain => [],
    good => ['Cache-Control: max-age=60'],
);

origin(map { my $kind = $_;
             map { ("/$kind/$_" => [answer($page, @{$kinds{$kind}})]) } 1 .. 60
           } keys %kinds);

our %count;

sub pages {
    my ($kind, $times) = @_;
    get("/api/$kind/" . ++$count{$kind}) for 1 .. $times;
}

sub lines {
    open my $in, '<', $Test::Nginx::Util::ErrLogFile or die $!;
    return grep { /running were not stored/ } <$in>;
}

sub gateway {
    my ($host) = @_;
    return $Article::gateway =~ s/bao\.example/$host/r
                             =~ s/article_cache_valid[^;]*;//r;
}

our %gateways = map { $_ => gateway("$_.example") } 'a' .. 'g';

# counted over workers
Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(2);

run_article_tests();

__DATA__

=== TEST 1: one line, when it has become a habit
--- config eval
$::gateways{a}
--- client
%::count = ();
main::pages(private => 20);
is(scalar main::lines(), 0, 'twenty may be chance');
main::pages(private => 20);
is(scalar main::lines(), 1, 'one line');
like((main::lines())[0], qr{"https://a\.example".*origin_private.*"Cache-Control: private".*"article_cache_ignore_headers Cache-Control;"},
     'it names portal, header and directive');



=== TEST 2: again after one that could be stored
--- config eval
$::gateways{b}
--- client
%::count = ();
main::pages(old => 21);
is(scalar main::lines(), 1, 'a line');
like((main::lines())[0], qr{"Expires: Thu, 01 Jan 1970 00:00:00 GMT".*ignore_headers Expires;}, 'Expires');
main::pages(good => 1);
main::pages(old => 20);
is(scalar main::lines(), 1, 'not yet');
main::pages(old => 1);
is(scalar main::lines(), 2, 'a second one');



=== TEST 3: no value of a cookie
--- config eval
$::gateways{c}
--- client
%::count = ();
main::pages(cookie => 25);
is(scalar main::lines(), 1, 'a line');
like((main::lines())[0], qr{its header "Set-Cookie" forbids.*ignore_headers Set-Cookie;}, 'by name alone');
unlike((main::lines())[0], qr/secret/, 'without its value');



=== TEST 4: Vary, and no word at all
--- config eval
$::gateways{d}
--- client
%::count = ();
main::pages(star => 25);
like((main::lines())[0], qr{"Vary: \*".*ignore_headers Vary;}, 'Vary');
main::pages(plain => 25);
is(scalar main::lines(), 2, 'another reason, another line');
like((main::lines())[1], qr{cache_off.*"article_cache_valid 200 5m;"}, 'nothing said');



=== TEST 5: reasons in turn are no habit
--- config eval
$::gateways{e}
--- client
%::count = ();
for (1 .. 30) { main::pages(old => 1); main::pages(star => 1) }
is(scalar main::lines(), 0, 'none');



=== TEST 6: over two workers
--- config eval
$::gateways{f}
--- client
%::count = ();
main::pages(private => 45);
is(scalar main::lines(), 1, 'one line');



=== TEST 7: without shared memory
--- bare
--- config eval
$::gateways{g} . $Article::source
--- client
%::count = ();
main::pages(private => 45);
is(scalar main::lines(), 1, 'one line');

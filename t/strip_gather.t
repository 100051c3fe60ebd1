# Copyright (C) ngx_article authors
#
# What is kept leaves in few and large writes, and no later for it.

use lib 't/lib';
use Strip;
use Socket;
use Test::More;
use Test::Nginx::Util ();
use Time::HiRes qw(sleep time);

our $large = Strip::page(60, 3000);
our $large_kept = Strip::kept(60, 3000);

# more than the sockets between take
our $long = join '', Strip::page(1) =~ s{</body></html>}{}r, map { Strip::cut_block($_, 500)
                           . "<p>$_ " . 'v\xc4\x83n ' x 2000 . '</p>' } 1 .. 60;
our $long_kept = $long =~ s{<div class="related">.*?</div>}{}gsr;

# two of nginx' buffers each
my @parts = map { sprintf "<p>part %d%8180s</p>", $_, "\n" } 0 .. 3;
my @slow = map { ($_, \0.3) } @parts;

origin(
    large => [answer($large)],
    long => [answer($long)],
    parts => ["HTTP/1.1 200 OK\r\nConnection: close\r\n"
              . "Content-Type: text/html\r\n\r\n", @slow],
);

Test::Nginx::Socket::add_response_body_check(sub {
    my ($block) = @_;
    my $name = $block->name;

    chunks($name, $block->chunks) if defined $block->chunks;
    crowd($name, $block->crowd) if defined $block->crowd;
    pauses($name, $block->pauses) if defined $block->pauses;
});

Test::Nginx::Util::worker_connections(256);
run_strip_tests();


sub ask {
    my ($path, $buffer) = @_;

    socket my $socket, PF_INET, SOCK_STREAM, 0 or die "socket: $!";
    setsockopt $socket, SOL_SOCKET, SO_RCVBUF, $buffer if $buffer;
    connect $socket, sockaddr_in(Test::Nginx::Util::server_port_for_client(),
                                 inet_aton('127.0.0.1'))
        or die "connect: $!";

    syswrite $socket, "GET $path HTTP/1.1\r\nHost: localhost\r\n"
                      . "Connection: close\r\n\r\n";

    return $socket;
}


sub rest {
    my ($socket) = @_;
    my $answer = '';

    while (sysread $socket, $answer, 65536, length $answer) { }

    return $answer;
}


# the sizes of the chunks, and the bytes in them
sub unchunked {
    my ($answer) = @_;
    my (@sizes, $body);
    my (undef, $left) = split /\r\n\r\n/, $answer, 2;

    while ($left =~ s/^([0-9a-f]+)\r\n//i && hex $1) {
        push @sizes, hex $1;
        $body .= substr $left, 0, hex $1, '';
        $left =~ s/^\r\n//;
    }

    return ($body, @sizes);
}


sub chunks {
    my ($name, $most) = @_;
    my ($body, @sizes) = unchunked(rest(ask('/large')));

    ok($body eq $large_kept, "$name: the body");
    ok(@sizes <= $most, "$name: " . @sizes . " chunks, $most at most");
}


# more clients than blocks: they ask, wait, and read one after the other
sub crowd {
    my ($name, $clients) = @_;
    my @sockets = map { ask('/long', 4096) } 1 .. $clients;

    sleep 0.5;

    my $whole = grep { (unchunked(rest($_)))[0] eq $long_kept } @sockets;
    is($whole, $clients, "$name: all whole");
}


# each part comes when the portal has sent it, not with the next one
sub pauses {
    my ($name) = @_;
    my $socket = ask('/parts');
    my ($answer, @at) = ('');

    while (sysread $socket, $answer, 65536, length $answer) {
        my $parts = () = $answer =~ /<p>part \d/g;
        $at[$parts] //= time;
    }

    ok($at[3] - $at[1] > 0.3, "$name: parts leave as they come")
        or diag("at @at[1 .. 4]");
}

__DATA__

=== TEST 1: few writes
--- chunks: 6
--- request
GET /large
--- response_body eval
$::large_kept



=== TEST 2: more clients at a time than there are blocks
--- crowd: 40
--- request
GET /large
--- response_body eval
$::large_kept



=== TEST 3: a portal that sends slowly
--- pauses: 1
--- request
GET /parts
--- response_body_like: ^<p>part 0 .*<p>part 3[^<]*</p>$

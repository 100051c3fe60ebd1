package Names;

# Copyright (C) ngx_article authors
#
# A name server for nginx's resolver, on 127.0.0.1:$TEST_NGINX_DNS, that
# answers with a TTL of one second.
#
#   names()              starts it; and what a block's location /name/ leads to,
#                        for RedisLab::more(): /name/NAME/ADDRESS... says what
#                        it answers from then on, "-" that there is none
#   known(NAME, ADDRESS...)   the same from Perl
#   child(CODE)          a process that ends with the test

use strict;
use warnings;

use File::Temp qw(tempdir);
use IO::Socket::INET;
use POSIX qw(_exit);

use Exporter qw(import);
our @EXPORT = qw(names known child);

my ($parent, $dir, @children) = ($$);


sub child {
    my ($code) = @_;
    my $pid = fork // die "fork: $!";

    return push @children, $pid if $pid;
    $code->();
    _exit(0);
}


sub known {
    my ($name, @addresses) = @_;

    unlink "$dir/$name";
    return if $addresses[0] eq '-';

    open my $out, '>', "$dir/$name.new" or die "$dir/$name: $!";
    print $out "@addresses";
    close $out;
    rename "$dir/$name.new", "$dir/$name";
}


sub serve_names {
    my ($dns) = @_;

    while (1) {
        $dns->recv(my $query, 512) // next;
        my $id = unpack 'n', $query;
        my ($name, $at) = ('', 12);

        while (my $len = ord substr $query, $at, 1) {
            $name .= ($name ? '.' : '') . substr $query, $at + 1, $len;
            $at += $len + 1;
        }
        my $type = unpack 'n', substr $query, $at + 1, 2;
        my $question = substr $query, 12, $at + 5 - 12;

        if (open my $in, '<', "$dir/$name") {
            my @addresses = grep { $type == 1 } map { split } <$in>;

            $dns->send(pack('n6', $id, 0x8180, 1, scalar @addresses, 0, 0)
                       . $question
                       . join('', map { pack 'n3Nn a4', 0xc00c, 1, 1, 1, 4,
                                        pack 'C4', split /\./ } @addresses));
        } else {
            $dns->send(pack('n6', $id, 0x8183, 1, 0, 0, 0) . $question);
        }
    }
}


sub serve_orders {
    my ($server) = @_;

    while (my $client = $server->accept) {
        my ($order) = readline($client) =~ m{^GET /name/(\S+)};
        while (readline($client) =~ /\S/) { }

        known(split m{/}, $order);
        print $client "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n";
        close $client;
    }
}


sub names {
    my $dns = IO::Socket::INET->new(Proto => 'udp', LocalAddr => '127.0.0.1')
        or die "no socket: $!";
    my $server = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1')
        or die "no socket: $!";

    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    $ENV{TEST_NGINX_DNS} = $dns->sockport;

    child(sub { serve_names($dns) });
    child(sub { serve_orders($server) });

    return 'location /name/ { proxy_pass http://127.0.0.1:'
        . $server->sockport . '; }';
}


END {
    local $?;

    if ($$ == $parent) {
        kill KILL => @children;
        waitpid $_, 0 for @children;
    }
}


1;

package Networks;

# Copyright (C) ngx_article authors
#
# Hosts in network namespaces of their own: each an nginx with a zone, behind
# a link that can be cut, which shares a Redis and a portal with the others.
#
#   possible()               why there can be no such hosts, or undef
#   networks(HTTP, SERVER)   makes hosts "a" and "b" with these lines of
#                            configuration, in which stand
#                              $REDIS          the Redis' address, by the link
#                              $TEST_NGINX_PORTAL
#   host(NAME, PATH, HEADER...)     get() from a host
#   client(NAME)             a connection to it, for ask() and answered()
#   cut(NAME), mend(NAME)    its link to Redis (and to us) is down, up again
#   redis_cli(WORD...)       what the shared Redis says
#   logs()                   lines of all error logs that are errors
#
# The addresses are of 198.18.0.0/15, which is nobody's (RFC 2544).

use strict;
use warnings;

use Article;
use File::Temp qw(tempdir);
use IO::Socket::INET;
use Time::HiRes qw(sleep);

use Exporter qw(import);
our @EXPORT = qw(networks host client cut mend redis_cli logs);

my ($parent, $dir, %hosts, $redis, $redis_port, $redis_host) = ($$);


sub possible {
    return 'not root' if $> != 0;

    my $name = "article-$$";

    return 'no network namespaces (ip netns)'
        if system("ip netns add $name >/dev/null 2>&1");

    # in a chroot a namespace may be made, but not entered

    my $closed = system("ip -n $name link set lo up >/dev/null 2>&1"
                        . " && ip netns exec $name true >/dev/null 2>&1");
    my $failed = system("ip link add a$$ type veth peer name b$$"
                        . " && ip link del a$$");

    system("ip netns del $name");

    return $closed ? 'network namespaces cannot be entered here'
           : $failed ? 'no veth links' : undef;
}


sub run {
    my ($command) = @_;

    system($command) == 0 or die "$command failed";
}


sub link_up {
    my ($name, $n) = @_;
    my $net = '198.18.' . $$ % 251 . '.';
    my $host = $hosts{$name} = {
        space => "article-$$-$name", link => "ar$name$$",
        here => $net . (4 * $n + 1), there => $net . (4 * $n + 2),
    };

    run("ip netns add $host->{space}");
    run("ip link add $host->{link} type veth peer name eth0"
        . " netns $host->{space}");
    run("ip addr add $host->{here}/30 dev $host->{link}");
    run("ip link set $host->{link} up");

    for ('link set lo up', "addr add $host->{there}/30 dev eth0",
         'link set eth0 up', "route add $redis_host via $host->{here}")
    {
        run("ip -n $host->{space} $_");
    }
}


sub start_redis {
    my $server = $ENV{ARTICLE_REDIS_SERVER} || 'redis-server';
    $redis_port = 20000 + $$ % 9000;
    $redis = fork // die "fork: $!";
    if (!$redis) {
        open STDOUT, '>', '/dev/null';
        exec($server, '--port', $redis_port, '--bind', $redis_host,
             '--protected-mode', 'no', '--save', '', '--dir', $dir)
            or POSIX::_exit(1);
    }

    for (1 .. 100) {
        return if IO::Socket::INET->new(PeerAddr => $redis_host,
                                        PeerPort => $redis_port);
        sleep 0.05;
    }
    die 'redis-server did not start';
}


sub start_nginx {
    my ($host, $http, $server) = @_;
    my $own = "$dir/$host->{space}";
    my $modules = join '', map { "load_module $_;\n" }
        split ' ', $ENV{TEST_NGINX_LOAD_MODULES};
    my $temp = join '', map { "${_}_temp_path $own/$_;\n" }
        qw(client_body proxy fastcgi uwsgi scgi);
    my $text = <<"_EOC_";
$modules
user root;
daemon off;
worker_processes 2;
pid $own/nginx.pid;
error_log $own/error.log notice;
events { worker_connections 2048; }
http {
    access_log off;
    $temp
    article_zone main:2m;
    $http
    server {
        listen 80 backlog=1024;
        $server
    }
}
_EOC_

    $text =~ s/\$REDIS\b/$redis_host:$redis_port/g;
    $text =~ s/\$TEST_NGINX_PORTAL/$ENV{TEST_NGINX_PORTAL}/g;

    mkdir $own;
    open my $out, '>', "$own/nginx.conf" or die "$own/nginx.conf: $!";
    print $out $text;
    close $out;

    $host->{log} = "$own/error.log";
    $host->{pid} = fork // die "fork: $!";
    if (!$host->{pid}) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>>', $host->{log};
        exec 'ip', 'netns', 'exec', $host->{space}, $ENV{TEST_NGINX_BINARY},
            '-e', $host->{log}, '-p', $own, '-c', "$own/nginx.conf"
            or POSIX::_exit(1);
    }
}


sub networks {
    my ($http, $server) = @_;
    my $n = 0;

    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;

    $redis_host = '198.18.' . $$ % 251 . '.254';
    run("ip addr add $redis_host/32 dev lo");

    link_up($_, $n++) for 'a', 'b';
    start_redis();
    start_nginx($hosts{$_}, $http, $server) for 'a', 'b';

    for my $name ('a', 'b') {
        for (1 .. 200) {
            last if eval { client($name) };
            sleep 0.05;
        }
        client($name);
    }
}


sub client {
    my ($name) = @_;

    return IO::Socket::INET->new(PeerAddr => $hosts{$name}{there},
                                 PeerPort => 80, Timeout => 10)
        || die "host $name cannot be reached: $!";
}


sub host {
    my ($name, $path, @headers) = @_;
    my $s = client($name);

    Article::ask($s, $path, @headers);
    return Article::answered($s, 10, $path =~ /^HEAD /) // '';
}


# Only the way to Redis: we want to go on asking the host.
sub cut {
    my ($name) = @_;

    run("ip -n $hosts{$name}{space} route replace blackhole $redis_host");
}


sub mend {
    my ($name) = @_;
    my $host = $hosts{$name};

    run("ip -n $host->{space} route del blackhole $redis_host");
    run("ip -n $host->{space} route replace $redis_host via $host->{here}");
}


sub redis_cli {
    chomp(my $answer = `redis-cli -h $redis_host -p $redis_port @_`);
    return $answer;
}


sub logs {
    my @lines;

    for my $host (values %hosts) {
        open my $in, '<', $host->{log} or next;
        push @lines, grep { /\[(?:alert|emerg|crit)\]|exited on signal/ } <$in>;
    }

    return @lines;
}


END {
    local $?;

    if ($$ == $parent) {
        for my $pid (grep { $_ } $redis, map { $_->{pid} } values %hosts) {
            kill TERM => $pid;
            waitpid $pid, 0;
        }
        system("ip addr del $redis_host/32 dev lo 2>/dev/null")
            if $redis_host;

        for my $host (values %hosts) {
            system("ip link del $host->{link} 2>/dev/null");
            system("ip netns del $host->{space} 2>/dev/null");
        }
    }
}


1;

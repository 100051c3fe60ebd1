package RedisLab;

# Copyright (C) ngx_article authors
#
# Starts redis_lab.py for a .t file: a private redis-server, and before it a
# proxy whose faults are switched by HTTP.  In the blocks stand for
#
#   $TEST_NGINX_REDIS_REAL    unix:... of the server
#   $TEST_NGINX_REDIS         unix:... of the proxy
#   $TEST_NGINX_REDIS_TCP     127.0.0.1:PORT of the proxy
#   $TEST_NGINX_REDIS_LAB     http://unix:... for proxy_pass: the switches
#   $TEST_NGINX_REDIS_DIR     a directory that the worker can read

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Handle;
use IO::Socket::UNIX;

use Exporter qw(import);
our @EXPORT = qw(start_redis lab);

my ($dir, $pipe);


# start_redis(OPTION...): options of redis-server
sub start_redis {
    my (@options) = @_;

    my $program = $ENV{ARTICLE_REDIS_SERVER} || 'redis-server';
    my $here = dirname(abs_path(__FILE__));

    $dir = tempdir('article-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;

    open $pipe, '|-', $ENV{ARTICLE_PYTHON} || 'python3',
        "$here/redis_lab.py", $dir, $program, @options
        or die "cannot start redis_lab.py: $!";

    for (1 .. 200) {
        last if -s "$dir/port";
        select undef, undef, undef, 0.05;
    }

    open my $in, '<', "$dir/port" or die "redis_lab.py did not start";
    chomp(my $port = <$in>);

    $ENV{TEST_NGINX_REDIS_REAL} = "unix:$dir/redis.sock";
    $ENV{TEST_NGINX_REDIS} = "unix:$dir/proxy.sock";
    $ENV{TEST_NGINX_REDIS_TCP} = "127.0.0.1:$port";
    $ENV{TEST_NGINX_REDIS_LAB} = "http://unix:$dir/control.sock:";
    $ENV{TEST_NGINX_REDIS_DIR} = $dir;

    return $dir;
}


# lab('late/50'): a switch, without nginx
sub lab {
    my ($order) = @_;

    my $socket = IO::Socket::UNIX->new(Peer => "$dir/control.sock")
        or die "no redis_lab.py: $!";

    print $socket "GET /$order HTTP/1.0\r\n\r\n";
    $socket->flush();

    my $answer = do { local $/; <$socket> };
    $answer =~ s/^.*?\r\n\r\n//s;

    return $answer;
}


END {
    local $?;
    close $pipe if $pipe;
}


1;

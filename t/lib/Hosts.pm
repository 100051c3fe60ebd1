package Hosts;

# Copyright (C) ngx_article authors
#
# A second host beside the nginx under test: an nginx with a zone of its own,
# in a network of its own as far as the module can know, which shares Redis
# and the portal with the first.
#
#   second(HTTP, SERVER)   starts it with these lines of configuration (the
#                          gateway of Article.pm is added); a path for get()
#   stop_second()          it ends
#   reload_second()        it reads its configuration again
#   second_log()           its error log, whole
#   other(PATH, HEADER...) get() from it
#   other_client()         a connection to it, for ask() and answered()
#   within(SECONDS, CODE)  how long until the code is true; undef if never

use strict;
use warnings;

use Article;
use File::Temp qw(tempdir);
use IO::Socket::INET;
use Time::HiRes qw(sleep time);

use Exporter qw(import);
our @EXPORT = qw(second stop_second reload_second second_log other
                 other_client within);

my ($parent, $dir, $port, $pid) = ($$);


sub expand {
    my ($text) = @_;

    $text =~ s/\$(TEST_NGINX_\w+)/$ENV{$1} \/\/ die "no $1"/ge;
    return $text;
}


sub second {
    my ($http, $server) = @_;

    stop_second();
    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;
    mkdir "$dir/logs";
    $port = Test::Nginx::Util::server_port_for_client() + 7;

    my $modules = join '', map { "load_module $_;\n" }
        split ' ', $ENV{TEST_NGINX_LOAD_MODULES};
    my $user = $> == 0 ? "user root;\n" : '';

    open my $out, '>', "$dir/nginx.conf" or die "$dir/nginx.conf: $!";
    print $out expand(<<"_EOC_");
$modules
${user}daemon off;
master_process on;
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/error.log notice;
events { worker_connections 2048; }
http {
    access_log off;
    @{[map { "${_}_temp_path $dir/$_;" }
           qw(client_body proxy fastcgi uwsgi scgi)]}
    article_zone main:2m;
    $http
    server {
        listen 127.0.0.1:$port;
        @{[$server // $Article::gateway]}
        location = /article-status { article_status; }
        $Article::source
    }
}
_EOC_
    close $out;

    start_second();
}


sub start_second {
    $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        open STDERR, '>>', "$dir/error.log";
        exec $ENV{TEST_NGINX_BINARY}, '-e', "$dir/error.log", '-p', $dir,
            '-c', "$dir/nginx.conf"
            or POSIX::_exit(1);
    }

    for (1 .. 100) {
        return 1 if IO::Socket::INET->new(PeerAddr => '127.0.0.1',
                                          PeerPort => $port);
        sleep 0.05;
    }

    die "the second nginx did not start: " . second_log();
}


sub stop_second {
    return if !$pid;
    kill TERM => $pid;
    waitpid $pid, 0;
    $pid = 0;
}


sub reload_second {
    kill HUP => $pid;
}


sub second_log {
    open my $in, '<', "$dir/error.log" or return '';
    local $/;
    return <$in> // '';
}


sub other_client {
    return IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port,
                                 Timeout => 10) || die "no second nginx";
}


sub other {
    my ($path, @headers) = @_;
    my $s = other_client();

    Article::ask($s, $path, @headers);
    return Article::answered($s, 10, $path =~ /^HEAD /) // '';
}


sub within {
    my ($seconds, $code) = @_;
    my $start = time;

    while (time - $start < $seconds) {
        return time - $start if $code->();
        sleep 0.02;
    }

    return undef;
}


END {
    local $?;

    if ($$ == $parent && $pid) {
        kill TERM => $pid;
        waitpid $pid, 0;
    }
}


1;

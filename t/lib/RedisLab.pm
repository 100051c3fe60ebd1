package RedisLab;

# Copyright (C) ngx_article authors
#
# What the t/redis*.t share: a private redis-server behind redis_lab.py, a
# proxy whose faults are switched by HTTP, and a gateway before a portal.
#
#   redis(OPTION...)   starts them; options of redis-server
#   redis_set(KIND)    starts a "cluster" or a "sentinel" set in their place:
#                      redis_set.py has its own switches
#   lab('late/50')     a switch, from Perl
#   master()           nginx has a master, so that it can reload
#   more(LOCATIONS)    further locations of every block
#   run_blocks(LEVEL)  runs the blocks, with this error log level
#
# In the blocks stand for
#
#   $TEST_NGINX_REDIS         unix:... of the proxy
#   $TEST_NGINX_REDIS_REAL    unix:... of the server
#   $TEST_NGINX_REDIS_PORT    the proxy's TCP port on 127.0.0.1
#   $TEST_NGINX_REDIS_DIR     their directory
#   $TEST_NGINX_REDIS_SET     what article_redis takes for the whole set
#
# A block that says nothing has article_redis with the proxy and nothing else:
# no zone, so that what is not in Redis comes from the portal.  /api/X is an
# article, with X-Level, X-Status, X-Reason and X-Time telling how it was
# come by; /lab/ORDER is a switch.  All faults are undone before a block, and
# nothing above "error" may be in its error log.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Handle;
use IO::Socket::UNIX;

use Test::Nginx::Socket 'no_plan';

use Exporter qw(import);
our @EXPORT = qw(redis redis_set lab master run_blocks order header);

my ($parent, $dir, $pipe) = ($$);

my $gateway = <<'EOF';
    location /api/ {
        article_json         /-source/;
        article_base_url     https://bao.example;
        article_cache_valid  200 5m;
        article_purge        1;

        add_header  X-Level   $article_cache_level   always;
        add_header  X-Status  $article_cache_status  always;
        add_header  X-Reason  $article_reason        always;
        add_header  X-Time    $request_time          always;
    }

    location /-source/ {
        internal;
        proxy_pass  http://127.0.0.1:$TEST_NGINX_SERVER_PORT/portal/;
    }

    location /portal/ {
        default_type  "text/html; charset=utf-8";
        return 200 "PAGE";
    }

    location = /status {
        article_status;
    }

    location /lab/ {
        proxy_pass        http://unix:$TEST_NGINX_REDIS_DIR/control.sock:/;
        proxy_set_header  X-Port  $server_port;
    }
EOF

my $page = join '', map { s/^\s+//r } split /\n/, <<'EOF';
    <!DOCTYPE html>
    <html lang='vi'>
    <head><title>Hội nghị tổng kết $uri</title></head>
    <body>
    <div class='content'>
    <h1>Hội nghị tổng kết $uri</h1>
    <p>Sáng 12/3/2026, Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết công
     tác năm, với sự tham dự của đại diện các sở, ngành và địa phương.</p>
    <p>Tại hội nghị, các đại biểu thảo luận về phát triển kinh tế, xã hội của
     tỉnh trong thời gian tới, nhất là đầu tư công và nông nghiệp.</p>
    <p>Kết luận hội nghị, đồng chí Chủ tịch yêu cầu các đơn vị tập trung thực
     hiện nhiệm vụ được giao, bảo đảm tiến độ và chất lượng.</p>
    </div>
    </body>
    </html>
EOF

$gateway =~ s/PAGE/$page/;


sub redis {
    my ($port) = start('redis_lab.py', @_);

    $ENV{TEST_NGINX_REDIS} = "unix:$dir/proxy.sock";
    $ENV{TEST_NGINX_REDIS_REAL} = "unix:$dir/redis.sock";
    $ENV{TEST_NGINX_REDIS_PORT} = $port;

    return $dir;
}


sub redis_set {
    my (@ports) = start('redis_set.py', @_);

    $ENV{TEST_NGINX_REDIS_SET} = "@ports";
    $ENV{TEST_NGINX_REDIS} = "@ports";

    return $dir;
}


sub start {
    my ($script, @options) = @_;

    my $program = $ENV{ARTICLE_REDIS_SERVER} || 'redis-server';
    my $here = dirname(abs_path(__FILE__));

    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;

    $ENV{REDIS_LAB_LOG} = $Test::Nginx::Util::ErrLogFile;
    $ENV{REDIS_LAB_PID} = $Test::Nginx::Util::PidFile;

    open $pipe, '|-', $ENV{ARTICLE_PYTHON} || 'python3',
        "$here/$script", $dir, $program, @options
        or die "cannot start $script: $!";

    for (1 .. 600) {
        last if -s "$dir/port";
        select undef, undef, undef, 0.05;
    }

    open my $in, '<', "$dir/port" or die "$script did not start";
    chomp(my $ports = <$in>);

    $ENV{TEST_NGINX_REDIS_DIR} = $dir;

    return split / /, $ports;
}


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


# order('do', 'SET', 'a', 'b c'): a request for /lab/; no "/" in the words
sub order {
    my (@words) = @_;

    s/([^\w])/sprintf '%%%02x', ord $1/ge for @words;

    return join '/', 'GET /lab', @words;
}


# header('X-Level', 'origin', 'redis'): for response_headers, one a request
sub header {
    my ($name, @values) = @_;

    return [map { "$name: $_" } @values];
}


# nginx with a master and workers
sub master {
    master_on();
}


sub more {
    $gateway .= $_[0];
}


sub run_blocks {
    my ($level) = @_;

    log_level($level // 'info');

    add_block_preprocessor(sub {
        my ($block) = @_;

        $block->set_value('http_config', 'article_redis $TEST_NGINX_REDIS;')
            if !defined $block->http_config;

        $block->set_value('config', $gateway . ($block->more // ''))
            if !defined $block->config;

        $block->set_value('init', 'RedisLab::lab("reset");'
                          . ($block->init // ''));

        $block->set_value('suppress_stderr', '')
            if defined $block->must_die;

        $block->set_value('no_error_log', "[alert]\n[crit]\n[emerg]")
            if !defined $block->no_error_log;
    });

    run_tests();
}


END {
    local $?;

    if ($pipe && $$ == $parent) {
        close $pipe;
    }
}


1;

package Article;

# Copyright (C) ngx_article authors
#
# What the tests of article_json share: a portal that answers byte by byte if
# it must and remembers what it was asked, and clients that come by the dozen.
#
#   origin(PATH => ANSWER, ...)   starts it.  PATH is a path with arguments;
#                                 ANSWER a list of pieces to send (a reference
#                                 to a number is a pause of so many seconds).
#                                 Every other path is an article, after as
#                                 many seconds as "slow0.5" in it says
#   answer(BODY, HEADER...)       a whole answer, by default 200 and HTML
#   article(TITLE)                a page that is an article
#   change(PATH => ANSWER, ...)   what it answers from now on
#   redis()                       starts a redis-server: $TEST_NGINX_REDIS
#   seen(REGEX)                   the requests it has got, whole, in order
#   $TEST_NGINX_PORTAL            its address for proxy_pass
#
#   --- client                    Perl, run with nginx up, before --- request.
#                                 In it:
#   get(PATH, HEADER...)          one request on a connection of its own
#   open_client, ask, answered    the same step by step
#   header(ANSWER, NAME), status(ANSWER), body(ANSWER)
#
# Every item, feed and problem they get is validated against the schema.
#
# A block without config gets the gateway of $Article::gateway.  A block that
# says nothing of the error log must leave no error in it.

use strict;
use warnings;

use File::Temp qw(tempdir);
use IO::Socket::INET;
use IO::Socket::UNIX;
use JSON::PP ();
use POSIX qw(_exit);
use Storable qw(retrieve store);
use Time::HiRes qw(sleep time);

use Test::Nginx::Socket 'no_plan';
use Test::Nginx::Util ();

use Answers ();
use Mode;

use Exporter qw(import);
our @EXPORT = qw(origin change answer article redis seen get open_client ask answered
                 header status body json status_json nginx_pid workers_of
                 sleep time run_article_tests);

our $gateway = <<'_EOC_';
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
        article_cache_valid 200 5m;
        article_purge 1;
        add_header X-Cache $article_cache_status always;
        add_header X-Level $article_cache_level always;
        add_header X-Reason $article_reason always;
    }
_EOC_

our $source = <<'_EOC_';
    location /-source/ {
        internal;
        gunzip on;
        proxy_pass http://$TEST_NGINX_PORTAL:/;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host bao.example;
        proxy_read_timeout 3s;
    }
_EOC_

our $http = '';

$ENV{TEST_NGINX_HTML_DIR} = html_dir();

my ($parent, $child, $dir) = ($$);


# ---- the portal ----------------------------------------------------------

sub article {
    my ($title) = @_;

    my $text = "S\xc3\xa1ng nay, \xc4\x91o\xc3\xa0n c\xc3\xb4ng t\xc3\xa1c "
        . "c\xe1\xbb\xa7a t\xe1\xbb\x89nh \xc4\x91\xc3\xa3 ki\xe1\xbb\x83m tra "
        . "ti\xe1\xba\xbfn \xc4\x91\xe1\xbb\x99 thi c\xc3\xb4ng v\xc3\xa0 "
        . "th\xc4\x83m h\xe1\xbb\x8fi c\xc3\xb4ng nh\xc3\xa2n tr\xc3\xaan "
        . "c\xc3\xb4ng tr\xc6\xb0\xe1\xbb\x9dng.";

    return <<"_EOC_";
<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>$title</title>
<meta property="og:type" content="article">
<meta property="og:title" content="$title"></head>
<body><div class="detail"><h1>$title</h1>
<p class="date">16/05/2026 08:30</p>
<div class="content">
@{[map { "<p>$_. $text $text</p>\n" } 1 .. 8]}
</div></div></body></html>
_EOC_
}


sub answer {
    my ($body, @headers) = @_;
    my $status = '200 OK';

    if (@headers && $headers[0] =~ /^\d/) {
        $status = shift @headers;
    }

    return join "\r\n", "HTTP/1.1 $status",
        (grep({ /^Content-Type:/i } @headers)
            ? () : 'Content-Type: text/html; charset=utf-8'),
        (grep({ /^(Content-Length|Transfer-Encoding|Connection):/i } @headers)
            ? () : 'Content-Length: ' . length $body),
        grep({ length } @headers), '', $body;
}


sub serve {
    my ($client, $answers) = @_;

    while (1) {
        my $request = '';

        while ($request !~ /\r\n\r\n/) {
            $client->sysread($request, 65536, length $request) or return;
        }

        my ($size) = $request =~ /\r\nContent-Length: (\d+)/i;
        my ($body) = $request =~ /\r\n\r\n(.*)/s;
        while (defined $size && length $body < $size) {
            $client->sysread($body, 65536, length $body) or return;
        }

        open my $log, '>>', "$dir/requests" or return;
        syswrite $log, "$request\0";
        close $log;

        my ($path) = $request =~ /^\w+ (\S+)/;
        my $changed = -e "$dir/changed" ? retrieve("$dir/changed") : {};
        my $pieces = $changed->{$path} // $answers->{$path};

        if (!$pieces) {
            sleep $1 if $path =~ /slow([\d.]+\d)/;
            $pieces = [answer(article("B\xc3\xa0i $path"))];
        }

        for my $piece (map { split_up($_) } @$pieces) {
            if (ref $piece) {
                sleep $$piece;
            } else {
                # more than a socket takes goes out bit by bit
                my $at = 0;
                while ($at < length $piece) {
                    $at += $client->syswrite($piece, 65536, $at) // return;
                }
            }
        }

        return if join('', grep { !ref } @$pieces)
                  !~ /\r\n(?:Content-Length|Transfer-Encoding):/i
                  || grep { !ref && /\r\nConnection: close/i } @$pieces;
    }
}


sub origin {
    my %answers = @_;

    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;
    $ENV{TEST_NGINX_PORTAL} = "unix:$dir/portal.sock";

    my $server = IO::Socket::UNIX->new(Local => "$dir/portal.sock",
                                       Listen => 1024)
        or die "cannot listen on $dir/portal.sock: $!";
    chmod 0777, "$dir/portal.sock";

    $child = fork // die "fork: $!";
    return if $child;

    $SIG{CHLD} = 'IGNORE';
    $SIG{TERM} = sub { _exit(0) };
    $SIG{PIPE} = 'IGNORE';

    while (1) {
        my $client = $server->accept or next;
        if (!fork) {
            close $server;
            serve($client, \%answers);
            $client->shutdown(2);
            _exit(0);
        }
        close $client;
    }
}


sub change {
    my %answers = @_;
    my $changed = -e "$dir/changed" ? retrieve("$dir/changed") : {};

    store({ %$changed, %answers }, "$dir/changed.new");
    rename "$dir/changed.new", "$dir/changed";
}


# A private redis-server; returns its address for article_redis.
my $redis;

sub redis {
    my $server = $ENV{ARTICLE_REDIS_SERVER} || 'redis-server';
    my $socket = "$dir/redis.sock";

    $redis = fork // die "fork: $!";
    if (!$redis) {
        open STDOUT, '>', '/dev/null';
        exec($server, '--port', 0, '--unixsocket', $socket,
             '--unixsocketperm', 777, '--save', '', '--dir', $dir)
            or _exit(1);
    }

    for (1 .. 100) {
        last if -S $socket;
        sleep 0.05;
    }

    return $ENV{TEST_NGINX_REDIS} = "unix:$socket";
}


sub seen {
    my ($regex) = @_;

    open my $in, '<', "$dir/requests" or return wantarray ? () : 0;
    local $/;
    return grep { /$regex/ } split /\0/, <$in> // '';
}


END {
    if ($$ == $parent) {
        kill TERM => $_ for grep { $_ } $child, $redis;
    }
}


# ---- clients -------------------------------------------------------------

sub open_client {
    return IO::Socket::INET->new(
        PeerAddr => '127.0.0.1', PeerPort => server_port_for_client(),
        Timeout => 10) || die "cannot connect: $!";
}


sub ask {
    my ($s, $path, @headers) = @_;
    my $method = 'GET';

    if ($path =~ s/^([A-Z]+) //) {
        $method = $1;
    }

    unshift @headers, 'Host: localhost' if !grep { /^Host:/i } @headers;
    $s->syswrite(join "\r\n", "$method $path HTTP/1.1", @headers, '', '');
}


# One whole answer; undef if the connection ends, or says nothing, before.
sub answered {
    my ($s, $timeout, $head_only) = @_;
    my $b = delete ${*$s}{article_left} // '';

    my $in = '';
    vec($in, fileno $s, 1) = 1;
    my $end = time + ($timeout // 10);

    while (1) {
        if ($b =~ /^(.*?\r\n\r\n)/s) {
            my $size = length $1;
            if (!$head_only && $b !~ m{^HTTP/1.1 304}) {
                if ($1 =~ /\r\nContent-Length: (\d+)/i) {
                    $size += $1;
                } elsif ($1 =~ /\r\nTransfer-Encoding: chunked/i) {
                    $size = $b =~ /^(.*?\r\n0\r\n\r\n)/s ? length $1 : 9e9;
                }
            }
            if (length $b >= $size) {
                ${*$s}{article_left} = substr $b, $size;
                $b = substr $b, 0, $size;
                if (!$head_only && status($b) =~ /^(?:200|[45]..)/) {
                    Answers::take(body($b));
                }
                return $b;
            }
        }
        my $wait = $end - time;
        return undef if $wait <= 0 || !select my $r = $in, undef, undef, $wait;
        return undef if !$s->sysread($b, 65536, length $b);
    }
}


sub get {
    my ($path, @headers) = @_;
    my $s = open_client();

    ask($s, $path, @headers);
    return answered($s, 10, $path =~ /^HEAD /) // '';
}


sub status {
    return ($_[0] // '') =~ m{^HTTP/1.1 (\d+)} ? $1 : 0;
}


sub header {
    my ($answer, $name) = @_;
    my ($head) = split /\r\n\r\n/, $answer // '', 2;

    return join ', ', ($head // '') =~ /^\Q$name\E: ([^\r\n]*)/gim;
}


sub body {
    my $body = (split /\r\n\r\n/, $_[0] // '', 2)[1] // '';

    if (header($_[0], 'Transfer-Encoding')) {
        my $chunked = $body;
        $body = '';
        while ($chunked =~ s/^([0-9a-f]+)\r\n//i && hex $1) {
            $body .= substr $chunked, 0, hex $1, '';
            $chunked =~ s/^\r\n//;
        }
    }

    return $body;
}


sub json {
    my $data = eval { JSON::PP->new->utf8->decode(body($_[0])) };

    return $data // {};
}


sub status_json {
    return json(get('/article-status'));
}


sub nginx_pid {
    open my $in, '<', $Test::Nginx::Util::PidFile or die "no pid file: $!";
    return <$in> + 0;
}


sub workers_of {
    my ($pid) = @_;

    return grep { /^\d+$/ } split /\s+/, `ps -o pid= --ppid $pid`;
}


# ---- blocks --------------------------------------------------------------

add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value(http_config => "    article_zone main:2m;\n$http"
                                     . ($block->http_config // ''))
        if !defined $block->bare;

    if (!defined $block->config) {
        $block->set_value(config => $gateway . $source);
    } elsif (!defined $block->bare) {
        $block->set_value(config => $block->config . $source);
    }

    if (!defined $block->request && defined $block->client) {
        $block->set_value(request => 'GET /none');
        $block->set_value(error_code => 404) if !defined $block->error_code;
        $block->set_value(log_level => 'warn') if !defined $block->log_level;
        if (!defined $block->no_error_log && !defined $block->error_log) {
            $block->set_value(no_error_log => "[alert]\n[crit]\n[emerg]\n");
        }
    } elsif (!defined $block->error_log && !defined $block->no_error_log
             && !defined $block->must_die)
    {
        $block->set_value(no_error_log => "[error]\n[alert]\n[crit]\n");
    }
});


my $helper = $Test::Nginx::Util::RunTestHelper;

$Test::Nginx::Util::RunTestHelper = sub {
    my ($block, $dry_run, @rest) = @_;

    if (defined $block->client && !$dry_run) {
        my $name = $block->name =~ s/[^\w ,:]/ /gr;

        eval qq{package main;\n# line 1 "$name"\n} . $block->client . "\n; 1"
            or fail("$name: $@");
    }

    return $helper->($block, $dry_run, @rest);
};


sub run_article_tests {
    no_root_location();
    no_long_string();
    run_tests();
    Answers::validate();
}

1;

package Beside;

# Copyright (C) ngx_article authors
#
# Two nginxes with the same configuration: one with the module and
# "article_strip on" at http level, the other without.  What the first answers
# must be what the second does, but for what is cut.  On top of Strip.pm.
#
#   --- same    requests, one a line, whose answers are the same byte by byte
#               but for Date, Last-Modified and ETag of files, and boundaries
#               of parts, which no two nginxes share, and for where chunks of a
#               chunked body end, which is nobody's to rely on
#   --- kept    requests: the same once the blocks of Strip::cut_block() are
#               cut from the other's body; 200 with the same other headers
#   --- broken  requests whose answers of both end before they are whole, with
#               the same bytes of a page
#   --- shows   a pattern that each answer of both, as it came, must match:
#               or the test would show nothing
#   --- h2      1: the requests go over HTTP/2, by curl
#
# A request is "PATH" or "METHOD PATH", then " | Header: value" as often as
# needed, then " << BODY".  " ^ " before it sends the body only once the answer
# has begun.  In the configuration DIR is a directory that each nginx has for
# itself.

use strict;
use warnings;

use File::Temp qw(tempdir);
use IO::Socket::INET;
use IO::Socket::UNIX;
use IO::Uncompress::Gunzip qw(gunzip);

use Test::Nginx::Socket;
use Test::Nginx::Util ();
use Test::More;

use Strip ();

use Exporter qw(import);
our @EXPORT = qw(run_tests_beside);

# what a stripped page has no more, whatever is cut (README: article_strip)
my @gone = qw(Content-Length Accept-Ranges Last-Modified ETag
              Transfer-Encoding Date);

my $ours;


# ---- the other nginx -----------------------------------------------------

sub plain_conf {
    my ($block) = @_;
    my $http = ($block->http_config // '') . 'proxy_http_version 1.1;';
    my $config = $block->config;
    my $globals = $block->main_config // '';

    return "$globals\ndaemon on; pid DIR/pid; error_log DIR/error.log info;\n"
        . "events { }\nhttp { access_log off; "
        . "default_type text/plain; keepalive_timeout 68;\n"
        . join('', map { "${_}_temp_path DIR/$_; " }
                   qw(client_body proxy fastcgi uwsgi scgi))
        . "$http\nserver { listen unix:DIR/sock;\n"
        . "server_name localhost; root $ENV{TEST_NGINX_HTML_DIR};\n$config}\n"
        . "server { listen unix:DIR/h2 http2; server_name localhost;\n"
        . "root $ENV{TEST_NGINX_HTML_DIR};\n$config}}\n";
}


sub start_plain {
    my ($block) = @_;
    my $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    my $nginx = $ENV{ARTICLE_SAN_NGINX} // $ENV{TEST_NGINX_BINARY} // 'nginx';

    my $text = $block->plain =~ s/\bDIR\b/$dir/gr;

    $text =~ s/\$(TEST_NGINX_\w+)/$ENV{$1}/g;
    chmod 0777, $dir;
    open my $out, '>', "$dir/nginx.conf";
    print $out $text;
    close $out;

    system($nginx, '-e', "$dir/error.log", '-c', "$dir/nginx.conf") == 0
        or die "the other nginx does not start";

    return $dir;
}


# ---- requests ------------------------------------------------------------

sub parsed {
    my ($line) = @_;
    my ($head, $wait, $body) = $line =~ /^(.*?)( \^)?(?: << (.*))?$/;
    my ($first, @headers) = split / \| /, $head;

    $first = "GET $first" if $first !~ /^[A-Z]+ /;
    push @headers, 'Content-Length: ' . length $body
        if defined $body && !grep { /^Upgrade:/i } @headers;
    push @headers, 'Host: localhost' if !grep { /^Host:/i } @headers;
    push @headers, 'Connection: close' if !grep { /^Connection:/i } @headers;

    return ($first, \@headers, $body, $wait);
}


sub over_http1 {
    my ($s, $line) = @_;
    my ($first, $headers, $body, $wait) = parsed($line);
    my $answer = '';

    $first .= ' HTTP/1.1' if $first !~ / HTTP\//;
    $s->syswrite(join "\r\n", $first, @$headers, '', '');

    my $in = '';
    vec($in, fileno $s, 1) = 1;
    if ($wait && select my $ready = $in, undef, undef, 8) {
        $s->sysread($answer, 65536);
    }
    $s->syswrite($body) if defined $body;

    while (select my $ready = $in, undef, undef, 8) {
        $s->sysread($answer, 65536, length $answer) or last;
    }

    return $answer;
}


sub over_http2 {
    my ($socket, $line) = @_;
    my ($first, $headers, $body) = parsed($line);
    my ($method, $path) = split / /, $first;
    my @curl = ('curl', '-si', '--max-time', 10, '--http2-prior-knowledge',
                '--unix-socket', $socket, '-X', $method,
                map({ ('-H', $_) } grep { !/^(?:Connection|Host|Content-L)/ }
                                       @$headers),
                defined $body ? ('--data-binary', $body) : (),
                $method eq 'HEAD' ? '--head' : ());

    open my $out, '-|', @curl, "http://localhost$path" or die "curl: $!";
    binmode $out;
    local $/;

    return (<$out> // '') . "\ncurl ended";
}


sub answers {
    my ($block, $dir, $line) = @_;

    if ($block->h2) {
        return (over_http2("$ours/h2", $line), over_http2("$dir/h2", $line));
    }

    my $socket = IO::Socket::INET->new(
        PeerAddr => '127.0.0.1', PeerPort => server_port_for_client())
        or die "cannot connect: $!";

    return (over_http1($socket, $line),
            over_http1(IO::Socket::UNIX->new("$dir/sock"), $line));
}


# ---- what must be the same -----------------------------------------------

sub comparable {
    my ($answer) = @_;

    $answer =~ s/^(?:date|last-modified|etag): [^\r\n]*\r\n//gmi
        if $answer =~ /^date:/mi;
    $answer =~ s/\b\d{20}\b/BOUNDARY/g;

    my ($head, $body) = split /(?<=\r\n\r\n)/, $answer, 2;
    if ($head =~ /^Transfer-Encoding: chunked\r$/mi) {
        ($body, my $left) = joined($body);
        $answer = $head . $body . $left;
    }

    return $answer;
}


# of a chunked body: the data, and what comes behind the last whole chunk
sub joined {
    my ($left) = @_;
    my $body = '';

    while ($left =~ /^([0-9a-f]+)\r\n/i && hex $1
           && length $left >= $+[0] + 2 + hex $1) {
        $body .= substr $left, $+[0], hex $1;
        substr $left, 0, $+[0] + 2 + hex $1, '';
    }

    return ($body, $left);
}


sub head_and_body {
    my ($answer) = @_;
    my ($head, $body) = split /\r\n\r\n/, $answer, 2;
    my %head = map { /^([^:]+): (.*)/ ? (lc $1, $2) : () }
                   split /\r\n/, $head // '';

    $body //= '';
    if (($head{'transfer-encoding'} // '') eq 'chunked') {
        ($body) = joined($body);
    }
    if (($head{'content-encoding'} // '') eq 'gzip') {
        gunzip(\(my $packed = $body) => \$body);
    }
    delete @head{map { lc } @gone};

    return (join('', map { "$_: $head{$_}\n" } sort keys %head), $body);
}


# cut off before the length that was told, or before the last chunk
sub broken {
    my ($answer) = @_;
    my ($head, $body) = split /\r\n\r\n/, $answer, 2;

    return length $body < $1 if $head =~ /\r\nContent-Length: (\d+)/i;
    return $head =~ /\r\nTransfer-Encoding: chunked/i
        && $body !~ /\r\n0\r\n\r\n$/;
}


sub cut {
    my ($body) = @_;

    return $body =~ s{<div class="related"><h3>.*?</ul></div>}{}gsr;
}


sub compare {
    my ($block, $dir, $kind) = @_;
    my $name = $block->name;

    for my $line (grep { length } split /\n/, $block->$kind) {
        my ($with, $without) = answers($block, $dir, $line);

        if (defined $block->shows) {
            my $shows = $block->shows =~ s/\s+$//r;
            like($with, qr/$shows/s, "$name: $line: what it is to show");
            like($without, qr/$shows/s, "$name: $line: without the module");
        }

        if ($kind eq 'same') {
            is(comparable($with), comparable($without), "$name: $line");
            next;
        }

        my ($head, $body) = head_and_body($with);
        my ($plain_head, $plain_body) = head_and_body($without);

        if ($kind eq 'broken') {
            ok(broken($without), "$name: $line: broken off");
            ok(broken($with), "$name: $line: it shows with the module");
            is($body, $plain_body, "$name: $line: what has come");
            next;
        }

        isnt(cut($plain_body), $plain_body, "$name: $line: there is a block");
        is($body, cut($plain_body), "$name: $line: cut, else the same");
        is($head, $plain_head, "$name: $line: headers");
    }
}


sub no_trouble {
    my ($block, $dir) = @_;

    open my $in, '<', "$dir/error.log";
    my @alerts = grep { /\[(?:alert|emerg)\]/ } <$in>;
    is("@alerts", '', $block->name . ': the other nginx has no alert');
}


# ---- blocks --------------------------------------------------------------

add_block_preprocessor(sub {
    my ($block) = @_;

    $ours = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0777, $ours;

    $block->set_value(same => '') if !defined $block->same;
    $block->set_value(kept => '') if !defined $block->kept;
    $block->set_value(broken => '') if !defined $block->broken;
    $block->set_value(plain => plain_conf($block));

    my $h2 = $block->h2
        ? "server { listen unix:$ours/h2 http2; server_name localhost;\n"
            . $block->config . "}\n" : '';
    $block->set_value(ours => "$ours");
    $block->set_value(http_config => (($block->http_config // '') . $h2)
                                     =~ s/\bDIR\b/$ours/gr);
    $block->set_value(config => $block->config =~ s/\bDIR\b/$ours/gr);

    $block->set_value(request => 'GET /');
    $block->set_value(ignore_response => 1);
    $block->set_value(log_level => 'warn');
    $block->set_value(no_error_log => "[alert]\n[crit]\n[emerg]\n");
});


my $helper = $Test::Nginx::Util::RunTestHelper;

$Test::Nginx::Util::RunTestHelper = sub {
    my ($block, $dry_run, @rest) = @_;

    if (!$dry_run) {
        $ours = $block->ours;
        my $dir = start_plain($block);
        compare($block, $dir, $_) for qw(kept same broken);
        no_trouble($block, $dir);
        open my $in, '<', "$dir/pid" or die "no pid: $!";
        kill QUIT => <$in> + 0;
    }

    return $helper->($block, $dry_run, @rest);
};


sub run_tests_beside {
    no_root_location();
    no_long_string();
    no_shuffle();
    run_tests();
}

1;

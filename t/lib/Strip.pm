package Strip;

# Copyright (C) ngx_article authors
#
# What the t/strip*.t share: pages with parts that are to be cut, and a portal
# that sends its answers byte by byte if it must.
#
#   origin(NAME => [PIECE, ...], ...)   starts it; GET /NAME gets the pieces,
#                                       each sent by itself; a reference to a
#                                       number is a pause of so many seconds;
#                                       a sub gets the connection and the
#                                       request instead
#   answer(BODY, HEADER...)             a whole answer with Content-Length
#   pieces(SEED, MAX, TEXT)             TEXT in pieces of 1 .. MAX bytes
#
# In the blocks $TEST_NGINX_ORIGIN is the portal's address for proxy_pass.
# A block that says nothing has "article_strip on" and proxy_pass, and must
# leave no error in the error log.  Access log lines end in
# "reason=" and $article_reason.

use strict;
use warnings;

use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use POSIX qw(_exit);
use Time::HiRes qw(sleep);

use Test::Nginx::Socket 'no_plan';

use Mode;

use Exporter qw(import);
our @EXPORT = qw(origin answer pieces page kept cut_block
                 run_strip_tests);

$ENV{TEST_NGINX_HTML_DIR} //= Test::Nginx::Util::html_dir();

my ($parent, $child, $dir) = ($$);


# A block of links as "portal.json" cuts it.
sub cut_block {
    my ($n, $size) = @_;

    my $s = qq{<div class="related"><h3>Tin li\x{ea}n quan $n</h3><ul>};
    my $i = 0;
    do {
        $i++;
        $s .= qq{<li><a href="/tin/$n-$i">B\x{e0}i s\x{1ed1} $i</a></li>\n};
    } while length $s < ($size // 0);
    utf8::encode($s);

    return "$s</ul></div>";
}


# The page, and what is kept of it.  blocks: how many; size: of each.
sub parts {
    my ($blocks, $size) = @_;

    my @parts = ("<!DOCTYPE html>\n<html><head><title>M\xe1\xbb\x99t b\xc3"
                 . "\xa0i b\xc3\xa1o</title></head>\n<body>\n"
                 . "<h1>M\xe1\xbb\x99t b\xc3\xa0i b\xc3\xa1o</h1>\n");

    for my $n (1 .. $blocks) {
        push @parts, cut_block($n, $size),
            "\n<p>\xc4\x90o\xe1\xba\xa1n $n &amp; <b>ch\xe1\xbb\xaf</b> < 5\n"
            . ('v\xc4\x83n b\xe1\xba\xa3n ' x (17 * $n % 90)) . "</p>\n";
    }

    $parts[-1] .= "</body></html>\n";

    return @parts;
}


sub page {
    return join '', parts(@_);
}


sub kept {
    my @parts = parts(@_);

    return join '', @parts[grep { !($_ % 2) } 0 .. $#parts];
}


sub answer {
    my ($body, @headers) = @_;

    return join "\r\n", 'HTTP/1.1 200 OK', 'Connection: close',
        (grep({ /^Content-Type:/ } @headers) ? () : 'Content-Type: text/html'),
        'Content-Length: ' . length $body, @headers, '', $body;
}


sub pieces {
    my ($seed, $max, $text) = @_;
    my @pieces;

    # its own generator: the same pieces on every machine
    while (length $text) {
        $seed = ($seed * 1103515245 + 12345) % 2 ** 31;
        push @pieces, substr $text, 0, 1 + ($seed >> 8) % $max, '';
    }

    return @pieces;
}


sub serve {
    my ($client, $answers) = @_;
    my $request = '';

    while ($request !~ /\r\n\r\n/) {
        $client->sysread($request, 65536, length $request) or return;
    }

    my ($name) = $request =~ m{^\w+ /([^ ?/]*)};
    my $pieces = $answers->{$name}
        // ["HTTP/1.1 404 Not Found\r\nConnection: close\r\n"
            . "Content-Type: text/html\r\n\r\n" . page(1)];

    return $pieces->($client, $request) if ref $pieces eq 'CODE';

    for my $piece (map { split_up($_) } @$pieces) {
        if (ref $piece) {
            sleep $$piece;
        } else {
            $client->syswrite($piece) // return;
        }
    }
}


sub origin {
    my %answers = @_;

    $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    chmod 0755, $dir;
    $ENV{TEST_NGINX_ORIGIN} = "unix:$dir/origin.sock:";

    my $server = IO::Socket::UNIX->new(Local => "$dir/origin.sock",
                                       Listen => 128)
        or die "cannot listen on $dir/origin.sock: $!";
    chmod 0777, "$dir/origin.sock";

    $child = fork // die "fork: $!";
    return if $child;

    $SIG{CHLD} = 'IGNORE';
    $SIG{TERM} = sub { _exit(0) };
    $SIG{PIPE} = 'IGNORE';

    while (1) {
        my $client = $server->accept or next;
        if (!fork) {
            serve($client, \%answers);
            $client->shutdown(1);
            _exit(0);
        }
        close $client;
    }
}


END {
    kill TERM => $child if $child && $$ == $parent;
}


add_block_preprocessor(sub {
    my ($block) = @_;

    $block->set_value(http_config => <<"_EOC_" . ($block->http_config // ''));
    log_format reason "\$request_method \$uri reason=\$article_reason";
    log_format told "\$request_method \$uri [\$article_strip_cuts]";
    article_zone main:1m;
    article_portals $ENV{ARTICLE_ROOT}/t/strip/portal.json;
    article_strip on;
    proxy_http_version 1.1;
_EOC_

    $block->set_value(config => <<'_EOC_') if !defined $block->config;
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
_EOC_

    if (!defined $block->error_log && !defined $block->no_error_log) {
        $block->set_value(no_error_log => "[error]\n[alert]\n[crit]\n");
    }
});


sub run_strip_tests {
    no_root_location();
    no_long_string();
    run_tests();
}

1;

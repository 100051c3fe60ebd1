# Copyright (C) ngx_article authors
#
# Memory that runs out in nginx: of what a request allocates, the n-th fails,
# n = 1, 2, 3 ... until none does.  The client gets the right answer, an error,
# or an answer that is seen to be cut short; the worker lives, keeps nothing,
# and answers the next one.  t/lib/fail_malloc.c makes allocations fail.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use File::Temp qw(tempdir);

our $control;

BEGIN {
    my $dir = tempdir(CLEANUP => 1);
    my $library = "$dir/fail_malloc.so";
    my $cc = $ENV{CC} // 'cc';
    my $why = $ENV{ARTICLE_SANITIZED} ? 'ASAN has an allocator of its own'
        : $ENV{TEST_NGINX_USE_VALGRIND} ? 'valgrind has one'
        : $ENV{TEST_NGINX_CHECK_LEAK} ? 'these requests are no load'
        : system("$cc -O1 -fPIC -shared -o $library "
                 . "$ENV{ARTICLE_ROOT}/t/lib/fail_malloc.c 2>/dev/null")
        ? 'there is no C compiler' : undef;

    if ($why) {
        print "1..0 # SKIP $why\n";
        exit;
    }

    chmod 0755, $dir;
    $control = "$dir/control";
    open my $out, '>', $control or die;
    print $out pack 'q3', -1, 0, 0;
    close $out;
    chmod 0666, $control;

    open $out, '>', "$dir/nginx" or die;
    print $out "#!/bin/sh\nARTICLE_FAIL=$control LD_PRELOAD=$library \\\n"
        . 'exec ' . ($ENV{TEST_NGINX_BINARY} || 'nginx') . " \"\$@\"\n";
    close $out;
    chmod 0755, "$dir/nginx";
    $ENV{TEST_NGINX_BINARY} = "$dir/nginx";
}

use Article;
use Test::More;

our $cut = qq{<div class="related"><h3>Tin li\xc3\xaan quan</h3><ul>
<li><a href="/tin/1">B\xc3\xa0i m\xe1\xbb\x99t</a></li>
<li><a href="/tin/2">B\xc3\xa0i hai</a></li></ul></div>};
our $page = article('Trang');
our $whole = $page =~ s{</div></div></body>}{</div>$cut</div></body>}r;

origin('/strip' => [answer($whole)]);
redis();

our $gateway = $Article::gateway =~ s/article_purge/article_gzip on;
    article_purge/r;


our $is_article = sub { $_[0] =~ /"content_text":"1\. .*\}\s*$/s };


sub control {
    my ($left) = @_;

    open my $file, '+<', $control or die;
    if (defined $left) {
        syswrite $file, pack 'q2', $left, 0;
    }
    seek $file, 0, 0;
    sysread $file, my $numbers, 24;
    return unpack 'q3', $numbers;
}


# the whole answer of a request, or what there is of it
sub answer_of {
    my ($path) = @_;
    my $s = open_client();

    $s->syswrite("GET $path HTTP/1.1\r\nHost: bao.example\r\n"
                 . "Connection: close\r\n\r\n");
    local $/;
    return <$s> // '';
}


# [status, body, 1 when the body is whole]
sub parts {
    my ($answer) = @_;
    my ($head, $body) = split /\r\n\r\n/, $answer, 2;

    return [0, '', 0] if !defined $body;

    my ($size) = $head =~ /^Content-Length: (\d+)/mi;
    my $is_whole = defined $size ? length $body == $size : 0;

    if ($head =~ /^Transfer-Encoding: chunked/mi) {
        my ($text, $rest) = ('', $body);

        while ($rest =~ s/^([0-9a-f]+)\r\n//i) {
            $is_whole = hex $1 == 0;
            last if $is_whole || length $rest < hex($1) + 2;
            $text .= substr $rest, 0, hex $1;
            substr $rest, 0, hex($1) + 2, '';
        }
        $body = $text;
    }

    return [status($answer), $body, $is_whole];
}


# Fails each allocation of a request in turn.  path(n) is what is asked for;
# right(body) tells whether a whole 200 is as it should be.
our $each = sub {
    my ($path, $right) = @_;
    my ($n, $wrong, $errors, $short, $failed) = (0, 0, 0, 0, 1);
    my $pids = join ' ', workers_of(nginx_pid());

    answer_of($path->("warm-$_")) for 1 .. 3;
    sleep 0.1;
    my (undef, undef, $before) = control();

    while ($failed && $n < 2000) {
        control($n);
        my $answer = parts(answer_of($path->($n)));
        my ($left) = control();

        # what goes on behind the answer: a store, the lock's end
        sleep 0.01;
        $failed = $left < 0;
        control(-1);

        if ($answer->[0] == 200 && $answer->[2]) {
            $wrong++, diag("n = $n: wrong") if !$right->($answer->[1]);

        } elsif ($answer->[0] >= 500 && $answer->[0] <= 504) {
            $errors++;

        } elsif ($answer->[0] == 200 || $answer->[0] == 0) {
            $short++;

        } else {
            diag("n = $n: status $answer->[0]");
            $wrong++;
        }

        $n += 1 + int($n / 60);
    }

    sleep 0.3;
    my (undef, undef, $after) = control();
    my $answer = parts(answer_of($path->("last")));

    is($wrong, 0, "no wrong answer (up to $n allocations, $errors errors, "
       . "$short cut short)");
    cmp_ok($n, '<', 2000, 'the last one failed');
    cmp_ok($n, '>', 5, 'there were some');
    ok($answer->[0] == 200 && $answer->[2] && $right->($answer->[1]),
       'the next answer is right');
    cmp_ok($after - $before, '<=', 12, 'nothing is left behind');
    is(join(' ', workers_of(nginx_pid())), $pids, 'the worker lives');
};

run_article_tests();

__DATA__

=== TEST 1: an article that is fetched
--- config eval: $::gateway
--- client
$::each->(sub { "/api/bai-$_[0]" }, $::is_article);
--- no_error_log
[alert]



=== TEST 2: an article that is stored
--- config eval: $::gateway
--- client
$::each->(sub { '/api/bai' }, $::is_article);
--- no_error_log
[alert]



=== TEST 3: an article, with Redis
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- config eval: $::gateway
--- client
$::each->(sub { "/api/bai-$_[0]" }, $::is_article);
--- no_error_log
[alert]



=== TEST 4: strip
--- http_config
    article_learn off;
--- config
    location = /strip {
        proxy_pass http://$TEST_NGINX_PORTAL;
        article_strip on;
    }
--- client
$::each->(sub { '/strip' }, sub { $_[0] eq $::whole || $_[0] eq $::page });
--- no_error_log
[alert]

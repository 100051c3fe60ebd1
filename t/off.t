# Copyright (C) ngx_article authors
#
# "article off": everything is as in an nginx that has never heard of the
# module, byte for byte.  The other nginx has the same configuration without
# load_module and the lines of article_*.

# the portal's portions are compared, too
BEGIN { delete $ENV{ARTICLE_SPLIT} }

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use File::Temp qw(tempdir);
use IO::Compress::Gzip qw(gzip);
use IO::Socket::UNIX;
use Test::More;

my $page = article('Trang') . '<div class="related"><h3>Tin cùng chuyên mục'
    . '</h3><ul><li><a href="/a">A</a></li></ul></div>';
gzip \$page => \my $gz;

origin(
    '/page' => [answer($page, 'ETag: "x"', 'Last-Modified: Sat, 01 Jan 2022 '
                       . '00:00:00 GMT', 'Accept-Ranges: bytes')],
    '/cookie' => [answer($page, 'Set-Cookie: a=b',
                         'Cache-Control: private')],
    '/gzip' => [answer($gz, 'Content-Encoding: gzip')],
    # in one piece: nginx's own chunks are what it reads at once
    '/chunked' => [join '',
                   "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                   . "Transfer-Encoding: chunked\r\n\r\n",
                   (map { sprintf "%x\r\n%s\r\n", length, $_ }
                        map { substr $page, $_ * 99, 99 }
                            0 .. length($page) / 99),
                   "0\r\n\r\n"],
    '/404' => [answer($page, '404 Not Found')],
);

our @requests = (
    map({ ["/$_"] } qw(page cookie gzip chunked 404)),
    ['HEAD /page'], ['POST /page', 'Content-Length: 0'],
    ['/page', 'Range: bytes=5-20'], ['/page', 'If-None-Match: "x"'],
    ['/gzip', 'Accept-Encoding: gzip'], ['/page', 'Accept-Encoding: gzip'],
    ['/page', 'Cookie: .ASPXAUTH=x'],
    ['/api/page'], ['/api/'], ['POST /api/page', 'Content-Length: 0'],
    ['PURGE /api/page'], ['HEAD /api/page'], ['/api/admin'],
    ['/status'], ['/static.html'], ['/none'],
);

our $config = <<'_EOC_';
    location / { proxy_pass http://$TEST_NGINX_PORTAL; article_strip on; }
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
        article_purge 1;
    }
    location /-source/ { internal; proxy_pass http://$TEST_NGINX_PORTAL:/; }
    location = /status { article_status; }
    location = /static.html { article_strip on; }
_EOC_

# the other nginx, on a unix socket
our $other = sub {
    my $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
    my $plain = $config =~ s/\barticle_\w+[^;]*;//gr;

    $plain =~ s/\$TEST_NGINX_PORTAL/$ENV{TEST_NGINX_PORTAL}/g;

    open my $out, '>', "$dir/nginx.conf";
    print $out "daemon on; pid $dir/pid; error_log $dir/error.log;\n"
        . "events { }\n"
        . "http { access_log off; default_type text/plain; "
        . join('', map { "${_}_temp_path $dir/$_; " }
                   qw(client_body proxy fastcgi uwsgi scgi))
        . "keepalive_timeout 68;\n"
        . "server { listen unix:$dir/sock; server_name localhost;\n"
        . "root $ENV{TEST_NGINX_HTML_DIR};\n$plain}\n}\n";
    close $out;

    chmod 0755, $dir;
    my $nginx = '/usr/sbin/nginx';
    $nginx = $ENV{ARTICLE_SAN_NGINX} // $ENV{TEST_NGINX_BINARY} // $nginx;
    system($nginx, '-e', "$dir/error.log", '-c', "$dir/nginx.conf") == 0
        or die "the other nginx does not start";

    return $dir;
};

our $answer_of = sub {
    my ($s, @request) = @_;

    ask($s, @request, 'Connection: close');
    local $/;
    return (<$s> // '') =~ s/^Date: [^\r\n]*\r\n//mr;
};

our $compare = sub {
    my $dir = $other->();

    for my $request (@requests) {
        my $ours = $answer_of->(open_client(), @$request);
        my $plain = $answer_of->(IO::Socket::UNIX->new("$dir/sock"),
                                 @$request);

        like($plain, qr/^HTTP/, "@$request: an answer");
        is($ours, $plain, "@$request: the same");
    }

    chomp(my $pid = `cat $dir/pid`);
    kill QUIT => $pid;
};

run_article_tests();

__DATA__

=== TEST 1: article off
--- bare
--- http_config
article off;
article_zone main:1m;
--- config eval
$::config
--- user_files
>>> static.html
<html><div class="related">x</div></html>
--- client
$::compare->();
--- error_code: 200
--- no_error_log
[alert]
[crit]



=== TEST 2: the module is loaded, no directive is used
--- bare
--- config eval
$::config =~ s/\barticle_\w+[^;]*;//gr
--- user_files
>>> static.html
<html><div class="related">x</div></html>
--- client
$::compare->();
--- error_code: 200
--- no_error_log
[alert]
[crit]



=== TEST 3: on here, off there
--- bare
--- http_config
article off;
article_zone main:1m;
--- config eval
$Article::gateway . $Article::source
. 'location /on/ { article on; article_json /-source/; '
. 'article_base_url https://bao.example; }'
--- client
is(status(get('/api/page')), 404, 'off');
is(status(get('/on/page')), 200, 'on');

# Copyright (C) ngx_article authors
#
# conf/nginx.conf as it is shipped, but for paths and ports, before a portal
# that does what old portals do.

# what is pushed through a WebSocket is read at once
BEGIN { delete $ENV{ARTICLE_SPLIT} }

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use MIME::Base64;
use Test::More;

my $page = article('Trang');

origin(
    '/tin/1' => [answer($page, 'Cache-Control: private',
                        'Set-Cookie: ASP.NET_SessionId=secret; path=/')],
    '/tin/2' => [answer($page, 'Cache-Control: no-store, no-cache',
                        'Expires: Thu, 19 Nov 1981 08:52:00 GMT',
                        'Set-Cookie: PHPSESSID=secret', 'Pragma: no-cache')],
    '/socket' => ["HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  . "Connection: Upgrade\r\n\r\n", \0.3, 'pushed'],
    '/upload' => [answer('stored', 'Connection: close')],
);

# the shipped file, with everything that belongs to the machine replaced
our $shipped = sub {
    my ($change) = @_;
    my $root = $ENV{ARTICLE_ROOT};
    my $dir = tempdir(TMPDIR => 1, CLEANUP => 1);

    chmod 0755, $dir;
    local $/;
    open my $in, '<', "$root/conf/nginx.conf" or die $!;
    my $conf = <$in>;

    $conf =~ s/^load_module .*//m;
    $conf = join '', (map { "load_module $_;\n" }
                      split ' ', $ENV{TEST_NGINX_LOAD_MODULES}), $conf;
    $conf =~ s/^user .*//m;
    $conf =~ s/worker_processes  auto/worker_processes  2/;
    $conf =~ s{/run/nginx.pid}{$dir/pid};
    $conf =~ s{/var/log/nginx/}{$dir/}g;
    $conf =~ s{include( +)mime.types}{include$1/etc/nginx/mime.types};
    $conf =~ s{server     127.0.0.1:8080}{server $ENV{TEST_NGINX_PORTAL}};
    $conf =~ s{listen       80;\n *listen +\S+;}{listen unix:$dir/sock;};
    $conf =~ s{http \{}{http \{\n@{[map { "${_}_temp_path $dir/$_;\n" }
                                    qw(client_body proxy fastcgi uwsgi scgi)]}};
    $conf = $change->($conf) if $change;

    open my $out, '>', "$dir/nginx.conf" or die $!;
    print $out $conf;
    close $out;
    system("cp -r $root/conf/article-*.conf $root/conf/portals $dir/");

    my $nginx = $ENV{TEST_NGINX_BINARY} // 'nginx';
    my $says = `$nginx -t -e $dir/error.log -c $dir/nginx.conf 2>&1`;
    is($? >> 8, 0, 'nginx -t') or diag($says);
    is(scalar(() = $says =~ /\n/g), 2, 'says no more than that')
        or diag($says);
    system("$nginx -e $dir/error.log -c $dir/nginx.conf");

    return $dir;
};

our $stop = sub {
    my ($dir) = @_;

    chomp(my $pid = `cat $dir/pid`);
    kill QUIT => $pid;
    for (1 .. 60) {
        last if !kill 0, $pid;
        sleep 0.05;
    }
    my @bad = grep { /\[(alert|crit|emerg|error)\]/ && !/No such file/ }
        split /\n/, `cat $dir/error.log`;
    is(scalar(@bad), 0, 'a quiet log') or diag(@bad);
};

our $from = sub {
    my ($dir, @request) = @_;
    my $s = IO::Socket::UNIX->new("$dir/sock") or die "no $dir/sock: $!";

    ask($s, @request, 'Host: bao.example');
    return answered($s) // '';
};

run_article_tests();

__DATA__

=== TEST 1: articles of portals that send private, no-store and cookies
--- client
my $dir = $::shipped->();

for my $path ('/tin/1', '/tin/2') {
    my $a = $::from->($dir, "/api$path");
    is(status($a), 200, "$path: status");
    unlike($a, qr/secret|PHPSESSID/, "$path: no cookie");
    is(json($a)->{url}, "https://bao.example$path", "$path: address");
    $::from->($dir, "/api$path");
    # a block that ran before may have asked for it as a browser
    is(scalar seen(qr{^GET $path .*^User-Agent: ngx_article}ms), 1,
       "$path: stored");
}

my ($seen) = seen(qr{^GET /tin/1 .*^User-Agent: ngx_article}ms);
like($seen, qr/\r\nHost: bao.example\r\n/, 'Host');
is(status($::from->($dir, 'PURGE /api/tin/1')), 403, 'PURGE by a stranger');

my $log = `cat $dir/access.log`;
like($log, qr{/api/tin/1 HTTP/1.1" 200 \d+ \S+ cache=MISS from=origin reason=ok},
     'log: fetched');
like($log, qr{/api/tin/1 HTTP/1.1" 200 \d+ \S+ cache=HIT from=l1 reason=ok},
     'log: stored');

$::stop->($dir);



=== TEST 2: WebSocket
--- client
my $dir = $::shipped->();
my $s = IO::Socket::UNIX->new("$dir/sock");

ask($s, '/socket', 'Host: bao.example', 'Connection: Upgrade',
    'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: ' . encode_base64('x' x 16, ''));
like(answered($s), qr{^HTTP/1.1 101 }, 'switched');
$s->sysread(my $pushed, 100);
is($pushed, 'pushed', 'what the portal pushes arrives');

my ($seen) = seen(qr{^GET /socket });
like($seen, qr/\r\nUpgrade: websocket\r\n/, 'Upgrade');
like($seen, qr/\r\nConnection: upgrade\r\n/, 'Connection');
close $s;
$::stop->($dir);



=== TEST 3: an upload of 20 MB
--- client
my $dir = $::shipped->();
my $s = IO::Socket::UNIX->new("$dir/sock");
my $size = 20 * 1024 * 1024;

ask($s, 'POST /upload', 'Host: bao.example', "Content-Length: $size");
my $piece = 'x' x 65536;
my $sent = 0;
while ($sent < $size) {
    $sent += $s->syswrite($piece, $size - $sent) // last;
}
is($sent, $size, 'sent');
is(body(answered($s)), 'stored', 'stored');
$::stop->($dir);



=== TEST 4: one line turns all of it off
--- client
my $dir = $::shipped->(sub { $_[0] =~ s/# (article  off;)/$1/r });

is(status($::from->($dir, '/api/tin/1')), 404, 'no articles');
like($::from->($dir, '/tin/1'), qr/<title>Trang/, 'pages');
$::stop->($dir);

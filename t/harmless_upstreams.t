# Copyright (C) ngx_article authors
#
# As t/harmless.t, for what is not a plain answer over HTTP: FastCGI, an
# upgraded connection, 100-continue, an answer that is broken off, images.

# the portal's portions are compared, too
BEGIN { delete $ENV{ARTICLE_SPLIT} }

use lib 't/lib';
use Strip;
use Beside;
use File::Temp qw(tempdir);
use IO::Socket::UNIX;
use MIME::Base64 qw(decode_base64);
use POSIX ();

my $page = Strip::page(3, 600);
my $none = "<html><body><h1>a</h1><p>" . 'text ' x 99 . "</p></body></html>\n";

# FastCGI (its specification, section 3.3): version, type, request, length,
# padding; 6 is stdout, 3 ends the request
sub record {
    my ($type, $content) = @_;

    return pack('CCnnCx', 1, $type, 1, length $content, 0) . $content;
}

my %fastcgi = ('/page' => $page, '/none' => $none);

sub fastcgi {
    my ($client) = @_;
    my $in = '';

    while ($in !~ /\x01\x05\0\x01\0\0..$/s) {
        $client->sysread($in, 65536, length $in) or return;
    }

    my ($name) = $in =~ m{SCRIPT_NAME(/\w+)\.php};
    my $answer = "Content-Type: text/html\r\nX-Powered-By: t\r\n\r\n"
        . $fastcgi{$name};

    $client->syswrite(join '', map({ record(6, $_) }
                                       unpack '(a700)*', $answer),
                      record(6, ''), record(3, "\0" x 8));
}

my $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
chmod 0755, $dir;
$ENV{TEST_NGINX_FASTCGI} = "unix:$dir/fastcgi";
my $server = IO::Socket::UNIX->new(Local => "$dir/fastcgi", Listen => 9);
chmod 0777, "$dir/fastcgi";
my $child = fork;
if (!$child) {
    while (my $client = $server->accept) {
        fastcgi($client);
        $client->close;
    }
    POSIX::_exit(0);
}

# a server's side of an upgraded connection: it says what it hears, once
my $upgraded = sub {
    my ($client, $request) = @_;

    $client->syswrite("HTTP/1.1 101 Switching Protocols\r\n"
        . "Upgrade: websocket\r\nConnection: Upgrade\r\n"
        . "Content-Type: text/html\r\n\r\n");
    $client->sysread(my $heard, 100);
    $client->syswrite('<div class="related"><h3>Tin</h3><ul><li>'
        . "$heard</li></ul></div>");
};

my $posted = sub {
    my ($client, $request) = @_;
    my ($size) = $request =~ /\r\nContent-Length: (\d+)/i;
    my ($body) = $request =~ /\r\n\r\n(.*)/s;

    while (length $body < $size) {
        $client->sysread($body, 65536, length $body) or return;
    }
    $client->syswrite(join '', @{[answer("<p>got $body</p>")]});
};

my $chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    . "Transfer-Encoding: chunked\r\n\r\n";

# a transparent GIF of one pixel
our $gif = decode_base64('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIB'
                         . 'RAA7');

origin(
    socket => $upgraded,
    posted => $posted,
    page => [answer($page)],
    'cut-length' => [substr answer($none), 0, -99],
    'cut-chunk' => [$chunked . sprintf("%x\r\n", length $none)
                    . substr($none, 0, 200)],
    'cut-last' => [$chunked . sprintf("%x\r\n%s\r\n", length $none, $none)],
    'cut-style' => [substr answer('a' x 999, 'Content-Type: text/css'), 0, -9],
    none => [answer($none)],
    image => [answer($gif, 'Content-Type: image/gif')],
);

# where Debian puts it; the machine may have it elsewhere, or not at all
our $image_filter = $ENV{ARTICLE_IMAGE_FILTER}
    // '/usr/lib/nginx/modules/ngx_http_image_filter_module.so';

run_tests_beside();
kill TERM => $child;

__DATA__

=== TEST 1: FastCGI
--- config
    location / {
        fastcgi_param SCRIPT_NAME $uri;
        fastcgi_param REQUEST_METHOD $request_method;
        fastcgi_pass $TEST_NGINX_FASTCGI;
    }
--- same
/none.php
HEAD /none.php
POST /none.php << a=b
--- kept
/page.php



=== TEST 2: an upgraded connection
--- config
    location / {
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection Upgrade;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- same
/socket | Upgrade: websocket | Connection: Upgrade ^ << hello
--- shows: 101 Switching.*<li>hello</li></ul></div>$



=== TEST 3: 100-continue
--- config
    location / { proxy_pass http://$TEST_NGINX_ORIGIN; }
--- same
POST /posted | Expect: 100-continue ^ << hello
PUT /posted | Expect: 100-continue ^ << hello
--- shows: 100 Continue.*got hello



=== TEST 4: the portal breaks off: what is no page
--- config
    location / { proxy_pass http://$TEST_NGINX_ORIGIN; }
--- same
/cut-style



=== TEST 5: ... a page: the client can tell, as without the module
--- config
    location / { proxy_pass http://$TEST_NGINX_ORIGIN; }
    location /now/ {
        proxy_buffering off;
        proxy_pass http://$TEST_NGINX_ORIGIN/;
    }
--- broken
/cut-length
/cut-chunk
/cut-last
/now/cut-length
/now/cut-chunk
/now/cut-last



=== TEST 6: an image through image_filter
--- config
    location / {
        image_filter test;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- skip_eval: 5: !-e $::image_filter
--- main_config eval
"load_module $::image_filter;"
--- same
/image
--- shows: image/gif

# Copyright (C) ngx_article authors
#
# What was cut is told to the operator: in the access log, and behind the page
# to those whom article_strip_debug names.

use lib 't/lib';
use Strip;

our $page = Strip::page(2, 600);
our $kept = Strip::kept(2, 600);
our $many = Strip::page(90, 60);
our $start = index $page, '<div class="related">';

origin(
    page => [answer($page)],
    many => [answer($many)],
    plain => [answer('<html><p>a</p></html>')],
);

# a client of HTTP/1.1 that keeps what stands behind the last chunk
Test::Nginx::Socket::add_response_body_check(sub {
    my ($block) = @_;

    return if !defined $block->trailer;

    my $sock = IO::Socket::UNIX->new(
        Peer => Test::Nginx::Util::html_dir() . '/trailer.sock') or die "$!";
    $sock->print("GET @{[$block->trailer]} HTTP/1.1\r\nHost: localhost\r\n"
                 . "Connection: close\r\n\r\n");
    my $answer = do { local $/; <$sock> };
    my ($trailer) = $answer =~ /\r\n0\r\n(.*)\r\n\z/s;

    Test::More::like($trailer, qr/\A@{[$block->trailer_like]}\z/,
                     $block->name . ' - trailer');
});

run_strip_tests();

__DATA__

=== TEST 1: why each block was cut, in the access log
--- config
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log told;
    }
--- request
GET /page
--- response_body eval
$::kept
--- access_log eval
qr/GET \/page \[[^];]+; [^];]+\]/



=== TEST 2: nothing was cut
--- config
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log told;
    }
--- request
GET /plain
--- access_log
GET /plain [-]



=== TEST 3: behind the page, where and why
--- config
    listen unix:$TEST_NGINX_HTML_DIR/trailer.sock;
    location / {
        article_strip_debug $arg_debug;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- trailer: /page?debug=1
--- trailer_like eval
"Article-Cut: $::start-\\d+ \\w[^\\r\\n]*\r\nArticle-Cut: \\d+-\\d+ \\w[^\\r\\n]*\r\n"



=== TEST 4: not for anybody
--- config
    listen unix:$TEST_NGINX_HTML_DIR/trailer.sock;
    location / {
        article_strip_debug $arg_debug;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- trailer: /page?debug=0
--- trailer_like:



=== TEST 5: so many at most
--- config
    listen unix:$TEST_NGINX_HTML_DIR/trailer.sock;
    location / {
        article_strip_debug $arg_debug;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- trailer: /many?debug=1
--- trailer_like eval
"(Article-Cut: \\d+-\\d+ \\w[^\\r\\n]*\r\n){64}"

# Copyright (C) ngx_article authors
#
# A portal that compresses its pages whether it is asked to or not: they are
# inflated, cut, and compressed again for a client that takes gzip.

use lib 't/lib';
use Strip;

use IO::Compress::Gzip qw(gzip);
use IO::Uncompress::Gunzip qw(gunzip);

our $page = Strip::page(9, 700);
our $kept = Strip::kept(9, 700);
our $large = Strip::page(120, 3000);
our $large_kept = Strip::kept(120, 3000);
our $first = Strip::kept(2, 600);

# as much text as nothing compresses better, then a block
our $bomb = "<html><body>\n" . ('a' x 3_000_000) . Strip::cut_block(1, 600);
our $long = Strip::page(2, 600) . ('<p>' . join(' ', 1 .. 300_000) . '</p>')
    . Strip::cut_block(1, 600);
our $long_kept = Strip::kept(2, 600) . substr $long, length Strip::page(2, 600);

our $gunzip = sub {
    my ($gz) = @_;
    gunzip(\$gz => \my $text) or die "not gzip";
    return $text;
};

sub gz {
    my ($text) = @_;
    gzip(\$text => \my $gz) or die;
    return $gz;
}

sub gz_answer {
    my ($text) = @_;
    return answer(gz($text), 'Content-Encoding: gzip', 'ETag: "1"');
}

my $gz = gz($page);
my $head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    . "Content-Encoding: gzip\r\nConnection: close\r\n\r\n";

origin(
    page => [gz_answer($page)],
    large => [gz_answer($large)],
    bytes => [$head, split //, $gz],
    (map { ("pieces-$_" => [$head, pieces($_, 40 * $_, $gz)]) } 1 .. 8),
    slow => [$head, map { ($_, \0.002) } pieces(5, 60, $gz)],
    members => [$head, gz(substr $page, 0, 900), gz(substr $page, 900)],
    padded => [answer($gz . "\0" x 100, 'Content-Encoding: gzip')],
    empty => [gz_answer('')],
    short => [answer(substr($gz, 0, 300), 'Content-Encoding: gzip')],
    damaged => [answer(substr($gz, 0, 400) . 'damage' . substr($gz, 500),
                       'Content-Encoding: gzip')],
    plain => [answer($page, 'Content-Encoding: gzip')],
    bomb => [gz_answer($bomb)],
    long => [gz_answer($long)],
);

run_strip_tests();

__DATA__

=== TEST 1: cut, and gzip again for a client that takes it
--- config
    location / {
        gzip on;
        gzip_vary on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /page
--- more_headers
Accept-Encoding: gzip
--- response_headers
Content-Encoding: gzip
Vary: Accept-Encoding
ETag: W/"1"
! Content-Length
--- response_body_filters eval
$::gunzip
--- response_body eval
$::kept
--- access_log
GET /page reason=ok



=== TEST 2: a client without gzip
--- request
GET /page
--- response_headers
! Content-Encoding
! Content-Length
--- response_body eval
$::kept



=== TEST 3: gzip is off there
--- request
GET /page
--- more_headers
Accept-Encoding: gzip
--- response_headers
! Content-Encoding
--- response_body eval
$::kept



=== TEST 4: in portions, many buffers, two members, padding, nothing
--- request eval
["GET /large", "GET /bytes", (map { "GET /pieces-$_" } 1 .. 8),
 "GET /members", "GET /padded", "GET /empty"]
--- response_body eval
[$::large_kept, ($::kept) x 11, ""]



=== TEST 5: unbuffered
--- config
    location / {
        proxy_buffering off;
        postpone_output 0;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /large", "GET /slow", (map { "GET /pieces-$_" } 1 .. 8)]
--- response_body eval
[$::large_kept, ($::kept) x 9]



=== TEST 6: tiny buffers, no temporary file, a client that is slow
--- config
    location / {
        proxy_buffers 3 1k;
        proxy_buffer_size 1k;
        proxy_busy_buffers_size 1k;
        proxy_max_temp_file_size 0;
        limit_rate 300k;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request eval
["GET /large", "GET /page"]
--- response_body eval
[$::large_kept, $::kept]
--- timeout: 10



=== TEST 7: gunzip has inflated it already
--- config
    location / {
        gunzip on;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_body eval
$::kept



=== TEST 8: not stripped: as the portal sent it
--- config
    location / {
        article_strip off;
        proxy_pass http://$TEST_NGINX_ORIGIN;
    }
--- request
GET /page
--- response_headers
Content-Encoding: gzip
ETag: "1"
--- response_body_filters eval
$::gunzip
--- response_body eval
$::page



=== TEST 9: a bomb is not looked at
--- config
    location / {
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /bomb
--- response_body eval
$::bomb
--- access_log
GET /bomb reason=page_too_large
--- timeout: 10



=== TEST 10: past article_max_page nothing is cut
--- config
    location / {
        article_max_page 1m;
        proxy_pass http://$TEST_NGINX_ORIGIN;
        access_log logs/access.log reason;
    }
--- request
GET /long
--- response_body eval
$::long_kept
--- access_log
GET /long reason=page_too_large
--- timeout: 10



=== TEST 11: broken off: what came of it, and the end
--- raw_request eval
"GET /short HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- response_body_like: ^<!DOCTYPE html>(?!.*</html>)
--- error_log
the portal's gzip data ends too early
--- no_error_log
[alert]



=== TEST 12: damaged
--- raw_request eval
"GET /damaged HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- ignore_response
--- error_log
the portal's gzip data is damaged
--- no_error_log
[alert]



=== TEST 13: no gzip at all, though it says so
--- raw_request eval
"GET /plain HTTP/1.0\r\nHost: localhost\r\n\r\n"
--- ignore_response
--- error_log
the portal's gzip data is damaged
--- no_error_log
[alert]

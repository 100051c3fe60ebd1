# Copyright (C) ngx_article authors
#
# article check --live: a portal file's tests on the pages as the portal
# serves them now; quiet when all is well, for cron.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

use File::Temp qw(tempdir);

our $dir = tempdir(CLEANUP => 1);

origin('/doi' => [answer(article('Tit moi'))],
       '/mat' => [answer('gone', '404 Not Found')],
       '/chuyen' => [answer('moved', '302 Found', 'Location: /tin')]);

# a portal file with one test a path; its output, and its exit code
our $check = sub {
    my ($expect, @paths) = @_;
    my $port = Test::Nginx::Util::server_port_for_client();

    my $tests = join ",\n", map {
        my $url = m{^/} ? "http://127.0.0.1:$port$_" : $_;
        qq({ "html": "<p>x</p>", "url": "$url",\n  "expect": $expect })
    } @paths;

    open my $f, '>', "$dir/p.json" or die $!;
    print $f qq({ "portal": "bao", "tests": [\n$tests\n] });
    close $f;

    my $out = `"$ENV{ARTICLE_BIN}" check --live "$dir/p.json" 2>&1`;
    return ($out, $? >> 8);
};

run_article_tests();

__DATA__

=== TEST 1: nothing is said of what is well
--- config
location / { proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
my ($out, $code) = $::check->('{ "kind": "article" }', '/tin', '/doi',
                              '/chuyen');
is($out, '', 'quiet');
is($code, 0, 'exit code');
is(scalar seen(qr{^GET /tin HTTP}), 2, 'the portal was asked');
--- error_code: 200



=== TEST 2: a page that has changed
--- config
location / { proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
my ($out, $code) = $::check->('{ "kind": "article", "title": "Tit cu" }',
                              '/doi');
like($out, qr{/p\.json:3: title is "Tit moi", not "Tit cu"}, 'what and where');
is($code, 1, 'exit code');
--- error_code: 200



=== TEST 3: a page that is gone, a portal that is down
--- config
location / { proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
my ($out, $code) = $::check->('{ "kind": "article" }', '/mat');
like($out, qr{/p\.json:2: "http://\S+/mat" cannot be fetched}, 'gone');
is($code, 1, 'exit code');

($out, $code) = $::check->('{ "kind": "article" }',
                           'http://127.0.0.1:1/tin');
like($out, qr{"http://127\.0\.0\.1:1/tin" cannot be fetched}, 'down');
is($code, 1, 'exit code');
--- error_code: 200



=== TEST 4: a test without an address is left out
--- config
location / { proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
my ($out, $code) = $::check->('{ "kind": "article" }', 'tin/1', '');
is($out, '', 'quiet');
is($code, 0, 'exit code');
--- error_code: 200

# Copyright (C) ngx_article authors
#
# The path is decoded once, checked, and sent on as it was checked.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

# asked under /api, what the portal must be asked, and the public address
our $maps = sub {
    my ($asked, $sent, $url) = @_;
    my $a = get("/api$asked");

    is(status($a), 200, "$asked: status");
    my @seen = seen(qr{^GET \Q$sent\E HTTP/1});
    ok(scalar @seen, "$asked: the portal is asked for $sent")
        or diag(map { /^(GET \S+)/ ? "$1\n" : '' } (seen(qr/^GET/))[-1]);
    is(header($a, 'Link'),
       "<https://bao.example@{[$url // $sent]}>; rel=\"canonical\"",
       "$asked: address");
};

our $refused = sub {
    my ($asked, $status) = @_;
    my $before = seen(qr/^/);

    is(status(get("/api$asked")), $status // 403, "$asked: refused");
    is(scalar seen(qr/^/), $before, "$asked: the portal is not asked");
};

run_article_tests();

__DATA__

=== TEST 1: plain, with arguments
--- client
get('/api/');
is(scalar seen(qr{^GET / HTTP}), 1, 'the home page');
$::maps->('/tin/bai.html', '/tin/bai.html');
$::maps->('/bai.aspx?id=1&p=2', '/bai.aspx?id=1&p=2');
$::maps->('/bai?', '/bai');
$::maps->("/it's-a-b_c~d!e\$f&g(h)i*j+k,l;m=n:o\@p",
          "/it's-a-b_c~d!e\$f&g(h)i*j+k,l;m=n:o\@p");



=== TEST 2: an escape stays one
--- client
$::maps->('/a%3Fb=1', '/a%3Fb=1');
$::maps->('/a%3fb=1?c=2', '/a%3Fb=1?c=2');
$::maps->('/100%25', '/100%25');
$::maps->('/a%2525b', '/a%2525b');
$::maps->('/a%23b', '/a%23b');
$::maps->('/a%20b', '/a%20b');
$::maps->('/a%26b%3Dc', '/a&b=c');
$::maps->('/a%2Bb', '/a+b');



=== TEST 3: an escaped slash is a slash, for the check and for the portal
--- client
$::maps->('/tin%2Fbai', '/tin/bai');
$::refused->('/admin%2Fx');
$::refused->('/x%2F..%2Fadmin%2Fx');



=== TEST 4: dots and slashes are gone before the path is checked
--- client
$::maps->('/x/../tin/./bai', '/tin/bai');
$::maps->('//tin///bai', '/tin/bai');
$::maps->('/x/%2e%2e/tin', '/tin');
$::refused->('/x/../admin/y');
$::refused->('//admin//y');
$::refused->('/x/%2E%2E/admin/y');
$::refused->('/ADMIN/y');
is(status(get('/api/../secret')), 404, 'out of the prefix');
is(status(get('/api/..%2Fsecret')), 404, 'out of it, escaped');
is(status(get('/api%2F..%2Fsecret')), 404, 'with the slash escaped');
is(status(get('/-source/x')), 404, 'the source is internal');
is(status(get('/api/../-source/x')), 404, 'by dots as well');
is(scalar seen(qr{^GET /(secret|-source)}), 0, 'the portal is not asked');



=== TEST 5: Vietnamese, raw and escaped, is one address
--- client
my $raw = "/tin-m\xe1\xbb\x9bi/b\xc3\xa0i";
my $esc = '/tin-m%E1%BB%9Bi/b%C3%A0i';
$::maps->($esc, $esc);
$::maps->($raw, $esc);
$::maps->('/tin-m%e1%bb%9bi/b%c3%a0i', $esc);
is(scalar seen(qr{^GET \Q$esc\E }), 1, 'fetched once');
$::maps->("/x?q=m\xe1\xbb\x9bi", "/x?q=m%E1%BB%9Bi");
$::maps->('/x?q=%3Cb%3E&r=a%2Fb%25', '/x?q=%3Cb%3E&r=a%2Fb%25');
$::maps->('/x?q="<>', '/x?q=%22%3C%3E');
$::maps->('/%22%3C%3E', '/%22%3C%3E');



=== TEST 6: bytes that servers read in different ways
--- client
$::refused->('/a%5C..%5Cadmin');
$::refused->('/a\\b');
$::refused->('/a%0D%0AX-Injected:%201');
$::refused->('/a%09b');
$::refused->('/a%7Fb');
$::refused->('/a%00b', 400);
$::refused->('/%', 400);
$::refused->('/%zz', 400);



=== TEST 7: slashes that nginx does not merge
--- config eval
"merge_slashes off;\n" . $Article::gateway
--- client
$::refused->('//admin/x');
$::refused->('/tin//bai');
$::refused->('/x//../admin');
$::maps->('/tin/bai', '/tin/bai');



=== TEST 8: arguments are never part of the path
--- client
$::maps->('/bai?/../admin', '/bai?/../admin');
$::maps->('/bai?a?b', '/bai?a?b');
$::refused->('/admin?x=/tin');



=== TEST 9: absolute form and other hosts change nothing
--- client
my $s = open_client();
ask($s, 'http://evil.example/api/abs-1', 'Host: other.example');
my $a = answered($s);
is(status($a), 200, 'status');
is(header($a, 'Link'), '<https://bao.example/abs-1>; rel="canonical"',
   'address');
like((seen(qr{^GET /abs-1 }))[0], qr/\r\nHost: bao.example\r\n/, 'Host');



=== TEST 10: a long path, and a long argument
--- client
my $long = '/' . 'a' x 5000;
$::maps->($long, $long);
$::maps->("/x?$long", "/x?$long");
is(status(get('/api/' . '%E1%BB%9B' x 800)), 200, 'long and escaped');



=== TEST 11: a gateway that has a server of its own
--- config
location / {
    article_json /-source/;
    article_base_url https://bao.example;
}
--- client
my $a = get('/tin/bai-own');
is(status($a), 200, 'status');
is(json($a)->{_article}{json_url} =~ s{^(.*?example/).*}{$1}r,
   'https://bao.example/', 'json_url');
--- error_code: 200



=== TEST 12: what the portal file's "paths" refuse cannot be read here
--- user_files
>>> portal.json
{
    "portal": "bao",
    "hosts": ["bao.example"],
    "paths": { "allow": ["^/tin/", "^/$"], "deny": ["/noi-bo/"] }
}
--- http_config
article_portals $TEST_NGINX_HTML_DIR/portal.json;
--- config eval
$Article::gateway . q{
location / { proxy_pass http://$TEST_NGINX_PORTAL; }
location /tin/noi-bo/ { deny all; }
}
--- client
is(status(get('/tin/noi-bo/x')), 403, 'denied to people');
$::refused->('/tin/noi-bo/x');
$::refused->('/tin/noi-bo%2Fx');
$::refused->('/tin/x/../noi-bo/x');
$::refused->('/tin//noi-bo//x');
$::refused->('/khac');
$::refused->('/tin/../khac');
$::refused->('/tin%2F..%2Fkhac');
$::refused->('/-source/tin/x');
$::maps->('/tin/x', '/tin/x');
my $a = get('/api/khac');
is(json($a)->{reason}, 'path_refused', 'and says why');
--- error_code: 200

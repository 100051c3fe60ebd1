# Copyright (C) ngx_article authors
#
# What README ("Security") promises and no other file shows.  Where the others
# are is in the table there.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

# what is freed, and what is fresh, is no earlier request's
BEGIN { $ENV{MALLOC_PERTURB_} = 165 }

our $evil = article("T\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>")
    =~ s{</head>}{<link rel="canonical" href="http://169.254.169.254/latest">
<meta property="og:image" content="http://127.0.0.1:9/image">
<meta property="og:url" content="http://bao.example\@127.0.0.1:9/">
<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/refresh">
<link rel="next" href="file:///etc/passwd"></head>}r;

origin(
    '/evil' => [answer($evil, "ETag: \"a\"\r\nX-Evil: 1",
                       'Link: <http://127.0.0.1:9/>; rel="next"',
                       'Refresh: 0; url=http://127.0.0.1:9/')],
    '/elsewhere' => [answer('', '302 Found',
                            'Location: http://127.0.0.1:9/inside')],
    '/split' => [answer('', '302 Found', "Location: /a\x0bb\x01c")],
    map({ ("/secret-$_" => [answer(article("Trang secret$_ "))]) } 1 .. 20),
);
redis();

our $logged = sub {
    local $/;
    open my $log, '<', "$Test::Nginx::Util::ServRoot/logs/error.log" or die;
    my $text = <$log>;
    open my $access, '<', "$Test::Nginx::Util::ServRoot/logs/access.log";
    return $text . ($access ? <$access> // '' : '');
};

# the request as it is, and the answer
our $raw = sub {
    my ($request) = @_;
    my $s = open_client();

    $s->syswrite("$request\r\nConnection: close\r\n\r\n");
    local $/;
    return <$s> // '';
};

our $redis_says = sub {
    my $socket = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;

    return `redis-cli -s $socket @_ 2>&1`;
};

run_article_tests();

__DATA__

=== TEST 1: no address of a page, a header or a client is ever fetched
--- client
my $before = seen(qr/./);
my $answer = get('/api/evil', 'X-Forwarded-Host: 127.0.0.1:9',
                 'X-Original-URL: /inside', 'X-Rewrite-URL: /inside',
                 'Forwarded: host=127.0.0.1:9', 'Referer: http://127.0.0.1:9/');
is(status($answer), 200, 'an article');
get('/api/elsewhere');
get('/api/http://127.0.0.1:9/inside');
get('/api/evil?url=http://127.0.0.1:9/inside');
sleep 0.3;
my @seen = map { /^(\w+ \S+)/ } seen(qr/./);
splice @seen, 0, $before;
is_deeply([grep { !m{^GET /} } @seen], [], 'GET of a path, nothing else');
is(scalar(grep { m{^GET (?:/evil(?:\?url=\S+)?|/elsewhere|/http:/+127\S+)$} }
              @seen), @seen, 'what was asked for, nothing else');
unlike($answer, qr/169\.254|127\.0\.0\.1|file:/, 'no inner address in JSON');



=== TEST 2: nothing of a page or of the portal's header splits an answer
--- client
my ($head, $body) = split /\r\n\r\n/, get('/api/evil'), 2;
unlike($head, qr/evil=1|X-Evil|Refresh|127\.0/i, 'header of the page');
unlike($body, qr/<script/i, 'no script');
is(scalar(() = get('/api/split') =~ /\r\n\r\n/g), 1, 'one header, one body');
unlike(header(get('/api/split'), 'Location'), qr/[\x00-\x1f]/, 'Location');
unlike((split /\r\n\r\n/, get('/api/a%0d%0aSet-Cookie:%20evil=1'))[0],
       qr/^Set-Cookie/m, 'the address');



=== TEST 3: //host and absolute-form requests
--- client
for my $target ('//evil.example/page', 'http://evil.example/api/page',
                'http://evil.example//evil.example/api/page',
                '/api//evil.example/page', '/api/%2F%2Fevil.example/page',
                '/api/\\\\evil.example/page', 'http:///api/page')
{
    my $answer = $::raw->("GET $target HTTP/1.1\r\nHost: evil.example");
    my $link = header($answer, 'Link');

    like($answer, qr{^HTTP/1.1 [2-5]}, "$target: an answer");
    unlike($link . header($answer, 'Location'),
           qr{(?:https?:)?//(?:[^/]*@)?evil\.example}, "$target: no link there");
    unlike(json($answer)->{url} // '', qr{^\w+://evil}, "$target: no url there");
}
is(scalar(grep { /\r\nHost: (?!bao\.example\r)/i } seen(qr/./)), 0,
   'the portal hears its own name alone');
is(scalar(grep { m{^GET (?:\w+:)?//} } seen(qr/./)), 0, 'and paths alone');



=== TEST 4: addresses do not leave their place in Redis' protocol
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- client
$::redis_says->('set', 'canary', 1);
get("/api/$_") for 'a%0d%0aFLUSHALL%0d%0a', 'a%00b', '*', '%5Ba-z%5D*', '?*',
    'a%0d%0a*1%0d%0a$8%0d%0aFLUSHALL%0d%0a', 'x' x 6000, '%22%7D%2C%7B';
sleep 0.3;
is($::redis_says->('get', 'canary'), "1\n", 'no command got through');
my @keys = split /\n/, $::redis_says->('keys', "'*'");
is(scalar(grep { !/^(?:canary|article:1:(?:\{[0-9a-f]{32}\}|plan:.*|\{events\}.*|[\w{}:.-]+))$/ }
              @keys), 0, 'keys are of their form')
    or diag("@keys");
is(status(get('/api/page')), 200, 'and all goes on');



=== TEST 5: a client's secrets are in no log of ours
--- log_level: info
--- config eval
($Article::gateway =~ s/article_purge 1/article_purge \$arg_may/r)
--- client
my @secret = ('Authorization: Basic geheim1', 'Cookie: .ASPXAUTH=geheim2');
get($_, @secret) for '/api/page', '/api/admin/', '/api/none/../../x',
    '/api/slow0.01', 'PURGE /api/page';
my $log = $::logged->();
ok(length $log, 'something is logged');
unlike($log, qr/geheim[12]/, 'no secret');



=== TEST 6: purge, withdraw and plans by strangers
--- config
    location /api/ {
        article_json /-source/;
        article_base_url https://bao.example;
        article_cache_valid 200 5m;
        article_purge $http_x_operator;
    }
--- client
get('/api/kept');
for my $word ('hard', 'soft', 'withdraw', 'lift', 'portal', 'section:a') {
    is(status(get('PURGE /api/kept', "X-Article-Purge: $word")), 403, $word);
}
is(scalar seen(qr{GET /kept }), 1, 'still stored');
is(status(get('/api/kept')), 200, 'still there');
is(scalar seen(qr{GET /kept }), 1, 'from the store');



=== TEST 7: nothing of one reader in the answer to another
--- client
for my $n (1 .. 20) {
    get("/api/secret-$n", "Cookie: name=reader$n",
        "Authorization: Basic reader$n", "User-Agent: reader$n",
        "X-Forwarded-For: reader$n");
}
my $found = 0;
for my $n (1 .. 20) {
    my $answer = get("/api/secret-$n");
    $found++ if $answer =~ /reader/;
    $found++ while $answer =~ /secret(\d+) /g && $1 != $n;
}
is($found, 0, 'nothing');
is(scalar(grep { /reader/ } seen(qr/./)), 0, 'nor at the portal');

# Copyright (C) ngx_article authors
#
# README's configuration of pages and articles at the same address.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin('/tin/1' => [answer(article('Trang'))]);

my ($map, $server);

{
    local $/;
    open my $in, '<', "$ENV{ARTICLE_ROOT}/README.md" or die $!;
    my ($text) = <$in> =~ /Pages and articles at the same address.*?```nginx\n(.*?)```/s
        or die 'README has no such configuration';

    $text =~ s/# and location.*//;
    $text =~ s/http:\/\/portal/http:\/\/\$TEST_NGINX_PORTAL:/;
    ($map, $server) = $text =~ /^(map .*?)^server \{(.*)\}\s*$/sm or die;
}

$Article::http = $map;
our $config = $server;

run_article_tests();

__DATA__

=== TEST 1: who accepts JSON gets the article, others the page
--- config eval
$::config
--- error_code: 200
--- client
for my $accept ('application/json', 'text/plain, application/json;q=0.9') {
    my $a = get('/tin/1', "Accept: $accept");
    is(json($a)->{url}, 'https://bao.example/tin/1', "$accept: the article");
    like(header($a, 'Vary'), qr/\bAccept\b(?!-)/, 'told apart');
}

for my $accept ('text/html,application/xhtml+xml,*/*;q=0.8', '*/*',
                'text/html')
{
    my $a = get('/tin/1', "Accept: $accept");
    like($a, qr/<h1>Trang/, "$accept: the page");
    like(header($a, 'Vary'), qr/\bAccept\b(?!-)/, 'told apart');
}

like(get('/tin/1'), qr/<h1>Trang/, 'nothing said: the page');



=== TEST 2: a path with everything in it keeps its meaning
--- config eval
$::config
--- error_code: 200
--- client
for my $path ('/a%3Fb=1', '/a%25b', '/t%E1%BB%89nh', '/a+b', '/a%20b?x=%20y') {
    my $a = get($path, 'Accept: application/json');
    is(json($a)->{url}, "https://bao.example$path", $path);
}



=== TEST 3: POST goes to the portal, and the article is stale
--- config eval
$::config
--- error_code: 200
--- client
my @json = ('Accept: application/json');
get('/tin/1', @json);
like(header(get('/tin/1', @json), 'Cache-Status'), qr/; hit/, 'stored');
like(get('POST /tin/1', @json, 'Content-Length: 0'), qr/<h1>Trang/, 'POST');
like(header(get('/tin/1', @json), 'Cache-Status'), qr/fwd=stale/, 'stale');

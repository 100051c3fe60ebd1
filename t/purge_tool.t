# Copyright (C) ngx_article authors
#
# tools/article-purge: what it does, says, and exits with.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my $html = article('Tin a');
$html =~ s{</head>}{<meta property="article:section"
    content="V\xc4\x83n h\xc3\xb3a &amp; X"></head>};

origin('/a' => [answer($html)]);

our $tool = sub {
    my (@words) = @_;
    my $base = 'http://127.0.0.1:'
        . Test::Nginx::Util::server_port_for_client();
    my $words = join ' ', map { s/'/'\\''/gr =~ s/^|$/'/gr }
        map { s{^/}{$base/}r } @words;
    my $says = `$ENV{ARTICLE_ROOT}/tools/article-purge $words 2>&1`;
    return ($? >> 8, $says);
};

our $cached = sub { header(get($_[0]), 'X-Cache') };

run_article_tests();

__DATA__

=== TEST 1: addresses
--- client
get("/api/$_") for qw(a b);
my ($rc, $says) = $::tool->('/api/a', '/api/b', '/api/none');
is($rc, 0, 'done');
like($says, qr{/api/a: purged\n.*/api/b: purged\n.*/none: was not stored here},
     'says what');
is($::cached->('/api/a'), 'MISS', 'forgotten');

($rc, $says) = $::tool->('--soft', '/api/a');
is($rc, 0, 'softly');
like($says, qr/will be fetched anew/, 'says so');
is($::cached->('/api/a'), 'STALE', 'the old one is sent');



=== TEST 2: a portal, a section whose name is no plain letters
--- client
get("/api/$_") for qw(a b);
my ($rc, $says) = $::tool->('--tag', "section:V\xc4\x83n h\xc3\xb3a & X",
                            '/api/');
is("$rc $says" =~ s/http\S*//r, "0  will be fetched anew\n", 'says so');
is($::cached->('/api/a'), 'STALE', 'of the section');
is($::cached->('/api/b'), 'HIT', 'not of it');

($rc, $says) = $::tool->('--hard', '--portal', '/api/');
is("$rc $says" =~ s/http\S*//r, "0  purged\n", 'a portal');
is($::cached->('/api/b'), 'MISS', 'all of it');



=== TEST 3: withdraw, lift
--- client
my ($rc, $says) = $::tool->('withdraw', '/api/a', '/api/b');
is($rc, 0, 'withdrawn');
is(scalar(() = $says =~ /: withdrawn\n/g), 2, 'says so');
is(status(get('/api/b')), 410, 'gone');
($rc, $says) = $::tool->('lift', '/api/b');
like($says, qr/: lifted\n/, 'lifted');
is(status(get('/api/b')), 200, 'there');
is(status(get('/api/a')), 410, 'the other one is not');



=== TEST 4: refused; wrong usage
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_valid 5m;
}
--- client
my ($rc, $says) = $::tool->('withdraw', '/api/a');
is($rc, 1, 'refused');
like($says, qr/answers 403: purge_refused Purging is not allowed/, 'why');

for my $words ([], ['withdraw'], ['tin-1'], ['--tag', 'kind:x', '/api/'],
               ['--soft', 'withdraw', '/api/a'], ['--what', '/api/a'])
{
    ($rc, $says) = $::tool->(@$words);
    is($rc, 2, "@$words: usage");
    like($says, qr/article-purge withdraw URL/, 'and how');
}

($rc, $says) = $::tool->('http://127.0.0.1:1/api/a');
is($rc, 1, 'nobody there');

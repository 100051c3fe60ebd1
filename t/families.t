# Copyright (C) ngx_article authors
#
# A portal without a file of its own is read by its family's, which the page
# shows; a file of its own comes first.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

sub sample {
    open my $f, '<', "$ENV{ARTICLE_ROOT}/t/cms/$_[0].html" or die $!;
    local $/;
    return <$f>;
}

origin('/nukeviet' => [answer(sample('nukeviet'))],
       '/liferay' => [answer(sample('liferay'))]);

run_article_tests();

__DATA__

=== TEST 1: each page is read by its family's file
--- http_config
article_portals $TEST_NGINX_ARTICLE_ROOT/conf/portals/cms/*.json;
--- client
for my $family (qw(nukeviet liferay)) {
    my $a = get("/api/$family");

    is(status($a), 200, "$family: status");
    is(json($a)->{_article}{portal}, $family, "$family: its file");
    is(json($a)->{_article}{method}, 'rule', "$family: it chose the text");
}

my $a = get('/api/khac');
is(json($a)->{_article}{portal}, undef, 'a page of none');
is(json($a)->{_article}{method}, 'generic', 'is read without');
--- error_code: 404



=== TEST 2: the portal's own file comes first
--- user_files
>>> bao.json
{ "portal": "bao", "hosts": ["bao.example"] }
--- http_config
article_portals $TEST_NGINX_ARTICLE_ROOT/conf/portals/cms/*.json;
article_portals $TEST_NGINX_HTML_DIR/bao.json;
--- client
my $a = get('/api/nukeviet');
is(json($a)->{_article}{portal}, 'bao', 'its file');
is(json($a)->{_article}{method}, 'generic', 'no rule in it chose');
--- error_code: 404

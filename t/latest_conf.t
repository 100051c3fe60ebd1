# Copyright (C) ngx_article authors
#
# article_latest and article_latest_source where they make no sense: one line
# says what to do.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our $base = 'article_base_url https://bao.example;';
our $json = "location /api/ { article_json /-source/; $base }";

# "bad" is the configuration; "says" what must be in the one [emerg] line
Test::Nginx::Socket::add_block_preprocessor(sub {
    my ($block) = @_;

    return if !defined $block->says;

    $block->set_value(bare => 1);
    $block->set_value(http_config => $block->zone // 'article_zone main:1m;');
    $block->set_value(config => $block->bad);
    $block->set_value(must_die => '');
    $block->set_value(suppress_stderr => '');
    my $says = $block->says;
    chomp $says;
    $block->set_value(error_log => [$says, '[emerg]']);
    $block->set_value(grep_error_log => qr/\[emerg\]|\[alert\]|exited/);
    $block->set_value(grep_error_log_out => "[emerg]\n");
});

run_article_tests();

__DATA__

=== TEST 1: without a zone
--- zone
--- bad eval
"$::json location = /latest { article_latest; $::base }"
--- says
article_latest in location "/latest" needs article_zone



=== TEST 2: without article_base_url
--- bad eval
"$::json location = /latest { article_latest; }"
--- says
article_latest in location "/latest" needs article_base_url



=== TEST 3: in a location that has no path
--- bad eval
"$::json location ~ /latest { article_latest; $::base }"
--- says
must be in one given by a path



=== TEST 4: a parameter out of bounds
--- bad eval
"$::json location = /latest { article_latest page=101; $::base }"
--- says
"page=101" of article_latest must be a number from 1 to 100



=== TEST 5: another parameter
--- bad eval
"$::json location = /latest { article_latest size=10; $::base }"
--- says
invalid parameter "size=10" of article_latest



=== TEST 6: a source that is no article_json's
--- bad eval
"$::json location = /latest { article_latest; $::base
    article_latest_source /tin-tuc; }"
--- says
article_latest_source "/tin-tuc" must begin with the prefix



=== TEST 7: another portal's
--- bad eval
"$::json location = /latest { article_latest;
    article_base_url https://other.example;
    article_latest_source /api/tin-tuc; }"
--- says
article_latest_source "/api/tin-tuc" must begin with the prefix



=== TEST 8: a path that is not served
--- bad eval
"$::json location = /latest { article_latest; $::base
    article_latest_source /api/admin/; }"
--- says
article_latest_source "/api/admin/" leads to a path that is not served



=== TEST 9: no interval
--- bad eval
"$::json location = /latest { article_latest; $::base
    article_latest_source /api/ interval=0; }"
--- says
invalid parameter "interval=0" of article_latest_source



=== TEST 10: a source without a list
--- bad eval
"$::json location = /latest { $::base article_latest_source /api/; }"
--- says
article_latest_source needs article_latest in the same location

# Copyright (C) ngx_article authors
#
# A client that takes its answer bit by bit gets all of it.  What it does not
# take at once is what sendfile_max_chunk leaves over: nginx treats both alike.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin('/gone' => [answer('no', '410 Gone')]);
redis();

our $slow = $Article::gateway =~ s/\}\s*$/sendfile_max_chunk 100; }/r;

our $same = sub {
    my ($level, @headers) = @_;
    my $answer = get('/api/page', @headers);

    is(header($answer, 'X-Level'), $level, "$level: where it comes from");
    cmp_ok(length body($answer), '>', 500, "$level: a body");
    is(length body($answer), header($answer, 'Content-Length'),
       "$level: all of it");
};

# the second block finds what the first has stored
Test::Nginx::Util::no_shuffle();

run_article_tests();

__DATA__

=== TEST 1: fetched, then from shared memory
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- config eval: $::slow
--- client
$::same->('origin');
$::same->('l1');
is(status(get('/api/gone')), 410, 'a problem');
is(status(get('/api/page', 'If-None-Match: *')), 304, 'not modified');
is(status(get('HEAD /api/page')), 200, 'HEAD');



=== TEST 2: from Redis
--- http_config
    article_redis $TEST_NGINX_REDIS;
--- config eval: $::slow
--- client
$::same->('redis');

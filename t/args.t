# Copyright (C) ngx_article authors
#
# article_cache_args: which arguments make another page.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin('/thang?b=1&a=2' => [answer('', '302 Found',
                                   'Location: /thang?a=2&b=1&utm_source=x')],
       '/den?b=1&a=2' => [answer('', '302 Found',
                                 'Location: /den?a=2&b=1&utm_source=x')],
       '/di?a=1' => [answer('', '302 Found', 'Location: /bai?z=1&b=2&gclid=9')]);

sub location { return $Article::gateway =~ s/article_json/$_[0]\n    article_json/r }

our $keep = location('article_cache_args keep id page-*;');
our $drop = location('article_cache_args drop default sid x-*;');
our $only = location('article_cache_args drop sid;');
our $off = location('article_cache_args off;');

sub asked { return map { /^GET (\S+)/ } seen($_[0]) }

run_article_tests();

__DATA__

=== TEST 1: links shared with anybody's marks are one page
--- client
my @marks = qw(utm_source=zalo utm_medium=social UTM_Campaign=a utm%5Fterm=b
               itm_source=home fbclid=IwAR0 gclid=C gbraid=1 wbraid=1 dclid=1
               msclkid=1 zarsrc=30 gidzl=x zalo_id=3 igshid=1 igsh=1 ttclid=1
               twclid=1 yclid=1 ysclid=1 srsltid=A mc_cid=1 mc_eid=1
               _ga=1.2 _gl=1 _hsenc=p _openstat=x mtm_campaign=1 vnx_source=1);

get('/api/chung?id=7&page=2');

for my $mark (@marks) {
    my $a = get("/api/chung?$mark&id=7&page=2");
    is(header($a, 'X-Cache'), 'HIT', $mark);
    is(json($a)->{url}, 'https://bao.example/chung?id=7&page=2', 'its address');
}

is(header(get('/api/chung?page=2&' . join('&', @marks) . '&id=7'), 'X-Cache'),
   'HIT', 'all of them, and in another order');
is_deeply([asked('/chung')], ['/chung?id=7&page=2'], 'one fetch');

is(header(get('/api/tron?utm_source=x'), 'X-Cache'), 'MISS', 'marks alone');
is(header(get('/api/tron'), 'X-Cache'), 'HIT', 'are none');
is(header(get('/api/tron?&&'), 'X-Cache'), 'HIT', 'nor is nothing');
is_deeply([asked('/tron')], ['/tron'], 'one fetch');



=== TEST 2: what is no mark makes a difference
--- client
for my $args (qw(utm=1 fbclid2=1 id=gclid xutm_source=1 a=1&a=2 a=2&a=1 a a=
                 id=1%26utm_source=2 %61=1 a=1+2))
{
    my $a = get("/api/khac?$args");
    is(header($a, 'X-Cache'), 'MISS', $args);
    is(json($a)->{url}, "https://bao.example/khac?$args", 'as it came');
}

is(header(get('/api/khac?a=2&b=1&a=1'), 'X-Cache'), 'MISS', 'sorted by name');
is_deeply([(asked('/khac'))[-1]], ['/khac?a=2&a=1&b=1'],
          'of one name in their order');



=== TEST 3: only what is named
--- config eval
$::keep
--- client
get('/api/giu?z=1&page-no=2&id=3&sid=4');
is_deeply([asked('/giu')], ['/giu?id=3&page-no=2'], 'kept');
is(header(get('/api/giu?id=3&page-no=2&ID2=5'), 'X-Cache'), 'HIT', 'one page');



=== TEST 4: the default list and more
--- config eval
$::drop
--- client
get('/api/bot?z=1&sid=2&x-y=3&utm_source=4');
is_deeply([asked('/bot')], ['/bot?z=1'], 'dropped');



=== TEST 5: another list
--- config eval
$::only
--- client
get('/api/rieng?z=1&sid=2&utm_source=4');
is_deeply([asked('/rieng')], ['/rieng?utm_source=4&z=1'], 'dropped');



=== TEST 6: off
--- config eval
$::off
--- client
get('/api/nguyen?z=1&&utm_source=4&b');
is_deeply([asked('/nguyen')], ['/nguyen?z=1&&utm_source=4&b'], 'as they came');
is(header(get('/api/nguyen?b&z=1'), 'X-Cache'), 'MISS', 'order counts');



=== TEST 7: redirects
--- client
my $a = get('/api/di?a=1');
is(status($a), 302, 'to another page');
is(header($a, 'Location'), 'https://bao.example/api/bai?b=2&z=1',
   'by what it is asked for with');

$a = get('/api/den?b=1&a=2');
is(json(get('/api/den?a=2&b=1'))->{url}, 'https://bao.example/den?a=2&b=1',
   'sorted');
is_deeply([asked('/den')], ['/den?a=2&b=1'], 'the portal is asked once');



=== TEST 8: a redirect to its own arguments in another order is a loop
--- config eval
$::off
--- client
my $a = get('/api/thang?b=1&a=2');
is(header($a, 'Location'),
   'https://bao.example/api/thang?a=2&b=1&utm_source=x', 'but not with "off"');



=== TEST 9: POST and PURGE mean the same page
--- config eval
"article_base_url https://bao.example;
location / { proxy_pass http://\$TEST_NGINX_PORTAL:; }
$Article::gateway"
--- error_code: 200
--- client
get('/api/post?a=1&b=2');
get('POST /post?b=2&utm_source=1&a=1', 'Content-Length: 0');
is(header(get('/api/post?a=1&b=2'), 'X-Cache'), 'EXPIRED', 'POST');
is(status(get('PURGE /api/post?fbclid=1&b=2&a=1')), 200, 'PURGE');
is(header(get('/api/post?a=1&b=2'), 'X-Cache'), 'MISS', 'it is gone');



=== TEST 10: many arguments
--- client
my $args = join '&', map { "k$_=1" } reverse 1 .. 900;
is(status(get("/api/nhieu?$args")), 200, 'many');
is(header(get('/api/nhieu?' . join '&', map { "k$_=1" } 1 .. 900), 'X-Cache'),
   'HIT', 'in any order');



=== TEST 11: what cannot be meant
--- config
location /api/ {
    article_json /-source/;
    article_base_url https://bao.example;
    article_cache_args utm_*;
}
--- must_die
--- error_log
article_cache_args must be "off", "keep" and names, or "drop" and names

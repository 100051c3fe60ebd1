# Copyright (C) ngx_article authors
#
# Purges of a portal, a section, an author: here and on another host.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Hosts;
use Test::More;

our $page = sub {
    my ($title, $section, $author) = @_;
    my $html = article($title);

    $html =~ s{</head>}{<meta property="article:section" content="$section">
        <meta name="author" content="$author"></head>};
    return [answer($html)];
};

origin('/a' => $page->('Tin a', "V\xc4\x83n h\xc3\xb3a",
                       "L\xc3\xaa Th\xe1\xbb\x8b Hoa"),
       '/b' => $page->('Tin b', "V\xc4\x83n h\xc3\xb3a",
                       "Tr\xe1\xba\xa7n V\xc4\x83n An"),
       '/c' => $page->('Tin c', "Kinh t\xe1\xba\xbf",
                       "L\xc3\xaa Th\xe1\xbb\x8b Hoa"));
redis();

our $config = $Article::gateway
    . "location = /article-status { article_status; }\n";

our $cached = sub {
    return join ' ', map { header(get("/api/$_"), 'X-Cache') } @_;
};

our $current = sub {
    my ($from) = @_;
    return within(5, sub {
        json($from->('/article-status'))->{events}{state} eq 'current'
    });
};

run_article_tests();

__DATA__

=== TEST 1: a section: its articles are fetched anew, the old ones sent
--- config eval
$::config
--- client
get("/api/$_") for qw(a b c);
is(json(get('/api/a'))->{_article}{section}, "V\x{103}n h\x{f3}a", 'section');
is($::cached->(qw(a b c)), 'HIT HIT HIT', 'stored');

my ($ab, $c) = map { scalar seen($_) } qr{^GET /[ab] }, qr{^GET /c };
my $a = get('PURGE /api/', 'X-Article-Purge: section:V%C4%83n%20h%C3%B3a');
is(status($a), 200, 'purged');
is(json($a)->{soft}, JSON::PP::true, 'softly');
is($::cached->(qw(a b c)), 'STALE STALE HIT', 'those of the section');
sleep 0.3;
is($::cached->(qw(a b c)), 'HIT HIT HIT', 'fetched anew');
is(seen(qr{^GET /[ab] }) - $ab, 2, 'each once');
is(seen(qr{^GET /c }) - $c, 0, 'not the other one');



=== TEST 2: an author, hard
--- config eval
$::config
--- client
get("/api/$_") for qw(a b c);
is(json(get('/api/a'))->{authors}[0]{name}, "L\x{ea} Th\x{1ecb} Hoa", 'author');
my $a = get('PURGE /api/a',
            'X-Article-Purge: hard author:L%C3%AA%20Th%E1%BB%8B%20Hoa');
is(status($a), 200, 'purged');
is($::cached->(qw(a b c)), 'MISS HIT MISS', 'as if they were not stored');
is($::cached->(qw(a b c)), 'HIT HIT HIT', 'and are again');



=== TEST 3: a portal, and no other one that is here too
--- config eval
$::config . q{
    location /other/ {
        article_json /-source/;
        article_base_url https://other.example;
        article_cache_valid 200 5m;
        add_header X-Cache $article_cache_status always;
    }
}
--- client
get("/api/$_") for qw(a b);
get("/other/$_") for qw(a b);
is(status(get('PURGE /api/', 'X-Article-Purge: portal')), 200, 'purged');
is($::cached->('a'), 'STALE', 'of this portal');
is(header(get('/other/a'), 'X-Cache'), 'HIT', 'not of that one');



=== TEST 4: no herd: four at a time in a worker, and nobody waits
--- config eval
$::config
--- client
get("/api/h$_-slow0.5") for 1 .. 6;
get('PURGE /api/', 'X-Article-Purge: portal');
my $t = time;
is($::cached->(map { "h$_-slow0.5" } 1 .. 6),
   'STALE STALE STALE STALE UPDATING UPDATING', 'all from the cache');
cmp_ok(time - $t, '<', 0.4, 'at once');
ok(defined within(0.4, sub { seen(qr{^GET /h}) == 10 }), 'four fetches');
ok(defined within(3, sub {
    $::cached->(map { "h$_-slow0.5" } 1 .. 6) eq join ' ', ('HIT') x 6
}), 'all are fetched in the end');
is(scalar seen(qr{^GET /h}), 12, 'each once');



=== TEST 5: on the other host within a second, and for what Redis holds
--- http_config
article_redis $TEST_NGINX_REDIS;
article_redis_prefix g5;
article_redis_timeout 2s;
--- config eval
$::config
--- client
second('article_redis $TEST_NGINX_REDIS; article_redis_prefix g5;'
       . 'article_redis_timeout 2s;');
ok($::current->(\&other) && $::current->(\&get), 'both read the log');
get("/api/$_") for qw(a b);
other('/api/a');
is(status(get('PURGE /api/', 'X-Article-Purge: hard portal')), 200, 'purged');
my $s = within(3, sub { header(other('/api/a'), 'X-Cache') ne 'HIT' });
ok(defined $s && $s < 1, 'there too');
diag(sprintf 'a purged portal was seen by the other host after %.0f ms',
     1000 * $s);
is(header(other('/api/b'), 'X-Cache'), 'MISS', 'nor from Redis');
is(header(get('/api/b'), 'X-Level'), 'redis', 'what is newer is');



=== TEST 6: another portal file: its articles are read again, the old ones sent
--- client
my $file = "$ENV{TEST_NGINX_HTML_DIR}/portal.json";
my $write = sub {
    mkdir $ENV{TEST_NGINX_HTML_DIR};
    open my $out, '>', $file or die "$file: $!";
    print $out '{"portal": "bao", "hosts": ["bao.example"], "id": "/(', $_[0],
        ')$"}';
    close $out;
};

$write->('x');
second("article_portals $file;", $Article::gateway . q{
    location /other/ {
        article_json /-source/;
        article_base_url https://other.example;
        article_cache_valid 200 5m;
        add_header X-Cache $article_cache_status always;
    }
});
other('/other/a');
is(json(other('/api/a'))->{id}, '/a', 'by the first file');
reload_second();
sleep 1;
is(header(other('/api/a'), 'X-Cache'), 'HIT', 'a reload alone changes nothing');

$write->('[a-z]');
reload_second();
ok(defined within(5, sub { header(other('/api/a'), 'X-Cache') eq 'STALE' }),
   'the old one is sent');
ok(defined within(3, sub { json(other('/api/a'))->{id} eq 'bao:a' }),
   'read by the new file');
is(header(other('/other/a'), 'X-Cache'), 'HIT', 'of that portal alone');

# Copyright (C) ngx_article authors
#
# tools/article-warm: what it reads, asks for, leaves out, says and exits with.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use File::Temp qw(tempdir);
use IO::Compress::Gzip qw(gzip);
use Test::More;

our $dir = tempdir(TMPDIR => 1, CLEANUP => 1);

our $xml = sub { [answer($_[0], 'Content-Type: application/xml')] };

our $urls = sub {
    return '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.'
        . 'sitemaps.org/schemas/sitemap/0.9" xmlns:i="urn:image">'
        . join('', map { "<url><loc>$_</loc><i:image><i:loc>https://"
                         . "bao.example/no.jpg</i:loc></i:image></url>" } @_)
        . '</urlset>';
};

our $b = 'https://bao.example';

gzip \$urls->(map { "$b/g$_" } 1, 2), \my $zipped;

origin('/robots.txt' => [answer("User-agent: *\nDisallow: /kin\n"
                                . "Allow: /kin-dao\$\n\nSitemap: $b/index.xml\n",
                                'Content-Type: text/plain')],
       '/index.xml' => $xml->('<sitemapindex>'
           . join('', map { "<sitemap><loc>$b/$_</loc></sitemap>" }
                  'a.xml', 'g.xml.gz', 'none.xml') . '</sitemapindex>'),
       '/a.xml' => $xml->($urls->("$b/a1", "http://www.bao.example/a2", "$b/a1",
                                  "https://other.example/x", "$b/kin/1",
                                  "$b/kin-dao", "$b/a3?b=2&amp;a=1")),
       '/g.xml.gz' => [answer($zipped, 'Content-Type: application/gzip')],
       '/none.xml' => [answer('x', '404 Not Found')],
       '/gone' => [answer('x', '404 Not Found')],
       '/down' => [answer('x', '500 Internal Server Error')],
       '/set' => [answer(article('Tin'), 'Set-Cookie: a=b')],
       '/bomb.xml' => $xml->('<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>'
                             . '&a;</loc></url></urlset>'),
       '/cut.xml' => $xml->("<urlset><url><loc>$b/a1</loc>"),
       '/page.html' => [answer(article('Tin'))]);

our $config = $Article::gateway . q{
    location / {
        proxy_pass http://$TEST_NGINX_PORTAL:;
        proxy_set_header Host bao.example;
    }
    location = /none { return 404; }
    location = /latest {
        article_latest page=2;
        article_base_url https://bao.example;
    }
};

# in an own process: exit code, standard output, standard error
our $warm = sub {
    my (@words) = @_;
    my $port = Test::Nginx::Util::server_port_for_client();
    my $err = "$::dir/warm.err";
    my $words = join ' ', map { "'$_'" } @words;
    my $out = `$ENV{ARTICLE_ROOT}/tools/article-warm \\
        --gateway http://127.0.0.1:$port/api/ --host bao.example \\
        --rate 100 $words 2> $err`;
    my $rc = $? >> 8;
    open my $in, '<', $err or die "$err: $!";
    local $/;
    return ($rc, $out, scalar <$in>);
};

our $list = sub {
    my $file = "$::dir/list.txt";
    open my $out, '>', $file or die "$file: $!";
    print $out map { "$_\n" } @_;
    close $out;
    return $file;
};

run_article_tests();

__DATA__

=== TEST 1: the sitemaps that robots.txt names; what is forbidden is left out
--- config eval
$::config
--- client
my ($rc, $out, $err) = $::warm->();
is($out, '', 'nothing on standard output');
like($err, qr/^article-warm: 6 articles: 6 stored; left out: 1 by robots.txt, /,
     'what was done');
like($err, qr/ 1 of other sites$/m, 'of other sites');
like($err, qr{not read: $::b/none.xml answers 404}, 'what was not read');
is($rc, 1, 'which is a failure');
is(header(get("/api/$_"), 'X-Cache'), 'HIT', $_)
    for qw(a1 a2 a3?a=1&b=2 g1 g2 kin-dao);
is(scalar seen(qr{^GET /a1 }), 1, 'each once');
is(scalar seen(qr{^GET /kin/}), 0, 'not what is forbidden');
like((seen(qr{^GET /robots.txt }))[0], qr{\r\nUser-Agent: article-warm/}i,
     'by a name of its own');

($rc, $out, $err) = $::warm->('--json', "$::b/g.xml.gz");
is($rc, 0, 'once more: done');
my @lines = map { JSON::PP->new->decode($_) } split /\n/, $out;
is($lines[0]{url}, "$::b/g1", 'a line of JSON for each');
like($lines[0]{cache}, qr/; hit/, 'what the cache says');
is_deeply($lines[-1]{summary}, { hit => 2 }, 'and a summary');
is($err, '', 'nothing else; no progress bar, where no terminal is');



=== TEST 2: a JSON Feed, by next_url; a limit; a dry run
--- config eval
$::config
--- client
get("/api/f$_") for 1 .. 5;
my ($rc, $out, $err) = $::warm->("$::b/latest", '--dry-run');
is($rc, 0, 'done');
is(scalar(() = $out =~ m{^http://127.0.0.1:\d+/api/f\d$}mg), 5, 'all pages');
($rc, $out, $err) = $::warm->("$::b/latest", '--pages', 1);
like($err, qr/: 2 articles: 2 hit;/, 'one page');
($rc, $out, $err) = $::warm->("$::b/latest", '--limit', 3);
like($err, qr/: 3 articles: 3 hit;/, 'three articles');



=== TEST 3: a state; failures are tried again, what is done is not
--- config eval
$::config
--- client
my $state = "$::dir/warm.state";
my @list = ($::list->("$::b/s1", "$::b/gone", "$::b/down", "$::b/set"),
            '--state', $state, '--concurrency', 1);
my ($rc, $out, $err) = $::warm->(@list);
is($rc, 1, 'one fails');
like($err, qr/1 404, 1 502, 1 not stored, 1 stored/, 'what became of each');
like($err, qr/not stored: origin_set_cookie; "Reasons" in README/, 'why');
like($err, qr{1 failed, the last: $::b/down answers 502}, 'which');

change('/down' => [answer(article('Tin'))]);
($rc, $out, $err) = $::warm->(@list);
is($rc, 0, 'now none does');
like($err, qr/ 1 articles: 1 stored; .*3 done before/, 'it alone');
change('/down' => [answer('x', '500 Internal Server Error')]);



=== TEST 4: rate, and an answer that says later
--- config eval
$::config . q{
    location = /api/busy { return 503; add_header Retry-After 1 always; }
}
--- client
my $t = time;
my ($rc) = $::warm->($::list->(map { "$::b/r$_" } 1 .. 6), '--rate', 5);
is($rc, 0, 'done');
cmp_ok(time - $t, '>', 0.95, 'five a second');
$t = time;
($rc) = $::warm->($::list->("$::b/busy"));
is($rc, 1, 'busy');
cmp_ok(time - $t, '>', 1.95, 'waited for as it says, twice');



=== TEST 5: what cannot be read: why, and exit codes
--- config eval
$::config
--- client
my @cases = (
    ["$::b/bomb.xml", 'declares entities'],
    ["$::b/cut.xml", 'no well-formed XML'],
    ["$::b/page.html", 'neither a sitemap nor a JSON Feed; it begins with'],
    ["$::b/api/a9", 'JSON, but no JSON Feed'],
    ['/none.txt', '/none.txt: No such file']);
for my $case (@cases) {
    my ($rc, $out, $err) = $::warm->($case->[0]);
    is($rc, 1, "$case->[0]: exit code");
    like($err, qr/\Q$case->[1]/, 'why');
}

my ($rc, $out, $err) = $::warm->($::list->("$::b/kin/1"));
is($rc, 3, 'all forbidden');

my @down = map { "$::b/down?$_" } 1 .. 20;
change(map { ("/down?$_" => [answer('x', '500 No')]) } 1 .. 20);
($rc, $out, $err) = $::warm->($::list->(@down), '--concurrency', 1);
is($rc, 1, 'a portal that is down');
like($err, qr/stopped after 10 failures in a row/, 'is left alone');

change('/robots.txt' => [answer('x', '503 Service Unavailable')]);
($rc, $out, $err) = $::warm->("$::b/a.xml");
is($rc, 1, 'robots.txt cannot be read');
like($err, qr/answers 503: until it can be read nothing may be asked for/,
     'nothing is asked for');
change('/robots.txt' => [answer('x', '404 Not Found')]);
($rc, $out, $err) = $::warm->("$::b/a.xml", '--dry-run');
like($out, qr{/api/kin/1$}m, 'there is none: all is allowed');
($rc, $out, $err) = $::warm->();
like($err, qr/names no sitemap: give the address of one/, 'nor a sitemap');
change('/robots.txt' => [answer("User-agent: *\nDisallow: /kin\n"
                                . "Allow: /kin-dao\$\n\nSitemap: "
                                . "$::b/index.xml\n")]);

for my $words ('', '--gateway http://x/api', '--gateway ftp://x/',
               '--gateway http://x/ --rate 0', '--gateway http://x/ --what')
{
    my $says = `$ENV{ARTICLE_ROOT}/tools/article-warm $words 2>&1`;
    is($? >> 8, 2, "$words: usage");
    like($says, qr/^usage: article-warm/, 'and how');
}
my $help = `$ENV{ARTICLE_ROOT}/tools/article-warm --help`;
like($help, qr/Exit: 0 all done, 1 something failed/, '--help');
$rc = system("$ENV{ARTICLE_ROOT}/tools/article-warm --gateway "
             . 'http://127.0.0.1:1/api/ x 2> /dev/null') >> 8;
is($rc, 1, 'nobody there');

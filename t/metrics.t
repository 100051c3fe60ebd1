# Copyright (C) ngx_article authors
#
# article_status by portal: in JSON, for Prometheus and for people, and what
# has gone stale.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

our $lists = join '', map { "<li><a href=\"/tin/$_\">Tin n\xe1\xbb\x99i b\xe1"
                            . "\xbb\x99 s\xe1\xbb\x91 $_ c\xe1\xbb\xa7a "
                            . "huy\xe1\xbb\x87n</a></li>" } 1 .. 5;
our $page = article('Trang 1');
$page =~ s{</body>}{<div class="lq"><ul>$lists</ul></div></body>};

our $undated = article('Trang 2');
$undated =~ s{<p class="date">.*?</p>}{};

origin(
    '/p1' => [answer($page)],
    '/p2' => [answer($undated)],
    '/gone' => [answer('x', '404 Not Found')],
    '/500' => [answer('x', '500 Oops')],
    '/none' => [answer('<html><body><p>Kh&ocirc;ng.</p></body></html>')],
);
redis();

our $portal = <<'_EOC_';
>>> bao.json
{"portal": "bao-moi", "hosts": ["bao.example"],
 "title": ["h1"], "author": [".tac-gia"],
 "strip": ["div.lq", "div.cu"]}
_EOC_

our $http = 'article_portals $TEST_NGINX_HTML_DIR/bao.json;';

our $config = $Article::gateway . <<'_EOC_';
    location = /article-status { article_status; }
    location /strip/ {
        article_strip on;
        proxy_pass http://$TEST_NGINX_PORTAL:/;
        proxy_set_header Host bao.example;
    }
_EOC_


sub portal {
    my ($name) = @_;

    my ($found) = grep { $_->{name} eq $name }
                       @{status_json()->{portals}};

    return $found;
}


# The exposition format 0.0.4, strictly: each family declared once, before its
# samples, which stand together; no sample twice; histograms that add up.
sub exposition {
    my ($text) = @_;
    my (%type, %seen, %samples, $family, @wrong);

    push @wrong, 'no line end at the end' if $text !~ /\n\z/;

    for my $line (split /\n/, $text) {

        if ($line =~ /^# HELP ([a-z_:][a-z0-9_:]*) \S.*$/) {
            push @wrong, "again: $line" if $seen{"help $1"}++;

        } elsif ($line =~ /^\#\ TYPE\ ([a-z_:][a-z0-9_:]*)
                           \ (counter|gauge|histogram)$/x)
        {
            push @wrong, "again: $line" if exists $type{$1};
            push @wrong, "no help: $line" if !$seen{"help $1"};
            $type{$1} = $2;
            $family = $1;

        } elsif ($line =~ /^([a-z_:][a-z0-9_:]*)
                           (\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?
                           \ ([0-9.eE+-]+|NaN|[+-]Inf)$/x)
        {
            my ($name, $labels, $value) = ($1, $2 // '', $3);
            my $base = $name;

            if (($type{$family} // '') eq 'histogram') {
                $base =~ s/_(bucket|sum|count)$//;
            }

            push @wrong, "not in its family: $line"
                if !defined $family || $base ne $family;
            push @wrong, "twice: $line" if $seen{"$name$labels"}++;
            push @wrong, "counter below 0: $line" if $value < 0;
            $samples{"$name$labels"} = $value;

        } else {
            push @wrong, "no such line: $line";
        }
    }

    for my $key (grep { /_bucket\{.*le="\+Inf"/ } keys %samples) {
        (my $count = $key) =~ s/_bucket/_count/;
        $count =~ s/,?le="\+Inf"//;
        $count =~ s/\{\}//;
        push @wrong, "$count is not $key"
            if ($samples{$count} // -1) != $samples{$key};
    }

    return (\%samples, splice @wrong, 0, 3);
}


sub promtool {
    my ($text) = @_;

    my ($tool) = grep { -x } map { "$_/promtool" } split /:/, $ENV{PATH};
    return 'none' if !$tool;

    open my $out, '|-', "$tool check metrics > /dev/null" or return $!;
    print $out $text;

    return close $out ? 'content' : 'complains';
}


Test::Nginx::Util::master_on();

run_article_tests();

__DATA__

=== TEST 1: counted for the portal
--- user_files eval: $::portal
--- http_config eval: $::http
--- config eval: $::config
--- client
get('/api/p1');
get('/api/p1');
get('/api/p2');
get('/api/gone');
get('/api/500');
get('/api/none');

my $p = portal('bao-moi');
ok($p->{file}, 'it has a file');
is_deeply($p->{requests}, { 'MISS origin' => 5, 'HIT l1' => 1 }, 'requests');
is($p->{reasons}{ok}, 3, 'reasons: ok');
is($p->{reasons}{origin_not_found}, 1, 'reasons: not found');
is_deeply($p->{read}, { 'article generic' => 2, 'other generic' => 1 },
          'what was read');
is_deeply($p->{origin}, { none => 0, '1xx' => 0, '2xx' => 3, '3xx' => 0,
                          '4xx' => 1, '5xx' => 1 }, "the portal's answers");
is($p->{today}{pages}, 5, 'asked of the portal');
is($p->{today}{refused}, 2, 'refused: 500, no article; not the 404');
is($p->{today}{articles}, 2, 'articles');
is($p->{today}{undated}, 1, 'one has no date');
is($p->{today}{unsigned}, 2, 'none has an author');
is($p->{week}{pages}, 0, 'nothing before today');
is($p->{rules}, 4, 'rules of the file');
is_deeply($p->{stale_rules}, [], 'too early to call one stale');
--- no_error_log
[alert]



=== TEST 2: what goes through the cutter
--- user_files eval: $::portal
--- http_config eval: $::http
--- config eval: $::config
--- client
my $host = 'Host: bao.example';
my $cut = body(get('/strip/p1', $host));
unlike($cut, qr/class="lq"/, 'cut');
get('/strip/p2', $host);

my $s = portal('bao-moi')->{strip};
is($s->{pages}, 2, 'pages');
is($s->{cut_pages}, 1, 'of which something was cut');
is($s->{bytes}, length($::page) + length($::undated), 'bytes');
is($s->{cut_bytes}, length($::page) - length($cut), 'that were cut');



=== TEST 3: a rule that finds nothing on 100 pages is named
--- user_files eval: $::portal
--- http_config eval: $::http
--- config eval: $::config
--- client
my $host = 'Host: bao.example';
get('/strip/p1', $host) for 1 .. 99;
is_deeply(portal('bao-moi')->{stale_rules}, [], 'not on 99');

get('/strip/p1', $host);
is_deeply(portal('bao-moi')->{stale_rules}, ['rule div.cu'], 'on 100');
like(body(get('/article-status?format=prometheus')),
     qr/^article_stale_rules\{portal="bao-moi"\} 1$/m, 'Prometheus');
like(body(get('/article-status?format=html')), qr/>rule div\.cu</, 'people');



=== TEST 4: another file of that portal begins anew
--- user_files eval: $::portal
--- http_config eval: $::http
--- config eval: $::config
--- client
get('/strip/p1', 'Host: bao.example') for 1 .. 100;
is(scalar @{portal('bao-moi')->{stale_rules}}, 1, 'one is stale');

my $file = "$ENV{TEST_NGINX_HTML_DIR}/bao.json";
open my $in, '<', $file or die $!;
my $json = do { local $/; <$in> };
$json =~ s/div\.cu/div.khac/;
open my $out, '>', $file or die $!;
print $out $json;
close $out;

my @old = workers_of(nginx_pid());
kill HUP => nginx_pid();

for (1 .. 100) {
    last if !grep { kill 0, $_ } @old;
    sleep 0.1;
}

get('/strip/p1', 'Host: bao.example');
my $p = portal('bao-moi');
is_deeply($p->{stale_rules}, [], 'nothing is stale');
is($p->{strip}{pages}, 101, 'the counts go on');



=== TEST 5: Prometheus: well-formed, and what it says
--- user_files eval: $::portal
--- http_config eval: $::http
--- config eval: $::config
--- client
get('/api/p1');
get('/api/p1');
get('/api/500');
get('/strip/p1', 'Host: bao.example');

my $a = get('/article-status?format=prometheus');
is(header($a, 'Content-Type'), 'text/plain; version=0.0.4; charset=utf-8',
   'type');

my ($samples, @wrong) = exposition(body($a));
is("@wrong", '', 'the format is kept');
like(promtool(body($a)), qr/^(none|content)$/, 'promtool, if it is there');

my $p = 'portal="bao-moi"';
is($samples->{"article_portal_requests_total{$p,status=\"HIT\",level=\"l1\"}"},
   1, 'a hit');
is($samples->{"article_origin_responses_total{$p,status=\"5xx\"}"}, 1,
   'an error of the portal');
is($samples->{"article_fetch_seconds_count{$p}"}, 2, 'fetches');
is($samples->{"article_read_seconds_count{$p}"}, 1, 'pages read');
is($samples->{"article_share{$p,of=\"refused\",window=\"today\"}"} + 0, 0.5,
   'half is refused');
is($samples->{"article_rules{$p}"}, 4, 'rules');
is($samples->{'article_request_seconds_count{level="origin"}'}, 2, 'times');
cmp_ok($samples->{"article_strip_cut_bytes_total{$p}"}, '>', 100, 'cut');
cmp_ok($samples->{article_zone_size_bytes}, '>', 1000000, 'zone');



=== TEST 6: the form is chosen by the argument, or by Accept
--- config eval: $::config
--- client
my %form = (
    '' => 'application/json',
    'Accept: */*' => 'application/json',
    'Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' => 'text/html',
    'Accept: application/openmetrics-text;q=0.5,text/plain;version=0.0.4,*/*'
        => 'text/plain',
    'Accept: application/json, text/html' => 'application/json',
    'Accept: image/png' => 'application/json',
);

for my $accept (sort keys %form) {
    my $a = get('/article-status', grep { length } $accept);
    like(header($a, 'Content-Type'), qr/^$form{$accept};/, "\"$accept\"");
    is(header($a, 'Cache-Control'), 'no-store', 'not kept');
}

like(header(get('/article-status?format=json', 'Accept: text/html'),
            'Content-Type'), qr/json/, 'the argument wins');
like(header(get('/article-status?format=pdf'), 'Content-Type'), qr/json/,
     'an unknown one is as none');
is(status(get('HEAD /article-status?format=html')), 200, 'HEAD');



=== TEST 7: with nothing configured
--- bare
--- config
location = /article-status { article_status; }
--- client
my ($samples, @wrong) =
    exposition(body(get('/article-status?format=prometheus')));
is("@wrong", '', 'the format is kept');
is(scalar(keys %$samples), 1, 'nothing but what this is');
like(body(get('/article-status?format=html')), qr/without article_zone/,
     'people are told why');



=== TEST 8: a portal without a file is counted by its host
--- config eval: $::config
--- client
get('/api/p1');
is(portal('bao.example')->{requests}{'MISS origin'}, 1, 'by its host');
ok(!portal('bao.example')->{file}, 'it has no file');



=== TEST 9: with Redis: its servers, and how long they take
--- http_config eval: "article_redis $ENV{TEST_NGINX_REDIS};"
--- config eval: $::config
--- client
get('/api/p1');
get('/api/r2');

my ($samples, @wrong) =
    exposition(body(get('/article-status?format=prometheus')));
is("@wrong", '', 'the format is kept');
is($samples->{'article_redis_state{state="ready"}'}, 1, 'ready');
cmp_ok($samples->{article_redis_seconds_count}, '>', 0, 'answers');

my ($node) = grep { /^article_redis_node_connects_total/ } keys %$samples;
is($samples->{$node}, 1, 'one connection');

$node = status_json()->{redis_nodes}[0];
is($node->{connects}, 1, 'in JSON too');
cmp_ok($node->{latency_us}, '<', 1_000_000, 'latency');

# Copyright (C) ngx_article authors
#
# article_cache_use_stale: which failures of the portal the old copy covers;
# and what ends it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

origin();

our %failures = (
    500 => [answer('x', '500 Oops')],
    501 => [answer('x', '501 Oops')],
    502 => [answer('x', '502 Oops')],
    503 => [answer('x', '503 Oops')],
    504 => [answer('x', '504 Oops')],
    403 => [answer('x', '403 No')],
    401 => [answer('x', '401 No')],
    429 => [answer('x', '429 Slow down')],
    error => [answer('<html>', 'Content-Length: 99', 'Connection: close')],
    invalid_header => [answer('{}', 'Content-Type: application/json')],
    timeout => [\0.8, answer(article('late'))],
);

our $gateway = sub {
    my ($more) = @_;
    my $common = 'article_json /-source/; article_cache_valid 200 1s;'
        . 'article_base_url https://bao.example;'
        . 'add_header X-Cache $article_cache_status always;';

    $Article::source =~ s/proxy_read_timeout 3s/proxy_read_timeout 300ms/;

    return "location /api/ { $common $more }";
};

# all of them expired, and then failing; returns what was served stale
our $fail = sub {
    my ($prefix) = @_;

    get("/api/$prefix-$_") for sort keys %failures;
    sleep 2.1;
    change(map { ("/$prefix-$_" => $failures{$_}) } keys %failures);

    return join ' ', grep {
        header(get("/api/$prefix-$_"), 'X-Cache') eq 'STALE'
    } sort keys %failures;
};

run_article_tests();

__DATA__

=== TEST 1: by default all of them
--- config eval
$::gateway->('')
--- client
is($::fail->('all'), join(' ', sort keys %::failures), 'stale');



=== TEST 2: off: none
--- config eval
$::gateway->('article_cache_use_stale off;')
--- client
is($::fail->('off'), '', 'none');



=== TEST 3: some
--- config eval
$::gateway->('article_cache_use_stale timeout http_500 http_429;')
--- client
is($::fail->('some'), '429 500 501 timeout', 'those');



=== TEST 4: the others
--- config eval
$::gateway->('article_cache_use_stale error invalid_header http_502 http_503
              http_504 http_403;')
--- client
is($::fail->('rest'), '401 403 502 503 504 error invalid_header', 'those');



=== TEST 5: what is withdrawn does not come back when the portal fails later
--- config eval
$::gateway->('article_withdraw_share 100;')
--- client
my %ends = (
    404 => [answer('x', '404 Not Found')],
    410 => [answer('x', '410 Gone')],
    301 => [answer('x', '301 Moved', 'Location: /another')],
    302 => [answer('x', '302 Found', 'Location: https://other.example/')],
    chrome => [answer('<html><title>Home</title><body><h1>Not found</h1>'
                      . '<p>Sorry.</p>')],
    private => [answer(article('x'), 'Cache-Control: private')],
);

get("/api/end-$_") for sort keys %ends;
sleep 2.1;
change(map { ("/end-$_" => $ends{$_}) } keys %ends);
get("/api/end-$_") for sort keys %ends;
change(map { ("/end-$_" => $::failures{500}) } keys %ends);

for my $end (sort keys %ends) {
    is(status(get("/api/end-$end")), 502, "ended by $end");
}



=== TEST 6: a word that is none
--- config eval
$::gateway->('article_cache_use_stale http_404;')
--- must_die
--- error_log
invalid value "http_404"

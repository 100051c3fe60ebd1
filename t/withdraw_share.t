# Copyright (C) ngx_article authors
#
# A portal in maintenance does not empty the cache; one article that is
# withdrawn leaves it.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

my @short = ('Cache-Control: max-age=1');

origin(map { ("/$_" => [answer(article($_), @short)]) }
       map { my $set = $_; map { "$set-$_" } 1 .. 12 } 'a', 'b', 'c');

our $all = $Article::gateway =~ s/(add_header X-Cache)/article_withdraw_share 100;
        $1/r;

sub ask_all {
    my ($set) = @_;

    return map { get("/api/$set-$_") } 1 .. 12;
}

sub gone {
    my ($set, @answer) = @_;

    change(map { ("/$set-$_" => [@answer]) } 1 .. 12);
}

run_article_tests();

__DATA__

=== TEST 1: a portal in maintenance
--- client
ask_all('a');
gone('a', answer('', '404 Not Found'));
sleep 2.1;
my @statuses = map { status($_) } ask_all('a');
my $kept = grep { $_ == 200 } @statuses;
ok($kept >= 7, 'most are sent still') or diag("@statuses");
--- grep_error_log eval
qr/article_withdraw_share: [^,]*/
--- grep_error_log_out eval
qr/^article_withdraw_share: more than 50% of the articles of "https:\S+ fetched anew within a minute are gone: the old ones stay\n\z/



=== TEST 2: one article that is withdrawn
--- client
ask_all('b');
change('/b-3' => [answer('', '410 Gone')]);
sleep 2.1;
my @a = ask_all('b');
is(scalar(grep { status($_) == 200 } @a), 11, 'the others stay');
is(status($a[2]), 410, 'it goes');
--- error_log
"https://bao.example/b-3" is withdrawn: origin_gone



=== TEST 3: article_withdraw_share 100
--- config eval
$::all
--- client
ask_all('c');
gone('c', answer('', '404 Not Found'));
sleep 2.1;
is(scalar(grep { status($_) == 404 } ask_all('c')), 12, 'each is believed');
--- no_error_log
article_withdraw_share

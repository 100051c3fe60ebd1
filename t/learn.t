# Copyright (C) ngx_article authors
#
# The gateway learns a portal's template from the pages that pass, and cuts by
# what it learned where it may.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Learn qw(:DEFAULT article kept);
use Test::More;

our $pages = 160;
our %page = map { ("/tin/$_.html" => [answer(Learn::article($_))]) }
    1 .. $pages;

# another dress, and pages that are mostly links
$page{"/moi/$_.html"} = [answer(Learn::redesigned($_))] for 1 .. $pages;
$page{"/nang/$_.html"} = [answer(Learn::heavy($_))] for 1 .. $pages;

# one article under many addresses
$page{"/mot/$_.html"} = $page{'/tin/1.html'} for 1 .. 120;

origin(%page);

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(2);
Test::Nginx::Util::log_level('info');

$Article::http = <<'_EOC_';
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Client;
    article_learn_age 1s;
_EOC_

our $locations = <<'_EOC_';
    location = /article-status { article_status; }
    location = /article-plan { article_plan; }
    location = /none { return 404; }
_EOC_

run_article_tests();

__DATA__

=== TEST 1: apply: what is learned is cut, within a second, on all workers
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
ok(body(visit('/tin/150.html')) eq article(150), 'nothing is known yet');
cmp_ok(teach(sub { $_[0]{entries} == 2 }, '/tin/%d.html', 1 .. 120), '>', 0,
       'two entries are learned');
sleep 1;
my $good = grep { body(visit("/tin/$_.html")) eq kept($_) } 121 .. 150;
is($good, 30, 'the boxes are gone, and nothing else');
my $is = learned();
is($is->{portal}, 'localhost', 'the portal is the server');
is($is->{applied}, 1, 'and is cut by what was learned');
cmp_ok($is->{articles}, '>=', 3, 'from so many articles');
is(join('', errors()), '', 'a quiet log');



=== TEST 2: a reload keeps it
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
cmp_ok(teach(sub { $_[0]{entries} == 2 }, '/tin/%d.html', 1 .. 120), '>', 0,
       'learned');
my $before = learned();
my @old = workers_of(nginx_pid());
kill HUP => nginx_pid();
ok(wait_for(5, sub { !grep { kill 0, $_ } @old }), 'reloaded');
sleep 1;
is(learned()->{plan}, $before->{plan}, 'the same plan');
cmp_ok(learned()->{pages}, '>=', $before->{pages}, 'and what it came from');
ok(body(visit('/tin/130.html')) eq kept(130), 'is cut by at once');



=== TEST 3: observe, the default: learned and told, not cut
--- config eval
"$::locations
location / {
    article_strip on;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
cmp_ok(teach(sub { $_[0]{entries} == 2 }, '/tin/%d.html', 1 .. 120), '>', 0,
       'learned');
sleep 1;
ok(body(visit('/tin/130.html')) eq article(130), 'not cut');
is(learned()->{applied}, 0, 'and told so');



=== TEST 4: off is off
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn off;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
teach(sub { 0 }, '/tin/%d.html', 1 .. 20);
is(scalar @{status_json()->{learned}}, 0, 'nothing');
is(status_json()->{counters}{learned_pages}, 0, 'no page');



=== TEST 5: one article under many addresses teaches nothing
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
visit("/mot/$_.html"), sleep 0.02 for 1 .. 120;
sleep 0.5;
cmp_ok(learned()->{pages}, '>', 20, 'they were looked at');
is(learned()->{articles}, 1, 'and are one');
visit("/tin/1.html?x=$_"), sleep 0.02 for 1 .. 60;
sleep 0.5;
cmp_ok(learned()->{articles}, '<=', 2, 'with arguments as well');
is(learned()->{entries}, 0, 'of which nothing follows');
ok(body(visit('/tin/2.html')) eq article(2), 'nor is anything cut');



=== TEST 6: one client teaches once a minute
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
get("/tin/$_.html", 'X-Client: 10.9.9.9'), sleep 0.02 for 1 .. 30;
get("/tin/$_.html", sprintf 'X-Client: 2001:db8:0:7::%x', $_), sleep 0.02
    for 31 .. 60;
sleep 0.5;
is(learned()->{pages}, 2, 'an address, and a network of IPv6');



=== TEST 7: whoever is logged in, errors, parts and posts teach nothing
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
change(map { ("/loi/$_" => [answer(article($_), '500 Error')],
              "/nua/$_" => [substr answer(article($_), 'Content-Length: 9000',
                                            'Connection: close'), 0, 3000]) } 1 .. 10);
for (1 .. 10) {
    visit("/tin/$_.html", 'Cookie: .ASPXAUTH=1');
    visit("/tin/$_.html", 'Authorization: Basic YTpi');
    visit("POST /tin/$_.html", 'Content-Length: 0');
    visit("HEAD /tin/$_.html");
    visit("/loi/$_");
    visit("/nua/$_");
    sleep 0.02;
}
sleep 0.5;
is(learned()->{pages} // 0, 0, 'none');



=== TEST 8: articles for applications teach as well
--- config eval
"$::locations
$Article::gateway
article_learn apply;
"
--- client
is(json(visit('/api/tin/1.html'))->{_article}{portal}, undef, 'not known');
cmp_ok(teach(sub { $_[0]{entries} == 2 }, '/api/tin/%d.html', 2 .. 120), '>',
       0, 'learned');
my $is = learned();
is($is->{portal}, 'bao.example', 'by the public address');
sleep 1;
is(json(visit('/api/tin/150.html'))->{_article}{portal}, 'bao-example',
   'and read by what was learned');



=== TEST 9: nobody waits for it
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
my $cells = join '', map { "<tr><td>$_<td><i>b<b>c</i></b>" } 1 .. 60_000;
change('/lau.html' => [answer(article(1) . "<table>$cells</table>")]);
my $t = time;
visit('/lau.html');
my $after = time;
visit('/tin/2.html');
cmp_ok(time - $after, '<', 0.2, 'the next page');
cmp_ok($after - $t, '<', 2, 'the large page');
--- timeout: 20



=== TEST 10: not without a zone
--- bare
--- skip_eval: 4: $ENV{TEST_NGINX_USE_HUP} # said before the log is looked at
--- config
    location / {
        article_strip on;
        article_learn apply;
        proxy_pass http://$TEST_NGINX_PORTAL;
    }
--- request
GET /tin/1.html
--- response_body eval
Learn::article(1)
--- error_log
article_learn learns nothing without article_zone



=== TEST 11: a time that is none
--- bare
--- http_config
    article_learn_age 2d;
--- config
--- must_die
--- error_log
"article_learn_age" directive must be a time from 1s to 1d



=== TEST 12: another dress is learned as well
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
cmp_ok(teach(sub { $_[0]{entries} == 2 }, '/tin/%d.html', 1 .. 60), '>', 0,
       'learned');
my $pages = learned()->{pages};
my $there = sub { body(visit('/moi/150.html')) eq Learn::kept_redesigned(150) };
my $n = 0;
visit("/moi/$_.html"), sleep 0.05, $n++ for 61 .. 90;
sleep 1.2;
visit("/moi/$_.html"), sleep 0.05 for 91 .. 100;
ok(wait_for(2, $there), 'the new boxes are cut');
cmp_ok(learned()->{pages} - $pages, '<=', 50, 'soon');



=== TEST 13: a plan that takes most of the page waits for approval
--- config eval
"$::locations
location / {
    article_strip on;
    article_learn apply;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
cmp_ok(teach(sub { $_[0]{waits_for_approval} }, '/nang/%d.html', 1 .. 120), '>',
       0, 'it waits, and status says so');
sleep 1;
ok(body(visit('/nang/150.html')) eq Learn::heavy(150), 'nothing is cut');
like(`grep 'waits for approval' $ENV{TEST_NGINX_SERVROOT}/logs/error.log`,
     qr/\A[^\n]*plan \d+ of portal "localhost" waits[^\n]*\n\z/, 'the log, once');
is(status(get('POST /article-plan?portal=localhost&do=approve',
              'X-Article-Plan: 1', 'Content-Length: 0')), 200, 'approved');
sleep 1;
isnt(body(visit('/nang/150.html')), Learn::heavy(150), 'cut');
ok(!learned()->{waits_for_approval}, 'and it waits no more');



=== TEST 14: nginx -t says where compressed pages would leave uncompressed
--- config eval
"$::locations
location / {
    article_strip on;
    proxy_pass http://\$TEST_NGINX_PORTAL;
}"
--- client
my $check = sub {
    my $root = $ENV{TEST_NGINX_SERVROOT};
    return `$ENV{TEST_NGINX_BINARY} -t -p $root -c $root/conf/nginx.conf 2>&1`;
};
like($check->(), qr/gzip is off in location "\/"/, 'it does');
my $conf = "$ENV{TEST_NGINX_SERVROOT}/conf/nginx.conf";
system("sed -i 's/article_strip on;/article_strip on; gzip on;/' $conf");
unlike($check->(), qr/gzip is off/, 'with gzip it does not');

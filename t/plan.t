# Copyright (C) ngx_article authors
#
# Learned plans: the operator's word on them, a restart, other hosts.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Learn qw(:DEFAULT article kept);
use Test::More;

origin(map { ("/tin/$_.html" => [answer(Learn::article($_))]) } 1 .. 160);
redis();

Test::Nginx::Util::master_on();
Test::Nginx::Util::workers(2);

$Article::http = <<'_EOC_';
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Client;
    article_learn_age 1s;
_EOC_

our $locations = <<'_EOC_';
    location = /article-status { article_status; }
    location = /article-plan { article_plan; }
    location = /none { return 404; }
    location / {
        article_strip on;
        article_learn apply;
        proxy_pass http://$TEST_NGINX_PORTAL;
    }
_EOC_

our $tool = sub {
    my (@words) = @_;
    my $url = 'http://127.0.0.1:' . Test::Nginx::Util::server_port_for_client()
        . '/article-plan';
    return `$ENV{ARTICLE_ROOT}/tools/article-plan --gateway $url @words 2>&1`;
};

our $learn = sub {
    return teach(sub { $_[0]{entries} == 2 }, '/tin/%d.html', 1 .. 120);
};

# cut, when both boxes are; which of them is told by its class
our $has = sub {
    my ($box) = @_;
    return scalar grep { body(visit('/tin/150.html')) =~ /class="$box"/ }
        1 .. 6;
};

run_article_tests();

__DATA__

=== TEST 1: list, show, veto, unveto, pin
--- config eval
$::locations
--- client
like($::tool->('show localhost'), qr/nothing is learned/, 'nothing yet');
cmp_ok($::learn->(), '>', 0, 'learned');
like($::tool->('list'), qr/"portal":"localhost","plan":\d+,"entries":2/, 'list');
my $shown = $::tool->('show localhost');
like($shown, qr/\{   # 1\n(.*\n)*.*\{   # 2\n/, 'show numbers the entries');
my ($id) = $shown =~ /cot-b(?:.*\n)*?.*learned ([0-9a-f]{16})/;
ok($id, 'and says which they are');
sleep 1;
is($::has->('cot-b'), 0, 'cut');
like($::tool->("veto localhost $id"), qr/done/, 'veto');
sleep 1;
is($::has->('cot-b'), 6, 'not cut any more, in any worker');
is($::has->('hop-a'), 0, 'the other one is');
unlike($::tool->('show localhost'), qr/cot-b/, 'nor shown');
like($::tool->("unveto localhost $id"), qr/done/, 'unveto');
like($::tool->('pin localhost 1'), qr/done/, 'pin');
like($::tool->('veto localhost 77'), qr/404: .*no such entry/, 'no such one');
like($::tool->('plans localhost'), qr/"plan":\d+,.*"in_force":true/, 'plans');
like($::tool->('show elsewhere'), qr/404: .*no such portal/, 'no such portal');



=== TEST 2: rollback, approve, diff
--- config eval
$::locations
--- client
cmp_ok($::learn->(), '>', 0, 'learned');
my $plan = learned()->{plan};
my ($id) = $::tool->('show localhost') =~ /learned ([0-9a-f]{16})/;
$::tool->("veto localhost $id");
my $less = learned()->{plan};
cmp_ok($less, '>', $plan, 'a new number');
is(learned()->{entries}, 1, 'and an entry less');
like($::tool->("diff localhost $plan"), qr/^\+.*select/m, 'diff');
$::tool->("unveto localhost $id");
like($::tool->("rollback localhost $plan"), qr/done/, 'rollback');
is(learned()->{entries}, 2, 'both again');
like($::tool->("rollback localhost $less"), qr/done/, 'and back');
is(learned()->{entries}, 1, 'one');
cmp_ok(learned()->{plan}, '>', $less + 1, 'under a number of its own');
like($::tool->('rollback localhost 99999'), qr/404/, 'no such plan');
like($::tool->('diff localhost'), qr/no plan .* waits/, 'none waits');



=== TEST 3: only by POST, and only with the header
--- config eval
$::locations
--- client
cmp_ok($::learn->(), '>', 0, 'learned');
my $plan = learned()->{plan};
my $change = '/article-plan?portal=localhost&do=veto&entry=1';
is(status(get("POST $change", 'Content-Length: 0')), 403, 'no header');
is(status(get($change, 'X-Article-Plan: 1')), 200, 'GET shows');
is(learned()->{plan}, $plan, 'and changes nothing');
is(status(get("PUT $change", 'X-Article-Plan: 1', 'Content-Length: 0')), 405,
   'another method');
is(status(get('POST /article-plan?portal=localhost&do=burn', 'X-Article-Plan: 1',
              'Content-Length: 0')), 400, 'no such thing to do');
is(status(get("POST $change", 'X-Article-Plan: 1', 'Content-Length: 0')), 200,
   'both');



=== TEST 4: access is nginx' own
--- config
    location = /none { return 404; }
    location = /article-plan { article_plan; deny all; }
    location / { article_strip on; proxy_pass http://$TEST_NGINX_PORTAL; }
--- client
is(status(get('/article-plan')), 403, 'denied');
is(status(get('POST /article-plan', 'X-Article-Plan: 1', 'Content-Length: 0')),
   403, 'as well');



=== TEST 5: Redis has it; a zone that is empty gets it from there
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_prefix t5;
    article_redis_timeout 2s;
--- config eval
$::locations
--- client
cmp_ok($::learn->(), '>', 0, 'learned');
my $redis = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;
my $head = sub {
    return `redis-cli -s $redis getrange 't5:1:plan:{localhost}' 0 51`;
};

# the last of its revisions: nothing has followed for a while
ok(wait_for(8, sub {
    my $revision = $head->();
    sleep 0.9;
    return length $revision > 9 && $revision eq $head->();
}), 'stored');
my $plan = learned()->{plan};
my $conf = "$ENV{TEST_NGINX_SERVROOT}/conf/nginx.conf";
system("sed 's/article_zone main[0-9]*:/article_zone fresh:/' $conf > $conf.2"
       . " && mv $conf.2 $conf");
my @old = workers_of(nginx_pid());
kill HUP => nginx_pid();
ok(wait_for(10, sub { !grep { kill 0, $_ } @old }), 'another zone');
ok(wait_for(5, sub { (learned()->{plan} // 0) >= $plan }), 'has the plan');
sleep 1;
ok(body(visit('/tin/150.html')) eq kept(150), 'and it is cut by');



=== TEST 6: another host: what is said here holds there within a second
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_prefix t6;
--- config eval
$::locations
--- client
my $root = $ENV{TEST_NGINX_SERVROOT};
my $conf = do { open my $in, '<', "$root/conf/nginx.conf"; local $/; <$in> };
my $port = Test::Nginx::Util::server_port_for_client();
my $other = $port + 7;
$conf =~ s/\b$port\b/$other/g;
my $dir = "$ENV{TMPDIR}/other";
$conf =~ s/\Q$root\E/$dir/g;
$conf =~ s/main:2m/other:2m/;
mkdir $_, chmod 0777, $_ for $dir, "$dir/logs", "$dir/html";
open my $out, '>', "$dir/other.conf";
print $out $conf;
close $out;
system("cp $root/conf/* $dir/; $ENV{TEST_NGINX_BINARY} -p $dir -c $dir/other.conf"
       . ' > /dev/null 2>&1');
my $there = sub {
    my ($path) = @_;
    return `curl -s -H 'X-Client: 10.8.0.@{[int rand 200]}' http://127.0.0.1:$other$path`;
};
cmp_ok($::learn->(), '>', 0, 'learned here');
ok(wait_for(3, sub { $there->('/tin/150.html') eq kept(150) }), 'cut there');
my ($id) = $::tool->('show localhost') =~ /cot-b(?:.*\n)*?.*learned ([0-9a-f]{16})/;
$::tool->("veto localhost $id");
my $t = time;
ok(wait_for(3, sub { $there->('/tin/150.html') =~ /cot-b/ }), 'vetoed there');
cmp_ok(time - $t, '<', 1.3, 'in time');
my $pid = `cat $dir/logs/nginx.pid` + 0;
kill TERM => $pid;
ok(wait_for(5, sub { !kill 0, $pid }), 'gone');



=== TEST 7: Redis holds nonsense, or a foreign plan: not used, and replaced
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_prefix t7;
--- config eval
$::locations
--- client
my $redis = $ENV{TEST_NGINX_REDIS} =~ s/^unix://r;
my $key = "'t7:1:plan:{localhost}'";
`redis-cli -s $redis set $key 'ngx_article plan 1 00000000000000ff 0000000000000001 damaged'`;
sleep 1;
is(learned()->{plan} // 0, 0, 'nothing of it');
`redis-cli -s $redis set $key nonsense`;
cmp_ok($::learn->(), '>', 0, 'learned');
ok(wait_for(3, sub { `redis-cli -s $redis getrange $key 0 10` =~ /^ngx_article/ }),
   'stored in its place');
--- no_error_log
[alert]
[crit]
[emerg]

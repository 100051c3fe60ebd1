# Copyright (C) ngx_article authors
#
# Two hosts with networks of their own share one Redis: purge, withdrawal,
# generation, lock and learned plans are seen on both within a second; and
# what happens while one of them cannot reach Redis.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use POSIX ();
use Test::More;

BEGIN {
    require Networks;
    my $why = Networks::possible();

    # Test::Nginx has a plan already, which is none

    if ($why) {
        syswrite STDOUT, "1..0 # SKIP hosts in network namespaces: $why\n";
        POSIX::_exit(0);
    }
}

use Article;
use Hosts qw(within);
use Learn ();
use Networks;

my ($herd, $second) = (500, 1.0);

# each with a text of its own: what all pages share would be learned
origin((map { ("/tin/$_.html" => [answer(Learn::article($_))]) } 1 .. 180),
       '/tin/200.html' => [\0.3, answer(Learn::article(200))]);

networks(<<'_EOC_', <<'_EOC_' . $Article::gateway . $Article::source);
    article_redis $REDIS;
    article_redis_timeout 1s;
    article_redis_connect_timeout 1s;
    article_learn_age 1s;
    set_real_ip_from 198.18.0.0/15;
    real_ip_header X-Client;
_EOC_
    location = /article-status { article_status; }
    location / {
        article_strip on;
        article_learn apply;
        proxy_pass http://$TEST_NGINX_PORTAL;
    }
_EOC_

sub state {
    return json(host($_[0], '/article-status'));
}

sub fetches {
    my ($path) = @_;
    return scalar seen(qr{^GET \Q$path\E });
}

# how long until it holds, and that it is not too long
sub soon {
    my ($what, $code) = @_;
    my $t = within(5, $code);

    ok(defined $t && $t < $second, "$what: within a second");
    note(sprintf '%s: %.0f ms', $what, 1000 * ($t // 99));
}

my %client = (n => 0);

sub visit {
    my ($name, $path) = @_;
    $client{n}++;
    return host($name, $path, 'X-Client: 10.7.' . int($client{n} / 250) . '.'
                              . (1 + $client{n} % 250));
}

for my $name ('a', 'b') {
    ok(defined within(5, sub { state($name)->{events}{state} eq 'current' }),
       "$name reads the events");
}


# ---- lock: a herd of 1,000 over both ------------------------------------

my @clients = map { (client('a'), client('b')) } 1 .. $herd;
ask($_, '/api/tin/200.html') for @clients;
my @answers = map { answered($_, 20) } @clients;

is(scalar(grep { status($_) == 200 } @answers), 2 * $herd, 'a herd: all have it');
cmp_ok(fetches('/tin/200.html'), '<=', 2, 'two fetches at most');
note('fetches: ' . fetches('/tin/200.html'));
my %bodies = map { body($_) => 1 } @answers;
is(scalar keys %bodies, 1, 'the same');
@clients = @answers = ();


# ---- purge ---------------------------------------------------------------

host($_, '/api/tin/171.html') for 'a', 'b', 'b';
is(header(host('b', '/api/tin/171.html'), 'X-Level'), 'l1', 'in the L1 of b');
is(status(host('a', 'PURGE /api/tin/171.html')), 200, 'purged on a');
soon('purge', sub { header(host('b', '/api/tin/171.html'), 'X-Cache') eq 'MISS' });


# ---- withdrawal ----------------------------------------------------------

host($_, '/api/tin/172.html') for 'a', 'b';
is(status(host('b', 'PURGE /api/tin/172.html', 'X-Article-Purge: withdraw')), 200,
   'withdrawn on b');
soon('withdrawal', sub { status(host('a', '/api/tin/172.html')) == 410 });
is(status(host('a', 'PURGE /api/tin/172.html', 'X-Article-Purge: lift')), 200,
   'lifted on a');
soon('lift', sub { status(host('b', '/api/tin/172.html')) == 200 });


# ---- generation: a purge of the whole portal ----------------------------

host($_, '/api/tin/173.html') for 'a', 'b';
change('/tin/173.html' => [answer(Learn::article(179))]);
is(status(host('a', 'PURGE /api/tin/173.html', 'X-Article-Purge: portal')), 200,
   'the portal is purged on a');
my $title = json(host('b', '/api/tin/173.html'))->{title};
soon('generation', sub {
    json(host('b', '/api/tin/173.html'))->{title} ne $title
});


# ---- learned plans -------------------------------------------------------

my $entries = sub { state($_[0])->{learned}[0]{entries} // 0 };

for my $n (1 .. 120) {
    visit('a', "/tin/$n.html");
    sleep 0.03;
    last if $n % 5 == 0 && $entries->('a') == 2;
}
is($entries->('a'), 2, 'a has learned a plan');
soon('plan', sub { $entries->('b') == 2 });
ok(defined within(3, sub { body(visit('b', '/tin/150.html'))
                           eq Learn::kept(150) }), 'and b cuts by it');


# ---- one of them cannot reach Redis -------------------------------------

host($_, '/api/tin/174.html') for 'a', 'b';
is(header(host('b', '/api/tin/174.html'), 'X-Level'), 'l1', 'in the L1 of b');
cut('b');
is(status(host('a', 'PURGE /api/tin/174.html')), 200, 'purged on a');
ok(defined within(6, sub { state('b')->{events}{state} eq 'uncertain' }),
   'b, apart from Redis, says that it is uncertain');
is(status(host('b', '/api/tin/174.html')), 200, 'and serves what it has');

my $t = time;
is(status(host('b', '/api/tin/175.html')), 200, 'and what it has not');
cmp_ok(time - $t, '<', 2, 'no longer than the deadline');
is(status(host('b', 'PURGE /api/tin/176.html')), 503, 'a purge there is not told');
is(state('b')->{events}{untold}, 1, 'yet');

host('a', '/api/tin/176.html');
sleep 0.1;
mend('b');
my $back = within(8, sub { state('b')->{events}{state} eq 'current' });
ok(defined $back, 'Redis is back');
isnt(header(host('b', '/api/tin/174.html'), 'X-Level'), 'l1',
   'b knows of the purge it has missed');
is(state('b')->{events}{untold}, 0, 'and its own is told');

is(scalar(logs()), 0, 'no alert in the logs') or diag(logs());
Answers::validate();

# Copyright (C) ngx_article authors
#
# The stored value: written as README says, and read only if it is whole and
# belongs to the address.  The values here are made by these lines of Perl,
# not by the module: two that agree on the form and its checksum.

use lib "$ENV{ARTICLE_ROOT}/t/lib";
use Article;
use Test::More;

use Digest::SHA qw(sha256_hex);
use File::Temp qw(tempdir);
use IO::Socket::UNIX;

my $dir = tempdir(TMPDIR => 1, CLEANUP => 1);
my $parent = $$;
my $redis;

chmod 0755, $dir;


sub start_redis {
    $redis = fork // die "fork: $!";

    if (!$redis) {
        open STDOUT, '>', '/dev/null';
        exec $ENV{ARTICLE_REDIS_SERVER} // 'redis-server', '--port', 0,
            '--unixsocket', "$dir/redis.sock", '--unixsocketperm', 777,
            '--save', '', '--dir', $dir;
    }

    for (1 .. 100) {
        return if IO::Socket::UNIX->new("$dir/redis.sock");
        sleep 0.05;
    }

    die 'redis-server did not start';
}


sub redis {
    my (@words) = @_;

    my $s = IO::Socket::UNIX->new("$dir/redis.sock") or die "no redis: $!";
    $s->syswrite('*' . @words . "\r\n"
                 . join '', map { '$' . length($_) . "\r\n$_\r\n" } @words);

    my $line = <$s>;
    return $line if $line !~ /^\$(-?\d+)/;
    return undef if $1 < 0;
    read $s, my $value, $1;

    return $value;
}


sub key {
    my ($url) = @_;

    return 'article:1:{' . substr(sha256_hex($url), 0, 32) . '}';
}


sub crc32c {
    my $crc = 0xffffffff;

    for my $byte (unpack 'C*', $_[0]) {
        $crc ^= $byte;
        $crc = $crc & 1 ? ($crc >> 1) ^ 0x82f63b78 : $crc >> 1 for 1 .. 8;
    }

    return sprintf '%08x', $crc ^ 0xffffffff;
}


# A value; the arguments replace members of the head.
sub value {
    my ($url, %change) = @_;

    my $now = int time;
    my %v = (v => 1, key => $url, status => 200, stored => $now - 10,
             fresh => $now + 300, stale => $now + 3600,
             changed => $now - 100, gen => 0, etag => 'ab' x 16,
             item => '{"id":"from Redis"}', %change);

    my $head = qq({"_cache":{"v":$v{v},"key":"$v{key}","status":$v{status},)
        . qq("stored":$v{stored},"fresh":$v{fresh},"stale":$v{stale},)
        . qq("changed":$v{changed},"gen":$v{gen},"etag":"$v{etag}",)
        . qq("crc32c":");
    my $crc = $v{crc} // crc32c($head . $v{item});

    return qq($head$crc"},"item":$v{item}});
}


my $number = 0;

# Puts what make(URL) says in Redis under a new address, asks for it.
sub ask_stored {
    my ($make) = @_;

    my $path = sprintf 'stored-%04d', ++$number;
    my $url = "https://bao.example/$path";

    redis('SET', key($url), $make->($url));

    return get("/api/$path");
}


sub damaged {
    return status_json()->{counters}{redis_damaged};
}


sub refused {
    my ($name, $make) = @_;
    my $before = damaged();
    my $a = ask_stored($make);

    is(status($a), 200, "$name: answered");
    is(header($a, 'X-Level'), 'origin', "$name: by the portal");
    is(damaged(), $before + 1, "$name: counted");
}


sub served {
    my ($name, $make, $body) = @_;
    my $before = damaged();
    my $a = ask_stored($make);

    is(header($a, 'X-Level'), 'redis', "$name: from Redis");
    is(body($a), $body // '{"id":"from Redis"}', "$name: the item");
    is(damaged(), $before, "$name: whole");
}


END {
    kill KILL => $redis if $redis && $$ == $parent;
}


# the items here are no items
{
    no warnings 'redefine';
    *Answers::take = sub { };
}

start_redis();
origin();

$Article::http = "    article_redis unix:$dir/redis.sock;\n";
$Article::source .= "    location = /article-status { article_status; }\n";

run_article_tests();

__DATA__

=== TEST 1: what is written
--- client
my $a = get('/api/tin/written');
sleep 0.2;

my $v = redis('GET', key('https://bao.example/tin/written'));
my ($head, $crc, $item) = $v =~ /^(\{"_cache":.*?"crc32c":")(\w+)"\},"item":(.*)\}$/s;

like($head, qr/^\{"_cache":\{"v":1,"key":"https:\/\/bao\.example\/tin\/written",
     "status":200,"stored":\d{10},"fresh":\d{10},"stale":\d{10},
     "changed":\d{10},"gen":\d+,"etag":"[0-9a-f]{32}","tags":"[0-9a-f]{8}",
     "rules":"[0-9a-f]{8}","crc32c":"$/x, 'head');
is($item, body($a), 'item: the bytes served');
is($crc, crc32c($head . $item), 'crc32c');
is(JSON::PP::decode_json($v)->{_cache}{status}, 200, 'JSON');
like(header($a, 'ETag'), qr/^"[0-9a-f]+"$/, 'ETag');



=== TEST 2: what is read
--- client
served('plain', sub { value($_[0]) });
served('another generation of numbers',
       sub { value($_[0], changed => 0, gen => 0) });
served('a window of stale-while-revalidate', sub {
    my $now = int time;

    value($_[0], stale => $now + 3600 . ',"updating":' . ($now + 400));
});
served('a long item', sub { value($_[0], item => '{"a":"' . 'x' x 50000 . '"}') },
       '{"a":"' . 'x' x 50000 . '"}');
served('braces in the item',
       sub { value($_[0], item => '{"a":"}},\\"item\\":{"}') },
       '{"a":"}},\\"item\\":{"}');



=== TEST 3: any byte of it changed
--- client
my $length = length value('https://bao.example/stored-0000');
my @at = grep { $_ % 7 == 0 || $_ < 12 || $_ > $length - 4 } 0 .. $length - 1;
my $before = damaged();
my @served;

for my $at (@at) {
    my $a = ask_stored(sub {
        my $v = value($_[0]);
        # another digit for a digit, so that numbers stay numbers
        substr($v, $at, 1) =~ tr/0-9a-zA-Z{}":,_. \/-/1-90b-zaB-ZA}{,":x-y+z/;
        return $v;
    });
    push @served, $at if header($a, 'X-Level') ne 'origin';
}

is("@served", '', 'none is served');
is(damaged(), $before + @at, 'all are counted');



=== TEST 4: truncated, empty, something else
--- client
refused("cut at $_", sub { substr value($_[0]), 0, $_ })
    for 1, 10, 60, 200, 220;
refused('without its end', sub { substr value($_[0]), 0, -1 });
refused('longer', sub { value($_[0]) . ' ' });
refused('twice', sub { value($_[0]) x 2 });
refused('a word', sub { 'OK' });
refused('nothing but braces', sub { '{}' });
is(header(ask_stored(sub { '' }), 'X-Level'), 'origin', 'empty: absent');
refused('an empty item', sub { value($_[0], item => '') });
refused('an item that is no object', sub { value($_[0], item => '"x"') });
refused('bytes', sub { join '', map { chr } 0 .. 255 });



=== TEST 5: another address's
--- client
refused('another', sub { value('https://bao.example/other') });
refused('shorter', sub { value(substr $_[0], 0, -1) });
refused('longer', sub { value("$_[0]0") });
refused('none', sub { value('') });
refused('a quote in it', sub { value(qq($_[0]","status":200)) });



=== TEST 6: another schema
--- client
refused("v $_", sub { value($_[0], v => $_) })
    for 0, 2, 10, '"1"', '';
refused('members in another order', sub {
    my $v = value($_[0]);
    $v =~ s/"status":200,("stored":\d+)/$1,"status":200/;
    $v =~ s/"crc32c":".*?"/'"crc32c":"' . crc32c(
        $v =~ s{(?<="crc32c":").*?"\},"item":(.*)\}$}{$1}sr) . '"'/e;
    return $v;
});
refused('white space', sub { value($_[0]) =~ s/,/, /r });



=== TEST 7: numbers that cannot be
--- client
my $now = int time;

refused('status 500', sub { value($_[0], status => 500) });
refused('status 0200', sub { value($_[0], status => '0200') });
refused('negative', sub { value($_[0], stored => -1) });
refused('huge', sub { value($_[0], stale => '9' x 30) });
refused('2 ** 64', sub { value($_[0], gen => '18446744073709551616') });
refused('no number', sub { value($_[0], fresh => '') });
refused('a fraction', sub { value($_[0], fresh => '1.5') });
refused('from the future', sub {
    value($_[0], stored => $now + 200000, fresh => $now + 200001,
          stale => $now + 200002)
});
refused('fresh before it was stored', sub {
    value($_[0], fresh => $now - 20)
});
refused('stale before it was fresh', sub { value($_[0], stale => $now) });
refused('stale for ever', sub { value($_[0], stale => $now + 10 ** 9) });
refused('updating after it is stale', sub {
    value($_[0], stale => $now + 3600 . ',"updating":' . ($now + 3601));
});
refused('changed later', sub { value($_[0], changed => $now + 10) });



=== TEST 8: an ETag that is none
--- client
refused('a quote', sub { value($_[0], etag => 'a"b') });
refused('too long', sub { value($_[0], etag => 'a' x 33) });
refused('upper case', sub { value($_[0], etag => 'AB' x 16) });
refused('CRLF', sub { value($_[0], etag => "ab\r\nX: y") });



=== TEST 9: a checksum that is not the value's
--- client
refused('zero', sub { value($_[0], crc => '00000000') });
refused('short', sub { value($_[0], crc => '123') });
refused('upper case', sub { value($_[0]) =~ s/(?<="crc32c":")\w+/ABCDEF01/r });
refused('no hex', sub { value($_[0], crc => 'xxxxxxxx') });



=== TEST 10: two that were swapped
--- client
for my $n (1, 2) {
    get("/api/swap-$n");
}
sleep 0.2;

my @url = map { "https://bao.example/swap-$_" } 1, 2;
my @value = map { redis('GET', key($_)) } @url;

is(status(get("PURGE /api/swap-$_")), 200, 'purged') for 1, 2;

my $before = damaged();
redis('SET', key($url[0]), $value[1]);
redis('SET', key($url[1]), $value[0]);

for my $n (1, 2) {
    my $a = get("/api/swap-$n");

    is(json($a)->{url}, "https://bao.example/swap-$n", "its own $n");
    is(header($a, 'X-Level'), 'origin', 'by the portal');
}

is(damaged(), $before + 2, 'counted');

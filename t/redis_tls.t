# Copyright (C) ngx_article authors
#
# TLS to Redis: whose certificate is good, ours, names, and what goes wrong.

use lib 't/lib';
use RedisLab;

use File::Temp qw(tempdir);
use IO::Socket::INET;

our $certs = tempdir(TMPDIR => 1, CLEANUP => 1);
our $server = $ENV{ARTICLE_REDIS_SERVER} || 'redis-server';

# of two words that no server knows the first is named
if (`$server --tls-port 0 --no-such-word 1 2>&1` =~ /'tls-port/) {
    Test::More::pass('skipped: this redis-server is built without TLS');
    exit;
}


sub openssl {
    my ($command) = @_;

    system("cd $certs && openssl $command > openssl.log 2>&1") == 0
        or die "openssl $command: $certs/openssl.log";
}


sub certificate {
    my ($name, $authority, $alternatives) = @_;

    open my $out, '>', "$certs/$name.ext" or die "$certs: $!";
    print $out "subjectAltName=$alternatives\n";
    close $out;

    openssl("req -newkey rsa:2048 -nodes -keyout $name.key -out $name.csr "
            . "-subj /CN=$name");
    openssl("x509 -req -in $name.csr -CA $authority.crt -CAkey $authority.key "
            . "-CAcreateserial -days 30 -out $name.crt -extfile $name.ext");
}


for my $name ('ca', 'other') {
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout $name.key "
            . "-out $name.crt -subj /CN=$name -days 30");
}

certificate('redis', 'ca', 'DNS:redis.example,IP:127.0.0.1');
certificate('gateway', 'ca', 'DNS:gateway.example');

chmod 0755, $certs;
chmod 0644, glob "$certs/*";

our $probe = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1:0');

$ENV{TEST_NGINX_CERTS} = $certs;
$ENV{TEST_NGINX_TLS_PORT} = $probe->sockport();
close $probe;

redis('--tls-port', $ENV{TEST_NGINX_TLS_PORT}, '--bind', '127.0.0.1',
      '--tls-cert-file', "$certs/redis.crt",
      '--tls-key-file', "$certs/redis.key",
      '--tls-ca-cert-file', "$certs/ca.crt");

our $ours = <<'EOF';
    article_redis_connect_timeout 500ms;
    article_redis_ssl on;
    article_redis_ssl_certificate $TEST_NGINX_CERTS/gateway.crt;
    article_redis_ssl_certificate_key $TEST_NGINX_CERTS/gateway.key;
EOF

our $ca = 'article_redis_ssl_trusted_certificate $TEST_NGINX_CERTS/ca.crt;';

our $down = 'pages come from the zone and the portal while article_redis '
    . "\"127.0.0.1:$ENV{TEST_NGINX_TLS_PORT}\" is down: ";

master();
run_blocks();

__DATA__

=== TEST 1: both sides show certificates, the address is in Redis' own
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours $::ca"
--- request eval
["GET /api/tin/1", "GET /api/tin/1", "PURGE /api/tin/1", "GET /api/tin/1",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis', '', 'origin', '')
--- response_body_like eval
['.', '.', '.', '.', '"redis":"ready"']
--- no_error_log
[error]


=== TEST 2: by name
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours $::ca
 article_redis_ssl_name redis.example;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')
--- no_error_log
[error]


=== TEST 3: another name
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours $::ca
 article_redis_ssl_name khac.example;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', "$::down" . "its certificate is another host's: see "
                 . 'article_redis_ssl_name')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']


=== TEST 4: signed by somebody else
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours
 article_redis_ssl_trusted_certificate \$TEST_NGINX_CERTS/other.crt;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', "$::down" . 'its certificate is not good: ')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']


=== TEST 5: and not asked for
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours
 article_redis_ssl_trusted_certificate \$TEST_NGINX_CERTS/other.crt;
 article_redis_ssl_verify off;"
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')


=== TEST 6: Redis wants a certificate, there is none
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT;
 article_redis_connect_timeout 500ms;
 article_redis_ssl on; $::ca"
--- request eval
["GET /api/tin/1", "GET /api/tin/1", RedisLab::order('log', $::down)]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']
--- no_error_log
[alert]


=== TEST 7: Redis speaks no TLS
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_REDIS_PORT; $::ours $::ca"
--- request eval
["GET /api/tin/1", "GET /lab/sleep/700", "GET /api/tin/1", "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '')
--- response_body_like eval
['.', 'ok', '.', '"redis":"down"']
--- no_error_log
[alert]


=== TEST 8: Redis goes and comes, under load too
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours $::ca"
--- request eval
["GET /api/tin/1", "GET /lab/restart", "GET /api/tin/1",
 "GET /lab/sleep/1800", "GET /api/tin/2", "GET /api/tin/2",
 "GET /lab/load/restart", "GET /lab/sleep/1800", "GET /api/tin/3",
 "GET /api/tin/3"]
--- response_headers_like eval
['', '', 'X-Level: origin', '', '', 'X-Level: redis', '', '', '',
 'X-Level: redis']
--- response_body_like eval
['.', 'ok', '.', 'ok', '.', '.', '^wrong=0 failed=0 max=\d?\d?\d$', 'ok', '.',
 '.']
--- timeout: 10


=== TEST 9: a reload; no old worker stays
--- http_config eval
"article_redis 127.0.0.1:\$TEST_NGINX_TLS_PORT; $::ours $::ca"
--- request eval
["GET /api/tin/1", "GET /lab/reload", "GET /lab/left", "GET /api/tin/1"]
--- response_body_like eval
['.', 'ok', '^ok: \d?\d?\d ms$', '.']
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', '', 'redis')


=== TEST 10: verify without a CA
--- http_config
    article_redis 127.0.0.1;
    article_redis_ssl on;
    article_redis_ssl_verify on;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis_ssl_verify" needs "article_redis_ssl_trusted_certificate"
--- no_error_log
[alert]


=== TEST 11: a certificate without its key
--- http_config
    article_redis 127.0.0.1;
    article_redis_ssl on;
    article_redis_ssl_certificate $TEST_NGINX_CERTS/gateway.crt;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis_ssl_certificate" and "article_redis_ssl_certificate_key" need each other
--- no_error_log
[alert]


=== TEST 12: TLS on a unix socket
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_ssl on;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis_ssl" is for TCP
--- no_error_log
[alert]


=== TEST 13: neither on nor off
--- http_config
    article_redis 127.0.0.1;
    article_redis_ssl maybe;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis_ssl" directive must be "on" or "off"
--- no_error_log
[alert]

# Copyright (C) ngx_article authors
#
# What "nginx -t" says to a wrong article_redis.

use lib 't/lib';
use RedisLab;

our $dir = redis();


sub file {
    my ($name, $text, $mode) = @_;

    open my $out, '>', "$dir/$name" or die "$dir/$name: $!";
    print $out $text;
    close $out;
    chmod $mode // 0600, "$dir/$name";
}


file('auth', "secret\n");
file('auth-open', "secret\n", 0644);
file('auth-empty', "\nsecret\n");
file('auth-no-user', " secret\n");

run_blocks();

__DATA__

=== TEST 1: an address that is a host nobody knows
--- http_config
    article_redis redis.invalid:6379;
--- request
GET /
--- must_die
--- error_log
[emerg]
host not found in "article_redis redis.invalid:6379" in
--- no_error_log
[alert]


=== TEST 2: a port that is none
--- http_config
    article_redis 127.0.0.1:99999;
--- request
GET /
--- must_die
--- error_log
[emerg]
invalid port in "article_redis 127.0.0.1:99999"
--- no_error_log
[alert]


=== TEST 3: a redis:// address
--- http_config
    article_redis redis://127.0.0.1:6379/0;
--- request
GET /
--- must_die
--- error_log
[emerg]
"redis://127.0.0.1:6379/0" is no address for "article_redis": write HOST:PORT or unix:/PATH
--- no_error_log
[alert]


=== TEST 4: unix: without a path
--- http_config
    article_redis unix:;
--- request
GET /
--- must_die
--- error_log
[emerg]
no path in the unix domain socket in "article_redis unix:"
--- no_error_log
[alert]


=== TEST 5: two addresses
--- http_config
    article_redis 127.0.0.1:6379 127.0.0.1:6380;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis" directive has several addresses: are they of a Redis Cluster, add "cluster"; are they sentinels, "sentinel=NAME" of the master they watch
--- no_error_log
[alert]


=== TEST 6: db= is no number
--- http_config
    article_redis 127.0.0.1:6379 db=one;
--- request
GET /
--- must_die
--- error_log
[emerg]
"db=one" of "article_redis" is no number
--- no_error_log
[alert]


=== TEST 7: twice
--- http_config
    article_redis 127.0.0.1:6379;
    article_redis 127.0.0.1:6379;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis" directive is duplicate
--- no_error_log
[alert]


=== TEST 8: a timeout that is no time
--- http_config
    article_redis_timeout soon;
--- request
GET /
--- must_die
--- error_log
[emerg]
"soon" is no time for "article_redis_timeout": write 100ms or 1s
--- no_error_log
[alert]


=== TEST 9: no time at all
--- http_config
    article_redis_connect_timeout 0;
--- request
GET /
--- must_die
--- error_log
[emerg]
"0" is no time for "article_redis_connect_timeout": write 100ms or 1s
--- no_error_log
[alert]


=== TEST 10: the password file is missing
--- http_config
    article_redis 127.0.0.1:6379;
    article_redis_auth $TEST_NGINX_REDIS_DIR/none;
--- request
GET /
--- must_die
--- error_log
[emerg]
/none" of "article_redis_auth" failed (2: No such file or directory) in
--- no_error_log
[alert]


=== TEST 11: the password file has an empty line first
--- http_config
    article_redis 127.0.0.1:6379;
    article_redis_auth $TEST_NGINX_REDIS_DIR/auth-empty;
--- request
GET /
--- must_die
--- error_log
[emerg]
of "article_redis_auth" must be PASSWORD, or USER PASSWORD
--- no_error_log
[alert]
secret


=== TEST 12: the password file has no user before the space
--- http_config
    article_redis 127.0.0.1:6379;
    article_redis_auth $TEST_NGINX_REDIS_DIR/auth-no-user;
--- request
GET /
--- must_die
--- error_log
[emerg]
of "article_redis_auth" must be PASSWORD, or USER PASSWORD
--- no_error_log
[alert]
secret


=== TEST 13: everybody can read the password file
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/auth-open;
--- request
GET /lab/pass
--- response_body
ok
--- error_log eval
qr{\[warn\] .*/auth-open" of "article_redis_auth" can be read by every user}
--- no_error_log
[alert]
secret


=== TEST 14: a prefix that would split a key's Cluster slot
--- http_config
    article_redis 127.0.0.1:6379;
    article_redis_prefix "bao{1}";
--- request
GET /
--- must_die
--- error_log
[emerg]
"bao{1}" is no "article_redis_prefix": write 1 to 64 bytes
--- no_error_log
[alert]


=== TEST 15: directives of Redis, but no Redis
--- http_config
    article_redis_timeout 50ms;
    article_redis_connect_timeout 50ms;
    article_redis_prefix bao;
    article_redis_auth $TEST_NGINX_REDIS_DIR/auth;
--- request
GET /status
--- response_body_like: "redis":("none"|null)
--- error_log
article_redis_* directives do nothing without "article_redis"
--- no_error_log
[alert]


=== TEST 16: a socket that does not exist yet is no error
--- http_config
    article_redis unix:$TEST_NGINX_REDIS_DIR/later.sock;
--- request
GET /api/a
--- response_headers
X-Level: origin
--- error_log eval
qr{\[error\] .*article_redis "unix:.*/later.sock" is down: connect\(\) failed \(2: No such file or directory\)}


=== TEST 17: a word that is none
--- http_config
    article_redis 127.0.0.1:6379 max=3;
--- request
GET /
--- must_die
--- error_log
[emerg]
"max=3" of "article_redis" is not understood: it takes addresses, db=NUMBER, cluster and sentinel=NAME
--- no_error_log
[alert]


=== TEST 18: no address
--- http_config
    article_redis cluster;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis" directive needs an address
--- no_error_log
[alert]


=== TEST 19: a database of a Cluster
--- http_config
    article_redis 127.0.0.1:6379 cluster db=1;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis" directive of a Redis Cluster takes neither sentinel= nor db=: it has one database
--- no_error_log
[alert]


=== TEST 20: a Cluster and sentinels
--- http_config
    article_redis 127.0.0.1:6379 cluster sentinel=main;
--- request
GET /
--- must_die
--- error_log
[emerg]
"article_redis" directive of a Redis Cluster takes neither sentinel= nor db=
--- no_error_log
[alert]


=== TEST 21: a Cluster on a unix socket
--- http_config
    article_redis unix:/tmp/redis.sock cluster;
--- request
GET /
--- must_die
--- error_log
[emerg]
"unix:/tmp/redis.sock" of "article_redis": the nodes of a Redis Cluster are named by host and port
--- no_error_log
[alert]

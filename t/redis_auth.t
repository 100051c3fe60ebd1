# Copyright (C) ngx_article authors
#
# article_redis_auth: passwords, users with few rights, and never a word of it
# in a log, not even at the level "debug".

use lib 't/lib';
use RedisLab;

our $dir = redis('--requirepass', 'mat-khau-1',
                 '--user', 'tin', 'on', '>mat-khau 2', '~article:*',
                 '+getrange', '+set', '+del', '+append', '+rename', '+echo',
                 '--user', 'yeu', 'on', '>mat-khau-3', '~article:*',
                 '+getrange', '+echo',
                 '--user', 'cam', 'on', '>mat-khau-4', '~article:*', '+get');


sub file {
    my ($name, $text) = @_;

    open my $out, '>', "$dir/$name" or die "$dir/$name: $!";
    print $out $text;
    close $out;
    chmod 0600, "$dir/$name";
}


file('password', "mat-khau-1\r\nsecond line\n");
file('user', 'tin mat-khau 2');
file('wrong', "mat-khau-5\n");
file('wrong-user', "tin mat-khau-5\n");
file('weak', "yeu mat-khau-3\n");
file('weaker', "cam mat-khau-4\n");

run_blocks('debug');

__DATA__

=== TEST 1: a password
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/password;
--- request eval
["GET /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis')
--- no_error_log
[error]
mat-khau
second line


=== TEST 2: a user with no more rights than needed, a password with a space
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/user;
--- request eval
["GET /api/tin/1", "GET /api/tin/1", "PURGE /api/tin/1", "GET /api/tin/1"]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'redis', '', 'origin')
--- no_error_log
[error]
mat-khau
second line


=== TEST 3: none, where one is wanted
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'it answered "NOAUTH Authentication required.": it '
                 . 'wants a password: see article_redis_auth')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']


=== TEST 4: a wrong one
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/wrong;
--- request eval
["GET /api/tin/1", RedisLab::order('log', 'of article_redis_auth is wrong')]
--- response_headers eval
RedisLab::header('X-Reason', 'redis_error', '')
--- response_body_like eval
['.', '^1$']
--- no_error_log
[alert]
mat-khau


=== TEST 5: a wrong one of a user
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/wrong-user;
--- request eval
["GET /api/tin/1", RedisLab::order('log', 'of article_redis_auth is wrong')]
--- response_headers eval
RedisLab::header('X-Reason', 'redis_error', '')
--- response_body_like eval
['.', '^1$']
--- no_error_log
[alert]
mat-khau


=== TEST 6: a user who may read but not write
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/weak;
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'the user of article_redis_auth must be allowed')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']


=== TEST 7: a user who may not do what every connection begins with
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/weaker;
--- request eval
["GET /api/tin/1", "GET /api/tin/1",
 RedisLab::order('log', 'the user of article_redis_auth must be allowed')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', 'origin', '')
--- response_body_like eval
['.', '.', '^1$']


=== TEST 8: keys of another prefix
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/user;
    article_redis_prefix bao;
--- request eval
["GET /api/tin/1", RedisLab::order('log', 'NOPERM this user')]
--- response_headers eval
RedisLab::header('X-Reason', 'redis_error', '')
--- response_body_like eval
['.', '^1$']


=== TEST 9: a server that quotes the password in its error
--- http_config
    article_redis $TEST_NGINX_REDIS;
    article_redis_auth $TEST_NGINX_REDIS_DIR/password;
--- request eval
[RedisLab::order('error', "ERR unknown command 'AUTH', with args beginning "
                 . "with: 'mat-khau-1'"),
 "GET /api/tin/1", RedisLab::order('log', 'it answered "ERR": see')]
--- response_headers eval
RedisLab::header('X-Reason', '', 'redis_error', '')
--- response_body_like eval
['ok', '.', '^1$']
--- no_error_log
[alert]
it answered "ERR unknown


=== TEST 10: a database that is not there
--- http_config
    article_redis $TEST_NGINX_REDIS db=99;
    article_redis_auth $TEST_NGINX_REDIS_DIR/password;
--- request eval
["GET /api/tin/1",
 RedisLab::order('log', 'db= of article_redis is not below its "databases"')]
--- response_headers eval
RedisLab::header('X-Reason', 'redis_error', '')
--- response_body_like eval
['.', '^1$']

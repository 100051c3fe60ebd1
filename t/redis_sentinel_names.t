# Copyright (C) ngx_article authors
#
# Sentinels that tell where the master is by its name.

# a bare chroot has no /etc/hosts

BEGIN {
    if (!gethostbyname 'localhost') {
        print "1..0 # SKIP localhost is no name on this machine\n";
        exit;
    }
}

use lib 't/lib';
use Names;
use RedisLab;

RedisLab::more(names());
redis_set('sentinel', 'localhost');
run_blocks();

__DATA__

=== TEST 1: by the resolver
--- http_config
    resolver 127.0.0.1:$TEST_NGINX_DNS ipv6=off;
    article_redis $TEST_NGINX_REDIS_SET;
    article_redis_connect_timeout 1s;
    article_redis_timeout 1s;
--- request eval
["GET /name/localhost/127.0.0.1", "GET /api/tin/1", "GET /api/tin/1",
 "GET /status"]
--- response_headers eval
RedisLab::header('X-Level', '', 'origin', 'redis', '')
--- response_body_like eval
['ok', '.', '.', '"address":"localhost:\d+","role":"server","state":"ready"']


=== TEST 2: without one: what is to be done stands in the log
--- http_config
    article_redis $TEST_NGINX_REDIS_SET;
--- request eval
["GET /api/tin/1", "GET /lab/sleep/300", "GET /api/tin/1",
 RedisLab::order('log', 'which is no IP address: set nginx')]
--- response_headers eval
RedisLab::header('X-Level', 'origin', '', 'origin', '')
--- response_body_like eval
['.', '.', '.', '^[1-9]$']


=== TEST 3: the master dies under load; the new one has a name as well
--- http_config
    resolver 127.0.0.1:$TEST_NGINX_DNS ipv6=off;
    article_redis $TEST_NGINX_REDIS_SET;
--- request eval
["GET /name/localhost/127.0.0.1", "GET /lab/load/5/lose", "GET /lab/hits"]
--- response_body_like eval
['ok', '^wrong=0 failed=0 max=\d?\d?\d$', '^ok: 1?\d?\d?\d ms$']
--- timeout: 30


/*
 * Copyright (C) ngx_article authors
 *
 * The right to fetch a page, over all hosts: PREFIX:1:{HEX32}:lock holds the
 * token of who has it, and goes by itself when that one dies.
 *
 * https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/
 *
 * It is given back by a script that compares before it deletes.  Where the
 * ACL of our user refuses scripts it is deleted only as long as it certainly
 * is ours still, else left to its time: other hosts see the value anyhow.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_LOCK_KEY                                       \
    (NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX + sizeof(":1:{}:lock")                 \
     + 2 * NGX_HTTP_ARTICLE_KEY_LEN)


typedef struct {
    ngx_http_article_redis_t  *redis;
    u_char                     key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_msec_t                 until;
} ngx_http_article_redis_given_t;


static void ngx_http_article_redis_lock_given(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_redis_lock_delete(
    ngx_http_article_redis_t *redis, u_char *key, ngx_msec_t until);
static void ngx_http_article_redis_lock_key(ngx_http_article_redis_t *redis,
    u_char *key, u_char *buf, ngx_str_t *name);


/* Random alone is not enough: workers of two hosts may have begun alike. */

void
ngx_http_article_redis_token(u_char *token)
{
    uint32_t           hash;
    static ngx_uint_t  n;

    ngx_crc32_init(hash);
    ngx_crc32_update(&hash, ngx_cycle->hostname.data,
                     ngx_cycle->hostname.len);
    ngx_crc32_update(&hash, (u_char *) &ngx_pid, sizeof(ngx_pid));
    ngx_crc32_final(hash);

    ngx_sprintf(token, "%08xD%08xD%08xD%08xD", hash,
                (uint32_t) (ngx_current_msec + n++), (uint32_t) ngx_random(),
                (uint32_t) ngx_random());
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_lock(ngx_http_article_redis_t *redis, u_char *key,
    u_char *token, ngx_msec_t age, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data)
{
    u_char            buf[NGX_HTTP_ARTICLE_REDIS_LOCK_KEY];
    u_char            ms[NGX_INT64_LEN];
    ngx_str_t         argv[6];
    article_reason_t  reason;

    ngx_str_set(&argv[0], "SET");
    ngx_http_article_redis_lock_key(redis, key, buf, &argv[1]);
    argv[2].data = token;
    argv[2].len = NGX_HTTP_ARTICLE_REDIS_TOKEN_LEN;
    ngx_str_set(&argv[3], "NX");
    ngx_str_set(&argv[4], "PX");
    argv[5].data = ms;
    argv[5].len = ngx_sprintf(ms, "%M", age) - ms;

    return ngx_http_article_redis_ask(redis, NGX_HTTP_ARTICLE_REDIS_SET, 6,
                                      argv, timeout, handler, data, &reason);
}


void
ngx_http_article_redis_unlock(ngx_http_article_redis_t *redis, u_char *key,
    u_char *token, ngx_msec_t until)
{
    u_char                           buf[NGX_HTTP_ARTICLE_REDIS_LOCK_KEY];
    ngx_str_t                        argv[5];
    article_reason_t                 reason;
    ngx_http_article_redis_op_t     *op;
    ngx_http_article_redis_node_t   *node;
    ngx_http_article_redis_given_t  *given;

    if (redis->no_scripts) {
        ngx_http_article_redis_lock_delete(redis, key, until);
        return;
    }

    ngx_str_set(&argv[0], "EVAL");
    ngx_str_set(&argv[1], "return redis.call('get',KEYS[1])==ARGV[1] "
                          "and redis.call('del',KEYS[1]) or 0");
    ngx_str_set(&argv[2], "1");
    ngx_http_article_redis_lock_key(redis, key, buf, &argv[3]);
    argv[4].data = token;
    argv[4].len = NGX_HTTP_ARTICLE_REDIS_TOKEN_LEN;

    node = redis->cluster ? ngx_http_article_redis_cluster_node(redis, &argv[3])
                          : redis->node;

    given = ngx_alloc(sizeof(ngx_http_article_redis_given_t), ngx_cycle->log);

    op = (node && given)
         ? ngx_http_article_redis_node_send(node,
                                            NGX_HTTP_ARTICLE_REDIS_UNLOCK,
                                            5, argv, &reason)
         : NULL;

    if (op == NULL) {
        if (given) {
            ngx_free(given);
        }

        return;
    }

    given->redis = redis;
    given->until = until;
    ngx_memcpy(given->key, key, NGX_HTTP_ARTICLE_KEY_LEN);

    ngx_http_article_redis_wait(op, redis->timeout,
                                ngx_http_article_redis_lock_given, given);
}


static void
ngx_http_article_redis_lock_given(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_given_t *given = data;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED
        && given->redis->no_scripts)
    {
        ngx_http_article_redis_lock_delete(given->redis, given->key,
                                           given->until);
    }

    ngx_free(given);
}


/* May the command be as late as a reply at worst, it is ours still. */

static void
ngx_http_article_redis_lock_delete(ngx_http_article_redis_t *redis,
    u_char *key, ngx_msec_t until)
{
    u_char            buf[NGX_HTTP_ARTICLE_REDIS_LOCK_KEY];
    ngx_str_t         argv[2];
    article_reason_t  reason;

    if ((ngx_msec_int_t) (until - ngx_current_msec)
        <= (ngx_msec_int_t) (2 * redis->timeout))
    {
        return;
    }

    ngx_str_set(&argv[0], "DEL");
    ngx_http_article_redis_lock_key(redis, key, buf, &argv[1]);

    (void) ngx_http_article_redis_send(redis, NGX_HTTP_ARTICLE_REDIS_DELETE,
                                       2, argv, &reason);
}


static void
ngx_http_article_redis_lock_key(ngx_http_article_redis_t *redis, u_char *key,
    u_char *buf, ngx_str_t *name)
{
    ngx_http_article_redis_key(redis, key, buf, name);

    name->len = ngx_cpymem(buf + name->len, ":lock", 5) - buf;
}

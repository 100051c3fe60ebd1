
/*
 * Copyright (C) ngx_article authors
 *
 * The operations the cache asks for.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_KEY_MAX                                        \
    (NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX + sizeof(":1:{}") - 1                  \
     + 2 * NGX_HTTP_ARTICLE_KEY_LEN)


static ngx_http_article_redis_op_t *ngx_http_article_redis_read(
    ngx_http_article_redis_t *redis, u_char *key, ngx_uint_t replica,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data,
    article_reason_t *reason);
static void ngx_http_article_redis_timeout_handler(ngx_event_t *ev);


ngx_http_article_redis_op_t *
ngx_http_article_redis_get(ngx_http_article_redis_t *redis, u_char *key,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data,
    article_reason_t *reason)
{
    return ngx_http_article_redis_read(redis, key, redis->read_replica,
                                       timeout, handler, data, reason);
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_get_newest(ngx_http_article_redis_t *redis,
    u_char *key, ngx_msec_t timeout, ngx_http_article_redis_pt handler,
    void *data, article_reason_t *reason)
{
    return ngx_http_article_redis_read(redis, key, 0, timeout, handler, data,
                                       reason);
}


/*
 * GETRANGE for GET: the server itself bounds what comes, so that a huge
 * foreign value costs a miss, not the connection.  "" is its "not there".
 */
static ngx_http_article_redis_op_t *
ngx_http_article_redis_read(ngx_http_article_redis_t *redis, u_char *key,
    ngx_uint_t replica, ngx_msec_t timeout, ngx_http_article_redis_pt handler,
    void *data, article_reason_t *reason)
{
    u_char                          buf[NGX_HTTP_ARTICLE_REDIS_KEY_MAX];
    u_char                          end[NGX_SIZE_T_LEN];
    uint16_t                        slot;
    ngx_str_t                       argv[4];
    ngx_http_article_redis_op_t    *op;
    ngx_http_article_redis_node_t  *node;

    ngx_str_set(&argv[0], "GETRANGE");
    ngx_http_article_redis_key(redis, key, buf, &argv[1]);
    ngx_str_set(&argv[2], "0");

    argv[3].data = end;
    argv[3].len = ngx_sprintf(end, "%uz",
                              (size_t) NGX_HTTP_ARTICLE_REDIS_MAX_VALUE - 1)
                  - end;

    slot = 0;
    node = replica ? ngx_http_article_redis_reader_node(redis, &argv[1], &slot)
                   : NULL;

    if (node && timeout && (ngx_msec_int_t) timeout > 0) {

        op = ngx_http_article_redis_node_send(node, NGX_HTTP_ARTICLE_REDIS_GET,
                                              4, argv, reason);
        if (op) {
            op->read = 1;
            op->slot = slot;
            ngx_http_article_redis_wait(op, timeout, handler, data);

            return op;
        }
    }

    return ngx_http_article_redis_ask(redis, NGX_HTTP_ARTICLE_REDIS_GET, 4,
                                      argv, timeout, handler, data, reason);
}


void
ngx_http_article_redis_set(ngx_http_article_redis_t *redis, u_char *key,
    ngx_str_t *value, time_t ttl)
{
    u_char            buf[NGX_HTTP_ARTICLE_REDIS_KEY_MAX];
    u_char            seconds[NGX_TIME_T_LEN];
    ngx_str_t         argv[5];
    article_reason_t  reason;

    if (ttl <= 0) {
        return;
    }

    if (value->len > NGX_HTTP_ARTICLE_REDIS_MAX_VALUE) {
        ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                      "article_redis: a value of %uz bytes is not stored, "
                      "the limit is %d",
                      value->len, NGX_HTTP_ARTICLE_REDIS_MAX_VALUE);
        return;
    }

    ngx_str_set(&argv[0], "SET");
    ngx_http_article_redis_key(redis, key, buf, &argv[1]);
    argv[2] = *value;
    ngx_str_set(&argv[3], "EX");

    argv[4].data = seconds;
    argv[4].len = ngx_sprintf(seconds, "%T", ttl) - seconds;

    (void) ngx_http_article_redis_send(redis, NGX_HTTP_ARTICLE_REDIS_SET, 5,
                                       argv, &reason);
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_delete(ngx_http_article_redis_t *redis, u_char *key,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data,
    article_reason_t *reason)
{
    u_char     buf[NGX_HTTP_ARTICLE_REDIS_KEY_MAX];
    ngx_str_t  argv[2];

    ngx_str_set(&argv[0], "DEL");
    ngx_http_article_redis_key(redis, key, buf, &argv[1]);

    return ngx_http_article_redis_ask(redis, NGX_HTTP_ARTICLE_REDIS_DELETE, 2,
                                      argv, timeout, handler, data, reason);
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_ask(ngx_http_article_redis_t *redis,
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data,
    article_reason_t *reason)
{
    ngx_http_article_redis_op_t  *op;

    if (timeout == 0 || (ngx_msec_int_t) timeout < 0) {
        *reason = ARTICLE_REDIS_TIMEOUT;
        return NULL;
    }

    op = ngx_http_article_redis_send(redis, type, argc, argv, reason);

    if (op != NULL) {
        ngx_http_article_redis_wait(op, timeout, handler, data);
    }

    return op;
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_send(ngx_http_article_redis_t *redis,
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv,
    article_reason_t *reason)
{
    ngx_http_article_redis_node_t  *node;

    node = redis->cluster ? ngx_http_article_redis_cluster_node(redis, &argv[1])
                          : redis->node;

    if (node == NULL) {
        *reason = ARTICLE_REDIS_DOWN;
        return NULL;
    }

    return ngx_http_article_redis_node_send(node, type, argc, argv, reason);
}


/*
 * The timer of an operation is not cancelable: a request that waits for
 * nothing but Redis would else be dropped by a worker that exits.
 */
void
ngx_http_article_redis_wait(ngx_http_article_redis_op_t *op,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data)
{
    op->handler = handler;
    op->data = data;

    op->timer.handler = ngx_http_article_redis_timeout_handler;
    op->timer.data = op;
    op->timer.log = ngx_cycle->log;

    ngx_add_timer(&op->timer, timeout);
}


void
ngx_http_article_redis_key(ngx_http_article_redis_t *redis, u_char *key,
    u_char *buf, ngx_str_t *name)
{
    u_char  *p;

    p = ngx_sprintf(buf, "%V:1:{", &redis->prefix);
    p = ngx_hex_dump(p, key, NGX_HTTP_ARTICLE_KEY_LEN);
    *p++ = '}';

    name->data = buf;
    name->len = p - buf;
}


/* The operation stays in the queue: its reply is still to come. */
static void
ngx_http_article_redis_timeout_handler(ngx_event_t *ev)
{
    ngx_http_article_redis_op_t *op = ev->data;

    ngx_http_article_redis_fail(op, ARTICLE_REDIS_TIMEOUT);
}


void
ngx_http_article_redis_abandon(ngx_http_article_redis_op_t *op)
{
    op->handler = NULL;

    if (op->timer.timer_set) {
        ngx_del_timer(&op->timer);
    }
}


ngx_msec_t
ngx_http_article_redis_timeout(ngx_http_article_redis_t *redis)
{
    return redis->timeout;
}

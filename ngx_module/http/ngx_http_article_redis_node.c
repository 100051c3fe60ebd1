
/*
 * Copyright (C) ngx_article authors
 *
 * A node: the state machine of ngx_http_article_redis_node.h.
 */


#include "ngx_http_article_redis_node.h"


static ngx_int_t ngx_http_article_redis_open(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_connect(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_tell(ngx_http_article_redis_node_t *node,
    ngx_err_t err, const char *why, ngx_str_t *text);
static ngx_msec_t ngx_http_article_redis_delay(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_node_close(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_timer_handler(ngx_event_t *ev);
static void ngx_http_article_redis_check_silence(
    ngx_http_article_redis_node_t *node);


void
ngx_http_article_redis_node_init(ngx_http_article_redis_node_t *node)
{
    ngx_queue_init(&node->pending);

    node->timer.handler = ngx_http_article_redis_timer_handler;
    node->timer.data = node;
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_node_send(ngx_http_article_redis_node_t *node,
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv,
    article_reason_t *reason)
{
    ngx_http_article_redis_op_t  *op;

    *reason = ARTICLE_REDIS_DOWN;

    /* before the command is made: a value is long */

    if (ngx_http_article_redis_open(node) != NGX_OK) {
        return NULL;
    }

    op = ngx_http_article_redis_op_create(type, argc, argv);
    if (op == NULL) {
        return NULL;
    }

    if (ngx_http_article_redis_node_push(node, op) != NGX_OK) {
        ngx_http_article_redis_op_free(op);
        return NULL;
    }

    return op;
}


ngx_int_t
ngx_http_article_redis_node_push(ngx_http_article_redis_node_t *node,
    ngx_http_article_redis_op_t *op)
{
    ngx_buf_t  *b;

    b = &node->output;

    if (node->npending >= NGX_HTTP_ARTICLE_REDIS_MAX_PENDING
        || node->kept >= NGX_HTTP_ARTICLE_REDIS_MAX_OUTPUT
        || b->last - b->pos >= NGX_HTTP_ARTICLE_REDIS_MAX_OUTPUT
        || ngx_http_article_redis_open(node) != NGX_OK)
    {
        return NGX_DECLINED;
    }

    op->node = node;
    op->sequence = ++node->sequence;

    if (ngx_http_article_redis_append_op(b, op) != NGX_OK) {
        return NGX_DECLINED;
    }

    if (node->redis->cluster == NULL && !node->replica) {
        redisFreeCommand(op->command);
        op->command = NULL;
        op->len = 0;
    }

    if (ngx_queue_empty(&node->pending)) {
        node->progress = ngx_current_msec;
    }

    op->pushed = ngx_http_article_redis_clock();
    ngx_queue_insert_tail(&node->pending, &op->queue);
    node->npending++;
    node->kept += op->len;

    if (node->state == NGX_HTTP_ARTICLE_REDIS_READY) {

        if (!node->timer.timer_set) {
            ngx_http_article_redis_node_set_timer(node,
                                                  2 * node->redis->timeout);
        }

        /* what this round of the event loop adds goes out by one write */
        ngx_post_event(node->peer.connection->write, &ngx_posted_events);
    }

    return NGX_OK;
}


void
ngx_http_article_redis_node_pop(ngx_http_article_redis_op_t *op)
{
    ngx_queue_remove(&op->queue);

    op->node->npending--;
    op->node->kept -= op->len;
}


/* A command is to be sent: may it be, and is there a connection? */
static ngx_int_t
ngx_http_article_redis_open(ngx_http_article_redis_node_t *node)
{
    switch (node->state) {

    case NGX_HTTP_ARTICLE_REDIS_READY:
        return NGX_OK;

    case NGX_HTTP_ARTICLE_REDIS_IDLE:
        ngx_http_article_redis_connect(node);
        break;

    default:
        break;
    }

    if (node->state == NGX_HTTP_ARTICLE_REDIS_CONNECTING && !node->failed) {
        return NGX_OK;
    }

    return NGX_DECLINED;
}


void
ngx_http_article_redis_node_wake(ngx_http_article_redis_node_t *node)
{
    (void) ngx_http_article_redis_open(node);
}


/* IDLE, DOWN -> CONNECTING, or DOWN. */
static void
ngx_http_article_redis_connect(ngx_http_article_redis_node_t *node)
{
    node->state = NGX_HTTP_ARTICLE_REDIS_CONNECTING;

    /* once: commands with fences are queued before an address is found */
    node->nonce = (uint32_t) ngx_random();

    if (node->redis->sentinel && node == node->redis->node) {
        ngx_http_article_redis_sentinel_find(node->redis);
        return;
    }

    ngx_http_article_redis_node_dial(node);
}


void
ngx_http_article_redis_node_connect(ngx_http_article_redis_node_t *node)
{
    node->addr = 0;

    ngx_http_article_redis_node_set_timer(node, node->redis->connect_timeout);

    if (ngx_http_article_redis_connection_open(node, &node->addrs[0])
        != NGX_OK)
    {
        ngx_http_article_redis_node_next(node, ngx_socket_errno);
    }
}


void
ngx_http_article_redis_node_next(ngx_http_article_redis_node_t *node,
    ngx_err_t err)
{
    while (++node->addr < node->naddrs) {

        if (ngx_http_article_redis_connection_open(node,
                                                   &node->addrs[node->addr])
            == NGX_OK)
        {
            return;
        }

        err = ngx_socket_errno;
    }

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, err,
                                     err ? "connect() failed"
                                         : "raise worker_connections", NULL);
}


void
ngx_http_article_redis_node_ready(ngx_http_article_redis_node_t *node)
{
    if (node->failed && !node->quiet) {
        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "article_redis \"%V\" is up again after %T s",
                      &node->name, ngx_time() - node->down);
    }

    node->state = NGX_HTTP_ARTICLE_REDIS_READY;
    node->failed = 0;
    node->redis->no_scripts = 0;
    node->connects++;
    node->changed = ngx_current_msec;
    node->progress = ngx_current_msec;

    ngx_http_article_redis_node_set_timer(node, 2 * node->redis->timeout);

    if (!ngx_queue_empty(&node->pending)) {
        ngx_post_event(node->peer.connection->write, &ngx_posted_events);
    }
}


void
ngx_http_article_redis_node_down(ngx_http_article_redis_node_t *node,
    article_reason_t reason, ngx_err_t err, const char *why, ngx_str_t *text)
{
    ngx_queue_t                   failed, *q;
    ngx_http_article_redis_op_t  *op;

    if (!node->failed) {
        node->failed = 1;
        node->down = ngx_time();

        ngx_http_article_redis_tell(node, err, why, text);
    }

    ngx_http_article_redis_node_close(node);

    /* before any handler is called: it may ask for something else */

    ngx_queue_init(&failed);

    if (!ngx_queue_empty(&node->pending)) {
        ngx_queue_add(&failed, &node->pending);
        ngx_queue_init(&node->pending);
        node->npending = 0;
        node->kept = 0;
    }

    ngx_http_article_redis_node_set_timer(node,
                                         ngx_http_article_redis_delay(node));

    node->state = NGX_HTTP_ARTICLE_REDIS_DOWN;
    node->timer.cancelable = 1;

    if (node->redis->cluster) {
        ngx_http_article_redis_cluster_refresh(node->redis);
    }

    while (!ngx_queue_empty(&failed)) {
        q = ngx_queue_head(&failed);
        ngx_queue_remove(q);

        op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

        if (ngx_http_article_redis_reader_failed(op) == NGX_OK) {
            continue;
        }

        ngx_http_article_redis_fail(op, reason);
        ngx_http_article_redis_op_free(op);
    }
}


/*
 * One line when it goes down and one when it is up, at the level that
 * Debian's nginx.conf logs, or nobody would know why every page is a miss.
 * Of a connection that breaks again and again for one reason: once a minute.
 */
static void
ngx_http_article_redis_tell(ngx_http_article_redis_node_t *node,
    ngx_err_t err, const char *why, ngx_str_t *text)
{
    u_char     buf[NGX_HTTP_ARTICLE_REDIS_TEXT_LEN];
    uint32_t   hash;
    ngx_str_t  reason;

    reason.data = buf;
    reason.len = ngx_snprintf(buf, NGX_HTTP_ARTICLE_REDIS_TEXT_LEN,
                              text ? "%s%V" : "%s", why, text)
                 - buf;

    hash = ngx_crc32_short(reason.data, reason.len);

    if (hash == node->told_hash
        && ngx_time() - node->told < NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY
        && ngx_current_msec - node->changed
           < NGX_HTTP_ARTICLE_REDIS_STEADY)
    {
        node->quiet = 1;
        return;
    }

    node->quiet = 0;
    node->told = ngx_time();
    node->told_hash = hash;

    if (node->sentinel) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, err,
                      "sentinel \"%V\" of article_redis is down: %V",
                      &node->name, &reason);
        return;
    }

    if (node->replica) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, err,
                      "replica \"%V\" of article_redis is down, its master is "
                      "read: %V", &node->name, &reason);
        return;
    }

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, err,
                  "pages come from the zone and the portal while "
                  "article_redis \"%V\" is down: %V", &node->name, &reason);
}


void
ngx_http_article_redis_node_idle(ngx_http_article_redis_node_t *node)
{
    ngx_http_article_redis_node_close(node);

    if (node->timer.timer_set) {
        ngx_del_timer(&node->timer);
    }

    node->state = NGX_HTTP_ARTICLE_REDIS_IDLE;
}


void
ngx_http_article_redis_node_destroy(ngx_http_article_redis_node_t *node)
{
    ngx_queue_t                  *q;
    ngx_http_article_redis_op_t  *op;

    while (!ngx_queue_empty(&node->pending)) {
        q = ngx_queue_head(&node->pending);
        op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

        ngx_http_article_redis_node_pop(op);
        ngx_http_article_redis_abandon(op);
        ngx_http_article_redis_op_free(op);
    }

    ngx_http_article_redis_node_idle(node);

    if (node->found) {
        ngx_free(node->found);
        node->found = NULL;
    }

    if (node->called) {
        ngx_free(node->called);
        node->called = NULL;
    }
}


static void
ngx_http_article_redis_node_close(ngx_http_article_redis_node_t *node)
{
    if (node == node->redis->node && node->redis->sentinel) {
        ngx_http_article_redis_sentinel_stop(node->redis);
    }

    ngx_http_article_redis_resolve_stop(node);
    ngx_http_article_redis_connection_close(node);
    ngx_http_article_redis_buffer_free(&node->output);
}


/*
 * Doubled with every attempt that fails, with jitter, so that workers and
 * hosts do not come all at once.  A connection that was of use for longer
 * than the wait would be ends the series.
 */
static ngx_msec_t
ngx_http_article_redis_delay(ngx_http_article_redis_node_t *node)
{
    ngx_msec_t  delay;

    delay = (ngx_msec_t) NGX_HTTP_ARTICLE_REDIS_RETRY_MIN << node->attempts;

    if (node->state == NGX_HTTP_ARTICLE_REDIS_READY
        && ngx_current_msec - node->changed > delay)
    {
        node->attempts = 0;
        delay = NGX_HTTP_ARTICLE_REDIS_RETRY_MIN;
    }

    if (delay < NGX_HTTP_ARTICLE_REDIS_RETRY_MAX) {
        node->attempts++;
    }

    return delay / 2 + ngx_random() % (delay / 2 + 1);
}


/*
 * Not cancelable: a worker that exits has to see its last commands answered.
 * The wait is short, and only DOWN is for long.
 */
void
ngx_http_article_redis_node_set_timer(ngx_http_article_redis_node_t *node,
    ngx_msec_t timeout)
{
    if (node->timer.timer_set) {
        ngx_del_timer(&node->timer);
    }

    node->timer.log = ngx_cycle->log;
    node->timer.cancelable = 0;

    ngx_add_timer(&node->timer, timeout);
}


static void
ngx_http_article_redis_timer_handler(ngx_event_t *ev)
{
    ngx_http_article_redis_node_t *node = ev->data;

    switch (node->state) {

    case NGX_HTTP_ARTICLE_REDIS_CONNECTING:
        ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, 0,
                             "no answer within article_redis_connect_timeout",
                                         NULL);
        break;

    case NGX_HTTP_ARTICLE_REDIS_READY:
        ngx_http_article_redis_check_silence(node);
        break;

    case NGX_HTTP_ARTICLE_REDIS_DOWN:
        if (!ngx_exiting) {
            ngx_http_article_redis_connect(node);
        }
        break;

    default: /* NGX_HTTP_ARTICLE_REDIS_IDLE */
        break;
    }
}


/*
 * READY: is something waited for, and has nothing come for so long that
 * waiting more only costs every request its whole deadline?
 */
static void
ngx_http_article_redis_check_silence(ngx_http_article_redis_node_t *node)
{
    ngx_msec_t  limit, silence;

    if (ngx_queue_empty(&node->pending)) {
        return;
    }

    limit = 2 * node->redis->timeout;
    silence = ngx_current_msec - node->progress;

    if (silence < limit) {
        ngx_http_article_redis_node_set_timer(node, limit - silence);
        return;
    }

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_TIMEOUT, 0,
                                "no answer within twice article_redis_timeout",
                                     NULL);
}

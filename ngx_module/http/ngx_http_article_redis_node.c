
/*
 * Copyright (C) ngx_article authors
 *
 * A node's connection: the state machine of ngx_http_article_redis_node.h.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_READ_SIZE  32768


static ngx_int_t ngx_http_article_redis_open(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_connect(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_next(ngx_http_article_redis_node_t *node,
    ngx_err_t err);
static ngx_int_t ngx_http_article_redis_connect_addr(
    ngx_http_article_redis_node_t *node, ngx_addr_t *addr);
static ngx_int_t ngx_http_article_redis_connected(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_close(ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_idle(ngx_http_article_redis_node_t *node);
static ngx_msec_t ngx_http_article_redis_delay(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_set_timer(
    ngx_http_article_redis_node_t *node, ngx_msec_t timeout);
static void ngx_http_article_redis_timer_handler(ngx_event_t *ev);
static void ngx_http_article_redis_check_silence(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_read_handler(ngx_event_t *rev);
static void ngx_http_article_redis_lost(ngx_http_article_redis_node_t *node,
    ssize_t n);
static void ngx_http_article_redis_write_handler(ngx_event_t *wev);
static ngx_int_t ngx_http_article_redis_flush(ngx_connection_t *c,
    ngx_buf_t *b);


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
    size_t                        used;
    ngx_buf_t                    *b;
    ngx_http_article_redis_op_t  *op;

    *reason = ARTICLE_REDIS_DOWN;

    b = &node->output;
    used = b->last - b->pos;

    if (node->npending >= NGX_HTTP_ARTICLE_REDIS_MAX_PENDING
        || used >= NGX_HTTP_ARTICLE_REDIS_MAX_OUTPUT
        || ngx_http_article_redis_open(node) != NGX_OK)
    {
        return NULL;
    }

    op = ngx_calloc(sizeof(ngx_http_article_redis_op_t), ngx_cycle->log);
    if (op == NULL) {
        return NULL;
    }

    op->node = node;
    op->type = type;
    op->sequence = ++node->sequence;

    if (ngx_http_article_redis_append(b, argc, argv) != NGX_OK
        || ngx_http_article_redis_append_fence(node, b, op->sequence)
           != NGX_OK)
    {
        b->last = b->pos + used;
        ngx_free(op);
        return NULL;
    }

    if (ngx_queue_empty(&node->pending)) {
        node->progress = ngx_current_msec;
    }

    ngx_queue_insert_tail(&node->pending, &op->queue);
    node->npending++;

    if (node->state == NGX_HTTP_ARTICLE_REDIS_READY) {

        if (!node->timer.timer_set) {
            ngx_http_article_redis_set_timer(node, 2 * node->redis->timeout);
        }

        /* what this round of the event loop adds goes out by one write */
        ngx_post_event(node->peer.connection->write, &ngx_posted_events);
    }

    return op;
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


/* IDLE, DOWN -> CONNECTING, or DOWN. */
static void
ngx_http_article_redis_connect(ngx_http_article_redis_node_t *node)
{
    node->addr = 0;
    node->state = NGX_HTTP_ARTICLE_REDIS_CONNECTING;

    ngx_http_article_redis_set_timer(node, node->redis->connect_timeout);

    if (ngx_http_article_redis_connect_addr(node, &node->addrs[0]) != NGX_OK) {
        ngx_http_article_redis_next(node, ngx_socket_errno);
    }
}


/* The address that was tried cannot be reached: another one, or DOWN. */
static void
ngx_http_article_redis_next(ngx_http_article_redis_node_t *node, ngx_err_t err)
{
    while (++node->addr < node->naddrs) {

        if (ngx_http_article_redis_connect_addr(node,
                                                &node->addrs[node->addr])
            == NGX_OK)
        {
            return;
        }

        err = ngx_socket_errno;
    }

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, err,
                                     "connect() failed", NULL);
}


static ngx_int_t
ngx_http_article_redis_connect_addr(ngx_http_article_redis_node_t *node,
    ngx_addr_t *addr)
{
    ngx_int_t               rc;
    ngx_log_t               quiet;
    ngx_connection_t       *c;
    ngx_peer_connection_t  *peer;

    ngx_http_article_redis_close(node);

    node->blocked = 0;
    node->nonce = (uint32_t) ngx_random();
    node->reader = ngx_http_article_redis_reader(node);

    if (node->reader == NULL
        || ngx_http_article_redis_greet(node) != NGX_OK)
    {
        ngx_set_socket_errno(NGX_ENOMEM);
        return NGX_ERROR;
    }

    /* the node logs once what the core would at every attempt */

    quiet = *ngx_cycle->log;
    quiet.log_level = NGX_LOG_STDERR;

    peer = &node->peer;
    ngx_memzero(peer, sizeof(ngx_peer_connection_t));

    peer->sockaddr = addr->sockaddr;
    peer->socklen = addr->socklen;
    peer->name = &addr->name;
    peer->get = ngx_event_get_peer;
    peer->log = &quiet;
    peer->log_error = NGX_ERROR_INFO;

    ngx_set_socket_errno(0);

    rc = ngx_event_connect_peer(peer);

    peer->log = ngx_cycle->log;

    if (rc != NGX_OK && rc != NGX_AGAIN) {
        peer->connection = NULL;
        return NGX_ERROR;
    }

    c = peer->connection;

    c->data = node;
    c->log = ngx_cycle->log;
    c->read->log = c->log;
    c->write->log = c->log;
    c->read->handler = ngx_http_article_redis_read_handler;
    c->write->handler = ngx_http_article_redis_write_handler;

    /* a worker that exits calls the read handler with c->close set */
    c->idle = 1;

    if (addr->sockaddr->sa_family != AF_UNIX) {
        (void) ngx_tcp_nodelay(c);
    }

    if (rc == NGX_OK) {
        ngx_post_event(c->write, &ngx_posted_events);
    }

    return NGX_OK;
}


/* Did a connect() that was under way succeed? */
static ngx_int_t
ngx_http_article_redis_connected(ngx_http_article_redis_node_t *node)
{
    int        err;
    socklen_t  len;

    if (node->state != NGX_HTTP_ARTICLE_REDIS_CONNECTING) {
        return NGX_OK;
    }

    err = 0;
    len = sizeof(int);

    if (getsockopt(node->peer.connection->fd, SOL_SOCKET, SO_ERROR,
                   (void *) &err, &len)
        == -1)
    {
        err = ngx_socket_errno;
    }

    if (err == 0) {
        return NGX_OK;
    }

    ngx_http_article_redis_next(node, err);

    return NGX_ERROR;
}


void
ngx_http_article_redis_node_ready(ngx_http_article_redis_node_t *node)
{
    if (node->failed) {
        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "article_redis \"%V\" is up again after %T s",
                      &node->name, ngx_time() - node->down);
    }

    node->state = NGX_HTTP_ARTICLE_REDIS_READY;
    node->failed = 0;
    node->changed = ngx_current_msec;
    node->progress = ngx_current_msec;

    ngx_http_article_redis_set_timer(node, 2 * node->redis->timeout);

    if (!ngx_queue_empty(&node->pending)) {
        ngx_post_event(node->peer.connection->write, &ngx_posted_events);
    }
}


/*
 * The level is what Debian's nginx.conf logs: without this line nobody
 * would know why every page is a miss.
 */
void
ngx_http_article_redis_node_down(ngx_http_article_redis_node_t *node,
    article_reason_t reason, ngx_err_t err, const char *why, ngx_str_t *text)
{
    ngx_str_t                     none = ngx_null_string;
    ngx_queue_t                   failed, *q;
    ngx_http_article_redis_op_t  *op;

    if (!node->failed) {
        node->failed = 1;
        node->down = ngx_time();

        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, err,
                      "pages come from the zone and the portal while "
                      "article_redis \"%V\" is down: %s%V",
                      &node->name, why, text ? text : &none);
    }

    ngx_http_article_redis_close(node);
    ngx_http_article_redis_buffer_free(&node->output);

    /* before any handler is called: it may ask for something else */

    ngx_queue_init(&failed);

    if (!ngx_queue_empty(&node->pending)) {
        ngx_queue_add(&failed, &node->pending);
        ngx_queue_init(&node->pending);
        node->npending = 0;
    }

    ngx_http_article_redis_set_timer(node, ngx_http_article_redis_delay(node));

    node->state = NGX_HTTP_ARTICLE_REDIS_DOWN;
    node->timer.cancelable = 1;

    while (!ngx_queue_empty(&failed)) {
        q = ngx_queue_head(&failed);
        ngx_queue_remove(q);

        op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

        ngx_http_article_redis_fail(op, reason);
        ngx_http_article_redis_op_free(op);
    }
}


/* READY, CONNECTING -> IDLE: nothing waits, the next command connects. */
static void
ngx_http_article_redis_idle(ngx_http_article_redis_node_t *node)
{
    ngx_http_article_redis_close(node);
    ngx_http_article_redis_buffer_free(&node->output);

    if (node->timer.timer_set) {
        ngx_del_timer(&node->timer);
    }

    node->state = NGX_HTTP_ARTICLE_REDIS_IDLE;
}


static void
ngx_http_article_redis_close(ngx_http_article_redis_node_t *node)
{
    if (node->peer.connection) {
        ngx_close_connection(node->peer.connection);
        node->peer.connection = NULL;
    }

    if (node->reader) {
        redisReaderFree(node->reader);
        node->reader = NULL;
    }

    ngx_http_article_redis_buffer_free(&node->greeting);
}


void
ngx_http_article_redis_node_destroy(ngx_http_article_redis_node_t *node)
{
    ngx_queue_t                  *q;
    ngx_http_article_redis_op_t  *op;

    while (!ngx_queue_empty(&node->pending)) {
        q = ngx_queue_head(&node->pending);
        ngx_queue_remove(q);

        op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

        ngx_http_article_redis_abandon(op);
        ngx_http_article_redis_op_free(op);
    }

    node->npending = 0;

    ngx_http_article_redis_idle(node);
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
static void
ngx_http_article_redis_set_timer(ngx_http_article_redis_node_t *node,
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
        ngx_http_article_redis_set_timer(node, limit - silence);
        return;
    }

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_TIMEOUT, 0,
                                "no answer within twice article_redis_timeout",
                                     NULL);
}


static void
ngx_http_article_redis_read_handler(ngx_event_t *rev)
{
    u_char                          buf[NGX_HTTP_ARTICLE_REDIS_READ_SIZE];
    ssize_t                         n;
    ngx_connection_t               *c;
    ngx_http_article_redis_node_t  *node;

    c = rev->data;
    node = c->data;

    if (ngx_http_article_redis_connected(node) != NGX_OK) {
        return;
    }

    do {
        if (ngx_exiting && ngx_queue_empty(&node->pending)) {
            ngx_http_article_redis_idle(node);
            return;
        }

        n = c->recv(c, buf, NGX_HTTP_ARTICLE_REDIS_READ_SIZE);

        if (n == NGX_AGAIN) {
            break;
        }

        if (n == NGX_ERROR || n == 0) {
            ngx_http_article_redis_lost(node, n);
            return;
        }

        if (ngx_http_article_redis_feed(node, buf, n) != NGX_OK) {
            return;
        }

    } while (rev->ready);

    if (ngx_exiting && ngx_queue_empty(&node->pending)) {
        ngx_http_article_redis_idle(node);
        return;
    }

    if (ngx_handle_read_event(rev, 0) != NGX_OK) {
        ngx_http_article_redis_lost(node, NGX_ERROR);
    }
}


/* A server may close a connection that it has not heard of for long. */
static void
ngx_http_article_redis_lost(ngx_http_article_redis_node_t *node, ssize_t n)
{
    if (node->state == NGX_HTTP_ARTICLE_REDIS_READY
        && ngx_queue_empty(&node->pending))
    {
        ngx_http_article_redis_idle(node);
        return;
    }

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN,
                                     n == NGX_ERROR ? ngx_socket_errno : 0,
                                     "the connection was closed", NULL);
}


static void
ngx_http_article_redis_write_handler(ngx_event_t *wev)
{
    ngx_int_t                       rc;
    ngx_connection_t               *c;
    ngx_http_article_redis_node_t  *node;

    c = wev->data;
    node = c->data;

    if (ngx_http_article_redis_connected(node) != NGX_OK) {
        return;
    }

    rc = ngx_http_article_redis_flush(c, &node->greeting);

    if (rc == NGX_OK && node->state == NGX_HTTP_ARTICLE_REDIS_READY) {
        rc = ngx_http_article_redis_flush(c, &node->output);
    }

    if (rc == NGX_ERROR || ngx_handle_write_event(wev, 0) != NGX_OK) {
        ngx_http_article_redis_lost(node, NGX_ERROR);
    }
}


/* NGX_OK when all is sent, NGX_AGAIN, NGX_ERROR. */
static ngx_int_t
ngx_http_article_redis_flush(ngx_connection_t *c, ngx_buf_t *b)
{
    ssize_t                         n;
    ngx_http_article_redis_node_t  *node;

    node = c->data;

    while (b->pos < b->last) {

        n = c->send(c, b->pos, b->last - b->pos);

        if (n == NGX_AGAIN || n == NGX_ERROR) {
            node->blocked = 1;
            return n;
        }

        b->pos += n;

        /* that the kernel takes a new command does not say much */

        if (node->blocked) {
            node->blocked = 0;
            node->progress = ngx_current_msec;
        }
    }

    ngx_http_article_redis_buffer_empty(b);

    return NGX_OK;
}


/*
 * Copyright (C) ngx_article authors
 *
 * A node's connection: to an address, bytes in, bytes out.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_READ_SIZE  32768


static ngx_int_t ngx_http_article_redis_connected(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_read_handler(ngx_event_t *rev);
static void ngx_http_article_redis_lost(ngx_http_article_redis_node_t *node,
    ssize_t n);
static void ngx_http_article_redis_write_handler(ngx_event_t *wev);
static ngx_int_t ngx_http_article_redis_flush(ngx_connection_t *c,
    ngx_buf_t *b);


ngx_int_t
ngx_http_article_redis_connection_open(ngx_http_article_redis_node_t *node,
    ngx_addr_t *addr)
{
    ngx_int_t               rc;
    ngx_log_t               quiet;
    ngx_connection_t       *c;
    ngx_peer_connection_t  *peer;

    ngx_http_article_redis_connection_close(node);

    node->blocked = 0;
    node->secure = 0;
    node->readonly = 0;
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


void
ngx_http_article_redis_connection_close(ngx_http_article_redis_node_t *node)
{
    if (node->peer.connection) {
        ngx_http_article_redis_tls_close(node->peer.connection);
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
ngx_http_article_redis_connection_ready(ngx_http_article_redis_node_t *node)
{
    ngx_connection_t  *c;

    c = node->peer.connection;

    c->read->handler = ngx_http_article_redis_read_handler;
    c->write->handler = ngx_http_article_redis_write_handler;

    ngx_post_event(c->write, &ngx_posted_events);
}


/* Did a connect() that was under way succeed?  Behind it comes TLS. */
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

        if (node->redis->ssl == NULL || node->secure) {
            return NGX_OK;
        }

        ngx_http_article_redis_tls_begin(node);
        return NGX_AGAIN;
    }

    ngx_http_article_redis_node_next(node, err);

    return NGX_ERROR;
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
            ngx_http_article_redis_node_idle(node);
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
        ngx_http_article_redis_node_idle(node);
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
        ngx_http_article_redis_node_idle(node);
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

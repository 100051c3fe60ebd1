
/*
 * Copyright (C) ngx_article authors
 *
 * The experiment behind it (t/detached.t, t/herd.t and t/reload.t keep it):
 *
 *   subrequest of the client's request    the client leaves: nginx closes
 *                                         the connection to the portal
 *   background subrequest of it           the client's next request on the
 *                                         connection waits for it
 *   detached request                      neither; no worker connection is
 *                                         taken, a reload waits for the end
 *
 * The connection is made as HTTP/2 makes those of its streams: it has no fd
 * (-1) and is not one of worker_connections.  Both its events are "active",
 * so nginx never gives them to the kernel, and the write event is "ready".
 * That is true of edge-triggered methods only: epoll and kqueue.
 *
 * Only the subrequest goes through phases, and a subrequest it is because
 * gunzip inflates for subrequests whatever the client accepts.  The main
 * request is "blocked" for as long as it lives, so that nginx itself never
 * frees it: whatever happens ends in the posted event, and there, with
 * nothing on the stack, the owner frees it.
 *
 *   create -> run -> (subrequest) -> post_subrequest ---> posted event
 *                         |                                ^    |
 *                         +-- terminated: cleanup ---------+    |
 *                         +-- abort ----------------------+     v
 *                                                       handler, destroy
 */


#include "ngx_http_article_detached.h"
#include "compat.h"


static ngx_connection_t *ngx_http_article_detached_connection(
    ngx_pool_t *pool, ngx_http_request_t *client);
static ngx_int_t ngx_http_article_detached_log(ngx_connection_t *c,
    ngx_pool_t *pool, ngx_http_request_t *client);
static ngx_int_t ngx_http_article_detached_request(
    ngx_http_article_detached_t *detached, ngx_pool_t *pool,
    ngx_http_article_detached_conf_t *conf);
static ngx_int_t ngx_http_article_detached_headers(ngx_http_request_t *r,
    ngx_array_t *headers);
static ngx_int_t ngx_http_article_detached_subrequest(
    ngx_http_article_detached_t *detached,
    ngx_http_article_detached_conf_t *conf);

static void ngx_http_article_detached_event_handler(ngx_event_t *ev);
static ngx_int_t ngx_http_article_detached_post_handler(ngx_http_request_t *r,
    void *data, ngx_int_t rc);
static void ngx_http_article_detached_cleanup(void *data);
static void ngx_http_article_detached_end(
    ngx_http_article_detached_t *detached, ngx_int_t rc);
static void ngx_http_article_detached_end_handler(ngx_event_t *ev);

static ssize_t ngx_http_article_detached_recv(ngx_connection_t *c,
    u_char *buf, size_t size);
static ssize_t ngx_http_article_detached_recv_chain(ngx_connection_t *c,
    ngx_chain_t *in, off_t limit);
static ssize_t ngx_http_article_detached_send(ngx_connection_t *c,
    u_char *buf, size_t size);
static ngx_chain_t *ngx_http_article_detached_send_chain(ngx_connection_t *c,
    ngx_chain_t *in, off_t limit);


static ngx_str_t  ngx_http_article_detached_method = ngx_string("GET");
static ngx_str_t  ngx_http_article_detached_protocol = ngx_string("HTTP/1.1");
static ngx_str_t  ngx_http_article_detached_addr = ngx_string("127.0.0.1");

/* $remote_addr and $server_addr of every fetch */
static struct sockaddr_in  ngx_http_article_detached_sockaddr;


ngx_http_article_detached_t *
ngx_http_article_detached_create(ngx_pool_t *pool,
    ngx_http_article_detached_conf_t *conf)
{
    ngx_http_article_detached_t  *detached;

    if (!(ngx_event_flags & NGX_USE_CLEAR_EVENT)) {
        ngx_log_error(NGX_LOG_ERR, conf->client->connection->log, 0,
                      "article_json works with \"use epoll\" or "
                      "\"use kqueue\" only");
        return NULL;
    }

    detached = ngx_pcalloc(pool, sizeof(ngx_http_article_detached_t));
    if (detached == NULL) {
        return NULL;
    }

    detached->rc = NGX_ERROR;
    detached->capture = conf->capture;
    detached->handler = conf->handler;
    detached->data = conf->data;

    detached->end.handler = ngx_http_article_detached_end_handler;
    detached->end.data = detached;
    detached->end.log = ngx_cycle->log;

    detached->connection = ngx_http_article_detached_connection(pool,
                                                                conf->client);
    if (detached->connection == NULL) {
        return NULL;
    }

    if (ngx_http_article_detached_request(detached, pool, conf) != NGX_OK) {
        ngx_http_article_detached_destroy(detached);
        return NULL;
    }

    return detached;
}


static ngx_connection_t *
ngx_http_article_detached_connection(ngx_pool_t *pool,
    ngx_http_request_t *client)
{
    ngx_event_t         *rev, *wev;
    ngx_connection_t    *c;
    struct sockaddr_in  *sin;

    c = ngx_pcalloc(pool, sizeof(ngx_connection_t));
    rev = ngx_pcalloc(pool, sizeof(ngx_event_t));
    wev = ngx_pcalloc(pool, sizeof(ngx_event_t));

    if (c == NULL || rev == NULL || wev == NULL) {
        return NULL;
    }

    c->pool = pool;

    if (ngx_http_article_detached_log(c, pool, client) != NGX_OK) {
        return NULL;
    }

    rev->data = c;
    rev->log = c->log;
    rev->active = 1;
    rev->handler = ngx_http_article_detached_event_handler;

    *wev = *rev;
    wev->write = 1;
    wev->ready = 1;

    sin = &ngx_http_article_detached_sockaddr;
    sin->sin_family = AF_INET;
    sin->sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    c->fd = (ngx_socket_t) -1;
    c->type = SOCK_STREAM;
    c->read = rev;
    c->write = wev;
    c->recv = ngx_http_article_detached_recv;
    c->recv_chain = ngx_http_article_detached_recv_chain;
    c->send = ngx_http_article_detached_send;
    c->send_chain = ngx_http_article_detached_send_chain;
    c->listening = client->connection->listening;
    c->sockaddr = (struct sockaddr *) sin;
    c->socklen = sizeof(struct sockaddr_in);
    c->local_sockaddr = c->sockaddr;
    c->local_socklen = c->socklen;
    c->addr_text = ngx_http_article_detached_addr;
    c->tcp_nodelay = NGX_TCP_NODELAY_DISABLED;
    c->tcp_nopush = NGX_TCP_NOPUSH_DISABLED;
    c->number = ngx_atomic_fetch_add(ngx_connection_counter, 1);
    c->start_time = ngx_current_msec;
    c->log->connection = c->number;

    return c;
}


static ngx_int_t
ngx_http_article_detached_log(ngx_connection_t *c, ngx_pool_t *pool,
    ngx_http_request_t *client)
{
    ngx_http_log_ctx_t  *ctx;

    c->log = ngx_palloc(pool, sizeof(ngx_log_t));
    ctx = ngx_pcalloc(pool, sizeof(ngx_http_log_ctx_t));

    if (c->log == NULL || ctx == NULL) {
        return NGX_ERROR;
    }

    ctx->connection = c;

    *c->log = *client->connection->log;
    c->log->data = ctx;
    c->log->action = "fetching a page for an article";

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_detached_request(ngx_http_article_detached_t *detached,
    ngx_pool_t *pool, ngx_http_article_detached_conf_t *conf)
{
    ngx_connection_t          *c;
    ngx_http_cleanup_t        *cln;
    ngx_http_request_t        *r;
    ngx_http_connection_t     *hc;
    ngx_http_core_srv_conf_t  *cscf;

    c = detached->connection;

    hc = ngx_pcalloc(pool, sizeof(ngx_http_connection_t));
    if (hc == NULL) {
        return NGX_ERROR;
    }

    cscf = ngx_http_get_module_srv_conf(conf->client, ngx_http_core_module);

    hc->addr_conf = conf->client->main->http_connection->addr_conf;
    hc->conf_ctx = cscf->ctx;

    c->data = hc;

    r = ngx_http_create_request(c);
    if (r == NULL) {
        return NGX_ERROR;
    }

#if (NGX_STAT_STUB)
    /* not a request that stub_status should count: nobody sent it */
    (void) ngx_atomic_fetch_add(ngx_stat_requests, -1);
#endif

    detached->main = r;

    c->data = r;
    r->blocked = 1;
    r->logged = 1;
    r->internal = 1;
    r->method = NGX_HTTP_GET;
    r->method_name = ngx_http_article_detached_method;
    r->http_protocol = ngx_http_article_detached_protocol;
    r->http_version = NGX_HTTP_VERSION_11;
    r->request_line = conf->line;
    r->uri = conf->uri;
    r->args = conf->args;
    r->unparsed_uri = conf->uri;
    r->read_event_handler = ngx_http_block_reading;
    r->write_event_handler = ngx_http_request_empty_handler;
    r->headers_in.connection_type = NGX_HTTP_CONNECTION_CLOSE;

    cln = ngx_http_cleanup_add(r, 0);
    if (cln == NULL) {
        return NGX_ERROR;
    }

    cln->handler = ngx_http_article_detached_cleanup;
    cln->data = detached;

    if (ngx_http_article_detached_headers(r, conf->headers) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_article_detached_subrequest(detached, conf);
}


static ngx_int_t
ngx_http_article_detached_headers(ngx_http_request_t *r,
    ngx_array_t *headers)
{
    ngx_uint_t                  i;
    ngx_keyval_t               *kv;
    ngx_table_elt_t            *h;
    ngx_http_header_t          *hh;
    ngx_http_core_main_conf_t  *cmcf;

    if (ngx_list_init(&r->headers_in.headers, r->pool, 8,
                      sizeof(ngx_table_elt_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    cmcf = ngx_http_get_module_main_conf(r, ngx_http_core_module);
    kv = headers->elts;

    for (i = 0; i < headers->nelts; i++) {

        h = ngx_list_push(&r->headers_in.headers);
        if (h == NULL) {
            return NGX_ERROR;
        }

        h->key = kv[i].key;
        h->value = kv[i].value;
        ngx_http_article_header_end(h);

        h->lowcase_key = ngx_pnalloc(r->pool, h->key.len);
        if (h->lowcase_key == NULL) {
            return NGX_ERROR;
        }

        h->hash = ngx_hash_strlow(h->lowcase_key, h->key.data, h->key.len);

        hh = ngx_hash_find(&cmcf->headers_in_hash, h->hash, h->lowcase_key,
                           h->key.len);

        if (hh && hh->handler(r, h, hh->offset) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_detached_subrequest(ngx_http_article_detached_t *detached,
    ngx_http_article_detached_conf_t *conf)
{
    detached->post.handler = ngx_http_article_detached_post_handler;
    detached->post.data = detached;

    if (ngx_http_subrequest(detached->main, &conf->uri, &conf->args,
                            &detached->request, &detached->post, 0)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    /*
     * An internal redirect clears module contexts: a subrequest that has
     * lost this one was sent elsewhere.
     */

    ngx_http_set_ctx(detached->request, detached,
                     ngx_http_article_capture_filter_module);

    return NGX_OK;
}


void
ngx_http_article_detached_run(ngx_http_article_detached_t *detached)
{
    ngx_http_run_posted_requests(detached->connection);
}


/* As ngx_http_terminate_request() ends a client's request (it is static). */

void
ngx_http_article_detached_abort(ngx_http_article_detached_t *detached,
    ngx_int_t rc)
{
    ngx_http_cleanup_t  *cln;
    ngx_http_request_t  *r;

    if (detached->ended || detached->end.posted) {
        return;
    }

    r = detached->main;

    ngx_http_set_log_request(detached->connection->log, r);
    ngx_http_article_detached_end(detached, rc);

    cln = r->cleanup;
    r->cleanup = NULL;

    while (cln) {
        if (cln->handler) {
            cln->handler(cln->data);
        }

        cln = cln->next;
    }
}


void
ngx_http_article_detached_destroy(ngx_http_article_detached_t *detached)
{
    ngx_connection_t  *c;

    c = detached->connection;

    detached->ended = 1;

    if (detached->end.posted) {
        ngx_delete_posted_event(&detached->end);
    }

    if (detached->main) {
        c->timedout = 0;
        ngx_http_free_request(detached->main, 0);
        detached->main = NULL;
    }

    if (c->read->timer_set) {
        ngx_del_timer(c->read);
    }

    if (c->read->posted) {
        ngx_delete_posted_event(c->read);
    }

    if (c->write->timer_set) {
        ngx_del_timer(c->write);
    }

    if (c->write->posted) {
        ngx_delete_posted_event(c->write);
    }
}


ngx_http_article_detached_t *
ngx_http_article_detached_of(ngx_http_request_t *r)
{
    ngx_http_post_subrequest_t  *ps;

    ps = r->post_subrequest;

    if (ps == NULL || ps->handler != ngx_http_article_detached_post_handler) {
        return NULL;
    }

    return ps->data;
}


/* As nginx's own handler of a client's connection (it is static). */

static void
ngx_http_article_detached_event_handler(ngx_event_t *ev)
{
    ngx_connection_t    *c;
    ngx_http_request_t  *r;

    c = ev->data;

    if (c->destroyed) {
        return;
    }

    r = c->data;

    ngx_http_set_log_request(c->log, r);

    if (ev->delayed && ev->timedout) {
        ev->delayed = 0;
        ev->timedout = 0;
    }

    if (ev->write) {
        r->write_event_handler(r);

    } else {
        r->read_event_handler(r);
    }

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_http_article_detached_post_handler(ngx_http_request_t *r, void *data,
    ngx_int_t rc)
{
    ngx_http_article_detached_t *detached = data;

    if (rc == NGX_AGAIN || (rc == NGX_OK && r->buffered)) {

        /* a file is being read: nginx comes back with the rest */

        return rc;
    }

    ngx_http_article_detached_end(detached, rc);

    /* no error page, no termination: the end is ours in any case */

    return NGX_OK;
}


static void
ngx_http_article_detached_cleanup(void *data)
{
    ngx_http_article_detached_end(data, NGX_ERROR);
}


static void
ngx_http_article_detached_end(ngx_http_article_detached_t *detached,
    ngx_int_t rc)
{
    if (detached->ended) {
        return;
    }

    if (!detached->end.posted) {
        detached->rc = rc;
        ngx_post_event(&detached->end, &ngx_posted_events);
    }
}


static void
ngx_http_article_detached_end_handler(ngx_event_t *ev)
{
    ngx_http_article_detached_t  *detached;

    detached = ev->data;

    if (detached->main->blocked > 1) {

        /* a thread reads for it still; its end comes here again */

        return;
    }

    detached->ended = 1;
    detached->handler(detached->data, detached->rc);
}


static ssize_t
ngx_http_article_detached_recv(ngx_connection_t *c, u_char *buf, size_t size)
{
    return NGX_ERROR;
}


static ssize_t
ngx_http_article_detached_recv_chain(ngx_connection_t *c, ngx_chain_t *in,
    off_t limit)
{
    return NGX_ERROR;
}


static ssize_t
ngx_http_article_detached_send(ngx_connection_t *c, u_char *buf, size_t size)
{
    return NGX_ERROR;
}


static ngx_chain_t *
ngx_http_article_detached_send_chain(ngx_connection_t *c, ngx_chain_t *in,
    off_t limit)
{
    return NGX_CHAIN_ERROR;
}

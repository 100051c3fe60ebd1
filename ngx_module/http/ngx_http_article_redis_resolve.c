
/*
 * Copyright (C) ngx_article authors
 *
 * The addresses behind a name, by nginx's resolver while nginx runs: before
 * each attempt to connect, and when the answer is too old by its TTL.
 *
 * Where no resolver is set a name is looked up once, when the configuration
 * is read, as nginx itself does it.
 */


#include "ngx_http_article_redis_node.h"


/*
 * Milliseconds a connection to an address that the name has no more may have
 * something to do still, and between looks at it.
 */
#define NGX_HTTP_ARTICLE_REDIS_LEAVE_MAX    2000
#define NGX_HTTP_ARTICLE_REDIS_LEAVE_EVERY  20

/* Milliseconds for the resolver, whose servers are asked again meanwhile. */
#define NGX_HTTP_ARTICLE_REDIS_RESOLVE_MAX  5000


static ngx_int_t ngx_http_article_redis_resolve(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_resolve_handler(ngx_resolver_ctx_t *ctx);
static void ngx_http_article_redis_resolved(
    ngx_http_article_redis_node_t *node);
static ngx_int_t ngx_http_article_redis_resolve_take(
    ngx_http_article_redis_node_t *node, ngx_resolver_ctx_t *ctx);
static ngx_int_t ngx_http_article_redis_resolve_still(
    ngx_http_article_redis_node_t *node, ngx_addr_t *addrs, ngx_uint_t n);
static void ngx_http_article_redis_resolve_timer(ngx_event_t *ev);
static void ngx_http_article_redis_resolve_leave(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_resolve_wait(
    ngx_http_article_redis_node_t *node, ngx_msec_t timeout);


/*
 * Several addresses of a Cluster's name are several nodes of it; else they
 * are tried one after the other.
 */

char *
ngx_http_article_redis_resolve_init(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_url_t                       u;
    ngx_uint_t                      i, k, n;
    ngx_pool_cleanup_t             *cln;
    ngx_http_core_loc_conf_t       *clcf;
    ngx_http_article_redis_node_t  *node;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    n = redis->nnodes;

    /* nginx makes one without servers for http {} if there is none */

    if (clcf->resolver && clcf->resolver->connections.nelts) {
        redis->resolver = clcf->resolver;
    }

    /* once more, to run before the resolver's, wherever that stands */

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL) {
        return NGX_CONF_ERROR;
    }

    cln->handler = ngx_http_article_redis_cleanup;
    cln->data = redis;

    for (i = 0; i < n; i++) {
        node = redis->nodes[i];

        if (node->naddrs || node->told_of) {
            continue;
        }

        if (redis->resolver) {
            node->resolve = 1;
            continue;
        }

        ngx_memzero(&u, sizeof(ngx_url_t));

        u.url = node->name;
        u.default_port = node->port;

        if (ngx_parse_url(cf->pool, &u) != NGX_OK) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "%s in \"article_redis %V\"",
                               u.err ? u.err : "no memory", &u.url);
            return NGX_CONF_ERROR;
        }

        node->addrs = u.addrs;
        node->naddrs = redis->cluster ? 1 : u.naddrs;

        if (redis->cluster && u.naddrs > 1) {
            node->name = u.addrs[0].name;
        }

        for (k = node->naddrs; k < u.naddrs; k++) {
            if (ngx_http_article_redis_node_add(redis, &u.addrs[k].name,
                                                &node->host, node->port,
                                                &u.addrs[k], 1)
                != NGX_OK)
            {
                return NGX_CONF_ERROR;
            }
        }
    }

    return NGX_CONF_OK;
}


void
ngx_http_article_redis_node_dial(ngx_http_article_redis_node_t *node)
{
    if (!node->resolve) {
        ngx_http_article_redis_node_connect(node);
        return;
    }

    ngx_http_article_redis_node_set_timer(node, node->redis->connect_timeout);

    if (node->resolving == NULL
        && ngx_http_article_redis_resolve(node) != NGX_OK)
    {
        ngx_http_article_redis_resolved(node);
    }
}


/* NGX_OK: the handler will be called, or was. */

static ngx_int_t
ngx_http_article_redis_resolve(ngx_http_article_redis_node_t *node)
{
    ngx_resolver_ctx_t  *ctx, temp;

    ngx_memzero(&temp, sizeof(ngx_resolver_ctx_t));
    temp.name = node->host;

    ctx = ngx_resolve_start(node->redis->resolver, &temp);

    if (ctx == NULL || ctx == NGX_NO_RESOLVER) {
        return NGX_ERROR;
    }

    ctx->name = node->host;
    ctx->handler = ngx_http_article_redis_resolve_handler;
    ctx->data = node;
    ctx->timeout = NGX_HTTP_ARTICLE_REDIS_RESOLVE_MAX;
    ctx->cancelable = 1;

    node->resolving = ctx;

    if (ngx_resolve_name(ctx) != NGX_OK) {
        node->resolving = NULL;
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_http_article_redis_resolve_handler(ngx_resolver_ctx_t *ctx)
{
    time_t                          left;
    ngx_int_t                       rc;
    ngx_http_article_redis_node_t  *node;

    node = ctx->data;
    node->resolving = NULL;
    rc = NGX_OK;
    left = NGX_HTTP_ARTICLE_REDIS_RESOLVE_MAX / 1000;

    if (ctx->state == NGX_OK) {
        rc = ngx_http_article_redis_resolve_take(node, ctx);
        left = ctx->valid - ngx_time();

    } else if (ngx_time() - node->unnamed
               >= NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY)
    {
        node->unnamed = ngx_time();

        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "\"%V\" of article_redis could not be resolved (%i: %s)",
                      &node->host, ctx->state,
                      ngx_resolver_strerror(ctx->state));
    }

    ngx_resolve_name_done(ctx);

    if (node->state == NGX_HTTP_ARTICLE_REDIS_CONNECTING) {
        ngx_http_article_redis_resolved(node);
    }

    if (node->state == NGX_HTTP_ARTICLE_REDIS_READY && rc == NGX_DECLINED) {
        node->leaving = ngx_current_msec;
        ngx_http_article_redis_resolve_leave(node);
        return;
    }

    if (!node->lookup.timer_set) {
        ngx_http_article_redis_resolve_wait(node,
                                            1000 * (ngx_msec_t)
                                            ngx_max(left, 1));
    }
}


/* CONNECTING: to what is known, though it may be from before. */

static void
ngx_http_article_redis_resolved(ngx_http_article_redis_node_t *node)
{
    if (node->naddrs && node->peer.connection == NULL) {
        ngx_http_article_redis_node_connect(node);
        return;
    }

    if (node->naddrs == 0) {
        ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, 0,
                                         "its name could not be resolved",
                                         NULL);
    }
}


/* NGX_DECLINED: the address it is connected to is not among them. */

static ngx_int_t
ngx_http_article_redis_resolve_take(ngx_http_article_redis_node_t *node,
    ngx_resolver_ctx_t *ctx)
{
    u_char          *p;
    ngx_int_t        rc;
    ngx_addr_t      *addrs;
    ngx_uint_t       i, n;
    ngx_sockaddr_t  *sockaddrs;

    n = ngx_min(ctx->naddrs, NGX_HTTP_ARTICLE_REDIS_ADDRS_MAX);

    addrs = ngx_alloc(n * (sizeof(ngx_addr_t) + sizeof(ngx_sockaddr_t)
                           + NGX_SOCKADDR_STRLEN), ngx_cycle->log);
    if (addrs == NULL) {
        return NGX_ERROR;
    }

    /* the texts last: they are aligned to nothing */

    sockaddrs = (ngx_sockaddr_t *) (addrs + n);
    p = (u_char *) (sockaddrs + n);

    for (i = 0; i < n; i++) {
        addrs[i].sockaddr = &sockaddrs[i].sockaddr;
        addrs[i].socklen = ctx->addrs[i].socklen;

        ngx_memcpy(&sockaddrs[i], ctx->addrs[i].sockaddr,
                   ctx->addrs[i].socklen);
        ngx_inet_set_port(addrs[i].sockaddr, node->port);

        addrs[i].name.data = p;
        addrs[i].name.len = ngx_sock_ntop(addrs[i].sockaddr, addrs[i].socklen,
                                          p, NGX_SOCKADDR_STRLEN, 1);
        p += NGX_SOCKADDR_STRLEN;
    }

    rc = ngx_http_article_redis_resolve_still(node, addrs, n);

    if (node->found) {
        ngx_free(node->found);
    }

    node->found = addrs;
    node->addrs = addrs;
    node->naddrs = n;

    /* the core looks at these when it connects only */

    node->peer.sockaddr = NULL;
    node->peer.name = NULL;

    return rc;
}


static ngx_int_t
ngx_http_article_redis_resolve_still(ngx_http_article_redis_node_t *node,
    ngx_addr_t *addrs, ngx_uint_t n)
{
    ngx_uint_t   i;
    ngx_addr_t  *now;

    if (node->peer.connection == NULL || node->addr >= node->naddrs) {
        return NGX_OK;
    }

    now = &node->addrs[node->addr];

    for (i = 0; i < n; i++) {
        if (ngx_cmp_sockaddr(now->sockaddr, now->socklen, addrs[i].sockaddr,
                             addrs[i].socklen, 1)
            == NGX_OK)
        {
            node->addr = i;
            return NGX_OK;
        }
    }

    node->addr = n;

    return NGX_DECLINED;
}


static void
ngx_http_article_redis_resolve_timer(ngx_event_t *ev)
{
    ngx_http_article_redis_node_t *node = ev->data;

    if (ngx_exiting) {
        return;
    }

    if (node->state != NGX_HTTP_ARTICLE_REDIS_READY) {

        /* it is looked up when it is connected to, or has been just now */

        ngx_http_article_redis_resolve_wait(node, 1000);
        return;
    }

    if (node->leaving) {
        ngx_http_article_redis_resolve_leave(node);
        return;
    }

    if (node->resolving == NULL
        && ngx_http_article_redis_resolve(node) != NGX_OK)
    {
        ngx_http_article_redis_resolve_wait(node,
                                        NGX_HTTP_ARTICLE_REDIS_RESOLVE_MAX);
    }
}


/* What is asked there is answered first, if that does not take for ever. */

static void
ngx_http_article_redis_resolve_leave(ngx_http_article_redis_node_t *node)
{
    if (ngx_queue_empty(&node->pending)) {
        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "\"%V\" of article_redis has another address now",
                      &node->name);
        ngx_http_article_redis_node_idle(node);
        return;
    }

    if (ngx_current_msec - node->leaving > NGX_HTTP_ARTICLE_REDIS_LEAVE_MAX) {
        ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, 0,
                                         "it has another address now", NULL);
        return;
    }

    ngx_http_article_redis_resolve_wait(node,
                                        NGX_HTTP_ARTICLE_REDIS_LEAVE_EVERY);
}


static void
ngx_http_article_redis_resolve_wait(ngx_http_article_redis_node_t *node,
    ngx_msec_t timeout)
{
    node->lookup.handler = ngx_http_article_redis_resolve_timer;
    node->lookup.data = node;
    node->lookup.log = ngx_cycle->log;
    node->lookup.cancelable = 1;

    ngx_add_timer(&node->lookup, timeout);
}


void
ngx_http_article_redis_resolve_stop(ngx_http_article_redis_node_t *node)
{
    node->leaving = 0;

    if (node->lookup.timer_set) {
        ngx_del_timer(&node->lookup);
    }

    if (node->resolving) {
        ngx_resolve_name_done(node->resolving);
        node->resolving = NULL;
    }
}


ngx_int_t
ngx_http_article_redis_node_call(ngx_http_article_redis_node_t *node,
    ngx_str_t *host, in_port_t port)
{
    u_char  *p;

    if (host->len == 0 || host->len > NGX_HTTP_ARTICLE_REDIS_HOST_MAX) {
        return NGX_DECLINED;
    }

    p = ngx_alloc(host->len + sizeof(":65535"), ngx_cycle->log);
    if (p == NULL) {
        return NGX_ERROR;
    }

    if (node->called) {
        ngx_free(node->called);
    }

    node->called = p;
    node->host.data = p;
    node->host.len = host->len;
    node->name.data = p;
    node->name.len = ngx_sprintf(p, "%V:%ui", host, (ngx_uint_t) port) - p;
    node->port = port;

    return NGX_OK;
}


ngx_uint_t
ngx_http_article_redis_node_is(ngx_http_article_redis_node_t *node,
    ngx_str_t *host, in_port_t port)
{
    return node->port == port
           && node->host.len == host->len
           && ngx_strncasecmp(node->host.data, host->data, host->len) == 0;
}


/*
 * Copyright (C) ngx_article authors
 *
 * article_redis: one address, a Cluster's, or sentinels'; and the nodes that
 * these are.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_PORT           6379
#define NGX_HTTP_ARTICLE_REDIS_SENTINEL_PORT  26379


static ngx_int_t ngx_http_article_redis_option(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis, ngx_str_t *value);
static char *ngx_http_article_redis_address(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis, ngx_str_t *value);


/* "article_redis ADDRESS... [db=N] [cluster | sentinel=NAME]" */
char *
ngx_http_article_redis_addresses(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_int_t            rc;
    ngx_str_t           *value, **addresses;
    ngx_uint_t           i, n;
    ngx_pool_cleanup_t  *cln;

    if (redis->nodes) {
        return "is duplicate";
    }

    redis->nodes = ngx_pcalloc(cf->pool, NGX_HTTP_ARTICLE_REDIS_MAX_NODES
                                         * sizeof(void *));
    addresses = ngx_palloc(cf->temp_pool,
                           cf->args->nelts * sizeof(ngx_str_t *));
    cln = ngx_pool_cleanup_add(cf->pool, 0);

    if (redis->nodes == NULL || addresses == NULL || cln == NULL) {
        return NGX_CONF_ERROR;
    }

    cln->handler = ngx_http_article_redis_cleanup;
    cln->data = redis;

    value = cf->args->elts;

    for (i = 1, n = 0; i < cf->args->nelts; i++) {

        rc = ngx_http_article_redis_option(cf, redis, &value[i]);

        if (rc == NGX_ERROR) {
            return NGX_CONF_ERROR;
        }

        if (rc == NGX_DECLINED) {
            addresses[n++] = &value[i];
        }
    }

    if (n == 0) {
        return "needs an address";
    }

    if (n > 1 && !redis->cluster && !redis->sentinel) {
        return "has several addresses: are they of a Redis Cluster, add "
               "\"cluster\"; are they sentinels, \"sentinel=NAME\" of the "
               "master they watch";
    }

    if (redis->cluster && (redis->sentinel || redis->db)) {
        return "of a Redis Cluster takes neither sentinel= nor db=: it has "
               "one database";
    }

    if (redis->sentinel) {
        redis->node = ngx_http_article_redis_node_create(redis);
        if (redis->node == NULL) {
            return NGX_CONF_ERROR;
        }

        redis->node->name = redis->sentinel->name;
    }

    for (i = 0; i < n; i++) {
        if (ngx_http_article_redis_address(cf, redis, addresses[i])
            != NGX_CONF_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    if (redis->sentinel) {
        redis->sentinel->n = redis->nnodes - 1;
    }

    if (redis->cluster == NULL) {
        redis->node = redis->nodes[0];
    }

    return NGX_CONF_OK;
}


/* A worker that ends, or a reload where master and worker are one process. */
void
ngx_http_article_redis_cleanup(void *data)
{
    ngx_http_article_redis_t *redis = data;

    ngx_uint_t  i;

    if (redis->cluster && redis->cluster->timer.timer_set) {
        ngx_del_timer(&redis->cluster->timer);
    }

    if (redis->sentinel && redis->sentinel->timer.timer_set) {
        ngx_del_timer(&redis->sentinel->timer);
    }

    for (i = 0; i < redis->nnodes; i++) {
        ngx_http_article_redis_node_destroy(redis->nodes[i]);
        ngx_free(redis->nodes[i]);
    }

    redis->nnodes = 0;
}


/* NGX_DECLINED: it is an address. */
static ngx_int_t
ngx_http_article_redis_option(ngx_conf_t *cf, ngx_http_article_redis_t *redis,
    ngx_str_t *value)
{
    if (ngx_strcmp(value->data, "cluster") == 0) {

        redis->cluster = ngx_pcalloc(cf->pool,
                                     sizeof(ngx_http_article_redis_cluster_t));
        if (redis->cluster == NULL) {
            return NGX_ERROR;
        }

        redis->cluster->slots = ngx_palloc(cf->pool,
                                           NGX_HTTP_ARTICLE_REDIS_SLOTS
                                           * sizeof(uint16_t));
        redis->cluster->readers = ngx_palloc(cf->pool,
                                             NGX_HTTP_ARTICLE_REDIS_SLOTS
                                             * sizeof(uint16_t));
        if (redis->cluster->slots == NULL || redis->cluster->readers == NULL) {
            return NGX_ERROR;
        }

        ngx_http_article_redis_cluster_init(redis);

        return NGX_OK;
    }

    if (value->len > 9 && ngx_strncmp(value->data, "sentinel=", 9) == 0) {

        redis->sentinel = ngx_pcalloc(cf->pool,
                                   sizeof(ngx_http_article_redis_sentinel_t));
        if (redis->sentinel == NULL) {
            return NGX_ERROR;
        }

        redis->sentinel->name.data = value->data + 9;
        redis->sentinel->name.len = value->len - 9;

        return NGX_OK;
    }

    if (value->len > 3 && ngx_strncmp(value->data, "db=", 3) == 0) {

        redis->db = ngx_atoi(value->data + 3, value->len - 3);

        if (redis->db != NGX_ERROR) {
            return NGX_OK;
        }

        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" of \"article_redis\" is no number", value);
        return NGX_ERROR;
    }

    if (ngx_strncasecmp(value->data, (u_char *) "unix:", 5) != 0
        && ngx_strlchr(value->data, value->data + value->len, '='))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" of \"article_redis\" is not understood: "
                           "it takes addresses, db=NUMBER, cluster and "
                           "sentinel=NAME", value);
        return NGX_ERROR;
    }

    return NGX_DECLINED;
}


static char *
ngx_http_article_redis_address(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis, ngx_str_t *value)
{
    ngx_url_t  u;

    if (ngx_strncasecmp(value->data, (u_char *) "unix:", 5) == 0) {

        if (redis->cluster) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "\"%V\" of \"article_redis\": the nodes of a "
                               "Redis Cluster are named by host and port",
                               value);
            return NGX_CONF_ERROR;
        }

    } else if (ngx_strlchr(value->data, value->data + value->len, '/')) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is no address for \"article_redis\": "
                           "write HOST:PORT or unix:/PATH", value);
        return NGX_CONF_ERROR;
    }

    ngx_memzero(&u, sizeof(ngx_url_t));

    u.url = *value;
    u.default_port = redis->sentinel ? NGX_HTTP_ARTICLE_REDIS_SENTINEL_PORT
                                     : NGX_HTTP_ARTICLE_REDIS_PORT;

    u.no_resolve = 1;

    if (ngx_parse_url(cf->pool, &u) != NGX_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "%s in \"article_redis %V\"",
                           u.err ? u.err : "no memory", &u.url);
        return NGX_CONF_ERROR;
    }

    /* an IPv6 address stands in brackets, which are not of it */

    if (u.host.len > 2 && u.host.data[0] == '[') {
        u.host.data++;
        u.host.len -= 2;
    }

    if (redis->host.len == 0) {
        redis->host = u.host;
    }

    /* without an address it is a name: resolve_init() */

    return (ngx_http_article_redis_node_add(redis, value, &u.host, u.port,
                                            u.addrs, u.naddrs)
            == NGX_OK) ? NGX_CONF_OK : NGX_CONF_ERROR;
}


ngx_int_t
ngx_http_article_redis_node_add(ngx_http_article_redis_t *redis,
    ngx_str_t *name, ngx_str_t *host, in_port_t port, ngx_addr_t *addrs,
    ngx_uint_t n)
{
    ngx_uint_t                      i;
    ngx_http_article_redis_node_t  *node;

    for (i = 0; n == 1 && i < redis->nnodes; i++) {
        if (ngx_http_article_redis_node_at(redis->nodes[i],
                                       (ngx_sockaddr_t *) addrs[0].sockaddr,
                                           addrs[0].socklen))
        {
            return NGX_OK;
        }
    }

    node = ngx_http_article_redis_node_create(redis);
    if (node == NULL) {
        return NGX_ERROR;
    }

    node->name = *name;
    node->host = *host;
    node->port = port;
    node->addrs = addrs;
    node->naddrs = n;
    node->told_of = 0;
    node->sentinel = (redis->sentinel != NULL);

    return NGX_OK;
}


ngx_http_article_redis_node_t *
ngx_http_article_redis_node_create(ngx_http_article_redis_t *redis)
{
    ngx_http_article_redis_node_t  *node;

    if (redis->nnodes == NGX_HTTP_ARTICLE_REDIS_MAX_NODES) {
        return NULL;
    }

    node = ngx_calloc(sizeof(ngx_http_article_redis_node_t), ngx_cycle->log);
    if (node == NULL) {
        return NULL;
    }

    node->redis = redis;
    node->told_of = 1;
    node->addrs = &node->own;

    ngx_http_article_redis_node_init(node);

    redis->nodes[redis->nnodes++] = node;

    return node;
}


ngx_int_t
ngx_http_article_redis_literal(ngx_str_t *host, ngx_int_t port,
    ngx_sockaddr_t *sockaddr, socklen_t *socklen)
{
    in_addr_t             addr;
    struct sockaddr_in   *sin;
#if (NGX_HAVE_INET6)
    struct sockaddr_in6  *sin6;
#endif

    if (port <= 0 || port > 65535) {
        return NGX_DECLINED;
    }

    ngx_memzero(sockaddr, sizeof(ngx_sockaddr_t));

    addr = ngx_inet_addr(host->data, host->len);

    if (addr != INADDR_NONE) {
        sin = &sockaddr->sockaddr_in;
        sin->sin_family = AF_INET;
        sin->sin_addr.s_addr = addr;
        sin->sin_port = htons((in_port_t) port);
        *socklen = sizeof(struct sockaddr_in);

        return NGX_OK;
    }

#if (NGX_HAVE_INET6)

    sin6 = &sockaddr->sockaddr_in6;

    if (ngx_inet6_addr(host->data, host->len, sin6->sin6_addr.s6_addr)
        == NGX_OK)
    {
        sin6->sin6_family = AF_INET6;
        sin6->sin6_port = htons((in_port_t) port);
        *socklen = sizeof(struct sockaddr_in6);

        return NGX_OK;
    }

#endif

    return NGX_DECLINED;
}


void
ngx_http_article_redis_node_point(ngx_http_article_redis_node_t *node,
    ngx_sockaddr_t *sockaddr, socklen_t socklen)
{
    node->sockaddr = *sockaddr;

    node->name.data = node->text;
    node->name.len = ngx_sock_ntop(&node->sockaddr.sockaddr, socklen,
                                   node->text, NGX_SOCKADDR_STRLEN, 1);

    node->host.data = node->ip;
    node->host.len = ngx_sock_ntop(&node->sockaddr.sockaddr, socklen,
                                   node->ip, NGX_SOCKADDR_STRLEN, 0);

    node->address = node->host;

    node->own.sockaddr = &node->sockaddr.sockaddr;
    node->own.socklen = socklen;
    node->own.name = node->name;
    node->port = ngx_inet_get_port(&node->sockaddr.sockaddr);
    node->resolve = 0;
    node->addrs = &node->own;
    node->naddrs = 1;
}


ngx_uint_t
ngx_http_article_redis_node_at(ngx_http_article_redis_node_t *node,
    ngx_sockaddr_t *sockaddr, socklen_t socklen)
{
    return node->naddrs == 1
           && ngx_cmp_sockaddr(node->addrs[0].sockaddr, node->addrs[0].socklen,
                               &sockaddr->sockaddr, socklen, 1)
              == NGX_OK;
}

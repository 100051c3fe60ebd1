
/*
 * Copyright (C) ngx_article authors
 *
 * Redis Sentinel: where the master of a name is, asked for whenever it is
 * connected to.
 *
 * https://redis.io/docs/latest/develop/reference/sentinel-clients/
 *
 * The sentinels are asked one after the other, from the one that knew last.
 * Does none answer, the master is looked for where it was: that the
 * sentinels are away is no reason to be without Redis.  Whoever is there must
 * say by ROLE that it is a master.
 */


#include "ngx_http_article_redis_node.h"


static void ngx_http_article_redis_sentinel_ask(
    ngx_http_article_redis_t *redis);
static void ngx_http_article_redis_sentinel_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_sentinel_master(
    ngx_http_article_redis_t *redis, ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_sentinel_named(
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_int_t port);
static void ngx_http_article_redis_sentinel_tell(
    ngx_http_article_redis_t *redis);


void
ngx_http_article_redis_sentinel_find(ngx_http_article_redis_t *redis)
{
    ngx_http_article_redis_sentinel_stop(redis);

    redis->sentinel->tried = 0;

    ngx_http_article_redis_sentinel_ask(redis);
}


void
ngx_http_article_redis_sentinel_stop(ngx_http_article_redis_t *redis)
{
    if (redis->sentinel->op) {
        ngx_http_article_redis_abandon(redis->sentinel->op);
        redis->sentinel->op = NULL;
    }
}


/* The next one that can be; or there is none. */
static void
ngx_http_article_redis_sentinel_ask(ngx_http_article_redis_t *redis)
{
    ngx_str_t                           argv[3];
    ngx_uint_t                          n;
    article_reason_t                    reason;
    ngx_http_article_redis_node_t      *node;
    ngx_http_article_redis_sentinel_t  *sentinel;

    sentinel = redis->sentinel;

    ngx_str_set(&argv[0], "SENTINEL");
    ngx_str_set(&argv[1], "get-master-addr-by-name");
    argv[2] = sentinel->name;

    n = sentinel->n;

    while (sentinel->tried < n) {

        node = redis->nodes[1 + (sentinel->last + sentinel->tried++) % n];

        sentinel->op = ngx_http_article_redis_node_send(node,
                                             NGX_HTTP_ARTICLE_REDIS_TOPOLOGY,
                                                        3, argv, &reason);
        if (sentinel->op) {
            ngx_http_article_redis_node_set_timer(redis->node,
                                                  2 * redis->connect_timeout);
            ngx_http_article_redis_wait(sentinel->op, redis->connect_timeout,
                                        ngx_http_article_redis_sentinel_reply,
                                        redis);
            return;
        }
    }

    if (redis->node->naddrs) {
        ngx_http_article_redis_node_dial(redis->node);
        return;
    }

    ngx_http_article_redis_node_down(redis->node, ARTICLE_REDIS_DOWN, 0,
                                     "no sentinel tells where it is", NULL);
}


static void
ngx_http_article_redis_sentinel_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_t *redis = data;

    ngx_http_article_redis_sentinel_t  *sentinel;

    sentinel = redis->sentinel;
    sentinel->op = NULL;

    if (ngx_http_article_redis_sentinel_master(redis, reply) != NGX_OK) {
        ngx_http_article_redis_sentinel_ask(redis);
        return;
    }

    sentinel->last += sentinel->tried - 1;

    ngx_http_article_redis_replicas_ask(redis);

    ngx_http_article_redis_node_dial(redis->node);
}


/* ["10.0.0.1", "6379"], or nil: it watches no master of this name. */
static ngx_int_t
ngx_http_article_redis_sentinel_master(ngx_http_article_redis_t *redis,
    ngx_http_article_redis_reply_t *reply)
{
    socklen_t                           socklen;
    ngx_int_t                           rc, port;
    ngx_str_t                           host;
    redisReply                         *array, **part;
    ngx_sockaddr_t                      sockaddr;
    ngx_http_article_redis_node_t      *node;
    ngx_http_article_redis_sentinel_t  *sentinel;

    node = redis->node;
    sentinel = redis->sentinel;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_NIL) {

        if (ngx_time() - sentinel->told >= NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY)
        {
            sentinel->told = ngx_time();

            ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                          "a sentinel of article_redis watches no master "
                          "named \"%V\"", &sentinel->name);
        }

        return NGX_DECLINED;
    }

    array = reply->array;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_VALUE
        || array->elements != 2
        || array->element[0]->type != REDIS_REPLY_STRING
        || array->element[1]->type != REDIS_REPLY_STRING)
    {
        return NGX_DECLINED;
    }

    part = array->element;

    host.data = (u_char *) part[0]->str;
    host.len = (size_t) part[0]->len;

    port = ngx_atoi((u_char *) part[1]->str, (size_t) part[1]->len);

    rc = ngx_http_article_redis_literal(&host, port, &sockaddr, &socklen);

    if (rc != NGX_OK && redis->resolver) {
        return ngx_http_article_redis_sentinel_named(redis, &host, port);
    }

    if (rc != NGX_OK) {

        if (ngx_time() - sentinel->told >= NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY)
        {
            sentinel->told = ngx_time();

            ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                          "a sentinel of article_redis says that \"%V\" is "
                          "at \"%V\", which is no IP address: set nginx's "
                          "\"resolver\", or its \"sentinel "
                          "announce-hostnames\" to no",
                          &sentinel->name, &host);
        }

        return NGX_DECLINED;
    }

    if (node->resolve
        || !ngx_http_article_redis_node_at(node, &sockaddr, socklen))
    {
        ngx_http_article_redis_node_point(node, &sockaddr, socklen);
        ngx_http_article_redis_sentinel_tell(redis);
    }

    return NGX_OK;
}


/* The master is told of by name: it is looked up when it is connected to. */
static ngx_int_t
ngx_http_article_redis_sentinel_named(ngx_http_article_redis_t *redis,
    ngx_str_t *host, ngx_int_t port)
{
    ngx_http_article_redis_node_t  *node;

    node = redis->node;

    if (port <= 0 || port > NGX_HTTP_ARTICLE_REDIS_PORT_MAX) {
        return NGX_DECLINED;
    }

    if (node->resolve
        && ngx_http_article_redis_node_is(node, host, (in_port_t) port))
    {
        return NGX_OK;
    }

    if (ngx_http_article_redis_node_call(node, host, (in_port_t) port)
        != NGX_OK)
    {
        return NGX_DECLINED;
    }

    node->resolve = 1;
    node->naddrs = 0;

    ngx_http_article_redis_sentinel_tell(redis);

    return NGX_OK;
}


static void
ngx_http_article_redis_sentinel_tell(ngx_http_article_redis_t *redis)
{
    ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                  "the master \"%V\" of article_redis is at \"%V\"",
                  &redis->sentinel->name, &redis->node->name);
}

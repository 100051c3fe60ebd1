
/*
 * Copyright (C) ngx_article authors
 *
 * What article_status tells of Redis, as this worker sees it.
 */


#include "ngx_http_article_redis_node.h"


static const char *ngx_http_article_redis_node_state(
    ngx_http_article_redis_node_t *node);
static const char *ngx_http_article_redis_cluster_state(
    ngx_http_article_redis_t *redis);


const char *
ngx_http_article_redis_state(ngx_http_article_redis_t *redis)
{
    return redis->cluster ? ngx_http_article_redis_cluster_state(redis)
                          : ngx_http_article_redis_node_state(redis->node);
}


static const char *
ngx_http_article_redis_node_state(ngx_http_article_redis_node_t *node)
{
    switch (node->state) {

    case NGX_HTTP_ARTICLE_REDIS_IDLE:
        return "idle";

    case NGX_HTTP_ARTICLE_REDIS_CONNECTING:
        return node->failed ? "down" : "connecting";

    case NGX_HTTP_ARTICLE_REDIS_READY:
        return "ready";

    default: /* NGX_HTTP_ARTICLE_REDIS_DOWN */
        return "down";
    }
}


/* Of the nodes that have slots; of those listed, while none is known to. */
static const char *
ngx_http_article_redis_cluster_state(ngx_http_article_redis_t *redis)
{
    uint16_t    *slots;
    ngx_uint_t   i, down, ready;

    slots = redis->cluster->slots;
    down = 0;
    ready = 0;

    for (i = 0; i < NGX_HTTP_ARTICLE_REDIS_SLOTS; i++) {

        if (slots[i] == NGX_HTTP_ARTICLE_REDIS_NO_NODE
            || redis->nodes[slots[i]]->failed)
        {
            down++;

        } else if (redis->nodes[slots[i]]->state
                   == NGX_HTTP_ARTICLE_REDIS_READY)
        {
            ready++;
        }
    }

    if (ready) {
        return down ? "degraded" : "ready";
    }

    for (i = 0; i < redis->nnodes; i++) {
        if (!redis->nodes[i]->failed) {
            return "idle";
        }
    }

    return "down";
}


size_t
ngx_http_article_redis_status_size(ngx_http_article_redis_t *redis)
{
    size_t      size;
    ngx_uint_t  i;

    size = sizeof("\"redis_nodes\":[],") - 1;

    for (i = 0; redis && i < redis->nnodes; i++) {
        size += sizeof(",{\"address\":\"\",\"role\":\"sentinel\","
                       "\"state\":\"connecting\",\"pending\":}")
                + 6 * redis->nodes[i]->name.len + NGX_INT_T_LEN;
    }

    return size;
}


u_char *
ngx_http_article_redis_status(u_char *p, ngx_http_article_redis_t *redis)
{
    ngx_uint_t                      i;
    ngx_http_article_redis_node_t  *node;

    p = ngx_sprintf(p, "\"redis_nodes\":[");

    for (i = 0; redis && i < redis->nnodes; i++) {
        node = redis->nodes[i];

        p = ngx_sprintf(p, "%s{\"address\":\"", i ? "," : "");
        p = (u_char *) ngx_escape_json(p, node->name.data, node->name.len);
        p = ngx_sprintf(p, "\",\"role\":\"%s\",\"state\":\"%s\","
                        "\"pending\":%ui}",
                        node->sentinel ? "sentinel" : "server",
                        ngx_http_article_redis_node_state(node),
                        node->npending);
    }

    return ngx_cpymem(p, "],", 2);
}

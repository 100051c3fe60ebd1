
/*
 * Copyright (C) ngx_article authors
 *
 * What article_status tells of Redis, as this worker sees it.
 */


#include "ngx_http_article_metrics.h"
#include "ngx_http_article_redis_node.h"


/* A new reply is one in so many of node->latency, as TCP's SRTT has it. */
#define NGX_HTTP_ARTICLE_REDIS_SMOOTH  8


static const char *ngx_http_article_redis_node_state(
    ngx_http_article_redis_node_t *node);
static const char *ngx_http_article_redis_cluster_state(
    ngx_http_article_redis_t *redis);
static const char *ngx_http_article_redis_node_role(
    ngx_http_article_redis_node_t *node);
static void ngx_http_article_redis_node_value(ngx_http_article_text_t *text,
    ngx_http_article_redis_node_t *node, ngx_uint_t family);


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
                       "\"state\":\"connecting\",\"pending\":,"
                       "\"connects\":,\"latency_us\":}")
                + 6 * redis->nodes[i]->name.len + 2 * NGX_INT_T_LEN
                + NGX_INT64_LEN;
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
                        "\"pending\":%ui,\"connects\":%ui,"
                        "\"latency_us\":%uL}",
                        ngx_http_article_redis_node_role(node),
                        ngx_http_article_redis_node_state(node),
                        node->npending, node->connects, node->latency);
    }

    return ngx_cpymem(p, "],", 2);
}


static const char *
ngx_http_article_redis_node_role(ngx_http_article_redis_node_t *node)
{
    return node->sentinel ? "sentinel" : node->replica ? "replica" : "server";
}


void
ngx_http_article_redis_prometheus(ngx_http_article_text_t *text,
    ngx_http_article_redis_t *redis)
{
    ngx_uint_t                      i, k;
    ngx_http_article_redis_node_t  *node;

    static const char  *family[][3] = {
        { "article_redis_node_ready", "gauge",
          "1: this worker has a connection; 0: none, or none yet." },
        { "article_redis_node_down", "gauge",
          "1: nothing is sent to it until it can be connected to again." },
        { "article_redis_node_pending", "gauge",
          "Commands of this worker that wait for replies." },
        { "article_redis_node_connects_total", "counter",
          "Connections of this worker that came to be ready." },
        { "article_redis_node_latency_seconds", "gauge",
          "Of this worker's last replies, smoothed." }
    };

    for (k = 0; k < sizeof(family) / sizeof(family[0]); k++) {

        ngx_http_article_text(text, "# HELP %s %s\n# TYPE %s %s\n",
                              family[k][0], family[k][2], family[k][0],
                              family[k][1]);

        for (i = 0; i < redis->nnodes; i++) {
            node = redis->nodes[i];

            ngx_http_article_text(text, "%s{node=\"", family[k][0]);
            ngx_http_article_text_label(text, &node->name);
            ngx_http_article_text(text, "\",role=\"%s\"} ",
                                  ngx_http_article_redis_node_role(node));
            ngx_http_article_redis_node_value(text, node, k);
        }
    }
}


/* In the order of the families above. */

static void
ngx_http_article_redis_node_value(ngx_http_article_text_t *text,
    ngx_http_article_redis_node_t *node, ngx_uint_t family)
{
    switch (family) {

    case 0:
        ngx_http_article_text(text, "%d\n",
                              node->state == NGX_HTTP_ARTICLE_REDIS_READY);
        break;

    case 1:
        ngx_http_article_text(text, "%d\n", node->failed != 0);
        break;

    case 2:
        ngx_http_article_text(text, "%ui\n", node->npending);
        break;

    case 3:
        ngx_http_article_text(text, "%ui\n", node->connects);
        break;

    default:
        ngx_http_article_text(text, "%.6f\n",
                              (double) node->latency / 1000000);
    }
}


uint64_t
ngx_http_article_redis_clock(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}


void
ngx_http_article_redis_measure(ngx_http_article_redis_op_t *op)
{
    uint64_t                        time;
    ngx_http_article_redis_node_t  *node;

    node = op->node;
    time = ngx_http_article_redis_clock() - op->pushed;

    if (node->latency == 0) {
        node->latency = time;

    } else {
        node->latency += time / NGX_HTTP_ARTICLE_REDIS_SMOOTH;
        node->latency -= node->latency / NGX_HTTP_ARTICLE_REDIS_SMOOTH;
    }

    ngx_http_article_metrics_redis(node->redis->main->shm_zone, time);
}

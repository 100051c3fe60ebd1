
/*
 * Copyright (C) ngx_article authors
 *
 * article_redis_read replica: values are read from replicas, of which a
 * Cluster or the sentinels tell; everything else is the master's.
 *
 * What a replica has not got yet is a miss there, and looked for at the master
 * together with the lock.  A replica that is away, or answers with an error,
 * costs no more than the way to its master.
 */


#include "ngx_http_article_redis_node.h"


/*
 * Milliseconds between questions for replicas, the second while there is none
 * that can be read; and that one is left alone.
 */
#define NGX_HTTP_ARTICLE_REDIS_REPLICAS_EVERY  10000
#define NGX_HTTP_ARTICLE_REDIS_REPLICAS_SOON   1000
#define NGX_HTTP_ARTICLE_REDIS_SHUN            1000

/* Of one master. */
#define NGX_HTTP_ARTICLE_REDIS_REPLICAS_MAX    16


static ngx_http_article_redis_node_t *ngx_http_article_redis_reader_sentinel(
    ngx_http_article_redis_t *redis);
static ngx_uint_t ngx_http_article_redis_reader_good(
    ngx_http_article_redis_node_t *node);
static ngx_msec_t ngx_http_article_redis_replicas_pause(
    ngx_http_article_redis_t *redis);
static void ngx_http_article_redis_replicas_timer(ngx_event_t *ev);
static void ngx_http_article_redis_replicas_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_redis_replica_take(
    ngx_http_article_redis_t *redis, redisReply *fields);
static ngx_http_article_redis_node_t *ngx_http_article_redis_replica_find(
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_int_t port);
static void ngx_http_article_redis_replicas_prune(
    ngx_http_article_redis_t *redis);


char *
ngx_http_article_redis_set_read(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_str_t  *value;

    if (redis->read_replica != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "replica") == 0) {
        redis->read_replica = 1;

    } else if (ngx_strcmp(value[1].data, "master") == 0) {
        redis->read_replica = 0;

    } else {
        return "must be \"master\" or \"replica\"";
    }

    return NGX_CONF_OK;
}


ngx_http_article_redis_node_t *
ngx_http_article_redis_reader_node(ngx_http_article_redis_t *redis,
    ngx_str_t *key, uint16_t *slot)
{
    uint16_t                        i;
    ngx_str_t                       argv[1];
    article_reason_t                reason;
    ngx_http_article_redis_node_t  *node;

    if (!redis->read_replica) {
        return NULL;
    }

    if (redis->sentinel) {
        return ngx_http_article_redis_reader_sentinel(redis);
    }

    *slot = (uint16_t) ngx_http_article_redis_slot(key);
    i = redis->cluster->readers[*slot];

    if (i == NGX_HTTP_ARTICLE_REDIS_NO_NODE) {

        /* one that was away is told of by nobody, but asked for */

        if (ngx_current_msec - redis->cluster->asked
            >= NGX_HTTP_ARTICLE_REDIS_REPLICAS_SOON)
        {
            ngx_http_article_redis_cluster_refresh(redis);
        }

        return NULL;
    }

    if (!ngx_http_article_redis_reader_good(redis->nodes[i])) {
        return NULL;
    }

    node = redis->nodes[i];

    if (!node->readonly) {

        /* a replica of a Cluster sends readers to the master, unless ... */

        ngx_str_set(&argv[0], "READONLY");

        if (ngx_http_article_redis_node_send(node, NGX_HTTP_ARTICLE_REDIS_SET,
                                             1, argv, &reason)
            == NULL)
        {
            return NULL;
        }

        node->readonly = 1;
    }

    return node;
}


/* One after the other. */

static ngx_http_article_redis_node_t *
ngx_http_article_redis_reader_sentinel(ngx_http_article_redis_t *redis)
{
    ngx_uint_t                          i, n, first;
    ngx_http_article_redis_node_t      *node;
    ngx_http_article_redis_sentinel_t  *sentinel;

    sentinel = redis->sentinel;
    first = 1 + sentinel->n;
    n = redis->nnodes - first;

    for (i = 0; i < n; i++) {
        node = redis->nodes[first + sentinel->reader++ % n];

        if (node->listed && ngx_http_article_redis_reader_good(node)) {
            return node;
        }
    }

    return NULL;
}


/* One that is not connected is, and the master is asked meanwhile. */

static ngx_uint_t
ngx_http_article_redis_reader_good(ngx_http_article_redis_node_t *node)
{
    if (node->state == NGX_HTTP_ARTICLE_REDIS_IDLE) {
        ngx_http_article_redis_node_wake(node);
    }

    return node->state == NGX_HTTP_ARTICLE_REDIS_READY
           && (ngx_msec_int_t) (ngx_current_msec - node->shunned) >= 0;
}


ngx_int_t
ngx_http_article_redis_reader_failed(ngx_http_article_redis_op_t *op)
{
    uint16_t                        i;
    redisReply                     *reply;
    ngx_http_article_redis_t       *redis;
    ngx_http_article_redis_node_t  *failed, *master;

    if (!op->read) {
        return NGX_DECLINED;
    }

    op->read = 0;
    op->node->shunned = ngx_current_msec + NGX_HTTP_ARTICLE_REDIS_SHUN;

    redis = op->node->redis;
    master = redis->node;

    if (redis->cluster) {
        i = redis->cluster->slots[op->slot];
        master = (i == NGX_HTTP_ARTICLE_REDIS_NO_NODE) ? NULL
                                                       : redis->nodes[i];
    }

    if (master == NULL || master == op->node || op->handler == NULL) {
        return NGX_DECLINED;
    }

    reply = op->reply;
    failed = op->node;

    op->reply = NULL;
    op->asking = 0;

    if (ngx_http_article_redis_node_push(master, op) != NGX_OK) {
        op->node = failed;
        op->reply = reply;
        return NGX_DECLINED;
    }

    if (reply) {
        freeReplyObject(reply);
    }

    return NGX_OK;
}


void
ngx_http_article_redis_replicas_ask(ngx_http_article_redis_t *redis)
{
    ngx_str_t                           argv[3];
    article_reason_t                    reason;
    ngx_http_article_redis_node_t      *node;
    ngx_http_article_redis_sentinel_t  *sentinel;

    sentinel = redis->sentinel;

    if (!redis->read_replica || ngx_exiting) {
        return;
    }

    if (!sentinel->timer.timer_set) {
        sentinel->timer.handler = ngx_http_article_redis_replicas_timer;
        sentinel->timer.data = redis;
        sentinel->timer.log = ngx_cycle->log;
        sentinel->timer.cancelable = 1;

        ngx_add_timer(&sentinel->timer,
                      ngx_http_article_redis_replicas_pause(redis));
    }

    if (sentinel->op || sentinel->replicas) {
        return;
    }

    ngx_str_set(&argv[0], "SENTINEL");
    ngx_str_set(&argv[1], "replicas");
    argv[2] = sentinel->name;

    node = redis->nodes[1 + sentinel->last % sentinel->n];

    sentinel->replicas = ngx_http_article_redis_node_send(node,
                                             NGX_HTTP_ARTICLE_REDIS_TOPOLOGY,
                                                          3, argv, &reason);
    if (sentinel->replicas) {
        ngx_http_article_redis_wait(sentinel->replicas, redis->connect_timeout,
                                    ngx_http_article_redis_replicas_reply,
                                    redis);
    }
}


static ngx_msec_t
ngx_http_article_redis_replicas_pause(ngx_http_article_redis_t *redis)
{
    ngx_uint_t  i;

    for (i = 1 + redis->sentinel->n; i < redis->nnodes; i++) {
        if (redis->nodes[i]->listed && !redis->nodes[i]->failed) {
            return NGX_HTTP_ARTICLE_REDIS_REPLICAS_EVERY;
        }
    }

    return NGX_HTTP_ARTICLE_REDIS_REPLICAS_SOON;
}


static void
ngx_http_article_redis_replicas_timer(ngx_event_t *ev)
{
    ngx_http_article_redis_replicas_ask(ev->data);
}


/* [["name", ..., "ip", "10.0.0.2", "port", "6379", "flags", "slave", ...]] */

static void
ngx_http_article_redis_replicas_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_t *redis = data;

    size_t       n;
    ngx_uint_t   i;
    redisReply  *array;

    redis->sentinel->replicas = NULL;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_VALUE) {
        return;
    }

    for (i = 1 + redis->sentinel->n; i < redis->nnodes; i++) {
        redis->nodes[i]->listed = 0;
    }

    array = reply->array;

    for (n = 0; n < array->elements; n++) {
        if (array->element[n]->type == REDIS_REPLY_ARRAY) {
            ngx_http_article_redis_replica_take(redis, array->element[n]);
        }
    }

    ngx_http_article_redis_replicas_prune(redis);
}


static void
ngx_http_article_redis_replica_take(ngx_http_article_redis_t *redis,
    redisReply *fields)
{
    size_t                          n;
    ngx_int_t                       port;
    ngx_str_t                       host;
    ngx_uint_t                      linked;
    redisReply                     *name, *value;
    ngx_http_article_redis_node_t  *node;

    ngx_str_null(&host);
    port = 0;
    linked = 0;

    for (n = 0; n + 1 < fields->elements; n += 2) {
        name = fields->element[n];
        value = fields->element[n + 1];

        if (name->type != REDIS_REPLY_STRING
            || value->type != REDIS_REPLY_STRING)
        {
            return;
        }

        if (ngx_strcmp(name->str, "ip") == 0) {
            host.data = (u_char *) value->str;
            host.len = (size_t) value->len;

        } else if (ngx_strcmp(name->str, "port") == 0) {
            port = ngx_atoi((u_char *) value->str, (size_t) value->len);

        } else if (ngx_strcmp(name->str, "master-link-status") == 0) {
            linked = (ngx_strcmp(value->str, "ok") == 0);

        } else if (ngx_strcmp(name->str, "flags") == 0
                   && ngx_strcmp(value->str, "slave") != 0)
        {
            /* "slave,s_down,disconnected" */
            return;
        }
    }

    if (!linked) {
        return;
    }

    node = ngx_http_article_redis_replica_find(redis, &host, port);

    if (node) {
        node->replica = 1;
        node->listed = 1;
    }
}


static ngx_http_article_redis_node_t *
ngx_http_article_redis_replica_find(ngx_http_article_redis_t *redis,
    ngx_str_t *host, ngx_int_t port)
{
    socklen_t                       socklen;
    ngx_int_t                       rc;
    ngx_uint_t                      i, first;
    ngx_sockaddr_t                  sockaddr;
    ngx_http_article_redis_node_t  *node;

    if (port <= 0 || port > NGX_HTTP_ARTICLE_REDIS_PORT_MAX) {
        return NULL;
    }

    rc = ngx_http_article_redis_literal(host, port, &sockaddr, &socklen);
    first = 1 + redis->sentinel->n;

    for (i = first; i < redis->nnodes; i++) {
        node = redis->nodes[i];

        if (rc == NGX_OK
            ? ngx_http_article_redis_node_at(node, &sockaddr, socklen)
            : ngx_http_article_redis_node_is(node, host, (in_port_t) port))
        {
            return node;
        }
    }

    if (i - first == NGX_HTTP_ARTICLE_REDIS_REPLICAS_MAX
        || (rc != NGX_OK && redis->resolver == NULL))
    {
        return NULL;
    }

    node = ngx_http_article_redis_node_create(redis);
    if (node == NULL) {
        return NULL;
    }

    if (rc == NGX_OK) {
        ngx_http_article_redis_node_point(node, &sockaddr, socklen);
        return node;
    }

    if (ngx_http_article_redis_node_call(node, host, (in_port_t) port)
        != NGX_OK)
    {
        redis->nnodes--;
        ngx_free(node);
        return NULL;
    }

    node->resolve = 1;

    return node;
}


/* Who is a replica no more, and has nothing to do. */

static void
ngx_http_article_redis_replicas_prune(ngx_http_article_redis_t *redis)
{
    ngx_uint_t                      i;
    ngx_http_article_redis_node_t  *node;

    for (i = redis->nnodes; i-- > 1 + redis->sentinel->n; /* void */ ) {
        node = redis->nodes[i];

        if (node->listed || node->npending) {
            continue;
        }

        ngx_http_article_redis_node_destroy(node);
        ngx_free(node);

        redis->nodes[i] = redis->nodes[--redis->nnodes];
    }
}

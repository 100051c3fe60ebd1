
/*
 * Copyright (C) ngx_article authors
 *
 * Redis Cluster: which node has a key, learned from CLUSTER SLOTS and from
 * MOVED, and asked again while it may be wrong.
 *
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
 *
 * While nothing is known any node is asked: it answers MOVED, and the command
 * goes on to the one it names, at the cost of a round trip.
 */


#include "ngx_http_article_redis_node.h"


/*
 * Milliseconds between questions for the slots, half of it by chance: hosts
 * do not come all at once, and a new master is known within a second.
 */
#define NGX_HTTP_ARTICLE_REDIS_REFRESH       500

/* MOVED, ASK, and both once more if slots move at that moment. */
#define NGX_HTTP_ARTICLE_REDIS_REDIRECTS     4


static ngx_http_article_redis_node_t *ngx_http_article_redis_cluster_any(
    ngx_http_article_redis_t *redis);
static void ngx_http_article_redis_cluster_timer(ngx_event_t *ev);
static void ngx_http_article_redis_cluster_prune(
    ngx_http_article_redis_t *redis);
static void ngx_http_article_redis_cluster_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_cluster_slots(
    ngx_http_article_redis_t *redis, redisReply *array);
static ngx_uint_t ngx_http_article_redis_cluster_server(
    ngx_http_article_redis_t *redis, redisReply *server);
static ngx_uint_t ngx_http_article_redis_cluster_find(
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_int_t port,
    ngx_http_article_redis_node_t *from);
static ngx_uint_t ngx_http_article_redis_cluster_named(
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_int_t port);


void
ngx_http_article_redis_cluster_init(ngx_http_article_redis_t *redis)
{
    ngx_http_article_redis_cluster_t  *cluster;

    cluster = redis->cluster;

    cluster->redis = redis;
    cluster->asked = ngx_current_msec - NGX_HTTP_ARTICLE_REDIS_REFRESH;

    ngx_memset(cluster->slots, 0xff,
               NGX_HTTP_ARTICLE_REDIS_SLOTS * sizeof(uint16_t));
    ngx_memset(cluster->readers, 0xff,
               NGX_HTTP_ARTICLE_REDIS_SLOTS * sizeof(uint16_t));

    cluster->timer.handler = ngx_http_article_redis_cluster_timer;
    cluster->timer.data = cluster;
    cluster->timer.cancelable = 1;
}


ngx_http_article_redis_node_t *
ngx_http_article_redis_cluster_node(ngx_http_article_redis_t *redis,
    ngx_str_t *key)
{
    ngx_uint_t  i;

    i = redis->cluster->slots[ngx_http_article_redis_slot(key)];

    if (i != NGX_HTTP_ARTICLE_REDIS_NO_NODE) {
        return redis->nodes[i];
    }

    ngx_http_article_redis_cluster_refresh(redis);

    return ngx_http_article_redis_cluster_any(redis);
}


/*
 * CRC-16/XMODEM of what is between the first "{" and the next "}", or if
 * there is nothing of the whole key (the specification's appendix A).
 */
ngx_uint_t
ngx_http_article_redis_slot(ngx_str_t *key)
{
    u_char      *p, *last, *open, *close;
    ngx_uint_t   crc, bit;

    p = key->data;
    last = p + key->len;

    open = ngx_strlchr(p, last, '{');
    close = open ? ngx_strlchr(open + 1, last, '}') : NULL;

    if (close && close > open + 1) {
        p = open + 1;
        last = close;
    }

    for (crc = 0; p < last; p++) {
        crc ^= (ngx_uint_t) *p << 8;

        for (bit = 0; bit < 8; bit++) {
            crc = (crc & 0x8000) ? (crc << 1) ^ 0x1021 : crc << 1;
        }
    }

    return crc & (NGX_HTTP_ARTICLE_REDIS_SLOTS - 1);
}


/* One that is connected, or else one that may be; each in its turn. */
static ngx_http_article_redis_node_t *
ngx_http_article_redis_cluster_any(ngx_http_article_redis_t *redis)
{
    ngx_uint_t                      i, first;
    ngx_http_article_redis_node_t  *node, *other;

    first = ++redis->cluster->next;
    other = NULL;

    for (i = 0; i < redis->nnodes; i++) {
        node = redis->nodes[(first + i) % redis->nnodes];

        if (node->state == NGX_HTTP_ARTICLE_REDIS_READY) {
            return node;
        }

        if (other == NULL && !node->failed) {
            other = node;
        }
    }

    return other;
}


void
ngx_http_article_redis_cluster_refresh(ngx_http_article_redis_t *redis)
{
    ngx_msec_t                         delay;
    ngx_http_article_redis_cluster_t  *cluster;

    cluster = redis->cluster;

    if (ngx_exiting || cluster->op || cluster->timer.timer_set) {
        return;
    }

    /* from a timer even at once: who calls may be amid a node's replies */

    delay = 0;

    if (ngx_current_msec - cluster->asked < NGX_HTTP_ARTICLE_REDIS_REFRESH) {
        delay = NGX_HTTP_ARTICLE_REDIS_REFRESH / 2
                + ngx_random() % (NGX_HTTP_ARTICLE_REDIS_REFRESH / 2 + 1);
    }

    cluster->timer.log = ngx_cycle->log;

    ngx_add_timer(&cluster->timer, delay);
}


static void
ngx_http_article_redis_cluster_timer(ngx_event_t *ev)
{
    ngx_http_article_redis_cluster_t *cluster = ev->data;

    ngx_str_t                       argv[2];
    article_reason_t                reason;
    ngx_http_article_redis_t       *redis;
    ngx_http_article_redis_node_t  *node;

    if (ngx_exiting) {
        return;
    }

    redis = cluster->redis;
    cluster->asked = ngx_current_msec;

    ngx_http_article_redis_cluster_prune(redis);

    node = ngx_http_article_redis_cluster_any(redis);

    if (node) {
        ngx_str_set(&argv[0], "CLUSTER");
        ngx_str_set(&argv[1], "SLOTS");

        cluster->op = ngx_http_article_redis_node_send(node,
                                             NGX_HTTP_ARTICLE_REDIS_TOPOLOGY,
                                                       2, argv, &reason);
    }

    if (cluster->op == NULL) {
        ngx_http_article_redis_cluster_refresh(redis);
        return;
    }

    ngx_http_article_redis_wait(cluster->op,
                                redis->connect_timeout + redis->timeout,
                                ngx_http_article_redis_cluster_reply, redis);
}


/* Nodes that were told of, and have no slot and nothing to do, are gone. */
static void
ngx_http_article_redis_cluster_prune(ngx_http_article_redis_t *redis)
{
    u_char                          used[NGX_HTTP_ARTICLE_REDIS_MAX_NODES];
    uint16_t                       *slots, *readers;
    ngx_uint_t                      i, k, last;
    ngx_http_article_redis_node_t  *node;

    slots = redis->cluster->slots;
    readers = redis->cluster->readers;

    ngx_memzero(used, sizeof(used));

    for (k = 0; k < NGX_HTTP_ARTICLE_REDIS_SLOTS; k++) {
        if (slots[k] != NGX_HTTP_ARTICLE_REDIS_NO_NODE) {
            used[slots[k]] = 1;
        }

        if (readers[k] != NGX_HTTP_ARTICLE_REDIS_NO_NODE) {
            used[readers[k]] = 1;
        }
    }

    /* from the end: what takes the place of a node stays itself */

    for (i = redis->nnodes; i-- > 0; /* void */ ) {

        node = redis->nodes[i];

        if (used[i] || !node->told_of || node->npending) {
            continue;
        }

        ngx_http_article_redis_node_destroy(node);
        ngx_free(node);

        last = --redis->nnodes;

        redis->nodes[i] = redis->nodes[last];

        for (k = 0; last != i && k < NGX_HTTP_ARTICLE_REDIS_SLOTS; k++) {
            if (slots[k] == last) {
                slots[k] = (uint16_t) i;
            }

            if (readers[k] == last) {
                readers[k] = (uint16_t) i;
            }
        }
    }
}


static void
ngx_http_article_redis_cluster_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_t *redis = data;

    ngx_uint_t   i;
    uint16_t    *slots;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_VALUE
        || ngx_http_article_redis_cluster_slots(redis, reply->array)
           != NGX_OK)
    {
        redis->cluster->op = NULL;
        ngx_http_article_redis_cluster_refresh(redis);
        return;
    }

    redis->cluster->op = NULL;

    /* a master that is down: who takes its place? */

    slots = redis->cluster->slots;

    for (i = 0; i < NGX_HTTP_ARTICLE_REDIS_SLOTS; i++) {

        if (slots[i] != NGX_HTTP_ARTICLE_REDIS_NO_NODE
            && redis->nodes[slots[i]]->failed)
        {
            ngx_http_article_redis_cluster_refresh(redis);
            return;
        }
    }
}


/* [[first, last, [host, port, ...], replicas ...], ...], or it is ignored. */
static ngx_int_t
ngx_http_article_redis_cluster_slots(ngx_http_article_redis_t *redis,
    redisReply *array)
{
    size_t                          n;
    uint16_t                        slots[NGX_HTTP_ARTICLE_REDIS_SLOTS];
    uint16_t                        readers[NGX_HTTP_ARTICLE_REDIS_SLOTS];
    long long                       slot;
    ngx_uint_t                      i, k;
    redisReply                     *range, **part;

    ngx_memset(slots, 0xff, sizeof(slots));
    ngx_memset(readers, 0xff, sizeof(readers));

    if (array->elements == 0) {
        return NGX_DECLINED;
    }

    for (n = 0; n < array->elements; n++) {

        range = array->element[n];
        part = range->element;

        if (range->type != REDIS_REPLY_ARRAY
            || range->elements < 3
            || part[0]->type != REDIS_REPLY_INTEGER
            || part[1]->type != REDIS_REPLY_INTEGER
            || part[0]->integer < 0
            || part[1]->integer >= NGX_HTTP_ARTICLE_REDIS_SLOTS)
        {
            return NGX_DECLINED;
        }

        i = ngx_http_article_redis_cluster_server(redis, part[2]);
        k = NGX_HTTP_ARTICLE_REDIS_NO_NODE;

        if (redis->read_replica && range->elements > 3) {

            /* each worker reads from another one */

            k = ngx_http_article_redis_cluster_server(redis,
                                   part[3 + ngx_pid % (range->elements - 3)]);
        }

        for (slot = part[0]->integer; slot <= part[1]->integer; slot++) {
            slots[slot] = (uint16_t) i;
            readers[slot] = (uint16_t) k;
        }
    }

    ngx_memcpy(redis->cluster->slots, slots, sizeof(slots));
    ngx_memcpy(redis->cluster->readers, readers, sizeof(readers));

    for (i = 0; i < redis->nnodes; i++) {
        redis->nodes[i]->replica = 0;
    }

    for (i = 0; i < NGX_HTTP_ARTICLE_REDIS_SLOTS; i++) {
        if (readers[i] != NGX_HTTP_ARTICLE_REDIS_NO_NODE) {
            redis->nodes[readers[i]]->replica = 1;
        }
    }

    return NGX_OK;
}


/*
 * [host, port, id, [name, value ...]].  A host that is a name is looked up by
 * nginx's resolver; without one its address is among the last, in Redis 7,
 * and MOVED and ASK, which tell the name alone, are understood by it.
 */
static ngx_uint_t
ngx_http_article_redis_cluster_server(ngx_http_article_redis_t *redis,
    redisReply *server)
{
    size_t       n;
    ngx_int_t    port;
    ngx_str_t    host, name;
    ngx_uint_t   i;
    redisReply  *more, **part;

    part = server->element;

    if (server->type != REDIS_REPLY_ARRAY
        || server->elements < 2
        || part[1]->type != REDIS_REPLY_INTEGER
        || part[1]->integer > NGX_HTTP_ARTICLE_REDIS_PORT_MAX)
    {
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    ngx_str_null(&host);

    if (part[0]->type == REDIS_REPLY_STRING) {
        host.data = (u_char *) part[0]->str;
        host.len = (size_t) part[0]->len;
    }

    port = (ngx_int_t) part[1]->integer;

    i = ngx_http_article_redis_cluster_find(redis, &host, port,
                                            redis->cluster->op->node);

    if (i != NGX_HTTP_ARTICLE_REDIS_NO_NODE
        || server->elements < 4
        || part[3]->type != REDIS_REPLY_ARRAY)
    {
        return i;
    }

    more = part[3];

    for (n = 0; n + 1 < more->elements; n += 2) {

        if (more->element[n]->type == REDIS_REPLY_STRING
            && more->element[n + 1]->type == REDIS_REPLY_STRING
            && ngx_strcmp(more->element[n]->str, "ip") == 0)
        {
            name = host;
            host.data = (u_char *) more->element[n + 1]->str;
            host.len = (size_t) more->element[n + 1]->len;

            i = ngx_http_article_redis_cluster_find(redis, &host, port,
                                                 redis->cluster->op->node);

            if (i != NGX_HTTP_ARTICLE_REDIS_NO_NODE
                && name.len && redis->nodes[i]->told_of
                && !ngx_http_article_redis_node_is(redis->nodes[i], &name,
                                                   (in_port_t) port))
            {
                (void) ngx_http_article_redis_node_call(redis->nodes[i],
                                                        &name,
                                                        (in_port_t) port);
            }

            return i;
        }
    }

    return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
}


/* The index of an old node or a new one.  No host: the one that tells. */
static ngx_uint_t
ngx_http_article_redis_cluster_find(ngx_http_article_redis_t *redis,
    ngx_str_t *host, ngx_int_t port, ngx_http_article_redis_node_t *from)
{
    socklen_t                       socklen;
    ngx_addr_t                     *addr;
    ngx_uint_t                      i;
    ngx_sockaddr_t                  sockaddr;
    ngx_http_article_redis_node_t  *node;

    if (port <= 0 || port > NGX_HTTP_ARTICLE_REDIS_PORT_MAX) {
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    if (host->len == 0 || (host->len == 1 && host->data[0] == '?')) {

        if (from->naddrs == 0) {
            return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
        }

        addr = &from->addrs[ngx_min(from->addr, from->naddrs - 1)];
        socklen = addr->socklen;
        ngx_memcpy(&sockaddr, addr->sockaddr, socklen);
        ngx_inet_set_port(&sockaddr.sockaddr, (in_port_t) port);

    } else if (ngx_http_article_redis_literal(host, port, &sockaddr, &socklen)
               != NGX_OK)
    {
        return ngx_http_article_redis_cluster_named(redis, host, port);
    }

    for (i = 0; i < redis->nnodes; i++) {
        if (ngx_http_article_redis_node_at(redis->nodes[i], &sockaddr,
                                           socklen))
        {
            return i;
        }
    }

    node = ngx_http_article_redis_node_create(redis);
    if (node == NULL) {
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    ngx_http_article_redis_node_point(node, &sockaddr, socklen);

    return i;
}


/* A server that is told of by name. */
static ngx_uint_t
ngx_http_article_redis_cluster_named(ngx_http_article_redis_t *redis,
    ngx_str_t *host, ngx_int_t port)
{
    ngx_uint_t                      i;
    ngx_http_article_redis_node_t  *node;

    for (i = 0; i < redis->nnodes; i++) {
        if (ngx_http_article_redis_node_is(redis->nodes[i], host,
                                           (in_port_t) port))
        {
            return i;
        }
    }

    if (redis->resolver == NULL) {
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    node = ngx_http_article_redis_node_create(redis);
    if (node == NULL) {
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    if (ngx_http_article_redis_node_call(node, host, (in_port_t) port)
        != NGX_OK)
    {
        redis->nnodes--;
        ngx_free(node);
        return NGX_HTTP_ARTICLE_REDIS_NO_NODE;
    }

    node->resolve = 1;

    return i;
}


ngx_int_t
ngx_http_article_redis_cluster_redirect(ngx_http_article_redis_op_t *op)
{
    u_char                    *p, *last, *host, *colon;
    ngx_int_t                  slot, port;
    ngx_str_t                  name;
    ngx_uint_t                 i, moved;
    redisReply                *r;
    ngx_http_article_redis_t  *redis;

    r = op->reply;
    redis = op->node->redis;

    if (ngx_strncmp(r->str, "CLUSTERDOWN", 11) == 0) {
        ngx_http_article_redis_cluster_refresh(redis);
        return NGX_DECLINED;
    }

    moved = (ngx_strncmp(r->str, "MOVED ", 6) == 0);

    if (!moved && ngx_strncmp(r->str, "ASK ", 4) != 0) {
        return NGX_DECLINED;
    }

    /* "MOVED 3999 127.0.0.1:6381" */

    p = (u_char *) r->str + (moved ? 6 : 4);
    last = (u_char *) r->str + r->len;

    host = ngx_strlchr(p, last, ' ');

    if (host == NULL) {
        return NGX_DECLINED;
    }

    slot = ngx_atoi(p, host++ - p);

    for (colon = last - 1; colon > host && *colon != ':'; colon--) {
        /* void */
    }

    name.data = host;
    name.len = colon - host;
    port = ngx_atoi(colon + 1, last - colon - 1);

    i = ngx_http_article_redis_cluster_find(redis, &name, port, op->node);

    if (moved) {
        ngx_http_article_redis_cluster_refresh(redis);
    }

    if (i == NGX_HTTP_ARTICLE_REDIS_NO_NODE) {
        return NGX_ERROR;
    }

    if (moved && slot >= 0 && slot < NGX_HTTP_ARTICLE_REDIS_SLOTS) {
        redis->cluster->slots[slot] = (uint16_t) i;
    }

    if (op->redirects++ == NGX_HTTP_ARTICLE_REDIS_REDIRECTS
        || (op->handler == NULL && op->type == NGX_HTTP_ARTICLE_REDIS_GET))
    {
        return NGX_ERROR;
    }

    op->reply = NULL;
    op->asking = !moved;

    freeReplyObject(r);

    return ngx_http_article_redis_node_push(redis->nodes[i], op) == NGX_OK
           ? NGX_OK : NGX_ERROR;
}

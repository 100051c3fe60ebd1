
/*
 * Copyright (C) ngx_article authors
 *
 * Replies: hiredis' reader under limits, whose reply it is, what it says.
 */


#include "ngx_http_article_redis_node.h"


/*
 * Only what is asked of servers about servers is answered by an array (and
 * nothing by a map, a set, a push): any other that is announced is refused
 * before room for its elements is made.
 */
#if (HIREDIS_MAJOR > 0)
#define ngx_http_article_redis_elements_t  size_t
#else
#define ngx_http_article_redis_elements_t  int
#endif

/* Bytes of one reply: a value, and what is behind it in one portion. */
#define NGX_HTTP_ARTICLE_REDIS_MAX_INPUT                                      \
    (NGX_HTTP_ARTICLE_REDIS_MAX_VALUE + 128 * 1024)


typedef struct {
    const char  *begins;        /* the error */
    const char  *remedy;
} ngx_http_article_redis_error_t;


static void *ngx_http_article_redis_create_array(const redisReadTask *task,
    ngx_http_article_redis_elements_t n);
static ngx_uint_t ngx_http_article_redis_expects_array(
    ngx_http_article_redis_node_t *node);
static ngx_int_t ngx_http_article_redis_reply(
    ngx_http_article_redis_node_t *node, redisReply *reply);
static ngx_int_t ngx_http_article_redis_greeting(
    ngx_http_article_redis_node_t *node, redisReply *reply);
static ngx_int_t ngx_http_article_redis_role(
    ngx_http_article_redis_node_t *node, redisReply *reply);
static ngx_int_t ngx_http_article_redis_check_fence(
    ngx_http_article_redis_node_t *node, redisReply *reply,
    uint64_t sequence);
static ngx_int_t ngx_http_article_redis_broken(
    ngx_http_article_redis_node_t *node, const char *why, ngx_str_t *text);
static ngx_int_t ngx_http_article_redis_complete(
    ngx_http_article_redis_op_t *op);
static void ngx_http_article_redis_report(ngx_http_article_redis_op_t *op);
static ngx_uint_t ngx_http_article_redis_find_error(redisReply *reply);
static void ngx_http_article_redis_error_text(
    ngx_http_article_redis_node_t *node, redisReply *reply, u_char *buf,
    ngx_str_t *text);
static void ngx_http_article_redis_finish(ngx_http_article_redis_op_t *op,
    ngx_http_article_redis_reply_t *reply);


/* The last one matches whatever the others do not. */
static ngx_http_article_redis_error_t
    ngx_http_article_redis_errors[NGX_HTTP_ARTICLE_REDIS_ERRORS] = {

    { "NOAUTH",
      "it wants a password: see article_redis_auth" },

    { "WRONGPASS",
      "user or password in the file of article_redis_auth is wrong" },

    { "ERR invalid password",
      "the password in the file of article_redis_auth is wrong" },

    { "ERR AUTH",
      "it has no password: remove article_redis_auth" },

    { "ERR Client sent AUTH",
      "it has no password: remove article_redis_auth" },

    { "ERR wrong number of arguments for 'auth'",
      "it knows no users: the file of article_redis_auth must hold the "
      "password alone" },

    { "NOPERM",
      "the user of article_redis_auth must be allowed getrange, set, del, "
      "append, rename, echo, select (with Sentinel role; in a Cluster asking "
      "and cluster|slots) on the keys of article_redis_prefix" },

    { "ERR DB index",
      "db= of article_redis is not below its \"databases\"" },

    { "ERR max number of clients",
      "raise its \"maxclients\"; every worker takes one" },

    { "OOM",
      "raise its \"maxmemory\" or set its \"maxmemory-policy\" to "
      "allkeys-lru" },

    { "READONLY",
      "it is a replica: name its master in article_redis, or its sentinels" },

    { "MASTERDOWN",
      "it is a replica without a master: name the master in article_redis" },

    { "LOADING",
      "it reads its data from disk: wait" },

    { "MISCONF",
      "it cannot save to its disk: see its log" },

    { "BUSY",
      "a script of someone else blocks it" },

    { "MOVED",
      "it is a node of a Redis Cluster: write \"cluster\" behind it in "
      "article_redis" },

    { "ASK",
      "it is a node of a Redis Cluster: write \"cluster\" behind it in "
      "article_redis" },

    { "CLUSTERDOWN",
      "a part of the Redis Cluster has no master: see its \"cluster info\"" },

    { "ERR This instance has cluster support disabled",
      "it is no node of a Redis Cluster: remove \"cluster\" in article_redis" },

    { "WRONGTYPE",
      "another program writes the same keys: choose another "
      "article_redis_prefix" },

    { "DENIED",
      "its protected mode refuses other machines: give it a password" },

    { "",
      "see its documentation" }
};


/* By ngx_http_article_redis_type_e: the only reply there is, but for nil. */
static int  ngx_http_article_redis_types[] = {
    REDIS_REPLY_STRING,
    REDIS_REPLY_STATUS,
    REDIS_REPLY_INTEGER,
    REDIS_REPLY_INTEGER,
    REDIS_REPLY_ARRAY
};


redisReader *
ngx_http_article_redis_reader(ngx_http_article_redis_node_t *node)
{
    redisReader  *reader;

    reader = redisReaderCreate();
    if (reader == NULL) {
        return NULL;
    }

    node->input = 0;
    node->elements = 0;
    node->builtin = reader->fn;
    node->functions = *reader->fn;
    node->functions.createArray = ngx_http_article_redis_create_array;

    reader->fn = &node->functions;
    reader->privdata = node;
    reader->maxbuf = 64 * 1024;     /* kept while nothing is unread */

    return reader;
}


static void *
ngx_http_article_redis_create_array(const redisReadTask *task,
    ngx_http_article_redis_elements_t n)
{
    ngx_http_article_redis_node_t *node = task->privdata;

    if (!ngx_http_article_redis_expects_array(node)) {
        return NULL;
    }

    node->elements += (size_t) n;

    if (node->elements > NGX_HTTP_ARTICLE_REDIS_MAX_ELEMENTS) {
        return NULL;
    }

    return node->builtin->createArray(task, n);
}


/* Of a sentinel or a Cluster; and ROLE's, the last but one to the greeting. */
static ngx_uint_t
ngx_http_article_redis_expects_array(ngx_http_article_redis_node_t *node)
{
    ngx_queue_t                  *q;
    ngx_http_article_redis_op_t  *op;

    if (node->greeted) {
        return node->greeted == 2 && node->redis->sentinel && !node->sentinel;
    }

    if (ngx_queue_empty(&node->pending)) {
        return 0;
    }

    q = ngx_queue_head(&node->pending);
    op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

    return op->type == NGX_HTTP_ARTICLE_REDIS_TOPOLOGY && op->reply == NULL;
}


ngx_int_t
ngx_http_article_redis_feed(ngx_http_article_redis_node_t *node, u_char *data,
    size_t len)
{
    void         *reply;
    ngx_str_t     text;
    redisReader  *reader;

    reader = node->reader;

    if (redisReaderFeed(reader, (const char *) data, len) != REDIS_OK) {
        return ngx_http_article_redis_broken(node, "out of memory", NULL);
    }

    node->input += len;

    for ( ;; ) {

        if (redisReaderGetReply(reader, &reply) != REDIS_OK) {

            if (reader->err == REDIS_ERR_OOM) {
                return ngx_http_article_redis_broken(node,
                                                     "it sent an array, or "
                                                     "memory is out", NULL);
            }

            text.data = (u_char *) reader->errstr;
            text.len = ngx_strlen(reader->errstr);

            return ngx_http_article_redis_broken(node, "unreadable reply: ",
                                                 &text);
        }

        if (reply == NULL) {
            break;
        }

        node->progress = ngx_current_msec;
        node->input = reader->len - reader->pos;
        node->elements = 0;

        if (ngx_http_article_redis_reply(node, reply) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (node->input > NGX_HTTP_ARTICLE_REDIS_MAX_INPUT) {
        return ngx_http_article_redis_broken(node, "its reply is too long",
                                             NULL);
    }

    return NGX_OK;
}


/* Takes the reply over, whatever it is. */
static ngx_int_t
ngx_http_article_redis_reply(ngx_http_article_redis_node_t *node,
    redisReply *reply)
{
    ngx_int_t                     rc;
    ngx_queue_t                  *q;
    ngx_http_article_redis_op_t  *op;

    if (node->greeted) {
        rc = ngx_http_article_redis_greeting(node, reply);
        freeReplyObject(reply);
        return rc;
    }

    if (ngx_queue_empty(&node->pending)) {
        freeReplyObject(reply);
        return ngx_http_article_redis_broken(node, "a reply to no command",
                                             NULL);
    }

    q = ngx_queue_head(&node->pending);
    op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);

    if (op->asking) {
        op->asking = 0;
        freeReplyObject(reply);
        return NGX_OK;
    }

    if (op->reply == NULL) {
        op->reply = reply;
        return NGX_OK;
    }

    rc = ngx_http_article_redis_check_fence(node, reply, op->sequence);

    freeReplyObject(reply);

    if (rc != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_article_redis_measure(op);
    ngx_http_article_redis_node_pop(op);

    rc = ngx_http_article_redis_complete(op);

    if (rc == NGX_DONE) {
        return NGX_OK;
    }

    ngx_http_article_redis_op_free(op);

    if (rc == NGX_ABORT) {
        return ngx_http_article_redis_broken(node, "it is the master no more",
                                             NULL);
    }

    if (rc != NGX_OK) {
        return ngx_http_article_redis_broken(node,
                                             "a reply of an unexpected type",
                                             NULL);
    }

    return NGX_OK;
}


/* CONNECTING: replies to the greeting's commands, then the fence. */
static ngx_int_t
ngx_http_article_redis_greeting(ngx_http_article_redis_node_t *node,
    redisReply *reply)
{
    u_char       buf[NGX_HTTP_ARTICLE_REDIS_TEXT_LEN];
    ngx_str_t    text;

    if (node->greeted == node->naming) {

        /* a name is good for CLIENT LIST alone: may it be refused */

        node->greeted--;
        return NGX_OK;
    }

    if (reply->type == REDIS_REPLY_ERROR) {
        ngx_http_article_redis_error_text(node, reply, buf, &text);
        return ngx_http_article_redis_broken(node, "it answered ", &text);
    }

    if (node->greeted > 1) {

        if (ngx_http_article_redis_expects_array(node)
            && ngx_http_article_redis_role(node, reply) != NGX_OK)
        {
            return ngx_http_article_redis_broken(node, node->replica
                                                 ? "it is no replica that is "
                                                   "connected to its master"
                                                 : "it is no master", NULL);
        }

        node->greeted--;
        return NGX_OK;
    }

    if (ngx_http_article_redis_check_fence(node, reply, 0) != NGX_OK) {
        return NGX_ERROR;
    }

    node->greeted = 0;

    ngx_http_article_redis_node_ready(node);

    return NGX_OK;
}


/* ["master", ...], or ["slave", host, port, "connected", ...] */
static ngx_int_t
ngx_http_article_redis_role(ngx_http_article_redis_node_t *node,
    redisReply *reply)
{
    redisReply  **part;

    part = reply->element;

    if (reply->type != REDIS_REPLY_ARRAY || reply->elements == 0
        || part[0]->type != REDIS_REPLY_STRING)
    {
        return NGX_DECLINED;
    }

    if (!node->replica) {
        return (ngx_strcmp(part[0]->str, "master") == 0) ? NGX_OK
                                                         : NGX_DECLINED;
    }

    return (ngx_strcmp(part[0]->str, "slave") == 0
            && reply->elements > 3
            && part[3]->type == REDIS_REPLY_STRING
            && ngx_strcmp(part[3]->str, "connected") == 0)
           ? NGX_OK : NGX_DECLINED;
}


static ngx_int_t
ngx_http_article_redis_check_fence(ngx_http_article_redis_node_t *node,
    redisReply *reply, uint64_t sequence)
{
    size_t     len;
    u_char     fence[NGX_HTTP_ARTICLE_REDIS_FENCE_LEN];
    u_char     buf[NGX_HTTP_ARTICLE_REDIS_TEXT_LEN];
    ngx_str_t  text;

    if (reply->type == REDIS_REPLY_ERROR) {
        ngx_http_article_redis_error_text(node, reply, buf, &text);
        return ngx_http_article_redis_broken(node, "it answered ", &text);
    }

    if (node->sentinel) {
        if (reply->type == REDIS_REPLY_STATUS
            && ngx_strcmp(reply->str, "PONG") == 0)
        {
            return NGX_OK;
        }

        return ngx_http_article_redis_broken(node,
                                    "replies do not match commands", NULL);
    }

    len = ngx_http_article_redis_fence(node, sequence, fence);

    if (reply->type == REDIS_REPLY_STRING
        && (size_t) reply->len == len
        && ngx_memcmp(reply->str, fence, len) == 0)
    {
        return NGX_OK;
    }

    return ngx_http_article_redis_broken(node,
                                    "replies do not match commands", NULL);
}


static ngx_int_t
ngx_http_article_redis_broken(ngx_http_article_redis_node_t *node,
    const char *why, ngx_str_t *text)
{
    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_ERROR, 0, why, text);

    return NGX_ERROR;
}


/*
 * The reply is surely the operation's.  NGX_DONE: another node is asked now;
 * NGX_ERROR: no such reply can be; NGX_ABORT: the server takes no values.
 */
static ngx_int_t
ngx_http_article_redis_complete(ngx_http_article_redis_op_t *op)
{
    ngx_int_t                        rc;
    redisReply                      *r;
    ngx_http_article_redis_t        *redis;
    ngx_http_article_redis_reply_t   reply;

    r = op->reply;

    if (r->type == REDIS_REPLY_ERROR) {

        redis = op->node->redis;

        rc = redis->cluster ? ngx_http_article_redis_cluster_redirect(op)
                            : NGX_DECLINED;

        if (rc == NGX_OK) {
            return NGX_DONE;
        }

        if (rc == NGX_ERROR) {
            ngx_http_article_redis_fail(op, ARTICLE_REDIS_DOWN);
            return NGX_OK;
        }

        if (op->type == NGX_HTTP_ARTICLE_REDIS_UNLOCK
            && (ngx_strncmp(r->str, "NOPERM", 6) == 0
                || ngx_strncmp(r->str, "ERR unknown command", 19) == 0))
        {
            redis->no_scripts = 1;
            ngx_http_article_redis_fail(op, ARTICLE_REDIS_ERROR);
            return NGX_OK;
        }

        if (ngx_http_article_redis_reader_failed(op) == NGX_OK) {
            return NGX_DONE;
        }

        rc = (redis->sentinel && op->node == redis->node
              && ngx_strncmp(r->str, "READONLY", 8) == 0)
             ? NGX_ABORT : NGX_OK;

        if (rc == NGX_OK) {
            ngx_http_article_redis_report(op);
        }

        ngx_http_article_redis_fail(op, ARTICLE_REDIS_ERROR);
        return rc;
    }

    if (r->type != ngx_http_article_redis_types[op->type]
        && r->type != REDIS_REPLY_NIL) {
        ngx_http_article_redis_fail(op, ARTICLE_REDIS_ERROR);
        return NGX_ERROR;
    }

    ngx_memzero(&reply, sizeof(ngx_http_article_redis_reply_t));

    if (r->type == REDIS_REPLY_NIL
        || (r->type == REDIS_REPLY_STRING && r->len == 0)
        || (r->type == REDIS_REPLY_INTEGER && r->integer == 0))
    {
        reply.result = NGX_HTTP_ARTICLE_REDIS_NIL;

    } else if (r->type == REDIS_REPLY_STRING) {
        reply.result = NGX_HTTP_ARTICLE_REDIS_VALUE;
        reply.value.data = (u_char *) r->str;
        reply.value.len = (size_t) r->len;

    } else if (r->type == REDIS_REPLY_ARRAY) {
        reply.result = NGX_HTTP_ARTICLE_REDIS_VALUE;
        reply.array = r;

    } else {
        reply.result = NGX_HTTP_ARTICLE_REDIS_STATUS;
    }

    ngx_http_article_redis_finish(op, &reply);

    return NGX_OK;
}


/* One line a kind of error and minute, with what helps against it. */
static void
ngx_http_article_redis_report(ngx_http_article_redis_op_t *op)
{
    u_char                          buf[NGX_HTTP_ARTICLE_REDIS_TEXT_LEN];
    time_t                         *reported;
    ngx_str_t                       text;
    ngx_http_article_redis_node_t  *node;

    node = op->node;
    reported = &node->reported[ngx_http_article_redis_find_error(op->reply)];

    if (*reported && ngx_time() - *reported
                     < NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY)
    {
        return;
    }

    *reported = ngx_time();

    ngx_http_article_redis_error_text(node, op->reply, buf, &text);

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                  "article_redis \"%V\" answered %V", &node->name, &text);
}


static ngx_uint_t
ngx_http_article_redis_find_error(redisReply *reply)
{
    size_t       len;
    ngx_uint_t   i;
    const char  *begins;

    for (i = 0; i < NGX_HTTP_ARTICLE_REDIS_ERRORS - 1; i++) {

        begins = ngx_http_article_redis_errors[i].begins;
        len = ngx_strlen(begins);

        if ((size_t) reply->len >= len
            && ngx_strncmp(reply->str, begins, len) == 0)
        {
            break;
        }
    }

    return i;
}


/*
 * "code", and the remedy.  An error of the greeting that is not known may
 * quote its command, password and all: no more than the code is shown.
 */
static void
ngx_http_article_redis_error_text(ngx_http_article_redis_node_t *node,
    redisReply *reply, u_char *buf, ngx_str_t *text)
{
    u_char      *p, *last;
    size_t       i, len;
    ngx_uint_t   n;

    n = ngx_http_article_redis_find_error(reply);
    len = ngx_min((size_t) reply->len, 120);

    if (node->greeted && n == NGX_HTTP_ARTICLE_REDIS_ERRORS - 1) {
        for (i = 0; i < len && reply->str[i] != ' '; i++) { /* void */ }
        len = i;
    }

    p = buf;
    last = buf + NGX_HTTP_ARTICLE_REDIS_TEXT_LEN;

    *p++ = '"';

    for (i = 0; i < len; i++) {
        *p++ = ((u_char) reply->str[i] < 0x20 || reply->str[i] == 0x7f)
               ? '.' : reply->str[i];
    }

    p = ngx_slprintf(p, last, "\": %s",
                     ngx_http_article_redis_errors[n].remedy);

    text->data = buf;
    text->len = p - buf;
}


void
ngx_http_article_redis_fail(ngx_http_article_redis_op_t *op,
    article_reason_t reason)
{
    ngx_http_article_redis_reply_t  reply;

    if (op->type < NGX_HTTP_ARTICLE_REDIS_UNLOCK
        && (op->handler || op->type == NGX_HTTP_ARTICLE_REDIS_SET))
    {
        ngx_http_article_zone_count(op->node->redis->main->shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_REDIS_ERRORS, 1);
    }

    ngx_memzero(&reply, sizeof(ngx_http_article_redis_reply_t));

    reply.result = NGX_HTTP_ARTICLE_REDIS_FAILED;
    reply.reason = reason;

    ngx_http_article_redis_finish(op, &reply);
}


static void
ngx_http_article_redis_finish(ngx_http_article_redis_op_t *op,
    ngx_http_article_redis_reply_t *reply)
{
    void                       *data;
    ngx_http_article_redis_pt   handler;

    handler = op->handler;
    data = op->data;

    ngx_http_article_redis_abandon(op);

    if (handler) {
        handler(data, reply);
    }
}


void
ngx_http_article_redis_op_free(ngx_http_article_redis_op_t *op)
{
    if (op->reply) {
        freeReplyObject(op->reply);
    }

    if (op->command) {
        redisFreeCommand(op->command);
    }

    ngx_free(op);
}

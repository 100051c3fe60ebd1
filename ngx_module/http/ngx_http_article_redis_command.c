
/*
 * Copyright (C) ngx_article authors
 *
 * Commands as Redis reads them, by hiredis' formatter, into growing buffers.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_BUFFER_SIZE  16384

/* In CLIENT LIST, with the worker's process id. */
#define NGX_HTTP_ARTICLE_REDIS_NAME      "ngx_article:"
#define NGX_HTTP_ARTICLE_REDIS_NAME_LEN                                       \
    (sizeof(NGX_HTTP_ARTICLE_REDIS_NAME) - 1 + NGX_INT64_LEN)


static long long ngx_http_article_redis_format(char **command,
    ngx_uint_t argc, ngx_str_t *argv);
static ngx_int_t ngx_http_article_redis_append(ngx_buf_t *b, ngx_uint_t argc,
    ngx_str_t *argv);
static ngx_int_t ngx_http_article_redis_append_bytes(ngx_buf_t *b,
    char *data, size_t len);
static ngx_int_t ngx_http_article_redis_append_fence(
    ngx_http_article_redis_node_t *node, ngx_buf_t *b, uint64_t sequence);
static ngx_int_t ngx_http_article_redis_buffer_reserve(ngx_buf_t *b,
    size_t len);


ngx_http_article_redis_op_t *
ngx_http_article_redis_op_create(ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv)
{
    long long                     n;
    ngx_http_article_redis_op_t  *op;

    op = ngx_calloc(sizeof(ngx_http_article_redis_op_t), ngx_cycle->log);
    if (op == NULL) {
        return NULL;
    }

    n = ngx_http_article_redis_format(&op->command, argc, argv);
    if (n < 0) {
        ngx_free(op);
        return NULL;
    }

    op->type = type;
    op->len = (size_t) n;

    return op;
}


ngx_int_t
ngx_http_article_redis_append_op(ngx_buf_t *b,
    ngx_http_article_redis_op_t *op)
{
    size_t     used;
    ngx_str_t  asking;

    used = b->last - b->pos;

    ngx_str_set(&asking, "ASKING");

    if ((!op->asking
         || ngx_http_article_redis_append(b, 1, &asking) == NGX_OK)
        && ngx_http_article_redis_append_bytes(b, op->command, op->len)
           == NGX_OK
        && ngx_http_article_redis_append_fence(op->node, b, op->sequence)
           == NGX_OK)
    {
        return NGX_OK;
    }

    b->last = b->pos + used;

    return NGX_ERROR;
}


/* As hiredis does it; negative on error. */
static long long
ngx_http_article_redis_format(char **command, ngx_uint_t argc,
    ngx_str_t *argv)
{
    size_t       len[NGX_HTTP_ARTICLE_REDIS_MAX_ARGS];
    ngx_uint_t   i;
    const char  *arg[NGX_HTTP_ARTICLE_REDIS_MAX_ARGS];

    for (i = 0; i < argc; i++) {
        arg[i] = (const char *) argv[i].data;
        len[i] = argv[i].len;
    }

    return redisFormatCommandArgv(command, (int) argc, arg, len);
}


/* Nothing at all when memory is out. */
static ngx_int_t
ngx_http_article_redis_append(ngx_buf_t *b, ngx_uint_t argc, ngx_str_t *argv)
{
    char       *command;
    long long   n;
    ngx_int_t   rc;

    n = ngx_http_article_redis_format(&command, argc, argv);
    if (n < 0) {
        return NGX_ERROR;
    }

    rc = ngx_http_article_redis_append_bytes(b, command, (size_t) n);

    redisFreeCommand(command);

    return rc;
}


static ngx_int_t
ngx_http_article_redis_append_bytes(ngx_buf_t *b, char *data, size_t len)
{
    if (ngx_http_article_redis_buffer_reserve(b, len) != NGX_OK) {
        return NGX_ERROR;
    }

    b->last = ngx_cpymem(b->last, data, len);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_redis_append_fence(ngx_http_article_redis_node_t *node,
    ngx_buf_t *b, uint64_t sequence)
{
    u_char     fence[NGX_HTTP_ARTICLE_REDIS_FENCE_LEN];
    ngx_str_t  argv[2];

    if (node->sentinel) {
        ngx_str_set(&argv[0], "PING");
        return ngx_http_article_redis_append(b, 1, argv);
    }

    ngx_str_set(&argv[0], "ECHO");

    argv[1].data = fence;
    argv[1].len = ngx_http_article_redis_fence(node, sequence, fence);

    return ngx_http_article_redis_append(b, 2, argv);
}


size_t
ngx_http_article_redis_fence(ngx_http_article_redis_node_t *node,
    uint64_t sequence, u_char *fence)
{
    return ngx_sprintf(fence, "%08xD:%uL", node->nonce, sequence) - fence;
}


ngx_int_t
ngx_http_article_redis_greet(ngx_http_article_redis_node_t *node)
{
    u_char                          number[NGX_INT_T_LEN];
    u_char                          name[NGX_HTTP_ARTICLE_REDIS_NAME_LEN];
    ngx_buf_t                      *b;
    ngx_str_t                       argv[3];
    ngx_uint_t                      n;
    ngx_http_article_redis_t       *redis;
    ngx_http_article_redis_auth_t  *auth;

    b = &node->greeting;
    redis = node->redis;
    auth = node->sentinel ? &redis->sentinel_auth : &redis->auth;

    b->pos = b->start;
    b->last = b->start;
    node->greeted = 0;

    if (auth->password.len) {
        n = 1;
        ngx_str_set(&argv[0], "AUTH");

        if (auth->user.len) {
            argv[n++] = auth->user;
        }

        argv[n++] = auth->password;

        if (ngx_http_article_redis_append(b, n, argv) != NGX_OK) {
            return NGX_ERROR;
        }

        node->greeted++;
    }

    ngx_str_set(&argv[0], "CLIENT");
    ngx_str_set(&argv[1], "SETNAME");
    argv[2].data = name;
    argv[2].len = ngx_sprintf(name, NGX_HTTP_ARTICLE_REDIS_NAME "%P", ngx_pid)
                  - name;

    if (ngx_http_article_redis_append(b, 3, argv) != NGX_OK) {
        return NGX_ERROR;
    }

    node->naming = node->greeted++;

    if (redis->db && !node->sentinel) {
        ngx_str_set(&argv[0], "SELECT");
        argv[1].data = number;
        argv[1].len = ngx_sprintf(number, "%i", redis->db) - number;

        if (ngx_http_article_redis_append(b, 2, argv) != NGX_OK) {
            return NGX_ERROR;
        }

        node->greeted++;
    }

    if (redis->sentinel && !node->sentinel) {
        ngx_str_set(&argv[0], "ROLE");

        if (ngx_http_article_redis_append(b, 1, argv) != NGX_OK) {
            return NGX_ERROR;
        }

        node->greeted++;
    }

    node->greeted++;
    node->naming = node->greeted - node->naming;

    return ngx_http_article_redis_append_fence(node, b, 0);
}


/* Room for len more bytes behind b->last. */
static ngx_int_t
ngx_http_article_redis_buffer_reserve(ngx_buf_t *b, size_t len)
{
    size_t   used, size;
    u_char  *p;

    if ((size_t) (b->end - b->last) >= len) {
        return NGX_OK;
    }

    used = b->last - b->pos;
    size = b->end - b->start;

    if (size - used >= len && used <= size / 2) {
        ngx_memmove(b->start, b->pos, used);
        b->pos = b->start;
        b->last = b->start + used;
        return NGX_OK;
    }

    size = ngx_max(2 * (used + len), NGX_HTTP_ARTICLE_REDIS_BUFFER_SIZE);

    p = ngx_alloc(size, ngx_cycle->log);
    if (p == NULL) {
        return NGX_ERROR;
    }

    if (used) {
        ngx_memcpy(p, b->pos, used);
    }

    ngx_http_article_redis_buffer_free(b);

    b->start = p;
    b->pos = p;
    b->last = p + used;
    b->end = p + size;

    return NGX_OK;
}


/* All has been sent: back to the start, without the room a burst took. */
void
ngx_http_article_redis_buffer_empty(ngx_buf_t *b)
{
    if (b->end - b->start > 16 * NGX_HTTP_ARTICLE_REDIS_BUFFER_SIZE) {
        ngx_http_article_redis_buffer_free(b);
        return;
    }

    b->pos = b->start;
    b->last = b->start;
}


void
ngx_http_article_redis_buffer_free(ngx_buf_t *b)
{
    if (b->start) {
        ngx_free(b->start);
    }

    b->start = NULL;
    b->pos = NULL;
    b->last = NULL;
    b->end = NULL;
}

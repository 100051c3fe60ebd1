/*
 * Copyright (C) ngx_article authors
 *
 * What the glue's parsers need of a running nginx: a clock that stands still,
 * no log, and the state of a Redis node noted instead of acted upon.
 */

#include "fuzz.h"
#include "fuzz_nginx.h"


/* As on most machines. */
#define FUZZ_PAGESIZE  4096


volatile ngx_msec_t  ngx_current_msec = 1;
ngx_pid_t            ngx_pid = 1;

fuzz_node_t  fuzz_node;

static ngx_log_t    fuzz_log;
static ngx_cycle_t  fuzz_cycle = { .log = &fuzz_log };
static ngx_time_t   fuzz_time = { .sec = FUZZ_NOW };

volatile ngx_cycle_t  *ngx_cycle = &fuzz_cycle;
volatile ngx_time_t   *ngx_cached_time = &fuzz_time;


ngx_pool_t *
fuzz_pool(void)
{
    ngx_pool_t  *pool;

    ngx_pagesize = FUZZ_PAGESIZE;
    pool = ngx_create_pool(FUZZ_PAGESIZE, &fuzz_log);

    if (pool == NULL) {
        abort();
    }

    return pool;
}


void
ngx_log_error_core(ngx_uint_t level, ngx_log_t *log, ngx_err_t err,
    const char *fmt, ...)
{
}


void
ngx_http_article_redis_node_down(ngx_http_article_redis_node_t *node,
    article_reason_t reason, ngx_err_t err, const char *why, ngx_str_t *text)
{
    if (text != NULL) {
        fuzz_check_bytes(text);
    }

    fuzz_node.down++;
}


void
ngx_http_article_redis_node_ready(ngx_http_article_redis_node_t *node)
{
    fuzz_node.ready++;
}


void
ngx_http_article_redis_node_pop(ngx_http_article_redis_op_t *op)
{
    ngx_queue_remove(&op->queue);
    op->node->npending--;
}


void
ngx_http_article_redis_measure(ngx_http_article_redis_op_t *op)
{
}


ngx_int_t
ngx_http_article_redis_cluster_redirect(ngx_http_article_redis_op_t *op)
{
    return NGX_DECLINED;
}


ngx_int_t
ngx_http_article_redis_reader_failed(ngx_http_article_redis_op_t *op)
{
    return NGX_DECLINED;
}


void
ngx_http_article_redis_abandon(ngx_http_article_redis_op_t *op)
{
    op->handler = NULL;
}


void
ngx_http_article_zone_count(ngx_shm_zone_t *shm_zone,
    ngx_http_article_counter_e counter, ngx_uint_t n)
{
}


void
fuzz_check_bytes(ngx_str_t *s)
{
    size_t           i;
    volatile u_char  c;

    for (i = 0; i < s->len; i++) {
        c = s->data[i];
    }

    (void) c;
}


/*
 * Copyright (C) ngx_article authors
 *
 * PURGE of an article's address: L1 at once, then Redis, then L1 again: what
 * was read from Redis meanwhile goes as well.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


static ngx_int_t ngx_http_article_purge_answer(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_purge_reply(void *data,
    ngx_http_article_redis_reply_t *reply);


ngx_uint_t
ngx_http_article_purge_method(ngx_http_request_t *r)
{
    return r->method_name.len == 5
           && ngx_strncmp(r->method_name.data, "PURGE", 5) == 0;
}


/* As proxy_cache_bypass: one string that is neither empty nor "0". */

ngx_int_t
ngx_http_article_purge_allowed(ngx_http_article_ctx_t *ctx)
{
    if (ctx->conf->purge == NULL) {
        return NGX_DECLINED;
    }

    return (ngx_http_test_predicates(ctx->request, ctx->conf->purge)
            == NGX_DECLINED) ? NGX_OK : NGX_DECLINED;
}


ngx_int_t
ngx_http_article_purge(ngx_http_article_ctx_t *ctx)
{
    article_reason_t           reason;
    ngx_http_article_redis_t  *redis;

    ctx->cache_status = NGX_HTTP_ARTICLE_CACHE_PURGED;

    ngx_http_article_fetch_purge(ctx->key);

    ctx->in_l1 = (ngx_http_article_zone_purge(ctx->main_conf->shm_zone,
                                              ctx->key)
                  == NGX_OK);

    ctx->purged = NGX_HTTP_ARTICLE_REDIS_NIL;
    redis = ctx->main_conf->redis;

    if (redis == NULL) {
        return ngx_http_article_purge_answer(ctx);
    }

    reason = ARTICLE_REDIS_DOWN;

    ctx->op = ngx_http_article_redis_delete(redis, ctx->key,
                                        ngx_http_article_redis_timeout(redis),
                                        ngx_http_article_purge_reply, ctx,
                                        &reason);
    if (ctx->op) {
        ctx->state = NGX_HTTP_ARTICLE_PURGE_WAIT;
        return NGX_AGAIN;
    }

    ctx->purged = NGX_HTTP_ARTICLE_REDIS_FAILED;
    ctx->redis_reason = reason;

    return ngx_http_article_purge_answer(ctx);
}


static void
ngx_http_article_purge_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_ctx_t *ctx = data;

    ctx->op = NULL;
    ctx->purged = reply->result;
    ctx->redis_reason = reply->reason;
    ctx->state = NGX_HTTP_ARTICLE_PURGE_DONE;

    ngx_http_article_resume(ctx);
}


ngx_int_t
ngx_http_article_purge_done(ngx_http_article_ctx_t *ctx)
{
    (void) ngx_http_article_zone_purge(ctx->main_conf->shm_zone, ctx->key);

    return ngx_http_article_purge_answer(ctx);
}


static ngx_int_t
ngx_http_article_purge_answer(ngx_http_article_ctx_t *ctx)
{
    ngx_str_t            json;
    ngx_uint_t           status, in_redis;
    ngx_http_request_t  *r;

    r = ctx->request;

    if (ctx->purged == NGX_HTTP_ARTICLE_REDIS_FAILED) {

        /* the next host would go on serving it */

        return ngx_http_article_refuse(ctx, ctx->redis_reason);
    }

    in_redis = (ctx->purged == NGX_HTTP_ARTICLE_REDIS_STATUS);
    status = (ctx->in_l1 || in_redis) ? NGX_HTTP_OK : NGX_HTTP_NOT_FOUND;

    ngx_http_article_zone_count(ctx->main_conf->shm_zone,
                                NGX_HTTP_ARTICLE_COUNT_PURGES, 1);

    json.data = ngx_pnalloc(r->pool,
                            sizeof("{\"purged\":false,\"l1\":false,"
                                   "\"redis\":false}\n"));
    if (json.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    json.len = ngx_sprintf(json.data,
                           "{\"purged\":%s,\"l1\":%s,\"redis\":%s}\n",
                           status == NGX_HTTP_OK ? "true" : "false",
                           ctx->in_l1 ? "true" : "false",
                           in_redis ? "true" : "false")
               - json.data;

    ngx_log_error(NGX_LOG_NOTICE, r->connection->log, 0,
                  "article_purge: \"%V\" was %s", &ctx->address,
                  status == NGX_HTTP_OK ? "purged" : "not stored");

    return ngx_http_article_send_json(r, status, &json);
}

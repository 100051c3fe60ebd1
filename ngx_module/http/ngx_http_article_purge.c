
/*
 * Copyright (C) ngx_article authors
 *
 * PURGE: here at once, then the log that other hosts read, and of an address
 * the value in Redis; then L1 again: what was read from Redis meanwhile goes
 * as well.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


static ngx_uint_t ngx_http_article_purge_ends(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_purge_told(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_purge_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_purge_answer(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_purge_send(ngx_http_article_ctx_t *ctx,
    ngx_uint_t status, ngx_str_t *json);
static void ngx_http_article_purge_log(ngx_http_article_ctx_t *ctx,
    ngx_uint_t status);


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
    ngx_int_t                  rc;
    ngx_shm_zone_t            *shm_zone;
    article_reason_t           reason;
    ngx_http_article_redis_t  *redis;

    ctx->cache_status = NGX_HTTP_ARTICLE_CACHE_PURGED;
    shm_zone = ctx->main_conf->shm_zone;

    rc = ngx_http_article_purge_order(ctx);

    if (rc != NGX_OK) {
        return ngx_http_article_refuse(ctx, rc == NGX_ERROR
                                            ? ARTICLE_INTERNAL_ERROR
                                            : ARTICLE_PURGE_UNKNOWN);
    }

    rc = ngx_http_article_zone_event(shm_zone, &ctx->event);

    if (rc == NGX_BUSY
        || (rc == NGX_ABORT
            && (ctx->tag.len
                || ctx->event.kind != NGX_HTTP_ARTICLE_EVENT_HARD)))
    {
        ngx_log_error(NGX_LOG_ERR, ctx->request->connection->log, 0,
                      "article_purge: \"%V\" cannot be remembered: %s",
                      &ctx->address, rc == NGX_BUSY
                      ? "make article_zone larger" : "it needs article_zone");

        return ngx_http_article_refuse(ctx, ARTICLE_OVERLOADED);
    }

    if (ngx_http_article_purge_ends(ctx)) {
        ngx_http_article_fetch_purge(ctx->key);

        ctx->in_l1 = (ngx_http_article_zone_purge(shm_zone, ctx->key)
                      == NGX_OK);
    }

    ctx->purged = NGX_HTTP_ARTICLE_REDIS_NIL;
    redis = ctx->main_conf->redis;

    if (redis == NULL) {
        return ngx_http_article_purge_answer(ctx);
    }

    reason = ARTICLE_REDIS_DOWN;

    ctx->op = ngx_http_article_redis_event(redis, &ctx->event,
                                        ngx_http_article_redis_timeout(redis),
                                        ngx_http_article_purge_told, ctx,
                                        &reason);
    if (ctx->op) {
        ctx->state = NGX_HTTP_ARTICLE_PURGE_WAIT;
        return NGX_AGAIN;
    }

    ngx_http_article_events_untold(ctx->main_conf, &ctx->event);

    ctx->purged = NGX_HTTP_ARTICLE_REDIS_FAILED;
    ctx->redis_reason = reason;

    return ngx_http_article_purge_answer(ctx);
}


/* Is what is stored of the address of no more use? */

static ngx_uint_t
ngx_http_article_purge_ends(ngx_http_article_ctx_t *ctx)
{
    return ctx->tag.len == 0
           && ctx->event.kind != NGX_HTTP_ARTICLE_EVENT_SOFT;
}


static void
ngx_http_article_purge_told(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_ctx_t *ctx = data;

    article_reason_t           reason;
    ngx_http_article_redis_t  *redis;

    redis = ctx->main_conf->redis;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        ngx_http_article_events_untold(ctx->main_conf, &ctx->event);
    }

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_FAILED
        && ngx_http_article_purge_ends(ctx))
    {
        ctx->op = ngx_http_article_redis_delete(redis, ctx->key,
                                        ngx_http_article_redis_timeout(redis),
                                        ngx_http_article_purge_reply, ctx,
                                        &reason);
        if (ctx->op) {
            return;
        }

        reply->result = NGX_HTTP_ARTICLE_REDIS_FAILED;
        reply->reason = reason;
    }

    ngx_http_article_purge_reply(ctx, reply);
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
    if (ngx_http_article_purge_ends(ctx)) {
        (void) ngx_http_article_zone_purge(ctx->main_conf->shm_zone,
                                           ctx->key);
    }

    return ngx_http_article_purge_answer(ctx);
}


static ngx_int_t
ngx_http_article_purge_answer(ngx_http_article_ctx_t *ctx)
{
    u_char      *p;
    ngx_str_t    json;
    ngx_uint_t   status, in_redis;

    if (ctx->purged == NGX_HTTP_ARTICLE_REDIS_FAILED) {

        /* the next host would go on serving it */

        return ngx_http_article_refuse(ctx, ctx->redis_reason);
    }

    in_redis = (ctx->purged == NGX_HTTP_ARTICLE_REDIS_STATUS);
    status = NGX_HTTP_OK;

    p = ngx_pnalloc(ctx->request->pool,
                    sizeof("{\"withdrawn\":false,\"purged\":false,"
                           "\"l1\":false,\"redis\":false}\n"));
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    json.data = p;

    if (ctx->event.kind == NGX_HTTP_ARTICLE_EVENT_WITHDRAW) {
        p = ngx_sprintf(p, "{\"withdrawn\":true}\n");

    } else if (ctx->event.kind == NGX_HTTP_ARTICLE_EVENT_LIFT) {
        p = ngx_sprintf(p, "{\"withdrawn\":false}\n");

    } else if (!ngx_http_article_purge_ends(ctx)) {
        p = ngx_sprintf(p, "{\"purged\":true,\"soft\":%s}\n",
                        ctx->event.kind == NGX_HTTP_ARTICLE_EVENT_SOFT
                        ? "true" : "false");

    } else {
        status = (ctx->in_l1 || in_redis) ? NGX_HTTP_OK : NGX_HTTP_NOT_FOUND;

        p = ngx_sprintf(p, "{\"purged\":%s,\"l1\":%s,\"redis\":%s}\n",
                        status == NGX_HTTP_OK ? "true" : "false",
                        ctx->in_l1 ? "true" : "false",
                        in_redis ? "true" : "false");
    }

    json.len = p - json.data;

    return ngx_http_article_purge_send(ctx, status, &json);
}


static ngx_int_t
ngx_http_article_purge_send(ngx_http_article_ctx_t *ctx, ngx_uint_t status,
    ngx_str_t *json)
{
    ngx_http_article_zone_count(ctx->main_conf->shm_zone,
                                NGX_HTTP_ARTICLE_COUNT_PURGES, 1);

    ngx_http_article_purge_log(ctx, status);

    return ngx_http_article_send_json(ctx->request, status, json);
}


static void
ngx_http_article_purge_log(ngx_http_article_ctx_t *ctx, ngx_uint_t status)
{
    ngx_str_t   *what, portal;
    ngx_uint_t   level;
    const char  *word;

    what = ctx->tag.len ? &ctx->tag : &ctx->address;
    level = NGX_LOG_NOTICE;
    ngx_str_null(&portal);

    if (ctx->tag.len) {
        portal = ctx->conf->base_url;
    }

    switch (ctx->event.kind) {

    case NGX_HTTP_ARTICLE_EVENT_WITHDRAW:
        level = NGX_LOG_WARN;
        word = "withdrawn";
        break;

    case NGX_HTTP_ARTICLE_EVENT_LIFT:
        level = NGX_LOG_WARN;
        word = "lifted";
        break;

    case NGX_HTTP_ARTICLE_EVENT_SOFT:
        word = "purged softly";
        break;

    default:
        word = (status == NGX_HTTP_OK) ? "purged" : "not stored";
        break;
    }

    ngx_log_error(level, ctx->request->connection->log, 0,
                  "article_purge: \"%V\"%s%V was %s", what,
                  ctx->tag.len ? " of " : "", &portal, word);
}


/*
 * Copyright (C) ngx_article authors
 *
 * Is it stored?  L1 at once, Redis by an operation that is waited for.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


static ngx_int_t ngx_http_article_lookup_use(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value, ngx_http_article_level_e level);
static void ngx_http_article_lookup_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_lookup_take(ngx_http_article_ctx_t *ctx,
    ngx_str_t *stored);


/*
 * NGX_DECLINED: absent, expired (then it is ctx->old) or damaged; NGX_AGAIN:
 * another variant of the page is wanted, the key is that one's now.
 */

ngx_int_t
ngx_http_article_lookup_l1(ngx_http_article_ctx_t *ctx)
{
    ngx_int_t                  rc;
    ngx_str_t                  stored;
    ngx_shm_zone_t            *shm_zone;
    ngx_http_article_value_t   value;

    shm_zone = ctx->main_conf->shm_zone;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    rc = ngx_http_article_zone_get(shm_zone, ctx->key, ctx->request->pool,
                                   &stored);
    if (rc != NGX_OK) {
        return rc;
    }

    if (ngx_http_article_value_decode(&stored, &ctx->address, &value)
        != NGX_OK
        || !ngx_http_article_status_stored(ctx->conf, value.status))
    {
        return NGX_DECLINED;
    }

    rc = ngx_http_article_lookup_use(ctx, &value, NGX_HTTP_ARTICLE_LEVEL_L1);

    /* another variant: once, and it is either there or not */

    return (rc == NGX_AGAIN) ? ngx_http_article_lookup_l1(ctx) : rc;
}


static ngx_int_t
ngx_http_article_lookup_use(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value, ngx_http_article_level_e level)
{
    time_t      now;
    ngx_uint_t  soft;

    soft = 0;

    switch (ngx_http_article_fetch_good(ctx->main_conf, ctx->conf,
                                        ctx->base_key, value))
    {

    case NGX_OK:
        break;

    case NGX_BUSY:
        soft = 1;
        break;

    default:
        return NGX_DECLINED;
    }

    switch (ngx_http_article_key_vary(ctx, value)) {

    case NGX_OK:
        break;

    case NGX_DECLINED:

        /* what varies so again is taken for absent: it fell out of step */

        return (ctx->varied == 1) ? NGX_AGAIN : NGX_DECLINED;

    default:
        return NGX_DECLINED;
    }

    now = ngx_time();

    if (value->fresh <= now || soft) {

        if (!ctx->has_old || ctx->old.stored < value->stored) {
            ctx->old = *value;
            ctx->old_level = level;
            ctx->has_old = 1;
            ctx->reread = soft;
            ctx->recheck = (value->fresh > now);
        }

        return NGX_DECLINED;
    }

    ngx_http_article_lookup_found(ctx, value, level);

    return NGX_OK;
}


void
ngx_http_article_lookup_found(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value, ngx_http_article_level_e level)
{
    ctx->value = *value;
    ctx->level = level;
    ctx->keep = NGX_HTTP_ARTICLE_KEEP_FRESH;
    ctx->cache_status = ngx_http_article_value_readable(value)
                        ? NGX_HTTP_ARTICLE_CACHE_HIT
                        : NGX_HTTP_ARTICLE_CACHE_NEGATIVE;
}


/*
 * NGX_AGAIN: asked; NGX_DECLINED: it cannot be asked.  All the waits of a
 * request, for a page and then for a variant of it, have one deadline.
 */

ngx_int_t
ngx_http_article_lookup_redis(ngx_http_article_ctx_t *ctx)
{
    article_reason_t           reason;
    ngx_http_article_redis_t  *redis;

    redis = ctx->main_conf->redis;

    if (redis == NULL) {
        return NGX_DECLINED;
    }

    reason = ARTICLE_REDIS_DOWN;

    ctx->purges = ngx_http_article_zone_purges(ctx->main_conf->shm_zone,
                                               ctx->key);

    ctx->asked = ngx_current_msec;
    ctx->op = ngx_http_article_redis_get(redis, ctx->key,
                                         ngx_http_article_redis_timeout(redis)
                                         - ctx->waited,
                                         ngx_http_article_lookup_reply, ctx,
                                         &reason);
    if (ctx->op == NULL) {
        ngx_http_article_set_reason(ctx->request, reason);
        return NGX_DECLINED;
    }

    return NGX_AGAIN;
}


ngx_msec_t
ngx_http_article_redis_left(ngx_http_article_ctx_t *ctx)
{
    ngx_msec_t  timeout;

    if (ctx->main_conf->redis == NULL || ctx->bypass || ctx->alone
        || ctx->impatient)
    {
        return 0;
    }

    timeout = ngx_http_article_redis_timeout(ctx->main_conf->redis);

    return (ctx->waited < timeout) ? timeout - ctx->waited : 0;
}


static void
ngx_http_article_lookup_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_ctx_t *ctx = data;

    ctx->op = NULL;
    ctx->waited += ngx_current_msec - ctx->asked;
    ctx->state = NGX_HTTP_ARTICLE_LOCK;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        ngx_http_article_set_reason(ctx->request, reply->reason);

    } else if (reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE) {

        switch (ngx_http_article_lookup_take(ctx, &reply->value)) {

        case NGX_OK:
            ctx->state = NGX_HTTP_ARTICLE_SEND;
            break;

        case NGX_AGAIN:
            ctx->state = NGX_HTTP_ARTICLE_L1;
            break;

        default:
            break;
        }
    }

    ngx_http_article_resume(ctx);
}


/* A good value goes to L1 as well, fresh or stale. */

static ngx_int_t
ngx_http_article_lookup_take(ngx_http_article_ctx_t *ctx, ngx_str_t *stored)
{
    ngx_str_t                  copy;
    ngx_shm_zone_t            *shm_zone;
    ngx_http_article_value_t   value;

    shm_zone = ctx->main_conf->shm_zone;

    copy.len = stored->len;
    copy.data = ngx_pstrdup(ctx->request->pool, stored);

    if (copy.data == NULL) {
        return NGX_ERROR;
    }

    if (ngx_http_article_value_decode(&copy, &ctx->address, &value)
        != NGX_OK
        || !ngx_http_article_status_stored(ctx->conf, value.status))
    {
        ngx_http_article_zone_count(shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_REDIS_DAMAGED, 1);
        ngx_http_article_set_reason(ctx->request, ARTICLE_REDIS_DAMAGED);

        ngx_log_error(NGX_LOG_WARN, ctx->request->connection->log, 0,
                      "article_redis: the value stored for \"%V\" is damaged "
                      "or foreign, it counts as absent and will be replaced",
                      &ctx->address);

        return NGX_DECLINED;
    }

    if (shm_zone && ngx_http_article_value_end(&value) > ngx_time()
        && ngx_http_article_fetch_good(ctx->main_conf, ctx->conf,
                                       ctx->base_key, &value)
           != NGX_DECLINED)
    {
        (void) ngx_http_article_zone_set(shm_zone, ctx->key, &copy,
                                         ngx_http_article_value_end(&value),
                                         ctx->purges);
    }

    return ngx_http_article_lookup_use(ctx, &value,
                                       NGX_HTTP_ARTICLE_LEVEL_REDIS);
}

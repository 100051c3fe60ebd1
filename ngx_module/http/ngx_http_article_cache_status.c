
/*
 * Copyright (C) ngx_article authors
 *
 * What the answer says of the cache: Age (RFC 9111), Cache-Status (RFC 9211).
 */


#include "ngx_http_article_handler.h"


static ngx_int_t ngx_http_article_age(ngx_http_article_ctx_t *ctx);
static u_char *ngx_http_article_cache_status_fwd(u_char *p,
    ngx_http_article_ctx_t *ctx);


ngx_int_t
ngx_http_article_cache_headers(ngx_http_article_ctx_t *ctx)
{
    u_char     *p;
    time_t      ttl;
    ngx_str_t   s;

    /* no word of ours is longer than a reason's 32 letters */

    s.data = ngx_pnalloc(ctx->request->pool,
                         sizeof("ngx_article; fwd=stale; fwd-status=304; "
                                "ttl=; stored; "
                                "collapsed; detail=") + NGX_TIME_T_LEN + 32);
    if (s.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_sprintf(s.data, "ngx_article");
    ttl = ctx->value.fresh - ngx_time();

    if (ngx_http_article_age(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    switch (ctx->cache_status) {

    case NGX_HTTP_ARTICLE_CACHE_STALE:
    case NGX_HTTP_ARTICLE_CACHE_UPDATING:
    case NGX_HTTP_ARTICLE_CACHE_HIT:
    case NGX_HTTP_ARTICLE_CACHE_NEGATIVE:

        if (ctx->level == NGX_HTTP_ARTICLE_LEVEL_ORIGIN) {
            p = ngx_sprintf(p, "; fwd=stale; ttl=%T", ttl);
            p = ngx_http_article_cache_status_fwd(p, ctx);

        } else {
            p = ngx_sprintf(p, "; hit; ttl=%T", ttl);
        }

        break;

    case NGX_HTTP_ARTICLE_CACHE_EXPIRED:
        p = ngx_sprintf(p, "; fwd=stale");
        p = ngx_http_article_cache_status_fwd(p, ctx);
        break;

    case NGX_HTTP_ARTICLE_CACHE_REVALIDATED:
        p = ngx_sprintf(p, "; fwd=stale; fwd-status=304");
        p = ngx_http_article_cache_status_fwd(p, ctx);
        break;

    case NGX_HTTP_ARTICLE_CACHE_BYPASS:
        p = ngx_sprintf(p, "; fwd=bypass");
        p = ngx_http_article_cache_status_fwd(p, ctx);
        break;

    case NGX_HTTP_ARTICLE_CACHE_MISS:
        p = ngx_sprintf(p, "; fwd=miss");
        p = ngx_http_article_cache_status_fwd(p, ctx);
        break;

    default:
        return NGX_OK;
    }

    s.len = p - s.data;

    return ngx_http_article_header(ctx->request, "Cache-Status", &s, NULL);
}


static u_char *
ngx_http_article_cache_status_fwd(u_char *p, ngx_http_article_ctx_t *ctx)
{
    article_reason_t            reason;
    ngx_http_article_answer_t  *answer;

    answer = &ctx->answer;
    reason = (answer->reason != ARTICLE_OK) ? answer->reason
                                            : answer->unstored;

    if (reason == ARTICLE_OK && ctx->impatient && !answer->stored) {
        reason = ARTICLE_LOCK_TIMEOUT;
    }

    if (answer->stored) {
        p = ngx_sprintf(p, "; stored");
    }

    if (ctx->joined) {
        p = ngx_sprintf(p, "; collapsed");
    }

    if (reason != ARTICLE_OK) {
        p = ngx_sprintf(p, "; detail=%s", article_reason_word(reason));
    }

    return p;
}


/* Of what comes out of a cache, be it one between us and the portal. */

static ngx_int_t
ngx_http_article_age(ngx_http_article_ctx_t *ctx)
{
    time_t     age;
    ngx_str_t  s;

    switch (ctx->cache_status) {

    case NGX_HTTP_ARTICLE_CACHE_STALE:
    case NGX_HTTP_ARTICLE_CACHE_UPDATING:
    case NGX_HTTP_ARTICLE_CACHE_HIT:
    case NGX_HTTP_ARTICLE_CACHE_NEGATIVE:
        break;

    default:
        if (ctx->value.age == 0) {
            return NGX_OK;
        }
    }

    age = ngx_max(ngx_time() - ctx->value.stored, 0) + ctx->value.age;

    s.data = ngx_pnalloc(ctx->request->pool, NGX_TIME_T_LEN);
    if (s.data == NULL) {
        return NGX_ERROR;
    }

    s.len = ngx_sprintf(s.data, "%T", age) - s.data;

    return ngx_http_article_header(ctx->request, "Age", &s, NULL);
}

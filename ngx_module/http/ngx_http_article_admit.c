
/*
 * Copyright (C) ngx_article authors
 *
 * What a request is for, whether it is answered, and whether from the cache.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


static void ngx_http_article_admit_bypass(ngx_http_article_ctx_t *ctx);


ngx_int_t
ngx_http_article_admit(ngx_http_article_ctx_t *ctx)
{
    ngx_int_t            rc;
    ngx_uint_t           purge;
    ngx_http_request_t  *r;

    r = ctx->request;

    ngx_http_article_zone_count(ctx->main_conf->shm_zone,
                                NGX_HTTP_ARTICLE_COUNT_REQUESTS, 1);

    rc = ngx_http_article_page(r, ctx->conf, &ctx->page);

    if (rc == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    purge = ngx_http_article_purge_method(r);

    if (r->method == NGX_HTTP_OPTIONS) {
        return ngx_http_article_send_options(r);
    }

    if (!purge && !(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_article_refuse(ctx, ARTICLE_METHOD_REFUSED);
    }

    if (purge && ngx_http_article_purge_allowed(ctx) != NGX_OK) {
        return ngx_http_article_refuse(ctx, ARTICLE_PURGE_REFUSED);
    }

    if (rc == NGX_DECLINED) {
        return ngx_http_article_refuse(ctx, ARTICLE_PATH_REFUSED);
    }

    ctx->state = purge ? NGX_HTTP_ARTICLE_PURGE : NGX_HTTP_ARTICLE_L1;

    if (ngx_http_article_key(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (purge) {
        return NGX_DECLINED;
    }

    if (ngx_http_article_zone_withdrawn(ctx->main_conf->shm_zone,
                                        ctx->base_key))
    {
        return ngx_http_article_refuse(ctx, ARTICLE_WITHDRAWN);
    }

    ngx_http_article_admit_bypass(ctx);

    return NGX_DECLINED;
}


/*
 * Who shows credentials gets an answer of his own (RFC 9111, 3.5), though
 * the portal never sees them.
 */

static void
ngx_http_article_admit_bypass(ngx_http_article_ctx_t *ctx)
{
    ngx_http_request_t           *r;
    ngx_http_article_loc_conf_t  *alcf;

    r = ctx->request;
    alcf = ctx->conf;

    if (r->headers_in.authorization
        || (alcf->no_cache
            && ngx_http_test_predicates(r, alcf->no_cache) == NGX_DECLINED))
    {
        ctx->alone = 1;
    }

    if (r->headers_in.authorization
        || (alcf->cache_bypass
            && ngx_http_test_predicates(r, alcf->cache_bypass)
               == NGX_DECLINED))
    {
        ctx->bypass = 1;
        ctx->state = NGX_HTTP_ARTICLE_FETCH;
    }
}

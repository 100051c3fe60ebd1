
/*
 * Copyright (C) ngx_article authors
 *
 * The end of a request's life: what was found is sent, or it is refused.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


ngx_int_t
ngx_http_article_send_found(ngx_http_article_ctx_t *ctx)
{
    ngx_uint_t  counter;

    if (ngx_http_article_listing_use(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_http_article_form_use(ctx);

    switch (ctx->cache_status) {

    case NGX_HTTP_ARTICLE_CACHE_HIT:
        ngx_http_article_gzip_use(ctx);
        counter = (ctx->level == NGX_HTTP_ARTICLE_LEVEL_L1)
                  ? NGX_HTTP_ARTICLE_COUNT_HIT_L1
                  : NGX_HTTP_ARTICLE_COUNT_HIT_REDIS;
        break;

    case NGX_HTTP_ARTICLE_CACHE_NEGATIVE:
        counter = NGX_HTTP_ARTICLE_COUNT_NEGATIVE;
        ngx_http_article_set_reason(ctx->request,
                                    ctx->value.status == NGX_HTTP_NOT_FOUND
                                    ? ARTICLE_ORIGIN_NOT_FOUND
                                    : ARTICLE_ORIGIN_GONE);
        break;

    case NGX_HTTP_ARTICLE_CACHE_STALE:
    case NGX_HTTP_ARTICLE_CACHE_UPDATING:
        ngx_http_article_gzip_use(ctx);
        counter = NGX_HTTP_ARTICLE_COUNT_STALE;
        break;

    default:
        counter = NGX_HTTP_ARTICLE_COUNT_MISS;
        break;
    }

    ngx_http_article_zone_count(ctx->main_conf->shm_zone, counter, 1);

    if (ngx_http_article_cache_headers(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send_value(ctx->request, &ctx->value,
                                       &ctx->page.url, ctx->keep);
}


ngx_int_t
ngx_http_article_refuse(ngx_http_article_ctx_t *ctx, article_reason_t reason)
{
    ngx_str_t            allow = ngx_string("GET, HEAD, OPTIONS");
    ngx_str_t            seconds = ngx_string("2");
    ngx_uint_t           status, level;
    ngx_http_request_t  *r;

    r = ctx->request;
    status = ngx_http_article_reason_status(reason);

    ctx->cache_status = NGX_HTTP_ARTICLE_CACHE_REFUSED;
    ngx_http_article_set_reason(r, reason);

    level = (status < NGX_HTTP_INTERNAL_SERVER_ERROR) ? NGX_LOG_INFO
                                                      : NGX_LOG_ERR;

    ngx_log_error(level, r->connection->log, 0,
                  "article_json: %V of \"%V\" is answered with %ui: %s: %s",
                  &r->method_name, &ctx->page.url, status,
                  article_reason_word(reason),
                  article_reason_sentence(reason));

    if (reason == ARTICLE_METHOD_REFUSED
        && ngx_http_article_header(r, "Allow", &allow, NULL) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (reason == ARTICLE_OVERLOADED
        && ngx_http_article_header(r, "Retry-After", &seconds, NULL)
           != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send_problem(r, status, reason, &ctx->page.url);
}

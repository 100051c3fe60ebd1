
/*
 * Copyright (C) ngx_article authors
 *
 * What an answer is stored under: article_cache_key, by default the page's
 * public address; and for a page that varies, what it varies by.
 */


#include "ngx_http_article_handler.h"


ngx_int_t
ngx_http_article_key(ngx_http_article_ctx_t *ctx)
{
    ctx->base = ctx->page.url;

    if (ctx->conf->cache_key
        && ngx_http_complex_value(ctx->request, ctx->conf->cache_key,
                                  &ctx->base)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ctx->conf->pass_headers) {
        ctx->headers = ngx_http_article_vary_headers(ctx->request,
                                                     ctx->conf->pass_headers);
        if (ctx->headers == NULL) {
            return NGX_ERROR;
        }
    }

    ctx->address = ctx->base;
    ngx_http_article_value_key(&ctx->address, ctx->key);
    ngx_memcpy(ctx->base_key, ctx->key, NGX_HTTP_ARTICLE_KEY_LEN);

    return NGX_OK;
}


ngx_int_t
ngx_http_article_key_vary(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value)
{
    ngx_str_t  address;

    if (value->vary.len == 0) {
        return NGX_OK;
    }

    ctx->series = value->series;

    if (ngx_http_article_vary_address(ctx->request->pool, &ctx->base, value,
                                      ctx->headers, &address)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_article_vary_is(value, &address)) {
        return NGX_OK;
    }

    ctx->address = address;
    ngx_http_article_value_key(&ctx->address, ctx->key);
    ctx->varied++;

    return NGX_DECLINED;
}

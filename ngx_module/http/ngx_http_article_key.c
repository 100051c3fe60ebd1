
/*
 * Copyright (C) ngx_article authors
 *
 * What an answer is stored under: article_cache_key, by default the page's
 * public address, and the headers that are passed on.
 */


#include "ngx_http_article_handler.h"


static ngx_int_t ngx_http_article_key_headers(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_key_header(ngx_http_article_ctx_t *ctx,
    ngx_str_t *name);
static ngx_int_t ngx_http_article_request_header(ngx_http_request_t *r,
    ngx_str_t *name, ngx_str_t *value);


ngx_int_t
ngx_http_article_key(ngx_http_article_ctx_t *ctx)
{
    ctx->address = ctx->page.url;

    if (ctx->conf->cache_key
        && ngx_http_complex_value(ctx->request, ctx->conf->cache_key,
                                  &ctx->address)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_article_key_headers(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_article_value_key(&ctx->address, ctx->key);

    return NGX_OK;
}


/*
 * A header that is passed on may change the page: its value is a part of
 * the key, so that nobody gets what another's header has made.
 */

static ngx_int_t
ngx_http_article_key_headers(ngx_http_article_ctx_t *ctx)
{
    ngx_str_t   *name;
    ngx_uint_t   i;

    if (ctx->conf->pass_headers == NULL) {
        return NGX_OK;
    }

    ctx->headers = ngx_array_create(ctx->request->pool,
                                    ctx->conf->pass_headers->nelts,
                                    sizeof(ngx_keyval_t));
    if (ctx->headers == NULL) {
        return NGX_ERROR;
    }

    name = ctx->conf->pass_headers->elts;

    for (i = 0; i < ctx->conf->pass_headers->nelts; i++) {
        if (ngx_http_article_key_header(ctx, &name[i]) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_key_header(ngx_http_article_ctx_t *ctx, ngx_str_t *name)
{
    u_char        *p;
    size_t         len;
    uintptr_t      escape;
    ngx_str_t      value;
    ngx_pool_t    *pool;
    ngx_keyval_t  *kv;

    pool = ctx->request->pool;

    if (ngx_http_article_request_header(ctx->request, name, &value)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (value.len == 0) {
        return NGX_OK;
    }

    kv = ngx_array_push(ctx->headers);
    if (kv == NULL) {
        return NGX_ERROR;
    }

    kv->key = *name;
    kv->value = value;

    escape = 2 * ngx_escape_uri(NULL, value.data, value.len,
                                NGX_ESCAPE_URI_COMPONENT);

    len = ctx->address.len + 1 + name->len + 1 + value.len + escape;

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    len = ngx_sprintf(p, "%V %V=", &ctx->address, name) - p;
    ctx->address.data = p;
    ctx->address.len = (u_char *) ngx_escape_uri(p + len, value.data,
                                                 value.len,
                                                 NGX_ESCAPE_URI_COMPONENT)
                       - p;

    return NGX_OK;
}


/* All of that name, joined; empty if there is none. */

static ngx_int_t
ngx_http_article_request_header(ngx_http_request_t *r, ngx_str_t *name,
    ngx_str_t *value)
{
    u_char           *p;
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    ngx_str_null(value);

    part = &r->headers_in.headers.part;
    h = part->elts;

    for (i = 0; /* void */ ; i++) {

        if (i >= part->nelts) {
            if (part->next == NULL) {
                return NGX_OK;
            }

            part = part->next;
            h = part->elts;
            i = 0;
        }

        if (h[i].key.len != name->len
            || ngx_strncasecmp(h[i].key.data, name->data, name->len) != 0)
        {
            continue;
        }

        if (value->len == 0) {
            *value = h[i].value;
            continue;
        }

        p = ngx_pnalloc(r->pool, value->len + 2 + h[i].value.len);
        if (p == NULL) {
            return NGX_ERROR;
        }

        value->len = ngx_sprintf(p, "%V, %V", value, &h[i].value) - p;
        value->data = p;
    }
}

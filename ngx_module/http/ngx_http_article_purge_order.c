
/*
 * Copyright (C) ngx_article authors
 *
 * X-Article-Purge, words in any order:
 *
 *   hard, soft             as if it was not stored; or the old one is sent
 *                          while it is fetched anew
 *   withdraw, lift         410, and no longer
 *   portal                 all of the portal
 *   section:NAME, author:NAME   what has that tag; NAME percent-encoded
 *
 * Without the header: hard, of the address.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_tags.h"


static ngx_int_t ngx_http_article_purge_word(ngx_http_article_ctx_t *ctx,
    ngx_str_t *word);
static ngx_int_t ngx_http_article_purge_tag(ngx_http_article_ctx_t *ctx,
    ngx_str_t *word);


#define ngx_http_article_word_is(word, text)                                  \
    ((word)->len == sizeof(text) - 1                                          \
     && ngx_strncasecmp((word)->data, (u_char *) text, sizeof(text) - 1) == 0)


ngx_int_t
ngx_http_article_purge_order(ngx_http_article_ctx_t *ctx)
{
    u_char                      *p, *last;
    ngx_int_t                    rc;
    ngx_str_t                    word;
    ngx_table_elt_t             *h;
    ngx_http_article_headers_t   headers;
    static ngx_str_t             name = ngx_string("X-Article-Purge");

    ngx_memzero(&ctx->event, sizeof(ngx_http_article_event_t));
    ngx_str_null(&ctx->tag);

    ngx_http_article_headers_init(&headers, &ctx->request->headers_in.headers);

    while ((h = ngx_http_article_headers_next(&headers, &name)) != NULL) {

        p = h->value.data;
        last = p + h->value.len;

        while (p < last) {

            if (*p == ' ' || *p == '\t') {
                p++;
                continue;
            }

            word.data = p;

            while (p < last && *p != ' ' && *p != '\t') {
                p++;
            }

            word.len = p - word.data;
            rc = ngx_http_article_purge_word(ctx, &word);

            if (rc != NGX_OK) {
                return rc;
            }
        }
    }

    if (ctx->event.kind == 0) {
        ctx->event.kind = ctx->tag.len ? NGX_HTTP_ARTICLE_EVENT_SOFT
                                       : NGX_HTTP_ARTICLE_EVENT_HARD;
    }

    if (ctx->tag.len == 0) {
        ngx_memcpy(ctx->event.key, ctx->base_key, NGX_HTTP_ARTICLE_KEY_LEN);
        return NGX_OK;
    }

    /* pages are withdrawn, not tags */

    return (ctx->event.kind == NGX_HTTP_ARTICLE_EVENT_SOFT
            || ctx->event.kind == NGX_HTTP_ARTICLE_EVENT_HARD)
           ? NGX_OK : NGX_DECLINED;
}


static ngx_int_t
ngx_http_article_purge_word(ngx_http_article_ctx_t *ctx, ngx_str_t *word)
{
    u_char  kind;

    if (ngx_http_article_word_is(word, "soft")) {
        kind = NGX_HTTP_ARTICLE_EVENT_SOFT;

    } else if (ngx_http_article_word_is(word, "hard")) {
        kind = NGX_HTTP_ARTICLE_EVENT_HARD;

    } else if (ngx_http_article_word_is(word, "withdraw")) {
        kind = NGX_HTTP_ARTICLE_EVENT_WITHDRAW;

    } else if (ngx_http_article_word_is(word, "lift")) {
        kind = NGX_HTTP_ARTICLE_EVENT_LIFT;

    } else {
        return ngx_http_article_purge_tag(ctx, word);
    }

    if (ctx->event.kind) {
        return NGX_DECLINED;
    }

    ctx->event.kind = kind;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_purge_tag(ngx_http_article_ctx_t *ctx, ngx_str_t *word)
{
    u_char     *to, *from;
    ngx_str_t   name;

    if (ctx->tag.len) {
        return NGX_DECLINED;
    }

    name.data = ngx_pnalloc(ctx->request->pool, word->len);
    if (name.data == NULL) {
        return NGX_ERROR;
    }

    to = name.data;
    from = word->data;
    ngx_unescape_uri(&to, &from, word->len, 0);
    name.len = to - name.data;

    if (!ngx_http_article_tag_is(&name)) {
        return NGX_DECLINED;
    }

    ctx->tag = name;
    ngx_http_article_tag_key(&ctx->conf->base_url, &ctx->tag, ctx->event.key);

    return NGX_OK;
}

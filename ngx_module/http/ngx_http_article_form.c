
/*
 * Copyright (C) ngx_article authors
 *
 * The summary of a stored article.  It is made once, from the stored value,
 * for the first who asks for it, and stands beside it in L1 under the same
 * key but for the second last bit, as the gzip forms of both stand under the
 * last one (gzip.c):
 *
 *   the ETag, filled up with "-" to 32 bytes, and the summary
 *
 * The whole article costs nothing for it.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"


#define NGX_HTTP_ARTICLE_FORM_MARK  "form=summary"


static ngx_uint_t ngx_http_article_form_wanted(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_form_make(ngx_http_article_ctx_t *ctx,
    u_char *key, u_char *etag);


void
ngx_http_article_form_use(ngx_http_article_ctx_t *ctx)
{
    u_char     key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char     etag[NGX_HTTP_ARTICLE_ETAG_LEN];
    ngx_str_t  stored;

    if (!ngx_http_article_form_wanted(ctx)
        || ctx->value.etag.len == 0)
    {
        return;
    }

    ngx_http_article_form_key(ctx, key, etag);
    key[NGX_HTTP_ARTICLE_KEY_LEN - 1] ^= NGX_HTTP_ARTICLE_FORM_BRIEF;

    if (ngx_http_article_zone_get(ctx->main_conf->shm_zone, key,
                                  ctx->request->pool, &stored)
        == NGX_OK
        && stored.len > NGX_HTTP_ARTICLE_ETAG_LEN
        && ngx_memcmp(stored.data, etag, NGX_HTTP_ARTICLE_ETAG_LEN) == 0)
    {
        ctx->value.item.data = stored.data + NGX_HTTP_ARTICLE_ETAG_LEN;
        ctx->value.item.len = stored.len - NGX_HTTP_ARTICLE_ETAG_LEN;
        ctx->value.brief = 1;
        return;
    }

    if (ngx_http_article_form_make(ctx, key, etag) == NGX_OK) {
        ctx->value.brief = 1;
    }
}


/* The request's own word comes before the directive's. */

static ngx_uint_t
ngx_http_article_form_wanted(ngx_http_article_ctx_t *ctx)
{
    ngx_uint_t  form;

    form = (ctx->page.form != NGX_HTTP_ARTICLE_FORM_UNSAID)
           ? ctx->page.form : ctx->conf->form;

    return form == NGX_HTTP_ARTICLE_FORM_SUMMARY;
}


void
ngx_http_article_form_key(ngx_http_article_ctx_t *ctx, u_char *key,
    u_char *etag)
{
    ngx_memcpy(key, ctx->key, NGX_HTTP_ARTICLE_KEY_LEN);

    if (ctx->value.brief) {
        key[NGX_HTTP_ARTICLE_KEY_LEN - 1] ^= NGX_HTTP_ARTICLE_FORM_BRIEF;
    }

    ngx_memset(etag, '-', NGX_HTTP_ARTICLE_ETAG_LEN);
    ngx_memcpy(etag, ctx->value.etag.data, ctx->value.etag.len);
}


/* NGX_DECLINED: the value is no item of ours, or memory is out. */

static ngx_int_t
ngx_http_article_form_make(ngx_http_article_ctx_t *ctx, u_char *key,
    u_char *etag)
{
    size_t            size, len;
    u_char           *p;
    uint64_t          purges;
    ngx_str_t         form, *item;
    article_slice_t   slice;
    ngx_shm_zone_t   *shm_zone;

    item = &ctx->value.item;
    slice.data = (char *) item->data;
    slice.len = item->len;

    size = item->len + ARTICLE_BRIEF_SIZE;

    p = ngx_pnalloc(ctx->request->pool, NGX_HTTP_ARTICLE_ETAG_LEN + size);
    if (p == NULL) {
        return NGX_DECLINED;
    }

    ngx_memcpy(p, etag, NGX_HTTP_ARTICLE_ETAG_LEN);

    form.data = p;
    p += NGX_HTTP_ARTICLE_ETAG_LEN;

    len = article_brief((char *) p, size, slice);

    if (len == 0) {
        return NGX_DECLINED;
    }

    item->data = p;
    item->len = len;

    if (ctx->level == NGX_HTTP_ARTICLE_LEVEL_ORIGIN && !ctx->answer.stored) {
        return NGX_OK;
    }

    shm_zone = ctx->main_conf->shm_zone;
    form.len = NGX_HTTP_ARTICLE_ETAG_LEN + len;
    purges = ngx_http_article_zone_purges(shm_zone, key);

    (void) ngx_http_article_zone_set(shm_zone, key, &form, ctx->value.stale,
                                     purges);

    return NGX_OK;
}


/* Who asked for a summary by its argument is sent on with it. */

ngx_int_t
ngx_http_article_form_redirect(ngx_http_article_ctx_t *ctx, ngx_uint_t status,
    ngx_str_t *location)
{
    u_char     *p, mark;
    ngx_str_t   url;

    if (ctx->page.form != NGX_HTTP_ARTICLE_FORM_SUMMARY) {
        return ngx_http_article_send_redirect(ctx->request, status, location);
    }

    p = ngx_pnalloc(ctx->request->pool,
                    location->len + sizeof(NGX_HTTP_ARTICLE_FORM_MARK));
    if (p == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    mark = ngx_strlchr(location->data, location->data + location->len, '?')
           ? '&' : '?';

    url.data = p;
    url.len = ngx_sprintf(p, "%V%c" NGX_HTTP_ARTICLE_FORM_MARK, location,
                          mark)
              - p;

    return ngx_http_article_send_redirect(ctx->request, status, &url);
}

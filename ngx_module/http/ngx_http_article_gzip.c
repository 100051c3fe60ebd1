
/*
 * Copyright (C) ngx_article authors
 *
 * The gzip form of an article in L1.  It is made once, behind the first hit
 * of a client that takes gzip, and stands beside the article under the same
 * key but for the last bit:
 *
 *   the ETag, filled up with "-" to 32 bytes, and the gzip bytes
 *
 * One ETag is one sequence of bytes: what has another ETag is an old form.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone.h"

#include <zlib.h>


/* Below this gzip saves nothing: headers and body are one packet anyway. */
#define NGX_HTTP_ARTICLE_GZIP_MIN      1024

/* Above this it is left to nginx: one event must not take too long. */
#define NGX_HTTP_ARTICLE_GZIP_MAX      (256 * 1024)

/* Level 6 takes 22 to 32 ns a byte of JSON, level 1 eight (measured). */
#define NGX_HTTP_ARTICLE_GZIP_SMALL    (32 * 1024)

/* This many forms a worker will make at the next opportunity. */
#define NGX_HTTP_ARTICLE_GZIP_PENDING  64

/* gzip's own head and foot, and no window larger than zlib's default */
#define NGX_HTTP_ARTICLE_GZIP_WINDOW   (15 + 16)


typedef struct {
    ngx_event_t      event;
    ngx_shm_zone_t  *shm_zone;
    u_char           key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char           etag[NGX_HTTP_ARTICLE_ETAG_LEN];
    time_t           expire;
    size_t           len;
    u_char           item[];
} ngx_http_article_gzip_t;


static ngx_uint_t ngx_http_article_gzip_wanted(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_gzip_key(ngx_http_article_ctx_t *ctx,
    u_char *key, u_char *etag);
static void ngx_http_article_gzip_later(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_gzip_make(ngx_event_t *ev);
static size_t ngx_http_article_gzip_deflate(ngx_http_article_gzip_t *gzip,
    u_char *out, size_t size);


static ngx_uint_t  ngx_http_article_gzip_pending;


void
ngx_http_article_gzip_use(ngx_http_article_ctx_t *ctx)
{
    u_char     key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char     etag[NGX_HTTP_ARTICLE_ETAG_LEN];
    ngx_str_t  stored;

    if (!ngx_http_article_gzip_wanted(ctx)) {
        return;
    }

    ngx_http_article_gzip_key(ctx, key, etag);

    if (ngx_http_article_zone_get(ctx->main_conf->shm_zone, key,
                                  ctx->request->pool, &stored)
        == NGX_OK
        && stored.len > NGX_HTTP_ARTICLE_ETAG_LEN
        && ngx_memcmp(stored.data, etag, NGX_HTTP_ARTICLE_ETAG_LEN) == 0)
    {
        ctx->value.item.data = stored.data + NGX_HTTP_ARTICLE_ETAG_LEN;
        ctx->value.item.len = stored.len - NGX_HTTP_ARTICLE_ETAG_LEN;
        ctx->value.gzip = 1;
        return;
    }

    ngx_http_article_gzip_later(ctx);
}


static ngx_uint_t
ngx_http_article_gzip_wanted(ngx_http_article_ctx_t *ctx)
{
#if (NGX_HTTP_GZIP)

    ngx_table_elt_t           *match;
    ngx_http_request_t        *r;
    ngx_http_article_value_t  *value;

    r = ctx->request;
    value = &ctx->value;

    if (!ctx->conf->gzip || ctx->main_conf->shm_zone == NULL
        || value->item.len < NGX_HTTP_ARTICLE_GZIP_MIN
        || value->item.len > NGX_HTTP_ARTICLE_GZIP_MAX
        || value->etag.len == 0)
    {
        return 0;
    }

    /* who has the plain form, or nginx's gzip of it, asks for that one */

    match = r->headers_in.if_none_match;

    if (match
        && ngx_strlcasestrn(match->value.data,
                            match->value.data + match->value.len,
                            value->etag.data, value->etag.len - 1)
        && !ngx_strlcasestrn(match->value.data,
                             match->value.data + match->value.len,
                             (u_char *) "-gz\"", sizeof("-gz\"") - 2))
    {
        return 0;
    }

    return ngx_http_gzip_ok(r) == NGX_OK;

#else

    return 0;

#endif
}


static void
ngx_http_article_gzip_key(ngx_http_article_ctx_t *ctx, u_char *key,
    u_char *etag)
{
    ngx_http_article_form_key(ctx, key, etag);
    key[NGX_HTTP_ARTICLE_KEY_LEN - 1] ^= NGX_HTTP_ARTICLE_FORM_GZIP;
}


static void
ngx_http_article_gzip_later(ngx_http_article_ctx_t *ctx)
{
    ngx_http_article_gzip_t  *gzip;

    if (ngx_http_article_gzip_pending >= NGX_HTTP_ARTICLE_GZIP_PENDING) {
        return;
    }

    gzip = ngx_alloc(sizeof(ngx_http_article_gzip_t) + ctx->value.item.len,
                     ngx_cycle->log);
    if (gzip == NULL) {
        return;
    }

    ngx_memzero(&gzip->event, sizeof(ngx_event_t));

    gzip->event.handler = ngx_http_article_gzip_make;
    gzip->event.data = gzip;
    gzip->event.log = ngx_cycle->log;

    gzip->shm_zone = ctx->main_conf->shm_zone;
    gzip->expire = ctx->value.stale;
    gzip->len = ctx->value.item.len;
    ngx_memcpy(gzip->item, ctx->value.item.data, gzip->len);
    ngx_http_article_gzip_key(ctx, gzip->key, gzip->etag);

    ngx_http_article_gzip_pending++;
    ngx_post_event(&gzip->event, &ngx_posted_events);
}


/* Behind the answer, in an event of its own. */

static void
ngx_http_article_gzip_make(ngx_event_t *ev)
{
    size_t                    size;
    u_char                   *out;
    uint64_t                  purges;
    ngx_str_t                 form;
    ngx_http_article_gzip_t  *gzip;

    gzip = ev->data;
    ngx_http_article_gzip_pending--;

    /* a form that is no smaller is of no use */

    size = NGX_HTTP_ARTICLE_ETAG_LEN + gzip->len;
    purges = ngx_http_article_zone_purges(gzip->shm_zone, gzip->key);

    out = ngx_alloc(size, ev->log);

    if (out) {
        ngx_memcpy(out, gzip->etag, NGX_HTTP_ARTICLE_ETAG_LEN);

        form.data = out;
        form.len = ngx_http_article_gzip_deflate(gzip,
                                            out + NGX_HTTP_ARTICLE_ETAG_LEN,
                                            gzip->len);

        if (form.len) {
            form.len += NGX_HTTP_ARTICLE_ETAG_LEN;
            (void) ngx_http_article_zone_set(gzip->shm_zone, gzip->key, &form,
                                             gzip->expire, purges);
        }

        ngx_free(out);
    }

    ngx_free(gzip);
}


/* Bytes of the form; 0: it does not fit, or memory is out. */

static size_t
ngx_http_article_gzip_deflate(ngx_http_article_gzip_t *gzip, u_char *out,
    size_t size)
{
    int       rc, level;
    size_t    len;
    z_stream  stream;

    ngx_memzero(&stream, sizeof(z_stream));

    level = (gzip->len <= NGX_HTTP_ARTICLE_GZIP_SMALL)
            ? Z_DEFAULT_COMPRESSION : Z_BEST_SPEED;

    if (deflateInit2(&stream, level, Z_DEFLATED, NGX_HTTP_ARTICLE_GZIP_WINDOW,
                     MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY)
        != Z_OK)
    {
        return 0;
    }

    stream.next_in = gzip->item;
    stream.avail_in = (uInt) gzip->len;
    stream.next_out = out;
    stream.avail_out = (uInt) size;

    rc = deflate(&stream, Z_FINISH);
    len = (rc == Z_STREAM_END) ? stream.total_out : 0;

    (void) deflateEnd(&stream);

    return len;
}

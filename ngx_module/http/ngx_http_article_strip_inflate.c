
/*
 * Copyright (C) ngx_article authors
 *
 * A page that the portal compressed, on its way to the cutter: gzip in any
 * portions becomes plain bytes in a few buffers of our own.  Those are used
 * again as soon as they are sent; until then the portal's bytes wait.
 *
 * nginx' own gunzip filter inflates for clients without gzip alone.
 */


#include "ngx_http_article_strip_body.h"

#include <zlib.h>


#define NGX_HTTP_ARTICLE_INFLATE_BUFFER   8192
#define NGX_HTTP_ARTICLE_INFLATE_BUFFERS  4

/*
 * A page is a bomb if it grows so many times, past so many bytes.  HTML
 * shrinks to a fifth, tables of figures to a fiftieth; zlib's limit is 1032.
 */
#define NGX_HTTP_ARTICLE_INFLATE_RATIO    200
#define NGX_HTTP_ARTICLE_INFLATE_SMALL    (256 * 1024)

/* A gzip header before the data, as inflateInit2() wants it told. */
#define NGX_HTTP_ARTICLE_INFLATE_GZIP     16


struct ngx_http_article_strip_inflate_s {
    z_stream       stream;
    ngx_chain_t   *in;
    ngx_chain_t   *free;
    ngx_chain_t   *busy;
    ngx_chain_t  **last_out;
    ngx_buf_t     *buf;             /* that is being filled, or NULL */
    ngx_uint_t     buffers;
    uint64_t       read;
    uint64_t       written;
    size_t         max;             /* bytes of a page that is cut */

    unsigned       between:1;       /* behind a whole gzip member */
    unsigned       ended:1;         /* only garbage is behind it */
    unsigned       failed:1;
    unsigned       large:1;
};


static ngx_int_t ngx_http_article_strip_inflate_some(
    ngx_http_article_strip_ctx_t *ctx, ngx_chain_t **out);
static ngx_int_t ngx_http_article_strip_inflate_buf(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);
static ngx_int_t ngx_http_article_strip_inflate_step(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);
static void ngx_http_article_strip_inflate_check(
    ngx_http_article_strip_ctx_t *ctx);
static ngx_int_t ngx_http_article_strip_inflate_get(
    ngx_http_article_strip_ctx_t *ctx);
static ngx_int_t ngx_http_article_strip_inflate_emit(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *from);
static void *ngx_http_article_strip_zalloc(void *opaque, u_int items,
    u_int size);
static void ngx_http_article_strip_zfree(void *opaque, void *address);


ngx_int_t
ngx_http_article_strip_inflate_start(ngx_http_article_strip_ctx_t *ctx,
    size_t max)
{
    ngx_http_article_strip_inflate_t  *z;

    z = ngx_pcalloc(ctx->request->pool,
                    sizeof(ngx_http_article_strip_inflate_t));
    if (z == NULL) {
        return NGX_ERROR;
    }

    z->max = max;

    z->stream.zalloc = ngx_http_article_strip_zalloc;
    z->stream.zfree = ngx_http_article_strip_zfree;
    z->stream.opaque = ctx->request->pool;

    if (inflateInit2(&z->stream, MAX_WBITS + NGX_HTTP_ARTICLE_INFLATE_GZIP)
        != Z_OK)
    {
        return NGX_ERROR;
    }

    ctx->inflate = z;

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_inflate(ngx_http_article_strip_ctx_t *ctx,
    ngx_chain_t *in)
{
    ngx_int_t                          rc, sent;
    ngx_chain_t                       *out;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;

    if (z->failed
        || ngx_chain_add_copy(ctx->request->pool, &z->in, in) == NGX_ERROR)
    {
        return NGX_ERROR;
    }

    out = NULL;
    sent = NGX_OK;

    if (in == NULL) {
        sent = ngx_http_article_strip_body(ctx, NULL);
    }

    ngx_chain_update_chains(ctx->request->pool, &z->free, &z->busy, &out,
                            (ngx_buf_tag_t) &ngx_http_article_strip_inflate);

    for ( ;; ) {
        rc = (sent == NGX_ERROR) ? NGX_ERROR
                             : ngx_http_article_strip_inflate_some(ctx, &out);

        if (out) {
            sent = ngx_http_article_strip_body(ctx, out);
        }

        ngx_chain_update_chains(ctx->request->pool, &z->free, &z->busy, &out,
                              (ngx_buf_tag_t) &ngx_http_article_strip_inflate);

        if (rc == NGX_ERROR || sent == NGX_ERROR) {
            z->failed = 1;

            /* what came of it leaves */

            if (sent != NGX_ERROR && ngx_http_article_strip_gathering(ctx)) {
                (void) ngx_http_article_strip_push(ctx);
            }

            return NGX_ERROR;
        }

        if (rc == NGX_OK || z->free == NULL) {
            ngx_http_article_strip_buffered(ctx);
            return (rc == NGX_OK) ? sent : NGX_AGAIN;
        }
    }
}


ngx_uint_t
ngx_http_article_strip_inflating(ngx_http_article_strip_ctx_t *ctx)
{
    return ctx->inflate != NULL && ctx->inflate->in != NULL
           && !ctx->inflate->failed;
}


/* NGX_OK: all that came; NGX_AGAIN: all buffers are full. */

static ngx_int_t
ngx_http_article_strip_inflate_some(ngx_http_article_strip_ctx_t *ctx,
    ngx_chain_t **out)
{
    ngx_int_t                          rc;
    ngx_buf_t                         *b;
    ngx_chain_t                       *cl;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;
    z->last_out = out;

    while (z->in) {
        b = z->in->buf;

        rc = ngx_http_article_strip_inflate_buf(ctx, b);

        if (rc != NGX_OK) {
            return rc;
        }

        if ((b->last_buf || b->last_in_chain)
            && z->read && !z->between && !z->ended)
        {
            ngx_log_error(NGX_LOG_ERR, ctx->request->connection->log, 0,
                          "article_strip: the portal's gzip data ends too "
                          "early");
            return NGX_ERROR;
        }

        if (z->in->next == NULL || b->flush || b->sync || b->last_buf
            || b->last_in_chain)
        {
            if (ngx_http_article_strip_inflate_emit(ctx, b) != NGX_OK) {
                return NGX_ERROR;
            }
        }

        cl = z->in;
        z->in = cl->next;
        ngx_free_chain(ctx->request->pool, cl);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_strip_inflate_buf(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b)
{
    ngx_int_t                          rc;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;

    if (!ngx_buf_in_memory(b)) {

        if (ngx_buf_size(b) == 0) {
            return NGX_OK;
        }

        ngx_log_error(NGX_LOG_ALERT, ctx->request->connection->log, 0,
                      "article_strip: a file that is not in memory");
        return NGX_ERROR;
    }

    if (z->ended) {
        b->pos = b->last;
        return NGX_OK;
    }

    for ( ;; ) {

        if (z->buf == NULL) {
            rc = ngx_http_article_strip_inflate_get(ctx);

            if (rc != NGX_OK) {
                return rc;
            }
        }

        rc = ngx_http_article_strip_inflate_step(ctx, b);

        if (rc != NGX_AGAIN) {
            return rc;
        }

        if (z->buf->last == z->buf->end
            && ngx_http_article_strip_inflate_emit(ctx, NULL) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }
}


/* NGX_OK: b is empty, and zlib holds nothing back; NGX_AGAIN: go on. */

static ngx_int_t
ngx_http_article_strip_inflate_step(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b)
{
    int                                rc;
    size_t                             left;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;

    left = b->last - b->pos;

    if (left == 0 && (z->read == 0 || z->between)) {
        return NGX_OK;
    }

    z->stream.next_in = b->pos;
    z->stream.avail_in = (uInt) left;
    z->stream.next_out = z->buf->last;
    z->stream.avail_out = (uInt) (z->buf->end - z->buf->last);

    rc = inflate(&z->stream, Z_SYNC_FLUSH);

    z->read += z->stream.next_in - b->pos;
    z->written += z->stream.next_out - z->buf->last;

    b->pos = z->stream.next_in;
    z->buf->last = z->stream.next_out;

    ngx_http_article_strip_inflate_check(ctx);

    if (rc == Z_STREAM_END) {
        z->between = 1;
        (void) inflateReset(&z->stream);
        return NGX_AGAIN;
    }

    if (rc != Z_OK && rc != Z_BUF_ERROR) {

        if (z->between) {

            /* what is behind a whole page is no other part of it */

            z->ended = 1;
            b->pos = b->last;
            return NGX_OK;
        }

        ngx_log_error(NGX_LOG_ERR, ctx->request->connection->log, 0,
                      "article_strip: the portal's gzip data is damaged: "
                      "inflate() returned %d", rc);
        return NGX_ERROR;
    }

    if (z->stream.avail_out == 0) {
        return NGX_AGAIN;
    }

    /* the first bytes of another member are to be seen as such */

    if (z->between && rc == Z_OK && left) {
        z->between = 0;
    }

    return NGX_OK;
}


/* Too large a page leaves uncut from here on, as it would uncompressed. */

static void
ngx_http_article_strip_inflate_check(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;

    if (!z->large
        && (z->written > z->max
            || (z->written > NGX_HTTP_ARTICLE_INFLATE_SMALL
                && z->written > z->read * NGX_HTTP_ARTICLE_INFLATE_RATIO)))
    {
        z->large = 1;
        ctx->give_up = ARTICLE_PAGE_TOO_LARGE;
    }
}


static ngx_int_t
ngx_http_article_strip_inflate_get(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_buf_t                         *b;
    ngx_chain_t                       *cl;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;

    if (z->free) {
        cl = z->free;
        z->free = cl->next;
        b = cl->buf;
        ngx_free_chain(ctx->request->pool, cl);

        b->flush = 0;
        b->sync = 0;
        b->last_buf = 0;
        b->last_in_chain = 0;

    } else if (z->buffers < NGX_HTTP_ARTICLE_INFLATE_BUFFERS) {

        b = ngx_create_temp_buf(ctx->request->pool,
                                NGX_HTTP_ARTICLE_INFLATE_BUFFER);
        if (b == NULL) {
            return NGX_ERROR;
        }

        b->tag = (ngx_buf_tag_t) &ngx_http_article_strip_inflate;
        b->recycled = 1;
        z->buffers++;

    } else {
        return NGX_AGAIN;
    }

    z->buf = b;

    return NGX_OK;
}


/* Sends what is inflated, with the flags of what it came from. */

static ngx_int_t
ngx_http_article_strip_inflate_emit(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *from)
{
    ngx_buf_t                         *b;
    ngx_chain_t                       *cl;
    ngx_http_article_strip_inflate_t  *z;

    z = ctx->inflate;
    b = z->buf;

    if (b == NULL || b->last == b->pos) {

        if (from == NULL || !(from->flush || from->sync || from->last_buf
                              || from->last_in_chain))
        {
            return NGX_OK;
        }

        b = ngx_calloc_buf(ctx->request->pool);
        if (b == NULL) {
            return NGX_ERROR;
        }

    } else {
        z->buf = NULL;
    }

    if (from) {
        b->flush = from->flush;
        b->sync = from->sync;
        b->last_buf = from->last_buf;
        b->last_in_chain = from->last_in_chain;
    }

    cl = ngx_alloc_chain_link(ctx->request->pool);
    if (cl == NULL) {
        return NGX_ERROR;
    }

    cl->buf = b;
    cl->next = NULL;

    *z->last_out = cl;
    z->last_out = &cl->next;

    return NGX_OK;
}


static void *
ngx_http_article_strip_zalloc(void *opaque, u_int items, u_int size)
{
    return ngx_palloc(opaque, (size_t) items * size);
}


static void
ngx_http_article_strip_zfree(void *opaque, void *address)
{
    (void) ngx_pfree(opaque, address);
}

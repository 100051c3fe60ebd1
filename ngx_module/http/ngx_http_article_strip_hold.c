
/*
 * Copyright (C) ngx_article authors
 *
 * Chunks of held bytes, and slices on their way to the client.
 */


#include "ngx_http_article_strip_body.h"


/* With its head: more than a pool's small allocation, so that it is freed. */
#define NGX_HTTP_ARTICLE_STRIP_CHUNK   4096


static ngx_http_article_strip_chunk_t *ngx_http_article_strip_get_chunk(
    ngx_http_article_strip_ctx_t *ctx);
static void ngx_http_article_strip_put_chunk(
    ngx_http_article_strip_ctx_t *ctx, ngx_http_article_strip_chunk_t *chunk);
static ngx_int_t ngx_http_article_strip_add_out(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);


ngx_int_t
ngx_http_article_strip_hold(ngx_http_article_strip_ctx_t *ctx, u_char *pos,
    u_char *last)
{
    size_t                           room;
    ngx_http_article_strip_chunk_t  *chunk, *first, **ll;

    first = NULL;
    ll = &first;

    room = ctx->held ? (size_t) (ctx->held_last->end - ctx->held_last->last)
                     : 0;

    /* all memory first: it is held whole or not at all */

    while (room < (size_t) (last - pos)) {

        chunk = ngx_http_article_strip_get_chunk(ctx);

        if (chunk == NULL) {

            while (first) {
                chunk = first;
                first = chunk->next;
                ngx_http_article_strip_put_chunk(ctx, chunk);
            }

            return NGX_ERROR;
        }

        room += chunk->end - chunk->last;

        *ll = chunk;
        ll = &chunk->next;
    }

    if (ctx->held) {
        ctx->held_last->next = first;
        chunk = ctx->held_last;

    } else {
        ctx->held = first;
        chunk = first;
    }

    for ( ;; ) {
        room = ngx_min(chunk->end - chunk->last, last - pos);

        chunk->last = ngx_cpymem(chunk->last, pos, room);
        pos += room;

        if (chunk->next == NULL) {
            break;
        }

        chunk = chunk->next;
    }

    ctx->held_last = chunk;

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_unhold(ngx_http_article_strip_ctx_t *ctx, uint64_t len,
    ngx_uint_t keep, uint64_t *done)
{
    uint64_t                         size;
    ngx_http_article_strip_chunk_t  *chunk;
    ngx_http_article_strip_slice_t  *slice;

    *done = 0;

    while (ctx->held && *done < len) {

        chunk = ctx->held;
        size = ngx_min((uint64_t) (chunk->last - chunk->pos), len - *done);

        if (keep) {
            slice = ngx_http_article_strip_slice(ctx, chunk->pos,
                                                 chunk->pos + size);
            if (slice == NULL) {
                return NGX_ERROR;
            }

            slice->chunk = chunk;
            chunk->refs++;
        }

        chunk->pos += size;
        *done += size;

        if (chunk->pos == chunk->last) {
            ctx->held = chunk->next;
            chunk->held = 0;

            if (chunk->refs == 0) {
                ngx_http_article_strip_put_chunk(ctx, chunk);
            }
        }
    }

    return NGX_OK;
}


ngx_http_article_strip_slice_t *
ngx_http_article_strip_slice(ngx_http_article_strip_ctx_t *ctx, u_char *pos,
    u_char *last)
{
    ngx_buf_t                       *b;
    ngx_http_article_strip_slice_t  *slice;

    slice = ctx->free;

    if (slice) {
        ctx->free = slice->next;
        ngx_memzero(slice, sizeof(ngx_http_article_strip_slice_t));

    } else {
        slice = ngx_pcalloc(ctx->request->pool,
                            sizeof(ngx_http_article_strip_slice_t));
        if (slice == NULL) {
            return NULL;
        }
    }

    b = &slice->buf;
    b->tag = (ngx_buf_tag_t) &ngx_http_article_strip_filter_module;

    if (pos) {
        b->start = pos;
        b->pos = pos;
        b->last = last;
        b->end = last;
        b->memory = 1;
    }

    if (ngx_http_article_strip_add_out(ctx, b) != NGX_OK) {
        return NULL;
    }

    ctx->slice = slice;

    if (ctx->busy) {
        ctx->busy_last->next = slice;

    } else {
        ctx->busy = slice;
    }

    ctx->busy_last = slice;

    return slice;
}


ngx_int_t
ngx_http_article_strip_link(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    if (ngx_buf_size(b) == 0 && !ngx_buf_special(b)) {
        return NGX_OK;
    }

    return ngx_http_article_strip_add_out(ctx, b);
}


void
ngx_http_article_strip_reclaim(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_chunk_t  *chunk;
    ngx_http_article_strip_slice_t  *slice;

    while (ctx->busy && ngx_buf_size(&ctx->busy->buf) == 0) {

        slice = ctx->busy;
        ctx->busy = slice->next;

        if (slice->origin) {
            slice->origin->pos = slice->origin->last;
        }

        chunk = slice->chunk;

        if (chunk && --chunk->refs == 0 && !chunk->held) {
            ngx_http_article_strip_put_chunk(ctx, chunk);
        }

        /* one without data may lie in some filter's chain for long */

        if (slice->buf.start) {
            slice->next = ctx->free;
            ctx->free = slice;
        }
    }
}


static ngx_http_article_strip_chunk_t *
ngx_http_article_strip_get_chunk(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_chunk_t  *chunk;

    chunk = ngx_palloc(ctx->request->pool, NGX_HTTP_ARTICLE_STRIP_CHUNK);
    if (chunk == NULL) {
        return NULL;
    }

    chunk->next = NULL;
    chunk->pos = (u_char *) chunk + sizeof(ngx_http_article_strip_chunk_t);
    chunk->last = chunk->pos;
    chunk->end = (u_char *) chunk + NGX_HTTP_ARTICLE_STRIP_CHUNK;
    chunk->refs = 0;
    chunk->held = 1;

    return chunk;
}


static void
ngx_http_article_strip_put_chunk(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *chunk)
{
    /* two kept for the next block were a third of what a page costs */

    (void) ngx_pfree(ctx->request->pool, chunk);
}


static ngx_int_t
ngx_http_article_strip_add_out(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b)
{
    ngx_chain_t  *cl;

    cl = ngx_alloc_chain_link(ctx->request->pool);
    if (cl == NULL) {
        return NGX_ERROR;
    }

    cl->buf = b;
    cl->next = NULL;

    *ctx->last_out = cl;
    ctx->last_out = &cl->next;

    return NGX_OK;
}

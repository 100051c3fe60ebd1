
/*
 * Copyright (C) ngx_article authors
 *
 * Chunks of held bytes, and slices on their way to the client.
 */


#include "ngx_http_article_strip_body.h"


/* Chunks are of so many bytes, or twice as many, and so on. */
#define NGX_HTTP_ARTICLE_STRIP_CHUNK   512


static ngx_http_article_strip_chunk_t *ngx_http_article_strip_get_chunk(
    size_t len);
static void ngx_http_article_strip_put_chunk(
    ngx_http_article_strip_ctx_t *ctx, ngx_http_article_strip_chunk_t *chunk);
static void ngx_http_article_strip_unref(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *chunk);
static ngx_int_t ngx_http_article_strip_add_out(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);


ngx_int_t
ngx_http_article_strip_hold(ngx_http_article_strip_ctx_t *ctx, u_char *pos,
    u_char *last)
{
    size_t                           room;
    ngx_http_article_strip_chunk_t  *chunk, *end;

    end = ctx->held ? ctx->held_last : NULL;
    room = end ? ngx_min(end->end - end->last, last - pos) : 0;

    /* memory first: it is held whole or not at all */

    if (room < (size_t) (last - pos)) {

        chunk = ngx_http_article_strip_get_chunk(last - pos - room);
        if (chunk == NULL) {
            return NGX_ERROR;
        }

        chunk->last = ngx_cpymem(chunk->last, pos + room, last - pos - room);

        if (end) {
            end->next = chunk;

        } else {
            ctx->held = chunk;
        }

        ctx->held_last = chunk;
    }

    if (room) {
        end->last = ngx_cpymem(end->last, pos, room);
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_unhold(ngx_http_article_strip_ctx_t *ctx, uint64_t len,
    ngx_uint_t keep, uint64_t *done)
{
    uint64_t                         size;
    ngx_http_article_strip_chunk_t  *chunk;

    *done = 0;

    while (ctx->held && *done < len) {

        chunk = ctx->held;
        size = ngx_min((uint64_t) (chunk->last - chunk->pos), len - *done);

        if (keep
            && ngx_http_article_strip_keep(ctx, chunk->pos, chunk->pos + size,
                                           chunk)
               != NGX_OK)
        {
            return NGX_ERROR;
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

    if (ngx_http_article_strip_gathered(ctx) != NGX_OK) {
        return NGX_ERROR;
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

        if (chunk) {
            ngx_http_article_strip_unref(ctx, chunk);
        }

        /* one without data may lie in some filter's chain for long */

        if (slice->buf.start) {
            slice->next = ctx->free;
            ctx->free = slice;
        }
    }
}


void
ngx_http_article_strip_free(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_chunk_t  *chunk;
    ngx_http_article_strip_slice_t  *slice;

    while (ctx->held) {
        chunk = ctx->held;
        ctx->held = chunk->next;
        chunk->held = 0;

        if (chunk->refs == 0) {
            ngx_http_article_strip_put_chunk(ctx, chunk);
        }
    }

    for (slice = ctx->busy; slice; slice = slice->next) {

        if (slice->chunk) {
            ngx_http_article_strip_unref(ctx, slice->chunk);
        }
    }

    ctx->busy = NULL;

    if (ctx->block) {
        ngx_http_article_strip_put_block(ctx, ctx->block);
    }
}


/* One slice less is on its way. */

static void
ngx_http_article_strip_unref(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *chunk)
{
    if (--chunk->refs != 0) {
        return;
    }

    /* a block that has left is free, though more could be put behind it */

    if (!chunk->held || (chunk->block && chunk->pos == chunk->last)) {
        ngx_http_article_strip_put_chunk(ctx, chunk);
    }
}


/* Not of the pool: there, freed memory leaves a trace each time. */

static ngx_http_article_strip_chunk_t *
ngx_http_article_strip_get_chunk(size_t len)
{
    size_t                           size;
    ngx_http_article_strip_chunk_t  *chunk;

    size = ngx_align(sizeof(ngx_http_article_strip_chunk_t) + len,
                     NGX_HTTP_ARTICLE_STRIP_CHUNK);

    chunk = ngx_alloc(size, ngx_cycle->log);
    if (chunk == NULL) {
        return NULL;
    }

    ngx_http_article_strip_chunk_init(chunk, size);

    return chunk;
}


void
ngx_http_article_strip_chunk_init(ngx_http_article_strip_chunk_t *chunk,
    size_t size)
{
    chunk->next = NULL;
    chunk->pos = (u_char *) chunk + sizeof(ngx_http_article_strip_chunk_t);
    chunk->last = chunk->pos;
    chunk->end = (u_char *) chunk + size;
    chunk->refs = 0;
    chunk->held = 1;
    chunk->block = 0;
}


static void
ngx_http_article_strip_put_chunk(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *chunk)
{
    if (chunk->block) {
        ngx_http_article_strip_put_block(ctx, chunk);

    } else {
        ngx_free(chunk);
    }
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


/*
 * Copyright (C) ngx_article authors
 *
 * What is kept of a page, gathered for one write.
 *
 * The portal's page comes in buffers of some KB, and cuts make smaller parts
 * of them.  A write to the client costs as much as copying tens of KB: so the
 * parts are copied into a block, which leaves when it is full, when nginx
 * wants all sent, or at the end of the event loop's turn.  The portal's
 * buffers are free at once.
 *
 * A block whose bytes the client does not take stays with its page until it
 * does; what comes meanwhile is not copied but leaves as slices of nginx'
 * buffers, so that they run out and the portal is read no further.
 */


#include "ngx_http_article_strip_body.h"


/*
 * A filter that cuts nothing took so much of bare proxy_pass' CPU with blocks
 * of 8, 16, 32 and 64 KB: 1.05, .75, .55 and .5 (245 KB), 1.05, .85, .77 and
 * .72 (60 KB).
 */
#define NGX_HTTP_ARTICLE_STRIP_BLOCK   32768

/* A worker has no more of them: 1 MB, however many clients are slow. */
#define NGX_HTTP_ARTICLE_STRIP_BLOCKS  32

/* The first ones are never freed. */
#define NGX_HTTP_ARTICLE_STRIP_KEPT    4


static ngx_int_t ngx_http_article_strip_full(
    ngx_http_article_strip_ctx_t *ctx);
static ngx_http_article_strip_chunk_t *ngx_http_article_strip_get_block(void);
static void ngx_http_article_strip_first_blocks(void);


/* of this worker: those that are free, and how many there are in all */
static ngx_http_article_strip_chunk_t  *ngx_http_article_strip_idle;
static ngx_uint_t                       ngx_http_article_strip_blocks;

/* the memory of the first ones */
static u_char                          *ngx_http_article_strip_first;


ngx_int_t
ngx_http_article_strip_keep(ngx_http_article_strip_ctx_t *ctx, u_char *pos,
    u_char *last, ngx_http_article_strip_chunk_t *from)
{
    size_t                           len;
    ngx_http_article_strip_slice_t  *slice;
    ngx_http_article_strip_chunk_t  *block;

    while (pos < last && ctx->copying) {

        block = ctx->block;

        if (block == NULL) {
            block = ngx_http_article_strip_get_block();
            ctx->block = block;

            if (block == NULL) {
                ctx->copying = 0;
            }

        } else if (block->last == block->end) {

            if (ngx_http_article_strip_full(ctx) != NGX_OK) {
                return NGX_ERROR;
            }

        } else {
            len = ngx_min(block->end - block->last, last - pos);
            block->last = ngx_cpymem(block->last, pos, len);
            pos += len;
        }
    }

    if (pos == last) {
        return NGX_OK;
    }

    if (ngx_http_article_strip_gathered(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    slice = ngx_http_article_strip_slice(ctx, pos, last);
    if (slice == NULL) {
        return NGX_ERROR;
    }

    if (from) {
        slice->chunk = from;
        from->refs++;

    } else {
        ctx->borrowed = slice;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_gathered(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_chunk_t  *block;
    ngx_http_article_strip_slice_t  *slice;

    if (!ngx_http_article_strip_gathering(ctx)) {
        return NGX_OK;
    }

    block = ctx->block;

    slice = ngx_http_article_strip_slice(ctx, block->pos, block->last);
    if (slice == NULL) {
        return NGX_ERROR;
    }

    slice->chunk = block;
    block->refs++;
    block->pos = block->last;

    /* that makes nginx write it, and gzip not flush */

    slice->buf.recycled = 1;

    return NGX_OK;
}


/* The block leaves; unless it left at once, nothing is copied any more. */

static ngx_int_t
ngx_http_article_strip_full(ngx_http_article_strip_ctx_t *ctx)
{
    if (ngx_http_article_strip_gathered(ctx) != NGX_OK
        || ngx_http_article_strip_output(ctx) == NGX_ERROR)
    {
        return NGX_ERROR;
    }

    if (ctx->block) {
        ctx->block->held = 0;
        ctx->block = NULL;
        ctx->copying = 0;
    }

    return NGX_OK;
}


void
ngx_http_article_strip_put_block(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *block)
{
    if (ctx->block == block) {
        ctx->block = NULL;
    }

    if (block->block > NGX_HTTP_ARTICLE_STRIP_KEPT) {
        ngx_free(block);
        ngx_http_article_strip_blocks--;
        return;
    }

    block->next = ngx_http_article_strip_idle;
    ngx_http_article_strip_idle = block;
}


static ngx_http_article_strip_chunk_t *
ngx_http_article_strip_get_block(void)
{
    ngx_uint_t                       number;
    ngx_http_article_strip_chunk_t  *block;

    if (ngx_http_article_strip_blocks == 0) {
        ngx_http_article_strip_first_blocks();
    }

    block = ngx_http_article_strip_idle;

    if (block) {
        ngx_http_article_strip_idle = block->next;
        number = block->block;

    } else {

        if (ngx_http_article_strip_blocks == NGX_HTTP_ARTICLE_STRIP_BLOCKS) {
            return NULL;
        }

        block = ngx_alloc(NGX_HTTP_ARTICLE_STRIP_BLOCK, ngx_cycle->log);
        if (block == NULL) {
            return NULL;
        }

        number = ++ngx_http_article_strip_blocks;
    }

    ngx_http_article_strip_chunk_init(block, NGX_HTTP_ARTICLE_STRIP_BLOCK);
    block->block = number;

    return block;
}


/* In one piece: between pages in flight they would hold the heap together. */

static void
ngx_http_article_strip_first_blocks(void)
{
    u_char                          *p;
    ngx_http_article_strip_chunk_t  *block;

    p = ngx_alloc(NGX_HTTP_ARTICLE_STRIP_KEPT * NGX_HTTP_ARTICLE_STRIP_BLOCK,
                  ngx_cycle->log);
    if (p == NULL) {
        return;
    }

    ngx_http_article_strip_first = p;

    while (ngx_http_article_strip_blocks < NGX_HTTP_ARTICLE_STRIP_KEPT) {
        block = (ngx_http_article_strip_chunk_t *) p;
        block->block = ++ngx_http_article_strip_blocks;
        block->next = ngx_http_article_strip_idle;
        ngx_http_article_strip_idle = block;

        p += NGX_HTTP_ARTICLE_STRIP_BLOCK;
    }
}


void
ngx_http_article_strip_exit(ngx_cycle_t *cycle)
{
    /* all requests have ended */

    if (ngx_http_article_strip_first) {
        ngx_free(ngx_http_article_strip_first);
    }
}

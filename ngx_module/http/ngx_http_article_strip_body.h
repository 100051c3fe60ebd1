
/*
 * Copyright (C) ngx_article authors
 *
 * The page on its way through the cutter.
 *
 *        input buffer          decided?   kept: gathered in a block, or a
 *   ...|==============|            |      slice of the input buffer while
 *      ^sent      ^decided  ^seen  |      the client does not take blocks
 *   ---+----------+---------+      |
 *   gone out, or  | held: copied   |      cut: skipped
 *   cut           | to own chunks, |
 *                 | the input is   |      undecided: held
 *                 | free again     |
 *
 * What is held waits for input that decides it, or until the page ends, or
 * for a second: then it leaves uncut.  Whenever something fails the rest of
 * the page leaves as it came.
 */


#ifndef _NGX_HTTP_ARTICLE_STRIP_BODY_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_STRIP_BODY_H_INCLUDED_


#include "ngx_http_article_learn.h"


/* r->buffered has but one bit for modules that are not nginx' own. */
#define NGX_HTTP_ARTICLE_STRIP_BUFFERED  0x08


typedef struct ngx_http_article_strip_chunk_s  ngx_http_article_strip_chunk_t;
typedef struct ngx_http_article_strip_slice_s  ngx_http_article_strip_slice_t;
typedef struct ngx_http_article_strip_inflate_s
    ngx_http_article_strip_inflate_t;


/* Held bytes, or a block; pos to last wait, last to end are free. */
struct ngx_http_article_strip_chunk_s {
    ngx_http_article_strip_chunk_t   *next;
    u_char                           *pos;
    u_char                           *last;
    u_char                           *end;
    ngx_uint_t                        refs;     /* slices on their way */
    ngx_uint_t                        held;     /* 0: all of it has left */
    ngx_uint_t                        block;    /* number of the worker's
                                                   block that it is, or 0 */
};


/* A part of a chunk or of an input buffer that was sent on. */
struct ngx_http_article_strip_slice_s {
    ngx_buf_t                         buf;
    ngx_buf_t                        *origin;   /* done with the slice */
    ngx_http_article_strip_chunk_t   *chunk;
    ngx_http_article_strip_slice_t   *next;
};


/* One cut and why it was made (the plan's), for the operator. */
typedef struct {
    article_range_t                   range;
    const char                       *why;
} ngx_http_article_strip_cut_t;


typedef struct {
    article_strip_t                  *strip;    /* NULL: the rest passes */
    ngx_http_request_t               *request;
    ngx_http_output_body_filter_pt    next;
    ngx_shm_zone_t                   *shm_zone; /* counters, or NULL */
    size_t                            buffer;

    off_t                             length;   /* of the page, or -1 */
    uint64_t                          seen;     /* bytes given to strip */
    uint64_t                          sent;     /* ... that left or were cut */
    uint64_t                          removed;  /* ... that were cut */
    article_range_t                   cut;      /* the next one, or empty */

    ngx_http_article_strip_chunk_t   *held;
    ngx_http_article_strip_chunk_t   *held_last;

    ngx_http_article_strip_chunk_t   *block;    /* that is being filled */
    ngx_event_t                       turn;     /* its end sends the block */
    ngx_uint_t                        copying;  /* what of this input buffer
                                                   is kept, to the block */

    ngx_chain_t                      *out;
    ngx_chain_t                     **last_out;
    ngx_http_article_strip_slice_t   *slice;    /* last one in out */
    ngx_http_article_strip_slice_t   *borrowed; /* last one that lies in this
                                                   input buffer */
    ngx_http_article_strip_slice_t   *busy;
    ngx_http_article_strip_slice_t   *busy_last;
    ngx_http_article_strip_slice_t   *free;

    ngx_event_t                       timer;
    uint64_t                          waiting;  /* for bytes from here on */

    ngx_http_article_place_t         *place;    /* where it is counted */
    ngx_http_article_plan_use_t      *use;      /* that is cut by, or NULL */
    ngx_http_article_lesson_t        *lesson;   /* of this page, or NULL */

    ngx_http_article_strip_inflate_t *inflate;  /* NULL: it came plain */
    article_reason_t                  give_up;  /* the rest is not cut */
    ngx_list_t                       *cuts;     /* _cut_t, or NULL: none */
    ngx_uint_t                        told;     /* so many of them */
    ngx_uint_t                        debug;    /* they go into trailers */
    ngx_uint_t                        uncut;    /* it ends, and none was */
    ngx_uint_t                        unsent;   /* the header waits */
    ngx_uint_t                        whole;    /* ... for all of the page */
} ngx_http_article_strip_ctx_t;


/* What cuts the page of a request from now on; NULL when it cannot. */
ngx_http_article_strip_ctx_t *ngx_http_article_strip_start(
    ngx_http_request_t *r, ngx_http_article_strip_conf_t *conf,
    ngx_http_output_body_filter_pt next);

/* The body filter's work. */
ngx_int_t ngx_http_article_strip_body(ngx_http_article_strip_ctx_t *ctx,
    ngx_chain_t *in);


/* The rest passes as it is: nginx answers something else instead. */
void ngx_http_article_strip_forget(ngx_http_article_strip_ctx_t *ctx);

/*
 * Sends the header that waited for the first bytes of the body: as it is if
 * none of the page was cut, and none will be.
 */
ngx_int_t ngx_http_article_strip_send_header(
    ngx_http_article_strip_ctx_t *ctx);

/* Sends what is in ctx->out on. */
ngx_int_t ngx_http_article_strip_output(ngx_http_article_strip_ctx_t *ctx);

/* The same, and what was gathered. */
ngx_int_t ngx_http_article_strip_push(ngx_http_article_strip_ctx_t *ctx);

/* Tells nginx whether something here waits to be sent. */
void ngx_http_article_strip_buffered(ngx_http_article_strip_ctx_t *ctx);


/*
 * gzip from the portal (strip_inflate.c): inflates the page before it comes
 * to ngx_http_article_strip_body(), and has it cut no further once it is
 * larger than max bytes, or a bomb.
 */
ngx_int_t ngx_http_article_strip_inflate_start(
    ngx_http_article_strip_ctx_t *ctx, size_t max);
ngx_int_t ngx_http_article_strip_inflate(ngx_http_article_strip_ctx_t *ctx,
    ngx_chain_t *in);

/* 1 while bytes of the portal wait for a free buffer. */
ngx_uint_t ngx_http_article_strip_inflating(ngx_http_article_strip_ctx_t *ctx);


/* What was cut (strip_cuts.c): kept for $article_strip_cuts, and trailers. */
void ngx_http_article_strip_cut_add(ngx_http_article_strip_ctx_t *ctx);
void ngx_http_article_strip_trailers(ngx_http_article_strip_ctx_t *ctx);
ngx_int_t ngx_http_article_strip_add_variables(ngx_conf_t *cf);


/*
 * Bytes (strip_hold.c).  Holds a copy; NGX_ERROR when memory is out, then
 * nothing is held of them.
 */
ngx_int_t ngx_http_article_strip_hold(ngx_http_article_strip_ctx_t *ctx,
    u_char *pos, u_char *last);

/* The first held bytes, len at most: sent on (keep), or forgotten. */
ngx_int_t ngx_http_article_strip_unhold(ngx_http_article_strip_ctx_t *ctx,
    uint64_t len, ngx_uint_t keep, uint64_t *done);

void ngx_http_article_strip_chunk_init(ngx_http_article_strip_chunk_t *chunk,
    size_t size);

/* Adds a slice to what goes out; an empty one (NULL) carries flags. */
ngx_http_article_strip_slice_t *ngx_http_article_strip_slice(
    ngx_http_article_strip_ctx_t *ctx, u_char *pos, u_char *last);

/* Adds an input buffer as it is. */
ngx_int_t ngx_http_article_strip_link(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b);

/* Frees the slices that have been sent. */
void ngx_http_article_strip_reclaim(ngx_http_article_strip_ctx_t *ctx);

/* The request ends: chunks are freed, blocks are the worker's again. */
void ngx_http_article_strip_free(ngx_http_article_strip_ctx_t *ctx);


/*
 * Blocks (strip_gather.c).  These bytes are kept: copied, or a slice of the
 * input buffer or of the chunk that they lie in (from).
 */
ngx_int_t ngx_http_article_strip_keep(ngx_http_article_strip_ctx_t *ctx,
    u_char *pos, u_char *last, ngx_http_article_strip_chunk_t *from);

/* Puts what has been copied into ctx->out. */
ngx_int_t ngx_http_article_strip_gathered(ngx_http_article_strip_ctx_t *ctx);

/* 1 if there is something to put there. */
#define ngx_http_article_strip_gathering(ctx)                                 \
    ((ctx)->block && (ctx)->block->pos < (ctx)->block->last)

/* A block that nobody refers to any more. */
void ngx_http_article_strip_put_block(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_article_strip_chunk_t *block);

/* The worker ends. */
void ngx_http_article_strip_exit(ngx_cycle_t *cycle);


#endif /* _NGX_HTTP_ARTICLE_STRIP_BODY_H_INCLUDED_ */

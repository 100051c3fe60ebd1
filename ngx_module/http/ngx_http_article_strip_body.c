
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_strip_body.h"
#include "ngx_http_article_metrics.h"


/* Held bytes leave after so many milliseconds. */
#define NGX_HTTP_ARTICLE_STRIP_WAIT  1000

/*
 * A page that is here already, in a file, is held to so many bytes until it
 * is known whether anything is cut: if not, its header stays as it is.
 */
#define NGX_HTTP_ARTICLE_STRIP_WHOLE  (256 * 1024)


static ngx_uint_t ngx_http_article_strip_stored(ngx_http_request_t *r);
static void ngx_http_article_strip_learn(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_request_t *r, ngx_http_article_strip_conf_t *conf,
    article_strip_options_t *options);
static ngx_int_t ngx_http_article_strip_buf(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b);
static void ngx_http_article_strip_teach(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b);
static ngx_int_t ngx_http_article_strip_scan(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b, ngx_uint_t end);
static void ngx_http_article_strip_waits(
    ngx_http_article_strip_ctx_t *ctx, ngx_uint_t end);
static ngx_int_t ngx_http_article_strip_advance(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);
static ngx_int_t ngx_http_article_strip_move(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b, uint64_t end,
    ngx_uint_t keep);
static ngx_int_t ngx_http_article_strip_rest(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);
static ngx_int_t ngx_http_article_strip_flags(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);
static ngx_uint_t ngx_http_article_strip_cut(
    ngx_http_article_strip_ctx_t *ctx);
static ngx_uint_t ngx_http_article_strip_is_end(
    ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b);

static void ngx_http_article_strip_stop(ngx_http_article_strip_ctx_t *ctx,
    article_reason_t reason);
static void ngx_http_article_strip_wait(ngx_http_article_strip_ctx_t *ctx);
static void ngx_http_article_strip_timeout(ngx_event_t *ev);
static void ngx_http_article_strip_turn(ngx_event_t *ev);
static void ngx_http_article_strip_cleanup(void *data);


ngx_http_article_strip_ctx_t *
ngx_http_article_strip_start(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf, ngx_http_output_body_filter_pt next)
{
    ngx_str_t                      *host;
    ngx_pool_cleanup_t             *cln;
    const article_portal_t         *written;
    article_strip_options_t         options;
    ngx_http_article_place_t       *place;
    ngx_http_core_srv_conf_t       *cscf;
    ngx_http_article_main_conf_t   *amcf;
    ngx_http_article_strip_ctx_t   *ctx;

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_article_strip_ctx_t));
    if (ctx == NULL) {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    host = &r->headers_in.server;

    if (host->len == 0) {
        cscf = ngx_http_get_module_srv_conf(r, ngx_http_core_module);
        host = &cscf->server_name;
    }

    /* known to the cleanup, whatever fails below */

    ctx->request = r;
    ctx->last_out = &ctx->out;

    cln->handler = ngx_http_article_strip_cleanup;
    cln->data = ctx;

    ngx_memzero(&options, sizeof(article_strip_options_t));

    options.url.data = (const char *) r->unparsed_uri.data;
    options.url.len = r->unparsed_uri.len;
    options.charset.data = (const char *) r->headers_out.charset.data;
    options.charset.len = r->headers_out.charset.len;
    written = ngx_http_article_portal(r, host);
    options.portal = written;
    options.buffer = conf->buffer;
    options.builtin = 1;

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
    options.memory = amcf->memory;

    ngx_http_article_strip_learn(ctx, r, conf, &options);

    ctx->strip = article_strip_create(&options);
    if (ctx->strip == NULL) {
        return NULL;
    }

    place = ngx_http_article_place_find(amcf, written);

    ctx->next = next;
    ctx->shm_zone = amcf->shm_zone;
    ctx->place = place ? place : conf->place;
    ctx->buffer = conf->buffer;
    ctx->length = -1;
    ctx->whole = ngx_http_article_strip_stored(r);

    ctx->timer.handler = ngx_http_article_strip_timeout;
    ctx->timer.data = ctx;
    ctx->timer.log = r->connection->log;
    ctx->timer.cancelable = 1;

    ctx->turn.handler = ngx_http_article_strip_turn;
    ctx->turn.data = ctx;
    ctx->turn.log = r->connection->log;

    return ctx;
}


/* A page that is a file, or comes from nginx' cache. */

static ngx_uint_t
ngx_http_article_strip_stored(ngx_http_request_t *r)
{
#if (NGX_HTTP_CACHE)
    return r == r->main && (r->upstream == NULL || r->cached);
#else
    return r == r->main && r->upstream == NULL;
#endif
}


/* What was learned is cut by as well; and this page may teach. */

static void
ngx_http_article_strip_learn(ngx_http_article_strip_ctx_t *ctx,
    ngx_http_request_t *r, ngx_http_article_strip_conf_t *conf,
    article_strip_options_t *options)
{
    ngx_http_article_plan_t  *plan;

    if (r != r->main || conf->learning == NGX_HTTP_ARTICLE_LEARN_OFF) {
        return;
    }

    plan = ngx_http_article_learn_plan(r, options->portal);

    if (plan == NULL) {
        return;
    }

    ctx->lesson = ngx_http_article_learn_begin(r, plan, NULL);

    if (conf->learning != NGX_HTTP_ARTICLE_LEARN_APPLY) {
        return;
    }

    ctx->use = ngx_http_article_plan_use(plan);

    if (ctx->use) {
        options->portal = ctx->use->portal;
    }
}


ngx_int_t
ngx_http_article_strip_body(ngx_http_article_strip_ctx_t *ctx,
    ngx_chain_t *in)
{
    ngx_int_t     rc;
    ngx_chain_t  *cl;

    for (cl = in; cl; cl = cl->next) {

        if (ngx_http_article_strip_buf(ctx, cl->buf) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    if (ctx->out == NULL && ctx->busy == NULL
        && (in || (ctx->unsent && !ngx_http_article_strip_gathering(ctx))))
    {
        if (ngx_http_article_strip_gathering(ctx)) {
            ngx_post_event(&ctx->turn, &ngx_posted_events);
        }

        rc = NGX_OK;

    } else {
        rc = ngx_http_article_strip_push(ctx);
    }

    ngx_http_article_strip_wait(ctx);

    return rc;
}


static ngx_int_t
ngx_http_article_strip_buf(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    ngx_uint_t  end;

    ctx->borrowed = NULL;
    ctx->copying = (ctx->busy == NULL);

    if (ctx->lesson) {
        ngx_http_article_strip_teach(ctx, b);
    }

    if (ctx->give_up && ctx->strip) {

        article_strip_finish(ctx->strip);
        ctx->whole = 0;

        if (ngx_http_article_strip_advance(ctx, NULL) != NGX_OK) {
            return NGX_ERROR;
        }

        ngx_http_article_strip_stop(ctx, ctx->give_up);
    }

    if (ctx->strip == NULL) {
        return ngx_http_article_strip_link(ctx, b);
    }

    if (!ngx_buf_in_memory(b) && ngx_buf_size(b) != 0) {

        /* a file in spite of filter_need_in_memory: it cannot be read here */

        article_strip_finish(ctx->strip);
        ctx->whole = 0;

        if (ngx_http_article_strip_advance(ctx, NULL) != NGX_OK) {
            return NGX_ERROR;
        }

        ngx_http_article_strip_stop(ctx, ARTICLE_STRIP_NOT_PLAIN);

        return ngx_http_article_strip_link(ctx, b);
    }

    end = ngx_http_article_strip_is_end(ctx, b);

    return ngx_http_article_strip_scan(ctx, b, end);
}


/* A page that the portal broke off, or that grew too large, is none. */

static void
ngx_http_article_strip_teach(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    if (ctx->give_up || (!ngx_buf_in_memory(b) && ngx_buf_size(b) != 0)) {
        ngx_http_article_learn_drop(ctx->lesson);
        ctx->lesson = NULL;
        return;
    }

    if (ngx_buf_in_memory(b)) {
        ngx_http_article_learn_add(ctx->lesson, b->pos, b->last);
    }

    if (b->last_buf || b->last_in_chain) {
        ngx_http_article_learn_end(ctx->lesson,
                                   &ctx->request->headers_out.charset);
        ctx->lesson = NULL;
    }
}


static ngx_int_t
ngx_http_article_strip_scan(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b,
    ngx_uint_t end)
{
    size_t            size;
    ngx_int_t         rc;
    article_reason_t  reason;

    size = ngx_buf_in_memory(b) ? (size_t) (b->last - b->pos) : 0;
    reason = ARTICLE_OK;

    if (size) {
        ctx->seen += size;
        reason = article_strip_feed(ctx->strip, (char *) b->pos, size);
    }

    if (end) {
        article_strip_finish(ctx->strip);

    } else if (ctx->seen - article_strip_decided(ctx->strip)
               > (uint64_t) ctx->buffer + size)
    {
        /* the cutter keeps to its buffer; this is the second lock */

        article_strip_finish(ctx->strip);
        end = 1;
        reason = ARTICLE_STRIP_LIMIT;
    }

    if (end && ctx->removed == 0 && !ngx_http_article_strip_cut(ctx)) {
        ctx->uncut = 1;
    }

    ngx_http_article_strip_waits(ctx, end);

    rc = ngx_http_article_strip_advance(ctx, b);

    if (rc == NGX_OK) {
        rc = ngx_http_article_strip_rest(ctx, b);
    }

    if (rc == NGX_OK) {
        rc = ngx_http_article_strip_flags(ctx, b);
    }

    if ((end || reason != ARTICLE_OK) && ctx->strip) {
        ngx_http_article_strip_stop(ctx, reason);
    }

    return rc;
}


/* Nothing leaves before it is known that nothing is cut, or that some is. */

static void
ngx_http_article_strip_waits(ngx_http_article_strip_ctx_t *ctx,
    ngx_uint_t end)
{
    if (ctx->whole
        && (!ctx->unsent || end || ctx->seen > NGX_HTTP_ARTICLE_STRIP_WHOLE
            || ngx_http_article_strip_cut(ctx)))
    {
        ctx->whole = 0;
    }
}


/* Sends what is decided and not cut: held bytes first, then those of b. */

static ngx_int_t
ngx_http_article_strip_advance(ngx_http_article_strip_ctx_t *ctx,
    ngx_buf_t *b)
{
    uint64_t    end, decided;
    ngx_uint_t  keep;

    decided = ngx_min(article_strip_decided(ctx->strip), ctx->seen);

    if (ctx->whole) {
        return NGX_OK;
    }

    while (ctx->sent < decided) {

        keep = 1;
        end = decided;

        if (ngx_http_article_strip_cut(ctx)) {

            if (ctx->cut.start > ctx->sent) {
                end = ngx_min(ctx->cut.start, decided);

            } else {
                end = ngx_min(ctx->cut.end, decided);
                keep = 0;
                ctx->removed += end - ctx->sent;
            }
        }

        if (ngx_http_article_strip_move(ctx, b, end, keep) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* All from sent to end is either sent on or forgotten. */

static ngx_int_t
ngx_http_article_strip_move(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b,
    uint64_t end, ngx_uint_t keep)
{
    u_char    *pos, *last;
    uint64_t   done;

    if (ngx_http_article_strip_unhold(ctx, end - ctx->sent, keep, &done)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    ctx->sent += done;

    if (ctx->sent == end) {
        return NGX_OK;
    }

    if (b == NULL) {
        return NGX_ERROR;
    }

    /* b ends at the last byte seen */

    pos = b->last - (ctx->seen - ctx->sent);
    last = b->last - (ctx->seen - end);

    if (keep
        && ngx_http_article_strip_keep(ctx, pos, last, NULL) != NGX_OK)
    {
        return NGX_ERROR;
    }

    ctx->sent = end;

    return NGX_OK;
}


/* What is not decided is copied, and b is free again once it is sent. */

static ngx_int_t
ngx_http_article_strip_rest(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    size_t   len;
    u_char  *pos;

    if (ctx->sent < ctx->seen && ngx_buf_in_memory(b)) {

        /* the held bytes come first: they may be all, or none */

        len = (size_t) ngx_min(ctx->seen - ctx->sent,
                               (uint64_t) (b->last - b->pos));
        pos = b->last - len;

        if (len && ngx_http_article_strip_hold(ctx, pos, b->last) != NGX_OK) {

            article_strip_finish(ctx->strip);
            ctx->whole = 0;

            if (ngx_http_article_strip_advance(ctx, b) != NGX_OK) {
                return NGX_ERROR;
            }

            ngx_http_article_strip_stop(ctx, ARTICLE_NO_MEMORY);
        }
    }

    if (ctx->borrowed) {
        ctx->borrowed->origin = b;
        ctx->borrowed->buf.recycled = b->recycled;

    } else if (ngx_buf_in_memory(b)) {
        b->pos = b->last;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_strip_flags(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    ngx_buf_t                       *flagged;
    ngx_http_article_strip_slice_t  *slice;

    if (!b->flush && !b->sync && !b->last_buf && !b->last_in_chain) {
        return NGX_OK;
    }

    if (ngx_http_article_strip_gathered(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    slice = ctx->slice;

    if (slice == NULL) {

        slice = ngx_http_article_strip_slice(ctx, NULL, NULL);
        if (slice == NULL) {
            return NGX_ERROR;
        }

        slice->buf.sync = 1;
    }

    flagged = &slice->buf;

    flagged->flush = b->flush;
    flagged->last_buf = b->last_buf;
    flagged->last_in_chain = b->last_in_chain;

    return NGX_OK;
}


/* Is there a cut that is not wholly behind us?  Then it is in ctx->cut. */

static ngx_uint_t
ngx_http_article_strip_cut(ngx_http_article_strip_ctx_t *ctx)
{
    while (ctx->cut.end <= ctx->sent) {

        if (!article_strip_next_cut(ctx->strip, &ctx->cut)) {
            ctx->cut.start = 0;
            ctx->cut.end = 0;
            return 0;
        }

        ngx_http_article_strip_cut_add(ctx);
    }

    return 1;
}


/*
 * The end of the page: by its length, since the last buffer of a proxied one
 * comes by itself, behind the data; also when the portal broke off and nginx,
 * done with the upstream, sends a flush instead of the last buffer.
 */

static ngx_uint_t
ngx_http_article_strip_is_end(ngx_http_article_strip_ctx_t *ctx, ngx_buf_t *b)
{
    ngx_http_request_t  *r;

    if (b->last_buf || b->last_in_chain) {
        return 1;
    }

    if (ctx->length > 0 && ngx_buf_in_memory(b)
        && ctx->seen + (b->last - b->pos) >= (uint64_t) ctx->length)
    {
        return 1;
    }

    r = ctx->request;

    return b->flush && ngx_buf_size(b) == 0
           && r->upstream && r->upstream->cleanup == NULL;
}


ngx_int_t
ngx_http_article_strip_output(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_int_t            rc;
    ngx_chain_t         *cl, *out, *next;
    ngx_http_request_t  *r;

    r = ctx->request;

    if (ctx->unsent && ngx_http_article_strip_send_header(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    out = ctx->out;

    /* a filter behind us may begin at the first one again: addition does */

    ctx->out = NULL;
    ctx->last_out = &ctx->out;
    ctx->slice = NULL;

    rc = ctx->next(r, out);

    /* whoever needed the links has copied them */

    for (cl = out; cl; cl = next) {
        next = cl->next;
        ngx_free_chain(r->pool, cl);
    }

    ngx_http_article_strip_reclaim(ctx);

    return rc;
}


ngx_int_t
ngx_http_article_strip_push(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_int_t  rc;

    if (ngx_http_article_strip_gathered(ctx) != NGX_OK) {
        return NGX_ERROR;
    }

    rc = ngx_http_article_strip_output(ctx);

    ngx_http_article_strip_buffered(ctx);

    return rc;
}


static void
ngx_http_article_strip_stop(ngx_http_article_strip_ctx_t *ctx,
    article_reason_t reason)
{
    if (reason == ARTICLE_OK && article_strip_limited(ctx->strip)) {
        ngx_http_article_set_reason(ctx->request, ARTICLE_STRIP_LIMIT);
        ngx_http_article_metrics_reason(ctx->shm_zone, ctx->place,
                                        ARTICLE_STRIP_LIMIT);
    }

    ngx_http_article_metrics_strip(ctx->shm_zone, ctx->place, ctx->strip,
                                   ctx->seen, ctx->removed);

    article_strip_destroy(ctx->strip);
    ctx->strip = NULL;

    ngx_http_article_strip_trailers(ctx);

    if (ctx->removed) {
        ngx_http_article_zone_count(ctx->shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_STRIPPED_PAGES, 1);
        ngx_http_article_zone_count(ctx->shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_STRIPPED_BYTES,
                                    (ngx_uint_t) ctx->removed);
    }

    if (reason == ARTICLE_OK) {
        return;
    }

    ngx_http_article_set_reason(ctx->request, reason);
    ngx_http_article_metrics_reason(ctx->shm_zone, ctx->place, reason);

    ngx_log_error(NGX_LOG_INFO, ctx->request->connection->log, 0,
                  "article_strip stopped at byte %uL of the page: %s: %s",
                  ctx->sent, article_reason_word(reason),
                  article_reason_sentence(reason));
}


static void
ngx_http_article_strip_wait(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_http_article_strip_buffered(ctx);

    if (ctx->held == NULL) {

        if (ctx->timer.timer_set) {
            ngx_del_timer(&ctx->timer);
        }

        return;
    }

    if (!ctx->timer.timer_set || ctx->waiting != ctx->sent) {
        ctx->waiting = ctx->sent;
        ngx_add_timer(&ctx->timer, NGX_HTTP_ARTICLE_STRIP_WAIT);
    }
}


void
ngx_http_article_strip_buffered(ngx_http_article_strip_ctx_t *ctx)
{
    if (ctx->held || ngx_http_article_strip_gathering(ctx)
        || ngx_http_article_strip_inflating(ctx))
    {
        ctx->request->buffered |= NGX_HTTP_ARTICLE_STRIP_BUFFERED;

    } else {
        ctx->request->buffered &= ~NGX_HTTP_ARTICLE_STRIP_BUFFERED;
    }
}


static void
ngx_http_article_strip_timeout(ngx_event_t *ev)
{
    ngx_connection_t              *c;
    ngx_http_request_t            *r;
    ngx_http_article_strip_ctx_t  *ctx;

    ctx = ev->data;
    r = ctx->request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    ngx_log_debug0(NGX_LOG_DEBUG_HTTP, c->log, 0,
                   "http article strip: held for too long");

    if (ctx->strip == NULL || c->error) {
        return;
    }

    ctx->copying = (ctx->busy == NULL);

    article_strip_release(ctx->strip);
    ctx->whole = 0;

    if (ngx_http_article_strip_advance(ctx, NULL) != NGX_OK
        || ngx_http_article_strip_gathered(ctx) != NGX_OK)
    {
        c->error = 1;
        return;
    }

    if (ctx->slice) {
        ctx->slice->buf.flush = 1;
        (void) ngx_http_article_strip_output(ctx);
    }

    ngx_http_article_strip_buffered(ctx);

    ngx_http_run_posted_requests(c);
}


/* The event loop's turn ends: what was gathered in it leaves. */

static void
ngx_http_article_strip_turn(ngx_event_t *ev)
{
    ngx_connection_t              *c;
    ngx_http_article_strip_ctx_t  *ctx;

    ctx = ev->data;
    c = ctx->request->connection;

    ngx_http_set_log_request(c->log, ctx->request);

    if (c->error || !ngx_http_article_strip_gathering(ctx)) {
        return;
    }

    if (ngx_http_article_strip_push(ctx) == NGX_ERROR) {
        c->error = 1;
        return;
    }

    ngx_http_run_posted_requests(c);
}


void
ngx_http_article_strip_forget(ngx_http_article_strip_ctx_t *ctx)
{
    if (ctx->timer.timer_set) {
        ngx_del_timer(&ctx->timer);
    }

    if (ctx->turn.posted) {
        ngx_delete_posted_event(&ctx->turn);
    }

    ngx_http_article_strip_free(ctx);

    if (ctx->lesson) {
        ngx_http_article_learn_drop(ctx->lesson);
        ctx->lesson = NULL;
    }

    if (ctx->strip) {
        article_strip_destroy(ctx->strip);
        ctx->strip = NULL;
    }

    ctx->request->buffered &= ~NGX_HTTP_ARTICLE_STRIP_BUFFERED;
}


static void
ngx_http_article_strip_cleanup(void *data)
{
    ngx_http_article_strip_ctx_t  *ctx = data;

    if (ctx->strip) {
        ngx_http_article_strip_stop(ctx, ARTICLE_OK);
    }

    ngx_http_article_strip_forget(ctx);
    ngx_http_article_plan_release(ctx->use);
}

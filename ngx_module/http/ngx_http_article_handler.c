
/*
 * Copyright (C) ngx_article authors
 *
 * The life of an article request.  Every event stores what it has brought,
 * sets the state and calls resume(); only step() acts on a state.
 *
 *   L1 -- fresh -------------------------------------------------> SEND
 *    | absent, expired                                              ^
 *    v                                                              |
 *   L2 -- this worker fetches it already -------> LOCK              |
 *    | asked          another one does: the old one, if it may ---->+
 *    v                                                              |
 *   L2_WAIT -- reply: fresh --------------------------------------->+
 *    | absent, expired, failed                                      |
 *    v                                                              |
 *   LOCK -- it is fetched already: the old one, if it may --------->+
 *    |  | ours, no zone, or this worker fetches it: FETCH           |
 *    |  |                 ^                                         |
 *    v  another worker's  | it ended without one                    |
 *   LOCK_WAIT ------------+                                         |
 *    | timer: in L1 ----------------------------------------------->+
 *    | this worker's now, or too long                               |
 *    v                                                              |
 *   FETCH -- begun in the background: the old one ----------------->+
 *    | joined                                                       |
 *    v                                                              |
 *   FETCH_WAIT -- answer ---> FETCHED -- an article, the old one -->+
 *                               | problem, redirect
 *                               v
 *                             done
 *
 *   article_cache_bypass and credentials begin at FETCH.  Where the page turns
 *   out to vary and another variant was found, L2_WAIT and FETCH_WAIT lead to
 *   L1 again, under the key of the variant that is wanted.
 *
 *   PURGE -- L1 -- no Redis ---> done
 *    | other hosts told, then asked
 *    v
 *   PURGE_WAIT -- reply ---> PURGE_DONE ---> done
 */


#include "ngx_http_article_metrics.h"


/* a lock of another worker is looked at again after, ms */
#define NGX_HTTP_ARTICLE_LOCK_POLL  20

/* a page whose Vary changes while it is fetched: asked no more than this */
#define NGX_HTTP_ARTICLE_VARIED_MAX  3


static ngx_int_t ngx_http_article_wait(ngx_http_article_ctx_t *ctx);

static ngx_int_t ngx_http_article_step(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_step_lock(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_step_lock_wait(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_step_fetch(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_step_fetched(ngx_http_article_ctx_t *ctx);
static ngx_uint_t ngx_http_article_may_wait(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_waited(ngx_http_article_ctx_t *ctx);
static ngx_uint_t ngx_http_article_may_update(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_use_old(ngx_http_article_ctx_t *ctx,
    ngx_http_article_cache_status_e status);

static void ngx_http_article_unlock(ngx_http_article_ctx_t *ctx);
static void ngx_http_article_fetched(void *data,
    ngx_http_article_answer_t *answer);
static ngx_int_t ngx_http_article_copy_answer(ngx_http_article_ctx_t *ctx,
    ngx_http_article_answer_t *answer);
static void ngx_http_article_timer(ngx_event_t *ev);
static void ngx_http_article_cleanup(void *data);


/* this worker's requests that wait for a page */
static ngx_int_t  ngx_http_article_waiting;


ngx_int_t
ngx_http_article_handler(ngx_http_request_t *r)
{
    ngx_int_t                     rc;
    ngx_http_cleanup_t           *cln;
    ngx_http_article_ctx_t       *ctx;
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    if (!alcf->enable) {
        return NGX_DECLINED;
    }

    if (ngx_http_article_captured(r)) {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "article_json \"%V\" leads to a location with "
                      "article_json, it must lead to the portal",
                      &alcf->source);
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_article_ctx_t));
    cln = ngx_http_cleanup_add(r, 0);

    if (ctx == NULL || cln == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    cln->handler = ngx_http_article_cleanup;
    cln->data = ctx;

    ctx->request = r;
    ctx->conf = alcf;
    ctx->main_conf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    ctx->timer.handler = ngx_http_article_timer;
    ctx->timer.data = ctx;
    ctx->timer.log = r->connection->log;

    ngx_http_set_ctx(r, ctx, ngx_http_article_module);
    ngx_http_article_set_reason(r, ARTICLE_OK);

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    rc = ngx_http_article_admit(ctx);

    if (rc == NGX_DECLINED) {
        rc = ngx_http_article_step(ctx);
    }

    return (rc == NGX_AGAIN) ? ngx_http_article_wait(ctx) : rc;
}


/* The request waits: a client that leaves must be seen to leave. */

static ngx_int_t
ngx_http_article_wait(ngx_http_article_ctx_t *ctx)
{
    ngx_http_request_t  *r;

    r = ctx->request;

    r->main->count++;
    r->write_event_handler = ngx_http_request_empty_handler;

    if (r == r->main && !r->discard_body) {

        if (ngx_handle_read_event(r->connection->read, 0) != NGX_OK) {
            r->main->count--;
            return NGX_HTTP_INTERNAL_SERVER_ERROR;
        }

        r->read_event_handler = ngx_http_test_reading;
    }

    return NGX_DONE;
}


void
ngx_http_article_resume(ngx_http_article_ctx_t *ctx)
{
    ngx_int_t            rc;
    ngx_connection_t    *c;
    ngx_http_request_t  *r;

    r = ctx->request;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    rc = ngx_http_article_step(ctx);

    if (rc != NGX_AGAIN) {
        ngx_http_finalize_request(r, rc);
    }

    /* without it a parent, or what was finalized just now, hangs for ever */

    ngx_http_run_posted_requests(c);
}


static ngx_int_t
ngx_http_article_step(ngx_http_article_ctx_t *ctx)
{
    ngx_int_t  rc;

    for ( ;; ) {

        switch (ctx->state) {

        case NGX_HTTP_ARTICLE_L1:
            rc = ngx_http_article_lookup_l1(ctx);
            ctx->state = (rc == NGX_OK) ? NGX_HTTP_ARTICLE_SEND
                                        : NGX_HTTP_ARTICLE_L2;
            break;

        case NGX_HTTP_ARTICLE_L2:
            if (ngx_http_article_fetch_find(ctx->key)) {
                ctx->state = NGX_HTTP_ARTICLE_LOCK;
                break;
            }

            if (ngx_http_article_may_update(ctx)
                && ngx_http_article_zone_locked(ctx->main_conf->shm_zone,
                                                ctx->key))
            {
                ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_UPDATING);
                break;
            }

            rc = ngx_http_article_lookup_redis(ctx);
            ctx->state = (rc == NGX_AGAIN) ? NGX_HTTP_ARTICLE_L2_WAIT
                                           : NGX_HTTP_ARTICLE_LOCK;
            break;

        case NGX_HTTP_ARTICLE_LOCK:
            ngx_http_article_step_lock(ctx);
            break;

        case NGX_HTTP_ARTICLE_LOCK_WAIT:
            rc = ngx_http_article_step_lock_wait(ctx);

            if (rc == NGX_AGAIN) {
                return NGX_AGAIN;
            }

            break;

        case NGX_HTTP_ARTICLE_FETCH:
            rc = ngx_http_article_step_fetch(ctx);

            if (rc != NGX_OK) {
                return rc;
            }

            break;

        case NGX_HTTP_ARTICLE_FETCHED:
            return ngx_http_article_step_fetched(ctx);

        case NGX_HTTP_ARTICLE_SEND:
            ngx_http_article_waited(ctx);
            return ngx_http_article_send_found(ctx);

        case NGX_HTTP_ARTICLE_REFUSE:
            return ngx_http_article_refuse(ctx, ctx->refused);

        case NGX_HTTP_ARTICLE_PURGE:
            return ngx_http_article_purge(ctx);

        case NGX_HTTP_ARTICLE_PURGE_DONE:
            return ngx_http_article_purge_done(ctx);

        case NGX_HTTP_ARTICLE_L2_WAIT:
        case NGX_HTTP_ARTICLE_FETCH_WAIT:
        case NGX_HTTP_ARTICLE_PURGE_WAIT:
            return NGX_AGAIN;
        }
    }
}


static void
ngx_http_article_step_lock(ngx_http_article_ctx_t *ctx)
{
    ngx_uint_t       update;
    ngx_shm_zone_t  *shm_zone;

    shm_zone = ctx->main_conf->shm_zone;
    update = ngx_http_article_may_update(ctx);

    /* while Redis was asked, another may have begun, or even ended */

    if (ngx_http_article_fetch_find(ctx->key)) {

        if (update) {
            ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_UPDATING);
            return;
        }

        ctx->state = NGX_HTTP_ARTICLE_FETCH;
        return;
    }

    if (shm_zone == NULL) {
        ctx->state = NGX_HTTP_ARTICLE_FETCH;
        return;
    }

    if (ngx_http_article_zone_lock(shm_zone, ctx->key, ctx->conf->lock_age,
                                   &ctx->lock)
        != NGX_OK)
    {
        if (update) {
            ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_UPDATING);
            return;
        }

        ctx->state = NGX_HTTP_ARTICLE_LOCK_WAIT;
        ctx->deadline = ngx_current_msec + ctx->conf->lock_timeout;
        return;
    }

    ctx->locked = 1;

    if (ngx_http_article_lookup_l1(ctx) == NGX_OK) {
        ngx_http_article_unlock(ctx);
        ctx->state = NGX_HTTP_ARTICLE_SEND;
        return;
    }

    ctx->state = NGX_HTTP_ARTICLE_FETCH;
}


static ngx_int_t
ngx_http_article_step_lock_wait(ngx_http_article_ctx_t *ctx)
{
    if (ctx->timer.timer_set) {
        return NGX_AGAIN;
    }

    if (ngx_http_article_lookup_l1(ctx) == NGX_OK) {
        ctx->state = NGX_HTTP_ARTICLE_SEND;
        return NGX_OK;
    }

    if (ngx_http_article_fetch_find(ctx->key)) {
        ctx->state = NGX_HTTP_ARTICLE_FETCH;
        return NGX_OK;
    }

    if (!ngx_http_article_zone_locked(ctx->main_conf->shm_zone, ctx->key)) {
        ctx->state = NGX_HTTP_ARTICLE_LOCK;
        return NGX_OK;
    }

    if ((ngx_msec_int_t) (ngx_current_msec - ctx->deadline) >= 0) {
        ctx->impatient = 1;
        ctx->state = NGX_HTTP_ARTICLE_FETCH;
        return NGX_OK;
    }

    if (!ngx_http_article_may_wait(ctx)) {
        return NGX_OK;
    }

    ngx_add_timer(&ctx->timer, NGX_HTTP_ARTICLE_LOCK_POLL);

    return NGX_AGAIN;
}


static ngx_int_t
ngx_http_article_step_fetch(ngx_http_article_ctx_t *ctx)
{
    ngx_uint_t                      background;
    ngx_http_article_fetch_t       *fetch;
    ngx_http_article_fetch_conf_t   conf;

    fetch = (ctx->bypass || ctx->alone)
            ? NULL : ngx_http_article_fetch_find(ctx->key);
    background = (fetch == NULL
                  && (ctx->conf->background_update || ctx->recheck)
                  && ngx_http_article_may_update(ctx));

    if (background && ctx->recheck && !ngx_http_article_fetch_may_recheck()) {
        ngx_http_article_unlock(ctx);
        ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_UPDATING);
        return NGX_OK;
    }

    if (!background && !ngx_http_article_may_wait(ctx)) {
        return NGX_OK;
    }

    if (fetch == NULL) {
        ngx_memzero(&conf, sizeof(ngx_http_article_fetch_conf_t));

        conf.key = ctx->key;
        conf.base = ctx->base;
        conf.address = ctx->address;
        conf.left = ngx_http_article_redis_left(ctx);
        conf.series = ctx->series;
        conf.page = &ctx->page;
        conf.conf = ctx->conf;
        conf.headers = ctx->headers;
        conf.old = ctx->has_old ? &ctx->old : NULL;
        conf.reread = ctx->reread;
        conf.lock = ctx->lock;
        conf.locked = ctx->locked;
        conf.store = !ctx->impatient && !ctx->alone;
        conf.alone = ctx->alone;
        conf.recheck = background && ctx->recheck;

        fetch = ngx_http_article_fetch_start(ctx->request, &conf);

        if (fetch == NULL) {
            ngx_http_article_unlock(ctx);
            ctx->refused = ARTICLE_INTERNAL_ERROR;
            ctx->state = NGX_HTTP_ARTICLE_REFUSE;
            return NGX_OK;
        }

        /* the lock is the fetch's now */

        ctx->locked = 0;

        if (background) {
            ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_STALE);
            return NGX_OK;
        }

    } else {
        ctx->joined = 1;
    }

    ctx->waiter.handler = ngx_http_article_fetched;
    ctx->waiter.data = ctx;

    ngx_http_article_fetch_join(fetch, &ctx->waiter);

    ctx->state = NGX_HTTP_ARTICLE_FETCH_WAIT;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_step_fetched(ngx_http_article_ctx_t *ctx)
{
    ngx_http_request_t         *r;
    ngx_http_article_answer_t  *answer;

    r = ctx->request;
    answer = &ctx->answer;

    ctx->level = NGX_HTTP_ARTICLE_LEVEL_ORIGIN;
    ctx->cache_status = ctx->bypass ? NGX_HTTP_ARTICLE_CACHE_BYPASS
                        : answer->unmodified
                        ? NGX_HTTP_ARTICLE_CACHE_REVALIDATED
                        : ctx->has_old ? NGX_HTTP_ARTICLE_CACHE_EXPIRED
                        : NGX_HTTP_ARTICLE_CACHE_MISS;

    if (answer->shared) {
        ngx_http_article_lookup_found(ctx, &answer->value,
                                      NGX_HTTP_ARTICLE_LEVEL_REDIS);
        return ngx_http_article_send_found(ctx);
    }

    if (answer->reason == ARTICLE_OK) {
        ctx->value = answer->value;
        ctx->keep = NGX_HTTP_ARTICLE_KEEP_FRESH;

        if (answer->unstored != ARTICLE_OK) {
            ngx_http_article_set_reason(r, answer->unstored);
            ctx->keep = ngx_http_article_keep_unstored(answer->unstored);

            if (answer->unstored == ARTICLE_ORIGIN_VARY) {
                ngx_str_set(&ctx->value.vary, "*");
            }

        } else if (ctx->impatient && !answer->stored) {
            ngx_http_article_set_reason(r, ARTICLE_LOCK_TIMEOUT);
        }

        ctx->state = NGX_HTTP_ARTICLE_SEND;

        return ngx_http_article_send_found(ctx);
    }

    ngx_http_article_set_reason(r, answer->reason);

    if (ctx->has_old && ctx->old.stale > ngx_time()
        && ngx_http_article_value_readable(&ctx->old)
        && (answer->failure & ctx->conf->use_stale))
    {
        ngx_http_article_use_old(ctx, NGX_HTTP_ARTICLE_CACHE_STALE);
        ctx->level = NGX_HTTP_ARTICLE_LEVEL_ORIGIN;

        return ngx_http_article_send_found(ctx);
    }

    ngx_http_article_zone_count(ctx->main_conf->shm_zone,
                                NGX_HTTP_ARTICLE_COUNT_MISS, 1);

    if (ngx_http_article_cache_headers(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (answer->reason == ARTICLE_ORIGIN_REDIRECT) {
        return ngx_http_article_form_redirect(ctx, answer->status,
                                              &answer->location);
    }

    return ngx_http_article_send_problem(r, answer->status, answer->reason,
                                         &ctx->page.url);
}


/* 0: too many wait already, the request ends. */

static ngx_uint_t
ngx_http_article_may_wait(ngx_http_article_ctx_t *ctx)
{
    if (ctx->waiting) {
        return 1;
    }

    if (ngx_http_article_waiting >= ctx->conf->max_waiting) {
        ngx_http_article_unlock(ctx);
        ctx->refused = ARTICLE_OVERLOADED;
        ctx->state = NGX_HTTP_ARTICLE_REFUSE;
        return 0;
    }

    ngx_http_article_waiting++;
    ctx->waiting = 1;

    return 1;
}


static void
ngx_http_article_waited(ngx_http_article_ctx_t *ctx)
{
    if (ctx->waiting) {
        ctx->waiting = 0;
        ngx_http_article_waiting--;
    }
}


/*
 * May the old one be sent while it is fetched anew?  As long as the portal
 * says so (RFC 5861), else if article_cache_use_stale has "updating"; and in
 * any case if it would be fresh, were it not for a soft purge.
 */

static ngx_uint_t
ngx_http_article_may_update(ngx_http_article_ctx_t *ctx)
{
    time_t      now;
    ngx_uint_t  use_stale;

    now = ngx_time();
    use_stale = ctx->conf->use_stale;

    if (ctx->has_old && ctx->recheck
        && ngx_http_article_value_readable(&ctx->old) && ctx->old.fresh > now)
    {
        return 1;
    }

    if (!ctx->has_old || !ngx_http_article_value_readable(&ctx->old)
        || ctx->old.stale <= now || (use_stale & NGX_HTTP_ARTICLE_STALE_OFF))
    {
        return 0;
    }

    if (ctx->old.updating) {
        return ctx->old.updating > now;
    }

    return (use_stale & NGX_HTTP_ARTICLE_STALE_UPDATING) ? 1 : 0;
}


static void
ngx_http_article_use_old(ngx_http_article_ctx_t *ctx,
    ngx_http_article_cache_status_e status)
{
    ctx->value = ctx->old;
    ctx->level = ctx->old_level;
    ctx->keep = NGX_HTTP_ARTICLE_KEEP_CHECK;
    ctx->cache_status = status;
    ctx->state = NGX_HTTP_ARTICLE_SEND;
}


static void
ngx_http_article_unlock(ngx_http_article_ctx_t *ctx)
{
    if (ctx->locked) {
        ctx->locked = 0;
        ngx_http_article_zone_unlock(ctx->main_conf->shm_zone, ctx->key,
                                     ctx->lock);
    }
}


static void
ngx_http_article_fetched(void *data, ngx_http_article_answer_t *answer)
{
    ngx_http_article_ctx_t *ctx = data;

    ctx->state = NGX_HTTP_ARTICLE_FETCHED;
    ngx_http_article_waited(ctx);

    if (ngx_http_article_copy_answer(ctx, answer) != NGX_OK) {
        ctx->answer.reason = ARTICLE_NO_MEMORY;
        ctx->answer.status = NGX_HTTP_INTERNAL_SERVER_ERROR;
        ctx->answer.failure = NGX_HTTP_ARTICLE_STALE_ERROR;

    } else if (ngx_http_article_key_vary(ctx, &ctx->answer.value) != NGX_OK) {

        /* the page turned out to vary, and this is not for this request */

        ctx->state = NGX_HTTP_ARTICLE_L1;

        if (ctx->varied > NGX_HTTP_ARTICLE_VARIED_MAX) {
            ctx->refused = ARTICLE_OVERLOADED;
            ctx->state = NGX_HTTP_ARTICLE_REFUSE;
        }
    }

    ngx_http_article_resume(ctx);
}


static ngx_int_t
ngx_http_article_copy_answer(ngx_http_article_ctx_t *ctx,
    ngx_http_article_answer_t *answer)
{
    ngx_str_t  *location;

    ctx->answer = *answer;
    ctx->answer.value.key = ctx->address;

    location = &ctx->answer.location;

    if (location->len) {

        location->data = ngx_pstrdup(ctx->request->pool, location);
        if (location->data == NULL) {
            return NGX_ERROR;
        }
    }

    return ngx_http_article_value_copy(ctx->request->pool,
                                       &ctx->answer.value);
}


static void
ngx_http_article_timer(ngx_event_t *ev)
{
    ngx_http_article_resume(ev->data);
}


/* The request ends, whatever the reason: nothing may come back to it. */

static void
ngx_http_article_cleanup(void *data)
{
    ngx_http_article_ctx_t *ctx = data;

    if (ctx->op) {
        ngx_http_article_redis_abandon(ctx->op);
        ctx->op = NULL;
    }

    if (ctx->timer.timer_set) {
        ngx_del_timer(&ctx->timer);
    }

    ngx_http_article_waited(ctx);
    ngx_http_article_fetch_leave(&ctx->waiter);
    ngx_http_article_unlock(ctx);

    if (ctx->request->header_sent) {

        /* not of a client that left before */

        ngx_http_article_metrics_request(ctx);
    }
}

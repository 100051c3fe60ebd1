
/*
 * Copyright (C) ngx_article authors
 *
 *   start -> hosts -> run -> (detached request ends) -> outcome -> stored,
 *              |       ^                                              |
 *              |       | too long: broken off                         v
 *              |                                                     end:
 *              +--another host has fetched it------------------> unlocked,
 *                                                       waiters called,
 *   join, leave: until the end                          destroyed
 *
 * The end comes from the event loop, so that a waiter may finish its own
 * request, and others' requests may go with it, while the rest is called.
 */


#include "ngx_http_article_events.h"
#include "ngx_http_article_latest.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone.h"


#define NGX_HTTP_ARTICLE_FETCH_BUCKETS  256

/* A purge of a whole portal: what one worker fetches for it at a time. */
#define NGX_HTTP_ARTICLE_FETCH_RECHECKS  4


static ngx_queue_t *ngx_http_article_fetch_bucket(u_char *key);
static ngx_uint_t ngx_http_article_fetch_purged(
    ngx_http_article_fetch_t *fetch);
static ngx_http_article_fetch_t *ngx_http_article_fetch_create(
    ngx_http_article_fetch_conf_t *conf);
static ngx_int_t ngx_http_article_fetch_passed(
    ngx_http_article_fetch_t *fetch, ngx_array_t *headers);
static ngx_int_t ngx_http_article_fetch_detach(ngx_http_request_t *r,
    ngx_http_article_fetch_t *fetch);
static ngx_array_t *ngx_http_article_fetch_headers(ngx_pool_t *pool,
    ngx_array_t *passed);
static ngx_keyval_t *ngx_http_article_fetch_header(ngx_array_t *headers,
    ngx_str_t *name);
static void ngx_http_article_fetch_timer(ngx_event_t *ev);
static void ngx_http_article_fetch_handler(void *data, ngx_int_t rc);
static ngx_uint_t ngx_http_article_fetch_guarded(
    ngx_http_article_fetch_t *fetch, ngx_http_article_answer_t *answer);
static ngx_int_t ngx_http_article_fetch_vary(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value);
static ngx_uint_t ngx_http_article_fetch_store(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_fetch_store_variant(
    ngx_http_article_fetch_t *fetch, ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_fetch_store_as(
    ngx_http_article_fetch_t *fetch, ngx_http_article_value_t *value,
    ngx_str_t *address, u_char *key, uint64_t purges);
static void ngx_http_article_fetch_forget(ngx_http_article_fetch_t *fetch);
static void ngx_http_article_fetch_wake(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer);
static void ngx_http_article_fetch_destroy(ngx_http_article_fetch_t *fetch);


static ngx_keyval_t  ngx_http_article_fetch_own_headers[] = {
    { ngx_string("Accept"), ngx_string("text/html") },
    { ngx_string("Accept-Encoding"), ngx_string("gzip") },
    { ngx_string("User-Agent"),
      ngx_string("ngx_article/" NGX_HTTP_ARTICLE_VERSION) }
};


/* this worker's fetches, by the first byte of the key */
static ngx_queue_t  ngx_http_article_fetches[NGX_HTTP_ARTICLE_FETCH_BUCKETS];

/* of them, those for soft purges */
static ngx_uint_t   ngx_http_article_rechecks;


static ngx_queue_t *
ngx_http_article_fetch_bucket(u_char *key)
{
    ngx_queue_t  *bucket;

    bucket = &ngx_http_article_fetches[key[0]];

    if (bucket->next == NULL) {
        ngx_queue_init(bucket);
    }

    return bucket;
}


ngx_http_article_fetch_t *
ngx_http_article_fetch_find(u_char *key)
{
    ngx_queue_t               *q, *bucket;
    ngx_http_article_fetch_t  *fetch;

    bucket = ngx_http_article_fetch_bucket(key);

    for (q = ngx_queue_head(bucket);
         q != ngx_queue_sentinel(bucket);
         q = ngx_queue_next(q))
    {
        fetch = ngx_queue_data(q, ngx_http_article_fetch_t, queue);

        if (ngx_memcmp(fetch->key, key, NGX_HTTP_ARTICLE_KEY_LEN) == 0
            && !ngx_http_article_fetch_purged(fetch))
        {
            return fetch;
        }
    }

    return NULL;
}


/* By this worker, or by another one. */

static ngx_uint_t
ngx_http_article_fetch_purged(ngx_http_article_fetch_t *fetch)
{
    if (!fetch->purged
        && ngx_http_article_zone_purges(fetch->main_conf->shm_zone,
                                        fetch->base_key)
           != fetch->purges)
    {
        fetch->purged = 1;
    }

    return fetch->purged;
}


void
ngx_http_article_fetch_purge(u_char *base_key)
{
    ngx_uint_t                 i;
    ngx_queue_t               *q, *bucket;
    ngx_http_article_fetch_t  *fetch;

    /* all of them: a variant has a key of its own */

    for (i = 0; i < NGX_HTTP_ARTICLE_FETCH_BUCKETS; i++) {

        bucket = &ngx_http_article_fetches[i];

        if (bucket->next == NULL) {
            continue;
        }

        for (q = ngx_queue_head(bucket);
             q != ngx_queue_sentinel(bucket);
             q = ngx_queue_next(q))
        {
            fetch = ngx_queue_data(q, ngx_http_article_fetch_t, queue);

            if (ngx_memcmp(fetch->base_key, base_key,
                           NGX_HTTP_ARTICLE_KEY_LEN)
                == 0)
            {
                fetch->purged = 1;
            }
        }
    }
}


ngx_http_article_fetch_t *
ngx_http_article_fetch_start(ngx_http_request_t *r,
    ngx_http_article_fetch_conf_t *conf)
{
    ngx_http_article_fetch_t  *fetch;

    fetch = ngx_http_article_fetch_create(conf);
    if (fetch == NULL) {
        return NULL;
    }

    fetch->main_conf = ngx_http_get_module_main_conf(r,
                                                     ngx_http_article_module);

    if (ngx_http_article_fetch_detach(r, fetch) != NGX_OK) {
        ngx_destroy_pool(fetch->pool);
        return NULL;
    }

    fetch->lock = conf->lock;
    fetch->locked = conf->locked;
    fetch->store = conf->store;
    fetch->purged = conf->alone;
    fetch->recheck = conf->recheck;
    ngx_http_article_rechecks += fetch->recheck;

    fetch->purges = ngx_http_article_zone_purges(fetch->main_conf->shm_zone,
                                                 fetch->base_key);

    fetch->lesson = ngx_http_article_learn_begin(r,
                          ngx_http_article_learn_plan(r, conf->conf->portal),
                          &fetch->page.url);
    fetch->plan = ngx_http_article_learn_applied(r, conf->conf->portal);

    ngx_queue_insert_tail(ngx_http_article_fetch_bucket(fetch->key),
                          &fetch->queue);

    if (ngx_http_article_fetch_hosts(fetch, conf->left) != NGX_AGAIN) {
        ngx_http_article_fetch_run(fetch);
    }

    return fetch;
}


void
ngx_http_article_fetch_run(ngx_http_article_fetch_t *fetch)
{
    ngx_shm_zone_t  *shm_zone;

    shm_zone = fetch->main_conf->shm_zone;

    /* what was purged while another host was waited for is not asked yet */

    fetch->generation = ngx_http_article_zone_generation(shm_zone);
    fetch->purges = ngx_http_article_zone_purges(shm_zone, fetch->base_key);

    ngx_http_article_zone_count(shm_zone, NGX_HTTP_ARTICLE_COUNT_FETCHES, 1);

    fetch->started = ngx_current_msec;
    ngx_add_timer(&fetch->timer, fetch->conf->fetch_timeout);

    ngx_http_article_detached_run(fetch->detached);
}


ngx_uint_t
ngx_http_article_fetch_may_recheck(void)
{
    return ngx_http_article_rechecks < NGX_HTTP_ARTICLE_FETCH_RECHECKS;
}


static ngx_http_article_fetch_t *
ngx_http_article_fetch_create(ngx_http_article_fetch_conf_t *conf)
{
    ngx_uint_t                 i;
    ngx_pool_t                *pool;
    ngx_http_article_fetch_t  *fetch;

    pool = ngx_create_pool(4096, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    fetch = ngx_pcalloc(pool, sizeof(ngx_http_article_fetch_t));
    if (fetch == NULL) {
        goto failed;
    }

    ngx_memcpy(fetch->key, conf->key, NGX_HTTP_ARTICLE_KEY_LEN);

    fetch->pool = pool;
    fetch->conf = conf->conf;

    struct {
        ngx_str_t  *to;
        ngx_str_t  *from;
    } copies[] = {
        { &fetch->base, &conf->base },
        { &fetch->address, &conf->address },
        { &fetch->series, &conf->series },
        { &fetch->page.path, &conf->page->path },
        { &fetch->page.args, &conf->page->args },
        { &fetch->page.uri, &conf->page->uri },
        { &fetch->page.url, &conf->page->url },
        { &fetch->old_etag, conf->old ? &conf->old->etag : NULL },
        { &fetch->old_item, conf->old ? &conf->old->item : NULL }
    };

    for (i = 0; i < sizeof(copies) / sizeof(copies[0]); i++) {

        if (copies[i].from == NULL || copies[i].from->len == 0) {
            continue;
        }

        copies[i].to->data = ngx_pstrdup(pool, copies[i].from);
        if (copies[i].to->data == NULL) {
            goto failed;
        }

        copies[i].to->len = copies[i].from->len;
    }

    ngx_http_article_value_key(&fetch->base, fetch->base_key);

    if (conf->headers
        && ngx_http_article_fetch_passed(fetch, conf->headers) != NGX_OK)
    {
        goto failed;
    }

    if (conf->old && ngx_http_article_revalidate(fetch, conf) != NGX_OK) {
        goto failed;
    }

    fetch->capture.pool = pool;
    fetch->capture.log = pool->log;
    fetch->capture.max = conf->conf->max_page;
    fetch->capture.statuses = conf->conf->read_status;

    fetch->timer.handler = ngx_http_article_fetch_timer;
    fetch->timer.data = fetch;
    fetch->timer.log = pool->log;

    ngx_queue_init(&fetch->waiters);

    return fetch;

failed:

    ngx_destroy_pool(pool);

    return NULL;
}


static ngx_int_t
ngx_http_article_fetch_passed(ngx_http_article_fetch_t *fetch,
    ngx_array_t *headers)
{
    ngx_uint_t     i;
    ngx_keyval_t  *kv, *from;

    fetch->passed = ngx_array_create(fetch->pool, headers->nelts + 1,
                                     sizeof(ngx_keyval_t));
    if (fetch->passed == NULL) {
        return NGX_ERROR;
    }

    from = headers->elts;

    for (i = 0; i < headers->nelts; i++) {
        kv = ngx_array_push(fetch->passed);

        kv->key = from[i].key;
        kv->value.len = from[i].value.len;
        kv->value.data = ngx_pstrdup(fetch->pool, &from[i].value);

        if (kv->value.data == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_fetch_detach(ngx_http_request_t *r,
    ngx_http_article_fetch_t *fetch)
{
    ngx_str_t                         *line;
    ngx_http_article_detached_conf_t   conf;

    ngx_memzero(&conf, sizeof(ngx_http_article_detached_conf_t));

    line = &conf.line;
    line->len = sizeof("GET  HTTP/1.1") - 1 + fetch->page.url.len;

    line->data = ngx_pnalloc(fetch->pool, line->len);
    if (line->data == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(line->data, "GET %V HTTP/1.1", &fetch->page.url);

    conf.headers = ngx_http_article_fetch_headers(fetch->pool, fetch->passed);

    if (conf.headers == NULL
        || ngx_http_article_revalidate_headers(fetch, conf.headers) != NGX_OK)
    {
        return NGX_ERROR;
    }

    conf.client = r;
    conf.uri = fetch->page.uri;
    conf.args = fetch->page.args;
    conf.capture = &fetch->capture;
    conf.handler = ngx_http_article_fetch_handler;
    conf.data = fetch;

    fetch->detached = ngx_http_article_detached_create(fetch->pool, &conf);

    return fetch->detached ? NGX_OK : NGX_ERROR;
}


static ngx_array_t *
ngx_http_article_fetch_headers(ngx_pool_t *pool, ngx_array_t *passed)
{
    ngx_uint_t     i, n;
    ngx_array_t   *headers;
    ngx_keyval_t  *kv, *from;

    n = sizeof(ngx_http_article_fetch_own_headers) / sizeof(ngx_keyval_t);

    headers = ngx_array_create(pool, n + (passed ? passed->nelts : 0),
                               sizeof(ngx_keyval_t));
    if (headers == NULL) {
        return NULL;
    }

    kv = ngx_array_push_n(headers, n);
    if (kv == NULL) {
        return NULL;
    }

    ngx_memcpy(kv, ngx_http_article_fetch_own_headers,
               sizeof(ngx_http_article_fetch_own_headers));

    from = passed ? passed->elts : NULL;

    for (i = 0; passed && i < passed->nelts; i++) {

        kv = ngx_http_article_fetch_header(headers, &from[i].key);
        if (kv == NULL) {
            return NULL;
        }

        *kv = from[i];
    }

    return headers;
}


/* The one of that name, or a new one. */

static ngx_keyval_t *
ngx_http_article_fetch_header(ngx_array_t *headers, ngx_str_t *name)
{
    ngx_uint_t     i;
    ngx_keyval_t  *kv;

    kv = headers->elts;

    for (i = 0; i < headers->nelts; i++) {
        if (kv[i].key.len == name->len
            && ngx_strncasecmp(kv[i].key.data, name->data, name->len) == 0)
        {
            return &kv[i];
        }
    }

    return ngx_array_push(headers);
}


void
ngx_http_article_fetch_join(ngx_http_article_fetch_t *fetch,
    ngx_http_article_waiter_t *waiter)
{
    waiter->fetch = fetch;
    ngx_queue_insert_tail(&fetch->waiters, &waiter->queue);
}


void
ngx_http_article_fetch_leave(ngx_http_article_waiter_t *waiter)
{
    if (waiter->fetch) {
        ngx_queue_remove(&waiter->queue);
        waiter->fetch = NULL;
    }
}


/*
 * proxy_read_timeout begins anew with every byte: a portal that drips its
 * answer would hold the fetch, and all who wait for it, for hours.
 */

static void
ngx_http_article_fetch_timer(ngx_event_t *ev)
{
    ngx_http_article_fetch_t *fetch = ev->data;

    if (fetch->capture.reason == ARTICLE_OK) {
        fetch->capture.reason = ARTICLE_ORIGIN_TIMEOUT;
    }

    ngx_http_article_detached_abort(fetch->detached,
                                    NGX_HTTP_GATEWAY_TIME_OUT);
}


static void
ngx_http_article_fetch_handler(void *data, ngx_int_t rc)
{
    ngx_http_article_fetch_t *fetch = data;

    ngx_http_article_answer_t  answer;

    ngx_memzero(&answer, sizeof(ngx_http_article_answer_t));

    ngx_http_article_outcome(fetch, rc, &answer);

    if (answer.value.vary.len
        && ngx_http_article_fetch_vary(fetch, &answer.value) != NGX_OK)
    {
        ngx_str_null(&answer.value.vary);
        answer.unstored = ARTICLE_NO_MEMORY;
    }

    if (fetch->lesson && answer.reason == ARTICLE_OK && !answer.unmodified) {
        ngx_http_article_learn_add(fetch->lesson, fetch->capture.start,
                                   fetch->capture.last);
        ngx_http_article_learn_end(fetch->lesson, &fetch->capture.charset);
        fetch->lesson = NULL;
    }

    if (fetch->store && !ngx_http_article_fetch_purged(fetch)
        && !ngx_http_article_fetch_guarded(fetch, &answer))
    {
        if (answer.value.item.len && answer.unstored == ARTICLE_OK) {
            answer.stored = ngx_http_article_fetch_store(fetch,
                                                         &answer.value);

        } else if (fetch->old_item.len && answer.failure == 0) {
            ngx_http_article_fetch_forget(fetch);
        }

        ngx_http_article_latest_take(fetch, &answer);
    }

    ngx_http_article_fetch_end(fetch, &answer);
}


void
ngx_http_article_fetch_end(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    /* whoever comes now finds it in L1, or fetches for himself */

    ngx_queue_remove(&fetch->queue);

    if (fetch->locked) {
        ngx_http_article_zone_unlock(fetch->main_conf->shm_zone, fetch->key,
                                     fetch->lock);
    }

    ngx_http_article_fetch_hosts_end(fetch);
    ngx_http_article_fetch_wake(fetch, answer);
    ngx_http_article_fetch_destroy(fetch);
}


/*
 * The stored article has come to an end: by a word of the portal that is
 * believed, unless too many of its articles do at a time.
 */

static ngx_uint_t
ngx_http_article_fetch_guarded(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    ngx_log_t    *log;
    ngx_uint_t    ended, first;

    if (fetch->old_item.len == 0 && !ngx_http_article_latest_has(fetch)) {
        return 0;
    }

    log = fetch->detached->connection->log;
    ended = (answer->reason != ARTICLE_OK && answer->failure == 0);

    if (!ngx_http_article_zone_guard(fetch->main_conf->shm_zone,
                                     &fetch->conf->base_url, ended,
                                     fetch->conf->withdraw_share, &first))
    {
        if (ended) {
            ngx_log_error(NGX_LOG_WARN, log, 0,
                          "article_json: \"%V\" is withdrawn: %s: %s",
                          &fetch->page.url,
                          article_reason_word(answer->reason),
                          article_reason_sentence(answer->reason));
        }

        return 0;
    }

    if (first) {
        ngx_log_error(NGX_LOG_ERR, log, 0,
                      "article_withdraw_share: more than %ui%% of the articles "
                      "of \"%V\" fetched anew within a minute are gone: the "
                      "old ones stay, the portal may be in maintenance",
                      fetch->conf->withdraw_share, &fetch->conf->base_url);
    }

    if (ended) {
        answer->failure = NGX_HTTP_ARTICLE_STALE_INVALID;
    }

    return ended;
}


/* Which variant of the page has been fetched. */

static ngx_int_t
ngx_http_article_fetch_vary(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value)
{
    u_char  *p;

    value->series = fetch->series;

    if (value->series.len == 0) {

        p = ngx_pnalloc(fetch->pool, NGX_HTTP_ARTICLE_SERIES_LEN);
        if (p == NULL) {
            return NGX_ERROR;
        }

        value->series.data = p;
        value->series.len = NGX_HTTP_ARTICLE_SERIES_LEN;

        ngx_http_article_vary_series(p);
    }

    if (ngx_http_article_vary_address(fetch->pool, &fetch->base, value,
                                      fetch->passed, &fetch->variant)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_article_vary_set(fetch->pool, value, &fetch->variant);
}


/* Under the page's address, and a variant under its own as well. */

static ngx_uint_t
ngx_http_article_fetch_store(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value)
{
    ngx_int_t  rc;

    rc = ngx_http_article_fetch_store_as(fetch, value, &fetch->base,
                                         fetch->base_key, fetch->purges);

    if (rc == NGX_OK && value->vary.len) {
        rc = ngx_http_article_fetch_store_variant(fetch, value);
    }

    if (rc != NGX_OK) {
        return 0;
    }

    ngx_http_article_zone_count(fetch->main_conf->shm_zone,
                                NGX_HTTP_ARTICLE_COUNT_STORES, 1);

    return fetch->main_conf->shm_zone || fetch->main_conf->redis;
}


static ngx_int_t
ngx_http_article_fetch_store_variant(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value)
{
    u_char  key[NGX_HTTP_ARTICLE_KEY_LEN];

    ngx_http_article_value_key(&fetch->variant, key);

    return ngx_http_article_fetch_store_as(fetch, value, &fetch->variant, key,
                            ngx_http_article_zone_purges(
                                         fetch->main_conf->shm_zone, key));
}


static ngx_int_t
ngx_http_article_fetch_store_as(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value, ngx_str_t *address, u_char *key,
    uint64_t purges)
{
    time_t                         ttl;
    ngx_str_t                      encoded;
    ngx_http_article_main_conf_t  *amcf;

    amcf = fetch->main_conf;
    value->key = *address;

    if (ngx_http_article_value_encode(fetch->pool, value, &encoded)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (amcf->shm_zone
        && ngx_http_article_zone_set(amcf->shm_zone, key, &encoded,
                                     ngx_http_article_value_end(value),
                                     purges)
           == NGX_ABORT)
    {
        return NGX_ABORT;
    }

    if (amcf->redis) {
        ttl = ngx_http_article_value_end(value) - value->stored;

        /* what was stored together shall not expire together */

        ttl += ngx_random() % (ttl / 10 + 1);

        ngx_http_article_redis_set(amcf->redis, key, &encoded, ttl);
    }

    return NGX_OK;
}


/*
 * What was stored is no more: withdrawn, moved, or no longer to be stored.
 * It shall not come back as a stale copy.
 */

static void
ngx_http_article_fetch_forget(ngx_http_article_fetch_t *fetch)
{
    article_reason_t               reason;
    ngx_http_article_redis_op_t   *op;
    ngx_http_article_main_conf_t  *amcf;

    amcf = fetch->main_conf;

    (void) ngx_http_article_zone_purge(amcf->shm_zone, fetch->base_key);

    if (amcf->redis == NULL) {
        return;
    }

    op = ngx_http_article_redis_delete(amcf->redis, fetch->base_key,
                                  ngx_http_article_redis_timeout(amcf->redis),
                                  NULL, NULL, &reason);
    if (op) {
        ngx_http_article_redis_abandon(op);
    }
}


static void
ngx_http_article_fetch_wake(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    ngx_queue_t                *q;
    ngx_http_article_waiter_t  *waiter;

    while (!ngx_queue_empty(&fetch->waiters)) {

        q = ngx_queue_head(&fetch->waiters);
        waiter = ngx_queue_data(q, ngx_http_article_waiter_t, queue);

        ngx_http_article_fetch_leave(waiter);

        waiter->handler(waiter->data, answer);
    }
}


static void
ngx_http_article_fetch_destroy(ngx_http_article_fetch_t *fetch)
{
    if (fetch->timer.timer_set) {
        ngx_del_timer(&fetch->timer);
    }

    ngx_http_article_rechecks -= fetch->recheck;

    if (fetch->lesson) {
        ngx_http_article_learn_drop(fetch->lesson);
    }

    ngx_http_article_detached_destroy(fetch->detached);
    ngx_http_article_capture_destroy(&fetch->capture);

    ngx_destroy_pool(fetch->pool);
}

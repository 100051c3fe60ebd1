
/*
 * Copyright (C) ngx_article authors
 *
 * The stored value is written anew with "fresh" set to now, in L1 and in
 * Redis.  Of a page with variants the series is changed: none is found.
 *
 * Other hosts are told by a soft event, which does the same to their L1; not
 * of pages that are not stored, or any form that people send would be one.
 */


#include "ngx_http_article_invalidate.h"
#include "ngx_http_article_events.h"
#include "ngx_http_article_fetch.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone.h"


/* pages of which a worker knows that they were made stale this second */
#define NGX_HTTP_ARTICLE_INVALIDATE_SLOTS  256


typedef struct {
    ngx_http_article_main_conf_t  *main_conf;
    ngx_pool_t                    *pool;
    ngx_str_t                      address;
    u_char                         key[NGX_HTTP_ARTICLE_KEY_LEN];
    uint64_t                       purges;
} ngx_http_article_invalidate_t;


typedef struct {
    u_char                         key[NGX_HTTP_ARTICLE_KEY_LEN];
    time_t                         when;
} ngx_http_article_invalidated_t;


static ngx_uint_t ngx_http_article_invalidates(ngx_http_request_t *r);
static void ngx_http_article_invalidate_page(ngx_http_request_t *r,
    ngx_str_t *address);
static ngx_uint_t ngx_http_article_invalidated_now(u_char *key);
static void ngx_http_article_invalidate_redis(
    ngx_http_article_main_conf_t *amcf, ngx_str_t *address, u_char *key);
static void ngx_http_article_invalidate_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_invalidate_value(
    ngx_http_article_main_conf_t *amcf, ngx_pool_t *pool, u_char *key,
    ngx_str_t *address, ngx_str_t *stored, uint64_t purges);


static ngx_http_article_invalidated_t
    ngx_http_article_invalidated[NGX_HTTP_ARTICLE_INVALIDATE_SLOTS];


void
ngx_http_article_invalidate(ngx_http_request_t *r)
{
    ngx_str_t                     address;
    ngx_uint_t                    i;
    ngx_table_elt_t              *h;
    ngx_http_article_page_t       page;
    ngx_http_article_headers_t    headers;
    ngx_http_article_loc_conf_t  *alcf;
    static ngx_str_t              names[] = { ngx_string("Location"),
                                              ngx_string("Content-Location") };

    if (!ngx_http_article_invalidates(r)) {
        return;
    }

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    if (ngx_http_article_page_here(r, alcf, &page) != NGX_OK) {
        return;
    }

    address = page.url;

    if (alcf->cache_key
        && ngx_http_complex_value(r, alcf->cache_key, &address) != NGX_OK)
    {
        return;
    }

    ngx_http_article_invalidate_page(r, &address);

    for (i = 0; i < 2; i++) {

        ngx_http_article_headers_init(&headers, &r->headers_out.headers);
        h = ngx_http_article_headers_next(&headers, &names[i]);

        if (h && ngx_http_article_page_of(r->pool, alcf, &page, &h->value,
                                          &address)
                 == NGX_OK)
        {
            ngx_http_article_invalidate_page(r, &address);
        }
    }
}


static ngx_uint_t
ngx_http_article_invalidates(ngx_http_request_t *r)
{
    ngx_http_article_loc_conf_t   *alcf;
    ngx_http_article_main_conf_t  *amcf;

    if (r != r->main
        || (r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_OPTIONS
                         |NGX_HTTP_TRACE))
        || r->headers_out.status < NGX_HTTP_OK
        || r->headers_out.status >= NGX_HTTP_BAD_REQUEST)
    {
        return 0;
    }

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);
    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    /* to article_json itself there is no other unsafe method than PURGE */

    return alcf->enable && alcf->base_url.len && alcf->source.len == 0
           && (amcf->shm_zone || amcf->redis);
}


static void
ngx_http_article_invalidate_page(ngx_http_request_t *r, ngx_str_t *address)
{
    u_char                         key[NGX_HTTP_ARTICLE_KEY_LEN];
    uint64_t                       purges;
    ngx_str_t                      stored;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    ngx_http_article_value_key(address, key);

    if (ngx_http_article_invalidated_now(key)) {
        return;
    }

    /* what is being fetched may be from before */

    ngx_http_article_fetch_purge(key);

    purges = ngx_http_article_zone_purges(amcf->shm_zone, key);

    if (amcf->shm_zone
        && ngx_http_article_zone_get(amcf->shm_zone, key, r->pool, &stored)
           == NGX_OK)
    {
        ngx_http_article_invalidate_value(amcf, r->pool, key, address,
                                          &stored, purges);
        return;
    }

    if (amcf->redis) {
        ngx_http_article_invalidate_redis(amcf, address, key);
    }
}


static ngx_uint_t
ngx_http_article_invalidated_now(u_char *key)
{
    ngx_http_article_invalidated_t  *slot;

    slot = &ngx_http_article_invalidated[key[0]];

    if (slot->when == ngx_time()
        && ngx_memcmp(slot->key, key, NGX_HTTP_ARTICLE_KEY_LEN) == 0)
    {
        return 1;
    }

    slot->when = ngx_time();
    ngx_memcpy(slot->key, key, NGX_HTTP_ARTICLE_KEY_LEN);

    return 0;
}


/* Stored by another host alone: it is read, and not waited for. */

static void
ngx_http_article_invalidate_redis(ngx_http_article_main_conf_t *amcf,
    ngx_str_t *address, u_char *key)
{
    ngx_pool_t                     *pool;
    article_reason_t                reason;
    ngx_http_article_invalidate_t  *invalidate;

    pool = ngx_create_pool(1024, ngx_cycle->log);
    if (pool == NULL) {
        return;
    }

    invalidate = ngx_palloc(pool, sizeof(ngx_http_article_invalidate_t));
    if (invalidate == NULL) {
        goto failed;
    }

    invalidate->main_conf = amcf;
    invalidate->pool = pool;
    invalidate->purges = ngx_http_article_zone_purges(amcf->shm_zone, key);
    invalidate->address.len = address->len;
    invalidate->address.data = ngx_pstrdup(pool, address);

    if (invalidate->address.data == NULL) {
        goto failed;
    }

    ngx_memcpy(invalidate->key, key, NGX_HTTP_ARTICLE_KEY_LEN);

    if (ngx_http_article_redis_get_newest(amcf->redis, key,
                                ngx_http_article_redis_timeout(amcf->redis),
                                ngx_http_article_invalidate_reply, invalidate,
                                &reason)
        != NULL)
    {
        return;
    }

failed:

    ngx_destroy_pool(pool);
}


static void
ngx_http_article_invalidate_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_invalidate_t *invalidate = data;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE) {
        ngx_http_article_invalidate_value(invalidate->main_conf,
                                          invalidate->pool, invalidate->key,
                                          &invalidate->address,
                                          &reply->value, invalidate->purges);
    }

    ngx_destroy_pool(invalidate->pool);
}


static void
ngx_http_article_invalidate_value(ngx_http_article_main_conf_t *amcf,
    ngx_pool_t *pool, u_char *key, ngx_str_t *address, ngx_str_t *stored,
    uint64_t purges)
{
    time_t                     now, end;
    u_char                     series[NGX_HTTP_ARTICLE_SERIES_LEN];
    ngx_str_t                  encoded;
    ngx_http_article_event_t   event;
    ngx_http_article_value_t   value;

    now = ngx_time();

    if (ngx_http_article_value_decode(stored, address, &value) != NGX_OK
        || value.fresh <= now)
    {
        return;
    }

    event.kind = NGX_HTTP_ARTICLE_EVENT_SOFT;
    event.stamp = 0;
    ngx_memcpy(event.key, key, NGX_HTTP_ARTICLE_KEY_LEN);

    (void) ngx_http_article_zone_event(amcf->shm_zone, &event);
    ngx_http_article_events_tell(amcf, &event);

    value.fresh = ngx_max(now, value.stored);

    if (value.updating) {
        value.updating = value.fresh;
    }

    if (value.vary.len) {
        value.series.data = series;
        value.series.len = NGX_HTTP_ARTICLE_SERIES_LEN;
        ngx_http_article_vary_series(series);
    }

    if (ngx_http_article_value_encode(pool, &value, &encoded) != NGX_OK) {
        return;
    }

    if (amcf->shm_zone) {
        (void) ngx_http_article_zone_set(amcf->shm_zone, key, &encoded,
                                         ngx_http_article_value_end(&value),
                                         purges);
    }

    end = ngx_http_article_value_end(&value);

    if (amcf->redis && end > now) {
        ngx_http_article_redis_set(amcf->redis, key, &encoded,
                                   end - now);
    }
}

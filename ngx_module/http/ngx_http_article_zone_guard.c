
/*
 * Copyright (C) ngx_article authors
 *
 * A maintenance page, or a portal that has lost its database, answers 404 or
 * the home page for every article.  Were each believed, the cache would be
 * empty when the portal comes back.
 */


#include "ngx_http_article_zone_shm.h"


/* Seconds that are looked at together. */
#define NGX_HTTP_ARTICLE_ZONE_GUARD_TIME  60

/* Fewer refreshes than this say nothing of a share. */
#define NGX_HTTP_ARTICLE_ZONE_GUARD_MIN   5


/* without a zone */
static ngx_http_article_zone_refusal_t
    ngx_http_article_zone_refusals[NGX_HTTP_ARTICLE_ZONE_GUARDS];


ngx_uint_t
ngx_http_article_zone_guard(ngx_shm_zone_t *shm_zone, ngx_str_t *portal,
    ngx_uint_t ended, ngx_uint_t share, ngx_uint_t *first)
{
    time_t                          now;
    uint32_t                        hash;
    ngx_uint_t                      on;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_guard_t  *guard;

    *first = 0;

    if (shm_zone == NULL) {
        return 0;
    }

    now = ngx_time();
    hash = ngx_crc32_short(portal->data, portal->len);
    zone = ngx_http_article_zone_enter(shm_zone);

    guard = &zone->sh->guards[hash % NGX_HTTP_ARTICLE_ZONE_GUARDS];

    if (guard->portal != hash
        || now - guard->since >= NGX_HTTP_ARTICLE_ZONE_GUARD_TIME)
    {
        guard->portal = hash;
        guard->since = now;
        guard->refreshes = 0;
        guard->ended = 0;
        guard->on = 0;
    }

    guard->refreshes++;

    if (ended) {
        guard->ended++;
    }

    on = (guard->refreshes >= NGX_HTTP_ARTICLE_ZONE_GUARD_MIN
          && guard->ended * 100 > guard->refreshes * share);

    if (on && !guard->on) {
        guard->on = 1;
        *first = 1;
    }

    ngx_http_article_zone_leave(zone);

    return on;
}


ngx_uint_t
ngx_http_article_zone_refused(ngx_shm_zone_t *shm_zone, ngx_str_t *portal,
    article_reason_t reason)
{
    uint32_t                          hash;
    ngx_uint_t                        times;
    ngx_http_article_zone_t          *zone;
    ngx_http_article_zone_refusal_t  *refusal;

    zone = NULL;
    hash = ngx_crc32_short(portal->data, portal->len);
    refusal = ngx_http_article_zone_refusals;

    if (shm_zone) {
        zone = ngx_http_article_zone_enter(shm_zone);
        refusal = zone->sh->refusals;
    }

    refusal += hash % NGX_HTTP_ARTICLE_ZONE_GUARDS;

    if (refusal->portal != hash || refusal->reason != reason) {
        refusal->portal = hash;
        refusal->reason = reason;
        refusal->times = 0;
    }

    times = (reason == ARTICLE_OK) ? 0 : ++refusal->times;

    if (zone) {
        ngx_http_article_zone_leave(zone);
    }

    return times;
}


/*
 * Copyright (C) ngx_article authors
 *
 * Counting.  A portal's place is found once by its name and kept in the
 * configuration; from then on every count is one atomic addition.
 */


#include "ngx_http_article_status.h"
#include "ngx_http_article_zone_shm.h"


static ngx_http_article_portal_metrics_t *ngx_http_article_metrics_of(
    ngx_shm_zone_t *shm_zone, ngx_http_article_place_t *place);
static void ngx_http_article_metrics_take(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place);
static ngx_http_article_day_t *ngx_http_article_metrics_today(
    ngx_http_article_portal_metrics_t *portal);
static ngx_uint_t ngx_http_article_metrics_day_of(time_t now);
static void ngx_http_article_metrics_rules(
    ngx_http_article_portal_metrics_t *portal,
    ngx_http_article_place_t *place, article_strip_t *strip,
    article_result_t *result);
static void ngx_http_article_metrics_time(
    ngx_http_article_histogram_t *histogram, uint64_t time);
static ngx_uint_t ngx_http_article_metrics_method(const char *method);
static ngx_uint_t ngx_http_article_metrics_refused(article_reason_t reason);


/* What further portals are counted as. */
static ngx_str_t  ngx_http_article_metrics_others = ngx_string("others");


/* 0.25 ms to 10 s: a hit, a page that is read, a portal that sleeps. */
static const uint64_t
    ngx_http_article_metrics_bounds[NGX_HTTP_ARTICLE_METRICS_BOUNDS] =
{
    250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000,
    1000000, 2500000, 10000000
};


static ngx_uint_t
ngx_http_article_metrics_places(size_t zone)
{
    size_t  n;

    n = zone / NGX_HTTP_ARTICLE_METRICS_PART
        / sizeof(ngx_http_article_portal_metrics_t);

    return ngx_max(ngx_min(n, NGX_HTTP_ARTICLE_METRICS_MAX), 1);
}


size_t
ngx_http_article_metrics_size(size_t zone)
{
    return sizeof(ngx_http_article_metrics_t)
           + (ngx_http_article_metrics_places(zone) - 1)
             * sizeof(ngx_http_article_portal_metrics_t);
}


void
ngx_http_article_metrics_init(ngx_http_article_metrics_t *metrics,
    size_t zone)
{
    ngx_memzero(metrics, ngx_http_article_metrics_size(zone));
    metrics->number = ngx_http_article_metrics_places(zone);
}


ngx_http_article_metrics_t *
ngx_http_article_metrics(ngx_shm_zone_t *shm_zone)
{
    ngx_http_article_zone_t  *zone;

    if (shm_zone == NULL) {
        return NULL;
    }

    zone = shm_zone->data;

    return zone->sh->metrics;
}


static ngx_http_article_portal_metrics_t *
ngx_http_article_metrics_of(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place)
{
    ngx_http_article_metrics_t  *metrics;

    metrics = ngx_http_article_metrics(shm_zone);

    if (metrics == NULL || place == NULL) {
        return NULL;
    }

    if (place->index == 0 || !metrics->portal[place->index - 1].taken) {
        ngx_http_article_metrics_take(shm_zone, place);
    }

    return &metrics->portal[place->index - 1];
}


static void
ngx_http_article_metrics_take(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place)
{
    size_t                              len;
    ngx_str_t                          *name;
    ngx_uint_t                          i;
    ngx_http_article_zone_t            *zone;
    ngx_http_article_metrics_t         *metrics;
    ngx_http_article_portal_metrics_t  *portal;

    zone = ngx_http_article_zone_enter(shm_zone);
    metrics = zone->sh->metrics;

    for (i = 0; /* void */ ; i++) {
        portal = &metrics->portal[i];
        name = (i + 1 == metrics->number) ? &ngx_http_article_metrics_others
                                          : &place->name;

        if (!portal->taken) {
            len = ngx_min(name->len, NGX_HTTP_ARTICLE_METRICS_NAME);
            ngx_memcpy(portal->name, name->data, len);
            portal->len = len;
            ngx_memory_barrier();
            portal->taken = 1;
            break;
        }

        if (i + 1 == metrics->number
            || ngx_http_article_metrics_named(portal, name))
        {
            break;
        }
    }

    place->index = i + 1;

    ngx_http_article_zone_leave(zone);
}


ngx_uint_t
ngx_http_article_metrics_named(ngx_http_article_portal_metrics_t *portal,
    ngx_str_t *name)
{
    size_t  len;

    len = ngx_min(name->len, NGX_HTTP_ARTICLE_METRICS_NAME);

    return portal->len == len
           && ngx_memcmp(portal->name, name->data, len) == 0;
}


ngx_uint_t
ngx_http_article_metrics_knows(ngx_http_article_metrics_t *metrics,
    ngx_str_t *name)
{
    ngx_uint_t  i;

    for (i = 0; metrics && i < metrics->number; i++) {
        if (metrics->portal[i].taken
            && ngx_http_article_metrics_named(&metrics->portal[i], name))
        {
            return 1;
        }
    }

    return 0;
}


void
ngx_http_article_metrics_request(ngx_http_article_ctx_t *ctx)
{
    uint64_t                            time;
    ngx_time_t                         *tp;
    ngx_http_request_t                 *r;
    ngx_http_article_metrics_t         *metrics;
    ngx_http_article_portal_metrics_t  *portal;

    ngx_http_article_zone_reason(ctx->main_conf->shm_zone, ctx->reason);

    r = ctx->request;
    portal = ngx_http_article_metrics_of(ctx->main_conf->shm_zone,
                                         ctx->conf->place);
    if (portal == NULL) {
        return;
    }

    (void) ngx_atomic_fetch_add(
                         &portal->requests[ctx->cache_status][ctx->level], 1);
    (void) ngx_atomic_fetch_add(&portal->reason[ctx->reason], 1);

    tp = ngx_timeofday();
    time = (uint64_t) ngx_max((ngx_msec_int_t)
                              ((tp->sec - r->start_sec) * 1000
                               + (ngx_msec_int_t) (tp->msec - r->start_msec)),
                              0);

    metrics = ngx_http_article_metrics(ctx->main_conf->shm_zone);

    ngx_http_article_metrics_time(&metrics->request_time[ctx->level],
                                  time * 1000);
}


void
ngx_http_article_metrics_fetch(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer, ngx_uint_t status)
{
    ngx_uint_t                          digit;
    ngx_http_article_day_t             *day;
    ngx_http_article_portal_metrics_t  *portal;

    portal = ngx_http_article_metrics_of(fetch->main_conf->shm_zone,
                                         fetch->conf->place);
    if (portal == NULL) {
        return;
    }

    digit = status / 100;

    if (digit >= NGX_HTTP_ARTICLE_METRICS_DIGITS) {
        digit = 0;
    }

    (void) ngx_atomic_fetch_add(&portal->origin[digit], 1);

    ngx_http_article_metrics_time(&portal->fetch_time,
                                  (uint64_t) (ngx_current_msec
                                              - fetch->started) * 1000);

    day = ngx_http_article_metrics_today(portal);
    (void) ngx_atomic_fetch_add(&day->pages, 1);

    if (ngx_http_article_metrics_refused(answer->reason)) {
        (void) ngx_atomic_fetch_add(&day->refused, 1);
    }
}


/* The page is there, or should be, but nothing could be made of it. */

static ngx_uint_t
ngx_http_article_metrics_refused(article_reason_t reason)
{
    switch (reason) {

    case ARTICLE_OK:
    case ARTICLE_ORIGIN_NOT_FOUND:
    case ARTICLE_ORIGIN_GONE:
    case ARTICLE_ORIGIN_REDIRECT:
        return 0;

    default:
        return 1;
    }
}


void
ngx_http_article_metrics_read(ngx_http_article_fetch_t *fetch,
    article_result_t *result, uint64_t time)
{
    ngx_uint_t                          method;
    ngx_http_article_day_t             *day;
    ngx_http_article_portal_metrics_t  *portal;

    portal = ngx_http_article_metrics_of(fetch->main_conf->shm_zone,
                                         fetch->conf->place);
    if (portal == NULL) {
        return;
    }

    ngx_http_article_metrics_time(&portal->read_time, time);

    method = ngx_http_article_metrics_method(result->method);

    (void) ngx_atomic_fetch_add(&portal->read[result->kind][method], 1);

    if (result->reason != ARTICLE_OK
        || result->kind != ARTICLE_KIND_ARTICLE)
    {
        return;
    }

    day = ngx_http_article_metrics_today(portal);
    (void) ngx_atomic_fetch_add(&day->articles, 1);

    if (result->published == 0) {
        (void) ngx_atomic_fetch_add(&portal->undated, 1);
        (void) ngx_atomic_fetch_add(&day->undated, 1);
    }

    if (result->authors_number == 0) {
        (void) ngx_atomic_fetch_add(&portal->unsigned_, 1);
        (void) ngx_atomic_fetch_add(&day->unsigned_, 1);
    }

    ngx_http_article_metrics_rules(portal, fetch->conf->place, NULL, result);
}


static ngx_uint_t
ngx_http_article_metrics_method(const char *method)
{
    ngx_uint_t  i;

    for (i = NGX_HTTP_ARTICLE_METHODS_NUMBER - 1; method && i; i--) {
        if (ngx_strcmp(method, ngx_http_article_method_words[i]) == 0) {
            return i;
        }
    }

    return NGX_HTTP_ARTICLE_METHOD_GENERIC;
}


void
ngx_http_article_metrics_strip(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place, article_strip_t *strip, uint64_t bytes,
    uint64_t cut)
{
    ngx_http_article_day_t             *day;
    ngx_http_article_portal_metrics_t  *portal;

    portal = ngx_http_article_metrics_of(shm_zone, place);

    if (portal == NULL || bytes == 0) {
        return;
    }

    day = ngx_http_article_metrics_today(portal);

    (void) ngx_atomic_fetch_add(&portal->pages, 1);
    (void) ngx_atomic_fetch_add(&portal->cut_pages, cut != 0);
    (void) ngx_atomic_fetch_add(&portal->bytes, (ngx_atomic_int_t) bytes);
    (void) ngx_atomic_fetch_add(&portal->cut_bytes, (ngx_atomic_int_t) cut);
    (void) ngx_atomic_fetch_add(&day->bytes, (ngx_atomic_int_t) bytes);
    (void) ngx_atomic_fetch_add(&day->cut, (ngx_atomic_int_t) cut);

    ngx_http_article_metrics_rules(portal, place, strip, NULL);
}


void
ngx_http_article_metrics_reason(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place, article_reason_t reason)
{
    ngx_http_article_portal_metrics_t  *portal;

    ngx_http_article_zone_reason(shm_zone, reason);

    portal = ngx_http_article_metrics_of(shm_zone, place);

    if (portal) {
        (void) ngx_atomic_fetch_add(&portal->reason[reason], 1);
    }
}


void
ngx_http_article_metrics_redis(ngx_shm_zone_t *shm_zone, uint64_t time)
{
    ngx_http_article_metrics_t  *metrics;

    metrics = ngx_http_article_metrics(shm_zone);

    if (metrics) {
        ngx_http_article_metrics_time(&metrics->redis_time, time);
    }
}


static void
ngx_http_article_metrics_time(ngx_http_article_histogram_t *histogram,
    uint64_t time)
{
    ngx_uint_t  n;

    for (n = 0; n < NGX_HTTP_ARTICLE_METRICS_BOUNDS; n++) {
        if (time <= ngx_http_article_metrics_bounds[n]) {
            break;
        }
    }

    (void) ngx_atomic_fetch_add(&histogram->count[n], 1);
    (void) ngx_atomic_fetch_add(&histogram->sum, (ngx_atomic_int_t) time);
}


uint64_t
ngx_http_article_metrics_bound(ngx_uint_t n)
{
    return ngx_http_article_metrics_bounds[n];
}


/*
 * Of a page that strip (or result) is of.  Two workers may count it as one
 * page, or a file that has just been changed as the old one: what is told
 * of, is a hundred pages.
 */

static void
ngx_http_article_metrics_rules(ngx_http_article_portal_metrics_t *portal,
    ngx_http_article_place_t *place, article_strip_t *strip,
    article_result_t *result)
{
    ngx_uint_t              n, used, page;
    article_portal_judged_t  rule;

    if (place->portal == NULL) {
        return;
    }

    if (portal->rules != place->sum) {
        ngx_memzero(portal->last, sizeof(portal->last));
        portal->found[0] = 0;
        portal->found[1] = 0;
        portal->rules = place->sum;
    }

    page = ngx_atomic_fetch_add(&portal->found[strip != NULL], 1) + 1;

    for (n = 0; article_portal_judged(place->portal, n, &rule); n++) {

        if (rule.word.len == 0 || rule.strip != (strip != NULL)) {
            continue;
        }

        used = strip ? article_strip_used(strip, n)
                     : result->fields >> n & 1;

        if (used) {
            portal->last[n] = (uint32_t) page;
        }
    }
}


ngx_uint_t
ngx_http_article_metrics_idle(ngx_http_article_portal_metrics_t *portal,
    ngx_uint_t n, ngx_uint_t strip)
{
    return (uint32_t) portal->found[strip] - portal->last[n]
           >= NGX_HTTP_ARTICLE_METRICS_IDLE;
}


/* Whoever comes first on a new day clears what was counted a week ago. */

static ngx_http_article_day_t *
ngx_http_article_metrics_today(ngx_http_article_portal_metrics_t *portal)
{
    ngx_uint_t               today;
    ngx_atomic_uint_t        old;
    ngx_http_article_day_t  *day;

    today = ngx_http_article_metrics_day_of(ngx_time());
    day = &portal->day[today % NGX_HTTP_ARTICLE_METRICS_DAYS];
    old = day->day;

    if (old != today && ngx_atomic_cmp_set(&day->day, old, today)) {
        day->pages = 0;
        day->refused = 0;
        day->articles = 0;
        day->undated = 0;
        day->unsigned_ = 0;
        day->bytes = 0;
        day->cut = 0;
    }

    return day;
}


static ngx_uint_t
ngx_http_article_metrics_day_of(time_t now)
{
    ngx_time_t  *tp;

    tp = ngx_timeofday();

    return (ngx_uint_t) (now + tp->gmtoff * 60) / 86400;
}


void
ngx_http_article_metrics_day(ngx_http_article_portal_metrics_t *portal,
    ngx_http_article_day_t *today, ngx_http_article_day_t *week)
{
    ngx_uint_t               i, now;
    ngx_http_article_day_t  *day, *sum;

    ngx_memzero(today, sizeof(ngx_http_article_day_t));
    ngx_memzero(week, sizeof(ngx_http_article_day_t));

    now = ngx_http_article_metrics_day_of(ngx_time());

    for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_DAYS; i++) {
        day = &portal->day[i];

        if (day->day + NGX_HTTP_ARTICLE_METRICS_DAYS <= now) {
            continue;
        }

        sum = (day->day == now) ? today : week;

        sum->pages += day->pages;
        sum->refused += day->refused;
        sum->articles += day->articles;
        sum->undated += day->undated;
        sum->unsigned_ += day->unsigned_;
        sum->bytes += day->bytes;
        sum->cut += day->cut;
    }
}

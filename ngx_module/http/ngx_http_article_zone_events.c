
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_zone_shm.h"
#include "ngx_http_article_zone_events.h"
#include "ngx_http_article_zone_latest.h"


/* Slots of purges. */
#define NGX_HTTP_ARTICLE_EVENT_SLOTS    2048

/* Bytes of the zone for each place of the table; half of it stays free. */
#define NGX_HTTP_ARTICLE_TOMB_SHARE     4096

#define NGX_HTTP_ARTICLE_TOMB_NONE      0
#define NGX_HTTP_ARTICLE_TOMB_STANDS    1
#define NGX_HTTP_ARTICLE_TOMB_LIFTED    2   /* and when: no older event holds */

/* Hex digits of a tag. */
#define NGX_HTTP_ARTICLE_TAG_LEN        8


typedef struct {
    uint64_t                       soft;
    uint64_t                       hard;
} ngx_http_article_purge_slot_t;


typedef struct {
    u_char                         key[NGX_HTTP_ARTICLE_KEY_LEN];
    uint64_t                       stamp;
    ngx_uint_t                     state;
} ngx_http_article_tomb_t;


struct ngx_http_article_zone_events_s {
    volatile uint64_t              last;    /* the highest generation seen */
    volatile uint64_t              floor;   /* all below is purged softly */
    ngx_http_article_purge_slot_t  slots[NGX_HTTP_ARTICLE_EVENT_SLOTS];

    ngx_http_article_log_at_t      at;
    time_t                         polled;
    uint64_t                       doubts;

    ngx_uint_t                     nuntold;
    ngx_http_article_event_t       untold[NGX_HTTP_ARTICLE_UNTOLD_MAX];

    volatile ngx_uint_t            withdrawn;
    ngx_uint_t                     used;    /* places of the table */
    ngx_uint_t                     places;
    ngx_http_article_tomb_t        tombs[1];
};


static ngx_uint_t ngx_http_article_zone_places(size_t size);
static uint64_t ngx_http_article_zone_clock(void);
static ngx_int_t ngx_http_article_zone_purge_slot(
    ngx_http_article_zone_events_t *events, ngx_http_article_event_t *event);
static ngx_int_t ngx_http_article_zone_tomb(
    ngx_http_article_zone_events_t *events, ngx_http_article_event_t *event);
static ngx_http_article_tomb_t *ngx_http_article_zone_tomb_place(
    ngx_http_article_zone_events_t *events, u_char *key);
static void ngx_http_article_zone_tombs_compact(
    ngx_http_article_zone_events_t *events);


#define ngx_http_article_event_slot(hash)                                     \
    ((hash) % NGX_HTTP_ARTICLE_EVENT_SLOTS)

#define ngx_http_article_event_hash(key)                                      \
    ((uint32_t) (key)[0] << 24 | (uint32_t) (key)[1] << 16                    \
     | (uint32_t) (key)[2] << 8 | (key)[3])


static ngx_uint_t
ngx_http_article_zone_places(size_t size)
{
    return ngx_min(size / NGX_HTTP_ARTICLE_TOMB_SHARE,
                   2 * NGX_HTTP_ARTICLE_TOMBS_MAX);
}


size_t
ngx_http_article_zone_events_size(size_t size)
{
    return offsetof(ngx_http_article_zone_events_t, tombs)
           + ngx_http_article_zone_places(size)
             * sizeof(ngx_http_article_tomb_t);
}


void
ngx_http_article_zone_events_init(ngx_http_article_zone_events_t *events,
    size_t size)
{
    ngx_memzero(events, ngx_http_article_zone_events_size(size));
    events->places = ngx_http_article_zone_places(size);
}


static uint64_t
ngx_http_article_zone_clock(void)
{
    ngx_time_t  *tp;

    tp = ngx_timeofday();

    return (uint64_t) tp->sec * 1000 + tp->msec;
}


ngx_int_t
ngx_http_article_zone_event(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event)
{
    uint64_t                         now;
    ngx_int_t                        rc;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    now = ngx_http_article_zone_clock();

    if (shm_zone == NULL) {
        event->stamp = event->stamp ? event->stamp : now;
        return NGX_ABORT;
    }

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    if (event->stamp == 0) {
        event->stamp = ngx_max(now, events->last + 1);
    }

    switch (event->kind) {

    case NGX_HTTP_ARTICLE_EVENT_SOFT:
    case NGX_HTTP_ARTICLE_EVENT_HARD:
        rc = ngx_http_article_zone_purge_slot(events, event);
        break;

    default:

        /* nor does what was stored before ever come back */

        rc = ngx_http_article_zone_tomb(events, event);

        if (rc == NGX_OK) {
            (void) ngx_http_article_zone_purge_slot(events, event);
        }

        if (rc == NGX_OK && event->kind == NGX_HTTP_ARTICLE_EVENT_WITHDRAW) {
            ngx_http_article_zone_latest_withdraw(zone, event->key);
        }

        break;
    }

    if (rc == NGX_OK) {
        events->last = ngx_max(events->last, event->stamp);
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


static ngx_int_t
ngx_http_article_zone_purge_slot(ngx_http_article_zone_events_t *events,
    ngx_http_article_event_t *event)
{
    uint64_t                       *stamp;
    ngx_http_article_purge_slot_t  *slot;

    slot = &events->slots[ngx_http_article_event_slot(
                                  ngx_http_article_event_hash(event->key))];

    stamp = (event->kind == NGX_HTTP_ARTICLE_EVENT_SOFT) ? &slot->soft
                                                         : &slot->hard;
    if (event->stamp <= *stamp) {
        return NGX_DECLINED;
    }

    *stamp = event->stamp;

    return NGX_OK;
}


/* Of two events of one address the later one holds, in whatever order. */

static ngx_int_t
ngx_http_article_zone_tomb(ngx_http_article_zone_events_t *events,
    ngx_http_article_event_t *event)
{
    ngx_uint_t                state;
    ngx_http_article_tomb_t  *tomb;

    tomb = ngx_http_article_zone_tomb_place(events, event->key);

    if (tomb->state == NGX_HTTP_ARTICLE_TOMB_NONE) {

        if (events->used >= events->places / 2) {
            ngx_http_article_zone_tombs_compact(events);

            if (events->used >= events->places / 2) {
                return NGX_BUSY;
            }

            tomb = ngx_http_article_zone_tomb_place(events, event->key);
        }

        ngx_memcpy(tomb->key, event->key, NGX_HTTP_ARTICLE_KEY_LEN);
        events->used++;

    } else if (event->stamp <= tomb->stamp) {
        return NGX_DECLINED;
    }

    state = (event->kind == NGX_HTTP_ARTICLE_EVENT_WITHDRAW)
            ? NGX_HTTP_ARTICLE_TOMB_STANDS : NGX_HTTP_ARTICLE_TOMB_LIFTED;

    events->withdrawn += (state == NGX_HTTP_ARTICLE_TOMB_STANDS);
    events->withdrawn -= (tomb->state == NGX_HTTP_ARTICLE_TOMB_STANDS);

    tomb->state = state;
    tomb->stamp = event->stamp;

    return NGX_OK;
}


/* The key's place, or the free one where it belongs: half of them are. */

static ngx_http_article_tomb_t *
ngx_http_article_zone_tomb_place(ngx_http_article_zone_events_t *events,
    u_char *key)
{
    ngx_uint_t                i, n;
    ngx_http_article_tomb_t  *tomb;

    i = ngx_http_article_event_hash(key) % events->places;

    for (n = 0; n < events->places; n++) {
        tomb = &events->tombs[i];

        if (tomb->state == NGX_HTTP_ARTICLE_TOMB_NONE
            || ngx_memcmp(tomb->key, key, NGX_HTTP_ARTICLE_KEY_LEN) == 0)
        {
            return tomb;
        }

        i = (i + 1) % events->places;
    }

    return &events->tombs[i];
}


/* What was lifted longest ago is nobody's business any more. */

static void
ngx_http_article_zone_tombs_compact(ngx_http_article_zone_events_t *events)
{
    size_t                    size;
    ngx_uint_t                i;
    ngx_http_article_tomb_t  *old, *tomb;

    size = events->places * sizeof(ngx_http_article_tomb_t);

    old = ngx_alloc(size, ngx_cycle->log);
    if (old == NULL) {
        return;
    }

    ngx_memcpy(old, events->tombs, size);
    ngx_memzero(events->tombs, size);
    events->used = 0;

    for (i = 0; i < events->places; i++) {

        if (old[i].state == NGX_HTTP_ARTICLE_TOMB_STANDS) {
            tomb = ngx_http_article_zone_tomb_place(events, old[i].key);
            *tomb = old[i];
            events->used++;
        }
    }

    ngx_free(old);
}


uint64_t
ngx_http_article_zone_generation(ngx_shm_zone_t *shm_zone)
{
    uint64_t                  now;
    ngx_http_article_zone_t  *zone;

    now = ngx_http_article_zone_clock();

    if (shm_zone == NULL) {
        return now;
    }

    zone = shm_zone->data;

    return ngx_max(now, zone->sh->events->last + 1);
}


/* Without the lock: a purge that comes this moment may as well come later. */

ngx_int_t
ngx_http_article_zone_good(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *tags, uint64_t generation)
{
    u_char                          *p, *last;
    uint32_t                         hash;
    ngx_int_t                        rc, n;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_purge_slot_t   *slot;
    ngx_http_article_zone_events_t  *events;

    if (shm_zone == NULL) {
        return NGX_OK;
    }

    zone = shm_zone->data;
    events = zone->sh->events;

    /* of an older release: older than any purge */

    generation = ngx_max(generation, 1);

    if (generation > events->last && generation > events->floor) {
        return NGX_OK;
    }

    rc = (generation <= events->floor) ? NGX_BUSY : NGX_OK;

    p = tags->data;
    last = p + tags->len;
    hash = ngx_http_article_event_hash(key);

    for ( ;; ) {
        slot = &events->slots[ngx_http_article_event_slot(hash)];

        if (generation <= slot->hard) {
            return NGX_DECLINED;
        }

        if (generation <= slot->soft) {
            rc = NGX_BUSY;
        }

        if (last - p < NGX_HTTP_ARTICLE_TAG_LEN) {
            return rc;
        }

        n = ngx_hextoi(p, NGX_HTTP_ARTICLE_TAG_LEN);
        if (n == NGX_ERROR) {
            return rc;
        }

        hash = (uint32_t) n;
        p += NGX_HTTP_ARTICLE_TAG_LEN + 1;
    }
}


ngx_uint_t
ngx_http_article_zone_withdraws(ngx_shm_zone_t *shm_zone)
{
    ngx_http_article_zone_t  *zone;

    if (shm_zone == NULL) {
        return 0;
    }

    zone = shm_zone->data;

    return zone->sh->events->withdrawn;
}


ngx_uint_t
ngx_http_article_zone_withdrawn(ngx_shm_zone_t *shm_zone, u_char *key)
{
    ngx_uint_t                       withdrawn;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    if (!ngx_http_article_zone_withdraws(shm_zone)) {
        return 0;
    }

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    withdrawn = (ngx_http_article_zone_tomb_place(events, key)->state
                 == NGX_HTTP_ARTICLE_TOMB_STANDS);

    ngx_http_article_zone_leave(zone);

    return withdrawn;
}


void
ngx_http_article_zone_doubt(ngx_shm_zone_t *shm_zone, uint64_t generation)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    if (generation == 0) {
        generation = ngx_max(ngx_http_article_zone_clock(), events->last + 1);
        events->doubts++;
    }

    events->floor = ngx_max(events->floor, generation);
    events->last = ngx_max(events->last, generation);

    ngx_http_article_zone_leave(zone);
}


ngx_http_article_event_t *
ngx_http_article_zone_tombs(ngx_shm_zone_t *shm_zone, ngx_pool_t *pool,
    ngx_uint_t *n)
{
    ngx_uint_t                       i;
    ngx_http_article_tomb_t         *tomb;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_event_t        *list;
    ngx_http_article_zone_events_t  *events;

    *n = 0;

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    list = ngx_palloc(pool, (events->withdrawn + 1)
                            * sizeof(ngx_http_article_event_t));

    for (i = 0; list && i < events->places && *n < events->withdrawn; i++) {
        tomb = &events->tombs[i];

        if (tomb->state == NGX_HTTP_ARTICLE_TOMB_STANDS) {
            list[*n].kind = NGX_HTTP_ARTICLE_EVENT_WITHDRAW;
            list[*n].stamp = tomb->stamp;
            ngx_memcpy(list[*n].key, tomb->key, NGX_HTTP_ARTICLE_KEY_LEN);
            (*n)++;
        }
    }

    ngx_http_article_zone_leave(zone);

    return list;
}


ngx_int_t
ngx_http_article_zone_untold(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event)
{
    ngx_int_t                        rc;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    rc = NGX_DECLINED;
    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    if (events->nuntold < NGX_HTTP_ARTICLE_UNTOLD_MAX) {
        events->untold[events->nuntold++] = *event;
        rc = NGX_OK;
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_untold_first(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event)
{
    ngx_int_t                        rc;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    rc = NGX_DECLINED;
    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    if (events->nuntold) {
        *event = events->untold[0];
        rc = NGX_OK;
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


void
ngx_http_article_zone_told(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    if (events->nuntold
        && events->untold[0].stamp == event->stamp
        && ngx_memcmp(events->untold[0].key, event->key,
                      NGX_HTTP_ARTICLE_KEY_LEN)
           == 0)
    {
        events->nuntold--;
        ngx_memmove(events->untold, events->untold + 1,
                    events->nuntold * sizeof(ngx_http_article_event_t));
    }

    ngx_http_article_zone_leave(zone);
}


void
ngx_http_article_zone_log_at(ngx_shm_zone_t *shm_zone,
    ngx_http_article_log_at_t *at)
{
    ngx_http_article_zone_t  *zone;

    zone = ngx_http_article_zone_enter(shm_zone);
    *at = zone->sh->events->at;
    ngx_http_article_zone_leave(zone);
}


void
ngx_http_article_zone_log_read(ngx_shm_zone_t *shm_zone,
    ngx_http_article_log_at_t *at, ngx_uint_t polled)
{
    ngx_http_article_zone_t  *zone;

    zone = ngx_http_article_zone_enter(shm_zone);

    zone->sh->events->at = *at;

    if (polled) {
        zone->sh->events->polled = ngx_time();
    }

    ngx_http_article_zone_leave(zone);
}


void
ngx_http_article_zone_events_state(ngx_shm_zone_t *shm_zone,
    ngx_http_article_events_state_t *state)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_events_t  *events;

    zone = ngx_http_article_zone_enter(shm_zone);
    events = zone->sh->events;

    state->withdrawn = events->withdrawn;
    state->room = events->places / 2;
    state->polled = events->polled;
    state->doubts = events->doubts;
    state->untold = events->nuntold;

    ngx_http_article_zone_leave(zone);
}

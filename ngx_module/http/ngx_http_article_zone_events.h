
/*
 * Copyright (C) ngx_article authors
 *
 * What was purged and withdrawn, and when, in shared memory: it stays when
 * values go, and when a worker dies.
 *
 * A generation is a time in milliseconds that never goes back: of a value,
 * when its fetch began; of a purge, when it was said.  A value is as good as
 * its generation is above that of the last purge of its address and of its
 * tags.  Purges are kept in slots by hash, the newest of a slot: a value of
 * another address may be fetched anew for it, which does no harm.  Addresses
 * that are withdrawn are kept as they are.
 */


#ifndef _NGX_HTTP_ARTICLE_ZONE_EVENTS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ZONE_EVENTS_H_INCLUDED_


#include "ngx_http_article_zone.h"


/* A record of the log in Redis, with its line's end: see redis_events.c. */
#define NGX_HTTP_ARTICLE_EVENT_LEN                                            \
    (sizeof("k 0123456789abcdef0123456789abcdef 0123456789abcdef 01234567\n") \
     - 1)

/* What is said of a key, as in a record. */
#define NGX_HTTP_ARTICLE_EVENT_SOFT      's'    /* fetch anew, send the old */
#define NGX_HTTP_ARTICLE_EVENT_HARD      'h'    /* as if it was not there */
#define NGX_HTTP_ARTICLE_EVENT_WITHDRAW  'w'
#define NGX_HTTP_ARTICLE_EVENT_LIFT      'l'
#define NGX_HTTP_ARTICLE_EVENT_MARK      'm'    /* a log begins */

/* Addresses that may be withdrawn: so many, and by the zone's size. */
#define NGX_HTTP_ARTICLE_TOMBS_MAX       4096


/* Events that other hosts have not been told of: so many are remembered. */
#define NGX_HTTP_ARTICLE_UNTOLD_MAX      256


typedef struct ngx_http_article_event_s {
    u_char       kind;
    u_char       key[NGX_HTTP_ARTICLE_KEY_LEN];
    uint64_t     stamp;             /* its generation; 0: now */
} ngx_http_article_event_t;


/* How far the log of events has been read. */
typedef struct {
    uint64_t     offset;            /* bytes; 0: nothing of it */
    ngx_uint_t   newer;             /* 0: of the log before the last one */
    u_char       last[NGX_HTTP_ARTICLE_EVENT_LEN];  /* record */
} ngx_http_article_log_at_t;


/* For article_status. */
typedef struct {
    ngx_uint_t   withdrawn;
    ngx_uint_t   room;              /* so many may be */
    time_t       polled;            /* when the log was last read; 0: never */
    uint64_t     doubts;            /* times that events may be missing */
    ngx_uint_t   untold;            /* other hosts do not know of so many */
} ngx_http_article_events_state_t;


/* The part of a zone's memory; size is the zone's. */
size_t ngx_http_article_zone_events_size(size_t size);
void ngx_http_article_zone_events_init(ngx_http_article_zone_events_t *events,
    size_t size);

/*
 * It happens, and gets a stamp if it has none.  NGX_OK: it is news,
 * NGX_DECLINED: that or more was known, NGX_BUSY: too many are withdrawn.
 * NGX_ABORT: there is no zone.
 */
ngx_int_t ngx_http_article_zone_event(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event);

/* The generation of what is fetched from now on. */
uint64_t ngx_http_article_zone_generation(ngx_shm_zone_t *shm_zone);

/*
 * Is a value of that generation still good?  key is the page's, tags words
 * of 8 hex digits.  NGX_OK, NGX_BUSY (purged softly), NGX_DECLINED (hard).
 */
ngx_int_t ngx_http_article_zone_good(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *tags, uint64_t generation);

ngx_uint_t ngx_http_article_zone_withdrawn(ngx_shm_zone_t *shm_zone,
    u_char *key);

/* 0: nothing at all is withdrawn; without a lock. */
ngx_uint_t ngx_http_article_zone_withdraws(ngx_shm_zone_t *shm_zone);

/* What is older than that generation (0: than now) is to be fetched anew. */
void ngx_http_article_zone_doubt(ngx_shm_zone_t *shm_zone,
    uint64_t generation);

/*
 * Other hosts could not be told of an event: it is told later, in its order.
 * NGX_DECLINED: there are too many already, or no zone.
 */
ngx_int_t ngx_http_article_zone_untold(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event);

/* The first of them: NGX_DECLINED when there is none. */
ngx_int_t ngx_http_article_zone_untold_first(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event);

/* They know now, if it still is the first. */
void ngx_http_article_zone_told(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event);

/* The events that withdraw what is withdrawn; *n of them, in the pool. */
ngx_http_article_event_t *ngx_http_article_zone_tombs(
    ngx_shm_zone_t *shm_zone, ngx_pool_t *pool, ngx_uint_t *n);

/* Where the log is read on; polled: it was read to its end just now. */
void ngx_http_article_zone_log_at(ngx_shm_zone_t *shm_zone,
    ngx_http_article_log_at_t *at);
void ngx_http_article_zone_log_read(ngx_shm_zone_t *shm_zone,
    ngx_http_article_log_at_t *at, ngx_uint_t polled);

void ngx_http_article_zone_events_state(ngx_shm_zone_t *shm_zone,
    ngx_http_article_events_state_t *state);


#endif /* _NGX_HTTP_ARTICLE_ZONE_EVENTS_H_INCLUDED_ */

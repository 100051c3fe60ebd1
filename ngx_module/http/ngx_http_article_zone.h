
/*
 * Copyright (C) ngx_article authors
 *
 * Shared memory: L1 of stored values, locks of fetches, counters.
 * limit_req's model: rbtree + LRU queue in a slab pool, adopted on reload.
 */


#ifndef _NGX_HTTP_ARTICLE_ZONE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ZONE_H_INCLUDED_


#include "ngx_http_article_module.h"
#include "ngx_http_article_value.h"


/* X(enum name, word in article_status, what it counts) */
#define NGX_HTTP_ARTICLE_COUNTERS(X)                                          \
    X(REQUESTS, "requests", "Requests to article_json.")                      \
    X(HIT_L1, "hit_l1", "Answers from the zone.")                             \
    X(HIT_REDIS, "hit_redis", "Answers from Redis.")                          \
    X(STALE, "stale", "Old answers.")                                         \
    X(MISS, "miss", "Answers fetched for the request.")                       \
    X(NEGATIVE, "negative", "Stored 404 and 410.")                            \
    X(FETCHES, "fetches", "Pages asked of portals.")                          \
    X(FETCH_ERRORS, "fetch_errors", "Of these, failed.")                      \
    X(STORES, "stores", "Answers stored.")                                    \
    X(EVICTIONS, "evictions", "Values that made room for others.")            \
    X(PURGES, "purges", "PURGE requests.")                                    \
    X(REDIS_ERRORS, "redis_errors", "Commands that Redis failed.")            \
    X(REDIS_DAMAGED, "redis_damaged", "Values of Redis that were none.")      \
    X(STRIPPED_PAGES, "stripped_pages", "Pages that were cut.")               \
    X(STRIPPED_BYTES, "stripped_bytes", "Bytes cut out of them.")             \
    X(LEARNED_PAGES, "learned_pages", "Pages learned from.")

#define NGX_HTTP_ARTICLE_COUNTER_ENUM(name, word, help)                       \
    NGX_HTTP_ARTICLE_COUNT_##name,

typedef enum {
    NGX_HTTP_ARTICLE_COUNTERS(NGX_HTTP_ARTICLE_COUNTER_ENUM)
    NGX_HTTP_ARTICLE_COUNTERS_NUMBER
} ngx_http_article_counter_e;


typedef struct ngx_http_article_zone_events_s  ngx_http_article_zone_events_t;
typedef struct ngx_http_article_metrics_s      ngx_http_article_metrics_t;


/* "article_zone NAME:SIZE": creates the shared zone of the main conf. */
char *ngx_http_article_zone_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/*
 * The stored value of a key, copied into the pool (whole, as encoded).
 * NGX_OK, NGX_DECLINED when absent, NGX_ERROR when memory is out.
 */
ngx_int_t ngx_http_article_zone_get(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_pool_t *pool, ngx_str_t *value);

/*
 * Stores an encoded value (replacing), forgetting the least recently used
 * ones for room; it is forgotten itself at expire (Unix seconds).  purges
 * is what ngx_http_article_zone_purges() said before the value was asked
 * for.  NGX_DECLINED when it does not fit at all, NGX_ABORT when the key
 * was purged meanwhile.
 */
ngx_int_t ngx_http_article_zone_set(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *value, time_t expire, uint64_t purges);

/*
 * Forgets the value, and the lock: what is being fetched will not be stored.
 * NGX_OK when there was a value, NGX_DECLINED when not.
 */
ngx_int_t ngx_http_article_zone_purge(ngx_shm_zone_t *shm_zone, u_char *key);

/* Another number after each purge of the key (and of a few other keys). */
uint64_t ngx_http_article_zone_purges(ngx_shm_zone_t *shm_zone, u_char *key);

/*
 * The right to fetch a key, over all workers: NGX_OK and *token when it is
 * ours (for age milliseconds at most: a dead worker's lock ends by itself),
 * NGX_BUSY when another has it.
 */
ngx_int_t ngx_http_article_zone_lock(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_msec_t age, uint64_t *token);
void ngx_http_article_zone_unlock(ngx_shm_zone_t *shm_zone, u_char *key,
    uint64_t token);

/* 1 while some worker holds the lock. */
ngx_uint_t ngx_http_article_zone_locked(ngx_shm_zone_t *shm_zone,
    u_char *key);

/*
 * Counts that an article of the portal (its base URL) was fetched anew, and
 * whether that would end it.  1: more than share percent of those within a
 * minute would, so the old ones stay; *first: this is the first to say so.
 * Without a zone nothing is counted: 0.
 */
ngx_uint_t ngx_http_article_zone_guard(ngx_shm_zone_t *shm_zone,
    ngx_str_t *portal, ngx_uint_t ended, ngx_uint_t share,
    ngx_uint_t *first);

/*
 * Counts that an answer of the portal was not stored for the reason
 * (ARTICLE_OK: it was); returns how many were not for that same reason, one
 * after the other, this one included.  Without a zone: of this worker.
 */
ngx_uint_t ngx_http_article_zone_refused(ngx_shm_zone_t *shm_zone,
    ngx_str_t *portal, article_reason_t reason);

/* Adds n to a counter; nothing when there is no zone. */
void ngx_http_article_zone_count(ngx_shm_zone_t *shm_zone,
    ngx_http_article_counter_e counter, ngx_uint_t n);

/* Counts a request that has ended for the reason; nothing without a zone. */
void ngx_http_article_zone_reason(ngx_shm_zone_t *shm_zone,
    article_reason_t reason);

/* The counters and L1's use, as they stand. */
typedef struct {
    ngx_atomic_uint_t  counter[NGX_HTTP_ARTICLE_COUNTERS_NUMBER];
    ngx_atomic_uint_t  reason[ARTICLE_REASONS_NUMBER];
    ngx_uint_t         entries;
    size_t             bytes;           /* of stored values */
    size_t             size;            /* of the zone */
} ngx_http_article_zone_state_t;

void ngx_http_article_zone_state(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_state_t *state);


#endif /* _NGX_HTTP_ARTICLE_ZONE_H_INCLUDED_ */

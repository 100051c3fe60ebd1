
/*
 * Copyright (C) ngx_article authors
 *
 * A zone is one slab pool with a head (counters, two trees) in it:
 *
 *   values  rbtree by key, queue by last use; an entry owns a chain of
 *           chunks, each a page at most, so that memory given back by any
 *           forgotten value serves any other one
 *   locks   rbtree by key, queue by age; a lock that is not given back
 *           (its worker died) ends by its time
 *   plans   rbtree by key: what was learned of a portal.  They do not make
 *           room for values, so their number is bounded
 *   latest  rbtree by portal: its newest articles, of a bounded size
 *   events  what was purged and withdrawn, of a fixed size: zone_events.h
 *   metrics what is told of each portal, of a fixed size: metrics.h
 *
 * Everything is changed between _enter() and _leave() only, and read there but
 * for large values, which are pinned meanwhile: zone_pin.c.  A worker that
 * dies in between leaves "changing" set: the next one empties the zone, for
 * nobody knows what was half done.  The counters, the events and the metrics
 * stay.
 *
 * purges[] remembers the last purge of every key that falls on a slot: what
 * was asked for before it is not stored after it.
 */


#ifndef _NGX_HTTP_ARTICLE_ZONE_SHM_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ZONE_SHM_H_INCLUDED_


#include "ngx_http_article_zone.h"


#define NGX_HTTP_ARTICLE_ZONE_PURGES  1024

/* Slots of clients whose pages were learned from. */
#define NGX_HTTP_ARTICLE_ZONE_CLIENTS  4096

/* Portals whose ended and refused articles are counted; two may share one. */
#define NGX_HTTP_ARTICLE_ZONE_GUARDS  64

/* What a node's rbtree key does not hold of the key. */
#define NGX_HTTP_ARTICLE_ZONE_REST                                            \
    (NGX_HTTP_ARTICLE_KEY_LEN - sizeof(ngx_rbtree_key_t))


typedef struct ngx_http_article_zone_chunk_s  ngx_http_article_zone_chunk_t;

struct ngx_http_article_zone_chunk_s {
    ngx_http_article_zone_chunk_t  *next;
    size_t                          len;
    u_char                          data[1];
};


/* What values and locks begin with. */
typedef struct {
    ngx_rbtree_node_t               node;
    u_char                          rest[NGX_HTTP_ARTICLE_ZONE_REST];
    ngx_queue_t                     queue;
} ngx_http_article_zone_node_t;


typedef struct {
    ngx_http_article_zone_node_t    node;
    time_t                          expire;
    size_t                          len;
    ngx_http_article_zone_chunk_t  *chunks;
    ngx_uint_t                      pins;       /* workers that copy it */
    ngx_uint_t                      forgotten;  /* unsigned  forgotten:1; */
} ngx_http_article_zone_value_t;


/* What a worker copies out just now, or copied when it was killed. */
typedef struct {
    ngx_http_article_zone_value_t  *value;
    ngx_pid_t                       pid;
} ngx_http_article_zone_pin_t;


typedef struct {
    ngx_http_article_zone_node_t    node;
    ngx_msec_t                      expire;
    uint64_t                        token;
} ngx_http_article_zone_lock_t;


typedef struct {
    ngx_http_article_zone_node_t    node;
    uint64_t                        revision;
    uint64_t                        version;
    time_t                          created;
    ngx_uint_t                      passed;     /* pages since the last one */
    article_learner_status_t        status;
    size_t                          len;
    ngx_http_article_zone_chunk_t  *chunks;
} ngx_http_article_zone_plan_t;


/* What became of a portal's articles when they were fetched anew. */
typedef struct {
    uint32_t                        portal;
    time_t                          since;
    ngx_uint_t                      refreshes;
    ngx_uint_t                      ended;
    ngx_uint_t                      on;
} ngx_http_article_zone_guard_t;


/* Why a portal's last answers were not stored. */
typedef struct {
    uint32_t                        portal;
    article_reason_t                reason;
    ngx_uint_t                      times;      /* running */
} ngx_http_article_zone_refusal_t;


typedef struct {
    ngx_rbtree_t                    rbtree;
    ngx_rbtree_node_t               sentinel;
    ngx_queue_t                     queue;
} ngx_http_article_zone_tree_t;


typedef struct {
    uint32_t                        magic;
    uint32_t                        layout;
    volatile ngx_uint_t             changing;
    uint64_t                        token;
    uint64_t                        epoch;      /* times it was emptied */
    ngx_uint_t                      entries;
    size_t                          bytes;
    ngx_uint_t                      forgotten;  /* values, still pinned */
    ngx_http_article_zone_pin_t     pins[NGX_MAX_PROCESSES];
    ngx_http_article_zone_tree_t    values;
    ngx_http_article_zone_tree_t    locks;
    ngx_http_article_zone_tree_t    plans;
    ngx_uint_t                      plans_number;
    ngx_http_article_zone_tree_t    latest;
    size_t                          latest_bytes;
    ngx_http_article_zone_events_t *events;
    ngx_http_article_metrics_t     *metrics;
    volatile uint64_t               plan_changes;
    ngx_http_article_zone_guard_t   guards[NGX_HTTP_ARTICLE_ZONE_GUARDS];
    ngx_http_article_zone_refusal_t refusals[NGX_HTTP_ARTICLE_ZONE_GUARDS];
    uint32_t                        clients[NGX_HTTP_ARTICLE_ZONE_CLIENTS];
    ngx_atomic_t                    counter[NGX_HTTP_ARTICLE_COUNTERS_NUMBER];
    ngx_atomic_t                    reason[ARTICLE_REASONS_NUMBER];
    uint64_t                        purges[NGX_HTTP_ARTICLE_ZONE_PURGES];
} ngx_http_article_zone_sh_t;


struct ngx_http_article_zone_s {
    ngx_http_article_zone_sh_t     *sh;
    ngx_slab_pool_t                *shpool;
};


/* Locks the zone, and makes it whole if need be. */
ngx_http_article_zone_t *ngx_http_article_zone_enter(
    ngx_shm_zone_t *shm_zone);
void ngx_http_article_zone_leave(ngx_http_article_zone_t *zone);

/* The node (that begins a value or a lock) of a key, or NULL. */
void *ngx_http_article_zone_find(ngx_http_article_zone_tree_t *tree,
    u_char *key);

/* Puts a node in the tree and at the head of the queue; takes it out. */
void ngx_http_article_zone_insert(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node, u_char *key);
void ngx_http_article_zone_remove(ngx_http_article_zone_tree_t *tree,
    ngx_http_article_zone_node_t *node);

/* Memory; values are forgotten to make room.  NULL when there is none. */
void *ngx_http_article_zone_alloc(ngx_http_article_zone_t *zone, size_t size);

/* Bytes in a chain of chunks; NGX_DECLINED, and nothing is left, if not. */
ngx_int_t ngx_http_article_zone_write(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_chunk_t **chunks, u_char *data, size_t len);
void ngx_http_article_zone_free_chunks(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_chunk_t *chunks);

/*
 * Copies a large value into the pool.  It leaves the zone for that, and enters
 * it again: what else was found in it may be gone.  NGX_DECLINED: so is the
 * value.
 */
ngx_int_t ngx_http_article_zone_copy(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_value_t *entry, ngx_pool_t *pool,
    ngx_str_t *value);

/* Frees a value that is in no tree any more, once nobody copies it. */
void ngx_http_article_zone_free(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry);

/* Frees those that only workers that are gone were copying. */
void ngx_http_article_zone_free_forgotten(ngx_http_article_zone_t *zone);


#endif /* _NGX_HTTP_ARTICLE_ZONE_SHM_H_INCLUDED_ */


/*
 * Copyright (C) ngx_article authors
 *
 * What is done with a zone: values, locks, counters.
 */


#include "ngx_http_article_zone_shm.h"


/* A value larger than this part of the zone is not stored. */
#define NGX_HTTP_ARTICLE_ZONE_PART      4

/* What is larger is copied out without the lock. */
#define NGX_HTTP_ARTICLE_ZONE_COPY      (16 * 1024)

/* Values forgotten to make room for a chunk of one, at most. */
#define NGX_HTTP_ARTICLE_ZONE_TRIES     64


static uint64_t *ngx_http_article_zone_purged(ngx_http_article_zone_t *zone,
    u_char *key);
static ngx_uint_t ngx_http_article_zone_evict(ngx_http_article_zone_t *zone);
static void ngx_http_article_zone_forget(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry);
static void ngx_http_article_zone_end_locks(ngx_http_article_zone_t *zone);


ngx_int_t
ngx_http_article_zone_get(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_pool_t *pool, ngx_str_t *value)
{
    u_char                         *p;
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_chunk_t  *chunk;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry == NULL) {
        goto done;
    }

    if (entry->expire <= ngx_time()) {
        ngx_http_article_zone_forget(zone, entry);
        goto done;
    }

    ngx_queue_remove(&entry->node.queue);
    ngx_queue_insert_head(&zone->sh->values.queue, &entry->node.queue);

    if (entry->len > NGX_HTTP_ARTICLE_ZONE_COPY) {
        rc = ngx_http_article_zone_copy(shm_zone, entry, pool, value);
        goto done;
    }

    p = ngx_pnalloc(pool, entry->len);
    if (p == NULL) {
        rc = NGX_ERROR;
        goto done;
    }

    value->data = p;
    value->len = entry->len;

    for (chunk = entry->chunks; chunk; chunk = chunk->next) {
        p = ngx_cpymem(p, chunk->data, chunk->len);
    }

    rc = NGX_OK;

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_set(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *value, time_t expire, uint64_t purges)
{
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL
        || value->len > shm_zone->shm.size / NGX_HTTP_ARTICLE_ZONE_PART)
    {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    if (*ngx_http_article_zone_purged(zone, key) != purges) {
        rc = NGX_ABORT;
        goto done;
    }

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry) {
        ngx_http_article_zone_forget(zone, entry);
    }

    entry = ngx_http_article_zone_alloc(zone,
                                        sizeof(ngx_http_article_zone_value_t));
    if (entry == NULL) {
        goto done;
    }

    entry->expire = expire;
    entry->len = value->len;
    entry->chunks = NULL;
    entry->pins = 0;
    entry->forgotten = 0;

    if (ngx_http_article_zone_write(zone, &entry->chunks, value->data,
                                    value->len)
        != NGX_OK)
    {
        ngx_http_article_zone_free(zone, entry);
        goto done;
    }

    ngx_http_article_zone_insert(&zone->sh->values, &entry->node, key);

    zone->sh->entries++;
    zone->sh->bytes += entry->len;

    rc = NGX_OK;

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


ngx_int_t
ngx_http_article_zone_purge(ngx_shm_zone_t *shm_zone, u_char *key)
{
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_lock_t   *lock;
    ngx_http_article_zone_value_t  *entry;

    if (shm_zone == NULL) {
        return NGX_DECLINED;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    entry = ngx_http_article_zone_find(&zone->sh->values, key);

    if (entry) {
        rc = (entry->expire > ngx_time()) ? NGX_OK : NGX_DECLINED;
        ngx_http_article_zone_forget(zone, entry);
    }

    lock = ngx_http_article_zone_find(&zone->sh->locks, key);

    if (lock) {
        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);
        ngx_slab_free_locked(zone->shpool, lock);
    }

    *ngx_http_article_zone_purged(zone, key) = ++zone->sh->token;

    ngx_http_article_zone_leave(zone);

    return rc;
}


uint64_t
ngx_http_article_zone_purges(ngx_shm_zone_t *shm_zone, u_char *key)
{
    uint64_t                  purges;
    ngx_http_article_zone_t  *zone;

    if (shm_zone == NULL) {
        return 0;
    }

    zone = ngx_http_article_zone_enter(shm_zone);
    purges = *ngx_http_article_zone_purged(zone, key);
    ngx_http_article_zone_leave(zone);

    return purges;
}


static uint64_t *
ngx_http_article_zone_purged(ngx_http_article_zone_t *zone, u_char *key)
{
    ngx_uint_t  n;

    n = (key[0] << 8 | key[1]) % NGX_HTTP_ARTICLE_ZONE_PURGES;

    return &zone->sh->purges[n];
}


ngx_int_t
ngx_http_article_zone_lock(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_msec_t age, uint64_t *token)
{
    ngx_int_t                      rc;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    *token = 0;

    if (shm_zone == NULL) {
        return NGX_OK;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_OK;
    ngx_http_article_zone_end_locks(zone);
    lock = ngx_http_article_zone_find(&zone->sh->locks, key);

    if (lock && (ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0) {
        rc = NGX_BUSY;
        goto done;
    }

    if (lock) {
        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);

    } else {
        lock = ngx_http_article_zone_alloc(zone,
                                         sizeof(ngx_http_article_zone_lock_t));
        if (lock == NULL) {

            /* no memory for a lock: better two fetches than none */

            goto done;
        }
    }

    *token = ++zone->sh->token;

    lock->token = *token;
    lock->expire = ngx_current_msec + age;

    ngx_http_article_zone_insert(&zone->sh->locks, &lock->node, key);

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


void
ngx_http_article_zone_unlock(ngx_shm_zone_t *shm_zone, u_char *key,
    uint64_t token)
{
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    if (shm_zone == NULL || token == 0) {
        return;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    lock = ngx_http_article_zone_find(&zone->sh->locks, key);

    if (lock && lock->token == token) {
        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);
        ngx_slab_free_locked(zone->shpool, lock);
    }

    ngx_http_article_zone_leave(zone);
}


ngx_uint_t
ngx_http_article_zone_locked(ngx_shm_zone_t *shm_zone, u_char *key)
{
    ngx_uint_t                     locked;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_lock_t  *lock;

    if (shm_zone == NULL) {
        return 0;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    lock = ngx_http_article_zone_find(&zone->sh->locks, key);
    locked = lock && (ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0;

    ngx_http_article_zone_leave(zone);

    return locked;
}


void
ngx_http_article_zone_count(ngx_shm_zone_t *shm_zone,
    ngx_http_article_counter_e counter, ngx_uint_t n)
{
    ngx_http_article_zone_t  *zone;

    if (shm_zone) {
        zone = shm_zone->data;
        (void) ngx_atomic_fetch_add(&zone->sh->counter[counter], n);
    }
}


void
ngx_http_article_zone_reason(ngx_shm_zone_t *shm_zone, article_reason_t reason)
{
    ngx_http_article_zone_t  *zone;

    if (shm_zone) {
        zone = shm_zone->data;
        (void) ngx_atomic_fetch_add(&zone->sh->reason[reason], 1);
    }
}


void
ngx_http_article_zone_state(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_state_t *state)
{
    ngx_uint_t                i;
    ngx_http_article_zone_t  *zone;

    ngx_memzero(state, sizeof(ngx_http_article_zone_state_t));

    if (shm_zone == NULL) {
        return;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        state->counter[i] = zone->sh->counter[i];
    }

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        state->reason[i] = zone->sh->reason[i];
    }

    state->entries = zone->sh->entries;
    state->bytes = zone->sh->bytes;
    state->size = shm_zone->shm.size;

    ngx_http_article_zone_leave(zone);
}


void *
ngx_http_article_zone_alloc(ngx_http_article_zone_t *zone, size_t size)
{
    void        *p;
    ngx_uint_t   i;

    for (i = 0; i < NGX_HTTP_ARTICLE_ZONE_TRIES; i++) {

        p = ngx_slab_alloc_locked(zone->shpool, size);
        if (p) {
            return p;
        }

        if (!ngx_http_article_zone_evict(zone)) {
            break;
        }
    }

    return NULL;
}


/* Forgets the least recently used value; returns 0 when there is none. */

static ngx_uint_t
ngx_http_article_zone_evict(ngx_http_article_zone_t *zone)
{
    ngx_queue_t                    *q;
    ngx_http_article_zone_sh_t     *sh;
    ngx_http_article_zone_value_t  *entry;

    sh = zone->sh;

    ngx_http_article_zone_free_forgotten(zone);

    if (ngx_queue_empty(&sh->values.queue)) {
        return 0;
    }

    q = ngx_queue_last(&sh->values.queue);
    entry = ngx_queue_data(q, ngx_http_article_zone_value_t, node.queue);

    if (entry->expire > ngx_time()) {
        (void) ngx_atomic_fetch_add(
                        &sh->counter[NGX_HTTP_ARTICLE_COUNT_EVICTIONS], 1);
    }

    ngx_http_article_zone_forget(zone, entry);

    return 1;
}


ngx_int_t
ngx_http_article_zone_write(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_chunk_t **chunks, u_char *data, size_t size)
{
    u_char                          *last;
    size_t                           len, head;
    ngx_http_article_zone_chunk_t   *chunk, **next;

    *chunks = NULL;

    next = chunks;
    last = data + size;
    head = offsetof(ngx_http_article_zone_chunk_t, data);

    while (data < last) {

        len = ngx_min((size_t) (last - data), ngx_pagesize - head);

        chunk = ngx_http_article_zone_alloc(zone, head + len);
        if (chunk == NULL) {
            ngx_http_article_zone_free_chunks(zone, *chunks);
            *chunks = NULL;
            return NGX_DECLINED;
        }

        chunk->next = NULL;
        chunk->len = len;

        ngx_memcpy(chunk->data, data, len);
        data += len;

        *next = chunk;
        next = &chunk->next;
    }

    return NGX_OK;
}


static void
ngx_http_article_zone_forget(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry)
{
    ngx_http_article_zone_remove(&zone->sh->values, &entry->node);

    zone->sh->entries--;
    zone->sh->bytes -= entry->len;

    ngx_http_article_zone_free(zone, entry);
}


void
ngx_http_article_zone_free_chunks(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_chunk_t *chunks)
{
    ngx_http_article_zone_chunk_t  *chunk, *next;

    for (chunk = chunks; chunk; chunk = next) {
        next = chunk->next;
        ngx_slab_free_locked(zone->shpool, chunk);
    }
}


/* Frees the two oldest locks if their time is over: the tree stays small. */

static void
ngx_http_article_zone_end_locks(ngx_http_article_zone_t *zone)
{
    ngx_uint_t                     n;
    ngx_queue_t                   *q;
    ngx_http_article_zone_lock_t  *lock;

    for (n = 0; n < 2; n++) {

        if (ngx_queue_empty(&zone->sh->locks.queue)) {
            return;
        }

        q = ngx_queue_last(&zone->sh->locks.queue);
        lock = ngx_queue_data(q, ngx_http_article_zone_lock_t, node.queue);

        if ((ngx_msec_int_t) (lock->expire - ngx_current_msec) > 0) {
            return;
        }

        ngx_http_article_zone_remove(&zone->sh->locks, &lock->node);
        ngx_slab_free_locked(zone->shpool, lock);
    }
}

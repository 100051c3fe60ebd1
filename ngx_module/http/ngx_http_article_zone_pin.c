
/*
 * Copyright (C) ngx_article authors
 *
 * A large value is copied out without the lock: the worker pins it, and what
 * is forgotten meanwhile is freed by whoever unpins it last.  Each worker has
 * one pin, for it copies one value at a time.  A worker that is killed leaves
 * its pin behind; the next worker in its place takes it over, and where there
 * is none its process is found to be gone.
 */


#include "ngx_http_article_zone_shm.h"

#include <signal.h>


static ngx_str_t *ngx_http_article_zone_parts(
    ngx_http_article_zone_value_t *entry, ngx_pool_t *pool, ngx_uint_t *n);
static void ngx_http_article_zone_unpin(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_pin_t *pin);
static void ngx_http_article_zone_unpin_gone(ngx_http_article_zone_t *zone);
static void ngx_http_article_zone_give(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry);


ngx_int_t
ngx_http_article_zone_copy(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_value_t *entry, ngx_pool_t *pool, ngx_str_t *value)
{
    u_char                       *p;
    uint64_t                      epoch;
    ngx_str_t                    *parts;
    ngx_uint_t                    i, n;
    ngx_http_article_zone_t      *zone;
    ngx_http_article_zone_sh_t   *sh;
    ngx_http_article_zone_pin_t  *pin;

    zone = shm_zone->data;
    sh = zone->sh;

    value->len = entry->len;
    value->data = ngx_pnalloc(pool, entry->len);
    parts = ngx_http_article_zone_parts(entry, pool, &n);

    if (value->data == NULL || parts == NULL) {
        return NGX_ERROR;
    }

    pin = &sh->pins[ngx_process_slot];

    if (pin->value) {
        ngx_http_article_zone_unpin(zone, pin);
    }

    pin->value = entry;
    pin->pid = ngx_pid;
    entry->pins++;
    epoch = sh->epoch;

    ngx_http_article_zone_leave(zone);

    for (i = 0, p = value->data; i < n; i++) {
        p = ngx_cpymem(p, parts[i].data, parts[i].len);
    }

    (void) ngx_http_article_zone_enter(shm_zone);

    if (sh->epoch != epoch) {

        /* emptied: neither the pin nor what was copied is any more */

        return NGX_DECLINED;
    }

    ngx_http_article_zone_unpin(zone, pin);

    return NGX_OK;
}


/* Where the bytes are: a chain could be broken while it is followed. */

static ngx_str_t *
ngx_http_article_zone_parts(ngx_http_article_zone_value_t *entry,
    ngx_pool_t *pool, ngx_uint_t *n)
{
    ngx_str_t                      *parts;
    ngx_http_article_zone_chunk_t  *chunk;

    for (*n = 0, chunk = entry->chunks; chunk; chunk = chunk->next) {
        (*n)++;
    }

    parts = ngx_palloc(pool, *n * sizeof(ngx_str_t));
    if (parts == NULL) {
        return NULL;
    }

    for (*n = 0, chunk = entry->chunks; chunk; chunk = chunk->next) {
        parts[*n].data = chunk->data;
        parts[*n].len = chunk->len;
        (*n)++;
    }

    return parts;
}


void
ngx_http_article_zone_free(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry)
{
    if (entry->pins) {
        ngx_http_article_zone_unpin_gone(zone);
    }

    if (entry->pins) {
        entry->forgotten = 1;
        zone->sh->forgotten++;
        return;
    }

    ngx_http_article_zone_give(zone, entry);
}


void
ngx_http_article_zone_free_forgotten(ngx_http_article_zone_t *zone)
{
    if (zone->sh->forgotten) {
        ngx_http_article_zone_unpin_gone(zone);
    }
}


static void
ngx_http_article_zone_unpin(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_pin_t *pin)
{
    ngx_http_article_zone_value_t  *entry;

    entry = pin->value;
    pin->value = NULL;

    if (--entry->pins == 0 && entry->forgotten) {
        zone->sh->forgotten--;
        ngx_http_article_zone_give(zone, entry);
    }
}


static void
ngx_http_article_zone_unpin_gone(ngx_http_article_zone_t *zone)
{
    ngx_uint_t                    i;
    ngx_http_article_zone_pin_t  *pin;

    for (i = 0; i < NGX_MAX_PROCESSES; i++) {

        pin = &zone->sh->pins[i];

        if (pin->value && kill(pin->pid, 0) == -1 && ngx_errno == NGX_ESRCH) {
            ngx_http_article_zone_unpin(zone, pin);
        }
    }
}


static void
ngx_http_article_zone_give(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_value_t *entry)
{
    ngx_http_article_zone_free_chunks(zone, entry->chunks);
    ngx_slab_free_locked(zone->shpool, entry);
}


/*
 * Copyright (C) ngx_article authors
 *
 * Lists are short (article_latest bounds them): what is in them is found by a
 * walk.  All of them take a quarter of the zone at most; the one that grows
 * gives up its oldest entries then.
 */


#include "ngx_http_article_zone_shm.h"
#include "ngx_http_article_zone_latest.h"


/* What the lists may take of the zone: a part of so many. */
#define NGX_HTTP_ARTICLE_LATEST_PART  4

/* A day of which the time is not known, in seconds. */
#define NGX_HTTP_ARTICLE_LATEST_DAY   86399


typedef struct {
    ngx_queue_t                    queue;
    ngx_http_article_latest_t      entry;
    ngx_uint_t                     unsent;
    size_t                         size;
    u_char                         data[1];
} ngx_http_article_zone_entry_t;


typedef struct {
    ngx_http_article_zone_node_t   node;
    ngx_queue_t                    entries;     /* newest first */
    ngx_uint_t                     number;
    ngx_uint_t                     gone;        /* of them */
    ngx_uint_t                     unsent;
    time_t                         changed;
    uint64_t                       epoch;
    uint64_t                       sequence;
    uint64_t                       due[NGX_HTTP_ARTICLE_LATEST_SOURCES];
} ngx_http_article_zone_latest_t;


static ngx_http_article_zone_latest_t *ngx_http_article_latest_list(
    ngx_http_article_zone_t *zone, u_char *list);
static ngx_http_article_zone_entry_t *ngx_http_article_latest_find(
    ngx_http_article_zone_latest_t *list, u_char *id);
static ngx_uint_t ngx_http_article_latest_refused(
    ngx_http_article_latest_t *old, ngx_http_article_latest_t *entry);
static ngx_uint_t ngx_http_article_latest_same(
    ngx_http_article_latest_t *old, ngx_http_article_latest_t *entry);
static ngx_int_t ngx_http_article_latest_insert(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_latest_t *list, ngx_http_article_latest_t *entry,
    ngx_uint_t unsent);
static ngx_int_t ngx_http_article_latest_order(ngx_http_article_latest_t *a,
    ngx_http_article_latest_t *b);
static void ngx_http_article_latest_remove(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_latest_t *list,
    ngx_http_article_zone_entry_t *node);
static void ngx_http_article_latest_send(
    ngx_http_article_zone_latest_t *list, ngx_http_article_zone_entry_t *node,
    ngx_uint_t unsent);
static ngx_uint_t ngx_http_article_latest_end_in(
    ngx_http_article_zone_latest_t *list, u_char *address, u_char *but);
static ngx_uint_t ngx_http_article_latest_wanted(
    ngx_http_article_latest_t *entry,
    ngx_http_article_latest_query_t *query);
static ngx_int_t ngx_http_article_latest_copy(ngx_pool_t *pool,
    ngx_http_article_latest_t *from, ngx_http_article_latest_t *to);


#define ngx_http_article_latest_is(a, b)                                      \
    (ngx_memcmp(a, b, NGX_HTTP_ARTICLE_KEY_LEN) == 0)

#define ngx_http_article_latest_node(q)                                       \
    (ngx_queue_data(q, ngx_http_article_zone_entry_t, queue))

#define ngx_http_article_latest_each(list, q)                                 \
    for (q = ngx_queue_head(&(list)->entries);                                \
         q != ngx_queue_sentinel(&(list)->entries);                           \
         q = ngx_queue_next(q))


time_t
ngx_http_article_latest_date(ngx_http_article_latest_t *entry)
{
    time_t  seen;

    seen = (time_t) (entry->seen / 1000);

    return entry->published ? ngx_min(entry->published, seen) : seen;
}


ngx_int_t
ngx_http_article_zone_latest_put(ngx_shm_zone_t *shm_zone, u_char *list,
    ngx_uint_t length, ngx_http_article_latest_t *entry, ngx_uint_t remote)
{
    ngx_int_t                        rc;
    ngx_http_article_latest_t        new;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_entry_t   *old;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    found = ngx_http_article_latest_list(zone, list);

    if (found == NULL) {
        goto done;
    }

    new = *entry;
    old = ngx_http_article_latest_find(found, entry->id);

    if (old) {

        if (ngx_http_article_latest_refused(&old->entry, entry)
            || (remote && old->unsent))
        {
            goto done;
        }

        new.seen = ngx_min(old->entry.seen, entry->seen);

        if (new.section == 0) {
            new.section = old->entry.section;
        }

        if (ngx_http_article_latest_same(&old->entry, &new)) {
            goto done;
        }

        ngx_http_article_latest_remove(zone, found, old);
    }

    if (new.kind == NGX_HTTP_ARTICLE_LATEST_FULL) {

        /* a listing may have called it by another of its addresses */

        (void) ngx_http_article_latest_end_in(found, new.address, new.id);
        (void) ngx_http_article_latest_end_in(found, new.base, new.id);
    }

    rc = ngx_http_article_latest_insert(shm_zone, found, &new, !remote);

    while (found->number - found->gone > length
           || found->number > 2 * length)
    {
        ngx_http_article_latest_remove(zone, found,
                  ngx_http_article_latest_node(
                                         ngx_queue_last(&found->entries)));
    }

    if (rc == NGX_OK) {
        found->changed = ngx_time();
    }

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


/* NULL when there is no memory for another one. */

static ngx_http_article_zone_latest_t *
ngx_http_article_latest_list(ngx_http_article_zone_t *zone, u_char *list)
{
    ngx_http_article_zone_latest_t  *found;

    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found) {
        return found;
    }

    found = ngx_http_article_zone_alloc(zone,
                                       sizeof(ngx_http_article_zone_latest_t));
    if (found == NULL) {
        return NULL;
    }

    ngx_memzero(found, sizeof(ngx_http_article_zone_latest_t));
    ngx_queue_init(&found->entries);
    ngx_http_article_zone_insert(&zone->sh->latest, &found->node, list);

    return found;
}


static ngx_http_article_zone_entry_t *
ngx_http_article_latest_find(ngx_http_article_zone_latest_t *list, u_char *id)
{
    ngx_queue_t                    *q;
    ngx_http_article_zone_entry_t  *node;

    ngx_http_article_latest_each(list, q) {
        node = ngx_http_article_latest_node(q);

        if (ngx_http_article_latest_is(node->entry.id, id)) {
            return node;
        }
    }

    return NULL;
}


static ngx_uint_t
ngx_http_article_latest_refused(ngx_http_article_latest_t *old,
    ngx_http_article_latest_t *entry)
{
    switch (entry->kind) {

    case NGX_HTTP_ARTICLE_LATEST_FULL:
    case NGX_HTTP_ARTICLE_LATEST_GONE:
        return 0;

    default:
        return old->kind != NGX_HTTP_ARTICLE_LATEST_UNDATED
               || entry->kind != NGX_HTTP_ARTICLE_LATEST_PARTIAL;
    }
}


static ngx_uint_t
ngx_http_article_latest_same(ngx_http_article_latest_t *old,
    ngx_http_article_latest_t *entry)
{
    return old->kind == entry->kind
           && old->seen == entry->seen
           && old->published == entry->published
           && old->section == entry->section
           && old->json.len == entry->json.len
           && ngx_memcmp(old->json.data, entry->json.data, old->json.len) == 0;
}


static ngx_int_t
ngx_http_article_latest_insert(ngx_shm_zone_t *shm_zone,
    ngx_http_article_zone_latest_t *list, ngx_http_article_latest_t *entry,
    ngx_uint_t unsent)
{
    size_t                          size;
    ngx_queue_t                    *q;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_entry_t  *node;

    zone = shm_zone->data;
    size = offsetof(ngx_http_article_zone_entry_t, data) + entry->json.len;

    while (zone->sh->latest_bytes + size
           > shm_zone->shm.size / NGX_HTTP_ARTICLE_LATEST_PART)
    {
        if (ngx_queue_empty(&list->entries)) {
            return NGX_DECLINED;
        }

        ngx_http_article_latest_remove(zone, list,
                  ngx_http_article_latest_node(
                                          ngx_queue_last(&list->entries)));
    }

    node = ngx_http_article_zone_alloc(zone, size);
    if (node == NULL) {
        return NGX_DECLINED;
    }

    node->entry = *entry;
    node->entry.json.data = node->data;
    node->size = size;
    node->unsent = 0;
    ngx_memcpy(node->data, entry->json.data, entry->json.len);

    ngx_http_article_latest_each(list, q) {
        if (ngx_http_article_latest_order(&node->entry,
                                     &ngx_http_article_latest_node(q)->entry)
            < 0)
        {
            break;
        }
    }

    ngx_queue_insert_tail(q, &node->queue);

    list->number++;
    list->gone += (entry->kind == NGX_HTTP_ARTICLE_LATEST_GONE);
    zone->sh->latest_bytes += size;

    ngx_http_article_latest_send(list, node, unsent);

    return NGX_OK;
}


/* Negative: a comes before b, being the newer one. */

static ngx_int_t
ngx_http_article_latest_order(ngx_http_article_latest_t *a,
    ngx_http_article_latest_t *b)
{
    time_t  i, k;

    i = ngx_http_article_latest_date(a);
    k = ngx_http_article_latest_date(b);

    if (i != k) {
        return (i > k) ? -1 : 1;
    }

    if (a->seen != b->seen) {
        return (a->seen > b->seen) ? -1 : 1;
    }

    return ngx_memcmp(a->id, b->id, NGX_HTTP_ARTICLE_KEY_LEN);
}


static void
ngx_http_article_latest_remove(ngx_http_article_zone_t *zone,
    ngx_http_article_zone_latest_t *list, ngx_http_article_zone_entry_t *node)
{
    ngx_http_article_latest_send(list, node, 0);

    list->number--;
    list->gone -= (node->entry.kind == NGX_HTTP_ARTICLE_LATEST_GONE);
    zone->sh->latest_bytes -= node->size;

    ngx_queue_remove(&node->queue);
    ngx_slab_free_locked(zone->shpool, node);
}


static void
ngx_http_article_latest_send(ngx_http_article_zone_latest_t *list,
    ngx_http_article_zone_entry_t *node, ngx_uint_t unsent)
{
    list->unsent += unsent;
    list->unsent -= node->unsent;
    node->unsent = unsent;
}


ngx_int_t
ngx_http_article_zone_latest_end(ngx_shm_zone_t *shm_zone, u_char *list,
    u_char *address)
{
    ngx_uint_t                       n;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    found = ngx_http_article_zone_find(&zone->sh->latest, list);
    n = found ? ngx_http_article_latest_end_in(found, address, NULL) : 0;

    ngx_http_article_zone_leave(zone);

    return n ? NGX_OK : NGX_DECLINED;
}


/* But for one id: how many. */

static ngx_uint_t
ngx_http_article_latest_end_in(ngx_http_article_zone_latest_t *list,
    u_char *address, u_char *but)
{
    ngx_uint_t                      n;
    ngx_queue_t                    *q;
    ngx_http_article_latest_t      *entry;
    ngx_http_article_zone_entry_t  *node;

    n = 0;

    ngx_http_article_latest_each(list, q) {
        node = ngx_http_article_latest_node(q);
        entry = &node->entry;

        if (entry->kind == NGX_HTTP_ARTICLE_LATEST_GONE
            || (!ngx_http_article_latest_is(entry->address, address)
                && !ngx_http_article_latest_is(entry->base, address))
            || (but && ngx_http_article_latest_is(entry->id, but)))
        {
            continue;
        }

        entry->kind = NGX_HTTP_ARTICLE_LATEST_GONE;
        entry->json.len = 0;
        list->gone++;
        list->changed = ngx_time();
        ngx_http_article_latest_send(list, node, 1);
        n++;
    }

    return n;
}


ngx_uint_t
ngx_http_article_zone_latest_has(ngx_shm_zone_t *shm_zone, u_char *list,
    u_char *address)
{
    ngx_uint_t                       has;
    ngx_queue_t                     *q;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_latest_t       *entry;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    has = 0;
    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found) {
        ngx_http_article_latest_each(found, q) {
            entry = &ngx_http_article_latest_node(q)->entry;

            if (entry->kind != NGX_HTTP_ARTICLE_LATEST_GONE
                && (ngx_http_article_latest_is(entry->address, address)
                    || ngx_http_article_latest_is(entry->base, address)))
            {
                has = 1;
                break;
            }
        }
    }

    ngx_http_article_zone_leave(zone);

    return has;
}


void
ngx_http_article_zone_latest_withdraw(ngx_http_article_zone_t *zone,
    u_char *address)
{
    ngx_queue_t                     *q, *queue;
    ngx_http_article_zone_latest_t  *list;

    queue = &zone->sh->latest.queue;

    for (q = ngx_queue_head(queue);
         q != ngx_queue_sentinel(queue);
         q = ngx_queue_next(q))
    {
        list = ngx_queue_data(q, ngx_http_article_zone_latest_t, node.queue);
        (void) ngx_http_article_latest_end_in(list, address, NULL);
    }
}


ngx_int_t
ngx_http_article_zone_latest_page(ngx_shm_zone_t *shm_zone, u_char *list,
    ngx_http_article_latest_query_t *query, ngx_pool_t *pool,
    ngx_http_article_latest_page_t *page)
{
    ngx_int_t                        rc;
    ngx_queue_t                     *q;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_latest_t       *entry, *copy;
    ngx_http_article_zone_latest_t  *found;

    page->more = 0;
    page->changed = 0;

    if (ngx_array_init(&page->entries, pool, query->limit,
                       sizeof(ngx_http_article_latest_t))
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_OK;
    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found == NULL) {
        goto done;
    }

    page->changed = found->changed;

    ngx_http_article_latest_each(found, q) {
        entry = &ngx_http_article_latest_node(q)->entry;

        if (!ngx_http_article_latest_wanted(entry, query)) {
            continue;
        }

        if (page->entries.nelts == query->limit) {
            page->more = 1;
            break;
        }

        copy = ngx_array_push(&page->entries);

        if (copy == NULL
            || ngx_http_article_latest_copy(pool, entry, copy) != NGX_OK)
        {
            rc = NGX_ERROR;
            break;
        }
    }

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


static ngx_uint_t
ngx_http_article_latest_wanted(ngx_http_article_latest_t *entry,
    ngx_http_article_latest_query_t *query)
{
    time_t  date;

    if (entry->kind == NGX_HTTP_ARTICLE_LATEST_GONE
        || (query->section && entry->section != query->section)
        || (query->before
            && ngx_http_article_latest_order(query->before, entry) >= 0))
    {
        return 0;
    }

    date = ngx_http_article_latest_date(entry);

    /* it may have been published as late as at the end of its day */

    return date + (entry->day ? NGX_HTTP_ARTICLE_LATEST_DAY : 0)
           >= query->since;
}


static ngx_int_t
ngx_http_article_latest_copy(ngx_pool_t *pool,
    ngx_http_article_latest_t *from, ngx_http_article_latest_t *to)
{
    *to = *from;

    to->json.data = ngx_pnalloc(pool, from->json.len + 1);
    if (to->json.data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(to->json.data, from->json.data, from->json.len);

    return NGX_OK;
}


ngx_int_t
ngx_http_article_zone_latest_unsent(ngx_shm_zone_t *shm_zone, u_char *list,
    ngx_pool_t *pool, ngx_http_article_latest_t *entry)
{
    ngx_int_t                        rc;
    ngx_queue_t                     *q;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_entry_t   *node;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    rc = NGX_DECLINED;
    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found && found->unsent) {
        ngx_http_article_latest_each(found, q) {
            node = ngx_http_article_latest_node(q);

            if (node->unsent) {
                rc = ngx_http_article_latest_copy(pool, &node->entry, entry);

                if (rc == NGX_OK) {
                    ngx_http_article_latest_send(found, node, 0);
                }

                break;
            }
        }
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


void
ngx_http_article_zone_latest_resend(ngx_shm_zone_t *shm_zone, u_char *list,
    u_char *id)
{
    ngx_queue_t                     *q;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_entry_t   *node;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found) {
        ngx_http_article_latest_each(found, q) {
            node = ngx_http_article_latest_node(q);

            if (id == NULL || ngx_http_article_latest_is(node->entry.id, id)) {
                ngx_http_article_latest_send(found, node, 1);
            }
        }
    }

    ngx_http_article_zone_leave(zone);
}


void
ngx_http_article_zone_latest_at(ngx_shm_zone_t *shm_zone, u_char *list,
    uint64_t *epoch, uint64_t *sequence)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    found = ngx_http_article_zone_find(&zone->sh->latest, list);
    *epoch = found ? found->epoch : 0;
    *sequence = found ? found->sequence : 0;

    ngx_http_article_zone_leave(zone);
}


void
ngx_http_article_zone_latest_read(ngx_shm_zone_t *shm_zone, u_char *list,
    uint64_t epoch, uint64_t sequence)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    found = ngx_http_article_latest_list(zone, list);

    if (found) {
        found->epoch = epoch;
        found->sequence = sequence;
    }

    ngx_http_article_zone_leave(zone);
}


ngx_uint_t
ngx_http_article_zone_latest_due(ngx_shm_zone_t *shm_zone, u_char *list,
    ngx_uint_t n, ngx_msec_t interval)
{
    uint64_t                         now;
    ngx_uint_t                       due;
    ngx_time_t                      *tp;
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_latest_t  *found;

    zone = ngx_http_article_zone_enter(shm_zone);

    due = 0;
    tp = ngx_timeofday();
    now = (uint64_t) tp->sec * 1000 + tp->msec;
    found = ngx_http_article_latest_list(zone, list);

    /* a clock that was set back must not stop it for long */

    if (found && (found->due[n] <= now || found->due[n] > now + interval)) {
        found->due[n] = now + interval;
        due = 1;
    }

    ngx_http_article_zone_leave(zone);

    return due;
}


void
ngx_http_article_zone_latest_state(ngx_shm_zone_t *shm_zone, u_char *list,
    ngx_http_article_latest_state_t *state)
{
    ngx_http_article_zone_t         *zone;
    ngx_http_article_zone_latest_t  *found;

    ngx_memzero(state, sizeof(ngx_http_article_latest_state_t));

    zone = ngx_http_article_zone_enter(shm_zone);

    found = ngx_http_article_zone_find(&zone->sh->latest, list);

    if (found) {
        state->items = found->number - found->gone;
        state->unsent = found->unsent;
        state->changed = found->changed;
    }

    ngx_http_article_zone_leave(zone);
}


/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_zone_shm.h"
#include "ngx_http_article_zone_plan.h"


/* Once stable, one page in so many. */
#define NGX_HTTP_ARTICLE_ZONE_PLAN_EVERY   200

/* Seconds between two pages of one client. */
#define NGX_HTTP_ARTICLE_ZONE_PLAN_PAUSE   60

/* A state larger than this part of the zone is not kept. */
#define NGX_HTTP_ARTICLE_ZONE_PLAN_PART    4


static ngx_uint_t ngx_http_article_zone_plan_turn(
    ngx_http_article_zone_plan_t *plan);
static ngx_uint_t ngx_http_article_zone_plan_client(
    ngx_http_article_zone_t *zone, ngx_str_t *client);
static ngx_http_article_zone_plan_t *ngx_http_article_zone_plan_make(
    ngx_http_article_zone_t *zone, u_char *key);
static ngx_int_t ngx_http_article_zone_plan_copy(
    ngx_http_article_zone_plan_t *plan, ngx_http_article_plan_state_t *state);


ngx_int_t
ngx_http_article_zone_plan_get(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_uint_t whole, ngx_http_article_plan_state_t *state)
{
    ngx_int_t                      rc;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_plan_t  *plan;

    ngx_memzero(state, sizeof(ngx_http_article_plan_state_t));

    rc = NGX_DECLINED;
    zone = ngx_http_article_zone_enter(shm_zone);

    plan = ngx_http_article_zone_find(&zone->sh->plans, key);

    if (plan) {
        state->revision = plan->revision;
        state->version = plan->version;
        state->created = plan->created;
        state->status = plan->status;
        state->len = plan->len;

        rc = (whole && plan->len)
             ? ngx_http_article_zone_plan_copy(plan, state) : NGX_OK;
    }

    ngx_http_article_zone_leave(zone);

    return rc;
}


static ngx_int_t
ngx_http_article_zone_plan_copy(ngx_http_article_zone_plan_t *plan,
    ngx_http_article_plan_state_t *state)
{
    u_char                         *p;
    ngx_http_article_zone_chunk_t  *chunk;

    p = ngx_alloc(plan->len, ngx_cycle->log);
    if (p == NULL) {
        return NGX_ERROR;
    }

    state->data = p;

    for (chunk = plan->chunks; chunk; chunk = chunk->next) {
        p = ngx_cpymem(p, chunk->data, chunk->len);
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_article_zone_plan_set(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_http_article_plan_state_t *state)
{
    ngx_int_t                       rc;
    ngx_http_article_zone_t        *zone;
    ngx_http_article_zone_plan_t   *plan;
    ngx_http_article_zone_chunk_t  *chunks;

    if (state->len > shm_zone->shm.size / NGX_HTTP_ARTICLE_ZONE_PLAN_PART) {
        return NGX_DECLINED;
    }

    rc = NGX_DECLINED;
    zone = ngx_http_article_zone_enter(shm_zone);

    plan = ngx_http_article_zone_plan_make(zone, key);

    if (plan == NULL) {
        goto done;
    }

    if (plan->version != state->version) {
        rc = NGX_BUSY;
        goto done;
    }

    if (ngx_http_article_zone_write(zone, &chunks, state->data, state->len)
        != NGX_OK)
    {
        goto done;
    }

    ngx_http_article_zone_free_chunks(zone, plan->chunks);

    plan->chunks = chunks;
    plan->len = state->len;
    plan->status = state->status;
    plan->version = ++zone->sh->token;
    state->version = plan->version;

    if (state->created) {
        plan->created = state->created;
    }

    if (plan->revision != state->revision) {
        plan->revision = state->revision;
        zone->sh->plan_changes++;
    }

    rc = NGX_OK;

done:

    ngx_http_article_zone_leave(zone);

    return rc;
}


uint64_t
ngx_http_article_zone_plan_changes(ngx_shm_zone_t *shm_zone)
{
    ngx_http_article_zone_t  *zone;

    zone = shm_zone->data;

    return zone->sh->plan_changes;
}


ngx_uint_t
ngx_http_article_zone_plan_sample(ngx_shm_zone_t *shm_zone, u_char *key,
    ngx_str_t *client)
{
    ngx_uint_t                     wanted;
    ngx_http_article_zone_t       *zone;
    ngx_http_article_zone_plan_t  *plan;

    zone = ngx_http_article_zone_enter(shm_zone);

    plan = ngx_http_article_zone_plan_make(zone, key);

    wanted = plan != NULL
             && ngx_http_article_zone_plan_turn(plan)
             && ngx_http_article_zone_plan_client(zone, client);

    ngx_http_article_zone_leave(zone);

    return wanted;
}


/* Drift: the portal looks other than it did, each page counts again. */

static ngx_uint_t
ngx_http_article_zone_plan_turn(ngx_http_article_zone_plan_t *plan)
{
    if (!plan->status.stable || plan->status.drift) {
        plan->passed = 0;
        return 1;
    }

    if (++plan->passed < NGX_HTTP_ARTICLE_ZONE_PLAN_EVERY) {
        return 0;
    }

    plan->passed = 0;

    return 1;
}


/*
 * A table of hashes: two clients of one slot count as one, which errs to the
 * safe side.
 */

static ngx_uint_t
ngx_http_article_zone_plan_client(ngx_http_article_zone_t *zone,
    ngx_str_t *client)
{
    time_t     now;
    uint32_t   hash;
    uint32_t  *last;

    hash = ngx_murmur_hash2(client->data, client->len);
    last = &zone->sh->clients[hash % NGX_HTTP_ARTICLE_ZONE_CLIENTS];
    now = ngx_time();

    if ((uint32_t) now - *last < NGX_HTTP_ARTICLE_ZONE_PLAN_PAUSE) {
        return 0;
    }

    *last = (uint32_t) now;

    return 1;
}


static ngx_http_article_zone_plan_t *
ngx_http_article_zone_plan_make(ngx_http_article_zone_t *zone, u_char *key)
{
    ngx_http_article_zone_plan_t  *plan;

    plan = ngx_http_article_zone_find(&zone->sh->plans, key);

    if (plan || zone->sh->plans_number == NGX_HTTP_ARTICLE_ZONE_PLANS) {
        return plan;
    }

    plan = ngx_http_article_zone_alloc(zone,
                                       sizeof(ngx_http_article_zone_plan_t));
    if (plan == NULL) {
        return NULL;
    }

    ngx_memzero(plan, sizeof(ngx_http_article_zone_plan_t));

    plan->created = ngx_time();

    ngx_http_article_zone_insert(&zone->sh->plans, &plan->node, key);
    zone->sh->plans_number++;

    return plan;
}


/*
 * Copyright (C) ngx_article authors
 *
 * Plans as they are cut by: each worker compiles its own, when the zone says
 * that one has changed, and frees the old one when its last page has ended.
 */


#include "ngx_http_article_learn.h"
#include "ngx_http_article_redis.h"


/* Milliseconds between two looks: what an operator says acts in a second. */
#define NGX_HTTP_ARTICLE_PLAN_EVERY  300

/* Another worker or the operator may be faster so many times. */
#define NGX_HTTP_ARTICLE_PLAN_TRIES  5


static void ngx_http_article_plan_timer(ngx_event_t *ev);
static void ngx_http_article_plan_refresh(ngx_http_article_learn_t *learn,
    ngx_http_article_plan_t *plan);
static article_portal_t *ngx_http_article_plan_compile(
    ngx_http_article_plan_t *plan, ngx_http_article_plan_state_t *state);
static article_reason_t ngx_http_article_plan_change_once(
    ngx_http_article_learn_t *learn, ngx_http_article_plan_t *plan,
    ngx_uint_t rise, ngx_http_article_plan_change_pt change, void *data,
    ngx_int_t *rc);


static ngx_event_t  ngx_http_article_plan_event;

/* what ngx_http_article_zone_plan_changes() said the last time */
static uint64_t     ngx_http_article_plan_changes;


ngx_int_t
ngx_http_article_plan_init_process(ngx_cycle_t *cycle)
{
    ngx_event_t                   *ev;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_article_module);

    if (amcf == NULL || amcf->learn == NULL || amcf->learn->shm_zone == NULL
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ngx_http_article_plan_changes = (uint64_t) -1;

    ev = &ngx_http_article_plan_event;

    ngx_memzero(ev, sizeof(ngx_event_t));

    ev->handler = ngx_http_article_plan_timer;
    ev->data = amcf;
    ev->log = cycle->log;
    ev->cancelable = 1;

    /* the first look before the first page */

    ngx_add_timer(ev, 1);

    return NGX_OK;
}


static void
ngx_http_article_plan_timer(ngx_event_t *ev)
{
    ngx_http_article_main_conf_t *amcf = ev->data;

    ngx_http_article_plan_check(amcf->learn);

    if (ngx_exiting) {
        return;
    }

    if (amcf->redis && ngx_worker == 0) {
        ngx_http_article_redis_plans(amcf->redis, amcf->learn);
    }

    ngx_add_timer(ev, NGX_HTTP_ARTICLE_PLAN_EVERY);
}


void
ngx_http_article_plan_check(ngx_http_article_learn_t *learn)
{
    uint64_t                   changes;
    ngx_uint_t                 i;
    ngx_http_article_plan_t  **plans;

    changes = ngx_http_article_zone_plan_changes(learn->shm_zone);

    if (changes == ngx_http_article_plan_changes) {
        return;
    }

    ngx_http_article_plan_changes = changes;

    plans = learn->plans.elts;

    for (i = 0; i < learn->plans.nelts; i++) {
        if (plans[i]->apply) {
            ngx_http_article_plan_refresh(learn, plans[i]);
        }
    }
}


static void
ngx_http_article_plan_refresh(ngx_http_article_learn_t *learn,
    ngx_http_article_plan_t *plan)
{
    article_portal_t               *portal;
    ngx_http_article_plan_use_t    *use;
    ngx_http_article_plan_state_t   state;

    if (ngx_http_article_zone_plan_get(learn->shm_zone, plan->key, 0, &state)
        != NGX_OK
        || state.revision == plan->revision
        || ngx_http_article_zone_plan_get(learn->shm_zone, plan->key, 1,
                                          &state)
           != NGX_OK)
    {
        return;
    }

    portal = ngx_http_article_plan_compile(plan, &state);

    if (state.data) {
        ngx_free(state.data);
    }

    use = NULL;

    if (portal) {
        use = ngx_alloc(sizeof(ngx_http_article_plan_use_t), ngx_cycle->log);

        if (use == NULL) {
            article_portal_destroy(portal);
            return;
        }

        use->portal = portal;
        use->refs = 1;
    }

    ngx_http_article_plan_release(plan->use);

    plan->use = use;
    plan->revision = state.revision;
}


/* NULL: nothing is learned, the portal file alone holds. */

static article_portal_t *
ngx_http_article_plan_compile(ngx_http_article_plan_t *plan,
    ngx_http_article_plan_state_t *state)
{
    article_slice_t     json;
    article_error_t     error;
    article_portal_t   *learned, *joined;
    article_learner_t  *learner;

    if (state->data == NULL || state->status.number == 0) {
        return NULL;
    }

    learner = article_learner_load((article_slice_t)
                                   { (char *) state->data, state->len });
    if (learner == NULL) {
        return NULL;
    }

    joined = NULL;

    if (article_learner_portal(learner, &json) == ARTICLE_OK) {

        learned = article_portal_parse(json.data, json.len, &error);

        if (learned) {
            joined = article_portal_join(plan->written, learned);
            article_portal_destroy(learned);

        } else {
            ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                          "article_learn: what was learned of portal \"%V\" "
                          "cannot be used: %ud:%ud: %s", &plan->name,
                          error.line, error.column, error.message);
        }
    }

    article_learner_destroy(learner);

    return joined;
}


ngx_http_article_plan_use_t *
ngx_http_article_plan_use(ngx_http_article_plan_t *plan)
{
    if (plan->use) {
        plan->use->refs++;
    }

    return plan->use;
}


void
ngx_http_article_plan_release(ngx_http_article_plan_use_t *use)
{
    if (use && --use->refs == 0) {
        article_portal_destroy(use->portal);
        ngx_free(use);
    }
}


article_reason_t
ngx_http_article_plan_change(ngx_http_article_learn_t *learn,
    ngx_http_article_plan_t *plan, ngx_uint_t rise,
    ngx_http_article_plan_change_pt change, void *data)
{
    ngx_int_t         rc;
    ngx_uint_t        i;
    article_reason_t  reason;

    for (i = 0; i < NGX_HTTP_ARTICLE_PLAN_TRIES; i++) {

        reason = ngx_http_article_plan_change_once(learn, plan, rise, change,
                                                   data, &rc);

        if (reason != ARTICLE_OK || rc == NGX_OK) {
            return reason;
        }

        if (rc != NGX_BUSY) {
            return ARTICLE_NO_MEMORY;
        }
    }

    return ARTICLE_OVERLOADED;
}


static article_reason_t
ngx_http_article_plan_change_once(ngx_http_article_learn_t *learn,
    ngx_http_article_plan_t *plan, ngx_uint_t rise,
    ngx_http_article_plan_change_pt change, void *data, ngx_int_t *rc)
{
    u_char                         *old;
    article_slice_t                 slice;
    article_reason_t                reason;
    article_learner_t              *learner;
    article_learner_status_t        before;
    ngx_http_article_plan_state_t   state;

    if (ngx_http_article_zone_plan_get(learn->shm_zone, plan->key, 1, &state)
        == NGX_ERROR)
    {
        return ARTICLE_NO_MEMORY;
    }

    old = state.data;
    learner = NULL;

    if (old) {
        slice.data = (char *) old;
        slice.len = state.len;
        learner = article_learner_load(slice);
    }

    if (learner == NULL) {
        slice.data = (char *) plan->host.data;
        slice.len = plan->host.len;
        learner = article_learner_create(slice);
    }

    reason = ARTICLE_NO_MEMORY;

    if (learner == NULL) {
        goto done;
    }

    article_learner_status(learner, &before);

    reason = change(learner, &state, data);

    if (reason == ARTICLE_OK) {
        reason = article_learner_save(learner, &slice);
    }

    if (reason != ARTICLE_OK) {
        goto done;
    }

    article_learner_status(learner, &state.status);

    state.data = (u_char *) slice.data;
    state.len = slice.len;

    if (rise || before.number != state.status.number
        || before.waiting != state.status.waiting)
    {
        state.revision++;
    }

    *rc = ngx_http_article_zone_plan_set(learn->shm_zone, plan->key, &state);

done:

    if (learner) {
        article_learner_destroy(learner);
    }

    if (old) {
        ngx_free(old);
    }

    return reason;
}


/*
 * Copyright (C) ngx_article authors
 *
 * What has been learned of portals, in shared memory: for each a learner's
 * state, bounded, kept over reloads and apart from the values, which never
 * push it out.  Every function may be called from a thread.
 */


#ifndef _NGX_HTTP_ARTICLE_ZONE_PLAN_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ZONE_PLAN_H_INCLUDED_


#include "ngx_http_article_zone.h"


/* Portals that are learned, in all; more are not. */
#define NGX_HTTP_ARTICLE_ZONE_PLANS  64


typedef struct {
    uint64_t                   revision;    /* of the plan: rises with each
                                               change, 0: nothing yet */
    uint64_t                   version;     /* of the state: another number
                                               after each write */
    time_t                     created;
    article_learner_status_t   status;
    size_t                     len;
    u_char                    *data;        /* of ngx_alloc(), or NULL */
} ngx_http_article_plan_state_t;


/*
 * What is known; with whole, the state as well, which the caller frees by
 * ngx_free().  NGX_OK, NGX_DECLINED when nothing is, NGX_ERROR when memory is
 * out.  *state is zeroed first.
 */
ngx_int_t ngx_http_article_zone_plan_get(ngx_shm_zone_t *shm_zone,
    u_char *key, ngx_uint_t whole, ngx_http_article_plan_state_t *state);

/*
 * Replaces it, if nobody has since version was read: NGX_BUSY if so.
 * NGX_DECLINED when there is no room.  state->version is the new one then.
 */
ngx_int_t ngx_http_article_zone_plan_set(ngx_shm_zone_t *shm_zone,
    u_char *key, ngx_http_article_plan_state_t *state);

/* Another number after each change of any revision. */
uint64_t ngx_http_article_zone_plan_changes(ngx_shm_zone_t *shm_zone);

/*
 * Shall this page be looked at?  Each one until the plan is stable, then one
 * in 200; of one client (any bytes) one a minute.  1: yes, and it counts as
 * the client's.
 */
ngx_uint_t ngx_http_article_zone_plan_sample(ngx_shm_zone_t *shm_zone,
    u_char *key, ngx_str_t *client);


#endif /* _NGX_HTTP_ARTICLE_ZONE_PLAN_H_INCLUDED_ */

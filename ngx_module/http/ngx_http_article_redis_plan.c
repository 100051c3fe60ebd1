
/*
 * Copyright (C) ngx_article authors
 *
 * Learned plans in Redis: what one host learned, or an operator said there,
 * holds on the others within a second, and after a restart.
 *
 *   PREFIX:1:plan:{PORTAL} = HEAD, a learner's state
 *   HEAD = "ngx_article plan 1 REVISION CREATED\n", two numbers in 16 hex
 *
 * One worker a host reads the heads, a few bytes each.  The higher revision
 * wins: if it is there, the whole is fetched; if it is here, it is stored.
 */


#include "ngx_http_article_learn.h"
#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_PLAN      "ngx_article plan 1 "
#define NGX_HTTP_ARTICLE_REDIS_PLAN_HEX  16

#define NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD                                      \
    (sizeof(NGX_HTTP_ARTICLE_REDIS_PLAN) - 1                                  \
     + 2 * (NGX_HTTP_ARTICLE_REDIS_PLAN_HEX + 1))

/*
 * Seconds: it goes when no host has used it for so long; and what is learned
 * without a change of the plan is stored no more often.
 */
#define NGX_HTTP_ARTICLE_REDIS_PLAN_TTL    "7776000"
#define NGX_HTTP_ARTICLE_REDIS_PLAN_EVERY  60


/* One of this worker's plans. */
struct ngx_http_article_plan_peer_s {
    ngx_http_article_redis_t     *redis;
    ngx_http_article_learn_t     *learn;
    ngx_http_article_plan_t      *plan;
    ngx_http_article_redis_op_t  *op;       /* under way, or NULL */
    uint64_t                      version;  /* of the state stored last */
    time_t                        stored;
};


static void ngx_http_article_redis_plan_ask(
    ngx_http_article_plan_peer_t *peer, size_t len,
    ngx_http_article_redis_pt handler);
static void ngx_http_article_redis_plan_head(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_redis_plan_whole(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_plan_parse(ngx_str_t *value,
    uint64_t *revision, uint64_t *created);
static void ngx_http_article_redis_plan_store(
    ngx_http_article_plan_peer_t *peer);
static ngx_int_t ngx_http_article_redis_plan_key(
    ngx_http_article_plan_peer_t *peer, ngx_pool_t *pool, ngx_str_t *key);


void
ngx_http_article_redis_plans(ngx_http_article_redis_t *redis,
    ngx_http_article_learn_t *learn)
{
    ngx_uint_t                      i;
    ngx_http_article_plan_t       **plans;
    ngx_http_article_plan_peer_t   *peer;

    plans = learn->plans.elts;

    for (i = 0; i < learn->plans.nelts; i++) {

        peer = plans[i]->peer;

        if (peer == NULL) {
            peer = ngx_pcalloc(ngx_cycle->pool,
                               sizeof(ngx_http_article_plan_peer_t));
            if (peer == NULL) {
                return;
            }

            peer->redis = redis;
            peer->learn = learn;
            peer->plan = plans[i];
            plans[i]->peer = peer;
        }

        if (peer->op == NULL) {
            ngx_http_article_redis_plan_ask(peer,
                                        NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD,
                                        ngx_http_article_redis_plan_head);
        }
    }
}


static void
ngx_http_article_redis_plan_ask(ngx_http_article_plan_peer_t *peer,
    size_t len, ngx_http_article_redis_pt handler)
{
    u_char             end[NGX_SIZE_T_LEN];
    ngx_str_t          argv[4];
    ngx_pool_t        *pool;
    article_reason_t   reason;

    pool = ngx_create_pool(512, ngx_cycle->log);
    if (pool == NULL) {
        return;
    }

    if (ngx_http_article_redis_plan_key(peer, pool, &argv[1]) == NGX_OK) {

        ngx_str_set(&argv[0], "GETRANGE");
        ngx_str_set(&argv[2], "0");
        argv[3].data = end;
        argv[3].len = ngx_sprintf(end, "%uz", len - 1) - end;

        peer->op = ngx_http_article_redis_ask(peer->redis,
                                              NGX_HTTP_ARTICLE_REDIS_GET, 4,
                                              argv, peer->redis->timeout,
                                              handler, peer, &reason);
    }

    ngx_destroy_pool(pool);
}


static ngx_int_t
ngx_http_article_redis_plan_key(ngx_http_article_plan_peer_t *peer,
    ngx_pool_t *pool, ngx_str_t *key)
{
    ngx_str_t  *prefix, *name;

    prefix = &peer->redis->prefix;
    name = &peer->plan->name;

    key->len = prefix->len + sizeof(":1:plan:{}") - 1 + name->len;

    key->data = ngx_pnalloc(pool, key->len);
    if (key->data == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(key->data, "%V:1:plan:{%V}", prefix, name);

    return NGX_OK;
}


static void
ngx_http_article_redis_plan_head(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_plan_peer_t *peer = data;

    uint64_t                       revision, created;
    ngx_uint_t                     there, late;
    ngx_http_article_plan_state_t  state;

    peer->op = NULL;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        return;
    }

    (void) ngx_http_article_zone_plan_get(peer->learn->shm_zone,
                                          peer->plan->key, 0, &state);

    there = reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE
            && ngx_http_article_redis_plan_parse(&reply->value, &revision,
                                                 &created)
               == NGX_OK;

    if (there && (revision > state.revision || state.len == 0)) {
        ngx_http_article_redis_plan_ask(peer,
                                        NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD
                                        + ARTICLE_LEARNER_STATE,
                                        ngx_http_article_redis_plan_whole);
        return;
    }

    if (state.len == 0) {
        return;
    }

    late = state.version != peer->version
           && ngx_time() - peer->stored >= NGX_HTTP_ARTICLE_REDIS_PLAN_EVERY;

    if (!there || revision < state.revision || late) {
        ngx_http_article_redis_plan_store(peer);
    }
}


static ngx_int_t
ngx_http_article_redis_plan_parse(ngx_str_t *value, uint64_t *revision,
    uint64_t *created)
{
    u_char     *p;
    size_t      len;
    uint64_t    n[2];
    ngx_int_t   digit;
    ngx_uint_t  i, k;

    len = sizeof(NGX_HTTP_ARTICLE_REDIS_PLAN) - 1;

    if (value->len < NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD
        || ngx_memcmp(value->data, NGX_HTTP_ARTICLE_REDIS_PLAN, len) != 0)
    {
        return NGX_ERROR;
    }

    p = value->data + len;

    for (i = 0; i < 2; i++) {
        n[i] = 0;

        for (k = 0; k < NGX_HTTP_ARTICLE_REDIS_PLAN_HEX; k++) {

            digit = ngx_hextoi(p++, 1);
            if (digit == NGX_ERROR) {
                return NGX_ERROR;
            }

            n[i] = n[i] << 4 | (uint64_t) digit;
        }

        if (*p++ != (i ? '\n' : ' ')) {
            return NGX_ERROR;
        }
    }

    *revision = n[0];
    *created = n[1];

    return NGX_OK;
}


/* What another host knows better replaces ours, unless that just changed. */

static void
ngx_http_article_redis_plan_whole(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_plan_peer_t *peer = data;

    ngx_int_t                       rc;
    uint64_t                        revision, created;
    article_slice_t                 slice;
    article_learner_t              *learner;
    ngx_http_article_plan_state_t   state;

    peer->op = NULL;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_VALUE
        || ngx_http_article_redis_plan_parse(&reply->value, &revision,
                                             &created)
           != NGX_OK)
    {
        return;
    }

    (void) ngx_http_article_zone_plan_get(peer->learn->shm_zone,
                                          peer->plan->key, 0, &state);

    if (revision <= state.revision && state.len) {
        return;
    }

    slice.data = (char *) reply->value.data + NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD;
    slice.len = reply->value.len - NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD;

    learner = article_learner_load(slice);

    if (learner == NULL) {

        if (ngx_time() - peer->stored >= NGX_HTTP_ARTICLE_REDIS_PLAN_EVERY) {
            peer->stored = ngx_time();

            ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                          "article_redis: the plan stored for portal \"%V\" "
                          "is damaged or another version's, it is not used",
                          &peer->plan->name);
        }

        return;
    }

    article_learner_status(learner, &state.status);

    state.revision = revision;
    state.created = (time_t) created;
    state.data = (u_char *) slice.data;
    state.len = slice.len;

    rc = ngx_http_article_zone_plan_set(peer->learn->shm_zone,
                                        peer->plan->key, &state);

    article_learner_destroy(learner);

    if (rc == NGX_OK) {
        peer->version = state.version;
        peer->stored = ngx_time();

        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "article_learn: plan %uL of portal \"%V\" was taken "
                      "from article_redis", state.status.number,
                      &peer->plan->name);

        ngx_http_article_plan_check(peer->learn);
    }
}


static void
ngx_http_article_redis_plan_store(ngx_http_article_plan_peer_t *peer)
{
    u_char                         *p;
    ngx_str_t                       argv[5];
    ngx_pool_t                     *pool;
    article_reason_t                reason;
    ngx_http_article_plan_state_t   state;

    if (ngx_http_article_zone_plan_get(peer->learn->shm_zone,
                                       peer->plan->key, 1, &state)
        != NGX_OK
        || state.data == NULL)
    {
        return;
    }

    pool = ngx_create_pool(1024, ngx_cycle->log);
    if (pool == NULL) {
        ngx_free(state.data);
        return;
    }

    argv[2].len = NGX_HTTP_ARTICLE_REDIS_PLAN_HEAD + state.len;
    argv[2].data = ngx_palloc(pool, argv[2].len);

    if (argv[2].data
        && ngx_http_article_redis_plan_key(peer, pool, &argv[1]) == NGX_OK)
    {
        p = ngx_sprintf(argv[2].data, NGX_HTTP_ARTICLE_REDIS_PLAN
                        "%016xL %016xL\n", state.revision,
                        (uint64_t) state.created);

        ngx_memcpy(p, state.data, state.len);

        ngx_str_set(&argv[0], "SET");
        ngx_str_set(&argv[3], "EX");
        ngx_str_set(&argv[4], NGX_HTTP_ARTICLE_REDIS_PLAN_TTL);

        (void) ngx_http_article_redis_send(peer->redis,
                                           NGX_HTTP_ARTICLE_REDIS_SET, 5,
                                           argv, &reason);

        peer->version = state.version;
        peer->stored = ngx_time();
    }

    ngx_free(state.data);
    ngx_destroy_pool(pool);
}


/*
 * Copyright (C) ngx_article authors
 *
 * Before the portal is asked: does another host that shares Redis ask it for
 * the same page?  Then its answer is waited for.
 *
 *   begin -- lock and value asked for, in one go <------------+
 *    |                                    |                   |
 *    | no Redis     value is fresh: found |  another's: pause +
 *    v                                    v
 *   run  <-- the lock is ours, Redis     end
 *            fails, or it took too long
 *
 * One fetch a worker waits here, with all the requests that joined it, and
 * over workers one at a time: it holds the zone's lock of the page.
 */


#include "ngx_http_article_events.h"
#include "ngx_http_article_fetch.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone.h"


/* Milliseconds between looks, doubled up to the last. */
#define NGX_HTTP_ARTICLE_HOSTS_POLL_MIN  10
#define NGX_HTTP_ARTICLE_HOSTS_POLL_MAX  40


static ngx_int_t ngx_http_article_fetch_look(ngx_http_article_fetch_t *fetch);
static void ngx_http_article_fetch_lock_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_fetch_look_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_fetch_take(ngx_http_article_fetch_t *fetch,
    ngx_str_t *stored, ngx_http_article_value_t *value);
static void ngx_http_article_fetch_decide(ngx_http_article_fetch_t *fetch);
static void ngx_http_article_fetch_poll(ngx_event_t *ev);


ngx_int_t
ngx_http_article_fetch_hosts(ngx_http_article_fetch_t *fetch, ngx_msec_t left)
{
    ngx_http_article_hosts_t  *hosts;

    hosts = &fetch->hosts;

    if (fetch->main_conf->redis == NULL || left == 0
        || (ngx_msec_int_t) left < 0)
    {
        return NGX_DECLINED;
    }

    hosts->left = left;
    hosts->pause = NGX_HTTP_ARTICLE_HOSTS_POLL_MIN;
    hosts->deadline = ngx_current_msec + fetch->conf->lock_timeout;

    hosts->timer.handler = ngx_http_article_fetch_poll;
    hosts->timer.data = fetch;
    hosts->timer.log = ngx_cycle->log;

    ngx_http_article_redis_token(hosts->token);

    return ngx_http_article_fetch_look(fetch);
}


/* NGX_DECLINED: Redis cannot be asked, NGX_AGAIN: it is. */

static ngx_int_t
ngx_http_article_fetch_look(ngx_http_article_fetch_t *fetch)
{
    article_reason_t           reason;
    ngx_http_article_hosts_t  *hosts;
    ngx_http_article_redis_t  *redis;

    hosts = &fetch->hosts;
    redis = fetch->main_conf->redis;

    hosts->failed = 0;
    hosts->until = ngx_current_msec + fetch->conf->lock_age;
    hosts->purges = ngx_http_article_zone_purges(fetch->main_conf->shm_zone,
                                                 fetch->key);

    hosts->lock = ngx_http_article_redis_lock(redis, fetch->key, hosts->token,
                                              fetch->conf->lock_age,
                                              hosts->left,
                                            ngx_http_article_fetch_lock_reply,
                                              fetch);
    if (hosts->lock == NULL) {
        return NGX_DECLINED;
    }

    hosts->look = ngx_http_article_redis_get_newest(redis, fetch->key,
                                            hosts->left,
                                            ngx_http_article_fetch_look_reply,
                                                    fetch, &reason);
    return NGX_AGAIN;
}


static void
ngx_http_article_fetch_lock_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_fetch_t *fetch = data;

    ngx_http_article_hosts_t  *hosts;

    hosts = &fetch->hosts;
    hosts->lock = NULL;

    switch (reply->result) {

    case NGX_HTTP_ARTICLE_REDIS_STATUS:
        hosts->held = 1;
        break;

    case NGX_HTTP_ARTICLE_REDIS_NIL:
        break;

    default:
        hosts->failed = 1;

        /* it may be ours, only the reply was late: but that is not certain */

        hosts->held = 1;
        hosts->until = ngx_current_msec;
        break;
    }

    ngx_http_article_fetch_decide(fetch);
}


static void
ngx_http_article_fetch_look_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_fetch_t *fetch = data;

    ngx_http_article_hosts_t   *hosts;
    ngx_http_article_answer_t   answer;

    hosts = &fetch->hosts;
    hosts->look = NULL;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        hosts->failed = 1;
    }

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE) {

        ngx_memzero(&answer, sizeof(ngx_http_article_answer_t));

        if (ngx_http_article_fetch_take(fetch, &reply->value, &answer.value)
            == NGX_OK)
        {
            answer.reason = ARTICLE_OK;
            answer.status = answer.value.status;
            answer.stored = 1;
            answer.shared = 1;

            ngx_http_article_fetch_end(fetch, &answer);
            return;
        }
    }

    ngx_http_article_fetch_decide(fetch);
}


/* NGX_OK: it can be sent as it is. */

static ngx_int_t
ngx_http_article_fetch_take(ngx_http_article_fetch_t *fetch,
    ngx_str_t *stored, ngx_http_article_value_t *value)
{
    ngx_str_t        copy;
    ngx_shm_zone_t  *shm_zone;

    copy.len = stored->len;
    copy.data = ngx_pstrdup(fetch->pool, stored);

    if (copy.data == NULL
        || ngx_http_article_value_decode(&copy, &fetch->address, value)
           != NGX_OK
        || !ngx_http_article_status_stored(fetch->conf, value->status)
        || value->fresh <= ngx_time()
        || ngx_http_article_fetch_good(fetch->main_conf, fetch->conf,
                                       fetch->base_key, value)
           != NGX_OK)
    {
        return NGX_DECLINED;
    }

    shm_zone = fetch->main_conf->shm_zone;

    if (shm_zone) {
        (void) ngx_http_article_zone_set(shm_zone, fetch->key, &copy,
                                         ngx_http_article_value_end(value),
                                         fetch->hosts.purges);
    }

    return NGX_OK;
}


static void
ngx_http_article_fetch_decide(ngx_http_article_fetch_t *fetch)
{
    ngx_http_article_hosts_t  *hosts;

    hosts = &fetch->hosts;

    if (hosts->lock || hosts->look) {
        return;
    }

    if (hosts->held || hosts->failed || fetch->purged
        || (ngx_msec_int_t) (ngx_current_msec - hosts->deadline) >= 0)
    {
        ngx_http_article_fetch_run(fetch);
        return;
    }

    ngx_add_timer(&hosts->timer, hosts->pause);

    hosts->pause = ngx_min(2 * hosts->pause, NGX_HTTP_ARTICLE_HOSTS_POLL_MAX);
}


static void
ngx_http_article_fetch_poll(ngx_event_t *ev)
{
    ngx_http_article_fetch_t *fetch = ev->data;

    if (ngx_http_article_fetch_look(fetch) != NGX_AGAIN) {
        ngx_http_article_fetch_run(fetch);
    }
}


void
ngx_http_article_fetch_hosts_end(ngx_http_article_fetch_t *fetch)
{
    ngx_http_article_hosts_t  *hosts;

    hosts = &fetch->hosts;

    if (hosts->timer.timer_set) {
        ngx_del_timer(&hosts->timer);
    }

    if (hosts->look) {
        ngx_http_article_redis_abandon(hosts->look);
        hosts->look = NULL;
    }

    if (hosts->lock) {
        ngx_http_article_redis_abandon(hosts->lock);
        hosts->lock = NULL;
        hosts->held = 1;    /* it may be: what follows is read after it */
        hosts->until = ngx_current_msec;
    }

    if (hosts->held) {
        hosts->held = 0;
        ngx_http_article_redis_unlock(fetch->main_conf->redis, fetch->key,
                                      hosts->token, hosts->until);
    }
}


/*
 * What was read before this configuration and by another portal file is to be
 * read again, softly; what another host has read since by its file is left:
 * two hosts that are changed one after the other shall not fetch for each
 * other.
 */

ngx_int_t
ngx_http_article_fetch_good(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_loc_conf_t *alcf, u_char *base_key,
    ngx_http_article_value_t *value)
{
    ngx_int_t  rc;

    rc = ngx_http_article_zone_good(amcf->shm_zone, base_key, &value->tags,
                                    value->generation);

    if (rc == NGX_OK && value->rules.len
        && value->generation < alcf->loaded
        && (value->rules.len != alcf->rules.len
            || ngx_memcmp(value->rules.data, alcf->rules.data,
                          alcf->rules.len)
               != 0))
    {
        return NGX_BUSY;
    }

    return rc;
}

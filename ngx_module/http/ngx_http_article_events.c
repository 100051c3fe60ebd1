
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_events.h"


/* Milliseconds between two looks at the log. */
#define NGX_HTTP_ARTICLE_EVENTS_EVERY  500

/* Seconds without a look after which a purge may have been missed. */
#define NGX_HTTP_ARTICLE_EVENTS_LATE   3


/* An event on its way to Redis. */
typedef struct {
    ngx_http_article_main_conf_t  *main_conf;
    ngx_http_article_event_t       event;
} ngx_http_article_telling_t;


static void ngx_http_article_events_timer(ngx_event_t *ev);
static void ngx_http_article_events_told(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_events_retell(
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_events_retold(void *data,
    ngx_http_article_redis_reply_t *reply);


static ngx_event_t                    ngx_http_article_events_event;

/* of the worker that reads: what is told late, while op is under way */
static ngx_http_article_telling_t     ngx_http_article_retelling;
static ngx_http_article_redis_op_t   *ngx_http_article_retelling_op;


ngx_int_t
ngx_http_article_events_init_process(ngx_cycle_t *cycle)
{
    ngx_event_t                   *ev;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_article_module);

    if (amcf == NULL || amcf->redis == NULL || amcf->shm_zone == NULL
        || ngx_worker != 0
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ev = &ngx_http_article_events_event;

    ngx_memzero(ev, sizeof(ngx_event_t));

    ev->handler = ngx_http_article_events_timer;
    ev->data = amcf;
    ev->log = cycle->log;
    ev->cancelable = 1;

    ngx_add_timer(ev, 1);

    return NGX_OK;
}


static void
ngx_http_article_events_timer(ngx_event_t *ev)
{
    ngx_http_article_main_conf_t *amcf = ev->data;

    if (ngx_exiting) {
        return;
    }

    ngx_http_article_redis_events(amcf->redis, amcf->shm_zone,
                                  NGX_HTTP_ARTICLE_EVENTS_LATE);
    ngx_http_article_events_retell(amcf);

    ngx_add_timer(ev, NGX_HTTP_ARTICLE_EVENTS_EVERY);
}


void
ngx_http_article_events_tell(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_event_t *event)
{
    article_reason_t             reason;
    ngx_http_article_telling_t  *telling;

    if (amcf->redis == NULL) {
        return;
    }

    telling = ngx_alloc(sizeof(ngx_http_article_telling_t), ngx_cycle->log);

    if (telling) {
        telling->main_conf = amcf;
        telling->event = *event;

        if (ngx_http_article_redis_event(amcf->redis, event,
                                 ngx_http_article_redis_timeout(amcf->redis),
                                 ngx_http_article_events_told, telling,
                                 &reason))
        {
            return;
        }

        ngx_free(telling);
    }

    ngx_http_article_events_untold(amcf, event);
}


static void
ngx_http_article_events_told(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_telling_t *telling = data;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        ngx_http_article_events_untold(telling->main_conf, &telling->event);
    }

    ngx_free(telling);
}


void
ngx_http_article_events_untold(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_event_t *event)
{
    if (ngx_http_article_zone_untold(amcf->shm_zone, event) == NGX_OK
        || event->kind == NGX_HTTP_ARTICLE_EVENT_SOFT)
    {
        return;
    }

    ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                  "article_purge: other hosts cannot be told of a purge, nor "
                  "is there room to tell them later: repeat it when Redis is "
                  "back");
}


/* One after the other, in their order. */

static void
ngx_http_article_events_retell(ngx_http_article_main_conf_t *amcf)
{
    article_reason_t             reason;
    ngx_http_article_telling_t  *telling;

    telling = &ngx_http_article_retelling;

    if (ngx_http_article_retelling_op
        || ngx_http_article_zone_untold_first(amcf->shm_zone,
                                              &telling->event)
           != NGX_OK)
    {
        return;
    }

    telling->main_conf = amcf;

    ngx_http_article_retelling_op = ngx_http_article_redis_event(amcf->redis,
                                 &telling->event,
                                 ngx_http_article_redis_timeout(amcf->redis),
                                 ngx_http_article_events_retold, telling,
                                 &reason);
}


static void
ngx_http_article_events_retold(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_telling_t *telling = data;

    ngx_http_article_retelling_op = NULL;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_FAILED) {
        return;
    }

    ngx_http_article_zone_told(telling->main_conf->shm_zone,
                               &telling->event);
    ngx_http_article_events_retell(telling->main_conf);
}


void
ngx_http_article_events_take(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event)
{
    u_char     hex[2 * NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_int_t  rc;

    rc = ngx_http_article_zone_event(shm_zone, event);

    if (rc == NGX_DECLINED) {
        return;
    }

    ngx_hex_dump(hex, event->key, NGX_HTTP_ARTICLE_KEY_LEN);

    if (rc == NGX_BUSY) {
        ngx_log_error(NGX_LOG_ERR, ngx_cycle->log, 0,
                      "article_purge: key %*s is withdrawn on another host, "
                      "but there is no room for it here: make article_zone "
                      "larger", sizeof(hex), hex);
        return;
    }

    switch (event->kind) {

    case NGX_HTTP_ARTICLE_EVENT_WITHDRAW:
    case NGX_HTTP_ARTICLE_EVENT_LIFT:
        ngx_log_error(NGX_LOG_NOTICE, ngx_cycle->log, 0,
                      "article_purge: key %*s is %s by another host",
                      sizeof(hex), hex,
                      event->kind == NGX_HTTP_ARTICLE_EVENT_LIFT
                      ? "lifted" : "withdrawn");

        /* fall through */

    case NGX_HTTP_ARTICLE_EVENT_HARD:

        /* what is being fetched was asked for before */

        (void) ngx_http_article_zone_purge(shm_zone, event->key);
        break;

    default:
        break;
    }
}


u_char *
ngx_http_article_events_status(u_char *p, ngx_http_article_main_conf_t *amcf)
{
    const char                      *word;
    ngx_http_article_events_state_t  state;

    if (amcf->shm_zone == NULL) {
        return ngx_sprintf(p, "\"events\":null,");
    }

    ngx_http_article_zone_events_state(amcf->shm_zone, &state);

    word = (amcf->redis == NULL) ? "alone"
           : (ngx_time() - state.polled > NGX_HTTP_ARTICLE_EVENTS_LATE
              || state.untold)
             ? "uncertain" : "current";

    return ngx_sprintf(p, "\"events\":{\"state\":\"%s\",\"withdrawn\":%ui,"
                       "\"withdrawn_max\":%ui,\"doubts\":%uL,"
                       "\"untold\":%ui},",
                       word, state.withdrawn, state.room, state.doubts,
                       state.untold);
}


/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_events.h"


/* Milliseconds between two looks at the log. */
#define NGX_HTTP_ARTICLE_EVENTS_EVERY  500

/* Seconds without a look after which a purge may have been missed. */
#define NGX_HTTP_ARTICLE_EVENTS_LATE   3


static void ngx_http_article_events_timer(ngx_event_t *ev);


static ngx_event_t  ngx_http_article_events_event;


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

    ngx_add_timer(ev, NGX_HTTP_ARTICLE_EVENTS_EVERY);
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
           : (ngx_time() - state.polled > NGX_HTTP_ARTICLE_EVENTS_LATE)
             ? "uncertain" : "current";

    return ngx_sprintf(p, "\"events\":{\"state\":\"%s\",\"withdrawn\":%ui,"
                       "\"withdrawn_max\":%ui,\"doubts\":%uL},",
                       word, state.withdrawn, state.room, state.doubts);
}

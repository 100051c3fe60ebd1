
/*
 * Copyright (C) ngx_article authors
 *
 * Purges and withdrawals: they hold on this host at once, and through the log
 * in Redis on the others within a second.
 */


#ifndef _NGX_HTTP_ARTICLE_EVENTS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_EVENTS_H_INCLUDED_


#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone_events.h"


/* One worker of a host begins to read the log. */
ngx_int_t ngx_http_article_events_init_process(ngx_cycle_t *cycle);

/* An event out of the log; log says who tells it. */
void ngx_http_article_events_take(ngx_shm_zone_t *shm_zone,
    ngx_http_article_event_t *event);

/*
 * Tells other hosts, not waited for; what cannot be told now is when Redis
 * is back.
 */
void ngx_http_article_events_tell(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_event_t *event);

/* It could not be told. */
void ngx_http_article_events_untold(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_event_t *event);

/* "events" of article_status. */
#define NGX_HTTP_ARTICLE_EVENTS_STATUS_SIZE  (180 + 4 * NGX_INT64_LEN)

u_char *ngx_http_article_events_status(u_char *p,
    ngx_http_article_main_conf_t *amcf);


#endif /* _NGX_HTTP_ARTICLE_EVENTS_H_INCLUDED_ */

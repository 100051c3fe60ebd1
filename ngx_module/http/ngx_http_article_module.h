
/*
 * Copyright (C) ngx_article authors
 */


#ifndef _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "../article/article.h"
#include "ngx_http_article_text.h"


#define NGX_HTTP_ARTICLE_VERSION  "0.1.0"


typedef struct ngx_http_article_redis_s  ngx_http_article_redis_t;
typedef struct ngx_http_article_zone_s   ngx_http_article_zone_t;
typedef struct ngx_http_article_learn_s  ngx_http_article_learn_t;
typedef struct ngx_http_article_plan_s   ngx_http_article_plan_t;
typedef struct ngx_http_article_latest_portal_s
    ngx_http_article_latest_portal_t;
typedef struct ngx_http_article_latest_peer_s
    ngx_http_article_latest_peer_t;


/* Where a portal is counted: metrics.h. */
typedef struct {
    ngx_str_t                  name;
    const article_portal_t    *portal;      /* or NULL */
    uint32_t                   sum;         /* of its file */
    ngx_uint_t                 index;       /* from 1; 0: not known yet */
} ngx_http_article_place_t;


typedef struct {
    ngx_shm_zone_t            *shm_zone;    /* article_zone, or NULL */
    ngx_http_article_redis_t  *redis;       /* article_redis, or NULL */
    ngx_http_article_learn_t  *learn;       /* NULL: nothing to learn from */
    ngx_array_t                portals;     /* of article_portal_t * */
    ngx_array_t                places;      /* theirs, in the same order */
    ngx_array_t                latest;      /* ..._latest_portal_t *; none */
    ngx_array_t                latest_locations;    /* of latest_conf.c */
    ngx_array_t                json_locations;

    ngx_int_t                  reason;      /* index of $article_reason */
    size_t                     max_page;    /* the largest article_max_page */

    article_strip_memory_t    *memory;      /* the worker's, or NULL */
} ngx_http_article_main_conf_t;


extern ngx_module_t  ngx_http_article_module;
extern ngx_module_t  ngx_http_article_strip_filter_module;
extern ngx_module_t  ngx_http_article_capture_filter_module;


/* The portal file that names the host (no port), or NULL: generic. */
const article_portal_t *ngx_http_article_portal(ngx_http_request_t *r,
    ngx_str_t *host);

/* Where a portal file's portal is counted, or NULL. */
ngx_http_article_place_t *ngx_http_article_place_find(
    ngx_http_article_main_conf_t *amcf, const article_portal_t *portal);

/* What $article_reason says of this (main) request from now on. */
void ngx_http_article_set_reason(ngx_http_request_t *r,
    article_reason_t reason);

/* 0 where "article off" holds: then nothing of the module acts. */
ngx_uint_t ngx_http_article_enabled(ngx_http_request_t *r);

/* article_max_page of the request's location, in bytes. */
size_t ngx_http_article_max_page(ngx_http_request_t *r);

/*
 * 1 for the subrequest of a fetch: its answer goes to the capture filter
 * alone, whole and uncut.
 */
ngx_uint_t ngx_http_article_captured(ngx_http_request_t *r);


#endif /* _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_ */

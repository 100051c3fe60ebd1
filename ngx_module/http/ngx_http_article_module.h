
/*
 * Copyright (C) ngx_article authors
 */


#ifndef _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "../article/article.h"


typedef struct ngx_http_article_redis_s  ngx_http_article_redis_t;
typedef struct ngx_http_article_zone_s   ngx_http_article_zone_t;


typedef struct {
    ngx_shm_zone_t            *shm_zone;    /* article_zone, or NULL */
    ngx_http_article_redis_t  *redis;       /* article_redis, or NULL */
    ngx_array_t                portals;     /* of article_portal_t * */
} ngx_http_article_main_conf_t;


extern ngx_module_t  ngx_http_article_module;
extern ngx_module_t  ngx_http_article_strip_filter_module;
extern ngx_module_t  ngx_http_article_capture_filter_module;


/* The portal file that names the host (no port), or NULL: generic. */
const article_portal_t *ngx_http_article_portal(ngx_http_request_t *r,
    ngx_str_t *host);

/* What $article_reason says of this (main) request from now on. */
void ngx_http_article_set_reason(ngx_http_request_t *r,
    article_reason_t reason);


#endif /* _NGX_HTTP_ARTICLE_MODULE_H_INCLUDED_ */

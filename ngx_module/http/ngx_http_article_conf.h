
/*
 * Copyright (C) ngx_article authors
 *
 * What the directives of article_json set.
 */


#ifndef _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_


#include "ngx_http_article_module.h"


typedef struct {
    ngx_flag_t                  enable;         /* article */

    ngx_str_t                   prefix;         /* of the location */
    ngx_str_t                   source;         /* article_json */
    ngx_str_t                   base_url;
    ngx_str_t                   json_base;      /* base_url and prefix */
    const article_portal_t     *portal;         /* of base_url's host */

    ngx_http_complex_value_t   *cache_key;
    ngx_array_t                *cache_valid;    /* ngx_http_article_valid_t */
    ngx_uint_t                  ignore_headers;
    ngx_array_t                *pass_headers;   /* of ngx_str_t */
    ngx_array_t                *purge;          /* of complex values */
    size_t                      max_page;
    ngx_msec_t                  lock_timeout;
    ngx_msec_t                  lock_age;
} ngx_http_article_loc_conf_t;


void *ngx_http_article_create_main_conf(ngx_conf_t *cf);
char *ngx_http_article_init_main_conf(ngx_conf_t *cf, void *conf);
void *ngx_http_article_create_loc_conf(ngx_conf_t *cf);
char *ngx_http_article_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);

char *ngx_http_article_json_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_base_url_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_cache_valid_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
char *ngx_http_article_pass_header_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
char *ngx_http_article_status_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_portals_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* The host of a valid base_url: a slice. */
void ngx_http_article_base_host(ngx_str_t *base_url, ngx_str_t *host);

/* As ngx_http_article_portal(), without a request. */
const article_portal_t *ngx_http_article_portal_find(
    ngx_http_article_main_conf_t *amcf, ngx_str_t *host);

extern ngx_conf_bitmask_t  ngx_http_article_ignore_headers[];


#endif /* _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_ */

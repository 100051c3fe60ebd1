
/*
 * Copyright (C) ngx_article authors
 *
 * What the directives of article_json set.
 */


#ifndef _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_


#include "ngx_http_article_args.h"
#include "ngx_http_article_module.h"


/* article_cache_use_stale: bits beside NGX_CONF_BITMASK_SET, 0x0001. */
#define NGX_HTTP_ARTICLE_STALE_ERROR    0x0002
#define NGX_HTTP_ARTICLE_STALE_TIMEOUT  0x0004
#define NGX_HTTP_ARTICLE_STALE_INVALID  0x0008
#define NGX_HTTP_ARTICLE_STALE_UPDATING 0x0010
#define NGX_HTTP_ARTICLE_STALE_500      0x0020
#define NGX_HTTP_ARTICLE_STALE_502      0x0040
#define NGX_HTTP_ARTICLE_STALE_503      0x0080
#define NGX_HTTP_ARTICLE_STALE_504      0x0100
#define NGX_HTTP_ARTICLE_STALE_403      0x0200
#define NGX_HTTP_ARTICLE_STALE_429      0x0400
#define NGX_HTTP_ARTICLE_STALE_OFF      0x0800

/* Whatever fails. */
#define NGX_HTTP_ARTICLE_STALE_DEFAULT                                        \
    (NGX_CONF_BITMASK_SET                                                     \
     |NGX_HTTP_ARTICLE_STALE_ERROR|NGX_HTTP_ARTICLE_STALE_TIMEOUT             \
     |NGX_HTTP_ARTICLE_STALE_INVALID|NGX_HTTP_ARTICLE_STALE_500               \
     |NGX_HTTP_ARTICLE_STALE_502|NGX_HTTP_ARTICLE_STALE_503                   \
     |NGX_HTTP_ARTICLE_STALE_504|NGX_HTTP_ARTICLE_STALE_403                   \
     |NGX_HTTP_ARTICLE_STALE_429)


typedef struct {
    ngx_flag_t                  enable;         /* article */

    ngx_str_t                   prefix;         /* of the location */
    ngx_str_t                   source;         /* article_json */
    ngx_str_t                   base_url;
    ngx_str_t                   json_base;      /* base_url and prefix */
    const article_portal_t     *portal;         /* of base_url's host */
    ngx_http_article_place_t   *place;          /* the portal's, or its own */
    ngx_str_t                   rules;          /* hex: of its file */
    uint64_t                    loaded;         /* when, ms */

    ngx_http_complex_value_t   *cache_key;
    ngx_http_article_args_t    *cache_args;
    ngx_array_t                *cache_valid;    /* ngx_http_article_valid_t */
    ngx_uint_t                  ignore_headers;
    ngx_uint_t                  use_stale;
    ngx_flag_t                  background_update;
    ngx_flag_t                  gzip;           /* article_gzip */
    ngx_flag_t                  revalidate;
    ngx_array_t                *read_status;    /* of ngx_uint_t, or NULL */
    ngx_uint_t                  read_as;        /* sent for it; 0: itself */
    ngx_uint_t                  form;           /* ..._form_e */
    time_t                      client_max_age; /* or NGX_CONF_UNSET */
    ngx_array_t                *pass_headers;   /* of ngx_str_t */
    ngx_array_t                *purge;          /* of complex values */
    ngx_array_t                *cache_bypass;   /* these too */
    ngx_array_t                *no_cache;
    ngx_array_t                *cors;           /* of ngx_str_t; "*" alone */
    size_t                      max_page;
    ngx_msec_t                  lock_timeout;
    ngx_msec_t                  fetch_timeout;
    ngx_msec_t                  lock_age;
    ngx_int_t                   withdraw_share; /* percent */
    ngx_uint_t                  latest_page;    /* items; 0: no Latest here */
    ngx_uint_t                  latest_length;
    ngx_str_t                   latest_name;    /* of its location */
    ngx_str_t                   latest_url;     /* base_url and that */
    ngx_array_t                *latest_sources; /* latest.h; or NULL */
    ngx_http_article_latest_portal_t
                               *latest;         /* of base_url, or NULL */
    ngx_int_t                   max_waiting;    /* requests, in a worker */
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
char *ngx_http_article_read_status_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
char *ngx_http_article_pass_header_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
char *ngx_http_article_cors_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_status_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_portals_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* conf_status.c: article_cache_valid and article_read_status. */
char *ngx_http_article_merge_status(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf);

/* 1: answers of this status may be stored here at all. */
ngx_uint_t ngx_http_article_status_stored(ngx_http_article_loc_conf_t *conf,
    ngx_uint_t status);

/* The host of a valid base_url: a slice. */
void ngx_http_article_base_host(ngx_str_t *base_url, ngx_str_t *host);

/*
 * A number that changes with what pages of that portal are read by: its file
 * (NULL: those of all families) and the module's version.
 */
uint32_t ngx_http_article_portal_sum(ngx_http_article_main_conf_t *amcf,
    const article_portal_t *portal);

/* Where the portal (or, without a file, what has that name) is counted. */
ngx_http_article_place_t *ngx_http_article_place(ngx_conf_t *cf,
    const article_portal_t *portal, ngx_str_t *name);

/* As ngx_http_article_portal(), without a request. */
const article_portal_t *ngx_http_article_portal_find(
    ngx_http_article_main_conf_t *amcf, ngx_str_t *host);

extern ngx_conf_bitmask_t  ngx_http_article_ignore_headers[];
extern ngx_conf_bitmask_t  ngx_http_article_use_stale[];
extern ngx_conf_enum_t  ngx_http_article_forms[];


#endif /* _NGX_HTTP_ARTICLE_CONF_H_INCLUDED_ */

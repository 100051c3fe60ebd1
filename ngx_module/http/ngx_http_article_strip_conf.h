
/*
 * Copyright (C) ngx_article authors
 *
 * article_strip and its kin: what an operator wrote, ready for use.
 */


#ifndef _NGX_HTTP_ARTICLE_STRIP_CONF_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_STRIP_CONF_H_INCLUDED_


#include "ngx_http_article_module.h"


/* A name, "PREFIX*SUFFIX", or "PREFIX#": hexadecimal digits behind it. */
typedef struct {
    ngx_str_t                  prefix;
    ngx_str_t                  suffix;
    unsigned                   star:1;
    unsigned                   hash:1;
} ngx_http_article_cookie_t;


typedef struct {
    ngx_http_complex_value_t  *strip;           /* NULL: off */
    ngx_uint_t                 own;             /* written right there */
    ngx_array_t               *bypass;          /* predicates, or NULL */
    ngx_array_t               *debug;           /* predicates, or NULL */
    ngx_array_t               *cookies;         /* of _cookie_t */
    size_t                     buffer;
    ngx_uint_t                 learn;           /* as it is written */
    ngx_uint_t                 learning;        /* as it holds */
    ngx_http_article_plan_t   *plan;            /* or NULL */
    ngx_http_article_place_t  *place;           /* the server's */
    ngx_flag_t                 last_modified;
    ngx_hash_t                 types;
    ngx_array_t               *types_keys;
} ngx_http_article_strip_conf_t;


extern ngx_command_t  ngx_http_article_strip_commands[];


void *ngx_http_article_strip_create_conf(ngx_conf_t *cf);
char *ngx_http_article_strip_merge_conf(ngx_conf_t *cf, void *parent,
    void *child);

/* 1 when the request has a cookie whose name is one of a login. */
ngx_uint_t ngx_http_article_strip_login(ngx_http_request_t *r,
    ngx_array_t *cookies);


#endif /* _NGX_HTTP_ARTICLE_STRIP_CONF_H_INCLUDED_ */

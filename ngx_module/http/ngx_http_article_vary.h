
/*
 * Copyright (C) ngx_article authors
 *
 * The variants of a page: what a Vary of the portal names and
 * article_pass_request_header passes on is a secondary key (RFC 9111, 4.1).
 *
 *   address                      the last variant stored, with its Vary
 *   address SERIES name=value    each variant
 *
 * The series is a random number that a page gets with its first variant; a
 * purge of the address forgets it, and with it all variants.
 */


#ifndef _NGX_HTTP_ARTICLE_VARY_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_VARY_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "ngx_http_article_value.h"


/* Hex digits of a series. */
#define NGX_HTTP_ARTICLE_SERIES_LEN  16


/* A new series, SERIES_LEN digits. */
void ngx_http_article_vary_series(u_char *series);

/*
 * The request's headers that are passed on: an array of ngx_keyval_t in the
 * pool of r, named as passed (of ngx_str_t) names them; NULL without memory.
 */
ngx_array_t *ngx_http_article_vary_headers(ngx_http_request_t *r,
    ngx_array_t *passed);

/* The names of passed that are in a Vary, in the order of passed; "a, b". */
ngx_int_t ngx_http_article_vary_names(ngx_pool_t *pool, ngx_array_t *passed,
    ngx_str_t *vary, ngx_str_t *names);

/*
 * The address of the variant of a value that the headers ask for, in the
 * pool; base is the page's.
 */
ngx_int_t ngx_http_article_vary_address(ngx_pool_t *pool, ngx_str_t *base,
    ngx_http_article_value_t *value, ngx_array_t *headers,
    ngx_str_t *address);

/* 1 if the value is the variant of that address. */
ngx_uint_t ngx_http_article_vary_is(ngx_http_article_value_t *value,
    ngx_str_t *address);

/* Makes the value the variant of that address; NGX_ERROR without memory. */
ngx_int_t ngx_http_article_vary_set(ngx_pool_t *pool,
    ngx_http_article_value_t *value, ngx_str_t *address);


#endif /* _NGX_HTTP_ARTICLE_VARY_H_INCLUDED_ */

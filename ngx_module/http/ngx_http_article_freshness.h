
/*
 * Copyright (C) ngx_article authors
 *
 * May a portal's answer be stored, and how long is it fresh (RFC 9111, as
 * nginx's proxy_cache reads it).
 */


#ifndef _NGX_HTTP_ARTICLE_FRESHNESS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_FRESHNESS_H_INCLUDED_


#include "ngx_http_article_module.h"


/* article_cache_ignore_headers: bits beside NGX_CONF_BITMASK_SET, 0x0001. */
#define NGX_HTTP_ARTICLE_IGNORE_CACHE_CONTROL  0x0002
#define NGX_HTTP_ARTICLE_IGNORE_EXPIRES        0x0004
#define NGX_HTTP_ARTICLE_IGNORE_SET_COOKIE     0x0008
#define NGX_HTTP_ARTICLE_IGNORE_VARY           0x0010


/* One "article_cache_valid [CODE ...] TIME", or PERCENT. */
typedef struct {
    ngx_uint_t   status;        /* 0: any */
    time_t       valid;         /* seconds; 0: do not store */
    ngx_uint_t   percent;       /* of the time since Last-Modified; or 0 */
} ngx_http_article_valid_t;


/* What counts of an answer's headers; gathered by the capture. */
typedef struct {
    ngx_uint_t   status;
    ngx_str_t    cache_control;     /* all of them, joined by "," */
    ngx_str_t    expires;
    ngx_str_t    date;
    ngx_str_t    age;               /* and these */
    ngx_str_t    vary;
    ngx_str_t    last_modified;
    ngx_str_t    etag;
    unsigned     set_cookie:1;
    unsigned     page:1;            /* an article, whatever the status */
} ngx_http_article_origin_headers_t;


typedef struct {
    time_t            fresh;        /* seconds from now; 0: do not store */
    time_t            stale;        /* seconds behind fresh it may be used */
    time_t            updating;     /* while it is fetched; -1: not said */
    time_t            kept;         /* behind fresh it may be kept, to ask
                                       whether it has changed */
    time_t            age;          /* what it had when it came */
    article_reason_t  reason;       /* why it is not stored, or ARTICLE_OK */
    const char       *header;       /* ... which says so; NULL: none does */
    ngx_str_t         said;         /* its value, of the headers; or empty */
} ngx_http_article_freshness_t;


/*
 * The decision.  valid is an array of ngx_http_article_valid_t, or NULL
 * (then only the portal's own headers make an answer storable; statuses
 * other than 200, 404 and 410 are stored of articles alone).
 */
void ngx_http_article_freshness(ngx_http_article_origin_headers_t *headers,
    ngx_array_t *valid, ngx_uint_t ignore, time_t now,
    ngx_http_article_freshness_t *freshness);


#endif /* _NGX_HTTP_ARTICLE_FRESHNESS_H_INCLUDED_ */

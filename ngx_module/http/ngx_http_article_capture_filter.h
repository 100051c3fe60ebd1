
/*
 * Copyright (C) ngx_article authors
 *
 * The answer of the portal to a fetch: what counts of its headers, and its
 * body in one growing buffer.
 */


#ifndef _NGX_HTTP_ARTICLE_CAPTURE_FILTER_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_CAPTURE_FILTER_H_INCLUDED_


#include "ngx_http_article_freshness.h"


typedef struct {
    ngx_pool_t                         *pool;       /* of the strings */
    ngx_log_t                          *log;
    size_t                              max;        /* article_max_page */
    ngx_array_t                        *statuses;   /* ngx_uint_t: read, too;
                                                       or NULL */

    ngx_http_article_origin_headers_t   headers;
    ngx_str_t                           content_type;
    ngx_str_t                           charset;
    ngx_str_t                           location;   /* as the portal sent it */
    ngx_str_t                           rewritten;  /* after proxy_redirect */

    u_char                             *start;      /* malloc'd */
    u_char                             *last;
    u_char                             *end;
    size_t                              dropped;    /* of a body not kept */

    article_reason_t                    reason;     /* why it was broken off */

    unsigned                            headed:1;   /* headers were seen */
    unsigned                            whole:1;    /* so was the end */
    unsigned                            page:1;     /* 200, or read as that */
    unsigned                            asked:1;    /* whether it changed */
} ngx_http_article_capture_t;


/* Frees the body. */
void ngx_http_article_capture_destroy(ngx_http_article_capture_t *capture);


#endif /* _NGX_HTTP_ARTICLE_CAPTURE_FILTER_H_INCLUDED_ */

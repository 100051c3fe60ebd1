
/*
 * Copyright (C) ngx_article authors
 *
 * A walk over a list of headers, in or out.
 */


#ifndef _NGX_HTTP_ARTICLE_HEADERS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_HEADERS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


typedef struct {
    ngx_list_part_t  *part;
    ngx_uint_t        next;
} ngx_http_article_headers_t;


/* Before the first one. */
void ngx_http_article_headers_init(ngx_http_article_headers_t *headers,
    ngx_list_t *list);

/*
 * The next header of that name, in any case, or the next of any name when
 * name is NULL; removed ones are passed over.  NULL behind the last.
 */
ngx_table_elt_t *ngx_http_article_headers_next(
    ngx_http_article_headers_t *headers, ngx_str_t *name);


#endif /* _NGX_HTTP_ARTICLE_HEADERS_H_INCLUDED_ */

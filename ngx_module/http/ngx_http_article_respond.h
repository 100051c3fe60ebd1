
/*
 * Copyright (C) ngx_article authors
 *
 * Sending: an article, a problem, a redirect.  All of them by the handler
 * itself, so that error_page has no say.
 */


#ifndef _NGX_HTTP_ARTICLE_RESPOND_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_RESPOND_H_INCLUDED_


#include "ngx_http_article_module.h"
#include "ngx_http_article_value.h"


/* What a client may keep. */
typedef enum {
    NGX_HTTP_ARTICLE_KEEP_FRESH = 0,    /* until value->fresh */
    NGX_HTTP_ARTICLE_KEEP_CHECK,        /* asking each time */
    NGX_HTTP_ARTICLE_KEEP_FORBIDDEN,    /* as the portal says, or not at all */
    NGX_HTTP_ARTICLE_KEEP_PRIVATE       /* nobody else may */
} ngx_http_article_keep_e;


/* The status that a reason is answered with. */
ngx_uint_t ngx_http_article_reason_status(article_reason_t reason);

/* What clients may keep of an answer that the cache must not. */
ngx_http_article_keep_e ngx_http_article_keep_unstored(
    article_reason_t reason);

/* The problem as JSON, in the pool. */
ngx_int_t ngx_http_article_problem(ngx_pool_t *pool, ngx_uint_t status,
    article_reason_t reason, ngx_str_t *instance, ngx_str_t *json);

/*
 * Each sends header and body and returns what the filters return.  A value
 * of a status other than 200 is a stored problem.  url: the canonical page,
 * or empty.
 */
ngx_int_t ngx_http_article_send_value(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_str_t *url,
    ngx_http_article_keep_e keep);
ngx_int_t ngx_http_article_send_problem(ngx_http_request_t *r,
    ngx_uint_t status, article_reason_t reason, ngx_str_t *instance);
ngx_int_t ngx_http_article_send_redirect(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *location);
ngx_int_t ngx_http_article_send_empty(ngx_http_request_t *r,
    ngx_uint_t status);
ngx_int_t ngx_http_article_send_json(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *json);
ngx_int_t ngx_http_article_send_text(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *type, ngx_str_t *text);

/* cors.c: the headers that article_cors adds to each answer. */
ngx_int_t ngx_http_article_cors(ngx_http_request_t *r);

/* cors.c: the answer to OPTIONS. */
ngx_int_t ngx_http_article_send_options(ngx_http_request_t *r);

/* One more header of the answer; its place too if header is not NULL. */
ngx_int_t ngx_http_article_header(ngx_http_request_t *r, const char *name,
    ngx_str_t *value, ngx_table_elt_t **header);


#endif /* _NGX_HTTP_ARTICLE_RESPOND_H_INCLUDED_ */

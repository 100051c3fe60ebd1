
/*
 * Copyright (C) ngx_article authors
 *
 * A request that belongs to no client: it lives on a connection that is no
 * socket, and one subrequest to an internal location runs under it.
 */


#ifndef _NGX_HTTP_ARTICLE_DETACHED_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_DETACHED_H_INCLUDED_


#include "ngx_http_article_capture_filter.h"


typedef struct ngx_http_article_detached_s  ngx_http_article_detached_t;


/*
 * Called once, from the event loop (nothing of the request is on the stack):
 * the subrequest has ended with rc, or could not be finished (NGX_ERROR).
 */
typedef void (*ngx_http_article_detached_pt)(void *data, ngx_int_t rc);


struct ngx_http_article_detached_s {
    ngx_connection_t              *connection;
    ngx_http_request_t            *main;
    ngx_http_request_t            *request;     /* the subrequest */
    ngx_http_article_capture_t    *capture;
    ngx_http_post_subrequest_t     post;
    ngx_event_t                    end;
    ngx_int_t                      rc;
    ngx_http_article_detached_pt   handler;
    void                          *data;
    unsigned                       ended:1;
};


typedef struct {
    ngx_http_request_t            *client;      /* whose server it is */
    ngx_str_t                      line;        /* for the log and $request */
    ngx_str_t                      uri;         /* of the subrequest */
    ngx_str_t                      args;
    ngx_array_t                   *headers;     /* of ngx_keyval_t */
    ngx_http_article_capture_t    *capture;     /* takes the answer */
    ngx_http_article_detached_pt   handler;
    void                          *data;
} ngx_http_article_detached_conf_t;


/*
 * Prepares the request; its strings must live as long as pool, which is
 * the caller's and outlives it.  NULL when memory is out, or nginx works
 * with neither epoll nor kqueue.
 */
ngx_http_article_detached_t *ngx_http_article_detached_create(
    ngx_pool_t *pool, ngx_http_article_detached_conf_t *conf);

/* Lets it go; the handler is called in every case, never from in here. */
void ngx_http_article_detached_run(ngx_http_article_detached_t *detached);

/*
 * Breaks the subrequest off: what it holds (the portal's connection) is let
 * go, and the handler is called with rc, not from in here.  Nothing when it
 * has ended already.  To be called from the event loop.
 */
void ngx_http_article_detached_abort(ngx_http_article_detached_t *detached,
    ngx_int_t rc);

/* Frees the request and what hangs on it; the pool stays the caller's. */
void ngx_http_article_detached_destroy(ngx_http_article_detached_t *detached);

/* The detached request whose subrequest this is, or NULL. */
ngx_http_article_detached_t *ngx_http_article_detached_of(
    ngx_http_request_t *r);


#endif /* _NGX_HTTP_ARTICLE_DETACHED_H_INCLUDED_ */

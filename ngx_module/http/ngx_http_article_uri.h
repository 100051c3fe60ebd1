
/*
 * Copyright (C) ngx_article authors
 *
 * Addresses: of the page that a request asks for, and of the page that the
 * portal redirects to.
 */


#ifndef _NGX_HTTP_ARTICLE_URI_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_URI_H_INCLUDED_


#include "ngx_http_article_conf.h"


/*
 * One page: path is decoded, as nginx has it, and begins with "/"; args are
 * what article_cache_args leaves of the client's, but for bytes that no URI
 * may hold; url is the public address with both.
 */
typedef struct {
    ngx_str_t                path;
    ngx_str_t                args;
    ngx_str_t                uri;   /* path under the source's prefix,
                                       decoded */
    ngx_str_t                url;
    ngx_http_article_form_e  form;  /* by an argument, or _UNSAID */
} ngx_http_article_page_t;


/*
 * The page of a request.  NGX_DECLINED when its path is not served: then
 * only path, args and url are set.
 */
ngx_int_t ngx_http_article_page(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page);

/*
 * The page that a request to the portal's own address is for (path, args and
 * url only); alcf is that of a location without article_json.
 */
ngx_int_t ngx_http_article_page_here(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page);

/*
 * The public address that a Location or Content-Location of the page means,
 * in the pool; NGX_DECLINED when it is none of the portal's.
 */
ngx_int_t ngx_http_article_page_of(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page,
    ngx_str_t *sent, ngx_str_t *url);

/*
 * The page at an address of the portal, absolute or a path: as if it had been
 * asked for.  NGX_DECLINED when it is none of the portal's, or not served.
 */
ngx_int_t ngx_http_article_page_at(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_str_t *url,
    ngx_http_article_page_t *page);

/*
 * Where a redirect leads.  ARTICLE_ORIGIN_REDIRECT: location is the address
 * of that article through the gateway, in the pool.  _REDIRECT_LOOP: to the
 * page itself.  ARTICLE_REDIRECTED: elsewhere, or nowhere.
 */
article_reason_t ngx_http_article_redirect(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page,
    ngx_str_t *sent, ngx_str_t *rewritten, ngx_str_t *location);


#endif /* _NGX_HTTP_ARTICLE_URI_H_INCLUDED_ */

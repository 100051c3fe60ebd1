
/*
 * Copyright (C) ngx_article authors
 */


#ifndef _NGX_HTTP_ARTICLE_INVALIDATE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_INVALIDATE_H_INCLUDED_


#include "ngx_http_article_module.h"


/*
 * For the header filter, of every answer: a POST (or another unsafe method)
 * to a page of the portal that succeeded makes the page's article stale, and
 * that of the answer's Location and Content-Location (RFC 9111, 4.4).  Never
 * gone: WebForms posts back to the addresses of articles.  Once a second and
 * page at most.  It needs article_base_url in that location.
 */
void ngx_http_article_invalidate(ngx_http_request_t *r);


#endif /* _NGX_HTTP_ARTICLE_INVALIDATE_H_INCLUDED_ */

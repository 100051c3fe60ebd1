
/*
 * Copyright (C) ngx_article authors
 *
 * What differs between nginx 1.22 and 1.30, and nothing else.
 */


#ifndef _NGX_HTTP_ARTICLE_COMPAT_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_COMPAT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


/* Since 1.23.0 headers of one name are linked; a new one ends its list. */
#if (nginx_version >= 1023000)
#define ngx_http_article_header_end(h)  (h)->next = NULL
#else
#define ngx_http_article_header_end(h)
#endif


#endif /* _NGX_HTTP_ARTICLE_COMPAT_H_INCLUDED_ */

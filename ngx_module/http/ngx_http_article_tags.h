
/*
 * Copyright (C) ngx_article authors
 *
 * What articles are purged by, beside their addresses: "portal", all of it,
 * "section:NAME" and "author:NAME", the names as _article.section and authors
 * have them.  A portal is known by the host of article_base_url.
 */


#ifndef _NGX_HTTP_ARTICLE_TAGS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_TAGS_H_INCLUDED_


#include "ngx_http_article_value.h"
#include "ngx_http_article_conf.h"


/* 1 if that is what a tag looks like. */
ngx_uint_t ngx_http_article_tag_is(ngx_str_t *tag);

/* The key of a tag's events. */
void ngx_http_article_tag_key(ngx_str_t *base_url, ngx_str_t *tag,
    u_char *key);

/*
 * The tags of what was read, for its value, in the pool: hex words.  NULL
 * result: of the portal alone.  NGX_ERROR without memory.
 */
ngx_int_t ngx_http_article_tags(ngx_pool_t *pool, ngx_str_t *base_url,
    article_result_t *result, ngx_str_t *tags);


#endif /* _NGX_HTTP_ARTICLE_TAGS_H_INCLUDED_ */

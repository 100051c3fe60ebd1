
/*
 * Copyright (C) ngx_article authors
 *
 * Text that grows as it is written, in a pool.
 */


#ifndef _NGX_HTTP_ARTICLE_TEXT_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_TEXT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef struct {
    ngx_pool_t  *pool;
    u_char      *start;
    u_char      *last;
    u_char      *end;
    ngx_uint_t   failed;        /* memory was out: nothing more is written */
} ngx_http_article_text_t;


/* NGX_ERROR when memory is out. */
ngx_int_t ngx_http_article_text_init(ngx_http_article_text_t *text,
    ngx_pool_t *pool, size_t size);

/* As ngx_sprintf(). */
void ngx_http_article_text(ngx_http_article_text_t *text, const char *fmt,
    ...);

/* As the content of a JSON string; of a label of Prometheus; of HTML. */
void ngx_http_article_text_json(ngx_http_article_text_t *text,
    ngx_str_t *value);
void ngx_http_article_text_label(ngx_http_article_text_t *text,
    ngx_str_t *value);
void ngx_http_article_text_html(ngx_http_article_text_t *text,
    ngx_str_t *value);

/*
 * For writers of another kind: room for so many bytes, or NULL; then tell
 * with text->last where they ended.
 */
u_char *ngx_http_article_text_room(ngx_http_article_text_t *text,
    size_t size);


#endif /* _NGX_HTTP_ARTICLE_TEXT_H_INCLUDED_ */

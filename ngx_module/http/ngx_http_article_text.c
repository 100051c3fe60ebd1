
/*
 * Copyright (C) ngx_article authors
 *
 * Text that grows: it is doubled when it is full, and what it was stays in
 * the pool, which is the request's and short-lived.
 */


#include "ngx_http_article_text.h"


ngx_int_t
ngx_http_article_text_init(ngx_http_article_text_t *text, ngx_pool_t *pool,
    size_t size)
{
    ngx_memzero(text, sizeof(ngx_http_article_text_t));

    text->pool = pool;
    text->start = ngx_pnalloc(pool, size);

    if (text->start == NULL) {
        return NGX_ERROR;
    }

    text->last = text->start;
    text->end = text->start + size;

    return NGX_OK;
}


u_char *
ngx_http_article_text_room(ngx_http_article_text_t *text, size_t size)
{
    size_t   len, all;
    u_char  *p;

    if (text->failed) {
        return NULL;
    }

    if (size <= (size_t) (text->end - text->last)) {
        return text->last;
    }

    len = text->last - text->start;
    all = 2 * (len + size);

    p = ngx_pnalloc(text->pool, all);
    if (p == NULL) {
        text->failed = 1;
        return NULL;
    }

    text->last = ngx_cpymem(p, text->start, len);
    text->start = p;
    text->end = p + all;

    return text->last;
}


/* What does not fit is written again, into twice the room. */

void
ngx_http_article_text(ngx_http_article_text_t *text, const char *fmt, ...)
{
    u_char   *p;
    size_t    size;
    va_list   args;

    for (size = 256; ngx_http_article_text_room(text, size); size *= 2) {

        va_start(args, fmt);
        p = ngx_vslprintf(text->last, text->end, fmt, args);
        va_end(args);

        if (p < text->end) {
            text->last = p;
            return;
        }

        size = ngx_max(size, (size_t) (text->end - text->last));
    }
}


void
ngx_http_article_text_json(ngx_http_article_text_t *text, ngx_str_t *value)
{
    u_char  *p;

    p = ngx_http_article_text_room(text, 6 * value->len);

    if (p) {
        text->last = (u_char *) ngx_escape_json(p, value->data, value->len);
    }
}


void
ngx_http_article_text_label(ngx_http_article_text_t *text, ngx_str_t *value)
{
    u_char      *p;
    ngx_uint_t   i;

    p = ngx_http_article_text_room(text, 2 * value->len);

    for (i = 0; p && i < value->len; i++) {

        switch (value->data[i]) {

        case '\n':
            *p++ = '\\';
            *p++ = 'n';
            break;

        case '\\':
        case '"':
            *p++ = '\\';
            /* fall through */

        default:
            *p++ = value->data[i];
        }
    }

    if (p) {
        text->last = p;
    }
}


void
ngx_http_article_text_html(ngx_http_article_text_t *text, ngx_str_t *value)
{
    u_char  *p;
    size_t   len;

    len = value->len + ngx_escape_html(NULL, value->data, value->len);
    p = ngx_http_article_text_room(text, len);

    if (p) {
        text->last = (u_char *) ngx_escape_html(p, value->data, value->len);
    }
}


/*
 * Copyright (C) ngx_article authors
 *
 * Swallows the answer to a fetch, and nothing else.  It stands right behind
 * gunzip and before the strip filter: what it sees is inflated and uncut.
 *
 * The request is found by its post_subrequest handler: an internal redirect
 * (X-Accel-Redirect, error_page, try_files) clears the module contexts, and
 * by a context that is gone such a redirect is known.
 *
 * NGX_ERROR from a filter makes nginx drop the portal's connection: that is
 * how an answer that is of no use is broken off early.
 */


#include "ngx_http_article_capture_filter.h"
#include "ngx_http_article_detached.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_invalidate.h"


#define NGX_HTTP_ARTICLE_CAPTURE_SIZE  65536


static ngx_int_t ngx_http_article_capture_header_filter(
    ngx_http_request_t *r);
static ngx_int_t ngx_http_article_capture_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);

static article_reason_t ngx_http_article_capture_check(ngx_http_request_t *r,
    ngx_http_article_capture_t *capture);
static ngx_uint_t ngx_http_article_capture_page(
    ngx_http_article_capture_t *capture);
static ngx_uint_t ngx_http_article_capture_is_html(ngx_str_t *type);
static ngx_int_t ngx_http_article_capture_headers(ngx_http_request_t *r,
    ngx_http_article_capture_t *capture);
static ngx_int_t ngx_http_article_capture_header(
    ngx_http_article_capture_t *capture, ngx_table_elt_t *h);
static ngx_int_t ngx_http_article_capture_join(ngx_pool_t *pool,
    ngx_str_t *to, ngx_str_t *value);
static ngx_int_t ngx_http_article_capture_copy(ngx_pool_t *pool,
    ngx_str_t *to, ngx_str_t *value);
static ngx_int_t ngx_http_article_capture_append(
    ngx_http_article_capture_t *capture, u_char *data, size_t len);
static ngx_int_t ngx_http_article_capture_grow(
    ngx_http_article_capture_t *capture, size_t len);
static ngx_int_t ngx_http_article_capture_init(ngx_conf_t *cf);


static ngx_http_module_t  ngx_http_article_capture_filter_module_ctx = {
    NULL,                                  /* preconfiguration */
    ngx_http_article_capture_init,         /* postconfiguration */

    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    NULL,                                  /* create location configuration */
    NULL                                   /* merge location configuration */
};


ngx_module_t  ngx_http_article_capture_filter_module = {
    NGX_MODULE_V1,
    &ngx_http_article_capture_filter_module_ctx, /* module context */
    NULL,                                  /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    NULL,                                  /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;
static ngx_http_output_body_filter_pt    ngx_http_next_body_filter;


ngx_uint_t
ngx_http_article_captured(ngx_http_request_t *r)
{
    return ngx_http_article_detached_of(r) != NULL;
}


static ngx_int_t
ngx_http_article_capture_header_filter(ngx_http_request_t *r)
{
    ngx_http_article_capture_t   *capture;
    ngx_http_article_detached_t  *detached;

    detached = ngx_http_article_detached_of(r);

    if (detached == NULL) {
        ngx_http_article_invalidate(r);
        return ngx_http_next_header_filter(r);
    }

    capture = detached->capture;

    if (ngx_http_get_module_ctx(r, ngx_http_article_capture_filter_module)
        == NULL)
    {
        capture->reason = ARTICLE_ORIGIN_REWRITTEN;
        return NGX_ERROR;
    }

    r->header_sent = 1;
    r->filter_need_in_memory = 1;

    if (ngx_http_article_capture_headers(r, capture) != NGX_OK) {
        capture->reason = ARTICLE_NO_MEMORY;
        return NGX_ERROR;
    }

    capture->headed = 1;
    capture->reason = ngx_http_article_capture_check(r, capture);

    return (capture->reason == ARTICLE_OK) ? NGX_OK : NGX_ERROR;
}


static ngx_int_t
ngx_http_article_capture_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_buf_t                    *b;
    ngx_chain_t                  *cl;
    ngx_http_article_capture_t   *capture;
    ngx_http_article_detached_t  *detached;

    detached = ngx_http_article_detached_of(r);

    if (detached == NULL) {
        return ngx_http_next_body_filter(r, in);
    }

    capture = detached->capture;

    if (capture->reason != ARTICLE_OK) {
        return NGX_ERROR;
    }

    for (cl = in; cl; cl = cl->next) {
        b = cl->buf;

        if (b->in_file && !ngx_buf_in_memory(b)) {
            capture->reason = ARTICLE_INTERNAL_ERROR;
            return NGX_ERROR;
        }

        if (ngx_http_article_capture_append(capture, b->pos,
                                            ngx_buf_in_memory(b)
                                            ? b->last - b->pos : 0)
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        b->pos = b->last;
        b->file_pos = b->file_last;

        if (b->last_buf || b->last_in_chain) {
            capture->whole = 1;
        }
    }

    return NGX_OK;
}


static article_reason_t
ngx_http_article_capture_check(ngx_http_request_t *r,
    ngx_http_article_capture_t *capture)
{
    ngx_uint_t        status;
    ngx_table_elt_t  *h;

    status = capture->headers.status;
    capture->page = ngx_http_article_capture_page(capture);

    if (status == NGX_HTTP_NOT_MODIFIED && capture->asked) {
        return ARTICLE_OK;
    }

    if (status == NGX_HTTP_PARTIAL_CONTENT) {
        return ARTICLE_ORIGIN_PARTIAL;
    }

    if (status < NGX_HTTP_OK || status == NGX_HTTP_NOT_MODIFIED
        || (status > NGX_HTTP_OK && status < NGX_HTTP_SPECIAL_RESPONSE
            && !capture->page))
    {
        return ARTICLE_ORIGIN_UNASKED;
    }

    if (!capture->page) {
        return ARTICLE_OK;
    }

    if (!ngx_http_article_capture_is_html(&capture->content_type)) {
        return ARTICLE_NOT_HTML;
    }

    h = r->headers_out.content_encoding;

    if (h && h->hash && h->value.len
        && ngx_strcasecmp(h->value.data, (u_char *) "identity") != 0)
    {
        return ARTICLE_ORIGIN_ENCODED;
    }

    if (r->headers_out.content_length_n > (off_t) capture->max) {
        return ARTICLE_PAGE_TOO_LARGE;
    }

    return ARTICLE_OK;
}


/* What people's browsers show: an error's page may be an article. */

static ngx_uint_t
ngx_http_article_capture_page(ngx_http_article_capture_t *capture)
{
    ngx_uint_t  i, *status;

    if (capture->headers.status == NGX_HTTP_OK) {
        return 1;
    }

    if (capture->statuses == NULL || capture->location.len
        || !ngx_http_article_capture_is_html(&capture->content_type))
    {
        return 0;
    }

    status = capture->statuses->elts;

    for (i = 0; i < capture->statuses->nelts; i++) {
        if (status[i] == capture->headers.status) {
            return 1;
        }
    }

    return 0;
}


/* No type at all is left to the engine. */

static ngx_uint_t
ngx_http_article_capture_is_html(ngx_str_t *type)
{
    size_t                    len;
    ngx_uint_t                i;
    static const ngx_str_t    html[] = {
        ngx_string("text/html"),
        ngx_string("application/xhtml+xml")
    };

    for (len = 0; len < type->len; len++) {
        if (type->data[len] == ';' || type->data[len] == ' ') {
            break;
        }
    }

    for (i = 0; i < sizeof(html) / sizeof(html[0]); i++) {
        if (html[i].len == len
            && ngx_strncasecmp(type->data, html[i].data, len) == 0)
        {
            return 1;
        }
    }

    return len == 0;
}


/*
 * The portal's own headers where there is an upstream: nginx hides some of
 * them (Date, by proxy_hide_header) and adds others.
 */

static ngx_int_t
ngx_http_article_capture_headers(ngx_http_request_t *r,
    ngx_http_article_capture_t *capture)
{
    ngx_pool_t                  *pool;
    ngx_table_elt_t             *h;
    ngx_http_article_headers_t   headers;

    pool = capture->pool;

    capture->headers.status = r->headers_out.status;

    if (ngx_http_article_capture_copy(pool, &capture->content_type,
                                      &r->headers_out.content_type)
        != NGX_OK
        || ngx_http_article_capture_copy(pool, &capture->charset,
                                         &r->headers_out.charset)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (r->headers_out.location
        && ngx_http_article_capture_copy(pool, &capture->rewritten,
                                         &r->headers_out.location->value)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    ngx_http_article_headers_init(&headers,
                                  r->upstream ? &r->upstream->headers_in.headers
                                              : &r->headers_out.headers);

    while ((h = ngx_http_article_headers_next(&headers, NULL)) != NULL) {

        if (r->headers_out.location
            && h->value.data == r->headers_out.location->value.data)
        {
            /* proxy_redirect rewrites in place where there is room */

            capture->location = capture->rewritten;
            continue;
        }

        if (ngx_http_article_capture_header(capture, h) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_capture_header(ngx_http_article_capture_t *capture,
    ngx_table_elt_t *h)
{
    ngx_str_t                          *to;
    ngx_uint_t                          i;
    ngx_http_article_origin_headers_t  *headers;

    headers = &capture->headers;

    struct {
        ngx_str_t   name;
        ngx_str_t  *to;
    } known[] = {
        { ngx_string("Cache-Control"), &headers->cache_control },
        { ngx_string("Expires"), &headers->expires },
        { ngx_string("Date"), &headers->date },
        { ngx_string("Age"), &headers->age },
        { ngx_string("Vary"), &headers->vary },
        { ngx_string("Last-Modified"), &headers->last_modified },
        { ngx_string("ETag"), &headers->etag },
        { ngx_string("Location"), &capture->location },
        { ngx_string("Set-Cookie"), NULL }
    };

    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {

        if (known[i].name.len != h->key.len
            || ngx_strncasecmp(known[i].name.data, h->key.data, h->key.len)
               != 0)
        {
            continue;
        }

        to = known[i].to;

        if (to == NULL) {
            headers->set_cookie = 1;
            return NGX_OK;
        }

        if (to == &headers->cache_control || to == &headers->vary
            || to == &headers->age)
        {
            return ngx_http_article_capture_join(capture->pool, to,
                                                 &h->value);
        }

        return to->len ? NGX_OK
                       : ngx_http_article_capture_copy(capture->pool, to,
                                                       &h->value);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_capture_join(ngx_pool_t *pool, ngx_str_t *to,
    ngx_str_t *value)
{
    u_char  *p;
    size_t   len;

    if (to->len == 0) {
        return ngx_http_article_capture_copy(pool, to, value);
    }

    len = to->len + sizeof(", ") - 1 + value->len;

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(p, "%V, %V", to, value);

    to->data = p;
    to->len = len;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_capture_copy(ngx_pool_t *pool, ngx_str_t *to,
    ngx_str_t *value)
{
    if (value->len == 0) {
        return NGX_OK;
    }

    to->data = ngx_pstrdup(pool, value);
    if (to->data == NULL) {
        return NGX_ERROR;
    }

    to->len = value->len;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_capture_append(ngx_http_article_capture_t *capture,
    u_char *data, size_t len)
{
    if (len == 0) {
        return NGX_OK;
    }

    if (!capture->page) {

        /*
         * The page of an error or a redirect is not kept, but read: the
         * connection to the portal may then be kept alive.
         */

        capture->dropped += len;

        return (capture->dropped > capture->max) ? NGX_ERROR : NGX_OK;
    }

    if (len > capture->max - (capture->last - capture->start)) {
        capture->reason = ARTICLE_PAGE_TOO_LARGE;
        return NGX_ERROR;
    }

    if ((size_t) (capture->end - capture->last) < len
        && ngx_http_article_capture_grow(capture, len) != NGX_OK)
    {
        capture->reason = ARTICLE_NO_MEMORY;
        return NGX_ERROR;
    }

    capture->last = ngx_cpymem(capture->last, data, len);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_capture_grow(ngx_http_article_capture_t *capture, size_t len)
{
    size_t   used, size;
    u_char  *p;

    used = capture->last - capture->start;
    size = ngx_max((size_t) (capture->end - capture->start) * 2,
                   NGX_HTTP_ARTICLE_CAPTURE_SIZE);
    size = ngx_max(size, used + len);
    size = ngx_min(size, capture->max);

    p = ngx_alloc(size, capture->log);
    if (p == NULL) {
        return NGX_ERROR;
    }

    if (used) {
        ngx_memcpy(p, capture->start, used);
        ngx_free(capture->start);
    }

    capture->start = p;
    capture->last = p + used;
    capture->end = p + size;

    return NGX_OK;
}


void
ngx_http_article_capture_destroy(ngx_http_article_capture_t *capture)
{
    if (capture->start) {
        ngx_free(capture->start);
        capture->start = NULL;
        capture->last = NULL;
        capture->end = NULL;
    }
}


static ngx_int_t
ngx_http_article_capture_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_article_capture_header_filter;

    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_article_capture_body_filter;

    return NGX_OK;
}


/*
 * Copyright (C) ngx_article authors
 *
 * Which answers are stripped, and what becomes of their header.  In doubt
 * none: an answer that does not pass here costs nothing and is not touched.
 */


#include "ngx_http_article_headers.h"
#include "ngx_http_article_metrics.h"
#include "ngx_http_article_strip_body.h"


static ngx_int_t ngx_http_article_strip_header_filter(ngx_http_request_t *r);
static ngx_int_t ngx_http_article_strip_body_filter(ngx_http_request_t *r,
    ngx_chain_t *in);

static ngx_uint_t ngx_http_article_strip_wanted(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf);
static article_reason_t ngx_http_article_strip_refuse(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf);
static ngx_uint_t ngx_http_article_strip_plain(ngx_http_request_t *r);
static ngx_uint_t ngx_http_article_strip_gzipped(ngx_http_request_t *r);
static ngx_int_t ngx_http_article_strip_begin(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf);
static ngx_uint_t ngx_http_article_strip_fixed(ngx_list_t *headers);
static ngx_uint_t ngx_http_article_strip_delta(ngx_http_request_t *r);
static void ngx_http_article_strip_headers(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf);
static ngx_int_t ngx_http_article_strip_init(ngx_conf_t *cf);


static ngx_http_module_t  ngx_http_article_strip_filter_module_ctx = {
    ngx_http_article_strip_add_variables,  /* preconfiguration */
    ngx_http_article_strip_init,           /* postconfiguration */

    NULL,                                  /* create main configuration */
    NULL,                                  /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_article_strip_create_conf,    /* create location configuration */
    ngx_http_article_strip_merge_conf      /* merge location configuration */
};


ngx_module_t  ngx_http_article_strip_filter_module = {
    NGX_MODULE_V1,
    &ngx_http_article_strip_filter_module_ctx, /* module context */
    ngx_http_article_strip_commands,       /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    NULL,                                  /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_article_strip_exit,           /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_http_output_header_filter_pt  ngx_http_next_header_filter;
static ngx_http_output_body_filter_pt    ngx_http_next_body_filter;


static ngx_int_t
ngx_http_article_strip_header_filter(ngx_http_request_t *r)
{
    article_reason_t                reason;
    ngx_http_article_strip_ctx_t   *ctx;
    ngx_http_article_main_conf_t   *amcf;
    ngx_http_article_strip_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r,
                                        ngx_http_article_strip_filter_module);

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_strip_filter_module);

    if (ctx) {

        /* an error page, before the header of the page was sent */

        ngx_http_article_strip_forget(ctx);
        ngx_http_set_ctx(r, NULL, ngx_http_article_strip_filter_module);
    }

    /* a part of a page, as SSI takes them in: if its location says so */

    if (conf->strip == NULL
        || (r != r->main && (!conf->own || r->subrequest_in_memory))
        || !ngx_http_article_strip_wanted(r, conf))
    {
        return ngx_http_next_header_filter(r);
    }

    reason = ngx_http_article_strip_refuse(r, conf);

    if (reason == ARTICLE_OK
        && ngx_http_article_strip_begin(r, conf) != NGX_OK)
    {
        reason = ARTICLE_NO_MEMORY;
    }

    if (r == r->main) {
        ngx_http_article_set_reason(r, reason);
    }

    if (reason != ARTICLE_OK) {
        amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
        ngx_http_article_metrics_reason(amcf->shm_zone, conf->place, reason);

        return ngx_http_next_header_filter(r);
    }

    /* it is sent with the first bytes of the page */

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_strip_begin(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf)
{
    ngx_http_article_strip_ctx_t  *ctx;

    ctx = ngx_http_article_strip_start(r, conf, ngx_http_next_body_filter);
    if (ctx == NULL) {
        return NGX_ERROR;
    }

    if (ngx_http_article_strip_gzipped(r)) {

        if (ngx_http_article_strip_inflate_start(ctx,
                                                 ngx_http_article_max_page(r))
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        /* nginx' gzip filter, behind us, sees a plain page */

        r->headers_out.content_encoding->hash = 0;
        r->headers_out.content_encoding = NULL;

    } else {
        ctx->length = r->headers_out.content_length_n;
    }

    if (r == r->main && conf->debug
        && ngx_http_test_predicates(r, conf->debug) != NGX_OK) {
        ctx->debug = 1;
        r->expect_trailers = 1;
    }

    ctx->unsent = 1;
    r->filter_need_in_memory = 1;

    ngx_http_set_ctx(r, ctx, ngx_http_article_strip_filter_module);

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_send_header(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_int_t            rc;
    ngx_http_request_t  *r;

    r = ctx->request;

    if ((ctx->strip && !ctx->uncut) || ctx->removed || ctx->inflate
        || ctx->debug)
    {
        ngx_http_article_strip_headers(r,
            ngx_http_get_module_loc_conf(r,
                                       ngx_http_article_strip_filter_module));
    }

    ctx->unsent = 0;

    rc = ngx_http_next_header_filter(r);

    return (rc == NGX_ERROR || rc > NGX_OK || r->header_only) ? NGX_ERROR
                                                              : NGX_OK;
}


static ngx_int_t
ngx_http_article_strip_body_filter(ngx_http_request_t *r, ngx_chain_t *in)
{
    ngx_http_article_strip_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_strip_filter_module);

    if (ctx == NULL) {
        return ngx_http_next_body_filter(r, in);
    }

    if (ctx->inflate) {
        return ngx_http_article_strip_inflate(ctx, in);
    }

    return ngx_http_article_strip_body(ctx, in);
}


/* A page, and the operator wants its like stripped. */

static ngx_uint_t
ngx_http_article_strip_wanted(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf)
{
    ngx_str_t  value;

    if (!ngx_http_article_enabled(r)
        || ngx_http_test_content_type(r, &conf->types) == NULL
        || ngx_http_complex_value(r, conf->strip, &value) != NGX_OK)
    {
        return 0;
    }

    return value.len != 0
           && !(value.len == 1 && value.data[0] == '0')
           && !(value.len == 3 && ngx_strncmp(value.data, "off", 3) == 0);
}


static article_reason_t
ngx_http_article_strip_refuse(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf)
{
    if (!ngx_http_article_strip_plain(r)) {
        return ARTICLE_STRIP_NOT_PLAIN;
    }

    if (r->headers_in.authorization
        || ngx_http_article_strip_login(r, conf->cookies))
    {
        return ARTICLE_STRIP_PERSONAL;
    }

    if (ngx_http_test_predicates(r, conf->bypass) != NGX_OK) {
        return ARTICLE_STRIP_BYPASS;
    }

    return ARTICLE_OK;
}


/* A whole and plain 200 answer to a GET that may be changed. */

static ngx_uint_t
ngx_http_article_strip_plain(ngx_http_request_t *r)
{
    if (r->headers_out.status != NGX_HTTP_OK
        || r->method != NGX_HTTP_GET
        || r->header_only
        || r->headers_out.content_length_n == 0)
    {
        return 0;
    }

    /* a part is asked for; or nginx joins the page from slices */

    if ((r->headers_in.range && r->allow_ranges) || r->subrequest_ranges) {
        return 0;
    }

    if (r->headers_out.content_encoding
        && r->headers_out.content_encoding->value.len
        && !ngx_http_article_strip_gzipped(r))
    {
        return 0;
    }

    if (r->headers_out.content_range
        || ngx_http_article_strip_fixed(&r->headers_out.headers))
    {
        return 0;
    }

    return !ngx_http_article_strip_delta(r);
}


static ngx_uint_t
ngx_http_article_strip_gzipped(ngx_http_request_t *r)
{
    ngx_table_elt_t  *encoding;

    encoding = r->headers_out.content_encoding;

    return encoding != NULL
           && encoding->value.len == sizeof("gzip") - 1
           && ngx_strncasecmp(encoding->value.data, (u_char *) "gzip",
                              sizeof("gzip") - 1)
              == 0;
}


/* Cache-Control: no-transform. */

static ngx_uint_t
ngx_http_article_strip_fixed(ngx_list_t *headers)
{
    ngx_uint_t        i;
    ngx_list_part_t  *part;
    ngx_table_elt_t  *h;

    part = &headers->part;
    h = part->elts;

    for (i = 0; /* void */ ; i++) {

        if (i >= part->nelts) {
            if (part->next == NULL) {
                return 0;
            }

            part = part->next;
            h = part->elts;
            i = 0;
        }

        if (h[i].hash
            && h[i].key.len == sizeof("Cache-Control") - 1
            && ngx_strncasecmp(h[i].key.data, (u_char *) "Cache-Control",
                               sizeof("Cache-Control") - 1)
               == 0
            && ngx_strlcasestrn(h[i].value.data,
                                h[i].value.data + h[i].value.len,
                                (u_char *) "no-transform",
                                sizeof("no-transform") - 2))
        {
            return 1;
        }
    }
}


/* ASP.NET's UpdatePanel takes parts of a page by lengths it was told. */

static ngx_uint_t
ngx_http_article_strip_delta(ngx_http_request_t *r)
{
    ngx_http_article_headers_t  headers;
    static ngx_str_t            name = ngx_string("X-MicrosoftAjax");

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);

    return ngx_http_article_headers_next(&headers, &name) != NULL;
}


/* As sub_filter does: the page is another one, and of unknown length. */

static void
ngx_http_article_strip_headers(ngx_http_request_t *r,
    ngx_http_article_strip_conf_t *conf)
{
    ngx_http_clear_content_length(r);
    ngx_http_clear_accept_ranges(r);
    ngx_http_weak_etag(r);

    if (!conf->last_modified) {
        ngx_http_clear_last_modified(r);
    }
}


static ngx_int_t
ngx_http_article_strip_init(ngx_conf_t *cf)
{
    ngx_http_next_header_filter = ngx_http_top_header_filter;
    ngx_http_top_header_filter = ngx_http_article_strip_header_filter;

    ngx_http_next_body_filter = ngx_http_top_body_filter;
    ngx_http_top_body_filter = ngx_http_article_strip_body_filter;

    return ngx_http_article_learn_init(cf);
}


/*
 * Copyright (C) ngx_article authors
 *
 * What was cut of a page, told to the operator: $article_strip_cuts, and for
 * requests that article_strip_debug names a trailer a cut.  The header has
 * left when the first block is seen; a trailer comes behind the page and
 * changes none of its bytes.
 */


#include "ngx_http_article_strip_body.h"
#include "compat.h"


/* Cuts of a page that are told, and bytes of why each was made. */
#define NGX_HTTP_ARTICLE_STRIP_TOLD      64
#define NGX_HTTP_ARTICLE_STRIP_WHY       120


static ngx_int_t ngx_http_article_strip_trailer(ngx_http_request_t *r,
    ngx_http_article_strip_cut_t *cut);
static ngx_int_t ngx_http_article_strip_cuts_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);


static ngx_str_t  ngx_http_article_strip_cuts_name =
    ngx_string("article_strip_cuts");


/* Out of memory, the cut is made all the same. */

void
ngx_http_article_strip_cut_add(ngx_http_article_strip_ctx_t *ctx)
{
    u_char                        *p;
    size_t                         len;
    const char                    *why;
    ngx_pool_t                    *pool;
    ngx_http_article_strip_cut_t  *cut;

    pool = ctx->request->pool;
    why = article_strip_why(ctx->strip);

    ngx_log_debug3(NGX_LOG_DEBUG_HTTP, ctx->request->connection->log, 0,
                   "http article strip cut %uL-%uL \"%s\"",
                   ctx->cut.start, ctx->cut.end, why);

    if (ctx->cuts == NULL) {
        ctx->cuts = ngx_array_create(pool, 8,
                                     sizeof(ngx_http_article_strip_cut_t));
        if (ctx->cuts == NULL) {
            return;
        }
    }

    if (ctx->cuts->nelts == NGX_HTTP_ARTICLE_STRIP_TOLD) {
        return;
    }

    len = ngx_min(ngx_strlen(why), NGX_HTTP_ARTICLE_STRIP_WHY);

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return;
    }

    cut = ngx_array_push(ctx->cuts);
    if (cut == NULL) {
        return;
    }

    cut->range = ctx->cut;
    cut->why.data = p;
    cut->why.len = len;

    for ( /* void */ ; len; len--, why++, p++) {

        /* it is to be part of a header, and of a list */

        *p = (*why == ';' || (u_char) *why < ' ' || *why == '\x7f')
             ? ' ' : (u_char) *why;
    }
}


void
ngx_http_article_strip_trailers(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_uint_t                     i;
    ngx_http_article_strip_cut_t  *cut;

    if (!ctx->debug || ctx->cuts == NULL) {
        return;
    }

    ctx->debug = 0;
    cut = ctx->cuts->elts;

    for (i = 0; i < ctx->cuts->nelts; i++) {
        if (ngx_http_article_strip_trailer(ctx->request, &cut[i]) != NGX_OK) {
            return;
        }
    }
}


/* "Article-Cut: START-END WHY", bytes of the page as the portal sent it. */

static ngx_int_t
ngx_http_article_strip_trailer(ngx_http_request_t *r,
    ngx_http_article_strip_cut_t *cut)
{
    u_char           *p;
    ngx_table_elt_t  *h;

    p = ngx_pnalloc(r->pool, 2 * NGX_INT64_LEN + 2 + cut->why.len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    h = ngx_list_push(&r->headers_out.trailers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    ngx_http_article_header_end(h);
    ngx_str_set(&h->key, "Article-Cut");

    h->value.data = p;
    h->value.len = ngx_sprintf(p, "%uL-%uL %V", cut->range.start,
                               cut->range.end, &cut->why)
                   - p;

    return NGX_OK;
}


ngx_int_t
ngx_http_article_strip_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var;

    var = ngx_http_add_variable(cf, &ngx_http_article_strip_cuts_name,
                                NGX_HTTP_VAR_NOCACHEABLE);
    if (var == NULL) {
        return NGX_ERROR;
    }

    var->get_handler = ngx_http_article_strip_cuts_variable;

    return NGX_OK;
}


/* "WHY; WHY", in the page's order. */

static ngx_int_t
ngx_http_article_strip_cuts_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                        *p;
    size_t                         len;
    ngx_uint_t                     i;
    ngx_http_article_strip_ctx_t  *ctx;
    ngx_http_article_strip_cut_t  *cut;

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_strip_filter_module);

    if (ctx == NULL || ctx->cuts == NULL || ctx->cuts->nelts == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    cut = ctx->cuts->elts;
    len = 0;

    for (i = 0; i < ctx->cuts->nelts; i++) {
        len += cut[i].why.len + 2;
    }

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    v->data = p;

    for (i = 0; i < ctx->cuts->nelts; i++) {
        p = ngx_sprintf(p, "%s%V", i ? "; " : "", &cut[i].why);
    }

    v->len = p - v->data;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}

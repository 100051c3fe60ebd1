
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

/* A page has some ten of them. */
#define NGX_HTTP_ARTICLE_STRIP_PART      16


#define ngx_http_article_strip_why_len(why)                                   \
    ngx_min(ngx_strlen(why), NGX_HTTP_ARTICLE_STRIP_WHY)


static u_char *ngx_http_article_strip_why(u_char *p, const char *why);
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
    const char                    *why;
    ngx_http_article_strip_cut_t  *cut;

    why = article_strip_why(ctx->strip);

    ngx_log_debug3(NGX_LOG_DEBUG_HTTP, ctx->request->connection->log, 0,
                   "http article strip cut %uL-%uL \"%s\"",
                   ctx->cut.start, ctx->cut.end, why);

    if (ctx->cuts == NULL) {
        ctx->cuts = ngx_list_create(ctx->request->pool,
                                    NGX_HTTP_ARTICLE_STRIP_PART,
                                    sizeof(ngx_http_article_strip_cut_t));
        if (ctx->cuts == NULL) {
            return;
        }
    }

    if (ctx->told == NGX_HTTP_ARTICLE_STRIP_TOLD) {
        return;
    }

    cut = ngx_list_push(ctx->cuts);
    if (cut == NULL) {
        return;
    }

    cut->range = ctx->cut;
    cut->why = why;

    ctx->told++;
}


/* It is to be part of a header, and of a list. */

static u_char *
ngx_http_article_strip_why(u_char *p, const char *why)
{
    size_t  len;

    for (len = ngx_http_article_strip_why_len(why); len; len--, why++) {

        *p++ = (*why == ';' || (u_char) *why < ' ' || *why == '\x7f')
               ? ' ' : (u_char) *why;
    }

    return p;
}


void
ngx_http_article_strip_trailers(ngx_http_article_strip_ctx_t *ctx)
{
    ngx_uint_t                     i;
    ngx_list_part_t               *part;
    ngx_http_article_strip_cut_t  *cut;

    if (!ctx->debug || ctx->cuts == NULL) {
        return;
    }

    ctx->debug = 0;

    for (part = &ctx->cuts->part; part; part = part->next) {
        cut = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (ngx_http_article_strip_trailer(ctx->request, &cut[i])
                != NGX_OK)
            {
                return;
            }
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

    p = ngx_pnalloc(r->pool, 2 * NGX_INT64_LEN + 2
                             + ngx_http_article_strip_why_len(cut->why));
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

    p = ngx_sprintf(p, "%uL-%uL ", cut->range.start, cut->range.end);
    p = ngx_http_article_strip_why(p, cut->why);

    h->value.len = p - h->value.data;

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
    ngx_list_part_t               *part;
    ngx_http_article_strip_ctx_t  *ctx;
    ngx_http_article_strip_cut_t  *cut;

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_strip_filter_module);

    if (ctx == NULL || ctx->told == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    len = 0;

    for (part = &ctx->cuts->part; part; part = part->next) {
        cut = part->elts;

        for (i = 0; i < part->nelts; i++) {
            len += ngx_http_article_strip_why_len(cut[i].why) + 2;
        }
    }

    p = ngx_pnalloc(r->pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    v->data = p;

    for (part = &ctx->cuts->part; part; part = part->next) {
        cut = part->elts;

        for (i = 0; i < part->nelts; i++) {

            if (p != v->data) {
                *p++ = ';';
                *p++ = ' ';
            }

            p = ngx_http_article_strip_why(p, cut[i].why);
        }
    }

    v->len = p - v->data;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/*
 * Copyright (C) ngx_article authors
 *
 * $article_cache_status, $article_cache_level, $article_reason.
 */


#include "ngx_http_article_handler.h"


#define NGX_HTTP_ARTICLE_CACHE_STATUS_WORD(name, word)  ngx_string(word),


static ngx_int_t ngx_http_article_variable_status(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_article_variable_level(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_article_variable_none(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static void ngx_http_article_variable_set(ngx_http_variable_value_t *v,
    ngx_str_t *value);


static ngx_http_variable_t  ngx_http_article_variables[] = {

    { ngx_string("article_cache_status"), NULL,
      ngx_http_article_variable_status, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("article_cache_level"), NULL,
      ngx_http_article_variable_level, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    /* set as an indexed variable: what is in it was put there */

    { ngx_string("article_reason"), NULL,
      ngx_http_article_variable_none, 0, 0, 0 },

      ngx_http_null_variable
};


static ngx_str_t  ngx_http_article_cache_statuses[] = {
    NGX_HTTP_ARTICLE_CACHE_STATUSES(NGX_HTTP_ARTICLE_CACHE_STATUS_WORD)
};


static ngx_str_t  ngx_http_article_levels[] = {
    ngx_null_string,
    ngx_string("l1"),
    ngx_string("redis"),
    ngx_string("origin")
};


ngx_int_t
ngx_http_article_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t           *var, *v;
    ngx_http_article_main_conf_t  *amcf;

    for (v = ngx_http_article_variables; v->name.len; v++) {

        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;

        if (v->get_handler != ngx_http_article_variable_none) {
            continue;
        }

        amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

        amcf->reason = ngx_http_get_variable_index(cf, &v->name);
        if (amcf->reason == NGX_ERROR) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_variable_status(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_article_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_module);

    if (ctx == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    ngx_http_article_variable_set(v,
                         &ngx_http_article_cache_statuses[ctx->cache_status]);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_variable_level(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_article_ctx_t  *ctx;

    ctx = ngx_http_get_module_ctx(r, ngx_http_article_module);

    if (ctx == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    ngx_http_article_variable_set(v, &ngx_http_article_levels[ctx->level]);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_variable_none(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    v->not_found = 1;

    return NGX_OK;
}


static void
ngx_http_article_variable_set(ngx_http_variable_value_t *v,
    ngx_str_t *value)
{
    v->len = value->len;
    v->data = value->data;
    v->valid = (value->len > 0);
    v->no_cacheable = 0;
    v->not_found = (value->len == 0);
}


void
ngx_http_article_set_reason(ngx_http_request_t *r, article_reason_t reason)
{
    ngx_str_t                      word;
    ngx_http_article_ctx_t        *ctx;
    ngx_http_variable_value_t     *v;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
    ctx = ngx_http_get_module_ctx(r, ngx_http_article_module);

    if (ctx) {
        ctx->reason = reason;
    }

    v = &r->main->variables[amcf->reason];

    word.data = (u_char *) article_reason_word(reason);
    word.len = ngx_strlen(word.data);

    ngx_http_article_variable_set(v, &word);
}


size_t
ngx_http_article_max_page(ngx_http_request_t *r)
{
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    return alcf->max_page;
}


ngx_uint_t
ngx_http_article_enabled(ngx_http_request_t *r)
{
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    return alcf->enable;
}


/*
 * Copyright (C) ngx_article authors
 *
 * Directives that name statuses.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_freshness.h"


static char *ngx_http_article_cache_valid_time(ngx_conf_t *cf,
    ngx_str_t *value, ngx_http_article_valid_t *valid);
static ngx_int_t ngx_http_article_cache_valid_add(ngx_conf_t *cf,
    ngx_array_t *array, ngx_str_t *code, ngx_http_article_valid_t *valid);
static ngx_int_t ngx_http_article_read_status_code(ngx_str_t *value);


char *
ngx_http_article_cache_valid_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_str_t                 *value;
    ngx_uint_t                 i, n;
    static ngx_str_t           ok = ngx_string("200");
    ngx_http_article_valid_t   valid;

    if (alcf->cache_valid == NGX_CONF_UNSET_PTR) {
        alcf->cache_valid = ngx_array_create(cf->pool, 2,
                                             sizeof(ngx_http_article_valid_t));
        if (alcf->cache_valid == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    value = cf->args->elts;
    n = cf->args->nelts - 1;

    if (ngx_http_article_cache_valid_time(cf, &value[n], &valid)
        != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (n == 1) {
        return ngx_http_article_cache_valid_add(cf, alcf->cache_valid, &ok,
                                                &valid)
               == NGX_OK ? NGX_CONF_OK : NGX_CONF_ERROR;
    }

    for (i = 1; i < n; i++) {
        if (ngx_http_article_cache_valid_add(cf, alcf->cache_valid, &value[i],
                                             &valid)
            != NGX_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_article_cache_valid_time(ngx_conf_t *cf, ngx_str_t *value,
    ngx_http_article_valid_t *valid)
{
    ngx_int_t  percent;

    ngx_memzero(valid, sizeof(ngx_http_article_valid_t));

    if (value->len && value->data[value->len - 1] == '%') {

        percent = ngx_atoi(value->data, value->len - 1);

        if (percent >= 1 && percent <= 100) {
            valid->percent = percent;
            return NGX_CONF_OK;
        }

    } else {
        valid->valid = ngx_parse_time(value, 1);

        if (valid->valid != (time_t) NGX_ERROR) {
            return NGX_CONF_OK;
        }
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid time \"%V\" in article_cache_valid", value);

    return NGX_CONF_ERROR;
}


static ngx_int_t
ngx_http_article_cache_valid_add(ngx_conf_t *cf, ngx_array_t *array,
    ngx_str_t *code, ngx_http_article_valid_t *valid)
{
    ngx_int_t                  status;
    ngx_http_article_valid_t  *v;

    status = 0;

    if (code->len != 3 || ngx_strncmp(code->data, "any", 3) != 0) {

        status = ngx_atoi(code->data, code->len);

        if (status == NGX_ERROR || status == 0) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid status \"%V\" in "
                               "article_cache_valid", code);
            return NGX_ERROR;
        }
    }

    v = ngx_array_push(array);
    if (v == NULL) {
        return NGX_ERROR;
    }

    *v = *valid;
    v->status = status;

    return NGX_OK;
}


char *
ngx_http_article_read_status_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_int_t    status;
    ngx_str_t   *value;
    ngx_uint_t   i, *code;

    if (alcf->read_status != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    alcf->read_status = ngx_array_create(cf->pool, 4, sizeof(ngx_uint_t));
    if (alcf->read_status == NULL) {
        return NGX_CONF_ERROR;
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (i > 1 && i == cf->args->nelts - 1
            && ngx_strcmp(value[i].data, "=200") == 0)
        {
            alcf->read_as = NGX_HTTP_OK;
            return NGX_CONF_OK;
        }

        status = ngx_http_article_read_status_code(&value[i]);

        if (status == NGX_ERROR) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_read_status \"%V\" is not the status "
                               "of a page that may be for everybody",
                               &value[i]);
            return NGX_CONF_ERROR;
        }

        code = ngx_array_push(alcf->read_status);
        if (code == NULL) {
            return NGX_CONF_ERROR;
        }

        *code = status;
    }

    return NGX_CONF_OK;
}


/* Not those without a page, with a part of one, or for who has logged in. */

static ngx_int_t
ngx_http_article_read_status_code(ngx_str_t *value)
{
    ngx_int_t  status;

    status = ngx_atoi(value->data, value->len);

    switch (status) {

    case NGX_HTTP_NO_CONTENT:
    case 205:
    case NGX_HTTP_PARTIAL_CONTENT:
    case NGX_HTTP_NOT_MODIFIED:
    case NGX_HTTP_UNAUTHORIZED:
    case 407:
        return NGX_ERROR;

    default:
        return (status > NGX_HTTP_OK && status <= 599) ? status : NGX_ERROR;
    }
}


char *
ngx_http_article_merge_status(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf)
{
    ngx_uint_t                 i;
    ngx_http_article_valid_t  *valid;

    if (conf->read_status == NGX_CONF_UNSET_PTR) {
        conf->read_as = prev->read_as;
    }

    ngx_conf_merge_ptr_value(conf->read_status, prev->read_status, NULL);
    ngx_conf_merge_ptr_value(conf->cache_valid, prev->cache_valid, NULL);

    if (conf->cache_valid == NULL) {
        return NGX_CONF_OK;
    }

    valid = conf->cache_valid->elts;

    for (i = 0; i < conf->cache_valid->nelts; i++) {

        if (valid[i].status
            && !ngx_http_article_status_stored(conf, valid[i].status))
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid status \"%ui\" in "
                               "article_cache_valid, answers of 200, 404 and "
                               "410 can be stored, those of "
                               "article_read_status, or \"any\" of them",
                               valid[i].status);
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


ngx_uint_t
ngx_http_article_status_stored(ngx_http_article_loc_conf_t *conf,
    ngx_uint_t status)
{
    ngx_uint_t  i, *code;

    if (status == NGX_HTTP_OK || status == NGX_HTTP_NOT_FOUND
        || status == 410)
    {
        return 1;
    }

    if (conf->read_status == NULL) {
        return 0;
    }

    code = conf->read_status->elts;

    for (i = 0; i < conf->read_status->nelts; i++) {
        if (code[i] == status) {
            return 1;
        }
    }

    return 0;
}

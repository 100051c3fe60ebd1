
/*
 * Copyright (C) ngx_article authors
 *
 * Which web pages may read the answers (the Fetch standard, "CORS protocol").
 * No credentials: the answers are the same for everybody.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_respond.h"


static ngx_uint_t ngx_http_article_cors_any(ngx_array_t *origins);
static ngx_uint_t ngx_http_article_cors_origin(ngx_str_t *value);
static ngx_str_t *ngx_http_article_cors_header(ngx_http_request_t *r,
    ngx_str_t *name);


static ngx_str_t  ngx_http_article_cors_asks =
    ngx_string("Access-Control-Request-Method");
static ngx_str_t  ngx_http_article_cors_from = ngx_string("Origin");


/* nginx.conf is checked: an Origin is scheme, host and port, nothing else. */

char *
ngx_http_article_cors_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_str_t   *value, *origin;
    ngx_uint_t   i;

    value = cf->args->elts;

    if (alcf->cors != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    if (cf->args->nelts == 2 && ngx_strcmp(value[1].data, "off") == 0) {
        alcf->cors = NULL;
        return NGX_CONF_OK;
    }

    alcf->cors = ngx_array_create(cf->pool, cf->args->nelts - 1,
                                  sizeof(ngx_str_t));
    if (alcf->cors == NULL) {
        return NGX_CONF_ERROR;
    }

    for (i = 1; i < cf->args->nelts; i++) {

        if (!ngx_http_article_cors_origin(&value[i])
            && !(cf->args->nelts == 2 && value[i].len == 1
                 && value[i].data[0] == '*'))
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_cors \"%V\" is no origin: write "
                               "\"https://app.example\", without a path, or "
                               "\"*\" or \"off\" alone", &value[i]);
            return NGX_CONF_ERROR;
        }

        origin = ngx_array_push(alcf->cors);
        if (origin == NULL) {
            return NGX_CONF_ERROR;
        }

        *origin = value[i];
    }

    return NGX_CONF_OK;
}


static ngx_uint_t
ngx_http_article_cors_origin(ngx_str_t *value)
{
    u_char  *p, *last;

    p = value->data;
    last = p + value->len;

    if (value->len > 8 && ngx_strncmp(p, "https://", 8) == 0) {
        p += 8;

    } else if (value->len > 7 && ngx_strncmp(p, "http://", 7) == 0) {
        p += 7;

    } else {
        return 0;
    }

    for ( /* void */ ; p < last; p++) {
        if (*p == '/' || *p == '*' || *p == '?' || *p == '#' || *p <= ' ') {
            return 0;
        }
    }

    return 1;
}


ngx_int_t
ngx_http_article_cors(ngx_http_request_t *r)
{
    ngx_str_t                    *origin, *allowed, expose, any, vary;
    ngx_uint_t                    i;
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    if (alcf->cors == NULL) {
        return NGX_OK;
    }

    ngx_str_set(&any, "*");
    ngx_str_set(&vary, "Origin");

    if (ngx_http_article_cors_any(alcf->cors)) {
        allowed = &any;

    } else {
        origin = ngx_http_article_cors_header(r, &ngx_http_article_cors_from);
        allowed = alcf->cors->elts;

        for (i = 0; origin && i < alcf->cors->nelts; i++) {
            if (allowed[i].len == origin->len
                && ngx_strncasecmp(allowed[i].data, origin->data, origin->len)
                   == 0)
            {
                break;
            }
        }

        if (ngx_http_article_header(r, "Vary", &vary, NULL) != NGX_OK) {
            return NGX_ERROR;
        }

        if (origin == NULL || i == alcf->cors->nelts) {
            return NGX_OK;
        }

        allowed = origin;
    }

    ngx_str_set(&expose, "Age, Cache-Status, ETag, Link, Retry-After");

    if (ngx_http_article_header(r, "Access-Control-Allow-Origin", allowed,
                                NULL)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_article_header(r, "Access-Control-Expose-Headers",
                                   &expose, NULL);
}


static ngx_uint_t
ngx_http_article_cors_any(ngx_array_t *origins)
{
    ngx_str_t  *origin;

    origin = origins->elts;

    return origin->len == 1;
}


ngx_int_t
ngx_http_article_send_options(ngx_http_request_t *r)
{
    ngx_str_t                     allow, methods, headers, age;
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    ngx_str_set(&allow, "GET, HEAD, OPTIONS");
    ngx_str_set(&methods, "GET, HEAD");
    ngx_str_set(&headers, "Accept, Cache-Control, If-Modified-Since, "
                          "If-None-Match, Range");
    ngx_str_set(&age, "86400");

    if (ngx_http_article_header(r, "Allow", &allow, NULL) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (alcf->cors
        && ngx_http_article_cors_header(r, &ngx_http_article_cors_asks)
        && (ngx_http_article_header(r, "Access-Control-Allow-Methods",
                                    &methods, NULL)
            != NGX_OK
            || ngx_http_article_header(r, "Access-Control-Allow-Headers",
                                       &headers, NULL)
               != NGX_OK
            || ngx_http_article_header(r, "Access-Control-Max-Age", &age,
                                       NULL)
               != NGX_OK))
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send_empty(r, NGX_HTTP_NO_CONTENT);
}


/* The first of that name; NULL: there is none. */

static ngx_str_t *
ngx_http_article_cors_header(ngx_http_request_t *r, ngx_str_t *name)
{
    ngx_table_elt_t             *h;
    ngx_http_article_headers_t   headers;

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);
    h = ngx_http_article_headers_next(&headers, name);

    return h ? &h->value : NULL;
}

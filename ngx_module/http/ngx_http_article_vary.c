
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_vary.h"
#include "ngx_http_article_headers.h"


/* Hex digits of a variant. */
#define NGX_HTTP_ARTICLE_VARIANT_LEN  (2 * NGX_HTTP_ARTICLE_KEY_LEN)


static ngx_int_t ngx_http_article_vary_header(ngx_http_request_t *r,
    ngx_str_t *name, ngx_str_t *value);
static ngx_int_t ngx_http_article_vary_plain(ngx_pool_t *pool,
    ngx_str_t *name, ngx_str_t *value);
static ngx_uint_t ngx_http_article_vary_has(ngx_str_t *list,
    ngx_str_t *name);
static void ngx_http_article_vary_hex(ngx_str_t *address, u_char *hex);


ngx_array_t *
ngx_http_article_vary_headers(ngx_http_request_t *r, ngx_array_t *passed)
{
    ngx_str_t     *name, value;
    ngx_uint_t     i;
    ngx_array_t   *headers;
    ngx_keyval_t  *kv;

    headers = ngx_array_create(r->pool, passed->nelts, sizeof(ngx_keyval_t));
    if (headers == NULL) {
        return NULL;
    }

    name = passed->elts;

    for (i = 0; i < passed->nelts; i++) {

        if (ngx_http_article_vary_header(r, &name[i], &value) != NGX_OK) {
            return NULL;
        }

        if (value.len == 0) {
            continue;
        }

        if (ngx_http_article_vary_plain(r->pool, &name[i], &value) != NGX_OK) {
            return NULL;
        }

        /* there is room: no more than passed->nelts */

        kv = ngx_array_push(headers);

        kv->key = name[i];
        kv->value = value;
    }

    return headers;
}


/* All of that name, joined; empty if there is none. */

static ngx_int_t
ngx_http_article_vary_header(ngx_http_request_t *r, ngx_str_t *name,
    ngx_str_t *value)
{
    u_char                      *p;
    ngx_table_elt_t             *h;
    ngx_http_article_headers_t   headers;

    ngx_str_null(value);

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);

    while ((h = ngx_http_article_headers_next(&headers, name)) != NULL) {

        if (value->len == 0) {
            *value = h->value;
            continue;
        }

        p = ngx_pnalloc(r->pool, value->len + 2 + h->value.len);
        if (p == NULL) {
            return NGX_ERROR;
        }

        value->len = ngx_sprintf(p, "%V, %V", value, &h->value) - p;
        value->data = p;
    }

    return NGX_OK;
}


/*
 * Accept and its kin are lists in which space and, but for quoted strings,
 * letters' case mean nothing (RFC 9110, 12.5): "vi, en" and "VI,en" are one
 * variant.  The portal gets it so, too.
 */

static ngx_int_t
ngx_http_article_vary_plain(ngx_pool_t *pool, ngx_str_t *name,
    ngx_str_t *value)
{
    u_char  *p, *last, *out;

    if (name->len < sizeof("Accept") - 1
        || ngx_strncasecmp(name->data, (u_char *) "Accept",
                           sizeof("Accept") - 1)
           != 0
        || ngx_strlchr(value->data, value->data + value->len, '"'))
    {
        return NGX_OK;
    }

    out = ngx_pnalloc(pool, value->len);
    if (out == NULL) {
        return NGX_ERROR;
    }

    p = value->data;
    last = p + value->len;
    value->data = out;

    for ( /* void */ ; p < last; p++) {
        if (*p != ' ' && *p != '\t') {
            *out++ = ngx_tolower(*p);
        }
    }

    value->len = out - value->data;

    return NGX_OK;
}


ngx_int_t
ngx_http_article_vary_names(ngx_pool_t *pool, ngx_array_t *passed,
    ngx_str_t *vary, ngx_str_t *names)
{
    size_t       len;
    u_char      *p;
    ngx_str_t   *name;
    ngx_uint_t   i;

    ngx_str_null(names);

    if (passed == NULL || vary->len == 0) {
        return NGX_OK;
    }

    name = passed->elts;

    for (i = 0, len = 0; i < passed->nelts; i++) {
        len += name[i].len + sizeof(", ") - 1;
    }

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    names->data = p;

    for (i = 0; i < passed->nelts; i++) {

        if (!ngx_http_article_vary_has(vary, &name[i])) {
            continue;
        }

        if (p != names->data) {
            *p++ = ',';
            *p++ = ' ';
        }

        p = ngx_cpymem(p, name[i].data, name[i].len);
    }

    names->len = p - names->data;

    return NGX_OK;
}


static ngx_uint_t
ngx_http_article_vary_has(ngx_str_t *list, ngx_str_t *name)
{
    u_char  *p, *last, *start;

    p = list->data;
    last = p + list->len;

    while (p < last) {

        while (p < last && (*p == ',' || *p == ' ' || *p == '\t')) {
            p++;
        }

        start = p;

        while (p < last && *p != ',' && *p != ' ' && *p != '\t') {
            p++;
        }

        if ((size_t) (p - start) == name->len && name->len
            && ngx_strncasecmp(start, name->data, name->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


ngx_int_t
ngx_http_article_vary_address(ngx_pool_t *pool, ngx_str_t *base,
    ngx_http_article_value_t *value, ngx_array_t *headers,
    ngx_str_t *address)
{
    size_t         len;
    u_char        *p;
    ngx_uint_t     i;
    ngx_keyval_t  *kv;

    kv = headers ? headers->elts : NULL;
    len = base->len + 1 + value->series.len;

    for (i = 0; headers && i < headers->nelts; i++) {
        len += kv[i].key.len + kv[i].value.len + sizeof(" =") - 1
               + 2 * ngx_escape_uri(NULL, kv[i].value.data, kv[i].value.len,
                                    NGX_ESCAPE_URI_COMPONENT);
    }

    p = ngx_pnalloc(pool, len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    address->data = p;
    p = ngx_sprintf(p, "%V %V", base, &value->series);

    for (i = 0; headers && i < headers->nelts; i++) {

        if (!ngx_http_article_vary_has(&value->vary, &kv[i].key)) {
            continue;
        }

        p = ngx_sprintf(p, " %V=", &kv[i].key);
        p = (u_char *) ngx_escape_uri(p, kv[i].value.data, kv[i].value.len,
                                      NGX_ESCAPE_URI_COMPONENT);
    }

    address->len = p - address->data;

    return NGX_OK;
}


void
ngx_http_article_vary_series(u_char *series)
{
    ngx_sprintf(series, "%08xD%08xD", (uint32_t) ngx_random(),
                (uint32_t) ngx_random());
}


ngx_uint_t
ngx_http_article_vary_is(ngx_http_article_value_t *value, ngx_str_t *address)
{
    u_char  hex[NGX_HTTP_ARTICLE_VARIANT_LEN];

    ngx_http_article_vary_hex(address, hex);

    return value->variant.len == NGX_HTTP_ARTICLE_VARIANT_LEN
           && ngx_memcmp(value->variant.data, hex,
                         NGX_HTTP_ARTICLE_VARIANT_LEN)
              == 0;
}


ngx_int_t
ngx_http_article_vary_set(ngx_pool_t *pool, ngx_http_article_value_t *value,
    ngx_str_t *address)
{
    value->variant.data = ngx_pnalloc(pool, NGX_HTTP_ARTICLE_VARIANT_LEN);
    if (value->variant.data == NULL) {
        return NGX_ERROR;
    }

    value->variant.len = NGX_HTTP_ARTICLE_VARIANT_LEN;
    ngx_http_article_vary_hex(address, value->variant.data);

    return NGX_OK;
}


static void
ngx_http_article_vary_hex(ngx_str_t *address, u_char *hex)
{
    u_char  key[NGX_HTTP_ARTICLE_KEY_LEN];

    ngx_http_article_value_key(address, key);
    ngx_hex_dump(hex, key, NGX_HTTP_ARTICLE_KEY_LEN);
}

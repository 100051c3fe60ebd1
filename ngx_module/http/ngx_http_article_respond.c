
/*
 * Copyright (C) ngx_article authors
 *
 * Conditions, HEAD and ranges are nginx's own: it needs ETag, Last-Modified,
 * r->allow_ranges and the body in one buffer.
 */


#include "ngx_http_article_respond.h"
#include "ngx_http_article_conf.h"
#include "compat.h"


static ngx_int_t ngx_http_article_send(ngx_http_request_t *r,
    ngx_uint_t status, ngx_str_t *type, ngx_str_t *body);
static ngx_int_t ngx_http_article_value_headers(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_str_t *url,
    ngx_http_article_keep_e keep);
static ngx_int_t ngx_http_article_last_modified(ngx_http_request_t *r,
    ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_gzip_header(ngx_http_request_t *r);
static ngx_int_t ngx_http_article_etag(ngx_http_request_t *r,
    ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_cache_control(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_http_article_keep_e keep);
static ngx_int_t ngx_http_article_portal_words(ngx_http_request_t *r,
    ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_max_age(ngx_http_request_t *r,
    ngx_http_article_value_t *value, time_t client_max_age);
static ngx_int_t ngx_http_article_link(ngx_http_request_t *r, ngx_str_t *url);
static ngx_int_t ngx_http_article_vary(ngx_http_request_t *r,
    ngx_str_t *names);


static ngx_str_t  ngx_http_article_type_json =
    ngx_string("application/json; charset=utf-8");
static ngx_str_t  ngx_http_article_type_problem =
    ngx_string("application/problem+json; charset=utf-8");


ngx_uint_t
ngx_http_article_reason_status(article_reason_t reason)
{
    switch (reason) {

    case ARTICLE_OK:
        return NGX_HTTP_OK;

    case ARTICLE_NOT_AN_ARTICLE:
    case ARTICLE_ORIGIN_NOT_FOUND:
        return NGX_HTTP_NOT_FOUND;

    case ARTICLE_ORIGIN_GONE:
    case ARTICLE_WITHDRAWN:
        return 410;

    case ARTICLE_PURGE_UNKNOWN:
    case ARTICLE_BAD_ARGUMENT:
        return NGX_HTTP_BAD_REQUEST;

    case ARTICLE_PATH_REFUSED:
    case ARTICLE_PURGE_REFUSED:
        return NGX_HTTP_FORBIDDEN;

    case ARTICLE_METHOD_REFUSED:
        return NGX_HTTP_NOT_ALLOWED;

    case ARTICLE_ORIGIN_TIMEOUT:
        return NGX_HTTP_GATEWAY_TIME_OUT;

    case ARTICLE_OVERLOADED:
    case ARTICLE_REDIS_DOWN:
    case ARTICLE_REDIS_TIMEOUT:
    case ARTICLE_REDIS_ERROR:
        return NGX_HTTP_SERVICE_UNAVAILABLE;

    case ARTICLE_NO_MEMORY:
    case ARTICLE_INTERNAL_ERROR:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;

    default:
        return NGX_HTTP_BAD_GATEWAY;
    }
}


ngx_int_t
ngx_http_article_problem(ngx_pool_t *pool, ngx_uint_t status,
    article_reason_t reason, ngx_str_t *instance, ngx_str_t *json)
{
    size_t           size;
    article_slice_t  slice;

    slice.data = (char *) instance->data;
    slice.len = instance->len;

    size = ARTICLE_PROBLEM_SIZE + 6 * instance->len;

    json->data = ngx_pnalloc(pool, size);
    if (json->data == NULL) {
        return NGX_ERROR;
    }

    json->len = article_problem((char *) json->data, size, status, reason,
                                slice);

    return json->len ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_http_article_send_value(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_str_t *url,
    ngx_http_article_keep_e keep)
{
    if (ngx_http_article_value_headers(r, value, url, keep) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send(r, value->status,
                                 ngx_http_article_value_readable(value)
                                 ? &ngx_http_article_type_json
                                 : &ngx_http_article_type_problem,
                                 &value->item);
}


ngx_int_t
ngx_http_article_send_problem(ngx_http_request_t *r, ngx_uint_t status,
    article_reason_t reason, ngx_str_t *instance)
{
    ngx_str_t   json;
    ngx_str_t   keep = ngx_string("no-store");

    if (ngx_http_article_problem(r->pool, status, reason, instance, &json)
        != NGX_OK
        || ngx_http_article_header(r, "Cache-Control", &keep, NULL) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send(r, status, &ngx_http_article_type_problem,
                                 &json);
}


ngx_int_t
ngx_http_article_send_redirect(ngx_http_request_t *r, ngx_uint_t status,
    ngx_str_t *location)
{
    ngx_str_t   keep = ngx_string("no-cache");

    if (ngx_http_article_header(r, "Location", location,
                                &r->headers_out.location)
        != NGX_OK
        || ngx_http_article_header(r, "Cache-Control", &keep, NULL) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send_empty(r, status);
}


ngx_int_t
ngx_http_article_send_empty(ngx_http_request_t *r, ngx_uint_t status)
{
    ngx_str_t  empty;

    ngx_str_null(&empty);

    return ngx_http_article_send(r, status, NULL, &empty);
}


ngx_int_t
ngx_http_article_send_json(ngx_http_request_t *r, ngx_uint_t status,
    ngx_str_t *json)
{
    return ngx_http_article_send_text(r, status, &ngx_http_article_type_json,
                                      json);
}


ngx_int_t
ngx_http_article_send_text(ngx_http_request_t *r, ngx_uint_t status,
    ngx_str_t *type, ngx_str_t *text)
{
    ngx_str_t   keep = ngx_string("no-store");

    if (ngx_http_article_header(r, "Cache-Control", &keep, NULL) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_article_send(r, status, type, text);
}


static ngx_int_t
ngx_http_article_send(ngx_http_request_t *r, ngx_uint_t status,
    ngx_str_t *type, ngx_str_t *body)
{
    ngx_int_t     rc;
    ngx_buf_t    *b;
    ngx_str_t     robots = ngx_string("noindex");
    ngx_chain_t   out;

    if (ngx_http_article_header(r, "X-Robots-Tag", &robots, NULL) != NGX_OK
        || ngx_http_article_cors(r) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->headers_out.status = status;
    r->headers_out.content_length_n = body->len;

    if (type) {
        r->headers_out.content_type = *type;
        r->headers_out.content_type_len = ngx_strlchr(type->data,
                                                      type->data + type->len,
                                                      ';')
                                          - type->data;
        r->headers_out.content_type_lowcase = NULL;
    }

    rc = ngx_http_send_header(r);

    if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) {
        return (rc == NGX_AGAIN) ? NGX_OK : rc;
    }

    b = ngx_calloc_buf(r->pool);
    if (b == NULL) {
        return NGX_ERROR;
    }

    b->pos = body->data;
    b->last = body->data + body->len;
    b->memory = (body->len > 0);
    b->last_buf = (r == r->main);
    b->last_in_chain = 1;
    b->sync = (body->len == 0 && r != r->main);

    out.buf = b;
    out.next = NULL;

    rc = ngx_http_output_filter(r, &out);

    /*
     * NGX_AGAIN: the client takes no more for now.  nginx sends the rest once
     * the request is finalized; here it would mean that the answer is still
     * waited for, and nobody would go on.
     */

    return (rc == NGX_AGAIN) ? NGX_OK : rc;
}


static ngx_int_t
ngx_http_article_value_headers(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_str_t *url,
    ngx_http_article_keep_e keep)
{
    if (ngx_http_article_cache_control(r, value, keep) != NGX_OK) {
        return NGX_ERROR;
    }

    if (!ngx_http_article_value_readable(value)) {
        return NGX_OK;
    }

    if (ngx_http_article_last_modified(r, value) != NGX_OK) {
        return NGX_ERROR;
    }

    if (value->gzip && ngx_http_article_gzip_header(r) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_article_etag(r, value) != NGX_OK
        || ngx_http_article_vary(r, &value->vary) != NGX_OK
        || (url->len && ngx_http_article_link(r, url) != NGX_OK))
    {
        return NGX_ERROR;
    }

    return NGX_OK;
}


/* nginx sends its own with 200 and the answers it makes of that alone. */

static ngx_int_t
ngx_http_article_last_modified(ngx_http_request_t *r,
    ngx_http_article_value_t *value)
{
    ngx_str_t  s;

    if (value->status == NGX_HTTP_OK) {
        r->headers_out.last_modified_time = value->changed;
        r->allow_ranges = 1;
        return NGX_OK;
    }

    s.data = ngx_pnalloc(r->pool, sizeof("Mon, 28 Sep 1970 06:00:00 GMT"));
    if (s.data == NULL) {
        return NGX_ERROR;
    }

    s.len = ngx_http_time(s.data, value->changed) - s.data;

    return ngx_http_article_header(r, "Last-Modified", &s, NULL);
}


static ngx_int_t
ngx_http_article_gzip_header(ngx_http_request_t *r)
{
    ngx_str_t  gzip = ngx_string("gzip");

    return ngx_http_article_header(r, "Content-Encoding", &gzip,
                                   &r->headers_out.content_encoding);
}


/* Strong, so that each form has its own. */

static ngx_int_t
ngx_http_article_etag(ngx_http_request_t *r, ngx_http_article_value_t *value)
{
    ngx_str_t  quoted;

    if (value->etag.len == 0) {
        return NGX_OK;
    }

    quoted.data = ngx_pnalloc(r->pool,
                              value->etag.len + sizeof("\"-s-gz\"") - 1);
    if (quoted.data == NULL) {
        return NGX_ERROR;
    }

    quoted.len = ngx_sprintf(quoted.data, "\"%V%s%s\"", &value->etag,
                             value->brief ? "-s" : "",
                             value->gzip ? "-gz" : "")
                 - quoted.data;

    return ngx_http_article_header(r, "ETag", &quoted, &r->headers_out.etag);
}


/*
 * What the portal says itself is handed on as it is, beside the Age, unless
 * article_client_max_age says otherwise (RFC 9111, 5.1 to 5.3).
 */

static ngx_int_t
ngx_http_article_cache_control(ngx_http_request_t *r,
    ngx_http_article_value_t *value, ngx_http_article_keep_e keep)
{
    ngx_str_t                     s;
    ngx_http_article_loc_conf_t  *alcf;

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    if ((keep == NGX_HTTP_ARTICLE_KEEP_FORBIDDEN
         || (keep == NGX_HTTP_ARTICLE_KEEP_FRESH
             && alcf->client_max_age == NGX_CONF_UNSET))
        && (value->control.len || value->expires.len))
    {
        return ngx_http_article_portal_words(r, value);
    }

    switch (keep) {

    case NGX_HTTP_ARTICLE_KEEP_FRESH:
        return ngx_http_article_max_age(r, value, alcf->client_max_age);

    case NGX_HTTP_ARTICLE_KEEP_CHECK:
        ngx_str_set(&s, "no-cache");
        break;

    default:
        ngx_str_set(&s, "private, no-cache");
        break;
    }

    return ngx_http_article_header(r, "Cache-Control", &s, NULL);
}


static ngx_int_t
ngx_http_article_portal_words(ngx_http_request_t *r,
    ngx_http_article_value_t *value)
{
    ngx_str_t  date;

    if (value->control.len
        && ngx_http_article_header(r, "Cache-Control", &value->control, NULL)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (value->expires.len == 0) {
        return NGX_OK;
    }

    if (ngx_http_article_header(r, "Expires", &value->expires,
                                &r->headers_out.expires)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (value->date == 0) {
        return NGX_OK;
    }

    /* Expires is by the portal's clock */

    date.data = ngx_pnalloc(r->pool, sizeof("Mon, 28 Sep 1970 06:00:00 GMT"));
    if (date.data == NULL) {
        return NGX_ERROR;
    }

    date.len = ngx_http_time(date.data, value->date) - date.data;

    return ngx_http_article_header(r, "Date", &date, &r->headers_out.date);
}


/* The Age is a part of max-age (RFC 9111, 4.2): what is left, and it. */

static ngx_int_t
ngx_http_article_max_age(ngx_http_request_t *r,
    ngx_http_article_value_t *value, time_t client_max_age)
{
    time_t     now, life;
    ngx_str_t  s;

    now = ngx_time();
    life = value->fresh - value->stored + value->age;

    if (client_max_age != NGX_CONF_UNSET
        && ngx_http_article_value_readable(value))
    {
        life = ngx_max(now - value->stored, 0) + value->age + client_max_age;
    }

    if (value->fresh <= now) {
        ngx_str_set(&s, "no-cache");
        return ngx_http_article_header(r, "Cache-Control", &s, NULL);
    }

    s.data = ngx_pnalloc(r->pool,
                         sizeof("public, max-age=") + NGX_TIME_T_LEN);
    if (s.data == NULL) {
        return NGX_ERROR;
    }

    s.len = ngx_sprintf(s.data, "public, max-age=%T", life) - s.data;

    return ngx_http_article_header(r, "Cache-Control", &s, NULL);
}


static ngx_int_t
ngx_http_article_link(ngx_http_request_t *r, ngx_str_t *url)
{
    ngx_str_t  link;

    link.len = sizeof("<>; rel=\"canonical\"") - 1 + url->len;

    link.data = ngx_pnalloc(r->pool, link.len);
    if (link.data == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(link.data, "<%V>; rel=\"canonical\"", url);

    return ngx_http_article_header(r, "Link", &link, NULL);
}


/*
 * Accept-Encoding by nginx where "gzip_vary on" holds, else by us; without a
 * gzip form of ours the answer does not depend on it.
 */

static ngx_int_t
ngx_http_article_vary(ngx_http_request_t *r, ngx_str_t *names)
{
    ngx_str_t                     vary = ngx_string("Accept-Encoding");
    ngx_http_core_loc_conf_t     *clcf;
    ngx_http_article_loc_conf_t  *alcf;

    if (names->len) {

        if (ngx_http_article_header(r, "Vary", names, NULL) != NGX_OK) {
            return NGX_ERROR;
        }

        if (names->data[0] == '*') {
            return NGX_OK;
        }
    }

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);
    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    if (!alcf->gzip) {
        return NGX_OK;
    }

#if (NGX_HTTP_GZIP)
    if (clcf->gzip_vary) {
        r->gzip_vary = 1;
        return NGX_OK;
    }
#endif

    (void) clcf;

    return ngx_http_article_header(r, "Vary", &vary, NULL);
}


ngx_int_t
ngx_http_article_header(ngx_http_request_t *r, const char *name,
    ngx_str_t *value, ngx_table_elt_t **header)
{
    ngx_table_elt_t  *h;

    h = ngx_list_push(&r->headers_out.headers);
    if (h == NULL) {
        return NGX_ERROR;
    }

    h->hash = 1;
    h->key.data = (u_char *) name;
    h->key.len = ngx_strlen(name);
    h->value = *value;
    ngx_http_article_header_end(h);

    if (header) {
        *header = h;
    }

    return NGX_OK;
}


ngx_http_article_keep_e
ngx_http_article_keep_unstored(article_reason_t reason)
{
    switch (reason) {

    case ARTICLE_CACHE_OFF:
        return NGX_HTTP_ARTICLE_KEEP_CHECK;

    case ARTICLE_ORIGIN_PRIVATE:
    case ARTICLE_ORIGIN_VARY:
        return NGX_HTTP_ARTICLE_KEEP_FORBIDDEN;

    default:
        return NGX_HTTP_ARTICLE_KEEP_PRIVATE;
    }
}

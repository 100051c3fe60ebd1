
/*
 * Copyright (C) ngx_article authors
 *
 * Set-Cookie, Vary: * and the forbidding words first, then the lifetime:
 *
 *   s-maxage, max-age, Expires    less Age: the portal's own word
 *   article_cache_valid           only where the portal says nothing
 */


#include "ngx_http_article_freshness.h"


/* More seconds than this (ten years) count as this. */
#define NGX_HTTP_ARTICLE_FRESHNESS_MAX    (10 * 365 * 86400)

/* A page may be used stale this long unless the portal says how long. */
#define NGX_HTTP_ARTICLE_FRESHNESS_STALE  86400

/* What can be asked about is kept so long after it was fresh. */
#define NGX_HTTP_ARTICLE_FRESHNESS_KEPT   86400

#define NGX_HTTP_ARTICLE_FRESHNESS_NONE   (-1)


/* What Cache-Control says; times are seconds, or _NONE. */
typedef struct {
    time_t      max_age;
    time_t      s_maxage;
    time_t      stale_while_revalidate;
    time_t      stale_if_error;
    ngx_uint_t  forbidden;              /* unsigned  forbidden:1; */
    ngx_uint_t  no_cache;               /* unsigned  no_cache:1; */
    ngx_uint_t  must_revalidate;        /* unsigned  must_revalidate:1; */
    ngx_uint_t  must_understand;        /* unsigned  must_understand:1; */
} ngx_http_article_cache_control_t;


static ngx_uint_t ngx_http_article_forbidden(
    ngx_http_article_origin_headers_t *headers, ngx_uint_t ignore,
    ngx_http_article_cache_control_t *control,
    ngx_http_article_freshness_t *freshness);
static void ngx_http_article_cache_control(ngx_str_t *header,
    ngx_http_article_cache_control_t *control);
static void ngx_http_article_cache_control_word(ngx_str_t *name,
    ngx_str_t *value, ngx_http_article_cache_control_t *control);
static u_char *ngx_http_article_cache_control_next(u_char *p, u_char *last,
    ngx_str_t *name, ngx_str_t *value);
static time_t ngx_http_article_seconds(ngx_str_t *value);
static time_t ngx_http_article_age(ngx_str_t *age);

static time_t ngx_http_article_lifetime(
    ngx_http_article_origin_headers_t *headers, ngx_uint_t ignore,
    ngx_http_article_cache_control_t *control, time_t now);
static time_t ngx_http_article_expires(
    ngx_http_article_origin_headers_t *headers, time_t now);
static time_t ngx_http_article_valid(
    ngx_http_article_origin_headers_t *headers, ngx_array_t *valid,
    time_t now);
static time_t ngx_http_article_heuristic(
    ngx_http_article_origin_headers_t *headers, ngx_uint_t percent,
    time_t now);
static time_t ngx_http_article_stale(
    ngx_http_article_origin_headers_t *headers,
    ngx_http_article_cache_control_t *control);
static ngx_uint_t ngx_http_article_vary_any(ngx_str_t *vary);
static ngx_uint_t ngx_http_article_storable(ngx_uint_t status);
static ngx_uint_t ngx_http_article_understood(ngx_uint_t status);


#define ngx_http_article_word_is(str, word)                                   \
    ((str)->len == sizeof(word) - 1                                           \
     && ngx_strncasecmp((str)->data, (u_char *) word, sizeof(word) - 1) == 0)


void
ngx_http_article_freshness(ngx_http_article_origin_headers_t *headers,
    ngx_array_t *valid, ngx_uint_t ignore, time_t now,
    ngx_http_article_freshness_t *freshness)
{
    time_t                            fresh;
    ngx_str_t                         none;
    ngx_http_article_cache_control_t  control;

    freshness->fresh = 0;
    freshness->stale = 0;
    freshness->updating = NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    freshness->age = ngx_http_article_age(&headers->age);
    freshness->header = NULL;
    ngx_str_null(&freshness->said);
    ngx_str_null(&none);

    ngx_http_article_cache_control(
                              (ignore & NGX_HTTP_ARTICLE_IGNORE_CACHE_CONTROL)
                              ? &none : &headers->cache_control, &control);

    freshness->kept = 0;

    if (ngx_http_article_forbidden(headers, ignore, &control, freshness)) {
        return;
    }

    if (headers->page && (headers->etag.len || headers->last_modified.len)) {
        freshness->kept = NGX_HTTP_ARTICLE_FRESHNESS_KEPT;
    }

    if (control.no_cache) {
        return;
    }

    if (control.max_age == NGX_HTTP_ARTICLE_FRESHNESS_NONE
        && control.s_maxage == NGX_HTTP_ARTICLE_FRESHNESS_NONE)
    {
        freshness->header = "Expires";
        freshness->said = headers->expires;
    }

    fresh = ngx_http_article_lifetime(headers, ignore, &control, now);

    if (fresh == NGX_HTTP_ARTICLE_FRESHNESS_NONE) {
        freshness->reason = ARTICLE_CACHE_OFF;
        freshness->header = NULL;
        ngx_str_null(&freshness->said);

        fresh = ngx_http_article_valid(headers, valid, now);

        if (fresh <= 0) {
            freshness->kept = 0;
        }
    }

    if (fresh <= 0) {
        return;
    }

    freshness->fresh = ngx_min(fresh, NGX_HTTP_ARTICLE_FRESHNESS_MAX);
    freshness->stale = ngx_http_article_stale(headers, &control);
    freshness->updating = control.stale_while_revalidate;
    freshness->reason = ARTICLE_OK;
    freshness->header = NULL;
    ngx_str_null(&freshness->said);
}


/* Not to be stored at all; or freshness says which header may yet do so. */

static ngx_uint_t
ngx_http_article_forbidden(ngx_http_article_origin_headers_t *headers,
    ngx_uint_t ignore, ngx_http_article_cache_control_t *control,
    ngx_http_article_freshness_t *freshness)
{
    if (!headers->page && !ngx_http_article_storable(headers->status)) {
        freshness->reason = ARTICLE_CACHE_OFF;
        return 1;
    }

    if (headers->set_cookie && !(ignore & NGX_HTTP_ARTICLE_IGNORE_SET_COOKIE))
    {
        freshness->reason = ARTICLE_ORIGIN_SET_COOKIE;
        freshness->header = "Set-Cookie";
        return 1;
    }

    if (!(ignore & NGX_HTTP_ARTICLE_IGNORE_VARY)
        && ngx_http_article_vary_any(&headers->vary))
    {
        freshness->reason = ARTICLE_ORIGIN_VARY;
        freshness->header = "Vary";
        freshness->said = headers->vary;
        return 1;
    }

    freshness->reason = ARTICLE_ORIGIN_PRIVATE;
    freshness->header = "Cache-Control";
    freshness->said = headers->cache_control;

    if (control->forbidden
        || (control->must_understand
            && !ngx_http_article_understood(headers->status)))
    {
        return 1;
    }

    return 0;
}


static void
ngx_http_article_cache_control(ngx_str_t *header,
    ngx_http_article_cache_control_t *control)
{
    u_char     *p, *last;
    ngx_str_t   name, value;

    control->max_age = NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    control->s_maxage = NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    control->stale_while_revalidate = NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    control->stale_if_error = NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    control->forbidden = 0;
    control->no_cache = 0;
    control->must_revalidate = 0;
    control->must_understand = 0;

    p = header->data;
    last = p + header->len;

    while (p < last) {
        p = ngx_http_article_cache_control_next(p, last, &name, &value);
        ngx_http_article_cache_control_word(&name, &value, control);
    }
}


/* Of a directive that comes twice the first one counts (RFC 9111, 4.2.1). */

static void
ngx_http_article_cache_control_word(ngx_str_t *name, ngx_str_t *value,
    ngx_http_article_cache_control_t *control)
{
    time_t  *seconds;

    if (ngx_http_article_word_is(name, "private")
        || ngx_http_article_word_is(name, "no-store"))
    {
        control->forbidden = 1;
        return;
    }

    if (ngx_http_article_word_is(name, "no-cache")) {
        control->no_cache = 1;
        return;
    }

    if (ngx_http_article_word_is(name, "must-understand")) {
        control->must_understand = 1;
        return;
    }

    if (ngx_http_article_word_is(name, "must-revalidate")
        || ngx_http_article_word_is(name, "proxy-revalidate"))
    {
        control->must_revalidate = 1;
        return;
    }

    if (ngx_http_article_word_is(name, "s-maxage")) {
        seconds = &control->s_maxage;

    } else if (ngx_http_article_word_is(name, "max-age")) {
        seconds = &control->max_age;

    } else if (ngx_http_article_word_is(name, "stale-while-revalidate")) {
        seconds = &control->stale_while_revalidate;

    } else if (ngx_http_article_word_is(name, "stale-if-error")) {
        seconds = &control->stale_if_error;

    } else {
        return;
    }

    if (*seconds == NGX_HTTP_ARTICLE_FRESHNESS_NONE) {
        *seconds = ngx_http_article_seconds(value);
    }
}


/* One "name", "name=value" or "name="value""; returns where the next is. */

static u_char *
ngx_http_article_cache_control_next(u_char *p, u_char *last, ngx_str_t *name,
    ngx_str_t *value)
{
    ngx_uint_t  quoted;

    while (p < last && (*p == ' ' || *p == '\t' || *p == ',')) {
        p++;
    }

    name->data = p;

    while (p < last && *p != '=' && *p != ',' && *p != ' ' && *p != '\t') {
        p++;
    }

    name->len = p - name->data;

    ngx_str_null(value);

    while (p < last && (*p == ' ' || *p == '\t')) {
        p++;
    }

    if (p == last || *p != '=') {
        return p;
    }

    value->data = ++p;

    for (quoted = 0; p < last && (quoted || *p != ','); p++) {

        if (*p == '"') {
            quoted = !quoted;

        } else if (quoted && *p == '\\' && p + 1 < last) {
            p++;
        }
    }

    value->len = p - value->data;

    return p;
}


/* Digits, in quotes perhaps; anything else is no time at all: 0. */

static time_t
ngx_http_article_seconds(ngx_str_t *value)
{
    time_t   n;
    u_char  *p, *last;

    p = value->data;
    last = p + value->len;

    while (p < last && *p == ' ') {
        p++;
    }

    while (p < last && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }

    if (last - p >= 2 && *p == '"' && last[-1] == '"') {
        p++;
        last--;
    }

    for (n = 0; p < last; p++) {

        if (*p < '0' || *p > '9') {
            return 0;
        }

        n = ngx_min(n * 10 + (*p - '0'), NGX_HTTP_ARTICLE_FRESHNESS_MAX);
    }

    return n;
}


/* What is no number makes the answer stale: nobody knows how old it is. */

static time_t
ngx_http_article_age(ngx_str_t *age)
{
    u_char  *p, *last;

    last = age->data + age->len;

    for (p = age->data; p < last; p++) {
        if (*p < '0' || *p > '9') {
            return NGX_HTTP_ARTICLE_FRESHNESS_MAX;
        }
    }

    return ngx_http_article_seconds(age);
}


/* By the portal's headers: 0 or less: not to be stored; or _NONE. */

static time_t
ngx_http_article_lifetime(ngx_http_article_origin_headers_t *headers,
    ngx_uint_t ignore, ngx_http_article_cache_control_t *control, time_t now)
{
    time_t  lifetime;

    if (control->s_maxage != NGX_HTTP_ARTICLE_FRESHNESS_NONE) {
        lifetime = control->s_maxage;

    } else if (control->max_age != NGX_HTTP_ARTICLE_FRESHNESS_NONE) {
        lifetime = control->max_age;

    } else if (headers->expires.len
               && !(ignore & NGX_HTTP_ARTICLE_IGNORE_EXPIRES))
    {
        lifetime = ngx_http_article_expires(headers, now);

    } else {
        return NGX_HTTP_ARTICLE_FRESHNESS_NONE;
    }

    lifetime -= ngx_http_article_age(&headers->age);

    return ngx_max(lifetime, 0);
}


/* Against the portal's own clock if it shows one; "0" and "1981" are over. */

static time_t
ngx_http_article_expires(ngx_http_article_origin_headers_t *headers,
    time_t now)
{
    time_t  expires, date;

    expires = ngx_parse_http_time(headers->expires.data, headers->expires.len);

    if (expires == NGX_ERROR) {
        return 0;
    }

    date = ngx_parse_http_time(headers->date.data, headers->date.len);

    return expires - ((date == NGX_ERROR) ? now : date);
}


static time_t
ngx_http_article_valid(ngx_http_article_origin_headers_t *headers,
    ngx_array_t *valid, time_t now)
{
    ngx_uint_t                 i;
    ngx_http_article_valid_t  *v;

    if (valid == NULL) {
        return 0;
    }

    v = valid->elts;

    for (i = 0; i < valid->nelts; i++) {

        if (v[i].status == 0 || v[i].status == headers->status) {
            return v[i].percent ? ngx_http_article_heuristic(headers,
                                                             v[i].percent, now)
                                : v[i].valid;
        }
    }

    return 0;
}


/* What has not changed for long is not likely to now (RFC 9111, 4.2.2). */

static time_t
ngx_http_article_heuristic(ngx_http_article_origin_headers_t *headers,
    ngx_uint_t percent, time_t now)
{
    time_t      date, modified;
    ngx_str_t  *s;

    s = &headers->last_modified;
    modified = ngx_parse_http_time(s->data, s->len);

    s = &headers->date;
    date = ngx_parse_http_time(s->data, s->len);

    if (date == NGX_ERROR) {
        date = now;
    }

    if (modified == NGX_ERROR || modified >= date) {
        return 0;
    }

    return ngx_min((date - modified) / 100 * (time_t) percent
                   + (date - modified) % 100 * (time_t) percent / 100,
                   NGX_HTTP_ARTICLE_FRESHNESS_STALE);
}


/* What is not there is never shown as if it still were not. */

static time_t
ngx_http_article_stale(ngx_http_article_origin_headers_t *headers,
    ngx_http_article_cache_control_t *control)
{
    time_t  stale;

    if (!headers->page || control->must_revalidate) {
        return 0;
    }

    stale = ngx_max(control->stale_while_revalidate, control->stale_if_error);

    if (stale != NGX_HTTP_ARTICLE_FRESHNESS_NONE) {
        return stale;
    }

    /* s-maxage is a proxy-revalidate as well (RFC 9111, 5.2.2.10) */

    return (control->s_maxage != NGX_HTTP_ARTICLE_FRESHNESS_NONE)
           ? 0 : NGX_HTTP_ARTICLE_FRESHNESS_STALE;
}


static ngx_uint_t
ngx_http_article_vary_any(ngx_str_t *vary)
{
    return vary->len && ngx_strlchr(vary->data, vary->data + vary->len, '*');
}


static ngx_uint_t
ngx_http_article_storable(ngx_uint_t status)
{
    return status == NGX_HTTP_OK
           || status == NGX_HTTP_NOT_FOUND
           || status == 410;
}


/* Statuses whose caching RFC 9110, 15.1, defines. */

static ngx_uint_t
ngx_http_article_understood(ngx_uint_t status)
{
    switch (status) {

    case NGX_HTTP_OK:
    case 203:
    case NGX_HTTP_NO_CONTENT:
    case 300:
    case NGX_HTTP_MOVED_PERMANENTLY:
    case NGX_HTTP_PERMANENT_REDIRECT:
    case NGX_HTTP_NOT_FOUND:
    case NGX_HTTP_NOT_ALLOWED:
    case 410:
    case NGX_HTTP_REQUEST_URI_TOO_LARGE:
    case NGX_HTTP_NOT_IMPLEMENTED:
        return 1;

    default:
        return 0;
    }
}

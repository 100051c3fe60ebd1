
/*
 * Copyright (C) ngx_article authors
 *
 * article_cache_revalidate: a portal that gives its pages an ETag or a
 * Last-Modified is asked whether a stored one has changed (RFC 9111, 4.3).
 * It need not make the page, and we need not read it.
 *
 *   validator   "S" or "W" (strong, weak), then the ETag without its quotes
 *   modified    the Last-Modified as it came
 */


#include "ngx_http_article_fetch.h"


/*
 * A page is read again after this time all the same: what has been learned
 * of the portal since, or a new version of us, may read it better.
 */
#define NGX_HTTP_ARTICLE_REVALIDATE_MAX  (24 * 60 * 60 * 1000)


static ngx_int_t ngx_http_article_revalidate_add(ngx_array_t *headers,
    const char *name, ngx_str_t *value);
static ngx_int_t ngx_http_article_validator(ngx_pool_t *pool, ngx_str_t *etag,
    ngx_str_t *validator);
static ngx_int_t ngx_http_article_validator_etag(ngx_pool_t *pool,
    ngx_str_t *validator, ngx_str_t *etag);


ngx_int_t
ngx_http_article_revalidate(ngx_http_article_fetch_t *fetch,
    ngx_http_article_fetch_conf_t *conf)
{
    uint64_t                      now;
    ngx_time_t                   *tp;
    ngx_http_article_value_t     *old;
    ngx_http_article_loc_conf_t  *alcf;

    old = conf->old;
    alcf = conf->conf;
    fetch->old_changed = old->changed;

    tp = ngx_timeofday();
    now = (uint64_t) tp->sec * 1000 + tp->msec;

    if (!alcf->revalidate || conf->reread || !conf->store
        || (old->validator.len == 0 && old->modified.len == 0)
        || !ngx_http_article_value_readable(old)
        || old->generation + NGX_HTTP_ARTICLE_REVALIDATE_MAX < now
        || old->rules.len != alcf->rules.len
        || ngx_memcmp(old->rules.data, alcf->rules.data, alcf->rules.len)
           != 0)
    {
        return NGX_OK;
    }

    fetch->kept = ngx_palloc(fetch->pool, sizeof(ngx_http_article_value_t));
    if (fetch->kept == NULL) {
        return NGX_ERROR;
    }

    *fetch->kept = *old;
    fetch->capture.asked = 1;

    return ngx_http_article_value_copy(fetch->pool, fetch->kept);
}


ngx_int_t
ngx_http_article_revalidate_headers(ngx_http_article_fetch_t *fetch,
    ngx_array_t *headers)
{
    ngx_str_t                  etag;
    ngx_http_article_value_t  *kept;

    kept = fetch->kept;

    if (kept == NULL) {
        return NGX_OK;
    }

    if (kept->validator.len
        && (ngx_http_article_validator_etag(fetch->pool, &kept->validator,
                                            &etag)
            != NGX_OK
            || ngx_http_article_revalidate_add(headers, "If-None-Match",
                                               &etag)
               != NGX_OK))
    {
        return NGX_ERROR;
    }

    if (kept->modified.len == 0) {
        return NGX_OK;
    }

    return ngx_http_article_revalidate_add(headers, "If-Modified-Since",
                                           &kept->modified);
}


static ngx_int_t
ngx_http_article_revalidate_add(ngx_array_t *headers, const char *name,
    ngx_str_t *value)
{
    ngx_keyval_t  *kv;

    kv = ngx_array_push(headers);
    if (kv == NULL) {
        return NGX_ERROR;
    }

    kv->key.data = (u_char *) name;
    kv->key.len = ngx_strlen(name);
    kv->value = *value;

    return NGX_OK;
}


/* A header that a 304 does not have stays as it was (RFC 9111, 3.2). */

article_reason_t
ngx_http_article_revalidated(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    ngx_http_article_value_t           *kept;
    ngx_http_article_origin_headers_t  *headers;

    kept = fetch->kept;
    headers = &fetch->capture.headers;

    if (headers->cache_control.len == 0) {
        headers->cache_control = kept->control;
    }

    if (headers->expires.len == 0) {
        headers->expires = kept->expires;
    }

    if (headers->vary.len == 0) {
        headers->vary = kept->vary;
    }

    if (headers->last_modified.len == 0) {
        headers->last_modified = kept->modified;
    }

    if (headers->etag.len == 0 && kept->validator.len
        && ngx_http_article_validator_etag(fetch->pool, &kept->validator,
                                           &headers->etag)
           != NGX_OK)
    {
        return ARTICLE_NO_MEMORY;
    }

    answer->value = *kept;
    answer->status = kept->status;
    answer->unmodified = 1;

    ngx_str_null(&answer->value.control);
    ngx_str_null(&answer->value.expires);
    ngx_str_null(&answer->value.vary);
    ngx_str_null(&answer->value.validator);
    ngx_str_null(&answer->value.modified);
    answer->value.updating = 0;
    answer->value.date = 0;

    return ARTICLE_OK;
}


void
ngx_http_article_revalidate_keep(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value, time_t seconds)
{
    ngx_http_article_origin_headers_t  *headers;

    value->kept = 0;

    if (!fetch->conf->revalidate || seconds == 0) {
        return;
    }

    headers = &fetch->capture.headers;

    /* what was not kept of its words cannot be handed on with a 304 */

    if (!ngx_http_article_value_keeps(&headers->cache_control)
        || !ngx_http_article_value_keeps(&headers->expires)
        || ngx_http_article_validator(fetch->pool, &headers->etag,
                                      &value->validator)
           != NGX_OK)
    {
        return;
    }

    if (headers->last_modified.len
        && ngx_parse_http_time(headers->last_modified.data,
                               headers->last_modified.len)
           != NGX_ERROR
        && ngx_http_article_value_keeps(&headers->last_modified))
    {
        value->modified = headers->last_modified;
    }

    if (value->validator.len || value->modified.len) {
        value->kept = value->fresh + seconds;
    }
}


/* An ETag that is none, or cannot be kept, is as if there was none. */

static ngx_int_t
ngx_http_article_validator(ngx_pool_t *pool, ngx_str_t *etag,
    ngx_str_t *validator)
{
    u_char     *p, weak;
    ngx_str_t   tag;

    ngx_str_null(validator);

    tag = *etag;
    weak = 'S';

    if (tag.len > 2 && tag.data[0] == 'W' && tag.data[1] == '/') {
        weak = 'W';
        tag.data += 2;
        tag.len -= 2;
    }

    if (tag.len < 2 || tag.data[0] != '"' || tag.data[tag.len - 1] != '"') {
        return NGX_OK;
    }

    tag.data++;
    tag.len -= 2;

    if (tag.len + 1 > NGX_HTTP_ARTICLE_WORDS_LEN
        || !ngx_http_article_value_keeps(&tag))
    {
        return NGX_OK;
    }

    p = ngx_pnalloc(pool, tag.len + 1);
    if (p == NULL) {
        return NGX_ERROR;
    }

    validator->data = p;
    validator->len = tag.len + 1;

    *p++ = weak;
    ngx_memcpy(p, tag.data, tag.len);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_validator_etag(ngx_pool_t *pool, ngx_str_t *validator,
    ngx_str_t *etag)
{
    ngx_str_t  tag;

    tag.data = validator->data + 1;
    tag.len = validator->len - 1;

    etag->data = ngx_pnalloc(pool, tag.len + sizeof("W/\"\"") - 1);
    if (etag->data == NULL) {
        return NGX_ERROR;
    }

    etag->len = ngx_sprintf(etag->data, "%s\"%V\"",
                            validator->data[0] == 'W' ? "W/" : "", &tag)
                - etag->data;

    return NGX_OK;
}

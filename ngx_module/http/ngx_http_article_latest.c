
/*
 * Copyright (C) ngx_article authors
 *
 * The answer of article_latest: a JSON Feed of what the zone's list holds.
 * It waits for nothing, neither for Redis nor for the portal.
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_latest.h"
#include "ngx_http_article_zone.h"


/* How long a client may keep it, in seconds; article_client_max_age aside. */
#define NGX_HTTP_ARTICLE_LATEST_FRESH  10

/* How long its gzip form is worth keeping. */
#define NGX_HTTP_ARTICLE_LATEST_KEEP   3600

/* Those of a feed, at most. */
#define NGX_HTTP_ARTICLE_LATEST_WORDS                                         \
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\" - \","    \
    "\"home_page_url\":\"/\",\"feed_url\":\"\",\"next_url\":\"\","            \
    "\"items\":[],\"_article\":{\"schema\":1,\"kind\":\"latest\","            \
    "\"section\":\"\",\"version\":\"\"}}"


static ngx_http_article_ctx_t *ngx_http_article_latest_ctx(
    ngx_http_request_t *r);
static ngx_int_t ngx_http_article_latest_answer(ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_latest_feed(ngx_http_article_ctx_t *ctx,
    ngx_http_article_latest_args_t *args,
    ngx_http_article_latest_page_t *page);
static u_char *ngx_http_article_latest_head(u_char *p,
    ngx_http_article_ctx_t *ctx, ngx_http_article_latest_args_t *args,
    ngx_str_t *url, ngx_str_t *next);
static size_t ngx_http_article_latest_title_size(
    ngx_http_article_ctx_t *ctx);
static ngx_int_t ngx_http_article_latest_url(ngx_http_article_ctx_t *ctx,
    ngx_http_article_latest_args_t *args,
    ngx_http_article_latest_page_t *page, ngx_str_t *url);
static u_char *ngx_http_article_latest_string(u_char *p, ngx_str_t *s);


ngx_int_t
ngx_http_article_latest_handler(ngx_http_request_t *r)
{
    ngx_int_t                rc;
    ngx_str_t               *name;
    ngx_http_article_ctx_t  *ctx;

    if (!ngx_http_article_enabled(r)) {
        return NGX_DECLINED;
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    ctx = ngx_http_article_latest_ctx(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (r->method == NGX_HTTP_OPTIONS) {
        return ngx_http_article_send_options(r);
    }

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return ngx_http_article_refuse(ctx, ARTICLE_METHOD_REFUSED);
    }

    name = &ctx->conf->latest_name;

    if (r->uri.len != name->len
        || ngx_strncmp(r->uri.data, name->data, name->len) != 0)
    {
        return ngx_http_article_refuse(ctx, ARTICLE_PATH_REFUSED);
    }

    return ngx_http_article_latest_answer(ctx);
}


static ngx_http_article_ctx_t *
ngx_http_article_latest_ctx(ngx_http_request_t *r)
{
    ngx_http_article_ctx_t  *ctx;

    ctx = ngx_pcalloc(r->pool, sizeof(ngx_http_article_ctx_t));
    if (ctx == NULL) {
        return NULL;
    }

    ctx->request = r;
    ctx->conf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);
    ctx->main_conf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
    ctx->page.url = ctx->conf->latest_url;

    ngx_http_set_ctx(r, ctx, ngx_http_article_module);
    ngx_http_article_set_reason(r, ARTICLE_OK);

    return ctx;
}


static ngx_int_t
ngx_http_article_latest_answer(ngx_http_article_ctx_t *ctx)
{
    ngx_int_t                        rc;
    ngx_str_t                        none;
    ngx_http_article_latest_args_t   args;
    ngx_http_article_latest_page_t   page;

    rc = ngx_http_article_latest_args(ctx->request, &args);

    if (rc == NGX_DECLINED) {
        return ngx_http_article_refuse(ctx, ARTICLE_BAD_ARGUMENT);
    }

    if (rc != NGX_OK
        || ngx_http_article_zone_latest_page(ctx->main_conf->shm_zone,
                                             ctx->conf->latest->key,
                                             &args.query, ctx->request->pool,
                                             &page)
           != NGX_OK
        || ngx_http_article_latest_feed(ctx, &args, &page) != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ctx->cache_status = NGX_HTTP_ARTICLE_CACHE_HIT;
    ctx->level = NGX_HTTP_ARTICLE_LEVEL_L1;
    ctx->keep = NGX_HTTP_ARTICLE_KEEP_FRESH;

    ctx->value.status = NGX_HTTP_OK;
    ctx->value.stored = ngx_time();
    ctx->value.fresh = ctx->value.stored + NGX_HTTP_ARTICLE_LATEST_FRESH;
    ctx->value.stale = ctx->value.stored + NGX_HTTP_ARTICLE_LATEST_KEEP;
    ctx->value.changed = page.changed ? page.changed : -1;

    if (args.first && page.entries.nelts) {

        /* others are asked for once: there is no end of their forms */

        ngx_http_article_gzip_use(ctx);
    }

    if (ngx_http_article_cache_headers(ctx) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    ngx_str_null(&none);

    return ngx_http_article_send_value(ctx->request, &ctx->value, &none,
                                       ctx->keep);
}


/* Sets the value's item and ETag, and the key of its gzip form. */

static ngx_int_t
ngx_http_article_latest_feed(ngx_http_article_ctx_t *ctx,
    ngx_http_article_latest_args_t *args,
    ngx_http_article_latest_page_t *page)
{
    u_char                     *p, hash[NGX_HTTP_ARTICLE_KEY_LEN];
    size_t                      size;
    ngx_str_t                   url, next, *item;
    ngx_uint_t                  i;
    ngx_http_article_latest_t  *entry;

    item = &ctx->value.item;
    entry = page->entries.elts;

    if (ngx_http_article_latest_url(ctx, args, NULL, &url) != NGX_OK
        || ngx_http_article_latest_url(ctx, args, page, &next) != NGX_OK)
    {
        return NGX_ERROR;
    }

    /* a byte in a JSON string may take six */

    size = sizeof(NGX_HTTP_ARTICLE_LATEST_WORDS)
           + 6 * (ctx->conf->base_url.len + url.len + next.len
                  + 2 * args->section.len)
           + ngx_http_article_latest_title_size(ctx)
           + 2 * NGX_HTTP_ARTICLE_KEY_LEN;

    for (i = 0; i < page->entries.nelts; i++) {
        size += entry[i].json.len + 1;
    }

    item->data = ngx_pnalloc(ctx->request->pool,
                             size + 2 * NGX_HTTP_ARTICLE_KEY_LEN);
    if (item->data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_http_article_latest_head(item->data, ctx, args, &url, &next);

    for (i = 0; i < page->entries.nelts; i++) {

        if (i) {
            *p++ = ',';
        }

        p = ngx_cpymem(p, entry[i].json.data, entry[i].json.len);
    }

    p = ngx_sprintf(p, "],\"_article\":{\"schema\":1,\"kind\":\"latest\",");

    if (args->section.len) {
        p = ngx_sprintf(p, "\"section\":\"");
        p = ngx_http_article_latest_string(p, &args->section);
        p = ngx_sprintf(p, "\",");
    }

    /* what it says so far is its version */

    item->len = p - item->data;
    ngx_http_article_value_key(item, hash);

    p = ngx_sprintf(p, "\"version\":\"");

    ctx->value.etag.data = p;
    p = ngx_hex_dump(p, hash, NGX_HTTP_ARTICLE_KEY_LEN);
    ctx->value.etag.len = p - ctx->value.etag.data;

    p = ngx_sprintf(p, "\"}}");
    item->len = p - item->data;

    ngx_http_article_value_key(&url, ctx->key);

    return NGX_OK;
}


static u_char *
ngx_http_article_latest_head(u_char *p, ngx_http_article_ctx_t *ctx,
    ngx_http_article_latest_args_t *args, ngx_str_t *url, ngx_str_t *next)
{
    article_slice_t  name;
    ngx_str_t        title;

    p = ngx_sprintf(p, "{\"version\":\"https://jsonfeed.org/version/1.1\","
                    "\"title\":\"");

    if (args->section.len) {
        p = ngx_http_article_latest_string(p, &args->section);
        p = ngx_sprintf(p, " - ");
    }

    title = ctx->conf->latest->host;

    if (ctx->conf->portal) {
        name = article_portal_site_name(ctx->conf->portal);

        if (name.len) {
            title.data = (u_char *) name.data;
            title.len = name.len;
        }
    }

    p = ngx_http_article_latest_string(p, &title);
    p = ngx_sprintf(p, "\",\"home_page_url\":\"%V/\",\"feed_url\":\"",
                    &ctx->conf->base_url);
    p = ngx_http_article_latest_string(p, url);

    if (next->len) {
        p = ngx_sprintf(p, "\",\"next_url\":\"");
        p = ngx_http_article_latest_string(p, next);
    }

    return ngx_sprintf(p, "\",\"items\":[");
}


static size_t
ngx_http_article_latest_title_size(ngx_http_article_ctx_t *ctx)
{
    size_t  size;

    size = ctx->conf->latest->host.len;

    if (ctx->conf->portal) {
        size += article_portal_site_name(ctx->conf->portal).len;
    }

    return 6 * size;
}


/*
 * The feed's own address, that of its section; or with a page that of the
 * next one, empty behind the last.
 */

static ngx_int_t
ngx_http_article_latest_url(ngx_http_article_ctx_t *ctx,
    ngx_http_article_latest_args_t *args,
    ngx_http_article_latest_page_t *page, ngx_str_t *url)
{
    u_char                     *p, mark;
    ngx_http_article_latest_t  *last;

    ngx_str_null(url);

    if (page && !page->more) {
        return NGX_OK;
    }

    p = ngx_pnalloc(ctx->request->pool, ctx->conf->latest_url.len
                    + sizeof("?section=&since=&before=")
                    + 3 * args->section.len + 3 * NGX_INT64_LEN + 2
                    + 2 * NGX_HTTP_ARTICLE_KEY_LEN);
    if (p == NULL) {
        return NGX_ERROR;
    }

    url->data = p;
    mark = '?';

    p = ngx_cpymem(p, ctx->conf->latest_url.data, ctx->conf->latest_url.len);

    if (args->section.len) {
        p = ngx_sprintf(p, "%csection=", mark);
        p = (u_char *) ngx_escape_uri(p, args->section.data,
                                      args->section.len,
                                      NGX_ESCAPE_URI_COMPONENT);
        mark = '&';
    }

    if (page && args->query.since >= 0) {
        p = ngx_sprintf(p, "%csince=%T", mark, args->query.since);
        mark = '&';
    }

    if (page) {
        last = page->entries.elts;
        last += page->entries.nelts - 1;

        p = ngx_sprintf(p, "%cbefore=%T-%uL-", mark,
                        ngx_http_article_latest_date(last), last->seen);
        p = ngx_hex_dump(p, last->id, NGX_HTTP_ARTICLE_KEY_LEN);
    }

    url->len = p - url->data;

    return NGX_OK;
}


static u_char *
ngx_http_article_latest_string(u_char *p, ngx_str_t *s)
{
    return (u_char *) ngx_escape_json(p, s->data, s->len);
}


size_t
ngx_http_article_latest_status_size(ngx_http_article_main_conf_t *amcf)
{
    size_t                              size;
    ngx_uint_t                          i;
    ngx_http_article_latest_portal_t  **portals;

    size = sizeof("\"latest\":[],");
    portals = amcf->latest.elts;

    for (i = 0; i < amcf->latest.nelts; i++) {
        size += sizeof("{\"portal\":\"\",\"items\":,\"unsent\":,\"changed\":},")
                + portals[i]->host.len + 3 * NGX_INT64_LEN;
    }

    return size;
}


u_char *
ngx_http_article_latest_status(u_char *p, ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                          i;
    ngx_http_article_latest_state_t     state;
    ngx_http_article_latest_portal_t  **portals;

    portals = amcf->latest.elts;

    p = ngx_sprintf(p, "\"latest\":[");

    for (i = 0; i < amcf->latest.nelts; i++) {
        ngx_http_article_zone_latest_state(amcf->shm_zone, portals[i]->key,
                                           &state);

        p = ngx_sprintf(p, "%s{\"portal\":\"%V\",\"items\":%ui,"
                        "\"unsent\":%ui,\"changed\":%T}", i ? "," : "",
                        &portals[i]->host, state.items, state.unsent,
                        state.changed);
    }

    return ngx_sprintf(p, "],");
}

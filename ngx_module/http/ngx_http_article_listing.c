
/*
 * Copyright (C) ngx_article authors
 *
 * What was withdrawn is not listed either: the feed of a listing is stored as
 * the portal's page gives it, and sent without such items, under an ETag of
 * its own.  The feed is our engine's: an object without white space, whose
 * items each begin with "id" and "url".
 */


#include "ngx_http_article_handler.h"
#include "ngx_http_article_zone_events.h"


/* Items of one listing that may be left out. */
#define NGX_HTTP_ARTICLE_LISTING_MAX  128


typedef struct {
    u_char       *from;         /* of the feed: items not yet looked at */
    u_char       *last;
    ngx_str_t     item;         /* the one that was found */
} ngx_http_article_listing_t;


static u_char *ngx_http_article_listing_items(ngx_str_t *feed);
static ngx_uint_t ngx_http_article_listing_next(
    ngx_http_article_listing_t *listing);
static ngx_uint_t ngx_http_article_listing_withdrawn(
    ngx_http_article_ctx_t *ctx, ngx_str_t *item, u_char *key);
static ngx_int_t ngx_http_article_listing_version(
    ngx_http_article_ctx_t *ctx, ngx_str_t *feed, u_char *keys,
    ngx_uint_t n);


ngx_int_t
ngx_http_article_listing_use(ngx_http_article_ctx_t *ctx)
{
    u_char                      *p, *items;
    u_char                       keys[NGX_HTTP_ARTICLE_LISTING_MAX]
                                     [NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_str_t                    feed, *stored;
    ngx_uint_t                   n, kept;
    ngx_http_article_listing_t   listing;

    stored = &ctx->value.item;

    if (ctx->value.status != NGX_HTTP_OK
        || !ngx_http_article_zone_withdraws(ctx->main_conf->shm_zone))
    {
        return NGX_OK;
    }

    items = ngx_http_article_listing_items(stored);
    if (items == NULL) {
        return NGX_OK;
    }

    feed.data = ngx_pnalloc(ctx->request->pool, stored->len);
    if (feed.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(feed.data, stored->data, items - stored->data);

    listing.from = items;
    listing.last = stored->data + stored->len;
    n = 0;
    kept = 0;

    while (ngx_http_article_listing_next(&listing)) {

        if (n < NGX_HTTP_ARTICLE_LISTING_MAX
            && ngx_http_article_listing_withdrawn(ctx, &listing.item, keys[n]))
        {
            n++;
            continue;
        }

        if (kept++) {
            *p++ = ',';
        }

        p = ngx_cpymem(p, listing.item.data, listing.item.len);
    }

    if (n == 0) {
        return NGX_OK;
    }

    p = ngx_cpymem(p, listing.from, listing.last - listing.from);
    feed.len = p - feed.data;

    if (ngx_http_article_listing_version(ctx, &feed, keys[0], n) != NGX_OK) {
        return NGX_ERROR;
    }

    ctx->value.item = feed;

    return NGX_OK;
}


/* The first of them, or NULL: it is no feed, or an empty one. */

static u_char *
ngx_http_article_listing_items(ngx_str_t *feed)
{
    u_char              *p;
    static const char    version[] = "{\"version\":\"https://jsonfeed.org/";
    static const char    items[] = ",\"items\":[";

    if (feed->len < sizeof(version)
        || ngx_memcmp(feed->data, version, sizeof(version) - 1) != 0)
    {
        return NULL;
    }

    /* in a string its quotes would be escaped */

    p = ngx_strlcasestrn(feed->data, feed->data + feed->len, (u_char *) items,
                         sizeof(items) - 2);

    return p ? p + sizeof(items) - 1 : NULL;
}


/* An object, and past the comma behind it. */

static ngx_uint_t
ngx_http_article_listing_next(ngx_http_article_listing_t *listing)
{
    u_char      *p;
    ngx_uint_t   depth, quoted;

    depth = 0;
    quoted = 0;

    for (p = listing->from; p < listing->last; p++) {

        if (quoted) {

            if (*p == '\\') {
                p++;

            } else if (*p == '"') {
                quoted = 0;
            }

            continue;
        }

        if (*p == '"') {
            quoted = 1;

        } else if (*p == '{') {
            depth++;

        } else if (*p == '}') {
            depth--;
        }

        if (depth == 0 && *p != '}') {
            return 0;
        }

        if (depth == 0) {
            listing->item.data = listing->from;
            listing->item.len = p + 1 - listing->from;
            listing->from = p + 1;

            if (p + 1 < listing->last && p[1] == ',') {
                listing->from++;
            }

            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_listing_withdrawn(ngx_http_article_ctx_t *ctx,
    ngx_str_t *item, u_char *key)
{
    u_char                   *p, *end;
    ngx_str_t                 url;
    ngx_http_article_page_t   page;
    static ngx_str_t          name = ngx_string("\"url\":\"");

    end = item->data + item->len;
    p = ngx_strlcasestrn(item->data, end, name.data, name.len - 1);

    if (p == NULL) {
        return 0;
    }

    url.data = p + name.len;

    for (p = url.data; p < end && *p != '"' && *p != '\\'; p++) { /* void */ }

    url.len = p - url.data;

    if (ngx_http_article_page_at(ctx->request->pool, ctx->conf, &url, &page)
        != NGX_OK)
    {
        return 0;
    }

    ngx_http_article_value_key(&page.url, key);

    return ngx_http_article_zone_withdrawn(ctx->main_conf->shm_zone, key);
}


/* That of the whole feed, and of what is left out of it. */

static ngx_int_t
ngx_http_article_listing_version(ngx_http_article_ctx_t *ctx,
    ngx_str_t *feed, u_char *keys, ngx_uint_t n)
{
    u_char     *p, hash[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_str_t   text, *etag;

    etag = &ctx->value.etag;
    text.len = etag->len + n * NGX_HTTP_ARTICLE_KEY_LEN;

    text.data = ngx_pnalloc(ctx->request->pool,
                            text.len + 2 * NGX_HTTP_ARTICLE_KEY_LEN);
    if (text.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(text.data, etag->data, etag->len);
    p = ngx_cpymem(p, keys, n * NGX_HTTP_ARTICLE_KEY_LEN);

    ngx_http_article_value_key(&text, hash);
    ngx_hex_dump(p, hash, NGX_HTTP_ARTICLE_KEY_LEN);

    text.data = p;
    text.len = 2 * NGX_HTTP_ARTICLE_KEY_LEN;

    if (etag->len == text.len) {
        p = ngx_strlcasestrn(feed->data, feed->data + feed->len, etag->data,
                             etag->len - 1);
        if (p) {
            ngx_memcpy(p, text.data, text.len);
        }
    }

    *etag = text;

    return NGX_OK;
}

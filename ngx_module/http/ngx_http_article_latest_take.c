
/*
 * Copyright (C) ngx_article authors
 *
 * What a fetch has brought comes into the list of its portal, if it is stored
 * for everybody; what the portal has withdrawn, moved or keeps to itself
 * leaves it.
 */


#include "ngx_http_article_latest.h"
#include "ngx_http_article_tags.h"
#include "ngx_http_article_zone_events.h"


/* A section's name of more bytes is cut: it is hashed. */
#define NGX_HTTP_ARTICLE_LATEST_NAME  512


static ngx_int_t ngx_http_article_latest_listed(
    ngx_http_article_fetch_t *fetch, article_listed_t *listed, uint64_t seen,
    ngx_http_article_latest_t *entry);
static void ngx_http_article_latest_end(ngx_http_article_fetch_t *fetch);


uint64_t
ngx_http_article_latest_section(ngx_str_t *base_url, ngx_str_t *section)
{
    u_char      buf[NGX_HTTP_ARTICLE_LATEST_NAME];
    u_char      key[NGX_HTTP_ARTICLE_KEY_LEN];
    uint64_t    hash;
    ngx_str_t   tag;
    ngx_uint_t  i;

    tag.data = buf;
    tag.len = ngx_snprintf(buf, sizeof(buf), "section:%V", section) - buf;

    ngx_http_article_tag_key(base_url, &tag, key);

    hash = 0;

    for (i = 0; i < sizeof(hash); i++) {
        hash = hash << 8 | key[i];
    }

    return hash ? hash : 1;
}


void
ngx_http_article_latest_read(ngx_http_article_fetch_t *fetch,
    article_result_t *result, ngx_http_article_answer_t *answer)
{
    uint64_t                    seen;
    unsigned                    i;
    ngx_time_t                 *tp;
    ngx_http_article_latest_t   entry, *copy;

    answer->kind = result->kind;

    if (result->listed_number == 0) {
        return;
    }

    answer->listed = ngx_array_create(fetch->pool, result->listed_number,
                                      sizeof(ngx_http_article_latest_t));
    if (answer->listed == NULL) {
        return;
    }

    tp = ngx_timeofday();
    seen = (uint64_t) tp->sec * 1000 + tp->msec;

    for (i = 0; i < result->listed_number; i++) {

        /* what stands first in a listing is the newer one */

        if (ngx_http_article_latest_listed(fetch, &result->listed[i],
                                           seen - i, &entry)
            == NGX_OK)
        {
            copy = ngx_array_push(answer->listed);
            *copy = entry;
        }
    }
}


static ngx_int_t
ngx_http_article_latest_listed(ngx_http_article_fetch_t *fetch,
    article_listed_t *listed, uint64_t seen, ngx_http_article_latest_t *entry)
{
    ngx_str_t                 url, id, section;
    ngx_http_article_page_t   page;

    ngx_memzero(entry, sizeof(ngx_http_article_latest_t));

    url.data = (u_char *) listed->url.data;
    url.len = listed->url.len;

    if (ngx_http_article_page_at(fetch->pool, fetch->conf, &url, &page)
        != NGX_OK)
    {
        if (listed->partial) {
            return NGX_DECLINED;
        }

        page = fetch->page;
    }

    entry->json.len = listed->json.len;
    entry->json.data = ngx_pnalloc(fetch->pool, listed->json.len);

    if (entry->json.data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(entry->json.data, listed->json.data, listed->json.len);

    id.data = (u_char *) listed->id.data;
    id.len = listed->id.len;

    ngx_http_article_value_key(&id, entry->id);
    ngx_http_article_value_key(&page.url, entry->address);
    ngx_memcpy(entry->base, listed->partial ? entry->address : fetch->base_key,
               NGX_HTTP_ARTICLE_KEY_LEN);

    section.data = (u_char *) listed->section.data;
    section.len = listed->section.len;

    if (section.len) {
        entry->section = ngx_http_article_latest_section(
                                           &fetch->conf->base_url, &section);
    }

    entry->seen = seen;
    entry->published = ngx_max(listed->published, 0);
    entry->day = listed->day;
    entry->kind = !listed->partial ? NGX_HTTP_ARTICLE_LATEST_FULL
                  : entry->published ? NGX_HTTP_ARTICLE_LATEST_PARTIAL
                  : NGX_HTTP_ARTICLE_LATEST_UNDATED;

    return NGX_OK;
}


void
ngx_http_article_latest_take(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    ngx_uint_t                         i;
    ngx_shm_zone_t                    *shm_zone;
    ngx_http_article_latest_t         *entry;
    ngx_http_article_latest_portal_t  *portal;

    portal = fetch->conf->latest;

    if (portal == NULL || answer->failure) {
        return;
    }

    if (answer->reason != ARTICLE_OK
        || answer->kind != ARTICLE_KIND_ARTICLE
        || answer->unstored == ARTICLE_ORIGIN_PRIVATE
        || answer->unstored == ARTICLE_ORIGIN_SET_COOKIE
        || answer->unstored == ARTICLE_ORIGIN_VARY)
    {
        ngx_http_article_latest_end(fetch);
    }

    if (!answer->stored || answer->listed == NULL) {
        return;
    }

    shm_zone = fetch->main_conf->shm_zone;
    entry = answer->listed->elts;

    for (i = 0; i < answer->listed->nelts; i++) {

        if (ngx_http_article_zone_withdrawn(shm_zone, entry[i].address)
            || ngx_http_article_zone_withdrawn(shm_zone, entry[i].base))
        {
            continue;
        }

        (void) ngx_http_article_zone_latest_put(shm_zone, portal->key,
                                                portal->length, &entry[i], 0);
    }
}


static void
ngx_http_article_latest_end(ngx_http_article_fetch_t *fetch)
{
    u_char           key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char          *list;
    ngx_shm_zone_t  *shm_zone;

    shm_zone = fetch->main_conf->shm_zone;
    list = fetch->conf->latest->key;

    ngx_http_article_value_key(&fetch->page.url, key);

    (void) ngx_http_article_zone_latest_end(shm_zone, list, key);
    (void) ngx_http_article_zone_latest_end(shm_zone, list, fetch->base_key);
}


ngx_uint_t
ngx_http_article_latest_has(ngx_http_article_fetch_t *fetch)
{
    u_char           key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_shm_zone_t  *shm_zone;

    if (fetch->conf->latest == NULL) {
        return 0;
    }

    shm_zone = fetch->main_conf->shm_zone;

    ngx_http_article_value_key(&fetch->page.url, key);

    return ngx_http_article_zone_latest_has(shm_zone, fetch->conf->latest->key,
                                            key)
           || ngx_http_article_zone_latest_has(shm_zone,
                                               fetch->conf->latest->key,
                                               fetch->base_key);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of an item: names, attachments, images, "_article".
 */

#include <stdio.h>
#include <string.h>

#include "json.h"
#include "media.h"


/* Vietnam's zone, in minutes east of UTC. */
#define ARTICLE_ZONE  420

/* More files than this on one page are a directory, not attachments. */
#define ARTICLE_ATTACHMENTS_MOST  100


static unsigned article_json_attachment(article_json_t *json,
    article_media_t *media, article_slice_t url, unsigned opened);
static uint64_t article_json_size(article_page_t *page,
    const article_media_t *media);
static void article_json_images(article_json_t *json);
static void article_json_embeds(article_json_t *json);
static void article_json_sections(article_json_t *json);
static void article_json_share(article_json_t *json, unsigned percent);
static void article_json_portal(article_json_t *json);
static void article_json_fetched(article_json_t *json);
static void article_json_item_members(article_json_t *json,
    const article_item_t *item);


void
article_json_authors(article_json_t *json)
{
    unsigned          i;
    article_names_t  *names;

    names = &json->page->facts.names;

    if (names->authors == 0) {
        return;
    }

    article_json_text(json, "authors");
    yajl_gen_array_open(json->gen);

    for (i = 0; i < names->authors; i++) {
        yajl_gen_map_open(json->gen);
        article_json_add(json, "name", names->author[i]);
        yajl_gen_map_close(json->gen);
    }

    yajl_gen_array_close(json->gen);
}


void
article_json_tags(article_json_t *json)
{
    unsigned  i;

    if (json->page->head.tags_number == 0) {
        return;
    }

    article_json_text(json, "tags");
    yajl_gen_array_open(json->gen);

    for (i = 0; i < json->page->head.tags_number; i++) {
        article_json_string(json, json->page->head.tags[i]);
    }

    yajl_gen_array_close(json->gen);
}


void
article_json_attachments(article_json_t *json)
{
    uint32_t           i;
    unsigned           k, n, opened;
    article_slice_t    url, seen[ARTICLE_ATTACHMENTS_MOST];
    article_media_t   *media;

    n = 0;
    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (n == ARTICLE_ATTACHMENTS_MOST) {
            break;
        }

        if (!media->kept || media->type == ARTICLE_MEDIA_IMAGE
            || media->type == ARTICLE_MEDIA_FRAME)
        {
            continue;
        }

        url = article_page_url(json->page, media->url);

        for (k = 0; k < n; k++) {
            if (article_slice_equal(url, seen[k])) {
                break;
            }
        }

        if (url.len && k == n) {
            opened = article_json_attachment(json, media, url, opened);

            seen[n++] = url;
        }
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


static unsigned
article_json_attachment(article_json_t *json, article_media_t *media,
    article_slice_t url, unsigned opened)
{
    uint64_t  size;

    if (!opened) {
        article_json_text(json, "attachments");
        yajl_gen_array_open(json->gen);
    }

    yajl_gen_map_open(json->gen);
    article_json_add(json, "url", url);
    article_json_add(json, "mime_type", article_media_mime(media, url));
    article_json_add(json, "title", article_squeeze(json->page->arena,
                                                    media->alt));

    size = article_json_size(json->page, media);

    if (size) {
        article_json_number(json, "size_in_bytes", (long long) size);
    }

    yajl_gen_map_close(json->gen);

    return 1;
}


/* What stands in the link or between it and the next one: "a.pdf (2 MB)". */

static uint64_t
article_json_size(article_page_t *page, const article_media_t *media)
{
    size_t                  skip;
    uint64_t                size;
    const char             *found;
    article_slice_t         text;
    const article_media_t  *next;

    size = article_media_size(media->alt);

    if (size || media->type != ARTICLE_MEDIA_FILE || media->alt.len == 0
        || media->line >= page->blocks.lines)
    {
        return size;
    }

    text = page->blocks.line[media->line].text;
    found = article_slice_find(text, media->alt);

    if (found == NULL) {
        return 0;
    }

    skip = (size_t) (found - text.data) + media->alt.len;
    text.data += skip;
    text.len -= skip;

    next = media + 1;

    if (next < page->blocks.media + page->blocks.medias
        && next->line == media->line && next->alt.len)
    {
        found = article_slice_find(text, next->alt);
        text.len = found ? (size_t) (found - text.data) : text.len;
    }

    return article_media_size(text);
}


static void
article_json_images(article_json_t *json)
{
    uint32_t           i;
    unsigned           opened;
    article_slice_t    url;
    article_media_t   *media;

    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (!media->kept || media->type != ARTICLE_MEDIA_IMAGE) {
            continue;
        }

        url = article_page_url(json->page, media->url);

        if (url.len == 0) {
            continue;
        }

        if (!opened) {
            article_json_text(json, "images");
            yajl_gen_array_open(json->gen);
            opened = 1;
        }

        yajl_gen_map_open(json->gen);
        article_json_add(json, "url", url);

        if (media->caption_lines) {
            article_json_add(json, "caption",
                                article_blocks_text(&json->page->blocks,
                                      media->caption,
                                      media->caption + media->caption_lines));
        }

        if (media->width && media->height) {
            article_json_number(json, "width", media->width);
            article_json_number(json, "height", media->height);
        }

        yajl_gen_map_close(json->gen);
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


static void
article_json_embeds(article_json_t *json)
{
    uint32_t           i;
    unsigned           opened;
    article_slice_t    url, provider;
    article_media_t   *media;

    opened = 0;

    for (i = 0; i < json->page->blocks.medias; i++) {
        media = &json->page->blocks.media[i];

        if (!media->kept || media->type != ARTICLE_MEDIA_FRAME) {
            continue;
        }

        url = article_page_url(json->page, media->url);

        if (url.len == 0) {
            continue;
        }

        if (!opened) {
            article_json_text(json, "embeds");
            yajl_gen_array_open(json->gen);
            opened = 1;
        }

        yajl_gen_map_open(json->gen);
        provider = article_media_provider(article_url_host(url));
        article_json_add(json, "provider", provider.len
                                           ? provider : article_url_host(url));
        article_json_add(json, "url", url);
        yajl_gen_map_close(json->gen);
    }

    if (opened) {
        yajl_gen_array_close(json->gen);
    }
}


void
article_json_extension(article_json_t *json, article_slice_t version)
{
    article_page_t   *page;
    article_facts_t  *facts;

    page = json->page;
    facts = &page->facts;

    yajl_gen_map_open(json->gen);

    article_json_number(json, "schema", 1);
    article_json_text(json, "kind");
    article_json_text(json, article_kind_word(facts->kind));

    article_json_portal(json);

    article_json_add(json, "section", facts->section);
    article_json_add(json, "json_url",
                     article_json_gateway(page, facts->url));

    if (facts->kind == ARTICLE_KIND_ARTICLE) {
        article_json_add(json, "source", facts->names.source);

        if (facts->summary.len) {
            article_json_text(json, "summary_from");
            article_json_text(json, facts->summary_from);
        }

        if (facts->has_published) {
            article_json_text(json, "date_precision");
            article_json_text(json, facts->published.precise ? "minute"
                                                             : "day");
        }

        article_json_images(json);
        article_json_embeds(json);
        article_json_number(json, "word_count",
                            (long long) facts->words);

    } else {
        article_json_add(json, "next_url", facts->next_url);

        if (facts->postback) {
            article_json_text(json, "paging");
            article_json_text(json, "postback");
        }

        article_json_sections(json);
    }

    article_json_text(json, "method");
    article_json_text(json, facts->method);
    article_json_text(json, "confidence");
    article_json_share(json, facts->confidence);
    article_json_add(json, "version", version);
    article_json_fetched(json);

    yajl_gen_map_close(json->gen);
}


static void
article_json_sections(article_json_t *json)
{
    uint32_t               i;
    const article_item_t  *section;

    if (json->page->sections_number == 0) {
        return;
    }

    article_json_text(json, "sections");
    yajl_gen_array_open(json->gen);

    for (i = 0; i < json->page->sections_number; i++) {
        section = &json->page->sections[i];

        yajl_gen_map_open(json->gen);
        article_json_add(json, "title", section->title);
        article_json_add(json, "url", section->url);
        article_json_add(json, "json_url",
                         article_json_gateway(json->page, section->url));
        yajl_gen_map_close(json->gen);
    }

    yajl_gen_array_close(json->gen);
}


/* Percent as a share of one: "0.85", as short as it can be. */

static void
article_json_share(article_json_t *json, unsigned percent)
{
    int   n;
    char  out[16];

    n = snprintf(out, sizeof(out), "%u.%02u", percent / 100, percent % 100);

    if (n > 0 && (size_t) n < sizeof(out)) {
        yajl_gen_number(json->gen, out, (size_t) n);
    }
}


static void
article_json_portal(article_json_t *json)
{
    article_slice_t          site;
    const article_portal_t  *portal;

    portal = json->page->options->portal;
    site = article_literal("");

    if (portal) {
        article_json_add(json, "portal", article_portal_name(portal));
        article_json_add(json, "rights", article_portal_rights(portal));
        site = article_portal_site_name(portal);
    }

    article_json_add(json, "site_name",
                     site.len ? site : json->page->head.site_name);
}


/* The time of the fetch, when the caller told it. */

static void
article_json_fetched(article_json_t *json)
{
    time_t          t;
    struct tm       tm;
    article_date_t  date;

    if (json->page->options->now == 0) {
        return;
    }

    t = json->page->options->now + ARTICLE_ZONE * 60;

    if (gmtime_r(&t, &tm) == NULL) {
        return;
    }

    memset(&date, 0, sizeof(date));

    date.year = tm.tm_year + 1900;
    date.month = (unsigned) tm.tm_mon + 1;
    date.day = (unsigned) tm.tm_mday;
    date.hour = (unsigned) tm.tm_hour;
    date.minute = (unsigned) tm.tm_min;
    date.second = (unsigned) tm.tm_sec;
    date.zone = ARTICLE_ZONE;
    date.zoned = 1;
    date.precise = 1;

    article_json_date(json, "fetched_at", &date);
}


void
article_json_item_extension(article_json_t *json, const article_item_t *item)
{
    article_json_text(json, "_article");
    yajl_gen_map_open(json->gen);
    article_json_item_members(json, item);
    yajl_gen_map_close(json->gen);
}


void
article_json_listed_extension(article_json_t *json,
    const article_item_t *item, const article_listed_t *listed)
{
    article_json_text(json, "_article");
    yajl_gen_map_open(json->gen);
    article_json_item_members(json, item);
    article_json_add(json, "section", listed->section);

    if (listed->partial) {
        article_json_text(json, "partial");
        yajl_gen_bool(json->gen, 1);
    }

    yajl_gen_map_close(json->gen);
}


static void
article_json_item_members(article_json_t *json, const article_item_t *item)
{
    article_slice_t  url;

    article_json_number(json, "schema", 1);

    url = article_json_gateway(json->page, item->url);
    article_json_add(json, "json_url", url);

    if (item->dated) {
        article_json_text(json, "date_precision");
        article_json_text(json, item->date.precise ? "minute" : "day");
    }
}


/* The gateway's address of a page of the portal: json_base and its path. */

article_slice_t
article_json_gateway(article_page_t *page, article_slice_t url)
{
    article_buf_t    buf;
    article_slice_t  path;

    if (page->options->json_base.len == 0 || url.len == 0) {
        return article_literal("");
    }

    if (page->options->base_url.len
        && !article_slice_equal_case(article_url_host(url),
                            article_url_host(page->options->base_url)))
    {
        return article_literal("");
    }

    path = article_url_path(url);

    if (path.len && path.data[0] == '/') {
        path.data++;
        path.len--;
    }

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, page->options->json_base);
    article_buf_append_slice(&buf, path);

    return article_buf_slice(&buf);
}

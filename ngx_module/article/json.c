/*
 * Copyright (C) the authors named in LICENSE
 *
 * Items and feeds as JSON (JSON Feed 1.1).
 */

#include <stdio.h>
#include <string.h>

#include "json.h"


static void article_json_date_format(const article_page_t *page,
    const article_date_t *date, char *out);
static article_slice_t article_json_version(article_page_t *page);


article_slice_t
article_json_item(article_page_t *page, article_slice_t *version)
{
    article_json_t    json;
    article_facts_t  *facts;

    facts = &page->facts;

    *version = article_json_version(page);

    if (article_json_open(&json, page) != 0) {
        return (article_slice_t) { NULL, 0 };
    }

    article_json_add(&json, "id", facts->id);
    article_json_add(&json, "url", facts->url);
    article_json_add(&json, "title", facts->title);
    article_json_add(&json, "summary", facts->summary);
    article_json_add(&json, "content_text", facts->text);
    article_json_add(&json, "content_html", facts->html);
    article_json_add(&json, "image", facts->image);

    if (facts->has_published) {
        article_json_date(&json, "date_published", &facts->published);
    }

    if (facts->has_modified) {
        article_json_date(&json, "date_modified", &facts->modified);
    }

    article_json_authors(&json);
    article_json_tags(&json);
    article_json_add(&json, "language", page->head.language);
    article_json_attachments(&json);

    article_json_text(&json, "_article");
    article_json_extension(&json, *version);

    return article_json_close(&json);
}


article_slice_t
article_json_feed(article_page_t *page, article_slice_t *version)
{
    uint32_t          i;
    article_json_t    json;
    article_item_t   *item;

    *version = article_json_version(page);

    if (article_json_open(&json, page) != 0) {
        return (article_slice_t) { NULL, 0 };
    }

    article_json_add(&json, "version",
                        article_literal("https://jsonfeed.org/version/1.1"));
    article_json_add(&json, "title", page->facts.title.len
                                        ? page->facts.title
                                        : page->facts.id);
    article_json_add(&json, "home_page_url", page->facts.url);
    article_json_add(&json, "feed_url",
                        article_json_gateway(page, page->facts.url));
    article_json_add(&json, "next_url",
                        page->options->json_base.len
                        ? article_json_gateway(page, page->facts.next_url)
                        : page->facts.next_url);
    article_json_add(&json, "language", page->head.language);

    article_json_text(&json, "items");
    yajl_gen_array_open(json.gen);

    for (i = 0; i < page->items_number; i++) {
        item = &page->items[i];

        yajl_gen_map_open(json.gen);
        article_json_add(&json, "id", article_page_id(page, item->url));
        article_json_add(&json, "url", item->url);
        article_json_add(&json, "title", item->title);
        article_json_add(&json, "summary", item->summary);
        article_json_add(&json, "image", item->image);

        if (item->dated) {
            article_json_date(&json, "date_published", &item->date);
        }

        article_json_item_extension(&json, item);
        yajl_gen_map_close(json.gen);
    }

    yajl_gen_array_close(json.gen);

    article_json_text(&json, "_article");
    article_json_extension(&json, *version);

    return article_json_close(&json);
}


int
article_json_open(article_json_t *json, article_page_t *page)
{
    json->page = page;

    article_buf_init(&json->text, page->arena);

    json->gen = article_json_writer(&json->room, &json->text);

    if (json->gen == NULL) {
        return -1;
    }

    yajl_gen_map_open(json->gen);

    return 0;
}


article_slice_t
article_json_close(article_json_t *json)
{
    if (yajl_gen_map_close(json->gen) != yajl_gen_status_ok
        || article_arena_failed(json->page->arena))
    {
        return (article_slice_t) { NULL, 0 };
    }

    return article_buf_slice(&json->text);
}


void
article_json_string(article_json_t *json, article_slice_t s)
{
    /* yajl's own check goes byte by byte */

    s = article_utf8_repair(json->page->arena, s);

    if (s.data != NULL) {
        s = article_text_clean(json->page->arena, s);
    }

    if (s.data == NULL
        || yajl_gen_string(json->gen, (const unsigned char *) s.data, s.len)
           != yajl_gen_status_ok)
    {
        yajl_gen_string(json->gen, (const unsigned char *) "", 0);
    }
}


void
article_json_text(article_json_t *json, const char *s)
{
    yajl_gen_string(json->gen, (const unsigned char *) s, strlen(s));
}


/* A string member; nothing when it is empty. */

void
article_json_add(article_json_t *json, const char *name,
    article_slice_t value)
{
    if (value.len == 0) {
        return;
    }

    article_json_text(json, name);
    article_json_string(json, value);
}


void
article_json_number(article_json_t *json, const char *name, long long value)
{
    article_json_text(json, name);
    yajl_gen_integer(json->gen, value);
}


void
article_json_date(article_json_t *json, const char *name,
    const article_date_t *date)
{
    char  out[ARTICLE_DATE_SIZE];

    article_json_date_format(json->page, date, out);
    article_json_text(json, name);
    article_json_text(json, out);
}


/* In Vietnam's zone; on a page that is not Vietnamese in the date's own. */

static void
article_json_date_format(const article_page_t *page,
    const article_date_t *date, char *out)
{
    article_date_t  settled;

    if (!page->foreign) {
        article_date_format(date, out);
        return;
    }

    settled = *date;
    article_page_date_settle(page, &settled);
    article_date_format_in(&settled, settled.zone, out);
}


/* A hash of what the reader sees: title, date, names, text, images, items. */

static article_slice_t
article_json_version(article_page_t *page)
{
    unsigned          n;
    uint32_t          i;
    uint64_t          h[2];
    article_facts_t  *facts;
    article_item_t   *item;

    facts = &page->facts;

    for (n = 0; n < 2; n++) {
        h[n] = article_hash64(n * 0x9e3779b97f4a7c15u, facts->title);
        h[n] = article_hash64(h[n], facts->summary);
        h[n] = article_hash64(h[n], facts->text);
        h[n] = article_hash64(h[n], facts->html);
        h[n] = article_hash64(h[n], facts->image);

        if (facts->has_published) {
            char  out[ARTICLE_DATE_SIZE];

            article_json_date_format(page, &facts->published, out);
            h[n] = article_hash64(h[n], (article_slice_t)
                                        { out, strlen(out) });
        }

        for (i = 0; i < facts->names.authors; i++) {
            h[n] = article_hash64(h[n], facts->names.author[i]);
        }

        for (i = 0; i < page->items_number; i++) {
            item = &page->items[i];
            h[n] = article_hash64(h[n], item->url);
            h[n] = article_hash64(h[n], item->title);
            h[n] = article_hash64(h[n], item->summary);
            h[n] = article_hash64(h[n], item->image);
        }

        for (i = 0; i < page->sections_number; i++) {
            h[n] = article_hash64(h[n], page->sections[i].url);
            h[n] = article_hash64(h[n], page->sections[i].title);
        }
    }

    return article_json_hash(page, h[0], h[1]);
}


article_slice_t
article_json_hash(article_page_t *page, uint64_t a, uint64_t b)
{
    char             out[33];
    article_slice_t  s;

    snprintf(out, sizeof(out), "%016llx%016llx", (unsigned long long) a,
             (unsigned long long) b);

    s.data = out;
    s.len = 32;

    return article_arena_copy(page->arena, s);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Articles in short, each as an object of its own: what a list of the newest
 * ones is made of.
 */

#include "json.h"


static void article_json_listed_article(article_page_t *page,
    article_listed_t *listed);
static void article_json_listed_item(article_page_t *page,
    article_item_t *item, article_listed_t *listed);
static void article_json_listed_write(article_page_t *page,
    const article_item_t *item, article_listed_t *listed);
static article_slice_t article_json_listed_object(article_page_t *page,
    const article_item_t *item, const article_listed_t *listed);


void
article_json_listed(article_page_t *page, article_result_t *result)
{
    unsigned           i, n;
    article_listed_t  *listed;

    n = page->facts.kind == ARTICLE_KIND_ARTICLE ? 1 : page->items_number;

    if (n == 0) {
        return;
    }

    listed = article_arena_alloc(page->arena, n * sizeof(article_listed_t));
    if (listed == NULL) {
        return;
    }

    result->listed = listed;

    if (page->facts.kind == ARTICLE_KIND_ARTICLE) {
        article_json_listed_article(page, listed);
        result->listed_number = listed->json.len ? 1 : 0;
        return;
    }

    for (i = 0; i < n; i++) {
        article_json_listed_item(page, &page->items[i], listed);

        if (listed->json.len) {
            listed++;
        }
    }

    result->listed_number = (unsigned) (listed - result->listed);
}


static void
article_json_listed_article(article_page_t *page, article_listed_t *listed)
{
    article_item_t    item;
    article_facts_t  *facts;

    facts = &page->facts;

    item.title = facts->title;
    item.url = facts->url;
    item.summary = facts->summary;
    item.image = facts->image;
    item.date = facts->published;
    item.dated = facts->has_published;

    listed->id = facts->id;
    listed->section = facts->section;
    listed->partial = 0;

    article_json_listed_write(page, &item, listed);
}


static void
article_json_listed_item(article_page_t *page, article_item_t *item,
    article_listed_t *listed)
{
    listed->id = article_page_id(page, item->url);
    listed->section = page->facts.section;
    listed->partial = 1;

    if (listed->section.len == 0 && page->facts.kind == ARTICLE_KIND_LISTING) {
        listed->section = page->facts.title;
    }

    article_json_listed_write(page, item, listed);
}


/* Leaves json empty where there is no title or address, or no room. */

static void
article_json_listed_write(article_page_t *page, const article_item_t *item,
    article_listed_t *listed)
{
    unsigned        n;
    article_date_t  date;
    article_item_t  shorter;

    listed->url = item->url;
    listed->json = article_literal("");
    listed->published = 0;
    listed->day = 0;

    if (item->title.len == 0 || item->url.len == 0 || listed->id.len == 0) {
        return;
    }

    if (item->dated) {
        date = item->date;
        article_page_date_settle(page, &date);
        listed->published = (time_t) article_date_seconds(&date);
        listed->day = !date.precise;
    }

    shorter = *item;

    for (n = 0; n < 3; n++) {

        listed->json = article_json_listed_object(page, &shorter, listed);

        if (listed->json.len <= ARTICLE_LISTED_MAX) {
            return;
        }

        if (n == 0) {
            shorter.summary = article_literal("");

        } else {
            shorter.image = article_literal("");
        }
    }

    listed->json = article_literal("");
}


static article_slice_t
article_json_listed_object(article_page_t *page, const article_item_t *item,
    const article_listed_t *listed)
{
    article_json_t  json;

    if (article_json_open(&json, page) != 0) {
        return article_literal("");
    }

    article_json_add(&json, "id", listed->id);
    article_json_add(&json, "url", item->url);
    article_json_add(&json, "title", item->title);
    article_json_add(&json, "summary", item->summary);
    article_json_add(&json, "image", item->image);

    if (item->dated) {
        article_json_date(&json, "date_published", &item->date);
    }

    article_json_listed_extension(&json, item, listed);

    return article_json_close(&json);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which article a page is.
 */

#include <string.h>

#include "learn_page.h"
#include "page.h"
#include "read.h"


/* Hashes of one thing are not those of another. */
#define ARTICLE_SEED_URL    1
#define ARTICLE_SEED_TITLE  2
#define ARTICLE_SEED_TEXT   3


article_reason_t
article_learn_identify(article_engine_t *engine,
    const article_read_options_t *options, const char *data, size_t len,
    article_seen_t *seen)
{
    article_page_t    page;
    article_reason_t  reason;

    memset(seen, 0, sizeof(article_seen_t));

    reason = article_page_open(&page, engine, options, data, len);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    if (page.facts.kind != ARTICLE_KIND_ARTICLE) {
        return ARTICLE_NOT_AN_ARTICLE;
    }

    article_metadata_find(&page);
    article_render_text(&page);

    if (page.facts.url.len != 0) {
        seen->url = article_hash64(ARTICLE_SEED_URL, page.facts.url);
    }

    if (page.facts.title.len != 0) {
        seen->title = article_hash64(ARTICLE_SEED_TITLE, page.facts.title);
    }

    seen->text = article_hash64(ARTICLE_SEED_TEXT, page.facts.text);

    return article_arena_failed(page.arena) ? ARTICLE_NO_MEMORY : ARTICLE_OK;
}

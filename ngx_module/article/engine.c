/*
 * Copyright (C) ngx_article authors
 *
 * The engine's life.
 */

#include <stdlib.h>

#include "document.h"


/* Kept of a page's memory for the next one: pages of 65 KB are the median. */
#define ARTICLE_ENGINE_IDLE  ((size_t) 256 * 1024)


static void article_engine_limits(article_limits_t *to,
    const article_limits_t *from);


article_engine_t *
article_engine_create(const article_limits_t *limits)
{
    article_engine_t  *engine;

    engine = calloc(1, sizeof(article_engine_t));
    if (engine == NULL) {
        return NULL;
    }

    article_engine_limits(&engine->limits, limits);

    engine->arena = article_arena_create(engine->limits.memory);
    if (engine->arena == NULL) {
        goto failed;
    }

    engine->document = lxb_html_document_create();
    if (engine->document == NULL) {
        goto failed;
    }

    lxb_html_document_dom_opt_set(engine->document,
                                  LXB_DOM_DOCUMENT_OPT_WO_EVENTS);

    engine->selectors = lxb_selectors_create();
    if (engine->selectors == NULL
        || lxb_selectors_init(engine->selectors) != LXB_STATUS_OK)
    {
        goto failed;
    }

    return engine;

failed:

    article_engine_destroy(engine);

    return NULL;
}


void
article_engine_destroy(article_engine_t *engine)
{
    if (engine == NULL) {
        return;
    }

    lxb_selectors_destroy(engine->selectors, true);

    if (engine->document != NULL) {
        lxb_html_document_destroy(engine->document);
    }

    article_arena_destroy(engine->arena);
    free(engine);
}


void
article_engine_shrink(article_engine_t *engine)
{
    lxb_html_document_clean(engine->document);
    lxb_selectors_clean(engine->selectors);
    article_arena_reset(engine->arena, ARTICLE_ENGINE_IDLE);
}


static void
article_engine_limits(article_limits_t *to, const article_limits_t *from)
{
    if (from != NULL) {
        *to = *from;
    }

    if (to->page == 0) {
        to->page = ARTICLE_MAX_PAGE;
    }

    if (to->memory == 0) {
        to->memory = ARTICLE_MAX_MEMORY;
    }

    if (to->depth == 0) {
        to->depth = ARTICLE_MAX_DEPTH;
    }

    if (to->nodes == 0) {
        to->nodes = ARTICLE_MAX_NODES;
    }
}

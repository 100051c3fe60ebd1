/*
 * Copyright (C) the authors named in LICENSE
 *
 * The engine's life.
 */

#include <stdlib.h>

#include "classes.h"


/* Kept of a page's memory for the next one: pages of 65 KB are the median. */
#define ARTICLE_ENGINE_IDLE  ((size_t) 256 * 1024)


/*
 * lexbor 3.0 crashes when memory runs out while a document and its parser
 * are made (1.1 MB in some 150 pieces), but not later.  So both are made at
 * once, after so much was seen to be there.
 */
#define ARTICLE_ENGINE_ROOM  ((size_t) 2 * 1024 * 1024)


static unsigned article_engine_room(void);
static unsigned article_engine_document(article_engine_t *engine);
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
    engine->classes = article_classes_create();

    if (engine->arena == NULL || engine->classes == NULL
        || !article_engine_room() || !article_engine_document(engine))
    {
        article_engine_destroy(engine);
        return NULL;
    }

    return engine;
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

    article_classes_destroy(engine->classes);
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


static unsigned
article_engine_room(void)
{
    void  *room;

    room = malloc(ARTICLE_ENGINE_ROOM);
    free(room);

    return room != NULL;
}


static unsigned
article_engine_document(article_engine_t *engine)
{
    engine->document = lxb_html_document_create();
    if (engine->document == NULL) {
        return 0;
    }

    lxb_html_document_dom_opt_set(engine->document,
                                  LXB_DOM_DOCUMENT_OPT_WO_EVENTS);

    engine->selectors = lxb_selectors_create();

    return engine->selectors != NULL
           && lxb_selectors_init(engine->selectors) == LXB_STATUS_OK
           && lxb_html_document_parse_chunk_begin(engine->document)
              == LXB_STATUS_OK;
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

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Marks between the phases of article_read(), for who measures them
 * (tools/bench).  Nobody else sets a marker; then a mark costs a comparison.
 */

#ifndef ARTICLE_PHASE_H_INCLUDED
#define ARTICLE_PHASE_H_INCLUDED


#include "document.h"


typedef enum {
    ARTICLE_PHASE_CHARSET = 0,  /* bytes -> UTF-8 in NFC */
    ARTICLE_PHASE_DOM,          /* lexbor: tokenizer and tree */
    ARTICLE_PHASE_BLOCKS,       /* the walk over the DOM */
    ARTICLE_PHASE_CHOICE,       /* title, container, lines, kind */
    ARTICLE_PHASE_METADATA,     /* head, JSON-LD, dates, authors */
    ARTICLE_PHASE_OUTPUT,       /* text, sanitized HTML, JSON */
    ARTICLE_PHASES
} article_phase_t;


/* All since the last mark (or since the call) belonged to phase. */
static inline void
article_phase_mark(const article_engine_t *engine, article_phase_t phase)
{
    if (engine->phase != NULL) {
        engine->phase(engine->phase_data, phase);
    }
}


#endif /* ARTICLE_PHASE_H_INCLUDED */

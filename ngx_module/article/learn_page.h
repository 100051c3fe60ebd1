/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which article a page is: what learning asks of reading.
 */

#ifndef ARTICLE_LEARN_PAGE_H_INCLUDED
#define ARTICLE_LEARN_PAGE_H_INCLUDED


#include "article.h"


/* What tells one article from another: hashes; 0 where unknown. */
typedef struct {
    uint64_t  url;          /* canonical */
    uint64_t  title;
    uint64_t  text;         /* the main text */
} article_seen_t;


/*
 * Reads a page: ARTICLE_OK, or why it is no article.  The engine's arena then
 * holds the page until the next call.
 */
article_reason_t article_learn_identify(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    article_seen_t *seen);


#endif /* ARTICLE_LEARN_PAGE_H_INCLUDED */

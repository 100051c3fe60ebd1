/*
 * Copyright (C) the authors named in LICENSE
 *
 * The first half of an extraction, which reading and explaining share.
 */

#ifndef ARTICLE_READ_H_INCLUDED
#define ARTICLE_READ_H_INCLUDED


#include "page.h"


/*
 * Parses and judges a page: all but metadata and output.  The options must
 * outlive the page, which lives in the engine until its next call.
 */
article_reason_t article_page_open(article_page_t *page,
    article_engine_t *engine, const article_read_options_t *options,
    const char *data, size_t len);

/* Keeps the files and players of an article that stand by its text. */
void article_page_media(article_page_t *page);


#endif /* ARTICLE_READ_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * What content_text and content_html have in common.
 */

#ifndef ARTICLE_RENDER_H_INCLUDED
#define ARTICLE_RENDER_H_INCLUDED


#include "page.h"


/* 1 if the line is part of the article's text. */
unsigned article_render_keeps(const article_line_t *line);

/* 1 if a table has two rows of two filled cells: content, not layout. */
unsigned article_render_is_data(article_page_t *page, uint32_t table);


#endif /* ARTICLE_RENDER_H_INCLUDED */

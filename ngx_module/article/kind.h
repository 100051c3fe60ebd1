/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of the judgement of a page's kind.
 */

#ifndef ARTICLE_KIND_H_INCLUDED
#define ARTICLE_KIND_H_INCLUDED


#include "page.h"


/* Text without a title of its own is a box's, if it is no longer. */
#define ARTICLE_LITTLE_PROSE  300


/*
 * Why the page is no article whatever else it holds, or NULL; static.  It says
 * that there is none (not found, withdrawn, an error, nothing found, to be
 * logged in to), is a template full of "Lorem ipsum", or one to search, ask or
 * log in on; kind_notice.c.
 */
const char *article_kind_notice(article_page_t *page);

/* 1 if a section of that name is such a page; kind_notice.c. */
unsigned article_kind_names_service(article_page_t *page,
    article_slice_t name);

/*
 * For a page without running text below its title: makes documents, players,
 * pictures or a dated sentence right below it the article.  1 if there are
 * any; else the page is as before; kind_media.c.
 */
unsigned article_kind_media(article_page_t *page);


#endif /* ARTICLE_KIND_H_INCLUDED */

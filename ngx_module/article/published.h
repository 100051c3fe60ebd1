/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of the search for dates; published.c and date_seen.c.
 */

#ifndef ARTICLE_PUBLISHED_H_INCLUDED
#define ARTICLE_PUBLISHED_H_INCLUDED


#include "page.h"


/*
 * The visible date: between title and text, then just above the title, then
 * just below the text.  Never from lists, menus or the text itself.  1: found.
 */
unsigned article_date_visible(article_page_t *page, article_date_t *date);

/* A date of the head, sane, with midnight sharp as no time; 1 if it is one. */
unsigned article_date_told(article_page_t *page, article_slice_t value,
    article_date_t *date);

unsigned article_date_same_day(const article_date_t *a,
    const article_date_t *b);

/* 1 unless the date is before the Web or in the future. */
unsigned article_date_sane(article_page_t *page, const article_date_t *date);


#endif /* ARTICLE_PUBLISHED_H_INCLUDED */

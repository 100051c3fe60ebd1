/*
 * Copyright (C) the authors named in LICENSE
 *
 * Names of authors on pages that are not Vietnamese; credit.c.
 */

#ifndef ARTICLE_CREDIT_H_INCLUDED
#define ARTICLE_CREDIT_H_INCLUDED


#include "dates.h"


/* Where a credit stands, and so what is believed to be a name in it. */
typedef enum {
    ARTICLE_CREDIT_TOLD = 0,    /* for machines: "dpa" is an author as well */
    ARTICLE_CREDIT_LABELLED,    /* seen behind "By": capitalised words */
    ARTICLE_CREDIT_BARE         /* seen in an author's place: two and more */
} article_credit_place_t;


/*
 * The text behind "By", "Von", "Par", "Text:" and their kin in the main
 * languages of the press; data is NULL when the text does not begin so.
 */
article_slice_t article_credit_label(article_arena_t *arena,
    article_slice_t text);

/*
 * Adds the names of a credit ("Anna Martel und Lea Wagner, Nairobi") to names:
 * parted, without labels, roles, places behind a comma, addresses and
 * remarks.  "admin", URLs and prose are none.  Slices point into text.
 */
void article_credit_names(article_arena_t *arena, article_slice_t text,
    article_credit_place_t place, article_names_t *names);


#endif /* ARTICLE_CREDIT_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Names of authors on pages that are not Vietnamese; credit.c.
 */

#ifndef ARTICLE_CREDIT_H_INCLUDED
#define ARTICLE_CREDIT_H_INCLUDED


#include "dates.h"


/*
 * The text behind "By", "Von", "Par", "Text:" and their kin in the main
 * languages of the press; data is NULL when the text does not begin so.
 */
article_slice_t article_credit_label(article_arena_t *arena,
    article_slice_t text);

/*
 * Adds the names of a credit ("Anna Martel und Lea Wagner, Nairobi") to names:
 * parted, without labels, roles, places behind a comma, addresses and
 * remarks.  strict: a text that people see, where only what looks like a
 * person's name is one; else what a machine is told is the author, where
 * "dpa" is.  "admin", URLs and prose are none.  Slices point into text.
 */
void article_credit_names(article_arena_t *arena, article_slice_t text,
    unsigned strict, article_names_t *names);


#endif /* ARTICLE_CREDIT_H_INCLUDED */

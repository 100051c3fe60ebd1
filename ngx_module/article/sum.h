/*
 * Copyright (C) the authors named in LICENSE
 *
 * Fingerprints of the text between any two places of a page, from two sums
 * of the text up to there.
 */

#ifndef ARTICLE_SUM_H_INCLUDED
#define ARTICLE_SUM_H_INCLUDED


#include "text.h"


/* A polynomial over the text so far, and how many bytes that is. */
typedef struct {
    uint64_t  hash;
    uint64_t  bytes;
} article_sum_t;


/*
 * Adds a text; plain: only its letters, without those that encodings write
 * differently.
 */
void article_sum_add(article_sum_t *sum, article_slice_t text);
void article_sum_add_plain(article_sum_t *sum, article_slice_t text);

/* The fingerprint of what came in between: never 0. */
uint64_t article_sum_since(const article_sum_t *now,
    const article_sum_t *then);


#endif /* ARTICLE_SUM_H_INCLUDED */

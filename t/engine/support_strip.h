/*
 * Copyright (C) ngx_article authors
 *
 * What the tests of strip share: cuts of a page fed in any portions, and the
 * reference, lexbor's DOM.
 */

#ifndef ARTICLE_SUPPORT_STRIP_H_INCLUDED
#define ARTICLE_SUPPORT_STRIP_H_INCLUDED


#include "article.h"


#define STRIP_CUTS_MAX  256


typedef struct {
    article_range_t   cut[STRIP_CUTS_MAX];
    unsigned          number;
    article_reason_t  reason;
} strip_cuts_t;


/*
 * Strips a page fed in portions: of size bytes (0: all at once), or, with
 * seed, of 1 to size bytes.  Checks what must hold after each portion.  Cuts
 * that touch are joined.  Returns NULL, or what was wrong.
 */
const char *strip_page(const article_strip_options_t *options,
    article_slice_t page, size_t size, uint64_t seed, strip_cuts_t *cuts);

/* The page in two portions, the first of size bytes. */
const char *strip_page_two(const article_strip_options_t *options,
    article_slice_t page, size_t size, strip_cuts_t *cuts);

unsigned strip_cuts_equal(const strip_cuts_t *a, const strip_cuts_t *b);

/* The kept slices; malloc'd, terminated. */
char *strip_output(article_slice_t page, const strip_cuts_t *cuts,
    size_t *len);

/*
 * The oracle: lexbor's DOM of the output is its DOM of the page with exactly
 * the nodes of the cuts removed.  NULL, or what was wrong (malloc'd).
 */
char *strip_oracle(article_slice_t page, const strip_cuts_t *cuts);


#endif /* ARTICLE_SUPPORT_STRIP_H_INCLUDED */

/*
 * Copyright (C) ngx_article authors
 *
 * The repository's portal files, for targets that take options.
 */

#ifndef ARTICLE_FUZZ_PORTALS_H_INCLUDED
#define ARTICLE_FUZZ_PORTALS_H_INCLUDED


#include "article.h"
#include "fuzz.h"


/* The portal of a choice; NULL for most of them. */
const article_portal_t *fuzz_portal(unsigned choice);

/* The portal files of families. */
article_portal_t *const *fuzz_families(unsigned *number);


#endif /* ARTICLE_FUZZ_PORTALS_H_INCLUDED */

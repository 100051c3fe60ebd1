/*
 * Copyright (C) the authors named in LICENSE
 *
 * The ids that the scripts of a page name, as it streams by: an element that
 * a script takes for granted is not cut.
 */

#ifndef ARTICLE_NEEDS_H_INCLUDED
#define ARTICLE_NEEDS_H_INCLUDED


#include "text.h"


/* Of one page; those beyond are not kept in mind. */
#define ARTICLE_NEEDS_IDS   64

/* A call, its id and what is done with its result, in bytes. */
#define ARTICLE_NEEDS_CALL  256


typedef struct {
    unsigned  ids;
    uint64_t  id[ARTICLE_NEEDS_IDS];    /* hashes */
    size_t    len;                      /* of the script, not yet looked at */
    char      tail[2 * ARTICLE_NEEDS_CALL];
} article_needs_t;


/* A portion of a script; its end. */
void article_needs_script(article_needs_t *needs, article_slice_t text);
void article_needs_end(article_needs_t *needs);

/* 1 if a script before this place takes an element with the id for granted. */
unsigned article_needs_id(const article_needs_t *needs, article_slice_t id);

/* Behind the id: "...) .x" takes it for granted, "); if (" looks first. */
unsigned article_needs_guarded(const char *p, const char *end);


#endif /* ARTICLE_NEEDS_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The blocks of one page that may be template: lists of links, as the cutter
 * will meet them, each with a selector the cutter can execute.
 */

#ifndef ARTICLE_TEMPLATE_H_INCLUDED
#define ARTICLE_TEMPLATE_H_INCLUDED


#include "cutter.h"


typedef struct {
    article_slice_t   select;       /* "div#phai ul.moi"; terminated */
    article_slice_t   heading;      /* its first line, or empty; terminated */
    article_label_t   label;        /* of the heading */
    article_counts_t  counts;
    uint64_t          text;         /* hash of its whole text */
    uint64_t          start;
    uint64_t          end;
} article_block_t;


typedef struct {
    article_block_t   *block;
    unsigned           blocks;

    /* ids that scripts of the page take for granted; terminated */
    article_slice_t   *needed;
    unsigned           needs;

    uint64_t           paragraphs;  /* hash of the page's running text */
    unsigned           paragraphs_number;
} article_template_t;


/*
 * Looks through a page (bytes as the portal sent them); what is found lives
 * in the arena.  ARTICLE_OK, STRIP_DOUBT (the page cannot be followed) or
 * NO_MEMORY.
 */
article_reason_t article_template_scan(article_arena_t *arena,
    const char *page, size_t len, article_template_t *found);


#endif /* ARTICLE_TEMPLATE_H_INCLUDED */

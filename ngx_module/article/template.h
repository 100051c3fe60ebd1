/*
 * Copyright (C) the authors named in LICENSE
 *
 * The blocks of one page that may be template: lists of links, counters and
 * widgets, as the cutter will meet them, each with a selector the cutter can
 * execute.
 */

#ifndef ARTICLE_TEMPLATE_H_INCLUDED
#define ARTICLE_TEMPLATE_H_INCLUDED


#include "cutter.h"


/* Blocks of one page, and ids looked for in its scripts. */
#define ARTICLE_TEMPLATE_BLOCKS  256
#define ARTICLE_TEMPLATE_NEEDS   64


typedef struct {
    article_only_t    only;         /* what it is */
    unsigned          named;        /* it has an id or a class of its own */
    unsigned          twice;        /* another block is named the same */
    article_slice_t   select;       /* "div#phai ul.moi"; terminated */
    article_slice_t   numbered;     /* the same with numbers, of a path */
    article_slice_t   heading;      /* its first line, or empty; terminated */
    article_label_t   label;        /* of the heading */
    article_counts_t  counts;
    uint64_t          text;         /* bytes of its text */
    uint64_t          hash;         /* fingerprint of its text */
    uint64_t          plain;        /* of its text without digits; of a
                                       banner's targets */
    uint64_t          value;        /* the largest number in it; 0: a date or
                                       a warning is in it */
    uint64_t          start;
    uint64_t          end;
} article_block_t;


typedef struct {
    article_block_t   *block;
    unsigned           blocks;

    /* ids that scripts of the page take for granted; terminated */
    article_slice_t   *needed;
    unsigned           needs;

    uint64_t           text;        /* bytes of the page's text */
} article_template_t;




/* An id of the page, and where its element begins. */
typedef struct {
    article_slice_t  id;
    uint64_t         at;
} article_template_id_t;


/*
 * Looks through a page (bytes as the portal sent them); what is found lives
 * in the arena.  ARTICLE_OK, STRIP_DOUBT (the page cannot be followed) or
 * NO_MEMORY.
 */
article_reason_t article_template_scan(article_arena_t *arena,
    const char *page, size_t len, article_template_t *found);

/*
 * template_needs.c: fills found->needed from the text of the page's scripts
 * (getElementById() whose result is used unseen); takes the blocks out that
 * hold such an element.
 */
void article_template_needs(article_arena_t *arena, article_slice_t script,
    article_template_t *found);
void article_template_drop_needed(article_template_t *found,
    const article_template_id_t *id, unsigned ids);


#endif /* ARTICLE_TEMPLATE_H_INCLUDED */

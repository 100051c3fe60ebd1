/*
 * Copyright (C) the authors named in LICENSE
 *
 * What an element says about itself: tag, alignment, class and id words.
 */

#ifndef ARTICLE_CLASSES_H_INCLUDED
#define ARTICLE_CLASSES_H_INCLUDED


#include "blocks.h"


/* What an element says about itself: tag, attributes, class and id words. */
typedef struct {
    uint32_t  flags;        /* ARTICLE_IN_... bits */
    unsigned  hidden;       /* not shown: no flags then */
    unsigned  aligned;      /* aligns its text in any way, left too */
    unsigned  linked;       /* has href */
} article_said_t;


/* What a class attribute says; pages repeat few of them again and again. */
typedef struct {
    article_slice_t  value;
    uint32_t         flags;     /* ARTICLE_IN_... bits */
    unsigned         tokens;    /* of hiding and alignment: style.c */
} article_said_class_t;


/* More, and some are read again. */
#define ARTICLE_SAID_CLASSES  128


/* Of one page: zeroed but for classes when the page begins. */
typedef struct {
    const article_classes_t  *classes;
    article_said_class_t      seen[ARTICLE_SAID_CLASSES];
} article_said_memo_t;


/* The tables of class words, immutable; NULL: no memory. */
article_classes_t *article_classes_create(void);
void article_classes_destroy(article_classes_t *classes);

/*
 * Reads the element's attributes in one pass.  Hidden are: the hidden
 * attribute, display:none, and a class token that is exactly one of the
 * frameworks' (never a substring: "field-label-hidden" is shown; "d-none
 * d-md-block" is shown on wide screens).  Source: KNOWLEDGE of legacy
 * portals; Bootstrap, NukeViet.
 */
void article_said_read(article_said_t *said, article_said_memo_t *memo,
    const lxb_dom_node_t *node, uint16_t tag);

/* ARTICLE_IN_... bits of the words in a class or id attribute. */
uint32_t article_class_flags(const article_classes_t *classes,
    article_slice_t value);

/* Tags whose text is never read; tags that break lines. */
unsigned article_tag_is_silent(uint16_t tag);
unsigned article_tag_is_block(uint16_t tag);


#endif /* ARTICLE_CLASSES_H_INCLUDED */

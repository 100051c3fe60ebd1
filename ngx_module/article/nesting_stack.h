/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of the stack of open elements, for nesting*.c only.
 */

#ifndef ARTICLE_NESTING_STACK_H_INCLUDED
#define ARTICLE_NESTING_STACK_H_INCLUDED


#include "nesting.h"


#define ARTICLE_NESTING_NONE     ((unsigned) -1)

/* The bits of leaks that nothing mends up to the next marker. */
#define ARTICLE_NESTING_TANGLED  56

/* The bits of leaks that are set if there is one of a kind, of any kind. */
#define ARTICLE_NESTING_ONE_EACH  0x0011111111111111ULL


/* Room for one more: 0 if it is too deep. */
unsigned article_nesting_grow(article_nesting_t *n);

/* Takes the innermost off; end is behind its end tag, or 0. */
void article_nesting_pop(article_nesting_t *n, uint64_t end);

/* Down to the element at index, which has the end tag that ends at end. */
void article_nesting_pop_to(article_nesting_t *n, unsigned index,
    uint64_t end);

/* Takes an element off from under others. */
void article_nesting_remove(article_nesting_t *n, unsigned index);

/* An open element in scope (index or NONE); stop ends the scope too. */
unsigned article_nesting_find(const article_nesting_t *n,
    article_tag_t tag, article_tag_t stop);

/* An open li, not past a list. */
unsigned article_nesting_find_item(const article_nesting_t *n,
    article_tag_t tag);

/* A table or a part of the innermost one. */
unsigned article_nesting_find_table(const article_nesting_t *n,
    article_tag_t tag);

/* The start tag of a formatting element that cannot be in itself. */
void article_nesting_close_format(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);

/* The end tag of a formatting element. */
void article_nesting_end_format(article_nesting_t *n,
    const article_tag_event_t *event);

/* A formatting element has been closed by another. */
void article_nesting_leak(article_nesting_t *n, article_tag_t tag);

/* A start tag with which those that others have closed may open again. */
void article_nesting_reopen(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch);

/* What has opened again matters, and cannot be followed. */
void article_nesting_tangle(article_nesting_t *n);


/* Formatting elements do not reach across these. */
static inline unsigned
article_tag_is_marker(article_tag_t tag)
{
    return article_tag_flags(tag) & ARTICLE_TAG_IS_MARKER;
}


static inline void
article_nesting_lower(uint32_t *touch, uint32_t index)
{
    if (index < *touch) {
        *touch = index;
    }
}


/* The tag at hand alters the element at index. */
static inline void
article_nesting_touch(article_nesting_t *n, uint32_t index)
{
    article_nesting_lower(&n->low, index);

    if (n->depth != 0) {
        article_nesting_lower(&n->frame[n->depth - 1].touch, index);
    }
}


/* Puts an element on the stack: 0 if it is too deep. */
static inline unsigned
article_nesting_push(article_nesting_t *n, const article_tag_event_t *event,
    uint32_t touch)
{
    article_frame_t  *frame;

    if (n->depth == n->size && !article_nesting_grow(n)) {
        n->doubt = 1;
        return 0;
    }

    frame = &n->frame[n->depth++];

    *frame = (article_frame_t) {
        .start = event->start,
        .leaks = n->leaks,
        .inside = (uint32_t) (event->end - event->start),
        .hash = event->hash,
        .touch = touch,
        .tag = (uint8_t) event->tag,
        .pending = n->pending != 0,
        .foreign = event->tag == ARTICLE_TAG_SVG
    };

    n->open[event->tag]++;

    if (article_tag_is_marker(event->tag)) {
        n->leaks = 0;
        n->pending = 0;
    }

    n->handler->opened(n->data, event);

    return 1;
}


#endif /* ARTICLE_NESTING_STACK_H_INCLUDED */

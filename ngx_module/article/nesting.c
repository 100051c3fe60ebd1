/*
 * Copyright (C) the authors named in LICENSE
 *
 * The stack of open elements.
 *
 * touch: each token is judged by the lowest element of the stack that it
 * alters.  An element may be cut if no token in it (its start tag included)
 * has touched the stack at its own index or below: then the tags outside do
 * to the tree what they do with it.  0 means "anything may be touched".
 */

#include <stdlib.h>
#include <string.h>

#include "nesting_stack.h"


/* Most pages nest no deeper; more is allocated when one does. */
#define ARTICLE_NESTING_FIRST  32


static unsigned article_nesting_untouched(const article_nesting_t *nesting,
    unsigned index);
static unsigned article_nesting_has_marker(const article_nesting_t *n,
    unsigned index);


void
article_nesting_init(article_nesting_t *nesting,
    const article_nesting_handler_t *handler, void *data)
{
    memset(nesting, 0, sizeof(article_nesting_t));
    nesting->handler = handler;
    nesting->data = data;
}


void
article_nesting_clear(article_nesting_t *nesting)
{
    free(nesting->frame);
    nesting->frame = NULL;
    nesting->size = 0;
    nesting->depth = 0;
}


void
article_nesting_text_odd(article_nesting_t *nesting)
{
    unsigned  table;

    if (!nesting->body) {

        /* it ends the head: what follows is the body's */

        if (article_nesting_tag(nesting) == ARTICLE_TAG_HEAD) {
            article_nesting_pop(nesting, 0);
        }

        nesting->head = 2;
        nesting->body = 1;
        article_nesting_touch(nesting, 0);
    }

    if (nesting->depth != 0 && article_nesting_in_table(nesting)) {

        /* foster parenting: it is moved in front of the table */

        table = article_nesting_find_table(nesting, ARTICLE_TAG_TABLE);
        article_nesting_touch(nesting, table);
        article_nesting_tangle(nesting);
    }
}


unsigned
article_nesting_clean(const article_nesting_t *nesting, unsigned index)
{
    uint64_t                leaks;
    const article_frame_t  *frame;

    frame = &nesting->frame[index];
    leaks = frame->leaks;

    if (article_tag_is_marker(frame->tag)) {
        if (leaks != 0 && frame->tag == ARTICLE_TAG_MARQUEE) {
            return 0;               /* the others are cells, which stay */
        }

        leaks = 0;
    }

    /*
     * Formatting elements that open again in the element end with it, and
     * open again behind it as they would without it, if they are the same
     * ones before and behind it.
     */

    return nesting->leaks == leaks
           && (leaks & ~ARTICLE_NESTING_ONE_EACH) == 0
           && article_nesting_untouched(nesting, index);
}


unsigned
article_nesting_clean_run(const article_nesting_t *nesting, unsigned index)
{
    unsigned  i;

    if (nesting->leaks != 0) {
        return 0;
    }

    for (i = index + 1; i < nesting->depth; i++) {
        if (nesting->frame[i].leaks != 0) {
            return 0;               /* those outside a marker */
        }
    }

    return article_nesting_untouched(nesting, index);
}


static unsigned
article_nesting_untouched(const article_nesting_t *nesting, unsigned index)
{
    unsigned  i;

    /* what is open above it has not handed its touch down yet */

    for (i = index; i < nesting->depth; i++) {
        if (nesting->frame[i].touch <= index) {
            return 0;
        }
    }

    return 1;
}


unsigned
article_nesting_grow(article_nesting_t *n)
{
    unsigned          size;
    article_frame_t  *frame;

    if (n->depth == ARTICLE_NESTING_MAX) {
        return 0;
    }

    size = n->size != 0 ? 2 * n->size : ARTICLE_NESTING_FIRST;
    if (size > ARTICLE_NESTING_MAX) {
        size = ARTICLE_NESTING_MAX;
    }

    frame = realloc(n->frame, size * sizeof(article_frame_t));
    if (frame == NULL) {
        n->no_memory = 1;
        return 0;
    }

    n->frame = frame;
    n->size = size;

    return 1;
}


void
article_nesting_pop(article_nesting_t *n, uint64_t end)
{
    article_frame_t  *frame;

    frame = &n->frame[n->depth - 1];

    if (frame->tag == ARTICLE_TAG_FORM && end == 0) {
        frame->touch = 0;           /* no other may begin: it owns fields */
    }

    n->handler->closing(n->data, end);

    frame = &n->frame[--n->depth];
    n->open[frame->tag]--;

    if (article_tag_is_marker(frame->tag)) {
        n->leaks = frame->leaks;
        n->pending = frame->pending;

        if (end == 0 && !(article_tag_flags(frame->tag)
                          & ARTICLE_TAG_IS_TABLE))
        {
            n->doubt = 1;           /* its marker is left behind */
        }

    } else {

        /* what opened again in it is closed again */

        n->pending |= frame->pending | (n->leaks != frame->leaks);
    }

    article_nesting_touch(n, frame->touch);
}


/*
 * Pops down to the element at index, which has the end tag that ends at end.
 * Formatting elements in it that are still open will be opened again behind
 * it, unless a marker is between.
 */
void
article_nesting_pop_to(article_nesting_t *n, unsigned index, uint64_t end)
{
    article_tag_t  tag;

    while (n->depth > index + 1) {
        tag = article_nesting_tag(n);
        article_nesting_pop(n, 0);

        if ((article_tag_flags(tag) & ARTICLE_TAG_IS_FORMAT)
            && !article_nesting_has_marker(n, index))
        {
            article_nesting_leak(n, tag);
        }
    }

    if (end == 0
        && (article_tag_flags(article_nesting_tag(n))
            & ARTICLE_TAG_IS_FORMAT))
    {
        article_nesting_touch(n, 0);
    }

    article_nesting_pop(n, end);
}


/* 1 if a marker is open at or above the index. */
static unsigned
article_nesting_has_marker(const article_nesting_t *n, unsigned index)
{
    unsigned  i;

    for (i = index; i < n->depth; i++) {
        if (article_tag_is_marker(n->frame[i].tag)) {
            return 1;
        }
    }

    return 0;
}


/* Takes an element off the stack from under others. */
void
article_nesting_remove(article_nesting_t *n, unsigned index)
{
    article_nesting_touch(n, index);

    /* its place stays, as an element that no tag can close but its parent's */

    n->open[n->frame[index].tag]--;
    n->open[ARTICLE_TAG_UNKNOWN]++;

    n->frame[index].tag = ARTICLE_TAG_UNKNOWN;
    n->frame[index].hash = 0;
    n->frame[index].touch = index;
}


/* An open element in scope; stop is another element that ends the scope. */
unsigned
article_nesting_find(const article_nesting_t *n, article_tag_t tag,
    article_tag_t stop)
{
    unsigned       i;
    article_tag_t  open;

    for (i = n->depth; i != 0; i--) {
        open = n->frame[i - 1].tag;

        if (open == tag && !n->frame[i - 1].foreign) {
            return i - 1;
        }

        if ((article_tag_flags(open) & ARTICLE_TAG_IS_SCOPE)
            || (open == stop && stop != ARTICLE_TAG_UNKNOWN)
            || (n->frame[i - 1].foreign && n->frame[i - 1].html))
        {
            break;
        }
    }

    return ARTICLE_NESTING_NONE;
}


unsigned
article_nesting_find_item(const article_nesting_t *n, article_tag_t tag)
{
    unsigned       i;
    article_tag_t  open;

    for (i = n->depth; i != 0; i--) {
        open = n->frame[i - 1].tag;

        if (open == tag) {
            return i - 1;
        }

        if ((article_tag_flags(open) & ARTICLE_TAG_IS_SCOPE)
            || open == ARTICLE_TAG_UL || open == ARTICLE_TAG_OL)
        {
            break;
        }
    }

    return ARTICLE_NESTING_NONE;
}


/* A table or part of it, not past another table. */
unsigned
article_nesting_find_table(const article_nesting_t *n, article_tag_t tag)
{
    unsigned       i;
    article_tag_t  open;

    for (i = n->depth; i != 0; i--) {
        open = n->frame[i - 1].tag;

        if (open == tag) {
            return i - 1;
        }

        if (open == ARTICLE_TAG_TABLE || open == ARTICLE_TAG_TEMPLATE
            || open == ARTICLE_TAG_HTML)
        {
            break;
        }
    }

    return ARTICLE_NESTING_NONE;
}

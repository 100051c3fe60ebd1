/*
 * Copyright (C) the authors named in LICENSE
 *
 * End tags.
 */

#include "nesting_stack.h"


static unsigned article_nesting_end_foreign(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_select(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_block(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_form(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_other(article_nesting_t *n,
    const article_tag_event_t *event);


void
article_nesting_end(article_nesting_t *nesting,
    const article_tag_event_t *event)
{
    article_frame_t  *top;

    top = article_nesting_top(nesting);
    if (top == NULL) {
        return;
    }

    if (top->tag == event->tag && top->hash == event->hash && !top->foreign
        && !(article_tag_flags(event->tag) & ARTICLE_TAG_IS_ROOT)
        && event->tag != ARTICLE_TAG_FORM)
    {
        article_nesting_pop(nesting, event->end);   /* most are that simple */
        return;
    }

    if (top->foreign
        && article_nesting_end_foreign(nesting, event))
    {
        return;
    }

    if (nesting->open[ARTICLE_TAG_SELECT] != 0) {
        article_nesting_end_select(nesting, event);
        return;
    }

    switch (event->tag) {

    case ARTICLE_TAG_HTML:
    case ARTICLE_TAG_BODY:
        article_nesting_touch(nesting, 0);
        return;

    case ARTICLE_TAG_HEAD:

        if (nesting->head == 1
            && article_nesting_tag(nesting) == ARTICLE_TAG_HEAD)
        {
            nesting->head = 2;
            article_nesting_pop(nesting, event->end);
        }

        return;

    case ARTICLE_TAG_FORM:
        article_nesting_end_form(nesting, event);
        return;

    default:
        break;
    }

    if (article_tag_flags(event->tag) & ARTICLE_TAG_IS_FORMAT) {
        article_nesting_end_format(nesting, event);

    } else if (article_tag_flags(event->tag)
               & (ARTICLE_TAG_IS_BLOCK | ARTICLE_TAG_IS_SPECIAL))
    {
        article_nesting_end_block(nesting, event);

    } else {
        article_nesting_end_other(nesting, event);
    }
}


/* An end tag in svg or math: 1 if it was one of theirs. */
static unsigned
article_nesting_end_foreign(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned  i;

    for (i = n->depth; i != 0 && n->frame[i - 1].foreign; i--) {
        if (n->frame[i - 1].hash == event->hash) {
            article_nesting_pop_to(n, i - 1, event->end);
            return 1;
        }
    }

    if (!article_nesting_foreign(n)) {
        return 0;
    }

    article_nesting_touch(n, 0);

    return 0;
}


static void
article_nesting_end_select(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned  i;

    switch (event->tag) {

    case ARTICLE_TAG_SELECT:
    case ARTICLE_TAG_OPTION:
    case ARTICLE_TAG_OPTGROUP:
    case ARTICLE_TAG_SCRIPT:
        break;

    default:
        n->doubt = 1;
        return;
    }

    for (i = n->depth; i != 0; i--) {
        if (n->frame[i - 1].tag == event->tag) {
            article_nesting_pop_to(n, i - 1, event->end);
            return;
        }

        if (n->frame[i - 1].tag == ARTICLE_TAG_SELECT) {
            return;
        }
    }
}


/* An end tag that closes what is open within its element. */
static void
article_nesting_end_block(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned       i, flags;
    article_tag_t  tag;

    tag = event->tag;
    flags = article_tag_flags(tag);

    if (flags & ARTICLE_TAG_IS_VOID) {
        return;
    }

    if ((flags & ARTICLE_TAG_IS_TABLE) || tag == ARTICLE_TAG_TABLE) {
        i = article_nesting_find_table(n, tag);

    } else if (tag == ARTICLE_TAG_LI) {
        i = article_nesting_find_item(n, tag);

    } else if (flags & ARTICLE_TAG_IS_HEADING) {
        for (i = ARTICLE_TAG_H1; i <= ARTICLE_TAG_H6; i++) {
            if (article_nesting_tag(n) == (article_tag_t) i) {
                break;
            }
        }

        i = i <= ARTICLE_TAG_H6 ? n->depth - 1
                                : article_nesting_find(n, tag,
                                                       ARTICLE_TAG_UNKNOWN);
    } else {
        i = article_nesting_find(n, tag, tag == ARTICLE_TAG_P
                                         ? ARTICLE_TAG_BUTTON
                                         : ARTICLE_TAG_UNKNOWN);
    }

    if (i != ARTICLE_NESTING_NONE) {
        article_nesting_pop_to(n, i, event->end);
    }
}


/* A form leaves the stack alone, without what is open in it. */
static void
article_nesting_end_form(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned  i;

    n->form = 0;

    i = article_nesting_find(n, ARTICLE_TAG_FORM, ARTICLE_TAG_UNKNOWN);

    if (i == ARTICLE_NESTING_NONE || n->leaks != 0) {

        /* what has opened again in it stays open behind it */

        article_nesting_touch(n, 0);
        article_nesting_tangle(n);
    }

    if (i == ARTICLE_NESTING_NONE) {
        return;
    }

    if (i == n->depth - 1) {
        article_nesting_pop(n, event->end);

    } else {
        article_nesting_remove(n, i);
    }
}


static void
article_nesting_end_other(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned  i;

    for (i = n->depth; i != 0; i--) {
        if (n->frame[i - 1].hash == event->hash) {
            article_nesting_pop_to(n, i - 1, event->end);
            return;
        }

        if (article_tag_flags(n->frame[i - 1].tag) & ARTICLE_TAG_IS_SPECIAL) {
            return;
        }
    }
}

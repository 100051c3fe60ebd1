/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which child of its parent an element is, and which of its tag: counted as
 * the page streams by, for plans whose selectors ask.
 *
 * Each frame has a row of counts of its children, and before them stands one
 * for a page whose html and body tags were left out.  An element's own
 * numbers are what its parent's row says when it has been counted.
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"


static uint16_t *article_ordinals_count(article_strip_t *c, unsigned parent,
    const article_tag_event_t *event);


int
article_ordinals_init(article_strip_t *c)
{
    if (c->plan->attributes.types == 0) {
        return 0;
    }

    c->ordinal = calloc((ARTICLE_NESTING_MAX + 1) * c->plan->attributes.types,
                        sizeof(uint16_t));

    return c->ordinal == NULL ? -1 : 0;
}


const uint16_t *
article_ordinals_opened(article_strip_t *c, const article_tag_event_t *event)
{
    unsigned   types;
    uint16_t  *own;

    types = c->plan->attributes.types;
    own = c->ordinal + (size_t) c->nesting.depth * types;

    if (event->tag == ARTICLE_TAG_BODY) {

        /* text or an element before its tag began it already */

        memcpy(own, own - types, types * sizeof(uint16_t));

    } else {
        memset(own, 0, types * sizeof(uint16_t));
    }

    return article_ordinals_count(c, c->nesting.depth - 1, event);
}


void
article_ordinals_void(article_strip_t *c, const article_tag_event_t *event)
{
    (void) article_ordinals_count(c, c->nesting.depth, event);
}


/* What stands before the body is no child of it. */
static uint16_t *
article_ordinals_count(article_strip_t *c, unsigned parent,
    const article_tag_event_t *event)
{
    size_t                       len;
    uint16_t                    *row;
    unsigned                     i;
    const char                  *name;
    const article_attributes_t  *attributes;

    attributes = &c->plan->attributes;
    row = c->ordinal + (size_t) parent * attributes->types;

    if (!c->nesting.body || event->tag == ARTICLE_TAG_BODY) {
        return row;
    }

    name = event->element.tag.data;
    len = event->element.tag.len;

    if (len == 0) {
        name = article_tag_name(event->tag);
        len = strlen(name);
    }

    for (i = 0; i < attributes->types; i++) {
        if (row[i] <= ARTICLE_ORDINAL_MAX
            && (i == 0 || (attributes->type[i].len == len
                           && memcmp(attributes->type[i].data, name, len)
                              == 0)))
        {
            row[i]++;
        }
    }

    return row;
}


unsigned
article_ordinals_in_body(const article_nesting_t *nesting)
{
    unsigned  index;

    index = nesting->depth - 1;

    if (index > 1 || !nesting->body
        || (index == 1 && nesting->frame[0].tag != ARTICLE_TAG_HTML))
    {
        return 0;
    }

    return nesting->frame[index].tag != ARTICLE_TAG_HTML
           && nesting->frame[index].tag != ARTICLE_TAG_BODY;
}

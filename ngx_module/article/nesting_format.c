/*
 * Copyright (C) the authors named in LICENSE
 *
 * Formatting elements: a, b, font and their kin, that others may close and
 * that open again (HTML standard, 13.2.4.3 and the adoption agency).
 */

#include "nesting_stack.h"


static unsigned article_nesting_mend(article_nesting_t *n,
    article_tag_t tag);
static unsigned article_nesting_leak_shift(article_tag_t tag);
static unsigned article_nesting_adopt(article_nesting_t *n,
    article_tag_t tag, uint64_t end);


/* A link in a link, a nobr in a nobr: the first one ends. */
void
article_nesting_close_format(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    if (article_nesting_adopt(n, tag, 0) || article_nesting_mend(n, tag)) {
        article_nesting_lower(touch, 0);
    }
}


void
article_nesting_end_format(article_nesting_t *n,
    const article_tag_event_t *event)
{
    if (!article_nesting_adopt(n, event->tag, event->end)
        && article_nesting_mend(n, event->tag))
    {
        article_nesting_touch(n, 0);
    }
}


/*
 * Formatting elements that others have closed open again with the next text:
 * four bits count each kind, those above all that cannot be followed.
 */
void
article_nesting_leak(article_nesting_t *n, article_tag_t tag)
{
    unsigned  shift;

    shift = article_nesting_leak_shift(tag);

    if ((n->leaks >> shift & 15) == 15) {
        shift = ARTICLE_NESTING_TANGLED;
    }

    n->leaks += (uint64_t) 1 << shift;
    article_nesting_touch(n, 0);
}


/* The last one of a kind ends for good; 0: there is none. */
static unsigned
article_nesting_mend(article_nesting_t *n, article_tag_t tag)
{
    unsigned  i, shift;

    shift = article_nesting_leak_shift(tag);

    if ((n->leaks >> shift & 15) == 0) {
        return 0;
    }

    /* from within a table, out of its cells, an end tag reaches nothing */

    for (i = n->depth; i != 0; i--) {
        if (article_tag_is_marker(n->frame[i - 1].tag)) {
            break;
        }

        if (n->frame[i - 1].tag == ARTICLE_TAG_TABLE) {
            return 1;
        }
    }

    n->leaks -= (uint64_t) 1 << shift;

    return 1;
}


static unsigned
article_nesting_leak_shift(article_tag_t tag)
{
    unsigned  i;

    static const article_tag_t  kinds[] = {
        ARTICLE_TAG_A, ARTICLE_TAG_B, ARTICLE_TAG_BIG, ARTICLE_TAG_CODE,
        ARTICLE_TAG_EM, ARTICLE_TAG_FONT, ARTICLE_TAG_I, ARTICLE_TAG_NOBR,
        ARTICLE_TAG_S, ARTICLE_TAG_SMALL, ARTICLE_TAG_STRIKE,
        ARTICLE_TAG_STRONG, ARTICLE_TAG_TT
    };

    for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i] == tag) {
            break;
        }
    }

    return 4 * i;                   /* u is the last */
}


/*
 * The adoption agency: the end, at end, of a formatting element.  If blocks
 * are open in it, they stay open and it leaves the stack alone.  0 if it is
 * not on the stack.
 */
static unsigned
article_nesting_adopt(article_nesting_t *n, article_tag_t tag, uint64_t end)
{
    unsigned  i, special;

    special = 0;

    for (i = n->depth; i != 0; i--) {
        if (n->frame[i - 1].tag == tag && !n->frame[i - 1].foreign) {
            break;
        }

        if (article_tag_flags(n->frame[i - 1].tag) & ARTICLE_TAG_IS_SCOPE) {
            return 0;
        }

        if (article_tag_flags(n->frame[i - 1].tag) & ARTICLE_TAG_IS_SPECIAL) {
            special = 1;
        }
    }

    if (i == 0) {
        return 0;
    }

    if (special) {
        article_nesting_remove(n, i - 1);

        if (!(article_tag_flags(article_nesting_tag(n))
              & ARTICLE_TAG_IS_SPECIAL))
        {
            n->leaks += (uint64_t) 1 << ARTICLE_NESTING_TANGLED;
        }

    } else {
        article_nesting_pop_to(n, i - 1, end);
    }

    return 1;
}

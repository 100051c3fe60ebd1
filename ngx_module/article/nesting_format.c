/*
 * Copyright (C) the authors named in LICENSE
 *
 * Formatting elements: a, b, font and their kin, that others may close and
 * that open again (HTML standard, 13.2.4.3 and the adoption agency).
 */

#include "nesting_stack.h"


/* Formatting elements that are the same: more are not kept in mind. */
#define ARTICLE_NESTING_SAME    3

/* Blocks that an end tag reaches through, the standard's limit being 8. */
#define ARTICLE_NESTING_ROUNDS  7


static unsigned article_nesting_mend(article_nesting_t *n,
    article_tag_t tag);
static void article_nesting_mend_above(article_nesting_t *n,
    unsigned shift);
static unsigned article_nesting_leak_shift(article_tag_t tag);
static unsigned article_nesting_is_fourth(const article_nesting_t *n,
    article_tag_t tag);
static unsigned article_nesting_adopt(article_nesting_t *n,
    article_tag_t tag, uint64_t end);


/* A link in a link, a nobr in a nobr: the first one ends. */
void
article_nesting_close_format(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    if (n->open[tag] == 0 && n->leaks == 0) {
        return;
    }

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
    n->pending = 1;
    article_nesting_touch(n, 0);
}


/*
 * They open again with the next text, inline element or picture.  Until the
 * element that holds them ends they are open then, and what follows is in
 * them: so an element whose own start tag does that is not cut.
 */
void
article_nesting_reopen(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    unsigned  flags;

    flags = article_tag_flags(tag);

    if ((flags & ARTICLE_TAG_IS_FORMAT) && article_nesting_is_fourth(n, tag)) {
        article_nesting_lower(touch, 0);
    }

    if (n->leaks == 0
        || ((flags & (ARTICLE_TAG_IS_BLOCK | ARTICLE_TAG_IS_TABLE))
            && tag != ARTICLE_TAG_BR && tag != ARTICLE_TAG_MARQUEE
            && tag != ARTICLE_TAG_LEGEND))
    {
        return;
    }

    if (n->pending) {
        article_nesting_lower(touch, n->depth);
    }

    if ((flags & ARTICLE_TAG_IS_FORMAT) || tag == ARTICLE_TAG_SPAN
        || tag == ARTICLE_TAG_BR || tag == ARTICLE_TAG_IMG)
    {
        n->pending = 0;
    }
}


/* With a fourth of a kind the first may be forgotten: it opens no more. */
static unsigned
article_nesting_is_fourth(const article_nesting_t *n, article_tag_t tag)
{
    unsigned  i, same;

    if (tag == ARTICLE_TAG_A || tag == ARTICLE_TAG_NOBR) {
        return 0;                   /* it ends the one before it */
    }

    same = n->leaks == 0 ? 0
           : (unsigned) (n->leaks >> article_nesting_leak_shift(tag) & 15);

    if (same + n->open[tag] < ARTICLE_NESTING_SAME) {
        return 0;
    }

    for (i = n->depth; i != 0 && same < ARTICLE_NESTING_SAME; i--) {
        if (article_tag_is_marker(n->frame[i - 1].tag)) {
            break;
        }

        same += n->frame[i - 1].tag == tag;
    }

    return same >= ARTICLE_NESTING_SAME;
}


void
article_nesting_tangle(article_nesting_t *n)
{
    if (n->leaks != 0) {
        n->leaks += (uint64_t) 1 << ARTICLE_NESTING_TANGLED;
    }
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

    article_nesting_mend_above(n, shift);
    n->leaks -= (uint64_t) 1 << shift;
    n->pending = 1;

    return 1;
}


/*
 * What has been opened since it leaked stands above it, if it has opened
 * again: inline elements end with it, blocks stay open.
 */
static void
article_nesting_mend_above(article_nesting_t *n, unsigned shift)
{
    unsigned        i, special, flags;
    uint64_t        count;
    article_tag_t   tag;

    count = n->leaks >> shift & 15;
    special = 0;

    for (i = n->depth; i != 0; i--) {
        if (article_tag_is_marker(n->frame[i - 1].tag)
            || (n->frame[i - 1].leaks >> shift & 15) < count)
        {
            break;
        }

        flags = article_tag_flags(n->frame[i - 1].tag);

        if (flags & ARTICLE_TAG_IS_SPECIAL) {
            special++;

        } else if (special != 0) {
            article_nesting_tangle(n);
            return;
        }
    }

    if (special >= ARTICLE_NESTING_ROUNDS) {
        article_nesting_tangle(n);
    }

    while (n->depth > i) {
        tag = article_nesting_tag(n);

        if (article_tag_flags(tag) & ARTICLE_TAG_IS_SPECIAL) {
            break;
        }

        article_nesting_pop(n, 0);

        if (article_tag_flags(tag) & ARTICLE_TAG_IS_FORMAT) {
            article_nesting_leak(n, tag);
        }
    }
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
            special++;
        }
    }

    if (i == 0) {
        return 0;
    }

    if (special) {
        article_nesting_remove(n, i - 1);

        if (special >= ARTICLE_NESTING_ROUNDS
            || !(article_tag_flags(article_nesting_tag(n))
                 & ARTICLE_TAG_IS_SPECIAL))
        {
            n->leaks += (uint64_t) 1 << ARTICLE_NESTING_TANGLED;
        }

    } else {
        article_nesting_pop_to(n, i - 1, end);
    }

    return 1;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Start tags: what they imply, and where their elements go.
 */

#include <string.h>

#include "nesting_stack.h"


static unsigned article_nesting_is_plain(const article_nesting_t *n,
    article_tag_t tag, unsigned flags);
static unsigned article_nesting_start_select(article_nesting_t *n,
    const article_tag_event_t *event);
static unsigned article_nesting_start_foreign(article_nesting_t *n,
    const article_tag_event_t *event);
static unsigned article_nesting_breaks_out(article_tag_t tag);
static unsigned article_nesting_start_head(article_nesting_t *n,
    const article_tag_event_t *event);
static unsigned article_nesting_start_table(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch);
static unsigned article_nesting_start_part(article_nesting_t *n,
    const article_tag_event_t *event);
static unsigned article_nesting_imply(article_nesting_t *n,
    const article_tag_event_t *event, article_tag_t tag);
static void article_nesting_start_implied(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch);
static void article_nesting_close_item(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);
static void article_nesting_close_named(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);
static unsigned article_tag_is_head(article_tag_t tag);


unsigned
article_nesting_start(article_nesting_t *nesting,
    const article_tag_event_t *event)
{
    uint32_t       touch;
    unsigned       flags;
    article_tag_t  tag;

    tag = event->tag;
    flags = article_tag_flags(tag);
    touch = ARTICLE_NESTING_NONE;

    if (article_nesting_is_plain(nesting, tag, flags)) {
        return (flags & ARTICLE_TAG_IS_VOID)
               || article_nesting_push(nesting, event, touch);
    }

    if (article_nesting_foreign(nesting)) {
        return article_nesting_start_foreign(nesting, event);
    }

    if (nesting->open[ARTICLE_TAG_SELECT] != 0
        && !article_nesting_start_select(nesting, event))
    {
        return 0;
    }

    if (((flags & ARTICLE_TAG_IS_ROOT) || nesting->head == 1)
        && !article_nesting_start_head(nesting, event))
    {
        return 0;
    }

    if (!nesting->body && tag != ARTICLE_TAG_HTML && tag != ARTICLE_TAG_HEAD
        && !article_tag_is_head(tag))
    {
        nesting->body = 1;

        if (tag != ARTICLE_TAG_BODY) {
            touch = 0;              /* it is what ends the head */
        }
    }

    if (flags & ARTICLE_TAG_IS_TABLE) {
        if (!article_nesting_start_part(nesting, event)) {
            return 0;
        }

    } else if (article_nesting_in_table(nesting)
               && !article_nesting_start_table(nesting, event, &touch))
    {
        return 0;
    }

    if (tag == ARTICLE_TAG_FORM) {
        if (nesting->form) {
            return 0;
        }

        nesting->form = 1;
    }

    article_nesting_start_implied(nesting, event, &touch);

    if ((flags & ARTICLE_TAG_IS_FORMAT) || nesting->leaks != 0) {
        article_nesting_reopen(nesting, tag, &touch);
    }

    if (flags & ARTICLE_TAG_IS_VOID) {
        article_nesting_touch(nesting, touch);
        return 1;
    }

    if (event->self_closing && tag == ARTICLE_TAG_SVG) {
        return 1;
    }

    return article_nesting_push(nesting, event, touch);
}


/* 1 if a start tag begins its element and does nothing else, as most do. */
static unsigned
article_nesting_is_plain(const article_nesting_t *n, article_tag_t tag,
    unsigned flags)
{
    const article_frame_t  *top;

    top = article_nesting_top(n);

    if (top == NULL || top->foreign || !n->body || n->head == 1
        || n->leaks != 0 || n->open[ARTICLE_TAG_SELECT] != 0)
    {
        return 0;
    }

    switch (tag) {

    case ARTICLE_TAG_TD:
        return top->tag == ARTICLE_TAG_TR;

    case ARTICLE_TAG_TR:
        return top->tag == ARTICLE_TAG_TBODY;

    case ARTICLE_TAG_LI:
        return (top->tag == ARTICLE_TAG_UL || top->tag == ARTICLE_TAG_OL)
               && n->open[ARTICLE_TAG_P] == 0;

    default:
        return !(flags & ARTICLE_TAG_IS_CAREFUL)
               && !(article_tag_flags((article_tag_t) top->tag)
                    & ARTICLE_TAG_IS_ROWS)
               && ((flags & ARTICLE_TAG_CLOSES_P) == 0
                   || n->open[ARTICLE_TAG_P] == 0)
               && ((flags & ARTICLE_TAG_IS_FORMAT) == 0
                   || n->open[tag] == 0);
    }
}


/* In a select: 1 if the tag goes on to the other rules. */
static unsigned
article_nesting_start_select(article_nesting_t *n,
    const article_tag_event_t *event)
{
    switch (event->tag) {

    case ARTICLE_TAG_OPTGROUP:

        if (article_nesting_tag(n) == ARTICLE_TAG_OPTION) {
            article_nesting_pop(n, 0);
        }

        /* fall through */

    case ARTICLE_TAG_OPTION:

        if (article_nesting_tag(n) == event->tag) {
            article_nesting_pop(n, 0);
        }

        return 1;

    case ARTICLE_TAG_HR:
    case ARTICLE_TAG_SCRIPT:
        return 1;

    default:

        /* what becomes of others depends on the age of the browser */

        n->doubt = 1;
        return 0;
    }
}


/* In svg or math: 1 if the element is foreign too. */
static unsigned
article_nesting_start_foreign(article_nesting_t *n,
    const article_tag_event_t *event)
{
    article_frame_t  *top;

    if (article_nesting_breaks_out(event->tag)) {
        n->doubt = 1;               /* html in the midst of a drawing */
        return 0;
    }

    if (event->self_closing) {
        return 1;
    }

    if (article_nesting_push(n, event, ARTICLE_NESTING_NONE)) {
        top = article_nesting_top(n);
        top->foreign = 1;
        top->html = event->tag == ARTICLE_TAG_FOREIGNOBJECT
                    || event->tag == ARTICLE_TAG_DESC
                    || event->tag == ARTICLE_TAG_TITLE
                    || event->tag == ARTICLE_TAG_ANNOTATION_XML;
    }

    return 1;
}


/* Elements that end a drawing or formula, and all others of html. */
static unsigned
article_nesting_breaks_out(article_tag_t tag)
{
    switch (tag) {

    case ARTICLE_TAG_UNKNOWN:
    case ARTICLE_TAG_A:
    case ARTICLE_TAG_ANNOTATION_XML:
    case ARTICLE_TAG_DESC:
    case ARTICLE_TAG_FOREIGNOBJECT:
    case ARTICLE_TAG_IMAGE:
    case ARTICLE_TAG_SCRIPT:
    case ARTICLE_TAG_STYLE:
    case ARTICLE_TAG_SVG:
    case ARTICLE_TAG_TITLE:
        return 0;

    default:
        return 1;
    }
}


/* html, head, body and what ends the head: 0 if the tag is not inserted. */
static unsigned
article_nesting_start_head(article_nesting_t *n,
    const article_tag_event_t *event)
{
    switch (event->tag) {

    case ARTICLE_TAG_HTML:

        if (n->depth == 0) {
            return 1;
        }

        /* the first one gets the attributes of others */

        if (event->end - event->start > sizeof("<html>") - 1) {
            article_nesting_touch(n, 0);
        }

        return 0;

    case ARTICLE_TAG_HEAD:

        if (n->head != 0) {
            return 0;
        }

        n->head = 1;
        return 1;

    case ARTICLE_TAG_FRAMESET:
    case ARTICLE_TAG_MATH:
    case ARTICLE_TAG_TEMPLATE:
        n->doubt = 1;
        return 0;

    default:
        break;
    }

    if (n->head == 1 && article_nesting_tag(n) == ARTICLE_TAG_HEAD
        && !article_tag_is_head(event->tag))
    {
        article_nesting_pop(n, 0);
        n->head = 2;
    }

    if (event->tag == ARTICLE_TAG_BODY) {
        if (n->depth > 1 || (n->depth == 1
                             && article_nesting_tag(n) != ARTICLE_TAG_HTML))
        {
            article_nesting_touch(n, 0);
            return 0;
        }

        n->head = 2;
    }

    return 1;
}


/* Not a part of a table, but directly in one: 0 if not put on the stack. */
static unsigned
article_nesting_start_table(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch)
{
    unsigned  table;

    table = article_nesting_find_table(n, ARTICLE_TAG_TABLE);

    switch (event->tag) {

    case ARTICLE_TAG_SCRIPT:
    case ARTICLE_TAG_STYLE:
    case ARTICLE_TAG_TEMPLATE:
        return 1;

    case ARTICLE_TAG_FORM:

        /* an empty form, that owns the fields that follow */

        article_nesting_touch(n, table);
        n->form = 1;
        return 0;

    case ARTICLE_TAG_TABLE:

        if (table != ARTICLE_NESTING_NONE) {
            article_nesting_touch(n, table);
            article_nesting_pop_to(n, table, 0);
        }

        article_nesting_lower(touch, table);
        return 1;

    default:

        /*
         * Foster parenting: it moves in front of the table.  A void element
         * alone does no harm; another goes on to hold what the table's rules
         * still apply to.
         */

        if (!(article_tag_flags(event->tag) & ARTICLE_TAG_IS_VOID)) {
            n->doubt = 1;
        }

        article_nesting_lower(touch, table);
        article_nesting_touch(n, table);
        article_nesting_tangle(n);
        return 1;
    }
}


/* caption, colgroup, col, tbody, thead, tfoot, tr, td, th. */
static unsigned
article_nesting_start_part(article_nesting_t *n,
    const article_tag_event_t *event)
{
    unsigned       i, table;
    article_tag_t  open;

    table = article_nesting_find_table(n, ARTICLE_TAG_TABLE);
    if (table == ARTICLE_NESTING_NONE) {
        return 0;
    }

    /* down to what the part belongs in */

    for (i = n->depth - 1; i > table; i--) {
        open = n->frame[i].tag;

        if ((event->tag == ARTICLE_TAG_TD || event->tag == ARTICLE_TAG_TH)
            && open == ARTICLE_TAG_TR)
        {
            break;
        }

        if (event->tag != ARTICLE_TAG_TBODY && event->tag != ARTICLE_TAG_THEAD
            && event->tag != ARTICLE_TAG_TFOOT
            && event->tag != ARTICLE_TAG_CAPTION
            && event->tag != ARTICLE_TAG_COLGROUP
            && (open == ARTICLE_TAG_TBODY || open == ARTICLE_TAG_THEAD
                || open == ARTICLE_TAG_TFOOT))
        {
            break;
        }

        if (event->tag == ARTICLE_TAG_COL && open == ARTICLE_TAG_COLGROUP) {
            break;
        }
    }

    if (i + 1 < n->depth) {
        article_nesting_pop_to(n, i + 1, 0);
    }

    /* tbody and tr may be left out, and are there all the same */

    if ((event->tag == ARTICLE_TAG_TD || event->tag == ARTICLE_TAG_TH
         || event->tag == ARTICLE_TAG_TR)
        && article_nesting_tag(n) == ARTICLE_TAG_TABLE
        && !article_nesting_imply(n, event, ARTICLE_TAG_TBODY))
    {
        return 0;
    }

    if ((event->tag == ARTICLE_TAG_TD || event->tag == ARTICLE_TAG_TH)
        && article_nesting_tag(n) != ARTICLE_TAG_TR)
    {
        return article_nesting_imply(n, event, ARTICLE_TAG_TR);
    }

    return 1;
}


/* An element whose start tag is left out: it begins where another does. */
static unsigned
article_nesting_imply(article_nesting_t *n, const article_tag_event_t *event,
    article_tag_t tag)
{
    article_tag_event_t  implied;

    memset(&implied, 0, sizeof(implied));
    implied.tag = tag;
    implied.start = event->start;
    implied.end = event->start;

    return article_nesting_push(n, &implied, ARTICLE_NESTING_NONE);
}


/* The end tags that a start tag implies. */
static void
article_nesting_start_implied(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch)
{
    unsigned       flags;
    article_tag_t  tag;

    tag = event->tag;
    flags = article_tag_flags(tag);

    if (flags & ARTICLE_TAG_IS_ITEM) {
        article_nesting_close_item(n, tag, touch);
    }

    if ((flags & (ARTICLE_TAG_CLOSES_P | ARTICLE_TAG_IS_ITEM))
        || (tag == ARTICLE_TAG_TABLE && !n->quirks))
    {
        article_nesting_close_named(n, ARTICLE_TAG_P, touch);
    }

    if ((flags & ARTICLE_TAG_IS_HEADING) && n->depth != 0
        && (article_tag_flags(article_nesting_tag(n))
            & ARTICLE_TAG_IS_HEADING))
    {
        /* unless one that has opened again stands between */

        article_nesting_tangle(n);
        article_nesting_lower(touch, n->depth - 1);
        article_nesting_pop(n, 0);
    }

    if (tag == ARTICLE_TAG_A || tag == ARTICLE_TAG_NOBR) {
        article_nesting_close_format(n, tag, touch);

    } else if (tag == ARTICLE_TAG_BUTTON) {
        article_nesting_close_named(n, tag, touch);

    } else if ((tag == ARTICLE_TAG_OPTION || tag == ARTICLE_TAG_OPTGROUP)
               && n->open[ARTICLE_TAG_SELECT] == 0
               && article_nesting_tag(n) == ARTICLE_TAG_OPTION)
    {
        article_nesting_tangle(n);
        article_nesting_lower(touch, n->depth - 1);
        article_nesting_pop(n, 0);
    }
}


/* An open li ends before another, in the same list; dd and dt likewise. */
static void
article_nesting_close_item(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    unsigned       i;
    article_tag_t  open;

    for (i = n->depth; i != 0; i--) {
        open = n->frame[i - 1].tag;

        if (open == tag || (tag != ARTICLE_TAG_LI && (open == ARTICLE_TAG_DD
                                                   || open == ARTICLE_TAG_DT)))
        {
            article_nesting_lower(touch, i - 1);
            article_nesting_pop_to(n, i - 1, 0);
            return;
        }

        if ((article_tag_flags(open) & ARTICLE_TAG_IS_SPECIAL)
            && open != ARTICLE_TAG_ADDRESS && open != ARTICLE_TAG_DIV
            && open != ARTICLE_TAG_P)
        {
            return;
        }
    }
}


static void
article_nesting_close_named(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    unsigned  i;

    if (n->open[tag] == 0) {
        return;
    }

    i = article_nesting_find(n, tag, tag == ARTICLE_TAG_P ? ARTICLE_TAG_BUTTON
                                                       : ARTICLE_TAG_UNKNOWN);
    if (i == ARTICLE_NESTING_NONE) {
        return;
    }

    article_nesting_lower(touch, i);
    article_nesting_pop_to(n, i, 0);
}


/* What may stand in the head. */
static unsigned
article_tag_is_head(article_tag_t tag)
{
    switch (tag) {

    case ARTICLE_TAG_BASE:
    case ARTICLE_TAG_BASEFONT:
    case ARTICLE_TAG_BGSOUND:
    case ARTICLE_TAG_LINK:
    case ARTICLE_TAG_META:
    case ARTICLE_TAG_NOFRAMES:
    case ARTICLE_TAG_NOSCRIPT:
    case ARTICLE_TAG_SCRIPT:
    case ARTICLE_TAG_STYLE:
    case ARTICLE_TAG_TEMPLATE:
    case ARTICLE_TAG_TITLE:
        return 1;

    default:
        return 0;
    }
}

/*
 * Copyright (C) ngx_article authors
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

#include "nesting.h"


#define ARTICLE_NESTING_NONE   ((unsigned) -1)

/* The bits of leaks that nothing mends up to the next marker. */
#define ARTICLE_NESTING_TANGLED  56

/* Most pages nest no deeper; more is allocated when one does. */
#define ARTICLE_NESTING_FIRST  32


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
    const article_tag_event_t *event, uint32_t *touch);
static unsigned article_nesting_imply(article_nesting_t *n,
    const article_tag_event_t *event, article_tag_t tag);
static void article_nesting_start_implied(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch);
static void article_nesting_close_item(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);
static void article_nesting_close_named(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);
static void article_nesting_close_format(article_nesting_t *n,
    article_tag_t tag, uint32_t *touch);
static unsigned article_nesting_push(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t touch);

static unsigned article_nesting_grow(article_nesting_t *n);

static unsigned article_nesting_end_foreign(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_select(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_block(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_form(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_end_format(article_nesting_t *n,
    const article_tag_event_t *event);
static void article_nesting_leak(article_nesting_t *n, article_tag_t tag);
static unsigned article_nesting_mend(article_nesting_t *n,
    article_tag_t tag);
static unsigned article_nesting_leak_shift(article_tag_t tag);
static unsigned article_nesting_adopt(article_nesting_t *n,
    article_tag_t tag, uint64_t end);
static void article_nesting_end_other(article_nesting_t *n,
    const article_tag_event_t *event);

static void article_nesting_pop(article_nesting_t *n, uint64_t end);
static void article_nesting_pop_to(article_nesting_t *n, unsigned index,
    uint64_t end);
static unsigned article_nesting_has_marker(const article_nesting_t *n,
    unsigned index);
static void article_nesting_remove(article_nesting_t *n, unsigned index);
static void article_nesting_touch(article_nesting_t *n, uint32_t index);
static unsigned article_nesting_find(const article_nesting_t *n,
    article_tag_t tag, article_tag_t stop);
static unsigned article_nesting_find_item(const article_nesting_t *n,
    article_tag_t tag);
static unsigned article_nesting_find_table(const article_nesting_t *n,
    article_tag_t tag);
static article_tag_t article_nesting_tag(const article_nesting_t *n);
static unsigned article_nesting_in_table(const article_nesting_t *n);
static unsigned article_tag_is_marker(article_tag_t tag);
static unsigned article_tag_is_head(article_tag_t tag);


static inline void
article_nesting_lower(uint32_t *touch, uint32_t index)
{
    if (index < *touch) {
        *touch = index;
    }
}


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

    if (article_nesting_foreign(nesting)) {
        return article_nesting_start_foreign(nesting, event);
    }

    if (nesting->selects != 0
        && !article_nesting_start_select(nesting, event))
    {
        return 0;
    }

    if (!article_nesting_start_head(nesting, event)) {
        return 0;
    }

    if (flags & ARTICLE_TAG_IS_TABLE) {
        if (!article_nesting_start_part(nesting, event, &touch)) {
            return 0;
        }

    } else if (article_nesting_in_table(nesting)
               && !article_nesting_start_table(nesting, event, &touch))
    {
        return 0;
    }

    article_nesting_start_implied(nesting, event, &touch);

    if (tag == ARTICLE_TAG_FORM) {
        if (nesting->form) {
            return 0;
        }

        nesting->form = 1;
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


void
article_nesting_end(article_nesting_t *nesting,
    const article_tag_event_t *event)
{
    if (nesting->depth == 0) {
        return;
    }

    if (article_nesting_top(nesting)->foreign
        && article_nesting_end_foreign(nesting, event))
    {
        return;
    }

    if (nesting->selects != 0) {
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


void
article_nesting_text(article_nesting_t *nesting)
{
    unsigned  table;

    if (nesting->depth != 0 && article_nesting_in_table(nesting)) {

        /* foster parenting: it is moved in front of the table */

        table = article_nesting_find_table(nesting, ARTICLE_TAG_TABLE);
        article_nesting_touch(nesting, table);
    }
}


unsigned
article_nesting_clean(const article_nesting_t *nesting, unsigned index)
{
    unsigned  i;

    /* formatting elements that open again may do so anywhere */

    if (nesting->leaks != 0) {
        return 0;
    }

    /* what is open above it has not handed its touch down yet */

    for (i = index; i < nesting->depth; i++) {
        if (nesting->frame[i].touch <= index) {
            return 0;
        }
    }

    return 1;
}


article_frame_t *
article_nesting_top(article_nesting_t *nesting)
{
    return nesting->depth != 0 ? &nesting->frame[nesting->depth - 1] : NULL;
}


unsigned
article_nesting_foreign(const article_nesting_t *nesting)
{
    const article_frame_t  *top;

    if (nesting->depth == 0) {
        return 0;
    }

    top = &nesting->frame[nesting->depth - 1];

    return top->foreign && !top->html;
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
        return n->depth == 0;

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
        if (n->depth > 1 || article_nesting_tag(n) == ARTICLE_TAG_BODY) {
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
        return 1;
    }
}


/* caption, colgroup, col, tbody, thead, tfoot, tr, td, th. */
static unsigned
article_nesting_start_part(article_nesting_t *n,
    const article_tag_event_t *event, uint32_t *touch)
{
    unsigned       i, table;
    article_tag_t  open;

    (void) touch;

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

    if (tag == ARTICLE_TAG_LI || tag == ARTICLE_TAG_DD
        || tag == ARTICLE_TAG_DT)
    {
        article_nesting_close_item(n, tag, touch);
    }

    if ((flags & ARTICLE_TAG_CLOSES_P) || tag == ARTICLE_TAG_LI
        || tag == ARTICLE_TAG_DD || tag == ARTICLE_TAG_DT)
    {
        article_nesting_close_named(n, ARTICLE_TAG_P, touch);

    } else if (tag == ARTICLE_TAG_TABLE && !n->quirks) {
        article_nesting_close_named(n, ARTICLE_TAG_P, touch);
    }

    if ((flags & ARTICLE_TAG_IS_HEADING) && n->depth != 0
        && (article_tag_flags(article_nesting_tag(n))
            & ARTICLE_TAG_IS_HEADING))
    {
        article_nesting_lower(touch, n->depth - 1);
        article_nesting_pop(n, 0);
    }

    if (tag == ARTICLE_TAG_A || tag == ARTICLE_TAG_NOBR) {
        article_nesting_close_format(n, tag, touch);

    } else if (tag == ARTICLE_TAG_BUTTON) {
        article_nesting_close_named(n, tag, touch);

    } else if ((tag == ARTICLE_TAG_OPTION || tag == ARTICLE_TAG_OPTGROUP)
               && n->selects == 0
               && article_nesting_tag(n) == ARTICLE_TAG_OPTION)
    {
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

    i = article_nesting_find(n, tag, tag == ARTICLE_TAG_P ? ARTICLE_TAG_BUTTON
                                                       : ARTICLE_TAG_UNKNOWN);
    if (i == ARTICLE_NESTING_NONE) {
        return;
    }

    article_nesting_lower(touch, i);
    article_nesting_pop_to(n, i, 0);
}


/* A link in a link, a nobr in a nobr: the first one ends. */
static void
article_nesting_close_format(article_nesting_t *n, article_tag_t tag,
    uint32_t *touch)
{
    if (article_nesting_adopt(n, tag, 0) || article_nesting_mend(n, tag)) {
        article_nesting_lower(touch, 0);
    }
}


static unsigned
article_nesting_push(article_nesting_t *n, const article_tag_event_t *event,
    uint32_t touch)
{
    article_frame_t  *frame;

    if (n->depth == n->size && !article_nesting_grow(n)) {
        n->doubt = 1;
        return 0;
    }

    frame = &n->frame[n->depth++];
    memset(frame, 0, offsetof(article_frame_t, counts));

    frame->tag = event->tag;
    frame->hash = event->hash;
    frame->start = event->start;
    frame->inside = event->end;
    frame->touch = touch;
    frame->leaks = n->leaks;
    frame->foreign = event->tag == ARTICLE_TAG_SVG;

    if (article_tag_is_marker(event->tag)) {
        n->leaks = 0;
    }

    n->selects += event->tag == ARTICLE_TAG_SELECT;

    n->handler->opened(n->data, event);

    return 1;
}


static unsigned
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
        return 0;
    }

    n->frame = frame;
    n->size = size;

    return 1;
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

    if (i == ARTICLE_NESTING_NONE) {
        article_nesting_touch(n, 0);

    } else if (i == n->depth - 1) {
        article_nesting_pop(n, event->end);

    } else {
        article_nesting_remove(n, i);
    }
}


static void
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
static void
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


static void
article_nesting_pop(article_nesting_t *n, uint64_t end)
{
    article_frame_t  *frame;

    n->handler->closing(n->data, end);

    frame = &n->frame[--n->depth];

    if (article_tag_is_marker(frame->tag)) {
        n->leaks = frame->leaks;

        if (end == 0 && !(article_tag_flags(frame->tag)
                          & ARTICLE_TAG_IS_TABLE))
        {
            n->doubt = 1;           /* its marker is left behind */
        }
    }

    n->selects -= frame->tag == ARTICLE_TAG_SELECT;

    article_nesting_touch(n, frame->touch);
}


/*
 * Pops down to the element at index, which has the end tag that ends at end.
 * Formatting elements in it that are still open will be opened again behind
 * it, unless a marker is between.
 */
static void
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
static void
article_nesting_remove(article_nesting_t *n, unsigned index)
{
    article_nesting_touch(n, index);

    /* its place stays, as an element that no tag can close but its parent's */

    n->frame[index].tag = ARTICLE_TAG_UNKNOWN;
    n->frame[index].hash = 0;
    n->frame[index].touch = index;
}


static void
article_nesting_touch(article_nesting_t *n, uint32_t index)
{
    if (n->depth != 0 && index < n->frame[n->depth - 1].touch) {
        n->frame[n->depth - 1].touch = index;
    }
}


/* An open element in scope; stop is another element that ends the scope. */
static unsigned
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


static unsigned
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
static unsigned
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


static article_tag_t
article_nesting_tag(const article_nesting_t *n)
{
    return n->depth != 0 ? n->frame[n->depth - 1].tag : ARTICLE_TAG_UNKNOWN;
}


static unsigned
article_nesting_in_table(const article_nesting_t *n)
{
    switch (article_nesting_tag(n)) {

    case ARTICLE_TAG_TABLE:
    case ARTICLE_TAG_TBODY:
    case ARTICLE_TAG_THEAD:
    case ARTICLE_TAG_TFOOT:
    case ARTICLE_TAG_TR:
    case ARTICLE_TAG_COLGROUP:
        return 1;

    default:
        return 0;
    }
}


/* Formatting elements do not reach across these. */
static unsigned
article_tag_is_marker(article_tag_t tag)
{
    return tag == ARTICLE_TAG_TD || tag == ARTICLE_TAG_TH
           || tag == ARTICLE_TAG_CAPTION || tag == ARTICLE_TAG_TEMPLATE
           || tag == ARTICLE_TAG_OBJECT || tag == ARTICLE_TAG_MARQUEE
           || tag == ARTICLE_TAG_APPLET;
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

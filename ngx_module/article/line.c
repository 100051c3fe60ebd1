/*
 * Copyright (C) the authors named in LICENSE
 *
 * The line of text at hand: where it stands, how much of it is links, and
 * when it ends, what it says.
 */

#include "cutter.h"


/* Running text of a page, no teaser of a list. */
#define ARTICLE_LINE_RUNNING    240

/* Of several lines without a list between them, each has so much at least. */
#define ARTICLE_LINE_PROSE      80

/* No label is longer, references and all; nor one that is a link. */
#define ARTICLE_LINE_LABEL      320
#define ARTICLE_LINE_LINK       60

/* A label in front of its first link is no longer than this. */
#define ARTICLE_LINE_BEFORE     160


static void article_line_running(article_strip_t *c);
static void article_line_label(article_strip_t *c, article_heard_t *heard);
static unsigned article_line_begins(article_strip_t *c,
    article_heard_t *heard);
static void article_line_again(article_strip_t *c, article_heard_t *heard,
    unsigned begins, const char *why);
static unsigned article_line_is_menu(const article_strip_t *c);
static unsigned article_line_is_short(const article_line_t *line);
static unsigned article_line_is_cuttable(article_label_t label);


void
article_line_opened(article_strip_t *c, const article_frame_t *frame)
{
    article_line_t  *line;

    line = &c->line;

    if (!line->placed) {
        c->nesting.low = (uint32_t) -1;
        line->placed = 1;
        line->start = frame->start;
        line->depth = c->nesting.depth - 1;
    }

    line->broken |= frame->needed;

    if (line->open && (frame->tag == ARTICLE_TAG_SPAN
                       || frame->tag == ARTICLE_TAG_A))
    {
        article_line_append(line, ' ');
    }

    if (frame->tag == ARTICLE_TAG_A) {
        c->link_start = line->link_bytes;
        c->link_bytes = 0;
    }
}


/*
 * An inline element ends: the line's whole thing grows to it; a link's text
 * is known; it may be a counter.
 */
void
article_line_closing(article_strip_t *c, uint64_t end)
{
    unsigned          index;
    article_line_t   *line;
    article_frame_t  *frame;

    line = &c->line;
    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];

    if (line->placed && line->depth > index) {

        /* it began in the element: whole only if nothing stood before it */

        if (index < c->fresh) {
            line->broken = 1;

        } else {
            line->start = frame->start;
            line->depth = index;
        }
    }

    if (frame->tag == ARTICLE_TAG_A) {
        article_line_linked(c, frame->line);

    } else if (line->digits) {
        article_line_counter(c, end);
    }
}


void
article_line_end_open(article_strip_t *c)
{
    article_heard_t   heard;
    article_line_t  *line;

    line = &c->line;

    article_encoding_seen(c, (article_slice_t) { line->text, line->len });

    if (article_line_is_short(line)) {
        article_heard_line(c, &heard);

        if (heard.label == ARTICLE_LABEL_BLANK && line->link_bytes == 0) {
            article_line_reset(c);
            return;
        }

    } else {
        article_heard_nothing(&heard);
    }

    article_line_running(c);

    if (c->rules != 0) {
        article_rules_heading(c, article_heard_text(c, &heard));
    }

    if (line->counters != 0) {
        article_line_counters(c);
    }

    if (c->observer != NULL) {
        c->observer->line(c->observer_data, article_heard_text(c, &heard),
                          heard.label);
    }

    article_line_label(c, &heard);
    article_line_reset(c);
}


void
article_line_link(article_strip_t *c)
{
    article_heard_t   heard;
    article_line_t  *line;

    line = &c->line;

    if (!line->open || line->links != 0 || c->links != 0) {
        return;
    }

    line->before = line->bytes;

    if (line->overflow || line->len > ARTICLE_LINE_BEFORE) {
        return;
    }

    article_heard_line(c, &heard);

    if (heard.label == ARTICLE_LABEL_RELATED
        || heard.label == ARTICLE_LABEL_LATEST
        || heard.label == ARTICLE_LABEL_BY_DATE)
    {
        /* "Tin liên quan: <a ..." is a label and the first of its links */

        article_line_end(c);
    }
}


/* Is the page an article's?  A list's teasers have a title between them. */
static void
article_line_running(article_strip_t *c)
{
    article_line_t  *line;

    line = &c->line;

    if (line->link_bytes > line->bytes) {
        c->prose = 0;

    } else if (line->overflow || line->bytes >= ARTICLE_LINE_PROSE) {
        c->prose++;

        if (c->prose > c->prose_most) {
            c->prose_most = c->prose;
        }
    }

    if (line->link_bytes == 0 && (line->overflow
                                  || line->bytes >= ARTICLE_LINE_RUNNING))
    {
        c->running++;
    }
}


/* What the line begins, or what it adds to. */
static void
article_line_label(article_strip_t *c, article_heard_t *heard)
{
    unsigned     begins;
    const char  *why;

    why = NULL;

    if (c->plan->headings != 0 && c->kept == 0 && !c->line.broken
        && c->line.depth != 0)
    {
        why = article_rules_label(c, article_heard_text(c, heard));
    }

    begins = why != NULL || article_line_begins(c, heard);

    if (why != NULL) {
        heard->label = ARTICLE_LABEL_RELATED;
    }

    if (c->hold.active) {
        article_line_again(c, heard, begins, why);
        return;
    }

    if (begins) {
        article_hold_begin(c, heard, why);

        if (heard->label != ARTICLE_LABEL_COUNTED) {
            return;
        }

    } else {
        c->fresh = c->nesting.depth;
    }

    if (article_cutter_counts(c)) {
        article_line_count(c, heard);
    }
}


/* 1 if the line is a label that something may be cut with. */
static unsigned
article_line_begins(article_strip_t *c, article_heard_t *heard)
{
    if (!article_line_is_cuttable(heard->label) || !c->builtin || c->kept != 0
        || c->navs != 0 || c->line.depth == 0 || c->line.broken
        || article_line_is_menu(c))
    {
        return 0;
    }

    /* a home page is read for its news, not for what is most read */

    if (c->home && heard->label == ARTICLE_LABEL_LATEST
        && !article_heard_is(c, heard, ARTICLE_HEARD_POPULAR))
    {
        return 0;
    }

    /* a page named "Tin mới" is one of these lists */

    return heard->label == ARTICLE_LABEL_COUNTER
           || heard->label == ARTICLE_LABEL_COUNTED
           || !article_heard_in_title(c, heard);
}


/* A line while a label's zone is being looked at. */
static void
article_line_again(article_strip_t *c, article_heard_t *heard, unsigned begins,
    const char *why)
{
    unsigned         first;
    article_hold_t  *h;

    h = &c->hold;

    /* the first text of something in the zone's level */

    first = c->fresh <= h->level + 1 || c->line.depth == h->level + 1;

    if (heard->label == ARTICLE_LABEL_STOP && first) {
        article_hold_finish(c);
        c->fresh = c->nesting.depth;
        return;
    }

    if (begins && first
        && !(h->label == ARTICLE_LABEL_COUNTER
             && (heard->label == ARTICLE_LABEL_COUNTED
                 || heard->label == ARTICLE_LABEL_COUNTER))
        && !(h->label == ARTICLE_LABEL_BY_DATE && heard->label == h->label
             && c->line.bytes == 0))            /* the choice's button */
    {
        if (h->flat != 0 || h->best.end != 0) {
            article_hold_finish(c);
            article_hold_begin(c, heard, why);
            return;
        }

        if (h->label != ARTICLE_LABEL_COUNTER) {

            /* tabs: "Tin mới", "Đọc nhiều" and then their lists */

            h->counts = c->counts;
            return;
        }
    }

    article_line_count(c, heard);
    c->fresh = c->nesting.depth;
    article_hold_check(c);
}


/* A label that is a link: a heading's, or an entry of a menu. */
static unsigned
article_line_is_menu(const article_strip_t *c)
{
    unsigned       i;
    article_tag_t  tag;

    if (c->line.bytes != 0 || c->headings != 0) {
        return 0;
    }

    for (i = c->nesting.depth; i != 0 && i + 4 > c->nesting.depth; i--) {
        tag = c->nesting.frame[i - 1].tag;

        if (tag == ARTICLE_TAG_LI || tag == ARTICLE_TAG_DD
            || tag == ARTICLE_TAG_TD)
        {
            return 1;
        }
    }

    return 0;
}


/* 1 if it may be a label: most lines are titles of links or paragraphs. */
static unsigned
article_line_is_short(const article_line_t *line)
{
    return !line->overflow && line->len <= ARTICLE_LINE_LABEL
           && (line->bytes != 0 || line->link_bytes <= ARTICLE_LINE_LINK);
}


static unsigned
article_line_is_cuttable(article_label_t label)
{
    switch (label) {

    case ARTICLE_LABEL_RELATED:
    case ARTICLE_LABEL_LATEST:
    case ARTICLE_LABEL_BY_DATE:
    case ARTICLE_LABEL_COUNTER:
    case ARTICLE_LABEL_COUNTED:
    case ARTICLE_LABEL_LINKS:
    case ARTICLE_LABEL_WIDGET:
        return 1;

    default:
        return 0;
    }
}

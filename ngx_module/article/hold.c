/*
 * Copyright (C) the authors named in LICENSE
 *
 * A label and what belongs to it.
 *
 * The label is the first text of a chain of elements, or stands before its
 * list in an element that holds more.  The zone grows from the label's line:
 *
 *      LABEL   nothing but the label yet: with each element of the chain
 *        |     that closes, the zone becomes that whole element
 *        | something that is counted as its list
 *        v
 *      LIST    (flat) at this level other things of the list may follow:
 *        |     each must be like the first, or the element must be all list
 *        | the level's element closes
 *        v
 *      WHOLE   the zone is a whole element with label and list; elements
 *              around it that hold nothing else are added
 *
 * Anything that is no list ends it, and the best zone so far is cut: the
 * largest run of whole things that was a list (article_hold_accepts()) and
 * touched nothing outside.
 */

#include <string.h>

#include "cutter.h"


/* A list's links are on average longer than a menu's. */
#define ARTICLE_HOLD_LINK_BYTES  24

/* An odometer of pictures has so many at least. */
#define ARTICLE_HOLD_ODOMETER    3

/*
 * Paragraphs that make a page an article's, or lines of text in succession;
 * and so many that "Tin mới" below them is no part of a listing.
 */
#define ARTICLE_HOLD_RUNNING     2
#define ARTICLE_HOLD_PROSE       3
#define ARTICLE_HOLD_PROSE_LONG  4

/*
 * "Tin mới", "Tin nổi bật", and any list where no article has been seen:
 * beside an article they are short; larger ones are what a home or listing
 * page is read for.
 */
#define ARTICLE_HOLD_LATEST      6144

/* Lines of a table of weather or rates. */
#define ARTICLE_HOLD_WIDGET      120

/* Lines of an advertisement's text, beside its picture or link. */
#define ARTICLE_HOLD_ADVERT      2U

/* Fields of a choice of dates: day, month, year, a button. */
#define ARTICLE_HOLD_FIELDS      6

/* A list that a rule names may hold such a choice: three, and the button. */
#define ARTICLE_HOLD_SELECTS     3U


static void article_hold_best(article_strip_t *c, uint64_t start,
    uint64_t end);
static void article_hold_child(article_strip_t *c, uint64_t end);
static void article_hold_level(article_strip_t *c, uint64_t end);
static void article_hold_sibling(article_strip_t *c, uint32_t shape,
    article_tag_t tag, unsigned block);
static unsigned article_hold_empty(const article_hold_t *h,
    const article_counts_t *d);
static unsigned article_hold_has_runs(const article_hold_t *h);
static unsigned article_hold_is_partial(article_tag_t tag);
static unsigned article_hold_is_list(article_tag_t tag);
static const char *article_hold_why(article_label_t label);


void
article_hold_begin(article_strip_t *c, article_heard_t *heard,
    const char *why)
{
    article_hold_t   *h;
    article_label_t   label;
    article_frame_t  *outside;

    h = &c->hold;
    label = heard->label;
    memset(h, 0, sizeof(article_hold_t));

    h->active = 1;
    h->label = label == ARTICLE_LABEL_COUNTED ? ARTICLE_LABEL_COUNTER : label;
    h->counted = label == ARTICLE_LABEL_COUNTED;
    h->any = why != NULL;
    h->why = why != NULL ? why : article_hold_why(label);
    /*
     * Titles with teasers are what listing pages are made of: beside most
     * read lists they are cut below an article's text only.
     */

    h->short_list = why == NULL && label == ARTICLE_LABEL_LATEST
                    && !article_heard_is(c, heard, ARTICLE_HEARD_POPULAR);

    h->teasers = !h->short_list || c->prose_most >= ARTICLE_HOLD_PROSE_LONG;

    if (why == NULL && label == ARTICLE_LABEL_RELATED
        && c->running < ARTICLE_HOLD_RUNNING
        && c->prose_most < ARTICLE_HOLD_PROSE
        && !article_heard_is(c, heard, ARTICLE_HEARD_POPULAR))
    {
        h->short_list = 1;
        h->teasers = 0;
    }

    h->advert = label == ARTICLE_LABEL_WIDGET
                && article_heard_is(c, heard, ARTICLE_HEARD_ADVERT);

    h->level = c->line.depth - 1;
    h->base = c->fresh <= h->level ? c->fresh : h->level + 1;
    h->start = c->line.start;
    h->first = h->base <= h->level ? c->nesting.frame[h->base].start
                                   : h->start;
    h->counts = c->counts;
    h->child = c->counts;
    c->lines = 0;
    c->line.image = 0;

    /* what the zone touches is to be seen, from its line on */

    if (h->base != 0) {
        outside = &c->nesting.frame[h->base - 1];
        h->old_touch = outside->touch;
        outside->touch = c->nesting.low;
    }

    if (h->counted && c->line.counters == 1) {

        /* the element with the counter, if nothing around it may go, too */

        h->best = c->line.counter[0].range;
    }

    if (label == ARTICLE_LABEL_WIDGET && h->base <= h->level) {

        /* an advertisement's picture may stand before its label */

        h->counts = c->fresh_counts;
    }
}


void
article_hold_opened(article_strip_t *c)
{
    unsigned          index;
    article_hold_t   *h;
    article_frame_t  *frame;

    h = &c->hold;
    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];

    if (index != h->level + 1) {
        return;
    }

    article_hold_sibling(c, frame->shape, frame->tag,
                         article_tag_flags(frame->tag)
                         & ARTICLE_TAG_IS_BLOCK);

    if (!h->active) {
        c->fresh = index;
        return;
    }

    h->child = c->counts;
}


void
article_hold_void(article_strip_t *c, const article_tag_event_t *event)
{
    if (event->tag == ARTICLE_TAG_HR && c->nesting.depth == c->hold.level + 1)
    {
        article_hold_sibling(c, event->hash, event->tag, 1);
    }
}


void
article_hold_closing(article_strip_t *c, uint64_t end)
{
    unsigned  index;

    index = c->nesting.depth - 1;

    if (index == c->hold.level + 1) {
        article_hold_child(c, end);

    } else if (index == c->hold.level) {
        article_hold_level(c, end);
    }
}


void
article_hold_check(article_strip_t *c)
{
    article_hold_t          *h;
    const article_counts_t  *now, *then;

    h = &c->hold;
    now = &c->counts;
    then = &h->counts;

    if (now->vetoed != then->vetoed || now->refused != then->refused
        || now->paragraphs != then->paragraphs
        || (now->forms != then->forms && h->label != ARTICLE_LABEL_BY_DATE)
        || (now->texts != then->texts && !h->teasers))
    {
        article_hold_finish(c);
        c->fresh = c->nesting.depth;
    }
}


void
article_hold_finish(article_strip_t *c)
{
    article_hold_t   *h;
    article_frame_t  *outside;

    h = &c->hold;

    if (!h->active) {
        return;
    }

    h->active = 0;

    if (h->base != 0 && h->base <= c->nesting.depth) {
        outside = &c->nesting.frame[h->base - 1];

        if (h->old_touch < outside->touch) {
            outside->touch = h->old_touch;
        }
    }

    if (h->best.end != 0) {
        article_cutter_cut(c, h->best.start, h->best.end, h->why);
    }
}


unsigned
article_hold_accepts(const article_hold_t *h, const article_counts_t *d)
{
    if (d->vetoed != 0 || d->refused != 0 || d->paragraphs != 0) {
        return 0;
    }

    /* every item has a teaser, or none: a lone text is something else */

    if (!h->advert
        && (d->texts > d->links
            || (d->texts != 0 && (!h->teasers || 2 * d->texts < d->titles))))
    {
        return 0;
    }

    switch (h->any ? ARTICLE_LABEL_RELATED : h->label) {

    case ARTICLE_LABEL_RELATED:
    case ARTICLE_LABEL_LATEST:
        return d->titles >= (h->label == ARTICLE_LABEL_LATEST ? 2U : 1U)
               && d->forms == 0
               && d->selects <= (h->any ? ARTICLE_HOLD_SELECTS : 0U)
               && d->fields <= (h->any && d->selects > 1 ? 1U : 0U)
               && d->shorts <= 3 * d->links + 4
               && (d->titles == d->links
                   || d->link_bytes / d->links >= ARTICLE_HOLD_LINK_BYTES);

    case ARTICLE_LABEL_BY_DATE:
        return d->links + d->selects + d->fields != 0
               && d->fields <= ARTICLE_HOLD_FIELDS
               && d->shorts <= 3 * d->links + 10;

    case ARTICLE_LABEL_COUNTER:

        /* beside "Hôm nay: 5" another number with a word is one, too */

        return d->links == 0 && d->texts == 0 && d->fields == 0
               && d->forms == 0 && d->selects == 0
               && d->shorts <= d->numbers + d->images
                               + (d->counters != 0 ? d->measures : 0)
               && (h->counted || d->numbers != 0
                   || d->images >= ARTICLE_HOLD_ODOMETER);

    case ARTICLE_LABEL_LINKS:
        return d->selects != 0 && d->links == 0 && d->texts == 0
               && d->fields == 0 && d->forms == 0;

    case ARTICLE_LABEL_WIDGET:

        /*
         * An advertisement has a picture or a link; the others, numbers:
         * "25 - 31", "Gạo: 15.000 đ/kg".
         */

        return d->texts <= (h->advert ? ARTICLE_HOLD_ADVERT : 0)
               && (h->advert ? d->images + d->links
                             : d->numbers + 2 * d->measures / (d->shorts + 1))
                  != 0
               && d->fields == 0 && d->forms == 0 && d->selects <= 1
               && d->shorts + d->numbers <= ARTICLE_HOLD_WIDGET;

    default:
        return 0;
    }
}


/* The zone up to end, if it is what the label is for. */
static void
article_hold_best(article_strip_t *c, uint64_t start, uint64_t end)
{
    article_hold_t    *h;
    article_counts_t   d;

    h = &c->hold;
    d = article_counts_since(&c->counts, &h->counts);

    if (h->short_list && end - start > ARTICLE_HOLD_LATEST) {
        return;
    }

    if (article_hold_accepts(h, &d)) {
        h->best.start = start;
        h->best.end = end;
    }
}


/* A whole thing in the zone's level ends. */
static void
article_hold_child(article_strip_t *c, uint64_t end)
{
    article_hold_t    *h;
    article_counts_t   all, d;
    article_frame_t   *frame, *level;

    h = &c->hold;
    frame = article_nesting_top(&c->nesting);
    level = &c->nesting.frame[h->level];

    all = article_counts_since(&c->counts, &h->counts);
    d = article_counts_since(&c->counts, &h->child);

    if (d.texts != 0 && d.titles == 0 && !h->advert) {
        article_hold_finish(c);
        return;
    }

    if (h->flat == 0 && !article_hold_empty(h, &all)) {
        h->flat = h->level + 1;
        h->item_shape = frame->shape;
        h->item_tag = frame->tag;

    } else if (h->flat == 0 && h->label_shape == 0) {
        h->label_shape = frame->shape;
        h->label_tag = frame->tag;

    } else if (h->flat == h->level + 1 && d.titles == 0
               && (h->level < h->base ? d.shorts + d.links != 0
                                      : d.shorts != 0 && d.links == 0)
               && (h->label == ARTICLE_LABEL_RELATED
                   || h->label == ARTICLE_LABEL_LATEST)
               && (article_tag_flags(frame->tag) & ARTICLE_TAG_IS_BLOCK))
    {
        article_hold_finish(c);         /* it says something else */
        return;
    }

    h->ragged = end == 0;

    if (end == 0 || !article_hold_is_partial(level->tag)
        || !article_hold_has_runs(h))
    {
        return;
    }

    if (article_nesting_clean_run(&c->nesting, h->level)) {
        article_hold_best(c, h->start, end);
    }
}


/* The zone's level itself ends: the zone becomes the element, if it can. */
static void
article_hold_level(article_strip_t *c, uint64_t end)
{
    unsigned           index;
    article_hold_t    *h;
    article_frame_t   *frame;
    article_counts_t   all;

    h = &c->hold;
    index = h->level;
    frame = &c->nesting.frame[index];
    all = article_counts_since(&c->counts, &h->counts);

    if (!h->ragged && article_hold_is_partial(frame->tag)
        && article_hold_has_runs(h)
        && h->start < c->tag_start
        && article_nesting_clean_run(&c->nesting, index)
        && !article_hold_empty(h, &all))
    {
        article_hold_best(c, h->start, c->tag_start);
    }

    if (index < h->base || index == 0 || frame->needed) {
        article_hold_finish(c);
        return;
    }

    switch (frame->tag) {

    case ARTICLE_TAG_BODY:
    case ARTICLE_TAG_FORM:
    case ARTICLE_TAG_FOOTER:
    case ARTICLE_TAG_HTML:
    case ARTICLE_TAG_MAIN:
    case ARTICLE_TAG_NAV:
        article_hold_finish(c);
        return;

    default:
        break;
    }

    if (!(article_tag_flags(frame->tag) & ARTICLE_TAG_IS_TABLE)
        && (end == 0 || !article_nesting_clean(&c->nesting, index)))
    {
        article_hold_finish(c);
        return;
    }

    if (h->flat == 0) {
        if (article_hold_empty(h, &all)) {
            h->label_shape = frame->shape;
            h->label_tag = frame->tag;

        } else {
            h->flat = h->level + 1;
        }
    }

    h->start = frame->start;
    h->level = index - 1;
    h->child = h->counts;
    h->ragged = 0;

    if (article_tag_flags(frame->tag) & ARTICLE_TAG_IS_CUT) {
        article_hold_best(c, h->start, end);
    }
}


/* A new thing begins at the zone's level. */
static void
article_hold_sibling(article_strip_t *c, uint32_t shape, article_tag_t tag,
    unsigned block)
{
    article_hold_t  *h;

    h = &c->hold;

    if (h->flat == 0) {
        return;
    }

    if (h->flat != h->level + 1) {

        /* the zone is a whole; in a row of a table, more of it may follow */

        if (h->best.end != 0 || block) {
            article_hold_finish(c);
        }

        return;
    }

    if (!block) {
        return;
    }

    if (shape == h->label_shape
        || (article_tag_flags(tag) & ARTICLE_TAG_IS_HEADING))
    {
        if (h->item_shape != shape) {
            article_hold_finish(c);
        }

        return;
    }

    if (h->level < h->base
        && (shape != h->item_shape || article_hold_is_list(tag)))
    {
        article_hold_finish(c);
    }
}


/* 1 if nothing of a list has been seen yet. */
static unsigned
article_hold_empty(const article_hold_t *h, const article_counts_t *d)
{
    if (h->label == ARTICLE_LABEL_COUNTER) {
        return !h->counted && d->numbers == 0
               && d->images < ARTICLE_HOLD_ODOMETER;
    }

    if (h->label == ARTICLE_LABEL_BY_DATE || h->label == ARTICLE_LABEL_LINKS) {
        return d->links + d->selects + d->fields == 0;
    }

    if (h->label == ARTICLE_LABEL_WIDGET) {
        return d->shorts + d->numbers + d->images + d->links == 0;
    }

    return d->titles == 0 && d->selects == 0;
}


/* A widget's words look like any: it goes with the box it fills, or stays. */
static unsigned
article_hold_has_runs(const article_hold_t *h)
{
    return h->label != ARTICLE_LABEL_WIDGET || h->level >= h->base;
}


/* A part of its content may be cut without the rest. */
static unsigned
article_hold_is_partial(article_tag_t tag)
{
    switch (tag) {

    case ARTICLE_TAG_HTML:
    case ARTICLE_TAG_TABLE:
    case ARTICLE_TAG_TBODY:
    case ARTICLE_TAG_THEAD:
    case ARTICLE_TAG_TFOOT:
    case ARTICLE_TAG_TR:
    case ARTICLE_TAG_UL:
    case ARTICLE_TAG_OL:
    case ARTICLE_TAG_DL:
    case ARTICLE_TAG_SELECT:
    case ARTICLE_TAG_A:
        return 0;

    default:
        return 1;
    }
}


static unsigned
article_hold_is_list(article_tag_t tag)
{
    return tag == ARTICLE_TAG_UL || tag == ARTICLE_TAG_OL
           || tag == ARTICLE_TAG_DL || tag == ARTICLE_TAG_TABLE;
}


static const char *
article_hold_why(article_label_t label)
{
    switch (label) {

    case ARTICLE_LABEL_LATEST:
        return "marker latest";

    case ARTICLE_LABEL_BY_DATE:
        return "marker by_date";

    case ARTICLE_LABEL_COUNTER:
    case ARTICLE_LABEL_COUNTED:
        return "marker counter";

    case ARTICLE_LABEL_LINKS:
        return "marker links";

    case ARTICLE_LABEL_WIDGET:
        return "marker widget";

    default:
        return "marker related";
    }
}

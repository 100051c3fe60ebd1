/*
 * Copyright (C) the authors named in LICENSE
 *
 * What may be template on one page.
 *
 * The page runs through the cutter's own scanner, stack and line counter, so
 * that a block is judged here by what it will be judged by when it is cut:
 * what cannot be cut cleanly, or is no list of links, is not even noted.
 */

#include <string.h>

#include "template_page.h"


/* Bounds of one page. */
#define ARTICLE_TEMPLATE_IDS     512
#define ARTICLE_TEMPLATE_SCRIPT  (256 * 1024)

/* A list has so many titles at least, most of its links being titles. */
#define ARTICLE_TEMPLATE_TITLES  2

/* The longest first line that may be a heading, and that if it is a link. */
#define ARTICLE_TEMPLATE_HEADING 80
#define ARTICLE_TEMPLATE_LINK    32

/* A longer line is no counter's, so that it need not be asked for warnings. */
#define ARTICLE_TEMPLATE_WARNING 160

/* Numbers are read up to fifteen digits or so. */
#define ARTICLE_TEMPLATE_VALUE   100000000000000ULL


static void article_template_apart(article_template_t *found);
static void article_template_opened(void *data,
    const article_tag_event_t *event);
static void article_template_closing(void *data, uint64_t end);
static void article_template_line(void *data, article_slice_t text,
    article_label_t label);
static void article_template_sum(article_template_page_t *page,
    const article_line_t *line);
static uint64_t article_template_value(article_slice_t text);
static unsigned article_template_is_date(article_slice_t text);
static void article_template_script(void *data, article_slice_t text);

static unsigned article_template_is_placed(article_template_page_t *page,
    unsigned index, uint64_t end);
static unsigned article_template_is_list(const article_counts_t *d);
static unsigned article_template_replaces(article_template_page_t *page,
    const article_counts_t *d, uint64_t start);
static unsigned article_template_has_named(
    const article_template_page_t *page, uint64_t start);
static article_only_t article_template_other(
    const article_template_page_t *page, unsigned index,
    const article_counts_t *d);
static void article_template_forget(article_template_page_t *page,
    uint64_t start);
static void article_template_add(article_template_page_t *page,
    article_only_t only, const article_counts_t *d, uint64_t start,
    uint64_t end);
static unsigned article_template_has_digit(article_slice_t s);


static const article_observer_t  article_template_observer = {
    article_template_opened,
    article_template_closing,
    article_template_line,
    article_template_script,
    article_template_option
};


article_reason_t
article_template_scan(article_arena_t *arena, const char *data, size_t len,
    article_template_t *found)
{
    article_reason_t         reason;
    article_template_page_t  page;
    article_strip_options_t  options;

    memset(found, 0, sizeof(article_template_t));
    memset(&page, 0, sizeof(page));
    memset(&options, 0, sizeof(options));

    page.arena = arena;
    page.found = found;
    article_buf_init(&page.script, arena);

    found->block = article_arena_alloc(arena, ARTICLE_TEMPLATE_BLOCKS
                                              * sizeof(article_block_t));
    found->needed = article_arena_alloc(arena, ARTICLE_TEMPLATE_NEEDS
                                               * sizeof(article_slice_t));
    page.frame = article_arena_calloc(arena, ARTICLE_NESTING_MAX
                                         * sizeof(article_template_frame_t));
    page.id = article_arena_alloc(arena, ARTICLE_TEMPLATE_IDS
                                         * sizeof(article_template_id_t));

    options.buffer = len + 1;       /* nothing is held: no limit */
    page.strip = article_strip_create(&options);

    if (article_arena_failed(arena) || page.strip == NULL) {
        article_strip_destroy(page.strip);
        return ARTICLE_NO_MEMORY;
    }

    article_template_links_init(page.strip);

    if (article_template_count(page.strip) != 0) {
        article_strip_destroy(page.strip);
        return ARTICLE_NO_MEMORY;
    }

    page.strip->observer = &article_template_observer;
    page.strip->observer_data = &page;

    reason = article_strip_feed(page.strip, data, len);
    article_strip_finish(page.strip);
    article_strip_destroy(page.strip);

    if (article_arena_failed(arena)) {
        return ARTICLE_NO_MEMORY;
    }

    if (reason != ARTICLE_OK) {
        return reason;
    }

    found->text = page.all.bytes;
    article_template_apart(found);

    article_template_needs(arena, article_buf_slice(&page.script), found);
    article_template_drop_needed(found, page.id, page.ids);

    return ARTICLE_OK;
}


/*
 * Blocks without a name of which neither path nor heading is their own are
 * told from each other by the numbers in the path.
 */
static void
article_template_apart(article_template_t *found)
{
    unsigned          i, k;
    article_block_t  *a, *b;

    for (i = 0; i < found->blocks; i++) {
        a = &found->block[i];

        for (k = 0; k < i && !a->named; k++) {
            b = &found->block[k];

            if (!b->named && a->only == b->only
                && article_slice_equal(a->select, b->select)
                && article_slice_equal(a->heading, b->heading))
            {
                a->twice = 1;
                b->twice = 1;
            }
        }
    }

    for (i = 0; i < found->blocks; i++) {
        if (found->block[i].twice) {
            found->block[i].select = found->block[i].numbered;
        }
    }
}


static void
article_template_opened(void *data, const article_tag_event_t *event)
{
    article_slice_t            id;
    article_template_page_t   *page;
    article_template_frame_t  *frame;

    page = data;
    frame = &page->frame[page->strip->nesting.depth - 1];

    memset(frame, 0, sizeof(article_template_frame_t));
    frame->own = article_template_own(page, event);
    frame->all = page->all;
    frame->plain = page->plain;
    frame->links = page->links;
    frame->ordinal = article_template_ordinal(page->strip, event);

    article_template_link(page, event);
    frame->counts = article_cutter_before(page->strip,
                              article_nesting_top(&page->strip->nesting));

    id = event->element.value[ARTICLE_ATTRIBUTE_ID];

    if (id.len != 0 && page->ids < ARTICLE_TEMPLATE_IDS) {
        page->id[page->ids].id = article_arena_copy(page->arena, id);
        page->id[page->ids++].at = event->start;
    }
}


static void
article_template_closing(void *data, uint64_t end)
{
    unsigned                   index;
    uint64_t                   start;
    article_only_t             only;
    article_counts_t           d;
    article_frame_t           *frame;
    article_strip_t           *strip;
    article_template_page_t   *page;

    page = data;
    strip = page->strip;
    index = strip->nesting.depth - 1;
    frame = &strip->nesting.frame[index];

    if (frame->tag == ARTICLE_TAG_A) {
        article_template_link_end(page);
    }

    if (!article_template_is_placed(page, index, end)) {
        return;
    }

    start = frame->start;

    if (!(article_tag_flags((article_tag_t) frame->tag)
          & ARTICLE_TAG_IS_CUT))
    {
        start += frame->inside;     /* a cell, that stays without it */
        end = strip->tag_start;
    }

    d = article_counts_since(&strip->counts, &page->frame[index].counts);

    if (article_template_is_list(&d)) {
        if (!article_template_is_of_text(page, index, &d)
            && article_template_replaces(page, &d, start))
        {
            article_template_add(page, ARTICLE_ONLY_LINKS, &d, start, end);
        }

        return;
    }

    only = article_template_other(page, index, &d);

    if (only != ARTICLE_ONLY_ANY
        && (page->frame[index].own.len != 0
            || !article_template_has_named(page, start)))
    {
        article_template_forget(page, start);
        article_template_add(page, only, &d, start, end);
    }
}


/* 1 if the element can be cut: a cell by what is in it. */
static unsigned
article_template_is_placed(article_template_page_t *page, unsigned index,
    uint64_t end)
{
    unsigned                flags;
    article_strip_t        *strip;
    const article_frame_t  *frame;

    strip = page->strip;
    frame = &strip->nesting.frame[index];
    flags = article_tag_flags(frame->tag);

    return strip->navs == 0 && (flags & ARTICLE_TAG_IS_BLOCK)
           && (((flags & ARTICLE_TAG_IS_CUT) && end != 0)
               || frame->tag == ARTICLE_TAG_TD
               || frame->tag == ARTICLE_TAG_TH)
           && article_nesting_clean(&strip->nesting, index);
}


static void
article_template_line(void *data, article_slice_t text,
    article_label_t label)
{
    unsigned                   n;
    article_slice_t            copy;
    article_line_t            *line;
    article_template_page_t   *page;
    article_template_frame_t  *frame;

    page = data;
    line = &page->strip->line;

    article_template_sum(page, line);

    /* the first line of what has none yet; a link is a heading in h1 .. h6 */

    copy = article_literal("");

    if (text.len != 0 && text.len <= ARTICLE_TEMPLATE_HEADING
        && article_utf8_valid(text) && label != ARTICLE_LABEL_NUMBER
        && (line->link_bytes == 0
            || (page->strip->headings != 0
                && (line->link_bytes <= ARTICLE_TEMPLATE_LINK
                    || label != ARTICLE_LABEL_OTHER))))
    {
        copy = text;
    }

    for (n = page->strip->nesting.depth; n != 0; n--) {
        frame = &page->frame[n - 1];

        if (frame->read) {
            break;
        }

        frame->read = 1;
        frame->label = label;
        frame->first = article_arena_copy(page->arena, copy);
    }
}


/*
 * Adds a line to what is known of all open elements: its text, its text
 * without digits, the largest number in it, whether it is a date or warns.
 */
static void
article_template_sum(article_template_page_t *page,
    const article_line_t *line)
{
    unsigned                   n, speaks;
    uint64_t                   value;
    article_slice_t            text;
    article_template_frame_t  *frame;
    char                       out[ARTICLE_LABEL_LINE];

    text.data = line->text;
    text.len = line->len;

    article_sum_add(&page->all, text);
    article_sum_add_plain(&page->plain, text);

    value = article_template_value(text);
    speaks = article_template_is_date(text)
             || (line->link_bytes == 0
                 && line->len <= ARTICLE_TEMPLATE_WARNING
                 && article_label_is_warning(
                        article_label_decode(text, page->strip->charset,
                                             out)));

    if (value == 0 && !speaks) {
        return;
    }

    for (n = page->strip->nesting.depth; n != 0; n--) {
        frame = &page->frame[n - 1];
        frame->speaks |= speaks;
        frame->value = value > frame->value ? value : frame->value;
    }
}


/*
 * The largest number: "1.234.567", "1 234", and the digits of an odometer
 * are one.
 */
static uint64_t
article_template_value(article_slice_t text)
{
    char      c;
    size_t    i;
    uint64_t  value, largest;

    value = 0;
    largest = 0;

    for (i = 0; i < text.len; i++) {
        c = text.data[i];

        if (c >= '0' && c <= '9') {
            value = value < ARTICLE_TEMPLATE_VALUE
                    ? 10 * value + (uint64_t) (c - '0') : value;
            largest = value > largest ? value : largest;

        } else if (c != '.' && c != ',' && c != ' ') {
            value = 0;
        }
    }

    return largest;
}


/* A digit, a sign of dates or times, a digit: "24/4", "24-4", "8:15". */
static unsigned
article_template_is_date(article_slice_t text)
{
    size_t  i;

    for (i = 1; i + 1 < text.len; i++) {
        if (memchr("/-:", text.data[i], 3) != NULL
            && text.data[i - 1] >= '0' && text.data[i - 1] <= '9'
            && text.data[i + 1] >= '0' && text.data[i + 1] <= '9')
        {
            return 1;
        }
    }

    return 0;
}


static void
article_template_script(void *data, article_slice_t text)
{
    article_template_page_t  *page;

    page = data;

    if (page->script.len + text.len <= ARTICLE_TEMPLATE_SCRIPT) {
        article_buf_append_slice(&page->script, text);
    }
}


static unsigned
article_template_is_list(const article_counts_t *d)
{
    article_hold_t  hold;

    memset(&hold, 0, sizeof(hold));
    hold.any = 1;
    hold.teasers = 1;

    /* most links are titles; or each item has a second one: "read more" */

    return d->titles >= ARTICLE_TEMPLATE_TITLES
           && (10 * d->titles >= 7 * d->links
               || (d->texts >= d->titles && 2 * d->titles >= d->links))
           && d->shorts <= d->titles + 1
           && article_hold_accepts(&hold, d);
}


/*
 * A list in a list: the outer one is the block if the inner ones are its
 * items (no headings, nothing between them), or it adds no more than a
 * heading to the one in it.  A column of several blocks is none.  What has a
 * name comes before what has none, and a cell after what is in it; both are
 * to have a heading that tells them from what may stand there otherwise.
 */
static unsigned
article_template_replaces(article_template_page_t *page,
    const article_counts_t *d, uint64_t start)
{
    unsigned          i, n, headed, named, cell;
    uint32_t          titles, links, shorts;
    article_block_t  *b;

    i = page->strip->nesting.depth - 1;
    named = page->frame[i].own.len != 0;

    cell = !(article_tag_flags(page->strip->nesting.frame[i].tag)
             & ARTICLE_TAG_IS_CUT);

    if ((page->frame[i].first.len == 0 && (!named || cell))
        || article_template_select(page, i, 0).len == 0)
    {
        return 0;
    }

    n = 0;
    headed = 0;
    titles = 0;
    links = 0;
    shorts = 0;

    for (i = page->found->blocks; i != 0; i--) {
        b = &page->found->block[i - 1];

        if (b->start < start) {
            break;
        }

        if (b->only != ARTICLE_ONLY_LINKS || (named && !b->named)) {
            continue;
        }

        if ((cell || (!named && b->named)) && b->heading.len != 0) {
            return 0;
        }

        n++;
        headed += b->heading.len != 0;
        titles += b->counts.titles;
        links += b->counts.links;
        shorts = b->counts.shorts;
    }

    if (n != 0
        && (titles != d->titles || links != d->links
            || (n > 1 && headed != 0)
            || (n == 1 && headed != 0 && d->shorts > shorts)))
    {
        return 0;
    }

    page->found->blocks = i;

    return 1;
}


/*
 * Beside lists: a widget under a heading of the catalogue, labels and digits,
 * selects full of links, banners.  Dates and warnings are noted too: where
 * they stand no counter is learned.  What the cutter's guards will not let
 * pass is not noted.
 */
static article_only_t
article_template_other(const article_template_page_t *page, unsigned index,
    const article_counts_t *d)
{
    article_hold_t                   hold;
    const article_template_frame_t  *frame;

    frame = &page->frame[index];

    memset(&hold, 0, sizeof(hold));
    hold.teasers = 1;

    if (frame->read && frame->label == ARTICLE_LABEL_WIDGET) {
        hold.label = ARTICLE_LABEL_WIDGET;

        if (article_hold_accepts(&hold, d)) {
            return ARTICLE_ONLY_WIDGET;
        }
    }

    if (frame->value != 0 && article_rules_is_counter(d)) {
        return ARTICLE_ONLY_COUNTER;
    }

    return article_template_linked(page, index, d);
}


/* 1 if there is a block with a name from there on. */
static unsigned
article_template_has_named(const article_template_page_t *page,
    uint64_t start)
{
    unsigned                i;
    const article_block_t  *b;

    for (i = page->found->blocks; i != 0; i--) {
        b = &page->found->block[i - 1];

        if (b->start < start) {
            break;
        }

        if (b->named) {
            return 1;
        }
    }

    return 0;
}


/* The blocks from there on are part of a larger one. */
static void
article_template_forget(article_template_page_t *page, uint64_t start)
{
    while (page->found->blocks != 0
           && page->found->block[page->found->blocks - 1].start >= start)
    {
        page->found->blocks--;
    }
}


static void
article_template_add(article_template_page_t *page, article_only_t only,
    const article_counts_t *d, uint64_t start, uint64_t end)
{
    unsigned                   index;
    article_block_t           *b;
    article_template_frame_t  *frame;

    if (page->found->blocks == ARTICLE_TEMPLATE_BLOCKS) {
        return;
    }

    index = page->strip->nesting.depth - 1;
    frame = &page->frame[index];

    b = &page->found->block[page->found->blocks];
    b->only = only;
    b->named = frame->own.len != 0;
    b->heading = frame->read ? frame->first : article_literal("");

    if (only == ARTICLE_ONLY_COUNTER
        && article_template_has_digit(b->heading))
    {
        b->heading = article_literal("");       /* that is its number */
    }

    b->numbered = article_template_select(page, index, 1);
    b->select = b->heading.len == 0 ? b->numbered
                                    : article_template_select(page, index, 0);

    if (b->select.len == 0) {
        return;
    }

    page->found->blocks++;
    b->twice = 0;
    b->label = frame->label;
    b->counts = *d;
    b->start = start;
    b->end = end;
    b->value = frame->speaks ? 0 : frame->value;
    b->text = page->all.bytes - frame->all.bytes;
    b->hash = article_sum_since(&page->all, &frame->all);
    b->plain = only == ARTICLE_ONLY_BANNER
               ? article_template_targets(page, index)
               : article_sum_since(&page->plain, &frame->plain);
}


static unsigned
article_template_has_digit(article_slice_t s)
{
    size_t  i;

    for (i = 0; i < s.len; i++) {
        if (s.data[i] >= '0' && s.data[i] <= '9') {
            return 1;
        }
    }

    return 0;
}

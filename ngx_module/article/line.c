/*
 * Copyright (C) the authors named in LICENSE
 *
 * The line of text at hand: where it stands, how much of it is links, and
 * when it ends, what it says.
 */

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "cutter.h"


/* Bytes of text that are looked at together. */
#define ARTICLE_LINE_BLOCK      16


/* Running text of a page, no teaser of a list. */
#define ARTICLE_LINE_RUNNING    240

/* Of several lines without a list between them, each has so much at least. */
#define ARTICLE_LINE_PROSE      80

/* No label is longer, references and all; nor one that is a link. */
#define ARTICLE_LINE_LABEL      320
#define ARTICLE_LINE_LINK       60

/* A counter's element is no longer than this. */
#define ARTICLE_LINE_COUNTER    160


static inline unsigned article_line_block(article_line_t *line,
    const char *p, size_t n, uint32_t *bytes);
static void article_line_byte(article_line_t *line, unsigned char ch,
    uint32_t *bytes);
static void article_line_place(article_strip_t *c, uint64_t start);
static void article_line_append(article_line_t *line, char ch);
static void article_line_reset(article_strip_t *c);
static void article_line_running(article_strip_t *c);
static void article_line_label(article_strip_t *c, article_label_t label,
    article_slice_t text);
static unsigned article_line_begins(const article_strip_t *c,
    article_label_t label, article_slice_t text);
static void article_line_again(article_strip_t *c, article_label_t label,
    unsigned begins, article_slice_t text, const char *why);
static void article_line_counters(article_strip_t *c);
static unsigned article_line_is_menu(const article_strip_t *c);
static unsigned article_line_is_said(const article_strip_t *c);
static unsigned article_line_is_short(const article_line_t *line);
static unsigned article_line_is_cuttable(article_label_t label);


void
article_line_text(article_strip_t *c, article_slice_t text)
{
    size_t           i, n;
    uint32_t        *bytes;
    unsigned         counts;
    article_line_t  *line;

    line = &c->line;

    for (i = 0; i < text.len; i++) {
        if ((unsigned char) text.data[i] > ' ') {
            break;
        }
    }

    if (i != 0) {
        article_line_append(line, ' ');
    }

    if (i == text.len) {
        return;
    }

    if (!line->placed) {
        c->nesting.low = (uint32_t) -1;
    }

    article_nesting_text(&c->nesting);
    article_line_place(c, c->scanner.text_start + i);
    line->open = 1;

    counts = article_cutter_counts(c);
    bytes = c->links != 0 ? &line->link_bytes : &line->bytes;

    while (i < text.len) {
        if (line->overflow && !counts) {
            break;                  /* whatever portions the text comes in */
        }

        n = text.len - i < ARTICLE_LINE_BLOCK ? text.len - i
                                              : ARTICLE_LINE_BLOCK;

        if (article_line_block(line, text.data + i, n, bytes)) {
            i += n;
            continue;
        }

        do {
            article_line_byte(line, (unsigned char) text.data[i++], bytes);
            n--;
        } while (n != 0 && (!line->overflow || counts));
    }

    if (line->overflow && !c->hold.active) {
        c->fresh = c->nesting.depth;
    }
}


/*
 * Adds up to ARTICLE_LINE_BLOCK bytes at once, if that is simple: no
 * references, nothing to collapse, room.  0 if it is not.
 */
static inline unsigned
article_line_block(article_line_t *line, const char *p, size_t n,
    uint32_t *bytes)
{
#if defined(__SSE2__)

    char      part[ARTICLE_LINE_BLOCK];
    __m128i   block, blank, space, sum;
    unsigned  blanks, mask, last;

    if (line->len + ARTICLE_LINE_BLOCK > ARTICLE_LABEL_LINE
        || line->reference != 0)
    {
        return 0;
    }

    if (n < ARTICLE_LINE_BLOCK) {
        memset(part, 'x', sizeof(part));
        memcpy(part, p, n);
        p = part;
    }

    block = _mm_loadu_si128((const __m128i *) p);
    space = _mm_set1_epi8(' ');
    blank = _mm_cmpeq_epi8(_mm_min_epu8(block, space), block);
    space = _mm_cmpeq_epi8(block, space);
    mask = (unsigned) _mm_movemask_epi8(blank);
    last = line->len == 0 || line->text[line->len - 1] == ' ';

    /* tabs and line ends; two blanks; "&" */

    if ((unsigned) _mm_movemask_epi8(space) != mask
        || (mask & (mask << 1 | last)) != 0
        || _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8('&'))) != 0)
    {
        return 0;
    }

    sum = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), blank),
                       _mm_setzero_si128());
    blanks = (unsigned) _mm_cvtsi128_si32(sum)
             + (unsigned) _mm_extract_epi16(sum, 4);

    block = _mm_sub_epi8(block, _mm_set1_epi8('0'));
    block = _mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8(9)), block);

    memcpy(line->text + line->len, p, ARTICLE_LINE_BLOCK);
    line->len += n;
    line->digits |= _mm_movemask_epi8(block) != 0;
    *bytes += (uint32_t) n - blanks;

    return 1;

#else

    (void) line;
    (void) p;
    (void) n;
    (void) bytes;

    return 0;

#endif
}


static void
article_line_byte(article_line_t *line, unsigned char ch, uint32_t *bytes)
{
    article_line_append(line, (char) ch);

    if (ch <= ' ') {
        return;
    }

    (*bytes)++;
    line->digits |= ch >= '0' && ch <= '9';

    /* a reference is a letter: two bytes */

    if (ch == '&') {
        line->reference = 1;

    } else if (line->reference != 0) {
        line->reference++;

        if (ch == ';') {
            if (*bytes >= line->reference) {
                *bytes -= line->reference - 2;
            }

            line->reference = 0;
        }

        if (line->reference > 10) {
            line->reference = 0;
        }
    }
}


void
article_line_opened(article_strip_t *c, uint64_t start)
{
    if (!c->line.placed) {
        c->nesting.low = (uint32_t) -1;
        c->line.placed = 1;
        c->line.start = start;
        c->line.depth = c->nesting.depth - 1;
    }

    c->line.broken |= article_nesting_top(&c->nesting)->needed;

    if (c->line.open
        && (article_nesting_top(&c->nesting)->tag == ARTICLE_TAG_SPAN
            || article_nesting_top(&c->nesting)->tag == ARTICLE_TAG_A))
    {
        article_line_append(&c->line, ' ');
    }

    if (article_nesting_top(&c->nesting)->tag == ARTICLE_TAG_A) {
        c->link_start = c->line.link_bytes;
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
    article_slice_t   raw, text;
    char              out[ARTICLE_LABEL_LINE];

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

    } else if (line->digits && !line->overflow && end != 0
               && line->len > frame->line
               && line->len - frame->line <= ARTICLE_LINE_COUNTER
               && line->counters < ARTICLE_LINE_COUNTERS
               && (article_tag_flags(frame->tag) & ARTICLE_TAG_IS_CUT)
               && c->builtin && c->kept == 0
               && c->counts.refused == frame->counts.refused
               && article_nesting_clean(&c->nesting, index))
    {
        raw.data = line->text + frame->line;
        raw.len = line->len - frame->line;

        if (!article_label_is_other(raw, c->charset)
            && article_label_line(raw, c->charset, out, &text)
               == ARTICLE_LABEL_COUNTED)
        {
            /* those in it are a part of it */

            while (line->counters != 0
                   && line->counter[line->counters - 1].range.start
                      > frame->start)
            {
                line->counters--;
            }

            line->counter[line->counters].range.start = frame->start;
            line->counter[line->counters].range.end = end;
            line->counter[line->counters].from = frame->line;
            line->counter[line->counters++].to = line->len;
        }
    }
}


void
article_line_end(article_strip_t *c)
{
    article_line_t   *line;
    article_slice_t   raw, text;
    article_label_t   label;
    char              out[ARTICLE_LABEL_LINE];

    line = &c->line;

    if (!line->open) {
        article_line_reset(c);
        return;
    }

    label = ARTICLE_LABEL_OTHER;
    text = article_literal("");

    raw.data = line->text;
    raw.len = line->len;
    article_encoding_seen(c, raw);

    if (article_line_is_short(line)) {
        if (!article_label_is_other(raw, c->charset)) {
            label = article_label_line(raw, c->charset, out, &text);

        } else if (article_line_is_said(c)) {
            text = article_label_decode(raw, c->charset, out);
        }

        if (label == ARTICLE_LABEL_BLANK && line->link_bytes == 0) {
            article_line_reset(c);
            return;
        }
    }

    article_line_running(c);

    if (c->rules != 0) {
        article_rules_heading(c, text);
    }

    if (line->counters != 0) {
        article_line_counters(c);
    }

    if (c->observer != NULL) {
        c->observer->line(c->observer_data, text, label);
    }

    article_line_label(c, label, text);
    article_line_reset(c);
}


void
article_line_link(article_strip_t *c)
{
    article_line_t   *line;
    article_slice_t   raw, text;
    article_label_t   label;
    char              out[ARTICLE_LABEL_LINE];

    line = &c->line;

    if (!line->open || line->links != 0 || c->links != 0) {
        return;
    }

    line->before = line->bytes;

    if (line->overflow || line->len > ARTICLE_LINE_COUNTER) {
        return;
    }

    raw.data = line->text;
    raw.len = line->len;

    if (article_label_is_other(raw, c->charset)) {
        return;
    }

    label = article_label_line(raw, c->charset, out, &text);

    if (label == ARTICLE_LABEL_RELATED || label == ARTICLE_LABEL_LATEST
        || label == ARTICLE_LABEL_BY_DATE)
    {
        /* "Tin liên quan: <a ..." is a label and the first of its links */

        article_line_end(c);
    }
}


static void
article_line_place(article_strip_t *c, uint64_t start)
{
    if (!c->line.placed) {
        c->line.placed = 1;
        c->line.start = start;
        c->line.depth = c->nesting.depth;
    }
}


static void
article_line_append(article_line_t *line, char ch)
{
    if ((unsigned char) ch <= ' ') {
        if (line->len == 0 || line->text[line->len - 1] == ' ') {
            return;
        }

        ch = ' ';
    }

    if (line->len == ARTICLE_LABEL_LINE) {
        line->overflow = 1;
        return;
    }

    line->text[line->len++] = ch;
}


/* A new line; an open link's text goes on in it. */
static void
article_line_reset(article_strip_t *c)
{
    if (c->links != 0) {
        c->link_bytes += c->line.link_bytes - c->link_start;
    }

    c->link_start = 0;
    memset(&c->line, 0, offsetof(article_line_t, text));
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
article_line_label(article_strip_t *c, article_label_t label,
    article_slice_t text)
{
    unsigned     begins;
    const char  *why;

    why = NULL;

    if (c->plan->headings != 0 && c->kept == 0 && !c->line.broken
        && c->line.depth != 0)
    {
        why = article_rules_label(c, text);
    }

    begins = why != NULL || article_line_begins(c, label, text);

    if (why != NULL) {
        label = ARTICLE_LABEL_RELATED;
    }

    if (c->hold.active) {
        article_line_again(c, label, begins, text, why);
        return;
    }

    if (begins) {
        article_hold_begin(c, label, text, why);

        if (label != ARTICLE_LABEL_COUNTED) {
            return;
        }

    } else {
        c->fresh = c->nesting.depth;
    }

    if (article_cutter_counts(c)) {
        article_line_count(c, label, text);
    }
}


/* 1 if the line is a label that something may be cut with. */
static unsigned
article_line_begins(const article_strip_t *c, article_label_t label,
    article_slice_t text)
{
    if (!article_line_is_cuttable(label) || !c->builtin || c->kept != 0
        || c->navs != 0 || c->line.depth == 0 || c->line.broken
        || article_line_is_menu(c))
    {
        return 0;
    }

    /* a home page is read for its news, not for what is most read */

    if (c->home && label == ARTICLE_LABEL_LATEST
        && !article_hold_popular(text))
    {
        return 0;
    }

    /* a page named "Tin mới" is one of these lists */

    return label == ARTICLE_LABEL_COUNTER || label == ARTICLE_LABEL_COUNTED
           || !article_line_is_title(c, text, 1);
}


/* A line while a label's zone is being looked at. */
static void
article_line_again(article_strip_t *c, article_label_t label,
    unsigned begins, article_slice_t text, const char *why)
{
    unsigned         first;
    article_hold_t  *h;

    h = &c->hold;

    /* the first text of something in the zone's level */

    first = c->fresh <= h->level + 1 || c->line.depth == h->level + 1;

    if (label == ARTICLE_LABEL_STOP && first) {
        article_hold_finish(c);
        c->fresh = c->nesting.depth;
        return;
    }

    if (begins && first
        && !(h->label == ARTICLE_LABEL_COUNTER
             && (label == ARTICLE_LABEL_COUNTED
                 || label == ARTICLE_LABEL_COUNTER))
        && !(h->label == ARTICLE_LABEL_BY_DATE && label == h->label
             && c->line.bytes == 0))            /* the choice's button */
    {
        if (h->flat != 0 || h->best.end != 0) {
            article_hold_finish(c);
            article_hold_begin(c, label, text, why);
            return;
        }

        if (h->label != ARTICLE_LABEL_COUNTER) {

            /* tabs: "Tin mới", "Đọc nhiều" and then their lists */

            h->counts = c->counts;
            return;
        }
    }

    article_line_count(c, label, text);
    c->fresh = c->nesting.depth;
    article_hold_check(c);
}


/*
 * Inline elements that are counters go where the rest of their line is a
 * date, a byline or a row of tools; in running text they stay.
 */
static void
article_line_counters(article_strip_t *c)
{
    char               rest[ARTICLE_LABEL_LINE], out[ARTICLE_LABEL_LINE];
    size_t             at, len;
    unsigned           i, exact;
    article_line_t    *line;
    article_slice_t    raw, text;
    article_label_t    label;
    article_marker_t   marker;

    line = &c->line;

    if (line->overflow || c->hold.active) {
        return;
    }

    at = 0;
    len = 0;

    for (i = 0; i <= line->counters; i++) {
        raw.data = line->text + at;
        raw.len = (i < line->counters ? line->counter[i].from : line->len)
                  - at;
        memcpy(rest + len, raw.data, raw.len);
        len += raw.len;
        at = i < line->counters ? line->counter[i].to : at;
    }

    raw.data = rest;
    raw.len = len;
    label = article_label_line(raw, c->charset, out, &text);

    if (label == ARTICLE_LABEL_BLANK) {
        return;                     /* the line is a counter, and a label */
    }

    marker = article_marker_match(text, &exact);

    if (label != ARTICLE_LABEL_NUMBER
        && !(exact && (marker == ARTICLE_MARKER_DATE
                       || marker == ARTICLE_MARKER_TOOLS))
        && !(marker == ARTICLE_MARKER_BYLINE && line->bytes < 80))
    {
        return;
    }

    for (i = 0; i < line->counters; i++) {
        article_cutter_cut(c, line->counter[i].range.start,
                           line->counter[i].range.end, "marker counter");
    }
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


/* 1 if it matters what a line says that is no label. */
static unsigned
article_line_is_said(const article_strip_t *c)
{
    return c->rules != 0 || c->plan->headings != 0 || c->observer != NULL
           || (c->hold.active && c->line.link_bytes == 0);
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

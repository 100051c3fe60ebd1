/*
 * Copyright (C) the authors named in LICENSE
 *
 * Counters in a line: "Ngày đăng 5/3/2019 <span>Lượt xem: 829</span>".
 */

#include <string.h>

#include "cutter.h"
#include "label_look.h"


/* A counter's element is no longer than this. */
#define ARTICLE_LINE_COUNTER  160


void
article_line_counter(article_strip_t *c, uint64_t end)
{
    unsigned          index;
    article_line_t   *line;
    article_frame_t  *frame;
    article_slice_t   raw, text;
    char              out[ARTICLE_LABEL_LINE];

    line = &c->line;
    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];

    if (line->overflow || end == 0 || line->len <= frame->line
        || line->len - frame->line > ARTICLE_LINE_COUNTER
        || line->counters == ARTICLE_LINE_COUNTERS
        || !(article_tag_flags((article_tag_t) frame->tag) & ARTICLE_TAG_IS_CUT)
        || !c->builtin || c->kept != 0
        || c->counts.refused != frame->refused
        || !article_nesting_clean(&c->nesting, index))
    {
        return;
    }

    raw.data = line->text + frame->line;
    raw.len = line->len - frame->line;

    if (article_label_is_signs(raw)
        || article_label_is_other(raw, c->charset)
        || article_label_line(raw, c->charset, out, &text)
           != ARTICLE_LABEL_COUNTED)
    {
        return;
    }

    /* those in it are a part of it */

    while (line->counters != 0
           && line->counter[line->counters - 1].range.start > frame->start)
    {
        line->counters--;
    }

    line->counter[line->counters].range.start = frame->start;
    line->counter[line->counters].range.end = end;
    line->counter[line->counters].from = frame->line;
    line->counter[line->counters++].to = line->len;
}


/*
 * They go where the rest of the line is a date, a byline or a row of tools;
 * in running text they stay.
 */
void
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

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The streaming cutter's public door.
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"


article_strip_t *
article_strip_create(const article_strip_options_t *options)
{
    article_strip_t  *strip;

    strip = calloc(1, sizeof(article_strip_t));
    if (strip == NULL) {
        return NULL;
    }

    article_plan_init(&strip->empty);

    strip->plan = article_portal_plan(options->portal);
    if (strip->plan == NULL) {
        strip->plan = &strip->empty;
    }

    strip->builtin = options->builtin;
    strip->buffer = options->buffer != 0 ? options->buffer
                                         : ARTICLE_STRIP_BUFFER;
    strip->reason = ARTICLE_OK;
    strip->why = "";

    strip->words = (strip->plan->states + 63) / 64;

    if (strip->words != 0) {
        strip->matched = calloc(ARTICLE_NESTING_MAX * 2 * strip->words,
                                sizeof(uint64_t));
        if (strip->matched == NULL) {
            free(strip);
            return NULL;
        }
    }

    if (strip->plan->texts != 0) {
        strip->sum = calloc(ARTICLE_NESTING_MAX, sizeof(article_sum_t));

        if (strip->sum == NULL) {
            free(strip->matched);
            free(strip);
            return NULL;
        }
    }

    article_nesting_init(&strip->nesting, &article_cutter_nesting, strip);
    strip->nesting.quirks = 1;
    article_scanner_init(&strip->scanner, &article_cutter_scanner, strip,
                         &strip->plan->attributes);

    return strip;
}


void
article_strip_destroy(article_strip_t *strip)
{
    if (strip == NULL) {
        return;
    }

    article_nesting_clear(&strip->nesting);
    free(strip->matched);
    free(strip->sum);
    free(strip->cut);
    free(strip);
}


article_reason_t
article_strip_feed(article_strip_t *strip, const char *data, size_t len)
{
    strip->fed += len;

    if (strip->reason != ARTICLE_OK || strip->finished) {
        return strip->reason;
    }

    article_scanner_feed(&strip->scanner, data, len);

    if (strip->reason == ARTICLE_OK
        && strip->fed - article_strip_decided(strip) > strip->buffer)
    {
        article_cutter_release(strip);
    }

    return strip->reason;
}


void
article_strip_finish(article_strip_t *strip)
{
    if (strip->finished) {
        return;
    }

    article_hold_finish(strip);
    article_cutter_release(strip);
    strip->finished = 1;
}


void
article_strip_release(article_strip_t *strip)
{
    if (strip->reason == ARTICLE_OK && !strip->finished) {
        article_hold_finish(strip);
        article_cutter_release(strip);
    }
}


/*
 * What may still be cut begins at the first of: an element that a rule fits,
 * a label's zone, elements that hold nothing yet (a label may be their first
 * text), the line being read, the tag being read.
 */
uint64_t
article_strip_decided(const article_strip_t *strip)
{
    uint64_t               decided;
    const article_line_t  *line;

    if (strip->reason != ARTICLE_OK || strip->finished) {
        return strip->fed;
    }

    decided = strip->scanner.pending;

    if (strip->rules != 0 && strip->rule_start < decided) {
        decided = strip->rule_start;
    }

    if (strip->hold.active && strip->hold.first < decided) {
        decided = strip->hold.first;
    }

    if (strip->fresh < strip->nesting.depth
        && strip->nesting.frame[strip->fresh].start < decided)
    {
        decided = strip->nesting.frame[strip->fresh].start;
    }

    line = &strip->line;

    if (line->placed && !line->overflow && line->start < decided) {
        decided = line->start;
    }

    return decided;
}


unsigned
article_strip_next_cut(article_strip_t *strip, article_range_t *cut)
{
    const article_cut_t  *next;

    if (strip->given == strip->cuts) {
        return 0;
    }

    next = &strip->cut[strip->given];

    if (next->range.end > article_strip_decided(strip)) {
        return 0;
    }

    *cut = next->range;
    strip->why = next->why;
    strip->given++;

    while (strip->given < strip->cuts
           && strip->cut[strip->given].range.start == cut->end
           && strip->cut[strip->given].range.end
              <= article_strip_decided(strip))
    {
        cut->end = strip->cut[strip->given++].range.end;
    }

    return 1;
}


const char *
article_strip_why(const article_strip_t *strip)
{
    return strip->why;
}

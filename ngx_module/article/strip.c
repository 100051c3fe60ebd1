/*
 * Copyright (C) the authors named in LICENSE
 *
 * The streaming cutter's public door.
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"
#include "paths.h"
#include "portal.h"
#include "url.h"


static unsigned article_strip_is_home(const article_strip_options_t *options);
static void article_strip_use(article_strip_t *strip,
    const article_cut_t *cut);


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
    strip->memory = options->memory;
    strip->home = article_strip_is_home(options);
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
        strip->sum = calloc(2 * ARTICLE_NESTING_MAX, sizeof(article_sum_t));

        if (strip->sum == NULL) {
            free(strip->matched);
            free(strip);
            return NULL;
        }
    }

    if (article_ordinals_init(strip) != 0) {
        article_strip_destroy(strip);
        return NULL;
    }

    article_encoding_init(strip, options->charset);
    article_nesting_init(&strip->nesting, &article_cutter_nesting, strip);
    strip->nesting.quirks = 1;
    article_scanner_init(&strip->scanner, &article_cutter_scanner, strip,
                         &strip->plan->attributes);

    return strip;
}


static unsigned
article_strip_is_home(const article_strip_options_t *options)
{
    article_kind_t   kind;
    article_slice_t  path;

    if (options->url.len == 0) {
        return 0;
    }

    path = article_url_path(options->url);

    if (article_portal_kind(options->portal, path, &kind)) {
        return kind == ARTICLE_KIND_HOME;
    }

    return article_path_is_root(path);
}


void
article_strip_destroy(article_strip_t *strip)
{
    if (strip == NULL) {
        return;
    }

    article_nesting_clear(&strip->nesting);
    free(strip->matched);
    free(strip->ruled_counts);
    free(strip->ordinal);
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

    /* the next tag or text would do the same */

    if (strip->reason == ARTICLE_OK
        && strip->fed - article_cutter_held(strip, strip->fed)
           > strip->buffer)
    {
        article_cutter_outgrown(strip);
        strip->held = strip->scanner.pending;
    }

    return strip->reason;
}


unsigned
article_strip_limited(const article_strip_t *strip)
{
    return strip->limited;
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
 * A tag or comment longer than the buffer is not held (a picture in an
 * attribute): nothing that it begins is cut.
 */
uint64_t
article_strip_decided(const article_strip_t *strip)
{
    uint64_t  at;

    if (strip->reason != ARTICLE_OK || strip->finished) {
        return strip->fed;
    }

    at = strip->scanner.pending;

    if (strip->fed - at > strip->buffer) {
        at = strip->fed;
    }

    return article_cutter_held(strip, at);
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
    article_strip_use(strip, next);
    strip->given++;

    while (strip->given < strip->cuts
           && strip->cut[strip->given].range.start == cut->end
           && strip->cut[strip->given].range.end
              <= article_strip_decided(strip))
    {
        article_strip_use(strip, &strip->cut[strip->given]);
        cut->end = strip->cut[strip->given++].range.end;
    }

    return 1;
}


/* A rule's reason is the rule's own: so it is known again. */
static void
article_strip_use(article_strip_t *strip, const article_cut_t *cut)
{
    unsigned  i;

    for (i = 0; i < strip->plan->rules; i++) {
        if (strip->plan->rule[i].why.data == cut->why) {
            strip->used[i / ARTICLE_STRIP_BITS] |= (uint64_t) 1
                                                   << i % ARTICLE_STRIP_BITS;
            return;
        }
    }
}


unsigned
article_strip_used(const article_strip_t *strip, unsigned n)
{
    if (n < ARTICLE_FIELDS_NUMBER
        || n - ARTICLE_FIELDS_NUMBER >= strip->plan->rules)
    {
        return 0;
    }

    n -= ARTICLE_FIELDS_NUMBER;

    return strip->used[n / ARTICLE_STRIP_BITS] >> n % ARTICLE_STRIP_BITS & 1;
}


const char *
article_strip_why(const article_strip_t *strip)
{
    return strip->why;
}

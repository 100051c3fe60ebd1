/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a line says.  Most lines are told to be no label by a look at their
 * first word; of the rest many are said again and again on a page.
 */

#include <string.h>

#include "cutter.h"


/* 2^64 through the golden ratio, odd: it mixes all bits into the upper. */
#define ARTICLE_HEARD_MIX  0x9e3779b97f4a7c15ULL


static unsigned article_heard_quick(const article_strip_t *c);
static article_heard_line_t *article_heard_find(article_strip_t *c,
    article_slice_t raw);


void
article_heard_nothing(article_heard_t *heard)
{
    heard->label = ARTICLE_LABEL_OTHER;
    heard->line = NULL;
    heard->text.data = "";
    heard->text.len = 0;
}


void
article_heard_line(article_strip_t *c, article_heard_t *heard)
{
    article_heard_line_t  *line;

    heard->line = NULL;
    heard->text.data = NULL;
    heard->raw.data = c->line.text;
    heard->raw.len = c->line.len;
    heard->label = ARTICLE_LABEL_OTHER;

    if (article_heard_quick(c)) {
        return;
    }

    line = article_heard_find(c, heard->raw);
    heard->line = line;

    if (line != NULL && line->len != 0) {
        heard->label = (article_label_t) line->label;
        return;
    }

    if (!article_label_is_other(heard->raw, c->charset)) {
        heard->label = article_label_line(heard->raw, c->charset, heard->out,
                                         &heard->text);
    }

    if (line != NULL) {
        line->len = (unsigned char) heard->raw.len;
        line->label = (unsigned char) heard->label;
        line->charset = (unsigned char) c->charset;
        line->known = 0;
        memcpy(line->raw, heard->raw.data, heard->raw.len);
    }
}


/* 1 if the line is sure to be no label, as most are. */
static unsigned
article_heard_quick(const article_strip_t *c)
{
    const article_line_t  *line;

    line = &c->line;

    return !line->references
           && article_label_is_worded_other((article_slice_t) { line->text,
                                                                line->len },
                                            line->letters, line->digits,
                                            line->q);
}


/*
 * Where the line is kept, or is to be kept (len 0); NULL: it is too long.
 * What is behind it in its buffer does not matter, but is there.
 */
static article_heard_line_t *
article_heard_find(article_strip_t *c, article_slice_t raw)
{
    uint64_t              hash;
    article_heard_line_t  *line;

    if (raw.len == 0 || raw.len > ARTICLE_HEARD_BYTES) {
        return NULL;
    }

    hash = article_load64(raw.data);

    if (raw.len < sizeof(hash)) {
        hash &= ((uint64_t) 1 << 8 * raw.len) - 1;

    } else {
        hash = hash * ARTICLE_HEARD_MIX
               ^ article_load64(raw.data + raw.len - sizeof(hash));
    }

    hash = (hash ^ raw.len) * ARTICLE_HEARD_MIX;
    line = &c->heard[hash >> 60];

    if (line->len != raw.len || line->charset != c->charset
        || memcmp(line->raw, raw.data, raw.len) != 0)
    {
        line->len = 0;
    }

    return line;
}


article_slice_t
article_heard_text(const article_strip_t *c, article_heard_t *heard)
{
    if (heard->text.data == NULL) {
        heard->text = article_label_decode(heard->raw, c->charset, heard->out);
    }

    return heard->text;
}


unsigned
article_heard_is(article_strip_t *c, article_heard_t *heard, unsigned what)
{
    unsigned              is;
    article_slice_t       text;

    static const char *const  popular[] = {
        "nhiêù", "quan tâm", "phổ biêń", "most", "popular", "trending", NULL
    };

    static const char *const  adverts[] = {
        "quang̉ caó", "advert", "sponsor", NULL
    };

    if (heard->line != NULL && (heard->line->known & what)) {
        return heard->line->is & what;
    }

    text = article_heard_text(c, heard);

    if (what == ARTICLE_HEARD_POPULAR) {
        is = article_label_says(text, popular);

    } else if (what == ARTICLE_HEARD_ADVERT) {
        is = article_label_says(text, adverts);

    } else {
        is = article_line_is_title(c, text, 1);
    }

    if (heard->line != NULL) {
        heard->line->is = (unsigned char) (is ? heard->line->is | what
                                             : heard->line->is & ~what);
        heard->line->known = (unsigned char) (heard->line->known | what);
    }

    return is;
}

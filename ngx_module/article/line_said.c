/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a line says.  Most lines are told to be no label by a look at their
 * first word; of the rest many are said again and again on a page.
 */

#include <string.h>

#include "cutter.h"


/* 2^64 through the golden ratio, odd: it mixes all bits into the upper. */
#define ARTICLE_SAID_MIX  0x9e3779b97f4a7c15ULL


static unsigned article_said_quick(const article_strip_t *c);
static article_said_line_t *article_said_find(article_strip_t *c,
    article_slice_t raw);


void
article_said_nothing(article_said_t *said)
{
    said->label = ARTICLE_LABEL_OTHER;
    said->line = NULL;
    said->text.data = "";
    said->text.len = 0;
}


void
article_line_say(article_strip_t *c, article_said_t *said)
{
    article_said_line_t  *line;

    said->line = NULL;
    said->text.data = NULL;
    said->raw.data = c->line.text;
    said->raw.len = c->line.len;
    said->label = ARTICLE_LABEL_OTHER;

    if (article_said_quick(c)) {
        return;
    }

    line = article_said_find(c, said->raw);
    said->line = line;

    if (line != NULL && line->len != 0) {
        said->label = (article_label_t) line->label;
        return;
    }

    if (!article_label_is_other(said->raw, c->charset)) {
        said->label = article_label_line(said->raw, c->charset, said->out,
                                         &said->text);
    }

    if (line != NULL) {
        line->len = (unsigned char) said->raw.len;
        line->label = (unsigned char) said->label;
        line->charset = (unsigned char) c->charset;
        line->known = 0;
        memcpy(line->raw, said->raw.data, said->raw.len);
    }
}


/* 1 if the line is sure to be no label, as most are. */
static unsigned
article_said_quick(const article_strip_t *c)
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
static article_said_line_t *
article_said_find(article_strip_t *c, article_slice_t raw)
{
    uint64_t              hash;
    article_said_line_t  *line;

    if (raw.len == 0 || raw.len > ARTICLE_SAID_BYTES) {
        return NULL;
    }

    hash = article_load64(raw.data);

    if (raw.len < sizeof(hash)) {
        hash &= ((uint64_t) 1 << 8 * raw.len) - 1;

    } else {
        hash = hash * ARTICLE_SAID_MIX
               ^ article_load64(raw.data + raw.len - sizeof(hash));
    }

    hash = (hash ^ raw.len) * ARTICLE_SAID_MIX;
    line = &c->said[hash >> 60];

    if (line->len != raw.len || line->charset != c->charset
        || memcmp(line->raw, raw.data, raw.len) != 0)
    {
        line->len = 0;
    }

    return line;
}


article_slice_t
article_said_text(const article_strip_t *c, article_said_t *said)
{
    if (said->text.data == NULL) {
        said->text = article_label_decode(said->raw, c->charset, said->out);
    }

    return said->text;
}


unsigned
article_said_is(article_strip_t *c, article_said_t *said, unsigned what)
{
    unsigned              is;
    article_slice_t       text;

    static const char *const  popular[] = {
        "nhiêù", "quan tâm", "phổ biêń", "most", "popular", "trending", NULL
    };

    static const char *const  adverts[] = {
        "quang̉ caó", "advert", "sponsor", NULL
    };

    if (said->line != NULL && (said->line->known & what)) {
        return said->line->is & what;
    }

    text = article_said_text(c, said);

    if (what == ARTICLE_SAID_POPULAR) {
        is = article_label_says(text, popular);

    } else if (what == ARTICLE_SAID_ADVERT) {
        is = article_label_says(text, adverts);

    } else {
        is = article_line_is_title(c, text, 1);
    }

    if (said->line != NULL) {
        said->line->is = (unsigned char) (is ? said->line->is | what
                                             : said->line->is & ~what);
        said->line->known = (unsigned char) (said->line->known | what);
    }

    return is;
}

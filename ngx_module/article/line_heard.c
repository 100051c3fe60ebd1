/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a line says.  Pages of a portal have most of their lines in common:
 * such a line is known again.  Of the others most are told to be no label by
 * a look at their first word.
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"


/* 2^64 through the golden ratio, odd: it mixes all bits into the upper. */
#define ARTICLE_HEARD_MIX    0x9e3779b97f4a7c15ULL

/* Of a mixed hash, the bits that are one of ARTICLE_HEARD_PLACES. */
#define ARTICLE_HEARD_SHIFT  56


static article_heard_line_t *article_heard_find(article_strip_t *c,
    article_slice_t raw);
static inline unsigned article_heard_same(const article_heard_line_t *line,
    const article_strip_t *c, article_slice_t raw);
static void article_heard_read(article_strip_t *c, article_heard_t *heard);


article_strip_memory_t *
article_strip_memory_create(void)
{
    return calloc(1, sizeof(article_strip_memory_t));
}


void
article_strip_memory_destroy(article_strip_memory_t *memory)
{
    free(memory);
}


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

    heard->text.data = NULL;
    heard->raw.data = c->line.text;
    heard->raw.len = c->line.len;

    line = article_heard_find(c, heard->raw);
    heard->line = line;

    if (line == NULL) {
        article_heard_read(c, heard);
        return;
    }

    if (line->len == 0) {
        article_heard_read(c, heard);

        line->len = (unsigned char) heard->raw.len;
        line->label = (unsigned char) heard->label;
        line->charset = (unsigned char) c->charset;
        line->known = 0;
        line->folded_len = 0;
        memcpy(line->raw, heard->raw.data, heard->raw.len);
    }

    heard->label = (article_label_t) line->label;
}


/*
 * Where the line is kept, or is to be kept (len 0); NULL: nowhere.  What is
 * behind it in its buffer does not matter, but is there.
 */
static article_heard_line_t *
article_heard_find(article_strip_t *c, article_slice_t raw)
{
    uint64_t               hash;
    article_heard_line_t  *line;

    if (c->memory == NULL || raw.len == 0 || raw.len > ARTICLE_HEARD_BYTES) {
        return NULL;
    }

    hash = article_load64(raw.data);

    if (raw.len < sizeof(hash)) {
        hash &= ((uint64_t) 1 << 8 * raw.len) - 1;

    } else {
        hash = (hash ^ article_load64(raw.data + (raw.len - sizeof(hash)) / 2))
               * ARTICLE_HEARD_MIX
               ^ article_load64(raw.data + raw.len - sizeof(hash));
    }

    hash = (hash ^ raw.len) * ARTICLE_HEARD_MIX;
    line = c->memory->line[hash >> ARTICLE_HEARD_SHIFT];

    if (article_heard_same(&line[0], c, raw)) {
        return &line[0];
    }

    if (article_heard_same(&line[1], c, raw)) {
        return &line[1];
    }

    /* of two lines in one place the older one is forgotten */

    line[1] = line[0];
    line[0].len = 0;

    return &line[0];
}


static inline unsigned
article_heard_same(const article_heard_line_t *line, const article_strip_t *c,
    article_slice_t raw)
{
    return line->len == raw.len && line->charset == c->charset
           && memcmp(line->raw, raw.data, raw.len) == 0;
}


static void
article_heard_read(article_strip_t *c, article_heard_t *heard)
{
    const article_line_t  *line;

    line = &c->line;
    heard->label = ARTICLE_LABEL_OTHER;

    if (!line->references
        && article_label_is_worded_other(heard->raw, line->letters,
                                         line->digits, line->q))
    {
        return;
    }

    if (!article_label_is_other(heard->raw, c->charset)) {
        heard->label = article_label_line(heard->raw, c->charset, heard->out,
                                          &heard->text);
    }
}


article_slice_t
article_heard_text(const article_strip_t *c, article_heard_t *heard)
{
    if (heard->text.data == NULL) {
        heard->text = article_label_decode(heard->raw, c->charset,
                                           heard->out);
    }

    return heard->text;
}


unsigned
article_heard_is(article_strip_t *c, article_heard_t *heard, unsigned what)
{
    unsigned               is;
    article_heard_line_t  *line;

    static const char *const  popular[] = {
        "nhiêù", "quan tâm", "phổ biêń", "most", "popular", "trending", NULL
    };

    static const char *const  adverts[] = {
        "quang̉ caó", "advert", "sponsor", NULL
    };

    line = heard->line;

    if (line != NULL && (line->known & what)) {
        return line->is & what;
    }

    is = article_label_says(article_heard_text(c, heard),
                            what == ARTICLE_HEARD_POPULAR ? popular : adverts)
         ? what : 0;

    if (line != NULL) {
        line->is = (unsigned char) ((line->is & ~what) | is);
        line->known = (unsigned char) (line->known | what);
    }

    return is;
}


/* Most are told by their beginning, which is kept. */
unsigned
article_heard_in_title(const article_strip_t *c, article_heard_t *heard)
{
    size_t                 len;
    char                   folded[ARTICLE_CUTTER_TITLE];
    article_slice_t        title, text, beginning;
    article_heard_line_t  *line;

    line = heard->line;
    title.data = c->title;
    title.len = c->title_len;

    if (line != NULL && line->folded_len == 0) {
        text = article_heard_text(c, heard);
        len = article_fold_into(folded, sizeof(folded), text, 0);

        if (len > ARTICLE_HEARD_FOLDED) {
            len = ARTICLE_HEARD_FOLDED;
        }

        memcpy(line->folded, folded, len);
        line->folded_len = (unsigned char) len;
    }

    if (line != NULL) {
        beginning.data = line->folded;
        beginning.len = line->folded_len;

        if (article_slice_find(title, beginning) == NULL) {
            return 0;
        }
    }

    return article_line_is_title(c, article_heard_text(c, heard), 1);
}

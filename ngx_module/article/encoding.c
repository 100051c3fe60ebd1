/*
 * Copyright (C) the authors named in LICENSE
 *
 * What the bytes of a page that streams by are, and its title.
 *
 * A line that is UTF-8 is read so.  Another one is read in the charset in
 * which most of the page's words so far, the title's first, are Vietnamese
 * syllables (charset_evidence.c); until there are enough, or where two
 * charsets have as many, as what HTTP declares or windows-1258.  A label that
 * is found in a wrong charset by chance would have to be spelt right in it.
 */

#include <string.h>

#include "cutter.h"


/* A page with so many lines of UTF-8 is not looked at any more ... */
#define ARTICLE_ENCODING_LINES  16

/* ... nor one with so many words that are not. */
#define ARTICLE_ENCODING_WORDS  48


static void article_encoding_fold(article_strip_t *c);
static unsigned article_encoding_is_ascii(article_slice_t raw);


void
article_encoding_init(article_strip_t *c, article_slice_t declared)
{
    size_t  i;

    /* charsets in which the bytes of "<" may be something else */

    static const article_slice_t  foreign[] = {
        article_literal("utf-16"), article_literal("utf-32"),
        article_literal("utf-7"), article_literal("ucs-"),
        article_literal("iso-10646"), article_literal("iso-2022-"),
        article_literal("hz-gb")
    };

    for (i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
        if (article_slice_starts_case(declared, foreign[i])) {
            c->reason = ARTICLE_STRIP_NOT_PLAIN;
        }
    }

    if (!article_charset_named(declared, &c->charset)
        || (c->charset != ARTICLE_CHARSET_TCVN3
            && c->charset != ARTICLE_CHARSET_VNI
            && c->charset != ARTICLE_CHARSET_VISCII))
    {
        c->charset = ARTICLE_CHARSET_WINDOWS_1258;
    }
}


void
article_encoding_seen(article_strip_t *c, article_slice_t raw)
{
    article_charset_t  charset;

    if (c->utf8 == ARTICLE_ENCODING_LINES
        || c->evidence.words == ARTICLE_ENCODING_WORDS
        || article_encoding_is_ascii(raw))
    {
        return;
    }

    if (article_utf8_valid(raw)) {
        c->utf8++;
        return;
    }

    article_evidence_add(&c->evidence, raw, ARTICLE_ENCODING_WORDS);

    if (article_evidence_charset(&c->evidence, &charset) > 1
        && charset != c->charset)
    {
        c->charset = charset;

        if (c->title_done) {
            article_encoding_fold(c);
        }
    }
}


void
article_encoding_title(article_strip_t *c, article_slice_t text)
{
    size_t  room;

    if (c->title_done) {
        return;
    }

    room = sizeof(c->title_raw) - c->title_raw_len;
    if (text.len > room) {
        text.len = room;
    }

    memcpy(c->title_raw + c->title_raw_len, text.data, text.len);
    c->title_raw_len += text.len;
}


/* The first title that says anything is the page's. */
void
article_encoding_title_end(article_strip_t *c)
{
    if (c->title_done) {
        return;
    }

    article_encoding_seen(c, (article_slice_t) { c->title_raw,
                                                 c->title_raw_len });
    article_encoding_fold(c);
    c->title_done = c->title_len != 0;
}


/* The title, for comparing lines with it. */
static void
article_encoding_fold(article_strip_t *c)
{
    size_t           len;
    char             out[ARTICLE_LABEL_LINE];
    article_slice_t  raw;

    raw.data = c->title_raw;
    raw.len = c->title_raw_len;

    len = article_fold_into(c->title, sizeof(c->title),
                            article_label_decode(raw, c->charset, out), 0);

    c->title_len = len > sizeof(c->title) ? sizeof(c->title) : len;
}


static unsigned
article_encoding_is_ascii(article_slice_t raw)
{
    size_t  i;

    for (i = 0; i < raw.len; i++) {
        if ((unsigned char) raw.data[i] >= 0x80) {
            return 0;
        }
    }

    return 1;
}

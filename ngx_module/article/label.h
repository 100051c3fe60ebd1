/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a line of a page says to the cutter: from raw bytes of a page that
 * streams by (references undecoded, charset not known for sure) to a label
 * of the catalogue, a counter, a number.
 */

#ifndef ARTICLE_LABEL_H_INCLUDED
#define ARTICLE_LABEL_H_INCLUDED


#include "charset.h"
#include "markers.h"


/* Bytes of a line that are kept; a longer line is no label. */
#define ARTICLE_LABEL_LINE  512


typedef enum {
    ARTICLE_LABEL_BLANK = 0,    /* white space, also U+00A0 and the like */
    ARTICLE_LABEL_OTHER,        /* text */
    ARTICLE_LABEL_NUMBER,       /* digits, dates, signs: few letters */
    ARTICLE_LABEL_RELATED,
    ARTICLE_LABEL_LATEST,
    ARTICLE_LABEL_BY_DATE,
    ARTICLE_LABEL_COUNTER,      /* the label of a counter */
    ARTICLE_LABEL_PERIOD,       /* of a part of one: "Hôm nay" */
    ARTICLE_LABEL_COUNTED,      /* with its number: "Lượt xem: 829" */
    ARTICLE_LABEL_LINKS,
    ARTICLE_LABEL_WIDGET,       /* weather, rates, advertisements */
    ARTICLE_LABEL_STOP          /* a label of what is never cut */
} article_label_t;


/*
 * A line: text (decoded into out, which has ARTICLE_LABEL_LINE bytes, white
 * space trimmed) and what it says.  charset is that of lines that are no
 * UTF-8.
 */
article_label_t article_label_line(article_slice_t raw,
    article_charset_t charset, char *out, article_slice_t *text);

/*
 * 1 if article_label_line() is sure to say ARTICLE_LABEL_OTHER: a look at the
 * line's first words and at what letters are in it, without decoding it.
 * Of most lines of a page that is enough.
 */
unsigned article_label_is_other(article_slice_t raw,
    article_charset_t charset);

/*
 * The same of a line without references, by its first words and what its
 * reader has seen: how many letters of ASCII it has, if digits, if a "q".
 */
unsigned article_label_is_worded_other(article_slice_t raw, size_t letters,
    unsigned digits, unsigned q);

/* A line decoded and trimmed, as above. */
article_slice_t article_label_decode(article_slice_t raw,
    article_charset_t charset, char *out);

/* 1 if the decoded text warns: not every number that grows is a counter. */
unsigned article_label_is_warning(article_slice_t text);

/* 1 if the text (any case) holds one of the words; the last is NULL. */
unsigned article_label_has(article_slice_t text, const char *const *words);

/* The same, of words as fold.c makes them: small, the tone at their end. */
unsigned article_label_says(article_slice_t text, const char *const *words);


#endif /* ARTICLE_LABEL_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * A quick look at a line, for label.c.
 */

#ifndef ARTICLE_LABEL_LOOK_H_INCLUDED
#define ARTICLE_LABEL_LOOK_H_INCLUDED


#include "text.h"


typedef struct {
    size_t    ascii;        /* bytes of ASCII, but for white space */
    unsigned  digit;
    unsigned  letters;      /* of ASCII, or bytes that are no ASCII */
    unsigned  beyond_ascii;
    unsigned  q;            /* "q", "Q", and what differs in one bit */
    unsigned  reference;    /* "&" */
    unsigned  beyond;       /* a letter from U+1E00 to U+1E7F */
    unsigned  la;           /* "l", and "a" or no ASCII behind it */
} article_label_look_t;


void article_label_look(article_slice_t raw, article_label_look_t *look);

/*
 * 1 if a word may be "là": "l" or a letter that is like it, a vowel, no letter
 * behind it; without references.
 */
unsigned article_label_has_la(article_slice_t raw);

/* 1 if the line has more letters of ASCII than that; references end it. */
unsigned article_label_is_worded(article_slice_t raw, unsigned most);

/* 1 if it has no letter: digits and signs, as dates are. */
unsigned article_label_is_signs(article_slice_t raw);

/* 1 for a line of spaces, most often "&nbsp;". */
unsigned article_label_is_empty(article_slice_t raw);


#endif /* ARTICLE_LABEL_LOOK_H_INCLUDED */

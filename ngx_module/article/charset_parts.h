/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of charset.c.
 */

#ifndef ARTICLE_CHARSET_PARTS_H_INCLUDED
#define ARTICLE_CHARSET_PARTS_H_INCLUDED


#include "charset.h"


/* What a page, or its HTTP header, says of itself; 0 if nothing known. */
unsigned article_charset_declared(article_slice_t page, article_slice_t http,
    article_charset_t *charset);

/* The charset of this name ("windows-1258"); 0 if it is not known. */
unsigned article_charset_named(article_slice_t name,
    article_charset_t *charset);

/*
 * The single-byte charset in which the page's words are Vietnamese
 * syllables; 0 if there are too few words, or they are in none.
 */
unsigned article_charset_evidence(article_slice_t page,
    article_charset_t *charset);


/* Charsets that words are tried in. */
#define ARTICLE_EVIDENCE_CHARSETS  4


/* Words beyond ASCII so far, and which of them are syllables. */
typedef struct {
    unsigned  words;
    unsigned  good[ARTICLE_EVIDENCE_CHARSETS];
} article_evidence_t;


/* Adds the words of a text (or HTML), up to so many words in all. */
void article_evidence_add(article_evidence_t *evidence, article_slice_t text,
    unsigned most);

/*
 * What article_charset_evidence() says of the words so far: 0, or 1 and the
 * words by which this charset is ahead of the next one.
 */
unsigned article_evidence_charset(const article_evidence_t *evidence,
    article_charset_t *charset);


/*
 * Bytes of a charset that is not UTF-8 or UTF-16 as UTF-8 (not composed);
 * data is NULL when memory is out.
 */
article_slice_t article_charset_bytes(article_arena_t *arena,
    article_slice_t page, article_charset_t charset);

/*
 * One character of such a charset: takes it off *p, writes at most four bytes
 * to out and returns their number.
 */
size_t article_charset_next(article_charset_t charset,
    const unsigned char **p, const unsigned char *end, char *out);

/* UTF-16 as UTF-8; big: the high byte comes first. */
article_slice_t article_charset_utf16(article_arena_t *arena,
    article_slice_t page, unsigned big);

/*
 * The capitals of a TCVN3 page: in fonts whose name ends in "H" (.VnTimeH)
 * small letters are capitals.  page is UTF-8; data is NULL without memory.
 */
article_slice_t article_charset_capitals(article_arena_t *arena,
    article_slice_t page);

/*
 * UTF-8 that was read as Latin-1 or windows-1252 and written as UTF-8 once
 * more is undone, where it stands; the page itself when it holds none.
 */
article_slice_t article_charset_undouble(article_arena_t *arena,
    article_slice_t page);


#endif /* ARTICLE_CHARSET_PARTS_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * A page's bytes -> UTF-8: byte order mark, the bytes, the words, then what
 * HTTP and meta say.
 */

#ifndef ARTICLE_CHARSET_H_INCLUDED
#define ARTICLE_CHARSET_H_INCLUDED


#include "text.h"


typedef enum {
    ARTICLE_CHARSET_UTF8 = 0,
    ARTICLE_CHARSET_UTF16LE,
    ARTICLE_CHARSET_UTF16BE,
    ARTICLE_CHARSET_WINDOWS_1258,
    ARTICLE_CHARSET_WINDOWS_1252,
    ARTICLE_CHARSET_TCVN3,
    ARTICLE_CHARSET_VNI,
    ARTICLE_CHARSET_VISCII
} article_charset_t;


/* The page's charset; declared is the HTTP one, or empty. */
article_charset_t article_charset_detect(article_slice_t page,
    article_slice_t declared);

/* 1 if it is no text of any charset: a picture, an archive, a PDF file. */
unsigned article_charset_is_binary(article_slice_t page);

/*
 * The page as valid UTF-8 without byte order mark, in NFC where it held
 * decomposed letters, letters encoded twice undone; the page itself when it
 * needs no change.  data is NULL when memory is out.
 */
article_slice_t article_charset_decode(article_arena_t *arena,
    article_slice_t page, article_slice_t declared);


#endif /* ARTICLE_CHARSET_H_INCLUDED */

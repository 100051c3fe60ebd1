/*
 * Copyright (C) the authors named in LICENSE
 *
 * A page is UTF-8 when its bytes say so, whatever is declared: letters of
 * another charset are not well-formed UTF-8 for long.  Only then does
 * anything else count: first whether the words are Vietnamese in one of the
 * old charsets (pages of which declare iso-8859-1, or UTF-8, or nothing), and
 * last the declaration.
 */

#include <string.h>

#include "charset_parts.h"


/* Bytes in which UTF-16 without byte order mark shows by its zero bytes. */
#define ARTICLE_CHARSET_SAMPLE  512


static article_charset_t article_charset_find(article_slice_t page,
    article_slice_t declared, unsigned *valid);
static const char *article_charset_mark(article_slice_t page,
    article_charset_t *charset);
static unsigned article_charset_wide(article_slice_t page,
    article_charset_t *charset);
static void article_charset_count(article_slice_t page, size_t *good,
    size_t *bad);


article_charset_t
article_charset_detect(article_slice_t page, article_slice_t declared)
{
    unsigned  valid;

    return article_charset_find(page, declared, &valid);
}


/* *valid: the page is well-formed UTF-8. */
static article_charset_t
article_charset_find(article_slice_t page, article_slice_t declared,
    unsigned *valid)
{
    size_t             good, bad;
    unsigned           known;
    article_charset_t  charset, evident;

    *valid = 0;

    if (article_charset_mark(page, &charset) != NULL
        || article_charset_wide(page, &charset))
    {
        return charset;
    }

    if (article_utf8_valid(page)) {
        *valid = 1;
        return ARTICLE_CHARSET_UTF8;
    }

    known = article_charset_declared(page, declared, &charset);
    article_charset_count(page, &good, &bad);

    /*
     * A damaged page has hardly any ill-formed letters, one of another
     * charset hardly any others.
     */

    if (good > 4 * bad || (good >= bad && known
                           && charset == ARTICLE_CHARSET_UTF8))
    {
        return ARTICLE_CHARSET_UTF8;
    }

    if (article_charset_evidence(page, &evident)) {
        return evident;
    }

    if (!known || charset == ARTICLE_CHARSET_UTF8) {
        return good >= bad ? ARTICLE_CHARSET_UTF8
                           : ARTICLE_CHARSET_WINDOWS_1252;
    }

    return charset;
}


/*
 * Files show by control characters before the first tag; zero bytes alone are
 * UTF-16's or the portal's, the escape character starts ISO-2022.
 */
unsigned
article_charset_is_binary(article_slice_t page)
{
    const char         *p, *end;
    article_charset_t   charset;

    if (article_charset_mark(page, &charset) != NULL) {
        return 0;
    }

    if (article_slice_starts(page, article_literal("%PDF-"))) {
        return 1;
    }

    end = page.data + page.len;

    for (p = page.data; p < end && *p != '<'; p++) {
        if ((unsigned char) *p < ' ' && *p != '\0'
            && (*p < '\t' || *p > '\r') && *p != '\x1b')
        {
            return 1;
        }
    }

    return 0;
}


article_slice_t
article_charset_decode(article_arena_t *arena, article_slice_t page,
    article_slice_t declared)
{
    unsigned            valid;
    const char         *start;
    article_charset_t   charset, marked;

    charset = article_charset_find(page, declared, &valid);

    start = article_charset_mark(page, &marked);
    if (start != NULL) {
        page.len -= start - page.data;
        page.data = start;
    }

    switch (charset) {

    case ARTICLE_CHARSET_UTF8:
        if (!valid) {
            page = article_utf8_repair(arena, page);
        }

        if (page.data != NULL) {
            page = article_charset_undouble(arena, page);
        }

        break;

    case ARTICLE_CHARSET_UTF16LE:
    case ARTICLE_CHARSET_UTF16BE:
        page = article_charset_utf16(arena, page,
                                     charset == ARTICLE_CHARSET_UTF16BE);
        break;

    default:
        page = article_charset_bytes(arena, page, charset);

        if (page.data != NULL && charset == ARTICLE_CHARSET_TCVN3) {
            page = article_charset_capitals(arena, page);
        }

        break;
    }

    if (page.data == NULL) {
        return page;
    }

    return article_nfc(arena, page);
}


/* What is behind a byte order mark, NULL without one. */
static const char *
article_charset_mark(article_slice_t page, article_charset_t *charset)
{
    if (article_slice_starts(page, article_literal("\xef\xbb\xbf"))) {
        *charset = ARTICLE_CHARSET_UTF8;
        return page.data + 3;
    }

    if (article_slice_starts(page, article_literal("\xff\xfe"))) {
        *charset = ARTICLE_CHARSET_UTF16LE;
        return page.data + 2;
    }

    if (article_slice_starts(page, article_literal("\xfe\xff"))) {
        *charset = ARTICLE_CHARSET_UTF16BE;
        return page.data + 2;
    }

    return NULL;
}


/* UTF-16 without a mark: every second byte of the markup is zero. */
static unsigned
article_charset_wide(article_slice_t page, article_charset_t *charset)
{
    size_t  i, n, zero[2];

    n = page.len < ARTICLE_CHARSET_SAMPLE ? page.len : ARTICLE_CHARSET_SAMPLE;
    zero[0] = 0;
    zero[1] = 0;

    for (i = 0; i < n; i++) {
        zero[i & 1] += page.data[i] == '\0';
    }

    if (n < 8 || zero[0] + zero[1] < n / 4) {
        return 0;
    }

    if (zero[1] > 8 * zero[0]) {
        *charset = ARTICLE_CHARSET_UTF16LE;
        return 1;
    }

    if (zero[0] > 8 * zero[1]) {
        *charset = ARTICLE_CHARSET_UTF16BE;
        return 1;
    }

    return 0;
}


/* Characters of more than a byte, and ill-formed parts. */
static void
article_charset_count(article_slice_t page, size_t *good, size_t *bad)
{
    uint32_t     c;
    const char  *p, *end;

    *good = 0;
    *bad = 0;
    end = page.data + page.len;

    for (p = page.data; p < end; /* void */ ) {
        c = article_utf8_next(&p, end);

        if (c == 0xfffd) {
            (*bad)++;

        } else if (c >= 0x80) {
            (*good)++;
        }
    }
}

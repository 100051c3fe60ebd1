/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of the scanner: its states (drawn in scanner.c) and what its
 * parts share.
 */

#ifndef ARTICLE_SCANNER_STATE_H_INCLUDED
#define ARTICLE_SCANNER_STATE_H_INCLUDED


#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "scanner.h"


typedef enum {
    ARTICLE_SCAN_TEXT = 0,
    ARTICLE_SCAN_TAG_OPEN,
    ARTICLE_SCAN_END_OPEN,
    ARTICLE_SCAN_NAME,
    ARTICLE_SCAN_BEFORE_NAME,
    ARTICLE_SCAN_ATTRIBUTE,
    ARTICLE_SCAN_AFTER_NAME,
    ARTICLE_SCAN_BEFORE_VALUE,
    ARTICLE_SCAN_VALUE_DOUBLE,
    ARTICLE_SCAN_VALUE_SINGLE,
    ARTICLE_SCAN_UNQUOTED,
    ARTICLE_SCAN_AFTER_VALUE,
    ARTICLE_SCAN_SLASH,
    ARTICLE_SCAN_MARKUP,
    ARTICLE_SCAN_BOGUS,
    ARTICLE_SCAN_COMMENT_START,
    ARTICLE_SCAN_COMMENT_START_DASH,
    ARTICLE_SCAN_COMMENT,
    ARTICLE_SCAN_COMMENT_DASH,
    ARTICLE_SCAN_COMMENT_DASHES,
    ARTICLE_SCAN_COMMENT_BANG,
    ARTICLE_SCAN_CDATA,
    ARTICLE_SCAN_CDATA_BRACKET,
    ARTICLE_SCAN_CDATA_BRACKETS,
    ARTICLE_SCAN_RAW,
    ARTICLE_SCAN_RAW_OPEN,
    ARTICLE_SCAN_RAW_END,
    ARTICLE_SCAN_RAW_BANG,
    ARTICLE_SCAN_RAW_NEST,
    ARTICLE_SCAN_PLAINTEXT
} article_scan_state_t;


/*
 * The parts: each handles a group of states and returns at the first byte
 * of another group's.  end is where scanner->offset is.
 */
const char *article_scan_markup(article_scanner_t *s, const char *p,
    const char *end);
const char *article_scan_raw(article_scanner_t *s, const char *p,
    const char *end);

/* A tag's name begins with the byte at hand, which NAME will read. */
void article_scan_open(article_scanner_t *s, unsigned closing);

/* Text, of the kind that is being read. */
void article_scan_emit_text(article_scanner_t *s, const char *data,
    size_t len);

/* Bytes that may be no tag are held, and emitted when they are text. */
void article_scan_hold(article_scanner_t *s, unsigned char c);
void article_scan_emit_held(article_scanner_t *s);


static inline unsigned
article_is_space(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}


static inline unsigned
article_is_letter(unsigned char c)
{
    return (unsigned char) ((c | 0x20) - 'a') < 26;
}


static inline char
article_scan_lower(unsigned char c)
{
    return (char) ((unsigned char) (c - 'A') < 26 ? c | 0x20 : c);
}


/*
 * memchr(), for what is mostly found within 16 bytes: a call costs more than
 * looking at these.
 */
static inline const char *
article_scan_byte(const char *p, const char *end, char c)
{
#if defined(__SSE2__)

    unsigned  mask;
    __m128i   block;

    if (end - p >= (ptrdiff_t) sizeof(block)) {
        block = _mm_loadu_si128((const __m128i *) p);
        mask = (unsigned) _mm_movemask_epi8(
                   _mm_cmpeq_epi8(block, _mm_set1_epi8(c)));

        if (mask != 0) {
            return p + __builtin_ctz(mask);
        }

        p += sizeof(block);
    }

#endif

    return memchr(p, c, (size_t) (end - p));
}


#endif /* ARTICLE_SCANNER_STATE_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Finding bytes in a page, 16 at a time where SSE2 is (it belongs to
 * x86-64), else one by one.
 */

#ifndef ARTICLE_SCANNER_FIND_H_INCLUDED
#define ARTICLE_SCANNER_FIND_H_INCLUDED


#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif


/* Bytes looked at together: what is nearer to the end is looked at singly. */
#define ARTICLE_FIND_BLOCK  16


#if defined(__SSE2__)

static inline __m128i
article_find_load(const char *p)
{
    return _mm_loadu_si128((const __m128i *) p);
}


/* A bit for each byte that is c. */
static inline unsigned
article_find_bits(__m128i block, char c)
{
    return (unsigned) _mm_movemask_epi8(
                                   _mm_cmpeq_epi8(block, _mm_set1_epi8(c)));
}


/* Bytes of a page that have a bit each. */
#define ARTICLE_FIND_BITS  64


static inline unsigned
article_find_first(uint64_t bits)
{
    return (unsigned) __builtin_ctzll(bits);
}


/* Double quotes, "=" and ">" in the next 64 bytes. */
static inline void
article_find_three(const char *p, uint64_t *quotes, uint64_t *equals,
    uint64_t *gts)
{
    unsigned  i;
    __m128i   block;

    *quotes = 0;
    *equals = 0;
    *gts = 0;

#pragma GCC unroll 4
    for (i = 0; i < ARTICLE_FIND_BITS; i += ARTICLE_FIND_BLOCK) {
        block = article_find_load(p + i);
        *quotes |= (uint64_t) article_find_bits(block, '"') << i;
        *equals |= (uint64_t) article_find_bits(block, '=') << i;
        *gts |= (uint64_t) article_find_bits(block, '>') << i;
    }
}


/* Blanks, and all bytes up to them, in the next 64. */
static inline void
article_find_blanks(const char *p, uint64_t *blanks, uint64_t *low)
{
    unsigned  i;
    __m128i   block, least;

    *blanks = 0;
    *low = 0;

#pragma GCC unroll 4
    for (i = 0; i < ARTICLE_FIND_BITS; i += ARTICLE_FIND_BLOCK) {
        block = article_find_load(p + i);
        least = _mm_min_epu8(block, _mm_set1_epi8(' '));
        *blanks |= (uint64_t) article_find_bits(block, ' ') << i;
        *low |= (uint64_t) (unsigned) _mm_movemask_epi8(
                                  _mm_cmpeq_epi8(least, block)) << i;
    }
}

#endif


/* memchr(), for what is mostly near: a call costs more than looking there. */
static inline const char *
article_find_byte(const char *p, const char *end, char c)
{
#if defined(__SSE2__)

    unsigned  bits;

    if (end - p >= ARTICLE_FIND_BLOCK) {
        bits = article_find_bits(article_find_load(p), c);

        if (bits != 0) {
            return p + __builtin_ctz(bits);
        }

        p += ARTICLE_FIND_BLOCK;
    }

#endif

    return memchr(p, c, (size_t) (end - p));
}


/* The same, for what is mostly within some 64 bytes. */
static inline const char *
article_find_quote(const char *p, const char *end, char c)
{
#if defined(__SSE2__)

    unsigned  bits;

    while (end - p >= 2 * ARTICLE_FIND_BLOCK) {
        bits = article_find_bits(article_find_load(p), c)
               | article_find_bits(article_find_load(p + ARTICLE_FIND_BLOCK),
                                   c)
                 << ARTICLE_FIND_BLOCK;

        if (bits != 0) {
            return p + __builtin_ctz(bits);
        }

        p += 2 * ARTICLE_FIND_BLOCK;
    }

#endif

    return memchr(p, c, (size_t) (end - p));
}


/*
 * Skips bytes that are in names for sure, up to 16 of them, which must be
 * there: letters, digits, "-", ".", ":", "_" and others; never white space,
 * quotes, "/", "=", ">" or NUL.
 */
static inline const char *
article_find_name_end(const char *p)
{
#if defined(__SSE2__)

    __m128i  block, stop;

    block = article_find_load(p);

    /* the comparison has signs: bytes beyond ASCII stop it as well */

    stop = _mm_cmplt_epi8(block, _mm_set1_epi8('-'));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(block, _mm_set1_epi8('/')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(block, _mm_set1_epi8('=')));
    stop = _mm_or_si128(stop, _mm_cmpeq_epi8(block, _mm_set1_epi8('>')));

    p += __builtin_ctz((unsigned) _mm_movemask_epi8(stop)
                       | 1U << ARTICLE_FIND_BLOCK);

#else

    unsigned  i;

    for (i = 0; i < ARTICLE_FIND_BLOCK && *p >= '-' && *p != '/'
         && *p != '=' && *p != '>' && (*p & 0x80) == 0; i++)
    {
        p++;
    }

#endif

    return p;
}


/* Up to 8 bytes as a number; 8 must be there. */
static inline uint64_t
article_find_key(const char *p, size_t len)
{
    uint64_t  key;

    memcpy(&key, p, sizeof(key));

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return key & UINT64_MAX >> (64 - 8 * len);
#else
    return key & UINT64_MAX << (64 - 8 * len);
#endif
}


/*
 * Skips bytes that are in a value without quotes for sure, up to 16 of them:
 * never white space or ">".
 */
static inline const char *
article_find_value_end(const char *p, const char *end)
{
#if defined(__SSE2__)

    __m128i  block, stop;

    if (end - p >= ARTICLE_FIND_BLOCK) {
        block = article_find_load(p);

        stop = _mm_cmplt_epi8(block, _mm_set1_epi8(' ' + 1));
        stop = _mm_or_si128(stop, _mm_cmpeq_epi8(block, _mm_set1_epi8('>')));

        p += __builtin_ctz((unsigned) _mm_movemask_epi8(stop)
                           | 1U << ARTICLE_FIND_BLOCK);
    }

#else

    (void) end;

#endif

    return p;
}


#endif /* ARTICLE_SCANNER_FIND_H_INCLUDED */

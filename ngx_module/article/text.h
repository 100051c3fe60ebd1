/*
 * Copyright (C) the authors named in LICENSE
 *
 * UTF-8 text: validity, repair, Unicode composition, Vietnamese folding.
 */

#ifndef ARTICLE_TEXT_H_INCLUDED
#define ARTICLE_TEXT_H_INCLUDED


#include <string.h>

#include "arena.h"


/* The high bit of each byte of a word: set where a byte is not ASCII. */
#define ARTICLE_HIGH_BITS  0x8080808080808080ULL

/* Eight bytes, the first one lowest, on any machine. */
static inline uint64_t
article_load64(const char *p)
{
    const unsigned char  *u;

    u = (const unsigned char *) p;

    return (uint64_t) u[0] | (uint64_t) u[1] << 8 | (uint64_t) u[2] << 16
           | (uint64_t) u[3] << 24 | (uint64_t) u[4] << 32
           | (uint64_t) u[5] << 40 | (uint64_t) u[6] << 48
           | (uint64_t) u[7] << 56;
}


/* 1 if s is valid UTF-8 (RFC 3629: no overlong forms, no surrogates). */
unsigned article_utf8_valid(article_slice_t s);

/*
 * s itself when valid, else a copy in the arena with each maximal ill-formed
 * part replaced by U+FFFD (Unicode 15, 3.9, "substitution of maximal
 * subparts").  data is NULL when memory is out.
 */
article_slice_t article_utf8_repair(article_arena_t *arena, article_slice_t s);

/* What article_utf8_next() does not do itself. */
uint32_t article_utf8_other(const char **p, const char *end);

/*
 * Decodes the character at *p (< end), advances *p; U+FFFD for an ill-formed
 * part.
 */
static inline uint32_t
article_utf8_next(const char **p, const char *end)
{
    const unsigned char  *u;

    u = (const unsigned char *) *p;

    if (u[0] < 0x80) {
        *p += 1;
        return u[0];
    }

    /* the lead bytes that take any two bytes behind them */

    if (u[0] > 0xe0 && u[0] < 0xed && end - *p > 2
        && (u[1] & 0xc0) == 0x80 && (u[2] & 0xc0) == 0x80)
    {
        *p += 3;
        return (uint32_t) (u[0] & 0x0f) << 12 | (uint32_t) (u[1] & 0x3f) << 6
               | (u[2] & 0x3f);
    }

    if (u[0] >= 0xc2 && u[0] < 0xe0 && end - *p > 1
        && (u[1] & 0xc0) == 0x80)
    {
        *p += 2;
        return (uint32_t) (u[0] & 0x1f) << 6 | (u[1] & 0x3f);
    }

    return article_utf8_other(p, end);
}


/* Writes c (1 to 4 bytes) to out, returns the number of bytes. */
size_t article_utf8_put(char *out, uint32_t c);

/*
 * s in NFC for Latin letters with marks (all Vietnamese letters in every
 * decomposed form, reordered where needed); s itself when nothing changes.
 * data is NULL when memory is out.
 */
article_slice_t article_nfc(article_arena_t *arena, article_slice_t s);

/* The letter that a letter and a mark (U+0300 to U+036F) make, or 0. */
uint32_t article_compose(uint32_t base, uint32_t mark);

/*
 * The matching form of a text, in the arena: NFC, lower case, D with stroke
 * for Eth, no soft hyphens or zero-width characters, white space (with
 * U+00A0) collapsed to one space and trimmed, and the tone mark of each
 * syllable moved behind its last letter, so that both legal spellings
 * ("khoá", "khóa") give one string.  Never for output.
 */
article_slice_t article_fold(article_arena_t *arena, article_slice_t s);

/* A squeezed text has at most so many times the bytes of its matching form. */
#define ARTICLE_FOLD_SHRINKS  3

/*
 * The same without an arena: writes at most size bytes to out and returns
 * the length, or size + 1 when that is not enough (out then holds the
 * beginning).  split: a space also between a small letter and a capital, as
 * in labels of two links glued together ("Bản inQuay lại").
 */
size_t article_fold_into(char *out, size_t size, article_slice_t s,
    unsigned split);

/* Bytes that article_fold_word() may write. */
#define ARTICLE_FOLD_WORD  32

/*
 * The first word alone, of letters, as article_fold_into() with split writes
 * it: returns its length in out and moves *p behind it.  0 if it is not that
 * simple: no letter, a long word, two tones, letters of no table.  *ascii
 * becomes 0 if there is a letter beyond ASCII.
 */
size_t article_fold_word(char *out, const char **p, const char *end,
    unsigned *ascii);

/* The three below, for characters beyond ASCII. */
unsigned article_char_upper_other(uint32_t c);
unsigned article_char_word_other(uint32_t c);
unsigned article_char_space_other(uint32_t c);

/* 1 for a capital letter of Latin script. */
static inline unsigned
article_char_upper(uint32_t c)
{
    if (c < 0x80) {
        return c - 'A' < 26;
    }

    /* Vietnamese: capitals are even */

    return c - 0x1ea0 < 0x60 ? !(c & 1) : article_char_upper_other(c);
}


/* 1 for letters, digits and their marks, of any script. */
static inline unsigned
article_char_word(uint32_t c)
{
    /* all of Latin script, its marks, and many more */

    return c < 0x80 ? c - '0' < 10 || (c | 0x20) - 'a' < 26
                    : c - 0xf8 < 0x2000 - 0xf8 || article_char_word_other(c);
}


/* 1 for white space of ASCII and of Unicode (Zs, Zl, Zp). */
static inline unsigned
article_char_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || c - '\t' < 5 : article_char_space_other(c);
}


/*
 * White space as HTML and editors write it (incl. U+00A0) collapsed to
 * single spaces and trimmed, U+200B and U+FEFF taken out; a terminated copy
 * in the arena.  data is NULL when memory is out.
 */
article_slice_t article_squeeze(article_arena_t *arena, article_slice_t s);

/*
 * Valid UTF-8 as it is given out: without control characters (C0, DEL, C1)
 * but "\n" and "\t", in NFC; s itself when nothing changes.  Pages have
 * controls from PDF files, from bytes their charset does not define and as
 * "&#1;", and letters with marks of their own as "a&#803;".  data is NULL
 * when memory is out.
 */
article_slice_t article_text_clean(article_arena_t *arena, article_slice_t s);

/* 1 if a text has a letter that Vietnamese alone has: "đ", "ơ", "ư", "ạ". */
unsigned article_is_vietnamese(article_slice_t s);

/* Word count: runs of letters and digits of any script. */
size_t article_count_words(article_slice_t s);

/* Characters, not bytes. */
size_t article_count_chars(article_slice_t s);

/* 64-bit hash of s, continued from seed; the same on every machine. */
uint64_t article_hash64(uint64_t seed, article_slice_t s);

static inline unsigned
article_slice_equal(article_slice_t a, article_slice_t b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}


unsigned article_slice_equal_case(article_slice_t a, article_slice_t b);
unsigned article_slice_starts(article_slice_t s, article_slice_t prefix);
unsigned article_slice_starts_case(article_slice_t s, article_slice_t prefix);
unsigned article_slice_ends_case(article_slice_t s, article_slice_t suffix);

/* The first place of needle in s, or NULL. */
const char *article_slice_find(article_slice_t s, article_slice_t needle);


#endif /* ARTICLE_TEXT_H_INCLUDED */

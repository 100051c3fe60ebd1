/*
 * Copyright (C) the authors named in LICENSE
 *
 * Charsets of single bytes, VNI, and UTF-16.
 */

#include <string.h>

#include "charset_parts.h"
#include "charset_tables.h"


static uint32_t article_vni_letter(unsigned char c);
static uint32_t article_vni_mark(uint32_t base, unsigned char mark);
static size_t article_vni_next(const unsigned char **p,
    const unsigned char *end, char *out);
static uint32_t article_viscii_control(unsigned char c);


/*
 * What a byte behind a vowel makes of it in VNI: a mark of quality, a tone,
 * or both.  Bytes of small letters; 0x20 less for capitals.
 */
typedef struct {
    unsigned char  byte;
    uint16_t       quality;     /* circumflex or breve, or 0 */
    uint16_t       tone;        /* or 0 */
} article_vni_mark_t;


typedef struct {
    unsigned char  byte;
    uint16_t       letter;
} article_byte_letter_t;


/* D with stroke; O, U with horn; I with tones; Y with dot below. */
static const article_byte_letter_t  article_vni_letters[] = {
    { 0xf1, 0x0111 }, { 0xd1, 0x0110 },
    { 0xf4, 0x01a1 }, { 0xd4, 0x01a0 },
    { 0xf6, 0x01b0 }, { 0xd6, 0x01af },
    { 0xed, 0x00ed }, { 0xcd, 0x00cd },
    { 0xec, 0x00ec }, { 0xcc, 0x00cc },
    { 0xe6, 0x1ec9 }, { 0xc6, 0x1ec8 },
    { 0xf3, 0x0129 }, { 0xd3, 0x0128 },
    { 0xf2, 0x1ecb }, { 0xd2, 0x1eca },
    { 0xee, 0x1ef5 }, { 0xce, 0x1ef4 },
};


/* The six capitals that VISCII put in the place of control characters. */
static const article_byte_letter_t  article_viscii_letters[] = {
    { 0x02, 0x1eb2 }, { 0x05, 0x1eb4 }, { 0x06, 0x1eaa },
    { 0x14, 0x1ef6 }, { 0x19, 0x1ef8 }, { 0x1e, 0x1ef4 },
};


static const article_vni_mark_t  article_vni_marks[] = {
    { 0xf9, 0, 0x0301 },
    { 0xf8, 0, 0x0300 },
    { 0xfb, 0, 0x0309 },
    { 0xf5, 0, 0x0303 },
    { 0xef, 0, 0x0323 },
    { 0xe2, 0x0302, 0 },
    { 0xe1, 0x0302, 0x0301 },
    { 0xe0, 0x0302, 0x0300 },
    { 0xe5, 0x0302, 0x0309 },
    { 0xe3, 0x0302, 0x0303 },
    { 0xe4, 0x0302, 0x0323 },
    { 0xea, 0x0306, 0 },
    { 0xe9, 0x0306, 0x0301 },
    { 0xe8, 0x0306, 0x0300 },
    { 0xfa, 0x0306, 0x0309 },
    { 0xfc, 0x0306, 0x0303 },
    { 0xeb, 0x0306, 0x0323 },
};


article_slice_t
article_charset_bytes(article_arena_t *arena, article_slice_t page,
    article_charset_t charset)
{
    char                 *out, *o;
    size_t                i, size;
    const unsigned char  *p, *end;

    /* a byte gives at most three, and one more is written at the end */

    size = 4;

    for (i = 0; i < page.len; i++) {
        size += (unsigned char) page.data[i] < 0x20
                || (unsigned char) page.data[i] >= 0x80 ? 3 : 1;
    }

    out = article_arena_alloc(arena, size);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    o = out;
    p = (const unsigned char *) page.data;
    end = p + page.len;

    while (p < end) {
        o += article_charset_next(charset, &p, end, o);
    }

    article_arena_trim(arena, out, size, o - out + 1);

    return (article_slice_t) { out, o - out };
}


size_t
article_charset_next(article_charset_t charset, const unsigned char **p,
    const unsigned char *end, char *out)
{
    unsigned char    c;
    const uint16_t  *table;

    switch (charset) {

    case ARTICLE_CHARSET_VNI:
        return article_vni_next(p, end, out);

    case ARTICLE_CHARSET_TCVN3:
        table = article_tcvn3;
        break;

    case ARTICLE_CHARSET_VISCII:
        if (**p < 0x20) {
            c = *(*p)++;
            return article_utf8_put(out, article_viscii_control(c));
        }

        table = article_viscii;
        break;

    case ARTICLE_CHARSET_WINDOWS_1258:
        table = article_windows_1258;
        break;

    default:
        table = article_windows_1252;
        break;
    }

    c = *(*p)++;

    return article_utf8_put(out, c < 0x80 ? c : table[c - 0x80]);
}


article_slice_t
article_charset_utf16(article_arena_t *arena, article_slice_t page,
    unsigned big)
{
    char                 *out, *o;
    size_t                i, n, size;
    uint32_t              c, high;
    const unsigned char  *p;

    n = page.len / 2;
    size = 3 * n + 1;
    p = (const unsigned char *) page.data;

    out = article_arena_alloc(arena, size);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    o = out;
    high = 0;

    for (i = 0; i < n; i++, p += 2) {
        c = big ? (uint32_t) p[0] << 8 | p[1] : (uint32_t) p[1] << 8 | p[0];

        if (high != 0) {
            if ((c & 0xfc00) == 0xdc00) {
                c = 0x10000 + ((high & 0x3ff) << 10) + (c & 0x3ff);
                high = 0;
                o += article_utf8_put(o, c);
                continue;
            }

            o += article_utf8_put(o, 0xfffd);
            high = 0;
        }

        if ((c & 0xfc00) == 0xd800) {
            high = c;
            continue;
        }

        /* a lone low surrogate is written as U+FFFD */

        o += article_utf8_put(o, c);
    }

    if (high != 0) {
        o += article_utf8_put(o, 0xfffd);
    }

    article_arena_trim(arena, out, size, o - out + 1);

    return (article_slice_t) { out, o - out };
}


/* A vowel and the byte behind it, if that makes a letter of both. */
static size_t
article_vni_next(const unsigned char **p, const unsigned char *end, char *out)
{
    uint32_t  c, both;

    c = article_vni_letter(*(*p)++);

    if (*p < end && **p >= 0xc0) {
        both = article_vni_mark(c, **p);

        if (both != 0) {
            (*p)++;
            c = both;
        }
    }

    return article_utf8_put(out, c);
}


/* The letters that have a byte of their own. */
static uint32_t
article_vni_letter(unsigned char c)
{
    size_t  i;

    if (c < 0x80) {
        return c;
    }

    for (i = 0; i < sizeof(article_vni_letters)
                    / sizeof(article_vni_letters[0]); i++)
    {
        if (article_vni_letters[i].byte == c) {
            return article_vni_letters[i].letter;
        }
    }

    return article_windows_1252[c - 0x80];
}


static uint32_t
article_vni_mark(uint32_t base, unsigned char mark)
{
    size_t                     i, n;
    uint32_t                   c;
    const article_vni_mark_t  *m;

    if (base == 0 || (base < 0x80 && strchr("aeiouyAEIOUY", (int) base)
                                     == NULL))
    {
        return 0;
    }

    n = sizeof(article_vni_marks) / sizeof(article_vni_marks[0]);

    for (i = 0; i < n; i++) {
        m = &article_vni_marks[i];

        if (m->byte != (mark | 0x20)) {
            continue;
        }

        /* the dot below comes before what is above (canonical order) */

        c = m->tone == 0x0323 ? article_compose(base, m->tone) : base;

        if (c != 0 && m->quality) {
            c = article_compose(c, m->quality);
        }

        if (c != 0 && m->tone && m->tone != 0x0323) {
            c = article_compose(c, m->tone);
        }

        return c;
    }

    return 0;
}


static uint32_t
article_viscii_control(unsigned char c)
{
    size_t  i;

    for (i = 0; i < sizeof(article_viscii_letters)
                    / sizeof(article_viscii_letters[0]); i++)
    {
        if (article_viscii_letters[i].byte == c) {
            return article_viscii_letters[i].letter;
        }
    }

    return c;
}

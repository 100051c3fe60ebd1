/*
 * Copyright (C) the authors named in LICENSE
 *
 * What can be seen of a line without decoding it.
 */

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "label_look.h"


static unsigned article_label_is_la(const char *p, const char *end);


#if defined(__SSE2__)

/* 16 bytes at a time. */
void
article_label_look(article_slice_t raw, article_label_look_t *look)
{
    char      part[16];
    size_t    i;
    __m128i   block, lower, letter, letters, high, digit, q, reference;
    __m128i   ascii, sum;
    uint32_t  lead, tail, pairs, l, vowel, la;

    lead = 0;
    pairs = 0;
    l = 0;
    la = 0;
    digit = _mm_setzero_si128();
    q = _mm_setzero_si128();
    letters = _mm_setzero_si128();
    high = _mm_setzero_si128();
    reference = _mm_setzero_si128();
    sum = _mm_setzero_si128();

    for (i = 0; i < raw.len; i += sizeof(part)) {
        if (raw.len - i < sizeof(part)) {
            memset(part, ' ', sizeof(part));
            memcpy(part, raw.data + i, raw.len - i);
            block = _mm_loadu_si128((const __m128i *) part);

        } else {
            block = _mm_loadu_si128((const __m128i *) (raw.data + i));
        }

        /* signed: those of ASCII are positive; counted by sums of ones */

        ascii = _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8(' ')),
                              _mm_set1_epi8(1));
        sum = _mm_add_epi64(sum, _mm_sad_epu8(ascii, _mm_setzero_si128()));

        reference = _mm_or_si128(reference,
                                 _mm_cmpeq_epi8(block, _mm_set1_epi8('&')));
        q = _mm_or_si128(q, _mm_cmpeq_epi8(
                _mm_or_si128(block, _mm_set1_epi8(0x20)),
                _mm_set1_epi8('q')));

        /* U+1E00 to U+1E7F: 0xE1, and 0xB8 or 0xB9 behind it */

        lead = lead << 16 | (uint32_t) _mm_movemask_epi8(
                   _mm_cmpeq_epi8(block, _mm_set1_epi8((char) 0xe1)));
        tail = (uint32_t) _mm_movemask_epi8(_mm_cmpeq_epi8(
                   _mm_and_si128(block, _mm_set1_epi8((char) 0xfe)),
                   _mm_set1_epi8((char) 0xb8)));
        pairs |= tail & (lead << 1 | (lead >> 31 & 1));

        /* "l", and "a" or no ASCII behind it */

        lower = _mm_or_si128(block, _mm_set1_epi8(0x20));
        l = l << 16 | (uint32_t) _mm_movemask_epi8(
                _mm_cmpeq_epi8(lower, _mm_set1_epi8('l')));
        vowel = (uint32_t) _mm_movemask_epi8(
                    _mm_or_si128(lower, _mm_cmpeq_epi8(lower,
                                                    _mm_set1_epi8('a'))));
        la |= vowel & (l << 1 | (l >> 31 & 1));

        letter = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
        letters = _mm_or_si128(letters, _mm_cmpeq_epi8(
                      _mm_min_epu8(letter, _mm_set1_epi8(25)), letter));
        high = _mm_or_si128(high, block);

        block = _mm_sub_epi8(block, _mm_set1_epi8('0'));
        digit = _mm_or_si128(digit, _mm_cmpeq_epi8(
                    _mm_min_epu8(block, _mm_set1_epi8(9)), block));
    }

    look->ascii = (size_t) _mm_cvtsi128_si32(sum)
                  + (size_t) _mm_extract_epi16(sum, 4);
    look->digit = _mm_movemask_epi8(digit) != 0;
    look->beyond_ascii = _mm_movemask_epi8(high) != 0;
    look->letters = _mm_movemask_epi8(letters) != 0 || look->beyond_ascii;
    look->q = _mm_movemask_epi8(q) != 0;
    look->reference = _mm_movemask_epi8(reference) != 0;
    look->beyond = pairs != 0;
    look->la = la != 0;
}

#else

void
article_label_look(article_slice_t raw, article_label_look_t *look)
{
    size_t                i;
    unsigned              c, behind;
    const unsigned char  *p;

    memset(look, 0, sizeof(article_label_look_t));
    p = (const unsigned char *) raw.data;

    for (i = 0; i < raw.len; i++) {
        c = p[i];
        behind = i + 1 < raw.len ? p[i + 1] : ' ';

        look->ascii += c > ' ' && c < 0x80;
        look->digit |= c - '0' < 10;
        look->letters |= c >= 0x80 || (c | 0x20) - 'a' < 26;
        look->beyond_ascii |= c >= 0x80;
        look->q |= (c | 0x20) == 'q';
        look->reference |= c == '&';
        look->beyond |= c == 0xe1 && (behind & 0xfe) == 0xb8;
        look->la |= (c | 0x20) == 'l'
                    && (behind >= 0x80 || (behind | 0x20) == 'a');
    }
}

#endif


#if defined(__SSE2__)

unsigned
article_label_has_la(article_slice_t raw)
{
    char         part[16];
    __m128i      block, lower;
    uint32_t     l, lead, tail;
    const char  *p, *end;

    lead = 0;
    end = raw.data + raw.len;

    for (p = raw.data; p < end; p += sizeof(part)) {
        if ((size_t) (end - p) < sizeof(part)) {
            memset(part, ' ', sizeof(part));
            memcpy(part, p, (size_t) (end - p));
            block = _mm_loadu_si128((const __m128i *) part);

        } else {
            block = _mm_loadu_si128((const __m128i *) p);
        }

        /* "l", and "a" or no ASCII behind it, as far as is seen here */

        lower = _mm_or_si128(block, _mm_set1_epi8(0x20));
        tail = (uint32_t) _mm_movemask_epi8(
                   _mm_or_si128(lower, _mm_cmpeq_epi8(lower,
                                                      _mm_set1_epi8('a'))));
        l = (uint32_t) _mm_movemask_epi8(_mm_cmpeq_epi8(lower,
                                                        _mm_set1_epi8('l')));

        for (l &= tail >> 1 | 0x8000; l != 0; l &= l - 1) {
            if (article_label_is_la(p + __builtin_ctz(l) + 1, end)) {
                return 1;
            }
        }

        /* U+1E00 to U+1E7F, of which some are "l": 0xE1, 0xB8 or 0xB9 */

        lead |= (uint32_t) _mm_movemask_epi8(
                    _mm_cmpeq_epi8(block, _mm_set1_epi8((char) 0xe1))) << 1;
        tail = (uint32_t) _mm_movemask_epi8(_mm_cmpeq_epi8(
                   _mm_and_si128(block, _mm_set1_epi8((char) 0xfe)),
                   _mm_set1_epi8((char) 0xb8)));

        if (lead & tail) {
            return 1;
        }

        lead >>= 16;
    }

    return 0;
}

#else

unsigned
article_label_has_la(article_slice_t raw)
{
    const char  *p, *end;

    end = raw.data + raw.len;

    for (p = raw.data; p < end; p++) {
        if ((*p | 0x20) == 'l' && article_label_is_la(p + 1, end)) {
            return 1;
        }

        if ((unsigned char) *p == 0xe1 && end - p > 1
            && ((unsigned char) p[1] & 0xfe) == 0xb8)
        {
            return 1;
        }
    }

    return 0;
}

#endif


/* Behind "l": may it be "là"? */
static unsigned
article_label_is_la(const char *p, const char *end)
{
    size_t         len;
    unsigned       vowel;
    unsigned char  c;

    vowel = p < end && (*p | 0x20) == 'a';
    p += vowel;

    if (p < end && (unsigned char) *p >= 0x80) {

        /* a letter of UTF-8; anything else may be one, and a space */

        c = (unsigned char) *p;
        len = c == 0xe1 ? 3 : c >= 0xc3 && c <= 0xcc ? 2 : 0;

        if (len == 0 || (size_t) (end - p) < len) {
            return 1;
        }

        vowel = 1;
        p += len;
    }

    return vowel && (p == end || (unsigned char) ((*p | 0x20) - 'a') >= 26);
}


unsigned
article_label_is_worded(article_slice_t raw, unsigned most)
{
    size_t    i;
    unsigned  letters;

    letters = 0;

    for (i = 0; i < raw.len && raw.data[i] != '&'; i++) {
        letters += (unsigned char) ((raw.data[i] | 0x20) - 'a') < 26;

        if (letters > most) {
            return 1;
        }
    }

    return 0;
}


unsigned
article_label_is_signs(article_slice_t raw)
{
    size_t         i;
    unsigned char  c;

    for (i = 0; i < raw.len; i++) {
        c = (unsigned char) raw.data[i];

        if (c == '&' || c >= 0x80 || (unsigned char) ((c | 0x20) - 'a') < 26) {
            return 0;
        }
    }

    return 1;
}


unsigned
article_label_is_empty(article_slice_t raw)
{
    static const article_slice_t  nbsp = article_literal("&nbsp;");

    while (raw.len != 0) {
        if (raw.data[0] == ' ') {
            raw.data++;
            raw.len--;

        } else if (article_slice_starts(raw, nbsp)) {
            raw.data += nbsp.len;
            raw.len -= nbsp.len;

        } else {
            return 0;
        }
    }

    return 1;
}

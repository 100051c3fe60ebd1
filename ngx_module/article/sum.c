/*
 * Copyright (C) the authors named in LICENSE
 *
 * Sums of text.
 */

#include <string.h>

#include "sum.h"


/* The polynomial's base: FNV's prime, odd, as any that mixes well. */
#define ARTICLE_SUM_BASE  0x100000001b3ULL


static uint64_t article_sum_power(uint64_t bytes);


void
article_sum_add(article_sum_t *sum, article_slice_t text)
{
    size_t  i;

    for (i = 0; i < text.len; i++) {
        sum->hash = sum->hash * ARTICLE_SUM_BASE
                    + (unsigned char) text.data[i] + 1;
    }

    sum->bytes += text.len;
}


void
article_sum_add_plain(article_sum_t *sum, article_slice_t text)
{
    char    c;
    size_t  i;

    /*
     * the consonants of ASCII but d: all that is the same in every encoding
     * of Vietnamese and every form of its letters
     */

    for (i = 0; i < text.len; i++) {
        c = text.data[i] | 0x20;

        if (c > 'a' && c <= 'z' && memchr("deiouy", c, 6) == NULL) {
            sum->hash = sum->hash * ARTICLE_SUM_BASE + (unsigned char) c + 1;
            sum->bytes++;
        }
    }
}


uint64_t
article_sum_since(const article_sum_t *now, const article_sum_t *then)
{
    uint64_t  hash;

    hash = now->hash - then->hash * article_sum_power(now->bytes
                                                      - then->bytes);

    return hash != 0 ? hash : 1;
}


/* The base to so many bytes. */
static uint64_t
article_sum_power(uint64_t bytes)
{
    uint64_t  power, base;

    power = 1;
    base = ARTICLE_SUM_BASE;

    for ( /* void */ ; bytes != 0; bytes >>= 1) {
        if (bytes & 1) {
            power *= base;
        }

        base *= base;
    }

    return power;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Text of the line at hand: white space is collapsed, and what the line holds
 * is counted, 16 bytes at a time.
 */

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "cutter.h"


/* No reference is longer, from "&" to ";". */
#define ARTICLE_LINE_REFERENCE  10


#if defined(__SSE2__)

/* Of each of 16 bytes: how often, or 255 if ever. */
typedef struct {
    __m128i  text;          /* no white space */
    __m128i  letters;       /* of ASCII */
    __m128i  digit;
    __m128i  q;
} article_line_tally_t;

#endif


static void article_line_add(article_strip_t *c, const char *p,
    const char *end, uint64_t start);
static const char *article_line_run(article_line_t *line, const char *p,
    const char *end, uint32_t *bytes, unsigned counts);
static void article_line_byte(article_line_t *line, unsigned char ch,
    uint32_t *bytes);


/* Between most tags there is white space alone. */
void
article_line_text(article_strip_t *c, article_slice_t text)
{
    const char  *p, *end;

    p = text.data;
    end = p + text.len;

    while (p < end && (unsigned char) *p <= ' ') {
        p++;
    }

    if (p != text.data) {
        article_line_append(&c->line, ' ');
    }

    if (p != end) {
        article_line_add(c, p, end,
                         c->scanner.text_start + (uint64_t) (p - text.data));
    }
}


/* Text that begins with more than that, at this place of the page. */
static void
article_line_add(article_strip_t *c, const char *p, const char *end,
    uint64_t start)
{
    uint32_t        *bytes;
    unsigned         counts;
    article_line_t  *line;

    line = &c->line;

    if (!line->placed) {
        c->nesting.low = (uint32_t) -1;
    }

    article_nesting_text(&c->nesting);

    if (!line->placed) {
        line->placed = 1;
        line->start = start;
        line->depth = c->nesting.depth;
    }

    line->open = 1;

    counts = article_cutter_counts(c);
    bytes = c->links != 0 ? &line->link_bytes : &line->bytes;

    /* behind a long line's beginning: whatever portions the text comes in */

    while (p < end && (!line->overflow || counts)) {

        if (line->reference != 0 || *p == '&') {
            article_line_byte(line, (unsigned char) *p++, bytes);

        } else {
            p = article_line_run(line, p, end, bytes, counts);
        }
    }

    if (line->overflow && !c->hold.active) {
        c->fresh = c->nesting.depth;
    }
}


#if defined(__SSE2__)

/* Less than 16 bytes, and zeros behind them. */
static inline __m128i
article_line_load(const char *p, size_t n)
{
    uint32_t  first, last;
    uint64_t  low, high;

    high = 0;

    if (n >= 8) {
        memcpy(&low, p, 8);

        if (n > 8) {
            memcpy(&high, p + n - 8, 8);
            high >>= 8 * (16 - n);
        }

    } else if (n >= 4) {
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        low = first | (uint64_t) last << 8 * (n - 4);

    } else {
        low = (unsigned char) p[0]
              | (uint64_t) (unsigned char) p[n / 2] << 8 * (n / 2)
              | (uint64_t) (unsigned char) p[n - 1] << 8 * (n - 1);
    }

    return _mm_set_epi64x((long long) high, (long long) low);
}


static inline unsigned
article_line_sum(__m128i ones)
{
    ones = _mm_sad_epu8(ones, _mm_setzero_si128());

    return (unsigned) _mm_cvtsi128_si32(ones)
           + (unsigned) _mm_extract_epi16(ones, 4);
}


static inline void
article_line_tally(article_line_tally_t *tally, __m128i block)
{
    __m128i  lower, part;

    part = _mm_set1_epi8(' ');
    part = _mm_cmpeq_epi8(_mm_min_epu8(block, part), block);
    tally->text = _mm_add_epi8(tally->text,
                               _mm_add_epi8(part, _mm_set1_epi8(1)));

    lower = _mm_or_si128(block, _mm_set1_epi8(0x20));
    tally->q = _mm_or_si128(tally->q,
                            _mm_cmpeq_epi8(lower, _mm_set1_epi8('q')));

    part = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
    part = _mm_cmpeq_epi8(_mm_min_epu8(part, _mm_set1_epi8(25)), part);
    tally->letters = _mm_sub_epi8(tally->letters, part);

    part = _mm_sub_epi8(block, _mm_set1_epi8('0'));
    part = _mm_cmpeq_epi8(_mm_min_epu8(part, _mm_set1_epi8(9)), part);
    tally->digit = _mm_or_si128(tally->digit, part);
}


static inline void
article_line_tallied(article_line_t *line, const article_line_tally_t *tally,
    uint32_t *bytes)
{
    line->letters += article_line_sum(tally->letters);
    line->digits |= _mm_movemask_epi8(tally->digit) != 0;
    line->q |= _mm_movemask_epi8(tally->q) != 0;
    *bytes += article_line_sum(tally->text);
}


/* Whole blocks with nothing to do but to copy and count them, as most are. */
static inline const char *
article_line_blocks(article_line_t *line, const char *p, const char *end,
    article_line_tally_t *tally, unsigned *last)
{
    size_t    n;
    __m128i   block, blank;
    unsigned  blanks, rounds;

    /* no more than the lanes of a tally can hold, nor than there is room */

    n = ARTICLE_LABEL_LINE - line->len;
    n = (size_t) (end - p) < n ? (size_t) (end - p) : n;

    for (rounds = (unsigned) n / ARTICLE_LINE_BLOCK; rounds != 0; rounds--) {
        block = _mm_loadu_si128((const __m128i *) p);
        blank = _mm_set1_epi8(' ');
        block = _mm_max_epu8(block, blank);
        blank = _mm_cmpeq_epi8(block, blank);
        blanks = (unsigned) _mm_movemask_epi8(blank);

        if ((blanks & (blanks << 1 | *last)) != 0
            || _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8('&')))
               != 0)
        {
            break;
        }

        _mm_storeu_si128((__m128i *) (line->text + line->len), block);
        article_line_tally(tally, block);

        line->len += ARTICLE_LINE_BLOCK;
        p += ARTICLE_LINE_BLOCK;
        *last = blanks >> (ARTICLE_LINE_BLOCK - 1);
    }

    return p;
}


/*
 * Text up to a reference, or to where the line is too long for anything but
 * counting and nothing counts; no more than the lanes of a tally can hold.
 */
static const char *
article_line_run(article_line_t *line, const char *p, const char *end,
    uint32_t *bytes, unsigned counts)
{
    unsigned              n, left, last, blanks, stop, rounds;
    uint32_t              len;
    __m128i               block, blank;
    article_line_tally_t  tally;

    /* of these any number of ones can be had */

    static const unsigned char  ones[2 * ARTICLE_LINE_BLOCK] = {
        255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255
    };

    memset(&tally, 0, sizeof(article_line_tally_t));

    last = line->len == 0 || line->text[line->len - 1] == ' ';
    p = article_line_blocks(line, p, end, &tally, &last);
    len = line->len;

    /* the lanes have room for more than a line's blocks */

    stop = 0;
    rounds = ARTICLE_LABEL_LINE / ARTICLE_LINE_BLOCK;

    while (p < end && !stop && ++rounds < UINT8_MAX) {
        left = end - p < ARTICLE_LINE_BLOCK ? (unsigned) (end - p)
                                            : ARTICLE_LINE_BLOCK;

        block = left == ARTICLE_LINE_BLOCK
                ? _mm_loadu_si128((const __m128i *) p)
                : article_line_load(p, left);

        /* all white space is a space; behind another one it is nothing */

        blank = _mm_set1_epi8(' ');
        block = _mm_max_epu8(block, blank);
        blanks = (unsigned) _mm_movemask_epi8(_mm_cmpeq_epi8(block, blank));

        stop = (unsigned) _mm_movemask_epi8(
                   _mm_cmpeq_epi8(block, _mm_set1_epi8('&')));

        n = (unsigned) __builtin_ctz((blanks & (blanks << 1 | last)) | stop
                                     | 1U << left);
        stop = stop >> n & 1;

        _mm_storeu_si128((__m128i *) (line->text + len), block);

        if (len + n > ARTICLE_LABEL_LINE) {

            /* as far as to the first byte that there is no room for */

            line->overflow = 1;

            if (!counts) {
                n = ARTICLE_LABEL_LINE + 1 - len;
                stop = 1;
            }
        }

        block = _mm_and_si128(block, _mm_loadu_si128((const __m128i *)
                                         (ones + ARTICLE_LINE_BLOCK - n)));
        article_line_tally(&tally, block);

        p += n;
        len = len + n < ARTICLE_LABEL_LINE ? len + n : ARTICLE_LABEL_LINE;
        last = n != 0 ? blanks >> (n - 1) & 1 : last;

        while (last && p < end && (unsigned char) *p <= ' ') {
            p++;
        }
    }

    line->len = len;
    article_line_tallied(line, &tally, bytes);

    return p;
}

#else

static const char *
article_line_run(article_line_t *line, const char *p, const char *end,
    uint32_t *bytes, unsigned counts)
{
    while (p < end && *p != '&' && (!line->overflow || counts)) {
        line->letters += (unsigned char) ((*p | 0x20) - 'a') < 26;
        line->q |= (*p | 0x20) == 'q';
        article_line_byte(line, (unsigned char) *p++, bytes);
    }

    return p;
}

#endif


static void
article_line_byte(article_line_t *line, unsigned char ch, uint32_t *bytes)
{
    article_line_append(line, (char) ch);

    if (ch <= ' ') {
        return;
    }

    (*bytes)++;
    line->digits |= ch >= '0' && ch <= '9';

    /* a reference is a letter: two bytes */

    if (ch == '&') {
        line->reference = 1;
        line->references = 1;

    } else if (line->reference != 0) {
        line->reference++;

        if (ch == ';') {
            if (*bytes >= line->reference) {
                *bytes -= line->reference - 2;
            }

            line->reference = 0;
        }

        if (line->reference > ARTICLE_LINE_REFERENCE) {
            line->reference = 0;
        }
    }
}

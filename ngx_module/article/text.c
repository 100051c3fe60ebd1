/*
 * Copyright (C) the authors named in LICENSE
 *
 * UTF-8, white space, slices.
 */

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text.h"


#define ARTICLE_REPLACEMENT  0xfffd


static int article_utf8_decode(const unsigned char *p,
    const unsigned char *end, uint32_t *c);
static size_t article_utf8_bad(article_slice_t s);
#if defined(__SSE2__)
static size_t article_utf8_sure(const unsigned char *p, size_t len);
#endif


static inline unsigned char
article_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}


unsigned
article_utf8_valid(article_slice_t s)
{
    return article_utf8_bad(s) == s.len;
}


article_slice_t
article_utf8_repair(article_arena_t *arena, article_slice_t s)
{
    size_t         bad;
    const char    *p, *end;
    article_buf_t  buf;

    bad = article_utf8_bad(s);
    if (bad == s.len) {
        return s;
    }

    article_buf_init(&buf, arena);

    while (s.len != 0) {
        article_buf_append(&buf, s.data, bad);

        if (bad == s.len) {
            break;
        }

        p = s.data + bad;
        end = s.data + s.len;
        (void) article_utf8_next(&p, end);
        article_buf_append(&buf, "\xef\xbf\xbd", 3);

        s.data = p;
        s.len = end - p;
        bad = article_utf8_bad(s);
    }

    if (article_arena_failed(arena)) {
        return (article_slice_t) { NULL, 0 };
    }

    return article_buf_slice(&buf);
}


uint32_t
article_utf8_other(const char **p, const char *end)
{
    int       n;
    uint32_t  c;

    n = article_utf8_decode((const unsigned char *) *p,
                            (const unsigned char *) end, &c);

    if (n < 0) {
        *p += -n;
        return ARTICLE_REPLACEMENT;
    }

    *p += n;

    return c;
}


size_t
article_utf8_put(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char) c;
        return 1;
    }

    if (c < 0x800) {
        out[0] = (char) (0xc0 | (c >> 6));
        out[1] = (char) (0x80 | (c & 0x3f));
        return 2;
    }

    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        c = ARTICLE_REPLACEMENT;
    }

    if (c < 0x10000) {
        out[0] = (char) (0xe0 | (c >> 12));
        out[1] = (char) (0x80 | ((c >> 6) & 0x3f));
        out[2] = (char) (0x80 | (c & 0x3f));
        return 3;
    }

    out[0] = (char) (0xf0 | (c >> 18));
    out[1] = (char) (0x80 | ((c >> 12) & 0x3f));
    out[2] = (char) (0x80 | ((c >> 6) & 0x3f));
    out[3] = (char) (0x80 | (c & 0x3f));

    return 4;
}


/* A byte that no white space begins with: of ASCII, of most letters. */
static inline unsigned
article_no_space(const char *p, const char *end)
{
    unsigned char  c;

    c = (unsigned char) *p;

    return c > ' ' && c != 0xc2
           && (c < 0xe1 || (c == 0xe1 && end - p > 1 && p[1] != '\x9a'));
}


article_slice_t
article_squeeze(article_arena_t *arena, article_slice_t s)
{
    char        *out, *o;
    uint32_t     c;
    unsigned     space;
    const char  *p, *end, *start;

    out = article_arena_alloc(arena, s.len + 1);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    o = out;
    space = 0;
    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        start = p;

        while (p < end && article_no_space(p, end)) {
            p++;
        }

        if (p == start) {
            c = article_utf8_next(&p, end);

            if (article_char_space(c)) {
                space = 1;
                continue;
            }

            if (c == 0x200b || c == 0xfeff) {
                continue;
            }
        }

        if (space && o != out) {
            *o++ = ' ';
        }

        space = 0;
        memcpy(o, start, p - start);
        o += p - start;
    }

    *o = '\0';
    article_arena_trim(arena, out, s.len + 1, o - out + 1);

    return (article_slice_t) { out, o - out };
}


/* The next control character but "\n" and "\t"; the end if there is none. */

static const char *
article_text_control(const char *p, const char *end)
{
    unsigned char  c;

    for ( /* void */ ; p < end; p++) {
        c = (unsigned char) *p;

        if (c >= 0x20 && c < 0x7f) {
            continue;
        }

        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f
            || (c == 0xc2 && end - p > 1 && (unsigned char) p[1] < 0xa0))
        {
            break;
        }
    }

    return p;
}


article_slice_t
article_text_clean(article_arena_t *arena, article_slice_t s)
{
    char        *out, *o;
    const char  *p, *end, *start;

    start = s.data;
    end = start + s.len;
    p = s.len ? article_text_control(start, end) : end;

    if (p == end) {
        return article_nfc(arena, s);
    }

    out = article_arena_alloc(arena, s.len);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    for (o = out; /* void */ ; p = article_text_control(start, end)) {
        memcpy(o, start, p - start);
        o += p - start;

        if (p == end) {
            break;
        }

        start = p + (*p == '\xc2' ? 2 : 1);
    }

    return article_nfc(arena, (article_slice_t) { out, o - out });
}


unsigned
article_char_space_other(uint32_t c)
{
    return c == 0xa0 || c == 0x85 || (c >= 0x2000 && c <= 0x200a)
           || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
           || c == 0x3000 || c == 0x1680;
}


unsigned
article_is_vietnamese(article_slice_t s)
{
    size_t                i;
    const unsigned char  *p;

    p = (const unsigned char *) s.data;

    for (i = 0; i + 1 < s.len; i++) {

        if (p[i] < 0xc4) {
            continue;
        }

        if ((p[i] == 0xe1 && (p[i + 1] == 0xba || p[i + 1] == 0xbb))
            || (p[i] == 0xc4 && (p[i + 1] == 0x90 || p[i + 1] == 0x91))
            || (p[i] == 0xc6 && p[i + 1] >= 0xa0 && p[i + 1] <= 0xb0))
        {
            return 1;
        }
    }

    return 0;
}


size_t
article_count_words(article_slice_t s)
{
    size_t          n;
    unsigned        in, word;
    const char     *p, *end;
    unsigned char   c;

    n = 0;
    in = 0;
    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        c = (unsigned char) *p;

        if (c < 0x80) {
            word = article_char_word(c);
            p++;

        } else if (c >= 0xc4 && c < 0xe0 && end - p > 1
                   && ((unsigned char) p[1] & 0xc0) == 0x80)
        {
            word = 1;                           /* U+0100 to U+07FF */
            p += 2;

        } else if (c == 0xe1 && end - p > 2
                   && ((unsigned char) p[1] & 0xc0) == 0x80
                   && ((unsigned char) p[2] & 0xc0) == 0x80)
        {
            word = 1;                           /* U+1000 to U+1FFF */
            p += 3;

        } else {
            word = article_char_word(article_utf8_next(&p, end));
        }

        n += word & !in;
        in = word;
    }

    return n;
}


size_t
article_count_chars(article_slice_t s)
{
    size_t  i, n;

    n = 0;

    for (i = 0; i < s.len; i++) {
        n += ((unsigned char) s.data[i] & 0xc0) != 0x80;
    }

    return n;
}


/*
 * MurmurHash64A (A. Appleby, public domain), read little-endian, so that a
 * stored hash means the same on every machine.
 */
uint64_t
article_hash64(uint64_t seed, article_slice_t s)
{
    size_t          i, n;
    uint64_t        h, k;
    const uint64_t  m = 0xc6a4a7935bd1e995ULL;

    h = seed ^ (s.len * m);

    for (i = 0; i + 8 <= s.len; i += 8) {
        k = article_load64(s.data + i) * m;
        k = (k ^ (k >> 47)) * m;
        h = (h ^ k) * m;
    }

    if (i < s.len) {
        k = 0;

        for (n = 0; i + n < s.len; n++) {
            k |= (uint64_t) (unsigned char) s.data[i + n] << (8 * n);
        }

        h = (h ^ k) * m;
    }

    h = (h ^ (h >> 47)) * m;

    return h ^ (h >> 47);
}


unsigned
article_slice_equal_case(article_slice_t a, article_slice_t b)
{
    return a.len == b.len && article_slice_starts_case(a, b);
}


unsigned
article_slice_starts(article_slice_t s, article_slice_t prefix)
{
    if (s.len < prefix.len) {
        return 0;
    }

    s.len = prefix.len;

    return article_slice_equal(s, prefix);
}


unsigned
article_slice_starts_case(article_slice_t s, article_slice_t prefix)
{
    size_t  i;

    if (s.len < prefix.len) {
        return 0;
    }

    for (i = 0; i < prefix.len; i++) {
        if (article_lower((unsigned char) s.data[i])
            != article_lower((unsigned char) prefix.data[i]))
        {
            return 0;
        }
    }

    return 1;
}


unsigned
article_slice_ends_case(article_slice_t s, article_slice_t suffix)
{
    if (s.len < suffix.len) {
        return 0;
    }

    s.data += s.len - suffix.len;
    s.len = suffix.len;

    return article_slice_starts_case(s, suffix);
}


const char *
article_slice_find(article_slice_t s, article_slice_t needle)
{
    const char  *p, *last;

    if (needle.len == 0) {
        return s.data;
    }

    if (s.len < needle.len) {
        return NULL;
    }

    last = s.data + (s.len - needle.len);

    for (p = s.data; p <= last; p++) {
        p = memchr(p, needle.data[0], last - p + 1);
        if (p == NULL) {
            return NULL;
        }

        if (memcmp(p, needle.data, needle.len) == 0) {
            return p;
        }
    }

    return NULL;
}


#if defined(__SSE2__)

/*
 * Bytes from the beginning that are sure to be well-formed, a character's end
 * among them: 16 at a time, as long as there are none but ASCII and letters
 * of two bytes and of three whose second one may be any (not E0, ED).
 */
static size_t
article_utf8_sure(const unsigned char *p, size_t len)
{
    size_t    i, whole;
    __m128i   block;
    unsigned  high, cont, two, three, odd, due, next;

    due = 0;
    whole = 0;

    for (i = 0; len - i >= sizeof(block); i += sizeof(block)) {
        block = _mm_loadu_si128((const __m128i *) (p + i));
        high = (unsigned) _mm_movemask_epi8(block);

        if (high == 0 && due == 0) {
            whole = i + sizeof(block);
            continue;
        }

        /* as signed bytes: 80 to BF, C2 to DF, E1 to EF are three runs */

        cont = (unsigned) _mm_movemask_epi8(
                   _mm_cmplt_epi8(block, _mm_set1_epi8((char) 0xc0)));
        odd = (unsigned) _mm_movemask_epi8(
                  _mm_cmplt_epi8(block, _mm_set1_epi8((char) 0xc2)));
        two = (unsigned) _mm_movemask_epi8(
                  _mm_cmplt_epi8(block, _mm_set1_epi8((char) 0xe0)));
        three = (unsigned) _mm_movemask_epi8(
                    _mm_cmplt_epi8(block, _mm_set1_epi8((char) 0xf0)));

        three &= ~two;
        two &= ~odd;
        odd &= ~cont;
        odd |= high & ~(cont | odd | two | three);
        odd |= (unsigned) _mm_movemask_epi8(_mm_or_si128(
                   _mm_cmpeq_epi8(block, _mm_set1_epi8((char) 0xe0)),
                   _mm_cmpeq_epi8(block, _mm_set1_epi8((char) 0xed))));

        next = due | (two | three) << 1 | three << 2;

        if (odd != 0 || (next & 0xffff) != cont) {
            break;
        }

        due = next >> 16;
        whole = i + sizeof(block);

        /* a character that goes on behind the block is read again */

        if (due != 0) {
            whole -= due == 1 && (three >> 14 & 1) ? 2 : 1;
        }
    }

    return whole;
}

#endif


/* The place of the first ill-formed byte, s.len if there is none. */
static size_t
article_utf8_bad(article_slice_t s)
{
    int                   n;
    uint32_t              c;
    uint64_t              bytes[4];
    const unsigned char  *p, *end;

    p = (const unsigned char *) s.data;
    end = p + s.len;

#if defined(__SSE2__)
    p += article_utf8_sure(p, s.len);
#endif

    while (p < end) {
        if (*p < 0x80) {
            while ((size_t) (end - p) >= sizeof(bytes)) {
                memcpy(bytes, p, sizeof(bytes));

                if ((bytes[0] | bytes[1] | bytes[2] | bytes[3])
                    & ARTICLE_HIGH_BITS)
                {
                    break;
                }

                p += sizeof(bytes);
            }

            while (end - p >= 8
                   && (article_load64((const char *) p) & ARTICLE_HIGH_BITS)
                      == 0)
            {
                p += 8;
            }

            while (p < end && *p < 0x80) {
                p++;
            }

            continue;
        }

        /* letters of Vietnamese: two bytes, or three from E1 on */

        if (*p >= 0xc2 && *p < 0xe0 && end - p > 1 && (p[1] & 0xc0) == 0x80) {
            p += 2;
            continue;
        }

        if (*p > 0xe0 && *p < 0xed && end - p > 2
            && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
        {
            p += 3;
            continue;
        }

        n = article_utf8_decode(p, end, &c);
        if (n < 0) {
            break;
        }

        p += n;
    }

    return p - (const unsigned char *) s.data;
}


/*
 * One character of more than a byte (Unicode 15, table 3-7).  Returns its
 * length, or the length of the maximal ill-formed part, negative.
 */
static int
article_utf8_decode(const unsigned char *p, const unsigned char *end,
    uint32_t *c)
{
    int       i, n;
    unsigned  low, high;
    uint32_t  v;

    low = 0x80;
    high = 0xbf;

    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        n = 2;
        v = p[0] & 0x1f;

    } else if ((p[0] & 0xf0) == 0xe0) {
        n = 3;
        v = p[0] & 0x0f;
        low = p[0] == 0xe0 ? 0xa0 : 0x80;       /* no overlong forms */
        high = p[0] == 0xed ? 0x9f : 0xbf;      /* no surrogates */

    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        n = 4;
        v = p[0] & 0x07;
        low = p[0] == 0xf0 ? 0x90 : 0x80;
        high = p[0] == 0xf4 ? 0x8f : 0xbf;      /* up to U+10FFFF */

    } else {
        return -1;
    }

    for (i = 1; i < n; i++) {
        if (p + i == end || p[i] < low || p[i] > high) {
            return -i;
        }

        v = v << 6 | (p[i] & 0x3f);
        low = 0x80;
        high = 0xbf;
    }

    *c = v;

    return n;
}


/* Letters, digits and marks of any script: what is not known as a sign. */
unsigned
article_char_word_other(uint32_t c)
{
    if (c < 0xc0) {
        return c == 0xaa || c == 0xad || c == 0xb5 || c == 0xba;
    }

    if (c == 0xd7 || c == 0xf7 || c == ARTICLE_REPLACEMENT) {
        return 0;
    }

    if (c >= 0x2000 && c < 0x2c00) {
        return c == 0x200c || c == 0x200d || (c >= 0x2070 && c < 0x20a0);
    }

    return !(c >= 0x3000 && c < 0x3005) && !(c >= 0x3008 && c < 0x3021)
           && !(c >= 0xe000 && c < 0xf900) && !(c >= 0xfe10 && c < 0xfe70)
           && !(c >= 0xff00 && c < 0xff10) && c != 0xfeff
           && !(c >= 0x1f000 && c < 0x20000);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The scanner in plain start tags, 64 bytes at a time: a bit for each byte.
 *
 *      <td class="a b" id="c">      the first byte at the left
 *                o   c    o c       quotes
 *               e        e          "="
 *                            g      the first ">"
 *
 * Quotes open (o) and close (c) in turns.  If there is one "=" before each
 * opening quote, none elsewhere outside quotes, and a letter or digit before
 * each, then the tag is as it looks, for a quote opens behind the "=" of a
 * name only.  Values without quotes are looked at by article_scan_bare().
 */

#include "scanner_state.h"


#if defined(ARTICLE_FIND_BITS)


/* The names that are looked for, with their "=". */
#define ARTICLE_SCAN_CLASS  UINT64_C(0x3d7373616c63)        /* "class=" */
#define ARTICLE_SCAN_ID     UINT64_C(0x3d6469)              /* "id=" */

/* Makes letters small ones. */
#define ARTICLE_SCAN_SMALL  UINT64_C(0x2020202020202020)


typedef struct {
    const char  *p;             /* its first byte */
    uint64_t     known;         /* the bytes that it decides */
    uint64_t     end;           /* ">"; or 0 */
    uint64_t     equals;
    uint64_t     quotes;
    uint64_t     inside;        /* in quotes, with the opening ones */
    uint64_t     before;        /* the bytes before opening quotes */
    uint64_t     close;         /* the last closing quote; 0: it is behind
                                   the block; 1: there are no quotes */
    const char  *value;         /* the last one's */
    unsigned     attribute;     /* whose it is */
    unsigned     bare;          /* a value without quotes is before ">" */
} article_scan_block_t;


static inline unsigned article_scan_quotes(article_scanner_t *s,
    article_scan_block_t *b);
static unsigned article_scan_bare(article_scanner_t *s,
    article_scan_block_t *b);
static inline unsigned article_scan_named(const char *equals);
static inline void article_scan_place(article_scanner_t *s,
    unsigned attribute, const char *value, const char *end);


const char *
article_scan_start(article_scanner_t *s, const char *p, const char *end)
{
    article_scan_block_t  b;

    while (end - p >= ARTICLE_FIND_BITS) {
        b = (article_scan_block_t) { .p = p };
        article_find_three(p, &b.quotes, &b.equals, &b.end);

        b.known = b.end ^ (b.end - 1);      /* all, if there is no ">" */
        b.end &= b.known;

        if (!article_scan_quotes(s, &b)) {
            return NULL;
        }

        if (b.end == 0 && b.close != 0) {
            b.known = b.close - 1;

        } else if (b.end & b.inside) {
            return NULL;                    /* ">" in a value */
        }

        if ((b.equals & b.known & ~b.inside) != b.before
            && !article_scan_bare(s, &b))
        {
            return NULL;
        }

        if (b.end != 0) {
            p += article_find_first(b.end);
            s->event.self_closing = p[-1] == '/' && !b.bare;
            return p;
        }

        if (b.close > 1) {
            p += article_find_first(b.close);

        } else if (b.close == 1) {
            return NULL;

        } else {
            p = article_find_quote(p + ARTICLE_FIND_BITS, end, '"');
            if (p == NULL) {
                return NULL;
            }

            article_scan_place(s, b.attribute, b.value, p);
        }

        if (end - p > 1 && p[1] == '>') {
            return p + 1;
        }
    }

    return NULL;
}


/* The values in quotes.  0: the tag is not plain. */
static inline unsigned
article_scan_quotes(article_scanner_t *s, article_scan_block_t *b)
{
    uint64_t  quotes, open;

    quotes = b->quotes & b->known & ~(uint64_t) 1;
    b->inside = 0;
    b->before = 0;
    b->close = 1;
    b->value = b->p;
    b->attribute = ARTICLE_ATTRIBUTES_MAX;

    while (quotes != 0) {
        open = quotes & (0 - quotes);
        quotes ^= open;
        b->close = quotes & (0 - quotes);
        quotes ^= b->close;

        b->inside |= b->close - open;
        b->before |= open >> 1;

        b->value = b->p + article_find_first(open) + 1;
        b->attribute = article_scan_named(b->value - 2);

        if (b->value[-3] <= '/') {
            return 0;
        }

        if (b->close != 0) {
            article_scan_place(s, b->attribute, b->value,
                               b->p + article_find_first(b->close));
        }
    }

    return 1;
}


/*
 * Values without quotes.  0: the tag is not plain.
 *
 *      <td width=5 class="a">
 *               w             without quotes: "=", up to
 *               rrr           the byte behind the value
 */
static unsigned
article_scan_bare(article_scanner_t *s, article_scan_block_t *b)
{
    uint64_t     blank, low, word, without, sum, run, stop;
    const char  *p;

    article_find_blanks(b->p, &blank, &low);

    without = b->equals & b->known & ~b->inside & ~b->before;

    if ((b->before & ~b->equals) || (low & ~blank & b->known & ~b->inside)) {
        return 0;
    }

    word = b->known & ~(b->inside | blank | b->end);

    /* the sum carries from the "=" to behind the word; a second "=" is lost */

    sum = without + word;
    run = (sum ^ word) | without;

    if (run & b->before << 1) {
        return 0;
    }

    for (without &= sum ^ word; without != 0; without &= without - 1) {
        p = b->p + article_find_first(without);

        if (p[-1] <= '/' || p[1] == '\'' || p[1] == ' ') {
            return 0;
        }

        stop = (blank | b->end) >> article_find_first(without);

        if (stop == 0) {
            return 0;
        }

        article_scan_place(s, article_scan_named(p), p + 1,
                           p + article_find_first(stop));
    }

    b->bare = (run & b->end >> 1) != 0;

    return 1;
}


/* Which attribute's name, of those that are looked for, is before "="? */
static inline unsigned
article_scan_named(const char *equals)
{
    char      before;
    uint64_t  name;
    unsigned  attribute;

    memcpy(&name, equals - 7, sizeof(name));
    name |= ARTICLE_SCAN_SMALL;

    if (name >> 16 == ARTICLE_SCAN_CLASS) {
        attribute = ARTICLE_ATTRIBUTE_CLASS;
        before = equals[-6];

    } else if (name >> 40 == ARTICLE_SCAN_ID) {
        attribute = ARTICLE_ATTRIBUTE_ID;
        before = equals[-3];

    } else {
        return ARTICLE_ATTRIBUTES_MAX;
    }

    return before == ' ' || before == '"' || before == '/'
           || article_is_space((unsigned char) before)
           ? attribute : ARTICLE_ATTRIBUTES_MAX;
}


static inline void
article_scan_place(article_scanner_t *s, unsigned attribute,
    const char *value, const char *end)
{
    if (attribute != ARTICLE_ATTRIBUTES_MAX) {
        article_scan_value_at(s, attribute,
                      (article_slice_t) { value, (size_t) (end - value) });
    }
}


#endif /* ARTICLE_FIND_BITS */

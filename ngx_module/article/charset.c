/*
 * Copyright (C) ngx_article authors
 *
 * A page is UTF-8 when its bytes say so, whatever is declared: a letter of
 * Vietnamese in another charset is never well-formed UTF-8 for long.  Only
 * then do the declarations count, and a declaration of UTF-8 on bytes that
 * are mostly not UTF-8 does not.
 */

#include <string.h>

#include "charset.h"
#include "charset_tables.h"


/*
 * A declaration is looked for in so many bytes: browsers stop at 1,024, but
 * 3 of 99 portal pages declare theirs between byte 2,261 and 6,874.
 */
#define ARTICLE_CHARSET_HEAD    ((size_t) 64 * 1024)

/* Bytes in which UTF-16 without byte order mark shows by its zero bytes. */
#define ARTICLE_CHARSET_SAMPLE  512


static const char *article_charset_mark(article_slice_t page,
    article_charset_t *charset);
static unsigned article_charset_wide(article_slice_t page,
    article_charset_t *charset);
static unsigned article_charset_label(article_slice_t label,
    article_charset_t *charset);
static unsigned article_charset_meta(article_slice_t page,
    article_charset_t *charset);
static unsigned article_charset_in_tag(article_slice_t tag,
    article_charset_t *charset);
static article_slice_t article_charset_value(article_slice_t tag,
    article_slice_t name);
static unsigned article_charset_is_utf8(article_slice_t page);
static article_slice_t article_charset_bytes(article_arena_t *arena,
    article_slice_t page, const uint16_t *table);
static article_slice_t article_charset_utf16(article_arena_t *arena,
    article_slice_t page, unsigned big);


typedef struct {
    article_slice_t    label;
    article_charset_t  charset;
} article_charset_label_t;


static const article_charset_label_t  article_charset_labels[] = {
    { article_literal("utf-8"), ARTICLE_CHARSET_UTF8 },
    { article_literal("utf8"), ARTICLE_CHARSET_UTF8 },
    { article_literal("unicode-1-1-utf-8"), ARTICLE_CHARSET_UTF8 },
    { article_literal("windows-1258"), ARTICLE_CHARSET_WINDOWS_1258 },
    { article_literal("cp1258"), ARTICLE_CHARSET_WINDOWS_1258 },
    { article_literal("x-cp1258"), ARTICLE_CHARSET_WINDOWS_1258 },
    { article_literal("windows-1252"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("cp1252"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("x-cp1252"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("iso-8859-1"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("iso8859-1"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("latin1"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("us-ascii"), ARTICLE_CHARSET_WINDOWS_1252 },
    { article_literal("ascii"), ARTICLE_CHARSET_WINDOWS_1252 },
};


article_charset_t
article_charset_detect(article_slice_t page, article_slice_t declared)
{
    article_charset_t  charset;

    if (article_charset_mark(page, &charset) != NULL) {
        return charset;
    }

    if (article_charset_wide(page, &charset)) {
        return charset;
    }

    if (article_utf8_valid(page)) {
        return ARTICLE_CHARSET_UTF8;
    }

    if (!article_charset_label(declared, &charset)
        && !article_charset_meta(page, &charset))
    {
        charset = ARTICLE_CHARSET_UTF8;
    }

    if (charset == ARTICLE_CHARSET_UTF8 && !article_charset_is_utf8(page)) {
        charset = ARTICLE_CHARSET_WINDOWS_1258;
    }

    return charset;
}


article_slice_t
article_charset_decode(article_arena_t *arena, article_slice_t page,
    article_slice_t declared)
{
    const char         *start;
    article_charset_t   charset, marked;

    charset = article_charset_detect(page, declared);

    start = article_charset_mark(page, &marked);
    if (start != NULL) {
        page.len -= start - page.data;
        page.data = start;
    }

    switch (charset) {

    case ARTICLE_CHARSET_UTF16LE:
    case ARTICLE_CHARSET_UTF16BE:
        page = article_charset_utf16(arena, page,
                                     charset == ARTICLE_CHARSET_UTF16BE);
        break;

    case ARTICLE_CHARSET_WINDOWS_1258:
        page = article_charset_bytes(arena, page, article_windows_1258);
        break;

    case ARTICLE_CHARSET_WINDOWS_1252:
        page = article_charset_bytes(arena, page, article_windows_1252);
        break;

    default:
        page = article_utf8_repair(arena, page);
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


static unsigned
article_charset_label(article_slice_t label, article_charset_t *charset)
{
    size_t  i, n;

    n = sizeof(article_charset_labels) / sizeof(article_charset_labels[0]);

    for (i = 0; i < n; i++) {
        if (article_slice_equal_case(label, article_charset_labels[i].label)) {
            *charset = article_charset_labels[i].charset;
            return 1;
        }
    }

    return 0;
}


/* The declaration of <meta> or of an XML declaration; comments are none. */
static unsigned
article_charset_meta(article_slice_t page, article_charset_t *charset)
{
    const char       *p, *end;
    article_slice_t   tag, rest;

    if (page.len > ARTICLE_CHARSET_HEAD) {
        page.len = ARTICLE_CHARSET_HEAD;
    }

    end = page.data + page.len;

    for (p = page.data; p < end; p++) {
        p = memchr(p, '<', end - p);
        if (p == NULL) {
            break;
        }

        rest = (article_slice_t) { p, end - p };

        if (article_slice_starts(rest, article_literal("<!--"))) {
            p = article_slice_find(rest, article_literal("-->"));
            if (p == NULL) {
                break;
            }

            continue;
        }

        if (!article_slice_starts_case(rest, article_literal("<meta"))
            && !article_slice_starts(rest, article_literal("<?xml")))
        {
            continue;
        }

        tag.data = p;
        p = memchr(p, '>', end - p);
        if (p == NULL) {
            break;
        }

        tag.len = p - tag.data;

        if (article_charset_in_tag(tag, charset)) {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_charset_in_tag(article_slice_t tag, article_charset_t *charset)
{
    article_slice_t  value;

    value = article_charset_value(tag, article_literal("charset"));

    if (value.len == 0) {
        value = article_charset_value(tag, article_literal("encoding"));
    }

    return article_charset_label(value, charset);
}


/* What stands behind "name =" in a tag, quoted or not. */
static article_slice_t
article_charset_value(article_slice_t tag, article_slice_t name)
{
    size_t           i, start;
    article_slice_t  rest;

    for (i = 0; i + name.len < tag.len; i++) {
        rest.data = tag.data + i;
        rest.len = tag.len - i;

        if (article_slice_starts_case(rest, name)) {
            break;
        }
    }

    i += name.len;

    while (i < tag.len && memchr(" \t\r\n", tag.data[i], 4) != NULL) {
        i++;
    }

    if (i >= tag.len || tag.data[i] != '=') {
        return (article_slice_t) { NULL, 0 };
    }

    i++;

    while (i < tag.len && memchr(" \t\r\n\"'", tag.data[i], 6) != NULL) {
        i++;
    }

    start = i;

    while (i < tag.len && memchr(" \t\r\n\"';/?>", tag.data[i], 10) == NULL) {
        i++;
    }

    return (article_slice_t) { tag.data + start, i - start };
}


/*
 * 1 if a page that is not well-formed UTF-8 is meant as UTF-8: a page of
 * another charset has hardly any well-formed letters, a damaged one has
 * hardly any others (of some 290 such pages most have one stray byte).
 */
static unsigned
article_charset_is_utf8(article_slice_t page)
{
    size_t       good, bad;
    uint32_t     c;
    const char  *p, *end;

    good = 0;
    bad = 0;
    end = page.data + page.len;

    for (p = page.data; p < end; /* void */ ) {
        c = article_utf8_next(&p, end);

        if (c == 0xfffd) {
            bad++;

        } else if (c >= 0x80) {
            good++;
        }
    }

    return good >= bad;
}


static article_slice_t
article_charset_bytes(article_arena_t *arena, article_slice_t page,
    const uint16_t *table)
{
    char           *out, *o;
    size_t          i, size;
    unsigned char   c;

    /* a byte gives at most three */

    if (page.len > (SIZE_MAX - 1) / 3) {
        return (article_slice_t) { NULL, 0 };
    }

    size = 1;

    for (i = 0; i < page.len; i++) {
        size += 1 + 2 * (size_t) ((unsigned char) page.data[i] >> 7);
    }

    out = article_arena_alloc(arena, size);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    o = out;

    for (i = 0; i < page.len; i++) {
        c = (unsigned char) page.data[i];

        if (c < 0x80) {
            *o++ = (char) c;

        } else {
            o += article_utf8_put(o, table[c - 0x80]);
        }
    }

    article_arena_trim(arena, out, size, o - out + 1);

    return (article_slice_t) { out, o - out };
}


static article_slice_t
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

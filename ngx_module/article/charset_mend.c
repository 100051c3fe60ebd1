/*
 * Copyright (C) the authors named in LICENSE
 *
 * What is wrong with a page's letters once its bytes are UTF-8: capitals that
 * only a font made, and text that was encoded twice.
 */

#include <string.h>

#include "charset_parts.h"
#include "charset_tables.h"


/* Fonts open at once; deeper ones count as the one outside. */
#define ARTICLE_FONTS_OPEN    32

/* Names in a style are short, as is all of a tag that names a font. */
#define ARTICLE_FONT_TAG      1024

/* Control characters U+0080 to U+009F that make it text encoded twice. */
#define ARTICLE_DOUBLE_LEAST  4

/* Bytes of a run of characters encoded twice that are undone at once. */
#define ARTICLE_DOUBLE_RUN    4


typedef struct {
    unsigned char  capital[ARTICLE_FONTS_OPEN];
    unsigned       open;
} article_fonts_t;


static const char *article_fonts_markup(article_slice_t s);
static void article_fonts_tag(article_fonts_t *fonts, article_slice_t tag);
static unsigned article_fonts_capital(article_slice_t tag, unsigned capital);
static uint32_t article_char_capital(uint32_t c);
static unsigned article_double_needed(article_slice_t page);
static size_t article_double_char(const char *p, const char *end,
    char *out, const char **behind);
static int article_double_byte(uint32_t c);


article_slice_t
article_charset_capitals(article_arena_t *arena, article_slice_t page)
{
    char              out[4];
    uint32_t          c;
    const char       *p, *end, *part;
    article_buf_t     buf;
    article_fonts_t   fonts;

    memset(&fonts, 0, sizeof(article_fonts_t));
    article_buf_init(&buf, arena);
    end = page.data + page.len;

    for (p = page.data; p < end; /* void */ ) {
        part = p;

        if (*p == '<') {
            p = article_fonts_markup((article_slice_t) { p, end - p });
            article_fonts_tag(&fonts, (article_slice_t) { part, p - part });

        } else if (!fonts.capital[fonts.open]) {
            p = memchr(p, '<', end - p);
            p = p != NULL ? p : end;

        } else if (*p == '&') {
            for (p++; p < end && memchr("<&; ", *p, 4) == NULL; p++) {
                /* void */
            }
        }

        if (p != part) {
            article_buf_append(&buf, part, p - part);
            continue;
        }

        c = article_char_capital(article_utf8_next(&p, end));
        article_buf_append(&buf, out, article_utf8_put(out, c));
    }

    if (article_arena_failed(arena)) {
        return (article_slice_t) { NULL, 0 };
    }

    return article_buf_slice(&buf);
}


/* Behind a tag; of a script, behind all of it. */
static const char *
article_fonts_markup(article_slice_t s)
{
    const char  *p;

    if (article_slice_starts_case(s, article_literal("<script"))) {
        p = article_slice_find(s, article_literal("</script"));
        if (p != NULL) {
            return p;
        }
    }

    p = memchr(s.data, '>', s.len);

    return p != NULL ? p + 1 : s.data + s.len;
}


/* Follows <font> and <span>. */
static void
article_fonts_tag(article_fonts_t *fonts, article_slice_t tag)
{
    unsigned  capital;

    if (article_slice_starts_case(tag, article_literal("</font"))
        || article_slice_starts_case(tag, article_literal("</span")))
    {
        fonts->open -= fonts->open != 0;
        return;
    }

    if (!article_slice_starts_case(tag, article_literal("<font"))
        && !article_slice_starts_case(tag, article_literal("<span")))
    {
        return;
    }

    capital = article_fonts_capital(tag, fonts->capital[fonts->open]);

    if (fonts->open + 1 < ARTICLE_FONTS_OPEN) {
        fonts->open++;
    }

    fonts->capital[fonts->open] = (unsigned char) capital;
}


/* 1 if the tag names a font of capitals: ".VnTimeH", ".VnArial NarrowH". */
static unsigned
article_fonts_capital(article_slice_t tag, unsigned capital)
{
    size_t           i, last;
    article_slice_t  rest;

    if (tag.len > ARTICLE_FONT_TAG) {
        return capital;
    }

    for (i = 0; i < tag.len; i++) {
        rest = (article_slice_t) { tag.data + i, tag.len - i };

        if (!article_slice_starts_case(rest, article_literal(".vn"))) {
            continue;
        }

        for (last = 3; last < rest.len
                       && memchr("\"'>;,", rest.data[last], 5) == NULL;
             last++)
        {
            /* void */
        }

        return rest.data[last - 1] == 'H';
    }

    return capital;
}


/* The capital of a letter of Vietnamese. */
static uint32_t
article_char_capital(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'a' && c <= 'z' ? c - 0x20 : c;
    }

    if (c < 0x100) {
        return c >= 0xe0 && c != 0xf7 && c != 0xff ? c - 0x20 : c;
    }

    switch (c) {

    case 0x0103:
    case 0x0111:
    case 0x0129:
    case 0x0169:
    case 0x01a1:
    case 0x01b0:
        return c - 1;

    default:
        return c >= 0x1ea0 && c < 0x1f00 && (c & 1) ? c - 1 : c;
    }
}


article_slice_t
article_charset_undouble(article_arena_t *arena, article_slice_t page)
{
    char           out[ARTICLE_DOUBLE_RUN];
    size_t         n;
    const char    *p, *end, *start, *behind;
    article_buf_t  buf;

    if (!article_double_needed(page)) {
        return page;
    }

    article_buf_init(&buf, arena);
    end = page.data + page.len;
    start = page.data;

    for (p = page.data; p < end; p++) {
        if ((unsigned char) *p < 0xc2) {
            continue;
        }

        n = article_double_char(p, end, out, &behind);

        if (n != 0) {
            article_buf_append(&buf, start, p - start);
            article_buf_append(&buf, out, n);
            start = behind;
            p = behind - 1;
        }
    }

    article_buf_append(&buf, start, end - start);

    if (article_arena_failed(arena)) {
        return (article_slice_t) { NULL, 0 };
    }

    return article_buf_slice(&buf);
}


/*
 * No text holds control characters of U+0080 to U+009F, but letters of
 * Vietnamese read as Latin-1 do: each has one in five.
 */
static unsigned
article_double_needed(article_slice_t page)
{
    unsigned     n;
    const char  *p, *end;

    n = 0;
    end = page.data + page.len;

    for (p = page.data; end - p > 1; p++) {
        p = memchr(p, 0xc2, end - p - 1);
        if (p == NULL) {
            break;
        }

        if ((unsigned char) p[1] < 0xa0 && ++n == ARTICLE_DOUBLE_LEAST) {
            return 1;
        }
    }

    return 0;
}


/* The bytes of one character whose bytes stand at p as characters; or 0. */
static size_t
article_double_char(const char *p, const char *end, char *out,
    const char **behind)
{
    int          byte;
    size_t       n, need;

    for (n = 0, need = 1; n < need; n++) {
        if (p == end) {
            return 0;
        }

        byte = article_double_byte(article_utf8_next(&p, end));

        if (byte < 0x80) {
            return 0;
        }

        if (n == 0) {
            if (byte < 0xc2 || byte > 0xf4) {
                return 0;
            }

            need = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        }

        out[n] = (char) byte;
    }

    *behind = p;

    return article_utf8_valid((article_slice_t) { out, n }) ? n : 0;
}


/* The byte that Latin-1 or windows-1252 has for a character, or -1. */
static int
article_double_byte(uint32_t c)
{
    int  i;

    if (c < 0x100) {
        return (int) c;
    }

    for (i = 0; i < 0x20; i++) {
        if (article_windows_1252[i] == c) {
            return 0x80 + i;
        }
    }

    return -1;
}

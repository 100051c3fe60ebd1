/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD as editors and plugins write it.
 */

#include <string.h>

#include "jsonld_text.h"


/* No JSON-LD nests so deep. */
#define ARTICLE_JSONLD_NESTING  64

/* Bytes of the longest reference that is known ("&middot;"). */
#define ARTICLE_REFERENCE_MAX   10


typedef struct {
    const char  *p;
    const char  *end;
    char        *out;
    unsigned     depth;
    unsigned     deepest;
} article_mend_t;


static void article_mend_sign(article_mend_t *mend);
static void article_mend_string(article_mend_t *mend);
static void article_mend_escape(article_mend_t *mend);
static unsigned article_mend_closes(const article_mend_t *mend,
    const char *signs);
static uint32_t article_reference(const char **p, const char *end);
static uint32_t article_reference_number(const char *p, size_t len);
static uint32_t article_reference_named(const char *name, size_t len);


article_slice_t
article_jsonld_next(article_arena_t *arena, article_slice_t *json)
{
    char             *copy;
    size_t            room;
    article_mend_t    mend;
    article_slice_t   s;

    s = (article_slice_t) { NULL, 0 };

    memset(&mend, 0, sizeof(mend));

    mend.p = json->data;
    mend.end = json->data + json->len;

    while (mend.p < mend.end && *mend.p != '{' && *mend.p != '[') {
        mend.p++;
    }

    if (mend.p == mend.end) {
        json->len = 0;
        return s;
    }

    /* each byte gives two at most: a quote that is escaped */

    room = (size_t) (mend.end - mend.p) * 2 + 1;
    copy = article_arena_alloc(arena, room);
    if (copy == NULL) {
        json->len = 0;
        return s;
    }

    mend.out = copy;

    do {
        article_mend_sign(&mend);
    } while (mend.p < mend.end && mend.depth != 0);

    *mend.out = '\0';

    article_arena_trim(arena, copy, room, (size_t) (mend.out - copy) + 1);

    json->len -= mend.p - json->data;
    json->data = mend.p;

    if (mend.deepest <= ARTICLE_JSONLD_NESTING) {
        s.data = copy;
        s.len = mend.out - copy;
    }

    return s;
}


/* One sign, or one string. */

static void
article_mend_sign(article_mend_t *mend)
{
    switch (*mend->p) {

    case '"':
        article_mend_string(mend);
        return;

    case '{':
    case '[':
        mend->depth++;

        if (mend->depth > mend->deepest) {
            mend->deepest = mend->depth;
        }

        break;

    case '}':
    case ']':
        mend->depth--;
        break;

    case ',':
        mend->p++;

        if (!article_mend_closes(mend, "}],")) {
            *mend->out++ = ',';
        }

        return;

    default:
        break;
    }

    *mend->out++ = *mend->p++;
}


/* From a quote to the quote behind which JSON goes on. */

static void
article_mend_string(article_mend_t *mend)
{
    *mend->out++ = *mend->p++;

    while (mend->p < mend->end) {

        if (*mend->p == '\\') {
            article_mend_escape(mend);
            continue;
        }

        if (*mend->p == '"') {
            mend->p++;

            if (article_mend_closes(mend, ",:}]")) {
                *mend->out++ = '"';
                return;
            }

            *mend->out++ = '\\';
            *mend->out++ = '"';
            continue;
        }

        *mend->out++ = (unsigned char) *mend->p < ' ' ? ' ' : *mend->p;
        mend->p++;
    }
}


static void
article_mend_escape(article_mend_t *mend)
{
    if (mend->end - mend->p < 2) {
        mend->p = mend->end;
        return;
    }

    if (strchr("\"\\/bfnrtu", mend->p[1]) != NULL) {
        *mend->out++ = '\\';
        *mend->out++ = mend->p[1];

    } else if ((unsigned char) mend->p[1] >= ' ') {
        *mend->out++ = mend->p[1];
    }

    mend->p += 2;
}


/* 1 if the next sign, behind white space, is one of these, or none is. */

static unsigned
article_mend_closes(const article_mend_t *mend, const char *signs)
{
    const char  *p;

    for (p = mend->p; p < mend->end; p++) {
        if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\n') {
            return *p != '\0' && strchr(signs, *p) != NULL;
        }
    }

    return 1;
}


article_slice_t
article_references(article_arena_t *arena, article_slice_t text)
{
    char        *out, *copy;
    uint32_t     c;
    const char  *p, *end;

    if (text.len == 0 || memchr(text.data, '&', text.len) == NULL) {
        return text;
    }

    copy = article_arena_alloc(arena, text.len + 1);
    if (copy == NULL) {
        return text;
    }

    out = copy;
    end = text.data + text.len;

    for (p = text.data; p < end; /* void */ ) {
        c = *p == '&' ? article_reference(&p, end) : 0;

        if (c != 0) {
            out += article_utf8_put(out, c);    /* shorter than it was */
        } else {
            *out++ = *p++;
        }
    }

    *out = '\0';

    return (article_slice_t) { copy, out - copy };
}


static uint32_t
article_reference(const char **p, const char *end)
{
    size_t       len;
    uint32_t     c;
    const char  *name, *semicolon;

    name = *p + 1;
    len = end - name;

    if (len > ARTICLE_REFERENCE_MAX) {
        len = ARTICLE_REFERENCE_MAX;
    }

    semicolon = memchr(name, ';', len);
    if (semicolon == NULL || semicolon == name) {
        return 0;
    }

    len = semicolon - name;
    c = *name == '#' ? article_reference_number(name + 1, len - 1)
                     : article_reference_named(name, len);

    if (c != 0) {
        *p = semicolon + 1;
    }

    return c;
}


static uint32_t
article_reference_number(const char *p, size_t len)
{
    size_t    i;
    uint32_t  c, digit, base;

    c = 0;
    base = 10;
    i = 0;

    if (len > 1 && (p[0] | 0x20) == 'x') {
        base = 16;
        i = 1;
    }

    for ( /* void */ ; i < len; i++) {
        if (p[i] >= '0' && p[i] <= '9') {
            digit = (uint32_t) (p[i] - '0');

        } else if (base == 16 && (p[i] | 0x20) >= 'a' && (p[i] | 0x20) <= 'f')
        {
            digit = (uint32_t) ((p[i] | 0x20) - 'a' + 10);

        } else {
            return 0;
        }

        c = c * base + digit;

        if (c > 0x10ffff) {
            return 0;
        }
    }

    return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000)
           ? 0 : c;
}


/* Source: the names of HTML 4's Latin-1 and of the signs of printers. */

static uint32_t
article_reference_named(const char *name, size_t len)
{
    size_t  i;

    static const char *const  latin[] = {               /* from U+00A0 on */
        "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
        "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg",
        "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
        "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34",
        "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring",
        "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave",
        "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
        "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute",
        "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute",
        "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave",
        "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
        "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
        "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute",
        "thorn", "yuml"
    };

    static const struct {
        const char  *name;
        uint32_t     c;
    } signs[] = {
        { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
        { "apos", '\'' }, { "ndash", 0x2013 }, { "mdash", 0x2014 },
        { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "sbquo", 0x201a },
        { "ldquo", 0x201c }, { "rdquo", 0x201d }, { "bdquo", 0x201e },
        { "hellip", 0x2026 }, { "lsaquo", 0x2039 }, { "rsaquo", 0x203a },
        { "bull", 0x2022 }, { "euro", 0x20ac }
    };

    for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (strlen(signs[i].name) == len
            && memcmp(signs[i].name, name, len) == 0)
        {
            return signs[i].c;
        }
    }

    for (i = 0; i < sizeof(latin) / sizeof(latin[0]); i++) {
        if (strlen(latin[i]) == len && memcmp(latin[i], name, len) == 0) {
            return 0xa0 + (uint32_t) i;
        }
    }

    return 0;
}

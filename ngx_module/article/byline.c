/*
 * Copyright (C) the authors named in LICENSE
 *
 * Bylines: "Đào Quyên", "Bài, ảnh: Phương Oanh", "Hà Thu (tổng hợp)",
 * "Phương Liên - Ngọc Hiền", "Theo TTXVN", "Nguồn: nhandan.vn".  A name that
 * is not there must not be invented, so what does not look like a name in
 * full is none.
 */

#include <string.h>

#include "dates.h"
#include "marker_table.h"


/* Bytes of a byline: eight names at most, in practice one to three. */
#define ARTICLE_BYLINE_MAX    240

/* Of one name, in words: Vietnamese ones have two to four, rarely five. */
#define ARTICLE_NAME_WORDS    5

/* Of one that does not begin as names do: pen-names, foreigners. */
#define ARTICLE_NAME_WORDS_BARE  3

/* Of one name, in bytes (a syllable has at most ten). */
#define ARTICLE_NAME_MAX      60

/* Of a source behind "Theo", in words ("Cổng thông tin điện tử ..."). */
#define ARTICLE_SOURCE_WORDS  10


static article_byline_t article_byline_labelled(article_slice_t text,
    article_names_t *names, unsigned *found);
static article_byline_t article_byline_after(article_slice_t text,
    unsigned strong, article_names_t *names);
static unsigned article_byline_names(article_slice_t text, unsigned strong,
    article_names_t *names);
static article_slice_t article_byline_segment(article_slice_t *text,
    char *separator);
static unsigned article_byline_separator(article_slice_t text, size_t at);
static article_slice_t article_byline_remark(article_slice_t s,
    article_names_t *names);
static article_slice_t article_byline_tail(article_slice_t s);
static article_slice_t article_byline_title(article_slice_t s);
static unsigned article_byline_name(article_slice_t s, unsigned strong);
static unsigned article_byline_words(article_slice_t s, unsigned *capitals);
static unsigned article_byline_flags(article_slice_t s, unsigned first);
static article_slice_t article_byline_unwrap(article_slice_t s);
static article_slice_t article_byline_trim(article_slice_t s);


article_byline_t
article_byline_parse(article_slice_t text, unsigned strong,
    article_names_t *names)
{
    unsigned          found, goes_on;
    article_byline_t  kind;

    memset(names, 0, sizeof(article_names_t));

    goes_on = text.len != 0 && memchr(".:;,", text.data[text.len - 1], 4);
    text = article_byline_unwrap(article_byline_trim(text));

    if (text.len == 0 || text.len > ARTICLE_BYLINE_MAX
        || (goes_on && !strong)
        || memchr(text.data, '@', text.len) != NULL)
    {
        return ARTICLE_BYLINE_NONE;
    }

    kind = article_byline_labelled(text, names, &found);
    if (found) {
        return kind;
    }

    kind = article_byline_after(text, strong, names);
    if (kind != ARTICLE_BYLINE_NONE) {
        return kind;
    }

    if (article_marker_match(text, NULL) != ARTICLE_MARKER_NONE) {
        return ARTICLE_BYLINE_NONE;
    }

    return article_byline_names(text, strong, names) ? ARTICLE_BYLINE_AUTHOR
                                                     : ARTICLE_BYLINE_NONE;
}


/* A label, a colon and what it says; *found is 0 without a label. */
static article_byline_t
article_byline_labelled(article_slice_t text, article_names_t *names,
    unsigned *found)
{
    unsigned          flags;
    const char       *colon;
    article_slice_t   label, rest;

    *found = 0;

    colon = memchr(text.data, ':', text.len);
    if (colon == NULL) {
        return ARTICLE_BYLINE_NONE;
    }

    label = (article_slice_t) { text.data, colon - text.data };

    if (article_marker_match(label, NULL) != ARTICLE_MARKER_BYLINE) {
        return ARTICLE_BYLINE_NONE;
    }

    *found = 1;
    flags = article_byline_flags(label, 0);

    rest.data = colon + 1;
    rest.len = text.len - (rest.data - text.data);
    rest = article_byline_unwrap(article_byline_trim(rest));

    if (rest.len == 0 || (flags & ARTICLE_LABEL_NOBODY)) {
        return ARTICLE_BYLINE_NONE;
    }

    if (flags & ARTICLE_LABEL_SOURCE) {
        names->source = rest;
        return ARTICLE_BYLINE_SOURCE;
    }

    return article_byline_names(rest, 1, names) ? ARTICLE_BYLINE_AUTHOR
                                                : ARTICLE_BYLINE_NONE;
}


/*
 * "Theo ...": a source, or a person where the first word is a family name
 * and all are capitalised ("Theo Hồ Hương"; not "Theo Hà Nội Mới").
 */
static article_byline_t
article_byline_after(article_slice_t text, unsigned strong,
    article_names_t *names)
{
    size_t            i;
    unsigned          words, capitals;
    article_slice_t   rest;

    if (text.len < 6 || !article_slice_starts_case(text,
                                                   article_literal("theo ")))
    {
        return ARTICLE_BYLINE_NONE;
    }

    rest.data = text.data + 5;
    rest.len = text.len - 5;
    rest = article_byline_trim(rest);
    words = article_byline_words(rest, &capitals);

    if (words == 0 || words > ARTICLE_SOURCE_WORDS) {
        return ARTICLE_BYLINE_NONE;
    }

    if (words >= 2 && words <= 4 && capitals == words
        && (article_byline_flags(rest, 1) & ARTICLE_LABEL_FAMILY)
        && article_byline_name(rest, 0))
    {
        names->author[0] = rest;
        names->authors = 1;
        return ARTICLE_BYLINE_AUTHOR;
    }

    /* "Theo đó, ...", "Theo Nghị quyết 34 ..." are prose */

    if (capitals == 0 && memchr(rest.data, '.', rest.len) == NULL) {
        return ARTICLE_BYLINE_NONE;
    }

    for (i = 0; !strong && i < rest.len; i++) {
        if (rest.data[i] == ',' || (rest.data[i] >= '0'
                                    && rest.data[i] <= '9'))
        {
            return ARTICLE_BYLINE_NONE;
        }
    }

    names->source = rest;

    return ARTICLE_BYLINE_SOURCE;
}


/* 1 if all parts of a line are names, or words that name nobody ("PV"). */
static unsigned
article_byline_names(article_slice_t text, unsigned strong,
    article_names_t *names)
{
    char              separator, before;
    unsigned          nobody, titled;
    const char       *colon;
    article_slice_t   s, named;

    nobody = 0;
    separator = '\0';

    while (text.len != 0) {
        before = separator;
        s = article_byline_segment(&text, &separator);

        /* "Bài: Thu Hà - Ảnh: Minh Anh": who took the photos is no author */

        colon = memchr(s.data, ':', s.len);
        if (colon != NULL) {
            if (names->authors == 0 && !nobody) {
                return 0;
            }

            continue;
        }

        s = article_byline_remark(article_byline_trim(s), names);
        s = article_byline_unwrap(article_byline_tail(s));

        if (s.len == 0) {
            continue;
        }

        if (article_byline_flags(s, 0) & ARTICLE_LABEL_NOBODY) {

            /* "admin admin" is a label, "PV" is not */

            if (article_marker_match(s, NULL) != ARTICLE_MARKER_NONE) {
                names->authors = 0;
                return 0;
            }

            nobody = 1;
            continue;
        }

        named = article_byline_title(s);
        titled = named.len < s.len;
        s = named;

        /* "Thu Hà/VOV" */

        if (before == '/' && names->authors != 0
            && !article_byline_name(s, 0))
        {
            names->source = s;
            continue;
        }

        if (!article_byline_name(s, strong || titled)) {
            names->authors = 0;
            names->source = (article_slice_t) { NULL, 0 };
            return 0;
        }

        if (names->authors < ARTICLE_AUTHORS_MAX) {
            names->author[names->authors++] = s;
        }
    }

    return names->authors != 0 || (nobody && strong);
}


/* Takes the part up to the next separator off the text. */
static article_slice_t
article_byline_segment(article_slice_t *text, char *separator)
{
    size_t           i, n, deep;
    article_slice_t  s;

    deep = 0;

    for (i = 0, n = 0; i < text->len; i++) {
        deep += text->data[i] == '(';
        deep -= text->data[i] == ')' && deep != 0;

        if (deep == 0) {
            n = article_byline_separator(*text, i);
            if (n != 0) {
                break;
            }
        }
    }

    s = (article_slice_t) { text->data, i };
    *separator = i < text->len ? text->data[i] : '\0';
    text->data += i + n;
    text->len -= i + n;

    return s;
}


/* The length of the separator of names that stands at a place, or 0. */
static unsigned
article_byline_separator(article_slice_t text, size_t at)
{
    const char       *p;
    article_slice_t   rest;

    p = text.data + at;
    rest = (article_slice_t) { p, text.len - at };

    if (memchr(",;&|/", *p, 5) != NULL) {
        return 1;
    }

    /* a hyphen may be part of a name, unless there is a space beside it */

    if (*p == '-' && ((at != 0 && p[-1] == ' ')
                      || (rest.len > 1 && p[1] == ' ')))
    {
        return 1;
    }

    if (article_slice_starts(rest, article_literal("\xe2\x80\x93"))
        || article_slice_starts(rest, article_literal("\xe2\x80\x94")))
    {
        return 3;                                       /* dashes */
    }

    if (article_slice_starts_case(rest, article_literal(" và "))) {
        return (unsigned) article_literal(" và ").len;
    }

    return 0;
}


/* Drops "(tổng hợp)"; a capitalised remark is the source: "(Vietnam+)". */
static article_slice_t
article_byline_remark(article_slice_t s, article_names_t *names)
{
    unsigned          capitals;
    const char       *open, *close;
    article_slice_t   remark;

    open = memchr(s.data, '(', s.len);
    if (open == NULL || open == s.data) {
        return s;
    }

    remark.data = open + 1;
    remark.len = s.len - (remark.data - s.data);

    close = memchr(remark.data, ')', remark.len);
    if (close != NULL) {
        remark.len = close - remark.data;
    }

    remark = article_byline_trim(remark);
    (void) article_byline_words(remark, &capitals);

    if (capitals != 0 && names->source.len == 0
        && !(article_byline_flags(remark, 0)
             & (ARTICLE_LABEL_REMARK | ARTICLE_LABEL_NOBODY)))
    {
        if (article_slice_starts_case(remark, article_literal("theo "))) {
            remark.data += 5;
            remark.len -= 5;
        }

        names->source = remark;
    }

    s.len = open - s.data;

    return article_byline_trim(s);
}


/* Drops "tổng hợp", "thực hiện" and their kin behind a name. */
static article_slice_t
article_byline_tail(article_slice_t s)
{
    size_t           i, len;
    unsigned         spaces;
    article_slice_t  last;

    len = s.len;
    spaces = 0;

    for (i = s.len; i != 0; i--) {
        if (s.data[i - 1] != ' ') {
            continue;
        }

        last = (article_slice_t) { s.data + i, s.len - i };

        if (article_byline_flags(last, 0) & ARTICLE_LABEL_REMARK) {
            len = i - 1;
        }

        if (++spaces == ARTICLE_NAME_WORDS) {
            break;
        }
    }

    if (len == s.len) {
        return s;
    }

    s.len = len;

    return article_byline_trim(s);
}


/* Drops titles before a name: "PV Thu Hà", "ThS. Lê Minh", "Nhà báo ...". */
static article_slice_t
article_byline_title(article_slice_t s)
{
    size_t           i;
    unsigned         spaces;
    article_slice_t  first;

    spaces = 0;

    for (i = 0; i < s.len && spaces < ARTICLE_NAME_WORDS; i++) {
        if (s.data[i] != ' ') {
            continue;
        }

        spaces++;
        first = (article_slice_t) { s.data, i };

        if (article_byline_flags(first, 0) & ARTICLE_LABEL_NOBODY) {
            s.data += i;
            s.len -= i;
            s = article_byline_trim(s);
            i = 0;
            spaces = 0;
        }
    }

    return s;
}


/*
 * A person's name: capitalised words of letters, no place or section.  A bare
 * line needs two of them at least and a first word that names begin with, or
 * to be no Vietnamese at all; headings and titles of books are capitalised
 * too.
 */
static unsigned
article_byline_name(article_slice_t s, unsigned strong)
{
    uint32_t     c;
    unsigned     words, capitals, small, ascii, flags;
    const char  *p, *end;

    words = article_byline_words(s, &capitals);

    if (words == 0 || words > ARTICLE_NAME_WORDS || capitals != words
        || s.len > ARTICLE_NAME_MAX)
    {
        return 0;
    }

    small = 0;
    ascii = 1;
    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        c = article_utf8_next(&p, end);

        if ((c >= '0' && c <= '9')
            || (c < 0x80 && strchr("!?:;+=*#%\"", (int) c) != NULL))
        {
            return 0;
        }

        ascii &= c < 0x80;
        small |= c != ' ' && article_char_word(c) && !article_char_upper(c);
    }

    flags = article_byline_flags(s, 0);

    if (flags & (ARTICLE_LABEL_NAME_NOT | ARTICLE_LABEL_NOBODY)) {
        return 0;
    }

    if (article_byline_flags(s, 1)
        & (ARTICLE_LABEL_FAMILY | ARTICLE_LABEL_GIVEN))
    {
        return strong || words >= 2;
    }

    if (strong) {
        return words <= ARTICLE_NAME_WORDS_BARE;
    }

    return words >= 2 && ascii && small;
}


/* Words parted by spaces, and how many of them begin with a capital. */
static unsigned
article_byline_words(article_slice_t s, unsigned *capitals)
{
    unsigned     words, in;
    uint32_t     c;
    const char  *p, *end;

    words = 0;
    in = 0;
    *capitals = 0;
    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        c = article_utf8_next(&p, end);

        if (article_char_space(c)) {
            in = 0;
            continue;
        }

        if (!in && article_char_word(c)) {
            in = 1;
            words++;
            *capitals += article_char_upper(c);
        }
    }

    return words;
}


/* The catalogue's flags of a whole text, or of its first word. */
static unsigned
article_byline_flags(article_slice_t s, unsigned first)
{
    article_label_text_t  t;

    if (!article_label_split(&t, s)) {
        return 0;
    }

    return article_label_flags(&t, 0, first ? 1 : t.n);
}


/* What stands in parentheses, when that is all. */
static article_slice_t
article_byline_unwrap(article_slice_t s)
{
    if (s.len > 2
        && ((s.data[0] == '(' && s.data[s.len - 1] == ')')
            || (s.data[0] == '[' && s.data[s.len - 1] == ']'))
        && memchr(s.data + 1, s.data[0], s.len - 1) == NULL)
    {
        s.data++;
        s.len -= 2;
        return article_byline_trim(s);
    }

    return s;
}


/* Without white space, bullets, dashes, commas and periods around. */
static article_slice_t
article_byline_trim(article_slice_t s)
{
    uint32_t     c;
    const char  *p, *q, *end;

    end = s.data + s.len;

    for (p = s.data; p < end; p = q) {
        q = p;
        c = article_utf8_next(&q, end);

        if (article_char_word(c) || c == '(' || c == '[') {
            break;
        }
    }

    s.data = p;

    while (end > p) {
        for (q = end - 1; q > p && (*q & 0xc0) == 0x80; q--) { /* void */ }

        s.len = end - q;
        end = q;
        c = article_utf8_next(&q, q + s.len);

        if (article_char_word(c) || c == ')' || c == ']' || c == '+') {
            end = q;
            break;
        }
    }

    s.len = end - s.data;

    return s;
}

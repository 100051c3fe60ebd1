/*
 * Copyright (C) the authors named in LICENSE
 *
 * Texts of titles: parts of <title>, words without marks, names of portals.
 */

#include <string.h>

#include "title_text.h"


static unsigned article_title_separator(article_slice_t s, size_t at,
    size_t *len);
static unsigned article_title_is_site(article_page_t *page,
    article_slice_t part);
static unsigned article_title_in_path(article_page_t *page,
    article_slice_t part);


/* 1 for a sign, or the last byte of one, that parts title and site name. */
static inline unsigned
article_title_parts(char c)
{
    return c != '\0' && strchr("-|:/>\xbb\xab\x93\x94", c) != NULL;
}


/*
 * 3: part is the title, 2: begins it, 1: ends it (behind and before a
 * separator), 0: none.  A <title> cut short with "..." is begun by its part.
 */

unsigned
article_title_part(article_slice_t title, article_slice_t part)
{
    size_t  n;

    if (part.len == 0 || part.len > title.len) {

        if (title.len > 20 && part.len > title.len
            && article_slice_ends_case(title, article_literal("..."))
            && memcmp(title.data, part.data, title.len - 3) == 0)
        {
            return 3;
        }

        return 0;
    }

    if (part.len == title.len) {
        return memcmp(title.data, part.data, part.len) == 0 ? 3 : 0;
    }

    if (memcmp(title.data, part.data, part.len) == 0
        && (article_title_separator(title, part.len, &n)
            || (title.data[part.len] == ' '
                && article_title_separator(title, part.len + 1, &n))))
    {
        return 2;
    }

    if (memcmp(title.data + title.len - part.len, part.data, part.len) == 0
        && title.len > part.len + 2)
    {
        n = title.len - part.len - 1;

        if (title.data[n] == ' ' && article_title_parts(title.data[n - 1])) {
            return 1;
        }
    }

    return 0;
}


/* 1 if a separator between title and site name stands at s[at]. */

static unsigned
article_title_separator(article_slice_t s, size_t at, size_t *len)
{
    size_t  i;

    static const char *const  separators[] = {
        "- ", "| ", ":: ", "\xc2\xbb ", "\xe2\x80\x93 ", "\xe2\x80\x94 ",
        "/ ", "> ", "\xc2\xab ", "\xc2\xb7 ", "\xe2\x80\xa2 "
    };

    for (i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        *len = strlen(separators[i]);

        if (s.len - at >= *len && memcmp(s.data + at, separators[i], *len)
                                  == 0)
        {
            return 1;
        }
    }

    return 0;
}


/*
 * Words without marks, in small letters, each between spaces: "tinh yeu".
 * Source of the letters: Unicode's Latin-1, Extended-A, Additional blocks.
 */

article_slice_t
article_title_plain(article_page_t *page, article_slice_t text)
{
    return article_title_plain_folded(page, article_page_fold(page, text));
}


article_slice_t
article_title_plain_folded(article_page_t *page, article_slice_t fold)
{
    char         c, *out, *o;
    uint32_t     u;
    const char  *p, *end;

    static const char  latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuy y";
    static const char  more[] =                     /* U+1EA0 .. U+1EF9 */
        "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooo"
        "uuuuuuuuuuuuuuyyyyyyyy";

    out = article_arena_alloc(page->arena, fold.len + 2);
    if (out == NULL) {
        return article_literal("");
    }

    o = out;
    *o++ = ' ';

    p = fold.data;
    end = p + fold.len;

    while (p < end) {
        u = article_utf8_next(&p, end);

        if ((u >= 'a' && u <= 'z') || (u >= '0' && u <= '9')) {
            c = (char) u;
        } else if (u >= 0xe0 && u <= 0xff) {
            c = latin[u - 0xe0];
        } else if (u >= 0x1ea0 && u <= 0x1ef9) {
            c = more[u - 0x1ea0];
        } else {
            c = u == 0x103 ? 'a' : u == 0x111 ? 'd' : u == 0x129 ? 'i'
                : u == 0x169 || u == 0x1b0 ? 'u' : u == 0x1a1 ? 'o' : ' ';
        }

        if (c != ' ' || o[-1] != ' ') {
            *o++ = c;
        }
    }

    *o++ = ' ';

    return (article_slice_t) { out, o - out };
}


void
article_title_firsts(article_slice_t title,
    uint64_t firsts[ARTICLE_TITLE_FIRSTS])
{
    size_t         i;
    unsigned char  c;

    for (i = 0; i < title.len; i++) {
        c = (unsigned char) title.data[i];

        if (c < 0x80 && (i == 0 || (i > 1 && title.data[i - 1] == ' '
                                    && article_title_parts(title.data[i - 2]))))
        {
            firsts[c / 64] |= (uint64_t) 1 << (c % 64);
        }
    }
}


unsigned
article_title_begins(article_slice_t text,
    const uint64_t firsts[ARTICLE_TITLE_FIRSTS])
{
    unsigned char  c;

    c = text.len ? (unsigned char) text.data[0] : 0;

    if (c >= 'A' && c <= 'Z') {
        c |= 0x20;
    }

    /* only letters and digits of ASCII surely stay what they are */

    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
        return 1;
    }

    return (unsigned) (firsts[c / 64] >> (c % 64) & 1);
}


article_slice_t
article_title_of_head(article_page_t *page)
{
    return article_title_without_site(page, page->head.og_title.len
                                            ? page->head.og_title
                                            : page->head.title);
}


article_slice_t
article_title_without_site(article_page_t *page, article_slice_t title)
{
    size_t            i, n, cut;
    article_slice_t   first, last, part;

    first.len = 0;
    first.data = title.data;
    last = first;
    cut = 0;

    for (i = 1; i < title.len; i++) {
        if (title.data[i - 1] == ' '
            && article_title_separator(title, i, &n))
        {
            if (first.len == 0) {
                first.len = i - 1;
            }

            cut = i - 1;
            last.data = title.data + i + n;
            last.len = title.len - i - n;
            i += n;
        }
    }

    if (first.len == 0) {
        return article_trim(title, "");
    }

    if (!article_title_is_site(page, first)
        && article_title_in_path(page, first))
    {
        return article_trim(first, "");
    }

    if (article_title_is_site(page, first)
        || (!article_title_is_site(page, last)
            && article_title_in_path(page, last)))
    {
        part.data = title.data + first.len;
        part.len = title.len - first.len;
        return article_trim(part, " -|:/>");
    }

    part = title;
    part.len = cut;

    return article_trim(part, "");
}


/* Words that names of portals begin with. */

static unsigned
article_title_is_site(article_page_t *page, article_slice_t part)
{
    size_t           i;
    article_slice_t  folded;

    static const char *const  names[] = {
        "báo ", "cổng thông tin", "trang thông tin", "trang chủ", "trang nhất",
        "website", "home", "cổng ttđt", "sở ", "ubnd ", "ủy ban ",
        "hệ thống ", "đảng bộ ", "đài phát thanh", "tạp chí "
    };

    folded = article_page_fold(page, part);

    if (page->head.site_name.len
        && article_slice_equal(folded,
                               article_page_fold(page, page->head.site_name)))
    {
        return 1;
    }

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        article_slice_t  name;

        name.data = names[i];
        name.len = strlen(names[i]);
        name = article_page_fold(page, name);

        if (article_slice_starts(folded, name)) {
            return 1;
        }
    }

    return 0;
}


/* 1 if the path holds the part's first words without marks: its slug. */

static unsigned
article_title_in_path(article_page_t *page, article_slice_t part)
{
    size_t           i;
    unsigned         spaces;
    article_slice_t  plain, path;

    plain = article_title_plain(page, part);
    path = article_title_plain(page, page->path);

    spaces = 0;

    for (i = 0; i < plain.len; i++) {
        if (plain.data[i] == ' ' && ++spaces == 4) {
            break;
        }
    }

    plain.len = i;

    return plain.len >= 5 && article_slice_find(path, plain) != NULL;
}

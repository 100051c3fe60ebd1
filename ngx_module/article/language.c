/*
 * Copyright (C) the authors named in LICENSE
 *
 * Whether a page is Vietnamese, and how it writes dates when it is not.
 */

#include <string.h>

#include "page.h"


/* Shorter lines are labels and names, of whatever language. */
#define ARTICLE_LANGUAGE_WORDS  4

/* So much text, in characters, shows the language of a page. */
#define ARTICLE_LANGUAGE_CHARS  300

/* Of 100 characters of Vietnamese, 10 and more are of Vietnamese alone. */
#define ARTICLE_LANGUAGE_SHARE  2

/* So much is looked at, in bytes. */
#define ARTICLE_LANGUAGE_LOOK   (32 * 1024)

/* The high bits of eight bytes: none in ASCII. */
#define ARTICLE_LANGUAGE_HIGH   0x8080808080808080u


typedef struct {
    size_t    bytes;
    uint32_t  chars;
    uint32_t  marked;           /* letters with marks that are rare elsewhere */
    uint32_t  horned;           /* of these those that no other language has */
} article_language_t;


static void article_language_count(article_language_t *seen,
    article_slice_t text);
static unsigned article_language_is(article_slice_t language,
    const char *name);
static unsigned article_language_month_first(article_page_t *page,
    article_slice_t country);
static article_slice_t article_language_country(article_page_t *page);


void
article_language_find(article_page_t *page)
{
    uint32_t             i;
    unsigned             home;
    article_line_t      *line;
    article_slice_t      country;
    article_language_t   seen;

    memset(&seen, 0, sizeof(seen));

    for (i = 0; i < page->blocks.lines && seen.bytes < ARTICLE_LANGUAGE_LOOK;
         i++)
    {
        line = &page->blocks.line[i];

        if (line->words >= ARTICLE_LANGUAGE_WORDS) {
            article_language_count(&seen, line->text);
            seen.bytes += line->text.len;
            seen.chars += line->chars;
        }
    }

    home = seen.horned != 0
           && seen.marked * 100 > seen.chars * ARTICLE_LANGUAGE_SHARE;

    /* systems made elsewhere write "en" on every page */

    if (home && seen.chars > ARTICLE_LANGUAGE_CHARS
        && !article_language_is(page->head.language, "vi"))
    {
        page->head.language = article_literal("vi");
    }

    country = article_language_country(page);

    if (home || article_slice_equal_case(country, article_literal("vn"))
        || article_language_is(page->head.language, "vi")
        || (seen.chars < ARTICLE_LANGUAGE_CHARS
            && page->head.language.len == 0))
    {
        return;
    }

    page->foreign = 1;
    page->date_style = ARTICLE_DATE_WORLD;

    if (article_language_month_first(page, country)) {
        page->date_style |= ARTICLE_DATE_MONTH_FIRST;
    }
}


unsigned
article_page_date_find(const article_page_t *page, article_slice_t text,
    size_t from, article_date_t *date)
{
    if (!article_date_find_in(text, from, page->date_style, date)) {
        return 0;
    }

    article_page_date_settle(page, date);

    return 1;
}


void
article_page_date_settle(const article_page_t *page, article_date_t *date)
{
    if (page->foreign && !date->zoned) {
        date->zone = 0;
    }
}


/*
 * "ạ" to "ỹ" (Yoruba and Igbo have some of them, too) and the horns of "ơ"
 * and "ư"; not "đ", which is Croatian as well.
 */

static void
article_language_count(article_language_t *seen, article_slice_t text)
{
    uint32_t     c;
    uint64_t     eight;
    const char  *p, *end;

    end = text.data + text.len;

    for (p = text.data; p < end; /* void */ ) {

        if (end - p >= 8) {
            memcpy(&eight, p, 8);

            if ((eight & ARTICLE_LANGUAGE_HIGH) == 0) {
                p += 8;
                continue;
            }
        }

        if ((*p & 0x80) == 0) {
            p++;
            continue;
        }

        c = article_utf8_next(&p, end);

        if (c == 0x1a0 || c == 0x1a1 || c == 0x1af || c == 0x1b0
            || (c >= 0x1eda && c <= 0x1ee3) || (c >= 0x1ee8 && c <= 0x1ef1))
        {
            seen->horned++;
            seen->marked++;

        } else if (c >= 0x1ea0 && c <= 0x1ef9) {
            seen->marked++;
        }
    }
}


/* "vi", "vi-VN", "vi_VN". */

static unsigned
article_language_is(article_slice_t language, const char *name)
{
    article_slice_t  s;

    s = (article_slice_t) { name, strlen(name) };

    return article_slice_starts_case(language, s)
           && (language.len == s.len || language.data[s.len] == '-'
               || language.data[s.len] == '_');
}


/* English of the USA, or of nowhere in particular. */

static unsigned
article_language_month_first(article_page_t *page, article_slice_t country)
{
    article_slice_t  language;

    static const char *const  regions[] = { "en-us", "en_us" };
    static const char *const  anywhere[] = { "us", "io", "ai", "co", "tv" };

    size_t  i;

    language = page->head.language;

    for (i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        if (article_slice_equal_case(language, (article_slice_t)
                                     { regions[i], strlen(regions[i]) }))
        {
            return country.len != 2
                   || article_slice_equal_case(country,
                                               article_literal("us"));
        }
    }

    if (language.len != 0
        && !article_slice_equal_case(language, article_literal("en")))
    {
        return 0;
    }

    if (language.len == 0 || country.len == 0) {
        return language.len != 0;
    }

    for (i = 0; i < sizeof(anywhere) / sizeof(anywhere[0]); i++) {
        if (article_slice_equal_case(country, (article_slice_t)
                                     { anywhere[i], strlen(anywhere[i]) }))
        {
            return 1;
        }
    }

    return country.len != 2;
}


/* The last label of the page's host. */

static article_slice_t
article_language_country(article_page_t *page)
{
    size_t           i;
    article_slice_t  host;

    host = article_url_host(page->urls.page);

    for (i = host.len; i-- > 0; ) {
        if (host.data[i] == ':') {
            host.len = i;

        } else if (host.data[i] == '.') {
            host.data += i + 1;
            host.len -= i + 1;
            break;
        }
    }

    return host;
}

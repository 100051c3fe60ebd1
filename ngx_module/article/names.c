/*
 * Copyright (C) the authors named in LICENSE
 *
 * Who wrote the article: on Vietnamese portals the line that people see comes
 * before what the page's head claims, elsewhere it is the other way round.
 */

#include <string.h>

#include "credit.h"
#include "page.h"
#include "plain.h"


/* So many lines above the title, above and below the text have a credit. */
#define ARTICLE_CREDIT_ABOVE  4
#define ARTICLE_CREDIT_INTO   3
#define ARTICLE_CREDIT_BELOW  6

/* A longer line, in characters, is no credit. */
#define ARTICLE_CREDIT_CHARS  140

/* Parts of a site's name: so many sources tell one. */
#define ARTICLE_SITES         7


typedef struct {
    article_slice_t  name[ARTICLE_SITES];       /* plain */
    unsigned         number;
} article_sites_t;


static void article_names_home(article_page_t *page);
static unsigned article_names_add(article_page_t *page, article_slice_t text,
    unsigned strong);
static void article_names_lines(article_page_t *page, uint32_t from,
    uint32_t to);
static void article_names_abroad(article_page_t *page);
static void article_names_told(article_page_t *page,
    const article_sites_t *sites, article_slice_t text,
    article_credit_place_t place);
static void article_names_jsonld(article_page_t *page,
    const article_sites_t *sites, const article_jsonld_t *ld);
static void article_names_seen(article_page_t *page,
    const article_sites_t *sites, uint32_t from, uint32_t to);
static void article_names_line(article_page_t *page,
    const article_sites_t *sites, article_slice_t text, unsigned boxed);
static unsigned article_names_is_link(article_page_t *page,
    const article_line_t *line);
static void article_names_sites(article_page_t *page, article_sites_t *sites);
static unsigned article_names_is_site(article_page_t *page,
    const article_sites_t *sites, article_slice_t name, unsigned desks);


void
article_names_find(article_page_t *page)
{
    article_slice_t  text;

    if (article_field_text(page, ARTICLE_FIELD_AUTHOR, &text)) {
        article_names_add(page, text, 1);
    }

    if (!page->foreign) {
        article_names_home(page);

    } else if (page->facts.names.authors == 0) {
        article_names_abroad(page);
    }
}


static void
article_names_home(article_page_t *page)
{
    unsigned          i;
    uint32_t          to;
    article_names_t  *names;
    article_jsonld_t *ld;

    names = &page->facts.names;
    ld = &page->head.ld;

    to = page->end + 8 < page->blocks.lines ? page->end + 8
                                            : page->blocks.lines;

    article_names_lines(page, page->start, to);

    if (names->authors == 0 && page->title != ARTICLE_NONE) {
        article_names_lines(page, page->title_end, page->start);
    }

    if (names->authors == 0) {
        for (i = 0; i < ld->authors_number; i++) {
            if (!(ld->organizations & (1u << i))) {
                article_names_add(page, ld->authors[i], 0);
            }
        }
    }

    if (names->authors == 0 && page->head.author.len) {
        article_names_add(page, page->head.author, 0);
    }
}


/* Lines that are bylines, or that stand where bylines stand. */

static void
article_names_lines(article_page_t *page, uint32_t from, uint32_t to)
{
    uint32_t          i;
    unsigned          strong;
    article_date_t    date;
    article_line_t   *line;
    article_slice_t   text;

    for (i = from; i < to && page->facts.names.authors == 0; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT && i >= page->end) {
            break;
        }

        if (line->role == ARTICLE_ROLE_CAPTION || line->item
            || line->role == ARTICLE_ROLE_CUT
            || line->role == ARTICLE_ROLE_LEAK
            || line->role == ARTICLE_ROLE_BODY)
        {
            continue;
        }

        strong = (line->flags & ARTICLE_IN_RIGHT)
                 || (line->any & ARTICLE_IN_AUTHOR)
                 || line->marker == ARTICLE_MARKER_BYLINE;

        if (article_date_find(line->text, 0, &date)) {

            /* "Quốc Dũng 01/04/2022 - 15:28" */

            if (line->role == ARTICLE_ROLE_DATE || i < page->start) {
                text = line->text;
                text.len = date.start;
                article_names_add(page, article_trim(text, "-|,/"), 0);
            }

            continue;
        }

        /* above the text a name stands out by its letters */

        if (line->role != ARTICLE_ROLE_BYLINE && !strong
            && !(i < page->start
                 && (line->any & (ARTICLE_IN_BOLD|ARTICLE_IN_ITALIC
                                  |ARTICLE_IN_CENTER|ARTICLE_IN_HEADING))))
        {
            continue;
        }

        if (line->chars <= 120 && (line->link_chars * 2 <= line->chars
                                   || line->role == ARTICLE_ROLE_BYLINE
                                   || (strong && i < page->start)))
        {
            article_names_add(page, line->text, strong);
        }
    }
}


static unsigned
article_names_add(article_page_t *page, article_slice_t text, unsigned strong)
{
    unsigned          i, n, before;
    article_names_t   found, *names;

    names = &page->facts.names;
    before = names->authors;

    memset(&found, 0, sizeof(found));

    if (article_byline_parse(text, strong, &found) == ARTICLE_BYLINE_NONE) {
        return 0;
    }

    for (i = 0; i < found.authors; i++) {

        for (n = 0; n < names->authors; n++) {
            if (article_slice_equal_case(names->author[n], found.author[i])) {
                break;
            }
        }

        if (n == names->authors && n < ARTICLE_AUTHORS_MAX) {
            names->author[names->authors++] = found.author[i];
        }
    }

    if (names->source.len == 0) {
        names->source = found.source;
    }

    return names->authors > before;
}


/*
 * A page that is not Vietnamese: JSON-LD, <meta>, microdata, a link to the
 * author, the line that people see.  An organization's name that is the
 * site's own is an author where JSON-LD says so and nobody else is named.
 */

static void
article_names_abroad(article_page_t *page)
{
    unsigned           i, n;
    uint32_t           to;
    article_head_t    *head;
    article_names_t   *names;
    article_sites_t    sites, none;

    head = &page->head;
    names = &page->facts.names;
    none.number = 0;

    article_names_sites(page, &sites);
    article_names_jsonld(page, &sites, &head->ld);

    for (n = 0; n < ARTICLE_NAMED_DUBLIN && names->authors == 0; n++) {
        for (i = 0; i < head->named[n].number; i++) {
            article_names_told(page, &sites, head->named[n].name[i],
                               ARTICLE_CREDIT_TOLD);
        }
    }

    if (names->authors == 0
        && article_credit_label(page->arena, head->written_label).data)
    {
        article_names_told(page, &sites, head->written,
                           ARTICLE_CREDIT_TOLD);
    }

    if (names->authors == 0 && head->ld_article == 0) {
        article_names_jsonld(page, &sites, &head->ld_page);
    }

    if (names->authors == 0) {
        n = page->title == ARTICLE_NONE ? page->start : page->title;
        n = n < page->start ? n : page->start;
        n = n > ARTICLE_CREDIT_ABOVE ? n - ARTICLE_CREDIT_ABOVE : 0;
        to = page->start + ARTICLE_CREDIT_INTO;

        article_names_seen(page, &sites, n, to < page->end ? to : page->end);
    }

    if (names->authors == 0) {
        n = page->end > ARTICLE_CREDIT_INTO ? page->end - ARTICLE_CREDIT_INTO
                                            : 0;
        to = page->end + ARTICLE_CREDIT_BELOW;

        article_names_seen(page, &sites, n, to < page->blocks.lines
                                            ? to : page->blocks.lines);
    }

    for (i = 0; i < head->named[ARTICLE_NAMED_DUBLIN].number
                && names->authors == 0; i++)
    {
        article_names_told(page, &sites,
                           head->named[ARTICLE_NAMED_DUBLIN].name[i],
                           ARTICLE_CREDIT_TOLD);
    }

    if (names->authors == 0) {
        article_names_jsonld(page, &none, &head->ld);
    }
}


static void
article_names_jsonld(article_page_t *page, const article_sites_t *sites,
    const article_jsonld_t *ld)
{
    unsigned  i;

    for (i = 0; i < ld->authors_number; i++) {
        article_names_told(page, sites, ld->authors[i],
                           ARTICLE_CREDIT_TOLD);
    }
}


/* Adds the names of a text, but no site's and none twice. */

static void
article_names_told(article_page_t *page, const article_sites_t *sites,
    article_slice_t text, article_credit_place_t place)
{
    unsigned          i, n;
    article_names_t   found, *names;

    names = &page->facts.names;
    found.authors = 0;

    article_credit_names(page->arena, text, place, &found);

    for (i = 0; i < found.authors; i++) {

        if (article_names_is_site(page, sites, found.author[i],
                                  place != ARTICLE_CREDIT_TOLD)) {
            continue;
        }

        for (n = 0; n < names->authors; n++) {
            if (article_slice_equal(article_text_plain(page->arena,
                                                       names->author[n]),
                                    article_text_plain(page->arena,
                                                       found.author[i])))
            {
                break;
            }
        }

        if (n == names->authors && n < ARTICLE_AUTHORS_MAX) {
            names->author[names->authors++] = found.author[i];
        }
    }
}


/* "By Jane Roe"; a line of a box for authors; "By" above a name. */

static void
article_names_seen(article_page_t *page, const article_sites_t *sites,
    uint32_t from, uint32_t to)
{
    uint32_t          i;
    unsigned          boxed;
    article_date_t    date;
    article_line_t   *line;
    article_slice_t   text, rest;

    for (i = from; i < to && page->facts.names.authors == 0; i++) {
        line = &page->blocks.line[i];

        if (line->chars > ARTICLE_CREDIT_CHARS || line->item
            || line->role == ARTICLE_ROLE_CAPTION
            || (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER
                               |ARTICLE_IN_COMMENT)))
        {
            continue;
        }

        text = line->text;
        boxed = !(line->flags & ARTICLE_IN_RELATED)
                && line->role != ARTICLE_ROLE_BODY
                && line->role != ARTICLE_ROLE_LEAK
                && ((line->any & ARTICLE_IN_AUTHOR)
                    || article_names_is_link(page, line));

        rest = article_credit_label(page->arena, text);

        if (rest.data != NULL && rest.len == 0 && i + 1 < to) {
            article_names_told(page, sites, page->blocks.line[i + 1].text,
                               ARTICLE_CREDIT_BARE);
            continue;
        }

        /* what stands before a date, and behind it */

        if (article_page_date_find(page, text, 0, &date)) {
            rest = (article_slice_t) { text.data + date.end,
                                       text.len - date.end };
            text.len = date.start;
            article_names_line(page, sites, text, boxed);
            text = rest;
        }

        article_names_line(page, sites, text, boxed);
    }
}


/* Parts of a line, each with its label: "14:07 Uhr | Von Eva Roth". */

static void
article_names_line(article_page_t *page, const article_sites_t *sites,
    article_slice_t text, unsigned boxed)
{
    size_t           i;
    article_slice_t  part, rest;

    while (text.len != 0 && page->facts.names.authors == 0) {

        for (i = 0; i < text.len; i++) {
            if (text.data[i] == '|'
                || article_slice_starts((article_slice_t)
                                        { text.data + i, text.len - i },
                                        article_literal("•"))
                || article_slice_starts((article_slice_t)
                                        { text.data + i, text.len - i },
                                        article_literal("·")))
            {
                break;
            }
        }

        part = (article_slice_t) { text.data, i };

        while (i < text.len && (text.data[i] == '|'
                                || (text.data[i] & 0x80)))
        {
            i++;
        }

        text.data += i;
        text.len -= i;

        rest = article_credit_label(page->arena, part);

        if (rest.len != 0) {
            article_names_told(page, sites, rest, ARTICLE_CREDIT_LABELLED);

        } else if (boxed) {
            article_names_told(page, sites, part, ARTICLE_CREDIT_BARE);
        }
    }
}


/* A link to the page of an author, by its address. */

static unsigned
article_names_is_link(article_page_t *page, const article_line_t *line)
{
    size_t           i;
    article_slice_t  path, name;

    static const char *const  names[] = {
        "/author", "/autor", "/auteur", "/contributor", "/journalist",
        "/people/", "/staff/", "/writers/", "/reporter", "/profile/",
        "/team/", "/by/", "/redakt", "/penulis", "/yazar"
    };

    if (line->link == NULL || line->link_chars * 2 < line->chars) {
        return 0;
    }

    path = article_url_path(article_page_url(page,
                                             article_link_href(line->link)));

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        name = (article_slice_t) { names[i], strlen(names[i]) };

        if (article_slice_find(path, name) != NULL) {
            return 1;
        }
    }

    return 0;
}


/* What the page says its site is called, and its host. */

static void
article_names_sites(article_page_t *page, article_sites_t *sites)
{
    size_t            i;
    article_head_t   *head;
    article_slice_t   host, names[ARTICLE_SITES];

    head = &page->head;
    host = article_url_host(page->urls.page);

    if (article_slice_starts_case(host, article_literal("www."))) {
        host.data += 4;
        host.len -= 4;
    }

    names[0] = head->site_name;
    names[1] = head->application;
    names[2] = head->publisher;
    names[3] = head->ld_publisher;
    names[4] = host;

    for (i = host.len; i > 0 && host.data[i - 1] != '.'; i--) { /* void */ }

    host.len = i ? i - 1 : 0;
    names[5] = host;

    for (i = host.len; i > 0 && host.data[i - 1] != '.'; i--) { /* void */ }

    host.data += i;
    host.len -= i;
    names[6] = host;

    sites->number = 0;

    for (i = 0; i < ARTICLE_SITES; i++) {
        if (names[i].len != 0) {
            sites->name[sites->number++] = article_text_plain(page->arena,
                                                              names[i]);
        }
    }
}


/* desks: "MDR THÜRINGEN" is the site "MDR" as well. */

static unsigned
article_names_is_site(article_page_t *page, const article_sites_t *sites,
    article_slice_t name, unsigned desks)
{
    unsigned         i;
    article_slice_t  plain;

    plain = article_text_plain(page->arena, name);

    for (i = 0; i < sites->number; i++) {
        if (article_slice_equal(plain, sites->name[i])
            || (desks && article_slice_starts(plain, sites->name[i])))
        {
            return 1;
        }
    }

    return 0;
}

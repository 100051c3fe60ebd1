/*
 * Copyright (C) the authors named in LICENSE
 *
 * The sections that a home page's main menu leads to, so that who starts
 * there reaches every listing.
 */

#include "kind.h"
#include "paths.h"
#include "url_host.h"


/* A section's name, in characters and words; longer links are headlines. */
#define ARTICLE_SECTION_CHARS  48
#define ARTICLE_SECTION_WORDS  9
#define ARTICLE_SECTION_LEAST  2

/* Fewer links in a row are no menu. */
#define ARTICLE_MENU_LEAST     4

/* ... of those that classes and tags call so. */
#define ARTICLE_MENU_CALLED    2


static unsigned article_menu_named(article_page_t *page);
static void article_menu_run(article_page_t *page);
static unsigned article_menu_is_row(const article_line_t *line);
static void article_menu_add(article_page_t *page,
    const article_element_t *element);
static article_slice_t article_menu_decoded(article_page_t *page,
    article_slice_t path);


void
article_menu_read(article_page_t *page)
{
    page->sections = article_arena_alloc(page->arena, ARTICLE_SECTIONS_MOST
                                                   * sizeof(article_item_t));
    if (page->sections == NULL) {
        return;
    }

    if (!article_menu_named(page)) {
        page->sections_number = 0;
        article_menu_run(page);
    }
}


/* What tags and classes call navigation. */

static unsigned
article_menu_named(article_page_t *page)
{
    uint32_t            e;
    article_element_t  *element;

    for (e = 0; e < page->blocks.elements; e++) {
        element = &page->blocks.element[e];

        if (element->tag == LXB_TAG_A && (element->flags & ARTICLE_IN_NAV)
            && !(element->flags & (ARTICLE_IN_FOOTER|ARTICLE_IN_RELATED
                                   |ARTICLE_IN_TOOLS|ARTICLE_IN_AD)))
        {
            article_menu_add(page, element);
        }
    }

    return page->sections_number >= ARTICLE_MENU_CALLED;
}


/* Else the longest row of short links above the first headline. */

static void
article_menu_run(article_page_t *page)
{
    uint32_t            e, i, last, links, most, from, to, start;
    article_line_t     *line;
    article_element_t  *element;

    last = page->blocks.lines;
    links = 0;
    most = 0;
    start = 0;
    from = 0;
    to = 0;

    for (i = 0; i < last; i++) {
        line = &page->blocks.line[i];

        if (!article_menu_is_row(line)) {
            if (line->links && line->words > ARTICLE_SECTION_WORDS
                && most >= ARTICLE_MENU_LEAST)
            {
                break;
            }

            links = 0;
            continue;
        }

        if (links == 0) {
            start = i;
        }

        links += line->links;

        if (links > most) {
            most = links;
            from = start;
            to = i + 1;
        }
    }

    if (most < ARTICLE_MENU_LEAST) {
        return;
    }

    for (e = 0; e < page->blocks.elements; e++) {
        element = &page->blocks.element[e];

        if (element->tag == LXB_TAG_A && element->line >= from
            && element->line < to)
        {
            article_menu_add(page, element);
        }
    }
}


/* One short link, or several of them with marks between. */

static unsigned
article_menu_is_row(const article_line_t *line)
{
    return line->links && line->link_chars * 4 >= line->chars * 3
           && line->words <= line->links * ARTICLE_SECTION_WORDS
           && line->chars / line->links <= ARTICLE_SECTION_CHARS
           && line->heading == 0 && !(line->any & ARTICLE_IN_FOOTER);
}


static void
article_menu_add(article_page_t *page, const article_element_t *element)
{
    uint32_t         i;
    size_t           chars;
    article_item_t  *section;
    article_slice_t  href, title, url, host;

    href = article_link_href(element->node);

    if (page->sections_number == ARTICLE_SECTIONS_MOST || href.len == 0
        || article_is_file_reference(href, NULL)
        || article_page_is_self(page, element->node))
    {
        return;
    }

    title = article_trim(article_node_text(page->arena, element->node),
                         "|\xc2\xbb-+");
    chars = article_count_chars(title);

    if (chars < ARTICLE_SECTION_LEAST || chars > ARTICLE_SECTION_CHARS
        || article_count_words(title) > ARTICLE_SECTION_WORDS
        || article_kind_names_service(page, title))
    {
        return;
    }

    url = article_page_url(page, href);
    host = article_url_host(article_page_url(page, article_literal("/")));

    if (url.len == 0
        || (host.len && !article_slice_equal_case(article_url_host(url), host))
        || article_path_is_root(article_url_path(url))
        || !article_path_allowed(page->options->portal,
                                 article_menu_decoded(page,
                                                      article_url_path(url))))
    {
        return;
    }

    for (i = 0; i < page->sections_number; i++) {
        if (article_slice_equal(page->sections[i].url, url)) {
            return;
        }
    }

    section = &page->sections[page->sections_number++];

    *section = (article_item_t) { .title = title, .url = url };
}


/* The path as article_path_allowed() wants it: no arguments, decoded. */

static article_slice_t
article_menu_decoded(article_page_t *page, article_slice_t path)
{
    size_t  i;

    for (i = 0; i < path.len && path.data[i] != '?'; i++) {
        /* void */
    }

    path.len = i;

    return article_url_decode(page->arena, path);
}

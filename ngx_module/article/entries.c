/*
 * Copyright (C) the authors named in LICENSE
 *
 * Repeated entries: siblings each of which has one link that stands as a
 * line of its own, the title of another page.
 */

#include <string.h>

#include "page.h"


/* Fewer siblings are no list. */
#define ARTICLE_ENTRIES_LEAST  3

/* A title has as many words, and little text beside its link: a date. */
#define ARTICLE_ENTRY_WORDS    3
#define ARTICLE_ENTRY_BESIDE   30

/* So many lines behind a bare title are its date and teaser. */
#define ARTICLE_ENTRY_LINES    3


/* An entry with more text than this, in characters, is an article. */
#define ARTICLE_ENTRY_TEXT     1500

/* A link with so many characters beside it and a full stop is a sentence. */
#define ARTICLE_ENTRY_SENTENCE  8


typedef struct {
    uint32_t  *next;            /* the first title line at or behind a line */
    uint64_t  *plain;           /* unlinked characters above a line */
} article_titles_t;


static int article_entries_titles(article_page_t *page,
    article_titles_t *titles);
static unsigned article_entry_is_title(article_page_t *page,
    const article_line_t *line);
static void article_entries_of(article_page_t *page,
    const article_titles_t *titles, uint32_t parent);
static uint32_t article_entry_title(article_page_t *page,
    const article_titles_t *titles, uint32_t child);
static void article_entry_add(article_page_t *page,
    const article_titles_t *titles, uint32_t parent, uint32_t child,
    uint32_t title, unsigned loose);


void
article_listing_mark(article_page_t *page)
{
    uint32_t          e;
    article_titles_t  titles;

    if (article_entries_titles(page, &titles) != 0) {
        return;
    }

    for (e = 0; e < page->blocks.elements; e++) {
        if (page->blocks.element[e].line_end - page->blocks.element[e].line
            >= ARTICLE_ENTRIES_LEAST)
        {
            article_entries_of(page, &titles, e);
        }
    }
}


static int
article_entries_titles(article_page_t *page, article_titles_t *titles)
{
    uint32_t         i, n, next;
    uint64_t         plain;
    article_line_t  *line;

    n = page->blocks.lines;

    titles->next = article_arena_alloc(page->arena,
                                       (n + 1) * sizeof(uint32_t));
    page->entry = article_arena_alloc(page->arena,
                                      (n + 1) * sizeof(article_entry_t));
    titles->plain = article_arena_alloc(page->arena,
                                        (n + 1) * sizeof(uint64_t));

    if (titles->next == NULL || titles->plain == NULL || page->entry == NULL) {
        return -1;
    }

    plain = 0;

    for (i = 0; i < n; i++) {
        line = &page->blocks.line[i];
        titles->plain[i] = plain;
        plain += line->chars - line->link_chars;
    }

    titles->plain[n] = plain;

    next = n;
    titles->next[n] = n;

    for (i = n; i-- > 0; ) {
        if (article_entry_is_title(page, &page->blocks.line[i])) {
            next = i;
        }

        titles->next[i] = next;
    }

    return 0;
}


static unsigned
article_entry_is_title(article_page_t *page, const article_line_t *line)
{
    article_slice_t  href;

    if (line->link == NULL || line->words < ARTICLE_ENTRY_WORDS
        || line->link_chars < 12
        || line->chars - line->link_chars > ARTICLE_ENTRY_BESIDE
        || line->link_chars * 2 < line->chars
        || (line->ends && line->chars - line->link_chars
                          >= ARTICLE_ENTRY_SENTENCE)
        || (line->marker != ARTICLE_MARKER_NONE && line->exact))
    {
        return 0;
    }

    href = article_link_href(line->link);

    /* a heading that is a link is a title even where a script opens it */

    if (line->heading > 1 && line->link_chars == line->chars
        && !article_is_file_reference(href, NULL))
    {
        return 1;
    }

    return href.len && href.data[0] != '#'
           && !article_slice_starts_case(href, article_literal("javascript:"))
           && !article_slice_starts_case(href, article_literal("mailto:"))
           && !article_is_file_reference(href, NULL)
           && !article_page_is_self(page, line->link);
}


static void
article_entries_of(article_page_t *page, const article_titles_t *titles,
    uint32_t parent)
{
    uint32_t            c, found, children, title;
    unsigned            loose;
    article_element_t  *element;

    element = page->blocks.element;
    found = 0;
    children = 0;

    for (c = parent + 1; c < element[parent].end; c = element[c].end) {

        if (element[c].line >= element[c].line_end) {
            continue;
        }

        children++;
        found += article_entry_title(page, titles, c) != ARTICLE_NONE;
    }

    if (found < ARTICLE_ENTRIES_LEAST) {
        return;
    }

    /* amid paragraphs only the links themselves are entries */

    loose = found * 4 >= children;

    for (c = parent + 1; c < element[parent].end; c = element[c].end) {

        if (element[c].line >= element[c].line_end) {
            continue;
        }

        title = article_entry_title(page, titles, c);

        if (title != ARTICLE_NONE) {
            article_entry_add(page, titles, parent, c, title, loose);
        }
    }
}


/* The only title link of a child; NONE: it has none or several. */

static uint32_t
article_entry_title(article_page_t *page, const article_titles_t *titles,
    uint32_t child)
{
    uint32_t            first, i, end;
    article_slice_t     href;
    article_element_t  *element;

    element = &page->blocks.element[child];
    end = element->line_end;
    first = titles->next[element->line];

    if (first >= end || page->blocks.line[first].item
        || titles->plain[end] - titles->plain[element->line]
           > ARTICLE_ENTRY_TEXT)
    {
        return ARTICLE_NONE;
    }

    href = article_link_href(page->blocks.line[first].link);

    for (i = titles->next[first + 1]; i < end; i = titles->next[i + 1]) {
        if (href.len && href.data[0] != '#'
            && article_slice_equal(href,
                           article_link_href(page->blocks.line[i].link)))
        {
            continue;
        }

        if (!article_slice_equal(page->blocks.line[first].text,
                                 page->blocks.line[i].text))
        {
            return ARTICLE_NONE;
        }
    }

    return first;
}


static void
article_entry_add(article_page_t *page, const article_titles_t *titles,
    uint32_t parent, uint32_t child, uint32_t title, unsigned loose)
{
    uint32_t            i, to, limit;
    article_entry_t    *entry;
    article_element_t  *element;

    element = &page->blocks.element[child];
    to = element->line_end;

    /* <h3><a></h3><p>teaser</p> in a row, without a wrapper */

    if (loose && element->line_end - element->line <= 2) {

        limit = titles->next[to];

        if (limit > page->blocks.element[parent].line_end) {
            limit = page->blocks.element[parent].line_end;
        }

        while (to < limit && to < element->line_end + ARTICLE_ENTRY_LINES
               && !page->blocks.line[to].item
               && page->blocks.line[to].heading == 0)
        {
            to++;
        }
    }

    entry = &page->entry[page->entries++];

    entry->group = parent;
    entry->element = child;
    entry->title = title;
    entry->from = element->line;
    entry->to = to;

    for (i = entry->from; i < to; i++) {
        page->blocks.line[i].item = 1;
    }
}

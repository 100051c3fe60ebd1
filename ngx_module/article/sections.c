/*
 * Copyright (C) the authors named in LICENSE
 *
 * Labelled lists and boxes ("Tin cùng chuyên mục", "Ý kiến bạn đọc"): the
 * label's block, or what follows it, is no part of any article.
 */

#include <string.h>

#include "page.h"


/* A label, and a link beside it ("Xem tất cả"), are no list yet. */
#define ARTICLE_SECTION_HEAD    2

/* A notice, a price list, a poll are no longer, in characters. */
#define ARTICLE_SECTION_SMALL   1200

/* Text this long, with less than a third of it linked, is a teaser or more. */
#define ARTICLE_SECTION_TEXT    60
#define ARTICLE_SECTION_LINKED  3


static unsigned article_section_label(const article_line_t *line);
static uint32_t article_section_box(article_page_t *page, uint32_t n);
static unsigned article_section_is_list(article_page_t *page, uint32_t from,
    uint32_t to);
static unsigned article_section_is_small(article_page_t *page, uint32_t n,
    uint32_t to);
static unsigned article_section_is_teaser(article_page_t *page,
    uint32_t link, uint32_t n);
static void article_section_following(article_page_t *page, uint32_t n,
    uint32_t box);
static void article_section_cut(article_page_t *page, uint32_t from,
    uint32_t to, const char *why);


void
article_sections_mark(article_page_t *page)
{
    uint32_t            i, box;
    article_line_t     *line;
    article_element_t  *element;

    for (i = 0; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_NONE || !article_section_label(line)
            || article_line_is_sentence(&page->blocks, line))
        {
            continue;
        }

        box = article_section_box(page, i);
        element = &page->blocks.element[box];

        if (element->line == i && element->line_end > i + 1
            && (line->marker == ARTICLE_MARKER_COMMENT
                || line->marker == ARTICLE_MARKER_WIDGET
                || line->marker == ARTICLE_MARKER_POLL
                || article_section_is_list(page, i + 1, element->line_end)))
        {
            article_section_cut(page, i, element->line_end,
                                article_marker_word(line->marker));
            continue;
        }

        article_section_following(page, i, box);
    }
}


static unsigned
article_section_label(const article_line_t *line)
{
    if (!line->exact) {
        return 0;
    }

    switch (line->marker) {

    case ARTICLE_MARKER_WIDGET:
        /* a link of that name is a menu's */
        return line->link_chars == 0;

    case ARTICLE_MARKER_COMMENT:
        /* "Trả lời:" opens an answer, "Trả lời" a reply to a comment */
        return !article_slice_starts_case(line->text,
                                          article_literal("Trả lời"))
               && line->link_chars == 0;

    case ARTICLE_MARKER_RELATED:
    case ARTICLE_MARKER_LATEST:
    case ARTICLE_MARKER_BY_DATE:
    case ARTICLE_MARKER_LINKS:
    case ARTICLE_MARKER_POLL:
        return 1;
    default:
        return 0;
    }
}


/*
 * The highest element that begins with the label, holds no title and is a
 * list; else the highest that holds the label alone.
 */

static uint32_t
article_section_box(article_page_t *page, uint32_t n)
{
    uint32_t            e, parent, box;
    article_element_t  *element;

    e = page->blocks.line[n].element;
    box = e;

    while (e) {
        element = &page->blocks.element[e];

        if (element->line_end == n + 1
            || article_section_is_list(page, n + 1, element->line_end)
            || article_section_is_small(page, n, element->line_end))
        {
            box = e;
        }

        /* what stands beside a box that has a list is not the label's */

        if (element->line_end > n + ARTICLE_SECTION_HEAD) {
            break;
        }

        parent = element->parent;
        element = &page->blocks.element[parent];

        if (element->line != n || parent == 0
            || (page->title != ARTICLE_NONE && page->title >= element->line
                && page->title < element->line_end))
        {
            break;
        }

        e = parent;
    }

    return box;
}


/*
 * Links, dates and teasers, not an article that happens to begin so: running
 * text stands in repeated entries or right behind a link alone.
 */

static unsigned
article_section_is_list(article_page_t *page, uint32_t from, uint32_t to)
{
    uint32_t         i, links, last;
    article_line_t  *line;

    links = 0;
    last = ARTICLE_NONE;

    for (i = from; i < to; i++) {
        line = &page->blocks.line[i];

        if (line->link_chars * 2 > line->chars) {
            links++;
            last = i;

        } else if (!line->item && line->chars >= ARTICLE_SECTION_TEXT
                   && line->link_chars * ARTICLE_SECTION_LINKED < line->chars)
        {
            if (last == ARTICLE_NONE
                || !article_section_is_teaser(page, last, i))
            {
                return 0;
            }

            last = ARTICLE_NONE;
        }
    }

    return links != 0;
}


/* A widget's or poll's own few words below its label. */

static unsigned
article_section_is_small(article_page_t *page, uint32_t n, uint32_t to)
{
    uint32_t  i, chars;

    if (page->blocks.line[n].marker != ARTICLE_MARKER_WIDGET
        && page->blocks.line[n].marker != ARTICLE_MARKER_POLL)
    {
        return 0;
    }

    chars = 0;

    for (i = n + 1; i < to; i++) {
        chars += page->blocks.line[i].chars;
    }

    return chars <= ARTICLE_SECTION_SMALL;
}


/* The text at line n is the teaser of the link before: they stand alone. */

static unsigned
article_section_is_teaser(article_page_t *page, uint32_t link, uint32_t n)
{
    uint32_t            i, links;
    article_line_t     *line;
    article_element_t  *element;

    element = &page->blocks.element[article_blocks_common(&page->blocks, link,
                                                          n + 1)];
    if (n > link + 3) {
        return 0;
    }

    links = 0;

    for (i = element->line; i < element->line_end; i++) {
        line = &page->blocks.line[i];
        links += line->link_chars * 2 > line->chars;
    }

    return links <= 2;
}


/* The label stands alone: the lists that follow it in its parent go. */

static void
article_section_following(article_page_t *page, uint32_t n, uint32_t box)
{
    uint32_t            i, end, stop, e;
    article_line_t     *line, *label;
    article_element_t  *parent;

    label = &page->blocks.line[n];
    parent = &page->blocks.element[page->blocks.element[box].parent];
    stop = parent->line_end;

    label->role = ARTICLE_ROLE_CUT;
    label->why = article_marker_word(label->marker);

    if (label->marker == ARTICLE_MARKER_COMMENT) {
        article_section_cut(page, n, stop, label->why);
        return;
    }

    if (page->blocks.element[box].tag == LXB_TAG_TD) {
        return;                         /* what follows is another column */
    }

    i = n + 1;

    while (i < stop) {
        line = &page->blocks.line[i];

        if (line->heading || article_section_label(line)) {
            break;
        }

        /* the child of the parent that begins here, or the line alone */

        e = line->element;

        while (page->blocks.element[e].parent != (uint32_t)
               (parent - page->blocks.element) && e
               && page->blocks.element[e].parent != e)
        {
            e = page->blocks.element[e].parent;
        }

        end = i + 1;

        if (e && page->blocks.element[e].line == i
            && page->blocks.element[e].line_end > i
            && page->blocks.element[e].line_end <= stop)
        {
            end = page->blocks.element[e].line_end;
        }

        if (page->title != ARTICLE_NONE && page->title >= i
            && page->title < end)
        {
            break;
        }

        if (!article_section_is_list(page, i, end)
            && !(line->chars < 30 && !line->ends && end == i + 1))
        {
            break;
        }

        article_section_cut(page, i, end, label->why);
        i = end;
    }
}


static void
article_section_cut(article_page_t *page, uint32_t from, uint32_t to,
    const char *why)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = from; i < to; i++) {
        line = &page->blocks.line[i];

        if (page->title != ARTICLE_NONE && i >= page->title
            && i < page->title_end)
        {
            continue;
        }

        line->role = ARTICLE_ROLE_CUT;
        line->why = why;
    }
}

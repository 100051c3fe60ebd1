/*
 * Copyright (C) the authors named in LICENSE
 *
 * What has been learned of a portal keeps its lists out of the article: a
 * block of the plan that still looks like the list it was is none of it.
 */

#include "page.h"


/* Text this long outside links is no part of a list, with sentences in it. */
#define ARTICLE_LEARNED_TEXT  300


static void article_learned_block(lxb_dom_node_t *node,
    article_slice_t heading, unsigned min_links, void *data);
static unsigned article_learned_is_list(article_page_t *page,
    const article_element_t *element, unsigned min_links);


void
article_learned_mark(article_page_t *page)
{
    article_portal_learned(page->options->portal, page->blocks.root,
                           article_learned_block, page);
}


void
article_learned_method(article_page_t *page)
{
    uint32_t  i;

    for (i = page->start; i < page->end && !page->ruled; i++) {
        if (page->blocks.line[i].learned) {
            page->facts.method = "learned";
            return;
        }
    }
}


static void
article_learned_block(lxb_dom_node_t *node, article_slice_t heading,
    unsigned min_links, void *data)
{
    uint32_t            i;
    article_page_t     *page;
    article_line_t     *line;
    article_element_t  *element;

    page = data;
    element = article_blocks_element(&page->blocks, node);

    if (element == NULL || element->line == element->line_end) {
        return;
    }

    line = &page->blocks.line[element->line];

    if (heading.len != 0
        && !article_slice_equal(article_page_fold(page, line->text), heading))
    {
        return;
    }

    if (!article_learned_is_list(page, element, min_links)) {
        return;
    }

    for (i = element->line; i < element->line_end; i++) {
        line = &page->blocks.line[i];
        line->learned = line->role == ARTICLE_ROLE_NONE;
        line->role = ARTICLE_ROLE_CUT;
        line->why = "learned";
    }
}


static unsigned
article_learned_is_list(article_page_t *page,
    const article_element_t *element, unsigned min_links)
{
    uint32_t               i;
    unsigned               links;
    const article_line_t  *line;

    links = 0;

    for (i = element->line; i < element->line_end; i++) {
        line = &page->blocks.line[i];

        if ((page->title != ARTICLE_NONE && i >= page->title
             && i < page->title_end)
            || line->chars - line->link_chars >= ARTICLE_LEARNED_TEXT)
        {
            return 0;
        }

        links += line->links;
    }

    return links >= min_links;
}

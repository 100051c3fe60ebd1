/*
 * Copyright (C) the authors named in LICENSE
 *
 * content_text: the kept lines, in reading order.
 */

#include "page.h"
#include "render.h"


static uint32_t article_render_row(article_page_t *page, uint32_t element);


unsigned
article_render_keeps(const article_line_t *line)
{
    return line->role == ARTICLE_ROLE_BODY || line->role == ARTICLE_ROLE_SAPO;
}


void
article_render_text(article_page_t *page)
{
    uint32_t         i, row, last_row;
    article_buf_t    buf;
    article_line_t  *line, *last;

    article_buf_init(&buf, page->arena);

    last = NULL;
    last_row = ARTICLE_NONE;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (!article_render_keeps(line)) {
            continue;
        }

        row = line->flags & ARTICLE_IN_CELL
              ? article_render_row(page, line->element) : ARTICLE_NONE;

        if (last == NULL) {
            /* void */

        } else if (row != ARTICLE_NONE && row == last_row
                   && line->element != last->element)
        {
            article_buf_append(&buf, " | ", 3);

        } else if (((line->flags & ARTICLE_LINE_SOFT)
                    && line->element == last->element)
                   || (row != ARTICLE_NONE && last_row != ARTICLE_NONE))
        {
            article_buf_append_char(&buf, '\n');

        } else {
            article_buf_append(&buf, "\n\n", 2);
        }

        article_buf_append_slice(&buf, line->text);
        page->facts.words += line->words;

        last = line;
        last_row = row;
    }

    page->facts.text = article_buf_slice(&buf);
}


/* The row of the innermost data table; NONE: no such table. */

static uint32_t
article_render_row(article_page_t *page, uint32_t element)
{
    uint32_t  e, row;

    row = ARTICLE_NONE;

    for (e = element; e && e != page->root; e = page->blocks.element[e].parent)
    {
        if (page->blocks.element[e].tag == LXB_TAG_TR && row == ARTICLE_NONE) {
            row = e;
        }

        if (page->blocks.element[e].tag == LXB_TAG_TABLE) {
            return article_render_is_data(page, e) ? row : ARTICLE_NONE;
        }
    }

    return ARTICLE_NONE;
}


unsigned
article_render_is_data(article_page_t *page, uint32_t table)
{
    uint32_t            e, c, cells, rows;
    article_element_t  *element, *row;

    element = &page->blocks.element[table];
    rows = 0;

    for (e = table + 1; e < element->end; e++) {
        row = &page->blocks.element[e];

        if (row->tag != LXB_TAG_TR) {
            continue;
        }

        cells = 0;

        for (c = e + 1; c < row->end; c = page->blocks.element[c].end) {
            cells += page->blocks.element[c].line
                     < page->blocks.element[c].line_end;
        }

        if (cells >= 2 && ++rows >= 2) {
            return 1;
        }
    }

    return 0;
}

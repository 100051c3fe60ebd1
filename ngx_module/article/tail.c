/*
 * Copyright (C) the authors named in LICENSE
 *
 * What portals put below a text, in its own container, without a label that
 * is known: tools, widgets in English, heads of lists that went.
 */

#include <string.h>

#include "leak.h"


/* Tools are in lines so short, with so great a part of them links. */
#define ARTICLE_TAIL_TOOLS   80
#define ARTICLE_TAIL_LINKED  3

/* Fewer words without a mark are a name or an abbreviation. */
#define ARTICLE_TAIL_WORDS   3


static const char *article_tail_unwanted(article_page_t *page, uint32_t n);
static unsigned article_tail_is_loading(article_page_t *page,
    const article_line_t *line);


void
article_tail_trim(article_page_t *page)
{
    uint32_t         i, last, marked, plain;
    const char      *why;
    article_line_t  *line;

    last = page->start;
    marked = 0;
    plain = 0;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->value == 0 || (line->role != ARTICLE_ROLE_BODY
                                 && line->role != ARTICLE_ROLE_SAPO))
        {
            continue;
        }

        if (article_is_vietnamese(line->text)) {
            marked += line->value;
            last = i + 1;

        } else {
            plain += line->value;
        }
    }

    if (marked <= plain) {
        return;                         /* no Vietnamese */
    }

    /* upwards: a head goes when nothing is left below it */

    for (i = page->end; i-- > last; ) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY) {
            continue;
        }

        why = article_tail_unwanted(page, i);

        if (why == NULL) {
            if ((line->heading == 0
                 && !article_slice_ends_case(line->text, article_literal(":")))
                || article_tail_has_picture(page, i))
            {
                break;
            }

            why = "a heading of nothing";
        }

        line->role = ARTICLE_ROLE_NONE;
        line->why = why;
    }
}


static const char *
article_tail_unwanted(article_page_t *page, uint32_t n)
{
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (article_blocks_in_row(&page->blocks, n)) {
        return NULL;
    }

    if (line->words >= ARTICLE_TAIL_WORDS && !article_is_vietnamese(line->text)
        && memchr(line->text.data, '@', line->text.len) == NULL)
    {
        return "no Vietnamese below the text";
    }

    if (article_tail_is_loading(page, line)) {
        return "something still to come";
    }

    if (line->link && line->value == 0 && !line->ends
        && line->chars <= ARTICLE_TAIL_TOOLS
        && line->link_chars * ARTICLE_TAIL_LINKED >= line->chars
        && !(line->flags & ARTICLE_IN_LIST)
        && !article_is_file_reference(article_link_href(line->link), NULL))
    {
        return "tools below the text";
    }

    return NULL;
}


/* 1 if a line is there until a script puts something in its place. */

static unsigned
article_tail_is_loading(article_page_t *page, const article_line_t *line)
{
    article_slice_t  fold;

    if (line->chars > ARTICLE_TAIL_TOOLS
        || !article_slice_ends_case(line->text, article_literal("...")))
    {
        return 0;
    }

    fold = article_page_fold_line(page, line);

    return article_slice_find(fold, article_page_fold(page,
                                  article_literal("đang tải"))) != NULL;
}


unsigned
article_tail_has_picture(article_page_t *page, uint32_t n)
{
    uint32_t  i;

    for (i = article_blocks_media(&page->blocks, n + 1);
         i < page->blocks.medias && page->blocks.media[i].line <= page->end;
         i++)
    {
        if (page->blocks.media[i].type == ARTICLE_MEDIA_IMAGE
            && page->blocks.media[i].kept)
        {
            return 1;
        }
    }

    return 0;
}

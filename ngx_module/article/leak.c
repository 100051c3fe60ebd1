/*
 * Copyright (C) the authors named in LICENSE
 *
 * The leak filter for all languages: what stands in the text's container and
 * in no paragraph of it.  The stream of the text tells boxes; where a box
 * stands, what it links to and what its classes say tell what it is.
 */

#include <string.h>

#include "leak.h"


/* A box below the text with this part of its length may be more of it ... */
#define ARTICLE_BOX_PART      8
/* ... unless more than this part of its own letters are links. */
#define ARTICLE_BOX_LINKED    4

/* Questions with answers: so many lines, of them so many questions. */
#define ARTICLE_BOX_ANSWERS   4
#define ARTICLE_BOX_QUESTIONS 2

/* Amid the text, a box with this part of links (two fifths) is a teaser. */
#define ARTICLE_CARD_LINKED   2
#define ARTICLE_CARD_OF       5
#define ARTICLE_CARD_LINES    12

/* A box of so few short lines is a label, a credit, a counter. */
#define ARTICLE_LABEL_LINES   2

/* A byline or a date that calls itself so is no longer. */
#define ARTICLE_NAMED_CHARS   120

/* Fewer entries are no list of links. */
#define ARTICLE_LIST_LEAST    3

/* Credits and calls stand among so many last lines. */
#define ARTICLE_LAST_LINES    4

/* What is remembered of an element, once as a lead's and once not. */
#define ARTICLE_WORD_ASKED    1u
#define ARTICLE_WORD_FOUND    2u
#define ARTICLE_WORD_BITS     2


typedef enum {
    ARTICLE_PLACE_ABOVE = 0,
    ARTICLE_PLACE_AMID,
    ARTICLE_PLACE_BELOW
} article_place_t;


typedef struct {
    uint32_t  element;
    uint32_t  from;             /* its lines */
    uint32_t  to;
    uint32_t  chars;
    uint32_t  link_chars;
    uint32_t  value;
    uint32_t  questions;
    uint32_t  entries;          /* lines in lists and tables */
} article_box_t;


static void article_leak_list(article_page_t *page,
    const article_stream_t *stream);
static void article_leak_last(article_page_t *page,
    const article_stream_t *stream);
static void article_leak_captions(article_page_t *page);
static unsigned article_leak_has_table(article_page_t *page, uint32_t e);
static void article_leak_box(article_page_t *page, uint32_t element,
    article_box_t *box);
static const char *article_leak_below(const article_stream_t *stream,
    const article_box_t *box);
static const char *article_leak_amid(article_page_t *page,
    const article_box_t *box, uint32_t n);
static unsigned article_leak_says(article_page_t *page,
    const article_stream_t *stream, uint32_t box, uint32_t n, unsigned lead);
static unsigned article_leak_asked(article_page_t *page,
    const article_stream_t *stream, uint32_t e, unsigned lead);
static unsigned article_leak_named(article_page_t *page,
    const article_line_t *line);


void
article_leak_boxes(article_page_t *page, const article_stream_t *stream)
{
    uint32_t         i, e;
    unsigned         lead;
    const char      *why;
    article_box_t    box;
    article_line_t  *line;
    article_place_t  place;

    article_leak_captions(page);

    box.element = ARTICLE_NONE;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        /* a caption that is left is a table's */

        if (line->role == ARTICLE_ROLE_BODY
            && (line->value == 0
                || (!line->ends && line->chars <= ARTICLE_NAMED_CHARS))
            && article_leak_named(page, line))
        {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = "a line of tools, by class";
            continue;
        }

        if ((line->role != ARTICLE_ROLE_BODY
             && (line->role != ARTICLE_ROLE_SAPO || i < stream->first))
            || (line->flags & ARTICLE_IN_FIGCAPTION)
            || article_stream_has(page, stream, i))
        {
            continue;
        }

        e = article_stream_box(page, stream, i);

        if (e == ARTICLE_NONE) {
            continue;
        }

        if (e != box.element) {
            article_leak_box(page, e, &box);
        }

        place = i < stream->first ? ARTICLE_PLACE_ABOVE
                : i > stream->last ? ARTICLE_PLACE_BELOW
                : ARTICLE_PLACE_AMID;

        /* what calls itself a teaser may be the lead */

        lead = place == ARTICLE_PLACE_ABOVE && line->value;

        why = NULL;

        if (article_leak_says(page, stream, e, i, lead)) {
            why = "in a box of tools, by class";

        } else if (place == ARTICLE_PLACE_BELOW) {
            why = article_leak_below(stream, &box);

        } else if (place == ARTICLE_PLACE_AMID) {
            why = article_leak_amid(page, &box, i);

        } else if (line->value == 0 && !line->heading) {
            why = "a short line above the text";
        }

        if (why) {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = why;
        }
    }

    article_leak_list(page, stream);
    article_leak_last(page, stream);
}


void
article_leak_labels(article_page_t *page)
{
    uint32_t         i;
    const char      *why;
    article_line_t  *line;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY) {
            continue;
        }

        why = article_leak_label(line);

        if (why) {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = why;
        }
    }
}


/* A list at the end whose entries are links in good part. */

static void
article_leak_list(article_page_t *page, const article_stream_t *stream)
{
    uint32_t         i, from, to, entries;
    article_line_t  *line;

    entries = 0;
    from = page->end;
    to = page->end;

    for (i = page->end; i-- > stream->first + 1; ) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY) {
            continue;
        }

        if (!(line->flags & ARTICLE_IN_LIST) || line->ends
            || line->link_chars * ARTICLE_BOX_LINKED < line->chars)
        {
            break;
        }

        from = i;
        entries++;
    }

    if (entries < ARTICLE_LIST_LEAST) {
        return;
    }

    for (i = from; i < to; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY) {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = "a list of links below the text";
        }
    }
}


/* From the last line up: headings of nothing, credits, calls. */

static void
article_leak_last(article_page_t *page, const article_stream_t *stream)
{
    uint32_t         i;
    unsigned         lines, below;
    const char      *why;
    article_line_t  *line;

    lines = 0;
    below = 0;

    for (i = page->end; i-- > stream->first + 1
                        && lines < ARTICLE_LAST_LINES; ) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY
            && line->role != ARTICLE_ROLE_SAPO)
        {
            continue;
        }

        why = article_leak_phrase(line);

        if (why == NULL && !below
            && (line->heading || (line->value == 0
                 && article_slice_ends_case(line->text,
                                            article_literal(":"))))
            && !article_tail_has_picture(page, i))
        {
            why = "a heading of nothing";
        }

        if (why == NULL) {
            below = 1;
            lines++;
            continue;
        }

        line->role = ARTICLE_ROLE_LEAK;
        line->why = why;
    }
}


/* A <figcaption> that belongs to no picture that was kept, and no table. */

static void
article_leak_captions(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if ((line->role == ARTICLE_ROLE_BODY
             || line->role == ARTICLE_ROLE_SAPO)
            && (line->flags & ARTICLE_IN_FIGCAPTION)
            && !article_leak_has_table(page, line->element))
        {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = "caption of nothing that is kept";
        }
    }
}


/* 1 if the <figure> around an element holds cells of a table. */

static unsigned
article_leak_has_table(article_page_t *page, uint32_t e)
{
    uint32_t            i;
    article_element_t  *element;

    element = page->blocks.element;

    while (e && element[e].tag != LXB_TAG_FIGURE) {
        e = element[e].parent;
    }

    for (i = element[e].line; e && i < element[e].line_end; i++) {
        if (page->blocks.line[i].flags & ARTICLE_IN_CELL) {
            return 1;
        }
    }

    return 0;
}


static void
article_leak_box(article_page_t *page, uint32_t element, article_box_t *box)
{
    uint32_t            i;
    article_line_t     *line;
    article_element_t  *e;

    e = &page->blocks.element[element];

    memset(box, 0, sizeof(*box));

    box->element = element;
    box->from = e->line;
    box->to = e->line_end;

    for (i = box->from; i < box->to; i++) {
        line = &page->blocks.line[i];

        box->chars += line->chars;
        box->link_chars += line->link_chars;
        box->value += line->value;
        box->questions += article_slice_ends_case(line->text,
                                                  article_literal("?"));
        box->entries += (line->flags & (ARTICLE_IN_LIST|ARTICLE_IN_CELL))
                        != 0;
    }
}


/*
 * Below the last paragraph: all boxes, but for one that is long and prose,
 * for questions with answers, and for lists and tables without links.
 */

static const char *
article_leak_below(const article_stream_t *stream, const article_box_t *box)
{
    unsigned  linked;

    linked = box->link_chars * ARTICLE_BOX_LINKED > box->chars;

    if (!linked && box->value * ARTICLE_BOX_PART > stream->value) {
        return NULL;
    }

    if (box->questions >= ARTICLE_BOX_QUESTIONS
        && box->to - box->from >= ARTICLE_BOX_ANSWERS)
    {
        return NULL;
    }

    if (!linked && box->entries * 2 > box->to - box->from) {
        return NULL;
    }

    return "a box below the text";
}


static const char *
article_leak_amid(article_page_t *page, const article_box_t *box, uint32_t n)
{
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (line->flags & (ARTICLE_IN_CELL|ARTICLE_IN_LIST|ARTICLE_IN_QUOTE)) {
        return NULL;
    }

    if (box->link_chars * ARTICLE_CARD_OF > box->chars * ARTICLE_CARD_LINKED
        && box->to - box->from <= ARTICLE_CARD_LINES)
    {
        return "a box of links amid the text";
    }

    if (line->value == 0 && !line->heading && !line->ends
        && !(line->flags & (ARTICLE_IN_BOLD|ARTICLE_IN_CENTER))
        && box->to - box->from <= ARTICLE_LABEL_LINES)
    {
        return "a short box amid the text";
    }

    return NULL;
}


/* 1 if an element from the line up to its box says that it is no text. */

static unsigned
article_leak_says(article_page_t *page, const article_stream_t *stream,
    uint32_t box, uint32_t n, unsigned lead)
{
    uint32_t            e;
    article_line_t     *line;
    article_element_t  *element;

    line = &page->blocks.line[n];

    if (line->flags & ARTICLE_IN_CELL) {
        return 0;
    }

    for (e = line->element; ; e = element->parent) {
        element = &page->blocks.element[e];

        if ((element->own & (ARTICLE_IN_SIDE|ARTICLE_IN_RELATED|ARTICLE_IN_AD
                             |ARTICLE_IN_TAGS|ARTICLE_IN_AUTHOR
                             |ARTICLE_IN_CAPTION|ARTICLE_IN_FORM))
            || ((element->own & ARTICLE_IN_TOOLS) && line->value == 0)
            || article_leak_asked(page, stream, e, lead))
        {
            return 1;
        }

        if (e == box) {
            return 0;
        }
    }
}


/* article_leak_word(), asked once of an element however many lines it has. */

static unsigned
article_leak_asked(article_page_t *page, const article_stream_t *stream,
    uint32_t e, unsigned lead)
{
    unsigned   shift;
    uint8_t   *word;

    word = &stream->word[e];
    shift = lead ? ARTICLE_WORD_BITS : 0;

    if (((*word >> shift) & ARTICLE_WORD_ASKED) == 0) {
        *word |= (uint8_t) (ARTICLE_WORD_ASKED << shift);

        if (article_leak_word(page->blocks.element[e].node, lead)) {
            *word |= (uint8_t) (ARTICLE_WORD_FOUND << shift);
        }
    }

    return ((*word >> shift) & ARTICLE_WORD_FOUND) != 0;
}


/* 1 if a short line's own paragraph says that it is no text. */

static unsigned
article_leak_named(article_page_t *page, const article_line_t *line)
{
    article_element_t  *element;

    element = &page->blocks.element[line->element];

    return element->line_end - element->line == 1 && !line->heading
           && !(line->flags & (ARTICLE_IN_CELL|ARTICLE_IN_LIST))
           && ((element->own & (ARTICLE_IN_AUTHOR|ARTICLE_IN_DATE))
               || article_leak_word(element->node, 1));
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The stream of an article's text: which lines stand where its paragraphs
 * do.
 */

#include <string.h>

#include "leak.h"


/* So many kinds of elements are told apart; a page of prose has few. */
#define ARTICLE_STREAM_KINDS  32

/* A kind with this part of the running text (a fifth) is of the stream ... */
#define ARTICLE_STREAM_PART   5
/* ... and all such kinds together hold most of it (a half). */
#define ARTICLE_STREAM_MOST   2


typedef struct {
    article_slice_t  class;
    uint32_t         parent;    /* the element last seen of this kind */
    uint32_t         value;
    uint16_t         tag;
} article_kind_of_parent_t;


typedef struct {
    article_kind_of_parent_t  kind[ARTICLE_STREAM_KINDS];
    uint32_t                  kinds;
} article_stream_kinds_t;


static uint32_t article_stream_parent(const article_page_t *page, uint32_t n);
static unsigned article_stream_is_list(uint16_t tag);
static unsigned article_stream_is_paragraph(uint16_t tag);
static uint32_t article_stream_kind(const article_page_t *page,
    article_stream_kinds_t *kinds, uint32_t parent);
static unsigned article_stream_counts(const article_page_t *page,
    const article_kind_of_parent_t *kind, uint32_t total);
static unsigned article_stream_runs(const article_line_t *line);


unsigned
article_stream_find(article_page_t *page, article_stream_t *stream)
{
    uint32_t                 i, n, k, total;
    uint8_t                 *of;
    article_line_t          *line;
    article_stream_kinds_t   kinds;

    memset(stream, 0, sizeof(*stream));

    if (page->ruled || page->start >= page->end) {
        return 0;
    }

    n = page->end - page->start;

    of = article_arena_alloc(page->arena, n);
    stream->above = article_arena_alloc(page->arena,
                                        (n + 1) * sizeof(uint32_t));
    stream->word = article_arena_calloc(page->arena, page->blocks.elements);

    if (of == NULL || stream->above == NULL || stream->word == NULL) {
        return 0;
    }

    kinds.kinds = 0;
    total = 0;

    for (i = 0; i < n; i++) {
        line = &page->blocks.line[page->start + i];

        k = article_stream_kind(page, &kinds,
                                article_stream_parent(page, page->start + i));
        of[i] = (uint8_t) k;

        if (article_stream_runs(line)) {
            total += line->value;

            if (k < ARTICLE_STREAM_KINDS) {
                kinds.kind[k].value += line->value;
            }
        }
    }

    for (k = 0; k < kinds.kinds; k++) {
        if (!article_stream_counts(page, &kinds.kind[k], total)) {
            kinds.kind[k].value = 0;
        }

        stream->value += kinds.kind[k].value;
    }

    if (total == 0 || stream->value * ARTICLE_STREAM_MOST < total) {
        return 0;
    }

    stream->in = of;
    stream->above[0] = 0;
    stream->first = ARTICLE_NONE;

    for (i = 0; i < n; i++) {
        line = &page->blocks.line[page->start + i];
        of[i] = of[i] < ARTICLE_STREAM_KINDS && kinds.kind[of[i]].value;

        stream->above[i + 1] = stream->above[i];

        if (of[i] && article_stream_runs(line)) {
            stream->above[i + 1]++;
            stream->last = page->start + i;

            if (stream->first == ARTICLE_NONE) {
                stream->first = stream->last;
            }
        }
    }

    return 1;
}


unsigned
article_stream_has(const article_page_t *page, const article_stream_t *stream,
    uint32_t n)
{
    return stream->in[n - page->start];
}


uint32_t
article_stream_box(const article_page_t *page, const article_stream_t *stream,
    uint32_t n)
{
    uint32_t                  e, box, from, to;
    const article_element_t  *element;

    box = ARTICLE_NONE;

    for (e = page->blocks.line[n].element; e && e != page->root;
         e = element->parent)
    {
        element = &page->blocks.element[e];

        from = element->line > page->start ? element->line : page->start;
        to = element->line_end < page->end ? element->line_end : page->end;

        if (stream->above[to - page->start]
            != stream->above[from - page->start])
        {
            break;
        }

        box = e;
    }

    return box;
}


/*
 * 1 if a kind of element is the stream's or a part of it; one that calls
 * itself a tool or a widget must hold most of the text.
 */

static unsigned
article_stream_counts(const article_page_t *page,
    const article_kind_of_parent_t *kind, uint32_t total)
{
    uint32_t                  part;
    const article_element_t  *parent;

    parent = &page->blocks.element[kind->parent];

    part = (parent->own & (ARTICLE_IN_AGAINST|ARTICLE_IN_AUTHOR
                           |ARTICLE_IN_CAPTION))
           || article_leak_word(parent->node, 0)
           ? ARTICLE_STREAM_MOST : ARTICLE_STREAM_PART;

    return kind->value * part >= total;
}


static unsigned
article_stream_runs(const article_line_t *line)
{
    return line->value && (line->role == ARTICLE_ROLE_BODY
                           || line->role == ARTICLE_ROLE_SAPO);
}


/* The element among whose children a line's paragraph or list is. */

static uint32_t
article_stream_parent(const article_page_t *page, uint32_t n)
{
    uint32_t                  e;
    const article_element_t  *element;

    e = page->blocks.line[n].element;
    element = page->blocks.element;

    if (article_stream_is_paragraph(element[e].tag)) {
        e = element[e].parent;
    }

    while (e && article_stream_is_list(element[e].tag)) {
        e = element[e].parent;
    }

    return e;
}


static unsigned
article_stream_is_paragraph(uint16_t tag)
{
    switch (tag) {
    case LXB_TAG_P:
    case LXB_TAG_H1:
    case LXB_TAG_H2:
    case LXB_TAG_H3:
    case LXB_TAG_H4:
    case LXB_TAG_H5:
    case LXB_TAG_H6:
    case LXB_TAG_PRE:
    case LXB_TAG_SPAN:
        return 1;
    default:
        return article_stream_is_list(tag);
    }
}


/* Tags that only give a paragraph a form: lists, quotes, tables. */

static unsigned
article_stream_is_list(uint16_t tag)
{
    switch (tag) {
    case LXB_TAG_UL:
    case LXB_TAG_OL:
    case LXB_TAG_LI:
    case LXB_TAG_DL:
    case LXB_TAG_DT:
    case LXB_TAG_DD:
    case LXB_TAG_BLOCKQUOTE:
    case LXB_TAG_TABLE:
    case LXB_TAG_THEAD:
    case LXB_TAG_TBODY:
    case LXB_TAG_TFOOT:
    case LXB_TAG_TR:
    case LXB_TAG_TD:
    case LXB_TAG_TH:
        return 1;
    default:
        return 0;
    }
}


/* The kind of an element, by tag and class; KINDS when there are too many. */

static uint32_t
article_stream_kind(const article_page_t *page, article_stream_kinds_t *kinds,
    uint32_t parent)
{
    uint32_t                   k;
    article_slice_t            class;
    article_kind_of_parent_t  *kind;
    const article_element_t   *element;

    for (k = 0; k < kinds->kinds; k++) {
        if (kinds->kind[k].parent == parent) {
            return k;
        }
    }

    element = &page->blocks.element[parent];
    class = article_node_attribute(element->node, article_literal("class"));

    for (k = 0; k < kinds->kinds; k++) {
        kind = &kinds->kind[k];

        if (kind->tag == element->tag
            && article_slice_equal(kind->class, class))
        {
            kind->parent = parent;
            return k;
        }
    }

    if (k == ARTICLE_STREAM_KINDS) {
        return k;
    }

    kind = &kinds->kind[kinds->kinds++];
    kind->tag = element->tag;
    kind->class = class;
    kind->parent = parent;
    kind->value = 0;

    return k;
}

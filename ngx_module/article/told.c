/*
 * Copyright (C) the authors named in LICENSE
 *
 * The text that JSON-LD tells (articleBody), where the page itself shows next
 * to none: pages that scripts make.
 */

#include <string.h>

#include "jsonld_text.h"
#include "page.h"
#include "plain.h"


/* A shorter articleBody is a lead; one not so many times the text is it. */
#define ARTICLE_TOLD_CHARS  600
#define ARTICLE_TOLD_TIMES  3

/* So much text of the page must for the greater part be in articleBody. */
#define ARTICLE_TOLD_LITTLE  500

/* A tag is no longer: what has no end is not looked for again and again. */
#define ARTICLE_TOLD_TAG  512

/* More paragraphs are no article's. */
#define ARTICLE_TOLD_MOST  2000


static unsigned article_told_wanted(article_page_t *page);
static unsigned article_told_paragraphs(article_page_t *page,
    lxb_dom_node_t *box);
static const char *article_told_tag(const char *p, const char *end,
    unsigned *inside);
static unsigned article_told_add(article_page_t *page, lxb_dom_node_t *box,
    article_slice_t text);


/* Tags within a paragraph. */

static const char *const  article_told_inline[] = {
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u"
};


lxb_dom_node_t *
article_told_insert(article_page_t *page)
{
    lxb_dom_node_t       *box, *beside;
    article_element_t    *element;
    lxb_dom_document_t   *document;

    if (!article_told_wanted(page)) {
        return NULL;
    }

    document = lxb_dom_interface_document(page->engine->document);
    box = lxb_dom_interface_node(lxb_dom_document_create_element(document,
                                       (const lxb_char_t *) "div", 3, NULL));

    if (box == NULL || !article_told_paragraphs(page, box)) {
        return NULL;
    }

    /* below the title, where dates and names are looked for above it */

    if (page->title != ARTICLE_NONE) {
        element = &page->blocks.element[page->blocks.line[page->title_end
                                                          - 1].element];
        beside = element->node;

        if (!(element->flags & ARTICLE_IN_AGAINST) && beside->parent
            && (element->own & ARTICLE_IN_HEADING))
        {
            lxb_dom_node_insert_after_wo_events(beside, box);
            return box;
        }
    }

    beside = lxb_dom_interface_node(page->engine->document->body);
    lxb_dom_node_insert_child_wo_events(beside, box);

    return box;
}


static unsigned
article_told_wanted(article_page_t *page)
{
    uint32_t          i, kept, found;
    article_line_t   *line;
    article_slice_t   told;

    told = page->head.ld.body;

    if (page->told || page->ruled || page->head.ld_article != 1
        || told.len < ARTICLE_TOLD_CHARS)
    {
        return 0;
    }

    kept = 0;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY
            || line->role == ARTICLE_ROLE_SAPO)
        {
            kept += (uint32_t) line->text.len;
        }
    }

    if ((uint64_t) kept * ARTICLE_TOLD_TIMES > told.len) {
        return 0;
    }

    if (kept < ARTICLE_TOLD_LITTLE) {
        return 1;
    }

    found = 0;
    told = article_text_plain(page->arena,
                              article_references(page->arena, told));

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if ((line->role == ARTICLE_ROLE_BODY
             || line->role == ARTICLE_ROLE_SAPO)
            && article_slice_find(told, article_text_plain(page->arena,
                                                           line->text)))
        {
            found += (uint32_t) line->text.len;
        }
    }

    return found * 2 > kept;
}


/* A <p> for each line, or what tags part; the rest of their names goes. */

static unsigned
article_told_paragraphs(article_page_t *page, lxb_dom_node_t *box)
{
    unsigned         n, inside;
    const char      *p, *end, *from, *next;
    article_buf_t    buf;

    p = page->head.ld.body.data;
    end = p + page->head.ld.body.len;
    n = 0;

    article_buf_init(&buf, page->arena);

    for (from = p; p <= end && n < ARTICLE_TOLD_MOST; p = next) {

        next = p + 1;
        inside = 0;

        if (p < end && *p == '<') {
            next = article_told_tag(p, end, &inside);

            if (next == p) {
                next = p + 1;
                continue;               /* "a < b" */
            }

        } else if (p < end && *p != '\n') {
            continue;
        }

        article_buf_append(&buf, from, (size_t) (p - from));
        from = next;

        if (!inside) {
            n += article_told_add(page, box, article_buf_slice(&buf));
            article_buf_init(&buf, page->arena);
        }
    }

    return n;
}


/* Behind a tag, or p when it is none; inside: it parts no paragraphs. */

static const char *
article_told_tag(const char *p, const char *end, unsigned *inside)
{
    size_t       i, len;
    const char  *name, *close;

    name = p + 1 + (p + 1 < end && p[1] == '/');
    len = 0;

    while (name + len < end && ((name[len] | 0x20) >= 'a'
                                && (name[len] | 0x20) <= 'z'))
    {
        len++;
    }

    close = memchr(p, '>', end - p < ARTICLE_TOLD_TAG ? (size_t) (end - p)
                                                      : ARTICLE_TOLD_TAG);

    if (len == 0 || close == NULL) {
        return p;
    }

    *inside = 0;

    for (i = 0; i < sizeof(article_told_inline) / sizeof(char *); i++) {
        *inside |= strlen(article_told_inline[i]) == len
                   && article_slice_equal_case(
                                     (article_slice_t) { name, len },
                                     (article_slice_t) {
                                         article_told_inline[i], len });
    }

    return close + 1;
}


static unsigned
article_told_add(article_page_t *page, lxb_dom_node_t *box,
    article_slice_t text)
{
    lxb_dom_node_t      *paragraph, *node;
    lxb_dom_document_t  *document;

    text = article_squeeze(page->arena, article_references(page->arena, text));

    if (text.data == NULL || text.len == 0) {
        return 0;
    }

    document = lxb_dom_interface_document(page->engine->document);

    paragraph = lxb_dom_interface_node(lxb_dom_document_create_element(
                               document, (const lxb_char_t *) "p", 1, NULL));
    node = lxb_dom_interface_node(lxb_dom_document_create_text_node(document,
                               (const lxb_char_t *) text.data, text.len));

    if (paragraph == NULL || node == NULL) {
        return 0;
    }

    lxb_dom_node_insert_child_wo_events(paragraph, node);
    lxb_dom_node_insert_child_wo_events(box, paragraph);

    return 1;
}

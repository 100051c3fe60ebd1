/*
 * Copyright (C) the authors named in LICENSE
 *
 * The DOM of a page: lexbor under limits.
 */

#ifndef ARTICLE_DOCUMENT_H_INCLUDED
#define ARTICLE_DOCUMENT_H_INCLUDED


#include <lexbor/html/html.h>
#include <lexbor/css/css.h>
#include <lexbor/selectors/selectors.h>

#include "arena.h"


typedef struct article_classes_s  article_classes_t;


struct article_engine_s {
    article_limits_t      limits;       /* no zero fields */
    article_arena_t      *arena;        /* reset at each public call */
    lxb_html_document_t  *document;     /* reused, cleaned at each parse */
    lxb_selectors_t      *selectors;    /* for portal files' selectors */
    article_classes_t    *classes;      /* class words, for the walk */

    /* NULL, or called at the end of each phase (phase.h) */
    void                (*phase)(void *data, unsigned phase);
    void                 *phase_data;
};


/*
 * Decodes the page (charset.h) and parses it into engine->document, fed in
 * chunks with the limits checked between.  The arena is reset first; *text
 * (or NULL) gets the decoded page, which lives in the arena or is the page.
 * Returns ARTICLE_OK, PAGE_TOO_LARGE, PAGE_TOO_COMPLEX, NO_MEMORY or
 * EMPTY_PAGE.
 */
article_reason_t article_document_parse(article_engine_t *engine,
    article_slice_t page, article_slice_t charset, article_slice_t *text);

/* The value of an attribute by its lower-case name; empty when absent. */
article_slice_t article_node_attribute(const lxb_dom_node_t *node,
    article_slice_t name);

/*
 * The lower-case name of an attribute.  Those that lexbor has no number for
 * (LXB_DOM_ATTR_...) have the address of their entry instead; the others'
 * entries are a table's.
 */
static inline article_slice_t
article_attribute_name(const lxb_dom_attr_t *attr)
{
    const lxb_dom_attr_data_t  *data;

    data = attr->node.local_name < LXB_DOM_ATTR__LAST_ENTRY
           ? lxb_dom_attr_data_by_id(attr->node.owner_document->attrs,
                                     attr->node.local_name)
           : (const lxb_dom_attr_data_t *) attr->node.local_name;

    return (article_slice_t) {
               (const char *) lexbor_hash_entry_str(&data->entry),
               data->entry.length };
}


/* The separators of class tokens: ASCII white space (HTML). */
static inline unsigned
article_is_class_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}


/* Next node in pre-order below root (skip: not into node), NULL at the end. */
lxb_dom_node_t *article_node_next(lxb_dom_node_t *node,
    const lxb_dom_node_t *root, unsigned skip);


#endif /* ARTICLE_DOCUMENT_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * A portal file, compiled: what the extraction asks of it.  (The cut plan is
 * cutter.h's.)  Immutable and shared between threads.
 */

#ifndef ARTICLE_PORTAL_H_INCLUDED
#define ARTICLE_PORTAL_H_INCLUDED


#include <lexbor/css/css.h>
#include <lexbor/selectors/selectors.h>

#include "text.h"


/*
 * The fields of a portal file that are lists of CSS selectors, tried in
 * order; the first that matches anything wins (remove: all of them).
 */
typedef enum {
    ARTICLE_FIELD_TITLE = 0,
    ARTICLE_FIELD_SUMMARY,
    ARTICLE_FIELD_CONTENT,          /* several matches are joined */
    ARTICLE_FIELD_AUTHOR,
    ARTICLE_FIELD_DATE,
    ARTICLE_FIELD_SECTION,
    ARTICLE_FIELD_TAGS,
    ARTICLE_FIELD_REMOVE,           /* taken out of the content */
    ARTICLE_FIELD_ITEM,             /* listing: one entry; below are in it */
    ARTICLE_FIELD_ITEM_LINK,
    ARTICLE_FIELD_ITEM_SUMMARY,
    ARTICLE_FIELD_ITEM_DATE,
    ARTICLE_FIELD_NEXT,             /* listing: link to the next page */
    ARTICLE_FIELD_FINGERPRINT,      /* of a family: all of them match */
    ARTICLE_FIELDS_NUMBER
} article_field_t;


/*
 * Called for each match; returns LXB_STATUS_OK to go on, LXB_STATUS_STOP to
 * end.
 */
typedef lxb_status_t (*article_portal_match_pt)(lxb_dom_node_t *node,
    void *data);

/*
 * Calls handler for the matches of a field below root, in document order, of
 * the first selector that has any.  Returns the number of matches; 0 also
 * when the portal is NULL or has no such field.
 */
unsigned article_portal_find(const article_portal_t *portal,
    article_field_t field, lxb_selectors_t *selectors, lxb_dom_node_t *root,
    article_portal_match_pt handler, void *data);

/* 1 if all selectors of the file's fingerprint match below root. */
unsigned article_portal_shows(const article_portal_t *portal,
    lxb_selectors_t *selectors, lxb_dom_node_t *root);

/*
 * Calls handler for each element below root that a learned list's selector
 * fits: with the folded heading that its first line must be (empty: any), and
 * the number of links that it must have.
 */
typedef void (*article_portal_learned_pt)(lxb_dom_node_t *node,
    article_slice_t heading, unsigned min_links, void *data);

void article_portal_learned(const article_portal_t *portal,
    lxb_dom_node_t *root, article_portal_learned_pt handler, void *data);

/*
 * The portal's own article number in a path with query, by the file's "id"
 * pattern (first group): 1 and *id, a slice of path; 0 if none.
 */
unsigned article_portal_id(const article_portal_t *portal,
    article_slice_t path, article_slice_t *id);

/*
 * The page kind that the file's "kinds" patterns give a path with query
 * ({"listing": ["^/chuyen-muc/"]}); 1 and *kind, 0 if none matches.
 */
unsigned article_portal_kind(const article_portal_t *portal,
    article_slice_t path, article_kind_t *kind);

/* The file's "rights", or empty. */
article_slice_t article_portal_rights(const article_portal_t *portal);


#endif /* ARTICLE_PORTAL_H_INCLUDED */

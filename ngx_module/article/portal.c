/*
 * Copyright (C) ngx_article authors
 *
 * Portal files: placeholder of the first minutes, replaced by the parser.
 */

#include <stdio.h>

#include "portal.h"


article_portal_t *
article_portal_parse(const char *json, size_t len, article_error_t *error)
{
    (void) json;
    (void) len;

    error->line = 1;
    error->column = 1;
    snprintf(error->message, sizeof(error->message), "not implemented");

    return NULL;
}


void
article_portal_destroy(article_portal_t *portal)
{
    (void) portal;
}


article_slice_t
article_portal_name(const article_portal_t *portal)
{
    (void) portal;

    return article_literal("");
}


unsigned
article_portal_has_host(const article_portal_t *portal, article_slice_t host)
{
    (void) portal;
    (void) host;

    return 0;
}


unsigned
article_path_allowed(const article_portal_t *portal, article_slice_t path)
{
    (void) portal;
    (void) path;

    return 1;
}


unsigned
article_portal_find(const article_portal_t *portal, article_field_t field,
    lxb_selectors_t *selectors, lxb_dom_node_t *root,
    article_portal_match_pt handler, void *data)
{
    (void) portal;
    (void) field;
    (void) selectors;
    (void) root;
    (void) handler;
    (void) data;

    return 0;
}


unsigned
article_portal_id(const article_portal_t *portal, article_slice_t path,
    article_slice_t *id)
{
    (void) portal;
    (void) path;
    (void) id;

    return 0;
}


unsigned
article_portal_kind(const article_portal_t *portal, article_slice_t path,
    article_kind_t *kind)
{
    (void) portal;
    (void) path;
    (void) kind;

    return 0;
}


article_slice_t
article_portal_site_name(const article_portal_t *portal)
{
    (void) portal;

    return article_literal("");
}


article_slice_t
article_portal_rights(const article_portal_t *portal)
{
    (void) portal;

    return article_literal("");
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of a parsed portal file: for portal*.c and check.c only.
 */

#ifndef ARTICLE_PORTAL_FILE_H_INCLUDED
#define ARTICLE_PORTAL_FILE_H_INCLUDED


#include "pattern.h"
#include "plan.h"
#include "portal.h"
#include "portal_json.h"


/* One selector of a field; the list is the CSS parser's memory's. */
typedef struct {
    lxb_css_selector_list_t  **list;
    unsigned                   number;
} article_portal_selectors_t;


struct article_portal_s {
    article_arena_t             *arena;
    lxb_css_memory_t            *css;           /* of the selectors */

    article_slice_t              text;          /* of the file, a copy */
    article_slice_t              name;
    article_slice_t              site_name;
    article_slice_t              rights;

    article_slice_t             *host;          /* and aliases */
    unsigned                     hosts;

    article_patterns_t           allow;
    article_patterns_t           deny;
    article_patterns_t           id;
    article_patterns_t           kind[ARTICLE_KIND_HOME + 1];

    article_portal_selectors_t   field[ARTICLE_FIELDS_NUMBER];
    article_plan_t               plan;

    const article_json_t        *tests;         /* list of objects or NULL */
};


#endif /* ARTICLE_PORTAL_FILE_H_INCLUDED */

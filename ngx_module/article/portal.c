/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a parsed portal file answers.
 */

#include <stdlib.h>

#include "paths.h"
#include "portal_file.h"


/* Matches of one selector: collected first, so that handlers may search. */
typedef struct {
    lxb_dom_node_t  **node;
    unsigned          number;
    unsigned          size;
} article_portal_nodes_t;


static lxb_status_t article_portal_seen(lxb_dom_node_t *node,
    lxb_css_selector_specificity_t spec, void *data);
static lxb_status_t article_portal_collect(lxb_dom_node_t *node,
    lxb_css_selector_specificity_t spec, void *data);


void
article_portal_destroy(article_portal_t *portal)
{
    unsigned  i;

    if (portal == NULL) {
        return;
    }

    article_patterns_clear(&portal->allow);
    article_patterns_clear(&portal->deny);
    article_patterns_clear(&portal->id);

    for (i = 0; i <= ARTICLE_KIND_HOME; i++) {
        article_patterns_clear(&portal->kind[i]);
    }

    if (portal->css != NULL) {
        lxb_css_memory_destroy(portal->css, true);
    }

    if (portal->arena != NULL) {
        article_arena_destroy(portal->arena);
    }

    free(portal);
}


article_slice_t
article_portal_name(const article_portal_t *portal)
{
    return portal->name;
}


unsigned
article_portal_judged(const article_portal_t *portal, unsigned n,
    article_portal_judged_t *rule)
{
    const article_rule_t  *r;

    /* those of articles, in the order of article_field_t */

    static const article_slice_t  words[ARTICLE_FIELDS_NUMBER] = {
        { "title", 5 }, { "summary", 7 }, { "content", 7 }, { "author", 6 },
        { "date", 4 }, { "section", 7 }, { "tags", 4 }, { "remove", 6 }
    };

    rule->word = article_literal("");
    rule->strip = n >= ARTICLE_FIELDS_NUMBER;

    if (n < ARTICLE_FIELDS_NUMBER) {
        if (words[n].len != 0 && portal->field[n].number != 0) {
            rule->word = words[n];
        }

        return 1;
    }

    n -= ARTICLE_FIELDS_NUMBER;

    if (n >= portal->plan.rules) {
        return 0;
    }

    r = &portal->plan.rule[n];

    if (!r->keep && !r->learned) {
        rule->word = r->why;
    }

    return 1;
}


article_slice_t
article_portal_site_name(const article_portal_t *portal)
{
    return portal != NULL ? portal->site_name : article_literal("");
}


article_slice_t
article_portal_rights(const article_portal_t *portal)
{
    return portal != NULL ? portal->rights : article_literal("");
}


const article_plan_t *
article_portal_plan(const article_portal_t *portal)
{
    return portal != NULL ? &portal->plan : NULL;
}


article_slice_t
article_portal_host(const article_portal_t *portal, unsigned n)
{
    return n < portal->hosts ? portal->host[n] : article_literal("");
}


unsigned
article_portal_has_host(const article_portal_t *portal, article_slice_t host)
{
    unsigned  i;

    if (portal == NULL) {
        return 0;
    }

    for (i = 0; i < portal->hosts; i++) {
        if (article_slice_equal_case(portal->host[i], host)) {
            return 1;
        }
    }

    return 0;
}


/*
 * What can never be right is refused whatever the file says.  "allow"
 * replaces the default, "deny" adds to either.  A path that a pattern cannot
 * be tried on is refused.
 */
unsigned
article_path_allowed(const article_portal_t *portal, article_slice_t path)
{
    if (article_path_hopeless(path)) {
        return 0;
    }

    if (portal == NULL) {
        return !article_path_refused(path);
    }

    if (portal->allow.number != 0) {
        if (article_patterns_match(&portal->allow, path)
            != ARTICLE_PATTERN_MATCH)
        {
            return 0;
        }

    } else if (article_path_refused(path)) {
        return 0;
    }

    return article_patterns_match(&portal->deny, path)
           == ARTICLE_PATTERN_NONE;
}


unsigned
article_portal_id(const article_portal_t *portal, article_slice_t path,
    article_slice_t *id)
{
    if (portal == NULL || portal->id.number == 0) {
        return 0;
    }

    return article_pattern_match(portal->id.pattern[0], path, id)
           == ARTICLE_PATTERN_MATCH
           && id->len != 0;
}


unsigned
article_portal_kind(const article_portal_t *portal, article_slice_t path,
    article_kind_t *kind)
{
    unsigned  i;

    static const article_kind_t  order[] = {
        ARTICLE_KIND_HOME, ARTICLE_KIND_LISTING, ARTICLE_KIND_ARTICLE,
        ARTICLE_KIND_OTHER
    };

    if (portal == NULL) {
        return 0;
    }

    for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        if (article_patterns_match(&portal->kind[order[i]], path)
            == ARTICLE_PATTERN_MATCH)
        {
            *kind = order[i];
            return 1;
        }
    }

    return 0;
}


unsigned
article_portal_is_family(const article_portal_t *portal)
{
    return portal->field[ARTICLE_FIELD_FINGERPRINT].number != 0
           && portal->hosts == 0;
}


unsigned
article_portal_shows(const article_portal_t *portal,
    lxb_selectors_t *selectors, lxb_dom_node_t *root)
{
    unsigned                           i, seen;
    const article_portal_selectors_t  *list;

    list = &portal->field[ARTICLE_FIELD_FINGERPRINT];
    seen = list->number != 0;

    lxb_selectors_opt_set(selectors, LXB_SELECTORS_OPT_MATCH_FIRST);

    for (i = 0; i < list->number && seen; i++) {
        seen = 0;
        (void) lxb_selectors_find(selectors, root, list->list[i],
                                  article_portal_seen, &seen);
    }

    return seen;
}


static lxb_status_t
article_portal_seen(lxb_dom_node_t *node, lxb_css_selector_specificity_t spec,
    void *data)
{
    (void) node;
    (void) spec;

    *(unsigned *) data = 1;

    return LXB_STATUS_STOP;
}


unsigned
article_portal_find(const article_portal_t *portal, article_field_t field,
    lxb_selectors_t *selectors, lxb_dom_node_t *root,
    article_portal_match_pt handler, void *data)
{
    unsigned                           i, n;
    article_portal_nodes_t             nodes;
    const article_portal_selectors_t  *list;

    if (portal == NULL) {
        return 0;
    }

    list = &portal->field[field];
    n = 0;

    nodes.node = NULL;
    nodes.size = 0;

    lxb_selectors_opt_set(selectors, LXB_SELECTORS_OPT_MATCH_FIRST);

    for (i = 0; i < list->number; i++) {
        nodes.number = 0;
        (void) lxb_selectors_find(selectors, root, list->list[i],
                                  article_portal_collect, &nodes);
        n += nodes.number;

        for (unsigned k = 0; k < nodes.number; k++) {
            if (handler(nodes.node[k], data) != LXB_STATUS_OK) {
                free(nodes.node);
                return n;
            }
        }

        if (n != 0 && field != ARTICLE_FIELD_REMOVE) {
            break;
        }
    }

    free(nodes.node);

    return n;
}


static lxb_status_t
article_portal_collect(lxb_dom_node_t *node,
    lxb_css_selector_specificity_t spec, void *data)
{
    lxb_dom_node_t          **grown;
    article_portal_nodes_t   *nodes;

    (void) spec;

    nodes = data;

    if (nodes->number == nodes->size) {
        nodes->size = nodes->size != 0 ? 2 * nodes->size : 16;

        grown = realloc(nodes->node, nodes->size * sizeof(lxb_dom_node_t *));
        if (grown == NULL) {
            nodes->size = nodes->number;
            return LXB_STATUS_STOP;
        }

        nodes->node = grown;
    }

    nodes->node[nodes->number++] = node;

    return LXB_STATUS_OK;
}

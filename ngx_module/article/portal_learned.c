/*
 * Copyright (C) the authors named in LICENSE
 *
 * The learned lists of a portal file, found in a DOM: by the selectors that
 * the streaming cutter executes, so that both mean the same.
 */

#include <string.h>

#include "document.h"
#include "portal_file.h"


static unsigned article_learned_fits(const article_plan_t *plan,
    unsigned state, lxb_dom_node_t *node);
static void article_learned_ordinals(const article_plan_t *plan,
    const article_compound_t *compound, const lxb_dom_node_t *node,
    uint16_t *ordinal);
static unsigned article_learned_match(const article_plan_t *plan,
    unsigned state, const lxb_dom_node_t *node);


void
article_portal_learned(const article_portal_t *portal, lxb_dom_node_t *root,
    article_portal_learned_pt handler, void *data)
{
    unsigned                i;
    lxb_dom_node_t         *node;
    const article_rule_t   *rule;
    const article_plan_t   *plan;
    const article_state_t  *state;

    if (portal == NULL || portal->plan.learned == 0) {
        return;
    }

    plan = &portal->plan;

    for (node = root; node != NULL; node = article_node_next(node, root, 0)) {
        if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
            continue;
        }

        for (i = 0; i < plan->states; i++) {
            state = &plan->state[i];
            rule = &plan->rule[state->rule];

            if (state->last && rule->learned && !rule->keep
                && rule->only == ARTICLE_ONLY_LINKS
                && article_learned_fits(plan, i, node))
            {
                handler(node, rule->heading, rule->min_links, data);
            }
        }
    }
}


/*
 * From the selector's last step to its first.  Of several elements around
 * that a step fits the nearest is taken: learned selectors name a block by
 * what is nearest to it, and are children from there.
 */
static unsigned
article_learned_fits(const article_plan_t *plan, unsigned state,
    lxb_dom_node_t *node)
{
    unsigned  child;

    if (!article_learned_match(plan, state, node)) {
        return 0;
    }

    while (!plan->state[state].first) {
        child = plan->state[state].compound.child;
        state = plan->state[state].prev;

        do {
            node = node->parent;

            if (node == NULL || node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
                return 0;
            }

        } while (!article_learned_match(plan, state, node) && !child);

        if (!article_learned_match(plan, state, node)) {
            return 0;
        }
    }

    return 1;
}


/* Its numbers among its siblings, as far as the step asks. */
static void
article_learned_ordinals(const article_plan_t *plan,
    const article_compound_t *compound, const lxb_dom_node_t *node,
    uint16_t *ordinal)
{
    size_t                      len;
    unsigned                    i, n;
    article_slice_t             type, tag;
    const lxb_dom_node_t       *sibling;
    const article_condition_t  *condition;

    for (i = 0; i < compound->conditions; i++) {
        condition = &compound->condition[i];

        if (condition->op != ARTICLE_OPERATOR_ORDINAL) {
            continue;
        }

        type = plan->attributes.type[condition->attribute];
        n = 0;

        for (sibling = node; sibling != NULL && n <= condition->ordinal;
             sibling = sibling->prev)
        {
            if (sibling->type != LXB_DOM_NODE_TYPE_ELEMENT) {
                continue;
            }

            tag.data = (const char *) lxb_dom_element_local_name(
                       lxb_dom_interface_element((lxb_dom_node_t *) sibling),
                       &len);
            tag.len = tag.data != NULL ? len : 0;

            n += type.len == 0 || article_slice_equal(type, tag);
        }

        ordinal[condition->attribute] = (uint16_t) n;
    }
}


static unsigned
article_learned_match(const article_plan_t *plan, unsigned state,
    const lxb_dom_node_t *node)
{
    size_t                     len;
    unsigned                   i;
    uint16_t                   ordinal[ARTICLE_ORDINALS_MAX];
    article_element_t          element;
    const article_compound_t  *compound;

    compound = &plan->state[state].compound;
    memset(&element, 0, sizeof(element));

    element.tag.data = (const char *) lxb_dom_element_local_name(
                           lxb_dom_interface_element(node), &len);
    element.tag.len = element.tag.data != NULL ? len : 0;

    if (compound->tag.len != 0
        && !article_slice_equal(compound->tag, element.tag))
    {
        return 0;
    }

    for (i = 0; i < plan->attributes.number; i++) {
        element.value[i] = article_node_attribute(node,
                                                  plan->attributes.name[i]);

        if (element.value[i].len == 0) {
            element.value[i].data = NULL;
        }
    }

    if (plan->attributes.types != 0) {
        article_learned_ordinals(plan, compound, node, ordinal);
        element.ordinal = ordinal;
    }

    article_element_bloom(&element);

    return article_compound_match(compound, &element);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * A written portal file and a learned one as one portal.
 */

#include "portal_file.h"


static int article_join_rules(article_portal_t *to,
    const article_plan_t *from, unsigned keep, unsigned all);


article_portal_t *
article_portal_join(const article_portal_t *written,
    const article_portal_t *learned)
{
    unsigned           rules;
    article_error_t    error;
    article_portal_t  *portal;

    if (written == NULL) {
        written = learned;
        learned = NULL;
    }

    if (written == NULL) {
        return NULL;
    }

    portal = article_portal_parse(written->text.data, written->text.len,
                                  &error);

    if (portal == NULL || learned == NULL) {
        return portal;
    }

    rules = written->plan.rules + learned->plan.rules;

    article_plan_init(&portal->plan);

    if (article_plan_reserve(&portal->plan, portal->arena, rules) != 0
        || article_join_rules(portal, &written->plan, 0, 1) != 0
        || article_join_rules(portal, &written->plan, 1, 1) != 0
        || article_join_rules(portal, &learned->plan, 1, 0) != 0
        || article_join_rules(portal, &learned->plan, 0, 0) != 0)
    {
        article_portal_destroy(portal);
        return NULL;
    }

    return portal;
}


/*
 * Adds the keeps or the others of a plan.  all: each must be added; else it
 * ends where a plan has no more room.
 */
static int
article_join_rules(article_portal_t *to, const article_plan_t *from,
    unsigned keep, unsigned all)
{
    char             message[sizeof(((article_error_t *) 0)->message)];
    unsigned         i;
    article_rule_t   rule;

    for (i = 0; i < from->rules; i++) {
        if (from->rule[i].keep != keep) {
            continue;
        }

        if (to->plan.rules == ARTICLE_RULES_MAX) {
            return all ? -1 : 0;
        }

        /* strings live as long as the portal they are copied to */

        rule = from->rule[i];
        rule.select = article_arena_copy(to->arena, rule.select);
        rule.heading = article_arena_copy(to->arena, rule.heading);
        rule.why = article_arena_copy(to->arena, rule.why);

        if (article_arena_failed(to->arena)) {
            return -1;
        }

        if (article_plan_add(&to->plan, to->arena, &rule, message,
                             sizeof(message))
            != 0)
        {
            return all ? -1 : 0;
        }
    }

    return 0;
}

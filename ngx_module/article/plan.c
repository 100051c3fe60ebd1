/*
 * Copyright (C) the authors named in LICENSE
 *
 * Cut plans.
 */

#include <stdio.h>
#include <string.h>

#include "plan.h"


void
article_plan_init(article_plan_t *plan)
{
    memset(plan, 0, sizeof(article_plan_t));
    article_attributes_init(&plan->attributes);
}


int
article_plan_reserve(article_plan_t *plan, article_arena_t *arena,
    unsigned rules)
{
    size_t  states;

    states = rules * ARTICLE_COMPOUNDS_MAX;
    if (states > ARTICLE_STATES_MAX) {
        states = ARTICLE_STATES_MAX;
    }

    plan->rule = article_arena_calloc(arena, (rules + 1)
                                             * sizeof(article_rule_t));
    plan->state = article_arena_calloc(arena, (states + 1)
                                              * sizeof(article_state_t));

    return plan->rule == NULL || plan->state == NULL ? -1 : 0;
}


int
article_plan_add(article_plan_t *plan, article_arena_t *arena,
    const article_rule_t *rule, char *message, size_t size)
{
    unsigned             i;
    article_state_t     *state;
    article_selector_t   selector;

    plan->rule[plan->rules] = *rule;
    plan->texts += rule->text != 0;
    plan->learned += rule->learned;

    if (rule->select.len == 0) {
        plan->headings++;
        plan->rules++;
        return 0;
    }

    if (article_selector_parse(arena, rule->select, &plan->attributes,
                               &selector, message, size)
        != 0)
    {
        return -1;
    }

    if (plan->states + selector.compounds > ARTICLE_STATES_MAX) {
        snprintf(message, size, "all selectors of the file together have "
                 "more than %d steps", ARTICLE_STATES_MAX);
        return -1;
    }

    for (i = 0; i < selector.compounds; i++) {
        state = &plan->state[plan->states++];
        state->compound = selector.compound[i];
        state->rule = (uint16_t) plan->rules;
        state->first = i == 0;
        state->last = i + 1 == selector.compounds;
    }

    plan->rules++;

    return 0;
}

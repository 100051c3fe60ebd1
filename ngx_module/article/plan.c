/*
 * Copyright (C) the authors named in LICENSE
 *
 * Cut plans.
 */

#include <stdio.h>
#include <string.h>

#include "plan.h"


static int article_plan_state(article_plan_t *plan,
    const article_compound_t *compound, int prev, unsigned last);


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
    int                 state;
    unsigned            i;
    article_selector_t  selector;

    plan->rule[plan->rules] = *rule;
    plan->texts += rule->text != 0;
    plan->learned += rule->learned;

    if (rule->text != 0 && rule->only == ARTICLE_ONLY_BANNER) {
        plan->banners++;

        if (article_attributes_add(&plan->attributes, article_literal("href"),
                                   &plan->href)
            != 0)
        {
            snprintf(message, size, "too many different attributes");
            return -1;
        }
    }

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

    state = -1;

    for (i = 0; i < selector.compounds; i++) {
        state = article_plan_state(plan, &selector.compound[i], state,
                                   i + 1 == selector.compounds);
        if (state == -1) {
            snprintf(message, size, "all selectors of the file together have "
                     "more than %d steps", ARTICLE_STATES_MAX);
            return -1;
        }
    }

    plan->rules++;

    return 0;
}


/* The state of a step behind another one (-1: none); -1: no room. */
static int
article_plan_state(article_plan_t *plan, const article_compound_t *compound,
    int prev, unsigned last)
{
    unsigned          i;
    article_state_t  *state;

    for (i = (unsigned) (prev + 1); i < plan->states && !last; i++) {
        state = &plan->state[i];

        if (!state->last && state->first == (prev == -1)
            && (state->first || state->prev == prev)
            && article_compound_equal(&state->compound, compound))
        {
            return (int) i;
        }
    }

    if (plan->states == ARTICLE_STATES_MAX) {
        return -1;
    }

    state = &plan->state[plan->states];
    state->compound = *compound;
    state->rule = (uint16_t) plan->rules;
    state->prev = (uint16_t) (prev == -1 ? 0 : prev);
    state->first = prev == -1;
    state->last = last;
    state->body = prev == -1 && compound->conditions == 0
                  && article_slice_equal(compound->tag,
                                         article_literal("body"));

    return (int) plan->states++;
}


const char *
article_only_word(article_only_t only)
{
    static const char *const  words[] = { "", "links", "counter", "widget",
                                          "select", "banner" };

    return words[only];
}

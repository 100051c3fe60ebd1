/*
 * Copyright (C) the authors named in LICENSE
 *
 * The operator's word on plans.  It changes the plan in force at once, under
 * a new number, and outlives what is learned later.
 */

#include <stdio.h>
#include <string.h>

#include "learn.h"


/* Hexadecimal digits of an entry's id. */
#define ARTICLE_LEARN_ID  16


static unsigned article_learn_key(const article_learner_t *learner,
    article_slice_t entry, uint64_t *key);
static unsigned article_learn_add(uint64_t *list, unsigned *n, uint64_t key);
static void article_learn_drop(uint64_t *list, unsigned *n, uint64_t key);
static void article_learn_change(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries, unsigned share,
    const char *why);


article_reason_t
article_learner_pin(article_learner_t *learner, article_slice_t word)
{
    unsigned                   i, n;
    uint64_t                   key;
    const article_place_t     *place;
    const article_planned_t   *known;
    const article_planning_t  *force;
    article_planned_t          entry[ARTICLE_LEARN_ENTRIES];

    force = &learner->plan[ARTICLE_PLAN_FORCE];
    known = NULL;

    if (!article_learn_key(learner, word, &key)) {
        return ARTICLE_BAD_ENTRY;
    }

    for (i = 0; i < ARTICLE_LEARN_PLANS && known == NULL; i++) {
        known = article_learn_entry(&learner->plan[i], key);
    }

    place = article_learn_place(learner, key);

    if ((known == NULL && place == NULL)
        || (article_learn_entry(force, key) == NULL
            && force->entries == ARTICLE_LEARN_ENTRIES)
        || !article_learn_add(learner->pin, &learner->pins, key))
    {
        return ARTICLE_BAD_ENTRY;
    }

    article_learn_drop(learner->veto, &learner->vetoes, key);

    if (article_learn_entry(force, key) != NULL) {
        return ARTICLE_OK;
    }

    n = force->entries;
    memcpy(entry, force->entry, n * sizeof(article_planned_t));

    if (place != NULL) {
        article_learn_guard(learner, place, &entry[n++]);

    } else {
        entry[n++] = *known;
    }

    article_learn_change(learner, entry, n, force->share, "pinned an entry");

    return ARTICLE_OK;
}


article_reason_t
article_learner_veto(article_learner_t *learner, article_slice_t word)
{
    unsigned                   i, n;
    uint64_t                   key;
    const article_planning_t  *force;
    article_planned_t          entry[ARTICLE_LEARN_ENTRIES];

    force = &learner->plan[ARTICLE_PLAN_FORCE];

    if (!article_learn_key(learner, word, &key)
        || !article_learn_add(learner->veto, &learner->vetoes, key))
    {
        return ARTICLE_BAD_ENTRY;
    }

    article_learn_drop(learner->pin, &learner->pins, key);

    if (article_learn_entry(force, key) == NULL) {
        return ARTICLE_OK;
    }

    n = 0;

    for (i = 0; i < force->entries; i++) {
        if (force->entry[i].key != key) {
            entry[n++] = force->entry[i];
        }
    }

    article_learn_change(learner, entry, n, force->share, "vetoed an entry");

    return ARTICLE_OK;
}


article_reason_t
article_learner_unveto(article_learner_t *learner, article_slice_t word)
{
    uint64_t  key;
    unsigned  before;

    if (!article_learn_key(learner, word, &key)) {
        return ARTICLE_BAD_ENTRY;
    }

    before = learner->pins + learner->vetoes;

    article_learn_drop(learner->veto, &learner->vetoes, key);
    article_learn_drop(learner->pin, &learner->pins, key);

    return learner->pins + learner->vetoes < before ? ARTICLE_OK
                                                    : ARTICLE_BAD_ENTRY;
}


article_reason_t
article_learner_approve(article_learner_t *learner)
{
    article_planned_t    entry[ARTICLE_LEARN_ENTRIES];
    article_planning_t  *waiting;

    waiting = &learner->plan[ARTICLE_PLAN_WAITING];

    if (waiting->number == 0) {
        if (learner->held) {
            learner->held = 0;
            return ARTICLE_OK;
        }

        return ARTICLE_BAD_ENTRY;
    }

    learner->held = 0;
    memcpy(entry, waiting->entry,
           waiting->entries * sizeof(article_planned_t));

    article_learn_change(learner, entry, waiting->entries, waiting->share,
                         "approved");

    return ARTICLE_OK;
}


article_reason_t
article_learner_rollback(article_learner_t *learner, uint64_t number)
{
    char                       why[ARTICLE_LEARN_WHY];
    unsigned                   i, k, n;
    const article_planning_t  *plan;
    article_planned_t          entry[ARTICLE_LEARN_ENTRIES];

    for (i = ARTICLE_PLAN_WAITING + 1; i < ARTICLE_LEARN_PLANS; i++) {
        plan = &learner->plan[i];

        if (plan->number != number || number == 0) {
            continue;
        }

        n = 0;

        for (k = 0; k < plan->entries; k++) {
            if (article_learn_find(learner->veto, learner->vetoes,
                                   plan->entry[k].key)
                == learner->vetoes)
            {
                entry[n++] = plan->entry[k];
            }
        }

        (void) snprintf(why, sizeof(why), "rolled back to %llu",
                        (unsigned long long) number);

        article_learn_change(learner, entry, n, plan->share, why);
        learner->held = 1;

        return ARTICLE_OK;
    }

    return ARTICLE_BAD_ENTRY;
}


unsigned
article_learner_plan(const article_learner_t *learner, unsigned n,
    article_learner_plan_t *plan)
{
    unsigned                   i;
    const article_planning_t  *p;

    /* the order of plan[] is: in force, waiting, then newest first */

    for (i = ARTICLE_LEARN_PLANS; i != 0; i--) {
        p = &learner->plan[i > ARTICLE_PLAN_WAITING + 1
                           ? i - 1 : ARTICLE_PLAN_WAITING + 1 - i];

        if (p->number == 0 || n-- != 0) {
            continue;
        }

        memset(plan, 0, sizeof(article_learner_plan_t));
        plan->number = p->number;
        plan->made = (time_t) p->made;
        plan->entries = p->entries;
        plan->in_force = p == &learner->plan[ARTICLE_PLAN_FORCE];
        plan->waiting = p == &learner->plan[ARTICLE_PLAN_WAITING];
        memcpy(plan->why, p->why, sizeof(plan->why));

        return 1;
    }

    return 0;
}


unsigned
article_learner_entry(article_learner_t *learner, uint64_t number,
    unsigned n, article_learner_entry_t *entry)
{
    unsigned                   i;
    const article_place_t     *place;
    const article_planned_t   *planned;
    const article_planning_t  *plan;

    plan = &learner->plan[ARTICLE_PLAN_FORCE];

    for (i = 0; i < ARTICLE_LEARN_PLANS && number != 0; i++) {
        plan = &learner->plan[i];

        if (plan->number == number) {
            break;
        }
    }

    if (i == ARTICLE_LEARN_PLANS || n >= plan->entries) {
        return 0;
    }

    planned = &plan->entry[n];
    place = article_learn_place(learner, planned->key);

    entry->id = planned->key;
    entry->select = planned->select;
    entry->heading = planned->heading;
    entry->only = article_only_word(planned->only);
    entry->articles = place != NULL ? place->articles : planned->articles;
    entry->of = place != NULL ? learner->articles : planned->of;
    entry->pinned = article_learn_find(learner->pin, learner->pins,
                                       planned->key)
                    != learner->pins;

    return 1;
}


/* "3": of the plan in force; or an id. */
static unsigned
article_learn_key(const article_learner_t *learner, article_slice_t entry,
    uint64_t *key)
{
    char                       c;
    size_t                     i;
    unsigned                   number;
    const article_planning_t  *force;

    force = &learner->plan[ARTICLE_PLAN_FORCE];
    *key = 0;
    number = 0;

    for (i = 0; i < entry.len; i++) {
        c = entry.data[i];

        if (entry.len != ARTICLE_LEARN_ID) {
            if (c < '0' || c > '9' || number > ARTICLE_LEARN_ENTRIES) {
                return 0;
            }

            number = 10 * number + (unsigned) (c - '0');
            continue;
        }

        if (c >= '0' && c <= '9') {
            c = (char) (c - '0');

        } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            c = (char) ((c | 0x20) - 'a' + 10);

        } else {
            return 0;
        }

        *key = *key << 4 | (uint64_t) c;
    }

    if (entry.len == ARTICLE_LEARN_ID) {
        return 1;
    }

    if (number == 0 || number > force->entries) {
        return 0;
    }

    *key = force->entry[number - 1].key;

    return 1;
}


static unsigned
article_learn_add(uint64_t *list, unsigned *n, uint64_t key)
{
    if (article_learn_find(list, *n, key) != *n) {
        return 1;
    }

    if (*n == ARTICLE_LEARN_WORDS) {
        return 0;
    }

    list[(*n)++] = key;

    return 1;
}


static void
article_learn_drop(uint64_t *list, unsigned *n, uint64_t key)
{
    unsigned  i;

    i = article_learn_find(list, *n, key);

    if (i != *n) {
        list[i] = list[--*n];
    }
}


/* What matched the old plan says nothing of drift from this one. */
static void
article_learn_change(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries, unsigned share,
    const char *why)
{
    learner->usual = 0;
    learner->drift = 0;

    article_learn_make(learner, entry, entries, share, 0,
                       learner->plan[ARTICLE_PLAN_FORCE].made, why);
}

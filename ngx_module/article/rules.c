/*
 * Copyright (C) the authors named in LICENSE
 *
 * A plan's selectors on a page that streams by.
 *
 * A state is one compound of a selector.  An element matches it if it fits
 * the compound and its parent (">") or any element around it (" ") has
 * matched the state before.  So each frame keeps two sets of states: matched
 * by the element, and by it or around it.
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"


/* Lines of a box of numbers, at most. */
#define ARTICLE_RULES_LINES   24

/* Lines beside a select that say what it is for, at most. */
#define ARTICLE_RULES_BESIDE  2

/* Elements of rules that are open at first; more are allocated then. */
#define ARTICLE_RULES_OPEN   4


static unsigned article_rules_get(const uint64_t *set, unsigned state);
static void article_rules_set(uint64_t *set, unsigned state);
static void article_rules_body(const article_plan_t *plan,
    uint64_t *around, uint64_t *body);
static uint16_t article_rules_headed(const article_strip_t *c,
    unsigned index, article_slice_t heading);
static void article_rules_found(article_strip_t *c, unsigned rule);
static uint64_t article_rules_text(const article_strip_t *c,
    const article_rule_t *rule, unsigned index);
static unsigned article_rules_grow(article_strip_t *c);
static unsigned article_rules_guard(const article_rule_t *rule,
    const article_counts_t *d, uint64_t bytes);


void
article_rules_opened(article_strip_t *c, const article_tag_event_t *event)
{
    unsigned                i, index, words;
    uint64_t               *self, *around, *parent_self, *parent_around;
    uint64_t                body[ARTICLE_STATES_WORDS];
    article_element_t       element;
    const article_plan_t   *plan;
    const article_state_t  *state;

    plan = c->plan;
    index = c->nesting.depth - 1;
    words = c->words;

    self = c->matched + (size_t) index * 2 * words;
    around = self + words;

    memset(self, 0, words * sizeof(uint64_t));
    parent_self = NULL;
    parent_around = NULL;

    if (index != 0) {
        parent_self = self - 2 * words;
        parent_around = self - words;
        memcpy(around, parent_around, words * sizeof(uint64_t));

    } else {
        memset(around, 0, words * sizeof(uint64_t));
    }

    element = event->element;
    element.ordinal = c->ordinal != NULL ? article_ordinals_opened(c, event)
                                         : NULL;

    if (element.tag.len == 0) {

        /* its start tag was left out */

        element.tag.data = article_tag_name(event->tag);
        element.tag.len = strlen(element.tag.data);
    }

    article_element_bloom(&element);

    if (article_ordinals_in_body(&c->nesting)) {
        article_rules_body(plan, around, body);
        parent_self = body;
        parent_around = body;
    }

    for (i = 0; i < plan->states; i++) {
        state = &plan->state[i];

        if ((state->compound.bloom & element.bloom) != state->compound.bloom) {
            continue;
        }

        if (!state->first
            && (parent_self == NULL
                || !article_rules_get(state->compound.child ? parent_self
                                                            : parent_around,
                                      state->prev)))
        {
            continue;
        }

        if (!article_compound_match(&state->compound, &element)) {
            continue;
        }

        article_rules_set(self, i);
        article_rules_set(around, i);

        if (state->last) {
            article_rules_found(c, state->rule);
        }
    }
}


/* A body whose tag was left out: what it matches, and is around. */
static void
article_rules_body(const article_plan_t *plan, uint64_t *around,
    uint64_t *body)
{
    unsigned  i;

    for (i = 0; i < plan->states; i++) {
        if (plan->state[i].body) {
            article_rules_set(around, i);
        }
    }

    memcpy(body, around, (plan->states + 63) / 64 * sizeof(uint64_t));
}


void
article_rules_closing(article_strip_t *c, uint64_t end)
{
    unsigned               index;
    uint64_t               start, stop;
    article_counts_t       d;
    article_frame_t       *frame;
    const article_rule_t  *rule;

    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];
    rule = &c->plan->rule[frame->rule - 1];

    frame->rule = 0;
    c->rules--;

    if (frame->awaits || c->kept != 0) {
        return;
    }

    if (article_tag_flags((article_tag_t) frame->tag) & ARTICLE_TAG_IS_CUT) {
        if (end == 0 || !article_nesting_clean(&c->nesting, index)) {
            return;
        }

        start = frame->start;
        stop = end;

    } else {

        /* a cell: its content goes, for its row needs it */

        if (frame->tag != ARTICLE_TAG_TD && frame->tag != ARTICLE_TAG_TH) {
            return;
        }

        if (!article_nesting_clean(&c->nesting, index)) {
            return;
        }

        start = frame->start + frame->inside;
        stop = c->tag_start;
    }

    if (rule->text != 0 && article_rules_text(c, rule, index) != rule->text) {
        return;
    }

    d = article_counts_since(&c->counts, &c->ruled_counts[frame->counts]);

    if (article_rules_guard(rule, &d, stop - start)) {
        article_cutter_cut(c, start, stop, rule->why.data);
    }
}


/* What its words are now; of a banner, where it leads. */
static uint64_t
article_rules_text(const article_strip_t *c, const article_rule_t *rule,
    unsigned index)
{
    return rule->only == ARTICLE_ONLY_BANNER
           ? article_sum_since(&c->targets,
                               &c->sum[ARTICLE_NESTING_MAX + index])
           : article_sum_since(&c->plain, &c->sum[index]);
}


void
article_rules_option(article_strip_t *c, article_slice_t text)
{
    if (c->rules != 0 && c->sum != NULL) {
        article_sum_add_plain(&c->plain, text);
    }

    if (c->observer != NULL) {
        c->observer->option(c->observer_data, text);
    }
}


void
article_rules_link(article_strip_t *c, const article_tag_event_t *event)
{
    article_slice_t  href;

    href = event->element.value[c->plan->href];

    if (c->rules != 0 && href.data != NULL) {
        article_sum_add(&c->targets, href);
    }
}


void
article_rules_heading(article_strip_t *c, article_slice_t text)
{
    size_t                 len;
    char                   folded[ARTICLE_MARKER_MAX];
    unsigned               i;
    article_frame_t       *frame;
    article_slice_t        s;

    if (c->sum != NULL) {
        s.data = c->line.text;
        s.len = c->line.len;
        article_sum_add_plain(&c->plain, s);
    }

    len = article_fold_into(folded, sizeof(folded), text, 0);
    s.data = folded;
    s.len = len <= sizeof(folded) ? len : 0;

    for (i = 0; i < c->nesting.depth; i++) {
        frame = &c->nesting.frame[i];

        if (!frame->awaits) {
            continue;
        }

        frame->awaits = 0;
        frame->rule = article_rules_headed(c, i, s);
        c->rules -= frame->rule == 0;
    }
}


/*
 * Of the rules that an element fits, the first with this heading (index + 1);
 * else the first without one; 0: none.
 */
static uint16_t
article_rules_headed(const article_strip_t *c, unsigned index,
    article_slice_t heading)
{
    unsigned                i, bare;
    const uint64_t         *self;
    const article_rule_t   *rule;
    const article_state_t  *state;

    self = c->matched + (size_t) index * 2 * c->words;
    bare = 0;

    for (i = 0; i < c->plan->states; i++) {
        state = &c->plan->state[i];
        rule = &c->plan->rule[state->rule];

        if (!state->last || rule->keep || !article_rules_get(self, i)) {
            continue;
        }

        if (rule->heading.len == 0) {
            bare = bare != 0 ? bare : state->rule + 1U;

        } else if (article_slice_equal(rule->heading, heading)) {
            return (uint16_t) (state->rule + 1);
        }
    }

    return (uint16_t) bare;
}


const char *
article_rules_label(const article_strip_t *c, article_slice_t text)
{
    size_t                 len;
    char                   folded[ARTICLE_MARKER_MAX];
    unsigned               i;
    article_slice_t        s;
    const article_rule_t  *rule;

    len = article_fold_into(folded, sizeof(folded), text, 0);
    if (len > sizeof(folded)) {
        return NULL;
    }

    s.data = folded;
    s.len = len;

    for (i = 0; i < c->plan->rules; i++) {
        rule = &c->plan->rule[i];

        if (rule->select.len == 0 && article_slice_equal(rule->heading, s)) {
            return rule->why.data;
        }
    }

    return NULL;
}


static unsigned
article_rules_get(const uint64_t *set, unsigned state)
{
    return (unsigned) (set[state / 64] >> (state % 64) & 1);
}


static void
article_rules_set(uint64_t *set, unsigned state)
{
    set[state / 64] |= (uint64_t) 1 << (state % 64);
}


/*
 * The innermost element fits a rule.  What an operator names outright holds
 * at once; else the element's heading chooses, and the first rule of the file
 * holds.
 */
static void
article_rules_found(article_strip_t *c, unsigned index)
{
    article_frame_t       *frame;
    const article_rule_t  *rule;

    frame = article_nesting_top(&c->nesting);
    rule = &c->plan->rule[index];

    if (rule->keep) {
        c->kept += !frame->keep;
        frame->keep = 1;
        c->counts.vetoed++;
        return;
    }

    if (frame->rule == 0) {
        if (c->rules == 0) {
            c->rule_start = frame->start;
        }

        if (c->ruled == c->ruled_size && !article_rules_grow(c)) {
            return;
        }

        frame->ruled = 1;
        frame->counts = (uint16_t) c->ruled;
        c->ruled_counts[c->ruled++] = article_cutter_before(c, frame);

        c->rules++;
        frame->rule = (uint16_t) (index + 1);
        frame->awaits = rule->heading.len != 0;

        if (c->sum != NULL) {
            c->sum[c->nesting.depth - 1] = c->plain;
            c->sum[ARTICLE_NESTING_MAX + c->nesting.depth - 1] = c->targets;
        }

    } else if (rule->heading.len != 0) {
        frame->awaits |= c->plan->rule[frame->rule - 1].only
                         != ARTICLE_ONLY_ANY;

    } else if (rule->only == ARTICLE_ONLY_ANY && frame->awaits) {
        frame->rule = (uint16_t) (index + 1);
        frame->awaits = 0;
    }
}


/* Room for the counts of one more element: 0 if memory is out. */
static unsigned
article_rules_grow(article_strip_t *c)
{
    unsigned           size;
    article_counts_t  *counts;

    size = c->ruled_size != 0 ? 2 * c->ruled_size : ARTICLE_RULES_OPEN;

    counts = realloc(c->ruled_counts, size * sizeof(article_counts_t));
    if (counts == NULL) {
        return 0;
    }

    c->ruled_counts = counts;
    c->ruled_size = size;

    return 1;
}


/* What an operator names goes; what was learned must still look like it. */
static unsigned
article_rules_guard(const article_rule_t *rule, const article_counts_t *d,
    uint64_t bytes)
{
    article_hold_t  hold;

    if (d->vetoed != 0 || (rule->max != 0 && bytes > rule->max)
        || d->links < rule->min_links)
    {
        return 0;
    }

    memset(&hold, 0, sizeof(hold));
    hold.teasers = 1;

    switch (rule->only) {

    case ARTICLE_ONLY_LINKS:
        hold.any = 1;
        break;

    case ARTICLE_ONLY_COUNTER:

        /* the words are known, so they need not be those of a counter */

        if (rule->text != 0) {
            return article_rules_is_counter(d);
        }

        hold.label = ARTICLE_LABEL_COUNTER;
        break;

    case ARTICLE_ONLY_WIDGET:
        hold.label = ARTICLE_LABEL_WIDGET;
        break;

    case ARTICLE_ONLY_SELECT:
        return article_rules_is_select(d);

    case ARTICLE_ONLY_BANNER:
        return article_rules_is_banner(d);

    default:
        return 1;
    }

    return article_hold_accepts(&hold, d);
}


unsigned
article_rules_is_counter(const article_counts_t *d)
{
    return d->links == 0 && d->texts == 0 && d->paragraphs == 0
           && d->selects == 0 && d->fields == 0 && d->forms == 0
           && d->refused == 0 && d->vetoed == 0
           && d->shorts + d->numbers + d->counters <= ARTICLE_RULES_LINES;
}


unsigned
article_rules_is_select(const article_counts_t *d)
{
    return d->selects != 0 && d->links == 0 && d->texts == 0
           && d->paragraphs == 0 && d->fields == 0 && d->forms == 0
           && d->refused == 0 && d->vetoed == 0
           && d->shorts <= ARTICLE_RULES_BESIDE;
}


unsigned
article_rules_is_banner(const article_counts_t *d)
{
    return d->images != 0 && d->links == 0 && d->texts == 0
           && d->paragraphs == 0 && d->shorts == 0 && d->numbers == 0
           && d->counters == 0 && d->options == 0 && d->selects == 0
           && d->fields == 0 && d->forms == 0 && d->refused == 0
           && d->vetoed == 0;
}

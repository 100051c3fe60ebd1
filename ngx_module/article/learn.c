/*
 * Copyright (C) the authors named in LICENSE
 *
 * Learning a portal's template: what was seen in which place.
 *
 * Counted are distinct articles: an observation whose address, title and main
 * text are all new.  A thousand addresses of one article, or one text under
 * many titles, count once.
 *
 * Old evidence counts less: each new article takes a share of the weight of
 * all before it, so that a portal that gets a new design is learned anew.
 * When the entries of the plan in force stop matching (drift), old evidence
 * goes faster.
 */

#include <stdlib.h>
#include <string.h>

#include "learn.h"


/*
 * What is left of the weight of all before, with each article: half of it
 * after 23 articles; in a drift, after 4 (of 30, 1 % is left).
 */
#define ARTICLE_LEARN_DECAY       .97
#define ARTICLE_LEARN_DECAY_FAST  .85

/* A place lighter than this is forgotten. */
#define ARTICLE_LEARN_FAINT       .02

/*
 * Entries found on a page, in the mean of about 6 and about 50 articles (in a
 * drift 12): a drift begins when the first is under two fifths of the second,
 * and ends when it is over four fifths.
 */
#define ARTICLE_LEARN_LATELY        (1 / 6.)
#define ARTICLE_LEARN_USUALLY       (1 / 50.)
#define ARTICLE_LEARN_USUALLY_FAST  (1 / 12.)
#define ARTICLE_LEARN_DRIFT         .4
#define ARTICLE_LEARN_DRIFT_OVER    .8

/* Articles without a change of the plan that make it stable. */
#define ARTICLE_LEARN_STABLE      40

/* Of the mean share of text: each article's part of it. */
#define ARTICLE_LEARN_SHARE_PART  .2


static unsigned article_learn_is_new(const article_learner_t *learner,
    const article_seen_t *seen);
static void article_learn_age(article_learner_t *learner);
static void article_learn_drift(article_learner_t *learner);
static void article_learn_block(article_learner_t *learner,
    const article_glimpse_t *block, uint64_t now);
static article_place_t *article_learn_room(article_learner_t *learner,
    const article_glimpse_t *block, uint64_t now);
static void article_learn_number(article_place_t *place,
    const article_glimpse_t *block, uint64_t now);
static void article_learn_text(article_place_t *place, uint64_t hash);
static void article_learn_keep(article_learner_t *learner,
    article_slice_t id);
static article_reason_t article_learn_compact(article_learner_t *learner);


article_learner_t *
article_learner_alloc(void)
{
    unsigned            i;
    article_learner_t  *learner;

    learner = calloc(1, sizeof(article_learner_t));
    if (learner == NULL) {
        return NULL;
    }

    learner->arena = article_arena_create(ARTICLE_LEARN_MEMORY);
    if (learner->arena == NULL) {
        free(learner);
        return NULL;
    }

    for (i = 0; i < ARTICLE_LEARN_PLANS; i++) {
        learner->plan[i].entry = calloc(ARTICLE_LEARN_ENTRIES,
                                        sizeof(article_planned_t));
        if (learner->plan[i].entry == NULL) {
            article_learner_destroy(learner);
            return NULL;
        }
    }

    return learner;
}


article_learner_t *
article_learner_create(article_slice_t host)
{
    article_learner_t  *learner;

    learner = article_learner_alloc();
    if (learner == NULL) {
        return NULL;
    }

    if (host.len > ARTICLE_LEARN_STRING) {
        host.len = ARTICLE_LEARN_STRING;
    }

    learner->host = article_arena_copy(learner->arena, host);

    if (learner->host.data == NULL) {
        article_learner_destroy(learner);
        return NULL;
    }

    return learner;
}


void
article_learner_destroy(article_learner_t *learner)
{
    unsigned  i;

    if (learner == NULL) {
        return;
    }

    for (i = 0; i < ARTICLE_LEARN_PLANS; i++) {
        free(learner->plan[i].entry);
    }

    article_arena_destroy(learner->file);
    article_arena_destroy(learner->arena);
    free(learner->state);
    free(learner);
}


article_reason_t
article_learner_add(article_learner_t *learner, article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len)
{
    article_slice_t   observation;
    article_reason_t  reason;

    reason = article_observe(engine, options, page, len, &observation);

    if (reason != ARTICLE_OK) {
        learner->pages++;
        return reason;
    }

    return article_learner_observe(learner, observation, options->now);
}


article_reason_t
article_learner_observe(article_learner_t *learner,
    article_slice_t observation, time_t now)
{
    unsigned                i;
    article_observation_t  *o;

    o = &learner->observation;

    if (article_observation_read(o, observation) != 0) {
        return ARTICLE_NOT_AN_ARTICLE;
    }

    learner->pages++;

    for (i = 0; i < o->needs; i++) {
        article_learn_keep(learner, o->needed[i]);
    }

    if (article_learn_is_new(learner, &o->seen)) {
        learner->seen[learner->articles % ARTICLE_LEARN_SEEN] = o->seen;
        learner->articles++;

        article_learn_drift(learner);
        article_learn_age(learner);

        for (i = 0; i < o->blocks; i++) {
            article_learn_block(learner, &o->block[i], (uint64_t) now);
        }
    }

    article_learn_plan(learner, (uint64_t) now);

    return article_arena_failed(learner->arena)
           ? article_learn_compact(learner) : ARTICLE_OK;
}


void
article_learner_status(const article_learner_t *learner,
    article_learner_status_t *status)
{
    memset(status, 0, sizeof(article_learner_status_t));

    status->number = learner->plan[ARTICLE_PLAN_FORCE].number;
    status->pages = learner->pages;
    status->articles = learner->articles;
    status->entries = learner->plan[ARTICLE_PLAN_FORCE].entries;
    status->waiting = learner->plan[ARTICLE_PLAN_WAITING].number != 0;
    status->drift = learner->drift;
    status->stable = !learner->drift
                     && learner->articles - learner->changed
                        >= ARTICLE_LEARN_STABLE;
}


static unsigned
article_learn_is_new(const article_learner_t *learner,
    const article_seen_t *seen)
{
    unsigned               i, n;
    const article_seen_t  *s;

    n = learner->articles < ARTICLE_LEARN_SEEN ? learner->articles
                                               : ARTICLE_LEARN_SEEN;

    for (i = 0; i < n; i++) {
        s = &learner->seen[i];

        if (s->text == seen->text || (s->url == seen->url && s->url != 0)
            || (s->title == seen->title && s->title != 0))
        {
            return 0;
        }
    }

    return 1;
}


static void
article_learn_age(article_learner_t *learner)
{
    double            decay;
    unsigned          i, kept;
    article_place_t  *place;

    decay = learner->drift ? ARTICLE_LEARN_DECAY_FAST : ARTICLE_LEARN_DECAY;
    learner->weight = learner->weight * decay + 1;
    kept = 0;

    for (i = 0; i < learner->places; i++) {
        place = &learner->place[i];
        place->weight *= decay;
        place->changes *= decay;

        if (place->weight >= ARTICLE_LEARN_FAINT) {
            learner->place[kept++] = *place;
        }
    }

    learner->places = kept;
}


/* Are the entries of the plan in force found where they should be? */
static void
article_learn_drift(article_learner_t *learner)
{
    double                     part;
    unsigned                   i, found;
    const article_planning_t  *plan;

    plan = &learner->plan[ARTICLE_PLAN_FORCE];
    found = 0;

    for (i = 0; i < learner->observation.blocks; i++) {
        found += article_learn_entry(plan, learner->observation.block[i].key)
                 != NULL;
    }

    if (learner->usual == 0) {
        learner->match = found;
        learner->usual = found;
    }

    part = learner->drift ? ARTICLE_LEARN_USUALLY_FAST
                          : ARTICLE_LEARN_USUALLY;

    learner->match += (found - learner->match) * ARTICLE_LEARN_LATELY;
    learner->usual += (found - learner->usual) * part;

    learner->drift = learner->match < learner->usual
                                      * (learner->drift
                                         ? ARTICLE_LEARN_DRIFT_OVER
                                         : ARTICLE_LEARN_DRIFT);
}


static void
article_learn_block(article_learner_t *learner,
    const article_glimpse_t *block, uint64_t now)
{
    double            share;
    article_place_t  *place;

    place = article_learn_place(learner, block->key);

    if (place == NULL) {
        place = article_learn_room(learner, block, now);

        if (place == NULL) {
            return;
        }
    }

    if (place->last == learner->articles) {
        place->many = 1;
        return;
    }

    article_learn_number(place, block, now);

    place->last = learner->articles;
    place->weight += 1;
    place->articles++;
    place->label = block->label;

    share = learner->observation.text != 0
            ? (double) block->text / learner->observation.text : 0;
    place->share += (share - place->share)
                    * (place->articles == 1 ? 1 : ARTICLE_LEARN_SHARE_PART);

    if (block->titles < place->titles) {
        place->titles = block->titles;
    }

    if (block->bytes > place->bytes) {
        place->bytes = block->bytes;
    }

    article_learn_text(place, block->hash);
}


/* A new place; if all are taken, that of the faintest. */
static article_place_t *
article_learn_room(article_learner_t *learner,
    const article_glimpse_t *block, uint64_t now)
{
    unsigned          i;
    article_place_t  *place;

    place = &learner->place[0];

    if (learner->places < ARTICLE_LEARN_PLACES) {
        place = &learner->place[learner->places++];

    } else {
        for (i = 1; i < learner->places; i++) {
            if (learner->place[i].weight < place->weight) {
                place = &learner->place[i];
            }
        }
    }

    memset(place, 0, sizeof(article_place_t));
    place->key = block->key;
    place->only = block->only;
    place->select = article_arena_copy(learner->arena, block->select);
    place->heading = article_arena_copy(learner->arena, block->heading);
    place->first = now;
    place->born = learner->articles;
    place->titles = block->titles;
    place->plain = block->plain;
    place->counted = block->counted;

    if (place->select.data == NULL || place->heading.data == NULL) {
        *place = learner->place[--learner->places];
        return NULL;
    }

    return place;
}


/*
 * Other words are another counter or select, other targets another banner,
 * seen for the first time.
 */
static void
article_learn_number(article_place_t *place, const article_glimpse_t *block,
    uint64_t now)
{
    if (!article_learn_is_same(place->only)) {
        return;
    }

    place->dated |= place->only == ARTICLE_ONLY_COUNTER && block->value == 0;

    if (place->plain != block->plain) {
        place->plain = block->plain;
        place->first = now;
        place->weight = 0;
        place->articles = 0;
        place->texts = 0;
        place->rises = 0;
        place->counted = block->counted;

    } else if (block->value < place->value) {
        place->rises = 0;

    } else if (block->value > place->value) {
        place->rises++;
    }

    place->value = block->value;
}


static void
article_learn_text(article_place_t *place, uint64_t hash)
{
    unsigned  i;

    place->changes += place->texts != 0 && place->now != hash;
    place->now = hash;

    for (i = 0; i < place->texts; i++) {
        if (place->text[i] == hash) {
            return;
        }
    }

    if (i < ARTICLE_LEARN_TEXTS) {
        place->text[place->texts++] = hash;
    }
}


/* What scripts take for granted is not cut by built-in labels either. */
static void
article_learn_keep(article_learner_t *learner, article_slice_t id)
{
    size_t           i;
    unsigned         k;
    article_slice_t  copy;

    for (i = 0; i < id.len; i++) {
        if ((unsigned char) id.data[i] <= ' '
            || (unsigned char) id.data[i] >= 0x7f
            || memchr("\\\"'#.[>,", id.data[i], 8) != NULL)
        {
            return;
        }
    }

    for (k = 0; k < learner->keeps; k++) {
        if (article_slice_equal(learner->keep[k], id)) {
            return;
        }
    }

    if (k == ARTICLE_LEARN_KEEPS || id.len == 0) {
        return;
    }

    copy = article_arena_copy(learner->arena, id);

    if (copy.data != NULL) {
        learner->keep[learner->keeps++] = copy;
        learner->unsaid = 1;
    }
}


/*
 * The arena is full of what has been forgotten: what is left is written down
 * and read again.
 */
static article_reason_t
article_learn_compact(article_learner_t *learner)
{
    article_slice_t     state;
    article_learner_t  *fresh, old;

    if (article_learner_save(learner, &state) != ARTICLE_OK) {
        return ARTICLE_NO_MEMORY;
    }

    fresh = article_learner_load(state);
    if (fresh == NULL) {
        return ARTICLE_NO_MEMORY;
    }

    old = *learner;
    *learner = *fresh;
    *fresh = old;
    article_learner_destroy(fresh);

    return ARTICLE_OK;
}

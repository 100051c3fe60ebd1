/*
 * Copyright (C) the authors named in LICENSE
 *
 * A learner as bytes.  What is written is bounded: if all places do not fit
 * beside the plans, the faintest are left out; then the earlier plans.
 */

#include <stdlib.h>
#include <string.h>

#include "learn.h"


#define ARTICLE_STATE_VERSION  "artpln02"

/* Weights and means, all between 0 and 1000, with so many parts of one. */
#define ARTICLE_STATE_PARTS    65536.
#define ARTICLE_STATE_LARGEST  1000.


static void article_state_write(const article_learner_t *learner,
    article_writer_t *writer, double faintest, unsigned plans);
static void article_state_write_place(article_writer_t *writer,
    const article_place_t *place);
static void article_state_write_plan(article_writer_t *writer,
    const article_planning_t *plan);
static void article_state_write_fraction(article_writer_t *writer,
    double value);
static void article_state_read(article_learner_t *learner,
    article_reader_t *reader);
static void article_state_read_place(article_learner_t *learner,
    article_reader_t *reader);
static void article_state_read_plan(article_learner_t *learner,
    article_reader_t *reader, article_planning_t *plan);
static double article_state_read_fraction(article_reader_t *reader);
static article_slice_t article_state_read_string(article_learner_t *learner,
    article_reader_t *reader);
static article_only_t article_state_read_only(article_reader_t *reader);


article_reason_t
article_learner_save(article_learner_t *learner, article_slice_t *state)
{
    double            faintest;
    unsigned          plans;
    article_writer_t  writer;

    state->data = "";
    state->len = 0;

    if (learner->state == NULL) {
        learner->state = malloc(ARTICLE_LEARNER_STATE);

        if (learner->state == NULL) {
            return ARTICLE_NO_MEMORY;
        }
    }

    faintest = 0;
    plans = ARTICLE_LEARN_PLANS;

    for ( ;; ) {
        article_writer_init(&writer, learner->state, ARTICLE_LEARNER_STATE);
        article_state_write(learner, &writer, faintest, plans);

        if (!writer.failed) {
            break;
        }

        if (faintest > ARTICLE_STATE_LARGEST) {

            /* two plans of the longest strings always fit */

            if (plans == ARTICLE_PLAN_WAITING + 1) {
                return ARTICLE_NO_MEMORY;
            }

            plans = ARTICLE_PLAN_WAITING + 1;
        }

        faintest = faintest == 0 ? .1 : 2 * faintest;
    }

    article_writer_seal(&writer, ARTICLE_STATE_VERSION);

    state->data = (const char *) learner->state;
    state->len = writer.len;

    return ARTICLE_OK;
}


article_learner_t *
article_learner_load(article_slice_t state)
{
    article_reader_t    reader;
    article_learner_t  *learner;

    if (state.len > ARTICLE_LEARNER_STATE
        || !article_reader_init(&reader, state, ARTICLE_STATE_VERSION))
    {
        return NULL;
    }

    learner = article_learner_alloc();
    if (learner == NULL) {
        return NULL;
    }

    article_state_read(learner, &reader);

    if (reader.failed || reader.at != reader.len
        || article_arena_failed(learner->arena))
    {
        article_learner_destroy(learner);
        return NULL;
    }

    return learner;
}


static void
article_state_write(const article_learner_t *learner,
    article_writer_t *writer, double faintest, unsigned plans)
{
    unsigned  i, n;

    static const article_planning_t  none;

    article_write_slice(writer, learner->host);
    article_write_number(writer, learner->pages);
    article_write_number(writer, learner->articles);

    n = learner->articles < ARTICLE_LEARN_SEEN ? learner->articles
                                               : ARTICLE_LEARN_SEEN;

    for (i = 0; i < n; i++) {
        article_write_hash(writer, learner->seen[i].url);
        article_write_hash(writer, learner->seen[i].title);
        article_write_hash(writer, learner->seen[i].text);
    }

    article_state_write_fraction(writer, learner->weight);
    article_state_write_fraction(writer, learner->match);
    article_state_write_fraction(writer, learner->usual);
    article_write_number(writer, learner->drift);
    article_write_number(writer, learner->number);
    article_write_number(writer, learner->held);
    article_write_number(writer, learner->changed);
    article_write_number(writer, learner->unsaid);

    article_write_number(writer, learner->keeps);

    for (i = 0; i < learner->keeps; i++) {
        article_write_slice(writer, learner->keep[i]);
    }

    article_write_number(writer, learner->pins);

    for (i = 0; i < learner->pins; i++) {
        article_write_hash(writer, learner->pin[i]);
    }

    article_write_number(writer, learner->vetoes);

    for (i = 0; i < learner->vetoes; i++) {
        article_write_hash(writer, learner->veto[i]);
    }

    for (i = 0; i < ARTICLE_LEARN_PLANS; i++) {
        article_state_write_plan(writer, i < plans ? &learner->plan[i]
                                                   : &none);
    }

    n = 0;

    for (i = 0; i < learner->places; i++) {
        n += learner->place[i].weight >= faintest;
    }

    article_write_number(writer, n);

    for (i = 0; i < learner->places; i++) {
        if (learner->place[i].weight >= faintest) {
            article_state_write_place(writer, &learner->place[i]);
        }
    }
}


static void
article_state_write_place(article_writer_t *writer,
    const article_place_t *place)
{
    unsigned  i;

    article_write_hash(writer, place->key);
    article_write_number(writer, place->only);
    article_write_number(writer, place->label);
    article_write_slice(writer, place->select);
    article_write_slice(writer, place->heading);
    article_state_write_fraction(writer, place->weight);
    article_state_write_fraction(writer, place->share);
    article_write_number(writer, place->articles);
    article_write_number(writer, place->born);
    article_write_number(writer, place->last);
    article_write_number(writer, place->first);
    article_write_number(writer, place->titles);
    article_write_number(writer, place->bytes);
    article_write_number(writer, place->many);
    article_write_number(writer, place->counted);
    article_write_number(writer, place->dated);
    article_write_hash(writer, place->plain);
    article_write_number(writer, place->value);
    article_write_number(writer, place->rises);
    article_state_write_fraction(writer, place->changes);
    article_write_hash(writer, place->now);
    article_write_number(writer, place->texts);

    for (i = 0; i < place->texts; i++) {
        article_write_hash(writer, place->text[i]);
    }
}


static void
article_state_write_plan(article_writer_t *writer,
    const article_planning_t *plan)
{
    unsigned                  i;
    const article_planned_t  *entry;

    article_write_number(writer, plan->number);

    if (plan->number == 0) {
        return;
    }

    article_write_number(writer, plan->made);
    article_write_number(writer, plan->share);
    article_write_slice(writer, (article_slice_t) { plan->why,
                                                    strlen(plan->why) });
    article_write_number(writer, plan->entries);

    for (i = 0; i < plan->entries; i++) {
        entry = &plan->entry[i];

        article_write_hash(writer, entry->key);
        article_write_number(writer, entry->only);
        article_write_slice(writer, entry->select);
        article_write_slice(writer, entry->heading);
        article_write_number(writer, entry->min_links);
        article_write_number(writer, entry->max);
        article_write_hash(writer, entry->text);
        article_write_number(writer, entry->articles);
        article_write_number(writer, entry->of);
    }
}


static void
article_state_write_fraction(article_writer_t *writer, double value)
{
    if (value > ARTICLE_STATE_LARGEST) {
        value = ARTICLE_STATE_LARGEST;
    }

    article_write_number(writer, value > 0
                         ? (uint64_t) (value * ARTICLE_STATE_PARTS) : 0);
}


static void
article_state_read(article_learner_t *learner, article_reader_t *reader)
{
    unsigned  i, n;

    learner->host = article_state_read_string(learner, reader);
    learner->pages = (uint32_t) article_read_number(reader, UINT32_MAX);
    learner->articles = (uint32_t) article_read_number(reader, UINT32_MAX);

    n = learner->articles < ARTICLE_LEARN_SEEN ? learner->articles
                                               : ARTICLE_LEARN_SEEN;

    for (i = 0; i < n; i++) {
        learner->seen[i].url = article_read_hash(reader);
        learner->seen[i].title = article_read_hash(reader);
        learner->seen[i].text = article_read_hash(reader);
    }

    learner->weight = article_state_read_fraction(reader);
    learner->match = article_state_read_fraction(reader);
    learner->usual = article_state_read_fraction(reader);
    learner->drift = (unsigned) article_read_number(reader, 1);
    learner->number = article_read_number(reader, UINT64_MAX);
    learner->held = (unsigned) article_read_number(reader, 1);
    learner->changed = (uint32_t) article_read_number(reader,
                                                      learner->articles);
    learner->unsaid = (unsigned) article_read_number(reader, 1);

    learner->keeps = (unsigned) article_read_number(reader,
                                                    ARTICLE_LEARN_KEEPS);

    for (i = 0; i < learner->keeps; i++) {
        learner->keep[i] = article_state_read_string(learner, reader);
    }

    learner->pins = (unsigned) article_read_number(reader,
                                                   ARTICLE_LEARN_WORDS);

    for (i = 0; i < learner->pins; i++) {
        learner->pin[i] = article_read_hash(reader);
    }

    learner->vetoes = (unsigned) article_read_number(reader,
                                                     ARTICLE_LEARN_WORDS);

    for (i = 0; i < learner->vetoes; i++) {
        learner->veto[i] = article_read_hash(reader);
    }

    for (i = 0; i < ARTICLE_LEARN_PLANS; i++) {
        article_state_read_plan(learner, reader, &learner->plan[i]);
    }

    n = (unsigned) article_read_number(reader, ARTICLE_LEARN_PLACES);

    for (i = 0; i < n && !reader->failed; i++) {
        article_state_read_place(learner, reader);
    }
}


static void
article_state_read_place(article_learner_t *learner,
    article_reader_t *reader)
{
    unsigned          i;
    article_place_t  *place;

    place = &learner->place[learner->places++];

    place->key = article_read_hash(reader);
    place->only = article_state_read_only(reader);
    place->label = (article_label_t) article_read_number(reader,
                                                         ARTICLE_LABEL_STOP);
    place->select = article_state_read_string(learner, reader);
    place->heading = article_state_read_string(learner, reader);
    place->weight = article_state_read_fraction(reader);
    place->share = article_state_read_fraction(reader);
    place->articles = (uint32_t) article_read_number(reader, UINT32_MAX);
    place->born = (uint32_t) article_read_number(reader, learner->articles);
    place->last = (uint32_t) article_read_number(reader, learner->articles);
    place->first = article_read_number(reader, UINT64_MAX / 2);
    place->titles = (uint32_t) article_read_number(reader, UINT32_MAX);
    place->bytes = (uint32_t) article_read_number(reader, UINT32_MAX);
    place->many = (unsigned) article_read_number(reader, 1);
    place->counted = (unsigned) article_read_number(reader, 1);
    place->dated = (unsigned) article_read_number(reader, 1);
    place->plain = article_read_hash(reader);
    place->value = article_read_number(reader, UINT64_MAX);
    place->rises = (uint32_t) article_read_number(reader, UINT32_MAX);
    place->changes = article_state_read_fraction(reader);
    place->now = article_read_hash(reader);
    place->texts = (unsigned) article_read_number(reader,
                                                  ARTICLE_LEARN_TEXTS);

    for (i = 0; i < place->texts; i++) {
        place->text[i] = article_read_hash(reader);
    }
}


static void
article_state_read_plan(article_learner_t *learner, article_reader_t *reader,
    article_planning_t *plan)
{
    unsigned            i;
    article_slice_t     why;
    article_planned_t  *entry;

    plan->number = article_read_number(reader, learner->number);

    if (plan->number == 0) {
        return;
    }

    plan->made = article_read_number(reader, UINT64_MAX / 2);
    plan->share = (unsigned) article_read_number(reader, 100);

    why = article_read_slice(reader, ARTICLE_LEARN_WHY - 1);
    memcpy(plan->why, why.data, why.len);

    plan->entries = (unsigned) article_read_number(reader,
                                                   ARTICLE_LEARN_ENTRIES);

    for (i = 0; i < plan->entries; i++) {
        entry = &plan->entry[i];

        entry->key = article_read_hash(reader);
        entry->only = article_state_read_only(reader);
        entry->select = article_state_read_string(learner, reader);
        entry->heading = article_state_read_string(learner, reader);
        entry->min_links = (uint32_t) article_read_number(reader, UINT32_MAX);
        entry->max = (uint32_t) article_read_number(reader, UINT32_MAX);
        entry->text = article_read_hash(reader);
        entry->articles = (uint32_t) article_read_number(reader, UINT32_MAX);
        entry->of = (uint32_t) article_read_number(reader, UINT32_MAX);
    }
}


static double
article_state_read_fraction(article_reader_t *reader)
{
    uint64_t  parts;

    parts = article_read_number(reader, (uint64_t) (ARTICLE_STATE_LARGEST
                                                    * ARTICLE_STATE_PARTS));

    return (double) parts / ARTICLE_STATE_PARTS;
}


static article_slice_t
article_state_read_string(article_learner_t *learner,
    article_reader_t *reader)
{
    article_slice_t  s;

    s = article_arena_copy(learner->arena,
                           article_read_slice(reader, ARTICLE_LEARN_STRING));

    if (s.data == NULL || !article_utf8_valid(s)) {
        reader->failed = 1;
        s = article_literal("");
    }

    return s;
}


static article_only_t
article_state_read_only(article_reader_t *reader)
{
    uint64_t  only;

    only = article_read_number(reader, ARTICLE_ONLY_LAST);

    if (only == ARTICLE_ONLY_ANY) {
        reader->failed = 1;
    }

    return (article_only_t) only;
}

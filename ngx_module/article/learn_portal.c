/*
 * Copyright (C) the authors named in LICENSE
 *
 * A plan as a portal file.
 */

#include <stdio.h>
#include <string.h>

#include "json_room.h"
#include "learn.h"


static article_reason_t article_learn_file(article_learner_t *learner,
    const article_planning_t *plan, article_slice_t *json);
static void article_learn_write(article_learner_t *learner, yajl_gen gen,
    const article_planning_t *plan);
static void article_learn_write_rule(article_learner_t *learner,
    yajl_gen gen, const article_planned_t *entry);
static void article_learn_write_keeps(const article_learner_t *learner,
    yajl_gen gen);
static void article_learn_string(yajl_gen gen, article_slice_t s);
static void article_learn_key(yajl_gen gen, const char *key);
static void article_learn_number(yajl_gen gen, const char *key,
    long long number);
static size_t article_learn_name(const article_learner_t *learner,
    char *name);


/* Bytes of a portal's name, of a selector of a keep, of a reason. */
#define ARTICLE_LEARN_NAME  64
#define ARTICLE_LEARN_TEXT  (ARTICLE_LEARN_STRING + 16)


article_reason_t
article_learner_portal(article_learner_t *learner, article_slice_t *json)
{
    return article_learn_file(learner, &learner->plan[ARTICLE_PLAN_FORCE],
                              json);
}


article_reason_t
article_learner_portal_of(article_learner_t *learner, uint64_t number,
    article_slice_t *json)
{
    unsigned  i;

    for (i = 0; i < ARTICLE_LEARN_PLANS; i++) {
        if (learner->plan[i].number == number && number != 0) {
            return article_learn_file(learner, &learner->plan[i], json);
        }
    }

    return ARTICLE_BAD_ENTRY;
}


static article_reason_t
article_learn_file(article_learner_t *learner, const article_planning_t *plan,
    article_slice_t *json)
{
    yajl_gen              gen;
    article_buf_t         text;
    article_json_room_t   room;

    if (learner->file == NULL) {
        learner->file = article_arena_create(ARTICLE_MAX_MEMORY);

        if (learner->file == NULL) {
            return ARTICLE_NO_MEMORY;
        }
    }

    article_arena_reset(learner->file, 0);
    article_buf_init(&text, learner->file);

    gen = article_json_writer(&room, &text);

    if (gen == NULL) {
        return ARTICLE_NO_MEMORY;
    }

    yajl_gen_config(gen, yajl_gen_beautify, 1);
    yajl_gen_config(gen, yajl_gen_indent_string, "    ");

    article_learn_write(learner, gen, plan);

    if (article_arena_failed(learner->file)) {
        return ARTICLE_NO_MEMORY;
    }

    *json = article_buf_slice(&text);

    return ARTICLE_OK;
}


static void
article_learn_write(article_learner_t *learner, yajl_gen gen,
    const article_planning_t *plan)
{
    char      name[ARTICLE_LEARN_NAME];
    unsigned  i;

    yajl_gen_map_open(gen);

    article_learn_key(gen, "portal");
    article_learn_string(gen, (article_slice_t) {
                                  name, article_learn_name(learner, name) });

    article_learn_key(gen, "hosts");
    yajl_gen_array_open(gen);
    article_learn_string(gen, learner->host);
    yajl_gen_array_close(gen);

    article_learn_key(gen, "learned");
    yajl_gen_map_open(gen);
    article_learn_number(gen, "plan", (long long) plan->number);
    article_learn_number(gen, "pages", learner->pages);
    article_learn_number(gen, "articles", learner->articles);
    article_learn_number(gen, "share", plan->share);
    yajl_gen_map_close(gen);

    article_learn_key(gen, "strip");
    yajl_gen_array_open(gen);

    for (i = 0; i < plan->entries; i++) {
        article_learn_write_rule(learner, gen, &plan->entry[i]);
    }

    yajl_gen_array_close(gen);

    article_learn_write_keeps(learner, gen);

    yajl_gen_map_close(gen);
}


static void
article_learn_write_rule(article_learner_t *learner, yajl_gen gen,
    const article_planned_t *entry)
{
    int                     len;
    char                    why[ARTICLE_LEARN_WHY];
    const char             *word;
    uint32_t                articles, of;
    const article_place_t  *place;

    articles = entry->articles;
    of = entry->of;
    place = article_learn_place(learner, entry->key);

    if (place != NULL) {
        articles = place->articles;
        of = learner->articles;
    }

    yajl_gen_map_open(gen);

    article_learn_key(gen, "select");
    article_learn_string(gen, entry->select);

    if (entry->heading.len != 0) {
        article_learn_key(gen, "heading");
        article_learn_string(gen, entry->heading);
    }

    word = article_only_word(entry->only);
    article_learn_key(gen, "only");
    article_learn_string(gen, (article_slice_t) { word, strlen(word) });

    if (entry->min_links != 0) {
        article_learn_number(gen, "min_links", entry->min_links);
    }

    article_learn_number(gen, "max", entry->max);

    if (entry->text != 0) {
        len = snprintf(why, sizeof(why), "%016llx",
                       (unsigned long long) entry->text);
        article_learn_key(gen, "text");
        article_learn_string(gen, (article_slice_t) { why, (size_t) len });
    }

    len = snprintf(why, sizeof(why), "learned %016llx: on %u of %u articles",
                   (unsigned long long) entry->key, articles, of);
    article_learn_key(gen, "why");
    article_learn_string(gen, (article_slice_t) { why, (size_t) len });

    yajl_gen_map_close(gen);
}


static void
article_learn_write_keeps(const article_learner_t *learner, yajl_gen gen)
{
    int       len;
    char      text[ARTICLE_LEARN_TEXT];
    unsigned  i;

    if (learner->keeps == 0) {
        return;
    }

    article_learn_key(gen, "keep");
    yajl_gen_array_open(gen);

    for (i = 0; i < learner->keeps; i++) {
        len = snprintf(text, sizeof(text), "[id=\"%.*s\"]",
                       (int) learner->keep[i].len, learner->keep[i].data);
        article_learn_string(gen, (article_slice_t) { text, (size_t) len });
    }

    yajl_gen_array_close(gen);
}


static void
article_learn_string(yajl_gen gen, article_slice_t s)
{
    yajl_gen_string(gen, (const unsigned char *) s.data, s.len);
}


static void
article_learn_key(yajl_gen gen, const char *key)
{
    yajl_gen_string(gen, (const unsigned char *) key, strlen(key));
}


static void
article_learn_number(yajl_gen gen, const char *key, long long number)
{
    article_learn_key(gen, key);
    yajl_gen_integer(gen, number);
}


/* The host as a portal's name: letters, digits and hyphens. */
static size_t
article_learn_name(const article_learner_t *learner, char *name)
{
    char    c;
    size_t  i;

    for (i = 0; i < learner->host.len && i < ARTICLE_LEARN_NAME; i++) {
        c = learner->host.data[i];

        if (c >= 'A' && c <= 'Z') {
            c |= 0x20;
        }

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            c = '-';
        }

        name[i] = c;
    }

    if (i == 0) {
        name[i++] = '-';
    }

    return i;
}

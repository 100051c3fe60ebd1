/*
 * Copyright (C) the authors named in LICENSE
 *
 * Learning a portal's template.
 *
 * Counted are distinct articles: pages that article_read() takes for one and
 * whose content (its version) has not been seen.  A thousand addresses of one
 * article, and an error page served with 200, count once or not at all.
 *
 * Template is what is a list of links in the same place (selector, and the
 * same heading if it has one) of enough articles, and not always the same
 * list: what never changes is a menu or links to other sites.  Running text
 * and forms are no lists (template.c), however often they repeat.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_gen.h>

#include "template.h"


/* Bounds of a learner. */
#define ARTICLE_LEARN_MEMORY    (8 * 1024 * 1024)
#define ARTICLE_LEARN_PAGE      (16 * 1024 * 1024)
#define ARTICLE_LEARN_ARTICLES  1024
#define ARTICLE_LEARN_PLACES    1024
#define ARTICLE_LEARN_TEXTS     4
#define ARTICLE_LEARN_RULES     100
#define ARTICLE_LEARN_KEEPS     20

/* A place is template from so many articles on ... */
#define ARTICLE_LEARN_MIN       3

/* ... and this share of them (percent), with and without a heading. */
#define ARTICLE_LEARN_HEADED    25
#define ARTICLE_LEARN_BARE      60


/* The same selector and heading. */
typedef struct {
    uint64_t         key;
    article_slice_t  select;
    article_slice_t  heading;
    article_label_t  label;
    unsigned         articles;
    unsigned         last;          /* the article seen last, + 1 */
    unsigned         many;          /* twice on one page */
    uint32_t         titles;        /* the least */
    uint64_t         bytes;         /* the most */
    unsigned         texts;         /* different ones; up to TEXTS */
    uint64_t         text[ARTICLE_LEARN_TEXTS];
} article_place_t;


struct article_learner_s {
    article_arena_t   *arena;       /* what is kept */
    article_arena_t   *page;        /* of the page at hand */
    article_slice_t    host;
    unsigned           pages;
    unsigned           articles;
    uint64_t           article[ARTICLE_LEARN_ARTICLES];
    unsigned           places;
    article_place_t    place[ARTICLE_LEARN_PLACES];
    unsigned           keeps;
    article_slice_t    keep[ARTICLE_LEARN_KEEPS];
    yajl_gen           gen;         /* of the last portal file */
};


static uint64_t article_learn_version(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    const article_template_t *found);
static unsigned article_learn_is_new(article_learner_t *learner,
    uint64_t version);
static void article_learn_block(article_learner_t *learner,
    const article_block_t *block);
static article_place_t *article_learn_place(article_learner_t *learner,
    const article_block_t *block);
static void article_learn_keep(article_learner_t *learner,
    article_slice_t id);
static unsigned article_learn_is_template(const article_learner_t *learner,
    const article_place_t *place);
static void article_learn_write(article_learner_t *learner);
static void article_learn_write_rule(article_learner_t *learner,
    const article_place_t *place);
static void article_learn_write_keeps(article_learner_t *learner);
static void article_learn_string(yajl_gen gen, article_slice_t s);
static void article_learn_key(yajl_gen gen, const char *key);
static void article_learn_number(yajl_gen gen, const char *key,
    long long number);
static article_slice_t article_learn_name(article_learner_t *learner);


article_learner_t *
article_learner_create(article_slice_t host)
{
    article_learner_t  *learner;

    learner = calloc(1, sizeof(article_learner_t));
    if (learner == NULL) {
        return NULL;
    }

    learner->arena = article_arena_create(ARTICLE_LEARN_MEMORY);
    learner->page = article_arena_create(ARTICLE_LEARN_PAGE);

    if (learner->arena != NULL) {
        learner->host = article_arena_copy(learner->arena, host);
    }

    if (learner->page == NULL || learner->host.data == NULL) {
        article_learner_destroy(learner);
        return NULL;
    }

    return learner;
}


void
article_learner_destroy(article_learner_t *learner)
{
    if (learner == NULL) {
        return;
    }

    if (learner->gen != NULL) {
        yajl_gen_free(learner->gen);
    }

    if (learner->arena != NULL) {
        article_arena_destroy(learner->arena);
    }

    if (learner->page != NULL) {
        article_arena_destroy(learner->page);
    }

    free(learner);
}


article_reason_t
article_learner_add(article_learner_t *learner, article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len)
{
    unsigned            i;
    uint64_t            version;
    article_reason_t    reason;
    article_template_t  found;

    if (len > ARTICLE_MAX_PAGE) {
        return ARTICLE_PAGE_TOO_LARGE;
    }

    learner->pages++;
    article_arena_reset(learner->page, ARTICLE_LEARN_PAGE);

    reason = article_template_scan(learner->page, page, len, &found);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    version = article_learn_version(engine, options, page, len, &found);

    if (version == 0) {
        return ARTICLE_NOT_AN_ARTICLE;
    }

    for (i = 0; i < found.needs; i++) {
        article_learn_keep(learner, found.needed[i]);
    }

    if (article_learn_is_new(learner, version)) {
        for (i = 0; i < found.blocks; i++) {
            article_learn_block(learner, &found.block[i]);
        }
    }

    return article_arena_failed(learner->arena) ? ARTICLE_NO_MEMORY
                                                : ARTICLE_OK;
}


article_reason_t
article_learner_portal(article_learner_t *learner, article_slice_t *json)
{
    size_t                len;
    const unsigned char  *data;

    if (learner->gen != NULL) {
        yajl_gen_free(learner->gen);
    }

    learner->gen = yajl_gen_alloc(NULL);
    if (learner->gen == NULL) {
        return ARTICLE_NO_MEMORY;
    }

    yajl_gen_config(learner->gen, yajl_gen_beautify, 1);
    yajl_gen_config(learner->gen, yajl_gen_indent_string, "    ");

    article_learn_write(learner);

    if (yajl_gen_get_buf(learner->gen, &data, &len) != yajl_gen_status_ok) {
        return ARTICLE_NO_MEMORY;
    }

    json->data = (const char *) data;
    json->len = len;

    return ARTICLE_OK;
}


/* What identifies the article on the page; 0: the page is none. */
static uint64_t
article_learn_version(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    const article_template_t *found)
{
    article_result_t  result;

    if (engine == NULL) {
        return found->paragraphs_number != 0 ? found->paragraphs : 0;
    }

    if (article_read(engine, options, page, len, &result) != ARTICLE_OK
        || result.kind != ARTICLE_KIND_ARTICLE)
    {
        return 0;
    }

    return article_hash64(1, result.version) | 1;
}


static unsigned
article_learn_is_new(article_learner_t *learner, uint64_t version)
{
    unsigned  i;

    for (i = 0; i < learner->articles; i++) {
        if (learner->article[i] == version) {
            return 0;
        }
    }

    if (i == ARTICLE_LEARN_ARTICLES) {
        return 0;
    }

    learner->article[learner->articles++] = version;

    return 1;
}


static void
article_learn_block(article_learner_t *learner, const article_block_t *block)
{
    unsigned          i;
    article_place_t  *place;

    place = article_learn_place(learner, block);
    if (place == NULL) {
        return;
    }

    if (place->last == learner->articles) {
        place->many = 1;
        return;
    }

    place->last = learner->articles;
    place->articles++;

    if (block->counts.titles < place->titles) {
        place->titles = block->counts.titles;
    }

    if (block->end - block->start > place->bytes) {
        place->bytes = block->end - block->start;
    }

    for (i = 0; i < place->texts; i++) {
        if (place->text[i] == block->text) {
            return;
        }
    }

    if (i < ARTICLE_LEARN_TEXTS) {
        place->text[place->texts++] = block->text;
    }
}


static article_place_t *
article_learn_place(article_learner_t *learner, const article_block_t *block)
{
    uint64_t          key;
    unsigned          i;
    article_place_t  *place;

    key = article_hash64(article_hash64(0, block->select), block->heading);

    for (i = 0; i < learner->places; i++) {
        if (learner->place[i].key == key) {
            return &learner->place[i];
        }
    }

    if (i == ARTICLE_LEARN_PLACES) {
        return NULL;
    }

    place = &learner->place[i];
    place->select = article_arena_copy(learner->arena, block->select);
    place->heading = article_arena_copy(learner->arena, block->heading);

    if (place->select.data == NULL || place->heading.data == NULL) {
        return NULL;
    }

    place->key = key;
    place->label = block->label;
    place->titles = block->counts.titles;
    learner->places++;

    return place;
}


static void
article_learn_keep(article_learner_t *learner, article_slice_t id)
{
    size_t    i;
    unsigned  k;

    for (i = 0; i < id.len; i++) {
        if (memchr(" \t\n\\\"'#.[>,", id.data[i], 11) != NULL) {
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

    learner->keep[learner->keeps++] = article_arena_copy(learner->arena, id);
}


static unsigned
article_learn_is_template(const article_learner_t *learner,
    const article_place_t *place)
{
    unsigned  share;

    if (place->many || place->articles < ARTICLE_LEARN_MIN) {
        return 0;
    }

    switch (place->label) {

    case ARTICLE_LABEL_STOP:
        return 0;

    case ARTICLE_LABEL_RELATED:
    case ARTICLE_LABEL_LATEST:
    case ARTICLE_LABEL_BY_DATE:
        break;

    default:

        if (place->texts < 2) {
            return 0;
        }
    }

    share = place->heading.len != 0 ? ARTICLE_LEARN_HEADED
                                    : ARTICLE_LEARN_BARE;

    return 100 * place->articles >= share * learner->articles;
}


static void
article_learn_write(article_learner_t *learner)
{
    yajl_gen   gen;
    unsigned   i, rules;

    gen = learner->gen;

    yajl_gen_map_open(gen);

    article_learn_key(gen, "portal");
    article_learn_string(gen, article_learn_name(learner));

    article_learn_key(gen, "hosts");
    yajl_gen_array_open(gen);
    article_learn_string(gen, learner->host);
    yajl_gen_array_close(gen);

    article_learn_key(gen, "learned");
    yajl_gen_map_open(gen);
    article_learn_number(gen, "pages", learner->pages);
    article_learn_number(gen, "articles", learner->articles);
    yajl_gen_map_close(gen);

    article_learn_key(gen, "strip");
    yajl_gen_array_open(gen);
    rules = 0;

    for (i = 0; i < learner->places && rules < ARTICLE_LEARN_RULES; i++) {
        if (article_learn_is_template(learner, &learner->place[i])) {
            article_learn_write_rule(learner, &learner->place[i]);
            rules++;
        }
    }

    yajl_gen_array_close(gen);

    article_learn_write_keeps(learner);

    yajl_gen_map_close(gen);
}


/*
 * The guards let a block grow to twice what was seen and shrink to half; it
 * must still be a list of links.
 */
static void
article_learn_write_rule(article_learner_t *learner,
    const article_place_t *place)
{
    int        len;
    char       why[80];
    uint32_t   links;
    yajl_gen   gen;

    gen = learner->gen;

    yajl_gen_map_open(gen);

    article_learn_key(gen, "select");
    article_learn_string(gen, place->select);

    if (place->heading.len != 0) {
        article_learn_key(gen, "heading");
        article_learn_string(gen, place->heading);
    }

    article_learn_key(gen, "only");
    article_learn_string(gen, article_literal("links"));

    links = (place->titles + 1) / 2;
    article_learn_number(gen, "min_links", links > 1 ? links : 1);
    article_learn_number(gen, "max", (long long) (2 * place->bytes));

    len = snprintf(why, sizeof(why), "learned: on %u of %u articles",
                   place->articles, learner->articles);
    article_learn_key(gen, "why");
    article_learn_string(gen, (article_slice_t) { why, (size_t) len });

    yajl_gen_map_close(gen);
}


/* What scripts take for granted is not cut by built-in labels either. */
static void
article_learn_write_keeps(article_learner_t *learner)
{
    unsigned       i;
    article_buf_t  buf;

    if (learner->keeps == 0) {
        return;
    }

    article_learn_key(learner->gen, "keep");
    yajl_gen_array_open(learner->gen);

    for (i = 0; i < learner->keeps; i++) {
        article_buf_init(&buf, learner->arena);
        article_buf_append(&buf, "[id=\"", 5);
        article_buf_append_slice(&buf, learner->keep[i]);
        article_buf_append(&buf, "\"]", 2);
        article_learn_string(learner->gen, article_buf_slice(&buf));
    }

    yajl_gen_array_close(learner->gen);
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
static article_slice_t
article_learn_name(article_learner_t *learner)
{
    char           c;
    size_t         i;
    article_buf_t  buf;

    article_buf_init(&buf, learner->arena);

    for (i = 0; i < learner->host.len && i < 64; i++) {
        c = learner->host.data[i];

        if (c >= 'A' && c <= 'Z') {
            c |= 0x20;
        }

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            c = '-';
        }

        article_buf_append_char(&buf, c);
    }

    return buf.len != 0 ? article_buf_slice(&buf)
                        : article_literal("portal");
}

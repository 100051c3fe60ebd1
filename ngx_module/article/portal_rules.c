/*
 * Copyright (C) the authors named in LICENSE
 *
 * The cut rules and the tests of a portal file.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "markers.h"
#include "portal_load.h"


/* Of "max" (bytes) and "min_links". */
#define ARTICLE_PORTAL_NUMBER_MAX  100000000


static int article_portal_add_rule(article_portal_loader_t *loader,
    const article_json_t *value, unsigned keep);
static int article_portal_set_heading(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_only(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_number(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_text(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_rule_why(article_portal_loader_t *loader,
    article_rule_t *rule);
static int article_portal_test(article_portal_loader_t *loader,
    const article_json_t *value);
static int article_portal_expect(article_portal_loader_t *loader,
    const article_json_t *expect);
static const char *const *article_portal_key(const char *const *keys,
    const article_json_t *member);


/* An entry of "strip". */
static const article_portal_member_t  article_portal_rule[] = {

    { "select", ARTICLE_JSON_STRING, article_portal_set_string,
      offsetof(article_rule_t, select) },

    { "heading", ARTICLE_JSON_STRING, article_portal_set_heading,
      offsetof(article_rule_t, heading) },

    { "why", ARTICLE_JSON_STRING, article_portal_set_string,
      offsetof(article_rule_t, why) },

    { "only", ARTICLE_JSON_STRING, article_portal_set_only,
      offsetof(article_rule_t, only) },

    { "max", ARTICLE_JSON_NUMBER, article_portal_set_number,
      offsetof(article_rule_t, max) },

    { "min_links", ARTICLE_JSON_NUMBER, article_portal_set_number,
      offsetof(article_rule_t, min_links) },

    { "text", ARTICLE_JSON_STRING, article_portal_set_text,
      offsetof(article_rule_t, text) },

    { NULL, ARTICLE_JSON_NULL, NULL, 0 }
};

/* Of a test; what they hold is check.c's. */
static const char *const  article_portal_test_keys[] = {
    "file", "html", "url", "expect", NULL
};

/* The strings come first, then the lists of strings. */
static const char *const  article_portal_expect_keys[] = {
    "kind", "title", "date", "author", "method", "contains", "not_contains",
    "cut", "stays", NULL
};

#define ARTICLE_PORTAL_EXPECT_STRINGS  5


/* "strip" and "keep" are one plan: it is made when both are known. */
int
article_portal_set_rules(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_json_t  *entry;

    (void) field;

    if (value->count > ARTICLE_PORTAL_LIST_MAX / 2) {
        article_json_error(loader->error, loader->portal->text, value->at,
                           "\"%s\" has more than %d entries", value->key.data,
                           ARTICLE_PORTAL_LIST_MAX / 2);
        return -1;
    }

    for (entry = value->first; entry != NULL; entry = entry->next) {
        if (entry->type != ARTICLE_JSON_STRING
            && article_portal_type(loader, entry, ARTICLE_JSON_OBJECT) != 0)
        {
            return -1;
        }
    }

    return 0;
}


int
article_portal_plan_load(article_portal_loader_t *loader,
    const article_json_t *root)
{
    unsigned           i, rules;
    article_json_t    *list[2], *entry;
    article_portal_t  *portal;

    portal = loader->portal;
    list[0] = article_json_member(root, "strip");
    list[1] = article_json_member(root, "keep");
    loader->learned = article_json_member(root, "learned") != NULL;
    rules = 0;

    for (i = 0; i < 2; i++) {
        rules += list[i] != NULL ? list[i]->count : 0;
    }

    article_plan_init(&portal->plan);

    if (article_plan_reserve(&portal->plan, portal->arena, rules) != 0) {
        return article_portal_no_memory(loader, root);
    }

    for (i = 0; i < 2; i++) {
        entry = list[i] != NULL ? list[i]->first : NULL;

        for ( /* void */ ; entry != NULL; entry = entry->next) {
            if (article_portal_add_rule(loader, entry, i) != 0) {
                return -1;
            }
        }
    }

    return 0;
}


static int
article_portal_add_rule(article_portal_loader_t *loader,
    const article_json_t *value, unsigned keep)
{
    article_rule_t         rule;
    const article_json_t  *select;

    memset(&rule, 0, sizeof(rule));
    rule.keep = keep;
    rule.learned = loader->learned;
    select = value;

    if (value->type == ARTICLE_JSON_STRING) {
        rule.select = value->string;

    } else if (article_portal_members(loader, value, article_portal_rule,
                                      &rule)
               != 0)
    {
        return -1;

    } else if (rule.select.len != 0) {
        select = article_json_member(value, "select");
    }

    if (article_portal_rule_why(loader, &rule) != 0) {
        return article_portal_no_memory(loader, value);
    }

    if ((rule.select.len == 0 && (keep || rule.heading.len == 0))
        || (keep && rule.heading.len != 0))
    {
        article_json_error(loader->error, loader->portal->text, value->at,
                           keep ? "an entry of \"keep\" is a selector"
                                : "an entry of \"strip\" needs \"select\", "
                                  "\"heading\" or both");
        return -1;
    }

    if (article_plan_add(&loader->portal->plan, loader->portal->arena, &rule,
                         loader->message, sizeof(loader->message))
        != 0)
    {
        article_json_error(loader->error, loader->portal->text, select->at,
                           "bad selector \"%.*s\": %s", ARTICLE_PORTAL_QUOTE,
                           rule.select.data, loader->message);
        return -1;
    }

    return 0;
}


static int
article_portal_set_heading(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_slice_t  *heading;

    heading = field;
    *heading = article_fold(loader->portal->arena, value->string);

    if (heading->data == NULL) {
        return article_portal_no_memory(loader, value);
    }

    if (heading->len == 0 || heading->len > ARTICLE_MARKER_MAX) {
        snprintf(loader->message, sizeof(loader->message),
                 "a heading is 1 to %d bytes", ARTICLE_MARKER_MAX);
        return article_portal_fail(loader, value, "bad heading");
    }

    return 0;
}


static int
article_portal_set_only(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_only_t   only;
    const char      *word;

    for (only = ARTICLE_ONLY_LINKS; only <= ARTICLE_ONLY_LAST; only++) {
        word = article_only_word(only);

        if (article_slice_equal(value->string, (article_slice_t) {
                                                  word, strlen(word) }))
        {
            *(article_only_t *) field = only;
            return 0;
        }
    }

    snprintf(loader->message, sizeof(loader->message), "it is \"links\", "
             "\"counter\", \"widget\", \"select\" or \"banner\"");

    return article_portal_fail(loader, value, "bad \"only\"");
}


static int
article_portal_set_number(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    uint32_t  *number;

    if (value->number < 1 || value->number > ARTICLE_PORTAL_NUMBER_MAX) {
        article_json_error(loader->error, loader->portal->text, value->at,
                           "\"%s\" must be 1 to %d", value->key.data,
                           ARTICLE_PORTAL_NUMBER_MAX);
        return -1;
    }

    number = field;
    *number = (uint32_t) value->number;

    return 0;
}


/* 16 digits of hexadecimal, as the learner writes them. */
static int
article_portal_set_text(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    char       *end;
    uint64_t   *text;

    enum { DIGITS = 16 };

    text = field;
    *text = strtoull(value->string.data, &end, DIGITS);

    if (*text == 0 || value->string.len != DIGITS
        || end != value->string.data + DIGITS)
    {
        snprintf(loader->message, sizeof(loader->message),
                 "it is %d hexadecimal digits, from article learn", DIGITS);
        return article_portal_fail(loader, value, "bad \"text\"");
    }

    return 0;
}


/* What the cutter says of a cut: the file's "why", else the rule itself. */
static int
article_portal_rule_why(article_portal_loader_t *loader,
    article_rule_t *rule)
{
    article_buf_t  buf;

    article_buf_init(&buf, loader->portal->arena);

    if (rule->why.len != 0) {
        article_buf_append_slice(&buf, rule->why);

    } else {
        article_buf_append(&buf, "rule ", 5);
        article_buf_append_slice(&buf, rule->select);

        if (rule->heading.len != 0) {
            article_buf_append(&buf, rule->select.len != 0 ? " " : "",
                               rule->select.len != 0 ? 1 : 0);
            article_buf_append(&buf, "heading ", 8);
            article_buf_append_slice(&buf, rule->heading);
        }
    }

    rule->why = article_arena_copy(loader->portal->arena,
                                   article_buf_slice(&buf));

    return rule->why.data == NULL ? -1 : 0;
}


int
article_portal_set_tests(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_json_t         *entry;
    const article_json_t  **tests;

    if (article_portal_elements(loader, value, ARTICLE_JSON_OBJECT) != 0) {
        return -1;
    }

    for (entry = value->first; entry != NULL; entry = entry->next) {
        if (article_portal_test(loader, entry) != 0) {
            return -1;
        }
    }

    tests = field;
    *tests = value;

    return 0;
}


/* The shape of a test, so that a misspelt key is found at load. */
static int
article_portal_test(article_portal_loader_t *loader,
    const article_json_t *value)
{
    article_json_t      *m, *expect;
    const char *const   *key;

    for (m = value->first; m != NULL; m = m->next) {
        key = article_portal_key(article_portal_test_keys, m);
        if (key == NULL) {
            return article_portal_unknown(loader, m);
        }

        if (article_portal_type(loader, m, strcmp(*key, "expect") == 0
                                           ? ARTICLE_JSON_OBJECT
                                           : ARTICLE_JSON_STRING)
            != 0)
        {
            return -1;
        }
    }

    if ((article_json_member(value, "file") != NULL)
        == (article_json_member(value, "html") != NULL))
    {
        article_json_error(loader->error, loader->portal->text, value->at,
                           "a test needs \"file\" or \"html\"");
        return -1;
    }

    expect = article_json_member(value, "expect");
    if (expect == NULL) {
        article_json_error(loader->error, loader->portal->text, value->at,
                           "a test needs \"expect\"");
        return -1;
    }

    return article_portal_expect(loader, expect);
}


static int
article_portal_expect(article_portal_loader_t *loader,
    const article_json_t *expect)
{
    article_json_t     *m;
    const char *const  *key;

    for (m = expect->first; m != NULL; m = m->next) {
        key = article_portal_key(article_portal_expect_keys, m);
        if (key == NULL) {
            return article_portal_unknown(loader, m);
        }

        if (key - article_portal_expect_keys < ARTICLE_PORTAL_EXPECT_STRINGS) {
            if (article_portal_type(loader, m, ARTICLE_JSON_STRING) != 0) {
                return -1;
            }

        } else if (article_portal_type(loader, m, ARTICLE_JSON_ARRAY) != 0
                   || article_portal_elements(loader, m, ARTICLE_JSON_STRING)
                      != 0)
        {
            return -1;
        }
    }

    return 0;
}


static const char *const *
article_portal_key(const char *const *keys, const article_json_t *member)
{
    for ( /* void */ ; *keys != NULL; keys++) {
        if (strcmp(*keys, member->key.data) == 0) {
            return keys;
        }
    }

    return NULL;
}

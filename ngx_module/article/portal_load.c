/*
 * Copyright (C) the authors named in LICENSE
 *
 * A portal file from its JSON: every member by a table, every error with the
 * place of the value at fault.  The format is conf/portal.schema.json.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "portal_load.h"


/* Bounds of what a sane file holds. */
#define ARTICLE_PORTAL_SIZE      (1024 * 1024)
#define ARTICLE_PORTAL_MEMORY    (16 * 1024 * 1024)


static int article_portal_load(article_portal_loader_t *loader);
static int article_portal_css(article_portal_loader_t *loader);
static void article_portal_css_done(article_portal_loader_t *loader);

static int article_portal_set_name(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_hosts(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_paths(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_kinds(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_id(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_patterns(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_set_selectors(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
static int article_portal_add_selector(article_portal_loader_t *loader,
    const article_json_t *value, article_portal_selectors_t *selectors);
static int article_portal_set_learned(article_portal_loader_t *loader,
    const article_json_t *value, void *field);

static unsigned article_portal_is_host(article_slice_t host);


#define ARTICLE_PORTAL_FIELD(name, index)                                     \
    { name, ARTICLE_JSON_NULL, article_portal_set_selectors,                  \
      offsetof(article_portal_t, field)                                       \
      + index * sizeof(article_portal_selectors_t) }

static const article_portal_member_t  article_portal_top[] = {

    { "portal", ARTICLE_JSON_STRING, article_portal_set_name,
      offsetof(article_portal_t, name) },

    { "hosts", ARTICLE_JSON_ARRAY, article_portal_set_hosts, 0 },

    { "aliases", ARTICLE_JSON_ARRAY, article_portal_set_hosts, 0 },

    { "site_name", ARTICLE_JSON_STRING, article_portal_set_string,
      offsetof(article_portal_t, site_name) },

    { "rights", ARTICLE_JSON_STRING, article_portal_set_string,
      offsetof(article_portal_t, rights) },

    { "paths", ARTICLE_JSON_OBJECT, article_portal_set_paths, 0 },

    { "id", ARTICLE_JSON_STRING, article_portal_set_id,
      offsetof(article_portal_t, id) },

    { "kinds", ARTICLE_JSON_OBJECT, article_portal_set_kinds, 0 },

    ARTICLE_PORTAL_FIELD("title", ARTICLE_FIELD_TITLE),
    ARTICLE_PORTAL_FIELD("summary", ARTICLE_FIELD_SUMMARY),
    ARTICLE_PORTAL_FIELD("content", ARTICLE_FIELD_CONTENT),
    ARTICLE_PORTAL_FIELD("author", ARTICLE_FIELD_AUTHOR),
    ARTICLE_PORTAL_FIELD("date", ARTICLE_FIELD_DATE),
    ARTICLE_PORTAL_FIELD("section", ARTICLE_FIELD_SECTION),
    ARTICLE_PORTAL_FIELD("tags", ARTICLE_FIELD_TAGS),
    ARTICLE_PORTAL_FIELD("remove", ARTICLE_FIELD_REMOVE),
    ARTICLE_PORTAL_FIELD("item", ARTICLE_FIELD_ITEM),
    ARTICLE_PORTAL_FIELD("item_link", ARTICLE_FIELD_ITEM_LINK),
    ARTICLE_PORTAL_FIELD("item_summary", ARTICLE_FIELD_ITEM_SUMMARY),
    ARTICLE_PORTAL_FIELD("item_date", ARTICLE_FIELD_ITEM_DATE),
    ARTICLE_PORTAL_FIELD("next", ARTICLE_FIELD_NEXT),
    ARTICLE_PORTAL_FIELD("fingerprint", ARTICLE_FIELD_FINGERPRINT),

    { "strip", ARTICLE_JSON_ARRAY, article_portal_set_rules, 0 },

    { "keep", ARTICLE_JSON_ARRAY, article_portal_set_rules, 0 },

    { "learned", ARTICLE_JSON_OBJECT, article_portal_set_learned, 0 },

    { "tests", ARTICLE_JSON_ARRAY, article_portal_set_tests,
      offsetof(article_portal_t, tests) },

    { NULL, ARTICLE_JSON_NULL, NULL, 0 }
};

static const article_portal_member_t  article_portal_paths[] = {

    { "allow", ARTICLE_JSON_ARRAY, article_portal_set_patterns,
      offsetof(article_portal_t, allow) },

    { "deny", ARTICLE_JSON_ARRAY, article_portal_set_patterns,
      offsetof(article_portal_t, deny) },

    { NULL, ARTICLE_JSON_NULL, NULL, 0 }
};

#define ARTICLE_PORTAL_KIND(name, index)                                      \
    { name, ARTICLE_JSON_ARRAY, article_portal_set_patterns,                  \
      offsetof(article_portal_t, kind) + index * sizeof(article_patterns_t) }

static const article_portal_member_t  article_portal_kinds[] = {
    ARTICLE_PORTAL_KIND("home", ARTICLE_KIND_HOME),
    ARTICLE_PORTAL_KIND("listing", ARTICLE_KIND_LISTING),
    ARTICLE_PORTAL_KIND("article", ARTICLE_KIND_ARTICLE),
    ARTICLE_PORTAL_KIND("other", ARTICLE_KIND_OTHER),
    { NULL, ARTICLE_JSON_NULL, NULL, 0 }
};


article_portal_t *
article_portal_parse(const char *json, size_t len, article_error_t *error)
{
    article_slice_t           text;
    article_portal_t         *portal;
    article_portal_loader_t   loader;

    text.data = json;
    text.len = len;

    /* some editors begin a file so */

    if (article_slice_starts(text, article_literal("\xef\xbb\xbf"))) {
        text.data += 3;
        text.len -= 3;
    }

    portal = calloc(1, sizeof(article_portal_t));
    if (portal == NULL) {
        article_json_error(error, text, 0, "out of memory");
        return NULL;
    }

    memset(&loader, 0, sizeof(loader));
    loader.portal = portal;
    loader.error = error;

    if (len > ARTICLE_PORTAL_SIZE) {
        article_json_error(error, text, 0, "the file is larger than 1 MB");
        goto failed;
    }

    portal->arena = article_arena_create(ARTICLE_PORTAL_MEMORY);

    if (portal->arena != NULL) {
        portal->text = article_arena_copy(portal->arena, text);
    }

    if (portal->text.data == NULL) {
        article_json_error(error, text, 0, "out of memory");
        goto failed;
    }

    if (article_portal_load(&loader) == 0) {
        article_portal_css_done(&loader);
        return portal;
    }

failed:

    article_portal_css_done(&loader);
    article_portal_destroy(portal);

    return NULL;
}


static int
article_portal_load(article_portal_loader_t *loader)
{
    article_json_t    *root;
    article_portal_t  *portal;

    portal = loader->portal;

    root = article_json_parse(portal->arena, portal->text, loader->error);
    if (root == NULL) {
        return -1;
    }

    if (article_portal_type(loader, root, ARTICLE_JSON_OBJECT) != 0) {
        return -1;
    }

    portal->host = article_arena_calloc(portal->arena,
                         2 * ARTICLE_PORTAL_LIST_MAX * sizeof(article_slice_t));
    if (portal->host == NULL || article_portal_css(loader) != 0) {
        return article_portal_no_memory(loader, root);
    }

    if (article_portal_members(loader, root, article_portal_top, portal) != 0)
    {
        return -1;
    }

    if (portal->name.len == 0) {
        article_json_error(loader->error, portal->text, root->at,
                           "\"portal\", the portal's name, is missing");
        return -1;
    }

    return article_portal_plan_load(loader, root);
}


/* The CSS parser is the loader's, the memory of its selectors the portal's. */
static int
article_portal_css(article_portal_loader_t *loader)
{
    loader->portal->css = lxb_css_memory_create();

    if (lxb_css_memory_init(loader->portal->css, 128) != LXB_STATUS_OK) {
        return -1;
    }

    /* a tokenizer of its own is lost to lexbor when it has half a one */

    loader->tokenizer = lxb_css_syntax_tokenizer_create();

    if (lxb_css_syntax_tokenizer_init(loader->tokenizer) != LXB_STATUS_OK) {
        return -1;
    }

    loader->parser = lxb_css_parser_create();

    if (lxb_css_parser_init(loader->parser, loader->tokenizer)
        != LXB_STATUS_OK
        || lxb_css_parser_selectors_init(loader->parser) != LXB_STATUS_OK)
    {
        return -1;
    }

    lxb_css_parser_memory_set(loader->parser, loader->portal->css);

    return 0;
}


static void
article_portal_css_done(article_portal_loader_t *loader)
{
    if (loader->parser != NULL && loader->parser->selectors != NULL) {
        lxb_css_parser_selectors_destroy(loader->parser);
    }

    lxb_css_parser_destroy(loader->parser, true);
    lxb_css_syntax_tokenizer_destroy(loader->tokenizer);
}


int
article_portal_members(article_portal_loader_t *loader,
    const article_json_t *object, const article_portal_member_t *members,
    void *base)
{
    article_json_t                 *value;
    const article_portal_member_t  *m;

    for (value = object->first; value != NULL; value = value->next) {

        for (m = members; m->key != NULL; m++) {
            if (strcmp(m->key, value->key.data) == 0) {
                break;
            }
        }

        if (m->key == NULL) {
            return article_portal_unknown(loader, value);
        }

        if ((m->type != ARTICLE_JSON_NULL
             && article_portal_type(loader, value, m->type) != 0)
            || m->set(loader, value, (char *) base + m->offset) != 0)
        {
            return -1;
        }
    }

    return 0;
}


int
article_portal_type(article_portal_loader_t *loader,
    const article_json_t *value, article_json_type_t type)
{
    const char  *key, *quote;

    if (value->type == type) {
        return 0;
    }

    key = value->key.len != 0 ? value->key.data : "this";
    quote = value->key.len != 0 ? "\"" : "";

    article_json_error(loader->error, loader->portal->text, value->at,
                       "%s%.*s%s must be %s, not %s", quote,
                       ARTICLE_PORTAL_QUOTE, key, quote,
                       article_json_type_word(type),
                       article_json_type_word(value->type));
    return -1;
}


int
article_portal_elements(article_portal_loader_t *loader,
    const article_json_t *list, article_json_type_t type)
{
    article_json_t  *value;

    if (list->count > ARTICLE_PORTAL_LIST_MAX) {
        article_json_error(loader->error, loader->portal->text, list->at,
                           "\"%s\" has more than %d entries", list->key.data,
                           ARTICLE_PORTAL_LIST_MAX);
        return -1;
    }

    for (value = list->first; value != NULL; value = value->next) {
        if (article_portal_type(loader, value, type) != 0) {
            return -1;
        }
    }

    return 0;
}


/* "what "value": message", at the value. */
int
article_portal_fail(article_portal_loader_t *loader,
    const article_json_t *value, const char *what)
{
    article_json_error(loader->error, loader->portal->text, value->at,
                       "%s \"%.*s\"%s%s", what, ARTICLE_PORTAL_QUOTE,
                       value->string.data,
                       loader->message[0] != '\0' ? ": " : "",
                       loader->message);
    return -1;
}


int
article_portal_no_memory(article_portal_loader_t *loader,
    const article_json_t *value)
{
    article_json_error(loader->error, loader->portal->text, value->at,
                       "out of memory");
    return -1;
}


static int
article_portal_set_name(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    size_t  i;
    char    c;

    for (i = 0; i < value->string.len; i++) {
        c = value->string.data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
              || c == '_'))
        {
            break;
        }
    }

    if (i == 0 || i != value->string.len || i > 64) {
        snprintf(loader->message, sizeof(loader->message),
                 "a name is 1 to 64 of a-z, 0-9, - and _");
        return article_portal_fail(loader, value, "bad name");
    }

    return article_portal_set_string(loader, value, field);
}


int
article_portal_set_string(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_slice_t  *s;

    (void) loader;

    s = field;
    *s = value->string;

    return 0;
}


static int
article_portal_set_hosts(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_json_t    *host;
    article_portal_t  *portal;

    (void) field;

    portal = loader->portal;

    if (article_portal_elements(loader, value, ARTICLE_JSON_STRING) != 0) {
        return -1;
    }

    for (host = value->first; host != NULL; host = host->next) {
        if (!article_portal_is_host(host->string)) {
            snprintf(loader->message, sizeof(loader->message),
                     "a host is a name like www.bao.example, without scheme, "
                     "port and path");
            return article_portal_fail(loader, host, "bad host");
        }

        portal->host[portal->hosts++] = host->string;
    }

    return 0;
}


static int
article_portal_set_paths(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    (void) field;

    return article_portal_members(loader, value, article_portal_paths,
                                  loader->portal);
}


static int
article_portal_set_kinds(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    (void) field;

    return article_portal_members(loader, value, article_portal_kinds,
                                  loader->portal);
}


static int
article_portal_set_id(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_patterns_t  *patterns;

    patterns = field;

    patterns->pattern = article_arena_calloc(loader->portal->arena,
                                             sizeof(article_pattern_t *));
    if (patterns->pattern == NULL) {
        return article_portal_no_memory(loader, value);
    }

    patterns->pattern[0] = article_pattern_create(value->string,
                                                  loader->message,
                                                  sizeof(loader->message));
    if (patterns->pattern[0] == NULL) {
        return article_portal_fail(loader, value, "bad pattern");
    }

    patterns->number = 1;

    if (article_pattern_groups(patterns->pattern[0]) == 0) {
        snprintf(loader->message, sizeof(loader->message),
                 "it needs a group, (...), around the article's number");
        return article_portal_fail(loader, value, "bad pattern");
    }

    return 0;
}


static int
article_portal_set_patterns(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_json_t      *entry;
    article_pattern_t   *pattern;
    article_patterns_t  *patterns;

    patterns = field;

    if (article_portal_elements(loader, value, ARTICLE_JSON_STRING) != 0) {
        return -1;
    }

    patterns->pattern = article_arena_calloc(loader->portal->arena,
                            (value->count + 1) * sizeof(article_pattern_t *));
    if (patterns->pattern == NULL) {
        return article_portal_no_memory(loader, value);
    }

    for (entry = value->first; entry != NULL; entry = entry->next) {
        pattern = article_pattern_create(entry->string, loader->message,
                                         sizeof(loader->message));
        if (pattern == NULL) {
            return article_portal_fail(loader, entry, "bad pattern");
        }

        patterns->pattern[patterns->number++] = pattern;
    }

    return 0;
}


/* A selector, or a list of them. */
static int
article_portal_set_selectors(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    const article_json_t        *entry;
    article_portal_selectors_t  *selectors;

    selectors = field;

    selectors->list = article_arena_calloc(loader->portal->arena,
                      (value->count + 1) * sizeof(lxb_css_selector_list_t *));
    if (selectors->list == NULL) {
        return article_portal_no_memory(loader, value);
    }

    if (value->type == ARTICLE_JSON_STRING) {
        return article_portal_add_selector(loader, value, selectors);
    }

    if (article_portal_type(loader, value, ARTICLE_JSON_ARRAY) != 0
        || article_portal_elements(loader, value, ARTICLE_JSON_STRING) != 0)
    {
        return -1;
    }

    for (entry = value->first; entry != NULL; entry = entry->next) {
        if (article_portal_add_selector(loader, entry, selectors) != 0) {
            return -1;
        }
    }

    return 0;
}


static int
article_portal_add_selector(article_portal_loader_t *loader,
    const article_json_t *value, article_portal_selectors_t *selectors)
{
    lxb_css_selector_list_t  *list;

    list = lxb_css_selectors_parse(loader->parser,
                                   (const lxb_char_t *) value->string.data,
                                   value->string.len);

    if (list == NULL || loader->parser->status != LXB_STATUS_OK) {
        return article_portal_fail(loader, value, "bad CSS selector");
    }

    selectors->list[selectors->number++] = list;

    return 0;
}


/* What the learner notes for people; nothing here changes a cut. */
static int
article_portal_set_learned(article_portal_loader_t *loader,
    const article_json_t *value, void *field)
{
    article_json_t  *member;

    (void) field;

    for (member = value->first; member != NULL; member = member->next) {
        if (member->type != ARTICLE_JSON_NUMBER
            && member->type != ARTICLE_JSON_STRING
            && member->type != ARTICLE_JSON_ARRAY)
        {
            article_json_error(loader->error, loader->portal->text,
                               member->at, "\"%s\" must be a whole number, a "
                               "string or a list", member->key.data);
            return -1;
        }
    }

    return 0;
}


int
article_portal_unknown(article_portal_loader_t *loader,
    const article_json_t *member)
{
    article_json_error(loader->error, loader->portal->text, member->key_at,
                       "unknown key \"%.*s\"", ARTICLE_PORTAL_QUOTE,
                       member->key.data);
    return -1;
}


/* Labels of letters, digits and hyphens (and underscores), 253 at most. */
static unsigned
article_portal_is_host(article_slice_t host)
{
    char      c;
    size_t    i;
    unsigned  dot;

    dot = 1;

    for (i = 0; i < host.len; i++) {
        c = host.data[i];

        if (c == '.') {
            if (dot) {
                return 0;
            }

            dot = 1;
            continue;
        }

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9') || c == '-' || c == '_'))
        {
            return 0;
        }

        dot = 0;
    }

    return !dot && host.len <= 253;
}

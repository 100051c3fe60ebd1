/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD: the article's own data, when the page has exactly one article.
 */

#include <string.h>

#include <yajl/yajl_tree.h>

#include "page.h"


/* @graph and lists nest no deeper than this. */
#define ARTICLE_JSONLD_DEPTH  6

/* Nor any JSON-LD: yajl_tree_free() recurses. */
#define ARTICLE_JSONLD_NESTING  64


static unsigned article_jsonld_flat(article_slice_t json);
static void article_jsonld_value(article_page_t *page, yajl_val value,
    unsigned depth);
static void article_jsonld_article(article_page_t *page, yajl_val object);
static unsigned article_jsonld_is(yajl_val object, const char *const *types);
static yajl_val article_jsonld_get(yajl_val object, const char *name);
static void article_jsonld_string(article_page_t *page, yajl_val value,
    article_slice_t *out);
static void article_jsonld_authors(article_page_t *page, yajl_val value);


static const char *const  article_jsonld_articles[] = {
    "NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle",
    "OpinionNewsArticle", "AnalysisNewsArticle", "LiveBlogPosting", NULL
};

static const char *const  article_jsonld_listings[] = {
    "ItemList", "CollectionPage", "SearchResultsPage", NULL
};


void
article_jsonld_read(article_page_t *page, article_slice_t json)
{
    char       error[64];
    yajl_val   tree;

    if (!article_jsonld_flat(json)) {
        return;
    }

    json = article_arena_copy(page->arena, json);      /* terminated */
    if (json.data == NULL) {
        return;
    }

    tree = yajl_tree_parse(json.data, error, sizeof(error));
    if (tree == NULL) {
        return;
    }

    article_jsonld_value(page, tree, 0);

    yajl_tree_free(tree);
}


static unsigned
article_jsonld_flat(article_slice_t json)
{
    size_t    i;
    unsigned  string, depth;

    string = 0;
    depth = 0;

    for (i = 0; i < json.len; i++) {

        switch (json.data[i]) {
        case '\\':
            i++;
            break;
        case '"':
            string = !string;
            break;
        case '{':
        case '[':
            if (!string && ++depth > ARTICLE_JSONLD_NESTING) {
                return 0;
            }
            break;
        case '}':
        case ']':
            depth -= !string && depth;
            break;
        default:
            break;
        }
    }

    return 1;
}


static void
article_jsonld_value(article_page_t *page, yajl_val value, unsigned depth)
{
    size_t    i;
    yajl_val  graph;

    if (value == NULL || depth > ARTICLE_JSONLD_DEPTH) {
        return;
    }

    if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < value->u.array.len; i++) {
            article_jsonld_value(page, value->u.array.values[i], depth + 1);
        }

        return;
    }

    if (!YAJL_IS_OBJECT(value)) {
        return;
    }

    graph = article_jsonld_get(value, "@graph");
    if (graph) {
        article_jsonld_value(page, graph, depth + 1);
    }

    if (article_jsonld_is(value, article_jsonld_articles)) {

        if (page->head.ld_article++ == 0) {
            article_jsonld_article(page, value);
        }

    } else if (article_jsonld_is(value, article_jsonld_listings)) {
        page->head.ld_listing = 1;
    }
}


static void
article_jsonld_article(article_page_t *page, yajl_val object)
{
    yajl_val         value;
    article_head_t  *head;

    head = &page->head;

    article_jsonld_string(page, article_jsonld_get(object, "headline"),
                          &head->ld_headline);
    article_jsonld_string(page, article_jsonld_get(object, "datePublished"),
                          &head->ld_published);
    article_jsonld_string(page, article_jsonld_get(object, "dateModified"),
                          &head->ld_modified);
    article_jsonld_string(page, article_jsonld_get(object, "articleSection"),
                          &head->ld_section);

    value = article_jsonld_get(object, "image");

    if (value && YAJL_IS_ARRAY(value) && value->u.array.len) {
        value = value->u.array.values[0];
    }

    if (value && YAJL_IS_OBJECT(value)) {
        value = article_jsonld_get(value, "url");
    }

    article_jsonld_string(page, value, &head->ld_image);

    article_jsonld_authors(page, article_jsonld_get(object, "author"));
}


static void
article_jsonld_authors(article_page_t *page, yajl_val value)
{
    size_t            i;
    article_slice_t   name;
    article_head_t   *head;

    head = &page->head;

    if (value == NULL) {
        return;
    }

    if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < value->u.array.len; i++) {
            if (!YAJL_IS_ARRAY(value->u.array.values[i])) {
                article_jsonld_authors(page, value->u.array.values[i]);
            }
        }

        return;
    }

    if (YAJL_IS_OBJECT(value)) {
        static const char *const  organizations[] = {
            "Organization", "NewsMediaOrganization", NULL
        };

        if (article_jsonld_is(value, organizations)) {
            return;
        }

        value = article_jsonld_get(value, "name");
    }

    name.len = 0;
    article_jsonld_string(page, value, &name);

    if (name.len && head->ld_authors_number < ARTICLE_AUTHORS_MAX) {
        head->ld_authors[head->ld_authors_number++] = name;
    }
}


static unsigned
article_jsonld_is(yajl_val object, const char *const *types)
{
    size_t       i;
    yajl_val     type;
    const char  *name;

    type = article_jsonld_get(object, "@type");

    if (type && YAJL_IS_ARRAY(type) && type->u.array.len) {
        type = type->u.array.values[0];
    }

    if (type == NULL || !YAJL_IS_STRING(type)) {
        return 0;
    }

    name = YAJL_GET_STRING(type);

    for (i = 0; types[i]; i++) {
        if (strcmp(name, types[i]) == 0) {
            return 1;
        }
    }

    return 0;
}


static yajl_val
article_jsonld_get(yajl_val object, const char *name)
{
    size_t  i;

    if (object == NULL || !YAJL_IS_OBJECT(object)) {
        return NULL;
    }

    for (i = 0; i < object->u.object.len; i++) {
        if (strcmp(object->u.object.keys[i], name) == 0) {
            return object->u.object.values[i];
        }
    }

    return NULL;
}


static void
article_jsonld_string(article_page_t *page, yajl_val value,
    article_slice_t *out)
{
    article_slice_t  s;

    if (value && YAJL_IS_ARRAY(value) && value->u.array.len) {
        value = value->u.array.values[0];
    }

    if (value == NULL || !YAJL_IS_STRING(value)) {
        return;
    }

    s.data = YAJL_GET_STRING(value);
    s.len = strlen(s.data);

    s = article_squeeze(page->arena, s);

    if (s.data) {
        *out = s;
    }
}

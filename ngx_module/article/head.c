/*
 * Copyright (C) the authors named in LICENSE
 *
 * <head>, microdata and where JSON-LD stands.
 */

#include <string.h>

#include "page.h"


/* A larger JSON-LD block is not looked at. */
#define ARTICLE_JSONLD_MAX  (512 * 1024)


static void article_head_meta(article_page_t *page, lxb_dom_node_t *node);
static void article_head_link(article_page_t *page, lxb_dom_node_t *node);
static void article_head_script(article_page_t *page, lxb_dom_node_t *node);
static void article_head_property(article_page_t *page, lxb_dom_node_t *node,
    article_slice_t property);
static article_slice_t article_head_value(article_page_t *page,
    lxb_dom_node_t *node);
static unsigned article_has_word(article_slice_t list, const char *word);
static void article_head_tags(article_page_t *page, article_slice_t value);


typedef struct {
    const char  *name;
    size_t       offset;
} article_meta_name_t;


#define article_meta(name, field)  { name, offsetof(article_head_t, field) }

/* The first of a field that is found wins. */

static const article_meta_name_t  article_meta_names[] = {
    article_meta("og:title", og_title),
    article_meta("og:type", og_type),
    article_meta("og:image", og_image),
    article_meta("og:url", og_url),
    article_meta("og:site_name", site_name),
    article_meta("og:description", description),
    article_meta("description", description),
    article_meta("article:published_time", published),
    article_meta("og:article:published_time", published),
    article_meta("pubdate", published),
    article_meta("publishdate", published),
    article_meta("article.published", published),
    article_meta("dc.date.issued", published),
    article_meta("article:modified_time", modified),
    article_meta("og:updated_time", modified),
    article_meta("lastmod", modified),
    article_meta("author", author),
    article_meta("article:author", author),
    article_meta("dc.creator", author),
    article_meta("article:section", section)
};


void
article_head_read(article_page_t *page)
{
    unsigned          skip;
    article_slice_t   property;
    lxb_dom_node_t   *node, *root;

    root = page->blocks.root;
    if (root == NULL) {
        return;
    }

    page->head.language = article_node_attribute(root,
                                                 article_literal("lang"));

    skip = 0;

    for (node = root->first_child; node;
         node = article_node_next(node, root, skip))
    {
        skip = 0;

        if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
            continue;
        }

        switch (node->local_name) {

        case LXB_TAG_TITLE:
            if (page->head.title.len == 0) {
                page->head.title = article_node_text(page->arena, node);
            }
            break;

        case LXB_TAG_META:
            article_head_meta(page, node);
            break;

        case LXB_TAG_LINK:
            article_head_link(page, node);
            break;

        case LXB_TAG_BASE:
            if (page->head.base.len == 0) {
                page->head.base = article_link_href(node);
            }
            break;

        case LXB_TAG_SCRIPT:
            article_head_script(page, node);
            skip = 1;
            break;

        case LXB_TAG_SVG:
            skip = 1;
            break;

        default:
            break;
        }

        property = article_node_attribute(node, article_literal("itemprop"));

        if (property.len) {
            article_head_property(page, node, property);
        }
    }

    if (page->head.bodies != 1) {
        page->head.body_node = NULL;
    }
}


static void
article_head_meta(article_page_t *page, lxb_dom_node_t *node)
{
    size_t            i;
    article_slice_t   name, value, *field;

    name = article_node_attribute(node, article_literal("property"));

    if (name.len == 0) {
        name = article_node_attribute(node, article_literal("name"));
    }

    if (name.len == 0) {
        return;
    }

    value = article_squeeze(page->arena,
                            article_node_attribute(node,
                                                 article_literal("content")));
    if (value.len == 0) {
        return;
    }

    for (i = 0;
         i < sizeof(article_meta_names) / sizeof(article_meta_names[0]);
         i++)
    {
        if (name.len == strlen(article_meta_names[i].name)
            && article_slice_equal_case(name, (article_slice_t)
                               { article_meta_names[i].name, name.len }))
        {
            field = (article_slice_t *) ((char *) &page->head
                                         + article_meta_names[i].offset);
            if (field->len == 0) {
                *field = value;
            }
        }
    }

    if (article_slice_equal_case(name, article_literal("article:tag"))
        || article_slice_equal_case(name, article_literal("news_keywords")))
    {
        article_head_tags(page, value);
    }
}


static void
article_head_tags(article_page_t *page, article_slice_t value)
{
    size_t            i, start;
    unsigned          n;
    article_slice_t   tag;
    article_head_t   *head;

    head = &page->head;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && value.data[i] != ',' && value.data[i] != ';') {
            continue;
        }

        tag.data = value.data + start;
        tag.len = i - start;
        tag = article_trim(tag, "#");
        start = i + 1;

        for (n = 0; n < head->tags_number; n++) {
            if (article_slice_equal(head->tags[n], tag)) {
                break;
            }
        }

        if (tag.len && n == head->tags_number && n < ARTICLE_TAGS_MAX) {
            head->tags[head->tags_number++] = tag;
        }
    }
}


static void
article_head_link(article_page_t *page, lxb_dom_node_t *node)
{
    article_slice_t  rel;

    rel = article_node_attribute(node, article_literal("rel"));

    if (page->head.canonical.len == 0 && article_has_word(rel, "canonical")) {
        page->head.canonical = article_link_href(node);
    }
}


static void
article_head_script(article_page_t *page, lxb_dom_node_t *node)
{
    article_slice_t            type, json;
    lxb_dom_character_data_t  *text;

    type = article_node_attribute(node, article_literal("type"));

    if (!article_slice_starts_case(type,
                                   article_literal("application/ld+json"))
        || node->first_child == NULL
        || node->first_child->type != LXB_DOM_NODE_TYPE_TEXT)
    {
        return;
    }

    text = (lxb_dom_character_data_t *) node->first_child;

    json.data = (const char *) text->data.data;
    json.len = text->data.length;

    if (json.len <= ARTICLE_JSONLD_MAX) {
        article_jsonld_read(page, json);
    }
}


static void
article_head_property(article_page_t *page, lxb_dom_node_t *node,
    article_slice_t property)
{
    article_head_t  *head;

    head = &page->head;

    if (article_has_word(property, "articleBody")) {
        head->bodies++;
        head->body_node = node;

    } else if (article_has_word(property, "headline")) {

        if (head->headline.len == 0) {
            head->headline = article_head_value(page, node);
            head->headline_node = node;
        }

    } else if (article_has_word(property, "datePublished")) {

        if (head->published.len == 0) {
            head->published = article_head_value(page, node);
        }

    } else if (article_has_word(property, "dateModified")) {

        if (head->modified.len == 0) {
            head->modified = article_head_value(page, node);
        }

    } else if (article_has_word(property, "articleSection")) {

        if (head->section.len == 0) {
            head->section = article_head_value(page, node);
        }
    }
}


/* Microdata: content or datetime attribute, else the element's text. */

static article_slice_t
article_head_value(article_page_t *page, lxb_dom_node_t *node)
{
    article_slice_t  value;

    value = article_node_attribute(node, article_literal("content"));

    if (value.len == 0) {
        value = article_node_attribute(node, article_literal("datetime"));
    }

    if (value.len == 0) {
        return article_node_text(page->arena, node);
    }

    return article_squeeze(page->arena, value);
}


static unsigned
article_has_word(article_slice_t list, const char *word)
{
    size_t           i, start;
    article_slice_t  token, name;

    name.data = word;
    name.len = strlen(word);
    start = 0;

    for (i = 0; i <= list.len; i++) {

        if (i < list.len && list.data[i] != ' ' && list.data[i] != '\t'
            && list.data[i] != '\n')
        {
            continue;
        }

        token.data = list.data + start;
        token.len = i - start;
        start = i + 1;

        if (article_slice_equal_case(token, name)) {
            return 1;
        }
    }

    return 0;
}

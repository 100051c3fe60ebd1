/*
 * Copyright (C) the authors named in LICENSE
 *
 * <head>, and where microdata and JSON-LD stand.
 */

#include <string.h>

#include "page.h"


/* A larger JSON-LD block is not looked at. */
#define ARTICLE_JSONLD_MAX  (512 * 1024)


static void article_head_finish(article_page_t *page);
static void article_head_link(article_page_t *page, lxb_dom_node_t *node);
static void article_head_script(article_page_t *page, lxb_dom_node_t *node);
static void article_head_anchor(article_page_t *page, lxb_dom_node_t *node);


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
            article_meta_read(page, node);
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

        case LXB_TAG_A:
            article_head_anchor(page, node);
            break;

        case LXB_TAG_SVG:
            skip = 1;
            break;

        default:
            break;
        }

        property = article_node_attribute(node, article_literal("itemprop"));

        if (property.len) {
            article_microdata_read(page, node, property);
        }
    }

    article_head_finish(page);
}


/* What is known when all is read. */

static void
article_head_finish(article_page_t *page)
{
    if (page->head.bodies != 1) {
        page->head.body_node = NULL;
    }

    page->head.description = page->head.og_description.len
                             ? page->head.og_description
                             : page->head.meta_description;

    article_jsonld_choose(page);

    if (page->head.tags_number == 0) {
        article_head_tags(page, page->head.ld.keywords);
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


/* rel="author"; more of them where the first stands, not in other boxes. */

static void
article_head_anchor(article_page_t *page, lxb_dom_node_t *node)
{
    lxb_dom_node_t  *above;

    if (!article_has_word(article_node_attribute(node,
                                                 article_literal("rel")),
                          "author"))
    {
        return;
    }

    above = node->parent != NULL ? node->parent->parent : NULL;

    if (page->head.named_link == NULL) {
        page->head.named_link = above;
    }

    if (above != NULL && page->head.named_link == above) {
        article_head_named(page, ARTICLE_NAMED_LINK,
                           article_node_text(page->arena, node));
    }
}


void
article_head_named(article_page_t *page, article_named_t list,
    article_slice_t name)
{
    unsigned               i;
    article_named_list_t  *named;

    named = &page->head.named[list];

    if (name.len == 0 || named->number == ARTICLE_AUTHORS_MAX) {
        return;
    }

    for (i = 0; i < named->number; i++) {
        if (article_slice_equal_case(named->name[i], name)) {
            return;
        }
    }

    named->name[named->number++] = name;
}


unsigned
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

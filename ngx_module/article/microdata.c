/*
 * Copyright (C) the authors named in LICENSE
 *
 * Microdata and RDFa: itemprop and property on elements of the page.
 */

#include "page.h"


/* A longer text is no name: the whole box about an author. */
#define ARTICLE_ITEM_NAME  120


static article_slice_t article_item_value(article_page_t *page,
    lxb_dom_node_t *node);
static void article_item_author(article_page_t *page, lxb_dom_node_t *node);
static lxb_dom_node_t *article_item_named(lxb_dom_node_t *node);


void
article_microdata_read(article_page_t *page, lxb_dom_node_t *node,
    article_slice_t property)
{
    article_head_t  *head;

    head = &page->head;

    if (article_has_word(property, "articleBody")) {
        head->bodies++;
        head->body_node = node;

    } else if (article_has_word(property, "headline")) {

        if (head->headline.len == 0) {
            head->headline = article_item_value(page, node);
            head->headline_node = node;
        }

    } else if (article_has_word(property, "datePublished")) {

        if (head->published.len == 0) {
            head->published = article_item_value(page, node);
        }

    } else if (article_has_word(property, "dateModified")) {

        if (head->modified.len == 0) {
            head->modified = article_item_value(page, node);
        }

    } else if (article_has_word(property, "articleSection")) {

        if (head->section.len == 0) {
            head->section = article_item_value(page, node);
        }

    } else if (article_has_word(property, "author")) {
        article_item_author(page, node);
    }
}


/* The name of an author; who wrote comments is named in other boxes. */

static void
article_item_author(article_page_t *page, lxb_dom_node_t *node)
{
    article_slice_t   value;
    lxb_dom_node_t   *name;

    if (page->head.named_item == NULL) {
        page->head.named_item = node->parent;
    }

    if (page->head.named_item != node->parent) {
        return;
    }

    name = article_item_named(node);
    value = article_item_value(page, name != NULL ? name : node);

    if (value.len <= ARTICLE_ITEM_NAME) {
        article_head_named(page, ARTICLE_NAMED_ITEM, value);
    }
}


/* itemprop="name" below a node. */

static lxb_dom_node_t *
article_item_named(lxb_dom_node_t *node)
{
    lxb_dom_node_t  *below;

    for (below = node->first_child; below;
         below = article_node_next(below, node, 0))
    {
        if (below->type == LXB_DOM_NODE_TYPE_ELEMENT
            && article_has_word(article_node_attribute(below,
                                               article_literal("itemprop")),
                                "name"))
        {
            return below;
        }
    }

    return NULL;
}


/* Microdata: content or datetime attribute, else the element's text. */

static article_slice_t
article_item_value(article_page_t *page, lxb_dom_node_t *node)
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

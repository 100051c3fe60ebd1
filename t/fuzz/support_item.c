/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include <lexbor/html/html.h>
#include <yajl/yajl_tree.h>

#include "fuzz_item.h"


/* Longest message of yajl. */
#define FUZZ_ERROR  256

/* Members whose strings are addresses, wherever they are. */
static const char *const  fuzz_addresses[] = {
    "url", "external_url", "home_page_url", "feed_url", "json_url",
    "next_url", "image"
};

/* Markup of content_html; html to tbody are what a parser adds. */
static const char *const  fuzz_tags[] = {
    "html", "head", "body", "tbody",
    "p", "br", "pre", "h2", "h3", "h4", "h5", "h6", "a", "strong", "em", "u",
    "sub", "sup", "code", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "table", "tr", "th", "td", "figure", "figcaption", "img"
};

static const struct {
    const char  *tag;
    const char  *attribute;
    unsigned     address;
} fuzz_attributes[] = {
    { "a", "href", 1 },
    { "img", "src", 1 },
    { "img", "alt", 0 },
    { "td", "colspan", 0 },
    { "td", "rowspan", 0 },
    { "th", "colspan", 0 },
    { "th", "rowspan", 0 }
};


static article_slice_t
fuzz_string(const char *s)
{
    return (article_slice_t) { s, strlen(s) };
}


/*
 * Where nobody says what the page's address is, a relative one is all there
 * can be.
 */

static void
fuzz_address(const char *name, article_slice_t value, unsigned based)
{
    size_t  i;

    for (i = 0; i < value.len && !strchr(":/?#", value.data[i]); i++) {
        /* void */
    }

    if (!based && (i == value.len || value.data[i] != ':')) {
        return;
    }

    fuzz_check_url(name, value);
}


static void
fuzz_attribute(const char *tag, lxb_dom_attr_t *attribute,
    article_slice_t html, unsigned based)
{
    size_t            i, len;
    const lxb_char_t *name;
    article_slice_t   value;

    name = lxb_dom_attr_qualified_name(attribute, &len);
    value.data = (const char *) lxb_dom_attr_value(attribute, &value.len);

    for (i = 0; i < fuzz_number(fuzz_attributes); i++) {
        if (strcmp(fuzz_attributes[i].tag, tag) == 0
            && strcmp(fuzz_attributes[i].attribute, (const char *) name) == 0)
        {
            break;
        }
    }

    if (i == fuzz_number(fuzz_attributes)) {
        fprintf(stderr, "<%s %s>:\n", tag, name);
        fuzz_fail("an attribute that is not allowed", html);
    }

    if (fuzz_attributes[i].address) {
        fuzz_address("content_html", value, based);
    }
}


/* Read again by a parser, it has the markup that is allowed, no other. */

static void
fuzz_html(article_slice_t html, unsigned based)
{
    size_t                i, len;
    const char           *tag;
    lxb_dom_node_t       *node, *root;
    lxb_dom_attr_t       *attribute;
    lxb_html_document_t  *document;

    document = lxb_html_document_create();

    if (document == NULL
        || lxb_html_document_parse(document, (const lxb_char_t *) html.data,
                                   html.len)
           != LXB_STATUS_OK)
    {
        fuzz_fail("content_html is not parsed", html);
    }

    root = lxb_dom_interface_node(document);

    for (node = root->first_child; node; /* void */ ) {

        if (node->type == LXB_DOM_NODE_TYPE_ELEMENT) {
            tag = (const char *) lxb_dom_element_qualified_name(
                                    lxb_dom_interface_element(node), &len);

            for (i = 0; i < fuzz_number(fuzz_tags); i++) {
                if (strcmp(fuzz_tags[i], tag) == 0) {
                    break;
                }
            }

            if (i == fuzz_number(fuzz_tags)) {
                fprintf(stderr, "<%s>:\n", tag);
                fuzz_fail("an element that is not allowed", html);
            }

            for (attribute = lxb_dom_element_first_attribute(
                                          lxb_dom_interface_element(node));
                 attribute;
                 attribute = lxb_dom_element_next_attribute(attribute))
            {
                fuzz_attribute(tag, attribute, html, based);
            }

        } else if (node->type != LXB_DOM_NODE_TYPE_TEXT) {
            fuzz_fail("content_html has a node that is no text", html);
        }

        if (node->first_child) {
            node = node->first_child;
            continue;
        }

        while (node != root && node->next == NULL) {
            node = node->parent;
        }

        node = node == root ? NULL : node->next;
    }

    lxb_html_document_destroy(document);
}


static void
fuzz_member(const char *name, article_slice_t value, unsigned based)
{
    size_t  i;

    fuzz_check_text(name, value);

    if (strcmp(name, "content_html") == 0) {
        fuzz_html(value, based);
        return;
    }

    if (strcmp(name, "content_text") == 0 || strcmp(name, "title") == 0
        || strcmp(name, "summary") == 0 || strcmp(name, "name") == 0
        || strcmp(name, "caption") == 0)
    {
        fuzz_check_nfc(name, value);
    }

    for (i = 0; i < fuzz_number(fuzz_addresses); i++) {
        if (strcmp(fuzz_addresses[i], name) == 0) {
            fuzz_address(name, value, based);
        }
    }
}


/* Every string of the tree; name is that of the member it is in. */

static void
fuzz_value(const char *name, yajl_val value, unsigned based)
{
    size_t  i;

    if (YAJL_IS_STRING(value)) {
        fuzz_member(name, fuzz_string(YAJL_GET_STRING(value)), based);

    } else if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < YAJL_GET_ARRAY(value)->len; i++) {
            fuzz_value(name, YAJL_GET_ARRAY(value)->values[i], based);
        }

    } else if (YAJL_IS_OBJECT(value)) {
        for (i = 0; i < YAJL_GET_OBJECT(value)->len; i++) {
            fuzz_value(YAJL_GET_OBJECT(value)->keys[i],
                       YAJL_GET_OBJECT(value)->values[i], based);
        }
    }
}


void
fuzz_item_check(article_slice_t json, article_kind_t kind, unsigned based)
{
    char         error[FUZZ_ERROR], *text;
    yajl_val     tree;
    const char  *items[] = { "items", NULL };
    const char  *id[] = { "id", NULL };

    if (memchr(json.data, '\0', json.len) != NULL) {
        fuzz_fail("JSON with a zero byte", json);
    }

    text = strndup(json.data, json.len);
    tree = yajl_tree_parse(text, error, sizeof(error));

    if (tree == NULL) {
        fprintf(stderr, "%s:\n", error);
        fuzz_fail("no JSON", json);
    }

    if (kind == ARTICLE_KIND_ARTICLE) {
        if (yajl_tree_get(tree, id, yajl_t_string) == NULL) {
            fuzz_fail("an article without an id", json);
        }

    } else if (yajl_tree_get(tree, items, yajl_t_array) == NULL) {
        fuzz_fail("a feed without items", json);
    }

    fuzz_value("", tree, based);

    yajl_tree_free(tree);
    free(text);
}

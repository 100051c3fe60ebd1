/*
 * Copyright (C) the authors named in LICENSE
 *
 * lexbor under limits.  Building a DOM is quadratic on input that costs its
 * sender nothing: open elements and formatting elements are searched at each
 * tag, attributes at each attribute.  So every token passes a watch before
 * the tree sees it, and the page is fed in small pieces, between which the
 * attributes of a tag that is still open are counted.
 */

#include "charset.h"
#include "document.h"
#include "phase.h"


/* Bytes fed at once: at most half as many attributes come in unseen. */
#define ARTICLE_DOCUMENT_STEP        4096

/*
 * Attributes of one element, formatting elements open at once, names of
 * elements or attributes not of HTML.  Of some 1,900 pages (portals, news of
 * 41 countries) none has more than 41, 13 and 211; lexbor's work on one tag
 * grows with each.
 */
#define ARTICLE_DOCUMENT_ATTRIBUTES  128
#define ARTICLE_DOCUMENT_FORMATTING  128
#define ARTICLE_DOCUMENT_NAMES       2000


typedef struct {
    lxb_html_tokenizer_token_f   handler;   /* the tree's own */
    void                        *data;
    lxb_html_tree_t             *tree;
    const article_limits_t      *limits;
    unsigned                     nodes;
    unsigned                     complex;
} article_watch_t;


static article_reason_t article_document_feed(article_engine_t *engine,
    article_slice_t text);
static void article_document_watch(article_watch_t *watch,
    lxb_html_parser_t *parser);
static lxb_html_token_t *article_document_token(lxb_html_tokenizer_t *tkz,
    lxb_html_token_t *token, void *data);
static size_t article_document_names(lxb_html_document_t *document);
static unsigned article_token_attributes(const lxb_html_token_t *token);


article_reason_t
article_document_parse(article_engine_t *engine, article_slice_t page,
    article_slice_t charset, article_slice_t *text)
{
    article_slice_t   utf8;
    article_reason_t  reason;

    article_engine_shrink(engine);

    if (text != NULL) {
        *text = (article_slice_t) { "", 0 };
    }

    if (page.len > engine->limits.page) {
        return ARTICLE_PAGE_TOO_LARGE;
    }

    if (article_charset_is_binary(page)) {
        return ARTICLE_NOT_HTML;
    }

    utf8 = article_charset_decode(engine->arena, page, charset);

    if (utf8.data == NULL && page.len != 0) {
        return ARTICLE_NO_MEMORY;
    }

    if (utf8.len == 0) {
        return ARTICLE_EMPTY_PAGE;
    }

    if (text != NULL) {
        *text = utf8;
    }

    article_phase_mark(engine, ARTICLE_PHASE_CHARSET);
    reason = article_document_feed(engine, utf8);
    article_phase_mark(engine, ARTICLE_PHASE_DOM);

    return reason;
}


article_slice_t
article_node_attribute(const lxb_dom_node_t *node, article_slice_t name)
{
    const lxb_dom_attr_t  *attr;

    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
        return (article_slice_t) { "", 0 };
    }

    attr = ((const lxb_dom_element_t *) node)->first_attr;

    for ( /* void */ ; attr != NULL; attr = attr->next) {
        if (article_slice_equal(article_attribute_name(attr), name)) {
            if (attr->value == NULL || attr->value->data == NULL) {
                break;
            }

            return (article_slice_t) { (const char *) attr->value->data,
                                       attr->value->length };
        }
    }

    return (article_slice_t) { "", 0 };
}


lxb_dom_node_t *
article_node_next(lxb_dom_node_t *node, const lxb_dom_node_t *root,
    unsigned skip)
{
    if (!skip && node->first_child != NULL) {
        return node->first_child;
    }

    while (node != root && node != NULL) {
        if (node->next != NULL) {
            return node->next;
        }

        node = node->parent;
    }

    return NULL;
}


static article_reason_t
article_document_feed(article_engine_t *engine, article_slice_t text)
{
    size_t                 i, n;
    lxb_status_t           status;
    article_watch_t        watch;
    lxb_html_parser_t     *parser;
    lxb_html_document_t   *document;

    document = engine->document;

    if (lxb_html_document_parse_chunk_begin(document) != LXB_STATUS_OK) {
        return ARTICLE_NO_MEMORY;
    }

    parser = document->dom_document.parser;
    watch.limits = &engine->limits;
    article_document_watch(&watch, parser);

    status = LXB_STATUS_OK;

    for (i = 0; i < text.len && status == LXB_STATUS_OK && !watch.complex;
         i += n)
    {
        n = text.len - i < ARTICLE_DOCUMENT_STEP ? text.len - i
                                                 : ARTICLE_DOCUMENT_STEP;

        status = lxb_html_document_parse_chunk(document,
                                  (const lxb_char_t *) text.data + i, n);

        /* nobody reads the lists of parse errors, and each error grows one */

        parser->tkz->parse_errors->length = 0;

        if (article_token_attributes(parser->tkz->token)
            > ARTICLE_DOCUMENT_ATTRIBUTES
            || article_document_names(document) > ARTICLE_DOCUMENT_NAMES)
        {
            watch.complex = 1;
        }
    }

    if (status == LXB_STATUS_OK && !watch.complex) {
        status = lxb_html_document_parse_chunk_end(document);
    }

    lxb_html_tokenizer_callback_token_done_set(parser->tkz, watch.handler,
                                               watch.data);

    if (watch.complex) {
        return ARTICLE_PAGE_TOO_COMPLEX;
    }

    if (status != LXB_STATUS_OK) {
        return ARTICLE_NO_MEMORY;
    }

    if (document->body == NULL) {
        return ARTICLE_EMPTY_PAGE;
    }

    return ARTICLE_OK;
}


/* Puts the watch between the tokenizer and the tree. */
static void
article_document_watch(article_watch_t *watch, lxb_html_parser_t *parser)
{
    watch->handler = parser->tkz->callback_token_done;
    watch->data = parser->tkz->callback_token_ctx;
    watch->tree = parser->tree;
    watch->nodes = 0;
    watch->complex = 0;

    lxb_html_tokenizer_callback_token_done_set(parser->tkz,
                                               article_document_token, watch);
}


static lxb_html_token_t *
article_document_token(lxb_html_tokenizer_t *tkz, lxb_html_token_t *token,
    void *data)
{
    size_t             open, now;
    lxb_html_tree_t   *tree;
    article_watch_t   *watch;

    watch = data;
    tree = watch->tree;
    open = tree->open_elements->length;

    if (token->attr_first != NULL
        && article_token_attributes(token) > ARTICLE_DOCUMENT_ATTRIBUTES)
    {
        goto complex;
    }

    token = watch->handler(tkz, token, watch->data);
    if (token == NULL) {
        return NULL;
    }

    tree->parse_errors->length = 0;

    /*
     * Any token may make a node ("</p>" does), and some make many:
     * formatting is opened again.
     */

    now = tree->open_elements->length;
    watch->nodes += 1 + (now > open ? (unsigned) (now - open) : 0);

    if (now <= watch->limits->depth
        && watch->nodes <= watch->limits->nodes
        && tree->active_formatting->length <= ARTICLE_DOCUMENT_FORMATTING)
    {
        return token;
    }

complex:

    watch->complex = 1;
    tkz->status = LXB_STATUS_ABORTED;

    return NULL;
}


/* Names learned from the page: hashed into few buckets, so searched. */
static size_t
article_document_names(lxb_html_document_t *document)
{
    lxb_dom_document_t  *dom;

    dom = &document->dom_document;

    return lexbor_hash_entries_count(dom->tags)
           + lexbor_hash_entries_count(dom->attrs);
}


static unsigned
article_token_attributes(const lxb_html_token_t *token)
{
    unsigned                      n;
    const lxb_html_token_attr_t  *attr;

    if (token == NULL) {
        return 0;
    }

    n = 0;

    for (attr = token->attr_first; attr != NULL; attr = attr->next) {
        if (++n > ARTICLE_DOCUMENT_ATTRIBUTES) {
            break;
        }
    }

    return n;
}

/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lexbor/html/html.h>
#include <lexbor/dom/interfaces/character_data.h>

#include "support_strip.h"


/* Comments that mark where a cut begins and ends. */
#define MARK_START  "<!--strip-start-->"
#define MARK_END    "<!--strip-end-->"

/* Bytes shown around a difference. */
#define STRIP_BEFORE  400
#define STRIP_BEHIND  400


static const char *strip_take(article_strip_t *strip, strip_cuts_t *cuts);
static const char *strip_feed(const article_strip_options_t *options,
    article_slice_t page, size_t first, size_t size, uint64_t seed,
    strip_cuts_t *cuts);
static char *strip_difference(const char *want, const char *got);
static char *strip_marked(article_slice_t page, const strip_cuts_t *cuts,
    size_t *len);
static const char *strip_remove_marked(lxb_dom_node_t *root);
static lxb_dom_node_t *strip_next(lxb_dom_node_t *node,
    lxb_dom_node_t *root);
static unsigned strip_is_head(lxb_dom_node_t *node);
static unsigned strip_is_mark(lxb_dom_node_t *node, const char *mark);
static char *strip_serialize(lxb_html_document_t *document);
static void strip_normalize(lxb_dom_node_t *root);


const char *
strip_page(const article_strip_options_t *options, article_slice_t page,
    size_t size, uint64_t seed, strip_cuts_t *cuts)
{
    return strip_feed(options, page, 0, size, seed, cuts);
}


const char *
strip_page_two(const article_strip_options_t *options, article_slice_t page,
    size_t size, strip_cuts_t *cuts)
{
    return strip_feed(options, page, size, 0, 0, cuts);
}


static const char *
strip_feed(const article_strip_options_t *options, article_slice_t page,
    size_t first, size_t size, uint64_t seed, strip_cuts_t *cuts)
{
    char             *copy;
    size_t            at, portion;
    uint64_t          decided;
    const char       *wrong;
    article_strip_t  *strip;

    memset(cuts, 0, sizeof(strip_cuts_t));
    cuts->reason = ARTICLE_OK;
    decided = 0;
    wrong = NULL;

    strip = article_strip_create(options);
    if (strip == NULL) {
        return "no memory";
    }

    for (at = 0; at < page.len && wrong == NULL; at += portion) {
        portion = page.len - at;

        if (at == 0 && first != 0) {
            portion = first < portion ? first : portion;

        } else if (seed != 0) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            portion = 1 + (size_t) (seed >> 33) % size;

        } else if (size != 0) {
            portion = size;
        }

        if (portion > page.len - at) {
            portion = page.len - at;
        }

        /* a copy of its own, so that ASAN sees a read too far */

        copy = malloc(portion);
        memcpy(copy, page.data + at, portion);
        cuts->reason = article_strip_feed(strip, copy, portion);
        free(copy);

        if (article_strip_decided(strip) < decided) {
            wrong = "decided() went back";
        }

        decided = article_strip_decided(strip);

        if (decided > at + portion) {
            wrong = "decided() is beyond the input";
        }

        if (wrong == NULL) {
            wrong = strip_take(strip, cuts);
        }
    }

    article_strip_finish(strip);

    if (wrong == NULL) {
        wrong = strip_take(strip, cuts);
    }

    if (wrong == NULL && article_strip_decided(strip) != page.len) {
        wrong = "not all is decided at the end";
    }

    article_strip_destroy(strip);

    return wrong;
}


static const char *
strip_take(article_strip_t *strip, strip_cuts_t *cuts)
{
    article_range_t  cut;

    while (article_strip_next_cut(strip, &cut)) {
        if (cut.start >= cut.end) {
            return "an empty cut";
        }

        if (cut.end > article_strip_decided(strip)) {
            return "a cut that is not decided";
        }

        if (article_strip_why(strip)[0] == '\0') {
            return "a cut without a reason";
        }

        if (cuts->number != 0
            && cut.start < cuts->cut[cuts->number - 1].end)
        {
            return "cuts out of order";
        }

        if (cuts->number != 0
            && cut.start == cuts->cut[cuts->number - 1].end)
        {
            cuts->cut[cuts->number - 1].end = cut.end;

        } else if (cuts->number < STRIP_CUTS_MAX) {
            cuts->cut[cuts->number++] = cut;
        }
    }

    return NULL;
}


unsigned
strip_cuts_equal(const strip_cuts_t *a, const strip_cuts_t *b)
{
    return a->number == b->number
           && memcmp(a->cut, b->cut, a->number * sizeof(article_range_t))
              == 0;
}


char *
strip_output(article_slice_t page, const strip_cuts_t *cuts, size_t *len)
{
    char      *out;
    size_t     kept;
    unsigned   i;

    out = malloc(page.len + 1);
    *len = 0;
    kept = 0;

    for (i = 0; i <= cuts->number; i++) {
        size_t  to;

        to = i < cuts->number ? (size_t) cuts->cut[i].start : page.len;
        memcpy(out + *len, page.data + kept, to - kept);
        *len += to - kept;
        kept = i < cuts->number ? (size_t) cuts->cut[i].end : to;
    }

    out[*len] = '\0';

    return out;
}


char *
strip_oracle(article_slice_t page, const strip_cuts_t *cuts)
{
    char                 *out, *marked, *want, *got, *wrong;
    size_t                len, marked_len;
    const char           *error;
    lxb_html_document_t  *a, *b;

    out = strip_output(page, cuts, &len);
    marked = strip_marked(page, cuts, &marked_len);
    wrong = NULL;

    a = lxb_html_document_create();
    b = lxb_html_document_create();

    /* a browser's noscript is raw text, as the scanner has it */

    a->dom_document.scripting = true;
    b->dom_document.scripting = true;

    lxb_html_document_parse(a, (lxb_char_t *) marked, marked_len);
    lxb_html_document_parse(b, (lxb_char_t *) out, len);

    error = strip_remove_marked(lxb_dom_interface_node(a));

    if (error != NULL) {
        wrong = strdup(error);

    } else {
        strip_normalize(lxb_dom_interface_node(a));
        strip_normalize(lxb_dom_interface_node(b));

        want = strip_serialize(a);
        got = strip_serialize(b);

        if (strcmp(want, got) != 0) {
            wrong = strip_difference(want, got);
        }

        free(want);
        free(got);
    }

    lxb_html_document_destroy(a);
    lxb_html_document_destroy(b);
    free(out);
    free(marked);

    return wrong;
}


/* What stands around the first byte that is another one. */
static char *
strip_difference(const char *want, const char *got)
{
    char    *s;
    size_t   i, from;

    for (i = 0; want[i] != '\0' && want[i] == got[i]; i++) {
        /* void */
    }

    from = i > STRIP_BEFORE ? i - STRIP_BEFORE : 0;

    s = malloc(2 * (STRIP_BEFORE + STRIP_BEHIND) + 64);
    sprintf(s, "the DOM differs\nwant %.*s\ngot  %.*s",
            STRIP_BEFORE + STRIP_BEHIND, want + from,
            STRIP_BEFORE + STRIP_BEHIND, got + from);

    return s;
}


static char *
strip_marked(article_slice_t page, const strip_cuts_t *cuts, size_t *len)
{
    char      *out;
    size_t     at, to;
    unsigned   i;

    out = malloc(page.len + 1 + cuts->number * 64);
    *len = 0;
    at = 0;

    for (i = 0; i <= 2 * cuts->number; i++) {
        const char  *mark;

        to = i == 2 * cuts->number ? page.len
             : i % 2 == 0 ? (size_t) cuts->cut[i / 2].start
                          : (size_t) cuts->cut[i / 2].end;
        mark = i == 2 * cuts->number ? "" : i % 2 == 0 ? MARK_START
                                                       : MARK_END;

        memcpy(out + *len, page.data + at, to - at);
        *len += to - at;
        memcpy(out + *len, mark, strlen(mark));
        *len += strlen(mark);
        at = to;
    }

    return out;
}


static const char *
strip_remove_marked(lxb_dom_node_t *root)
{
    unsigned         end;
    lxb_dom_node_t  *node, *next, *start;

    for (node = root; node != NULL; /* void */ ) {
        if (!strip_is_mark(node, "strip-start")) {
            if (strip_is_mark(node, "strip-end")) {
                return "a cut ends in another element than it began in";
            }

            node = strip_next(node, root);
            continue;
        }

        start = node;

        for (node = start->next; node != NULL; node = node->next) {
            if (strip_is_mark(node, "strip-end")) {
                break;
            }
        }

        if (node == NULL) {
            if (!strip_is_head(start->parent)) {
                return "a cut begins in another element than it ends in";
            }

            /* the first thing of the body: the comment stands before it */

            node = strip_next(start, root);
            lxb_dom_node_remove(start);

            while (node != NULL && node->parent->local_name != LXB_TAG_BODY) {
                node = strip_next(node, root);
            }

            if (node == NULL) {
                return "a cut has no body";
            }

            start = node;
        }

        node = start;
        end = 0;

        while (!end) {
            end = strip_is_mark(node, "strip-end");
            next = node->next != NULL ? node->next : strip_next(node, root);
            lxb_dom_node_remove(node);
            node = next;
        }
    }

    return NULL;
}


static lxb_dom_node_t *
strip_next(lxb_dom_node_t *node, lxb_dom_node_t *root)
{
    if (node->first_child != NULL) {
        return node->first_child;
    }

    while (node != root && node->next == NULL) {
        node = node->parent;
    }

    return node == root ? NULL : node->next;
}


static unsigned
strip_is_head(lxb_dom_node_t *node)
{
    return node->local_name == LXB_TAG_HEAD
           || node->local_name == LXB_TAG_HTML;
}


static unsigned
strip_is_mark(lxb_dom_node_t *node, const char *mark)
{
    lexbor_str_t  *data;

    if (node->type != LXB_DOM_NODE_TYPE_COMMENT) {
        return 0;
    }

    data = &lxb_dom_interface_character_data(node)->data;

    return data->length == strlen(mark)
           && memcmp(data->data, mark, data->length) == 0;
}


/* Adjacent text nodes are joined; white space is not compared. */
static void
strip_normalize(lxb_dom_node_t *root)
{
    size_t           i, len;
    lxb_char_t      *data;
    lexbor_str_t    *text;
    lxb_dom_node_t  *node, *next;

    for (node = root; node != NULL; node = next) {
        next = strip_next(node, root);

        if (node->type != LXB_DOM_NODE_TYPE_TEXT) {
            continue;
        }

        text = &lxb_dom_interface_character_data(node)->data;
        data = text->data;
        len = 0;

        for (i = 0; i < text->length; i++) {
            if (data[i] > ' ') {
                data[len++] = data[i];
            }
        }

        text->length = len;

        if (len == 0) {
            lxb_dom_node_remove(node);
        }
    }
}


static char *
strip_serialize(lxb_html_document_t *document)
{
    lexbor_str_t  str;
    char         *s;

    memset(&str, 0, sizeof(str));
    lxb_html_serialize_tree_str(lxb_dom_interface_node(document), &str);

    s = malloc(str.length + 1);
    memcpy(s, str.data, str.length);
    s[str.length] = '\0';

    return s;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Joins a page that was sent in pieces.
 */

#include <string.h>

#include "streamed.h"


/* Pages seen have up to 33 pieces; those above are left where they are. */
#define ARTICLE_STREAMED_PIECES  256


typedef struct {
    lxb_dom_node_t  *piece[ARTICLE_STREAMED_PIECES];
    lxb_dom_node_t  *place[ARTICLE_STREAMED_PIECES];
    uint8_t          boundary[ARTICLE_STREAMED_PIECES];  /* "B:" */
} article_streamed_t;


static void article_streamed_find(article_streamed_t *streamed,
    lxb_dom_node_t *root);
static unsigned article_streamed_number(const lxb_dom_node_t *node,
    char letter);
static unsigned article_streamed_fits(const lxb_dom_node_t *place,
    const lxb_dom_node_t *piece, unsigned depth);
static void article_streamed_clear(lxb_dom_node_t *place);
static lxb_dom_node_t *article_streamed_end(lxb_dom_node_t *place);
static unsigned article_comment_is(const lxb_dom_node_t *node,
    const char *data);


unsigned
article_streamed_is_piece(const lxb_dom_node_t *node)
{
    return article_streamed_number(node, 'S') < ARTICLE_STREAMED_PIECES;
}


unsigned
article_streamed_join(lxb_dom_node_t *root, unsigned depth)
{
    unsigned             n, moved;
    lxb_dom_node_t      *piece, *place, *child;
    article_streamed_t   streamed;

    memset(&streamed, 0, sizeof(streamed));
    article_streamed_find(&streamed, root);

    moved = 0;

    for (n = 0; n < ARTICLE_STREAMED_PIECES; n++) {
        piece = streamed.piece[n];
        place = streamed.place[n];

        if (piece == NULL || place == NULL
            || !article_streamed_fits(place, piece, depth))
        {
            continue;
        }

        while ((child = piece->first_child) != NULL) {
            lxb_dom_node_remove_wo_events(child);
            lxb_dom_node_insert_before_wo_events(place, child);
        }

        if (streamed.boundary[n]) {
            article_streamed_clear(place);
        }

        moved++;
    }

    return moved;
}


/* The first piece and the first place of each number. */

static void
article_streamed_find(article_streamed_t *streamed, lxb_dom_node_t *root)
{
    unsigned         n, boundary;
    lxb_dom_node_t  *node;

    for (node = root; node; node = article_node_next(node, root, 0)) {

        if (node->local_name == LXB_TAG_DIV) {
            n = article_streamed_number(node, 'S');

            if (n < ARTICLE_STREAMED_PIECES && streamed->piece[n] == NULL) {
                streamed->piece[n] = node;
            }

        } else if (node->local_name == LXB_TAG_TEMPLATE) {
            n = article_streamed_number(node, 'B');
            boundary = n < ARTICLE_STREAMED_PIECES;

            if (!boundary) {
                n = article_streamed_number(node, 'P');
            }

            if (n < ARTICLE_STREAMED_PIECES && streamed->place[n] == NULL) {
                streamed->place[n] = node;
                streamed->boundary[n] = (uint8_t) boundary;
            }
        }
    }
}


/* The number behind the letter and the colon in an id; PIECES: none is. */

static unsigned
article_streamed_number(const lxb_dom_node_t *node, char letter)
{
    size_t           i;
    unsigned         c, n;
    article_slice_t  id;

    id = article_node_attribute(node, article_literal("id"));

    if (id.len < 3 || id.data[0] != letter || id.data[1] != ':') {
        return ARTICLE_STREAMED_PIECES;
    }

    n = 0;

    for (i = 2; i < id.len && n < ARTICLE_STREAMED_PIECES; i++) {
        c = (unsigned char) id.data[i];

        if (c >= '0' && c <= '9') {
            n = n * 16 + c - '0';
        } else if (c >= 'a' && c <= 'f') {
            n = n * 16 + c - 'a' + 10;
        } else {
            return ARTICLE_STREAMED_PIECES;
        }
    }

    return n;
}


/* 1 if the place is not in the piece itself and not too deep. */

static unsigned
article_streamed_fits(const lxb_dom_node_t *place,
    const lxb_dom_node_t *piece, unsigned depth)
{
    for ( /* void */ ; place; place = place->parent) {
        if (place == piece || depth-- == 0) {
            return 0;
        }
    }

    return 1;
}


/* What stands behind a place until its piece is there. */

static void
article_streamed_clear(lxb_dom_node_t *place)
{
    lxb_dom_node_t  *node, *next, *end;

    end = article_streamed_end(place);

    for (node = end ? place->next : NULL; node != end; node = next) {
        next = node->next;
        lxb_dom_node_remove_wo_events(node);
    }
}


/* The comment that ends it; NULL when comments were taken out of the page. */

static lxb_dom_node_t *
article_streamed_end(lxb_dom_node_t *place)
{
    unsigned         open;
    lxb_dom_node_t  *node;

    open = 1;

    for (node = place->next; node; node = node->next) {

        if (node->type != LXB_DOM_NODE_TYPE_COMMENT) {
            continue;
        }

        if (article_comment_is(node, "/$")) {
            if (--open == 0) {
                return node;
            }

        } else if (article_comment_is(node, "$")
                   || article_comment_is(node, "$?")
                   || article_comment_is(node, "$!"))
        {
            open++;
        }
    }

    return NULL;
}


static unsigned
article_comment_is(const lxb_dom_node_t *node, const char *data)
{
    const lexbor_str_t  *text;

    text = &((const lxb_dom_character_data_t *) node)->data;

    return text->length == strlen(data)
           && memcmp(text->data, data, text->length) == 0;
}

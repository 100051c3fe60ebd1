/*
 * Copyright (C) the authors named in LICENSE
 *
 * The walk over the DOM: elements, lines, media.
 */

#include <string.h>

#include "blocks_walk.h"
#include "classes.h"
#include "media.h"
#include "streamed.h"


static int article_blocks_walk(article_blocks_t *blocks,
    article_engine_t *engine, unsigned *pieces);
static void article_walk_enter(article_walk_t *walk, lxb_dom_node_t *node,
    unsigned *descend);
static void article_walk_leave(article_walk_t *walk, lxb_dom_node_t *node);
static article_element_t *article_walk_add_element(article_walk_t *walk,
    lxb_dom_node_t *node, uint16_t tag, const article_said_t *said);
static void article_walk_media(article_walk_t *walk, lxb_dom_node_t *node,
    uint16_t tag);


int
article_blocks_build(article_blocks_t *blocks, article_engine_t *engine)
{
    unsigned  pieces;

    if (article_blocks_walk(blocks, engine, &pieces) != 0) {
        return -1;
    }

    /* the walk alone knows without cost that there are pieces to join */

    if (pieces && article_streamed_join(blocks->root, engine->limits.depth)
        && article_blocks_walk(blocks, engine, &pieces) != 0)
    {
        return -1;
    }

    article_blocks_clear(blocks);

    return 0;
}


static int
article_blocks_walk(article_blocks_t *blocks, article_engine_t *engine,
    unsigned *pieces)
{
    unsigned         descend;
    lxb_dom_node_t  *node, *root;
    article_walk_t   walk;

    memset(blocks, 0, sizeof(*blocks));
    memset(&walk, 0, sizeof(walk));

    blocks->arena = engine->arena;
    blocks->root = lxb_dom_document_root(
                              lxb_dom_interface_document(engine->document));
    walk.blocks = blocks;
    walk.said.classes = engine->classes;
    article_buf_init(&walk.buf, engine->arena);

    *pieces = 0;

    root = blocks->root;
    if (root == NULL) {
        return 0;
    }

    node = root;

    while (node) {
        descend = 0;
        article_walk_enter(&walk, node, &descend);

        if (walk.failed) {
            return -1;
        }

        if (descend && node->first_child) {
            node = node->first_child;
            continue;
        }

        for ( ;; ) {
            article_walk_leave(&walk, node);

            if (node == root) {
                node = NULL;
                break;
            }

            if (node->next) {
                node = node->next;
                break;
            }

            node = node->parent;
        }
    }

    if (walk.failed || article_arena_failed(engine->arena)) {
        return -1;
    }

    *pieces = walk.pieces;

    return 0;
}


static void
article_walk_enter(article_walk_t *walk, lxb_dom_node_t *node,
    unsigned *descend)
{
    uint16_t            tag;
    article_said_t      said;
    article_element_t  *element;

    if (node->type == LXB_DOM_NODE_TYPE_TEXT) {
        article_walk_text(walk, node);
        return;
    }

    node->user = NULL;

    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
        return;
    }

    tag = node->local_name < LXB_TAG__LAST_ENTRY
          ? (uint16_t) node->local_name : 0;

    if (tag == LXB_TAG_BR) {
        article_walk_finish_line(walk);
        walk->soft++;
        return;
    }

    if (tag == LXB_TAG_BODY || tag == LXB_TAG_HTML) {
        memset(&said, 0, sizeof(said));
    } else {
        article_said_read(&said, &walk->said, node, tag);
    }

    if (said.hidden) {
        walk->pieces += tag == LXB_TAG_DIV && article_streamed_is_piece(node);
        return;
    }

    if (article_tag_is_block(tag)) {
        article_walk_flush(walk);
    }

    article_walk_media(walk, node, tag);

    if (article_tag_is_silent(tag)) {
        return;
    }

    if (tag == LXB_TAG_A) {
        walk->link = 1;
        walk->space |= walk->boundary == 2; /* </a><a>: two words */
    }

    walk->boundary = 1;

    element = article_walk_add_element(walk, node, tag, &said);
    *descend = element != NULL;
}


static article_element_t *
article_walk_add_element(article_walk_t *walk, lxb_dom_node_t *node,
    uint16_t tag, const article_said_t *said)
{
    uint32_t            index, inherited;
    article_blocks_t   *blocks;
    article_element_t  *element;

    blocks = walk->blocks;

    if (blocks->elements == walk->elements_size) {
        blocks->element = article_walk_grow(walk, blocks->element,
                                            blocks->elements,
                                            &walk->elements_size,
                                            sizeof(article_element_t));
        if (blocks->element == NULL) {
            return NULL;
        }
    }

    index = blocks->elements++;
    element = &blocks->element[index];

    memset(element, 0, sizeof(*element));

    element->node = node;
    element->parent = walk->current;
    element->tag = tag;
    element->block = (uint8_t) article_tag_is_block(tag);
    element->line = blocks->lines;

    element->own = said->flags;

    inherited = index ? blocks->element[walk->current].flags : 0;

    if (element->block) {

        /* the inner alignment wins */

        if ((element->own & (ARTICLE_IN_RIGHT|ARTICLE_IN_CENTER))
            || said->aligned)
        {
            inherited &= ~(ARTICLE_IN_RIGHT|ARTICLE_IN_CENTER);
        }
    }

    if (tag == LXB_TAG_A && said->linked) {
        element->own |= ARTICLE_IN_LINK;
    }

    element->flags = inherited | element->own;
    node->user = (void *) (uintptr_t) (index + 1);
    walk->current = index;

    return element;
}


static void
article_walk_leave(article_walk_t *walk, lxb_dom_node_t *node)
{
    article_element_t  *element;

    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT || node->user == NULL) {
        return;
    }

    element = &walk->blocks->element[(uintptr_t) node->user - 1];

    if (element->block) {
        article_walk_flush(walk);
    }

    walk->boundary = element->tag == LXB_TAG_A ? 2 : 1;

    element = &walk->blocks->element[(uintptr_t) node->user - 1];

    element->end = walk->blocks->elements;
    element->line_end = walk->blocks->lines + (walk->buf.len ? 1 : 0);
    walk->current = element->parent;
}


static void
article_walk_media(article_walk_t *walk, lxb_dom_node_t *node, uint16_t tag)
{
    article_media_t    found, *media;
    article_blocks_t  *blocks;

    blocks = walk->blocks;

    if (!article_media_find(blocks->arena, node, tag, &found)) {
        return;
    }

    if (blocks->medias == walk->medias_size) {
        blocks->media = article_walk_grow(walk, blocks->media, blocks->medias,
                                          &walk->medias_size,
                                          sizeof(article_media_t));
        if (blocks->media == NULL) {
            return;
        }
    }

    media = &blocks->media[blocks->medias++];

    *media = found;
    media->element = walk->current;
    media->line = blocks->lines;
    media->inside = walk->buf.len != 0;

    if (media->type == ARTICLE_MEDIA_IMAGE && walk->buf.len) {
        walk->space = 1;
    }

    if (tag == LXB_TAG_A) {
        media->alt = article_node_text(blocks->arena, node);
    }
}


void *
article_walk_grow(article_walk_t *walk, void *data, uint32_t n,
    uint32_t *size, size_t item)
{
    void      *grown;
    uint32_t   want;

    want = *size ? *size * 2 : 256;

    grown = article_arena_alloc(walk->blocks->arena, want * item);
    if (grown == NULL) {
        walk->failed = 1;
        return NULL;
    }

    if (n) {
        memcpy(grown, data, n * item);
    }

    *size = want;

    return grown;
}

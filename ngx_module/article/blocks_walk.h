/*
 * Copyright (C) the authors named in LICENSE
 *
 * State of the walk over the DOM; blocks.c and blocks_text.c alone.
 */

#ifndef ARTICLE_BLOCKS_WALK_H_INCLUDED
#define ARTICLE_BLOCKS_WALK_H_INCLUDED


#include "blocks.h"
#include "classes.h"


typedef struct {
    article_blocks_t         *blocks;
    article_said_memo_t       said;     /* classes seen */
    article_buf_t             buf;      /* text of the line being built */
    uint32_t                  elements_size;
    uint32_t                  lines_size;
    uint32_t                  medias_size;
    uint32_t                  current;  /* element the walk is in */
    article_line_t            line;     /* the line being built */
    unsigned                  space;    /* white space is due */
    unsigned                  soft;     /* <br>s since the last text */
    unsigned                  boundary; /* an inline tag since the last text */
    unsigned                  link;     /* a link began since the last text */
    uint32_t                  last;     /* the last character */
    unsigned                  pieces;   /* streamed.h: hidden so far */
    int                       failed;
} article_walk_t;


/* Adds a text node's characters to the line being built. */
void article_walk_text(article_walk_t *walk, lxb_dom_node_t *node);

/* Ends the line being built: at a <br>, and at a block's border. */
void article_walk_finish_line(article_walk_t *walk);
void article_walk_flush(article_walk_t *walk);

/* An array of n items of a size, with room for one more; NULL: no memory. */
void *article_walk_grow(article_walk_t *walk, void *data, uint32_t n,
    uint32_t *size, size_t item);

#endif /* ARTICLE_BLOCKS_WALK_H_INCLUDED */

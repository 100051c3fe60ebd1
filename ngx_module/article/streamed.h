/*
 * Copyright (C) the authors named in LICENSE
 *
 * Pages that are sent in pieces: React streams what is late in hidden
 * elements at the end, and scripts of the page put it where it belongs.
 */

#ifndef ARTICLE_STREAMED_H_INCLUDED
#define ARTICLE_STREAMED_H_INCLUDED


#include "document.h"


/* 1 if a hidden element is such a piece: id="S:" and a hexadecimal number. */
unsigned article_streamed_is_piece(const lxb_dom_node_t *node);

/*
 * Puts each piece below root where the page has a <template> with its number
 * (id="B:..." or "P:..."), as the page's scripts would: what stood there for
 * the time being goes, up to the comment that ends it.  Pieces without a
 * place, further ones than there is room for and those that would lie deeper
 * than depth stay hidden.  Returns how many were moved.  The protocol is that
 * of react-dom's server from version 18 on (its completeBoundary and
 * completeSegment, in the page $RC and $RS).
 */
unsigned article_streamed_join(lxb_dom_node_t *root, unsigned depth);


#endif /* ARTICLE_STREAMED_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * What an element says about itself: tag, alignment, class and id words.
 */

#ifndef ARTICLE_CLASSES_H_INCLUDED
#define ARTICLE_CLASSES_H_INCLUDED


#include "blocks.h"


/* ARTICLE_IN_... bits of the words in the element's class and id. */
uint32_t article_class_flags(const lxb_dom_node_t *node);

/* ARTICLE_IN_... bits of the tag, its align and style attributes. */
uint32_t article_style_flags(const lxb_dom_node_t *node, uint16_t tag);

/* 1 if the element aligns its text in any way, left and justified as well. */
unsigned article_is_aligned(const lxb_dom_node_t *node);

/*
 * 1 if the element is not shown: the hidden attribute, display:none, or a
 * class token that is exactly one of the frameworks' (never a substring:
 * "field-label-hidden" is shown; "d-none d-md-block" is shown on wide
 * screens).  Source: KNOWLEDGE of legacy portals; Bootstrap, NukeViet.
 */
unsigned article_is_hidden(const lxb_dom_node_t *node);

/* Tags whose text is never read; tags that break lines. */
unsigned article_tag_is_silent(uint16_t tag);
unsigned article_tag_is_block(uint16_t tag);


#endif /* ARTICLE_CLASSES_H_INCLUDED */

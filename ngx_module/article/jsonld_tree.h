/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD as a tree, in the page's arena.
 */

#ifndef ARTICLE_JSONLD_TREE_H_INCLUDED
#define ARTICLE_JSONLD_TREE_H_INCLUDED


#include <yajl/yajl_tree.h>

#include "arena.h"


/*
 * What yajl_tree_parse() makes of text, with all of it in the arena, and
 * numbers without their values.  NULL where text is no JSON, has more values
 * or levels than any JSON-LD, or memory is out.
 */
yajl_val article_jsonld_tree(article_arena_t *arena, article_slice_t text);


#endif /* ARTICLE_JSONLD_TREE_H_INCLUDED */

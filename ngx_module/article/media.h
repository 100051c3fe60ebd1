/*
 * Copyright (C) the authors named in LICENSE
 *
 * Images, players, frames and links to files: what an element is, where its
 * file lies, and what the page tells of it.
 */

#ifndef ARTICLE_MEDIA_H_INCLUDED
#define ARTICLE_MEDIA_H_INCLUDED


#include "blocks.h"


/*
 * 1 if the element is one of the media: fills type, node, url as written
 * (lazy images and frames, <noscript> twins, documents in viewers resolved),
 * alt, width, height and small; the slices are the document's or arena's.
 */
unsigned article_media_find(article_arena_t *arena, lxb_dom_node_t *node,
    uint16_t tag, article_media_t *media);

/* The first element of a tag below a node, or NULL. */
lxb_dom_node_t *article_media_inner(lxb_dom_node_t *node, uintptr_t tag);

/*
 * The MIME type of what lies at an absolute address: by its name, else by
 * what the element says, else by its tag.  Never NULL; static, or a slice of
 * the document.
 */
article_slice_t article_media_mime(const article_media_t *media,
    article_slice_t url);

/*
 * The name of a frame's provider ("youtube"), static; empty when the host is
 * none that is known for films, sounds and posts.
 */
article_slice_t article_media_provider(article_slice_t host);

/*
 * A size in a text ("1,2 MB", "(350 KB)") in bytes; 0: none.  K is 1024, as
 * the systems that write such sizes have it.
 */
uint64_t article_media_size(article_slice_t text);


#endif /* ARTICLE_MEDIA_H_INCLUDED */

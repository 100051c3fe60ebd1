/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD as text, before and after yajl reads it; jsonld_text.c.
 */

#ifndef ARTICLE_JSONLD_TEXT_H_INCLUDED
#define ARTICLE_JSONLD_TEXT_H_INCLUDED


#include "text.h"


/*
 * Takes the next object or array off json: a terminated copy in the arena,
 * mended where its sense is in no doubt: line ends and quotes inside of
 * strings, "\'", commas before what closes.  What stands around it (comments,
 * CDATA, semicolons) is dropped.  data is NULL at the end, without memory, or
 * where it nests too deep.
 */
article_slice_t article_jsonld_next(article_arena_t *arena,
    article_slice_t *json);

/*
 * Character references undone, for texts that were written for HTML before
 * they went into JSON or an attribute; the slice itself when there are none.
 */
article_slice_t article_references(article_arena_t *arena,
    article_slice_t text);


#endif /* ARTICLE_JSONLD_TEXT_H_INCLUDED */

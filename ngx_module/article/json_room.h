/*
 * Copyright (C) the authors named in LICENSE
 *
 * Memory for yajl, which does not look at what its malloc() gives: all that
 * it can ask for is put aside, and looked at, before it is called.
 */

#ifndef ARTICLE_JSON_ROOM_H_INCLUDED
#define ARTICLE_JSON_ROOM_H_INCLUDED


#include <yajl/yajl_gen.h>
#include <yajl/yajl_parse.h>

#include "arena.h"


/*
 * Bytes for yajl's objects and the first portions of its buffers (yajl 2.1
 * takes 4.6 KB of a reader and 0.7 KB of a writer).
 */
#define ARTICLE_JSON_OBJECTS  8192

/* What a reader has that grows: two buffers and a stack. */
#define ARTICLE_JSON_GROWING  3


typedef struct {
    yajl_alloc_funcs  functions;
    char             *objects;          /* of ARTICLE_JSON_OBJECTS bytes */
    size_t            used;
    char             *growing;          /* areas that are left */
    size_t            size;             /* of an area */
    unsigned          left;
} article_json_room_t;


/*
 * A writer that appends to buf; it lives as long as room, which lies where
 * the caller likes, and buf.  Its memory is of buf's arena, and it needs not
 * be freed.  NULL without memory.  Whether all was written is told by
 * article_arena_failed().
 */
yajl_gen article_json_writer(article_json_room_t *room, article_buf_t *buf);

/*
 * A reader of a text of len bytes, given to yajl_parse() at once, with
 * yajl's callbacks and their data.  NULL without memory.  Both functions go
 * together: reader is what the first one gave.
 */
yajl_handle article_json_reader(article_json_room_t *room, size_t len,
    const yajl_callbacks *callbacks, void *data);
void article_json_reader_free(article_json_room_t *room, yajl_handle reader);


#endif /* ARTICLE_JSON_ROOM_H_INCLUDED */

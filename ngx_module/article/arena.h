/*
 * Copyright (C) the authors named in LICENSE
 *
 * Memory of one page: bump allocation with a hard limit, given back at once.
 */

#ifndef ARTICLE_ARENA_H_INCLUDED
#define ARTICLE_ARENA_H_INCLUDED


#include "article.h"


typedef struct article_arena_s  article_arena_t;


/* An arena that will never hand out more than limit bytes; NULL: no memory. */
article_arena_t *article_arena_create(size_t limit);
void article_arena_destroy(article_arena_t *arena);

/* Takes everything back; keeps at most idle bytes of blocks for reuse. */
void article_arena_reset(article_arena_t *arena, size_t idle);

/*
 * size bytes, aligned to 16, not cleared (alloc) or zeroed (calloc).  They
 * live until the arena is reset.  NULL over the limit or out of memory; the
 * arena then remembers that it failed.
 */
void *article_arena_alloc(article_arena_t *arena, size_t size);
void *article_arena_calloc(article_arena_t *arena, size_t size);

/*
 * Gives the tail of an allocation of old bytes back, down to size bytes, if
 * it is the newest one; else does nothing.
 */
void article_arena_trim(article_arena_t *arena, void *p, size_t old,
    size_t size);

/* A copy of a slice, terminated as well; data is NULL when memory is out. */
article_slice_t article_arena_copy(article_arena_t *arena, article_slice_t s);

/* 1 once an allocation failed since the last reset. */
unsigned article_arena_failed(const article_arena_t *arena);


/*
 * A growing string in an arena.  Appending to one whose arena failed does
 * nothing: check article_arena_failed() once, at the end.
 */
typedef struct {
    article_arena_t  *arena;
    char             *data;
    size_t            len;
    size_t            size;
} article_buf_t;


void article_buf_init(article_buf_t *buf, article_arena_t *arena);
void article_buf_append(article_buf_t *buf, const char *data, size_t len);
void article_buf_append_slice(article_buf_t *buf, article_slice_t s);
void article_buf_append_char(article_buf_t *buf, char c);
article_slice_t article_buf_slice(const article_buf_t *buf);


#endif /* ARTICLE_ARENA_H_INCLUDED */

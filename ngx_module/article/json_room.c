/*
 * Copyright (C) the authors named in LICENSE
 *
 * Memory for yajl.
 *
 * yajl 2 writes to what its malloc() and realloc() give without a look, so an
 * allocator of ours may never give NULL, and one that jumps out of it would
 * leave it half done.  But what it takes has bounds that are known before:
 *
 * - objects of fixed size, and buffers that begin with 2 KB (a writer keeps
 *   no buffer at all, for it prints to our string);
 *
 * - of a text of len bytes, read in one portion, a buffer for the longest
 *   string, another one for a token that the end cuts short, and a stack of a
 *   byte a level.  None holds more than len bytes and one, and buffers grow
 *   by doubling: 2 * len + 2 bytes, or 2 KB, is the most that is asked for.
 *
 * So all of that is asked for beforehand, once, and given out here.  What is
 * not written to costs addresses only.
 */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_room.h"


/* Each piece has its size before it, and is aligned as malloc()'s are. */
#define ARTICLE_JSON_HEAD   16

#define article_json_round(n)                                                \
    (((n) + ARTICLE_JSON_HEAD - 1) & ~(size_t) (ARTICLE_JSON_HEAD - 1))

/* What yajl begins a buffer or a stack with, at most. */
#define ARTICLE_JSON_FIRST  2048


static void article_json_room_init(article_json_room_t *room, char *memory,
    size_t size);
static size_t *article_json_size(void *p);
static void *article_json_malloc(void *data, size_t size);
static void *article_json_realloc(void *data, void *p, size_t size);
static void article_json_free(void *data, void *p);
static void article_json_print(void *data, const char *s, size_t len);


yajl_gen
article_json_writer(article_json_room_t *room, article_buf_t *buf)
{
    char      *memory;
    yajl_gen   gen;

    memory = article_arena_alloc(buf->arena, ARTICLE_JSON_OBJECTS);
    if (memory == NULL) {
        return NULL;
    }

    article_json_room_init(room, memory, 0);

    gen = yajl_gen_alloc(&room->functions);

    if (gen != NULL) {
        yajl_gen_config(gen, yajl_gen_print_callback, article_json_print,
                        buf);
    }

    article_arena_trim(buf->arena, memory, ARTICLE_JSON_OBJECTS, room->used);

    return gen;
}


yajl_handle
article_json_reader(article_json_room_t *room, size_t len,
    const yajl_callbacks *callbacks, void *data)
{
    char    *memory;
    size_t   size;

    if (len > SIZE_MAX / (4 * ARTICLE_JSON_GROWING)) {
        return NULL;
    }

    size = article_json_round(2 * (len + ARTICLE_JSON_FIRST)
                              + ARTICLE_JSON_HEAD);

    memory = malloc(ARTICLE_JSON_OBJECTS + ARTICLE_JSON_GROWING * size);
    if (memory == NULL) {
        return NULL;
    }

    article_json_room_init(room, memory, size);

    return yajl_alloc(callbacks, &room->functions, data);
}


void
article_json_reader_free(article_json_room_t *room, yajl_handle reader)
{
    yajl_free(reader);
    free(room->objects);
}


static void
article_json_room_init(article_json_room_t *room, char *memory, size_t size)
{
    room->functions.malloc = article_json_malloc;
    room->functions.realloc = article_json_realloc;
    room->functions.free = article_json_free;
    room->functions.ctx = room;

    room->objects = memory;
    room->used = 0;
    room->growing = memory + ARTICLE_JSON_OBJECTS;
    room->size = size;
    room->left = size ? ARTICLE_JSON_GROWING : 0;
}


static size_t *
article_json_size(void *p)
{
    return (size_t *) (void *) ((char *) p - ARTICLE_JSON_HEAD);
}


static void *
article_json_malloc(void *data, size_t size)
{
    char                 *p;
    article_json_room_t  *room;

    room = data;
    size = article_json_round(size);

    if (size > ARTICLE_JSON_OBJECTS - ARTICLE_JSON_HEAD - room->used) {
        return NULL;                        /* cannot be: see above */
    }

    p = room->objects + room->used + ARTICLE_JSON_HEAD;
    room->used += ARTICLE_JSON_HEAD + size;

    *article_json_size(p) = size;

    return p;
}


/* What grows gets an area of its own, where it stays. */

static void *
article_json_realloc(void *data, void *p, size_t size)
{
    char                 *area;
    article_json_room_t  *room;

    if (p == NULL) {
        return article_json_malloc(data, size);
    }

    if (size <= *article_json_size(p)) {
        return p;
    }

    room = data;

    if (room->left == 0 || size > room->size - ARTICLE_JSON_HEAD) {
        return NULL;                        /* cannot be: see above */
    }

    area = room->growing + ARTICLE_JSON_HEAD;
    room->growing += room->size;
    room->left--;

    memcpy(area, p, *article_json_size(p));
    *article_json_size(area) = room->size - ARTICLE_JSON_HEAD;

    return area;
}


static void
article_json_free(void *data, void *p)
{
    (void) data;
    (void) p;
}


static void
article_json_print(void *data, const char *s, size_t len)
{
    article_buf_append(data, s, len);
}

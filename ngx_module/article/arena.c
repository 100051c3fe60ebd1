/*
 * Copyright (C) the authors named in LICENSE
 *
 * A list of blocks with a place in it.  Blocks before the current one are
 * full, blocks behind it are left from an earlier page and free.  A large
 * request takes a block of its own, put before the current one.
 */

#include <stdlib.h>
#include <string.h>

#include "arena.h"


#if defined(__SANITIZE_ADDRESS__)
#define ARTICLE_ARENA_ASAN  1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARTICLE_ARENA_ASAN  1
#endif
#endif

/* Under ASAN the bytes not handed out are poisoned: overruns are found. */
#ifdef ARTICLE_ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define article_arena_hide(p, n)  ASAN_POISON_MEMORY_REGION(p, n)
#define article_arena_show(p, n)  ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define article_arena_hide(p, n)  ((void) (p), (void) (n))
#define article_arena_show(p, n)  ((void) (p), (void) (n))
#endif


#define ARTICLE_ARENA_ALIGN  ((size_t) 16)

/* A page of 65 KB (the median) needs about this much besides the DOM. */
#define ARTICLE_ARENA_BLOCK  ((size_t) 64 * 1024)

/*
 * Larger requests get a block of their own: at most a quarter of a block is
 * wasted, and every block is large enough for any smaller request.
 */
#define ARTICLE_ARENA_LARGE  (ARTICLE_ARENA_BLOCK / 4)

#define ARTICLE_BUF_FIRST    ((size_t) 64)


typedef struct article_block_s  article_block_t;


struct article_block_s {
    article_block_t  *next;
    size_t            size;     /* of the memory behind this head */
    size_t            used;
};


struct article_arena_s {
    article_block_t  *first;
    article_block_t  *current;
    size_t            limit;
    size_t            taken;    /* bytes handed out, padding counted */
    unsigned          failed;
};


/* The head of a block, rounded up so that the memory behind is aligned. */
#define ARTICLE_BLOCK_HEAD                                                    \
    ((sizeof(article_block_t) + ARTICLE_ARENA_ALIGN - 1)                      \
     & ~(ARTICLE_ARENA_ALIGN - 1))


static article_block_t *article_block_create(size_t size);
static void article_block_destroy(article_block_t *block);
static article_block_t *article_arena_next(article_arena_t *arena);
static article_block_t *article_arena_large(article_arena_t *arena,
    size_t size);
static unsigned article_arena_extend(article_arena_t *arena, char *p,
    size_t old, size_t size);
static void article_buf_grow(article_buf_t *buf, size_t need);


static inline char *
article_block_data(article_block_t *block)
{
    return (char *) block + ARTICLE_BLOCK_HEAD;
}


static inline size_t
article_arena_round(size_t size)
{
    return (size + ARTICLE_ARENA_ALIGN - 1) & ~(ARTICLE_ARENA_ALIGN - 1);
}


article_arena_t *
article_arena_create(size_t limit)
{
    article_arena_t  *arena;

    arena = calloc(1, sizeof(article_arena_t));
    if (arena == NULL) {
        return NULL;
    }

    arena->limit = limit;

    return arena;
}


void
article_arena_destroy(article_arena_t *arena)
{
    if (arena == NULL) {
        return;
    }

    article_arena_reset(arena, 0);
    free(arena);
}


void
article_arena_reset(article_arena_t *arena, size_t idle)
{
    size_t            kept;
    article_block_t  *block, *next, **link;

    kept = 0;
    link = &arena->first;

    for (block = arena->first; block != NULL; block = next) {
        next = block->next;

        if (block->size > idle - kept) {
            *link = next;
            article_block_destroy(block);
            continue;
        }

        kept += block->size;
        block->used = 0;
        article_arena_hide(article_block_data(block), block->size);
        link = &block->next;
    }

    arena->current = arena->first;
    arena->taken = 0;
    arena->failed = 0;
}


void *
article_arena_alloc(article_arena_t *arena, size_t size)
{
    char             *p;
    size_t            need;
    article_block_t  *block;

    need = article_arena_round(size ? size : 1);

    if (need < size || need > arena->limit - arena->taken) {
        arena->failed = 1;
        return NULL;
    }

    block = arena->current;

    if (block == NULL || need > block->size - block->used) {
        block = need > ARTICLE_ARENA_LARGE ? article_arena_large(arena, need)
                                           : article_arena_next(arena);
        if (block == NULL) {
            arena->failed = 1;
            return NULL;
        }
    }

    p = article_block_data(block) + block->used;
    block->used += need;
    arena->taken += need;
    article_arena_show(p, size);

    return p;
}


void *
article_arena_calloc(article_arena_t *arena, size_t size)
{
    void  *p;

    p = article_arena_alloc(arena, size);
    if (p != NULL) {
        memset(p, 0, size);
    }

    return p;
}


void
article_arena_trim(article_arena_t *arena, void *p, size_t old, size_t size)
{
    size_t            was, need;
    article_block_t  *block;

    block = arena->current;
    was = article_arena_round(old ? old : 1);
    need = article_arena_round(size ? size : 1);

    if (block == NULL || need >= was || was > block->used
        || (char *) p + was != article_block_data(block) + block->used)
    {
        return;
    }

    block->used -= was - need;
    arena->taken -= was - need;
    article_arena_hide((char *) p + size, was - size);
}


article_slice_t
article_arena_copy(article_arena_t *arena, article_slice_t s)
{
    char  *p;

    p = article_arena_alloc(arena, s.len + 1);
    if (p == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    if (s.len != 0) {
        memcpy(p, s.data, s.len);
    }

    p[s.len] = '\0';

    return (article_slice_t) { p, s.len };
}


unsigned
article_arena_failed(const article_arena_t *arena)
{
    return arena->failed;
}


void
article_buf_init(article_buf_t *buf, article_arena_t *arena)
{
    buf->arena = arena;
    buf->data = NULL;
    buf->len = 0;
    buf->size = 0;
}


void
article_buf_append(article_buf_t *buf, const char *data, size_t len)
{
    if (len > buf->size - buf->len) {
        article_buf_grow(buf, len);

        if (len > buf->size - buf->len) {
            return;
        }
    }

    if (len != 0) {
        memcpy(buf->data + buf->len, data, len);
        buf->len += len;
    }
}


void
article_buf_append_slice(article_buf_t *buf, article_slice_t s)
{
    article_buf_append(buf, s.data, s.len);
}


void
article_buf_append_char(article_buf_t *buf, char c)
{
    article_buf_append(buf, &c, 1);
}


article_slice_t
article_buf_slice(const article_buf_t *buf)
{
    if (buf->data == NULL) {
        return (article_slice_t) { "", 0 };
    }

    return (article_slice_t) { buf->data, buf->len };
}


static void
article_buf_grow(article_buf_t *buf, size_t need)
{
    char    *p;
    size_t   size;

    if (article_arena_failed(buf->arena)) {
        return;
    }

    if (need > SIZE_MAX / 2 - buf->len) {
        buf->arena->failed = 1;
        return;
    }

    size = buf->size ? buf->size : ARTICLE_BUF_FIRST;
    while (size < buf->len + need) {
        size *= 2;
    }

    if (buf->data != NULL
        && article_arena_extend(buf->arena, buf->data, buf->size, size))
    {
        buf->size = size;
        return;
    }

    p = article_arena_alloc(buf->arena, size);
    if (p == NULL) {
        return;
    }

    if (buf->len != 0) {
        memcpy(p, buf->data, buf->len);
    }

    buf->data = p;
    buf->size = size;
}


/* Grows the newest allocation where it stands; 0 if that cannot be. */
static unsigned
article_arena_extend(article_arena_t *arena, char *p, size_t old, size_t size)
{
    size_t            was, need;
    article_block_t  *block;

    block = arena->current;
    was = article_arena_round(old);
    need = article_arena_round(size);

    if (block == NULL || was > block->used
        || p + was != article_block_data(block) + block->used
        || need - was > block->size - block->used
        || need - was > arena->limit - arena->taken)
    {
        return 0;
    }

    block->used += need - was;
    arena->taken += need - was;
    article_arena_show(p, size);

    return 1;
}


/* The next free block of an earlier page, or a new one, as the current. */
static article_block_t *
article_arena_next(article_arena_t *arena)
{
    article_block_t  *block, **link;

    link = arena->current != NULL ? &arena->current->next : &arena->first;
    block = *link;

    if (block == NULL) {
        block = article_block_create(ARTICLE_ARENA_BLOCK);
        if (block == NULL) {
            return NULL;
        }

        *link = block;
    }

    arena->current = block;

    return block;
}


/*
 * A block for one large request, in front of the list: the current block
 * keeps its free tail for small requests.
 */
static article_block_t *
article_arena_large(article_arena_t *arena, size_t size)
{
    article_block_t  *block, **link;

    link = arena->current != NULL ? &arena->current->next : &arena->first;

    for (block = *link; block != NULL; block = *link) {
        if (block->size >= size && block->size / 2 <= size) {
            *link = block->next;
            break;
        }

        link = &block->next;
    }

    if (block == NULL) {
        block = article_block_create(size);
        if (block == NULL) {
            return NULL;
        }
    }

    block->next = arena->first;
    arena->first = block;

    if (arena->current == NULL) {
        arena->current = block;
    }

    return block;
}


static article_block_t *
article_block_create(size_t size)
{
    article_block_t  *block;

    if (size > SIZE_MAX - ARTICLE_BLOCK_HEAD) {
        return NULL;
    }

    block = malloc(ARTICLE_BLOCK_HEAD + size);
    if (block == NULL) {
        return NULL;
    }

    block->next = NULL;
    block->size = size;
    block->used = 0;
    article_arena_hide(article_block_data(block), size);

    return block;
}


static void
article_block_destroy(article_block_t *block)
{
    article_arena_show(article_block_data(block), block->size);
    free(block);
}

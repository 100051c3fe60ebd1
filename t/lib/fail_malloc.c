/*
 * Copyright (C) ngx_article authors
 *
 * For t/memory.t, by LD_PRELOAD: an allocation that a test names fails, once.
 * Test and nginx share a file ($ARTICLE_FAIL) of three 64-bit numbers: how
 * many allocations succeed before the one that fails (-1: all do), how many
 * there were, and how many are not freed.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>


typedef struct {
    long  left;
    long  made;
    long  live;
} fail_t;


void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *p);


static fail_t   fail_here = { -1, 0, 0 };
static fail_t  *fail = &fail_here;


__attribute__((constructor))
static void
fail_open(void)
{
    int          fd;
    void        *p;
    const char  *path;

    path = getenv("ARTICLE_FAIL");
    fd = path != NULL ? open(path, O_RDWR) : -1;

    if (fd == -1) {
        return;
    }

    p = mmap(NULL, sizeof(fail_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (p != MAP_FAILED) {
        fail = p;
    }

    close(fd);
}


static int
fails(void)
{
    __atomic_add_fetch(&fail->made, 1, __ATOMIC_RELAXED);

    if (__atomic_load_n(&fail->left, __ATOMIC_RELAXED) < 0
        || __atomic_fetch_sub(&fail->left, 1, __ATOMIC_RELAXED) != 0)
    {
        return 0;
    }

    errno = ENOMEM;

    return 1;
}


static void *
counted(void *p)
{
    if (p != NULL) {
        __atomic_add_fetch(&fail->live, 1, __ATOMIC_RELAXED);
    }

    return p;
}


void *
malloc(size_t size)
{
    return fails() ? NULL : counted(__libc_malloc(size));
}


void *
calloc(size_t number, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(number, size));
}


void *
realloc(void *p, size_t size)
{
    void  *new;

    if (fails()) {
        return NULL;
    }

    new = __libc_realloc(p, size);

    return p == NULL ? counted(new) : new;
}


void *
memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : counted(__libc_memalign(alignment, size));
}


int
posix_memalign(void **p, size_t alignment, size_t size)
{
    *p = memalign(alignment, size);

    return *p != NULL ? 0 : ENOMEM;
}


void
free(void *p)
{
    if (p != NULL) {
        __atomic_sub_fetch(&fail->live, 1, __ATOMIC_RELAXED);
    }

    __libc_free(p);
}

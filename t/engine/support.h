/*
 * Copyright (C) ngx_article authors
 *
 * What the engine's unit tests share.
 */

#ifndef ARTICLE_SUPPORT_H_INCLUDED
#define ARTICLE_SUPPORT_H_INCLUDED


#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text.h"


#define test_number(array)  (sizeof(array) / sizeof((array)[0]))


/* A slice of a terminated string. */
static inline article_slice_t
test_slice(const char *s)
{
    return (article_slice_t) { s, strlen(s) };
}


/* Fails, showing both, unless a slice holds this string. */
static inline void
test_equal(article_slice_t s, const char *expected)
{
    char  *copy;

    copy = malloc(s.len + 1);
    assert_non_null(copy);

    if (s.len != 0) {
        memcpy(copy, s.data, s.len);
    }

    copy[s.len] = '\0';

    if (strcmp(copy, expected) != 0 || s.len != strlen(expected)) {
        print_error("got \"%s\", expected \"%s\"\n", copy, expected);
        free(copy);
        fail();
    }

    free(copy);
}


/* A copy without a byte behind it, so that ASAN sees a read too far. */
static inline article_slice_t
slice_exact(const char *s, size_t len)
{
    char  *copy;

    copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, s, len);

    return (article_slice_t) { copy, len };
}


static inline void
slice_free(article_slice_t s)
{
    free((void *) (uintptr_t) s.data);
}


#endif /* ARTICLE_SUPPORT_H_INCLUDED */

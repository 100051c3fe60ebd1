/*
 * Copyright (C) ngx_article authors
 *
 * Memory that runs out: the n-th allocation fails, n = 1, 2, 3 ..., until the
 * page is read.  Not under ASAN, which has an allocator of its own.
 */

#include <stdio.h>

#include "support.h"

#include "document.h"


#ifdef __SANITIZE_ADDRESS__
#define TEST_SANITIZED  1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TEST_SANITIZED  1
#endif
#endif


static char    page[400000];
static size_t  page_len;


static int
setup(void **state)
{
    unsigned  i;

    (void) state;

    /* so large that all that grows does; not UTF-8, so that it is copied */

    for (i = 0; i < 3000; i++) {
        page_len += (size_t) snprintf(page + page_len,
                                      sizeof(page) - page_len,
                                      "<div class=c%u x%u=1><p>Tin <b>m&ocirc;"
                                      "\xc3</b> %u Vie\u0323\u0302t</p></div>",
                                      i, i % 500, i);
    }

    return 0;
}


/* The arena's limit, in steps, until the page fits. */
static void
arena_limits(void **state)
{
    unsigned           n;
    article_limits_t   limits;
    article_slice_t    text;
    article_reason_t   reason;
    article_engine_t  *engine;

    (void) state;

    text = (article_slice_t) { page, page_len };
    memset(&limits, 0, sizeof(limits));
    reason = ARTICLE_NO_MEMORY;

    for (n = 1; reason != ARTICLE_OK; n++) {
        assert_int_equal(reason, ARTICLE_NO_MEMORY);
        assert_true(n < 100);

        limits.memory = n * 65536;
        engine = article_engine_create(&limits);
        reason = article_document_parse(engine, text, test_slice("utf-8"),
                                        NULL);
        article_engine_destroy(engine);
    }

    assert_true(n > 4);
}


#ifndef TEST_SANITIZED

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *p, size_t size);


static long  allocations = -1;          /* that succeed; -1: all */


static int
fails(void)
{
    if (allocations < 0) {
        return 0;
    }

    if (allocations == 0) {
        allocations = -1;
        return 1;
    }

    allocations--;

    return 0;
}


void *
malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}


void *
calloc(size_t number, size_t size)
{
    return fails() ? NULL : __libc_calloc(number, size);
}


void *
realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}


static void
document(void **state)
{
    long               n;
    unsigned           failed;
    article_slice_t    text;
    article_reason_t   reason;
    article_engine_t  *engine;

    (void) state;

    text = (article_slice_t) { page, page_len };

    for (n = 0, failed = 1; failed; n++) {
        assert_true(n < 10000);

        engine = article_engine_create(NULL);
        assert_non_null(engine);

        allocations = n;
        reason = article_document_parse(engine, text, test_slice("utf-8"),
                                        NULL);
        failed = allocations < 0;
        allocations = -1;

        assert_true(reason == ARTICLE_NO_MEMORY
                    || (reason == ARTICLE_OK && !failed));

        /* the engine is as good as before */

        assert_int_equal(article_document_parse(engine, text,
                                                test_slice(""), NULL),
                         ARTICLE_OK);
        article_engine_destroy(engine);
    }

    assert_true(n > 20);
}


static void
engine_without_room(void **state)
{
    long  n;

    (void) state;

    /* the engine itself, the arena, and the room seen to before lexbor's */

    for (n = 0; n < 3; n++) {
        allocations = n;
        assert_null(article_engine_create(NULL));
        assert_int_equal(allocations, -1);
    }
}

#endif


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(arena_limits),
#ifndef TEST_SANITIZED
        cmocka_unit_test(document),
        cmocka_unit_test(engine_without_room),
#endif
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}

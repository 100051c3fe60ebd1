/*
 * Copyright (C) ngx_article authors
 *
 * Memory that runs out: the n-th allocation fails, n = 1, 2, 3 ..., until the
 * work is done, and nothing is left behind.  Not under ASAN, which has an
 * allocator of its own.
 */

#include <stdio.h>

#include "support.h"
#include "support_learn.h"

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


void __libc_free(void *p);


/* Every so many-th of the later allocations fails: there are thousands. */
#define MEMORY_STEPS  40

#define MEMORY_PAGES  6


static long  allocations = -1;          /* that succeed; -1: all */
static long  live;                      /* not freed yet */


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
    void  *p;

    p = fails() ? NULL : __libc_malloc(size);
    live += p != NULL;

    return p;
}


void *
calloc(size_t number, size_t size)
{
    void  *p;

    p = fails() ? NULL : __libc_calloc(number, size);
    live += p != NULL;

    return p;
}


void *
realloc(void *p, size_t size)
{
    void  *new;

    new = fails() ? NULL : __libc_realloc(p, size);
    live += p == NULL && new != NULL;

    return new;
}


void
free(void *p)
{
    live -= p != NULL;
    __libc_free(p);
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


static char             learned[LEARN_PAGE];
static size_t           learned_len;
static article_slice_t  observation;
static article_slice_t  saved;


/*
 * What yajl's JSON is part of is not here: yajl 2 does not look at what its
 * malloc() gives.
 */

/* What the tests below take in, made while there is memory. */
static void
memory_prepare(void)
{
    unsigned            i;
    learn_page_t        one;
    article_slice_t     bytes;
    article_engine_t   *engine;
    article_learner_t  *learner;

    memset(&one, 0, sizeof(one));
    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("bao.example"));

    for (i = 1; i <= MEMORY_PAGES; i++) {
        one.n = i;
        assert_int_equal(learn_observe(learner, engine, &one, NULL, 0),
                         ARTICLE_OK);
    }

    learned_len = learn_page(learned, &one);

    assert_int_equal(article_learner_save(learner, &bytes), ARTICLE_OK);
    saved = slice_exact(bytes.data, bytes.len);

    assert_int_equal(article_observe(engine, &(article_read_options_t) {
                                         .url = test_slice("/bai-9") },
                                     learned, learned_len, &bytes),
                     ARTICLE_OK);
    observation = slice_exact(bytes.data, bytes.len);

    article_learner_destroy(learner);
    article_engine_destroy(engine);
}


/* Done, or memory is the reason. */
static void
memory_reason(article_reason_t reason)
{
    assert_true(reason == ARTICLE_OK || reason == ARTICLE_NO_MEMORY);
}


static void
memory_explained(void *data, article_slice_t line)
{
    (void) data;

    assert_true(line.len != 0);
}


static void
memory_explain(article_engine_t *engine)
{
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice("https://bao.example/bai-9");

    memory_reason(article_explain(engine, &options, learned, learned_len,
                                  memory_explained, NULL));
}


static void
memory_observe(article_engine_t *engine)
{
    article_slice_t         bytes;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));

    memory_reason(article_observe(engine, &options, learned, learned_len,
                                  &bytes));
}


static void
memory_learner(article_engine_t *engine)
{
    article_slice_t     bytes;
    article_learner_t  *learner;

    (void) engine;

    learner = article_learner_load(saved);

    if (learner == NULL) {
        return;
    }

    memory_reason(article_learner_observe(learner, observation, 0));
    memory_reason(article_learner_save(learner, &bytes));
    article_learner_destroy(learner);
}


static void
public_functions(void **state)
{
    long               n, before;
    size_t             i;
    unsigned           failed;
    article_engine_t  *engine;

    static void (*const works[])(article_engine_t *engine) = {
        memory_explain, memory_observe, memory_learner
    };

    (void) state;

    memory_prepare();

    for (i = 0; i < test_number(works); i++) {
        for (n = 0, failed = 1; failed; n += 1 + n / MEMORY_STEPS) {
            assert_true(n < 1000000);

            before = live;
            engine = article_engine_create(NULL);

            allocations = n;
            works[i](engine);
            failed = allocations < 0;
            allocations = -1;

            article_engine_destroy(engine);
            assert_int_equal(live, before);
        }

        assert_true(n > 1);
    }

    slice_free(saved);
    slice_free(observation);
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
        cmocka_unit_test(public_functions),
#endif
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}

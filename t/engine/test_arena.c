/*
 * Copyright (C) ngx_article authors
 */

#include "support.h"


#define TEST_LIMIT  ((size_t) 1024 * 1024)


static int
setup(void **state)
{
    *state = article_arena_create(TEST_LIMIT);

    return *state == NULL;
}


static int
teardown(void **state)
{
    article_arena_destroy(*state);

    return 0;
}


static void
aligned_and_separate(void **state)
{
    char    *p[200];
    size_t   i, size, k;

    for (i = 0; i < test_number(p); i++) {
        size = i * 7 % 300;
        p[i] = article_arena_alloc(*state, size);

        assert_non_null(p[i]);
        assert_int_equal((uintptr_t) p[i] % 16, 0);
        memset(p[i], (int) i, size);
    }

    for (i = 0; i < test_number(p); i++) {
        size = i * 7 % 300;

        for (k = 0; k < size; k++) {
            assert_int_equal((unsigned char) p[i][k], i);
        }
    }
}


static void
zeroed_after_reuse(void **state)
{
    char    *p;
    size_t   i;

    p = article_arena_alloc(*state, 5000);
    memset(p, 'x', 5000);
    article_arena_reset(*state, TEST_LIMIT);

    p = article_arena_calloc(*state, 5000);

    for (i = 0; i < 5000; i++) {
        assert_int_equal(p[i], 0);
    }
}


static void
limit_is_kept(void **state)
{
    size_t            taken;
    article_arena_t  *arena;

    arena = *state;

    assert_null(article_arena_alloc(arena, TEST_LIMIT + 1));
    assert_int_equal(article_arena_failed(arena), 1);

    article_arena_reset(arena, 0);
    assert_int_equal(article_arena_failed(arena), 0);

    assert_null(article_arena_alloc(arena, SIZE_MAX));
    assert_null(article_arena_alloc(arena, SIZE_MAX - 7));
    article_arena_reset(arena, 0);

    for (taken = 0; article_arena_alloc(arena, 1000) != NULL; taken += 1008) {
        assert_true(taken <= TEST_LIMIT);
    }

    assert_true(taken > TEST_LIMIT - 2 * 1008);
    assert_int_equal(article_arena_failed(arena), 1);

    /* the failure is remembered while smaller requests succeed */

    assert_non_null(article_arena_alloc(arena, 1));
    assert_int_equal(article_arena_failed(arena), 1);

    article_arena_reset(arena, 0);
    assert_non_null(article_arena_alloc(arena, TEST_LIMIT));
}


static void
large_ones_waste_nothing(void **state)
{
    char      *small, *next;
    unsigned   i;

    small = article_arena_alloc(*state, 16);

    for (i = 0; i < 8; i++) {
        assert_non_null(article_arena_alloc(*state, 70000));
        next = article_arena_alloc(*state, 16);

        /* small requests go on in the same block */

        assert_ptr_equal(next, small + 16);
        small = next;
    }
}


static void
blocks_are_used_again(void **state)
{
    unsigned  i, round;

    /* under ASAN a leak or a use of freed memory fails here */

    for (round = 0; round < 50; round++) {
        for (i = 0; i < 30; i++) {
            assert_non_null(article_arena_alloc(*state, i * 1000));
        }

        article_arena_reset(*state, round % 3 * 100000);
    }
}


static void
trim_gives_back(void **state)
{
    char  *p, *q;

    p = article_arena_alloc(*state, 1000);
    article_arena_trim(*state, p, 1000, 10);
    q = article_arena_alloc(*state, 10);
    assert_ptr_equal(q, p + 16);

    /* not the newest any more: nothing happens */

    article_arena_trim(*state, p, 10, 0);
    assert_ptr_equal(article_arena_alloc(*state, 1), q + 16);
}


static void
copy_is_terminated(void **state)
{
    article_slice_t   s;
    article_arena_t  *arena;

    s = article_arena_copy(*state, article_literal("abc"));
    assert_string_equal(s.data, "abc");
    assert_int_equal(s.len, 3);

    s = article_arena_copy(*state, (article_slice_t) { NULL, 0 });
    assert_string_equal(s.data, "");

    arena = article_arena_create(16);
    s = article_arena_copy(arena, article_literal("0123456789abcdef"));
    assert_null(s.data);
    assert_int_equal(s.len, 0);
    article_arena_destroy(arena);
}


static void
buffer_grows(void **state)
{
    unsigned         i;
    article_buf_t    buf, other;
    article_slice_t  s;

    article_buf_init(&buf, *state);
    article_buf_init(&other, *state);
    test_equal(article_buf_slice(&buf), "");

    /* two at once: each growth moves, or takes what is free behind */

    for (i = 0; i < 20000; i++) {
        article_buf_append_char(&buf, (char) ('a' + i % 26));
        article_buf_append_slice(&other, article_literal("xy"));
    }

    s = article_buf_slice(&buf);
    assert_int_equal(s.len, 20000);

    for (i = 0; i < 20000; i++) {
        assert_int_equal(s.data[i], 'a' + i % 26);
    }

    s = article_buf_slice(&other);
    assert_int_equal(s.len, 40000);
    assert_memory_equal(s.data + 39998, "xy", 2);
}


static void
buffer_over_the_limit(void **state)
{
    unsigned          i;
    article_buf_t     buf;
    article_arena_t  *arena;

    (void) state;

    arena = article_arena_create(4096);
    article_buf_init(&buf, arena);

    for (i = 0; i < 10000; i++) {
        article_buf_append(&buf, "0123456789", 10);
    }

    assert_int_equal(article_arena_failed(arena), 1);
    assert_true(article_buf_slice(&buf).len <= 4096);

    article_buf_append(&buf, "x", SIZE_MAX / 2);
    assert_true(article_buf_slice(&buf).len <= 4096);

    article_arena_destroy(arena);
}


static void
destroy_of_nothing(void **state)
{
    (void) state;

    article_arena_destroy(NULL);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test_setup_teardown(aligned_and_separate, setup, teardown),
        cmocka_unit_test_setup_teardown(zeroed_after_reuse, setup, teardown),
        cmocka_unit_test_setup_teardown(limit_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(large_ones_waste_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(blocks_are_used_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(trim_gives_back, setup, teardown),
        cmocka_unit_test_setup_teardown(copy_is_terminated, setup, teardown),
        cmocka_unit_test_setup_teardown(buffer_grows, setup, teardown),
        cmocka_unit_test(buffer_over_the_limit),
        cmocka_unit_test(destroy_of_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

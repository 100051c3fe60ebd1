/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support.h"


static article_arena_t  *arena;


static int
setup(void **state)
{
    (void) state;
    arena = article_arena_create(64 * 1024 * 1024);

    return arena == NULL;
}


static int
teardown(void **state)
{
    (void) state;
    article_arena_destroy(arena);

    return 0;
}


static void
valid(void **state)
{
    char                      text[128];
    size_t                    i, at, len;
    article_slice_t           s;
    static const char *const  good[] = {
        "", "abc", "Tỉnh ủy", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80",
        "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
        "\xf4\x8f\xbf\xbf", "a long run of ASCII, then \xe1\xbb\x87"
    };
    static const char *const  bad[] = {
        "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2" "a",
        "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xe1\xbb",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
        "\xfe", "twelve bytes\xe1\xbb", "\xf0\x90\x80"
    };

    (void) state;

    for (i = 0; i < test_number(good); i++) {
        s = slice_exact(good[i], strlen(good[i]));
        assert_int_equal(article_utf8_valid(s), 1);
        slice_free(s);
    }

    for (i = 0; i < test_number(bad); i++) {
        s = slice_exact(bad[i], strlen(bad[i]));
        assert_int_equal(article_utf8_valid(s), 0);
        slice_free(s);
    }

    /* anywhere among letters, which are looked at many at a time */

    for (i = 0; i < test_number(good) + test_number(bad); i++) {
        for (at = 0; at <= 33; at++) {
            len = (size_t) sprintf(text, "%.*s", (int) at,
                                   "abcdefghijklmnopqrstuvwxyzabcdefg");
            len += (size_t) sprintf(text + len, "%s",
                                    i < test_number(good) ? good[i]
                                    : bad[i - test_number(good)]);
            memcpy(text + len, "à", 2);
            s = slice_exact(text, len + 2);
            assert_int_equal(article_utf8_valid(s), i < test_number(good));
            slice_free(s);
        }
    }
}


static void
repair(void **state)
{
    size_t                         i;
    article_slice_t                s, r;
    static const char              fffd[] = "\xef\xbf\xbd";
    static const char *const       cases[][2] = {

        /* Unicode 15, tables 3-8 to 3-11 */

        { "\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41", "########A" },
        { "\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41", "########A" },
        { "\xf4\x91\x92\x93\xff\x41\x80\xbf\x42", "#####A##B" },
        { "\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "####A" },
        { "\xc3", "#" },
        { "Tỉnh\xc3 ủy", "Tỉnh# ủy" },
        { "\xe1\xbb" "ang", "#ang" }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        char         expected[100];
        size_t       n;
        const char  *p;

        for (n = 0, p = cases[i][1]; *p != '\0'; p++) {
            if (*p == '#') {
                memcpy(expected + n, fffd, 3);
                n += 3;

            } else {
                expected[n++] = *p;
            }
        }

        expected[n] = '\0';

        s = slice_exact(cases[i][0], strlen(cases[i][0]));
        r = article_utf8_repair(arena, s);
        test_equal(r, expected);
        slice_free(s);
    }

    s = test_slice("không cần sửa");
    assert_ptr_equal(article_utf8_repair(arena, s).data, s.data);
}


static void
every_character(void **state)
{
    char         buf[4];
    size_t       n;
    uint32_t     c, back;
    const char  *p;

    (void) state;

    for (c = 0; c <= 0x10ffff; c++) {
        n = article_utf8_put(buf, c);
        p = buf;
        back = article_utf8_next(&p, buf + n);

        assert_ptr_equal(p, buf + n);
        assert_int_equal(back, c >= 0xd800 && c <= 0xdfff ? 0xfffd : c);
    }
}


static void
squeeze(void **state)
{
    (void) state;

    test_equal(article_squeeze(arena, test_slice("  a\t\n b\u00a0\u00a0c ")),
               "a b c");
    test_equal(article_squeeze(arena, test_slice("\ufeffTin\u200b m\u200bới")),
               "Tin mới");
    test_equal(article_squeeze(arena, test_slice("a\u3000b\u2003\u2003c")),
               "a b c");
    test_equal(article_squeeze(arena, test_slice(" \u00a0\n")), "");
    test_equal(article_squeeze(arena, test_slice("")), "");

    /* U+00AD is of the text; only matching drops it */

    test_equal(article_squeeze(arena, test_slice("tr\u00adường")),
               "tr\u00adường");
}


static void
counts(void **state)
{
    (void) state;

    assert_int_equal(article_count_words(test_slice("")), 0);
    assert_int_equal(article_count_words(test_slice(" , . – “ ” …")), 0);
    assert_int_equal(article_count_words(test_slice("Tỉnh ủy Bạc Liêu")), 4);
    assert_int_equal(article_count_words(test_slice("24/04/2020, COVID-19")),
                     5);
    assert_int_equal(article_count_words(test_slice("“Dân vận khéo”")), 3);
    assert_int_equal(article_count_words(test_slice("Viê\u0323t")), 1);
    assert_int_equal(article_count_chars(test_slice("Việt")), 4);
    assert_int_equal(article_count_chars(test_slice("Vie\u0323\u0302t")), 6);
    assert_int_equal(article_count_chars(test_slice("")), 0);
}


static void
hash(void **state)
{
    size_t           i, k;
    uint64_t         h[64];
    article_slice_t  s;

    (void) state;

    /* stored values depend on it: these never change */

    assert_int_equal(article_hash64(0, test_slice("")), 0);
    assert_int_equal(article_hash64(1, test_slice("Tin")),
                     0x1df4fd48eb365090ULL);
    assert_int_equal(article_hash64(0, test_slice("0123456789abcdef")),
                     0x93a92d1a91a24bc7ULL);

    s = test_slice("0123456789012345678901234567890123456789012345678901234");

    for (i = 0; i < 50; i++) {
        s.len = i + 1;
        h[i] = article_hash64(7, s);

        for (k = 0; k < i; k++) {
            assert_int_not_equal(h[k], h[i]);
        }
    }

    assert_int_not_equal(article_hash64(1, test_slice("a")),
                         article_hash64(2, test_slice("a")));
}


static void
slices(void **state)
{
    article_slice_t  s;

    (void) state;

    s = test_slice("Charset=UTF-8");

    assert_true(article_slice_equal(s, test_slice("Charset=UTF-8")));
    assert_false(article_slice_equal(s, test_slice("charset=UTF-8")));
    assert_true(article_slice_equal_case(s, test_slice("CHARSET=utf-8")));
    assert_false(article_slice_equal_case(s, test_slice("CHARSET=utf-")));
    assert_true(article_slice_starts(s, test_slice("Char")));
    assert_false(article_slice_starts(s, test_slice("char")));
    assert_false(article_slice_starts(test_slice("Ch"), s));
    assert_true(article_slice_starts_case(s, test_slice("cHAR")));
    assert_true(article_slice_ends_case(s, test_slice("utf-8")));
    assert_false(article_slice_ends_case(s, test_slice("utf-16")));
    assert_false(article_slice_ends_case(test_slice("8"), s));
    assert_true(article_slice_equal((article_slice_t) { NULL, 0 },
                                    test_slice("")));

    /* letters only: "@" and "`" differ by the same bit */

    assert_false(article_slice_equal_case(test_slice("@["), test_slice("`{")));

    assert_ptr_equal(article_slice_find(s, test_slice("UTF")), s.data + 8);
    assert_ptr_equal(article_slice_find(s, test_slice("8")), s.data + 12);
    assert_ptr_equal(article_slice_find(s, test_slice("")), s.data);
    assert_null(article_slice_find(s, test_slice("utf")));
    assert_null(article_slice_find(test_slice("a"), s));
    assert_ptr_equal(article_slice_find(test_slice("aaab"), test_slice("aab")),
                     "aaab" + 1);
}


static void
clean(void **state)
{
    size_t            i;
    article_slice_t   s;

    static const struct {
        const char  *from;
        const char  *to;
    } texts[] = {
        { "", "" },
        { "Bến cá\n\tđón tàu", "Bến cá\n\tđón tàu" },
        { "\x01" "B\x0b" "ến\x7f", "Bến" },
        { "c\xc2\x81" "á\xc2\x9f", "cá" },
        { "\xc2\xa0", "\xc2\xa0" },
        { "a\xcc\xa3", "ạ" },
        { "a\x02\xcc\xa3", "ạ" },
    };

    (void) state;

    for (i = 0; i < test_number(texts); i++) {
        s = article_text_clean(arena, test_slice(texts[i].from));
        test_equal(s, texts[i].to);
    }

    /* what needs nothing is not copied */

    s = test_slice("Bến cá");
    assert_ptr_equal(article_text_clean(arena, s).data, s.data);
}


static void
out_of_memory(void **state)
{
    size_t            limit;
    article_slice_t   s, r;
    article_arena_t  *small;

    (void) state;

    s = test_slice("Vie\u0323\u0302t Nam\xff một dòng dài hơn một chút, đủ "
                   "để phải xin thêm bộ nhớ nhiều lần: 0123456789 0123456789");

    for (limit = 0; limit < 2048; limit += 16) {
        small = article_arena_create(limit);

        r = article_utf8_repair(small, s);
        assert_int_equal(r.data == NULL, article_arena_failed(small));
        article_arena_reset(small, 0);

        r = article_nfc(small, s);
        assert_int_equal(r.data == NULL, article_arena_failed(small));
        article_arena_reset(small, 0);

        r = article_fold(small, s);
        assert_int_equal(r.data == NULL, article_arena_failed(small));
        article_arena_reset(small, 0);

        r = article_squeeze(small, s);
        assert_int_equal(r.data == NULL, article_arena_failed(small));

        article_arena_destroy(small);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(valid),
        cmocka_unit_test(repair),
        cmocka_unit_test(every_character),
        cmocka_unit_test(squeeze),
        cmocka_unit_test(counts),
        cmocka_unit_test(hash),
        cmocka_unit_test(slices),
        cmocka_unit_test(clean),
        cmocka_unit_test(out_of_memory),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

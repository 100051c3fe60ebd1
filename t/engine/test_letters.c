/*
 * Copyright (C) ngx_article authors
 *
 * Composition and folding of letters.
 */

#include "support.h"

#include "letters.h"


static article_arena_t  *arena;


/* A Vietnamese vowel, its marks in canonical order, and the letters it makes
 * with no tone and with the five of article_tones.
 */
typedef struct {
    uint32_t  base;
    uint32_t  mark;         /* of quality, or 0 */
    uint32_t  letter[6];
} vowel_t;


static const vowel_t  vowels[] = {
    { 'a', 0, { 'a', 0xe0, 0xe1, 0xe3, 0x1ea3, 0x1ea1 } },
    { 'a', 0x306, { 0x103, 0x1eb1, 0x1eaf, 0x1eb5, 0x1eb3, 0x1eb7 } },
    { 'a', 0x302, { 0xe2, 0x1ea7, 0x1ea5, 0x1eab, 0x1ea9, 0x1ead } },
    { 'e', 0, { 'e', 0xe8, 0xe9, 0x1ebd, 0x1ebb, 0x1eb9 } },
    { 'e', 0x302, { 0xea, 0x1ec1, 0x1ebf, 0x1ec5, 0x1ec3, 0x1ec7 } },
    { 'i', 0, { 'i', 0xec, 0xed, 0x129, 0x1ec9, 0x1ecb } },
    { 'o', 0, { 'o', 0xf2, 0xf3, 0xf5, 0x1ecf, 0x1ecd } },
    { 'o', 0x302, { 0xf4, 0x1ed3, 0x1ed1, 0x1ed7, 0x1ed5, 0x1ed9 } },
    { 'o', 0x31b, { 0x1a1, 0x1edd, 0x1edb, 0x1ee1, 0x1edf, 0x1ee3 } },
    { 'u', 0, { 'u', 0xf9, 0xfa, 0x169, 0x1ee7, 0x1ee5 } },
    { 'u', 0x31b, { 0x1b0, 0x1eeb, 0x1ee9, 0x1eef, 0x1eed, 0x1ef1 } },
    { 'y', 0, { 'y', 0x1ef3, 0xfd, 0x1ef9, 0x1ef7, 0x1ef5 } },
    { 'A', 0, { 'A', 0xc0, 0xc1, 0xc3, 0x1ea2, 0x1ea0 } },
    { 'A', 0x306, { 0x102, 0x1eb0, 0x1eae, 0x1eb4, 0x1eb2, 0x1eb6 } },
    { 'A', 0x302, { 0xc2, 0x1ea6, 0x1ea4, 0x1eaa, 0x1ea8, 0x1eac } },
    { 'E', 0, { 'E', 0xc8, 0xc9, 0x1ebc, 0x1eba, 0x1eb8 } },
    { 'E', 0x302, { 0xca, 0x1ec0, 0x1ebe, 0x1ec4, 0x1ec2, 0x1ec6 } },
    { 'I', 0, { 'I', 0xcc, 0xcd, 0x128, 0x1ec8, 0x1eca } },
    { 'O', 0, { 'O', 0xd2, 0xd3, 0xd5, 0x1ece, 0x1ecc } },
    { 'O', 0x302, { 0xd4, 0x1ed2, 0x1ed0, 0x1ed6, 0x1ed4, 0x1ed8 } },
    { 'O', 0x31b, { 0x1a0, 0x1edc, 0x1eda, 0x1ee0, 0x1ede, 0x1ee2 } },
    { 'U', 0, { 'U', 0xd9, 0xda, 0x168, 0x1ee6, 0x1ee4 } },
    { 'U', 0x31b, { 0x1af, 0x1eea, 0x1ee8, 0x1eee, 0x1eec, 0x1ef0 } },
    { 'Y', 0, { 'Y', 0x1ef2, 0xdd, 0x1ef8, 0x1ef6, 0x1ef4 } }
};


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


/* Writes characters, up to a 0, between two consonants. */
static article_slice_t
put(char *buf, const uint32_t *c)
{
    size_t  n;

    n = 0;
    buf[n++] = 'x';

    while (*c != 0) {
        n += article_utf8_put(buf + n, *c++);
    }

    buf[n++] = 'n';
    buf[n] = '\0';

    return (article_slice_t) { buf, n };
}


static void
every_vietnamese_letter(void **state)
{
    char             in[64], out[64];
    size_t           i, tone;
    uint32_t         composed;
    article_slice_t  expected;
    const vowel_t   *v;

    (void) state;

    for (i = 0; i < test_number(vowels); i++) {
        for (tone = 0; tone < 6; tone++) {
            v = &vowels[i];
            composed = v->letter[tone];
            expected = put(out, (uint32_t[]) { composed, 0 });

            /* composed already: the same bytes, not a copy */

            assert_ptr_equal(article_nfc(arena, expected).data, out);

            if (tone == 0) {
                if (v->mark != 0) {
                    put(in, (uint32_t[]) { v->base, v->mark, 0 });
                    test_equal(article_nfc(arena, test_slice(in)), out);
                }

                continue;
            }

            /* as windows-1258 and keyboards do: letter, tone */

            put(in, (uint32_t[]) { v->letter[0], article_tones[tone - 1], 0 });
            test_equal(article_nfc(arena, test_slice(in)), out);

            if (v->mark == 0) {
                continue;
            }

            /* both orders of marks, and the tone on the bare letter first */

            put(in, (uint32_t[]) { v->base, v->mark, article_tones[tone - 1],
                                   0 });
            test_equal(article_nfc(arena, test_slice(in)), out);

            /*
             * Two marks above do not commute (Unicode 3.11): the circumflex
             * behind an acute stays a mark of its own.
             */

            if (v->mark != 0x31b && tone != 5) {
                continue;
            }

            put(in, (uint32_t[]) { v->base, article_tones[tone - 1], v->mark,
                                   0 });
            test_equal(article_nfc(arena, test_slice(in)), out);
        }
    }
}


static void
composition_in_general(void **state)
{
    size_t                    i;
    static const char *const  cases[][2] = {

        /* taken from the standard: reordering, blocking, what stays */

        { "D\u0307\u0323", "\u1e0c\u0307" },
        { "\u1e0a\u0323", "\u1e0c\u0307" },
        { "q\u0323\u0307", "q\u0323\u0307" },
        { "q\u0307\u0323", "q\u0323\u0307" },
        { "a\u0301\u0302", "\u00e1\u0302" },
        { "\u00e1\u0302", "\u00e1\u0302" },
        { "\u1e69", "\u1e69" },
        { "s\u0307\u0323", "\u1e69" },
        { "s\u0323\u0307", "\u1e69" },
        { "\u1e63\u0307", "\u1e69" },
        { "\u1e61\u0323", "\u1e69" },
        { "a\u0328\u0301", "\u0105\u0301" },
        { "A\u030a\u0301", "\u01fa" },
        { "a\u034f\u0301", "a\u034f\u0301" },
        { "e\u0340", "\u00e8" },
        { "e\u0341", "\u00e9" },
        { "u\u0344", "\u01d8" },
        { "\u0438\u0306", "\u0439" },
        { "\u03b1\u0301", "\u03ac" },
        { "\u0301", "\u0301" },
        { "\u0301" "a\u0301", "\u0301\u00e1" },
        { "\u00ea\u0323\u00ea\u0323", "\u1ec7\u1ec7" },
        { "\u0370", "\u0370" },
        { "Viê\u0323t Nam va\u0300 Ha\u0300 Nô\u0323i",
          "Việt Nam và Hà Nội" }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        test_equal(article_nfc(arena, test_slice(cases[i][0])), cases[i][1]);
    }
}


static void
many_marks(void **state)
{
    char             buf[10001];
    size_t           i;
    article_slice_t  s;

    (void) state;

    /* bounded work on "a" with five thousand acutes, and nothing is lost */

    buf[0] = 'a';

    for (i = 1; i < sizeof(buf); i += 2) {
        memcpy(buf + i, "\u0301", 2);
    }

    s = article_nfc(arena, (article_slice_t) { buf, sizeof(buf) });
    assert_int_equal(s.len, sizeof(buf) - 1);
    assert_memory_equal(s.data, "\u00e1\u0301", 4);
}


static void
marks_at_every_place(void **state)
{
    char             buf[300];
    size_t           i, len;
    article_slice_t  s;

    (void) state;

    /* the scan goes by blocks of 64 bytes */

    for (len = 3; len < 150; len++) {
        for (i = 1; i + 2 <= len; i++) {
            memset(buf, 'a', len);
            memcpy(buf + i, "\u0301", 2);

            s = slice_exact(buf, len);
            assert_int_equal(article_nfc(arena, s).len, len - 1);
            slice_free(s);
            article_arena_reset(arena, 65536);
        }
    }
}


static void
the_same_folded(void **state)
{
    size_t                    i;
    article_slice_t           a, b;
    static const char *const  cases[][2] = {
        { "khoá", "khóa" },
        { "hoà bình", "hòa bình" },
        { "THUỶ", "thủy" },
        { "Từ khoá", "TỪ KHÓA" },
        { "Ðảng", "Đảng" },
        { "ðảng", "ĐẢNG" },
        { "tr\u00adường", "TRƯỜNG" },
        { "tin\u200b mới\ufeff", "Tin mới" },
        { " Tin\u00a0\u00a0mới\n", "tin mới" },
        { "Viê\u0323t", "việt" },
        { "Vie\u0323\u0302t", "VIỆT" },
        { "Vie\u0302\u0323t", "việt" },
        { "tru\u031bo\u031b\u0300ng", "trường" },
        { "tru\u031bo\u0300\u031bng", "Trường" },
        { "CÓ THỂ BẠN QUAN tâm", "có thể bạn quan tâm" },
        { "МОСКВА", "москва" },
        { "ΑΘΗΝΑ", "αθηνα" },
        { "ŽIŽKA", "žižka" }
    };
    static const char *const  others[][2] = {
        { "ban", "bạn" },
        { "ma", "mơ" },
        { "tin mới", "tin mối" },
        { "da", "đa" },
        { "bản in", "bản inh" }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        a = article_fold(arena, test_slice(cases[i][0]));
        b = article_fold(arena, test_slice(cases[i][1]));

        if (!article_slice_equal(a, b)) {
            print_error("%s and %s\n", cases[i][0], cases[i][1]);
            fail();
        }

        /* folding again changes nothing */

        assert_true(article_slice_equal(article_fold(arena, a), a));
    }

    for (i = 0; i < test_number(others); i++) {
        a = article_fold(arena, test_slice(others[i][0]));
        b = article_fold(arena, test_slice(others[i][1]));
        assert_false(article_slice_equal(a, b));
    }
}


static void
folded_forms(void **state)
{
    (void) state;

    /* the tone stands behind the syllable, once for each syllable */

    test_equal(article_fold(arena, test_slice("Tin cùng chuyên mục")),
               "tin cung\u0300 chuyên muc\u0323");
    test_equal(article_fold(arena, test_slice("khoẻ-mạnh")),
               "khoe\u0309-manh\u0323");
    test_equal(article_fold(arena, test_slice("")), "");
    test_equal(article_fold(arena, test_slice("\u00a0 \u200b")), "");
    test_equal(article_fold(arena, test_slice("A1/2")), "a1/2");
    test_equal(article_fold(arena, test_slice("ǗǗ")),
               "üü\u0301\u0301");
}


static void
fold_into_a_small_buffer(void **state)
{
    char             buf[64];
    size_t           size, len;
    article_slice_t  s, whole;

    (void) state;

    s = test_slice("Bản inQuay lại  Ủy");
    whole = article_fold(arena, s);

    for (size = 0; size < sizeof(buf); size++) {
        memset(buf, '#', sizeof(buf));
        len = article_fold_into(buf, size, s, 0);

        assert_int_equal(len, size < whole.len ? size + 1 : whole.len);

        if (size >= whole.len) {
            assert_memory_equal(buf, whole.data, whole.len);
        }

        /* nothing behind its end */

        assert_int_equal(buf[size < sizeof(buf) - 1 ? size
                                                    : sizeof(buf) - 1], '#');
    }

    len = article_fold_into(buf, sizeof(buf), s, 1);
    test_equal((article_slice_t) { buf, len },
               "ban\u0309 in quay lai\u0323 uy\u0309");
}


static void
capitals(void **state)
{
    size_t        i;
    const char   *p;
    const char    upper[] = "AZÀÝÞĀŽŸĹŁĐƠƯẠỸ";
    const char    lower[] = "azàýßāžľłđơưạỹ1 .×";

    (void) state;

    for (p = upper; *p != '\0'; /* void */ ) {
        assert_int_equal(article_char_upper(
                             article_utf8_next(&p, upper + strlen(upper))), 1);
    }

    for (p = lower; *p != '\0'; /* void */ ) {
        assert_int_equal(article_char_upper(
                             article_utf8_next(&p, lower + strlen(lower))), 0);
    }

    for (i = 0; i < test_number(vowels); i++) {
        assert_int_equal(article_char_upper(vowels[i].letter[3]),
                         vowels[i].base < 'a');
    }
}


static void
tables_are_sorted(void **state)
{
    size_t                        i;
    uint32_t                      key, last;
    const article_composition_t  *row;

    (void) state;

    last = 0;

    for (i = 0; i < ARTICLE_COMPOSITIONS; i++) {
        row = &article_compositions[i];
        key = (uint32_t) row->base << 8 | row->mark;
        assert_true(key > last);
        last = key;

        assert_int_equal(article_compose(row->base, ARTICLE_MARK_FIRST
                                                    + row->mark),
                         row->composed);
    }

    for (i = 1; i < ARTICLE_COMPOSITIONS; i++) {
        assert_true(
            article_compositions[article_decompositions[i - 1]].composed
            < article_compositions[article_decompositions[i]].composed);
    }

    assert_int_equal(article_compose('x', 0x0323), 0);
    assert_int_equal(article_compose('a', 'b'), 0);
    assert_int_equal(article_compose(0x1f600, 0x0301), 0);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(every_vietnamese_letter),
        cmocka_unit_test(composition_in_general),
        cmocka_unit_test(many_marks),
        cmocka_unit_test(marks_at_every_place),
        cmocka_unit_test(the_same_folded),
        cmocka_unit_test(folded_forms),
        cmocka_unit_test(fold_into_a_small_buffer),
        cmocka_unit_test(capitals),
        cmocka_unit_test(tables_are_sorted),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

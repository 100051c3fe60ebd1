/*
 * Copyright (C) ngx_article authors
 *
 * Summaries: what is in them, and that nothing is read or written beyond
 * what was given.
 */

#include "support.h"


#define ITEM                                                                  \
    "{\"id\":\"p:1\",\"url\":\"https://bao.example/1\","                      \
    "\"title\":\"A \\\"}\\\\\","                                              \
    "\"summary\":\"S\",\"content_text\":\"{[\\\"\",\"content_html\":\"<p>\"," \
    "\"image\":\"https://bao.example/a.jpg\","                                \
    "\"date_published\":\"2026-05-16T08:30:00+07:00\","                       \
    "\"tags\":[\"a\",\"b]\"],\"language\":\"vi\","                            \
    "\"_article\":{\"schema\":1,\"kind\":\"article\","                        \
    "\"section\":\"X\",\"images\":[{\"url\":\"u\",\"width\":3}],"             \
    "\"json_url\":\"https://bao.example/api/1\",\"confidence\":0.5,"          \
    "\"version\":\"ab\",\"fetched_at\":\"z\"}}"

#define BRIEF                                                                 \
    "{\"id\":\"p:1\",\"url\":\"https://bao.example/1\","                      \
    "\"title\":\"A \\\"}\\\\\","                                              \
    "\"summary\":\"S\",\"image\":\"https://bao.example/a.jpg\","              \
    "\"date_published\":\"2026-05-16T08:30:00+07:00\","                       \
    "\"_article\":{\"schema\":1,\"kind\":\"article\",\"section\":\"X\","      \
    "\"json_url\":\"https://bao.example/api/1\",\"version\":\"ab\"}}"

#define FEED(mark1, mark2)                                                    \
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\","      \
    "\"feed_url\":\"https://bao.example/api/x" mark1 "\","                    \
    "\"next_url\":\"https://bao.example/api/x?page=2" mark2 "\","             \
    "\"items\":[{\"id\":\"1\",\"title\":\"a\"}],"                             \
    "\"_article\":{\"schema\":1,\"next_url\":\"https://bao.example/x\"}}"


/* By exact sizes, so that ASAN sees one byte too many. */

static size_t
brief(const char *json, size_t len, size_t size, char *copy)
{
    char             *out;
    article_slice_t   in;

    in = slice_exact(json, len);
    out = malloc(size + 1);
    assert_non_null(out);
    out[size] = 'x';

    len = article_brief(out, size, in);
    assert_true(len <= size);
    assert_int_equal(out[size], 'x');
    memcpy(copy, out, len);
    copy[len] = '\0';

    free(out);
    slice_free(in);

    return len;
}


static void
summary_of_an_item(void **state)
{
    char  out[1024];

    (void) state;

    assert_int_equal(brief(ITEM, strlen(ITEM), 1000, out), strlen(BRIEF));
    assert_string_equal(out, BRIEF);
}


static void
summary_of_a_feed(void **state)
{
    char         out[1024];
    const char  *expected;

    (void) state;

    expected = FEED("?form=summary", "&form=summary");

    assert_int_equal(brief(FEED("", ""), strlen(FEED("", "")), 1000, out),
                     strlen(expected));
    assert_string_equal(out, expected);

    assert_true(strlen(expected)
                <= strlen(FEED("", "")) + ARTICLE_BRIEF_SIZE);
}


static void
what_is_cut_off_is_none(void **state)
{
    char    out[1024];
    size_t  len;

    (void) state;

    for (len = 0; len < strlen(ITEM); len++) {
        assert_int_equal(brief(ITEM, len, 1000, out), 0);
    }

    for (len = 0; len < strlen(FEED("", "")); len++) {
        assert_int_equal(brief(FEED("", ""), len, 1000, out), 0);
    }
}


static void
what_does_not_fit_is_none(void **state)
{
    char    out[1024];
    size_t  size;

    (void) state;

    for (size = 0; size < strlen(BRIEF); size++) {
        assert_int_equal(brief(ITEM, strlen(ITEM), size, out), 0);
    }

    assert_int_equal(brief(ITEM, strlen(ITEM), size, out), strlen(BRIEF));
}


static void
other_json_is_none(void **state)
{
    size_t                    i;
    char                      out[1024];
    static const char *const  others[] = {
        "", "{", "{}", "[]", "\"id\"", "{\"type\":\"about:blank\"}",
        "{\"id\"}", "{\"id\":}", "{\"id\":\"1\"}}", "{\"id\":\"1\"} ",
        "{\"id\":[[[[[[[[[[[[[[[[[[\"x\"]]]]]]]]]]]]]]]]]]}",
        "{\"id\":\"1\",\"_article\":[]}", "{\"id\":\"1\",\"_article\":{\"a\"}}",
        "{\"version\":\"1\",\"feed_url\":1}", "{\"id\":\"1\\\"}"
    };

    (void) state;

    for (i = 0; i < test_number(others); i++) {
        assert_int_equal(brief(others[i], strlen(others[i]), 1000, out), 0);
    }
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summary_of_an_item),
        cmocka_unit_test(summary_of_a_feed),
        cmocka_unit_test(what_is_cut_off_is_none),
        cmocka_unit_test(what_does_not_fit_is_none),
        cmocka_unit_test(other_json_is_none)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

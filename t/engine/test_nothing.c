/*
 * Copyright (C) ngx_article authors
 *
 * Empty slices, with and without an address, given to whatever takes one;
 * and a page in each of many sizes of memory.
 */

#include "support.h"

#include "charset.h"
#include "dates.h"
#include "document.h"
#include "markers.h"
#include "url.h"


static const article_slice_t  nothing[] = {
    { NULL, 0 },
    { "", 0 }
};


static void
text_of_nothing(void **state)
{
    size_t            i;
    article_slice_t   s;
    article_arena_t  *arena;

    (void) state;

    arena = article_arena_create(1024 * 1024);

    for (i = 0; i < test_number(nothing); i++) {
        s = nothing[i];

        assert_int_equal(article_utf8_valid(s), 1);
        assert_int_equal(article_utf8_repair(arena, s).len, 0);
        assert_int_equal(article_nfc(arena, s).len, 0);
        assert_int_equal(article_fold(arena, s).len, 0);
        assert_int_equal(article_squeeze(arena, s).len, 0);
        assert_int_equal(article_count_words(s), 0);
        assert_int_equal(article_count_chars(s), 0);
        assert_int_equal(article_hash64(0, s), 0);
        assert_true(article_slice_equal(s, nothing[0]));
        assert_true(article_slice_starts(s, nothing[1]));
        assert_true(article_slice_ends_case(s, nothing[0]));
        assert_null(article_slice_find(s, test_slice("x")));
        assert_int_equal(article_charset_decode(arena, s, s).len, 0);
        assert_false(article_arena_failed(arena));
    }

    article_arena_destroy(arena);
}


static void
facts_of_nothing(void **state)
{
    size_t                  i, k;
    unsigned                exact;
    article_date_t          date;
    article_names_t         names;
    article_slice_t         s;
    article_arena_t        *arena;
    article_url_context_t   context;

    (void) state;

    arena = article_arena_create(1024 * 1024);

    for (i = 0; i < test_number(nothing); i++) {
        s = nothing[i];

        assert_int_equal(article_marker_match(s, &exact),
                         ARTICLE_MARKER_NONE);
        assert_int_equal(article_date_find(s, 0, &date), 0);
        assert_int_equal(article_date_parse_iso(s, &date), 0);
        assert_int_equal(article_byline_parse(s, 0, &names),
                         ARTICLE_BYLINE_NONE);
        assert_int_equal(article_byline_parse(s, 1, &names),
                         ARTICLE_BYLINE_NONE);
        test_equal(article_url_host(s), "");
        test_equal(article_url_path(s), "/");

        for (k = 0; k < test_number(nothing); k++) {
            context.page = nothing[k];
            context.base = s;
            context.public_url = s;
            context.portal = NULL;
            assert_int_equal(article_url_resolve(arena, &context, s).len, 0);
            test_equal(article_url_resolve(arena, &context,
                                           test_slice("http://a.example")),
                       "http://a.example/");
        }
    }

    article_arena_destroy(arena);
}


static void
document_of_nothing(void **state)
{
    size_t             i;
    article_slice_t    text;
    article_engine_t  *engine;

    (void) state;

    engine = article_engine_create(NULL);

    for (i = 0; i < test_number(nothing); i++) {
        assert_int_equal(article_document_parse(engine, nothing[i],
                                                nothing[i], &text),
                         ARTICLE_EMPTY_PAGE);
        assert_int_equal(text.len, 0);
    }

    article_engine_destroy(engine);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(text_of_nothing),
        cmocka_unit_test(facts_of_nothing),
        cmocka_unit_test(document_of_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

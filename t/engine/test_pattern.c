/*
 * Copyright (C) ngx_article authors
 */

#include <time.h>

#include "paths.h"
#include "pattern.h"
#include "support.h"


static void
matching(void **state)
{
    char                message[160];
    article_slice_t     group;
    article_pattern_t  *p;

    (void) state;

    p = article_pattern_create(test_slice("^/tin/(\\d+)(?:-(\\w+))?"),
                               message, sizeof(message));
    assert_non_null(p);
    assert_int_equal(article_pattern_groups(p), 2);

    assert_int_equal(article_pattern_match(p, test_slice("/tin/42-a"),
                                           &group),
                     ARTICLE_PATTERN_MATCH);
    test_equal(group, "42");
    assert_int_equal(article_pattern_match(p, test_slice("/tin/x"), &group),
                     ARTICLE_PATTERN_NONE);
    assert_int_equal(group.len, 0);

    /* not UTF-8 */
    assert_int_equal(article_pattern_match(p, test_slice("/tin/1\xff"), NULL),
                     ARTICLE_PATTERN_FAILED);
    article_pattern_destroy(p);

    p = article_pattern_create(test_slice("x(.)?$"), message,
                               sizeof(message));
    assert_int_equal(article_pattern_match(p, test_slice("x"), &group),
                     ARTICLE_PATTERN_MATCH);
    assert_int_equal(group.len, 0);
    article_pattern_destroy(p);
}


static void
errors(void **state)
{
    char  message[160];

    (void) state;

    assert_null(article_pattern_create(test_slice("a(b"), message,
                                       sizeof(message)));
    assert_string_equal(message,
                        "missing closing parenthesis (at byte 4)");
}


/* A pattern that backtracks without end fails, and soon. */
static void
limits(void **state)
{
    char                message[160], subject[65];
    clock_t             begin;
    article_pattern_t  *p;

    (void) state;

    p = article_pattern_create(test_slice("^(a+)+$"), message,
                               sizeof(message));
    assert_non_null(p);

    memset(subject, 'a', 63);
    subject[63] = 'b';
    subject[64] = '\0';

    begin = clock();
    assert_int_equal(article_pattern_match(p, test_slice(subject), NULL),
                     ARTICLE_PATTERN_FAILED);
    assert_true(clock() - begin < CLOCKS_PER_SEC);

    article_pattern_destroy(p);
}


static void
paths(void **state)
{
    size_t                    i;
    static const char *const  hopeless[] = {
        "/a/../b", "/.git/config", "/a\\..\\b", "/web.config", "/x.SQL",
        "/a/.hidden", "/b.bak ", "/a\x01", "/x.ashx;a.htm", "/a::$DATA"
    };
    static const char *const  refused[] = {
        "/admin", "/Admin/x.aspx", "/wp-login.php", "/tin/dang-nhap.html",
        "/_layouts/15/start.aspx", "/upload/a.html", "/x\\LOGIN.aspx",
        "/admin ./", "/api/v1/tin", "/user/3", "/a/_vti_bin/b"
    };
    static const char *const  allowed[] = {
        "/", "/tin/1.html", "/Default.aspx", "/search", "/tim-kiem",
        "/print/5", "/trang/TinTuc.aspx", "/administrator-moi-cua-so",
        "/vi/news/van-hoa/bai-1.html", "/api-cua-chung-toi.html",
        "/tin/a..b.html"
    };

    (void) state;

    for (i = 0; i < test_number(hopeless); i++) {
        assert_int_equal(article_path_hopeless(test_slice(hopeless[i])), 1);
    }

    for (i = 0; i < test_number(refused); i++) {
        assert_int_equal(article_path_hopeless(test_slice(refused[i])), 0);
        assert_int_equal(article_path_refused(test_slice(refused[i])), 1);
    }

    for (i = 0; i < test_number(allowed); i++) {
        assert_int_equal(article_path_hopeless(test_slice(allowed[i])), 0);
        assert_int_equal(article_path_refused(test_slice(allowed[i])), 0);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(matching),
        cmocka_unit_test(errors),
        cmocka_unit_test(limits),
        cmocka_unit_test(paths)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

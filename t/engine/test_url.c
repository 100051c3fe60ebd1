/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support.h"

#include "url.h"


#define PAGE  "https://bao.example/a/b?x=1"


typedef struct {
    const char  *reference;
    const char  *without;       /* resolved without a public address */
    const char  *public;        /* with https://pub.example; NULL: the same
                                   under it */
} url_case_t;


static const url_case_t  cases[] = {

    /* RFC 3986, 5.4, on another base */

    { "c", "https://bao.example/a/c", NULL },
    { "./c", "https://bao.example/a/c", NULL },
    { "c/", "https://bao.example/a/c/", NULL },
    { "/c", "https://bao.example/c", NULL },
    { "?y=2", "https://bao.example/a/b?y=2", NULL },
    { "c?y=2", "https://bao.example/a/c?y=2", NULL },
    { "", "https://bao.example/a/b?x=1", NULL },
    { "#s", "https://bao.example/a/b?x=1", NULL },
    { "c#s?t", "https://bao.example/a/c", NULL },
    { ".", "https://bao.example/a/", NULL },
    { "..", "https://bao.example/", NULL },
    { "../c", "https://bao.example/c", NULL },
    { "../../../c", "https://bao.example/c", NULL },
    { "/./c", "https://bao.example/c", NULL },
    { "/../c", "https://bao.example/c", NULL },
    { "c.", "https://bao.example/a/c.", NULL },
    { "..c", "https://bao.example/a/..c", NULL },
    { "./c/.", "https://bao.example/a/c/", NULL },
    { "c/./d", "https://bao.example/a/c/d", NULL },
    { "c/../d", "https://bao.example/a/d", NULL },
    { "%2e%2E/c", "https://bao.example/c", NULL },
    { "c?y/../x", "https://bao.example/a/c?y/../x", NULL },
    { "a//b", "https://bao.example/a/a//b", NULL },

    /* what browsers forgive */

    { " \n c\t", "https://bao.example/a/c", NULL },
    { "c\nd", "https://bao.example/a/cd", NULL },
    { "\\c\\d", "https://bao.example/c/d", NULL },
    { "http:c", "https://bao.example/a/c", NULL },
    { "a b", "https://bao.example/a/a%20b", NULL },
    { "tin tức/ảnh.jpg",
      "https://bao.example/a/tin%20t%E1%BB%A9c/%E1%BA%A3nh.jpg", NULL },
    { "%41%2F%zz%", "https://bao.example/a/%41%2F%25zz%25", NULL },
    { "a\"<>b'c", "https://bao.example/a/a%22%3C%3Eb'c", NULL },

    { "//cdn.example/p", "https://cdn.example/p", "https://cdn.example/p" },
    { "HTTP://CDN.Example:80/P", "http://cdn.example/P",
      "http://cdn.example/P" },
    { "https://cdn.example:443", "https://cdn.example/",
      "https://cdn.example/" },
    { "https://cdn.example:8443/q?a b", "https://cdn.example:8443/q?a%20b",
      "https://cdn.example:8443/q?a%20b" },
    { "http://user:pass@cdn.example/", "http://cdn.example/",
      "http://cdn.example/" },
    { "http:///cdn.example/a", "http://cdn.example/a",
      "http://cdn.example/a" },
    { "http://cdn.example./a", "http://cdn.example/a",
      "http://cdn.example/a" },
    { "http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/",
      "http://[2001:db8::1]:8080/" },
    { "http://172.32.0.1/", "http://172.32.0.1/", "http://172.32.0.1/" },

    /* own hosts go under the public address */

    { "http://bao.example/z", "http://bao.example/z", NULL },
    { "http://www.bao.example/z?q", "http://www.bao.example/z?q",
      "https://pub.example/z?q" },
    { "http://pub.example:8080/z", "http://pub.example:8080/z",
      "https://pub.example/z" },

    /* private addresses are never given away */

    { "http://127.0.0.1:6379/", "", "https://pub.example/" },
    { "http://localhost/x", "", "https://pub.example/x" },
    { "http://portal/x", "", "https://pub.example/x" },
    { "http://10.1.2.3/x", "", "https://pub.example/x" },
    { "http://172.16.0.1/x", "", "https://pub.example/x" },
    { "http://192.168.1.1/x", "", "https://pub.example/x" },
    { "http://169.254.169.254/latest/meta-data", "",
      "https://pub.example/latest/meta-data" },
    { "http://[::1]/", "", "https://pub.example/" },
    { "http://[fe80::1]/", "", "https://pub.example/" },
    { "http://0x7f.1/", "", "https://pub.example/" },
    { "http://0177.0.0.1/", "", "https://pub.example/" },
    { "http://2130706433/", "", "https://pub.example/" },
    { "http://127.1/", "", "https://pub.example/" },
    { "http://web.local/", "", "https://pub.example/" },

    /* no addresses */

    { "javascript:alert(1)", "", "" },
    { "JaVaScRiPt:alert(1)", "", "" },
    { "java\tscript:alert(1)", "", "" },
    { "\x01javascript:alert(1)", "", "" },
    { "data:text/html,x", "", "" },
    { "vbscript:x", "", "" },
    { "file:///etc/passwd", "", "" },
    { "gopher://127.0.0.1:6379/_FLUSHALL", "", "" },
    { "mailto:a@bao.example", "", "" },
    { "tel:0297", "", "" },
    { "http://", "", "" },
    { "https://:80/", "", "" },
    { "http://exa mple/", "", "" },
    { "http://exa%6dple/", "", "" },
    { "http://.example/", "", "" },
    { "http://báo.example/", "", "" },
    { "http://a.example:123456/", "", "" },
    { "http://[::g]/", "", "" },
};


static article_slice_t
resolve(article_arena_t *arena, const char *page, const char *base,
    const char *public, const char *reference)
{
    article_url_context_t  context;

    memset(&context, 0, sizeof(context));
    context.page = test_slice(page);
    context.base = test_slice(base);
    context.public_url = test_slice(public);

    return article_url_resolve(arena, &context, test_slice(reference));
}


static void
each_case(void **state)
{
    size_t            i;
    char              expected[200];
    article_arena_t  *arena;

    (void) state;

    arena = article_arena_create(1024 * 1024);

    for (i = 0; i < test_number(cases); i++) {
        test_equal(resolve(arena, PAGE, "", "", cases[i].reference),
                   cases[i].without);

        if (cases[i].public != NULL) {
            (void) snprintf(expected, sizeof(expected), "%s",
                            cases[i].public);

        } else {
            (void) snprintf(expected, sizeof(expected),
                            "https://pub.example%s",
                            strchr(cases[i].without + 8, '/'));
        }

        test_equal(resolve(arena, PAGE, "", "https://pub.example",
                           cases[i].reference), expected);
        article_arena_reset(arena, 65536);
    }

    article_arena_destroy(arena);
}


static void
bases(void **state)
{
    article_arena_t  *a;

    (void) state;

    a = article_arena_create(1024 * 1024);

    test_equal(resolve(a, PAGE, "/goc/", "", "c"), "https://bao.example/goc/c");
    test_equal(resolve(a, PAGE, "https://cdn.example/x/y", "", "c"),
               "https://cdn.example/x/c");
    test_equal(resolve(a, PAGE, "javascript:1", "", "c"),
               "https://bao.example/a/c");

    /* the page's address may be a path under the public address */

    test_equal(resolve(a, "/a/b", "", "https://pub.example", "c"),
               "https://pub.example/a/c");
    test_equal(resolve(a, "", "", "https://pub.example", "c"),
               "https://pub.example/c");

    /* unknown: only absolute references mean anything */

    test_equal(resolve(a, "", "", "", "c"), "");
    test_equal(resolve(a, "", "", "", "https://x.example/c"),
               "https://x.example/c");
    test_equal(resolve(a, "", "https://x.example/y/", "", "c"),
               "https://x.example/y/c");

    /* a portal tried on the operator's own machine */

    test_equal(resolve(a, "http://127.0.0.1:8080/a", "", "", "c"),
               "http://127.0.0.1:8080/c");
    test_equal(resolve(a, "http://127.0.0.1:8080/a", "", "",
                       "http://10.0.0.1/"), "");

    article_arena_destroy(a);
}


static void
parts(void **state)
{
    size_t                    i;
    static const char *const  urls[][3] = {
        { "https://a.example:8/c?d#e", "a.example", "/c?d" },
        { "https://u@a.example/p", "a.example", "/p" },
        { "http://[::1]:80/p", "[::1]", "/p" },
        { "https://a.example", "a.example", "/" },
        { "https://a.example?q", "a.example", "?q" },
        { "https://a.example#e", "a.example", "/" },
        { "//a.example/p", "a.example", "/p" },
        { "/x/y?z#f", "", "/x/y?z" },
        { "x", "", "x" },
        { "", "", "/" },
        { "mailto:a@a.example", "", "" }
    };

    (void) state;

    for (i = 0; i < test_number(urls); i++) {
        test_equal(article_url_host(test_slice(urls[i][0])), urls[i][1]);
        test_equal(article_url_path(test_slice(urls[i][0])), urls[i][2]);
    }
}


static void
limits(void **state)
{
    char                  *text;
    size_t                 i;
    article_arena_t       *arena;
    article_slice_t        s;
    article_url_context_t  context;

    (void) state;

    memset(&context, 0, sizeof(context));
    context.page = test_slice(PAGE);

    arena = article_arena_create(1024 * 1024);
    text = malloc(20000);
    memset(text, 'x', 20000);

    s = article_url_resolve(arena, &context, (article_slice_t) { text, 20000 });
    assert_int_equal(s.len, 0);

    s = article_url_resolve(arena, &context, (article_slice_t) { text, 8000 });
    assert_int_equal(s.len, 8000 + strlen("https://bao.example/a/"));

    /* three bytes each, and none that we would not take back */

    memset(text, '\xff', 3000);
    s = article_url_resolve(arena, &context, (article_slice_t) { text, 3000 });
    assert_int_equal(s.len, 0);

    free(text);
    article_arena_destroy(arena);

    for (i = 0; i < 600; i += 16) {
        arena = article_arena_create(i);
        s = resolve(arena, PAGE, "/goc/", "", "c/d/../e f.jpg");

        if (article_arena_failed(arena)) {
            assert_int_equal(s.len, 0);

        } else {
            test_equal(s, "https://bao.example/goc/c/e%20f.jpg");
        }

        article_arena_destroy(arena);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(each_case),
        cmocka_unit_test(bases),
        cmocka_unit_test(parts),
        cmocka_unit_test(limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

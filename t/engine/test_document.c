/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support.h"

#include "document.h"


static article_engine_t  *engine;


static int
setup(void **state)
{
    (void) state;
    engine = article_engine_create(NULL);

    return engine == NULL;
}


static int
teardown(void **state)
{
    (void) state;
    article_engine_destroy(engine);

    return 0;
}


static article_reason_t
parse(const char *page)
{
    return article_document_parse(engine, test_slice(page), test_slice(""),
                                  NULL);
}


static lxb_dom_node_t *
body(void)
{
    return lxb_dom_interface_node(engine->document->body);
}


/* Some copies of a string behind one another, in memory of their own. */
static char *
repeat(const char *s, size_t times)
{
    char    *text;
    size_t   i, len;

    len = strlen(s);
    text = malloc(len * times + 1);
    assert_non_null(text);

    for (i = 0; i < times; i++) {
        memcpy(text + i * len, s, len);
    }

    text[len * times] = '\0';

    return text;
}


static void
parsed(void **state)
{
    lxb_dom_node_t   *div, *text;
    article_slice_t   page, utf8;

    (void) state;

    page = test_slice("<div id=a CLASS=' x hidden-y\nz ' data-src=\"q&amp;r\" "
                      "empty>Tin <b>mới</b></div>");
    assert_int_equal(article_document_parse(engine, page, test_slice(""),
                                            &utf8), ARTICLE_OK);
    assert_ptr_equal(utf8.data, page.data);

    div = body()->first_child;
    test_equal(article_node_attribute(div, test_slice("id")), "a");
    test_equal(article_node_attribute(div, test_slice("data-src")), "q&r");
    test_equal(article_node_attribute(div, test_slice("empty")), "");
    test_equal(article_node_attribute(div, test_slice("none")), "");

    text = div->first_child;
    test_equal(article_node_attribute(text, test_slice("id")), "");
}


static void
walked(void **state)
{
    char             order[100];
    size_t           n, len;
    lxb_dom_node_t  *node, *root;

    (void) state;

    assert_int_equal(parse("<ul><li>1<li><b>2</b>3</ul><p>4"), ARTICLE_OK);

    root = body();
    n = 0;

    for (node = root->first_child; node != NULL;
         node = article_node_next(node, root, 0))
    {
        n += (size_t) snprintf(order + n, sizeof(order) - n, "%s ",
                     (const char *) lxb_dom_node_name(node, &len));
    }

    assert_string_equal(order, "UL LI #text LI B #text #text P #text ");

    /* without going into the list's items, and not beyond the root */

    root = body()->first_child;
    n = 0;

    for (node = root->first_child; node != NULL;
         node = article_node_next(node, root, 1))
    {
        n++;
    }

    assert_int_equal(n, 2);
    assert_null(article_node_next(root, root, 1));
}


static void
refused(void **state)
{
    size_t                i;
    char                 *text;
    static const struct {
        const char        *repeated;
        size_t             times;
        article_reason_t   reason;
    } cases[] = {
        { "<div>", 200, ARTICLE_OK },
        { "<div>", 300, ARTICLE_PAGE_TOO_COMPLEX },
        { "<div>", 800000, ARTICLE_PAGE_TOO_COMPLEX },
        { "<table><tr><td>", 100, ARTICLE_PAGE_TOO_COMPLEX },
        { "<svg>", 300, ARTICLE_PAGE_TOO_COMPLEX },
        { "<b><i><u>", 20, ARTICLE_OK },
        { "<br>", 300000, ARTICLE_OK },
        { "<br>", 500000, ARTICLE_PAGE_TOO_COMPLEX },
        { "</p>", 500000, ARTICLE_PAGE_TOO_COMPLEX },
        { "<p>x", 100000, ARTICLE_OK },
        { "x</b>", 150000, ARTICLE_OK },
        { "<", 1000000, ARTICLE_OK },
        { "&amp;", 500000, ARTICLE_OK },
        { "<!-- x -->", 300000, ARTICLE_OK },
        { "<!-- x -->", 410000, ARTICLE_PAGE_TOO_COMPLEX },
        { "<a href='", 40000, ARTICLE_PAGE_TOO_COMPLEX },
        { " ", 1000, ARTICLE_OK },
        { "xxxxxxxxxxxxxxxx", 300000, ARTICLE_PAGE_TOO_LARGE }
    };

    (void) state;

    assert_int_equal(parse("\x89PNG\r\n\x1a\n<p>x"), ARTICLE_NOT_HTML);

    for (i = 0; i < test_number(cases); i++) {
        text = repeat(cases[i].repeated, cases[i].times);

        if (parse(text) != cases[i].reason) {
            print_error("%zu times %s: %s\n", cases[i].times,
                        cases[i].repeated,
                        article_reason_word(parse(text)));
            fail();
        }

        free(text);

        /* the engine is as good as before */

        assert_int_equal(parse("<p class=x>Tin"), ARTICLE_OK);
        test_equal(article_node_attribute(body()->first_child,
                                          test_slice("class")), "x");
    }

    assert_int_equal(parse(""), ARTICLE_EMPTY_PAGE);
    assert_int_equal(parse("\xef\xbb\xbf"), ARTICLE_EMPTY_PAGE);
}


/* Elements, attributes, formatting: each different from the one before. */
static void
refused_when_all_differ(void **state)
{
    char                      *text;
    size_t                     i, k, n, size;
    static const struct {
        const char        *start;
        const char        *each;
        size_t             times;
        article_reason_t   reason;
    } cases[] = {
        { "<p", " a%zu=1", 100, ARTICLE_OK },
        { "<p", " a%zu=1", 300, ARTICLE_PAGE_TOO_COMPLEX },
        { "<p", " a%zu=1", 100000, ARTICLE_PAGE_TOO_COMPLEX },
        { "", "<font color=%zu>", 60, ARTICLE_OK },
        { "", "<font color=%zu>", 200, ARTICLE_PAGE_TOO_COMPLEX },
        { "", "<font color=%zu><p>tin", 5000, ARTICLE_PAGE_TOO_COMPLEX },
        { "", "<x%zu></x%zu>", 1000, ARTICLE_OK },
        { "", "<x%zu>", 100000, ARTICLE_PAGE_TOO_COMPLEX },
        { "", "<x%zu></p>", 100000, ARTICLE_PAGE_TOO_COMPLEX },
        { "", "<br x%zu>", 100000, ARTICLE_PAGE_TOO_COMPLEX },
        { "<table>", "tin<b>%zu", 5000, ARTICLE_PAGE_TOO_COMPLEX }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        size = 100 + cases[i].times * 40;
        text = malloc(size);
        n = (size_t) snprintf(text, size, "%s", cases[i].start);

        for (k = 0; k < cases[i].times; k++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            n += (size_t) snprintf(text + n, size - n, cases[i].each, k, k);
#pragma GCC diagnostic pop
        }

        if (parse(text) != cases[i].reason) {
            print_error("%zu times %s: %s\n", cases[i].times, cases[i].each,
                        article_reason_word(parse(text)));
            fail();
        }

        free(text);
        assert_int_equal(parse("<p>Tin"), ARTICLE_OK);
    }
}


static void
limits_of_the_caller(void **state)
{
    article_limits_t   limits;
    article_engine_t  *small;

    (void) state;

    memset(&limits, 0, sizeof(limits));
    limits.page = 100;
    limits.depth = 10;
    limits.nodes = 20;

    small = article_engine_create(&limits);
    assert_non_null(small);

    assert_int_equal(article_document_parse(small, test_slice("<p>Tin"),
                                            test_slice(""), NULL),
                     ARTICLE_OK);
    assert_int_equal(article_document_parse(small,
                         test_slice("<b><i><u><s><b><i><u><s><b><i>x"),
                         test_slice(""), NULL), ARTICLE_PAGE_TOO_COMPLEX);
    assert_int_equal(article_document_parse(small,
                         test_slice("<br><br><br><br><br><br><br><br><br>"
                                    "<br><br><br><br><br><br><br><br><br>"),
                         test_slice(""), NULL), ARTICLE_PAGE_TOO_COMPLEX);
    assert_int_equal(article_document_parse(small,
                         test_slice("0123456789012345678901234567890123456789"
                                    "0123456789012345678901234567890123456789"
                                    "012345678901234567890123456789"),
                         test_slice(""), NULL), ARTICLE_PAGE_TOO_LARGE);
    article_engine_destroy(small);

    /* the arena holds what the charset needs */

    memset(&limits, 0, sizeof(limits));
    limits.memory = 16;
    small = article_engine_create(&limits);

    assert_int_equal(article_document_parse(small, test_slice("<p>Tin mới"),
                                            test_slice(""), NULL),
                     ARTICLE_OK);
    assert_int_equal(article_document_parse(small,
                         test_slice("<p>Tin m\xff một trang dài hơn"),
                         test_slice(""), NULL), ARTICLE_NO_MEMORY);
    article_engine_destroy(small);

    article_engine_destroy(NULL);
}


/* Tags cut by the ends of the pieces a page is fed in. */
static void
pieces(void **state)
{
    char             page[9000];
    size_t           at;
    lxb_dom_node_t  *node;

    (void) state;

    for (at = 4050; at < 4110; at++) {
        memset(page, 'x', sizeof(page));
        memcpy(page, "<p>", 3);
        memcpy(page + at, "<b class='tỉnh &amp; ủy'>ỷ</b>",
               strlen("<b class='tỉnh &amp; ủy'>ỷ</b>"));

        assert_int_equal(article_document_parse(engine,
                             (article_slice_t) { page, sizeof(page) },
                             test_slice(""), NULL), ARTICLE_OK);

        node = body()->first_child->first_child;
        assert_int_equal(lxb_dom_interface_text(node)->char_data.data.length,
                         at - 3);
        node = node->next;
        test_equal(article_node_attribute(node, test_slice("class")),
                   "tỉnh & ủy");
        assert_int_equal(node->next->type, LXB_DOM_NODE_TYPE_TEXT);
    }
}


static void
shrunk(void **state)
{
    (void) state;

    assert_int_equal(parse("<p>Tin"), ARTICLE_OK);
    article_engine_shrink(engine);
    article_engine_shrink(engine);
    assert_int_equal(parse("<p>Tin"), ARTICLE_OK);
}


static void
words_of_reasons(void **state)
{
    int          i;
    const char  *p;

    (void) state;

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        for (p = article_reason_word((article_reason_t) i); *p != '\0'; p++) {
            assert_true((*p >= 'a' && *p <= 'z') || *p == '_');
        }

        p = article_reason_sentence((article_reason_t) i);
        assert_int_equal(p[strlen(p) - 1], '.');
    }

    assert_string_equal(article_reason_word(ARTICLE_OK), "ok");
    assert_string_equal(article_reason_word((article_reason_t) 999),
                        "internal_error");
    assert_string_equal(article_reason_sentence((article_reason_t) 999),
                        article_reason_sentence(ARTICLE_INTERNAL_ERROR));
    assert_string_equal(article_kind_word(ARTICLE_KIND_HOME), "home");
    assert_string_equal(article_kind_word((article_kind_t) 9), "other");
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(parsed),
        cmocka_unit_test(walked),
        cmocka_unit_test(refused),
        cmocka_unit_test(refused_when_all_differ),
        cmocka_unit_test(limits_of_the_caller),
        cmocka_unit_test(pieces),
        cmocka_unit_test(shrunk),
        cmocka_unit_test(words_of_reasons),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

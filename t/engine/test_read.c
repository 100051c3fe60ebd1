/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define PAGE                                                                  \
    "<meta charset=utf-8><title>" TITLE " - Báo Sông Trà</title><h1>" TITLE   \
    "</h1><p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau "   \
    "hai năm thi công liên tục.</p>"


/* One engine for many pages, of all kinds, gives what a new one gives. */

static void
test_reuse(void **state)
{
    char                    *first;
    size_t                   i, len;
    article_result_t         result;
    article_engine_t        *engine;
    article_read_options_t   options;

    static const char *const  pages[] = {
        PAGE, "", "<p>x", "<<<<", "<title>Lỗi 404</title>", PAGE
    };

    (void) state;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    first = NULL;
    len = 0;

    for (i = 0; i < test_number(pages); i++) {
        article_read(engine, &options, pages[i], strlen(pages[i]), &result);

        if (pages[i][0] != '<' || strcmp(pages[i], PAGE) != 0) {
            assert_int_not_equal(result.reason, ARTICLE_OK);
            assert_int_equal(result.json.len, 0);
            continue;
        }

        assert_int_equal(result.reason, ARTICLE_OK);
        assert_int_equal(result.kind, ARTICLE_KIND_ARTICLE);

        if (first == NULL) {
            len = result.json.len;
            first = malloc(len);
            assert_non_null(first);
            memcpy(first, result.json.data, len);

        } else {
            assert_int_equal(result.json.len, len);
            assert_memory_equal(result.json.data, first, len);
        }

        article_engine_shrink(engine);
    }

    free(first);
    article_engine_destroy(engine);
}


/* Over a limit there is a reason and no half article. */

static void
test_limits(void **state)
{
    char                    *page;
    size_t                   i;
    article_limits_t         limits;
    article_result_t         result;
    article_engine_t        *engine;
    article_read_options_t   options;

    (void) state;

    memset(&options, 0, sizeof(options));
    memset(&limits, 0, sizeof(limits));

    limits.page = 100;
    engine = article_engine_create(&limits);
    assert_non_null(engine);
    assert_int_equal(article_read(engine, &options, PAGE, strlen(PAGE),
                                  &result), ARTICLE_PAGE_TOO_LARGE);
    assert_int_equal(result.json.len, 0);
    article_engine_destroy(engine);

    /* every size of memory gives the whole item or none */

    memset(&limits, 0, sizeof(limits));

    for (i = 512; i <= 512 * 1024; i += i / 3) {
        limits.memory = i;

        engine = article_engine_create(&limits);

        if (engine == NULL) {
            continue;
        }

        article_read(engine, &options, PAGE, strlen(PAGE), &result);

        if (result.reason == ARTICLE_OK) {
            assert_int_equal(result.json.data[result.json.len - 1], '}');
        } else {
            assert_int_equal(result.reason, ARTICLE_NO_MEMORY);
            assert_int_equal(result.json.len, 0);
        }

        article_engine_destroy(engine);
    }

    assert_int_equal(result.reason, ARTICLE_OK);

    /* elements nested without end */

    page = malloc(400000);
    assert_non_null(page);

    for (i = 0; i + 5 <= 400000; i += 5) {
        memcpy(page + i, "<div>", 5);
    }

    engine = article_engine_create(NULL);
    assert_non_null(engine);
    assert_int_equal(article_read(engine, &options, page, 400000, &result),
                     ARTICLE_PAGE_TOO_COMPLEX);
    article_engine_destroy(engine);
    free(page);
}


/* Any page cut anywhere is read without harm. */

static void
test_cuts(void **state)
{
    size_t                   i, len;
    article_slice_t          page;
    article_result_t         result;
    article_engine_t        *engine;
    article_read_options_t   options;

    static const char  whole[] =
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>" TITLE
        "</title><script type='application/ld+json'>{\"@type\":\"Article\","
        "\"author\":[{\"name\":\"A\"}]}</script></head><body>" PAGE
        "<table><tr><td><img src=a.jpg data-src='b.jpg' alt=x><tr><td>Ảnh: B"
        "</table><ul><li><a href=/1>Huyện Tân Phú mở hội xuân</a><li><a href="
        "/2>Khai giảng lớp dạy nghề</a><li><a href=/3>Nước sạch về thôn</a>"
        "</ul><p align=right>Thu Hà</p></body></html>";

    (void) state;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    len = strlen(whole);

    for (i = 0; i <= len; i++) {
        page = slice_exact(whole, i);
        article_read(engine, &options, page.data, page.len, &result);
        slice_free(page);
    }

    article_engine_destroy(engine);
}


static void
test_windows_1258(void **state)
{
    yajl_val                item;
    article_result_t        result;
    article_read_options_t  options;

    /* "Xã Hòa An mở hội." and "Hội làng năm nay đông vui hơn năm trước." */

    static const char  page[] =
        "<meta http-equiv=Content-Type content='text/html; charset="
        "windows-1258'><h1>X\xe3 H\xf2" "a An m\xf5\xd2 h\xf4\xf2i l\xe0ng"
        "</h1><p>H\xf4\xf2i l\xe0ng n\xe3m nay \xf0\xf4ng vui h\xf5n "
        "n\xe3m tr\xfd\xf5\xec" "c, b\xe0 con c\xe1" "c th\xf4n \xf0\xea\xcc"
        "n d\xf5\xf2.</p>";

    (void) state;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);

    item = read_options(page, sizeof(page) - 1, &options, &result);

    assert_int_equal(result.reason, ARTICLE_OK);
    read_holds(item, "content_text", "đông vui hơn");
    read_holds(item, "content_text", "Hội làng");

    yajl_tree_free(item);
}


/* A portal file's rules win over what the page looks like. */

static void
test_portal(void **state)
{
    yajl_val                item;
    const char             *page;
    article_error_t         error;
    article_result_t        result;
    article_portal_t       *portal;
    article_read_options_t  options;

    static const char  rules[] =
        "{ \"portal\": \"songtra\", \"hosts\": [\"bao.example\"],"
        "  \"site_name\": \"Báo Sông Trà\","
        "  \"id\": \"-(\\\\d+)\\\\.html\","
        "  \"kinds\": { \"listing\": [\"^/muc/\"] },"
        "  \"title\": [\".khong-co\", \".ten\"], \"date\": [\".ngay\"],"
        "  \"summary\": [\".tom\"], \"content\": [\".than\"],"
        "  \"author\": [\".ai\"], \"remove\": [\".bo\"],"
        "  \"item\": [\"li\"], \"item_link\": [\"a\"],"
        "  \"item_date\": [\"i\"] }";

    (void) state;

    portal = article_portal_parse(rules, sizeof(rules) - 1, &error);

    if (portal == NULL) {
        print_error("%u:%u: %s\n", error.line, error.column, error.message);
        fail();
    }

    memset(&options, 0, sizeof(options));
    options.url = test_slice("https://bao.example/tin/bai-17.html");
    options.portal = portal;

    page = "<meta charset=utf-8><h1>Tiêu đề của cả mục</h1><b class=ten>"
           TITLE "</b><p class=tom>Cây cầu đầu tiên của xã.</p><div class=than>"
           "<p>Đoạn một.</p><p class=bo>Đoạn bỏ.</p></div><div class=than>Đoạn "
           "hai.</div><p class=ai>Lê Thu Hà</p><p class=ngay>3.2.2020</p>"
           "<p>Đoạn dài ở ngoài thân bài thì không phải của bài, dù nó có đủ "
           "câu, đủ chữ như một đoạn văn thật sự.</p>";

    item = read_options(page, strlen(page), &options, &result);

    read_expect(item, "id", "songtra:17");
    read_expect(item, "title", TITLE);
    read_expect(item, "summary", "Cây cầu đầu tiên của xã.");
    read_expect(item, "content_text", "Cây cầu đầu tiên của xã.\n\nĐoạn một."
                "\n\nĐoạn hai.");
    read_expect(item, "date_published", "2020-02-03T00:00:00+07:00");
    read_expect(read_element(item, "authors", 0), "name", "Lê Thu Hà");
    read_expect(item, "_article.method", "rule");
    read_expect(item, "_article.portal", "songtra");
    read_expect(item, "_article.site_name", "Báo Sông Trà");
    yajl_tree_free(item);

    options.url = test_slice("https://bao.example/muc/1");

    page = "<meta charset=utf-8><title>Mục</title><ul><li><a href=/a-1.html>"
           "Tin một</a> <i>1.2.2020</i><li><a href=/a-2.html>Tin hai</a></ul>";

    item = read_options(page, strlen(page), &options, &result);

    assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
    assert_int_equal(read_length(item, "items"), 2);
    read_expect(read_element(item, "items", 0), "id", "songtra:1");
    read_expect(read_element(item, "items", 0), "title", "Tin một");
    read_expect(read_element(item, "items", 0), "date_published",
                "2020-02-01T00:00:00+07:00");
    yajl_tree_free(item);

    article_portal_destroy(portal);
}


static void
explain_line(void *data, article_slice_t line)
{
    unsigned  *seen;

    seen = data;

    assert_true(line.len > 0);

    seen[0]++;
    seen[1] += article_slice_starts(line, article_literal("# kind article"));
    seen[2] += article_slice_starts(line, article_literal("title "));
    seen[3] += article_slice_starts(line, article_literal("keep "));
    seen[4] += article_slice_starts(line, article_literal("cut "));
    seen[5] += article_slice_find(line, article_literal("(a text below its "
                                                        "title; ")) != NULL;
    seen[6] += article_slice_starts(line, article_literal("file "))
               && article_slice_find(line,
                            article_literal("of the article | /cv.pdf"));
}


static void
test_explain(void **state)
{
    unsigned                 seen[7];
    const char              *page;
    article_engine_t        *engine;
    article_read_options_t   options;

    (void) state;

    memset(&options, 0, sizeof(options));
    memset(seen, 0, sizeof(seen));

    page = PAGE "<iframe src=/cv.pdf></iframe><h3>Tin liên quan</h3><ul><li>"
           "<a href=/1>Huyện Tân Phú mở hội xuân</a></ul>";

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    assert_int_equal(article_explain(engine, &options, page, strlen(page),
                                     explain_line, seen), ARTICLE_OK);

    assert_int_equal(seen[0], 6);   /* the page, its four lines, a file */
    assert_int_equal(seen[1], 1);
    assert_int_equal(seen[2], 1);
    assert_int_equal(seen[3], 1);
    assert_int_equal(seen[4], 2);
    assert_int_equal(seen[5], 1);
    assert_int_equal(seen[6], 1);

    article_engine_destroy(engine);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_reuse),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_windows_1258),
        cmocka_unit_test(test_portal),
        cmocka_unit_test(test_explain)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

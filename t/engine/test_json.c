/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define TEXT                                                                  \
    "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau hai năm "\
    "thi công liên tục.</p>"


static void
read_json(const char *html, time_t now, char *version, char *json,
    size_t size)
{
    article_result_t         result;
    article_engine_t        *engine;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);
    options.now = now;

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    assert_int_equal(article_read(engine, &options, html, strlen(html),
                                  &result),
                     ARTICLE_OK);

    assert_int_equal(result.version.len, 32);
    memcpy(version, result.version.data, 32);
    version[32] = '\0';

    assert_true(result.json.len < size);
    memcpy(json, result.json.data, result.json.len);
    json[result.json.len] = '\0';

    article_engine_destroy(engine);
}


/* A changed counter or clock is the same content; a changed word is not. */

static void
test_version(void **state)
{
    char  a[33], b[33], c[33], json[4096];

    (void) state;

    read_json("<meta charset=utf-8><h1>" TITLE "</h1><div>" TEXT "<p>Số lần "
              "đọc: 829</p></div><div>Đang truy cập: 12</div>", 0, a, json,
              sizeof(json));
    assert_null(strstr(json, "fetched_at"));
    assert_non_null(strstr(json, a));

    read_json("<meta charset=utf-8><h1>" TITLE "</h1><div>" TEXT "<p>Số lần "
              "đọc: 830</p></div><div>Đang truy cập: 9</div>", 1600000000, b,
              json, sizeof(json));
    assert_non_null(strstr(json,
                           "\"fetched_at\":\"2020-09-13T19:26:40+07:00\""));

    read_json("<meta charset=utf-8><h1>" TITLE "</h1><div>" TEXT "<p>Cầu mang "
              "tên Hòa An từ hôm nay.</p></div>", 0, c, json, sizeof(json));

    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
}


static void
test_escapes(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<meta charset=utf-8><h1>" TITLE " \"ở\" \\ ven</h1>"
                     TEXT);

    read_expect(item, "title", TITLE " \"ở\" \\ ven");
    yajl_tree_free(item);

    /* bytes that are no UTF-8 come out as none of theirs */

    item = read_page("<meta charset=utf-8><h1>" TITLE "</h1><p>S\xc3\xa1ng "
                     "nay\xff, xã Hòa An kh\xc3ánh thành cây cầu bắc qua sông "
                     "Trà.</p>");

    read_expect(item, "content_text", "Sáng nay, xã Hòa An khánh thành cây "
                "cầu bắc qua sông Trà.");
    yajl_tree_free(item);
}


static void
test_problem(void **state)
{
    char      out[ARTICLE_PROBLEM_SIZE + 6 * 64], error[100];
    size_t    len, i;
    yajl_val  problem;

    (void) state;

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        len = article_problem(out, sizeof(out), 502, (article_reason_t) i,
                              test_slice("/tin/\"a\"\n\x01.html"));

        assert_true(len > 0 && len < sizeof(out));
        out[len] = '\0';

        problem = yajl_tree_parse(out, error, sizeof(error));
        assert_non_null(problem);

        read_expect(problem, "title", "Bad Gateway");
        read_expect(problem, "reason",
                    article_reason_word((article_reason_t) i));
        read_expect(problem, "detail",
                    article_reason_sentence((article_reason_t) i));
        read_expect(problem, "instance", "/tin/\"a\"\n\x01.html");

        yajl_tree_free(problem);
    }

    assert_int_equal(article_problem(out, 16, 502, ARTICLE_OK,
                                     test_slice("")), 0);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_problem)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * Articles in short: what a list of the newest ones is made of.
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define ENTRY(n, title, date, teaser)                                         \
    "<div class=tin><h3><a href=/tin/" #n ">" title "</a></h3><i>" date "</i>"\
    "<p>" teaser "</p></div>"

#define ENTRIES                                                               \
    ENTRY(1, "Huyện Tân Phú mở hội xuân", "03/02/2020 | 08:15",               \
          "Từ sáng sớm, hàng nghìn người đã về sân đình dự lễ rước nước.")    \
    ENTRY(2, "Khai giảng lớp dạy nghề cho phụ nữ", "02/02/2020",              \
          "Ba mươi chị em xã Hòa An bắt đầu học may công nghiệp từ hôm qua.") \
    ENTRY(3, "Nước sạch về thôn Đông", "",                                    \
          "Sau nhiều năm chờ đợi, đường ống nước đã tới từng nhà ở thôn Đông.")


static article_engine_t *
read_listed(const char *html, const char *url, article_result_t *result)
{
    article_engine_t        *engine;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(url);
    options.base_url = test_slice("https://bao.example");
    options.json_base = test_slice("https://app.example/api/");
    options.listed = 1;

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    assert_int_equal(article_read(engine, &options, html, strlen(html),
                                  result),
                     ARTICLE_OK);

    return engine;
}


static yajl_val
listed_tree(const article_listed_t *listed)
{
    char      json[ARTICLE_LISTED_MAX + 1], error[200];
    yajl_val  tree;

    assert_true(listed->json.len < sizeof(json));
    memcpy(json, listed->json.data, listed->json.len);
    json[listed->json.len] = '\0';

    tree = yajl_tree_parse(json, error, sizeof(error));
    assert_non_null(tree);

    return tree;
}


static void
test_article(void **state)
{
    yajl_val           tree;
    article_result_t   result;
    article_engine_t  *engine;

    (void) state;

    engine = read_listed("<meta charset=utf-8><title>" TITLE "</title>"
                         "<meta property='article:section' content='Xã hội'>"
                         "<h1>" TITLE "</h1><p>16/05/2026 08:30</p><div>"
                         "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua "
                         "sông Trà sau hai năm thi công liên tục.</p></div>",
                         "https://bao.example/tin/9", &result);

    assert_int_equal(result.kind, ARTICLE_KIND_ARTICLE);
    assert_int_equal(result.listed_number, 1);
    assert_int_equal(result.listed->partial, 0);
    assert_int_equal(result.listed->day, 0);
    assert_int_equal(result.listed->published, result.published);
    assert_int_equal(result.listed->published, 1778895000);

    tree = listed_tree(result.listed);
    read_expect(tree, "id", "/tin/9");
    read_expect(tree, "url", "https://bao.example/tin/9");
    read_expect(tree, "title", TITLE);
    read_holds(tree, "summary", "khánh thành cây cầu");
    read_expect(tree, "date_published", "2026-05-16T08:30:00+07:00");
    read_expect(tree, "_article.json_url", "https://app.example/api/tin/9");
    read_expect(tree, "_article.section", "Xã hội");
    read_expect(tree, "content_html", "");
    read_expect(tree, "_article.partial", "");
    yajl_tree_free(tree);

    article_engine_destroy(engine);
}


static void
test_listing(void **state)
{
    yajl_val           tree;
    article_result_t   result;
    article_engine_t  *engine;

    (void) state;

    engine = read_listed("<meta charset=utf-8><title>Xã hội</title><div><h1>"
                         "Xã hội</h1>" ENTRIES "</div>",
                         "https://bao.example/xh", &result);

    assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
    assert_int_equal(result.listed_number, 3);
    assert_int_equal(result.listed[0].partial, 1);
    assert_int_equal(result.listed[0].published, 1580692500);
    assert_int_equal(result.listed[1].day, 1);
    assert_int_equal(result.listed[2].published, 0);

    tree = listed_tree(&result.listed[0]);
    read_expect(tree, "id", "/tin/1");
    read_expect(tree, "title", "Huyện Tân Phú mở hội xuân");
    read_holds(tree, "summary", "hàng nghìn người");
    read_expect(tree, "_article.section", "Xã hội");
    assert_true(YAJL_IS_TRUE(yajl_tree_get(tree,
                             (const char *[]) { "_article", "partial", NULL },
                             yajl_t_any)));
    yajl_tree_free(tree);

    article_engine_destroy(engine);
}


/* What is too long loses its summary, its image, and then is none. */

static void
test_bounds(void **state)
{
    char              *html, *image;
    size_t             i;
    yajl_val           tree;
    article_result_t   result;
    article_engine_t  *engine;

    (void) state;

    html = malloc(16384);
    image = malloc(4096);
    assert_non_null(html);
    assert_non_null(image);

    for (i = 0; i < 3; i++) {
        memset(image, 'a', 4095);
        image[i == 0 ? 2800 : i == 1 ? 3400 : 100] = '\0';

        (void) snprintf(html, 16384, "<meta charset=utf-8><h1>" TITLE "</h1>"
                        "<div><img src='/%s.jpg' width=600 height=400><p>Sáng "
                        "nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà "
                        "sau hai năm thi công liên tục, với kinh phí hơn bốn "
                        "mươi tỷ đồng, trong đó một nửa do nhân dân trong xã "
                        "đóng góp bằng ngày công và tiền của nhiều năm qua. "
                        "Đây là cây cầu bê tông đầu tiên nối hai bờ sông tại "
                        "xã, thay cho bến đò ngang đã có từ hơn một trăm năm "
                        "nay của người dân địa phương.</p></div>", image);

        engine = read_listed(html, "https://bao.example/tin/9", &result);
        assert_int_equal(result.kind, ARTICLE_KIND_ARTICLE);
        assert_int_equal(result.listed_number, 1);
        assert_true(result.listed->json.len <= ARTICLE_LISTED_MAX);

        tree = listed_tree(result.listed);
        read_expect(tree, "title", TITLE);
        assert_int_equal(read_string(tree, "summary")[0] != '\0', i == 2);
        assert_int_equal(read_string(tree, "image")[0] != '\0', i != 1);
        yajl_tree_free(tree);

        article_engine_destroy(engine);
    }

    free(image);
    free(html);
}


/* Not asked for: not made. */

static void
test_unasked(void **state)
{
    yajl_val                 item;
    article_result_t         result;
    article_read_options_t   options;
    static const char        html[] = "<meta charset=utf-8><h1>" TITLE "</h1>"
                                      "<p>Sáng nay xã đã khánh thành cầu.</p>";

    (void) state;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);

    item = read_options(html, strlen(html), &options, &result);
    assert_int_equal(result.reason, ARTICLE_OK);
    assert_int_equal(result.listed_number, 0);
    yajl_tree_free(item);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_listing),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_unasked)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * Learning from pages of one portal, made here.
 */

#include <stdio.h>

#include "support.h"
#include "support_strip.h"


#define PAGES  8


static const char *const  verbs[PAGES] = {
    "khởi công", "khánh thành", "kiểm tra", "nghiệm thu", "bàn giao",
    "mở rộng", "tu sửa", "quy hoạch"
};


/*
 * A page of the portal: menu, article, a list under a heading that no
 * catalogue knows, a notice that repeats, links that never change, a box that
 * a script needs.
 */
static size_t
page_of(char *out, size_t size, unsigned n)
{
    const char  *v;

    v = verbs[n % PAGES];

    return (size_t) snprintf(out, size,
        "<!DOCTYPE html><html><head><title>Huyện Nam Phố %s cầu số %u"
        "</title><meta charset=utf-8></head><body>"
        "<div id=menu><ul class=mn><li><a href=/a>Trang chủ</a></li>"
        "<li><a href=/b>Kinh tế</a></li></ul></div>"
        "<div id=giua><h1>Huyện Nam Phố %s cầu số %u</h1>"
        "<div class=ngay>%02u/04/2021 08:15</div>"
        "<div class=than><p>Sáng %u-4, Ủy ban nhân dân huyện Nam Phố tổ chức "
        "%s cây cầu số %u bắc qua sông Lô, nối hai xã bên bờ với quốc lộ, "
        "tổng vốn %u tỷ đồng từ ngân sách tỉnh và đóng góp của nhân dân."
        "</p><p>Phát biểu tại buổi lễ, lãnh đạo huyện đề nghị đơn vị thi "
        "công bảo đảm an toàn, chất lượng và tiến độ của hạng mục %s.</p>"
        "<p>Bà con hai xã rất phấn khởi vì từ nay đi lại thuận tiện hơn."
        "</p></div></div>"
        "<div id=phai><div class=hop><h3>Chuyện làng chuyện xã</h3><ul>"
        "<li><a href=/t/%u>Đường làng số %u được trải nhựa phẳng phiu</a>"
        "</li><li><a href=/t/%u>Trường mầm non số %u đón lứa trẻ đầu tiên"
        "</a></li></ul></div>"
        "<div class=hop><h3>Thông báo</h3><p>Tòa soạn nhận tin, bài và ảnh "
        "dự thi viết về quê hương đến hết tháng mười hai hằng năm.</p></div>"
        "<div class=lk><h4>Các sở ngành trong tỉnh nhà</h4>"
        "<a href=//s1>Sở Kế hoạch và Đầu tư tỉnh Nam Phố</a> "
        "<a href=//s2>Sở Nông nghiệp và Môi trường Nam Phố</a></div>"
        "<div class=can id=can><h4>Bạn nên biết hôm nay</h4>"
        "<a href=/k/%u>Lịch cắt điện của các xã trong tuần thứ %u</a> "
        "<a href=/l/%u>Giá cả ở chợ huyện trong phiên thứ %u này</a></div>"
        "</div><script>document.getElementById('can').className='x'"
        "</script></body></html>",
        v, n, v, n, 1 + n, 1 + n, v, n, 5 + n, v, n + 20, n + 20, n + 50,
        n + 50, n, n, n, n);
}


static article_slice_t
learn(article_learner_t *learner, article_engine_t *engine, unsigned from,
    unsigned to)
{
    char                     page[8192];
    size_t                   len;
    unsigned                 n;
    article_slice_t          json;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));

    for (n = from; n < to; n++) {
        len = page_of(page, sizeof(page), n);
        assert_int_equal(article_learner_add(learner, engine, &options, page,
                                             len),
                         ARTICLE_OK);
    }

    assert_int_equal(article_learner_portal(learner, &json), ARTICLE_OK);

    return json;
}


static unsigned
holds(article_slice_t s, const char *needle)
{
    return article_slice_find(s, test_slice(needle)) != NULL;
}


static void
lists(void **state)
{
    char                      page[8192], *out;
    size_t                    len;
    strip_cuts_t              cuts;
    article_error_t           error;
    article_slice_t           json, s;
    article_portal_t         *portal;
    article_engine_t         *engine;
    article_learner_t        *learner;
    article_strip_options_t   options;

    (void) state;

    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("Bao.Example"));
    json = learn(learner, engine, 0, PAGES);

    /* the list; no notice, no menu, no fixed links, nothing scripts need */

    assert_true(holds(json, "\"bao-example\""));
    assert_true(holds(json, "div#phai div.hop"));
    assert_true(holds(json, "Chuyện làng chuyện xã"));
    assert_false(holds(json, "Thông báo"));
    assert_false(holds(json, "mn"));
    assert_false(holds(json, "div.lk"));
    assert_false(holds(json, "div#can"));
    assert_true(holds(json, "[id=\\\"can\\\"]"));

    portal = article_portal_parse(json.data, json.len, &error);
    assert_non_null(portal);

    memset(&options, 0, sizeof(options));
    options.portal = portal;
    options.builtin = 1;

    len = page_of(page, sizeof(page), 99);
    s = (article_slice_t) { page, len };
    assert_null(strip_page(&options, s, 0, 0, &cuts));
    assert_null(strip_oracle(s, &cuts));
    out = strip_output(s, &cuts, &len);

    assert_null(strstr(out, "Chuyện làng"));
    assert_null(strstr(out, "Đường làng số"));
    assert_non_null(strstr(out, "Thông báo"));
    assert_non_null(strstr(out, "Sở Kế hoạch"));
    assert_non_null(strstr(out, "Bạn nên biết"));
    assert_non_null(strstr(out, "Trang chủ"));
    assert_non_null(strstr(out, "rất phấn khởi"));

    free(out);
    article_portal_destroy(portal);
    article_learner_destroy(learner);
    article_engine_destroy(engine);
}


/* One article under many addresses counts once; two are not enough. */
static void
distinct(void **state)
{
    char                     page[8192];
    size_t                   len;
    unsigned                 n;
    article_slice_t          json;
    article_engine_t        *engine;
    article_learner_t       *learner;
    article_read_options_t   options;

    (void) state;

    memset(&options, 0, sizeof(options));
    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("bao.example"));

    for (n = 0; n < 50; n++) {
        len = page_of(page, sizeof(page), n % 2);
        (void) article_learner_add(learner, engine, &options, page, len);
    }

    assert_int_equal(article_learner_portal(learner, &json), ARTICLE_OK);
    assert_true(holds(json, "\"pages\": 50"));
    assert_true(holds(json, "\"articles\": 2"));
    assert_false(holds(json, "select"));

    json = learn(learner, engine, 2, 4);
    assert_true(holds(json, "\"articles\": 4"));
    assert_true(holds(json, "div.hop"));

    /* no article: nothing is learned, nothing breaks */

    assert_int_equal(article_learner_add(learner, engine, &options, "x", 1),
                     ARTICLE_NOT_AN_ARTICLE);

    article_learner_destroy(learner);
    article_engine_destroy(engine);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(lists),
        cmocka_unit_test(distinct)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * What learning must not be led to: nothing of an article is ever cut, and
 * repetition alone condemns nothing.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_learn.h"


#define PAGES  12


typedef struct {
    article_engine_t   *engine;
    article_learner_t  *learner;
} trap_t;


/* A page's own part of a box: printf format with one %u, twice. */
static const char *
filled(const char *format, unsigned n)
{
    static char  text[2048];

    (void) snprintf(text, sizeof(text), format, n, n);

    return text;
}


static void
learn(trap_t *trap, unsigned from, unsigned to, const char *top,
    const char *side)
{
    char          beside[2048];
    learn_page_t  page;

    for (memset(&page, 0, sizeof(page)); from < to; from++) {
        page.n = from;
        page.top = top;
        page.side = beside;
        (void) snprintf(beside, sizeof(beside), "%s",
                        side != NULL ? filled(side, 3 * from + 7) : "");

        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, 0),
                         ARTICLE_OK);
    }
}


/* Of a page with these boxes: what must be there, what must not. */
static void
check(trap_t *trap, const char *top, const char *side, const char *stays,
    const char *gone)
{
    char          *out;
    learn_page_t   page;

    memset(&page, 0, sizeof(page));
    page.n = 90;
    page.top = top;
    page.side = side != NULL ? filled(side, 1234) : NULL;

    out = learn_strip(trap->learner, &page);

    if (stays != NULL) {
        assert_non_null(strstr(out, stays));
    }

    if (gone != NULL) {
        assert_null(strstr(out, gone));
    }

    assert_non_null(strstr(out, "rất phấn khởi"));
    assert_non_null(strstr(out, "lãnh đạo huyện đề nghị"));
    assert_non_null(strstr(out, "Trang chủ của báo"));
    assert_non_null(strstr(out, "/04/2021 08:15"));
    assert_null(strstr(out, "được trải nhựa"));
    assert_null(strstr(out, "giữ nghề đan lát"));

    free(out);
}


static int
setup(void **state)
{
    trap_t  *trap;

    trap = calloc(1, sizeof(trap_t));
    trap->engine = article_engine_create(NULL);
    trap->learner = article_learner_create(test_slice("bao.example"));
    *state = trap;

    return trap->engine == NULL || trap->learner == NULL;
}


static int
teardown(void **state)
{
    trap_t  *trap;

    trap = *state;
    article_learner_destroy(trap->learner);
    article_engine_destroy(trap->engine);
    free(trap);

    return 0;
}


/* From the middle of the stream on, on every page, with rising numbers. */
static void
storm(void **state)
{
    static const char  box[] =
        "<div class=bao><b>TIN BÃO KHẨN CẤP</b><p>Hồi %u giờ, tâm bão cách "
        "bờ %u km, sức gió cấp 11, giật cấp 13; tàu thuyền không ra khơi và "
        "người dân ở vùng trũng phải sơ tán trước tối nay.</p></div>";
    static const char  brief[] =
        "<div class=bao2><b>Cảnh báo lũ</b> cấp %u, mực nước %u cm</div>";

    learn(*state, 0, PAGES, NULL, NULL);
    learn(*state, PAGES, 3 * PAGES, NULL, box);
    check(*state, NULL, box, "tâm bão cách", NULL);

    learn(*state, 3 * PAGES, 5 * PAGES, NULL, brief);
    check(*state, NULL, "<div class=bao2><b>Cảnh báo lũ</b> cấp 3, mực nước 9 "
          "cm</div>", "mực nước", NULL);
}


/* The same words in a third of the articles, and on all pages. */
static void
notice(void **state)
{
    unsigned       n;
    trap_t        *trap;
    learn_page_t   page;

    static const char  legal[] =
        "<div class=phaply><p>Căn cứ Luật Báo chí, mọi hình thức sao chép "
        "phải ghi rõ nguồn và được tòa soạn đồng ý bằng văn bản.</p></div>";
    static const char  office[] =
        "<div class=hop><h3>Thông báo</h3><p>Tòa soạn nhận bài dự thi viết về "
        "quê hương đến hết tháng mười hai hằng năm, gửi qua bưu điện.</p>"
        "</div>";

    trap = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 2 * PAGES; n++) {
        page.n = n;
        page.inside = n % 3 == 0 ? legal : NULL;
        page.side = office;
        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, 0),
                         ARTICLE_OK);
    }

    assert_null(strstr(learn_plan(trap->learner), "phaply"));
    check(trap, NULL, office, "Tòa soạn nhận bài", NULL);
    check(trap, legal, NULL, "Luật Báo chí", NULL);
}


/* The article's first sentence beside it, each time another. */
static void
quoted(void **state)
{
    static const char  box[] =
        "<div class=doc><h3>Đang đọc</h3><p>Sáng %u-4, Ủy ban nhân dân huyện "
        "Nam Phố tổ chức buổi lễ thứ %u bên bờ sông Lô, nối hai xã với đường "
        "quốc lộ.</p></div>";

    learn(*state, 0, PAGES, NULL, box);
    check(*state, NULL, box, "Đang đọc", NULL);
}


/* Only the digits of a counter change; those of dates, prices, votes too. */
static void
counters(void **state)
{
    static const char  counter[] =
        "<div class=dem>Đã có <b>%u</b> bạn ghé thăm, hôm nay %u</div>";

    learn(*state, 0, PAGES, NULL, counter);
    check(*state, NULL, counter, NULL, "bạn ghé thăm");

    /* the same box with other words is something else */

    check(*state, NULL, "<div class=dem>Giá vé vào cửa <b>%u</b> đồng, trẻ em "
          "%u</div>", "Giá vé vào cửa", NULL);
}


static void
no_counters(void **state)
{
    static const char  date[] =
        "<div class=lich>Cập nhật lúc %u:15, ngày %u/11</div>";
    static const char  fixed[] =
        "<div class=lh>Gọi số 1022, nhánh 4</div>";
    trap_t            *trap;

    learn(*state, 0, PAGES, fixed, date);
    check(*state, fixed, date, "Cập nhật lúc", NULL);
    check(*state, fixed, date, "Gọi số 1022", NULL);

    trap = *state;
    assert_null(strstr(learn_plan(trap->learner), "counter"));
}


/* Numbers that jump up and down belong to the article: here, a document's. */
static void
jumping(void **state)
{
    unsigned       n;
    trap_t        *trap;
    learn_page_t   page;

    trap = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 2 * PAGES; n++) {
        page.n = n;
        page.side = filled("<div class=vb>Công văn %u, %u trang</div>",
                           (n * 7919) % 101);
        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, 0),
                         ARTICLE_OK);
    }

    assert_null(strstr(learn_plan(trap->learner), "counter"));
}


/* A menu that gets an entry, a list of services that moves every day. */
static void
menus(void **state)
{
    char           changing[1024];
    unsigned       n;
    trap_t        *trap;
    learn_page_t   page;

    static const char  *const  menu[] = {
        "<div class=doc><a href=/m1>Xây dựng nông thôn mới ở cơ sở</a> "
        "<a href=/m2>Người tốt việc tốt quanh ta</a></div>",
        "<div class=doc><a href=/m1>Xây dựng nông thôn mới ở cơ sở</a> "
        "<a href=/m2>Người tốt việc tốt quanh ta</a> "
        "<a href=/m3>Chuyển đổi số trong nhân dân</a></div>"
    };

    trap = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 4 * PAGES; n++) {
        page.n = n;
        page.top = menu[n > 2 * PAGES];
        page.side = changing;
        (void) snprintf(changing, sizeof(changing),
                        "<div class=hop><h3>Dịch vụ công trực tuyến</h3><ul>"
                        "<li><a href=/p%u>Thủ tục thứ %u về đất đai và nhà ở"
                        "</a></li><li><a href=/q%u>Thủ tục thứ %u về hộ tịch "
                        "và cư trú</a></li></ul></div>", n, n, n, n + 1);
        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, 0),
                         ARTICLE_OK);
    }

    check(trap, menu[1], changing, "Người tốt việc tốt", NULL);
    check(trap, menu[1], changing, "về hộ tịch", NULL);
}


/* A choice of dates goes with its list; a list of services never moves. */
static void
lists(void **state)
{
    static const char  select[] =
        "<div class=cu><h3>Lục lại trang cũ</h3><ul><li><a href=/c/%u>Hội làng "
        "mùa xuân năm ấy thật là đông vui</a></li><li><a href=/d/%u>Chuyến đò "
        "ngang cuối cùng trên bến sông quê</a></li></ul><select><option>1"
        "</option></select><select><option>Tháng 1</option></select></div>";
    static const char  services[] =
        "<div class=dv><h3>Dành cho người dân</h3><a href=//d1>Tra cứu hồ sơ "
        "thủ tục hành chính của tỉnh</a> <a href=//d2>Phản ánh, kiến nghị về "
        "quy định hành chính</a></div>";
    char               changing[2048], *out;
    unsigned           n;
    trap_t            *trap;
    learn_page_t       page;

    trap = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < PAGES; n++) {
        page.n = n;
        page.top = services;
        (void) snprintf(changing, sizeof(changing),
                        "<div class=cu><h3>Lục lại trang cũ</h3><ul><li>"
                        "<a href=/c/%u>Hội làng mùa xuân lần thứ %u thật là "
                        "đông</a></li><li><a href=/d/%u>Chuyến đò thứ %u trên "
                        "bến sông quê mình</a></li></ul><select><option>1"
                        "</option></select><select><option>Tháng 1</option>"
                        "</select></div>", n, n, n, n);
        page.side = changing;
        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, 0),
                         ARTICLE_OK);
    }

    check(trap, services, select, "Tra cứu hồ sơ", "Lục lại trang cũ");

    page.side = "<div class=cu><h3>Lục lại trang cũ</h3><form><input "
                "type=text name=q></form></div>";
    out = learn_strip(trap->learner, &page);
    assert_non_null(strstr(out, "name=q"));
    free(out);
}


/* Addresses by the thousand, crafted arguments: one article. */
static void
addresses(void **state)
{
    char                      url[64];
    unsigned                  n;
    trap_t                   *trap;
    learn_page_t              page;
    article_learner_status_t  status;

    trap = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 1000; n++) {
        page.n = 5;
        page.lists = n + 1;
        (void) snprintf(url, sizeof(url), "http://bao.example/a%u?x=%u",
                        n % 100, n);
        (void) learn_observe(trap->learner, trap->engine, &page, url, 0);
    }

    article_learner_status(trap->learner, &status);
    assert_int_equal(status.pages, 1000);
    assert_int_equal(status.articles, 1);
    assert_int_equal(status.number, 0);

    /* nor do other texts at the same address */

    for (n = 0; n < 20; n++) {
        page.n = 40 + n;
        (void) learn_observe(trap->learner, trap->engine, &page,
                             "http://bao.example/a1", 0);
    }

    article_learner_status(trap->learner, &status);
    assert_true(status.articles <= 2);
    assert_int_equal(status.number, 0);
}


/* Error pages with the whole chrome, served with 200. */
static void
errors(void **state)
{
    char                      data[4096];
    int                       len;
    unsigned                  n;
    trap_t                   *trap;
    article_slice_t           observation;
    article_read_options_t    options;
    article_learner_status_t  status;

    trap = *state;
    memset(&options, 0, sizeof(options));

    for (n = 0; n < 50; n++) {
        len = snprintf(data, sizeof(data),
            "<html><head><title>Không tìm thấy trang</title></head><body>"
            "<div id=giua><h1>Không tìm thấy trang</h1><p>Địa chỉ /x%u không "
            "có trên máy chủ.</p></div><div id=phai><div class=hop><h3>Chuyện "
            "làng chuyện xã</h3><ul><li><a href=/t/%u>Đường làng số %u được "
            "trải nhựa phẳng phiu</a></li><li><a href=/t/%u>Trường mầm non số "
            "%u đón lứa trẻ đầu tiên</a></li></ul></div></div></body></html>",
            n, n, n, n, n);

        if (article_observe(trap->engine, &options, data, (size_t) len,
                            &observation)
            == ARTICLE_OK)
        {
            (void) article_learner_observe(trap->learner, observation, 0);
        }
    }

    article_learner_status(trap->learner, &status);
    assert_true(status.articles <= 1);
    assert_int_equal(status.number, 0);
}


/* What is newer than a day stays, with a clock. */
static void
a_day(void **state)
{
    unsigned                  n;
    time_t                    now;
    trap_t                   *trap;
    learn_page_t              page;
    article_learner_status_t  status;

    trap = *state;
    memset(&page, 0, sizeof(page));
    now = 1700000000;

    for (n = 0; n < PAGES; n++) {
        page.n = n;
        assert_int_equal(learn_observe(trap->learner, trap->engine, &page,
                                       NULL, now + n),
                         ARTICLE_OK);
    }

    article_learner_status(trap->learner, &status);
    assert_int_equal(status.entries, 0);

    page.n = PAGES;
    assert_int_equal(learn_observe(trap->learner, trap->engine, &page, NULL,
                                   now + ARTICLE_LEARNER_DAY),
                     ARTICLE_OK);

    article_learner_status(trap->learner, &status);
    assert_int_equal(status.entries, 2);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test_setup_teardown(storm, setup, teardown),
        cmocka_unit_test_setup_teardown(notice, setup, teardown),
        cmocka_unit_test_setup_teardown(quoted, setup, teardown),
        cmocka_unit_test_setup_teardown(counters, setup, teardown),
        cmocka_unit_test_setup_teardown(no_counters, setup, teardown),
        cmocka_unit_test_setup_teardown(jumping, setup, teardown),
        cmocka_unit_test_setup_teardown(menus, setup, teardown),
        cmocka_unit_test_setup_teardown(lists, setup, teardown),
        cmocka_unit_test_setup_teardown(addresses, setup, teardown),
        cmocka_unit_test_setup_teardown(errors, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day, setup, teardown)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

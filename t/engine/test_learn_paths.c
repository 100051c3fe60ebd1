/*
 * Copyright (C) ngx_article authors
 *
 * Learning from a portal of tables in tables, without a class or an id.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_strip.h"


#define PAGE  16384


typedef struct {
    article_engine_t   *engine;
    article_learner_t  *learner;
} tables_t;


/* What a page has in its columns beside the two lists; NULL: nothing. */
typedef struct {
    unsigned     n;
    const char  *left;
    const char  *below;         /* the text, in its cell */
} table_page_t;


static const char *const  verbs[] = {
    "khởi công", "khánh thành", "kiểm tra", "nghiệm thu", "bàn giao",
    "mở rộng", "tu sửa"
};


static int
setup(void **state)
{
    tables_t  *t;

    t = calloc(1, sizeof(tables_t));
    t->engine = article_engine_create(NULL);
    t->learner = article_learner_create(test_slice("bao.example"));
    *state = t;

    return t->engine == NULL || t->learner == NULL;
}


static int
teardown(void **state)
{
    tables_t  *t;

    t = *state;
    article_learner_destroy(t->learner);
    article_engine_destroy(t->engine);
    free(t);

    return 0;
}


static size_t
page_of(char *out, const table_page_t *p)
{
    size_t       len;
    unsigned     n;
    const char  *v;

    n = p->n;
    v = verbs[n % test_number(verbs)];

    len = (size_t) snprintf(out, PAGE,
        "<html><head><title>Huyện Tân Phố %s đập nước thứ %u</title></head>"
        "<table width=780><tr><td><img src=/bn.gif></td></tr></table>"
        "<table width=780><tr><td><a href=/>Trang chủ</a> | <a href=/b>Kinh tế "
        "- Xã hội</a></td></tr></table>"
        "<table width=780><tr><td width=160 valign=top>%s"
        "<table><tr><td bgcolor=red><font color=white><b>Chuyện bên thềm đình"
        "</b></font></td></tr><tr><td>- <a href=/t/%u>Đường làng số %u được "
        "trải nhựa phẳng phiu</a><br>- <a href=/t/%u>Trường mầm non số %u đón "
        "lứa trẻ đầu tiên</a></td></tr></table>"
        "<table><tr><td><b>Lời tòa soạn</b></td></tr><tr><td>Nhận bài dự thi "
        "viết về quê hương đến hết tháng mười hai hằng năm, gửi qua bưu điện "
        "huyện.</td></tr></table></td>"
        "<td valign=top><font size=5><b>Huyện Tân Phố %s đập nước thứ %u</b>"
        "</font><br><font size=1>%02u/04/2009 08:15</font>"
        "<p>Sáng %u-4, Ủy ban nhân dân huyện Tân Phố tổ chức %s đập nước thứ "
        "%u bên bờ sông Lô, nối hai xã với đường quốc lộ, tổng vốn %u tỷ đồng "
        "từ ngân sách tỉnh và đóng góp của nhân dân trong vùng.</p>"
        "<p>Phát biểu tại buổi lễ, lãnh đạo huyện đề nghị đơn vị thi công bảo "
        "đảm an toàn, chất lượng và tiến độ của hạng mục thứ %u.</p>"
        "<p>Bà con hai xã rất phấn khởi vì từ nay đi lại thuận tiện hơn.</p>"
        "%s</td><td valign=top><b>Nghe dân kể lại</b><br>"
        "<a href=/k/%u>Ông lão thứ %u giữ nghề đan lát bên sông</a><br>"
        "<a href=/k/%u>Cô giáo thứ %u mở lớp học ở cuối làng</a></td></tr>"
        "</table></html>",
        v, n, p->left != NULL ? p->left : "", n, n, n + 1, n + 1, v, n,
        1 + n % 28, 1 + n % 28, v, n, 5 + n, n,
        p->below != NULL ? p->below : "", n, n, n + 1, n + 1);

    assert_true(len < PAGE);

    return len;
}


static void
learn(tables_t *t, unsigned from, unsigned to, const char *left,
    const char *below)
{
    char                     data[PAGE];
    size_t                   len;
    table_page_t             page;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));
    page.left = left;
    page.below = below;

    for (page.n = from; page.n < to; page.n++) {
        len = page_of(data, &page);
        assert_int_equal(article_learner_add(t->learner, t->engine, &options,
                                             data, len),
                         ARTICLE_OK);
    }
}


static article_portal_t *
plan(tables_t *t)
{
    article_slice_t    json;
    article_error_t    error;
    article_portal_t  *portal;

    assert_int_equal(article_learner_portal(t->learner, &json), ARTICLE_OK);
    portal = article_portal_parse(json.data, json.len, &error);
    assert_non_null(portal);

    return portal;
}


/* The page stripped by the plan alone; malloc'd. */
static char *
strip(tables_t *t, const table_page_t *page)
{
    char                      data[PAGE], *out;
    size_t                    len;
    strip_cuts_t              cuts;
    article_slice_t           s;
    article_strip_options_t   options;

    memset(&options, 0, sizeof(options));
    options.portal = plan(t);
    s.data = data;
    s.len = page_of(data, page);

    assert_null(strip_page(&options, s, 0, 0, &cuts));
    assert_null(strip_oracle(s, &cuts));
    out = strip_output(s, &cuts, &len);

    article_portal_destroy((article_portal_t *)
                           (uintptr_t) options.portal);

    return out;
}


static unsigned
holds(article_slice_t s, const char *needle)
{
    return article_slice_find(s, test_slice(needle)) != NULL;
}


/* A table, and the content of a cell, by where they stand. */
static void
paths(void **state)
{
    char             *out;
    tables_t         *t;
    table_page_t      page;
    article_slice_t   json;

    t = *state;
    learn(t, 0, 8, NULL, NULL);
    assert_int_equal(article_learner_portal(t->learner, &json), ARTICLE_OK);

    assert_true(holds(json, "\"body > table > tr > td > table\""));
    assert_true(holds(json, "\"Chuyện bên thềm đình\""));
    assert_true(holds(json, "\"body > table > tr > td\""));
    assert_true(holds(json, "\"Nghe dân kể lại\""));
    assert_false(holds(json, "Lời tòa soạn"));

    memset(&page, 0, sizeof(page));
    page.n = 77;
    out = strip(t, &page);

    assert_null(strstr(out, "thềm đình"));
    assert_null(strstr(out, "được trải nhựa"));
    assert_null(strstr(out, "Nghe dân kể lại"));
    assert_null(strstr(out, "giữ nghề đan lát"));
    assert_non_null(strstr(out, "Lời tòa soạn"));
    assert_non_null(strstr(out, "Nhận bài dự thi"));
    assert_non_null(strstr(out, "Trang chủ"));
    assert_non_null(strstr(out, "rất phấn khởi"));
    assert_non_null(strstr(out, "tổng vốn"));
    free(out);
}


/* Another block in the same place stays, and does not shield the others. */
static void
moved(void **state)
{
    char          *out;
    tables_t      *t;
    table_page_t   page;

    t = *state;
    learn(t, 0, 8, NULL, NULL);

    memset(&page, 0, sizeof(page));
    page.n = 77;
    page.left = "<table><tr><td><b>Tin bão khẩn cấp</b></td></tr><tr><td>"
                "<a href=/bao>Tâm bão cách bờ 40 km, sức gió cấp 11 giật cấp "
                "13</a><br><a href=/tranh>Danh sách nơi tránh trú của các xã "
                "ven biển</a></td></tr></table>";
    out = strip(t, &page);

    assert_non_null(strstr(out, "Tâm bão cách bờ"));
    assert_non_null(strstr(out, "nơi tránh trú"));
    assert_non_null(strstr(out, "Nhận bài dự thi"));
    assert_null(strstr(out, "được trải nhựa"));
    free(out);
}


/*
 * What neither heading nor path tells apart, or has no heading, is named with
 * its numbers; with other words in that place it stays.
 */
static void
numbered(void **state)
{
    char              two[2048], *out;
    unsigned          n;
    tables_t         *t;
    table_page_t      page;
    article_slice_t   json;

    t = *state;
    memset(&page, 0, sizeof(page));
    page.left = two;

    for (n = 0; n < 12; n++) {
        (void) snprintf(two, sizeof(two),
            "<table><tr><td><b>Ảnh và lời</b></td></tr><tr><td>"
            "<a href=/a%u>Ảnh thứ %u về mùa nước nổi ở quê tôi</a><br>"
            "<a href=/b%u>Ảnh thứ %u về phiên chợ sớm bên sông</a></td></tr>"
            "</table><table><tr><td><b>Ảnh và lời</b></td></tr><tr><td>"
            "<a href=/c%u>Lời kể thứ %u của người lái đò ngang</a><br>"
            "<a href=/d%u>Lời kể thứ %u của cô giáo cắm bản</a></td></tr>"
            "</table>"
            "<table><tr><td>Bạn là người thứ <b>%u</b> đến chơi</td></tr>"
            "</table>", n, n, n, n, n, n, n, n, 7000 + 3 * n);
        learn(t, n, n + 1, two, NULL);
    }

    assert_int_equal(article_learner_portal(t->learner, &json), ARTICLE_OK);
    assert_true(holds(json, "\"body > table:nth-of-type(3) > "
                      "tr:nth-of-type(1) > td:nth-of-type(1) > "
                      "table:nth-of-type(1)\""));
    assert_true(holds(json, "td:nth-of-type(1) > table:nth-of-type(2)\""));
    assert_true(holds(json, "td:nth-of-type(1) > table:nth-of-type(3)\""));

    page.n = 77;
    out = strip(t, &page);
    assert_null(strstr(out, "Ảnh và lời"));
    assert_null(strstr(out, "Bạn là người thứ"));
    free(out);

    page.left = "<table><tr><td>Xã ta có 3 thôn, 1 chợ</td></tr></table>";
    out = strip(t, &page);
    assert_non_null(strstr(out, "Xã ta có 3 thôn"));
    free(out);
}


/* What belongs to an article is no template, however often it is there. */
static void
texts(void **state)
{
    char                      files[1024], *out;
    unsigned                  n, i;
    tables_t                 *t;
    table_page_t              page;
    static const char *const  heads[] = {
        "Tài liệu kèm theo", "Tệp đính kèm:", "File đính kèm", "Mục lục",
        "Nội dung bài viết"
    };

    for (i = 0; i < test_number(heads); i++) {
        teardown(state);
        setup(state);
        t = *state;

        for (n = 0; n < 12; n++) {
            (void) snprintf(files, sizeof(files),
                "<table><tr><td><b>%s</b></td></tr><tr><td><a href=%sa%u.pdf>"
                "Quyết định số %u phê duyệt danh mục công trình</a><br>"
                "<a href=%sb%u.pdf>Phụ lục thứ %u kèm theo quyết định của Ủy "
                "ban</a></td></tr></table>", heads[i], i > 2 ? "#" : "/", n,
                n, i > 2 ? "#" : "/", n, n);
            learn(t, n, n + 1, NULL, files);
        }

        memset(&page, 0, sizeof(page));
        page.n = 77;
        page.below = files;
        out = strip(t, &page);

        if (strstr(out, "phê duyệt danh mục") == NULL) {
            print_error("%s is cut\n", heads[i]);
        }

        assert_non_null(strstr(out, "phê duyệt danh mục"));
        free(out);
    }
}


/* The same knowledge keeps the lists out of the article. */
static void
reading(void **state)
{
    char                     data[PAGE];
    size_t                   len;
    tables_t                *t;
    table_page_t             page;
    article_result_t         result;
    article_read_options_t   options;

    static const char  box[] =
        "<table><tr><td><p><b>Góc nhìn bên lề</b></p><p><a href=/u1>Chuyện ông "
        "lái đò thứ nhất ở bến quê</a></p><p>Ông kể rằng bao năm qua, con nước "
        "lớn ròng đã đổi thay nhiều lắm. Người đi chợ sớm nay đã qua cầu, bến "
        "đò chỉ còn khách lạ.</p><p><a href=/v1>Chuyện cô hàng nước thứ hai "
        "bên đường</a></p><p>Quán nhỏ của cô mở từ thuở làng mới có mấy nóc "
        "nhà bên sông. Ai qua cũng dừng chân, hỏi thăm nhau vài câu.</p></td>"
        "</tr></table><p>Theo kế hoạch, hạng mục tiếp theo sẽ được làm vào mùa "
        "khô năm sau.</p>";
    static const char  other[] =
        "<table><tr><td><p><b>Góc nhìn bên lề</b></p><p><a href=/u2>Chuyện bà "
        "cụ thứ ba bán xôi đầu ngõ</a></p><p>Bà kể rằng gánh xôi đã nuôi năm "
        "người con ăn học. Khách quen nay cũng đã già, chỉ còn mùi lá dứa là "
        "vẫn thế.</p><p><a href=/v2>Chuyện anh thợ cắt tóc thứ tư dưới cây đa"
        "</a></p><p>Chiếc ghế gỗ của anh có từ thời bao cấp, chân đã mọt. Ai "
        "ngồi xuống cũng kể một chuyện rồi mới chịu về.</p></td></tr></table>"
        "<p>Theo kế hoạch, hạng mục tiếp theo sẽ được làm vào mùa khô năm "
        "sau.</p>";

    t = *state;
    learn(t, 0, 6, NULL, box);
    learn(t, 6, 12, NULL, other);

    memset(&page, 0, sizeof(page));
    memset(&options, 0, sizeof(options));
    page.n = 77;
    page.below = box;
    len = page_of(data, &page);

    assert_int_equal(article_read(t->engine, &options, data, len, &result),
                     ARTICLE_OK);
    assert_true(holds(result.json, "nóc nhà bên sông"));

    options.portal = plan(t);
    assert_int_equal(article_read(t->engine, &options, data, len, &result),
                     ARTICLE_OK);
    assert_false(holds(result.json, "nóc nhà bên sông"));
    assert_true(holds(result.json, "rất phấn khởi"));
    assert_true(holds(result.json, "vào mùa khô"));

    article_portal_destroy((article_portal_t *)
                           (uintptr_t) options.portal);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test_setup_teardown(paths, setup, teardown),
        cmocka_unit_test_setup_teardown(moved, setup, teardown),
        cmocka_unit_test_setup_teardown(numbered, setup, teardown),
        cmocka_unit_test_setup_teardown(texts, setup, teardown),
        cmocka_unit_test_setup_teardown(reading, setup, teardown)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

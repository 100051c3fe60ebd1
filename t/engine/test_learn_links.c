/*
 * Copyright (C) ngx_article authors
 *
 * Selects full of links, and banners: template while they stay what they are.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_learn.h"


#define PAGES  10

#define SITES                                                                 \
    "<option>-- Chọn --</option>"                                             \
    "<option value=\"http://mot.example/\">Hội Nông dân huyện bạn</option>"   \
    "<option value=\"http://hai.example/\">Báo của tỉnh bên cạnh</option>"    \
    "<option value=\"http://ba.example/\">Đài phát thanh xã nhà</option>"

#define PICTURE(href)  "<a href=\"" href "\"><img src=/i/1.gif></a>"


/* Once learned from pages with it, the box is gone from another, or stays. */
typedef struct {
    const char  *name;
    const char  *box;       /* with %u: another number on each page */
    const char  *later;     /* what stands there then; NULL: the same */
    unsigned     gone;
} link_case_t;


static const link_case_t  cases[] = {

    /* selects */
    { "links to sites", "<div class=a><b>Ghé thăm bạn bè</b><select>" SITES
      "</select></div>", NULL, 1 },
    { "without a name of its own, by where it stands",
      "<table><tr><td><select>" SITES "</select></td></tr></table>", NULL, 1 },
    { "two of them", "<div class=a><select>" SITES "</select><br><select>"
      SITES "</select></div>", NULL, 1 },
    { "pages of the portal, under a heading",
      "<div class=a><b>Trang của các xã</b><select><option>Chọn xã</option>"
      "<option value=/xa/1.html>Xã Đồng Mai</option><option "
      "value=/xa/2.html>Xã Thụy Sơn</option></select></div>", NULL, 1 },
    { "a menu of sections",
      "<div class=a><select><option>Chuyên mục</option><option value=/kt>Kinh "
      "tế</option><option value=/vh>Văn hóa</option></select></div>", NULL,
      0 },
    { "other links than those that were learned",
      "<div class=a><b>Ghé thăm bạn bè</b><select>" SITES "</select></div>",
      "<div class=a><b>Ghé thăm bạn bè</b><select>" SITES "<option "
      "value=\"http://bon.example\">Nơi tránh bão</option></select></div>", 0 },
    { "languages", "<div class=a><select><option>Ngôn ngữ</option><option "
      "value=\"http://a.example/vi\">Tiếng Việt</option><option "
      "value=\"http://a.example/en\">English</option></select></div>", NULL,
      0 },
    { "services", "<div class=a><b>Dành cho dân</b><select><option>Chọn"
      "</option><option value=\"http://a.example/1\">Dịch vụ công mức 4"
      "</option><option value=\"http://a.example/2\">Tra cứu hồ sơ</option>"
      "</select></div>", NULL, 0 },
    { "services by heading", "<div class=a><b>Thủ tục hành chính</b><select>"
      SITES "</select></div>", NULL, 0 },
    { "provinces of a forecast", "<div class=a><b>Xem nơi khác</b><select>"
      "<option value=1>Tân Phố</option><option value=2>Nam Phố</option>"
      "<option value=3>Đông Phố</option></select></div>", NULL, 0 },
    { "in a form", "<form class=a><select>" SITES "</select><input name=q>"
      "</form>", NULL, 0 },
    { "with text", "<div class=a><select>" SITES "</select><p>Tòa soạn không "
      "chịu trách nhiệm về nội dung của các trang này.</p></div>", NULL, 0 },

    /* banners */
    { "a banner", "<div class=a>" PICTURE("http://mot.example/ban?id=7")
      "</div>", NULL, 1 },
    { "three of them", "<div class=a>"
      "<p>" PICTURE("http://mot.example/ban") "</p>"
      "<p>" PICTURE("http://hai.example/mua") "</p>"
      "<p>" PICTURE("/chuyen-de/ba") "</p></div>", NULL, 1 },
    { "to a home page, from where it says so",
      "<div class=quang-cao>" PICTURE("http://mot.example/") "</div>", NULL,
      1 },
    { "to a home page", "<div class=a>" PICTURE("http://mot.example/")
      "</div>", NULL, 0 },
    { "the portal's own head", "<div class=a>" PICTURE("/") "</div>", NULL,
      0 },
    { "the same by its file", "<div class=a>" PICTURE("Default.aspx")
      "</div>", NULL, 0 },
    { "another target than was learned",
      "<div class=a>" PICTURE("http://mot.example/ban") "</div>",
      "<div class=a>" PICTURE("http://mot.example/sotan") "</div>", 0 },
    { "each time another target",
      "<div class=a>" PICTURE("http://mot.example/ban?%u") "</div>", NULL, 0 },
    { "a service of the state",
      "<div class=a>" PICTURE("https://dichvucong.tanpho.example/x")
      "</div>", NULL, 0 },
    { "an office of the state",
      "<div class=a>" PICTURE("http://so.tanpho.gov.vn/tin") "</div>", NULL,
      0 },
    { "a language", "<div class=a>" PICTURE("/trang?lang=en") "</div>", NULL,
      0 },
    { "a script", "<div class=a>" PICTURE("javascript:to()") "</div>", NULL,
      0 },
    { "a warning", "<div class=a>" PICTURE("/canh-bao/bao-so-5") "</div>",
      NULL, 0 },
    { "a picture without a link", "<div class=a><img src=/i/1.gif></div>",
      NULL, 0 },
    { "a picture beside a link", "<div class=a><img src=/i/1.gif>"
      PICTURE("http://mot.example/ban") "</div>", NULL, 0 },
    { "with text", "<div class=a>" PICTURE("http://mot.example/ban")
      "Bão số 5</div>", NULL, 0 },
    { "in a menu", "<nav><div class=a>" PICTURE("http://mot.example/ban")
      "</div></nav>", NULL, 0 }
};


static unsigned
is_gone(const link_case_t *test)
{
    char                *out, box[2048];
    unsigned             gone;
    learn_page_t         page;
    article_engine_t    *engine;
    article_learner_t   *learner;

    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("bao.example"));
    memset(&page, 0, sizeof(page));
    page.side = box;

    for (page.n = 0; page.n < PAGES; page.n++) {
        (void) snprintf(box, sizeof(box), test->box, page.n);
        assert_int_equal(learn_observe(learner, engine, &page, NULL, 0),
                         ARTICLE_OK);
    }

    page.n = 77;
    (void) snprintf(box, sizeof(box),
                    test->later != NULL ? test->later : test->box, 77U);
    out = learn_strip(learner, &page);

    assert_non_null(strstr(out, "rất phấn khởi"));
    assert_null(strstr(out, "được trải nhựa"));
    gone = strstr(out, "<select") == NULL && strstr(out, "<img") == NULL;

    free(out);
    article_learner_destroy(learner);
    article_engine_destroy(engine);

    return gone;
}


static void
links(void **state)
{
    size_t    i;
    unsigned  gone, wrong;

    (void) state;
    wrong = 0;

    for (i = 0; i < test_number(cases); i++) {
        gone = is_gone(&cases[i]);

        if (gone != cases[i].gone) {
            print_error("%s: %s\n", cases[i].name, gone ? "gone" : "stays");
            wrong++;
        }
    }

    assert_int_equal(wrong, 0);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(links)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

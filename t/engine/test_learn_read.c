/*
 * Copyright (C) ngx_article authors
 *
 * What was learned of a portal serves reading as well.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_learn.h"


/* A box amid the text: titles that look like its subheadings, and teasers. */
static const char *
box(unsigned n)
{
    static char  text[2048];

    (void) snprintf(text, sizeof(text),
        "<div class=ke><p><b>Góc nhìn bên lề</b></p><p><a href=/u/%u>Chuyện "
        "ông lái đò thứ %u ở bến quê</a></p><p>Ông kể rằng %u năm qua, con "
        "nước lớn ròng đã đổi thay nhiều lắm. Người đi chợ sớm nay đã qua "
        "cầu, bến đò chỉ còn khách lạ ghé chơi.</p><p><a href=/v/%u>Chuyện cô "
        "hàng nước thứ %u bên đường</a></p><p>Quán nhỏ của cô mở từ thuở làng "
        "mới có %u nóc nhà bên sông. Ai qua cũng dừng chân, hỏi thăm nhau vài "
        "câu rồi lại vội vã ra đồng.</p></div>"
        "<p>Theo kế hoạch, hạng mục tiếp theo sẽ được làm vào mùa khô năm "
        "sau.</p>", n, n, n, n, n, n);

    return text;
}


static article_slice_t
read_page(article_engine_t *engine, const article_portal_t *portal,
    unsigned n)
{
    char                     data[LEARN_PAGE];
    size_t                   len;
    learn_page_t             page;
    article_result_t         result;
    article_read_options_t   options;

    memset(&page, 0, sizeof(page));
    memset(&options, 0, sizeof(options));
    page.n = n;
    page.inside = box(n + 400);
    options.portal = portal;
    len = learn_page(data, &page);

    assert_int_equal(article_read(engine, &options, data, len, &result),
                     ARTICLE_OK);
    assert_int_equal(result.kind, ARTICLE_KIND_ARTICLE);

    return result.json;
}


static unsigned
holds(article_slice_t s, const char *needle)
{
    return article_slice_find(s, test_slice(needle)) != NULL;
}


static void
learned(void **state)
{
    unsigned             n;
    learn_page_t         page;
    article_slice_t      json;
    article_error_t      error;
    article_portal_t    *portal;
    article_engine_t    *engine;
    article_learner_t   *learner;

    (void) state;

    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("bao.example"));
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 12; n++) {
        page.n = n;
        page.inside = box(n);
        assert_int_equal(learn_observe(learner, engine, &page, NULL, 0),
                         ARTICLE_OK);
    }

    assert_non_null(strstr(learn_plan(learner), "div.ke"));
    assert_int_equal(article_learner_portal(learner, &json), ARTICLE_OK);
    portal = article_portal_parse(json.data, json.len, &error);
    assert_non_null(portal);

    json = read_page(engine, NULL, 77);
    assert_true(holds(json, "nóc nhà bên sông"));
    assert_true(holds(json, "\"method\":\"generic\""));

    json = read_page(engine, portal, 77);
    assert_false(holds(json, "nóc nhà bên sông"));
    assert_false(holds(json, "Góc nhìn bên lề"));
    assert_true(holds(json, "rất phấn khởi"));
    assert_true(holds(json, "vào mùa khô năm"));
    assert_true(holds(json, "\"method\":\"learned\""));

    article_portal_destroy(portal);
    article_learner_destroy(learner);
    article_engine_destroy(engine);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(learned)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * Pages for the tests of learning, made here.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_learn.h"
#include "support_strip.h"


static void add(char *out, size_t *len, const char *format, ...)
    __attribute__((format(printf, 3, 4)));


static const char *const  works[] = {
    "khởi công", "khánh thành", "kiểm tra", "nghiệm thu", "bàn giao",
    "mở rộng", "tu sửa"
};

static const char *const  things[] = {
    "cây cầu", "trường học", "trạm y tế", "con đê", "ngôi chợ"
};

#define pick(list, n)  ((list)[(n) % (sizeof(list) / sizeof((list)[0]))])


size_t
learn_page(char *out, const learn_page_t *page)
{
    size_t       len;
    unsigned     n, lists;
    const char  *work, *thing, *column, *box, *head, *most, *other;

    n = page->n;
    lists = page->lists != 0 ? page->lists : n;
    work = pick(works, n);
    thing = pick(things, n);
    len = 0;

    column = page->skin ? "cot-ben" : "phai";
    box = page->skin ? "the" : "hop";
    head = page->skin ? "h4" : "h3";
    most = page->skin ? "Bạn đọc đang xem gì" : "Chuyện làng chuyện xã";
    other = page->skin ? "Quanh lũy tre làng" : "Nghe dân kể lại";

    add(out, &len, "<!DOCTYPE html><html><head><title>Huyện Nam Phố %s %s "
        "thứ %u</title><meta charset=utf-8></head><body>"
        "<div id=menu><ul class=mn><li><a href=/a>Trang chủ của báo huyện nhà"
        "</a></li><li><a href=/b>Kinh tế và đời sống nông thôn</a></li></ul>"
        "</div>%s<div id=giua><h1>Huyện Nam Phố %s %s thứ %u</h1>"
        "<div class=ngay>%02u/04/2021 08:15</div><div class=than>",
        work, thing, n, page->top != NULL ? page->top : "", work, thing, n,
        1 + n % 28);

    add(out, &len, "<p>Sáng %u-4, Ủy ban nhân dân huyện Nam Phố tổ chức %s "
        "%s thứ %u bên bờ sông Lô, nối hai xã với đường quốc lộ, tổng vốn %u "
        "tỷ đồng từ ngân sách tỉnh và đóng góp của nhân dân trong vùng.</p>"
        "<p>Phát biểu tại buổi lễ, lãnh đạo huyện đề nghị đơn vị thi công bảo "
        "đảm an toàn, chất lượng và tiến độ của hạng mục %u.</p>"
        "<p>Bà con hai xã rất phấn khởi vì từ nay đi lại thuận tiện hơn.</p>"
        "%s</div></div>", 1 + n % 28, work, thing, n, 5 + n, n,
        page->inside != NULL ? page->inside : "");

    add(out, &len, "<div id=%s><div class=%s><%s>%s</%s><ul>"
        "<li><a href=/t/%u>Đường làng số %u được trải nhựa phẳng phiu</a>"
        "<li><a href=/t/%u>Trường mầm non số %u đón lứa trẻ đầu tiên</a>"
        "</ul></div><div class=%s><%s>%s</%s><ul>"
        "<li><a href=/k/%u>Ông lão thứ %u giữ nghề đan lát bên sông</a>"
        "<li><a href=/k/%u>Cô giáo thứ %u mở lớp học ở cuối làng</a></ul>"
        "</div>%s</div></body></html>", column, box, head, most, head, lists,
        lists, lists + 1, lists + 1, box, head, other, head, lists, lists,
        lists + 1, lists + 1, page->side != NULL ? page->side : "");

    return len;
}


article_reason_t
learn_observe(article_learner_t *learner, article_engine_t *engine,
    const learn_page_t *page, const char *url, time_t now)
{
    char                     data[LEARN_PAGE];
    size_t                   len;
    article_slice_t          observation;
    article_reason_t         reason;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));
    options.now = now;

    if (url != NULL) {
        options.url = test_slice(url);
    }

    len = learn_page(data, page);

    reason = article_observe(engine, &options, data, len, &observation);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    return article_learner_observe(learner, observation, now);
}


char *
learn_strip(article_learner_t *learner, const learn_page_t *page)
{
    char                      data[LEARN_PAGE], *out, *wrong;
    size_t                    len;
    strip_cuts_t              cuts;
    article_slice_t           json, s;
    article_error_t           error;
    article_portal_t         *portal;
    article_strip_options_t   options;

    assert_int_equal(article_learner_portal(learner, &json), ARTICLE_OK);

    portal = article_portal_parse(json.data, json.len, &error);
    assert_non_null(portal);

    memset(&options, 0, sizeof(options));
    options.portal = portal;
    options.builtin = 1;

    s.data = data;
    s.len = learn_page(data, page);

    assert_null(strip_page(&options, s, 0, 0, &cuts));
    wrong = strip_oracle(s, &cuts);
    assert_null(wrong);

    out = strip_output(s, &cuts, &len);
    article_portal_destroy(portal);

    return out;
}


const char *
learn_plan(article_learner_t *learner)
{
    static char      text[LEARN_PAGE * 4];
    article_slice_t  json;

    assert_int_equal(article_learner_portal(learner, &json), ARTICLE_OK);
    assert_true(json.len < sizeof(text));

    memcpy(text, json.data, json.len);
    text[json.len] = '\0';

    return text;
}


static void
add(char *out, size_t *len, const char *format, ...)
{
    int      n;
    va_list  args;

    va_start(args, format);
    n = vsnprintf(out + *len, LEARN_PAGE - *len, format, args);
    va_end(args);

    assert_true(n >= 0 && *len + (size_t) n < LEARN_PAGE);
    *len += (size_t) n;
}

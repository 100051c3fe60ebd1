/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support.h"

#include "dates.h"


typedef struct {
    const char        *text;
    unsigned           strong;      /* 2: the same for both */
    article_byline_t   kind;
    const char        *authors;     /* joined by "|" */
    const char        *source;
} byline_case_t;


static const byline_case_t  cases[] = {
    { "Đào Quyên", 2, ARTICLE_BYLINE_AUTHOR, "Đào Quyên", "" },
    { "BÍCH HẠNH", 2, ARTICLE_BYLINE_AUTHOR, "BÍCH HẠNH", "" },
    { "Ðức Sơn", 2, ARTICLE_BYLINE_AUTHOR, "Ðức Sơn", "" },
    { "Nguyễn Thị Minh Khai", 2, ARTICLE_BYLINE_AUTHOR,
      "Nguyễn Thị Minh Khai", "" },
    { "(Thanh Vân)", 2, ARTICLE_BYLINE_AUTHOR, "Thanh Vân", "" },
    { "Hồng Tâm - CTV", 2, ARTICLE_BYLINE_AUTHOR, "Hồng Tâm", "" },
    { "Phương Liên - Ngọc Hiền", 2, ARTICLE_BYLINE_AUTHOR,
      "Phương Liên|Ngọc Hiền", "" },
    { "Thu Hà – Minh Anh", 2, ARTICLE_BYLINE_AUTHOR, "Thu Hà|Minh Anh", "" },
    { "Thu Hà và Minh Anh", 2, ARTICLE_BYLINE_AUTHOR, "Thu Hà|Minh Anh", "" },
    { "Bài, ảnh: Phương Oanh", 2, ARTICLE_BYLINE_AUTHOR, "Phương Oanh", "" },
    { "Tin, ảnh: Ngọc Nhung", 2, ARTICLE_BYLINE_AUTHOR, "Ngọc Nhung", "" },
    { "Bài: Thu Hà - Ảnh: Minh Anh", 2, ARTICLE_BYLINE_AUTHOR, "Thu Hà", "" },
    { "Thực hiện: Thúy Hà", 2, ARTICLE_BYLINE_AUTHOR, "Thúy Hà", "" },
    { "Tác giả : Ngô Thảo", 2, ARTICLE_BYLINE_AUTHOR, "Ngô Thảo", "" },
    { "Hà Thu (tổng hợp)", 2, ARTICLE_BYLINE_AUTHOR, "Hà Thu", "" },
    { "Hà Thu tổng hợp", 2, ARTICLE_BYLINE_AUTHOR, "Hà Thu", "" },
    { "Minh Thu (Vietnam+)", 2, ARTICLE_BYLINE_AUTHOR, "Minh Thu",
      "Vietnam+" },
    { "Thu Hà (Theo TTXVN)", 2, ARTICLE_BYLINE_AUTHOR, "Thu Hà", "TTXVN" },
    { "Thu Hà/VOV", 1, ARTICLE_BYLINE_AUTHOR, "Thu Hà", "VOV" },
    { "PV Thu Hà", 2, ARTICLE_BYLINE_AUTHOR, "Thu Hà", "" },
    { "ThS. Lê Minh", 2, ARTICLE_BYLINE_AUTHOR, "Lê Minh", "" },
    { "Thiền sư Kundalà - Tỳ kheo Thiện Minh dịch Việt", 1,
      ARTICLE_BYLINE_AUTHOR, "Kundalà|Thiện Minh", "" },
    { "John Smith", 2, ARTICLE_BYLINE_AUTHOR, "John Smith", "" },
    { "Theo Hồ Hương", 2, ARTICLE_BYLINE_AUTHOR, "Hồ Hương", "" },
    { "BH", 1, ARTICLE_BYLINE_AUTHOR, "BH", "" },
    { "BH", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "Kundalàbhivamsa", 1, ARTICLE_BYLINE_AUTHOR, "Kundalàbhivamsa", "" },
    { "Đức Thuận.", 1, ARTICLE_BYLINE_AUTHOR, "Đức Thuận", "" },
    { "Đức Thuận.", 0, ARTICLE_BYLINE_NONE, "", "" },

    { "PV", 1, ARTICLE_BYLINE_AUTHOR, "", "" },
    { "PV", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "P.V", 1, ARTICLE_BYLINE_AUTHOR, "", "" },
    { "Nhóm P.V thực hiện", 1, ARTICLE_BYLINE_AUTHOR, "", "" },

    { "Theo TTXVN", 2, ARTICLE_BYLINE_SOURCE, "", "TTXVN" },
    { "(Theo TTXVN)", 2, ARTICLE_BYLINE_SOURCE, "", "TTXVN" },
    { "Theo Báo Nhân Dân", 2, ARTICLE_BYLINE_SOURCE, "", "Báo Nhân Dân" },
    { "Theo Hà Nội Mới", 2, ARTICLE_BYLINE_SOURCE, "", "Hà Nội Mới" },
    { "Theo nhandan.vn", 2, ARTICLE_BYLINE_SOURCE, "", "nhandan.vn" },
    { "Nguồn: Cổng thông tin Thái Bình", 2, ARTICLE_BYLINE_SOURCE, "",
      "Cổng thông tin Thái Bình" },
    { "Nguồn tin: nhandan.vn", 2, ARTICLE_BYLINE_SOURCE, "", "nhandan.vn" },

    { "", 2, ARTICLE_BYLINE_NONE, "", "" },
    { " \u00a0 ", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "-", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "()", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Theo", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Theo ", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Theo đó, tỉnh ủy", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Theo Nghị quyết 34", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "Tác giả:", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Nguồn:", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "admin admin", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Tác giả: admin", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Người đăng tin: Nguyễn An", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Ảnh: Quốc Dũng", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Hà Nội", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Kinh Tế", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "KINH TẾ", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "XÂY DỰNG ĐẢNG", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "Thành phố Hồ Chí Minh", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Tin mới", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Yếu Pháp:", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "Những Phương Tiện", 0, ARTICLE_BYLINE_NONE, "", "" },
    { "-- Kinh Đại Bát Niết Bàn, Trường Bộ Kinh", 2, ARTICLE_BYLINE_NONE, "",
      "" },
    { "Ngày 24/04/2020", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "T6, 09/03/2018 - 06:47", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Trần Văn An, Giám đốc Sở", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Ông Mai Xuân Hùng ở thôn Trung", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Thu Hà thu.ha@bao.example", 2, ARTICLE_BYLINE_NONE, "", "" },
    { "Nguyễn An!", 2, ARTICLE_BYLINE_AUTHOR, "Nguyễn An", "" },
    { "Nguyễn An? Không", 2, ARTICLE_BYLINE_NONE, "", "" },
};


static void
check(const byline_case_t *c, unsigned strong)
{
    char              joined[600];
    size_t            len;
    unsigned          i;
    article_names_t   names;
    article_slice_t   text;
    article_byline_t  kind;

    text = slice_exact(c->text, strlen(c->text));
    kind = article_byline_parse(text, strong, &names);

    len = 0;
    joined[0] = '\0';

    for (i = 0; i < names.authors; i++) {
        len += (size_t) snprintf(joined + len, sizeof(joined) - len, "%s%.*s",
                                 i ? "|" : "", (int) names.author[i].len,
                                 names.author[i].data);
    }

    if (kind != c->kind || strcmp(joined, c->authors) != 0) {
        print_error("\"%s\" (strong %u): kind %d, \"%s\"\n", c->text, strong,
                    (int) kind, joined);
        fail();
    }

    test_equal(names.source, c->source);
    slice_free(text);
}


static void
each_case(void **state)
{
    size_t  i;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        if (cases[i].strong != 1) {
            check(&cases[i], 0);
        }

        if (cases[i].strong != 0) {
            check(&cases[i], 1);
        }
    }
}


static void
too_much(void **state)
{
    char             text[2000];
    size_t           i;
    article_names_t  names;
    article_slice_t  s;

    (void) state;

    /* more authors than there is room for, and a text too long */

    for (i = 0; i < 12; i++) {
        memcpy(text + i * 8, "Lan Anh,", 8);
    }

    s = (article_slice_t) { text, 12 * 8 };
    assert_int_equal(article_byline_parse(s, 1, &names),
                     ARTICLE_BYLINE_AUTHOR);
    assert_int_equal(names.authors, ARTICLE_AUTHORS_MAX);

    for (i = 0; i < sizeof(text); i += 8) {
        memcpy(text + i, "Lan Anh,", 8);
    }

    s.len = sizeof(text);
    assert_int_equal(article_byline_parse(s, 1, &names), ARTICLE_BYLINE_NONE);
    assert_int_equal(names.authors, 0);
}


static void
any_bytes(void **state)
{
    char             text[24];
    size_t           i, len;
    uint32_t         random;
    unsigned         strong;
    article_names_t  names;
    article_slice_t  s;

    (void) state;

    /* under ASAN and UBSAN; the slices stay inside the text */

    random = 1;

    for (i = 0; i < 20000; i++) {
        for (len = 0; len < sizeof(text); len++) {
            random = random * 1664525 + 1013904223;
            text[len] = "Aa \xc4\x90\xe1\xba\xa1:-,/()&.\xff"[random >> 27
                                                                & 15];
        }

        len = random % sizeof(text);
        s = slice_exact(text, len);

        for (strong = 0; strong < 2; strong++) {
            (void) article_byline_parse(s, strong, &names);

            while (names.authors != 0) {
                names.authors--;
                assert_true(names.author[names.authors].data >= s.data);
                assert_true(names.author[names.authors].data
                            + names.author[names.authors].len
                            <= s.data + s.len);
            }
        }

        slice_free(s);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(each_case),
        cmocka_unit_test(too_much),
        cmocka_unit_test(any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 */

#include "support.h"

#include "dates.h"


typedef struct {
    const char  *text;
    const char  *date;          /* NULL: none */
    unsigned     precise;
    const char  *part;          /* where it stands, NULL: all of the text */
} date_case_t;


static const date_case_t  visible[] = {
    { "Ngày 24/04/2020", "2020-04-24T00:00:00+07:00", 0, NULL },
    { "Ngày đăng: 24.02.2020", "2020-02-24T00:00:00+07:00", 0, "24.02.2020" },
    { "Thời sự chính trị Thứ Ba, 14/02/2017, 14:20",
      "2017-02-14T14:20:00+07:00", 1, "Thứ Ba, 14/02/2017, 14:20" },
    { "Thời sự chính trịThứ Ba, 14/02/2017, 14:20",
      "2017-02-14T14:20:00+07:00", 1, "Thứ Ba, 14/02/2017, 14:20" },
    { "25.11.2024 | 16:10 PM", "2024-11-25T16:10:00+07:00", 1, NULL },
    { "03.02.2024 | 07:38 AM", "2024-02-03T07:38:00+07:00", 1, NULL },
    { "28/04/2016 | 05:37 PM", "2016-04-28T17:37:00+07:00", 1, NULL },
    { "21/12/2012 | 12:00 AM", "2012-12-21T00:00:00+07:00", 0, NULL },
    { "21/12/2012 | 12:30 AM", "2012-12-21T00:30:00+07:00", 1, NULL },
    { "21/12/2012 | 12:00 PM", "2012-12-21T12:00:00+07:00", 1, NULL },
    { "Publish date 12/02/2020 | 11:03 AM", "2020-02-12T11:03:00+07:00", 1,
      "12/02/2020 | 11:03 AM" },
    { "Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07T00:05:00+07:00", 1,
      NULL },
    { "07-03-2026 - 00:01 AM | Thị trường", "2026-03-07T00:01:00+07:00", 1,
      "07-03-2026 - 00:01 AM" },
    { "08:12, 08/08/2016", "2016-08-08T08:12:00+07:00", 1, NULL },
    { "01/04/2022 - 15:28 GMT+7", "2022-04-01T15:28:00+07:00", 1, NULL },
    { "01/04/2022 - 15:28 GMT+9", "2022-04-01T13:28:00+07:00", 1, NULL },
    { "04/07/2025 16:20", "2025-07-04T16:20:00+07:00", 1, NULL },
    { "January 12th, 2011", "2011-01-12T00:00:00+07:00", 0, NULL },
    { "12 Jan 2011", "2011-01-12T00:00:00+07:00", 0, NULL },
    { "16:45 09/02/2014", "2014-02-09T16:45:00+07:00", 1, NULL },
    { "17:40 ngày 12/01/2014", "2014-01-12T17:40:00+07:00", 1, NULL },
    { "Cập nhật lúc 21:44, 15-01-2014", "2014-01-15T21:44:00+07:00", 1,
      "21:44, 15-01-2014" },
    { "(15 giờ 32 phút, ngày 22 tháng 5 năm 2005)",
      "2005-05-22T15:32:00+07:00", 1, NULL },
    { "Mưa lớn (24/04/2020)", "2020-04-24T00:00:00+07:00", 0,
      "(24/04/2020)" },
    { "(Mưa lớn 24/04/2020)", "2020-04-24T00:00:00+07:00", 0,
      "24/04/2020" },
    { "Ngày 3 tháng 2 năm 2017", "2017-02-03T00:00:00+07:00", 0, NULL },
    { "NGÀY 03 THÁNG 02 NĂM 2017", "2017-02-03T00:00:00+07:00", 0, NULL },
    { "Nga\u0300y 3 tha\u0301ng 2 năm 2017", "2017-02-03T00:00:00+07:00", 0,
      NULL },
    { "T6, 09/03/2018 - 06:47", "2018-03-09T06:47:00+07:00", 1, NULL },
    { "CN, 01/04/2018 - 10:24", "2018-04-01T10:24:00+07:00", 1, NULL },
    { "Thứ Sáu, 10/7/2025, 09:52:10 gmt +7", "2025-07-10T09:52:10+07:00", 1,
      NULL },
    { "lúc 14h20 ngày 5-6-2019", "2019-06-05T14:20:00+07:00", 1,
      "14h20 ngày 5-6-2019" },
    { "10:20 SA, 12/05/2020", "2020-05-12T10:20:00+07:00", 1, NULL },
    { "12/05/2020 3:05:00 CH", "2020-05-12T15:05:00+07:00", 1, NULL },
    { "12/5/2020, vào lúc 10:00", "2020-05-12T10:00:00+07:00", 1, NULL },
    { "24 / 04 / 2020", "2020-04-24T00:00:00+07:00", 0, NULL },
    { "24/04/2020\u00a0\u00a008:00", "2020-04-24T08:00:00+07:00", 1, NULL },
    { "2020-05-10T00:00:00+07:00", "2020-05-10T00:00:00+07:00", 1, NULL },
    { "29/02/2019 rồi 29/02/2020", "2020-02-29T00:00:00+07:00", 0,
      "29/02/2020" },
    { "99/99/2020 rồi 1/2/2021", "2021-02-01T00:00:00+07:00", 0, "1/2/2021" },
    { "Hôm 12/05/2020.", "2020-05-12T00:00:00+07:00", 0, "12/05/2020" },

    { "", NULL, 0, NULL },
    { "31/04/2020", NULL, 0, NULL },
    { "00/04/2020", NULL, 0, NULL },
    { "13/13/2020", NULL, 0, NULL },
    { "04/24/2020", NULL, 0, NULL },
    { "01/01/1989", NULL, 0, NULL },
    { "01/01/2101", NULL, 0, NULL },
    { "01/01/20201", NULL, 0, NULL },
    { "24/04/20", NULL, 0, NULL },
    { "24/04-2020", NULL, 0, NULL },
    { "12/2020/NĐ-CP", NULL, 0, NULL },
    { "12/05/2020/NĐ-CP", NULL, 0, NULL },
    { "bao-cao-12-05-2020.pdf", NULL, 0, NULL },
    { "1.2.3.2020", NULL, 0, NULL },
    { "0227.3.000.000", NULL, 0, NULL },
    { "ngày 1 tháng 13 năm 2020", NULL, 0, NULL },
    { "ngày 3 tháng 2", NULL, 0, NULL },
    { "Mayor 12, 2011", NULL, 0, NULL },
    { "14:20", NULL, 0, NULL },
    { "15 phút trước", NULL, 0, NULL },
    { "1/", NULL, 0, NULL },
    { "1/1/", NULL, 0, NULL },
    { "1/1/2", NULL, 0, NULL },
    { "3 tháng", NULL, 0, NULL },
};


static const date_case_t  machine[] = {
    { "2020-04-24", "2020-04-24T00:00:00+07:00", 0, NULL },
    { "2020-04-24T15:28:00+07:00", "2020-04-24T15:28:00+07:00", 1, NULL },
    { "2020-04-24T15:28:00Z", "2020-04-24T22:28:00+07:00", 1, NULL },
    { "2020-12-31T23:28:00.000+0000", "2021-01-01T06:28:00+07:00", 1, NULL },
    { "2020-04-24T15:28:00-05:00", "2020-04-25T03:28:00+07:00", 1, NULL },
    { "2020-04-24T15:28", "2020-04-24T15:28:00+07:00", 1, NULL },
    { "2026-03-07T9:40:00", "2026-03-07T09:40:00+07:00", 1, NULL },
    { " 2020-04-24 10:00:00 ", "2020-04-24T10:00:00+07:00", 1, NULL },
    { "2020/04/24", "2020-04-24T00:00:00+07:00", 0, NULL },

    { "2020-13-24", NULL, 0, NULL },
    { "2020-02-30", NULL, 0, NULL },
    { "0001-01-01T00:00:00Z", NULL, 0, NULL },
    { "2020", NULL, 0, NULL },
    { "2020-04", NULL, 0, NULL },
    { "hôm nay", NULL, 0, NULL },
    { "", NULL, 0, NULL },
};


static void
check(const date_case_t *c, unsigned iso)
{
    char             out[ARTICLE_DATE_SIZE];
    unsigned         found;
    article_date_t   date;
    article_slice_t  text;

    text = slice_exact(c->text, strlen(c->text));
    found = iso ? article_date_parse_iso(text, &date)
                : article_date_find(text, 0, &date);

    if (found != (c->date != NULL)) {
        print_error("\"%s\": found %u\n", c->text, found);
        fail();
    }

    if (found) {
        article_date_format(&date, out);

        if (strcmp(out, c->date) != 0 || date.precise != c->precise) {
            print_error("\"%s\": %s, precise %u\n", c->text, out,
                        date.precise);
            fail();
        }

        if (!iso) {
            test_equal((article_slice_t) { text.data + date.start,
                                           date.end - date.start },
                       c->part != NULL ? c->part : c->text);
        }
    }

    slice_free(text);
}


static void
visible_forms(void **state)
{
    size_t  i;

    (void) state;

    for (i = 0; i < test_number(visible); i++) {
        check(&visible[i], 0);
    }
}


static void
machine_forms(void **state)
{
    size_t  i;

    (void) state;

    for (i = 0; i < test_number(machine); i++) {
        check(&machine[i], 1);
    }
}


static void
one_behind_another(void **state)
{
    article_date_t   date;
    article_slice_t  text;

    (void) state;

    text = test_slice("A 01/02/2020 | 10:00 AM B 03/02/2020 C 4/2/2020");

    assert_true(article_date_find(text, 0, &date));
    assert_int_equal(date.day, 1);
    assert_true(article_date_find(text, date.end, &date));
    assert_int_equal(date.day, 3);
    assert_true(article_date_find(text, date.end, &date));
    assert_int_equal(date.day, 4);
    assert_false(article_date_find(text, date.end, &date));
    assert_false(article_date_find(text, text.len, &date));
}


static void
seconds(void **state)
{
    size_t                i;
    char                  out[ARTICLE_DATE_SIZE];
    article_date_t        date;
    static const struct {
        const char  *text;
        int64_t      value;
    } cases[] = {
        { "1990-01-01T00:00:00Z", 631152000 },
        { "2000-02-29T12:00:00Z", 951825600 },
        { "2020-04-24T00:00:00+07:00", 1587661200 },
        { "2038-01-19T03:14:08Z", 2147483648LL },
        { "2100-12-31T23:59:59Z", 4133980799LL }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        assert_true(article_date_parse_iso(test_slice(cases[i].text), &date));
        assert_int_equal(article_date_seconds(&date), cases[i].value);
    }

    /* every day comes out as it went in */

    memset(&date, 0, sizeof(date));
    date.zone = 420;
    date.precise = 1;

    for (i = 0; i < 366 * 4; i++) {
        date.year = 2019 + (int) (i / 366);
        date.month = 1 + (unsigned) (i % 366) / 31;
        date.day = 1 + (unsigned) (i % 366) % 28;
        date.hour = i % 24;
        article_date_format(&date, out);
        assert_int_equal(atoi(out), date.year);
        assert_int_equal(atoi(out + 5), date.month);
        assert_int_equal(atoi(out + 8), date.day);
        assert_int_equal(atoi(out + 11), date.hour);
    }
}


static void
every_cut(void **state)
{
    size_t           i, len;
    article_date_t   date;
    article_slice_t  text;
    const char      *all = "Thứ Ba, 14/02/2017, 14:20:11 PM (GMT+07:00) "
                           "3 tháng 2 năm 2017 2020-04-24T15:28:00.000+0700 "
                           "January 12th, 2011 15 giờ 32 phút";

    (void) state;

    /* under ASAN: no cut makes it read behind the end */

    len = strlen(all);

    for (i = 0; i <= len; i++) {
        text = slice_exact(all, i);
        (void) article_date_find(text, 0, &date);
        (void) article_date_parse_iso(text, &date);
        slice_free(text);

        text = slice_exact(all + i, len - i);
        (void) article_date_find(text, 0, &date);
        (void) article_date_parse_iso(text, &date);
        slice_free(text);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(visible_forms),
        cmocka_unit_test(machine_forms),
        cmocka_unit_test(one_behind_another),
        cmocka_unit_test(seconds),
        cmocka_unit_test(every_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

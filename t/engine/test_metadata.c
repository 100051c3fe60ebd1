/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define TEXT                                                                  \
    "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau hai năm "\
    "thi công liên tục.</p><p>Cầu dài 120 mét, rộng 7 mét, do nhân dân góp "  \
    "một phần ba kinh phí xây dựng.</p>"


typedef struct {
    const char  *name;
    const char  *head;          /* behind <title>, in <head> */
    const char  *body;
    const char  *path;          /* of the member */
    const char  *value;
} metadata_case_t;


static const metadata_case_t  cases[] = {

    /* titles */

    { "title: an only heading", "", "<h1>" TITLE "</h1>" TEXT,
      "title", TITLE },
    { "title: portlets' headings are none",
      "<title>" TITLE " - Sở Nội vụ</title>",
      "<h1>Thông tin quy hoạch chung</h1><div class=t>" TITLE "</div>" TEXT
      "<h1>Số liệu thống kê hằng năm</h1>",
      "title", TITLE },
    { "title: behind the portal's name",
      "<title>Cổng thông tin Đảng bộ - " TITLE "</title>",
      "<div>" TITLE "</div>" TEXT, "title", TITLE },
    { "title: <title> is the portal's name alone",
      "<title>Báo Sông Trà</title>",
      "<div class=ten>Báo Sông Trà</div><div class=tieude>" TITLE "</div>" TEXT
      "<div>Bản quyền thuộc Báo Sông Trà</div>", "title", TITLE },
    { "title: large letters, and <title> without marks",
      "<title>Xa Hoa An khanh thanh cau moi</title>",
      "<p align=center><font size=5><b>" TITLE "</b></font></p>" TEXT,
      "title", TITLE },
    { "title: not a link of the same words in a list",
      "<title>" TITLE "</title>",
      "<ul><li><a href=/a>Huyện Tân Phú mở hội xuân</a><li><a href=/b>" TITLE
      "</a><li><a href=/c>Khai giảng lớp dạy nghề</a></ul><h2>" TITLE "</h2>"
      TEXT, "title", TITLE },

    /* dates */

    { "date: between title and text", "",
      "<h1>" TITLE "</h1><span>Thứ Hai, 03/02/2020, 08:15</span>" TEXT,
      "date_published", "2020-02-03T08:15:00+07:00" },
    { "date: day only", "", "<h1>" TITLE "</h1><i>Ngày đăng: 24.02.2020</i>"
      TEXT, "date_published", "2020-02-24T00:00:00+07:00" },
    { "date: its precision", "",
      "<h1>" TITLE "</h1><i>Ngày đăng: 24.02.2020</i>" TEXT,
      "_article.date_precision", "day" },
    { "date: 24 hours and PM", "", "<h1>" TITLE "</h1><i>25.11.2019 | 16:10 "
      "PM</i>" TEXT, "date_published", "2019-11-25T16:10:00+07:00" },
    { "date: published before it was changed", "", "<h1>" TITLE "</h1><p>Cập "
      "nhật: 15/01/2014 09:30</p><p>Ngày đăng: 12/01/2014 08:00</p>" TEXT,
      "date_published", "2014-01-12T08:00:00+07:00" },
    { "date: when it was changed", "", "<h1>" TITLE "</h1><p>Đăng ngày "
      "12/01/2014 - Cập nhật lúc 09:30 ngày 15/01/2014</p>" TEXT,
      "date_modified", "2014-01-15T09:30:00+07:00" },
    { "date: no other than the last change", "", "<h1>" TITLE "</h1><p>Cập "
      "nhật lúc 21:44, 15-01-2014</p>" TEXT, "date_published",
      "2014-01-15T21:44:00+07:00" },
    { "date: never of the text's first sentence", "",
      "<h1>" TITLE "</h1><p>Ngày 13/12/2017, tại xã Hòa An, huyện tổ chức lễ "
      "khánh thành cây cầu bắc qua sông.</p>", "date_published", "" },
    { "date: never of a related list", "",
      "<h1>" TITLE "</h1>" TEXT "<h3>Tin liên quan</h3><ul><li><a href=/x>"
      "Huyện Tân Phú mở hội xuân</a> (01/02/2020)</li></ul>",
      "date_published", "" },
    { "date: never of the clock in the header", "",
      "<header><div>Thứ Sáu, 10/7/2025, 09:52:10</div></header><main><h1>"
      TITLE "</h1>" TEXT "</main>", "date_published", "" },
    { "date: not when it was printed", "",
      "<h1>" TITLE "</h1>" TEXT "<p>Thời gian in: 03/02/2020 10:00</p>",
      "date_published", "" },
    { "date: the machine's", "<meta property='article:published_time' "
      "content='2021-05-06T07:08:00Z'>", "<h1>" TITLE "</h1>" TEXT,
      "date_published", "2021-05-06T14:08:00+07:00" },
    { "date: microdata, and the time from the page", "",
      "<h1>" TITLE "</h1><span class=d-none itemprop=datePublished>"
      "2020-05-10T00:00:00+07:00</span><p>Chủ nhật, 10/05/2020, 16:30</p>"
      TEXT, "date_published", "2020-05-10T16:30:00+07:00" },
    { "date: JSON-LD", "<script type='application/ld+json'>{\"@type\":"
      "\"NewsArticle\",\"datePublished\":\"2022-01-02T03:04:00+07:00\","
      "\"dateModified\":\"2022-01-03T03:04:00+07:00\"}</script>",
      "<h1>" TITLE "</h1>" TEXT, "date_modified",
      "2022-01-03T03:04:00+07:00" },
    { "date: below the text, under the author", "",
      "<h1>" TITLE "</h1>" TEXT "<p align=right><b>Lê Thu Hà</b></p>"
      "<p align=right>12/4/2004</p>",
      "date_published", "2004-04-12T00:00:00+07:00" },

    /* names */

    { "source", "", "<h1>" TITLE "</h1>" TEXT "<p align=right>Theo TTXVN</p>",
      "_article.source", "TTXVN" },

    /* the rest */

    { "summary: the lead", "", "<h1>" TITLE "</h1>" TEXT, "summary",
      "Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau hai năm "
      "thi công liên tục." },
    { "summary: whose", "", "<h1>" TITLE "</h1>" TEXT,
      "_article.summary_from", "lead" },
    { "summary: the page's own", "", "<h1>" TITLE "</h1><p class=sapo>Cây cầu "
      "mới thay bến đò cũ đã có từ trăm năm ở Hòa An.</p>" TEXT,
      "_article.summary_from", "sapo" },
    { "url: canonical of the same host",
      "<link rel=canonical href=https://bao.example/tin/cau-moi.html>",
      "<h1>" TITLE "</h1>" TEXT, "url",
      "https://bao.example/tin/cau-moi.html" },
    { "url: the front page is no canonical",
      "<link rel=canonical href=https://bao.example/>",
      "<h1>" TITLE "</h1>" TEXT, "url", READ_URL },
    { "id", "", "<h1>" TITLE "</h1>" TEXT, "id", "/tin/bai-1.html" },
    { "section", "<meta property='article:section' content='Kinh tế'>",
      "<h1>" TITLE "</h1>" TEXT, "_article.section", "Kinh tế" },
    { "kind", "", "<h1>" TITLE "</h1>" TEXT, "_article.kind", "article" },
    { "method", "", "<h1>" TITLE "</h1>" TEXT, "_article.method", "generic" }
};


static void
test_cases(void **state)
{
    char      page[8192];
    size_t    i;
    yajl_val  item;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "<html lang=vi><head><meta charset=utf-8>"
                 "%s</head><body>%s</body></html>", cases[i].head,
                 cases[i].body);

        item = read_page(page);

        if (strcmp(read_string(item, cases[i].path), cases[i].value) != 0) {
            print_error("%s: got \"%s\", expected \"%s\"\n", cases[i].name,
                        read_string(item, cases[i].path), cases[i].value);
            fail();
        }

        yajl_tree_free(item);
    }
}


typedef struct {
    const char  *line;          /* behind the text */
    const char  *authors[3];
} names_case_t;


static const names_case_t  names[] = {
    { "<p align=right><b>Lê Thu Hà</b></p>", { "Lê Thu Hà" } },
    { "<p class=tacgia>Tác giả: Lê Thu Hà</p>", { "Lê Thu Hà" } },
    { "<p><b>Thu Hà - Minh Anh</b></p>", { "Thu Hà", "Minh Anh" } },
    { "<p>Bài, ảnh: Thu Hà</p>", { "Thu Hà" } },
    { "<p class=view-content-author>admin admin</p>", { NULL } },
    { "<p>Người đăng tin: Thu Hà</p>", { NULL } },
    { "<p>Cầu mới mang tên Hòa An.</p>", { NULL } },
    { "<table><tr><td>Trần Văn A</td><td>Lê Thị B</td></tr></table>",
      { NULL } }
};


static void
test_names(void **state)
{
    char      page[4096];
    size_t    i, n;
    yajl_val  item;

    (void) state;

    for (i = 0; i < test_number(names); i++) {
        snprintf(page, sizeof(page), "<meta charset=utf-8><h1>" TITLE "</h1>"
                 "<div>" TEXT "%s</div>", names[i].line);

        item = read_page(page);

        for (n = 0; n < 3 && names[i].authors[n]; n++) {
            read_expect(read_element(item, "authors", n), "name",
                        names[i].authors[n]);
        }

        if (read_length(item, "authors") != n) {
            print_error("%s: %zu authors\n", names[i].line,
                        read_length(item, "authors"));
            fail();
        }

        yajl_tree_free(item);
    }
}


/* What is not known is not there; nothing is null. */

static void
test_absent(void **state)
{
    size_t    i;
    yajl_val  item;

    (void) state;

    item = read_page("<meta charset=utf-8><h1>" TITLE "</h1>" TEXT);

    for (i = 0; i < item->u.object.len; i++) {
        assert_false(YAJL_IS_NULL(item->u.object.values[i]));
        assert_string_not_equal(item->u.object.keys[i], "date_published");
        assert_string_not_equal(item->u.object.keys[i], "authors");
        assert_string_not_equal(item->u.object.keys[i], "image");
        assert_string_not_equal(item->u.object.keys[i], "attachments");
        assert_string_not_equal(item->u.object.keys[i], "tags");
    }

    yajl_tree_free(item);
}


static void
test_attachments(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<meta charset=utf-8><h1>" TITLE "</h1><div>"
                     "<audio src=/media/ban-tin.mp3></audio>" TEXT
                     "<p>File đính kèm: <a href='/f/Ke hoach.pdf'>Ke hoach.pdf"
                     "</a></p><p><a href=/f/bieu.docx>Biểu mẫu</a></p>"
                     "<p><a href=/f/bieu.docx>Biểu mẫu</a></p></div>");

    assert_int_equal(read_length(item, "attachments"), 3);
    read_expect(read_element(item, "attachments", 0), "mime_type",
                "audio/mpeg");
    read_expect(read_element(item, "attachments", 1), "url",
                "https://bao.example/f/Ke%20hoach.pdf");
    read_expect(read_element(item, "attachments", 1), "title", "Ke hoach.pdf");
    read_holds(read_element(item, "attachments", 2), "mime_type",
               "wordprocessingml");

    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_absent),
        cmocka_unit_test(test_attachments)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

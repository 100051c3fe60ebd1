/*
 * Copyright (C) ngx_article authors
 *
 * Pages that call their parts nothing, or by misleading names: what holds of
 * a portal nobody has seen.
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define SITE  "<title>" TITLE " - Trang tin xã Hòa An</title>"

#define LEAD  "Cây cầu mới thay bến đò cũ đã có từ trăm năm ở Hòa An."

#define ONE  "Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau "  \
             "hai năm thi công liên tục."
#define TWO  "Cầu dài 120 mét, rộng 7 mét, do nhân dân góp một phần ba kinh " \
             "phí xây dựng trong hai năm."
#define THREE  "Từ nay học sinh thôn Đông không phải đi đò mỗi mùa nước lên " \
               "để sang trường bên kia sông."
#define FOUR  "Hợp tác xã vận tải đã mở một chuyến xe buýt mỗi giờ nối hai "  \
              "bờ, giá vé năm nghìn đồng một lượt."

#define TEXT  "<div><p>" ONE "</p><p>" TWO "</p></div>"

#define DATE  "<div>Thứ Hai, 03/02/2020 08:15</div>"

#define CLOCK  "<div>Thứ Ba, 11/08/2026</div>"

#define MENU  "<ul><li><a href=/a>Kinh tế</a></li><li><a href=/b>Văn hóa</a>" \
              "</li><li><a href=/c>Xã hội</a></li></ul>"

#define ENTRY(n, title)                                                       \
    "<div><h3><a href=/tin/" n ".html>" title "</a></h3><p>Nhiều bà con đã "  \
    "có mặt từ sáng sớm để cùng dự, và mong việc này được làm hằng năm.</p>"  \
    "</div>"

/* A column of teasers whose head is no known label. */

#define COLUMN                                                                \
    "<div><div>Góc nhìn bạn tôi</div>"                                        \
    ENTRY("1", "Huyện Tân Phú mở hội xuân trên sông")                         \
    ENTRY("2", "Khai giảng lớp dạy nghề cho phụ nữ")                          \
    ENTRY("3", "Lúa đông xuân được mùa ở Tân Phú")                            \
    ENTRY("4", "Trạm y tế thôn Đông có bác sĩ mới")                           \
    ENTRY("5", "Thư viện xã mở cửa cả chủ nhật") "</div>"

#define PUBLISHED(date)                                                       \
    "<meta property='article:published_time' content='" date "'>"


typedef struct {
    const char  *name;
    const char  *head;
    const char  *body;
    const char  *path;
    const char  *value;
} shape_case_t;


static const shape_case_t  cases[] = {

    /* kinds */

    { "a dated notice beside a column of teasers is an article", SITE,
      MENU "<div><div><h1>" TITLE "</h1>" DATE "<p>" ONE "</p></div>" COLUMN
      "</div>", "_article.kind", "article" },
    { "so is a long text without a date", SITE,
      MENU "<div><div><h1>" TITLE "</h1><p>" ONE "</p><p>" TWO "</p><p>" THREE
      "</p><p>" FOUR "</p></div>" COLUMN "</div>", "_article.kind",
      "article" },
    { "a line without a date above a list is the list's", SITE,
      MENU "<div><h1>" TITLE "</h1><p>" ONE "</p>" COLUMN "</div>",
      "_article.kind", "listing" },
    { "a headline between title and text leads elsewhere",
      "<title>Kinh tế địa phương - Trang tin xã Hòa An</title>",
      MENU "<div><h1>Kinh tế địa phương</h1><div><h2><a href=/tin/9.html>"
      TITLE "</a></h2>" DATE "<p>" ONE "</p></div>" COLUMN "</div>",
      "_article.kind", "listing" },
    { "text in a form to log in", "<title>Đăng nhập - Hòa An</title>",
      "<div><h2>Đăng nhập thành viên</h2><form><p>Tên của bạn <input></p><p>"
      "Để vào, bạn cần khai báo đầy đủ vào các ô trống ở trên, rồi bấm nút "
      "ở dưới cùng.</p></form></div>", "reason", "not_an_article" },
    { "the head of a box is no page's title",
      "<title>Xin lỗi - Trang tin xã Hòa An</title>",
      "<div><h1>Lỗi</h1><p>Xin quay lại sau.</p></div><div><h3>Bạn cần biết"
      "</h3><p>" ONE "</p></div>", "reason", "not_an_article" },

    /* titles */

    { "the portal's name in <h1> above the menu", SITE,
      "<h1>Trang tin xã Hòa An</h1>" MENU "<h2>" TITLE "</h2>" DATE TEXT,
      "title", TITLE },
    { "the line above the date, where <title> is the same on all pages",
      "<title>Trang tin xã Hòa An</title>",
      "<div>Trang tin xã Hòa An</div>" CLOCK MENU "<div><div>" TITLE "</div>"
      DATE "</div>" TEXT, "title", TITLE },
    { "title and date in one paragraph", SITE,
      "<p>" TITLE "<br>(8 giờ 15 phút, ngày 3 tháng 2 năm 2020)</p>" TEXT,
      "title", TITLE },

    /* dates */

    { "the head says when the page was made",
      SITE PUBLISHED("2026-08-11T09:30:12+07:00"),
      CLOCK "<h1>" TITLE "</h1>" DATE TEXT, "date_published",
      "2020-02-03T08:15:00+07:00" },
    { "and nothing else tells a date",
      SITE PUBLISHED("2026-08-11T09:30:12+07:00"),
      CLOCK "<h1>" TITLE "</h1>" TEXT, "date_published", "" },
    { "month first is the same day", SITE PUBLISHED("2020-03-02T08:15:00Z"),
      "<h1>" TITLE "</h1><div>03/02/2020</div>" TEXT, "date_published",
      "2020-03-02T15:15:00+07:00" },
    { "<time> knows the hour of a linked date", SITE,
      "<h1>" TITLE "</h1><div>Đăng ngày <a href=/2020/02/03/cau><time "
      "datetime=2020-02-03T08:15:00+07:00>3 Tháng 2, 2020</time></a> bởi "
      "bbt</div>" TEXT, "date_published", "2020-02-03T08:15:00+07:00" },

    /* texts */

    { "a lead of no class above a body that says it is one", SITE,
      "<div><h1 itemprop=headline>" TITLE "</h1>" DATE "<div>" LEAD "</div>"
      "<div>In trang</div><div itemprop=articleBody><p>" ONE "</p><p>" TWO
      "</p></div></div>", "content_text", LEAD "\n\n" ONE "\n\n" TWO },
    { "a card about somebody is no lead", SITE,
      "<div><h1>" TITLE "</h1><div><h3><a href=/tg/1>Lê Thu Hà</a></h3>"
      "<div class=summary>Tác giả là giáo viên ở thôn Đông, viết cho báo "
      "tỉnh từ nhiều năm nay.</div></div>" TEXT "</div>", "content_text",
      ONE "\n\n" TWO },
    { "a box with a head of its own, apart from title and text", SITE,
      "<div><div><h1>" TITLE "</h1><p>" ONE "</p><p>" TWO "</p></div><div>"
      "<div>Bạn cần biết</div><p>" THREE "</p></div></div>", "content_text",
      ONE "\n\n" TWO },
    { "widgets in English, tools and heads of nothing below", SITE,
      "<div><h1>" TITLE "</h1>" DATE "<p>" ONE "</p><p>" TWO "</p>"
      "<p>The average rating is 0.0 stars out of 5.</p>"
      "<p>Ngày giờ: 08:20 | <a href=/in>Bản để in</a> | <a href=/gui>Gửi qua "
      "thư</a></p><h3>Ưa bài này</h3><div>Đang tải...</div></div>",
      "content_text", ONE "\n\n" TWO },
    { "an advertisement that says so amid the text", SITE,
      "<div><h1>" TITLE "</h1><p>" ONE "</p><div>Quảng cáo - Ngân hàng Hòa "
      "An gửi tiền lãi cao, vay nhanh trong ngày</div><p>" TWO "</p></div>",
      "content_text", ONE "\n\n" TWO },
    { "a sentence about advertisements", SITE,
      "<div><h1>" TITLE "</h1><p>" ONE "</p><p>Quảng cáo trên cầu sẽ không "
      "được phép, theo quy định mới của xã.</p></div>", "content_text",
      ONE "\n\nQuảng cáo trên cầu sẽ không được phép, theo quy định mới của "
      "xã." }
};


static void
test_shapes(void **state)
{
    char      page[16384];
    size_t    i, wrong;
    yajl_val  item;

    (void) state;

    wrong = 0;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "<html lang=vi><head><meta charset=utf-8>"
                 "%s</head><body>%s</body></html>", cases[i].head,
                 cases[i].body);

        item = read_page(page);

        if (strcmp(read_string(item, cases[i].path), cases[i].value) != 0) {
            print_error("%s: got \"%s\", expected \"%s\"\n", cases[i].name,
                        read_string(item, cases[i].path), cases[i].value);
            wrong++;
        }

        yajl_tree_free(item);
    }

    assert_int_equal(wrong, 0);
}


typedef struct {
    const char  *line;          /* below the title */
    const char  *author;
} shape_author_t;


static const shape_author_t  authors[] = {
    { "<h3>Lê Thu Hà trích dịch</h3>", "Lê Thu Hà" },
    { "<p align=center>Nhà báo Quảng - Bác sĩ Thu Hà dịch</p>", "Quảng" },
    { "<p class=author><a href=/tg/1>Lê Thu Hà</a></p>", "Lê Thu Hà" }
};


static void
test_authors(void **state)
{
    char      page[8192];
    size_t    i;
    yajl_val  item;

    (void) state;

    for (i = 0; i < test_number(authors); i++) {
        snprintf(page, sizeof(page), "<html lang=vi><head><meta charset=utf-8>"
                 SITE "</head><body><div><h1>" TITLE "</h1>%s" TEXT "</div>"
                 "</body></html>", authors[i].line);

        item = read_page(page);
        read_expect(read_element(item, "authors", 0), "name",
                    authors[i].author);
        yajl_tree_free(item);
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_authors)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

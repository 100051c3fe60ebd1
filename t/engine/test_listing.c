/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define ENTRY(n, title, date, teaser)                                         \
    "<div class=tin><a href=/tin/" #n "><img src=/anh/" #n ".jpg></a>"        \
    "<h3><a href=/tin/" #n ">" title "</a></h3><i>" date "</i><p>" teaser     \
    "</p></div>"

#define ENTRIES                                                               \
    ENTRY(1, "Huyện Tân Phú mở hội xuân", "03/02/2020 | 08:15",               \
          "Từ sáng sớm, hàng nghìn người đã về sân đình dự lễ rước nước.")    \
    ENTRY(2, "Khai giảng lớp dạy nghề cho phụ nữ", "02/02/2020",              \
          "Ba mươi chị em xã Hòa An bắt đầu học may công nghiệp từ hôm qua.") \
    ENTRY(3, "Nước sạch về thôn Đông", "01/02/2020",                          \
          "Sau nhiều năm chờ đợi, đường ống nước đã tới từng nhà ở thôn Đông.")

#define MENU                                                                  \
    "<ul class=menu><li><a href=/>Trang chủ</a><li><a href=/kt>Kinh tế</a>"   \
    "<li><a href=/vh>Văn hóa</a></ul>"

#define SIDE                                                                  \
    "<div><h3>Đọc nhiều</h3><ul><li><a href=/x/1>Giá lúa tăng trở lại ở "     \
    "miền Tây</a><li><a href=/x/2>Thêm một cây cầu cho vùng biên giới</a>"    \
    "<li><a href=/x/3>Đội tuyển trẻ tập trung đợt hai</a></ul></div>"


static yajl_val
read_at(const char *html, const char *url, article_result_t *result)
{
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(url);
    options.base_url = test_slice("https://bao.example");
    options.json_base = test_slice("https://app.example/api/");

    return read_options(html, strlen(html), &options, result);
}


static void
test_listing(void **state)
{
    yajl_val          feed, item;
    article_result_t  result;

    (void) state;

    feed = read_at("<meta charset=utf-8><title>Xã hội - Báo Sông Trà</title>"
                   MENU "<div><h1>Xã hội</h1>" ENTRIES "<a href='/xh?trang=2'>"
                   "Trang sau</a></div>" SIDE, "https://bao.example/xh",
                   &result);

    assert_int_equal(result.reason, ARTICLE_OK);
    assert_int_equal(result.kind, ARTICLE_KIND_LISTING);

    read_expect(feed, "version", "https://jsonfeed.org/version/1.1");
    read_expect(feed, "title", "Xã hội");
    read_expect(feed, "home_page_url", "https://bao.example/xh");
    read_expect(feed, "feed_url", "https://app.example/api/xh");
    read_expect(feed, "next_url", "https://app.example/api/xh?trang=2");
    read_expect(feed, "_article.next_url", "https://bao.example/xh?trang=2");
    read_expect(feed, "_article.kind", "listing");

    assert_int_equal(read_length(feed, "items"), 3);

    item = read_element(feed, "items", 0);
    read_expect(item, "id", "/tin/1");
    read_expect(item, "url", "https://bao.example/tin/1");
    read_expect(item, "title", "Huyện Tân Phú mở hội xuân");
    read_expect(item, "date_published", "2020-02-03T08:15:00+07:00");
    read_expect(item, "summary", "Từ sáng sớm, hàng nghìn người đã về sân "
                                 "đình dự lễ rước nước.");
    read_expect(item, "image", "https://bao.example/anh/1.jpg");
    read_expect(item, "_article.json_url", "https://app.example/api/tin/1");
    read_expect(item, "_article.date_precision", "minute");

    read_expect(read_element(feed, "items", 1), "_article.date_precision",
                "day");

    yajl_tree_free(feed);
}


/* Headings and teasers in a row, and rows of a table. */

static void
test_without_wrappers(void **state)
{
    yajl_val          feed;
    article_result_t  result;

    (void) state;

    feed = read_at("<meta charset=utf-8><title>Xã hội</title>" MENU "<div>"
                   "<h3><a href=/tin/1>Huyện Tân Phú mở hội xuân</a></h3>"
                   "<p>Từ sáng sớm, hàng nghìn người đã về sân đình dự lễ.</p>"
                   "<h3><a href=/tin/2>Khai giảng lớp dạy nghề</a></h3>"
                   "<p>Ba mươi chị em xã Hòa An bắt đầu học may hôm qua.</p>"
                   "<h3><a href=/tin/3>Nước sạch về thôn Đông</a></h3>"
                   "<p>Sau nhiều năm chờ đợi, đường ống đã tới từng nhà.</p>"
                   "</div>", "https://bao.example/xh", &result);

    assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
    assert_int_equal(read_length(feed, "items"), 3);
    read_expect(read_element(feed, "items", 1), "summary",
                "Ba mươi chị em xã Hòa An bắt đầu học may hôm qua.");
    yajl_tree_free(feed);

    feed = read_at("<meta charset=utf-8><title>Xã hội</title>" MENU "<table>"
                   "<tr><td>- <a href=/tin/1>Huyện Tân Phú mở hội xuân</a> "
                   "(03/02)</td></tr><tr><td>- <a href=/tin/2>Khai giảng lớp "
                   "dạy nghề cho phụ nữ</a></td></tr><tr><td>- <a href=/tin/3>"
                   "Nước sạch về thôn Đông xã Hòa An</a></td></tr><tr><td>- "
                   "<a href=/tin/4>Thêm hai lớp học cho xã đảo</a></td></tr>"
                   "</table>", "https://bao.example/xh", &result);

    assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
    assert_int_equal(read_length(feed, "items"), 4);
    read_expect(read_element(feed, "items", 0), "title",
                "Huyện Tân Phú mở hội xuân");
    yajl_tree_free(feed);
}


static void
test_home(void **state)
{
    yajl_val          feed;
    article_result_t  result;

    (void) state;

    feed = read_at("<meta charset=utf-8><title>Báo Sông Trà</title>" MENU
                   "<div>" ENTRIES "</div><div>"
                   ENTRY(7, "Sông Trà vào mùa nước nổi", "01/02/2020",
                         "Người dân hai bờ tất bật thả lưới từ mờ sáng.")
                   ENTRY(8, "Thêm hai lớp học cho xã đảo", "01/02/2020",
                         "Năm học này học trò xã đảo có thêm hai lớp học mới.")
                   ENTRY(9, "Hội thi cỗ ngày xuân ở Hòa An", "01/02/2020",
                         "Mười hai mâm cỗ được các thôn chuẩn bị từ hôm trước.")
                   "</div>" SIDE, "https://bao.example/", &result);

    assert_int_equal(result.kind, ARTICLE_KIND_HOME);
    assert_int_equal(read_length(feed, "items"), 6);
    read_expect(feed, "_article.kind", "home");

    yajl_tree_free(feed);
}


/* Pages with the whole chrome that hold nothing. */

static void
test_neither(void **state)
{
    size_t            i;
    yajl_val          problem;
    article_result_t  result;

    static const char *const  pages[] = {
        "<meta charset=utf-8><title>Báo Sông Trà</title>" MENU "<div><h2>Không "
        "tìm thấy trang</h2><p>Nội dung bạn tìm không tồn tại hoặc đã bị xóa."
        "</p></div>" SIDE,

        "<meta charset=utf-8><title>Báo Sông Trà</title>" MENU "<form><label>"
        "Tên đăng nhập</label><input><label>Mật khẩu</label><input></form>",

        "<meta charset=utf-8><title>Báo Sông Trà</title>" MENU "<p>Bài viết "
        "ngừng xuất bản.</p>" SIDE
        "<div><h3>Thông báo</h3><p>Tòa soạn nghỉ lễ từ ngày 1 đến ngày 3, bạn "
        "đọc cần gửi tin xin gọi số máy trực của ban biên tập.</p></div>"
    };

    (void) state;

    for (i = 0; i < test_number(pages); i++) {
        problem = read_at(pages[i], "https://bao.example/tin/7", &result);

        if (result.reason != ARTICLE_NOT_AN_ARTICLE) {
            print_error("page %zu: %s\n", i,
                        article_kind_word(result.kind));
            fail();
        }

        read_expect(problem, "reason", "not_an_article");
        yajl_tree_free(problem);
    }
}


/* A pager on one line; what only looks like its last link. */
static void
test_next(void **state)
{
    size_t            i;
    char              html[4096];
    yajl_val          feed;
    article_result_t  result;

    static const struct {
        const char  *pager;
        const char  *next;
    } cases[] = {
        { "<div><b>1</b> <a href=/xh?p=2>2</a> <a href=/xh?p=3>3</a> "
          "<a class=n href=/xh?p=2>Trang sau »</a></div>",
          "https://app.example/api/xh?p=2" },
        { "<div align=center>Trang: <b>1</b> <a href=/xh?p=2>2</a> "
          "<a href=/xh?p=2>Xem tiếp</a></div>",
          "https://app.example/api/xh?p=2" },
        { "<ul><li><b>1</b><li><a href=/xh?p=2>2</a><li><a href=/xh?p=2>"
          "&raquo;</a></ul>", "https://app.example/api/xh?p=2" },
        { "<p><a href=# onclick='go(2)'>Trang sau</a></p>", "" },
        { "<p><a href='javascript:go(2)'>Trang sau</a></p>", "" },
        { "<div><a href=/xh>1</a> <b>2</b> <a href=/xh>Trang trước</a></div>",
          "" },
        { "<p>Bạn đọc góp ý <a href=/gop-y>tiếp</a> cho báo ở đây.</p>",
          "" },
        { "<p><a href=/tin/1>Xem tiếp</a></p>", "" }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(html, sizeof(html), "<meta charset=utf-8><title>Xã hội - "
                 "Báo Sông Trà</title>" MENU "<div><h1>Xã hội</h1>" ENTRIES
                 "%s</div>" SIDE, cases[i].pager);

        feed = read_at(html, "https://bao.example/xh", &result);

        assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
        read_expect(feed, "next_url", cases[i].next);
        yajl_tree_free(feed);
    }
}


/* Further pages that have no address; the pager's links are no items. */
static void
test_postback(void **state)
{
    size_t            i;
    char              html[4096];
    yajl_val          feed;
    article_result_t  result;

    static const struct {
        const char  *pager;
        const char  *paging;
        const char  *next;
    } cases[] = {
        { "<div><span>1</span> <a href=\"javascript:__doPostBack('ds','Page$2'"
          ")\">2</a> <a href=\"javascript:__doPostBack('ds','Page$3')\">3</a>"
          "</div>", "postback", "" },
        { "<div><a href=# onclick=\"__doPostBack('ds','Page$2')\">Trang sau"
          "</a></div>", "postback", "" },
        { "<div><a href=\"javascript:__doPostBack('ds','Page$2')\">2</a> "
          "<a href=/xh?p=2>Trang sau</a></div>", "",
          "https://app.example/api/xh?p=2" },
        { "<div>Trang: <b>1</b> <a href=/xh?p=2>2</a> <a href=/xh?p=3>Trang "
          "sau</a></div>", "", "https://app.example/api/xh?p=3" },
        { "<p><a href=\"javascript:__doPostBack('lang','vi')\">Tiếng Việt cho "
          "bạn đọc</a></p>", "", "" }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(html, sizeof(html), "<meta charset=utf-8><title>Xã hội - "
                 "Báo Sông Trà</title>" MENU "<div><h1>Xã hội</h1>" ENTRIES
                 "%s</div>" SIDE, cases[i].pager);

        feed = read_at(html, "https://bao.example/xh", &result);

        assert_int_equal(result.kind, ARTICLE_KIND_LISTING);
        assert_int_equal(read_length(feed, "items"), 3);
        read_expect(feed, "_article.paging", cases[i].paging);
        read_expect(feed, "next_url", cases[i].next);
        assert_int_equal(read_length(feed, "_article.sections"), 0);
        yajl_tree_free(feed);
    }
}


/* The pager's own links, in the same list as the entries. */
static void
test_turns(void **state)
{
    yajl_val          feed;
    article_result_t  result;

    (void) state;

    feed = read_at("<meta charset=utf-8><title>Xã hội - Báo Sông Trà</title>"
                   MENU "<h1>Xã hội</h1><ul><li><a href=/tin/1>Huyện Tân Phú "
                   "mở hội xuân</a><li><a href=/tin/2>Khai giảng lớp dạy nghề "
                   "cho phụ nữ</a><li><a href=/tin/3>Nước sạch về thôn Đông "
                   "sau nhiều năm</a><li><a href=/tin/4>Thêm cây cầu cho vùng "
                   "biên giới</a><li><a href=/xh/p2>2</a><li><a href=/xh/p3>3"
                   "</a><li><a href=/xh/p2>Trang sau</a></ul>",
                   "https://bao.example/xh", &result);

    assert_int_equal(read_length(feed, "items"), 4);
    read_expect(feed, "next_url", "https://app.example/api/xh/p2");
    yajl_tree_free(feed);
}


/* Where the home page's menu leads, called one or not. */
static void
test_sections(void **state)
{
    size_t            i;
    char              html[4096];
    yajl_val          feed, section;
    article_result_t  result;

    static const char *const  menus[] = {

        "<nav><a href=/>Trang chủ</a><a href=/kt>Kinh tế</a><a "
        "href='https://bao.example/vh?a=1'>Văn hóa</a><a href=/kt>Kinh tế</a>"
        "<a href=#>Thêm</a><a href=/lien-he>Liên hệ</a><a href=/dang-nhap>"
        "Đăng nhập</a><a href=https://khac.example/>Báo bạn</a><a "
        "href='javascript:go()'>Đóng</a><a href=/lich.pdf>Lịch</a></nav>",

        "<table><tr><td><a href=/>Trang chủ</a> | <a href=/kt>Kinh tế</a> | "
        "<a href=/vh?a=1>Văn hóa</a> | <a href=/lien-he>Liên hệ</a></td></tr>"
        "</table>"
    };

    (void) state;

    for (i = 0; i < test_number(menus); i++) {
        snprintf(html, sizeof(html), "<meta charset=utf-8><title>Báo Sông Trà"
                 "</title>%s<div>" ENTRIES ENTRY(4, "Chợ quê họp lại", "31/01/"
                 "2020", "Từ tuần này chợ họp cả buổi chiều để bà con tiện bán "
                 "mua.") "</div>", menus[i]);

        feed = read_at(html, "https://bao.example/", &result);

        assert_int_equal(result.kind, ARTICLE_KIND_HOME);
        assert_int_equal(read_length(feed, "_article.sections"), 2);

        section = read_element(feed, "_article.sections", 0);
        read_expect(section, "title", "Kinh tế");
        read_expect(section, "url", "https://bao.example/kt");
        read_expect(section, "json_url", "https://app.example/api/kt");

        section = read_element(feed, "_article.sections", 1);
        read_expect(section, "json_url", "https://app.example/api/vh?a=1");

        yajl_tree_free(feed);
    }
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_listing),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_postback),
        cmocka_unit_test(test_turns),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_without_wrappers),
        cmocka_unit_test(test_home),
        cmocka_unit_test(test_neither)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

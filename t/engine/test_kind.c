/*
 * Copyright (C) ngx_article authors
 *
 * What a page is, in the middle of a portal's menu, boxes and foot.
 */

#include <stdio.h>

#include "support_read.h"


#define SITE  "Cổng thông tin huyện Vân Sơn"

#define HEAD                                                                  \
    "<div class=header><a href=/>" SITE "</a><ul class=menu><li><a href=/>"   \
    "Trang chủ</a><li><a href=/tin-tuc>Tin tức - Sự kiện</a><li><a "          \
    "href=/van-ban>Văn bản</a></ul></div><div class=main><div class=left>"

#define FOOT                                                                  \
    "</div><div class=sidebar><h3>Tin mới</h3><ul><li><a href=/tin/a1>Huyện " \
    "Vân Sơn phát động tết trồng cây đầu xuân</a><li><a href=/tin/a2>Xã Đông "\
    "Thành đón danh hiệu nông thôn mới nâng cao</a><li><a href=/tin/a3>Hội "  \
    "nghị triển khai công tác Mặt trận năm nay</a></ul></div></div><div "     \
    "class=footer><p>Cơ quan chủ quản: UBND huyện Vân Sơn</p><p>Địa chỉ: số " \
    "1 đường Hùng Vương, thị trấn Vân Sơn. Điện thoại: 0203 111 222</p></div>"

#define PROSE                                                                 \
    "Sáng nay, Ủy ban nhân dân huyện họp triển khai nhiệm vụ sáu tháng cuối " \
    "năm và đánh giá kết quả các chỉ tiêu kinh tế xã hội. "

#define TITLE  "<h1>Công văn về phòng chống bão số 3</h1>"
#define DATE   "<div>07/09/2023 08:00</div>"

#define PICTURE(n)  "<p align=center><img src=/anh/" n ".jpg width=600></p>"

#define TEASER(n)                                                             \
    "<div><h3><a href=/tin/b" n ">Xã số " n " đạt chuẩn nông thôn mới kiểu "  \
    "mẫu năm nay</a></h3><span>12/05/2023</span><p>" PROSE "</p></div>"

#define FILLER(n)                                                             \
    "<li><a href=/tin/c" n ">Lorem ipsum dolor sit amet, consectetur "        \
    "adipisicing " n "</a>"


typedef struct {
    const char  *name;
    const char  *title;         /* <title>, before the site's name */
    const char  *body;
    const char  *kind;          /* "" for none: not_an_article */
} kind_case_t;


static const kind_case_t  cases[] = {

    { "no such page", "", "<h2>Thông báo</h2><p>Đường dẫn bạn truy cập không "
      "đúng hoặc bài đã bị gỡ. Xin quay lại trang chủ.</p>", "" },

    { "no such page, in English", "", "<h1>Oops! That page can’t be found.</h1>"
      "<p>It looks like nothing was found at this location.</p>", "" },

    { "the server's own error", "Runtime Error", "<h1>Server Error in '/' "
      "Application.</h1><p>Description: An application error occurred on the "
      "server. The current settings keep its details from being viewed by "
      "anybody outside of the machine itself, for security.</p>", "" },

    { "an error of the system", "", "<h1>Thông báo</h1><p>Có lỗi xảy ra trong "
      "quá trình xử lý yêu cầu. Xin thử lại sau ít phút.</p>", "" },

    { "withdrawn", "", "<h1>Hội nghị triển khai nhiệm vụ</h1><p>Chú ý: Bài "
      "viết này chưa được xuất bản</p>", "" },

    { "still to come", "Tin tức", "<h1>Tin tức</h1><p>Dữ liệu đang được cập "
      "nhật. Mời quý vị quay lại sau.</p>", "" },

    { "an empty category", "Tin xã", "<h1>Tin xã</h1><p>Chưa có tin bài nào "
      "trong chuyên mục này.</p>", "" },

    { "to be logged in to", "Nội bộ", "<h1>Lịch nội bộ</h1><p>Bạn cần đăng "
      "nhập bằng tài khoản cán bộ để xem được trang này.</p>", "" },

    { "a page to log in on", "Đăng nhập", "<h1>Đăng nhập</h1><p>Tài khoản do "
      "phòng Văn hóa cấp, ai quên mật khẩu xin liên hệ để lấy lại.</p>", "" },

    { "a search that found nothing", "Tìm kiếm", "<h1>Kết quả tìm kiếm</h1>"
      "<p>Không thấy bài nào hợp với từ mà bạn đã nhập vào ô ở trên.</p>",
      "" },

    { "a search that found something", "Tìm kiếm", "<h1>Kết quả tìm kiếm: "
      "nông thôn</h1>" TEASER("1") TEASER("2") TEASER("3") TEASER("4"), "" },

    { "a page to write to the office", "Liên hệ", "<h1>Liên hệ</h1><p>Mọi ý "
      "kiến xin gửi về Văn phòng HĐND và UBND huyện, số 1 đường Hùng Vương."
      "</p><form><input name=ten><textarea></textarea></form>", "" },

    { "the same without a form", "Liên hệ", "<h1>Liên hệ</h1><p>Mọi ý kiến "
      "xin gửi về Văn phòng HĐND và UBND huyện, số 1 đường Hùng Vương, thị "
      "trấn Vân Sơn, vào giờ làm việc các ngày trong tuần.</p>", "article" },

    { "what says nothing in a box beside a text", "", TITLE DATE "<p>" PROSE
      "</p><div class=box><h4>Thời tiết</h4><p>Dữ liệu đang được cập nhật.</p>"
      "</div>", "article" },

    { "lists full of filler", "", TITLE DATE "<p>" PROSE "</p><ul>" FILLER("1")
      FILLER("2") FILLER("3") FILLER("4") FILLER("5") FILLER("6") FILLER("7")
      FILLER("8") FILLER("9") "</ul>", "" },

    { "an article about filler", "", "<h1>Vì sao người ta dùng chữ giả</h1>"
      DATE "<p>" PROSE "</p><p>Đoạn chữ giả bắt đầu bằng Lorem ipsum dolor sit "
      "amet là của Cicero, bị cắt xén qua nhiều thế kỷ.</p>", "article" },

    { "two teasers", "Tin xã", "<h1>Tin xã</h1>" TEASER("1") TEASER("2"),
      "listing" },

    { "one teaser, with its date", "Tin xã", "<h1>Tin xã</h1>" TEASER("1"),
      "listing" },

    { "an institution's page", "Chức năng", "<h1>Chức năng, nhiệm vụ</h1><p>"
      "Phòng Văn hóa là cơ quan chuyên môn thuộc Ủy ban nhân dân huyện, giúp "
      "Ủy ban quản lý về văn hóa.</p><p>1. Trình Ủy ban ban hành quyết định;"
      "</p><p>2. Tổ chức thực hiện các văn bản pháp luật;</p>", "article" },

    { "a legal document", "Quyết định 12", "<h1>Quyết định 12/QĐ-UBND</h1>"
      "<table><tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td></tr><tr><td>Người ký"
      "</td><td>Trần Văn Nam</td></tr><tr><td>Trích yếu</td><td>Ban hành quy "
      "định về quản lý nghĩa trang nhân dân trên địa bàn huyện</td></tr><tr>"
      "<td>Tệp</td><td><a href=/t/12.pdf>12.pdf</a></td></tr></table>",
      "article" },

    { "a report as it happens", "Trực tiếp", "<h1>Trực tiếp: khai mạc kỳ họp"
      "</h1>" DATE "<div><b>08:10</b><p>" PROSE "</p></div><div><b>08:05</b>"
      "<p>" PROSE "</p></div><div><b>08:00</b><p>" PROSE "</p></div>",
      "article" },

    { "questions and answers", "Phỏng vấn", "<h1>Phỏng vấn Chủ tịch huyện</h1>"
      "<p><b>PV: Kết quả năm qua ra sao?</b></p><p>Ông Nam: " PROSE "</p><p>"
      "<b>PV: Khó khăn lớn nhất là gì?</b></p><p>Ông Nam: Thiếu người và thiếu "
      "đường ở các xã vùng cao.</p>", "article" },

    { "pictures with captions", "Chùm ảnh: hoa đào", "<h1>Chùm ảnh: hoa đào"
      "</h1>" PICTURE("1") "<p align=center><i>Hoa ở bản Nà.</i></p>"
      PICTURE("2") "<p align=center><i>Hoa ở bản Pò.</i></p>" PICTURE("3")
      "<p align=center><i>Hoa ở bản Khe.</i></p>", "article" },

    { "pictures alone", "Chùm ảnh: hoa đào", "<h1>Chùm ảnh: hoa đào</h1>"
      PICTURE("1") PICTURE("2") PICTURE("3"), "article" },

    { "a scanned notice", "", "<h1>Thông báo lịch cắt điện</h1>" DATE
      PICTURE("1"), "article" },

    { "one picture without a date", "", "<h1>Thông báo lịch cắt điện</h1>"
      PICTURE("1"), "" },

    { "pictures that lead elsewhere", "Ảnh", "<h1>Ảnh đẹp quê hương</h1>"
      "<a href=/anh/1><img src=/a/1.jpg></a><a href=/anh/2><img src=/a/2.jpg>"
      "</a><a href=/anh/3><img src=/a/3.jpg></a>", "" },

    { "one short sentence", "Mời họp", "<h1>Mời họp Ban Chấp hành</h1>" DATE
      "<p>Kính mời họp lúc 14h.</p>", "article" },

    { "a document in a frame", "",
      TITLE DATE "<iframe src=/t/33.pdf></iframe>", "article" },

    { "without a date", "", TITLE "<iframe src=/t/33.pdf></iframe>",
      "article" },

    { "a document in <object>, in a legacy layout", "", "<table><tr><td><div "
      "class=tieude>Công văn về phòng chống bão số 3</div>" DATE "<object "
      "data=/t/33.pdf></object></td></tr></table>", "article" },

    { "a link to a document", "", TITLE DATE "<p><a href=/t/33.pdf>Xem tệp "
      "đính kèm</a></p>", "article" },

    { "a film", "", "<h1>Lễ hội Đền Thượng</h1>" DATE "<video><source "
      "src=/v/1.mp4></video>", "article" },

    { "a film of another site, and more films below", "",
      "<h1>Lễ hội Đền Thượng</h1>" DATE "<iframe src=https://www.youtube.com/"
      "embed/a1></iframe><h3>Tin liên quan</h3><ul><li><a href=/v/2>Hội làng "
      "Đông Thành năm trước</a><li><a href=/v/3>Hội xuân ở xã Tân Lập</a></ul>",
      "article" },

    { "a player in the sidebar", "Tin xã", "<h1>Tin xã</h1></div><div "
      "class=sidebar><iframe src=https://www.youtube.com/embed/a1></iframe>",
      "" }
};


static void
test_cases(void **state)
{
    char         page[16384];
    size_t       i;
    yajl_val     item;
    const char  *kind;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "<meta charset=utf-8><title>%s%s" SITE
                 "</title>" HEAD "%s" FOOT, cases[i].title,
                 *cases[i].title ? " - " : "", cases[i].body);

        item = read_page(page);
        kind = read_string(item, "_article.kind");

        if (strcmp(kind, cases[i].kind) != 0) {
            print_error("%s: got \"%s\"\n", cases[i].name, kind);
            fail();
        }

        if (strcmp(kind, "article") == 0
            && (*read_string(item, "summary") == '\0'
                || *read_string(item, "content_html") == '\0'))
        {
            print_error("%s: no summary or no HTML\n", cases[i].name);
            fail();
        }

        yajl_tree_free(item);
    }
}


/* What an article without running text holds. */

static void
test_without_text(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<meta charset=utf-8><title>" SITE "</title>" HEAD TITLE
                     DATE "<p>Tệp đính kèm:</p><ul><li><a href=/t/33.pdf>Công "
                     "văn</a> (1,2 MB)<li><a href=/t/m.docx>Mẫu</a></ul>"
                     FOOT);

    read_expect(item, "title", "Công văn về phòng chống bão số 3");
    read_expect(item, "summary", "Công văn về phòng chống bão số 3");
    read_expect(item, "_article.summary_from", "title");
    read_expect(item, "date_published", "2023-09-07T08:00:00+07:00");
    assert_int_equal(read_length(item, "attachments"), 2);
    read_holds(item, "content_html", "<a href=\"https://bao.example/t/33.pdf\">"
               "Công văn</a>");
    read_holds(item, "content_html", "<a href=\"https://bao.example/t/m.docx\">"
               "Mẫu</a>");
    yajl_tree_free(item);

    item = read_page("<meta charset=utf-8><title>" SITE "</title>" HEAD "<h1>"
                     "Mời họp Ban Chấp hành</h1>" DATE "<p>Kính mời họp lúc "
                     "14h.</p>" FOOT);

    read_expect(item, "summary", "Kính mời họp lúc 14h.");
    read_expect(item, "content_text", "Kính mời họp lúc 14h.");
    read_expect(item, "_article.summary_from", "lead");
    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_without_text)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

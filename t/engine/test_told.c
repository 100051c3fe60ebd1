/*
 * Copyright (C) ngx_article authors
 *
 * A text that JSON-LD tells and the page does not show.
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Làng gốm Phước Tích nhóm lại lò cũ"

#define ONE  "Sau mười hai năm nguội lạnh, lò sấp của làng gốm Phước Tích lại "\
             "đỏ lửa từ đêm mùng tám, trước sự chứng kiến của ba vị cao niên " \
             "từng giữ nghề. Mẻ đầu có bốn trăm món, phần nhiều là om, độc và "\
             "tít theo mẫu xưa."
#define TWO  "Đất được lấy ở bàu sen phía tây làng, ủ trong bể ngói hai tuần " \
             "rồi mới đưa lên bàn chuốc. Nhóm thợ trẻ học nghề từ mùa xuân, " \
             "mỗi người một bàn, ngày làm chừng hai mươi món, hỏng quá nửa."
#define THREE  "Chi phí sửa lò do các gia đình trong làng góp, phần còn lại " \
               "trích từ quỹ bảo tồn của tỉnh. Từ tháng tới, khách có thể "   \
               "đặt trước một buổi tự tay nặn gốm bên bờ sông Ô Lâu, và nhận " \
               "món của mình sau khi ra lò, vào ngày rằm. Bà con mong nghề "  \
               "cũ nuôi được người, và con cháu đi xa có chỗ để trở về làng."
#define SHORT  "Lò gốm cũ vừa được nhóm lại sau nhiều năm."

#define PAGE(about, body, shown)                                              \
    "<html><head><meta charset=utf-8><title>" TITLE "</title><script "        \
    "type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\""     \
    TITLE "\"," about "\"articleBody\":\"" body "\"}</script></head><body>"   \
    "<div class=menu><a href=/>Trang chủ</a> <a href=/lang>Làng nghề</a>"     \
    "</div><h1>" TITLE "</h1>" shown "<div class=chan>Bản quyền thuộc Đài "   \
    "Truyền thanh huyện, ghi rõ nguồn khi dùng lại tin bài.</div></body>"     \
    "</html>"


typedef struct {
    const char  *name;
    const char  *html;
    const char  *text;
    const char  *lacks;
} told_case_t;


static const told_case_t  cases[] = {

    { "lines", PAGE("", ONE "\\n\\n" TWO "\\n" THREE, "<div id=app></div>"),
      ONE "\n\n" TWO "\n\n" THREE, "Bản quyền" },

    { "tags and references, and signs that are neither",
      PAGE("", "<p class=x>" ONE "</p><p>Lửa &lt; 900 độ <b>đêm</b> đầu, "
           "&amp; 3 < 4.</p>" TWO "<br/>" THREE, ""),
      ONE "\n\nLửa < 900 độ đêm đầu, & 3 < 4.\n\n" TWO "\n\n" THREE,
      "class" },

    { "a lead is shown, and the whole is told",
      PAGE("", SHORT "\\n" ONE "\\n" TWO "\\n" THREE, "<p>" SHORT "</p>"),
      SHORT "\n\n" ONE "\n\n" TWO "\n\n" THREE, "Bản quyền" },

    { "what the page shows is the text, if it is not much less",
      PAGE("", ONE "\\n" TWO "\\n" THREE,
           "<div class=nd><p>Tối qua. " ONE "</p><p>" TWO "</p></div>"),
      "Tối qua. " ONE "\n\n" TWO, "Ô Lâu" },

    { "of an article to be paid for only what is shown",
      PAGE("\"isAccessibleForFree\":false,", ONE "\\n" TWO "\\n" THREE,
           "<p>" SHORT "</p><p>Bạn đọc đăng ký để xem tiếp bài này.</p>"),
      NULL, "bàu sen" },

    { "a text that is another's",
      PAGE("", ONE "\\n" TWO "\\n" THREE "\\n" ONE "\\n" TWO "\\n" THREE "\\n"
           ONE "\\n" TWO "\\n" THREE,
           "<div class=nd><p>Hồ chứa Khe Mây đầy nước sớm hơn mọi năm, đủ "
           "tưới cho ba xã hạ du qua hết vụ hè thu, theo trạm thủy nông. Cá "
           "giống thả từ tháng ba nay đã lớn, hợp tác xã định mở hội câu đầu "
           "tháng chín để lấy tiền làm đường vào đập.</p><p>Trạm cũng khuyên "
           "bà con không tắm gần cửa xả, nơi nước xoáy mạnh mỗi khi mở van, "
           "nhất là sau những trận mưa đêm ở đầu nguồn, khi nước đục và lên "
           "rất nhanh mà không ai kịp báo.</p></div>"),
      NULL, "bàu sen" }
};


static void
test_cases(void **state)
{
    size_t       i;
    yajl_val     item;
    const char  *text;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        item = read_page(cases[i].html);
        text = read_string(item, "content_text");

        if ((cases[i].text && strcmp(text, cases[i].text) != 0)
            || strstr(text, cases[i].lacks))
        {
            print_error("%s: text \"%s\", expected \"%s\"\n", cases[i].name,
                        text, cases[i].text ? cases[i].text : "another");
            fail();
        }

        yajl_tree_free(item);
    }
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define HEAD                                                                  \
    "<html><head><meta charset=utf-8><title>" TITLE " - Báo Sông Trà"         \
    "</title></head><body><div class=menu><a href=/>Trang chủ</a> "           \
    "<a href=/kinh-te>Kinh tế</a> <a href=/van-hoa>Văn hóa</a></div>"

#define FOOT                                                                  \
    "<div class=chan>Giấy phép số 12/GP-BTTTT. Tổng Biên tập: Lê Văn A</div>" \
    "</body></html>"

#define ONE  "Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau "  \
             "hai năm thi công."
#define TWO  "Cầu dài 120 mét, rộng 7 mét, do nhân dân góp một phần ba kinh " \
             "phí xây dựng."
#define THREE  "Từ nay học sinh thôn Đông không phải đi đò mỗi mùa nước lên."


#define FOUR  "Lễ khánh thành có đông đủ bà con hai bờ sông đến dự và đi bộ "  \
              "qua cầu. Nhiều người đã đợi ngày này từ trận lũ năm 1999, khi " \
              "cây cầu gỗ cũ bị cuốn trôi. Xã sẽ trồng cây hai bên đường dẫn " \
              "và lắp đèn trước mùa mưa, để người đi chợ sớm khỏi lo tối "     \
              "trời. Trường tiểu học bên kia sông cũng sắp có thêm hai "       \
              "phòng học cho các cháu thôn Đông."

#define LINKS                                                                 \
    "<a href=/1>Bốn tin nên đọc trong ngày</a><br>"                           \
    "<a href=/2>Giá vàng hôm nay tăng mạnh</a><br>"                           \
    "<a href=/3>Thời tiết cuối tuần chuyển lạnh</a><br>"                      \
    "<a href=/4>Lịch cắt điện tuần này ở huyện</a><br>"


typedef struct {
    const char  *name;
    const char  *html;
    const char  *text;
} content_case_t;


/* A body's markup, and the text that must come out of it, exactly. */

static const content_case_t  cases[] = {

    { "paragraphs",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><p>" TWO "</p></div>",
      ONE "\n\n" TWO },

    { "two breaks in a font",
      "<h1>" TITLE "</h1><div><font size=2>" ONE "<br><br>" TWO
      "<br><br>" THREE "</font></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "a single break goes on in the same paragraph",
      "<h1>" TITLE "</h1><div>" ONE "<br>" TWO "</div>",
      ONE "\n" TWO },

    { "bare text in a table cell",
      "<table><tr><td><b>" TITLE "</b></td></tr><tr><td>" ONE
      "</td></tr></table>",
      ONE },

    { "inline tags split words; soft hyphens",
      "<h1>" TITLE "</h1><div><p><font size=6>S</font>áng nay, x<b>ã</b> Hòa "
      "An kh&shy;ánh th\xc2\xad" "ành cây cầu bắc qua sông Trà sau hai năm "
      "thi công.</p></div>",
      ONE },

    { "labelled list behind the text",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><h3>Tin cùng chuyên mục</h3><ul>"
      "<li><a href=/a>Huyện Tân Phú mở hội xuân</a> (01/02/2020)</li>"
      "<li><a href=/b>Khai giảng lớp dạy nghề</a> (02/02/2020)</li></ul>"
      "</div>",
      ONE },

    { "labelled box amid the text",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><div><span>Xem thêm:</span><ul>"
      "<li><a href=/a>Huyện Tân Phú mở hội xuân</a></li></ul></div><p>" TWO
      "</p></div>",
      ONE "\n\n" TWO },

    { "comments, longer than the text",
      "<h1>" TITLE "</h1><div><p>" ONE "</p></div><div><h3>Ý kiến bạn đọc</h3>"
      "<p>Tôi thấy cây cầu này rất cần cho bà con hai bên sông, xin cảm ơn "
      "những người đã góp công góp của.</p><p>Mong xã sớm làm đường nối vào "
      "thôn Đông, hiện trời mưa xe máy vẫn không vào được.</p></div>",
      ONE },

    { "tools, counters, rating",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><p>Số lần đọc: 829</p>"
      "<p><a href=#>Bản in</a><a href=#>Quay lại</a></p>"
      "<p>Bạn đánh giá:</p></div>",
      ONE },

    { "exact hiding tokens, and names that only look so",
      "<h1>" TITLE "</h1><div class='field-label-hidden'><p>" ONE "</p>"
      "<p class=hidden>" TWO "</p><p style='display: none'>" TWO "</p>"
      "<p class='uk-overflow-hidden'>" THREE "</p></div>",
      ONE "\n\n" THREE },

    { "text never read",
      "<h1>" TITLE "</h1><div><p data-content='" TWO "'>" ONE "</p><select>"
      "<option>" TWO "</option></select><textarea>" TWO "</textarea><script>"
      TWO "</script><noscript>" TWO "</noscript><template>" TWO
      "</template><button>" TWO "</button><audio src=a.mp3>" TWO
      "</audio></div>",
      ONE },

    { "the title and the date again above the text, the author below",
      "<h1>" TITLE "</h1><div><p><b>" TITLE "</b></p><p>Thứ Hai, 03/02/2020, "
      "08:15</p><p>" ONE "</p><p align=right><b>Lê Thu Hà</b></p></div>",
      ONE },

    { "a lead apart from the text, repeated in it",
      "<h1>" TITLE "</h1><h2 class=sapo>" ONE "</h2><div><a href=/x>In</a>"
      "</div><div><p>" ONE "</p><p>" TWO "</p></div>",
      ONE "\n\n" TWO },

    { "a data table keeps its rows",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><table><tr><th>Hạng mục</th>"
      "<th>Kinh phí</th></tr><tr><td>Mố cầu</td><td>120</td></tr></table>"
      "</div>",
      ONE "\n\nHạng mục | Kinh phí\nMố cầu | 120" },

    { "captions are no text",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><p align=center><img src=a.jpg>"
      "</p><p align=center><i>Cầu Hòa An trong ngày thông xe. Ảnh: H.N</i></p>"
      "<p>" TWO "</p></div>",
      ONE "\n\n" TWO },

    { "a notice on every page, in another row of the layout",
      "<table><tr><td><a href=/1>Xây dựng Đảng trong sạch</a><br><a href=/2>"
      "Học tập và làm theo Bác</a><br><a href=/3>Cải cách hành chính công</a>"
      "</td><td><h2>" TITLE "</h2><p>" ONE "</p></td></tr><tr><td colspan=2>"
      "<p>Ban biên tập mời bạn đọc gửi tin, bài cộng tác về hộp thư của tòa "
      "soạn trước ngày 20 hằng tháng, mỗi bài không quá một nghìn chữ.</p>"
      "</td></tr></table>",
      ONE },

    { "a row of links and an address are no text",
      "<h1>" TITLE "</h1><div><p>" ONE "</p><p>" TWO "</p><p>[<a href=1>01</a>"
      "|<a href=2>02</a>|<a href=3>03</a>|<a href=4>04</a>]</p>"
      "<p>https://bao.example/mot-duong-dan-rat-dai.html</p></div>",
      ONE "\n\n" TWO },

    { "a body in parts that boxes of links part",
      "<h1>" TITLE "</h1><article><div class=phan><p>" ONE "</p></div>"
      "<div class=hop><figure><img src=a.jpg><figcaption>Cầu Hòa An nhìn từ "
      "trên cao, phía bờ đông của sông Trà, sáng mùng 2</figcaption></figure>"
      LINKS "</div><div class=phan><p>" TWO "</p></div><div class=phan><p>"
      THREE "</p></div></article>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "what stands below the container of the text is none",
      "<h1>" TITLE "</h1><div class=tin><div class=nd><p>" ONE "</p><p>" TWO
      "</p><p>" THREE "</p></div><div class=gt><p>Sông Trà là tờ báo của nhân "
      "dân trong tỉnh từ năm 1962.</p></div></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "above the container a lead stays, an imprint goes",
      "<h1>" TITLE "</h1><div class=tin><div class=dau><p>Chuyên mục Xã hội | "
      "Phòng Bạn đọc | Ban Công tác Hội đồng nhân dân</p><p>" ONE "</p></div>"
      "<div class=nd><p>" TWO "</p><p>" THREE "</p><p>" FOUR "</p></div></div>",
      ONE "\n\n" TWO "\n\n" THREE "\n\n" FOUR },

    { "another article below, with a title of its own, is not this one",
      "<div class=tin><h1>" TITLE "</h1><div class=nd><p>" ONE "</p><p>" TWO
      "</p></div></div><div class=hop>" LINKS "</div><div class=tin><h1>Mưa "
      "lớn ở miền núi</h1><div class=nd><p>Đêm qua mưa lớn kéo dài ở các xã "
      "miền núi, nhiều ngầm tràn bị ngập sâu.</p><p>Chính quyền đã đưa hơn ba "
      "mươi hộ dân ven suối đến nơi an toàn.</p></div></div>",
      ONE "\n\n" TWO },

    { "comments by class, without a label, that most of the page's text is",
      "<div><h1>" TITLE "</h1><div class=nd><div>" ONE "</div><div>" TWO
      "</div></div></div><div class=comments><div>" FOUR "</div><div>Quê tôi "
      "đây. " FOUR "</div><div>Mừng quá. " FOUR "</div></div>",
      ONE "\n\n" TWO },

    { "a body whose class says that it is a summary has captions all the same",
      "<h1>" TITLE "</h1><div class='nd description'><p>" ONE "</p><figure>"
      "<img src=a.jpg><figcaption>Cầu Hòa An nhìn từ trên cao, phía bờ đông "
      "của sông Trà, sáng mùng 2</figcaption></figure><p>" TWO "</p></div>",
      ONE "\n\n" TWO },

    { "an article whose class tells how many comments it has",
      "<article class='tin has-comments'><h1>" TITLE "</h1><p>" ONE "</p><p>"
      FOUR "</p></article><div class=gt>Sông Trà là tờ báo của nhân dân trong "
      "tỉnh từ năm 1962, ra mỗi tuần ba số.</div>",
      ONE "\n\n" FOUR }
};


static void
test_cases(void **state)
{
    char      page[8192];
    size_t    i;
    yajl_val  item;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "%s%s%s", HEAD, cases[i].html, FOOT);

        item = read_page(page);

        if (strcmp(read_string(item, "content_text"), cases[i].text) != 0
            || strcmp(read_string(item, "title"), TITLE) != 0)
        {
            print_error("%s: title \"%s\", text \"%s\", expected \"%s\"\n",
                        cases[i].name, read_string(item, "title"),
                        read_string(item, "content_text"), cases[i].text);
            fail();
        }

        yajl_tree_free(item);
    }
}


/* The same words in a hundred wrappers, and a body of two parts. */

static void
test_split_body(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page(HEAD "<h1>" TITLE "</h1><div class=nd><p>" ONE "</p>"
                     "</div><div><a href=/qc><img src=qc.gif></a></div>"
                     "<div><a href=/1>Bốn tin nên đọc trong ngày</a><br>"
                     "<a href=/2>Giá vàng hôm nay tăng mạnh</a><br>"
                     "<a href=/3>Thời tiết cuối tuần chuyển lạnh</a><br>"
                     "<a href=/4>Lịch cắt điện tuần này ở huyện</a><br></div>"
                     "<div class=nd><p>" TWO "</p></div>" FOOT);

    read_expect(item, "content_text", ONE "\n\n" TWO);
    yajl_tree_free(item);
}


/* An article that is a list: entries that tell, each with a link. */

static void
test_told_list(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<html><head><meta charset=utf-8><title>" TITLE
                     "</title><meta property=og:type content=article></head>"
                     "<body><h1>" TITLE "</h1><div class=nd><p>" ONE "</p>"
                     "<p>" FOUR "</p>"
                     "<div class=muc><p><a href=/1>Cầu Đông, bắc năm 1962</a>"
                     "</p><p>" FOUR " Nhịp một.</p></div>"
                     "<div class=muc><p><a href=/2>Cầu Tây, bắc năm 1975</a>"
                     "</p><p>" FOUR " Nhịp hai.</p></div>"
                     "<div class=muc><p><a href=/3>Cầu Bãi, bắc năm 1988</a>"
                     "</p><p>" FOUR " Nhịp ba.</p></div></div>" FOOT);

    read_expect(item, "content_text", ONE "\n\n" FOUR "\n\n" FOUR
                " Nhịp một.\n\n" FOUR " Nhịp hai.\n\n" FOUR " Nhịp ba.");
    yajl_tree_free(item);
}


/* Lists between title and text: it is no page of pictures for all that. */

static void
test_far_text(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page(HEAD "<div class=dau><h1>" TITLE "</h1><p>03/02/2020 "
                     "08:15</p><img src=a.jpg><img src=b.jpg><img src=c.jpg>"
                     "</div><div class=hop>" LINKS "</div><div class=nd><p>"
                     ONE "</p><p>" FOUR "</p><p>" TWO "</p><p>" FOUR " Hai."
                     "</p><p>" FOUR " Ba.</p></div>" FOOT);

    read_expect(item, "content_text", ONE "\n\n" FOUR "\n\n" TWO "\n\n"
                FOUR " Hai.\n\n" FOUR " Ba.");
    yajl_tree_free(item);
}


/* A body whose parts do not look alike, with a box of links between. */

static void
test_unlike_parts(void **state)
{
    char      page[16384], text[12288];
    int       i, n, m;
    yajl_val  item;

    (void) state;

    n = snprintf(page, sizeof(page), "%s<div class=tin><h1>" TITLE "</h1>"
                 "<p>" ONE "</p><p>" FOUR "</p><p>Xưa. " FOUR "</p><p>Nay. "
                 FOUR "</p><p>Mai. " FOUR "</p><div class=hop>" LINKS
                 "</div><div class=tiep>", HEAD);
    m = snprintf(text, sizeof(text), ONE "\n\n" FOUR "\n\nXưa. " FOUR
                 "\n\nNay. " FOUR "\n\nMai. " FOUR);

    for (i = 1; i <= 9; i++) {
        n += snprintf(page + n, sizeof(page) - (size_t) n,
                      "<div>Nhịp %d. " FOUR "</div>", i);
        m += snprintf(text + m, sizeof(text) - (size_t) m,
                      "\n\nNhịp %d. " FOUR, i);
    }

    snprintf(page + n, sizeof(page) - (size_t) n, "</div></div>%s", FOOT);

    item = read_page(page);
    read_expect(item, "content_text", text);
    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_split_body),
        cmocka_unit_test(test_told_list),
        cmocka_unit_test(test_far_text),
        cmocka_unit_test(test_unlike_parts)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * What is cut by built-in labels, what stays, and that every cut is clean:
 * the oracle is lexbor's DOM.
 */

#include <stdio.h>
#include <time.h>

#include "support.h"
#include "support_strip.h"


#define HEAD   "<!DOCTYPE html><html><head><title>Bến Sông khởi công cầu mới" \
               " - Báo Thử</title></head><body><div id=trang>"
#define FOOT   "<p>Một câu cuối trang.</p></div></body></html>"
#define LINK1  "<a href=/1>Khánh thành trường tiểu học xã Đồng Mai</a>"
#define LINK2  "<a href=/2>Nông dân Thụy Sơn vào vụ thu hoạch mới</a>"
#define LIST   "<ul><li>" LINK1 "</li><li>" LINK2 "</li></ul>"
#define LONG   "Sáng nay, tại bờ nam sông, các đơn vị đã tập trung máy móc, " \
               "nhân lực để đổ mố cầu đầu tiên của công trình mà người dân " \
               "hai xã chờ đợi từ nhiều năm; dự kiến cuối năm sẽ hợp long và " \
               "thông xe kỹ thuật trước mùa mưa lũ."

#define TEASER1  "<p>Công trình được khởi công từ đầu năm, nay hoàn thành... "
#define TEASER2  "<p>Bà con tranh thủ nắng ráo để gặt hết diện tích lúa... "
#define TEASERS  "<div>" LINK1 TEASER1 "</p></div><div>" LINK2 TEASER2 \
                 "</p></div>"
#define LINE     "Cán bộ xã tới từng nhà hướng dẫn bà con che chắn chuồng " \
                 "trại, gặt sớm diện tích lúa đã chín."


typedef struct {
    const char  *html;
    const char  *cut;       /* what goes, between HEAD and FOOT; "": nothing */
} cut_case_t;


static const cut_case_t  cases[] = {

    /* a box; a heading and a list; a table; bare lines */
    { "<div class=a><h3>Tin cùng chuyên mục</h3>" LIST "</div>",
      "<div class=a><h3>Tin cùng chuyên mục</h3>" LIST "</div>" },
    { "<p>" LONG "</p><h3>Tin liên quan</h3>" LIST "<p>" LONG "</p>",
      "<h3>Tin liên quan</h3>" LIST },
    { "<table><tr><td>CÁC TIN KHÁC</td></tr><tr><td>" LINK1 "</td></tr>"
      "<tr><td>" LINK2 "</td></tr></table>",
      "<table><tr><td>CÁC TIN KHÁC</td></tr><tr><td>" LINK1 "</td></tr>"
      "<tr><td>" LINK2 "</td></tr></table>" },
    { "<table><tr><td><b>Tin khác</b><br>- " LINK1 "<br>- " LINK2 "<br></td>"
      "<td>" LONG "</td></tr></table>",
      "<b>Tin khác</b><br>- " LINK1 "<br>- " LINK2 "<br>" },
    { "<p><em>Xem thêm: " LINK1 "</em></p>",
      "<p><em>Xem thêm: " LINK1 "</em></p>" },
    { "<div><p>Tin liên quan</p><p>" LINK1 "</p><p>" LINK2 "</p><p>" LONG
      "</p></div>",
      "<p>Tin liên quan</p><p>" LINK1 "</p><p>" LINK2 "</p>" },

    /* decomposed, with references, with a colon */
    { "<div><b>Tin li\xc3\xaan quan :</b>" LIST "</div>",
      "<div><b>Tin li\xc3\xaan quan :</b>" LIST "</div>" },
    { "<div><b>Tin li&ecirc;n quan</b>" LIST "</div>",
      "<div><b>Tin li&ecirc;n quan</b>" LIST "</div>" },
    { "<div><b>C&#225;c tin kh&#xE1;c</b>" LIST "</div>",
      "<div><b>C&#225;c tin kh&#xE1;c</b>" LIST "</div>" },
    { "<div><b>Ca\xcc\x81" "c tin kha\xcc\x81" "c</b>" LIST "</div>",
      "<div><b>Ca\xcc\x81" "c tin kha\xcc\x81" "c</b>" LIST "</div>" },

    /* two boxes are two cuts, a column of boxes stays */
    { "<div class=cot><div class=h><b>Tin mới</b>" LIST "</div><div class=h>"
      "<b>Thông báo</b><p>" LONG "</p></div></div>",
      "<div class=h><b>Tin mới</b>" LIST "</div>" },

    /* by date, counters, widgets, selects full of links */
    { "<div><h3>Xem tin theo ngày</h3><select><option>1<option>2</select>"
      LIST "</div>",
      "<div><h3>Xem tin theo ngày</h3><select><option>1<option>2</select>"
      LIST "</div>" },
    { "<div>Số lượt truy cập: 4.992.123</div>",
      "<div>Số lượt truy cập: 4.992.123</div>" },
    { "<p>Cập nhật lúc 14:45, 26-01-2014 <span>Lượt đọc: 768</span></p>",
      "<span>Lượt đọc: 768</span>" },
    { "<table><tr><td>Số lượt truy cập</td></tr><tr><td>4</td><td>9</td>"
      "</tr></table>",
      "<table><tr><td>Số lượt truy cập</td></tr><tr><td>4</td><td>9</td>"
      "</tr></table>" },
    { "<div><b>Thời tiết</b><table><tr><td>Huế</td><td>25°C</td></tr>"
      "</table></div>",
      "<div><b>Thời tiết</b><table><tr><td>Huế</td><td>25°C</td></tr>"
      "</table></div>" },
    { "<div><b>Liên kết website</b><select><option>Báo A<option>Báo B"
      "</select></div>",
      "<div><b>Liên kết website</b><select><option>Báo A<option>Báo B"
      "</select></div>" },

    /* what stays: no list, running text, a menu, fields, the page's title */
    { "<div><h3>Tin liên quan</h3><p>" LONG "</p></div>", "" },
    { "<p>Đây là tin liên quan đến vụ việc đã nêu.</p>" LIST, "" },
    { "<ul><li><a href=/>Trang chủ</a></li><li><a href=/n>Tin nổi bật</a>"
      "</li><li><a href=/k>Kinh tế - Hạ tầng và đô thị</a></li></ul>", "" },
    { "<nav><h3>Tin mới</h3>" LIST "</nav>", "" },
    { "<div><h3>Tin liên quan</h3>" LIST "<input type=hidden name=__VS></div>",
      "<h3>Tin liên quan</h3>" LIST },
    { "<div><h3>Tin liên quan</h3><ul><li>" LINK1 "<input type=hidden></li>"
      "</ul></div>", "" },
    { "<div><h3>Thăm dò ý kiến</h3><form><input type=radio>Đẹp</form></div>",
      "" },
    { "<div><h3>Tin mới</h3><h1>Bến Sông khởi công cầu mới</h1>" LIST
      "</div>", "" },
    { "<p>Hôm nay: 24/04/2020</p>", "" },
    { "<p>Trang này có <b>5.000 lượt xem</b> trong ngày đầu tiên mở cửa.</p>",
      "" },
    { "<div><h3>Đọc nhiều</h3>" LIST "<div class=bao>CẢNH BÁO LŨ: nước lên"
      " nhanh, bà con ven sông kê cao tài sản.</div></div>",
      "<h3>Đọc nhiều</h3>" LIST },

    /* a listing page's own list, with teasers and no article before it */
    { "<h2>Tin đã đăng</h2><table><tr><td>" LINK1 "<br>Công trình được khởi "
      "công từ đầu năm, nay đã hoàn thành.</td></tr><tr><td>" LINK2 "<br>"
      "Bà con tranh thủ nắng ráo để gặt hết diện tích.</td></tr></table>",
      "" },
    { "<p>" LONG "</p><p>" LONG "</p><div><b>Tin khác</b><ul><li>" LINK1
      "<p>Công trình được khởi công từ đầu năm, nay đã hoàn thành.</p></li>"
      "</ul></div>",
      "<div><b>Tin khác</b><ul><li>" LINK1 "<p>Công trình được khởi công từ "
      "đầu năm, nay đã hoàn thành.</p></li></ul></div>" },
    { "<div><h2>Bến Sông</h2><h3>Tin khác</h3><h3>Bến Sông khởi công cầu mới"
      "</h3>" LIST "</div>", "" },

    /* a teaser ends with a link to its own article */
    { "<div><h3>Đọc nhiều</h3><div>" LINK1 TEASER1 "<a href=/1>Xem tiếp</a>"
      "</p></div><div>" LINK2 TEASER2 "<a href=/2>Read more &raquo;</a></p>"
      "</div></div>",
      "<div><h3>Đọc nhiều</h3><div>" LINK1 TEASER1 "<a href=/1>Xem tiếp</a>"
      "</p></div><div>" LINK2 TEASER2 "<a href=/2>Read more &raquo;</a></p>"
      "</div></div>" },
    { "<div><h3>Đọc nhiều</h3><div>" LINK1 TEASER1 "<a href=/1>Xem tiếp</a>"
      " trang trong số báo này.</p></div></div>", "" },
    { "<div><h3>Đọc nhiều</h3><div>" LINK1 TEASER1 "<a href=/1>cầu mới</a>"
      "</p></div></div>", "" },

    /* titles that are short, but dated; entries of a menu are not */
    { "<div><b>Video mới</b><p><a href=/v>Bản tin tối 3/5</a> 19:42</p><p>"
      "<a href=/w>Bản tin tối 2/5</a> 20:11</p></div>",
      "<div><b>Video mới</b><p><a href=/v>Bản tin tối 3/5</a> 19:42</p><p>"
      "<a href=/w>Bản tin tối 2/5</a> 20:11</p></div>" },
    { "<div><b>Video mới</b><p><a href=/v>Phim tài liệu</a></p><p>"
      "<a href=/w>Ca nhạc quê hương</a></p></div>", "" },

    /* the button of a choice of dates is named like it */
    { "<div><b>Xem theo ngày</b><p><select><option>1</select><a href=#>Xem "
      "theo ngày</a></p></div><p>" LONG "</p>",
      "<div><b>Xem theo ngày</b><p><select><option>1</select><a href=#>Xem "
      "theo ngày</a></p></div>" },

    /* a forecast in a sentence; a warning in its place */
    { "<div><b>Thời tiết</b><p>Trời nhiều mây, có nắng. Nhiệt độ từ 24 đến "
      "30 độ.</p></div>",
      "<div><b>Thời tiết</b><p>Trời nhiều mây, có nắng. Nhiệt độ từ 24 đến "
      "30 độ.</p></div>" },
    { "<div><b>Thời tiết</b><p>Cảnh báo lốc xoáy, nhiệt độ giảm 5 độ trong "
      "đêm nay.</p></div>", "" },
    { "<div><b>Thời tiết</b><p>Bà con không ra khơi trong 3 ngày tới, chờ tin "
      "mới.</p></div>", "" },

    /* a counter in a counter's element */
    { "<p>Cập nhật lúc 14:45, 26-01-2014 <i><span>Lượt đọc: 768</span></i>"
      "</p>", "<i><span>Lượt đọc: 768</span></i>" },

    /* a counter between the text and what stays */
    { "<p>" LONG "</p><i>Đã xem: 812</i><div><a href=#>In trang này</a></div>",
      "<i>Đã xem: 812</i>" },

    /* parts of a counter, one of them in other words */
    { "<div><h3>Lượt truy cập</h3><p>Hôm nay <b>6</b><br>Tất cả <b>78</b></p>"
      "<p>Có 27 người đang đọc báo</p></div>",
      "<div><h3>Lượt truy cập</h3><p>Hôm nay <b>6</b><br>Tất cả <b>78</b></p>"
      "<p>Có 27 người đang đọc báo</p></div>" },

    /*
     * Lines in succession are an article's, so that the lists below it are
     * no listing; teasers have titles between them.
     */
    { "<p>" LINE "</p><p>" LINE "</p><p>" LINE "</p><div><b>Tin khác</b>"
      TEASERS "</div>", "<div><b>Tin khác</b>" TEASERS "</div>" },
    { "<p>" LINE "</p><p>" LINE "</p><div><b>Tin khác</b>" TEASERS "</div>",
      "" },
    { TEASERS TEASERS "<div><b>Tin khác</b>" TEASERS "</div>", "" },
    { "<p>" LINE "</p><p>" LINE "</p><p>" LINE "</p><p>" LINE "</p><div>"
      "<b>Tin mới</b>" TEASERS "</div>", "<div><b>Tin mới</b>" TEASERS
      "</div>" },
    { "<p>" LINE "</p><p>" LINE "</p><p>" LINE "</p><div><b>Tin mới</b>"
      TEASERS "</div>", "" },

    /* an advertisement: its picture, a line of text */
    { "<div><b>Quảng cáo</b><img src=q><br>Vật liệu xây dựng Bình An, giao "
      "hàng tận nơi</div>",
      "<div><b>Quảng cáo</b><img src=q><br>Vật liệu xây dựng Bình An, giao "
      "hàng tận nơi</div>" },
    { "<div><a href=q><img src=q></a><i>Quảng cáo trong bài</i></div>",
      "<div><a href=q><img src=q></a><i>Quảng cáo trong bài</i></div>" },
    { "<h2>Quảng cáo</h2><p>Một câu ngắn.</p>", "" },

    /* what cannot be cut cleanly stays */
    { "<p>Mở đầu<div><h3>Tin liên quan</h3>" LIST "</div>", "" },
    { "<div><b>đậm</div><div><h3>Tin liên quan</h3>" LIST "</b></div>", "" },

    /*
     * Formatting that a block has closed opens again: around a block, and
     * behind it, all the same; but not where it would open in the cut.
     */
    { "<div><b>đậm</div><div><h3>Tin liên quan</h3>" LIST "</div></b>",
      "<div><h3>Tin liên quan</h3>" LIST "</div>" },
    { "<p><font size=2>Mở đầu<br><center><img src=a></center><br><table><tr>"
      "<td><font size=1><b>Tin khác</b></font></td></tr><tr><td>" LINK1
      "</td></tr></table><br>Đoạn sau.</font>",
      "<table><tr><td><font size=1><b>Tin khác</b></font></td></tr><tr><td>"
      LINK1 "</td></tr></table>" },
    { "<p><b>Mở đầu<center>giữa</center><em>Xem thêm: " LINK1 "</em><div>sau"
      "</div></b>", "" },
    { "<p><b>Mở đầu<center>giữa</center>Tin khác<ul><li>" LINK1 "</ul></b>",
      "" },
    { "<p><b>Mở đầu<center>giữa</center><marquee>Lượt xem: 5</marquee></b>",
      "" },
    { "<p><b>Mở đầu<center>giữa</center><h2>a<h3>b</h3></h2><div><b>Tin khác"
      "</b>" LIST "</div></b>", "" },
    { "<p><font>a<font>b<font>c<center>giữa</center><div><font>Tin khác"
      "</font>" LIST "</div></font>", "" },
    { "<div><nobr><b>Mở</nobr>Lượt xem: 7</b></div>", "" },

    /*
     * What a script before it takes for granted stays, its heading and list
     * in it may go; not what it looks for first, nor what another is named.
     */
    { "<script>document.getElementById('hop').style.top = 0;</script>"
      "<div id=hop><b>Tin khác</b>" LIST "</div>", "<b>Tin khác</b>" LIST },
    { "<script>document.getElementById(\"ds\").focus()</script>"
      "<div><b>Tin khác</b><ul id=ds><li>" LINK1 "</li></ul></div>", "" },
    { "<script>document.getElementById('dem').title = 1</script>"
      "<p>Cập nhật lúc 14:45, 26-01-2014 <span id=dem>Lượt đọc: 768</span>"
      "</p>", "" },
    { "<script>document.getElementById('nhan').title = 1</script>"
      "<div><span id=nhan>Tin khác</span>" LIST "</div>", "" },
    { "<script>var hop = document.getElementById('hop'); if (hop) hop.id = 1;"
      "</script><div id=hop><b>Tin khác</b>" LIST "</div>",
      "<div id=hop><b>Tin khác</b>" LIST "</div>" },
    { "<script>document.getElementById('hop').style.top = 0;</script>"
      "<div id=hoc><b>Tin khác</b>" LIST "</div>",
      "<div id=hoc><b>Tin khác</b>" LIST "</div>" },
    { "<script>/* " LONG LONG LONG LONG LONG " */ document.getElementById('"
      "hop').top = 0; /* " LONG LONG LONG " */</script><div id=hop><b>Tin khác"
      "</b>" LIST "</div>", "<b>Tin khác</b>" LIST },

    /* a form in a form is none, and closes nothing */
    { "<form><p><form><div>Đã xem: 3</div></form>", "" },
    { "<div><h3>Tin liên quan</h3><ul><li>" LINK1 "<b></li></ul></div>", "" },
    { "<div><h3>Tin liên quan</h3>" LIST, "<h3>Tin liên quan</h3>" LIST },
    { "<table><div>lạc</div><tr><td><h3>Tin liên quan</h3>" LIST
      "</td></tr></table>", "" },
    { "<svg><p></svg><div><h3>Tin liên quan</h3>" LIST "</div>", "" },
    { "<svg><![CDATA[<div><h3>Tin liên quan</h3>" LIST "</div>]]></svg>",
      "" },
    { "<textarea><div><h3>Tin liên quan</h3>" LIST "</div></textarea>", "" },
    { "<div><h3>Tin liên quan</h3>" LIST "<html lang=vi></div>",
      "<h3>Tin liên quan</h3>" LIST },
    { "<div><h3>Tin liên quan</h3>" LIST "<body class=x></div>",
      "<h3>Tin liên quan</h3>" LIST },
    { "<table><tr><td><html x>SỐ LƯỢT TRUY CẬP<td>9</table>", "" },
    { "<div><h3>Xem theo ngày</h3><form><select><option>1</select></div>"
      "<form><input name=q></form>", "" },
    { "<!-- <div><h3>Tin liên quan</h3>" LIST "</div> -->", "" },
    { "<script>document.write('<div><h3>Tin liên quan</h3>" LIST
      "</div>')</script>", "" },
    { "<div><h3>Tin liên quan</h3><script>var a=1</script>" LIST "</div>",
      "" }
};


static const article_strip_options_t  options = { .builtin = 1 };


static char *
page_of(const char *html, article_slice_t *page)
{
    char    *s;
    size_t   len;

    len = strlen(HEAD) + strlen(html) + strlen(FOOT);
    s = malloc(len + 1);
    assert_non_null(s);
    snprintf(s, len + 1, "%s%s%s", HEAD, html, FOOT);

    page->data = s;
    page->len = len;

    return s;
}


static void
cuts(void **state)
{
    char             *s, *out, *want, *wrong;
    size_t            i, len;
    const char       *at;
    strip_cuts_t      got;
    article_slice_t   page;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        s = page_of(cases[i].html, &page);
        assert_null(strip_page(&options, page, 0, 0, &got));
        out = strip_output(page, &got, &len);

        at = strstr(s, cases[i].cut);
        assert_non_null(at);
        want = malloc(page.len + 1);
        snprintf(want, page.len + 1, "%.*s%s", (int) (at - s), s,
                 at + strlen(cases[i].cut));

        if (strcmp(want, out) != 0) {
            print_error("case %u: %s\n got: %s\n", (unsigned) i,
                        cases[i].html, out);
        }

        assert_string_equal(want, out);

        wrong = strip_oracle(page, &got);
        if (wrong != NULL) {
            print_error("case %u: %s\n", (unsigned) i, wrong);
        }

        assert_null(wrong);

        free(want);
        free(out);
        free(s);
    }
}


static void
splits(void **state)
{
    char             *s;
    size_t            i, k;
    uint64_t          seed;
    strip_cuts_t      whole, got;
    article_slice_t   page;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        s = page_of(cases[i].html, &page);
        assert_null(strip_page(&options, page, 0, 0, &whole));

        for (k = 1; k < page.len; k++) {
            assert_null(strip_page_two(&options, page, k, &got));
            assert_true(strip_cuts_equal(&whole, &got));
        }

        assert_null(strip_page(&options, page, 1, 0, &got));
        assert_true(strip_cuts_equal(&whole, &got));

        for (seed = 1; seed < 20; seed++) {
            assert_null(strip_page(&options, page, 5 * seed, seed, &got));
            assert_true(strip_cuts_equal(&whole, &got));
        }

        free(s);
    }
}


/* Held at the label's box, released when asked, and by the limit. */
static void
holding(void **state)
{
    uint64_t                 decided;
    article_range_t          cut;
    article_strip_t         *strip;
    article_strip_options_t  small;

    static const char  begin[] = "<html><body><p>Một đoạn.</p>";
    static const char  box[] = "<div><h3>Tin liên quan</h3><ul><li>" LINK1;
    static const char  rest[] = "</li></ul></div><p>Hết.</p>";

    (void) state;

    strip = article_strip_create(&options);
    assert_int_equal(article_strip_feed(strip, begin, strlen(begin)),
                     ARTICLE_OK);
    assert_int_equal(article_strip_decided(strip), strlen(begin));

    article_strip_feed(strip, box, strlen(box));
    assert_int_equal(article_strip_decided(strip), strlen(begin));
    assert_int_equal(article_strip_next_cut(strip, &cut), 0);

    article_strip_feed(strip, rest, strlen(rest));
    assert_int_equal(article_strip_next_cut(strip, &cut), 1);
    assert_int_equal(cut.start, strlen(begin));
    assert_int_equal(cut.end, strlen(begin) + strlen(box) + 16);
    assert_string_equal(article_strip_why(strip), "marker related");
    article_strip_destroy(strip);

    strip = article_strip_create(&options);
    article_strip_feed(strip, begin, strlen(begin));
    article_strip_feed(strip, box, strlen(box));
    article_strip_release(strip);
    decided = article_strip_decided(strip);
    assert_int_equal(decided, strlen(begin) + strlen(box));
    article_strip_feed(strip, rest, strlen(rest));
    article_strip_finish(strip);
    assert_int_equal(article_strip_next_cut(strip, &cut), 0);
    article_strip_destroy(strip);

    small = options;
    small.buffer = 64;
    strip = article_strip_create(&small);
    article_strip_feed(strip, begin, strlen(begin));
    article_strip_feed(strip, box, strlen(box));
    assert_true(article_strip_decided(strip) + 64
                >= strlen(begin) + strlen(box));
    article_strip_feed(strip, rest, strlen(rest));
    article_strip_finish(strip);
    assert_int_equal(article_strip_next_cut(strip, &cut), 0);
    article_strip_destroy(strip);
}


/* Titles and labels in TCVN3, VNI, VISCII and windows-1258. */
static void
charsets(void **state)
{
    char                     *wrong;
    char                      html[2048];
    size_t                    i, k, start;
    strip_cuts_t              got, split;
    article_slice_t           page;
    article_strip_options_t   wide;

    static const char *const  written[][2] = {
        { "N\xf4ng d\xe2n \xd0\xf4\xccng Mai v\xe0o vu\xf2 thu hoa\xf2" "ch,"
          " gi\xe1 l\xfa" "a \xf0\xfd\xf5\xf2" "c gi\xfd\xde \xf4\xd2n \xf0i"
          "\xf2nh",
          "Tin li\xean quan" },
        { "N\xabng d\xa9n \xa7\xe5ng Mai v\xb5o v\xf4 thu ho\xb9" "ch, gi"
          "\xb8 l\xf3" "a \xae\xad\xee" "c gi\xf7 \xe6n \xae\xdenh",
          "Tin li\xaan quan" },
        { "No\xe2ng da\xe2n \xd1o\xe0ng Mai va\xf8o vu\xef thu hoa\xef" "ch,"
          " gia\xf9 lu\xf9" "a \xf1\xf6\xf4\xef" "c gi\xf6\xf5 o\xe5n \xf1"
          "\xf2nh",
          "Tin lie\xe2n quan" },
        { "N\xf4ng d\xe2n \xd0\xb0ng Mai v\xe0o v\xf8 thu ho\xd5" "ch, gi"
          "\xe1 l\xfa" "a \xf0\xdf\xfe" "c gi\xe6 \xb1n \xf0\xb8nh",
          "Tin li\xean quan" }
    };

    (void) state;

    for (i = 0; i < test_number(written); i++) {
        page.data = html;
        page.len = (size_t) snprintf(html, sizeof(html),
                       "<html><head><title>%s</title></head><body><p>%s"
                       "</p><div><b>%s</b><ul><li><a href=/1>%s (2)</a><li>"
                       "<a href=/2>%s - II</a></ul></div></body></html>",
                       written[i][0], written[i][0], written[i][1],
                       written[i][0], written[i][0]);

        assert_null(strip_page(&options, page, 0, 0, &got));
        assert_int_equal(got.number, 1);
        start = (size_t) got.cut[0].start;
        assert_memory_equal(html + start, "<div><b>", 8);
        assert_memory_equal(html + got.cut[0].end - 6, "</div>", 6);

        wrong = strip_oracle(page, &got);
        assert_null(wrong);

        for (k = 1; k < page.len; k++) {
            assert_null(strip_page_two(&options, page, k, &split));
            assert_true(strip_cuts_equal(&got, &split));
        }
    }

    /* bytes that may not be what they look like */

    wide = options;
    wide.charset = test_slice("UTF-16");
    assert_null(strip_page(&wide, page, 0, 0, &got));
    assert_int_equal(got.number, 0);
    assert_int_equal(got.reason, ARTICLE_STRIP_NOT_PLAIN);

    /* without a word of it elsewhere, the label is not read */

    page.len = (size_t) snprintf(html, sizeof(html),
                   "<html><body><div><b>%s</b><ul><li><a href=/1>Khanh thanh "
                   "truong tieu hoc xa</a></ul></div>", written[1][1]);
    assert_null(strip_page(&options, page, 0, 0, &got));
    assert_int_equal(got.number, 0);
}


/* The news of a home page stays; what is most read there does not. */
static void
home(void **state)
{
    size_t                   i;
    char                     html[4096];
    strip_cuts_t             got;
    article_slice_t          page;
    article_strip_options_t  at;

    static const struct {
        const char  *url;
        const char  *label;
        unsigned     cuts;
    } urls[] = {
        { "https://bao.example/", "Tin nổi bật", 0 },
        { "https://bao.example/", "Tin đọc nhiều", 1 },
        { "/Default.aspx", "Tin mới", 0 },
        { "/tin/cau-moi.html", "Tin mới", 1 },
        { "/?id=5", "Tin mới", 1 },
        { "", "Tin mới", 1 }
    };

    (void) state;

    for (i = 0; i < test_number(urls); i++) {
        page.data = html;
        page.len = (size_t) snprintf(html, sizeof(html), "%s<div><h3>%s</h3>"
                                     LIST "</div>%s", HEAD, urls[i].label,
                                     FOOT);
        at = options;
        at.url = test_slice(urls[i].url);
        assert_null(strip_page(&at, page, 0, 0, &got));
        assert_int_equal(got.number, urls[i].cuts);
    }
}


/* A tag that is longer than the buffer is not waited for. */
static void
long_tag(void **state)
{
    char                     *html;
    size_t                    len;
    strip_cuts_t              got;
    article_slice_t           page;
    article_strip_t          *strip;
    article_strip_options_t   small;

    static const char  begin[] = "<html><body><div><img src=\"data:";
    static const char  end[] = "\"><br><b>Tin liên quan</b>" LIST "</div>";

    (void) state;

    len = 5000;
    html = malloc(len);
    memset(html, 'A', len);
    memcpy(html, begin, sizeof(begin) - 1);
    memcpy(html + len - sizeof(end) + 1, end, sizeof(end) - 1);

    small = options;
    small.buffer = 1000;
    strip = article_strip_create(&small);
    article_strip_feed(strip, html, 2000);
    assert_int_equal(article_strip_decided(strip), 2000);
    article_strip_destroy(strip);

    page = (article_slice_t) { html, len };
    assert_null(strip_page(&small, page, 0, 0, &got));
    assert_int_equal(got.number, 1);
    assert_int_equal(got.cut[0].start, len - sizeof(end) + 7);
    assert_null(strip_page(&small, page, 100, 0, &got));
    assert_int_equal(got.number, 1);

    free(html);
}


static void
hostile(void **state)
{
    char                     *html;
    size_t                    i, k, size, len;
    double                    seconds;
    clock_t                   begin;
    strip_cuts_t              got;
    article_slice_t           page;
    static const char *const  floods[] = {
        "<div>", "<p>", "</b>", "<b>", "<a href=x>", "<table><tr><td>",
        "<li>", "<h3>Tin mới</h3>", "<div>Tin khác</div>", "<font></div>",
        "<", "<select><option>", "<svg>", "Tin khác<br>", "<ul><li>" LINK1,
        "</p>", "<form></form>", "<span>Lượt xem: 5</span>"
    };

    (void) state;
    size = 1 << 20;
    html = malloc(size);

    for (i = 0; i < test_number(floods); i++) {
        len = strlen(floods[i]);

        for (k = 0; k < size; k++) {
            html[k] = floods[i][k % len];
        }

        page.data = html;
        page.len = size;

        begin = clock();
        assert_null(strip_page(&options, page, 4096, 0, &got));
        seconds = (double) (clock() - begin) / CLOCKS_PER_SEC;

        if (seconds > 3) {
            print_error("%s: %.1f s\n", floods[i], seconds);
        }

        assert_true(seconds < 3);
    }

    free(html);
}


/*
 * Lines that are kept in mind change nothing: neither what the page's title
 * says of a label nor the charset of its bytes.
 */
static void
remembered(void **state)
{
    char                     html[1024];
    size_t                   i;
    unsigned                 round;
    strip_cuts_t             cold, known;
    article_slice_t          page;
    article_strip_options_t  plain, keen;

    static const struct {
        const char  *charset;
        const char  *title;
        const char  *label;
        unsigned     cuts;
    } pages[] = {
        { "", "Bản tin", "Tin đọc nhiều", 1 },
        { "", "Tin đọc nhiều tuần này", "Tin đọc nhiều", 0 },
        { "tcvn3", "Bao", "Tin li\xaan quan", 1 },
        { "viscii", "Bao", "Tin li\xaan quan", 0 },
        { "", "Bản tin", "Tin đọc nhiều thêm một chữ", 0 }
    };

    (void) state;

    plain = options;
    plain.memory = NULL;
    keen = options;
    keen.memory = article_strip_memory_create();
    assert_non_null(keen.memory);

    for (round = 0; round < 3 * test_number(pages); round++) {
        i = round * 2 % test_number(pages);

        page.data = html;
        page.len = (size_t) snprintf(html, sizeof(html),
                       "<html><head><title>%s</title></head><body><p>Đoạn %u."
                       "</p><div><h3>%s</h3><ul><li>" LINK1 "</li><li>" LINK1
                       "</li></ul></div></body></html>",
                       pages[i].title, round, pages[i].label);

        plain.charset.data = pages[i].charset;
        plain.charset.len = strlen(pages[i].charset);
        keen.charset = plain.charset;

        assert_null(strip_page(&plain, page, 0, 0, &cold));
        assert_null(strip_page(&keen, page, 7, round, &known));

        assert_int_equal(cold.number, pages[i].cuts);
        assert_true(strip_cuts_equal(&cold, &known));
    }

    article_strip_memory_destroy(keen.memory);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(cuts),
        cmocka_unit_test(splits),
        cmocka_unit_test(holding),
        cmocka_unit_test(charsets),
        cmocka_unit_test(remembered),
        cmocka_unit_test(home),
        cmocka_unit_test(long_tag),
        cmocka_unit_test(hostile)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

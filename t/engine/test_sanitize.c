/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define TEXT                                                                  \
    "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau hai năm "\
    "thi công liên tục.</p>"


typedef struct {
    const char  *name;
    const char  *body;          /* behind TEXT, in the same <div> */
    const char  *html;          /* what content_html must hold */
    const char  *lacks;         /* and must not, or NULL */
} sanitize_case_t;


static const sanitize_case_t  cases[] = {

    { "inline tags, no class or style",
      "<p style='color:red' class=x>Cầu do <b>nhân dân</b> góp <i>một phần</i> "
      "ba kinh phí, <span onclick=x()>dài 120</span> m<sup>2</sup> mặt.</p>",
      "<p>Cầu do <strong>nhân dân</strong> góp <em>một phần</em> ba kinh phí, "
      "dài 120 m<sup>2</sup> mặt.</p>", "style" },

    { "absolute links",
      "<p>Xem <a href='../quy-hoach.html?a=1&b=2' target=_blank>quy hoạch"
      "</a> chung của huyện đã được phê duyệt từ năm ngoái.</p>",
      "<a href=\"https://bao.example/quy-hoach.html?a=1&amp;b=2\">quy hoạch"
      "</a>", "target" },

    { "no active addresses",
      "<p>Bấm <a href='javascript:alert(1)'>vào đây</a> hay <a href='data:"
      "text/html,x'>đây</a> để xem thêm về cây cầu mới của xã.</p>",
      "<p>Bấm <a>vào đây</a> hay <a>đây</a> để", "javascript" },

    { "no markup in the words of an image",
      "<p>Cầu mới nhìn từ phía đông, nơi có bến đò cũ của xã.</p><figure>"
      "<img src=/anh/cau.jpg alt='\"></style><img src=x onerror=alert(1)>'>"
      "<figcaption>Cầu Hòa An.</figcaption></figure>",
      "<img src=\"https://bao.example/anh/cau.jpg\"><figcaption>", "alt=" },

    { "text is text",
      "<p>Đoạn này có &lt;script&gt;alert(1)&lt;/script&gt; và dấu \"ngoặc\" "
      "&amp; dấu và, viết trong bài báo như chữ thường.</p>",
      "&lt;script&gt;alert(1)&lt;/script&gt; và dấu &quot;ngoặc&quot; &amp; ",
      "<script" },

    { "nothing embedded",
      "<iframe src=//x.example></iframe><object data=x></object><form><input>"
      "</form><svg><text>x</text></svg><p>Sau lễ khánh thành, xe buýt bắt đầu "
      "chạy qua cầu.</p>", "<p>Sau lễ khánh thành", "<iframe" },

    { "lists",
      "<ul><li>Mố cầu phía đông hoàn thành trước;</li><li>Đường dẫn hai đầu "
      "cầu hoàn thành sau.</li></ul>",
      "<ul><li>Mố cầu phía đông hoàn thành trước;</li>\n<li>Đường dẫn hai đầu "
      "cầu hoàn thành sau.</li>\n</ul>", NULL },

    { "data tables, with spans",
      "<table border=1><tr><th colspan=2>Kinh phí xây dựng</th></tr><tr><td>"
      "Mố cầu</td><td>120</td></tr><tr><td>Nhịp cầu</td><td>300</td></tr>"
      "</table>",
      "<table><tr><th colspan=\"2\">Kinh phí xây dựng</th>\n</tr>\n<tr><td>"
      "Mố cầu</td>\n<td>120</td>\n</tr>", "border" },

    { "sub-headings",
      "<h1>Vì sao phải có cầu</h1><p>Bến đò cũ không an toàn khi nước lên.</p>",
      "<h2>Vì sao phải có cầu</h2>", "<h1" },

    { "figure with caption; lazy image",
      "<figure><img class=lazy src='data:image/gif;base64,R0lG' data-src="
      "/anh/cau.jpg alt='Cầu \"mới\"'><figcaption>Cầu Hòa An ngày thông xe."
      "</figcaption></figure><p>Từ nay học trò không phải đi đò.</p>",
      "<figure><img src=\"https://bao.example/anh/cau.jpg\" alt=\"Cầu "
      "&quot;mới&quot;\"><figcaption>Cầu Hòa An ngày thông xe.</figcaption>"
      "</figure>", "data:" },

    { "a table of one picture is a figure",
      "<table><tr><td><img src=/a.jpg></td></tr><tr><td>Cầu Hòa An nhìn từ "
      "trên cao</td></tr></table><p>Từ nay học trò không phải đi đò.</p>",
      "<figcaption>Cầu Hòa An nhìn từ trên cao</figcaption>", "<table" },

    { "a single break",
      "<p>Cầu dài 120 mét, rộng 7 mét.<br>Đường dẫn dài gần một cây số.</p>",
      "rộng 7 mét.<br>Đường dẫn", NULL },

    { "images of teasers and icons are none",
      "<a href=/bai-khac.html><img src=/nho.jpg></a><img src=/cham.gif "
      "width=5 height=5><p>Từ nay học trò không phải đi đò.</p>",
      "<p>Từ nay", "<img" }
};


static void
test_cases(void **state)
{
    char         page[8192];
    size_t       i;
    yajl_val     item;
    const char  *html;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "<meta charset=utf-8><title>" TITLE
                 "</title><h1>" TITLE "</h1><div>" TEXT "%s</div>",
                 cases[i].body);

        item = read_page(page);
        html = read_string(item, "content_html");

        if (strstr(html, cases[i].html) == NULL
            || (cases[i].lacks && strstr(html, cases[i].lacks)))
        {
            print_error("%s: got \"%s\"\n", cases[i].name, html);
            fail();
        }

        yajl_tree_free(item);
    }
}


/* Under a public address, the portal's own and private hosts never show. */

static void
test_public_address(void **state)
{
    yajl_val                item;
    const char             *html;
    article_result_t        result;
    article_read_options_t  options;

    (void) state;

    html = "<meta charset=utf-8><h1>" TITLE "</h1><div>" TEXT
           "<p><img src=http://10.0.0.5/anh/a.jpg></p><p>Xem <a href="
           "http://127.0.0.1:8080/b>bản đồ</a> chung của huyện đã được phê "
           "duyệt từ năm ngoái.</p></div>";

    memset(&options, 0, sizeof(options));
    options.url = test_slice("/tin/bai-1.html");
    options.base_url = test_slice("https://bao.example");

    item = read_options(html, strlen(html), &options, &result);

    read_expect(item, "url", READ_URL);
    read_expect(item, "image", "https://bao.example/anh/a.jpg");
    read_lacks(item, "content_html", "10.0.0.5");
    read_lacks(item, "content_html", "127.0.0.1");

    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_public_address)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

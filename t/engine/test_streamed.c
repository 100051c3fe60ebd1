/*
 * Copyright (C) ngx_article authors
 *
 * Pages that come in pieces: hidden at their end, and with a place each.
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Chợ nổi Vàm Xáng họp lại"

#define HEAD                                                                  \
    "<html><head><meta charset=utf-8><title>" TITLE "</title>"                \
    "<meta property=og:type content=article></head><body><h1>" TITLE "</h1>"

#define ONE  "Sáng rằm, hơn tám mươi ghe thuyền đã về lại ngã ba Vàm Xáng để " \
             "họp phiên chợ đầu tiên sau sáu năm vắng bóng."
#define TWO  "Bà con mang theo khóm, bưởi, rau đồng và cá linh đầu mùa, bán " \
             "ngay trên mũi ghe như ngày trước."
#define THREE  "Xã dựng thêm một cầu tàu và mười cọc neo, nhờ vậy ghe lớn "   \
               "cũng ghé được khi nước ròng."
#define FOOT  "<p>Bản quyền thuộc về tòa soạn.</p>"


typedef struct {
    const char  *name;
    const char  *html;
    const char  *text;
} streamed_case_t;


static const streamed_case_t  cases[] = {

    { "a piece goes to its place, and what stood there goes",
      "<main><!--$?--><template id='B:0'></template><p>Bài viết đang được mở, "
      "xin bạn đọc chờ trong giây lát.</p><!--/$--></main>" FOOT
      "<div hidden id='S:0'><p>" ONE "</p><p>" TWO "</p></div>",
      ONE "\n\n" TWO },

    { "boundaries within what stood there end before it does",
      "<main><!--$?--><template id='B:0'></template><p>Bài viết đang được mở, "
      "xin bạn đọc chờ trong giây lát.</p><!--$--><p>Ảnh của bài này sẽ hiện "
      "ra ngay sau đó.</p><!--/$--><p>Cảm ơn bạn đọc đã kiên nhẫn chờ đợi "
      "tòa soạn.</p><!--/$--><p>" THREE "</p></main>"
      "<div hidden id='S:0'><p>" ONE "</p><p>" TWO "</p></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "a piece with a place for another, which has come before it",
      "<main><!--$?--><template id='B:0'></template><!--/$--></main>"
      "<div hidden id='S:1f'><p>" TWO "</p></div>"
      "<div hidden id='S:0'><p>" ONE "</p><template id='P:1f'></template><p>"
      THREE "</p></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "without comments, the piece stands before what was there",
      "<main><template id='B:0'></template><p>" THREE "</p></main>"
      "<div hidden id='S:0'><p>" ONE "</p><p>" TWO "</p></div>",
      ONE "\n\n" TWO "\n\n" THREE },

    { "a piece in itself, two in each other, one without a place",
      "<main><p>" ONE "</p><p>" TWO "</p></main>"
      "<div hidden id='S:0'><p>Một. " THREE "</p><template id='B:0'></template>"
      "</div><div hidden id='S:1'><p>Hai. " THREE "</p><template id='B:2'>"
      "</template></div><div hidden id='S:2'><p>Ba. " THREE "</p><template "
      "id='B:1'></template></div><div hidden id='S:3'><p>Bốn. " THREE "</p>"
      "</div><div hidden id='S:zz'><p>Năm. " THREE "</p></div>",
      ONE "\n\n" TWO },

    { "another hidden element, and a piece with an element in its place",
      "<main><p>" ONE "</p><p>" TWO "</p><div id='B:0'></div></main>"
      "<div hidden id='S:0'><p>Một. " THREE "</p></div>"
      "<p hidden id='S:1'>Hai. " THREE "</p>",
      ONE "\n\n" TWO }
};


static void
test_cases(void **state)
{
    char      page[8192];
    size_t    i;
    yajl_val  item;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "%s%s</body></html>", HEAD,
                 cases[i].html);

        item = read_page(page);

        if (strcmp(read_string(item, "content_text"), cases[i].text) != 0) {
            print_error("%s: text \"%s\", expected \"%s\"\n", cases[i].name,
                        read_string(item, "content_text"), cases[i].text);
            fail();
        }

        yajl_tree_free(item);
    }
}


/* Pieces, each in the one before, are joined no deeper than pages may be. */

static void
test_deep(void **state)
{
    int       i, k, n;
    char      page[65536];
    yajl_val  item;

    (void) state;

    n = snprintf(page, sizeof(page), HEAD "<main><p>" ONE "</p><p>" TWO
                 "</p><template id='B:0'></template></main>");

    for (i = 0; i < 8; i++) {
        n += snprintf(page + n, sizeof(page) - (size_t) n,
                      "<div hidden id='S:%x'>", i);

        for (k = 0; k < 200; k++) {
            n += snprintf(page + n, sizeof(page) - (size_t) n, "<div>");
        }

        n += snprintf(page + n, sizeof(page) - (size_t) n,
                      "<p>Bậc %d. " THREE "</p><template id='B:%x'></template>",
                      i, i + 1);

        for (k = 0; k < 201; k++) {
            n += snprintf(page + n, sizeof(page) - (size_t) n, "</div>");
        }
    }

    item = read_page(page);
    read_holds(item, "content_text", "Bậc 0.");
    read_lacks(item, "content_text", "Bậc 7.");
    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_deep)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

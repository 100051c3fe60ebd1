/*
 * Copyright (C) ngx_article authors
 *
 * Attachments, embeds and images: what the page has, where it lies, and
 * what the page tells of it.
 */

#include <stdio.h>

#include "support_read.h"


#define TITLE  "Xã Hòa An khánh thành cầu mới"

#define TEXT                                                                  \
    "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông Trà sau hai năm "\
    "thi công liên tục.</p>"

#define MORE                                                                  \
    "<p>Từ hôm nay, học trò hai bên bờ sông không còn phải đi đò đến lớp mỗi "\
    "khi nước lên.</p>"


typedef struct {
    const char  *name;
    const char  *body;          /* between TEXT and MORE, in one <div> */
    const char  *array;         /* a path in the item */
    const char  *member;        /* of its first element */
    const char  *value;         /* what it is; NULL: there is no array */
    const char  *html;          /* what content_html holds, or NULL */
} media_case_t;


#define FILES   "attachments"
#define EMBEDS  "_article.embeds"
#define IMAGES  "_article.images"
#define HLS     "application/vnd.apple.mpegurl"
#define PDF     "https://bao.example/tep/cv33.pdf"
#define TUBE    "https://www.youtube.com/embed/aBcDeF"

static const media_case_t  cases[] = {

    { "a document in <object>",
      "<object data=/tep/cv33.pdf type=application/pdf></object>",
      FILES, "url", PDF, "<p><a href=\"" PDF "\">cv33.pdf</a></p>" },

    { "its type, where the address tells none",
      "<object data='/tai.aspx?id=3' type=application/pdf></object>",
      FILES, "mime_type", "application/pdf", NULL },

    { "a document in <embed> inside <object>",
      "<object><embed src=/tep/cv33.pdf></object>", FILES, "url", PDF, NULL },

    { "a document in <iframe>, with a title",
      "<iframe src=/tep/cv33.pdf title='Công văn 33'></iframe>",
      FILES, "title", "Công văn 33", ">Công văn 33</a>" },

    { "a document in a viewer of another site",
      "<iframe src='https://docs.google.com/gview?embedded=true&url=https%3A"
      "%2F%2Fbao.example%2Ftep%2Fcv33.pdf'></iframe>",
      FILES, "url", PDF, NULL },

    { "a document in the portal's own viewer",
      "<iframe src='/web/viewer.html?file=/tep/cv33.pdf#page=1'></iframe>",
      FILES, "url", PDF, NULL },

    { "a link that shows a file's name",
      "<p><a href='/tai?id=9'>cong van 33.docx</a></p>", FILES, "mime_type",
      "application/vnd.openxmlformats-officedocument.wordprocessingml."
      "document", NULL },

    { "a link with the name to store it under",
      "<p><a href='/tai?id=9' download='cv33.pdf'>Tải về</a></p>",
      FILES, "mime_type", "application/pdf", NULL },

    { "a film by <source>, lazily",
      "<video><source data-src=/phim/a.mp4 type=video/mp4></video>",
      FILES, "url", "https://bao.example/phim/a.mp4", NULL },

    { "a stream in an attribute of a player to come",
      "<div class=player data-stream='https://vod.example/l/a.m3u8?t=1'>"
      "</div>", FILES, "mime_type", HLS, NULL },

    { "a stream by its type",
      "<video><source src=/live/1 type='application/x-mpegURL'></video>",
      FILES, "mime_type", HLS, NULL },

    { "a sound, with a name",
      "<audio src=/tep/doc.mp3 title='Nghe đọc bài'></audio>",
      FILES, "title", "Nghe đọc bài", NULL },

    { "a film of another site: a link in its place",
      "<iframe src='//www.youtube.com/embed/aBcDeF' width=560 height=315>"
      "</iframe>", EMBEDS, "url", TUBE,
      "tục.</p>\n<p><a href=\"" TUBE "\">youtube</a></p>\n<p>Từ hôm" },

    { "its provider; lazily",
      "<iframe src='about:blank' data-src='https://www.youtube.com/embed/"
      "aBcDeF'></iframe>", EMBEDS, "provider", "youtube", NULL },

    { "an editor's <oembed>",
      "<figure class=media><oembed url='https://www.youtube.com/watch?v=aB'>"
      "</oembed></figure>", EMBEDS, "url",
      "https://www.youtube.com/watch?v=aB", NULL },

    { "buttons are no embeds",
      "<iframe src='https://www.facebook.com/plugins/like.php?href=x'>"
      "</iframe><iframe src=/nut.html height=35></iframe>",
      EMBEDS, "url", NULL, NULL },

    { "a lazy image in <noscript>",
      "<p><img src=/i/blank.gif class=lazy><noscript><img src=/anh/cau.jpg>"
      "</noscript></p>", IMAGES, "url", "https://bao.example/anh/cau.jpg",
      "<img src=\"https://bao.example/anh/cau.jpg\">" },

    { "an image in <noscript> alone",
      "<div class=anh></div><noscript><img src=/anh/cau.jpg></noscript>",
      IMAGES, "url", "https://bao.example/anh/cau.jpg", "/anh/cau.jpg" },

    { "an image of a <picture>",
      "<picture><source srcset='/anh/cau.webp 1x, /anh/cau2.webp 2x'>"
      "<img></picture>", IMAGES, "url", "https://bao.example/anh/cau.webp",
      NULL },

    { "a srcset behind white space",
      "<img srcset=' /anh/cau.jpg 640w, /anh/to.jpg 1280w'>",
      IMAGES, "url", "https://bao.example/anh/cau.jpg", NULL },

    { "counters in <noscript> are no images",
      "<noscript><img src=/dem.gif width=1 height=1></noscript>",
      IMAGES, "url", NULL, NULL }
};


static yajl_val
media_item(const char *body)
{
    char  page[8192];

    snprintf(page, sizeof(page), "<meta charset=utf-8><title>" TITLE
             "</title><h1>" TITLE "</h1><div>" TEXT "%s" MORE "</div>", body);

    return read_page(page);
}


static void
test_cases(void **state)
{
    size_t       i;
    yajl_val     item, element;
    const char  *found;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        item = media_item(cases[i].body);
        element = read_element(item, cases[i].array, 0);
        found = element ? read_string(element, cases[i].member) : NULL;

        if ((found == NULL) != (cases[i].value == NULL)
            || (found && strcmp(found, cases[i].value) != 0))
        {
            print_error("%s: %s is \"%s\"\n", cases[i].name, cases[i].member,
                        found ? found : "(none)");
            fail();
        }

        if (cases[i].html
            && strstr(read_string(item, "content_html"), cases[i].html)
               == NULL)
        {
            print_error("%s: got \"%s\"\n", cases[i].name,
                        read_string(item, "content_html"));
            fail();
        }

        yajl_tree_free(item);
    }
}


static long long
media_number(yajl_val element, const char *name)
{
    yajl_val     value;
    const char  *path[] = { name, NULL };

    value = yajl_tree_get(element, path, yajl_t_number);

    return value ? YAJL_GET_INTEGER(value) : -1;
}


/* Sizes as the page tells them, each beside its own file. */

static void
test_sizes(void **state)
{
    size_t    i;
    yajl_val  item;

    static const long long  sizes[] = {
        1258291, 35840, -1, 1048576, 2048, -1
    };

    (void) state;

    item = media_item("<p>Tệp đính kèm: <a href=/t/1.pdf>Công văn</a> "
                      "(1,2 MB), <a href=/t/2.doc>Phụ lục</a> - 35KB; "
                      "<a href=/t/3.doc>Mẫu 2</a> dài 12 m; "
                      "<a href=/t/4.xls>Bảng 1.024 KB</a> "
                      "<a href=/t/5.zip>Ảnh</a> [2.048 byte]</p>"
                      "<p><a href=/t/6.pdf>Trang 7</a></p>");

    assert_int_equal(read_length(item, FILES), test_number(sizes));

    for (i = 0; i < test_number(sizes); i++) {
        assert_int_equal(media_number(read_element(item, FILES, i),
                                      "size_in_bytes"), sizes[i]);
    }

    yajl_tree_free(item);
}


static void
test_image_sides(void **state)
{
    yajl_val  item;

    (void) state;

    item = media_item("<img src=/a.jpg width=640 height=480><img src=/b.jpg "
                      "width=100% height=300><img src=/c.jpg>");

    assert_int_equal(read_length(item, IMAGES), 3);
    assert_int_equal(media_number(read_element(item, IMAGES, 0), "width"),
                     640);
    assert_int_equal(media_number(read_element(item, IMAGES, 0), "height"),
                     480);
    assert_int_equal(media_number(read_element(item, IMAGES, 1), "width"),
                     -1);
    assert_int_equal(media_number(read_element(item, IMAGES, 2), "height"),
                     -1);

    yajl_tree_free(item);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_image_sides)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

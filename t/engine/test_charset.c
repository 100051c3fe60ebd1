/*
 * Copyright (C) ngx_article authors
 */

#include <iconv.h>
#include <stdio.h>

#include "support.h"

#include "charset.h"


/* A literal, zero bytes included, and its length. */
#define BYTES(s)  (s), sizeof(s) - 1

#define META(charset)  "<html><head><meta charset=\"" charset "\"></head>"


typedef struct {
    const char         *page;
    const char         *declared;
    article_charset_t   charset;
} charset_case_t;


static const charset_case_t  cases[] = {

    /* well-formed UTF-8 is UTF-8, whatever is declared */

    { "", "", ARTICLE_CHARSET_UTF8 },
    { "<p>ascii</p>", "windows-1258", ARTICLE_CHARSET_UTF8 },
    { "<p>Tỉnh ủy</p>", "iso-8859-1", ARTICLE_CHARSET_UTF8 },
    { META("windows-1258") "Tỉnh ủy", "", ARTICLE_CHARSET_UTF8 },
    { META("unicode") "Tỉnh ủy", "", ARTICLE_CHARSET_UTF8 },
    { "\xef\xbb\xbf<p>\xff", "windows-1258", ARTICLE_CHARSET_UTF8 },

    /* damaged UTF-8 stays UTF-8 */

    { META("utf-8") "Tỉnh ủy\xc3 Việt Nam", "", ARTICLE_CHARSET_UTF8 },
    { "Tỉnh ủy\xc3 Việt Nam", "", ARTICLE_CHARSET_UTF8 },

    { META("windows-1258") "T\xec\xd2nh", "", ARTICLE_CHARSET_WINDOWS_1258 },
    { "<meta http-equiv=Content-Type content='text/html; charset=CP1258'>"
      "T\xec\xd2nh", "", ARTICLE_CHARSET_WINDOWS_1258 },
    { "T\xec\xd2nh", "Windows-1258", ARTICLE_CHARSET_WINDOWS_1258 },
    { "<?xml version=\"1.0\" encoding=\"windows-1258\"?>T\xec\xd2nh", "",
      ARTICLE_CHARSET_WINDOWS_1258 },
    { "<META  CHARSET = windows-1258 >T\xec\xd2nh", "",
      ARTICLE_CHARSET_WINDOWS_1258 },

    /* HTTP comes before meta, a comment is no declaration */

    { META("windows-1258") "caf\xe9", "iso-8859-1",
      ARTICLE_CHARSET_WINDOWS_1252 },
    { "<!-- " META("iso-8859-1") " -->" META("windows-1258") "T\xec\xd2nh",
      "", ARTICLE_CHARSET_WINDOWS_1258 },
    { META("unknown-8bit") META("windows-1258") "T\xec\xd2nh", "",
      ARTICLE_CHARSET_WINDOWS_1258 },
    { META("windows-1252") "caf\xe9 fran\xe7" "ais", "",
      ARTICLE_CHARSET_WINDOWS_1252 },

    /* declared UTF-8, and hardly any of it is */

    { META("utf-8") "Vi\xea\xf2t Nam, \xf0\xf4\xecng b\xe0o", "",
      ARTICLE_CHARSET_WINDOWS_1258 },
};


static void
detected(void **state)
{
    size_t             i;
    article_slice_t    page;
    article_charset_t  charset;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        page = slice_exact(cases[i].page, strlen(cases[i].page));
        charset = article_charset_detect(page, test_slice(cases[i].declared));

        if (charset != cases[i].charset) {
            print_error("case %zu: charset %d\n", i, (int) charset);
            fail();
        }

        slice_free(page);
    }
}


static void
declared_late(void **state)
{
    char    *page;
    size_t   at;

    (void) state;

    page = malloc(100000);
    memset(page, ' ', 100000);
    memcpy(page + 90000, "T\xec\xd2nh", 5);

    for (at = 0; at < 64000; at += 6874) {
        memset(page, ' ', 90000);
        memcpy(page + at, META("windows-1258"), strlen(META("windows-1258")));
        assert_int_equal(article_charset_detect(
                                     (article_slice_t) { page, 100000 },
                                     test_slice("")),
                         ARTICLE_CHARSET_WINDOWS_1258);
    }

    free(page);
}


static void
decode(const char *bytes, size_t len, const char *declared,
    const char *expected)
{
    article_slice_t   page, text;
    article_arena_t  *arena;

    arena = article_arena_create(1024 * 1024);
    page = slice_exact(bytes, len);
    text = article_charset_decode(arena, page, test_slice(declared));

    assert_non_null(text.data);
    test_equal(text, expected);

    slice_free(page);
    article_arena_destroy(arena);
}


static void
decoded(void **state)
{
    (void) state;

    decode(BYTES(""), "", "");
    decode(BYTES("T\xe1\xbb\x89nh"), "", "Tỉnh");
    decode(BYTES("\xef\xbb\xbfT\xe1\xbb\x89nh"), "", "Tỉnh");
    decode(BYTES("Tỉnh \xc3!"), "utf-8", "Tỉnh \ufffd!");
    decode(BYTES("Viê\u0323t"), "", "Việt");

    /* the output of windows-1258 is composed */

    decode(BYTES("Vi\xea\xf2t Nam \xd0\xf4\xccng"), "windows-1258",
           "Việt Nam Đồng");
    decode(BYTES("ca\xd2 n\xfd\xf5\xec" "c \x93\x94"), "windows-1258",
           "cả nước “”");
    decode(BYTES("caf\xe9 \x80"), "windows-1252", "café €");

    /* UTF-16, with a mark and without, and what is ill-formed in it */

    decode(BYTES("\xff\xfeT\0\xc9\x1en\0h\0"), "", "Tỉnh");
    decode(BYTES("\xfe\xff\0T\x1e\xc9\0n\0h"), "utf-8", "Tỉnh");
    decode(BYTES("<\0p\0>\0t\0i\0n\0<\0/\0p\0>\0"), "", "<p>tin</p>");
    decode(BYTES("\0<\0p\0>\0t\0i\0n\0<\0/\0p\0>"), "", "<p>tin</p>");
    decode(BYTES("\xff\xfe\x3d\xd8\x00\xdex\0"), "", "\U0001f600x");
    decode(BYTES("\xff\xfe\x3d\xd8x\0\x00\xde\x3d\xd8"), "",
           "\ufffdx\ufffd\ufffd");
    decode(BYTES("\xff\xfet\0i"), "", "t");
}


/* One sentence in each of the old charsets. */

#define TEXT                                                                  \
    "Tỉnh ủy Bạc Liêu tổ chức hội nghị, đồng chí Nguyễn Văn Hậu dự và phát "  \
    "biểu"
#define TEXT_TCVN3                                                            \
    "T\xd8nh \xf1y B\xb9" "c Li\xaau t\xe6 ch\xf8" "c h\xe9i ngh\xde, "       \
    "\xae\xe5ng ch\xdd Nguy\xd4n V\xa8n H\xcbu d\xf9 v\xb5 ph\xb8t "          \
    "bi\xd3u"
#define TEXT_VNI                                                              \
    "T\xe6nh u\xfby Ba\xef" "c Lie\xe2u to\xe5 ch\xf6\xf9" "c ho\xe4i "       \
    "ngh\xf2, \xf1o\xe0ng ch\xed Nguye\xe3n Va\xean Ha\xe4u d\xf6\xef "       \
    "va\xf8 pha\xf9t bie\xe5u"
#define TEXT_VISCII                                                           \
    "T\xefnh \xfcy B\xd5" "c Li\xeau t\xb1 ch\xd1" "c h\xb5i ngh\xb8, "       \
    "\xf0\xb0ng ch\xed Nguy\xadn V\xe5n H\xa7u d\xf1 v\xe0 ph\xe1t "          \
    "bi\xacu"
#define TEXT_1258                                                             \
    "Ti\xd2nh u\xd2y Ba\xf2" "c Li\xeau t\xf4\xd2 ch\xfd\xec" "c "            \
    "h\xf4\xf2i nghi\xf2, \xf0\xf4\xccng ch\xed Nguy\xea\xden V\xe3n "        \
    "H\xe2\xf2u d\xfd\xf2 v\xe0 ph\xe1t bi\xea\xd2u"


static void
old_charsets(void **state)
{
    size_t                    i, k;
    char                      page[400];
    static const char *const  declared[] = {
        "", "utf-8", "iso-8859-1", "windows-1258", "x-user-defined"
    };
    static const struct {
        const char         *text;
        article_charset_t   charset;
    } texts[] = {
        { TEXT_TCVN3, ARTICLE_CHARSET_TCVN3 },
        { TEXT_VNI, ARTICLE_CHARSET_VNI },
        { TEXT_VISCII, ARTICLE_CHARSET_VISCII },
        { TEXT_1258, ARTICLE_CHARSET_WINDOWS_1258 }
    };

    (void) state;

    /* what the words are counts, not what is declared */

    for (i = 0; i < test_number(texts); i++) {
        for (k = 0; k < test_number(declared); k++) {
            assert_int_equal(article_charset_detect(test_slice(texts[i].text),
                                                    test_slice(declared[k])),
                             texts[i].charset);

            decode(texts[i].text, strlen(texts[i].text), declared[k], TEXT);
        }
    }

    /* the words of markup are none */

    (void) snprintf(page, sizeof(page), "<p title='\xe9t\xe9 \xe9t\xe9 "
                    "\xe9t\xe9 \xe9t\xe9 \xe9t\xe9 \xe9t\xe9 \xe9t\xe9'>%s",
                    TEXT_TCVN3);
    assert_int_equal(article_charset_detect(test_slice(page), test_slice("")),
                     ARTICLE_CHARSET_TCVN3);

    /* no Vietnamese: as declared, or what most are */

    assert_int_equal(article_charset_detect(
                         test_slice("\xe9t\xe9 fran\xe7" "ais caf\xe9s "
                                    "\xe9l\xe8ves Andr\xe9s fr\xe8re"),
                         test_slice("viscii")), ARTICLE_CHARSET_VISCII);
    assert_int_equal(article_charset_detect(
                         test_slice("\xe9t\xe9 fran\xe7" "ais caf\xe9s "
                                    "\xe9l\xe8ves Andr\xe9s fr\xe8re"),
                         test_slice("")), ARTICLE_CHARSET_WINDOWS_1252);
}


static void
capitals_of_fonts(void **state)
{
    (void) state;

    decode(BYTES(TEXT_TCVN3 "<font face=\".VnTimeH\">B\xb9" "c Li\xaau &amp; "
                 "<b>\xae\xb6</b><font face='.VnTime'>t\xd8nh</font> x</font>"
                 " t\xd8nh<span style='font-family:.VnArial NarrowH'>\xf1y"
                 "</span>"), "",
           TEXT "<font face=\".VnTimeH\">BẠC LIÊU &amp; <b>ĐẢ</b>"
           "<font face='.VnTime'>tỉnh</font> X</font> tỉnh"
           "<span style='font-family:.VnArial NarrowH'>ỦY</span>");

    /* closed more often than opened, opened deeper than is followed */

    decode(BYTES(TEXT_TCVN3 "</font></font>\xf1y<font face=.VnTimeH"), "",
           TEXT "</font></font>ủy<font face=.VnTimeH");
}


/*
 * Appends UTF-8 as if its bytes were characters of Latin-1, or of
 * windows-1252 where that has others (only U+2030 for 0x89 here).
 */
static void
twice(char *out, const char *text, unsigned windows)
{
    size_t  n;

    n = strlen(out);

    for ( /* void */ ; *text != '\0'; text++) {
        n += article_utf8_put(out + n, windows && *text == '\x89'
                                       ? 0x2030 : (unsigned char) *text);
    }

    out[n] = '\0';
}


static void
encoded_twice(void **state)
{
    char  page[1000];

    (void) state;

    page[0] = '\0';
    twice(page, TEXT, 0);
    decode(page, strlen(page), "", TEXT);

    /* beside text that is right, and references, which stay */

    (void) snprintf(page, sizeof(page), "Tỉnh ủy &#7889; Ã è. ");
    twice(page, "Á Â Ã Í ", 0);
    twice(page, "Tỉnh", 1);
    decode(page, strlen(page), "", "Tỉnh ủy &#7889; Ã è. Á Â Ã Í Tỉnh");

    /* a few control characters are no proof: nothing is touched */

    page[0] = '\0';
    twice(page, "Liêu \x81", 0);
    assert_ptr_equal(article_charset_decode(NULL, test_slice(page),
                                            test_slice("")).data, page);
}


static void
page_is_not_copied(void **state)
{
    article_slice_t   page;
    article_arena_t  *arena;

    (void) state;

    arena = article_arena_create(0);
    page = test_slice("<p>Tỉnh ủy Bạc Liêu</p>");
    assert_ptr_equal(article_charset_decode(arena, page, test_slice("")).data,
                     page.data);
    article_arena_destroy(arena);
}


/* Every byte, and every letter before every tone mark, against iconv. */
static void
as_iconv_does(void **state)
{
    char              in[2], out[16], *from, *to;
    size_t            in_left, out_left, i;
    iconv_t           cd;
    unsigned          one, two;
    article_slice_t   page, text, expected;
    article_arena_t  *arena;

    (void) state;

    cd = iconv_open("UTF-8", "CP1258");
    if (cd == (iconv_t) -1) {
        skip();
    }

    arena = article_arena_create(1024 * 1024);

    for (i = 0; i < 256 * 128; i++) {
        one = (unsigned) (i / 128);
        two = 0x80 + i % 128;
        in[0] = (char) one;
        in[1] = (char) two;

        from = in;
        to = out;
        in_left = 2;
        out_left = sizeof(out);
        (void) iconv(cd, NULL, NULL, NULL, NULL);

        if (iconv(cd, &from, &in_left, &to, &out_left) == (size_t) -1
            || iconv(cd, NULL, NULL, &to, &out_left) == (size_t) -1)
        {
            continue;
        }

        page = (article_slice_t) { in, 2 };

        /*
         * glibc makes letters of two marks above in the wrong order, of
         * those that are not Vietnamese: an O with acute and a tilde.
         */

        if (article_charset_detect(page, test_slice("cp1258"))
            != ARTICLE_CHARSET_WINDOWS_1258
            || (one >= 0x80 && memchr("\xcc\xd2\xde\xec\xf2", (int) two, 5)
                && !memchr("\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd",
                           (int) one, 12)))
        {
            continue;
        }

        text = article_charset_decode(arena, page, test_slice("cp1258"));

        /* iconv composes, but does not reorder: bring both to NFC */

        expected = (article_slice_t) { out, (size_t) (to - out) };

        if (!article_slice_equal(text, article_nfc(arena, expected))) {
            print_error("%02x %02x\n", one, two);
            fail();
        }

        article_arena_reset(arena, 65536);
    }

    iconv_close(cd);
    article_arena_destroy(arena);
}


static void
out_of_memory(void **state)
{
    size_t                    i, limit;
    article_slice_t           text;
    article_arena_t          *arena;
    static const char *const  pages[] = {
        "Tỉnh \xc3 ủy, một trang hơi dài để phải xin thêm bộ nhớ",
        META("windows-1258") "Vi\xea\xf2t Nam \xd0\xf4\xccng",
        "\xff\xfex\xd8y\xd8",
        TEXT_TCVN3 "<font face='.VnTimeH'>B\xb9" "c Li\xaau",
        TEXT_VNI,
        "\xc2\x81 \xc2\x81 \xc2\x81 \xc2\x81 \xc3\x81\xc2\xbb"
    };

    (void) state;

    for (i = 0; i < test_number(pages); i++) {
        for (limit = 0; limit < 1024; limit += 16) {
            arena = article_arena_create(limit);
            text = article_charset_decode(arena, test_slice(pages[i]),
                                          test_slice(""));
            assert_int_equal(text.data == NULL, article_arena_failed(arena));
            article_arena_destroy(arena);
        }
    }
}


static void
binary(void **state)
{
    size_t                        i;
    static const article_slice_t  files[] = {
        article_literal("\x89PNG\r\n\x1a\n\0\0\0\rIHDR<p>"),
        article_literal("\xff\xd8\xff\xe0\0\x10JFIF"),
        article_literal("GIF89a\x01\0\x01\0<"),
        article_literal("PK\x03\x04"),
        article_literal("\x1f\x8b\x08\0"),
        article_literal("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <<")
    };
    static const article_slice_t  texts[] = {
        article_literal(""),
        article_literal("Không có thẻ\r\n\t\f"),
        article_literal("<p>\x01\x1a\xff"),
        article_literal("\0\0<p>"),
        article_literal("\x1b$B<p>"),
        article_literal("\xff\xfe\xa0\x1e<\0p\0"),
        article_literal("<\0p\0>\0\xa0\x1e")
    };

    (void) state;

    for (i = 0; i < test_number(files); i++) {
        assert_true(article_charset_is_binary(files[i]));
    }

    for (i = 0; i < test_number(texts); i++) {
        assert_false(article_charset_is_binary(texts[i]));
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(detected),
        cmocka_unit_test(declared_late),
        cmocka_unit_test(decoded),
        cmocka_unit_test(old_charsets),
        cmocka_unit_test(capitals_of_fonts),
        cmocka_unit_test(encoded_twice),
        cmocka_unit_test(page_is_not_copied),
        cmocka_unit_test(as_iconv_does),
        cmocka_unit_test(out_of_memory),
        cmocka_unit_test(binary),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

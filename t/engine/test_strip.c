/*
 * Copyright (C) ngx_article authors
 *
 * The rules of a portal file, executed on a page that streams by.
 */

#include <stdio.h>

#include "support.h"
#include "support_strip.h"


#define LINKS  "<a href=/1>Khánh thành trường tiểu học xã Đồng Mai</a> " \
               "<a href=/2>Nông dân Thụy Sơn vào vụ thu hoạch mới</a>"


typedef struct {
    const char  *rules;     /* "strip" and "keep" of a portal file */
    const char  *html;
    const char  *kept;      /* what stays of it */
} rule_case_t;


static const rule_case_t  cases[] = {

    /* tag, id, class, attribute, descendant, child */
    { "\"strip\": [\"i\"]", "<b>a<i>b</i>c</b>", "<b>ac</b>" },
    { "\"strip\": [\"#x\"]", "<p id=x>a</p><p id=y>b</p>",
      "<p id=y>b</p>" },
    { "\"strip\": [\"div.b.a\"]", "<div class='a x b'>a</div><div class=a>",
      "<div class=a>" },
    { "\"strip\": [\"[data-a]\"]", "<p DATA-A>a</p><p>b</p>", "<p>b</p>" },
    { "\"strip\": [\"[href^='/q'][href$=c]\"]",
      "<a href=/qbc>a</a><a href=/qb>b</a>", "<a href=/qb>b</a>" },
    { "\"strip\": [\"[class*=rel]\"]", "<p class=a-rel>a</p><p>b</p>",
      "<p>b</p>" },
    { "\"strip\": [\"[lang|=vi]\"]",
      "<p lang=vi-VN>a</p><p lang=vie>b</p>", "<p lang=vie>b</p>" },
    { "\"strip\": [\"div p\"]", "<div><b><p>a</p></b></div><p>b</p>",
      "<div><b></b></div><p>b</p>" },
    { "\"strip\": [\"div > i\"]", "<div><b><i>a</i></b><i>c</i></div>",
      "<div><b><i>a</i></b></div>" },
    { "\"strip\": [\"div .a > i\"]",
      "<div><p><b class=a><i>a</i></b></p></div><b class=a><i>b</i></b>",
      "<div><p><b class=a></b></p></div><b class=a><i>b</i></b>" },

    /* a cell's content goes, the cell stays */
    { "\"strip\": [\"td.a\"]",
      "<table><tr><td class=a>a<td>b</td></tr></table>",
      "<table><tr><td class=a><td>b</td></tr></table>" },

    /* with a heading, alone or not */
    { "\"strip\": [{\"select\": \"div\", \"heading\": \"BÁO in\"}]",
      "<div><b>Báo in</b>a</div><div>b</div><div>x<p>Báo in</p></div>",
      "<div><b>Báo in</b>a</div><div>b</div><div>x<p>Báo in</p></div>" },
    { "\"strip\": [{\"select\": \"div\", \"heading\": \"BÁO in\"}]",
      "<div><p>Báo in</p>a</div><div>b</div><div>x<p>Báo in</p></div>",
      "<div>b</div><div>x<p>Báo in</p></div>" },
    { "\"strip\": [{\"heading\": \"Chuyện trong tỉnh\"}]",
      "<p>a</p><h3>Chuyện trong tỉnh</h3><ul><li>" LINKS "</ul><p>b</p>",
      "<p>a</p><p>b</p>" },

    /* guards */
    { "\"strip\": [{\"select\": \"div\", \"only\": \"links\"}]",
      "<div>" LINKS "</div><div>một đoạn văn không có liên kết nào cả</div>",
      "<div>một đoạn văn không có liên kết nào cả</div>" },
    { "\"strip\": [{\"select\": \"div\", \"min_links\": 3}]",
      "<div>" LINKS "</div>", "<div>" LINKS "</div>" },
    { "\"strip\": [{\"select\": \"div\", \"max\": 20}]",
      "<div>a</div><div>bbbbbbbbbbbbbbbbbbbb</div>",
      "<div>bbbbbbbbbbbbbbbbbbbb</div>" },
    { "\"strip\": [{\"select\": \"p\", \"only\": \"counter\"}]",
      "<p>Lượt xem: 5</p><p>abc</p>", "<p>abc</p>" },

    /* the outer of two rules' blocks; what fails leaves the inner one */
    { "\"strip\": [\"div\", \"p\"]", "<div><p>a</p>b</div>", "" },
    { "\"strip\": [{\"select\": \"div\", \"min_links\": 1}, \"p\"]",
      "<div><p>a</p>b</div>", "<div>b</div>" },

    /* never: hidden fields, "keep", what is not clean, what has no end */
    { "\"strip\": [\"div\"]", "<div>a<input type=hidden></div>",
      "<div>a<input type=hidden></div>" },
    { "\"strip\": [\"div\"], \"keep\": [\"#g\"]",
      "<div>a</div><div>b<p id=g>c</p></div>", "<div>b<p id=g>c</p></div>" },
    { "\"strip\": [\"p\"], \"keep\": [\"#g\"]",
      "<div id=g>b<p>c</p></div><p>d</p>", "<div id=g>b<p>c</p></div>" },
    { "\"strip\": [\"div\"]", "<p>a<div>b</div>c", "<p>a<div>b</div>c" },
    { "\"strip\": [\"p\"]", "<p>a<div>b</div>c", "<p>a<div>b</div>c" },
    { "\"strip\": [\"div\"]", "<div>a", "<div>a" },
    { "\"strip\": [\"div\"]", "<div>a<b>b</div>c</b>", "<div>a<b>b</div>c</b>" }
};


static article_portal_t *
portal_of(const char *rules)
{
    char                json[512];
    article_error_t     error;
    article_portal_t   *portal;

    snprintf(json, sizeof(json), "{\"portal\": \"p\", %s}", rules);

    portal = article_portal_parse(json, strlen(json), &error);
    if (portal == NULL) {
        print_error("%s\n %u:%u: %s\n", json, error.line, error.column,
                    error.message);
    }

    assert_non_null(portal);

    return portal;
}


static void
rules(void **state)
{
    char                     page[2048], want[2048], *out, *wrong;
    size_t                   i, k, len;
    strip_cuts_t             cuts, got;
    article_slice_t          s;
    article_portal_t        *portal;
    article_strip_options_t  options;

    static const char  begin[] = "<!DOCTYPE html><html><head></head><body>"
                                 "<h1>x</h1>";
    static const char  end[] = "</body></html>";

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        portal = portal_of(cases[i].rules);
        memset(&options, 0, sizeof(options));
        options.portal = portal;

        snprintf(page, sizeof(page), "%s%s%s", begin, cases[i].html, end);
        snprintf(want, sizeof(want), "%s%s%s", begin, cases[i].kept, end);
        s = test_slice(page);

        assert_null(strip_page(&options, s, 0, 0, &cuts));
        out = strip_output(s, &cuts, &len);

        if (strcmp(out, want) != 0) {
            print_error("case %u: %s on %s\n", (unsigned) i, cases[i].rules,
                        cases[i].html);
        }

        assert_string_equal(out, want);
        free(out);

        wrong = strip_oracle(s, &cuts);
        assert_null(wrong);

        for (k = 1; k < s.len; k++) {
            assert_null(strip_page_two(&options, s, k, &got));
            assert_true(strip_cuts_equal(&cuts, &got));
        }

        assert_null(strip_page(&options, s, 1, 0, &got));
        assert_true(strip_cuts_equal(&cuts, &got));

        article_portal_destroy(portal);
    }
}


/* The reason of a cut is the file's, or the rule itself. */
static void
reasons(void **state)
{
    article_range_t           cut;
    article_strip_t          *strip;
    article_portal_t         *portal;
    article_strip_options_t   options;
    static const char         page[] = "<body><p>a</p><i>b</i></body>";

    (void) state;

    portal = portal_of("\"strip\": [\"p\", {\"select\": \"i\", \"why\": "
                       "\"Chữ nghiêng\"}]");
    memset(&options, 0, sizeof(options));
    options.portal = portal;

    strip = article_strip_create(&options);
    article_strip_feed(strip, page, strlen(page));
    article_strip_finish(strip);

    assert_int_equal(article_strip_next_cut(strip, &cut), 1);
    assert_string_equal(article_strip_why(strip), "rule p");
    assert_int_equal(cut.start, 6);
    assert_int_equal(cut.end, 22);
    assert_int_equal(article_strip_next_cut(strip, &cut), 0);

    article_strip_destroy(strip);
    article_portal_destroy(portal);
}


/* Deeper than can be followed: the rest passes, what was cut stays cut. */
static void
doubt(void **state)
{
    char                     *page;
    size_t                    len, i;
    article_range_t           cut;
    article_strip_t          *strip;
    article_portal_t         *portal;
    article_strip_options_t   options;

    (void) state;

    portal = portal_of("\"strip\": [\"p\"]");
    memset(&options, 0, sizeof(options));
    options.portal = portal;

    page = malloc(8192);
    len = (size_t) snprintf(page, 8192, "<body><p>a</p>");

    for (i = 0; i < 400; i++) {
        len += (size_t) snprintf(page + len, 8192 - len, "<div>");
    }

    len += (size_t) snprintf(page + len, 8192 - len, "<p>b</p>");

    strip = article_strip_create(&options);
    assert_int_equal(article_strip_feed(strip, page, len),
                     ARTICLE_STRIP_DOUBT);
    assert_int_equal(article_strip_decided(strip), len);
    assert_int_equal(article_strip_next_cut(strip, &cut), 1);
    assert_int_equal(cut.end, 14);
    assert_int_equal(article_strip_next_cut(strip, &cut), 0);
    assert_int_equal(article_strip_feed(strip, "x", 1), ARTICLE_STRIP_DOUBT);
    assert_int_equal(article_strip_decided(strip), len + 1);

    free(page);
    article_strip_destroy(strip);
    article_portal_destroy(portal);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(rules),
        cmocka_unit_test(reasons),
        cmocka_unit_test(doubt)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

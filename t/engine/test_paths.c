/*
 * Copyright (C) ngx_article authors
 *
 * Structural paths in cut selectors, against lexbor's own selectors on the
 * same page's DOM.
 */

#include <glob.h>
#include <stdio.h>

#include <lexbor/css/css.h>
#include <lexbor/html/html.h>
#include <lexbor/selectors/selectors.h>

#include "cutter.h"
#include "support.h"
#include "support_strip.h"


typedef struct {
    const char  *select;
    const char  *html;
    const char  *kept;
} path_case_t;


static const path_case_t  cases[] = {

    /* every child counts, or those with the same tag */
    { "div > i:nth-child(3)", "<div><b>1</b><i>2</i><i>3</i><i>4</i></div>",
      "<div><b>1</b><i>2</i><i>4</i></div>" },
    { "i:nth-of-type(2)", "<div><b>1</b><i>2</i><i>3</i></div><i>4</i>",
      "<div><b>1</b><i>2</i></div><i>4</i>" },
    { "p:first-child", "<div><p>1</p><p>2</p></div>",
      "<div><p>2</p></div>" },
    { "p:first-of-type", "<div><b>0</b><p>1</p><p>2</p></div>",
      "<div><b>0</b><p>2</p></div>" },
    { ":nth-child( 2 )", "<div><b>1</b><i>2</i></div>",
      "<div><b>1</b></div>" },
    { "p.a:nth-of-type(2)", "<p class=a>1</p><p class=a>2</p><p class=a>3",
      "<p class=a>1</p><p class=a>3" },
    { "p:nth-child(2):nth-of-type(1)", "<b>1</b><p>2</p><p>3</p>",
      "<b>1</b><p>3</p>" },

    /* elements without an end tag count, text and comments do not */
    { "p:nth-child(3)", "a<br><!-- b --><img src=x>c<p>1</p><p>2</p>",
      "a<br><!-- b --><img src=x>c<p>2</p>" },

    /* body, tbody and tr are there whether they are written or not */
    { "body > p:nth-child(2)", "<title>a</title><b>1</b><p>2</p><p>3</p>",
      "<title>a</title><b>1</b><p>3</p>" },
    { "body > p:nth-child(1)", "<html><body><p>2</p><p>3</p>",
      "<html><body><p>3</p>" },
    { "body p:nth-child(1)", "<html><div><p>2</p><p>3</p></div>",
      "<html><div><p>3</p></div>" },
    { "body > p:nth-child(2)", "<html><p>1</p><body><p>2</p><p>3</p>",
      "<html><p>1</p><body><p>3</p>" },
    { "body > div > p", "<div><p>2</p></div><b><p>3</p></b>",
      "<div></div><b><p>3</p></b>" },
    { "table > tr:nth-child(2) > td:nth-child(2)",
      "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
      "<table><tr><td>1<td>2<tr><td>3<td></table>" },
    { "table > tbody > tr:nth-of-type(2) > td",
      "<table><thead><tr><td>0</thead><tr><td>1<tr><td>2</table>",
      "<table><thead><tr><td>0</thead><tr><td>1<tr><td></table>" },
    { "table > tr > td > table:nth-of-type(2)",
      "<table><tr><td><table><tr><td>1</table><table><tr><td>2</table>"
      "</table>",
      "<table><tr><td><table><tr><td>1</table></table>" },
    { "body > table:nth-of-type(2) > tr > td:nth-child(3) > table",
      "<table><tr><td>a</table><table><tr><td>b<td>c<td><table><tr><td>d"
      "</table></table>",
      "<table><tr><td>a</table><table><tr><td>b<td>c<td></table>" },

    /* as long a path as ten years of layout by tables need */
    { "body > table:nth-of-type(1) > tr:nth-of-type(1) > td:nth-of-type(1) > "
      "table:nth-of-type(1) > tr:nth-of-type(1) > td:nth-of-type(2) > "
      "table:nth-of-type(1) > tr:nth-of-type(1) > td:nth-of-type(1) > "
      "table:nth-of-type(1) > tr:nth-of-type(1) > td:nth-of-type(1) > p",
      "<table><tr><td><table><tr><td>0<td><table><tr><td><table><tr><td>"
      "<p>1</p>2</table></table></table></table>",
      "<table><tr><td><table><tr><td>0<td><table><tr><td><table><tr><td>"
      "2</table></table></table></table>" },

    /* not beyond what is counted */
    { "p:nth-child(999)", "<p>1</p><p>2</p>", "<p>1</p><p>2</p>" }
};


/* As lexbor has them: in CSS no tr is a table's child. */
static const struct {
    const char  *select;
    const char  *css;
} same[] = {
    { "body div:nth-of-type(2)", NULL },
    { "body div:nth-child(3)", NULL },
    { "body > div:nth-of-type(1)", NULL },
    { "body > table:nth-of-type(2)", NULL },
    { "body td:nth-of-type(2)", NULL },
    { "body td:first-child", NULL },
    { "body table > tr:nth-of-type(2)", "body table > tbody > "
                                        "tr:nth-of-type(2)" },
    { "body table > tr:nth-of-type(1) > td:nth-child(2)",
      "body table > tbody > tr:nth-of-type(1) > td:nth-child(2)" },
    { "body li:first-of-type", NULL },
    { "body li:nth-child(3)", NULL },
    { "body ul:nth-of-type(1) > li:nth-of-type(2)", NULL },
    { "body p:nth-of-type(2)", NULL },
    { "body p:nth-child(4)", NULL },
    { "body > form:first-of-type > div:nth-of-type(2)", NULL },
    { "body :nth-child(5)", "body :nth-child(5):not(br,hr,img,input,col,link,"
      "meta,source,wbr,area,base,embed,param,track,svg *)" }
};


static article_portal_t *
portal_of(const char *key, const char *select)
{
    char               json[2048];
    int                len;
    article_error_t    error;
    article_portal_t  *portal;

    len = snprintf(json, sizeof(json), "{\"portal\":\"a\",\"%s\":[\"%s\"]}",
                   key, select);
    portal = article_portal_parse(json, (size_t) len, &error);

    if (portal == NULL) {
        print_error("%s: %s\n", select, error.message);
    }

    assert_non_null(portal);

    return portal;
}


static void
paths(void **state)
{
    char                     *out, *wrong;
    size_t                    i, k, len;
    strip_cuts_t              cuts, got;
    article_slice_t           page;
    article_portal_t         *portal;
    article_strip_options_t   options;

    (void) state;
    memset(&options, 0, sizeof(options));

    for (i = 0; i < test_number(cases); i++) {
        portal = portal_of("strip", cases[i].select);
        options.portal = portal;
        page = test_slice(cases[i].html);

        assert_null(strip_page(&options, page, 0, 0, &cuts));
        out = strip_output(page, &cuts, &len);

        if (strcmp(out, cases[i].kept) != 0) {
            print_error("%s: %s\n", cases[i].select, out);
        }

        assert_string_equal(out, cases[i].kept);
        free(out);

        wrong = strip_oracle(page, &cuts);
        assert_null(wrong);

        for (k = 1; k < page.len; k++) {
            assert_null(strip_page_two(&options, page, k, &got));
            assert_true(strip_cuts_equal(&cuts, &got));
        }

        article_portal_destroy(portal);
    }
}


/* How many elements the stream takes for the selector's. */
static unsigned
streamed(article_slice_t page, const char *select)
{
    unsigned                  n;
    article_strip_t          *strip;
    article_portal_t         *portal;
    article_strip_options_t   options;

    memset(&options, 0, sizeof(options));
    portal = select != NULL ? portal_of("keep", select) : NULL;
    options.portal = portal;

    /* each is one more thing that no cut may hold */

    strip = article_strip_create(&options);
    assert_non_null(strip);
    (void) article_strip_feed(strip, page.data, page.len);
    article_strip_finish(strip);
    n = strip->counts.vetoed;

    article_strip_destroy(strip);
    article_portal_destroy(portal);

    return n;
}


static lxb_status_t
count(lxb_dom_node_t *node, lxb_css_selector_specificity_t specificity,
    void *data)
{
    (void) node;
    (void) specificity;
    (*(unsigned *) data)++;

    return LXB_STATUS_OK;
}


static unsigned
in_dom(lxb_html_document_t *document, const char *css)
{
    unsigned                  n;
    lxb_selectors_t          *selectors;
    lxb_css_parser_t         *parser;
    lxb_css_selector_list_t  *list;

    n = 0;
    parser = lxb_css_parser_create();
    lxb_css_parser_init(parser, NULL);
    selectors = lxb_selectors_create();
    lxb_selectors_init(selectors);
    lxb_selectors_opt_set(selectors, LXB_SELECTORS_OPT_MATCH_FIRST);

    list = lxb_css_selectors_parse(parser, (const lxb_char_t *) css,
                                   strlen(css));
    assert_non_null(list);
    assert_int_equal(lxb_selectors_find(selectors,
                                        lxb_dom_interface_node(document),
                                        list, count, &n),
                     LXB_STATUS_OK);

    lxb_css_selector_list_destroy_memory(list);
    lxb_selectors_destroy(selectors, 1);
    lxb_css_parser_destroy(parser, 1);

    return n;
}


/* The same number of elements as in the DOM, on the pages of the tests. */
static void
dom(void **state)
{
    char                  data[256 * 1024];
    FILE                 *file;
    glob_t                found;
    size_t                i, k;
    unsigned              n, want, all;
    const char           *css;
    article_slice_t       page;
    lxb_html_document_t  *document;

    (void) state;
    assert_int_equal(glob(getenv("PATHS_PAGES") != NULL
                          ? getenv("PATHS_PAGES") : "t/pages/*/*.html", 0,
                          NULL, &found),
                     0);
    all = 0;

    for (i = 0; i < found.gl_pathc; i++) {
        file = fopen(found.gl_pathv[i], "rb");
        assert_non_null(file);
        page.data = data;
        page.len = fread(data, 1, sizeof(data), file);
        fclose(file);

        document = lxb_html_document_create();
        document->dom_document.scripting = true;
        lxb_html_document_parse(document, (lxb_char_t *) data, page.len);

        for (k = 0; k < test_number(same); k++) {
            css = same[k].css != NULL ? same[k].css : same[k].select;
            want = in_dom(document, css);
            n = streamed(page, same[k].select) - streamed(page, NULL);
            all += n;

            if (n != want) {
                print_error("%s: %s: %u, in the DOM %u\n",
                            found.gl_pathv[i], same[k].select, n, want);
            }

            assert_int_equal(n, want);
        }

        lxb_html_document_destroy(document);
    }

    assert_true(all > 1000);
    globfree(&found);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(paths),
        cmocka_unit_test(dom)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

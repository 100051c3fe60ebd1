/*
 * Copyright (C) ngx_article authors
 *
 * What is told of cuts, and of the ids in them that scripts name.
 */

#include <stdio.h>
#include <string.h>

#include "support.h"


#define BODY  "<body><p>1</p>"

#define LIST                                                                  \
    "<div id=hop><h3>Tin liên quan</h3><ul id=ds>"                            \
    "<li><a href=/1>Khánh thành trường tiểu học xã Đồng Mai</a>"              \
    "<li><a href=/2>Nông dân Thụy Sơn vào vụ thu hoạch mới</a></ul></div>"


typedef struct {
    const char  *page;
    const char  *told;      /* in a line; NULL: only the cut itself */
} told_case_t;


static const told_case_t  cases[] = {
    { BODY LIST, NULL },
    { BODY LIST "<script>document.getElementById('ds').style.top = 0</script>",
      "with the id \"ds\", which the script at byte 218 takes for granted" },
    { BODY LIST "<script>document.querySelector(\"#hop\").hide()</script>",
      "with the id \"hop\", which the script at byte 218 takes for granted" },
    { BODY LIST "<script>$('#ds').hide()</script>",
      "with the id \"ds\", which the script at byte 218 names" },
    { BODY LIST "<script>e = document.getElementById('ds'); if (e) 1</script>",
      "with the id \"ds\", which the script at byte 218 names" },
    { BODY "<script>show('ds')</script>" LIST, "script at byte 22 names" },
    { BODY LIST "<script>var ds = 'dsx', b = \"#xds\"</script>", NULL },
    { BODY LIST "<style>#ds { top: 0 }</style><p>'ds'</p>", NULL }
};


typedef struct {
    char      text[4096];
    size_t    len;
    unsigned  lines;
} told_t;


static void
line(void *data, article_slice_t text)
{
    told_t  *told;

    told = data;
    told->lines++;
    assert_true(told->len + text.len + 2 < sizeof(told->text));
    memcpy(told->text + told->len, text.data, text.len);
    told->len += text.len;
    told->text[told->len++] = '\n';
    told->text[told->len] = '\0';
}


static void
named(void **state)
{
    size_t                    i;
    told_t                    told;
    article_strip_options_t   options;

    (void) state;
    memset(&options, 0, sizeof(options));
    options.builtin = 1;

    for (i = 0; i < test_number(cases); i++) {
        memset(&told, 0, sizeof(told));

        assert_int_equal(article_explain_cuts(&options, cases[i].page,
                                              strlen(cases[i].page), 1, line,
                                              &told),
                         ARTICLE_OK);

        assert_non_null(strstr(told.text, ": marker related\n"));

        if ((cases[i].told == NULL && told.lines != 1)
            || (cases[i].told != NULL
                && strstr(told.text, cases[i].told) == NULL))
        {
            print_error("%s\n%s", cases[i].page, told.text);
            fail();
        }

        /* the warnings alone */

        memset(&told, 0, sizeof(told));
        assert_int_equal(article_explain_cuts(&options, cases[i].page,
                                              strlen(cases[i].page), 0, line,
                                              &told),
                         ARTICLE_OK);
        assert_int_equal(told.lines, cases[i].told != NULL);
    }
}


/* An id is shown without what a terminal would obey. */
static void
clean(void **state)
{
    told_t                    told;
    article_strip_options_t   options;
    static const char         page[] =
        BODY "<div id='a\x1b[2Jb'>" LIST "</div>"
        "<script>$('#a\x1b[2Jb')</script>";

    (void) state;
    memset(&options, 0, sizeof(options));
    memset(&told, 0, sizeof(told));
    options.builtin = 1;

    assert_int_equal(article_explain_cuts(&options, page, sizeof(page) - 1, 1,
                                          line, &told),
                     ARTICLE_OK);
    assert_non_null(strstr(told.text, "with the id \"a"));
    assert_null(strchr(told.text, '\x1b'));
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(named),
        cmocka_unit_test(clean)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

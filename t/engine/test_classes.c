/*
 * Copyright (C) ngx_article authors
 *
 * What an element says about itself.
 */

#include "support.h"

#include "classes.h"


typedef struct {
    const char  *element;
    uint32_t     flags;
    unsigned     aligned;
} said_case_t;


static article_engine_t  *engine;


static const said_case_t  said_cases[] = {

    /* words: parted by what is no letter, and by capitals */

    { "<div class=menu>", ARTICLE_IN_NAV, 0 },
    { "<div id=menu>", ARTICLE_IN_NAV, 0 },
    { "<div class='x news-detail_2'>", ARTICLE_IN_BODY, 0 },
    { "<div class=mainMenu>", ARTICLE_IN_NAV, 0 },
    { "<div class=MENU>", ARTICLE_IN_NAV, 0 },
    { "<div class='vote tua'>", ARTICLE_IN_TOOLS|ARTICLE_IN_TITLE, 0 },
    { "<div class=menus id=sidebar>", ARTICLE_IN_NAV|ARTICLE_IN_SIDE, 0 },
    { "<div class=widget>", ARTICLE_IN_SIDE, 0 },
    { "<div class=ad>", ARTICLE_IN_AD, 0 },
    { "<div class='add ada a d'>", 0, 0 },
    { "<div class=submenus>", 0, 0 },
    { "<div class='men u'>", 0, 0 },

    /* parts: anywhere in the letters of a token */

    { "<div class=boxTinLienQuan2>", ARTICLE_IN_RELATED, 0 },
    { "<div class=lien-quan>", ARTICLE_IN_RELATED, 0 },
    { "<div class='lien quan'>", 0, 0 },
    { "<div id=xlienqua>", 0, 0 },
    { "<div class=chitietquangcao>", ARTICLE_IN_BODY|ARTICLE_IN_AD, 0 },

    /* alignment: a token, an attribute, a style */

    { "<p class=text-right>", ARTICLE_IN_RIGHT, 0 },
    { "<p class='x text-center'>", ARTICLE_IN_CENTER, 0 },
    { "<p class=text-rights>", 0, 0 },
    { "<p align=Right>", ARTICLE_IN_RIGHT, 1 },
    { "<p align=left>", 0, 1 },
    { "<table align=center>", 0, 1 },
    { "<p style='color: red;TEXT-ALIGN : center'>", ARTICLE_IN_CENTER, 1 },
    { "<p style='text-align:center;text-align:end'>", ARTICLE_IN_RIGHT, 1 },
    { "<p style='text-align: justify'>", 0, 1 },
    { "<p style='-text-align:right'>", 0, 0 },

    /* letters */

    { "<p style='font-weight:bold;font-style: italic'>",
      ARTICLE_IN_BOLD|ARTICLE_IN_ITALIC, 0 },
    { "<p style='font-size:15pt'>", ARTICLE_IN_BIG, 0 },
    { "<p style='font-size:18px'>", 0, 0 },
    { "<font size=4>", ARTICLE_IN_BIG, 0 },
    { "<font size=+1>", ARTICLE_IN_BIG, 0 },
    { "<font size=3>", 0, 0 },
    { "<strong>", ARTICLE_IN_BOLD, 0 }
};


static const char *const  hidden[] = {
    "<div hidden>", "<div style='display:none'>",
    "<div style='top: 1px; DISPLAY : none'>", "<div style='visibility:hidden'>",
    "<div class='x d-none'>", "<div class=hide>",
    "<div class='d-none x-block-x'>"
};


static const char *const  shown[] = {
    "<div>", "<div class=''>", "<div style=''>", "<div class=field-hidden>",
    "<div class=HIDDEN>", "<div style='display:block'>",
    "<div style='x-display:none'>", "<div class='d-none d-md-block'>",
    "<div class='hidden md:flex'>", "<div data-hidden>"
};


static int
setup(void **state)
{
    (void) state;
    engine = article_engine_create(NULL);

    return engine == NULL;
}


static int
teardown(void **state)
{
    (void) state;
    article_engine_destroy(engine);

    return 0;
}


/* What the page's first element says. */
static article_said_t
said_of(const char *page)
{
    lxb_dom_node_t       *node;
    article_said_t        said;
    article_said_memo_t   memo;

    assert_int_equal(article_document_parse(engine, test_slice(page),
                                            test_slice(""), NULL),
                     ARTICLE_OK);

    node = lxb_dom_interface_node(engine->document->body)->first_child;

    memset(&memo, 0, sizeof(memo));
    memo.classes = engine->classes;
    article_said_read(&said, &memo, node, (uint16_t) node->local_name);

    return said;
}


static void
flags(void **state)
{
    size_t          i;
    article_said_t  said;

    (void) state;

    for (i = 0; i < test_number(said_cases); i++) {
        said = said_of(said_cases[i].element);

        if (said.flags != said_cases[i].flags
            || said.aligned != said_cases[i].aligned || said.hidden)
        {
            print_error("%s: %x %u\n", said_cases[i].element, said.flags,
                        said.aligned);
            fail();
        }
    }
}


static void
hiding(void **state)
{
    size_t  i;

    (void) state;

    for (i = 0; i < test_number(hidden); i++) {
        if (!said_of(hidden[i]).hidden) {
            print_error("%s is shown\n", hidden[i]);
            fail();
        }
    }

    for (i = 0; i < test_number(shown); i++) {
        if (said_of(shown[i]).hidden) {
            print_error("%s is hidden\n", shown[i]);
            fail();
        }
    }
}


static void
links(void **state)
{
    (void) state;

    assert_true(said_of("<a href='/x'>").linked);
    assert_true(said_of("<a href>").linked);
    assert_false(said_of("<a name=x>").linked);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(flags),
        cmocka_unit_test(hiding),
        cmocka_unit_test(links),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

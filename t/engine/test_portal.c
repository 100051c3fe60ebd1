/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "document.h"
#include "portal.h"
#include "support.h"


typedef struct {
    const char  *json;
    unsigned     line;
    unsigned     column;
    const char  *message;
} bad_case_t;


static const bad_case_t  bad[] = {
    { "", 1, 1, "bad JSON" },
    { "{\"portal\": \"a\",\n  \"hosts\": [}", 2, 13, "bad JSON" },
    { "{\"portal\": \"a\",\n  \"hosts\": [\"b\"]\n", 3, 1,
      "premature EOF" },
    { "\xef\xbb\xbf{\"portal\": 5}", 1, 12, "\"portal\" must be a string" },
    { "[]", 1, 1, "this must be an object, not a list" },
    { "{\"hosts\": []}", 1, 1, "\"portal\", the portal's name, is missing" },
    { "{\"portal\": \"Báo A\"}", 1, 12, "bad name \"Báo A\"" },
    { "{\"portal\": \"a\", \"tiêu đề\": 1}", 1, 17,
      "unknown key \"tiêu đề\"" },
    { "{\"portal\": \"a\",\n \"portal\": \"b\"}", 2, 2,
      "\"portal\" stands here twice" },
    { "{\"portal\": \"a\", \"hosts\": \"h1\"}", 1, 26,
      "\"hosts\" must be a list, not a string" },
    { "{\"portal\": \"a\", \"title\": {}}", 1, 26,
      "\"title\" must be a list, not an object" },
    { "{\"portal\": \"a\", \"title\": \"h1:foo(\"}", 1, 26,
      "bad CSS selector" },
    { "{\"portal\": \"a\", \"title\": [\"h1\", 5]}", 1, 33,
      "this must be a string, not a whole number" },
    { "{\"portal\": \"a\", /* one */ \"title\": [\"h1\", \"div..x\"]}",
      1, 43, "bad CSS selector \"div..x\"" },
    { "{\"portal\": \"a\", \"hosts\": [\"http://a.example\"]}", 1, 27,
      "bad host \"http://a.example\"" },
    { "{\"portal\": \"a\", \"id\": \"/(\\\\d+\"}", 1, 23,
      "bad pattern \"/(\\d+\": missing closing parenthesis" },
    { "{\"portal\": \"a\", \"id\": \"/x\"}", 1, 23, "it needs a group" },
    { "{\"portal\": \"a\", \"paths\": {\"allowed\": []}}", 1, 27,
      "unknown key \"allowed\"" },
    { "{\"portal\": \"a\", \"kinds\": {\"listing\": [\"[\"]}}", 1, 39,
      "bad pattern \"[\"" },
    { "{\"portal\": \"a\", \"strip\": [\"a + b\"]}", 1, 27,
      "siblings cannot be matched while a page streams (at byte 3)" },
    { "{\"portal\": \"a\", \"strip\": [\"td > a:last-child\"]}", 1, 27,
      "bad selector \"td > a:last-child\": of the pseudo-classes only "
      ":nth-child(N), :nth-of-type(N)" },
    { "{\"portal\": \"a\", \"strip\": [\"a:hover\"]}", 1, 27,
      "can be matched while a page streams (at byte 3)" },
    { "{\"portal\": \"a\", \"strip\": [\"td:nth-child\"]}", 1, 27,
      "\"(\" is missing (at byte 13)" },
    { "{\"portal\": \"a\", \"strip\": [\"td:nth-child(0)\"]}", 1, 27,
      "a number from 1 to 999 and \")\" are expected (at byte 15)" },
    { "{\"portal\": \"a\", \"strip\": [\"td:nth-child(2n)\"]}", 1, 27,
      "a number from 1 to 999 and \")\" are expected (at byte 15)" },
    { "{\"portal\": \"a\", \"strip\": [\"td:nth-of-type(1000)\"]}", 1, 27,
      "a number from 1 to 999 and \")\" are expected (at byte 20)" },
    { "{\"portal\": \"a\", \"keep\": [\".x:nth-of-type(2)\"]}", 1, 26,
      ":nth-of-type() needs a tag before it (at byte 18)" },
    { "{\"portal\": \"a\", \"strip\": [\"a, b\"]}", 1, 27,
      "one selector only" },
    { "{\"portal\": \"a\", \"strip\": [{\"select\": \"[x=]\"}]}", 1, 38,
      "a name is missing" },
    { "{\"portal\": \"a\", \"strip\": [{\"why\": \"x\"}]}", 1, 27,
      "needs \"select\", \"heading\" or both" },
    { "{\"portal\": \"a\", \"strip\": [{\"select\": \"p\", \"max\": 0}]}",
      1, 50, "\"max\" must be 1 to" },
    { "{\"portal\": \"a\", \"strip\": [{\"select\": \"p\", \"max\": 1.5}]}",
      1, 50, "\"max\" must be a whole number" },
    { "{\"portal\": \"a\", \"strip\": [{\"select\": \"p\", \"only\": \"x\"}]}",
      1, 51, "bad \"only\" \"x\"" },
    { "{\"portal\": \"a\", \"keep\": [{\"heading\": \"x\"}]}", 1, 26,
      "an entry of \"keep\" is a selector" },
    { "{\"portal\": \"a\", \"tests\": [{\"file\": \"a\"}]}", 1, 27,
      "a test needs \"expect\"" },
    { "{\"portal\": \"a\", \"tests\": [{\"html\": \"a\", \"expect\": "
      "{\"titel\": \"x\"}}]}", 1, 52, "unknown key \"titel\"" },
    { "{\"portal\": \"a\"} x", 1, 17, "bad JSON" }
};


static const char  good[] =
    "{ // a comment\n"
    "  \"portal\": \"bao-thu\", \"hosts\": [\"bao.example\"],\n"
    "  \"aliases\": [\"Old.example\"], \"site_name\": \"Báo Thử\",\n"
    "  \"rights\": \"© Báo Thử\",\n"
    "  \"paths\": {\"allow\": [\"^/tin/\", \"^/admin/cong-khai\"],\n"
    "             \"deny\": [\"nháp\"]},\n"
    "  \"id\": \"^/tin/(\\\\d+)\",\n"
    "  \"kinds\": {\"home\": [\"^/$\"], \"listing\": [\"^/muc/\"]},\n"
    "  \"title\": [\".khong-co\", \"h1, h2\"], \"remove\": [\"i\", \"b\"],\n"
    "  \"author\": \"b\",\n"
    "  \"strip\": [\"div.lq > ul\", {\"heading\": \"Tin khác\"}],\n"
    "  \"keep\": [\"#giu\"], \"learned\": {\"pages\": 12}, \"tests\": [] }";


static article_portal_t *
parse(const char *json)
{
    article_error_t    error;
    article_portal_t  *portal;

    portal = article_portal_parse(json, strlen(json), &error);

    if (portal == NULL) {
        print_error("%u:%u: %s\n", error.line, error.column, error.message);
    }

    return portal;
}


static void
errors(void **state)
{
    size_t             i;
    unsigned           wrong;
    article_error_t    error;
    article_slice_t    exact;

    (void) state;
    wrong = 0;

    for (i = 0; i < test_number(bad); i++) {
        exact = slice_exact(bad[i].json, strlen(bad[i].json));
        assert_null(article_portal_parse(exact.data, exact.len, &error));
        slice_free(exact);

        if (error.line != bad[i].line || error.column != bad[i].column
            || strstr(error.message, bad[i].message) == NULL)
        {
            print_error("%s\n %u:%u: %s\n", bad[i].json, error.line,
                        error.column, error.message);
            wrong = 1;
        }
    }

    assert_int_equal(wrong, 0);
}


/* Every beginning of a good file is refused, and nothing else happens. */
static void
truncated(void **state)
{
    size_t             len;
    article_error_t    error;
    article_slice_t    exact;
    article_portal_t  *portal;

    (void) state;

    for (len = 0; len < sizeof(good) - 1; len++) {
        exact = slice_exact(good, len);
        portal = article_portal_parse(exact.data, exact.len, &error);
        slice_free(exact);
        assert_null(portal);
        assert_true(error.line >= 1 && error.column >= 1);
    }
}


static void
answers(void **state)
{
    article_kind_t     kind;
    article_slice_t    id;
    article_portal_t  *p;

    (void) state;

    p = parse(good);
    assert_non_null(p);

    test_equal(article_portal_name(p), "bao-thu");
    test_equal(article_portal_site_name(p), "Báo Thử");
    test_equal(article_portal_rights(p), "© Báo Thử");

    assert_int_equal(article_portal_has_host(p, test_slice("BAO.example")), 1);
    assert_int_equal(article_portal_has_host(p, test_slice("old.example")), 1);
    assert_int_equal(article_portal_has_host(p, test_slice("x.example")), 0);

    assert_int_equal(article_path_allowed(p, test_slice("/tin/1")), 1);
    assert_int_equal(article_path_allowed(p, test_slice("/muc/1")), 0);
    assert_int_equal(article_path_allowed(p, test_slice("/tin/nháp/1")), 0);
    assert_int_equal(article_path_allowed(p, test_slice("/tin/\xff")), 0);
    assert_int_equal(article_path_allowed(p, test_slice("/admin/cong-khai")),
                     1);
    assert_int_equal(article_path_allowed(p, test_slice("/tin/../x")), 0);
    assert_int_equal(article_path_allowed(NULL, test_slice("/tin/1")), 1);
    assert_int_equal(article_path_allowed(NULL, test_slice("/admin/x")), 0);

    assert_int_equal(article_portal_id(p, test_slice("/tin/77?a=1"), &id), 1);
    test_equal(id, "77");
    assert_int_equal(article_portal_id(p, test_slice("/x"), &id), 0);
    assert_int_equal(article_portal_id(NULL, test_slice("/x"), &id), 0);

    assert_int_equal(article_portal_kind(p, test_slice("/"), &kind), 1);
    assert_int_equal(kind, ARTICLE_KIND_HOME);
    assert_int_equal(article_portal_kind(p, test_slice("/muc/1"), &kind), 1);
    assert_int_equal(kind, ARTICLE_KIND_LISTING);
    assert_int_equal(article_portal_kind(p, test_slice("/tin/1"), &kind), 0);

    article_portal_destroy(p);
}


typedef struct {
    char                      names[64];
    const article_portal_t   *portal;
    lxb_selectors_t          *selectors;
} found_t;


static lxb_status_t
found_one(lxb_dom_node_t *node, void *data)
{
    size_t             len;
    found_t           *found;
    const lxb_char_t  *name;

    found = data;
    name = lxb_dom_element_local_name((lxb_dom_element_t *) node, &len);
    strncat(found->names, (const char *) name, len);

    /* a handler may search */

    (void) article_portal_find(found->portal, ARTICLE_FIELD_DATE,
                               found->selectors, node, found_one, data);

    return LXB_STATUS_OK;
}


static void
finding(void **state)
{
    found_t            found;
    lxb_dom_node_t    *root;
    article_engine_t  *engine;
    static const char  page[] = "<h2>a</h2><h1>b</h1><i>c</i><b>d</b>";

    (void) state;

    memset(&found, 0, sizeof(found));
    found.portal = parse(good);
    engine = article_engine_create(NULL);
    found.selectors = engine->selectors;

    assert_int_equal(article_document_parse(engine, test_slice(page),
                                            test_slice(""), NULL),
                     ARTICLE_OK);
    root = lxb_dom_interface_node(engine->document);

    /* the first selector that has any, in document order */

    assert_int_equal(article_portal_find(found.portal, ARTICLE_FIELD_TITLE,
                                         engine->selectors, root, found_one,
                                         &found),
                     2);
    assert_string_equal(found.names, "h2h1");

    found.names[0] = '\0';
    assert_int_equal(article_portal_find(found.portal, ARTICLE_FIELD_REMOVE,
                                         engine->selectors, root, found_one,
                                         &found),
                     2);
    assert_string_equal(found.names, "ib");

    found.names[0] = '\0';
    assert_int_equal(article_portal_find(found.portal, ARTICLE_FIELD_AUTHOR,
                                         engine->selectors, root, found_one,
                                         &found),
                     1);
    assert_string_equal(found.names, "b");

    assert_int_equal(article_portal_find(found.portal, ARTICLE_FIELD_NEXT,
                                         engine->selectors, root, found_one,
                                         &found),
                     0);
    assert_int_equal(article_portal_find(NULL, ARTICLE_FIELD_TITLE,
                                         engine->selectors, root, found_one,
                                         &found),
                     0);

    article_engine_destroy(engine);
    article_portal_destroy((article_portal_t *) found.portal);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(errors),
        cmocka_unit_test(truncated),
        cmocka_unit_test(answers),
        cmocka_unit_test(finding)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

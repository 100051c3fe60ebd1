/*
 * Copyright (C) ngx_article authors
 *
 * The portal files that ship: each passes its own tests, and a family's is
 * picked by its fingerprint.
 */

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "support_read.h"


#define FAMILIES_MAX  32


typedef struct {
    article_portal_t  *portal[FAMILIES_MAX];
    unsigned           number;
} family_set_t;


static article_portal_t *
family_load(const char *name)
{
    char              *text;
    size_t             len;
    article_error_t    error;
    article_portal_t  *portal;

    text = read_file(name, &len);
    assert_non_null(text);

    portal = article_portal_parse(text, len, &error);

    if (portal == NULL) {
        print_error("%s:%u:%u: %s\n", name, error.line, error.column,
                    error.message);
        fail();
    }

    free(text);

    return portal;
}


static void
family_failed(void *data, unsigned line, const char *message)
{
    print_error("%s:%u: %s\n", (const char *) data, line, message);
}


/* Every file has tests, and passes them. */

static void
test_checks(void **state)
{
    char              *slash, dir[256];
    glob_t             found;
    size_t             i;
    unsigned           tests;
    article_engine_t  *engine;
    article_portal_t  *portal;

    (void) state;

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    assert_int_equal(glob("conf/portals/*.json", 0, NULL, &found), 0);
    assert_int_equal(glob("conf/portals/cms/*.json", GLOB_APPEND, NULL,
                          &found), 0);
    assert_true(found.gl_pathc >= 16);

    for (i = 0; i < found.gl_pathc; i++) {
        portal = family_load(found.gl_pathv[i]);

        snprintf(dir, sizeof(dir), "%s", found.gl_pathv[i]);
        slash = strrchr(dir, '/');
        assert_non_null(slash);
        *slash = '\0';

        assert_int_equal(article_portal_check(portal, engine, dir,
                                              family_failed,
                                              found.gl_pathv[i], &tests), 0);
        assert_true(tests > 0);

        article_portal_destroy(portal);
    }

    globfree(&found);
    article_engine_destroy(engine);
}


static void
family_all(family_set_t *set)
{
    glob_t  found;
    size_t  i;

    assert_int_equal(glob("conf/portals/cms/*.json", 0, NULL, &found), 0);
    assert_true(found.gl_pathc <= FAMILIES_MAX);

    for (i = 0; i < found.gl_pathc; i++) {
        set->portal[i] = family_load(found.gl_pathv[i]);
        assert_true(article_portal_is_family(set->portal[i]));
    }

    set->number = (unsigned) found.gl_pathc;
    globfree(&found);
}


static yajl_val
family_read(const family_set_t *set, const article_portal_t *own,
    const char *html)
{
    article_result_t        result;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);
    options.portal = own;
    options.families = set->portal;
    options.families_number = set->number;

    return read_options(html, strlen(html), &options, &result);
}


/* Of all of them, each page picks its own; others pick none. */

static void
test_picked(void **state)
{
    char             *text, name[256];
    size_t            len;
    unsigned          i;
    yajl_val          item;
    family_set_t      set;
    article_slice_t   family;

    (void) state;

    family_all(&set);

    for (i = 0; i < set.number; i++) {
        family = article_portal_name(set.portal[i]);

        snprintf(name, sizeof(name), "t/cms/%.*s.html",
                 (int) family.len, family.data);
        text = read_file(name, &len);
        assert_non_null(text);

        snprintf(name, sizeof(name), "%.*s", (int) family.len, family.data);
        item = family_read(&set, NULL, text);
        read_expect(item, "_article.portal", name);
        yajl_tree_free(item);

        /* a file of the portal's own comes first */

        item = family_read(&set, set.portal[(i + 1) % set.number], text);
        assert_string_not_equal(read_string(item, "_article.portal"), name);
        yajl_tree_free(item);

        free(text);
    }

    item = family_read(&set, NULL, "<meta charset=utf-8><h1>Làng chài có bến "
                       "tàu mới</h1><p>Sau ba năm chờ đợi, hơn hai trăm hộ "
                       "ngư dân đã có bến tàu kiên cố để tránh bão.</p>");

    read_expect(item, "_article.portal", "");
    read_expect(item, "_article.method", "generic");
    yajl_tree_free(item);

    for (i = 0; i < set.number; i++) {
        article_portal_destroy(set.portal[i]);
    }
}


/* All selectors have to match, and a host makes it one portal's file. */

static void
test_fingerprint(void **state)
{
    size_t             i;
    yajl_val           item;
    family_set_t       set;
    article_error_t    error;

    static const struct {
        const char  *file;
        unsigned     family;
        unsigned     picked;
    } cases[] = {
        { "{\"portal\": \"x\", \"fingerprint\": [\"h1\", \"#a\"]}", 1, 1 },
        { "{\"portal\": \"x\", \"fingerprint\": [\"h1\", \"#b\"]}", 1, 0 },
        { "{\"portal\": \"x\", \"fingerprint\": \"#b, #a\"}", 1, 1 },
        { "{\"portal\": \"x\", \"hosts\": [\"khac.example\"], "
          "\"fingerprint\": \"#a\"}", 0, 0 },
        { "{\"portal\": \"x\", \"title\": \"h1\"}", 0, 0 },
        { "{\"portal\": \"x\", \"fingerprint\": []}", 0, 0 }
    };

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        set.portal[0] = article_portal_parse(cases[i].file,
                                             strlen(cases[i].file), &error);
        assert_non_null(set.portal[0]);
        set.number = 1;

        assert_int_equal(article_portal_is_family(set.portal[0]),
                         cases[i].family);

        item = family_read(&set, NULL, "<meta charset=utf-8><h1>Làng chài có "
                           "bến tàu mới</h1><p id=a>Sau ba năm chờ đợi, hơn "
                           "hai trăm hộ ngư dân đã có bến tàu kiên cố.</p>");

        read_expect(item, "_article.portal", cases[i].picked ? "x" : "");
        yajl_tree_free(item);
        article_portal_destroy(set.portal[0]);
    }
}


/* The lead that a file names belongs to the text that it names. */

static void
test_lead(void **state)
{
    yajl_val          item;
    family_set_t      set;
    article_error_t   error;

    static const char  file[] = "{\"portal\": \"x\", \"fingerprint\": \"#a\", "
        "\"summary\": \"#s\", \"content\": \"#a\"}";

    (void) state;

    set.portal[0] = article_portal_parse(file, sizeof(file) - 1, &error);
    assert_non_null(set.portal[0]);
    set.number = 1;

    item = family_read(&set, NULL, "<meta charset=utf-8><h1>Làng chài có bến "
                       "tàu mới</h1><div id=s>Ngư dân hết lo bão.</div><div>"
                       "<div id=a><p>Sau ba năm chờ đợi, hơn hai trăm hộ ngư "
                       "dân đã có bến tàu.</p></div></div>");

    read_expect(item, "content_text", "Ngư dân hết lo bão.\n\nSau ba năm chờ "
                "đợi, hơn hai trăm hộ ngư dân đã có bến tàu.");
    read_holds(item, "content_html", "<p>Ngư dân hết lo bão.</p>");
    read_expect(item, "_article.method", "rule");

    yajl_tree_free(item);
    article_portal_destroy(set.portal[0]);
}


/* README's example: a page read wrongly, and the file that mends it. */

static void
test_mend(void **state)
{
    char              *text, *file;
    size_t             len, i;
    unsigned           tests, lines;
    yajl_val           item;
    family_set_t       none;
    article_engine_t  *engine;
    article_portal_t  *portal;

    (void) state;

    memset(&none, 0, sizeof(none));

    text = read_file("t/mend/page.html", &len);
    assert_non_null(text);

    item = family_read(&none, NULL, text);
    read_expect(item, "title", "Chuyên trang Nông nghiệp và Nông thôn mới");
    read_holds(item, "content_text", "đón nghe chuyên mục");
    yajl_tree_free(item);

    portal = family_load("t/mend/portal.json");
    item = family_read(&none, portal, text);

    read_expect(item, "title", "Cà phê vối ghép cải tạo cho vụ bói đầu tiên");
    read_lacks(item, "content_text", "đón nghe chuyên mục");
    read_holds(item, "content_text", "không còn vườn cà phê nào quá tuổi");
    read_expect(item, "_article.method", "rule");
    yajl_tree_free(item);

    engine = article_engine_create(NULL);
    assert_non_null(engine);
    assert_int_equal(article_portal_check(portal, engine, "t/mend",
                                          family_failed, "t/mend/portal.json",
                                          &tests), 0);
    assert_int_equal(tests, 1);

    file = read_file("t/mend/portal.json", &len);
    assert_non_null(file);

    for (i = 0, lines = 0; i < len; i++) {
        lines += file[i] == '\n';
    }

    assert_in_range(lines, 1, 10);

    free(file);
    free(text);
    article_engine_destroy(engine);
    article_portal_destroy(portal);
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_checks),
        cmocka_unit_test(test_picked),
        cmocka_unit_test(test_fingerprint),
        cmocka_unit_test(test_lead),
        cmocka_unit_test(test_mend)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which of a portal file's rules still find something: what article_status
 * tells of rules that have gone stale.
 */

#include <string.h>

#include "support.h"
#include "support_read.h"
#include "support_strip.h"


static const char  rules[] =
    "{\"portal\": \"p\", \"hosts\": [\"p.vn\"],"
    " \"title\": [\"h2.tit\"], \"date\": [\".when\"],"
    " \"content\": [\".noidung\"],"
    " \"strip\": [\"div.lq\", \"div.old\","
    " {\"heading\": \"Chuyện trong tỉnh\"}], \"keep\": [\"#k\"]}";

#define TEXT                                                                  \
    "<p>Sáng nay, lãnh đạo huyện đã đến thăm các hộ dân vùng lũ và trao quà " \
    "cho từng gia đình, theo danh sách mà xã lập từ tuần trước.</p>"          \
    "<p>Huyện sẽ còn trở lại sau khi nước rút để dựng lại nhà cửa.</p>"

#define LIST                                                                  \
    "<ul><li><a href=/1>Một tin nữa của huyện</a><li><a href=/2>Tin hai của " \
    "xã</a><li><a href=/3>Tin thứ ba của tỉnh</a></ul>"


static const char  page[] =
    "<!DOCTYPE html><title>Thăm vùng lũ</title><body><h2 class=tit>Thăm "
    "vùng lũ</h2><div class=noidung>" TEXT "</div>"
    "<div class=lq>" LIST "</div>"
    "<h3>Chuyện trong tỉnh</h3>" LIST "<p id=k>Xã</p>";


static article_portal_t *
portal_of(void)
{
    article_error_t    error;
    article_portal_t  *portal;

    portal = article_portal_parse(rules, strlen(rules), &error);
    assert_non_null(portal);

    return portal;
}


/* The number of the rule of this word. */
static unsigned
number_of(const article_portal_t *portal, const char *word)
{
    unsigned               n;
    article_portal_judged_t  rule;

    for (n = 0; article_portal_judged(portal, n, &rule); n++) {
        if (rule.word.len == strlen(word)
            && memcmp(rule.word.data, word, rule.word.len) == 0)
        {
            return n;
        }
    }

    fail_msg("no rule %s", word);

    return 0;
}


static void
what_a_file_says_is_named(void **state)
{
    unsigned                n, words;
    article_portal_t       *portal;
    article_portal_judged_t   rule;

    (void) state;

    portal = portal_of();
    words = 0;

    for (n = 0; article_portal_judged(portal, n, &rule); n++) {
        words += rule.word.len != 0;
        assert_true(n < ARTICLE_PORTAL_RULES);
    }

    /* title, date, content, three of "strip"; none of "keep" */

    assert_int_equal(words, 6);

    article_portal_judged(portal, number_of(portal, "title"), &rule);
    assert_int_equal(rule.strip, 0);

    article_portal_judged(portal, number_of(portal, "rule div.lq"), &rule);
    assert_int_equal(rule.strip, 1);

    article_portal_destroy(portal);
}


static void
fields_that_match_are_told(void **state)
{
    uint32_t                 fields;
    article_engine_t        *engine;
    article_portal_t        *portal;
    article_result_t         result;
    article_read_options_t   options;

    (void) state;

    portal = portal_of();
    engine = article_engine_create(NULL);
    assert_non_null(engine);

    memset(&options, 0, sizeof(options));
    options.portal = portal;

    assert_int_equal(article_read(engine, &options, page, strlen(page),
                                  &result),
                     ARTICLE_OK);

    fields = 1U << number_of(portal, "title")
             | 1U << number_of(portal, "content");

    assert_int_equal(result.fields, fields);
    assert_string_equal(result.method, "rule");

    options.portal = NULL;

    assert_int_equal(article_read(engine, &options, page, strlen(page),
                                  &result),
                     ARTICLE_OK);
    assert_int_equal(result.fields, 0);
    assert_string_equal(result.method, "generic");

    article_engine_destroy(engine);
    article_portal_destroy(portal);
}


static void
rules_that_cut_are_told(void **state)
{
    unsigned                  n;
    article_range_t           cut;
    article_strip_t          *strip;
    article_portal_t         *portal;
    article_strip_options_t   options;

    (void) state;

    portal = portal_of();

    memset(&options, 0, sizeof(options));
    options.portal = portal;

    strip = article_strip_create(&options);
    assert_non_null(strip);

    assert_int_equal(article_strip_feed(strip, page, strlen(page)),
                     ARTICLE_OK);

    for (n = 0; n <= ARTICLE_PORTAL_RULES; n++) {
        assert_int_equal(article_strip_used(strip, n), 0);
    }

    article_strip_finish(strip);

    while (article_strip_next_cut(strip, &cut)) {
        /* void */
    }

    assert_int_equal(article_strip_used(strip,
                                        number_of(portal, "rule div.lq")), 1);
    assert_int_equal(article_strip_used(strip,
                                        number_of(portal, "rule div.old")),
                     0);
    assert_int_equal(article_strip_used(strip,
                                        number_of(portal, "title")), 0);

    for (n = 0; n <= ARTICLE_PORTAL_RULES; n++) {
        article_portal_judged_t  rule;

        if (article_portal_judged(portal, n, &rule) && rule.strip
            && rule.word.len != 0
            && memmem(rule.word.data, rule.word.len, "tỉnh", 6) != NULL)
        {
            assert_int_equal(article_strip_used(strip, n), 1);
        }
    }

    article_strip_destroy(strip);
    article_portal_destroy(portal);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(what_a_file_says_is_named),
        cmocka_unit_test(fields_that_match_are_told),
        cmocka_unit_test(rules_that_cut_are_told)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

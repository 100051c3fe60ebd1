/*
 * Copyright (C) ngx_article authors
 *
 * Memory that runs out: the n-th allocation fails, n = 1, 2, 3 ..., until the
 * work is done, and nothing is left behind.  Not under ASAN, which has an
 * allocator of its own.
 */

#include <stdio.h>

#include "support.h"
#include "support_learn.h"

#include "document.h"


#ifdef __SANITIZE_ADDRESS__
#define TEST_SANITIZED  1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TEST_SANITIZED  1
#endif
#endif


static char    page[400000];
static size_t  page_len;


static int
setup(void **state)
{
    unsigned  i;

    (void) state;

    /* so large that all that grows does; not UTF-8, so that it is copied */

    for (i = 0; i < 3000; i++) {
        page_len += (size_t) snprintf(page + page_len,
                                      sizeof(page) - page_len,
                                      "<div class=c%u x%u=1><p>Tin <b>m&ocirc;"
                                      "\xc3</b> %u Vie\u0323\u0302t</p></div>",
                                      i, i % 500, i);
    }

    return 0;
}


/* The arena's limit, in steps, until the page fits. */
static void
arena_limits(void **state)
{
    unsigned           n;
    article_limits_t   limits;
    article_slice_t    text;
    article_reason_t   reason;
    article_engine_t  *engine;

    (void) state;

    text = (article_slice_t) { page, page_len };
    memset(&limits, 0, sizeof(limits));
    reason = ARTICLE_NO_MEMORY;

    for (n = 1; reason != ARTICLE_OK; n++) {
        assert_int_equal(reason, ARTICLE_NO_MEMORY);
        assert_true(n < 100);

        limits.memory = n * 65536;
        engine = article_engine_create(&limits);
        reason = article_document_parse(engine, text, test_slice("utf-8"),
                                        NULL);
        article_engine_destroy(engine);
    }

    assert_true(n > 4);
}


/* 400 KB of JSON-LD would be 16 MB as a tree: it is left out. */
static void
jsonld_bomb(void **state)
{
    char                    *bomb;
    size_t                   i, len;
    article_limits_t         limits;
    article_result_t         result;
    article_engine_t        *engine;
    article_read_options_t   options;

    static const char  before[] = "<script type=application/ld+json>[1";
    static const char  after[] = "]</script><div><h1>Tin</h1><p>Nước rút.";

    (void) state;

    bomb = page;
    len = sizeof(before) - 1;
    memcpy(bomb, before, len);

    for (i = 0; len + 2 + sizeof(after) <= sizeof(page); i++) {
        memcpy(bomb + len, ",1", 2);
        len += 2;
    }

    assert_true(i > 150000);
    memcpy(bomb + len, after, sizeof(after) - 1);
    len += sizeof(after) - 1;

    memset(&limits, 0, sizeof(limits));
    memset(&options, 0, sizeof(options));
    limits.memory = 10 * 1024 * 1024;
    options.charset = test_slice("utf-8");

    engine = article_engine_create(&limits);
    assert_int_not_equal(article_read(engine, &options, bomb, len, &result),
                         ARTICLE_NO_MEMORY);
    article_engine_destroy(engine);
}


#ifndef TEST_SANITIZED

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t number, size_t size);
void *__libc_realloc(void *p, size_t size);


void __libc_free(void *p);


/* Every so many-th of the later allocations fails: there are thousands. */
#define MEMORY_STEPS  40

#define MEMORY_PAGES  6


static long  allocations = -1;          /* that succeed; -1: all */
static long  live;                      /* not freed yet */


static int
fails(void)
{
    if (allocations < 0) {
        return 0;
    }

    if (allocations == 0) {
        allocations = -1;
        return 1;
    }

    allocations--;

    return 0;
}


void *
malloc(size_t size)
{
    void  *p;

    p = fails() ? NULL : __libc_malloc(size);
    live += p != NULL;

    return p;
}


void *
calloc(size_t number, size_t size)
{
    void  *p;

    p = fails() ? NULL : __libc_calloc(number, size);
    live += p != NULL;

    return p;
}


void *
realloc(void *p, size_t size)
{
    void  *new;

    new = fails() ? NULL : __libc_realloc(p, size);
    live += p == NULL && new != NULL;

    return new;
}


void
free(void *p)
{
    live -= p != NULL;
    __libc_free(p);
}


static void
document(void **state)
{
    long               n;
    unsigned           failed;
    article_slice_t    text;
    article_reason_t   reason;
    article_engine_t  *engine;

    (void) state;

    text = (article_slice_t) { page, page_len };

    for (n = 0, failed = 1; failed; n++) {
        assert_true(n < 10000);

        engine = article_engine_create(NULL);
        assert_non_null(engine);

        allocations = n;
        reason = article_document_parse(engine, text, test_slice("utf-8"),
                                        NULL);
        failed = allocations < 0;
        allocations = -1;

        assert_true(reason == ARTICLE_NO_MEMORY
                    || (reason == ARTICLE_OK && !failed));

        /* the engine is as good as before */

        assert_int_equal(article_document_parse(engine, text,
                                                test_slice(""), NULL),
                         ARTICLE_OK);
        article_engine_destroy(engine);
    }

    assert_true(n > 20);
}


static void
engine_without_room(void **state)
{
    long  n;

    (void) state;

    /* the engine itself, the arena, and the room seen to before lexbor's */

    for (n = 0; n < 3; n++) {
        allocations = n;
        assert_null(article_engine_create(NULL));
        assert_int_equal(allocations, -1);
    }
}


static char             learned[LEARN_PAGE];
static size_t           learned_len;
static article_slice_t  observation;
static article_slice_t  saved;


/* A portal file with all that is compiled, and tests of its own. */
static const char  portal_file[] =
    "{\"portal\": \"bao\", \"hosts\": [\"bao.example\"],"
    " \"id\": \"bai-(\\\\d+)\", \"content\": \"div.bai\", \"title\": \"h1\","
    " \"strip\": [{\"select\": \"body > div#phai:nth-of-type(2)\", \"only\":"
    " \"links\"}, {\"select\": \"ul.moi\", \"heading\": \"Tin m\\u1edbi\"}],"
    " \"keep\": [\"div.ghi-nho\"], \"tests\": [{\"file\": \"bai.html\","
    " \"expect\": {\"title\": \"L\\u00fa s\\u1edbm\"}}]}";

static const char  article_page[] =
    "<html><head><title>Lúa sớm</title><script type=application/ld+json>"
    "{\"@graph\": [{\"@type\": \"NewsArticle\","
    " \"headline\": \"Lúa \\\"sớm\\\"\","
    " \"datePublished\": \"2024-05-06T07:08:00+07:00\", \"author\": [{\"@id\":"
    " \"#an\"}], \"wordCount\": 120, \"isAccessibleForFree\": true}, {\"@id\":"
    " \"#an\", \"name\": \"Thu An\"}]}</script></head><body><div class=bai>"
    "<h1>Lúa sớm</h1><p>Bà con xã Khe Sâu gặt xong trà lúa sớm đầu tiên của "
    "vụ, năng suất cao hơn năm ngoái chừng một tạ mỗi sào, thương lái vào tận "
    "ruộng hỏi mua.<p>Hợp tác xã đã đặt thêm hai máy sấy, để kịp trước đợt mưa "
    "mà đài khí tượng báo sẽ tới vào cuối tuần này.<p><img src=/a.jpg alt=Lúa>"
    "<a href=/tep.pdf>Lịch gặt</a></div><div id=phai><ul class=moi><li><a "
    "href=/bai-1>Tin mới một</a><li><a href=/bai-2>Tin mới hai</a></ul></div>"
    "</body></html>";


/* What the tests below take in, made while there is memory. */
static void
memory_prepare(void)
{
    unsigned            i;
    learn_page_t        one;
    article_slice_t     bytes;
    article_engine_t   *engine;
    article_learner_t  *learner;

    memset(&one, 0, sizeof(one));
    engine = article_engine_create(NULL);
    learner = article_learner_create(test_slice("bao.example"));

    for (i = 1; i <= MEMORY_PAGES; i++) {
        one.n = i;
        assert_int_equal(learn_observe(learner, engine, &one, NULL, 0),
                         ARTICLE_OK);
    }

    learned_len = learn_page(learned, &one);

    assert_int_equal(article_learner_save(learner, &bytes), ARTICLE_OK);
    saved = slice_exact(bytes.data, bytes.len);

    assert_int_equal(article_observe(engine, &(article_read_options_t) {
                                         .url = test_slice("/bai-9") },
                                     learned, learned_len, &bytes),
                     ARTICLE_OK);
    observation = slice_exact(bytes.data, bytes.len);

    article_learner_destroy(learner);
    article_engine_destroy(engine);
}


/* Done, or memory is the reason. */
static void
memory_reason(article_reason_t reason)
{
    assert_true(reason == ARTICLE_OK || reason == ARTICLE_NO_MEMORY);
}


static void
memory_explained(void *data, article_slice_t line)
{
    (void) data;

    assert_true(line.len != 0);
}


static void
memory_explain(article_engine_t *engine)
{
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice("https://bao.example/bai-9");

    memory_reason(article_explain(engine, &options, learned, learned_len,
                                  memory_explained, NULL));
}


static void
memory_observe(article_engine_t *engine)
{
    article_slice_t         bytes;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));

    memory_reason(article_observe(engine, &options, learned, learned_len,
                                  &bytes));
}


static void
memory_learner(article_engine_t *engine)
{
    article_slice_t     bytes;
    article_learner_t  *learner;

    (void) engine;

    learner = article_learner_load(saved);

    if (learner == NULL) {
        return;
    }

    memory_reason(article_learner_observe(learner, observation, 0));
    memory_reason(article_learner_save(learner, &bytes));
    memory_reason(article_learner_portal(learner, &bytes));
    article_learner_destroy(learner);
}


static void
memory_read(article_engine_t *engine)
{
    article_result_t        result;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice("https://bao.example/bai-9.html");
    options.base_url = test_slice("https://bao.example");
    options.json_base = test_slice("https://app.example/api/");
    options.now = 1715000000;
    options.listed = 1;

    memory_reason(article_read(engine, &options, article_page,
                               sizeof(article_page) - 1, &result));
}


static void
memory_portal(article_engine_t *engine)
{
    article_error_t         error;
    article_portal_t       *portal, *joined;
    article_result_t        result;
    article_read_options_t  options;

    portal = article_portal_parse(portal_file, sizeof(portal_file) - 1,
                                  &error);

    if (portal == NULL) {
        assert_non_null(strstr(error.message, "memory"));
        return;
    }

    joined = article_portal_join(portal, portal);

    memset(&options, 0, sizeof(options));
    options.url = test_slice("https://bao.example/bai-9.html");
    options.portal = joined != NULL ? joined : portal;

    memory_reason(article_read(engine, &options, article_page,
                               sizeof(article_page) - 1, &result));

    article_portal_destroy(joined);
    article_portal_destroy(portal);
}


static void
memory_failure(void *data, unsigned line, const char *message)
{
    (void) data;

    assert_true(line != 0);
    assert_true(message[0] != '\0');
}


/* Tests of a portal file: done, or one failure told. */

static void
memory_check(article_engine_t *engine)
{
    unsigned           failures, tests;
    article_error_t    error;
    article_portal_t  *portal;

    static const char  json[] =
        "{\"portal\": \"bao\", \"hosts\": [\"bao.example\"], \"content\": "
        "\"div.bai\", \"tests\": [{\"html\": \"<div class=bai><h1>Lúa sớm</h1>"
        "<p>Gặt xong.</div>\", \"expect\": {\"title\": \"Lúa sớm\"}}]}";

    portal = article_portal_parse(json, sizeof(json) - 1, &error);

    if (portal == NULL) {
        assert_non_null(strstr(error.message, "memory"));
        return;
    }

    failures = article_portal_check(portal, engine, ".", memory_failure, NULL,
                                    &tests);
    assert_true(failures <= 1);
    assert_int_equal(tests, 1);

    article_portal_destroy(portal);
}


/* The page passes as it is, or less is cut: never more. */

static void
memory_strip(article_engine_t *engine)
{
    size_t                    at, n;
    unsigned                  cuts;
    article_range_t           cut;
    article_strip_t          *strip;
    article_strip_memory_t   *memory;
    article_strip_options_t   options;

    (void) engine;

    memory = article_strip_memory_create();

    memset(&options, 0, sizeof(options));
    options.builtin = 1;
    options.memory = memory;

    strip = article_strip_create(&options);

    if (strip != NULL) {
        for (at = 0; at < learned_len; at += n) {
            n = learned_len - at < 512 ? learned_len - at : 512;
            memory_reason(article_strip_feed(strip, learned + at, n));
        }

        article_strip_finish(strip);
        assert_int_equal(article_strip_decided(strip), learned_len);

        for (cuts = 0; article_strip_next_cut(strip, &cut); cuts++) {
            assert_true(cut.start < cut.end && cut.end <= learned_len);
        }

        article_strip_destroy(strip);
    }

    if (memory != NULL) {
        article_strip_memory_destroy(memory);
    }
}


static void
memory_cuts(article_engine_t *engine)
{
    article_strip_options_t  options;

    (void) engine;

    memset(&options, 0, sizeof(options));
    options.builtin = 1;

    memory_reason(article_explain_cuts(&options, learned, learned_len, 1,
                                       memory_explained, NULL));
}


static void
memory_problem(article_engine_t *engine)
{
    char    out[512];
    size_t  len;

    (void) engine;

    len = article_problem(out, sizeof(out), 404, ARTICLE_NOT_AN_ARTICLE,
                          test_slice("/api/bai-9.html"));

    assert_true(len == 0 || (out[0] == '{' && out[len - 1] == '}'));
}


static void
public_functions(void **state)
{
    long               n, before;
    size_t             i;
    unsigned           failed;
    article_engine_t  *engine;

    static void (*const works[])(article_engine_t *engine) = {
        memory_explain, memory_observe, memory_learner, memory_read,
        memory_portal, memory_check, memory_strip, memory_cuts,
        memory_problem
    };

    (void) state;

    memory_prepare();

    for (i = 0; i < test_number(works); i++) {
        for (n = 0, failed = 1; failed; n += 1 + n / MEMORY_STEPS) {
            assert_true(n < 1000000);

            before = live;
            engine = article_engine_create(NULL);

            allocations = n;
            works[i](engine);
            failed = allocations < 0;
            allocations = -1;

            article_engine_destroy(engine);
            assert_int_equal(live, before);
        }

        assert_true(n > 1);
    }

    slice_free(saved);
    slice_free(observation);
}

#endif


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(arena_limits),
#ifndef TEST_SANITIZED
        cmocka_unit_test(document),
        cmocka_unit_test(engine_without_room),
        cmocka_unit_test(public_functions),
#endif
        cmocka_unit_test(jsonld_bomb),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}

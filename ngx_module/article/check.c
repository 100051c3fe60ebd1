/*
 * Copyright (C) the authors named in LICENSE
 *
 * The tests that portal files carry.  A test names a page (a file beside the
 * portal file, or HTML in place) and its url, and what is expected of it:
 *
 *      kind, title, date, author       as article_read() gives them
 *      contains, not_contains          in the article's text
 *      cut, stays                      text of the page, by strip
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "portal_file.h"




typedef struct {
    article_portal_t        *portal;
    article_engine_t        *engine;
    const char              *dir;
    article_check_fetch_pt   fetch;     /* or NULL: the page beside the file */
    article_check_pt         handler;
    void                    *data;
    unsigned                 failures;

    article_arena_t         *arena;     /* of the test at hand */
    article_slice_t          page;
    article_slice_t          url;
    article_kind_t           kind;
    article_json_t          *item;      /* what was read; or NULL */
} article_check_t;


static unsigned article_check_tests(article_check_t *check, unsigned *tests);
static unsigned article_check_is_live(const article_json_t *test);
static void article_check_test(article_check_t *check,
    const article_json_t *test);
static int article_check_page(article_check_t *check,
    const article_json_t *test);
static article_slice_t article_check_file(article_check_t *check,
    const char *name);
static void article_check_read(article_check_t *check);
static void article_check_value(article_check_t *check,
    const article_json_t *expect);
static article_slice_t article_check_member(const article_json_t *item,
    const char *key);
static void article_check_content(article_check_t *check,
    const article_json_t *expect, unsigned wanted);
static void article_check_strip(article_check_t *check,
    const article_json_t *expect);
static article_slice_t article_check_stripped(article_check_t *check);
static article_slice_t article_check_text(article_check_t *check,
    article_slice_t page);
static void article_check_cut(article_check_t *check,
    const article_json_t *list, article_slice_t before,
    article_slice_t after, unsigned cut);
static void article_check_fail(article_check_t *check,
    const article_json_t *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));


unsigned
article_portal_check(const article_portal_t *portal,
    article_engine_t *engine, const char *dir, article_check_pt handler,
    void *data, unsigned *tests)
{
    article_check_t  check;

    memset(&check, 0, sizeof(check));

    check.portal = (article_portal_t *) portal;
    check.engine = engine;
    check.dir = dir;
    check.handler = handler;
    check.data = data;

    return article_check_tests(&check, tests);
}


unsigned
article_portal_check_live(const article_portal_t *portal,
    article_engine_t *engine, article_check_fetch_pt fetch,
    article_check_pt handler, void *data, unsigned *tests)
{
    article_check_t  check;

    memset(&check, 0, sizeof(check));

    check.portal = (article_portal_t *) portal;
    check.engine = engine;
    check.fetch = fetch;
    check.handler = handler;
    check.data = data;

    return article_check_tests(&check, tests);
}


static unsigned
article_check_tests(article_check_t *check, unsigned *tests)
{
    const article_json_t  *test;

    *tests = 0;

    test = check->portal->tests != NULL ? check->portal->tests->first : NULL;

    for ( /* void */ ; test != NULL; test = test->next) {

        if (check->fetch != NULL && !article_check_is_live(test)) {
            continue;
        }

        *tests += 1;

        check->arena = article_arena_create(ARTICLE_MAX_MEMORY);

        if (check->arena == NULL) {
            article_check_fail(check, test, "out of memory");
            break;
        }

        article_check_test(check, test);
        article_arena_destroy(check->arena);
    }

    return check->failures;
}


/* 1 if the test's page can be fetched. */
static unsigned
article_check_is_live(const article_json_t *test)
{
    const article_json_t  *url;

    url = article_json_member(test, "url");

    return url != NULL
           && (article_slice_starts_case(url->string,
                                         article_literal("http://"))
               || article_slice_starts_case(url->string,
                                            article_literal("https://")));
}


static void
article_check_test(article_check_t *check, const article_json_t *test)
{
    const article_json_t  *expect, *url, *m;

    if (article_check_page(check, test) != 0) {
        return;
    }

    url = article_json_member(test, "url");
    check->url = url != NULL ? url->string : article_literal("");

    article_check_read(check);

    expect = article_json_member(test, "expect");

    for (m = expect->first; m != NULL; m = m->next) {
        if (m->type == ARTICLE_JSON_STRING) {
            article_check_value(check, m);

        } else if (strcmp(m->key.data, "contains") == 0) {
            article_check_content(check, m, 1);

        } else if (strcmp(m->key.data, "not_contains") == 0) {
            article_check_content(check, m, 0);
        }
    }

    article_check_strip(check, expect);
}


static int
article_check_page(article_check_t *check, const article_json_t *test)
{
    const char            *message;
    const article_json_t  *source;

    if (check->fetch != NULL) {
        source = article_json_member(test, "url");

        if (check->fetch(check->data, source->string.data, &check->page,
                         &message)
            != 0)
        {
            article_check_fail(check, source, "\"%s\" %s",
                               source->string.data, message);
            return -1;
        }

        return 0;
    }

    source = article_json_member(test, "html");

    if (source != NULL) {
        check->page = source->string;
        return 0;
    }

    source = article_json_member(test, "file");
    check->page = article_check_file(check, source->string.data);

    if (check->page.data == NULL) {
        article_check_fail(check, source, "\"%s\" cannot be read",
                           source->string.data);
        return -1;
    }

    return 0;
}


static article_slice_t
article_check_file(article_check_t *check, const char *name)
{
    char             path[4096], *data;
    size_t           len;
    FILE            *file;
    article_slice_t  page;

    page.data = NULL;
    page.len = 0;

    len = (size_t) snprintf(path, sizeof(path), "%s/%s", check->dir, name);
    if (len >= sizeof(path)) {
        return page;
    }

    file = fopen(path, "rb");
    if (file == NULL) {
        return page;
    }

    data = article_arena_alloc(check->arena, ARTICLE_MAX_PAGE + 1);

    if (data != NULL) {
        len = fread(data, 1, ARTICLE_MAX_PAGE + 1, file);

        if (!ferror(file) && len <= ARTICLE_MAX_PAGE) {
            page.data = data;
            page.len = len;
        }
    }

    fclose(file);

    return page;
}


static void
article_check_read(article_check_t *check)
{
    article_error_t         error;
    article_slice_t         json;
    article_result_t        result;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = check->url;

    if (article_portal_is_family(check->portal)) {
        options.families = &check->portal;
        options.families_number = 1;

    } else {
        options.portal = check->portal;
    }

    check->kind = ARTICLE_KIND_OTHER;
    check->item = NULL;

    if (article_read(check->engine, &options, check->page.data,
                     check->page.len, &result)
        != ARTICLE_OK)
    {
        return;
    }

    check->kind = result.kind;

    json = article_arena_copy(check->arena, result.json);

    if (json.data != NULL) {
        check->item = article_json_parse(check->arena, json, &error);
    }
}


static void
article_check_value(article_check_t *check, const article_json_t *expect)
{
    const char       *key;
    article_slice_t   found;

    static const struct {
        const char  *expect;
        const char  *item;
    } members[] = {
        { "title", "title" },
        { "date", "date_published" },
        { "author", "authors" }
    };

    size_t  i;

    if (strcmp(expect->key.data, "kind") == 0) {
        found.data = article_kind_word(check->kind);
        found.len = strlen(found.data);

    } else if (strcmp(expect->key.data, "method") == 0) {
        found = article_check_member(check->item != NULL
                                     ? article_json_member(check->item,
                                                           "_article")
                                     : NULL, "method");

    } else {
        key = "";

        for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
            if (strcmp(members[i].expect, expect->key.data) == 0) {
                key = members[i].item;
            }
        }

        found = article_check_member(check->item, key);
    }

    if (!article_slice_equal(found, expect->string)) {
        article_check_fail(check, expect, "%s is \"%.*s\", not \"%.*s\"",
                           expect->key.data, (int) found.len, found.data,
                           (int) expect->string.len, expect->string.data);
    }
}


/* A string of the item; of "authors", the first one's name. */
static article_slice_t
article_check_member(const article_json_t *item, const char *key)
{
    const article_json_t  *value;

    value = item != NULL ? article_json_member(item, key) : NULL;

    if (value != NULL && value->type == ARTICLE_JSON_ARRAY
        && value->first != NULL
        && value->first->type == ARTICLE_JSON_OBJECT)
    {
        value = article_json_member(value->first, "name");
    }

    return value != NULL && value->type == ARTICLE_JSON_STRING
           ? value->string : article_literal("");
}


static void
article_check_content(article_check_t *check, const article_json_t *expect,
    unsigned wanted)
{
    article_slice_t        text;
    const article_json_t  *s;

    text = article_squeeze(check->arena,
                           article_check_member(check->item, "content_text"));

    for (s = expect->first; s != NULL; s = s->next) {
        if ((article_slice_find(text, s->string) != NULL) != wanted) {
            article_check_fail(check, s, "the text %s \"%.*s\"",
                               wanted ? "lacks" : "holds",
                               (int) s->string.len, s->string.data);
        }
    }
}


static void
article_check_strip(article_check_t *check, const article_json_t *expect)
{
    article_slice_t        before, after;
    const article_json_t  *cut, *stays;

    cut = article_json_member(expect, "cut");
    stays = article_json_member(expect, "stays");

    if (cut == NULL && stays == NULL) {
        return;
    }

    before = article_check_text(check, check->page);
    after = article_check_text(check, article_check_stripped(check));

    article_check_cut(check, cut, before, after, 1);
    article_check_cut(check, stays, before, after, 0);
}


/* The page as strip leaves it, in the arena. */
static article_slice_t
article_check_stripped(article_check_t *check)
{
    uint64_t                 kept;
    article_buf_t            buf;
    article_range_t          cut;
    article_strip_t         *strip;
    article_strip_options_t  options;

    memset(&options, 0, sizeof(options));
    options.portal = check->portal;
    options.builtin = 1;
    options.url = check->url;

    article_buf_init(&buf, check->arena);

    strip = article_strip_create(&options);
    if (strip == NULL) {
        return article_literal("");
    }

    (void) article_strip_feed(strip, check->page.data, check->page.len);
    article_strip_finish(strip);

    kept = 0;

    while (article_strip_next_cut(strip, &cut)) {
        article_buf_append(&buf, check->page.data + kept,
                           (size_t) (cut.start - kept));
        kept = cut.end;
    }

    article_buf_append(&buf, check->page.data + kept,
                       check->page.len - (size_t) kept);
    article_strip_destroy(strip);

    return article_buf_slice(&buf);
}


/* The text of a page, options and all, white space squeezed. */
static article_slice_t
article_check_text(article_check_t *check, article_slice_t page)
{
    lxb_dom_node_t   *root, *node;
    article_buf_t     buf;
    lexbor_str_t     *text;

    article_buf_init(&buf, check->arena);

    if (article_document_parse(check->engine, page, article_literal(""),
                               NULL)
        != ARTICLE_OK)
    {
        return article_literal("");
    }

    root = lxb_dom_interface_node(check->engine->document);

    for (node = root; node != NULL; node = article_node_next(node, root, 0)) {
        if (node->type == LXB_DOM_NODE_TYPE_TEXT) {
            text = &lxb_dom_interface_text(node)->char_data.data;
            article_buf_append(&buf, (char *) text->data, text->length);

        } else if (node->type == LXB_DOM_NODE_TYPE_ELEMENT) {
            article_buf_append_char(&buf, ' ');
        }
    }

    return article_squeeze(check->arena, article_buf_slice(&buf));
}


static void
article_check_cut(article_check_t *check, const article_json_t *list,
    article_slice_t before, article_slice_t after, unsigned cut)
{
    const article_json_t  *s;

    s = list != NULL ? list->first : NULL;

    for ( /* void */ ; s != NULL; s = s->next) {
        if (article_slice_find(before, s->string) == NULL) {
            article_check_fail(check, s, "the page has no \"%.*s\"",
                               (int) s->string.len, s->string.data);

        } else if ((article_slice_find(after, s->string) == NULL) != cut) {
            article_check_fail(check, s, cut ? "\"%.*s\" is not cut"
                                             : "\"%.*s\" is cut",
                               (int) s->string.len, s->string.data);
        }
    }
}


static void
article_check_fail(article_check_t *check, const article_json_t *value,
    const char *format, ...)
{
    char      message[512];
    va_list   args;
    unsigned  line, column;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);

    article_json_position(check->portal->text, value->at, &line, &column);

    check->failures++;
    check->handler(check->data, line, message);
}

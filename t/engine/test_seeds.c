/*
 * Copyright (C) ngx_article authors
 *
 * The sample portals' pages against what was written down for them
 * (t/pages/PORTAL/PAGE.gold.json): their shapes are the five seeds'.
 */

#include <dirent.h>
#include <stdio.h>

#include "support_read.h"


/* Longest path of a sample page. */
#define SEEDS_PATH  512


typedef struct {
    const char  *page;
    unsigned     failures;
    unsigned     articles;
    unsigned     others;
} seeds_t;


static void seeds_portal(seeds_t *seeds, const char *dir);
static void seeds_page(seeds_t *seeds, const char *stem);
static void seeds_article(seeds_t *seeds, yajl_val gold, yajl_val item);
static void seeds_text(seeds_t *seeds, yajl_val gold, yajl_val item);
static void seeds_items(seeds_t *seeds, yajl_val gold, yajl_val feed);
static void seeds_fail(seeds_t *seeds, const char *what, const char *got,
    const char *expected);
static char *seeds_normal(const char *s);


static const char *
seeds_root(void)
{
    const char  *root;

    root = getenv("ARTICLE_ROOT");

    return root ? root : ".";
}


static void
test_pages(void **state)
{
    char            dir[SEEDS_PATH];
    DIR            *pages;
    seeds_t         seeds;
    struct dirent  *entry;

    (void) state;

    memset(&seeds, 0, sizeof(seeds));

    snprintf(dir, sizeof(dir), "%s/t/pages", seeds_root());

    pages = opendir(dir);
    assert_non_null(pages);

    while ((entry = readdir(pages)) != NULL) {

        if (entry->d_name[0] == '.' || entry->d_type == DT_REG) {
            continue;
        }

        snprintf(dir, sizeof(dir), "%s/t/pages/%s", seeds_root(),
                 entry->d_name);
        seeds_portal(&seeds, dir);
    }

    closedir(pages);

    assert_int_equal(seeds.failures, 0);
    assert_true(seeds.articles >= 30);
    assert_true(seeds.others >= 10);
}


static void
seeds_portal(seeds_t *seeds, const char *dir)
{
    int             n;
    char            stem[SEEDS_PATH];
    DIR            *pages;
    size_t          len;
    struct dirent  *entry;

    static const char  suffix[] = ".gold.json";

    pages = opendir(dir);

    while (pages && (entry = readdir(pages)) != NULL) {
        len = strlen(entry->d_name);

        if (len < sizeof(suffix)
            || strcmp(entry->d_name + len - (sizeof(suffix) - 1), suffix)
               != 0)
        {
            continue;
        }

        n = snprintf(stem, sizeof(stem), "%s/%.*s", dir,
                     (int) (len - (sizeof(suffix) - 1)), entry->d_name);
        assert_true(n > 0 && (size_t) n < sizeof(stem));

        seeds_page(seeds, stem);
    }

    if (pages) {
        closedir(pages);
    }
}


static void
seeds_page(seeds_t *seeds, const char *stem)
{
    char                    *html, *json, name[SEEDS_PATH + 16], error[200];
    char                     url[SEEDS_PATH];
    size_t                   len, json_len;
    yajl_val                 gold, item;
    article_result_t         result;
    article_read_options_t   options;

    snprintf(name, sizeof(name), "%s.gold.json", stem);
    json = read_file(name, &json_len);
    assert_non_null(json);

    snprintf(name, sizeof(name), "%s.html", stem);
    html = read_file(name, &len);
    assert_non_null(html);

    gold = yajl_tree_parse(json, error, sizeof(error));
    assert_non_null(gold);

    snprintf(url, sizeof(url), "https://%s%s", read_string(gold, "site"),
             read_string(gold, "url"));

    memset(&options, 0, sizeof(options));
    options.url = test_slice(url);

    item = read_options(html, len, &options, &result);

    seeds->page = stem;

    if (strcmp(read_string(gold, "kind"), "article") == 0) {
        seeds->articles++;

        if (result.kind != ARTICLE_KIND_ARTICLE) {
            seeds_fail(seeds, "kind", article_kind_word(result.kind),
                       "article");
        } else {
            seeds_article(seeds, gold, item);
        }

    } else {
        seeds->others++;

        if (result.reason == ARTICLE_OK
            && result.kind == ARTICLE_KIND_ARTICLE)
        {
            seeds_fail(seeds, "kind", "article", read_string(gold, "kind"));
        }

        seeds_items(seeds, gold, item);
    }

    yajl_tree_free(item);
    yajl_tree_free(gold);
    free(json);
    free(html);
}


static void
seeds_article(seeds_t *seeds, yajl_val gold, yajl_val item)
{
    size_t       i, n;
    const char  *got, *expected, *name;

    if (strcmp(read_string(item, "title"), read_string(gold, "title")) != 0) {
        seeds_fail(seeds, "title", read_string(item, "title"),
                   read_string(gold, "title"));
    }

    got = read_string(item, "date_published");
    expected = read_string(gold, "date_published");

    if (strncmp(got, expected, strlen(expected) ? strlen(expected) : 1) != 0) {
        seeds_fail(seeds, "date", got, expected);
    }

    n = read_length(gold, "authors");

    if (read_length(item, "authors") != n) {
        seeds_fail(seeds, "authors", "another number", "");
        n = 0;
    }

    for (i = 0; i < n; i++) {
        expected = YAJL_GET_STRING(read_element(gold, "authors", i));
        got = read_string(read_element(item, "authors", i), "name");

        if (strcmp(got, expected) != 0) {
            seeds_fail(seeds, "author", got, expected);
        }
    }

    for (i = 0; i < read_length(gold, "attachments"); i++) {
        expected = YAJL_GET_STRING(read_element(gold, "attachments", i));
        name = strrchr(expected, '/');
        name = name ? name + 1 : expected;
        got = read_string(read_element(item, "attachments", i), "url");

        if (strchr(name, ' ') == NULL && strstr(got, name) == NULL) {
            seeds_fail(seeds, "attachment", got, expected);
        }
    }

    seeds_text(seeds, gold, item);
}


/* Every paragraph and caption, and none of what must not be there. */

static void
seeds_text(seeds_t *seeds, yajl_val gold, yajl_val item)
{
    char        *text, *html, *words;
    size_t       i;
    const char  *s;

    text = seeds_normal(read_string(item, "content_text"));
    html = seeds_normal(read_string(item, "content_html"));

    for (i = 0; i < read_length(gold, "paragraphs"); i++) {
        words = seeds_normal(YAJL_GET_STRING(read_element(gold, "paragraphs",
                                                          i)));
        if (strstr(text, words) == NULL) {
            seeds_fail(seeds, "paragraph", text, words);
        }

        free(words);
    }

    for (i = 0; i < read_length(gold, "captions"); i++) {
        s = YAJL_GET_STRING(read_element(gold, "captions", i));

        if (strpbrk(s, "\"&<>") == NULL && strstr(html, s) == NULL) {
            seeds_fail(seeds, "caption", html, s);
        }
    }

    for (i = 0; i < read_length(gold, "must_not_contain"); i++) {
        words = seeds_normal(YAJL_GET_STRING(read_element(gold,
                                                    "must_not_contain", i)));

        /* short words may be part of the text's own */

        if (strlen(words) > 24 && strstr(text, words)) {
            seeds_fail(seeds, "leak", text, words);
        }

        free(words);
    }

    free(text);
    free(html);
}


static void
seeds_items(seeds_t *seeds, yajl_val gold, yajl_val feed)
{
    size_t       i;
    yajl_val     item;
    const char  *got, *expected;

    if (read_length(gold, "items") == 0) {
        return;
    }

    if (read_length(gold, "items") != read_length(feed, "items")) {
        seeds_fail(seeds, "items", "another number", "");
        return;
    }

    for (i = 0; i < read_length(gold, "items"); i++) {
        item = read_element(gold, "items", i);
        expected = read_string(item, "title");
        got = read_string(read_element(feed, "items", i), "title");

        if (strcmp(got, expected) != 0) {
            seeds_fail(seeds, "item", got, expected);
        }

        expected = read_string(item, "url");
        got = read_string(read_element(feed, "items", i), "url");

        if (strstr(got, expected) == NULL) {
            seeds_fail(seeds, "item's address", got, expected);
        }
    }
}


static void
seeds_fail(seeds_t *seeds, const char *what, const char *got,
    const char *expected)
{
    seeds->failures++;
    print_error("%s: %s: got \"%.300s\", expected \"%.300s\"\n", seeds->page,
                what, got, expected);
}


/* White space to single spaces; " | " between cells is white space too. */

static char *
seeds_normal(const char *s)
{
    char    *out;
    size_t   n;

    out = malloc(strlen(s) + 1);
    assert_non_null(out);
    n = 0;

    for ( /* void */ ; *s; s++) {

        if (*s == ' ' || *s == '\n' || *s == '\t'
            || (*s == '|' && n && out[n - 1] == ' '))
        {
            if (n && out[n - 1] != ' ') {
                out[n++] = ' ';
            }

            continue;
        }

        out[n++] = *s;
    }

    while (n && out[n - 1] == ' ') {
        n--;
    }

    out[n] = '\0';

    return out;
}


int
main(void)
{
    static const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_pages)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Copyright (C) ngx_article authors
 *
 * Any bytes as a page -> item or feed: what is promised of the JSON holds,
 * and a second read gives the same bytes.
 */

#include "fuzz_item.h"
#include "fuzz_portals.h"


/* Choices, as bits of the input's last byte. */
#define FUZZ_CHARSET   0x03
#define FUZZ_URL       0x1c
#define FUZZ_EXPLAIN   0x20
#define FUZZ_FAMILIES  0x40
#define FUZZ_NO_BASE   0x80


static const char *const  fuzz_charsets[] = {
    "", "utf-8", "windows-1258", "iso-8859-1"
};

static const char *const  fuzz_urls[] = {
    "https://bao.example/tin-tuc/mot-bai-viet-12345.html", "",
    "https://bao.example/", "/chuyen-muc?page=2", "tin/1.html",
    "http://10.0.0.8:8080/tin/bai-1.html", "https://bao.example/video/7",
    "//xau.example/a b"
};


static void
fuzz_options(article_slice_t *page, article_read_options_t *options)
{
    unsigned  how;

    memset(options, 0, sizeof(article_read_options_t));

    how = fuzz_choice(page);

    options->charset.data = fuzz_charsets[how & FUZZ_CHARSET];
    options->charset.len = strlen(options->charset.data);
    options->url.data = fuzz_urls[(how & FUZZ_URL) >> 2];
    options->url.len = strlen(options->url.data);
    options->now = FUZZ_NOW;

    if (!(how & FUZZ_NO_BASE)) {
        options->base_url = article_literal("https://bao.example");
        options->json_base = article_literal("https://bao.example/api/");
    }

    options->portal = fuzz_portal(fuzz_choice(page));

    if (how & FUZZ_FAMILIES) {
        options->families = fuzz_families(&options->families_number);
    }
}


static void
fuzz_explained(void *data, article_slice_t line)
{
    (void) data;

    fuzz_check_text("a line of explain", line);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned                how;
    article_slice_t         page, json;
    article_result_t        result;
    article_reason_t        reason;
    article_read_options_t  options;

    static article_engine_t  *engine;

    if (engine == NULL) {
        engine = article_engine_create(NULL);
    }

    page = (article_slice_t) { (const char *) data, size };
    how = size ? data[size - 1] : 0;
    fuzz_options(&page, &options);
    page = fuzz_exact(page);

    reason = article_read(engine, &options, page.data, page.len, &result);

    if (reason != result.reason) {
        fuzz_fail("two reasons", result.json);
    }

    if (reason == ARTICLE_OK) {
        fuzz_item_check(result.json, result.kind,
                        options.base_url.len != 0
                        || article_slice_starts(options.url,
                                                article_literal("http")));
        json = fuzz_exact(result.json);

        reason = article_read(engine, &options, page.data, page.len, &result);

        if (reason != ARTICLE_OK || !article_slice_equal(json, result.json)) {
            fuzz_fail("another answer the second time", json);
        }

        fuzz_free(json);

    } else if (result.json.len != 0) {
        fuzz_fail("a reason and JSON", result.json);
    }

    if (how & FUZZ_EXPLAIN) {
        (void) article_explain(engine, &options, page.data, page.len,
                               fuzz_explained, NULL);
    }

    fuzz_free(page);

    return 0;
}

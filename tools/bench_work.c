/*
 * Copyright (C) ngx_article authors
 *
 * The works that are measured: a pass over all pages each, with warm tools.
 */

#include <string.h>

#include "bench.h"
#include "scanner.h"


/* Buckets of the tokenizer's tables of names: as a lexbor document has. */
#define BENCH_NAMES  128


static void bench_phase(void *data, unsigned phase);
static int bench_tokenize(bench_tools_t *tools, article_slice_t page);
static lxb_html_token_t *bench_token(lxb_html_tokenizer_t *tokenizer,
    lxb_html_token_t *token, void *data);
static void bench_scan(article_slice_t page);
static unsigned bench_scan_start(void *data,
    const article_tag_event_t *event);
static void bench_scan_end(void *data, const article_tag_event_t *event);
static void bench_scan_text(void *data, article_text_kind_t kind,
    article_slice_t text);
static void bench_scan_declaration(void *data, article_slice_t text);
static int bench_strip(bench_tools_t *tools, article_slice_t page);


int
bench_tools_create(bench_tools_t *tools)
{
    memset(tools, 0, sizeof(*tools));

    tools->engine = article_engine_create(NULL);
    if (tools->engine == NULL) {
        return -1;
    }

    tools->engine->phase_data = tools;

    tools->memory = article_strip_memory_create();
    tools->tokenizer = lxb_html_tokenizer_create();

    if (lxb_html_tokenizer_init(tools->tokenizer) != LXB_STATUS_OK
        || lxb_html_tokenizer_tags_make(tools->tokenizer, BENCH_NAMES)
           != LXB_STATUS_OK
        || lxb_html_tokenizer_attrs_make(tools->tokenizer, BENCH_NAMES)
           != LXB_STATUS_OK)
    {
        return -1;
    }

    lxb_html_tokenizer_callback_token_done_set(tools->tokenizer, bench_token,
                                               NULL);

    return 0;
}


void
bench_tools_destroy(bench_tools_t *tools)
{
    article_engine_destroy(tools->engine);
    article_strip_memory_destroy(tools->memory);

    if (tools->tokenizer != NULL) {
        lxb_html_tokenizer_tags_destroy(tools->tokenizer);
        lxb_html_tokenizer_attrs_destroy(tools->tokenizer);
        lxb_html_tokenizer_destroy(tools->tokenizer);
    }
}


int
bench_pass(bench_tools_t *tools, bench_work_t work,
    const bench_pages_t *pages)
{
    int                     rc;
    size_t                  i;
    article_result_t        result;
    article_read_options_t  options;

    rc = 0;
    memset(&options, 0, sizeof(options));
    tools->engine->phase = tools->phases ? bench_phase : NULL;
    tools->mark = bench_now();

    for (i = 0; i < pages->number && rc == 0; i++) {

        switch (work) {

        case BENCH_TOKENIZER:
            rc = bench_tokenize(tools, pages->page[i]);
            break;

        case BENCH_READ:
            if (article_read(tools->engine, &options, pages->page[i].data,
                             pages->page[i].len, &result)
                == ARTICLE_NO_MEMORY)
            {
                rc = -1;
            }

            break;

        case BENCH_SCAN:
            bench_scan(pages->page[i]);
            break;

        default:
            rc = bench_strip(tools, pages->page[i]);
        }
    }

    return rc;
}


static void
bench_phase(void *data, unsigned phase)
{
    bench_cost_t    now;
    bench_tools_t  *tools;

    tools = data;
    now = bench_now();

    tools->phase[phase].seconds += now.seconds - tools->mark.seconds;
    tools->phase[phase].instructions += now.instructions
                                        - tools->mark.instructions;
    tools->mark = now;
}


static int
bench_tokenize(bench_tools_t *tools, article_slice_t page)
{
    lxb_status_t           status;
    lxb_html_tokenizer_t  *tokenizer;

    tokenizer = tools->tokenizer;

    lxb_html_tokenizer_clean(tokenizer);

    status = lxb_html_tokenizer_begin(tokenizer);

    if (status == LXB_STATUS_OK) {
        status = lxb_html_tokenizer_chunk(tokenizer,
                                          (const lxb_char_t *) page.data,
                                          page.len);
    }

    if (status == LXB_STATUS_OK) {
        status = lxb_html_tokenizer_end(tokenizer);
    }

    return status == LXB_STATUS_OK ? 0 : -1;
}


/* A tree's part in tokenizing: the text of some elements is no markup. */
static lxb_html_token_t *
bench_token(lxb_html_tokenizer_t *tokenizer, lxb_html_token_t *token,
    void *data)
{
    (void) data;

    if (!(token->type & LXB_HTML_TOKEN_TYPE_CLOSE)) {
        lxb_html_tokenizer_set_state_by_tag(tokenizer, false, token->tag_id,
                                            LXB_NS_HTML);
    }

    return token;
}


static void
bench_scan(article_slice_t page)
{
    article_scanner_t     scanner;
    article_attributes_t  attributes;

    static const article_scanner_handler_t  handler = {
        bench_scan_start, bench_scan_end, bench_scan_text,
        bench_scan_declaration
    };

    article_attributes_init(&attributes);
    article_scanner_init(&scanner, &handler, NULL, &attributes);
    article_scanner_feed(&scanner, page.data, page.len);
}


static unsigned
bench_scan_start(void *data, const article_tag_event_t *event)
{
    (void) data;
    (void) event;

    return 1;
}


static void
bench_scan_end(void *data, const article_tag_event_t *event)
{
    (void) data;
    (void) event;
}


static void
bench_scan_text(void *data, article_text_kind_t kind, article_slice_t text)
{
    (void) data;
    (void) kind;
    (void) text;
}


static void
bench_scan_declaration(void *data, article_slice_t text)
{
    (void) data;
    (void) text;
}


static int
bench_strip(bench_tools_t *tools, article_slice_t page)
{
    article_range_t          cut;
    article_strip_t         *strip;
    article_strip_options_t  options;

    memset(&options, 0, sizeof(options));
    options.buffer = ARTICLE_STRIP_BUFFER;
    options.builtin = 1;
    options.memory = tools->memory;     /* as a worker has */

    strip = article_strip_create(&options);
    if (strip == NULL) {
        return -1;
    }

    article_strip_feed(strip, page.data, page.len);
    article_strip_finish(strip);

    while (article_strip_next_cut(strip, &cut)) {
        /* the caller would send what is between two cuts */
    }

    article_strip_destroy(strip);

    return 0;
}

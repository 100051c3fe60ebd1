/*
 * Copyright (C) ngx_article authors
 *
 * Any bytes as what headers and lines hold: charsets and pages in them,
 * dates in all forms, bylines, addresses, Cache-Control and its kin.
 */

#include "fuzz.h"
#include "fuzz_nginx.h"

#include "charset.h"
#include "dates.h"
#include "url.h"
#include "url_host.h"
#include "ngx_http_article_freshness.h"



static void
fuzz_charset(article_arena_t *arena, article_slice_t input)
{
    article_slice_t  name, text, again;

    name = fuzz_line(&input);

    (void) article_charset_is_binary(input);
    text = article_charset_decode(arena, input, name);

    if (text.data == NULL) {
        return;
    }

    if (!article_utf8_valid(text)) {
        fuzz_fail("a page that is not decoded", text);
    }

    text = article_text_clean(arena, text);
    fuzz_check_text("clean text", text);

    again = article_nfc(arena, text);

    if (again.data && !article_slice_equal(article_nfc(arena, again), again))
    {
        fuzz_fail("NFC of NFC is another one", again);
    }

    (void) article_fold(arena, text);
    text = article_squeeze(arena, text);

    if (!article_slice_equal(text, article_squeeze(arena, text))) {
        fuzz_fail("squeezed twice is another one", text);
    }
}


static void
fuzz_date(const article_date_t *date)
{
    char             out[ARTICLE_DATE_SIZE];
    article_date_t   again;
    article_slice_t  text;

    if (date->month - 1 > 11 || date->day - 1 > 30 || date->hour > 23
        || date->minute > 59 || date->second > 60)
    {
        fuzz_fail("a date that is none", article_literal(""));
    }

    article_date_format(date, out);
    text = (article_slice_t) { out, strlen(out) };

    if (!article_date_parse_iso(text, &again)
        || article_date_seconds(&again) != article_date_seconds(date))
    {
        fuzz_fail("a date that is another one when written", text);
    }

    article_date_format_in(date, -720, out);
}


static void
fuzz_dates(article_slice_t input)
{
    size_t           from;
    unsigned         style;
    article_date_t   date;
    article_names_t  names;
    article_slice_t  text;

    text = fuzz_exact(input);

    for (style = 0; style < 4; style++) {
        for (from = 0; from < text.len; from = date.end) {
            if (!article_date_find_in(text, from, style, &date)) {
                break;
            }

            if (date.start < from || date.end <= date.start
                || date.end > text.len)
            {
                fuzz_fail("a date beyond its text", text);
            }

            fuzz_date(&date);
        }
    }

    if (article_date_parse_iso(text, &date)) {
        fuzz_date(&date);
    }

    if (article_utf8_valid(text)) {
        (void) article_byline_parse(text, 0, &names);
        (void) article_byline_parse(text, 1, &names);
    }

    fuzz_free(text);
}


/* The public address is the operator's; all others may be anything. */

static void
fuzz_addresses(article_arena_t *arena, article_slice_t input, unsigned how)
{
    article_slice_t        url, again, reference;
    article_url_context_t  context;

    memset(&context, 0, sizeof(context));

    context.page = fuzz_line(&input);
    context.base = fuzz_line(&input);

    if (how & 1) {
        context.public_url = article_literal("https://bao.example");
    }

    reference = fuzz_exact(input);

    (void) article_url_decode(arena, reference);
    (void) article_url_host_valid(reference);
    (void) article_path_allowed(NULL, reference);

    url = article_url_resolve(arena, &context, reference);

    if (url.len != 0) {
        (void) article_url_path(url);
    }

    if (article_slice_starts(url, article_literal("http://"))
        || article_slice_starts(url, article_literal("https://")))
    {
        fuzz_check_url("an address", url);

        memset(&context, 0, sizeof(context));
        context.page = url;
        again = article_url_resolve(arena, &context, url);

        if (!article_slice_equal(url, again)) {
            fuzz_fail("an address that is another one when resolved", url);
        }
    }

    fuzz_free(reference);
}


static ngx_str_t
fuzz_header(article_slice_t *input)
{
    article_slice_t  line;

    line = fuzz_line(input);

    return (ngx_str_t) { line.len, (u_char *) (uintptr_t) line.data };
}


static void
fuzz_freshness(article_slice_t input, unsigned how)
{
    article_slice_t                     copy, rest;
    ngx_http_article_freshness_t        freshness;
    ngx_http_article_origin_headers_t   headers;

    copy = fuzz_exact(input);
    rest = copy;

    ngx_memzero(&headers, sizeof(headers));
    headers.status = how & 1 ? 404 : 200;
    headers.cache_control = fuzz_header(&rest);
    headers.expires = fuzz_header(&rest);
    headers.date = fuzz_header(&rest);
    headers.age = fuzz_header(&rest);
    headers.vary = fuzz_header(&rest);
    headers.last_modified = fuzz_header(&rest);
    headers.set_cookie = how >> 1 & 1;

    ngx_http_article_freshness(&headers, NULL, how & 0x1e, FUZZ_NOW,
                               &freshness);

    if (freshness.fresh < 0 || freshness.stale < 0 || freshness.age < 0
        || freshness.updating < -1
        || (freshness.fresh == 0) != (freshness.reason != ARTICLE_OK))
    {
        fuzz_fail("a time that cannot be", input);
    }

    fuzz_free(copy);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned          kind;
    article_arena_t  *arena;
    article_slice_t   input;

    input = (article_slice_t) { (const char *) data, size };
    kind = fuzz_choice(&input);
    arena = article_arena_create(ARTICLE_MAX_MEMORY);

    switch (kind & 3) {
    case 0:
        fuzz_charset(arena, input);
        break;
    case 1:
        fuzz_dates(input);
        break;
    case 2:
        fuzz_addresses(arena, input, kind >> 2);
        break;
    default:
        fuzz_freshness(input, kind >> 2);
        break;
    }

    article_arena_destroy(arena);

    return 0;
}

/*
 * Copyright (C) ngx_article authors
 *
 * Any bytes through the scanner and the cutter: the cuts do not depend on the
 * portions in which the page comes, what must hold after each portion holds,
 * and lexbor's DOM finds every cut clean.
 */

#include "fuzz_portals.h"
#include "support_strip.h"


/* Choices, as bits of the input's last byte. */
#define FUZZ_BUFFER   0x03
#define FUZZ_BUILTIN  0x04      /* without a portal: always */
#define FUZZ_URL      0x08
#define FUZZ_CHARSET  0x30

/* Pages of so many bytes also come byte by byte. */
#define FUZZ_SHORT    4000


static const size_t  fuzz_buffers[] = { 0, 300, 1024, 8192 };

static const char *const  fuzz_charsets[] = {
    "", "utf-8", "windows-1258", "utf-16"
};


static void
fuzz_portions(const article_strip_options_t *options, article_slice_t page,
    const strip_cuts_t *whole, size_t size, uint64_t seed)
{
    const char    *wrong;
    strip_cuts_t   cuts;

    wrong = strip_page(options, page, size, seed, &cuts);

    if (wrong != NULL) {
        fuzz_fail(wrong, page);
    }

    if (!strip_cuts_equal(whole, &cuts) || whole->reason != cuts.reason) {
        fuzz_fail("cut otherwise in other portions", page);
    }
}


static void
fuzz_whole(const article_strip_options_t *options, article_slice_t page,
    strip_cuts_t *cuts)
{
    char        *difference;
    const char  *wrong;

    wrong = strip_page(options, page, 0, 0, cuts);

    if (wrong != NULL) {
        fuzz_fail(wrong, page);
    }

    /* what is beyond is not kept by strip_page() */

    if (cuts->number == 0 || cuts->number == STRIP_CUTS_MAX) {
        return;
    }

    difference = strip_oracle(page, cuts);

    if (difference != NULL) {
        fuzz_fail(difference, page);
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned                 how, portion;
    strip_cuts_t             cuts;
    article_slice_t          page;
    article_strip_options_t  options;

    memset(&options, 0, sizeof(options));
    page = (article_slice_t) { (const char *) data, size };

    how = fuzz_choice(&page);
    portion = fuzz_choice(&page);

    options.portal = fuzz_portal(fuzz_choice(&page));
    options.builtin = options.portal == NULL || (how & FUZZ_BUILTIN);
    options.buffer = fuzz_buffers[how & FUZZ_BUFFER];
    options.charset.data = fuzz_charsets[(how & FUZZ_CHARSET) >> 4];
    options.charset.len = strlen(options.charset.data);
    options.url = how & FUZZ_URL ? article_literal("/") : article_literal("");

    page = fuzz_exact(page);

    fuzz_whole(&options, page, &cuts);
    fuzz_portions(&options, page, &cuts, 1 + portion, 1 + portion);

    if (page.len < FUZZ_SHORT) {
        fuzz_portions(&options, page, &cuts, 1, 0);
    }

    fuzz_free(page);

    return 0;
}

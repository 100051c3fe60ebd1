/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "fuzz.h"


/* Bytes of a text that are shown when it is wrong. */
#define FUZZ_SHOWN  4000


unsigned
fuzz_choice(article_slice_t *input)
{
    if (input->len == 0) {
        return 0;
    }

    input->len--;

    return (unsigned char) input->data[input->len];
}


article_slice_t
fuzz_line(article_slice_t *input)
{
    size_t           n;
    const char      *end;
    article_slice_t  line;

    end = input->len ? memchr(input->data, '\n', input->len) : NULL;
    line.data = input->data;
    line.len = end ? (size_t) (end - input->data) : input->len;

    n = end ? line.len + 1 : line.len;

    input->data += n;
    input->len -= n;

    return line;
}


article_slice_t
fuzz_exact(article_slice_t s)
{
    char  *copy;

    copy = malloc(s.len ? s.len : 1);

    if (copy == NULL) {
        abort();
    }

    if (s.len) {
        memcpy(copy, s.data, s.len);
    }

    return (article_slice_t) { copy, s.len };
}


void
fuzz_free(article_slice_t s)
{
    free((void *) (uintptr_t) s.data);
}


void
fuzz_fail(const char *wrong, article_slice_t text)
{
    int  shown;

    shown = text.len < FUZZ_SHOWN ? (int) text.len : FUZZ_SHOWN;

    fprintf(stderr, "wrong: %s\n%.*s\n", wrong, shown,
            shown ? text.data : "");
    abort();
}


void
fuzz_check_text(const char *name, article_slice_t text)
{
    uint32_t     c;
    const char  *p, *end;

    if (!article_utf8_valid(text)) {
        fprintf(stderr, "%s:\n", name);
        fuzz_fail("no UTF-8", text);
    }

    p = text.data;
    end = p + text.len;

    while (p < end) {
        c = article_utf8_next(&p, end);

        if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0)) {
            fprintf(stderr, "%s, U+%04x:\n", name, (unsigned) c);
            fuzz_fail("a control character", text);
        }
    }
}


void
fuzz_check_nfc(const char *name, article_slice_t text)
{
    article_arena_t  *arena;
    article_slice_t   nfc;

    fuzz_check_text(name, text);

    arena = article_arena_create(ARTICLE_MAX_MEMORY);

    if (arena == NULL) {
        abort();
    }

    nfc = article_nfc(arena, text);

    if (nfc.data != NULL && !article_slice_equal(nfc, text)) {
        fprintf(stderr, "%s:\n", name);
        fuzz_fail("not in NFC", text);
    }

    article_arena_destroy(arena);
}


void
fuzz_check_url(const char *name, article_slice_t url)
{
    size_t  i;

    if (!article_slice_starts(url, article_literal("https://"))
        && !article_slice_starts(url, article_literal("http://")))
    {
        fprintf(stderr, "%s:\n", name);
        fuzz_fail("no http(s) address", url);
    }

    for (i = 0; i < url.len; i++) {
        if (url.data[i] <= ' ' || url.data[i] >= 0x7f
            || strchr("\"<>\\^`{|}", url.data[i]))
        {
            fprintf(stderr, "%s:\n", name);
            fuzz_fail("not an address as it is sent", url);
        }
    }
}

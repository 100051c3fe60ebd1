/*
 * Copyright (C) ngx_article authors
 *
 * What the fuzz targets share.  A target is a file fuzz_NAME.c with libFuzzer's
 * one function; tools/fuzz links it with libFuzzer, the Makefile's "replay"
 * with replay.c, which runs files.
 *
 * An input is what the target reads, then its choices, from the last byte
 * backwards: a page as it was saved is an input as well.
 */

#ifndef ARTICLE_FUZZ_H_INCLUDED
#define ARTICLE_FUZZ_H_INCLUDED


#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"


#define fuzz_number(array)  (sizeof(array) / sizeof((array)[0]))


/* The clock of all targets: Unix seconds, fixed. */
#define FUZZ_NOW  1795000000


/* libFuzzer's; always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);


/* Takes the input's last byte; 0 when there is none left. */
unsigned fuzz_choice(article_slice_t *input);

/* Takes the input's first line, without its "\n"; all when there is none. */
article_slice_t fuzz_line(article_slice_t *input);

/*
 * A copy that has no byte behind it, so that ASAN sees a read too far; to be
 * freed with fuzz_free().
 */
article_slice_t fuzz_exact(article_slice_t s);
void fuzz_free(article_slice_t s);

/* Aborts, showing what is wrong, and the text unless it is empty. */
void fuzz_fail(const char *wrong, article_slice_t text);

/* Aborts unless the text is as every string of ours: */

/* ... valid UTF-8 without controls but "\n" and "\t". */
void fuzz_check_text(const char *name, article_slice_t text);

/* ... in NFC as well. */
void fuzz_check_nfc(const char *name, article_slice_t text);

/* ... an absolute http(s) address in ASCII without spaces or quotes. */
void fuzz_check_url(const char *name, article_slice_t url);


#endif /* ARTICLE_FUZZ_H_INCLUDED */

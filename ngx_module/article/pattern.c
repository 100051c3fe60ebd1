/*
 * Copyright (C) the authors named in LICENSE
 *
 * Patterns by PCRE2.
 */

#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH  8
#include <pcre2.h>

#include "pattern.h"


/*
 * Subjects are paths: a pattern that needs more than this many steps on one
 * backtracks without end.  The depth limit holds where there is no JIT.
 */
#define ARTICLE_PATTERN_MATCH_LIMIT  100000
#define ARTICLE_PATTERN_DEPTH_LIMIT  1000
#define ARTICLE_PATTERN_HEAP_LIMIT   1024       /* KB */


struct article_pattern_s {
    pcre2_code           *code;
    pcre2_match_context  *context;
    uint32_t              groups;
};


article_pattern_t *
article_pattern_create(article_slice_t pattern, char *message, size_t size)
{
    int                 error;
    size_t              len;
    PCRE2_SIZE          offset;
    article_pattern_t  *p;

    p = calloc(1, sizeof(article_pattern_t));
    if (p == NULL) {
        snprintf(message, size, "out of memory");
        return NULL;
    }

    p->code = pcre2_compile((PCRE2_SPTR) pattern.data, pattern.len,
                            PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &error,
                            &offset, NULL);
    if (p->code == NULL) {
        pcre2_get_error_message(error, (PCRE2_UCHAR *) message, size);
        len = 0;
        while (len < size && message[len] != '\0') {
            len++;
        }

        snprintf(message + len, size - len, " (at byte %zu)",
                 (size_t) offset + 1);
        free(p);
        return NULL;
    }

    p->context = pcre2_match_context_create(NULL);
    if (p->context == NULL) {
        snprintf(message, size, "out of memory");
        article_pattern_destroy(p);
        return NULL;
    }

    pcre2_set_match_limit(p->context, ARTICLE_PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit(p->context, ARTICLE_PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(p->context, ARTICLE_PATTERN_HEAP_LIMIT);

    pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &p->groups);

    /* no JIT on this machine: the interpreter does */
    (void) pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);

    return p;
}


void
article_pattern_destroy(article_pattern_t *pattern)
{
    if (pattern == NULL) {
        return;
    }

    pcre2_match_context_free(pattern->context);
    pcre2_code_free(pattern->code);
    free(pattern);
}


unsigned
article_pattern_groups(const article_pattern_t *pattern)
{
    return pattern->groups;
}


int
article_pattern_match(const article_pattern_t *pattern,
    article_slice_t subject, article_slice_t *group)
{
    int                rc;
    PCRE2_SIZE        *vector;
    pcre2_match_data  *data;

    data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    if (data == NULL) {
        return ARTICLE_PATTERN_FAILED;
    }

    rc = pcre2_match(pattern->code, (PCRE2_SPTR) subject.data, subject.len, 0,
                     0, data, pattern->context);

    if (group != NULL) {
        vector = pcre2_get_ovector_pointer(data);
        *group = article_literal("");

        if (rc > 1 && vector[2] != PCRE2_UNSET) {
            group->data = subject.data + vector[2];
            group->len = vector[3] - vector[2];
        }
    }

    pcre2_match_data_free(data);

    if (rc == PCRE2_ERROR_NOMATCH) {
        return ARTICLE_PATTERN_NONE;
    }

    return rc < 0 ? ARTICLE_PATTERN_FAILED : ARTICLE_PATTERN_MATCH;
}


int
article_patterns_match(const article_patterns_t *patterns,
    article_slice_t subject)
{
    int       rc;
    unsigned  i;

    for (i = 0; i < patterns->number; i++) {
        rc = article_pattern_match(patterns->pattern[i], subject, NULL);
        if (rc != ARTICLE_PATTERN_NONE) {
            return rc;
        }
    }

    return ARTICLE_PATTERN_NONE;
}


void
article_patterns_clear(article_patterns_t *patterns)
{
    unsigned  i;

    for (i = 0; i < patterns->number; i++) {
        article_pattern_destroy(patterns->pattern[i]);
    }

    patterns->number = 0;
}

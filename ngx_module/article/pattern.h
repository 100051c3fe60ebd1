/*
 * Copyright (C) the authors named in LICENSE
 *
 * Patterns of portal files: PCRE2, JIT-compiled, UTF-8, with limits that no
 * subject can exceed.
 */

#ifndef ARTICLE_PATTERN_H_INCLUDED
#define ARTICLE_PATTERN_H_INCLUDED


#include "arena.h"


typedef struct article_pattern_s  article_pattern_t;

/* A list of patterns; free with article_patterns_clear(). */
typedef struct {
    article_pattern_t  **pattern;       /* the array is an arena's */
    unsigned             number;
} article_patterns_t;


#define ARTICLE_PATTERN_NONE    0
#define ARTICLE_PATTERN_MATCH   1
#define ARTICLE_PATTERN_FAILED  (-1)    /* limit hit, or subject not UTF-8 */


/*
 * Compiles a pattern; NULL with a message ("missing closing parenthesis (at
 * character 5)") in the buffer.  Free it with article_pattern_destroy().
 * A compiled pattern is immutable: threads may share it.
 */
article_pattern_t *article_pattern_create(article_slice_t pattern,
    char *message, size_t size);
void article_pattern_destroy(article_pattern_t *pattern);

/* The number of capturing groups. */
unsigned article_pattern_groups(const article_pattern_t *pattern);

/*
 * Matches; *group (or NULL) gets the first group, empty when it took no part.
 */
int article_pattern_match(const article_pattern_t *pattern,
    article_slice_t subject, article_slice_t *group);

/* The first outcome other than NONE of the list, or NONE. */
int article_patterns_match(const article_patterns_t *patterns,
    article_slice_t subject);
void article_patterns_clear(article_patterns_t *patterns);


#endif /* ARTICLE_PATTERN_H_INCLUDED */

/*
 * Copyright (C) ngx_article authors
 *
 * Reading a page in a unit test: HTML in, members of the JSON out.
 */

#ifndef ARTICLE_SUPPORT_READ_H_INCLUDED
#define ARTICLE_SUPPORT_READ_H_INCLUDED


#include "support.h"

#include <yajl/yajl_tree.h>

#include "article.h"


/* A page's address in these tests. */
#define READ_URL  "https://bao.example/tin/bai-1.html"


/* Reads a page; the JSON as a tree, to be freed with yajl_tree_free(). */
yajl_val read_page(const char *html);
yajl_val read_options(const char *html, size_t len,
    const article_read_options_t *options, article_result_t *result);

/* A string member by path ("_article.kind"); "" when it is not there. */
const char *read_string(yajl_val item, const char *path);

/* Member i of an array at a path; NULL when there is none. */
yajl_val read_element(yajl_val item, const char *path, size_t i);
size_t read_length(yajl_val item, const char *path);

/* Fails, showing the JSON's member, unless it is the string. */
void read_expect(yajl_val item, const char *path, const char *expected);

/* Fails unless a string member holds (or does not hold) the words. */
void read_holds(yajl_val item, const char *path, const char *words);
void read_lacks(yajl_val item, const char *path, const char *words);

/* A whole file; terminated, to be freed.  NULL: cannot be read. */
char *read_file(const char *name, size_t *len);


#endif /* ARTICLE_SUPPORT_READ_H_INCLUDED */

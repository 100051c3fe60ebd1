/*
 * Copyright (C) ngx_article authors
 *
 * The streaming cutter: placeholder of the first hour, cuts nothing.
 */

#include <stdlib.h>

#include "article.h"


struct article_strip_s {
    uint64_t  offset;
};


article_strip_t *
article_strip_create(const article_strip_options_t *options)
{
    (void) options;

    return calloc(1, sizeof(article_strip_t));
}


void
article_strip_destroy(article_strip_t *strip)
{
    free(strip);
}


article_reason_t
article_strip_feed(article_strip_t *strip, const char *data, size_t len)
{
    (void) data;

    strip->offset += len;

    return ARTICLE_OK;
}


void
article_strip_finish(article_strip_t *strip)
{
    (void) strip;
}


void
article_strip_release(article_strip_t *strip)
{
    (void) strip;
}


uint64_t
article_strip_decided(const article_strip_t *strip)
{
    return strip->offset;
}


unsigned
article_strip_next_cut(article_strip_t *strip, article_range_t *cut)
{
    (void) strip;
    (void) cut;

    return 0;
}


const char *
article_strip_why(const article_strip_t *strip)
{
    (void) strip;

    return "";
}

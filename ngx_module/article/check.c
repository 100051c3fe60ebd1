/*
 * Copyright (C) ngx_article authors
 *
 * Tests inside portal files: placeholder of the first hour.
 */

#include "article.h"


unsigned
article_portal_check(const article_portal_t *portal,
    article_engine_t *engine, const char *dir, article_check_pt handler,
    void *data, unsigned *tests)
{
    (void) portal;
    (void) engine;
    (void) dir;
    (void) handler;
    (void) data;

    *tests = 0;

    return 0;
}

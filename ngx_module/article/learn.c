/*
 * Copyright (C) ngx_article authors
 *
 * Learning: placeholder of the first hour.
 */

#include <stdlib.h>

#include "article.h"


struct article_learner_s {
    unsigned  pages;
};


article_learner_t *
article_learner_create(article_slice_t host)
{
    (void) host;

    return calloc(1, sizeof(article_learner_t));
}


void
article_learner_destroy(article_learner_t *learner)
{
    free(learner);
}


article_reason_t
article_learner_add(article_learner_t *learner, article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len)
{
    (void) engine;
    (void) options;
    (void) page;
    (void) len;

    learner->pages++;

    return ARTICLE_OK;
}


article_reason_t
article_learner_portal(article_learner_t *learner, article_slice_t *json)
{
    (void) learner;

    *json = article_literal("{\"portal\": \"learned\"}\n");

    return ARTICLE_OK;
}

/*
 * Copyright (C) ngx_article authors
 *
 * What the tests of learning share: pages of one portal, made to order.
 */

#ifndef ARTICLE_SUPPORT_LEARN_H_INCLUDED
#define ARTICLE_SUPPORT_LEARN_H_INCLUDED


#include "article.h"


#define LEARN_PAGE  16384


/*
 * A page of the portal: article n, and what a test adds to it.  NULL adds
 * nothing.
 */
typedef struct {
    unsigned     n;         /* title and text */
    unsigned     lists;     /* what the lists show; those of n when 0 */
    unsigned     skin;      /* 0 or 1: the portal's design */
    const char  *top;       /* above the columns */
    const char  *inside;    /* at the end of the article's text */
    const char  *side;      /* in the column beside it */
} learn_page_t;


/* Writes the page to out (LEARN_PAGE bytes), returns its length. */
size_t learn_page(char *out, const learn_page_t *page);

/* Observes the page at url (or NULL); what article_learner_observe() says. */
article_reason_t learn_observe(article_learner_t *learner,
    article_engine_t *engine, const learn_page_t *page, const char *url,
    time_t now);

/* The page stripped by the plan in force and built-in labels; malloc'd. */
char *learn_strip(article_learner_t *learner, const learn_page_t *page);

/* The plan in force as a portal file; the learner's. */
const char *learn_plan(article_learner_t *learner);


#endif /* ARTICLE_SUPPORT_LEARN_H_INCLUDED */

/*
 * Copyright (C) ngx_article authors
 *
 * What is promised of every item and feed.
 */

#ifndef ARTICLE_FUZZ_ITEM_H_INCLUDED
#define ARTICLE_FUZZ_ITEM_H_INCLUDED


#include "article.h"
#include "fuzz.h"


/*
 * Aborts unless the JSON is an item or feed as README has it.  based: the
 * page's address or the portal's is known, so all addresses are absolute.
 */
void fuzz_item_check(article_slice_t json, article_kind_t kind,
    unsigned based);


#endif /* ARTICLE_FUZZ_ITEM_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Texts of titles; title.c and title_text.c.
 */

#ifndef ARTICLE_TITLE_TEXT_H_INCLUDED
#define ARTICLE_TITLE_TEXT_H_INCLUDED


#include "page.h"


/*
 * How a part, folded, stands in a folded <title>, between separators:
 * 3: it is the title, 2: begins it, 1: ends it, 0: none.  A <title> cut short
 * with "..." is begun by its part.
 */
unsigned article_title_part(article_slice_t title, article_slice_t part);

/*
 * Words without marks, in small letters, each between spaces: " tinh yeu ".
 * Source of the letters: Unicode's Latin-1, Extended-A, Additional blocks.
 */
article_slice_t article_title_plain(article_page_t *page,
    article_slice_t text);

/* The same of a text that is folded already. */
article_slice_t article_title_plain_folded(article_page_t *page,
    article_slice_t fold);

/* Bytes of a set of bits for the bytes, ASCII, that a title may begin with. */
#define ARTICLE_TITLE_FIRSTS  2

/*
 * Adds the first letters of what article_title_part() may find in a folded
 * <title>.
 */
void article_title_firsts(article_slice_t title,
    uint64_t firsts[ARTICLE_TITLE_FIRSTS]);

/* 0 if a text, not folded, surely begins with none of them. */
unsigned article_title_begins(article_slice_t text,
    const uint64_t firsts[ARTICLE_TITLE_FIRSTS]);


#endif /* ARTICLE_TITLE_TEXT_H_INCLUDED */

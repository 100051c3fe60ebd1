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


#endif /* ARTICLE_TITLE_TEXT_H_INCLUDED */

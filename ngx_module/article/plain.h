/*
 * Copyright (C) the authors named in LICENSE
 *
 * Letters without marks, for comparing words of any language.
 */

#ifndef ARTICLE_PLAIN_H_INCLUDED
#define ARTICLE_PLAIN_H_INCLUDED


#include "text.h"


/*
 * The small letter without its mark: "É" and "é" give "e"; Cyrillic and Greek
 * letters lose case and accent.  Any other character is itself.  Source:
 * Unicode's Latin-1, Extended-A, Extended Additional, Greek and Cyrillic.
 */
uint32_t article_letter_plain(uint32_t c);

/*
 * A text's words, plain, each between spaces (" tinh yeu "), in the arena:
 * what is no letter or digit of any script parts words.
 */
article_slice_t article_text_plain(article_arena_t *arena,
    article_slice_t text);


#endif /* ARTICLE_PLAIN_H_INCLUDED */

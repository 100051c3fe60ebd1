/*
 * Copyright (C) the authors named in LICENSE
 *
 * A kicker at the title: the line that people see is the title, but whether
 * the kicker is a part of it the page's head tells.
 */

#include <string.h>

#include "page.h"
#include "plain.h"


/* Bytes of the shortest headline; less is a section's name. */
#define ARTICLE_HEADLINE_LEAST  12

/* Points of title.c for JSON-LD's headline. */
#define ARTICLE_HEADLINE_NAMED  80


static unsigned article_headline_ends(article_slice_t plain,
    article_slice_t end);


/*
 * Measured on the international sets, by choosing among the line, JSON-LD's
 * headline, og:title and <title>: each rule that goes farther from what is
 * seen than by a kicker finds fewer titles.
 */

void
article_headline_choose(article_page_t *page)
{
    unsigned         i;
    article_slice_t  seen, told[2], plain;

    if (!page->foreign) {
        return;
    }

    seen = article_text_plain(page->arena, page->facts.title);

    told[0] = page->head.og_title.len
              ? article_title_without_site(page, page->head.og_title)
              : page->head.og_title;
    told[1] = page->head.ld.headline;

    for (i = 0; i < 2; i++) {
        plain = article_text_plain(page->arena, told[i]);

        if (article_headline_ends(seen, plain)
            || article_headline_ends(plain, seen))
        {
            page->facts.title = told[i];
            return;
        }
    }
}


/* 1 if a longer headline, plain, ends with another. */

static unsigned
article_headline_ends(article_slice_t plain, article_slice_t end)
{
    return end.len > ARTICLE_HEADLINE_LEAST && plain.len > end.len
           && memcmp(plain.data + plain.len - end.len, end.data, end.len)
              == 0;
}


int
article_headline_named(article_page_t *page, const article_line_t *line,
    article_slice_t text)
{
    article_slice_t  named;

    named = page->head.ld.headline;

    return page->foreign && line->heading == 1 && named.len != 0
           && article_slice_equal(article_text_plain(page->arena, named),
                                  article_text_plain(page->arena, text))
           ? ARTICLE_HEADLINE_NAMED : 0;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Words of class and id that name what stands amid a text and is none of
 * it.  They are weaker than those of classes.c, which hold for all below an
 * element: these are asked only of boxes beside the stream of the text, and
 * of paragraphs themselves.
 */

#include <string.h>

#include "leak.h"


/* A longer word is a hash of some build tool. */
#define ARTICLE_LEAK_WORD_MAX  24


static unsigned article_leak_attribute(article_slice_t value);
static unsigned article_leak_known(const char *word, size_t len);


/* In the order of strcmp(): they are searched by halves. */

static const char *const  article_leak_words[] = {
    "adblock",
    "advertising",
    "authorbox",
    "bio",
    "byline",
    "callout",
    "consent",
    "contributor",
    "copyright",
    "count",
    "credit",
    "credits",
    "cta",
    "dateline",
    "disclaimer",
    "disclosure",
    "donate",
    "donation",
    "download",
    "factbox",
    "fallback",
    "followus",
    "infobox",
    "jwplayer",
    "login",
    "meta",
    "newsletter",
    "newsletters",
    "notice",
    "outbrain",
    "paywall",
    "placeholder",
    "player",
    "poll",
    "postdate",
    "promo",
    "promoted",
    "promotion",
    "pubdate",
    "published",
    "quiz",
    "readmore",
    "recirc",
    "recommendation",
    "recommendations",
    "register",
    "registration",
    "signature",
    "signin",
    "signup",
    "sponsored",
    "subscribe",
    "subscription",
    "survey",
    "taboola",
    "tagbox",
    "teaser",
    "teaserbox",
    "teasers",
    "textauthor",
    "timestamp",
    "topics"
};


unsigned
article_leak_word(const lxb_dom_node_t *node)
{
    if (lxb_dom_interface_element((lxb_dom_node_t *) node)->first_attr
        == NULL)
    {
        return 0;
    }

    return article_leak_attribute(article_node_attribute(node,
                                               article_literal("class")))
           || article_leak_attribute(article_node_attribute(node,
                                                  article_literal("id")));
}


/* Words are runs of letters; a capital behind a small letter begins one. */

static unsigned
article_leak_attribute(article_slice_t value)
{
    char      c, word[ARTICLE_LEAK_WORD_MAX];
    size_t    i, n;
    unsigned  small;

    n = 0;
    small = 0;

    for (i = 0; i < value.len; i++) {
        c = value.data[i];

        if (c >= 'A' && c <= 'Z') {

            if (small) {
                if (article_leak_known(word, n)) {
                    return 1;
                }

                n = 0;
            }

            c = (char) (c + ('a' - 'A'));
            small = 0;

        } else if (c >= 'a' && c <= 'z') {
            small = 1;

        } else {
            if (article_leak_known(word, n)) {
                return 1;
            }

            n = 0;
            small = 0;
            continue;
        }

        if (n < ARTICLE_LEAK_WORD_MAX) {
            word[n] = c;
        }

        n++;
    }

    return article_leak_known(word, n);
}


static unsigned
article_leak_known(const char *word, size_t len)
{
    int      rc;
    size_t   low, high, middle;

    if (len < 3 || len >= ARTICLE_LEAK_WORD_MAX) {
        return 0;
    }

    low = 0;
    high = sizeof(article_leak_words) / sizeof(article_leak_words[0]);

    while (low < high) {
        middle = low + (high - low) / 2;

        rc = strncmp(word, article_leak_words[middle], len);

        if (rc == 0) {
            rc = article_leak_words[middle][len] ? -1 : 0;
        }

        if (rc == 0) {
            return 1;
        }

        if (rc < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }

    return 0;
}

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


static unsigned article_leak_attribute(article_slice_t value, unsigned lead);
static unsigned article_leak_known(const char *word, size_t len,
    unsigned lead);


/* In the order of strcmp(): they are searched by halves. */

static const char *const  article_leak_names[] = {
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
    "image",
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
    "teaserbox",
    "textauthor",
    "timestamp",
    "topics"
};


/* Words of boxes that tell of another page; or of this one, above its text. */

static const char *const  article_leak_lead_names[] = {
    "excerpt",
    "promo",
    "teaser",
    "teasers"
};


static const article_words_t  article_leak_words = {
    article_leak_names,
    sizeof(article_leak_names) / sizeof(article_leak_names[0])
};

static const article_words_t  article_leak_leads = {
    article_leak_lead_names,
    sizeof(article_leak_lead_names) / sizeof(article_leak_lead_names[0])
};


unsigned
article_leak_word(const lxb_dom_node_t *node, unsigned lead)
{
    if (lxb_dom_interface_element((lxb_dom_node_t *) node)->first_attr
        == NULL)
    {
        return 0;
    }

    return article_leak_attribute(article_node_attribute(node,
                                         article_literal("class")), lead)
           || article_leak_attribute(article_node_attribute(node,
                                            article_literal("id")), lead);
}


/*
 * Words are runs of letters; a capital behind a small letter begins one.  Two
 * in one token may be one word as well: "info-box", "signUp".
 */

static unsigned
article_leak_attribute(article_slice_t value, unsigned lead)
{
    char      c, word[ARTICLE_LEAK_WORD_MAX * 2];
    size_t    i, n, before;
    unsigned  small, letter;

    n = 0;                              /* of the word, behind the one before */
    before = 0;
    small = 0;

    for (i = 0; i <= value.len; i++) {
        c = i < value.len ? value.data[i] : ' ';

        letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

        if (n && (!letter || (small && c <= 'Z'))) {

            if (n < ARTICLE_LEAK_WORD_MAX
                && (article_leak_known(word + before, n, lead)
                    || (before
                        && article_leak_known(word, before + n, lead))))
            {
                return 1;
            }

            memmove(word, word + before, n < ARTICLE_LEAK_WORD_MAX ? n : 0);
            before = n < ARTICLE_LEAK_WORD_MAX ? n : 0;
            n = 0;
        }

        if (article_is_class_space(c)) {
            before = 0;
        }

        small = letter && c >= 'a';

        if (letter) {
            if (n < ARTICLE_LEAK_WORD_MAX) {
                word[before + n] = (char) (c | 0x20);
            }

            n++;
        }
    }

    return 0;
}


static unsigned
article_leak_known(const char *word, size_t len, unsigned lead)
{
    if (len == 0 || len >= ARTICLE_LEAK_WORD_MAX) {
        return 0;
    }

    return article_words_find(&article_leak_words, word, len)
           || (!lead && article_words_find(&article_leak_leads, word, len));
}


unsigned
article_words_find(const article_words_t *words, const char *text, size_t len)
{
    int      rc;
    size_t   low, high, middle;

    low = 0;
    high = words->number;

    while (low < high) {
        middle = low + (high - low) / 2;

        rc = strncmp(text, words->word[middle], len);

        if (rc == 0) {
            rc = words->word[middle][len] ? -1 : 0;
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

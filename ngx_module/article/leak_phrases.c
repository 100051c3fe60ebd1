/*
 * Copyright (C) the authors named in LICENSE
 *
 * How the lines begin that news sites write below the last sentence: who
 * else reported, whose rights, where to follow and to subscribe.  Asked of
 * the last lines of a text alone.
 */

#include <string.h>

#include "leak.h"


/* Credits are no longer, in characters; nor is a call to do something. */
#define ARTICLE_CREDIT_CHARS  240
#define ARTICLE_CALL_CHARS    320

/* A call has a link of so great a part (a tenth) of it, or an address. */
#define ARTICLE_CALL_LINKED   10


static unsigned article_phrase_begins(article_slice_t text,
    const char *const *phrases, size_t number);
static unsigned article_phrase_holds(article_slice_t text);


/* Any case; a colon or a space behind them is part of them. */

static const char *const  article_phrase_credits[] = {
    "(reporting by", "reporting by ", "additional reporting by ",
    "(additional reporting", "with additional reporting", "(editing by",
    "editing by ", "(writing by", "with reporting by ", "with files from ",
    "copyright:", "this story was originally",
    "this article was originally", "opinions expressed by ",
    "aus dem englischen ", "redaktion:", "faktencheck:", "sendung:",
    "mitarbeit:", "quelle:", "quellen:", "mit material von ",
    "mit agenturmaterial", "traduit par ", "traducido por ",
    "con informaci\xc3\xb3n de ", "com informa\xc3\xa7\xc3\xb5" "es de ",
    "updated at ", "updated on ", "last updated",
    "fuente:", "fonte:", "bron:", "\xc5\xbar\xc3\xb3" "d\xc5\x82o:"
};


static const char *const  article_phrase_calls[] = {
    "follow us ", "follow me ", "follow him ", "follow her ", "subscribe ",
    "sign up ", "join ", "email ", "e-mail ", "write to ", "contact ",
    "get the ", "get our ", "listen to ", "download ", "to subscribe",
    "for more ", "support ", "read more ", "have a tip", "got a tip",
    "do you have ", "send us ", "like us ", "visit our ", "want more",
    "need more", "folgen sie ", "abonnieren sie ", "hier geht es ",
    "mehr zum thema ", "suivez", "abonnez", "s\xc3\xadguenos", "suscr\xc3\xad",
    "siga ", "assine ", "seguici", "iscriviti", "volg ons", "obserwuj "
};


/* Amid a call; small letters. */

static const char *const  article_phrase_amid[] = {
    "follow us", "follow him on",
    "follow her on", "follow them on", "click here for", "our newsletter"
};


const char *
article_leak_phrase(const article_line_t *line)
{
    article_slice_t  text;

    text = line->text;

    if (line->chars <= ARTICLE_CREDIT_CHARS
        && (article_phrase_begins(text, article_phrase_credits,
                                  sizeof(article_phrase_credits)
                                  / sizeof(char *))
            || article_slice_find(text,
                                  article_literal("contributed to this "))))
    {
        return "credits below the text";
    }

    if (line->chars <= ARTICLE_CALL_CHARS
        && (line->link_chars * ARTICLE_CALL_LINKED > line->chars
            || memchr(text.data, '@', text.len)
            || article_slice_find(text, article_literal("://")))
        && (article_phrase_begins(text, article_phrase_calls,
                                  sizeof(article_phrase_calls)
                                  / sizeof(char *))
            || article_phrase_holds(text)))
    {
        return "a call below the text";
    }

    return NULL;
}


static unsigned
article_phrase_begins(article_slice_t text, const char *const *phrases,
    size_t number)
{
    size_t           i;
    article_slice_t  phrase;

    for (i = 0; i < number; i++) {
        phrase.data = phrases[i];
        phrase.len = strlen(phrases[i]);

        if (article_slice_starts_case(text, phrase)) {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_phrase_holds(article_slice_t text)
{
    size_t           number;
    article_slice_t  rest;

    number = sizeof(article_phrase_amid) / sizeof(char *);

    for (rest = text; rest.len; rest.data++, rest.len--) {

        /* at the beginning of a word, and in any case of letters */

        if (rest.len < text.len && rest.data[-1] != ' ') {
            continue;
        }

        if (article_phrase_begins(rest, article_phrase_amid, number)) {
            return 1;
        }
    }

    return 0;
}

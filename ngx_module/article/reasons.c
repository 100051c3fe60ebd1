/*
 * Copyright (C) the authors named in LICENSE
 *
 * The words of reasons and kinds.
 */

#include "article.h"


#define ARTICLE_REASON_WORD(name, word, sentence)      word,
#define ARTICLE_REASON_SENTENCE(name, word, sentence)  sentence,


static const char *const  article_reason_words[] = {
    ARTICLE_REASONS(ARTICLE_REASON_WORD)
};

static const char *const  article_reason_sentences[] = {
    ARTICLE_REASONS(ARTICLE_REASON_SENTENCE)
};

static const char *const  article_kind_words[] = {
    "other",
    "article",
    "listing",
    "home"
};


const char *
article_reason_word(article_reason_t reason)
{
    if ((unsigned) reason >= ARTICLE_REASONS_NUMBER) {
        reason = ARTICLE_INTERNAL_ERROR;
    }

    return article_reason_words[reason];
}


const char *
article_reason_sentence(article_reason_t reason)
{
    if ((unsigned) reason >= ARTICLE_REASONS_NUMBER) {
        reason = ARTICLE_INTERNAL_ERROR;
    }

    return article_reason_sentences[reason];
}


const char *
article_kind_word(article_kind_t kind)
{
    if ((unsigned) kind > ARTICLE_KIND_HOME) {
        kind = ARTICLE_KIND_OTHER;
    }

    return article_kind_words[kind];
}

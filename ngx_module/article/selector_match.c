/*
 * Copyright (C) the authors named in LICENSE
 *
 * Selectors of the streaming cutter, on an element.
 */

#include <string.h>

#include "selector.h"


static unsigned article_condition_match(const article_condition_t *condition,
    article_slice_t value);
static unsigned article_word_match(article_slice_t words,
    article_slice_t word);


uint64_t
article_bloom_bit(unsigned salt, const char *data, size_t len)
{
    size_t    i;
    uint32_t  hash;

    hash = 2166136261U + salt * 0x9e3779b9U;        /* FNV-1a */

    for (i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char) data[i]) * 16777619U;
    }

    return (uint64_t) 1 << ((hash ^ hash >> 15) & 63);
}


unsigned
article_compound_equal(const article_compound_t *a,
    const article_compound_t *b)
{
    unsigned                    i;
    const article_condition_t  *x, *y;

    if (a->child != b->child || a->conditions != b->conditions
        || !article_slice_equal(a->tag, b->tag))
    {
        return 0;
    }

    for (i = 0; i < a->conditions; i++) {
        x = &a->condition[i];
        y = &b->condition[i];

        if (x->op != y->op || x->attribute != y->attribute
            || x->ordinal != y->ordinal
            || !article_slice_equal(x->value, y->value))
        {
            return 0;
        }
    }

    return 1;
}


void
article_element_bloom(article_element_t *element)
{
    const char       *p, *end, *word;
    article_slice_t   id, words;

    id = element->value[ARTICLE_ATTRIBUTE_ID];
    words = element->value[ARTICLE_ATTRIBUTE_CLASS];

    element->bloom = article_bloom_bit(0, element->tag.data,
                                       element->tag.len);

    if (id.data != NULL) {
        element->bloom |= article_bloom_bit(1, id.data, id.len);
    }

    p = words.data;
    end = p + words.len;

    while (p < end) {
        while (p < end && (unsigned char) *p <= ' ') {
            p++;
        }

        word = p;

        while (p < end && (unsigned char) *p > ' ') {
            p++;
        }

        if (p != word) {
            element->bloom |= article_bloom_bit(2, word, (size_t) (p - word));
        }
    }
}


unsigned
article_compound_match(const article_compound_t *compound,
    const article_element_t *element)
{
    unsigned                    i;
    article_slice_t             value;
    const article_condition_t  *condition;

    if ((compound->bloom & element->bloom) != compound->bloom) {
        return 0;
    }

    if (compound->tag.len != 0
        && !article_slice_equal(compound->tag, element->tag))
    {
        return 0;
    }

    for (i = 0; i < compound->conditions; i++) {
        condition = &compound->condition[i];

        if (condition->op == ARTICLE_OPERATOR_ORDINAL) {
            if (element->ordinal == NULL
                || element->ordinal[condition->attribute]
                   != condition->ordinal)
            {
                return 0;
            }

            continue;
        }

        value = element->value[condition->attribute];

        if (value.data == NULL || !article_condition_match(condition, value)) {
            return 0;
        }
    }

    return 1;
}


static unsigned
article_condition_match(const article_condition_t *condition,
    article_slice_t value)
{
    article_slice_t  want;

    want = condition->value;

    switch (condition->op) {

    case ARTICLE_OPERATOR_PRESENT:
        return 1;

    case ARTICLE_OPERATOR_EQUALS:
        return article_slice_equal(value, want);

    case ARTICLE_OPERATOR_WORD:
        return article_word_match(value, want);

    case ARTICLE_OPERATOR_PREFIX:
        return want.len != 0 && article_slice_starts(value, want);

    case ARTICLE_OPERATOR_SUFFIX:
        return want.len != 0 && value.len >= want.len
               && memcmp(value.data + value.len - want.len, want.data,
                         want.len)
                  == 0;

    case ARTICLE_OPERATOR_CONTAINS:
        return want.len != 0 && article_slice_find(value, want) != NULL;

    case ARTICLE_OPERATOR_LANGUAGE:
        return article_slice_starts(value, want)
               && (value.len == want.len || value.data[want.len] == '-');

    case ARTICLE_OPERATOR_ORDINAL:
        break;                      /* of no attribute */
    }

    return 0;
}


static unsigned
article_word_match(article_slice_t words, article_slice_t word)
{
    size_t  i, start;

    for (i = 0; i < words.len; i++) {
        while (i < words.len && (unsigned char) words.data[i] <= ' ') {
            i++;
        }

        start = i;

        while (i < words.len && (unsigned char) words.data[i] > ' ') {
            i++;
        }

        if (i - start == word.len && word.len != 0
            && memcmp(words.data + start, word.data, word.len) == 0)
        {
            return 1;
        }
    }

    return 0;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Words of class and id attributes -> flags.
 */

#include <stdlib.h>
#include <string.h>

#include "classes.h"


/* Longer tokens are hashes of some build tool. */
#define ARTICLE_CLASS_TOKEN_MAX  64

/* The shortest of article_class_parts. */
#define ARTICLE_CLASS_PART_LEAST  6


typedef struct {
    const char  *word;
    uint32_t     flags;
} article_class_word_t;


/* A word found by its hash; len 0: free. */
typedef struct {
    const char  *word;
    size_t       len;
    uint32_t     flags;
} article_class_slot_t;


/* At least twice as many as words. */
#define ARTICLE_CLASS_SLOTS    256

#define ARTICLE_CLASS_LETTERS  26


/* For each pair of letters the parts that begin with it, a bit each. */
struct article_classes_s {
    article_class_slot_t  slot[ARTICLE_CLASS_SLOTS];
    uint32_t              pair[ARTICLE_CLASS_LETTERS][ARTICLE_CLASS_LETTERS];
};


static uint32_t article_class_token(const article_classes_t *classes,
    const char *token, size_t len);
static uint32_t article_class_word(const article_classes_t *classes,
    const char *word, size_t len, uint32_t hash);
static uint32_t article_class_part(const article_classes_t *classes,
    const char *joined, size_t len);


/* Whole words: class="news-detail-content" has three; camelCase splits. */

static const article_class_word_t  article_class_words[] = {
    { "ad",             ARTICLE_IN_AD },
    { "ads",            ARTICLE_IN_AD },
    { "adv",            ARTICLE_IN_AD },
    { "advert",         ARTICLE_IN_AD },
    { "advertisement",  ARTICLE_IN_AD },
    { "article",        ARTICLE_IN_BODY },
    { "aside",          ARTICLE_IN_SIDE },
    { "author",         ARTICLE_IN_AUTHOR },
    { "authors",        ARTICLE_IN_AUTHOR },
    { "banner",         ARTICLE_IN_AD },
    { "body",           ARTICLE_IN_BODY },
    { "bodytext",       ARTICLE_IN_BODY },
    { "breadcrumb",     ARTICLE_IN_NAV },
    { "breadcrumbs",    ARTICLE_IN_NAV },
    { "byline",         ARTICLE_IN_AUTHOR },
    { "caption",        ARTICLE_IN_CAPTION },
    { "comments",       ARTICLE_IN_COMMENT },
    { "content",        ARTICLE_IN_BODY },
    { "contents",       ARTICLE_IN_BODY },
    { "copyright",      ARTICLE_IN_FOOTER },
    { "date",           ARTICLE_IN_DATE },
    { "datetime",       ARTICLE_IN_DATE },
    { "desc",           ARTICLE_IN_SAPO },
    { "description",    ARTICLE_IN_SAPO },
    { "detail",         ARTICLE_IN_BODY },
    { "disqus",         ARTICLE_IN_COMMENT },
    { "entry",          ARTICLE_IN_BODY },
    { "fig",            ARTICLE_IN_CAPTION },
    { "foot",           ARTICLE_IN_FOOTER },
    { "footer",         ARTICLE_IN_FOOTER },
    { "heading",        ARTICLE_IN_TITLE },
    { "headline",       ARTICLE_IN_TITLE },
    { "hometext",       ARTICLE_IN_SAPO },
    { "keywords",       ARTICLE_IN_TAGS },
    { "lead",           ARTICLE_IN_SAPO },
    { "menu",           ARTICLE_IN_NAV },
    { "menus",          ARTICLE_IN_NAV },
    { "mota",           ARTICLE_IN_SAPO },
    { "nav",            ARTICLE_IN_NAV },
    { "navbar",         ARTICLE_IN_NAV },
    { "navigation",     ARTICLE_IN_NAV },
    { "ngay",           ARTICLE_IN_DATE },
    { "othernews",      ARTICLE_IN_RELATED },
    { "pager",          ARTICLE_IN_NAV },
    { "pagination",     ARTICLE_IN_NAV },
    { "paging",         ARTICLE_IN_NAV },
    { "popular",        ARTICLE_IN_RELATED },
    { "post",           ARTICLE_IN_BODY },
    { "print",          ARTICLE_IN_TOOLS },
    { "publish",        ARTICLE_IN_DATE },
    { "published",      ARTICLE_IN_DATE },
    { "qc",             ARTICLE_IN_AD },
    { "rating",         ARTICLE_IN_TOOLS },
    { "recommend",      ARTICLE_IN_RELATED },
    { "recommended",    ARTICLE_IN_RELATED },
    { "relate",         ARTICLE_IN_RELATED },
    { "related",        ARTICLE_IN_RELATED },
    { "relatedposts",   ARTICLE_IN_RELATED },
    { "relation",       ARTICLE_IN_RELATED },
    { "sapo",           ARTICLE_IN_SAPO },
    { "search",         ARTICLE_IN_SEARCH },
    { "share",          ARTICLE_IN_TOOLS },
    { "sharedaddy",     ARTICLE_IN_TOOLS },
    { "sharing",        ARTICLE_IN_TOOLS },
    { "sidebar",        ARTICLE_IN_SIDE },
    { "social",         ARTICLE_IN_TOOLS },
    { "sponsor",        ARTICLE_IN_AD },
    { "story",          ARTICLE_IN_BODY },
    { "suggest",        ARTICLE_IN_RELATED },
    { "summary",        ARTICLE_IN_SAPO },
    { "tag",            ARTICLE_IN_TAGS },
    { "tags",           ARTICLE_IN_TAGS },
    { "time",           ARTICLE_IN_DATE },
    { "timer",          ARTICLE_IN_DATE },
    { "title",          ARTICLE_IN_TITLE },
    { "toolbar",        ARTICLE_IN_TOOLS },
    { "tools",          ARTICLE_IN_TOOLS },
    { "topbar",         ARTICLE_IN_NAV },
    { "trending",       ARTICLE_IN_RELATED },
    { "tua",            ARTICLE_IN_TITLE },
    { "vote",           ARTICLE_IN_TOOLS },
    { "widget",         ARTICLE_IN_SIDE }
};


/* Found anywhere in a token without its separators: long enough to be safe. */

static const article_class_word_t  article_class_parts[] = {
    { "lienquan",     ARTICLE_IN_RELATED },
    { "tinkhac",      ARTICLE_IN_RELATED },
    { "othernews",    ARTICLE_IN_RELATED },
    { "cungchuyenmuc", ARTICLE_IN_RELATED },
    { "docnhieu",     ARTICLE_IN_RELATED },
    { "xemnhieu",     ARTICLE_IN_RELATED },
    { "mostread",     ARTICLE_IN_RELATED },
    { "timkiem",      ARTICLE_IN_SEARCH },
    { "binhluan",     ARTICLE_IN_COMMENT },
    { "quangcao",     ARTICLE_IN_AD },
    { "chantrang",    ARTICLE_IN_FOOTER },
    { "banquyen",     ARTICLE_IN_FOOTER },
    { "tieude",       ARTICLE_IN_TITLE },
    { "noidung",      ARTICLE_IN_BODY },
    { "chitiet",      ARTICLE_IN_BODY },
    { "baiviet",      ARTICLE_IN_BODY },
    { "tomtat",       ARTICLE_IN_SAPO },
    { "tacgia",       ARTICLE_IN_AUTHOR },
    { "ngaydang",     ARTICLE_IN_DATE },
    { "chuthich",     ARTICLE_IN_CAPTION }
};


static inline uint32_t
article_class_hash(uint32_t hash, char c)
{
    return hash * 31 + (unsigned char) c;
}


article_classes_t *
article_classes_create(void)
{
    size_t                 i, n, k;
    uint32_t               hash;
    const char            *word;
    article_classes_t     *classes;
    article_class_slot_t  *slot;

    classes = calloc(1, sizeof(article_classes_t));
    if (classes == NULL) {
        return NULL;
    }

    n = sizeof(article_class_words) / sizeof(article_class_words[0]);

    for (i = 0; i < n; i++) {
        word = article_class_words[i].word;
        hash = 0;

        for (k = 0; word[k] != '\0'; k++) {
            hash = article_class_hash(hash, word[k]);
        }

        do {
            slot = &classes->slot[hash++ % ARTICLE_CLASS_SLOTS];
        } while (slot->len != 0);

        slot->word = word;
        slot->len = k;
        slot->flags = article_class_words[i].flags;
    }

    n = sizeof(article_class_parts) / sizeof(article_class_parts[0]);

    for (i = 0; i < n; i++) {
        word = article_class_parts[i].word;
        classes->pair[word[0] - 'a'][word[1] - 'a'] |= (uint32_t) 1 << i;
    }

    return classes;
}


void
article_classes_destroy(article_classes_t *classes)
{
    free(classes);
}


uint32_t
article_class_flags(const article_classes_t *classes, article_slice_t value)
{
    size_t    i, start;
    uint32_t  flags;

    flags = 0;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && !article_is_class_space(value.data[i])) {
            continue;
        }

        if (i > start && i - start <= ARTICLE_CLASS_TOKEN_MAX) {
            flags |= article_class_token(classes, value.data + start,
                                         i - start);
        }

        start = i + 1;
    }

    return flags;
}


static uint32_t
article_class_token(const article_classes_t *classes, const char *token,
    size_t len)
{
    char      joined[ARTICLE_CLASS_TOKEN_MAX];
    char      c;
    size_t    i, j, word;
    uint32_t  flags, hash;

    flags = 0;
    hash = 0;
    word = 0;
    j = 0;

    for (i = 0; i < len; i++) {
        c = token[i];

        if (c < 'a' || c > 'z') {

            /* a word ends, at a capital behind a small letter as well */

            if (c < 'A' || c > 'Z'
                || (j > word && token[i - 1] >= 'a' && token[i - 1] <= 'z'))
            {
                flags |= article_class_word(classes, joined + word, j - word,
                                            hash);
                word = j;
                hash = 0;
            }

            if (c < 'A' || c > 'Z') {
                continue;
            }

            c |= 0x20;
        }

        hash = article_class_hash(hash, c);
        joined[j++] = c;
    }

    flags |= article_class_word(classes, joined + word, j - word, hash);

    return flags | article_class_part(classes, joined, j);
}


static uint32_t
article_class_word(const article_classes_t *classes, const char *word,
    size_t len, uint32_t hash)
{
    const article_class_slot_t  *slot;

    if (len < 2) {
        return 0;
    }

    for ( ;; ) {
        slot = &classes->slot[hash++ % ARTICLE_CLASS_SLOTS];

        if (slot->len == 0) {
            return 0;
        }

        if (slot->len == len && memcmp(slot->word, word, len) == 0) {
            return slot->flags;
        }
    }
}


static uint32_t
article_class_part(const article_classes_t *classes, const char *joined,
    size_t len)
{
    size_t       i, n, k;
    uint32_t     bits, flags;
    const char  *part;

    flags = 0;

    for (i = 0; i + ARTICLE_CLASS_PART_LEAST <= len; i++) {
        bits = classes->pair[joined[i] - 'a'][joined[i + 1] - 'a'];

        for (n = 0; bits != 0; n++, bits >>= 1) {

            if ((bits & 1) == 0) {
                continue;
            }

            part = article_class_parts[n].word;

            for (k = 0; i + k < len && part[k] == joined[i + k]; k++) {
                /* void */
            }

            if (part[k] == '\0') {
                flags |= article_class_parts[n].flags;
            }
        }
    }

    return flags;
}

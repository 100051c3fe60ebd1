/*
 * Copyright (C) the authors named in LICENSE
 *
 * Words of class and id attributes -> flags.
 */

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


static uint32_t article_class_attribute(article_slice_t value);
static uint32_t article_class_token(const char *token, size_t len);
static uint32_t article_class_word(const char *word, size_t len);


/*
 * Whole words: class="news-detail-content" has three; camelCase splits.  In
 * the order of strcmp(): they are searched by halves.
 */

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


uint32_t
article_class_flags(const lxb_dom_node_t *node)
{
    uint32_t  flags;

    if (lxb_dom_interface_element((lxb_dom_node_t *) node)->first_attr
        == NULL)
    {
        return 0;
    }

    flags = article_class_attribute(
                       article_node_attribute(node, article_literal("class")));
    flags |= article_class_attribute(
                          article_node_attribute(node, article_literal("id")));

    return flags;
}


static uint32_t
article_class_attribute(article_slice_t value)
{
    size_t    i, start;
    uint32_t  flags;

    flags = 0;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && value.data[i] != ' ' && value.data[i] != '\t'
            && value.data[i] != '\n' && value.data[i] != '\r')
        {
            continue;
        }

        if (i > start && i - start <= ARTICLE_CLASS_TOKEN_MAX) {
            flags |= article_class_token(value.data + start, i - start);
        }

        start = i + 1;
    }

    return flags;
}


static uint32_t
article_class_token(const char *token, size_t len)
{
    char      word[ARTICLE_CLASS_TOKEN_MAX + 1];
    char      joined[ARTICLE_CLASS_TOKEN_MAX + 1];
    char      c;
    size_t    i, n, j;
    uint32_t  flags;

    flags = 0;
    n = 0;
    j = 0;

    for (i = 0; i < len; i++) {
        c = token[i];

        if (c >= 'A' && c <= 'Z') {

            if (n && i && token[i - 1] >= 'a' && token[i - 1] <= 'z') {
                flags |= article_class_word(word, n);
                n = 0;
            }

            c = (char) (c + ('a' - 'A'));

        } else if (c < 'a' || c > 'z') {
            flags |= article_class_word(word, n);
            n = 0;
            continue;
        }

        word[n++] = c;
        joined[j++] = c;
    }

    flags |= article_class_word(word, n);

    joined[j] = '\0';

    if (j < ARTICLE_CLASS_PART_LEAST) {
        return flags;
    }

    for (i = 0;
         i < sizeof(article_class_parts) / sizeof(article_class_parts[0]);
         i++)
    {
        if (strstr(joined, article_class_parts[i].word)) {
            flags |= article_class_parts[i].flags;
        }
    }

    return flags;
}


static uint32_t
article_class_word(const char *word, size_t len)
{
    int      rc;
    size_t   low, high, middle;

    if (len < 2) {
        return 0;
    }

    low = 0;
    high = sizeof(article_class_words) / sizeof(article_class_words[0]);

    while (low < high) {
        middle = low + (high - low) / 2;

        rc = strncmp(word, article_class_words[middle].word, len);

        if (rc == 0) {
            rc = article_class_words[middle].word[len] ? -1 : 0;
        }

        if (rc == 0) {
            return article_class_words[middle].flags;
        }

        if (rc < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }

    return 0;
}

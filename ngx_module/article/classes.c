/*
 * Copyright (C) ngx_article authors
 *
 * Words of class and id attributes -> flags.
 */

#include <string.h>

#include "classes.h"


/* Longer tokens are hashes of some build tool. */
#define ARTICLE_CLASS_TOKEN_MAX  64


typedef struct {
    const char  *word;
    uint32_t     flags;
} article_class_word_t;


static uint32_t article_class_attribute(article_slice_t value);
static uint32_t article_class_token(const char *token, size_t len);
static uint32_t article_class_word(const char *word, size_t len);


/* Whole words: class="news-detail-content" has three; camelCase splits. */

static const article_class_word_t  article_class_words[] = {
    { "ad",           ARTICLE_IN_AD },
    { "ads",          ARTICLE_IN_AD },
    { "advert",       ARTICLE_IN_AD },
    { "advertisement", ARTICLE_IN_AD },
    { "adv",          ARTICLE_IN_AD },
    { "banner",       ARTICLE_IN_AD },
    { "qc",           ARTICLE_IN_AD },
    { "sponsor",      ARTICLE_IN_AD },
    { "nav",          ARTICLE_IN_NAV },
    { "navbar",       ARTICLE_IN_NAV },
    { "navigation",   ARTICLE_IN_NAV },
    { "menu",         ARTICLE_IN_NAV },
    { "menus",        ARTICLE_IN_NAV },
    { "topbar",       ARTICLE_IN_NAV },
    { "breadcrumb",   ARTICLE_IN_NAV },
    { "breadcrumbs",  ARTICLE_IN_NAV },
    { "pagination",   ARTICLE_IN_NAV },
    { "pager",        ARTICLE_IN_NAV },
    { "paging",       ARTICLE_IN_NAV },
    { "footer",       ARTICLE_IN_FOOTER },
    { "foot",         ARTICLE_IN_FOOTER },
    { "copyright",    ARTICLE_IN_FOOTER },
    { "sidebar",      ARTICLE_IN_SIDE },
    { "aside",        ARTICLE_IN_SIDE },
    { "widget",       ARTICLE_IN_SIDE },
    { "related",      ARTICLE_IN_RELATED },
    { "relate",       ARTICLE_IN_RELATED },
    { "relation",     ARTICLE_IN_RELATED },
    { "suggest",      ARTICLE_IN_RELATED },
    { "recommend",    ARTICLE_IN_RELATED },
    { "recommended",  ARTICLE_IN_RELATED },
    { "trending",     ARTICLE_IN_RELATED },
    { "popular",      ARTICLE_IN_RELATED },
    { "othernews",    ARTICLE_IN_RELATED },
    { "comments",     ARTICLE_IN_COMMENT },
    { "disqus",       ARTICLE_IN_COMMENT },
    { "share",        ARTICLE_IN_TOOLS },
    { "sharing",      ARTICLE_IN_TOOLS },
    { "social",       ARTICLE_IN_TOOLS },
    { "toolbar",      ARTICLE_IN_TOOLS },
    { "tools",        ARTICLE_IN_TOOLS },
    { "print",        ARTICLE_IN_TOOLS },
    { "rating",       ARTICLE_IN_TOOLS },
    { "vote",         ARTICLE_IN_TOOLS },
    { "search",       ARTICLE_IN_SEARCH },
    { "tag",          ARTICLE_IN_TAGS },
    { "tags",         ARTICLE_IN_TAGS },
    { "keywords",     ARTICLE_IN_TAGS },
    { "content",      ARTICLE_IN_BODY },
    { "contents",     ARTICLE_IN_BODY },
    { "body",         ARTICLE_IN_BODY },
    { "bodytext",     ARTICLE_IN_BODY },
    { "article",      ARTICLE_IN_BODY },
    { "post",         ARTICLE_IN_BODY },
    { "entry",        ARTICLE_IN_BODY },
    { "detail",       ARTICLE_IN_BODY },
    { "story",        ARTICLE_IN_BODY },
    { "title",        ARTICLE_IN_TITLE },
    { "headline",     ARTICLE_IN_TITLE },
    { "heading",      ARTICLE_IN_TITLE },
    { "tua",          ARTICLE_IN_TITLE },
    { "sapo",         ARTICLE_IN_SAPO },
    { "lead",         ARTICLE_IN_SAPO },
    { "summary",      ARTICLE_IN_SAPO },
    { "hometext",     ARTICLE_IN_SAPO },
    { "description",  ARTICLE_IN_SAPO },
    { "desc",         ARTICLE_IN_SAPO },
    { "mota",         ARTICLE_IN_SAPO },
    { "author",       ARTICLE_IN_AUTHOR },
    { "authors",      ARTICLE_IN_AUTHOR },
    { "byline",       ARTICLE_IN_AUTHOR },
    { "date",         ARTICLE_IN_DATE },
    { "time",         ARTICLE_IN_DATE },
    { "datetime",     ARTICLE_IN_DATE },
    { "publish",      ARTICLE_IN_DATE },
    { "published",    ARTICLE_IN_DATE },
    { "ngay",         ARTICLE_IN_DATE },
    { "timer",        ARTICLE_IN_DATE },
    { "caption",      ARTICLE_IN_CAPTION },
    { "fig",          ARTICLE_IN_CAPTION }
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
    size_t       i;
    const char  *name;

    if (len < 2) {
        return 0;
    }

    for (i = 0;
         i < sizeof(article_class_words) / sizeof(article_class_words[0]);
         i++)
    {
        name = article_class_words[i].word;

        if (name[0] == word[0] && strlen(name) == len
            && memcmp(name, word, len) == 0)
        {
            return article_class_words[i].flags;
        }
    }

    return 0;
}

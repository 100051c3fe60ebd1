/*
 * Copyright (C) ngx_article authors
 *
 * Words of class and id attributes, tags and styles -> flags.
 */

#include <string.h>

#include "classes.h"


/* Longer tokens are hashes of some build tool. */
#define ARTICLE_CLASS_TOKEN_MAX  64

/* Letters of this many pixels are larger than running text's. */
#define ARTICLE_BIG_PIXELS  19


typedef struct {
    const char  *word;
    uint32_t     flags;
} article_class_word_t;


static uint32_t article_class_attribute(article_slice_t value);
static uint32_t article_class_token(const char *token, size_t len);
static uint32_t article_class_word(const char *word, size_t len);
static unsigned article_font_is_big(const lxb_dom_node_t *node);
static unsigned article_style_size(article_slice_t style);
static unsigned article_style_has(article_slice_t style, const char *name,
    const char *value);
static unsigned article_hidden_token(article_slice_t value);


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


/* Exactly these tokens hide, unless one that shows on wide screens follows. */

static const char  *article_hidden_tokens[] = {
    "hidden", "hide", "d-none", "visually-hidden", "sr-only", "uk-hidden",
    "element-invisible", "screen-reader-text", "ms-hide", "aui-helper-hidden"
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


uint32_t
article_style_flags(const lxb_dom_node_t *node, uint16_t tag)
{
    uint32_t         flags;
    article_slice_t  align, style;

    flags = 0;

    switch (tag) {
    case LXB_TAG_B:
    case LXB_TAG_STRONG:
        flags = ARTICLE_IN_BOLD;
        break;
    case LXB_TAG_I:
    case LXB_TAG_EM:
        flags = ARTICLE_IN_ITALIC;
        break;
    case LXB_TAG_H1:
    case LXB_TAG_H2:
    case LXB_TAG_H3:
    case LXB_TAG_H4:
    case LXB_TAG_H5:
    case LXB_TAG_H6:
        flags = ARTICLE_IN_HEADING;
        break;
    case LXB_TAG_CENTER:
        flags = ARTICLE_IN_CENTER;
        break;
    case LXB_TAG_LI:
    case LXB_TAG_DT:
    case LXB_TAG_DD:
        flags = ARTICLE_IN_LIST;
        break;
    case LXB_TAG_TD:
    case LXB_TAG_TH:
        flags = ARTICLE_IN_CELL;
        break;
    case LXB_TAG_BLOCKQUOTE:
        flags = ARTICLE_IN_QUOTE;
        break;
    case LXB_TAG_FIGURE:
        flags = ARTICLE_IN_FIGURE;
        break;
    case LXB_TAG_FIGCAPTION:
        flags = ARTICLE_IN_FIGCAPTION;
        break;
    case LXB_TAG_PRE:
        flags = ARTICLE_IN_PRE;
        break;
    case LXB_TAG_FORM:
        flags = ARTICLE_IN_FORM;
        break;
    case LXB_TAG_NAV:
        flags = ARTICLE_IN_NAV;
        break;
    case LXB_TAG_FOOTER:
        flags = ARTICLE_IN_FOOTER;
        break;
    case LXB_TAG_ASIDE:
        flags = ARTICLE_IN_SIDE;
        break;
    case LXB_TAG_HEADER:
        flags = ARTICLE_IN_HEADER;
        break;
    case LXB_TAG_MARQUEE:
        flags = ARTICLE_IN_MARQUEE;
        break;
    case LXB_TAG_ADDRESS:
        flags = ARTICLE_IN_AUTHOR;
        break;
    case LXB_TAG_BIG:
        flags = ARTICLE_IN_BIG;
        break;
    case LXB_TAG_FONT:
        flags = article_font_is_big(node) ? ARTICLE_IN_BIG : 0;
        break;
    default:
        break;
    }

    align = article_node_attribute(node, article_literal("align"));

    if (align.len && tag != LXB_TAG_TABLE && tag != LXB_TAG_IMG
        && tag != LXB_TAG_HR)
    {
        if (article_slice_equal_case(align, article_literal("right"))) {
            flags |= ARTICLE_IN_RIGHT;
        } else if (article_slice_equal_case(align, article_literal("center")))
        {
            flags |= ARTICLE_IN_CENTER;
        }
    }

    style = article_node_attribute(node, article_literal("style"));

    if (style.len) {
        if (article_style_has(style, "text-align", "right")
            || article_style_has(style, "text-align", "end"))
        {
            flags |= ARTICLE_IN_RIGHT;
        } else if (article_style_has(style, "text-align", "center")) {
            flags |= ARTICLE_IN_CENTER;
        }

        if (article_style_size(style) >= ARTICLE_BIG_PIXELS) {
            flags |= ARTICLE_IN_BIG;
        }

        if (article_style_has(style, "font-weight", "bold")) {
            flags |= ARTICLE_IN_BOLD;
        }

        if (article_style_has(style, "font-style", "italic")) {
            flags |= ARTICLE_IN_ITALIC;
        }
    }

    if (article_node_has_class(node, article_literal("text-right"))) {
        flags |= ARTICLE_IN_RIGHT;
    } else if (article_node_has_class(node, article_literal("text-center"))) {
        flags |= ARTICLE_IN_CENTER;
    }

    return flags;
}


unsigned
article_is_aligned(const lxb_dom_node_t *node)
{
    article_slice_t  style;

    style = article_node_attribute(node, article_literal("style"));

    return article_node_attribute(node, article_literal("align")).len
           || (style.len && article_style_has(style, "text-align", ""));
}


unsigned
article_is_hidden(const lxb_dom_node_t *node)
{
    article_slice_t          style;
    const lxb_dom_element_t *element;

    element = (const lxb_dom_element_t *) node;

    if (element->first_attr == NULL) {
        return 0;
    }

    if (lxb_dom_element_has_attribute((lxb_dom_element_t *) element,
                                      (const lxb_char_t *) "hidden", 6))
    {
        return 1;
    }

    style = article_node_attribute(node, article_literal("style"));

    if (style.len && (article_style_has(style, "display", "none")
                      || article_style_has(style, "visibility", "hidden")))
    {
        return 1;
    }

    return article_hidden_token(
                       article_node_attribute(node, article_literal("class")));
}


static unsigned
article_hidden_token(article_slice_t value)
{
    size_t           i, n, start;
    unsigned         hidden;
    article_slice_t  token;

    hidden = 0;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && value.data[i] != ' ' && value.data[i] != '\t'
            && value.data[i] != '\n')
        {
            continue;
        }

        token.data = value.data + start;
        token.len = i - start;
        start = i + 1;

        for (n = 0;
             n < sizeof(article_hidden_tokens) / sizeof(char *);
             n++)
        {
            if (token.len == strlen(article_hidden_tokens[n])
                && memcmp(token.data, article_hidden_tokens[n], token.len)
                   == 0)
            {
                hidden = 1;
            }
        }

        /* "d-none d-md-block", "hidden md:flex": shown on wide screens */

        if (hidden && token.len > 5
            && (article_slice_ends_case(token, article_literal("block"))
                || article_slice_ends_case(token, article_literal("flex"))
                || article_slice_ends_case(token, article_literal("inline"))))
        {
            return 0;
        }
    }

    return hidden;
}


/* <font size="4">, "5", "+2": larger than the text around. */

static unsigned
article_font_is_big(const lxb_dom_node_t *node)
{
    article_slice_t  size;

    size = article_node_attribute(node, article_literal("size"));

    if (size.len == 2 && size.data[0] == '+') {
        return size.data[1] >= '1' && size.data[1] <= '9';
    }

    return size.len == 1 && size.data[0] >= '4' && size.data[0] <= '7';
}


/* font-size in pixels (points count 4/3); 0: not said so. */

static unsigned
article_style_size(article_slice_t style)
{
    unsigned     n;
    const char  *p, *end;

    p = article_slice_find(style, article_literal("font-size"));
    end = style.data + style.len;

    if (p == NULL) {
        return 0;
    }

    p += sizeof("font-size") - 1;

    while (p < end && (*p == ':' || *p == ' ')) {
        p++;
    }

    n = 0;

    while (p < end && *p >= '0' && *p <= '9' && n < 1000) {
        n = n * 10 + (unsigned) (*p++ - '0');
    }

    if (end - p >= 2 && p[0] == 'p' && p[1] == 't') {
        return n * 4 / 3;
    }

    return end - p >= 2 && p[0] == 'p' && p[1] == 'x' ? n : 0;
}


/* name : value in a style attribute; any case, any white space. */

static unsigned
article_style_has(article_slice_t style, const char *name, const char *value)
{
    size_t       n, v;
    const char  *p, *end;

    n = strlen(name);
    v = strlen(value);
    end = style.data + style.len;

    for (p = style.data; p + n + v < end; p++) {

        if (((*p | 0x20) != name[0])
            || !article_slice_starts_case(
                                (article_slice_t) { p, (size_t) (end - p) },
                                (article_slice_t) { name, n })
            || (p > style.data && p[-1] != ';' && p[-1] != ' '
                && p[-1] != '\n' && p[-1] != '\t'))
        {
            continue;
        }

        p += n;

        while (p < end && (*p == ' ' || *p == ':' || *p == '\t')) {
            p++;
        }

        if (article_slice_starts_case(
                                (article_slice_t) { p, (size_t) (end - p) },
                                (article_slice_t) { value, v }))
        {
            return 1;
        }
    }

    return 0;
}


unsigned
article_tag_is_silent(uint16_t tag)
{
    switch (tag) {
    case LXB_TAG_HEAD:
    case LXB_TAG_SCRIPT:
    case LXB_TAG_STYLE:
    case LXB_TAG_NOSCRIPT:
    case LXB_TAG_TEMPLATE:
    case LXB_TAG_TEXTAREA:
    case LXB_TAG_SELECT:
    case LXB_TAG_OPTION:
    case LXB_TAG_OPTGROUP:
    case LXB_TAG_DATALIST:
    case LXB_TAG_BUTTON:
    case LXB_TAG_TITLE:
    case LXB_TAG_SVG:
    case LXB_TAG_MATH:
    case LXB_TAG_CANVAS:
    case LXB_TAG_IFRAME:
    case LXB_TAG_AUDIO:
    case LXB_TAG_VIDEO:
    case LXB_TAG_OBJECT:
    case LXB_TAG_NOFRAMES:
    case LXB_TAG_METER:
    case LXB_TAG_PROGRESS:
    case LXB_TAG_DIALOG:
        return 1;
    default:
        return 0;
    }
}


unsigned
article_tag_is_block(uint16_t tag)
{
    switch (tag) {
    case LXB_TAG_HTML:
    case LXB_TAG_BODY:
    case LXB_TAG_ADDRESS:
    case LXB_TAG_ARTICLE:
    case LXB_TAG_ASIDE:
    case LXB_TAG_BLOCKQUOTE:
    case LXB_TAG_CAPTION:
    case LXB_TAG_CENTER:
    case LXB_TAG_DD:
    case LXB_TAG_DETAILS:
    case LXB_TAG_DIR:
    case LXB_TAG_DIV:
    case LXB_TAG_DL:
    case LXB_TAG_DT:
    case LXB_TAG_FIELDSET:
    case LXB_TAG_FIGCAPTION:
    case LXB_TAG_FIGURE:
    case LXB_TAG_FOOTER:
    case LXB_TAG_FORM:
    case LXB_TAG_H1:
    case LXB_TAG_H2:
    case LXB_TAG_H3:
    case LXB_TAG_H4:
    case LXB_TAG_H5:
    case LXB_TAG_H6:
    case LXB_TAG_HEADER:
    case LXB_TAG_HGROUP:
    case LXB_TAG_HR:
    case LXB_TAG_LEGEND:
    case LXB_TAG_LI:
    case LXB_TAG_MAIN:
    case LXB_TAG_MARQUEE:
    case LXB_TAG_MENU:
    case LXB_TAG_NAV:
    case LXB_TAG_OL:
    case LXB_TAG_P:
    case LXB_TAG_PRE:
    case LXB_TAG_SECTION:
    case LXB_TAG_SUMMARY:
    case LXB_TAG_TABLE:
    case LXB_TAG_TBODY:
    case LXB_TAG_TD:
    case LXB_TAG_TFOOT:
    case LXB_TAG_TH:
    case LXB_TAG_THEAD:
    case LXB_TAG_TR:
    case LXB_TAG_UL:
        return 1;
    default:
        return 0;
    }
}

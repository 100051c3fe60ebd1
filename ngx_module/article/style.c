/*
 * Copyright (C) the authors named in LICENSE
 *
 * What tags, alignment, styles and hiding tokens say of an element.
 */

#include <string.h>

#include "classes.h"


/* Letters of this many pixels are larger than running text's. */
#define ARTICLE_BIG_PIXELS  19


typedef struct {
    uint16_t  tag;
    uint32_t  flags;
} article_tag_meaning_t;


static uint32_t article_style_align(const lxb_dom_node_t *node, uint16_t tag);
static uint32_t article_style_attribute(article_slice_t style);
static unsigned article_font_is_big(const lxb_dom_node_t *node);
static unsigned article_style_size(article_slice_t style);
static unsigned article_style_has(article_slice_t style, const char *name,
    const char *value);
static unsigned article_hidden_token(article_slice_t value);


static const article_tag_meaning_t  article_tag_meanings[] = {
    { LXB_TAG_B,          ARTICLE_IN_BOLD },
    { LXB_TAG_STRONG,     ARTICLE_IN_BOLD },
    { LXB_TAG_I,          ARTICLE_IN_ITALIC },
    { LXB_TAG_EM,         ARTICLE_IN_ITALIC },
    { LXB_TAG_BIG,        ARTICLE_IN_BIG },
    { LXB_TAG_H1,         ARTICLE_IN_HEADING },
    { LXB_TAG_H2,         ARTICLE_IN_HEADING },
    { LXB_TAG_H3,         ARTICLE_IN_HEADING },
    { LXB_TAG_H4,         ARTICLE_IN_HEADING },
    { LXB_TAG_H5,         ARTICLE_IN_HEADING },
    { LXB_TAG_H6,         ARTICLE_IN_HEADING },
    { LXB_TAG_CENTER,     ARTICLE_IN_CENTER },
    { LXB_TAG_LI,         ARTICLE_IN_LIST },
    { LXB_TAG_DT,         ARTICLE_IN_LIST },
    { LXB_TAG_DD,         ARTICLE_IN_LIST },
    { LXB_TAG_TD,         ARTICLE_IN_CELL },
    { LXB_TAG_TH,         ARTICLE_IN_CELL },
    { LXB_TAG_BLOCKQUOTE, ARTICLE_IN_QUOTE },
    { LXB_TAG_FIGURE,     ARTICLE_IN_FIGURE },
    { LXB_TAG_FIGCAPTION, ARTICLE_IN_FIGCAPTION },
    { LXB_TAG_PRE,        ARTICLE_IN_PRE },
    { LXB_TAG_FORM,       ARTICLE_IN_FORM },
    { LXB_TAG_NAV,        ARTICLE_IN_NAV },
    { LXB_TAG_FOOTER,     ARTICLE_IN_FOOTER },
    { LXB_TAG_ASIDE,      ARTICLE_IN_SIDE },
    { LXB_TAG_HEADER,     ARTICLE_IN_HEADER },
    { LXB_TAG_MARQUEE,    ARTICLE_IN_MARQUEE },
    { LXB_TAG_ADDRESS,    ARTICLE_IN_AUTHOR }
};


/* Exactly these tokens hide, unless one that shows on wide screens follows. */

static const char  *article_hidden_tokens[] = {
    "hidden", "hide", "d-none", "visually-hidden", "sr-only", "uk-hidden",
    "element-invisible", "screen-reader-text", "ms-hide", "aui-helper-hidden"
};


uint32_t
article_style_flags(const lxb_dom_node_t *node, uint16_t tag)
{
    size_t           i, n;
    uint32_t         flags;
    article_slice_t  style;

    flags = 0;
    n = sizeof(article_tag_meanings) / sizeof(article_tag_meanings[0]);

    for (i = 0; i < n; i++) {
        if (article_tag_meanings[i].tag == tag) {
            flags = article_tag_meanings[i].flags;
            break;
        }
    }

    if (lxb_dom_interface_element((lxb_dom_node_t *) node)->first_attr
        == NULL)
    {
        return flags;
    }

    if (tag == LXB_TAG_FONT && article_font_is_big(node)) {
        flags |= ARTICLE_IN_BIG;
    }

    flags |= article_style_align(node, tag);

    style = article_node_attribute(node, article_literal("style"));

    return style.len ? flags | article_style_attribute(style) : flags;
}


static uint32_t
article_style_align(const lxb_dom_node_t *node, uint16_t tag)
{
    article_slice_t  align;

    align = article_node_attribute(node, article_literal("align"));

    /* on these it places the box, not the text */

    if (align.len && tag != LXB_TAG_TABLE && tag != LXB_TAG_IMG
        && tag != LXB_TAG_HR)
    {
        if (article_slice_equal_case(align, article_literal("right"))) {
            return ARTICLE_IN_RIGHT;
        }

        if (article_slice_equal_case(align, article_literal("center"))) {
            return ARTICLE_IN_CENTER;
        }
    }

    if (article_node_has_class(node, article_literal("text-right"))) {
        return ARTICLE_IN_RIGHT;
    }

    if (article_node_has_class(node, article_literal("text-center"))) {
        return ARTICLE_IN_CENTER;
    }

    return 0;
}


static uint32_t
article_style_attribute(article_slice_t style)
{
    uint32_t  flags;

    flags = 0;

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

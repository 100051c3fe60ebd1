/*
 * Copyright (C) the authors named in LICENSE
 *
 * What tags, alignment, styles and hiding tokens say of an element.
 */

#include <string.h>

#include "classes.h"


/* Letters of this many pixels are larger than running text's. */
#define ARTICLE_BIG_PIXELS  19

/* An odd number without a pattern: 2^64 divided by the golden ratio. */
#define ARTICLE_SAID_MIX  0x9e3779b97f4a7c15ULL

/* The shortest of article_hidden_tokens. */
#define ARTICLE_HIDDEN_LEAST  4


/* Attributes that say something of the element; empty when absent. */
typedef struct {
    article_slice_t  class;
    article_slice_t  id;
    article_slice_t  style;
    article_slice_t  align;
    article_slice_t  size;
} article_said_attributes_t;


/* What class tokens say of how an element is shown, a bit each. */
#define ARTICLE_SAID_HIDDEN   0x1
#define ARTICLE_SAID_RIGHT    0x2
#define ARTICLE_SAID_CENTER   0x4


static void article_said_attributes(article_said_t *said,
    article_said_attributes_t *a, const lxb_dom_node_t *node);
static article_said_class_t *article_said_class(article_said_memo_t *memo,
    article_slice_t value);
static uint32_t article_said_align(article_slice_t align, uint16_t tag,
    unsigned tokens);
static uint32_t article_said_style(article_said_t *said,
    article_slice_t style);
static uint32_t article_said_font(const char *p, const char *end);
static unsigned article_said_tokens(article_slice_t value);
static unsigned article_font_is_big(article_slice_t size);
static unsigned article_style_size(article_slice_t style);
static const char *article_style_value(const char *p, const char *end,
    article_slice_t name);
static unsigned article_style_is(const char *p, const char *end,
    article_slice_t value);


/* Flags of tags, by their numbers. */

static const uint32_t  article_tag_meanings[LXB_TAG__LAST_ENTRY] = {
    [LXB_TAG_B]          = ARTICLE_IN_BOLD,
    [LXB_TAG_STRONG]     = ARTICLE_IN_BOLD,
    [LXB_TAG_I]          = ARTICLE_IN_ITALIC,
    [LXB_TAG_EM]         = ARTICLE_IN_ITALIC,
    [LXB_TAG_BIG]        = ARTICLE_IN_BIG,
    [LXB_TAG_H1]         = ARTICLE_IN_HEADING,
    [LXB_TAG_H2]         = ARTICLE_IN_HEADING,
    [LXB_TAG_H3]         = ARTICLE_IN_HEADING,
    [LXB_TAG_H4]         = ARTICLE_IN_HEADING,
    [LXB_TAG_H5]         = ARTICLE_IN_HEADING,
    [LXB_TAG_H6]         = ARTICLE_IN_HEADING,
    [LXB_TAG_CENTER]     = ARTICLE_IN_CENTER,
    [LXB_TAG_LI]         = ARTICLE_IN_LIST,
    [LXB_TAG_DT]         = ARTICLE_IN_LIST,
    [LXB_TAG_DD]         = ARTICLE_IN_LIST,
    [LXB_TAG_TD]         = ARTICLE_IN_CELL,
    [LXB_TAG_TH]         = ARTICLE_IN_CELL,
    [LXB_TAG_BLOCKQUOTE] = ARTICLE_IN_QUOTE,
    [LXB_TAG_FIGURE]     = ARTICLE_IN_FIGURE,
    [LXB_TAG_FIGCAPTION] = ARTICLE_IN_FIGCAPTION,
    [LXB_TAG_PRE]        = ARTICLE_IN_PRE,
    [LXB_TAG_FORM]       = ARTICLE_IN_FORM,
    [LXB_TAG_NAV]        = ARTICLE_IN_NAV,
    [LXB_TAG_FOOTER]     = ARTICLE_IN_FOOTER,
    [LXB_TAG_ASIDE]      = ARTICLE_IN_SIDE,
    [LXB_TAG_HEADER]     = ARTICLE_IN_HEADER,
    [LXB_TAG_MARQUEE]    = ARTICLE_IN_MARQUEE,
    [LXB_TAG_ADDRESS]    = ARTICLE_IN_AUTHOR
};


/* Exactly these tokens hide, unless one that shows on wide screens follows. */

static const article_slice_t  article_hidden_tokens[] = {
    { "hidden", 6 }, { "hide", 4 }, { "d-none", 6 },
    { "visually-hidden", 15 }, { "sr-only", 7 }, { "uk-hidden", 9 },
    { "element-invisible", 17 }, { "screen-reader-text", 18 },
    { "ms-hide", 7 }, { "aui-helper-hidden", 17 }
};


static inline article_slice_t
article_attribute_value(const lxb_dom_attr_t *attr)
{
    if (attr->value == NULL || attr->value->data == NULL) {
        return (article_slice_t) { "", 0 };
    }

    return (article_slice_t) { (const char *) attr->value->data,
                               attr->value->length };
}


void
article_said_read(article_said_t *said, article_said_memo_t *memo,
    const lxb_dom_node_t *node, uint16_t tag)
{
    unsigned                   tokens;
    article_said_class_t      *class;
    article_said_attributes_t  a;

    memset(said, 0, sizeof(*said));
    said->flags = article_tag_meanings[tag];

    if (((const lxb_dom_element_t *) node)->first_attr == NULL) {
        return;
    }

    article_said_attributes(said, &a, node);

    if (said->hidden) {
        return;
    }

    tokens = 0;

    if (a.class.len) {
        class = article_said_class(memo, a.class);
        tokens = class->tokens;
        said->flags |= class->flags;
    }

    said->hidden = (tokens & ARTICLE_SAID_HIDDEN) != 0;
    said->aligned = a.align.len != 0;

    if (tag == LXB_TAG_FONT && article_font_is_big(a.size)) {
        said->flags |= ARTICLE_IN_BIG;
    }

    said->flags |= article_said_align(a.align, tag, tokens);

    if (a.style.len) {
        said->flags |= article_said_style(said, a.style);
    }

    if (a.id.len) {
        said->flags |= article_class_flags(memo->classes, a.id);
    }
}


static article_said_class_t *
article_said_class(article_said_memo_t *memo, article_slice_t value)
{
    uint64_t               first, last;
    article_said_class_t  *seen;

    first = 0;
    last = 0;

    memcpy(&first, value.data, value.len < 8 ? value.len : 8);

    if (value.len > 8) {
        memcpy(&last, value.data + value.len - 8, 8);
    }

    first = (first ^ (last << 7 | last >> 57) ^ value.len)
            * ARTICLE_SAID_MIX;
    seen = &memo->seen[(first >> 32) % ARTICLE_SAID_CLASSES];

    if (!article_slice_equal(seen->value, value)) {
        seen->value = value;
        seen->flags = article_class_flags(memo->classes, value);
        seen->tokens = article_said_tokens(value);
    }

    return seen;
}


/* The attributes that say something, in one pass. */

static void
article_said_attributes(article_said_t *said, article_said_attributes_t *a,
    const lxb_dom_node_t *node)
{
    article_slice_t        name;
    const lxb_dom_attr_t  *attr;

    memset(a, 0, sizeof(*a));

    attr = ((const lxb_dom_element_t *) node)->first_attr;

    for ( /* void */ ; attr != NULL; attr = attr->next) {

        switch (attr->node.local_name) {

        case LXB_DOM_ATTR_CLASS:
            a->class = article_attribute_value(attr);
            break;

        case LXB_DOM_ATTR_ID:
            a->id = article_attribute_value(attr);
            break;

        case LXB_DOM_ATTR_STYLE:
            a->style = article_attribute_value(attr);
            break;

        case LXB_DOM_ATTR_SIZE:
            a->size = article_attribute_value(attr);
            break;

        case LXB_DOM_ATTR_HREF:
            said->linked = 1;
            break;

        default:

            /* names that lexbor has no number for */

            name = article_attribute_name(attr);

            if (article_slice_equal(name, article_literal("hidden"))) {
                said->hidden = 1;
                return;
            }

            if (article_slice_equal(name, article_literal("align"))) {
                a->align = article_attribute_value(attr);
            }
        }
    }
}


static uint32_t
article_said_align(article_slice_t align, uint16_t tag, unsigned tokens)
{
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

    if (tokens & ARTICLE_SAID_RIGHT) {
        return ARTICLE_IN_RIGHT;
    }

    return tokens & ARTICLE_SAID_CENTER ? ARTICLE_IN_CENTER : 0;
}


/* One pass over "name: value; name: value", any case and white space. */

static uint32_t
article_said_style(article_said_t *said, article_slice_t style)
{
    char          before;
    uint32_t      flags;
    const char   *p, *end, *value;

    flags = 0;
    before = ';';
    end = style.data + style.len;

    for (p = style.data; p < end; before = *p++) {

        if (before != ';' && before != ' ' && before != '\n'
            && before != '\t')
        {
            continue;
        }

        switch (*p | 0x20) {

        case 'd':
            value = article_style_value(p, end, article_literal("display"));
            said->hidden |= article_style_is(value, end,
                                             article_literal("none"));
            break;

        case 'v':
            value = article_style_value(p, end,
                                        article_literal("visibility"));
            said->hidden |= article_style_is(value, end,
                                             article_literal("hidden"));
            break;

        case 't':
            value = article_style_value(p, end,
                                        article_literal("text-align"));
            said->aligned |= value != NULL;

            if (article_style_is(value, end, article_literal("right"))
                || article_style_is(value, end, article_literal("end")))
            {
                flags |= ARTICLE_IN_RIGHT;

            } else if (article_style_is(value, end,
                                        article_literal("center")))
            {
                flags |= ARTICLE_IN_CENTER;
            }

            break;

        case 'f':
            flags |= article_said_font(p, end);
        }
    }

    if (flags & ARTICLE_IN_RIGHT) {
        flags &= ~ARTICLE_IN_CENTER;
    }

    if (article_style_size(style) >= ARTICLE_BIG_PIXELS) {
        flags |= ARTICLE_IN_BIG;
    }

    return flags;
}


static uint32_t
article_said_font(const char *p, const char *end)
{
    const char  *value;

    value = article_style_value(p, end, article_literal("font-weight"));

    if (article_style_is(value, end, article_literal("bold"))) {
        return ARTICLE_IN_BOLD;
    }

    value = article_style_value(p, end, article_literal("font-style"));

    return article_style_is(value, end, article_literal("italic"))
           ? ARTICLE_IN_ITALIC : 0;
}


static unsigned
article_said_tokens(article_slice_t value)
{
    size_t           i, n, start;
    unsigned         said, shown;
    article_slice_t  token;

    said = 0;
    shown = 0;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && !article_is_class_space(value.data[i])) {
            continue;
        }

        token.data = value.data + start;
        token.len = i - start;
        start = i + 1;

        if (token.len < ARTICLE_HIDDEN_LEAST) {
            continue;
        }

        for (n = 0;
             n < sizeof(article_hidden_tokens) / sizeof(article_slice_t);
             n++)
        {
            if (article_slice_equal(token, article_hidden_tokens[n])) {
                said |= ARTICLE_SAID_HIDDEN;
            }
        }

        if (article_slice_equal(token, article_literal("text-right"))) {
            said |= ARTICLE_SAID_RIGHT;

        } else if (article_slice_equal(token,
                                       article_literal("text-center")))
        {
            said |= ARTICLE_SAID_CENTER;
        }

        /* "d-none d-md-block", "hidden md:flex": shown on wide screens */

        if ((said & ARTICLE_SAID_HIDDEN) && token.len > 5
            && (article_slice_ends_case(token, article_literal("block"))
                || article_slice_ends_case(token, article_literal("flex"))
                || article_slice_ends_case(token, article_literal("inline"))))
        {
            shown = 1;
        }
    }

    return shown ? said & ~ARTICLE_SAID_HIDDEN : said;
}


/* <font size="4">, "5", "+2": larger than the text around. */

static unsigned
article_font_is_big(article_slice_t size)
{
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


/* Behind "name :" at p; NULL if that is not there, or nothing follows. */

static const char *
article_style_value(const char *p, const char *end, article_slice_t name)
{
    if ((size_t) (end - p) <= name.len
        || !article_slice_starts_case((article_slice_t) { p, end - p }, name))
    {
        return NULL;
    }

    p += name.len;

    while (p < end && (*p == ' ' || *p == ':' || *p == '\t')) {
        p++;
    }

    return p;
}


static unsigned
article_style_is(const char *p, const char *end, article_slice_t value)
{
    return p != NULL
           && article_slice_starts_case((article_slice_t) { p, end - p },
                                        value);
}

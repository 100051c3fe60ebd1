/*
 * Copyright (C) the authors named in LICENSE
 *
 * HTML elements.
 */

#include <string.h>

#include "tags.h"


/* One letter a class keeps the table readable. */
#define B  ARTICLE_TAG_IS_BLOCK
#define C  ARTICLE_TAG_IS_CUT
#define D  ARTICLE_TAG_IS_RCDATA
#define F  ARTICLE_TAG_IS_FORMAT
#define H  ARTICLE_TAG_IS_HEADING
#define I  ARTICLE_TAG_IS_IMPLIED
#define O  ARTICLE_TAG_IS_SCOPE
#define P  ARTICLE_TAG_CLOSES_P
#define R  ARTICLE_TAG_IS_RAW
#define S  ARTICLE_TAG_IS_SPECIAL
#define T  ARTICLE_TAG_IS_TABLE
#define V  ARTICLE_TAG_IS_VOID


typedef struct {
    const char  *name;
    unsigned     flags;
} article_tag_entry_t;


/* In the order of article_tag_t, which is that of the names. */
static const article_tag_entry_t  article_tags[ARTICLE_TAGS_NUMBER] = {
    { "", 0 },
    { "a", F | C },
    { "abbr", 0 },
    { "address", B | P | S | C },
    { "annotation-xml", 0 },
    { "applet", S | O },
    { "area", V | S },
    { "article", B | P | S | C },
    { "aside", B | P | S | C },
    { "audio", 0 },
    { "b", F | C },
    { "base", V | S },
    { "basefont", V | S },
    { "bgsound", V | S },
    { "big", F | C },
    { "blockquote", B | P | S | C },
    { "body", B | S },
    { "br", V | S | B },
    { "button", S },
    { "caption", B | S | O | T },
    { "center", B | P | S | C },
    { "code", F },
    { "col", V | S | T },
    { "colgroup", S | T },
    { "dd", B | S | I | C },
    { "desc", 0 },
    { "details", B | P | S | C },
    { "dialog", B | P | S | C },
    { "dir", B | P | S | C },
    { "div", B | P | S | C },
    { "dl", B | P | S | C },
    { "dt", B | S | I | C },
    { "em", F | C },
    { "embed", V | S },
    { "fieldset", B | P | S | C },
    { "figcaption", B | P | S | C },
    { "figure", B | P | S | C },
    { "font", F | C },
    { "footer", B | P | S },
    { "foreignobject", 0 },
    { "form", B | S | P },
    { "frame", V | S },
    { "frameset", B | S },
    { "h1", B | P | S | H },
    { "h2", B | P | S | H | C },
    { "h3", B | P | S | H | C },
    { "h4", B | P | S | H | C },
    { "h5", B | P | S | H | C },
    { "h6", B | P | S | H | C },
    { "head", B | S },
    { "header", B | P | S },
    { "hgroup", B | P | S },
    { "hr", V | S | B | P },
    { "html", B | S | O },
    { "i", F | C },
    { "iframe", S | R },
    { "image", V | S },
    { "img", V | S },
    { "input", V | S },
    { "keygen", V | S },
    { "label", 0 },
    { "legend", B },
    { "li", B | S | I | C },
    { "link", V | S },
    { "listing", B | P | S },
    { "main", B | P | S },
    { "marquee", B | S | O | C },
    { "math", 0 },
    { "menu", B | P | S | C },
    { "meta", V | S },
    { "nav", B | P | S },
    { "nobr", F | C },
    { "noembed", S | R },
    { "noframes", S | R },
    { "noscript", S | R },
    { "object", S | O },
    { "ol", B | P | S | C },
    { "optgroup", I },
    { "option", I },
    { "p", B | P | S | I | C },
    { "param", V | S },
    { "plaintext", B | P | S },
    { "pre", B | P | S | C },
    { "rb", I },
    { "rp", I },
    { "rt", I },
    { "rtc", I },
    { "ruby", 0 },
    { "s", F | C },
    { "script", S | R },
    { "search", B | P | S },
    { "section", B | P | S | C },
    { "select", S },
    { "small", F | C },
    { "source", V | S },
    { "span", C },
    { "strike", F | C },
    { "strong", F | C },
    { "style", S | R },
    { "summary", B | P | S },
    { "svg", 0 },
    { "table", B | S | O | C },
    { "tbody", B | S | T },
    { "td", B | S | O | T },
    { "template", S | O },
    { "textarea", S | D },
    { "tfoot", B | S | T },
    { "th", B | S | O | T },
    { "thead", B | S | T },
    { "title", S | D },
    { "tr", B | S | T },
    { "track", V | S },
    { "tt", F | C },
    { "u", F | C },
    { "ul", B | P | S | C },
    { "video", 0 },
    { "wbr", V | S },
    { "xmp", B | P | S | R }
};


/* Where the names of each letter begin. */
static const unsigned char  article_tags_letter[] = {
    1, 10, 19, 24, 32, 34, 43, 43, 54, 59, 59, 60, 65, 70, 75, 79, 83, 83,
    88, 101, 113, 115, 116, 117, 118, 118, 118
};


article_tag_t
article_tag_find(const char *name, size_t len)
{
    int       order;
    char      second;
    unsigned  i, end, letter;

    if (len == 0 || name[0] < 'a' || name[0] > 'z') {
        return ARTICLE_TAG_UNKNOWN;
    }

    letter = (unsigned) (name[0] - 'a');
    end = article_tags_letter[letter + 1];
    second = len > 1 ? name[1] : '\0';

    for (i = article_tags_letter[letter]; i < end; i++) {
        if (article_tags[i].name[1] != second) {
            continue;
        }

        order = strncmp(article_tags[i].name, name, len);

        /* a NUL in the name ends the comparison before len */

        if (order == 0 && strlen(article_tags[i].name) == len) {
            return (article_tag_t) i;
        }

        if (order > 0) {
            break;
        }
    }

    return ARTICLE_TAG_UNKNOWN;
}


unsigned
article_tag_flags(article_tag_t tag)
{
    return article_tags[tag].flags;
}


const char *
article_tag_name(article_tag_t tag)
{
    return article_tags[tag].name;
}

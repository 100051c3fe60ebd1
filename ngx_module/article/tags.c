/*
 * Copyright (C) the authors named in LICENSE
 *
 * HTML elements.
 */

#include <string.h>

#include "tags.h"


/* One letter a class keeps the table readable. */
#define A  ARTICLE_TAG_IS_LAST
#define B  ARTICLE_TAG_IS_BLOCK
#define C  ARTICLE_TAG_IS_CUT
#define D  ARTICLE_TAG_IS_RCDATA
#define E  ARTICLE_TAG_IS_FIELD
#define F  ARTICLE_TAG_IS_FORMAT
#define H  ARTICLE_TAG_IS_HEADING
#define I  ARTICLE_TAG_IS_IMPLIED
#define K  ARTICLE_TAG_IS_ROOT
#define L  ARTICLE_TAG_IS_ITEM
#define M  ARTICLE_TAG_IS_MARKER
#define N  ARTICLE_TAG_IS_NOTED
#define O  ARTICLE_TAG_IS_SCOPE
#define P  ARTICLE_TAG_CLOSES_P
#define Q  ARTICLE_TAG_IS_CAREFUL
#define R  ARTICLE_TAG_IS_RAW
#define S  ARTICLE_TAG_IS_SPECIAL
#define T  ARTICLE_TAG_IS_TABLE
#define V  ARTICLE_TAG_IS_VOID
#define W  ARTICLE_TAG_IS_ROWS
#define X  ARTICLE_TAG_IS_COUNTED


/* In the order of article_tag_t, which is that of the names. */
const article_tag_entry_t  article_tags[ARTICLE_TAGS_NUMBER] = {
    { "", 0, 0 },
    { "a", 1, F | C | N },
    { "abbr", 4, 0 },
    { "address", 7, B | P | S | C },
    { "annotation-xml", 14, 0 },
    { "applet", 6, S | O | M },
    { "area", 4, V | S },
    { "article", 7, B | P | S | C },
    { "aside", 5, B | P | S | C },
    { "audio", 5, X },
    { "b", 1, F | C },
    { "base", 4, V | S },
    { "basefont", 8, V | S },
    { "bgsound", 7, V | S },
    { "big", 3, F | C },
    { "blockquote", 10, B | P | S | C },
    { "body", 4, B | S | K | N | Q },
    { "br", 2, V | S | B },
    { "button", 6, S | E | X | Q },
    { "caption", 7, B | S | O | T | M | Q },
    { "center", 6, B | P | S | C },
    { "code", 4, F },
    { "col", 3, V | S | T | Q },
    { "colgroup", 8, S | T | W | Q },
    { "dd", 2, B | S | I | C | L | Q },
    { "desc", 4, 0 },
    { "details", 7, B | P | S | C },
    { "dialog", 6, B | P | S | C },
    { "dir", 3, B | P | S | C },
    { "div", 3, B | P | S | C },
    { "dl", 2, B | P | S | C },
    { "dt", 2, B | S | I | C | L | Q },
    { "em", 2, F | C },
    { "embed", 5, V | S | X },
    { "fieldset", 8, B | P | S | C },
    { "figcaption", 10, B | P | S | C },
    { "figure", 6, B | P | S | C },
    { "font", 4, F | C },
    { "footer", 6, B | P | S },
    { "foreignobject", 13, 0 },
    { "form", 4, B | S | P | N | X | Q },
    { "frame", 5, V | S },
    { "frameset", 8, B | S | K | Q },
    { "h1", 2, B | P | S | H | Q },
    { "h2", 2, B | P | S | H | C | Q },
    { "h3", 2, B | P | S | H | C | Q },
    { "h4", 2, B | P | S | H | C | Q },
    { "h5", 2, B | P | S | H | C | Q },
    { "h6", 2, B | P | S | H | C | Q },
    { "head", 4, B | S | K | N | Q },
    { "header", 6, B | P | S },
    { "hgroup", 6, B | P | S },
    { "hr", 2, V | S | B | P },
    { "html", 4, B | S | O | K | N | Q },
    { "i", 1, F | C },
    { "iframe", 6, S | R | X },
    { "image", 5, V | S },
    { "img", 3, V | S | X },
    { "input", 5, V | S | X },
    { "keygen", 6, V | S },
    { "label", 5, 0 },
    { "legend", 6, B },
    { "li", 2, B | S | I | C | L | Q },
    { "link", 4, V | S },
    { "listing", 7, B | P | S },
    { "main", 4, B | P | S | N | X },
    { "marquee", 7, B | S | O | C | M },
    { "math", 4, K | Q },
    { "menu", 4, B | P | S | C },
    { "meta", 4, V | S },
    { "nav", 3, B | P | S | N | X },
    { "nobr", 4, F | C },
    { "noembed", 7, S | R },
    { "noframes", 8, S | R },
    { "noscript", 8, S | R | X },
    { "object", 6, S | O | M | X },
    { "ol", 2, B | P | S | C },
    { "optgroup", 8, I | Q },
    { "option", 6, I | E | X | Q },
    { "p", 1, B | P | S | I | C },
    { "param", 5, V | S },
    { "plaintext", 9, A | B | P | S },
    { "pre", 3, B | P | S | C },
    { "rb", 2, I },
    { "rp", 2, I },
    { "rt", 2, I },
    { "rtc", 3, I },
    { "ruby", 4, 0 },
    { "s", 1, F | C },
    { "script", 6, S | R | N | X },
    { "search", 6, B | P | S },
    { "section", 7, B | P | S | C },
    { "select", 6, S | E | X },
    { "small", 5, F | C },
    { "source", 6, V | S },
    { "span", 4, C },
    { "strike", 6, F | C },
    { "strong", 6, F | C },
    { "style", 5, S | R | N },
    { "summary", 7, B | P | S },
    { "svg", 3, Q },
    { "table", 5, B | S | O | C | W | Q },
    { "tbody", 5, B | S | T | W | Q },
    { "td", 2, B | S | O | T | M | Q },
    { "template", 8, S | O | K | M | N | X | Q },
    { "textarea", 8, S | D | X },
    { "tfoot", 5, B | S | T | W | Q },
    { "th", 2, B | S | O | T | M | Q },
    { "thead", 5, B | S | T | W | Q },
    { "title", 5, S | D | N },
    { "tr", 2, B | S | T | W | Q },
    { "track", 5, V | S },
    { "tt", 2, F | C },
    { "u", 1, F | C },
    { "ul", 2, B | P | S | C },
    { "video", 5, X },
    { "wbr", 3, V | S },
    { "xmp", 3, B | P | S | R }
};


/* Where the names of each letter begin. */
static const unsigned char  article_tags_letter[] = {
    1, 10, 19, 24, 32, 34, 43, 43, 54, 59, 59, 60, 65, 70, 75, 79, 83, 83,
    88, 101, 113, 115, 116, 117, 118, 118, 118
};


article_tag_t
article_tag_find(const char *name, size_t len)
{
    unsigned                    i, end, letter;
    const article_tag_entry_t  *entry;

    if (len == 0 || name[0] < 'a' || name[0] > 'z') {
        return ARTICLE_TAG_UNKNOWN;
    }

    letter = (unsigned) (name[0] - 'a');
    end = article_tags_letter[letter + 1];

    for (i = article_tags_letter[letter]; i < end; i++) {
        entry = &article_tags[i];

        if (entry->len == len && entry->name[len - 1] == name[len - 1]
            && memcmp(entry->name, name, len) == 0)
        {
            return (article_tag_t) i;
        }
    }

    return ARTICLE_TAG_UNKNOWN;
}


const char *
article_tag_name(article_tag_t tag)
{
    return article_tags[tag].name;
}

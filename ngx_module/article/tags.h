/*
 * Copyright (C) the authors named in LICENSE
 *
 * The HTML elements that have rules of their own, and these rules' classes
 * (HTML standard, 13.2.4.2 "The stack of open elements" and 13.1.2).
 */

#ifndef ARTICLE_TAGS_H_INCLUDED
#define ARTICLE_TAGS_H_INCLUDED


#include "article.h"


#define ARTICLE_TAG_IS_VOID      0x0001     /* has no end tag */
#define ARTICLE_TAG_IS_BLOCK     0x0002     /* ends a line of text */
#define ARTICLE_TAG_CLOSES_P     0x0004     /* its start tag ends an open p */
#define ARTICLE_TAG_IS_SPECIAL   0x0008     /* stops the end tags of others */
#define ARTICLE_TAG_IS_SCOPE     0x0010     /* end tags do not reach past it */
#define ARTICLE_TAG_IS_FORMAT    0x0020     /* formatting: opens again */
#define ARTICLE_TAG_IS_IMPLIED   0x0040     /* its end tag may be left out */
#define ARTICLE_TAG_IS_HEADING   0x0080     /* h1 to h6 */
#define ARTICLE_TAG_IS_TABLE     0x0100     /* a part of a table */
#define ARTICLE_TAG_IS_RAW       0x0200     /* holds text without references */
#define ARTICLE_TAG_IS_RCDATA    0x0400     /* holds text with references */
#define ARTICLE_TAG_IS_CUT       0x0800     /* may be cut out whole */
#define ARTICLE_TAG_IS_FIELD     0x1000     /* text in it is no line's */
#define ARTICLE_TAG_IS_MARKER    0x2000     /* formatting ends at it */
#define ARTICLE_TAG_IS_ROWS      0x4000     /* a table, out of its cells */
#define ARTICLE_TAG_IS_ITEM      0x8000     /* li, dt, dd: ends its likes */
#define ARTICLE_TAG_IS_COUNTED  0x10000     /* by the cutter, or refused */
#define ARTICLE_TAG_IS_NOTED    0x20000     /* by the cutter, while open */
#define ARTICLE_TAG_IS_ROOT     0x40000     /* where it may stand is odd */
#define ARTICLE_TAG_IS_LAST     0x80000     /* all behind it is text */
#define ARTICLE_TAG_IS_CAREFUL 0x100000     /* its start tag may end others,
                                               or imply some */

/* Behind it no label goes on. */
#define ARTICLE_TAG_ENDS_LINE  (ARTICLE_TAG_IS_BLOCK | ARTICLE_TAG_IS_FIELD)


typedef enum {
    ARTICLE_TAG_UNKNOWN = 0,
    ARTICLE_TAG_A,
    ARTICLE_TAG_ABBR,
    ARTICLE_TAG_ADDRESS,
    ARTICLE_TAG_ANNOTATION_XML,
    ARTICLE_TAG_APPLET,
    ARTICLE_TAG_AREA,
    ARTICLE_TAG_ARTICLE,
    ARTICLE_TAG_ASIDE,
    ARTICLE_TAG_AUDIO,
    ARTICLE_TAG_B,
    ARTICLE_TAG_BASE,
    ARTICLE_TAG_BASEFONT,
    ARTICLE_TAG_BGSOUND,
    ARTICLE_TAG_BIG,
    ARTICLE_TAG_BLOCKQUOTE,
    ARTICLE_TAG_BODY,
    ARTICLE_TAG_BR,
    ARTICLE_TAG_BUTTON,
    ARTICLE_TAG_CAPTION,
    ARTICLE_TAG_CENTER,
    ARTICLE_TAG_CODE,
    ARTICLE_TAG_COL,
    ARTICLE_TAG_COLGROUP,
    ARTICLE_TAG_DD,
    ARTICLE_TAG_DESC,
    ARTICLE_TAG_DETAILS,
    ARTICLE_TAG_DIALOG,
    ARTICLE_TAG_DIR,
    ARTICLE_TAG_DIV,
    ARTICLE_TAG_DL,
    ARTICLE_TAG_DT,
    ARTICLE_TAG_EM,
    ARTICLE_TAG_EMBED,
    ARTICLE_TAG_FIELDSET,
    ARTICLE_TAG_FIGCAPTION,
    ARTICLE_TAG_FIGURE,
    ARTICLE_TAG_FONT,
    ARTICLE_TAG_FOOTER,
    ARTICLE_TAG_FOREIGNOBJECT,
    ARTICLE_TAG_FORM,
    ARTICLE_TAG_FRAME,
    ARTICLE_TAG_FRAMESET,
    ARTICLE_TAG_H1,
    ARTICLE_TAG_H2,
    ARTICLE_TAG_H3,
    ARTICLE_TAG_H4,
    ARTICLE_TAG_H5,
    ARTICLE_TAG_H6,
    ARTICLE_TAG_HEAD,
    ARTICLE_TAG_HEADER,
    ARTICLE_TAG_HGROUP,
    ARTICLE_TAG_HR,
    ARTICLE_TAG_HTML,
    ARTICLE_TAG_I,
    ARTICLE_TAG_IFRAME,
    ARTICLE_TAG_IMAGE,
    ARTICLE_TAG_IMG,
    ARTICLE_TAG_INPUT,
    ARTICLE_TAG_KEYGEN,
    ARTICLE_TAG_LABEL,
    ARTICLE_TAG_LEGEND,
    ARTICLE_TAG_LI,
    ARTICLE_TAG_LINK,
    ARTICLE_TAG_LISTING,
    ARTICLE_TAG_MAIN,
    ARTICLE_TAG_MARQUEE,
    ARTICLE_TAG_MATH,
    ARTICLE_TAG_MENU,
    ARTICLE_TAG_META,
    ARTICLE_TAG_NAV,
    ARTICLE_TAG_NOBR,
    ARTICLE_TAG_NOEMBED,
    ARTICLE_TAG_NOFRAMES,
    ARTICLE_TAG_NOSCRIPT,
    ARTICLE_TAG_OBJECT,
    ARTICLE_TAG_OL,
    ARTICLE_TAG_OPTGROUP,
    ARTICLE_TAG_OPTION,
    ARTICLE_TAG_P,
    ARTICLE_TAG_PARAM,
    ARTICLE_TAG_PLAINTEXT,
    ARTICLE_TAG_PRE,
    ARTICLE_TAG_RB,
    ARTICLE_TAG_RP,
    ARTICLE_TAG_RT,
    ARTICLE_TAG_RTC,
    ARTICLE_TAG_RUBY,
    ARTICLE_TAG_S,
    ARTICLE_TAG_SCRIPT,
    ARTICLE_TAG_SEARCH,
    ARTICLE_TAG_SECTION,
    ARTICLE_TAG_SELECT,
    ARTICLE_TAG_SMALL,
    ARTICLE_TAG_SOURCE,
    ARTICLE_TAG_SPAN,
    ARTICLE_TAG_STRIKE,
    ARTICLE_TAG_STRONG,
    ARTICLE_TAG_STYLE,
    ARTICLE_TAG_SUMMARY,
    ARTICLE_TAG_SVG,
    ARTICLE_TAG_TABLE,
    ARTICLE_TAG_TBODY,
    ARTICLE_TAG_TD,
    ARTICLE_TAG_TEMPLATE,
    ARTICLE_TAG_TEXTAREA,
    ARTICLE_TAG_TFOOT,
    ARTICLE_TAG_TH,
    ARTICLE_TAG_THEAD,
    ARTICLE_TAG_TITLE,
    ARTICLE_TAG_TR,
    ARTICLE_TAG_TRACK,
    ARTICLE_TAG_TT,
    ARTICLE_TAG_U,
    ARTICLE_TAG_UL,
    ARTICLE_TAG_VIDEO,
    ARTICLE_TAG_WBR,
    ARTICLE_TAG_XMP,
    ARTICLE_TAGS_NUMBER
} article_tag_t;


/* The element of a lower-case name. */
article_tag_t article_tag_find(const char *name, size_t len);

typedef struct {
    const char     *name;
    unsigned char   len;
    unsigned        flags;
} article_tag_entry_t;


extern const article_tag_entry_t  article_tags[ARTICLE_TAGS_NUMBER];

/* ARTICLE_TAG_IS_... bits; 0 for an unknown element. */
static inline unsigned
article_tag_flags(article_tag_t tag)
{
    return article_tags[tag].flags;
}


/* Its name, terminated; "" for an unknown element. */
const char *article_tag_name(article_tag_t tag);


#endif /* ARTICLE_TAGS_H_INCLUDED */

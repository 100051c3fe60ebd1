/*
 * Copyright (C) the authors named in LICENSE
 *
 * Tags that break lines, and tags whose text is never read.
 */

#include "classes.h"


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

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Images of the article and their captions.
 */

#include <string.h>

#include "page.h"


/* The longest caption, and the longest that only its style betrays. */
#define ARTICLE_CAPTION_CHARS  450
#define ARTICLE_STYLED_CHARS   300
#define ARTICLE_BOXED_CHARS    250

/* A picture table has no more lines of text for an image than this. */
#define ARTICLE_PICTURE_LINES  3
#define ARTICLE_PICTURE_MOST   60


static void article_figure_keep(article_page_t *page, article_media_t *media);
static unsigned article_figure_is_foreign(article_page_t *page,
    article_media_t *media);
static void article_figure_caption(article_page_t *page,
    article_media_t *media, uint32_t limit);
static unsigned article_figure_is_caption(article_page_t *page,
    article_media_t *media, uint32_t n);
static uint32_t article_figure_box(article_page_t *page,
    const article_media_t *media);
static unsigned article_figure_is_box(article_page_t *page,
    const article_media_t *media, uint32_t e);
static unsigned article_text_credits(article_page_t *page,
    article_slice_t text);


void
article_figures_find(article_page_t *page)
{
    uint32_t          i, k, limit;
    article_media_t  *media;

    for (i = 0; i < page->blocks.medias; i++) {
        media = &page->blocks.media[i];

        article_figure_keep(page, media);

        if (!media->kept || media->type != ARTICLE_MEDIA_IMAGE) {
            continue;
        }

        /* the caption ends before the next image */

        limit = page->end;

        for (k = i + 1; k < page->blocks.medias; k++) {
            if (page->blocks.media[k].type == ARTICLE_MEDIA_IMAGE
                && !page->blocks.media[k].small)
            {
                limit = page->blocks.media[k].line < limit
                        ? page->blocks.media[k].line : limit;
                break;
            }
        }

        article_figure_caption(page, media, limit);
    }
}


/* Amid the article's lines, and in no box that was cut. */

static void
article_figure_keep(article_page_t *page, article_media_t *media)
{
    uint32_t            i, e, cut;
    article_element_t  *element;

    element = &page->blocks.element[media->element];

    if (page->start >= page->end || media->small) {
        return;
    }

    if (!article_blocks_within(&page->blocks, page->root, media->element)
        || media->line < page->start || media->line > page->end)
    {
        return;
    }

    if (element->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER|ARTICLE_IN_COMMENT
                          |ARTICLE_IN_AD|ARTICLE_IN_TOOLS|ARTICLE_IN_RELATED))
    {
        return;
    }

    e = media->element;

    while (e != page->root && element->line == element->line_end) {
        e = element->parent;
        element = &page->blocks.element[e];
    }

    cut = 0;

    for (i = element->line; i < element->line_end; i++) {
        cut += page->blocks.line[i].role == ARTICLE_ROLE_CUT
               || page->blocks.line[i].item;
    }

    if (e != page->root && cut && cut == element->line_end - element->line) {
        return;
    }

    if (media->type == ARTICLE_MEDIA_IMAGE
        && article_figure_is_foreign(page, media))
    {
        return;
    }

    media->kept = 1;
}


/* An image that is a link to another page is a teaser or an advertisement. */

static unsigned
article_figure_is_foreign(article_page_t *page, article_media_t *media)
{
    uint32_t         e;
    size_t           dot;
    article_slice_t  href;

    e = media->element;

    while (e && page->blocks.element[e].tag != LXB_TAG_A) {
        if (page->blocks.element[e].block) {
            return 0;
        }

        e = page->blocks.element[e].parent;
    }

    if (e == 0) {
        return 0;
    }

    href = article_link_href(page->blocks.element[e].node);

    if (href.len == 0 || article_page_is_self(page,
                                              page->blocks.element[e].node))
    {
        return 0;
    }

    for (dot = href.len; dot > 0 && href.data[dot - 1] != '.'; dot--) {
        if (href.data[dot - 1] == '/') {
            dot = 0;
            break;
        }
    }

    href.data += dot;
    href.len -= dot;

    return !(dot && (article_slice_starts_case(href, article_literal("jp"))
                     || article_slice_starts_case(href,
                                                  article_literal("png"))
                     || article_slice_starts_case(href,
                                                  article_literal("gif"))
                     || article_slice_starts_case(href,
                                                  article_literal("webp"))
                     || article_slice_starts_case(href,
                                                  article_literal("bmp"))));
}


static void
article_figure_caption(article_page_t *page, article_media_t *media,
    uint32_t limit)
{
    uint32_t         i, n, chars;
    article_line_t  *line;

    n = media->line;

    if (n >= page->blocks.lines
        || !article_figure_is_caption(page, media, n)
        || n + 1 > limit)
    {
        /* above the image, in the same figure */

        if (n == 0 || !(page->blocks.line[n - 1].any & ARTICLE_IN_FIGCAPTION)
            || page->blocks.line[n - 1].role != ARTICLE_ROLE_BODY)
        {
            return;
        }

        n--;
    }

    chars = 0;

    for (i = n; i < limit || i == n; i++) {
        line = &page->blocks.line[i];

        if (i > n) {
            if (line->role != ARTICLE_ROLE_BODY
                || chars + line->chars > ARTICLE_CAPTION_CHARS)
            {
                break;
            }

            if (!(line->flags & ARTICLE_LINE_SOFT)
                || line->element != page->blocks.line[n].element)
            {
                if (!article_blocks_within(&page->blocks,
                                           article_figure_box(page, media),
                                           line->element)
                    || article_figure_box(page, media) == 0)
                {
                    break;
                }
            }
        }

        chars += line->chars;
        line->role = ARTICLE_ROLE_CAPTION;
        line->why = "caption of the image above";
    }

    media->caption = n;
    media->caption_lines = i - n;

    /* the same words again as a paragraph */

    while (i < page->end && page->blocks.line[i].role == ARTICLE_ROLE_BODY
           && article_slice_equal(page->blocks.line[i].text,
                                  page->blocks.line[n].text))
    {
        page->blocks.line[i].role = ARTICLE_ROLE_NONE;
        page->blocks.line[i++].why = "repeats the caption";
    }
}


static unsigned
article_figure_is_caption(article_page_t *page, article_media_t *media,
    uint32_t n)
{
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (line->role != ARTICLE_ROLE_BODY || line->chars > ARTICLE_CAPTION_CHARS
        || line->heading || line->link_chars * 2 > line->chars
        || line->marker == ARTICLE_MARKER_ATTACHMENT)
    {
        return 0;
    }

    if (line->any & (ARTICLE_IN_FIGCAPTION|ARTICLE_IN_CAPTION)) {
        return 1;
    }

    if (article_figure_box(page, media)
        && article_blocks_within(&page->blocks,
                                 article_figure_box(page, media),
                                 line->element))
    {
        return 1;
    }

    if (article_blocks_in_row(&page->blocks, n)) {
        return 0;
    }

    if (line->chars <= ARTICLE_STYLED_CHARS) {

        if ((line->flags & ARTICLE_IN_CENTER)
            && (!(line->flags & ARTICLE_IN_BOLD)
                || (line->flags & ARTICLE_IN_ITALIC)))
        {
            return 1;
        }

        if ((line->flags & ARTICLE_IN_ITALIC) && line->marks <= 2) {
            return 1;
        }
    }

    if (media->alt.len > 10
        && article_slice_equal(article_page_fold(page, media->alt),
                               article_page_fold_line(page, line))
        && line->chars <= ARTICLE_STYLED_CHARS)
    {
        return 1;
    }

    return line->chars <= ARTICLE_STYLED_CHARS
           && article_text_credits(page, line->text);
}


/* The <figure> or picture table around an image; 0: none. */

static uint32_t
article_figure_box(article_page_t *page, const article_media_t *media)
{
    uint32_t            e, i, images, chars;
    article_element_t  *element;

    for (e = media->element; e && e != page->root;
         e = page->blocks.element[e].parent)
    {
        element = &page->blocks.element[e];

        if (element->tag == LXB_TAG_FIGURE) {
            return element->line_end > element->line ? e : 0;
        }

        if (element->tag == LXB_TAG_DIV
            && article_figure_is_box(page, media, e))
        {
            return e;
        }

        if (element->tag != LXB_TAG_TABLE) {
            continue;
        }

        if (element->line_end - element->line > ARTICLE_PICTURE_MOST) {
            return 0;
        }

        images = 0;
        chars = 0;

        for (i = article_blocks_media(&page->blocks, element->line);
             i < page->blocks.medias
             && page->blocks.media[i].line <= element->line_end;
             i++)
        {
            images += page->blocks.media[i].type == ARTICLE_MEDIA_IMAGE
                      && !page->blocks.media[i].small
                      && article_blocks_within(&page->blocks, e,
                                            page->blocks.media[i].element);
        }

        for (i = element->line; i < element->line_end; i++) {
            chars += page->blocks.line[i].chars;
        }

        if (element->line_end - element->line
            <= images * ARTICLE_PICTURE_LINES
            && chars <= images * ARTICLE_CAPTION_CHARS)
        {
            return element->line_end > element->line ? e : 0;
        }

        return 0;
    }

    return 0;
}


/* <div><img><div>caption</div></div>: an image and one short block. */

static unsigned
article_figure_is_box(article_page_t *page, const article_media_t *media,
    uint32_t e)
{
    uint32_t            i;
    article_element_t  *element;

    element = &page->blocks.element[e];

    if (element->line >= element->line_end
        || element->line_end - element->line > 2
        || element->line != media->line || media->inside
        || page->blocks.line[element->line].element == e
        || page->blocks.line[element->line].chars > ARTICLE_BOXED_CHARS
        || page->blocks.line[element->line_end - 1].element
           != page->blocks.line[element->line].element)
    {
        return 0;
    }

    /* the only text of a short article is no caption */

    for (i = page->start; i < page->end; i++) {
        if (page->blocks.line[i].value
            && (i < element->line || i >= element->line_end))
        {
            return 1;
        }
    }

    return 0;
}


/* "... Ảnh: NAME", "... (Ảnh NAME)", "Ảnh minh họa". */

static unsigned
article_text_credits(article_page_t *page, article_slice_t text)
{
    size_t           i;
    article_slice_t  fold, credit[5];

    static const char *const  credits[5] = {
        "ảnh: ", "(ảnh", "ảnh minh họa", "ảnh tư liệu", "photo: "
    };

    article_page_fold_all(page, credits, 5, credit);

    fold = article_page_fold(page, text);

    for (i = 0; i < 5; i++) {
        if (article_slice_find(fold, credit[i])) {
            return 1;
        }
    }

    return 0;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * content_html: the kept lines and images with allow-listed markup.  It is
 * written anew, tag by tag: nothing of the page's markup is copied.
 */

#include <string.h>

#include "media.h"
#include "render.h"


/* Deeper lists and tables are flattened. */
#define ARTICLE_HTML_DEPTH  24


typedef struct {
    article_page_t   *page;
    article_buf_t     buf;
    uint32_t          frame[ARTICLE_HTML_DEPTH];    /* open lists, tables */
    unsigned          frames;
    uint32_t          inlines[ARTICLE_HTML_DEPTH];  /* open <a>, <b>, ... */
    unsigned          inlines_number;
    uint32_t          line;         /* being written, or NONE */
    uint32_t          media;        /* the next that may come */
    const char       *close;        /* tag that ends it: "</p>\n" */
    size_t            cursor;       /* in its text */
    unsigned          bare;         /* a line was written into <li>, <td> */
} article_html_t;


static void article_html_text(article_html_t *html, lxb_dom_node_t *node);
static size_t article_html_run(const char *p, const char *end,
    article_slice_t line, size_t cursor);
static void article_html_line_start(article_html_t *html, uint32_t n);
static void article_html_line_end(article_html_t *html);
static void article_html_inline(article_html_t *html,
    const lxb_dom_node_t *node, uint32_t block);
static const char *article_html_inline_tag(uint16_t tag);
static void article_html_frames(article_html_t *html, uint32_t element);
static const char *article_html_frame_tag(article_html_t *html, uint32_t e);
static void article_html_frame_open(article_html_t *html, uint32_t e);
static void article_html_media(article_html_t *html, lxb_dom_node_t *node);
static unsigned article_html_shows(article_page_t *page,
    const article_media_t *media);
static uint32_t article_html_first_media(const article_page_t *page);
static void article_html_link(article_html_t *html, article_media_t *media);
static unsigned article_html_markup(article_slice_t text);
static void article_html_image(article_html_t *html, article_media_t *media);
static void article_html_put(article_html_t *html, const char *s);
static void article_html_escape(article_html_t *html, article_slice_t s);


void
article_render_html(article_page_t *page)
{
    unsigned         skip;
    lxb_dom_node_t  *node, *root;
    article_html_t   html;

    memset(&html, 0, sizeof(html));

    html.page = page;
    html.line = ARTICLE_NONE;
    article_buf_init(&html.buf, page->arena);

    if (page->blocks.elements == 0) {
        return;
    }

    root = page->blocks.element[page->root].node;
    html.media = article_html_first_media(page);

    for (node = root->first_child; node;
         node = article_node_next(node, root, skip))
    {
        skip = 0;

        if (node->type == LXB_DOM_NODE_TYPE_TEXT) {

            if (node->user) {
                article_html_text(&html, node);
            }

            continue;
        }

        if (node->type == LXB_DOM_NODE_TYPE_ELEMENT) {
            article_html_media(&html, node);
            skip = node->user == NULL;
        }
    }

    article_html_line_end(&html);
    article_html_frames(&html, 0);

    page->facts.html = article_buf_slice(&html.buf);
}


/* The node's characters as they stand in its line. */

static void
article_html_text(article_html_t *html, lxb_dom_node_t *node)
{
    size_t                     size;
    uint32_t                   n, c;
    const char                *p, *end, *from;
    article_line_t            *line;
    lxb_dom_character_data_t  *text;

    n = (uint32_t) (uintptr_t) node->user - 1;

    if (n >= html->page->blocks.lines) {
        return;
    }

    line = &html->page->blocks.line[n];

    if (!article_render_keeps(line) || n < html->page->start
        || n >= html->page->end)
    {
        return;
    }

    text = (lxb_dom_character_data_t *) node;
    p = (const char *) text->data.data;
    end = p + text->data.length;

    if (html->line == n) {
        article_html_inline(html, node->parent, line->element);
    }

    while (p < end) {
        from = p;
        c = article_utf8_next(&p, end);
        size = (size_t) (p - from);

        if (article_is_space(c)) {

            if (html->line == n && html->cursor < line->text.len
                && line->text.data[html->cursor] == ' ')
            {
                article_buf_append_char(&html->buf, ' ');
                html->cursor++;
            }

            continue;
        }

        if (html->line != n) {

            /* white space before the line's first character */

            if (line->text.len < size
                || memcmp(line->text.data, from, size) != 0)
            {
                continue;
            }

            article_html_line_start(html, n);
            article_html_inline(html, node->parent, line->element);
        }

        if (html->cursor < line->text.len
            && line->text.data[html->cursor] == ' '
            && html->cursor + 1 + size <= line->text.len
            && memcmp(line->text.data + html->cursor + 1, from, size) == 0)
        {
            article_buf_append_char(&html->buf, ' ');
            html->cursor++;
        }

        if (html->cursor + size <= line->text.len
            && memcmp(line->text.data + html->cursor, from, size) == 0)
        {
            size += article_html_run(p, end, line->text,
                                     html->cursor + size);
            article_html_escape(html, (article_slice_t) { from, size });
            html->cursor += size;
            p = from + size;
        }
    }
}


/* How many bytes at p are those of the line at the cursor, as written. */

static size_t
article_html_run(const char *p, const char *end, article_slice_t line,
    size_t cursor)
{
    size_t  n, most;

    most = (size_t) (end - p);

    if (most > line.len - cursor) {
        most = line.len - cursor;
    }

    for (n = 0; n < most; n++) {
        if (p[n] != line.data[cursor + n]
            || !(article_is_plain(p[n]) || p[n] == ' '))
        {
            break;
        }
    }

    /* whole characters */

    while (n && p + n < end && ((unsigned char) p[n] & 0xc0) == 0x80) {
        n--;
    }

    return n;
}


static void
article_html_line_start(article_html_t *html, uint32_t n)
{
    char               open[8];
    uint32_t           e;
    article_line_t    *line, *last;
    article_blocks_t  *blocks;

    blocks = &html->page->blocks;
    line = &blocks->line[n];

    /* a soft break goes on in the same paragraph */

    if (html->line != ARTICLE_NONE && html->close) {
        last = &blocks->line[html->line];

        if ((line->flags & ARTICLE_LINE_SOFT) && last->element == line->element
            && n == html->line + 1)
        {
            while (html->inlines_number) {
                article_html_inline(html, NULL, 0);
            }

            article_html_put(html, "<br>");
            html->line = n;
            html->cursor = 0;
            return;
        }
    }

    article_html_line_end(html);
    article_html_frames(html, line->element);

    html->line = n;
    html->cursor = 0;
    html->close = "</p>\n";

    e = html->frames ? html->frame[html->frames - 1] : 0;

    if (line->heading) {
        static const char *const  ends[] = {
            "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"
        };

        unsigned  level;

        level = line->heading < 2 ? 2 : line->heading;

        memcpy(open, "<h2>", 5);
        open[2] = (char) ('0' + level);
        article_html_put(html, open);
        html->close = ends[level - 2];
        html->bare = 0;

    } else if (e && (blocks->element[e].tag == LXB_TAG_LI
                     || blocks->element[e].tag == LXB_TAG_TD
                     || blocks->element[e].tag == LXB_TAG_TH
                     || blocks->element[e].tag == LXB_TAG_DT
                     || blocks->element[e].tag == LXB_TAG_DD))
    {
        if (html->bare) {
            article_html_put(html, "<br>");
        }

        html->bare = 1;
        html->close = "";

    } else if (line->flags & ARTICLE_IN_PRE) {
        article_html_put(html, "<pre>");
        html->close = "</pre>\n";

    } else {
        article_html_put(html, "<p>");
    }
}


static void
article_html_line_end(article_html_t *html)
{
    if (html->line == ARTICLE_NONE) {
        return;
    }

    article_html_inline(html, NULL, 0);
    article_html_put(html, html->close);

    html->line = ARTICLE_NONE;
    html->close = NULL;
}


/* Opens and closes inline tags until those around the node are open. */

static void
article_html_inline(article_html_t *html, const lxb_dom_node_t *node,
    uint32_t block)
{
    uint32_t            e, path[ARTICLE_HTML_DEPTH];
    unsigned            n, same, i;
    article_slice_t     url;
    article_element_t  *element;

    n = 0;

    if (node) {
        element = article_blocks_element(&html->page->blocks, node);
        e = element ? (uint32_t) (element - html->page->blocks.element) : 0;

        while (e && e != block && n < ARTICLE_HTML_DEPTH) {
            if (article_html_inline_tag(html->page->blocks.element[e].tag)) {
                path[n++] = e;
            }

            e = html->page->blocks.element[e].parent;
        }
    }

    same = 0;

    while (same < n && same < html->inlines_number
           && html->inlines[same] == path[n - 1 - same])
    {
        same++;
    }

    while (html->inlines_number > same) {
        e = html->inlines[--html->inlines_number];
        article_html_put(html, "</");
        article_html_put(html, article_html_inline_tag(
                                      html->page->blocks.element[e].tag));
        article_html_put(html, ">");
    }

    for (i = same; i < n; i++) {
        e = path[n - 1 - i];
        element = &html->page->blocks.element[e];

        html->inlines[html->inlines_number++] = e;

        article_html_put(html, "<");
        article_html_put(html, article_html_inline_tag(element->tag));

        if (element->tag == LXB_TAG_A) {
            url = article_page_url(html->page,
                                   article_link_href(element->node));
            if (url.len) {
                article_html_put(html, " href=\"");
                article_html_escape(html, url);
                article_html_put(html, "\"");
            }
        }

        article_html_put(html, ">");
    }
}


static const char *
article_html_inline_tag(uint16_t tag)
{
    switch (tag) {
    case LXB_TAG_A:
        return "a";
    case LXB_TAG_B:
    case LXB_TAG_STRONG:
        return "strong";
    case LXB_TAG_I:
    case LXB_TAG_EM:
        return "em";
    case LXB_TAG_U:
        return "u";
    case LXB_TAG_SUB:
        return "sub";
    case LXB_TAG_SUP:
        return "sup";
    case LXB_TAG_CODE:
        return "code";
    default:
        return NULL;
    }
}


/* Closes and opens lists, tables and quotes until those of element are. */

static void
article_html_frames(article_html_t *html, uint32_t element)
{
    uint32_t    e, path[ARTICLE_HTML_DEPTH];
    unsigned    n, same, i;

    n = 0;

    for (e = element; e && e != html->page->root;
         e = html->page->blocks.element[e].parent)
    {
        if (article_html_frame_tag(html, e) && n < ARTICLE_HTML_DEPTH) {
            path[n++] = e;
        }
    }

    same = 0;

    while (same < n && same < html->frames
           && html->frame[same] == path[n - 1 - same])
    {
        same++;
    }

    while (html->frames > same) {
        e = html->frame[--html->frames];
        article_html_put(html, "</");
        article_html_put(html, article_html_frame_tag(html, e));
        article_html_put(html, ">\n");
        html->bare = 0;
    }

    for (i = same; i < n; i++) {
        article_html_frame_open(html, path[n - 1 - i]);
        html->frame[html->frames++] = path[n - 1 - i];
        html->bare = 0;
    }
}


static void
article_html_frame_open(article_html_t *html, uint32_t e)
{
    size_t            i, k;
    article_slice_t   value;

    static const article_slice_t  spans[] = {
        { "colspan", 7 }, { "rowspan", 7 }
    };

    article_html_put(html, "<");
    article_html_put(html, article_html_frame_tag(html, e));

    for (i = 0; i < 2; i++) {

        if (html->page->blocks.element[e].tag != LXB_TAG_TD
            && html->page->blocks.element[e].tag != LXB_TAG_TH)
        {
            break;
        }

        value = article_node_attribute(html->page->blocks.element[e].node,
                                       spans[i]);

        for (k = 0; k < value.len && value.data[k] >= '0'
                    && value.data[k] <= '9'; k++)
        {
            /* void */
        }

        if (value.len && k == value.len && k <= 3
            && !(value.len == 1 && value.data[0] <= '1'))
        {
            article_html_put(html, " ");
            article_html_put(html, spans[i].data);
            article_html_put(html, "=\"");
            article_html_escape(html, value);
            article_html_put(html, "\"");
        }
    }

    article_html_put(html, ">");
}


static const char *
article_html_frame_tag(article_html_t *html, uint32_t e)
{
    uint32_t            table;
    article_element_t  *element;

    element = &html->page->blocks.element[e];

    switch (element->tag) {
    case LXB_TAG_UL:
        return "ul";
    case LXB_TAG_OL:
        return "ol";
    case LXB_TAG_LI:
        return html->page->blocks.element[element->parent].tag == LXB_TAG_UL
               || html->page->blocks.element[element->parent].tag
                  == LXB_TAG_OL ? "li" : NULL;
    case LXB_TAG_DL:
        return "dl";
    case LXB_TAG_DT:
        return "dt";
    case LXB_TAG_DD:
        return "dd";
    case LXB_TAG_BLOCKQUOTE:
        return "blockquote";
    case LXB_TAG_TABLE:
    case LXB_TAG_TR:
    case LXB_TAG_TD:
    case LXB_TAG_TH:
        break;
    default:
        return NULL;
    }

    for (table = e; table && table != html->page->root;
         table = html->page->blocks.element[table].parent)
    {
        if (html->page->blocks.element[table].tag == LXB_TAG_TABLE) {

            if (!article_render_is_data(html->page, table)) {
                return NULL;
            }

            return element->tag == LXB_TAG_TABLE ? "table"
                   : element->tag == LXB_TAG_TR ? "tr"
                   : element->tag == LXB_TAG_TH ? "th" : "td";
        }
    }

    return NULL;
}


/* Media below the root come in the order of this walk, all of them. */

static void
article_html_media(article_html_t *html, lxb_dom_node_t *node)
{
    article_media_t   *media;
    article_blocks_t  *blocks;

    blocks = &html->page->blocks;

    if (html->media == blocks->medias) {
        return;
    }

    media = &blocks->media[html->media];

    if (media->node != node) {
        return;
    }

    html->media++;

    if (!media->kept
        || (node->local_name == LXB_TAG_A
            && article_html_shows(html->page, media)))
    {
        return;
    }

    if (media->type == ARTICLE_MEDIA_IMAGE) {
        article_html_image(html, media);

    } else if (media->type == ARTICLE_MEDIA_FRAME
               || media->type == ARTICLE_MEDIA_FILE
               || html->page->prose == 0)
    {
        article_html_link(html, media);
    }
}


/* 1 if a link to a file comes with the text, or the text comes without. */

static unsigned
article_html_shows(article_page_t *page, const article_media_t *media)
{
    return page->prose || (media->line < page->end
           && article_render_keeps(&page->blocks.line[media->line]));
}


/* The first of the media below the root. */

static uint32_t
article_html_first_media(const article_page_t *page)
{
    uint32_t                 i;
    const article_blocks_t  *blocks;

    blocks = &page->blocks;

    for (i = article_blocks_media(blocks, blocks->element[page->root].line);
         i < blocks->medias;
         i++)
    {
        if (article_blocks_within(blocks, page->root,
                                  blocks->media[i].element))
        {
            break;
        }
    }

    return i;
}


/* A film, sound or document elsewhere: a link at its place. */

static void
article_html_link(article_html_t *html, article_media_t *media)
{
    size_t           i;
    article_slice_t  url, text;

    url = article_page_url(html->page, media->url);
    if (url.len == 0) {
        return;
    }

    text = article_squeeze(html->page->arena, media->alt);

    if (text.len == 0 && media->type == ARTICLE_MEDIA_FRAME) {
        text = article_media_provider(article_url_host(url));
        text = text.len ? text : article_url_host(url);
    }

    if (text.len == 0) {
        text = url;

        for (i = url.len; i > 0 && url.data[i - 1] != '/'; i--) {
            text.data = url.data + i - 1;
            text.len = url.len - i + 1;
        }
    }

    article_html_line_end(html);
    article_html_frames(html, media->element);

    article_html_put(html, "<p><a href=\"");
    article_html_escape(html, url);
    article_html_put(html, "\">");
    article_html_escape(html, text);
    article_html_put(html, "</a></p>\n");
}


/*
 * Text that would end an element or a comment, were the attribute that it
 * stands in taken for their content (mutation XSS): DOMPurify drops it, too.
 */

static unsigned
article_html_markup(article_slice_t text)
{
    return article_slice_find(text, article_literal("</")) != NULL
           || article_slice_find(text, article_literal("-->")) != NULL
           || article_slice_find(text, article_literal("--!>")) != NULL
           || article_slice_find(text, article_literal("]>")) != NULL;
}


static void
article_html_image(article_html_t *html, article_media_t *media)
{
    article_slice_t  url;

    url = article_page_url(html->page, media->url);
    if (url.len == 0) {
        return;
    }

    article_html_line_end(html);
    article_html_frames(html, media->element);

    article_html_put(html, "<figure><img src=\"");
    article_html_escape(html, url);
    article_html_put(html, "\"");

    if (media->alt.len && !article_html_markup(media->alt)) {
        article_html_put(html, " alt=\"");
        article_html_escape(html, article_squeeze(html->page->arena,
                                                  media->alt));
        article_html_put(html, "\"");
    }

    article_html_put(html, ">");

    if (media->caption_lines) {
        article_html_put(html, "<figcaption>");
        article_html_escape(html, article_blocks_text(&html->page->blocks,
                                      media->caption,
                                      media->caption + media->caption_lines));
        article_html_put(html, "</figcaption>");
    }

    article_html_put(html, "</figure>\n");
}


static void
article_html_put(article_html_t *html, const char *s)
{
    if (s) {
        article_buf_append(&html->buf, s, strlen(s));
    }
}


static void
article_html_escape(article_html_t *html, article_slice_t s)
{
    size_t       i, from;
    const char  *entity;

    from = 0;

    for (i = 0; i < s.len; i++) {

        switch (s.data[i]) {
        case '&':
            entity = "&amp;";
            break;
        case '<':
            entity = "&lt;";
            break;
        case '>':
            entity = "&gt;";
            break;
        case '"':
            entity = "&quot;";
            break;
        default:
            continue;
        }

        article_buf_append(&html->buf, s.data + from, i - from);
        article_html_put(html, entity);
        from = i + 1;
    }

    article_buf_append(&html->buf, s.data + from, s.len - from);
}

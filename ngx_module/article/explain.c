/*
 * Copyright (C) the authors named in LICENSE
 *
 * Every line of a page, kept or not, and why.
 */

#include <stdio.h>
#include <string.h>

#include "read.h"


/* So many bytes of each line's text are shown. */
#define ARTICLE_EXPLAIN_TEXT  100

/* Longest line that is shown, in bytes. */
#define ARTICLE_EXPLAIN_LINE  512


static void article_explain_head(article_page_t *page,
    article_explain_pt handler, void *data);
static void article_explain_block(article_page_t *page, uint32_t n,
    article_explain_pt handler, void *data);
static void article_explain_media(article_page_t *page, uint32_t n,
    article_explain_pt handler, void *data);
static void article_explain_line(article_page_t *page, char *out, int len,
    article_explain_pt handler, void *data);
static const char *article_explain_role(article_page_t *page, uint32_t n);
static void article_explain_path(article_page_t *page, uint32_t element,
    char *out, size_t size);


article_reason_t
article_explain(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    article_explain_pt handler, void *data)
{
    uint32_t          i, m;
    article_page_t    p;
    article_reason_t  reason;

    reason = article_page_open(&p, engine, options, page, len);

    if (reason != ARTICLE_OK) {
        return reason;
    }

    article_metadata_find(&p);
    article_explain_head(&p, handler, data);

    if (p.facts.kind == ARTICLE_KIND_ARTICLE) {
        article_page_media(&p);
    }

    for (i = 0, m = 0; i <= p.blocks.lines; i++) {

        while (m < p.blocks.medias && p.blocks.media[m].line <= i) {
            article_explain_media(&p, m++, handler, data);
        }

        if (i < p.blocks.lines) {
            article_explain_block(&p, i, handler, data);
        }
    }

    return p.facts.kind == ARTICLE_KIND_OTHER ? ARTICLE_NOT_AN_ARTICLE
                                                 : ARTICLE_OK;
}


static void
article_explain_head(article_page_t *page, article_explain_pt handler,
    void *data)
{
    int   n;
    char  out[ARTICLE_EXPLAIN_LINE];

    n = snprintf(out, sizeof(out),
                 "# kind %s (%s; confidence %u%%), method %s, %u characters "
                 "of text in %u paragraphs, title \"%.*s\"",
                 article_kind_word(page->facts.kind), page->facts.kind_why,
                 page->facts.confidence,
                 page->facts.method, page->prose, page->paragraphs,
                 (int) (page->facts.title.len < 200 ? page->facts.title.len
                                                    : 200),
                 page->facts.title.len ? page->facts.title.data : "");

    article_explain_line(page, out, n, handler, data);
}


/* What a page says is shown in a terminal: whole characters, no controls. */

static void
article_explain_line(article_page_t *page, char *out, int len,
    article_explain_pt handler, void *data)
{
    int              i;
    article_slice_t  line;

    if (len < 0) {
        return;
    }

    len = len < ARTICLE_EXPLAIN_LINE ? len : ARTICLE_EXPLAIN_LINE - 1;

    for (i = 0; i < len; i++) {
        if (out[i] == '\n' || out[i] == '\t') {
            out[i] = ' ';
        }
    }

    line = article_utf8_repair(page->arena, (article_slice_t) { out,
                                                        (size_t) len });

    if (line.data != NULL) {
        line = article_text_clean(page->arena, line);
    }

    if (line.data != NULL) {
        handler(data, line);
    }
}


static void
article_explain_block(article_page_t *page, uint32_t n,
    article_explain_pt handler, void *data)
{
    int              len;
    char             out[ARTICLE_EXPLAIN_LINE], path[128];
    size_t           shown;
    article_line_t  *line;

    line = &page->blocks.line[n];

    shown = line->text.len < ARTICLE_EXPLAIN_TEXT ? line->text.len
                                                  : ARTICLE_EXPLAIN_TEXT;

    while (shown && shown < line->text.len
           && ((unsigned char) line->text.data[shown] & 0xc0) == 0x80)
    {
        shown--;
    }

    article_explain_path(page, line->element, path, sizeof(path));

    len = snprintf(out, sizeof(out),
                   "%-7s %5u %s: %s%s%s%s | %.*s",
                   article_explain_role(page, n), n, path,
                   line->why ? line->why
                   : page->title != ARTICLE_NONE && n >= page->title
                     && n < page->title_end ? "the title"
                   : "outside the chosen text",
                   line->link_chars * 2 > line->chars ? ", a link" : "",
                   line->marker ? ", label " : "",
                   line->marker ? article_marker_word(line->marker) : "",
                   (int) shown, line->text.data);

    article_explain_line(page, out, len, handler, data);
}


/* An image, player, frame or link to a file, before the line it is by. */

static void
article_explain_media(article_page_t *page, uint32_t n,
    article_explain_pt handler, void *data)
{
    int               len;
    char              out[ARTICLE_EXPLAIN_LINE], path[128];
    article_media_t  *media;

    static const char *const  types[] = {
        "image", "audio", "video", "frame", "file"
    };

    media = &page->blocks.media[n];

    article_explain_path(page, media->element, path, sizeof(path));

    len = snprintf(out, sizeof(out), "%-7s     - %s: %s | %.*s",
                   types[media->type], path,
                   media->kept ? "of the article"
                   : media->small ? "too small, or without an address"
                                  : "not of the article",
                   (int) (media->url.len < ARTICLE_EXPLAIN_TEXT
                          ? media->url.len : ARTICLE_EXPLAIN_TEXT),
                   media->url.len ? media->url.data : "");

    article_explain_line(page, out, len, handler, data);
}


static const char *
article_explain_role(article_page_t *page, uint32_t n)
{
    if (page->title != ARTICLE_NONE && n >= page->title
        && n < page->title_end)
    {
        return "title";
    }

    switch (page->blocks.line[n].role) {
    case ARTICLE_ROLE_BODY:
        return "keep";
    case ARTICLE_ROLE_SAPO:
        return "sapo";
    case ARTICLE_ROLE_CAPTION:
        return "caption";
    case ARTICLE_ROLE_TITLE:
        return "title";
    case ARTICLE_ROLE_DATE:
        return "date";
    case ARTICLE_ROLE_BYLINE:
        return "byline";
    case ARTICLE_ROLE_CUT:
        return "cut";
    default:
        return "drop";
    }
}


/* The last three elements with a tag, id or class: "div#body p.title". */

static void
article_explain_path(article_page_t *page, uint32_t element, char *out,
    size_t size)
{
    int               n;
    size_t            len, name_len, k;
    uint32_t          e;
    unsigned          up, depth;
    lxb_dom_node_t   *node;
    article_slice_t   id, class;
    const char       *name;

    len = 0;
    out[0] = '\0';

    for (depth = 3; depth--; ) {
        e = element;

        for (up = 0; up < depth && e; up++) {
            e = page->blocks.element[e].parent;
        }

        if (e == 0) {
            continue;
        }

        node = page->blocks.element[e].node;

        name = (const char *) lxb_dom_element_local_name(
                                 lxb_dom_interface_element(node), &name_len);
        id = article_node_attribute(node, article_literal("id"));
        class = article_node_attribute(node, article_literal("class"));

        for (k = 0; k < class.len && class.data[k] != ' '; k++) {
            /* void */
        }

        n = snprintf(out + len, size - len, "%s%.*s%s%.*s%s%.*s",
                     len ? " " : "", (int) (name_len > 12 ? 12 : name_len),
                     name, id.len ? "#" : "",
                     (int) (id.len > 20 ? 20 : id.len),
                     id.len ? id.data : "", k ? "." : "",
                     (int) (k > 20 ? 20 : k), k ? class.data : "");

        if (n < 0 || (size_t) n >= size - len) {
            break;
        }

        len += (size_t) n;
    }
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * article_read(): the steps of one extraction, in order.
 */

#include <string.h>

#include "page.h"
#include "phase.h"
#include "read.h"


static article_reason_t article_page_choose(article_page_t *page,
    article_engine_t *engine, const article_read_options_t *options,
    lxb_dom_node_t *told);
static void article_read_family(article_page_t *page);
static void article_read_address(article_page_t *page);
static void article_read_summary(article_page_t *page);
static void article_read_item(article_page_t *page);
static void article_read_names(article_page_t *page,
    article_result_t *result);


article_reason_t
article_page_open(article_page_t *page, article_engine_t *engine,
    const article_read_options_t *options, const char *data, size_t len)
{
    lxb_dom_node_t   *told;
    article_slice_t   bytes;
    article_reason_t  reason;

    memset(page, 0, sizeof(*page));

    bytes.data = data;
    bytes.len = len;

    reason = article_document_parse(engine, bytes, options->charset, NULL);
    if (reason != ARTICLE_OK) {
        return reason;
    }

    reason = article_page_choose(page, engine, options, NULL);
    told = reason == ARTICLE_OK ? article_told_insert(page) : NULL;

    if (told) {
        reason = article_page_choose(page, engine, options, told);
    }

    if (reason != ARTICLE_OK) {
        return reason;
    }

    article_kind_judge(page);
    article_phase_mark(engine, ARTICLE_PHASE_CHOICE);

    if (article_arena_failed(page->arena)) {
        return ARTICLE_NO_MEMORY;
    }

    return page->blocks.lines ? ARTICLE_OK : ARTICLE_EMPTY_PAGE;
}


/* Walks the page and chooses its text; told: a part of it that is the text. */

static article_reason_t
article_page_choose(article_page_t *page, article_engine_t *engine,
    const article_read_options_t *options, lxb_dom_node_t *told)
{
    memset(page, 0, sizeof(*page));

    page->told = told;
    page->engine = engine;
    page->arena = engine->arena;
    page->options = options;
    page->title = ARTICLE_NONE;

    if (article_blocks_build(&page->blocks, engine) != 0) {
        return ARTICLE_NO_MEMORY;
    }

    article_phase_mark(engine, ARTICLE_PHASE_BLOCKS);
    article_read_family(page);
    article_head_read(page);
    article_phase_mark(engine, ARTICLE_PHASE_METADATA);
    article_read_address(page);
    article_language_find(page);
    article_listing_mark(page);
    article_content_values(page);
    article_title_find(page);
    article_sections_mark(page);
    article_learned_mark(page);
    article_content_choose(page);
    article_learned_method(page);
    article_figures_find(page);
    article_lines_filter(page);

    return article_arena_failed(page->arena) ? ARTICLE_NO_MEMORY : ARTICLE_OK;
}


article_reason_t
article_read(article_engine_t *engine, const article_read_options_t *options,
    const char *page, size_t len, article_result_t *result)
{
    article_page_t  p;

    memset(result, 0, sizeof(*result));

    result->reason = article_page_open(&p, engine, options, page, len);

    if (result->reason != ARTICLE_OK) {
        return result->reason;
    }

    article_metadata_find(&p);
    article_phase_mark(engine, ARTICLE_PHASE_METADATA);

    result->kind = p.facts.kind;
    result->method = p.facts.method;
    result->fields = p.fields;
    result->url = p.facts.url;

    switch (p.facts.kind) {

    case ARTICLE_KIND_ARTICLE:
        article_read_item(&p);
        article_read_names(&p, result);
        result->json = article_json_item(&p, &result->version);

        if (p.facts.has_published) {
            result->published = (time_t)
                                article_date_seconds(&p.facts.published);
        }

        if (p.facts.has_modified) {
            result->modified = (time_t)
                               article_date_seconds(&p.facts.modified);
        }

        break;

    case ARTICLE_KIND_LISTING:
    case ARTICLE_KIND_HOME:
        article_listing_read(&p);
        result->json = article_json_feed(&p, &result->version);
        break;

    default:
        result->reason = ARTICLE_NOT_AN_ARTICLE;
        return result->reason;
    }

    if (options->listed) {
        article_json_listed(&p, result);
    }

    if (result->json.data == NULL || article_arena_failed(p.arena)) {
        result->json.len = 0;
        result->reason = ARTICLE_NO_MEMORY;
    }

    article_phase_mark(engine, ARTICLE_PHASE_OUTPUT);

    return result->reason;
}


/* A portal without a file of its own is read as its kin are. */

static void
article_read_family(article_page_t *page)
{
    unsigned                       i;
    const article_read_options_t  *options;

    options = page->options;

    if (options->portal || page->blocks.root == NULL) {
        return;
    }

    for (i = 0; i < options->families_number; i++) {
        if (article_portal_is_family(options->families[i])
            && article_portal_shows(options->families[i],
                                    page->engine->selectors,
                                    page->blocks.root))
        {
            page->family = *options;
            page->family.portal = options->families[i];
            page->options = &page->family;
            return;
        }
    }
}


/* The page's own address, absolute when the options allow it. */

static void
article_read_address(article_page_t *page)
{
    article_slice_t                url;
    article_buf_t                  buf;
    const article_read_options_t  *options;

    options = page->options;
    url = options->url;

    if (url.len && url.data[0] == '/' && options->base_url.len) {
        article_buf_init(&buf, page->arena);
        article_buf_append_slice(&buf, options->base_url);
        article_buf_append_slice(&buf, url);
        url = article_buf_slice(&buf);
    }

    if (url.len == 0) {
        url = page->head.canonical.len ? page->head.canonical
                                       : page->head.og_url;
    }

    page->urls.page = url.len ? url : options->base_url;
    page->urls.base = page->head.base;
    page->urls.public_url = options->base_url;
    page->urls.portal = options->portal;

    if (options->url.len) {
        page->path = options->url.data[0] == '/' ? options->url
                                       : article_url_path(options->url);
    }
}


/* Files and players between title and what follows the text are kept. */

void
article_page_media(article_page_t *page)
{
    uint32_t            i, from, to;
    article_media_t    *media;
    article_element_t  *element;

    from = page->title == ARTICLE_NONE ? page->start : page->title;
    from = from < page->start ? from : page->start;
    to = page->end;

    while (to < page->blocks.lines && to < page->end + 12
           && page->blocks.line[to].role != ARTICLE_ROLE_CUT
           && !page->blocks.line[to].item
           && page->blocks.line[to].marker != ARTICLE_MARKER_FOOTER)
    {
        to++;
    }

    for (i = 0; i < page->blocks.medias; i++) {
        media = &page->blocks.media[i];
        element = &page->blocks.element[media->element];

        if (media->type == ARTICLE_MEDIA_IMAGE || media->kept
            || media->type == ARTICLE_MEDIA_FRAME)
        {
            continue;
        }

        media->kept = media->line >= from && media->line < to + 1
                      && !(element->flags & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE
                                             |ARTICLE_IN_FOOTER));
    }
}


/* An article without running text: a short sentence, else the title. */

static void
article_read_summary(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    if (page->facts.summary.len) {
        return;
    }

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY && line->ends
            && line->heading == 0 && line->link_chars == 0)
        {
            page->facts.summary = line->text;
            return;
        }
    }

    page->facts.summary = page->facts.title;
    page->facts.summary_from = "title";
}


static void
article_read_item(article_page_t *page)
{
    uint32_t          i;
    article_media_t  *media;

    article_read_summary(page);
    article_page_media(page);
    article_render_text(page);
    article_render_html(page);

    for (i = 0; i < page->blocks.medias; i++) {
        media = &page->blocks.media[i];

        if (media->kept && media->type == ARTICLE_MEDIA_IMAGE) {
            page->facts.image = article_page_url(page, media->url);

            if (page->facts.image.len) {
                return;
            }
        }
    }

    page->facts.image = article_page_url(page, page->head.og_image.len
                                               ? page->head.og_image
                                               : page->head.ld.image);
}


/* What an operator may know an article by. */

static void
article_read_names(article_page_t *page, article_result_t *result)
{
    unsigned  i;

    result->section = page->facts.section;

    for (i = 0; i < page->facts.names.authors
                && i < ARTICLE_RESULT_AUTHORS; i++)
    {
        result->authors[i] = page->facts.names.author[i];
    }

    result->authors_number = i;
}

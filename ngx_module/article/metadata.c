/*
 * Copyright (C) the authors named in LICENSE
 *
 * Names, section, summary, addresses and the article's number.
 */

#include <string.h>

#include "page.h"


/* The longest summary made from the lead, in characters (DESIGN: 300). */
#define ARTICLE_SUMMARY_CHARS  300

/* A longer sapo is cut at a sentence's end. */
#define ARTICLE_SAPO_CHARS     400


static lxb_status_t article_field_match(lxb_dom_node_t *node, void *data);
static void article_names_find(article_page_t *page);
static unsigned article_names_add(article_page_t *page, article_slice_t text,
    unsigned strong);
static void article_names_lines(article_page_t *page, uint32_t from,
    uint32_t to);
static void article_summary_find(article_page_t *page);
static article_slice_t article_sentences(article_slice_t text, size_t chars);
static void article_address_find(article_page_t *page);


void
article_metadata_find(article_page_t *page)
{
    article_address_find(page);
    article_date_published(page);
    article_names_find(page);
    article_summary_find(page);

    if (!article_field_text(page, ARTICLE_FIELD_SECTION,
                            &page->facts.section))
    {
        page->facts.section = page->head.section.len ? page->head.section
                              : page->head.ld_article == 1
                                ? page->head.ld_section
                                : article_literal("");
    }
}


/* The canonical address, when it is the page's own; and the number in it. */

static void
article_address_find(article_page_t *page)
{
    article_slice_t  url, canonical;

    url = article_page_url(page, page->options->url);

    canonical = page->head.canonical.len ? page->head.canonical
                                         : page->head.og_url;

    if (canonical.len) {
        canonical = article_page_url(page, canonical);

        /* portals name their front page as every page's canonical */

        if (canonical.len && article_url_path(canonical).len > 1
            && (url.len == 0 || article_url_path(url).len <= 1
                || article_slice_equal_case(article_url_host(url),
                                            article_url_host(canonical))))
        {
            url = canonical;
        }
    }

    page->facts.url = url;

    page->facts.id = article_page_id(page, url.len ? url : page->path);

    /* a page read from a file without an address still needs an id */

    if (page->facts.id.len == 0) {
        page->facts.id = article_json_hash(page,
                                    article_hash64(0, page->facts.title),
                                    article_hash64(1, page->facts.title));
    }
}


unsigned
article_field_text(article_page_t *page, article_field_t field,
    article_slice_t *text)
{
    lxb_dom_node_t  *node;

    node = NULL;

    article_portal_find(page->options->portal, field,
                        page->engine->selectors, page->blocks.root,
                        article_field_match, &node);

    if (node == NULL) {
        return 0;
    }

    *text = article_node_text(page->arena, node);

    return text->len != 0;
}


static lxb_status_t
article_field_match(lxb_dom_node_t *node, void *data)
{
    *(lxb_dom_node_t **) data = node;

    return LXB_STATUS_STOP;
}


static void
article_names_find(article_page_t *page)
{
    unsigned          i;
    uint32_t          to;
    article_slice_t   text;
    article_head_t   *head;
    article_names_t  *names;

    head = &page->head;
    names = &page->facts.names;

    if (article_field_text(page, ARTICLE_FIELD_AUTHOR, &text)) {
        article_names_add(page, text, 1);
    }

    to = page->end + 8 < page->blocks.lines ? page->end + 8
                                            : page->blocks.lines;

    article_names_lines(page, page->start, to);

    if (names->authors == 0 && page->title != ARTICLE_NONE) {
        article_names_lines(page, page->title_end, page->start);
    }

    if (names->authors == 0 && head->ld_article == 1) {
        for (i = 0; i < head->ld_authors_number; i++) {
            article_names_add(page, head->ld_authors[i], 0);
        }
    }

    if (names->authors == 0 && head->author.len) {
        article_names_add(page, head->author, 0);
    }
}


/* Lines that are bylines, or that stand where bylines stand. */

static void
article_names_lines(article_page_t *page, uint32_t from, uint32_t to)
{
    uint32_t          i;
    unsigned          strong;
    article_date_t    date;
    article_line_t   *line;
    article_slice_t   text;

    for (i = from; i < to && page->facts.names.authors == 0; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT && i >= page->end) {
            break;
        }

        if (line->role == ARTICLE_ROLE_CAPTION || line->item
            || line->role == ARTICLE_ROLE_CUT
            || line->role == ARTICLE_ROLE_LEAK
            || line->role == ARTICLE_ROLE_BODY)
        {
            continue;
        }

        strong = (line->flags & ARTICLE_IN_RIGHT)
                 || (line->any & ARTICLE_IN_AUTHOR)
                 || line->marker == ARTICLE_MARKER_BYLINE;

        if (article_date_find(line->text, 0, &date)) {

            /* "Quốc Dũng 01/04/2022 - 15:28" */

            if (line->role == ARTICLE_ROLE_DATE || i < page->start) {
                text = line->text;
                text.len = date.start;
                article_names_add(page, article_trim(text, "-|,/"), 0);
            }

            continue;
        }

        /* above the text a name stands out by its letters */

        if (line->role != ARTICLE_ROLE_BYLINE && !strong
            && !(i < page->start
                 && (line->any & (ARTICLE_IN_BOLD|ARTICLE_IN_ITALIC
                                  |ARTICLE_IN_CENTER|ARTICLE_IN_HEADING))))
        {
            continue;
        }

        if (line->chars <= 120 && (line->link_chars * 2 <= line->chars
                                   || line->role == ARTICLE_ROLE_BYLINE
                                   || (strong && i < page->start)))
        {
            article_names_add(page, line->text, strong);
        }
    }
}


static unsigned
article_names_add(article_page_t *page, article_slice_t text, unsigned strong)
{
    unsigned          i, n, before;
    article_names_t   found, *names;

    names = &page->facts.names;
    before = names->authors;

    memset(&found, 0, sizeof(found));

    if (article_byline_parse(text, strong, &found) == ARTICLE_BYLINE_NONE) {
        return 0;
    }

    for (i = 0; i < found.authors; i++) {

        for (n = 0; n < names->authors; n++) {
            if (article_slice_equal_case(names->author[n], found.author[i])) {
                break;
            }
        }

        if (n == names->authors && n < ARTICLE_AUTHORS_MAX) {
            names->author[names->authors++] = found.author[i];
        }
    }

    if (names->source.len == 0) {
        names->source = found.source;
    }

    return names->authors > before;
}


static void
article_summary_find(article_page_t *page)
{
    uint32_t          i, sapo;
    article_slice_t   text;
    article_line_t   *line;
    article_facts_t  *facts;

    facts = &page->facts;

    if (article_field_text(page, ARTICLE_FIELD_SUMMARY, &text)) {
        facts->summary = article_sentences(text, ARTICLE_SAPO_CHARS);
        facts->summary_sapo = 1;
        return;
    }

    sapo = ARTICLE_NONE;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_SAPO) {
            sapo = i;
            break;
        }

        if (line->role == ARTICLE_ROLE_BODY && line->value
            && sapo == ARTICLE_NONE)
        {
            sapo = i;
        }
    }

    if (sapo == ARTICLE_NONE) {
        facts->summary = article_sentences(page->head.description,
                                           ARTICLE_SUMMARY_CHARS);
        return;
    }

    line = &page->blocks.line[sapo];

    if (line->role == ARTICLE_ROLE_SAPO) {
        facts->summary_sapo = 1;
        facts->summary = article_sentences(line->text, ARTICLE_SAPO_CHARS);
        return;
    }

    facts->summary = article_sentences(line->text, ARTICLE_SUMMARY_CHARS);
}


/*
 * Whole sentences of a text, as many as fit; of one that is longer, whole
 * words with an ellipsis' place left to the reader.
 */

static article_slice_t
article_sentences(article_slice_t text, size_t chars)
{
    size_t       i, n, sentence, word;
    const char  *p;

    n = 0;
    sentence = 0;
    word = 0;
    p = text.data;

    for (i = 0; i < text.len; i++) {

        if (((unsigned char) p[i] & 0xc0) == 0x80) {
            continue;
        }

        if (n++ >= chars) {
            break;
        }

        if (p[i] == ' ') {
            word = i;

            if (i && (p[i - 1] == '.' || p[i - 1] == '!' || p[i - 1] == '?')
                && i > 20)
            {
                sentence = i;
            }
        }
    }

    if (i == text.len) {
        return text;
    }

    text.len = sentence ? sentence : word ? word : i;

    return text;
}

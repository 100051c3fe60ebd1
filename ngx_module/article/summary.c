/*
 * Copyright (C) the authors named in LICENSE
 *
 * The summary: the sapo as it is shown, else what the page's head says the
 * article is about (not on Vietnamese portals: there it is the site's motto),
 * else the text's beginning.
 */

#include <string.h>

#include "page.h"
#include "plain.h"


/* The longest summary made from the lead, in characters (DESIGN: 300). */
#define ARTICLE_SUMMARY_CHARS  300

/* A longer sapo is cut at a sentence's end. */
#define ARTICLE_SAPO_CHARS     400


static unsigned article_summary_told(article_page_t *page);
static article_slice_t article_summary_description(article_page_t *page);
static unsigned article_summary_is_cut(article_slice_t text);
static article_slice_t article_sentences(article_slice_t text, size_t chars);


void
article_summary_find(article_page_t *page)
{
    uint32_t          i, sapo;
    article_slice_t   text;
    article_line_t   *line;
    article_facts_t  *facts;

    facts = &page->facts;

    if (article_field_text(page, ARTICLE_FIELD_SUMMARY, &text)) {
        facts->summary = article_sentences(text, ARTICLE_SAPO_CHARS);
        facts->summary_from = "sapo";
        return;
    }

    if (page->foreign && article_summary_told(page)) {
        return;
    }

    facts->summary_from = "lead";
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
        facts->summary_from = "sapo";
        facts->summary = article_sentences(line->text, ARTICLE_SAPO_CHARS);
        return;
    }

    facts->summary = article_sentences(line->text, ARTICLE_SUMMARY_CHARS);
}


/* The sapo, or a description; 0: neither. */

static unsigned
article_summary_told(article_page_t *page)
{
    uint32_t          i;
    article_slice_t   description;
    article_facts_t  *facts;

    facts = &page->facts;
    description = article_summary_description(page);

    for (i = page->start; i < page->end; i++) {
        if (page->blocks.line[i].role == ARTICLE_ROLE_SAPO) {
            facts->summary = article_sentences(page->blocks.line[i].text,
                                               ARTICLE_SAPO_CHARS);
            facts->summary_from = "sapo";
            return 1;
        }
    }

    if (description.len == 0) {
        return 0;
    }

    facts->summary = article_sentences(description, ARTICLE_SAPO_CHARS);
    facts->summary_from = "description";

    return 1;
}


/* Of those that the head has, the first that is whole. */

static article_slice_t
article_summary_description(article_page_t *page)
{
    size_t           i;
    article_slice_t  told[3];

    told[0] = page->head.og_description;
    told[1] = page->head.meta_description;
    told[2] = page->head.ld.description;

    for (i = 0; i < 3; i++) {
        if (told[i].len != 0 && !article_summary_is_cut(told[i])) {
            return told[i];
        }
    }

    for (i = 0; i < 3; i++) {
        if (told[i].len != 0) {
            return told[i];
        }
    }

    return told[0];
}


/* "... and then" of a machine: the text goes on elsewhere. */

static unsigned
article_summary_is_cut(article_slice_t text)
{
    return article_slice_ends_case(text, article_literal("..."))
           || article_slice_ends_case(text, article_literal("…"))
           || article_slice_ends_case(text, article_literal("[…]"));
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

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

/* A standfirst that no class names: so many characters, in lines of as many. */
#define ARTICLE_STANDFIRST_LEAST  50
#define ARTICLE_STANDFIRST_CHARS  600
#define ARTICLE_STANDFIRST_LINE   40

/* It is one of so many lines of text; a shorter one with a date is none. */
#define ARTICLE_STANDFIRST_REACH  3
#define ARTICLE_STANDFIRST_DATE   80

/* Two texts that begin with so many words alike are one. */
#define ARTICLE_SUMMARY_WORDS     4


static unsigned article_summary_told(article_page_t *page);
static unsigned article_summary_named(article_page_t *page,
    article_slice_t description, uint32_t *from, uint32_t *to);
static unsigned article_summary_marked(article_page_t *page, uint32_t *from,
    uint32_t *to);
static uint32_t article_summary_run(article_page_t *page, uint32_t from);
static article_slice_t article_summary_begins(article_slice_t plain);
static unsigned article_summary_standfirst(article_page_t *page,
    uint32_t start, uint32_t *from, uint32_t *to);
static uint32_t article_summary_line(article_page_t *page, uint32_t from);
static unsigned article_summary_alike(article_page_t *page, uint32_t a,
    uint32_t b);
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
    uint32_t          from, to;
    article_slice_t   description;
    article_facts_t  *facts;

    facts = &page->facts;
    description = article_summary_description(page);
    to = 0;

    if (article_summary_named(page, description, &from, &to)
        || article_summary_marked(page, &from, &to)
        || article_summary_standfirst(page,
                              article_summary_line(page, page->start),
                              &from, &to))
    {
        facts->summary = article_sentences(article_blocks_text(&page->blocks,
                                                               from, to),
                                           ARTICLE_SAPO_CHARS);
        facts->summary_from = "sapo";
        return 1;
    }

    if (article_count_words(description) < ARTICLE_SUMMARY_WORDS) {
        return 0;
    }

    facts->summary = article_sentences(description, ARTICLE_SAPO_CHARS);
    facts->summary_from = "description";

    return 1;
}


/* One of the first lines that begins as the description does. */

static unsigned
article_summary_named(article_page_t *page, article_slice_t description,
    uint32_t *from, uint32_t *to)
{
    uint32_t         i, n;
    article_line_t  *line;
    article_slice_t  begins;

    begins = article_summary_begins(article_text_plain(page->arena,
                                                       description));
    if (begins.len == 0) {
        return 0;
    }

    n = 0;
    i = page->title == ARTICLE_NONE || page->title_end > page->start
        ? page->start : page->title_end;

    for ( /* void */ ; n < ARTICLE_STANDFIRST_REACH && i < page->end; i++) {
        line = &page->blocks.line[i];
        n += line->role == ARTICLE_ROLE_BODY && line->value;

        if (line->role == ARTICLE_ROLE_CAPTION || line->item
            || !article_slice_starts(article_text_plain(page->arena,
                                                        line->text),
                                     begins))
        {
            continue;
        }

        if (line->role == ARTICLE_ROLE_BODY) {
            return article_summary_standfirst(page, i, from, to);
        }

        *from = i;
        *to = article_summary_run(page, i);
        return 1;
    }

    return 0;
}


/* The lines marked as sapo, [from, to). */

static unsigned
article_summary_marked(article_page_t *page, uint32_t *from, uint32_t *to)
{
    uint32_t  i;

    for (i = page->start; i < page->end; i++) {
        if (page->blocks.line[i].role == ARTICLE_ROLE_SAPO) {
            *from = i;
            *to = article_summary_run(page, i);
            return 1;
        }
    }

    return 0;
}


/* Behind the last line of a sapo. */

static uint32_t
article_summary_run(article_page_t *page, uint32_t from)
{
    uint32_t  i;

    for (i = from + 1; i < page->end
                       && page->blocks.line[i].role
                          == page->blocks.line[from].role
                       && article_summary_alike(page, from, i); i++)
    {
        /* void */
    }

    return i;
}


/* The first words of a plain text. */

static article_slice_t
article_summary_begins(article_slice_t plain)
{
    size_t    i;
    unsigned  words;

    words = 0;

    for (i = 1; i < plain.len; i++) {
        if (plain.data[i] == ' ' && ++words == ARTICLE_SUMMARY_WORDS) {
            plain.len = i + 1;
            return plain;
        }
    }

    return (article_slice_t) { plain.data, 0 };
}


/*
 * The lines from start, the first of the text, when they stand in another
 * box, or are paragraphs of another class, than those that follow.
 */

static unsigned
article_summary_standfirst(article_page_t *page, uint32_t start,
    uint32_t *from, uint32_t *to)
{
    uint32_t  next, chars;

    *from = start;
    chars = 0;

    for (next = start; next < page->end
                       && article_summary_alike(page, start, next);
         next = article_summary_line(page, next + 1))
    {
        chars += page->blocks.line[next].chars;
        *to = next + 1;

        if (chars > ARTICLE_STANDFIRST_CHARS) {
            return 0;
        }
    }

    if (next >= page->end || chars < ARTICLE_STANDFIRST_LEAST) {
        return 0;
    }

    /* a drop cap's paragraph has a class of its own as well */

    next = article_summary_line(page, next + 1);

    return next < page->end && !article_summary_alike(page, start, next);
}


/* The next line of running text at or behind a line. */

static uint32_t
article_summary_line(article_page_t *page, uint32_t from)
{
    uint32_t         i;
    article_date_t   date;
    article_line_t  *line;

    for (i = from; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY && line->value
            && line->chars >= ARTICLE_STANDFIRST_LINE
            && (line->chars >= ARTICLE_STANDFIRST_DATE
                || !article_page_date_find(page, line->text, 0, &date)))
        {
            return i;
        }
    }

    return page->end;
}


/* 1 if two lines are paragraphs of one kind, in boxes of one kind. */

static unsigned
article_summary_alike(article_page_t *page, uint32_t a, uint32_t b)
{
    unsigned            i;
    article_element_t  *x, *y;

    x = &page->blocks.element[page->blocks.line[a].element];
    y = &page->blocks.element[page->blocks.line[b].element];

    for (i = 0; i < 2; i++) {
        if (x->tag != y->tag
            || !article_slice_equal(article_node_attribute(x->node,
                                                 article_literal("class")),
                                    article_node_attribute(y->node,
                                                 article_literal("class"))))
        {
            return 0;
        }

        x = &page->blocks.element[x->parent];
        y = &page->blocks.element[y->parent];
    }

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

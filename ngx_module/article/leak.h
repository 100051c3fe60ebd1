/*
 * Copyright (C) the authors named in LICENSE
 *
 * What stands in the chosen container and is none of the text, told by
 * structure and by a short catalogue in many languages: parts of leak*.c,
 * and what lines.c asks of them.
 */

#ifndef ARTICLE_LEAK_H_INCLUDED
#define ARTICLE_LEAK_H_INCLUDED


#include "page.h"


/*
 * The stream: most of the running text stands in elements of one tag and
 * class.  A line in an element of that kind is in the stream; all others
 * stand in boxes beside or amid it.
 */
typedef struct {
    uint8_t   *in;          /* of line page->start + i: 1 in the stream */
    uint32_t  *above;       /* running lines of the stream above that line */
    uint8_t   *word;        /* of each element: what article_leak_word()
                               said of it, leak.c's memory */
    uint32_t   first;       /* its first and last running line */
    uint32_t   last;
    uint32_t   value;       /* characters of running text in it */
} article_stream_t;


/*
 * Finds the stream of [page->start, page->end); its arrays live in the
 * page's arena.  0 if there is none: no text, no kind of element that holds
 * most of it, a portal file that chose, or no memory.
 */
unsigned article_stream_find(article_page_t *page, article_stream_t *stream);

/* 1 if a line of [page->start, page->end) is in the stream. */
unsigned article_stream_has(const article_page_t *page,
    const article_stream_t *stream, uint32_t n);

/*
 * The highest element around a line, below page->root, that holds no running
 * line of the stream; NONE if the line's own does.
 */
uint32_t article_stream_box(const article_page_t *page,
    const article_stream_t *stream, uint32_t n);

/* Drops lines in boxes, captions of nothing, what closes a page; leak.c. */
void article_leak_boxes(article_page_t *page, const article_stream_t *stream);

/* Drops lines that are labels of the catalogue; leak.c. */
void article_leak_labels(article_page_t *page);

/* Drops lines that come again and again, and counters; leak_lines.c. */
void article_leak_lines(article_page_t *page);

/*
 * What one of the last lines of a text is if it is none of it (credits, a
 * call to follow or subscribe), or NULL: a static reason; leak_phrases.c.
 */
const char *article_leak_phrase(const article_line_t *line);

/* 1 if a picture of the article stands below a line; tail.c. */
unsigned article_tail_has_picture(article_page_t *page, uint32_t n);

/*
 * 1 if a word of the element's class or id says that it is no text: a
 * newsletter's form, a teaser, a player, a credit.  lead: the words that are
 * a lead's as well do not count; leak_words.c.
 */
unsigned article_leak_word(const lxb_dom_node_t *node, unsigned lead);

/* Words in the order of strcmp(); they are searched by halves. */
typedef struct {
    const char *const  *word;
    size_t              number;
} article_words_t;


/* 1 if a text of len bytes is one of the words. */
unsigned article_words_find(const article_words_t *words, const char *text,
    size_t len);

/*
 * What a line's text says in the languages of the catalogue, or NULL: a
 * static reason.  Whole labels, or a label of related pages with a colon
 * behind it; never a substring; leak_labels.c.
 */
const char *article_leak_label(const article_line_t *line);


#endif /* ARTICLE_LEAK_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Lines that tell by themselves that they are no text, in any language: one
 * that comes again and again, the counter of a gallery.
 */

#include <string.h>

#include "leak.h"
#include "sum.h"


/*
 * A long line that comes so often, each time in a box of its own, is what
 * stands in place of something: the consent for a film, an offer.
 */
#define ARTICLE_REPEAT_CHARS  60
#define ARTICLE_REPEAT_TIMES  3
#define ARTICLE_REPEAT_BOX    3     /* lines */

/* More such lines are the filler of a page that is not written yet. */
#define ARTICLE_REPEAT_LINES  2

/* "Image 12 of 40": so many characters, words and digits of a number. */
#define ARTICLE_COUNTER_CHARS   24
#define ARTICLE_COUNTER_WORDS   4
#define ARTICLE_COUNTER_DIGITS  3


typedef struct {
    uint64_t  hash;         /* 0: free */
    uint32_t  times;
} article_repeat_t;


static void article_leak_repeats(article_page_t *page);
static article_repeat_t *article_repeat_find(article_repeat_t *repeat,
    uint32_t size, article_slice_t text);
static unsigned article_line_is_boxed(article_page_t *page, uint32_t n);
static unsigned article_line_is_counter(const article_line_t *line);


void
article_leak_lines(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY && article_line_is_counter(line)) {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = "the counter of a gallery";
        }
    }

    article_leak_repeats(page);
}


static void
article_leak_repeats(article_page_t *page)
{
    uint32_t           i, size, lines, again;
    article_line_t    *line;
    article_repeat_t  *repeat, *found;

    lines = 0;

    for (i = page->start; i < page->end; i++) {
        lines += article_line_is_boxed(page, i);
    }

    if (lines < ARTICLE_REPEAT_TIMES) {
        return;
    }

    size = lines * 2;
    repeat = article_arena_calloc(page->arena,
                                  size * sizeof(article_repeat_t));
    if (repeat == NULL) {
        return;
    }

    again = 0;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (article_line_is_boxed(page, i)) {
            again += ++article_repeat_find(repeat, size, line->text)->times
                     == ARTICLE_REPEAT_TIMES;
        }
    }

    if (again == 0 || again > ARTICLE_REPEAT_LINES) {
        return;
    }

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (!article_line_is_boxed(page, i)) {
            continue;
        }

        found = article_repeat_find(repeat, size, line->text);

        if (found->times >= ARTICLE_REPEAT_TIMES) {
            line->role = ARTICLE_ROLE_LEAK;
            line->why = "the same line again and again";
        }
    }
}


/* The entry of a text, a new one if there is none: half of them stay free. */

static article_repeat_t *
article_repeat_find(article_repeat_t *repeat, uint32_t size,
    article_slice_t text)
{
    uint32_t       i;
    uint64_t       hash;
    article_sum_t  none, sum;

    memset(&none, 0, sizeof(none));
    sum = none;

    article_sum_add(&sum, text);
    hash = article_sum_since(&sum, &none);

    for (i = (uint32_t) (hash % size);
         repeat[i].hash && repeat[i].hash != hash;
         i = (i + 1) % size)
    {
        /* void */
    }

    repeat[i].hash = hash;

    return &repeat[i];
}


/* 1 if a line is a long one in a box of its own. */

static unsigned
article_line_is_boxed(article_page_t *page, uint32_t n)
{
    article_line_t     *line;
    article_element_t  *box;

    line = &page->blocks.line[n];

    if (line->role != ARTICLE_ROLE_BODY || line->chars < ARTICLE_REPEAT_CHARS
        || (line->flags & (ARTICLE_IN_CELL|ARTICLE_IN_LIST)))
    {
        return 0;
    }

    box = &page->blocks.element[line->element];

    if (box->tag == LXB_TAG_P) {
        box = &page->blocks.element[box->parent];
    }

    return box->tag == LXB_TAG_DIV
           && box->line_end - box->line <= ARTICLE_REPEAT_BOX;
}


/* "3/12", "Image 3 of 12", "Bild 3 von 12": two numbers, the second greater. */

static unsigned
article_line_is_counter(const article_line_t *line)
{
    char        c;
    size_t      i;
    unsigned    n, digits, words, number[2];

    if (line->chars > ARTICLE_COUNTER_CHARS || line->ends
        || line->words > ARTICLE_COUNTER_WORDS
        || (line->flags & ARTICLE_IN_CELL))
    {
        return 0;
    }

    n = 0;
    digits = 0;
    words = 0;

    for (i = 0; i < line->text.len; i++) {
        c = line->text.data[i];

        if (c >= '0' && c <= '9') {
            if (digits == 0) {
                if (n == 2) {
                    return 0;
                }

                number[n++] = 0;
            }

            if (++digits > ARTICLE_COUNTER_DIGITS) {
                return 0;
            }

            number[n - 1] = number[n - 1] * 10 + (unsigned) (c - '0');
            continue;
        }

        digits = 0;

        if (n == 2) {
            return 0;                   /* something behind them */
        }

        words += c == ' ' || c == '/';

        if (c != ' ' && c != '/' && (c & 0x80) == 0
            && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
        {
            return 0;                   /* a time, a score, a number */
        }
    }

    return n == 2 && words && number[0] && number[0] <= number[1];
}

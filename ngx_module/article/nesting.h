/*
 * Copyright (C) the authors named in LICENSE
 *
 * The stack of open elements of a page that streams by (HTML standard, 13.2.6
 * "Tree construction", as far as nesting goes), and what a cut may not do:
 * remove a tag that opens, closes or moves anything outside the cut.
 */

#ifndef ARTICLE_NESTING_H_INCLUDED
#define ARTICLE_NESTING_H_INCLUDED


#include "scanner.h"


/* Deeper pages are not followed: the rest of them passes. */
#define ARTICLE_NESTING_MAX  ARTICLE_MAX_DEPTH


/*
 * What has been seen of the page so far; an element's own share is the
 * difference between now and when it opened.
 */
typedef struct {
    uint32_t  links;        /* with any text */
    uint32_t  titles;       /* links whose text is long enough for a title */
    uint32_t  link_bytes;   /* of their text */
    uint32_t  texts;        /* lines of text outside links: 40 bytes and up */
    uint32_t  paragraphs;   /* running text: a paragraph, never list-like */
    uint32_t  shorts;       /* short lines outside links */
    uint32_t  numbers;      /* lines that are digits, or a label and digits */
    uint32_t  measures;     /* of the short ones, those with a digit */
    uint32_t  counters;     /* lines that are a counter's label */
    uint32_t  options;
    uint32_t  selects;
    uint32_t  images;
    uint32_t  fields;       /* input fields and buttons people see */
    uint32_t  forms;
    uint32_t  refused;      /* what no list holds: scripts, frames, check
                               boxes, headings of level 1, ... */
    uint32_t  vetoed;       /* what no cut may hold: hidden fields, the
                               page's title, an element of "keep" */
} article_counts_t;


/* Small, for they are many: most hold nothing that is kept in mind. */
typedef struct {
    uint64_t  start;            /* "<" of its start tag */
    uint64_t  leaks;            /* when it opened */
    uint32_t  inside;           /* bytes of its start tag */
    uint32_t  hash;             /* of its name */
    uint32_t  shape;            /* of its name and class */
    uint32_t  touch;            /* lowest index of the stack that a token in
                                   it, or its start tag, has altered */
    uint32_t  refused;          /* so counted when it opened */
    uint16_t  rule;             /* index + 1 of the rule it fits; or 0 */
    uint16_t  counts;           /* where they are kept, if ruled */
    uint16_t  line;             /* length of the line when it opened */
    uint8_t   tag;              /* article_tag_t */
    unsigned  foreign:1;        /* svg, math and what is in them */
    unsigned  html:1;           /* foreign, but html is in it */
    unsigned  awaits:1;         /* rule: its heading is still to come */
    unsigned  ruled:1;          /* a rule has fitted it */
    unsigned  keep:1;           /* never cut */
    unsigned  needed:1;         /* a script before it names its id */
    unsigned  pending:1;        /* when it opened */
} article_frame_t;


typedef struct {
    /*
     * An element is on the stack (index depth - 1), or is about to be taken
     * off; end is behind its own end tag, or 0 if it has none.
     */
    void  (*opened)(void *data, const article_tag_event_t *event);
    void  (*closing)(void *data, uint64_t end);
} article_nesting_handler_t;


typedef struct {
    const article_nesting_handler_t  *handler;
    void                             *data;
    unsigned                          depth;
    uint64_t                          leaks;    /* formatting elements that
                                                   others have closed; they
                                                   open again */
    unsigned                          pending;  /* some may not have yet */
    uint32_t                          low;      /* lowest index altered since
                                                   the cutter set it */
    unsigned                          head;     /* 0 before, 1 in, 2 behind */
    unsigned                          body;     /* something is in it */
    unsigned                          form;     /* one is open */
    unsigned                          quirks;   /* a table leaves a p open */
    unsigned                          doubt;    /* cannot be followed */
    unsigned                          no_memory; /* which is why */
    unsigned                          size;     /* of frame[] */
    article_frame_t                  *frame;
    uint16_t                          open[ARTICLE_TAGS_NUMBER];
                                                /* elements of each kind */
} article_nesting_t;


void article_nesting_init(article_nesting_t *nesting,
    const article_nesting_handler_t *handler, void *data);
void article_nesting_clear(article_nesting_t *nesting);

/* A start tag: 1 if its element was inserted (also a void one). */
unsigned article_nesting_start(article_nesting_t *nesting,
    const article_tag_event_t *event);

void article_nesting_end(article_nesting_t *nesting,
    const article_tag_event_t *event);

/* What article_nesting_text() leaves to do where text is unexpected. */
void article_nesting_text_odd(article_nesting_t *nesting);

/* The innermost element; NULL if none is open. */
static inline article_frame_t *
article_nesting_top(const article_nesting_t *nesting)
{
    return nesting->depth != 0 ? &nesting->frame[nesting->depth - 1] : NULL;
}


/* Its tag. */
static inline article_tag_t
article_nesting_tag(const article_nesting_t *nesting)
{
    return nesting->depth != 0
           ? (article_tag_t) nesting->frame[nesting->depth - 1].tag
           : ARTICLE_TAG_UNKNOWN;
}


/* 1 directly in a table, out of its cells. */
static inline unsigned
article_nesting_in_table(const article_nesting_t *nesting)
{
    return article_tag_flags(article_nesting_tag(nesting))
           & ARTICLE_TAG_IS_ROWS;
}


/* 1 if the scanner is in svg or math. */
static inline unsigned
article_nesting_foreign(const article_nesting_t *nesting)
{
    const article_frame_t  *top;

    top = article_nesting_top(nesting);

    return top != NULL && top->foreign && !top->html;
}


/* Text that is more than white space stands at this place. */
static inline void
article_nesting_text(article_nesting_t *nesting)
{
    if (!nesting->body || article_nesting_in_table(nesting)) {
        article_nesting_text_odd(nesting);
    }

    nesting->pending = 0;
}


/* 1 if the element at this index can be cut without touching the outside. */
unsigned article_nesting_clean(const article_nesting_t *nesting,
    unsigned index);

/*
 * The same of a run of things in the content of the element at this index:
 * not where formatting elements may open again in its midst.
 */
unsigned article_nesting_clean_run(const article_nesting_t *nesting,
    unsigned index);


#endif /* ARTICLE_NESTING_H_INCLUDED */

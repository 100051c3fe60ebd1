/*
 * Copyright (C) the authors named in LICENSE
 *
 * A page that is looked through for template: for template*.c only.
 */

#ifndef ARTICLE_TEMPLATE_PAGE_H_INCLUDED
#define ARTICLE_TEMPLATE_PAGE_H_INCLUDED


#include "template.h"


/* What links and options of the page so far lead to. */
typedef struct {
    uint32_t       links;           /* with an address */
    uint32_t       images;          /* in them */
    uint32_t       within;          /* links in the page, and to files */
    uint32_t       stays;           /* to what is no banner's */
    uint32_t       roots;           /* to a home page, by its host */
    uint32_t       outward;         /* options with a host's address */
    uint32_t       addresses;       /* options with any address */
    uint32_t       languages;       /* options that are a language */
    uint32_t       services;        /* options that are a public service */
    article_sum_t  targets;         /* of the addresses of links */
} article_template_links_t;


/* An open element. */
typedef struct {
    article_slice_t   own;          /* "div#id", "ul.a.b", or empty */
    article_slice_t   first;        /* its first line */
    article_label_t   label;
    unsigned          read;         /* first is known */
    unsigned          speaks;       /* a date or a warning is in it */
    uint64_t          value;        /* the largest number in it */
    unsigned          ordinal;      /* among those of its tag; 0: unknown */
    article_sum_t     all;          /* of the page when it opened */
    article_sum_t     plain;
    article_counts_t  counts;       /* likewise */
    article_template_links_t  links;
} article_template_frame_t;


typedef struct {
    article_arena_t           *arena;
    article_template_t        *found;
    article_strip_t           *strip;
    article_template_frame_t  *frame;
    article_template_id_t     *id;
    unsigned                   ids;
    article_sum_t              all;     /* of the text so far */
    article_sum_t              plain;   /* the same without numbers */
    article_template_links_t   links;
    article_buf_t              script;
} article_template_page_t;


/* template_select.c: how a plan names an element */

/* Counts what paths are made of, from now on: 0, or -1: no memory. */
int article_template_count(article_strip_t *strip);

/* The number of the element just pushed among its siblings; 0: unknown. */
unsigned article_template_ordinal(article_strip_t *strip,
    const article_tag_event_t *event);

/* The selector of the element alone: its id, else its classes; or empty. */
article_slice_t article_template_own(article_template_page_t *page,
    const article_tag_event_t *event);

/*
 * The selector of an open element: its own behind that of the next one with
 * a name, or the path from there; empty if there is none.  numbered: with the
 * number of each step among its siblings, for a path that nothing else tells
 * from others.
 */
article_slice_t article_template_select(article_template_page_t *page,
    unsigned index, unsigned numbered);


/* template_links.c: where links lead */

/* The addresses of links and options are looked at from now on. */
void article_template_links_init(article_strip_t *strip);

/* A link or an option opens; a link closes; a part of an option's text. */
void article_template_link(article_template_page_t *page,
    const article_tag_event_t *event);
void article_template_link_end(article_template_page_t *page);
void article_template_option(void *data, article_slice_t text);

/*
 * 1 if most titles of the element lead to places of the page itself or to
 * files: a table of contents, a list of attachments.
 */
unsigned article_template_is_of_text(const article_template_page_t *page,
    unsigned index, const article_counts_t *d);

/* ONLY_BANNER, ONLY_SELECT, or ONLY_ANY: neither. */
article_only_t article_template_linked(const article_template_page_t *page,
    unsigned index, const article_counts_t *d);

/* The fingerprint of the addresses in an open element. */
uint64_t article_template_targets(const article_template_page_t *page,
    unsigned index);


#endif /* ARTICLE_TEMPLATE_PAGE_H_INCLUDED */

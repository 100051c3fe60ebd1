/*
 * Copyright (C) the authors named in LICENSE
 *
 * The second chooser of the text, from the container's side: from the page
 * down into the element that holds most of the running text, until that parts
 * into its paragraphs.  It needs no word of any language and no class; it
 * finds the borders of a body whole that boxes of links cut into clusters,
 * and of one that a cluster overruns.
 */

#include <string.h>

#include "clusters.h"


/* An element with so many percent of the text around it is its container. */
#define ARTICLE_CONTAINER_MOST  75

/* The one around the cluster of the title has at least so many percent. */
#define ARTICLE_CONTAINER_SEED  25

/* Parts of one body look alike, and each has so many percent. */
#define ARTICLE_CONTAINER_PART  5

/* So much text of another look, half the cluster's or more, is no notice. */
#define ARTICLE_CONTAINER_GREAT  2500

/* A line is compared with so many lines of a cluster. */
#define ARTICLE_CONTAINER_LOOKS  16


typedef struct {
    article_page_t           *page;
    const article_cluster_t  *seed;
    uint32_t                 *above;    /* text above each line */
} article_container_t;


static void article_container_fit(const article_container_t *container,
    uint32_t e, article_cluster_t *cluster);
static unsigned article_container_like(const article_container_t *container,
    uint32_t n);
static int article_container_sums(article_container_t *container,
    uint32_t from);
static uint32_t article_container_text(const article_container_t *container,
    uint32_t e);
static uint32_t article_container_step(const article_container_t *container,
    uint32_t e);
static unsigned article_container_seeded(const article_container_t *container,
    uint32_t e);
static unsigned article_container_parted(const article_container_t *container,
    uint32_t parent, uint32_t e);
static unsigned article_container_alike(const article_element_t *a,
    const article_element_t *b);
static unsigned article_container_is_box(const article_element_t *element);


/*
 * The percentages were chosen on news and blog pages of forty countries and
 * tried on as many of other sites: from 75 to 85 the first changes no set's
 * F1 by .003, at 65 it loses .02 of one.
 */

void
article_container_find(article_page_t *page, uint32_t from,
    article_cluster_t *cluster)
{
    uint32_t             e, next;
    article_container_t  container;

    container.page = page;
    container.seed = cluster;
    container.above = NULL;

    if (article_container_sums(&container, from) != 0) {
        return;
    }

    e = 0;

    while ((next = article_container_step(&container, e)) != 0) {
        e = next;
    }

    article_container_fit(&container, e, cluster);
}


/*
 * The cluster's new borders: what the container holds of it, and text of the
 * container beyond it when that looks like the cluster's or is far more.
 */

static void
article_container_fit(const article_container_t *container, uint32_t e,
    article_cluster_t *cluster)
{
    uint32_t            i, first, last, beyond, within;
    unsigned            great;
    article_page_t     *page;
    article_element_t  *element;

    page = container->page;
    element = &page->blocks.element[e];

    within = 0;
    beyond = 0;

    for (i = element->line; i < element->line_end; i++) {
        if (i < cluster->first || i > cluster->last) {
            beyond += container->above[i + 1] - container->above[i];
        } else {
            within += container->above[i + 1] - container->above[i];
        }
    }

    great = beyond > ARTICLE_CONTAINER_GREAT && beyond > within / 2;
    first = ARTICLE_NONE;
    last = 0;

    for (i = element->line; i < element->line_end; i++) {

        /* the title of another article below */

        if (i >= cluster->stop
            || (i > cluster->last && page->blocks.line[i].heading == 1))
        {
            break;
        }

        if (container->above[i + 1] == container->above[i]
            || ((i < cluster->first || i > cluster->last) && !great
                && !article_container_like(container, i)))
        {
            continue;
        }

        if (first == ARTICLE_NONE) {
            first = i;
        }

        last = i;
    }

    if (first == ARTICLE_NONE) {
        return;
    }

    cluster->container = e;
    cluster->body = element->line;
    cluster->first = first < cluster->first ? first : cluster->first;
    cluster->last = last;
}


/* 1 if a line stands in the page as one of the cluster's nearest does. */

static unsigned
article_container_like(const article_container_t *container, uint32_t n)
{
    uint32_t                  a, b, i, looks;
    article_page_t           *page;
    article_element_t        *element;
    const article_cluster_t  *seed;

    page = container->page;
    seed = container->seed;
    element = page->blocks.element;
    a = page->blocks.line[n].element;
    i = n < seed->first ? seed->first : seed->last;

    for (looks = 0;
         looks < ARTICLE_CONTAINER_LOOKS && i >= seed->first
         && i <= seed->last;
         i += n < seed->first ? 1 : UINT32_MAX)
    {
        if (container->above[i + 1] == container->above[i]) {
            continue;
        }

        looks++;
        b = page->blocks.line[i].element;

        if (element[a].tag == element[b].tag
            && (element[a].parent == element[b].parent
                || (article_container_alike(&element[a], &element[b])
                    && article_container_alike(&element[element[a].parent],
                                             &element[element[b].parent]))))
        {
            return 1;
        }
    }

    return 0;
}


/* Running text above each line; what stands above the title is none. */

static int
article_container_sums(article_container_t *container, uint32_t from)
{
    uint32_t         i, sum;
    article_page_t  *page;
    article_line_t  *line;

    page = container->page;

    container->above = article_arena_alloc(page->arena,
                                           (page->blocks.lines + 1)
                                           * sizeof(uint32_t));
    if (container->above == NULL) {
        return -1;
    }

    sum = 0;

    for (i = 0; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];
        container->above[i] = sum;

        if (i < from || line->role == ARTICLE_ROLE_CUT
            || (line->flags & (ARTICLE_IN_AGAINST|ARTICLE_IN_MARQUEE)))
        {
            continue;
        }

        sum += line->value;
    }

    container->above[i] = sum;

    return sum ? 0 : -1;
}


static uint32_t
article_container_text(const article_container_t *container, uint32_t e)
{
    article_element_t  *element;

    element = &container->page->blocks.element[e];

    return container->above[element->line_end]
           - container->above[element->line];
}


/* The child that holds the text of an element, or 0: its parts do. */

static uint32_t
article_container_step(const article_container_t *container, uint32_t e)
{
    uint32_t            c, text, all, best, most;
    article_element_t  *element;

    element = container->page->blocks.element;
    all = article_container_text(container, e);
    best = 0;
    most = 0;

    for (c = e + 1; c < element[e].end; c = element[c].end) {

        text = article_container_text(container, c);

        if (text > most) {
            most = text;
            best = c;
        }
    }

    if (best == 0) {
        return 0;
    }

    if ((uint64_t) most * 100 < (uint64_t) all * ARTICLE_CONTAINER_MOST) {

        for (c = e + 1; c < element[e].end; c = element[c].end) {
            if (article_container_seeded(container, c)) {
                break;
            }
        }

        if (c == element[e].end
            || (uint64_t) article_container_text(container, c) * 100
               < (uint64_t) all * ARTICLE_CONTAINER_SEED
            || article_container_parted(container, e, c))
        {
            return 0;
        }

        best = c;
    }

    return article_container_is_box(&element[best]) ? best : 0;
}


/* 1 if an element holds the whole cluster that the title heads. */

static unsigned
article_container_seeded(const article_container_t *container, uint32_t e)
{
    article_element_t  *element;

    element = &container->page->blocks.element[e];

    return element->line <= container->seed->first
           && element->line_end > container->seed->last;
}


/* 1 if a sibling of an element is the next part of the same body. */

static unsigned
article_container_parted(const article_container_t *container,
    uint32_t parent, uint32_t e)
{
    uint32_t            c, least;
    article_element_t  *element;

    element = container->page->blocks.element;
    least = (uint32_t) ((uint64_t) article_container_text(container, parent)
                        * ARTICLE_CONTAINER_PART / 100);

    for (c = parent + 1; c < element[parent].end; c = element[c].end) {
        if (c != e && article_container_text(container, c) > least
            && article_container_alike(&element[e], &element[c]))
        {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_container_alike(const article_element_t *a,
    const article_element_t *b)
{
    return a->tag == b->tag && a->tag != LXB_TAG_TD && a->tag != LXB_TAG_TR
           && article_slice_equal(article_node_attribute(a->node,
                                                  article_literal("class")),
                                  article_node_attribute(b->node,
                                                  article_literal("class")));
}


/* 1 if an element is no paragraph or list of the text itself. */

static unsigned
article_container_is_box(const article_element_t *element)
{
    if ((element->own & ARTICLE_IN_HEADING)
        || (!element->block && element->line_end - element->line <= 1))
    {
        return 0;
    }

    switch (element->tag) {
    case LXB_TAG_P:
    case LXB_TAG_BLOCKQUOTE:
    case LXB_TAG_UL:
    case LXB_TAG_OL:
    case LXB_TAG_DL:
    case LXB_TAG_LI:
    case LXB_TAG_DD:
    case LXB_TAG_PRE:
        return 0;
    default:
        return 1;
    }
}

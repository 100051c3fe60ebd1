/*
 * Copyright (C) the authors named in LICENSE
 *
 * Clusters of running text, and which of them the title heads.
 */

#include <string.h>

#include "clusters.h"


/* So many lines of links part two clusters of text. */
#define ARTICLE_CLUSTER_GAP       4

/* A column beside the text: so many links, or headlines of so many words. */
#define ARTICLE_COLUMN_LINKS      8
#define ARTICLE_COLUMN_HEADLINES  3
#define ARTICLE_HEADLINE_WORDS    4

/* A cluster of less is a slogan or an address, if another is at hand. */
#define ARTICLE_CLUSTER_LEAST     60

/* One of more, and so many times the one at hand, is the article anyway. */
#define ARTICLE_CLUSTER_GREAT     2500
#define ARTICLE_CLUSTER_TIMES     15

/* A lead is no longer, and no farther above its text. */
#define ARTICLE_LEAD_CHARS        400
#define ARTICLE_LEAD_GAP          12

/* The head of a box is no longer. */
#define ARTICLE_BOX_HEAD          40


typedef struct {
    uint32_t  *links;
    uint32_t  *headlines;
} article_links_t;


static int article_cluster_sums(article_page_t *page, article_links_t *sums);
static unsigned article_cluster_leaves(article_page_t *page,
    const article_links_t *sums, uint32_t a, uint32_t b);
static unsigned article_cluster_joins(article_page_t *page,
    const article_cluster_t *a, const article_cluster_t *b);
static unsigned article_cluster_titled(article_page_t *page, uint32_t e);
static uint32_t article_cluster_container(article_page_t *page, uint32_t n);
static unsigned article_cluster_follows(article_page_t *page,
    const article_cluster_t *a, const article_cluster_t *b);


/* Clusters of running text from a line on; lines of links part them. */

unsigned
article_clusters_find(article_page_t *page, uint32_t from,
    article_cluster_t **clusters)
{
    uint32_t            i, gap, near;
    unsigned            n, link;
    article_line_t     *line;
    article_links_t     sums;
    article_cluster_t  *list, *last;

    n = 0;
    gap = 0;
    near = 0;

    for (i = from; i < page->blocks.lines; i++) {
        n += page->blocks.line[i].value != 0;
    }

    list = article_arena_alloc(page->arena, (n + 1) * sizeof(*list));
    if (list == NULL || article_cluster_sums(page, &sums) != 0) {
        return 0;
    }

    *clusters = list;
    n = 0;

    for (i = from; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (line->value == 0) {
            link = line->link_chars * 2 > line->chars;
            gap += link || line->item || line->role == ARTICLE_ROLE_CUT;
            near += link && line->role != ARTICLE_ROLE_CUT;
            continue;
        }

        last = n ? &list[n - 1] : NULL;

        if (last && gap < ARTICLE_CLUSTER_GAP
            && !article_cluster_leaves(page, &sums, last->last, i))
        {
            last->last = i;
            last->value += line->value;

        } else {
            list[n].first = i;
            list[n].last = i;
            list[n].value = line->value;
            list[n].gap = gap;
            list[n].near = near;
            list[n].stop = page->blocks.lines;
            list[n].container = 0;

            if (last && article_cluster_joins(page, last, &list[n])) {
                last->last = i;
                last->value += line->value;
            } else {
                n++;
            }
        }

        gap = 0;
        near = 0;
    }

    return n;
}


/*
 * 1 if the way from line a to line b leaves a column: an element around a,
 * but not around b, holds menus or headlines beside a's text.
 */

static unsigned
article_cluster_leaves(article_page_t *page, const article_links_t *sums,
    uint32_t a, uint32_t b)
{
    uint32_t            e, parent, common, links, headlines;
    article_element_t  *element, *inner;

    common = article_blocks_common(&page->blocks, a, b + 1);
    e = page->blocks.line[a].element;

    while (e != common && e) {
        parent = page->blocks.element[e].parent;

        if (parent == common) {
            break;
        }

        inner = &page->blocks.element[e];
        element = &page->blocks.element[parent];

        links = sums->links[element->line_end] - sums->links[element->line]
                - (sums->links[inner->line_end] - sums->links[inner->line]);
        headlines = sums->headlines[element->line_end]
                    - sums->headlines[element->line]
                    - (sums->headlines[inner->line_end]
                       - sums->headlines[inner->line]);

        if (links >= ARTICLE_COLUMN_LINKS
            || headlines >= ARTICLE_COLUMN_HEADLINES)
        {
            return 1;
        }

        e = parent;
    }

    return 0;
}


/* Lines of links, and of them headlines, above each line. */

static int
article_cluster_sums(article_page_t *page, article_links_t *sums)
{
    uint32_t         i, n;
    article_line_t  *line;

    n = page->blocks.lines;

    sums->links = article_arena_alloc(page->arena, (n + 1)
                                                   * sizeof(uint32_t));
    sums->headlines = article_arena_alloc(page->arena, (n + 1)
                                                       * sizeof(uint32_t));
    if (sums->links == NULL || sums->headlines == NULL) {
        return -1;
    }

    sums->links[0] = 0;
    sums->headlines[0] = 0;

    for (i = 0; i < n; i++) {
        line = &page->blocks.line[i];

        sums->links[i + 1] = sums->links[i];
        sums->headlines[i + 1] = sums->headlines[i];

        if (line->link_chars * 2 > line->chars) {
            sums->links[i + 1]++;
            sums->headlines[i + 1] += line->words >= ARTICLE_HEADLINE_WORDS;
        }
    }

    return 0;
}


/* A box of links amid one body: the paragraphs around have one parent. */

static unsigned
article_cluster_joins(article_page_t *page, const article_cluster_t *a,
    const article_cluster_t *b)
{
    uint32_t            parent, other;
    article_slice_t     one, two;
    article_element_t  *element;

    element = page->blocks.element;
    parent = article_paragraph_parent(page, a->last);

    if (parent && element[parent].tag != LXB_TAG_BODY
        && article_blocks_within(&page->blocks, parent,
                                 page->blocks.line[b->first].element))
    {
        return 1;
    }

    /* a body in two containers alike, parted by a box */

    parent = article_cluster_container(page, a->last);
    other = article_cluster_container(page, b->first);

    one = article_node_attribute(element[other].node,
                                 article_literal("class"));
    two = article_node_attribute(element[parent].node,
                                 article_literal("class"));

    if (article_slice_equal(one, two)
        && element[other].parent == element[parent].parent
        && element[other].tag == element[parent].tag
        && element[other].tag != LXB_TAG_TD
        && (one.len || article_cluster_titled(page, element[other].parent)))
    {
        return 1;
    }

    return article_cluster_follows(page, a, b);
}


/* 1 if the title stands in the element, in no box beside the text's. */

static unsigned
article_cluster_titled(article_page_t *page, uint32_t e)
{
    uint32_t  title;

    if (page->title == ARTICLE_NONE
        || page->blocks.element[e].tag == LXB_TAG_BODY)
    {
        return 0;
    }

    title = page->blocks.line[page->title].element;

    return page->blocks.element[title].parent == e;
}


/* The element around a line's paragraph. */

static uint32_t
article_cluster_container(article_page_t *page, uint32_t n)
{
    uint32_t  e;

    e = page->blocks.line[n].element;

    return page->blocks.element[e].tag == LXB_TAG_P
           ? page->blocks.element[e].parent : e;
}


/* A lead above, the body below a box: by what their classes say. */

static unsigned
article_cluster_follows(article_page_t *page, const article_cluster_t *a,
    const article_cluster_t *b)
{
    uint32_t            e;
    article_element_t  *element;

    if (b->gap >= ARTICLE_LEAD_GAP) {
        return 0;
    }

    if (a->first == a->last
        && (page->blocks.line[a->last].any & ARTICLE_IN_SAPO))
    {
        return 1;
    }

    if (a->value >= ARTICLE_LEAD_CHARS) {
        return 0;
    }

    for (e = page->blocks.line[b->first].element; e; e = element->parent) {
        element = &page->blocks.element[e];

        if (element->line <= a->first) {
            break;
        }

        if ((element->own & ARTICLE_IN_BODY)
            && !(element->flags & ARTICLE_IN_SIDE))
        {
            return 1;
        }
    }

    return 0;
}


/* The first behind the title, unless it is too far and another is larger. */

unsigned
article_clusters_pick(article_page_t *page, article_cluster_t *cluster,
    unsigned n)
{
    unsigned  i, best;

    best = 0;

    for (i = 1; i < n; i++) {
        if (cluster[i].value > cluster[best].value) {
            best = i;
        }
    }

    if (page->title == ARTICLE_NONE) {
        return best;
    }

    for (i = 0; i < best; i++) {

        if (cluster[i].value < ARTICLE_CLUSTER_LEAST
            && !page->blocks.line[cluster[i].first].ends)
        {
            continue;
        }

        if (cluster[best].value > ARTICLE_CLUSTER_GREAT
            && cluster[best].value / ARTICLE_CLUSTER_TIMES > cluster[i].value)
        {
            break;
        }

        if (cluster[i].near <= ARTICLE_CLUSTER_GAP
            || cluster[best].value < cluster[i].value * 2)
        {
            return i;
        }
    }

    return best;
}


/*
 * Ends a cluster where the box that holds both title and text ends, if what
 * follows is another box with a head of its own ("Bạn cần biết").
 */

void
article_cluster_trim(article_page_t *page, article_cluster_t *cluster)
{
    uint32_t            i, end, last, inside;
    article_line_t     *line;
    article_element_t  *box;

    if (page->title == ARTICLE_NONE || page->title >= cluster->first) {
        return;
    }

    box = &page->blocks.element[article_blocks_common(&page->blocks,
                                                      page->title,
                                                      cluster->first + 1)];
    end = box->line_end;
    inside = 0;
    last = cluster->first;

    for (i = cluster->first; i <= cluster->last && i < end; i++) {
        if (page->blocks.line[i].value) {
            inside += page->blocks.line[i].value;
            last = i;
        }
    }

    while (i <= cluster->last && page->blocks.line[i].value == 0) {
        i++;
    }

    if (i > cluster->last || i == end || inside * 5 < cluster->value * 2) {
        return;
    }

    line = &page->blocks.line[i - 1];
    box = &page->blocks.element[article_blocks_common(&page->blocks, i - 1,
                                                      i + 1)];
    if (line->chars <= ARTICLE_BOX_HEAD && !line->ends && box->line == i - 1) {
        cluster->stop = i;
        cluster->last = last;
        cluster->value = inside;
    }
}


/* The element in which the line's paragraph is one of several. */

uint32_t
article_paragraph_parent(article_page_t *page, uint32_t n)
{
    uint32_t            e;
    article_element_t  *element;

    e = page->blocks.line[n].element;
    element = &page->blocks.element[e];

    while (e && (element->line_end - element->line <= 1
                 || element->tag == LXB_TAG_P))
    {
        e = element->parent;
        element = &page->blocks.element[e];
    }

    return e;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Clusters of running text; content.c and clusters.c.
 */

#ifndef ARTICLE_CLUSTERS_H_INCLUDED
#define ARTICLE_CLUSTERS_H_INCLUDED


#include "page.h"


typedef struct {
    uint32_t  first;                /* its first and last line of text */
    uint32_t  last;
    uint32_t  value;
    uint32_t  gap;                  /* lines of links since what is before */
    uint32_t  near;                 /* of them, in no labelled list */
    uint32_t  stop;                 /* it never goes on from here */
    uint32_t  container;            /* element of its own, or 0 */
    uint32_t  body;                 /* its first line of any kind */
} article_cluster_t;


/*
 * Clusters of running text from a line on, parted by lines of links; in the
 * arena.  Returns how many.
 */
unsigned article_clusters_find(article_page_t *page, uint32_t from,
    article_cluster_t **clusters);

/* The first behind the title, unless it is too far and another is larger. */
unsigned article_clusters_pick(article_page_t *page,
    article_cluster_t *cluster, unsigned n);

/* Leaves out what follows in a box apart from title and text. */
void article_cluster_trim(article_page_t *page, article_cluster_t *cluster);

/*
 * Finds the container of the cluster's text and fits the cluster to it: text
 * of the container that looks alike is added, what stands below it is left
 * out.  Lines above the given one do not count.  container.c.
 */
void article_container_find(article_page_t *page, uint32_t from,
    article_cluster_t *cluster);

/* The element in which the line's paragraph is one of several. */
uint32_t article_paragraph_parent(article_page_t *page, uint32_t n);


#endif /* ARTICLE_CLUSTERS_H_INCLUDED */

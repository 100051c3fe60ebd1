/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which lines are the article: by portal file, by microdata, else the
 * cluster of running text that belongs to the title, in its container.
 */

#include <string.h>

#include "clusters.h"


/* A line with less unlinked text is no running text ... */
#define ARTICLE_PROSE_CHARS     60
/* ... unless it ends as a sentence does and has this much. */
#define ARTICLE_SENTENCE_CHARS  25

/* A lead is at least as long as this. */
#define ARTICLE_SAPO_CHARS      40

/* A lead that does not end as a sentence is longer than dates and names. */
#define ARTICLE_LEAD_CHARS      100

/* One line counts for no more than this. */
#define ARTICLE_PROSE_MOST      1500

/*
 * A teaser has less text, in characters and sentences: on a page that says it
 * is an article, and on others.
 */
#define ARTICLE_ENTRY_TOLD         200
#define ARTICLE_ENTRY_TOLD_UNSAID  300
#define ARTICLE_ENTRY_MARKS          2


typedef struct {
    article_page_t  *page;
    uint32_t         matches;
} article_content_match_t;


static unsigned article_content_by_told(article_page_t *page);
static unsigned article_content_by_portal(article_page_t *page);
static lxb_status_t article_content_match(lxb_dom_node_t *node, void *data);
static lxb_status_t article_content_lead(lxb_dom_node_t *node, void *data);
static uint32_t article_line_value(article_page_t *page,
    const article_line_t *line);
static void article_content_unlist(article_page_t *page);
static unsigned article_content_by_microdata(article_page_t *page);
static unsigned article_content_by_class(article_page_t *page, uint32_t from);
static void article_content_take(article_page_t *page,
    const article_cluster_t *cluster, uint32_t from);
static void article_content_sapo(article_page_t *page, uint32_t from);
static uint32_t article_content_above(article_page_t *page, uint32_t from);
static unsigned article_line_is_card(article_page_t *page, uint32_t n);
static unsigned article_line_is_stop(const article_line_t *line);
static void article_content_range(article_page_t *page, uint32_t from,
    uint32_t to);


void
article_content_choose(article_page_t *page)
{
    uint32_t            from;
    unsigned            n, picked;
    article_cluster_t  *cluster;

    page->start = 0;
    page->end = 0;
    page->root = 0;
    page->body = 0;
    page->facts.method = "generic";

    if (article_content_by_told(page)) {
        return;
    }

    if (article_content_by_portal(page)) {
        page->facts.method = "rule";
        page->ruled = 1;
        return;
    }

    article_content_unlist(page);
    article_content_values(page);

    if (article_content_by_microdata(page)) {
        return;
    }

    from = page->title == ARTICLE_NONE ? 0 : page->title_end;

    n = article_clusters_find(page, from, &cluster);

    if (n == 0 && from) {
        if (article_content_by_class(page, from)) {
            return;
        }

        from = 0;
        n = article_clusters_find(page, 0, &cluster);
    }

    if (n == 0) {
        article_content_by_class(page, 0);
        return;
    }

    picked = article_clusters_pick(page, cluster, n);
    article_cluster_trim(page, &cluster[picked]);
    article_container_find(page, from, &cluster[picked]);

    article_content_take(page, &cluster[picked], from);
    article_content_sapo(page, from);
    page->body = cluster[picked].container ? cluster[picked].body : 0;
}


/* A lead that calls itself so, between title and text, begins the text. */

static void
article_content_sapo(article_page_t *page, uint32_t from)
{
    uint32_t         i, first, above;
    article_line_t  *line;

    first = ARTICLE_NONE;
    above = article_content_above(page, from);

    for (i = from; i < page->end; i++) {
        line = &page->blocks.line[i];

        if ((i != above && !(line->any & ARTICLE_IN_SAPO))
            || (line->role != ARTICLE_ROLE_NONE
                && line->role != ARTICLE_ROLE_BODY)
            || line->item || line->link_chars * 2 > line->chars
            || line->marker != ARTICLE_MARKER_NONE
            || line->chars < ARTICLE_SAPO_CHARS
            || (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER
                               |ARTICLE_IN_COMMENT|ARTICLE_IN_SIDE)))
        {
            if (i >= page->start && line->role == ARTICLE_ROLE_BODY
                && line->value)
            {
                break;
            }

            continue;
        }

        if (article_line_is_card(page, i)) {
            line->role = ARTICLE_ROLE_CUT;
            line->why = "text of a card";
            continue;
        }

        line->role = ARTICLE_ROLE_SAPO;
        line->why = i == above ? "lead above the text" : "lead by class";
        line->value = line->chars - line->link_chars;

        if (first == ARTICLE_NONE) {
            first = i;
        }
    }

    if (first != ARTICLE_NONE && first < page->start) {
        page->start = first;
        page->root = article_blocks_common(&page->blocks, first, page->end);
    }
}


/*
 * A paragraph between title and text that calls itself nothing: what stands
 * around it is short, and no link.
 */

static uint32_t
article_content_above(article_page_t *page, uint32_t from)
{
    uint32_t         i, above;
    article_line_t  *line;

    above = ARTICLE_NONE;

    if (page->title == ARTICLE_NONE || from != page->title_end) {
        return above;
    }

    for (i = from; i < page->start; i++) {
        line = &page->blocks.line[i];

        if (line->item || line->role != ARTICLE_ROLE_NONE
            || line->link_chars * 2 > line->chars)
        {
            return ARTICLE_NONE;
        }

        if (line->value >= ARTICLE_SAPO_CHARS
            && !(line->flags & ARTICLE_IN_AGAINST))
        {
            if (above != ARTICLE_NONE) {
                return ARTICLE_NONE;
            }

            above = i;
        }
    }

    return above;
}


/* The text of a card: right below a link, and there is no more in its box. */

static unsigned
article_line_is_card(article_page_t *page, uint32_t n)
{
    article_line_t     *line;
    article_element_t  *box;

    if (n == 0) {
        return 0;
    }

    line = &page->blocks.line[n - 1];
    box = &page->blocks.element[article_blocks_common(&page->blocks, n - 1,
                                                      n + 1)];

    return line->link_chars * 2 > line->chars && line->words >= 2
           && box->line >= page->title_end && box->line_end == n + 1
           && n - box->line <= 2;
}


static unsigned
article_content_by_told(article_page_t *page)
{
    article_element_t  *element;

    element = page->told ? article_blocks_element(&page->blocks, page->told)
                         : NULL;

    if (element == NULL || element->line >= element->line_end) {
        return 0;
    }

    page->root = (uint32_t) (element - page->blocks.element);
    article_content_range(page, element->line, element->line_end);

    return 1;
}


static unsigned
article_content_by_portal(article_page_t *page)
{
    article_content_match_t  match;

    match.page = page;
    match.matches = 0;

    article_page_find(page, ARTICLE_FIELD_CONTENT, article_content_match,
                      &match);

    if (match.matches) {
        article_page_find(page, ARTICLE_FIELD_SUMMARY, article_content_lead,
                          page);
    }

    return match.matches != 0;
}


static lxb_status_t
article_content_match(lxb_dom_node_t *node, void *data)
{
    uint32_t                  i;
    article_line_t           *line;
    article_page_t           *page;
    article_element_t        *element;
    article_content_match_t  *match;

    match = data;
    page = match->page;

    element = article_blocks_element(&page->blocks, node);
    if (element == NULL) {
        return LXB_STATUS_OK;
    }

    for (i = element->line; i < element->line_end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_NONE) {
            line->role = ARTICLE_ROLE_BODY;
            line->why = "portal file";
        }
    }

    element->chosen = 1;

    if (match->matches++ == 0) {
        page->start = element->line;
        page->root = (uint32_t) (element - page->blocks.element);

    } else {
        while (page->root
               && (page->blocks.element[page->root].end < element->end))
        {
            page->root = page->blocks.element[page->root].parent;
        }
    }

    if (element->line_end > page->end) {
        page->end = element->line_end;
    }

    return LXB_STATUS_OK;
}


/*
 * Between title and container stand leads, but also dates, captions, names
 * and offers; their roles are known by now.
 */

void
article_content_head(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = page->start; i < page->body && i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_BODY
            && (line->value == 0
                || (!line->ends && line->chars < ARTICLE_LEAD_CHARS
                    && !(line->any & ARTICLE_IN_SAPO))
                || (line->flags & (ARTICLE_IN_AGAINST|ARTICLE_IN_FIGURE
                                   |ARTICLE_IN_CAPTION))
                || (line->chars < ARTICLE_LEAD_CHARS
                    && (line->flags & (ARTICLE_IN_AUTHOR|ARTICLE_IN_DATE)))))
        {
            line->role = ARTICLE_ROLE_NONE;
            line->why = "above the container of the text";
        }
    }
}


/* The portal file's lead belongs to the text, above it if not in it. */

static lxb_status_t
article_content_lead(lxb_dom_node_t *node, void *data)
{
    uint32_t            i;
    article_line_t     *line;
    article_page_t     *page;
    article_element_t  *element;

    page = data;
    element = article_blocks_element(&page->blocks, node);

    if (element == NULL || element->line >= element->line_end
        || element->line_end > page->start)
    {
        return LXB_STATUS_STOP;
    }

    for (i = element->line; i < element->line_end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_NONE) {
            line->role = ARTICLE_ROLE_SAPO;
            line->why = "lead by portal file";
        }
    }

    page->start = element->line;

    while (page->root
           && !article_blocks_within(&page->blocks, page->root,
                            (uint32_t) (element - page->blocks.element)))
    {
        page->root = page->blocks.element[page->root].parent;
    }

    return LXB_STATUS_STOP;
}


void
article_content_values(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = 0; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];
        line->value = article_line_value(page, line);
    }
}


/* Unlinked characters of a line of running text; 0 for all others. */

static uint32_t
article_line_value(article_page_t *page, const article_line_t *line)
{
    uint32_t  plain;

    (void) page;

    plain = line->chars - line->link_chars;

    if (line->role != ARTICLE_ROLE_NONE || line->item
        || line->link_chars * 2 > line->chars
        || (line->heading && line->marks == 0)
        || line->marker != ARTICLE_MARKER_NONE
        || (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER
                           |ARTICLE_IN_COMMENT|ARTICLE_IN_MARQUEE)))
    {
        return 0;
    }

    if (plain < ARTICLE_PROSE_CHARS
        && !(line->ends && plain >= ARTICLE_SENTENCE_CHARS))
    {
        return 0;
    }

    /* "Địa chỉ: ... Điện thoại: ..." is a foot's */

    if (!line->ends
        && (article_slice_find(line->text, article_literal("Điện thoại:"))
            || article_slice_find(line->text, article_literal("ĐT:"))))
    {
        return 0;
    }

    if (plain > ARTICLE_PROSE_MOST) {
        plain = ARTICLE_PROSE_MOST;
    }

    if (line->flags & (ARTICLE_IN_SIDE|ARTICLE_IN_RELATED|ARTICLE_IN_AD)) {
        plain /= 10;
    }

    return plain;
}


/*
 * A list's entries that tell more than a teaser does are the text of an
 * article that is a list ("Ten films of the year"), not links to others.
 */

static void
article_content_unlist(article_page_t *page)
{
    uint32_t          i, n, plain, marks, least;
    article_line_t   *line;
    article_entry_t  *entry;

    least = page->head.ld_article == 1 || page->head.body_node
            || article_slice_equal_case(page->head.og_type,
                                        article_literal("article"))
            ? ARTICLE_ENTRY_TOLD : ARTICLE_ENTRY_TOLD_UNSAID;

    for (n = 0; n < page->entries; n++) {
        entry = &page->entry[n];
        plain = 0;
        marks = 0;

        if (page->blocks.element[entry->element].tag == LXB_TAG_ARTICLE) {
            continue;
        }

        for (i = entry->from; i < entry->to; i++) {
            line = &page->blocks.line[i];

            if (line->link_chars * 2 <= line->chars) {
                plain += line->chars - line->link_chars;
                marks += line->marks;
            }
        }

        if (plain < least || marks < ARTICLE_ENTRY_MARKS) {
            continue;
        }

        for (i = entry->from; i < entry->to; i++) {
            page->blocks.line[i].item = 0;
        }
    }
}


/* itemprop="articleBody", when it holds text worth the name. */

static unsigned
article_content_by_microdata(article_page_t *page)
{
    uint32_t            i, inside, all;
    article_cluster_t   cluster;
    article_element_t  *element;

    element = article_blocks_element(&page->blocks, page->head.body_node);

    if (element == NULL || page->head.bodies != 1
        || element->line >= element->line_end)
    {
        return 0;
    }

    inside = 0;
    all = 0;

    for (i = 0; i < page->blocks.lines; i++) {
        all += page->blocks.line[i].value;

        if (i >= element->line && i < element->line_end) {
            inside += page->blocks.line[i].value;
        }
    }

    if (inside == 0 || inside * 3 < all) {
        return 0;
    }

    cluster.stop = page->blocks.lines;
    cluster.container = 0;
    cluster.first = element->line;
    cluster.last = element->line_end - 1;

    article_content_take(page, &cluster,
                         page->title == ARTICLE_NONE
                         || page->title_end > element->line
                         ? 0 : page->title_end);

    article_content_sapo(page, page->title == ARTICLE_NONE
                               || page->title_end > element->line
                               ? element->line : page->title_end);

    return 1;
}


/* No running text: a container that calls itself the body, short lines. */

static unsigned
article_content_by_class(article_page_t *page, uint32_t from)
{
    uint32_t            i, e, plain, best, best_plain;
    article_line_t     *line;
    article_element_t  *element;

    best = 0;
    best_plain = 30;

    for (e = 1; e < page->blocks.elements; e++) {
        element = &page->blocks.element[e];

        if (!(element->own & ARTICLE_IN_BODY) || element->line < from
            || (element->flags & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE
                                  |ARTICLE_IN_FOOTER|ARTICLE_IN_RELATED)))
        {
            continue;
        }

        plain = 0;

        for (i = element->line; i < element->line_end; i++) {
            line = &page->blocks.line[i];

            if (line->role == ARTICLE_ROLE_NONE && !line->item
                && line->marker == ARTICLE_MARKER_NONE
                && line->link_chars * 2 <= line->chars)
            {
                plain += line->chars;
            }
        }

        if (plain > best_plain) {
            best_plain = plain;
            best = e;
        }
    }

    if (best == 0) {
        return 0;
    }

    page->root = best;
    article_content_range(page, page->blocks.element[best].line,
                          page->blocks.element[best].line_end);

    return 1;
}


/* The cluster and the short lines around it that are in its container. */

static void
article_content_take(article_page_t *page, const article_cluster_t *cluster,
    uint32_t from)
{
    uint32_t            e, start, end, top, bottom, misses;
    article_element_t  *element;

    e = article_blocks_common(&page->blocks, cluster->first,
                              cluster->last + 1);

    if (cluster->first == cluster->last
        || e == page->blocks.line[cluster->first].element)
    {
        e = article_paragraph_parent(page, cluster->first);
    }

    element = &page->blocks.element[e];
    page->root = e;

    top = element->line > from ? element->line : from;
    bottom = element->line_end;

    if (cluster->container) {
        element = &page->blocks.element[cluster->container];
        bottom = bottom < element->line_end ? bottom : element->line_end;
    }

    start = cluster->first;
    misses = 0;

    while (start > top) {
        if (article_line_is_stop(&page->blocks.line[start - 1])
            && ++misses > 2)
        {
            break;
        }

        start--;
    }

    end = cluster->last + 1;
    misses = 0;

    while (end < bottom) {
        if (article_line_is_stop(&page->blocks.line[end]) && ++misses > 2) {
            break;
        }

        end++;
    }

    article_content_range(page, start, end);
}


static unsigned
article_line_is_stop(const article_line_t *line)
{
    return line->role == ARTICLE_ROLE_CUT || line->item
           || line->link_chars * 2 > line->chars
           || (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER
                              |ARTICLE_IN_COMMENT));
}


static void
article_content_range(article_page_t *page, uint32_t from, uint32_t to)
{
    uint32_t         i;
    article_line_t  *line;

    page->start = from;
    page->end = to;

    for (i = from; i < to; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_NONE) {
            line->role = ARTICLE_ROLE_BODY;
            line->why = line->value ? "text" : "beside text";
        }
    }
}

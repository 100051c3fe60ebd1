/*
 * Copyright (C) the authors named in LICENSE
 *
 * <meta>: Open Graph, Dublin Core, and the names that content systems and
 * services for the press gave theirs.
 */

#include <stdlib.h>
#include <string.h>

#include "jsonld_text.h"
#include "page.h"


/* A longer name is none of the table. */
#define ARTICLE_META_NAME  48


typedef enum {
    ARTICLE_META_TEXT = 0,      /* the first that is found wins */
    ARTICLE_META_DATED,         /* the highest rank wins */
    ARTICLE_META_NAMES,
    ARTICLE_META_TAGS
} article_meta_what_t;


typedef struct {
    const char  *name;
    uint16_t     what;
    uint16_t     value;         /* offset in article_head_t, rank or list */
} article_meta_t;


static int article_meta_compare(const void *name, const void *entry);
static void article_meta_dated(article_page_t *page, unsigned rank,
    article_slice_t value);
static void article_meta_author(article_page_t *page, article_named_t list,
    article_slice_t value);


#define article_meta_text(name, field)                                        \
    { name, ARTICLE_META_TEXT, offsetof(article_head_t, field) }
#define article_meta_rank(name, rank)  { name, ARTICLE_META_DATED, rank }
#define article_meta_names(name, list)  { name, ARTICLE_META_NAMES, list }
#define article_meta_list(name)  { name, ARTICLE_META_TAGS, 0 }


/*
 * Sorted.  Dates of a rank are believed on pages that are not Vietnamese
 * alone: legacy portals write there when they made the page.
 */

static const article_meta_t  article_metas[] = {
    article_meta_text("apple-mobile-web-app-title", application),
    article_meta_text("application-name", application),
    article_meta_names("article.author", ARTICLE_NAMED_ARTICLE),
    article_meta_text("article.published", published),
    article_meta_names("article:author", ARTICLE_NAMED_ARTICLE),
    article_meta_text("article:modified_time", modified),
    article_meta_text("article:published_time", published),
    article_meta_text("article:section", section),
    article_meta_list("article:tag"),
    article_meta_rank("article_date_original", 7),
    article_meta_text("article_modified_time", modified),
    article_meta_rank("article_published_time", 9),
    article_meta_names("author", ARTICLE_NAMED_META),
    article_meta_names("byl", ARTICLE_NAMED_PRESS),
    article_meta_names("citation_author", ARTICLE_NAMED_PRESS),
    article_meta_names("citation_authors", ARTICLE_NAMED_PRESS),
    article_meta_rank("citation_date", 6),
    article_meta_rank("citation_online_date", 6),
    article_meta_rank("citation_publication_date", 6),
    article_meta_rank("content:publishdate", 7),
    article_meta_names("cxenseparse:author", ARTICLE_NAMED_PRESS),
    article_meta_rank("cxenseparse:publishtime", 8),
    article_meta_rank("cxenseparse:recs:publishtime", 8),
    article_meta_rank("date", 3),
    article_meta_text("datemodified", modified),
    article_meta_rank("datepublished", 8),
    article_meta_names("dc.creator", ARTICLE_NAMED_DUBLIN),
    article_meta_rank("dc.date", 4),
    article_meta_rank("dc.date.created", 5),
    article_meta_text("dc.date.issued", published),
    article_meta_text("dc.publisher", publisher),
    article_meta_rank("dcterms.created", 5),
    article_meta_names("dcterms.creator", ARTICLE_NAMED_DUBLIN),
    article_meta_rank("dcterms.date", 5),
    article_meta_rank("dcterms.issued", 6),
    article_meta_text("dcterms.modified", modified),
    article_meta_text("description", meta_description),
    article_meta_rank("http://ogp.me/ns/article#published_time", 9),
    article_meta_text("last-modified", modified),
    article_meta_text("last_updated_date", modified),
    article_meta_text("lastmod", modified),
    article_meta_text("lastupdate", modified),
    article_meta_list("news_keywords"),
    article_meta_names("og:article:author", ARTICLE_NAMED_ARTICLE),
    article_meta_text("og:article:published_time", published),
    article_meta_names("og:author", ARTICLE_NAMED_ARTICLE),
    article_meta_text("og:description", og_description),
    article_meta_text("og:image", og_image),
    article_meta_text("og:site_name", site_name),
    article_meta_text("og:title", og_title),
    article_meta_text("og:type", og_type),
    article_meta_text("og:updated_time", modified),
    article_meta_text("og:url", og_url),
    article_meta_rank("originalpublicationdate", 7),
    article_meta_names("parsely-author", ARTICLE_NAMED_PRESS),
    article_meta_rank("parsely-pub-date", 8),
    article_meta_text("pubdate", published),
    article_meta_rank("publication-date", 7),
    article_meta_rank("publication_date", 7),
    article_meta_rank("publish-date", 7),
    article_meta_rank("publish_date", 7),
    article_meta_text("publishdate", published),
    article_meta_rank("published-date", 7),
    article_meta_rank("published_at", 7),
    article_meta_rank("publisheddate", 7),
    article_meta_text("publisher", publisher),
    article_meta_rank("rnews:datepublished", 8),
    article_meta_names("sailthru.author", ARTICLE_NAMED_PRESS),
    article_meta_rank("sailthru.date", 8),
    article_meta_rank("timestamp", 2),
    article_meta_text("twitter:data1", written),
    article_meta_text("twitter:label1", written_label),
    article_meta_rank("w-published-date", 7)
};


void
article_meta_read(article_page_t *page, lxb_dom_node_t *node)
{
    char                   low[ARTICLE_META_NAME];
    size_t                 i;
    article_slice_t        name, value, *field;
    const article_meta_t  *meta;

    name = article_node_attribute(node, article_literal("property"));

    if (name.len == 0) {
        name = article_node_attribute(node, article_literal("name"));
    }

    if (name.len == 0 || name.len >= sizeof(low)) {
        return;
    }

    for (i = 0; i < name.len; i++) {
        low[i] = name.data[i];

        if (low[i] >= 'A' && low[i] <= 'Z') {
            low[i] |= 0x20;
        }
    }

    low[i] = '\0';

    meta = bsearch(low, article_metas,
                   sizeof(article_metas) / sizeof(article_metas[0]),
                   sizeof(article_metas[0]), article_meta_compare);
    if (meta == NULL) {
        return;
    }

    value = article_node_attribute(node, article_literal("content"));
    value = article_squeeze(page->arena,
                            article_references(page->arena, value));
    if (value.len == 0) {
        return;
    }

    switch (meta->what) {

    case ARTICLE_META_TEXT:
        field = (article_slice_t *) ((char *) &page->head + meta->value);

        if (field->len == 0) {
            *field = value;
        }

        break;

    case ARTICLE_META_DATED:
        article_meta_dated(page, meta->value, value);
        break;

    case ARTICLE_META_NAMES:
        article_meta_author(page, meta->value, value);
        break;

    default:
        article_head_tags(page, value);
        break;
    }
}


static int
article_meta_compare(const void *name, const void *entry)
{
    return strcmp(name, ((const article_meta_t *) entry)->name);
}


static void
article_meta_dated(article_page_t *page, unsigned rank, article_slice_t value)
{
    if (rank > page->head.dated_rank) {
        page->head.dated = value;
        page->head.dated_rank = rank;
    }
}


static void
article_meta_author(article_page_t *page, article_named_t list,
    article_slice_t value)
{
    if (page->head.author.len == 0 && list != ARTICLE_NAMED_PRESS) {
        page->head.author = value;
    }

    article_head_named(page, list, value);
}


void
article_head_tags(article_page_t *page, article_slice_t value)
{
    size_t            i, start;
    unsigned          n;
    article_slice_t   tag;
    article_head_t   *head;

    head = &page->head;
    start = 0;

    for (i = 0; i <= value.len; i++) {

        if (i < value.len && value.data[i] != ',' && value.data[i] != ';') {
            continue;
        }

        tag.data = value.data + start;
        tag.len = i - start;
        tag = article_trim(tag, "#");
        start = i + 1;

        for (n = 0; n < head->tags_number; n++) {
            if (article_slice_equal(head->tags[n], tag)) {
                break;
            }
        }

        if (tag.len && n == head->tags_number && n < ARTICLE_TAGS_MAX) {
            head->tags[head->tags_number++] = tag;
        }
    }
}

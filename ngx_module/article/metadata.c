/*
 * Copyright (C) the authors named in LICENSE
 *
 * Section, addresses and the article's number; the order of the rest.
 */

#include "page.h"


static lxb_status_t article_field_match(lxb_dom_node_t *node, void *data);
static void article_address_find(article_page_t *page);


void
article_metadata_find(article_page_t *page)
{
    article_address_find(page);
    article_date_published(page);
    article_names_find(page);
    article_summary_find(page);

    if (!article_field_text(page, ARTICLE_FIELD_SECTION,
                            &page->facts.section))
    {
        page->facts.section = page->head.section.len ? page->head.section
                              : page->head.ld.section;
    }
}


/* The canonical address, when it is the page's own; and the number in it. */

static void
article_address_find(article_page_t *page)
{
    article_slice_t  url, canonical;

    url = article_page_url(page, page->options->url);

    canonical = page->head.canonical.len ? page->head.canonical
                                         : page->head.og_url;

    if (canonical.len) {
        canonical = article_page_url(page, canonical);

        /* portals name their front page as every page's canonical */

        if (canonical.len && article_url_path(canonical).len > 1
            && (url.len == 0 || article_url_path(url).len <= 1
                || article_slice_equal_case(article_url_host(url),
                                            article_url_host(canonical))))
        {
            url = canonical;
        }
    }

    page->facts.url = url;

    page->facts.id = article_page_id(page, url.len ? url : page->path);

    /* a page read from a file without an address still needs an id */

    if (page->facts.id.len == 0) {
        page->facts.id = article_json_hash(page,
                                    article_hash64(0, page->facts.title),
                                    article_hash64(1, page->facts.title));
    }
}


unsigned
article_field_text(article_page_t *page, article_field_t field,
    article_slice_t *text)
{
    lxb_dom_node_t  *node;

    node = NULL;

    article_page_find(page, field, article_field_match, &node);

    if (node == NULL) {
        return 0;
    }

    *text = article_node_text(page->arena, node);

    return text->len != 0;
}


static lxb_status_t
article_field_match(lxb_dom_node_t *node, void *data)
{
    *(lxb_dom_node_t **) data = node;

    return LXB_STATUS_STOP;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * A category or home page: which repeated entries it lists.
 */

#include <string.h>

#include "page.h"


/* A teaser is at least as long as this, in characters. */
#define ARTICLE_TEASER_CHARS  40

/* A feed of more items than this serves no one. */
#define ARTICLE_ITEMS_MOST    300

/*
 * The pager's link to the next page: how it may be named, and how long.  Of a
 * line of numbers and such links: how long, and how many elements are looked
 * at to either side.
 */
#define ARTICLE_NEXT_WORDS    10
#define ARTICLE_NEXT_CHARS    16
#define ARTICLE_PAGER_CHARS   160
#define ARTICLE_PAGER_NEAR    16


typedef struct {
    article_page_t  *page;
    article_item_t   item;
} article_listing_match_t;


static void article_listing_items(article_page_t *page);
static unsigned article_listing_is_turn(article_page_t *page,
    article_slice_t title);
static unsigned article_listing_by_portal(article_page_t *page);
static lxb_status_t article_listing_item(lxb_dom_node_t *node, void *data);
static lxb_status_t article_listing_first(lxb_dom_node_t *node, void *data);
static uint32_t article_listing_group(article_page_t *page);
static uint32_t article_entry_worth(article_page_t *page,
    const article_entry_t *entry);
static unsigned article_entry_outside(article_page_t *page,
    const article_entry_t *entry);
static void article_listing_add(article_page_t *page,
    const article_entry_t *entry);
static void article_listing_store(article_page_t *page,
    const article_item_t *item);
static article_slice_t article_entry_image(article_page_t *page,
    const article_entry_t *entry);
static void article_listing_next(article_page_t *page);
static unsigned article_listing_is_postback(lxb_dom_node_t *link,
    article_slice_t href);
static unsigned article_listing_is_next(article_page_t *page, uint32_t e,
    const article_slice_t *word);
static unsigned article_listing_in_pager(article_page_t *page, uint32_t e);
static unsigned article_listing_is_number(article_page_t *page,
    lxb_dom_node_t *node);
static unsigned article_listing_has(article_page_t *page,
    article_slice_t url);


static const char *const  article_next_words[ARTICLE_NEXT_WORDS] = {
    "tiếp", "tiếp theo", "trang sau", "sau", "next", "trang tiếp",
    "\xe2\x80\xba", "\xc2\xbb", ">", "xem tiếp"
};


void
article_listing_read(article_page_t *page)
{
    article_listing_items(page);
    article_listing_next(page);
}


static void
article_listing_items(article_page_t *page)
{
    uint32_t          i, group;
    unsigned          home;
    article_entry_t  *entry;

    page->items = article_arena_alloc(page->arena, ARTICLE_ITEMS_MOST
                                                   * sizeof(article_item_t));
    if (page->items == NULL || article_listing_by_portal(page)) {
        return;
    }

    home = page->facts.kind == ARTICLE_KIND_HOME;
    group = article_listing_group(page);

    if (group == ARTICLE_NONE) {
        return;
    }

    for (i = 0; i < page->entries; i++) {
        entry = &page->entry[i];

        if (entry->group == group
            || (home && !article_entry_outside(page, entry)))
        {
            article_listing_add(page, entry);
        }
    }
}


static unsigned
article_listing_by_portal(article_page_t *page)
{
    article_listing_match_t  match;

    match.page = page;

    article_page_find(page, ARTICLE_FIELD_ITEM, article_listing_item, &match);

    return page->items_number != 0;
}


static lxb_status_t
article_listing_item(lxb_dom_node_t *node, void *data)
{
    article_page_t           *page;
    lxb_dom_node_t           *found;
    article_slice_t           text;
    lxb_selectors_t          *selectors;
    const article_portal_t   *portal;
    article_listing_match_t  *match;

    match = data;
    page = match->page;
    portal = page->options->portal;
    selectors = page->engine->selectors;

    memset(&match->item, 0, sizeof(match->item));

    found = NULL;
    article_portal_find(portal, ARTICLE_FIELD_ITEM_LINK, selectors, node,
                        article_listing_first, &found);

    if (found == NULL) {
        return LXB_STATUS_OK;
    }

    match->item.title = article_node_text(page->arena, found);
    match->item.url = article_page_url(page, article_link_href(found));

    found = NULL;
    article_portal_find(portal, ARTICLE_FIELD_ITEM_SUMMARY, selectors, node,
                        article_listing_first, &found);

    if (found) {
        match->item.summary = article_node_text(page->arena, found);
    }

    found = NULL;
    article_portal_find(portal, ARTICLE_FIELD_ITEM_DATE, selectors, node,
                        article_listing_first, &found);

    if (found) {
        text = article_node_text(page->arena, found);
        match->item.dated = article_date_find(text, 0, &match->item.date);
    }

    article_listing_store(page, &match->item);

    return LXB_STATUS_OK;
}


static lxb_status_t
article_listing_first(lxb_dom_node_t *node, void *data)
{
    *(lxb_dom_node_t **) data = node;

    return LXB_STATUS_STOP;
}


/* The group of entries that is the page's reason: longest, with teasers. */

static uint32_t
article_listing_group(article_page_t *page)
{
    uint32_t          i, j, group, worth, best;
    article_entry_t  *entry;

    group = ARTICLE_NONE;
    best = 0;

    for (i = 0; i < page->entries; i = j) {
        worth = 0;

        for (j = i; j < page->entries; j++) {
            entry = &page->entry[j];

            if (entry->group != page->entry[i].group) {
                break;
            }

            worth += article_entry_worth(page, entry);
        }

        if (article_entry_outside(page, &page->entry[i])) {
            worth /= 8;
        }

        if (worth > best) {
            best = worth;
            group = page->entry[i].group;
        }
    }

    return group;
}


static uint32_t
article_entry_worth(article_page_t *page, const article_entry_t *entry)
{
    uint32_t         i, worth;
    article_line_t  *line;

    worth = 2;

    for (i = entry->from; i < entry->to; i++) {
        line = &page->blocks.line[i];

        if (i != entry->title && line->link_chars == 0
            && line->chars >= ARTICLE_TEASER_CHARS)
        {
            worth += 5;
            break;
        }
    }

    if (page->blocks.line[entry->title].heading) {
        worth += 2;
    }

    if (article_entry_image(page, entry).len) {
        worth += 3;
    }

    return worth;
}


static unsigned
article_entry_outside(article_page_t *page, const article_entry_t *entry)
{
    article_line_t  *line;

    line = &page->blocks.line[entry->title];

    return line->role == ARTICLE_ROLE_CUT
           || (line->any & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE|ARTICLE_IN_FOOTER
                            |ARTICLE_IN_RELATED|ARTICLE_IN_COMMENT));
}


static void
article_listing_add(article_page_t *page, const article_entry_t *entry)
{
    uint32_t         i;
    article_item_t   item;
    article_line_t  *line;

    memset(&item, 0, sizeof(item));

    line = &page->blocks.line[entry->title];

    item.title = line->link_chars == line->chars
                 ? line->text : article_node_text(page->arena, line->link);
    item.title = article_trim(item.title, "");
    item.url = article_page_url(page, article_link_href(line->link));
    item.image = article_page_url(page, article_entry_image(page, entry));

    for (i = entry->from; i < entry->to; i++) {
        line = &page->blocks.line[i];

        if (!item.dated && (i != entry->title
                            || line->link_chars < line->chars))
        {
            item.dated = line->chars < 80
                         && article_date_find(line->text, 0, &item.date);

            if (item.dated && i != entry->title && line->chars < 60
                && line->marks == 0)
            {
                continue;
            }
        }

        if (i != entry->title && item.summary.len == 0
            && line->link_chars * 2 <= line->chars
            && line->chars >= ARTICLE_TEASER_CHARS
            && line->marker == ARTICLE_MARKER_NONE)
        {
            item.summary = line->text;
        }
    }

    article_listing_store(page, &item);
}


/* The same page listed twice is one item; the pager's links are none. */

static void
article_listing_store(article_page_t *page, const article_item_t *item)
{
    uint32_t  i;

    if (item->url.len == 0 || item->title.len == 0
        || page->items_number == ARTICLE_ITEMS_MOST
        || article_listing_is_turn(page, item->title))
    {
        return;
    }

    for (i = 0; i < page->items_number; i++) {
        if (article_slice_equal(page->items[i].url, item->url)) {
            return;
        }
    }

    page->items[page->items_number++] = *item;
}


/* 1 for "2", "Trang sau", "»". */

static unsigned
article_listing_is_turn(article_page_t *page, article_slice_t title)
{
    size_t           i;
    article_slice_t  fold, word[ARTICLE_NEXT_WORDS];

    if (title.len > ARTICLE_NEXT_CHARS) {
        return 0;
    }

    for (i = 0; i < title.len && title.data[i] >= '0' && title.data[i] <= '9';
         i++)
    {
        /* void */
    }

    if (i == title.len) {
        return 1;
    }

    article_page_fold_all(page, article_next_words, ARTICLE_NEXT_WORDS, word);
    fold = article_page_fold(page, title);

    for (i = 0; i < ARTICLE_NEXT_WORDS; i++) {
        if (article_slice_equal(fold, word[i])) {
            return 1;
        }
    }

    return 0;
}


static article_slice_t
article_entry_image(article_page_t *page, const article_entry_t *entry)
{
    uint32_t          i;
    article_media_t  *media;

    for (i = article_blocks_media(&page->blocks, entry->from);
         i < page->blocks.medias;
         i++)
    {
        media = &page->blocks.media[i];

        if (media->type == ARTICLE_MEDIA_IMAGE && !media->small
            && media->line >= entry->from && media->line < entry->to
            && (article_blocks_within(&page->blocks, entry->element,
                                      media->element)
                || media->line > entry->from))
        {
            return media->url;
        }

        if (media->line > entry->to) {
            break;
        }
    }

    return article_literal("");
}


/* Portal file, rel="next", or the link that says so. */

static void
article_listing_next(article_page_t *page)
{
    uint32_t            e;
    lxb_dom_node_t     *node;
    article_slice_t     href, url, word[ARTICLE_NEXT_WORDS];
    article_element_t  *element;

    node = NULL;
    article_page_find(page, ARTICLE_FIELD_NEXT, article_listing_first, &node);

    if (node) {
        page->facts.next_url = article_page_url(page, article_link_href(node));
        return;
    }

    article_page_fold_all(page, article_next_words, ARTICLE_NEXT_WORDS, word);

    for (e = 0; e < page->blocks.elements; e++) {
        element = &page->blocks.element[e];

        if (element->tag != LXB_TAG_A
            || !article_listing_is_next(page, e, word))
        {
            continue;
        }

        href = article_link_href(element->node);

        if (article_listing_is_postback(element->node, href)) {
            page->facts.postback = 1;
            continue;
        }

        if (href.len == 0 || href.data[0] == '#') {
            continue;
        }

        url = article_page_url(page, href);

        if (url.len && !article_listing_has(page, url)) {
            page->facts.next_url = url;
            page->facts.postback = 0;
            return;
        }
    }
}


/* WebForms turns the page by sending its form, and has no address for it. */

static unsigned
article_listing_is_postback(lxb_dom_node_t *link, article_slice_t href)
{
    static const article_slice_t  call = { "__doPostBack", 12 };

    return article_slice_find(href, call) != NULL
           || article_slice_find(article_node_attribute(link,
                                             article_literal("onclick")), call)
              != NULL;
}


static unsigned
article_listing_is_next(article_page_t *page, uint32_t e,
    const article_slice_t *word)
{
    size_t              w;
    article_slice_t     fold, rel, text;
    article_element_t  *element;

    element = &page->blocks.element[e];
    rel = article_node_attribute(element->node, article_literal("rel"));

    if (article_slice_equal_case(rel, article_literal("next"))) {
        return 1;
    }

    if (!article_listing_in_pager(page, e)) {
        return 0;
    }

    /* a pager of numbers alone, where they are no addresses */

    if (article_listing_is_number(page, element->node)
        && article_listing_is_postback(element->node,
                                       article_link_href(element->node)))
    {
        return 1;
    }

    text = article_node_text(page->arena, element->node);

    if (text.len > 4 * ARTICLE_NEXT_CHARS) {
        return 0;
    }

    fold = article_page_fold(page, text);

    for (w = 0; w < ARTICLE_NEXT_WORDS; w++) {
        if (article_slice_equal(fold, word[w])
            || (word[w].len > 3 && article_slice_starts(fold, word[w])))
        {
            return 1;
        }
    }

    return 0;
}


/* Alone on its line, or beside a link that is a number. */

static unsigned
article_listing_in_pager(article_page_t *page, uint32_t e)
{
    uint32_t            i, last;
    article_line_t     *line;
    article_blocks_t   *blocks;
    article_element_t  *element;

    blocks = &page->blocks;
    element = &blocks->element[e];

    if (element->line >= blocks->lines) {
        return 0;
    }

    line = &blocks->line[element->line];

    if (line->link_chars == line->chars && line->links == 1) {
        return line->chars <= ARTICLE_NEXT_CHARS;
    }

    if (line->chars > ARTICLE_PAGER_CHARS) {
        return 0;
    }

    i = e > ARTICLE_PAGER_NEAR ? e - ARTICLE_PAGER_NEAR : 0;
    last = e + ARTICLE_PAGER_NEAR < blocks->elements
           ? e + ARTICLE_PAGER_NEAR : blocks->elements - 1;

    for ( /* void */ ; i <= last; i++) {
        if (blocks->element[i].tag == LXB_TAG_A
            && blocks->element[i].line == element->line
            && article_listing_is_number(page, blocks->element[i].node))
        {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_listing_is_number(article_page_t *page, lxb_dom_node_t *node)
{
    size_t           i;
    article_slice_t  text;

    text = article_node_text(page->arena, node);

    for (i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return 0;
        }
    }

    return text.len > 0 && text.len <= 4;
}


static unsigned
article_listing_has(article_page_t *page, article_slice_t url)
{
    uint32_t  i;

    for (i = 0; i < page->items_number; i++) {
        if (article_slice_equal(page->items[i].url, url)) {
            return 1;
        }
    }

    return 0;
}

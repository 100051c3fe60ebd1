/*
 * Copyright (C) the authors named in LICENSE
 *
 * Small questions that several steps ask.
 */

#include <string.h>

#include "page.h"


static unsigned article_page_is_elsewhere(article_page_t *page,
    article_slice_t href);


article_slice_t
article_page_fold(article_page_t *page, article_slice_t text)
{
    article_slice_t  folded;

    folded = article_fold(page->arena, text);

    if (folded.data == NULL) {
        folded.len = 0;
    }

    return folded;
}


article_slice_t
article_page_fold_line(article_page_t *page, const article_line_t *line)
{
    article_slice_t  *folded;

    if (page->folded == NULL) {
        page->folded = article_arena_calloc(page->arena, page->blocks.lines
                                                    * sizeof(article_slice_t));
        if (page->folded == NULL) {
            return article_literal("");
        }
    }

    folded = &page->folded[line - page->blocks.line];

    if (folded->data == NULL) {
        *folded = article_page_fold(page, line->text);
    }

    return *folded;
}


unsigned
article_page_find(article_page_t *page, article_field_t field,
    article_portal_match_pt handler, void *data)
{
    unsigned  n;

    n = article_portal_find(page->options->portal, field,
                            page->engine->selectors, page->blocks.root,
                            handler, data);

    if (n != 0) {
        page->fields |= 1U << field;
    }

    return n;
}


void
article_page_fold_all(article_page_t *page, const char *const *words,
    unsigned n, article_slice_t *folded)
{
    unsigned  i;

    for (i = 0; i < n; i++) {
        folded[i].data = words[i];
        folded[i].len = strlen(words[i]);
        folded[i] = article_page_fold(page, folded[i]);
    }
}


unsigned
article_page_is_self(article_page_t *page, lxb_dom_node_t *link)
{
    article_slice_t  href, url;

    href = article_link_href(link);

    if (href.len == 0 || href.data[0] == '#'
        || article_slice_starts_case(href, article_literal("javascript:")))
    {
        return 1;
    }

    if (article_page_is_elsewhere(page, href)) {
        return 0;
    }

    url = article_page_url(page, href);
    url = article_url_path(url);

    return url.len && article_slice_equal(url, page->path);
}


/*
 * 1 if a reference, not empty, leads to another address than the page's for
 * sure: an address ends with the letter or digit that the reference ends
 * with, unless that is one of "%2e", a dot.
 */

static unsigned
article_page_is_elsewhere(article_page_t *page, article_slice_t href)
{
    char         c;
    size_t       n;
    const char  *p;

    if (page->path.len == 0) {
        return 1;                       /* nothing leads to it */
    }

    p = memchr(href.data, '#', href.len);
    n = p != NULL ? (size_t) (p - href.data) : href.len;

    if (page->path.len == 1 || n < 3 || memchr(href.data + n - 3, '%', 3)) {
        return 0;
    }

    c = href.data[n - 1];

    return c != page->path.data[page->path.len - 1]
           && ((c >= '0' && c <= '9')
               || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
}


article_slice_t
article_page_url(article_page_t *page, article_slice_t reference)
{
    size_t           i;
    article_slice_t  url;

    reference = article_trim(reference, "");

    if (reference.len == 0) {
        return article_literal("");
    }

    url = article_url_resolve(page->arena, &page->urls, reference);

    if (url.data && url.len) {
        return url;
    }

    url.data = "";
    url.len = 0;

    if (page->urls.page.len || page->urls.base.len
        || page->urls.public_url.len)
    {
        return url;
    }

    /* the page's address is not known: a relative reference stays one */

    for (i = 0; i < reference.len; i++) {

        if (reference.data[i] == ':') {
            return url;
        }

        if (reference.data[i] == '/' || reference.data[i] == '?'
            || reference.data[i] == '#')
        {
            break;
        }
    }

    return reference.len && reference.data[0] != '#' ? reference : url;
}


article_slice_t
article_page_id(article_page_t *page, article_slice_t url)
{
    article_buf_t            buf;
    article_slice_t          path, number;
    const article_portal_t  *portal;

    portal = page->options->portal;

    path = article_slice_find(url, article_literal("://"))
           ? article_url_path(url) : url;

    if (portal == NULL || !article_portal_id(portal, path, &number)) {
        return path;
    }

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, article_portal_name(portal));
    article_buf_append_char(&buf, ':');
    article_buf_append_slice(&buf, number);

    return article_buf_slice(&buf);
}


article_slice_t
article_link_href(const lxb_dom_node_t *link)
{
    return article_trim(article_node_attribute(link, article_literal("href")),
                        "");
}


article_slice_t
article_trim(article_slice_t s, const char *also)
{
    while (s.len && (strchr(" \t\r\n\f", s.data[0])
                     || strchr(also, s.data[0])) && s.data[0])
    {
        s.data++;
        s.len--;
    }

    while (s.len && s.data[s.len - 1]
           && (strchr(" \t\r\n\f", s.data[s.len - 1])
               || strchr(also, s.data[s.len - 1])))
    {
        s.len--;
    }

    return s;
}

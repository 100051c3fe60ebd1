/*
 * Copyright (C) the authors named in LICENSE
 *
 * Addresses on a page: resolved (RFC 3986, 5), and put under the portal's
 * public address.
 */

#ifndef ARTICLE_URL_H_INCLUDED
#define ARTICLE_URL_H_INCLUDED


#include "text.h"


typedef struct {
    article_slice_t          page;          /* its address, absolute or
                                               relative to public_url */
    article_slice_t          base;          /* <base href>, or empty */
    article_slice_t          public_url;    /* article_base_url, or empty */
    const article_portal_t  *portal;        /* own hosts, aliases, or NULL */
} article_url_context_t;


/*
 * The absolute http(s) address of a reference: dot segments removed, spaces
 * and non-ASCII percent-encoded, fragment and user dropped.  The portal's own
 * hosts and all private addresses are replaced by the public address; without
 * one, a private address is given only if the page itself has the same host.
 * Empty for javascript:, data:, mailto: and what cannot be an address, or
 * when memory is out.  In the arena.
 */
article_slice_t article_url_resolve(article_arena_t *arena,
    const article_url_context_t *context, article_slice_t reference);

/*
 * Host of an absolute address (no port), path with query ("/" when there is
 * none; of a relative address: itself); slices of it.
 */
article_slice_t article_url_host(article_slice_t url);
article_slice_t article_url_path(article_slice_t url);


#endif /* ARTICLE_URL_H_INCLUDED */

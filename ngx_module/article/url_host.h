/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of url.c: hosts, percent-encoding.
 */

#ifndef ARTICLE_URL_HOST_H_INCLUDED
#define ARTICLE_URL_HOST_H_INCLUDED


#include "text.h"


/* 1 for a name, an IPv4 address or an IPv6 one in brackets; ASCII only. */
unsigned article_url_host_valid(article_slice_t host);

/*
 * 1 for a host (valid, not empty) that means something inside a network only
 * (RFC 1918, 3927, 4193, 6598, 6761): names without a dot, loopback, numbers
 * in any notation but four decimal ones.
 */
unsigned article_url_private(article_slice_t host);

/* s with percent-encoded bytes decoded once; in the arena. */
article_slice_t article_url_decode(article_arena_t *arena, article_slice_t s);


static inline unsigned
article_url_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}


#endif /* ARTICLE_URL_HOST_H_INCLUDED */


/*
 * Copyright (C) ngx_article authors
 *
 * A stored answer: what L1 and Redis hold for one canonical address.
 *
 *   {"_cache":{"v":1,"key":"...","status":200,"stored":N,"fresh":N,
 *   "stale":N,"changed":N,"gen":N,"etag":"...","crc32c":"8 hex"},"item":
 *   the exact bytes served, then }; behind "stale" may stand "updating":N,
 *   "kept":N, "age":N and "date":N, behind "etag" "control":"...",
 *   "expires":"...", "vary":"...", "series":"...", "variant":"...",
 *   "tags":"...", "rules":"...", "validator":"..." and "modified":"..."
 *
 * One line, members in this order and form, so that a hit is checked by
 * offsets and sliced without a JSON parser.  crc32c (Castagnoli) is that of
 * all bytes before its eight digits followed by those of the item.
 */


#ifndef _NGX_HTTP_ARTICLE_VALUE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_VALUE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_HTTP_ARTICLE_KEY_LEN   16      /* bytes of SHA-256 kept: HEX32 */
#define NGX_HTTP_ARTICLE_ETAG_LEN  32

/* A header of the portal longer than this is not handed on. */
#define NGX_HTTP_ARTICLE_WORDS_LEN  256


typedef struct {
    ngx_str_t    key;           /* the canonical address it belongs to */
    ngx_uint_t   status;        /* 200, or 404 and 410 (item: a problem);
                                   others by article_read_status */
    time_t       stored;        /* Unix seconds, all five */
    time_t       fresh;         /* is fresh until */
    time_t       stale;         /* may be served stale until */
    time_t       updating;      /* while it is fetched anew; 0: not said */
    time_t       kept;          /* to be revalidated until; 0: not at all */
    time_t       changed;       /* the content is as it is since */
    uint64_t     generation;    /* when its fetch began, ms: zone_events.h */
    ngx_str_t    etag;          /* hex, without quotes */
    time_t       age;           /* seconds: the answer's when it came */
    time_t       date;          /* the portal's, Unix seconds; 0: none */
    ngx_str_t    control;       /* its Cache-Control and Expires, for */
    ngx_str_t    expires;       /* clients; empty: ours */
    ngx_str_t    vary;          /* names of headers passed on, or empty */
    ngx_str_t    series;        /* hex; of the page's variants */
    ngx_str_t    variant;       /* hex; which of them it is */
    ngx_str_t    tags;          /* what it is purged by: hex words */
    ngx_str_t    rules;         /* hex; by which portal file it was read */
    ngx_str_t    validator;     /* the portal's ETag, see revalidate.c */
    ngx_str_t    modified;      /* ... and Last-Modified; or empty */
    ngx_str_t    item;          /* exact bytes of the body */
    unsigned     gzip:1;        /* not stored: item is the gzip form */
    unsigned     brief:1;       /* likewise, of or as the summary */
} ngx_http_article_value_t;


/*
 * 1 if a header of the portal may be kept in a value: printable ASCII that
 * JSON need not escape, and not too long.
 */
ngx_uint_t ngx_http_article_value_keeps(ngx_str_t *header);

/* 1: item is an article or a feed, 0: a problem; whatever the status. */
#define ngx_http_article_value_readable(value)                                \
    ((value)->status == NGX_HTTP_ARTICLE_VALUE_OK || (value)->etag.len > 0)

#define NGX_HTTP_ARTICLE_VALUE_OK  200

/* When nobody has any use for it any more: Unix seconds. */
#define ngx_http_article_value_end(value)                                     \
    ngx_max((value)->stale, (value)->kept)

/* Its strings become the pool's own, but for the key; NGX_ERROR: no memory. */
ngx_int_t ngx_http_article_value_copy(ngx_pool_t *pool,
    ngx_http_article_value_t *value);

/* First 16 bytes of SHA-256 of the canonical address. */
void ngx_http_article_value_key(ngx_str_t *address, u_char *key);

/*
 * The whole stored value, in the pool; NGX_ERROR when memory is out.  It
 * must be changed <= stored <= fresh <= stale (a later changed is set back
 * to stored), and the item an object.
 */
ngx_int_t ngx_http_article_value_encode(ngx_pool_t *pool,
    ngx_http_article_value_t *value, ngx_str_t *out);

/*
 * Checks a stored value: form, version, that it belongs to address (a
 * swapped or foreign value does not), times, crc32c.  Slices of in, but
 * for the key, which is address.  NGX_DECLINED when it is damaged, foreign
 * or of another schema.
 */
ngx_int_t ngx_http_article_value_decode(ngx_str_t *in, ngx_str_t *address,
    ngx_http_article_value_t *value);


#endif /* _NGX_HTTP_ARTICLE_VALUE_H_INCLUDED_ */

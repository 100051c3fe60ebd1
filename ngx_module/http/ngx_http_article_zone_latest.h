
/*
 * Copyright (C) ngx_article authors
 *
 * The newest articles of each portal: a bounded list in the zone, newest
 * first, which article_latest answers from.  What comes into it is marked as
 * unsent until other hosts have been told.
 */


#ifndef _NGX_HTTP_ARTICLE_ZONE_LATEST_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ZONE_LATEST_H_INCLUDED_


#include "ngx_http_article_zone.h"


/* article_latest_source, for one portal. */
#define NGX_HTTP_ARTICLE_LATEST_SOURCES  8

/*
 * What an entry is.  A listing's never takes the place of what was read, nor
 * of what is gone; of two of listings one with a date does.
 */
#define NGX_HTTP_ARTICLE_LATEST_FULL     'f'    /* was read */
#define NGX_HTTP_ARTICLE_LATEST_PARTIAL  'p'    /* as a listing gives it */
#define NGX_HTTP_ARTICLE_LATEST_UNDATED  'u'    /* the same without a date */
#define NGX_HTTP_ARTICLE_LATEST_GONE     'g'    /* withdrawn, ended */


typedef struct {
    u_char      kind;
    unsigned    day:1;          /* only the day is known of published */
    u_char      id[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char      address[NGX_HTTP_ARTICLE_KEY_LEN];  /* of the page itself */
    u_char      base[NGX_HTTP_ARTICLE_KEY_LEN];     /* of what is stored */
    uint64_t    section;        /* a hash; 0: none */
    uint64_t    seen;           /* when first, ms */
    time_t      published;      /* Unix seconds; 0: unknown */
    ngx_str_t   json;           /* item of a feed; empty when it is gone */
} ngx_http_article_latest_t;


/* When an entry counts as published: never after it was seen. */
time_t ngx_http_article_latest_date(ngx_http_article_latest_t *entry);


/*
 * Puts it in, or in the place of what is there of the same id; one that is
 * older than the length newest is not kept.  remote: another host told it,
 * so it is not sent on.  NGX_OK when the list has changed.
 */
ngx_int_t ngx_http_article_zone_latest_put(ngx_shm_zone_t *shm_zone,
    u_char *list, ngx_uint_t length, ngx_http_article_latest_t *entry,
    ngx_uint_t remote);

/* What has that address is gone from the list; NGX_DECLINED: nothing has. */
ngx_int_t ngx_http_article_zone_latest_end(ngx_shm_zone_t *shm_zone,
    u_char *list, u_char *address);

/* 1 if something in the list has that address. */
ngx_uint_t ngx_http_article_zone_latest_has(ngx_shm_zone_t *shm_zone,
    u_char *list, u_char *address);

/* The same of all lists, by whoever is in the zone already. */
void ngx_http_article_zone_latest_withdraw(ngx_http_article_zone_t *zone,
    u_char *address);


/* Which entries are wanted. */
typedef struct {
    ngx_uint_t                  limit;
    time_t                      since;      /* -1: whenever */
    uint64_t                    section;    /* 0: any */
    ngx_http_article_latest_t  *before;     /* those behind it; NULL: all */
} ngx_http_article_latest_query_t;

typedef struct {
    ngx_array_t                 entries;    /* ngx_http_article_latest_t */
    ngx_uint_t                  more;       /* there are further ones */
    time_t                      changed;    /* 0: the list was never there */
} ngx_http_article_latest_page_t;

/* Copies, in the pool.  NGX_ERROR when memory is out. */
ngx_int_t ngx_http_article_zone_latest_page(ngx_shm_zone_t *shm_zone,
    u_char *list, ngx_http_article_latest_query_t *query, ngx_pool_t *pool,
    ngx_http_article_latest_page_t *page);


/*
 * An unsent entry, copied into the pool, which counts as sent from now on.
 * NGX_DECLINED when there is none.
 */
ngx_int_t ngx_http_article_zone_latest_unsent(ngx_shm_zone_t *shm_zone,
    u_char *list, ngx_pool_t *pool, ngx_http_article_latest_t *entry);

/* It was not sent after all; NULL: all of the list is to be sent again. */
void ngx_http_article_zone_latest_resend(ngx_shm_zone_t *shm_zone,
    u_char *list, u_char *id);

/* Up to where what other hosts have told is known. */
void ngx_http_article_zone_latest_at(ngx_shm_zone_t *shm_zone, u_char *list,
    uint64_t *epoch, uint64_t *sequence);
void ngx_http_article_zone_latest_read(ngx_shm_zone_t *shm_zone,
    u_char *list, uint64_t epoch, uint64_t sequence);


/* 1, once in so many ms over all workers: source n is to be fetched. */
ngx_uint_t ngx_http_article_zone_latest_due(ngx_shm_zone_t *shm_zone,
    u_char *list, ngx_uint_t n, ngx_msec_t interval);


typedef struct {
    ngx_uint_t                  items;
    ngx_uint_t                  unsent;
    time_t                      changed;
} ngx_http_article_latest_state_t;

void ngx_http_article_zone_latest_state(ngx_shm_zone_t *shm_zone,
    u_char *list, ngx_http_article_latest_state_t *state);


#endif /* _NGX_HTTP_ARTICLE_ZONE_LATEST_H_INCLUDED_ */


/*
 * Copyright (C) ngx_article authors
 *
 * A fetch of one page: it belongs to its key and to this worker, not to the
 * client that began it.  Every client that wants the page is a waiter.
 */


#ifndef _NGX_HTTP_ARTICLE_FETCH_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_FETCH_H_INCLUDED_


#include "ngx_http_article_detached.h"
#include "ngx_http_article_learn.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_uri.h"
#include "ngx_http_article_vary.h"


typedef struct ngx_http_article_fetch_s  ngx_http_article_fetch_t;


/* What came of it. */
typedef struct {
    article_reason_t            reason;     /* OK: value is an article */
    ngx_uint_t                  status;     /* of the answer to the client */
    ngx_str_t                   location;   /* of a redirect */
    ngx_http_article_value_t    value;      /* when it is OK, or stored */
    article_reason_t            unstored;   /* why not, or OK: it is stored */
    ngx_uint_t                  failure;    /* NGX_HTTP_ARTICLE_STALE_...: the
                                               portal failed; 0: it meant it */
    ngx_uint_t                  stored;     /* 1: it can be found now */
    ngx_uint_t                  unmodified; /* 1: the portal's 304 */
    ngx_uint_t                  shared;     /* 1: another host has fetched it,
                                               value is what it stored */
    article_kind_t              kind;       /* when it is OK */
    ngx_array_t                *listed;     /* for article_latest, or NULL */
} ngx_http_article_answer_t;


/* The answer is the fetch's, valid during the call. */
typedef void (*ngx_http_article_fetch_pt)(void *data,
    ngx_http_article_answer_t *answer);


typedef struct {
    ngx_queue_t                 queue;
    ngx_http_article_fetch_t   *fetch;      /* NULL: waits for nothing */
    ngx_http_article_fetch_pt   handler;
    void                       *data;
} ngx_http_article_waiter_t;


/* What a fetch is begun with; its strings are copied. */
typedef struct {
    u_char                       *key;
    ngx_str_t                     base;     /* the page's key as text */
    ngx_str_t                     address;  /* key as text */
    ngx_str_t                     series;   /* of its variants, if known */
    ngx_msec_t                    left;     /* for Redis; 0: nothing */
    ngx_http_article_page_t      *page;
    ngx_http_article_loc_conf_t  *conf;
    ngx_array_t                  *headers;  /* passed on: of ngx_keyval_t */
    ngx_http_article_value_t     *old;      /* what was stored, or NULL */
    uint64_t                      lock;     /* of the zone */
    unsigned                      locked:1; /* the lock is ours */
    unsigned                      store:1;
    unsigned                      alone:1;  /* nobody else may join */
    unsigned                      recheck:1;    /* for a soft purge */
    unsigned                      reread:1;     /* old is to be read again */
} ngx_http_article_fetch_conf_t;


/* fetch_hosts.c: the right to fetch, over hosts. */
typedef struct {
    ngx_http_article_redis_op_t  *lock;     /* asked for, or NULL */
    ngx_http_article_redis_op_t  *look;     /* the value is, or NULL */
    ngx_event_t                   timer;    /* of the next look */
    ngx_msec_t                    pause;
    ngx_msec_t                    left;     /* to wait for Redis, at most */
    ngx_msec_t                    deadline; /* for the other host */
    ngx_msec_t                    until;    /* the lock ends by itself */
    uint64_t                      purges;   /* before the last look */
    u_char                        token[NGX_HTTP_ARTICLE_REDIS_TOKEN_LEN];
    unsigned                      held:1;
    unsigned                      failed:1;
} ngx_http_article_hosts_t;


struct ngx_http_article_fetch_s {
    ngx_queue_t                   queue;    /* of the worker's fetches */
    ngx_queue_t                   waiters;

    ngx_pool_t                   *pool;
    u_char                        key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char                        base_key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_str_t                     base;     /* where variants are found */
    ngx_str_t                     address;  /* key as text */
    ngx_str_t                     series;
    ngx_str_t                     variant;  /* address of what was fetched */
    ngx_array_t                  *passed;   /* of ngx_keyval_t, or NULL */
    ngx_http_article_page_t       page;
    ngx_http_article_loc_conf_t  *conf;
    ngx_http_article_main_conf_t *main_conf;

    ngx_str_t                     old_etag;
    ngx_str_t                     old_item;
    time_t                        old_changed;
    ngx_http_article_value_t     *kept;     /* the portal is asked whether it
                                               has changed; or NULL */

    uint64_t                      lock;
    ngx_http_article_hosts_t      hosts;
    uint64_t                      purges;   /* of the base, at the start */
    uint64_t                      generation;

    ngx_http_article_detached_t  *detached;
    ngx_event_t                   timer;    /* article_fetch_timeout */
    ngx_msec_t                    started;
    ngx_http_article_capture_t    capture;
    ngx_http_article_lesson_t    *lesson;   /* the page teaches, or NULL */
    ngx_http_article_plan_t      *plan;     /* it is read by, or NULL */

    unsigned                      locked:1;
    unsigned                      store:1;
    unsigned                      purged:1;
    unsigned                      recheck:1;
};


/* This worker's fetch of a key that was not purged since, or NULL. */
ngx_http_article_fetch_t *ngx_http_article_fetch_find(u_char *key);

/* What this worker fetches of the page will not be stored, nor joined. */
void ngx_http_article_fetch_purge(u_char *base_key);

/* 0: so many are fetched for soft purges already that one has to wait. */
ngx_uint_t ngx_http_article_fetch_may_recheck(void);

/*
 * Begins one, in the server and with the log of r; the waiters of it are
 * called later, never from in here.  NULL when it could not begin: then the
 * lock is still the caller's.
 */
ngx_http_article_fetch_t *ngx_http_article_fetch_start(ngx_http_request_t *r,
    ngx_http_article_fetch_conf_t *conf);

/* The waiter must leave before its memory goes, unless it was called. */
void ngx_http_article_fetch_join(ngx_http_article_fetch_t *fetch,
    ngx_http_article_waiter_t *waiter);
void ngx_http_article_fetch_leave(ngx_http_article_waiter_t *waiter);

/* The portal is asked now. */
void ngx_http_article_fetch_run(ngx_http_article_fetch_t *fetch);

/* Calls the waiters, gives the locks back, frees the fetch. */
void ngx_http_article_fetch_end(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer);

/*
 * fetch_hosts.c: NGX_AGAIN: it will be _run() or _end()ed, once it is known
 * what other hosts do; NGX_DECLINED: Redis, asked for left ms at most, does
 * not tell.
 */
ngx_int_t ngx_http_article_fetch_hosts(ngx_http_article_fetch_t *fetch,
    ngx_msec_t left);
void ngx_http_article_fetch_hosts_end(ngx_http_article_fetch_t *fetch);

/*
 * As ngx_http_article_zone_good(), and NGX_BUSY too where it was read by an
 * older portal file.
 */
ngx_int_t ngx_http_article_fetch_good(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_loc_conf_t *alcf, u_char *base_key,
    ngx_http_article_value_t *value);

/*
 * outcome.c: what the portal's answer comes to; rc is what the subrequest
 * ended with.  The strings are in fetch->pool.
 */
void ngx_http_article_outcome(ngx_http_article_fetch_t *fetch, ngx_int_t rc,
    ngx_http_article_answer_t *answer);

/*
 * refusals.c: of each article, why it is not stored (ARTICLE_OK: it is); where
 * a portal's are refused one after the other, the log says so once.
 */
void ngx_http_article_refusals(ngx_http_article_fetch_t *fetch,
    article_reason_t reason, ngx_http_article_freshness_t *freshness);

/*
 * revalidate.c: of conf->old: since when it is so; and may the portal be asked
 * whether it has changed?  Then fetch->kept is a copy of it.  And what it is
 * asked with.
 */
ngx_int_t ngx_http_article_revalidate(ngx_http_article_fetch_t *fetch,
    ngx_http_article_fetch_conf_t *conf);
ngx_int_t ngx_http_article_revalidate_headers(
    ngx_http_article_fetch_t *fetch, ngx_array_t *headers);

/* It has not: answer is the stored one, capture.headers theirs together. */
article_reason_t ngx_http_article_revalidated(
    ngx_http_article_fetch_t *fetch, ngx_http_article_answer_t *answer);

/*
 * What the page's next fetch can be asked with; and how long the value is to
 * be kept for that: seconds from fresh on.
 */
void ngx_http_article_revalidate_keep(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value, time_t seconds);

/* The worker's engine goes. */
void ngx_http_article_outcome_exit(void);


#endif /* _NGX_HTTP_ARTICLE_FETCH_H_INCLUDED_ */

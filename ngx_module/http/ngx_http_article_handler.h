
/*
 * Copyright (C) ngx_article authors
 *
 * A request to article_json.
 */


#ifndef _NGX_HTTP_ARTICLE_HANDLER_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_HANDLER_H_INCLUDED_


#include "ngx_http_article_events.h"
#include "ngx_http_article_fetch.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_respond.h"


/* Of $article_cache_status; X(enum name, word). */
#define NGX_HTTP_ARTICLE_CACHE_STATUSES(X)                                    \
    X(NONE, "")                                                               \
    X(MISS, "MISS")             /* nothing stored: fetched */                 \
    X(EXPIRED, "EXPIRED")       /* stored, but old: fetched anew */           \
    X(REVALIDATED, "REVALIDATED")   /* likewise: the portal's 304 */          \
    X(HIT, "HIT")                                                             \
    X(NEGATIVE, "NEGATIVE")     /* a stored 404 or 410 */                     \
    X(STALE, "STALE")           /* old: the portal failed, or is asked now */ \
    X(UPDATING, "UPDATING")     /* old: others fetch it anew already */       \
    X(BYPASS, "BYPASS")         /* not looked for, by directive or header */ \
    X(REFUSED, "REFUSED")       /* path or method */                          \
    X(PURGED, "PURGED")

#define NGX_HTTP_ARTICLE_CACHE_STATUS_ENUM(name, word)                        \
    NGX_HTTP_ARTICLE_CACHE_##name,

typedef enum {
    NGX_HTTP_ARTICLE_CACHE_STATUSES(NGX_HTTP_ARTICLE_CACHE_STATUS_ENUM)
    NGX_HTTP_ARTICLE_CACHE_STATUSES_NUMBER
} ngx_http_article_cache_status_e;


/* Of $article_cache_level. */
typedef enum {
    NGX_HTTP_ARTICLE_LEVEL_NONE = 0,
    NGX_HTTP_ARTICLE_LEVEL_L1,
    NGX_HTTP_ARTICLE_LEVEL_REDIS,
    NGX_HTTP_ARTICLE_LEVEL_ORIGIN
} ngx_http_article_level_e;


/* The states of a request: see handler.c. */
typedef enum {
    NGX_HTTP_ARTICLE_L1 = 0,
    NGX_HTTP_ARTICLE_L2,
    NGX_HTTP_ARTICLE_L2_WAIT,
    NGX_HTTP_ARTICLE_LOCK,
    NGX_HTTP_ARTICLE_LOCK_WAIT,
    NGX_HTTP_ARTICLE_FETCH,
    NGX_HTTP_ARTICLE_FETCH_WAIT,
    NGX_HTTP_ARTICLE_FETCHED,
    NGX_HTTP_ARTICLE_SEND,
    NGX_HTTP_ARTICLE_REFUSE,
    NGX_HTTP_ARTICLE_PURGE,
    NGX_HTTP_ARTICLE_PURGE_WAIT,
    NGX_HTTP_ARTICLE_PURGE_DONE
} ngx_http_article_state_e;


typedef struct {
    ngx_http_request_t               *request;
    ngx_http_article_loc_conf_t      *conf;
    ngx_http_article_main_conf_t     *main_conf;

    ngx_http_article_state_e          state;

    ngx_http_article_page_t           page;
    ngx_str_t                         base;     /* article_cache_key */
    ngx_str_t                         address;  /* base, or of a variant */
    u_char                            key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char                            base_key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_array_t                      *headers;  /* passed on, or NULL */
    ngx_str_t                         series;   /* of the page's variants */

    ngx_http_article_value_t          value;    /* to send */
    ngx_http_article_value_t          old;      /* found, but expired */
    ngx_http_article_answer_t         answer;   /* of a fetch */

    ngx_http_article_redis_op_t      *op;       /* NULL: nothing asked */
    ngx_msec_t                        asked;    /* when it was */
    ngx_msec_t                        waited;   /* for all before */
    ngx_http_article_redis_result_e   purged;
    ngx_http_article_event_t          event;    /* what PURGE says */
    ngx_str_t                         tag;      /* ... of: or its address */
    article_reason_t                  redis_reason;
    article_reason_t                  refused;
    article_reason_t                  reason;   /* $article_reason */
    ngx_http_article_waiter_t         waiter;
    ngx_event_t                       timer;    /* looks at the lock again */
    ngx_msec_t                        deadline; /* of the wait for a lock */
    uint64_t                          lock;
    uint64_t                          purges;   /* before Redis was asked */

    ngx_http_article_cache_status_e   cache_status;
    ngx_http_article_level_e          level;
    ngx_http_article_level_e          old_level;
    ngx_http_article_keep_e           keep;

    unsigned                          has_old:1;
    unsigned                          locked:1;
    unsigned                          impatient:1;  /* fetches unlocked */
    unsigned                          joined:1;     /* another's fetch */
    unsigned                          bypass:1;     /* nothing is looked up */
    unsigned                          alone:1;      /* nor shared */
    unsigned                          waiting:1;    /* and counted so */
    unsigned                          in_l1:1;      /* purge: it was there */
    unsigned                          recheck:1;    /* old: but for a purge */
    unsigned                          reread:1;     /* not as it was read */
    unsigned                          varied:4;     /* times it was another */
} ngx_http_article_ctx_t;


ngx_int_t ngx_http_article_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_article_status_handler(ngx_http_request_t *r);

/* After every event: goes on, and ends the request when it is done. */
void ngx_http_article_resume(ngx_http_article_ctx_t *ctx);

/* Refuses by a problem, and says so in the log. */
ngx_int_t ngx_http_article_refuse(ngx_http_article_ctx_t *ctx,
    article_reason_t reason);

/*
 * admit.c: sets the first state.  NGX_DECLINED: the request is to be
 * answered; anything else: it was refused, with that.
 */
ngx_int_t ngx_http_article_admit(ngx_http_article_ctx_t *ctx);

/* key.c: the key as text and as bytes; ctx->headers. */
ngx_int_t ngx_http_article_key(ngx_http_article_ctx_t *ctx);

/*
 * Is the value what this request's headers ask for?  NGX_DECLINED: another
 * variant is, and the key is that one's now.
 */
ngx_int_t ngx_http_article_key_vary(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value);

/* lookup.c: L1 and Redis; NGX_OK: found and fresh, in ctx->value. */
ngx_int_t ngx_http_article_lookup_l1(ngx_http_article_ctx_t *ctx);
ngx_int_t ngx_http_article_lookup_redis(ngx_http_article_ctx_t *ctx);

/* A fresh value is what will be sent. */
void ngx_http_article_lookup_found(ngx_http_article_ctx_t *ctx,
    ngx_http_article_value_t *value, ngx_http_article_level_e level);

/*
 * Milliseconds that are left of the request's one deadline for Redis; 0 too
 * where its fetch is nobody else's business.
 */
ngx_msec_t ngx_http_article_redis_left(ngx_http_article_ctx_t *ctx);

/* purge.c; NGX_AGAIN while Redis is waited for. */
ngx_uint_t ngx_http_article_purge_method(ngx_http_request_t *r);
ngx_int_t ngx_http_article_purge_allowed(ngx_http_article_ctx_t *ctx);
ngx_int_t ngx_http_article_purge(ngx_http_article_ctx_t *ctx);
ngx_int_t ngx_http_article_purge_done(ngx_http_article_ctx_t *ctx);

/*
 * purge_order.c: what PURGE is to do, by X-Article-Purge: ctx->event and
 * ctx->tag.  NGX_DECLINED: a word is not known, NGX_ERROR: no memory.
 */
ngx_int_t ngx_http_article_purge_order(ngx_http_article_ctx_t *ctx);

/* send.c: sends ctx->value, by ctx->cache_status. */
ngx_int_t ngx_http_article_send_found(ngx_http_article_ctx_t *ctx);

/* Bits of a key's last byte: what stands in L1 beside an article. */
#define NGX_HTTP_ARTICLE_FORM_GZIP   0x01
#define NGX_HTTP_ARTICLE_FORM_BRIEF  0x02

/* form.c: the summary in place of the item, if it is wanted. */
void ngx_http_article_form_use(ngx_http_article_ctx_t *ctx);

/* Where L1 has what ctx->value is now, and its ETag, 32 bytes. */
void ngx_http_article_form_key(ngx_http_article_ctx_t *ctx, u_char *key,
    u_char *etag);

/* A redirect to another article, in the form that was asked for. */
ngx_int_t ngx_http_article_form_redirect(ngx_http_article_ctx_t *ctx,
    ngx_uint_t status, ngx_str_t *location);

/* listing.c: a listing's feed without what was withdrawn. */
ngx_int_t ngx_http_article_listing_use(ngx_http_article_ctx_t *ctx);

/* gzip.c: the stored gzip form in place of the item, if it is wanted. */
void ngx_http_article_gzip_use(ngx_http_article_ctx_t *ctx);

/* cache_status.c: Age and Cache-Status of the answer to a GET. */
ngx_int_t ngx_http_article_cache_headers(ngx_http_article_ctx_t *ctx);

/* variables.c */
ngx_int_t ngx_http_article_add_variables(ngx_conf_t *cf);


#endif /* _NGX_HTTP_ARTICLE_HANDLER_H_INCLUDED_ */

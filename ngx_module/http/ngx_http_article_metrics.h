
/*
 * Copyright (C) ngx_article authors
 *
 * What article_status tells of each portal: counted by all workers in the
 * shared zone, without its lock, for good (also over reloads).  Nothing here
 * has a label that a client can choose.
 */


#ifndef _NGX_HTTP_ARTICLE_METRICS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_METRICS_H_INCLUDED_


#include "ngx_http_article_handler.h"


/* Portals that are counted; further ones share the last place. */
#define NGX_HTTP_ARTICLE_METRICS_MAX      64

/* No more than this part of the zone. */
#define NGX_HTTP_ARTICLE_METRICS_PART     16

#define NGX_HTTP_ARTICLE_METRICS_NAME     64

/* Bounds of a histogram, and one for what is longer. */
#define NGX_HTTP_ARTICLE_METRICS_BOUNDS   14

/* Today and the seven days before. */
#define NGX_HTTP_ARTICLE_METRICS_DAYS     8

/* A rule that has found nothing on so many pages has gone stale. */
#define NGX_HTTP_ARTICLE_METRICS_IDLE     100

/* First digits of a status; 0: there was none. */
#define NGX_HTTP_ARTICLE_METRICS_DIGITS   6

#define NGX_HTTP_ARTICLE_METRICS_LEVELS   (NGX_HTTP_ARTICLE_LEVEL_ORIGIN + 1)
#define NGX_HTTP_ARTICLE_METRICS_KINDS    4

/* X(enum name, word): who chose the text; words as in _article.method. */
#define NGX_HTTP_ARTICLE_METHODS(X)                                           \
    X(GENERIC, "generic")                                                     \
    X(RULE, "rule")                                                           \
    X(LEARNED, "learned")

#define NGX_HTTP_ARTICLE_METHOD_ENUM(name, word)                              \
    NGX_HTTP_ARTICLE_METHOD_##name,

typedef enum {
    NGX_HTTP_ARTICLE_METHODS(NGX_HTTP_ARTICLE_METHOD_ENUM)
    NGX_HTTP_ARTICLE_METHODS_NUMBER
} ngx_http_article_method_e;


/* What a portal's pages were on one day: an average of them tells of rot. */
typedef struct {
    ngx_atomic_t                day;        /* since 1970, local */
    ngx_atomic_t                pages;      /* asked of the portal */
    ngx_atomic_t                refused;    /* ... that came to no JSON */
    ngx_atomic_t                articles;
    ngx_atomic_t                undated;
    ngx_atomic_t                unsigned_;  /* without an author */
    ngx_atomic_t                bytes;      /* of pages on the strip path */
    ngx_atomic_t                cut;        /* ... that were cut */
} ngx_http_article_day_t;


typedef struct {
    ngx_atomic_t                count[NGX_HTTP_ARTICLE_METRICS_BOUNDS + 1];
    ngx_atomic_t                sum;        /* microseconds */
} ngx_http_article_histogram_t;


typedef struct {
    ngx_atomic_t                taken;
    size_t                      len;
    u_char                      name[NGX_HTTP_ARTICLE_METRICS_NAME];

    ngx_atomic_t                requests[NGX_HTTP_ARTICLE_CACHE_STATUSES_NUMBER]
                                        [NGX_HTTP_ARTICLE_METRICS_LEVELS];
    ngx_atomic_t                reason[ARTICLE_REASONS_NUMBER];
    ngx_atomic_t                read[NGX_HTTP_ARTICLE_METRICS_KINDS]
                                    [NGX_HTTP_ARTICLE_METHODS_NUMBER];
    ngx_atomic_t                undated;
    ngx_atomic_t                unsigned_;
    ngx_atomic_t                origin[NGX_HTTP_ARTICLE_METRICS_DIGITS];
                                            /* answers, by the status' first
                                               digit; 0: none */
    ngx_http_article_histogram_t  fetch_time;
    ngx_http_article_histogram_t  read_time;

    ngx_atomic_t                pages;      /* on the strip path */
    ngx_atomic_t                cut_pages;
    ngx_atomic_t                bytes;
    ngx_atomic_t                cut_bytes;

    ngx_http_article_day_t      day[NGX_HTTP_ARTICLE_METRICS_DAYS];

    /* rule n found something on page last[n] of found[strip or not] */

    ngx_atomic_t                rules;      /* sum of the file they are of */
    ngx_atomic_t                found[2];
    uint32_t                    last[ARTICLE_PORTAL_RULES];
} ngx_http_article_portal_metrics_t;


struct ngx_http_article_metrics_s {
    ngx_uint_t                         number;  /* of places */
    ngx_http_article_histogram_t       request_time
                                           [NGX_HTTP_ARTICLE_METRICS_LEVELS];
    ngx_http_article_histogram_t       redis_time;
    ngx_http_article_portal_metrics_t  portal[1];
};


/* Bytes of shared memory in a zone of that size; what they begin as. */
size_t ngx_http_article_metrics_size(size_t zone);
void ngx_http_article_metrics_init(ngx_http_article_metrics_t *metrics,
    size_t zone);

/* The zone's, or NULL. */
ngx_http_article_metrics_t *ngx_http_article_metrics(ngx_shm_zone_t *shm_zone);

/* A request to article_json has been answered. */
void ngx_http_article_metrics_request(ngx_http_article_ctx_t *ctx);

/* A page was asked of the portal: its status (0: none), what came of it. */
void ngx_http_article_metrics_fetch(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer, ngx_uint_t status);

/* A page was read in so many microseconds of CPU. */
void ngx_http_article_metrics_read(ngx_http_article_fetch_t *fetch,
    article_result_t *result, uint64_t time);

/* A page has gone through the cutter, or not, for the reason. */
void ngx_http_article_metrics_strip(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place, article_strip_t *strip, uint64_t bytes,
    uint64_t cut);
void ngx_http_article_metrics_reason(ngx_shm_zone_t *shm_zone,
    ngx_http_article_place_t *place, article_reason_t reason);

/* Redis has answered after so many microseconds. */
void ngx_http_article_metrics_redis(ngx_shm_zone_t *shm_zone, uint64_t time);

/* 1 if that is the portal's name; if some portal has it. */
ngx_uint_t ngx_http_article_metrics_named(
    ngx_http_article_portal_metrics_t *portal, ngx_str_t *name);
ngx_uint_t ngx_http_article_metrics_knows(
    ngx_http_article_metrics_t *metrics, ngx_str_t *name);

/* A bound in microseconds. */
uint64_t ngx_http_article_metrics_bound(ngx_uint_t n);

/* 1 if rule n, of strip or not, has found nothing for long. */
ngx_uint_t ngx_http_article_metrics_idle(
    ngx_http_article_portal_metrics_t *portal, ngx_uint_t n,
    ngx_uint_t strip);

/* The day, and the seven before it as one. */
void ngx_http_article_metrics_day(ngx_http_article_portal_metrics_t *portal,
    ngx_http_article_day_t *today, ngx_http_article_day_t *week);


#endif /* _NGX_HTTP_ARTICLE_METRICS_H_INCLUDED_ */


/*
 * Copyright (C) ngx_article authors
 *
 * Latest: a feed of a portal's newest articles, kept as articles are stored.
 *
 *   latest_conf.c    the directives
 *   latest_take.c    what was fetched comes into the list, or leaves it
 *   latest.c         the answer; latest_args.c: what it is asked for
 *   latest_source.c  listings that are fetched again and again
 *   zone_latest.c    the list; redis_latest.c: that of all hosts
 */


#ifndef _NGX_HTTP_ARTICLE_LATEST_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_LATEST_H_INCLUDED_


#include "ngx_http_article_conf.h"
#include "ngx_http_article_fetch.h"
#include "ngx_http_article_zone_latest.h"


/* Items of an answer, and entries of a list. */
#define NGX_HTTP_ARTICLE_LATEST_PAGE        20
#define NGX_HTTP_ARTICLE_LATEST_PAGE_MAX    100
#define NGX_HTTP_ARTICLE_LATEST_LENGTH      500
#define NGX_HTTP_ARTICLE_LATEST_LENGTH_MIN  20
#define NGX_HTTP_ARTICLE_LATEST_LENGTH_MAX  2000


/* article_latest_source: a listing, and by which location it is read. */
typedef struct {
    ngx_str_t                         uri;          /* as it is written */
    ngx_msec_t                        interval;
    ngx_http_article_page_t           page;
    ngx_http_article_loc_conf_t      *conf;
    ngx_http_conf_ctx_t              *server;
    void                            **loc_conf;
    ngx_http_article_main_conf_t     *main_conf;
    ngx_http_article_redis_op_t      *op;           /* turn, or NULL */
} ngx_http_article_source_t;


/* A portal that has an article_latest, known by its host. */
struct ngx_http_article_latest_portal_s {
    ngx_str_t                         host;
    u_char                            key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_uint_t                        length;
    ngx_array_t                       sources;      /* of the above */
    ngx_http_article_latest_peer_t   *peer;         /* redis_latest.c's */
};


/* What a request asks for. */
typedef struct {
    ngx_http_article_latest_query_t   query;
    ngx_http_article_latest_t         before;
    ngx_str_t                         section;      /* decoded; or empty */
    ngx_uint_t                        first;        /* nothing but a section */
} ngx_http_article_latest_args_t;


char *ngx_http_article_latest_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_latest_source_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);

/* Of a location, when its article_base_url is known. */
char *ngx_http_article_latest_merge(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf);

/* When all locations are known: which portals there are. */
ngx_int_t ngx_http_article_latest_init(ngx_conf_t *cf);

/* A location with article_json, for sources. */
ngx_int_t ngx_http_article_latest_json(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *conf);

ngx_int_t ngx_http_article_latest_handler(ngx_http_request_t *r);

/* NGX_DECLINED: an argument cannot be read; NGX_ERROR: no memory. */
ngx_int_t ngx_http_article_latest_args(ngx_http_request_t *r,
    ngx_http_article_latest_args_t *args);

/* The hash of a section of a portal. */
uint64_t ngx_http_article_latest_section(ngx_str_t *base_url,
    ngx_str_t *section);

/*
 * What was read, in short: into answer->listed, an array of
 * ngx_http_article_latest_t in the fetch's pool.
 */
void ngx_http_article_latest_read(ngx_http_article_fetch_t *fetch,
    article_result_t *result, ngx_http_article_answer_t *answer);

/* What the portal said is final: into the list with it, or out of it. */
void ngx_http_article_latest_take(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer);

/* 1 if the page that is fetched is in the list. */
ngx_uint_t ngx_http_article_latest_has(ngx_http_article_fetch_t *fetch);

/* One worker of a host begins to fetch sources, and to tell other hosts. */
ngx_int_t ngx_http_article_latest_init_process(ngx_cycle_t *cycle);

/*
 * redis_latest.c: tells other hosts what is new here, and takes what is new
 * there.  Called again and again by one worker of a host; waits for nothing.
 */
void ngx_http_article_redis_latest(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_latest_portal_t *portal);

/*
 * redis_latest.c: STATUS: it is this host's turn to fetch the source, NIL:
 * another one has it, for age ms.  NULL: Redis cannot be asked.
 */
ngx_http_article_redis_op_t *ngx_http_article_redis_latest_turn(
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_str_t *source,
    ngx_msec_t age, ngx_http_article_redis_pt handler, void *data);

/* "latest" of article_status: a member and a comma. */
size_t ngx_http_article_latest_status_size(
    ngx_http_article_main_conf_t *amcf);
u_char *ngx_http_article_latest_status(u_char *p,
    ngx_http_article_main_conf_t *amcf);


#endif /* _NGX_HTTP_ARTICLE_LATEST_H_INCLUDED_ */

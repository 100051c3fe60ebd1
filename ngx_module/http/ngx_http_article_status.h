
/*
 * Copyright (C) ngx_article authors
 *
 * The forms of article_status.
 */


#ifndef _NGX_HTTP_ARTICLE_STATUS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_STATUS_H_INCLUDED_


#include "ngx_http_article_metrics.h"


/* A portal that is known: by its file, or as it was counted. */
typedef struct {
    ngx_str_t                           name;
    const article_portal_t             *portal;     /* its file, or NULL */
    ngx_http_article_portal_metrics_t  *metrics;    /* NULL: no page yet */
    ngx_http_article_day_t              today;
    ngx_http_article_day_t              week;       /* before */
} ngx_http_article_portal_view_t;


/* The n-th: 1 and *view, or 0 behind the last. */
ngx_uint_t ngx_http_article_status_portal(ngx_http_article_main_conf_t *amcf,
    ngx_uint_t n, ngx_http_article_portal_view_t *view);

/* Rule n of its file: NGX_OK, NGX_DECLINED: no rule, NGX_DONE: behind them. */
ngx_int_t ngx_http_article_status_rule(ngx_http_article_portal_view_t *view,
    ngx_uint_t n, article_portal_judged_t *rule, ngx_uint_t *idle);

/* How many rules the file has; or how many of them have gone stale. */
ngx_uint_t ngx_http_article_status_rules(
    ngx_http_article_portal_view_t *view, ngx_uint_t stale);

/* The first stale rule from *n on: 1, its word, and *n behind it; or 0. */
ngx_uint_t ngx_http_article_status_stale(
    ngx_http_article_portal_view_t *view, ngx_uint_t *n, ngx_str_t *word);

/* Words of tables. */
extern const char  *ngx_http_article_counter_words[];
extern const char  *ngx_http_article_counter_helps[];
extern const char  *ngx_http_article_method_words[];
extern const char  *ngx_http_article_kind_words[];
extern const char  *ngx_http_article_level_words[];
extern const char  *ngx_http_article_status_words[];
extern const char  *ngx_http_article_digit_words[];

void ngx_http_article_status_json(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
void ngx_http_article_status_prometheus(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
void ngx_http_article_status_html(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);


#endif /* _NGX_HTTP_ARTICLE_STATUS_H_INCLUDED_ */

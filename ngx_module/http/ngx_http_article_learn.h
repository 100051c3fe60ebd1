
/*
 * Copyright (C) ngx_article authors
 *
 * Learning a portal's template from the pages that pass.
 *
 *   page passes --sampled?--> copy --whole--> thread: observe, then
 *                                             zone's state += observation
 *   each worker, three times a second: has a plan changed?  compile it
 *
 * A plan belongs to a portal: to the portal file's where there is one, else
 * to the host of article_base_url or the server's name.  Never to what a
 * client wrote into Host.
 */


#ifndef _NGX_HTTP_ARTICLE_LEARN_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_LEARN_H_INCLUDED_


#include "ngx_http_article_strip_conf.h"
#include "ngx_http_article_zone_plan.h"


/* article_learn */
#define NGX_HTTP_ARTICLE_LEARN_OFF      0
#define NGX_HTTP_ARTICLE_LEARN_OBSERVE  1
#define NGX_HTTP_ARTICLE_LEARN_APPLY    2


typedef struct ngx_http_article_lesson_s     ngx_http_article_lesson_t;
typedef struct ngx_http_article_plan_peer_s  ngx_http_article_plan_peer_t;


/* A compiled plan; freed when nobody cuts by it any more. */
typedef struct {
    article_portal_t           *portal;
    ngx_uint_t                  refs;
} ngx_http_article_plan_use_t;


/* Of one portal; made when the configuration is read. */
struct ngx_http_article_plan_s {
    ngx_str_t                    name;
    ngx_str_t                    host;
    u_char                       key[NGX_HTTP_ARTICLE_KEY_LEN];
    const article_portal_t      *written;   /* the portal file, or NULL */
    ngx_uint_t                   apply;     /* some location cuts by it */

    /* of the worker */
    ngx_http_article_plan_use_t *use;       /* in force, or NULL */
    uint64_t                     revision;  /* of use */
    ngx_http_article_plan_peer_t *peer;     /* what other hosts know */
};


/* What article_learn and its kin set, and what follows from it. */
struct ngx_http_article_learn_s {
    ngx_array_t                  plans;     /* ngx_http_article_plan_t * */
    ngx_array_t                  locations; /* that are to be looked at */
    ngx_int_t                    threads;
    time_t                       age;
    ngx_shm_zone_t              *shm_zone;  /* NULL: nothing is learned */
    void                        *pool;      /* of threads, or NULL */
    size_t                       max_page;
};


/* learn_conf.c: directives, and which plan a location has. */

char *ngx_http_article_learn_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
char *ngx_http_article_learn_merge(ngx_conf_t *cf,
    ngx_http_article_strip_conf_t *prev, ngx_http_article_strip_conf_t *conf);
ngx_int_t ngx_http_article_learn_init(ngx_conf_t *cf);

/* The plan of a page, whose portal file is written or NULL; or NULL. */
ngx_http_article_plan_t *ngx_http_article_learn_plan(ngx_http_request_t *r,
    const article_portal_t *written);

/* As above, where the location of r says "apply"; else NULL. */
ngx_http_article_plan_t *ngx_http_article_learn_applied(
    ngx_http_request_t *r, const article_portal_t *written);

/* The plan of a name; NULL when there is none. */
ngx_http_article_plan_t *ngx_http_article_learn_find(
    ngx_http_article_learn_t *learn, ngx_str_t *name);

/*
 * The time as a learner is told it: article_learn_age seconds are its day.
 * And back.
 */
time_t ngx_http_article_learn_clock(ngx_http_article_learn_t *learn,
    time_t created, time_t now);
time_t ngx_http_article_learn_unclock(ngx_http_article_learn_t *learn,
    time_t created, time_t then);


/*
 * learn.c.  begin: a lesson if this page of r, that nobody in particular
 * asked for, is to be looked at, else NULL; url is its public address, or
 * NULL: what r asked for.  add: copies bytes of the page,
 * as long as there are not too many.  end: that was the whole page, a thread
 * looks at it.  drop: it was not.  The lesson is gone after end and drop.
 */
ngx_http_article_lesson_t *ngx_http_article_learn_begin(
    ngx_http_request_t *r, ngx_http_article_plan_t *plan, ngx_str_t *url);
void ngx_http_article_learn_add(ngx_http_article_lesson_t *lesson,
    u_char *pos, u_char *last);
void ngx_http_article_learn_end(ngx_http_article_lesson_t *lesson,
    ngx_str_t *charset);
void ngx_http_article_learn_drop(ngx_http_article_lesson_t *lesson);
void ngx_http_article_learn_exit(void);

/* What is told of all plans in article_status. */
size_t ngx_http_article_learn_status_size(ngx_http_article_learn_t *learn);
u_char *ngx_http_article_learn_status(u_char *p,
    ngx_http_article_learn_t *learn);


/* plan.c: plans as workers cut by them. */

ngx_int_t ngx_http_article_plan_init_process(ngx_cycle_t *cycle);

/* Compiles what has changed. */
void ngx_http_article_plan_check(ngx_http_article_learn_t *learn);

/* The plan in force, to be released; NULL: there is none. */
ngx_http_article_plan_use_t *ngx_http_article_plan_use(
    ngx_http_article_plan_t *plan);
void ngx_http_article_plan_release(ngx_http_article_plan_use_t *use);

/*
 * Changes a plan in the zone: change() works on a learner, and is called
 * again when another was faster.  Any reason but OK of it ends all.  The
 * revision rises if the plan in force or what waits has changed, or rise is
 * set.  May be called from a thread.
 */
typedef article_reason_t (*ngx_http_article_plan_change_pt)(
    article_learner_t *learner, ngx_http_article_plan_state_t *state,
    void *data);

article_reason_t ngx_http_article_plan_change(
    ngx_http_article_learn_t *learn, ngx_http_article_plan_t *plan,
    ngx_uint_t rise, ngx_http_article_plan_change_pt change, void *data);

/* plan_handler.c: "article_plan". */
char *ngx_http_article_plan_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);


#endif /* _NGX_HTTP_ARTICLE_LEARN_H_INCLUDED_ */

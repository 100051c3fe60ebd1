
/*
 * Copyright (C) ngx_article authors
 *
 * Lessons: a page is copied while it passes, and looked at in a thread.
 * The response waits for nothing here.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_learn.h"


/* Pages of a worker that are being copied, or wait for the thread. */
#define NGX_HTTP_ARTICLE_LESSONS       8

/* A page's copy begins with so many bytes, and doubles. */
#define NGX_HTTP_ARTICLE_LESSON_SIZE   65536

/* The thread has a host for so many milliseconds at most. */
#define NGX_HTTP_ARTICLE_LESSON_AGE    30000

/* Bytes of an IPv6 address that are one client's. */
#define NGX_HTTP_ARTICLE_LESSON_INET6  8


struct ngx_http_article_lesson_s {
    ngx_pool_t                *pool;
    ngx_http_article_learn_t  *learn;
    ngx_http_article_plan_t   *plan;

    ngx_str_t                  url;
    ngx_str_t                  base_url;
    ngx_str_t                  charset;
    u_char                    *page;        /* of ngx_alloc() */
    size_t                     len;
    size_t                     size;
    size_t                     max;
    uint64_t                   lock;

    /* what came of it */
    article_reason_t           reason;
    uint64_t                   waiting;     /* number of a plan that now does */
    char                       why[sizeof(
                                   ((article_learner_plan_t *) NULL)->why)];

    unsigned                   locked:1;
    unsigned                   failed:1;
};


#if (NGX_THREADS)

/* Of a lesson, for the change of a plan. */
typedef struct {
    ngx_http_article_lesson_t  *lesson;
    article_slice_t             observation;
} ngx_http_article_learn_change_t;


static void ngx_http_article_learn_client(ngx_http_request_t *r,
    ngx_str_t *client);
static ngx_http_article_lesson_t *ngx_http_article_learn_create(
    ngx_http_request_t *r, ngx_http_article_plan_t *plan, ngx_str_t *url);
static ngx_int_t ngx_http_article_learn_post(
    ngx_http_article_lesson_t *lesson);
static void ngx_http_article_learn_thread(void *data, ngx_log_t *log);
static void ngx_http_article_learn_page(ngx_http_article_lesson_t *lesson,
    article_slice_t *observation);
static article_reason_t ngx_http_article_learn_observation(
    article_learner_t *learner, ngx_http_article_plan_state_t *state,
    void *data);
static void ngx_http_article_learn_done(ngx_event_t *ev);


/* lessons of this worker, and whether its thread is at one */
static ngx_uint_t         ngx_http_article_lessons;
static ngx_uint_t         ngx_http_article_learning;

/* the thread's alone while it is at one */
static article_engine_t  *ngx_http_article_learn_engine;

#endif


ngx_http_article_lesson_t *
ngx_http_article_learn_begin(ngx_http_request_t *r,
    ngx_http_article_plan_t *plan, ngx_str_t *url)
{
#if (NGX_THREADS)

    ngx_str_t                      client;
    ngx_http_article_learn_t      *learn;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
    learn = amcf->learn;

    if (plan == NULL || learn->shm_zone == NULL || learn->pool == NULL
        || ngx_http_article_lessons == NGX_HTTP_ARTICLE_LESSONS
        || ngx_process != NGX_PROCESS_WORKER || ngx_exiting)
    {
        return NULL;
    }

    ngx_http_article_learn_client(r, &client);

    if (!ngx_http_article_zone_plan_sample(learn->shm_zone, plan->key,
                                           &client))
    {
        return NULL;
    }

    return ngx_http_article_learn_create(r, plan, url);

#else

    return NULL;

#endif
}


#if (NGX_THREADS)

static void
ngx_http_article_learn_client(ngx_http_request_t *r, ngx_str_t *client)
{
    struct sockaddr_in   *sin;
#if (NGX_HAVE_INET6)
    struct sockaddr_in6  *sin6;
#endif

    switch (r->connection->sockaddr->sa_family) {

    case AF_INET:
        sin = (struct sockaddr_in *) r->connection->sockaddr;
        client->data = (u_char *) &sin->sin_addr;
        client->len = sizeof(sin->sin_addr);
        return;

#if (NGX_HAVE_INET6)
    case AF_INET6:
        sin6 = (struct sockaddr_in6 *) r->connection->sockaddr;
        client->data = (u_char *) &sin6->sin6_addr;
        client->len = NGX_HTTP_ARTICLE_LESSON_INET6;
        return;
#endif

    default: /* a unix socket: all of them are one */
        ngx_str_set(client, "unix:");
        return;
    }
}


static ngx_http_article_lesson_t *
ngx_http_article_learn_create(ngx_http_request_t *r,
    ngx_http_article_plan_t *plan, ngx_str_t *url)
{
    ngx_pool_t                    *pool;
    ngx_http_article_lesson_t     *lesson;
    ngx_http_article_loc_conf_t   *alcf;
    ngx_http_article_main_conf_t  *amcf;

    pool = ngx_create_pool(1024, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    lesson = ngx_pcalloc(pool, sizeof(ngx_http_article_lesson_t));
    if (lesson == NULL) {
        goto failed;
    }

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);
    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    lesson->pool = pool;
    lesson->learn = amcf->learn;
    lesson->plan = plan;
    lesson->max = alcf->max_page;
    lesson->base_url = alcf->base_url;

    if (lesson->base_url.len == 0) {
        lesson->base_url.len = sizeof("http://") - 1 + plan->host.len;
        lesson->base_url.data = ngx_pnalloc(pool, lesson->base_url.len);

        if (lesson->base_url.data == NULL) {
            goto failed;
        }

        ngx_sprintf(lesson->base_url.data, "http://%V", &plan->host);
    }

    lesson->url.len = url ? url->len
                          : lesson->base_url.len + r->unparsed_uri.len;
    lesson->url.data = ngx_pnalloc(pool, lesson->url.len);

    if (lesson->url.data == NULL) {
        goto failed;
    }

    if (url) {
        ngx_memcpy(lesson->url.data, url->data, url->len);

    } else {
        ngx_sprintf(lesson->url.data, "%V%V", &lesson->base_url,
                    &r->unparsed_uri);
    }

    ngx_http_article_lessons++;

    return lesson;

failed:

    ngx_destroy_pool(pool);

    return NULL;
}


void
ngx_http_article_learn_add(ngx_http_article_lesson_t *lesson, u_char *pos,
    u_char *last)
{
    u_char  *page;
    size_t   len, size;

    len = last - pos;

    if (lesson->failed || len == 0) {
        return;
    }

    if (len > lesson->max - lesson->len) {
        lesson->failed = 1;
        return;
    }

    if (len > lesson->size - lesson->len) {

        size = ngx_max(2 * lesson->size, NGX_HTTP_ARTICLE_LESSON_SIZE);
        size = ngx_max(size, lesson->len + len);

        page = realloc(lesson->page, size);
        if (page == NULL) {
            lesson->failed = 1;
            return;
        }

        lesson->page = page;
        lesson->size = size;
    }

    ngx_memcpy(lesson->page + lesson->len, pos, len);
    lesson->len += len;
}


void
ngx_http_article_learn_end(ngx_http_article_lesson_t *lesson,
    ngx_str_t *charset)
{
    if (lesson->failed || lesson->len == 0 || ngx_http_article_learning) {
        ngx_http_article_learn_drop(lesson);
        return;
    }

    lesson->charset.len = charset->len;
    lesson->charset.data = ngx_pstrdup(lesson->pool, charset);

    if (lesson->charset.data == NULL
        || ngx_http_article_learn_post(lesson) != NGX_OK)
    {
        ngx_http_article_learn_drop(lesson);
    }
}


static ngx_int_t
ngx_http_article_learn_post(ngx_http_article_lesson_t *lesson)
{
    article_limits_t    limits;
    ngx_thread_task_t  *task;

    /* one thread at a time has a portal, over all workers */

    if (ngx_http_article_zone_lock(lesson->learn->shm_zone, lesson->plan->key,
                                   NGX_HTTP_ARTICLE_LESSON_AGE, &lesson->lock)
        != NGX_OK)
    {
        return NGX_BUSY;
    }

    lesson->locked = 1;

    if (ngx_http_article_learn_engine == NULL) {
        ngx_memzero(&limits, sizeof(article_limits_t));
        limits.page = lesson->learn->max_page;

        ngx_http_article_learn_engine = article_engine_create(&limits);

        if (ngx_http_article_learn_engine == NULL) {
            return NGX_ERROR;
        }
    }

    task = ngx_thread_task_alloc(lesson->pool, 0);
    if (task == NULL) {
        return NGX_ERROR;
    }

    task->ctx = lesson;
    task->handler = ngx_http_article_learn_thread;
    task->event.data = lesson;
    task->event.handler = ngx_http_article_learn_done;
    task->event.log = ngx_cycle->log;

    if (ngx_thread_task_post(lesson->learn->pool, task) != NGX_OK) {
        return NGX_ERROR;
    }

    ngx_http_article_learning = 1;

    return NGX_OK;
}


static void
ngx_http_article_learn_thread(void *data, ngx_log_t *log)
{
    ngx_http_article_lesson_t *lesson = data;

    ngx_http_article_learn_change_t  change;

    change.lesson = lesson;

    ngx_http_article_learn_page(lesson, &change.observation);

    if (lesson->reason == ARTICLE_OK) {
        lesson->reason = ngx_http_article_plan_change(lesson->learn,
                                    lesson->plan, 0,
                                    ngx_http_article_learn_observation,
                                    &change);
    }

    article_engine_shrink(ngx_http_article_learn_engine);
}


static void
ngx_http_article_learn_page(ngx_http_article_lesson_t *lesson,
    article_slice_t *observation)
{
    article_read_options_t  options;

    ngx_memzero(&options, sizeof(article_read_options_t));

#define ngx_http_article_slice(s)                                             \
    (article_slice_t) { (char *) (s).data, (s).len }

    options.url = ngx_http_article_slice(lesson->url);
    options.charset = ngx_http_article_slice(lesson->charset);
    options.base_url = ngx_http_article_slice(lesson->base_url);
    options.portal = lesson->plan->written;
    options.now = ngx_time();

    lesson->reason = article_observe(ngx_http_article_learn_engine, &options,
                                     (char *) lesson->page, lesson->len,
                                     observation);
}


static article_reason_t
ngx_http_article_learn_observation(article_learner_t *learner,
    ngx_http_article_plan_state_t *state, void *data)
{
    ngx_http_article_learn_change_t *change = data;

    unsigned                    n, waiting;
    article_reason_t            reason;
    article_learner_plan_t      plan;
    article_learner_status_t    status;
    ngx_http_article_lesson_t  *lesson;

    lesson = change->lesson;

    article_learner_status(learner, &status);
    waiting = status.waiting;

    reason = article_learner_observe(learner, change->observation,
                            ngx_http_article_learn_clock(lesson->learn,
                                                         state->created,
                                                         ngx_time()));

    article_learner_status(learner, &status);

    lesson->waiting = 0;

    for (n = 0;
         status.waiting && !waiting && article_learner_plan(learner, n, &plan);
         n++)
    {
        if (plan.waiting) {
            lesson->waiting = plan.number;
            ngx_memcpy(lesson->why, plan.why, sizeof(lesson->why));
        }
    }

    return reason;
}


static void
ngx_http_article_learn_done(ngx_event_t *ev)
{
    ngx_http_article_lesson_t *lesson = ev->data;

    ngx_http_article_learn_t  *learn;

    learn = lesson->learn;
    ngx_http_article_learning = 0;

    ngx_log_error(NGX_LOG_INFO, ngx_cycle->log, 0,
                  "article_learn: \"%V\" of portal \"%V\": %s", &lesson->url,
                  &lesson->plan->name, article_reason_word(lesson->reason));

    if (lesson->reason == ARTICLE_OK) {
        ngx_http_article_zone_count(learn->shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_LEARNED_PAGES, 1);
    }

    if (lesson->waiting) {
        ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                      "article_learn: plan %uL of portal \"%V\" waits for "
                      "approval: %s (\"article-plan diff\" shows it, "
                      "\"article-plan approve\" brings it into force)",
                      lesson->waiting, &lesson->plan->name, lesson->why);
    }

    ngx_http_article_learn_drop(lesson);
    ngx_http_article_plan_check(learn);
}


void
ngx_http_article_learn_drop(ngx_http_article_lesson_t *lesson)
{
    if (lesson->locked) {
        ngx_http_article_zone_unlock(lesson->learn->shm_zone,
                                     lesson->plan->key, lesson->lock);
    }

    free(lesson->page);
    ngx_destroy_pool(lesson->pool);

    ngx_http_article_lessons--;
}


/* Nothing is under way any more, or the process ends in the midst of it. */

void
ngx_http_article_learn_exit(void)
{
    if (ngx_http_article_learn_engine && !ngx_http_article_learning) {
        article_engine_destroy(ngx_http_article_learn_engine);
        ngx_http_article_learn_engine = NULL;
    }
}

#else

void
ngx_http_article_learn_add(ngx_http_article_lesson_t *lesson, u_char *pos,
    u_char *last)
{
}


void
ngx_http_article_learn_end(ngx_http_article_lesson_t *lesson,
    ngx_str_t *charset)
{
}


void
ngx_http_article_learn_drop(ngx_http_article_lesson_t *lesson)
{
}


void
ngx_http_article_learn_exit(void)
{
}

#endif


time_t
ngx_http_article_learn_clock(ngx_http_article_learn_t *learn, time_t created,
    time_t now)
{
    return created + (now - created) * (ARTICLE_LEARNER_DAY / learn->age);
}


time_t
ngx_http_article_learn_unclock(ngx_http_article_learn_t *learn,
    time_t created, time_t then)
{
    return created + (then - created) / (ARTICLE_LEARNER_DAY / learn->age);
}


size_t
ngx_http_article_learn_status_size(ngx_http_article_learn_t *learn)
{
    ngx_uint_t                 i;
    size_t                     size;
    ngx_http_article_plan_t  **plans;

    size = sizeof("\"learned\":[],");

    if (learn == NULL || learn->shm_zone == NULL) {
        return size;
    }

    plans = learn->plans.elts;

    for (i = 0; i < learn->plans.nelts; i++) {
        size += 256 + 6 * plans[i]->name.len + 7 * NGX_INT64_LEN;
    }

    return size;
}


u_char *
ngx_http_article_learn_status(u_char *p, ngx_http_article_learn_t *learn)
{
    ngx_uint_t                       i;
    ngx_http_article_plan_t        **plans;
    ngx_http_article_plan_state_t    state;

    p = ngx_sprintf(p, "\"learned\":[");

    if (learn == NULL || learn->shm_zone == NULL) {
        return ngx_cpymem(p, "],", 2);
    }

    plans = learn->plans.elts;

    for (i = 0; i < learn->plans.nelts; i++) {

        (void) ngx_http_article_zone_plan_get(learn->shm_zone, plans[i]->key,
                                              0, &state);

        p = ngx_sprintf(p, "%s{\"portal\":\"", i ? "," : "");
        p = (u_char *) ngx_escape_json(p, plans[i]->name.data,
                                       plans[i]->name.len);
        p = ngx_sprintf(p, "\",\"plan\":%uL,\"entries\":%ud,\"pages\":%ud,"
                        "\"articles\":%ud,\"applied\":%s,\"stable\":%s,"
                        "\"drift\":%s,\"waits_for_approval\":%s}",
                        state.status.number, state.status.entries,
                        state.status.pages, state.status.articles,
                        plans[i]->apply ? "true" : "false",
                        state.status.stable ? "true" : "false",
                        state.status.drift ? "true" : "false",
                        state.status.waiting ? "true" : "false");
    }

    return ngx_cpymem(p, "],", 2);
}


/*
 * Copyright (C) ngx_article authors
 *
 * From the portal's answer to ours: the table of outcomes in README.
 */


#include "ngx_http_article_latest.h"
#include "ngx_http_article_metrics.h"
#include "ngx_http_article_respond.h"
#include "ngx_http_article_tags.h"
#include "ngx_http_article_zone.h"


/* What the log says of a reason, and how loud. */
typedef struct {
    article_reason_t   reason;
    ngx_uint_t         level;
    const char        *todo;
} ngx_http_article_advice_t;


static ngx_uint_t ngx_http_article_outcome_is(
    ngx_http_article_fetch_t *fetch, ngx_int_t rc, ngx_uint_t status);
static ngx_uint_t ngx_http_article_outcome_failure(
    ngx_http_article_fetch_t *fetch, ngx_int_t rc, article_reason_t reason);
static article_reason_t ngx_http_article_outcome_reason(
    ngx_http_article_fetch_t *fetch, ngx_int_t rc,
    ngx_http_article_answer_t *answer);
static article_reason_t ngx_http_article_outcome_unheaded(
    ngx_http_article_fetch_t *fetch, ngx_int_t rc);
static article_reason_t ngx_http_article_outcome_status(
    ngx_http_article_fetch_t *fetch, ngx_http_article_answer_t *answer);
static article_reason_t ngx_http_article_outcome_read(
    ngx_http_article_fetch_t *fetch, ngx_http_article_answer_t *answer);
static uint64_t ngx_http_article_outcome_clock(void);
static ngx_http_article_plan_use_t *ngx_http_article_outcome_plan(
    ngx_http_article_fetch_t *fetch);
static void ngx_http_article_outcome_negative(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer);
static void ngx_http_article_outcome_freshness(
    ngx_http_article_fetch_t *fetch, ngx_http_article_answer_t *answer);
static time_t ngx_http_article_outcome_changed(
    ngx_http_article_fetch_t *fetch, time_t now);
static void ngx_http_article_outcome_words(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value);
static ngx_uint_t ngx_http_article_outcome_unchanged(ngx_str_t *old,
    ngx_str_t *new);
static void ngx_http_article_outcome_open(ngx_http_article_fetch_t *fetch);
static void ngx_http_article_outcome_log(ngx_http_article_fetch_t *fetch,
    ngx_int_t rc, ngx_http_article_answer_t *answer);
static article_engine_t *ngx_http_article_outcome_engine(
    ngx_http_article_main_conf_t *amcf);


static ngx_http_article_advice_t  ngx_http_article_advice[] = {

    { ARTICLE_NOT_AN_ARTICLE, NGX_LOG_INFO,
      "if it is one, say in the portal file where its text is "
      "(\"article explain\" shows what was seen)" },
    { ARTICLE_NOT_HTML, NGX_LOG_WARN,
      "if such paths are files, leave them out by \"paths\" of the portal "
      "file" },
    { ARTICLE_ORIGIN_NOT_FOUND, NGX_LOG_INFO, NULL },
    { ARTICLE_ORIGIN_GONE, NGX_LOG_INFO, NULL },
    { ARTICLE_ORIGIN_REDIRECT, NGX_LOG_INFO, NULL },
    { ARTICLE_EMPTY_PAGE, NGX_LOG_WARN, NULL },
    { ARTICLE_PAGE_TOO_LARGE, NGX_LOG_WARN,
      "raise article_max_page if such pages are to be read" },
    { ARTICLE_PAGE_TOO_COMPLEX, NGX_LOG_WARN, NULL },
    { ARTICLE_ORIGIN_REDIRECT_LOOP, NGX_LOG_ERR,
      "set article_base_url to the address the portal redirects to, and "
      "\"proxy_set_header Host\" (and X-Forwarded-Proto) of the source "
      "location to what the portal expects" },
    { ARTICLE_REDIRECTED, NGX_LOG_WARN,
      "if that site is the same portal, name its host in the portal file's "
      "\"aliases\"" },
    { ARTICLE_ORIGIN_DOWN, NGX_LOG_ERR,
      "see the line of the upstream above" },
    { ARTICLE_ORIGIN_TIMEOUT, NGX_LOG_ERR,
      "proxy_connect_timeout and proxy_read_timeout of the source location "
      "are how long is waited for each step (then the upstream has a line "
      "above), article_fetch_timeout for the whole page" },
    { ARTICLE_ORIGIN_ERROR, NGX_LOG_ERR, "see the portal's own log" },
    { ARTICLE_ORIGIN_REFUSED, NGX_LOG_WARN,
      "the portal answers so to a visitor without a session" },
    { ARTICLE_ORIGIN_TRUNCATED, NGX_LOG_ERR,
      "nothing of it was used or stored" },
    { ARTICLE_ORIGIN_PARTIAL, NGX_LOG_ERR,
      "check that the source location does not set Range" },
    { ARTICLE_ORIGIN_UNASKED, NGX_LOG_ERR,
      "check that the source location does not set If-Modified-Since or "
      "If-None-Match" },
    { ARTICLE_ORIGIN_ENCODED, NGX_LOG_ERR,
      "add \"gunzip on;\" to the source location, and no other "
      "Accept-Encoding than gzip" },
    { ARTICLE_ORIGIN_REWRITTEN, NGX_LOG_ERR,
      "add \"proxy_ignore_headers X-Accel-Redirect;\" to the source "
      "location, and no error_page or try_files" },
    { ARTICLE_NO_MEMORY, NGX_LOG_ERR, NULL },
    { ARTICLE_INTERNAL_ERROR, NGX_LOG_ERR,
      "article_json must lead to a location with \"internal\" that fetches "
      "the page from the portal" },
    { ARTICLE_OK, NGX_LOG_ERR, NULL }      /* any other */
};


/* one extraction runs at a time in a worker */
static article_engine_t  *ngx_http_article_engine;

/* that a source location is not internal has been said */
static ngx_uint_t         ngx_http_article_open_said;


void
ngx_http_article_outcome(ngx_http_article_fetch_t *fetch, ngx_int_t rc,
    ngx_http_article_answer_t *answer)
{
    ngx_uint_t  status;

    ngx_http_article_outcome_open(fetch);

    answer->reason = ngx_http_article_outcome_reason(fetch, rc, answer);

    status = fetch->capture.headed ? fetch->capture.headers.status : 0;
    ngx_http_article_metrics_fetch(fetch, answer, status);

    answer->failure = ngx_http_article_outcome_failure(fetch, rc,
                                                       answer->reason);

    if (answer->reason == ARTICLE_ORIGIN_REFUSED
        && (ngx_http_article_outcome_is(fetch, rc, NGX_HTTP_FORBIDDEN)
            || ngx_http_article_outcome_is(fetch, rc, NGX_HTTP_UNAUTHORIZED)))
    {
        answer->status = NGX_HTTP_FORBIDDEN;
    }

    if (answer->status == 0) {
        answer->status = ngx_http_article_reason_status(answer->reason);
    }

    switch (answer->reason) {

    case ARTICLE_OK:
        ngx_http_article_outcome_freshness(fetch, answer);
        return;

    case ARTICLE_ORIGIN_NOT_FOUND:
    case ARTICLE_ORIGIN_GONE:
        ngx_http_article_outcome_negative(fetch, answer);
        break;

    default:
        break;
    }

    if (answer->status >= NGX_HTTP_INTERNAL_SERVER_ERROR) {
        ngx_http_article_zone_count(fetch->main_conf->shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_FETCH_ERRORS, 1);
    }

    ngx_http_article_outcome_log(fetch, rc, answer);
}


static ngx_uint_t
ngx_http_article_outcome_is(ngx_http_article_fetch_t *fetch, ngx_int_t rc,
    ngx_uint_t status)
{
    return fetch->capture.headed ? fetch->capture.headers.status == status
                                 : rc == (ngx_int_t) status;
}


/* The word of article_cache_use_stale; 0: what the portal said, it meant. */

static ngx_uint_t
ngx_http_article_outcome_failure(ngx_http_article_fetch_t *fetch,
    ngx_int_t rc, article_reason_t reason)
{
    switch (reason) {

    case ARTICLE_OK:
    case ARTICLE_NOT_AN_ARTICLE:
    case ARTICLE_ORIGIN_NOT_FOUND:
    case ARTICLE_ORIGIN_GONE:
    case ARTICLE_ORIGIN_REDIRECT:
    case ARTICLE_REDIRECTED:
        return 0;

    case ARTICLE_ORIGIN_DOWN:
    case ARTICLE_ORIGIN_TRUNCATED:
    case ARTICLE_NO_MEMORY:
    case ARTICLE_INTERNAL_ERROR:
        return NGX_HTTP_ARTICLE_STALE_ERROR;

    case ARTICLE_ORIGIN_TIMEOUT:
        return NGX_HTTP_ARTICLE_STALE_TIMEOUT;

    case ARTICLE_ORIGIN_REFUSED:
        return ngx_http_article_outcome_is(fetch, rc, 429)
               ? NGX_HTTP_ARTICLE_STALE_429 : NGX_HTTP_ARTICLE_STALE_403;

    case ARTICLE_ORIGIN_ERROR:
        break;

    default:
        return NGX_HTTP_ARTICLE_STALE_INVALID;
    }

    if (ngx_http_article_outcome_is(fetch, rc, NGX_HTTP_BAD_GATEWAY)) {
        return NGX_HTTP_ARTICLE_STALE_502;
    }

    if (ngx_http_article_outcome_is(fetch, rc, NGX_HTTP_SERVICE_UNAVAILABLE)) {
        return NGX_HTTP_ARTICLE_STALE_503;
    }

    if (ngx_http_article_outcome_is(fetch, rc, NGX_HTTP_GATEWAY_TIME_OUT)) {
        return NGX_HTTP_ARTICLE_STALE_504;
    }

    return NGX_HTTP_ARTICLE_STALE_500;
}


/* Clients could ask the portal through it, past what guards "location /". */

static void
ngx_http_article_outcome_open(ngx_http_article_fetch_t *fetch)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(fetch->detached->request,
                                        ngx_http_core_module);

    if (clcf->internal || clcf->named || ngx_http_article_open_said
        || fetch->capture.reason == ARTICLE_ORIGIN_REWRITTEN)
    {
        return;
    }

    ngx_http_article_open_said = 1;

    ngx_log_error(NGX_LOG_WARN, fetch->detached->connection->log, 0,
                  "article_json \"%V\" leads to location \"%V\", which "
                  "clients can reach as well: add \"internal;\" to it",
                  &fetch->conf->source, &clcf->name);
}


static article_reason_t
ngx_http_article_outcome_reason(ngx_http_article_fetch_t *fetch,
    ngx_int_t rc, ngx_http_article_answer_t *answer)
{
    article_reason_t             reason;
    ngx_http_request_t          *r;
    ngx_http_article_capture_t  *capture;

    capture = &fetch->capture;
    r = fetch->detached->request;

    if (capture->reason != ARTICLE_OK) {
        return capture->reason;
    }

    if (!capture->headed) {

        if (rc < NGX_HTTP_SPECIAL_RESPONSE || rc >= NGX_HTTP_BAD_REQUEST
            || r->headers_out.location == NULL)
        {
            return ngx_http_article_outcome_unheaded(fetch, rc);
        }

        /* "return 301" in the source location */

        capture->headers.status = rc;
        capture->location = r->headers_out.location->value;
        capture->rewritten = capture->location;
    }

    if (capture->headers.status == NGX_HTTP_NOT_MODIFIED && fetch->kept) {
        return ngx_http_article_revalidated(fetch, answer);
    }

    if (!capture->page) {
        return ngx_http_article_outcome_status(fetch, answer);
    }

    if (!capture->whole) {
        return ARTICLE_ORIGIN_TRUNCATED;
    }

    reason = ngx_http_article_outcome_read(fetch, answer);

    if (capture->headers.status == NGX_HTTP_OK) {
        return reason;
    }

    if (reason != ARTICLE_OK) {

        /* by article_read_status, but it is what the status says */

        return ngx_http_article_outcome_status(fetch, answer);
    }

    answer->status = fetch->conf->read_as ? fetch->conf->read_as
                                          : capture->headers.status;
    return ARTICLE_OK;
}


/* The source location gave a status of its own, or nothing. */

static article_reason_t
ngx_http_article_outcome_unheaded(ngx_http_article_fetch_t *fetch,
    ngx_int_t rc)
{
    ngx_http_upstream_t       *u;
    ngx_http_core_loc_conf_t  *clcf;

    u = fetch->detached->request->upstream;

    switch (rc) {

    case NGX_HTTP_NOT_FOUND:
        clcf = ngx_http_get_module_loc_conf(fetch->detached->request,
                                            ngx_http_core_module);

        if (u == NULL && !clcf->internal) {

            /* a prefix that no location has ends in "location /" or none */

            return ARTICLE_INTERNAL_ERROR;
        }

        return ARTICLE_ORIGIN_NOT_FOUND;

    case 410:
        return ARTICLE_ORIGIN_GONE;

    case NGX_HTTP_GATEWAY_TIME_OUT:
    case NGX_HTTP_REQUEST_TIME_OUT:
        return ARTICLE_ORIGIN_TIMEOUT;

    case NGX_HTTP_BAD_GATEWAY:
        if (u == NULL || u->state == NULL
            || u->state->connect_time == (ngx_msec_t) -1)
        {
            return ARTICLE_ORIGIN_DOWN;
        }

        return ARTICLE_ORIGIN_TRUNCATED;

    default:
        break;
    }

    if (rc >= NGX_HTTP_BAD_REQUEST && rc < NGX_HTTP_INTERNAL_SERVER_ERROR) {
        return ARTICLE_ORIGIN_REFUSED;
    }

    return ARTICLE_ORIGIN_ERROR;
}


static article_reason_t
ngx_http_article_outcome_status(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    article_reason_t             reason;
    ngx_uint_t                   status;
    ngx_http_article_capture_t  *capture;

    capture = &fetch->capture;
    status = capture->headers.status;

    switch (status) {

    case NGX_HTTP_NOT_FOUND:
        return ARTICLE_ORIGIN_NOT_FOUND;

    case 410:
        return ARTICLE_ORIGIN_GONE;

    case NGX_HTTP_MOVED_PERMANENTLY:
    case NGX_HTTP_MOVED_TEMPORARILY:
    case NGX_HTTP_SEE_OTHER:
    case NGX_HTTP_TEMPORARY_REDIRECT:
    case NGX_HTTP_PERMANENT_REDIRECT:
        break;

    default:
        if (status >= NGX_HTTP_INTERNAL_SERVER_ERROR) {
            return ARTICLE_ORIGIN_ERROR;
        }

        return (status >= NGX_HTTP_BAD_REQUEST) ? ARTICLE_ORIGIN_REFUSED
                                                : ARTICLE_ORIGIN_UNASKED;
    }

    reason = ngx_http_article_redirect(fetch->pool, fetch->conf, &fetch->page,
                                       &capture->location,
                                       &capture->rewritten,
                                       &answer->location);

    if (reason == ARTICLE_ORIGIN_REDIRECT) {
        answer->status = status;
    }

    return reason;
}


static article_reason_t
ngx_http_article_outcome_read(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    uint64_t                     time;
    article_engine_t            *engine;
    article_reason_t             reason;
    article_result_t             result;
    article_read_options_t       options;
    ngx_http_article_value_t    *value;
    ngx_http_article_loc_conf_t *alcf;
    ngx_http_article_plan_use_t *use;

    engine = ngx_http_article_outcome_engine(fetch->main_conf);
    if (engine == NULL) {
        return ARTICLE_NO_MEMORY;
    }

    alcf = fetch->conf;
    use = ngx_http_article_outcome_plan(fetch);

    ngx_memzero(&options, sizeof(article_read_options_t));

#define ngx_http_article_slice(s)                                             \
    (article_slice_t) { (char *) (s)->data, (s)->len }

    options.url = ngx_http_article_slice(&fetch->page.url);
    options.charset = ngx_http_article_slice(&fetch->capture.charset);
    options.base_url = ngx_http_article_slice(&alcf->base_url);
    options.json_base = ngx_http_article_slice(&alcf->json_base);
    options.portal = use ? use->portal : alcf->portal;
    options.families = fetch->main_conf->portals.elts;
    options.families_number = fetch->main_conf->portals.nelts;
    options.now = ngx_time();
    options.listed = (alcf->latest != NULL);

    time = ngx_http_article_outcome_clock();

    reason = article_read(engine, &options, (char *) fetch->capture.start,
                          fetch->capture.last - fetch->capture.start,
                          &result);

    ngx_http_article_metrics_read(fetch, &result,
                                  ngx_http_article_outcome_clock() - time);

    if (reason == ARTICLE_OK) {
        value = &answer->value;

        value->item.len = result.json.len;
        value->item.data = ngx_pnalloc(fetch->pool, result.json.len);

        value->etag.len = result.version.len;
        value->etag.data = ngx_pnalloc(fetch->pool, result.version.len + 1);

        if (value->item.data == NULL || value->etag.data == NULL
            || ngx_http_article_tags(fetch->pool, &alcf->base_url, &result,
                                     &value->tags)
               != NGX_OK)
        {
            /* a length without its bytes would be stored */

            ngx_str_null(&value->item);
            ngx_str_null(&value->etag);
            reason = ARTICLE_NO_MEMORY;

        } else {
            ngx_memcpy(value->item.data, result.json.data, result.json.len);
            ngx_memcpy(value->etag.data, result.version.data,
                       result.version.len);

            ngx_http_article_latest_read(fetch, &result, answer);
        }
    }

    article_engine_shrink(engine);
    ngx_http_article_plan_release(use);

    return reason;
}


/* Microseconds of CPU that this worker has had. */

static uint64_t
ngx_http_article_outcome_clock(void)
{
    struct timespec  ts;

    (void) clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);

    return (uint64_t) ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}


/* What was learned; without a portal file its family's file comes first. */

static ngx_http_article_plan_use_t *
ngx_http_article_outcome_plan(ngx_http_article_fetch_t *fetch)
{
    ngx_uint_t          i;
    article_portal_t  **portals;

    if (fetch->plan == NULL) {
        return NULL;
    }

    portals = fetch->main_conf->portals.elts;

    for (i = 0;
         fetch->conf->portal == NULL && i < fetch->main_conf->portals.nelts;
         i++)
    {
        if (article_portal_is_family(portals[i])) {
            return NULL;
        }
    }

    return ngx_http_article_plan_use(fetch->plan);
}


/* A 404 or 410 is stored as the problem that is sent for it. */

static void
ngx_http_article_outcome_negative(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    if (ngx_http_article_problem(fetch->pool, answer->status, answer->reason,
                                 &fetch->page.url, &answer->value.item)
        != NGX_OK
        || ngx_http_article_tags(fetch->pool, &fetch->conf->base_url, NULL,
                                 &answer->value.tags)
           != NGX_OK)
    {
        answer->unstored = ARTICLE_NO_MEMORY;
        return;
    }

    ngx_http_article_outcome_freshness(fetch, answer);
}


static void
ngx_http_article_outcome_freshness(ngx_http_article_fetch_t *fetch,
    ngx_http_article_answer_t *answer)
{
    time_t                         now;
    ngx_http_article_value_t      *value;
    ngx_http_article_freshness_t   freshness;

    now = ngx_time();
    value = &answer->value;

    fetch->capture.headers.status = answer->status;
    fetch->capture.headers.page = (answer->reason == ARTICLE_OK);

    ngx_memzero(&freshness, sizeof(ngx_http_article_freshness_t));

    ngx_http_article_freshness(&fetch->capture.headers,
                               fetch->conf->cache_valid,
                               fetch->conf->ignore_headers, now, &freshness);

    value->status = answer->status;
    value->stored = now;
    value->fresh = now + freshness.fresh;
    value->stale = value->fresh + freshness.stale;

    if (freshness.updating >= 0) {
        value->updating = value->fresh
                          + ngx_min(freshness.updating, freshness.stale);
    }

    value->changed = ngx_http_article_outcome_changed(fetch, now);
    value->age = freshness.age;
    value->generation = answer->unmodified ? fetch->kept->generation
                                           : fetch->generation;
    value->rules = fetch->conf->rules;

    ngx_http_article_outcome_words(fetch, value);

    if (fetch->old_etag.len && fetch->old_etag.len == value->etag.len
        && ngx_memcmp(fetch->old_etag.data, value->etag.data,
                      value->etag.len) == 0)
    {
        value->changed = fetch->old_changed;

        if (ngx_http_article_outcome_unchanged(&fetch->old_item,
                                               &value->item))
        {
            /* one strong ETag, the same bytes */

            value->item = fetch->old_item;
        }
    }

    answer->unstored = ARTICLE_OK;

    ngx_http_article_revalidate_keep(fetch, value, freshness.kept);

    if (freshness.fresh <= 0 && value->kept == 0) {
        answer->unstored = (freshness.reason != ARTICLE_OK)
                           ? freshness.reason : ARTICLE_CACHE_OFF;
    }

    if (answer->reason == ARTICLE_OK) {
        ngx_http_article_refusals(fetch, answer->unstored, &freshness);
    }
}


/* Since when the content is so, as far as the portal knows. */

static time_t
ngx_http_article_outcome_changed(ngx_http_article_fetch_t *fetch, time_t now)
{
    time_t      modified;
    ngx_str_t  *header;

    header = &fetch->capture.headers.last_modified;
    modified = ngx_parse_http_time(header->data, header->len);

    return (modified > 0) ? ngx_min(modified, now) : now;
}


/* What the portal says to caches, as far as it is heeded: for clients too. */

static void
ngx_http_article_outcome_words(ngx_http_article_fetch_t *fetch,
    ngx_http_article_value_t *value)
{
    time_t                              date;
    ngx_uint_t                          ignore;
    ngx_http_article_origin_headers_t  *headers;

    headers = &fetch->capture.headers;
    ignore = fetch->conf->ignore_headers;

    if (!(ignore & NGX_HTTP_ARTICLE_IGNORE_CACHE_CONTROL)
        && ngx_http_article_value_keeps(&headers->cache_control))
    {
        value->control = headers->cache_control;
    }

    if (!(ignore & NGX_HTTP_ARTICLE_IGNORE_EXPIRES)
        && ngx_http_article_value_keeps(&headers->expires))
    {
        value->expires = headers->expires;
    }

    if (!(ignore & NGX_HTTP_ARTICLE_IGNORE_VARY)
        && ngx_http_article_vary_names(fetch->pool, fetch->conf->pass_headers,
                                       &headers->vary, &value->vary)
           != NGX_OK)
    {
        return;
    }

    date = ngx_parse_http_time(headers->date.data, headers->date.len);

    if (date > 0) {
        value->date = date;
    }
}


/* The same but for the time of the fetch: RFC 3339, 25 bytes. */

static ngx_uint_t
ngx_http_article_outcome_unchanged(ngx_str_t *old, ngx_str_t *new)
{
    u_char            *p;
    size_t             head, tail;
    static ngx_str_t   name = ngx_string("\"fetched_at\":\"");

    if (old->len != new->len) {
        return 0;
    }

    p = ngx_strlcasestrn(new->data, new->data + new->len, name.data,
                         name.len - 1);

    if (p == NULL) {
        return ngx_memcmp(old->data, new->data, new->len) == 0;
    }

    head = p + name.len - new->data;

    if (new->len - head < 25) {
        return 0;
    }

    tail = head + 25;

    return ngx_memcmp(old->data, new->data, head) == 0
           && ngx_memcmp(old->data + tail, new->data + tail, new->len - tail)
              == 0;
}


static void
ngx_http_article_outcome_log(ngx_http_article_fetch_t *fetch, ngx_int_t rc,
    ngx_http_article_answer_t *answer)
{
    ngx_str_t                    location;
    ngx_http_article_advice_t   *advice;
    ngx_http_article_capture_t  *capture;

    for (advice = ngx_http_article_advice; advice->reason; advice++) {
        if (advice->reason == answer->reason) {
            break;
        }
    }

    capture = &fetch->capture;
    location = capture->location;

    ngx_log_error(advice->level, fetch->detached->connection->log, 0,
                  "article_json: no article of \"%V\": %s: %s%s%s "
                  "(portal's status %ui, source ended with %i%s%V)",
                  &fetch->page.url, article_reason_word(answer->reason),
                  article_reason_sentence(answer->reason),
                  advice->todo ? " What to do: " : "",
                  advice->todo ? advice->todo : "",
                  capture->headers.status, rc,
                  location.len ? ", Location: " : "", &location);
}


static article_engine_t *
ngx_http_article_outcome_engine(ngx_http_article_main_conf_t *amcf)
{
    article_limits_t  limits;

    if (ngx_http_article_engine == NULL) {
        ngx_memzero(&limits, sizeof(article_limits_t));
        limits.page = amcf->max_page;

        ngx_http_article_engine = article_engine_create(&limits);
    }

    return ngx_http_article_engine;
}


void
ngx_http_article_outcome_exit(void)
{
    if (ngx_http_article_engine) {
        article_engine_destroy(ngx_http_article_engine);
        ngx_http_article_engine = NULL;
    }
}

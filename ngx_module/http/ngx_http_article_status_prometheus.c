
/*
 * Copyright (C) ngx_article authors
 *
 * article_status for Prometheus: text format 0.0.4 (prometheus.io, "Exposition
 * formats").  Labels are the configuration's words, never a client's.
 */


#include "ngx_http_article_learn.h"
#include "ngx_http_article_status.h"


#define NGX_HTTP_ARTICLE_SECOND  1000000


/* A family of one number a portal. */
typedef struct {
    const char  *name;
    const char  *type;
    const char  *help;
    size_t       offset;
} ngx_http_article_family_t;


static void ngx_http_article_prometheus_zone(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_redis(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_plans(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_tables(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_table(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view, ngx_uint_t table);
static void ngx_http_article_prometheus_row(ngx_http_article_text_t *text,
    ngx_str_t *portal, const char *family, const char *label,
    const char *value, const char *label2, const char *value2,
    ngx_atomic_uint_t number);
static void ngx_http_article_prometheus_times(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_rot(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_prometheus_shares(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view, ngx_http_article_day_t *day,
    const char *window);
static void ngx_http_article_prometheus_histogram(
    ngx_http_article_text_t *text, const char *name, const char *label,
    ngx_str_t *value, ngx_http_article_histogram_t *histogram);
static void ngx_http_article_prometheus_help(ngx_http_article_text_t *text,
    const char *name, const char *type, const char *help);
static void ngx_http_article_prometheus_portal(ngx_http_article_text_t *text,
    const char *name, ngx_str_t *portal);


static ngx_http_article_family_t  ngx_http_article_families[] = {

    { "article_undated_total", "counter", "Articles read without a date.",
      offsetof(ngx_http_article_portal_metrics_t, undated) },

    { "article_unsigned_total", "counter", "Articles read without an author.",
      offsetof(ngx_http_article_portal_metrics_t, unsigned_) },

    { "article_strip_pages_total", "counter",
      "Pages that went through the cutter.",
      offsetof(ngx_http_article_portal_metrics_t, pages) },

    { "article_strip_cut_pages_total", "counter",
      "Pages of which something was cut.",
      offsetof(ngx_http_article_portal_metrics_t, cut_pages) },

    { "article_strip_bytes_total", "counter",
      "Bytes of pages that went through the cutter.",
      offsetof(ngx_http_article_portal_metrics_t, bytes) },

    { "article_strip_cut_bytes_total", "counter", "Bytes that were cut.",
      offsetof(ngx_http_article_portal_metrics_t, cut_bytes) },

    { NULL, NULL, NULL, 0 }
};


void
ngx_http_article_status_prometheus(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_http_article_prometheus_help(text, "article_info", "gauge",
                                     "The module and the nginx it runs in.");
    ngx_http_article_text(text, "article_info{version=\"%s\",nginx=\"%s\"} "
                          "1\n", NGX_HTTP_ARTICLE_VERSION, NGINX_VERSION);

    ngx_http_article_prometheus_zone(text, amcf);
    ngx_http_article_prometheus_redis(text, amcf);
    ngx_http_article_prometheus_plans(text, amcf);

    if (amcf->shm_zone) {
        ngx_http_article_prometheus_tables(text, amcf);
        ngx_http_article_prometheus_portals(text, amcf);
        ngx_http_article_prometheus_times(text, amcf);
        ngx_http_article_prometheus_rot(text, amcf);
    }
}


static void
ngx_http_article_prometheus_zone(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      i;
    const char                     *word;
    ngx_http_article_zone_state_t   state;

    if (amcf->shm_zone == NULL) {
        return;
    }

    ngx_http_article_zone_state(amcf->shm_zone, &state);

    ngx_http_article_prometheus_help(text, "article_zone_size_bytes", "gauge",
                                     "The size of article_zone.");
    ngx_http_article_text(text, "article_zone_size_bytes %uz\n", state.size);

    ngx_http_article_prometheus_help(text, "article_zone_used_bytes", "gauge",
                                     "Bytes of the values stored in it.");
    ngx_http_article_text(text, "article_zone_used_bytes %uz\n", state.bytes);

    ngx_http_article_prometheus_help(text, "article_zone_entries", "gauge",
                                     "Values stored in it.");
    ngx_http_article_text(text, "article_zone_entries %ui\n", state.entries);

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        word = ngx_http_article_counter_words[i];

        ngx_http_article_text(text, "# HELP article_%s_total %s\n"
                              "# TYPE article_%s_total counter\n"
                              "article_%s_total %uA\n",
                              word, ngx_http_article_counter_helps[i], word,
                              word, state.counter[i]);
    }
}


/* As the worker that answers sees it. */

static void
ngx_http_article_prometheus_redis(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_http_article_events_state_t  state;

    if (amcf->redis) {
        ngx_http_article_prometheus_help(text, "article_redis_state", "gauge",
                          "1 of the state that this worker sees Redis in.");
        ngx_http_article_text(text, "article_redis_state{state=\"%s\"} 1\n",
                              ngx_http_article_redis_state(amcf->redis));
        ngx_http_article_redis_prometheus(text, amcf->redis);
    }

    if (amcf->shm_zone) {
        ngx_http_article_zone_events_state(amcf->shm_zone, &state);

        ngx_http_article_prometheus_help(text, "article_withdrawn", "gauge",
                                         "Articles that are withdrawn.");
        ngx_http_article_text(text, "article_withdrawn %ui\n",
                              state.withdrawn);

        ngx_http_article_prometheus_help(text, "article_event_doubts_total",
                     "counter", "Times that a purge may have been missed.");
        ngx_http_article_text(text, "article_event_doubts_total %uL\n",
                              state.doubts);
    }
}


static void
ngx_http_article_prometheus_plans(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                       i, k;
    ngx_http_article_plan_t        **plans;
    ngx_http_article_plan_state_t    state;

    static const struct {
        const char  *name;
        const char  *help;
    } families[] = {
        { "article_plan_number", "The learned plan in force; 0: none yet." },
        { "article_plan_entries", "Its entries." },
        { "article_plan_pages", "Pages observed." },
        { "article_plan_waiting", "1: a newer plan waits for approval." },
        { "article_plan_drift", "1: its entries stop matching." }
    };

    if (amcf->learn == NULL || amcf->learn->shm_zone == NULL) {
        return;
    }

    plans = amcf->learn->plans.elts;

    for (k = 0; k < sizeof(families) / sizeof(families[0]); k++) {

        ngx_http_article_prometheus_help(text, families[k].name, "gauge",
                                         families[k].help);

        for (i = 0; i < amcf->learn->plans.nelts; i++) {
            (void) ngx_http_article_zone_plan_get(amcf->learn->shm_zone,
                                                  plans[i]->key, 0, &state);

            ngx_http_article_prometheus_portal(text, families[k].name,
                                               &plans[i]->name);
            ngx_http_article_text(text, " %uL\n",
                                  k == 0 ? state.status.number
                                  : k == 1 ? (uint64_t) state.status.entries
                                  : k == 2 ? (uint64_t) state.status.pages
                                  : k == 3 ? (uint64_t) state.status.waiting
                                  : (uint64_t) state.status.drift);
        }
    }
}


static void
ngx_http_article_prometheus_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                       n;
    ngx_atomic_t                    *value;
    ngx_http_article_family_t       *family;
    ngx_http_article_portal_view_t   view;

    for (family = ngx_http_article_families; family->name; family++) {

        ngx_http_article_prometheus_help(text, family->name, family->type,
                                         family->help);

        for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {

            if (view.metrics == NULL) {
                continue;
            }

            value = (ngx_atomic_t *) ((u_char *) view.metrics
                                      + family->offset);

            ngx_http_article_prometheus_portal(text, family->name,
                                               &view.name);
            ngx_http_article_text(text, " %uA\n", *value);
        }
    }
}


/* Families with more labels than the portal. */

static void
ngx_http_article_prometheus_tables(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                       n, table;
    ngx_http_article_portal_view_t   view;

    static const char  *help[][2] = {
        { "article_portal_requests_total",
          "Answers to article_json, by $article_cache_status and _level." },
        { "article_portal_reasons_total", "Requests by $article_reason." },
        { "article_pages_read_total",
          "Pages read, by what they are and who chose the text." },
        { "article_origin_responses_total",
          "Answers of the portal to fetches; none: it gave none." }
    };

    for (table = 0; table < sizeof(help) / sizeof(help[0]); table++) {

        ngx_http_article_prometheus_help(text, help[table][0], "counter",
                                         help[table][1]);

        for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
            if (view.metrics) {
                ngx_http_article_prometheus_table(text, &view, table);
            }
        }
    }
}


static void
ngx_http_article_prometheus_table(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view, ngx_uint_t table)
{
    ngx_uint_t                          i, k;
    ngx_http_article_portal_metrics_t  *m;

    m = view->metrics;

    switch (table) {

    case 0:
        for (i = 0; i < NGX_HTTP_ARTICLE_CACHE_STATUSES_NUMBER; i++) {
            for (k = 0; k < NGX_HTTP_ARTICLE_METRICS_LEVELS; k++) {
                ngx_http_article_prometheus_row(text, &view->name,
                                   "article_portal_requests_total",
                                   "status", ngx_http_article_status_words[i],
                                   "level", ngx_http_article_level_words[k],
                                   m->requests[i][k]);
            }
        }

        break;

    case 1:
        for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
            ngx_http_article_prometheus_row(text, &view->name,
                                            "article_portal_reasons_total",
                                            "reason", article_reason_word(i),
                                            NULL, NULL, m->reason[i]);
        }

        break;

    case 2:
        for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_KINDS; i++) {
            for (k = 0; k < NGX_HTTP_ARTICLE_METHODS_NUMBER; k++) {
                ngx_http_article_prometheus_row(text, &view->name,
                                   "article_pages_read_total",
                                   "kind", ngx_http_article_kind_words[i],
                                   "method", ngx_http_article_method_words[k],
                                   m->read[i][k]);
            }
        }

        break;

    default:
        for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_DIGITS; i++) {
            ngx_http_article_prometheus_row(text, &view->name,
                                   "article_origin_responses_total",
                                   "status", ngx_http_article_digit_words[i],
                                   NULL, NULL, m->origin[i]);
        }
    }
}


/* Zeros are left out: most words never come to be. */

static void
ngx_http_article_prometheus_row(ngx_http_article_text_t *text,
    ngx_str_t *portal, const char *family, const char *label,
    const char *value, const char *label2, const char *value2,
    ngx_atomic_uint_t number)
{
    if (number == 0) {
        return;
    }

    ngx_http_article_text(text, "%s{portal=\"", family);
    ngx_http_article_text_label(text, portal);
    ngx_http_article_text(text, "\",%s=\"%s\"", label, value);

    if (label2) {
        ngx_http_article_text(text, ",%s=\"%s\"", label2, value2);
    }

    ngx_http_article_text(text, "} %uA\n", number);
}


static void
ngx_http_article_prometheus_times(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_str_t                       level;
    ngx_uint_t                      i, n;
    ngx_http_article_metrics_t     *metrics;
    ngx_http_article_portal_view_t  view;

    metrics = ngx_http_article_metrics(amcf->shm_zone);

    ngx_http_article_prometheus_help(text, "article_request_seconds",
                                     "histogram",
                                     "From the request to its answer, by "
                                     "$article_cache_level.");

    for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_LEVELS; i++) {
        level.data = (u_char *) ngx_http_article_level_words[i];
        level.len = ngx_strlen(level.data);

        ngx_http_article_prometheus_histogram(text, "article_request_seconds",
                                              "level", &level,
                                              &metrics->request_time[i]);
    }

    ngx_http_article_prometheus_help(text, "article_redis_seconds",
                                     "histogram",
                                     "From a question to Redis to its "
                                     "answer.");
    ngx_http_article_prometheus_histogram(text, "article_redis_seconds", NULL,
                                          NULL, &metrics->redis_time);

    ngx_http_article_prometheus_help(text, "article_fetch_seconds",
                                     "histogram",
                                     "From a question to the portal to its "
                                     "whole answer.");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        if (view.metrics) {
            ngx_http_article_prometheus_histogram(text,
                                               "article_fetch_seconds",
                                               "portal", &view.name,
                                               &view.metrics->fetch_time);
        }
    }

    ngx_http_article_prometheus_help(text, "article_read_seconds",
                                     "histogram",
                                     "CPU time of reading a page.");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        if (view.metrics) {
            ngx_http_article_prometheus_histogram(text,
                                               "article_read_seconds",
                                               "portal", &view.name,
                                               &view.metrics->read_time);
        }
    }
}


/* What has gone stale: an alert for each is in conf/. */

static void
ngx_http_article_prometheus_rot(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      n;
    ngx_http_article_portal_view_t  view;

    ngx_http_article_prometheus_help(text, "article_rules", "gauge",
                                     "Rules of the portal's file.");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        if (view.portal) {
            ngx_http_article_prometheus_portal(text, "article_rules",
                                               &view.name);
            ngx_http_article_text(text, " %ui\n",
                                  ngx_http_article_status_rules(&view, 0));
        }
    }

    ngx_http_article_prometheus_help(text, "article_stale_rules", "gauge",
                      "Rules that found nothing on the last 100 pages.");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        if (view.portal) {
            ngx_http_article_prometheus_portal(text, "article_stale_rules",
                                               &view.name);
            ngx_http_article_text(text, " %ui\n",
                                  ngx_http_article_status_rules(&view, 1));
        }
    }

    ngx_http_article_prometheus_help(text, "article_share", "gauge",
                      "Of a day's pages: refused (of what was asked of the "
                      "portal), undated and unsigned (of articles), cut (of "
                      "stripped bytes); of the week before beside it.");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        if (view.metrics) {
            ngx_http_article_prometheus_shares(text, &view, &view.today,
                                               "today");
            ngx_http_article_prometheus_shares(text, &view, &view.week,
                                               "week");
        }
    }
}


static void
ngx_http_article_prometheus_shares(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view, ngx_http_article_day_t *day,
    const char *window)
{
    ngx_uint_t  i;

    struct {
        const char         *name;
        ngx_atomic_uint_t   part;
        ngx_atomic_uint_t   whole;
    } share[] = {
        { "refused", day->refused, day->pages },
        { "undated", day->undated, day->articles },
        { "unsigned", day->unsigned_, day->articles },
        { "cut", day->cut, day->bytes }
    };

    for (i = 0; i < sizeof(share) / sizeof(share[0]); i++) {

        if (share[i].whole == 0) {
            continue;
        }

        ngx_http_article_text(text, "article_share{portal=\"");
        ngx_http_article_text_label(text, &view->name);
        ngx_http_article_text(text, "\",of=\"%s\",window=\"%s\"} %.4f\n",
                              share[i].name, window,
                              (double) share[i].part
                              / (double) share[i].whole);
    }
}


static void
ngx_http_article_prometheus_histogram(ngx_http_article_text_t *text,
    const char *name, const char *label, ngx_str_t *value,
    ngx_http_article_histogram_t *histogram)
{
    uint64_t                 bound, count;
    ngx_str_t                labels;
    ngx_uint_t               n;
    ngx_http_article_text_t  own;

    ngx_str_null(&labels);

    if (label) {
        if (ngx_http_article_text_init(&own, text->pool,
                                       2 * value->len + 64) != NGX_OK)
        {
            text->failed = 1;
            return;
        }

        ngx_http_article_text(&own, "%s=\"", label);
        ngx_http_article_text_label(&own, value);
        ngx_http_article_text(&own, "\"");

        labels.data = own.start;
        labels.len = own.last - own.start;
    }

    count = 0;

    for (n = 0; n <= NGX_HTTP_ARTICLE_METRICS_BOUNDS; n++) {
        count += histogram->count[n];

        ngx_http_article_text(text, "%s_bucket{%*s%sle=\"", name, labels.len,
                              labels.data, labels.len ? "," : "");

        if (n < NGX_HTTP_ARTICLE_METRICS_BOUNDS) {
            bound = ngx_http_article_metrics_bound(n);
            ngx_http_article_text(text, "%uL.%06uL\"} %uL\n",
                                  bound / NGX_HTTP_ARTICLE_SECOND,
                                  bound % NGX_HTTP_ARTICLE_SECOND, count);

        } else {
            ngx_http_article_text(text, "+Inf\"} %uL\n", count);
        }
    }

    ngx_http_article_text(text, "%s_sum%s%*s%s %uL.%06uL\n", name,
                          labels.len ? "{" : "", labels.len, labels.data,
                          labels.len ? "}" : "",
                          (uint64_t) histogram->sum / NGX_HTTP_ARTICLE_SECOND,
                          (uint64_t) histogram->sum % NGX_HTTP_ARTICLE_SECOND);
    ngx_http_article_text(text, "%s_count%s%*s%s %uL\n", name,
                          labels.len ? "{" : "", labels.len, labels.data,
                          labels.len ? "}" : "", count);
}


static void
ngx_http_article_prometheus_help(ngx_http_article_text_t *text,
    const char *name, const char *type, const char *help)
{
    ngx_http_article_text(text, "# HELP %s %s\n# TYPE %s %s\n", name, help,
                          name, type);
}


static void
ngx_http_article_prometheus_portal(ngx_http_article_text_t *text,
    const char *name, ngx_str_t *portal)
{
    ngx_http_article_text(text, "%s{portal=\"", name);
    ngx_http_article_text_label(text, portal);
    ngx_http_article_text(text, "\"}");
}

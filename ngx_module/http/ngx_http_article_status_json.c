
/*
 * Copyright (C) ngx_article authors
 *
 * article_status as JSON.
 */


#include "ngx_http_article_latest.h"
#include "ngx_http_article_status.h"


static void ngx_http_article_json_zone(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_json_reasons(ngx_http_article_text_t *text,
    ngx_atomic_uint_t *reason);
static void ngx_http_article_json_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_json_counted(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view);
static void ngx_http_article_json_requests(ngx_http_article_text_t *text,
    ngx_http_article_portal_metrics_t *metrics);
static void ngx_http_article_json_day(ngx_http_article_text_t *text,
    const char *name, ngx_http_article_day_t *day);
static void ngx_http_article_json_rules(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view);


void
ngx_http_article_status_json(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    u_char  *p;
    size_t   size;

    ngx_http_article_text(text, "{\"version\":\"%s\",\"nginx\":\"%s\",",
                          NGX_HTTP_ARTICLE_VERSION, NGINX_VERSION);

    ngx_http_article_json_zone(text, amcf);

    ngx_http_article_text(text, "\"redis\":\"%s\",",
                          amcf->redis
                          ? ngx_http_article_redis_state(amcf->redis)
                          : "none");

    size = ngx_http_article_redis_status_size(amcf->redis)
           + NGX_HTTP_ARTICLE_EVENTS_STATUS_SIZE
           + ngx_http_article_latest_status_size(amcf)
           + ngx_http_article_learn_status_size(amcf->learn);

    p = ngx_http_article_text_room(text, size);

    if (p) {
        p = ngx_http_article_redis_status(p, amcf->redis);
        p = ngx_http_article_events_status(p, amcf);
        p = ngx_http_article_latest_status(p, amcf);
        text->last = ngx_http_article_learn_status(p, amcf->learn);
    }

    ngx_http_article_json_portals(text, amcf);
    ngx_http_article_text(text, "}\n");
}


static void
ngx_http_article_json_zone(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      i;
    ngx_http_article_zone_state_t   state;

    if (amcf->shm_zone == NULL) {
        ngx_http_article_text(text, "\"zone\":null,\"counters\":null,"
                              "\"reasons\":null,");
        return;
    }

    ngx_http_article_zone_state(amcf->shm_zone, &state);

    ngx_http_article_text(text, "\"zone\":{\"name\":\"");
    ngx_http_article_text_json(text, &amcf->shm_zone->shm.name);
    ngx_http_article_text(text, "\",\"size\":%uz,\"entries\":%ui,"
                          "\"bytes\":%uz},\"counters\":{",
                          state.size, state.entries, state.bytes);

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        ngx_http_article_text(text, "%s\"%s\":%uA", i ? "," : "",
                              ngx_http_article_counter_words[i],
                              state.counter[i]);
    }

    ngx_http_article_text(text, "},");
    ngx_http_article_json_reasons(text, state.reason);
    ngx_http_article_text(text, ",");
}


/* Those that have been given, so that what is wrong is seen at a glance. */

static void
ngx_http_article_json_reasons(ngx_http_article_text_t *text,
    ngx_atomic_uint_t *reason)
{
    ngx_uint_t   i;
    const char  *comma;

    comma = "";
    ngx_http_article_text(text, "\"reasons\":{");

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        if (reason[i]) {
            ngx_http_article_text(text, "%s\"%s\":%uA", comma,
                                  article_reason_word(i), reason[i]);
            comma = ",";
        }
    }

    ngx_http_article_text(text, "}");
}


static void
ngx_http_article_json_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      n;
    ngx_http_article_portal_view_t  view;

    ngx_http_article_text(text, "\"portals\":[");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {
        ngx_http_article_text(text, "%s{\"name\":\"", n ? "," : "");
        ngx_http_article_text_json(text, &view.name);
        ngx_http_article_text(text, "\",\"file\":%s",
                              view.portal ? "true" : "false");

        if (view.metrics) {
            ngx_http_article_json_counted(text, &view);
        }

        ngx_http_article_text(text, "}");
    }

    ngx_http_article_text(text, "]");
}


static void
ngx_http_article_json_counted(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view)
{
    ngx_uint_t                          i, k;
    const char                         *comma;
    ngx_atomic_uint_t                   reason[ARTICLE_REASONS_NUMBER];
    ngx_http_article_portal_metrics_t  *m;

    m = view->metrics;

    ngx_http_article_json_requests(text, m);

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        reason[i] = m->reason[i];
    }

    ngx_http_article_text(text, ",");
    ngx_http_article_json_reasons(text, reason);

    ngx_http_article_text(text, ",\"read\":{");
    comma = "";

    for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_KINDS; i++) {
        for (k = 0; k < NGX_HTTP_ARTICLE_METHODS_NUMBER; k++) {

            if (m->read[i][k] == 0) {
                continue;
            }

            ngx_http_article_text(text, "%s\"%s %s\":%uA", comma,
                                  ngx_http_article_kind_words[i],
                                  ngx_http_article_method_words[k],
                                  m->read[i][k]);
            comma = ",";
        }
    }

    ngx_http_article_text(text, "},\"origin\":{");

    for (i = 0; i < NGX_HTTP_ARTICLE_METRICS_DIGITS; i++) {
        ngx_http_article_text(text, "%s\"%s\":%uA", i ? "," : "",
                              ngx_http_article_digit_words[i], m->origin[i]);
    }

    ngx_http_article_text(text, "},\"strip\":{\"pages\":%uA,"
                          "\"cut_pages\":%uA,\"bytes\":%uA,"
                          "\"cut_bytes\":%uA}",
                          m->pages, m->cut_pages, m->bytes, m->cut_bytes);

    ngx_http_article_json_day(text, "today", &view->today);
    ngx_http_article_json_day(text, "week", &view->week);
    ngx_http_article_json_rules(text, view);
}


static void
ngx_http_article_json_requests(ngx_http_article_text_t *text,
    ngx_http_article_portal_metrics_t *metrics)
{
    ngx_uint_t   i, k;
    const char  *comma;

    comma = "";
    ngx_http_article_text(text, ",\"requests\":{");

    for (i = 0; i < NGX_HTTP_ARTICLE_CACHE_STATUSES_NUMBER; i++) {
        for (k = 0; k < NGX_HTTP_ARTICLE_METRICS_LEVELS; k++) {

            if (metrics->requests[i][k] == 0) {
                continue;
            }

            ngx_http_article_text(text, "%s\"%s%s%s\":%uA", comma,
                                  ngx_http_article_status_words[i],
                                  k ? " " : "",
                                  ngx_http_article_level_words[k],
                                  metrics->requests[i][k]);
            comma = ",";
        }
    }

    ngx_http_article_text(text, "}");
}


static void
ngx_http_article_json_day(ngx_http_article_text_t *text, const char *name,
    ngx_http_article_day_t *day)
{
    ngx_http_article_text(text, ",\"%s\":{\"pages\":%uA,\"refused\":%uA,"
                          "\"articles\":%uA,\"undated\":%uA,"
                          "\"unsigned\":%uA,\"bytes\":%uA,\"cut_bytes\":%uA}",
                          name, day->pages, day->refused, day->articles,
                          day->undated, day->unsigned_, day->bytes, day->cut);
}


/* Only of files: "stale" ones have found nothing on the last 100 pages. */

static void
ngx_http_article_json_rules(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view)
{
    ngx_str_t    word;
    ngx_uint_t   n;
    const char  *comma;

    n = 0;
    comma = "";
    ngx_http_article_text(text, ",\"stale_rules\":[");

    while (ngx_http_article_status_stale(view, &n, &word)) {
        ngx_http_article_text(text, "%s\"", comma);
        ngx_http_article_text_json(text, &word);
        ngx_http_article_text(text, "\"");
        comma = ",";
    }

    ngx_http_article_text(text, "],\"rules\":%ui",
                          ngx_http_article_status_rules(view, 0));
}


/*
 * Copyright (C) ngx_article authors
 *
 * article_status as a page for people: the day's portals at a glance, what
 * has gone stale first.  No script, nothing from elsewhere.
 */


#include "ngx_http_article_status.h"


static void ngx_http_article_html_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);
static void ngx_http_article_html_share(ngx_http_article_text_t *text,
    ngx_atomic_uint_t part, ngx_atomic_uint_t whole,
    ngx_atomic_uint_t old_part, ngx_atomic_uint_t old_whole);
static void ngx_http_article_html_stale(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view);
static void ngx_http_article_html_counters(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf);


static const char  ngx_http_article_html_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>ngx_article</title>\n<style>\n"
    "body { font: 15px/1.5 sans-serif; margin: 1.5em; color: #222 }\n"
    "table { border-collapse: collapse; margin: 1em 0 }\n"
    "th, td { padding: .3em .8em; border-bottom: 1px solid #ccc;"
    " text-align: right }\n"
    "th:first-child, td:first-child, .text { text-align: left }\n"
    ".was { color: #666 }\n.bad { color: #b00020 }\n"
    "</style></head><body>\n";


void
ngx_http_article_status_html(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_http_article_text(text, "%s<h1>ngx_article %s</h1>\n<p>nginx %s; "
                          "Redis: %s. <a href=\"?format=json\">JSON</a>, "
                          "<a href=\"?format=prometheus\">Prometheus</a></p>"
                          "\n",
                          ngx_http_article_html_head,
                          NGX_HTTP_ARTICLE_VERSION, NGINX_VERSION,
                          amcf->redis
                          ? ngx_http_article_redis_state(amcf->redis)
                          : "none");

    if (amcf->shm_zone == NULL) {
        ngx_http_article_text(text, "<p>Nothing is counted without "
                              "article_zone.</p>\n");

    } else {
        ngx_http_article_html_portals(text, amcf);
        ngx_http_article_html_counters(text, amcf);
    }

    ngx_http_article_text(text, "</body></html>\n");
}


static void
ngx_http_article_html_portals(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      n;
    ngx_http_article_portal_view_t  view;

    ngx_http_article_text(text, "<h2>Portals today <span class=\"was\">(and "
                          "the week before)</span></h2>\n<table><tr>"
                          "<th>portal</th><th>pages asked for</th>"
                          "<th>refused</th><th>articles</th>"
                          "<th>without date</th><th>without author</th>"
                          "<th>bytes cut</th><th class=\"text\">rules that "
                          "found nothing on 100 pages</th></tr>\n");

    for (n = 0; ngx_http_article_status_portal(amcf, n, &view); n++) {

        ngx_http_article_text(text, "<tr><td>");
        ngx_http_article_text_html(text, &view.name);
        ngx_http_article_text(text, "</td><td>%uA <span class=\"was\">(%uA)"
                              "</span></td>",
                              view.today.pages, view.week.pages);

        ngx_http_article_html_share(text, view.today.refused,
                                    view.today.pages, view.week.refused,
                                    view.week.pages);

        ngx_http_article_text(text, "<td>%uA <span class=\"was\">(%uA)"
                              "</span></td>",
                              view.today.articles, view.week.articles);

        ngx_http_article_html_share(text, view.today.undated,
                                    view.today.articles, view.week.undated,
                                    view.week.articles);
        ngx_http_article_html_share(text, view.today.unsigned_,
                                    view.today.articles, view.week.unsigned_,
                                    view.week.articles);
        ngx_http_article_html_share(text, view.today.cut,
                                    view.today.bytes, view.week.cut,
                                    view.week.bytes);

        ngx_http_article_html_stale(text, &view);
        ngx_http_article_text(text, "</tr>\n");
    }

    ngx_http_article_text(text, "</table>\n");
}


/* A cell: of today, and of the week before. */

static void
ngx_http_article_html_share(ngx_http_article_text_t *text,
    ngx_atomic_uint_t part, ngx_atomic_uint_t whole,
    ngx_atomic_uint_t old_part, ngx_atomic_uint_t old_whole)
{
    if (whole) {
        ngx_http_article_text(text, "<td>%.1f %%",
                              100.0 * (double) part / (double) whole);

    } else {
        ngx_http_article_text(text, "<td>-");
    }

    if (old_whole) {
        ngx_http_article_text(text, " <span class=\"was\">(%.1f %%)</span>",
                              100.0 * (double) old_part
                              / (double) old_whole);
    }

    ngx_http_article_text(text, "</td>");
}


static void
ngx_http_article_html_stale(ngx_http_article_text_t *text,
    ngx_http_article_portal_view_t *view)
{
    ngx_str_t    word;
    ngx_uint_t   n;
    const char  *comma;

    n = 0;
    comma = "";
    ngx_http_article_text(text, "<td class=\"text bad\">");

    while (ngx_http_article_status_stale(view, &n, &word)) {
        ngx_http_article_text(text, "%s", comma);
        ngx_http_article_text_html(text, &word);
        comma = ", ";
    }

    ngx_http_article_text(text, "</td>");
}


static void
ngx_http_article_html_counters(ngx_http_article_text_t *text,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t                      i;
    ngx_http_article_zone_state_t   state;

    ngx_http_article_zone_state(amcf->shm_zone, &state);

    ngx_http_article_text(text, "<h2>All portals, since the zone was made"
                          "</h2>\n<p>article_zone: %ui values, %uz of %uz "
                          "bytes</p>\n<table>\n",
                          state.entries, state.bytes, state.size);

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        ngx_http_article_text(text, "<tr><td>%s</td><td>%uA</td></tr>\n",
                              ngx_http_article_counter_words[i],
                              state.counter[i]);
    }

    ngx_http_article_text(text, "</table>\n<table>\n<tr><th>reason</th>"
                          "<th>requests</th></tr>\n");

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {
        if (state.reason[i]) {
            ngx_http_article_text(text, "<tr><td>%s</td><td>%uA</td></tr>\n",
                                  article_reason_word(i), state.reason[i]);
        }
    }

    ngx_http_article_text(text, "</table>\n");
}

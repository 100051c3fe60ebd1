
/*
 * Copyright (C) ngx_article authors
 *
 * article_status: which form it has, and what its forms share.
 */


#include "ngx_http_article_headers.h"
#include "ngx_http_article_status.h"


/* What an empty gateway's status takes; it grows. */
#define NGX_HTTP_ARTICLE_STATUS_SIZE  4096

#define NGX_HTTP_ARTICLE_COUNTER_WORD(name, word, help)  word,
#define NGX_HTTP_ARTICLE_COUNTER_HELP(name, word, help)  help,
#define NGX_HTTP_ARTICLE_STATUS_WORD(name, word)         word,


typedef struct {
    ngx_str_t     name;         /* of "?format=" */
    const char   *accept;       /* or in Accept */
    ngx_str_t     type;
    void        (*write)(ngx_http_article_text_t *text,
                         ngx_http_article_main_conf_t *amcf);
} ngx_http_article_status_form_t;


static ngx_http_article_status_form_t *ngx_http_article_status_form(
    ngx_http_request_t *r);


const char  *ngx_http_article_counter_words[] = {
    NGX_HTTP_ARTICLE_COUNTERS(NGX_HTTP_ARTICLE_COUNTER_WORD)
};

const char  *ngx_http_article_counter_helps[] = {
    NGX_HTTP_ARTICLE_COUNTERS(NGX_HTTP_ARTICLE_COUNTER_HELP)
};

const char  *ngx_http_article_method_words[] = {
    NGX_HTTP_ARTICLE_METHODS(NGX_HTTP_ARTICLE_STATUS_WORD)
};

const char  *ngx_http_article_status_words[] = {
    NGX_HTTP_ARTICLE_CACHE_STATUSES(NGX_HTTP_ARTICLE_STATUS_WORD)
};

const char  *ngx_http_article_kind_words[] = {
    "other", "article", "listing", "home"
};

const char  *ngx_http_article_level_words[] = { "", "l1", "redis", "origin" };

const char  *ngx_http_article_digit_words[] = {
    "none", "1xx", "2xx", "3xx", "4xx", "5xx"
};


/* The first is what is sent when nothing else is asked for. */
static ngx_http_article_status_form_t  ngx_http_article_status_forms[] = {

    { ngx_string("json"), "application/json",
      ngx_string("application/json; charset=utf-8"),
      ngx_http_article_status_json },

    { ngx_string("prometheus"), "text/plain",
      ngx_string("text/plain; version=0.0.4; charset=utf-8"),
      ngx_http_article_status_prometheus },

    { ngx_string("html"), "text/html",
      ngx_string("text/html; charset=utf-8"),
      ngx_http_article_status_html },

    { ngx_null_string, NULL, ngx_null_string, NULL }
};


ngx_int_t
ngx_http_article_status_handler(ngx_http_request_t *r)
{
    ngx_int_t                      rc;
    ngx_str_t                      body;
    ngx_http_article_status_form_t       *form;
    ngx_http_article_text_t        text;
    ngx_http_article_main_conf_t  *amcf;

    if (!ngx_http_article_enabled(r)) {
        return NGX_DECLINED;
    }

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    form = ngx_http_article_status_form(r);
    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    if (ngx_http_article_text_init(&text, r->pool,
                                   NGX_HTTP_ARTICLE_STATUS_SIZE)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    form->write(&text, amcf);

    if (text.failed) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    body.data = text.start;
    body.len = text.last - text.start;

    return ngx_http_article_send_text(r, NGX_HTTP_OK, &form->type, &body);
}


/* What a browser, Prometheus or curl asks for, or the argument says. */

static ngx_http_article_status_form_t *
ngx_http_article_status_form(ngx_http_request_t *r)
{
    u_char                      *p, *first;
    ngx_str_t                    value, accept = ngx_string("Accept");
    ngx_table_elt_t             *h;
    ngx_http_article_status_form_t     *form, *found;
    ngx_http_article_headers_t   headers;

    if (ngx_http_arg(r, (u_char *) "format", 6, &value) == NGX_OK) {

        for (form = ngx_http_article_status_forms; form->name.len; form++) {
            if (form->name.len == value.len
                && ngx_strncmp(form->name.data, value.data, value.len) == 0)
            {
                return form;
            }
        }
    }

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);
    h = ngx_http_article_headers_next(&headers, &accept);

    first = NULL;
    found = ngx_http_article_status_forms;

    for (form = ngx_http_article_status_forms; h && form->name.len; form++) {
        p = ngx_strnstr(h->value.data, (char *) form->accept, h->value.len);

        if (p && (first == NULL || p < first)) {
            first = p;
            found = form;
        }
    }

    return found;
}


/* First those that were counted, then files whose portals were not. */

ngx_uint_t
ngx_http_article_status_portal(ngx_http_article_main_conf_t *amcf,
    ngx_uint_t n, ngx_http_article_portal_view_t *view)
{
    ngx_uint_t                   i, places;
    ngx_http_article_place_t    *place;
    ngx_http_article_metrics_t  *metrics;

    ngx_memzero(view, sizeof(ngx_http_article_portal_view_t));

    metrics = ngx_http_article_metrics(amcf->shm_zone);
    place = amcf->places.elts;
    places = metrics ? metrics->number : 0;

    for (i = 0; i < places && metrics->portal[i].taken; i++) {

        if (n-- == 0) {
            view->metrics = &metrics->portal[i];
            view->name.data = view->metrics->name;
            view->name.len = view->metrics->len;
            ngx_http_article_metrics_day(view->metrics, &view->today,
                                         &view->week);
            break;
        }
    }

    for (i = 0; i < amcf->places.nelts; i++) {

        if (view->metrics) {

            if (ngx_http_article_metrics_named(view->metrics, &place[i].name))
            {
                view->portal = place[i].portal;
                break;
            }

        } else if (!ngx_http_article_metrics_knows(metrics, &place[i].name)
                   && n-- == 0)
        {
            view->name = place[i].name;
            view->portal = place[i].portal;
            break;
        }
    }

    return view->metrics || view->portal;
}


ngx_int_t
ngx_http_article_status_rule(ngx_http_article_portal_view_t *view,
    ngx_uint_t n, article_portal_judged_t *rule, ngx_uint_t *idle)
{
    if (view->portal == NULL
        || !article_portal_judged(view->portal, n, rule))
    {
        return NGX_DONE;
    }

    if (rule->word.len == 0) {
        return NGX_DECLINED;
    }

    *idle = view->metrics
            && ngx_http_article_metrics_idle(view->metrics, n, rule->strip);

    return NGX_OK;
}


ngx_uint_t
ngx_http_article_status_rules(ngx_http_article_portal_view_t *view,
    ngx_uint_t stale)
{
    ngx_int_t                rc;
    ngx_uint_t               n, idle, rules;
    article_portal_judged_t  rule;

    rules = 0;

    for (n = 0; /* void */ ; n++) {
        rc = ngx_http_article_status_rule(view, n, &rule, &idle);

        if (rc == NGX_DONE) {
            return rules;
        }

        if (rc == NGX_OK && (!stale || idle)) {
            rules++;
        }
    }
}


ngx_uint_t
ngx_http_article_status_stale(ngx_http_article_portal_view_t *view,
    ngx_uint_t *n, ngx_str_t *word)
{
    ngx_int_t                rc;
    ngx_uint_t               idle;
    article_portal_judged_t  rule;

    do {
        rc = ngx_http_article_status_rule(view, (*n)++, &rule, &idle);

        if (rc == NGX_OK && idle) {
            word->data = (u_char *) rule.word.data;
            word->len = rule.word.len;
            return 1;
        }

    } while (rc != NGX_DONE);

    return 0;
}

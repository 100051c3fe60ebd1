
/*
 * Copyright (C) ngx_article authors
 *
 * article_status: what the gateway has done and holds, as JSON.
 */


#include "ngx_http_article_events.h"
#include "ngx_http_article_handler.h"
#include "ngx_http_article_latest.h"
#include "ngx_http_article_learn.h"


#define NGX_HTTP_ARTICLE_COUNTER_WORD(name, word)  word,


static size_t ngx_http_article_status_size(
    ngx_http_article_main_conf_t *amcf);
static u_char *ngx_http_article_status_zone(u_char *p,
    ngx_http_article_main_conf_t *amcf);
static u_char *ngx_http_article_status_reasons(u_char *p,
    ngx_http_article_zone_state_t *state);
static u_char *ngx_http_article_status_portals(u_char *p,
    ngx_http_article_main_conf_t *amcf);


static const char  *ngx_http_article_counter_words[] = {
    NGX_HTTP_ARTICLE_COUNTERS(NGX_HTTP_ARTICLE_COUNTER_WORD)
};


ngx_int_t
ngx_http_article_status_handler(ngx_http_request_t *r)
{
    u_char                        *p;
    ngx_int_t                      rc;
    ngx_str_t                      json;
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

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    json.data = ngx_pnalloc(r->pool, ngx_http_article_status_size(amcf));
    if (json.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = ngx_sprintf(json.data, "{\"version\":\"%s\",\"nginx\":\"%s\",",
                    NGX_HTTP_ARTICLE_VERSION, NGINX_VERSION);

    p = ngx_http_article_status_zone(p, amcf);

    p = ngx_sprintf(p, "\"redis\":\"%s\",",
                    amcf->redis ? ngx_http_article_redis_state(amcf->redis)
                                : "none");

    p = ngx_http_article_redis_status(p, amcf->redis);
    p = ngx_http_article_events_status(p, amcf);
    p = ngx_http_article_latest_status(p, amcf);
    p = ngx_http_article_learn_status(p, amcf->learn);
    p = ngx_http_article_status_portals(p, amcf);

    p = ngx_cpymem(p, "}\n", 2);

    json.len = p - json.data;

    return ngx_http_article_send_json(r, NGX_HTTP_OK, &json);
}


static size_t
ngx_http_article_status_size(ngx_http_article_main_conf_t *amcf)
{
    size_t               size;
    ngx_uint_t           i;
    article_portal_t   **portals;

    size = 1024 + (NGX_HTTP_ARTICLE_COUNTERS_NUMBER + ARTICLE_REASONS_NUMBER)
                  * (64 + NGX_INT64_LEN);

    if (amcf->shm_zone) {
        size += 6 * amcf->shm_zone->shm.name.len;
    }

    size += ngx_http_article_redis_status_size(amcf->redis);
    size += NGX_HTTP_ARTICLE_EVENTS_STATUS_SIZE;
    size += ngx_http_article_latest_status_size(amcf);
    size += ngx_http_article_learn_status_size(amcf->learn);

    portals = amcf->portals.elts;

    for (i = 0; i < amcf->portals.nelts; i++) {
        size += 3 + 6 * article_portal_name(portals[i]).len;
    }

    return size;
}


static u_char *
ngx_http_article_status_zone(u_char *p, ngx_http_article_main_conf_t *amcf)
{
    ngx_str_t                      *name;
    ngx_uint_t                      i;
    ngx_http_article_zone_state_t   state;

    if (amcf->shm_zone == NULL) {
        return ngx_sprintf(p, "\"zone\":null,\"counters\":null,"
                           "\"reasons\":null,");
    }

    ngx_http_article_zone_state(amcf->shm_zone, &state);

    name = &amcf->shm_zone->shm.name;

    p = ngx_sprintf(p, "\"zone\":{\"name\":\"");
    p = (u_char *) ngx_escape_json(p, name->data, name->len);
    p = ngx_sprintf(p, "\",\"size\":%uz,\"entries\":%ui,\"bytes\":%uz},",
                    state.size, state.entries, state.bytes);

    p = ngx_sprintf(p, "\"counters\":{");

    for (i = 0; i < NGX_HTTP_ARTICLE_COUNTERS_NUMBER; i++) {
        p = ngx_sprintf(p, "%s\"%s\":%uA", i ? "," : "",
                        ngx_http_article_counter_words[i], state.counter[i]);
    }

    p = ngx_cpymem(p, "},", 2);

    return ngx_http_article_status_reasons(p, &state);
}


/* Those that have been given, so that what is wrong is seen at a glance. */

static u_char *
ngx_http_article_status_reasons(u_char *p,
    ngx_http_article_zone_state_t *state)
{
    ngx_uint_t   i;
    const char  *comma;

    comma = "";
    p = ngx_sprintf(p, "\"reasons\":{");

    for (i = 0; i < ARTICLE_REASONS_NUMBER; i++) {

        if (state->reason[i] == 0) {
            continue;
        }

        p = ngx_sprintf(p, "%s\"%s\":%uA", comma, article_reason_word(i),
                        state->reason[i]);
        comma = ",";
    }

    return ngx_cpymem(p, "},", 2);
}


static u_char *
ngx_http_article_status_portals(u_char *p, ngx_http_article_main_conf_t *amcf)
{
    ngx_uint_t          i;
    article_slice_t     name;
    article_portal_t  **portals;

    portals = amcf->portals.elts;

    p = ngx_sprintf(p, "\"portals\":[");

    for (i = 0; i < amcf->portals.nelts; i++) {
        name = article_portal_name(portals[i]);

        p = ngx_sprintf(p, "%s\"", i ? "," : "");
        p = (u_char *) ngx_escape_json(p, (u_char *) name.data, name.len);
        *p++ = '"';
    }

    *p++ = ']';

    return p;
}

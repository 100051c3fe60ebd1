
/*
 * Copyright (C) ngx_article authors
 *
 * article_plan: what was learned, to be read by GET and changed by POST.  Who
 * may do so is up to nginx' own access rules; that no page of another site
 * makes an operator's browser do it, to a header that such a page cannot set.
 *
 *   GET                             all portals, in short
 *   GET  ?portal=NAME               one portal: its plans
 *   GET  ?portal=NAME&plan=current  the portal file of the plan in force
 *   GET  ?portal=NAME&plan=N        ... of a kept or waiting one
 *   POST ?portal=NAME&do=pin|veto|unveto&entry=ENTRY
 *   POST ?portal=NAME&do=approve
 *   POST ?portal=NAME&do=rollback&plan=N
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_learn.h"
#include "ngx_http_article_respond.h"


#define NGX_HTTP_ARTICLE_PLAN_HEADER  "X-Article-Plan"

/* Bytes of JSON of a kept plan but for its "why". */
#define NGX_HTTP_ARTICLE_PLAN_SIZE    (160 + 3 * NGX_INT64_LEN)


typedef struct {
    ngx_http_article_learn_t       *learn;
    ngx_http_article_plan_t        *plan;
    ngx_str_t                       action;
    ngx_str_t                       entry;
    ngx_str_t                       number;
} ngx_http_article_plan_ask_t;


static ngx_int_t ngx_http_article_plan_handler(ngx_http_request_t *r);
static ngx_int_t ngx_http_article_plan_list(ngx_http_request_t *r,
    ngx_http_article_learn_t *learn);
static ngx_int_t ngx_http_article_plan_show(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask);
static ngx_int_t ngx_http_article_plan_history(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask, ngx_http_article_plan_state_t *state,
    article_learner_t *learner, ngx_str_t *json);
static ngx_int_t ngx_http_article_plan_file(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask, article_learner_t *learner,
    ngx_str_t *json);
static ngx_int_t ngx_http_article_plan_do(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask);
static article_reason_t ngx_http_article_plan_action(
    article_learner_t *learner, ngx_http_article_plan_state_t *state,
    void *data);
static ngx_uint_t ngx_http_article_plan_meant(ngx_http_request_t *r);
static ngx_int_t ngx_http_article_plan_error(ngx_http_request_t *r,
    ngx_uint_t status, const char *error);


char *
ngx_http_article_plan_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_article_plan_handler;

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_article_plan_handler(ngx_http_request_t *r)
{
    ngx_int_t                      rc;
    ngx_str_t                      name;
    ngx_http_article_plan_ask_t    ask;
    ngx_http_article_main_conf_t  *amcf;

    if (!ngx_http_article_enabled(r)) {
        return NGX_DECLINED;
    }

    if (!(r->method & (NGX_HTTP_GET|NGX_HTTP_HEAD|NGX_HTTP_POST))) {
        return NGX_HTTP_NOT_ALLOWED;
    }

    rc = ngx_http_discard_request_body(r);

    if (rc != NGX_OK) {
        return rc;
    }

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    if (amcf->learn == NULL || amcf->learn->shm_zone == NULL) {
        return ngx_http_article_plan_error(r, NGX_HTTP_NOT_FOUND,
                                           "nothing is learned here: see "
                                           "article_learn, article_zone");
    }

    if (r->method == NGX_HTTP_POST && !ngx_http_article_plan_meant(r)) {
        return ngx_http_article_plan_error(r, NGX_HTTP_FORBIDDEN,
                                           "POST needs the header "
                                           NGX_HTTP_ARTICLE_PLAN_HEADER);
    }

    ngx_memzero(&ask, sizeof(ngx_http_article_plan_ask_t));

    ask.learn = amcf->learn;

    if (ngx_http_arg(r, (u_char *) "portal", 6, &name) != NGX_OK) {

        return (r->method == NGX_HTTP_POST)
               ? ngx_http_article_plan_error(r, NGX_HTTP_BAD_REQUEST,
                                             "which portal?")
               : ngx_http_article_plan_list(r, amcf->learn);
    }

    ask.plan = ngx_http_article_learn_find(amcf->learn, &name);

    if (ask.plan == NULL) {
        return ngx_http_article_plan_error(r, NGX_HTTP_NOT_FOUND,
                                           "no such portal");
    }

    (void) ngx_http_arg(r, (u_char *) "plan", 4, &ask.number);
    (void) ngx_http_arg(r, (u_char *) "entry", 5, &ask.entry);
    (void) ngx_http_arg(r, (u_char *) "do", 2, &ask.action);

    return (r->method == NGX_HTTP_POST) ? ngx_http_article_plan_do(r, &ask)
                                        : ngx_http_article_plan_show(r, &ask);
}


static ngx_uint_t
ngx_http_article_plan_meant(ngx_http_request_t *r)
{
    ngx_http_article_headers_t  headers;
    static ngx_str_t            name =
        ngx_string(NGX_HTTP_ARTICLE_PLAN_HEADER);

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);

    return ngx_http_article_headers_next(&headers, &name) != NULL;
}


static ngx_int_t
ngx_http_article_plan_error(ngx_http_request_t *r, ngx_uint_t status,
    const char *error)
{
    ngx_str_t  json;

    json.data = ngx_pnalloc(r->pool, ngx_strlen(error)
                                     + sizeof("{\"error\":\"\"}\n"));
    if (json.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    json.len = ngx_sprintf(json.data, "{\"error\":\"%s\"}\n", error)
               - json.data;

    return ngx_http_article_send_json(r, status, &json);
}


static ngx_int_t
ngx_http_article_plan_list(ngx_http_request_t *r,
    ngx_http_article_learn_t *learn)
{
    u_char     *p;
    ngx_str_t   json;

    json.data = ngx_pnalloc(r->pool,
                            ngx_http_article_learn_status_size(learn) + 4);
    if (json.data == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    p = json.data;
    *p++ = '{';
    p = ngx_http_article_learn_status(p, learn);

    /* its comma is for what follows in article_status */

    p = ngx_cpymem(p - 1, "}\n", 2);
    json.len = p - json.data;

    return ngx_http_article_send_json(r, NGX_HTTP_OK, &json);
}


static ngx_int_t
ngx_http_article_plan_show(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask)
{
    ngx_int_t                       rc;
    ngx_str_t                       json;
    article_learner_t              *learner;
    ngx_http_article_plan_state_t   state;

    rc = ngx_http_article_zone_plan_get(ask->learn->shm_zone, ask->plan->key,
                                        1, &state);

    if (rc == NGX_ERROR) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (state.data == NULL) {
        return ngx_http_article_plan_error(r, NGX_HTTP_NOT_FOUND,
                                           "nothing is learned of it yet");
    }

    learner = article_learner_load((article_slice_t)
                                   { (char *) state.data, state.len });
    ngx_free(state.data);

    if (learner == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    rc = ask->number.len
         ? ngx_http_article_plan_file(r, ask, learner, &json)
         : ngx_http_article_plan_history(r, ask, &state, learner, &json);

    article_learner_destroy(learner);

    switch (rc) {

    case NGX_OK:
        return ngx_http_article_send_json(r, NGX_HTTP_OK, &json);

    case NGX_DECLINED:
        return ngx_http_article_plan_error(r, NGX_HTTP_NOT_FOUND,
                                           "no such plan");

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
}


static ngx_int_t
ngx_http_article_plan_history(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask, ngx_http_article_plan_state_t *state,
    article_learner_t *learner, ngx_str_t *json)
{
    u_char                  *p;
    unsigned                 n;
    article_learner_plan_t   plan;

    for (n = 0; article_learner_plan(learner, n, &plan); n++) {
        /* void */
    }

    json->data = ngx_pnalloc(r->pool, 256 + 6 * ask->plan->name.len
                             + n * (NGX_HTTP_ARTICLE_PLAN_SIZE
                                    + 6 * sizeof(plan.why)));
    if (json->data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_sprintf(json->data, "{\"portal\":\"");
    p = (u_char *) ngx_escape_json(p, ask->plan->name.data,
                                   ask->plan->name.len);
    p = ngx_sprintf(p, "\",\"plan\":%uL,\"pages\":%ud,\"articles\":%ud,"
                    "\"plans\":[", state->status.number, state->status.pages,
                    state->status.articles);

    for (n = 0; article_learner_plan(learner, n, &plan); n++) {

        p = ngx_sprintf(p, "%s\n{\"plan\":%uL,\"made\":%T,\"entries\":%ud,"
                        "\"in_force\":%s,\"waits_for_approval\":%s,"
                        "\"why\":\"", n ? "," : "", plan.number,
                        plan.made ? ngx_http_article_learn_unclock(ask->learn,
                                                state->created, plan.made)
                                  : 0,
                        plan.entries, plan.in_force ? "true" : "false",
                        plan.waiting ? "true" : "false");

        p = (u_char *) ngx_escape_json(p, (u_char *) plan.why,
                                       ngx_strlen(plan.why));
        p = ngx_cpymem(p, "\"}", 2);
    }

    p = ngx_cpymem(p, "]}\n", 3);
    json->len = p - json->data;

    return NGX_OK;
}


/* NGX_DECLINED: there is none. */

static ngx_int_t
ngx_http_article_plan_file(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask, article_learner_t *learner,
    ngx_str_t *json)
{
    ngx_int_t         number;
    article_slice_t   file;
    article_reason_t  reason;

    number = ngx_atoi(ask->number.data, ask->number.len);

    reason = (number == NGX_ERROR)
             ? article_learner_portal(learner, &file)
             : article_learner_portal_of(learner, (uint64_t) number, &file);

    if (reason != ARTICLE_OK) {
        return (reason == ARTICLE_NO_MEMORY) ? NGX_ERROR : NGX_DECLINED;
    }

    json->len = file.len;
    json->data = ngx_pnalloc(r->pool, file.len);

    if (json->data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(json->data, file.data, file.len);

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_plan_do(ngx_http_request_t *r,
    ngx_http_article_plan_ask_t *ask)
{
    ngx_str_t         json;
    article_reason_t  reason;

    reason = ngx_http_article_plan_change(ask->learn, ask->plan, 1,
                                          ngx_http_article_plan_action, ask);

    switch (reason) {

    case ARTICLE_OK:
        break;

    case ARTICLE_METHOD_REFUSED:
        return ngx_http_article_plan_error(r, NGX_HTTP_BAD_REQUEST,
                                           "do is pin, veto, unveto, approve "
                                           "or rollback");

    case ARTICLE_BAD_ENTRY:
        return ngx_http_article_plan_error(r, NGX_HTTP_NOT_FOUND,
                                           "no such entry or plan");

    default:
        return ngx_http_article_plan_error(r, NGX_HTTP_SERVICE_UNAVAILABLE,
                                           article_reason_word(reason));
    }

    ngx_log_error(NGX_LOG_NOTICE, r->connection->log, 0,
                  "article_plan: \"%V\" of portal \"%V\", entry \"%V\", "
                  "plan \"%V\"", &ask->action, &ask->plan->name, &ask->entry,
                  &ask->number);

    ngx_http_article_plan_check(ask->learn);

    ngx_str_set(&json, "{\"done\":true}\n");

    return ngx_http_article_send_json(r, NGX_HTTP_OK, &json);
}


/* METHOD_REFUSED: no such action. */

static article_reason_t
ngx_http_article_plan_action(article_learner_t *learner,
    ngx_http_article_plan_state_t *state, void *data)
{
    ngx_http_article_plan_ask_t *ask = data;

    ngx_int_t        number;
    article_slice_t  entry;

#define ngx_http_article_plan_is(word)                                        \
    (ask->action.len == sizeof(word) - 1                                      \
     && ngx_strncmp(ask->action.data, word, sizeof(word) - 1) == 0)

    entry.data = (char *) ask->entry.data;
    entry.len = ask->entry.len;

    if (ngx_http_article_plan_is("pin")) {
        return article_learner_pin(learner, entry);
    }

    if (ngx_http_article_plan_is("veto")) {
        return article_learner_veto(learner, entry);
    }

    if (ngx_http_article_plan_is("unveto")) {
        return article_learner_unveto(learner, entry);
    }

    if (ngx_http_article_plan_is("approve")) {
        return article_learner_approve(learner);
    }

    if (ngx_http_article_plan_is("rollback")) {
        number = ngx_atoi(ask->number.data, ask->number.len);

        return (number == NGX_ERROR)
               ? ARTICLE_BAD_ENTRY
               : article_learner_rollback(learner, (uint64_t) number);
    }

    return ARTICLE_METHOD_REFUSED;
}


/*
 * Copyright (C) ngx_article authors
 *
 * article_learn and its kin, and which plan a location has.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_learn.h"

#include <ngx_md5.h>


/* Of article_threads, and of how many pages may wait for them. */
#define NGX_HTTP_ARTICLE_LEARN_THREADS  1
#define NGX_HTTP_ARTICLE_LEARN_QUEUE    "max_queue=64"


/* A location as it is while the configuration is read. */
typedef struct {
    ngx_http_article_strip_conf_t  *conf;
    void                          **srv_conf;
    void                          **loc_conf;
} ngx_http_article_learn_place_t;


/* What the gzip filter's location configuration begins with. */
typedef struct {
    ngx_flag_t                      enable;
} ngx_http_article_learn_gzip_t;


static ngx_http_article_learn_t *ngx_http_article_learn_main(ngx_conf_t *cf);
static ngx_int_t ngx_http_article_learn_portals(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf);
static ngx_int_t ngx_http_article_learn_place(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf,
    ngx_http_article_learn_place_t *place);
static ngx_http_article_plan_t *ngx_http_article_learn_add_plan(
    ngx_conf_t *cf, ngx_http_article_learn_t *learn, ngx_str_t *name,
    ngx_str_t *host, const article_portal_t *written);
static ngx_int_t ngx_http_article_learn_threads(ngx_conf_t *cf,
    ngx_http_article_learn_t *learn);
static void ngx_http_article_learn_check_gzip(ngx_conf_t *cf,
    ngx_http_article_learn_t *learn);


/* article_threads, article_learn_age */

char *
ngx_http_article_learn_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_str_t                 *value;
    ngx_http_article_learn_t  *learn;

    learn = ngx_http_article_learn_main(cf);
    if (learn == NULL) {
        return NGX_CONF_ERROR;
    }

    value = cf->args->elts;

    if (ngx_strcmp(cmd->name.data, "article_threads") == 0) {

        if (learn->threads != NGX_CONF_UNSET) {
            return "is duplicate";
        }

        learn->threads = ngx_atoi(value[1].data, value[1].len);

        return (learn->threads > 0) ? NGX_CONF_OK : "must be a number from 1";
    }

    if (learn->age != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    learn->age = ngx_parse_time(&value[1], 1);

    return (learn->age > 0 && learn->age <= ARTICLE_LEARNER_DAY)
           ? NGX_CONF_OK : "must be a time from 1s to 1d";
}


static ngx_http_article_learn_t *
ngx_http_article_learn_main(ngx_conf_t *cf)
{
    ngx_http_article_learn_t      *learn;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

    if (amcf->learn) {
        return amcf->learn;
    }

    learn = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_learn_t));
    if (learn == NULL
        || ngx_array_init(&learn->plans, cf->pool, 4,
                          sizeof(ngx_http_article_plan_t *))
           != NGX_OK
        || ngx_array_init(&learn->locations, cf->pool, 8,
                          sizeof(ngx_http_article_learn_place_t))
           != NGX_OK)
    {
        return NULL;
    }

    learn->threads = NGX_CONF_UNSET;
    learn->age = NGX_CONF_UNSET;

    amcf->learn = learn;

    return learn;
}


/* Locations are looked at when all of them are merged. */

char *
ngx_http_article_learn_merge(ngx_conf_t *cf,
    ngx_http_article_strip_conf_t *prev, ngx_http_article_strip_conf_t *conf)
{
    ngx_http_conf_ctx_t             *ctx;
    ngx_http_article_learn_t        *learn;
    ngx_http_article_loc_conf_t     *alcf;
    ngx_http_article_learn_place_t  *place;

    if (conf->learn == NGX_CONF_UNSET_UINT) {
        conf->learn = prev->learn;
    }

    conf->learning = conf->learn;

    if (conf->learn == NGX_CONF_UNSET_UINT) {
        conf->learning = conf->strip ? NGX_HTTP_ARTICLE_LEARN_OBSERVE
                                     : NGX_HTTP_ARTICLE_LEARN_OFF;
    }

    alcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_article_module);

    if (conf->strip == NULL && alcf->source.len == 0) {
        conf->learning = NGX_HTTP_ARTICLE_LEARN_OFF;
        return NGX_CONF_OK;
    }

    learn = ngx_http_article_learn_main(cf);
    if (learn == NULL) {
        return NGX_CONF_ERROR;
    }

    place = ngx_array_push(&learn->locations);
    if (place == NULL) {
        return NGX_CONF_ERROR;
    }

    ctx = cf->ctx;

    place->conf = conf;
    place->srv_conf = ctx->srv_conf;
    place->loc_conf = ctx->loc_conf;

    return NGX_CONF_OK;
}


ngx_int_t
ngx_http_article_learn_init(ngx_conf_t *cf)
{
    ngx_uint_t                       i, wanted;
    ngx_http_article_learn_t        *learn;
    ngx_http_article_main_conf_t    *amcf;
    ngx_http_article_learn_place_t  *place;

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);
    learn = amcf->learn;

    if (learn == NULL) {
        return NGX_OK;
    }

    if (learn->threads == NGX_CONF_UNSET) {
        learn->threads = NGX_HTTP_ARTICLE_LEARN_THREADS;
    }

    if (learn->age == NGX_CONF_UNSET) {
        learn->age = ARTICLE_LEARNER_DAY;
    }

    wanted = 0;
    place = learn->locations.elts;

    for (i = 0; i < learn->locations.nelts; i++) {
        wanted |= place[i].conf->learning;
    }

    ngx_http_article_learn_check_gzip(cf, learn);

    if (!wanted) {
        return NGX_OK;
    }

    if (amcf->shm_zone == NULL) {
        ngx_log_error(NGX_LOG_NOTICE, cf->log, 0,
                      "article_learn learns nothing without article_zone");
        return NGX_OK;
    }

    if (ngx_http_article_learn_portals(cf, amcf) != NGX_OK) {
        return NGX_ERROR;
    }

    for (i = 0; i < learn->locations.nelts; i++) {
        if (ngx_http_article_learn_place(cf, amcf, &place[i]) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    learn->shm_zone = amcf->shm_zone;

    return ngx_http_article_learn_threads(cf, learn);
}


static ngx_int_t
ngx_http_article_learn_portals(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf)
{
    ngx_str_t           name, host;
    ngx_uint_t          i;
    article_slice_t     slice;
    article_portal_t  **portals;

    portals = amcf->portals.elts;

    for (i = 0; i < amcf->portals.nelts; i++) {

        slice = article_portal_name(portals[i]);
        name.data = (u_char *) slice.data;
        name.len = slice.len;

        slice = article_portal_host(portals[i], 0);
        host.data = (u_char *) slice.data;
        host.len = slice.len;

        if (ngx_http_article_learn_add_plan(cf, amcf->learn, &name,
                                            host.len ? &host : &name,
                                            portals[i])
            == NULL)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_learn_place(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf,
    ngx_http_article_learn_place_t *place)
{
    ngx_str_t                     host, name;
    article_slice_t               slice;
    const article_portal_t       *written;
    ngx_http_article_plan_t      *plan, **plans;
    ngx_http_core_srv_conf_t     *cscf;
    ngx_http_article_loc_conf_t  *alcf;
    ngx_uint_t                    i;

    if (place->conf->learning == NGX_HTTP_ARTICLE_LEARN_OFF) {
        return NGX_OK;
    }

    alcf = place->loc_conf[ngx_http_article_module.ctx_index];
    cscf = place->srv_conf[ngx_http_core_module.ctx_index];

    host = cscf->server_name;

    if (alcf->base_url.len) {
        ngx_http_article_base_host(&alcf->base_url, &host);
    }

    if (host.len == 0) {
        ngx_str_set(&host, "default");
    }

    name = host;
    written = ngx_http_article_portal_find(amcf, &host);

    if (written) {
        slice = article_portal_name(written);
        name.data = (u_char *) slice.data;
        name.len = slice.len;
    }

    plan = ngx_http_article_learn_add_plan(cf, amcf->learn, &name, &host,
                                           written);
    if (plan == NULL) {
        return NGX_ERROR;
    }

    place->conf->plan = plan;
    amcf->learn->max_page = ngx_max(amcf->learn->max_page, alcf->max_page);

    if (place->conf->learning != NGX_HTTP_ARTICLE_LEARN_APPLY) {
        return NGX_OK;
    }

    /* a portal file's hosts are found by the request's */

    plans = amcf->learn->plans.elts;

    for (i = 0; i < amcf->learn->plans.nelts; i++) {
        if (plans[i]->written) {
            plans[i]->apply = 1;
        }
    }

    plan->apply = 1;

    return NGX_OK;
}


static ngx_http_article_plan_t *
ngx_http_article_learn_add_plan(ngx_conf_t *cf,
    ngx_http_article_learn_t *learn, ngx_str_t *name, ngx_str_t *host,
    const article_portal_t *written)
{
    ngx_md5_t                 md5;
    ngx_http_article_plan_t  *plan, **p;

    plan = ngx_http_article_learn_find(learn, name);

    if (plan) {
        return plan;
    }

    plan = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_plan_t));
    p = ngx_array_push(&learn->plans);

    if (plan == NULL || p == NULL) {
        return NULL;
    }

    *p = plan;

    plan->name.len = name->len;
    plan->name.data = ngx_pstrdup(cf->pool, name);
    plan->host.len = host->len;
    plan->host.data = ngx_pstrdup(cf->pool, host);

    if (plan->name.data == NULL || plan->host.data == NULL) {
        return NULL;
    }

    plan->written = written;

    ngx_md5_init(&md5);
    ngx_md5_update(&md5, "plan:", sizeof("plan:") - 1);
    ngx_md5_update(&md5, name->data, name->len);
    ngx_md5_final(plan->key, &md5);

    return plan;
}


ngx_http_article_plan_t *
ngx_http_article_learn_find(ngx_http_article_learn_t *learn, ngx_str_t *name)
{
    ngx_uint_t                 i;
    ngx_http_article_plan_t  **plans;

    plans = learn->plans.elts;

    for (i = 0; i < learn->plans.nelts; i++) {
        if (plans[i]->name.len == name->len
            && ngx_memcmp(plans[i]->name.data, name->data, name->len) == 0)
        {
            return plans[i];
        }
    }

    return NULL;
}


ngx_http_article_plan_t *
ngx_http_article_learn_plan(ngx_http_request_t *r,
    const article_portal_t *written)
{
    ngx_uint_t                      i;
    ngx_http_article_plan_t       **plans;
    ngx_http_article_main_conf_t   *amcf;
    ngx_http_article_strip_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r,
                                        ngx_http_article_strip_filter_module);

    if (conf->learning == NGX_HTTP_ARTICLE_LEARN_OFF || conf->plan == NULL
        || conf->plan->written == written || written == NULL)
    {
        return conf->plan;
    }

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    plans = amcf->learn->plans.elts;

    for (i = 0; i < amcf->learn->plans.nelts; i++) {
        if (plans[i]->written == written) {
            return plans[i];
        }
    }

    return NULL;
}


ngx_http_article_plan_t *
ngx_http_article_learn_applied(ngx_http_request_t *r,
    const article_portal_t *written)
{
    ngx_http_article_strip_conf_t  *conf;

    conf = ngx_http_get_module_loc_conf(r,
                                        ngx_http_article_strip_filter_module);

    return (conf->learning == NGX_HTTP_ARTICLE_LEARN_APPLY)
           ? ngx_http_article_learn_plan(r, written) : NULL;
}


/*
 * A pool of our own with a thread or two: the default one has 32.  Its own
 * directive makes it, for nginx has no other way.
 */

static ngx_int_t
ngx_http_article_learn_threads(ngx_conf_t *cf,
    ngx_http_article_learn_t *learn)
{
#if (NGX_THREADS)

    char           *rv;
    u_char          threads[sizeof("threads=") + NGX_INT_T_LEN];
    ngx_str_t       name = ngx_string("ngx_http_article");
    ngx_str_t      *value;
    ngx_array_t    *args;
    ngx_command_t  *cmd;
    extern ngx_module_t  ngx_thread_pool_module;

    args = cf->args;

    cf->args = ngx_array_create(cf->pool, 4, sizeof(ngx_str_t));
    if (cf->args == NULL) {
        return NGX_ERROR;
    }

    value = ngx_array_push_n(cf->args, 4);

    ngx_str_set(&value[0], "thread_pool");
    value[1] = name;
    value[2].data = threads;
    value[2].len = ngx_sprintf(threads, "threads=%i%Z", learn->threads)
                   - threads - 1;
    ngx_str_set(&value[3], NGX_HTTP_ARTICLE_LEARN_QUEUE);

    cmd = ngx_thread_pool_module.commands;
    rv = cmd->set(cf, cmd, NULL);

    cf->args = args;

    if (rv != NGX_CONF_OK) {
        return NGX_ERROR;
    }

    learn->pool = ngx_thread_pool_add(cf, &name);

    return learn->pool ? NGX_OK : NGX_ERROR;

#else

    ngx_log_error(NGX_LOG_NOTICE, cf->log, 0,
                  "article_learn learns nothing in an nginx built without "
                  "threads");
    return NGX_OK;

#endif
}


/*
 * nginx -t, once: a page that came compressed would leave five times as large.
 */

static void
ngx_http_article_learn_check_gzip(ngx_conf_t *cf,
    ngx_http_article_learn_t *learn)
{
    ngx_uint_t                       i;
    ngx_module_t                   **module;
    ngx_http_core_loc_conf_t        *clcf;
    ngx_http_article_learn_gzip_t   *gzip;
    ngx_http_article_learn_place_t  *place;

    for (module = cf->cycle->modules; *module; module++) {
        if (ngx_strcmp((*module)->name, "ngx_http_gzip_filter_module") == 0) {
            break;
        }
    }

    if (!ngx_test_config || *module == NULL) {
        return;
    }

    place = learn->locations.elts;

    for (i = 0; i < learn->locations.nelts; i++) {

        clcf = place[i].loc_conf[ngx_http_core_module.ctx_index];
        gzip = place[i].loc_conf[(*module)->ctx_index];

        if (place[i].conf->strip && clcf->handler && !gzip->enable) {
            ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                          "article_strip is on and gzip is off in location "
                          "\"%V\": a page that the portal compresses leaves "
                          "uncompressed, add \"gzip on;\"", &clcf->name);
            return;
        }
    }
}

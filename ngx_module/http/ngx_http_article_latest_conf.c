
/*
 * Copyright (C) ngx_article authors
 *
 * article_latest and article_latest_source: reading and checking.
 */


#include "ngx_http_article_latest.h"


/* How often a source is fetched where it does not say, in ms. */
#define NGX_HTTP_ARTICLE_LATEST_EVERY  60000


/* A location with article_json or article_latest. */
typedef struct {
    ngx_http_article_loc_conf_t  *conf;
    ngx_http_core_srv_conf_t     *server;
    void                        **loc_conf;
} ngx_http_article_location_t;


static ngx_int_t ngx_http_article_latest_number(ngx_conf_t *cf, ngx_str_t *word,
    const char *name, ngx_uint_t min, ngx_uint_t max, ngx_uint_t *number);
static ngx_int_t ngx_http_article_latest_location(ngx_conf_t *cf,
    ngx_array_t *locations, ngx_http_article_loc_conf_t *conf);
static ngx_int_t ngx_http_article_latest_portal(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf,
    ngx_http_article_location_t *location);
static ngx_http_article_latest_portal_t *ngx_http_article_latest_find_portal(
    ngx_conf_t *cf, ngx_http_article_main_conf_t *amcf, ngx_str_t *host);
static ngx_int_t ngx_http_article_latest_sources(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf,
    ngx_http_article_location_t *location);
static ngx_int_t ngx_http_article_latest_source(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_location_t *location,
    ngx_http_article_source_t *source);


char *
ngx_http_article_latest_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_int_t                  rc;
    ngx_str_t                 *value;
    ngx_uint_t                 i, regex;
    ngx_http_core_loc_conf_t  *clcf;

    if (alcf->latest_page) {
        return "is duplicate";
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    regex = 0;
#if (NGX_PCRE)
    regex = (clcf->regex != NULL);
#endif

    if (clcf->named || regex || clcf->name.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_latest is in location \"%V\", but must "
                           "be in one given by a path, as in "
                           "\"location = /latest\"", &clcf->name);
        return NGX_CONF_ERROR;
    }

    alcf->latest_page = NGX_HTTP_ARTICLE_LATEST_PAGE;
    alcf->latest_length = NGX_HTTP_ARTICLE_LATEST_LENGTH;
    alcf->latest_name = clcf->name;

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        rc = ngx_http_article_latest_number(cf, &value[i], "page=", 1,
                                        NGX_HTTP_ARTICLE_LATEST_PAGE_MAX,
                                        &alcf->latest_page);

        if (rc == NGX_DECLINED) {
            rc = ngx_http_article_latest_number(cf, &value[i], "length=",
                                        NGX_HTTP_ARTICLE_LATEST_LENGTH_MIN,
                                        NGX_HTTP_ARTICLE_LATEST_LENGTH_MAX,
                                        &alcf->latest_length);
        }

        if (rc == NGX_DECLINED) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "invalid parameter \"%V\" of article_latest, "
                               "it knows \"page=\" and \"length=\"",
                               &value[i]);
        }

        if (rc != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    clcf->handler = ngx_http_article_latest_handler;

    return NGX_CONF_OK;
}


/* NGX_DECLINED: it is another word. */

static ngx_int_t
ngx_http_article_latest_number(ngx_conf_t *cf, ngx_str_t *word,
    const char *name, ngx_uint_t min, ngx_uint_t max, ngx_uint_t *number)
{
    size_t     len;
    ngx_int_t  n;

    len = ngx_strlen(name);

    if (word->len < len || ngx_strncmp(word->data, name, len) != 0) {
        return NGX_DECLINED;
    }

    n = ngx_atoi(word->data + len, word->len - len);

    if (n == NGX_ERROR || (ngx_uint_t) n < min || (ngx_uint_t) n > max) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" of article_latest must be a number from "
                           "%ui to %ui", word, min, max);
        return NGX_ERROR;
    }

    *number = n;

    return NGX_OK;
}


char *
ngx_http_article_latest_source_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_int_t                   interval;
    ngx_str_t                  *value, s;
    ngx_http_article_source_t  *source;

    if (alcf->latest_sources == NULL) {
        alcf->latest_sources = ngx_array_create(cf->pool, 2,
                                          sizeof(ngx_http_article_source_t));
        if (alcf->latest_sources == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    source = ngx_array_push(alcf->latest_sources);
    if (source == NULL) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(source, sizeof(ngx_http_article_source_t));

    value = cf->args->elts;

    source->uri = value[1];
    source->interval = NGX_HTTP_ARTICLE_LATEST_EVERY;

    if (cf->args->nelts == 2) {
        return NGX_CONF_OK;
    }

    s = value[2];

    if (s.len > 9 && ngx_strncmp(s.data, "interval=", 9) == 0) {
        s.data += 9;
        s.len -= 9;

        interval = ngx_parse_time(&s, 0);

        if (interval != NGX_ERROR && interval >= 1000) {
            source->interval = (ngx_msec_t) interval;
            return NGX_CONF_OK;
        }
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid parameter \"%V\" of article_latest_source, "
                       "it may be \"interval=TIME\" of a second at least",
                       &value[2]);

    return NGX_CONF_ERROR;
}


char *
ngx_http_article_latest_merge(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf)
{
    u_char                        *p;
    ngx_http_core_loc_conf_t      *clcf;
    ngx_http_article_main_conf_t  *amcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->noname && conf->latest_page == 0 && prev->latest_page) {

        /* "if" and "limit_except" act as the location around them */

        conf->latest_page = prev->latest_page;
        conf->latest_length = prev->latest_length;
        conf->latest_name = prev->latest_name;

        if (clcf->lmt_excpt && clcf->handler == NULL) {
            clcf->handler = ngx_http_article_latest_handler;
        }
    }

    if (conf->latest_page == 0) {

        if (conf->latest_sources) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_latest_source needs article_latest "
                               "in the same location");
            return NGX_CONF_ERROR;
        }

        return NGX_CONF_OK;
    }

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

    if (conf->base_url.len == 0 || amcf->shm_zone == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_latest in location \"%V\" needs %s",
                           &conf->latest_name,
                           amcf->shm_zone ? "article_base_url, the portal's "
                           "public address" : "article_zone");
        return NGX_CONF_ERROR;
    }

    conf->latest_url.len = conf->base_url.len + conf->latest_name.len;

    p = ngx_pnalloc(cf->pool, conf->latest_url.len);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    conf->latest_url.data = p;
    ngx_sprintf(p, "%V%V", &conf->base_url, &conf->latest_name);

    return (ngx_http_article_latest_location(cf, &amcf->latest_locations,
                                             conf)
            == NGX_OK) ? NGX_CONF_OK : NGX_CONF_ERROR;
}


ngx_int_t
ngx_http_article_latest_json(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *conf)
{
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

    return ngx_http_article_latest_location(cf, &amcf->json_locations, conf);
}


static ngx_int_t
ngx_http_article_latest_location(ngx_conf_t *cf, ngx_array_t *locations,
    ngx_http_article_loc_conf_t *conf)
{
    ngx_http_conf_ctx_t          *ctx;
    ngx_http_article_location_t  *location;

    if (locations->elts == NULL
        && ngx_array_init(locations, cf->pool, 4,
                          sizeof(ngx_http_article_location_t))
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    location = ngx_array_push(locations);
    if (location == NULL) {
        return NGX_ERROR;
    }

    ctx = cf->ctx;

    location->conf = conf;
    location->loc_conf = ctx->loc_conf;
    location->server = ngx_http_conf_get_module_srv_conf(cf,
                                                       ngx_http_core_module);

    return NGX_OK;
}


ngx_int_t
ngx_http_article_latest_init(ngx_conf_t *cf)
{
    ngx_uint_t                     i;
    ngx_http_article_location_t   *locations;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);
    locations = amcf->latest_locations.elts;

    for (i = 0; i < amcf->latest_locations.nelts; i++) {

        if (ngx_http_article_latest_portal(cf, amcf, &locations[i]) != NGX_OK
            || ngx_http_article_latest_sources(cf, amcf, &locations[i])
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


/* The portal of an article_latest, and of the articles that come into it. */

static ngx_int_t
ngx_http_article_latest_portal(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_location_t *location)
{
    ngx_str_t                          host, base;
    ngx_uint_t                         i, n;
    ngx_http_article_location_t       *json;
    ngx_http_article_latest_portal_t  *portal;

    ngx_http_article_base_host(&location->conf->base_url, &host);

    portal = ngx_http_article_latest_find_portal(cf, amcf, &host);
    if (portal == NULL) {
        return NGX_ERROR;
    }

    portal->length = ngx_max(portal->length, location->conf->latest_length);
    location->conf->latest = portal;

    json = amcf->json_locations.elts;
    n = 0;

    for (i = 0; i < amcf->json_locations.nelts; i++) {
        ngx_http_article_base_host(&json[i].conf->base_url, &base);

        if (base.len == host.len
            && ngx_strncmp(base.data, host.data, host.len) == 0)
        {
            json[i].conf->latest = portal;
            n++;
        }
    }

    if (n == 0) {
        ngx_conf_log_error(NGX_LOG_WARN, cf, 0,
                           "article_latest in location \"%V\" stays empty: "
                           "no article_json has the article_base_url \"%V\"",
                           &location->conf->latest_name,
                           &location->conf->base_url);
    }

    return NGX_OK;
}


/* Made if there is none; NULL when memory is out. */

static ngx_http_article_latest_portal_t *
ngx_http_article_latest_find_portal(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *host)
{
    ngx_uint_t                          i;
    ngx_http_article_latest_portal_t   *portal, **portals;

    if (amcf->latest.elts == NULL
        && ngx_array_init(&amcf->latest, cf->pool, 4, sizeof(void *))
           != NGX_OK)
    {
        return NULL;
    }

    portals = amcf->latest.elts;

    for (i = 0; i < amcf->latest.nelts; i++) {
        if (portals[i]->host.len == host->len
            && ngx_strncmp(portals[i]->host.data, host->data, host->len) == 0)
        {
            return portals[i];
        }
    }

    portal = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_latest_portal_t));
    portals = ngx_array_push(&amcf->latest);

    if (portal == NULL || portals == NULL
        || ngx_array_init(&portal->sources, cf->pool, 2,
                          sizeof(ngx_http_article_source_t))
           != NGX_OK)
    {
        return NULL;
    }

    *portals = portal;
    portal->host = *host;
    ngx_http_article_value_key(host, portal->key);

    return portal;
}


static ngx_int_t
ngx_http_article_latest_sources(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_location_t *location)
{
    ngx_uint_t                  i;
    ngx_array_t                *sources;
    ngx_http_article_source_t  *source, *copy;

    if (location->conf->latest_sources == NULL) {
        return NGX_OK;
    }

    source = location->conf->latest_sources->elts;
    sources = &location->conf->latest->sources;

    for (i = 0; i < location->conf->latest_sources->nelts; i++) {

        if (sources->nelts == NGX_HTTP_ARTICLE_LATEST_SOURCES) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_latest_source: more than %d of one "
                               "portal", NGX_HTTP_ARTICLE_LATEST_SOURCES);
            return NGX_ERROR;
        }

        if (ngx_http_article_latest_source(cf, amcf, location, &source[i])
            != NGX_OK)
        {
            return NGX_ERROR;
        }

        copy = ngx_array_push(sources);
        if (copy == NULL) {
            return NGX_ERROR;
        }

        *copy = source[i];
    }

    return NGX_OK;
}


/* By which article_json is it read, and what does it fetch? */

static ngx_int_t
ngx_http_article_latest_source(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_location_t *location,
    ngx_http_article_source_t *source)
{
    ngx_str_t                     path;
    ngx_uint_t                    i;
    ngx_http_article_location_t  *json;
    ngx_http_article_loc_conf_t  *alcf;

    json = amcf->json_locations.elts;

    for (i = 0; i < amcf->json_locations.nelts; i++) {
        alcf = json[i].conf;

        if (json[i].server != location->server
            || alcf->latest != location->conf->latest
            || source->uri.len < alcf->prefix.len
            || ngx_strncmp(source->uri.data, alcf->prefix.data,
                           alcf->prefix.len)
               != 0
            || (source->conf && source->conf->prefix.len > alcf->prefix.len))
        {
            continue;
        }

        source->conf = alcf;
        source->main_conf = amcf;
        source->server = json[i].server->ctx;
        source->loc_conf = json[i].loc_conf;
    }

    if (source->conf == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_latest_source \"%V\" must begin with the "
                           "prefix of a location with article_json, of the "
                           "same server and article_base_url, as in "
                           "\"/api/tin-tuc\"", &source->uri);
        return NGX_ERROR;
    }

    path.data = source->uri.data + source->conf->prefix.len - 1;
    path.len = source->uri.len - source->conf->prefix.len + 1;

    if (ngx_http_article_page_at(cf->pool, source->conf, &path, &source->page)
        != NGX_OK)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_latest_source \"%V\" leads to a path that "
                           "is not served", &source->uri);
        return NGX_ERROR;
    }

    return NGX_OK;
}

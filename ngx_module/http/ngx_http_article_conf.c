
/*
 * Copyright (C) ngx_article authors
 *
 * Reading and checking directives; what they do is elsewhere.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_freshness.h"
#include "ngx_http_article_handler.h"
#include "ngx_http_article_latest.h"
#include "ngx_http_article_redis.h"


static char *ngx_http_article_merge_rules(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_loc_conf_t *conf);
static char *ngx_http_article_merge_args(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf);
static char *ngx_http_article_merge_json(ngx_conf_t *cf,
    ngx_http_article_loc_conf_t *prev, ngx_http_article_loc_conf_t *conf);
static ngx_uint_t ngx_http_article_base_url_valid(ngx_str_t *url);
static ngx_uint_t ngx_http_article_host_valid(u_char *p, u_char *last);
static ngx_uint_t ngx_http_article_header_refused(ngx_str_t *name);
static ngx_uint_t ngx_http_article_header_name_valid(ngx_str_t *name);


ngx_conf_bitmask_t  ngx_http_article_ignore_headers[] = {
    { ngx_string("Cache-Control"), NGX_HTTP_ARTICLE_IGNORE_CACHE_CONTROL },
    { ngx_string("Expires"), NGX_HTTP_ARTICLE_IGNORE_EXPIRES },
    { ngx_string("Set-Cookie"), NGX_HTTP_ARTICLE_IGNORE_SET_COOKIE },
    { ngx_string("Vary"), NGX_HTTP_ARTICLE_IGNORE_VARY },
    { ngx_null_string, 0 }
};


ngx_conf_bitmask_t  ngx_http_article_use_stale[] = {
    { ngx_string("error"), NGX_HTTP_ARTICLE_STALE_ERROR },
    { ngx_string("timeout"), NGX_HTTP_ARTICLE_STALE_TIMEOUT },
    { ngx_string("invalid_header"), NGX_HTTP_ARTICLE_STALE_INVALID },
    { ngx_string("updating"), NGX_HTTP_ARTICLE_STALE_UPDATING },
    { ngx_string("http_500"), NGX_HTTP_ARTICLE_STALE_500 },
    { ngx_string("http_502"), NGX_HTTP_ARTICLE_STALE_502 },
    { ngx_string("http_503"), NGX_HTTP_ARTICLE_STALE_503 },
    { ngx_string("http_504"), NGX_HTTP_ARTICLE_STALE_504 },
    { ngx_string("http_403"), NGX_HTTP_ARTICLE_STALE_403 },
    { ngx_string("http_429"), NGX_HTTP_ARTICLE_STALE_429 },
    { ngx_string("off"), NGX_HTTP_ARTICLE_STALE_OFF },
    { ngx_null_string, 0 }
};


ngx_conf_enum_t  ngx_http_article_forms[] = {
    { ngx_string("full"), NGX_HTTP_ARTICLE_FORM_FULL },
    { ngx_string("summary"), NGX_HTTP_ARTICLE_FORM_SUMMARY },
    { ngx_null_string, 0 }
};


/*
 * Never passed on to the portal: the connection's and the body's, those
 * that ask for a part or for nothing, those that say who asks, and ours.
 */

static ngx_str_t  ngx_http_article_headers_refused[] = {
    ngx_string("Accept-Encoding"),
    ngx_string("Authorization"),
    ngx_string("Connection"),
    ngx_string("Cookie"),
    ngx_string("Expect"),
    ngx_string("Host"),
    ngx_string("Keep-Alive"),
    ngx_string("Proxy-Authorization"),
    ngx_string("Proxy-Connection"),
    ngx_string("Range"),
    ngx_string("TE"),
    ngx_string("Trailer"),
    ngx_string("Transfer-Encoding"),
    ngx_string("Upgrade"),
    ngx_null_string
};


void *
ngx_http_article_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_main_conf_t));
    if (amcf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     amcf->shm_zone = NULL;
     *     amcf->redis = NULL;
     *     amcf->max_page = 0;
     */

    if (ngx_array_init(&amcf->portals, cf->pool, 4,
                       sizeof(article_portal_t *))
        != NGX_OK
        || ngx_array_init(&amcf->places, cf->pool, 4,
                          sizeof(ngx_http_article_place_t))
           != NGX_OK)
    {
        return NULL;
    }

    return amcf;
}


char *
ngx_http_article_init_main_conf(ngx_conf_t *cf, void *conf)
{
    return ngx_http_article_redis_init_main_conf(cf, conf);
}


void *
ngx_http_article_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_article_loc_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_loc_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     conf->prefix = { 0, NULL };
     *     conf->source = { 0, NULL };
     *     conf->base_url = { 0, NULL };
     *     conf->json_base = { 0, NULL };
     *     conf->portal = NULL;
     *     conf->place = NULL;
     *     conf->ignore_headers = 0;
     *     conf->use_stale = 0;
     */

    conf->enable = NGX_CONF_UNSET;
    conf->cache_key = NGX_CONF_UNSET_PTR;
    conf->cache_args = NGX_CONF_UNSET_PTR;
    conf->form = NGX_CONF_UNSET_UINT;
    conf->cache_valid = NGX_CONF_UNSET_PTR;
    conf->pass_headers = NGX_CONF_UNSET_PTR;
    conf->purge = NGX_CONF_UNSET_PTR;
    conf->cache_bypass = NGX_CONF_UNSET_PTR;
    conf->no_cache = NGX_CONF_UNSET_PTR;
    conf->cors = NGX_CONF_UNSET_PTR;
    conf->background_update = NGX_CONF_UNSET;
    conf->gzip = NGX_CONF_UNSET;
    conf->revalidate = NGX_CONF_UNSET;
    conf->read_status = NGX_CONF_UNSET_PTR;
    conf->client_max_age = NGX_CONF_UNSET;
    conf->max_page = NGX_CONF_UNSET_SIZE;
    conf->lock_timeout = NGX_CONF_UNSET_MSEC;
    conf->fetch_timeout = NGX_CONF_UNSET_MSEC;
    conf->lock_age = NGX_CONF_UNSET_MSEC;
    conf->max_waiting = NGX_CONF_UNSET;
    conf->withdraw_share = NGX_CONF_UNSET;

    return conf;
}


char *
ngx_http_article_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_article_loc_conf_t *prev = parent;
    ngx_http_article_loc_conf_t *conf = child;

    ngx_conf_merge_value(conf->enable, prev->enable, 1);
    ngx_conf_merge_str_value(conf->base_url, prev->base_url, "");
    ngx_conf_merge_ptr_value(conf->cache_key, prev->cache_key, NULL);
    ngx_conf_merge_uint_value(conf->form, prev->form,
                              NGX_HTTP_ARTICLE_FORM_FULL);
    ngx_conf_merge_bitmask_value(conf->ignore_headers, prev->ignore_headers,
                                 NGX_CONF_BITMASK_SET);
    ngx_conf_merge_bitmask_value(conf->use_stale, prev->use_stale,
                                 NGX_HTTP_ARTICLE_STALE_DEFAULT);
    ngx_conf_merge_value(conf->background_update, prev->background_update, 0);
    ngx_conf_merge_value(conf->gzip, prev->gzip, 1);
    ngx_conf_merge_value(conf->revalidate, prev->revalidate, 0);
    ngx_conf_merge_sec_value(conf->client_max_age, prev->client_max_age,
                             NGX_CONF_UNSET);
    ngx_conf_merge_ptr_value(conf->pass_headers, prev->pass_headers, NULL);
    ngx_conf_merge_ptr_value(conf->purge, prev->purge, NULL);
    ngx_conf_merge_ptr_value(conf->cache_bypass, prev->cache_bypass, NULL);
    ngx_conf_merge_ptr_value(conf->no_cache, prev->no_cache, NULL);
    ngx_conf_merge_ptr_value(conf->cors, prev->cors, NULL);
    ngx_conf_merge_size_value(conf->max_page, prev->max_page,
                              ARTICLE_MAX_PAGE);
    ngx_conf_merge_msec_value(conf->lock_timeout, prev->lock_timeout, 5000);
    ngx_conf_merge_msec_value(conf->fetch_timeout, prev->fetch_timeout, 30000);
    ngx_conf_merge_msec_value(conf->lock_age, prev->lock_age, 5000);
    ngx_conf_merge_value(conf->max_waiting, prev->max_waiting, 4096);
    ngx_conf_merge_value(conf->withdraw_share, prev->withdraw_share, 50);

    if (conf->withdraw_share > 100) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_withdraw_share must be 0 to 100 (percent)");
        return NGX_CONF_ERROR;
    }

    if (conf->use_stale & NGX_HTTP_ARTICLE_STALE_OFF) {
        conf->use_stale = NGX_CONF_BITMASK_SET|NGX_HTTP_ARTICLE_STALE_OFF;
    }

    if (conf->max_page == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_max_page must be greater than 0");
        return NGX_CONF_ERROR;
    }

    if (conf->fetch_timeout == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_fetch_timeout must be greater than 0");
        return NGX_CONF_ERROR;
    }

    return ngx_http_article_merge_args(cf, prev, conf);
}


/* The list of tracking arguments is made once: "http" hands it down. */

static char *
ngx_http_article_merge_args(ngx_conf_t *cf, ngx_http_article_loc_conf_t *prev,
    ngx_http_article_loc_conf_t *conf)
{
    if (prev->cache_args == NGX_CONF_UNSET_PTR) {

        prev->cache_args = ngx_http_article_args_default(cf);
        if (prev->cache_args == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    ngx_conf_merge_ptr_value(conf->cache_args, prev->cache_args, NULL);

    if (ngx_http_article_latest_merge(cf, prev, conf) != NGX_CONF_OK
        || ngx_http_article_merge_status(cf, prev, conf) != NGX_CONF_OK)
    {
        return NGX_CONF_ERROR;
    }

    return ngx_http_article_merge_json(cf, prev, conf);
}


static char *
ngx_http_article_merge_json(ngx_conf_t *cf, ngx_http_article_loc_conf_t *prev,
    ngx_http_article_loc_conf_t *conf)
{
    u_char                        *p;
    ngx_str_t                      host;
    ngx_http_core_loc_conf_t      *clcf;
    ngx_http_article_main_conf_t  *amcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    if (clcf->noname && conf->source.len == 0) {

        /* "if" and "limit_except" act as the location around them */

        conf->source = prev->source;
        conf->prefix = prev->prefix;

        if (clcf->lmt_excpt && clcf->handler == NULL && conf->source.len) {
            clcf->handler = ngx_http_article_handler;
        }
    }

    if (conf->source.len == 0) {
        return NGX_CONF_OK;
    }

    if (conf->base_url.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_json \"%V\" in location \"%V\" needs "
                           "article_base_url, the portal's public address, "
                           "as in \"article_base_url https://bao.example;\"",
                           &conf->source, &conf->prefix);
        return NGX_CONF_ERROR;
    }

    conf->json_base.len = conf->base_url.len + conf->prefix.len;

    p = ngx_pnalloc(cf->pool, conf->json_base.len);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    conf->json_base.data = p;
    ngx_sprintf(p, "%V%V", &conf->base_url, &conf->prefix);

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

    amcf->max_page = ngx_max(amcf->max_page, conf->max_page);

    ngx_http_article_base_host(&conf->base_url, &host);
    conf->portal = ngx_http_article_portal_find(amcf, &host);

    conf->place = ngx_http_article_place(cf, conf->portal, &host);

    if (conf->place == NULL
        || ngx_http_article_latest_json(cf, conf) != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    return ngx_http_article_merge_rules(cf, amcf, conf);
}


/* What was read by other rules before they were changed is read again. */

static char *
ngx_http_article_merge_rules(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_http_article_loc_conf_t *conf)
{
    ngx_time_t  *tp;

    conf->rules.data = ngx_pnalloc(cf->pool, 2 * sizeof(uint32_t));
    if (conf->rules.data == NULL) {
        return NGX_CONF_ERROR;
    }

    conf->rules.len = ngx_sprintf(conf->rules.data, "%08xD",
                                  ngx_http_article_portal_sum(amcf,
                                                              conf->portal))
                      - conf->rules.data;

    tp = ngx_timeofday();
    conf->loaded = (uint64_t) tp->sec * 1000 + tp->msec;

    return NGX_CONF_OK;
}


char *
ngx_http_article_json_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_str_t                 *value;
    ngx_uint_t                 regex;
    ngx_http_core_loc_conf_t  *clcf;

    if (alcf->source.len) {
        return "is duplicate";
    }

    value = cf->args->elts;
    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    regex = 0;
#if (NGX_PCRE)
    regex = (clcf->regex != NULL);
#endif

    if (clcf->named || clcf->exact_match || regex
        || clcf->name.len == 0 || clcf->name.data[clcf->name.len - 1] != '/')
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_json is in location \"%V\", but must be "
                           "in one given by a prefix that ends with \"/\", "
                           "as in \"location /api/\"", &clcf->name);
        return NGX_CONF_ERROR;
    }

    if (value[1].len < 2 || value[1].data[0] != '/'
        || value[1].data[value[1].len - 1] != '/')
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_json \"%V\" must be the prefix of an "
                           "internal location, and begin and end with \"/\", "
                           "as in \"/-source/\"", &value[1]);
        return NGX_CONF_ERROR;
    }

    if (value[1].len == clcf->name.len
        && ngx_strncmp(value[1].data, clcf->name.data, clcf->name.len) == 0)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_json \"%V\" leads back to its own "
                           "location", &value[1]);
        return NGX_CONF_ERROR;
    }

    alcf->source = value[1];
    alcf->prefix = clcf->name;

    clcf->handler = ngx_http_article_handler;

    return NGX_CONF_OK;
}


char *
ngx_http_article_base_url_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_str_t  *value;

    if (alcf->base_url.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    ngx_strlow(value[1].data, value[1].data, value[1].len);

    if (!ngx_http_article_base_url_valid(&value[1])) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_base_url \"%V\" must be "
                           "\"http://HOST[:PORT]\" or "
                           "\"https://HOST[:PORT]\" with nothing behind it, "
                           "not even \"/\"", &value[1]);
        return NGX_CONF_ERROR;
    }

    alcf->base_url = value[1];

    return NGX_CONF_OK;
}


static ngx_uint_t
ngx_http_article_base_url_valid(ngx_str_t *url)
{
    u_char  *p, *last, *colon;

    p = url->data;
    last = p + url->len;

    if (ngx_strncmp(p, "http://", 7) == 0) {
        p += 7;

    } else if (ngx_strncmp(p, "https://", 8) == 0) {
        p += 8;

    } else {
        return 0;
    }

    colon = ngx_strlchr(p, last, ':');

    if (colon) {
        ngx_int_t  port;

        port = ngx_atoi(colon + 1, last - colon - 1);

        if (port < 1 || port > 65535) {
            return 0;
        }

        last = colon;
    }

    return ngx_http_article_host_valid(p, last);
}


static ngx_uint_t
ngx_http_article_host_valid(u_char *p, u_char *last)
{
    if (p == last) {
        return 0;
    }

    for ( /* void */ ; p < last; p++) {
        if ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')
            || *p == '-' || *p == '.' || *p == '_')
        {
            continue;
        }

        return 0;
    }

    return 1;
}


char *
ngx_http_article_pass_header_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_loc_conf_t *alcf = conf;

    ngx_str_t   *value, *name;
    ngx_uint_t   i;

    if (alcf->pass_headers == NGX_CONF_UNSET_PTR) {
        alcf->pass_headers = ngx_array_create(cf->pool, 2, sizeof(ngx_str_t));
        if (alcf->pass_headers == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (!ngx_http_article_header_name_valid(&value[i])) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_pass_request_header \"%V\" is not "
                               "the name of a header", &value[i]);
            return NGX_CONF_ERROR;
        }

        if (ngx_http_article_header_refused(&value[i])) {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_pass_request_header \"%V\" is "
                               "refused: pages are fetched whole, and for "
                               "nobody in particular", &value[i]);
            return NGX_CONF_ERROR;
        }

        name = ngx_array_push(alcf->pass_headers);
        if (name == NULL) {
            return NGX_CONF_ERROR;
        }

        *name = value[i];
    }

    return NGX_CONF_OK;
}


static ngx_uint_t
ngx_http_article_header_refused(ngx_str_t *name)
{
    ngx_str_t  *s;

    if ((name->len >= 3 && ngx_strncasecmp(name->data, (u_char *) "If-", 3)
                           == 0)
        || (name->len >= 8
            && ngx_strncasecmp(name->data, (u_char *) "Content-", 8) == 0))
    {
        return 1;
    }

    for (s = ngx_http_article_headers_refused; s->len; s++) {
        if (s->len == name->len
            && ngx_strncasecmp(s->data, name->data, s->len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_header_name_valid(ngx_str_t *name)
{
    u_char      ch;
    ngx_uint_t  i;

    for (i = 0; i < name->len; i++) {
        ch = name->data[i] | 0x20;

        if ((ch < 'a' || ch > 'z') && (ch < '0' || ch > '9')
            && name->data[i] != '-')
        {
            return 0;
        }
    }

    return name->len > 0;
}


char *
ngx_http_article_status_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
    clcf->handler = ngx_http_article_status_handler;

    return NGX_CONF_OK;
}

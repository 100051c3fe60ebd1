
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_headers.h"
#include "ngx_http_article_learn.h"


#define NGX_HTTP_ARTICLE_STRIP_BUFFER_MIN  1024


static char *ngx_http_article_strip_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
static char *ngx_http_article_strip_cookie_directive(ngx_conf_t *cf,
    ngx_command_t *cmd, void *conf);
static char *ngx_http_article_strip_check_buffer(ngx_conf_t *cf, void *post,
    void *data);

static ngx_int_t ngx_http_article_strip_login_cookies(ngx_conf_t *cf,
    ngx_array_t *cookies);
static ngx_int_t ngx_http_article_strip_add_cookie(ngx_conf_t *cf,
    ngx_array_t *cookies, ngx_str_t *name);
static ngx_uint_t ngx_http_article_strip_login_line(ngx_str_t *line,
    ngx_array_t *cookies);
static ngx_uint_t ngx_http_article_strip_login_name(ngx_str_t *name,
    ngx_array_t *cookies);
static ngx_uint_t ngx_http_article_strip_is_hex(u_char *p, u_char *last);


static ngx_conf_enum_t  ngx_http_article_strip_learn[] = {
    { ngx_string("off"), NGX_HTTP_ARTICLE_LEARN_OFF },
    { ngx_string("observe"), NGX_HTTP_ARTICLE_LEARN_OBSERVE },
    { ngx_string("apply"), NGX_HTTP_ARTICLE_LEARN_APPLY },
    { ngx_null_string, 0 }
};


static ngx_conf_post_t  ngx_http_article_strip_buffer_post = {
    ngx_http_article_strip_check_buffer
};


/*
 * Cookies that a portal gives to those who have logged in, and to nobody
 * else: session cookies that everyone gets (ASP.NET_SessionId, JSESSIONID,
 * PHPSESSID) are not among them.
 */

static ngx_str_t  ngx_http_article_strip_logins[] = {

    /* ASP.NET, SharePoint, DotNetNuke, Kentico, Umbraco */

    ngx_string(".ASPXAUTH"),
    ngx_string(".ASPXFORMSAUTH"),
    ngx_string(".AspNet.*"),
    ngx_string(".AspNetCore.Cookies*"),
    ngx_string(".AspNetCore.Identity.*"),
    ngx_string(".DOTNETNUKE"),
    ngx_string("FedAuth*"),
    ngx_string("rtFa"),
    ngx_string("SPOIDCRL"),
    ngx_string("WSS_KeepSessionAuthenticated"),
    ngx_string("UMB_UCONTEXT*"),

    /* WordPress, Drupal, Joomla, TYPO3, NukeViet, Laravel, Symfony */

    ngx_string("wordpress_logged_in_*"),
    ngx_string("wordpress_sec_*"),
    ngx_string("SESS#"),
    ngx_string("SSESS#"),
    ngx_string("joomla_user_state"),
    ngx_string("joomla_remember_me_*"),
    ngx_string("be_typo_user"),
    ngx_string("nv*_nvloginhash"),
    ngx_string("nv*_admin"),
    ngx_string("remember_web_*"),
    ngx_string("REMEMBERME"),
    ngx_string("remember-me"),

    /* forums */

    ngx_string("bbuserid"),
    ngx_string("xf_user"),

    /* single sign-on */

    ngx_string("LtpaToken*"),
    ngx_string("SMSESSION"),
    ngx_string("iPlanetDirectoryPro"),
    ngx_string("ObSSOCookie"),
    ngx_string("OAMAuthnCookie*"),
    ngx_string("MOD_AUTH_CAS*"),
    ngx_string("mod_auth_openidc_session*"),
    ngx_string("_shibsession_*"),
    ngx_string("_oauth2_proxy*"),
    ngx_string("authelia_session"),
    ngx_string("EdgeAccessCookie"),

    ngx_null_string
};


ngx_command_t  ngx_http_article_strip_commands[] = {

    { ngx_string("article_strip"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_HTTP_LIF_CONF
                        |NGX_CONF_TAKE1,
      ngx_http_article_strip_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, strip),
      NULL },

    { ngx_string("article_strip_bypass"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_set_predicate_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, bypass),
      NULL },

    { ngx_string("article_strip_debug"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_set_predicate_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, debug),
      NULL },

    { ngx_string("article_strip_buffer"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, buffer),
      &ngx_http_article_strip_buffer_post },

    { ngx_string("article_strip_types"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_types_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, types_keys),
      &ngx_http_html_default_types[0] },

    { ngx_string("article_strip_last_modified"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, last_modified),
      NULL },

    { ngx_string("article_strip_cookie"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_1MORE,
      ngx_http_article_strip_cookie_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, cookies),
      NULL },

    { ngx_string("article_learn"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_strip_conf_t, learn),
      &ngx_http_article_strip_learn },

    { ngx_string("article_learn_age"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_learn_directive,
      0,
      0,
      NULL },

    { ngx_string("article_threads"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_learn_directive,
      0,
      0,
      NULL },

      ngx_null_command
};


void *
ngx_http_article_strip_create_conf(ngx_conf_t *cf)
{
    ngx_http_article_strip_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_strip_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     conf->types = { NULL };
     *     conf->types_keys = NULL;
     *     conf->own = 0;
     *     conf->learning = NGX_HTTP_ARTICLE_LEARN_OFF;
     *     conf->plan = NULL;
     */

    conf->strip = NGX_CONF_UNSET_PTR;
    conf->bypass = NGX_CONF_UNSET_PTR;
    conf->debug = NGX_CONF_UNSET_PTR;
    conf->cookies = NGX_CONF_UNSET_PTR;
    conf->buffer = NGX_CONF_UNSET_SIZE;
    conf->learn = NGX_CONF_UNSET_UINT;
    conf->last_modified = NGX_CONF_UNSET;

    return conf;
}


char *
ngx_http_article_strip_merge_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_article_strip_conf_t  *prev = parent;
    ngx_http_article_strip_conf_t  *conf = child;

    ngx_str_t                  name;
    ngx_http_core_srv_conf_t  *cscf;
    ngx_http_article_main_conf_t  *amcf;

    conf->own = (conf->strip != NGX_CONF_UNSET_PTR);

    ngx_conf_merge_ptr_value(conf->strip, prev->strip, NULL);
    ngx_conf_merge_ptr_value(conf->bypass, prev->bypass, NULL);
    ngx_conf_merge_ptr_value(conf->debug, prev->debug, NULL);
    ngx_conf_merge_size_value(conf->buffer, prev->buffer,
                              ARTICLE_STRIP_BUFFER);
    ngx_conf_merge_value(conf->last_modified, prev->last_modified, 0);

    if (prev->cookies == NGX_CONF_UNSET_PTR) {

        /* the default list is made once, where it is first needed */

        prev->cookies = ngx_array_create(cf->pool, 64,
                                         sizeof(ngx_http_article_cookie_t));
        if (prev->cookies == NULL
            || ngx_http_article_strip_login_cookies(cf, prev->cookies)
               != NGX_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    ngx_conf_merge_ptr_value(conf->cookies, prev->cookies, NULL);

    if (ngx_http_merge_types(cf, &conf->types_keys, &conf->types,
                             &prev->types_keys, &prev->types,
                             ngx_http_html_default_types)
        != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    cscf = ngx_http_conf_get_module_srv_conf(cf, ngx_http_core_module);

    if (conf->strip) {
        name = cscf->server_name;

        if (name.len == 0) {
            ngx_str_set(&name, "-");
        }

        amcf = ngx_http_conf_get_module_main_conf(cf,
                                                  ngx_http_article_module);

        conf->place = ngx_http_article_place(cf,
                              ngx_http_article_portal_find(amcf, &name), &name);
        if (conf->place == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    return ngx_http_article_learn_merge(cf, prev, conf);
}


static char *
ngx_http_article_strip_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_strip_conf_t  *ascf = conf;

    char       *rv;
    ngx_str_t  *value;

    if (ascf->strip != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    rv = ngx_http_set_complex_value_slot(cf, cmd, conf);

    if (rv != NGX_CONF_OK || ascf->strip->lengths) {
        return rv;
    }

    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0) {
        ascf->strip = NULL;
        return NGX_CONF_OK;
    }

    if (ngx_strcmp(value[1].data, "on") == 0) {
        return NGX_CONF_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                       "invalid value \"%V\" in \"article_strip\" directive, "
                       "it must be \"on\", \"off\" or have a variable",
                       &value[1]);

    return NGX_CONF_ERROR;
}


static char *
ngx_http_article_strip_cookie_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_strip_conf_t  *ascf = conf;

    ngx_str_t   *value;
    ngx_int_t    rc;
    ngx_uint_t   i;

    if (ascf->cookies != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    ascf->cookies = ngx_array_create(cf->pool, 64,
                                     sizeof(ngx_http_article_cookie_t));
    if (ascf->cookies == NULL) {
        return NGX_CONF_ERROR;
    }

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (ngx_strcmp(value[i].data, "default") == 0) {
            rc = ngx_http_article_strip_login_cookies(cf, ascf->cookies);

        } else {
            rc = ngx_http_article_strip_add_cookie(cf, ascf->cookies,
                                                   &value[i]);
        }

        if (rc != NGX_OK) {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_article_strip_check_buffer(ngx_conf_t *cf, void *post, void *data)
{
    size_t  *size = data;

    if (*size < NGX_HTTP_ARTICLE_STRIP_BUFFER_MIN) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"article_strip_buffer\" must be 1k at least");
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static ngx_int_t
ngx_http_article_strip_login_cookies(ngx_conf_t *cf, ngx_array_t *cookies)
{
    ngx_str_t  *name;

    for (name = ngx_http_article_strip_logins; name->len; name++) {

        if (ngx_http_article_strip_add_cookie(cf, cookies, name) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_strip_add_cookie(ngx_conf_t *cf, ngx_array_t *cookies,
    ngx_str_t *name)
{
    u_char                     *p, *last;
    ngx_http_article_cookie_t  *cookie;

    cookie = ngx_array_push(cookies);
    if (cookie == NULL) {
        return NGX_ERROR;
    }

    ngx_memzero(cookie, sizeof(ngx_http_article_cookie_t));

    last = name->data + name->len;
    p = ngx_strlchr(name->data, last, '*');

    cookie->prefix = *name;

    if (p) {
        cookie->star = 1;
        cookie->prefix.len = p - name->data;
        cookie->suffix.data = p + 1;
        cookie->suffix.len = last - (p + 1);

    } else if (name->len > 1 && last[-1] == '#') {
        cookie->hash = 1;
        cookie->prefix.len--;
    }

    if (cookie->prefix.len + cookie->suffix.len == 0
        || ngx_strlchr(cookie->suffix.data,
                       cookie->suffix.data + cookie->suffix.len, '*'))
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "invalid cookie name \"%V\" in "
                           "\"article_strip_cookie\": one \"*\" may stand "
                           "for a part of the name", name);
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_uint_t
ngx_http_article_strip_login(ngx_http_request_t *r, ngx_array_t *cookies)
{
    ngx_table_elt_t             *h;
    ngx_http_article_headers_t   headers;
    static ngx_str_t             name = ngx_string("Cookie");

    /* the list, for what holds its "Cookie"s changed in nginx 1.23 */

    ngx_http_article_headers_init(&headers, &r->headers_in.headers);

    while ((h = ngx_http_article_headers_next(&headers, &name)) != NULL) {
        if (ngx_http_article_strip_login_line(&h->value, cookies)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_strip_login_line(ngx_str_t *line, ngx_array_t *cookies)
{
    u_char     *p, *last;
    ngx_str_t   name;

    p = line->data;
    last = p + line->len;

    while (p < last) {

        while (p < last && (*p == ' ' || *p == ';' || *p == ',')) {
            p++;
        }

        name.data = p;

        while (p < last && *p != '=' && *p != ';') {
            p++;
        }

        name.len = p - name.data;

        if (ngx_http_article_strip_login_name(&name, cookies)) {
            return 1;
        }

        while (p < last && *p != ';') {
            p++;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_strip_login_name(ngx_str_t *name, ngx_array_t *cookies)
{
    u_char                     *last;
    ngx_uint_t                  i;
    ngx_http_article_cookie_t  *c;

    c = cookies->elts;
    last = name->data + name->len;

    for (i = 0; i < cookies->nelts; i++) {

        if (name->len < c[i].prefix.len + c[i].suffix.len
            || ngx_strncasecmp(name->data, c[i].prefix.data, c[i].prefix.len)
               != 0)
        {
            continue;
        }

        if (c[i].star) {

            if (ngx_strncasecmp(last - c[i].suffix.len, c[i].suffix.data,
                                c[i].suffix.len)
                == 0)
            {
                return 1;
            }

            continue;
        }

        if (!c[i].hash) {

            if (name->len == c[i].prefix.len) {
                return 1;
            }

            continue;
        }

        if (name->len > c[i].prefix.len
            && ngx_http_article_strip_is_hex(name->data + c[i].prefix.len,
                                             last))
        {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_strip_is_hex(u_char *p, u_char *last)
{
    u_char  ch;

    for ( /* void */ ; p < last; p++) {

        ch = (u_char) (*p | 0x20);

        if (!(*p >= '0' && *p <= '9') && !(ch >= 'a' && ch <= 'f')) {
            return 0;
        }
    }

    return 1;
}

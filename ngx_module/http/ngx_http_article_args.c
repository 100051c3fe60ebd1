
/*
 * Copyright (C) ngx_article authors
 *
 * Links are shared with the marks of whoever shared them; without this each
 * mark would be a page of its own to the cache and to the portal.
 */


#include "ngx_http_article_args.h"


typedef struct {
    ngx_str_t  name;
    ngx_str_t  whole;       /* "name=value" as it came */
} ngx_http_article_arg_t;


static ngx_int_t ngx_http_article_args_split(ngx_pool_t *pool,
    ngx_http_article_args_t *conf, ngx_str_t *args, ngx_array_t *found,
    ngx_http_article_form_e *form);
static ngx_int_t ngx_http_article_args_counts(ngx_pool_t *pool,
    ngx_http_article_args_t *conf, ngx_http_article_arg_t *arg);
static ngx_uint_t ngx_http_article_args_named(ngx_http_article_args_t *conf,
    ngx_str_t *name);
static ngx_uint_t ngx_http_article_args_form(ngx_http_article_arg_t *arg,
    ngx_http_article_form_e *form);
static int ngx_libc_cdecl ngx_http_article_args_compare(const void *one,
    const void *two);
static ngx_int_t ngx_http_article_args_add_default(
    ngx_http_article_args_t *conf);


/*
 * What others put behind an address to see where readers come from: the
 * names that Google, Meta, Microsoft, Yandex, TikTok, X, LinkedIn, Mailchimp,
 * HubSpot, Matomo and Zalo document, and Vietnamese portals' own.
 */

static ngx_str_t  ngx_http_article_args_tracking[] = {
    ngx_string("utm_*"),
    ngx_string("itm_*"),
    ngx_string("mtm_*"),
    ngx_string("pk_campaign"),
    ngx_string("pk_kwd"),
    ngx_string("pk_source"),
    ngx_string("pk_medium"),
    ngx_string("gclid"),
    ngx_string("gclsrc"),
    ngx_string("dclid"),
    ngx_string("gbraid"),
    ngx_string("wbraid"),
    ngx_string("gad_source"),
    ngx_string("gad_campaignid"),
    ngx_string("srsltid"),
    ngx_string("_ga"),
    ngx_string("_gl"),
    ngx_string("fbclid"),
    ngx_string("fb_action_ids"),
    ngx_string("fb_action_types"),
    ngx_string("fb_source"),
    ngx_string("fb_ref"),
    ngx_string("igshid"),
    ngx_string("igsh"),
    ngx_string("msclkid"),
    ngx_string("yclid"),
    ngx_string("ysclid"),
    ngx_string("_openstat"),
    ngx_string("ttclid"),
    ngx_string("twclid"),
    ngx_string("li_fat_id"),
    ngx_string("mc_cid"),
    ngx_string("mc_eid"),
    ngx_string("mkt_tok"),
    ngx_string("_hsenc"),
    ngx_string("_hsmi"),
    ngx_string("zarsrc"),
    ngx_string("gidzl"),
    ngx_string("zalo_*"),
    ngx_string("vnx_*"),
    ngx_null_string
};


ngx_int_t
ngx_http_article_args(ngx_pool_t *pool, ngx_http_article_args_t *conf,
    ngx_str_t *args, ngx_http_article_form_e *form)
{
    u_char                  *p;
    ngx_uint_t               i;
    ngx_array_t              found;
    ngx_http_article_arg_t  *arg;

    if (args->len == 0) {
        return NGX_OK;
    }

    if (ngx_array_init(&found, pool, 8, sizeof(ngx_http_article_arg_t))
        != NGX_OK
        || ngx_http_article_args_split(pool, conf, args, &found, form)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    arg = found.elts;

    if (found.nelts == 0) {
        ngx_str_null(args);
        return NGX_OK;
    }

    if (conf->mode != NGX_HTTP_ARTICLE_ARGS_OFF) {
        ngx_qsort(arg, found.nelts, sizeof(ngx_http_article_arg_t),
                  ngx_http_article_args_compare);
    }

    p = ngx_pnalloc(pool, args->len);
    if (p == NULL) {
        return NGX_ERROR;
    }

    args->data = p;

    for (i = 0; i < found.nelts; i++) {

        if (i) {
            *p++ = '&';
        }

        p = ngx_cpymem(p, arg[i].whole.data, arg[i].whole.len);
    }

    args->len = p - args->data;

    return NGX_OK;
}


/* Those that count; with "off" the empty ones ("a&&b") do as well. */

static ngx_int_t
ngx_http_article_args_split(ngx_pool_t *pool, ngx_http_article_args_t *conf,
    ngx_str_t *args, ngx_array_t *found, ngx_http_article_form_e *form)
{
    u_char                  *p, *last, *end;
    ngx_int_t                rc;
    ngx_http_article_arg_t   arg, *one;

    last = args->data + args->len;

    for (p = args->data; p <= last; p = end + 1) {

        end = ngx_strlchr(p, last, '&');

        if (end == NULL) {
            end = last;
        }

        arg.whole.data = p;
        arg.whole.len = end - p;
        arg.name = arg.whole;

        p = ngx_strlchr(p, end, '=');

        if (p) {
            arg.name.len = p - arg.name.data;
        }

        if (ngx_http_article_args_form(&arg, form)) {
            continue;
        }

        rc = ngx_http_article_args_counts(pool, conf, &arg);

        if (rc == NGX_ERROR) {
            return NGX_ERROR;
        }

        if (rc == NGX_DECLINED) {
            continue;
        }

        one = ngx_array_push(found);
        if (one == NULL) {
            return NGX_ERROR;
        }

        *one = arg;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_args_counts(ngx_pool_t *pool, ngx_http_article_args_t *conf,
    ngx_http_article_arg_t *arg)
{
    u_char      *src, *dst;
    ngx_str_t    name;
    ngx_uint_t   named;

    if (conf->mode == NGX_HTTP_ARTICLE_ARGS_OFF) {
        return NGX_OK;
    }

    if (arg->whole.len == 0) {
        return NGX_DECLINED;
    }

    name = arg->name;

    if (ngx_strlchr(name.data, name.data + name.len, '%')) {

        dst = ngx_pnalloc(pool, name.len);
        if (dst == NULL) {
            return NGX_ERROR;
        }

        src = name.data;
        name.data = dst;
        ngx_unescape_uri(&dst, &src, name.len, 0);
        name.len = dst - name.data;
    }

    named = ngx_http_article_args_named(conf, &name);

    return (named == (conf->mode == NGX_HTTP_ARTICLE_ARGS_KEEP))
           ? NGX_OK : NGX_DECLINED;
}


static ngx_uint_t
ngx_http_article_args_named(ngx_http_article_args_t *conf, ngx_str_t *name)
{
    size_t       len;
    ngx_str_t   *known;
    ngx_uint_t   i;

    known = conf->names.elts;

    for (i = 0; i < conf->names.nelts; i++) {

        len = known[i].len;

        if (len && known[i].data[len - 1] == '*') {

            len--;

            if (name->len >= len
                && ngx_strncasecmp(name->data, known[i].data, len) == 0)
            {
                return 1;
            }

            continue;
        }

        if (name->len == len
            && ngx_strncasecmp(name->data, known[i].data, len) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_article_args_form(ngx_http_article_arg_t *arg,
    ngx_http_article_form_e *form)
{
    if (arg->whole.len == sizeof("form=summary") - 1
        && ngx_strncmp(arg->whole.data, "form=summary", arg->whole.len) == 0)
    {
        *form = NGX_HTTP_ARTICLE_FORM_SUMMARY;
        return 1;
    }

    if (arg->whole.len == sizeof("form=full") - 1
        && ngx_strncmp(arg->whole.data, "form=full", arg->whole.len) == 0)
    {
        *form = NGX_HTTP_ARTICLE_FORM_FULL;
        return 1;
    }

    return 0;
}


static int ngx_libc_cdecl
ngx_http_article_args_compare(const void *one, const void *two)
{
    ngx_int_t                      rc;
    const ngx_http_article_arg_t  *a, *b;

    a = one;
    b = two;

    rc = ngx_memcmp(a->name.data, b->name.data,
                    ngx_min(a->name.len, b->name.len));

    if (rc == 0 && a->name.len != b->name.len) {
        return (a->name.len < b->name.len) ? -1 : 1;
    }

    if (rc == 0) {
        return (a->whole.data < b->whole.data) ? -1 : 1;
    }

    return (rc < 0) ? -1 : 1;
}


char *
ngx_http_article_args_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    char  *p = conf;

    ngx_str_t                 *value, *name;
    ngx_uint_t                 i;
    ngx_http_article_args_t   *args, **slot;

    slot = (ngx_http_article_args_t **) (p + cmd->offset);

    if (*slot != NGX_CONF_UNSET_PTR) {
        return "is duplicate";
    }

    args = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_args_t));

    if (args == NULL
        || ngx_array_init(&args->names, cf->pool, 8, sizeof(ngx_str_t))
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    *slot = args;
    value = cf->args->elts;

    if (ngx_strcmp(value[1].data, "off") == 0 && cf->args->nelts == 2) {
        args->mode = NGX_HTTP_ARTICLE_ARGS_OFF;
        return NGX_CONF_OK;
    }

    if (ngx_strcmp(value[1].data, "keep") == 0) {
        args->mode = NGX_HTTP_ARTICLE_ARGS_KEEP;

    } else if (ngx_strcmp(value[1].data, "drop") != 0
               || cf->args->nelts == 2)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_cache_args must be \"off\", \"keep\" and "
                           "names, or \"drop\" and names, as in \"drop "
                           "default sid\"");
        return NGX_CONF_ERROR;
    }

    for (i = 2; i < cf->args->nelts; i++) {

        if (ngx_strcmp(value[i].data, "default") == 0
            && args->mode == NGX_HTTP_ARTICLE_ARGS_DROP)
        {
            if (ngx_http_article_args_add_default(args) != NGX_OK) {
                return NGX_CONF_ERROR;
            }

            continue;
        }

        name = ngx_array_push(&args->names);
        if (name == NULL) {
            return NGX_CONF_ERROR;
        }

        *name = value[i];
    }

    return NGX_CONF_OK;
}


ngx_http_article_args_t *
ngx_http_article_args_default(ngx_conf_t *cf)
{
    ngx_http_article_args_t  *args;

    args = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_args_t));

    if (args == NULL
        || ngx_array_init(&args->names, cf->pool, 64, sizeof(ngx_str_t))
           != NGX_OK
        || ngx_http_article_args_add_default(args) != NGX_OK)
    {
        return NULL;
    }

    return args;
}


static ngx_int_t
ngx_http_article_args_add_default(ngx_http_article_args_t *conf)
{
    ngx_str_t  *name, *known;

    for (known = ngx_http_article_args_tracking; known->len; known++) {

        name = ngx_array_push(&conf->names);
        if (name == NULL) {
            return NGX_ERROR;
        }

        *name = *known;
    }

    return NGX_OK;
}

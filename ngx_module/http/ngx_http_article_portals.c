
/*
 * Copyright (C) ngx_article authors
 *
 * article_portals: portal files read at configuration time.  A file that is
 * wrong stops nginx (or leaves the old configuration at work on a reload).
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_handler.h"


#define NGX_HTTP_ARTICLE_PORTAL_MAX  (1024 * 1024)


static ngx_int_t ngx_http_article_portals_glob(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *pattern);
static ngx_int_t ngx_http_article_portal_load(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path);
static ngx_int_t ngx_http_article_portal_read(ngx_conf_t *cf,
    ngx_str_t *path, ngx_str_t *text);
static ngx_int_t ngx_http_article_portal_add(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path,
    article_portal_t *portal);
static ngx_int_t ngx_http_article_portal_unique(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path,
    article_portal_t *portal);
static void ngx_http_article_portal_cleanup(void *data);


char *
ngx_http_article_portals_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_main_conf_t *amcf = conf;

    ngx_str_t   *value;
    ngx_uint_t   i;

    value = cf->args->elts;

    for (i = 1; i < cf->args->nelts; i++) {

        if (ngx_conf_full_name(cf->cycle, &value[i], 1) != NGX_OK
            || ngx_http_article_portals_glob(cf, amcf, &value[i]) != NGX_OK)
        {
            return NGX_CONF_ERROR;
        }
    }

    return NGX_CONF_OK;
}


/* As "include": a mask may match nothing, a plain name must exist. */

static ngx_int_t
ngx_http_article_portals_glob(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *pattern)
{
    ngx_int_t   rc;
    ngx_str_t   name;
    ngx_glob_t  gl;

    if (strpbrk((char *) pattern->data, "*?[") == NULL) {
        return ngx_http_article_portal_load(cf, amcf, pattern);
    }

    ngx_memzero(&gl, sizeof(ngx_glob_t));

    gl.pattern = pattern->data;
    gl.log = cf->log;
    gl.test = 1;

    if (ngx_open_glob(&gl) != NGX_OK) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           "article_portals \"%V\": " ngx_open_glob_n
                           " failed", pattern);
        return NGX_ERROR;
    }

    rc = NGX_OK;

    while (rc == NGX_OK && ngx_read_glob(&gl, &name) == NGX_OK) {
        rc = ngx_http_article_portal_load(cf, amcf, &name);
    }

    ngx_close_glob(&gl);

    return rc;
}


static ngx_int_t
ngx_http_article_portal_load(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path)
{
    uint32_t                   sum;
    ngx_str_t                  text;
    article_error_t            error;
    article_slice_t            name;
    article_portal_t          *portal;
    ngx_http_article_place_t  *place;

    if (ngx_http_article_portal_read(cf, path, &text) != NGX_OK) {
        return NGX_ERROR;
    }

    sum = ngx_crc32_long(text.data, text.len);
    portal = article_portal_parse((char *) text.data, text.len, &error);

    ngx_free(text.data);

    if (portal == NULL) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_portals: %V:%ud:%ud: %s", path,
                           error.line, error.column, error.message);
        return NGX_ERROR;
    }

    if (ngx_http_article_portal_add(cf, amcf, path, portal) != NGX_OK) {
        return NGX_ERROR;
    }

    place = ngx_array_push(&amcf->places);
    if (place == NULL) {
        return NGX_ERROR;
    }

    name = article_portal_name(portal);

    place->name.data = (u_char *) name.data;
    place->name.len = name.len;
    place->portal = portal;
    place->sum = sum;
    place->index = 0;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_portal_read(ngx_conf_t *cf, ngx_str_t *path,
    ngx_str_t *text)
{
    ssize_t          n;
    ngx_file_t       file;
    ngx_file_info_t  fi;

    ngx_memzero(&file, sizeof(ngx_file_t));

    file.name = *path;
    file.log = cf->log;

    file.fd = ngx_open_file(path->data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (file.fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           "article_portals: " ngx_open_file_n " \"%V\" "
                           "failed", path);
        return NGX_ERROR;
    }

    text->data = NULL;

    if (ngx_fd_info(file.fd, &fi) == NGX_FILE_ERROR || !ngx_is_file(&fi)
        || ngx_file_size(&fi) > NGX_HTTP_ARTICLE_PORTAL_MAX)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_portals: \"%V\" is not a file of 1m at "
                           "most", path);
        goto failed;
    }

    text->len = (size_t) ngx_file_size(&fi);

    text->data = ngx_alloc(text->len + 1, cf->log);
    if (text->data == NULL) {
        goto failed;
    }

    n = ngx_read_file(&file, text->data, text->len, 0);

    if (n != (ssize_t) text->len) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "article_portals: cannot read \"%V\"", path);
        goto failed;
    }

    text->data[text->len] = '\0';

    (void) ngx_close_file(file.fd);

    return NGX_OK;

failed:

    ngx_free(text->data);
    (void) ngx_close_file(file.fd);

    return NGX_ERROR;
}


static ngx_int_t
ngx_http_article_portal_add(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path,
    article_portal_t *portal)
{
    article_portal_t    **p;
    ngx_pool_cleanup_t   *cln;

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL) {
        article_portal_destroy(portal);
        return NGX_ERROR;
    }

    cln->handler = ngx_http_article_portal_cleanup;
    cln->data = portal;

    if (ngx_http_article_portal_unique(cf, amcf, path, portal) != NGX_OK) {
        return NGX_ERROR;
    }

    p = ngx_array_push(&amcf->portals);
    if (p == NULL) {
        return NGX_ERROR;
    }

    *p = portal;

    return NGX_OK;
}


/* Two files of one name, or of one host, would leave one without effect. */

static ngx_int_t
ngx_http_article_portal_unique(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *amcf, ngx_str_t *path,
    article_portal_t *portal)
{
    ngx_uint_t          i, n;
    article_slice_t     name, other, host;
    article_portal_t  **portals;

    name = article_portal_name(portal);
    portals = amcf->portals.elts;

    for (i = 0; i < amcf->portals.nelts; i++) {
        other = article_portal_name(portals[i]);

        if (other.len == name.len
            && ngx_strncmp(other.data, name.data, name.len) == 0)
        {
            ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                               "article_portals: \"%V\" is a second file of "
                               "the portal \"%*s\"", path, name.len,
                               name.data);
            return NGX_ERROR;
        }

        for (n = 0; /* void */ ; n++) {
            host = article_portal_host(portal, n);

            if (host.len == 0) {
                break;
            }

            if (article_portal_has_host(portals[i], host)) {
                ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                                   "article_portals: \"%V\" names the host "
                                   "\"%*s\", which is the portal \"%*s\"'s",
                                   path, host.len, host.data, other.len,
                                   other.data);
                return NGX_ERROR;
            }
        }
    }

    return NGX_OK;
}


static void
ngx_http_article_portal_cleanup(void *data)
{
    article_portal_destroy(data);
}


void
ngx_http_article_base_host(ngx_str_t *base_url, ngx_str_t *host)
{
    u_char  *p, *last;

    p = (u_char *) ngx_strstr(base_url->data, "://") + 3;
    last = base_url->data + base_url->len;

    host->data = p;

    while (p < last && *p != ':') {
        p++;
    }

    host->len = p - host->data;
}


const article_portal_t *
ngx_http_article_portal_find(ngx_http_article_main_conf_t *amcf,
    ngx_str_t *host)
{
    ngx_uint_t          i;
    article_slice_t     slice;
    article_portal_t  **portals;

    slice.data = (char *) host->data;
    slice.len = host->len;

    portals = amcf->portals.elts;

    for (i = 0; i < amcf->portals.nelts; i++) {
        if (article_portal_has_host(portals[i], slice)) {
            return portals[i];
        }
    }

    return NULL;
}


uint32_t
ngx_http_article_portal_sum(ngx_http_article_main_conf_t *amcf,
    const article_portal_t *portal)
{
    uint32_t                   sum;
    ngx_uint_t                 i;
    ngx_http_article_place_t  *places;

    sum = ngx_crc32_short((u_char *) NGX_HTTP_ARTICLE_VERSION,
                          sizeof(NGX_HTTP_ARTICLE_VERSION) - 1);

    places = amcf->places.elts;

    for (i = 0; i < amcf->places.nelts; i++) {
        if (portal ? places[i].portal == portal
                   : article_portal_is_family(places[i].portal))
        {
            sum = sum * 31 + places[i].sum;
        }
    }

    return sum;
}


ngx_http_article_place_t *
ngx_http_article_place(ngx_conf_t *cf, const article_portal_t *portal,
    ngx_str_t *name)
{
    ngx_http_article_place_t      *place;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_article_module);

    place = ngx_http_article_place_find(amcf, portal);
    if (place) {
        return place;
    }

    place = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_place_t));
    if (place == NULL) {
        return NULL;
    }

    place->name = *name;

    return place;
}


ngx_http_article_place_t *
ngx_http_article_place_find(ngx_http_article_main_conf_t *amcf,
    const article_portal_t *portal)
{
    ngx_uint_t                 i;
    ngx_http_article_place_t  *places;

    places = amcf->places.elts;

    for (i = 0; portal && i < amcf->places.nelts; i++) {
        if (places[i].portal == portal) {
            return &places[i];
        }
    }

    return NULL;
}


const article_portal_t *
ngx_http_article_portal(ngx_http_request_t *r, ngx_str_t *host)
{
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_get_module_main_conf(r, ngx_http_article_module);

    return ngx_http_article_portal_find(amcf, host);
}

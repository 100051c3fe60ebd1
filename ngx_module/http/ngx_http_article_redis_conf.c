
/*
 * Copyright (C) ngx_article authors
 *
 * article_redis_*, the settings of all its nodes.
 */


#include "ngx_http_article_redis_node.h"


#define NGX_HTTP_ARTICLE_REDIS_AUTH_MAX  4096


typedef char *(*ngx_http_article_redis_setter_pt)(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

typedef struct {
    ngx_str_t                         name;
    ngx_http_article_redis_setter_pt  set;
} ngx_http_article_redis_setter_t;


static ngx_http_article_redis_t *ngx_http_article_redis_create(
    ngx_conf_t *cf, ngx_http_article_main_conf_t *mcf);
static char *ngx_http_article_redis_set_connect_timeout(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);
static char *ngx_http_article_redis_set_timeout(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);
static char *ngx_http_article_redis_set_msec(ngx_conf_t *cf,
    ngx_msec_t *msec);
static char *ngx_http_article_redis_set_auth(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);
static char *ngx_http_article_redis_set_sentinel_auth(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);
static char *ngx_http_article_redis_auth(ngx_conf_t *cf,
    ngx_http_article_redis_auth_t *auth);
static char *ngx_http_article_redis_read_auth(ngx_conf_t *cf,
    ngx_str_t *name, ngx_file_t *file, ngx_str_t *line);
static char *ngx_http_article_redis_set_prefix(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);


static ngx_http_article_redis_setter_t  ngx_http_article_redis_setters[] = {
    { ngx_string("article_redis"), ngx_http_article_redis_addresses },
    { ngx_string("article_redis_connect_timeout"),
      ngx_http_article_redis_set_connect_timeout },
    { ngx_string("article_redis_timeout"),
      ngx_http_article_redis_set_timeout },
    { ngx_string("article_redis_auth"), ngx_http_article_redis_set_auth },
    { ngx_string("article_redis_sentinel_auth"),
      ngx_http_article_redis_set_sentinel_auth },
    { ngx_string("article_redis_ssl"), ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_ssl_trusted_certificate"),
      ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_ssl_certificate"),
      ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_ssl_certificate_key"),
      ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_ssl_name"),
      ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_ssl_verify"),
      ngx_http_article_redis_tls_directive },
    { ngx_string("article_redis_prefix"), ngx_http_article_redis_set_prefix },
    { ngx_string("article_redis_read"), ngx_http_article_redis_set_read },
    { ngx_null_string, NULL }
};


char *
ngx_http_article_redis_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf)
{
    ngx_http_article_main_conf_t *mcf = conf;

    ngx_http_article_redis_setter_t  *setter;

    if (mcf->redis == NULL) {
        mcf->redis = ngx_http_article_redis_create(cf, mcf);
        if (mcf->redis == NULL) {
            return NGX_CONF_ERROR;
        }
    }

    for (setter = ngx_http_article_redis_setters; setter->set; setter++) {

        if (setter->name.len == cmd->name.len
            && ngx_strcmp(setter->name.data, cmd->name.data) == 0)
        {
            return setter->set(cf, mcf->redis);
        }
    }

    return "is not a directive of Redis";
}


static ngx_http_article_redis_t *
ngx_http_article_redis_create(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *mcf)
{
    ngx_http_article_redis_t  *redis;

    redis = ngx_pcalloc(cf->pool, sizeof(ngx_http_article_redis_t));
    if (redis == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     redis->node = NULL;
     *     redis->nodes = NULL;
     *     redis->sentinel = NULL;
     *     redis->cluster = NULL;
     *     redis->tls = { 0 };
     *     redis->ssl = NULL;
     *     redis->host = { 0, NULL };
     *     redis->prefix = { 0, NULL };
     *     redis->auth = { { 0, NULL }, { 0, NULL } };
     *     redis->sentinel_auth = { { 0, NULL }, { 0, NULL } };
     *     redis->no_scripts = 0;
     *     redis->db = 0;
     */

    redis->main = mcf;
    redis->connect_timeout = NGX_CONF_UNSET_MSEC;
    redis->timeout = NGX_CONF_UNSET_MSEC;
    redis->read_replica = NGX_CONF_UNSET;
    redis->tls.enable = NGX_CONF_UNSET;
    redis->tls.verify = NGX_CONF_UNSET;

    return redis;
}


char *
ngx_http_article_redis_init_main_conf(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *mcf)
{
    ngx_http_article_redis_t  *redis;

    redis = mcf->redis;

    if (redis == NULL) {
        return NGX_CONF_OK;
    }

    if (redis->nodes == NULL) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "article_redis_* directives do nothing without "
                      "\"article_redis\"");
        mcf->redis = NULL;
        return NGX_CONF_OK;
    }

    ngx_conf_init_msec_value(redis->connect_timeout, 100);
    ngx_conf_init_msec_value(redis->timeout, 100);

    ngx_conf_init_value(redis->read_replica, 0);

    if (redis->read_replica && !redis->cluster && !redis->sentinel) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "\"article_redis_read replica\" does nothing without a "
                      "Cluster or sentinels, which tell of replicas");
        redis->read_replica = 0;
    }

    if (redis->prefix.data == NULL) {
        ngx_str_set(&redis->prefix, "article");
    }

    if (ngx_http_article_redis_resolve_init(cf, redis) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    return ngx_http_article_redis_tls_init(cf, redis);
}


static char *
ngx_http_article_redis_set_connect_timeout(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return ngx_http_article_redis_set_msec(cf, &redis->connect_timeout);
}


static char *
ngx_http_article_redis_set_timeout(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return ngx_http_article_redis_set_msec(cf, &redis->timeout);
}


static char *
ngx_http_article_redis_set_msec(ngx_conf_t *cf, ngx_msec_t *msec)
{
    ngx_int_t   n;
    ngx_str_t  *value;

    if (*msec != NGX_CONF_UNSET_MSEC) {
        return "is duplicate";
    }

    value = cf->args->elts;

    n = ngx_parse_time(&value[1], 0);

    if (n == NGX_ERROR || n == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is no time for \"%V\": write 100ms or 1s",
                           &value[1], &value[0]);
        return NGX_CONF_ERROR;
    }

    *msec = n;

    return NGX_CONF_OK;
}


static char *
ngx_http_article_redis_set_auth(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return ngx_http_article_redis_auth(cf, &redis->auth);
}


static char *
ngx_http_article_redis_set_sentinel_auth(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return ngx_http_article_redis_auth(cf, &redis->sentinel_auth);
}


/* The first line of a file: "PASSWORD", or "USER PASSWORD". */
static char *
ngx_http_article_redis_auth(ngx_conf_t *cf,
    ngx_http_article_redis_auth_t *auth)
{
    char        *rv;
    u_char      *space;
    ngx_str_t   *value, name, line;
    ngx_file_t   file;

    if (auth->password.data) {
        return "is duplicate";
    }

    value = cf->args->elts;
    name = value[1];

    if (ngx_conf_full_name(cf->cycle, &name, 1) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    ngx_memzero(&file, sizeof(ngx_file_t));

    file.name = name;
    file.log = cf->log;
    file.fd = ngx_open_file(name.data, NGX_FILE_RDONLY, NGX_FILE_OPEN, 0);

    if (file.fd == NGX_INVALID_FILE) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           ngx_open_file_n " \"%V\" of "
                           "\"%V\" failed", &name, &value[0]);
        return NGX_CONF_ERROR;
    }

    rv = ngx_http_article_redis_read_auth(cf, &name, &file, &line);

    if (ngx_close_file(file.fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, cf->log, ngx_errno,
                      ngx_close_file_n " \"%V\" failed", &name);
    }

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    auth->password = line;

    space = ngx_strlchr(line.data, line.data + line.len, ' ');

    if (space) {
        auth->user.data = line.data;
        auth->user.len = space - line.data;
        auth->password.data = space + 1;
        auth->password.len = line.data + line.len - auth->password.data;
    }

    if (auth->password.len == 0 || (space && auth->user.len == 0)) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "the first line of \"%V\" of \"%V\" must be "
                           "PASSWORD, or USER PASSWORD", &name, &value[0]);
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_article_redis_read_auth(ngx_conf_t *cf, ngx_str_t *name,
    ngx_file_t *file, ngx_str_t *line)
{
    u_char           *p, *last;
    ssize_t           n;
    ngx_file_info_t   fi;

    if (ngx_fd_info(file->fd, &fi) == NGX_FILE_ERROR) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, ngx_errno,
                           ngx_fd_info_n " \"%V\" failed", name);
        return NGX_CONF_ERROR;
    }

    if (ngx_file_access(&fi) & S_IROTH) {
        ngx_conf_log_error(NGX_LOG_WARN, cf, 0,
                           "\"%V\" of \"article_redis_auth\" can be read by "
                           "every user of this machine: chmod o-r it", name);
    }

    p = ngx_pnalloc(cf->pool, NGX_HTTP_ARTICLE_REDIS_AUTH_MAX);
    if (p == NULL) {
        return NGX_CONF_ERROR;
    }

    n = ngx_read_file(file, p, NGX_HTTP_ARTICLE_REDIS_AUTH_MAX, 0);
    if (n == NGX_ERROR) {
        return NGX_CONF_ERROR;
    }

    for (last = p; last < p + n && *last != LF && *last != CR; last++) {
        /* void */
    }

    line->data = p;
    line->len = last - p;

    return NGX_CONF_OK;
}


static char *
ngx_http_article_redis_set_prefix(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_str_t   *value;
    ngx_uint_t   i;

    if (redis->prefix.data) {
        return "is duplicate";
    }

    value = cf->args->elts;

    /* a brace would move the part of a key that chooses its Cluster slot */

    for (i = 0; i < value[1].len; i++) {
        if (value[1].data[i] <= ' ' || ngx_strchr("{}*?[]\\", value[1].data[i]))
        {
            break;
        }
    }

    if (i == 0 || i < value[1].len
        || i > NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX)
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"%V\" is no \"article_redis_prefix\": write 1 "
                           "to %d bytes without spaces and { } * ? [ ] \\",
                           &value[1], NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX);
        return NGX_CONF_ERROR;
    }

    redis->prefix = value[1];

    return NGX_CONF_OK;
}

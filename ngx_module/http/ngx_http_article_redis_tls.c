
/*
 * Copyright (C) ngx_article authors
 *
 * TLS to Redis, by nginx' own OpenSSL: the article_redis_ssl directives, the
 * handshake, and whose certificate it is.
 *
 * The names mean what they mean behind proxy_; but a certificate is verified
 * as soon as it is known by whom it must be signed.
 */


#include "ngx_http_article_redis_node.h"


#if (NGX_HTTP_SSL)

/* Certificates between the server's and the trusted one. */
#define NGX_HTTP_ARTICLE_REDIS_TLS_DEPTH  9

/* What nginx keeps of a TLS connection. */
#define NGX_HTTP_ARTICLE_REDIS_TLS_POOL   1024


static char *ngx_http_article_redis_tls_flag(ngx_conf_t *cf,
    ngx_int_t *flag);
static char *ngx_http_article_redis_tls_check(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);
static void ngx_http_article_redis_tls_handler(ngx_connection_t *c);
static void ngx_http_article_redis_tls_fail(
    ngx_http_article_redis_node_t *node, const char *why, const char *text);
static ngx_int_t ngx_http_article_redis_tls_verify(
    ngx_http_article_redis_node_t *node);
static ngx_uint_t ngx_http_article_redis_tls_is_for(X509 *certificate,
    ngx_str_t *name);
static ngx_str_t *ngx_http_article_redis_tls_name(
    ngx_http_article_redis_node_t *node);
static ngx_uint_t ngx_http_article_redis_tls_literal(ngx_str_t *name);


char *
ngx_http_article_redis_tls_directive(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_str_t                     *value, *field;
    ngx_http_article_redis_tls_t  *tls;

    tls = &redis->tls;
    value = cf->args->elts;

    if (ngx_strcmp(value[0].data, "article_redis_ssl") == 0) {
        return ngx_http_article_redis_tls_flag(cf, &tls->enable);
    }

    if (ngx_strcmp(value[0].data, "article_redis_ssl_verify") == 0) {
        return ngx_http_article_redis_tls_flag(cf, &tls->verify);
    }

    if (ngx_strcmp(value[0].data, "article_redis_ssl_name") == 0) {
        field = &tls->name;

    } else if (ngx_strcmp(value[0].data, "article_redis_ssl_certificate")
               == 0)
    {
        field = &tls->certificate;

    } else if (ngx_strcmp(value[0].data, "article_redis_ssl_certificate_key")
               == 0)
    {
        field = &tls->key;

    } else {
        field = &tls->trusted;
    }

    if (field->data) {
        return "is duplicate";
    }

    *field = value[1];

    return NGX_CONF_OK;
}


static char *
ngx_http_article_redis_tls_flag(ngx_conf_t *cf, ngx_int_t *flag)
{
    ngx_str_t  *value;

    if (*flag != NGX_CONF_UNSET) {
        return "is duplicate";
    }

    value = cf->args->elts;

    if (ngx_strcasecmp(value[1].data, (u_char *) "on") == 0) {
        *flag = 1;

    } else if (ngx_strcasecmp(value[1].data, (u_char *) "off") == 0) {
        *flag = 0;

    } else {
        return "must be \"on\" or \"off\"";
    }

    return NGX_CONF_OK;
}


char *
ngx_http_article_redis_tls_init(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_ssl_t                     *ssl;
    ngx_pool_cleanup_t            *cln;
    ngx_http_article_redis_tls_t  *tls;

    tls = &redis->tls;

    if (tls->enable == NGX_CONF_UNSET || tls->enable == 0) {
        return NGX_CONF_OK;
    }

    ngx_conf_init_value(tls->verify, tls->trusted.len != 0);

    if (ngx_http_article_redis_tls_check(cf, redis) != NGX_CONF_OK) {
        return NGX_CONF_ERROR;
    }

    ssl = ngx_pcalloc(cf->pool, sizeof(ngx_ssl_t));
    if (ssl == NULL) {
        return NGX_CONF_ERROR;
    }

    ssl->log = cf->log;

    if (ngx_ssl_create(ssl, NGX_SSL_TLSv1_2|NGX_SSL_TLSv1_3, NULL) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);

    if (cln == NULL) {
        ngx_ssl_cleanup_ctx(ssl);
        return NGX_CONF_ERROR;
    }

    cln->handler = ngx_ssl_cleanup_ctx;
    cln->data = ssl;

    /* our buffers grow: what is sent again may stand elsewhere */

    (void) SSL_CTX_set_mode(ssl->ctx, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);

    if (tls->certificate.len
        && ngx_ssl_certificate(cf, ssl, &tls->certificate, &tls->key, NULL)
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    if (tls->trusted.len
        && ngx_ssl_trusted_certificate(cf, ssl, &tls->trusted,
                                       NGX_HTTP_ARTICLE_REDIS_TLS_DEPTH)
           != NGX_OK)
    {
        return NGX_CONF_ERROR;
    }

    redis->ssl = ssl;

    return NGX_CONF_OK;
}


static char *
ngx_http_article_redis_tls_check(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    ngx_uint_t                     i;
    ngx_http_article_redis_tls_t  *tls;

    tls = &redis->tls;

    for (i = 0; i < redis->nnodes; i++) {
        if (redis->nodes[i]->naddrs
            && redis->nodes[i]->addrs[0].sockaddr->sa_family == AF_UNIX)
        {
            ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                          "\"article_redis_ssl\" is for TCP, \"%V\" is a unix "
                          "socket", &redis->nodes[i]->name);
            return NGX_CONF_ERROR;
        }
    }

    if ((tls->certificate.len == 0) != (tls->key.len == 0)) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                      "\"article_redis_ssl_certificate\" and "
                      "\"article_redis_ssl_certificate_key\" need each other");
        return NGX_CONF_ERROR;
    }

    if (tls->trusted.len == 0 && tls->verify) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                      "\"article_redis_ssl_verify\" needs "
                      "\"article_redis_ssl_trusted_certificate\"");
        return NGX_CONF_ERROR;
    }

    if (!tls->verify) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "article_redis_ssl verifies no certificate: whoever "
                      "answers is taken for Redis; see "
                      "article_redis_ssl_trusted_certificate");
    }

    return NGX_CONF_OK;
}


void
ngx_http_article_redis_tls_begin(ngx_http_article_redis_node_t *node)
{
    u_char             host[NGX_HTTP_ARTICLE_REDIS_HOST_MAX + 1];
    ngx_str_t         *name;
    ngx_connection_t  *c;

    c = node->peer.connection;

    /* at the first attempt OpenSSL's own words are logged, not at each */

    if (node->failed) {
        node->hushed = *ngx_cycle->log;
        node->hushed.log_level = NGX_LOG_STDERR;
        c->log = &node->hushed;
    }

    c->pool = ngx_create_pool(NGX_HTTP_ARTICLE_REDIS_TLS_POOL, c->log);

    if (c->pool == NULL
        || ngx_ssl_create_connection(node->redis->ssl, c, NGX_SSL_CLIENT)
           != NGX_OK)
    {
        ngx_http_article_redis_tls_fail(node, "no memory for TLS", "");
        return;
    }

    name = ngx_http_article_redis_tls_name(node);

    if (name->len <= NGX_HTTP_ARTICLE_REDIS_HOST_MAX
        && !ngx_http_article_redis_tls_literal(name))
    {
        (void) ngx_cpystrn(host, name->data, name->len + 1);
        (void) SSL_set_tlsext_host_name(c->ssl->connection, (char *) host);
    }

    if (ngx_ssl_handshake(c) == NGX_AGAIN) {
        c->ssl->handler = ngx_http_article_redis_tls_handler;
        return;
    }

    ngx_http_article_redis_tls_handler(c);
}


static void
ngx_http_article_redis_tls_handler(ngx_connection_t *c)
{
    ngx_http_article_redis_node_t  *node;

    node = c->data;

    if (!c->ssl->handshaked) {
        ngx_http_article_redis_tls_fail(node, "the TLS handshake failed", "");
        return;
    }

    if (node->redis->tls.verify
        && ngx_http_article_redis_tls_verify(node) != NGX_OK)
    {
        return;
    }

    node->secure = 1;
    c->log = ngx_cycle->log;

    ngx_http_article_redis_connection_ready(node);
}


static void
ngx_http_article_redis_tls_fail(ngx_http_article_redis_node_t *node,
    const char *why, const char *text)
{
    ngx_str_t  more;

    more.data = (u_char *) text;
    more.len = ngx_strlen(text);

    ngx_http_article_redis_node_down(node, ARTICLE_REDIS_DOWN, 0, why, &more);
}


/* The server's certificate; NGX_ERROR: it is not good, the node is DOWN. */
static ngx_int_t
ngx_http_article_redis_tls_verify(ngx_http_article_redis_node_t *node)
{
    SSL         *connection;
    long         rc;
    X509        *certificate;
    ngx_uint_t   ours;

    connection = node->peer.connection->ssl->connection;

    rc = SSL_get_verify_result(connection);

    if (rc != X509_V_OK) {
        ngx_http_article_redis_tls_fail(node, "its certificate is not good: ",
                                        X509_verify_cert_error_string(rc));
        return NGX_ERROR;
    }

    certificate = SSL_get_peer_certificate(connection);

    if (certificate == NULL) {
        ngx_http_article_redis_tls_fail(node, "it shows no certificate", "");
        return NGX_ERROR;
    }

    /* who was told of may show the name under which the others are known */

    ours = ngx_http_article_redis_tls_is_for(certificate,
                                    ngx_http_article_redis_tls_name(node))
           || (node->told_of && node->redis->tls.name.len == 0
               && (ngx_http_article_redis_tls_is_for(certificate,
                                                     &node->redis->host)
                   || ngx_http_article_redis_tls_is_for(certificate,
                                                        &node->address)));

    X509_free(certificate);

    if (!ours) {
        ngx_http_article_redis_tls_fail(node,
                                        "its certificate is another host's: "
                                        "see article_redis_ssl_name", "");
        return NGX_ERROR;
    }

    return NGX_OK;
}


static ngx_uint_t
ngx_http_article_redis_tls_is_for(X509 *certificate, ngx_str_t *name)
{
    u_char  host[NGX_HTTP_ARTICLE_REDIS_HOST_MAX + 1];

    if (name->len == 0 || name->len > NGX_HTTP_ARTICLE_REDIS_HOST_MAX) {
        return 0;
    }

    (void) ngx_cpystrn(host, name->data, name->len + 1);

    return ngx_http_article_redis_tls_literal(name)
           ? X509_check_ip_asc(certificate, (char *) host, 0) == 1
           : X509_check_host(certificate, (char *) host, 0, 0, NULL) == 1;
}


static ngx_str_t *
ngx_http_article_redis_tls_name(ngx_http_article_redis_node_t *node)
{
    return node->redis->tls.name.len ? &node->redis->tls.name : &node->host;
}


/* An IP address is no server name of TLS, and stands elsewhere. */
static ngx_uint_t
ngx_http_article_redis_tls_literal(ngx_str_t *name)
{
    socklen_t       socklen;
    ngx_sockaddr_t  sockaddr;

    return ngx_http_article_redis_literal(name, 1, &sockaddr, &socklen)
           == NGX_OK;
}


void
ngx_http_article_redis_tls_close(ngx_connection_t *c)
{
    if (c->ssl) {

        /* Redis waits for no farewell, and we for none of its */

        c->ssl->no_wait_shutdown = 1;
        c->ssl->no_send_shutdown = 1;

        (void) ngx_ssl_shutdown(c);
    }

    if (c->pool) {
        ngx_destroy_pool(c->pool);
        c->pool = NULL;
    }
}


#else


char *
ngx_http_article_redis_tls_directive(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return "needs an nginx that is built with http_ssl_module";
}


char *
ngx_http_article_redis_tls_init(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis)
{
    return NGX_CONF_OK;
}


void
ngx_http_article_redis_tls_begin(ngx_http_article_redis_node_t *node)
{
    /* void: redis->ssl is NULL */
}


void
ngx_http_article_redis_tls_close(ngx_connection_t *c)
{
    /* void */
}

#endif

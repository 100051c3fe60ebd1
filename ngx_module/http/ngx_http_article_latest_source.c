
/*
 * Copyright (C) ngx_article authors
 *
 * One worker of a host fetches the listings that article_latest_source names,
 * as if somebody had asked for them: they are stored, and what they list comes
 * into Latest.  Of hosts that share a Redis the one that gets the turn does.
 */


#include "ngx_http_article_latest.h"
#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone_events.h"


/* Milliseconds between two looks at what is to be done. */
#define NGX_HTTP_ARTICLE_LATEST_TICK  300

/* The first one after a start: Redis may be connected to by then. */
#define NGX_HTTP_ARTICLE_LATEST_FIRST  50


static void ngx_http_article_latest_timer(ngx_event_t *ev);
static void ngx_http_article_latest_turn(ngx_http_article_source_t *source);
static void ngx_http_article_latest_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_latest_fetch(ngx_http_article_source_t *source);
static ngx_http_request_t *ngx_http_article_latest_request(ngx_pool_t *pool,
    ngx_http_article_source_t *source);
static ngx_uint_t ngx_http_article_latest_old(
    ngx_http_article_source_t *source, u_char *key, ngx_pool_t *pool,
    ngx_http_article_value_t *old);


static ngx_event_t  ngx_http_article_latest_event;


ngx_int_t
ngx_http_article_latest_init_process(ngx_cycle_t *cycle)
{
    ngx_event_t                   *ev;
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_cycle_get_module_main_conf(cycle,
                                               ngx_http_article_module);

    if (amcf == NULL || amcf->latest.nelts == 0
        || ngx_worker != 0
        || (ngx_process != NGX_PROCESS_WORKER
            && ngx_process != NGX_PROCESS_SINGLE))
    {
        return NGX_OK;
    }

    ev = &ngx_http_article_latest_event;

    ngx_memzero(ev, sizeof(ngx_event_t));

    ev->handler = ngx_http_article_latest_timer;
    ev->data = amcf;
    ev->log = cycle->log;
    ev->cancelable = 1;

    ngx_add_timer(ev, NGX_HTTP_ARTICLE_LATEST_FIRST);

    return NGX_OK;
}


static void
ngx_http_article_latest_timer(ngx_event_t *ev)
{
    ngx_http_article_main_conf_t *amcf = ev->data;

    ngx_uint_t                          i, k;
    ngx_http_article_source_t          *source;
    ngx_http_article_latest_portal_t  **portals;

    if (ngx_exiting) {
        return;
    }

    portals = amcf->latest.elts;

    for (i = 0; i < amcf->latest.nelts; i++) {

        source = portals[i]->sources.elts;

        for (k = 0; k < portals[i]->sources.nelts; k++) {

            if (source[k].op == NULL
                && ngx_http_article_zone_latest_due(amcf->shm_zone,
                                                    portals[i]->key, k,
                                                    source[k].interval))
            {
                ngx_http_article_latest_turn(&source[k]);
            }
        }

        if (amcf->redis) {
            ngx_http_article_redis_latest(amcf, portals[i]);
        }
    }

    ngx_add_timer(ev, NGX_HTTP_ARTICLE_LATEST_TICK);
}


/* Is it this host's? */

static void
ngx_http_article_latest_turn(ngx_http_article_source_t *source)
{
    ngx_http_article_redis_t  *redis;

    redis = source->main_conf->redis;

    if (redis) {
        source->op = ngx_http_article_redis_latest_turn(redis,
                         &source->conf->latest->host, &source->uri,
                         source->interval - NGX_HTTP_ARTICLE_LATEST_TICK,
                         ngx_http_article_latest_reply, source);
    }

    if (source->op == NULL) {
        ngx_http_article_latest_fetch(source);
    }
}


static void
ngx_http_article_latest_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_source_t *source = data;

    source->op = NULL;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_NIL && !ngx_exiting) {
        ngx_http_article_latest_fetch(source);
    }
}


static void
ngx_http_article_latest_fetch(ngx_http_article_source_t *source)
{
    u_char                          key[NGX_HTTP_ARTICLE_KEY_LEN];
    ngx_pool_t                     *pool;
    ngx_http_request_t             *r;
    ngx_http_article_value_t        old;
    ngx_http_article_main_conf_t   *amcf;
    ngx_http_article_fetch_conf_t   conf;

    amcf = source->main_conf;
    ngx_http_article_value_key(&source->page.url, key);

    if (!source->conf->enable || ngx_http_article_fetch_find(key)
        || ngx_http_article_zone_withdrawn(amcf->shm_zone, key))
    {
        return;
    }

    pool = ngx_create_pool(4096, ngx_cycle->log);
    if (pool == NULL) {
        return;
    }

    r = ngx_http_article_latest_request(pool, source);

    ngx_memzero(&conf, sizeof(ngx_http_article_fetch_conf_t));

    if (r == NULL
        || ngx_http_article_zone_lock(amcf->shm_zone, key,
                                      source->conf->lock_age, &conf.lock)
           != NGX_OK)
    {
        ngx_destroy_pool(pool);
        return;
    }

    conf.key = key;
    conf.base = source->page.url;
    conf.address = source->page.url;
    conf.page = &source->page;
    conf.conf = source->conf;
    conf.locked = 1;
    conf.store = 1;

    if (ngx_http_article_latest_old(source, key, pool, &old)) {
        conf.old = &old;
    }

    if (ngx_http_article_fetch_start(r, &conf) == NULL) {
        ngx_http_article_zone_unlock(amcf->shm_zone, key, conf.lock);
    }

    /* what it needs of the request it has copied */

    ngx_destroy_pool(pool);
}


/* Nobody's request: what a fetch asks its client for, and no more. */

static ngx_http_request_t *
ngx_http_article_latest_request(ngx_pool_t *pool,
    ngx_http_article_source_t *source)
{
    ngx_connection_t           *c;
    ngx_http_request_t         *r;
    ngx_http_connection_t      *hc;
    static struct sockaddr_in   sin;

    r = ngx_pcalloc(pool, sizeof(ngx_http_request_t));
    c = ngx_pcalloc(pool, sizeof(ngx_connection_t));
    hc = ngx_pcalloc(pool, sizeof(ngx_http_connection_t));

    if (r == NULL || c == NULL || hc == NULL || ngx_cycle->listening.nelts == 0)
    {
        return NULL;
    }

    sin.sin_family = AF_INET;
    sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    c->log = ngx_cycle->log;
    c->pool = pool;
    c->fd = (ngx_socket_t) -1;
    c->listening = ngx_cycle->listening.elts;
    c->sockaddr = (struct sockaddr *) &sin;
    c->socklen = sizeof(struct sockaddr_in);
    c->data = r;

    hc->conf_ctx = source->server;

    r->signature = NGX_HTTP_MODULE;
    r->connection = c;
    r->http_connection = hc;
    r->main = r;
    r->pool = pool;
    r->main_conf = source->server->main_conf;
    r->srv_conf = source->server->srv_conf;
    r->loc_conf = source->loc_conf;
    r->method = NGX_HTTP_GET;
    r->uri = source->page.uri;

    return r;
}


/* 1: what is stored of it, fresh or not. */

static ngx_uint_t
ngx_http_article_latest_old(ngx_http_article_source_t *source, u_char *key,
    ngx_pool_t *pool, ngx_http_article_value_t *old)
{
    ngx_str_t  stored;

    return ngx_http_article_zone_get(source->main_conf->shm_zone, key, pool,
                                     &stored)
           == NGX_OK
           && ngx_http_article_value_decode(&stored, &source->page.url, old)
              == NGX_OK
           && old->status == NGX_HTTP_OK && old->vary.len == 0;
}

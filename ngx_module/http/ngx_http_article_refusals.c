
/*
 * Copyright (C) ngx_article authors
 *
 * Legacy portals forbid to store any of their pages, and nobody who looks at
 * a single answer sees why the cache stays empty.
 */


#include "ngx_http_article_fetch.h"
#include "ngx_http_article_zone.h"


/* More than so many one after the other are the portal's habit. */
#define NGX_HTTP_ARTICLE_REFUSALS  20

/* Of a header's value as much is shown. */
#define NGX_HTTP_ARTICLE_REFUSALS_SHOWN  64


void
ngx_http_article_refusals(ngx_http_article_fetch_t *fetch,
    article_reason_t reason, ngx_http_article_freshness_t *freshness)
{
    size_t      len;
    ngx_log_t  *log;
    ngx_str_t  *portal, *said;

    portal = &fetch->conf->base_url;

    if (ngx_http_article_zone_refused(fetch->main_conf->shm_zone, portal,
                                      reason)
        != NGX_HTTP_ARTICLE_REFUSALS + 1)
    {
        return;
    }

    log = fetch->detached->connection->log;

    if (freshness->header == NULL) {
        ngx_log_error(NGX_LOG_WARN, log, 0,
                      "article_json: more than %d pages of \"%V\" running "
                      "were not stored, for %s: neither Cache-Control nor "
                      "Expires says how long they are fresh. What to do: add "
                      "\"article_cache_valid 200 5m;\"",
                      NGX_HTTP_ARTICLE_REFUSALS, portal,
                      article_reason_word(reason));
        return;
    }

    said = &freshness->said;
    len = ngx_min(said->len, NGX_HTTP_ARTICLE_REFUSALS_SHOWN);

    ngx_log_error(NGX_LOG_WARN, log, 0,
                  "article_json: more than %d pages of \"%V\" running were "
                  "not stored, for %s: its header \"%s%s%*s\" forbids it. What "
                  "to do: pages are fetched for nobody in particular, so "
                  "\"article_cache_ignore_headers %s;\" is safe",
                  NGX_HTTP_ARTICLE_REFUSALS, portal,
                  article_reason_word(reason), freshness->header,
                  len ? ": " : "", len, said->data, freshness->header);
}

/*
 * Copyright (C) ngx_article authors
 *
 * What targets of the glue's parsers share: nginx without an nginx.
 */

#ifndef ARTICLE_FUZZ_NGINX_H_INCLUDED
#define ARTICLE_FUZZ_NGINX_H_INCLUDED


#include "ngx_http_article_redis_node.h"
#include "ngx_http_article_value.h"


/* What the parsers of replies have said of their node. */
typedef struct {
    ngx_uint_t  down;
    ngx_uint_t  ready;
} fuzz_node_t;

extern fuzz_node_t  fuzz_node;


/* A pool; to be destroyed with ngx_destroy_pool(). */
ngx_pool_t *fuzz_pool(void);

/* Reads all of it, so that ASAN sees a slice that reaches too far. */
void fuzz_check_bytes(ngx_str_t *s);


#endif /* ARTICLE_FUZZ_NGINX_H_INCLUDED */

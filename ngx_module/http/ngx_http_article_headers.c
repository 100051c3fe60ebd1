
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_headers.h"


void
ngx_http_article_headers_init(ngx_http_article_headers_t *headers,
    ngx_list_t *list)
{
    headers->part = &list->part;
    headers->next = 0;
}


ngx_table_elt_t *
ngx_http_article_headers_next(ngx_http_article_headers_t *headers,
    ngx_str_t *name)
{
    ngx_table_elt_t  *h;

    for ( ;; ) {

        if (headers->next >= headers->part->nelts) {

            if (headers->part->next == NULL) {
                return NULL;
            }

            headers->part = headers->part->next;
            headers->next = 0;
            continue;
        }

        h = headers->part->elts;
        h += headers->next++;

        if (h->hash == 0 || h->key.len == 0) {
            continue;
        }

        if (name == NULL
            || (h->key.len == name->len
                && ngx_strncasecmp(h->key.data, name->data, name->len) == 0))
        {
            return h;
        }
    }
}


/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_tags.h"


/* Names of more bytes are cut: they are hashed in place. */
#define NGX_HTTP_ARTICLE_TAG_NAME  1024

/* " 01234567" */
#define NGX_HTTP_ARTICLE_TAG_WORD  9


static u_char *ngx_http_article_tags_add(u_char *p, ngx_str_t *base_url,
    const char *kind, article_slice_t name);


ngx_uint_t
ngx_http_article_tag_is(ngx_str_t *tag)
{
    static ngx_str_t   portal = ngx_string("portal");
    static const char  section[] = "section:", author[] = "author:";

    if (tag->len == portal.len
        && ngx_strncmp(tag->data, portal.data, portal.len) == 0)
    {
        return 1;
    }

    return (tag->len >= sizeof(section)
            && ngx_strncmp(tag->data, section, sizeof(section) - 1) == 0)
           || (tag->len >= sizeof(author)
               && ngx_strncmp(tag->data, author, sizeof(author) - 1) == 0);
}


void
ngx_http_article_tag_key(ngx_str_t *base_url, ngx_str_t *tag, u_char *key)
{
    u_char     buf[NGX_HTTP_ARTICLE_TAG_NAME];
    ngx_str_t  host, text;

    ngx_http_article_base_host(base_url, &host);

    text.data = buf;
    text.len = ngx_snprintf(buf, sizeof(buf), "tag %V %V", &host, tag) - buf;

    ngx_http_article_value_key(&text, key);
}


ngx_int_t
ngx_http_article_tags(ngx_pool_t *pool, ngx_str_t *base_url,
    article_result_t *result, ngx_str_t *tags)
{
    u_char     *p;
    unsigned    i;

    p = ngx_pnalloc(pool, (2 + ARTICLE_RESULT_AUTHORS)
                          * NGX_HTTP_ARTICLE_TAG_WORD);
    if (p == NULL) {
        return NGX_ERROR;
    }

    tags->data = p;

    p = ngx_http_article_tags_add(p, base_url, "portal",
                                  article_literal(""));

    if (result && result->section.len) {
        *p++ = ' ';
        p = ngx_http_article_tags_add(p, base_url, "section:",
                                      result->section);
    }

    for (i = 0; result && i < result->authors_number; i++) {
        *p++ = ' ';
        p = ngx_http_article_tags_add(p, base_url, "author:",
                                      result->authors[i]);
    }

    tags->len = p - tags->data;

    return NGX_OK;
}


/* 31 bits: any machine's number. */

static u_char *
ngx_http_article_tags_add(u_char *p, ngx_str_t *base_url, const char *kind,
    article_slice_t name)
{
    u_char     key[NGX_HTTP_ARTICLE_KEY_LEN];
    u_char     buf[NGX_HTTP_ARTICLE_TAG_NAME];
    ngx_str_t  tag;

    tag.data = buf;
    tag.len = ngx_snprintf(buf, sizeof(buf), "%s%*s", kind, name.len,
                           name.data)
              - buf;

    ngx_http_article_tag_key(base_url, &tag, key);

    return ngx_sprintf(p, "%02xd%02xd%02xd%02xd", key[0] & 0x7f, key[1],
                       key[2], key[3]);
}

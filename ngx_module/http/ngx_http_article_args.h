
/*
 * Copyright (C) ngx_article authors
 *
 * article_cache_args: which arguments of an address make it another page.
 */


#ifndef _NGX_HTTP_ARTICLE_ARGS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_ARGS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>


typedef enum {
    NGX_HTTP_ARTICLE_ARGS_DROP = 0,     /* all but those named */
    NGX_HTTP_ARTICLE_ARGS_KEEP,         /* those named, and no others */
    NGX_HTTP_ARTICLE_ARGS_OFF           /* as they come */
} ngx_http_article_args_mode_e;


typedef struct {
    ngx_http_article_args_mode_e  mode;
    ngx_array_t                   names;    /* of ngx_str_t; "x*": a prefix */
} ngx_http_article_args_t;


/* Which representation is asked for; article_form and the argument "form". */
typedef enum {
    NGX_HTTP_ARTICLE_FORM_FULL = 0,
    NGX_HTTP_ARTICLE_FORM_SUMMARY,
    NGX_HTTP_ARTICLE_FORM_UNSAID
} ngx_http_article_form_e;


/*
 * Leaves of args what counts, sorted by name (of one name in the order they
 * came in), in the pool.  "form=summary" and "form=full" are ours: they are
 * taken out and told in *form, if they are there.  NGX_ERROR: no memory.
 */
ngx_int_t ngx_http_article_args(ngx_pool_t *pool,
    ngx_http_article_args_t *conf, ngx_str_t *args,
    ngx_http_article_form_e *form);

/* The directive's slot is an ngx_http_article_args_t *, cmd->offset's. */
char *ngx_http_article_args_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* What holds where nothing is said. */
ngx_http_article_args_t *ngx_http_article_args_default(ngx_conf_t *cf);


#endif /* _NGX_HTTP_ARTICLE_ARGS_H_INCLUDED_ */

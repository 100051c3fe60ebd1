
/*
 * Copyright (C) ngx_article authors
 *
 * The directives of articles; those of stripping are the strip filter's.
 */


#include "ngx_http_article_conf.h"
#include "ngx_http_article_events.h"
#include "ngx_http_article_handler.h"
#include "ngx_http_article_latest.h"
#include "ngx_http_article_learn.h"


#define NGX_HTTP_ARTICLE_ANY                                                  \
    (NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF)


static ngx_int_t ngx_http_article_init_process(ngx_cycle_t *cycle);
static void ngx_http_article_exit_process(ngx_cycle_t *cycle);


static ngx_command_t  ngx_http_article_commands[] = {

    { ngx_string("article"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, enable),
      NULL },

    { ngx_string("article_zone"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_zone_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_1MORE,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_connect_timeout"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_timeout"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_auth"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_sentinel_auth"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl_trusted_certificate"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl_certificate"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl_certificate_key"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl_name"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_ssl_verify"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_prefix"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_redis_read"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_http_article_redis_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_portals"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_1MORE,
      ngx_http_article_portals_directive,
      NGX_HTTP_MAIN_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_json"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_article_json_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_base_url"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_http_article_base_url_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_cache_key"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_http_set_complex_value_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, cache_key),
      NULL },

    { ngx_string("article_cache_args"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_article_args_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, cache_args),
      NULL },

    { ngx_string("article_form"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, form),
      &ngx_http_article_forms },

    { ngx_string("article_cache_valid"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_article_cache_valid_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_cache_ignore_headers"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_conf_set_bitmask_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, ignore_headers),
      ngx_http_article_ignore_headers },

    { ngx_string("article_cache_use_stale"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_conf_set_bitmask_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, use_stale),
      ngx_http_article_use_stale },

    { ngx_string("article_cache_background_update"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, background_update),
      NULL },

    { ngx_string("article_cache_revalidate"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, revalidate),
      NULL },

    { ngx_string("article_read_status"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_article_read_status_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_gzip"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, gzip),
      NULL },

    { ngx_string("article_client_max_age"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_sec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, client_max_age),
      NULL },

    { ngx_string("article_cache_lock_timeout"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, lock_timeout),
      NULL },

    { ngx_string("article_fetch_timeout"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, fetch_timeout),
      NULL },

    { ngx_string("article_cache_lock_age"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, lock_age),
      NULL },

    { ngx_string("article_cache_max_waiting"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, max_waiting),
      NULL },

    { ngx_string("article_withdraw_share"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, withdraw_share),
      NULL },

    { ngx_string("article_max_page"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, max_page),
      NULL },

    { ngx_string("article_pass_request_header"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_article_pass_header_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_cache_bypass"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_set_predicate_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, cache_bypass),
      NULL },

    { ngx_string("article_no_cache"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_set_predicate_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, no_cache),
      NULL },

    { ngx_string("article_cors"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_article_cors_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_purge"),
      NGX_HTTP_ARTICLE_ANY|NGX_CONF_1MORE,
      ngx_http_set_predicate_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_article_loc_conf_t, purge),
      NULL },

    { ngx_string("article_latest"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS|NGX_CONF_TAKE12,
      ngx_http_article_latest_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_latest_source"),
      NGX_HTTP_LOC_CONF|NGX_CONF_TAKE12,
      ngx_http_article_latest_source_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_status"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_article_status_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

    { ngx_string("article_plan"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_article_plan_directive,
      NGX_HTTP_LOC_CONF_OFFSET,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_article_module_ctx = {
    ngx_http_article_add_variables,        /* preconfiguration */
    ngx_http_article_latest_init,          /* postconfiguration */

    ngx_http_article_create_main_conf,     /* create main configuration */
    ngx_http_article_init_main_conf,       /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_article_create_loc_conf,      /* create location configuration */
    ngx_http_article_merge_loc_conf        /* merge location configuration */
};


ngx_module_t  ngx_http_article_module = {
    NGX_MODULE_V1,
    &ngx_http_article_module_ctx,          /* module context */
    ngx_http_article_commands,             /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_http_article_init_process,         /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_article_exit_process,         /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static ngx_int_t
ngx_http_article_init_process(ngx_cycle_t *cycle)
{
    ngx_http_article_main_conf_t  *amcf;

    amcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_article_module);

    if (amcf != NULL) {
        amcf->memory = article_strip_memory_create();   /* or NULL: slower */
    }

    if (ngx_http_article_events_init_process(cycle) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_article_latest_init_process(cycle) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_article_plan_init_process(cycle);
}


static void
ngx_http_article_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_article_main_conf_t  *amcf;

    ngx_http_article_outcome_exit();
    ngx_http_article_learn_exit();

    amcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_article_module);

    if (amcf != NULL) {
        article_strip_memory_destroy(amcf->memory);
        amcf->memory = NULL;
    }
}

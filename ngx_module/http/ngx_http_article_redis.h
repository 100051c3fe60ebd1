
/*
 * Copyright (C) ngx_article authors
 *
 * Redis over an nginx connection: hiredis' reader and formatter, one shared
 * pipelined connection a worker.  Nothing here ever blocks.
 *
 * The state machine is drawn in ngx_http_article_redis_node.h.
 */


#ifndef _NGX_HTTP_ARTICLE_REDIS_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_REDIS_H_INCLUDED_


#include "ngx_http_article_module.h"


typedef struct ngx_http_article_redis_op_s  ngx_http_article_redis_op_t;


typedef enum {
    NGX_HTTP_ARTICLE_REDIS_VALUE = 0,   /* bulk string: value */
    NGX_HTTP_ARTICLE_REDIS_NIL,         /* absent */
    NGX_HTTP_ARTICLE_REDIS_STATUS,      /* "OK", integers: done */
    NGX_HTTP_ARTICLE_REDIS_FAILED       /* reason says why */
} ngx_http_article_redis_result_e;


/* Valid during the handler's call only. */
typedef struct {
    ngx_http_article_redis_result_e  result;
    ngx_str_t                        value;
    article_reason_t                 reason;
    void                            *array;     /* of private operations */
} ngx_http_article_redis_reply_t;


/*
 * Called once an operation, never from inside the call that started it.
 * data is NULL-safe: not called at all once the operation was abandoned.
 */
typedef void (*ngx_http_article_redis_pt)(void *data,
    ngx_http_article_redis_reply_t *reply);


/*
 * Directives: article_redis (NGX_CONF_1MORE), and with NGX_CONF_TAKE1
 * article_redis_connect_timeout, _timeout, _auth, _sentinel_auth, _prefix,
 * _read,
 * _ssl, _ssl_trusted_certificate, _ssl_certificate, _ssl_certificate_key,
 * _ssl_name, _ssl_verify.
 */
char *ngx_http_article_redis_directive(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/*
 * For init_main_conf: sets the defaults, and mcf->redis back to NULL when
 * there is no article_redis.
 */
char *ngx_http_article_redis_init_main_conf(ngx_conf_t *cf,
    ngx_http_article_main_conf_t *mcf);

/*
 * GET of PREFIX:1:{HEX32 of key} (with the braces: the key and its siblings
 * are in one Cluster slot), answered within timeout ms.  NULL (and
 * *reason) when it cannot even be sent: down, breaker open, out of memory.
 */
ngx_http_article_redis_op_t *ngx_http_article_redis_get(
    ngx_http_article_redis_t *redis, u_char *key, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data, article_reason_t *reason);

/* The same, and in any case of the master: what others have just stored. */
ngx_http_article_redis_op_t *ngx_http_article_redis_get_newest(
    ngx_http_article_redis_t *redis, u_char *key, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data, article_reason_t *reason);

/*
 * SET with expiry (seconds), not waited for; errors are logged, counted.
 * While Redis is down, and above 4 MB, it does nothing.
 */
void ngx_http_article_redis_set(ngx_http_article_redis_t *redis, u_char *key,
    ngx_str_t *value, time_t ttl);

/* DEL, waited for: NULL as for get; NIL when there was none. */
ngx_http_article_redis_op_t *ngx_http_article_redis_delete(
    ngx_http_article_redis_t *redis, u_char *key, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data, article_reason_t *reason);

/*
 * redis_lock.c: the right to fetch a page over all hosts, for age ms.  STATUS:
 * it is the token's, NIL: another has it; a NULL is answered by nobody.  It
 * is given back if it still is the token's, not waited for; until: it is for
 * certain before that time (ngx_current_msec).
 */
#define NGX_HTTP_ARTICLE_REDIS_TOKEN_LEN  32

void ngx_http_article_redis_token(u_char *token);
ngx_http_article_redis_op_t *ngx_http_article_redis_lock(
    ngx_http_article_redis_t *redis, u_char *key, u_char *token,
    ngx_msec_t age, ngx_msec_t timeout, ngx_http_article_redis_pt handler,
    void *data);
void ngx_http_article_redis_unlock(ngx_http_article_redis_t *redis,
    u_char *key, u_char *token, ngx_msec_t until);

/*
 * redis_events.c: tells other hosts of an event, waited for as a DEL; and
 * reads what they tell, called by one worker a host again and again.  late:
 * after so many seconds without a look nothing is taken for granted.
 */
struct ngx_http_article_event_s;

ngx_http_article_redis_op_t *ngx_http_article_redis_event(
    ngx_http_article_redis_t *redis, struct ngx_http_article_event_s *event,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data,
    article_reason_t *reason);
void ngx_http_article_redis_events(ngx_http_article_redis_t *redis,
    ngx_shm_zone_t *shm_zone, time_t late);

/* The client is gone: the handler will not be called. */
void ngx_http_article_redis_abandon(ngx_http_article_redis_op_t *op);

/* One deadline a request over all its Redis waits: article_redis_timeout. */
ngx_msec_t ngx_http_article_redis_timeout(ngx_http_article_redis_t *redis);

/*
 * Learned plans: what other hosts know better comes into the zone, what this
 * one knows better goes to Redis.  Called by one worker a host, again and
 * again; waits for nothing.
 */
void ngx_http_article_redis_plans(ngx_http_article_redis_t *redis,
    ngx_http_article_learn_t *learn);

/*
 * For article_status: "ready", "connecting", "idle", "down", of a Cluster
 * "degraded" as well.
 */
const char *ngx_http_article_redis_state(ngx_http_article_redis_t *redis);

/* Its nodes as a JSON member and a comma; at most _size() bytes. */
/* redis_status.c: the nodes, as families of Prometheus. */
void ngx_http_article_redis_prometheus(ngx_http_article_text_t *text,
    ngx_http_article_redis_t *redis);

size_t ngx_http_article_redis_status_size(ngx_http_article_redis_t *redis);
u_char *ngx_http_article_redis_status(u_char *p,
    ngx_http_article_redis_t *redis);


#endif /* _NGX_HTTP_ARTICLE_REDIS_H_INCLUDED_ */


/*
 * Copyright (C) ngx_article authors
 *
 * One Redis server as a worker sees it: its address, its one pipelined
 * connection, and the queue of operations that wait for replies.  Private to
 * ngx_http_article_redis*.c.
 *
 *             +-- command; server or worker closed, nothing waits --+
 *             v                                                     |
 *   IDLE -> CONNECTING --connected, greeted by an ECHO-----------> READY
 *             ^  |                                                  |
 *             |  | cannot connect, refused, connect timeout         |
 *    retry    |  v                                                  |
 *    timer    DOWN <--lost, silent too long, replies out of order---+
 *
 * Whoever enters DOWN fails all that waits.  In DOWN, and in CONNECTING that
 * came from DOWN, nothing is sent: a request loses no time.
 *
 *   pending:  [op] [op] [op] <- new ones
 *              ^ the next reply is of this one, the second next its fence
 *
 * Fences.  Redis' replies carry no number, so on a shared connection one
 * reply too many or too few gives every later request the reply of another
 * one.  Therefore "ECHO nonce:N" follows every command, and a reply counts
 * only when the echo behind it is the right one; else the connection is
 * closed and all that waits fails.  One ECHO for a written batch would be
 * cheaper, but there one reply twice and another one lost cancel out, and
 * "not there" or "OK" (of a lock, say) do not tell whose they are: values
 * do, and the cache looks at that too.
 *
 * An operation that timed out or was abandoned keeps its place in the queue,
 * so that its late reply is thrown away.
 */


#ifndef _NGX_HTTP_ARTICLE_REDIS_NODE_H_INCLUDED_
#define _NGX_HTTP_ARTICLE_REDIS_NODE_H_INCLUDED_


#include "ngx_http_article_redis.h"
#include "ngx_http_article_zone.h"

#include <hiredis/hiredis.h>


/* What a node may hold, whatever the server or the load is like. */
#define NGX_HTTP_ARTICLE_REDIS_MAX_VALUE    (4 * 1024 * 1024)
#define NGX_HTTP_ARTICLE_REDIS_MAX_PENDING  16384
#define NGX_HTTP_ARTICLE_REDIS_MAX_OUTPUT   (16 * 1024 * 1024)

/*
 * Milliseconds between attempts to reconnect, the last the first doubled
 * some times: a server that is back is in use within two seconds.
 */
#define NGX_HTTP_ARTICLE_REDIS_RETRY_MIN    100
#define NGX_HTTP_ARTICLE_REDIS_RETRY_MAX    1600

/*
 * An error of one kind is logged once in so many seconds; that a connection
 * is lost, always, if it was there for so many milliseconds.
 */
#define NGX_HTTP_ARTICLE_REDIS_REPORT_EVERY  60
#define NGX_HTTP_ARTICLE_REDIS_STEADY        10000
#define NGX_HTTP_ARTICLE_REDIS_ERRORS        21

#define NGX_HTTP_ARTICLE_REDIS_FENCE_LEN                                      \
    (sizeof("xxxxxxxx:") - 1 + NGX_INT64_LEN)
#define NGX_HTTP_ARTICLE_REDIS_TEXT_LEN     256
#define NGX_HTTP_ARTICLE_REDIS_MAX_ARGS     6
#define NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX   64


typedef enum {
    NGX_HTTP_ARTICLE_REDIS_IDLE = 0,
    NGX_HTTP_ARTICLE_REDIS_CONNECTING,
    NGX_HTTP_ARTICLE_REDIS_READY,
    NGX_HTTP_ARTICLE_REDIS_DOWN
} ngx_http_article_redis_state_e;


typedef enum {
    NGX_HTTP_ARTICLE_REDIS_GET = 0,
    NGX_HTTP_ARTICLE_REDIS_SET,
    NGX_HTTP_ARTICLE_REDIS_DELETE
} ngx_http_article_redis_type_e;


typedef struct {
    ngx_http_article_redis_t        *redis;
    ngx_str_t                        name;      /* as in article_redis */
    ngx_addr_t                      *addrs;
    ngx_uint_t                       naddrs;

    ngx_http_article_redis_state_e   state;
    ngx_uint_t                       failed;    /* DOWN since it was READY */
    ngx_uint_t                       attempts;  /* that failed in a row */
    ngx_msec_t                       changed;   /* when it came to be READY */
    time_t                           down;      /* when it went DOWN */
    time_t                           told;      /* when that was logged */
    uint32_t                         told_hash; /* and of what reason */
    ngx_uint_t                       quiet;     /* this time it was not */
    ngx_event_t                      timer;     /* of the state: connect,
                                                   silence, retry */

    ngx_peer_connection_t            peer;
    ngx_uint_t                       addr;      /* which of addrs */
    redisReader                     *reader;
    redisReplyObjectFunctions        functions;
    ngx_buf_t                        greeting;  /* sent before output */
    ngx_uint_t                       greeted;   /* replies to it to come */
    ngx_buf_t                        output;

    ngx_queue_t                      pending;
    ngx_uint_t                       npending;
    ngx_msec_t                       progress;  /* last reply, or last bytes
                                                   of a blocked write */
    ngx_uint_t                       blocked;
    uint32_t                         nonce;     /* of the connection */
    uint64_t                         sequence;  /* of the last fence */

    time_t                  reported[NGX_HTTP_ARTICLE_REDIS_ERRORS];
} ngx_http_article_redis_node_t;


struct ngx_http_article_redis_s {
    ngx_http_article_main_conf_t    *main;
    ngx_http_article_redis_node_t   *node;      /* one as yet */

    ngx_str_t                        prefix;
    ngx_str_t                        user;
    ngx_str_t                        password;
    ngx_int_t                        db;
    ngx_msec_t                       connect_timeout;
    ngx_msec_t                       timeout;
};


/*
 * Allocated apart from any request.  It is freed when its reply has come or
 * the connection has failed, whether anybody still waits for it or not.
 */
struct ngx_http_article_redis_op_s {
    ngx_queue_t                      queue;
    ngx_http_article_redis_node_t   *node;
    ngx_http_article_redis_type_e    type;
    uint64_t                         sequence;
    redisReply                      *reply;     /* its fence is to come */
    ngx_event_t                      timer;

    ngx_http_article_redis_pt        handler;   /* NULL: nobody waits */
    void                            *data;
};


/* ngx_http_article_redis_node.c */

void ngx_http_article_redis_node_init(ngx_http_article_redis_node_t *node);

/*
 * Puts a command into the queue, connecting if need be.  NULL with *reason
 * set when it cannot be sent.  Calls no handler.
 */
ngx_http_article_redis_op_t *ngx_http_article_redis_node_send(
    ngx_http_article_redis_node_t *node, ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv, article_reason_t *reason);

/* Any state -> DOWN; logs why when the node was up. */
void ngx_http_article_redis_node_down(ngx_http_article_redis_node_t *node,
    article_reason_t reason, ngx_err_t err, const char *why, ngx_str_t *text);

/* CONNECTING: the address cannot be reached; another one, or DOWN. */
void ngx_http_article_redis_node_next(ngx_http_article_redis_node_t *node,
    ngx_err_t err);

/* CONNECTING -> READY. */
void ngx_http_article_redis_node_ready(ngx_http_article_redis_node_t *node);

/* READY, CONNECTING -> IDLE: nothing waits, the next command connects. */
void ngx_http_article_redis_node_idle(ngx_http_article_redis_node_t *node);

/* Any state -> IDLE; who waits is forgotten. */
void ngx_http_article_redis_node_destroy(ngx_http_article_redis_node_t *node);


/* ngx_http_article_redis.c: as _node_send(), with an answer in time ms. */
ngx_http_article_redis_op_t *ngx_http_article_redis_ask(
    ngx_http_article_redis_t *redis, ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv, ngx_msec_t timeout,
    article_reason_t *reason);


/* ngx_http_article_redis_connection.c */

/* NGX_OK when it is made or under way, NGX_ERROR and errno when not. */
ngx_int_t ngx_http_article_redis_connection_open(
    ngx_http_article_redis_node_t *node, ngx_addr_t *addr);
void ngx_http_article_redis_connection_close(
    ngx_http_article_redis_node_t *node);


/* ngx_http_article_redis_command.c */

/* Appends a command, nothing at all when memory is out. */
ngx_int_t ngx_http_article_redis_append(ngx_buf_t *b, ngx_uint_t argc,
    ngx_str_t *argv);
ngx_int_t ngx_http_article_redis_append_fence(
    ngx_http_article_redis_node_t *node, ngx_buf_t *b, uint64_t sequence);

/* Writes what a fence's echo must be; returns its length. */
size_t ngx_http_article_redis_fence(ngx_http_article_redis_node_t *node,
    uint64_t sequence, u_char *fence);

/* AUTH, SELECT and a fence into node->greeting. */
ngx_int_t ngx_http_article_redis_greet(ngx_http_article_redis_node_t *node);

/* All of it has been sent. */
void ngx_http_article_redis_buffer_empty(ngx_buf_t *b);
void ngx_http_article_redis_buffer_free(ngx_buf_t *b);


/* ngx_http_article_redis_reply.c */

redisReader *ngx_http_article_redis_reader(
    ngx_http_article_redis_node_t *node);

/*
 * Takes what was received.  NGX_ERROR when the connection is closed behind
 * it: the node is DOWN then.
 */
ngx_int_t ngx_http_article_redis_feed(ngx_http_article_redis_node_t *node,
    u_char *data, size_t len);

/* Ends an operation that has no reply. */
void ngx_http_article_redis_fail(ngx_http_article_redis_op_t *op,
    article_reason_t reason);

/* Frees an operation that is in no queue any more. */
void ngx_http_article_redis_op_free(ngx_http_article_redis_op_t *op);


#endif /* _NGX_HTTP_ARTICLE_REDIS_NODE_H_INCLUDED_ */

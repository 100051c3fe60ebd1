
/*
 * Copyright (C) ngx_article authors
 *
 * One Redis server as a worker sees it: its address, its one pipelined
 * connection, and the queue of operations that wait for replies; and the set
 * of servers that are one Redis.  Private to ngx_http_article_redis*.c.
 *
 *   one server    nodes[0] is it
 *   Sentinel      nodes[0] is the master, whose address the others, the
 *                 sentinels, tell whenever it is connected to
 *   Cluster       nodes that were listed, nodes that these told of; a key's
 *                 slot says which one is asked
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
 * A sentinel knows no ECHO: its fence is PING, and PONG tells no number.  It is
 * asked one thing at a time.
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
#define NGX_HTTP_ARTICLE_REDIS_MAX_ELEMENTS (256 * 1024)

/* Redis' documentation advises no Cluster of more than 1000 nodes. */
#define NGX_HTTP_ARTICLE_REDIS_MAX_NODES    1024
#define NGX_HTTP_ARTICLE_REDIS_SLOTS        16384
#define NGX_HTTP_ARTICLE_REDIS_PORT_MAX     65535

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
#define NGX_HTTP_ARTICLE_REDIS_ERRORS        22

#define NGX_HTTP_ARTICLE_REDIS_FENCE_LEN                                      \
    (sizeof("xxxxxxxx:") - 1 + NGX_INT64_LEN)
#define NGX_HTTP_ARTICLE_REDIS_TEXT_LEN     256
#define NGX_HTTP_ARTICLE_REDIS_MAX_ARGS     6
#define NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX   64
#define NGX_HTTP_ARTICLE_REDIS_HOST_MAX     255

/* Of one name. */
#define NGX_HTTP_ARTICLE_REDIS_ADDRS_MAX    32


typedef enum {
    NGX_HTTP_ARTICLE_REDIS_IDLE = 0,
    NGX_HTTP_ARTICLE_REDIS_CONNECTING,
    NGX_HTTP_ARTICLE_REDIS_READY,
    NGX_HTTP_ARTICLE_REDIS_DOWN
} ngx_http_article_redis_state_e;


typedef enum {
    NGX_HTTP_ARTICLE_REDIS_GET = 0,
    NGX_HTTP_ARTICLE_REDIS_SET,
    NGX_HTTP_ARTICLE_REDIS_DELETE,

    /* nobody's answer depends on these */

    NGX_HTTP_ARTICLE_REDIS_UNLOCK,      /* by a script, or it is refused */
    NGX_HTTP_ARTICLE_REDIS_TOPOLOGY     /* an array: which servers there are */
} ngx_http_article_redis_type_e;


typedef struct ngx_http_article_redis_sentinel_s
    ngx_http_article_redis_sentinel_t;
typedef struct ngx_http_article_redis_cluster_s
    ngx_http_article_redis_cluster_t;


typedef struct {
    ngx_http_article_redis_t        *redis;
    ngx_str_t                        name;      /* as in article_redis, or
                                                   its address */
    ngx_addr_t                      *addrs;
    ngx_uint_t                       naddrs;    /* 0: not told yet */

    ngx_uint_t                       sentinel;  /* it is one */
    ngx_uint_t                       told_of;   /* not in the configuration */
    ngx_uint_t                       replica;   /* values are read from it */
    ngx_uint_t                       listed;    /* ... as the sentinels say */
    ngx_uint_t                       readonly;  /* the connection may read
                                                   from a Cluster's replica */
    ngx_msec_t                       shunned;   /* it failed: not till then */
    ngx_str_t                        host;      /* without the port */
    in_port_t                        port;
    u_char                          *called;    /* of a node told of by name:
                                                   malloc'd, or NULL */
    ngx_uint_t                       resolve;   /* host is a name that is
                                                   looked up at run time */
    ngx_resolver_ctx_t              *resolving; /* under way, or NULL */
    ngx_addr_t                      *found;     /* malloc'd, or NULL */
    ngx_event_t                      lookup;    /* when it is too old */
    ngx_msec_t                       leaving;   /* the address is another's
                                                   since; 0: it is not */
    time_t                           unnamed;   /* a failure was logged */
    ngx_addr_t                       own;       /* of a node told of */
    ngx_sockaddr_t                   sockaddr;
    u_char                           text[NGX_SOCKADDR_STRLEN];
    u_char                           ip[NGX_SOCKADDR_STRLEN];
    ngx_str_t                        address;   /* of a node told of by it */

    ngx_http_article_redis_state_e   state;
    ngx_uint_t                       failed;    /* DOWN since it was READY */
    ngx_uint_t                       attempts;  /* that failed in a row */
    ngx_msec_t                       changed;   /* when it came to be READY */
    ngx_uint_t                       connects;  /* times that it did */
    uint64_t                         latency;   /* of replies, in microseconds:
                                                   the last ones count most */
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
    redisReplyObjectFunctions       *builtin;
    size_t                           input;     /* bytes of a reply as yet */
    size_t                           elements;  /* of its arrays */
    ngx_buf_t                        greeting;  /* sent before output */
    ngx_uint_t                       greeted;   /* replies to it to come */
    ngx_uint_t                       naming;    /* ... when CLIENT SETNAME's
                                                   is the next */
    ngx_buf_t                        output;

    ngx_queue_t                      pending;
    ngx_uint_t                       npending;
    size_t                           kept;      /* bytes of their commands */
    ngx_msec_t                       progress;  /* last reply, or last bytes
                                                   of a blocked write */
    ngx_uint_t                       blocked;
    uint32_t                         nonce;     /* of the connection */
    ngx_uint_t                       secure;    /* TLS is there */
    ngx_log_t                        hushed;
    uint64_t                         sequence;  /* of the last fence */

    time_t                  reported[NGX_HTTP_ARTICLE_REDIS_ERRORS];
} ngx_http_article_redis_node_t;


typedef struct {
    ngx_str_t                        user;
    ngx_str_t                        password;
} ngx_http_article_redis_auth_t;


/* article_redis_ssl, with NGX_CONF_UNSET for what is not said. */
typedef struct {
    ngx_int_t                        enable;
    ngx_int_t                        verify;
    ngx_str_t                        trusted;
    ngx_str_t                        certificate;
    ngx_str_t                        key;
    ngx_str_t                        name;
} ngx_http_article_redis_tls_t;


/* Who is the master of a name. */
struct ngx_http_article_redis_sentinel_s {
    ngx_str_t                        name;
    ngx_uint_t                       last;      /* who answered last */
    ngx_uint_t                       tried;     /* how many this time */
    ngx_uint_t                       n;         /* nodes[1] to nodes[n]; the
                                                   replicas come behind */
    ngx_uint_t                       reader;    /* replica to ask */
    ngx_http_article_redis_op_t     *op;        /* under way, or NULL */
    ngx_http_article_redis_op_t     *replicas;  /* likewise */
    ngx_event_t                      timer;     /* of the next question */
    time_t                           told;      /* name not known: logged */
};


/* Which node has a slot: its index in nodes, or _NO_NODE. */
struct ngx_http_article_redis_cluster_s {
    uint16_t                        *slots;
    uint16_t                        *readers;   /* a replica of it */
    ngx_http_article_redis_t        *redis;
    ngx_uint_t                       next;      /* node to ask */
    ngx_msec_t                       asked;
    ngx_event_t                      timer;     /* of the next question */
    ngx_http_article_redis_op_t     *op;        /* under way, or NULL */
};

#define NGX_HTTP_ARTICLE_REDIS_NO_NODE  0xffff


struct ngx_http_article_redis_s {
    ngx_http_article_main_conf_t    *main;
    ngx_http_article_redis_node_t   *node;      /* NULL: a Cluster */
    ngx_http_article_redis_node_t  **nodes;     /* room for MAX_NODES */
    ngx_uint_t                       nnodes;

    ngx_http_article_redis_sentinel_t  *sentinel;
    ngx_http_article_redis_cluster_t   *cluster;

    ngx_http_article_redis_tls_t     tls;
    ngx_resolver_t                  *resolver;  /* NULL: names are looked up
                                                   with the configuration */
    ngx_ssl_t                       *ssl;       /* NULL: plain */
    ngx_str_t                        host;      /* the first that is listed */

    ngx_str_t                        prefix;
    ngx_http_article_redis_auth_t    auth;
    ngx_http_article_redis_auth_t    sentinel_auth;
    ngx_uint_t                       no_scripts;    /* they were refused */
    ngx_int_t                        db;
    ngx_flag_t                       read_replica;
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
    char                            *command;   /* as it was sent; NULL when
                                                   it is never sent again */
    size_t                           len;
    ngx_uint_t                       redirects;
    ngx_uint_t                       read;      /* a replica is asked */
    uint16_t                         slot;      /* ... for that slot's master */
    ngx_uint_t                       asking;    /* ASKING's reply is to come */
    uint64_t                         pushed;    /* when, in microseconds */
    redisReply                      *reply;     /* its fence is to come */
    ngx_event_t                      timer;

    ngx_http_article_redis_pt        handler;   /* NULL: nobody waits */
    void                            *data;
};


/* redis_status.c: microseconds on a clock that nobody sets. */
uint64_t ngx_http_article_redis_clock(void);

/* The reply of an operation is here: how long it took is counted. */
void ngx_http_article_redis_measure(ngx_http_article_redis_op_t *op);


/* ngx_http_article_redis_node.c */

void ngx_http_article_redis_node_init(ngx_http_article_redis_node_t *node);

/*
 * Puts a command into the queue, connecting if need be.  NULL with *reason
 * set when it cannot be sent.  Calls no handler of the command's.
 */
ngx_http_article_redis_op_t *ngx_http_article_redis_node_send(
    ngx_http_article_redis_node_t *node, ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv, article_reason_t *reason);

/* The same of an operation that is in no queue: NGX_OK or NGX_DECLINED. */
ngx_int_t ngx_http_article_redis_node_push(ngx_http_article_redis_node_t *node,
    ngx_http_article_redis_op_t *op);

/* IDLE: connects. */
void ngx_http_article_redis_node_wake(ngx_http_article_redis_node_t *node);

/* Takes it out of its node's queue. */
void ngx_http_article_redis_node_pop(ngx_http_article_redis_op_t *op);

/* CONNECTING, the addresses are known now. */
void ngx_http_article_redis_node_connect(ngx_http_article_redis_node_t *node);

/* The timer of the state begins anew. */
void ngx_http_article_redis_node_set_timer(ngx_http_article_redis_node_t *node,
    ngx_msec_t timeout);

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


/* ngx_http_article_redis.c */

/* As _node_send(), to the node that has the key argv[1]. */
ngx_http_article_redis_op_t *ngx_http_article_redis_send(
    ngx_http_article_redis_t *redis, ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv, article_reason_t *reason);

/* As _send(), with an answer within timeout ms. */
ngx_http_article_redis_op_t *ngx_http_article_redis_ask(
    ngx_http_article_redis_t *redis, ngx_http_article_redis_type_e type,
    ngx_uint_t argc, ngx_str_t *argv, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data, article_reason_t *reason);

/*
 * PREFIX:1:{HEX32 of key} into buf, PREFIX_MAX + 5 + 2 * KEY_LEN bytes: the
 * braces keep siblings of a key in one Cluster slot.
 */
void ngx_http_article_redis_key(ngx_http_article_redis_t *redis,
    u_char *key, u_char *buf, ngx_str_t *name);

/* The handler is called within timeout ms, with an error if need be. */
void ngx_http_article_redis_wait(ngx_http_article_redis_op_t *op,
    ngx_msec_t timeout, ngx_http_article_redis_pt handler, void *data);


/* ngx_http_article_redis_address.c */

/* "article_redis": its nodes. */
char *ngx_http_article_redis_addresses(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

/* The cleanup of the configuration: all nodes go. */
void ngx_http_article_redis_cleanup(void *data);

/* One more node, unless there is one at that address; NGX_ERROR: too many. */
ngx_int_t ngx_http_article_redis_node_add(ngx_http_article_redis_t *redis,
    ngx_str_t *name, ngx_str_t *host, in_port_t port, ngx_addr_t *addrs,
    ngx_uint_t n);

/* A node that nobody has told the address of; NULL when there are too many. */
ngx_http_article_redis_node_t *ngx_http_article_redis_node_create(
    ngx_http_article_redis_t *redis);

/*
 * The address that a server told.  NGX_DECLINED: not an IP address, which
 * alone can be used without waiting for a name.
 */
ngx_int_t ngx_http_article_redis_literal(ngx_str_t *host, ngx_int_t port,
    ngx_sockaddr_t *sockaddr, socklen_t *socklen);
void ngx_http_article_redis_node_point(ngx_http_article_redis_node_t *node,
    ngx_sockaddr_t *sockaddr, socklen_t socklen);

/* ngx_http_article_redis_resolve.c */

/* Names in article_redis: looked up now, or while nginx runs. */
char *ngx_http_article_redis_resolve_init(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

/* CONNECTING: looks its name up if need be, then _node_connect(). */
void ngx_http_article_redis_node_dial(ngx_http_article_redis_node_t *node);

/* Its connection ends: nothing is looked up for it. */
void ngx_http_article_redis_resolve_stop(ngx_http_article_redis_node_t *node);

/* The node's name, as a server told it; it is copied. */
ngx_int_t ngx_http_article_redis_node_call(
    ngx_http_article_redis_node_t *node, ngx_str_t *host, in_port_t port);
ngx_uint_t ngx_http_article_redis_node_is(ngx_http_article_redis_node_t *node,
    ngx_str_t *host, in_port_t port);


/* ngx_http_article_redis_address.c, again */

/* Is it this node's address? */
ngx_uint_t ngx_http_article_redis_node_at(ngx_http_article_redis_node_t *node,
    ngx_sockaddr_t *sockaddr, socklen_t socklen);


/* ngx_http_article_redis_sentinel.c */

/* The master is CONNECTING: asks where it is, then calls _node_dial(). */
void ngx_http_article_redis_sentinel_find(ngx_http_article_redis_t *redis);

/* It is that no longer. */
void ngx_http_article_redis_sentinel_stop(ngx_http_article_redis_t *redis);


/* ngx_http_article_redis_cluster.c */

/* The node that has a key's slot, or when that is not known any; or NULL. */
ngx_http_article_redis_node_t *ngx_http_article_redis_cluster_node(
    ngx_http_article_redis_t *redis, ngx_str_t *key);

/* What is known of slots may be wrong: asks soon. */
void ngx_http_article_redis_cluster_refresh(ngx_http_article_redis_t *redis);

/*
 * An operation, in no queue, was answered by an error.  NGX_OK: it was MOVED
 * or ASK, and the operation is another node's now; NGX_ERROR: it was, but led
 * nowhere; NGX_DECLINED: another error.
 */
ngx_int_t ngx_http_article_redis_cluster_redirect(
    ngx_http_article_redis_op_t *op);

void ngx_http_article_redis_cluster_init(ngx_http_article_redis_t *redis);


/* The slot of a key. */
ngx_uint_t ngx_http_article_redis_slot(ngx_str_t *key);


/* ngx_http_article_redis_replica.c */

/* "article_redis_read" */
char *ngx_http_article_redis_set_read(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

/*
 * A replica that can be asked for a key now, or NULL: then the master is.  Of
 * a Cluster *slot is the key's.
 */
ngx_http_article_redis_node_t *ngx_http_article_redis_reader_node(
    ngx_http_article_redis_t *redis, ngx_str_t *key, uint16_t *slot);

/* An operation, in no queue, failed: NGX_OK: its replica's master is asked. */
ngx_int_t ngx_http_article_redis_reader_failed(
    ngx_http_article_redis_op_t *op);

/* Asks a sentinel for the replicas, now and then again and again. */
void ngx_http_article_redis_replicas_ask(ngx_http_article_redis_t *redis);


/* ngx_http_article_redis_connection.c */

/* NGX_OK when it is made or under way, NGX_ERROR and errno when not. */
ngx_int_t ngx_http_article_redis_connection_open(
    ngx_http_article_redis_node_t *node, ngx_addr_t *addr);
void ngx_http_article_redis_connection_close(
    ngx_http_article_redis_node_t *node);

/* Connected, by TLS too if need be: the greeting may go. */
void ngx_http_article_redis_connection_ready(
    ngx_http_article_redis_node_t *node);


/* ngx_http_article_redis_tls.c */

/* A directive article_redis_ssl*. */
char *ngx_http_article_redis_tls_directive(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

/* Sets redis->ssl if it is to be, when all else is known. */
char *ngx_http_article_redis_tls_init(ngx_conf_t *cf,
    ngx_http_article_redis_t *redis);

/* Connected: the handshake, then _connection_ready(), or DOWN. */
void ngx_http_article_redis_tls_begin(ngx_http_article_redis_node_t *node);

/* Before the connection is closed. */
void ngx_http_article_redis_tls_close(ngx_connection_t *c);


/* ngx_http_article_redis_command.c */

/* An operation in no queue, to be freed by _op_free(); NULL: no memory. */
ngx_http_article_redis_op_t *ngx_http_article_redis_op_create(
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv);

/* ASKING if it is to be, the command and its fence; or nothing at all. */
ngx_int_t ngx_http_article_redis_append_op(ngx_buf_t *b,
    ngx_http_article_redis_op_t *op);

/* Writes what a fence's echo must be; returns its length. */
size_t ngx_http_article_redis_fence(ngx_http_article_redis_node_t *node,
    uint64_t sequence, u_char *fence);

/* AUTH, CLIENT SETNAME, SELECT, ROLE and a fence into node->greeting. */
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

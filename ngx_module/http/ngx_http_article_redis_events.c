
/*
 * Copyright (C) ngx_article authors
 *
 * The log of purges and withdrawals, which all hosts read:
 *
 *   PREFIX:1:{events}      a string of records, each NGX_HTTP_ARTICLE_EVENT_LEN
 *                          bytes: kind, key, stamp, a random number, newline
 *   PREFIX:1:{events}:old  the one before it
 *
 * APPEND writes a record, all hosts see the same order, and GETRANGE from
 * where one stood reads what is new: one short command twice a second.  It
 * begins with the last record already read: is that not there, then the log
 * was renamed to :old and ends there; is it not there either, then events are
 * missing, and all that is stored is fetched anew, softly.
 *
 * A full log is renamed by the host that gets :turn; the new one begins with
 * a mark and with what is withdrawn, so that two logs know it all.
 */


#include "ngx_http_article_events.h"
#include "ngx_http_article_redis_node.h"


/* Records of a full log, and of one portion. */
#define NGX_HTTP_ARTICLE_REDIS_EVENTS_MAX   16384
#define NGX_HTTP_ARTICLE_REDIS_EVENTS_READ  512

/* Seconds in which a log is renamed once. */
#define NGX_HTTP_ARTICLE_REDIS_EVENTS_TURN  "10"

/* An event from the future by more seconds than this is none. */
#define NGX_HTTP_ARTICLE_REDIS_EVENTS_SKEW  86400

#define NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY                                     \
    (NGX_HTTP_ARTICLE_REDIS_PREFIX_MAX + sizeof(":1:{events}:turn"))


/* Of the worker that reads. */
typedef struct {
    ngx_http_article_redis_t     *redis;
    ngx_shm_zone_t               *shm_zone;
    ngx_http_article_redis_op_t  *op;       /* under way, or NULL */
    ngx_http_article_log_at_t     at;       /* read up to here */
} ngx_http_article_redis_log_t;


static void ngx_http_article_redis_events_key(
    ngx_http_article_redis_t *redis, const char *what, u_char *buf,
    ngx_str_t *key);
static void ngx_http_article_redis_events_ask(
    ngx_http_article_redis_log_t *log);
static void ngx_http_article_redis_events_reply(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_events_read(
    ngx_http_article_redis_log_t *log, ngx_str_t *records, ngx_uint_t *more);
static void ngx_http_article_redis_events_absent(
    ngx_http_article_redis_log_t *log);
static void ngx_http_article_redis_events_lost(
    ngx_http_article_redis_log_t *log);
static void ngx_http_article_redis_events_end(
    ngx_http_article_redis_log_t *log);
static void ngx_http_article_redis_events_turn(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_redis_events_tombs(
    ngx_http_article_redis_log_t *log);
static u_char *ngx_http_article_redis_events_write(u_char *p,
    ngx_http_article_event_t *event);
static ngx_int_t ngx_http_article_redis_events_parse(u_char *p,
    ngx_http_article_event_t *event);


static ngx_http_article_redis_log_t  ngx_http_article_redis_log;


void
ngx_http_article_redis_events(ngx_http_article_redis_t *redis,
    ngx_shm_zone_t *shm_zone, time_t late)
{
    ngx_http_article_redis_log_t     *log;
    ngx_http_article_events_state_t   state;

    log = &ngx_http_article_redis_log;

    if (log->op) {
        return;
    }

    log->redis = redis;
    log->shm_zone = shm_zone;

    ngx_http_article_zone_log_at(shm_zone, &log->at);
    ngx_http_article_zone_events_state(shm_zone, &state);

    if (log->at.offset == 0 && ngx_time() - state.polled > late) {

        /* nothing shows whether it is still the same log: from the start */

        log->at.newer = 0;
    }

    ngx_http_article_redis_events_ask(log);
}


static void
ngx_http_article_redis_events_key(ngx_http_article_redis_t *redis,
    const char *what, u_char *buf, ngx_str_t *key)
{
    key->data = buf;
    key->len = ngx_sprintf(buf, "%V:1:{events}%s", &redis->prefix, what) - buf;
}


static void
ngx_http_article_redis_events_ask(ngx_http_article_redis_log_t *log)
{
    u_char            buf[NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY];
    u_char            from[NGX_INT64_LEN], to[NGX_INT64_LEN];
    uint64_t          start;
    ngx_str_t         argv[4];
    article_reason_t  reason;

    start = log->at.offset ? log->at.offset - NGX_HTTP_ARTICLE_EVENT_LEN : 0;

    ngx_str_set(&argv[0], "GETRANGE");
    ngx_http_article_redis_events_key(log->redis,
                                      log->at.newer ? "" : ":old", buf,
                                      &argv[1]);
    argv[2].data = from;
    argv[2].len = ngx_sprintf(from, "%uL", start) - from;

    argv[3].data = to;
    argv[3].len = ngx_sprintf(to, "%uL", start
                              + NGX_HTTP_ARTICLE_REDIS_EVENTS_READ
                                * NGX_HTTP_ARTICLE_EVENT_LEN - 1)
                  - to;

    log->op = ngx_http_article_redis_ask(log->redis,
                                         NGX_HTTP_ARTICLE_REDIS_GET, 4, argv,
                                         log->redis->timeout,
                                         ngx_http_article_redis_events_reply,
                                         log, &reason);
}


static void
ngx_http_article_redis_events_reply(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_log_t *log = data;

    ngx_uint_t  more;

    log->op = NULL;

    switch (reply->result) {

    case NGX_HTTP_ARTICLE_REDIS_VALUE:
        break;

    case NGX_HTTP_ARTICLE_REDIS_NIL:
        ngx_http_article_redis_events_absent(log);
        return;

    default:
        return;
    }

    if (ngx_http_article_redis_events_read(log, &reply->value, &more)
        != NGX_OK)
    {
        ngx_http_article_redis_events_absent(log);
        return;
    }

    if (!more) {

        if (log->at.newer) {
            ngx_http_article_redis_events_end(log);
            return;
        }

        log->at.newer = 1;
        log->at.offset = 0;
    }

    ngx_http_article_zone_log_read(log->shm_zone, &log->at, 0);
    ngx_http_article_redis_events_ask(log);
}


/* NGX_DECLINED: they do not begin with the last one that was read. */

static ngx_int_t
ngx_http_article_redis_events_read(ngx_http_article_redis_log_t *log,
    ngx_str_t *records, ngx_uint_t *more)
{
    u_char                    *p, *last;
    ngx_http_article_event_t   event;

    p = records->data;
    last = p + records->len
           - records->len % NGX_HTTP_ARTICLE_EVENT_LEN;

    *more = (records->len == NGX_HTTP_ARTICLE_REDIS_EVENTS_READ
                             * NGX_HTTP_ARTICLE_EVENT_LEN);

    if (log->at.offset) {

        if (p == last || ngx_memcmp(p, log->at.last,
                                    NGX_HTTP_ARTICLE_EVENT_LEN)
                         != 0)
        {
            return NGX_DECLINED;
        }

        p += NGX_HTTP_ARTICLE_EVENT_LEN;
    }

    for ( /* void */ ; p < last; p += NGX_HTTP_ARTICLE_EVENT_LEN) {

        ngx_memcpy(log->at.last, p, NGX_HTTP_ARTICLE_EVENT_LEN);

        if (ngx_http_article_redis_events_parse(p, &event) != NGX_OK) {
            log->at.offset += NGX_HTTP_ARTICLE_EVENT_LEN;
            continue;
        }

        if (log->at.offset == 0 && !log->at.newer) {

            /* what was there before this log is known no more */

            ngx_http_article_zone_doubt(log->shm_zone, event.stamp);
        }

        log->at.offset += NGX_HTTP_ARTICLE_EVENT_LEN;

        if (event.kind != NGX_HTTP_ARTICLE_EVENT_MARK) {
            ngx_http_article_events_take(log->shm_zone, &event);
        }
    }

    return NGX_OK;
}


/* There is no such log, or not up to where it was read. */

static void
ngx_http_article_redis_events_absent(ngx_http_article_redis_log_t *log)
{
    if (log->at.newer && log->at.offset == 0) {
        ngx_http_article_redis_events_end(log);
        return;
    }

    if (!log->at.newer && log->at.offset) {
        ngx_http_article_redis_events_lost(log);
        return;
    }

    log->at.newer = !log->at.newer;
    ngx_http_article_redis_events_ask(log);
}


static void
ngx_http_article_redis_events_lost(ngx_http_article_redis_log_t *log)
{
    ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0,
                  "article_purge: events of other hosts are missing, Redis "
                  "has lost them or was out of reach for long: what is stored "
                  "is fetched anew");

    ngx_http_article_zone_doubt(log->shm_zone, 0);
    ngx_http_article_redis_events_tombs(log);

    ngx_memzero(&log->at, sizeof(ngx_http_article_log_at_t));
    ngx_http_article_zone_log_read(log->shm_zone, &log->at, 0);
    ngx_http_article_redis_events_ask(log);
}


static void
ngx_http_article_redis_events_end(ngx_http_article_redis_log_t *log)
{
    u_char            buf[NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY];
    ngx_str_t         argv[6];
    article_reason_t  reason;

    ngx_http_article_zone_log_read(log->shm_zone, &log->at, 1);

    if (log->at.offset < NGX_HTTP_ARTICLE_REDIS_EVENTS_MAX
                         * NGX_HTTP_ARTICLE_EVENT_LEN)
    {
        return;
    }

    ngx_str_set(&argv[0], "SET");
    ngx_http_article_redis_events_key(log->redis, ":turn", buf, &argv[1]);
    ngx_str_set(&argv[2], "1");
    ngx_str_set(&argv[3], "NX");
    ngx_str_set(&argv[4], "EX");
    ngx_str_set(&argv[5], NGX_HTTP_ARTICLE_REDIS_EVENTS_TURN);

    log->op = ngx_http_article_redis_ask(log->redis,
                                         NGX_HTTP_ARTICLE_REDIS_SET, 6, argv,
                                         log->redis->timeout,
                                         ngx_http_article_redis_events_turn,
                                         log, &reason);
}


static void
ngx_http_article_redis_events_turn(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_redis_log_t *log = data;

    u_char            buf[2][NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY];
    ngx_str_t         argv[3];
    article_reason_t  reason;

    log->op = NULL;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_STATUS) {
        return;
    }

    ngx_str_set(&argv[0], "RENAME");
    ngx_http_article_redis_events_key(log->redis, "", buf[0], &argv[1]);
    ngx_http_article_redis_events_key(log->redis, ":old", buf[1], &argv[2]);

    if (ngx_http_article_redis_send(log->redis, NGX_HTTP_ARTICLE_REDIS_SET, 3,
                                    argv, &reason))
    {
        ngx_http_article_redis_events_tombs(log);
    }
}


/* A mark, and what is withdrawn, at once: nobody sees a part. */

static void
ngx_http_article_redis_events_tombs(ngx_http_article_redis_log_t *log)
{
    u_char                     buf[NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY], *p;
    ngx_str_t                  argv[3];
    ngx_uint_t                 i, n;
    ngx_pool_t                *pool;
    article_reason_t           reason;
    ngx_http_article_event_t   mark, *tombs;

    pool = ngx_create_pool(4096, ngx_cycle->log);
    if (pool == NULL) {
        return;
    }

    tombs = ngx_http_article_zone_tombs(log->shm_zone, pool, &n);
    p = ngx_pnalloc(pool, (n + 1) * NGX_HTTP_ARTICLE_EVENT_LEN);

    if (tombs && p) {
        ngx_memzero(&mark, sizeof(ngx_http_article_event_t));
        mark.kind = NGX_HTTP_ARTICLE_EVENT_MARK;
        mark.stamp = ngx_http_article_zone_generation(log->shm_zone);

        argv[2].data = p;
        p = ngx_http_article_redis_events_write(p, &mark);

        for (i = 0; i < n; i++) {
            p = ngx_http_article_redis_events_write(p, &tombs[i]);
        }

        argv[2].len = p - argv[2].data;

        ngx_str_set(&argv[0], "APPEND");
        ngx_http_article_redis_events_key(log->redis, "", buf, &argv[1]);

        (void) ngx_http_article_redis_send(log->redis,
                                           NGX_HTTP_ARTICLE_REDIS_DELETE, 3,
                                           argv, &reason);
    }

    ngx_destroy_pool(pool);
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_event(ngx_http_article_redis_t *redis,
    ngx_http_article_event_t *event, ngx_msec_t timeout,
    ngx_http_article_redis_pt handler, void *data, article_reason_t *reason)
{
    u_char     buf[NGX_HTTP_ARTICLE_REDIS_EVENTS_KEY];
    u_char     record[NGX_HTTP_ARTICLE_EVENT_LEN];
    ngx_str_t  argv[3];

    ngx_str_set(&argv[0], "APPEND");
    ngx_http_article_redis_events_key(redis, "", buf, &argv[1]);

    argv[2].data = record;
    argv[2].len = ngx_http_article_redis_events_write(record, event) - record;

    return ngx_http_article_redis_ask(redis, NGX_HTTP_ARTICLE_REDIS_DELETE, 3,
                                      argv, timeout, handler, data, reason);
}


static u_char *
ngx_http_article_redis_events_write(u_char *p,
    ngx_http_article_event_t *event)
{
    *p++ = event->kind;
    *p++ = ' ';

    p = ngx_hex_dump(p, event->key, NGX_HTTP_ARTICLE_KEY_LEN);

    return ngx_sprintf(p, " %016xL %08xD\n", event->stamp,
                       (uint32_t) ngx_random());
}


static ngx_int_t
ngx_http_article_redis_events_parse(u_char *p,
    ngx_http_article_event_t *event)
{
    ngx_int_t   byte;
    ngx_uint_t  i;

    event->kind = p[0];
    event->stamp = 0;

    if (ngx_strlchr((u_char *) "shwlm", (u_char *) "shwlm" + 5, p[0]) == NULL
        || p[1] != ' '
        || p[NGX_HTTP_ARTICLE_EVENT_LEN - 1] != '\n')
    {
        return NGX_ERROR;
    }

    p += 2;

    for (i = 0; i < NGX_HTTP_ARTICLE_KEY_LEN + sizeof(uint64_t); i++) {

        if (i == NGX_HTTP_ARTICLE_KEY_LEN && *p++ != ' ') {
            return NGX_ERROR;
        }

        byte = ngx_hextoi(p, 2);
        if (byte == NGX_ERROR) {
            return NGX_ERROR;
        }

        p += 2;

        if (i < NGX_HTTP_ARTICLE_KEY_LEN) {
            event->key[i] = (u_char) byte;

        } else {
            event->stamp = event->stamp << 8 | (uint64_t) byte;
        }
    }

    /* a clock that is wrong by more must not set everybody's */

    return (event->stamp
            && event->stamp < ((uint64_t) ngx_time()
                               + NGX_HTTP_ARTICLE_REDIS_EVENTS_SKEW) * 1000)
           ? NGX_OK : NGX_ERROR;
}

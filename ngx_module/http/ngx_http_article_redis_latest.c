
/*
 * Copyright (C) ngx_article authors
 *
 * The newest articles of a portal, of all hosts:
 *
 *   PREFIX:1:latest:{HOST}          a sorted set: 32 hex digits of each
 *                                   article, by its date (Unix seconds)
 *   PREFIX:1:latest:{HOST}:items    a hash: the same digits, and a record;
 *                                   "sequence", of the last change; "epoch",
 *                                   a random number when it was made
 *   PREFIX:1:latest:{HOST}:changes  a sorted set: the digits, by the sequence
 *                                   number of the last change
 *   PREFIX:1:latest:{HOST}:turn:X   who fetches the source X
 *
 * A record is one line of fixed form, and the item as JSON:
 *
 *   1 KIND DAY PUBLISHED SEEN SECTION ID ADDRESS BASE CRC
 *
 * KIND and DAY are a byte each, then 3 numbers in 16 and 3 keys in 32 hex
 * digits; CRC is that of the portal's host and all but itself.
 *
 * One worker a host sends what is new here, and asks for what has changed
 * since it last did, three times a second: requests are answered from the
 * zone and wait for nothing.  Each way is a script, that is one command, so
 * that nobody sees a half of it.  Is the epoch another one, then Redis has
 * lost what it had, and all that is here is sent again.
 */


#include "ngx_http_article_latest.h"
#include "ngx_http_article_redis_node.h"
#include "ngx_http_article_zone_events.h"


/* Changes that one reply tells, at most. */
#define NGX_HTTP_ARTICLE_REDIS_LATEST_READ   64

/* Milliseconds of rest after a failure. */
#define NGX_HTTP_ARTICLE_REDIS_LATEST_REST   1000

/* A record that was seen in the future by more seconds than this is none. */
#define NGX_HTTP_ARTICLE_REDIS_LATEST_SKEW   86400

/* A set that nobody has changed goes after so many seconds: 90 days. */
#define NGX_HTTP_ARTICLE_REDIS_LATEST_TTL    "7776000"

/* "1 K D " and numbers, keys, the checksum, each with a byte behind it. */
#define NGX_HTTP_ARTICLE_REDIS_LATEST_NUMBERS  6
#define NGX_HTTP_ARTICLE_REDIS_LATEST_KEYS                                    \
    (NGX_HTTP_ARTICLE_REDIS_LATEST_NUMBERS + 3 * 17)
#define NGX_HTTP_ARTICLE_REDIS_LATEST_CRC                                     \
    (NGX_HTTP_ARTICLE_REDIS_LATEST_KEYS                                       \
     + 3 * (2 * NGX_HTTP_ARTICLE_KEY_LEN + 1))
#define NGX_HTTP_ARTICLE_REDIS_LATEST_HEAD                                    \
    (NGX_HTTP_ARTICLE_REDIS_LATEST_CRC + 9)


/* A portal's, in the worker that does this. */
struct ngx_http_article_latest_peer_s {
    ngx_http_article_main_conf_t      *main_conf;
    ngx_http_article_latest_portal_t  *portal;
    ngx_http_article_redis_op_t       *op;      /* under way, or NULL */
    ngx_msec_t                         rest;    /* until then */
    u_char                             id[NGX_HTTP_ARTICLE_KEY_LEN];
};


static void ngx_http_article_redis_latest_send(
    ngx_http_article_latest_peer_t *peer);
static void ngx_http_article_redis_latest_sent(void *data,
    ngx_http_article_redis_reply_t *reply);
static void ngx_http_article_redis_latest_ask(
    ngx_http_article_latest_peer_t *peer);
static void ngx_http_article_redis_latest_told(void *data,
    ngx_http_article_redis_reply_t *reply);
static ngx_int_t ngx_http_article_redis_latest_take(
    ngx_http_article_latest_peer_t *peer, ngx_str_t *changes,
    ngx_uint_t *more);
static ngx_int_t ngx_http_article_redis_latest_known(
    ngx_http_article_latest_peer_t *peer, uint64_t epoch, uint64_t last,
    uint64_t *sequence);
static ngx_http_article_redis_op_t *ngx_http_article_redis_latest_eval(
    ngx_http_article_latest_peer_t *peer,
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv,
    ngx_http_article_redis_pt handler);
static ngx_int_t ngx_http_article_redis_latest_key(ngx_pool_t *pool,
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_str_t *key);
static ngx_int_t ngx_http_article_redis_latest_write(ngx_pool_t *pool,
    ngx_str_t *host, ngx_http_article_latest_t *entry, ngx_str_t *record);
static ngx_int_t ngx_http_article_redis_latest_parse(ngx_str_t *host,
    ngx_str_t *record, ngx_http_article_latest_t *entry);
static uint32_t ngx_http_article_redis_latest_crc(ngx_str_t *host,
    u_char *head, ngx_str_t *json);
static u_char *ngx_http_article_redis_latest_number(u_char *p, u_char *last,
    u_char end, uint64_t *number);
static ngx_int_t ngx_http_article_redis_latest_hex(u_char *p, size_t digits,
    uint64_t *number);


/* ARGV: a record; the list's length, the score, and an epoch if it is new. */

static ngx_str_t  ngx_http_article_redis_latest_put = ngx_string(
    "local s,i,c=KEYS[1],KEYS[1]..':items',KEYS[1]..':changes' "
    "local r=ARGV[1] "
    "local n,d,e=string.match(ARGV[2],'(%S+) (%S+) (%S+)') "
    "local k,id=string.sub(r,3,3),string.sub(r,58,89) "
    "local o=redis.call('HGET',i,id) "
    "local h=redis.call('HGET',i,'epoch') "
    "if not h or not string.match(h,'^%x+$') then "
      "redis.call('HSET',i,'epoch',e) end "
    "if o==r then return 0 end "
    "if o and string.sub(o,1,2)=='1 ' and (k=='p' or k=='u') "
      "and not (k=='p' and string.sub(o,3,3)=='u') then return 0 end "
    "local z=redis.call('ZREVRANGE',c,0,0,'WITHSCORES') "
    "local q=math.max(tonumber(redis.call('HGET',i,'sequence') or 0) or 0,"
      "tonumber(z[2] or 0),0)+1 "
    "redis.call('HSET',i,'sequence',string.format('%d',q)) "
    "redis.call('HSET',i,id,r) "
    "redis.call('ZADD',c,q,id) "
    "if k=='g' then redis.call('ZREM',s,id) "
      "else redis.call('ZADD',s,d,id) end "
    "local x=redis.call('ZCARD',s)-n "
    "if x>0 then "
      "for _,v in ipairs(redis.call('ZRANGE',s,0,x-1)) do "
        "redis.call('ZREM',s,v) redis.call('ZREM',c,v) "
        "redis.call('HDEL',i,v) end end "
    "x=redis.call('ZCARD',c)-2*n "
    "if x>0 then "
      "for _,v in ipairs(redis.call('ZRANGE',c,0,-1)) do "
        "if x>0 and not redis.call('ZSCORE',s,v) then "
          "redis.call('ZREM',c,v) redis.call('HDEL',i,v) x=x-1 end end end "
    "for _,v in ipairs({s,i,c}) do "
      "redis.call('EXPIRE',v," NGX_HTTP_ARTICLE_REDIS_LATEST_TTL ") end "
    "return 1");


/* ARGV: the last change that is known, and how many more to tell. */

static ngx_str_t  ngx_http_article_redis_latest_changes = ngx_string(
    "local i,c=KEYS[1]..':items',KEYS[1]..':changes' "
    "local a,m=string.match(ARGV[1],'(%S+) (%S+)') "
    "local t={(redis.call('HGET',i,'epoch') or '0')..' '"
      "..(redis.call('HGET',i,'sequence') or '0')..' '} "
    "local z=redis.call('ZRANGEBYSCORE',c,'('..a,'+inf','WITHSCORES',"
      "'LIMIT',0,m) "
    "for n=1,#z,2 do "
      "local r=redis.call('HGET',i,z[n]) or '' "
      "t[#t+1]=string.format('%d %d ',z[n+1],#r)..r end "
    "return table.concat(t)");


void
ngx_http_article_redis_latest(ngx_http_article_main_conf_t *amcf,
    ngx_http_article_latest_portal_t *portal)
{
    ngx_http_article_latest_peer_t  *peer;

    peer = portal->peer;

    if (peer == NULL) {
        peer = ngx_pcalloc(ngx_cycle->pool,
                           sizeof(ngx_http_article_latest_peer_t));
        if (peer == NULL) {
            return;
        }

        peer->main_conf = amcf;
        peer->portal = portal;
        peer->rest = ngx_current_msec;
        portal->peer = peer;
    }

    if (peer->op == NULL
        && (ngx_msec_int_t) (ngx_current_msec - peer->rest) >= 0)
    {
        ngx_http_article_redis_latest_send(peer);
    }
}


/* What is new here, one after the other; then what is new there. */

static void
ngx_http_article_redis_latest_send(ngx_http_article_latest_peer_t *peer)
{
    u_char                      rest[3 * NGX_INT64_LEN + 3];
    ngx_int_t                   rc;
    ngx_str_t                   argv[6];
    ngx_pool_t                 *pool;
    ngx_http_article_latest_t   entry;

    pool = ngx_create_pool(4096, ngx_cycle->log);
    if (pool == NULL) {
        return;
    }

    rc = ngx_http_article_zone_latest_unsent(peer->main_conf->shm_zone,
                                             peer->portal->key, pool, &entry);

    if (rc == NGX_OK
        && ngx_http_article_redis_latest_write(pool, &peer->portal->host,
                                               &entry, &argv[4])
           == NGX_OK)
    {
        argv[0] = ngx_http_article_redis_latest_put;
        argv[5].data = rest;
        argv[5].len = ngx_sprintf(rest, "%ui %T %08xD%08xD",
                                  peer->portal->length,
                                  ngx_http_article_latest_date(&entry),
                                  (uint32_t) ngx_random(),
                                  (uint32_t) ngx_random() | 1)
                      - rest;

        ngx_memcpy(peer->id, entry.id, NGX_HTTP_ARTICLE_KEY_LEN);

        peer->op = ngx_http_article_redis_latest_eval(peer,
                                        NGX_HTTP_ARTICLE_REDIS_DELETE, 6, argv,
                                        ngx_http_article_redis_latest_sent);
        if (peer->op == NULL) {
            ngx_http_article_zone_latest_resend(peer->main_conf->shm_zone,
                                                peer->portal->key, entry.id);
        }

        ngx_destroy_pool(pool);
        return;
    }

    ngx_destroy_pool(pool);

    if (rc == NGX_DECLINED) {
        ngx_http_article_redis_latest_ask(peer);
    }
}


static void
ngx_http_article_redis_latest_sent(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_latest_peer_t *peer = data;

    peer->op = NULL;

    if (reply->result != NGX_HTTP_ARTICLE_REDIS_FAILED) {
        ngx_http_article_redis_latest_send(peer);
        return;
    }

    ngx_http_article_zone_latest_resend(peer->main_conf->shm_zone,
                                        peer->portal->key, peer->id);

    peer->rest = ngx_current_msec + NGX_HTTP_ARTICLE_REDIS_LATEST_REST;
}


static void
ngx_http_article_redis_latest_ask(ngx_http_article_latest_peer_t *peer)
{
    u_char     from[2 * NGX_INT64_LEN + 1];
    uint64_t   epoch, sequence;
    ngx_str_t  argv[5];

    ngx_http_article_zone_latest_at(peer->main_conf->shm_zone,
                                    peer->portal->key, &epoch, &sequence);

    argv[0] = ngx_http_article_redis_latest_changes;
    argv[4].data = from;
    argv[4].len = ngx_sprintf(from, "%uL %d", sequence,
                              NGX_HTTP_ARTICLE_REDIS_LATEST_READ)
                  - from;

    peer->op = ngx_http_article_redis_latest_eval(peer,
                                           NGX_HTTP_ARTICLE_REDIS_GET, 5, argv,
                                           ngx_http_article_redis_latest_told);
}


static void
ngx_http_article_redis_latest_told(void *data,
    ngx_http_article_redis_reply_t *reply)
{
    ngx_http_article_latest_peer_t *peer = data;

    ngx_uint_t  more;

    peer->op = NULL;

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE
        && ngx_http_article_redis_latest_take(peer, &reply->value, &more)
           == NGX_OK)
    {
        if (more) {
            ngx_http_article_redis_latest_ask(peer);
        }

        return;
    }

    peer->rest = ngx_current_msec + NGX_HTTP_ARTICLE_REDIS_LATEST_REST;
}


/*
 * "EPOCH LAST " and of each change "SEQUENCE LENGTH " and the record.  What is
 * damaged is counted and left out; NGX_ERROR when nothing can be read.
 */

static ngx_int_t
ngx_http_article_redis_latest_take(ngx_http_article_latest_peer_t *peer,
    ngx_str_t *changes, ngx_uint_t *more)
{
    u_char                      *p, *last;
    uint64_t                     epoch, end, at, sequence, len;
    ngx_str_t                    record;
    ngx_uint_t                   n;
    ngx_shm_zone_t              *shm_zone;
    ngx_http_article_latest_t    entry;

    shm_zone = peer->main_conf->shm_zone;

    p = changes->data;
    last = p + changes->len;
    *more = 0;

    p = ngx_http_article_redis_latest_number(p, last, 16, &epoch);
    p = p ? ngx_http_article_redis_latest_number(p, last, 10, &end) : NULL;

    if (p == NULL) {

        /* whoever sends next puts it right */

        ngx_http_article_zone_count(shm_zone,
                                    NGX_HTTP_ARTICLE_COUNT_REDIS_DAMAGED, 1);
        ngx_http_article_zone_latest_resend(shm_zone, peer->portal->key, NULL);
        return NGX_ERROR;
    }

    if (ngx_http_article_redis_latest_known(peer, epoch, end, &sequence)
        != NGX_OK)
    {
        *more = 1;
        return NGX_OK;
    }

    for (n = 0; p < last; n++) {

        p = ngx_http_article_redis_latest_number(p, last, 10, &at);
        p = p ? ngx_http_article_redis_latest_number(p, last, 10, &len) : NULL;

        if (p == NULL || len > (uint64_t) (last - p)) {
            return NGX_ERROR;
        }

        record.data = p;
        record.len = (size_t) len;
        p += record.len;
        sequence = at;

        if (ngx_http_article_redis_latest_parse(&peer->portal->host, &record,
                                                &entry)
            != NGX_OK)
        {
            ngx_http_article_zone_count(shm_zone,
                                     NGX_HTTP_ARTICLE_COUNT_REDIS_DAMAGED, 1);
            continue;
        }

        if (entry.kind != NGX_HTTP_ARTICLE_LATEST_GONE
            && (ngx_http_article_zone_withdrawn(shm_zone, entry.address)
                || ngx_http_article_zone_withdrawn(shm_zone, entry.base)))
        {
            continue;
        }

        (void) ngx_http_article_zone_latest_put(shm_zone, peer->portal->key,
                                                peer->portal->length, &entry,
                                                1);
    }

    *more = (n == NGX_HTTP_ARTICLE_REDIS_LATEST_READ);

    ngx_http_article_zone_latest_read(shm_zone, peer->portal->key, epoch,
                                      *more ? sequence
                                            : ngx_max(sequence, end));

    return NGX_OK;
}


/* NGX_DECLINED: it is not what was read before, and is read anew. */

static ngx_int_t
ngx_http_article_redis_latest_known(ngx_http_article_latest_peer_t *peer,
    uint64_t epoch, uint64_t last, uint64_t *sequence)
{
    u_char          *list;
    uint64_t         known;
    ngx_shm_zone_t  *shm_zone;

    shm_zone = peer->main_conf->shm_zone;
    list = peer->portal->key;

    ngx_http_article_zone_latest_at(shm_zone, list, &known, sequence);

    if (known == epoch && last >= *sequence) {
        return NGX_OK;
    }

    if (known) {
        ngx_http_article_zone_latest_resend(shm_zone, list, NULL);
    }

    ngx_http_article_zone_latest_read(shm_zone, list, epoch, 0);

    if (*sequence == 0) {

        /* it was read from its start anyway */

        return NGX_OK;
    }

    return NGX_DECLINED;
}


/* argv[0] is the script, the rest its arguments from argv[4] on. */

static ngx_http_article_redis_op_t *
ngx_http_article_redis_latest_eval(ngx_http_article_latest_peer_t *peer,
    ngx_http_article_redis_type_e type, ngx_uint_t argc, ngx_str_t *argv,
    ngx_http_article_redis_pt handler)
{
    ngx_pool_t                     *pool;
    article_reason_t                reason;
    ngx_http_article_redis_t       *redis;
    ngx_http_article_redis_op_t    *op;
    ngx_http_article_redis_node_t  *node;

    redis = peer->main_conf->redis;

    pool = ngx_create_pool(512, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    op = NULL;

    argv[1] = argv[0];
    ngx_str_set(&argv[0], "EVAL");
    ngx_str_set(&argv[2], "1");

    if (ngx_http_article_redis_latest_key(pool, redis, &peer->portal->host,
                                          &argv[3])
        == NGX_OK)
    {
        node = redis->cluster
               ? ngx_http_article_redis_cluster_node(redis, &argv[3])
               : redis->node;

        op = node ? ngx_http_article_redis_node_send(node, type, argc, argv,
                                                     &reason)
                  : NULL;

        if (op) {
            ngx_http_article_redis_wait(op, redis->timeout, handler, peer);
        }
    }

    ngx_destroy_pool(pool);

    return op;
}


static ngx_int_t
ngx_http_article_redis_latest_key(ngx_pool_t *pool,
    ngx_http_article_redis_t *redis, ngx_str_t *host, ngx_str_t *key)
{
    key->len = redis->prefix.len + sizeof(":1:latest:{}") - 1 + host->len;

    key->data = ngx_pnalloc(pool, key->len);
    if (key->data == NULL) {
        return NGX_ERROR;
    }

    ngx_sprintf(key->data, "%V:1:latest:{%V}", &redis->prefix, host);

    return NGX_OK;
}


ngx_http_article_redis_op_t *
ngx_http_article_redis_latest_turn(ngx_http_article_redis_t *redis,
    ngx_str_t *host, ngx_str_t *source, ngx_msec_t age,
    ngx_http_article_redis_pt handler, void *data)
{
    u_char                       *p, ms[NGX_INT64_LEN];
    ngx_str_t                     argv[6];
    ngx_pool_t                   *pool;
    article_reason_t              reason;
    ngx_http_article_redis_op_t  *op;

    pool = ngx_create_pool(512, ngx_cycle->log);
    if (pool == NULL) {
        return NULL;
    }

    op = NULL;
    p = ngx_pnalloc(pool, redis->prefix.len + host->len
                          + sizeof(":1:latest:{}:turn:01234567"));

    if (p) {
        ngx_str_set(&argv[0], "SET");
        argv[1].data = p;
        argv[1].len = ngx_sprintf(p, "%V:1:latest:{%V}:turn:%08xD",
                                  &redis->prefix, host,
                                  ngx_crc32_long(source->data, source->len))
                      - p;
        ngx_str_set(&argv[2], "1");
        ngx_str_set(&argv[3], "NX");
        ngx_str_set(&argv[4], "PX");
        argv[5].data = ms;
        argv[5].len = ngx_sprintf(ms, "%M", age) - ms;

        op = ngx_http_article_redis_ask(redis, NGX_HTTP_ARTICLE_REDIS_SET, 6,
                                        argv, redis->timeout, handler, data,
                                        &reason);
    }

    ngx_destroy_pool(pool);

    return op;
}


static ngx_int_t
ngx_http_article_redis_latest_write(ngx_pool_t *pool, ngx_str_t *host,
    ngx_http_article_latest_t *entry, ngx_str_t *record)
{
    u_char  *p;

    record->len = NGX_HTTP_ARTICLE_REDIS_LATEST_HEAD + entry->json.len;

    record->data = ngx_pnalloc(pool, record->len);
    if (record->data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_sprintf(record->data, "1 %c %c %016xL %016xL %016xL ", entry->kind,
                    entry->day ? '1' : '0', (uint64_t) entry->published,
                    entry->seen, entry->section);

    p = ngx_hex_dump(p, entry->id, NGX_HTTP_ARTICLE_KEY_LEN);
    *p++ = ' ';
    p = ngx_hex_dump(p, entry->address, NGX_HTTP_ARTICLE_KEY_LEN);
    *p++ = ' ';
    p = ngx_hex_dump(p, entry->base, NGX_HTTP_ARTICLE_KEY_LEN);
    *p++ = ' ';

    p = ngx_sprintf(p, "%08xD\n",
                    ngx_http_article_redis_latest_crc(host, record->data,
                                                      &entry->json));
    ngx_memcpy(p, entry->json.data, entry->json.len);

    return NGX_OK;
}


/* The JSON is a slice of the record. */

static ngx_int_t
ngx_http_article_redis_latest_parse(ngx_str_t *host, ngx_str_t *record,
    ngx_http_article_latest_t *entry)
{
    u_char      *p, *keys[3];
    uint64_t     number[3], crc, byte;
    ngx_uint_t   i, k;

    ngx_memzero(entry, sizeof(ngx_http_article_latest_t));

    p = record->data;

    if (record->len < NGX_HTTP_ARTICLE_REDIS_LATEST_HEAD
        || p[0] != '1' || p[1] != ' ' || ngx_strchr("fpug", p[2]) == NULL
        || p[2] == '\0' || (p[4] != '0' && p[4] != '1')
        || ngx_http_article_redis_latest_hex(
                             p + NGX_HTTP_ARTICLE_REDIS_LATEST_CRC, 8, &crc)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    entry->json.data = p + NGX_HTTP_ARTICLE_REDIS_LATEST_HEAD;
    entry->json.len = record->len - NGX_HTTP_ARTICLE_REDIS_LATEST_HEAD;

    if (crc != ngx_http_article_redis_latest_crc(host, p, &entry->json)) {
        return NGX_ERROR;
    }

    for (i = 0; i < 3; i++) {
        if (ngx_http_article_redis_latest_hex(
                          p + NGX_HTTP_ARTICLE_REDIS_LATEST_NUMBERS + i * 17,
                          16, &number[i])
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    entry->kind = p[2];
    entry->day = (p[4] == '1');
    entry->published = (time_t) number[0];
    entry->seen = number[1];
    entry->section = number[2];

    keys[0] = entry->id;
    keys[1] = entry->address;
    keys[2] = entry->base;

    for (i = 0; i < 3; i++) {
        p = record->data + NGX_HTTP_ARTICLE_REDIS_LATEST_KEYS
            + i * (2 * NGX_HTTP_ARTICLE_KEY_LEN + 1);

        for (k = 0; k < NGX_HTTP_ARTICLE_KEY_LEN; k++) {

            if (ngx_http_article_redis_latest_hex(p + 2 * k, 2, &byte)
                != NGX_OK)
            {
                return NGX_ERROR;
            }

            keys[i][k] = (u_char) byte;
        }
    }

    return (entry->published >= 0
            && entry->seen < ((uint64_t) ngx_time()
                              + NGX_HTTP_ARTICLE_REDIS_LATEST_SKEW) * 1000
            && entry->json.len <= ARTICLE_LISTED_MAX
            && (entry->json.len != 0)
               == (entry->kind != NGX_HTTP_ARTICLE_LATEST_GONE))
           ? NGX_OK : NGX_ERROR;
}


/* Of the head up to itself: what stands in another portal's set is none. */

static uint32_t
ngx_http_article_redis_latest_crc(ngx_str_t *host, u_char *head,
    ngx_str_t *json)
{
    uint32_t  crc;

    ngx_crc32_init(crc);
    ngx_crc32_update(&crc, host->data, host->len);
    ngx_crc32_update(&crc, head, NGX_HTTP_ARTICLE_REDIS_LATEST_CRC);
    ngx_crc32_update(&crc, json->data, json->len);
    ngx_crc32_final(crc);

    return crc;
}


/* A number up to a space, to base 10 or 16; behind it, or NULL. */

static u_char *
ngx_http_article_redis_latest_number(u_char *p, u_char *last, u_char base,
    uint64_t *number)
{
    u_char     *end;
    ngx_int_t   n;

    end = ngx_strlchr(p, last, ' ');

    if (end == NULL || end == p) {
        return NULL;
    }

    if (base == 16) {
        return (ngx_http_article_redis_latest_hex(p, end - p, number)
                == NGX_OK) ? end + 1 : NULL;
    }

    n = ngx_atoi(p, end - p);

    if (n == NGX_ERROR) {
        return NULL;
    }

    *number = (uint64_t) n;

    return end + 1;
}


static ngx_int_t
ngx_http_article_redis_latest_hex(u_char *p, size_t digits, uint64_t *number)
{
    ngx_int_t  digit;

    *number = 0;

    if (digits > 16) {
        return NGX_ERROR;
    }

    for ( /* void */ ; digits; digits--) {

        digit = ngx_hextoi(p++, 1);
        if (digit == NGX_ERROR) {
            return NGX_ERROR;
        }

        *number = *number << 4 | (uint64_t) digit;
    }

    return NGX_OK;
}

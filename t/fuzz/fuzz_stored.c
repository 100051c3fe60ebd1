/*
 * Copyright (C) ngx_article authors
 *
 * Any bytes as what Redis gives back: a stored value, and the replies of a
 * connection in any portions.  A value that is accepted is in bounds and,
 * encoded again, the same; no reply reaches another one's operation.
 */

#include "fuzz.h"
#include "fuzz_nginx.h"


/* Choices, as bits of the input's last byte. */
#define FUZZ_REPLIES  0x01
#define FUZZ_GREETED  0x02
#define FUZZ_FENCES   0x04      /* "\x01" in the input is the next fence */
#define FUZZ_SEALED   0x08      /* the value's checksum is made to fit */
#define FUZZ_TYPE     0xc0

/* Operations that wait. */
#define FUZZ_OPS      4

/* Redis' own nonce is random. */
#define FUZZ_NONCE    0x12345678

/* The first digit of a checksum stands so far behind its name. */
#define FUZZ_CRC      (sizeof(",\"crc32c\":\"") - 1)


static uint32_t
fuzz_crc32c(uint32_t crc, const u_char *p, size_t len)
{
    unsigned  i;

    crc = ~crc;

    while (len--) {
        crc ^= *p++;

        for (i = 0; i < 8; i++) {
            crc = crc & 1 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }
    }

    return ~crc;
}


/* The checksum of what looks like a value becomes right. */

static void
fuzz_seal(ngx_str_t *in)
{
    size_t     n;
    char       digits[9];
    u_char    *p, *item;
    uint32_t   crc;

    static const u_char  name[] = ",\"crc32c\":\"";
    static const u_char  behind[] = "\"},\"item\":";

    p = memmem(in->data, in->len, name, sizeof(name) - 1);

    if (p == NULL) {
        return;
    }

    p += FUZZ_CRC;
    n = in->data + in->len - p;

    if (n < 8 + sizeof(behind) || memcmp(p + 8, behind, sizeof(behind) - 1)) {
        return;
    }

    item = p + 8 + sizeof(behind) - 1;
    n = in->data + in->len - 1 - item;

    crc = fuzz_crc32c(0, in->data, p - in->data);
    crc = fuzz_crc32c(crc, item, n);

    (void) snprintf(digits, sizeof(digits), "%08x", crc);
    memcpy(p, digits, 8);
}


static void
fuzz_value(article_slice_t input, ngx_uint_t sealed)
{
    ngx_str_t                  in, out, address;
    ngx_pool_t                *pool;
    article_slice_t            line, copy;
    ngx_http_article_value_t   value, again;

    line = fuzz_line(&input);
    address.data = (u_char *) (uintptr_t) line.data;
    address.len = line.len;

    copy = fuzz_exact(input);
    in.data = (u_char *) (uintptr_t) copy.data;
    in.len = copy.len;

    if (sealed) {
        fuzz_seal(&in);
    }

    if (ngx_http_article_value_decode(&in, &address, &value) != NGX_OK) {
        fuzz_free(copy);
        return;
    }

    fuzz_check_bytes(&value.etag);
    fuzz_check_bytes(&value.control);
    fuzz_check_bytes(&value.expires);
    fuzz_check_bytes(&value.vary);
    fuzz_check_bytes(&value.series);
    fuzz_check_bytes(&value.variant);
    fuzz_check_bytes(&value.item);

    /* what goes into headers has no line end */

    if (!ngx_http_article_value_keeps(&value.control)
        || !ngx_http_article_value_keeps(&value.expires)
        || !ngx_http_article_value_keeps(&value.vary)
        || !ngx_http_article_value_keeps(&value.series)
        || !ngx_http_article_value_keeps(&value.variant))
    {
        fuzz_fail("a header that may not be kept", input);
    }

    pool = fuzz_pool();

    if (ngx_http_article_value_encode(pool, &value, &out) != NGX_OK
        || ngx_http_article_value_decode(&out, &address, &again) != NGX_OK
        || again.status != value.status || again.stored != value.stored
        || again.fresh != value.fresh || again.stale != value.stale
        || again.item.len != value.item.len
        || ngx_memcmp(again.item.data, value.item.data, value.item.len) != 0)
    {
        fuzz_fail("a value that is another one when encoded", input);
    }

    ngx_destroy_pool(pool);
    fuzz_free(copy);
}


static void
fuzz_answered(void *data, ngx_http_article_redis_reply_t *reply)
{
    ngx_uint_t  *answers;

    answers = data;
    (*answers)++;

    fuzz_check_bytes(&reply->value);

    if (reply->result == NGX_HTTP_ARTICLE_REDIS_VALUE
        && reply->value.len == 0 && reply->array == NULL)
    {
        fuzz_fail("a value without a byte", article_literal(""));
    }
}


/* The input, with fences where it asks for them; to be freed. */

static ngx_str_t
fuzz_fenced(ngx_http_article_redis_node_t *node, article_slice_t input,
    ngx_uint_t fences)
{
    int         n;
    char        reply[64];
    size_t      i, len;
    u_char      fence[NGX_HTTP_ARTICLE_REDIS_FENCE_LEN];
    uint64_t    sequence;
    ngx_str_t   out;

    out.data = malloc(input.len * sizeof(reply) + 1);
    out.len = 0;
    sequence = node->greeted ? 0 : 1;

    for (i = 0; i < input.len; i++) {

        if (!fences || input.data[i] != '\x01') {
            out.data[out.len++] = input.data[i];
            continue;
        }

        len = ngx_http_article_redis_fence(node, sequence++, fence);
        n = snprintf(reply, sizeof(reply), "$%zu\r\n%.*s\r\n", len,
                     (int) len, fence);
        memcpy(out.data + out.len, reply, n);
        out.len += n;
    }

    return out;
}


static void
fuzz_replies(article_slice_t input, unsigned how, unsigned portion)
{
    size_t                          n;
    u_char                         *copy;
    ngx_str_t                       in;
    ngx_uint_t                      i, answers;
    ngx_queue_t                    *q;
    ngx_http_article_redis_t        redis;
    ngx_http_article_main_conf_t    main;
    ngx_http_article_redis_op_t    *op;
    ngx_http_article_redis_node_t   node;

    ngx_memzero(&node, sizeof(node));
    ngx_memzero(&redis, sizeof(redis));
    ngx_memzero(&main, sizeof(main));
    ngx_memzero(&fuzz_node, sizeof(fuzz_node));

    redis.main = &main;
    node.redis = &redis;
    node.nonce = FUZZ_NONCE;
    node.greeted = how & FUZZ_GREETED ? 2 : 0;
    node.reader = ngx_http_article_redis_reader(&node);
    ngx_queue_init(&node.pending);
    answers = 0;

    for (i = 0; i < FUZZ_OPS; i++) {
        op = ngx_calloc(sizeof(ngx_http_article_redis_op_t), ngx_cycle->log);
        op->node = &node;
        op->type = (how & FUZZ_TYPE) >> 6;
        op->sequence = ++node.sequence;
        op->handler = fuzz_answered;
        op->data = &answers;
        ngx_queue_insert_tail(&node.pending, &op->queue);
        node.npending++;
    }

    in = fuzz_fenced(&node, input, how & FUZZ_FENCES);

    for (i = 0; i < in.len && !fuzz_node.down; i += n) {
        n = ngx_min(in.len - i, (size_t) portion + 1);
        copy = malloc(n);
        memcpy(copy, in.data + i, n);

        if ((ngx_http_article_redis_feed(&node, copy, n) != NGX_OK)
            != (fuzz_node.down != 0))
        {
            fuzz_fail("a connection that is broken for one only", input);
        }

        free(copy);
    }

    if (answers + node.npending != FUZZ_OPS || fuzz_node.down > 1
        || fuzz_node.ready > 1)
    {
        fuzz_fail("replies that are not counted right", input);
    }

    if (answers != 0 && !(how & FUZZ_FENCES)
        && memmem(input.data, input.len, "12345678:", 9) == NULL)
    {
        fuzz_fail("an answer without its fence", input);
    }

    while (!ngx_queue_empty(&node.pending)) {
        q = ngx_queue_head(&node.pending);
        ngx_queue_remove(q);
        op = ngx_queue_data(q, ngx_http_article_redis_op_t, queue);
        ngx_http_article_redis_fail(op, ARTICLE_REDIS_ERROR);
        ngx_http_article_redis_op_free(op);
    }

    redisReaderFree(node.reader);
    free(in.data);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned         how, portion;
    article_slice_t  input;

    input = (article_slice_t) { (const char *) data, size };
    how = fuzz_choice(&input);

    if (!(how & FUZZ_REPLIES)) {
        fuzz_value(input, how & FUZZ_SEALED);
        return 0;
    }

    portion = fuzz_choice(&input);
    fuzz_replies(input, how, portion);

    return 0;
}

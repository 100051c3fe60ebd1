
/*
 * Copyright (C) ngx_article authors
 */


#include "ngx_http_article_value.h"

#include <ngx_http.h>
#include <openssl/sha.h>


#define NGX_HTTP_ARTICLE_VALUE_START  "{\"_cache\":{\"v\":1,\"key\":\""
#define NGX_HTTP_ARTICLE_VALUE_ITEM   "\"},\"item\":"

/* All of the head but the key. */
#define NGX_HTTP_ARTICLE_VALUE_FIXED                                          \
    (sizeof(NGX_HTTP_ARTICLE_VALUE_START                                      \
            "\",\"status\":200,\"stored\":,\"fresh\":,\"stale\":"             \
            ",\"updating\":,\"kept\":,\"age\":,\"date\":"                      \
            ",\"changed\":,\"gen\":,\"etag\":\"\",\"control\":\"\""           \
            ",\"expires\":\"\",\"vary\":\"\",\"series\":\"\""                 \
            ",\"variant\":\"\",\"tags\":\"\",\"rules\":\"\""                  \
            ",\"validator\":\"\",\"modified\":\"\""                       \
            ",\"crc32c\":\"01234567"                                           \
            NGX_HTTP_ARTICLE_VALUE_ITEM "}")                                  \
     + 9 * NGX_INT64_LEN + NGX_HTTP_ARTICLE_ETAG_LEN)

/* Digits of a number: milliseconds up to the year 2286. */
#define NGX_HTTP_ARTICLE_VALUE_DIGITS  13

/* A value from the future by more than this is none. */
#define NGX_HTTP_ARTICLE_VALUE_SKEW    86400

/* No status is larger. */
#define NGX_HTTP_ARTICLE_VALUE_STATUSES  600

/* A page may not be fresh and stale for longer: ten years. */
#define NGX_HTTP_ARTICLE_VALUE_LIFE    (10 * 366 * 86400)


#if (__x86_64__ && __GNUC__)
#define NGX_HTTP_ARTICLE_HAVE_SSE42  1
#endif


/* Where the decoder is; every step leaves NULL behind when it fails. */
typedef struct {
    u_char  *pos;
    u_char  *last;
} ngx_http_article_value_cursor_t;


static u_char *ngx_http_article_value_escape(u_char *p, ngx_str_t *key);
static size_t ngx_http_article_value_escaped(ngx_str_t *key);
static ngx_uint_t ngx_http_article_value_plain(u_char ch);

static ngx_int_t ngx_http_article_value_head(
    ngx_http_article_value_cursor_t *cursor, ngx_str_t *address,
    ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_value_optional(
    ngx_http_article_value_cursor_t *cursor, const char *name,
    time_t *number);
static ngx_int_t ngx_http_article_value_strings(
    ngx_http_article_value_cursor_t *cursor, ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_value_sane(ngx_http_article_value_t *value);
static ngx_int_t ngx_http_article_value_literal(
    ngx_http_article_value_cursor_t *cursor, const char *literal, size_t len);
static ngx_int_t ngx_http_article_value_address(
    ngx_http_article_value_cursor_t *cursor, ngx_str_t *address);
static ngx_int_t ngx_http_article_value_number(
    ngx_http_article_value_cursor_t *cursor, time_t *number);
static ngx_int_t ngx_http_article_value_hex(
    ngx_http_article_value_cursor_t *cursor, size_t max, ngx_str_t *hex);

static uint32_t ngx_http_article_value_crc(u_char *head, size_t head_len,
    ngx_str_t *item);
static uint32_t ngx_http_article_crc32c(uint32_t crc, u_char *p, size_t len);


/* Strings that may be absent, in this order. */

static const struct {
    const char  *name;
    size_t       offset;
} ngx_http_article_value_words[] = {
    { ",\"control\":\"", offsetof(ngx_http_article_value_t, control) },
    { ",\"expires\":\"", offsetof(ngx_http_article_value_t, expires) },
    { ",\"vary\":\"", offsetof(ngx_http_article_value_t, vary) },
    { ",\"series\":\"", offsetof(ngx_http_article_value_t, series) },
    { ",\"variant\":\"", offsetof(ngx_http_article_value_t, variant) },
    { ",\"tags\":\"", offsetof(ngx_http_article_value_t, tags) },
    { ",\"rules\":\"", offsetof(ngx_http_article_value_t, rules) },
    { ",\"validator\":\"", offsetof(ngx_http_article_value_t, validator) },
    { ",\"modified\":\"", offsetof(ngx_http_article_value_t, modified) }
};

#define NGX_HTTP_ARTICLE_VALUE_WORDS                                          \
    (sizeof(ngx_http_article_value_words)                                     \
     / sizeof(ngx_http_article_value_words[0]))

#define ngx_http_article_value_string(value, i)                               \
    ((ngx_str_t *) ((u_char *) (value)                                        \
                    + ngx_http_article_value_words[i].offset))


/* CRC-32C (Castagnoli), reflected polynomial 0x82f63b78 */

static const uint32_t  ngx_http_article_crc32c_table[256] = {
    0x00000000, 0xf26b8303, 0xe13b70f7, 0x1350f3f4,
    0xc79a971f, 0x35f1141c, 0x26a1e7e8, 0xd4ca64eb,
    0x8ad958cf, 0x78b2dbcc, 0x6be22838, 0x9989ab3b,
    0x4d43cfd0, 0xbf284cd3, 0xac78bf27, 0x5e133c24,
    0x105ec76f, 0xe235446c, 0xf165b798, 0x030e349b,
    0xd7c45070, 0x25afd373, 0x36ff2087, 0xc494a384,
    0x9a879fa0, 0x68ec1ca3, 0x7bbcef57, 0x89d76c54,
    0x5d1d08bf, 0xaf768bbc, 0xbc267848, 0x4e4dfb4b,
    0x20bd8ede, 0xd2d60ddd, 0xc186fe29, 0x33ed7d2a,
    0xe72719c1, 0x154c9ac2, 0x061c6936, 0xf477ea35,
    0xaa64d611, 0x580f5512, 0x4b5fa6e6, 0xb93425e5,
    0x6dfe410e, 0x9f95c20d, 0x8cc531f9, 0x7eaeb2fa,
    0x30e349b1, 0xc288cab2, 0xd1d83946, 0x23b3ba45,
    0xf779deae, 0x05125dad, 0x1642ae59, 0xe4292d5a,
    0xba3a117e, 0x4851927d, 0x5b016189, 0xa96ae28a,
    0x7da08661, 0x8fcb0562, 0x9c9bf696, 0x6ef07595,
    0x417b1dbc, 0xb3109ebf, 0xa0406d4b, 0x522bee48,
    0x86e18aa3, 0x748a09a0, 0x67dafa54, 0x95b17957,
    0xcba24573, 0x39c9c670, 0x2a993584, 0xd8f2b687,
    0x0c38d26c, 0xfe53516f, 0xed03a29b, 0x1f682198,
    0x5125dad3, 0xa34e59d0, 0xb01eaa24, 0x42752927,
    0x96bf4dcc, 0x64d4cecf, 0x77843d3b, 0x85efbe38,
    0xdbfc821c, 0x2997011f, 0x3ac7f2eb, 0xc8ac71e8,
    0x1c661503, 0xee0d9600, 0xfd5d65f4, 0x0f36e6f7,
    0x61c69362, 0x93ad1061, 0x80fde395, 0x72966096,
    0xa65c047d, 0x5437877e, 0x4767748a, 0xb50cf789,
    0xeb1fcbad, 0x197448ae, 0x0a24bb5a, 0xf84f3859,
    0x2c855cb2, 0xdeeedfb1, 0xcdbe2c45, 0x3fd5af46,
    0x7198540d, 0x83f3d70e, 0x90a324fa, 0x62c8a7f9,
    0xb602c312, 0x44694011, 0x5739b3e5, 0xa55230e6,
    0xfb410cc2, 0x092a8fc1, 0x1a7a7c35, 0xe811ff36,
    0x3cdb9bdd, 0xceb018de, 0xdde0eb2a, 0x2f8b6829,
    0x82f63b78, 0x709db87b, 0x63cd4b8f, 0x91a6c88c,
    0x456cac67, 0xb7072f64, 0xa457dc90, 0x563c5f93,
    0x082f63b7, 0xfa44e0b4, 0xe9141340, 0x1b7f9043,
    0xcfb5f4a8, 0x3dde77ab, 0x2e8e845f, 0xdce5075c,
    0x92a8fc17, 0x60c37f14, 0x73938ce0, 0x81f80fe3,
    0x55326b08, 0xa759e80b, 0xb4091bff, 0x466298fc,
    0x1871a4d8, 0xea1a27db, 0xf94ad42f, 0x0b21572c,
    0xdfeb33c7, 0x2d80b0c4, 0x3ed04330, 0xccbbc033,
    0xa24bb5a6, 0x502036a5, 0x4370c551, 0xb11b4652,
    0x65d122b9, 0x97baa1ba, 0x84ea524e, 0x7681d14d,
    0x2892ed69, 0xdaf96e6a, 0xc9a99d9e, 0x3bc21e9d,
    0xef087a76, 0x1d63f975, 0x0e330a81, 0xfc588982,
    0xb21572c9, 0x407ef1ca, 0x532e023e, 0xa145813d,
    0x758fe5d6, 0x87e466d5, 0x94b49521, 0x66df1622,
    0x38cc2a06, 0xcaa7a905, 0xd9f75af1, 0x2b9cd9f2,
    0xff56bd19, 0x0d3d3e1a, 0x1e6dcdee, 0xec064eed,
    0xc38d26c4, 0x31e6a5c7, 0x22b65633, 0xd0ddd530,
    0x0417b1db, 0xf67c32d8, 0xe52cc12c, 0x1747422f,
    0x49547e0b, 0xbb3ffd08, 0xa86f0efc, 0x5a048dff,
    0x8ecee914, 0x7ca56a17, 0x6ff599e3, 0x9d9e1ae0,
    0xd3d3e1ab, 0x21b862a8, 0x32e8915c, 0xc083125f,
    0x144976b4, 0xe622f5b7, 0xf5720643, 0x07198540,
    0x590ab964, 0xab613a67, 0xb831c993, 0x4a5a4a90,
    0x9e902e7b, 0x6cfbad78, 0x7fab5e8c, 0x8dc0dd8f,
    0xe330a81a, 0x115b2b19, 0x020bd8ed, 0xf0605bee,
    0x24aa3f05, 0xd6c1bc06, 0xc5914ff2, 0x37faccf1,
    0x69e9f0d5, 0x9b8273d6, 0x88d28022, 0x7ab90321,
    0xae7367ca, 0x5c18e4c9, 0x4f48173d, 0xbd23943e,
    0xf36e6f75, 0x0105ec76, 0x12551f82, 0xe03e9c81,
    0x34f4f86a, 0xc69f7b69, 0xd5cf889d, 0x27a40b9e,
    0x79b737ba, 0x8bdcb4b9, 0x988c474d, 0x6ae7c44e,
    0xbe2da0a5, 0x4c4623a6, 0x5f16d052, 0xad7d5351
};


#define ngx_http_article_value_is(cursor, literal)                            \
    (ngx_http_article_value_literal(cursor, literal, sizeof(literal) - 1)     \
     == NGX_OK)


void
ngx_http_article_value_key(ngx_str_t *address, u_char *key)
{
    u_char  digest[SHA256_DIGEST_LENGTH];

    SHA256(address->data, address->len, digest);
    ngx_memcpy(key, digest, NGX_HTTP_ARTICLE_KEY_LEN);
}


ngx_int_t
ngx_http_article_value_copy(ngx_pool_t *pool, ngx_http_article_value_t *value)
{
    ngx_str_t   *s;
    ngx_uint_t   i;

    for (i = 0; i < NGX_HTTP_ARTICLE_VALUE_WORDS + 2; i++) {

        s = (i == NGX_HTTP_ARTICLE_VALUE_WORDS) ? &value->item
            : (i > NGX_HTTP_ARTICLE_VALUE_WORDS) ? &value->etag
            : ngx_http_article_value_string(value, i);

        if (s->len == 0) {
            continue;
        }

        s->data = ngx_pstrdup(pool, s);
        if (s->data == NULL) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_article_value_encode(ngx_pool_t *pool,
    ngx_http_article_value_t *value, ngx_str_t *out)
{
    u_char      *p, *crc;
    size_t       len;
    time_t       changed;
    uint32_t     sum;
    ngx_str_t   *words;
    ngx_uint_t   i;

    if (value->etag.len > NGX_HTTP_ARTICLE_ETAG_LEN) {
        return NGX_ERROR;
    }

    len = NGX_HTTP_ARTICLE_VALUE_FIXED
          + ngx_http_article_value_escaped(&value->key) + value->item.len;

    for (i = 0; i < NGX_HTTP_ARTICLE_VALUE_WORDS; i++) {
        words = ngx_http_article_value_string(value, i);

        if (!ngx_http_article_value_keeps(words)) {
            return NGX_ERROR;
        }

        len += words->len;
    }

    out->data = ngx_pnalloc(pool, len);
    if (out->data == NULL) {
        return NGX_ERROR;
    }

    changed = ngx_min(value->changed, value->stored);

    p = ngx_cpymem(out->data, NGX_HTTP_ARTICLE_VALUE_START,
                   sizeof(NGX_HTTP_ARTICLE_VALUE_START) - 1);
    p = ngx_http_article_value_escape(p, &value->key);
    p = ngx_sprintf(p, "\",\"status\":%ui,\"stored\":%T,\"fresh\":%T,"
                    "\"stale\":%T",
                    value->status, value->stored, value->fresh, value->stale);

    if (value->updating) {
        p = ngx_sprintf(p, ",\"updating\":%T", value->updating);
    }

    if (value->kept) {
        p = ngx_sprintf(p, ",\"kept\":%T", value->kept);
    }

    if (value->age) {
        p = ngx_sprintf(p, ",\"age\":%T", value->age);
    }

    if (value->date) {
        p = ngx_sprintf(p, ",\"date\":%T", value->date);
    }

    p = ngx_sprintf(p, ",\"changed\":%T,\"gen\":%uL,\"etag\":\"%V\"",
                    changed, value->generation, &value->etag);

    for (i = 0; i < NGX_HTTP_ARTICLE_VALUE_WORDS; i++) {
        words = ngx_http_article_value_string(value, i);

        if (words->len) {
            p = ngx_sprintf(p, "%s%V\"", ngx_http_article_value_words[i].name,
                            words);
        }
    }

    p = ngx_sprintf(p, ",\"crc32c\":\"");

    crc = p;
    sum = ngx_http_article_value_crc(out->data, crc - out->data,
                                     &value->item);

    p = ngx_sprintf(p, "%08xD" NGX_HTTP_ARTICLE_VALUE_ITEM "%V}",
                    sum, &value->item);

    out->len = p - out->data;

    return NGX_OK;
}


ngx_int_t
ngx_http_article_value_decode(ngx_str_t *in, ngx_str_t *address,
    ngx_http_article_value_t *value)
{
    uint32_t                          sum;
    ngx_str_t                         crc;
    ngx_http_article_value_cursor_t   cursor;

    cursor.pos = in->data;
    cursor.last = in->data + in->len;

    if (ngx_http_article_value_head(&cursor, address, value) != NGX_OK
        || ngx_http_article_value_sane(value) != NGX_OK
        || ngx_http_article_value_hex(&cursor, 8, &crc) != NGX_OK
        || crc.len != 8
        || !ngx_http_article_value_is(&cursor, NGX_HTTP_ARTICLE_VALUE_ITEM))
    {
        return NGX_DECLINED;
    }

    /* an object and the "}" that ends the value */

    if (cursor.last - cursor.pos < 3
        || cursor.pos[0] != '{'
        || cursor.last[-1] != '}')
    {
        return NGX_DECLINED;
    }

    value->item.data = cursor.pos;
    value->item.len = cursor.last - 1 - cursor.pos;

    sum = ngx_http_article_value_crc(in->data, crc.data - in->data,
                                     &value->item);

    if ((ngx_int_t) sum != ngx_hextoi(crc.data, crc.len)) {
        return NGX_DECLINED;
    }

    return NGX_OK;
}


/* A canonical address is ASCII already; whatever else came stays JSON. */

static u_char *
ngx_http_article_value_escape(u_char *p, ngx_str_t *key)
{
    size_t  i;

    for (i = 0; i < key->len; i++) {

        if (ngx_http_article_value_plain(key->data[i])) {
            *p++ = key->data[i];

        } else {
            p = ngx_sprintf(p, "\\u00%02xi", (ngx_int_t) key->data[i]);
        }
    }

    return p;
}


static size_t
ngx_http_article_value_escaped(ngx_str_t *key)
{
    size_t  i, len;

    len = 0;

    for (i = 0; i < key->len; i++) {
        len += ngx_http_article_value_plain(key->data[i])
               ? 1 : sizeof("\\u0000") - 1;
    }

    return len;
}


static ngx_uint_t
ngx_http_article_value_plain(u_char ch)
{
    return ch >= 0x20 && ch < 0x7f && ch != '"' && ch != '\\';
}


ngx_uint_t
ngx_http_article_value_keeps(ngx_str_t *header)
{
    return header->len <= NGX_HTTP_ARTICLE_WORDS_LEN
           && ngx_http_article_value_escaped(header) == header->len;
}


/* Everything up to the digits of the checksum. */

static ngx_int_t
ngx_http_article_value_head(ngx_http_article_value_cursor_t *cursor,
    ngx_str_t *address, ngx_http_article_value_t *value)
{
    time_t  status, generation;

    if (!ngx_http_article_value_is(cursor, NGX_HTTP_ARTICLE_VALUE_START)
        || ngx_http_article_value_address(cursor, address) != NGX_OK
        || !ngx_http_article_value_is(cursor, "\",\"status\":")
        || ngx_http_article_value_number(cursor, &status) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"stored\":")
        || ngx_http_article_value_number(cursor, &value->stored) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"fresh\":")
        || ngx_http_article_value_number(cursor, &value->fresh) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"stale\":")
        || ngx_http_article_value_number(cursor, &value->stale) != NGX_OK
        || ngx_http_article_value_optional(cursor, ",\"updating\":",
                                           &value->updating)
           != NGX_OK
        || ngx_http_article_value_optional(cursor, ",\"kept\":", &value->kept)
           != NGX_OK
        || ngx_http_article_value_optional(cursor, ",\"age\":", &value->age)
           != NGX_OK
        || ngx_http_article_value_optional(cursor, ",\"date\":", &value->date)
           != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"changed\":")
        || ngx_http_article_value_number(cursor, &value->changed) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"gen\":")
        || ngx_http_article_value_number(cursor, &generation) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"etag\":\"")
        || ngx_http_article_value_hex(cursor, NGX_HTTP_ARTICLE_ETAG_LEN,
                                      &value->etag)
           != NGX_OK
        || !ngx_http_article_value_is(cursor, "\"")
        || ngx_http_article_value_strings(cursor, value) != NGX_OK
        || !ngx_http_article_value_is(cursor, ",\"crc32c\":\""))
    {
        return NGX_DECLINED;
    }

    value->gzip = 0;
    value->brief = 0;
    value->key = *address;
    value->status = (ngx_uint_t) status;
    value->generation = (uint64_t) generation;

    return NGX_OK;
}


/* Members that may be absent. */

static ngx_int_t
ngx_http_article_value_optional(ngx_http_article_value_cursor_t *cursor,
    const char *name, time_t *number)
{
    *number = 0;

    if (ngx_http_article_value_literal(cursor, name, ngx_strlen(name))
        != NGX_OK)
    {
        return NGX_OK;
    }

    return ngx_http_article_value_number(cursor, number);
}


static ngx_int_t
ngx_http_article_value_strings(ngx_http_article_value_cursor_t *cursor,
    ngx_http_article_value_t *value)
{
    u_char      *p;
    ngx_str_t   *words;
    ngx_uint_t   i;

    for (i = 0; i < NGX_HTTP_ARTICLE_VALUE_WORDS; i++) {
        words = ngx_http_article_value_string(value, i);
        ngx_str_null(words);

        if (ngx_http_article_value_literal(cursor,
                                  ngx_http_article_value_words[i].name,
                                  ngx_strlen(
                                       ngx_http_article_value_words[i].name))
            != NGX_OK)
        {
            continue;
        }

        words->data = cursor->pos;

        for (p = cursor->pos; p < cursor->last; p++) {
            if (!ngx_http_article_value_plain(*p)) {
                break;
            }
        }

        words->len = p - words->data;
        cursor->pos = p;

        if (words->len > NGX_HTTP_ARTICLE_WORDS_LEN
            || !ngx_http_article_value_is(cursor, "\""))
        {
            return NGX_DECLINED;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_value_sane(ngx_http_article_value_t *value)
{
    if (value->etag.len && value->status > NGX_HTTP_OK
        && value->status < NGX_HTTP_ARTICLE_VALUE_STATUSES)
    {
        /* an article that came with another status */

    } else if (value->status != NGX_HTTP_OK
               && value->status != NGX_HTTP_NOT_FOUND
               && value->status != 410)
    {
        return NGX_DECLINED;
    }

    if (value->changed > value->stored
        || value->stored > value->fresh
        || value->fresh > value->stale
        || value->updating > value->stale
        || (value->kept && value->kept < value->stored)
        || value->kept - value->stored > NGX_HTTP_ARTICLE_VALUE_LIFE
        || value->stale - value->stored > NGX_HTTP_ARTICLE_VALUE_LIFE
        || value->stored > ngx_time() + NGX_HTTP_ARTICLE_VALUE_SKEW)
    {
        return NGX_DECLINED;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_value_literal(ngx_http_article_value_cursor_t *cursor,
    const char *literal, size_t len)
{
    if ((size_t) (cursor->last - cursor->pos) < len
        || ngx_memcmp(cursor->pos, literal, len) != 0)
    {
        return NGX_DECLINED;
    }

    cursor->pos += len;

    return NGX_OK;
}


/* The stored key must be the address, as it is escaped. */

static ngx_int_t
ngx_http_article_value_address(ngx_http_article_value_cursor_t *cursor,
    ngx_str_t *address)
{
    size_t      i, len;
    u_char      escaped[sizeof("\\u0000")];
    ngx_str_t   ch;

    for (i = 0; i < address->len; i++) {

        ch.data = &address->data[i];
        ch.len = 1;

        len = ngx_http_article_value_escape(escaped, &ch) - escaped;

        if (ngx_http_article_value_literal(cursor, (char *) escaped, len)
            != NGX_OK)
        {
            return NGX_DECLINED;
        }
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_value_number(ngx_http_article_value_cursor_t *cursor,
    time_t *number)
{
    u_char  *p, *start;

    start = cursor->pos;
    *number = 0;

    for (p = start; p < cursor->last && *p >= '0' && *p <= '9'; p++) {

        if (p - start == NGX_HTTP_ARTICLE_VALUE_DIGITS) {
            return NGX_DECLINED;
        }

        *number = *number * 10 + (*p - '0');
    }

    if (p == start || (*start == '0' && p - start > 1)) {
        return NGX_DECLINED;
    }

    cursor->pos = p;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_value_hex(ngx_http_article_value_cursor_t *cursor,
    size_t max, ngx_str_t *hex)
{
    u_char  *p;

    hex->data = cursor->pos;

    for (p = cursor->pos; p < cursor->last; p++) {

        if (!(*p >= '0' && *p <= '9') && !(*p >= 'a' && *p <= 'f')) {
            break;
        }
    }

    hex->len = p - hex->data;
    cursor->pos = p;

    return (hex->len <= max) ? NGX_OK : NGX_DECLINED;
}


/* Of the head before the checksum and of the item: neither can be swapped. */

static uint32_t
ngx_http_article_value_crc(u_char *head, size_t head_len, ngx_str_t *item)
{
    uint32_t  crc;

    crc = 0xffffffff;

    crc = ngx_http_article_crc32c(crc, head, head_len);
    crc = ngx_http_article_crc32c(crc, item->data, item->len);

    return crc ^ 0xffffffff;
}


#if (NGX_HTTP_ARTICLE_HAVE_SSE42)

__attribute__((target("sse4.2")))
static uint32_t
ngx_http_article_crc32c_sse42(uint32_t crc, u_char *p, size_t len)
{
    uint64_t  sum, word;

    sum = crc;

    for ( /* void */ ; len >= sizeof(word); len -= sizeof(word)) {
        ngx_memcpy(&word, p, sizeof(word));
        sum = __builtin_ia32_crc32di(sum, word);
        p += sizeof(word);
    }

    crc = (uint32_t) sum;

    while (len--) {
        crc = __builtin_ia32_crc32qi(crc, *p++);
    }

    return crc;
}

#endif


static uint32_t
ngx_http_article_crc32c(uint32_t crc, u_char *p, size_t len)
{
#if (NGX_HTTP_ARTICLE_HAVE_SSE42)

    if (__builtin_cpu_supports("sse4.2")) {
        return ngx_http_article_crc32c_sse42(crc, p, len);
    }

#endif

    while (len--) {
        crc = ngx_http_article_crc32c_table[(crc ^ *p++) & 0xff] ^ (crc >> 8);
    }

    return crc;
}

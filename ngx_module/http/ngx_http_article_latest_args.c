
/*
 * Copyright (C) ngx_article authors
 *
 * The arguments of a request to article_latest:
 *
 *   since    RFC 3339, or Unix seconds
 *   section  a name, as _article.section has it
 *   before   where the page before ended, as next_url has it:
 *            DATE-SEEN-ID, seconds, milliseconds and 32 hexadecimal digits
 */


#include "ngx_http_article_latest.h"


/* Digits of a number of seconds (until 5138), and of milliseconds. */
#define NGX_HTTP_ARTICLE_SECONDS_DIGITS  11
#define NGX_HTTP_ARTICLE_MSEC_DIGITS     14


/* Slices of an argument, from the left. */
typedef struct {
    u_char  *pos;
    u_char  *last;
} ngx_http_article_words_t;


static ngx_int_t ngx_http_article_latest_arg(ngx_http_request_t *r,
    const char *name, ngx_str_t *value);
static ngx_int_t ngx_http_article_latest_before(ngx_str_t *value,
    ngx_http_article_latest_t *before);
static ngx_int_t ngx_http_article_latest_since(ngx_str_t *value,
    time_t *since);
static ngx_int_t ngx_http_article_latest_rfc3339(
    ngx_http_article_words_t *words, time_t *since);
static uint64_t ngx_http_article_latest_month(uint64_t year, uint64_t month);
static ngx_int_t ngx_http_article_latest_zone(
    ngx_http_article_words_t *words, time_t *seconds);
static ngx_int_t ngx_http_article_latest_digits(
    ngx_http_article_words_t *words, size_t min, size_t max,
    uint64_t *number);
static ngx_uint_t ngx_http_article_latest_sign(
    ngx_http_article_words_t *words, const char *signs);


ngx_int_t
ngx_http_article_latest_args(ngx_http_request_t *r,
    ngx_http_article_latest_args_t *args)
{
    ngx_int_t                     rc;
    ngx_str_t                     value;
    ngx_http_article_loc_conf_t  *alcf;

    ngx_memzero(args, sizeof(ngx_http_article_latest_args_t));

    alcf = ngx_http_get_module_loc_conf(r, ngx_http_article_module);

    args->first = 1;
    args->query.since = -1;
    args->query.limit = alcf->latest_page;

    rc = ngx_http_article_latest_arg(r, "section", &args->section);

    if (rc == NGX_OK) {
        args->query.section = ngx_http_article_latest_section(
                                             &alcf->base_url, &args->section);
    }

    if (rc == NGX_ERROR) {
        return NGX_ERROR;
    }

    rc = ngx_http_article_latest_arg(r, "since", &value);

    if (rc == NGX_OK) {
        args->first = 0;
        rc = ngx_http_article_latest_since(&value, &args->query.since);
    }

    if (rc == NGX_ERROR) {
        return NGX_DECLINED;
    }

    rc = ngx_http_article_latest_arg(r, "before", &value);

    if (rc == NGX_OK) {
        args->first = 0;
        args->query.before = &args->before;
        rc = ngx_http_article_latest_before(&value, &args->before);
    }

    return (rc == NGX_ERROR) ? NGX_DECLINED : NGX_OK;
}


/* NGX_DECLINED when there is none, or an empty one. */

static ngx_int_t
ngx_http_article_latest_arg(ngx_http_request_t *r, const char *name,
    ngx_str_t *value)
{
    u_char  *to, *from;

    if (ngx_http_arg(r, (u_char *) name, ngx_strlen(name), value) != NGX_OK
        || value->len == 0)
    {
        ngx_str_null(value);
        return NGX_DECLINED;
    }

    from = value->data;

    to = ngx_pnalloc(r->pool, value->len);
    if (to == NULL) {
        return NGX_ERROR;
    }

    value->data = to;
    ngx_unescape_uri(&to, &from, value->len, 0);
    value->len = to - value->data;

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_latest_before(ngx_str_t *value,
    ngx_http_article_latest_t *before)
{
    uint64_t                  date;
    ngx_int_t                 byte;
    ngx_uint_t                i;
    ngx_http_article_words_t  words;

    words.pos = value->data;
    words.last = value->data + value->len;

    if (ngx_http_article_latest_digits(&words, 1,
                               NGX_HTTP_ARTICLE_SECONDS_DIGITS, &date)
        != NGX_OK
        || !ngx_http_article_latest_sign(&words, "-")
        || ngx_http_article_latest_digits(&words, 1,
                               NGX_HTTP_ARTICLE_MSEC_DIGITS, &before->seen)
           != NGX_OK
        || !ngx_http_article_latest_sign(&words, "-")
        || words.last - words.pos != 2 * NGX_HTTP_ARTICLE_KEY_LEN)
    {
        return NGX_ERROR;
    }

    before->published = (time_t) date;

    for (i = 0; i < NGX_HTTP_ARTICLE_KEY_LEN; i++) {

        byte = ngx_hextoi(words.pos + 2 * i, 2);
        if (byte == NGX_ERROR) {
            return NGX_ERROR;
        }

        before->id[i] = (u_char) byte;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_article_latest_since(ngx_str_t *value, time_t *since)
{
    uint64_t                  seconds;
    ngx_http_article_words_t  words;

    words.pos = value->data;
    words.last = value->data + value->len;

    if (ngx_http_article_latest_digits(&words, 1,
                               NGX_HTTP_ARTICLE_SECONDS_DIGITS, &seconds)
        == NGX_OK
        && words.pos == words.last)
    {
        *since = (time_t) seconds;
        return NGX_OK;
    }

    words.pos = value->data;

    return ngx_http_article_latest_rfc3339(&words, since);
}


/* RFC 3339, 5.6: date-time; a fraction of a second is left out. */

static ngx_int_t
ngx_http_article_latest_rfc3339(ngx_http_article_words_t *words,
    time_t *since)
{
    time_t        year, month, day, zone;
    uint64_t      n[6], fraction;
    ngx_uint_t    i;
    const char  **sign;

    static const char  *signs[] = { "-", "-", "Tt ", ":", ":", "" };
    static uint64_t     least[] = { 1970, 1, 1, 0, 0, 0 };
    static uint64_t     most[] = { 9999, 12, 31, 23, 59, 60 };

    for (i = 0; i < 6; i++) {
        sign = &signs[i];

        if (ngx_http_article_latest_digits(words, i ? 2 : 4, i ? 2 : 4, &n[i])
            != NGX_OK
            || n[i] < least[i] || n[i] > most[i]
            || (**sign && !ngx_http_article_latest_sign(words, *sign)))
        {
            return NGX_ERROR;
        }
    }

    if (ngx_http_article_latest_sign(words, ".")
        && ngx_http_article_latest_digits(words, 1, 9, &fraction) != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_article_latest_zone(words, &zone) != NGX_OK
        || words->pos != words->last)
    {
        return NGX_ERROR;
    }

    if (n[2] > ngx_http_article_latest_month(n[0], n[1])) {
        return NGX_ERROR;
    }

    /* days since the epoch, of years that begin in March, as nginx does it */

    year = (time_t) n[0] - (n[1] <= 2);
    month = (time_t) n[1] - 2 + (n[1] <= 2 ? 12 : 0);
    day = 365 * year + year / 4 - year / 100 + year / 400 + 367 * month / 12
          - 30 + (time_t) n[2] - 1 - 719527 + 31 + 28;

    *since = ((day * 24 + (time_t) n[3]) * 60 + (time_t) n[4]) * 60
             + (time_t) n[5] - zone;
    *since = ngx_max(*since, 0);

    return NGX_OK;
}


/* Its days. */

static uint64_t
ngx_http_article_latest_month(uint64_t year, uint64_t month)
{
    static const u_char  days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
                                    31 };

    if (month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0)) {
        return 29;
    }

    return days[month - 1];
}


/* A plus that was not escaped may have become a space on the way. */

static ngx_int_t
ngx_http_article_latest_zone(ngx_http_article_words_t *words, time_t *seconds)
{
    uint64_t    hours, minutes;
    ngx_uint_t  west;

    *seconds = 0;

    if (ngx_http_article_latest_sign(words, "Zz")) {
        return NGX_OK;
    }

    west = ngx_http_article_latest_sign(words, "-");

    if ((!west && !ngx_http_article_latest_sign(words, "+ "))
        || ngx_http_article_latest_digits(words, 2, 2, &hours) != NGX_OK
        || !ngx_http_article_latest_sign(words, ":")
        || ngx_http_article_latest_digits(words, 2, 2, &minutes) != NGX_OK
        || hours > 23 || minutes > 59)
    {
        return NGX_ERROR;
    }

    *seconds = ((time_t) hours * 60 + (time_t) minutes) * 60
               * (west ? -1 : 1);

    return NGX_OK;
}


/* As many digits as there are, up to max; fewer than min are none. */

static ngx_int_t
ngx_http_article_latest_digits(ngx_http_article_words_t *words, size_t min,
    size_t max, uint64_t *number)
{
    size_t  n;

    *number = 0;

    for (n = 0;
         n < max && words->pos < words->last
         && *words->pos >= '0' && *words->pos <= '9';
         n++)
    {
        *number = *number * 10 + (uint64_t) (*words->pos++ - '0');
    }

    return (n < min) ? NGX_ERROR : NGX_OK;
}


/* 1, and it is behind us, if one of these comes next. */

static ngx_uint_t
ngx_http_article_latest_sign(ngx_http_article_words_t *words,
    const char *signs)
{
    if (words->pos == words->last || ngx_strchr(signs, *words->pos) == NULL
        || *words->pos == '\0')
    {
        return 0;
    }

    words->pos++;

    return 1;
}

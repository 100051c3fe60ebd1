/*
 * Copyright (C) the authors named in LICENSE
 *
 * References are resolved as RFC 3986, 5.2 says, with what browsers forgive
 * (WHATWG URL): white space around, tabs and newlines inside, backslashes,
 * slashes missing or doubled behind the scheme.
 */

#include <string.h>

#include "url.h"
#include "url_host.h"


/* Longer ones are no addresses that a portal serves. */
#define ARTICLE_URL_MAX  8192


typedef struct {
    unsigned         secure;        /* https */
    article_slice_t  host;          /* no port */
    article_slice_t  port;          /* empty: the scheme's own */
    article_slice_t  path;          /* without query */
    article_slice_t  query;         /* with its question mark, or empty */
} article_url_t;


static article_slice_t article_url_clean(article_arena_t *arena,
    article_slice_t s);
static size_t article_url_scheme(article_slice_t s);
static unsigned article_url_base(article_arena_t *arena,
    const article_url_context_t *context, article_url_t *base);
static unsigned article_url_join(article_arena_t *arena,
    const article_url_t *base, article_slice_t s, article_url_t *url);
static unsigned article_url_absolute(article_slice_t s, unsigned secure,
    article_url_t *url);
static void article_url_rest(article_slice_t s, article_url_t *url);
static unsigned article_url_authority(article_slice_t s, article_url_t *url);
static void article_url_put_path(article_buf_t *buf, article_slice_t path);
static void article_url_put(article_buf_t *buf, article_slice_t s);
static void article_url_put_host(article_buf_t *buf, article_slice_t host);
static unsigned article_url_own(const article_url_context_t *context,
    const article_url_t *url);
static article_slice_t article_url_without_www(article_slice_t host);


static inline unsigned
article_url_slash(char c)
{
    return c == '/' || c == '\\';
}


article_slice_t
article_url_resolve(article_arena_t *arena,
    const article_url_context_t *context, article_slice_t reference)
{
    unsigned         private, based;
    article_buf_t    buf;
    article_url_t    base, url;
    article_slice_t  s;

    s = article_url_clean(arena, reference);
    if (s.data == NULL) {
        return article_literal("");
    }

    based = article_url_base(arena, context, &base);

    if (!article_url_join(arena, based ? &base : NULL, s, &url)) {
        return article_literal("");
    }

    article_buf_init(&buf, arena);
    private = article_url_private(url.host);

    if (context->public_url.len != 0
        && (private || article_url_own(context, &url)))
    {
        article_buf_append_slice(&buf, context->public_url);

    } else if (private && !(based && article_slice_equal_case(base.host,
                                                              url.host)))
    {
        /* an address of the inner network is never given away */

        return article_literal("");

    } else {
        article_buf_append_slice(&buf, url.secure ? article_literal("https://")
                                                  : article_literal("http://"));
        article_url_put_host(&buf, url.host);

        if (url.port.len != 0) {
            article_buf_append_char(&buf, ':');
            article_buf_append_slice(&buf, url.port);
        }
    }

    article_url_put_path(&buf, url.path);
    article_url_put(&buf, url.query);

    /* escapes make it longer than the reference was */

    if (article_arena_failed(arena) || buf.len > ARTICLE_URL_MAX) {
        return article_literal("");
    }

    return article_buf_slice(&buf);
}


article_slice_t
article_url_host(article_slice_t url)
{
    article_url_t  parts;

    if (!article_url_absolute(url, 0, &parts)) {
        return article_literal("");
    }

    return parts.host;
}


article_slice_t
article_url_path(article_slice_t url)
{
    article_url_t  parts;

    if (article_url_scheme(url) != 0 || article_slice_starts(url,
                                                    article_literal("//")))
    {
        if (!article_url_absolute(url, 0, &parts)) {
            return article_literal("");
        }

    } else {
        article_url_rest(url, &parts);
    }

    if (parts.path.len == 0 && parts.query.len == 0) {
        return article_literal("/");
    }

    if (parts.path.len == 0) {
        return parts.query;
    }

    parts.path.len += parts.query.len;

    return parts.path;
}


/* Without white space and controls around, tabs and newlines inside. */
static article_slice_t
article_url_clean(article_arena_t *arena, article_slice_t s)
{
    char    *out, *o;
    size_t   i;

    while (s.len != 0 && (unsigned char) s.data[0] <= ' ') {
        s.data++;
        s.len--;
    }

    while (s.len != 0 && (unsigned char) s.data[s.len - 1] <= ' ') {
        s.len--;
    }

    if (s.len > ARTICLE_URL_MAX) {
        return (article_slice_t) { NULL, 0 };
    }

    out = article_arena_alloc(arena, s.len + 1);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    o = out;

    for (i = 0; i < s.len; i++) {
        if (s.data[i] != '\t' && s.data[i] != '\n' && s.data[i] != '\r') {
            *o++ = s.data[i];
        }
    }

    *o = '\0';

    return (article_slice_t) { out, o - out };
}


/* The length of "scheme:", 0 without one. */
static size_t
article_url_scheme(article_slice_t s)
{
    char    c;
    size_t  i;

    for (i = 0; i < s.len; i++) {
        c = s.data[i];

        if (c == ':') {
            return i == 0 ? 0 : i + 1;
        }

        if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-'
                            || c == '.')))
        {
            break;
        }
    }

    return 0;
}


/* What references are relative to; 0 if that is unknown. */
static unsigned
article_url_base(article_arena_t *arena, const article_url_context_t *context,
    article_url_t *base)
{
    unsigned         known;
    article_url_t    page, origin;
    article_slice_t  s;

    known = article_url_absolute(context->page, 0, &page);

    if (!known && article_url_absolute(context->public_url, 1, &origin)) {
        known = article_url_join(arena, &origin, context->page, &page);
    }

    if (context->base.len != 0) {
        s = article_url_clean(arena, context->base);

        if (s.data != NULL
            && article_url_join(arena, known ? &page : NULL, s, base))
        {
            return 1;
        }
    }

    if (known) {
        *base = page;
    }

    return known;
}


/* RFC 3986, 5.2.2; dot segments are removed when the path is written. */
static unsigned
article_url_join(article_arena_t *arena, const article_url_t *base,
    article_slice_t s, article_url_t *url)
{
    size_t           n, dir;
    article_buf_t    buf;
    article_slice_t  path;

    n = article_url_scheme(s);

    if (n != 0) {
        if (!article_slice_starts_case(s, article_literal("http:"))
            && !article_slice_starts_case(s, article_literal("https:")))
        {
            return 0;
        }

        if (n < s.len && article_url_slash(s.data[n])) {
            return article_url_absolute(s, 0, url);
        }

        /* "http:page.html" */

        s.data += n;
        s.len -= n;
    }

    if (s.len > 1 && article_url_slash(s.data[0])
        && article_url_slash(s.data[1]))
    {
        return article_url_absolute(s, base != NULL ? base->secure : 1, url);
    }

    if (base == NULL) {
        return 0;
    }

    *url = *base;
    article_url_rest(s, url);

    if (url->path.len == 0) {
        if (url->query.len == 0) {
            url->query = base->query;
        }

        url->path = base->path;
        return 1;
    }

    if (article_url_slash(url->path.data[0])) {
        return 1;
    }

    path = url->path;
    dir = base->path.len;

    while (dir != 0 && !article_url_slash(base->path.data[dir - 1])) {
        dir--;
    }

    article_buf_init(&buf, arena);
    article_buf_append(&buf, base->path.data, dir);

    if (dir == 0) {
        article_buf_append_char(&buf, '/');
    }

    article_buf_append_slice(&buf, path);
    url->path = article_buf_slice(&buf);

    return !article_arena_failed(arena);
}


/* "http://host/path?query", "//host/path": 0 if it is no such address. */
static unsigned
article_url_absolute(article_slice_t s, unsigned secure, article_url_t *url)
{
    size_t  n;

    n = article_url_scheme(s);
    url->secure = secure;

    if (n != 0) {
        if (article_slice_starts_case(s, article_literal("https:"))) {
            url->secure = 1;

        } else if (article_slice_starts_case(s, article_literal("http:"))) {
            url->secure = 0;

        } else {
            return 0;
        }
    }

    if (n == s.len || !article_url_slash(s.data[n])) {
        return 0;
    }

    if (n == 0 && (s.len < 2 || !article_url_slash(s.data[1]))) {
        return 0;
    }

    while (n < s.len && article_url_slash(s.data[n])) {
        n++;
    }

    s.data += n;
    s.len -= n;

    for (n = 0; n < s.len && !article_url_slash(s.data[n])
                && s.data[n] != '?' && s.data[n] != '#'; n++)
    {
        /* void */
    }

    article_url_rest((article_slice_t) { s.data + n, s.len - n }, url);

    return article_url_authority((article_slice_t) { s.data, n }, url);
}


/* Path and query; what is behind "#" is dropped. */
static void
article_url_rest(article_slice_t s, article_url_t *url)
{
    const char  *p;

    if (s.len != 0) {
        p = memchr(s.data, '#', s.len);
        if (p != NULL) {
            s.len = p - s.data;
        }
    }

    url->path = s;
    url->query = article_literal("");

    if (s.len != 0) {
        p = memchr(s.data, '?', s.len);
        if (p != NULL) {
            url->path.len = p - s.data;
            url->query.data = p;
            url->query.len = s.len - url->path.len;
        }
    }
}


/* "user@host:port": the user is dropped, so is the scheme's own port. */
static unsigned
article_url_authority(article_slice_t s, article_url_t *url)
{
    size_t  i;

    for (i = s.len; i != 0; i--) {
        if (s.data[i - 1] == '@') {
            s.data += i;
            s.len -= i;
            break;
        }
    }

    url->host = s;
    url->port = article_literal("");

    for (i = s.len; i != 0 && s.data[i - 1] >= '0' && s.data[i - 1] <= '9';
         i--)
    {
        /* void */
    }

    if (i > 1 && s.data[i - 1] == ':') {
        url->host.len = i - 1;
        url->port.data = s.data + i;
        url->port.len = s.len - i;
    }

    if (article_slice_equal(url->port, url->secure ? article_literal("443")
                                                   : article_literal("80")))
    {
        url->port.len = 0;
    }

    while (url->host.len != 0 && url->host.data[url->host.len - 1] == '.') {
        url->host.len--;
    }

    return url->port.len <= 5 && article_url_host_valid(url->host);
}


/* The path without its "." and ".." segments (RFC 3986, 5.2.4). */
static void
article_url_put_path(article_buf_t *buf, article_slice_t path)
{
    size_t           i, start, floor;
    unsigned         last;
    article_slice_t  segment;

    floor = buf->len;
    i = path.len != 0 && article_url_slash(path.data[0]);

    for (last = 0; !last; i++) {
        start = i;

        while (i < path.len && !article_url_slash(path.data[i])) {
            i++;
        }

        last = i >= path.len;
        segment = (article_slice_t) { path.data + start, i - start };

        if (article_slice_equal(segment, article_literal(".."))
            || article_slice_equal_case(segment, article_literal("%2e%2e"))
            || article_slice_equal_case(segment, article_literal(".%2e"))
            || article_slice_equal_case(segment, article_literal("%2e.")))
        {
            while (buf->len > floor && buf->data[--buf->len] != '/') {
                /* void */
            }

        } else if (!article_slice_equal(segment, article_literal("."))
                   && !article_slice_equal_case(segment,
                                                article_literal("%2e")))
        {
            article_buf_append_char(buf, '/');
            article_url_put(buf, segment);
            continue;
        }

        if (last) {
            article_buf_append_char(buf, '/');
        }
    }
}


/* 1 for what stands in an address as it is; "%" only before two digits. */
static inline unsigned
article_url_plain(unsigned char c)
{
    switch (c) {
    case '"':
    case '<':
    case '>':
    case '\\':
    case '^':
    case '`':
    case '{':
    case '|':
    case '}':
    case '%':
        return 0;
    default:
        return c > ' ' && c < 0x7f;
    }
}


/* Percent-encodes what may not stand in an address; "%20" stays so. */
static void
article_url_put(article_buf_t *buf, article_slice_t s)
{
    size_t             i, from;
    unsigned char      c;
    static const char  hex[] = "0123456789ABCDEF";

    from = 0;

    for (i = 0; i < s.len; i++) {
        c = (unsigned char) s.data[i];

        if (article_url_plain(c)
            || (c == '%' && i + 2 < s.len && article_url_hex(s.data[i + 1])
                && article_url_hex(s.data[i + 2])))
        {
            continue;
        }

        article_buf_append(buf, s.data + from, i - from);
        article_buf_append_char(buf, '%');
        article_buf_append_char(buf, hex[c >> 4]);
        article_buf_append_char(buf, hex[c & 15]);
        from = i + 1;
    }

    article_buf_append(buf, s.data + from, s.len - from);
}


static void
article_url_put_host(article_buf_t *buf, article_slice_t host)
{
    char    c;
    size_t  i;

    for (i = 0; i < host.len; i++) {
        c = host.data[i];
        article_buf_append_char(buf, c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
}


/* 1 for a host of the portal's: of its file, of the page, the public one. */
static unsigned
article_url_own(const article_url_context_t *context, const article_url_t *url)
{
    article_slice_t  host, other;

    if (context->portal != NULL
        && article_portal_has_host(context->portal, url->host))
    {
        return 1;
    }

    host = article_url_without_www(url->host);
    other = article_url_without_www(article_url_host(context->page));

    if (other.len != 0 && article_slice_equal_case(host, other)) {
        return 1;
    }

    other = article_url_without_www(article_url_host(context->public_url));

    return other.len != 0 && article_slice_equal_case(host, other);
}


static article_slice_t
article_url_without_www(article_slice_t host)
{
    if (article_slice_starts_case(host, article_literal("www."))) {
        host.data += 4;
        host.len -= 4;
    }

    return host;
}


/*
 * Copyright (C) ngx_article authors
 *
 * The path is decoded once, by nginx, before the location is chosen.  From
 * then on it is bytes: the path that is checked, the path that the source
 * location gets and the path in the public address are the same bytes, and
 * proxy_pass escapes them again ("?", "#", "%" and all that is not ASCII).
 */


#include "ngx_http_article_uri.h"


/* What a Location says: slices of it. */
typedef struct {
    ngx_str_t  host;        /* with the port; empty: the portal's own */
    ngx_str_t  path;        /* decoded and absolute in the end */
    ngx_str_t  args;
} ngx_http_article_target_t;


static ngx_int_t ngx_http_article_page_set(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, size_t skip,
    ngx_http_article_page_t *page);
static ngx_int_t ngx_http_article_page_url(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page);
static ngx_int_t ngx_http_article_page_serve(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page);
static ngx_uint_t ngx_http_article_path_plain(ngx_str_t *path);
static ngx_int_t ngx_http_article_escape(ngx_pool_t *pool, ngx_str_t *prefix,
    ngx_str_t *path, ngx_str_t *args, ngx_str_t *out);
static size_t ngx_http_article_escape_size(ngx_str_t *s, ngx_uint_t path);
static u_char *ngx_http_article_escape_write(u_char *p, ngx_str_t *s,
    ngx_uint_t path);
static ngx_uint_t ngx_http_article_escape_needed(u_char ch, ngx_uint_t path);

static ngx_uint_t ngx_http_article_same(ngx_str_t *a, ngx_str_t *b);
static ngx_int_t ngx_http_article_target(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page,
    ngx_str_t *sent, ngx_http_article_target_t *target);
static void ngx_http_article_target_split(ngx_str_t *sent,
    ngx_http_article_target_t *target);
static ngx_int_t ngx_http_article_target_resolve(ngx_pool_t *pool,
    ngx_str_t *base, ngx_str_t *path);
static size_t ngx_http_article_remove_dots(u_char *data, size_t len);
static ngx_uint_t ngx_http_article_target_inside(
    ngx_http_article_loc_conf_t *alcf, ngx_str_t *host);
static void ngx_http_article_bare_host(ngx_str_t *host);
static ngx_int_t ngx_http_article_decode(ngx_pool_t *pool, ngx_str_t *path);


ngx_int_t
ngx_http_article_page(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page)
{
    /* the slash that ends the prefix begins the path */

    if (ngx_http_article_page_set(r, alcf, alcf->prefix.len - 1, page)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_article_page_serve(r->pool, alcf, page);
}


ngx_int_t
ngx_http_article_page_at(ngx_pool_t *pool, ngx_http_article_loc_conf_t *alcf,
    ngx_str_t *url, ngx_http_article_page_t *page)
{
    ngx_http_article_target_t  target;

    ngx_memzero(page, sizeof(ngx_http_article_page_t));
    ngx_str_set(&page->path, "/");
    page->form = NGX_HTTP_ARTICLE_FORM_UNSAID;

    if (ngx_http_article_target(pool, alcf, page, url, &target) != NGX_OK
        || !ngx_http_article_target_inside(alcf, &target.host))
    {
        return NGX_DECLINED;
    }

    page->path = target.path;
    page->args = target.args;

    if (ngx_http_article_page_url(pool, alcf, page) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_article_page_serve(pool, alcf, page);
}


/* NGX_DECLINED: the path is not served; else page->uri is set. */

static ngx_int_t
ngx_http_article_page_serve(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page)
{
    u_char           *p;
    article_slice_t   slice;

    slice.data = (char *) page->path.data;
    slice.len = page->path.len;

    if (!ngx_http_article_path_plain(&page->path)
        || !article_path_allowed(alcf->portal, slice))
    {
        return NGX_DECLINED;
    }

    page->uri.len = alcf->source.len - 1 + page->path.len;

    page->uri.data = ngx_pnalloc(pool, page->uri.len);
    if (page->uri.data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(page->uri.data, alcf->source.data, alcf->source.len - 1);
    ngx_memcpy(p, page->path.data, page->path.len);

    return NGX_OK;
}


ngx_int_t
ngx_http_article_page_here(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page)
{
    ngx_memzero(page, sizeof(ngx_http_article_page_t));

    return ngx_http_article_page_set(r, alcf, 0, page);
}


/* Path, args and url; skip: bytes of the request's path before the page's. */

static ngx_int_t
ngx_http_article_page_set(ngx_http_request_t *r,
    ngx_http_article_loc_conf_t *alcf, size_t skip,
    ngx_http_article_page_t *page)
{
    page->path.data = r->uri.data + skip;
    page->path.len = r->uri.len - skip;
    page->args = r->args;
    page->form = NGX_HTTP_ARTICLE_FORM_UNSAID;

    if (ngx_http_article_args(r->pool, alcf->cache_args, &page->args,
                              &page->form)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_article_page_url(r->pool, alcf, page);
}


static ngx_int_t
ngx_http_article_page_url(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page)
{
    u_char  *p;

    if (ngx_http_article_escape(pool, &alcf->base_url, &page->path,
                                &page->args, &page->url)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (page->args.len) {
        p = ngx_strlchr(page->url.data, page->url.data + page->url.len, '?');

        page->args.data = p + 1;
        page->args.len = page->url.data + page->url.len - p - 1;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_article_page_of(ngx_pool_t *pool, ngx_http_article_loc_conf_t *alcf,
    ngx_http_article_page_t *page, ngx_str_t *sent, ngx_str_t *url)
{
    ngx_http_article_target_t  target;

    if (ngx_http_article_target(pool, alcf, page, sent, &target) != NGX_OK
        || !ngx_http_article_target_inside(alcf, &target.host))
    {
        return NGX_DECLINED;
    }

    return ngx_http_article_escape(pool, &alcf->base_url, &target.path,
                                   &target.args, url);
}


/*
 * Bytes that servers read in more than one way could make them serve another
 * path than the one that was checked.
 */

static ngx_uint_t
ngx_http_article_path_plain(ngx_str_t *path)
{
    u_char  *p, *last;

    p = path->data;
    last = p + path->len;

    for ( /* void */ ; p < last; p++) {

        if (*p < 0x20 || *p == 0x7f || *p == '\\') {
            return 0;
        }

        if (*p != '/') {
            continue;
        }

        if (last - p > 1 && p[1] == '/') {
            return 0;
        }

        if (last - p > 1 && p[1] == '.'
            && (last - p == 2 || p[2] == '/'
                || (p[2] == '.' && (last - p == 3 || p[3] == '/'))))
        {
            return 0;
        }
    }

    return 1;
}


static ngx_int_t
ngx_http_article_escape(ngx_pool_t *pool, ngx_str_t *prefix,
    ngx_str_t *path, ngx_str_t *args, ngx_str_t *out)
{
    u_char  *p;

    out->len = prefix->len + ngx_http_article_escape_size(path, 1)
               + (args->len ? 1 + ngx_http_article_escape_size(args, 0) : 0);

    out->data = ngx_pnalloc(pool, out->len);
    if (out->data == NULL) {
        return NGX_ERROR;
    }

    p = ngx_cpymem(out->data, prefix->data, prefix->len);
    p = ngx_http_article_escape_write(p, path, 1);

    if (args->len) {
        *p++ = '?';
        p = ngx_http_article_escape_write(p, args, 0);
    }

    return NGX_OK;
}


static size_t
ngx_http_article_escape_size(ngx_str_t *s, ngx_uint_t path)
{
    size_t      size;
    ngx_uint_t  i;

    size = s->len;

    for (i = 0; i < s->len; i++) {
        if (ngx_http_article_escape_needed(s->data[i], path)) {
            size += 2;
        }
    }

    return size;
}


static u_char *
ngx_http_article_escape_write(u_char *p, ngx_str_t *s, ngx_uint_t path)
{
    ngx_uint_t     i;
    static u_char  hex[] = "0123456789ABCDEF";

    for (i = 0; i < s->len; i++) {

        if (ngx_http_article_escape_needed(s->data[i], path)) {
            *p++ = '%';
            *p++ = hex[s->data[i] >> 4];
            *p++ = hex[s->data[i] & 0xf];

        } else {
            *p++ = s->data[i];
        }
    }

    return p;
}


/* In a path, the bytes that would end it; in arguments escapes stand. */

static ngx_uint_t
ngx_http_article_escape_needed(u_char ch, ngx_uint_t path)
{
    if (ch <= ' ' || ch >= 0x7f) {
        return 1;
    }

    switch (ch) {

    case '"':
    case '#':
    case '<':
    case '>':
    case '\\':
    case '^':
    case '`':
    case '{':
    case '|':
    case '}':
        return 1;

    case '%':
    case '?':
        return path;

    default:
        return 0;
    }
}


article_reason_t
ngx_http_article_redirect(ngx_pool_t *pool,
    ngx_http_article_loc_conf_t *alcf, ngx_http_article_page_t *page,
    ngx_str_t *sent, ngx_str_t *rewritten, ngx_str_t *location)
{
    ngx_str_t                  path, prefix;
    ngx_http_article_target_t  target;

    /* proxy_redirect knows the addresses of the portal's own machines */

    if (rewritten->len >= alcf->source.len
        && ngx_strncmp(rewritten->data, alcf->source.data, alcf->source.len)
           == 0)
    {
        path.data = rewritten->data + alcf->source.len - 1;
        path.len = rewritten->len - alcf->source.len + 1;
        sent = &path;
    }

    if (ngx_http_article_target(pool, alcf, page, sent, &target) != NGX_OK
        || !ngx_http_article_target_inside(alcf, &target.host))
    {
        return ARTICLE_REDIRECTED;
    }

    if (ngx_http_article_same(&target.path, &page->path)
        && ngx_http_article_same(&target.args, &page->args))
    {
        return ARTICLE_ORIGIN_REDIRECT_LOOP;
    }

    prefix.data = alcf->json_base.data;
    prefix.len = alcf->json_base.len - 1;

    if (ngx_http_article_escape(pool, &prefix, &target.path, &target.args,
                                location)
        != NGX_OK)
    {
        return ARTICLE_REDIRECTED;
    }

    return ARTICLE_ORIGIN_REDIRECT;
}


static ngx_uint_t
ngx_http_article_same(ngx_str_t *a, ngx_str_t *b)
{
    return a->len == b->len
           && (a->len == 0 || ngx_memcmp(a->data, b->data, a->len) == 0);
}


static ngx_int_t
ngx_http_article_target(ngx_pool_t *pool, ngx_http_article_loc_conf_t *alcf,
    ngx_http_article_page_t *page, ngx_str_t *sent,
    ngx_http_article_target_t *target)
{
    ngx_http_article_form_e  form;

    if (sent->len == 0) {
        return NGX_DECLINED;
    }

    ngx_http_article_target_split(sent, target);

    if (target->host.len == 0 && target->host.data != NULL) {
        return NGX_DECLINED;
    }

    /* in the order that a request for it would bring them into */

    if (ngx_http_article_args(pool, alcf->cache_args, &target->args, &form)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (target->path.len == 0) {

        if (target->host.len) {
            ngx_str_set(&target->path, "/");
            return NGX_OK;
        }

        target->path = page->path;
        return NGX_OK;
    }

    if (ngx_http_article_decode(pool, &target->path) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_article_target_resolve(pool, &page->path,
                                           &target->path);
}


/* host.data is NULL when there is none; a scheme but http(s) gives "". */

static void
ngx_http_article_target_split(ngx_str_t *sent,
    ngx_http_article_target_t *target)
{
    u_char  *p, *last, *start;

    ngx_memzero(target, sizeof(ngx_http_article_target_t));

    start = sent->data;
    last = start + sent->len;

    for (p = start; p < last; p++) {
        if (*p == '#') {
            last = p;
            break;
        }
    }

    for (p = start; p < last && *p != '/' && *p != '?'; p++) {
        if (*p == ':') {
            target->host.data = start;

            if ((p - start == 4
                 && ngx_strncasecmp(start, (u_char *) "http", 4) == 0)
                || (p - start == 5
                    && ngx_strncasecmp(start, (u_char *) "https", 5) == 0))
            {
                start = p + 1;
                break;
            }

            return;
        }
    }

    if (last - start >= 2 && start[0] == '/' && start[1] == '/') {
        start += 2;
        target->host.data = start;

        while (start < last && *start != '/' && *start != '?') {
            start++;
        }

        target->host.len = start - target->host.data;
    }

    p = ngx_strlchr(start, last, '?');

    if (p) {
        target->args.data = p + 1;
        target->args.len = last - p - 1;
        last = p;
    }

    target->path.data = start;
    target->path.len = last - start;
}


static ngx_int_t
ngx_http_article_target_resolve(ngx_pool_t *pool, ngx_str_t *base,
    ngx_str_t *path)
{
    size_t   dir;
    u_char  *data;

    dir = 0;

    if (path->data[0] != '/') {
        for (dir = base->len; dir && base->data[dir - 1] != '/'; dir--) {
            /* void */
        }
    }

    data = ngx_pnalloc(pool, dir + path->len);
    if (data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(data, base->data, dir);
    ngx_memcpy(data + dir, path->data, path->len);

    path->data = data;
    path->len = ngx_http_article_remove_dots(data, dir + path->len);

    return NGX_OK;
}


/* RFC 3986, 5.2.4, for a path that begins with "/"; in place. */

static size_t
ngx_http_article_remove_dots(u_char *data, size_t len)
{
    size_t   n;
    u_char  *in, *out, *last, *next;

    in = data;
    out = data;
    last = data + len;

    while (in < last) {

        for (next = in + 1; next < last && *next != '/'; next++) {
            /* void */
        }

        n = next - in;

        if (n == 2 && in[1] == '.') {

            if (next == last) {
                *out++ = '/';
            }

        } else if (n == 3 && in[1] == '.' && in[2] == '.') {

            while (out > data && *--out != '/') { /* void */ }

            if (next == last) {
                *out++ = '/';
            }

        } else {
            ngx_memmove(out, in, n);
            out += n;
        }

        in = next;
    }

    return out - data;
}


/* base_url's own host, a www more or less, or a host of the portal file */

static ngx_uint_t
ngx_http_article_target_inside(ngx_http_article_loc_conf_t *alcf,
    ngx_str_t *host)
{
    ngx_str_t        base, bare;
    article_slice_t  slice;

    if (host->len == 0) {
        return 1;
    }

    ngx_http_article_base_host(&alcf->base_url, &base);
    bare = *host;

    ngx_http_article_bare_host(&bare);

    slice.data = (char *) bare.data;
    slice.len = bare.len;

    if (alcf->portal && article_portal_has_host(alcf->portal, slice)) {
        return 1;
    }

    if (bare.len > 4 && ngx_strncasecmp(bare.data, (u_char *) "www.", 4) == 0)
    {
        bare.data += 4;
        bare.len -= 4;
    }

    if (base.len > 4 && ngx_strncasecmp(base.data, (u_char *) "www.", 4) == 0)
    {
        base.data += 4;
        base.len -= 4;
    }

    return bare.len == base.len
           && ngx_strncasecmp(bare.data, base.data, bare.len) == 0;
}


static void
ngx_http_article_bare_host(ngx_str_t *host)
{
    u_char  *p;

    p = ngx_strlchr(host->data, host->data + host->len, ':');

    if (p) {
        host->len = p - host->data;
    }
}


static ngx_int_t
ngx_http_article_decode(ngx_pool_t *pool, ngx_str_t *path)
{
    u_char  *data, *dst, *src;

    data = ngx_pnalloc(pool, path->len);
    if (data == NULL) {
        return NGX_ERROR;
    }

    dst = data;
    src = path->data;

    ngx_unescape_uri(&dst, &src, path->len, 0);

    path->data = data;
    path->len = dst - data;

    return NGX_OK;
}

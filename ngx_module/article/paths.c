/*
 * Copyright (C) the authors named in LICENSE
 *
 * The default answer to "may this path be served as an article".
 *
 * Searching, printing and listing pages are not refused: they are pages of
 * the public.  A path is looked at the way IIS and PHP portals do: without
 * case, a backslash separates too, dots and spaces at the end of a name and
 * what follows a semicolon do not count.
 */

#include <string.h>

#include "paths.h"


/* A segment's name up to its first dot. */
static const char *const  article_paths_names[] = {

    /* administration */
    "admin", "administrator", "administration", "webadmin", "sysadmin",
    "admincp", "quantri", "quan-tri", "backend", "wp-admin", "phpmyadmin",

    /* who somebody is */
    "login", "logon", "signin", "sign-in", "logout", "signout", "sign-out",
    "dangnhap", "dang-nhap", "dangxuat", "dang-xuat", "dangky", "dang-ky",
    "register", "signup", "sign-up", "wp-login", "user", "users", "account",
    "accounts", "taikhoan", "tai-khoan", "member", "members",
    "password", "quen-mat-khau",

    /* files that somebody sent */
    "upload", "uploads", "uploader",

    /* interfaces */
    "api", "ajax", "wp-json", "xmlrpc", "graphql", "webservice",
    "webservices", "signalr",

    /* server internals */
    "_layouts", "_vti_bin", "_vti_pvt", "_vti_inf", "_catalogs",
    "_controltemplates", "_forms", "_admin", "app_data", "app_code", "bin",
    "cgi-bin", "config", "configuration", "aspnet_client", "elmah",
    "server-status", "server-info"
};

/* The end of the last segment. */
static const char *const  article_paths_ends[] = {
    ".config", ".ascx", ".asmx", ".ashx", ".axd", ".asax", ".svc", ".asa",
    ".inc", ".ini", ".sql", ".bak", ".old", ".orig", ".save", ".swp", ".zip",
    ".rar", ".7z", ".tar", ".gz", ".tgz", ".mdb", ".mdf", ".ldf", ".sqlite",
    ".log", ".cs", ".vb", ".dll", ".exe", ".env", ".yml", ".yaml", ".pem",
    ".key", ".pfx"
};


static article_slice_t article_path_segment(article_slice_t *rest);
static unsigned article_path_is_name(article_slice_t name);


unsigned
article_path_hopeless(article_slice_t path)
{
    size_t           i;
    article_slice_t  rest, segment, end;

    for (i = 0; i < path.len; i++) {
        if ((unsigned char) path.data[i] < 0x20 || path.data[i] == 0x7f
            || (path.data[i] == ':' && i + 1 < path.len
                && path.data[i + 1] == ':'))
        {
            return 1;
        }
    }

    rest = path;

    while (rest.len != 0) {
        segment = article_path_segment(&rest);

        if (segment.len != 0 && segment.data[0] == '.') {
            return 1;
        }

        while (segment.len != 0
               && memchr(". ", segment.data[segment.len - 1], 2) != NULL)
        {
            segment.len--;
        }

        for (i = 0; i < sizeof(article_paths_ends) / sizeof(char *); i++) {
            end.data = article_paths_ends[i];
            end.len = strlen(end.data);

            if (article_slice_ends_case(segment, end)) {
                return 1;
            }
        }
    }

    return 0;
}


unsigned
article_path_refused(article_slice_t path)
{
    size_t           len;
    article_slice_t  rest, segment;

    rest = path;

    while (rest.len != 0) {
        segment = article_path_segment(&rest);

        len = 0;
        while (len < segment.len && segment.data[len] != '.') {
            len++;
        }

        while (len != 0 && segment.data[len - 1] == ' ') {
            len--;
        }

        segment.len = len;

        if (article_path_is_name(segment)) {
            return 1;
        }
    }

    return 0;
}


/* The next segment, without parameters behind a semicolon. */
static article_slice_t
article_path_segment(article_slice_t *rest)
{
    size_t           len, params;
    article_slice_t  segment;

    for (len = 0; len < rest->len; len++) {
        if (rest->data[len] == '/' || rest->data[len] == '\\') {
            break;
        }
    }

    segment.data = rest->data;

    for (params = 0; params < len; params++) {
        if (rest->data[params] == ';') {
            break;
        }
    }

    segment.len = params;

    if (len < rest->len) {
        len++;
    }

    rest->data += len;
    rest->len -= len;

    return segment;
}


static unsigned
article_path_is_name(article_slice_t name)
{
    size_t           i;
    article_slice_t  refused;

    for (i = 0; i < sizeof(article_paths_names) / sizeof(char *); i++) {
        refused.data = article_paths_names[i];
        refused.len = strlen(refused.data);

        if (article_slice_equal_case(name, refused)) {
            return 1;
        }
    }

    return 0;
}


unsigned
article_path_is_root(article_slice_t path)
{
    size_t  i;

    static const char *const  roots[] = {
        "/", "/index.html", "/index.htm", "/index.php", "/default.aspx",
        "/default.asp", "/home", "/trang-chu", "/trang-chu.html", "/vi",
        "/vi/", "/portal", "/web/guest/home", "/pages/default.aspx",
        "/home.aspx", "/index.aspx", "/index.asp", "/index.jsp",
        "/trangchu.aspx", "/pages/home.aspx", "/pages/trang-chu.aspx"
    };

    for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        article_slice_t  root;

        root.data = roots[i];
        root.len = strlen(roots[i]);

        if (article_slice_equal_case(path, root)) {
            return 1;
        }
    }

    return 0;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which hosts are possible, and which are private; percent-encoding.
 */

#include <string.h>

#include "url_host.h"


static unsigned article_url_private_number(article_slice_t host);
static unsigned article_url_digit(char c);


unsigned
article_url_host_valid(article_slice_t host)
{
    char    c;
    size_t  i;

    if (host.len == 0 || host.len > 253) {
        return 0;
    }

    if (host.data[0] == '[') {
        for (i = 1; i + 1 < host.len; i++) {
            c = host.data[i];

            if (!article_url_hex(c) && c != ':' && c != '.') {
                return 0;
            }
        }

        return host.len > 3 && host.data[host.len - 1] == ']';
    }

    for (i = 0; i < host.len; i++) {
        c = host.data[i];

        if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_')
        {
            return 0;
        }
    }

    return host.data[0] != '.';
}


unsigned
article_url_private(article_slice_t host)
{
    if (memchr(host.data, '.', host.len) == NULL && host.data[0] != '[') {
        return 1;
    }

    if (article_slice_ends_case(host, article_literal(".local"))
        || article_slice_ends_case(host, article_literal(".localhost"))
        || article_slice_ends_case(host, article_literal(".localdomain"))
        || article_slice_ends_case(host, article_literal(".internal"))
        || article_slice_ends_case(host, article_literal(".lan")))
    {
        return 1;
    }

    if (host.data[0] == '[') {
        return article_slice_starts(host, article_literal("[::"))
               || article_slice_starts_case(host, article_literal("[fc"))
               || article_slice_starts_case(host, article_literal("[fd"))
               || article_slice_starts_case(host, article_literal("[fe8"));
    }

    return article_url_private_number(host);
}


/* An IPv4 address that is private, or no address in four decimal numbers. */
static unsigned
article_url_private_number(article_slice_t host)
{
    size_t    i, digits;
    unsigned  n, part[4], last;

    n = 0;
    digits = 0;
    part[0] = 0;

    /* names end in a word; what ends in a number is an address */

    for (i = host.len; i != 0 && host.data[i - 1] != '.'; i--) { /* void */ }

    last = i < host.len && host.data[i] >= '0' && host.data[i] <= '9';

    if (!last) {
        return 0;
    }

    for (i = 0; i < host.len; i++) {
        if (host.data[i] == '.') {
            if (digits == 0 || ++n == 4) {
                return 1;
            }

            part[n] = 0;
            digits = 0;
            continue;
        }

        if (host.data[i] < '0' || host.data[i] > '9' || ++digits > 3
            || (digits > 1 && part[n] == 0))
        {
            return 1;
        }

        part[n] = part[n] * 10 + (unsigned) (host.data[i] - '0');
    }

    if (n != 3 || part[3] > 255 || part[2] > 255 || part[1] > 255) {
        return 1;
    }

    return part[0] == 0 || part[0] == 10 || part[0] == 127 || part[0] > 223
           || (part[0] == 172 && part[1] >= 16 && part[1] <= 31)
           || (part[0] == 192 && part[1] == 168)
           || (part[0] == 169 && part[1] == 254)
           || (part[0] == 100 && part[1] >= 64 && part[1] <= 127);
}


article_slice_t
article_url_decode(article_arena_t *arena, article_slice_t s)
{
    char            c;
    size_t          i;
    article_buf_t   buf;

    article_buf_init(&buf, arena);

    for (i = 0; i < s.len; i++) {
        c = s.data[i];

        if (c == '%' && i + 2 < s.len && article_url_hex(s.data[i + 1])
            && article_url_hex(s.data[i + 2]))
        {
            c = (char) (article_url_digit(s.data[i + 1]) * 16
                        + article_url_digit(s.data[i + 2]));
            i += 2;
        }

        article_buf_append_char(&buf, c);
    }

    return article_buf_slice(&buf);
}


static unsigned
article_url_digit(char c)
{
    return c <= '9' ? (unsigned) (c - '0')
                    : (unsigned) ((c | 0x20) - 'a' + 10);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The scanner in comments, declarations and CDATA.
 */

#include <string.h>

#include "scanner_state.h"


static unsigned article_scan_which(article_scanner_t *s, unsigned char c);
static void article_scan_dashes(article_scanner_t *s, unsigned char c);
static void article_scan_cdata(article_scanner_t *s, const char *p);
static void article_scan_declaration(article_scanner_t *s, const char *p,
    const char *end);


const char *
article_scan_markup(article_scanner_t *s, const char *p, const char *end)
{
    const char     *gt, *stop;
    unsigned char   c;

    while (p < end) {
        c = (unsigned char) *p;

        switch (s->state) {

        case ARTICLE_SCAN_MARKUP:
            p += article_scan_which(s, c);
            break;

        case ARTICLE_SCAN_BOGUS:
            gt = memchr(p, '>', (size_t) (end - p));
            article_scan_declaration(s, p, gt != NULL ? gt : end);

            if (gt == NULL) {
                return end;
            }

            p = gt + 1;
            s->handler->declaration(s->data, (article_slice_t)
                                             { s->values, s->values_len });
            s->state = ARTICLE_SCAN_TEXT;
            break;

        case ARTICLE_SCAN_COMMENT:
            p = memchr(p, '-', (size_t) (end - p));

            if (p == NULL) {
                return end;
            }

            s->state = ARTICLE_SCAN_COMMENT_DASH;
            p++;
            break;

        case ARTICLE_SCAN_CDATA:
            stop = memchr(p, ']', (size_t) (end - p));

            if (stop == NULL) {
                stop = end;
            }

            if (stop != p) {
                article_scan_emit_text(s, p, (size_t) (stop - p));
                p = stop;
                break;
            }

            /* fall through */

        case ARTICLE_SCAN_CDATA_BRACKET:
        case ARTICLE_SCAN_CDATA_BRACKETS:
            article_scan_cdata(s, p);
            p++;
            break;

        default: /* dashes of a comment */
            article_scan_dashes(s, c);
            p++;
        }

        if (s->state == ARTICLE_SCAN_TEXT) {
            s->pending = s->offset - (uint64_t) (end - p);
            return p;
        }
    }

    return p;
}


/*
 * Behind "<!": held is what of "--" or "[CDATA[" has been seen.  1: c was
 * taken.
 */
static unsigned
article_scan_which(article_scanner_t *s, unsigned char c)
{
    static const char  cdata[] = "[CDATA[";

    if (s->held_len < 2 && c == '-'
        && (s->held_len == 0 || s->held[0] == '-'))
    {
        article_scan_hold(s, c);

        if (s->held_len == 2) {
            s->state = ARTICLE_SCAN_COMMENT_START;
        }

        return 1;
    }

    if (s->foreign && c == (unsigned char) cdata[s->held_len]
        && (s->held_len == 0 || s->held[0] == '['))
    {
        article_scan_hold(s, c);

        if (s->held_len == sizeof(cdata) - 1) {
            s->held_len = 0;
            s->state = ARTICLE_SCAN_CDATA;
        }

        return 1;
    }

    s->state = ARTICLE_SCAN_BOGUS;
    s->values_len = 0;

    return 0;
}


/* A byte behind the first or later dashes of a comment. */
static void
article_scan_dashes(article_scanner_t *s, unsigned char c)
{
    if (s->state == ARTICLE_SCAN_COMMENT_DASH) {
        s->state = c == '-' ? ARTICLE_SCAN_COMMENT_DASHES
                            : ARTICLE_SCAN_COMMENT;

    } else if (c == '>') {
        s->state = ARTICLE_SCAN_TEXT;

    } else if (c == '-') {
        s->state = s->state == ARTICLE_SCAN_COMMENT_START
                   ? ARTICLE_SCAN_COMMENT_START_DASH
                   : s->state == ARTICLE_SCAN_COMMENT_BANG
                     ? ARTICLE_SCAN_COMMENT_DASH
                     : ARTICLE_SCAN_COMMENT_DASHES;

    } else if (c == '!' && s->state == ARTICLE_SCAN_COMMENT_DASHES) {
        s->state = ARTICLE_SCAN_COMMENT_BANG;

    } else {
        s->state = ARTICLE_SCAN_COMMENT;
    }
}


/* The byte at p, in CDATA. */
static void
article_scan_cdata(article_scanner_t *s, const char *p)
{
    unsigned  brackets;

    brackets = (unsigned) (s->state - ARTICLE_SCAN_CDATA);

    if (*p == ']') {
        if (brackets == 2) {
            article_scan_emit_text(s, "]", 1);
        }

        s->state = brackets == 0 ? ARTICLE_SCAN_CDATA_BRACKET
                                 : ARTICLE_SCAN_CDATA_BRACKETS;
        return;
    }

    if (*p == '>' && brackets == 2) {
        s->state = ARTICLE_SCAN_TEXT;
        return;
    }

    article_scan_emit_text(s, "]]", brackets);
    article_scan_emit_text(s, p, 1);
    s->state = ARTICLE_SCAN_CDATA;
}


/* A part of a declaration: its beginning is kept for the handler. */
static void
article_scan_declaration(article_scanner_t *s, const char *p,
    const char *end)
{
    size_t  room, len;

    room = ARTICLE_SCANNER_VALUES - s->values_len;
    len = (size_t) (end - p);

    if (len > room) {
        len = room;
    }

    memcpy(s->values + s->values_len, p, len);
    s->values_len += len;
}

/*
 * Copyright (C) ngx_article authors
 *
 * The scanner in comments, declarations and CDATA.
 */

#include <string.h>

#include "scanner_state.h"


static void article_scan_declaration(article_scanner_t *s, const char *p,
    const char *end);


const char *
article_scan_markup(article_scanner_t *s, const char *p, const char *end)
{
    const char        *gt;
    unsigned char      c;
    static const char  cdata[] = "[CDATA[";

    while (p < end) {
        c = (unsigned char) *p;

        switch (s->state) {

        case ARTICLE_SCAN_MARKUP:

            /* held: what of "--" or "[CDATA[" has been seen */

            if (s->held_len < 2 && c == '-'
                && (s->held_len == 0 || s->held[0] == '-'))
            {
                article_scan_hold(s, c);

                if (s->held_len == 2) {
                    s->state = ARTICLE_SCAN_COMMENT_START;
                }

            } else if (s->foreign && c == (unsigned char) cdata[s->held_len]
                       && (s->held_len == 0 || s->held[0] == '['))
            {
                article_scan_hold(s, c);

                if (s->held_len == sizeof(cdata) - 1) {
                    s->held_len = 0;
                    s->state = ARTICLE_SCAN_CDATA;
                }

            } else {
                s->state = ARTICLE_SCAN_BOGUS;
                s->values_len = 0;
                break;
            }

            p++;
            break;

        case ARTICLE_SCAN_BOGUS:
            gt = memchr(p, '>', (size_t) (end - p));
            article_scan_declaration(s, p, gt != NULL ? gt : end);

            if (gt == NULL) {
                return end;
            }

            p = gt;
            s->handler->declaration(s->data, (article_slice_t)
                                             { s->values, s->values_len });
            s->state = ARTICLE_SCAN_TEXT;
            s->pending = s->offset - (uint64_t) (end - p) + 1;
            return p + 1;

        case ARTICLE_SCAN_COMMENT_START:
        case ARTICLE_SCAN_COMMENT_START_DASH:
        case ARTICLE_SCAN_COMMENT_DASHES:
        case ARTICLE_SCAN_COMMENT_BANG:

            if (c == '>') {
                s->state = ARTICLE_SCAN_TEXT;
                s->pending = s->offset - (uint64_t) (end - p) + 1;
                return p + 1;
            }

            if (c == '-') {
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

            p++;
            break;

        case ARTICLE_SCAN_COMMENT:
            p = memchr(p, '-', (size_t) (end - p));

            if (p == NULL) {
                return end;
            }

            s->state = ARTICLE_SCAN_COMMENT_DASH;
            p++;
            break;

        case ARTICLE_SCAN_COMMENT_DASH:
            s->state = c == '-' ? ARTICLE_SCAN_COMMENT_DASHES
                                : ARTICLE_SCAN_COMMENT;
            p++;
            break;

        case ARTICLE_SCAN_CDATA:
            s->state = c == ']' ? ARTICLE_SCAN_CDATA_BRACKET
                                : ARTICLE_SCAN_CDATA;

            if (c != ']') {
                article_scan_emit_text(s, p, 1);
            }

            p++;
            break;

        default: /* CDATA_BRACKET, CDATA_BRACKETS */

            if (c == ']') {
                if (s->state == ARTICLE_SCAN_CDATA_BRACKETS) {
                    article_scan_emit_text(s, "]", 1);
                }

                s->state = ARTICLE_SCAN_CDATA_BRACKETS;

            } else if (c == '>' && s->state == ARTICLE_SCAN_CDATA_BRACKETS) {
                s->state = ARTICLE_SCAN_TEXT;
                s->pending = s->offset - (uint64_t) (end - p) + 1;
                return p + 1;

            } else {
                article_scan_emit_text(s, "]]", s->state
                                       == ARTICLE_SCAN_CDATA_BRACKETS ? 2 : 1);
                article_scan_emit_text(s, p, 1);
                s->state = ARTICLE_SCAN_CDATA;
            }

            p++;
        }
    }

    return p;
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

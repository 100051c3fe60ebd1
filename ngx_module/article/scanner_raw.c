/*
 * Copyright (C) the authors named in LICENSE
 *
 * The scanner in the text of script, style, title and their kin, up to their
 * end tag.
 */

#include <string.h>

#include "scanner_state.h"


static const char *article_scan_raw_text(article_scanner_t *s,
    const char *p, const char *end);
static const char *article_scan_script(article_scanner_t *s, const char *p,
    const char *end);
static unsigned article_scan_raw_opens(const article_scanner_t *s,
    unsigned char c);
static unsigned article_scan_count_dashes(const article_scanner_t *s,
    const char *p, const char *stop);
static void article_scan_raw_open(article_scanner_t *s, unsigned char c);
static unsigned article_scan_raw_end(article_scanner_t *s, unsigned char c);
static unsigned article_scan_raw_nest(article_scanner_t *s,
    unsigned char c);


const char *
article_scan_raw(article_scanner_t *s, const char *p, const char *end)
{
    unsigned char  c;

    while (p < end) {
        c = (unsigned char) *p;

        switch (s->state) {

        case ARTICLE_SCAN_RAW:
            p = article_scan_raw_text(s, p, end);
            break;

        case ARTICLE_SCAN_RAW_OPEN:
            article_scan_raw_open(s, c);
            p += s->state != ARTICLE_SCAN_RAW;
            break;

        case ARTICLE_SCAN_RAW_END:

            if (article_scan_raw_end(s, c)) {
                return p;           /* the end tag's attributes, or ">" */
            }

            p += s->state == ARTICLE_SCAN_RAW_END;
            break;

        case ARTICLE_SCAN_RAW_BANG:

            /* "<!--" opens an escape; its dashes count towards "-->" */

            if (c != '-') {
                s->state = ARTICLE_SCAN_RAW;
                article_scan_emit_held(s);
                break;
            }

            article_scan_hold(s, c);

            if (s->held_len == 4) {
                s->state = ARTICLE_SCAN_RAW;
                s->escape = 1;
                s->dashes = 2;
                article_scan_emit_held(s);
            }

            p++;
            break;

        case ARTICLE_SCAN_RAW_NEST:
            p += article_scan_raw_nest(s, c);
            break;

        default: /* PLAINTEXT */
            article_scan_emit_text(s, p, (size_t) (end - p));
            s->pending = s->offset;
            return end;
        }
    }

    return p;
}


static const char *
article_scan_raw_text(article_scanner_t *s, const char *p, const char *end)
{
    const char  *lt;

    for (lt = p; /* void */ ; lt++) {
        lt = s->escape ? article_scan_script(s, lt, end)
                       : memchr(lt, '<', (size_t) (end - lt));
        if (lt == NULL) {
            lt = end;
            break;
        }

        s->dashes = 0;

        if (end - lt == 1
            || article_scan_raw_opens(s, (unsigned char) lt[1]))
        {
            break;
        }
    }

    if (lt != p) {
        article_scan_emit_text(s, p, (size_t) (lt - p));
    }

    if (lt == end) {
        return end;
    }

    s->pending = s->offset - (uint64_t) (end - lt);
    s->state = ARTICLE_SCAN_RAW_OPEN;
    s->held_len = 0;
    article_scan_hold(s, '<');

    return lt + 1;
}


/* 1 if c behind "<" in raw text may make it more than text. */
static unsigned
article_scan_raw_opens(const article_scanner_t *s, unsigned char c)
{
    if (c == '/') {
        return 1;
    }

    return s->raw == ARTICLE_TAG_SCRIPT
           && ((c == '!' && s->escape == 0)
               || (article_is_letter(c) && s->escape == 1));
}


/* In an escaped script: the next "<"; "-->" on the way ends the escape. */
static const char *
article_scan_script(article_scanner_t *s, const char *p, const char *end)
{
    const char  *lt, *gt, *stop;

    lt = memchr(p, '<', (size_t) (end - p));
    stop = lt != NULL ? lt : end;

    for (gt = p; /* void */ ; gt++) {
        gt = memchr(gt, '>', (size_t) (stop - gt));

        if (gt == NULL) {
            s->dashes = article_scan_count_dashes(s, p, stop);
            return lt;
        }

        if (article_scan_count_dashes(s, p, gt) == 2) {
            s->escape = 0;
            s->dashes = 0;
            return lt;
        }
    }
}


/* Up to 2 dashes before stop; s->dashes are before p. */
static unsigned
article_scan_count_dashes(const article_scanner_t *s, const char *p,
    const char *stop)
{
    unsigned  n;

    for (n = 0; n < 2 && stop != p && stop[-1] == '-'; n++) {
        stop--;
    }

    if (stop == p) {
        n += s->dashes;
    }

    return n < 2 ? n : 2;
}


/* The byte behind "<" in raw text; the state is RAW again if it is text. */
static void
article_scan_raw_open(article_scanner_t *s, unsigned char c)
{
    if (!article_scan_raw_opens(s, c)) {
        s->state = ARTICLE_SCAN_RAW;
        article_scan_emit_held(s);
        return;
    }

    if (c == '!') {
        s->state = ARTICLE_SCAN_RAW_BANG;

    } else {
        s->state = c != '/' || s->escape == 2 ? ARTICLE_SCAN_RAW_NEST
                                              : ARTICLE_SCAN_RAW_END;
    }

    article_scan_hold(s, c);
}


/*
 * Behind "</" in raw text: 1 when the element's name is complete and c
 * belongs to its end tag; else the state tells whether c was taken.
 */
static unsigned
article_scan_raw_end(article_scanner_t *s, unsigned char c)
{
    size_t       len;
    const char  *name;

    name = article_tag_name(s->raw);
    len = s->held_len - 2;

    if (name[len] == '\0') {
        if (article_is_space(c) || c == '/' || c == '>') {
            article_scan_open(s, 1);
            s->event.hash = 0;
            s->event.tag = s->raw;
            s->event.element.tag = (article_slice_t) { s->tag_name, len };
            memcpy(s->tag_name, name, len);
            s->tag_len = len;
            s->state = ARTICLE_SCAN_BEFORE_NAME;
            return 1;
        }

    } else if (article_scan_lower(c) == name[len]) {
        article_scan_hold(s, c);
        return 0;
    }

    s->state = ARTICLE_SCAN_RAW;
    article_scan_emit_held(s);

    return 0;
}


/*
 * In an escaped script, behind "<" (escape 1) or "</" (escape 2): the word
 * "script" and an end of name changes between the two.  1: c was taken.
 */
static unsigned
article_scan_raw_nest(article_scanner_t *s, unsigned char c)
{
    size_t             len, from;
    static const char  script[] = "script";

    from = s->held_len > 1 && s->held[1] == '/' ? 2 : 1;
    len = s->held_len - from;

    if (s->escape == 1 && len == 1 && article_scan_lower(
                                  (unsigned char) s->held[from]) != script[0])
    {
        s->state = ARTICLE_SCAN_RAW;
        article_scan_emit_held(s);
        return 0;
    }

    if (len == sizeof(script) - 1) {
        if (article_is_space(c) || c == '/' || c == '>') {
            s->escape = from == 1 ? 2 : 1;
        }

    } else if (article_scan_lower(c) == script[len]) {
        article_scan_hold(s, c);
        return 1;
    }

    s->state = ARTICLE_SCAN_RAW;
    article_scan_emit_held(s);

    return 0;
}

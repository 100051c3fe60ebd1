/*
 * Copyright (C) the authors named in LICENSE
 *
 * The scanner where tags are here whole and plain, as nearly all are: no
 * state is kept between their parts, and values are not copied.  It stops in
 * front of what is not plain, which goes from state to state (scanner.c).
 */

#include <string.h>

#include "scanner_state.h"


/* Bytes from "<" on within which a name is looked for. */
#define ARTICLE_SCAN_TAG     (2 + ARTICLE_FIND_BLOCK + 1)

/* Bytes before "<" that article_scan_start() may look at. */
#define ARTICLE_SCAN_BEFORE  8


static const char *article_scan_one(article_scanner_t *s, const char *lt,
    const char *end);
static inline const char *article_scan_plain_name(article_scanner_t *s,
    const char *p);
static const char *article_scan_plain_tag(article_scanner_t *s,
    const char *lt, const char *name, const char *end);
static inline const char *article_scan_attributes(article_scanner_t *s,
    const char *p, const char *end);
static const char *article_scan_name_rest(const char *p, const char *end);
static inline unsigned article_scan_bare_name(const char *p);
static inline const char *article_scan_unquoted(const char *p,
    const char *end);
static void article_scan_found(article_scanner_t *s, const char *name,
    size_t len, article_slice_t value);
static void article_scan_settle(article_scanner_t *s);


const char *
article_scan_text(article_scanner_t *s, const char *p, const char *end)
{
    uint64_t     base;
    const char  *lt;

    base = s->offset - (uint64_t) (uintptr_t) end;

    while (p != end) {
        lt = p;

        if (*p != '<') {
            lt = article_find_byte(p, end, '<');
            s->text_start = base + (uint64_t) (uintptr_t) p;

            if (lt == NULL) {
                s->handler->text(s->data, ARTICLE_TEXT_PLAIN,
                                 (article_slice_t) { p, (size_t) (end - p) });
                return end;
            }

            s->handler->text(s->data, ARTICLE_TEXT_PLAIN,
                             (article_slice_t) { p, (size_t) (lt - p) });
        }

        s->pending = base + (uint64_t) (uintptr_t) lt;
        s->event.start = s->pending;

        if (end - lt < ARTICLE_SCAN_TAG) {
            return article_scan_one(s, lt, end);
        }

        if (lt[1] == '/') {
            p = article_scan_plain_name(s, lt + 2);

            if (p == NULL || *p != '>') {
                return article_scan_one(s, lt, end);
            }

            s->event.end = base + (uint64_t) (uintptr_t) ++p;
            s->handler->end(s->data, &s->event);
            continue;
        }

        p = article_scan_plain_name(s, lt + 1);

        if (p == NULL) {
            p = article_scan_one(s, lt, end);

            if (s->state != ARTICLE_SCAN_TEXT) {
                return p;
            }

            continue;
        }

        article_scan_clear(s);

        if (*p != '>') {
            p = article_scan_plain_tag(s, lt, p, end);
            if (p == end || *p != '>') {
                return p;
            }
        }

        s->event.end = base + (uint64_t) (uintptr_t) ++p;

        if (s->handler->start(s->data, &s->event)
            && article_scan_inserted(s))
        {
            return p;
        }
    }

    return end;
}


/* "<" of what goes from state to state, if it is not text. */
static const char *
article_scan_one(article_scanner_t *s, const char *lt, const char *end)
{
    s->state = ARTICLE_SCAN_TAG_OPEN;

    if (end - lt > 1 && !article_is_letter((unsigned char) lt[1])
        && lt[1] != '/' && lt[1] != '!' && lt[1] != '?')
    {
        s->state = ARTICLE_SCAN_TEXT;
        article_scan_emit_text(s, lt, 1);
    }

    return lt + 1;
}


/*
 * The name of a tag, of up to 8 bytes: it begins the event.  Returns where it
 * ends; NULL if it is not plain.
 */
static inline const char *
article_scan_plain_name(article_scanner_t *s, const char *p)
{
    size_t                         len;
    uint64_t                       key;
    const char                    *stop;
    const article_scanner_seen_t  *seen;

    stop = article_find_name_end(p);
    len = (size_t) (stop - p);

    if (len - 1 >= sizeof(key)
        || (*stop != '>' && *stop != ' ' && *stop != '/'
            && !article_is_space((unsigned char) *stop)))
    {
        return NULL;
    }

    key = article_find_key(p, len);
    seen = article_scan_seen(s, key);

    if (seen->key != key && !article_scan_learn(s, key, p, len)) {
        return NULL;
    }

    s->event.tag = (article_tag_t) seen->tag;
    s->event.hash = seen->hash;
    s->event.element.tag.data = seen->name;
    s->event.element.tag.len = len;

    return stop;
}


/*
 * A start tag with attributes: its name ends at p.  Returns its ">"; if it is
 * not plain the state is set, and what is returned is where it goes on.
 */
static const char *
article_scan_plain_tag(article_scanner_t *s, const char *lt, const char *p,
    const char *end)
{
#if defined(ARTICLE_FIND_BITS)

    const char  *gt;

    if (lt - s->begin >= ARTICLE_SCAN_BEFORE
        && article_scan_looks(s) == s->looks_most)
    {
        gt = article_scan_start(s, lt, end);

        if (gt != NULL) {
            return gt;
        }

        article_scan_clear(s);
    }

#else

    (void) lt;

#endif

    s->closing = 0;
    p = article_scan_attributes(s, p, end);

    if (p == end || *p != '>') {
        article_scan_settle(s);
        s->state = ARTICLE_SCAN_BEFORE_NAME;
    }

    return p;
}


const char *
article_scan_whole(article_scanner_t *s, const char *p, const char *end)
{
    s->state = ARTICLE_SCAN_BEFORE_NAME;
    p = article_scan_attributes(s, p, end);

    if (p == end || *p != '>') {
        article_scan_settle(s);
    }

    return p;
}


/*
 * Attributes that are here whole.  Stops at ">", or in front of one that is
 * not plain; what is within some bytes of the end is not.
 */
static inline const char *
article_scan_attributes(article_scanner_t *s, const char *p, const char *end)
{
    char             quote;
    size_t           len;
    uint64_t         looks;
    const char      *name;
    article_slice_t  value;

    looks = s->closing ? 0 : article_scan_looks(s);

    while (end - p >= ARTICLE_FIND_BLOCK + 3) {
        p += *p == ' ';
        name = p;
        p = article_find_name_end(p);

        if (*p != '=' || p == name) {
            if (*name == '>') {
                return name;
            }

            if (article_is_space((unsigned char) *name)) {
                p = name + 1;
                continue;
            }

            if (name[0] == '/' && name[1] == '>') {
                s->event.self_closing = 1;
                return name + 1;
            }

            p = article_scan_name_rest(p, end);

            if (p == name || end - p < 3) {
                return name;
            }
        }

        len = (size_t) (p - name);

        if (*p != '=') {
            if (!article_scan_bare_name(p)) {
                return name;
            }

            if (looks & article_scan_bit(name, len)) {
                article_scan_found(s, name, len, (article_slice_t) { p, 0 });
            }

            continue;
        }

        quote = *++p;

        if (quote == '"' || quote == '\'') {
            value.data = p + 1;
            p = article_find_quote(p + 1, end, quote);

            if (p == NULL) {
                return name;
            }

            value.len = (size_t) (p++ - value.data);

        } else {
            value.data = p;
            p = article_scan_unquoted(p, end);
            value.len = (size_t) (p - value.data);

            if (p == end || value.len == 0) {
                return name;
            }
        }

        if (looks & article_scan_bit(name, len)) {
            article_scan_found(s, name, len, value);
        }
    }

    return p;
}


/* The rest of an attribute's name with letters that are seldom in one. */
static const char *
article_scan_name_rest(const char *p, const char *end)
{
    while (p < end && article_scan_names[(unsigned char) *p] != 0) {
        p++;
    }

    return p;
}


/* 1 if no "=" can follow a name that ends at p. */
static inline unsigned
article_scan_bare_name(const char *p)
{
    if (article_is_space((unsigned char) *p)) {
        return p[1] != '=' && !article_is_space((unsigned char) p[1]);
    }

    return *p == '>' || *p == '/';
}


static inline const char *
article_scan_unquoted(const char *p, const char *end)
{
    p = article_find_value_end(p, end);

    while (p < end && *p != '>' && !article_is_space((unsigned char) *p)) {
        p++;
    }

    return p;
}


/*
 * An attribute of a name like one that is wanted: its value stays where it
 * is, in the page.
 */
static void
article_scan_found(article_scanner_t *s, const char *name, size_t len,
    article_slice_t value)
{
    if (article_scan_want(s, name, len)) {
        s->wanted = 0;
        s->event.element.value[s->attribute].data = NULL;
        article_scan_value_at(s, s->attribute, value);
    }
}


/* The tag goes on elsewhere: values that are in the page are copied. */
static void
article_scan_settle(article_scanner_t *s)
{
    size_t            at;
    unsigned          i;
    article_slice_t  *value;

    at = s->values_len;

    for (i = 0; i < s->attributes->number; i++) {
        if (s->placed >> i & 1) {
            value = &s->event.element.value[i];
            at -= value->len;
            memcpy(s->values + at, value->data, value->len);
            value->data = s->values + at;
        }
    }

    s->placed = 0;
}

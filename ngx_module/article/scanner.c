/*
 * Copyright (C) the authors named in LICENSE
 *
 * The tag scanner.
 *
 *        +-------------------------- TEXT <----------------------------+
 *        | "<"                                                         |
 *        v        "!"            "--"                                  |
 *    TAG_OPEN ---------> MARKUP -----> COMMENT_START ... COMMENT ... ">"
 *     |  |  |  "?"         |  | [CDATA[ (foreign)                      |
 *     |  |  +-----> BOGUS <+  +-----> CDATA ............... "]]>"      |
 *     |  |            +-------------------------------------- ">"      |
 *     |  | "/"     letter                                              |
 *     |  +---> END_OPEN --+                                            |
 *     | letter            v                                            |
 *     +-----------------> NAME --> BEFORE_NAME <--------------+        |
 *                                   |   ^                     |        |
 *              ATTRIBUTE <----------+   | AFTER_VALUE <--- VALUE "'    |
 *                  | "="                |                     ^        |
 *                  +--> AFTER_NAME -----+--> BEFORE_VALUE ----+        |
 *                                                 +--> UNQUOTED        |
 *                       SLASH ("/" outside values)                     |
 *                          | any of them at ">": start or end event    |
 *                          +---> RAW if the element's text is raw, or -+
 *
 *    RAW --"<"--> RAW_OPEN --"/"--> RAW_END --name--> BEFORE_NAME, ">"
 *     ^              | "!" or letter in a script        | else
 *     |              +--> RAW_BANG, RAW_NEST            |
 *     +---------------------------------<---------------+
 *
 * In a state that runs over many bytes (TEXT, VALUE, COMMENT, BOGUS, RAW) the
 * next byte that matters is looked for with memchr().
 */

#include <string.h>

#include "scanner_state.h"


static const char *article_scan_tag(article_scanner_t *s, const char *p,
    const char *end);

static const char *article_scan_text(article_scanner_t *s, const char *p,
    const char *end);
static const char *article_scan_opening(article_scanner_t *s, const char *p);
static const char *article_scan_between(article_scanner_t *s, const char *p,
    const char *end);
static const char *article_scan_before_value(article_scanner_t *s,
    const char *p);
static const char *article_scan_name(article_scanner_t *s, const char *p,
    const char *end);
static const char *article_scan_attribute(article_scanner_t *s,
    const char *p, const char *end);
static void article_scan_attribute_end(article_scanner_t *s);
static const char *article_scan_value(article_scanner_t *s, const char *p,
    const char *end);
static void article_scan_value_end(article_scanner_t *s);
static void article_scan_keep(article_scanner_t *s, const char *data,
    size_t len);
static void article_scan_emit(article_scanner_t *s);


void
article_scanner_init(article_scanner_t *scanner,
    const article_scanner_handler_t *handler, void *data,
    const article_attributes_t *attributes)
{
    memset(scanner, 0, offsetof(article_scanner_t, held));
    scanner->handler = handler;
    scanner->data = data;
    scanner->attributes = attributes;
}


/*
 * Each part handles a group of states and returns at the first byte of
 * another group's; scanner->offset is that of end while it runs.
 */
void
article_scanner_feed(article_scanner_t *scanner, const char *data,
    size_t len)
{
    const char  *p, *end;

    p = data;
    end = data + len;
    scanner->offset += len;

    while (p < end) {
        if (scanner->state == ARTICLE_SCAN_TEXT) {
            p = article_scan_text(scanner, p, end);

        } else if (scanner->state <= ARTICLE_SCAN_SLASH) {
            p = article_scan_tag(scanner, p, end);

        } else if (scanner->state <= ARTICLE_SCAN_CDATA_BRACKETS) {
            p = article_scan_markup(scanner, p, end);

        } else {
            p = article_scan_raw(scanner, p, end);
        }
    }

    if (scanner->state == ARTICLE_SCAN_TEXT
        || scanner->state == ARTICLE_SCAN_RAW)
    {
        scanner->pending = scanner->offset;
    }
}


static const char *
article_scan_text(article_scanner_t *s, const char *p, const char *end)
{
    const char  *lt;

    lt = memchr(p, '<', (size_t) (end - p));
    s->text_start = s->offset - (uint64_t) (end - p);

    if (lt == NULL) {
        s->handler->text(s->data, ARTICLE_TEXT_PLAIN,
                         (article_slice_t) { p, (size_t) (end - p) });
        return end;
    }

    if (lt != p) {
        s->handler->text(s->data, ARTICLE_TEXT_PLAIN,
                         (article_slice_t) { p, (size_t) (lt - p) });
    }

    s->pending = s->offset - (uint64_t) (end - lt);
    s->state = ARTICLE_SCAN_TAG_OPEN;

    return lt + 1;
}


static const char *
article_scan_tag(article_scanner_t *s, const char *p, const char *end)
{
    unsigned char  c;

    while (p < end) {
        c = (unsigned char) *p;

        switch (s->state) {

        case ARTICLE_SCAN_TAG_OPEN:
        case ARTICLE_SCAN_END_OPEN:
            p = article_scan_opening(s, p);

            if (s->state == ARTICLE_SCAN_TEXT
                || s->state > ARTICLE_SCAN_SLASH)
            {
                return p;
            }

            break;

        case ARTICLE_SCAN_NAME:
            p = article_scan_name(s, p, end);
            break;

        case ARTICLE_SCAN_ATTRIBUTE:
            p = article_scan_attribute(s, p, end);
            break;

        case ARTICLE_SCAN_AFTER_NAME:

            if (c == '=') {
                s->state = ARTICLE_SCAN_BEFORE_VALUE;

            } else if (!article_is_space(c)) {
                s->state = ARTICLE_SCAN_BEFORE_NAME;
                break;
            }

            p++;
            break;

        case ARTICLE_SCAN_BEFORE_VALUE:
            p = article_scan_before_value(s, p);
            break;

        case ARTICLE_SCAN_VALUE_DOUBLE:
        case ARTICLE_SCAN_VALUE_SINGLE:
        case ARTICLE_SCAN_UNQUOTED:
            p = article_scan_value(s, p, end);
            break;

        case ARTICLE_SCAN_AFTER_VALUE:
            s->state = ARTICLE_SCAN_BEFORE_NAME;
            break;

        default: /* BEFORE_NAME, SLASH */

            if (c == '>') {
                s->event.self_closing = s->state == ARTICLE_SCAN_SLASH;
                s->event.end = s->offset - (uint64_t) (end - p) + 1;
                article_scan_emit(s);
                return p + 1;
            }

            p = article_scan_between(s, p, end);
        }
    }

    return p;
}


/* Behind "<" and "</": what kind of thing it is. */
static const char *
article_scan_opening(article_scanner_t *s, const char *p)
{
    unsigned       closing;
    unsigned char  c;

    c = (unsigned char) *p;
    closing = s->state == ARTICLE_SCAN_END_OPEN;

    if (article_is_letter(c)) {
        article_scan_open(s, closing);
        return p;
    }

    s->held_len = 0;
    s->values_len = 0;

    if (closing) {
        s->state = c == '>' ? ARTICLE_SCAN_TEXT : ARTICLE_SCAN_BOGUS;
        return c == '>' ? p + 1 : p;
    }

    switch (c) {

    case '/':
        s->state = ARTICLE_SCAN_END_OPEN;
        return p + 1;

    case '!':
        s->state = ARTICLE_SCAN_MARKUP;
        return p + 1;

    case '?':
        s->state = ARTICLE_SCAN_BOGUS;
        return p + 1;

    default:
        s->state = ARTICLE_SCAN_TEXT;
        article_scan_emit_text(s, "<", 1);
        return p;
    }
}


/* Between attributes, at anything but ">". */
static const char *
article_scan_between(article_scanner_t *s, const char *p, const char *end)
{
    unsigned char  c;

    c = (unsigned char) *p;
    s->state = ARTICLE_SCAN_BEFORE_NAME;

    if (c == '/') {
        s->state = ARTICLE_SCAN_SLASH;
        return p + 1;
    }

    if (article_is_space(c)) {
        return p + 1;
    }

    s->state = ARTICLE_SCAN_ATTRIBUTE;
    s->name_len = 0;

    return article_scan_attribute(s, p, end);
}


static const char *
article_scan_before_value(article_scanner_t *s, const char *p)
{
    switch (*p) {

    case '"':
        s->state = ARTICLE_SCAN_VALUE_DOUBLE;
        return p + 1;

    case '\'':
        s->state = ARTICLE_SCAN_VALUE_SINGLE;
        return p + 1;

    case '>':
        article_scan_value_end(s);
        s->state = ARTICLE_SCAN_BEFORE_NAME;
        return p;

    default:

        if (article_is_space((unsigned char) *p)) {
            return p + 1;
        }

        s->state = ARTICLE_SCAN_UNQUOTED;
        return p;
    }
}


void
article_scan_open(article_scanner_t *s, unsigned closing)
{
    unsigned  i;

    s->state = ARTICLE_SCAN_NAME;
    s->closing = closing;
    s->tag_len = 0;
    s->values_len = 0;

    s->event.start = s->pending;
    s->event.hash = 2166136261U;
    s->event.self_closing = 0;
    s->event.overflow = 0;

    for (i = 0; i < s->attributes->number; i++) {
        s->event.element.value[i].data = NULL;
        s->event.element.value[i].len = 0;
    }
}


static const char *
article_scan_name(article_scanner_t *s, const char *p, const char *end)
{
    char           lower;
    unsigned char  c;

    for ( /* void */ ; p < end; p++) {
        c = (unsigned char) *p;

        if (article_is_space(c) || c == '/' || c == '>') {
            s->state = ARTICLE_SCAN_BEFORE_NAME;
            return p;
        }

        lower = article_scan_lower(c);
        s->event.hash = (s->event.hash ^ (unsigned char) lower) * 16777619U;

        if (s->tag_len < ARTICLE_SCANNER_NAME) {
            s->tag_name[s->tag_len] = lower;
        }

        s->tag_len++;
    }

    return p;
}


static const char *
article_scan_attribute(article_scanner_t *s, const char *p, const char *end)
{
    unsigned char  c;

    for ( /* void */ ; p < end; p++) {
        c = (unsigned char) *p;

        if (article_is_space(c) || c == '/' || c == '>'
            || (c == '=' && s->name_len != 0))
        {
            article_scan_attribute_end(s);
            s->state = ARTICLE_SCAN_AFTER_NAME;
            return p;
        }

        if (s->name_len < ARTICLE_SCANNER_NAME) {
            s->name[s->name_len] = article_scan_lower(c);
        }

        s->name_len++;
    }

    return p;
}


/*
 * The name is read: is its value wanted?  An attribute without a value has
 * the empty one; a second one of the same name does not count.
 */
static void
article_scan_attribute_end(article_scanner_t *s)
{
    unsigned          i;
    article_slice_t  *value;

    s->wanted = 0;

    if (s->closing) {
        return;
    }

    for (i = 0; i < s->attributes->number; i++) {
        if (s->attributes->name[i].len == s->name_len
            && memcmp(s->attributes->name[i].data, s->name, s->name_len) == 0)
        {
            value = &s->event.element.value[i];

            if (value->data == NULL) {
                s->wanted = 1;
                s->attribute = i;
                s->value_start = s->values_len;
                value->data = s->values + s->values_len;
            }

            return;
        }
    }
}


static const char *
article_scan_value(article_scanner_t *s, const char *p, const char *end)
{
    const char  *stop;

    if (s->state == ARTICLE_SCAN_UNQUOTED) {
        stop = p;

        while (stop < end && *stop != '>'
               && !article_is_space((unsigned char) *stop))
        {
            stop++;
        }

    } else {
        stop = memchr(p, s->state == ARTICLE_SCAN_VALUE_DOUBLE ? '"' : '\'',
                      (size_t) (end - p));
        if (stop == NULL) {
            stop = end;
        }
    }

    if (s->wanted) {
        article_scan_keep(s, p, (size_t) (stop - p));
    }

    if (stop == end) {
        return end;
    }

    article_scan_value_end(s);

    if (s->state == ARTICLE_SCAN_UNQUOTED) {
        s->state = ARTICLE_SCAN_BEFORE_NAME;
        return stop;
    }

    s->state = ARTICLE_SCAN_AFTER_VALUE;

    return stop + 1;
}


static void
article_scan_value_end(article_scanner_t *s)
{
    if (s->wanted) {
        s->event.element.value[s->attribute].len = s->values_len
                                                   - s->value_start;
        s->wanted = 0;
    }
}


static void
article_scan_keep(article_scanner_t *s, const char *data, size_t len)
{
    if (len > ARTICLE_SCANNER_VALUES - s->values_len) {
        s->values_len = s->value_start;
        s->event.element.value[s->attribute].data = NULL;
        s->event.overflow = 1;
        s->wanted = 0;
        return;
    }

    memcpy(s->values + s->values_len, data, len);
    s->values_len += len;
}


/* ">" of a tag. */
static void
article_scan_emit(article_scanner_t *s)
{
    unsigned  flags, inserted;

    s->event.element.tag.data = s->tag_name;
    s->event.element.tag.len = s->tag_len;
    s->event.tag = ARTICLE_TAG_UNKNOWN;

    if (s->tag_len > ARTICLE_SCANNER_NAME) {
        s->event.element.tag.len = ARTICLE_SCANNER_NAME;

    } else {
        s->event.tag = article_tag_find(s->tag_name, s->tag_len);
    }

    s->state = ARTICLE_SCAN_TEXT;
    s->raw = ARTICLE_TAG_UNKNOWN;

    if (s->closing) {
        s->handler->end(s->data, &s->event);
        s->pending = s->event.end;
        return;
    }

    flags = article_tag_flags(s->event.tag);

    inserted = s->handler->start(s->data, &s->event);
    s->pending = s->event.end;

    if (!inserted || s->foreign) {
        return;
    }

    if (s->event.tag == ARTICLE_TAG_PLAINTEXT) {
        s->state = ARTICLE_SCAN_PLAINTEXT;

    } else if (flags & (ARTICLE_TAG_IS_RAW | ARTICLE_TAG_IS_RCDATA)) {
        s->state = ARTICLE_SCAN_RAW;
        s->raw = s->event.tag;
        s->raw_kind = flags & ARTICLE_TAG_IS_RAW ? ARTICLE_TEXT_RAW
                                                 : ARTICLE_TEXT_RCDATA;
        s->escape = 0;
        s->dashes = 0;
    }
}


void
article_scan_emit_text(article_scanner_t *s, const char *data, size_t len)
{
    article_text_kind_t  kind;

    kind = s->raw != ARTICLE_TAG_UNKNOWN ? s->raw_kind : ARTICLE_TEXT_PLAIN;
    s->text_start = s->pending;

    s->handler->text(s->data, kind, (article_slice_t) { data, len });
}


/* The held bytes turn out to be text. */
void
article_scan_emit_held(article_scanner_t *s)
{
    article_scan_emit_text(s, s->held, s->held_len);
    s->held_len = 0;
}


void
article_scan_hold(article_scanner_t *s, unsigned char c)
{
    s->held[s->held_len++] = (char) c;
}

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

static const char *article_scan_opening(article_scanner_t *s, const char *p);
static const char *article_scan_between(article_scanner_t *s, const char *p,
    const char *end);
static const char *article_scan_before_value(article_scanner_t *s,
    const char *p);
static const char *article_scan_name(article_scanner_t *s, const char *p,
    const char *end);
static const char *article_scan_attribute(article_scanner_t *s,
    const char *p, const char *end);
static const char *article_scan_value(article_scanner_t *s, const char *p,
    const char *end);
static void article_scan_value_end(article_scanner_t *s);
static void article_scan_keep(article_scanner_t *s, const char *data,
    size_t len);
static void article_scan_emit(article_scanner_t *s);
static void article_scan_empty(article_scanner_t *s);
static void article_scan_find(article_scanner_t *s);


/* Bytes of attributes' names as small letters; 0: not sure to be in one. */
const unsigned char  article_scan_names[256] = {
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x00, 0x00, 0x0b,
    0x00, 0x00, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17,
    0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x00, 0x21, 0x22, 0x23,
    0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x00,
    0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b,
    0x3c, 0x00, 0x00, 0x3f, 0x40, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67,
    0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73,
    0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f,
    0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b,
    0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77,
    0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83,
    0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f,
    0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b,
    0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
    0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 0xb0, 0xb1, 0xb2, 0xb3,
    0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf,
    0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb,
    0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7,
    0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xe3,
    0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef,
    0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb,
    0xfc, 0xfd, 0xfe, 0xff
};


void
article_scanner_init(article_scanner_t *scanner,
    const article_scanner_handler_t *handler, void *data,
    const article_attributes_t *attributes)
{
    uint64_t  bit;
    unsigned  i;

    memset(scanner, 0, offsetof(article_scanner_t, held));
    scanner->handler = handler;
    scanner->data = data;
    scanner->attributes = attributes;

    for (i = 0; i < attributes->number; i++) {
        bit = article_scan_bit(attributes->name[i].data,
                               attributes->name[i].len);
        scanner->looks_input |= bit;
        scanner->looks |= article_scan_wants(scanner, i) ? bit : 0;
    }

    scanner->looks_most = article_scan_bit("id", 2)
                          | article_scan_bit("class", 5);
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
    scanner->begin = data;

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
article_scan_tag(article_scanner_t *s, const char *p, const char *end)
{
    const char     *whole;
    unsigned char   c;

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
                s->event.self_closing |= s->state == ARTICLE_SCAN_SLASH;
                s->event.end = s->offset - (uint64_t) (end - p) + 1;
                article_scan_emit(s);
                return p + 1;
            }

            if (c != '/') {
                whole = article_scan_whole(s, p, end);

                if (whole != p) {
                    p = whole;
                    break;
                }
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
    s->state = ARTICLE_SCAN_NAME;
    s->closing = closing;
    s->tag_len = 0;

    s->event.start = s->pending;
    s->event.hash = ARTICLE_SCAN_HASH;
    article_scan_clear(s);
}


static const char *
article_scan_name(article_scanner_t *s, const char *p, const char *end)
{
    size_t         len;
    uint32_t       hash;
    unsigned char  c, lower;

    len = s->tag_len;
    hash = s->event.hash;

    for ( /* void */ ; p < end; p++) {
        c = (unsigned char) *p;
        lower = article_scan_names[c];

        if (lower == 0) {
            if (c != '=' && c != '\0') {
                s->state = ARTICLE_SCAN_BEFORE_NAME;
                break;
            }

            lower = c;
        }

        hash = article_scan_hash(hash, lower);

        if (len < ARTICLE_SCANNER_NAME) {
            s->tag_name[len] = (char) lower;
        }

        len++;
    }

    s->tag_len = len;
    s->event.hash = hash;

    if (s->state == ARTICLE_SCAN_BEFORE_NAME) {
        article_scan_find(s);
    }

    return p;
}


static const char *
article_scan_attribute(article_scanner_t *s, const char *p, const char *end)
{
    size_t         len;
    unsigned char  c, lower;

    len = s->name_len;

    for ( /* void */ ; p < end; p++) {
        c = (unsigned char) *p;
        lower = article_scan_names[c];

        if (lower == 0 && (c != '=' || len != 0) && c != '\0') {
            s->name_len = len;
            (void) article_scan_want(s, s->name, len);
            s->state = ARTICLE_SCAN_AFTER_NAME;
            return p;
        }

        if (len < ARTICLE_SCANNER_NAME) {
            s->name[len] = (char) (lower != 0 ? lower : c);
        }

        len++;
    }

    s->name_len = len;

    return p;
}


/*
 * The name is read: is its value wanted?  An attribute without a value has
 * the empty one; behind one with a value others of its name do not count.
 */
unsigned
article_scan_want(article_scanner_t *s, const char *name, size_t len)
{
    size_t                  n;
    unsigned                i;
    article_slice_t        *value;
    const article_slice_t  *wanted;

    s->wanted = 0;

    if (s->closing || len > ARTICLE_SCANNER_NAME) {
        return 0;
    }

    for (i = 0; i < s->attributes->number; i++) {
        wanted = &s->attributes->name[i];

        if (wanted->len != len) {
            continue;
        }

        for (n = 0; n < len; n++) {
            if (article_scan_names[(unsigned char) name[n]]
                != (unsigned char) wanted->data[n])
            {
                break;
            }
        }

        if (n != len) {
            continue;
        }

        if (!article_scan_wants(s, i)) {
            break;
        }

        value = &s->event.element.value[i];

        if (value->len == 0) {
            s->wanted = 1;
            s->attribute = i;
            s->value_start = s->values_len;
            value->data = s->values + s->values_len;
        }

        break;
    }

    return s->wanted;
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
    s->state = ARTICLE_SCAN_TEXT;
    s->raw = ARTICLE_TAG_UNKNOWN;

    if (s->closing) {
        s->handler->end(s->data, &s->event);

    } else {
        article_scan_empty(s);

        if (s->handler->start(s->data, &s->event)) {
            (void) article_scan_inserted(s);
        }
    }

    s->pending = s->event.end;
}


/* An empty id or class is none. */
static void
article_scan_empty(article_scanner_t *s)
{
    unsigned  i;

    for (i = ARTICLE_ATTRIBUTE_ID; i <= ARTICLE_ATTRIBUTE_CLASS; i++) {
        if (s->event.element.value[i].len == 0) {
            s->event.element.value[i].data = NULL;
        }
    }
}


void
article_scan_raw_begin(article_scanner_t *s)
{
    s->pending = s->event.end;

    if (s->event.tag == ARTICLE_TAG_PLAINTEXT) {
        s->state = ARTICLE_SCAN_PLAINTEXT;
        return;
    }

    s->state = ARTICLE_SCAN_RAW;
    s->raw = s->event.tag;
    s->raw_kind = article_tag_flags(s->raw) & ARTICLE_TAG_IS_RAW
                  ? ARTICLE_TEXT_RAW : ARTICLE_TEXT_RCDATA;
    s->escape = 0;
    s->dashes = 0;
}


/* The tag's name has been read. */
static void
article_scan_find(article_scanner_t *s)
{
    s->event.element.tag.data = s->tag_name;
    s->event.element.tag.len = s->tag_len;
    s->event.tag = ARTICLE_TAG_UNKNOWN;

    if (s->tag_len > ARTICLE_SCANNER_NAME) {
        s->event.element.tag.len = ARTICLE_SCANNER_NAME;

    } else {
        s->event.tag = article_tag_find(s->tag_name, s->tag_len);
    }
}


unsigned
article_scan_learn(article_scanner_t *s, uint64_t key, const char *name,
    size_t len)
{
    size_t                   i;
    article_scanner_seen_t  *seen;

    if (!article_is_letter((unsigned char) name[0])) {
        return 0;
    }

    seen = article_scan_seen(s, key);
    seen->key = key;
    seen->hash = ARTICLE_SCAN_HASH;

    for (i = 0; i < len; i++) {
        seen->name[i] = article_scan_lower((unsigned char) name[i]);
        seen->hash = article_scan_hash(seen->hash,
                                       (unsigned char) seen->name[i]);
    }

    seen->tag = article_tag_find(seen->name, len);

    return 1;
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

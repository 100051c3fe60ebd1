/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of the scanner: its states (drawn in scanner.c) and what its
 * parts share.
 */

#ifndef ARTICLE_SCANNER_STATE_H_INCLUDED
#define ARTICLE_SCANNER_STATE_H_INCLUDED


#include <string.h>

#include "scanner.h"
#include "scanner_find.h"


typedef enum {
    ARTICLE_SCAN_TEXT = 0,
    ARTICLE_SCAN_TAG_OPEN,
    ARTICLE_SCAN_END_OPEN,
    ARTICLE_SCAN_NAME,
    ARTICLE_SCAN_BEFORE_NAME,
    ARTICLE_SCAN_ATTRIBUTE,
    ARTICLE_SCAN_AFTER_NAME,
    ARTICLE_SCAN_BEFORE_VALUE,
    ARTICLE_SCAN_VALUE_DOUBLE,
    ARTICLE_SCAN_VALUE_SINGLE,
    ARTICLE_SCAN_UNQUOTED,
    ARTICLE_SCAN_AFTER_VALUE,
    ARTICLE_SCAN_SLASH,
    ARTICLE_SCAN_MARKUP,
    ARTICLE_SCAN_BOGUS,
    ARTICLE_SCAN_COMMENT_START,
    ARTICLE_SCAN_COMMENT_START_DASH,
    ARTICLE_SCAN_COMMENT,
    ARTICLE_SCAN_COMMENT_DASH,
    ARTICLE_SCAN_COMMENT_DASHES,
    ARTICLE_SCAN_COMMENT_BANG,
    ARTICLE_SCAN_CDATA,
    ARTICLE_SCAN_CDATA_BRACKET,
    ARTICLE_SCAN_CDATA_BRACKETS,
    ARTICLE_SCAN_RAW,
    ARTICLE_SCAN_RAW_OPEN,
    ARTICLE_SCAN_RAW_END,
    ARTICLE_SCAN_RAW_BANG,
    ARTICLE_SCAN_RAW_NEST,
    ARTICLE_SCAN_PLAINTEXT
} article_scan_state_t;


/* Where article_scan_hash() begins. */
#define ARTICLE_SCAN_HASH  2166136261U

/* Keeps the names of most elements apart in article_scanner_t.seen. */
#define ARTICLE_SCAN_SPREAD  UINT64_C(0xd2bba9c05eed1a29)


/*
 * The parts: each handles a group of states and returns at the first byte
 * of another group's.  end is where scanner->offset is.
 */
const char *article_scan_text(article_scanner_t *s, const char *p,
    const char *end);
const char *article_scan_markup(article_scanner_t *s, const char *p,
    const char *end);
const char *article_scan_raw(article_scanner_t *s, const char *p,
    const char *end);

/* A tag's name begins with the byte at hand, which NAME will read. */
void article_scan_open(article_scanner_t *s, unsigned closing);

/* The attributes of a tag, from BEFORE_NAME on, up to what is not plain. */
const char *article_scan_whole(article_scanner_t *s, const char *p,
    const char *end);

/*
 * A plain start tag from "<" on, or from a quote that closes a value: its
 * ">"; NULL if it is not plain.  8 bytes before p must be there.
 */
const char *article_scan_start(article_scanner_t *s, const char *p,
    const char *end);

/* An attribute's name: 1 if its value is wanted (s->attribute). */
unsigned article_scan_want(article_scanner_t *s, const char *name,
    size_t len);

/* The text of the event's element is raw. */
void article_scan_raw_begin(article_scanner_t *s);

/* Remembers an element's name of up to 8 bytes; 0: it is none. */
unsigned article_scan_learn(article_scanner_t *s, uint64_t key,
    const char *name, size_t len);

/* Text, of the kind that is being read. */
void article_scan_emit_text(article_scanner_t *s, const char *data,
    size_t len);

/* Bytes that may be no tag are held, and emitted when they are text. */
void article_scan_hold(article_scanner_t *s, unsigned char c);
void article_scan_emit_held(article_scanner_t *s);


/* Bytes of attributes' names as small letters; 0: not sure to be in one. */
extern const unsigned char  article_scan_names[256];


static inline unsigned
article_is_space(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}


static inline unsigned
article_is_letter(unsigned char c)
{
    return (unsigned char) ((c | 0x20) - 'a') < 26;
}


static inline char
article_scan_lower(unsigned char c)
{
    return (char) ((unsigned char) (c - 'A') < 26 ? c | 0x20 : c);
}


/* Of an attribute's name: one of 64, by its first letter and its length. */
static inline uint64_t
article_scan_bit(const char *name, size_t len)
{
    return (uint64_t) 1 << ((((unsigned char) name[0] | 0x20) + 12 * len)
                            % 64);
}


/* FNV-1a of an element's name, from ARTICLE_SCAN_HASH on. */
static inline uint32_t
article_scan_hash(uint32_t hash, unsigned char c)
{
    return (hash ^ c) * 16777619U;
}


/* The place of a name of up to 8 bytes, which may hold another one. */
static inline article_scanner_seen_t *
article_scan_seen(article_scanner_t *s, uint64_t key)
{
    return &s->seen[key * ARTICLE_SCAN_SPREAD
                    >> (64 - ARTICLE_SCANNER_SEEN_BITS)];
}


/* Is this attribute looked at? */
static inline unsigned
article_scan_wants(const article_scanner_t *s, unsigned attribute)
{
    return s->event.tag == ARTICLE_TAG_INPUT || s->attributes->everywhere
           || (attribute != ARTICLE_ATTRIBUTE_TYPE
               && attribute != ARTICLE_ATTRIBUTE_NAME);
}


/* The bits of those that are looked at in the element at hand. */
static inline uint64_t
article_scan_looks(const article_scanner_t *s)
{
    return s->event.tag == ARTICLE_TAG_INPUT ? s->looks_input : s->looks;
}


/* A tag has no values yet. */
static inline void
article_scan_clear(article_scanner_t *s)
{
    s->event.self_closing = 0;
    s->event.overflow = 0;
    s->values_len = 0;
    s->placed = 0;

    memset(s->event.element.value, 0,
           ARTICLE_ATTRIBUTE_PLAN * sizeof(article_slice_t));

    if (s->attributes->number > ARTICLE_ATTRIBUTE_PLAN) {
        memset(&s->event.element.value[ARTICLE_ATTRIBUTE_PLAN], 0,
               (s->attributes->number - ARTICLE_ATTRIBUTE_PLAN)
               * sizeof(article_slice_t));
    }
}


/*
 * The element of the event has been inserted: its text may be raw.  1: the
 * state is not TEXT any more.
 */
static inline unsigned
article_scan_inserted(article_scanner_t *s)
{
    if ((article_tag_flags(s->event.tag)
         & (ARTICLE_TAG_IS_RAW | ARTICLE_TAG_IS_RCDATA
            | ARTICLE_TAG_IS_LAST)) == 0
        || s->foreign)
    {
        return 0;
    }

    article_scan_raw_begin(s);

    return 1;
}


/* A value that is in the page at hand: it is not copied. */
static inline void
article_scan_value_at(article_scanner_t *s, unsigned attribute,
    article_slice_t value)
{
    if (s->event.element.value[attribute].len != 0
        || (value.len == 0 && attribute <= ARTICLE_ATTRIBUTE_CLASS))
    {
        return;
    }

    if (value.len > ARTICLE_SCANNER_VALUES - s->values_len) {
        s->event.overflow = 1;
        return;
    }

    s->event.element.value[attribute] = value;
    s->values_len += value.len;
    s->placed |= 1U << attribute;
}


#endif /* ARTICLE_SCANNER_STATE_H_INCLUDED */

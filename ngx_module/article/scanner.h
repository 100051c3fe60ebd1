/*
 * Copyright (C) the authors named in LICENSE
 *
 * A streaming scanner of HTML's tags (HTML standard, 13.2.5 "Tokenization").
 * It is fed a page in any portions and calls a handler for start tags, end
 * tags and text; the calls are the same for every splitting, but that text
 * may come in other pieces.  It copies nothing but the names and the few
 * attribute values that are asked for, bounded.
 */

#ifndef ARTICLE_SCANNER_H_INCLUDED
#define ARTICLE_SCANNER_H_INCLUDED


#include "selector.h"
#include "tags.h"


/* Bytes of the values of one start tag that are kept. */
#define ARTICLE_SCANNER_VALUES  2048

/* Longest name of an element or attribute; a longer one is unknown. */
#define ARTICLE_SCANNER_NAME    32

/* Names of elements that are remembered: 2 to a power. */
#define ARTICLE_SCANNER_SEEN_BITS  6
#define ARTICLE_SCANNER_SEEN       (1U << ARTICLE_SCANNER_SEEN_BITS)


typedef struct {
    article_tag_t       tag;
    uint32_t            hash;           /* of the whole name */
    unsigned            self_closing;   /* "/>" */
    unsigned            overflow;       /* a value asked for was too long:
                                           it counts as absent */
    article_element_t   element;        /* name and values; end tags: name */
    uint64_t            start;          /* of "<" */
    uint64_t            end;            /* behind ">" */
} article_tag_event_t;


typedef enum {
    ARTICLE_TEXT_PLAIN = 0,     /* character data; may hold references */
    ARTICLE_TEXT_RCDATA,        /* of title and textarea */
    ARTICLE_TEXT_RAW            /* of script, style and their kin */
} article_text_kind_t;


typedef struct {
    /*
     * start returns 1 if the element was inserted: only then is its text
     * raw.  It may set scanner->foreign.
     */
    unsigned  (*start)(void *data, const article_tag_event_t *event);
    void      (*end)(void *data, const article_tag_event_t *event);
    void      (*text)(void *data, article_text_kind_t kind,
                      article_slice_t text);

    /* "<!...>": its content, or the beginning of a long one */
    void      (*declaration)(void *data, article_slice_t text);
} article_scanner_handler_t;


/* A name of an element as it is written in the page, and what it is. */
typedef struct {
    uint64_t             key;           /* its bytes, up to 8 */
    article_tag_t        tag;
    uint32_t             hash;
    char                 name[8];       /* lower case */
} article_scanner_seen_t;


typedef struct {
    const article_scanner_handler_t  *handler;
    void                             *data;
    const article_attributes_t       *attributes;   /* looked at */
    uint64_t                          looks;        /* a bit for each */
    uint64_t                          looks_input;  /* for input elements */
    uint64_t                          looks_most;   /* id and class alone */

    unsigned             state;
    unsigned             foreign;       /* the open element is svg's or
                                           math's: there is CDATA, no raw */
    uint64_t             offset;        /* of the next byte */
    const char          *begin;         /* of the portion at hand */
    uint64_t             pending;       /* of the first byte of what is not
                                           decided: "<" of a tag, or offset */

    uint64_t             text_start;    /* of the text at hand; of "<" or
                                           "<![CDATA[" where it is not known */

    article_tag_event_t  event;         /* being built */
    unsigned             closing;       /* an end tag */
    unsigned             attribute;     /* index of the value being read */
    unsigned             wanted;        /* the value is kept */
    unsigned             placed;        /* bits: values that are in the page
                                           at hand, not in values[] */
    size_t               value_start;
    size_t               values_len;
    size_t               name_len;      /* of an attribute's name */
    size_t               tag_len;

    article_tag_t        raw;           /* whose text is being read */
    article_text_kind_t  raw_kind;
    unsigned             escape;        /* script: 1 in "<!--", 2 in a
                                           script within it */
    unsigned             dashes;        /* script: before this byte */

    article_scanner_seen_t  seen[ARTICLE_SCANNER_SEEN];

    size_t               held_len;      /* bytes seen that may be no tag */
    char                 held[16];
    char                 tag_name[ARTICLE_SCANNER_NAME];
    char                 name[ARTICLE_SCANNER_NAME];
    char                 values[ARTICLE_SCANNER_VALUES];
} article_scanner_t;


void article_scanner_init(article_scanner_t *scanner,
    const article_scanner_handler_t *handler, void *data,
    const article_attributes_t *attributes);

void article_scanner_feed(article_scanner_t *scanner, const char *data,
    size_t len);


#endif /* ARTICLE_SCANNER_H_INCLUDED */

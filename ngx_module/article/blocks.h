/*
 * Copyright (C) the authors named in LICENSE
 *
 * A page as extraction sees it: one walk over the DOM gives its elements,
 * its lines of text and its images, players and links to files.
 */

#ifndef ARTICLE_BLOCKS_H_INCLUDED
#define ARTICLE_BLOCKS_H_INCLUDED


#include "document.h"
#include "markers.h"


/*
 * What holds of an element and of all below it.  The first group comes from
 * tags and attributes, the second from class and id words (classes.h).
 */
#define ARTICLE_IN_LINK       0x00000001u
#define ARTICLE_IN_BOLD       0x00000002u
#define ARTICLE_IN_ITALIC     0x00000004u
#define ARTICLE_IN_RIGHT      0x00000008u   /* aligned */
#define ARTICLE_IN_CENTER     0x00000010u
#define ARTICLE_IN_LIST       0x00000020u
#define ARTICLE_IN_CELL       0x00000040u
#define ARTICLE_IN_QUOTE      0x00000080u
#define ARTICLE_IN_FIGURE     0x00000100u
#define ARTICLE_IN_FIGCAPTION 0x00000200u
#define ARTICLE_IN_HEADING    0x00000400u
#define ARTICLE_IN_PRE        0x00000800u
#define ARTICLE_IN_FORM       0x00001000u
#define ARTICLE_IN_MARQUEE    0x00002000u
#define ARTICLE_IN_BIG        0x00004000u   /* large letters */
#define ARTICLE_IN_SEARCH     0x00008000u   /* by class words as well */

#define ARTICLE_IN_NAV        0x00010000u
#define ARTICLE_IN_FOOTER     0x00020000u
#define ARTICLE_IN_SIDE       0x00040000u
#define ARTICLE_IN_RELATED    0x00080000u
#define ARTICLE_IN_COMMENT    0x00100000u
#define ARTICLE_IN_TOOLS      0x00200000u
#define ARTICLE_IN_AD         0x00400000u
#define ARTICLE_IN_BODY       0x00800000u
#define ARTICLE_IN_CAPTION    0x01000000u
#define ARTICLE_IN_SAPO       0x02000000u
#define ARTICLE_IN_AUTHOR     0x04000000u
#define ARTICLE_IN_DATE       0x08000000u
#define ARTICLE_IN_TITLE      0x10000000u
#define ARTICLE_IN_TAGS       0x20000000u
#define ARTICLE_IN_HEADER     0x40000000u

/* what class words say against a text */
#define ARTICLE_IN_AGAINST    (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER               \
                               |ARTICLE_IN_SIDE|ARTICLE_IN_RELATED            \
                               |ARTICLE_IN_COMMENT|ARTICLE_IN_TOOLS           \
                               |ARTICLE_IN_AD|ARTICLE_IN_TAGS)

/* set on lines alone */
#define ARTICLE_LINE_SOFT     0x80000000u   /* behind a single <br> */


typedef enum {
    ARTICLE_ROLE_NONE = 0,      /* not of the article */
    ARTICLE_ROLE_BODY,
    ARTICLE_ROLE_SAPO,
    ARTICLE_ROLE_CAPTION,
    ARTICLE_ROLE_TITLE,
    ARTICLE_ROLE_DATE,
    ARTICLE_ROLE_BYLINE,
    ARTICLE_ROLE_CUT,           /* part of a labelled list, box or tool */
    ARTICLE_ROLE_LEAK           /* beside or amid the text, none of it: leak.c;
                                   no name or date is looked for there */
} article_role_t;


typedef struct {
    lxb_dom_node_t  *node;
    uint32_t         parent;        /* index; 0 is the root, its own parent */
    uint32_t         end;           /* index behind the last descendant */
    uint32_t         line;          /* lines [line, line_end) lie in it */
    uint32_t         line_end;
    uint32_t         flags;         /* ARTICLE_IN_... */
    uint32_t         own;           /* those that begin at this element */
    uint16_t         tag;           /* LXB_TAG_..., or 0 when unknown */
    uint8_t          block;         /* 1: breaks lines */
    uint8_t          chosen;        /* scratch of the content choice */
} article_element_t;


typedef struct {
    article_slice_t  text;          /* white space squeezed, NFC */
    lxb_dom_node_t  *link;          /* its first <a href>, or NULL */
    uint32_t         element;       /* the nearest block element */
    uint32_t         flags;         /* of it; text flags only when all of the
                                       text has them */
    uint32_t         any;           /* flags that some of its text has */
    uint32_t         chars;
    uint32_t         link_chars;
    uint32_t         words;
    uint32_t         marks;         /* ends of sentences */
    uint32_t         value;         /* worth as running text: content.c */
    uint16_t         links;
    uint8_t          heading;       /* 1 to 6, 0: none */
    uint8_t          marker;        /* article_marker_t */
    uint8_t          exact;         /* the marker is the whole line */
    uint8_t          role;          /* article_role_t */
    uint8_t          item;          /* part of a repeated list entry */
    uint8_t          ends;          /* ends with a sentence mark */
    uint8_t          learned;       /* cut by what was learned alone */
    const char      *why;           /* of the role; static */
} article_line_t;


typedef enum {
    ARTICLE_MEDIA_IMAGE = 0,
    ARTICLE_MEDIA_AUDIO,
    ARTICLE_MEDIA_VIDEO,
    ARTICLE_MEDIA_FRAME,            /* <iframe>, <embed> */
    ARTICLE_MEDIA_FILE              /* a link to a document or player file */
} article_media_type_t;


typedef struct {
    lxb_dom_node_t        *node;
    article_slice_t        url;     /* as written */
    article_slice_t        alt;     /* images: alt; files: text of the link;
                                       players: title */
    uint32_t               width;   /* in pixels as the page says, or 0 */
    uint32_t               height;
    article_media_type_t   type;
    uint32_t               element; /* the nearest recorded element */
    uint32_t               line;    /* number of the line it stands in or,
                                       outside of text, before */
    uint32_t               caption; /* line, and number of lines */
    uint32_t               caption_lines;
    uint8_t                inside;  /* 1: amid the text of the line */
    uint8_t                small;   /* icon, spacer, tracking pixel */
    uint8_t                kept;    /* part of the article */
} article_media_t;


typedef struct {
    article_arena_t    *arena;
    lxb_dom_node_t     *root;       /* <html> or what stands for it */
    article_element_t  *element;
    uint32_t            elements;
    article_line_t     *line;
    uint32_t            lines;
    article_media_t    *media;
    uint32_t            medias;
} article_blocks_t;


/*
 * Walks the document.  node->user of each element walked is its index + 1,
 * of each text node the number of its line + 1; both are 0 for what is
 * hidden or never text.  0, or -1 when memory is out.
 */
int article_blocks_build(article_blocks_t *blocks, article_engine_t *engine);

/*
 * Forgets what class words say against an element that holds most of the
 * page's text ("sidebar-1" may well be the main column).
 */
void article_blocks_clear(article_blocks_t *blocks);

/* The recorded element of a node; NULL when it was not walked. */
article_element_t *article_blocks_element(const article_blocks_t *blocks,
    const lxb_dom_node_t *node);

/* Index of the deepest element that holds all lines of [from, to). */
uint32_t article_blocks_common(const article_blocks_t *blocks, uint32_t from,
    uint32_t to);

/*
 * 1 if a line that begins as the label of a widget does is a paragraph of
 * its own ("Lịch tiếp công dân tháng 4/2018"): labels are headings, and short.
 */
unsigned article_line_is_sentence(const article_blocks_t *blocks,
    const article_line_t *line);

/* 1 if other cells of the line's table row hold text as well. */
unsigned article_blocks_in_row(const article_blocks_t *blocks, uint32_t n);

/* 1 if element b is a or below it. */
unsigned article_blocks_within(const article_blocks_t *blocks, uint32_t a,
    uint32_t b);

/* The first of the media that stand in or before a line, or behind it. */
uint32_t article_blocks_media(const article_blocks_t *blocks, uint32_t line);

/* Text of the lines [from, to) joined by single spaces; in the arena. */
article_slice_t article_blocks_text(const article_blocks_t *blocks,
    uint32_t from, uint32_t to);

/* Text of any node, white space squeezed; hidden text as well; no scripts. */
article_slice_t article_node_text(article_arena_t *arena,
    const lxb_dom_node_t *node);

/* White space as HTML and editors write it; _other: beyond ASCII. */
unsigned article_is_space_other(uint32_t c);

static inline unsigned
article_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || c - 0x09 < 5 : article_is_space_other(c);
}


/* 1 for a byte that no such space begins with, nor what no line keeps. */
static inline unsigned
article_is_plain(char c)
{
    unsigned char  u;

    u = (unsigned char) c;

    return u > ' ' && u != 0xc2 && (u < 0xe2 || (u > 0xe3 && u != 0xef));
}


/* 1 if the reference names a document, archive, sound or film file. */
unsigned article_is_file_reference(article_slice_t reference,
    const char **mime);


#endif /* ARTICLE_BLOCKS_H_INCLUDED */

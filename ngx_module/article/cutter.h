/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of the streaming cutter (article_strip_* of article.h): for
 * its parts and the learner only.
 */

#ifndef ARTICLE_CUTTER_H_INCLUDED
#define ARTICLE_CUTTER_H_INCLUDED


#include <stddef.h>
#include <string.h>

#include "charset_parts.h"
#include "label.h"
#include "needs.h"
#include "nesting.h"
#include "plan.h"
#include "sum.h"


/* More cuts in one page than this are not made. */
#define ARTICLE_CUTTER_CUTS    4096

/* Elements with a counter in one line. */
#define ARTICLE_LINE_COUNTERS  4

#define ARTICLE_STRIP_BITS     64

/* Bytes of text that are looked at together. */
#define ARTICLE_LINE_BLOCK     16

/* Lines that are known again: twice so many, and the longest of them. */
#define ARTICLE_HEARD_PLACES   256
#define ARTICLE_HEARD_BYTES    242

/* Bytes of a label's folded text that are looked for in the title first. */
#define ARTICLE_HEARD_FOLDED   8

/* Bytes of the page's title that lines are compared with. */
#define ARTICLE_CUTTER_TITLE   512


typedef struct {
    article_range_t   range;
    const char       *why;
} article_cut_t;


/*
 * The line of text being read: what stands between two tags of blocks, with
 * the inline elements in it.  start and depth tell the innermost whole thing
 * around it: it lies in the content of frame[depth - 1].
 */
typedef struct {
    uint64_t       start;
    uint32_t       depth;
    uint32_t       bytes;       /* outside links; a reference counts as two */
    uint32_t       before;      /* of them, in front of the first link */
    uint32_t       link_bytes;
    uint32_t       links;
    uint32_t       letters;     /* of ASCII; not in references */
    uint32_t       len;
    unsigned char  open;        /* it holds more than white space */
    unsigned char  image;       /* in the line */
    unsigned char  digits;      /* it has one */
    unsigned char  q;           /* it has that letter, small or capital */
    unsigned char  references;  /* it has "&" */
    unsigned char  more;        /* its first link is "Xem tiếp" */
    unsigned char  reference;   /* bytes since "&", + 1; 0: in none */
    unsigned char  placed;      /* start and depth are known */
    unsigned char  broken;      /* an element that began before it ended */
    unsigned char  overflow;    /* longer than text[] */
    unsigned char  counters;    /* inline elements that are one */

    /* from here on not cleared between lines */

    struct {
        article_range_t  range;
        size_t           from;  /* of text[] */
        size_t           to;
    } counter[ARTICLE_LINE_COUNTERS];
    char      text[ARTICLE_LABEL_LINE + ARTICLE_LINE_BLOCK];
} article_line_t;


/* What a line said, to be known again by its bytes. */
typedef struct {
    unsigned char  len;         /* 0: none */
    unsigned char  label;
    unsigned char  charset;     /* in which it was read */
    unsigned char  known;       /* ARTICLE_HEARD_..., of which is tells */
    unsigned char  is;
    unsigned char  folded_len;  /* 0: not yet */
    char           folded[ARTICLE_HEARD_FOLDED];
    char           raw[ARTICLE_HEARD_BYTES];
} article_heard_line_t;

#define ARTICLE_HEARD_POPULAR  0x01     /* the most read things */
#define ARTICLE_HEARD_ADVERT   0x02     /* an advertisement */

struct article_strip_memory_s {
    article_heard_line_t  line[ARTICLE_HEARD_PLACES][2];
};


/* What the line at hand says. */
typedef struct {
    article_label_t        label;
    article_slice_t        raw;
    article_slice_t        text;    /* decoded; data NULL: not yet */
    article_heard_line_t  *line;    /* where it is kept; NULL: nowhere */
    char                   out[ARTICLE_LABEL_LINE];
} article_heard_t;


/*
 * A label has been read, and what belongs to it is being looked at.  zone is
 * the run of whole things that would be cut, in the content of frame[level];
 * best, the largest good zone so far.
 */
typedef struct {
    unsigned          active;
    article_label_t   label;
    const char       *why;
    unsigned          any;          /* of a rule: whatever kind of list */
    unsigned          teasers;      /* the list's items may have them */
    unsigned          short_list;   /* a long one is no cut's */
    unsigned          advert;       /* an advertisement's: text may be in it */
    unsigned          ragged;       /* its last thing had no end tag */
    unsigned          counted;      /* the label came with its number */
    unsigned          level;
    unsigned          base;         /* frames from here on hold nothing
                                       before the label */
    unsigned          flat;         /* level + 1 at which its list began */
    uint64_t          start;        /* of the zone */
    uint64_t          first;        /* of all that is held for it */
    uint32_t          label_shape;  /* of the label's element */
    article_tag_t     label_tag;
    uint32_t          item_shape;   /* of the first thing of the list */
    article_tag_t     item_tag;
    uint32_t          old_touch;    /* of frame[base - 1] before it */
    article_counts_t  counts;       /* at the label's end */
    article_counts_t  child;        /* when the last child of level began */
    article_range_t   best;         /* end 0: none yet */
} article_hold_t;


/*
 * The learner looks over the cutter's shoulder: it sees elements, lines and
 * scripts as the cutter will see them, and nothing is cut.
 */
typedef struct {
    void  (*opened)(void *data, const article_tag_event_t *event);
    void  (*closing)(void *data, uint64_t end);
    void  (*line)(void *data, article_slice_t text, article_label_t label);
    void  (*script)(void *data, article_slice_t text);
    void  (*option)(void *data, article_slice_t text);
} article_observer_t;


struct article_strip_s {
    article_nesting_t      nesting;
    article_scanner_t      scanner;

    const article_plan_t  *plan;        /* never NULL */
    article_plan_t         empty;
    unsigned               builtin;
    unsigned               home;        /* it is the home page */
    size_t                 buffer;
    unsigned               limited;     /* 1: a block outgrew it */

    const article_observer_t  *observer;    /* or NULL */
    void                      *observer_data;

    article_reason_t       reason;      /* other than OK: the rest passes */
    unsigned               finished;
    uint64_t               fed;

    uint64_t               tag_start;   /* of the tag at hand */
    uint64_t               held;        /* nothing before it is held */

    article_counts_t       counts;
    uint32_t               vetoed;      /* so counted when the last element
                                           opened */
    article_counts_t       fresh_counts;    /* when frame[fresh] did */
    article_line_t         line;
    article_strip_memory_t  *memory;    /* or NULL */
    article_hold_t         hold;
    unsigned               fresh;       /* frames from here on hold nothing */
    unsigned               doctype;     /* one has been seen */
    unsigned               links;       /* open a elements */
    unsigned               kept;        /* open elements of "keep" */
    unsigned               navs;        /* open nav elements */
    unsigned               headings;    /* open h1 to h6 */
    unsigned               rules;       /* open elements that a rule fits */
    uint32_t               link_start;  /* line.link_bytes at the last "<a" */
    uint32_t               link_bytes;  /* of its text on lines before */
    unsigned               lines;       /* of text since the last title */
    unsigned               running;     /* paragraphs so far */
    unsigned               prose;       /* lines of text since the last link
                                           on a line of its own */
    unsigned               prose_most;  /* the most of them so far */
    uint64_t               rule_start;  /* of the first of "rules" */

    article_needs_t        needs;       /* ids that scripts take for granted */

    size_t                 title_len;   /* folded */
    char                   title[ARTICLE_CUTTER_TITLE];
    size_t                 title_raw_len;
    char                   title_raw[ARTICLE_LABEL_LINE];
    unsigned               title_open;
    unsigned               title_done;

    article_charset_t      charset;     /* of lines that are no UTF-8 */
    unsigned               utf8;        /* lines beyond ASCII that are */
    article_evidence_t     evidence;    /* of the others */

    unsigned               given;       /* cuts handed out */
    unsigned               cuts;
    unsigned               cuts_size;
    const char            *why;         /* of the last one */
    article_cut_t         *cut;
    uint64_t               used[ARTICLE_RULES_MAX / ARTICLE_STRIP_BITS + 1];
                                        /* a bit for each rule: given */

    /*
     * Of each frame, 2 * words words: the plan's states matched by it, and
     * by it or an element around it.
     */
    unsigned               words;
    uint64_t              *matched;

    unsigned               ruled;       /* of ruled_counts[] */
    unsigned               ruled_size;
    article_counts_t      *ruled_counts;    /* when elements that a rule fits
                                               opened */

    /*
     * Of each frame, and first of the page, so many children of each of the
     * types that selectors ask for; else NULL.
     */
    uint16_t              *ordinal;

    /* for rules that know their block's words; else NULL */

    article_sum_t          plain;       /* of the lines in elements of rules */
    article_sum_t          targets;     /* of their links */
    article_sum_t         *sum;         /* when the frame's began: of each,
                                           then of links of each */
};


/* cutter.c */

extern const article_scanner_handler_t  article_cutter_scanner;
extern const article_nesting_handler_t  article_cutter_nesting;

/* Remembers a cut; those within it are forgotten. */
void article_cutter_cut(article_strip_t *c, uint64_t start, uint64_t end,
    const char *why);

/* What has been counted since then. */
article_counts_t article_counts_since(const article_counts_t *now,
    const article_counts_t *then);

/* The counts when the element just pushed was not. */
article_counts_t article_cutter_before(const article_strip_t *c,
    const article_frame_t *frame);

/* 1 if lines and fields are to be counted. */
#define article_cutter_counts(c)                                              \
    ((c)->hold.active || (c)->rules != 0 || (c)->observer != NULL)

/* Lets go of everything that is held, from rules to lines. */
void article_cutter_release(article_strip_t *c);

/* The same, for it has outgrown the buffer: remembers it of a block. */
void article_cutter_outgrown(article_strip_t *c);

/*
 * Where the first thing begins that may still be cut: an element that a rule
 * fits, a label's zone, elements that hold nothing yet (a label may be their
 * first text), the line being read; at, if it is before them.
 */
uint64_t article_cutter_held(const article_strip_t *c, uint64_t at);


/* rules.c: the plan's selectors */

/* The element just pushed: is it a rule's, or to be kept? */
void article_rules_opened(article_strip_t *c,
    const article_tag_event_t *event);

/* The element about to be popped is a rule's. */
void article_rules_closing(article_strip_t *c, uint64_t end);

/* A line of text; the first in elements that wait for their heading. */
void article_rules_heading(article_strip_t *c, article_slice_t text);

/* In a select: a portion of its text.  A link that has been put in. */
void article_rules_option(article_strip_t *c, article_slice_t text);
void article_rules_link(article_strip_t *c, const article_tag_event_t *event);

/* 1 if that may be a box of numbers: short lines, nothing else. */
unsigned article_rules_is_counter(const article_counts_t *counts);

/* 1 if that is selects, and what they are called; pictures alone. */
unsigned article_rules_is_select(const article_counts_t *counts);
unsigned article_rules_is_banner(const article_counts_t *counts);

/* The reason of a rule that is this heading alone; NULL if there is none. */
const char *article_rules_label(const article_strip_t *c,
    article_slice_t text);


/* ordinal.c: which child of its parent an element is */

/* Room for the counts, if the plan's selectors ask: 0, or -1. */
int article_ordinals_init(article_strip_t *c);

/* The element just pushed, or event's, which is void: its numbers. */
const uint16_t *article_ordinals_opened(article_strip_t *c,
    const article_tag_event_t *event);
void article_ordinals_void(article_strip_t *c,
    const article_tag_event_t *event);

/* 1 if the innermost element stands in a body whose tag was left out. */
unsigned article_ordinals_in_body(const article_nesting_t *nesting);


/* line.c: the line of text at hand */

/* An inline element has been pushed; is about to be popped. */
void article_line_opened(article_strip_t *c, const article_frame_t *frame);
void article_line_closing(article_strip_t *c, uint64_t end);

/* A line ends that holds more than white space. */
void article_line_end_open(article_strip_t *c);

/* A link begins: what stands before it on its line may be a label. */
void article_line_link(article_strip_t *c);

/* A new line; an open link's text goes on in it. */
static inline void
article_line_reset(article_strip_t *c)
{
    if (c->links != 0) {
        c->link_bytes += c->line.link_bytes - c->link_start;
    }

    c->link_start = 0;
    memset(&c->line, 0, offsetof(article_line_t, counter));
}


/* The line ends; most do as soon as they begin, between two blocks. */
static inline void
article_line_end(article_strip_t *c)
{
    if (c->line.open) {
        article_line_end_open(c);

    } else {
        article_line_reset(c);
    }
}


static inline void
article_line_append(article_line_t *line, char ch)
{
    if ((unsigned char) ch <= ' ') {
        if (line->len == 0 || line->text[line->len - 1] == ' ') {
            return;
        }

        ch = ' ';
    }

    if (line->len == ARTICLE_LABEL_LINE) {
        line->overflow = 1;
        return;
    }

    line->text[line->len++] = ch;
}


/* line_text.c: its text */

void article_line_text(article_strip_t *c, article_slice_t text);


/* line_counter.c: counters in it */

/* The inline element about to be popped is one. */
void article_line_counter(article_strip_t *c, uint64_t end);

/* At its end: they are cut, if what is left of it says so. */
void article_line_counters(article_strip_t *c);


/* line_heard.c: what it says */

/* A line that has no more to say: it is long. */
void article_heard_nothing(article_heard_t *heard);

/* The line at hand, or what there is of it so far. */
void article_heard_line(article_strip_t *c, article_heard_t *heard);

/* Its text, decoded and trimmed; it points into heard or the line. */
article_slice_t article_heard_text(const article_strip_t *c,
    article_heard_t *heard);

/* 1 if it is ARTICLE_HEARD_... */
unsigned article_heard_is(article_strip_t *c, article_heard_t *heard,
    unsigned what);

/* 1 if the page's title holds the label. */
unsigned article_heard_in_title(const article_strip_t *c,
    article_heard_t *heard);


/* line_count.c: what a line adds to the counts */

void article_line_count(article_strip_t *c, article_heard_t *heard);

/* A link ends, whose text on this line begins at from. */
void article_line_linked(article_strip_t *c, size_t from);

/* 1 if the page's title holds the text; a label may be short. */
unsigned article_line_is_title(const article_strip_t *c,
    article_slice_t text, unsigned label);


/* doctype.c */

/* 1 if this "<!...>" is a doctype: does it ask for quirks mode? */
unsigned article_doctype_quirks(article_slice_t declaration,
    unsigned *quirks);


/* encoding.c: what the page's bytes are, and its title */

/* Lines are read so from now on; by default as windows-1258. */
void article_encoding_init(article_strip_t *c, article_slice_t declared);

/* A line of the page, or the beginning of a long one. */
void article_encoding_seen(article_strip_t *c, article_slice_t raw);

/* The page's title: a part of it, and its end. */
void article_encoding_title(article_strip_t *c, article_slice_t text);
void article_encoding_title_end(article_strip_t *c);


/* hold.c: a label and what belongs to it */

/* The line at hand is a label; why, of a rule's heading, else NULL. */
void article_hold_begin(article_strip_t *c, article_heard_t *heard,
    const char *why);

/* The element just pushed; or event's, which is void and will not be. */
void article_hold_opened(article_strip_t *c);
void article_hold_void(article_strip_t *c, const article_tag_event_t *event);

/* The innermost element is about to be popped; end as in nesting.h. */
void article_hold_closing(article_strip_t *c, uint64_t end);

/* Something has been counted. */
void article_hold_check(article_strip_t *c);

/* Cuts the best zone, if there is one. */
void article_hold_finish(article_strip_t *c);

/* 1 if so much is what such a label is for. */
unsigned article_hold_accepts(const article_hold_t *h,
    const article_counts_t *counts);


#endif /* ARTICLE_CUTTER_H_INCLUDED */

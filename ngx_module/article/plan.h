/*
 * Copyright (C) the authors named in LICENSE
 *
 * The cut plan of a portal file, compiled for the streaming cutter.
 */

#ifndef ARTICLE_PLAN_H_INCLUDED
#define ARTICLE_PLAN_H_INCLUDED


#include "selector.h"


/* What a block must still be when it passes, for a rule to cut it. */
typedef enum {
    ARTICLE_ONLY_ANY = 0,
    ARTICLE_ONLY_LINKS,         /* links; other text short, or a teaser */
    ARTICLE_ONLY_COUNTER,       /* labels and digits */
    ARTICLE_ONLY_WIDGET,        /* short texts, no paragraph */
    ARTICLE_ONLY_SELECT,        /* selects, and what they are called */
    ARTICLE_ONLY_BANNER         /* pictures in links, no text */
} article_only_t;

#define ARTICLE_ONLY_LAST  ARTICLE_ONLY_BANNER


/*
 * One entry of "strip" or "keep".  select alone: the element.  heading alone:
 * a label and what belongs to it.  Both: the element if heading is the first
 * text in it.
 */
typedef struct {
    article_slice_t  select;        /* as written; empty: none */
    article_slice_t  heading;       /* folded; empty: none */
    article_slice_t  why;           /* "rule div.related", terminated */
    article_only_t   only;
    uint32_t         max;           /* bytes of the block; 0: no limit */
    uint32_t         min_links;
    uint64_t         text;          /* fingerprint of its text without digits
                                       (sum.h), of a banner's targets; 0:
                                       whatever it says */
    unsigned         learned;       /* 1: of a learned file */
    unsigned         keep;          /* 1: never cut */
} article_rule_t;


#define ARTICLE_RULES_MAX  250


/*
 * All selectors' compounds in one array.  A state is an index into it; it
 * follows the state prev, which is before it, unless first is set.  Selectors
 * that begin alike share states; the last one is a rule's own.
 */
typedef struct {
    article_compound_t  compound;
    uint16_t            rule;           /* where last is set */
    uint16_t            prev;
    unsigned            first:1;
    unsigned            last:1;         /* the rule's element is found */
    unsigned            body:1;         /* "body" alone, and first */
} article_state_t;


#define ARTICLE_STATES_MAX    512
#define ARTICLE_STATES_WORDS  (ARTICLE_STATES_MAX / 64)


typedef struct {
    article_rule_t        *rule;
    unsigned               rules;
    article_state_t       *state;
    unsigned               states;
    unsigned               headings;    /* rules that have a heading alone */
    unsigned               texts;       /* rules that have a fingerprint */
    unsigned               learned;     /* rules that were learned */
    unsigned               banners;     /* rules that know their targets */
    unsigned               href;        /* attribute of these */
    article_attributes_t   attributes;
} article_plan_t;


/* An empty plan: nothing but what the cutter looks at itself. */
void article_plan_init(article_plan_t *plan);

/*
 * Makes room for rules in the arena; then add them one by one.  add compiles
 * rule->select; 0, or -1 with a message.
 */
int article_plan_reserve(article_plan_t *plan, article_arena_t *arena,
    unsigned rules);
int article_plan_add(article_plan_t *plan, article_arena_t *arena,
    const article_rule_t *rule, char *message, size_t size);

/* "links", "counter", "widget", "select", "banner", or ""; static. */
const char *article_only_word(article_only_t only);

/* The plan of a portal; NULL for NULL. */
const article_plan_t *article_portal_plan(const article_portal_t *portal);


#endif /* ARTICLE_PLAN_H_INCLUDED */

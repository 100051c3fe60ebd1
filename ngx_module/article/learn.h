/*
 * Copyright (C) the authors named in LICENSE
 *
 * The inside of a learner: for learn*.c only.
 *
 *      page --observe--> observation --learn--> places --plan--> plans
 *                                       |                          |
 *                                       +--state--> bytes          +--> JSON
 */

#ifndef ARTICLE_LEARN_H_INCLUDED
#define ARTICLE_LEARN_H_INCLUDED


#include "learn_bytes.h"
#include "learn_page.h"
#include "template.h"


/* Bounds of a learner; its state is bounded by learn_state.c. */
#define ARTICLE_LEARN_MEMORY    (8 * 1024 * 1024)
#define ARTICLE_LEARN_SEEN      512     /* articles that are recognised */
#define ARTICLE_LEARN_PLACES    768
#define ARTICLE_LEARN_TEXTS     4       /* of a place that are told apart */
#define ARTICLE_LEARN_ENTRIES   100     /* of a plan */
#define ARTICLE_LEARN_KEEPS     20
#define ARTICLE_LEARN_PLANS     6       /* in force, waiting, four earlier */
#define ARTICLE_LEARN_WORDS     64      /* pins, and vetoes */
#define ARTICLE_LEARN_STRING    480     /* of a selector or heading, bytes */
#define ARTICLE_LEARN_WHY       128


/* One block of an observation. */
typedef struct {
    article_only_t    only;
    article_label_t   label;
    article_slice_t   select;
    article_slice_t   heading;
    uint32_t          titles;
    uint32_t          bytes;
    uint32_t          text;         /* bytes of its text */
    unsigned          counted;      /* a counter's label is in it */
    uint64_t          hash;         /* of its text */
    uint64_t          plain;        /* of its text without digits */
    uint64_t          value;        /* the largest number in it; 0: a date or
                                       a warning is in it */
    uint64_t          key;          /* of select, heading and only */
} article_glimpse_t;


typedef struct {
    article_seen_t     seen;
    uint32_t           text;        /* bytes of the page's text */
    unsigned           needs;
    article_slice_t    needed[ARTICLE_TEMPLATE_NEEDS];
    unsigned           blocks;
    article_glimpse_t  block[ARTICLE_TEMPLATE_BLOCKS];
} article_observation_t;


/* The same selector, heading and kind: all that was seen there. */
typedef struct {
    uint64_t         key;
    article_only_t   only;
    article_label_t  label;
    article_slice_t  select;
    article_slice_t  heading;
    double           weight;        /* articles; old ones count less */
    double           share;         /* of a page's text, mean */
    uint32_t         articles;
    uint32_t         born;          /* number of the article seen first */
    uint32_t         last;          /* and last */
    uint64_t         first;         /* when it was new; 0: no clock */
    unsigned         many;          /* twice on one page */
    uint32_t         titles;        /* the least */
    uint32_t         bytes;         /* the most */
    unsigned         counted;
    uint64_t         plain;         /* the last */
    uint64_t         value;         /* the last */
    uint32_t         rises;         /* times value grew, never falling */
    unsigned         dated;         /* date or warning: no counter */
    double           changes;       /* of its text; old ones count less */
    uint64_t         now;           /* its text, the last */
    unsigned         texts;         /* different ones; up to TEXTS */
    uint64_t         text[ARTICLE_LEARN_TEXTS];
} article_place_t;


/* An entry of a plan. */
typedef struct {
    uint64_t         key;
    article_only_t   only;
    article_slice_t  select;
    article_slice_t  heading;
    uint32_t         min_links;
    uint32_t         max;
    uint64_t         text;          /* of one that is to stay the same: its
                                       words, targets; or 0 */
    uint32_t         articles;      /* seen on so many ... */
    uint32_t         of;            /* ... of so many */
} article_planned_t;


typedef struct {
    uint64_t            number;     /* 0: no plan */
    uint64_t            made;       /* when; 0: no clock */
    unsigned            share;      /* of a page's text, percent */
    unsigned            entries;
    article_planned_t  *entry;      /* room for ARTICLE_LEARN_ENTRIES */
    char                why[ARTICLE_LEARN_WHY];
} article_planning_t;


struct article_learner_s {
    article_arena_t     *arena;     /* strings and entries */
    article_slice_t      host;

    uint32_t             pages;
    uint32_t             articles;      /* distinct, since the beginning */
    article_seen_t       seen[ARTICLE_LEARN_SEEN];      /* a ring */
    double               weight;        /* of all articles, old ones less */

    unsigned             places;
    article_place_t      place[ARTICLE_LEARN_PLACES];
    unsigned             keeps;
    article_slice_t      keep[ARTICLE_LEARN_KEEPS];

    /*
     * The plans: [0] in force, [1] waiting (number 0: none), then the earlier
     * ones, the newest first.
     */
    article_planning_t   plan[ARTICLE_LEARN_PLANS];
    uint64_t             number;        /* the last one given */
    unsigned             held;          /* rolled back: new ones wait */
    uint32_t             changed;       /* articles when a plan last did */
    unsigned             unsaid;        /* keeps that no plan had yet */

    unsigned             pins;
    uint64_t             pin[ARTICLE_LEARN_WORDS];
    unsigned             vetoes;
    uint64_t             veto[ARTICLE_LEARN_WORDS];

    double               match;         /* entries found on a page: lately */
    double               usual;         /* and in the long run */
    unsigned             drift;

    article_observation_t  observation; /* the one at hand */
    unsigned char         *state;       /* of the last save */
    article_arena_t      *file;         /* the last portal file */
};


#define ARTICLE_PLAN_FORCE    0
#define ARTICLE_PLAN_WAITING  1


/* learn_observe.c */

/* Parses an observation; 0, or -1: damaged, or of another version. */
int article_observation_read(article_observation_t *observation,
    article_slice_t bytes);


/* learn_plan.c */

/*
 * Looks at the places again: a plan that differs from the one in force
 * replaces it, or waits.
 */
void article_learn_plan(article_learner_t *learner, uint64_t now);

/* Puts a plan of these entries in force, or lets it wait. */
void article_learn_make(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries, unsigned share,
    unsigned waits, uint64_t now, const char *why);

/* The index of a key in a list; its length if it is not there. */
unsigned article_learn_find(const uint64_t *list, unsigned n, uint64_t key);

/* The place of a key, or NULL. */
article_place_t *article_learn_place(article_learner_t *learner,
    uint64_t key);

/* The entry of a key in a plan, or NULL. */
const article_planned_t *article_learn_entry(const article_planning_t *plan,
    uint64_t key);

/* 1 if such a block is template only while it says the same. */
unsigned article_learn_is_same(article_only_t only);

/* What a place gives a plan. */
void article_learn_guard(const article_learner_t *learner,
    const article_place_t *place, article_planned_t *entry);


/* learn.c */

/* A learner with room for its plans, but no host; NULL: no memory. */
article_learner_t *article_learner_alloc(void);


#endif /* ARTICLE_LEARN_H_INCLUDED */

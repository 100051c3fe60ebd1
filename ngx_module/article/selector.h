/*
 * Copyright (C) the authors named in LICENSE
 *
 * The selectors that the streaming cutter can execute: compounds of tag, #id,
 * .class, [attribute], :nth-child(N) and :nth-of-type(N), joined by white
 * space (descendant) or ">" (child).  An element is matched when its start
 * tag passes, from what its ancestors have matched and what stood before it:
 * nothing is ever looked at twice.
 */

#ifndef ARTICLE_SELECTOR_H_INCLUDED
#define ARTICLE_SELECTOR_H_INCLUDED


#include "text.h"


/*
 * The attributes of a start tag that are looked at; the others are skipped.
 * Behind these come the ones that a plan's selectors name.
 */
typedef enum {
    ARTICLE_ATTRIBUTE_ID = 0,
    ARTICLE_ATTRIBUTE_CLASS,
    ARTICLE_ATTRIBUTE_TYPE,
    ARTICLE_ATTRIBUTE_NAME,
    ARTICLE_ATTRIBUTE_PLAN
} article_attribute_t;

#define ARTICLE_ATTRIBUTES_MAX  16


/* Tags that are counted among their siblings, and "all of them". */
#define ARTICLE_ORDINALS_MAX  16

/* The largest N of :nth-child(N) and :nth-of-type(N). */
#define ARTICLE_ORDINAL_MAX   999


/*
 * The names looked at, in the order of the values.  type[0] is empty: all
 * siblings are counted; types is 0 if no selector asks.
 */
typedef struct {
    article_slice_t  name[ARTICLE_ATTRIBUTES_MAX];
    unsigned         number;
    unsigned         everywhere;    /* type and name are looked at in all
                                       elements; else in input alone */
    article_slice_t  type[ARTICLE_ORDINALS_MAX];
    unsigned         types;
} article_attributes_t;


/* What a selector sees of a start tag. */
typedef struct {
    article_slice_t  tag;                               /* lower case */
    article_slice_t  value[ARTICLE_ATTRIBUTES_MAX];     /* data NULL: none */
    uint64_t         bloom;
    const uint16_t  *ordinal;       /* its number in each type; or NULL */
} article_element_t;


typedef enum {
    ARTICLE_OPERATOR_PRESENT = 0,   /* [a] */
    ARTICLE_OPERATOR_EQUALS,        /* [a=v] */
    ARTICLE_OPERATOR_WORD,          /* [a~=v], .class */
    ARTICLE_OPERATOR_PREFIX,        /* [a^=v] */
    ARTICLE_OPERATOR_SUFFIX,        /* [a$=v] */
    ARTICLE_OPERATOR_CONTAINS,      /* [a*=v] */
    ARTICLE_OPERATOR_LANGUAGE,      /* [a|=v] */
    ARTICLE_OPERATOR_ORDINAL        /* :nth-child(N), :nth-of-type(N) */
} article_operator_t;


typedef struct {
    article_operator_t  op;
    unsigned            attribute;      /* index into name[], or type[] */
    unsigned            ordinal;        /* N */
    article_slice_t     value;
} article_condition_t;


#define ARTICLE_CONDITIONS_MAX  8


typedef struct {
    article_slice_t      tag;           /* empty: any */
    article_condition_t  condition[ARTICLE_CONDITIONS_MAX];
    unsigned             conditions;
    unsigned             child;         /* 1: parent, 0: any ancestor */
    uint64_t             bloom;         /* bits an element must have */
} article_compound_t;


#define ARTICLE_COMPOUNDS_MAX  24


/* The outermost step first. */
typedef struct {
    article_compound_t  compound[ARTICLE_COMPOUNDS_MAX];
    unsigned            compounds;
} article_selector_t;


/* The attributes that are always looked at; no counts. */
void article_attributes_init(article_attributes_t *attributes);

/* Looks at another attribute, too: its index; -1: there is no room. */
int article_attributes_add(article_attributes_t *attributes,
    article_slice_t name, unsigned *index);

/*
 * Parses a selector; strings are copied to the arena, attributes it names
 * are added to the list.  0, or -1 with a message that says where.
 */
int article_selector_parse(article_arena_t *arena, article_slice_t text,
    article_attributes_t *attributes, article_selector_t *selector,
    char *message, size_t size);

/* One of 64 bits for a name; salt keeps tags, ids and classes apart. */
uint64_t article_bloom_bit(unsigned salt, const char *data, size_t len);

/* 1 if both ask the same of an element, and of what is around it. */
unsigned article_compound_equal(const article_compound_t *a,
    const article_compound_t *b);

/* Fills element->bloom from its tag, id and classes. */
void article_element_bloom(article_element_t *element);

/* 1 if the element itself (not its ancestors) fits the compound. */
unsigned article_compound_match(const article_compound_t *compound,
    const article_element_t *element);


#endif /* ARTICLE_SELECTOR_H_INCLUDED */

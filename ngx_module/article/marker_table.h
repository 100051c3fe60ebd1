/*
 * Copyright (C) the authors named in LICENSE
 *
 * The catalogue of labels, and how a label is known by its hash.
 */

#ifndef ARTICLE_MARKER_TABLE_H_INCLUDED
#define ARTICLE_MARKER_TABLE_H_INCLUDED


#include "markers.h"


/*
 * What may stand behind a label besides decoration, numbers and dates.  None
 * of these: nothing.
 */
#define ARTICLE_LABEL_RUN    0x01   /* other labels: a row of links */
#define ARTICLE_LABEL_COLON  0x02   /* a colon and anything: "Tác giả: Ly" */
#define ARTICLE_LABEL_WORD   0x04   /* no label, but part of a value */
#define ARTICLE_LABEL_NEEDS  0x08   /* a number or date must */
#define ARTICLE_LABEL_SHORT  0x10   /* anything, if the text stays short */
#define ARTICLE_LABEL_LONG   0x20   /* anything of any length */

/* What bylines ask; the groups with no marker hold words that help them. */
#define ARTICLE_LABEL_SOURCE    0x0040  /* names where the text is from */
#define ARTICLE_LABEL_NOBODY    0x0080  /* no author: uploaders, "PV" */
#define ARTICLE_LABEL_NAME_NOT  0x0100  /* capitalised, but no person */
#define ARTICLE_LABEL_FAMILY    0x0200  /* a family name */
#define ARTICLE_LABEL_GIVEN     0x0800  /* a given name that comes first */
#define ARTICLE_LABEL_REMARK    0x0400  /* behind a name: "tổng hợp" */


typedef struct {
    article_marker_t  marker;
    unsigned          flags;
    const char       *labels;
} article_label_group_t;


/*
 * An entry of the index: the hash of a label's words, with a place in
 * article_label_groups for its last byte.  Sorted.  Words may stand in
 * several groups, in at most one of them as a label.
 */
#define article_label_entry(hash, group)                                      \
    (((hash) & ~(uint64_t) 0xff) | (group))

#define article_label_entry_has(entry, hash)  (((entry) ^ (hash)) >> 8 == 0)

#define article_label_entry_group(entry)                                      \
    (&article_label_groups[(entry) & 0xff])


extern const article_label_group_t  article_label_groups[];
extern const unsigned               article_label_groups_number;

extern const uint64_t  article_label_index[];
extern const unsigned  article_label_index_number;

/* Where in the index the hashes of each first byte begin. */
#define ARTICLE_LABEL_FIRST  256

extern const uint16_t  article_label_first[ARTICLE_LABEL_FIRST + 1];

/*
 * What labels begin with: a bit for each hash of a label's first word and
 * of its first two.
 */
#define ARTICLE_LABEL_BEGINS  32768

extern const uint64_t  article_label_begins[ARTICLE_LABEL_BEGINS / 64];

static inline unsigned
article_label_begins_bit(uint64_t hash)
{
    /* the last letters of a word are not in a hash's upper bits yet */

    return (unsigned) (hash * 0x9e3779b97f4a7c15ULL >> 49);
}


/* 0 if no label begins with the words of this hash, one or two. */
static inline unsigned
article_label_begin(uint64_t hash)
{
    unsigned  bit;

    bit = article_label_begins_bit(hash);

    return (unsigned) (article_label_begins[bit / 64] >> (bit % 64) & 1);
}


/* The group in which the words of this hash are a label, NULL if in none. */
const article_label_group_t *article_label_lookup(uint64_t hash);


/* FNV-1a of one more folded word: words are short, and few are hashed. */
static inline uint64_t
article_label_hash_bytes(uint64_t hash, const char *word, size_t len)
{
    size_t  i;

    hash = hash ? (hash ^ ' ') * 0x100000001b3ULL : 0xcbf29ce484222325ULL;

    for (i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char) word[i]) * 0x100000001b3ULL;
    }

    return hash;
}


/*
 * The words of a text in folded form and, for each, the hash of the words
 * from one of them on: punctuation and spaces between words do not count.
 */
#define ARTICLE_LABEL_WORDS  48

typedef struct {
    unsigned  start;
    unsigned  end;
} article_label_word_t;

typedef struct {
    char                  text[ARTICLE_MARKER_MAX];
    size_t                len;
    unsigned              longer;   /* the text goes on behind text[] */
    unsigned              n;
    article_label_word_t  word[ARTICLE_LABEL_WORDS];
} article_label_text_t;


/* Folds a text and finds its words; 1 if it has any. */
unsigned article_label_split(article_label_text_t *t, article_slice_t s);

/* The hash of one more word behind those hashed (or behind 0). */
uint64_t article_label_hash(uint64_t hash, const article_label_text_t *t,
    unsigned word);

/* The flags of the groups that words from .. to - 1 together are in. */
unsigned article_label_flags(const article_label_text_t *t, unsigned from,
    unsigned to);

/* 1 for a word that stands beside numbers and in dates ("lúc", "Thứ"). */
unsigned article_label_is_value(const article_label_text_t *t, unsigned word);


#endif /* ARTICLE_MARKER_TABLE_H_INCLUDED */

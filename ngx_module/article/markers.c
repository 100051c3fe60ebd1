/*
 * Copyright (C) the authors named in LICENSE
 *
 * A marker is a label, not a substring: "tin liên quan" stands in "thông tin
 * liên quan".  So a text is compared word by word from its beginning, and
 * what stands behind the label decides: nothing but decoration, numbers and
 * dates ("Số lần đọc: 829"), other labels of a row of tools ("Bản inQuay
 * lại"), or for some labels a colon and anything.
 */

#include <string.h>

#include "marker_table.h"


/* Characters of a text that begins with a label and goes on at will. */
#define ARTICLE_LABEL_SHORT_CHARS  60

/* Labels of more words than this are not in the catalogue. */
#define ARTICLE_LABEL_LONGEST      12

/* What is looked at first of a text: so many words, so many bytes at most. */
#define ARTICLE_LABEL_FIRST_WORDS  3
#define ARTICLE_LABEL_FIRST_BYTES  64


typedef struct {
    const article_label_group_t  *group;
    uint64_t                      hash;
    unsigned                      next;     /* the first word behind it */
} article_label_hit_t;


static article_marker_t article_label_match(const article_label_text_t *t,
    unsigned from, unsigned *exact);
static unsigned article_label_find(const article_label_text_t *t,
    unsigned from, unsigned longest, article_label_hit_t *hit);
static unsigned article_label_place(uint64_t hash);
static unsigned article_label_accept(const article_label_text_t *t,
    const article_label_hit_t *hit, unsigned *exact);
static unsigned article_label_run(const article_label_text_t *t,
    const article_label_hit_t *first);
static unsigned article_label_values(const article_label_text_t *t,
    unsigned from);
static unsigned article_label_colon(const article_label_text_t *t,
    unsigned word);


static const char *const  article_marker_words[] = {
    "none",
    "related",
    "latest",
    "by_date",
    "counter",
    "rating",
    "tools",
    "attachment",
    "comment",
    "audio",
    "tags",
    "links",
    "widget",
    "poll",
    "footer",
    "byline",
    "date"
};


static inline unsigned
article_label_is_number(const article_label_text_t *t, unsigned word)
{
    char  c;

    c = t->text[t->word[word].start];

    return c >= '0' && c <= '9';
}


article_marker_t
article_marker_match(article_slice_t text, unsigned *exact)
{
    unsigned              from, whole, ascii;
    article_marker_t      marker;
    article_label_text_t  t;

    whole = 0;
    marker = ARTICLE_MARKER_NONE;

    if (!article_marker_never_raw(text, &ascii)
        && (text.len <= ARTICLE_LABEL_FIRST_BYTES
            || !article_marker_never(article_marker_beginning(text)))
        && article_label_split(&t, text))
    {
        marker = article_label_match(&t, 0, &whole);

        /* "829 lượt xem", "0 bình luận" */

        for (from = 0; from < t.n && article_label_is_number(&t, from);
             from++)
        {
            /* void */
        }

        if (marker == ARTICLE_MARKER_NONE && from != 0) {
            marker = article_label_match(&t, from, &whole);
        }
    }

    if (exact != NULL) {
        *exact = marker != ARTICLE_MARKER_NONE ? whole : 0;
    }

    return marker;
}


article_slice_t
article_marker_beginning(article_slice_t text)
{
    size_t    i;
    unsigned  words;

    words = 0;

    for (i = 0; i < text.len && i < ARTICLE_LABEL_FIRST_BYTES; i++) {
        if (text.data[i] == ' ' && ++words == ARTICLE_LABEL_FIRST_WORDS) {
            break;
        }
    }

    /* not to end in the midst of a word */

    while (i != text.len && i != 0 && text.data[i] != ' ') {
        i--;
    }

    text.len = i;

    return text;
}


/* The first words decide; behind numbers and for lone words, all of them. */
unsigned
article_marker_never(article_slice_t beginning)
{
    const char           *space;
    uint64_t              one, two;
    article_label_text_t  t;
    article_slice_t       first;

    /* most lines are told by their first word alone */

    space = beginning.len ? memchr(beginning.data, ' ', beginning.len) : NULL;

    if (space != NULL) {
        first.data = beginning.data;
        first.len = space - beginning.data;

        if (article_label_split(&t, first) && !article_label_is_number(&t, 0)
            && !article_label_begin(article_label_hash(0, &t, 0)))
        {
            return 1;
        }
    }

    if (!article_label_split(&t, beginning) || article_label_is_number(&t, 0))
    {
        return 0;
    }

    one = article_label_hash(0, &t, 0);

    if (!article_label_begin(one)) {
        return 1;
    }

    if (t.n == 1 || article_label_lookup(one) != NULL) {
        return 0;
    }

    two = article_label_hash(one, &t, 1);

    return !article_label_begin(two);
}


const char *
article_marker_word(article_marker_t marker)
{
    if ((unsigned) marker > ARTICLE_MARKER_DATE) {
        marker = ARTICLE_MARKER_NONE;
    }

    return article_marker_words[marker];
}


unsigned
article_label_split(article_label_text_t *t, article_slice_t s)
{
    size_t       len;
    unsigned     in, at;
    const char  *p, *end;

    /* what overflows leaves a tail of zeros */

    memset(t->text, 0, sizeof(t->text));

    len = article_fold_into(t->text, sizeof(t->text), s, 1);
    t->longer = len > sizeof(t->text);

    if (t->longer) {
        len = sizeof(t->text);

        while (len != 0 && t->text[len - 1] == '\0') {
            len--;
        }
    }

    t->len = len;
    t->n = 0;
    in = 0;
    end = t->text + len;

    for (p = t->text; p < end; /* void */ ) {
        at = (unsigned) (p - t->text);

        if (!article_char_word(article_utf8_next(&p, end))) {
            in = 0;
            continue;
        }

        if (!in) {
            if (t->n == ARTICLE_LABEL_WORDS) {
                t->longer = 1;
                break;
            }

            in = 1;
            t->word[t->n++].start = at;
        }

        t->word[t->n - 1].end = (unsigned) (p - t->text);
    }

    return t->n != 0;
}


uint64_t
article_label_hash(uint64_t hash, const article_label_text_t *t,
    unsigned word)
{
    return article_label_hash_bytes(hash, t->text + t->word[word].start,
                                    t->word[word].end - t->word[word].start);
}


unsigned
article_label_flags(const article_label_text_t *t, unsigned from, unsigned to)
{
    uint64_t  hash;
    unsigned  i, flags;

    hash = 0;
    flags = 0;

    while (from < to) {
        hash = article_label_hash(hash, t, from++);
    }

    for (i = article_label_place(hash);
         i < article_label_index_number
         && article_label_entry_has(article_label_index[i], hash);
         i++)
    {
        flags |= article_label_entry_group(article_label_index[i])->flags;
    }

    return flags;
}


unsigned
article_label_is_value(const article_label_text_t *t, unsigned word)
{
    return article_label_flags(t, word, word + 1) & ARTICLE_LABEL_WORD;
}


/* The marker of a text from a word on; behind numbers, of rows only. */
static article_marker_t
article_label_match(const article_label_text_t *t, unsigned from,
    unsigned *exact)
{
    unsigned             longest;
    article_label_hit_t  hit;

    longest = ARTICLE_LABEL_LONGEST;

    while (article_label_find(t, from, longest, &hit)) {
        if ((from == 0 || (hit.group->flags & ARTICLE_LABEL_RUN))
            && article_label_accept(t, &hit, exact))
        {
            return hit.group->marker;
        }

        longest = hit.next - from - 1;
    }

    return ARTICLE_MARKER_NONE;
}


/* The longest label of at most so many words that begins at a word. */
static unsigned
article_label_find(const article_label_text_t *t, unsigned from,
    unsigned longest, article_label_hit_t *hit)
{
    uint64_t                      hash;
    unsigned                      i;
    const article_label_group_t  *group;

    hit->group = NULL;
    hit->hash = 0;
    hit->next = from;
    hash = 0;

    for (i = from; i < t->n && i - from < longest; i++) {
        hash = article_label_hash(hash, t, i);
        group = article_label_lookup(hash);

        if (group != NULL) {
            hit->group = group;
            hit->hash = hash;
            hit->next = i + 1;
        }
    }

    return hit->group != NULL;
}


/* The place in the index of a hash, or of the one that would be behind it. */
static unsigned
article_label_place(uint64_t hash)
{
    unsigned  i, end;

    i = article_label_first[hash >> 56];
    end = article_label_first[(hash >> 56) + 1];

    while (i < end && article_label_index[i] < article_label_entry(hash, 0))
    {
        i++;
    }

    return i;
}


const article_label_group_t *
article_label_lookup(uint64_t hash)
{
    unsigned                      i;
    const article_label_group_t  *group;

    for (i = article_label_place(hash);
         i < article_label_index_number
         && article_label_entry_has(article_label_index[i], hash);
         i++)
    {
        group = article_label_entry_group(article_label_index[i]);

        if (group->marker != ARTICLE_MARKER_NONE) {
            return group;
        }
    }

    return NULL;
}


/* 1 if what stands behind the label leaves the text a label. */
static unsigned
article_label_accept(const article_label_text_t *t,
    const article_label_hit_t *hit, unsigned *exact)
{
    unsigned  flags;

    flags = hit->group->flags;
    *exact = 1;

    if (!t->longer) {
        if (hit->next == t->n) {
            return !(flags & ARTICLE_LABEL_NEEDS);
        }

        if (article_label_values(t, hit->next) == t->n
            || article_label_run(t, hit))
        {
            return 1;
        }
    }

    *exact = 0;

    if (flags & ARTICLE_LABEL_LONG) {
        return 1;
    }

    if ((flags & ARTICLE_LABEL_COLON)
        && article_label_colon(t, hit->next - 1))
    {
        return 1;
    }

    return (flags & ARTICLE_LABEL_SHORT) && !t->longer
           && article_count_chars((article_slice_t) { t->text, t->len })
              <= ARTICLE_LABEL_SHORT_CHARS;
}


/*
 * 1 if the text goes on with labels of a row, or with the same label again,
 * to its end ("Xem theo ngày Xem theo ngày": a heading and a button).
 */
static unsigned
article_label_run(const article_label_text_t *t,
    const article_label_hit_t *first)
{
    unsigned             from;
    article_label_hit_t  hit;

    from = article_label_values(t, first->next);

    while (from < t->n) {
        if (!article_label_find(t, from, ARTICLE_LABEL_LONGEST, &hit)) {
            return 0;
        }

        if (hit.hash != first->hash
            && !(hit.group->flags & first->group->flags & ARTICLE_LABEL_RUN))
        {
            return 0;
        }

        from = article_label_values(t, hit.next);
    }

    return 1;
}


/*
 * The first word at or behind from that is no part of numbers and dates;
 * from itself when there is no number.
 */
static unsigned
article_label_values(const article_label_text_t *t, unsigned from)
{
    unsigned             i, number;
    article_label_hit_t  hit;

    number = 0;

    for (i = from; i < t->n; i++) {
        if (article_label_is_number(t, i)) {
            number = 1;
            continue;
        }

        if (!article_label_is_value(t, i)) {
            break;
        }

        /* "Hôm qua 456 Tháng hiện tại 789" */

        if (article_label_find(t, i, ARTICLE_LABEL_LONGEST, &hit)
            && hit.next > i + 1)
        {
            break;
        }
    }

    return number ? i : from;
}


/* 1 if a colon follows the word. */
static unsigned
article_label_colon(const article_label_text_t *t, unsigned word)
{
    size_t  i;

    i = t->word[word].end;

    while (i < t->len && t->text[i] == ' ') {
        i++;
    }

    return i < t->len && t->text[i] == ':';
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Canonical composition (Unicode 15, 3.11) of letters followed by marks of
 * U+0300 to U+036F.  Text without such marks, the rule on the web, costs one
 * scan.  Letters written by Vietnamese keyboards and windows-1258 software,
 * a precomposed letter and a tone mark, are joined by one look-up; marks in
 * any other order are taken apart, sorted and joined again.
 */

#include <string.h>

#include "letters.h"
#include "text.h"


/* Bytes looked at at once for a mark. */
#define ARTICLE_NFC_STEP   64

/* Marks on one letter: Unicode's Stream-Safe Text Format allows 30. */
#define ARTICLE_NFC_MARKS  30

/* More than any combining class: no mark composes any more. */
#define ARTICLE_NFC_BLOCKED  255


typedef struct {
    uint32_t  mark[ARTICLE_NFC_MARKS];
    unsigned  n;
} article_marks_t;


static size_t article_nfc_mark(article_slice_t s, size_t from);
static const char *article_nfc_letter(article_buf_t *buf, size_t floor,
    const char *p, const char *end);
static uint32_t article_nfc_base(article_buf_t *buf, size_t floor);
static const char *article_nfc_marks(article_marks_t *marks, const char *p,
    const char *end);
static uint32_t article_nfc_take_apart(uint32_t c, article_marks_t *marks);
static void article_nfc_insert(article_marks_t *marks, unsigned at,
    uint32_t c);
static void article_nfc_sort(article_marks_t *marks);
static uint32_t article_nfc_join(uint32_t base, article_marks_t *marks);
static void article_nfc_put(article_buf_t *buf, uint32_t c);


static inline unsigned
article_is_mark_lead(unsigned char c)
{
    return (c & 0xfe) == 0xcc;
}


static inline unsigned
article_mark_class(uint32_t c)
{
    return article_mark_classes[c - ARTICLE_MARK_FIRST];
}


static inline unsigned
article_is_mark(uint32_t c)
{
    return c >= ARTICLE_MARK_FIRST && c < ARTICLE_MARK_FIRST + ARTICLE_MARKS;
}


article_slice_t
article_nfc(article_arena_t *arena, article_slice_t s)
{
    size_t         at, from, floor;
    const char    *p, *end;
    article_buf_t  buf;

    at = article_nfc_mark(s, 0);
    if (at == s.len) {
        return s;
    }

    article_buf_init(&buf, arena);
    end = s.data + s.len;
    from = 0;
    floor = 0;

    while (at < s.len) {
        article_buf_append(&buf, s.data + from, at - from);

        p = article_nfc_letter(&buf, floor, s.data + at, end);

        floor = buf.len;
        from = p - s.data;
        at = article_nfc_mark(s, from);
    }

    article_buf_append(&buf, s.data + from, s.len - from);

    if (article_arena_failed(arena)) {
        return (article_slice_t) { NULL, 0 };
    }

    return article_buf_slice(&buf);
}


/* The letter of two that compose, 0 if they do not. */
uint32_t
article_compose(uint32_t base, uint32_t mark)
{
    size_t                        low, high, middle;
    uint32_t                      key, k;
    const article_composition_t  *row;

    if (base > 0xffff || !article_is_mark(mark)) {
        return 0;
    }

    key = base << 8 | (mark - ARTICLE_MARK_FIRST);
    low = 0;
    high = ARTICLE_COMPOSITIONS;

    while (low < high) {
        middle = (low + high) / 2;
        row = &article_compositions[middle];
        k = (uint32_t) row->base << 8 | row->mark;

        if (k == key) {
            return row->composed;
        }

        if (k < key) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return 0;
}


/* The place of the next mark at or behind from, s.len if there is none. */
static size_t
article_nfc_mark(article_slice_t s, size_t from)
{
    size_t                i;
    unsigned char         found;
    const unsigned char  *p;

    p = (const unsigned char *) s.data;

    for ( ;; ) {
        while (s.len - from >= ARTICLE_NFC_STEP) {
            found = 0;

            for (i = 0; i < ARTICLE_NFC_STEP; i++) {
                found |= (p[from + i] & 0xfe) == 0xcc;
            }

            if (found) {
                break;
            }

            from += ARTICLE_NFC_STEP;
        }

        for (i = 0; i < ARTICLE_NFC_STEP && from < s.len; i++, from++) {
            /* 0xCC, or 0xCD up to U+036F: what is behind are Greek letters */

            if (article_is_mark_lead(p[from]) && from + 1 < s.len
                && (p[from] == 0xcc || p[from + 1] < 0xb0))
            {
                return from;
            }
        }

        if (from >= s.len) {
            return s.len;
        }
    }
}


/*
 * Composes the last character of buf with the marks at p.  Characters before
 * floor are composed already.  Returns the place behind the marks.
 */
static const char *
article_nfc_letter(article_buf_t *buf, size_t floor, const char *p,
    const char *end)
{
    unsigned         i;
    uint32_t         base, mark, c;
    const char      *next;
    article_marks_t  marks;

    base = article_nfc_base(buf, floor);
    next = p;
    mark = article_utf8_next(&next, end);

    if (base != 0 && (next == end || !article_is_mark_lead(*next))) {
        c = article_compose(base, mark);

        if (c != 0) {
            article_nfc_put(buf, c);
            return next;
        }
    }

    marks.n = 0;

    if (base != 0) {
        base = article_nfc_take_apart(base, &marks);
    }

    p = article_nfc_marks(&marks, p, end);
    article_nfc_sort(&marks);

    if (base != 0) {
        base = article_nfc_join(base, &marks);
        article_nfc_put(buf, base);
    }

    for (i = 0; i < marks.n; i++) {
        article_nfc_put(buf, marks.mark[i]);
    }

    return p;
}


/* Takes the last character of buf off; 0 if there is none. */
static uint32_t
article_nfc_base(article_buf_t *buf, size_t floor)
{
    size_t       at;
    const char  *p;

    at = buf->len;

    while (at > floor && ((unsigned char) buf->data[at - 1] & 0xc0) == 0x80) {
        at--;
    }

    if (at == floor) {
        return 0;
    }

    p = buf->data + at - 1;
    buf->len = at - 1;

    return article_utf8_next(&p, buf->data + buf->size);
}


/* Appends the marks at p, as many as there is room for. */
static const char *
article_nfc_marks(article_marks_t *marks, const char *p, const char *end)
{
    uint32_t     c;
    const char  *next;

    while (p < end && article_is_mark_lead(*p)
           && marks->n + 2 <= ARTICLE_NFC_MARKS)
    {
        next = p;
        c = article_utf8_next(&next, end);

        if (!article_is_mark(c)) {
            break;
        }

        p = next;

        /* the marks that stand for others */

        switch (c) {

        case 0x0340:
        case 0x0341:
            c -= 0x40;
            break;

        case 0x0343:
            c = 0x0313;
            break;

        case 0x0344:
            marks->mark[marks->n++] = 0x0308;
            c = 0x0301;
            break;

        default:
            break;
        }

        marks->mark[marks->n++] = c;
    }

    return p;
}


/* Canonical decomposition: the bare letter, its marks in front of the rest. */
static uint32_t
article_nfc_take_apart(uint32_t c, article_marks_t *marks)
{
    size_t                        low, high, middle;
    const article_composition_t  *row;

    low = 0;
    high = ARTICLE_COMPOSITIONS;

    while (low < high) {
        middle = (low + high) / 2;
        row = &article_compositions[article_decompositions[middle]];

        if (row->composed == c) {
            article_nfc_insert(marks, 0, ARTICLE_MARK_FIRST + row->mark);
            c = row->base;
            low = 0;
            high = ARTICLE_COMPOSITIONS;

        } else if (row->composed < c) {
            low = middle + 1;

        } else {
            high = middle;
        }
    }

    return c;
}


static void
article_nfc_insert(article_marks_t *marks, unsigned at, uint32_t c)
{
    memmove(&marks->mark[at + 1], &marks->mark[at],
            (marks->n - at) * sizeof(uint32_t));

    marks->mark[at] = c;
    marks->n++;
}


/* Canonical ordering: stable, by combining class. */
static void
article_nfc_sort(article_marks_t *marks)
{
    unsigned  i, j;
    uint32_t  c;

    for (i = 1; i < marks->n; i++) {
        c = marks->mark[i];

        if (article_mark_class(c) == 0) {
            continue;
        }

        for (j = i;
             j > 0 && article_mark_class(marks->mark[j - 1])
                      > article_mark_class(c);
             j--)
        {
            marks->mark[j] = marks->mark[j - 1];
        }

        marks->mark[j] = c;
    }
}


/*
 * Joins what composes with base; the marks that stay are left.  A mark is
 * blocked by one of its class before it that stayed, and by any of class 0.
 */
static uint32_t
article_nfc_join(uint32_t base, article_marks_t *marks)
{
    unsigned  i, n, blocked;
    uint32_t  c;

    n = 0;
    blocked = 0;

    for (i = 0; i < marks->n; i++) {
        c = 0;

        if (n == 0 || article_mark_class(marks->mark[i]) > blocked) {
            c = article_compose(base, marks->mark[i]);
        }

        if (c != 0) {
            base = c;
            continue;
        }

        if (blocked != ARTICLE_NFC_BLOCKED) {
            blocked = article_mark_class(marks->mark[i]);
            blocked = blocked ? blocked : ARTICLE_NFC_BLOCKED;
        }

        marks->mark[n++] = marks->mark[i];
    }

    marks->n = n;

    return base;
}


static void
article_nfc_put(article_buf_t *buf, uint32_t c)
{
    char  out[4];

    article_buf_append(buf, out, article_utf8_put(out, c));
}

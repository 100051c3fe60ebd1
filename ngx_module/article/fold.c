/*
 * Copyright (C) the authors named in LICENSE
 *
 * The matching form of Vietnamese text.  A syllable is a run of letters; its
 * tone mark may legally stand on one of two vowels ("khóa" and "khoá",
 * "thủy" and "thuỷ"), so it is taken off and written behind the syllable, as
 * the combining mark.  Marks of quality (a breve, a circumflex, a horn) stay.
 */

#include <string.h>

#include "letters.h"
#include "text.h"


/*
 * A folded letter is at most twice as long: two bytes give a letter of two
 * and a mark of two (u with diaeresis and acute).
 */
#define ARTICLE_FOLD_SIZE(len)  (2 * (len) + 1)

/* Bytes one character writes at most: a tone, a space, itself. */
#define ARTICLE_FOLD_ROOM       8

/* Tones in one run of letters: a syllable has one, foreign words a few. */
#define ARTICLE_FOLD_TONES      8


typedef struct {
    char      *out;
    char      *last;
    char      *end;
    char      *letter;      /* where the last letter was written, or NULL */
    uint32_t   base;        /* the letter itself */
    unsigned   split;       /* part what is glued: "Bản inQuay lại" */
    unsigned   lower;       /* the character before is a small letter */
    unsigned   space;       /* white space is due before the next character */
    unsigned   full;
    unsigned   tones;       /* not yet written */
    uint16_t   tone[ARTICLE_FOLD_TONES];
} article_fold_t;


static const char *article_fold_run(article_fold_t *fold, const char *p,
    const char *end);
static inline char *article_fold_write(char *o, uint32_t c);
static inline unsigned article_fold_glued(article_fold_t *fold, uint32_t c);
static void article_fold_char(article_fold_t *fold, uint32_t c);
static uint32_t article_fold_entry(uint32_t c);
static void article_fold_letter(article_fold_t *fold, uint32_t c,
    uint32_t entry);
static void article_fold_mark(article_fold_t *fold, uint32_t mark);
static void article_fold_tone(article_fold_t *fold, uint32_t mark);
static void article_fold_end_syllable(article_fold_t *fold);
static void article_fold_put(article_fold_t *fold, uint32_t c);


article_slice_t
article_fold(article_arena_t *arena, article_slice_t s)
{
    char    *out;
    size_t   len, size;

    size = ARTICLE_FOLD_SIZE(s.len);

    out = article_arena_alloc(arena, size);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    len = article_fold_into(out, size, s, 0);
    article_arena_trim(arena, out, size, len);

    return (article_slice_t) { out, len };
}


size_t
article_fold_into(char *out, size_t size, article_slice_t s, unsigned split)
{
    const char      *p, *end, *behind;
    article_fold_t   fold;

    memset(&fold, 0, sizeof(article_fold_t));

    fold.out = out;
    fold.last = out;
    fold.end = out + size;
    fold.split = split;

    end = s.data + s.len;

    for (p = s.data; p < end && !fold.full; p = behind) {
        behind = article_fold_run(&fold, p, end);

        if (behind == p) {
            article_fold_char(&fold, article_utf8_next(&behind, end));
        }
    }

    article_fold_end_syllable(&fold);

    if (fold.full) {
        return size + 1;
    }

    return fold.last - out;
}


size_t
article_fold_word(char *out, const char **p, const char *end,
    unsigned *ascii)
{
    char        *o;
    uint32_t     c, entry, tone;
    unsigned     upper, lower;
    const char  *next;

    o = out;
    tone = 0;
    lower = 0;

    for (next = *p; next < end; *p = next) {
        c = article_utf8_next(&next, end);

        if (c < 0x80) {
            entry = c | 0x20;

            if (entry - 'a' >= 26) {
                break;
            }

        } else {
            *ascii = 0;
            entry = article_fold_entry(c);

            if (entry == 0 || (tone != 0 && ARTICLE_FOLD_TONE(entry))) {
                return 0;
            }
        }

        upper = article_char_upper(c);

        if (upper && lower) {
            break;
        }

        if (out + ARTICLE_FOLD_WORD - o < ARTICLE_FOLD_ROOM) {
            return 0;
        }

        lower = !upper;
        o = article_fold_write(o, ARTICLE_FOLD_LETTER(entry));

        if (ARTICLE_FOLD_TONE(entry)) {
            tone = article_tones[ARTICLE_FOLD_TONE(entry) - 1];
        }
    }

    if (tone != 0) {
        o = article_fold_write(o, tone);
    }

    return (size_t) (o - out);
}


/*
 * What most of a text is, letters of the tables and ASCII, as long as there
 * is room and a syllable has one tone: the same as article_fold_char() for
 * each, with all state in registers.
 */
static const char *
article_fold_run(article_fold_t *fold, const char *p, const char *end)
{
    char            *o;
    uint32_t         c, entry, tone;
    const char      *next;
    article_fold_t   f;

    if (fold->tones > 1) {
        return p;
    }

    f = *fold;
    o = f.last;
    tone = f.tones ? f.tone[0] : 0;

    for ( /* void */ ; p < end && f.end - o >= ARTICLE_FOLD_ROOM; p = next) {
        next = p;
        c = article_utf8_next(&next, end);

        if (c >= 0x80) {
            entry = article_fold_entry(c);

            if (entry == 0 || (tone != 0 && ARTICLE_FOLD_TONE(entry))) {
                break;
            }

        } else {
            entry = (c | 0x20) - 'a' < 26 ? c | 0x20 : 0;
        }

        if (tone != 0
            && (entry == 0 || (f.split && f.lower && article_char_upper(c))))
        {
            o = article_fold_write(o, tone);
            tone = 0;
        }

        if (f.split && entry != 0) {
            (void) article_fold_glued(&f, c);
        }

        if (entry == 0) {
            f.letter = NULL;
            f.lower = 0;

            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                f.space = 1;
                continue;
            }
        }

        if (f.space) {
            f.space = 0;

            if (o != f.out) {
                *o++ = ' ';
            }
        }

        if (entry != 0) {
            c = ARTICLE_FOLD_LETTER(entry);
            f.letter = o;
            f.base = c;

            if (ARTICLE_FOLD_TONE(entry)) {
                tone = article_tones[ARTICLE_FOLD_TONE(entry) - 1];
            }
        }

        o = article_fold_write(o, c);
    }

    f.last = o;
    f.tones = tone != 0;
    f.tone[0] = (uint16_t) tone;
    *fold = f;

    return p;
}


/* article_utf8_put() for what letters and tones are. */
static inline char *
article_fold_write(char *o, uint32_t c)
{
    if (c < 0x80) {
        *o = (char) c;
        return o + 1;
    }

    if (c < 0x800) {
        o[0] = (char) (0xc0 | (c >> 6));
        o[1] = (char) (0x80 | (c & 0x3f));
        return o + 2;
    }

    return o + article_utf8_put(o, c);
}


/* 1 if a letter is a capital glued to a small one: a space is due then. */
static inline unsigned
article_fold_glued(article_fold_t *fold, uint32_t c)
{
    unsigned  glued, upper;

    upper = article_char_upper(c);
    glued = upper && fold->lower;
    fold->lower = !upper;

    if (glued) {
        fold->space = 1;
    }

    return glued;
}


unsigned
article_char_upper_other(uint32_t c)
{
    if (c < 0x100) {
        return c >= 0xc0 && c <= 0xde && c != 0xd7;
    }

    if (c < 0x180) {
        return (c & 1) == ((c >= 0x139 && c <= 0x148) || c >= 0x179)
               && c != 0x138 && c != 0x17f;
    }

    return c == 0x1a0 || c == 0x1af || (c >= 0x1e00 && c < 0x1f00 && !(c & 1));
}


static void
article_fold_char(article_fold_t *fold, uint32_t c)
{
    uint32_t  entry;

    entry = (c | 0x20) - 'a' < 26 ? c | 0x20 : article_fold_entry(c);

    if (entry != 0) {
        article_fold_letter(fold, c, entry);
        return;
    }

    switch (c) {

    case 0x00ad:                                /* soft hyphen */
    case 0x200b:                                /* zero width space */
    case 0x200c:                                /* joiners */
    case 0x200d:
    case 0x2060:
    case 0xfeff:
        return;

    default:
        break;
    }

    if (c >= ARTICLE_MARK_FIRST && c < ARTICLE_MARK_FIRST + ARTICLE_MARKS) {
        article_fold_mark(fold, c);
        return;
    }

    article_fold_end_syllable(fold);

    if (article_char_space(c)) {
        fold->space = 1;
        return;
    }

    article_fold_put(fold, c);
}


/* What the tables say of a letter; 0: no letter of theirs. */
static uint32_t
article_fold_entry(uint32_t c)
{
    if (c - ARTICLE_FOLD_LATIN_FIRST < ARTICLE_FOLD_LATIN) {
        return article_fold_latin[c - ARTICLE_FOLD_LATIN_FIRST];
    }

    if (c - ARTICLE_FOLD_VIETNAMESE_FIRST < ARTICLE_FOLD_VIETNAMESE) {
        return article_fold_vietnamese[c - ARTICLE_FOLD_VIETNAMESE_FIRST];
    }

    if (c - ARTICLE_FOLD_GREEK_FIRST < ARTICLE_FOLD_GREEK) {
        return article_fold_greek[c - ARTICLE_FOLD_GREEK_FIRST];
    }

    return 0;
}


static void
article_fold_letter(article_fold_t *fold, uint32_t c, uint32_t entry)
{
    if (fold->split && article_fold_glued(fold, c)) {
        article_fold_end_syllable(fold);
    }

    c = ARTICLE_FOLD_LETTER(entry);

    article_fold_put(fold, c);

    if (fold->full) {
        return;
    }

    fold->base = c;
    fold->letter = fold->last - (c < 0x80 ? 1 : c < 0x800 ? 2 : 3);

    if (ARTICLE_FOLD_TONE(entry)) {
        article_fold_tone(fold, article_tones[ARTICLE_FOLD_TONE(entry) - 1]);
    }
}


/*
 * A mark of its own: a tone, or one that makes another letter of the last
 * one, whatever tones stand between (decomposed text in any order).
 */
static void
article_fold_mark(article_fold_t *fold, uint32_t mark)
{
    unsigned  i;
    uint32_t  c;

    for (i = 0; i < ARTICLE_TONES; i++) {
        if (mark == article_tones[i]) {
            article_fold_tone(fold, mark);
            return;
        }
    }

    c = fold->letter != NULL ? article_compose(fold->base, mark) : 0;

    if (c != 0) {
        fold->last = fold->letter;
        c = article_fold_entry(c) ? ARTICLE_FOLD_LETTER(article_fold_entry(c))
                                  : c;
    }

    article_fold_put(fold, c ? c : mark);

    if (c != 0 && !fold->full) {
        fold->base = c;
    }
}


static void
article_fold_tone(article_fold_t *fold, uint32_t mark)
{
    if (fold->tones == ARTICLE_FOLD_TONES) {
        article_fold_end_syllable(fold);
    }

    fold->tone[fold->tones++] = (uint16_t) mark;
}


static void
article_fold_end_syllable(article_fold_t *fold)
{
    unsigned  i, n;

    n = fold->tones;
    fold->tones = 0;
    fold->letter = NULL;
    fold->lower = 0;

    for (i = 0; i < n; i++) {
        article_fold_put(fold, fold->tone[i]);
    }
}


static void
article_fold_put(article_fold_t *fold, uint32_t c)
{
    char    buf[4];
    size_t  n;

    if (fold->space) {
        fold->space = 0;

        if (fold->last != fold->out) {
            article_fold_put(fold, ' ');
        }
    }

    if (fold->end - fold->last >= 4) {
        fold->last += article_utf8_put(fold->last, c);
        return;
    }

    n = article_utf8_put(buf, c);

    if ((size_t) (fold->end - fold->last) < n) {
        fold->full = 1;
        return;
    }

    memcpy(fold->last, buf, n);
    fold->last += n;
}

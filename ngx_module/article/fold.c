/*
 * Copyright (C) ngx_article authors
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

/* Tones in one run of letters: a syllable has one, foreign words a few. */
#define ARTICLE_FOLD_TONES      8


typedef struct {
    char      *out;
    char      *last;
    char      *end;
    unsigned   space;       /* white space is due before the next character */
    unsigned   full;
    unsigned   tones;       /* not yet written */
    uint16_t   tone[ARTICLE_FOLD_TONES];
} article_fold_t;


static void article_fold_char(article_fold_t *fold, uint32_t c);
static uint32_t article_fold_entry(uint32_t c);
static void article_fold_letter(article_fold_t *fold, uint32_t entry);
static void article_fold_tone(article_fold_t *fold, uint32_t mark);
static void article_fold_end_syllable(article_fold_t *fold);
static void article_fold_put(article_fold_t *fold, uint32_t c);


article_slice_t
article_fold(article_arena_t *arena, article_slice_t s)
{
    char    *out;
    size_t   len, size;

    s = article_nfc(arena, s);
    if (s.data == NULL && article_arena_failed(arena)) {
        return (article_slice_t) { NULL, 0 };
    }

    size = ARTICLE_FOLD_SIZE(s.len);

    out = article_arena_alloc(arena, size);
    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    len = article_fold_into(out, size, s);
    article_arena_trim(arena, out, size, len);

    return (article_slice_t) { out, len };
}


size_t
article_fold_into(char *out, size_t size, article_slice_t s)
{
    unsigned char    b;
    const char      *p, *end;
    article_fold_t   fold;

    fold.out = out;
    fold.last = out;
    fold.end = out + size;
    fold.space = 0;
    fold.full = 0;
    fold.tones = 0;

    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        b = (unsigned char) *p;

        if ((unsigned char) ((b | 0x20) - 'a') < 26) {
            p++;
            article_fold_put(&fold, b | 0x20);
            continue;
        }

        article_fold_char(&fold, article_utf8_next(&p, end));

        if (fold.full) {
            break;
        }
    }

    article_fold_end_syllable(&fold);

    if (fold.full) {
        return size + 1;
    }

    return fold.last - out;
}


static void
article_fold_char(article_fold_t *fold, uint32_t c)
{
    uint32_t  entry;

    entry = article_fold_entry(c);

    if (entry != 0) {
        article_fold_letter(fold, entry);
        return;
    }

    switch (c) {

    case 0x0300:
    case 0x0301:
    case 0x0303:
    case 0x0309:
    case 0x0323:
        article_fold_tone(fold, c);
        return;

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

    /* a mark that composes with nothing does not end the syllable */

    if (c < ARTICLE_MARK_FIRST || c >= ARTICLE_MARK_FIRST + ARTICLE_MARKS) {
        article_fold_end_syllable(fold);
    }

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
article_fold_letter(article_fold_t *fold, uint32_t entry)
{
    article_fold_put(fold, ARTICLE_FOLD_LETTER(entry));

    if (ARTICLE_FOLD_TONE(entry)) {
        article_fold_tone(fold, article_tones[ARTICLE_FOLD_TONE(entry) - 1]);
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

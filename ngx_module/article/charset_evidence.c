/*
 * Copyright (C) the authors named in LICENSE
 *
 * Which charset the words are written in.  Vietnamese words are single
 * syllables of a strict form; read in a wrong charset, most words with a
 * letter beyond ASCII break it.
 */

#include <string.h>

#include "charset_parts.h"


/* Words looked at, needed at least, and of them syllables in percent. */
#define ARTICLE_EVIDENCE_WORDS    2000
#define ARTICLE_EVIDENCE_LEAST    3
#define ARTICLE_EVIDENCE_PERCENT  70

/* Bytes of a syllable: "nghiêng" has seven letters, each of three at most. */
#define ARTICLE_SYLLABLE_MAX      24


static const unsigned char *article_evidence_word(const unsigned char *p,
    const unsigned char *end, article_slice_t *word);
static unsigned article_evidence_read(article_charset_t charset,
    article_slice_t word);
static unsigned article_syllable(article_slice_t s);
static unsigned article_syllable_tone(article_slice_t *s);
static unsigned article_syllable_take(article_slice_t *s,
    const char *const *parts);
static unsigned article_syllable_vowel(article_slice_t *s);


static const article_charset_t
    article_evidence_charsets[ARTICLE_EVIDENCE_CHARSETS] =
{
    ARTICLE_CHARSET_WINDOWS_1258,
    ARTICLE_CHARSET_TCVN3,
    ARTICLE_CHARSET_VNI,
    ARTICLE_CHARSET_VISCII
};

/* Longer ones first. */
static const char *const  article_onsets[] = {
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b",
    "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
    NULL
};

static const char *const  article_codas[] = {
    "ng", "nh", "ch", "c", "m", "n", "p", "t", NULL
};

static const char *const  article_stops[] = {
    "ch", "c", "p", "t", NULL
};

static const char *const  article_vowels[] = {
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", NULL
};


/* Bytes of words in all the charsets; below 0xA0 are quotes in most. */
static inline unsigned
article_evidence_byte(unsigned char c)
{
    return c >= 0xa1 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}


unsigned
article_charset_evidence(article_slice_t page, article_charset_t *charset)
{
    article_evidence_t  evidence;

    memset(&evidence, 0, sizeof(evidence));
    article_evidence_add(&evidence, page, ARTICLE_EVIDENCE_WORDS);

    return article_evidence_charset(&evidence, charset) != 0;
}


void
article_evidence_add(article_evidence_t *evidence, article_slice_t text,
    unsigned most)
{
    unsigned              i;
    article_slice_t       word;
    const unsigned char  *p, *end;

    p = (const unsigned char *) text.data;
    end = p + text.len;

    while (evidence->words < most) {
        p = article_evidence_word(p, end, &word);
        if (p == NULL) {
            break;
        }

        evidence->words++;

        for (i = 0; i < ARTICLE_EVIDENCE_CHARSETS; i++) {
            evidence->good[i] += article_evidence_read(
                                     article_evidence_charsets[i], word);
        }
    }
}


unsigned
article_evidence_charset(const article_evidence_t *evidence,
    article_charset_t *charset)
{
    unsigned  i, best, next;

    best = 0;
    next = 0;

    for (i = 1; i < ARTICLE_EVIDENCE_CHARSETS; i++) {
        if (evidence->good[i] > evidence->good[best]) {
            next = evidence->good[best];
            best = i;

        } else if (evidence->good[i] > next) {
            next = evidence->good[i];
        }
    }

    *charset = article_evidence_charsets[best];

    if (evidence->words < ARTICLE_EVIDENCE_LEAST
        || evidence->good[best] * 100
           < evidence->words * ARTICLE_EVIDENCE_PERCENT)
    {
        return 0;
    }

    return 1 + evidence->good[best] - next;
}


/* The next word of the text with a byte beyond ASCII; NULL at the end. */
static const unsigned char *
article_evidence_word(const unsigned char *p, const unsigned char *end,
    article_slice_t *word)
{
    unsigned              high;
    const unsigned char  *start;

    while (p < end) {
        if (*p == '<') {
            p = memchr(p, '>', end - p);
            if (p == NULL) {
                return NULL;
            }
        }

        if (!article_evidence_byte(*p)) {
            p++;
            continue;
        }

        high = 0;

        for (start = p; p < end && article_evidence_byte(*p); p++) {
            high |= *p >= 0x80;
        }

        if (high) {
            word->data = (const char *) start;
            word->len = p - start;
            return p;
        }
    }

    return NULL;
}


/* 1 if the word is a syllable in this charset. */
static unsigned
article_evidence_read(article_charset_t charset, article_slice_t word)
{
    char                  utf8[4 * ARTICLE_SYLLABLE_MAX + 4];
    char                  folded[ARTICLE_SYLLABLE_MAX];
    size_t                n, len;
    const unsigned char  *p, *end;

    p = (const unsigned char *) word.data;
    end = p + word.len;

    for (n = 0; p < end && n < 4 * ARTICLE_SYLLABLE_MAX; /* void */ ) {
        n += article_charset_next(charset, &p, end, utf8 + n);
    }

    if (p < end) {
        return 0;
    }

    len = article_fold_into(folded, sizeof(folded),
                            (article_slice_t) { utf8, n }, 0);

    return len <= sizeof(folded)
           && article_syllable((article_slice_t) { folded, len });
}


/* Onset, one to three vowels, coda, one tone; folded form. */
static unsigned
article_syllable(article_slice_t s)
{
    unsigned         tone, vowels;
    article_slice_t  rest;

    tone = article_syllable_tone(&s);
    rest = s;

    (void) article_syllable_take(&s, article_onsets);

    for (vowels = 0; vowels < 3 && article_syllable_vowel(&s); vowels++) {
        /* void */
    }

    /* "gì": the i is the vowel */

    if (vowels == 0 && !article_slice_equal(rest, article_literal("gi"))) {
        return 0;
    }

    /* behind a stop only the acute and the dot are spoken */

    if (s.len != 0 && tone != 0 && tone != 0x0301 && tone != 0x0323) {
        rest = s;

        if (article_syllable_take(&rest, article_stops) && rest.len == 0) {
            return 0;
        }
    }

    (void) article_syllable_take(&s, article_codas);

    return s.len == 0;
}


/* Takes one tone off the end; two are one too many and stay. */
static unsigned
article_syllable_tone(article_slice_t *s)
{
    uint32_t     c;
    const char  *p;

    if (s->len < 2) {
        return 0;
    }

    p = s->data + s->len - 2;

    if ((unsigned char) *p != 0xcc) {
        return 0;
    }

    c = article_utf8_next(&p, s->data + s->len);
    s->len -= 2;

    return c;
}


/* Takes the first of these that the text begins with. */
static unsigned
article_syllable_take(article_slice_t *s, const char *const *parts)
{
    size_t       i;
    const char  *part;

    for ( /* void */ ; *parts != NULL; parts++) {
        part = *parts;

        for (i = 0; i < s->len && part[i] != '\0' && part[i] == s->data[i];
             i++)
        {
            /* void */
        }

        if (part[i] == '\0') {
            s->data += i;
            s->len -= i;
            return 1;
        }
    }

    return 0;
}


static unsigned
article_syllable_vowel(article_slice_t *s)
{
    return article_syllable_take(s, article_vowels);
}

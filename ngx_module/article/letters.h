/*
 * Copyright (C) the authors named in LICENSE
 *
 * Tables of letters and marks for nfc.c and fold.c.
 */

#ifndef ARTICLE_LETTERS_H_INCLUDED
#define ARTICLE_LETTERS_H_INCLUDED


#include <stdint.h>


#define ARTICLE_COMPOSITIONS  825

#define ARTICLE_MARK_FIRST    0x0300
#define ARTICLE_MARKS         0x70


typedef struct {
    uint16_t  base;
    uint8_t   mark;         /* from ARTICLE_MARK_FIRST */
    uint16_t  composed;
} article_composition_t;


/*
 * How a letter folds: in the low 13 bits the lower-case letter without tone,
 * above them its tone, 0 for none or 1 + a place in article_tones.
 */
#define ARTICLE_FOLD_LETTER(v)   ((v) & 0x1fff)
#define ARTICLE_FOLD_TONE(v)     ((v) >> 13)

#define ARTICLE_TONES                  5

#define ARTICLE_FOLD_LATIN_FIRST       0x00c0
#define ARTICLE_FOLD_LATIN             (0x0250 - 0x00c0)
#define ARTICLE_FOLD_GREEK_FIRST       0x0370
#define ARTICLE_FOLD_GREEK             (0x0530 - 0x0370)
#define ARTICLE_FOLD_VIETNAMESE_FIRST  0x1e00
#define ARTICLE_FOLD_VIETNAMESE        (0x1f00 - 0x1e00)


extern const article_composition_t
    article_compositions[ARTICLE_COMPOSITIONS];
extern const uint16_t  article_decompositions[ARTICLE_COMPOSITIONS];
extern const uint8_t   article_mark_classes[ARTICLE_MARKS];

/* Grave, acute, tilde, hook above, dot below: the five tones' marks. */
extern const uint16_t  article_tones[ARTICLE_TONES];

extern const uint16_t  article_fold_latin[ARTICLE_FOLD_LATIN];
extern const uint16_t  article_fold_greek[ARTICLE_FOLD_GREEK];
extern const uint16_t  article_fold_vietnamese[ARTICLE_FOLD_VIETNAMESE];


#endif /* ARTICLE_LETTERS_H_INCLUDED */

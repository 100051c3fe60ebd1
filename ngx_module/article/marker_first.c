/*
 * Copyright (C) the authors named in LICENSE
 *
 * Most lines of a page are told to be no label by their first word or two,
 * and those are read here as they stand in the page.
 */

#include "marker_table.h"


static unsigned article_marker_skip(const char **p, const char *end);
static unsigned article_marker_is_nbsp(const char *p, const char *end);


unsigned
article_marker_never_raw(article_slice_t raw, unsigned *ascii)
{
    char         word[ARTICLE_FOLD_WORD];
    size_t       len;
    uint64_t     hash;
    unsigned     words;
    const char  *p, *end;

    p = raw.data;
    end = p + raw.len;
    hash = 0;
    *ascii = 1;

    for (words = 0; words < 2; words++) {

        if (!article_marker_skip(&p, end)) {
            return 0;
        }

        len = article_fold_word(word, &p, end, ascii);
        if (len == 0) {
            return 0;
        }

        /* the word is at its end, or glued to the next one */

        if (p < end && ((unsigned char) (*p - '0') < 10
                        || (*p == '&' && !article_marker_is_nbsp(p, end))))
        {
            return 0;
        }

        hash = article_label_hash_bytes(hash, word, len);

        if (!article_label_begin(hash)) {
            return 1;
        }

        if (words == 0 && article_label_lookup(hash) != NULL) {
            return 0;
        }
    }

    return 0;
}


/* To the next letter; 0 if there is none, or something else is before it. */
static unsigned
article_marker_skip(const char **p, const char *end)
{
    const char  *s;

    for (s = *p; s < end; s++) {

        if (*s == '&') {
            if (!article_marker_is_nbsp(s, end)) {
                return 0;
            }

            s += sizeof("&nbsp;") - 2;
            continue;
        }

        if ((unsigned char) (*s - '0') < 10) {
            return 0;
        }

        if ((unsigned char) *s >= 0x80
            || (unsigned char) ((*s | 0x20) - 'a') < 26)
        {
            *p = s;
            return 1;
        }
    }

    return 0;
}


static unsigned
article_marker_is_nbsp(const char *p, const char *end)
{
    return article_slice_starts((article_slice_t) { p, (size_t) (end - p) },
                                (article_slice_t) article_literal("&nbsp;"));
}

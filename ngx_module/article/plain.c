/*
 * Copyright (C) the authors named in LICENSE
 *
 * Letters without marks.
 */

#include "plain.h"


uint32_t
article_letter_plain(uint32_t c)
{
    static const char  latin[] =                    /* U+00C0 .. U+00FF */
        "aaaaaaaceeeeiiiidnooooo\xd7ouuuuyts"
        "aaaaaaaceeeeiiiidnooooo\xf7ouuuuyty";
    static const char  extended[] =                 /* U+0100 .. U+017F */
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
        "llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyy"
        "zzzzzzs";
    static const char  additional[] =               /* U+1EA0 .. U+1EF9 */
        "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooo"
        "uuuuuuuuuuuuuuyyyyyyyy";
    static const uint16_t  greek[][2] = {
        { 0x386, 0x3b1 }, { 0x388, 0x3b5 }, { 0x389, 0x3b7 },
        { 0x38a, 0x3b9 }, { 0x38c, 0x3bf }, { 0x38e, 0x3c5 },
        { 0x38f, 0x3c9 }, { 0x3ac, 0x3b1 }, { 0x3ad, 0x3b5 },
        { 0x3ae, 0x3b7 }, { 0x3af, 0x3b9 }, { 0x3cc, 0x3bf },
        { 0x3cd, 0x3c5 }, { 0x3ce, 0x3c9 }, { 0x3ca, 0x3b9 },
        { 0x3c2, 0x3c3 }
    };

    size_t  i;

    if (c < 0x80) {
        return c - 'A' < 26 ? c + ('a' - 'A') : c;
    }

    if (c >= 0xc0 && c <= 0xff) {
        return (unsigned char) latin[c - 0xc0];
    }

    if (c >= 0x100 && c <= 0x17f) {
        return (unsigned char) extended[c - 0x100];
    }

    if (c >= 0x1ea0 && c <= 0x1ef9) {
        return (unsigned char) additional[c - 0x1ea0];
    }

    if (c >= 0x370 && c <= 0x3ff) {
        for (i = 0; i < sizeof(greek) / sizeof(greek[0]); i++) {
            if (greek[i][0] == c) {
                return greek[i][1];
            }
        }

        return c >= 0x391 && c <= 0x3a9 ? c + 0x20 : c;
    }

    if (c >= 0x400 && c <= 0x42f) {
        return c < 0x410 ? c + 0x50 : c + 0x20;     /* Cyrillic */
    }

    switch (c) {
    case 0x1a0:
    case 0x1a1:
        return 'o';
    case 0x1af:
    case 0x1b0:
        return 'u';
    case 0x218:
    case 0x219:
        return 's';
    case 0x21a:
    case 0x21b:
        return 't';
    default:
        return c;
    }
}


article_slice_t
article_text_plain(article_arena_t *arena, article_slice_t text)
{
    char             *out;
    size_t            len, room;
    uint32_t          c;
    const char       *p, *end;
    article_slice_t   s;

    room = text.len * 2 + 3;        /* a letter never grows; one space each */
    out = article_arena_alloc(arena, room);

    if (out == NULL) {
        return (article_slice_t) { NULL, 0 };
    }

    len = 0;
    out[len++] = ' ';
    end = text.data + text.len;

    for (p = text.data; p < end; /* void */ ) {
        c = article_utf8_next(&p, end);

        if (c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060
            || c == 0xfeff)
        {
            continue;                   /* not seen */
        }

        if (article_char_word(c)) {
            len += article_utf8_put(out + len, article_letter_plain(c));

        } else if (out[len - 1] != ' ') {
            out[len++] = ' ';
        }
    }

    if (out[len - 1] != ' ') {
        out[len++] = ' ';
    }

    s.data = out;
    s.len = len;

    article_arena_trim(arena, out, room, len);

    return s;
}

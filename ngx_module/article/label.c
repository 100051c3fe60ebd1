/*
 * Copyright (C) the authors named in LICENSE
 *
 * Lines that the cutter looks at.
 */

#include <string.h>

#include "charset_parts.h"
#include "label.h"
#include "label_look.h"


/* What article_label_bytes() says. */
#define ARTICLE_LABEL_HAS_B      0x01
#define ARTICLE_LABEL_HAS_H      0x02
#define ARTICLE_LABEL_HAS_Q      0x04
#define ARTICLE_LABEL_HAS_T      0x08
#define ARTICLE_LABEL_HAS_DIGIT  0x10
#define ARTICLE_LABEL_HAS_ANY    0x1f

/* A line that greets the visitor by number. */
#define ARTICLE_LABEL_VISITOR        80

/* The longest of the names in article_label_advert(), and a sign or two. */
#define ARTICLE_LABEL_ADVERT         32

/* "25.11.2024 | 16:10 PM": a number may have so many letters. */
#define ARTICLE_LABEL_NUMBER_LETTERS  4


static unsigned article_label_is_phrase(article_slice_t raw,
    const article_label_look_t *look);
static unsigned article_label_is_plain(article_slice_t raw,
    article_label_look_t look);
static unsigned article_label_is_decoded(article_slice_t raw);
static unsigned article_label_bytes(article_slice_t raw, size_t *len);
static article_slice_t article_label_decode_as(article_slice_t raw,
    article_charset_t charset, char *out);
static uint32_t article_label_byte(article_charset_t charset, const char **p,
    const char *end);
static article_label_t article_label_counter(article_slice_t text);
static article_label_t article_label_widget(article_slice_t text);
static article_label_t article_label_visitor(article_slice_t text);
static article_label_t article_label_advert(article_slice_t text);
static unsigned article_label_has_date(article_slice_t text);
static uint32_t article_label_reference(const char **p, const char *end);
static uint32_t article_label_named(const char *name, size_t len);
static unsigned article_label_is_blank(uint32_t c);
static unsigned article_label_letters(article_slice_t text,
    unsigned *digits);


/* Latin-1 names that Vietnamese pages use; the case of the first decides. */
typedef struct {
    const char  *name;
    uint16_t     c;
} article_label_name_t;


static const article_label_name_t  article_label_names[] = {
    { "nbsp", 0xa0 }, { "amp", '&' }, { "quot", '"' }, { "lt", '<' },
    { "gt", '>' }, { "raquo", 0xbb }, { "laquo", 0xab }, { "middot", 0xb7 },
    { "bull", 0x2022 }, { "ndash", 0x2013 }, { "mdash", 0x2014 },
    { "ldquo", 0x201c }, { "rdquo", 0x201d }, { "hellip", 0x2026 },
    { "rsaquo", 0x203a }, { "lsaquo", 0x2039 }, { "copy", 0xa9 },
    { "shy", 0xad }, { "deg", 0xb0 }, { "reg", 0xae }, { "times", 0xd7 },
    { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "euro", 0x20ac },
    { "ordm", 0xba },
    { "agrave", 0xe0 }, { "aacute", 0xe1 }, { "acirc", 0xe2 },
    { "atilde", 0xe3 }, { "egrave", 0xe8 }, { "eacute", 0xe9 },
    { "ecirc", 0xea }, { "igrave", 0xec }, { "iacute", 0xed },
    { "eth", 0xf0 }, { "ograve", 0xf2 }, { "oacute", 0xf3 },
    { "ocirc", 0xf4 }, { "otilde", 0xf5 }, { "ugrave", 0xf9 },
    { "uacute", 0xfa }, { "yacute", 0xfd },
    { "Agrave", 0xc0 }, { "Aacute", 0xc1 }, { "Acirc", 0xc2 },
    { "Atilde", 0xc3 }, { "Egrave", 0xc8 }, { "Eacute", 0xc9 },
    { "Ecirc", 0xca }, { "Igrave", 0xcc }, { "Iacute", 0xcd },
    { "ETH", 0xd0 }, { "Ograve", 0xd2 }, { "Oacute", 0xd3 },
    { "Ocirc", 0xd4 }, { "Otilde", 0xd5 }, { "Ugrave", 0xd9 },
    { "Uacute", 0xda }, { "Yacute", 0xdd }
};


article_label_t
article_label_line(article_slice_t raw, article_charset_t charset, char *out,
    article_slice_t *text)
{
    unsigned              exact, letters, digits;
    article_marker_t      marker;
    article_label_look_t  look;

    if (article_label_is_empty(raw)) {
        *text = article_literal("");
        return ARTICLE_LABEL_BLANK;
    }

    *text = article_label_decode(raw, charset, out);

    article_label_look(raw, &look);

    if (look.digit && !look.letters && !look.reference) {
        return ARTICLE_LABEL_NUMBER;
    }

    letters = article_label_letters(*text, &digits);

    if (letters == 0 && digits == 0) {
        return ARTICLE_LABEL_BLANK;
    }

    if (letters <= ARTICLE_LABEL_NUMBER_LETTERS && digits > letters) {
        return ARTICLE_LABEL_NUMBER;
    }

    if (letters == 0) {
        return ARTICLE_LABEL_OTHER;
    }

    marker = article_marker_match(*text, &exact);

    if (!exact && marker == ARTICLE_MARKER_FOOTER) {
        return ARTICLE_LABEL_STOP;
    }

    if (!exact && !article_label_is_phrase(raw, &look)) {
        return ARTICLE_LABEL_OTHER;
    }

    if (!exact) {
        return digits != 0 ? article_label_visitor(*text)
                           : article_label_advert(*text);
    }

    switch (marker) {

    case ARTICLE_MARKER_RELATED:
        return ARTICLE_LABEL_RELATED;

    case ARTICLE_MARKER_LATEST:
        return ARTICLE_LABEL_LATEST;

    case ARTICLE_MARKER_BY_DATE:
        return ARTICLE_LABEL_BY_DATE;

    case ARTICLE_MARKER_COUNTER:
        return article_label_counter(*text);

    case ARTICLE_MARKER_LINKS:
        return ARTICLE_LABEL_LINKS;

    case ARTICLE_MARKER_WIDGET:
        return article_label_widget(*text);

    case ARTICLE_MARKER_ATTACHMENT:
    case ARTICLE_MARKER_COMMENT:
    case ARTICLE_MARKER_AUDIO:
    case ARTICLE_MARKER_TAGS:
    case ARTICLE_MARKER_POLL:
    case ARTICLE_MARKER_FOOTER:
        return ARTICLE_LABEL_STOP;

    default:
        return ARTICLE_LABEL_OTHER;
    }
}


unsigned
article_label_is_other(article_slice_t raw, article_charset_t charset)
{
    char                  out[ARTICLE_LABEL_LINE];
    unsigned              digits, ascii;
    article_slice_t       text;
    article_label_look_t  look;

    article_label_look(raw, &look);

    if ((look.digit && !look.letters && !look.reference)
        || article_label_is_phrase(raw, &look) || article_label_is_empty(raw))
    {
        return 0;
    }

    if (article_marker_never_raw(raw, &ascii)
        && (!look.digit || article_label_is_worded(raw,
                                             ARTICLE_LABEL_NUMBER_LETTERS))
        && (ascii || article_utf8_valid(raw)))
    {
        return 1;
    }

    if (!look.beyond_ascii || article_utf8_valid(raw)) {
        return 0;
    }

    /* of other charsets the first words are decoded before all are */

    text = article_label_decode_as(article_marker_beginning(raw), charset,
                                   out);

    return article_label_letters(text, &digits) > ARTICLE_LABEL_NUMBER_LETTERS
           && article_marker_never(text);
}


unsigned
article_label_is_worded_other(article_slice_t raw, size_t letters,
    unsigned digits, unsigned q)
{
    unsigned  ascii;

    /* no number, and neither article_label_visitor() nor _advert() */

    if (digits) {
        if (letters <= ARTICLE_LABEL_NUMBER_LETTERS
            || (letters <= ARTICLE_LABEL_VISITOR && article_label_has_la(raw)))
        {
            return 0;
        }

    } else if (q && letters <= ARTICLE_LABEL_ADVERT) {
        return 0;
    }

    return article_marker_never_raw(raw, &ascii)
           && (ascii || article_utf8_valid(raw));
}


unsigned
article_label_is_warning(article_slice_t text)
{
    static const char *const  words[] = {
        "cảnh báo", "khẩn", "báo động", "thông báo", "cơn bão", "bão số",
        "mưa lũ", "mực nước", "lũ quét", "sạt lở", "sơ tán", "cháy rừng",
        "dịch bệnh", "ca mắc", "warning", "alert", NULL
    };

    return article_label_has(text, words);
}


/* 0 if neither article_label_visitor() nor _advert() can be right. */
static unsigned
article_label_is_phrase(article_slice_t raw, const article_label_look_t *look)
{
    size_t    len;
    unsigned  has;

    if (article_label_is_plain(raw, *look)) {
        return 0;
    }

    has = article_label_bytes(raw, &len);

    if (has & ARTICLE_LABEL_HAS_DIGIT) {
        return len <= ARTICLE_LABEL_VISITOR
               && (has & ARTICLE_LABEL_HAS_H) && (has & ARTICLE_LABEL_HAS_T)
               && (has & (ARTICLE_LABEL_HAS_B | ARTICLE_LABEL_HAS_Q));
    }

    return len <= ARTICLE_LABEL_ADVERT && (has & ARTICLE_LABEL_HAS_Q);
}


/*
 * 1 if article_label_bytes() would tell, by what a quick look sees: no
 * references (but spaces) nor letters from U+1E00 on, and too long, or
 * without a "q" and without a digit.  With a digit it must greet a visitor,
 * and all of those greetings have the word "là".
 */
static unsigned
article_label_is_plain(article_slice_t raw, article_label_look_t look)
{
    const char  *p, *end;

    static const article_slice_t  nbsp = article_literal("&nbsp;");

    if (look.beyond) {
        return 0;
    }

    if (look.reference) {
        end = raw.data + raw.len;

        for (p = raw.data; p < end; p += nbsp.len) {
            p = memchr(p, '&', (size_t) (end - p));
            if (p == NULL) {
                break;
            }

            if (!article_slice_starts((article_slice_t) { p, end - p }, nbsp))
            {
                return 0;
            }

            look.ascii -= nbsp.len;
        }
    }

    if (look.ascii > ARTICLE_LABEL_VISITOR) {
        return 1;
    }

    if (look.digit) {
        return !look.la || !article_label_has_la(raw);
    }

    return !look.q || look.ascii > ARTICLE_LABEL_ADVERT;
}


/*
 * Which of some letters, in any case, and whether digits stand in the line
 * or may, once it is decoded and folded; and the bytes that it has then at
 * least, as far as that matters.  Consonants have no marks, but for a few
 * from U+1E00 to U+1E7F.
 */
static unsigned
article_label_bytes(article_slice_t raw, size_t *len)
{
    uint32_t              c;
    unsigned              has;
    const char           *p, *end;
    const unsigned char  *u;

    static const unsigned char  letter[256] = {
        ['0'] = ARTICLE_LABEL_HAS_DIGIT, ['1'] = ARTICLE_LABEL_HAS_DIGIT,
        ['2'] = ARTICLE_LABEL_HAS_DIGIT, ['3'] = ARTICLE_LABEL_HAS_DIGIT,
        ['4'] = ARTICLE_LABEL_HAS_DIGIT, ['5'] = ARTICLE_LABEL_HAS_DIGIT,
        ['6'] = ARTICLE_LABEL_HAS_DIGIT, ['7'] = ARTICLE_LABEL_HAS_DIGIT,
        ['8'] = ARTICLE_LABEL_HAS_DIGIT, ['9'] = ARTICLE_LABEL_HAS_DIGIT,
        ['b'] = ARTICLE_LABEL_HAS_B, ['B'] = ARTICLE_LABEL_HAS_B,
        ['h'] = ARTICLE_LABEL_HAS_H, ['H'] = ARTICLE_LABEL_HAS_H,
        ['q'] = ARTICLE_LABEL_HAS_Q, ['Q'] = ARTICLE_LABEL_HAS_Q,
        ['t'] = ARTICLE_LABEL_HAS_T, ['T'] = ARTICLE_LABEL_HAS_T
    };

    has = 0;
    *len = 0;
    p = raw.data;
    end = p + raw.len;

    while (p < end && *len <= ARTICLE_LABEL_VISITOR) {
        u = (const unsigned char *) p;

        if (*u == '&') {
            c = article_label_reference(&p, end);
            has |= c < 0x80 ? letter[c]
                            : c - 0x1e00 < 0x80 ? ARTICLE_LABEL_HAS_ANY : 0;
            continue;
        }

        if (*u == 0xe1 && end - p > 1 && (u[1] & 0xfe) == 0xb8) {
            has |= ARTICLE_LABEL_HAS_ANY;
        }

        has |= letter[*u];

        /* of these bytes each becomes one at least, in any encoding */

        *len += (*u > ' ' && *u < 0x80) || (*u >= 0xc3 && *u <= 0xe1);
        p++;
    }

    return has;
}


/* A line of dates and a counter is the byline's: it stays. */
static article_label_t
article_label_counter(article_slice_t text)
{
    size_t            len;
    char              folded[ARTICLE_MARKER_MAX];
    unsigned          digits;
    article_slice_t   s;

    static const char *const  whole[] = {
        "lươṭ", "lâǹ", "truy câp̣", "đã xem", "đã đoc̣", "ngươì xem",
        "view", "hit", "visit", "online", "thônǵ kê", "bộ đêḿ", "khach́",
        NULL
    };

    len = article_fold_into(folded, sizeof(folded), text, 1);
    if (len > sizeof(folded)) {
        return ARTICLE_LABEL_OTHER;
    }

    s.data = folded;
    s.len = len;

    (void) article_label_letters(s, &digits);

    if (digits != 0 && article_label_has_date(s)) {
        return ARTICLE_LABEL_OTHER;
    }

    if (!article_label_says(s, whole)) {
        return ARTICLE_LABEL_PERIOD;
    }

    return digits != 0 ? ARTICLE_LABEL_COUNTED : ARTICLE_LABEL_COUNTER;
}


/* Of the many things around articles, those that nobody comes for. */
static article_label_t
article_label_widget(article_slice_t text)
{
    size_t           len;
    char             folded[ARTICLE_MARKER_MAX];
    article_slice_t  s;

    static const char *const  cut[] = {
        "thơì tiêt́", "tỷ giá", "tỉ giá", "giá vang̀", "chưnǵ khoań",
        "quang̉ caó", "advertis", "sponsored", "xổ số",
        "giá cả thị trương̀", "giá nông san̉", NULL
    };

    static const char *const  stop[] = {
        "dicḥ vụ công", "thủ tuc̣", "đương̀ dây nonǵ", "goṕ ý",
        "hoỉ đaṕ", "đăng nhâp̣", "tim̀ kiêḿ", "liên hệ", "thông baó",
        "tiêṕ công dân", "search", "login", "ngôn ngữ", "english", NULL
    };

    len = article_fold_into(folded, sizeof(folded), text, 1);
    if (len > sizeof(folded)) {
        return ARTICLE_LABEL_OTHER;
    }

    s.data = folded;
    s.len = len;

    if (article_label_says(s, cut)) {
        return ARTICLE_LABEL_WIDGET;
    }

    return article_label_says(s, stop) ? ARTICLE_LABEL_STOP
                                      : ARTICLE_LABEL_OTHER;
}


/* "Bạn là người thứ 991322 ghé thăm" */
static article_label_t
article_label_visitor(article_slice_t text)
{
    static const char *const  you[] = {
        "baṇ là ngươì thứ", "baṇ là khach́ thứ",
        "baṇ là vị khach́ thứ", "quý khach́ là ngươì thứ",
        "baṇ là ngươì truy câp̣ thứ", NULL
    };

    return text.len <= ARTICLE_LABEL_VISITOR && article_label_says(text, you)
           ? ARTICLE_LABEL_COUNTED : ARTICLE_LABEL_OTHER;
}


/* What an advertisement's place is called. */
static article_label_t
article_label_advert(article_slice_t text)
{
    static const char *const  names[] = {
        "quang̉ caó trong baì", "quang̉ caó giưã baì",
        "quang̉ caó cuôí baì", "quang̉ caó đâù baì",
        "vị trí quang̉ caó", "khu vưc̣ quang̉ caó", "vung̀ quang̉ caó",
        "banner quang̉ caó", NULL
    };

    /* one of them, and no more than it */

    return text.len <= ARTICLE_LABEL_ADVERT && article_label_says(text, names)
           ? ARTICLE_LABEL_WIDGET : ARTICLE_LABEL_OTHER;
}


unsigned
article_label_has(article_slice_t text, const char *const *words)
{
    size_t       len;
    char         folded[64];
    const char  *word[2];

    word[1] = NULL;

    for ( /* void */ ; *words != NULL; words++) {
        len = article_fold_into(folded, sizeof(folded) - 1,
                                (article_slice_t) { *words, strlen(*words) },
                                0);
        if (len >= sizeof(folded)) {
            continue;
        }

        folded[len] = '\0';
        word[0] = folded;

        if (article_label_says(text, word)) {
            return 1;
        }
    }

    return 0;
}


unsigned
article_label_says(article_slice_t text, const char *const *words)
{
    size_t           len;
    char             whole[ARTICLE_LABEL_LINE];
    article_slice_t  word;

    len = article_fold_into(whole, sizeof(whole), text, 1);
    text.data = whole;
    text.len = len > sizeof(whole) ? sizeof(whole) : len;

    for ( /* void */ ; *words != NULL; words++) {
        word.data = *words;
        word.len = strlen(*words);

        if (article_slice_find(text, word) != NULL) {
            return 1;
        }
    }

    return 0;
}


/* "24/04", "24-04-2020", "24.4.2020": digits with signs between, twice. */
static unsigned
article_label_has_date(article_slice_t text)
{
    size_t    i;
    unsigned  parts, digits;

    parts = 0;
    digits = 0;

    for (i = 0; i < text.len; i++) {
        if (text.data[i] >= '0' && text.data[i] <= '9') {
            digits++;
            continue;
        }

        if (digits == 0 || digits > 2 || (text.data[i] != '/'
                                          && text.data[i] != '-'
                                          && text.data[i] != '.'))
        {
            digits = 0;
            parts = 0;
            continue;
        }

        if (text.data[i] == '/' || ++parts == 2) {
            return 1;
        }

        digits = 0;
    }

    return 0;
}


article_slice_t
article_label_decode(article_slice_t raw, article_charset_t charset,
    char *out)
{
    if (article_utf8_valid(raw)) {
        if (article_label_is_decoded(raw)) {
            raw.len -= raw.len != 0 && raw.data[raw.len - 1] == ' ';
            return raw;
        }

        charset = ARTICLE_CHARSET_UTF8;
    }

    return article_label_decode_as(raw, charset, out);
}


/* 1 if decoding would leave the line as it is, but for a space at its end. */
static unsigned
article_label_is_decoded(article_slice_t raw)
{
    size_t  i;

    /* references; lead bytes of characters that are taken for spaces */

    static const unsigned char  other[256] = {
        ['&'] = 1, [0xc2] = 1, [0xe2] = 1, [0xe3] = 1, [0xef] = 1
    };

    if (raw.len + 4 > ARTICLE_LABEL_LINE
        || (raw.len != 0 && raw.data[0] == ' '))
    {
        return 0;
    }

    for (i = 0; i < raw.len; i++) {
        if (other[(unsigned char) raw.data[i]]
            || (raw.data[i] == ' ' && i + 1 < raw.len
                && raw.data[i + 1] == ' '))
        {
            return 0;
        }
    }

    return 1;
}


static article_slice_t
article_label_decode_as(article_slice_t raw, article_charset_t charset,
    char *out)
{
    size_t            len, end;
    uint32_t          c;
    const char       *p, *last;
    article_slice_t   text;

    len = 0;
    end = 0;
    p = raw.data;
    last = p + raw.len;

    while (p < last) {
        if (*p == '&') {
            c = article_label_reference(&p, last);

        } else if (charset == ARTICLE_CHARSET_UTF8) {
            c = article_utf8_next(&p, last);

        } else {
            c = article_label_byte(charset, &p, last);
        }

        if (len + 4 > ARTICLE_LABEL_LINE) {
            break;
        }

        if (article_label_is_blank(c)) {
            if (len != 0 && out[len - 1] != ' ') {
                out[len++] = ' ';
            }

            continue;
        }

        len += article_utf8_put(out + len, c);
        end = len;
    }

    text.data = out;
    text.len = end;

    return text;
}


/* The next character of a charset of bytes. */
static uint32_t
article_label_byte(article_charset_t charset, const char **p,
    const char *end)
{
    char                  utf8[4];
    size_t                len;
    const char           *q;
    const unsigned char  *byte;

    byte = (const unsigned char *) *p;
    len = article_charset_next(charset, &byte, (const unsigned char *) end,
                               utf8);
    *p = (const char *) byte;
    q = utf8;

    return article_utf8_next(&q, utf8 + len);
}


/* At "&": the character of a reference, or "&" itself. */
static uint32_t
article_label_reference(const char **p, const char *end)
{
    uint32_t     c, digit;
    unsigned     base;
    const char  *s;

    s = *p + 1;
    *p += 1;

    if (s < end && *s == '#') {
        s++;
        base = 10;

        if (s < end && (*s | 0x20) == 'x') {
            base = 16;
            s++;
        }

        for (c = 0; s < end && c < 0x110000; s++) {
            digit = (uint32_t) (*s >= '0' && *s <= '9' ? *s - '0'
                                                       : (*s | 0x20) - 'a'
                                                         + 10);
            if (digit >= base) {
                break;
            }

            c = c * base + digit;
        }

    } else {
        while (s < end && ((*s >= 'a' && *s <= 'z')
                           || (*s >= 'A' && *s <= 'Z')))
        {
            s++;
        }

        c = article_label_named(*p, (size_t) (s - *p));
    }

    if (c == 0 || c >= 0x110000) {
        return '&';
    }

    *p = s < end && *s == ';' ? s + 1 : s;

    return c;
}


static uint32_t
article_label_named(const char *name, size_t len)
{
    size_t  i, n;

    n = sizeof(article_label_names) / sizeof(article_label_names[0]);

    for (i = 0; i < n; i++) {
        if (strncmp(article_label_names[i].name, name, len) == 0
            && article_label_names[i].name[len] == '\0')
        {
            return article_label_names[i].c;
        }
    }

    return 0;
}


static unsigned
article_label_is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xa0 || c == 0xad || c == 0xfeff
           || (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x3000;
}


/* Letters, and digits apart. */
static unsigned
article_label_letters(article_slice_t text, unsigned *digits)
{
    uint32_t     c;
    unsigned     letters;
    const char  *p, *end;

    letters = 0;
    *digits = 0;
    p = text.data;
    end = p + text.len;

    while (p < end) {
        c = article_utf8_next(&p, end);

        if (c >= '0' && c <= '9') {
            *digits += 1;

        } else if (article_char_word(c)) {
            letters++;
        }
    }

    return letters;
}

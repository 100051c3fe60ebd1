/*
 * Copyright (C) the authors named in LICENSE
 *
 * Names of authors as the world's press writes them: "By Jane Roe and John
 * Doe, Staff Writers", "Von Max Muster/dpa", "Anna Martel und Lea Wagner".
 */

#include <string.h>

#include "credit.h"
#include "plain.h"


/* A longer credit is prose. */
#define ARTICLE_CREDIT_MAX     300

/* A name has no more bytes and words than this, a person's at most five. */
#define ARTICLE_CREDIT_NAME    80
#define ARTICLE_CREDIT_WORDS   6
#define ARTICLE_CREDIT_PERSON  5

/* So many words may all be small where machines are told ("dpa"). */
#define ARTICLE_CREDIT_SMALL   1


typedef enum {
    ARTICLE_CREDIT_END = 0,
    ARTICLE_CREDIT_COMMA,       /* a name, a role or a place follows */
    ARTICLE_CREDIT_AND,         /* a name follows */
    ARTICLE_CREDIT_STOP         /* what follows is no name */
} article_credit_t;


static article_credit_t article_credit_part(article_slice_t *text,
    article_slice_t *part);
static article_credit_t article_credit_separator(article_slice_t text,
    size_t at, size_t *len);
static article_slice_t article_credit_clean(article_slice_t s);
static unsigned article_credit_is_name(article_arena_t *arena,
    article_slice_t s, article_credit_place_t place, unsigned first);
static unsigned article_credit_words(article_slice_t s, unsigned *small);
static unsigned article_credit_is_particle(article_slice_t word);
static unsigned article_credit_has(article_slice_t plain,
    const char *const *words, unsigned whole);


/* Plain words that a credit begins with. */

static const char *const  article_credit_labels[] = {
    "by", "written by", "posted by", "reported by", "story by", "words by",
    "text by", "article by", "authors", "author", "von", "text von", "par",
    "propos recueillis par", "por", "escrito por", "publicado por", "di",
    "a cura di", "door", "av", "af", "tekst", "text", "texte", "texto",
    "testo", "autor", "autora", "autore", "autorzy", "auteur", "forfatter",
    "skriven av", "skrevet av", "oleh", "ditulis oleh", "penulis", "yazan",
    "szerzo", "scris de", "ecrit par", "verfasst von", "geschrieben von",
    "scritto da", "geschreven door", "napisane przez", "kirjoittaja",
    "guide by", "review by", "analysis by", "opinion by", "интервью",
    "автор", "авторы", "автори", "написано автором", "текст", NULL
};

/* Plain words that no name has. */

static const char *const  article_credit_roles[] = {
    "staff", "writer", "writers", "reporter", "reporters", "editor",
    "editors", "editorial", "correspondent", "correspondents", "contributor",
    "contributors", "columnist", "journalist", "journalists", "producer",
    "photographer", "freelance", "freelancer", "senior", "chief",
    "redakteur", "redakteurin", "redaktor", "redaktion", "korrespondent",
    "korrespondentin", "journalistin", "volontarin", "reporterin",
    "redaction", "redaccion", "redazione", "redacao", "redactie",
    "redacteur", "redactrice", "correspondant", "corresponsal",
    "periodista", "giornalista", "jornalista", "published", "updated",
    "posted", "read", "minutes", "min", "share", "comments", "comment",
    "follow", "subscribe", "about", "more", "advertisement", "edited",
    "photo", "photos", "foto", "fotos", "image", "bild", "video", NULL
};

/* Whole names, plain, that are nobody's. */

static const char *const  article_credit_nobody[] = {
    "admin", "administrator", "editor", "staff", "webmaster", "root",
    "user", "guest", "anonymous", "unknown", "null", "undefined", "none",
    "author", "autor", "web editor", "site admin", "super user", "by",
    "website", "test", NULL
};


article_slice_t
article_credit_label(article_arena_t *arena, article_slice_t text)
{
    size_t           i, n, words, spaces;
    const char      *p, *end, *next;
    article_slice_t  plain, best, label;

    best = (article_slice_t) { NULL, 0 };

    if (text.len > ARTICLE_CREDIT_MAX) {
        return best;
    }

    plain = article_text_plain(arena, text);
    words = 0;

    for (i = 0; article_credit_labels[i]; i++) {
        label.data = article_credit_labels[i];
        label.len = strlen(label.data);

        if (plain.len > label.len + 1
            && memcmp(plain.data + 1, label.data, label.len) == 0
            && plain.data[label.len + 1] == ' ')
        {
            for (n = 0, spaces = 1; n < label.len; n++) {
                spaces += label.data[n] == ' ';
            }

            words = spaces > words ? spaces : words;
        }
    }

    if (words == 0) {
        return best;
    }

    /* as many words of the text itself */

    end = text.data + text.len;

    for (p = text.data, n = 0; p < end; p = next) {
        next = p;

        if (!article_char_word(article_utf8_next(&next, end))) {
            continue;
        }

        if (n++ == words) {
            break;
        }

        while (next < end) {
            const char  *q = next;

            if (!article_char_word(article_utf8_next(&q, end))) {
                break;
            }

            next = q;
        }
    }

    return (article_slice_t) { p, end - p };
}


void
article_credit_names(article_arena_t *arena, article_slice_t text,
    article_credit_place_t place, article_names_t *names)
{
    unsigned           small, words, first;
    article_slice_t    rest, part;
    article_credit_t   separator, before;

    if (text.len == 0 || text.len > ARTICLE_CREDIT_MAX
        || article_slice_find(text, article_literal("://"))
        || article_slice_find(text, article_literal("www."))
        || article_slice_find(text, article_literal(".com/")))
    {
        return;
    }

    rest = article_credit_label(arena, text);

    if (rest.len != 0) {
        text = rest;
    }

    before = ARTICLE_CREDIT_AND;
    first = 0;

    while (text.len != 0 && names->authors < ARTICLE_AUTHORS_MAX) {
        separator = article_credit_part(&text, &part);
        part = article_credit_clean(part);
        words = article_credit_words(part, &small);

        /* behind a comma one word is a place, an agency or a degree */

        if (part.len != 0
            && !(before == ARTICLE_CREDIT_COMMA && words == 1
                 && (first > 1 || place != ARTICLE_CREDIT_TOLD))
            && article_credit_is_name(arena, part, place, first == 0))
        {
            names->author[names->authors++] = part;
            first = first ? first : words;

        } else if (place != ARTICLE_CREDIT_TOLD && names->authors == 0) {
            return;
        }

        if (separator == ARTICLE_CREDIT_STOP && names->authors != 0) {
            return;
        }

        before = separator;
    }
}


/* Takes a part off a credit; what stood behind it. */

static article_credit_t
article_credit_part(article_slice_t *text, article_slice_t *part)
{
    size_t             i, len, deep;
    article_credit_t   separator;

    deep = 0;
    len = 0;
    separator = ARTICLE_CREDIT_END;

    for (i = 0; i < text->len; i++) {
        deep += text->data[i] == '(';
        deep -= text->data[i] == ')' && deep != 0;

        if (deep == 0) {
            separator = article_credit_separator(*text, i, &len);

            if (separator != ARTICLE_CREDIT_END) {
                break;
            }
        }
    }

    *part = (article_slice_t) { text->data, i };
    text->data += i + len;
    text->len -= i + len;

    return separator;
}


static article_credit_t
article_credit_separator(article_slice_t text, size_t at, size_t *len)
{
    size_t            i;
    unsigned          small;
    article_slice_t   rest, left, word;

    static const char *const  conjunctions[] = {
        " and ", " und ", " et ", " y ", " e ", " en ", " og ", " och ",
        " i ", " и ", " та ", " і ", " ve ", " dan ", " ja ", " és ", " si ",
        " & ", " with ", " mit "
    };
    static const char *const  stops[] = {
        " - ", " – ", " — ", " | ", "|", "•", "·", " ● "
    };

    rest = (article_slice_t) { text.data + at, text.len - at };
    left = (article_slice_t) { text.data, at };

    if (*rest.data == ',' || *rest.data == ';') {
        *len = 1;
        return ARTICLE_CREDIT_COMMA;
    }

    if (*rest.data == '/') {
        *len = 1;
        return ARTICLE_CREDIT_COMMA;
    }

    for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
        word = (article_slice_t) { stops[i], strlen(stops[i]) };

        if (article_slice_starts(rest, word)) {
            *len = word.len;
            return ARTICLE_CREDIT_STOP;
        }
    }

    if (*rest.data != ' ') {
        return ARTICLE_CREDIT_END;
    }

    for (i = 0; i < sizeof(conjunctions) / sizeof(conjunctions[0]); i++) {
        word = (article_slice_t) { conjunctions[i], strlen(conjunctions[i]) };

        if (!article_slice_starts_case(rest, word)) {
            continue;
        }

        /* "José Ortega y Gasset" is one: both sides want two words */

        rest.data += word.len;
        rest.len -= word.len;

        if (article_credit_words(left, &small) >= 2
            && article_credit_words(rest, &small) >= 2)
        {
            *len = word.len;
            return ARTICLE_CREDIT_AND;
        }

        break;
    }

    return ARTICLE_CREDIT_END;
}


/* Without remarks in parentheses, "for ...", "in ..." and signs around. */

static article_slice_t
article_credit_clean(article_slice_t s)
{
    size_t            i, n;
    unsigned          small;
    uint32_t          c;
    const char       *p, *q, *end;
    article_slice_t   left, word;

    static const char *const  behind[] = {
        " for ", " in ", " at ", " aus ", " from ", " via ", " special to ",
        " pour ", " para ", " per "
    };

    p = memchr(s.data, '(', s.len);
    if (p != NULL && p != s.data) {
        s.len = p - s.data;
    }

    for (i = 0; i < s.len; i++) {
        left = (article_slice_t) { s.data, i };

        for (n = 0; n < sizeof(behind) / sizeof(behind[0]); n++) {
            word = (article_slice_t) { behind[n], strlen(behind[n]) };

            if (s.data[i] == ' '
                && article_slice_starts((article_slice_t)
                                        { s.data + i, s.len - i }, word)
                && article_credit_words(left, &small) >= 2)
            {
                s.len = i;
            }
        }
    }

    end = s.data + s.len;

    for (p = s.data; p < end; p = q) {
        q = p;

        if (article_char_word(article_utf8_next(&q, end))) {
            break;
        }
    }

    while (end > p) {
        for (q = end - 1; q > p && (*q & 0xc0) == 0x80; q--) { /* void */ }

        s.data = q;
        c = article_utf8_next(&s.data, end);

        if (article_char_word(c)
            || (c == '.' && end - p > 2
                && article_char_upper((unsigned char) end[-2])))
        {
            break;                                      /* "John Doe Jr." */
        }

        end = q;
    }

    return (article_slice_t) { p, end - p };
}


/* first: a role alone may be all that is told ("Editorial Board"). */

static unsigned
article_credit_is_name(article_arena_t *arena, article_slice_t s,
    article_credit_place_t place, unsigned first)
{
    size_t           i;
    unsigned         words, small, digits;
    article_slice_t  plain;

    words = article_credit_words(s, &small);

    if (words == 0 || words > ARTICLE_CREDIT_WORDS
        || s.len > ARTICLE_CREDIT_NAME
        || memchr(s.data, '@', s.len) || memchr(s.data, ':', s.len)
        || memchr(s.data, '?', s.len) || memchr(s.data, '!', s.len))
    {
        return 0;
    }

    for (i = 0, digits = 0; i < s.len; i++) {
        digits += s.data[i] >= '0' && s.data[i] <= '9';
    }

    plain = article_text_plain(arena, s);

    if (article_credit_has(plain, article_credit_nobody, 1)) {
        return 0;
    }

    if (place == ARTICLE_CREDIT_TOLD) {
        return digits < s.len / 2
               && (small < words || words <= ARTICLE_CREDIT_SMALL)
               && (words == 1 || first
                   || !article_credit_has(plain, article_credit_roles, 0));
    }

    return digits == 0 && small == 0 && words <= ARTICLE_CREDIT_PERSON
           && words + (place == ARTICLE_CREDIT_LABELLED) >= 2
           && !article_credit_has(plain, article_credit_roles, 0);
}


/* Words, and how many of them begin small and are no particle of a name. */

static unsigned
article_credit_words(article_slice_t s, unsigned *small)
{
    uint32_t          c;
    unsigned          words;
    const char       *p, *q, *end, *start;
    article_slice_t   word;

    words = 0;
    *small = 0;
    end = s.data + s.len;

    for (p = s.data; p < end; /* void */ ) {
        q = p;
        c = article_utf8_next(&q, end);

        if (article_char_space(c)) {
            p = q;
            continue;
        }

        start = p;

        while (p < end) {
            q = p;

            if (article_char_space(article_utf8_next(&q, end))) {
                break;
            }

            p = q;
        }

        word = (article_slice_t) { start, p - start };
        q = start;
        c = article_utf8_next(&q, end);

        if (!article_char_word(c)) {
            continue;
        }

        words++;
        *small += article_letter_plain(c) == c && c < 0x530 && c >= 'a'
                  && !article_credit_is_particle(word);
    }

    return words;
}


static unsigned
article_credit_is_particle(article_slice_t word)
{
    size_t  i;

    static const char *const  particles[] = {
        "de", "da", "di", "do", "dos", "das", "del", "della", "der", "den",
        "des", "du", "van", "von", "vom", "zu", "zum", "zur", "la", "le",
        "el", "al", "bin", "ibn", "ter", "ten", "te", "y", "e", "af", "av",
        "und", "d'", "'t"
    };

    for (i = 0; i < sizeof(particles) / sizeof(particles[0]); i++) {
        if (article_slice_equal(word, (article_slice_t)
                                { particles[i], strlen(particles[i]) }))
        {
            return 1;
        }
    }

    return 0;
}


/* 1 if a plain text has one of the words, or is one of them. */

static unsigned
article_credit_has(article_slice_t plain, const char *const *words,
    unsigned whole)
{
    size_t       len;
    unsigned     i;
    const char  *p, *end;

    end = plain.data + plain.len;

    for (i = 0; words[i]; i++) {
        len = strlen(words[i]);

        for (p = plain.data; p + len + 2 <= end; p++) {
            if (*p == ' ' && p[len + 1] == ' '
                && memcmp(p + 1, words[i], len) == 0
                && (!whole || len + 2 == plain.len))
            {
                return 1;
            }
        }
    }

    return 0;
}

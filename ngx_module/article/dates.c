/*
 * Copyright (C) the authors named in LICENSE
 *
 * Dates as they stand on Vietnamese portals: day first, in numbers or in
 * words, with the time before or behind, and no zone.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date_forms.h"
#include "marker_table.h"


/* Bytes of separators and words between a date and its time. */
#define ARTICLE_DATE_GAP  40

/* In other languages at most so many words, of so many bytes ("a las"). */
#define ARTICLE_DATE_JOINTS  2
#define ARTICLE_DATE_JOINT   4

/* Digits of seconds and milliseconds since the epoch, from 2001 on. */
#define ARTICLE_DATE_SECONDS       10
#define ARTICLE_DATE_MILLISECONDS  13


static unsigned article_date_at(const char *p, const char *end,
    unsigned style, article_date_t *date, const char **behind);
static const char *article_date_small_word(const char *p, const char *end);
static unsigned article_date_parse_digits(article_slice_t text,
    article_date_t *date);
static void article_date_civil(article_date_t *date, int64_t seconds);
static void article_date_unwrap(article_date_t *date, article_slice_t text);
static void article_date_behind(article_date_t *date, const char *text,
    unsigned style, const char *p, const char *end);
static const char *article_date_back(const char *p, const char *first,
    unsigned *reached);
static unsigned article_date_back_word(const char **p, const char *first);


/* In folded form: the tone mark stands behind the syllable. */
static const article_slice_t  article_word_at = article_literal("luc\xcc\x81");
static const article_slice_t  article_word_in =
    article_literal("vao\xcc\x80");


/* A number inside a file name, a document's number or an address. */
static inline unsigned
article_date_glued(const char *p, const char *first)
{
    return p - first > 1 && memchr("./-_:", p[-1], 5) != NULL
           && (article_is_digit(p[-2]) || article_is_letter(p[-2]));
}


unsigned
article_date_find(article_slice_t text, size_t from, article_date_t *date)
{
    return article_date_find_in(text, from, 0, date);
}


unsigned
article_date_find_in(article_slice_t text, size_t from, unsigned style,
    article_date_t *date)
{
    unsigned          reached;
    const char       *p, *end, *next, *start, *first;
    article_clock_t   clock;

    end = text.data + text.len;
    first = text.data;
    clock.end = NULL;

    for (p = text.data + from; p < end && !article_is_digit(*p); p++) {
        /* every date has digits */
    }

    if (p == end) {
        return 0;
    }

    for (p = text.data + from; p < end; p = next) {
        next = p + 1;

        if (!article_is_letter(*p) && !article_is_digit(*p)) {
            continue;
        }

        if (!article_date_glued(p, first)
            && article_date_at(p, end, style, date, &next))
        {
            start = article_date_back(p, clock.end != NULL ? clock.end
                                                           : first, &reached);

            article_date_behind(date, text.data, style, next, end);

            if (!date->precise && clock.end != NULL && reached) {
                start = clock.start;
                article_date_time(date, &clock, 0);
            }

            date->start = start - text.data;
            article_date_unwrap(date, text);

            return 1;
        }

        if (article_is_digit(*p)) {
            next = article_clock(p, end, &clock);

            if (next == NULL) {
                for (next = p; next < end && article_is_digit(*next); next++) {
                    /* void */
                }
            }

            continue;
        }

        while (next < end && article_is_letter(*next)) {
            next++;
        }
    }

    return 0;
}


unsigned
article_date_parse_iso(article_slice_t text, article_date_t *date)
{
    const char  *p, *end;

    end = text.data + text.len;
    p = article_date_space(text.data, end);

    memset(date, 0, sizeof(article_date_t));
    date->zone = ARTICLE_DATE_ZONE;

    p = article_date_machine(p, end, date);
    if (p == NULL) {
        return article_date_parse_digits(text, date);
    }

    date->end = p - text.data;

    return 1;
}


/* "20240429", "1750680000", "1750680000000" and nothing else. */
static unsigned
article_date_parse_digits(article_slice_t text, article_date_t *date)
{
    size_t   i;
    int64_t  value;

    value = 0;

    for (i = 0; i < text.len && i <= ARTICLE_DATE_MILLISECONDS
                && article_is_digit(text.data[i]); i++)
    {
        value = value * 10 + (text.data[i] - '0');
    }

    if (i != text.len) {
        return 0;
    }

    memset(date, 0, sizeof(article_date_t));
    date->zone = ARTICLE_DATE_ZONE;
    date->end = i;

    if (i == ARTICLE_DATE_SECONDS || i == ARTICLE_DATE_MILLISECONDS) {
        article_date_civil(date, i == ARTICLE_DATE_SECONDS ? value
                                                           : value / 1000);
        date->zone = 0;
        date->zoned = 1;
        date->precise = 1;

        return article_date_valid(date);
    }

    date->year = (int) (value / 10000);
    date->month = (unsigned) (value / 100 % 100);
    date->day = (unsigned) (value % 100);

    return i == 8 && article_date_valid(date);
}


/* Days since the epoch of the civil calendar (H. Hinnant's algorithm). */
int64_t
article_date_seconds(const article_date_t *date)
{
    int64_t  year, era, day;

    year = date->year - (date->month <= 2);
    era = year / 400;
    day = (153 * ((int64_t) date->month + (date->month > 2 ? -3 : 9)) + 2) / 5
          + date->day - 1;
    year -= era * 400;
    day += year * 365 + year / 4 - year / 100 + era * 146097 - 719468;

    return ((day * 24 + date->hour) * 60 + date->minute - date->zone) * 60
           + date->second;
}


void
article_date_format(const article_date_t *date, char *out)
{
    article_date_format_in(date, ARTICLE_DATE_ZONE, out);
}


void
article_date_format_in(const article_date_t *date, int zone, char *out)
{
    article_date_t  there;

    article_date_civil(&there, article_date_seconds(date)
                               + (int64_t) (date->precise ? zone : date->zone)
                                 * 60);

    (void) snprintf(out, ARTICLE_DATE_SIZE,
                    "%04d-%02u-%02uT%02u:%02u:%02u%c%02d:%02d", there.year,
                    there.month, there.day, there.hour, there.minute,
                    there.second, zone < 0 ? '-' : '+', abs(zone) / 60,
                    abs(zone) % 60);
}


/* The day and time of seconds since the epoch (the same algorithm, back). */
static void
article_date_civil(article_date_t *date, int64_t seconds)
{
    int64_t  day, era, year, doy, month;

    memset(date, 0, sizeof(article_date_t));

    day = seconds / 86400 + 719468;
    seconds %= 86400;

    era = day / 146097;
    day -= era * 146097;
    year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    doy = day - (365 * year + year / 4 - year / 100);
    month = (5 * doy + 2) / 153;

    date->day = (unsigned) (doy - (153 * month + 2) / 5 + 1);
    date->month = (unsigned) (month < 10 ? month + 3 : month - 9);
    date->year = (int) (year + era * 400 + (date->month <= 2));
    date->hour = (unsigned) (seconds / 3600);
    date->minute = (unsigned) (seconds / 60 % 60);
    date->second = (unsigned) (seconds % 60);
}


/* Parentheses around a date belong to it. */
static void
article_date_unwrap(article_date_t *date, article_slice_t text)
{
    if (date->start != 0 && date->end < text.len
        && text.data[date->start - 1] == '(' && text.data[date->end] == ')')
    {
        date->start--;
        date->end++;
    }
}


/* A date without time that begins at p, or with time when a machine wrote. */
static unsigned
article_date_at(const char *p, const char *end, unsigned style,
    article_date_t *date, const char **behind)
{
    const char  *q;

    memset(date, 0, sizeof(article_date_t));
    date->zone = ARTICLE_DATE_ZONE;

    if (style != 0) {
        q = article_date_world(p, end, style, date);

        if (q != NULL) {
            *behind = q;
            return 1;
        }

        memset(date, 0, sizeof(article_date_t));
        date->zone = ARTICLE_DATE_ZONE;
    }

    if (article_is_digit(*p)) {
        q = article_date_numbers(p, end, date);

        if (q == NULL) {
            q = article_date_words(p, end, date);
        }

        if (q == NULL) {
            q = article_date_machine(p, end, date);
        }

    } else {
        q = NULL;
    }

    if (q == NULL && style == 0) {
        q = article_date_english(p, end, date);
    }

    if (q == NULL) {
        return 0;
    }

    *behind = q;

    return 1;
}


/* The time behind a date, if there is one; sets where the date ends. */
static void
article_date_behind(article_date_t *date, const char *text, unsigned style,
    const char *p, const char *end)
{
    unsigned          bar, words;
    const char       *q, *next;
    article_clock_t   clock;

    date->end = p - text;

    if (date->precise) {
        return;
    }

    if (end - p > ARTICLE_DATE_GAP) {
        end = p + ARTICLE_DATE_GAP;
    }

    bar = 0;
    words = style != 0 ? ARTICLE_DATE_JOINTS : 0;

    for (q = p; q < end; q = next) {
        next = article_date_space(q, end);

        if (next != q) {
            continue;
        }

        if (memchr("|,-.(/;", *q, 7) != NULL) {
            bar |= *q == '|';
            next = q + 1;
            continue;
        }

        if (end - q >= 3 && (memcmp(q, "\xe2\x80\x93", 3) == 0
                             || memcmp(q, "\xe2\x80\x94", 3) == 0))
        {
            next = q + 3;                               /* dashes */
            continue;
        }

        if (article_date_word(&next, end, article_word_at)
            || article_date_word(&next, end, article_word_in))
        {
            continue;
        }

        if (words != 0) {
            words--;
            next = article_date_small_word(q, end);

            if (next != NULL) {
                continue;
            }
        }

        break;
    }

    if (q == end || !article_is_digit(*q)) {
        return;
    }

    q = article_clock(q, end, &clock);

    if (q != NULL) {
        article_date_time(date, &clock, bar);
        date->end = q - text;
    }
}


/* "at", "um", "a las", "kl." between a date and its time; or a dot. */
static const char *
article_date_small_word(const char *p, const char *end)
{
    const char  *q;

    for (q = p; q < end && article_is_letter(*q); q++) { /* void */ }

    if (q == p && end - p > 2 && !article_is_digit(*p)) {
        return *p == ':' ? p + 1 : NULL;
    }

    return q != p && q - p <= ARTICLE_DATE_JOINT ? q : NULL;
}


/*
 * Where a date begins with the weekday, "ngày" and commas before it, not
 * before first.  *reached: nothing else stands between it and first.
 */
static const char *
article_date_back(const char *p, const char *first, unsigned *reached)
{
    const char  *q;

    for (q = p; q > first; /* void */ ) {
        if (q - first >= 2 && memcmp(q - 2, "\xc2\xa0", 2) == 0) {
            q -= 2;
            continue;
        }

        if (memchr(" \t\r\n,(-|", q[-1], 8) != NULL) {
            q--;
            continue;
        }

        if (!article_date_back_word(&q, first)) {
            break;
        }

        p = q;
    }

    *reached = q == first;

    return p;
}


static unsigned
article_date_back_word(const char **p, const char *first)
{
    uint32_t               c;
    unsigned               upper;
    const char            *q, *end, *before, *next;
    article_label_text_t   t;

    end = *p;
    upper = 0;

    for (q = end; q > first && end - q < ARTICLE_DATE_WORD; q = before) {
        for (before = q - 1; before > first && (*before & 0xc0) == 0x80;
             before--)
        {
            /* void */
        }

        next = before;
        c = article_utf8_next(&next, end);

        if (!article_char_word(c)) {
            break;
        }

        /* "chính trịThứ Ba": glued to the section's name */

        if (upper && !article_char_upper(c)) {
            break;
        }

        upper = article_char_upper(c);
    }

    if (q == end
        || !article_label_split(&t, (article_slice_t) { q, end - q })
        || t.n != 1 || !article_label_is_value(&t, 0))
    {
        return 0;
    }

    *p = q;

    return 1;
}

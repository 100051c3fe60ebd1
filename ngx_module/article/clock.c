/*
 * Copyright (C) the authors named in LICENSE
 *
 * Times of day as portals write them.
 */

#include "date_forms.h"


static const char *article_clock_words(const char *p, const char *end,
    article_clock_t *clock);
static const char *article_clock_half(const char *p, const char *end,
    article_clock_t *clock);
static const char *article_clock_zone(const char *p, const char *end,
    article_clock_t *clock);
static unsigned article_clock_is_offset(const char *p, const char *end);
static const char *article_clock_abbreviation(const char *p, const char *end,
    article_clock_t *clock);


/* In folded form: the tone mark stands behind the syllable. */
static const article_slice_t  article_word_hour =
    article_literal("gi\xc6\xa1\xcc\x80");
static const article_slice_t  article_word_minute =
    article_literal("phut\xcc\x81");


const char *
article_clock(const char *p, const char *end, article_clock_t *clock)
{
    clock->start = p;
    clock->end = NULL;
    clock->minute = 0;
    clock->second = 0;
    clock->twelve = 0;
    clock->zone = ARTICLE_DATE_ZONE;
    clock->zoned = 0;

    if (!article_date_number(&p, end, 1, 2, &clock->hour) || p == end) {
        return NULL;
    }

    if (*p == ':') {
        p++;

        if (!article_date_number(&p, end, 2, 2, &clock->minute)) {
            return NULL;
        }

        if (p < end && *p == ':') {
            p++;

            if (!article_date_number(&p, end, 2, 2, &clock->second)) {
                return NULL;
            }

            if (end - p > 1 && *p == '.' && article_is_digit(p[1])) {
                for (p++; p < end && article_is_digit(*p); p++) { /* void */ }
            }
        }

    } else if (*p == 'h' || *p == 'H' || *p == 'g') {
        p++;
        (void) article_date_number(&p, end, 2, 2, &clock->minute);

        if (p < end && article_is_letter(*p)) {
            return NULL;
        }

    } else {
        p = article_clock_words(p, end, clock);
        if (p == NULL) {
            return NULL;
        }
    }

    if (clock->hour > 23 || clock->minute > 59 || clock->second > 59) {
        return NULL;
    }

    p = article_clock_half(p, end, clock);
    p = article_clock_zone(p, end, clock);
    clock->end = p;

    return p;
}


static const char *
article_clock_words(const char *p, const char *end, article_clock_t *clock)
{
    const char  *q;

    if (!article_date_word(&p, end, article_word_hour)) {
        return NULL;
    }

    q = article_date_space(p, end);

    if (!article_date_number(&q, end, 1, 2, &clock->minute)) {
        return p;
    }

    if (!article_date_word(&q, end, article_word_minute)) {
        clock->minute = 0;
        return p;
    }

    return q;
}


/*
 * AM and PM, also as Vietnamese Windows writes them (SA, CH).  Portals put
 * them behind hours of the whole day: "16:10 PM" is 16:10.
 */
static const char *
article_clock_half(const char *p, const char *end, article_clock_t *clock)
{
    unsigned          after, length;
    const char       *q;
    article_slice_t   rest;

    q = article_date_space(p, end);
    rest = (article_slice_t) { q, end - q };
    length = 2;

    if (article_slice_starts_case(rest, article_literal("PM"))
        || article_slice_starts(rest, article_literal("CH")))
    {
        after = 1;

    } else if (article_slice_starts_case(rest, article_literal("p.m."))) {
        after = 1;
        length = 4;

    } else if (article_slice_starts_case(rest, article_literal("a.m."))) {
        after = 0;
        length = 4;

    } else if (article_slice_starts_case(rest, article_literal("AM"))
               || article_slice_starts(rest, article_literal("SA")))
    {
        after = 0;

    } else {
        return p;
    }

    q += length;

    if (q < end && (article_is_letter(*q) || article_is_digit(*q))) {
        return p;
    }

    clock->twelve = !after && clock->hour == 12 && clock->minute == 0
                    && clock->second == 0;

    if (after && clock->hour < 12) {
        clock->hour += 12;

    } else if (!after && clock->hour == 12) {
        clock->hour = 0;
    }

    return q;
}


/* "(GMT+7)", "GMT +07:00", "+0700", " -0400", "Z", "CEST". */
static const char *
article_clock_zone(const char *p, const char *end, article_clock_t *clock)
{
    int               sign;
    unsigned          hour, minute, named;
    const char       *q;
    article_slice_t   rest;

    if (p < end && *p == 'Z' && (p + 1 == end || !article_is_letter(p[1]))) {
        clock->zone = 0;
        clock->zoned = 1;
        return p + 1;
    }

    q = article_date_space(p, end);

    if (q < end && *q == '(') {
        q++;
    }

    rest = (article_slice_t) { q, end - q };
    named = article_slice_starts_case(rest, article_literal("GMT"))
            || article_slice_starts_case(rest, article_literal("UTC"));

    if (named) {
        q = article_date_space(q + 3, end);

    } else if (q != p && !article_clock_is_offset(q, end)) {
        return article_clock_abbreviation(p, end, clock);
    }

    if (q == end || (*q != '+' && *q != '-')) {
        return article_clock_abbreviation(p, end, clock);
    }

    sign = *q++ == '-' ? -1 : 1;
    minute = 0;

    q = article_date_space(q, end);

    if (article_date_number(&q, end, 4, 4, &hour)) {
        minute = hour % 100;
        hour /= 100;

    } else if (!article_date_number(&q, end, 1, 2, &hour)) {
        return p;

    } else if (q < end && *q == ':') {
        q++;

        if (!article_date_number(&q, end, 2, 2, &minute)) {
            return p;
        }
    }

    if (hour > 14 || minute > 59) {
        return p;
    }

    if (q < end && *q == ')') {
        q++;
    }

    clock->zone = sign * (int) (hour * 60 + minute);
    clock->zoned = 1;

    return q;
}


/* "-0400", "+07:00" in full: a date may stand behind a dash as well. */
static unsigned
article_clock_is_offset(const char *p, const char *end)
{
    if (end - p < 5 || (*p != '+' && *p != '-')
        || !article_is_digit(p[1]) || !article_is_digit(p[2]))
    {
        return 0;
    }

    p += p[3] == ':' ? 4 : 3;

    return end - p >= 2 && article_is_digit(p[0]) && article_is_digit(p[1])
           && (end - p == 2 || (!article_is_digit(p[2]) && p[2] != '/'
                                && p[2] != '-' && p[2] != '.'));
}


/* "CEST", "(EDT)": p itself when it is none. */
static const char *
article_clock_abbreviation(const char *p, const char *end,
    article_clock_t *clock)
{
    int          zone;
    const char  *q;

    q = article_date_space(p, end);

    if (q < end && *q == '(') {
        q++;
    }

    q = article_zone_named(q, end, &zone);
    if (q == NULL) {
        return p;
    }

    clock->zone = zone;
    clock->zoned = 1;

    return q < end && *q == ')' ? q + 1 : q;
}


void
article_date_time(article_date_t *date, const article_clock_t *clock,
    unsigned bar)
{
    if (bar && clock->twelve) {
        return;
    }

    date->hour = clock->hour;
    date->minute = clock->minute;
    date->second = clock->second;
    date->zone = clock->zone;
    date->zoned = clock->zoned;
    date->precise = 1;
}

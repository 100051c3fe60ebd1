/*
 * Copyright (C) the authors named in LICENSE
 *
 * Parts of dates.c: the forms of days and of times.  Each function reads what
 * stands at p and returns the place behind it, NULL if it is not there.
 */

#ifndef ARTICLE_DATE_FORMS_H_INCLUDED
#define ARTICLE_DATE_FORMS_H_INCLUDED


#include "dates.h"


#define ARTICLE_DATE_ZONE        420        /* minutes: +07:00, Viet Nam */
#define ARTICLE_DATE_YEAR_FIRST  1990       /* before the Web, a mistake */
#define ARTICLE_DATE_YEAR_LAST   2100

/* Bytes of the longest word of a date ("phút" decomposed). */
#define ARTICLE_DATE_WORD        16


typedef struct {
    const char  *start;
    const char  *end;           /* NULL: no time */
    unsigned     hour;
    unsigned     minute;
    unsigned     second;
    unsigned     twelve;        /* written "12:00 AM" */
    unsigned     zoned;         /* the zone is written */
    int          zone;
} article_clock_t;


/* "24/04/2020", "3-2-2017", "25 . 11 . 2024": day first, one separator. */
const char *article_date_numbers(const char *p, const char *end,
    article_date_t *date);

/* "3 tháng 2 năm 2017", "20 tháng 5, 2005". */
const char *article_date_words(const char *p, const char *end,
    article_date_t *date);

/* "January 12th, 2011" (text of templates), "12 Jan 2011". */
const char *article_date_english(const char *p, const char *end,
    article_date_t *date);

/* ISO 8601, somewhat: "2020-04-24", "2020-04-24T15:28:00.000+0700". */
const char *article_date_machine(const char *p, const char *end,
    article_date_t *date);

/*
 * A date of ARTICLE_DATE_WORLD that begins at p, in the style's order; with a
 * time when that stands inside of it.  date_world.c.
 */
const char *article_date_world(const char *p, const char *end, unsigned style,
    article_date_t *date);

/* A real day of the years that are believed. */
unsigned article_date_valid(const article_date_t *date);

/*
 * The zone of a known abbreviation ("CEST", "EDT") in minutes east of UTC; the
 * place behind it.  Ambiguous ones as news sites use them.
 */
const char *article_zone_named(const char *p, const char *end, int *zone);

/* "14:20", "07:38:00 AM (GMT+7)", "14h20", "15 giờ 32 phút". */
const char *article_clock(const char *p, const char *end,
    article_clock_t *clock);

/* Takes the time over; behind a bar "12:00 AM" is none. */
void article_date_time(article_date_t *date, const article_clock_t *clock,
    unsigned bar);

/* A number of so many digits, no more behind it; *p stays when it is none. */
unsigned article_date_number(const char **p, const char *end,
    unsigned least, unsigned most, unsigned *value);

/* 1 and *p behind it, if the next word folds to this one. */
unsigned article_date_word(const char **p, const char *end,
    article_slice_t word);

/* Behind white space, U+00A0 included. */
const char *article_date_space(const char *p, const char *end);


static inline unsigned
article_is_digit(char c)
{
    return c >= '0' && c <= '9';
}


/* ASCII letters and all bytes of other characters. */
static inline unsigned
article_is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}


#endif /* ARTICLE_DATE_FORMS_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Dates and bylines: as Vietnamese portals write them (day first, no zone),
 * and dates of pages in other languages.
 */

#ifndef ARTICLE_DATES_H_INCLUDED
#define ARTICLE_DATES_H_INCLUDED


#include "text.h"


typedef struct {
    int       year;
    unsigned  month;        /* 1 .. 12 */
    unsigned  day;          /* 1 .. 31, valid for the month */
    unsigned  hour;
    unsigned  minute;
    unsigned  second;
    int       zone;         /* minutes east of UTC; +420 when not written */
    unsigned  zoned;        /* 1: the zone was written */
    unsigned  precise;      /* 1: has a time, 0: day only */
    size_t    start;        /* where in the text it stands, with weekday
                               and parentheses */
    size_t    end;
} article_date_t;


/*
 * The first date in the text at or behind byte from: numeric day-first forms
 * with / - or ., the time before or behind, "16:10 PM", "12:00 AM" behind
 * "|" as no time, "Ngày 3 tháng 2 năm 2017", weekday in front, "(GMT+7)",
 * "h" as in "14h20".  1 if found.  Years 1990 to 2100, impossible days none.
 */
unsigned article_date_find(article_slice_t text, size_t from,
    article_date_t *date);

/* How a page that is not Vietnamese writes dates. */
#define ARTICLE_DATE_WORLD        0x01  /* months named in any language */
#define ARTICLE_DATE_MONTH_FIRST  0x02  /* "12/25/2024", as in the USA */

/*
 * The same in a style.  With ARTICLE_DATE_WORLD also "29. April 2024", "3 de
 * febrero de 2017", "Apr 28 19:20:36 CEST 2023", "25.04.24" and the forms of
 * East Asia, year first.  Style 0 is article_date_find().
 */
unsigned article_date_find_in(article_slice_t text, size_t from,
    unsigned style, article_date_t *date);

/*
 * A machine date: ISO 8601 / RFC 3339 (JSON-LD, meta, <time datetime>), also
 * without separators; seconds or milliseconds since the epoch.
 */
unsigned article_date_parse_iso(article_slice_t text, article_date_t *date);

/* Seconds since the epoch. */
int64_t article_date_seconds(const article_date_t *date);

/*
 * RFC 3339 in +07:00 ("2020-04-24T00:00:00+07:00"), terminated; a date with
 * day precision is midnight.  out holds ARTICLE_DATE_SIZE bytes.
 */
#define ARTICLE_DATE_SIZE  32

void article_date_format(const article_date_t *date, char *out);

/* The same in another zone, in minutes east of UTC. */
void article_date_format_in(const article_date_t *date, int zone, char *out);


/* What a line that stands before or behind the body says. */
typedef enum {
    ARTICLE_BYLINE_NONE = 0,
    ARTICLE_BYLINE_AUTHOR,      /* "Tác giả: Lê Phương", "Đào Quyên" */
    ARTICLE_BYLINE_SOURCE       /* "Theo TTXVN", "Nguồn: nhandan.vn" */
} article_byline_t;


#define ARTICLE_AUTHORS_MAX  8


typedef struct {
    article_slice_t  author[ARTICLE_AUTHORS_MAX];
    unsigned         authors;
    article_slice_t  source;
} article_names_t;


/*
 * Reads a byline, of white space squeezed before.  A bare line (strong 0)
 * must look like a person's name: 2 to 5 capitalised words, the first known
 * to begin names, no sentence mark, no place or section.  A right-aligned
 * line, or one of a field known to hold the author (strong 1), may be a word
 * or initials as well ("BH"), or name nobody ("PV", "Nhóm P.V"): AUTHOR with
 * authors 0.  A label ("Bài, ảnh:") counts as strong.  "admin admin",
 * uploaders and dates are none.  "Hà Thu (Vietnam+)" gives an author and a
 * source.  Slices point into text.
 */
article_byline_t article_byline_parse(article_slice_t text, unsigned strong,
    article_names_t *names);


#endif /* ARTICLE_DATES_H_INCLUDED */

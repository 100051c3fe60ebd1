/*
 * Copyright (C) the authors named in LICENSE
 *
 * Days in numbers, in words, in English and as machines write them.
 */

#include <string.h>

#include "date_forms.h"


static unsigned article_date_month(const char **p, const char *end,
    unsigned *month);


/* In folded form: the tone mark stands behind the syllable. */
static const article_slice_t  article_word_month =
    article_literal("thang\xcc\x81");
static const article_slice_t  article_word_year = article_literal("năm");


static const char *const  article_months[12] = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
    "nov", "dec"
};


const char *
article_date_numbers(const char *p, const char *end, article_date_t *date)
{
    char      separator;
    unsigned  year;

    if (!article_date_number(&p, end, 1, 2, &date->day)) {
        return NULL;
    }

    p = article_date_space(p, end);
    if (p == end || (*p != '/' && *p != '-' && *p != '.')) {
        return NULL;
    }

    separator = *p;
    p = article_date_space(p + 1, end);

    if (!article_date_number(&p, end, 1, 2, &date->month)) {
        return NULL;
    }

    p = article_date_space(p, end);
    if (p == end || *p != separator) {
        return NULL;
    }

    p = article_date_space(p + 1, end);

    if (!article_date_number(&p, end, 4, 4, &year)) {
        return NULL;
    }

    /* the number of a document or a version goes on */

    if (end - p > 1 && (*p == '/' || *p == '.')
        && (article_is_digit(p[1])
            || (*p == '/' && article_is_letter(p[1]))))
    {
        return NULL;
    }

    date->year = (int) year;

    return article_date_valid(date) ? p : NULL;
}


const char *
article_date_words(const char *p, const char *end, article_date_t *date)
{
    unsigned  year;

    if (!article_date_number(&p, end, 1, 2, &date->day)
        || !article_date_word(&p, end, article_word_month))
    {
        return NULL;
    }

    p = article_date_space(p, end);

    if (!article_date_number(&p, end, 1, 2, &date->month)) {
        return NULL;
    }

    if (!article_date_word(&p, end, article_word_year)) {
        p = article_date_space(p, end);

        if (p < end && (*p == ',' || *p == '/' || *p == '-')) {
            p++;
        }

        (void) article_date_word(&p, end, article_word_year);
    }

    p = article_date_space(p, end);

    if (!article_date_number(&p, end, 4, 4, &year)) {
        return NULL;
    }

    date->year = (int) year;

    return article_date_valid(date) ? p : NULL;
}


const char *
article_date_english(const char *p, const char *end, article_date_t *date)
{
    unsigned  day, year;

    day = article_is_digit(*p);

    if (day && !article_date_number(&p, end, 1, 2, &date->day)) {
        return NULL;
    }

    if (day) {
        if (end - p > 2 && article_is_letter(*p)) {
            p += 2;                                     /* 1st, 12th */
        }

        p = article_date_space(p, end);
    }

    if (!article_date_month(&p, end, &date->month)) {
        return NULL;
    }

    p = article_date_space(p, end);

    if (!day) {
        if (!article_date_number(&p, end, 1, 2, &date->day)) {
            return NULL;
        }

        if (end - p > 2 && article_is_letter(*p)) {
            p += 2;
        }
    }

    if (p < end && (*p == ',' || *p == '.')) {
        p++;
    }

    p = article_date_space(p, end);

    if (!article_date_number(&p, end, 4, 4, &year)) {
        return NULL;
    }

    date->year = (int) year;

    return article_date_valid(date) ? p : NULL;
}


static unsigned
article_date_month(const char **p, const char *end, unsigned *month)
{
    unsigned     i;
    const char  *q;

    for (i = 0; i < 12; i++) {
        if (end - *p > 3 && (**p | 0x20) == (article_months[i][0] | 0x20)
            && article_slice_starts_case(
                                  (article_slice_t) { *p, end - *p },
                                  (article_slice_t) { article_months[i], 3 }))
        {
            break;
        }
    }

    if (i == 12) {
        return 0;
    }

    for (q = *p; q < end && article_is_letter(*q); q++) { /* void */ }

    /* "March" has at most nine letters, "Mayor" is no month */

    if (q - *p > 9 || (i == 4 && q - *p != 3)) {
        return 0;
    }

    if (q < end && *q == '.') {
        q++;
    }

    *p = q;
    *month = i + 1;

    return 1;
}


const char *
article_date_machine(const char *p, const char *end, article_date_t *date)
{
    char              separator;
    unsigned          year;
    const char       *q;
    article_clock_t   clock;

    if (!article_date_number(&p, end, 4, 4, &year) || p == end
        || (*p != '-' && *p != '/'))
    {
        return NULL;
    }

    separator = *p++;

    if (!article_date_number(&p, end, 1, 2, &date->month) || p == end
        || *p++ != separator
        || !article_date_number(&p, end, 1, 2, &date->day))
    {
        return NULL;
    }

    date->year = (int) year;

    if (!article_date_valid(date)) {
        return NULL;
    }

    if (p == end || (*p != 'T' && *p != 't' && *p != ' ')) {
        return p;
    }

    q = article_clock(article_date_space(p + 1, end), end, &clock);
    if (q == NULL) {
        return p;
    }

    article_date_time(date, &clock, 0);

    return q;
}


unsigned
article_date_valid(const article_date_t *date)
{
    unsigned                    leap;
    static const unsigned char  days[12] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };

    if (date->year < ARTICLE_DATE_YEAR_FIRST
        || date->year > ARTICLE_DATE_YEAR_LAST
        || date->month < 1 || date->month > 12 || date->day < 1)
    {
        return 0;
    }

    leap = date->month == 2 && date->year % 4 == 0
           && (date->year % 100 != 0 || date->year % 400 == 0);

    return date->day <= days[date->month - 1] + leap;
}


unsigned
article_date_number(const char **p, const char *end, unsigned least,
    unsigned most, unsigned *value)
{
    unsigned     n, v;
    const char  *q;

    v = 0;

    for (q = *p, n = 0; q < end && article_is_digit(*q); q++, n++) {
        if (n == most) {
            return 0;
        }

        v = v * 10 + (unsigned) (*q - '0');
    }

    if (n < least) {
        return 0;
    }

    *value = v;
    *p = q;

    return 1;
}


unsigned
article_date_word(const char **p, const char *end, article_slice_t word)
{
    char         buf[ARTICLE_DATE_WORD + 4];
    size_t       len;
    const char  *q, *start;

    start = article_date_space(*p, end);

    for (q = start; q < end && article_is_letter(*q); q++) { /* void */ }

    if (q == start || q - start > ARTICLE_DATE_WORD) {
        return 0;
    }

    len = article_fold_into(buf, sizeof(buf),
                            (article_slice_t) { start, q - start }, 0);

    if (!article_slice_equal((article_slice_t) { buf, len }, word)) {
        return 0;
    }

    *p = q;

    return 1;
}


const char *
article_date_space(const char *p, const char *end)
{
    while (p < end) {
        if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
            p++;

        } else if (end - p > 1 && memcmp(p, "\xc2\xa0", 2) == 0) {
            p += 2;

        } else {
            break;
        }
    }

    return p;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Dates of pages that are not Vietnamese: months named in the main languages
 * of the press, years first in East Asia, zones by their abbreviations.
 */

#include <string.h>

#include "date_forms.h"
#include "plain.h"


/* Bytes of a month's name in its plain form. */
#define ARTICLE_MONTH_SIZE    40

/* Fewer letters abbreviate no month. */
#define ARTICLE_MONTH_LEAST   3

/* "25.04.24": in the news there are no dates before the Web. */
#define ARTICLE_DATE_CENTURY  2000


static const char *article_world_named(const char *p, const char *end,
    article_date_t *date);
static const char *article_world_month_first(const char *p, const char *end,
    article_date_t *date);
static const char *article_world_numbers(const char *p, const char *end,
    unsigned style, article_date_t *date);
static const char *article_world_asian(const char *p, const char *end,
    article_date_t *date);
static const char *article_world_sign(const char *p, const char *end,
    const char *sign, const char *other);
static const char *article_world_year(const char *p, const char *end,
    article_date_t *date);
static const char *article_world_joint(const char *p, const char *end);
static const char *article_world_ordinal(const char *p, const char *end);
static unsigned article_world_month(const char **p, const char *end,
    unsigned *month);
static size_t article_world_plain(const char **p, const char *end, char *out);


/*
 * Names of the months, plain (no marks, small letters), by the calendars of
 * Unicode's CLDR 45: full forms as they stand in dates; any beginning of at
 * least three letters abbreviates.  The first that fits wins.
 */
typedef struct {
    const char  *names[12];
} article_months_t;

static const article_months_t  article_world_months[] = {
    { { "january", "february", "march", "april", "may", "june", "july",
        "august", "september", "october", "november", "december" } },
    { { "januar", "februar", "marz", "april", "mai", "juni", "juli",
        "august", "september", "oktober", "november", "dezember" } },
    { { "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet",
        "aout", "septembre", "octobre", "novembre", "decembre" } },
    { { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
        "agosto", "septiembre", "octubre", "noviembre", "diciembre" } },
    { { "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho",
        "agosto", "setembro", "outubro", "novembro", "dezembro" } },
    { { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
        "luglio", "agosto", "settembre", "ottobre", "novembre",
        "dicembre" } },
    { { "januari", "februari", "maart", "april", "mei", "juni", "juli",
        "augustus", "september", "oktober", "november", "december" } },
    { { "januari", "februari", "mars", "april", "maj", "juni", "juli",
        "augusti", "september", "oktober", "november", "desember" } },
    { { "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada",
        "grudnia" } },
    { { "ledna", "unora", "brezna", "dubna", "kvetna", "cervna", "cervence",
        "srpna", "zari", "rijna", "listopadu", "prosince" } },
    { { "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie",
        "iulie", "august", "septembrie", "octombrie", "noiembrie",
        "decembrie" } },
    { { "januar", "februar", "marcius", "aprilis", "majus", "junius",
        "julius", "augusztus", "szeptember", "oktober", "november",
        "december" } },
    { { "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz",
        "agustos", "eylul", "ekim", "kasim", "aralik" } },
    { { "januari", "februari", "maret", "april", "mei", "juni", "juli",
        "agustus", "september", "oktober", "november", "desember" } },
    { { "gener", "febrer", "marc", "abril", "maig", "juny", "juliol",
        "agost", "setembre", "octubre", "novembre", "desembre" } },
    { { "janner", "feber", "maerz", "april", "mai", "juni", "juli",
        "august", "sept", "okt", "nov", "dez" } },
    { { "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta",
        "toukokuuta", "kesakuuta", "heinakuuta", "elokuuta", "syyskuuta",
        "lokakuuta", "marraskuuta", "joulukuuta" } },
    { { "января", "февраля", "марта", "апреля", "мая", "июня", "июля",
        "августа", "сентября", "октября", "ноября", "декабря" } },
    { { "січня", "лютого", "березня", "квітня", "травня", "червня",
        "липня", "серпня", "вересня", "жовтня", "листопада", "грудня" } },
    { { "януари", "февруари", "март", "април", "май", "юни", "юли",
        "август", "септември", "октомври", "ноември", "декември" } },
    { { "ιανουαριου", "φεβρουαριου", "μαρτιου", "απριλιου", "μαιου",
        "ιουνιου", "ιουλιου", "αυγουστου", "σεπτεμβριου", "οκτωβριου",
        "νοεμβριου", "δεκεμβριου" } },
    { { "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو",
        "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" } },
    { { "जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त",
        "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर" } }
};


typedef struct {
    const char  *name;
    int          zone;          /* minutes east of UTC */
} article_zone_t;

/* Source: the IANA time zone data base and usage of the press. */
static const article_zone_t  article_zones[] = {
    { "GMT", 0 }, { "UTC", 0 }, { "WET", 0 }, { "WEST", 60 }, { "BST", 60 },
    { "CET", 60 }, { "MEZ", 60 }, { "CEST", 120 }, { "MESZ", 120 },
    { "SAST", 120 }, { "EET", 120 }, { "EEST", 180 }, { "MSK", 180 },
    { "IST", 330 }, { "WIB", 420 }, { "ICT", 420 }, { "SGT", 480 },
    { "HKT", 480 }, { "JST", 540 }, { "KST", 540 }, { "AEST", 600 },
    { "AEDT", 660 }, { "EST", -300 }, { "EDT", -240 }, { "CST", -360 },
    { "CDT", -300 }, { "MST", -420 }, { "MDT", -360 }, { "PST", -480 },
    { "PDT", -420 }
};


const char *
article_date_world(const char *p, const char *end, unsigned style,
    article_date_t *date)
{
    const char  *q;

    if (!article_is_digit(*p)) {
        return article_world_month_first(p, end, date);
    }

    q = article_world_named(p, end, date);

    if (q == NULL) {
        q = article_world_asian(p, end, date);
    }

    if (q == NULL) {
        q = article_world_numbers(p, end, style, date);
    }

    return q;
}


/* "29. April 2024", "3 de febrero de 2017", "1er mai 2020", "5-Apr-2024". */
static const char *
article_world_named(const char *p, const char *end, article_date_t *date)
{
    if (!article_date_number(&p, end, 1, 2, &date->day)) {
        return NULL;
    }

    p = article_world_joint(article_world_ordinal(p, end), end);

    if (!article_world_month(&p, end, &date->month)) {
        return NULL;
    }

    return article_world_year(article_world_joint(p, end), end, date);
}


/* "April 29th, 2024", "Apr 28 19:20:36 CEST 2023". */
static const char *
article_world_month_first(const char *p, const char *end,
    article_date_t *date)
{
    const char       *q;
    article_clock_t   clock;

    if (!article_world_month(&p, end, &date->month)) {
        return NULL;
    }

    p = article_date_space(p, end);

    if (!article_date_number(&p, end, 1, 2, &date->day)) {
        return NULL;
    }

    p = article_world_joint(article_world_ordinal(p, end), end);
    q = article_clock(p, end, &clock);

    if (q != NULL) {
        q = article_world_year(article_date_space(q, end), end, date);

        if (q != NULL) {
            article_date_time(date, &clock, 0);
        }

        return q;
    }

    return article_world_year(p, end, date);
}


/* "12/25/2024" where the month is first; "25.04.24". */
static const char *
article_world_numbers(const char *p, const char *end, unsigned style,
    article_date_t *date)
{
    char      separator;
    unsigned  first, second, year;

    if (!article_date_number(&p, end, 1, 2, &first) || p == end
        || (*p != '/' && *p != '-' && *p != '.'))
    {
        return NULL;
    }

    separator = *p;
    p = article_date_space(p + 1, end);

    if (!article_date_number(&p, end, 1, 2, &second) || p == end
        || *p++ != separator)
    {
        return NULL;
    }

    p = article_date_space(p, end);
    date->day = first;
    date->month = second;

    if (separator != '.' && (style & ARTICLE_DATE_MONTH_FIRST)) {
        date->day = second;
        date->month = first;
    }

    if (!article_date_number(&p, end, 4, 4, &year)) {
        if (separator != '.' || !article_date_number(&p, end, 2, 2, &year)) {
            return NULL;
        }

        year += ARTICLE_DATE_CENTURY;
    }

    if (end - p > 1 && (*p == '.' || *p == '/') && article_is_digit(p[1])) {
        return NULL;
    }

    date->year = (int) year;

    return article_date_valid(date) ? p : NULL;
}


/* "2025年1月14日", "2025년 1월 14일", "2025.01.14", "2025. 1. 14.". */
static const char *
article_world_asian(const char *p, const char *end, article_date_t *date)
{
    unsigned     year;
    const char  *q;

    if (!article_date_number(&p, end, 4, 4, &year)) {
        return NULL;
    }

    q = article_world_sign(p, end, "年", "년");

    if (q == NULL && p < end && *p == '.') {
        q = article_date_space(p + 1, end);
    }

    if (q == NULL || !article_date_number(&q, end, 1, 2, &date->month)) {
        return NULL;
    }

    p = article_world_sign(q, end, "月", "월");

    if (p == NULL && q < end && *q == '.') {
        p = article_date_space(q + 1, end);
    }

    if (p == NULL || !article_date_number(&p, end, 1, 2, &date->day)) {
        return NULL;
    }

    q = article_world_sign(p, end, "日", "일");
    date->year = (int) year;

    return article_date_valid(date) ? (q != NULL ? q : p) : NULL;
}


/* Behind one of two signs and white space, or NULL. */
static const char *
article_world_sign(const char *p, const char *end, const char *sign,
    const char *other)
{
    article_slice_t  rest;

    rest = (article_slice_t) { p, end - p };

    if (article_slice_starts(rest, (article_slice_t) { sign, strlen(sign) })) {
        return article_date_space(p + strlen(sign), end);
    }

    if (article_slice_starts(rest,
                             (article_slice_t) { other, strlen(other) }))
    {
        return article_date_space(p + strlen(other), end);
    }

    return NULL;
}


static const char *
article_world_year(const char *p, const char *end, article_date_t *date)
{
    unsigned  year;

    if (!article_date_number(&p, end, 4, 4, &year)) {
        return NULL;
    }

    date->year = (int) year;

    return article_date_valid(date) ? p : NULL;
}


/* Behind what may stand between day, month and year: "de", ".", ",", "-". */
static const char *
article_world_joint(const char *p, const char *end)
{
    const char       *q;
    article_slice_t   rest;

    p = article_date_space(p, end);

    if (p < end && (*p == '.' || *p == ',' || *p == '-' || *p == '/')) {
        p = article_date_space(p + 1, end);
    }

    rest = (article_slice_t) { p, end - p };

    if (article_slice_starts_case(rest, article_literal("de "))
        || article_slice_starts_case(rest, article_literal("of ")))
    {
        q = p + 3;

    } else if (article_slice_starts_case(rest, article_literal("del "))) {
        q = p + 4;

    } else if (article_slice_starts_case(rest, article_literal("d'"))) {
        q = p + 2;

    } else {
        return p;
    }

    return article_date_space(q, end);
}


/* Behind "st", "nd", "rd", "th", "er", "º", "." at a day. */
static const char *
article_world_ordinal(const char *p, const char *end)
{
    size_t           i;
    article_slice_t  rest, mark;

    static const char *const  marks[] = {
        "st", "nd", "rd", "th", "er", "º", "ª", "°"
    };

    rest = (article_slice_t) { p, end - p };

    for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        mark = (article_slice_t) { marks[i], strlen(marks[i]) };

        if (article_slice_starts_case(rest, mark)) {
            return p + mark.len;
        }
    }

    return p;
}


/* 1 and *p behind the word and its period, if it names a month. */
static unsigned
article_world_month(const char **p, const char *end, unsigned *month)
{
    char         word[ARTICLE_MONTH_SIZE];
    size_t       len, full, i;
    unsigned     m, letters;
    const char  *q, *name;

    q = *p;
    len = article_world_plain(&q, end, word);

    for (i = 0, letters = 0; i < len; i++) {
        letters += (word[i] & 0xc0) != 0x80;
    }

    if (letters < ARTICLE_MONTH_LEAST && len < ARTICLE_MONTH_LEAST * 2) {
        return 0;
    }

    for (full = 0; full < 2; full++) {
        for (i = 0; i < sizeof(article_world_months)
                        / sizeof(article_world_months[0]); i++)
        {
            for (m = 0; m < 12; m++) {
                name = article_world_months[i].names[m];

                if (*name == *word && strncmp(name, word, len) == 0
                    && (full != 0 || name[len] == '\0'))
                {
                    *p = q < end && *q == '.' ? q + 1 : q;
                    *month = m + 1;
                    return 1;
                }
            }
        }
    }

    return 0;
}


/*
 * The word at *p without marks and in small letters, at most
 * ARTICLE_MONTH_SIZE - 1 bytes; 0 when it is longer.
 */
static size_t
article_world_plain(const char **p, const char *end, char *out)
{
    size_t       len;
    uint32_t     c;
    const char  *q, *next;

    len = 0;

    for (q = *p; q < end && article_is_letter(*q); q = next) {
        next = q;
        c = article_letter_plain(article_utf8_next(&next, end));

        if (c >= 0x2000 && c < 0x2070) {
            break;                      /* dashes and quotes */
        }

        if (len + 4 >= ARTICLE_MONTH_SIZE) {
            return 0;
        }

        len += article_utf8_put(out + len, c);
    }

    *p = q;
    out[len] = '\0';

    return len;
}


const char *
article_zone_named(const char *p, const char *end, int *zone)
{
    size_t           i;
    article_slice_t  name;

    for (i = 0; i < sizeof(article_zones) / sizeof(article_zones[0]); i++) {
        name.data = article_zones[i].name;
        name.len = strlen(name.data);

        if (article_slice_starts((article_slice_t) { p, end - p }, name)
            && (p + name.len == end || !article_is_letter(p[name.len])))
        {
            *zone = article_zones[i].zone;
            return p + name.len;
        }
    }

    return NULL;
}

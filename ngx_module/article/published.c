/*
 * Copyright (C) the authors named in LICENSE
 *
 * When the article was published and changed: what the page's head claims,
 * and what people see beside the article.
 */

#include <string.h>

#include "published.h"


/* The head's date may be so many seconds behind the visible one. */
#define ARTICLE_DATE_BELIED    (36 * 3600)

/* Between making a page and reading it, at most, in seconds. */
#define ARTICLE_DATE_MADE      600


static unsigned article_date_claimed(article_page_t *page,
    article_date_t *date);
static unsigned article_date_belies(const article_date_t *seen,
    const article_date_t *claimed);
static unsigned article_date_is_made(article_page_t *page,
    const article_date_t *date);
static unsigned article_date_of_path(article_page_t *page,
    article_date_t *date);
static void article_date_modified(article_page_t *page);


void
article_date_published(article_page_t *page)
{
    unsigned           found;
    article_slice_t    text;
    article_date_t     date, seen;
    article_facts_t   *facts;

    facts = &page->facts;
    found = 0;

    if (article_field_text(page, ARTICLE_FIELD_DATE, &text)) {
        found = article_page_date_find(page, text, 0, &date)
                || article_date_parse_iso(text, &date);

    } else {
        found = article_date_claimed(page, &date);

        if (found && page->foreign) {
            /* what others see beside it may be of anything */

        } else if (found && article_date_above(page, &seen)) {
            if (article_date_belies(&seen, &date)) {
                date = seen;
            }

        } else if (found && page->head.ld_article != 1
                   && !article_date_visible(page, &seen))
        {
            found = !article_date_is_made(page, &date);
        }
    }

    if (!found || !date.precise) {

        /* the visible date of the same day may know the time */

        if (article_date_visible(page, &seen)
            && (!found || article_date_same_day(&seen, &date)))
        {
            date = seen;
            found = 1;
        }
    }

    if (!found && page->foreign) {
        found = article_date_of_path(page, &date);
    }

    if (found && article_date_sane(page, &date)) {
        facts->published = date;
        facts->has_published = 1;
    }

    article_date_modified(page);
}


/*
 * The last change, by the head or as it is seen.  A page that is not
 * Vietnamese and says no more than that has it as its only date.
 */

static void
article_date_modified(article_page_t *page)
{
    unsigned          found;
    article_date_t    date;
    article_facts_t  *facts;

    facts = &page->facts;

    found = article_date_told(page, page->head.ld.modified.len
                                       ? page->head.ld.modified
                                       : page->head.modified, &date);

    if (!found && facts->has_updated) {
        date = facts->updated;
        found = 1;
    }

    if (!found) {
        return;
    }

    if (!facts->has_published && page->foreign) {
        facts->published = date;
        facts->has_published = 1;
        return;
    }

    if (facts->has_published && article_date_seconds(&date)
                                > article_date_seconds(&facts->published)
        && (date.precise || !article_date_same_day(&date,
                                                   &facts->published)))
    {
        facts->modified = date;
        facts->has_modified = 1;
    }
}


/* "/2024/05/02/" in the page's address. */

static unsigned
article_date_of_path(article_page_t *page, article_date_t *date)
{
    size_t           i;
    article_slice_t  path, rest;

    path = article_url_path(page->facts.url);

    for (i = 0; i + 1 < path.len; i++) {
        rest = (article_slice_t) { path.data + i + 1, path.len - i - 1 };

        if (path.data[i] == '/' && article_date_parse_iso(rest, date)
            && date->end < rest.len && rest.data[date->end] == '/')
        {
            date->precise = 0;
            article_page_date_settle(page, date);
            return 1;
        }
    }

    return 0;
}


/* What the page's head says. */

static unsigned
article_date_claimed(article_page_t *page, article_date_t *date)
{
    article_head_t  *head;

    head = &page->head;

    return article_date_told(page, head->ld.published, date)
           || article_date_told(page, head->published, date)
           || (page->foreign
               && (article_date_told(page, head->dated, date)
                   || article_date_told(page, head->ld_page.published,
                                           date)));
}


unsigned
article_date_same_day(const article_date_t *a, const article_date_t *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}


/*
 * 1 if the date that people see is days before what the head claims: legacy
 * software writes there when it made the page.  Month first is no other day.
 */

static unsigned
article_date_belies(const article_date_t *seen, const article_date_t *claimed)
{
    if (seen->year == claimed->year && seen->month == claimed->day
        && seen->day == claimed->month)
    {
        return 0;
    }

    return article_date_seconds(claimed) - article_date_seconds(seen)
           > ARTICLE_DATE_BELIED;
}


unsigned
article_date_told(article_page_t *page, article_slice_t value,
    article_date_t *date)
{
    if (value.len == 0) {
        return 0;
    }

    if (!article_date_parse_iso(value, date)
        && !article_page_date_find(page, value, 0, date))
    {
        return 0;
    }

    article_page_date_settle(page, date);

    /* midnight sharp is how software writes "no time" */

    if (date->precise && date->hour == 0 && date->minute == 0
        && date->second == 0)
    {
        date->precise = 0;
    }

    return article_date_sane(page, date);
}


unsigned
article_date_sane(article_page_t *page, const article_date_t *date)
{
    if (date->year < 1990) {
        return 0;
    }

    return page->options->now == 0
           || article_date_seconds(date) < page->options->now + 86400;
}


/*
 * 1 if a date is when the page was made for us: now, or the day of the clock
 * above the title.  Nobody sees it beside the article.
 */

static unsigned
article_date_is_made(article_page_t *page, const article_date_t *date)
{
    int64_t         age;
    uint32_t        i;
    article_date_t  clock;

    if (page->options->now) {
        age = page->options->now - article_date_seconds(date);

        if (date->precise && age < ARTICLE_DATE_MADE
            && age > -ARTICLE_DATE_MADE)
        {
            return 1;
        }
    }

    for (i = 0; i < page->title && i < page->start; i++) {
        if (page->blocks.line[i].link_chars * 2 <= page->blocks.line[i].chars
            && !page->blocks.line[i].item
            && article_page_date_find(page, page->blocks.line[i].text, 0,
                                      &clock)
            && article_date_same_day(&clock, date))
        {
            return 1;
        }
    }

    return 0;
}

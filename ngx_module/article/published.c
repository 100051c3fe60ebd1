/*
 * Copyright (C) the authors named in LICENSE
 *
 * When the article was published and changed: what the page's head claims,
 * and what people see beside the article.
 */

#include <string.h>

#include "page.h"


/* So many lines above the title, and below the text, may hold the date. */
#define ARTICLE_DATE_ABOVE     4
#define ARTICLE_DATE_BELOW     6

/* Bytes beside the date in a link that is one: "Đăng ngày ... bởi ban". */
#define ARTICLE_DATE_BESIDE    32

/* The head's date may be so many seconds behind the visible one. */
#define ARTICLE_DATE_BELIED    (36 * 3600)

/* Between making a page and reading it, at most, in seconds. */
#define ARTICLE_DATE_MADE      600


static unsigned article_date_machine(article_page_t *page,
    article_slice_t value, article_date_t *date);
static unsigned article_date_claimed(article_page_t *page,
    article_date_t *date);
static unsigned article_date_same_day(const article_date_t *a,
    const article_date_t *b);
static unsigned article_date_belies(const article_date_t *seen,
    const article_date_t *claimed);
static unsigned article_date_is_made(article_page_t *page,
    const article_date_t *date);
static unsigned article_date_visible(article_page_t *page,
    article_date_t *date);
static unsigned article_date_above_title(article_page_t *page,
    article_date_t *date);
static unsigned article_date_of_line(article_page_t *page, uint32_t n,
    article_date_t *date);
static void article_date_of_time(article_page_t *page,
    const article_line_t *line, article_date_t *date);
static unsigned article_date_sane(article_page_t *page,
    const article_date_t *date);


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

    if (found && article_date_sane(page, &date)) {
        facts->published = date;
        facts->has_published = 1;
    }

    found = article_date_machine(page, page->head.ld.modified.len
                                       ? page->head.ld.modified
                                       : page->head.modified, &date);

    if (found && facts->has_published && article_date_sane(page, &date)
        && article_date_seconds(&date)
           > article_date_seconds(&facts->published))
    {
        facts->modified = date;
        facts->has_modified = 1;
    }
}


/* What the page's head says. */

static unsigned
article_date_claimed(article_page_t *page, article_date_t *date)
{
    article_head_t  *head;

    head = &page->head;

    return article_date_machine(page, head->ld.published, date)
           || article_date_machine(page, head->published, date)
           || (page->foreign
               && (article_date_machine(page, head->dated, date)
                   || article_date_machine(page, head->ld_page.published,
                                           date)));
}


static unsigned
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


static unsigned
article_date_machine(article_page_t *page, article_slice_t value,
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


static unsigned
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


/*
 * The visible date: between title and text, then just above the title, then
 * just below the text.  Never from lists, menus or the text itself.
 */

static unsigned
article_date_visible(article_page_t *page, article_date_t *date)
{
    uint32_t         i, from, to;
    article_line_t  *line;

    if (article_date_above(page, date)
        || article_date_above_title(page, date))
    {
        return 1;
    }

    /* the last lines of the text, then what follows it */

    from = page->end > page->start + 3 ? page->end - 3 : page->start;
    to = page->end + ARTICLE_DATE_BELOW;

    for (i = from; i < to && i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT
            || line->marker == ARTICLE_MARKER_FOOTER)
        {
            break;
        }

        if (line->chars <= 60 && article_date_of_line(page, i, date)) {
            return 1;
        }
    }

    return 0;
}


/* Above the text, below the title if there is one. */

unsigned
article_date_above(article_page_t *page, article_date_t *date)
{
    uint32_t         i, from;
    article_line_t  *line;

    from = page->title == ARTICLE_NONE ? page->start : page->title_end;

    if (page->title == ARTICLE_NONE && page->start > ARTICLE_DATE_ABOVE) {
        from = page->start - ARTICLE_DATE_ABOVE;
    }

    for (i = from; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (article_date_of_line(page, i, date)) {
            return 1;
        }

        if (line->role == ARTICLE_ROLE_BODY && line->value && i >= page->start)
        {
            break;
        }
    }

    return 0;
}


static unsigned
article_date_above_title(article_page_t *page, article_date_t *date)
{
    uint32_t  i, from, common;

    if (page->title == ARTICLE_NONE) {
        return 0;
    }

    from = page->title > ARTICLE_DATE_ABOVE
           ? page->title - ARTICLE_DATE_ABOVE : 0;

    for (i = page->title; i-- > from; ) {
        common = article_blocks_common(&page->blocks, i, page->title_end);

        if (common == 0
            || page->blocks.element[common].tag == LXB_TAG_BODY
            || (page->blocks.line[i].any & ARTICLE_IN_HEADER)
               != (page->blocks.line[page->title].any & ARTICLE_IN_HEADER))
        {
            continue;
        }

        if (article_date_of_line(page, i, date)) {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_date_of_line(article_page_t *page, uint32_t n, article_date_t *date)
{
    article_slice_t  fold;
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (line->role == ARTICLE_ROLE_CUT || line->role == ARTICLE_ROLE_CAPTION
        || line->item || line->chars > 160
        || ((line->role == ARTICLE_ROLE_BODY
             || line->role == ARTICLE_ROLE_LEAK) && line->value)
        || (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER
                           |ARTICLE_IN_COMMENT))
        || (line->ends && line->chars > 50))
    {
        return 0;
    }

    if (!article_page_date_find(page, line->text, 0, date)) {
        return 0;
    }

    /* a link with a date in it, unless the date is most of it */

    if (line->link_chars * 2 > line->chars
        && line->text.len - (date->end - date->start) > ARTICLE_DATE_BESIDE)
    {
        return 0;
    }

    /* the time of printing and the last change are not the publication */

    fold = article_page_fold_line(page, line);

    if (article_slice_starts(fold, article_page_fold(page,
                                          article_literal("thời gian in")))
        || article_slice_starts(fold, article_literal("last update"))
        || article_slice_starts(fold, article_literal("update"))
        || !article_date_sane(page, date))
    {
        return 0;
    }

    if (!date->precise) {
        article_date_of_time(page, line, date);
    }

    return 1;
}


/* <time datetime> may know the time of the day that the line shows. */

static void
article_date_of_time(article_page_t *page, const article_line_t *line,
    article_date_t *date)
{
    uint32_t            e;
    article_date_t      date_time;
    article_element_t  *element;

    for (e = line->element; e < page->blocks.element[line->element].end; e++) {
        element = &page->blocks.element[e];

        if (element->tag == LXB_TAG_TIME
            && article_date_machine(page,
                   article_node_attribute(element->node,
                                          article_literal("datetime")),
                   &date_time)
            && date_time.precise && article_date_same_day(&date_time, date))
        {
            date_time.start = date->start;
            date_time.end = date->end;
            *date = date_time;

            return;
        }
    }
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Dates that people see beside the article.
 */

#include <string.h>

#include "plain.h"
#include "published.h"


/* So many lines above the title, and below the text, may hold the date. */
#define ARTICLE_DATE_ABOVE     4
#define ARTICLE_DATE_BELOW     6

/* Elsewhere than in Viet Nam a standfirst may stand above it, a lead not. */
#define ARTICLE_DATE_INSIDE    2

/* Bytes beside the date in a link that is one: "Đăng ngày ... bởi ban". */
#define ARTICLE_DATE_BESIDE    32

/* Bytes before a date that hold its label: "Cập nhật lần cuối vào lúc". */
#define ARTICLE_DATE_LABEL     48


static unsigned article_date_above_title(article_page_t *page,
    article_date_t *date);
static unsigned article_date_of_line(article_page_t *page, uint32_t n,
    article_date_t *date, unsigned *updated);
static unsigned article_date_is_print(article_page_t *page,
    article_line_t *line);
static unsigned article_date_is_update(article_page_t *page,
    article_slice_t text, size_t from, size_t to);
static void article_date_of_time(article_page_t *page,
    const article_line_t *line, article_date_t *date);


unsigned
article_date_visible(article_page_t *page, article_date_t *date)
{
    uint32_t         i, from, to;
    unsigned         updated;
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

        if (line->chars <= 60
            && article_date_of_line(page, i, date, &updated))
        {
            return 1;
        }
    }

    return 0;
}


/* Above the text, below the title if there is one. */

unsigned
article_date_above(article_page_t *page, article_date_t *date)
{
    uint32_t         i, from, inside;
    unsigned         updated;
    article_line_t  *line;

    from = page->title == ARTICLE_NONE ? page->start : page->title_end;

    if (page->title == ARTICLE_NONE && page->start > ARTICLE_DATE_ABOVE) {
        from = page->start - ARTICLE_DATE_ABOVE;
    }

    inside = page->foreign ? ARTICLE_DATE_INSIDE : 1;

    for (i = from; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (article_date_of_line(page, i, date, &updated)) {
            if (!updated) {
                return 1;
            }

            if (!page->facts.has_updated) {
                page->facts.updated = *date;
                page->facts.has_updated = 1;
            }
        }

        if (line->role == ARTICLE_ROLE_BODY && line->value && i >= page->start
            && --inside == 0)
        {
            break;
        }
    }

    /* the last change is all that the page tells */

    if (page->facts.has_updated) {
        *date = page->facts.updated;
        return 1;
    }

    return 0;
}


static unsigned
article_date_above_title(article_page_t *page, article_date_t *date)
{
    uint32_t  i, from, common;
    unsigned  updated;

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

        if (article_date_of_line(page, i, date, &updated)) {
            return 1;
        }
    }

    return 0;
}


/* *updated: all that the line tells is when the page was changed. */

static unsigned
article_date_of_line(article_page_t *page, uint32_t n, article_date_t *date,
    unsigned *updated)
{
    size_t           from;
    article_date_t   next;
    article_line_t  *line;

    line = &page->blocks.line[n];
    *updated = 0;

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

    if ((line->link_chars * 2 > line->chars
         && line->text.len - (date->end - date->start) > ARTICLE_DATE_BESIDE)
        || article_date_is_print(page, line)
        || !article_date_sane(page, date))
    {
        return 0;
    }

    if (!date->precise) {
        article_date_of_time(page, line, date);
    }

    from = date->end;
    *updated = article_date_is_update(page, line->text, 0, date->start);

    if (!article_page_date_find(page, line->text, from, &next)
        || !article_date_sane(page, &next))
    {
        return 1;
    }

    /* "Đăng 12/01/2014 - Cập nhật 15/01/2014", or the other way round */

    if (*updated) {
        if (!article_date_is_update(page, line->text, from, next.start)) {
            page->facts.updated = *date;
            page->facts.has_updated = 1;
            *date = next;
            *updated = 0;
        }

    } else if (article_date_is_update(page, line->text, from, next.start)
               && !page->facts.has_updated)
    {
        page->facts.updated = next;
        page->facts.has_updated = 1;
    }

    return 1;
}


/* The time of printing is not the article's, nor software's last change. */

static unsigned
article_date_is_print(article_page_t *page, article_line_t *line)
{
    article_slice_t  fold;

    fold = article_page_fold_line(page, line);

    return article_slice_starts(fold, article_page_fold(page,
                                          article_literal("thời gian in")))
           || (!page->foreign
               && (article_slice_starts(fold, article_literal("last update"))
                   || article_slice_starts(fold, article_literal("update"))));
}


/* 1 if a word for a change stands before a date, behind byte from. */

static unsigned
article_date_is_update(article_page_t *page, article_slice_t text, size_t from,
    size_t to)
{
    size_t           i;
    article_slice_t  plain, word;

    static const char *const  words[] = {
        " cap nhat ", " sua doi ", " update ", " updated ", " modified ",
        " aktualisiert ", " aktualisierung ", " mis a jour ",
        " mise a jour ", " modifie le ", " actualizado ", " actualizada ",
        " actualizacion ", " atualizado ", " atualizada ", " aggiornato ",
        " aggiornamento ", " bijgewerkt ", " gewijzigd ", " uppdaterad ",
        " oppdatert ", " opdateret ", " paivitetty ", " zaktualizowano ",
        " aktualizacja ", " aktualizovano ", " обновлено ", " изменено ",
        " оновлено ", " guncelleme ", " guncellendi ", " diperbarui "
    };

    if (to - from > ARTICLE_DATE_LABEL) {
        from = to - ARTICLE_DATE_LABEL;

        while (from < to && (text.data[from] & 0xc0) == 0x80) {
            from++;
        }
    }

    plain = article_text_plain(page->arena, (article_slice_t)
                               { text.data + from, to - from });

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        word = (article_slice_t) { words[i], strlen(words[i]) };

        if (article_slice_find(plain, word) != NULL) {
            return 1;
        }
    }

    return 0;
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
            && article_date_told(page,
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

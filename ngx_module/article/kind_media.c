/*
 * Copyright (C) the authors named in LICENSE
 *
 * Articles without running text: a document, a film, pictures, one short
 * sentence.
 */

#include <string.h>

#include "kind.h"
#include "media.h"
#include "title_text.h"


/* So far below the title what it is about begins, in lines. */
#define ARTICLE_MEDIA_REACH    60

/* More files are a directory, if no date stands above them. */
#define ARTICLE_MEDIA_FILES    10

/* So many pictures are an article without a date. */
#define ARTICLE_MEDIA_PICTURES  3

/* A notice of the site is shorter than such a text, in characters. */
#define ARTICLE_MEDIA_TEXT  1000

/* A sentence has so many words at least. */
#define ARTICLE_SENTENCE_WORDS  3

/* A headline's link has so many; shorter ones are tools and sections. */
#define ARTICLE_LINK_WORDS      5

/* A line of a date, in characters. */
#define ARTICLE_DATE_CHARS     80


typedef struct {
    uint32_t  from;             /* lines [from, to) below the title */
    uint32_t  to;
    uint32_t  root;             /* holds the title and all below */
    uint32_t  files;
    uint32_t  players;
    uint32_t  pictures;
    uint32_t  sentences;
    unsigned  dated;
} article_below_t;


static unsigned article_below_titled(article_page_t *page);
static void article_below_limit(article_page_t *page, article_below_t *below);
static unsigned article_below_stops(article_page_t *page, uint32_t n);
static void article_below_media(article_page_t *page, article_below_t *below);
static unsigned article_below_holds(article_page_t *page,
    const article_below_t *below, const article_media_t *media);
static void article_below_lines(article_page_t *page, article_below_t *below);
static void article_below_take(article_page_t *page,
    const article_below_t *below);


unsigned
article_kind_media(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;
    article_below_t  below;

    /* a long text is one, wherever lists stand between title and text */

    if (page->title == ARTICLE_NONE || page->ruled
        || page->prose >= ARTICLE_MEDIA_TEXT || !article_below_titled(page))
    {
        return 0;
    }

    memset(&below, 0, sizeof(below));

    article_below_limit(page, &below);

    for (i = page->start; i < page->end && i < below.to; i++) {
        line = &page->blocks.line[i];

        if (i >= below.from && line->value
            && (line->role == ARTICLE_ROLE_BODY
                || line->role == ARTICLE_ROLE_SAPO))
        {
            return 0;                   /* there is a text */
        }
    }

    article_below_lines(page, &below);
    article_below_media(page, &below);

    if (below.players == 0
        && (below.files == 0
            || (!below.dated && below.files > ARTICLE_MEDIA_FILES))
        && below.pictures < (below.dated ? 1 : ARTICLE_MEDIA_PICTURES)
        && !(below.dated && below.sentences))
    {
        return 0;
    }

    article_below_take(page, &below);

    return 1;
}


/* A title that heads the page, and no entry of a list. */

static unsigned
article_below_titled(article_page_t *page)
{
    article_line_t   *line;
    article_slice_t   title;

    line = &page->blocks.line[page->title];

    if (line->item || (line->any & ARTICLE_IN_AGAINST)
        || (line->link_chars * 2 > line->chars
            && !article_page_is_self(page, line->link)))
    {
        return 0;
    }

    if (line->heading == 1) {
        return 1;
    }

    title = article_page_fold(page, page->facts.title);

    if (article_title_part(article_page_fold(page, page->head.title), title)
        || article_title_part(article_page_fold(page, page->head.og_title),
                              title))
    {
        return 1;
    }

    /* the same <title> on all pages: the line says that it is one */

    return (line->heading || (line->any & ARTICLE_IN_TITLE))
           && (page->title_end >= page->blocks.lines
               || !article_slice_equal(page->blocks.line[page->title_end].text,
                                       line->text));
}


/* What stands below the title ends with a list, a box, a foot. */

static void
article_below_limit(article_page_t *page, article_below_t *below)
{
    uint32_t  n;

    n = page->title_end;

    while (n < page->blocks.lines && n < page->title_end + ARTICLE_MEDIA_REACH
           && !article_below_stops(page, n))
    {
        n++;
    }

    below->from = page->title_end;
    below->to = n;
}


static unsigned
article_below_stops(article_page_t *page, uint32_t n)
{
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (line->item || line->marker == ARTICLE_MARKER_FOOTER
        || line->marker == ARTICLE_MARKER_RELATED
        || line->marker == ARTICLE_MARKER_LATEST
        || line->marker == ARTICLE_MARKER_COMMENT
        || (line->any & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE|ARTICLE_IN_FOOTER
                         |ARTICLE_IN_RELATED|ARTICLE_IN_COMMENT)))
    {
        return 1;
    }

    return line->link && line->words >= ARTICLE_LINK_WORDS
           && line->link_chars * 2 > line->chars
           && !article_is_file_reference(article_link_href(line->link), NULL)
           && !article_is_file_reference(line->text, NULL)
           && !article_page_is_self(page, line->link);
}


static void
article_below_lines(article_page_t *page, article_below_t *below)
{
    uint32_t         n;
    article_date_t   date;
    article_line_t  *line;

    below->dated = page->head.ld_article == 1;

    for (n = below->from; n < below->to; n++) {
        line = &page->blocks.line[n];

        if (line->chars <= ARTICLE_DATE_CHARS && line->link_chars == 0
            && article_date_find(line->text, 0, &date))
        {
            below->dated |= below->sentences == 0;
            continue;
        }

        below->sentences += line->role != ARTICLE_ROLE_CUT && line->ends
                            && line->marker == ARTICLE_MARKER_NONE
                            && line->words >= ARTICLE_SENTENCE_WORDS
                            && line->link_chars == 0;
    }
}


static void
article_below_media(article_page_t *page, article_below_t *below)
{
    uint32_t          i;
    article_media_t  *media;

    below->root = article_blocks_common(&page->blocks, page->title,
                                        below->to > below->from
                                        ? below->to : page->title_end);

    for (i = article_blocks_media(&page->blocks, below->from);
         i < page->blocks.medias && page->blocks.media[i].line <= below->to;
         i++)
    {
        media = &page->blocks.media[i];

        if (!article_below_holds(page, below, media)) {
            continue;
        }

        while (!article_blocks_within(&page->blocks, below->root,
                                      media->element))
        {
            below->root = page->blocks.element[below->root].parent;
        }

        switch (media->type) {

        case ARTICLE_MEDIA_FILE:
            below->files++;
            break;

        case ARTICLE_MEDIA_IMAGE:
            below->pictures++;
            break;

        case ARTICLE_MEDIA_FRAME:
            below->players += article_media_provider(article_url_host(
                                  article_page_url(page, media->url))).len
                              != 0;
            break;

        default:
            below->players++;
        }
    }
}


/* In no box of the page's, and in none that goes on behind the limit. */

static unsigned
article_below_holds(article_page_t *page, const article_below_t *below,
    const article_media_t *media)
{
    uint32_t            e;
    article_element_t  *element;

    element = &page->blocks.element[media->element];

    if (media->small || media->url.len == 0
        || (element->flags & (ARTICLE_IN_AGAINST|ARTICLE_IN_HEADER)))
    {
        return 0;
    }

    /* the box that does not hold the title ends before the limit */

    for (e = media->element; e; e = element->parent) {
        element = &page->blocks.element[e];

        if (element->line <= page->title) {
            break;
        }

        if (element->line_end > below->to
            || (element->tag == LXB_TAG_A && element->line == element->line_end
                && media->type == ARTICLE_MEDIA_IMAGE
                && !article_page_is_self(page, element->node)
                && !article_is_file_reference(article_link_href(element->node),
                                              NULL)
                && !article_slice_equal(article_link_href(element->node),
                                        media->url)))
        {
            return 0;
        }
    }

    return 1;
}


/* The lines and media below the title are the article. */

static void
article_below_take(article_page_t *page, const article_below_t *below)
{
    uint32_t          i;
    article_line_t   *line;
    article_media_t  *media;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_CUT && line->role != ARTICLE_ROLE_TITLE)
        {
            line->role = ARTICLE_ROLE_NONE;
        }
    }

    for (i = 0; i < page->blocks.medias; i++) {
        page->blocks.media[i].kept = 0;
        page->blocks.media[i].caption_lines = 0;
    }

    page->start = below->from;
    page->end = below->to;
    page->root = below->root;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_NONE) {
            continue;
        }

        if (line->link && line->link_chars * 2 >= line->chars
            && article_is_file_reference(article_link_href(line->link), NULL))
        {
            line->why = "an attachment";
            continue;
        }

        line->role = ARTICLE_ROLE_BODY;
        line->why = "below the title";
    }

    article_figures_find(page);
    article_lines_filter(page);

    /* there may be no line at all: the media decide */

    for (i = article_blocks_media(&page->blocks, below->from);
         i < page->blocks.medias && page->blocks.media[i].line <= below->to;
         i++)
    {
        media = &page->blocks.media[i];
        media->kept = article_below_holds(page, below, media);
    }
}

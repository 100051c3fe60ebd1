/*
 * Copyright (C) the authors named in LICENSE
 *
 * The leak filter: of the chosen lines, those that are labels, lists, tools,
 * counters, the title again, its date or the byline are no content.
 */

#include <string.h>

#include "leak.h"


/* A line that holds a date and little else, in characters. */
#define ARTICLE_DATE_LINE    110

/* A byline is no longer. */
#define ARTICLE_BYLINE_LINE  80

/* "Quảng cáo trong bài": the label of an advertisement is no longer. */
#define ARTICLE_AD_LINE     40
/* ... and no longer with what is advertised. */
#define ARTICLE_AD_TEXT    160

/* Running text in a tool box by class has less than a third of links. */
#define ARTICLE_BOX_LINKED   3

/* Running text: so many characters, no more than a third of them links. */
#define ARTICLE_PROSE_LINE    60
#define ARTICLE_PROSE_LINKED  3

/* Fewer lines that call themselves the lead are one. */
#define ARTICLE_LEAD_LINES    4

/* A box of a date or a name has no more lines. */
#define ARTICLE_CALLED_LINES  8

/* A list of files below its label is no longer. */
#define ARTICLE_FILES_MOST  12

/* So many lines behind the text are looked at for a byline. */
#define ARTICLE_BYLINE_REACH  6


static void article_lines_prose(article_page_t *page,
    const article_stream_t *stream);
static void article_lines_remove(article_page_t *page);
static lxb_status_t article_lines_remove_match(lxb_dom_node_t *node,
    void *data);
static const char *article_line_unwanted(article_page_t *page, uint32_t n);
static const char *article_line_label(const article_line_t *line);
static unsigned article_line_is_advert(article_page_t *page,
    const article_line_t *line);
static unsigned article_line_is_link(article_page_t *page, uint32_t n);
static unsigned article_line_is_file(article_page_t *page, uint32_t n);
static unsigned article_line_is_address(const article_line_t *line);
static unsigned article_line_called(const article_page_t *page,
    const article_line_t *line, uint32_t flag);
static void article_lines_head(article_page_t *page);
static void article_lines_sapo(article_page_t *page);
static void article_lines_tail(article_page_t *page);
static unsigned article_line_has_digit(const article_line_t *line);
static unsigned article_line_is_byline(article_page_t *page, uint32_t n);
static void article_lines_count(article_page_t *page);
static void article_line_drop(article_line_t *line, const char *why);


void
article_lines_filter(article_page_t *page)
{
    uint32_t           i;
    unsigned           streams;
    const char        *why;
    article_line_t    *line;
    article_stream_t   stream;

    article_lines_remove(page);

    streams = article_stream_find(page, &stream);

    if (streams) {
        article_lines_prose(page, &stream);
    }

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY) {
            continue;
        }

        why = article_line_unwanted(page, i);

        if (why) {
            article_line_drop(line, why);
        }
    }

    article_lines_head(page);
    article_content_head(page);
    article_lines_sapo(page);
    article_leak_labels(page);
    article_leak_lines(page);
    article_tail_trim(page);
    article_lines_tail(page);

    if (streams) {
        article_leak_boxes(page, &stream);
    }

    article_lines_count(page);
}


/*
 * Running text in the stream is no entry of a list, even where a heading or
 * a line above it is a link.
 */

static void
article_lines_prose(article_page_t *page, const article_stream_t *stream)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->item && line->role == ARTICLE_ROLE_BODY
            && line->marker == ARTICLE_MARKER_NONE
            && line->chars - line->link_chars >= ARTICLE_PROSE_LINE
            && line->link_chars * ARTICLE_PROSE_LINKED <= line->chars
            && article_stream_has(page, stream, i))
        {
            line->item = 0;
            line->value = line->chars - line->link_chars;
        }
    }
}


/* The lead again as the first paragraph. */

static void
article_lines_sapo(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line, *sapo;

    sapo = NULL;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_SAPO) {

            if (sapo && article_slice_equal(line->text, sapo->text)) {
                article_line_drop(line, "the lead again");
            } else {
                sapo = line;
            }

        } else if (line->role == ARTICLE_ROLE_BODY && sapo
                   && article_slice_equal(line->text, sapo->text))
        {
            article_line_drop(line, "the lead again");
        }
    }
}


static void
article_line_drop(article_line_t *line, const char *why)
{
    line->role = ARTICLE_ROLE_NONE;
    line->why = why;
}


/* The portal file's "remove". */

static void
article_lines_remove(article_page_t *page)
{
    article_page_find(page, ARTICLE_FIELD_REMOVE, article_lines_remove_match,
                      page);
}


static lxb_status_t
article_lines_remove_match(lxb_dom_node_t *node, void *data)
{
    uint32_t            i;
    article_page_t     *page;
    article_element_t  *element;

    page = data;
    element = article_blocks_element(&page->blocks, node);

    if (element) {
        for (i = element->line; i < element->line_end; i++) {
            article_line_drop(&page->blocks.line[i], "portal file: remove");
        }

        for (i = 0; i < page->blocks.medias; i++) {
            if (article_blocks_within(&page->blocks,
                              (uint32_t) (element - page->blocks.element),
                              page->blocks.media[i].element))
            {
                page->blocks.media[i].kept = 0;
            }
        }
    }

    return LXB_STATUS_OK;
}


static const char *
article_line_unwanted(article_page_t *page, uint32_t n)
{
    const char      *why;
    article_line_t  *line;

    line = &page->blocks.line[n];

    why = article_line_label(line);
    if (why && !article_line_is_sentence(&page->blocks, line)) {
        return why;
    }

    if (line->item) {
        return "one of a list of links";
    }

    if (line->flags & (ARTICLE_IN_NAV|ARTICLE_IN_FOOTER|ARTICLE_IN_COMMENT)) {
        return "in a menu, footer or comments by class";
    }

    if ((line->flags & (ARTICLE_IN_TOOLS|ARTICLE_IN_RELATED|ARTICLE_IN_AD
                        |ARTICLE_IN_TAGS|ARTICLE_IN_SIDE))
        && (line->value == 0
            || line->link_chars * ARTICLE_BOX_LINKED > line->chars))
    {
        return "in a tool or related box by class";
    }

    if (article_line_is_link(page, n)) {
        return "a link alone";
    }

    if (line->links >= 3 && line->link_chars * 2 >= line->chars
        && !line->ends)
    {
        return "a row of links";
    }

    if (article_line_is_address(line)) {
        return "an address";
    }

    if (article_line_is_advert(page, line)) {
        return "an advertisement";
    }

    if (line->marker == ARTICLE_MARKER_BYLINE && line->value == 0
        && (line->exact || (line->any & ARTICLE_IN_AUTHOR))
        && line->chars <= ARTICLE_BYLINE_LINE)
    {
        line->role = ARTICLE_ROLE_BYLINE;
        return NULL;
    }

    if (line->words == 0 && line->chars < 4
        && !(line->flags & (ARTICLE_IN_CELL|ARTICLE_IN_LIST)))
    {
        return "no words";
    }

    return NULL;
}


static const char *
article_line_label(const article_line_t *line)
{
    switch (line->marker) {

    case ARTICLE_MARKER_RELATED:
    case ARTICLE_MARKER_LATEST:
    case ARTICLE_MARKER_BY_DATE:
    case ARTICLE_MARKER_COMMENT:
    case ARTICLE_MARKER_LINKS:
    case ARTICLE_MARKER_POLL:
    case ARTICLE_MARKER_WIDGET:
    case ARTICLE_MARKER_TAGS:
        return line->exact || line->link_chars
               ? article_marker_word(line->marker) : NULL;

    case ARTICLE_MARKER_COUNTER:
    case ARTICLE_MARKER_RATING:
    case ARTICLE_MARKER_TOOLS:
        return line->value == 0 ? article_marker_word(line->marker) : NULL;

    case ARTICLE_MARKER_ATTACHMENT:
    case ARTICLE_MARKER_AUDIO:
    case ARTICLE_MARKER_FOOTER:
        return line->value == 0 && (line->exact || !line->ends)
               ? article_marker_word(line->marker) : NULL;

    default:
        return NULL;
    }
}


/* "Quảng cáo giữa bài", "Quảng cáo - ...": no sentence about advertising. */

static unsigned
article_line_is_advert(article_page_t *page, const article_line_t *line)
{
    article_slice_t  fold, label;

    if (line->ends || line->chars > ARTICLE_AD_TEXT) {
        return 0;
    }

    fold = article_page_fold_line(page, line);
    label = article_page_fold(page, article_literal("quảng cáo"));

    if (!article_slice_starts(fold, label)) {
        return 0;
    }

    fold.data += label.len;
    fold.len -= label.len;
    fold = article_trim(fold, "");

    return line->chars <= ARTICLE_AD_LINE
           || (fold.len && memchr("-:|", fold.data[0], 3) != NULL)
           || article_slice_starts(fold, article_literal("\xe2\x80\x93"));
}


/* A line that is nothing but a link to another page or to a file. */

static unsigned
article_line_is_link(article_page_t *page, uint32_t n)
{
    article_slice_t  href;
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (line->link == NULL || line->link_chars * 10 < line->chars * 8) {
        return 0;
    }

    href = article_link_href(line->link);

    if (article_is_file_reference(href, NULL)) {
        return article_line_is_file(page, n);
    }

    return !line->heading && href.len && href.data[0] != '#'
           && !article_slice_starts_case(href, article_literal("mailto:"));
}


/* A file's name, or one of the links below "File đính kèm". */

static unsigned
article_line_is_file(article_page_t *page, uint32_t n)
{
    uint32_t         i;
    article_line_t  *line;

    line = &page->blocks.line[n];

    if (article_is_file_reference(line->text, NULL)) {
        return 1;
    }

    for (i = n; i-- > 0 && n - i < ARTICLE_FILES_MOST; ) {
        line = &page->blocks.line[i];

        if (line->marker == ARTICLE_MARKER_ATTACHMENT) {
            return 1;
        }

        if (line->link_chars * 2 <= line->chars) {
            break;
        }
    }

    return 0;
}


/* An address written out, with hardly a word beside it. */

static unsigned
article_line_is_address(const article_line_t *line)
{
    size_t       len;
    const char  *p;

    p = article_slice_find(line->text, article_literal("http"));

    if (p == NULL) {
        return 0;
    }

    len = 0;

    while (p + len < line->text.data + line->text.len && p[len] != ' ') {
        len++;
    }

    return len > 10 && len * 2 > line->text.len;
}


/*
 * 1 if a line, or a small box around it, calls itself that by class: a whole
 * article may be "status-publish" or "author-ann".
 */

static unsigned
article_line_called(const article_page_t *page, const article_line_t *line,
    uint32_t flag)
{
    uint32_t                  e, i;
    const article_line_t     *other;
    const article_element_t  *element;

    if (!(line->any & flag)) {
        return 0;
    }

    if (!(page->blocks.element[line->element].flags & flag)) {
        return 1;                       /* an inline element in the line */
    }

    for (e = line->element; e; e = element->parent) {
        element = &page->blocks.element[e];

        if (element->line_end - element->line > ARTICLE_CALLED_LINES) {
            return 0;
        }

        for (i = element->line; i < element->line_end; i++) {
            other = &page->blocks.line[i];

            if (other->value && other != line) {
                return 0;               /* a text is in it */
            }
        }

        if (element->own & flag) {
            return 1;
        }
    }

    return 0;
}


/* What stands above the first running text: title again, date, author. */

static void
article_lines_head(article_page_t *page)
{
    uint32_t          i;
    unsigned          leads;
    article_date_t    date;
    article_line_t   *line;
    article_slice_t   title;
    article_names_t   names;

    leads = 0;
    title = article_page_fold(page, page->facts.title);

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_SAPO && ++leads == ARTICLE_LEAD_LINES) {
            break;                      /* all of it calls itself a lead */
        }

        if (line->role != ARTICLE_ROLE_BODY) {
            continue;
        }

        if (title.len && line->text.len <= title.len * ARTICLE_FOLD_SHRINKS
            && article_slice_equal(title, article_page_fold_line(page, line)))
        {
            line->role = ARTICLE_ROLE_TITLE;
            line->why = "the title again";
            continue;
        }

        if (line->value
            && !article_line_called(page, line, ARTICLE_IN_DATE))
        {
            break;
        }

        if (line->chars <= ARTICLE_DATE_LINE && !line->ends
            && article_page_date_find(page, line->text, 0, &date))
        {
            line->role = ARTICLE_ROLE_DATE;
            line->why = "date above the text";
            continue;
        }

        if (line->value) {
            break;
        }

        if (line->marker == ARTICLE_MARKER_DATE
            || article_line_called(page, line, ARTICLE_IN_DATE))
        {
            line->role = ARTICLE_ROLE_DATE;
            line->why = "date above the text";
            continue;
        }

        if ((line->marker == ARTICLE_MARKER_BYLINE
             || article_line_called(page, line, ARTICLE_IN_AUTHOR))
            && line->chars <= ARTICLE_BYLINE_LINE)
        {
            line->role = ARTICLE_ROLE_BYLINE;
            line->why = "byline above the text";
            continue;
        }

        if (line->chars <= ARTICLE_BYLINE_LINE
            && (line->heading == 0 || line->heading > 2)
            && !article_blocks_in_row(&page->blocks, i)
            && article_byline_parse(line->text,
                                    (line->flags & ARTICLE_IN_RIGHT) != 0,
                                    &names)
               == ARTICLE_BYLINE_AUTHOR)
        {
            line->role = ARTICLE_ROLE_BYLINE;
            line->why = "byline above the text";
        }
    }
}


/* The byline: among the last lines, or close behind them. */

static void
article_lines_tail(article_page_t *page)
{
    uint32_t         i, last, reach;
    article_line_t  *line;

    last = page->start;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if ((line->role == ARTICLE_ROLE_BODY
             || line->role == ARTICLE_ROLE_SAPO) && line->value)
        {
            last = i + 1;
        }
    }

    reach = page->end > last + ARTICLE_BYLINE_REACH
            ? page->end : last + ARTICLE_BYLINE_REACH;

    for (i = last; i < reach && i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT
            || (line->marker == ARTICLE_MARKER_FOOTER))
        {
            break;
        }

        if (line->role == ARTICLE_ROLE_CAPTION || line->item
            || line->link_chars * 2 > line->chars)
        {
            continue;
        }

        if (article_line_is_byline(page, i)) {
            line->role = ARTICLE_ROLE_BYLINE;
            line->why = "byline below the text";

        } else if (line->role == ARTICLE_ROLE_BODY && i + 3 >= page->end
                   && line->chars <= 60)
        {
            article_date_t  date;

            if (article_date_find(line->text, 0, &date)
                && date.end - date.start + 12 >= line->text.len)
            {
                line->role = ARTICLE_ROLE_DATE;
                line->why = "date below the text";
            }
        }
    }
}


static unsigned
article_line_has_digit(const article_line_t *line)
{
    size_t  i;

    for (i = 0; i < line->text.len; i++) {
        if (line->text.data[i] >= '0' && line->text.data[i] <= '9') {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_line_is_byline(article_page_t *page, uint32_t n)
{
    unsigned          strong;
    article_line_t   *line;
    article_names_t   names;

    line = &page->blocks.line[n];

    if (line->chars > ARTICLE_BYLINE_LINE || line->heading
        || (line->any & ARTICLE_IN_LIST)
        || article_blocks_in_row(&page->blocks, n)
        || (line->marker != ARTICLE_MARKER_NONE
            && line->marker != ARTICLE_MARKER_BYLINE))
    {
        return 0;
    }

    strong = (line->flags & ARTICLE_IN_RIGHT)
             || (line->any & ARTICLE_IN_AUTHOR)
             || line->marker == ARTICLE_MARKER_BYLINE;

    if (!strong && article_line_has_digit(line)) {
        return 0;
    }

    return article_byline_parse(line->text, strong, &names)
           != ARTICLE_BYLINE_NONE;
}


static void
article_lines_count(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    page->prose = 0;
    page->paragraphs = 0;
    page->kept = 0;

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role != ARTICLE_ROLE_BODY
            && line->role != ARTICLE_ROLE_SAPO)
        {
            continue;
        }

        page->kept++;

        if (line->value) {
            page->prose += line->value;
            page->paragraphs++;
        }
    }
}

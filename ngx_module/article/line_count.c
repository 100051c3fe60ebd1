/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a line of text adds to the counts that a block is judged by: titles,
 * teasers, running text, numbers.
 */

#include "cutter.h"


/* A link of so many bytes may be a title; a menu's entries are shorter. */
#define ARTICLE_LINE_TITLE      24

/* With a digit a shorter one may be, too: "Bản tin tối 3/5". */
#define ARTICLE_LINE_DATED      16

/* Text outside links: shorter says little; longer runs. */
#define ARTICLE_LINE_SHORT      40
#define ARTICLE_LINE_PARAGRAPH  300

/* A teaser stands on one of so many lines behind its title. */
#define ARTICLE_LINE_TEASER     3

/* A forecast in a sentence or two. */
#define ARTICLE_LINE_FORECAST   120

/* Shorter lines may stand in the page's title by chance. */
#define ARTICLE_LINE_IN_TITLE   20


static unsigned article_line_is_forecast(const article_strip_t *c,
    article_heard_t *heard);


void
article_line_linked(article_strip_t *c, size_t from)
{
    char              out[ARTICLE_LABEL_LINE];
    size_t            i;
    unsigned          dated;
    uint32_t          bytes;
    article_line_t   *line;
    article_slice_t   raw, text;

    line = &c->line;
    bytes = c->link_bytes + line->link_bytes - c->link_start;

    if (bytes == 0) {
        return;
    }

    line->links++;
    c->counts.links++;
    c->counts.link_bytes += bytes;

    dated = 0;

    for (i = from; bytes >= ARTICLE_LINE_DATED && bytes < ARTICLE_LINE_TITLE
                   && i < line->len; i++)
    {
        dated |= line->text[i] >= '0' && line->text[i] <= '9';
    }

    if (bytes >= ARTICLE_LINE_TITLE || dated) {
        c->counts.titles++;
        c->lines = 0;
    }

    /* "..., a teaser. Xem tiếp" */

    if (line->links == 1 && line->before >= ARTICLE_LINE_SHORT
        && bytes < ARTICLE_LINE_TITLE && !line->overflow
        && article_cutter_counts(c))
    {
        raw.data = line->text + from;
        raw.len = line->len - from;

        line->more = article_label_line(raw, c->charset, out, &text)
                     == ARTICLE_LABEL_RELATED;
    }
}


void
article_line_count(article_strip_t *c, article_heard_t *heard)
{
    article_line_t    *line;
    article_counts_t  *n;

    line = &c->line;
    n = &c->counts;

    if (heard->label == ARTICLE_LABEL_BLANK) {
        return;
    }

    if (line->link_bytes == 0 && !line->overflow
        && article_line_is_title(c, article_heard_text(c, heard), 0))
    {
        n->vetoed++;
        return;
    }

    switch (heard->label) {

    case ARTICLE_LABEL_NUMBER:
        n->numbers++;
        return;

    case ARTICLE_LABEL_COUNTED:
        n->counters++;
        n->numbers++;
        return;

    case ARTICLE_LABEL_PERIOD:
        n->numbers += line->digits;
        n->counters++;
        return;

    case ARTICLE_LABEL_COUNTER:
        n->counters++;
        return;

    default:
        break;
    }

    if (line->bytes >= ARTICLE_LINE_PARAGRAPH
        || (line->link_bytes != 0 && line->before >= ARTICLE_LINE_SHORT
            && !(line->more && line->links == 1
                 && line->bytes == line->before)))
    {
        n->paragraphs++;

    } else if (line->bytes >= ARTICLE_LINE_SHORT
               && !article_line_is_forecast(c, heard))
    {
        n->texts++;

        if (++c->lines > ARTICLE_LINE_TEASER) {
            n->paragraphs++;
        }

    } else if (line->link_bytes == 0) {
        n->shorts++;
        n->measures += line->digits;
        c->lines++;
    }
}


unsigned
article_line_is_title(const article_strip_t *c, article_slice_t text,
    unsigned label)
{
    size_t           len;
    char             folded[ARTICLE_CUTTER_TITLE];
    article_slice_t  title, line;

    if (text.len == 0 || c->title_len == 0
        || (!label && text.len < ARTICLE_LINE_IN_TITLE))
    {
        return 0;
    }

    len = article_fold_into(folded, sizeof(folded), text, 0);
    if (len > sizeof(folded)) {
        return 0;
    }

    title.data = c->title;
    title.len = c->title_len;
    line.data = folded;
    line.len = len;

    return article_slice_find(title, line) != NULL;
}


/*
 * "Có mưa rào. Nhiệt độ 23 - 31°C" under "Thời tiết"; a warning there is
 * text, and text stays.
 */
static unsigned
article_line_is_forecast(const article_strip_t *c, article_heard_t *heard)
{
    article_slice_t  text;

    static const char *const  degrees[] = {
        "nhiệt độ", "độ ẩm", "°c", "độ c", NULL
    };

    if (!c->hold.active || c->hold.label != ARTICLE_LABEL_WIDGET
        || !c->line.digits || c->line.link_bytes != 0
        || c->line.bytes > ARTICLE_LINE_FORECAST)
    {
        return 0;
    }

    text = article_heard_text(c, heard);

    return article_label_has(text, degrees) && !article_label_is_warning(text);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * The article's title: portal file, then what <title>, microdata and Open
 * Graph say, found among the page's lines.
 */

#include <string.h>

#include "title_text.h"


/* A title of more lines than this is none. */
#define ARTICLE_TITLE_LINES  4

/* Longer texts are paragraphs. */
#define ARTICLE_TITLE_CHARS  320

/* A line above a date is a title if it has so many words ... */
#define ARTICLE_TITLE_WORDS  4
/* ... and the date is a line no longer than this. */
#define ARTICLE_TITLE_DATE   80

/* Candidates below this score are not taken; where <title> is of no use. */
#define ARTICLE_TITLE_SCORE  45
#define ARTICLE_TITLE_ALONE  30

/* A portal's name has no more words, its foot no more lines. */
#define ARTICLE_SITE_WORDS   10
#define ARTICLE_FOOT_LINES   12

/* So many lines ahead the text, or a date, speaks for a title. */
#define ARTICLE_TITLE_NEAR   4
#define ARTICLE_TITLE_REACH  10


/* What is longer, with the space behind it, is no word. */
#define ARTICLE_TITLE_WORD  63

/* Words of bits in the filter of a title's words. */
#define ARTICLE_TITLE_FILTER  4


typedef struct {
    article_slice_t  head;          /* <title>, folded */
    article_slice_t  og;            /* og:title */
    article_slice_t  named;         /* JSON-LD or microdata headline */
    article_slice_t  site;          /* og:site_name */
    article_slice_t  plain;         /* words of <title> and path, no marks */
    uint64_t         words[ARTICLE_TITLE_FILTER];   /* bits of their hashes */
    uint64_t         firsts[ARTICLE_TITLE_FIRSTS];  /* of head, og, named */
    unsigned         h1;            /* how many <h1> with text */
    uint32_t        *prose;         /* next line of running text */
    uint64_t        *before;        /* running text above a line */
} article_title_hints_t;


static uint32_t article_title_end(article_page_t *page, uint32_t from,
    uint32_t to);
static void article_title_below(article_page_t *page,
    const article_title_hints_t *hints);
static unsigned article_title_is_weak(article_page_t *page,
    const article_title_hints_t *hints);
static void article_title_by_date(article_page_t *page,
    const article_title_hints_t *hints);
static unsigned article_title_is_dated(article_page_t *page, uint32_t n);
static unsigned article_title_by_portal(article_page_t *page);
static lxb_status_t article_title_match(lxb_dom_node_t *node, void *data);
static void article_title_hints(article_page_t *page,
    article_title_hints_t *hints);
static int article_title_score(article_page_t *page,
    const article_title_hints_t *hints, uint32_t from, uint32_t to);
static int article_title_agreement(const article_title_hints_t *hints,
    article_slice_t text);
static void article_title_words(article_title_hints_t *hints);
static int article_title_overlap(article_page_t *page,
    const article_title_hints_t *hints, article_slice_t text);
static int article_title_place(article_page_t *page, uint32_t line,
    uint32_t element, const article_title_hints_t *hints);
static int article_title_position(article_page_t *page, uint32_t from,
    uint32_t to, const article_title_hints_t *hints);
static unsigned article_title_names_site(article_page_t *page, uint32_t n);


static inline uint32_t
article_title_hash(uint32_t hash, char c)
{
    return hash * 31 + (unsigned char) c;
}


void
article_title_find(article_page_t *page)
{
    int                     score, best;
    uint32_t                i, to, e;
    article_line_t         *line;
    article_title_hints_t   hints;

    page->title = ARTICLE_NONE;
    page->title_end = 0;

    if (article_title_by_portal(page)) {
        return;
    }

    article_title_hints(page, &hints);

    /* a <title> of no words, a file's name, says nothing */

    best = article_slice_find(hints.head, article_literal(" "))
           ? ARTICLE_TITLE_SCORE - 1 : ARTICLE_TITLE_ALONE - 1;

    for (i = 0; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];
        e = line->element;
        to = i + 1;

        if (page->blocks.element[e].line == i
            && page->blocks.element[e].line_end - i <= ARTICLE_TITLE_LINES)
        {
            to = article_title_end(page, i, page->blocks.element[e].line_end);
        }

        score = article_title_score(page, &hints, i, to);

        if (score <= best && to > i + 1) {
            to = i + 1;
            score = article_title_score(page, &hints, i, to);
        }

        if (score > best) {
            best = score;
            page->title = i;
            page->title_end = to;
        }
    }

    if (article_title_is_weak(page, &hints)) {
        article_title_by_date(page, &hints);
    } else {
        article_title_below(page, &hints);
    }

    if (page->title != ARTICLE_NONE) {
        page->facts.title = article_blocks_text(&page->blocks, page->title,
                                                page->title_end);
        article_headline_choose(page);
        return;
    }

    page->facts.title = page->head.ld.headline.len
                        ? page->head.ld.headline
                        : article_title_of_head(page);
}


/* A title goes on to where its element ends, or to the line of its date. */

static uint32_t
article_title_end(article_page_t *page, uint32_t from, uint32_t to)
{
    uint32_t         i;
    article_date_t   date;
    article_slice_t  text;

    for (i = from + 1; i < to; i++) {
        text = page->blocks.line[i].text;

        if (article_date_find(text, 0, &date)
            && (date.end - date.start) * 2 >= text.len)
        {
            break;
        }
    }

    return i;
}


/*
 * <title> names the page and the portal, and so may two lines: the portal's
 * stands above the menu, the page's below it.
 */

static void
article_title_below(article_page_t *page, const article_title_hints_t *hints)
{
    int              score, best;
    uint32_t         i;
    uint64_t         total;
    unsigned         part, above, menu;
    article_line_t  *line;

    above = article_title_part(hints->head,
                article_page_fold(page, page->blocks.line[page->title].text));

    if (above != 1 && above != 2) {
        return;
    }

    best = ARTICLE_TITLE_SCORE - 1;
    menu = 0;
    total = hints->before[page->blocks.lines];

    for (i = page->title_end; i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (hints->before[i] * 3 > total) {
            break;                      /* the text is above */
        }

        if (line->link_chars * 2 > line->chars) {
            menu++;
            continue;
        }

        if (menu == 0 || line->item) {
            continue;
        }

        part = article_title_part(hints->head,
                                  article_page_fold_line(page, line));
        score = article_title_score(page, hints, i, i + 1);

        if ((part == 1 || part == 2) && part != above && score > best) {
            best = score;
            page->title = i;
            page->title_end = i + 1;
        }
    }
}


/*
 * 1 if <title> does not tell the title: no line of the page has to do with
 * it, or one that is all of it and no heading, as the portal's name may be.
 */

static unsigned
article_title_is_weak(article_page_t *page, const article_title_hints_t *hints)
{
    article_slice_t  text;

    if (page->title == ARTICLE_NONE) {
        return 1;
    }

    text = article_page_fold(page, article_blocks_text(&page->blocks,
                                           page->title, page->title_end));

    return article_title_agreement(hints, text) == 0
           || (page->blocks.line[page->title].heading == 0
               && article_title_part(hints->head, text) == 3);
}


/*
 * <title> does not tell the title, so it is the line above the date that is
 * above the text; one that is farther up may be the portal's name.
 */

static void
article_title_by_date(article_page_t *page, const article_title_hints_t *hints)
{
    uint32_t         i, last;
    uint64_t         total;
    article_line_t  *line;

    last = page->blocks.lines;

    if (hints->prose == NULL) {
        return;
    }

    total = hints->before[last];
    i = 0;

    if (page->title != ARTICLE_NONE) {
        i = page->title_end + ARTICLE_TITLE_NEAR;
        last = hints->prose[page->title_end];
    }

    for ( /* void */ ; i < last; i++) {
        line = &page->blocks.line[i];

        if (hints->before[i] * 3 > total * 2) {
            break;
        }

        if (line->words < ARTICLE_TITLE_WORDS
            || line->chars > ARTICLE_TITLE_CHARS || line->item
            || (line->link_chars && !article_page_is_self(page, line->link))
            || (line->marker != ARTICLE_MARKER_NONE && line->exact)
            || (line->flags & ARTICLE_IN_AGAINST)
            || article_slice_ends_case(line->text, article_literal("."))
            || hints->prose[i + 1] > i + ARTICLE_TITLE_REACH
            || article_title_names_site(page, i))
        {
            continue;
        }

        if (article_title_is_dated(page, i)) {
            page->title = i;
            page->title_end = i + 1;
            return;
        }
    }
}


/* 1 if a date, and no more than tools before it, follows the line. */

static unsigned
article_title_is_dated(article_page_t *page, uint32_t n)
{
    uint32_t         i;
    article_date_t   date;
    article_line_t  *line;

    for (i = n + 1; i < page->blocks.lines && i <= n + ARTICLE_TITLE_NEAR;
         i++)
    {
        line = &page->blocks.line[i];

        if (line->chars > ARTICLE_TITLE_DATE || line->item) {
            return 0;
        }

        if (line->link_chars * 2 <= line->chars
            && article_date_find(line->text, 0, &date))
        {
            return 1;
        }

        if (i > n + 1 && line->marker == ARTICLE_MARKER_NONE) {
            return 0;
        }
    }

    return 0;
}


static unsigned
article_title_by_portal(article_page_t *page)
{
    lxb_dom_node_t     *node;
    article_element_t  *element;

    node = NULL;

    if (article_page_find(page, ARTICLE_FIELD_TITLE, article_title_match,
                          &node)
        == 0 || node == NULL)
    {
        return 0;
    }

    page->facts.title = article_node_text(page->arena, node);

    element = article_blocks_element(&page->blocks, node);

    if (element && element->line < element->line_end) {
        page->title = element->line;
        page->title_end = element->line_end;
    }

    return page->facts.title.len != 0;
}


static lxb_status_t
article_title_match(lxb_dom_node_t *node, void *data)
{
    *(lxb_dom_node_t **) data = node;

    return LXB_STATUS_STOP;
}


static void
article_title_hints(article_page_t *page, article_title_hints_t *hints)
{
    uint32_t         i, n;
    uint64_t         sum;
    article_buf_t    buf;
    article_head_t  *head;

    head = &page->head;

    memset(hints, 0, sizeof(*hints));

    hints->head = article_page_fold(page, head->title);
    hints->og = article_page_fold(page, head->og_title);
    hints->site = article_page_fold(page, head->site_name);
    hints->named = article_page_fold(page, head->ld.headline.len
                                           ? head->ld.headline
                                           : head->headline);

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, head->title);
    article_buf_append_char(&buf, ' ');
    article_buf_append_slice(&buf, page->path);
    article_buf_append_char(&buf, ' ');
    hints->plain = article_title_plain(page, article_buf_slice(&buf));

    article_title_words(hints);
    article_title_firsts(hints->head, hints->firsts);
    article_title_firsts(hints->og, hints->firsts);
    article_title_firsts(hints->named, hints->firsts);

    for (i = 0; i < page->blocks.elements; i++) {
        if (page->blocks.element[i].tag == LXB_TAG_H1
            && page->blocks.element[i].line < page->blocks.element[i].line_end)
        {
            hints->h1++;
        }
    }

    n = page->blocks.lines;

    hints->prose = article_arena_alloc(page->arena, (n + 1)
                                                    * sizeof(uint32_t));
    hints->before = article_arena_alloc(page->arena, (n + 1)
                                                     * sizeof(uint64_t));
    if (hints->prose == NULL || hints->before == NULL) {
        hints->prose = NULL;
        return;
    }

    sum = 0;

    for (i = 0; i < n; i++) {
        hints->before[i] = sum;
        sum += page->blocks.line[i].value;
    }

    hints->before[n] = sum;
    hints->prose[n] = n;

    for (i = n; i-- > 0; ) {
        hints->prose[i] = page->blocks.line[i].value ? i : hints->prose[i + 1];
    }
}


static int
article_title_score(article_page_t *page, const article_title_hints_t *hints,
    uint32_t from, uint32_t to)
{
    int               score;
    uint32_t          i, chars;
    unsigned          stands;
    article_slice_t   text;
    article_line_t   *line;

    line = &page->blocks.line[from];
    chars = 0;

    for (i = from; i < to; i++) {
        chars += page->blocks.line[i].chars;
    }

    if (chars < 4 || chars > ARTICLE_TITLE_CHARS || line->words < 2
        || line->marker == ARTICLE_MARKER_FOOTER || hints->prose == NULL)
    {
        return 0;
    }

    /* only lines that stand out, unless the head names them */

    stands = line->any & (ARTICLE_IN_HEADING|ARTICLE_IN_TITLE|ARTICLE_IN_BIG
                          |ARTICLE_IN_BOLD|ARTICLE_IN_CENTER);

    if (!stands && !article_title_begins(line->text, hints->firsts)) {
        return 0;
    }

    text = to == from + 1
           ? article_page_fold_line(page, line)
           : article_page_fold(page, article_blocks_text(&page->blocks, from,
                                                         to));

    score = article_title_agreement(hints, text)
            + article_headline_named(page, line, text);

    if (score == 0) {

        score = stands ? article_title_overlap(page, hints, text) : 0;

        if (score == 0 && !(stands & ~ARTICLE_IN_CENTER)) {
            return 0;
        }
    }

    if (score && line->words < 3) {
        score -= 25;
    }

    return score + article_title_place(page, from, line->element, hints)
           + article_title_position(page, from, to, hints);
}


/* Fills the filter of the words of <title> and path. */

static void
article_title_words(article_title_hints_t *hints)
{
    size_t    i;
    uint32_t  hash;

    hash = 0;

    for (i = 0; i < hints->plain.len; i++) {

        if (hints->plain.data[i] != ' ') {
            hash = article_title_hash(hash, hints->plain.data[i]);
            continue;
        }

        hash %= ARTICLE_TITLE_FILTER * 64;
        hints->words[hash / 64] |= (uint64_t) 1 << (hash % 64);
        hash = 0;
    }
}


/* Up to 60 for the share of a line's words that <title> or the path have. */

static int
article_title_overlap(article_page_t *page, const article_title_hints_t *hints,
    article_slice_t text)
{
    size_t           i, start;
    uint32_t         hash;
    unsigned         words, hits;
    article_slice_t  plain, needle;

    plain = article_title_plain_folded(page, text);

    words = 0;
    hits = 0;
    hash = 0;
    start = 0;

    /* each word stands between spaces */

    for (i = 1; i < plain.len; i++) {

        if (plain.data[i] != ' ') {
            hash = article_title_hash(hash, plain.data[i]);
            continue;
        }

        hash %= ARTICLE_TITLE_FILTER * 64;

        if (i - start > 1 && i - start < ARTICLE_TITLE_WORD) {
            words++;

            if (hints->words[hash / 64] >> (hash % 64) & 1) {
                needle.data = plain.data + start;
                needle.len = i - start + 1;
                hits += article_slice_find(hints->plain, needle) != NULL;
            }
        }

        start = i;
        hash = 0;
    }

    if (words < 3 || hits * 3 < words * 2) {
        return 0;
    }

    return (int) (hits * 60 / words);
}


/* Text or a date close below speaks for a title; text above against. */

static int
article_title_position(article_page_t *page, uint32_t from, uint32_t to,
    const article_title_hints_t *hints)
{
    int              score;
    uint32_t         i, next;
    uint64_t         total;
    article_date_t   date;
    article_line_t  *line;

    score = 0;
    next = hints->prose[to];
    total = hints->before[page->blocks.lines];

    if (next < page->blocks.lines) {
        score += next < to + ARTICLE_TITLE_NEAR ? 25
                 : next < to + ARTICLE_TITLE_REACH ? 12 : 0;
    }

    if (total && hints->before[from] * 3 > total) {
        score -= hints->before[from] * 3 > total * 2 ? 90 : 40;
    }

    for (i = to; i < to + 2 && i < page->blocks.lines; i++) {
        line = &page->blocks.line[i];

        if (line->chars <= 80 && line->value == 0 && !line->item
            && article_date_find(line->text, 0, &date))
        {
            return score + 15;
        }
    }

    return score;
}


/* How far a text is what the page's head calls the title. */

static int
article_title_agreement(const article_title_hints_t *hints,
    article_slice_t text)
{
    int  score;

    if (text.len == 0) {
        return 0;
    }

    score = 0;

    switch (article_title_part(hints->head, text)) {
    case 3:                                     /* whole */
        score = 115;
        break;
    case 2:                                     /* its beginning */
        score = 105;
        break;
    case 1:                                     /* its end */
        score = 90;
        break;
    default:
        break;
    }

    if (score) {
        score += (int) (text.len < 120 ? text.len / 6 : 20);
    }

    if (hints->named.len && article_slice_equal(hints->named, text)) {
        score += 80;
    }

    if (hints->og.len && article_title_part(hints->og, text) >= 2) {
        score += 40;
    }

    if (hints->site.len && article_slice_equal(hints->site, text)) {
        score -= 100;
    }

    return score > 0 ? score : 0;
}


/* What the line's tag, classes and surroundings say. */

static int
article_title_place(article_page_t *page, uint32_t n, uint32_t element,
    const article_title_hints_t *hints)
{
    int              score;
    article_line_t  *line;

    line = &page->blocks.line[n];
    score = 0;

    switch (line->heading) {
    case 1:
        score += hints->h1 == 1 ? 60 : hints->h1 <= 3 ? 30 : 5;
        break;
    case 2:
        score += 15;
        break;
    case 3:
        score += 8;
        break;
    default:
        break;
    }

    if (line->any & ARTICLE_IN_TITLE) {
        score += 20;

        if (page->blocks.element[element].own & ARTICLE_IN_BODY) {
            score += 20;                /* "article-title" */
        }
    }

    if (line->flags & ARTICLE_IN_BOLD) {
        score += 5;
    }

    if (line->any & ARTICLE_IN_BIG) {
        score += 15;
    }

    if (line->link_chars * 2 > line->chars
        && !article_page_is_self(page, line->link))
    {
        score -= 80;
    }

    if (line->item
        || (line->any & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE|ARTICLE_IN_RELATED
                         |ARTICLE_IN_COMMENT|ARTICLE_IN_FOOTER)))
    {
        score -= 60;
    }

    if (line->any & ARTICLE_IN_AD) {
        score -= 30;
    }

    if (line->any & ARTICLE_IN_LIST) {
        score -= 20;
    }

    if (line->marker != ARTICLE_MARKER_NONE && line->exact) {
        score -= line->marker == ARTICLE_MARKER_WIDGET ? 40 : 100;
    }

    if (article_title_names_site(page, n)) {
        score -= 100;
    }

    if (page->head.headline_node
        && article_blocks_element(&page->blocks, page->head.headline_node)
        && article_blocks_within(&page->blocks,
               (uint32_t) (article_blocks_element(&page->blocks,
                                                  page->head.headline_node)
                           - page->blocks.element), element))
    {
        score += 60;
    }

    return score;
}


/*
 * The name of the portal, not of the page: a link home, or words that the
 * page's foot has as well.
 */

static unsigned
article_title_names_site(article_page_t *page, uint32_t n)
{
    uint32_t          i, last;
    article_line_t   *line;
    article_slice_t   fold;

    line = &page->blocks.line[n];

    if (line->words > ARTICLE_SITE_WORDS) {
        return 0;
    }

    if (line->link_chars == line->chars
        && article_url_path(article_page_url(page,
                                   article_link_href(line->link))).len <= 1)
    {
        return 1;
    }

    fold = article_page_fold_line(page, line);
    last = page->blocks.lines;

    for (i = last; i-- > n + 1; ) {
        line = &page->blocks.line[i];

        if ((line->marker == ARTICLE_MARKER_FOOTER || last - i <= 4)
            && line->chars < 400
            && article_slice_find(article_page_fold_line(page, line), fold))
        {
            return 1;
        }

        if (last - i > ARTICLE_FOOT_LINES) {
            break;
        }
    }

    return 0;
}

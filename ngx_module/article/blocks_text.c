/*
 * Copyright (C) the authors named in LICENSE
 *
 * Text nodes -> lines: white space, words that tags split or glue.
 */

#include <string.h>

#include "blocks_walk.h"


/* A label longer than this many characters is none. */
#define ARTICLE_LABEL_CHARS  90

/* Eight spaces. */
#define ARTICLE_WALK_SPACES  0x2020202020202020ULL

/* Bytes looked at one by one before eight are again: letters of two bytes. */
#define ARTICLE_WALK_RETRY   24


static size_t article_walk_words(const char *p, const char *end);
static void article_walk_put(article_walk_t *walk, const char *run,
    const char *end, uint32_t chars, const article_element_t *element);
static void article_walk_start_line(article_walk_t *walk,
    const article_element_t *element);
static void article_walk_linked(article_walk_t *walk,
    const article_element_t *element);
static unsigned article_walk_glued(uint32_t before, uint32_t after);
static void article_walk_measure(article_line_t *line);
static uint8_t article_walk_ends(article_slice_t text);
static uint8_t article_walk_heading(article_walk_t *walk,
    const article_line_t *line);
static unsigned article_is_upper(uint32_t c);
static unsigned article_is_lower(uint32_t c);


void
article_walk_text(article_walk_t *walk, lxb_dom_node_t *node)
{
    uint32_t                  c, chars;
    size_t                    n;
    const char               *p, *end, *run, *stop, *fast;
    article_slice_t           data;
    lxb_dom_character_data_t *text;
    const article_element_t  *element;

    node->user = (void *) (uintptr_t) (walk->blocks->lines + 1);

    if (walk->blocks->elements == 0) {
        return;
    }

    element = &walk->blocks->element[walk->current];
    text = (lxb_dom_character_data_t *) node;

    data.data = (const char *) text->data.data;
    data.len = text->data.length;

    p = data.data;
    end = p + data.len;
    run = p;
    fast = p;
    chars = 0;

    while (p < end) {

        if (p >= fast) {
            n = article_walk_words(p, end);
            p += n;
            chars += n;
            fast = p + ARTICLE_WALK_RETRY;
            continue;
        }

        /* a single space between two words stays as it is */

        if (article_is_plain(*p)
            || (*p == ' ' && p > run && p + 1 < end
                && article_is_plain(p[1])))
        {
            chars += ((unsigned char) *p++ & 0xc0) != 0x80;
            continue;
        }

        stop = p;
        c = article_utf8_next(&p, end);

        if (article_is_space(c)) {
            article_walk_put(walk, run, stop, chars, element);
            walk->space = 1;

        } else if (c == 0xad || c == 0xfffd || c < 0x20) {

            /* soft hyphens, and what stood for broken bytes, are no text */

            article_walk_put(walk, run, stop, chars, element);

        } else {
            chars++;
            continue;
        }

        run = p;
        chars = 0;
    }

    article_walk_put(walk, run, p, chars, element);
}


/*
 * How many bytes at p, by eights, are words of ASCII with single spaces
 * between them, and end in no space.
 */

static size_t
article_walk_words(const char *p, const char *end)
{
    uint64_t     bytes, spaces;
    const char  *start;

    start = p;

    if (p < end && *p == ' ') {
        return 0;
    }

    while (end - p > 8) {
        bytes = article_load64(p);

        /* a byte over 0x7f, or under a space */

        if ((bytes | ((bytes - ARTICLE_WALK_SPACES) & ~bytes))
            & ARTICLE_HIGH_BITS)
        {
            break;
        }

        spaces = bytes ^ ARTICLE_WALK_SPACES;
        spaces = ~(spaces + ~ARTICLE_HIGH_BITS) & ARTICLE_HIGH_BITS;

        if ((spaces & (spaces >> 8)) || ((spaces >> 56) && p[8] == ' ')) {
            break;
        }

        p += 8;
    }

    while (p > start && p[-1] == ' ') {
        p--;
    }

    return p - start;
}


/* Adds characters that follow one another as they are to be written. */

static void
article_walk_put(article_walk_t *walk, const char *run, const char *end,
    uint32_t chars, const article_element_t *element)
{
    const char      *p;
    article_line_t  *line;

    if (run == end) {
        return;
    }

    p = run;
    line = &walk->line;

    if (walk->buf.len == 0) {
        article_walk_start_line(walk, element);

    } else {

        if (walk->space
            || (walk->boundary
                && article_walk_glued(walk->last,
                                      article_utf8_next(&p, end))))
        {
            article_buf_append_char(&walk->buf, ' ');
            line->chars++;
            line->link_chars += (element->flags & ARTICLE_IN_LINK) != 0;
        }

        line->flags &= element->flags | ARTICLE_LINE_SOFT;
    }

    line->any |= element->flags;
    line->chars += chars;

    if (element->flags & ARTICLE_IN_LINK) {
        line->link_chars += chars;
        article_walk_linked(walk, element);
    }

    article_buf_append(&walk->buf, run, end - run);

    for (p = end - 1; p > run && ((unsigned char) *p & 0xc0) == 0x80; p--) {
        /* back to the last character's first byte */
    }

    walk->space = 0;
    walk->boundary = 0;
    walk->last = article_utf8_next(&p, end);
}


static void
article_walk_start_line(article_walk_t *walk, const article_element_t *element)
{
    uint32_t         block;
    article_line_t  *line;

    line = &walk->line;

    memset(line, 0, sizeof(*line));

    block = walk->current;

    while (block && !walk->blocks->element[block].block) {
        block = walk->blocks->element[block].parent;
    }

    line->element = block;
    line->flags = element->flags;
    line->flags |= walk->soft == 1 ? ARTICLE_LINE_SOFT : 0;

    walk->soft = 0;
    walk->last = 0;
}


/* Characters of a link: which link, and how many links there are. */

static void
article_walk_linked(article_walk_t *walk, const article_element_t *element)
{
    article_line_t  *line;
    lxb_dom_node_t  *node;

    line = &walk->line;

    if (walk->link && line->links < UINT16_MAX) {
        line->links++;
    }

    walk->link = 0;

    if (line->link) {
        return;
    }

    for (node = element->node; node; node = node->parent) {
        if (node->local_name == LXB_TAG_A) {
            line->link = node;
            return;
        }
    }
}


/*
 * Two words without white space between their tags: "...xem</span><span>Bản".
 * In Vietnamese no word goes on with a capital letter behind a small one.
 */

static unsigned
article_walk_glued(uint32_t before, uint32_t after)
{
    return article_is_upper(after)
           && (article_is_lower(before) || (before >= '0' && before <= '9'
                                            && after >= 0x80));
}


void
article_walk_flush(article_walk_t *walk)
{
    article_walk_finish_line(walk);

    walk->soft = 0;
    walk->boundary = 0;
}


void
article_walk_finish_line(article_walk_t *walk)
{
    article_line_t    *line;
    article_blocks_t  *blocks;

    walk->space = 0;

    if (walk->buf.len == 0) {
        return;
    }

    blocks = walk->blocks;

    if (blocks->lines == walk->lines_size) {
        blocks->line = article_walk_grow(walk, blocks->line, blocks->lines,
                                         &walk->lines_size,
                                         sizeof(article_line_t));
        if (blocks->line == NULL) {
            return;
        }
    }

    line = &blocks->line[blocks->lines++];
    *line = walk->line;
    line->text = article_arena_copy(blocks->arena,
                                    article_buf_slice(&walk->buf));
    walk->buf.len = 0;

    if (line->text.data == NULL) {
        walk->failed = 1;
        return;
    }

    article_walk_measure(line);
    line->heading = article_walk_heading(walk, line);
}


/* Words, sentences, label. */

static void
article_walk_measure(article_line_t *line)
{
    char             c, before;
    size_t           i;
    unsigned         exact;
    article_slice_t  text;

    text = line->text;
    before = 0;

    line->words = (uint32_t) article_count_words(text);

    for (i = 0; i < text.len; i++) {
        c = text.data[i];

        if ((c == '.' || c == '!' || c == '?' || c == ';')
            && (i + 1 == text.len || text.data[i + 1] == ' ')
            && before != '.')
        {
            line->marks++;
        }

        before = c;
    }

    line->ends = article_walk_ends(text);

    if (line->chars <= ARTICLE_LABEL_CHARS) {
        exact = 0;
        line->marker = (uint8_t) article_marker_match(text, &exact);
        line->exact = (uint8_t) exact;
    }
}


/* 1 if a text ends as sentences do; a closing quotation mark may follow. */

static uint8_t
article_walk_ends(article_slice_t text)
{
    char    c;
    size_t  n;

    n = text.len;

    if (n > 3 && memcmp(text.data + n - 3, "\xe2\x80\x9d", 3) == 0) {
        n -= 3;

    } else if (n > 1 && text.data[n - 1] == '"') {
        n--;
    }

    c = text.data[n - 1];

    if (c == '.' || c == '!' || c == '?') {
        return 1;
    }

    if (n == text.len && (c == ';' || c == ':')) {
        return 1;
    }

    return n > 3 && memcmp(text.data + n - 3, "\xe2\x80\xa6", 3) == 0;
}


static uint8_t
article_walk_heading(article_walk_t *walk, const article_line_t *line)
{
    uint32_t            e;
    article_element_t  *element;

    if (!(line->any & ARTICLE_IN_HEADING)) {
        return 0;
    }

    for (e = line->element; e; e = element->parent) {
        element = &walk->blocks->element[e];

        if (element->own & ARTICLE_IN_HEADING) {
            return (uint8_t) (element->tag - LXB_TAG_H1 + 1);
        }
    }

    return 0;
}


unsigned
article_is_space_other(uint32_t c)
{
    return c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x2028
           || c == 0x2029 || c == 0x202f || c == 0x3000 || c == 0xfeff;
}


/* Latin letters with Vietnamese ones; even/odd pairs of Latin Extended. */

static unsigned
article_is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)
           || (((c >= 0x100 && c <= 0x17f) || (c >= 0x1ea0 && c <= 0x1ef9))
               && (c & 1) == 0)
           || c == 0x1a0 || c == 0x1af;
}


static unsigned
article_is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7)
           || (((c >= 0x100 && c <= 0x17f) || (c >= 0x1ea0 && c <= 0x1ef9))
               && (c & 1) == 1)
           || c == 0x1a1 || c == 0x1b0;
}

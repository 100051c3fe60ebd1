/*
 * Copyright (C) the authors named in LICENSE
 *
 * What may be template on one page.
 *
 * The page runs through the cutter's own scanner, stack and line counter, so
 * that a block is judged here by what it will be judged by when it is cut:
 * what cannot be cut cleanly, or is no list of links, is not even noted.
 */

#include <string.h>

#include "template.h"


/* Bounds of one page. */
#define ARTICLE_TEMPLATE_BLOCKS  256
#define ARTICLE_TEMPLATE_IDS     512
#define ARTICLE_TEMPLATE_NEEDS   64
#define ARTICLE_TEMPLATE_SCRIPT  (256 * 1024)

/* A list has so many titles at least, most of its links being titles. */
#define ARTICLE_TEMPLATE_TITLES  2

/* The longest first line that may be a heading. */
#define ARTICLE_TEMPLATE_HEADING 80

/* Classes of an element that its selector names. */
#define ARTICLE_TEMPLATE_CLASSES 3

/* Of the polynomial that gives every block's text a hash. */
#define ARTICLE_TEMPLATE_BASE    0x100000001b3ULL


/* An open element. */
typedef struct {
    article_slice_t   own;          /* "div#id", "ul.a.b", or empty */
    article_slice_t   first;        /* its first line */
    article_label_t   label;
    unsigned          read;         /* first is known */
    uint64_t          hash;         /* of the page's text when it opened */
    uint64_t          bytes;
} article_template_frame_t;


typedef struct {
    article_slice_t  id;
    uint64_t         at;
} article_template_id_t;


typedef struct {
    article_arena_t           *arena;
    article_template_t        *found;
    article_strip_t           *strip;
    article_template_frame_t  *frame;
    article_template_id_t     *id;
    unsigned                   ids;
    uint64_t                   hash;    /* polynomial, of the text so far */
    uint64_t                   bytes;
    article_buf_t              script;
} article_template_page_t;


static void article_template_opened(void *data,
    const article_tag_event_t *event);
static void article_template_closing(void *data, uint64_t end);
static void article_template_line(void *data, article_slice_t text,
    article_label_t label);
static void article_template_script(void *data, article_slice_t text);

static article_slice_t article_template_own(article_template_page_t *page,
    const article_tag_event_t *event);
static unsigned article_template_is_name(article_slice_t name);
static unsigned article_template_is_list(const article_counts_t *d);
static unsigned article_template_replaces(article_template_page_t *page,
    const article_counts_t *d, uint64_t start);
static void article_template_add(article_template_page_t *page,
    const article_counts_t *d, uint64_t start, uint64_t end);
static uint64_t article_template_power(uint64_t bytes);
static article_slice_t article_template_select(
    article_template_page_t *page, unsigned index);
static void article_template_needs(article_template_page_t *page);
static unsigned article_template_is_guarded(const char *p, const char *end);
static void article_template_drop_needed(article_template_page_t *page);


static const article_observer_t  article_template_observer = {
    article_template_opened,
    article_template_closing,
    article_template_line,
    article_template_script
};


article_reason_t
article_template_scan(article_arena_t *arena, const char *data, size_t len,
    article_template_t *found)
{
    article_reason_t         reason;
    article_template_page_t  page;
    article_strip_options_t  options;

    memset(found, 0, sizeof(article_template_t));
    memset(&page, 0, sizeof(page));
    memset(&options, 0, sizeof(options));

    page.arena = arena;
    page.found = found;
    article_buf_init(&page.script, arena);

    found->block = article_arena_alloc(arena, ARTICLE_TEMPLATE_BLOCKS
                                              * sizeof(article_block_t));
    found->needed = article_arena_alloc(arena, ARTICLE_TEMPLATE_NEEDS
                                               * sizeof(article_slice_t));
    page.frame = article_arena_calloc(arena, ARTICLE_NESTING_MAX
                                         * sizeof(article_template_frame_t));
    page.id = article_arena_alloc(arena, ARTICLE_TEMPLATE_IDS
                                         * sizeof(article_template_id_t));

    options.buffer = len + 1;       /* nothing is held: no limit */
    page.strip = article_strip_create(&options);

    if (article_arena_failed(arena) || page.strip == NULL) {
        article_strip_destroy(page.strip);
        return ARTICLE_NO_MEMORY;
    }

    page.strip->observer = &article_template_observer;
    page.strip->observer_data = &page;

    reason = article_strip_feed(page.strip, data, len);
    article_strip_finish(page.strip);
    article_strip_destroy(page.strip);

    if (article_arena_failed(arena)) {
        return ARTICLE_NO_MEMORY;
    }

    if (reason != ARTICLE_OK) {
        return reason;
    }

    article_template_needs(&page);
    article_template_drop_needed(&page);

    return ARTICLE_OK;
}


static void
article_template_opened(void *data, const article_tag_event_t *event)
{
    article_slice_t            id;
    article_template_page_t   *page;
    article_template_frame_t  *frame;

    page = data;
    frame = &page->frame[page->strip->nesting.depth - 1];

    memset(frame, 0, sizeof(article_template_frame_t));
    frame->own = article_template_own(page, event);
    frame->hash = page->hash;
    frame->bytes = page->bytes;

    id = event->element.value[ARTICLE_ATTRIBUTE_ID];

    if (id.len != 0 && page->ids < ARTICLE_TEMPLATE_IDS) {
        page->id[page->ids].id = article_arena_copy(page->arena, id);
        page->id[page->ids++].at = event->start;
    }
}


static void
article_template_closing(void *data, uint64_t end)
{
    unsigned                   index;
    article_counts_t           d;
    article_frame_t           *frame;
    article_strip_t           *strip;
    article_template_page_t   *page;

    page = data;
    strip = page->strip;
    index = strip->nesting.depth - 1;
    frame = &strip->nesting.frame[index];

    if (end == 0 || strip->navs != 0 || page->frame[index].own.len == 0
        || !(article_tag_flags(frame->tag) & ARTICLE_TAG_IS_CUT)
        || !(article_tag_flags(frame->tag) & ARTICLE_TAG_IS_BLOCK)
        || !article_nesting_clean(&strip->nesting, index))
    {
        return;
    }

    d = article_counts_since(&strip->counts, &frame->counts);

    if (article_template_is_list(&d)
        && article_template_replaces(page, &d, frame->start))
    {
        article_template_add(page, &d, frame->start, end);
    }
}


static void
article_template_line(void *data, article_slice_t text,
    article_label_t label)
{
    size_t                     i;
    unsigned                   n;
    article_slice_t            copy;
    article_line_t            *line;
    article_template_page_t   *page;
    article_template_frame_t  *frame;

    page = data;
    line = &page->strip->line;

    for (i = 0; i < line->len; i++) {
        page->hash = page->hash * ARTICLE_TEMPLATE_BASE
                     + (unsigned char) line->text[i] + 1;
    }

    page->bytes += line->len;

    if (line->link_bytes == 0 && line->bytes > ARTICLE_LABEL_LINE / 4) {
        page->found->paragraphs_number++;
        page->found->paragraphs =
            article_hash64(page->found->paragraphs,
                           (article_slice_t) { line->text, line->len });
    }

    /* the first line of what has none yet; a link is a heading in h1 .. h6 */

    copy = article_literal("");

    if (text.len <= ARTICLE_TEMPLATE_HEADING && label != ARTICLE_LABEL_NUMBER
        && (line->link_bytes == 0 || page->strip->headings != 0))
    {
        copy = text;
    }

    for (n = page->strip->nesting.depth; n != 0; n--) {
        frame = &page->frame[n - 1];

        if (frame->read) {
            break;
        }

        frame->read = 1;
        frame->label = label;
        frame->first = article_arena_copy(page->arena, copy);
    }
}


static void
article_template_script(void *data, article_slice_t text)
{
    article_template_page_t  *page;

    page = data;

    if (page->script.len + text.len <= ARTICLE_TEMPLATE_SCRIPT) {
        article_buf_append_slice(&page->script, text);
    }
}


/* The selector of the element alone: its id, else its classes. */
static article_slice_t
article_template_own(article_template_page_t *page,
    const article_tag_event_t *event)
{
    size_t            i;
    unsigned          classes;
    article_buf_t     buf;
    article_slice_t   id, list, name;

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, event->element.tag);

    id = event->element.value[ARTICLE_ATTRIBUTE_ID];

    if (article_template_is_name(id)) {
        article_buf_append_char(&buf, '#');
        article_buf_append_slice(&buf, id);
        return article_buf_slice(&buf);
    }

    list = event->element.value[ARTICLE_ATTRIBUTE_CLASS];
    classes = 0;
    i = 0;

    while (i < list.len && classes < ARTICLE_TEMPLATE_CLASSES) {
        while (i < list.len && (unsigned char) list.data[i] <= ' ') {
            i++;
        }

        name.data = list.data + i;

        while (i < list.len && (unsigned char) list.data[i] > ' ') {
            i++;
        }

        name.len = (size_t) (list.data + i - name.data);

        if (article_template_is_name(name)) {
            article_buf_append_char(&buf, '.');
            article_buf_append_slice(&buf, name);
            classes++;
        }
    }

    return classes != 0 ? article_buf_slice(&buf) : article_literal("");
}


/* A CSS identifier that needs no escape. */
static unsigned
article_template_is_name(article_slice_t name)
{
    char    c;
    size_t  i;

    for (i = 0; i < name.len; i++) {
        c = name.data[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
              || (i != 0 && ((c >= '0' && c <= '9') || c == '-'))))
        {
            return 0;
        }
    }

    return name.len != 0 && name.len <= 64;
}


static unsigned
article_template_is_list(const article_counts_t *d)
{
    article_hold_t  hold;

    memset(&hold, 0, sizeof(hold));
    hold.any = 1;
    hold.teasers = 1;

    return d->titles >= ARTICLE_TEMPLATE_TITLES
           && 10 * d->titles >= 7 * d->links
           && d->shorts <= d->titles + 1
           && article_hold_accepts(&hold, d);
}


/*
 * A list in a list: the outer one is the block if the inner ones are its
 * items (no headings, nothing between them), or it adds no more than a
 * heading to the one in it.  A column of several blocks is none.
 */
static unsigned
article_template_replaces(article_template_page_t *page,
    const article_counts_t *d, uint64_t start)
{
    unsigned          i, n, headed;
    uint32_t          titles, links;
    article_block_t  *b;

    headed = 0;
    titles = 0;
    links = 0;

    for (i = page->found->blocks; i != 0; i--) {
        b = &page->found->block[i - 1];

        if (b->start < start) {
            break;
        }

        headed += b->heading.len != 0;
        titles += b->counts.titles;
        links += b->counts.links;
    }

    n = page->found->blocks - i;

    if (n == 0) {
        return 1;
    }

    if (titles != d->titles || links != d->links || (n > 1 && headed != 0)) {
        return 0;
    }

    if (n == 1 && headed != 0
        && d->shorts > page->found->block[i].counts.shorts)
    {
        return 0;
    }

    page->found->blocks = i;

    return 1;
}


static void
article_template_add(article_template_page_t *page,
    const article_counts_t *d, uint64_t start, uint64_t end)
{
    unsigned                   index;
    article_block_t           *b;
    article_template_frame_t  *frame;

    if (page->found->blocks == ARTICLE_TEMPLATE_BLOCKS) {
        return;
    }

    index = page->strip->nesting.depth - 1;
    frame = &page->frame[index];

    b = &page->found->block[page->found->blocks++];
    b->select = article_template_select(page, index);
    b->heading = frame->read ? frame->first : article_literal("");
    b->label = frame->label;
    b->counts = *d;
    b->start = start;
    b->end = end;

    b->text = page->hash - frame->hash * article_template_power(page->bytes
                                                             - frame->bytes);
}


/* The base to so many bytes. */
static uint64_t
article_template_power(uint64_t bytes)
{
    uint64_t  power, base;

    power = 1;
    base = ARTICLE_TEMPLATE_BASE;

    for ( /* void */ ; bytes != 0; bytes >>= 1) {
        if (bytes & 1) {
            power *= base;
        }

        base *= base;
    }

    return power;
}


/* The element's own selector, behind that of the next one with a name. */
static article_slice_t
article_template_select(article_template_page_t *page, unsigned index)
{
    unsigned         i;
    article_buf_t    buf;
    article_slice_t  own, outer;

    own = page->frame[index].own;
    outer = article_literal("");

    if (article_slice_find(own, article_literal("#")) == NULL) {
        for (i = index; i != 0; i--) {
            if (page->frame[i - 1].own.len != 0
                && page->strip->nesting.frame[i - 1].tag != ARTICLE_TAG_BODY
                && page->strip->nesting.frame[i - 1].tag != ARTICLE_TAG_HTML)
            {
                outer = page->frame[i - 1].own;
                break;
            }
        }
    }

    article_buf_init(&buf, page->arena);

    if (outer.len != 0) {
        article_buf_append_slice(&buf, outer);
        article_buf_append_char(&buf, ' ');
    }

    article_buf_append_slice(&buf, own);

    return article_arena_copy(page->arena, article_buf_slice(&buf));
}


/*
 * getElementById('x') whose result is used without a look at whether there
 * is one: the script fails when x is cut.
 */
static void
article_template_needs(article_template_page_t *page)
{
    const char       *p, *end, *stop;
    article_slice_t   rest, id;

    static const char  call[] = "getElementById(";

    rest = article_buf_slice(&page->script);
    end = rest.data + rest.len;

    while (page->found->needs < ARTICLE_TEMPLATE_NEEDS) {
        p = article_slice_find(rest, article_literal(call));
        if (p == NULL) {
            return;
        }

        p += sizeof(call) - 1;
        rest.data = p;
        rest.len = (size_t) (end - p);

        if (p == end || (*p != '\'' && *p != '"')) {
            continue;
        }

        stop = memchr(p + 1, *p, (size_t) (end - p - 1));
        if (stop == NULL) {
            return;
        }

        id.data = p + 1;
        id.len = (size_t) (stop - id.data);

        if (!article_template_is_guarded(stop, end)) {
            page->found->needed[page->found->needs++] =
                article_arena_copy(page->arena, id);
        }
    }
}


/* Behind the id: "...) .x" takes it for granted, "); if (" looks first. */
static unsigned
article_template_is_guarded(const char *p, const char *end)
{
    article_slice_t  near;

    /* so many bytes belong to the statement and the next */

    enum { NEAR = 120 };

    p++;

    while (p < end && (*p == ')' || *p == ' ')) {
        p++;
    }

    if (p < end && *p == '.') {
        return 0;
    }

    near.data = p;
    near.len = (size_t) (end - p) < NEAR ? (size_t) (end - p) : NEAR;

    return article_slice_find(near, article_literal("if(")) != NULL
           || article_slice_find(near, article_literal("if (")) != NULL
           || article_slice_find(near, article_literal("&&")) != NULL
           || article_slice_find(near, article_literal("?")) != NULL;
}


/* A block that holds a needed id is not template. */
static void
article_template_drop_needed(article_template_page_t *page)
{
    unsigned             i, k, n, kept;
    article_block_t     *b;
    article_template_t  *found;

    found = page->found;
    kept = 0;

    for (i = 0; i < found->blocks; i++) {
        b = &found->block[i];
        n = 0;

        for (k = 0; k < page->ids && n == 0; k++) {
            if (page->id[k].at < b->start || page->id[k].at >= b->end) {
                continue;
            }

            for (n = found->needs; n != 0; n--) {
                if (article_slice_equal(found->needed[n - 1],
                                        page->id[k].id))
                {
                    break;
                }
            }
        }

        if (n == 0) {
            found->block[kept++] = *b;
        }
    }

    found->blocks = kept;
}

/*
 * Copyright (C) ngx_article authors
 *
 * The walk over the DOM: elements, lines, media.
 */

#include <string.h>

#include "blocks.h"
#include "classes.h"


/* An image with a side up to this many pixels is an icon or a spacer. */
#define ARTICLE_ICON_PIXELS  40

/* A label longer than this many characters is none. */
#define ARTICLE_LABEL_CHARS  90


typedef struct {
    article_blocks_t  *blocks;
    article_buf_t      buf;         /* text of the line being built */
    uint32_t           elements_size;
    uint32_t           lines_size;
    uint32_t           medias_size;
    uint32_t           current;     /* element the walk is in */
    article_line_t     line;        /* the line being built */
    uint32_t           flag_chars[2];   /* bold, italic */
    unsigned           space;       /* white space is due */
    unsigned           soft;        /* <br>s since the last text */
    unsigned           boundary;    /* an inline tag since the last text */
    unsigned           link;        /* a link began since the last text */
    uint32_t           last;        /* the last character */
    int                failed;
} article_walk_t;


static void article_walk_enter(article_walk_t *walk, lxb_dom_node_t *node,
    unsigned *descend);
static void article_walk_leave(article_walk_t *walk, lxb_dom_node_t *node);
static article_element_t *article_walk_add_element(article_walk_t *walk,
    lxb_dom_node_t *node, uint16_t tag);
static void article_walk_media(article_walk_t *walk, lxb_dom_node_t *node,
    uint16_t tag);
static void article_walk_image(article_media_t *media, lxb_dom_node_t *node);
static void article_walk_text(article_walk_t *walk, lxb_dom_node_t *node);
static void article_walk_put(article_walk_t *walk, uint32_t c,
    const article_element_t *element);
static unsigned article_walk_glued(uint32_t before, uint32_t after);
static void article_walk_flush(article_walk_t *walk);
static void article_walk_finish_line(article_walk_t *walk);
static void *article_walk_grow(article_walk_t *walk, void *data, uint32_t n,
    uint32_t *size, size_t item);
static unsigned article_is_space(uint32_t c);
static unsigned article_is_upper(uint32_t c);
static unsigned article_is_lower(uint32_t c);
static long article_attribute_number(const lxb_dom_node_t *node,
    article_slice_t name);


int
article_blocks_build(article_blocks_t *blocks, article_engine_t *engine)
{
    unsigned         descend;
    lxb_dom_node_t  *node, *root;
    article_walk_t   walk;

    memset(blocks, 0, sizeof(*blocks));
    memset(&walk, 0, sizeof(walk));

    blocks->arena = engine->arena;
    blocks->root = lxb_dom_document_root(
                              lxb_dom_interface_document(engine->document));
    walk.blocks = blocks;
    article_buf_init(&walk.buf, engine->arena);

    root = blocks->root;
    if (root == NULL) {
        return 0;
    }

    node = root;

    while (node) {
        descend = 0;
        article_walk_enter(&walk, node, &descend);

        if (walk.failed) {
            return -1;
        }

        if (descend && node->first_child) {
            node = node->first_child;
            continue;
        }

        for ( ;; ) {
            article_walk_leave(&walk, node);

            if (node == root) {
                node = NULL;
                break;
            }

            if (node->next) {
                node = node->next;
                break;
            }

            node = node->parent;
        }
    }

    if (walk.failed || article_arena_failed(engine->arena)) {
        return -1;
    }

    article_blocks_clear(blocks);

    return 0;
}


static void
article_walk_enter(article_walk_t *walk, lxb_dom_node_t *node,
    unsigned *descend)
{
    uint16_t            tag;
    article_element_t  *element;

    if (node->type == LXB_DOM_NODE_TYPE_TEXT) {
        article_walk_text(walk, node);
        return;
    }

    node->user = NULL;

    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT) {
        return;
    }

    tag = node->local_name < LXB_TAG__LAST_ENTRY
          ? (uint16_t) node->local_name : 0;

    if (tag == LXB_TAG_BR) {
        article_walk_finish_line(walk);
        walk->soft++;
        return;
    }

    if (tag != LXB_TAG_BODY && tag != LXB_TAG_HTML && article_is_hidden(node))
    {
        return;
    }

    if (article_tag_is_block(tag)) {
        article_walk_flush(walk);
    }

    article_walk_media(walk, node, tag);

    if (article_tag_is_silent(tag)) {
        return;
    }

    if (tag == LXB_TAG_A) {
        walk->link = 1;
        walk->space |= walk->boundary == 2; /* </a><a>: two words */
    }

    walk->boundary = 1;

    element = article_walk_add_element(walk, node, tag);
    *descend = element != NULL;
}


static article_element_t *
article_walk_add_element(article_walk_t *walk, lxb_dom_node_t *node,
    uint16_t tag)
{
    uint32_t            index, inherited;
    article_blocks_t   *blocks;
    article_element_t  *element;

    blocks = walk->blocks;

    if (blocks->elements == walk->elements_size) {
        blocks->element = article_walk_grow(walk, blocks->element,
                                            blocks->elements,
                                            &walk->elements_size,
                                            sizeof(article_element_t));
        if (blocks->element == NULL) {
            return NULL;
        }
    }

    index = blocks->elements++;
    element = &blocks->element[index];

    memset(element, 0, sizeof(*element));

    element->node = node;
    element->parent = walk->current;
    element->tag = tag;
    element->block = (uint8_t) article_tag_is_block(tag);
    element->line = blocks->lines;

    inherited = index ? blocks->element[walk->current].flags : 0;

    if (tag != LXB_TAG_HTML && tag != LXB_TAG_BODY) {
        element->own = article_style_flags(node, tag)
                       | article_class_flags(node);
    }

    if (element->block) {

        /* the inner alignment wins */

        if ((element->own & (ARTICLE_IN_RIGHT|ARTICLE_IN_CENTER))
            || article_is_aligned(node))
        {
            inherited &= ~(ARTICLE_IN_RIGHT|ARTICLE_IN_CENTER);
        }
    }

    if (tag == LXB_TAG_A
        && lxb_dom_element_has_attribute(lxb_dom_interface_element(node),
                                         (const lxb_char_t *) "href", 4))
    {
        element->own |= ARTICLE_IN_LINK;
    }

    element->flags = inherited | element->own;
    node->user = (void *) (uintptr_t) (index + 1);
    walk->current = index;

    return element;
}


static void
article_walk_leave(article_walk_t *walk, lxb_dom_node_t *node)
{
    article_element_t  *element;

    if (node->type != LXB_DOM_NODE_TYPE_ELEMENT || node->user == NULL) {
        return;
    }

    element = &walk->blocks->element[(uintptr_t) node->user - 1];

    if (element->block) {
        article_walk_flush(walk);
    }

    walk->boundary = element->tag == LXB_TAG_A ? 2 : 1;

    element = &walk->blocks->element[(uintptr_t) node->user - 1];

    element->end = walk->blocks->elements;
    element->line_end = walk->blocks->lines + (walk->buf.len ? 1 : 0);
    walk->current = element->parent;
}


static void
article_walk_media(article_walk_t *walk, lxb_dom_node_t *node, uint16_t tag)
{
    article_slice_t        url;
    article_media_t       *media;
    article_blocks_t      *blocks;
    article_media_type_t   type;

    switch (tag) {
    case LXB_TAG_IMG:
        type = ARTICLE_MEDIA_IMAGE;
        break;
    case LXB_TAG_AUDIO:
        type = ARTICLE_MEDIA_AUDIO;
        break;
    case LXB_TAG_VIDEO:
        type = ARTICLE_MEDIA_VIDEO;
        break;
    case LXB_TAG_IFRAME:
    case LXB_TAG_EMBED:
        type = ARTICLE_MEDIA_FRAME;
        break;
    case LXB_TAG_A:
        type = ARTICLE_MEDIA_FILE;
        break;
    default:
        return;
    }

    if (tag == LXB_TAG_A) {
        url = article_node_attribute(node, article_literal("href"));

        if (!article_is_file_reference(url, NULL)) {
            return;
        }

    } else {
        url = article_node_attribute(node, article_literal("src"));
    }

    blocks = walk->blocks;

    if (blocks->medias == walk->medias_size) {
        blocks->media = article_walk_grow(walk, blocks->media, blocks->medias,
                                          &walk->medias_size,
                                          sizeof(article_media_t));
        if (blocks->media == NULL) {
            return;
        }
    }

    media = &blocks->media[blocks->medias++];

    memset(media, 0, sizeof(*media));

    media->node = node;
    media->type = type;
    media->url = url;
    media->element = walk->current;
    media->line = blocks->lines;
    media->inside = walk->buf.len != 0;

    if (type == ARTICLE_MEDIA_IMAGE) {
        article_walk_image(media, node);

        if (walk->buf.len) {
            walk->space = 1;
        }
    }

    if (type == ARTICLE_MEDIA_FILE) {
        media->alt = article_node_text(blocks->arena, node);
    }
}


/* The address of a lazy image stands in an attribute of the page's own. */

static void
article_walk_image(article_media_t *media, lxb_dom_node_t *node)
{
    long             width, height;
    size_t           i;
    article_slice_t  value;

    static const article_slice_t  lazy[] = {
        { "data-src", 8 }, { "data-original", 13 }, { "data-lazy-src", 13 },
        { "data-lazy", 9 }, { "data-photo-original-src", 23 },
        { "data-srcset", 11 }, { "srcset", 6 }
    };

    for (i = 0; i < sizeof(lazy) / sizeof(lazy[0]); i++) {

        if (i == 5 && media->url.len
            && !article_slice_starts_case(media->url,
                                          article_literal("data:")))
        {
            break;                      /* srcset only instead of no src */
        }

        value = article_node_attribute(node, lazy[i]);

        while (value.len && article_is_space((unsigned char) *value.data)) {
            value.data++;
            value.len--;
        }

        if (value.len == 0) {
            continue;
        }

        if (i >= 5) {
            value.len = strcspn(value.data, " ,\t\n") < value.len
                        ? strcspn(value.data, " ,\t\n") : value.len;
        }

        media->url = value;
        break;
    }

    media->alt = article_node_attribute(node, article_literal("alt"));

    width = article_attribute_number(node, article_literal("width"));
    height = article_attribute_number(node, article_literal("height"));

    media->small = (width >= 0 && width <= ARTICLE_ICON_PIXELS)
                   || (height >= 0 && height <= ARTICLE_ICON_PIXELS)
                   || media->url.len == 0
                   || article_slice_find(media->url,
                                         article_literal("/icons/")) != NULL
                   || article_slice_starts_case(media->url,
                                                article_literal("data:"));
}


static void
article_walk_text(article_walk_t *walk, lxb_dom_node_t *node)
{
    uint32_t                  c;
    const char               *p, *end;
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

    while (p < end) {
        c = (unsigned char) *p < 0x80 ? (uint32_t) *p++
                                      : article_utf8_next(&p, end);

        if (article_is_space(c)) {
            walk->space = 1;
            continue;
        }

        /* soft hyphens, and what stood for broken bytes, are no text */

        if (c == 0xad || c == 0xfffd || c < 0x20) {
            continue;
        }

        article_walk_put(walk, c, element);
    }
}


static void
article_walk_put(article_walk_t *walk, uint32_t c,
    const article_element_t *element)
{
    char             out[4];
    uint32_t         block;
    article_line_t  *line;

    line = &walk->line;

    if (walk->buf.len == 0) {
        memset(line, 0, sizeof(*line));

        block = walk->current;

        while (block && !walk->blocks->element[block].block) {
            block = walk->blocks->element[block].parent;
        }

        line->element = block;
        line->flags = element->flags;
        line->flags |= walk->soft == 1 ? ARTICLE_LINE_SOFT : 0;
        walk->soft = 0;
        walk->flag_chars[0] = 0;
        walk->flag_chars[1] = 0;
        walk->last = 0;

    } else {

        if (walk->boundary && !walk->space
            && article_walk_glued(walk->last, c))
        {
            walk->space = 1;
        }

        if (walk->space) {
            article_buf_append_char(&walk->buf, ' ');
            line->chars++;
            line->link_chars += (element->flags & ARTICLE_IN_LINK) != 0;
        }

        line->flags &= element->flags | ARTICLE_LINE_SOFT;
    }

    line->any |= element->flags;
    walk->space = 0;
    walk->boundary = 0;
    walk->last = c;

    line->chars++;

    if (element->flags & ARTICLE_IN_LINK) {
        line->link_chars++;
        line->links = (uint16_t) (line->links + (walk->link
                                                 && line->links < 1000));
        walk->link = 0;

        if (line->link == NULL) {
            lxb_dom_node_t  *a;

            for (a = element->node; a; a = a->parent) {
                if (a->local_name == LXB_TAG_A) {
                    line->link = a;
                    break;
                }
            }
        }
    }

    if (c < 0x80) {
        article_buf_append_char(&walk->buf, (char) c);
    } else {
        article_buf_append(&walk->buf, out, article_utf8_put(out, c));
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


static void
article_walk_flush(article_walk_t *walk)
{
    article_walk_finish_line(walk);

    walk->soft = 0;
    walk->boundary = 0;
}


static void
article_walk_finish_line(article_walk_t *walk)
{
    size_t            i;
    uint32_t          c, before;
    article_line_t   *line;
    article_blocks_t *blocks;

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

    line->words = (uint32_t) article_count_words(line->text);

    before = 0;

    for (i = 0; i < line->text.len; i++) {
        c = (unsigned char) line->text.data[i];

        if ((c == '.' || c == '!' || c == '?' || c == ';')
            && (i + 1 == line->text.len || line->text.data[i + 1] == ' ')
            && before != '.')
        {
            line->marks++;
        }

        before = c;
    }

    c = (unsigned char) line->text.data[line->text.len - 1];

    line->ends = c == '.' || c == '!' || c == '?' || c == ';' || c == ':'
                 || (line->text.len > 3
                     && (memcmp(line->text.data + line->text.len - 3,
                                "\xe2\x80\xa6", 3) == 0
                         || (memcmp(line->text.data + line->text.len - 3,
                                    "\xe2\x80\x9d", 3) == 0
                             && line->text.data[line->text.len - 4] == '.')));

    if (line->any & ARTICLE_IN_HEADING) {
        const article_element_t  *element;

        element = &blocks->element[line->element];

        while (element->parent != (uint32_t) (element - blocks->element)
               && !(element->own & ARTICLE_IN_HEADING))
        {
            element = &blocks->element[element->parent];
        }

        if (element->tag >= LXB_TAG_H1 && element->tag <= LXB_TAG_H6) {
            line->heading = (uint8_t) (element->tag - LXB_TAG_H1 + 1);
        }
    }

    if (line->chars <= ARTICLE_LABEL_CHARS) {
        unsigned  exact;

        exact = 0;
        line->marker = (uint8_t) article_marker_match(line->text, &exact);
        line->exact = (uint8_t) exact;
    }
}


static void *
article_walk_grow(article_walk_t *walk, void *data, uint32_t n,
    uint32_t *size, size_t item)
{
    void      *grown;
    uint32_t   want;

    want = *size ? *size * 2 : 256;

    grown = article_arena_alloc(walk->blocks->arena, want * item);
    if (grown == NULL) {
        walk->failed = 1;
        return NULL;
    }

    if (n) {
        memcpy(grown, data, n * item);
    }

    *size = want;

    return grown;
}


static unsigned
article_is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0xa0
           || (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029
           || c == 0x202f || c == 0x3000 || c == 0xfeff;
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


static long
article_attribute_number(const lxb_dom_node_t *node, article_slice_t name)
{
    long             n;
    size_t           i;
    article_slice_t  value;

    value = article_node_attribute(node, name);

    n = 0;

    for (i = 0; i < value.len && i < 6; i++) {
        if (value.data[i] < '0' || value.data[i] > '9') {
            break;
        }

        n = n * 10 + (value.data[i] - '0');
    }

    if (i == 0 || (i < value.len && value.data[i] == '%')) {
        return -1;
    }

    return n;
}

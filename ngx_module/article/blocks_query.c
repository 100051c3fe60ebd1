/*
 * Copyright (C) the authors named in LICENSE
 *
 * Questions asked of a walked page.
 */

#include <string.h>

#include "blocks.h"
#include "classes.h"


/* What the element that holds most of the text is not, whatever its class. */
#define ARTICLE_IN_UNLIKELY  (ARTICLE_IN_AGAINST|ARTICLE_IN_SAPO)

/* A text that comments are on is at least such a part of all text. */
#define ARTICLE_COMMENTED  10

/* A cell of a data table has no more lines; a layout's has. */
#define ARTICLE_CELL_LINES  3

/* A paragraph of so many words is no widget's label. */
#define ARTICLE_LABEL_WORDS  5

/* Shorter lines are labels, links and dates. */
#define ARTICLE_TEXT_CHARS  60


/* The longest of article_file_types. */
#define ARTICLE_FILE_EXTENSION  4


typedef struct {
    const char  *extension;
    const char  *mime;
} article_file_type_t;


static unsigned article_file_extension(article_slice_t name,
    const char **mime);
static unsigned article_blocks_are_comments(const article_blocks_t *blocks,
    const article_element_t *element);


static const article_file_type_t  article_file_types[] = {
    { "pdf",  "application/pdf" },
    { "doc",  "application/msword" },
    { "docx", "application/vnd.openxmlformats-officedocument."
              "wordprocessingml.document" },
    { "xls",  "application/vnd.ms-excel" },
    { "xlsx", "application/vnd.openxmlformats-officedocument."
              "spreadsheetml.sheet" },
    { "ppt",  "application/vnd.ms-powerpoint" },
    { "pptx", "application/vnd.openxmlformats-officedocument."
              "presentationml.presentation" },
    { "odt",  "application/vnd.oasis.opendocument.text" },
    { "ods",  "application/vnd.oasis.opendocument.spreadsheet" },
    { "rtf",  "application/rtf" },
    { "zip",  "application/zip" },
    { "rar",  "application/vnd.rar" },
    { "7z",   "application/x-7z-compressed" },
    { "mp3",  "audio/mpeg" },
    { "wma",  "audio/x-ms-wma" },
    { "wav",  "audio/wav" },
    { "m4a",  "audio/mp4" },
    { "aac",  "audio/aac" },
    { "ogg",  "audio/ogg" },
    { "mp4",  "video/mp4" },
    { "webm", "video/webm" },
    { "flv",  "video/x-flv" },
    { "wmv",  "video/x-ms-wmv" },
    { "mov",  "video/quicktime" },
    { "m3u8", "application/vnd.apple.mpegurl" }
};


void
article_blocks_clear(article_blocks_t *blocks)
{
    uint32_t            e, i;
    uint64_t            sum, total;
    unsigned            cleared;
    article_line_t     *line;
    article_element_t  *element;

    total = 0;

    for (i = 0; i < blocks->lines; i++) {
        line = &blocks->line[i];
        total += line->chars >= ARTICLE_TEXT_CHARS
                 ? line->chars - line->link_chars : 0;
    }

    cleared = 0;

    for (e = 0; e < blocks->elements; e++) {
        element = &blocks->element[e];

        if ((element->own & ARTICLE_IN_UNLIKELY) == 0) {
            continue;
        }

        sum = 0;

        for (i = element->line; i < element->line_end; i++) {
            line = &blocks->line[i];
            sum += line->chars >= ARTICLE_TEXT_CHARS
                   ? line->chars - line->link_chars : 0;
        }

        if (sum * 2 > total
            && ((total - sum) * ARTICLE_COMMENTED < total
                || !article_blocks_are_comments(blocks, element)))
        {
            element->own &= ~ARTICLE_IN_UNLIKELY;
            cleared = 1;
        }
    }

    if (!cleared) {
        return;
    }

    for (e = 0; e < blocks->elements; e++) {
        element = &blocks->element[e];
        element->flags &= ~ARTICLE_IN_UNLIKELY;
        element->flags |= (element->own
                           | (e ? blocks->element[element->parent].flags : 0))
                          & ARTICLE_IN_UNLIKELY;
    }

    for (i = 0; i < blocks->lines; i++) {
        line = &blocks->line[i];
        line->flags &= ~ARTICLE_IN_UNLIKELY;
        line->any &= ~ARTICLE_IN_UNLIKELY;
        line->flags |= blocks->element[line->element].flags
                       & ARTICLE_IN_UNLIKELY;
        line->any |= line->flags & ARTICLE_IN_UNLIKELY;
    }
}


/* Comments may well be longer than what they are on, which has the title. */

static unsigned
article_blocks_are_comments(const article_blocks_t *blocks,
    const article_element_t *element)
{
    uint32_t  i;

    if (!(element->own & ARTICLE_IN_COMMENT)) {
        return 0;
    }

    for (i = element->line; i < element->line_end; i++) {
        if (blocks->line[i].heading == 1) {
            return 0;
        }
    }

    return 1;
}


article_element_t *
article_blocks_element(const article_blocks_t *blocks,
    const lxb_dom_node_t *node)
{
    if (node == NULL || node->type != LXB_DOM_NODE_TYPE_ELEMENT
        || node->user == NULL)
    {
        return NULL;
    }

    return &blocks->element[(uintptr_t) node->user - 1];
}


uint32_t
article_blocks_common(const article_blocks_t *blocks, uint32_t from,
    uint32_t to)
{
    uint32_t  e;

    if (from >= to) {
        return 0;
    }

    e = blocks->line[from].element;

    while (e && (blocks->element[e].line > from
                 || blocks->element[e].line_end < to))
    {
        e = blocks->element[e].parent;
    }

    return e;
}


unsigned
article_line_is_sentence(const article_blocks_t *blocks,
    const article_line_t *line)
{
    return line->marker == ARTICLE_MARKER_WIDGET
           && line->words >= ARTICLE_LABEL_WORDS && line->link_chars == 0
           && blocks->element[line->element].tag == LXB_TAG_P;
}


unsigned
article_blocks_within(const article_blocks_t *blocks, uint32_t a, uint32_t b)
{
    return b >= a && b < blocks->element[a].end;
}


article_slice_t
article_blocks_text(const article_blocks_t *blocks, uint32_t from, uint32_t to)
{
    uint32_t       i;
    article_buf_t  buf;

    if (to == from + 1) {
        return blocks->line[from].text;
    }

    article_buf_init(&buf, blocks->arena);

    for (i = from; i < to; i++) {
        if (i > from) {
            article_buf_append_char(&buf, ' ');
        }

        article_buf_append_slice(&buf, blocks->line[i].text);
    }

    return article_buf_slice(&buf);
}


article_slice_t
article_node_text(article_arena_t *arena, const lxb_dom_node_t *node)
{
    unsigned          silent;
    article_buf_t     buf;
    lxb_dom_node_t   *n;

    article_buf_init(&buf, arena);

    silent = 0;

    for (n = node->first_child; n; n = article_node_next(n, node, silent)) {

        silent = n->type == LXB_DOM_NODE_TYPE_ELEMENT
                 && n->local_name < LXB_TAG__LAST_ENTRY
                 && article_tag_is_silent((uint16_t) n->local_name);

        if (n->type == LXB_DOM_NODE_TYPE_TEXT) {
            lxb_dom_character_data_t  *text;

            text = (lxb_dom_character_data_t *) n;
            article_buf_append(&buf, (const char *) text->data.data,
                               text->data.length);

        } else if (n->type == LXB_DOM_NODE_TYPE_ELEMENT
                   && (n->local_name == LXB_TAG_BR
                       || (n->local_name < LXB_TAG__LAST_ENTRY
                           && article_tag_is_block((uint16_t)
                                                   n->local_name))))
        {
            article_buf_append_char(&buf, ' ');
        }
    }

    return article_squeeze(arena, article_buf_slice(&buf));
}


unsigned
article_is_file_reference(article_slice_t reference, const char **mime)
{
    const char       *p;
    article_slice_t   path;

    if (reference.len == 0) {
        return 0;
    }

    p = memchr(reference.data, '#', reference.len);

    if (p != NULL) {
        reference.len = p - reference.data;
    }

    /* the path's extension, or that of the last argument: "?file=a.pdf" */

    path = reference;
    p = memchr(reference.data, '?', reference.len);

    if (p != NULL) {
        path.len = p - reference.data;

        if (article_file_extension(path, mime)) {
            return 1;
        }
    }

    return article_file_extension(reference, mime);
}


static unsigned
article_file_extension(article_slice_t name, const char **mime)
{
    char             c;
    size_t           i, k;
    article_slice_t  extension, known;

    extension.len = 0;

    for (i = name.len; /* void */ ; i--) {

        if (i == 0 || extension.len > ARTICLE_FILE_EXTENSION) {
            return 0;
        }

        c = name.data[i - 1];

        if (c == '/' || c == '&' || c == '?') {
            return 0;
        }

        if (c == '.') {
            break;
        }

        extension.len++;
    }

    extension.data = name.data + i;

    for (k = 0;
         k < sizeof(article_file_types) / sizeof(article_file_types[0]);
         k++)
    {
        known.data = article_file_types[k].extension;

        if (extension.len == 0 || (extension.data[0] | 0x20) != known.data[0])
        {
            continue;
        }

        known.len = strlen(known.data);

        if (article_slice_equal_case(extension, known)) {
            if (mime) {
                *mime = article_file_types[k].mime;
            }

            return 1;
        }
    }

    return 0;
}


uint32_t
article_blocks_media(const article_blocks_t *blocks, uint32_t line)
{
    uint32_t  low, high, middle;

    low = 0;
    high = blocks->medias;

    while (low < high) {
        middle = low + (high - low) / 2;

        if (blocks->media[middle].line < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }

    return low;
}


unsigned
article_blocks_in_row(const article_blocks_t *blocks, uint32_t n)
{
    uint32_t            e, own;
    article_element_t  *element;

    if (!(blocks->line[n].flags & ARTICLE_IN_CELL)) {
        return 0;
    }

    own = 0;

    for (e = blocks->line[n].element; e; e = element->parent) {
        element = &blocks->element[e];

        if (element->tag == LXB_TAG_TD || element->tag == LXB_TAG_TH) {
            own = element->line_end - element->line;
        }

        if (element->tag == LXB_TAG_TR) {
            return own <= ARTICLE_CELL_LINES
                   && element->line_end - element->line > own;
        }
    }

    return 0;
}

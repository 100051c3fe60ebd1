/*
 * Copyright (C) the authors named in LICENSE
 *
 * How a plan names an element: by its id or classes, else by where it stands.
 */

#include <stdio.h>
#include <string.h>

#include "template_page.h"


/* Classes of an element that its selector names. */
#define ARTICLE_TEMPLATE_CLASSES  3

/* " > fieldset:nth-of-type(999)" */
#define ARTICLE_TEMPLATE_STEP     32


static unsigned article_template_is_name(article_slice_t name);
static article_slice_t article_template_path(article_template_page_t *page,
    unsigned index, unsigned numbered);
static unsigned article_template_outer(const article_template_page_t *page,
    unsigned index);


int
article_template_count(article_strip_t *strip)
{
    unsigned               i;
    article_attributes_t  *attributes;

    static const article_tag_t  tags[] = {
        ARTICLE_TAG_TABLE, ARTICLE_TAG_TBODY, ARTICLE_TAG_TR, ARTICLE_TAG_TD,
        ARTICLE_TAG_TH, ARTICLE_TAG_DIV, ARTICLE_TAG_CENTER, ARTICLE_TAG_FORM,
        ARTICLE_TAG_FONT, ARTICLE_TAG_SPAN, ARTICLE_TAG_UL, ARTICLE_TAG_LI,
        ARTICLE_TAG_P, ARTICLE_TAG_FIELDSET, ARTICLE_TAG_SECTION
    };

    attributes = &strip->empty.attributes;
    attributes->types = 1;

    for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        attributes->type[attributes->types].data = article_tag_name(tags[i]);
        attributes->type[attributes->types++].len =
                                            strlen(article_tag_name(tags[i]));
    }

    return article_ordinals_init(strip);
}


unsigned
article_template_ordinal(article_strip_t *strip,
    const article_tag_event_t *event)
{
    unsigned                     i;
    const char                  *tag;
    const uint16_t              *ordinal;
    const article_attributes_t  *attributes;

    attributes = &strip->plan->attributes;
    tag = article_tag_name(event->tag);
    ordinal = article_ordinals_opened(strip, event);

    for (i = 1; i < attributes->types; i++) {
        if (attributes->type[i].data == tag
            && ordinal[i] <= ARTICLE_ORDINAL_MAX)
        {
            return ordinal[i];
        }
    }

    return 0;
}


article_slice_t
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


article_slice_t
article_template_select(article_template_page_t *page, unsigned index,
    unsigned numbered)
{
    unsigned         outer;
    article_buf_t    buf;
    article_slice_t  own;

    own = page->frame[index].own;

    if (own.len == 0) {
        return article_template_path(page, index, numbered);
    }

    article_buf_init(&buf, page->arena);

    if (article_slice_find(own, article_literal("#")) == NULL) {
        outer = article_template_outer(page, index);

        if (outer != index) {
            article_buf_append_slice(&buf, page->frame[outer].own);
            article_buf_append_char(&buf, ' ');
        }
    }

    article_buf_append_slice(&buf, own);

    return article_arena_copy(page->arena, article_buf_slice(&buf));
}


/*
 * Where an element without a name stands, from the next one around it that
 * has one, or from the body: empty if a step of it cannot be told.
 */
static article_slice_t
article_template_path(article_template_page_t *page, unsigned index,
    unsigned numbered)
{
    int                              n;
    char                             step[ARTICLE_TEMPLATE_STEP];
    unsigned                         i, outer, steps;
    article_buf_t                    buf;
    const article_frame_t           *frame;
    const article_template_frame_t  *own;

    outer = article_template_outer(page, index);
    article_buf_init(&buf, page->arena);

    if (outer != index) {
        article_buf_append_slice(&buf,
                                 article_template_select(page, outer, 0));
        i = outer + 1;

    } else {
        article_buf_append(&buf, "body", 4);
        frame = page->strip->nesting.frame;

        for (i = 0; i < index && (frame[i].tag == ARTICLE_TAG_HTML
                                  || frame[i].tag == ARTICLE_TAG_BODY); i++)
        {
            /* void */
        }
    }

    steps = 2;                      /* at most, before the path */

    for ( /* void */ ; i <= index; i++) {
        frame = &page->strip->nesting.frame[i];
        own = &page->frame[i];
        steps++;

        if (own->ordinal == 0 || steps > ARTICLE_COMPOUNDS_MAX) {
            return article_literal("");
        }

        if (frame->tag == ARTICLE_TAG_TBODY
            && (own->ordinal == 1 || !numbered))
        {
            continue;
        }

        n = snprintf(step, sizeof(step), numbered ? " > %s:nth-of-type(%u)"
                                                  : " > %s",
                     article_tag_name(frame->tag), own->ordinal);
        article_buf_append(&buf, step, (size_t) n);
    }

    return article_arena_copy(page->arena, article_buf_slice(&buf));
}


/* The next element around it that has a name; itself: there is none. */
static unsigned
article_template_outer(const article_template_page_t *page, unsigned index)
{
    unsigned       i;
    article_tag_t  tag;

    for (i = index; i != 0; i--) {
        tag = page->strip->nesting.frame[i - 1].tag;

        if (page->frame[i - 1].own.len != 0 && tag != ARTICLE_TAG_BODY
            && tag != ARTICLE_TAG_HTML)
        {
            return i - 1;
        }
    }

    return index;
}

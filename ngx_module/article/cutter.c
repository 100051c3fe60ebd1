/*
 * Copyright (C) the authors named in LICENSE
 *
 * The streaming cutter: what the scanner and the stack of open elements
 * report is counted here and passed on to rules, lines and labels.
 *
 *      scanner --tags, text--> cutter --tags--> nesting
 *                                 |<--opened, closing--+
 *            +--------------------+-------------------+
 *            v                    v                   v
 *          rules                line -- a label --> hold
 *            |                                        |
 *            +------------> cuts of the page <--------+
 */

#include <stdlib.h>
#include <string.h>

#include "cutter.h"


static unsigned article_cutter_start(void *data,
    const article_tag_event_t *event);
static void article_cutter_end(void *data, const article_tag_event_t *event);
static void article_cutter_text(void *data, article_text_kind_t kind,
    article_slice_t text);
static void article_cutter_plain(article_strip_t *c, article_slice_t *text);
static void article_cutter_room(article_strip_t *c,
    const article_tag_event_t *event);
static void article_cutter_declaration(void *data, article_slice_t text);
static void article_cutter_opened(void *data,
    const article_tag_event_t *event);
static void article_cutter_closing(void *data, uint64_t end);
static void article_cutter_note(article_strip_t *c, article_tag_t tag,
    unsigned add);
static unsigned article_cutter_begins(article_tag_t tag);
static void article_cutter_count(article_strip_t *c,
    const article_tag_event_t *event);
static void article_cutter_void(article_strip_t *c,
    const article_tag_event_t *event);
static void article_cutter_count_input(article_strip_t *c,
    const article_tag_event_t *event);
static void article_cutter_after(article_strip_t *c);


const article_scanner_handler_t  article_cutter_scanner = {
    article_cutter_start,
    article_cutter_end,
    article_cutter_text,
    article_cutter_declaration
};

const article_nesting_handler_t  article_cutter_nesting = {
    article_cutter_opened,
    article_cutter_closing
};


void
article_cutter_cut(article_strip_t *c, uint64_t start, uint64_t end,
    const char *why)
{
    unsigned        size;
    article_cut_t  *cut;

    while (c->cuts > c->given && c->cut[c->cuts - 1].range.start >= start) {
        c->cuts--;
    }

    if (start >= end
        || (c->cuts != 0 && c->cut[c->cuts - 1].range.end > start))
    {
        return;
    }

    if (c->cuts == c->cuts_size) {
        size = c->cuts_size != 0 ? 2 * c->cuts_size : 16;

        if (size > ARTICLE_CUTTER_CUTS) {
            return;
        }

        cut = realloc(c->cut, size * sizeof(article_cut_t));
        if (cut == NULL) {
            return;
        }

        c->cut = cut;
        c->cuts_size = size;
    }

    cut = &c->cut[c->cuts++];
    cut->range.start = start;
    cut->range.end = end;
    cut->why = why;
}


article_counts_t
article_counts_since(const article_counts_t *now,
    const article_counts_t *then)
{
    article_counts_t  d;

    d.links = now->links - then->links;
    d.titles = now->titles - then->titles;
    d.link_bytes = now->link_bytes - then->link_bytes;
    d.texts = now->texts - then->texts;
    d.paragraphs = now->paragraphs - then->paragraphs;
    d.shorts = now->shorts - then->shorts;
    d.numbers = now->numbers - then->numbers;
    d.measures = now->measures - then->measures;
    d.counters = now->counters - then->counters;
    d.options = now->options - then->options;
    d.selects = now->selects - then->selects;
    d.images = now->images - then->images;
    d.fields = now->fields - then->fields;
    d.forms = now->forms - then->forms;
    d.refused = now->refused - then->refused;
    d.vetoed = now->vetoed - then->vetoed;

    return d;
}


void
article_cutter_release(article_strip_t *c)
{
    unsigned  i;

    for (i = 0; c->rules != 0 && i < c->nesting.depth; i++) {
        if (c->nesting.frame[i].rule != 0) {
            c->nesting.frame[i].rule = 0;
            c->nesting.frame[i].awaits = 0;
            c->rules--;
        }
    }

    article_hold_finish(c);
    c->fresh = c->nesting.depth;
    c->line.overflow = 1;
}


uint64_t
article_cutter_held(const article_strip_t *c, uint64_t at)
{
    if (c->rules != 0 && c->rule_start < at) {
        at = c->rule_start;
    }

    if (c->hold.active && c->hold.first < at) {
        at = c->hold.first;
    }

    if (c->fresh < c->nesting.depth
        && c->nesting.frame[c->fresh].start < at)
    {
        at = c->nesting.frame[c->fresh].start;
    }

    if (c->line.placed && !c->line.overflow && c->line.start < at) {
        at = c->line.start;
    }

    return at;
}


void
article_cutter_outgrown(article_strip_t *c)
{
    if (c->rules != 0 || c->hold.active) {
        c->limited = 1;
    }

    article_cutter_release(c);
}


/*
 * Before a tag: what would outgrow the buffer with it is let go.  Where the
 * page's portions end does not matter.
 */
static void
article_cutter_room(article_strip_t *c, const article_tag_event_t *event)
{
    if (event->end - c->held <= c->buffer) {
        return;
    }

    c->held = article_cutter_held(c, event->start);

    if (event->end - c->held > c->buffer) {
        article_cutter_outgrown(c);
        c->held = event->start;
    }
}


static unsigned
article_cutter_start(void *data, const article_tag_event_t *event)
{
    unsigned          flags, inserted;
    article_strip_t  *c;

    c = data;

    if (c->reason != ARTICLE_OK) {
        return 0;
    }

    article_cutter_room(c, event);

    c->tag_start = event->start;

    flags = article_tag_flags(event->tag);

    if (flags & ARTICLE_TAG_ENDS_LINE) {
        article_line_end(c);

    } else if (event->tag == ARTICLE_TAG_A) {
        article_line_link(c);
    }

    inserted = article_nesting_start(&c->nesting, event);

    if (inserted) {
        if (flags & ARTICLE_TAG_IS_COUNTED) {
            article_cutter_count(c, event);
        }

        if (flags & ARTICLE_TAG_IS_VOID) {
            article_cutter_void(c, event);
        }

        if (c->hold.active) {
            article_hold_check(c);
        }

        if (c->plan->banners != 0 && event->tag == ARTICLE_TAG_A) {
            article_rules_link(c, event);
        }
    }

    c->title_open = inserted && event->tag == ARTICLE_TAG_TITLE;
    c->scanner.foreign = c->nesting.open[ARTICLE_TAG_SVG] != 0
                         && article_nesting_foreign(&c->nesting);
    article_cutter_after(c);

    if (event->end - event->start > c->buffer) {

        /* its beginning has been sent: nothing is cut from there on */

        article_cutter_release(c);
    }

    return inserted;
}


static void
article_cutter_end(void *data, const article_tag_event_t *event)
{
    article_strip_t  *c;

    c = data;

    if (c->reason != ARTICLE_OK) {
        return;
    }

    article_cutter_room(c, event);

    c->tag_start = event->start;

    if (article_tag_flags(event->tag) & ARTICLE_TAG_ENDS_LINE) {
        article_line_end(c);
    }

    if (c->title_open) {
        article_encoding_title_end(c);
        c->title_open = 0;
    }

    article_nesting_end(&c->nesting, event);

    c->scanner.foreign = c->nesting.open[ARTICLE_TAG_SVG] != 0
                         && article_nesting_foreign(&c->nesting);
    article_cutter_after(c);
}


static void
article_cutter_text(void *data, article_text_kind_t kind,
    article_slice_t text)
{
    article_strip_t  *c;

    c = data;

    if (c->reason != ARTICLE_OK) {
        return;
    }

    if (kind == ARTICLE_TEXT_PLAIN) {
        if (c->nesting.open[ARTICLE_TAG_SELECT] == 0) {
            if (c->scanner.text_start + text.len - c->held > c->buffer) {
                article_cutter_plain(c, &text);
            }

            article_line_text(c, text);

        } else {
            article_rules_option(c, text);
        }

    } else if (kind == ARTICLE_TEXT_RCDATA && c->title_open) {
        article_encoding_title(c, text);

    } else if (kind == ARTICLE_TEXT_RAW) {
        if (c->observer != NULL) {
            c->observer->script(c->observer_data, text);
        }

        if (c->nesting.depth != 0
            && article_nesting_top(&c->nesting)->tag == ARTICLE_TAG_SCRIPT)
        {
            article_needs_script(&c->needs, text);
        }
    }
}


/* Text up to where what is held outgrows the buffer; the rest is left. */
static void
article_cutter_plain(article_strip_t *c, article_slice_t *text)
{
    size_t           part;
    uint64_t         at;
    article_slice_t  first;

    while (c->scanner.text_start + text->len - c->held > c->buffer) {
        at = c->scanner.text_start;
        c->held = article_cutter_held(c, at);

        if (at - c->held >= c->buffer) {
            article_cutter_outgrown(c);
            c->held = at;
        }

        part = c->buffer - (size_t) (at - c->held);

        if (part >= text->len) {
            break;
        }

        first = (article_slice_t) { text->data, part };
        article_line_text(c, first);

        text->data += part;
        text->len -= part;
        c->scanner.text_start += part;
    }
}


/* A doctype counts before the first tag only. */
static void
article_cutter_declaration(void *data, article_slice_t text)
{
    unsigned          quirks;
    article_strip_t  *c;

    c = data;

    if (!c->doctype && !c->nesting.body && c->nesting.depth == 0
        && article_doctype_quirks(text, &quirks))
    {
        c->doctype = 1;
        c->nesting.quirks = quirks;
    }
}


static void
article_cutter_opened(void *data, const article_tag_event_t *event)
{
    unsigned          flags, index;
    article_strip_t  *c;
    article_slice_t   class;
    article_frame_t  *frame;

    c = data;
    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];
    flags = article_tag_flags(event->tag);

    class = event->element.value[ARTICLE_ATTRIBUTE_CLASS];
    frame->shape = frame->hash;

    if (class.data != NULL) {
        frame->shape = (uint32_t) article_hash64(frame->hash, class);
    }

    frame->refused = c->counts.refused;
    frame->line = (uint16_t) c->line.len;
    c->vetoed = c->counts.vetoed;

    if (c->needs.ids != 0
        && article_needs_id(&c->needs,
                            event->element.value[ARTICLE_ATTRIBUTE_ID]))
    {
        frame->needed = 1;
        c->counts.refused++;
    }

    if (flags & (ARTICLE_TAG_IS_NOTED | ARTICLE_TAG_IS_HEADING)) {
        article_cutter_note(c, event->tag, 1);
    }

    if (c->words != 0) {
        article_rules_opened(c, event);
    }

    if (!(flags & ARTICLE_TAG_ENDS_LINE)) {
        article_line_opened(c, frame);
    }

    if (c->hold.active) {
        article_hold_opened(c);
    }

    if (c->observer != NULL) {
        c->observer->opened(c->observer_data, event);
    }

    if ((flags & ARTICLE_TAG_IS_NOTED) && article_cutter_begins(event->tag)) {
        c->fresh = c->nesting.depth;
    }

    if (c->fresh == index) {

        /* all that is in it may be a label's */

        c->fresh_counts = article_cutter_before(c, frame);
    }
}


static void
article_cutter_closing(void *data, uint64_t end)
{
    unsigned          index, flags;
    article_strip_t  *c;
    article_frame_t  *frame;

    c = data;
    index = c->nesting.depth - 1;
    frame = &c->nesting.frame[index];
    flags = article_tag_flags((article_tag_t) frame->tag);

    if (flags & ARTICLE_TAG_ENDS_LINE) {
        article_line_end(c);

    } else {
        article_line_closing(c, end);
    }

    if (c->hold.active) {
        article_hold_closing(c, end);
    }

    if (frame->ruled) {
        c->ruled = frame->counts;       /* those of elements in it are gone */

        if (frame->rule != 0) {
            article_rules_closing(c, end);
        }
    }

    if (c->observer != NULL) {
        c->observer->closing(c->observer_data, end);
    }

    if (c->fresh > index) {
        c->fresh = index;
    }

    c->kept -= frame->keep;

    if (flags & (ARTICLE_TAG_IS_NOTED | ARTICLE_TAG_IS_HEADING)) {
        article_cutter_note(c, (article_tag_t) frame->tag, -1U);
    }
}


/* Elements that lines ask for are counted while they are open. */
static void
article_cutter_note(article_strip_t *c, article_tag_t tag, unsigned add)
{
    switch (tag) {

    case ARTICLE_TAG_A:
        c->links += add;
        break;

    case ARTICLE_TAG_NAV:
        c->navs += add;
        break;

    case ARTICLE_TAG_TEMPLATE:
        c->kept += add;
        break;

    case ARTICLE_TAG_SCRIPT:

        if (add != 1) {
            article_needs_end(&c->needs);
        }

        break;

    default:

        if (article_tag_flags(tag) & ARTICLE_TAG_IS_HEADING) {
            c->headings += add;
        }
    }
}


/* 1 if an element is no label's, even if nothing is in front of one. */
static unsigned
article_cutter_begins(article_tag_t tag)
{
    switch (tag) {

    case ARTICLE_TAG_HTML:
    case ARTICLE_TAG_HEAD:
    case ARTICLE_TAG_BODY:
    case ARTICLE_TAG_FORM:
    case ARTICLE_TAG_MAIN:
    case ARTICLE_TAG_SCRIPT:
    case ARTICLE_TAG_STYLE:
    case ARTICLE_TAG_TITLE:
        return 1;

    default:
        return 0;
    }
}


article_counts_t
article_cutter_before(const article_strip_t *c, const article_frame_t *frame)
{
    article_counts_t  counts;

    counts = c->counts;
    counts.refused = frame->refused;
    counts.vetoed = c->vetoed;

    return counts;
}


/* What is no text: fields, images, frames. */
static void
article_cutter_count(article_strip_t *c, const article_tag_event_t *event)
{
    switch (event->tag) {

    case ARTICLE_TAG_IMG:
        c->counts.images++;
        c->line.image = 1;
        break;

    case ARTICLE_TAG_OPTION:
        c->counts.options++;
        break;

    case ARTICLE_TAG_SELECT:
        c->counts.selects++;
        break;

    case ARTICLE_TAG_FORM:
        c->counts.forms++;
        break;

    case ARTICLE_TAG_BUTTON:
        c->counts.fields++;
        break;

    case ARTICLE_TAG_INPUT:
        article_cutter_count_input(c, event);
        break;

    case ARTICLE_TAG_AUDIO:
    case ARTICLE_TAG_EMBED:
    case ARTICLE_TAG_IFRAME:
    case ARTICLE_TAG_MAIN:
    case ARTICLE_TAG_NAV:
    case ARTICLE_TAG_NOSCRIPT:
    case ARTICLE_TAG_OBJECT:
    case ARTICLE_TAG_SCRIPT:
    case ARTICLE_TAG_TEMPLATE:
    case ARTICLE_TAG_TEXTAREA:
    case ARTICLE_TAG_VIDEO:
        c->counts.refused++;
        break;

    default:
        break;
    }
}


/* It is never open, but may be a thing of its own in its parent. */
static void
article_cutter_void(article_strip_t *c, const article_tag_event_t *event)
{
    if (c->hold.active) {
        article_hold_void(c, event);
    }

    if (c->ordinal != NULL) {
        article_ordinals_void(c, event);
    }
}


/* A hidden field is the portal's state: it is never cut. */
static void
article_cutter_count_input(article_strip_t *c,
    const article_tag_event_t *event)
{
    size_t           i;
    article_slice_t  type, name;

    static const article_slice_t  plain[] = {
        { "text", 4 }, { "button", 6 }, { "submit", 6 }, { "image", 5 },
        { "date", 4 }, { "", 0 }
    };

    type = event->element.value[ARTICLE_ATTRIBUTE_TYPE];
    name = event->element.value[ARTICLE_ATTRIBUTE_NAME];

    if (event->overflow || article_slice_equal_case(type,
                                                    article_literal("hidden"))
        || article_slice_starts(name, article_literal("__")))
    {
        c->counts.vetoed++;
        return;
    }

    c->counts.fields++;

    for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (article_slice_equal_case(type, plain[i])) {
            return;
        }
    }

    c->counts.refused++;
}


/* After each tag: where nesting cannot be followed, the rest passes. */
static void
article_cutter_after(article_strip_t *c)
{
    if (c->nesting.doubt) {
        article_hold_finish(c);
        article_cutter_release(c);
        c->reason = c->nesting.no_memory ? ARTICLE_NO_MEMORY
                                         : ARTICLE_STRIP_DOUBT;
    }
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * What strip cuts of a page, and which ids in it the page's scripts name.
 *
 * A script that stands before a block keeps it in the page (needs.h); one
 * that comes behind it is not known yet when the block is decided.  So the
 * operator is told, who can keep the block by the portal file.
 */

#include <stdio.h>
#include <string.h>

#include "cutter.h"


/* Bounds of one page. */
#define ARTICLE_CUTS_MEMORY   (16 * 1024 * 1024)
#define ARTICLE_CUTS_IDS      1024
#define ARTICLE_CUTS_SCRIPTS  512

/* Longest line, and bytes of an id that are shown. */
#define ARTICLE_CUTS_LINE     512
#define ARTICLE_CUTS_ID       64


/* An element's id, or a script, and where it begins in the page. */
typedef struct {
    article_slice_t  text;
    uint64_t         at;
} article_cuts_text_t;


typedef struct {
    article_arena_t      *arena;
    article_strip_t      *strip;
    article_cuts_text_t  *id;
    unsigned              ids;
    article_cuts_text_t  *script;
    unsigned              scripts;
    article_explain_pt    handler;
    void                 *data;
} article_cuts_t;


static article_reason_t article_cuts_look(article_cuts_t *page,
    const article_strip_options_t *options, const char *data, size_t len);
static void article_cuts_opened(void *data,
    const article_tag_event_t *event);
static void article_cuts_closing(void *data, uint64_t end);
static void article_cuts_line(void *data, article_slice_t text,
    article_label_t label);
static void article_cuts_script(void *data, article_slice_t text);
static void article_cuts_option(void *data, article_slice_t text);
static void article_cuts_ids(article_cuts_t *page,
    const article_range_t *cut);
static void article_cuts_tell(article_cuts_t *page, const char *out,
    int len);
static const char *article_cuts_named(article_slice_t script,
    article_slice_t id);
static unsigned article_cuts_is_granted(article_slice_t script,
    const char *p, size_t len);


static const article_observer_t  article_cuts_observer = {
    article_cuts_opened,
    article_cuts_closing,
    article_cuts_line,
    article_cuts_script,
    article_cuts_option
};


article_reason_t
article_explain_cuts(const article_strip_options_t *options, const char *html,
    size_t len, unsigned all, article_explain_pt handler, void *data)
{
    int                n;
    char               out[ARTICLE_CUTS_LINE];
    article_cuts_t     page;
    article_range_t    cut;
    article_strip_t   *strip;
    article_reason_t   reason;

    memset(&page, 0, sizeof(page));
    page.handler = handler;
    page.data = data;
    page.arena = article_arena_create(ARTICLE_CUTS_MEMORY);

    if (page.arena == NULL) {
        return ARTICLE_NO_MEMORY;
    }

    reason = article_cuts_look(&page, options, html, len);
    strip = reason == ARTICLE_OK ? article_strip_create(options) : NULL;

    if (strip == NULL) {
        article_arena_destroy(page.arena);
        return ARTICLE_NO_MEMORY;
    }

    reason = article_strip_feed(strip, html, len);
    article_strip_finish(strip);

    while (article_strip_next_cut(strip, &cut)) {
        if (all) {
            n = snprintf(out, sizeof(out), "strip   bytes %llu-%llu: %.*s",
                         (unsigned long long) cut.start,
                         (unsigned long long) cut.end,
                         ARTICLE_CUTS_LINE / 2, article_strip_why(strip));
            article_cuts_tell(&page, out, n);
        }

        article_cuts_ids(&page, &cut);
    }

    article_strip_destroy(strip);
    article_arena_destroy(page.arena);

    return reason;
}


/* Ids and scripts of the page, as the cutter sees them. */
static article_reason_t
article_cuts_look(article_cuts_t *page,
    const article_strip_options_t *options, const char *data, size_t len)
{
    article_strip_options_t  plain;

    page->id = article_arena_alloc(page->arena, ARTICLE_CUTS_IDS
                                                * sizeof(article_cuts_text_t));
    page->script = article_arena_alloc(page->arena, ARTICLE_CUTS_SCRIPTS
                                                * sizeof(article_cuts_text_t));

    plain = *options;
    plain.portal = NULL;
    plain.builtin = 0;
    page->strip = article_strip_create(&plain);

    if (article_arena_failed(page->arena) || page->strip == NULL) {
        article_strip_destroy(page->strip);
        return ARTICLE_NO_MEMORY;
    }

    page->strip->observer = &article_cuts_observer;
    page->strip->observer_data = page;

    (void) article_strip_feed(page->strip, data, len);
    article_strip_finish(page->strip);
    article_strip_destroy(page->strip);

    return article_arena_failed(page->arena) ? ARTICLE_NO_MEMORY : ARTICLE_OK;
}


static void
article_cuts_opened(void *data, const article_tag_event_t *event)
{
    article_cuts_t   *page;
    article_slice_t   id;

    page = data;
    id = event->element.value[ARTICLE_ATTRIBUTE_ID];

    if (id.len != 0 && id.len <= ARTICLE_CUTS_ID
        && page->ids < ARTICLE_CUTS_IDS)
    {
        page->id[page->ids].text = article_arena_copy(page->arena, id);
        page->id[page->ids++].at = event->start;
    }
}


static void
article_cuts_closing(void *data, uint64_t end)
{
    (void) data;
    (void) end;
}


static void
article_cuts_line(void *data, article_slice_t text, article_label_t label)
{
    (void) data;
    (void) text;
    (void) label;
}


static void
article_cuts_script(void *data, article_slice_t text)
{
    article_cuts_t   *page;
    article_frame_t  *top;

    page = data;
    top = article_nesting_top(&page->strip->nesting);

    if (top != NULL && top->tag == ARTICLE_TAG_SCRIPT
        && page->scripts < ARTICLE_CUTS_SCRIPTS)
    {
        page->script[page->scripts].text = article_arena_copy(page->arena,
                                                              text);
        page->script[page->scripts++].at = page->strip->scanner.text_start;
    }
}


static void
article_cuts_option(void *data, article_slice_t text)
{
    (void) data;
    (void) text;
}


/* The ids in a cut that scripts outside it name, each once. */
static void
article_cuts_ids(article_cuts_t *page, const article_range_t *cut)
{
    int                         n;
    char                        out[ARTICLE_CUTS_LINE];
    unsigned                    i, k;
    const char                 *p;
    const article_cuts_text_t  *id, *script;

    for (i = 0; i < page->ids; i++) {
        id = &page->id[i];

        if (id->at < cut->start || id->at >= cut->end) {
            continue;
        }

        for (k = 0; k < page->scripts; k++) {
            script = &page->script[k];

            if (script->at >= cut->start && script->at < cut->end) {
                continue;
            }

            p = article_cuts_named(script->text, id->text);

            if (p == NULL) {
                continue;
            }

            n = snprintf(out, sizeof(out), "warning bytes %llu-%llu are cut, "
                         "with the id \"%.*s\", which the script at byte "
                         "%llu %s", (unsigned long long) cut->start,
                         (unsigned long long) cut->end, (int) id->text.len,
                         id->text.data, (unsigned long long) script->at,
                         article_cuts_is_granted(script->text, p,
                                                 id->text.len)
                         ? "takes for granted: \"keep\" may have to name it"
                         : "names");

            article_cuts_tell(page, out, n);
            break;
        }
    }
}


/* What a page says is shown in a terminal: whole characters, no controls. */
static void
article_cuts_tell(article_cuts_t *page, const char *out, int len)
{
    article_slice_t  line;

    line.data = out;
    line.len = len < ARTICLE_CUTS_LINE ? (size_t) len : ARTICLE_CUTS_LINE - 1;
    line = article_utf8_repair(page->arena, line);

    if (line.data != NULL) {
        line = article_text_clean(page->arena, line);
    }

    if (line.data != NULL) {
        page->handler(page->data, line);
    }
}


/* Where the id stands in quotes, also as "#id"; NULL if it does not. */
static const char *
article_cuts_named(article_slice_t script, article_slice_t id)
{
    const char       *p, *begin, *end;
    article_slice_t   rest;

    begin = script.data;
    end = script.data + script.len;
    rest = script;

    for ( ;; ) {
        p = article_slice_find(rest, id);
        if (p == NULL) {
            return NULL;
        }

        if (p + id.len < end && (p[id.len] == '"' || p[id.len] == '\'')
            && p > begin
            && (p[-1] == p[id.len]
                || (p[-1] == '#' && p - 1 > begin && p[-2] == p[id.len])))
        {
            return p;
        }

        rest.data = p + 1;
        rest.len = (size_t) (end - rest.data);
    }
}


/* document.getElementById("id").x, querySelector("#id").x */
static unsigned
article_cuts_is_granted(article_slice_t script, const char *p, size_t len)
{
    size_t       i, back;
    const char  *start;

    static const article_slice_t  calls[] = {
        { "getElementById(", 15 }, { "querySelector(", 14 }
    };

    start = p[-1] == '#' ? p - 2 : p - 1;
    back = (size_t) (start - script.data);

    for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        if (back >= calls[i].len
            && memcmp(start - calls[i].len, calls[i].data, calls[i].len) == 0)
        {
            return !article_needs_guarded(p + len, script.data + script.len);
        }
    }

    return 0;
}

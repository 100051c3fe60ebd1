/*
 * Copyright (C) ngx_article authors
 *
 * Any bytes as what a learner or a portal is made of: a portal file, a
 * learner's state, an observation, pages of a portal that is learned.  What
 * comes out must go in again.
 */

#include <stdio.h>

#include "fuzz_portals.h"
#include "learn_bytes.h"


/* What the input is: the remainder of its last byte. */
enum {
    FUZZ_PORTAL_FILE = 0,
    FUZZ_STATE,
    FUZZ_OBSERVATION,
    FUZZ_PAGES,
    FUZZ_KINDS
};

/* The bytes' versions: learn_state.c, learn_observe.c. */
#define FUZZ_STATE_VERSION        "artpln02"
#define FUZZ_OBSERVATION_VERSION  "artobs02"

/* Pages are read this many times, as so many articles. */
#define FUZZ_ARTICLES  12

/* Longest text of a page that tells the articles apart. */
#define FUZZ_APART     256


static const char  fuzz_page[] =
    "<html><head><title>Bài</title></head><body><div id=phai>"
    "<ul class=moi><li><a href=/1>Tin mới</a></ul></div>"
    "<div class=bai><h1>Bài</h1><p>Hội nghị bàn về mùa vụ.</div></body>";


/* Sealed anew, so that changed bytes come past the checksum; to be freed. */

static article_slice_t
fuzz_sealed(article_slice_t bytes, const char *version)
{
    article_slice_t   copy;
    article_writer_t  writer;

    copy = fuzz_exact(bytes);

    if (copy.len >= ARTICLE_BYTES_HEAD) {
        writer.data = (unsigned char *) (uintptr_t) copy.data;
        writer.len = copy.len;
        writer.size = copy.len;
        writer.failed = 0;
        article_writer_seal(&writer, version);
    }

    return copy;
}


/* A portal reads and strips a page, and joins another one. */

static void
fuzz_use(article_engine_t *engine, const article_portal_t *portal)
{
    unsigned                  i;
    article_slice_t           page;
    article_range_t           cut;
    article_strip_t          *strip;
    article_portal_t         *joined;
    article_result_t          result;
    article_read_options_t    options;
    article_strip_options_t   strip_options;

    page = article_literal(fuzz_page);

    memset(&options, 0, sizeof(options));
    options.url = article_literal("https://bao.example/1");
    options.portal = portal;
    (void) article_read(engine, &options, page.data, page.len, &result);

    memset(&strip_options, 0, sizeof(strip_options));
    strip_options.portal = portal;
    strip = article_strip_create(&strip_options);

    (void) article_strip_feed(strip, page.data, page.len);
    article_strip_finish(strip);

    while (article_strip_next_cut(strip, &cut)) {
        if (cut.end > page.len || cut.start >= cut.end) {
            fuzz_fail("a cut beyond the page", page);
        }
    }

    article_strip_destroy(strip);

    (void) article_path_allowed(portal, article_literal("/tin/1.html"));
    (void) article_portal_has_host(portal, article_literal("bao.example"));
    fuzz_check_text("portal's name", article_portal_name(portal));

    for (i = 0; article_portal_host(portal, i).len; i++) {
        fuzz_check_text("portal's host", article_portal_host(portal, i));
    }

    joined = article_portal_join(fuzz_portal(0), portal);

    if (joined == NULL) {
        fuzz_fail("portals that do not join", article_portal_name(portal));
    }

    article_portal_destroy(joined);
}


static void
fuzz_file(article_engine_t *engine, article_slice_t json, unsigned ours)
{
    article_error_t    error;
    article_portal_t  *portal;

    portal = article_portal_parse(json.data, json.len, &error);

    if (portal != NULL) {
        fuzz_use(engine, portal);
        article_portal_destroy(portal);
        return;
    }

    if (ours) {
        fuzz_fail("a learned portal file that is refused", json);
    }

    if (error.line == 0 || error.column == 0
        || memchr(error.message, '\0', sizeof(error.message)) == NULL
        || error.message[0] == '\0')
    {
        fuzz_fail("an error without its place or its words", json);
    }

    fuzz_check_text("the error",
                    (article_slice_t) { error.message,
                                        strlen(error.message) });
}


/* All that a learner can be asked, and its bytes there and back. */

static void
fuzz_learner(article_engine_t *engine, article_learner_t *learner)
{
    unsigned                   i;
    article_slice_t            json, state, again;
    article_learner_t         *loaded;
    article_learner_plan_t     plan;
    article_learner_entry_t    entry;
    article_learner_status_t   status;

    article_learner_status(learner, &status);

    for (i = 0; article_learner_plan(learner, i, &plan); i++) {
        if (article_learner_portal_of(learner, plan.number, &json)
            == ARTICLE_OK)
        {
            fuzz_file(engine, json, 1);
        }
    }

    for (i = 0; article_learner_entry(learner, 0, i, &entry); i++) {
        fuzz_check_text("an entry's selector", entry.select);
    }

    if (article_learner_portal(learner, &json) == ARTICLE_OK) {
        fuzz_file(engine, json, 1);
    }

    if (article_learner_save(learner, &state) != ARTICLE_OK) {
        fuzz_fail("a state that is not saved", article_literal(""));
    }

    if (state.len > ARTICLE_LEARNER_STATE) {
        fuzz_fail("a state that is too large", article_literal(""));
    }

    loaded = article_learner_load(state);

    if (loaded == NULL) {
        fuzz_fail("a saved state that is not loaded", article_literal(""));
    }

    if (article_learner_save(loaded, &again) != ARTICLE_OK
        || !article_slice_equal(state, again))
    {
        fuzz_fail("a state that is another one when loaded",
                  article_literal(""));
    }

    article_learner_destroy(loaded);
}


static void
fuzz_operate(article_learner_t *learner, unsigned how)
{
    switch (how % 6) {
    case 0:
        (void) article_learner_pin(learner, article_literal("1"));
        break;
    case 1:
        (void) article_learner_veto(learner, article_literal("1"));
        break;
    case 2:
        (void) article_learner_unveto(learner, article_literal("1"));
        break;
    case 3:
        (void) article_learner_approve(learner);
        break;
    case 4:
        (void) article_learner_rollback(learner, how);
        break;
    default:
        break;
    }
}


static void
fuzz_pages(article_engine_t *engine, article_learner_t *learner,
    article_slice_t page)
{
    int                      n;
    char                     url[FUZZ_APART], words[FUZZ_APART];
    unsigned                 i;
    article_buf_t            buf;
    article_arena_t         *arena;
    article_slice_t          seen;
    article_read_options_t   options;

    memset(&options, 0, sizeof(options));
    arena = article_arena_create(ARTICLE_MAX_MEMORY);

    if (arena == NULL) {
        abort();
    }

    for (i = 0; i < FUZZ_ARTICLES; i++) {
        n = snprintf(url, sizeof(url), "https://bao.example/bai-%u", i);
        options.url = (article_slice_t) { url, (size_t) n };

        article_buf_init(&buf, arena);
        n = snprintf(words, sizeof(words), "<!-- %u --><title>Bài %u về %u"
                     "</title>", i, i * 7919, i * 31);
        article_buf_append(&buf, words, (size_t) n);
        article_buf_append(&buf, page.data, page.len);
        n = snprintf(words, sizeof(words), "<p>Đoạn %u nói về việc %u, rồi "
                     "%u.", i, i * 104729, i * 1299709);
        article_buf_append(&buf, words, (size_t) n);

        seen = article_buf_slice(&buf);

        if (article_observe(engine, &options, seen.data, seen.len, &seen)
            == ARTICLE_OK)
        {
            if (seen.len > ARTICLE_OBSERVATION) {
                fuzz_fail("an observation that is too large", page);
            }

            if (article_learner_observe(learner, seen,
                                        FUZZ_NOW + i * ARTICLE_LEARNER_DAY)
                != ARTICLE_OK)
            {
                fuzz_fail("an observation that is refused", page);
            }
        }

        article_arena_reset(arena, 0);
    }

    article_arena_destroy(arena);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned            kind, how;
    article_slice_t     input, bytes;
    article_learner_t  *learner;

    static article_engine_t  *engine;

    if (engine == NULL) {
        engine = article_engine_create(NULL);
    }

    input = (article_slice_t) { (const char *) data, size };
    kind = fuzz_choice(&input) % FUZZ_KINDS;
    how = fuzz_choice(&input);

    if (kind == FUZZ_PORTAL_FILE) {
        bytes = fuzz_exact(input);
        fuzz_file(engine, bytes, 0);
        fuzz_free(bytes);
        return 0;
    }

    if (kind == FUZZ_STATE) {
        bytes = how & 1 ? fuzz_exact(input)
                        : fuzz_sealed(input, FUZZ_STATE_VERSION);
        learner = article_learner_load(bytes);
        fuzz_free(bytes);

        if (learner == NULL) {
            return 0;
        }

    } else {
        learner = article_learner_create(article_literal("bao.example"));
    }

    if (kind == FUZZ_OBSERVATION) {
        bytes = how & 1 ? fuzz_exact(input)
                        : fuzz_sealed(input, FUZZ_OBSERVATION_VERSION);
        (void) article_learner_observe(learner, bytes, FUZZ_NOW);
        (void) article_learner_observe(learner, bytes,
                                       FUZZ_NOW + 2 * ARTICLE_LEARNER_DAY);
        fuzz_free(bytes);

    } else {
        bytes = fuzz_exact(kind == FUZZ_PAGES ? input
                                        : article_literal(fuzz_page));
        fuzz_pages(engine, learner, bytes);
        fuzz_free(bytes);
    }

    fuzz_operate(learner, how / 2);
    fuzz_learner(engine, learner);
    article_learner_destroy(learner);

    return 0;
}

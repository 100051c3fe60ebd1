/*
 * Copyright (C) ngx_article authors
 *
 * Plans: how they follow the portal, wait, go back; the learner's state.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"
#include "support_learn.h"
#include "support_strip.h"


typedef struct {
    article_engine_t   *engine;
    article_learner_t  *learner;
} plans_t;


static int
setup(void **state)
{
    plans_t  *t;

    t = calloc(1, sizeof(plans_t));
    t->engine = article_engine_create(NULL);
    t->learner = article_learner_create(test_slice("bao.example"));
    *state = t;

    return t->engine == NULL || t->learner == NULL;
}


static int
teardown(void **state)
{
    plans_t  *t;

    t = *state;
    article_learner_destroy(t->learner);
    article_engine_destroy(t->engine);
    free(t);

    return 0;
}


static void
learn(plans_t *t, unsigned from, unsigned to, unsigned skin, const char *side)
{
    learn_page_t  page;

    memset(&page, 0, sizeof(page));
    page.skin = skin;
    page.side = side;

    for ( /* void */ ; from < to; from++) {
        page.n = from;
        assert_int_equal(learn_observe(t->learner, t->engine, &page, NULL, 0),
                         ARTICLE_OK);
    }
}


static article_learner_status_t
status(plans_t *t)
{
    article_learner_status_t  s;

    article_learner_status(t->learner, &s);

    return s;
}


/* Writes the state down and goes on with what is read from it. */
static void
again(plans_t *t)
{
    article_slice_t     state;
    article_learner_t  *copy;

    assert_int_equal(article_learner_save(t->learner, &state), ARTICLE_OK);
    assert_true(state.len <= ARTICLE_LEARNER_STATE);

    copy = article_learner_load(state);
    assert_non_null(copy);

    article_learner_destroy(t->learner);
    t->learner = copy;
}


/* A new design in mid-stream: 30 pages, and the old entries fade. */
static void
redesign(void **state)
{
    char          *out;
    plans_t       *t;
    unsigned       n, drift;
    learn_page_t   page;

    t = *state;
    drift = 0;
    learn(t, 0, 40, 0, NULL);
    assert_int_equal(status(t).entries, 2);

    for (n = 40; n < 70; n++) {
        learn(t, n, n + 1, 1, NULL);
        again(t);
        drift |= status(t).drift;
    }

    assert_true(drift);
    assert_non_null(strstr(learn_plan(t->learner), "cot-ben"));

    memset(&page, 0, sizeof(page));
    page.n = 99;
    page.skin = 1;
    out = learn_strip(t->learner, &page);
    assert_null(strstr(out, "được trải nhựa"));
    assert_null(strstr(out, "giữ nghề đan lát"));
    assert_non_null(strstr(out, "rất phấn khởi"));
    free(out);

    learn(t, 70, 100, 1, NULL);
    assert_null(strstr(learn_plan(t->learner), "phai"));
    assert_int_equal(status(t).entries, 2);
    assert_false(status(t).drift);
}


/* Numbers rise with changes only; for long without one: stable. */
static void
numbers(void **state)
{
    plans_t   *t;
    uint64_t   number;

    t = *state;
    assert_int_equal(status(t).number, 0);

    learn(t, 0, 8, 0, NULL);
    number = status(t).number;
    assert_true(number > 0);
    assert_false(status(t).stable);

    learn(t, 8, 60, 0, NULL);
    assert_int_equal(status(t).number, number);
    assert_true(status(t).stable);
    again(t);
    assert_true(status(t).stable);
    assert_int_equal(status(t).number, number);

    learn(t, 0, 60, 0, NULL);           /* seen: they teach nothing */
    assert_int_equal(status(t).articles, 60);
    assert_int_equal(status(t).pages, 120);
}


/* A box of most of the page's text: not without the operator. */
static void
approval(void **state)
{
    char                    *box, *out;
    size_t                   len;
    plans_t                 *t;
    unsigned                 n, i;
    uint64_t                 number;
    learn_page_t             page;
    article_learner_plan_t   plan;

    t = *state;
    box = malloc(LEARN_PAGE);
    memset(&page, 0, sizeof(page));
    learn(t, 0, 30, 0, NULL);
    number = status(t).number;

    for (n = 30; n < 60; n++) {
        len = (size_t) snprintf(box, LEARN_PAGE, "<div class=lon><h3>Đủ thứ "
                                "chuyện trên đời</h3><ul>");

        for (i = 0; i < 60; i++) {
            len += (size_t) snprintf(box + len, LEARN_PAGE - len,
                                     "<li><a href=/z/%u>Chuyện thứ %u kể mãi "
                                     "không hết, nghe mãi không chán tai</a>",
                                     n + i, n + i);
        }

        (void) snprintf(box + len, LEARN_PAGE - len, "</ul></div>");
        page.n = n;
        page.side = box;
        assert_int_equal(learn_observe(t->learner, t->engine, &page, NULL, 0),
                         ARTICLE_OK);
    }

    assert_int_equal(status(t).number, number);
    assert_true(status(t).waiting);
    again(t);
    assert_true(status(t).waiting);

    out = learn_strip(t->learner, &page);
    assert_non_null(strstr(out, "kể mãi"));
    free(out);

    for (n = 0; article_learner_plan(t->learner, n, &plan); n++) {
        if (plan.waiting) {
            assert_non_null(strstr(plan.why, "waits"));
        }
    }

    assert_int_equal(article_learner_approve(t->learner), ARTICLE_OK);
    assert_true(status(t).number > number);
    assert_false(status(t).waiting);
    assert_int_equal(article_learner_approve(t->learner), ARTICLE_BAD_ENTRY);

    out = learn_strip(t->learner, &page);
    assert_null(strstr(out, "kể mãi"));
    free(out);
    free(box);
}


/* The operator's word holds, whatever is learned later. */
static void
word(void **state)
{
    char                      id[17];
    plans_t                  *t;
    uint64_t                  number;
    article_learner_entry_t   entry;

    t = *state;
    learn(t, 0, 20, 0, NULL);
    number = status(t).number;

    assert_true(article_learner_entry(t->learner, 0, 0, &entry));
    (void) snprintf(id, sizeof(id), "%016llx", (unsigned long long) entry.id);

    assert_int_equal(article_learner_veto(t->learner, test_slice("1")),
                     ARTICLE_OK);
    assert_int_equal(status(t).entries, 1);
    assert_true(status(t).number > number);

    learn(t, 20, 40, 0, NULL);
    again(t);
    learn(t, 40, 50, 0, NULL);
    assert_int_equal(status(t).entries, 1);

    /* pinned, it comes back, and outlives another design */

    assert_int_equal(article_learner_pin(t->learner, test_slice(id)),
                     ARTICLE_OK);
    assert_int_equal(status(t).entries, 2);
    learn(t, 100, 190, 1, NULL);
    again(t);
    assert_non_null(strstr(learn_plan(t->learner), id));
    assert_null(strstr(learn_plan(t->learner), "Nghe dân kể lại"));

    assert_int_equal(article_learner_unveto(t->learner, test_slice(id)),
                     ARTICLE_OK);
    learn(t, 190, 192, 1, NULL);
    assert_null(strstr(learn_plan(t->learner), id));

    assert_int_equal(article_learner_unveto(t->learner, test_slice(id)),
                     ARTICLE_BAD_ENTRY);
    assert_int_equal(article_learner_veto(t->learner, test_slice("77")),
                     ARTICLE_BAD_ENTRY);
    assert_int_equal(article_learner_pin(t->learner, test_slice("")),
                     ARTICLE_BAD_ENTRY);
    assert_int_equal(article_learner_pin(t->learner,
                                         test_slice("0123456789abcdef")),
                     ARTICLE_BAD_ENTRY);
}


static void
rollback(void **state)
{
    plans_t          *t;
    uint64_t          first, second;
    article_slice_t   json;

    t = *state;
    learn(t, 0, 20, 0, NULL);
    first = status(t).number;
    assert_int_equal(article_learner_veto(t->learner, test_slice("1")),
                     ARTICLE_OK);
    assert_int_equal(article_learner_unveto(t->learner, test_slice("0")),
                     ARTICLE_BAD_ENTRY);
    second = status(t).number;
    again(t);

    assert_int_equal(article_learner_portal_of(t->learner, first, &json),
                     ARTICLE_OK);
    assert_int_equal(article_learner_rollback(t->learner, 999),
                     ARTICLE_BAD_ENTRY);
    assert_int_equal(article_learner_rollback(t->learner, second),
                     ARTICLE_BAD_ENTRY);
    assert_int_equal(article_learner_rollback(t->learner, first),
                     ARTICLE_OK);
    assert_true(status(t).number > second);

    /* from then on what is learned waits; the veto still holds */

    assert_int_equal(status(t).entries, 1);
    learn(t, 40, 90, 1, NULL);
    assert_true(status(t).waiting);
    assert_null(strstr(learn_plan(t->learner), "cot-ben"));
    assert_int_equal(article_learner_approve(t->learner), ARTICLE_OK);
    assert_non_null(strstr(learn_plan(t->learner), "cot-ben"));
}


/* Bytes from elsewhere: any damage is found, nothing is read outside. */
static void
damage(void **state)
{
    char                     data[LEARN_PAGE];
    size_t                   i, len;
    plans_t                 *t;
    learn_page_t             page;
    article_slice_t          bytes, part;
    article_reason_t         reason;
    article_learner_t       *copy;
    article_read_options_t   options;

    t = *state;
    learn(t, 0, 10, 0, NULL);

    assert_int_equal(article_learner_save(t->learner, &bytes), ARTICLE_OK);

    for (i = 0; i < bytes.len; i += 1 + i / 64) {
        part = slice_exact(bytes.data, bytes.len);
        ((char *) (uintptr_t) part.data)[i] ^= 0x20;
        copy = article_learner_load(part);
        assert_null(copy);
        slice_free(part);

        part = slice_exact(bytes.data, i);
        assert_null(article_learner_load(part));
        slice_free(part);
    }

    memset(&page, 0, sizeof(page));
    memset(&options, 0, sizeof(options));
    page.n = 50;
    len = learn_page(data, &page);
    assert_int_equal(article_observe(t->engine, &options, data, len, &bytes),
                     ARTICLE_OK);
    assert_true(bytes.len <= ARTICLE_OBSERVATION);

    for (i = 0; i < bytes.len; i++) {
        part = slice_exact(bytes.data, bytes.len);
        ((char *) (uintptr_t) part.data)[i] ^= 0x01;
        reason = article_learner_observe(t->learner, part, 0);
        assert_int_equal(reason, ARTICLE_NOT_AN_ARTICLE);
        slice_free(part);
    }

    assert_int_equal(status(t).pages, 10);
}


/* Ever new places: memory and state stay bounded, what is known stays. */
static void
bounded(void **state)
{
    char              side[8192];
    size_t            len;
    plans_t          *t;
    unsigned          n, i;
    learn_page_t      page;
    article_slice_t   bytes;

    t = *state;
    memset(&page, 0, sizeof(page));

    for (n = 0; n < 150; n++) {
        len = 0;

        for (i = 0; i < 40; i++) {
            len += (size_t) snprintf(side + len, sizeof(side) - len,
                "<div class=la-%u-%u><a href=/1>Liên kết dài thứ nhất trong "
                "hộp</a> <a href=/2>Liên kết dài thứ hai trong hộp</a></div>",
                n, i);
        }

        page.n = n;
        page.side = side;
        assert_int_equal(learn_observe(t->learner, t->engine, &page, NULL, 0),
                         ARTICLE_OK);
    }

    assert_int_equal(article_learner_save(t->learner, &bytes), ARTICLE_OK);
    assert_true(bytes.len <= ARTICLE_LEARNER_STATE);
    again(t);
    assert_int_equal(status(t).entries, 2);
}


/* A page stripped by a written file and what was learned. */
static char *
joined(plans_t *t, const char *text, const learn_page_t *page)
{
    char                      data[LEARN_PAGE], *out;
    size_t                    len;
    strip_cuts_t              cuts;
    article_error_t           error;
    article_slice_t           json, s;
    article_portal_t         *written, *learned, *both;
    article_strip_options_t   options;

    assert_int_equal(article_learner_portal(t->learner, &json), ARTICLE_OK);

    written = article_portal_parse(text, strlen(text), &error);
    learned = article_portal_parse(json.data, json.len, &error);
    assert_non_null(written);
    assert_non_null(learned);

    both = article_portal_join(written, learned);
    assert_non_null(both);
    article_portal_destroy(written);
    article_portal_destroy(learned);
    test_equal(article_portal_name(both), "cua-toi");

    memset(&options, 0, sizeof(options));
    options.portal = both;
    s.data = data;
    s.len = learn_page(data, page);
    assert_null(strip_page(&options, s, 0, 0, &cuts));
    out = strip_output(s, &cuts, &len);
    article_portal_destroy(both);

    return out;
}


/* Written and learned rules as one; what is written wins. */
static void
join(void **state)
{
    char          *out;
    plans_t       *t;
    learn_page_t   page;

    t = *state;
    memset(&page, 0, sizeof(page));
    page.n = 50;
    page.top = "<div class=quangcao>Mua một tặng một</div>";
    learn(t, 0, 10, 0, NULL);

    out = joined(t, "{\"portal\": \"cua-toi\", \"strip\": "
                 "[\"div.quangcao\"]}", &page);
    assert_null(strstr(out, "Mua một"));
    assert_null(strstr(out, "được trải nhựa"));
    assert_non_null(strstr(out, "rất phấn khởi"));
    free(out);

    out = joined(t, "{\"portal\": \"cua-toi\", \"strip\": "
                 "[\"div.quangcao\"], \"keep\": [\"div.hop\"]}", &page);
    assert_null(strstr(out, "Mua một"));
    assert_non_null(strstr(out, "được trải nhựa"));
    free(out);

    assert_null(article_portal_join(NULL, NULL));
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test_setup_teardown(redesign, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(approval, setup, teardown),
        cmocka_unit_test_setup_teardown(word, setup, teardown),
        cmocka_unit_test_setup_teardown(rollback, setup, teardown),
        cmocka_unit_test_setup_teardown(damage, setup, teardown),
        cmocka_unit_test_setup_teardown(bounded, setup, teardown),
        cmocka_unit_test_setup_teardown(join, setup, teardown)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

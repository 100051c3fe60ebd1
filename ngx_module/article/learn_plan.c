/*
 * Copyright (C) the authors named in LICENSE
 *
 * From places to plans.
 *
 * Template is what stands in the same place (selector, and the same heading
 * if it has one) of enough articles and is no text: lists of links that are
 * not always the same (what never changes is a menu, or links to other
 * sites), counters of which only the digits change, widgets under headings of
 * the catalogue, selects full of links and banners that stay the same.
 * Repetition alone never condemns a block: running text,
 * forms and the like are not even noted (template.c).
 */

#include <stdio.h>
#include <string.h>

#include "learn.h"


/*
 * Steps of all selectors of a plan together; a portal file has room for
 * ARTICLE_STATES_MAX, the operator's own among them.
 */
#define ARTICLE_LEARN_STEPS         384

/* A place is template from so many articles on ... */
#define ARTICLE_LEARN_MIN           3

/* ... and this share of them (percent), with and without a heading ... */
#define ARTICLE_LEARN_HEADED        25
#define ARTICLE_LEARN_BARE          60

/* ... and stays it down to two fifths of that: no flapping at the border. */
#define ARTICLE_LEARN_LEAVE         .4

/* For so many articles one change makes a list; then so many of late. */
#define ARTICLE_LEARN_YOUNG         12
#define ARTICLE_LEARN_CHANGES       1.5

/*
 * A number without a counter's label: how often it must grow, never falling,
 * and in how many articles.  By chance, one order of 720 does.
 */
#define ARTICLE_LEARN_RISES         5
#define ARTICLE_LEARN_UNLABELLED    6

/*
 * A plan that would cut more of a page's text than this (percent) waits for
 * approval: the old portals at hand reach 61 where all their lists are cut
 * from short articles.
 */
#define ARTICLE_LEARN_SHARE         75

/*
 * So does one that cuts twice as much as the one before it, and 15 more, when
 * that had settled: it had not changed for so many articles.
 */
#define ARTICLE_LEARN_SUDDEN        15
#define ARTICLE_LEARN_SETTLED       20


static unsigned article_learn_steps(article_slice_t select);
static unsigned article_learn_collect(article_learner_t *learner,
    article_planned_t *entry, uint64_t now, unsigned *changed);
static unsigned article_learn_refresh(const article_learner_t *learner,
    const article_place_t *place, article_planned_t *entry);
static unsigned article_learn_is_template(const article_learner_t *learner,
    const article_place_t *place, unsigned inside);
static unsigned article_learn_is_links(const article_place_t *place,
    unsigned inside);
static unsigned article_learn_serves(article_slice_t heading);
static unsigned article_learn_is_counter(const article_place_t *place);
static unsigned article_learn_is_shared(const article_learner_t *learner,
    const article_place_t *place);
static unsigned article_learn_is_new(const article_place_t *place,
    uint64_t now);
static unsigned article_learn_share(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries);
static unsigned article_learn_awaits(const article_learner_t *learner,
    const article_planned_t *entry, unsigned entries);
static unsigned article_learn_same(const article_planning_t *plan,
    const article_planned_t *entry, unsigned entries);


void
article_learn_plan(article_learner_t *learner, uint64_t now)
{
    char                 why[ARTICLE_LEARN_WHY];
    unsigned             entries, changed, share, waits;
    article_planned_t    entry[ARTICLE_LEARN_ENTRIES];
    article_planning_t  *force, *waiting;

    force = &learner->plan[ARTICLE_PLAN_FORCE];
    waiting = &learner->plan[ARTICLE_PLAN_WAITING];

    changed = learner->unsaid;
    entries = article_learn_collect(learner, entry, now, &changed);

    if (article_learn_same(force, entry, entries)) {
        waiting->number = 0;
        waiting->entries = 0;

        if (!changed || (force->number == 0 && entries == 0)) {
            return;
        }
    }

    share = article_learn_share(learner, entry, entries);
    why[0] = '\0';
    waits = 1;

    if (article_learn_same(force, entry, entries)) {
        waits = 0;
        share = force->share;

    } else if (learner->held) {
        (void) snprintf(why, sizeof(why), "waits: rolled back before");

    } else if (article_learn_awaits(learner, entry, entries)) {
        (void) snprintf(why, sizeof(why), "%s", waiting->why);

    } else if (share > ARTICLE_LEARN_SHARE) {
        (void) snprintf(why, sizeof(why), "waits: cuts %u %% of the text, "
                        "more than %d", share, ARTICLE_LEARN_SHARE);

    } else if (force->entries != 0
               && learner->articles - learner->changed
                  >= ARTICLE_LEARN_SETTLED
               && share > 2 * force->share + ARTICLE_LEARN_SUDDEN)
    {
        (void) snprintf(why, sizeof(why), "waits: cuts %u %% of the text, "
                        "the one in force %u", share, force->share);

    } else {
        waits = 0;
    }

    if (waits && waiting->number != 0
        && article_learn_same(waiting, entry, entries))
    {
        return;
    }

    article_learn_make(learner, entry, entries, share, waits, now,
                       why[0] != '\0' ? why : "learned");
}


void
article_learn_make(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries, unsigned share,
    unsigned waits, uint64_t now, const char *why)
{
    article_planned_t   *room;
    article_planning_t  *plan;

    plan = &learner->plan[ARTICLE_PLAN_WAITING];

    if (!waits) {
        room = learner->plan[ARTICLE_LEARN_PLANS - 1].entry;
        plan = &learner->plan[ARTICLE_PLAN_FORCE];

        if (plan->number != 0) {
            memmove(&learner->plan[ARTICLE_PLAN_WAITING + 2],
                    &learner->plan[ARTICLE_PLAN_WAITING + 1],
                    (ARTICLE_LEARN_PLANS - ARTICLE_PLAN_WAITING - 2)
                    * sizeof(article_planning_t));
            learner->plan[ARTICLE_PLAN_WAITING + 1] = *plan;
            plan->entry = room;
        }

        learner->plan[ARTICLE_PLAN_WAITING].number = 0;
        learner->plan[ARTICLE_PLAN_WAITING].entries = 0;
        learner->changed = learner->articles;
        learner->unsaid = 0;
    }

    plan->number = ++learner->number;
    plan->made = now;
    plan->share = share;
    plan->entries = entries;
    memmove(plan->entry, entry, entries * sizeof(article_planned_t));
    (void) snprintf(plan->why, sizeof(plan->why), "%s", why);
}


unsigned
article_learn_find(const uint64_t *list, unsigned n, uint64_t key)
{
    unsigned  i;

    for (i = 0; i < n && list[i] != key; i++) { /* void */ }

    return i;
}


article_place_t *
article_learn_place(article_learner_t *learner, uint64_t key)
{
    unsigned  i;

    for (i = 0; i < learner->places; i++) {
        if (learner->place[i].key == key) {
            return &learner->place[i];
        }
    }

    return NULL;
}


const article_planned_t *
article_learn_entry(const article_planning_t *plan, uint64_t key)
{
    unsigned  i;

    for (i = 0; i < plan->entries; i++) {
        if (plan->entry[i].key == key) {
            return &plan->entry[i];
        }
    }

    return NULL;
}


unsigned
article_learn_is_same(article_only_t only)
{
    return only == ARTICLE_ONLY_COUNTER || only == ARTICLE_ONLY_SELECT
           || only == ARTICLE_ONLY_BANNER;
}


/*
 * The guards let a block grow to twice what was seen and shrink to half; it
 * must still be what it was.
 */
void
article_learn_guard(const article_learner_t *learner,
    const article_place_t *place, article_planned_t *entry)
{
    uint32_t  links;

    links = (place->titles + 1) / 2;

    entry->key = place->key;
    entry->only = place->only;
    entry->select = place->select;
    entry->heading = place->heading;
    entry->min_links = place->only != ARTICLE_ONLY_LINKS ? 0
                       : links > 1 ? links : 1;
    entry->max = place->bytes < UINT32_MAX / 2 ? 2 * place->bytes
                                               : UINT32_MAX;
    entry->text = article_learn_is_same(place->only) ? place->plain : 0;
    entry->articles = place->articles;
    entry->of = learner->articles;
}


/*
 * The entries that a plan would have now: those in force that still hold, in
 * their order, and new ones behind them.  *changed: a guard is another.
 */
static unsigned
article_learn_collect(article_learner_t *learner, article_planned_t *entry,
    uint64_t now, unsigned *changed)
{
    unsigned                   i, n, pinned, vetoed, steps;
    article_place_t           *place;
    const article_planning_t  *force;

    force = &learner->plan[ARTICLE_PLAN_FORCE];
    n = 0;
    steps = 0;

    for (i = 0; i < force->entries; i++) {
        entry[n] = force->entry[i];
        place = article_learn_place(learner, entry[n].key);

        pinned = article_learn_find(learner->pin, learner->pins, entry[n].key)
                 != learner->pins;
        vetoed = article_learn_find(learner->veto, learner->vetoes,
                                    entry[n].key)
                 != learner->vetoes;

        if (vetoed || (!pinned && (place == NULL
                                   || !article_learn_is_template(learner,
                                                                 place, 1))))
        {
            continue;
        }

        if (place != NULL) {
            *changed |= article_learn_refresh(learner, place, &entry[n]);
        }

        steps += article_learn_steps(entry[n++].select);
    }

    for (i = 0; i < learner->places && n < ARTICLE_LEARN_ENTRIES; i++) {
        place = &learner->place[i];

        if (article_learn_entry(force, place->key) == NULL
            && article_learn_find(learner->veto, learner->vetoes, place->key)
               == learner->vetoes
            && !article_learn_is_new(place, now)
            && article_learn_is_template(learner, place, 0)
            && steps + article_learn_steps(place->select)
               <= ARTICLE_LEARN_STEPS)
        {
            steps += article_learn_steps(place->select);
            article_learn_guard(learner, place, &entry[n++]);
        }
    }

    return n;
}


/* "a > tr b" has four: a tbody is put in before a tr. */
static unsigned
article_learn_steps(article_slice_t select)
{
    size_t    i;
    unsigned  steps;

    steps = 1;

    for (i = 0; i + 1 < select.len; i++) {
        steps += select.data[i] == ' ' && select.data[i + 1] != '>';
        steps += select.data[i] == 't' && select.data[i + 1] == 'r';
    }

    return steps;
}


/* 1 if the blocks have outgrown the entry's guards, which then follow. */
static unsigned
article_learn_refresh(const article_learner_t *learner,
    const article_place_t *place, article_planned_t *entry)
{
    article_planned_t  now;

    article_learn_guard(learner, place, &now);

    /* half of what the guard has to spare is used up */

    if (now.max / 4 * 3 <= entry->max && now.min_links >= entry->min_links
        && now.text == entry->text)
    {
        return 0;
    }

    *entry = now;

    return 1;
}


static unsigned
article_learn_is_template(const article_learner_t *learner,
    const article_place_t *place, unsigned inside)
{
    double    share;
    unsigned  is;

    if (place->many || place->articles < ARTICLE_LEARN_MIN) {
        return 0;
    }

    switch (place->only) {

    case ARTICLE_ONLY_LINKS:
        is = article_learn_is_links(place, inside);
        break;

    case ARTICLE_ONLY_COUNTER:
        is = article_learn_is_counter(place);
        break;

    case ARTICLE_ONLY_SELECT:
        is = place->label != ARTICLE_LABEL_STOP
             && !article_learn_serves(place->heading);
        break;

    case ARTICLE_ONLY_BANNER:
        is = 1;
        break;

    default:
        is = place->label == ARTICLE_LABEL_WIDGET && place->texts > 1;
    }

    if (!is
        || (place->heading.len == 0
            && article_learn_is_shared(learner, place)))
    {
        return 0;
    }

    share = place->heading.len != 0 ? ARTICLE_LEARN_HEADED
                                    : ARTICLE_LEARN_BARE;

    if (inside) {
        share *= ARTICLE_LEARN_LEAVE;
    }

    return 100 * place->weight >= share * learner->weight;
}


/*
 * A menu, too, changes one day: once a list has stood for long, it takes two
 * changes in a short time.
 */
static unsigned
article_learn_is_links(const article_place_t *place, unsigned inside)
{
    switch (place->label) {

    case ARTICLE_LABEL_STOP:
        return 0;

    case ARTICLE_LABEL_RELATED:
    case ARTICLE_LABEL_LATEST:
    case ARTICLE_LABEL_BY_DATE:
        return 1;

    default:
        break;
    }

    if (place->texts < 2 || article_learn_serves(place->heading)) {
        return 0;
    }

    return inside || place->articles <= ARTICLE_LEARN_YOUNG
           || place->changes >= ARTICLE_LEARN_CHANGES;
}


/* 1 if the heading is that of a service to people, or of a menu. */
static unsigned
article_learn_serves(article_slice_t heading)
{
    static const char *const  services[] = {
        "dịch vụ công", "thủ tục", "hồ sơ", "tra cứu", "đường dây nóng",
        "hỏi đáp", "góp ý", "phản ánh", "tiếp công dân", "liên hệ",
        "tòa soạn", "cảnh báo", "khẩn cấp", "chuyên mục", "danh mục", NULL
    };

    return article_label_has(heading, services);
}


static unsigned
article_learn_is_counter(const article_place_t *place)
{
    if (place->dated || place->label == ARTICLE_LABEL_STOP
        || place->texts < ARTICLE_LEARN_MIN)
    {
        return 0;
    }

    return place->counted || place->label == ARTICLE_LABEL_WIDGET
           || (place->articles >= ARTICLE_LEARN_UNLABELLED
               && place->rises >= ARTICLE_LEARN_RISES);
}


/*
 * The selector alone names a block that is no template too: a menu, a date,
 * a box of another kind.
 */
static unsigned
article_learn_is_shared(const article_learner_t *learner,
    const article_place_t *place)
{
    unsigned                i;
    const article_place_t  *other;

    for (i = 0; i < learner->places; i++) {
        other = &learner->place[i];

        if (other != place
            && article_slice_equal(other->select, place->select)
            && (other->heading.len == 0
                || !article_learn_is_template(learner, other, 1)))
        {
            return 1;
        }
    }

    return 0;
}


/* Nothing that is newer than a day, whatever it looks like. */
static unsigned
article_learn_is_new(const article_place_t *place, uint64_t now)
{
    return now != 0 && place->first != 0
           && now < place->first + ARTICLE_LEARNER_DAY;
}


/*
 * How much of a page's text a plan cuts, in the mean of the pages since each
 * place is there; percent.
 */
static unsigned
article_learn_share(article_learner_t *learner,
    const article_planned_t *entry, unsigned entries)
{
    double            sum, since;
    unsigned          i;
    article_place_t  *place;

    sum = 0;

    for (i = 0; i < entries; i++) {
        place = article_learn_place(learner, entry[i].key);

        if (place != NULL) {
            since = learner->articles - place->born + 1;
            since = since < learner->weight ? since : learner->weight;

            sum += since > place->weight ? place->share * place->weight / since
                                         : place->share;
        }
    }

    return sum < 1 ? (unsigned) (100 * sum) : 100;
}


/* 1 if something in it already waits for the operator. */
static unsigned
article_learn_awaits(const article_learner_t *learner,
    const article_planned_t *entry, unsigned entries)
{
    unsigned  i;

    for (i = 0; i < entries; i++) {
        if (article_learn_entry(&learner->plan[ARTICLE_PLAN_WAITING],
                                entry[i].key)
            != NULL
            && article_learn_entry(&learner->plan[ARTICLE_PLAN_FORCE],
                                   entry[i].key)
               == NULL)
        {
            return 1;
        }
    }

    return 0;
}


/* 1 if a plan has these entries, in whatever order. */
static unsigned
article_learn_same(const article_planning_t *plan,
    const article_planned_t *entry, unsigned entries)
{
    unsigned  i;

    if (plan->entries != entries) {
        return 0;
    }

    for (i = 0; i < entries; i++) {
        if (article_learn_entry(plan, entry[i].key) == NULL) {
            return 0;
        }
    }

    return 1;
}

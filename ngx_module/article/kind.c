/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a page is: article, listing, home or none of these.
 */

#include <string.h>

#include "kind.h"
#include "paths.h"
#include "title_text.h"


/* Less running text than this needs other evidence to be an article. */
#define ARTICLE_LEAST_PROSE  60

/* Text beside a form to fill in is its guide, if it is no longer. */
#define ARTICLE_FORM_PROSE    1000

/* Links of fewer words, with nothing beside them, are menus'. */
#define ARTICLE_HEADLINE_WORDS  6

/* The date of a headline's line is no longer. */
#define ARTICLE_TEASER_DATE  40

/* Lists of entries below this are boxes of an article's page. */
#define ARTICLE_LEAST_ITEMS    4
#define ARTICLE_LEAST_TEASERS  3

/* So many entries between title and text are what the page is about. */
#define ARTICLE_LONG_LIST      8

/* So many pictures with captions are an article without a word beside. */
#define ARTICLE_LEAST_CAPTIONS  3


typedef struct {
    uint32_t  entries;          /* repeated entries outside side boxes */
    uint32_t  teasers;          /* of them, with a teaser */
    uint32_t  labelled;         /* those in side boxes, with a teaser */
    uint32_t  teaser_chars;
    uint32_t  before;           /* of them, between title and text */
    uint32_t  apart;            /* of them, not in the text's column */
    uint32_t  apart_teasers;
    uint32_t  apart_chars;
    uint32_t  links;            /* links alone amid the chosen text */
    uint32_t  teased;           /* of them, right before running text */
    uint32_t  cells;            /* running text in tables of many columns */
    uint32_t  sentences;        /* running text that ends as sentences do */
    uint32_t  captions;         /* images that have one */
    uint32_t  form;             /* a form to fill in stands amid the text */
    uint32_t  kept;             /* pictures, players and files */
    unsigned  media;            /* they are the article, or a sentence is */
} article_evidence_t;


static void article_kind_evidence(article_page_t *page,
    article_evidence_t *evidence);
static void article_kind_own(article_page_t *page,
    article_evidence_t *evidence, unsigned machine);
static uint32_t article_kind_column(article_page_t *page);
static unsigned article_kind_leads_on(article_page_t *page);
static void article_kind_links(article_page_t *page,
    article_evidence_t *evidence);
static void article_kind_forms(article_page_t *page,
    article_evidence_t *evidence, uint32_t text);
static unsigned article_kind_is_teaser(article_page_t *page);
static unsigned article_kind_is_link(const article_line_t *line);
static const char *article_kind_reason(article_page_t *page,
    const article_evidence_t *evidence, unsigned machine);
static unsigned article_kind_is_listing(article_page_t *page,
    const article_evidence_t *evidence, unsigned machine, unsigned titled);
static unsigned article_kind_is_other(article_page_t *page,
    const article_evidence_t *evidence, unsigned machine, unsigned titled);
static unsigned article_kind_has_title(article_page_t *page);
static unsigned article_kind_is_box(article_page_t *page);


void
article_kind_judge(article_page_t *page)
{
    unsigned             machine, titled;
    article_kind_t       kind;
    article_facts_t     *facts;
    article_evidence_t   evidence;

    facts = &page->facts;
    facts->confidence = 90;
    facts->kind_why = "by the portal file's kinds";

    if (article_portal_kind(page->options->portal, page->path, &kind)) {
        facts->kind = kind;

        if (kind == ARTICLE_KIND_HOME) {
            article_menu_read(page);

        } else if (kind == ARTICLE_KIND_ARTICLE) {
            (void) article_kind_media(page);
        }

        return;
    }

    article_kind_evidence(page, &evidence);
    article_kind_links(page, &evidence);

    if (article_path_is_root(page->path)) {
        article_menu_read(page);

        facts->kind_why = "the portal's front page";
        facts->kind = evidence.entries >= ARTICLE_LEAST_ITEMS
                      || page->sections_number >= ARTICLE_LEAST_ITEMS
                      ? ARTICLE_KIND_HOME : ARTICLE_KIND_OTHER;
        return;
    }

    facts->confidence = 60;

    facts->kind_why = article_kind_notice(page);

    if (facts->kind_why) {
        facts->kind = ARTICLE_KIND_OTHER;
        return;
    }

    if (article_kind_media(page)) {
        article_kind_evidence(page, &evidence);
        article_kind_links(page, &evidence);
        evidence.media = 1;
    }

    machine = page->head.ld_article == 1
              || (page->head.body_node && page->head.headline.len)
              || article_slice_equal_case(page->head.og_type,
                                          article_literal("article"));
    titled = article_kind_has_title(page);

    if (titled) {
        article_kind_own(page, &evidence, machine);
    }

    if (article_kind_is_listing(page, &evidence, machine, titled)) {
        facts->kind_why = "entries and teasers outweigh the text";
        facts->kind = ARTICLE_KIND_LISTING;
        facts->confidence = machine ? 60 : 85;

    } else if (article_kind_is_other(page, &evidence, machine, titled)) {
        facts->kind_why = page->prose ? "the text is a box's, form's or table's"
                                      : "no text, document, film or pictures";
        facts->kind = ARTICLE_KIND_OTHER;

    } else {
        facts->kind_why = article_kind_reason(page, &evidence, machine);
        facts->kind = ARTICLE_KIND_ARTICLE;
        facts->confidence = machine || page->ruled ? 95
                            : evidence.media ? 70
                            : titled ? 85 : 60;
    }
}


/* Why a page is an article. */

static const char *
article_kind_reason(article_page_t *page, const article_evidence_t *evidence,
    unsigned machine)
{
    return page->ruled ? "the portal file finds a text"
           : machine ? "the page's head says so"
           : evidence->media ? "media or a sentence by the title"
           : article_kind_has_title(page) ? "a text below its title"
                                          : "a text without a title";
}


/* Entries that outweigh the text, or titles and teasers by turns in it. */

static unsigned
article_kind_is_listing(article_page_t *page,
    const article_evidence_t *evidence, unsigned machine, unsigned titled)
{
    if ((evidence->entries >= ARTICLE_LEAST_ITEMS
         || evidence->teasers >= ARTICLE_LEAST_TEASERS)
        && (evidence->teaser_chars > page->prose
            || (page->prose < ARTICLE_LITTLE_PROSE
                && evidence->before >= ARTICLE_LEAST_ITEMS)
            || page->prose < ARTICLE_LEAST_PROSE)
        && !(machine && page->prose > ARTICLE_LITTLE_PROSE))
    {
        return 1;
    }

    /* the foot's text below a list, or the first teaser of another */

    if (evidence->before >= ARTICLE_LONG_LIST
        && page->prose < ARTICLE_FORM_PROSE)
    {
        return 1;
    }

    if (titled && !machine && page->paragraphs == 1
        && page->prose < ARTICLE_LITTLE_PROSE && article_kind_is_teaser(page))
    {
        return 1;
    }

    /* text without a title of its own, beside lists that have labels */

    if (!titled && !machine && page->prose < ARTICLE_LITTLE_PROSE
        && (evidence->labelled >= ARTICLE_LEAST_TEASERS
            || evidence->entries >= ARTICLE_LEAST_ITEMS))
    {
        return 1;
    }

    if (machine && page->paragraphs > ARTICLE_LEAST_TEASERS) {
        return 0;
    }

    return (evidence->links >= ARTICLE_LEAST_TEASERS
            && evidence->links * 2 >= page->paragraphs)
           || (evidence->teased >= 2
               && evidence->teased * 2 >= page->paragraphs);
}


/* No text, a notice's text, a register, a page to search and ask on. */

static unsigned
article_kind_is_other(article_page_t *page,
    const article_evidence_t *evidence, unsigned machine, unsigned titled)
{
    if (page->ruled && (page->kept || evidence->kept)) {
        return 0;
    }

    if (evidence->media) {
        return !machine && (!titled || article_kind_is_box(page));
    }

    if (page->prose == 0 && titled
        && evidence->captions >= ARTICLE_LEAST_CAPTIONS)
    {
        return 0;                       /* a photo essay */
    }

    if (page->prose == 0
        || (page->prose < ARTICLE_LEAST_PROSE && !titled))
    {
        return 1;
    }

    if (machine) {
        return 0;
    }

    if (titled && !page->ruled && article_kind_is_box(page)) {
        return 1;
    }

    if (!titled && page->prose < ARTICLE_LITTLE_PROSE) {
        return 1;
    }

    if (evidence->sentences == 0 && page->paragraphs > 1
        && evidence->cells * 3 >= page->paragraphs * 2)
    {
        return 1;
    }

    return evidence->form && page->prose < ARTICLE_FORM_PROSE;
}


static void
article_kind_evidence(article_page_t *page, article_evidence_t *evidence)
{
    uint32_t            i, k, teaser;
    unsigned            outside;
    article_line_t     *line;
    article_entry_t    *entry;
    article_element_t  *column;

    memset(evidence, 0, sizeof(*evidence));

    if (page->entries == 0) {
        return;
    }

    column = &page->blocks.element[article_kind_column(page)];

    for (i = 0; i < page->entries; i++) {
        entry = &page->entry[i];
        line = &page->blocks.line[entry->title];

        outside = line->role == ARTICLE_ROLE_CUT
                  || (line->any & (ARTICLE_IN_NAV|ARTICLE_IN_SIDE
                                   |ARTICLE_IN_FOOTER|ARTICLE_IN_RELATED
                                   |ARTICLE_IN_COMMENT));
        teaser = 0;

        for (k = entry->from; k < entry->to; k++) {
            line = &page->blocks.line[k];

            if (k != entry->title && line->link_chars * 2 < line->chars
                && line->chars >= 40)
            {
                teaser += line->chars;
            }
        }

        if (outside) {
            evidence->labelled += teaser != 0;
            continue;
        }

        if (teaser == 0 && entry->to == entry->from + 1
            && page->blocks.line[entry->title].words < ARTICLE_HEADLINE_WORDS)
        {
            continue;                   /* an item of a menu */
        }

        evidence->entries++;
        evidence->teasers += teaser != 0;
        evidence->teaser_chars += teaser;

        if (entry->from < column->line || entry->from >= column->line_end) {
            evidence->apart++;
            evidence->apart_teasers += teaser != 0;
            evidence->apart_chars += teaser;
        }

        if (entry->to <= page->start
            && (page->title == ARTICLE_NONE || entry->from >= page->title_end))
        {
            evidence->before++;
        }
    }
}


/*
 * A text right below its title and date is no list's, whatever else the page
 * lists; one without a date, if it is long, only tells of its own column.
 */

static void
article_kind_own(article_page_t *page, article_evidence_t *evidence,
    unsigned machine)
{
    article_date_t  date;

    if (evidence->before || article_kind_leads_on(page)) {
        return;
    }

    if (machine || article_date_above(page, &date)) {
        evidence->entries = 0;
        evidence->teasers = 0;
        evidence->teaser_chars = 0;

    } else if (page->prose >= ARTICLE_LITTLE_PROSE) {
        evidence->entries -= evidence->apart;
        evidence->teasers -= evidence->apart_teasers;
        evidence->teaser_chars -= evidence->apart_chars;
    }
}


/* The element that holds title and text. */

static uint32_t
article_kind_column(article_page_t *page)
{
    if (!article_kind_has_title(page) || page->start >= page->end) {
        return 0;
    }

    return article_blocks_common(&page->blocks, page->title, page->end);
}


/* 1 if links to other pages stand between the title and the text. */

static unsigned
article_kind_leads_on(article_page_t *page)
{
    uint32_t         i;
    article_line_t  *line;

    for (i = page->title_end; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT) {
            continue;
        }

        if (i >= page->start && line->value
            && (line->role == ARTICLE_ROLE_BODY
                || line->role == ARTICLE_ROLE_SAPO))
        {
            return 0;
        }

        if (line->marker == ARTICLE_MARKER_NONE
            && line->words >= ARTICLE_HEADLINE_WORDS
            && article_kind_is_link(line))
        {
            return 1;
        }
    }

    return 0;
}


/*
 * 1 if the text is right below one headline, in no list of them; a date may
 * stand between.
 */

static unsigned
article_kind_is_teaser(article_page_t *page)
{
    uint32_t         i, above;
    article_date_t   date;
    article_line_t  *line;

    for (i = page->title_end + 1; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->value && line->role == ARTICLE_ROLE_BODY) {
            break;
        }
    }

    if (i >= page->end) {
        return 0;
    }

    above = i - 1;
    line = &page->blocks.line[above];

    if (above > page->title_end && line->link_chars == 0
        && line->chars <= ARTICLE_TEASER_DATE
        && article_date_find(line->text, 0, &date))
    {
        line = &page->blocks.line[--above];
    }

    return line->words >= ARTICLE_HEADLINE_WORDS
           && !(line->any & ARTICLE_IN_LIST) && article_kind_is_link(line)
           && !article_kind_is_link(line - 1);
}


static unsigned
article_kind_is_link(const article_line_t *line)
{
    return line->link && line->words >= 3
           && line->link_chars * 10 >= line->chars * 8
           && !article_is_file_reference(article_link_href(line->link), NULL);
}


static void
article_kind_links(article_page_t *page, article_evidence_t *evidence)
{
    uint32_t         i, last, text;
    article_line_t  *line;

    last = ARTICLE_NONE;
    text = 0;

    if (page->blocks.elements == 0) {
        return;
    }

    for (i = page->start; i < page->end; i++) {
        line = &page->blocks.line[i];

        if (line->role == ARTICLE_ROLE_CUT) {
            continue;
        }

        if (line->role == ARTICLE_ROLE_BODY && line->value) {
            text = i;
            evidence->form += (line->any & ARTICLE_IN_SEARCH) != 0;
            evidence->cells += (line->flags & ARTICLE_IN_CELL) != 0;
            evidence->sentences += line->ends || line->marks > 1;
        }

        if (article_kind_is_link(line)) {
            evidence->links += !line->item;     /* those are entries */
            last = i;

        } else if (line->value && last != ARTICLE_NONE) {
            evidence->teased += i - last <= 3;
            last = ARTICLE_NONE;
        }
    }

    for (i = 0; i < page->blocks.medias; i++) {
        evidence->kept += page->blocks.media[i].kept;
        evidence->captions += page->blocks.media[i].kept
                              && page->blocks.media[i].caption_lines;
    }

    article_kind_forms(page, evidence, text);
}


/* Forms to fill in around the text, or amid it. */

static void
article_kind_forms(article_page_t *page, article_evidence_t *evidence,
    uint32_t text)
{
    uint32_t            e;
    article_element_t  *element;

    /* not the one around a whole page */

    e = article_kind_has_title(page) ? page->blocks.line[text].element : 0;

    for ( /* void */ ; e; e = element->parent) {
        element = &page->blocks.element[e];

        evidence->form += element->tag == LXB_TAG_FORM
                          && element->line >= page->title_end;
    }

    for (e = page->root; e < page->blocks.element[page->root].end; e++) {
        element = &page->blocks.element[e];

        /* with words of its own, and text below: no form for comments */

        if (e != page->root && element->tag == LXB_TAG_FORM
            && element->line >= page->start && element->line_end <= text
            && element->line < element->line_end
            && page->blocks.line[element->line].role != ARTICLE_ROLE_CUT)
        {
            evidence->form++;
        }
    }
}


/* The title stands on the page, above the text; what it heads is not cut. */

static unsigned
article_kind_has_title(article_page_t *page)
{
    return page->title != ARTICLE_NONE && page->title < page->start
           && !(page->blocks.line[page->title].marker != ARTICLE_MARKER_NONE
                && page->title_end < page->blocks.lines
                && page->blocks.line[page->title_end].role
                   == ARTICLE_ROLE_CUT);
}


/*
 * What heads a short text may be a box's head: a page's title is its <h1>, or
 * in <title> if that names more than the portal, or a date is below it.
 */

static unsigned
article_kind_is_box(article_page_t *page)
{
    article_date_t   date;
    article_slice_t  title;

    if (page->prose >= ARTICLE_LITTLE_PROSE
        || article_title_of_head(page).len == page->head.title.len
        || page->blocks.line[page->title].heading == 1
        || article_date_above(page, &date))
    {
        return 0;
    }

    title = article_page_fold(page, page->facts.title);

    return !article_title_part(article_page_fold(page, page->head.title),
                               title)
           && !article_title_part(article_page_fold(page,
                                                    page->head.og_title),
                                  title);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * What the steps of one extraction share.
 */

#ifndef ARTICLE_PAGE_H_INCLUDED
#define ARTICLE_PAGE_H_INCLUDED


#include "blocks.h"
#include "dates.h"
#include "portal.h"
#include "url.h"


#define ARTICLE_NONE      UINT32_MAX        /* no line, no element */
#define ARTICLE_TAGS_MAX  16

/* A main menu with more sections than this is a site map. */
#define ARTICLE_SECTIONS_MOST  100


/* Where the head names authors, the surest first. */
typedef enum {
    ARTICLE_NAMED_PRESS = 0,            /* <meta> of services for the press */
    ARTICLE_NAMED_ARTICLE,              /* article:author */
    ARTICLE_NAMED_META,                 /* author */
    ARTICLE_NAMED_ITEM,                 /* itemprop="author" */
    ARTICLE_NAMED_LINK,                 /* rel="author" */
    ARTICLE_NAMED_DUBLIN,               /* dc.creator */
    ARTICLE_NAMED_LAST
} article_named_t;


typedef struct {
    article_slice_t   name[ARTICLE_AUTHORS_MAX];
    unsigned          number;
} article_named_list_t;


/* An article that JSON-LD tells of; or the page, when it tells of none. */
typedef struct {
    article_slice_t   headline;
    article_slice_t   published;
    article_slice_t   modified;
    article_slice_t   section;
    article_slice_t   image;
    article_slice_t   description;
    article_slice_t   keywords;         /* parted by commas */
    article_slice_t   url;              /* @id, url or mainEntityOfPage */
    article_slice_t   body;             /* as written, of a free article */
    article_slice_t   authors[ARTICLE_AUTHORS_MAX];
    unsigned          authors_number;
    unsigned          organizations;    /* bits: which are no persons */
} article_jsonld_t;


#define ARTICLE_JSONLD_ARTICLES  8      /* more are a list */


/*
 * What the page says about itself outside of its text: <head>, microdata
 * and JSON-LD.  Empty slices: not said.  Slices live in arena or document.
 */
typedef struct {
    article_slice_t   title;            /* <title> */
    article_slice_t   og_title;
    article_slice_t   og_type;
    article_slice_t   og_image;
    article_slice_t   og_url;
    article_slice_t   site_name;
    article_slice_t   description;      /* the first of the next two */
    article_slice_t   og_description;
    article_slice_t   meta_description;
    article_slice_t   canonical;
    article_slice_t   published;        /* machine dates, as written */
    article_slice_t   dated;            /* of <meta> less sure than these */
    unsigned          dated_rank;
    article_slice_t   modified;
    article_slice_t   author;           /* meta name="author" */
    article_slice_t   written;          /* twitter:data1 ... */
    article_slice_t   written_label;    /* ... and :label1, "Written by" */
    article_slice_t   publisher;        /* names of the site ... */
    article_slice_t   application;
    article_slice_t   ld_publisher;
    article_slice_t   section;
    article_slice_t   language;
    article_slice_t   base;             /* <base href> */
    article_slice_t   headline;         /* microdata */
    article_slice_t   tags[ARTICLE_TAGS_MAX];
    unsigned          tags_number;
    lxb_dom_node_t   *headline_node;
    lxb_dom_node_t   *body_node;        /* itemprop="articleBody", only one */
    unsigned          bodies;           /* how many there are */

    article_named_list_t   named[ARTICLE_NAMED_LAST];
    lxb_dom_node_t        *named_link;  /* what holds the first rel="author" */
    lxb_dom_node_t        *named_item;  /* and the first itemprop="author" */

    unsigned          ld_article;       /* how many articles JSON-LD has */
    unsigned          ld_listing;       /* JSON-LD ItemList, CollectionPage */
    article_jsonld_t  ld;               /* the page's own, if it is told */
    article_jsonld_t  ld_page;          /* its WebPage */
    article_jsonld_t  ld_found[ARTICLE_JSONLD_ARTICLES];
} article_head_t;


/* A repeated entry with a link of its own: lines, before anything is read. */
typedef struct {
    uint32_t          group;            /* element whose children they are */
    uint32_t          element;          /* the entry's; or the title's */
    uint32_t          title;            /* line of the title link */
    uint32_t          from;
    uint32_t          to;
} article_entry_t;


typedef struct {
    article_slice_t   title;
    article_slice_t   url;
    article_slice_t   summary;
    article_slice_t   image;
    article_date_t    date;
    unsigned          dated;
} article_item_t;


typedef struct {
    article_slice_t   title;
    article_slice_t   summary;
    const char       *summary_from;     /* "sapo", "lead", "description", or,
                                           without a text, "title" */
    article_slice_t   text;             /* content_text */
    uint64_t          words;            /* of it */
    article_slice_t   html;             /* content_html */
    article_date_t    published;
    article_date_t    modified;
    article_date_t    updated;          /* seen beside "Cập nhật" */
    unsigned          has_published;
    unsigned          has_modified;
    unsigned          has_updated;
    article_names_t   names;
    article_slice_t   section;
    article_slice_t   url;              /* canonical, absolute or path */
    article_slice_t   id;
    article_slice_t   image;
    article_slice_t   next_url;
    unsigned          postback;         /* 1: further pages, by a form alone */
    const char       *method;           /* "rule", "generic" */
    unsigned          confidence;       /* percent */
    article_kind_t    kind;
    const char       *kind_why;         /* static */
} article_facts_t;


typedef struct {
    article_engine_t              *engine;
    article_arena_t               *arena;
    const article_read_options_t  *options;
    article_read_options_t         family;  /* they, with the family's file */
    article_url_context_t          urls;
    article_slice_t                path;    /* of the page, with query */
    article_blocks_t               blocks;
    article_head_t                 head;
    article_facts_t                facts;
    article_slice_t               *folded;  /* lines; data NULL: not yet */

    unsigned          foreign;          /* 1: the page is not Vietnamese */
    unsigned          date_style;       /* ARTICLE_DATE_...; 0: Vietnamese */

    uint32_t          title;            /* its first line, or NONE */
    uint32_t          title_end;
    uint32_t          start;            /* lines of the article: [start, end) */
    uint32_t          end;
    uint32_t          body;             /* where their container begins, or 0 */
    uint32_t          root;             /* element that holds them */
    uint32_t          prose;            /* characters of running text kept */
    uint32_t          paragraphs;       /* lines of it */
    uint32_t          kept;             /* lines of any text kept */
    unsigned          ruled;            /* the portal file chose the text */
    uint32_t          fields;           /* bits of article_field_t: those of
                                           the portal file that matched */
    lxb_dom_node_t   *told;             /* what told.c put into the page */

    article_entry_t  *entry;            /* all repeated entries, page order */
    uint32_t          entries;
    article_item_t   *items;            /* those of the listing */
    uint32_t          items_number;
    article_item_t   *sections;         /* of a home page: title and url */
    uint32_t          sections_number;
} article_page_t;


/* Common small questions, page.c. */

/*
 * article_portal_find() below the page's root, with the page's portal file;
 * that the field matched is remembered.
 */
unsigned article_page_find(article_page_t *page, article_field_t field,
    article_portal_match_pt handler, void *data);

/* Folded text of a line, for matching. */
article_slice_t article_page_fold(article_page_t *page, article_slice_t text);

/* That of one of the page's lines: folded once. */
article_slice_t article_page_fold_line(article_page_t *page,
    const article_line_t *line);

/* Folds n terminated words: what texts are compared with, once a page. */
void article_page_fold_all(article_page_t *page, const char *const *words,
    unsigned n, article_slice_t *folded);

/* 1 if the link leads to the page itself or nowhere. */
unsigned article_page_is_self(article_page_t *page, lxb_dom_node_t *link);

/* Absolute address of a reference on the page; empty when it is none. */
article_slice_t article_page_url(article_page_t *page,
    article_slice_t reference);

/*
 * The stable id of a page of the portal: portal name and the number that the
 * portal file's pattern finds in its path, else the path itself.
 */
article_slice_t article_page_id(article_page_t *page, article_slice_t url);

/* The href of a link, white space trimmed. */
article_slice_t article_link_href(const lxb_dom_node_t *link);

/* s without white space and the given bytes at both ends. */
article_slice_t article_trim(article_slice_t s, const char *also);


/*
 * article_date_find_in() in the page's own style, settled: in a page that is
 * not Vietnamese a date without a zone is UTC, not +07:00.  language.c.
 */
unsigned article_page_date_find(const article_page_t *page,
    article_slice_t text, size_t from, article_date_t *date);
void article_page_date_settle(const article_page_t *page,
    article_date_t *date);

/* Sets page->foreign and date_style; language.c. */
void article_language_find(article_page_t *page);

/* Fills page->head; head.c. */
void article_head_read(article_page_t *page);

/* One <script type="application/ld+json">; jsonld.c. */
void article_jsonld_read(article_page_t *page, article_slice_t json);

/*
 * When all are read: head.ld is the only article, or the one of several that
 * is the page's own, which then is the only one; jsonld.c.
 */
void article_jsonld_choose(article_page_t *page);

/* One <meta>, with what of the head it tells; meta.c. */
void article_meta_read(article_page_t *page, lxb_dom_node_t *node);

/* Adds the words of a list parted by commas to the tags; meta.c. */
void article_head_tags(article_page_t *page, article_slice_t value);

/* An element with itemprop; microdata.c. */
void article_microdata_read(article_page_t *page, lxb_dom_node_t *node,
    article_slice_t property);

/* Adds a name to a list of the head, unless it is there; head.c. */
void article_head_named(article_page_t *page, article_named_t list,
    article_slice_t name);

/* 1 if a list of words parted by spaces has the word; head.c. */
unsigned article_has_word(article_slice_t list, const char *word);

/* Finds page->title and facts.title; title.c. */
void article_title_find(article_page_t *page);

/* The page's <title> without the site's name; title_text.c. */
article_slice_t article_title_of_head(article_page_t *page);

/* The same of any title that the page's head tells; title_text.c. */
article_slice_t article_title_without_site(article_page_t *page,
    article_slice_t title);

/* Marks labelled lists and boxes; sections.c. */
void article_sections_mark(article_page_t *page);

/* Sets each line's worth as running text; content.c. */
void article_content_values(article_page_t *page);

/* Marks the lists of a learned portal file; learned.c. */
void article_learned_mark(article_page_t *page);

/* Sets facts.method where they stood amid the text; learned.c. */
void article_learned_method(article_page_t *page);

/*
 * Puts the text that JSON-LD tells into the page when what was chosen is next
 * to nothing beside it, and a part of it; the element with its paragraphs, or
 * NULL.  The page then has to be walked and chosen anew with it as
 * page->told; told.c.
 */
lxb_dom_node_t *article_told_insert(article_page_t *page);

/* Chooses the article's lines; content.c. */
void article_content_choose(article_page_t *page);

/* Leaves of what stands above the text's container its lead; content.c. */
void article_content_head(article_page_t *page);

/* Gives each line in them its role; lines.c. */
void article_lines_filter(article_page_t *page);

/* Drops what stands below the text and is none of it; tail.c. */
void article_tail_trim(article_page_t *page);

/* Images with their captions; figures.c.  Before the line filter. */
void article_figures_find(article_page_t *page);

/* Dates, names, section, summary; metadata.c. */
void article_metadata_find(article_page_t *page);

/* Adds a kicker to facts.title or takes it away; headline.c. */
void article_headline_choose(article_page_t *page);

/* Points for an <h1> that is JSON-LD's headline but for white space, signs. */
int article_headline_named(article_page_t *page, const article_line_t *line,
    article_slice_t text);

/* Finds facts.names; names.c. */
void article_names_find(article_page_t *page);

/* Finds facts.summary; summary.c. */
void article_summary_find(article_page_t *page);

/* Finds facts.published and modified; published.c. */
void article_date_published(article_page_t *page);

/* The date that stands between title and text; 0: none does.  published.c. */
unsigned article_date_above(article_page_t *page, article_date_t *date);

/* 1 if a portal file's selector finds a text on the page; metadata.c. */
unsigned article_field_text(article_page_t *page, article_field_t field,
    article_slice_t *text);

/* The page's kind and the confidence in it; kind.c. */
void article_kind_judge(article_page_t *page);

/* Finds entries of lists and marks their lines; listing.c. */
void article_listing_mark(article_page_t *page);

/* Fills page->items from what was marked, and next_url; listing.c. */
void article_listing_read(article_page_t *page);

/* Fills page->sections of a home page from its main menu; menu.c. */
void article_menu_read(article_page_t *page);

/* content_text; render.c. */
void article_render_text(article_page_t *page);

/* content_html; sanitize.c. */
void article_render_html(article_page_t *page);

/* The item or feed as JSON; json.c.  data is NULL when memory is out. */
article_slice_t article_json_item(article_page_t *page,
    article_slice_t *version);
article_slice_t article_json_feed(article_page_t *page,
    article_slice_t *version);

/*
 * Fills result->listed: the article itself, or what the listing tells of;
 * json_listed.c.  Nothing more when memory is out.
 */
void article_json_listed(article_page_t *page, article_result_t *result);

/* 128 bits in hex; json.c. */
article_slice_t article_json_hash(article_page_t *page, uint64_t a,
    uint64_t b);


#endif /* ARTICLE_PAGE_H_INCLUDED */

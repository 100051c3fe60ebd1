/*
 * Copyright (C) the authors named in LICENSE
 *
 * The one public door of the engine: what the CLI, the nginx glue, the unit
 * tests and the fuzzers call.  It knows no nginx.  No function here keeps
 * mutable global state; two threads may work at once with an engine each.
 * A portal is immutable once parsed and may be shared by all of them.
 */

#ifndef ARTICLE_H_INCLUDED
#define ARTICLE_H_INCLUDED


#include <stddef.h>
#include <stdint.h>
#include <time.h>


/* Bytes that somebody else owns; not terminated. */
typedef struct {
    const char  *data;
    size_t       len;
} article_slice_t;


#define article_literal(s)  ((article_slice_t) { (s), sizeof(s) - 1 })


/*
 * Every reason the gateway ever gives, in a problem's "reason", in
 * $article_reason and in the log: stable ASCII words, a closed list.
 * X(enum name, word, sentence for a human).
 */
#define ARTICLE_REASONS(X)                                                    \
    X(OK, "ok", "The page was read.")                                         \
    X(NOT_AN_ARTICLE, "not_an_article",                                       \
      "The page is neither an article nor a list of articles.")               \
    X(NOT_HTML, "not_html", "The portal's answer is not an HTML page.")       \
    X(EMPTY_PAGE, "empty_page", "The page holds no text.")                    \
    X(PAGE_TOO_LARGE, "page_too_large",                                       \
      "The page is larger than article_max_page.")                            \
    X(PAGE_TOO_COMPLEX, "page_too_complex",                                   \
      "The page's markup is nested or repeated beyond the limits.")           \
    X(NO_MEMORY, "no_memory", "The memory set apart for a page ran out.")     \
    X(BAD_ENTRY, "bad_entry", "There is no such entry or plan.")              \
    X(PATH_REFUSED, "path_refused",                                           \
      "The path is not served as an article.")                                \
    X(METHOD_REFUSED, "method_refused", "Only GET and HEAD are answered.")    \
    X(PURGE_REFUSED, "purge_refused", "Purging is not allowed from here.")    \
    X(PURGE_UNKNOWN, "purge_unknown",                                         \
      "X-Article-Purge has a word that is not known.")                        \
    X(BAD_ARGUMENT, "bad_argument",                                           \
      "An argument of the address cannot be read.")                           \
    X(WITHDRAWN, "withdrawn", "The article was withdrawn by the operator.")   \
    X(ORIGIN_NOT_FOUND, "origin_not_found",                                   \
      "The portal says that the page does not exist.")                        \
    X(ORIGIN_GONE, "origin_gone",                                             \
      "The portal says that the page is gone.")                               \
    X(ORIGIN_REDIRECT, "origin_redirect", "The page has another address.")    \
    X(ORIGIN_REDIRECT_LOOP, "origin_redirect_loop",                           \
      "The portal redirects the page to itself under another scheme or "      \
      "www name: article_base_url or the Host header of the source "          \
      "location does not match the portal.")                                  \
    X(REDIRECTED, "redirected",                                               \
      "The portal redirects the page to another site.")                       \
    X(ORIGIN_DOWN, "origin_down", "The portal cannot be reached.")            \
    X(ORIGIN_TIMEOUT, "origin_timeout", "The portal did not answer in time.") \
    X(ORIGIN_ERROR, "origin_error", "The portal answered with an error.")     \
    X(ORIGIN_REFUSED, "origin_refused", "The portal refused the request.")    \
    X(ORIGIN_TRUNCATED, "origin_truncated",                                   \
      "The portal's answer ended before it was whole.")                       \
    X(ORIGIN_PARTIAL, "origin_partial",                                       \
      "The portal answered with a part of the page.")                         \
    X(ORIGIN_UNASKED, "origin_unasked",                                       \
      "The portal's answer does not fit the request.")                        \
    X(ORIGIN_ENCODED, "origin_encoded",                                       \
      "The portal's answer is compressed and could not be inflated.")         \
    X(ORIGIN_REWRITTEN, "origin_rewritten",                                   \
      "The portal's answer was replaced by an internal redirect.")            \
    X(LOCK_TIMEOUT, "lock_timeout",                                           \
      "Another request's fetch of the same page took too long: it was "       \
      "fetched once more and not stored.")                                    \
    X(OVERLOADED, "overloaded", "Too many requests wait for pages.")          \
    X(INTERNAL_ERROR, "internal_error", "The gateway failed.")                \
    X(ORIGIN_PRIVATE, "origin_private",                                       \
      "The portal's Cache-Control or Expires forbids storing the page.")      \
    X(ORIGIN_SET_COOKIE, "origin_set_cookie",                                 \
      "The portal's answer sets a cookie and was not stored.")                \
    X(ORIGIN_VARY, "origin_vary",                                             \
      "The portal's answer varies on everything and was not stored.")         \
    X(CACHE_OFF, "cache_off", "article_cache_valid does not store this.")     \
    X(REDIS_DOWN, "redis_down", "Redis cannot be reached.")                   \
    X(REDIS_TIMEOUT, "redis_timeout", "Redis did not answer in time.")        \
    X(REDIS_ERROR, "redis_error", "Redis answered with an error.")            \
    X(REDIS_DAMAGED, "redis_damaged",                                         \
      "The value stored in Redis is damaged or foreign.")                     \
    X(STRIP_BYPASS, "strip_bypass", "article_strip_bypass says so.")          \
    X(STRIP_PERSONAL, "strip_personal",                                       \
      "The request has Authorization or a login cookie.")                     \
    X(STRIP_NOT_PLAIN, "strip_not_plain",                                     \
      "The answer is not a whole, plain 200 HTML page to a GET.")             \
    X(STRIP_DOUBT, "strip_doubt",                                             \
      "The page's nesting could not be followed; the rest passed uncut.")     \
    X(STRIP_LIMIT, "strip_limit",                                             \
      "A block outgrew article_strip_buffer and passed uncut.")


#define ARTICLE_REASON_ENUM(name, word, sentence)  ARTICLE_##name,

typedef enum {
    ARTICLE_REASONS(ARTICLE_REASON_ENUM)
    ARTICLE_REASONS_NUMBER
} article_reason_t;

#undef ARTICLE_REASON_ENUM


/* The stable word of a reason, and its sentence; both static, terminated. */
const char *article_reason_word(article_reason_t reason);
const char *article_reason_sentence(article_reason_t reason);


typedef enum {
    ARTICLE_KIND_OTHER = 0,
    ARTICLE_KIND_ARTICLE,
    ARTICLE_KIND_LISTING,
    ARTICLE_KIND_HOME
} article_kind_t;


/* "other", "article", "listing", "home"; static, terminated. */
const char *article_kind_word(article_kind_t kind);


typedef struct article_engine_s   article_engine_t;
typedef struct article_portal_s   article_portal_t;
typedef struct article_learner_s  article_learner_t;
typedef struct article_strip_s    article_strip_t;
typedef struct article_strip_memory_s  article_strip_memory_t;


/* Bounds of one page; a field of 0 means the default beside it. */
typedef struct {
    size_t    page;      /* bytes of the page as sent: ARTICLE_MAX_PAGE */
    size_t    memory;    /* bytes of arena, DOM apart: ARTICLE_MAX_MEMORY */
    unsigned  depth;     /* of open elements: ARTICLE_MAX_DEPTH */
    unsigned  nodes;     /* of the DOM: ARTICLE_MAX_NODES */
} article_limits_t;

#define ARTICLE_MAX_PAGE    (4 * 1024 * 1024)
#define ARTICLE_MAX_MEMORY  (64 * 1024 * 1024)
#define ARTICLE_MAX_DEPTH   256
#define ARTICLE_MAX_NODES   400000


/*
 * What one extraction works with: arena, lexbor document, parser.  Costly to
 * make (1.1 MB), so make one a thread and use it again and again.
 * NULL limits: the defaults.  Returns NULL when memory is out.
 */
article_engine_t *article_engine_create(const article_limits_t *limits);
void article_engine_destroy(article_engine_t *engine);

/* Gives the memory of the last page back, down to the idle size. */
void article_engine_shrink(article_engine_t *engine);


/* Where and what an error in a portal file is; line and column from 1. */
typedef struct {
    unsigned  line;
    unsigned  column;
    char      message[240];
} article_error_t;


/*
 * Parses a portal file (JSON, see README "The portal file") and compiles its
 * selectors, patterns and cut plan.  Returns NULL with *error filled.
 * The portal is independent of the text; free it with article_portal_destroy.
 */
article_portal_t *article_portal_parse(const char *json, size_t len,
    article_error_t *error);
void article_portal_destroy(article_portal_t *portal);

/* The portal's name; lives as long as the portal. */
article_slice_t article_portal_name(const article_portal_t *portal);

/*
 * What somebody wrote into the portal file and may have gone stale: the
 * fields of articles first, then the entries of "strip", n from 0.  1 and
 * *rule, or 0 behind the last.  word is empty where the file says nothing (or
 * keeps, or has learned it); else it lives as long as the portal.
 */
#define ARTICLE_PORTAL_RULES  264

typedef struct {
    article_slice_t  word;      /* "content"; "rule div.related" */
    unsigned         strip;     /* 1: of pages that are cut; 0: of articles
                                   that are read */
} article_portal_judged_t;

unsigned article_portal_judged(const article_portal_t *portal, unsigned n,
    article_portal_judged_t *rule);

/* "site_name" of its file, or empty; it lives as long as the portal. */
article_slice_t article_portal_site_name(const article_portal_t *portal);

/* The portal's n-th host or alias, from 0; empty behind the last. */
article_slice_t article_portal_host(const article_portal_t *portal,
    unsigned n);

/*
 * 1 if the file is that of a family of portals: it has a fingerprint, and no
 * host.
 */
unsigned article_portal_is_family(const article_portal_t *portal);

/* 1 if host (no port, any case) is one of the portal's hosts or aliases. */
unsigned article_portal_has_host(const article_portal_t *portal,
    article_slice_t host);

/*
 * 1 if a decoded path may be served as an article: by the portal's "paths",
 * or by the default (all but admin, login, upload, _layouts and their kin)
 * when the portal is NULL or says nothing.
 */
unsigned article_path_allowed(const article_portal_t *portal,
    article_slice_t path);


typedef struct {
    article_slice_t          url;       /* public address of the page, or empty:
                                           a path alone counts as relative to
                                           base_url */
    article_slice_t          charset;   /* of the HTTP Content-Type, or empty */
    article_slice_t          base_url;  /* public address of the portal, no
                                           slash at the end, or empty */
    article_slice_t          json_base; /* public prefix of the gateway's
                                           articles, slash at the end, or
                                           empty: no json_url */
    const article_portal_t  *portal;    /* or NULL: generic */
    article_portal_t *const *families;  /* without a portal: portal files, of
                                           which the first family that the
                                           page shows is taken; or NULL */
    unsigned                 families_number;
    time_t                   now;       /* of the fetch; 0: fetched_at absent,
                                           future dates are not detected */
    unsigned                 listed;    /* 1: result.listed is wanted */
} article_read_options_t;


/*
 * One article in short, as lists show it: the one that was read, or one that
 * a listing tells of.  json: an item of a feed, at most ARTICLE_LISTED_MAX
 * bytes: what is longer loses its summary, then its image.
 */
typedef struct {
    article_slice_t   id;
    article_slice_t   url;              /* absolute */
    article_slice_t   json;
    article_slice_t   section;          /* of a listing its title; or empty */
    time_t            published;        /* 0: unknown */
    unsigned          day;              /* 1: of that only the day is known */
    unsigned          partial;          /* 1: as a listing tells it */
} article_listed_t;

#define ARTICLE_LISTED_MAX  3072


/* Authors of an article that a result names; more are not. */
#define ARTICLE_RESULT_AUTHORS  8

typedef struct {
    article_reason_t  reason;           /* OK, or why there is no item */
    article_kind_t    kind;
    article_slice_t   json;             /* item or feed; engine's, until its
                                           next call */
    article_slice_t   version;          /* hash of the content in hex: the
                                           same in item, ETag and feed */
    article_slice_t   url;              /* the canonical public address */
    time_t            published;        /* 0: unknown */
    time_t            modified;         /* 0: unknown */
    article_slice_t   section;          /* as in the item; or empty */
    article_slice_t   authors[ARTICLE_RESULT_AUTHORS];
    unsigned          authors_number;
    const char       *method;           /* who chose the text: "rule",
                                           "learned" or "generic"; static */
    uint32_t          fields;           /* bit n: rule n of the portal file
                                           (article_portal_judged) matched */
    article_listed_t *listed;           /* if the options want it; engine's */
    unsigned          listed_number;
} article_result_t;


/*
 * Reads one page: bytes as the portal sent them (inflated) -> JSON.  On any
 * reason but OK, result->json is empty.  Returns result->reason.
 */
article_reason_t article_read(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    article_result_t *result);


/*
 * Writes a problem (RFC 9457, application/problem+json) with members type,
 * title, status, detail, instance (when not empty) and reason into the
 * engine-free buffer out.  Returns its length, 0 if it does not fit.
 * ARTICLE_PROBLEM_SIZE plus six times the instance's length always fits.
 */
#define ARTICLE_PROBLEM_SIZE  1024

size_t article_problem(char *out, size_t size, unsigned status,
    article_reason_t reason, article_slice_t instance);


/*
 * The summary of what article_read() wrote, into the engine-free buffer out:
 * of an item id, url, title, summary, image, date_published and, of
 * _article, schema, kind, portal, section, date_precision, json_url and
 * version; a feed whole, with "form=summary" behind its feed_url and
 * next_url.  Returns its length; 0 if it does not fit, or json is neither.
 * ARTICLE_BRIEF_SIZE more bytes than json has always fit.
 */
#define ARTICLE_BRIEF_SIZE  64

size_t article_brief(char *out, size_t size, article_slice_t json);


/*
 * One diagnostic a block: CLI "explain".  Line is one block in pre-order:
 * kept or not, and why.  Text is the engine's, valid during the call.
 */
typedef void (*article_explain_pt)(void *data, article_slice_t line);

article_reason_t article_explain(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    article_explain_pt handler, void *data);


/* Bytes [start, end) of a page, counted from its first byte. */
typedef struct {
    uint64_t  start;
    uint64_t  end;
} article_range_t;


typedef struct {
    const article_portal_t  *portal;    /* or NULL: built-in markers only */
    size_t                   buffer;    /* bytes a block may be held back */
    unsigned                 builtin;   /* 1: cut by built-in markers too */
    article_slice_t          url;       /* the page's address or path: of the
                                           home page its news is not cut;
                                           empty: not known; read by create()
                                           only */
    article_slice_t          charset;   /* HTTP's, likewise */
    article_strip_memory_t  *memory;    /* or NULL: see below */
} article_strip_options_t;

#define ARTICLE_STRIP_BUFFER  (64 * 1024)

/*
 * What the lines of pages said: a portal's pages have menus, headings and
 * lists in common, and what is known again need not be read again.  It
 * changes nothing but the time that takes.  For any number of cutters of one
 * thread, which it must outlive; some 128 KB.  NULL when memory is out.
 */
article_strip_memory_t *article_strip_memory_create(void);
void article_strip_memory_destroy(article_strip_memory_t *memory);


/*
 * What strip does with a page, for the operator: with all, a line a cut; and
 * a line for each id in a cut that a script outside it names, before or
 * behind it.  ARTICLE_OK, what article_strip_feed() says of the page, or
 * ARTICLE_NO_MEMORY.
 */
article_reason_t article_explain_cuts(const article_strip_options_t *options,
    const char *html, size_t len, unsigned all, article_explain_pt handler,
    void *data);


/*
 * The streaming cutter.  It never keeps the page's bytes: it sees them once
 * in any portions and says which ranges of the stream are to be cut.  The
 * caller keeps the bytes from article_strip_decided() on until they are.
 *
 *      feed(any portion) ... feed(any portion), finish
 *          after each: cuts below decided() are final; between them, keep
 *
 * article_strip_feed() returns ARTICLE_OK, or ARTICLE_STRIP_DOUBT,
 * ARTICLE_STRIP_NOT_PLAIN (a charset like UTF-16) or
 * ARTICLE_NO_MEMORY once the rest of the page is to pass untouched (then
 * decided() is the end of all input, for ever).  A block that outgrows the
 * buffer stays in the page, and cutting goes on.
 * The portal must outlive the cutter.
 */
article_strip_t *article_strip_create(const article_strip_options_t *options);
void article_strip_destroy(article_strip_t *strip);

article_reason_t article_strip_feed(article_strip_t *strip, const char *data,
    size_t len);

/* No more input: what is still held stays in the page. */
void article_strip_finish(article_strip_t *strip);

/* Leaves a block that is held back uncut (too long a wait). */
void article_strip_release(article_strip_t *strip);

/* All bytes before this offset are decided. */
uint64_t article_strip_decided(const article_strip_t *strip);

/*
 * The next final cut, in order, each given once, merged, never overlapping,
 * always below decided().  Returns 0 when there is none (yet).
 */
unsigned article_strip_next_cut(article_strip_t *strip, article_range_t *cut);

/* 1 once a block has outgrown the buffer: it stayed, cutting goes on. */
unsigned article_strip_limited(const article_strip_t *strip);

/*
 * Why the last cut given was made ("marker related", "rule div.related"):
 * terminated, valid until the next call.
 */
const char *article_strip_why(const article_strip_t *strip);

/* 1 if a cut given so far is of rule n of the portal's file. */
unsigned article_strip_used(const article_strip_t *strip, unsigned n);


/*
 * Learns a portal's template from pages of it: add pages, then ask for the
 * portal file.  host is copied.  NULL when memory is out.
 */
article_learner_t *article_learner_create(article_slice_t host);
void article_learner_destroy(article_learner_t *learner);

article_reason_t article_learner_add(article_learner_t *learner,
    article_engine_t *engine, const article_read_options_t *options,
    const char *page, size_t len);

/*
 * The same in two steps, so that the costly one may run in a thread that has
 * nothing but an engine.  article_observe(): what a page teaches, as bytes
 * for another learner of the same build, at most ARTICLE_OBSERVATION of
 * them; the engine's, until its next call.  ARTICLE_OK, or why the page
 * teaches nothing (NOT_AN_ARTICLE, STRIP_DOUBT ...), with an empty slice.
 */
#define ARTICLE_OBSERVATION  (64 * 1024)

article_reason_t article_observe(article_engine_t *engine,
    const article_read_options_t *options, const char *page, size_t len,
    article_slice_t *observation);

/*
 * Takes an observation in: cheap, no I/O.  The bytes are checked: damaged
 * ones, or another version's, are NOT_AN_ARTICLE and change nothing.  now is
 * the wall clock (0: none, as for saved pages): a block seen for less than
 * ARTICLE_LEARNER_DAY seconds never goes into a plan.
 */
#define ARTICLE_LEARNER_DAY  86400

article_reason_t article_learner_observe(article_learner_t *learner,
    article_slice_t observation, time_t now);

/*
 * The learner's whole state as relocatable bytes, at most
 * ARTICLE_LEARNER_STATE, versioned and checksummed: what shared memory and
 * Redis keep.  save: the bytes are the learner's, until its next call; OK or
 * NO_MEMORY.  load: a new learner, the caller's to destroy; NULL when the
 * bytes are damaged or another version's, or memory is out.
 */
#define ARTICLE_LEARNER_STATE  (256 * 1024)

article_reason_t article_learner_save(article_learner_t *learner,
    article_slice_t *state);
article_learner_t *article_learner_load(article_slice_t state);


typedef struct {
    uint64_t  number;       /* of the plan in force: rises with each change;
                               0: there is none yet */
    unsigned  pages;        /* observed */
    unsigned  articles;     /* distinct */
    unsigned  entries;      /* of the plan in force */
    unsigned  waiting;      /* 1: a newer plan waits for approval */
    unsigned  stable;       /* 1: no change for long: 1 page in 200 will do */
    unsigned  drift;        /* 1: entries stop matching: every page counts */
} article_learner_status_t;

void article_learner_status(const article_learner_t *learner,
    article_learner_status_t *status);

/*
 * The operator's word.  entry is the number of an entry of the plan in force
 * ("3"), as `article plan show` prints it, or its id (16 hex digits), which
 * also names entries of other plans.  pin: never leaves the plan; veto: never
 * is in it; unveto: undoes either.  approve: the waiting plan comes into
 * force.  rollback: a kept earlier plan does, under a new number; what is
 * learned from then on waits for approval.  ARTICLE_OK, or BAD_ENTRY when
 * there is no such entry, plan or room.
 */
article_reason_t article_learner_pin(article_learner_t *learner,
    article_slice_t entry);
article_reason_t article_learner_veto(article_learner_t *learner,
    article_slice_t entry);
article_reason_t article_learner_unveto(article_learner_t *learner,
    article_slice_t entry);
article_reason_t article_learner_approve(article_learner_t *learner);
article_reason_t article_learner_rollback(article_learner_t *learner,
    uint64_t number);

/*
 * The portal file of the plan in force (JSON); the learner's, until its next
 * call.  OK or NO_MEMORY.
 */
article_reason_t article_learner_portal(article_learner_t *learner,
    article_slice_t *json);

/* The portal file of a kept or waiting plan; BAD_ENTRY: no such plan. */
article_reason_t article_learner_portal_of(article_learner_t *learner,
    uint64_t number, article_slice_t *json);

/*
 * The plans that are kept, the oldest first, n from 0: 1 and *plan, or 0
 * behind the last.
 */
typedef struct {
    uint64_t  number;
    time_t    made;         /* 0: without a clock */
    unsigned  entries;
    unsigned  in_force;     /* 1: the one in force */
    unsigned  waiting;      /* 1: the one that waits */
    char      why[128];     /* why it waits or was made; terminated */
} article_learner_plan_t;

unsigned article_learner_plan(const article_learner_t *learner, unsigned n,
    article_learner_plan_t *plan);

/*
 * The entries of a plan (number; 0: the one in force), n from 0: 1 and
 * *entry, or 0 behind the last.  Slices are the learner's, until its next
 * call that changes it.  Counting from 1, n is the entry's number.
 */
typedef struct {
    uint64_t         id;        /* 16 hex digits where it is written */
    article_slice_t  select;
    article_slice_t  heading;   /* or empty */
    const char      *only;      /* "links", "counter", "widget" */
    unsigned         articles;  /* it was seen on so many ... */
    unsigned         of;        /* ... of so many */
    unsigned         pinned;
} article_learner_entry_t;

unsigned article_learner_entry(article_learner_t *learner, uint64_t number,
    unsigned n, article_learner_entry_t *entry);

/*
 * Written rules and learned ones as one: a new portal, the caller's to
 * destroy, independent of both.  The written file's members hold, its entries
 * come first and its keeps win over what was learned.  Either may be NULL,
 * not both; NULL when memory is out.
 */
article_portal_t *article_portal_join(const article_portal_t *written,
    const article_portal_t *learned);


/* A test inside a portal file that failed (or an error it met). */
typedef void (*article_check_pt)(void *data, unsigned line,
    const char *message);

/*
 * Runs the tests a portal file carries.  dir (terminated) is where their
 * "file"s are looked up.  Returns the number of failures; *tests, the number
 * of tests run.
 */
unsigned article_portal_check(const article_portal_t *portal,
    article_engine_t *engine, const char *dir, article_check_pt handler,
    void *data, unsigned *tests);

/*
 * Gives the page at a test's url (terminated) as it is now: 0 and *page, which
 * stays until the next call, or -1 and why in *message (static).
 */
typedef int (*article_check_fetch_pt)(void *data, const char *url,
    article_slice_t *page, const char **message);

/*
 * The same tests on the pages that fetch gives; those without a url, or with
 * one that is no absolute http(s) address, are left out.
 */
unsigned article_portal_check_live(const article_portal_t *portal,
    article_engine_t *engine, article_check_fetch_pt fetch,
    article_check_pt handler, void *data, unsigned *tests);


#endif /* ARTICLE_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD: what it says about the page's own article.
 */

#include <string.h>

#include "jsonld_text.h"
#include "jsonld_tree.h"
#include "page.h"
#include "plain.h"


/* @graph, lists and main entities nest no deeper than this. */
#define ARTICLE_JSONLD_DEPTH  6

/* So many objects of a block are looked at for the one that @id names. */
#define ARTICLE_JSONLD_LOOK   2000


typedef struct {
    article_page_t  *page;
    yajl_val         root;
    unsigned         look;
} article_jsonld_block_t;


static void article_jsonld_value(article_jsonld_block_t *block,
    yajl_val value, unsigned depth);
static void article_jsonld_add(article_jsonld_block_t *block,
    yajl_val object);
static unsigned article_jsonld_merge(article_page_t *page,
    const article_jsonld_t *found);
static void article_jsonld_fill(article_jsonld_block_t *block,
    yajl_val object, article_jsonld_t *found);
static void article_jsonld_authors(article_jsonld_block_t *block,
    yajl_val value, article_jsonld_t *found, unsigned depth);
static article_slice_t article_jsonld_name(article_jsonld_block_t *block,
    yajl_val person, unsigned *organization);
static unsigned article_jsonld_is_admin(article_page_t *page,
    yajl_val person);
static yajl_val article_jsonld_named(article_jsonld_block_t *block,
    yajl_val value, const char *id, unsigned depth);
static void article_jsonld_publisher(article_jsonld_block_t *block,
    yajl_val value);
static yajl_val article_jsonld_first(yajl_val value, const char *member);
static unsigned article_jsonld_is(yajl_val object, const char *const *types);
static unsigned article_jsonld_is_type(const char *name,
    const char *const *types);
static yajl_val article_jsonld_get(yajl_val object, const char *name);
static article_slice_t article_jsonld_member(article_page_t *page,
    yajl_val object, const char *name);
static article_slice_t article_jsonld_string(article_page_t *page,
    yajl_val value);
static article_slice_t article_jsonld_body(article_page_t *page,
    yajl_val object);
static article_slice_t article_jsonld_words(article_page_t *page,
    yajl_val value);
static int article_jsonld_agreement(article_page_t *page,
    const article_jsonld_t *found);
static unsigned article_jsonld_same_url(article_slice_t a, article_slice_t b);


/* What ends so as well: "ReportageNewsArticle", "LiveBlogPosting". */

static const char *const  article_jsonld_articles[] = {
    "*Article", "*BlogPosting", "Report", NULL
};

static const char *const  article_jsonld_listings[] = {
    "ItemList", "CollectionPage", "SearchResultsPage", NULL
};

static const char *const  article_jsonld_pages[] = {
    "WebPage", "ItemPage", NULL
};

static const char *const  article_jsonld_organizations[] = {
    "*Organization", "Corporation", NULL
};


void
article_jsonld_read(article_page_t *page, article_slice_t json)
{
    article_slice_t         text;
    article_jsonld_block_t  block;

    while (json.len != 0) {
        text = article_jsonld_next(page->arena, &json);

        if (text.data == NULL) {
            continue;
        }

        block.page = page;
        block.look = 0;
        block.root = article_jsonld_tree(page->arena, text);

        if (block.root == NULL) {
            continue;
        }

        article_jsonld_value(&block, block.root, 0);
    }
}


void
article_jsonld_choose(article_page_t *page)
{
    int              score, best;
    unsigned         i, n, chosen;
    article_head_t  *head;

    head = &page->head;
    n = head->ld_article;

    if (n == 1) {
        head->ld = head->ld_found[0];
        return;
    }

    best = 0;
    chosen = 0;

    for (i = 0; i < n && i < ARTICLE_JSONLD_ARTICLES; i++) {
        score = article_jsonld_agreement(page, &head->ld_found[i]);

        if (score > best) {
            best = score;
            chosen = i;
        }
    }

    if (best != 0) {
        head->ld = head->ld_found[chosen];
        head->ld_article = 1;
    }
}


static void
article_jsonld_value(article_jsonld_block_t *block, yajl_val value,
    unsigned depth)
{
    size_t           i;
    article_head_t  *head;

    if (value == NULL || depth > ARTICLE_JSONLD_DEPTH) {
        return;
    }

    if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < value->u.array.len; i++) {
            article_jsonld_value(block, value->u.array.values[i], depth + 1);
        }

        return;
    }

    if (!YAJL_IS_OBJECT(value)) {
        return;
    }

    head = &block->page->head;

    article_jsonld_value(block, article_jsonld_get(value, "@graph"),
                         depth + 1);

    if (article_jsonld_is(value, article_jsonld_articles)) {
        article_jsonld_add(block, value);

    } else if (article_jsonld_is(value, article_jsonld_listings)) {
        head->ld_listing = 1;

    } else if (article_jsonld_is(value, article_jsonld_pages)) {

        if (head->ld_page.published.len == 0) {
            article_jsonld_fill(block, value, &head->ld_page);
        }

        article_jsonld_value(block, article_jsonld_get(value, "mainEntity"),
                             depth + 1);
    }
}


static void
article_jsonld_add(article_jsonld_block_t *block, yajl_val object)
{
    article_head_t    *head;
    article_jsonld_t   found;

    head = &block->page->head;

    memset(&found, 0, sizeof(found));

    article_jsonld_fill(block, object, &found);

    if (article_jsonld_merge(block->page, &found)) {
        return;
    }

    if (head->ld_article < ARTICLE_JSONLD_ARTICLES) {
        head->ld_found[head->ld_article] = found;
    }

    head->ld_article++;
}


/* Two plugins tell of one article: the second adds what the first has not. */

static unsigned
article_jsonld_merge(article_page_t *page, const article_jsonld_t *found)
{
    unsigned           i;
    article_head_t    *head;
    article_jsonld_t  *first;

    head = &page->head;

    for (i = 0; i < head->ld_article && i < ARTICLE_JSONLD_ARTICLES; i++) {
        first = &head->ld_found[i];

        if (found->headline.len == 0
            || !article_slice_equal(article_text_plain(page->arena,
                                                       first->headline),
                                    article_text_plain(page->arena,
                                                       found->headline)))
        {
            continue;
        }

        if (first->published.len == 0) {
            first->published = found->published;
        }

        if (first->modified.len == 0) {
            first->modified = found->modified;
        }

        if (first->description.len == 0) {
            first->description = found->description;
        }

        if (first->authors_number == 0) {
            memcpy(first->authors, found->authors, sizeof(found->authors));
            first->authors_number = found->authors_number;
            first->organizations = found->organizations;
        }

        return 1;
    }

    return 0;
}


static void
article_jsonld_fill(article_jsonld_block_t *block, yajl_val object,
    article_jsonld_t *found)
{
    yajl_val         value;
    article_page_t  *page;

    page = block->page;

    found->headline = article_jsonld_member(page, object, "headline");

    if (found->headline.len == 0) {
        found->headline = article_jsonld_member(page, object, "name");
    }

    found->published = article_jsonld_member(page, object, "datePublished");
    found->modified = article_jsonld_member(page, object, "dateModified");
    found->section = article_jsonld_member(page, object, "articleSection");
    found->description = article_jsonld_member(page, object, "description");

    found->body = article_jsonld_body(page, object);
    found->url = article_jsonld_member(page, object, "url");

    if (found->url.len == 0) {
        found->url = article_jsonld_string(page,
                        article_jsonld_first(article_jsonld_get(object,
                                               "mainEntityOfPage"), "@id"));
    }

    if (found->url.len == 0) {
        found->url = article_jsonld_member(page, object, "@id");
    }

    found->image = article_jsonld_string(page,
                       article_jsonld_first(article_jsonld_get(object,
                                                               "image"),
                                            "url"));

    found->keywords = article_jsonld_words(page,
                                    article_jsonld_get(object, "keywords"));

    value = article_jsonld_get(object, "author");

    if (value == NULL) {
        value = article_jsonld_get(object, "creator");
    }

    article_jsonld_authors(block, value, found, 0);
    article_jsonld_publisher(block, article_jsonld_get(object, "publisher"));
}


static void
article_jsonld_authors(article_jsonld_block_t *block, yajl_val value,
    article_jsonld_t *found, unsigned depth)
{
    size_t            i;
    unsigned          organization;
    article_slice_t   name;

    if (value == NULL || depth > ARTICLE_JSONLD_DEPTH) {
        return;
    }

    if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < value->u.array.len; i++) {
            article_jsonld_authors(block, value->u.array.values[i], found,
                                   depth + 1);
        }

        return;
    }

    name = article_jsonld_name(block, value, &organization);

    if (name.len != 0 && found->authors_number < ARTICLE_AUTHORS_MAX) {
        found->organizations |= organization << found->authors_number;
        found->authors[found->authors_number++] = name;
    }
}


static article_slice_t
article_jsonld_name(article_jsonld_block_t *block, yajl_val person,
    unsigned *organization)
{
    yajl_val          id, named;
    article_buf_t     buf;
    article_page_t   *page;
    article_slice_t   name, given, family;

    page = block->page;
    *organization = 0;

    if (!YAJL_IS_OBJECT(person)) {
        return article_jsonld_string(page, person);
    }

    id = article_jsonld_get(person, "@id");

    if (article_jsonld_get(person, "name") == NULL && id != NULL
        && YAJL_IS_STRING(id))
    {
        named = article_jsonld_named(block, block->root, YAJL_GET_STRING(id),
                                     0);
        person = named != NULL ? named : person;
    }

    *organization = article_jsonld_is(person, article_jsonld_organizations);

    /* who set the page, not who wrote the article */

    if (article_jsonld_is_admin(page, person)) {
        return (article_slice_t) { "", 0 };
    }

    name = article_jsonld_member(page, person, "name");

    if (name.len != 0) {
        return name;
    }

    given = article_jsonld_member(page, person, "givenName");
    family = article_jsonld_member(page, person, "familyName");

    article_buf_init(&buf, page->arena);
    article_buf_append_slice(&buf, given);
    article_buf_append_char(&buf, ' ');
    article_buf_append_slice(&buf, family);

    return article_trim(article_buf_slice(&buf), "");
}


/* 1 for the account that installed the system: ".../author/admin/". */

static unsigned
article_jsonld_is_admin(article_page_t *page, yajl_val person)
{
    article_slice_t  url;

    url = article_jsonld_member(page, person, "url");

    if (url.len == 0) {
        url = article_jsonld_member(page, person, "@id");
    }

    return article_slice_find(url, article_literal("/author/admin")) != NULL;
}


/* The object of an @id that has a name, in the same block. */

static yajl_val
article_jsonld_named(article_jsonld_block_t *block, yajl_val value,
    const char *id, unsigned depth)
{
    size_t    i;
    yajl_val  own, found;

    if (value == NULL || depth > ARTICLE_JSONLD_DEPTH
        || ++block->look > ARTICLE_JSONLD_LOOK)
    {
        return NULL;
    }

    found = NULL;

    if (YAJL_IS_ARRAY(value)) {
        for (i = 0; i < value->u.array.len && found == NULL; i++) {
            found = article_jsonld_named(block, value->u.array.values[i], id,
                                         depth + 1);
        }

        return found;
    }

    if (!YAJL_IS_OBJECT(value)) {
        return NULL;
    }

    own = article_jsonld_get(value, "@id");

    if (own != NULL && YAJL_IS_STRING(own)
        && strcmp(own->u.string, id) == 0
        && article_jsonld_get(value, "name") != NULL)
    {
        return value;
    }

    for (i = 0; i < value->u.object.len && found == NULL; i++) {
        found = article_jsonld_named(block, value->u.object.values[i], id,
                                     depth + 1);
    }

    return found;
}


static void
article_jsonld_publisher(article_jsonld_block_t *block, yajl_val value)
{
    unsigned         organization;
    article_head_t  *head;

    head = &block->page->head;

    if (value != NULL && head->ld_publisher.len == 0
        && !YAJL_IS_ARRAY(value))
    {
        head->ld_publisher = article_jsonld_name(block, value,
                                                 &organization);
    }
}


/* The first of a list; of an object the member. */

static yajl_val
article_jsonld_first(yajl_val value, const char *member)
{
    if (value && YAJL_IS_ARRAY(value) && value->u.array.len) {
        value = value->u.array.values[0];
    }

    return value && YAJL_IS_OBJECT(value) ? article_jsonld_get(value, member)
                                          : value;
}


static unsigned
article_jsonld_is(yajl_val object, const char *const *types)
{
    size_t    i;
    yajl_val  type;

    type = article_jsonld_get(object, "@type");

    if (type && YAJL_IS_ARRAY(type)) {
        for (i = 0; i < type->u.array.len; i++) {
            if (YAJL_IS_STRING(type->u.array.values[i])
                && article_jsonld_is_type(
                       YAJL_GET_STRING(type->u.array.values[i]), types))
            {
                return 1;
            }
        }

        return 0;
    }

    return type != NULL && YAJL_IS_STRING(type)
           && article_jsonld_is_type(YAJL_GET_STRING(type), types);
}


/* A name of schema.org, bare or with its address; "*" stands for any. */

static unsigned
article_jsonld_is_type(const char *name, const char *const *types)
{
    size_t       i, len, ends;
    const char  *slash;

    slash = strrchr(name, '/');
    name = slash != NULL ? slash + 1 : name;
    len = strlen(name);

    for (i = 0; types[i]; i++) {
        if (types[i][0] != '*') {
            if (strcmp(name, types[i]) == 0) {
                return 1;
            }

            continue;
        }

        ends = strlen(types[i] + 1);

        if (len >= ends && memcmp(name + len - ends, types[i] + 1, ends) == 0)
        {
            return 1;
        }
    }

    return 0;
}


static yajl_val
article_jsonld_get(yajl_val object, const char *name)
{
    size_t  i;

    if (object == NULL || !YAJL_IS_OBJECT(object)) {
        return NULL;
    }

    for (i = 0; i < object->u.object.len; i++) {
        if (strcmp(object->u.object.keys[i], name) == 0) {
            return object->u.object.values[i];
        }
    }

    return NULL;
}


static article_slice_t
article_jsonld_member(article_page_t *page, yajl_val object, const char *name)
{
    return article_jsonld_string(page, article_jsonld_get(object, name));
}


static article_slice_t
article_jsonld_string(article_page_t *page, yajl_val value)
{
    article_slice_t  s;

    if (value && YAJL_IS_ARRAY(value) && value->u.array.len) {
        value = value->u.array.values[0];
    }

    if (value == NULL || !YAJL_IS_STRING(value)) {
        return (article_slice_t) { "", 0 };
    }

    s.data = YAJL_GET_STRING(value);
    s.len = strlen(s.data);

    s = article_squeeze(page->arena, article_references(page->arena, s));

    return s.data ? s : (article_slice_t) { "", 0 };
}


/* The text, with its lines; not of an article that is to be paid for. */

static article_slice_t
article_jsonld_body(article_page_t *page, yajl_val object)
{
    char            *copy;
    yajl_val         value;
    article_slice_t  body, free;

    value = article_jsonld_get(object, "articleBody");
    free = article_jsonld_member(page, object, "isAccessibleForFree");

    if (value == NULL || !YAJL_IS_STRING(value)
        || YAJL_IS_FALSE(article_jsonld_get(object, "isAccessibleForFree"))
        || article_slice_equal_case(free, article_literal("false")))
    {
        return (article_slice_t) { "", 0 };
    }

    body.data = YAJL_GET_STRING(value);
    body.len = strlen(body.data);

    copy = article_arena_alloc(page->arena, body.len + 1);

    if (copy == NULL) {
        return (article_slice_t) { "", 0 };
    }

    memcpy(copy, body.data, body.len);
    body.data = copy;

    return body;
}


/* A list of strings, or a string that is a list, parted by commas. */

static article_slice_t
article_jsonld_words(article_page_t *page, yajl_val value)
{
    size_t         i;
    article_buf_t  buf;

    if (value == NULL || !YAJL_IS_ARRAY(value)) {
        return article_jsonld_string(page, value);
    }

    article_buf_init(&buf, page->arena);

    for (i = 0; i < value->u.array.len && i < ARTICLE_TAGS_MAX; i++) {
        article_buf_append_slice(&buf,
                                 article_jsonld_string(page,
                                                value->u.array.values[i]));
        article_buf_append_char(&buf, ',');
    }

    return article_buf_slice(&buf);
}


/* How far one of several articles is what <title> and addresses name. */

static int
article_jsonld_agreement(article_page_t *page, const article_jsonld_t *found)
{
    int              score;
    article_head_t  *head;
    article_slice_t  headline, title;

    head = &page->head;
    score = 0;

    if (article_jsonld_same_url(found->url, head->canonical)
        || article_jsonld_same_url(found->url, head->og_url)
        || article_jsonld_same_url(found->url, page->options->url))
    {
        score += 2;
    }

    headline = article_text_plain(page->arena, found->headline);

    if (headline.len <= 2) {
        return score;
    }

    title = article_text_plain(page->arena, head->title);

    if (article_slice_starts(title, headline)
        || article_slice_equal(article_text_plain(page->arena,
                                                  head->og_title), headline))
    {
        score += 2;
    }

    return score;
}


/* Two addresses of one page: the same but for scheme, fragment and slash. */

static unsigned
article_jsonld_same_url(article_slice_t a, article_slice_t b)
{
    unsigned         i;
    const char      *p;
    article_slice_t  s[2];

    s[0] = a;
    s[1] = b;

    for (i = 0; i < 2; i++) {
        if (s[i].len == 0) {
            return 0;
        }

        p = memchr(s[i].data, '#', s[i].len);
        if (p != NULL) {
            s[i].len = p - s[i].data;
        }

        p = article_slice_find(s[i], article_literal("://"));
        if (p != NULL) {
            s[i].len -= p + 3 - s[i].data;
            s[i].data = p + 3;
        }

        if (s[i].len && s[i].data[s[i].len - 1] == '/') {
            s[i].len--;
        }
    }

    return article_slice_equal(s[0], s[1])
           && memchr(s[0].data, '/', s[0].len) != NULL;
}

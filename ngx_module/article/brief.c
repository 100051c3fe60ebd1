/*
 * Copyright (C) the authors named in LICENSE
 *
 * The summary of an item or a feed, cut out of its JSON.  What is read here
 * was written by json.c (and its checksum held since), so members are found
 * by stepping over strings and brackets, and their bytes go out as they are.
 */

#include <string.h>

#include "text.h"


/* Objects in objects: json.c writes no more than five. */
#define ARTICLE_BRIEF_DEPTH  16

#define ARTICLE_BRIEF_MARK   "form=summary"


/* Where reading and writing are; p is NULL when it is no such JSON. */
typedef struct {
    const char  *p;
    const char  *last;
    char        *out;
    char        *end;
} article_brief_t;


/* One member: key without quotes, value as it stands. */
typedef struct {
    article_slice_t  key;
    article_slice_t  value;
} article_brief_member_t;


static unsigned article_brief_item(article_brief_t *brief);
static unsigned article_brief_feed(article_brief_t *brief);
static unsigned article_brief_extension(article_brief_t *brief,
    article_slice_t value);
static unsigned article_brief_link(article_brief_t *brief,
    const article_brief_member_t *member);
static unsigned article_brief_open(article_brief_t *brief);
static unsigned article_brief_next(article_brief_t *brief,
    article_brief_member_t *member);
static const char *article_brief_string(const char *p, const char *last);
static const char *article_brief_value(const char *p, const char *last);
static unsigned article_brief_named(article_slice_t key,
    const char *const *names);
static unsigned article_brief_is(article_slice_t key, const char *name);
static unsigned article_brief_put(article_brief_t *brief, const char *data,
    size_t len);
static unsigned article_brief_put_member(article_brief_t *brief,
    const article_brief_member_t *member);


static const char *const  article_brief_item_members[] = {
    "id", "url", "title", "summary", "image", "date_published", NULL
};

static const char *const  article_brief_extension_members[] = {
    "schema", "kind", "portal", "section", "date_precision", "json_url",
    "version", NULL
};

static const char *const  article_brief_links[] = {
    "feed_url", "next_url", NULL
};


size_t
article_brief(char *out, size_t size, article_slice_t json)
{
    unsigned                ok;
    article_brief_t         brief;
    article_brief_member_t  member;

    brief.p = json.data;
    brief.last = json.data + json.len;
    brief.out = out;
    brief.end = out + size;

    if (!article_brief_open(&brief)
        || !article_brief_next(&brief, &member))
    {
        return 0;
    }

    brief.p = json.data;

    if (article_brief_is(member.key, "version")) {
        ok = article_brief_feed(&brief);

    } else {
        ok = article_brief_is(member.key, "id") && article_brief_item(&brief);
    }

    return (ok && brief.p == brief.last) ? (size_t) (brief.out - out) : 0;
}


static unsigned
article_brief_item(article_brief_t *brief)
{
    article_brief_member_t  member;

    if (!article_brief_open(brief) || !article_brief_put(brief, "{", 1)) {
        return 0;
    }

    while (article_brief_next(brief, &member)) {

        if (article_brief_named(member.key, article_brief_item_members)) {

            if (!article_brief_put_member(brief, &member)) {
                return 0;
            }

        } else if (article_brief_is(member.key, "_article")) {

            if (!article_brief_extension(brief, member.value)) {
                return 0;
            }
        }
    }

    return brief->p && article_brief_put(brief, "}", 1);
}


/* Its items are short already; its further pages are wanted short, too. */

static unsigned
article_brief_feed(article_brief_t *brief)
{
    unsigned                ok;
    article_brief_member_t  member;

    if (!article_brief_open(brief) || !article_brief_put(brief, "{", 1)) {
        return 0;
    }

    while (article_brief_next(brief, &member)) {

        ok = article_brief_named(member.key, article_brief_links)
             ? article_brief_link(brief, &member)
             : article_brief_put_member(brief, &member);

        if (!ok) {
            return 0;
        }
    }

    return brief->p && article_brief_put(brief, "}", 1);
}


static unsigned
article_brief_extension(article_brief_t *brief, article_slice_t value)
{
    article_brief_t         inner;
    article_brief_member_t  member;

    inner = *brief;
    inner.p = value.data;
    inner.last = value.data + value.len;

    if (!article_brief_open(&inner)
        || (inner.out[-1] != '{' && !article_brief_put(&inner, ",", 1))
        || !article_brief_put(&inner, "\"_article\":{", 12))
    {
        return 0;
    }

    while (article_brief_next(&inner, &member)) {

        if (article_brief_named(member.key, article_brief_extension_members)
            && !article_brief_put_member(&inner, &member))
        {
            return 0;
        }
    }

    if (inner.p == NULL || !article_brief_put(&inner, "}", 1)) {
        return 0;
    }

    brief->out = inner.out;

    return 1;
}


/* A string that gets the argument before the quote that ends it. */

static unsigned
article_brief_link(article_brief_t *brief,
    const article_brief_member_t *member)
{
    char                    mark;
    article_brief_member_t  head;

    if (member->value.len < 2) {
        return 0;
    }

    head = *member;
    head.value.len--;

    mark = memchr(head.value.data, '?', head.value.len) ? '&' : '?';

    return article_brief_put_member(brief, &head)
           && article_brief_put(brief, &mark, 1)
           && article_brief_put(brief, ARTICLE_BRIEF_MARK "\"",
                                sizeof(ARTICLE_BRIEF_MARK "\"") - 1);
}


static unsigned
article_brief_open(article_brief_t *brief)
{
    if (brief->p == brief->last || *brief->p != '{') {
        brief->p = NULL;
        return 0;
    }

    brief->p++;

    return 1;
}


/* 0 at the object's end, p behind it; or where it is none, p is NULL. */

static unsigned
article_brief_next(article_brief_t *brief, article_brief_member_t *member)
{
    const char  *p, *last;

    p = brief->p;
    last = brief->last;

    brief->p = NULL;

    if (p < last && *p == ',') {
        p++;
    }

    if (p < last && *p == '}') {
        brief->p = p + 1;
        return 0;
    }

    member->key.data = p + 1;
    p = article_brief_string(p, last);

    if (p == NULL || p == last || *p != ':') {
        return 0;
    }

    member->key.len = p - 1 - member->key.data;
    member->value.data = p + 1;

    p = article_brief_value(p + 1, last);

    if (p == NULL || p == member->value.data) {
        return 0;
    }

    member->value.len = p - member->value.data;
    brief->p = p;

    return 1;
}


/* Behind the string that begins at p; NULL if none does. */

static const char *
article_brief_string(const char *p, const char *last)
{
    const char  *slash;

    if (p >= last || *p != '"') {
        return NULL;
    }

    for (p++; p < last; p++) {

        p = memchr(p, '"', last - p);
        if (p == NULL) {
            return NULL;
        }

        for (slash = p; slash[-1] == '\\'; slash--) { /* void */ }

        if ((p - slash) % 2 == 0) {
            return p + 1;
        }
    }

    return NULL;
}


static const char *
article_brief_value(const char *p, const char *last)
{
    unsigned  depth;

    for (depth = 0; p < last; p++) {

        switch (*p) {

        case '"':
            p = article_brief_string(p, last);

            if (p == NULL || depth == 0) {
                return p;
            }

            p--;
            break;

        case '{':
        case '[':
            if (++depth == ARTICLE_BRIEF_DEPTH) {
                return NULL;
            }

            break;

        case '}':
        case ']':
            if (depth == 0) {
                return p;
            }

            if (--depth == 0) {
                return p + 1;
            }

            break;

        case ',':
            if (depth == 0) {
                return p;
            }

            break;
        }
    }

    return NULL;
}


static unsigned
article_brief_named(article_slice_t key, const char *const *names)
{
    for ( /* void */ ; *names; names++) {
        if (article_brief_is(key, *names)) {
            return 1;
        }
    }

    return 0;
}


static unsigned
article_brief_is(article_slice_t key, const char *name)
{
    return key.len == strlen(name) && memcmp(key.data, name, key.len) == 0;
}


static unsigned
article_brief_put_member(article_brief_t *brief,
    const article_brief_member_t *member)
{
    return (brief->out[-1] == '{' || article_brief_put(brief, ",", 1))
           && article_brief_put(brief, "\"", 1)
           && article_brief_put(brief, member->key.data, member->key.len)
           && article_brief_put(brief, "\":", 2)
           && article_brief_put(brief, member->value.data,
                                member->value.len);
}


static unsigned
article_brief_put(article_brief_t *brief, const char *data, size_t len)
{
    if ((size_t) (brief->end - brief->out) < len) {
        return 0;
    }

    memcpy(brief->out, data, len);
    brief->out += len;

    return 1;
}

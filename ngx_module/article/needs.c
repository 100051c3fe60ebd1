/*
 * Copyright (C) the authors named in LICENSE
 *
 * The ids that scripts name, found in portions of any size.
 */

#include <string.h>

#include "needs.h"


/* Where its rarest letter stands in the call. */
#define ARTICLE_NEEDS_BEFORE  (sizeof("getElement") - 1)


static void article_needs_look(article_needs_t *needs, const char *data,
    size_t len, size_t stop);
static void article_needs_call(article_needs_t *needs, const char *p,
    const char *end);


/*
 * A call is looked at when ARTICLE_NEEDS_CALL bytes from its start on are
 * there, or the script ends: wherever the portions do.  Small ones are put
 * together, of large ones no more is copied than their ends.
 */
void
article_needs_script(article_needs_t *needs, article_slice_t text)
{
    size_t  n;

    while (text.len != 0) {
        n = sizeof(needs->tail) - needs->len;

        if (n > text.len) {
            n = text.len;
        }

        memcpy(needs->tail + needs->len, text.data, n);
        needs->len += n;

        if (needs->len < sizeof(needs->tail)) {
            return;
        }

        article_needs_look(needs, needs->tail, sizeof(needs->tail),
                           ARTICLE_NEEDS_CALL);

        if (n >= ARTICLE_NEEDS_CALL && text.len - n > ARTICLE_NEEDS_CALL) {

            /* what is left in the tail is of this text: go on in it */

            text.data += n - ARTICLE_NEEDS_CALL;
            text.len -= n - ARTICLE_NEEDS_CALL;
            n = text.len - ARTICLE_NEEDS_CALL;

            article_needs_look(needs, text.data, text.len, n);
            memcpy(needs->tail, text.data + n, ARTICLE_NEEDS_CALL);
            needs->len = ARTICLE_NEEDS_CALL;
            return;
        }

        memmove(needs->tail, needs->tail + ARTICLE_NEEDS_CALL,
                ARTICLE_NEEDS_CALL);
        needs->len = ARTICLE_NEEDS_CALL;

        text.data += n;
        text.len -= n;
    }
}


void
article_needs_end(article_needs_t *needs)
{
    article_needs_look(needs, needs->tail, needs->len, needs->len);
    needs->len = 0;
}


unsigned
article_needs_id(const article_needs_t *needs, article_slice_t id)
{
    unsigned  i;
    uint64_t  hash;

    if (needs->ids == 0 || id.len == 0) {
        return 0;
    }

    hash = article_hash64(0, id);

    for (i = 0; i < needs->ids; i++) {
        if (needs->id[i] == hash) {
            return 1;
        }
    }

    return 0;
}


/* The calls that begin before stop. */
static void
article_needs_look(article_needs_t *needs, const char *data, size_t len,
    size_t stop)
{
    size_t       left;
    const char  *p, *end;

    static const char  call[] = "getElementById(";

    for (p = data; /* void */ ; p++) {
        p = memchr(p, 'B', len - (size_t) (p - data));
        if (p == NULL) {
            return;
        }

        if ((size_t) (p - data) < ARTICLE_NEEDS_BEFORE) {
            continue;
        }

        if ((size_t) (p - data) - ARTICLE_NEEDS_BEFORE >= stop) {
            return;
        }

        p -= ARTICLE_NEEDS_BEFORE;
        left = len - (size_t) (p - data);

        if (left > sizeof(call) - 1
            && memcmp(p, call, sizeof(call) - 1) == 0)
        {
            end = p + (left < ARTICLE_NEEDS_CALL ? left : ARTICLE_NEEDS_CALL);
            article_needs_call(needs, p + sizeof(call) - 1, end);
        }

        p += ARTICLE_NEEDS_BEFORE;
    }
}


/* At its argument. */
static void
article_needs_call(article_needs_t *needs, const char *p, const char *end)
{
    const char       *stop;
    article_slice_t   id;

    if ((*p != '\'' && *p != '"') || needs->ids == ARTICLE_NEEDS_IDS) {
        return;
    }

    stop = memchr(p + 1, *p, (size_t) (end - p - 1));

    if (stop == NULL || article_needs_guarded(stop, end)) {
        return;
    }

    id.data = p + 1;
    id.len = (size_t) (stop - id.data);

    if (!article_needs_id(needs, id)) {
        needs->id[needs->ids++] = article_hash64(0, id);
    }
}


unsigned
article_needs_guarded(const char *p, const char *end)
{
    article_slice_t  near;

    /* so many bytes belong to the statement and the next */

    enum { NEAR = 120 };

    p++;

    while (p < end && (*p == ')' || *p == ' ')) {
        p++;
    }

    if (p < end && *p == '.') {
        return 0;
    }

    near.data = p;
    near.len = (size_t) (end - p) < NEAR ? (size_t) (end - p) : NEAR;

    return article_slice_find(near, article_literal("if(")) != NULL
           || article_slice_find(near, article_literal("if (")) != NULL
           || article_slice_find(near, article_literal("&&")) != NULL
           || article_slice_find(near, article_literal("?")) != NULL;
}

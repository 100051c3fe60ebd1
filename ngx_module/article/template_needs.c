/*
 * Copyright (C) the authors named in LICENSE
 *
 * What the scripts of a page take for granted, and so is no template.
 */

#include <string.h>

#include "needs.h"
#include "template.h"


/*
 * getElementById('x') whose result is used without a look at whether there
 * is one: the script fails when x is cut.
 */
void
article_template_needs(article_arena_t *arena, article_slice_t script,
    article_template_t *found)
{
    const char       *p, *end, *stop;
    article_slice_t   rest, id;

    static const char  call[] = "getElementById(";

    rest = script;
    end = rest.data + rest.len;

    while (found->needs < ARTICLE_TEMPLATE_NEEDS) {
        p = article_slice_find(rest, article_literal(call));
        if (p == NULL) {
            return;
        }

        p += sizeof(call) - 1;
        rest.data = p;
        rest.len = (size_t) (end - p);

        if (p == end || (*p != '\'' && *p != '"')) {
            continue;
        }

        stop = memchr(p + 1, *p, (size_t) (end - p - 1));
        if (stop == NULL) {
            return;
        }

        id.data = p + 1;
        id.len = (size_t) (stop - id.data);

        if (!article_needs_guarded(stop, end)) {
            found->needed[found->needs++] =
                article_arena_copy(arena, id);
        }
    }
}


/* A block that holds a needed id is not template. */
void
article_template_drop_needed(article_template_t *found,
    const article_template_id_t *id, unsigned ids)
{
    unsigned             i, k, n, kept;
    article_block_t     *b;

    kept = 0;

    for (i = 0; i < found->blocks; i++) {
        b = &found->block[i];
        n = 0;

        for (k = 0; k < ids && n == 0; k++) {
            if (id[k].at < b->start || id[k].at >= b->end) {
                continue;
            }

            for (n = found->needs; n != 0; n--) {
                if (article_slice_equal(found->needed[n - 1],
                                        id[k].id))
                {
                    break;
                }
            }
        }

        if (n == 0) {
            found->block[kept++] = *b;
        }
    }

    found->blocks = kept;
}

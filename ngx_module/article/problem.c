/*
 * Copyright (C) the authors named in LICENSE
 *
 * Problems (RFC 9457) for what is no item: application/problem+json.
 */

#include <string.h>

#include "json_room.h"
#include "text.h"


/* The statuses that problems are sent with, and their phrases (RFC 9110). */
static const struct {
    unsigned     status;
    const char  *phrase;
} article_problem_phrases[] = {
    { 400, "Bad Request" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 410, "Gone" },
    { 500, "Internal Server Error" },
    { 502, "Bad Gateway" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" }
};


static const char *article_problem_title(unsigned status,
    article_reason_t reason);


size_t
article_problem(char *out, size_t size, unsigned status,
    article_reason_t reason, article_slice_t instance)
{
    size_t                len;
    yajl_gen              gen;
    const char           *word, *sentence, *title;
    article_buf_t         buf;
    article_arena_t      *arena;
    article_json_room_t   room;

    arena = article_arena_create(ARTICLE_MAX_MEMORY);
    if (arena == NULL) {
        return 0;
    }

    article_buf_init(&buf, arena);
    gen = article_json_writer(&room, &buf);

    if (gen == NULL) {
        article_arena_destroy(arena);
        return 0;
    }

    word = article_reason_word(reason);
    sentence = article_reason_sentence(reason);
    title = article_problem_title(status, reason);

    yajl_gen_config(gen, yajl_gen_validate_utf8, 1);
    yajl_gen_map_open(gen);

#define article_problem_text(s)                                               \
    yajl_gen_string(gen, (const unsigned char *) (s), strlen(s))

    article_problem_text("type");
    article_problem_text("about:blank");
    article_problem_text("title");
    article_problem_text(title);
    article_problem_text("status");
    yajl_gen_integer(gen, (long long) status);
    article_problem_text("detail");
    article_problem_text(sentence);

    if (instance.len && article_utf8_valid(instance)) {
        article_problem_text("instance");
        yajl_gen_string(gen, (const unsigned char *) instance.data,
                        instance.len);
    }

    article_problem_text("reason");
    article_problem_text(word);

#undef article_problem_text

    len = 0;

    if (yajl_gen_map_close(gen) == yajl_gen_status_ok
        && !article_arena_failed(arena) && buf.len <= size)
    {
        len = buf.len;
        memcpy(out, buf.data, len);
    }

    article_arena_destroy(arena);

    return len;
}


/* What a type of "about:blank" asks for (RFC 9457, section 4.2.1). */
static const char *
article_problem_title(unsigned status, article_reason_t reason)
{
    size_t  i, n;

    n = sizeof(article_problem_phrases) / sizeof(article_problem_phrases[0]);

    for (i = 0; i < n; i++) {
        if (article_problem_phrases[i].status == status) {
            return article_problem_phrases[i].phrase;
        }
    }

    return article_reason_word(reason);
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Problems (RFC 9457) for what is no item: application/problem+json.
 */

#include <string.h>

#include <yajl/yajl_gen.h>

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
    const unsigned char  *data;
    const char           *word, *sentence, *title;

    gen = yajl_gen_alloc(NULL);
    if (gen == NULL) {
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
        && yajl_gen_get_buf(gen, &data, &len) == yajl_gen_status_ok
        && len <= size)
    {
        memcpy(out, data, len);

    } else {
        len = 0;
    }

    yajl_gen_free(gen);

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

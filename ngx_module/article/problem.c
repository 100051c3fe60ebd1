/*
 * Copyright (C) ngx_article authors
 *
 * Problems (RFC 9457) for what is no item: application/problem+json.
 */

#include <string.h>

#include <yajl/yajl_gen.h>

#include "text.h"


size_t
article_problem(char *out, size_t size, unsigned status,
    article_reason_t reason, article_slice_t instance)
{
    size_t                len;
    yajl_gen              gen;
    const unsigned char  *data;
    const char           *word, *sentence;

    gen = yajl_gen_alloc(NULL);
    if (gen == NULL) {
        return 0;
    }

    word = article_reason_word(reason);
    sentence = article_reason_sentence(reason);

    yajl_gen_config(gen, yajl_gen_validate_utf8, 1);
    yajl_gen_map_open(gen);

#define article_problem_text(s)                                               \
    yajl_gen_string(gen, (const unsigned char *) (s), strlen(s))

    article_problem_text("type");
    article_problem_text("about:blank");
    article_problem_text("title");
    article_problem_text(word);
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

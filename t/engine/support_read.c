/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>

#include "support_read.h"


static yajl_val read_find(yajl_val item, const char *path);


yajl_val
read_page(const char *html)
{
    article_result_t        result;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.url = test_slice(READ_URL);

    return read_options(html, strlen(html), &options, &result);
}


yajl_val
read_options(const char *html, size_t len,
    const article_read_options_t *options, article_result_t *result)
{
    char               error[200], *json, *page;
    size_t             n;
    yajl_val           tree;
    article_engine_t  *engine;

    engine = article_engine_create(NULL);
    assert_non_null(engine);

    page = malloc(len ? len : 1);
    assert_non_null(page);
    memcpy(page, html, len);

    article_read(engine, options, page, len, result);
    free(page);

    if (result->reason == ARTICLE_OK) {
        json = malloc(result->json.len + 1);
        assert_non_null(json);
        memcpy(json, result->json.data, result->json.len);
        json[result->json.len] = '\0';

    } else {
        assert_int_equal(result->json.len, 0);

        json = malloc(ARTICLE_PROBLEM_SIZE + 1);
        assert_non_null(json);
        n = article_problem(json, ARTICLE_PROBLEM_SIZE, 404, result->reason,
                            test_slice(""));
        assert_true(n > 0);
        json[n] = '\0';
    }

    tree = yajl_tree_parse(json, error, sizeof(error));

    if (tree == NULL) {
        print_error("%s\n%s\n", error, json);
        fail();
    }

    free(json);

    /* what the result points to is the engine's */

    memset(&result->json, 0, sizeof(result->json));
    memset(&result->version, 0, sizeof(result->version));
    memset(&result->url, 0, sizeof(result->url));

    article_engine_destroy(engine);

    return tree;
}


static yajl_val
read_find(yajl_val item, const char *path)
{
    char         name[64];
    size_t       i, len;
    yajl_val     next;
    const char  *dot;

    while (item && *path) {
        dot = strchr(path, '.');
        len = dot ? (size_t) (dot - path) : strlen(path);

        assert_true(len < sizeof(name));
        memcpy(name, path, len);
        name[len] = '\0';

        if (!YAJL_IS_OBJECT(item)) {
            return NULL;
        }

        next = NULL;

        for (i = 0; i < item->u.object.len; i++) {
            if (strcmp(item->u.object.keys[i], name) == 0) {
                next = item->u.object.values[i];
            }
        }

        item = next;
        path += len + (dot != NULL);
    }

    return item;
}


const char *
read_string(yajl_val item, const char *path)
{
    yajl_val  value;

    value = read_find(item, path);

    return value && YAJL_IS_STRING(value) ? YAJL_GET_STRING(value) : "";
}


yajl_val
read_element(yajl_val item, const char *path, size_t i)
{
    yajl_val  value;

    value = read_find(item, path);

    if (value == NULL || !YAJL_IS_ARRAY(value) || i >= value->u.array.len) {
        return NULL;
    }

    return value->u.array.values[i];
}


size_t
read_length(yajl_val item, const char *path)
{
    yajl_val  value;

    value = read_find(item, path);

    return value && YAJL_IS_ARRAY(value) ? value->u.array.len : 0;
}


void
read_expect(yajl_val item, const char *path, const char *expected)
{
    const char  *value;

    value = read_string(item, path);

    if (strcmp(value, expected) != 0) {
        print_error("%s: got \"%s\", expected \"%s\"\n", path, value,
                    expected);
        fail();
    }
}


void
read_holds(yajl_val item, const char *path, const char *words)
{
    if (strstr(read_string(item, path), words) == NULL) {
        print_error("%s: got \"%s\", which lacks \"%s\"\n", path,
                    read_string(item, path), words);
        fail();
    }
}


void
read_lacks(yajl_val item, const char *path, const char *words)
{
    if (strstr(read_string(item, path), words) != NULL) {
        print_error("%s: got \"%s\", which holds \"%s\"\n", path,
                    read_string(item, path), words);
        fail();
    }
}


char *
read_file(const char *name, size_t *len)
{
    long   size;
    char  *data;
    FILE  *stream;

    stream = fopen(name, "rb");
    if (stream == NULL) {
        return NULL;
    }

    fseek(stream, 0, SEEK_END);
    size = ftell(stream);
    rewind(stream);

    data = malloc((size_t) size + 1);
    assert_non_null(data);

    *len = fread(data, 1, (size_t) size, stream);
    data[*len] = '\0';

    fclose(stream);

    return data;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON with positions, by yajl.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json_room.h"
#include "portal_json.h"
#include "text.h"


/* A portal file nests five deep; more is a mistake. */
#define ARTICLE_JSON_DEPTH  16


typedef struct {
    article_arena_t    *arena;
    article_slice_t     text;
    article_error_t    *error;
    yajl_handle         yajl;
    article_json_t     *root;
    article_json_t     *open;       /* the array or object being filled */
    article_slice_t     key;
    size_t              key_at;
    size_t              end;        /* of the last token */
    unsigned            depth;
    unsigned            failed;     /* *error is filled */
} article_json_parser_t;


static size_t article_json_token(article_json_parser_t *parser);
static size_t article_json_skip_comment(article_slice_t text, size_t at);
static article_json_t *article_json_add(article_json_parser_t *parser,
    article_json_type_t type);
static int article_json_fail(article_json_parser_t *parser, size_t at,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
static void article_json_fail_yajl(article_json_parser_t *parser, size_t at);

static int article_json_on_null(void *data);
static int article_json_on_boolean(void *data, int value);
static int article_json_on_integer(void *data, long long value);
static int article_json_on_double(void *data, double value);
static int article_json_on_string(void *data, const unsigned char *s,
    size_t len);
static int article_json_on_key(void *data, const unsigned char *s,
    size_t len);
static int article_json_on_object(void *data);
static int article_json_on_array(void *data);
static int article_json_on_close(void *data);


static const yajl_callbacks  article_json_callbacks = {
    article_json_on_null,
    article_json_on_boolean,
    article_json_on_integer,
    article_json_on_double,
    NULL,
    article_json_on_string,
    article_json_on_object,
    article_json_on_key,
    article_json_on_close,
    article_json_on_array,
    article_json_on_close
};


article_json_t *
article_json_parse(article_arena_t *arena, article_slice_t text,
    article_error_t *error)
{
    size_t                 at;
    yajl_status            status;
    article_json_room_t    room;
    article_json_parser_t  parser;

    memset(&parser, 0, sizeof(parser));
    parser.arena = arena;
    parser.text = text;
    parser.error = error;

    parser.yajl = article_json_reader(&room, text.len,
                                      &article_json_callbacks, &parser);
    if (parser.yajl == NULL) {
        article_json_error(error, text, 0, "out of memory");
        return NULL;
    }

    yajl_config(parser.yajl, yajl_allow_comments, 1);

    status = yajl_parse(parser.yajl, (const unsigned char *) text.data,
                        text.len);
    at = yajl_get_bytes_consumed(parser.yajl);

    if (status == yajl_status_ok) {

        /* what is missing is missing at the end */

        status = yajl_complete_parse(parser.yajl);
        at = text.len;

    } else if (at != 0 && at == text.len) {
        at--;
    }

    if (status != yajl_status_ok && !parser.failed) {
        article_json_fail_yajl(&parser, at);
    }

    article_json_reader_free(&room, parser.yajl);

    if (!parser.failed && parser.root == NULL) {
        article_json_fail(&parser, 0, "the file is empty");
    }

    return parser.failed ? NULL : parser.root;
}


article_json_t *
article_json_member(const article_json_t *object, const char *key)
{
    size_t           len;
    article_json_t  *member;

    len = strlen(key);

    for (member = object->first; member != NULL; member = member->next) {
        if (member->key.len == len && memcmp(member->key.data, key, len) == 0)
        {
            return member;
        }
    }

    return NULL;
}


const char *
article_json_type_word(article_json_type_t type)
{
    static const char *const  words[] = {
        "null", "true or false", "a whole number", "a number with a fraction",
        "a string", "a list", "an object"
    };

    return words[type];
}


void
article_json_position(article_slice_t text, size_t at, unsigned *line,
    unsigned *column)
{
    size_t  i;

    *line = 1;
    *column = 1;

    for (i = 0; i < at && i < text.len; i++) {
        if (text.data[i] == '\n') {
            *line += 1;
            *column = 1;

        } else if (((unsigned char) text.data[i] & 0xc0) != 0x80) {
            *column += 1;
        }
    }
}


void
article_json_error(article_error_t *error, article_slice_t text, size_t at,
    const char *format, ...)
{
    va_list  args;

    article_json_position(text, at, &error->line, &error->column);

    va_start(args, format);
    vsnprintf(error->message, sizeof(error->message), format, args);
    va_end(args);
}


/*
 * yajl tells where a token ends; it starts behind the white space, commas,
 * colons and comments that follow the token before.
 */
static size_t
article_json_token(article_json_parser_t *parser)
{
    size_t           at;
    article_slice_t  text;

    text = parser->text;
    at = parser->end;

    while (at < text.len) {
        if (text.data[at] == '/') {
            at = article_json_skip_comment(text, at);

        } else if (memchr(" \t\r\n,:", text.data[at], 6) != NULL) {
            at++;

        } else {
            break;
        }
    }

    parser->end = yajl_get_bytes_consumed(parser->yajl);

    return at;
}


static size_t
article_json_skip_comment(article_slice_t text, size_t at)
{
    article_slice_t  rest;
    const char      *end;

    rest.data = text.data + at;
    rest.len = text.len - at;

    if (article_slice_starts(rest, article_literal("/*"))) {
        end = article_slice_find(rest, article_literal("*/"));
        return end == NULL ? text.len : (size_t) (end + 2 - text.data);
    }

    end = memchr(rest.data, '\n', rest.len);

    return end == NULL ? text.len : (size_t) (end + 1 - text.data);
}


static article_json_t *
article_json_add(article_json_parser_t *parser, article_json_type_t type)
{
    article_json_t  *node, *open;

    node = article_arena_calloc(parser->arena, sizeof(article_json_t));
    if (node == NULL) {
        article_json_fail(parser, parser->end, "out of memory");
        return NULL;
    }

    node->type = type;
    node->at = article_json_token(parser);
    node->key = parser->key;
    node->key_at = parser->key_at;
    node->parent = parser->open;

    open = parser->open;

    if (open == NULL) {
        parser->root = node;

    } else if (open->last == NULL) {
        open->first = node;
        open->last = node;
        open->count = 1;

    } else {
        open->last->next = node;
        open->last = node;
        open->count++;
    }

    parser->key = article_literal("");
    parser->key_at = node->at;

    return node;
}


static int
article_json_fail(article_json_parser_t *parser, size_t at,
    const char *format, ...)
{
    va_list           args;
    article_error_t  *error;

    error = parser->error;
    parser->failed = 1;

    article_json_position(parser->text, at, &error->line, &error->column);

    va_start(args, format);
    vsnprintf(error->message, sizeof(error->message), format, args);
    va_end(args);

    return 0;
}


static void
article_json_fail_yajl(article_json_parser_t *parser, size_t at)
{
    size_t          len;
    unsigned char  *message;

    message = yajl_get_error(parser->yajl, 0, NULL, 0);
    if (message == NULL) {
        article_json_fail(parser, at, "bad JSON");
        return;
    }

    len = strcspn((const char *) message, "\r\n");
    article_json_fail(parser, at, "bad JSON: %.*s", (int) len, message);

    yajl_free_error(parser->yajl, message);
}


static int
article_json_on_null(void *data)
{
    return article_json_add(data, ARTICLE_JSON_NULL) != NULL;
}


static int
article_json_on_boolean(void *data, int value)
{
    article_json_t  *node;

    node = article_json_add(data, ARTICLE_JSON_BOOLEAN);
    if (node == NULL) {
        return 0;
    }

    node->number = value != 0;

    return 1;
}


static int
article_json_on_integer(void *data, long long value)
{
    article_json_t  *node;

    node = article_json_add(data, ARTICLE_JSON_NUMBER);
    if (node == NULL) {
        return 0;
    }

    node->number = value;

    return 1;
}


static int
article_json_on_double(void *data, double value)
{
    (void) value;

    return article_json_add(data, ARTICLE_JSON_FRACTION) != NULL;
}


static int
article_json_on_string(void *data, const unsigned char *s, size_t len)
{
    article_json_t         *node;
    article_slice_t         copy;
    article_json_parser_t  *parser;

    parser = data;
    copy.data = (const char *) s;
    copy.len = len;

    node = article_json_add(parser, ARTICLE_JSON_STRING);
    if (node == NULL) {
        return 0;
    }

    node->string = article_arena_copy(parser->arena, copy);
    if (node->string.data == NULL) {
        return article_json_fail(parser, node->at, "out of memory");
    }

    return 1;
}


static int
article_json_on_key(void *data, const unsigned char *s, size_t len)
{
    article_slice_t         copy;
    article_json_parser_t  *parser;

    parser = data;
    copy.data = (const char *) s;
    copy.len = len;

    parser->key_at = article_json_token(parser);
    parser->key = article_arena_copy(parser->arena, copy);

    if (parser->key.data == NULL) {
        return article_json_fail(parser, parser->key_at, "out of memory");
    }

    if (article_json_member(parser->open, parser->key.data) != NULL) {
        return article_json_fail(parser, parser->key_at,
                                 "\"%s\" stands here twice",
                                 parser->key.data);
    }

    return 1;
}


static int
article_json_on_object(void *data)
{
    article_json_parser_t  *parser;

    parser = data;

    if (++parser->depth > ARTICLE_JSON_DEPTH) {
        return article_json_fail(parser, article_json_token(parser),
                                 "values are nested too deep");
    }

    parser->open = article_json_add(parser, ARTICLE_JSON_OBJECT);

    return parser->open != NULL;
}


static int
article_json_on_array(void *data)
{
    article_json_parser_t  *parser;

    parser = data;

    if (++parser->depth > ARTICLE_JSON_DEPTH) {
        return article_json_fail(parser, article_json_token(parser),
                                 "values are nested too deep");
    }

    parser->open = article_json_add(parser, ARTICLE_JSON_ARRAY);

    return parser->open != NULL;
}


static int
article_json_on_close(void *data)
{
    article_json_parser_t  *parser;

    parser = data;
    parser->depth--;
    parser->open = parser->open->parent;
    (void) article_json_token(parser);

    return 1;
}

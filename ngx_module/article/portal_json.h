/*
 * Copyright (C) the authors named in LICENSE
 *
 * The JSON of a portal file as a tree that knows where each value stands, so
 * that every later error can name line and column.  Comments are allowed:
 * portal files are written by operators.
 */

#ifndef ARTICLE_PORTAL_JSON_H_INCLUDED
#define ARTICLE_PORTAL_JSON_H_INCLUDED


#include "arena.h"


typedef enum {
    ARTICLE_JSON_NULL = 0,
    ARTICLE_JSON_BOOLEAN,
    ARTICLE_JSON_NUMBER,            /* whole numbers */
    ARTICLE_JSON_FRACTION,          /* other numbers; without their value */
    ARTICLE_JSON_STRING,
    ARTICLE_JSON_ARRAY,
    ARTICLE_JSON_OBJECT
} article_json_type_t;


typedef struct article_json_s  article_json_t;

struct article_json_s {
    article_json_type_t   type;
    size_t                at;       /* byte of the value in the file */
    size_t                key_at;   /* byte of its key */
    article_slice_t       key;      /* of a member of an object; terminated */
    article_slice_t       string;   /* terminated */
    int64_t               number;   /* also 0 or 1 of a boolean */
    unsigned              count;    /* of members or elements */
    article_json_t       *first;
    article_json_t       *last;
    article_json_t       *next;
    article_json_t       *parent;
};


/*
 * Parses JSON (UTF-8, comments allowed) into a tree in the arena.  NULL with
 * *error filled when it is no JSON, an object has a key twice, values are
 * nested too deep or memory is out.
 */
article_json_t *article_json_parse(article_arena_t *arena,
    article_slice_t text, article_error_t *error);

/* The member of an object, or NULL. */
article_json_t *article_json_member(const article_json_t *object,
    const char *key);

/* "a string", "a list", ...; static. */
const char *article_json_type_word(article_json_type_t type);

/* Line and column (in characters), from 1, of a byte of the text. */
void article_json_position(article_slice_t text, size_t at, unsigned *line,
    unsigned *column);

/* Fills *error with the position of byte at and a message. */
void article_json_error(article_error_t *error, article_slice_t text,
    size_t at, const char *format, ...) __attribute__((format(printf, 4, 5)));


#endif /* ARTICLE_PORTAL_JSON_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * JSON-LD as a tree.  yajl_tree_parse() would take its memory beyond the
 * arena's limit, and crashes where malloc() fails.
 */

#include "json_room.h"
#include "jsonld_tree.h"


/*
 * Of a page of 4 MB, "[1,1,1..." would else be a tree of 200 MB; the largest
 * JSON-LD of the pages we know has some thousand values.
 */
#define ARTICLE_JSONLD_VALUES  65536

/* What article_jsonld_next() lets through, and one. */
#define ARTICLE_JSONLD_LEVELS  65


typedef struct article_jsonld_node_s  article_jsonld_node_t;

struct article_jsonld_node_s {
    struct yajl_val_s       value;
    const char             *key;        /* in an object */
    article_jsonld_node_t  *next;       /* in the same object or array */
};


/* An object or an array that is not closed. */
typedef struct {
    yajl_val                value;
    const char             *key;
    article_jsonld_node_t  *first;
    article_jsonld_node_t  *last;
    size_t                  number;
} article_jsonld_open_t;


typedef struct {
    article_arena_t        *arena;
    yajl_val                root;
    unsigned                values;
    unsigned                levels;
    article_jsonld_open_t   open[ARTICLE_JSONLD_LEVELS];
} article_jsonld_builder_t;


static yajl_val article_jsonld_put(article_jsonld_builder_t *builder,
    yajl_type type);
static int article_jsonld_begin(article_jsonld_builder_t *builder,
    yajl_type type);
static int article_jsonld_null(void *data);
static int article_jsonld_boolean(void *data, int value);
static int article_jsonld_number(void *data, const char *s, size_t len);
static int article_jsonld_text(void *data, const unsigned char *s,
    size_t len);
static int article_jsonld_key(void *data, const unsigned char *s, size_t len);
static int article_jsonld_object(void *data);
static int article_jsonld_object_end(void *data);
static int article_jsonld_array(void *data);
static int article_jsonld_array_end(void *data);


static const yajl_callbacks  article_jsonld_callbacks = {
    article_jsonld_null,
    article_jsonld_boolean,
    NULL,
    NULL,
    article_jsonld_number,
    article_jsonld_text,
    article_jsonld_object,
    article_jsonld_key,
    article_jsonld_object_end,
    article_jsonld_array,
    article_jsonld_array_end
};


yajl_val
article_jsonld_tree(article_arena_t *arena, article_slice_t text)
{
    yajl_status                status;
    yajl_handle                reader;
    article_json_room_t        room;
    article_jsonld_builder_t   builder;

    builder.arena = arena;
    builder.root = NULL;
    builder.values = 0;
    builder.levels = 0;

    reader = article_json_reader(&room, text.len, &article_jsonld_callbacks,
                                 &builder);
    if (reader == NULL) {
        return NULL;
    }

    yajl_config(reader, yajl_allow_comments, 1);

    status = yajl_parse(reader, (const unsigned char *) text.data, text.len);

    if (status == yajl_status_ok) {
        status = yajl_complete_parse(reader);
    }

    article_json_reader_free(&room, reader);

    return status == yajl_status_ok ? builder.root : NULL;
}


/* NULL ends the reading. */

static yajl_val
article_jsonld_put(article_jsonld_builder_t *builder, yajl_type type)
{
    article_jsonld_node_t  *node;
    article_jsonld_open_t  *open;

    if (++builder->values > ARTICLE_JSONLD_VALUES) {
        return NULL;
    }

    node = article_arena_calloc(builder->arena,
                                sizeof(article_jsonld_node_t));
    if (node == NULL) {
        return NULL;
    }

    node->value.type = type;

    if (builder->levels == 0) {
        builder->root = &node->value;
        return &node->value;
    }

    open = &builder->open[builder->levels - 1];
    node->key = open->key;

    if (open->last == NULL) {
        open->first = node;

    } else {
        open->last->next = node;
    }

    open->last = node;
    open->number++;

    return &node->value;
}


static int
article_jsonld_begin(article_jsonld_builder_t *builder, yajl_type type)
{
    yajl_val                value;
    article_jsonld_open_t  *open;

    if (builder->levels == ARTICLE_JSONLD_LEVELS) {
        return 0;
    }

    value = article_jsonld_put(builder, type);
    if (value == NULL) {
        return 0;
    }

    open = &builder->open[builder->levels++];
    open->value = value;
    open->key = NULL;
    open->first = NULL;
    open->last = NULL;
    open->number = 0;

    return 1;
}


static int
article_jsonld_null(void *data)
{
    return article_jsonld_put(data, yajl_t_null) != NULL;
}


static int
article_jsonld_boolean(void *data, int value)
{
    return article_jsonld_put(data, value ? yajl_t_true : yajl_t_false)
           != NULL;
}


static int
article_jsonld_number(void *data, const char *s, size_t len)
{
    (void) s;
    (void) len;

    return article_jsonld_put(data, yajl_t_number) != NULL;
}


static int
article_jsonld_text(void *data, const unsigned char *s, size_t len)
{
    yajl_val                   value;
    article_slice_t            copy;
    article_jsonld_builder_t  *builder;

    builder = data;

    value = article_jsonld_put(builder, yajl_t_string);
    if (value == NULL) {
        return 0;
    }

    copy = (article_slice_t) { (const char *) s, len };
    copy = article_arena_copy(builder->arena, copy);
    value->u.string = (char *) (uintptr_t) copy.data;

    return copy.data != NULL;
}


static int
article_jsonld_key(void *data, const unsigned char *s, size_t len)
{
    article_slice_t            copy;
    article_jsonld_builder_t  *builder;

    builder = data;

    copy = (article_slice_t) { (const char *) s, len };
    copy = article_arena_copy(builder->arena, copy);
    builder->open[builder->levels - 1].key = copy.data;

    return copy.data != NULL;
}


static int
article_jsonld_object(void *data)
{
    return article_jsonld_begin(data, yajl_t_object);
}


static int
article_jsonld_object_end(void *data)
{
    size_t                     i;
    yajl_val                   object;
    article_jsonld_node_t     *node;
    article_jsonld_open_t     *open;
    article_jsonld_builder_t  *builder;

    builder = data;
    open = &builder->open[--builder->levels];
    object = open->value;

    object->u.object.len = open->number;
    object->u.object.keys = article_arena_alloc(builder->arena,
                                          open->number * sizeof(char *));
    object->u.object.values = article_arena_alloc(builder->arena,
                                          open->number * sizeof(yajl_val));

    if (object->u.object.keys == NULL || object->u.object.values == NULL) {
        return 0;
    }

    for (node = open->first, i = 0; node != NULL; node = node->next, i++) {
        object->u.object.keys[i] = node->key;
        object->u.object.values[i] = &node->value;
    }

    return 1;
}


static int
article_jsonld_array(void *data)
{
    return article_jsonld_begin(data, yajl_t_array);
}


static int
article_jsonld_array_end(void *data)
{
    size_t                     i;
    yajl_val                   array;
    article_jsonld_node_t     *node;
    article_jsonld_open_t     *open;
    article_jsonld_builder_t  *builder;

    builder = data;
    open = &builder->open[--builder->levels];
    array = open->value;

    array->u.array.len = open->number;
    array->u.array.values = article_arena_alloc(builder->arena,
                                          open->number * sizeof(yajl_val));

    if (array->u.array.values == NULL) {
        return 0;
    }

    for (node = open->first, i = 0; node != NULL; node = node->next, i++) {
        array->u.array.values[i] = &node->value;
    }

    return 1;
}

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Writing JSON: what json.c and json_parts.c share.
 */

#ifndef ARTICLE_JSON_H_INCLUDED
#define ARTICLE_JSON_H_INCLUDED


#include "json_room.h"
#include "page.h"


typedef struct {
    article_page_t       *page;
    yajl_gen              gen;
    article_buf_t         text;
    article_json_room_t   room;
} article_json_t;


/*
 * Begins an object: 0, or -1 when memory is out; ends it: its text, in the
 * arena, or NULL when memory is out.
 */
int article_json_open(article_json_t *json, article_page_t *page);
article_slice_t article_json_close(article_json_t *json);

void article_json_string(article_json_t *json, article_slice_t s);
void article_json_text(article_json_t *json, const char *s);

/* A string member; nothing when the value is empty. */
void article_json_add(article_json_t *json, const char *name,
    article_slice_t value);
void article_json_number(article_json_t *json, const char *name,
    long long value);
void article_json_date(article_json_t *json, const char *name,
    const article_date_t *date);

/* Members of an item; nothing when the page has none of them. */
void article_json_authors(article_json_t *json);
void article_json_tags(article_json_t *json);
void article_json_attachments(article_json_t *json);

/* The values of "_article": the page's own, and a listed item's. */
void article_json_extension(article_json_t *json, article_slice_t version);
void article_json_item_extension(article_json_t *json,
    const article_item_t *item);

/* The same of an item in short: its section, and whether it is partial. */
void article_json_listed_extension(article_json_t *json,
    const article_item_t *item, const article_listed_t *listed);

/*
 * The gateway's address of a page of the portal: json_base and its path;
 * empty without a json_base, and for other sites.
 */
article_slice_t article_json_gateway(article_page_t *page,
    article_slice_t url);


#endif /* ARTICLE_JSON_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Loading a portal file: what portal_load.c and portal_rules.c share.
 */

#ifndef ARTICLE_PORTAL_LOAD_H_INCLUDED
#define ARTICLE_PORTAL_LOAD_H_INCLUDED


#include "portal_file.h"


/* Bound of any list of the file. */
#define ARTICLE_PORTAL_LIST_MAX  250

/* Longest quotation of a bad value in a message. */
#define ARTICLE_PORTAL_QUOTE     48


typedef struct {
    article_portal_t            *portal;
    article_error_t             *error;
    lxb_css_parser_t            *parser;
    lxb_css_syntax_tokenizer_t  *tokenizer;
    unsigned                     learned;   /* the file is article learn's */
    char                         message[160];
} article_portal_loader_t;


typedef int (*article_portal_set_pt)(article_portal_loader_t *loader,
    const article_json_t *value, void *field);

typedef struct {
    const char             *key;
    article_json_type_t     type;       /* NULL: set looks at it itself */
    article_portal_set_pt   set;
    size_t                  offset;     /* of the field it fills */
} article_portal_member_t;


/*
 * Below, 0 is success; -1 an error that loader->error tells.
 *
 * members: an object's members by a table that ends with a NULL key; base is
 * what the table's offsets count from.  elements: a list's length, and the
 * type of all its elements.  fail: "what "value": loader->message".
 */
int article_portal_members(article_portal_loader_t *loader,
    const article_json_t *object, const article_portal_member_t *members,
    void *base);
int article_portal_type(article_portal_loader_t *loader,
    const article_json_t *value, article_json_type_t type);
int article_portal_elements(article_portal_loader_t *loader,
    const article_json_t *list, article_json_type_t type);
int article_portal_fail(article_portal_loader_t *loader,
    const article_json_t *value, const char *what);
int article_portal_no_memory(article_portal_loader_t *loader,
    const article_json_t *value);
int article_portal_unknown(article_portal_loader_t *loader,
    const article_json_t *member);
int article_portal_set_string(article_portal_loader_t *loader,
    const article_json_t *value, void *field);

/* Members of the file. */
int article_portal_set_rules(article_portal_loader_t *loader,
    const article_json_t *value, void *field);
int article_portal_set_tests(article_portal_loader_t *loader,
    const article_json_t *value, void *field);

/* Makes the plan from "strip" and "keep" of the file. */
int article_portal_plan_load(article_portal_loader_t *loader,
    const article_json_t *root);


#endif /* ARTICLE_PORTAL_LOAD_H_INCLUDED */

/*
 * Copyright (C) the authors named in LICENSE
 *
 * Selectors of the streaming cutter, from what is written.
 */

#include <stdio.h>
#include <string.h>

#include "selector.h"


typedef struct {
    article_arena_t       *arena;
    article_slice_t        text;
    size_t                 at;
    article_attributes_t  *attributes;
    const char            *error;
} article_selector_parser_t;


static unsigned article_selector_combinator(
    article_selector_parser_t *parser, unsigned *child);
static void article_selector_compound(article_selector_parser_t *parser,
    article_compound_t *compound);
static void article_selector_attribute(article_selector_parser_t *parser,
    article_compound_t *compound);
static void article_selector_ordinal(article_selector_parser_t *parser,
    article_compound_t *compound);
static unsigned article_selector_number(article_selector_parser_t *parser);
static unsigned article_selector_type(article_selector_parser_t *parser,
    article_slice_t tag);
static void article_selector_sections(article_selector_t *selector);
static article_operator_t article_selector_operator(
    article_selector_parser_t *parser);
static article_slice_t article_selector_value(
    article_selector_parser_t *parser);
static article_slice_t article_selector_name(
    article_selector_parser_t *parser, unsigned lower);
static unsigned article_selector_attribute_index(
    article_selector_parser_t *parser, article_slice_t name);
static void article_selector_condition(article_selector_parser_t *parser,
    article_compound_t *compound, article_operator_t op, unsigned attribute,
    article_slice_t value);
static int article_selector_peek(const article_selector_parser_t *parser);
static void article_selector_space(article_selector_parser_t *parser);


void
article_attributes_init(article_attributes_t *attributes)
{
    attributes->name[ARTICLE_ATTRIBUTE_ID] = article_literal("id");
    attributes->name[ARTICLE_ATTRIBUTE_CLASS] = article_literal("class");
    attributes->name[ARTICLE_ATTRIBUTE_TYPE] = article_literal("type");
    attributes->name[ARTICLE_ATTRIBUTE_NAME] = article_literal("name");
    attributes->number = ARTICLE_ATTRIBUTE_PLAN;
    attributes->everywhere = 0;
    attributes->type[0] = article_literal("");
    attributes->types = 0;
}


int
article_selector_parse(article_arena_t *arena, article_slice_t text,
    article_attributes_t *attributes, article_selector_t *selector,
    char *message, size_t size)
{
    unsigned                   child;
    article_selector_parser_t  parser;

    memset(selector, 0, sizeof(article_selector_t));

    parser.arena = arena;
    parser.text = text;
    parser.at = 0;
    parser.attributes = attributes;
    parser.error = NULL;

    article_selector_space(&parser);
    child = 0;

    do {
        if (selector->compounds == ARTICLE_COMPOUNDS_MAX) {
            parser.error = "more than 24 steps";
            break;
        }

        selector->compound[selector->compounds].child = child;
        article_selector_compound(&parser,
                               &selector->compound[selector->compounds++]);

    } while (parser.error == NULL
             && article_selector_combinator(&parser, &child));

    if (parser.error == NULL) {
        article_selector_sections(selector);
        return 0;
    }

    snprintf(message, size, "%s (at byte %zu)", parser.error, parser.at + 1);

    return -1;
}


/*
 * "table > tr": the tbody between them is there whether it is written or not,
 * so the selector need not have it.
 */
static void
article_selector_sections(article_selector_t *selector)
{
    unsigned             i;
    article_compound_t  *step;

    for (i = 1; i < selector->compounds
                && selector->compounds < ARTICLE_COMPOUNDS_MAX; i++)
    {
        step = &selector->compound[i];

        if (!step->child
            || !article_slice_equal(step->tag, article_literal("tr"))
            || !article_slice_equal(step[-1].tag, article_literal("table")))
        {
            continue;
        }

        memmove(step + 1, step,
                (selector->compounds - i) * sizeof(article_compound_t));
        memset(step, 0, sizeof(article_compound_t));

        step->tag = article_literal("tbody");
        step->bloom = article_bloom_bit(0, step->tag.data, step->tag.len);
        step->child = 1;
        selector->compounds++;
    }
}


/* 1 if another compound follows. */
static unsigned
article_selector_combinator(article_selector_parser_t *parser,
    unsigned *child)
{
    size_t  at;

    at = parser->at;
    article_selector_space(parser);

    switch (article_selector_peek(parser)) {

    case -1:
        return 0;

    case '>':
        parser->at++;
        article_selector_space(parser);
        *child = 1;
        return 1;

    case ',':
        parser->error = "one selector only: write an entry for each";
        return 0;

    case '+':
    case '~':
        parser->error = "siblings cannot be matched while a page streams";
        return 0;

    default:

        if (parser->at == at) {
            parser->error = "unexpected character";
            return 0;
        }

        *child = 0;
        return 1;
    }
}


static void
article_selector_compound(article_selector_parser_t *parser,
    article_compound_t *compound)
{
    int              c;
    size_t           start;
    article_slice_t  name;

    start = parser->at;
    c = article_selector_peek(parser);

    if (c == '*') {
        parser->at++;

    } else if (c != '#' && c != '.' && c != '[' && c != ':') {
        compound->tag = article_selector_name(parser, 1);
        compound->bloom = article_bloom_bit(0, compound->tag.data,
                                            compound->tag.len);
    }

    while (parser->error == NULL) {
        c = article_selector_peek(parser);

        if (c == '#' || c == '.') {
            parser->at++;
            name = article_selector_name(parser, 0);
            compound->bloom |= article_bloom_bit(c == '#' ? 1 : 2, name.data,
                                                 name.len);
            article_selector_condition(parser, compound,
                    c == '#' ? ARTICLE_OPERATOR_EQUALS : ARTICLE_OPERATOR_WORD,
                    c == '#' ? ARTICLE_ATTRIBUTE_ID : ARTICLE_ATTRIBUTE_CLASS,
                    name);

        } else if (c == '[') {
            parser->at++;
            article_selector_attribute(parser, compound);

        } else if (c == ':') {
            parser->at++;
            article_selector_ordinal(parser, compound);

        } else {
            break;
        }
    }

    if (parser->error == NULL && parser->at == start) {
        parser->error = "a tag, #id, .class, [attribute] or :nth-child(N) is "
                        "missing";
    }
}


/* Behind "[". */
static void
article_selector_attribute(article_selector_parser_t *parser,
    article_compound_t *compound)
{
    unsigned            attribute;
    article_slice_t     name, value;
    article_operator_t  op;

    article_selector_space(parser);
    name = article_selector_name(parser, 1);
    article_selector_space(parser);

    op = article_selector_operator(parser);
    value = article_literal("");

    if (op != ARTICLE_OPERATOR_PRESENT && parser->error == NULL) {
        article_selector_space(parser);
        value = article_selector_value(parser);
        article_selector_space(parser);
    }

    if (parser->error != NULL) {
        return;
    }

    if (article_selector_peek(parser) != ']') {
        parser->error = "\"]\" is missing";
        return;
    }

    parser->at++;

    attribute = article_selector_attribute_index(parser, name);
    article_selector_condition(parser, compound, op, attribute, value);
}


/* Behind ":"; of an element only what stands before it is known. */
static void
article_selector_ordinal(article_selector_parser_t *parser,
    article_compound_t *compound)
{
    size_t               at;
    unsigned             number, typed;
    article_slice_t      name;
    article_condition_t  *condition;

    at = parser->at;
    name = article_selector_name(parser, 1);

    if (parser->error != NULL) {
        return;
    }

    typed = article_slice_equal(name, article_literal("nth-of-type"))
            || article_slice_equal(name, article_literal("first-of-type"));

    if (article_slice_equal(name, article_literal("first-child"))
        || article_slice_equal(name, article_literal("first-of-type")))
    {
        number = 1;

    } else if (typed
               || article_slice_equal(name, article_literal("nth-child")))
    {
        number = article_selector_number(parser);

    } else {
        parser->at = at;
        parser->error = "of the pseudo-classes only :nth-child(N), "
                        ":nth-of-type(N), :first-child and :first-of-type can "
                        "be matched while a page streams";
        return;
    }

    if (typed && compound->tag.len == 0 && parser->error == NULL) {
        parser->error = ":nth-of-type() needs a tag before it";
    }

    if (parser->error != NULL) {
        return;
    }

    article_selector_condition(parser, compound, ARTICLE_OPERATOR_ORDINAL,
                               typed ? article_selector_type(parser,
                                                             compound->tag)
                                     : 0,
                               article_literal(""));

    if (parser->error == NULL) {
        condition = &compound->condition[compound->conditions - 1];
        condition->ordinal = number;
        parser->attributes->types += parser->attributes->types == 0;
    }
}


/* "(N)" */
static unsigned
article_selector_number(article_selector_parser_t *parser)
{
    int       c;
    unsigned  number;

    if (article_selector_peek(parser) != '(') {
        parser->error = "\"(\" is missing";
        return 0;
    }

    parser->at++;
    article_selector_space(parser);
    number = 0;

    for ( ;; ) {
        c = article_selector_peek(parser);

        if (c < '0' || c > '9' || number > ARTICLE_ORDINAL_MAX) {
            break;
        }

        number = 10 * number + (unsigned) (c - '0');
        parser->at++;
    }

    article_selector_space(parser);

    if (number == 0 || number > ARTICLE_ORDINAL_MAX
        || article_selector_peek(parser) != ')')
    {
        parser->error = "a number from 1 to 999 and \")\" are expected";
        return 0;
    }

    parser->at++;

    return number;
}


/* Where the tag's elements are counted among their siblings. */
static unsigned
article_selector_type(article_selector_parser_t *parser, article_slice_t tag)
{
    unsigned               i;
    article_attributes_t  *attributes;

    attributes = parser->attributes;

    for (i = 1; i < attributes->types; i++) {
        if (article_slice_equal(attributes->type[i], tag)) {
            return i;
        }
    }

    if (i == ARTICLE_ORDINALS_MAX) {
        parser->error = "the portal file's selectors count more than 15 "
                        "different tags";
        return 0;
    }

    attributes->type[i] = tag;
    attributes->types = i + 1;

    return i;
}


static article_operator_t
article_selector_operator(article_selector_parser_t *parser)
{
    int                 c;
    const char         *p;
    static const char   letters[] = "~^$*|";

    static const article_operator_t  operators[] = {
        ARTICLE_OPERATOR_WORD, ARTICLE_OPERATOR_PREFIX,
        ARTICLE_OPERATOR_SUFFIX, ARTICLE_OPERATOR_CONTAINS,
        ARTICLE_OPERATOR_LANGUAGE
    };

    c = article_selector_peek(parser);

    if (c == '=') {
        parser->at++;
        return ARTICLE_OPERATOR_EQUALS;
    }

    p = c > 0 ? strchr(letters, c) : NULL;
    if (p == NULL) {
        return ARTICLE_OPERATOR_PRESENT;
    }

    parser->at++;

    if (article_selector_peek(parser) != '=') {
        parser->error = "\"=\" is missing";
        return ARTICLE_OPERATOR_PRESENT;
    }

    parser->at++;

    return operators[p - letters];
}


static article_slice_t
article_selector_value(article_selector_parser_t *parser)
{
    int               quote;
    const char       *end;
    article_slice_t   value;

    quote = article_selector_peek(parser);

    if (quote != '"' && quote != '\'') {
        return article_selector_name(parser, 0);
    }

    parser->at++;
    value.data = parser->text.data + parser->at;
    value.len = parser->text.len - parser->at;

    end = memchr(value.data, quote, value.len);
    if (end == NULL) {
        parser->error = "a quote is not closed";
        return article_literal("");
    }

    value.len = (size_t) (end - value.data);
    parser->at += value.len + 1;

    value = article_arena_copy(parser->arena, value);
    if (value.data == NULL) {
        parser->error = "out of memory";
    }

    return value;
}


/* A CSS identifier; a backslash takes the next character as it is. */
static article_slice_t
article_selector_name(article_selector_parser_t *parser, unsigned lower)
{
    int            c;
    article_buf_t  buf;

    article_buf_init(&buf, parser->arena);

    for ( ;; ) {
        c = article_selector_peek(parser);

        if (c == '\\' && parser->at + 1 < parser->text.len) {
            parser->at++;
            c = article_selector_peek(parser);

        } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                     || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'
                     || c >= 0x80))
        {
            break;
        }

        if (lower && c >= 'A' && c <= 'Z') {
            c |= 0x20;
        }

        article_buf_append_char(&buf, (char) c);
        parser->at++;
    }

    if (buf.len == 0 && parser->error == NULL) {
        parser->error = article_arena_failed(parser->arena) ? "out of memory"
                                                         : "a name is missing";
    }

    return article_buf_slice(&buf);
}


static unsigned
article_selector_attribute_index(article_selector_parser_t *parser,
    article_slice_t name)
{
    unsigned  index;

    if (article_attributes_add(parser->attributes, name, &index) != 0) {
        parser->error = "the portal file's selectors name more than 12 "
                        "different attributes";
    }

    return index;
}


int
article_attributes_add(article_attributes_t *attributes, article_slice_t name,
    unsigned *index)
{
    unsigned  i;

    for (i = 0; i < attributes->number; i++) {
        if (article_slice_equal(attributes->name[i], name)) {
            *index = i;
            attributes->everywhere |= i == ARTICLE_ATTRIBUTE_TYPE
                                      || i == ARTICLE_ATTRIBUTE_NAME;
            return 0;
        }
    }

    *index = 0;

    if (i == ARTICLE_ATTRIBUTES_MAX) {
        return -1;
    }

    attributes->name[i] = name;
    attributes->number++;
    *index = i;

    return 0;
}


static void
article_selector_condition(article_selector_parser_t *parser,
    article_compound_t *compound, article_operator_t op, unsigned attribute,
    article_slice_t value)
{
    article_condition_t  *condition;

    if (compound->conditions == ARTICLE_CONDITIONS_MAX) {
        parser->error = "more than 8 conditions on one element";
        return;
    }

    condition = &compound->condition[compound->conditions++];
    condition->op = op;
    condition->ordinal = 0;
    condition->attribute = attribute;
    condition->value = value;
}


static int
article_selector_peek(const article_selector_parser_t *parser)
{
    if (parser->at == parser->text.len) {
        return -1;
    }

    return (unsigned char) parser->text.data[parser->at];
}


static void
article_selector_space(article_selector_parser_t *parser)
{
    int  c;

    c = article_selector_peek(parser);

    while (c == ' ' || (c >= '\t' && c <= '\r')) {
        parser->at++;
        c = article_selector_peek(parser);
    }
}

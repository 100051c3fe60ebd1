/*
 * Copyright (C) the authors named in LICENSE
 *
 * What a doctype decides about nesting: in quirks mode a table does not end
 * an open p (HTML standard, 13.2.5.53 to 13.2.5.68 and 13.2.6.4.1).
 */

#include "cutter.h"


static unsigned article_doctype_space(char c);
static article_slice_t article_doctype_trim(article_slice_t s);
static unsigned article_doctype_quoted(article_slice_t *s,
    article_slice_t *id);
static unsigned article_doctype_starts(article_slice_t id,
    const article_slice_t *prefix, size_t n);


/* Public identifiers that begin so, in any case. */
static const article_slice_t  article_doctype_old[] = {
    article_literal("+//Silmaril//dtd html Pro v0r11 19970101//"),
    article_literal("-//AS//DTD HTML 3.0 asWedit + extensions//"),
    article_literal("-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//"),
    article_literal("-//IETF//DTD HTML"),
    article_literal("-//Metrius//DTD Metrius Presentational//"),
    article_literal("-//Microsoft//DTD Internet Explorer "),
    article_literal("-//Netscape Comm. Corp.//DTD "),
    article_literal("-//O'Reilly and Associates//DTD HTML "),
    article_literal("-//SQ//DTD HTML 2.0 HoTMetaL + extensions//"),
    article_literal("-//SoftQuad Software//DTD HoTMetaL PRO "),
    article_literal("-//SoftQuad//DTD HoTMetaL PRO "),
    article_literal("-//Spyglass//DTD HTML 2.0 Extended//"),
    article_literal("-//Sun Microsystems Corp.//DTD HotJava "),
    article_literal("-//W3C//DTD HTML 3 1995-03-24//"),
    article_literal("-//W3C//DTD HTML 3.2"),
    article_literal("-//W3C//DTD HTML 4.0 Frameset//"),
    article_literal("-//W3C//DTD HTML 4.0 Transitional//"),
    article_literal("-//W3C//DTD HTML Experimental "),
    article_literal("-//W3C//DTD W3 HTML//"),
    article_literal("-//W3O//DTD W3 HTML "),
    article_literal("-/W3C/DTD HTML 4.0 Transitional/EN"),
    article_literal("-//WebTechs//DTD Mozilla HTML")
};

/* And these, where no system identifier follows. */
static const article_slice_t  article_doctype_bare[] = {
    article_literal("-//W3C//DTD HTML 4.01 Frameset//"),
    article_literal("-//W3C//DTD HTML 4.01 Transitional//")
};


unsigned
article_doctype_quirks(article_slice_t s, unsigned *quirks)
{
    unsigned         system;
    article_slice_t  id;

    static const article_slice_t  name = article_literal("doctype");
    static const article_slice_t  html = article_literal("html");
    static const article_slice_t  word = article_literal("public");

    if (!article_slice_starts_case(s, name)) {
        return 0;
    }

    *quirks = 1;
    s.data += name.len;
    s.len -= name.len;
    s = article_doctype_trim(s);

    if (!article_slice_starts_case(s, html)) {
        return 1;
    }

    s.data += html.len;
    s.len -= html.len;

    if (s.len == 0) {
        *quirks = 0;
        return 1;
    }

    if (!article_doctype_space(*s.data)) {
        return 1;                   /* it is another name */
    }

    s = article_doctype_trim(s);

    if (s.len == 0) {
        *quirks = 0;
        return 1;
    }

    system = article_slice_starts_case(s, article_literal("system"));

    if (!system && !article_slice_starts_case(s, word)) {
        return 1;
    }

    s.data += word.len;             /* as long as "system" */
    s.len -= word.len;

    if (!article_doctype_quoted(&s, &id)) {
        return 1;
    }

    if (!system) {
        if (article_slice_equal_case(id, html)
            || article_doctype_starts(id, article_doctype_old,
                                      sizeof(article_doctype_old)
                                      / sizeof(article_slice_t)))
        {
            return 1;
        }

        if (s.len == 0
            && article_doctype_starts(id, article_doctype_bare,
                                      sizeof(article_doctype_bare)
                                      / sizeof(article_slice_t)))
        {
            return 1;
        }

        if (s.len != 0 && !article_doctype_quoted(&s, &id)) {
            return 1;
        }

    }

    *quirks = 0;

    return 1;
}


/* HTML's white space: a zero byte, say, is a part of the name. */
static unsigned
article_doctype_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}


static article_slice_t
article_doctype_trim(article_slice_t s)
{
    while (s.len != 0 && article_doctype_space(*s.data)) {
        s.data++;
        s.len--;
    }

    return s;
}


/* Takes a quoted identifier, and white space around it, off the text. */
static unsigned
article_doctype_quoted(article_slice_t *s, article_slice_t *id)
{
    size_t  i;

    *s = article_doctype_trim(*s);

    if (s->len == 0 || (*s->data != '"' && *s->data != '\'')) {
        return 0;
    }

    for (i = 1; i < s->len && s->data[i] != *s->data; i++) {
        /* void */
    }

    if (i == s->len) {
        return 0;
    }

    *id = (article_slice_t) { s->data + 1, i - 1 };
    s->data += i + 1;
    s->len -= i + 1;
    *s = article_doctype_trim(*s);

    return 1;
}


static unsigned
article_doctype_starts(article_slice_t id, const article_slice_t *prefix,
    size_t n)
{
    size_t  i;

    for (i = 0; i < n; i++) {
        if (article_slice_starts_case(id, prefix[i])) {
            return 1;
        }
    }

    return 0;
}

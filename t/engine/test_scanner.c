/*
 * Copyright (C) ngx_article authors
 */

#include <stdio.h>
#include <time.h>

#include "scanner.h"
#include "support.h"


/* Events as text: <tag id class>, </tag>, text; raw text in braces. */
typedef struct {
    char      out[65536];
    size_t    len;
    unsigned  foreign;
    unsigned  last;         /* 1: text, 2: raw */
    unsigned  count;
    unsigned  svg;          /* start tags of svg */
    article_scanner_t  *scanner;
} events_t;


static void
events_add(events_t *e, const char *s, size_t len)
{
    if (e->len + len < sizeof(e->out)) {
        memcpy(e->out + e->len, s, len);
        e->len += len;
    }
}


static void
events_close(events_t *e)
{
    if (e->last == 2) {
        events_add(e, "}", 1);
    }

    e->last = 0;
}


static unsigned
on_start(void *data, const article_tag_event_t *event)
{
    char              s[64];
    unsigned          i;
    events_t         *e;
    article_slice_t   value;

    e = data;
    e->count++;
    events_close(e);
    events_add(e, "<", 1);
    events_add(e, event->element.tag.data, event->element.tag.len);

    for (i = 0; i < 2; i++) {
        value = event->element.value[i];
        events_add(e, " ", 1);

        if (value.data == NULL) {
            events_add(e, "-", 1);

        } else {
            events_add(e, value.data, value.len);
        }
    }

    snprintf(s, sizeof(s), "%s @%u-%u>", event->self_closing ? " /" : "",
             (unsigned) event->start, (unsigned) event->end);
    events_add(e, s, strlen(s));

    if (event->tag == ARTICLE_TAG_SVG) {
        e->svg++;
        e->foreign = 1;
        e->scanner->foreign = 1;
    }

    return 1;
}


static void
on_end(void *data, const article_tag_event_t *event)
{
    char       s[64];
    events_t  *e;

    e = data;
    e->count++;
    events_close(e);
    events_add(e, "</", 2);
    events_add(e, event->element.tag.data, event->element.tag.len);
    snprintf(s, sizeof(s), " @%u-%u>", (unsigned) event->start,
             (unsigned) event->end);
    events_add(e, s, strlen(s));

    if (event->tag == ARTICLE_TAG_SVG) {
        e->scanner->foreign = 0;
    }
}


static void
on_text(void *data, article_text_kind_t kind, article_slice_t text)
{
    unsigned   now;
    events_t  *e;

    e = data;
    e->count++;
    now = kind == ARTICLE_TEXT_PLAIN ? 1 : 2;

    if (now == 2 && e->last != 2) {
        events_add(e, "{", 1);
    }

    e->last = now;
    events_add(e, text.data, text.len);
}


static void
on_declaration(void *data, article_slice_t text)
{
    events_t  *e;

    e = data;
    events_close(e);
    events_add(e, "!", 1);
    events_add(e, text.data, text.len);
    events_add(e, "!", 1);
}


static const article_scanner_handler_t  handler = {
    on_start, on_end, on_text, on_declaration
};


/* Fed in portions of size bytes behind a first one. */
static void
scan(const char *html, size_t len, size_t first, size_t size, events_t *e)
{
    char                  *copy;
    size_t                 at, portion;
    article_scanner_t     *scanner;
    article_attributes_t   attributes;

    article_attributes_init(&attributes);
    scanner = malloc(sizeof(article_scanner_t));
    assert_non_null(scanner);

    e->len = 0;
    e->last = 0;
    e->count = 0;
    e->svg = 0;
    e->scanner = scanner;

    article_scanner_init(scanner, &handler, e, &attributes);

    for (at = 0; at < len; at += portion) {
        portion = at == 0 && first != 0 ? first : size;

        if (portion > len - at) {
            portion = len - at;
        }

        copy = malloc(portion);
        memcpy(copy, html + at, portion);
        article_scanner_feed(scanner, copy, portion);
        free(copy);

        assert_true(scanner->pending <= scanner->offset);
    }

    events_close(e);
    e->out[e->len] = '\0';
    free(scanner);
}


typedef struct {
    const char  *html;
    const char  *events;
} scan_case_t;


static const scan_case_t  cases[] = {
    { "a<b>c</b>d", "a<b - - @1-4>c</b @5-9>d" },
    { "<DIV ID=x CLASS='a b'>", "<div x a b @0-22>" },
    { "<p id=\"a>b\" class>", "<p a>b - @0-18>" },
    { "<p id=1 id=2>", "<p 1 - @0-13>" },
    { "<p\nid\n=\n\"x\"\n>", "<p x - @0-13>" },
    { "<br/><hr / ><i x=/>", "<br - - / @0-5><hr - - @5-12><i - - @12-19>" },
    { "a < b <3 <", "a < b <3 " },
    { "</ x></>t<?php ?>u", "! x!t!php ?!u" },
    { "<!DOCTYPE html><!-- <b> --><b>", "!DOCTYPE html!<b - - @27-30>" },
    { "<!--><b><!---><i><!----!><u>",
      "<b - - @5-8><i - - @14-17><u - - @25-28>" },
    { "<!-- a -- b --- c --><b>", "<b - - @21-24>" },
    { "<!-->a--><!-- x --!>y", "a-->y" },
    { "<script>if(a<b)'</scr'+'</div>'</script>x",
      "<script - - @0-8>{if(a<b)'</scr'+'</div>'}</script @31-40>x" },
    { "<script><!-- <script></script> --></script>x",
      "<script - - @0-8>{<!-- <script></script> -->}</script @34-43>x" },
    { "<script><!-- x --></SCRIPT >y",
      "<script - - @0-8>{<!-- x -->}</script @18-28>y" },
    { "<script>a<b<!-- -- ->-<i>--<-- ><SCRIPT> -->-</script>z",
      "<script - - @0-8>{a<b<!-- -- ->-<i>--<-- ><SCRIPT> -->-}</script @45-54>"
      "z" },
    { "<script><!-- <!-- -<-> --><!-- - ---></script>z",
      "<script - - @0-8>{<!-- <!-- -<-> --><!-- - --->}</script @37-46>z" },
    { "<script><!--><script></script>z",
      "<script - - @0-8>{<!--><script>}</script @21-30>z" },
    { "<title>a<b>&amp;</titl></title>t",
      "<title - - @0-7>{a<b>&amp;</titl>}</title @23-31>t" },
    { "<textarea></textareas></textarea/>t",
      "<textarea - - @0-10>{</textareas>}</textarea @22-34>t" },
    { "<style>a{b:'</p>'}</style><p>",
      "<style - - @0-7>{a{b:'</p>'}}</style @18-26><p - - @26-29>" },
    { "<svg><style><b>]]><![CDATA[<p>]]]></svg><![CDATA[x>y",
      "<svg - - @0-5><style - - @5-12><b - - @12-15>]]><p>]</svg @34-40>"
      "![CDATA[x!y" },
    { "<plaintext></plaintext><b>",
      "<plaintext - - @0-11></plaintext><b>" },
    { "<a href=\"x\"class=y>", "<a - y @0-19>" },
    { "<p =x id=y>", "<p y - @0-11>" },
    { "<p id='unclosed <b>text", "" },
    { "<noscript><p></noscript><p>",
      "<noscript - - @0-10>{<p>}</noscript @13-24><p - - @24-27>" }
};


static void
events(void **state)
{
    size_t     i;
    events_t  *e;

    (void) state;
    e = malloc(sizeof(events_t));

    for (i = 0; i < test_number(cases); i++) {
        scan(cases[i].html, strlen(cases[i].html), 0, 1 << 20, e);
        assert_string_equal(e->out, cases[i].events);
    }

    free(e);
}


static void
splits(void **state)
{
    size_t     i, k, len;
    events_t  *e;

    (void) state;
    e = malloc(sizeof(events_t));

    for (i = 0; i < test_number(cases); i++) {
        len = strlen(cases[i].html);

        for (k = 1; k < len; k++) {
            scan(cases[i].html, len, k, 1 << 20, e);
            assert_string_equal(e->out, cases[i].events);
            scan(cases[i].html, len, k, 1, e);
            assert_string_equal(e->out, cases[i].events);
        }
    }

    free(e);
}


/*
 * Tags that are here whole are read many bytes at a time, others from byte to
 * byte: both see the same.
 */
static void
wholes(void **state)
{
    char                     *html;
    size_t                    i, len;
    events_t                 *whole, *bytes;
    static const char         padding[] =
        " is the text behind this tag, and it is so long that the tag is whole"
        " in a block of 64 bytes and is followed by another one <i>of more";
    static const char *const  tags[] = {
        "<td class=\"a b\" width=5 nowrap>", "<p class=\"x>\">", "<p =x>",
        "<p =\"x>\">", "<p a=\"1\"class=\"y\">", "<p/class=\"y\">",
        "<p\nclass=\"a\"\n\tid=\"b\">", "<p a=b\nclass=c>",
        "<p class=\"\" class=\"b\">", "<p class class=\"b\">",
        "<p class = \"b\">", "<p class= b>", "<p class='b'>", "<p a=b'c>",
        "<p a='\"' class=\"b\">", "<p a=b\"c class=\"d>e\">",
        "<p a=b=\"c>\" id=d>", "<p a==\"b>\">", "<p a1=x=\"y>\" id=z>",
        "<br/>", "<br />", "<br a=b/>", "<br a=\"b\"/>", "<br a=/>",
        "<p a=\"b\"=\"c>\">", "<p a=\"b\"id=\"c\"/id=\"d\">",
        "<p CLASS=\"A\" Id=\"B\">", "<p xid=\"a\" wclass=\"b\">",
        "<p data-id=\"a\" h1=\"x\" id=\"c\">", "<p id=a/b/>", "<p id=>",
        "<input type=\"hidden\" name=\"__A\" id=\"i\">", "<p type=a name=b>",
        "<a href=\"/a/long/address/that/goes/on/and/on/and/on/for/more/than"
            "/64/bytes.html\" class=\"b\" title=\"another value of so many "
            "bytes that a block ends within it, and goes on\">",
        "<a class=\"one two three four five six seven eight nine ten eleven "
            "twelve thirteen\">", "<a id=an-id-of-so-many-bytes-that-it-is-not-"
            "in-one-block-with-its-tag-itself class=b>", "<a b=c>d\">",
        "<o:p class=\"a\">", "<H1 CLASS=\"b\">", "</P class=\"a\">", "</p >",
        "<a\vb=\"c>\">", "</a</b c=d>",
        "<p h1=\"a\" id=\"b\" data-2=\"c\" d>",
        "<p nowrap hidden id='a' checked/>",
        "<p class\n=\"b\" id='c'>", "<p class id='c'\tid=d>", "<<<b< <p>",
        "</a<b c>", "<a b=\"c\" \001=\"d>\">", "<a b=\"\n>\" id='\n'>"
    };

    (void) state;
    whole = malloc(sizeof(events_t));
    bytes = malloc(sizeof(events_t));
    html = malloc(1024);

    for (i = 0; i < test_number(cases) + test_number(tags); i++) {
        len = (size_t) snprintf(html, 1024,
                                "text<p id=\"1\" class=\"2\">%s%s%s",
                                i < test_number(cases)
                                ? cases[i].html : tags[i - test_number(cases)],
                                padding, padding);

        scan(html, len, 0, 1 << 20, whole);
        scan(html, len, 0, 1, bytes);
        assert_string_equal(whole->out, bytes->out);
    }

    free(html);
    free(whole);
    free(bytes);
}


/* A value that was asked for and is too long counts as absent. */
static void
long_values(void **state)
{
    char      *html;
    size_t     len;
    events_t  *e;

    (void) state;
    e = malloc(sizeof(events_t));
    html = malloc(3 * ARTICLE_SCANNER_VALUES);

    len = (size_t) sprintf(html, "<p id=\"");
    memset(html + len, 'x', ARTICLE_SCANNER_VALUES + 1);
    len += ARTICLE_SCANNER_VALUES + 1;
    len += (size_t) sprintf(html + len, "\" class=y>");

    scan(html, len, 0, 1 << 20, e);
    assert_memory_equal(e->out, "<p - y @", 8);

    scan(html, len, 0, 7, e);
    assert_memory_equal(e->out, "<p - y @", 8);

    free(html);
    free(e);
}


/* A NUL is a byte of the name like another: no tag of the table has one. */
static void
nul_in_name(void **state)
{
    events_t  *e;

    (void) state;
    e = malloc(sizeof(events_t));

    scan("<svg\0g><p>", 10, 0, 1 << 20, e);
    assert_int_equal(e->count, 2);
    assert_memory_equal(e->out, "<svg\0g - - @0-7>", 16);
    assert_int_equal(e->svg, 0);

    free(e);
}


/* Twice the input takes about twice the time, whatever it is. */
static void
linear(void **state)
{
    size_t                    i, k, size, len;
    char                     *html;
    double                    seconds;
    clock_t                   begin;
    events_t                 *e;
    static const char *const  floods[] = {
        "<", "<!--", "<a ", "<p id='", "</", "<script><!--", "&", "<![CDATA[",
        "<b><i><a href=x>", "<textarea></textare"
    };

    (void) state;
    e = malloc(sizeof(events_t));
    size = 1 << 20;
    html = malloc(size);

    for (i = 0; i < test_number(floods); i++) {
        len = strlen(floods[i]);

        for (k = 0; k < size; k++) {
            html[k] = floods[i][k % len];
        }

        begin = clock();
        scan(html, size, 0, 4096, e);
        seconds = (double) (clock() - begin) / CLOCKS_PER_SEC;

        assert_true(seconds < 2);
    }

    free(html);
    free(e);
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(events),
        cmocka_unit_test(splits),
        cmocka_unit_test(wholes),
        cmocka_unit_test(long_values),
        cmocka_unit_test(nul_in_name),
        cmocka_unit_test(linear)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

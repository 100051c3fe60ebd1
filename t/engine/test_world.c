/*
 * Copyright (C) ngx_article authors
 *
 * Titles, dates and names of pages that are not Vietnamese.
 */

#include <stdio.h>

#include "support_read.h"

#include "dates.h"


#define TITLE  "Harbour town reopens its old swing bridge"

#define TEXT                                                                  \
    "<p>Hundreds of people walked over the swing bridge on Saturday, eleven " \
    "years after it had been closed to all traffic.</p><p>The council spent " \
    "four million on new bearings, which a local foundry has cast.</p><p>"    \
    "Ferries will stop running at the end of the month, the harbour master "  \
    "said, but the pier stays open for anglers.</p>"

#define PAGE  "<h1>" TITLE "</h1>" TEXT

#define LD(members)                                                           \
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","          \
    "\"headline\":\"" TITLE "\"," members "}</script>"


typedef struct {
    const char  *name;
    const char  *head;
    const char  *body;
    const char  *path;
    const char  *value;
} world_case_t;


static const world_case_t  cases[] = {

    /* dates keep the page's own offset */

    { "date: its offset", LD("\"datePublished\":\"2024-05-02T23:15:00-04:00\""),
      PAGE, "date_published", "2024-05-02T23:15:00-04:00" },
    { "date: UTC", LD("\"datePublished\":\"2024-05-02T23:15:00Z\""),
      PAGE, "date_published", "2024-05-02T23:15:00+00:00" },
    { "date: no zone is UTC", LD("\"datePublished\":\"2024-05-02 23:15\""),
      PAGE, "date_published", "2024-05-02T23:15:00+00:00" },
    { "date: as Java prints it",
      LD("\"datePublished\":\"Thu May 02 23:15:10 CEST 2024\""),
      PAGE, "date_published", "2024-05-02T23:15:10+02:00" },
    { "date: milliseconds", "<meta property=article:published_time "
      "content=1714691700000>", PAGE,
      "date_published", "2024-05-02T23:15:00+00:00" },
    { "date: of a service's <meta>", "<meta name=sailthru.date "
      "content='May 2nd, 2024'>", PAGE,
      "date_published", "2024-05-02T00:00:00+00:00" },
    { "date: the surer <meta>", "<meta name=date content=2024-05-03><meta "
      "name=parsely-pub-date content=2024-05-02>", PAGE,
      "date_published", "2024-05-02T00:00:00+00:00" },
    { "date: of the page, no article told", "<script type='application/ld+"
      "json'>{\"@type\":\"WebPage\",\"datePublished\":\"2024-05-02\"}"
      "</script>", PAGE, "date_published", "2024-05-02T00:00:00+00:00" },
    { "date: seen", "", "<h1>" TITLE "</h1><p>May 2, 2024 at 11:15 pm EDT</p>"
      TEXT, "date_published", "2024-05-02T23:15:00-04:00" },
    { "date: month first in English", "", "<h1>" TITLE "</h1><p>05/02/2024"
      "</p>" TEXT, "date_published", "2024-05-02T00:00:00+00:00" },

    { "date: seen below the standfirst", "", "<h1>" TITLE "</h1><p>Eleven "
      "years and four million later the bridge turns again.</p><p>May 2, 2024"
      "</p>" TEXT, "date_published", "2024-05-02T00:00:00+00:00" },
    { "date: not the last change", "", "<h1>" TITLE "</h1><p>Updated May 9, "
      "2024 10:00</p><p>Published May 2, 2024 09:00</p>" TEXT,
      "date_published", "2024-05-02T09:00:00+00:00" },
    { "date: the last change apart", "", "<h1>" TITLE "</h1><p>Published May "
      "2, 2024 09:00 - Updated May 9, 2024 10:00</p>" TEXT,
      "date_modified", "2024-05-09T10:00:00+00:00" },
    { "date: no other than the last change",
      LD("\"dateModified\":\"2024-05-09\""), PAGE, "date_published",
      "2024-05-09T00:00:00+00:00" },
    { "date: in the address", "<link rel=canonical href=https://bao.example/"
      "2024/05/02/bridge/>", PAGE, "date_published",
      "2024-05-02T00:00:00+00:00" },

    /* titles */

    { "title: no kicker that the head does not have", "<meta property="
      "og:title content='" TITLE "'>", "<h1><span>Harbour</span> - " TITLE
      "</h1>" TEXT, "title", TITLE },
    { "title: the kicker that the head has", "<meta property=og:title "
      "content='Harbour: " TITLE "'>", PAGE, "title", "Harbour: " TITLE },
    { "title: else what is seen", "<meta property=og:title content='You will "
      "not believe which bridge is back'>", PAGE, "title", TITLE },

    /* whose JSON-LD it is */

    { "JSON-LD: of several the page's own", "<script type='application/ld+"
      "json'>[{\"@type\":\"NewsArticle\",\"headline\":\"Ferry runs aground\","
      "\"datePublished\":\"2023-01-01\"},{\"@type\":[\"Thing\",\"http://"
      "schema.org/ReportageNewsArticle\"],\"headline\":\"" TITLE "\","
      "\"datePublished\":\"2024-05-02\"}]</script>", PAGE,
      "date_published", "2024-05-02T00:00:00+00:00" },
    { "JSON-LD: twice the same", LD("\"datePublished\":\"2024-05-02\"")
      LD("\"author\":\"Jane Roe\""), PAGE, "authors.name", "Jane Roe" },
    { "JSON-LD: broken where it is in no doubt", "<script type='application/"
      "ld+json'><!-- {\"@type\":\"Article\",\"headline\":\"The \"old\" one\n"
      "isn\\'t gone\",\"author\":[{\"name\":\"Jane Roe\",},],}; --></script>",
      PAGE, "authors.name", "Jane Roe" },
    { "JSON-LD: main entity of the page", "<script type='application/ld+json'>"
      "{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\","
      "\"author\":\"Jane Roe\"}}</script>", PAGE, "authors.name",
      "Jane Roe" },

    /* names */

    { "author: two names", LD("\"author\":{\"givenName\":\"Jane\","
      "\"familyName\":\"Roe\"}"), PAGE, "authors.name", "Jane Roe" },
    { "author: by @id", "<script type='application/ld+json'>{\"@graph\":[{"
      "\"@type\":\"Article\",\"author\":{\"@id\":\"#p1\"}},{\"@type\":"
      "\"Person\",\"@id\":\"#p1\",\"name\":\"Jane Roe\"}]}</script>", PAGE,
      "authors.name", "Jane Roe" },
    { "author: references", LD("\"author\":\"Ren&eacute; M&#252;ller\""), PAGE,
      "authors.name", "René Müller" },
    { "author: an agency that JSON-LD names", LD("\"author\":{\"@type\":"
      "\"Organization\",\"name\":\"dpa\"}"), PAGE, "authors.name", "dpa" },
    { "author: the site, where nobody else is named", LD("\"author\":{"
      "\"@type\":\"NewsMediaOrganization\",\"name\":\"Harbour Post\"},"
      "\"publisher\":{\"name\":\"Harbour Post\"}"), PAGE, "authors.name",
      "Harbour Post" },
    { "author: a person before the site", LD("\"author\":{\"@type\":"
      "\"Organization\",\"name\":\"Harbour Post\"},\"publisher\":{\"name\":"
      "\"Harbour Post\"}"), "<h1>" TITLE "</h1><p>By Jane Roe</p>" TEXT,
      "authors.name", "Jane Roe" },
    { "author: no site's name of <meta>", "<meta name=author content='Harbour "
      "Post'><meta property=og:site_name content='Harbour Post'>", PAGE,
      "authors.name", "" },
    { "author: no address", "<meta property=article:author content="
      "'https://www.facebook.com/harbourpost'>", PAGE, "authors.name", "" },
    { "author: no admin", "<meta name=author content=admin>", PAGE,
      "authors.name", "" },
    { "author: not who set the page", LD("\"author\":{\"name\":\"Jane Roe\","
      "\"url\":\"https://bao.example/author/admin/\"}"), PAGE,
      "authors.name", "" },
    { "author: of a service's <meta>", "<meta name=author content='The Desk "
      "Team'><meta name=parsely-author content='Jane Roe'>", PAGE,
      "authors.name", "Jane Roe" },
    { "author: microdata", "", "<h1>" TITLE "</h1><div itemprop=author "
      "itemscope><img alt=x><a href=/j><span itemprop=name>Jane Roe</span></a>"
      " writes about the sea.</div>" TEXT, "authors.name", "Jane Roe" },
    { "author: a link", "", "<h1>" TITLE "</h1><p><a rel=author href=/j>Jane "
      "Roe</a></p>" TEXT, "authors.name", "Jane Roe" },
    { "author: seen", "", "<h1>" TITLE "</h1><p>By Jane Roe, staff writer | "
      "2 May 2024</p>" TEXT, "authors.name", "Jane Roe" },
    { "author: seen below its label", "", "<h1>" TITLE "</h1><p>By</p><p>Jane "
      "Roe</p>" TEXT, "authors.name", "Jane Roe" },
    { "author: seen amid a line", "", "<h1>" TITLE "</h1><p>2 May 2024 | "
      "14:07 | By Jane Roe</p>" TEXT, "authors.name", "Jane Roe" },
    { "author: seen without the site's desk", "<meta property=og:site_name "
      "content=HBC>", "<h1>" TITLE "</h1><p>By HBC North</p>" TEXT,
      "authors.name", "" },
    { "author: a link to an author's page", "", "<h1>" TITLE "</h1><p><a href="
      "/author/jane>Jane Roe</a></p>" TEXT, "authors.name", "Jane Roe" },
    { "author: labelled in <meta>", "<meta name=twitter:label1 content="
      "'Written by'><meta name=twitter:data1 content='Jane Roe'>", PAGE,
      "authors.name", "Jane Roe" },
    { "author: prose is none", "", "<h1>" TITLE "</h1><p>By the time it was "
      "opened again</p>" TEXT, "authors.name", "" },

    /* the rest */

    { "summary: the description", "<meta name=description content='After "
      "eleven years people walk over the bridge again.'>", PAGE, "summary",
      "After eleven years people walk over the bridge again." },
    { "summary: whose", "<meta name=description content='After eleven years "
      "people walk over the bridge again.'>", PAGE, "_article.summary_from",
      "description" },
    { "summary: not one cut short", "<meta property=og:description content="
      "'After eleven years people...'><meta name=description content='After "
      "eleven years people walk over it.'>", PAGE, "summary",
      "After eleven years people walk over it." },
    { "summary: a standfirst by its box", "<meta name=description content="
      "'What the council decided and why.'>", "<h1>" TITLE "</h1><div class=a>"
      "<p>Eleven years and four million later the old bridge turns again."
      "</p></div><div class=b>" TEXT "</div>", "summary", "Eleven years and "
      "four million later the old bridge turns again." },
    { "summary: a standfirst by the description", "<meta name=description "
      "content='Eleven years and four million later …'>", "<h1>" TITLE "</h1>"
      "<h2>Eleven years and four million later the old bridge turns again"
      "</h2>" TEXT, "summary", "Eleven years and four million later the old "
      "bridge turns again" },
    { "language: as declared", "", PAGE, "language", "en" },
    { "section", LD("\"articleSection\":[\"Town\",\"News\"]"), PAGE,
      "_article.section", "Town" }
};


static void
test_cases(void **state)
{
    char        page[8192], path[64];
    size_t      i;
    yajl_val    item, first;
    const char  *dot, *value;

    (void) state;

    for (i = 0; i < test_number(cases); i++) {
        snprintf(page, sizeof(page), "<!DOCTYPE html><html lang=en><head>"
                 "<title>" TITLE "</title>%s</head><body>%s</body></html>",
                 cases[i].head, cases[i].body);

        item = read_page(page);
        snprintf(path, sizeof(path), "%s", cases[i].path);
        dot = strstr(path, ".name");

        if (dot != NULL) {
            path[dot - path] = '\0';
            first = read_element(item, path, 0);
            value = first ? read_string(first, "name") : "";
        } else {
            value = read_string(item, path);
        }

        if (strcmp(value, cases[i].value) != 0) {
            print_error("%s: \"%s\", not \"%s\"\n", cases[i].name, value,
                        cases[i].value);
            fail();
        }

        yajl_tree_free(item);
    }
}


/* Letters that Croatian has as well make no page Vietnamese. */
static void
test_croatian(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<html lang=hr><head><meta property="
                     "article:published_time content="
                     "2024-05-02T23:15:00+02:00></head><body><h1>Luka dobiva "
                     "novi pokretni most</h1><p>Građani su u subotu prešli "
                     "preko mosta, a promet će biti uređen do kraja svibnja, "
                     "kada dođu i zadnji dijelovi ograde.</p><p>Gradnja je "
                     "među najvećima u županiji, rekao je gradonačelnik, i "
                     "vodi je tvrtka iz susjednog grada.</p></body></html>");

    read_expect(item, "date_published", "2024-05-02T23:15:00+02:00");
    yajl_tree_free(item);
}


static void
test_tags(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<html lang=en><head>" LD("\"keywords\":[\"bridges\","
                     "\"Harbour &amp; town\",\"bridges\"]") "</head><body>"
                     PAGE "</body></html>");

    assert_int_equal(read_length(item, "tags"), 2);
    assert_string_equal(YAJL_GET_STRING(read_element(item, "tags", 1)),
                        "Harbour & town");
    yajl_tree_free(item);
}


/* A Vietnamese page writes +07:00, whatever its machine dates say. */
static void
test_home(void **state)
{
    yajl_val  item;

    (void) state;

    item = read_page("<html lang=en><head><script type='application/ld+json'>"
                     "{\"@type\":\"NewsArticle\",\"datePublished\":"
                     "\"2024-05-02T23:15:00Z\",\"author\":{\"@type\":"
                     "\"Organization\",\"name\":\"Sông Trà\"}}</script>"
                     "<meta name=description content='Cổng thông tin.'>"
                     "</head><body><h1>Xã Hòa An khánh thành cầu mới</h1>"
                     "<p>Sáng nay, xã Hòa An khánh thành cây cầu bắc qua sông "
                     "Trà sau hai năm thi công liên tục.</p><p>Cầu dài 120 "
                     "mét, rộng 7 mét, do nhân dân góp một phần ba kinh phí "
                     "xây dựng. Bà con hai bên sông từ nay không còn phải qua "
                     "đò mỗi khi nước lớn, học sinh đến trường cũng gần hơn "
                     "trước rất nhiều.</p></body></html>");

    read_expect(item, "date_published", "2024-05-03T06:15:00+07:00");
    read_expect(item, "_article.summary_from", "lead");
    read_expect(item, "language", "vi");
    assert_int_equal(read_length(item, "authors"), 0);

    yajl_tree_free(item);
}


typedef struct {
    const char  *text;
    unsigned     style;
    const char  *date;          /* NULL: none */
} world_date_t;


static const world_date_t  dates[] = {
    { "29. April 2024", 0, "2024-04-29T00:00:00+00:00" },
    { "Montag, 29.04.2024, 19:20 Uhr", 0, "2024-04-29T19:20:00+00:00" },
    { "25.04.24 | 06:10 Uhr", 0, "2024-04-25T06:10:00+00:00" },
    { "1er février 2020", 0, "2020-02-01T00:00:00+00:00" },
    { "3 de febrero de 2017 a las 10:05", 0, "2017-02-03T10:05:00+00:00" },
    { "12 de março de 2021 às 7h30", 0, "2021-03-12T07:30:00+00:00" },
    { "8 gennaio 2026 - 11:42", 0, "2026-01-08T11:42:00+00:00" },
    { "2 paź 2023", 0, "2023-10-02T00:00:00+00:00" },
    { "18. října 2022 v 9:00", 0, "2022-10-18T09:00:00+00:00" },
    { "8 января 2026, 17:46", 0, "2026-01-08T17:46:00+00:00" },
    { "8 СІЧНЯ 2026", 0, "2026-01-08T00:00:00+00:00" },
    { "17 Ağustos 2021", 0, "2021-08-17T00:00:00+00:00" },
    { "12 Ιανουαρίου 2022", 0, "2022-01-12T00:00:00+00:00" },
    { "8 يناير 2026", 0, "2026-01-08T00:00:00+00:00" },
    { "2025年1月14日 21:17", 0, "2025-01-14T21:17:00+00:00" },
    { "2025년 1월 14일", 0, "2025-01-14T00:00:00+00:00" },
    { "2025. 1. 14.", 0, "2025-01-14T00:00:00+00:00" },
    { "12/05/2020", 0, "2020-05-12T00:00:00+00:00" },
    { "12/05/2020", ARTICLE_DATE_MONTH_FIRST, "2020-12-05T00:00:00+00:00" },
    { "12/25/2020", ARTICLE_DATE_MONTH_FIRST, "2020-12-25T00:00:00+00:00" },
    { "12.05.2020", ARTICLE_DATE_MONTH_FIRST, "2020-05-12T00:00:00+00:00" },
    { "Mon, 05 Aug 2024 12:47:21 GMT", 0, "2024-08-05T12:47:21+00:00" },
    { "August 5, 2024 at 2:47 p.m.", 0, "2024-08-05T14:47:00+00:00" },
    { "5-Aug-2024 02:47 PM PDT", 0, "2024-08-05T14:47:00-07:00" },
    { "2024-08-05 12:47:21.000 -0400", 0, "2024-08-05T12:47:21-04:00" },
    { "Marching 5, 2024", 0, NULL },
    { "5 of 2024", 0, NULL },
    { "31 June 2024", 0, NULL },
    { "1.2.24.5", 0, NULL },
    { "12/25/2020", 0, NULL }
};


static void
test_dates(void **state)
{
    char             out[ARTICLE_DATE_SIZE];
    size_t           i;
    unsigned         found;
    article_date_t   date;

    (void) state;

    for (i = 0; i < test_number(dates); i++) {
        found = article_date_find_in(test_slice(dates[i].text), 0,
                                     ARTICLE_DATE_WORLD | dates[i].style,
                                     &date);
        out[0] = '\0';

        if (found) {
            if (!date.zoned) {
                date.zone = 0;
            }

            article_date_format_in(&date, date.zone, out);
        }

        if (strcmp(out, dates[i].date ? dates[i].date : "") != 0) {
            print_error("\"%s\": \"%s\"\n", dates[i].text, out);
            fail();
        }
    }
}


int
main(void)
{
    const struct CMUnitTest  tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_home),
        cmocka_unit_test(test_croatian),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_dates)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

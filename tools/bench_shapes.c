/*
 * Copyright (C) ngx_article authors
 *
 * Hostile pages: a few bytes again and again, on which tree builders,
 * regular expressions and searches for an end go quadratic.  What a byte
 * costs must not grow with the page.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"


/* The smallest page; each next one is as large again by BENCH_SHAPE_STEP. */
#define BENCH_SHAPE_SIZE   ((size_t) 64 * 1024)
#define BENCH_SHAPE_STEP   4
#define BENCH_SHAPE_SIZES  3

/* Of each, the best of so many: growth is read from single pages. */
#define BENCH_SHAPE_TRIES  5

/*
 * From 64 KB to 1 MB a quadratic cost a byte grows sixteenfold, caches that
 * no longer hold the page twofold.
 */
#define BENCH_SHAPE_GROWTH  4.0

/* Longest repeated piece with its number. */
#define BENCH_SHAPE_PIECE  160


typedef struct {
    const char  *name;
    const char  *head;
    const char  *piece;     /* %u: the number of the repetition */
    const char  *tail;
} bench_shape_t;


static const bench_shape_t  bench_shape[] = {
    { "nested blocks", "", "<div>", "" },
    { "nested tables", "", "<table><tr><td>", "" },
    { "nested lists", "", "<ul><li>", "" },
    { "open fonts", "", "<font color=#%06x><p>tin", "" },
    { "fonts in paragraphs", "", "<p><font size=2><b>tin %u</p>", "" },
    { "blocks in links", "", "<a href=/%u><div>tin", "" },
    { "attributes", "<div ", "a%u=1 ", ">x</div>" },
    { "one long attribute", "<input value=\"", "AAAAAAAA", "\">" },
    { "unclosed attribute", "<a href=\"/x\" title=\"", "> <a href=x ", "" },
    { "one long text", "<p>", "T\xe1\xbb\x89nh \xe1\xbb\xa7y h\xe1\xbb\x8dp. ",
      "" },
    { "references", "<p>", "&agrave;&#7879;&nbsp;", "" },
    { "unclosed comment", "<!--", "- qu\xe1\xba\xa3ng c\xc3\xa1o ", "" },
    { "comments", "", "<!--%u-->", "" },
    { "script", "<script>", "if (a<b) { x = '</scr' + 'ipt>'; } <!-- ", "" },
    { "less-than signs", "", "<", "" },
    { "end tags", "", "</div></b></p>", "" },
    { "text in tables", "<table>", "tin<b>%u", "" },
    { "options", "<select>", "<option>x\xc3\xa3 %u", "" },
    { "list of links", "<ul>", "<li><a href=/tin/%u.html>Tin s\xe1\xbb\x91 "
      "%u</a></li>", "</ul>" },
    { "labels", "", "<div><h3>Tin li\xc3\xaan quan</h3><a href=/%u>Tin</a>",
      "" }
};

#define BENCH_SHAPES  (sizeof(bench_shape) / sizeof(bench_shape[0]))


static size_t bench_shape_make(const bench_shape_t *shape, char *page,
    size_t size);
static int bench_shape_row(bench_tools_t *tools, const bench_shape_t *shape,
    char *page, unsigned *growing);
static int bench_shape_cost(bench_tools_t *tools, bench_work_t work,
    article_slice_t page, double *cost);


int
bench_shapes(bench_tools_t *tools)
{
    int       rc;
    char     *page;
    size_t    i, size;
    unsigned  growing;

    size = BENCH_SHAPE_SIZE;

    for (i = 1; i < BENCH_SHAPE_SIZES; i++) {
        size *= BENCH_SHAPE_STEP;
    }

    page = malloc(size);
    if (page == NULL) {
        return -1;
    }

    rc = 0;
    growing = 0;
    tools->phases = 0;

    printf("%-22s %27s  %27s\n%-22s", "", "article read, us/KB",
           "strip, us/KB", "hostile pages");

    for (i = 0; i < 2; i++) {
        printf(" %7s %8s %8s   ", "64 KB", "256 KB", "1 MB");
    }

    printf("\n");

    for (i = 0; i < BENCH_SHAPES && rc == 0; i++) {
        rc = bench_shape_row(tools, &bench_shape[i], page, &growing);
    }

    free(page);

    return rc != 0 ? rc : growing != 0;
}


static int
bench_shape_row(bench_tools_t *tools, const bench_shape_t *shape, char *page,
    unsigned *growing)
{
    double           cost[BENCH_SHAPE_SIZES];
    size_t           i, size;
    bench_work_t     work;
    article_slice_t  slice;

    printf("%-22s", shape->name);

    for (work = BENCH_READ; work <= BENCH_STRIP;
         work += BENCH_STRIP - BENCH_READ)
    {
        size = BENCH_SHAPE_SIZE;

        for (i = 0; i < BENCH_SHAPE_SIZES; i++) {
            slice.data = page;
            slice.len = bench_shape_make(shape, page, size);

            if (bench_shape_cost(tools, work, slice, &cost[i]) != 0) {
                return -1;
            }

            size *= BENCH_SHAPE_STEP;
        }

        printf(" %7.2f %8.2f %8.2f", cost[0], cost[1], cost[2]);

        if (cost[2] > cost[0] * BENCH_SHAPE_GROWTH) {
            printf(" ! ");
            *growing += 1;

        } else {
            printf("   ");
        }
    }

    printf("\n");

    return 0;
}


/* Microseconds a kilobyte, the best of some tries. */
static int
bench_shape_cost(bench_tools_t *tools, bench_work_t work,
    article_slice_t page, double *cost)
{
    unsigned       i;
    bench_cost_t   now;
    bench_pages_t  pages;

    pages.page = &page;
    pages.number = 1;
    pages.bytes = page.len;

    for (i = 0; i < BENCH_SHAPE_TRIES; i++) {
        now = bench_now();

        if (bench_pass(tools, work, &pages) != 0) {
            return -1;
        }

        now = bench_since(now);
        now.seconds *= 1e6 / ((double) page.len / 1024);

        if (i == 0 || now.seconds < *cost) {
            *cost = now.seconds;
        }
    }

    return 0;
}


/* A page of at most size bytes. */
static size_t
bench_shape_make(const bench_shape_t *shape, char *page, size_t size)
{
    int       n;
    char      piece[BENCH_SHAPE_PIECE];
    size_t    len, end;
    unsigned  i;

    len = strlen(shape->head);
    end = size - strlen(shape->tail);
    memcpy(page, shape->head, len);

    for (i = 0; /* void */ ; i++) {
        n = snprintf(piece, sizeof(piece), shape->piece, i, i);

        if ((size_t) n > end - len) {
            break;
        }

        memcpy(page + len, piece, (size_t) n);
        len += (size_t) n;
    }

    memcpy(page + len, shape->tail, strlen(shape->tail));

    return len + strlen(shape->tail);
}

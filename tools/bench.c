/*
 * Copyright (C) ngx_article authors
 *
 * build/bench: what reading and cutting pages costs beside lexbor's tokenizer
 * on the same pages in the same run.  tools/bench calls it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article_cli.h"
#include "bench.h"


/* Passes over all pages; the best counts, as others use the machine too. */
#define BENCH_PASSES  9

#define BENCH_PASSES_MAX  10000



typedef struct {
    bench_cost_t  work[BENCH_WORKS];
    bench_cost_t  phase[ARTICLE_PHASES];
} bench_best_t;


static const char *const  bench_work_name[BENCH_WORKS] = {
    "tokenizer", "read", "scan", "strip"
};


static const char *const  bench_phase_name[ARTICLE_PHASES] = {
    "  charset", "  DOM", "  blocks", "  choice", "  metadata", "  output"
};


static const char  bench_help[] =
"bench table [-n PASSES] FILE...   times of all works\n"
"bench count WORK FILE...          instructions of tokenizer, read, scan or\n"
"                                  strip: one pass, by the kernel's counter;\n"
"                                  callgrind counts bench_counted()\n"
"bench shapes                      hostile pages of three sizes\n";


static int bench_load(bench_pages_t *pages, char **files, int number);
static void bench_unload(bench_pages_t *pages);
static int bench_table(bench_tools_t *tools, const bench_pages_t *pages,
    unsigned passes);
static void bench_table_print(const bench_best_t *best,
    const bench_pages_t *pages);
static void bench_row(const char *name, bench_cost_t cost,
    bench_cost_t tokenizer, const bench_pages_t *pages);
static int bench_count(bench_tools_t *tools, const char *name,
    const bench_pages_t *pages);
int bench_counted(bench_tools_t *tools, bench_work_t work,
    const bench_pages_t *pages);


int
main(int argc, char **argv)
{
    int            rc, first;
    unsigned       passes;
    bench_pages_t  pages;
    bench_tools_t  tools;

    passes = BENCH_PASSES;
    first = 2;

    if (argc > 4 && strcmp(argv[2], "-n") == 0) {
        passes = (unsigned) strtoul(argv[3], NULL, 10);
        first = 4;

    } else if (argc > 3 && strcmp(argv[1], "count") == 0) {
        first = 3;
    }

    if (argc < 2 || passes == 0 || passes > BENCH_PASSES_MAX
        || (strcmp(argv[1], "shapes") != 0 && argc <= first))
    {
        fputs(bench_help, stderr);
        return ARTICLE_EXIT_USAGE;
    }

    rc = -1;
    memset(&pages, 0, sizeof(pages));

    if (bench_tools_create(&tools) == 0
        && bench_load(&pages, argv + first, argc - first) == 0)
    {
        bench_count_open();

        if (strcmp(argv[1], "table") == 0) {
            rc = bench_table(&tools, &pages, passes);

        } else if (strcmp(argv[1], "count") == 0) {
            rc = bench_count(&tools, argv[2], &pages);

        } else {
            rc = bench_shapes(&tools);
        }

        bench_count_close();
    }

    bench_unload(&pages);
    bench_tools_destroy(&tools);

    return rc < 0 ? ARTICLE_EXIT_MEMORY : rc;
}


static int
bench_load(bench_pages_t *pages, char **files, int number)
{
    int             i;
    article_file_t  file;

    pages->page = calloc((size_t) number + 1, sizeof(article_slice_t));
    if (pages->page == NULL) {
        return -1;
    }

    for (i = 0; i < number; i++) {
        if (article_cli_read_file(files[i], &file) != 0) {
            return -1;
        }

        pages->page[i].data = file.data;
        pages->page[i].len = file.len;
        pages->bytes += file.len;
        pages->number++;
    }

    return 0;
}


static void
bench_unload(bench_pages_t *pages)
{
    size_t  i;

    for (i = 0; i < pages->number; i++) {
        free((char *) pages->page[i].data);
    }

    free(pages->page);
}


/*
 * The works take turns, so that a busy moment of the machine hits all, and
 * the first pass warms memory and caches.
 */
static int
bench_table(bench_tools_t *tools, const bench_pages_t *pages,
    unsigned passes)
{
    unsigned      i;
    bench_best_t  best;
    bench_cost_t  cost;
    bench_work_t  work;

    memset(&best, 0, sizeof(best));

    for (i = 0; i <= passes; i++) {
        for (work = 0; work < BENCH_WORKS; work++) {

            tools->phases = work == BENCH_READ;
            memset(tools->phase, 0, sizeof(tools->phase));

            cost = bench_now();

            if (bench_pass(tools, work, pages) != 0) {
                return -1;
            }

            cost = bench_since(cost);

            if (i == 0
                || (i > 1 && cost.seconds >= best.work[work].seconds))
            {
                continue;
            }

            best.work[work] = cost;

            if (work == BENCH_READ) {
                memcpy(best.phase, tools->phase, sizeof(best.phase));
            }
        }
    }

    bench_table_print(&best, pages);

    return 0;
}


static void
bench_table_print(const bench_best_t *best, const bench_pages_t *pages)
{
    unsigned      i;
    bench_cost_t  tokenizer;

    tokenizer = best->work[BENCH_TOKENIZER];

    printf("%zu pages, %.1f MB\n\n", pages->number,
           (double) pages->bytes / 1e6);
    printf("%-20s %9s %12s %9s %9s%s\n", "", "us/page", "pages/CPU-s",
           "MB/s", "x lexbor", tokenizer.instructions ? "   x instr." : "");

    bench_row("lexbor's tokenizer", tokenizer, tokenizer, pages);
    bench_row("article read", best->work[BENCH_READ], tokenizer, pages);

    for (i = 0; i < ARTICLE_PHASES; i++) {
        bench_row(bench_phase_name[i], best->phase[i], tokenizer, pages);
    }

    bench_row("strip, scanner alone", best->work[BENCH_SCAN], tokenizer,
              pages);
    bench_row("strip, whole cutter", best->work[BENCH_STRIP], tokenizer,
              pages);
}


static void
bench_row(const char *name, bench_cost_t cost, bench_cost_t tokenizer,
    const bench_pages_t *pages)
{
    double  number;

    number = (double) pages->number;

    printf("%-20s %9.1f %12.0f %9.1f %9.2f", name,
           cost.seconds * 1e6 / number, number / cost.seconds,
           (double) pages->bytes / cost.seconds / 1e6,
           cost.seconds / tokenizer.seconds);

    if (tokenizer.instructions) {
        printf(" %10.2f", (double) cost.instructions
                          / (double) tokenizer.instructions);
    }

    printf("\n");
}


static int
bench_count(bench_tools_t *tools, const char *name,
    const bench_pages_t *pages)
{
    bench_cost_t  cost;
    bench_work_t  work;

    for (work = 0; work < BENCH_WORKS; work++) {
        if (strcmp(name, bench_work_name[work]) == 0) {
            break;
        }
    }

    if (work == BENCH_WORKS) {
        fputs(bench_help, stderr);
        return ARTICLE_EXIT_USAGE;
    }

    if (bench_pass(tools, work, pages) != 0) {
        return -1;
    }

    cost = bench_now();

    if (bench_counted(tools, work, pages) != 0) {
        return -1;
    }

    cost = bench_since(cost);

    if (cost.instructions) {
        printf("%llu\n", (unsigned long long) cost.instructions);
    }

    return 0;
}


/* A name for callgrind's --toggle-collect. */
__attribute__((noinline)) int
bench_counted(bench_tools_t *tools, bench_work_t work,
    const bench_pages_t *pages)
{
    return bench_pass(tools, work, pages);
}

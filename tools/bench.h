/*
 * Copyright (C) ngx_article authors
 *
 * What the parts of build/bench share: pages in memory, and what a pass over
 * them took.
 */

#ifndef BENCH_H_INCLUDED
#define BENCH_H_INCLUDED


#include <stdint.h>

#include "phase.h"


/* Pages in memory, a file each. */
typedef struct {
    article_slice_t  *page;
    size_t            number;
    size_t            bytes;
} bench_pages_t;


/* CPU seconds and instructions (0: the kernel does not count them). */
typedef struct {
    double    seconds;
    uint64_t  instructions;
} bench_cost_t;


/* What is measured. */
typedef enum {
    BENCH_TOKENIZER = 0,    /* lexbor's tokenizer alone */
    BENCH_READ,             /* article_read() */
    BENCH_SCAN,             /* the tag scanner of strip alone */
    BENCH_STRIP,            /* the cutter with the built-in labels */
    BENCH_WORKS
} bench_work_t;


/* What the works work with, made once and used again for each page. */
typedef struct {
    lxb_html_tokenizer_t    *tokenizer;
    article_engine_t        *engine;
    article_strip_memory_t  *memory;

    /* of article_read(); filled where phases are wanted */
    unsigned                 phases;
    bench_cost_t             phase[ARTICLE_PHASES];
    bench_cost_t             mark;
} bench_tools_t;


/* 0, or -1 when memory is out. */
int bench_tools_create(bench_tools_t *tools);
void bench_tools_destroy(bench_tools_t *tools);

/* Does the work on each page once; 0, or -1 when memory is out. */
int bench_pass(bench_tools_t *tools, bench_work_t work,
    const bench_pages_t *pages);


/* Starts counting instructions; 1 if the kernel lets us. */
unsigned bench_count_open(void);
void bench_count_close(void);

/* CPU time and instructions of this thread so far. */
bench_cost_t bench_now(void);
bench_cost_t bench_since(bench_cost_t start);


/*
 * Pages that cost their sender nothing, of three sizes: prints how the cost
 * of a byte grows.  0, 1 if it does, -1 when memory is out.
 */
int bench_shapes(bench_tools_t *tools);


#endif /* BENCH_H_INCLUDED */

/*
 * Copyright (C) ngx_article authors
 *
 * CPU time and instructions of this thread.  Instructions are the better
 * measure: they do not depend on what else the machine does.  Containers and
 * virtual machines often have no counter, and kernel.perf_event_paranoid may
 * forbid it.
 */

#include <linux/perf_event.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"


static int  bench_counter = -1;


unsigned
bench_count_open(void)
{
    struct perf_event_attr  attr;

    memset(&attr, 0, sizeof(attr));

    attr.type = PERF_TYPE_HARDWARE;
    attr.size = sizeof(attr);
    attr.config = PERF_COUNT_HW_INSTRUCTIONS;
    attr.exclude_kernel = 1;
    attr.exclude_hv = 1;

    bench_counter = (int) syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0);

    return bench_counter != -1;
}


void
bench_count_close(void)
{
    if (bench_counter != -1) {
        close(bench_counter);
        bench_counter = -1;
    }
}


bench_cost_t
bench_now(void)
{
    bench_cost_t     cost;
    struct timespec  ts;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);

    cost.seconds = (double) ts.tv_sec + (double) ts.tv_nsec / 1e9;

    if (bench_counter == -1
        || read(bench_counter, &cost.instructions, sizeof(cost.instructions))
           != sizeof(cost.instructions))
    {
        cost.instructions = 0;
    }

    return cost;
}


bench_cost_t
bench_since(bench_cost_t start)
{
    bench_cost_t  now;

    now = bench_now();
    now.seconds -= start.seconds;
    now.instructions -= start.instructions;

    return now;
}

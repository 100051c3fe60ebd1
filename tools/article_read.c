/*
 * Copyright (C) ngx_article authors
 *
 * article read: a page -> one JSON object, or many pages -> one file each.
 */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "article_cli.h"


static int article_read_one(article_cli_t *cli, article_engine_t *engine);
static int article_read_batch(article_cli_t *cli, article_engine_t *engine);
static int article_read_batch_file(article_cli_t *cli,
    article_engine_t *engine, const char *name, FILE *timing);
static void article_read_options(article_cli_t *cli,
    article_read_options_t *options);
static int article_read_write(const char *name, const article_result_t *result,
    article_slice_t url);
static double article_read_seconds(clockid_t clock);


int
article_cmd_read(int argc, char **argv)
{
    int                rc;
    article_cli_t      cli;
    article_engine_t  *engine;

    rc = article_cli_parse(&cli, argc, argv,
                           ARTICLE_CLI_URL|ARTICLE_CLI_CHARSET
                           |ARTICLE_CLI_BASE_URL|ARTICLE_CLI_PORTAL
                           |ARTICLE_CLI_BATCH);

    if (rc == ARTICLE_EXIT_OK
        && (cli.files_number == 0
            || (cli.batch == NULL && cli.files_number != 1)))
    {
        article_cli_error("read: one FILE, or --batch OUTDIR FILE...");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        engine = article_engine_create(NULL);

        if (engine == NULL) {
            article_cli_error("out of memory");
            rc = ARTICLE_EXIT_MEMORY;

        } else if (cli.batch) {
            rc = article_read_batch(&cli, engine);

        } else {
            rc = article_read_one(&cli, engine);
        }

        article_engine_destroy(engine);
    }

    article_cli_done(&cli);

    return rc;
}


static int
article_read_one(article_cli_t *cli, article_engine_t *engine)
{
    article_file_t          file;
    article_result_t        result;
    article_read_options_t  options;

    if (article_cli_read_file(cli->files[0], &file) != 0) {
        return ARTICLE_EXIT_USAGE;
    }

    article_read_options(cli, &options);
    article_read(engine, &options, file.data, file.len, &result);
    article_cli_free_file(&file);

    return article_read_write(NULL, &result, cli->url);
}


static int
article_read_batch(article_cli_t *cli, article_engine_t *engine)
{
    int        rc;
    char      *name;
    FILE      *timing;
    size_t     size;
    unsigned   i;

    size = strlen(cli->batch) + sizeof("/_timing.tsv");

    name = malloc(size);
    if (name == NULL) {
        return ARTICLE_EXIT_MEMORY;
    }

    snprintf(name, size, "%s/_timing.tsv", cli->batch);

    timing = fopen(name, "w");
    free(name);

    if (timing == NULL) {
        article_cli_error("%s: cannot be written", cli->batch);
        return ARTICLE_EXIT_USAGE;
    }

    rc = ARTICLE_EXIT_OK;

    for (i = 0; i < cli->files_number && rc == ARTICLE_EXIT_OK; i++) {
        rc = article_read_batch_file(cli, engine, cli->files[i], timing);
    }

    fclose(timing);

    return rc;
}


static int
article_read_batch_file(article_cli_t *cli, article_engine_t *engine,
    const char *name, FILE *timing)
{
    int                      rc;
    char                    *out;
    size_t                   size, len;
    double                   wall, cpu;
    const char              *base, *dot;
    article_file_t           file;
    article_result_t         result;
    article_read_options_t   options;

    if (article_cli_read_file(name, &file) != 0) {
        return ARTICLE_EXIT_USAGE;
    }

    article_read_options(cli, &options);

    wall = article_read_seconds(CLOCK_MONOTONIC);
    cpu = article_read_seconds(CLOCK_PROCESS_CPUTIME_ID);

    article_read(engine, &options, file.data, file.len, &result);

    wall = article_read_seconds(CLOCK_MONOTONIC) - wall;
    cpu = article_read_seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;

    article_cli_free_file(&file);

    base = strrchr(name, '/');
    base = base ? base + 1 : name;
    dot = strrchr(base, '.');
    len = dot ? (size_t) (dot - base) : strlen(base);

    fprintf(timing, "%.*s\t%.6f\t%.6f\n", (int) len, base, wall, cpu);

    size = strlen(cli->batch) + len + sizeof("/.json");

    out = malloc(size);
    if (out == NULL) {
        return ARTICLE_EXIT_MEMORY;
    }

    snprintf(out, size, "%s/%.*s.json", cli->batch, (int) len, base);

    rc = article_read_write(out, &result, cli->url);
    free(out);

    /* in a batch a page that is no article is an answer, not a failure */

    return rc == ARTICLE_EXIT_NEGATIVE ? ARTICLE_EXIT_OK : rc;
}


static void
article_read_options(article_cli_t *cli, article_read_options_t *options)
{
    memset(options, 0, sizeof(*options));

    options->url = cli->url;
    options->charset = cli->charset;
    options->base_url = cli->base_url;
    options->json_base = cli->json_base;
    options->portal = article_cli_portal(cli);
    options->families = cli->portal;
    options->families_number = cli->portals;
    options->now = cli->now;
}


/* The item or feed, or the problem that the gateway would send. */

static int
article_read_write(const char *name, const article_result_t *result,
    article_slice_t url)
{
    int        rc;
    char      *problem;
    size_t     size, len;
    unsigned   status;

    if (result->reason == ARTICLE_OK) {
        rc = article_cli_write_file(name, result->json.data,
                                    result->json.len);
        if (rc == 0 && name == NULL) {
            rc = article_cli_write_file(NULL, "\n", 1);
        }

        return rc == 0 ? ARTICLE_EXIT_OK : ARTICLE_EXIT_USAGE;
    }

    size = ARTICLE_PROBLEM_SIZE + 6 * url.len;

    problem = malloc(size + 1);
    if (problem == NULL) {
        return ARTICLE_EXIT_MEMORY;
    }

    status = result->reason == ARTICLE_NOT_AN_ARTICLE ? 404 : 502;

    len = article_problem(problem, size, status, result->reason, url);
    if (len && name == NULL) {
        problem[len++] = '\n';
    }

    rc = article_cli_write_file(name, problem, len);
    free(problem);

    return rc == 0 ? ARTICLE_EXIT_NEGATIVE : ARTICLE_EXIT_USAGE;
}


static double
article_read_seconds(clockid_t clock)
{
    struct timespec  ts;

    clock_gettime(clock, &ts);

    return (double) ts.tv_sec + (double) ts.tv_nsec / 1e9;
}

/*
 * Copyright (C) ngx_article authors
 *
 * article strip: a page without its repeated blocks, and what was kept.
 */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "article_cli.h"


/* The page is fed like a proxied answer: in buffers. */
#define ARTICLE_STRIP_PORTION  4096

/* Bytes of "[start,end]," with two 64-bit numbers. */
#define ARTICLE_STRIP_RANGE    48


/* What is written: the page's kept slices, and their list. */
typedef struct {
    char    *out;
    size_t   out_len;
    char    *ranges;
    size_t   ranges_len;
    size_t   ranges_size;
} article_strip_output_t;


static int article_strip_file(article_cli_t *cli, article_file_t *file);
static int article_strip_page(article_strip_t *strip, article_file_t *file,
    article_strip_output_t *output);
static int article_strip_keep(article_strip_output_t *output,
    const article_file_t *file, uint64_t start, uint64_t end);
static int article_strip_write(article_cli_t *cli,
    article_strip_output_t *output);
static void article_strip_warning(void *data, article_slice_t line);


int
article_cmd_strip(int argc, char **argv)
{
    int             rc;
    article_cli_t   cli;
    article_file_t  file;

    rc = article_cli_parse(&cli, argc, argv, ARTICLE_CLI_URL
                           |ARTICLE_CLI_PORTAL|ARTICLE_CLI_RANGES);

    if (rc == ARTICLE_EXIT_OK && cli.files_number != 1) {
        article_cli_error("strip: one FILE");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK
        && article_cli_read_file(cli.files[0], &file) != 0)
    {
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        rc = article_strip_file(&cli, &file);
        article_cli_free_file(&file);
    }

    article_cli_done(&cli);

    return rc;
}


static int
article_strip_file(article_cli_t *cli, article_file_t *file)
{
    int                      rc;
    article_strip_t         *strip;
    article_strip_output_t   output;
    article_strip_options_t  options;

    memset(&options, 0, sizeof(options));
    options.portal = article_cli_portal(cli);
    options.buffer = ARTICLE_STRIP_BUFFER;
    options.builtin = 1;
    options.url = cli->url;

    memset(&output, 0, sizeof(output));

    output.out = malloc(file->len + 1);
    strip = article_strip_create(&options);

    if (output.out == NULL || strip == NULL) {
        article_cli_error("out of memory");
        rc = ARTICLE_EXIT_MEMORY;

    } else {
        rc = article_strip_page(strip, file, &output);
    }

    article_strip_destroy(strip);

    if (rc == ARTICLE_EXIT_OK) {
        rc = article_strip_write(cli, &output);
    }

    if (rc == ARTICLE_EXIT_OK
        && article_explain_cuts(&options, file->data, file->len, 0,
                                article_strip_warning, cli)
           == ARTICLE_NO_MEMORY)
    {
        article_cli_error("out of memory");
        rc = ARTICLE_EXIT_MEMORY;
    }

    free(output.out);
    free(output.ranges);

    return rc;
}


static int
article_strip_page(article_strip_t *strip, article_file_t *file,
    article_strip_output_t *output)
{
    int              rc;
    size_t           at, portion;
    uint64_t         kept;
    article_range_t  cut;

    kept = 0;
    rc = 0;

    for (at = 0; at < file->len; at += portion) {
        portion = file->len - at;

        if (portion > ARTICLE_STRIP_PORTION) {
            portion = ARTICLE_STRIP_PORTION;
        }

        /* a reason to pass the rest shows in decided() as well */

        (void) article_strip_feed(strip, file->data + at, portion);
    }

    article_strip_finish(strip);

    while (rc == 0 && article_strip_next_cut(strip, &cut)) {
        rc = article_strip_keep(output, file, kept, cut.start);
        kept = cut.end;
    }

    if (rc == 0) {
        rc = article_strip_keep(output, file, kept, file->len);
    }

    if (rc != 0) {
        article_cli_error("out of memory");
        return ARTICLE_EXIT_MEMORY;
    }

    return ARTICLE_EXIT_OK;
}


static int
article_strip_keep(article_strip_output_t *output,
    const article_file_t *file, uint64_t start, uint64_t end)
{
    char    *grown;
    size_t   size;

    if (start >= end) {
        return 0;
    }

    memcpy(output->out + output->out_len, file->data + start,
           (size_t) (end - start));
    output->out_len += (size_t) (end - start);

    if (output->ranges_size - output->ranges_len < ARTICLE_STRIP_RANGE) {
        size = 2 * output->ranges_size + 16 * ARTICLE_STRIP_RANGE;

        grown = realloc(output->ranges, size);
        if (grown == NULL) {
            return -1;
        }

        output->ranges = grown;
        output->ranges_size = size;
    }

    output->ranges_len += (size_t) snprintf(output->ranges
                                            + output->ranges_len,
                                            ARTICLE_STRIP_RANGE,
                                            "%s[%" PRIu64 ",%" PRIu64 "]",
                                            output->ranges_len ? "," : "",
                                            start, end);

    return 0;
}


static int
article_strip_write(article_cli_t *cli, article_strip_output_t *output)
{
    int    rc;
    FILE  *file;

    if (cli->ranges != NULL) {
        file = fopen(cli->ranges, "w");

        if (file == NULL) {
            article_cli_error("%s: cannot be written", cli->ranges);
            return ARTICLE_EXIT_USAGE;
        }

        fprintf(file, "[%.*s]\n", (int) output->ranges_len,
                output->ranges_len ? output->ranges : "");

        rc = ferror(file);

        if (fclose(file) != 0 || rc != 0) {
            article_cli_error("%s: cannot be written", cli->ranges);
            return ARTICLE_EXIT_USAGE;
        }
    }

    return article_cli_write_file(NULL, output->out, output->out_len) == 0
           ? ARTICLE_EXIT_OK : ARTICLE_EXIT_USAGE;
}


/* On standard error: what may break a script of the page. */
static void
article_strip_warning(void *data, article_slice_t line)
{
    (void) data;
    article_cli_error("%.*s", (int) line.len, line.data);
}

/*
 * Copyright (C) ngx_article authors
 *
 * article explain: every block of a page, kept or not, and why; what strip
 * cuts, and which ids of it scripts name.
 */

#include <string.h>

#include "article_cli.h"


static void article_explain_line(void *data, article_slice_t line);


int
article_cmd_explain(int argc, char **argv)
{
    int                      rc;
    article_cli_t            cli;
    article_file_t           file;
    article_engine_t        *engine;
    article_reason_t         reason;
    article_read_options_t   options;
    article_strip_options_t  strip;

    rc = article_cli_parse(&cli, argc, argv,
                           ARTICLE_CLI_URL|ARTICLE_CLI_CHARSET
                           |ARTICLE_CLI_BASE_URL|ARTICLE_CLI_PORTAL);

    if (rc == ARTICLE_EXIT_OK && cli.files_number != 1) {
        article_cli_error("explain: one FILE");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc != ARTICLE_EXIT_OK
        || article_cli_read_file(cli.files[0], &file) != 0)
    {
        article_cli_done(&cli);
        return rc ? rc : ARTICLE_EXIT_USAGE;
    }

    memset(&options, 0, sizeof(options));

    options.url = cli.url;
    options.charset = cli.charset;
    options.base_url = cli.base_url;
    options.portal = article_cli_portal(&cli);
    options.families = cli.portal;
    options.families_number = cli.portals;
    options.now = cli.now;

    rc = ARTICLE_EXIT_MEMORY;

    engine = article_engine_create(NULL);

    if (engine != NULL) {
        reason = article_explain(engine, &options, file.data, file.len,
                                 article_explain_line, stdout);

        rc = reason == ARTICLE_OK ? ARTICLE_EXIT_OK : ARTICLE_EXIT_NEGATIVE;

        memset(&strip, 0, sizeof(strip));
        strip.portal = options.portal;
        strip.builtin = 1;
        strip.url = options.url;
        strip.charset = options.charset;

        if (article_explain_cuts(&strip, file.data, file.len, 1,
                                 article_explain_line, stdout)
            == ARTICLE_NO_MEMORY)
        {
            rc = ARTICLE_EXIT_MEMORY;
        }

        article_engine_destroy(engine);
    }

    article_cli_free_file(&file);
    article_cli_done(&cli);

    return rc;
}


static void
article_explain_line(void *data, article_slice_t line)
{
    fwrite(line.data, 1, line.len, data);
    fputc('\n', data);
}

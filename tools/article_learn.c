/*
 * Copyright (C) ngx_article authors
 *
 * article learn: a portal file from pages of one portal.
 */

#include <string.h>

#include "article_cli.h"


static int article_learn_files(article_cli_t *cli,
    article_learner_t *learner, article_engine_t *engine);


int
article_cmd_learn(int argc, char **argv)
{
    int                 rc;
    article_cli_t       cli;
    article_engine_t   *engine;
    article_learner_t  *learner;

    rc = article_cli_parse(&cli, argc, argv, ARTICLE_CLI_HOST
                           |ARTICLE_CLI_OUTPUT|ARTICLE_CLI_CHARSET);

    if (rc == ARTICLE_EXIT_OK
        && (cli.host.len == 0 || cli.files_number == 0))
    {
        article_cli_error("learn: --host HOST [-o OUT] FILE...");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        engine = article_engine_create(NULL);
        learner = article_learner_create(cli.host);

        if (engine == NULL || learner == NULL) {
            article_cli_error("out of memory");
            rc = ARTICLE_EXIT_MEMORY;

        } else {
            rc = article_learn_files(&cli, learner, engine);
        }

        article_learner_destroy(learner);
        article_engine_destroy(engine);
    }

    article_cli_done(&cli);

    return rc;
}


static int
article_learn_files(article_cli_t *cli, article_learner_t *learner,
    article_engine_t *engine)
{
    unsigned                i;
    article_file_t          file;
    article_slice_t         json;
    article_reason_t        reason;
    article_read_options_t  options;

    memset(&options, 0, sizeof(options));
    options.charset = cli->charset;

    for (i = 0; i < cli->files_number; i++) {
        if (article_cli_read_file(cli->files[i], &file) != 0) {
            return ARTICLE_EXIT_USAGE;
        }

        reason = article_learner_add(learner, engine, &options, file.data,
                                     file.len);
        article_cli_free_file(&file);

        if (reason == ARTICLE_NO_MEMORY) {
            article_cli_error("out of memory");
            return ARTICLE_EXIT_MEMORY;
        }

        if (reason != ARTICLE_OK) {
            article_cli_error("%s: nothing learned: %s", cli->files[i],
                              article_reason_word(reason));
        }
    }

    if (article_learner_portal(learner, &json) != ARTICLE_OK) {
        article_cli_error("out of memory");
        return ARTICLE_EXIT_MEMORY;
    }

    return article_cli_write_file(cli->output, json.data, json.len) == 0
           ? ARTICLE_EXIT_OK : ARTICLE_EXIT_USAGE;
}

/*
 * Copyright (C) ngx_article authors
 *
 * article learn: a portal file from pages of one portal.
 */

#include <string.h>

#include "article_cli.h"


static article_learner_t *article_learn_begin(const article_cli_t *cli);
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
                           |ARTICLE_CLI_OUTPUT|ARTICLE_CLI_CHARSET
                           |ARTICLE_CLI_STATE);

    if (rc == ARTICLE_EXIT_OK
        && (cli.host.len == 0 || cli.files_number == 0))
    {
        article_cli_error("learn: --host HOST [-o OUT] [--state STATE] "
                          "FILE...");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        engine = article_engine_create(NULL);
        learner = article_learn_begin(&cli);

        if (engine == NULL) {
            article_cli_error("out of memory");
            rc = ARTICLE_EXIT_MEMORY;

        } else if (learner == NULL) {
            rc = ARTICLE_EXIT_USAGE;

        } else {
            rc = article_learn_files(&cli, learner, engine);
        }

        if (rc == ARTICLE_EXIT_OK && cli.state != NULL
            && article_cli_save(cli.state, learner) != 0)
        {
            rc = ARTICLE_EXIT_USAGE;
        }

        article_learner_destroy(learner);
        article_engine_destroy(engine);
    }

    article_cli_done(&cli);

    return rc;
}


/* A new learner, or that of a state file which is there. */
static article_learner_t *
article_learn_begin(const article_cli_t *cli)
{
    FILE               *file;
    article_learner_t  *learner;

    file = cli->state != NULL ? fopen(cli->state, "rb") : NULL;

    if (file != NULL) {
        fclose(file);
        return article_cli_load(cli->state);
    }

    learner = article_learner_create(cli->host);

    if (learner == NULL) {
        article_cli_error("out of memory");
    }

    return learner;
}


static int
article_learn_files(article_cli_t *cli, article_learner_t *learner,
    article_engine_t *engine)
{
    unsigned                  i;
    article_file_t            file;
    article_slice_t           json;
    article_reason_t          reason;
    article_read_options_t    options;
    article_learner_status_t  status;

    memset(&options, 0, sizeof(options));
    options.charset = cli->charset;
    options.now = cli->now;

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

    article_learner_status(learner, &status);

    if (status.waiting) {
        article_cli_error("a newer plan waits for approval%s",
                          cli->state != NULL ? ": article plan list" : "");
    }

    if (article_learner_portal(learner, &json) != ARTICLE_OK) {
        article_cli_error("out of memory");
        return ARTICLE_EXIT_MEMORY;
    }

    return article_cli_write_file(cli->output, json.data, json.len) == 0
           ? ARTICLE_EXIT_OK : ARTICLE_EXIT_USAGE;
}

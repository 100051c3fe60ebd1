/*
 * Copyright (C) ngx_article authors
 *
 * article check: portal files are loaded, and the tests in them run.
 */

#include <stdlib.h>
#include <string.h>

#include "article_cli.h"


static int article_check_file(const char *name, article_engine_t *engine);
static int article_check_portal(const char *name,
    const article_portal_t *portal, article_engine_t *engine);
static void article_check_failed(void *data, unsigned line,
    const char *message);


int
article_cmd_check(int argc, char **argv)
{
    int                rc, each;
    unsigned           i;
    article_cli_t      cli;
    article_engine_t  *engine;

    rc = article_cli_parse(&cli, argc, argv, 0);

    if (rc == ARTICLE_EXIT_OK && cli.files_number == 0) {
        article_cli_error("check: PORTAL_FILE...");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        engine = article_engine_create(NULL);

        if (engine == NULL) {
            article_cli_error("out of memory");
            rc = ARTICLE_EXIT_MEMORY;
        }

        for (i = 0; engine != NULL && i < cli.files_number; i++) {
            each = article_check_file(cli.files[i], engine);

            if (each > rc) {
                rc = each;
            }
        }

        article_engine_destroy(engine);
    }

    article_cli_done(&cli);

    return rc;
}


static int
article_check_file(const char *name, article_engine_t *engine)
{
    int                rc;
    article_file_t     file;
    article_error_t    error;
    article_portal_t  *portal;

    if (article_cli_read_file(name, &file) != 0) {
        return ARTICLE_EXIT_USAGE;
    }

    portal = article_portal_parse(file.data, file.len, &error);
    article_cli_free_file(&file);

    if (portal == NULL) {
        fprintf(stderr, "%s:%u:%u: %s\n", name, error.line, error.column,
                error.message);
        return ARTICLE_EXIT_NEGATIVE;
    }

    rc = article_check_portal(name, portal, engine);
    article_portal_destroy(portal);

    return rc;
}


static int
article_check_portal(const char *name, const article_portal_t *portal,
    article_engine_t *engine)
{
    char        *dir, *slash;
    unsigned     tests, failures;
    const char  *where;

    dir = strdup(name);
    if (dir == NULL) {
        article_cli_error("out of memory");
        return ARTICLE_EXIT_MEMORY;
    }

    slash = strrchr(dir, '/');
    where = dir;

    if (slash == NULL) {
        where = ".";

    } else {
        slash[slash == dir ? 1 : 0] = '\0';
    }

    failures = article_portal_check(portal, engine, where,
                                    article_check_failed, (void *) name,
                                    &tests);
    free(dir);

    if (failures != 0) {
        printf("%s: %u failures in %u tests\n", name, failures, tests);
        return ARTICLE_EXIT_NEGATIVE;
    }

    printf("%s: ok, %u tests\n", name, tests);

    return ARTICLE_EXIT_OK;
}


static void
article_check_failed(void *data, unsigned line, const char *message)
{
    fprintf(stderr, "%s:%u: %s\n", (const char *) data, line, message);
}

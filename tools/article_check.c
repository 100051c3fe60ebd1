/*
 * Copyright (C) ngx_article authors
 *
 * article check: portal files are loaded, and the tests in them run; with
 * --live on the pages as the portals serve them now, fetched by curl.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article_cli.h"


/* curl's own limits: seconds for a page, and bytes of it. */
#define ARTICLE_CHECK_SECONDS  "30"
#define ARTICLE_CHECK_BYTES    "8388608"


/* One portal file's run. */
typedef struct {
    const char      *name;
    article_file_t   page;      /* the last one fetched */
} article_check_run_t;


static int article_check_file(const char *name, article_engine_t *engine,
    unsigned live);
static int article_check_portal(const char *name,
    const article_portal_t *portal, article_engine_t *engine);
static int article_check_live(const char *name,
    const article_portal_t *portal, article_engine_t *engine);
static int article_check_fetch(void *data, const char *url,
    article_slice_t *page, const char **message);
static void article_check_curl(const char *url, int out);
static void article_check_failed(void *data, unsigned line,
    const char *message);


int
article_cmd_check(int argc, char **argv)
{
    int                rc, each;
    unsigned           i, live;
    article_cli_t      cli;
    article_engine_t  *engine;

    live = argc > 1 && strcmp(argv[1], "--live") == 0;

    if (live) {
        argv[1] = argv[0];
        argv++;
        argc--;
    }

    rc = article_cli_parse(&cli, argc, argv, 0);

    if (rc == ARTICLE_EXIT_OK && cli.files_number == 0) {
        article_cli_error("check: [--live] PORTAL_FILE...");
        rc = ARTICLE_EXIT_USAGE;
    }

    if (rc == ARTICLE_EXIT_OK) {
        engine = article_engine_create(NULL);

        if (engine == NULL) {
            article_cli_error("out of memory");
            rc = ARTICLE_EXIT_MEMORY;
        }

        for (i = 0; engine != NULL && i < cli.files_number; i++) {
            each = article_check_file(cli.files[i], engine, live);

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
article_check_file(const char *name, article_engine_t *engine, unsigned live)
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

    rc = live ? article_check_live(name, portal, engine)
              : article_check_portal(name, portal, engine);
    article_portal_destroy(portal);

    return rc;
}


static int
article_check_portal(const char *name, const article_portal_t *portal,
    article_engine_t *engine)
{
    char                 *dir, *slash;
    unsigned              tests, failures;
    const char           *where;
    article_check_run_t   run;

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

    run.name = name;
    failures = article_portal_check(portal, engine, where,
                                    article_check_failed, &run, &tests);
    free(dir);

    if (failures != 0) {
        printf("%s: %u failures in %u tests\n", name, failures, tests);
        return ARTICLE_EXIT_NEGATIVE;
    }

    printf("%s: ok, %u tests\n", name, tests);

    return ARTICLE_EXIT_OK;
}


/* For cron: nothing is said of what is well. */

static int
article_check_live(const char *name, const article_portal_t *portal,
    article_engine_t *engine)
{
    unsigned              tests, failures;
    article_check_run_t   run;

    memset(&run, 0, sizeof(run));
    run.name = name;

    failures = article_portal_check_live(portal, engine, article_check_fetch,
                                         article_check_failed, &run, &tests);
    article_cli_free_file(&run.page);

    return failures ? ARTICLE_EXIT_NEGATIVE : ARTICLE_EXIT_OK;
}


static int
article_check_fetch(void *data, const char *url, article_slice_t *page,
    const char **message)
{
    int                   status, out[2];
    FILE                 *stream;
    pid_t                 pid;
    article_check_run_t  *run;

    run = data;
    *message = "cannot be fetched: out of memory or processes";

    article_cli_free_file(&run->page);

    if (pipe(out) != 0) {
        return -1;
    }

    pid = fork();

    if (pid == 0) {
        close(out[0]);
        article_check_curl(url, out[1]);
    }

    close(out[1]);

    stream = pid > 0 ? fdopen(out[0], "rb") : NULL;

    if (stream == NULL) {
        close(out[0]);
        return -1;
    }

    status = article_cli_read_stream(stream, &run->page);
    fclose(stream);

    if (status != 0) {
        return -1;
    }

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        /* void */
    }

    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        *message = WIFEXITED(status) && WEXITSTATUS(status) == 127
                   ? "cannot be fetched: there is no curl"
                   : "cannot be fetched: curl says above why";
        return -1;
    }

    page->data = run->page.data;
    page->len = run->page.len;

    return 0;
}


/* In the child. */

static void
article_check_curl(const char *url, int out)
{
    if (dup2(out, STDOUT_FILENO) >= 0) {
        execlp("curl", "curl", "--silent", "--show-error", "--fail",
               "--location", "--compressed", "--proto", "=http,https",
               "--max-time", ARTICLE_CHECK_SECONDS, "--max-filesize",
               ARTICLE_CHECK_BYTES, "--user-agent", "ngx_article check",
               "--url", url, (char *) NULL);
    }

    _exit(127);
}


static void
article_check_failed(void *data, unsigned line, const char *message)
{
    const article_check_run_t  *run;

    run = data;

    fprintf(stderr, "%s:%u: %s\n", run->name, line, message);
}

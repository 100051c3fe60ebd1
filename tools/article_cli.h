/*
 * Copyright (C) ngx_article authors
 *
 * What the sub-commands of build/article share: options, files, portals.
 */

#ifndef ARTICLE_CLI_H_INCLUDED
#define ARTICLE_CLI_H_INCLUDED


#include <stdio.h>

#include "article.h"


/* Exit codes of every sub-command; --help prints them. */
#define ARTICLE_EXIT_OK        0
#define ARTICLE_EXIT_NEGATIVE  1    /* a problem, a failed test */
#define ARTICLE_EXIT_USAGE     2    /* bad options or an unreadable file */
#define ARTICLE_EXIT_MEMORY    3    /* out of memory */


/* More portal files than this on one command line are refused. */
#define ARTICLE_CLI_PORTALS_MAX  64


/* A whole file in memory; data is malloc'd and terminated. */
typedef struct {
    char    *data;
    size_t   len;
} article_file_t;


/* The options that the sub-commands know; unused ones stay empty. */
typedef struct {
    article_slice_t    url;         /* --url */
    article_slice_t    charset;     /* --charset */
    article_slice_t    base_url;    /* --base-url */
    article_slice_t    json_base;   /* --json-base */
    article_slice_t    host;        /* --host */
    const char        *output;      /* -o, --output */
    const char        *ranges;      /* --ranges */
    const char        *batch;       /* --batch */
    const char        *state;       /* --state */
    time_t             now;         /* --now, Unix seconds; or 0 */
    article_portal_t  *portal[ARTICLE_CLI_PORTALS_MAX];     /* --portal */
    unsigned           portals;
    char             **files;       /* what is left; FILE may be "-" */
    unsigned           files_number;
} article_cli_t;


/* Which options a sub-command takes (bits). */
#define ARTICLE_CLI_URL        0x0001
#define ARTICLE_CLI_CHARSET    0x0002
#define ARTICLE_CLI_BASE_URL   0x0004   /* --base-url, --json-base, --now */
#define ARTICLE_CLI_PORTAL     0x0008
#define ARTICLE_CLI_BATCH      0x0010
#define ARTICLE_CLI_HOST       0x0020
#define ARTICLE_CLI_OUTPUT     0x0040
#define ARTICLE_CLI_RANGES     0x0080
#define ARTICLE_CLI_STATE      0x0100   /* --state, --now */


/*
 * Parses argv[1..]; argv[0] is the sub-command's name.  "--name VALUE",
 * "--name=VALUE" and, for one file, "-o VALUE".  Portal files are read and
 * parsed.  Returns ARTICLE_EXIT_OK, or an exit code after a line on stderr.
 * article_cli_done() frees in any case.
 */
int article_cli_parse(article_cli_t *cli, int argc, char **argv,
    unsigned takes);
void article_cli_done(article_cli_t *cli);

/*
 * The portal for the page at url: the one that has the host; the first given
 * when url has no host; NULL: generic.
 */
const article_portal_t *article_cli_portal(const article_cli_t *cli);

/* Reads a file, "-" is stdin; 0, or -1 after a line on stderr. */
int article_cli_read_file(const char *name, article_file_t *file);

/* What is left of a stream; 0, or -1: too much, or it cannot be read. */
int article_cli_read_stream(FILE *stream, article_file_t *file);
void article_cli_free_file(article_file_t *file);

/*
 * Writes data to a file, NULL or "-" is stdout; 0, or -1 after a line on
 * stderr.
 */
int article_cli_write_file(const char *name, const char *data, size_t len);

/* A line on stderr: "article: " and the message. */
void article_cli_error(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* A terminated string as a slice; NULL gives the empty slice. */
article_slice_t article_cli_slice(const char *s);


/* The sub-commands: argv[0] is the sub-command's name; return exit codes. */
int article_cmd_read(int argc, char **argv);
int article_cmd_explain(int argc, char **argv);
int article_cmd_strip(int argc, char **argv);
int article_cmd_learn(int argc, char **argv);
int article_cmd_plan(int argc, char **argv);
int article_cmd_check(int argc, char **argv);

/*
 * A learner from a state file; NULL after a line on stderr.  save: 0, or -1
 * after one.
 */
article_learner_t *article_cli_load(const char *name);
int article_cli_save(const char *name, article_learner_t *learner);


#endif /* ARTICLE_CLI_H_INCLUDED */

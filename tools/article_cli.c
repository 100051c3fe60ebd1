/*
 * Copyright (C) ngx_article authors
 *
 * Options and files of the command line.
 */

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "article_cli.h"


/* A file on the command line may be this large; pages have their own limit. */
#define ARTICLE_CLI_FILE_MAX  (256 * 1024 * 1024)


static const char *article_cli_value(int *index, int argc, char **argv,
    const char *name);
static int article_cli_option(article_cli_t *cli, int *index, int argc,
    char **argv, unsigned takes);
static int article_cli_add_portal(article_cli_t *cli, const char *name);


typedef struct {
    const char  *name;
    unsigned     bit;
} article_cli_name_t;


static const article_cli_name_t  article_cli_names[] = {
    { "--url",       ARTICLE_CLI_URL },
    { "--charset",   ARTICLE_CLI_CHARSET },
    { "--base-url",  ARTICLE_CLI_BASE_URL },
    { "--json-base", ARTICLE_CLI_BASE_URL },
    { "--now",       ARTICLE_CLI_BASE_URL|ARTICLE_CLI_STATE },
    { "--portal",    ARTICLE_CLI_PORTAL },
    { "--batch",     ARTICLE_CLI_BATCH },
    { "--host",      ARTICLE_CLI_HOST },
    { "--output",    ARTICLE_CLI_OUTPUT },
    { "-o",          ARTICLE_CLI_OUTPUT },
    { "--ranges",    ARTICLE_CLI_RANGES },
    { "--state",     ARTICLE_CLI_STATE }
};


int
article_cli_parse(article_cli_t *cli, int argc, char **argv, unsigned takes)
{
    int  i, rc;

    memset(cli, 0, sizeof(*cli));

    cli->files = calloc((size_t) argc + 1, sizeof(char *));
    if (cli->files == NULL) {
        article_cli_error("out of memory");
        return ARTICLE_EXIT_MEMORY;
    }

    for (i = 1; i < argc; i++) {

        if (argv[i][0] != '-' || argv[i][1] == '\0') {
            cli->files[cli->files_number++] = argv[i];
            continue;
        }

        if (strcmp(argv[i], "--") == 0) {
            while (++i < argc) {
                cli->files[cli->files_number++] = argv[i];
            }
            break;
        }

        rc = article_cli_option(cli, &i, argc, argv, takes);
        if (rc != ARTICLE_EXIT_OK) {
            return rc;
        }
    }

    return ARTICLE_EXIT_OK;
}


static int
article_cli_option(article_cli_t *cli, int *index, int argc, char **argv,
    unsigned takes)
{
    size_t       i, len;
    const char  *name, *value, *arg;

    arg = argv[*index];
    name = NULL;

    for (i = 0;
         i < sizeof(article_cli_names) / sizeof(article_cli_names[0]);
         i++)
    {
        len = strlen(article_cli_names[i].name);

        if (strncmp(arg, article_cli_names[i].name, len) == 0
            && (arg[len] == '\0' || arg[len] == '=')
            && (article_cli_names[i].bit & takes))
        {
            name = article_cli_names[i].name;
            break;
        }
    }

    if (name == NULL) {
        article_cli_error("%s: unknown option \"%s\"", argv[0], arg);
        return ARTICLE_EXIT_USAGE;
    }

    value = article_cli_value(index, argc, argv, name);
    if (value == NULL) {
        article_cli_error("%s: \"%s\" needs a value", argv[0], name);
        return ARTICLE_EXIT_USAGE;
    }

    if (strcmp(name, "--url") == 0) {
        cli->url = article_cli_slice(value);

    } else if (strcmp(name, "--charset") == 0) {
        cli->charset = article_cli_slice(value);

    } else if (strcmp(name, "--base-url") == 0) {
        cli->base_url = article_cli_slice(value);

    } else if (strcmp(name, "--json-base") == 0) {
        cli->json_base = article_cli_slice(value);

    } else if (strcmp(name, "--now") == 0) {
        cli->now = (time_t) strtoll(value, NULL, 10);

    } else if (strcmp(name, "--host") == 0) {
        cli->host = article_cli_slice(value);

    } else if (strcmp(name, "--batch") == 0) {
        cli->batch = value;

    } else if (strcmp(name, "--state") == 0) {
        cli->state = value;

    } else if (strcmp(name, "--ranges") == 0) {
        cli->ranges = value;

    } else if (strcmp(name, "--portal") == 0) {
        return article_cli_add_portal(cli, value);

    } else {
        cli->output = value;
    }

    return ARTICLE_EXIT_OK;
}


static const char *
article_cli_value(int *index, int argc, char **argv, const char *name)
{
    const char  *arg;

    arg = argv[*index] + strlen(name);

    if (*arg == '=') {
        return arg + 1;
    }

    if (*index + 1 >= argc) {
        return NULL;
    }

    return argv[++*index];
}


static int
article_cli_add_portal(article_cli_t *cli, const char *name)
{
    article_file_t     file;
    article_error_t    error;
    article_portal_t  *portal;

    if (cli->portals == ARTICLE_CLI_PORTALS_MAX) {
        article_cli_error("more than %d portal files",
                          ARTICLE_CLI_PORTALS_MAX);
        return ARTICLE_EXIT_USAGE;
    }

    if (article_cli_read_file(name, &file) != 0) {
        return ARTICLE_EXIT_USAGE;
    }

    portal = article_portal_parse(file.data, file.len, &error);
    article_cli_free_file(&file);

    if (portal == NULL) {
        article_cli_error("%s:%u:%u: %s", name, error.line, error.column,
                          error.message);
        return ARTICLE_EXIT_USAGE;
    }

    cli->portal[cli->portals++] = portal;

    return ARTICLE_EXIT_OK;
}


void
article_cli_done(article_cli_t *cli)
{
    unsigned  i;

    for (i = 0; i < cli->portals; i++) {
        article_portal_destroy(cli->portal[i]);
    }

    free(cli->files);
    cli->files = NULL;
}


const article_portal_t *
article_cli_portal(const article_cli_t *cli)
{
    const char       *p;
    unsigned          i;
    article_slice_t   host;

    if (cli->portals == 0) {
        return NULL;
    }

    p = cli->url.len ? strstr(cli->url.data, "://") : NULL;
    if (p == NULL) {
        return article_portal_is_family(cli->portal[0]) ? NULL
                                                        : cli->portal[0];
    }

    host.data = p + 3;
    host.len = strcspn(host.data, "/:?#");

    for (i = 0; i < cli->portals; i++) {
        if (article_portal_has_host(cli->portal[i], host)) {
            return cli->portal[i];
        }
    }

    return NULL;
}


int
article_cli_read_file(const char *name, article_file_t *file)
{
    int    rc;
    FILE  *stream;

    file->data = NULL;
    file->len = 0;

    if (strcmp(name, "-") == 0) {
        rc = article_cli_read_stream(stdin, file);

    } else {
        stream = fopen(name, "rb");
        if (stream == NULL) {
            article_cli_error("%s: %s", name, strerror(errno));
            return -1;
        }

        rc = article_cli_read_stream(stream, file);
        fclose(stream);
    }

    if (rc != 0) {
        article_cli_error("%s: cannot be read", name);
        article_cli_free_file(file);
    }

    return rc;
}


int
article_cli_read_stream(FILE *stream, article_file_t *file)
{
    char    *data;
    size_t   size, n;

    size = 0;

    for ( ;; ) {

        if (file->len + 1 >= size) {
            size = size ? size * 2 : 256 * 1024;
            if (size > ARTICLE_CLI_FILE_MAX) {
                return -1;
            }

            data = realloc(file->data, size);
            if (data == NULL) {
                return -1;
            }

            file->data = data;
        }

        n = fread(file->data + file->len, 1, size - file->len - 1, stream);
        if (n == 0) {
            break;
        }

        file->len += n;
    }

    file->data[file->len] = '\0';

    return ferror(stream) ? -1 : 0;
}


void
article_cli_free_file(article_file_t *file)
{
    free(file->data);
    file->data = NULL;
    file->len = 0;
}


int
article_cli_write_file(const char *name, const char *data, size_t len)
{
    int    failed;
    FILE  *stream;

    if (name == NULL || strcmp(name, "-") == 0) {
        failed = fwrite(data, 1, len, stdout) != len || fflush(stdout) != 0;
        name = "standard output";

    } else {
        stream = fopen(name, "wb");
        failed = stream == NULL;

        if (stream != NULL) {
            failed = fwrite(data, 1, len, stream) != len;
            failed |= fclose(stream) != 0;
        }
    }

    if (failed) {
        article_cli_error("%s: %s", name, strerror(errno));
        return -1;
    }

    return 0;
}


void
article_cli_error(const char *format, ...)
{
    va_list  args;

    fputs("article: ", stderr);

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);

    fputc('\n', stderr);
}


article_slice_t
article_cli_slice(const char *s)
{
    article_slice_t  slice;

    slice.data = s;
    slice.len = s ? strlen(s) : 0;

    return slice;
}

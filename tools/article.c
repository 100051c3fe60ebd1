/*
 * Copyright (C) ngx_article authors
 *
 * build/article: the engine on the command line.
 */

#include <string.h>

#include "article_cli.h"


typedef struct {
    const char   *name;
    int         (*run)(int argc, char **argv);
} article_command_t;


static const article_command_t  article_commands[] = {
    { "read",    article_cmd_read },
    { "explain", article_cmd_explain },
    { "strip",   article_cmd_strip },
    { "learn",   article_cmd_learn },
    { "plan",    article_cmd_plan },
    { "check",   article_cmd_check }
};


static const char  article_help[] =
"article read   [OPTIONS] FILE                 one JSON object on stdout:\n"
"                                              item, feed or problem\n"
"article read   [OPTIONS] --batch DIR FILE...  DIR/NAME.json a file, and\n"
"                                              DIR/_timing.tsv\n"
"article explain [OPTIONS] FILE                every block, kept or not, why\n"
"article strip  [OPTIONS] [--ranges OUT] FILE  the stripped page\n"
"article learn  --host HOST [-o OUT] [--state STATE] [--now SECONDS] FILE...\n"
"                                              a portal file from its pages;\n"
"                                              STATE goes on from last time\n"
"article plan   list|show|diff|pin|veto|unveto|approve|rollback STATE [WHICH]\n"
"                                              the plans in a STATE file\n"
"article check  [--live] PORTAL_FILE...        run the tests inside them\n"
"\n"
"FILE may be - (standard input).  Options of read and explain:\n"
"  --url URL        public address of the page\n"
"  --charset CS     charset of the HTTP Content-Type\n"
"  --portal FILE    a portal file; may be repeated: the host of URL chooses\n"
"  --base-url URL   public address of the portal, no slash at the end\n"
"  --json-base URL  public prefix of the gateway's articles\n"
"  --now SECONDS    time of the fetch, Unix seconds: sets fetched_at\n"
"\n"
"Exit codes: 0 done; 1 the answer is negative (a problem instead of an item,\n"
"a failed test); 2 bad usage, or a file that cannot be read or written;\n"
"3 out of memory.\n";


int
main(int argc, char **argv)
{
    size_t  i;

    if (argc < 2) {
        fputs(article_help, stderr);
        return ARTICLE_EXIT_USAGE;
    }

    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0
        || strcmp(argv[1], "help") == 0)
    {
        fputs(article_help, stdout);
        return ARTICLE_EXIT_OK;
    }

    for (i = 0;
         i < sizeof(article_commands) / sizeof(article_commands[0]);
         i++)
    {
        if (strcmp(argv[1], article_commands[i].name) == 0) {
            return article_commands[i].run(argc - 1, argv + 1);
        }
    }

    article_cli_error("unknown command \"%s\", see article --help", argv[1]);

    return ARTICLE_EXIT_USAGE;
}

/*
 * Copyright (C) ngx_article authors
 */

#include <glob.h>
#include <stdio.h>

#include "fuzz_portals.h"


#define FUZZ_PORTALS  32

/* Longest portal file. */
#define FUZZ_PORTAL   (256 * 1024)


typedef struct {
    unsigned           number;
    article_portal_t  *portal[FUZZ_PORTALS];
} fuzz_files_t;


/* From the repository's root, in the order of their names. */

static void
fuzz_load(fuzz_files_t *files, const char *pattern)
{
    FILE             *f;
    glob_t            found;
    size_t            i, len;
    article_error_t   error;

    static char  text[FUZZ_PORTAL];

    if (files->number) {
        return;
    }

    if (glob(pattern, 0, NULL, &found) != 0) {
        fprintf(stderr, "no %s: run it from the repository's root\n",
                pattern);
        exit(1);
    }

    for (i = 0; i < found.gl_pathc && i < FUZZ_PORTALS; i++) {
        f = fopen(found.gl_pathv[i], "rb");

        if (f == NULL) {
            continue;
        }

        len = fread(text, 1, sizeof(text), f);
        fclose(f);

        files->portal[files->number] = article_portal_parse(text, len,
                                                            &error);

        if (files->portal[files->number] == NULL) {
            fuzz_fail(error.message, article_literal(""));
        }

        files->number++;
    }

    globfree(&found);
}


const article_portal_t *
fuzz_portal(unsigned choice)
{
    static fuzz_files_t  files;

    fuzz_load(&files, "conf/portals/*.json");

    return choice < files.number ? files.portal[choice] : NULL;
}


article_portal_t *const *
fuzz_families(unsigned *number)
{
    static fuzz_files_t  files;

    fuzz_load(&files, "conf/portals/cms/*.json");
    *number = files.number;

    return files.portal;
}

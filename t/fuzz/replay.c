/*
 * Copyright (C) ngx_article authors
 *
 * Runs a fuzz target on files, and on the files of directories, one after the
 * other: for regression inputs, where there is no clang.
 */

#include <dirent.h>
#include <stdio.h>

#include "fuzz.h"


/* Longest path of an input. */
#define REPLAY_PATH  1024


static unsigned replay_file(const char *name);
static unsigned replay_directory(const char *name);


int
main(int argc, char **argv)
{
    int       i;
    unsigned  files, n;

    files = 0;

    for (i = 1; i < argc; i++) {
        n = replay_directory(argv[i]);
        files += n ? n : replay_file(argv[i]);
    }

    printf("%u inputs\n", files);

    return files == 0;
}


/* 1; 0: it cannot be read. */

static unsigned
replay_file(const char *name)
{
    long      size;
    FILE     *f;
    uint8_t  *data;

    f = fopen(name, "rb");

    if (f == NULL) {
        fprintf(stderr, "cannot read %s\n", name);
        return 0;
    }

    data = NULL;

    if (fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0) {
        rewind(f);
        data = malloc(size ? (size_t) size : 1);
    }

    if (data == NULL || fread(data, 1, (size_t) size, f) != (size_t) size) {
        fprintf(stderr, "cannot read %s\n", name);
        exit(1);
    }

    fclose(f);

    /* the last line is the culprit's, should it crash */

    fprintf(stderr, "%s\n", name);
    (void) LLVMFuzzerTestOneInput(data, (size_t) size);

    free(data);

    return 1;
}


/* The number of its files; 0: it is none, or empty. */

static unsigned
replay_directory(const char *name)
{
    int             n;
    DIR            *dir;
    char            path[REPLAY_PATH];
    unsigned        files;
    struct dirent  *entry;

    dir = opendir(name);

    if (dir == NULL) {
        return 0;
    }

    files = 0;

    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }

        n = snprintf(path, sizeof(path), "%s/%s", name, entry->d_name);

        if (n > 0 && (size_t) n < sizeof(path)) {
            files += replay_file(path);
        }
    }

    closedir(dir);

    return files;
}

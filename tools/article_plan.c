/*
 * Copyright (C) ngx_article authors
 *
 * article plan: the plans in a state file, and the operator's word on them.
 */

#include <stdlib.h>
#include <string.h>

#include "article_cli.h"


typedef struct {
    const char   *name;
    unsigned      least;        /* of arguments behind STATE */
    unsigned      most;
    unsigned      saves;        /* 1: the state changes */
    int         (*run)(article_learner_t *learner, char **argv);
} article_plan_command_t;


static int article_plan_list(article_learner_t *learner, char **argv);
static int article_plan_show(article_learner_t *learner, char **argv);
static int article_plan_diff(article_learner_t *learner, char **argv);
static int article_plan_pin(article_learner_t *learner, char **argv);
static int article_plan_veto(article_learner_t *learner, char **argv);
static int article_plan_unveto(article_learner_t *learner, char **argv);
static int article_plan_approve(article_learner_t *learner, char **argv);
static int article_plan_rollback(article_learner_t *learner, char **argv);

static int article_plan_said(article_reason_t reason, const char *what);
static unsigned article_plan_has(article_learner_t *learner,
    uint64_t number, uint64_t id);
static void article_plan_lacks(article_learner_t *learner, uint64_t number,
    uint64_t other, const char *sign);
static void article_plan_entry(const char *sign,
    const article_learner_entry_t *entry);


static const article_plan_command_t  article_plan_commands[] = {
    { "list",     0, 0, 0, article_plan_list },
    { "show",     0, 1, 0, article_plan_show },
    { "diff",     1, 2, 0, article_plan_diff },
    { "pin",      1, 1, 1, article_plan_pin },
    { "veto",     1, 1, 1, article_plan_veto },
    { "unveto",   1, 1, 1, article_plan_unveto },
    { "approve",  0, 0, 1, article_plan_approve },
    { "rollback", 1, 1, 1, article_plan_rollback }
};


int
article_cmd_plan(int argc, char **argv)
{
    int                            rc;
    size_t                         i, n;
    unsigned                       arguments;
    article_learner_t             *learner;
    const article_plan_command_t  *command;

    command = NULL;
    n = sizeof(article_plan_commands) / sizeof(article_plan_commands[0]);
    arguments = argc > 3 ? (unsigned) argc - 3 : 0;

    for (i = 0; i < n && argc > 2; i++) {
        if (strcmp(argv[1], article_plan_commands[i].name) == 0) {
            command = &article_plan_commands[i];
        }
    }

    if (command == NULL || arguments < command->least
        || arguments > command->most)
    {
        article_cli_error("plan: list STATE, show STATE [NUMBER], "
                          "diff STATE NUMBER [NUMBER], pin|veto|unveto STATE "
                          "ENTRY, approve STATE, rollback STATE NUMBER");
        return ARTICLE_EXIT_USAGE;
    }

    learner = article_cli_load(argv[2]);
    if (learner == NULL) {
        return ARTICLE_EXIT_USAGE;
    }

    rc = command->run(learner, argv + 3);

    if (rc == ARTICLE_EXIT_OK && command->saves
        && article_cli_save(argv[2], learner) != 0)
    {
        rc = ARTICLE_EXIT_USAGE;
    }

    article_learner_destroy(learner);

    return rc;
}


article_learner_t *
article_cli_load(const char *name)
{
    article_file_t      file;
    article_slice_t     state;
    article_learner_t  *learner;

    if (article_cli_read_file(name, &file) != 0) {
        return NULL;
    }

    state.data = file.data;
    state.len = file.len;
    learner = article_learner_load(state);
    article_cli_free_file(&file);

    if (learner == NULL) {
        article_cli_error("%s: damaged, or of another version", name);
    }

    return learner;
}


int
article_cli_save(const char *name, article_learner_t *learner)
{
    article_slice_t  state;

    if (article_learner_save(learner, &state) != ARTICLE_OK) {
        article_cli_error("out of memory");
        return -1;
    }

    return article_cli_write_file(name, state.data, state.len);
}


static int
article_plan_list(article_learner_t *learner, char **argv)
{
    char                       made[32];
    unsigned                   n;
    struct tm                  tm;
    article_learner_plan_t     plan;
    article_learner_status_t   status;

    (void) argv;

    article_learner_status(learner, &status);
    printf("%u pages, %u articles%s%s\n", status.pages, status.articles,
           status.stable ? ", stable" : "", status.drift ? ", drift" : "");

    for (n = 0; article_learner_plan(learner, n, &plan); n++) {
        made[0] = '\0';

        if (plan.made != 0 && gmtime_r(&plan.made, &tm) != NULL) {
            (void) strftime(made, sizeof(made), "  %Y-%m-%dT%H:%M:%SZ", &tm);
        }

        printf("%llu%s  %u entries  %s%s\n",
               (unsigned long long) plan.number, made, plan.entries,
               plan.in_force ? "in force: " : plan.waiting ? "" : "earlier: ",
               plan.why);
    }

    return ARTICLE_EXIT_OK;
}


static int
article_plan_show(article_learner_t *learner, char **argv)
{
    char                      sign[16];
    unsigned                  n;
    uint64_t                  number;
    article_learner_entry_t   entry;

    number = argv[0] != NULL ? strtoull(argv[0], NULL, 10) : 0;

    for (n = 0; article_learner_entry(learner, number, n, &entry); n++) {
        (void) snprintf(sign, sizeof(sign), "%u", n + 1);
        article_plan_entry(sign, &entry);
    }

    return n != 0 ? ARTICLE_EXIT_OK : article_plan_said(ARTICLE_BAD_ENTRY,
                                                        "show");
}


/* What NUMBER has to the plan in force, or to the second NUMBER. */
static int
article_plan_diff(article_learner_t *learner, char **argv)
{
    uint64_t  from, to;

    from = strtoull(argv[0], NULL, 10);
    to = argv[1] != NULL ? strtoull(argv[1], NULL, 10) : 0;

    article_plan_lacks(learner, from, to, "-");
    article_plan_lacks(learner, to, from, "+");

    return ARTICLE_EXIT_OK;
}


static int
article_plan_pin(article_learner_t *learner, char **argv)
{
    return article_plan_said(article_learner_pin(learner,
                                                 article_cli_slice(argv[0])),
                             argv[0]);
}


static int
article_plan_veto(article_learner_t *learner, char **argv)
{
    return article_plan_said(article_learner_veto(learner,
                                                  article_cli_slice(argv[0])),
                             argv[0]);
}


static int
article_plan_unveto(article_learner_t *learner, char **argv)
{
    return article_plan_said(article_learner_unveto(learner,
                                                  article_cli_slice(argv[0])),
                             argv[0]);
}


static int
article_plan_approve(article_learner_t *learner, char **argv)
{
    (void) argv;

    return article_plan_said(article_learner_approve(learner), "approve");
}


static int
article_plan_rollback(article_learner_t *learner, char **argv)
{
    return article_plan_said(article_learner_rollback(learner,
                                             strtoull(argv[0], NULL, 10)),
                             argv[0]);
}


static int
article_plan_said(article_reason_t reason, const char *what)
{
    if (reason == ARTICLE_OK) {
        return ARTICLE_EXIT_OK;
    }

    article_cli_error("plan: %s: %s", what, article_reason_sentence(reason));

    return ARTICLE_EXIT_NEGATIVE;
}


static unsigned
article_plan_has(article_learner_t *learner, uint64_t number, uint64_t id)
{
    unsigned                 n;
    article_learner_entry_t  entry;

    for (n = 0; article_learner_entry(learner, number, n, &entry); n++) {
        if (entry.id == id) {
            return 1;
        }
    }

    return 0;
}


/* The entries of a plan that another lacks. */
static void
article_plan_lacks(article_learner_t *learner, uint64_t number,
    uint64_t other, const char *sign)
{
    unsigned                 n;
    article_learner_entry_t  entry;

    for (n = 0; article_learner_entry(learner, number, n, &entry); n++) {
        if (!article_plan_has(learner, other, entry.id)) {
            article_plan_entry(sign, &entry);
        }
    }
}


static void
article_plan_entry(const char *sign, const article_learner_entry_t *entry)
{
    printf("%s  %016llx  %s  on %u of %u%s  %.*s%s%.*s\n", sign,
           (unsigned long long) entry->id, entry->only, entry->articles,
           entry->of, entry->pinned ? "  pinned" : "",
           (int) entry->select.len, entry->select.data,
           entry->heading.len != 0 ? "  | " : "",
           (int) entry->heading.len, entry->heading.data);
}
